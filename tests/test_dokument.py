"""What the documents promise is what the program does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from facit import ROT
from finsam.checks import arsredovisning, verksamhetsplan
from finsam.report.arsbok import Årsbok
from finsam.report.text import FORMAT, TILLÄGG, Texttyda, read_prosa
from finsam.run.cli.kommandon import main

DOCS = ROT / "docs"


def rader(fil: str, rubrik: str) -> list[list[str]]:
    """Rows of the table under a heading's table head."""
    text = (DOCS / fil).read_text("utf-8").split(rubrik, 1)[1]
    tabell = re.search(r"\|---.*?\n((?:\|.*\n)+)", text)
    assert tabell
    return [[c.strip() for c in re.split(r"(?<!\\)\|", rad)[1:-1]] for rad in tabell[1].splitlines()]


def test_readme_names_every_command_and_only_those() -> None:
    readme = (ROT / "README.md").read_text("utf-8")
    nämnda = set(re.findall(r"finsam (skapa|kontrollera|lab|las|\w+)\b(?= [A-Zs-])", readme))
    assert set(main.commands) <= nämnda | {"las"}
    for mål in re.findall(r"^    make (\w+)", readme, re.MULTILINE):
        assert f"\n{mål}:" in (ROT / "Makefile").read_text("utf-8")


@pytest.mark.skipif(not shutil.which("make"), reason="make finns inte här")
def test_make_rapport_makes_what_the_readme_says() -> None:
    """Also where make has variables of its own (AR is the archiver), and under `make test` itself."""
    utan_make = {namn: värde for namn, värde in os.environ.items() if not namn.startswith(("MAKE", "MFLAGS"))}
    for val, kommando in (((), "finsam skapa sofint 2024"), (("forbund=x", "ar=2030"), "finsam skapa x 2030")):
        svar = subprocess.run(
            ["make", "-n", "rapport", *val], cwd=ROT, env=utan_make, capture_output=True, text=True, check=True
        )
        assert svar.stdout.splitlines()[-1].endswith(kommando)


def test_links_in_docs_lead_somewhere() -> None:
    for fil in (ROT / "README.md", *DOCS.glob("*.md")):
        for länk in re.findall(r"\]\(([^)]+)\)", fil.read_text("utf-8")):
            assert (fil.parent / länk.partition("#")[0]).exists(), (fil.name, länk)


@pytest.mark.parametrize(("skrivs", "blir"), [r[:2] for r in rader("texter.md", "Tal skrivs aldrig")])
def test_examples_of_texts_come_out_as_documented(sofint: Årsbok, skrivs: str, blir: str) -> None:
    tyda = Texttyda(sofint.fakta, 2024, {n.id: nr for nr, n in enumerate(sofint.år.förbund.noter, 1)})
    for källa, väntat in zip(skrivs.split("`, `"), blir.split(", ") if "`, `" in skrivs else [blir], strict=True):
        prosa, problem = read_prosa(källa.strip("`").replace("\\|", "|"), tyda, "docs")
        assert problem == []
        assert prosa.klartext.replace("\u00a0", " ") == väntat


def test_every_format_is_documented() -> None:
    text = (DOCS / "texter.md").read_text("utf-8")
    assert all(f"{ord_}" in text for ord_ in (*FORMAT, *TILLÄGG))


def test_every_mandatory_text_is_documented() -> None:
    text = (DOCS / "texter.md").read_text("utf-8")
    for namn in (*arsredovisning.OBLIGATORISKA_TEXTER, *verksamhetsplan.OBLIGATORISKA_TEXTER):
        assert f"`{namn}`" in text, namn


def test_every_library_has_a_reason() -> None:
    beslut = (DOCS / "beslut.md").read_text("utf-8")
    for namn in ("typst", "XlsxWriter", "openpyxl", "pydantic", "markdown-it-py", "click", "rich", "pikepdf"):
        assert namn in beslut


def test_license_of_the_font_lies_beside_it() -> None:
    mapp = ROT / "lib" / "finsam" / "report" / "typsnitt"
    for familj in {fil.name.partition("-")[0].removesuffix("Display") for fil in mapp.glob("*.ttf")}:
        assert "SIL OPEN FONT LICENSE" in (mapp / f"{familj}-LICENSE.txt").read_text("utf-8").upper()
