"""A kind of report is data: a third one costs its sections and the lines in NYTT, and what is forgotten is said."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from conftest import kör
from facit import INPUTS, ROT
from finsam.checks.kontrollera import KONTROLLER
from finsam.model.problem import UnreadableInput
from finsam.model.rapport import RAPPORTER, VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag, rapportslag
from finsam.oppna import BÖCKER, öppna
from finsam.read.arsmapp import finns, rapporten
from finsam.report.bok import Bok
from finsam.run.cli.besked import kommando
from finsam.statements.flerarsoversikt import översiktsår
from finsam.statements.redovisning import STEG

LIB = ROT / "lib" / "finsam"
NYTT = {
    "model/rapport.py": """
PROVRAPPORT = Rapportslag(
    id="provrapport",
    ord="provrapport",
    bestämd="provrapporten",
    titelmall="Provrapport {}",
    filer=("forbund.yml", "underlag.xlsx"),
    textprefix="pr_",
)
RAPPORTER[PROVRAPPORT.id] = PROVRAPPORT
""",
    "statements/redovisning.py": """
from finsam.model.rapport import PROVRAPPORT
STEG[PROVRAPPORT] = (uppgifter.UPPGIFTER,)
""",
    "oppna.py": """
from finsam.model.rapport import PROVRAPPORT
from finsam.report.block import Block
class Provbok(Bok):
    @property
    def början(self) -> Block:
        return self.text("pr_inledning")
BÖCKER[PROVRAPPORT] = Provbok
""",
}
"""What a kind with words, uppgifter and checks adds to the program: 20 lines."""
AVSNITT = {
    "00_omslag": ("bok.omslag",),
    "10_inledning": ("# Inledning", "bok.början"),
    "90_kontroller": ("# Så är talen kontrollerade", "bok.kontrollerat"),
}
NYA = (
    *("--namn", "Nya", "--kontoplan", "bas", "--orgnr", "222000-0000"),
    "--region",
    "R",
    "--kommun",
    "A",
    "--fraga-inte",
)
PROV = Rapportslag("provrapport", "provrapport", "provrapporten", "Provrapport {}", ("forbund.yml", "underlag.xlsx"))


def write_avsnitt(mapp: Path) -> None:
    """The sections of the new kind, as they stand in notebooks/provrapport."""
    mapp.mkdir(parents=True)
    for namn, visas in AVSNITT.items():
        öppnas = 'import finsam\n\nbok = finsam.öppna(förbund, år, "provrapport")'
        celler = [
            nbformat.v4.new_code_cell('förbund = "exempelforbundet"\når = 2026', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(öppnas),
            *((nbformat.v4.new_markdown_cell if "#" in v else nbformat.v4.new_code_cell)(v) for v in visas),
        ]
        nb = nbformat.v4.new_notebook(cells=celler)
        nb.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
        nbformat.write(nb, mapp / f"{namn}.ipynb")
    (mapp / "rapport.yml").write_text("avsnitt: [omslag, inledning, kontroller]\n", "utf-8")


def write_inputs(rot: Path) -> Path:
    """A year with texts of the new kind alone, and one of the plan's that is not its."""
    förbund = rot / "exempelforbundet"
    (förbund / "2026" / "text").mkdir(parents=True)
    shutil.copy(INPUTS / "exempelforbundet" / "forbund.yml", förbund)
    shutil.copy(INPUTS / "exempelforbundet" / "2026" / "underlag.xlsx", förbund / "2026")
    (förbund / "2026" / "text" / "pr_inledning.md").write_text(
        "Beslutat {uppgift.beslutsdatum}, under {år}.\n", "utf-8"
    )
    (förbund / "2026" / "text" / "insats_kompassen.md").write_text("Nästa {finns.inte | kr}.\n", "utf-8")
    return rot


@pytest.mark.langsam
def test_a_third_kind_is_found_opened_tried_and_made(tmp_path: Path) -> None:
    """In a copy of the program with what NYTT adds: finns, kontrollera and skapa --alla know it, and so does nytt."""
    assert sum(len(rader.strip().splitlines()) for rader in NYTT.values()) <= 40
    shutil.copytree(LIB, tmp_path / "lib" / "finsam", ignore=shutil.ignore_patterns("__pycache__"))
    for fil, rader in NYTT.items():
        with (tmp_path / "lib" / "finsam" / fil).open("a", encoding="utf-8") as ut:
            ut.write(rader)
    write_avsnitt(tmp_path / "notebooks" / "provrapport")
    inputs = write_inputs(tmp_path / "inputs")
    (inputs / "exempelforbundet" / "2026" / "text" / "insats_kompassen.md").unlink()

    def finsam(*ord_: str) -> subprocess.CompletedProcess[str]:
        miljö = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
        program = [sys.executable, "-m", "finsam", *ord_]
        return subprocess.run(program, env=miljö, cwd=tmp_path, capture_output=True, text=True, check=False)

    svar = finsam("kontrollera", "exempelforbundet", "2026", "provrapport", "--json")
    assert (svar.returncode, svar.stderr) == (0, "")
    kontroller = {k["kod"]: k["niva"] for k in json.loads(svar.stdout)}
    assert set(kontroller) == {k.kod for k in KONTROLLER if not k.i} | {"C11", "C39"}
    assert (kontroller["C10"], kontroller["C26"]) == ("ok", "ej_provad")

    svar = finsam("skapa", "--alla")
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert "exempelforbundet 2026 provrapport" in svar.stdout
    assert re.search(r"Siffergaranti: (\d+) av \1 tal", svar.stdout)
    katalog = tmp_path / "outputs" / "exempelforbundet" / "2026" / "provrapport"
    assert {fil.name for fil in katalog.glob("provrapport.*")} == {
        f"provrapport.{x}" for x in ("docx", "html", "pdf", "xlsx")
    }
    assert "Provrapport 2026" in (katalog / "provrapport.html").read_text("utf-8")

    assert "(arsredovisning, verksamhetsplan eller provrapport)" in " ".join(finsam("skapa", "--hjalp").stdout.split())
    svar = finsam("skapa", "exempelforbundet", "2026", "annat")
    assert "Rapporten annat finns inte. Välj arsredovisning, verksamhetsplan eller provrapport." in svar.stderr
    svar = finsam("nytt", "nytt", "2026", "provrapport", *NYA)
    assert svar.returncode == 2
    assert "Programmet kan inte göra provrapporten: TEXTER i begin/forbund.py saknas för provrapport." in svar.stderr
    assert not (inputs / "nytt").exists()


def test_what_a_kind_lacks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One thing at a time, in the words of who is to add it; never a KeyError, never another kind's in its place."""
    inputs = write_inputs(tmp_path)

    def saknas() -> str:
        with pytest.raises(UnreadableInput) as fel:
            öppna("exempelforbundet", 2026, "provrapport", inputs=inputs)
        return str(fel.value)

    assert saknas() == "Rapporten provrapport finns inte. Välj arsredovisning eller verksamhetsplan."
    monkeypatch.setitem(RAPPORTER, PROV.id, PROV)
    början = "Programmet kan inte göra provrapporten: "
    assert saknas() == f"{början}STEG i statements/redovisning.py saknas för provrapport."
    monkeypatch.setitem(STEG, PROV, STEG[VERKSAMHETSPLAN][1:2])
    assert saknas() == f"{början}BÖCKER i oppna.py saknas för provrapport."
    monkeypatch.setitem(BÖCKER, PROV, Bok)
    assert saknas() == f"{början}notebooks/provrapport har inga avsnitt."
    write_avsnitt(tmp_path / "notebooks" / "provrapport")
    with pytest.raises(UnreadableInput, match=r"finns\.inte"):  # without a beginning it has the texts that are nobody's
        öppna("exempelforbundet", 2026, "provrapport", inputs=inputs, notebooks=tmp_path / "notebooks")


def test_a_kind_with_a_ledger_and_a_beginning_asks_for_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a delårsrapport would: it is not there as soon as there is a ledger, nor its texts the årsredovisning's."""
    monkeypatch.setitem(RAPPORTER, "del", Rapportslag("del", "d", "d", "D {}", ÅRSREDOVISNING.filer, textprefix="del_"))
    mapp = tmp_path / "x" / "2025"
    (mapp / "text").mkdir(parents=True)
    (mapp / "text" / "DEL_Insats_TUVA.md").write_text("Ord.", "utf-8")
    assert finns(tmp_path) == []
    (mapp / "bokforing.se").write_bytes((INPUTS / "exempelforbundet" / "2025" / "bokforing.se").read_bytes())
    assert finns(tmp_path) == [("x", 2025, "arsredovisning"), ("x", 2025, "del")]
    (mapp / "text" / "DEL_Insats_TUVA.md").unlink()
    assert finns(tmp_path) == [("x", 2025, "arsredovisning")]


def test_the_years_that_are_read_are_those_of_the_översikt() -> None:
    år = öppna("exempelforbundet", 2025, inputs=INPUTS).år
    assert [år.årtal - antal for antal in ÅRSREDOVISNING.tidigare_år] == [int(p) for p in översiktsår(år)[2:]]


def test_every_kind_has_its_part_in_every_stage() -> None:
    """The other way too: nothing is kept for a kind that is not there, and each has its notebooks."""
    from finsam.begin.forbund import TEXTER
    from finsam.begin.underlag import STARTRADER, UPPGIFTER

    for delar in (STEG, BÖCKER, TEXTER, UPPGIFTER, STARTRADER):
        assert set(delar) == set(RAPPORTER.values())
    assert {fil.parent.name for fil in (ROT / "notebooks").glob("*/rapport.yml")} == set(RAPPORTER)
    assert [rapportslag(id_).id for id_ in RAPPORTER] == list(RAPPORTER)


def test_no_id_of_a_kind_is_written_elsewhere() -> None:
    """No branch asks for an id or for vp_, so none can forget a kind."""
    egna = {*RAPPORTER, *(slag.textprefix for slag in RAPPORTER.values() if slag.textprefix)}
    skrivna = [
        f"{fil.relative_to(LIB)}:{nod.lineno} {nod.value}"
        for fil in sorted(LIB.rglob("*.py"))
        if fil != LIB / "model" / "rapport.py"
        for nod in ast.walk(ast.parse(fil.read_text("utf-8")))
        if isinstance(nod, ast.Constant) and nod.value in egna
    ]
    assert skrivna == []


@pytest.mark.parametrize(
    "ord_",
    [
        ("skapa", "sofint", "2024", "annat"),
        ("kontrollera", "sofint", "2024", "annat"),
        ("spar", "sofint", "2024", "rr.arets_resultat", "annat"),
        ("nytt", "sofint", "2025", "annat"),
        ("nytt", "nytt", "2025", "annat"),
        ("plombera", "sofint", "2024", "annat", "--namn", "Eva", "--datum", "2025-02-21"),
        ("plombera", "sofint", "2024", "annat", "--namn", "Eva", "--datum", "2025-02-21", "--oppna", "--skal", "x"),
    ],
    ids=" ".join,
)
def test_a_kind_that_is_not_there_is_told_with_those_there_are(tmp_path: Path, ord_: tuple[str, ...]) -> None:
    shutil.copytree(INPUTS / "sofint", tmp_path / "sofint")
    svar = kör(*ord_, "--inputs", tmp_path)
    assert svar.exit_code == 2
    assert "Rapporten annat finns inte. Välj arsredovisning eller verksamhetsplan." in svar.output


def test_the_report_that_a_year_has_input_for_is_the_one_that_is_meant() -> None:
    assert rapporten("sofint", 2026, INPUTS) == VERKSAMHETSPLAN.id
    assert rapporten("sofint", 2024, INPUTS) == ÅRSREDOVISNING.id
    assert rapporten("sofint", 2031, INPUTS) == ÅRSREDOVISNING.id


def test_a_command_to_write_next_names_the_report_where_another_could_be_meant(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / "exempelforbundet", tmp_path / "exempelforbundet")
    (tmp_path / "exempelforbundet" / "2025" / "bokforing.se").rename(tmp_path / "sparad.se")
    svar = kommando("kontrollera", "exempelforbundet", 2025, ÅRSREDOVISNING.id, tmp_path)
    assert svar.startswith("finsam kontrollera exempelforbundet 2025 --inputs")
    (tmp_path / "exempelforbundet" / "2025" / "text" / "vp_inledning.md").write_text("Planen.", "utf-8")
    svar = kommando("kontrollera", "exempelforbundet", 2025, ÅRSREDOVISNING.id, tmp_path)
    assert svar.startswith("finsam kontrollera exempelforbundet 2025 arsredovisning --inputs")
