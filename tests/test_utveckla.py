"""docs/utveckla.md, for who carries on: what it names is there, and its examples do what it says."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import Field

from conftest import kör
from facit import INPUTS, ROT
from finsam.checks import finding
from finsam.checks.finding import utfall
from finsam.checks.kontroll import kontroll
from finsam.model.planblad import Möte
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlagsrad import Underlagsrad
from finsam.oppna import öppna
from finsam.read.ledger import ar, avstamning, benamningar, foljd, poster, problem, samla
from finsam.read.notebooks import read_ordning
from finsam.read.underlag.blad import kolumner
from finsam.statements.redovisning import Redovisning

TEXT = (ROT / "docs" / "utveckla.md").read_text("utf-8")
LIB = ROT / "lib" / "finsam"
FIL = re.compile(r"(?P<fil>[\w./-]+\.(?:py|md|ipynb|yml|csv|xlsx|toml)|[\w-]+(?:/[\w-]+)*/)(?::(?P<namn>\w+))?")
RÖTTER = (ROT, LIB, ROT / "docs", INPUTS / "exempelforbundet", INPUTS / "exempelforbundet/2024", ROT / "notebooks")
BARA_EXEMPEL = {"arets_resultat.py", "rapport.yml"}
"""What is named as an example of a name, or is there once in each of several folders."""


def block(språk: str) -> list[str]:
    """The examples in a language."""
    return re.findall(rf"^```{språk}\n(.*?)^```$", TEXT, re.M | re.S)


def nämnda() -> Iterator[tuple[str, str]]:
    """Every file and folder that the text names, with what it names in it."""
    utan_exempel = re.sub(r"^```.*?^```$", "", TEXT, flags=re.M | re.S)
    for kod in re.findall(r"`([^`]+)`", utan_exempel):
        if träff := FIL.fullmatch(kod):
            yield träff["fil"], träff["namn"] or ""


@cache
def namn_i(fil: Path) -> set[str]:
    """What a module defines at its top."""
    namn: set[str] = set()
    for nod in ast.parse(fil.read_text("utf-8")).body:
        match nod:
            case ast.FunctionDef() | ast.ClassDef():
                namn.add(nod.name)
            case ast.Assign():
                namn |= {mål.id for mål in nod.targets if isinstance(mål, ast.Name)}
            case ast.AnnAssign(target=ast.Name() as mål):
                namn.add(mål.id)
    return namn


@pytest.mark.parametrize(("fil", "namn"), sorted(set(nämnda())))
def test_what_is_named_is_there(fil: str, namn: str) -> None:
    if fil in BARA_EXEMPEL:
        return
    funna = [rot / fil for rot in RÖTTER if (rot / fil).exists()]
    assert funna, f"{fil} finns inte"
    assert not namn or namn in namn_i(funna[0]), f"{namn} finns inte i {fil}"


def test_many_are_named() -> None:
    """The pattern finds them."""
    assert len(set(nämnda())) > 60


def test_the_picture_has_every_stage_and_room_in_order() -> None:
    [bild] = block("text")
    mappar = [mapp.relative_to(LIB).parts for mapp in LIB.rglob("*") if mapp.is_dir() and mapp.name != "__pycache__"]
    for delar in mappar:
        assert re.search(rf"\b{delar[-1]}\b", bild), "/".join(delar)
    steg = ("run", "begin", "oppna.py", "report", "checks", "statements", "read", "model")
    assert [bild.index(f"   {ett} ") for ett in steg] == sorted(bild.index(f"   {ett} ") for ett in steg)


def test_commands_are_there() -> None:
    mål = set(re.findall(r"`make (\w+)", TEXT))
    assert {"test", "prova", "lint", "konformitet", "mallar", "las"} <= mål
    for ett in mål:
        assert f"\n{ett}:" in (ROT / "Makefile").read_text("utf-8"), ett


def test_the_row_that_the_way_begins_with_is_in_the_ledger() -> None:
    [rad] = re.findall(r"`(#RES [^`]+)`", TEXT)
    assert rad.encode() in (INPUTS / "exempelforbundet/2024/bokforing.se").read_bytes().splitlines()


@pytest.mark.parametrize("svensk", ["läs_", "skriv_", "bygg_", "avkoda_"])
def test_the_rule_for_verbs_is_followed(svensk: str) -> None:
    """Save for what a user writes in a notebook, and the page that is called LAS_MIG."""
    undantag = {"läs_rapporter", "läs_mig", "läs_status"}
    assert [n for fil in LIB.rglob("*.py") for n in namn_i(fil) - undantag if n.startswith(svensk)] == []


# ---------------------------------------------------------------- the examples


def test_the_note_is_made_of_data_alone(kopia: Callable[[], Path]) -> None:
    not_, _ = block("yaml")
    [rader] = block("csv")
    inputs = kopia()
    förbund = inputs / "exempelforbundet"
    yml = (förbund / "forbund.yml").read_text("utf-8")
    assert "\nnoter:\n" in yml
    indragen = "".join(f"  {rad}\n" for rad in not_.splitlines())
    (förbund / "forbund.yml").write_text(yml.replace("\nnoter:\n", f"\nnoter:\n{indragen}"), "utf-8")
    kontoplan = (förbund / "kontoplan.csv").read_text("utf-8")
    for rad in rader.splitlines():
        konto = rad.partition(";")[0]
        kontoplan, antal = re.subn(rf"^{konto};;.*$", rad, kontoplan, flags=re.M)
        assert antal == 1, konto
    (förbund / "kontoplan.csv").write_text(kontoplan, "utf-8")
    bok = öppna("exempelforbundet", 2025, inputs=inputs)
    [tabell] = bok.tabeller["not_inventarier"].json()
    assert [rad["etikett"] for rad in tabell["rader"]] == ["Anskaffningsvärde", "Ackumulerade avskrivningar", "Summa"]
    assert bok.noter["inventarier"].tabell.rubrik == "Inventarier"
    assert [f.nivå for f in bok.findings if f.kod == "C04"] == ["ok"]


def kör_exempel(början: str, **namn: Any) -> dict[str, Any]:
    """Execute the example that begins so, with what it imports."""
    [kod] = [ett for ett in block("python") if ett.startswith(början)]
    exec(compile(kod, "utveckla.md", "exec"), namn)  # noqa: S102  our own text
    return namn


def test_the_check_finds_what_it_says() -> None:
    namn = {"kontroll": kontroll, "VERKSAMHETSPLAN": VERKSAMHETSPLAN, "Redovisning": Redovisning}
    check = kör_exempel("@kontroll", **vars(finding), **namn)["check_möteslokal"]
    bok = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)
    möten = (Möte(datum=date(2026, 2, 20), organ="styrelse", rad=5), Möte(datum=date(2026, 3, 1), organ="x", plats="y"))
    år = replace(bok.år, underlag=bok.år.underlag.model_copy(update={"möten": möten}))
    funna, prövade, _ = utfall(check(replace(bok.redovisning, år=år)))
    assert prövade == 2
    assert [(f.kod, f.källa, f.text) for f in funna] == [
        ("C99", "Möten, rad 5", "Mötet 2026-02-20 har ingen plats. Skriv den i bladet Möten.")
    ]


def test_the_column_is_read_under_its_heading() -> None:
    klass = kör_exempel("class ", Underlagsrad=Underlagsrad, Field=Field, date=date, __name__="finsam")["Möte"]
    assert [fält.alias for fält in kolumner(klass).values()] == ["Datum", "Lokal"]
    assert klass.om == Möte.om


def test_the_ledger_format_gives_a_ledger() -> None:
    moduler = (ar, avstamning, benamningar, foljd, poster, problem, samla)
    namn = {namn: värde for modul in moduler for namn, värde in vars(modul).items() if not namn.startswith("__")}
    läs = kör_exempel("ORD = ", **namn | {"json": json, "date": date})["read_json"]
    data = {
        "namn": "Samordningsförbundet",
        "konton": {"1930": "Bank", "2010": "Eget kapital", "3010": "Bidrag"},
        "start": "2024-01-01",
        "slut": "2024-12-31",
        "ib": {"1930": 100, "2010": -100},
        "ub": {"1930": 150, "2010": -100},
        "res": {"3010": -50},
    }
    bokföring, problemen = läs(json.dumps(data).encode(), "bokforing.json")
    assert bokföring.år[0].res == {"3010": -0.5}
    assert [p for p in problemen if p.nivå == "fel"] == []
    for fel, ord_ in (({"ub": {"1930": 1, "2010": -100}}, "går inte ihop"), ({"ub": {}, "res": {}}, "nyckeln ub")):
        ingen, problemen = läs(json.dumps(data | fel).encode(), "bokforing.json")
        assert ingen is None
        assert ord_ in problemen[0].text


def test_the_order_of_a_report_can_be_read(tmp_path: Path) -> None:
    _, ordning = block("yaml")
    (tmp_path / "rapport.yml").write_text(ordning, "utf-8")
    assert list(read_ordning(tmp_path / "rapport.yml")) == yaml.safe_load(ordning)["avsnitt"]
    finns = {fil.stem.partition("_")[2] for fil in (ROT / "notebooks/arsredovisning").glob("*.ipynb")}
    assert set(read_ordning(tmp_path / "rapport.yml")) <= finns


def test_what_the_text_says_of_workbooks_in_git_is_a_command() -> None:
    [modul] = re.findall(r'"python -m ([\w.]+)"', TEXT)
    assert (ROT / "lib" / f"{modul.replace('.', '/')}.py").is_file()
    assert kör("las", "--help").exit_code == 0
