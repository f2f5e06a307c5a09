"""What the terminal tells, as a person reads it: in 80 columns, with and without colour, and on Windows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from conftest import Körning, kör
from facit import INPUTS, jämför
from finsam.checks.finding import Finding
from finsam.checks.kontrollera import GRUPPER
from finsam.model.problem import Problem
from finsam.report.arsbok import Årsbok
from finsam.report.garanti import Siffergaranti
from finsam.run.cli import besked, terminal
from finsam.run.skapa import Resultat
from finsam.statements.redovisning import redovisa

HÄR = Path(__file__).parent / "terminal"
Öppnar = Callable[[Årsbok], None]


@pytest.fixture
def öppnar(monkeypatch: pytest.MonkeyPatch) -> Öppnar:
    """Let the commands open a year that is open already."""
    monkeypatch.setenv("FINSAM_INPUTS", "inputs")

    def öppnas(bok: Årsbok) -> None:
        for modul in ("finsam.oppna", "finsam.run.status.las"):
            monkeypatch.setattr(f"{modul}.öppna", lambda *_, **__: bok)

    return öppnas


@pytest.fixture
def utkast(exempel: Årsbok) -> Årsbok:
    """The made-up förbund with nobody to sign and one thing to decide."""
    underlag = exempel.år.underlag.model_copy(update={"undertecknare": ()})
    uppgifter = tuple(u for u in underlag.uppgifter if u.id != "dnr")
    return Årsbok(redovisa(replace(exempel.år, underlag=underlag.model_copy(update={"uppgifter": uppgifter}))))


@pytest.mark.parametrize("val", ["", "--publicerat", "--utforligt"])
def test_what_the_checks_found(sofint: Årsbok, öppnar: Öppnar, val: str) -> None:
    öppnar(sofint)
    svar = kör("kontrollera", "sofint", "2024", *filter(None, [val]))
    assert svar.exit_code == 0
    jämför(svar.output, HÄR / f"kontrollera{val.replace('--', '_')}.txt")
    assert max(map(len, svar.output.splitlines())) <= 80


def test_a_draft(utkast: Årsbok, öppnar: Öppnar) -> None:
    öppnar(utkast)
    svar = kör("kontrollera", "exempelforbundet", "2025")
    assert svar.exit_code == 1
    jämför(svar.output, HÄR / "kontrollera_utkast.txt")


def test_all_that_is_found_is_told_when_it_is_asked_for(sofint: Årsbok, öppnar: Öppnar) -> None:
    öppnar(sofint)
    sagt = " ".join(kör("kontrollera", "sofint", "2024", "--utforligt").output.split())
    assert not [f.text for f in sofint.findings if " ".join(f.text.split()) not in sagt]
    publicerat = " ".join(kör("kontrollera", "sofint", "2024", "--publicerat").output.split())
    for f in sofint.findings:
        rubrik = next((t.rubrik for t in sofint.år.publicerat if f.text.startswith(f"{t.rubrik}, ")), "")
        assert f.kod != "C31" or " ".join(f.text.removeprefix(f"{rubrik}, ").split()) in publicerat


def test_a_finished_run(körning: Körning) -> None:
    utskrift = körning.utskrift.replace(str(körning.katalog.parents[2]), "outputs").replace(str(INPUTS), "inputs")
    jämför(utskrift[utskrift.index("Att ta ställning till") :], HÄR / "skapa.txt")


def test_many_runs(
    körning: Körning, utkast: Årsbok, monkeypatch: pytest.MonkeyPatch, kopia: Callable[[], Path], tmp_path: Path
) -> None:
    """What hinders, report by report, and at last how it went."""

    def skapa(förbund: str, år: int, rapport: str, *_: object, **__: object) -> Resultat:
        bok = utkast if år == 2025 else körning.bok
        return Resultat(Path("outputs") / förbund / str(år) / rapport, bok.findings, bok.utkast, Siffergaranti())

    monkeypatch.setattr("finsam.run.skapa.skapa", skapa)
    monkeypatch.setattr("finsam.run.alla.processer", ThreadPoolExecutor)
    inputs = kopia()
    svar = kör("skapa", "--alla", "--inputs", inputs, "--outputs", tmp_path)
    assert svar.exit_code == 1
    jämför(svar.output.replace(str(inputs), "inputs").replace(str(tmp_path), "outputs"), HÄR / "skapa_alla.txt")


def test_nothing_is_said_otherwise_in_colour(sofint: Årsbok, öppnar: Öppnar, monkeypatch: pytest.MonkeyPatch) -> None:
    öppnar(sofint)
    utan = kör("kontrollera", "sofint", "2024").output
    färg = Console(force_terminal=True, color_system="standard", width=80, highlight=False, soft_wrap=True, emoji=False)
    for modul in (besked, terminal):
        monkeypatch.setattr(modul, "ut", färg)
    monkeypatch.setattr("finsam.run.cli.kontrollera.ut", färg)
    med = kör("kontrollera", "sofint", "2024").output
    assert "\x1b[33m! C31" in med
    assert re.sub("\x1b\\[[0-9;]*m", "", med) == utan


@pytest.mark.parametrize(
    ("teckenkod", "väntat"), [("cp1252", "-1 x + – … ”"), ("ascii", '-1 x + - ... "'), ("utf-8", "−1 ✗ ✓ – … ”")]
)
def test_a_terminal_that_lacks_a_character(monkeypatch: pytest.MonkeyPatch, teckenkod: str, väntat: str) -> None:
    byte = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(byte, encoding=teckenkod))
    with terminal.med_strömmar():
        terminal.ut.print("−1 ✗ ✓ – … ”", end="")
        terminal.ut.file.flush()
    assert byte.getvalue().decode(teckenkod) == väntat


def test_a_line_is_cut_between_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An amount, a path and a command are never cut, and what is alike is told once."""
    monkeypatch.setenv("COLUMNS", "40")
    sökväg, belopp = "sofint/2024/" + "lång" * 12, "1\u00a0234\u00a0567\u00a0kr"
    funna = [Finding("varning", f"Kontot har {belopp} i {sökväg} och {n} till.", kod="C98") for n in range(9)]
    funna += [Finding("varning", f"Uppgift saknas: {vad}. Fyll i den.", kod="C99") for vad in ("namn", "dag")]
    funna += [Finding("fel", f"Uppgift saknas: {vad}. Fyll i den.", kod="C97") for vad in ("namn", "dag")]
    assert besked.visa_findings(funna, besked.HÖGST)
    utskrift = capsys.readouterr().out
    assert "1 234 567 kr" in utskrift
    assert sökväg in utskrift
    assert "! C99  Uppgift saknas: namn; dag.\n" in utskrift
    assert "Hindrar: 2 fel\n✗ C97  Uppgift saknas: namn. Fyll i den.\n✗ C97" in utskrift
    assert utskrift.count("C98") == 3
    assert "Och 6 till." in " ".join(utskrift.split())


def test_a_problem_is_cut_where_a_person_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    problem = [Problem("fel", "Beloppet är inte ett tal. Skriv det med siffror, till exempel 1234.50.", "a.xlsx", "B2")]
    for människa, rader in ((False, 2), (True, 3)):
        monkeypatch.setattr(
            terminal, "felut", Console(stderr=True, force_terminal=människa, color_system=None, soft_wrap=True)
        )
        terminal.visa_problem(problem)
        assert len(capsys.readouterr().err.splitlines()) == rader


def test_the_workbook_has_the_groups(körning: Körning) -> None:
    blad = openpyxl.load_workbook(körning.katalog / "arsredovisning.xlsx")["Anmärkningar"]
    första = [str(rad[0].value) for rad in blad.iter_rows(min_row=5) if rad[0].value]
    rubriker = [text.partition(":")[0] for text in första if ":" in text]
    assert rubriker == list(GRUPPER.values())[1:]  # nothing hinders
    assert len(första) - len(rubriker) == len(körning.kontroller)
