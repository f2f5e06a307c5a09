"""A section that cannot be run is said in a Swedish line that names it, whichever way it runs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from conftest import förkorta, kör
from facit import INPUTS, ROT
from finsam.model.problem import UnreadableInput
from finsam.read.notebooks import Avsnitt
from finsam.report.arsbok import Årsbok
from finsam.run.avsnitt import KÖRSÄTT
from finsam.run.bevaka.motor import Motor
from finsam.run.notebook import NotebookFel
from finsam.run.rubriker import check_tabeller
from finsam.run.skapa import skapa
from prov import urval
from test_korning import KÖRSÄTTEN, gör_avsnitt, kör_så

CELLER = {
    "x / 0": r"10_prov.ipynb, cell 3: ZeroDivisionError: division by zero\n  x / 0",
    "import sys\nsys.exit()": "10_prov.ipynb, cell 3: SystemExit: ",
    "import sys\nsys.exit('slut')": "10_prov.ipynb, cell 3: SystemExit: slut",
    "exit": "10_prov.ipynb, cell 3: SystemExit: ",
    "quit()": "10_prov.ipynb, cell 3: SystemExit: ",
    "raise KeyboardInterrupt": "10_prov.ipynb, cell 3: KeyboardInterrupt: ",
    "raise GeneratorExit('g')": "10_prov.ipynb, cell 3: GeneratorExit: g",
    "def f():\n    return f()\nf()": "10_prov.ipynb, cell 3: RecursionError: ",
    "raise ValueError('x' * 10_000_000)": "10_prov.ipynb, cell 3: ValueError: x{2000} …",
    "1 +": "10_prov.ipynb, cell 3: SyntaxError: ",
    "input('Namn? ')": "10_prov.ipynb, cell 3: (EOFError|StdinNotImplementedError): ",
    "import os\nos._exit(7)": "10_prov.ipynb(, cell 3: processen avbröts|: processen avbröts \\(kod 7\\))",
    "import os\nos._exit(0)": "10_prov.ipynb(, cell 3: processen avbröts|: processen avbröts \\(kod 0\\))",
    "import os\nos.kill(os.getpid(), 9)": "10_prov.ipynb(, cell 3: processen avbröts|: processen avbröts \\(kod -9\\))",
}
"""The third cell of a section of four, by what is said of it."""

MED_KÄRNA = ["x / 0", "import sys\nsys.exit()", "exit", "raise KeyboardInterrupt", "import os\nos._exit(0)"]
"""Those that are tried with a kernel too; one takes seconds."""


@pytest.mark.parametrize(
    ("sätt", "cell"),
    [
        *(("grenar", cell) for cell in CELLER),
        *(pytest.param("karnor", cell, marks=pytest.mark.langsam) for cell in MED_KÄRNA),
        *(pytest.param("process", cell, marks=pytest.mark.langsam) for cell in CELLER),
    ],
)
def test_a_cell_that_stops_its_section(tmp_path: Path, sätt: str, cell: str, capfd: pytest.CaptureFixture[str]) -> None:
    prov = gör_avsnitt(tmp_path, "x = 1", cell, "2")
    with pytest.raises(NotebookFel, match=f"^{CELLER[cell]}"):
        kör_så(sätt, tmp_path / "ut", prov)
    assert capfd.readouterr() == ("", "")


def test_much_on_stdout_stops_nothing(tmp_path: Path) -> None:
    körd = kör_så("grenar", tmp_path / "ut", gör_avsnitt(tmp_path, "print('x' * 10_000_000)"))["prov"]
    assert len(körd.cells[-1].outputs[0].text) == 10_000_001


def version_3(fil: Path) -> None:
    nb = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [], "metadata": {}}]}
    fil.write_text(json.dumps(nb))


def utan_parametrar(fil: Path) -> None:
    nb = nbformat.read(fil, 4)
    nb.cells[0].metadata = {}
    nbformat.write(nb, fil)


def inte_python(fil: Path) -> None:
    nb = nbformat.read(fil, 4)
    nb.cells[0].source = "förbund ="
    nbformat.write(nb, fil)


FILER: dict[str, tuple[Callable[[Path], object], str]] = {
    "version 3": (version_3, "Ingen cell har taggen parameters. Ge den taggen som anger förbund och år."),
    "utan parametrar": (utan_parametrar, "Ingen cell har taggen parameters."),
    "inte Python": (inte_python, "10_prov.ipynb, cell 1: Cellen är inte Python: "),
    "tom": (lambda fil: fil.write_text(""), "Filen är ingen notebook, eller så är den skadad."),
    "lista": (lambda fil: fil.write_text("[]"), "Filen är ingen notebook"),
    "objekt": (lambda fil: fil.write_text("{}"), "Filen är ingen notebook"),
    "utan celler": (lambda fil: fil.write_text('{"nbformat": 4, "nbformat_minor": 5}'), "Filen är ingen notebook"),
    "inte UTF-8": (lambda fil: fil.write_bytes(b"\xff\xfe{"), "Filen är ingen notebook"),
    "djup": (lambda fil: fil.write_text("[" * 100_000), "Filen är ingen notebook"),
    "en mapp": (lambda fil: (fil.unlink(), fil.mkdir()), "10_prov.ipynb: Går inte att läsa"),
}


@pytest.mark.parametrize("fall", FILER)
def test_a_file_that_is_no_section(tmp_path: Path, fall: str, capfd: pytest.CaptureFixture[str]) -> None:
    prov = gör_avsnitt(tmp_path, "1")
    ändra, text = FILER[fall]
    ändra(prov.fil)
    for sätt in KÖRSÄTTEN:
        with pytest.raises(UnreadableInput, match=re.escape(text)):
            kör_så(sätt, tmp_path / "ut", prov)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("sätt", KÖRSÄTTEN)
def test_a_section_without_a_kernelspec_runs(tmp_path: Path, sätt: str) -> None:
    prov = gör_avsnitt(tmp_path, "1")
    nb = nbformat.read(prov.fil, 4)
    nb.metadata = {}
    nbformat.write(nb, prov.fil)
    assert kör_så(sätt, tmp_path / "ut", prov)["prov"].metadata.kernelspec.name == "python3"


@pytest.mark.parametrize(("cell", "kod"), urval([("1 / 0", 3), (None, 2)], ("1 / 0", 3)))
def test_the_command_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str | None, kod: int) -> None:
    prov = gör_avsnitt(tmp_path, cell or "1")
    if not cell:
        version_3(prov.fil)
    monkeypatch.setattr("finsam.run.skapa.read_avsnitt", lambda *_: (Avsnitt("prov", prov.fil),))
    for sätt in KÖRSÄTTEN if cell else ("grenar",):
        monkeypatch.setenv(KÖRSÄTT, sätt)
        svar = kör("skapa", "exempelforbundet", "2025", "--inputs", INPUTS, "--outputs", tmp_path / "ut")
        assert svar.exit_code == kod, svar.output
        assert "10_prov.ipynb" in svar.output
        assert "Traceback" not in svar.output
        assert not [f for f in (tmp_path / "ut").rglob("*") if f.is_file()]


def visad(*tabeller: str, bok: Årsbok) -> NotebookNode:
    """An executed section that shows tables."""
    nb = nbformat.v4.new_notebook()
    for namn in tabeller:
        data = getattr(bok, namn)._repr_mimebundle_()
        nb.cells.append(nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("execute_result", data=data)]))
    return nb


def test_a_table_stands_once_in_a_document(exempel: Årsbok) -> None:
    """Twice it would have two numbers, one place for its links and two sheets of one name in the workbook."""
    en = visad("balansräkning", "kassaflödesanalys", bok=exempel)
    check_tabeller({"balansrakning": en, "egen": visad("resultaträkning", bok=exempel)})
    with pytest.raises(UnreadableInput) as fel:
        check_tabeller({"balansrakning": en, "egen": visad("balansräkning", *["resultaträkning"] * 2, bok=exempel)})
    assert [str(p) for p in fel.value.problem] == [
        "avsnittet egen: Tabellen ”Balansräkning” visas redan i avsnittet balansrakning. Ta bort den ena; en text kan "
        "hänvisa till den med {tabell:balansrakning}.",
        "avsnittet egen: Tabellen ”Resultaträkning” visas redan här. Ta bort den ena; en text kan hänvisa till den med "
        "{tabell:resultatrakning}.",
    ]


@pytest.mark.langsam
@pytest.mark.parametrize("vem", ["skapa", "bevaka"])
def test_a_report_with_a_table_twice_is_not_made(vem: str, tmp_path: Path, kopia: Callable[[], Path]) -> None:
    inputs = förkorta(kopia(), "omslag", "balansrakning", "kontroller")
    shutil.copytree(ROT / "notebooks", avsnitten := tmp_path / "notebooks")
    (fil,) = (avsnitten / "arsredovisning").glob("*_balansrakning.ipynb")
    nb = nbformat.read(fil, 4)
    nb.cells.append(nbformat.v4.new_code_cell("bok.balansräkning"))
    nbformat.write(nb, fil)
    fråga = ("exempelforbundet", 2025, "arsredovisning")
    with pytest.raises(UnreadableInput, match=r"^avsnittet balansrakning: Tabellen ”Balansräkning” visas redan här"):
        if vem == "skapa":
            skapa(*fråga, inputs, tmp_path / "ut", lambda _: lambda _: None, avsnitten)
        else:
            with Motor(*fråga, inputs, avsnitten) as motor:
                motor.sida()
    assert not (tmp_path / "ut" / "exempelforbundet" / "2025" / "arsredovisning").exists()
