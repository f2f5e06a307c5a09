"""Reading saldolistor and huvudböcker: every message with a list that causes it, and the systems' ways of writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from conftest import kör
from facit import jämför
from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem
from finsam.oppna import öppna
from finsam.read.bokforing import read_bokföring
from finsam.read.las import las_json
from finsam.read.lista.saldolista import read_saldolista, är_saldolista
from finsam.report.arsbok import Årsbok
from saldolista.bladtext import write_blad
from saldolista.stilar import Stil, write_lista

MAPP = Path(__file__).with_name("fall")
SYSTEM = Path(__file__).with_name("system")
FACIT = Path(__file__).with_name("system_facit")
FALL = sorted(fil for fil in MAPP.iterdir() if fil.suffix != ".txt")
ÅR = {"ar_ges": 2024, "ar_annat_an_det_ska_vara": 2025, "ar_i_rubrik_annat_an_det_ska_vara": 2023}
"""The year that a list should be for, where that is known."""


def läs(fil: Path, mapp: Path) -> tuple[Bokföring | None, list[Problem]]:
    """Read a list of `fall/`, a described workbook made into one first."""
    data = fil.read_bytes()
    namn = fil.name
    if fil.suffix == ".blad":
        data, namn = write_blad(data.decode("utf-8")), f"{fil.stem}.xlsx"
    (mapp / namn).write_bytes(data)
    return read_bokföring(mapp / namn, namn, ÅR.get(fil.stem))


@pytest.mark.parametrize("fil", FALL, ids=lambda fil: fil.stem)
def test_meddelande(fil: Path, tmp_path: Path) -> None:
    bokföring, problem = läs(fil, tmp_path)
    jämför("".join(f"{ett.nivå}: {ett}\n" for ett in problem), fil.with_suffix(".txt"))
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


def test_every_expected_file_has_its_input() -> None:
    assert {fil.stem for fil in MAPP.glob("*.txt")} == {fil.stem for fil in FALL}


@pytest.mark.parametrize(
    "rad",
    ["Saldobalans Norra förbundet", "Saldolista: Norra förbundet", "Balansrapport för Norra förbundet 222000-1111"],
)
def test_what_the_list_calls_itself_is_no_part_of_the_name(rad: str) -> None:
    lista = f"{rad};;;\nKonto;Benämning;IB 2025;UB 2025\n1930;Bank;0,00;10,00\n3010;Bidrag;0,00;-10,00\n"
    läst = read_saldolista(lista.encode(), "lista.csv", 2025)[0]
    assert läst and läst.namn == "Norra förbundet"


# The systems' own ways


REFERENS = SYSTEM / "provforbundet.se"
LISTOR = sorted(fil for fil in SYSTEM.iterdir() if fil != REFERENS)


def utan_noll(saldon: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    return {nyckel: tal for nyckel, tal in saldon.items() if tal}


def läs_system(fil: Path, mapp: Path) -> tuple[Bokföring | None, list[Problem]]:
    """Read a list of `system/`, in the encoding that its name gives."""
    text = fil.read_text("utf-8")
    namn, *kod = fil.stem.split(".")
    målet = mapp / (f"{namn}.xlsx" if fil.suffix == ".blad" else f"{namn}{fil.suffix}")
    målet.write_bytes(write_blad(text) if fil.suffix == ".blad" else text.replace("\n", "\r\n").encode(*kod))
    return read_bokföring(målet, målet.name)


@pytest.mark.parametrize("fil", LISTOR, ids=lambda fil: fil.stem)
def test_every_system_gives_the_same_figures(fil: Path, tmp_path: Path) -> None:
    väntat, _ = read_bokföring(REFERENS)
    läst, problem = läs_system(fil, tmp_path)
    assert läst, problem
    assert väntat
    assert läst.typ == "saldolista"
    assert {nr: (år.start, år.slut) for nr, år in läst.år.items()} == {
        nr: (år.start, år.slut) for nr, år in väntat.år.items()
    }
    for nr, år in väntat.år.items():
        for fält in ("ib", "ub", "res"):
            assert utan_noll(getattr(läst.år[nr], fält)) == utan_noll(getattr(år, fält)), (nr, fält)
    assert läst.konton == väntat.konton


@pytest.mark.parametrize("fil", LISTOR, ids=lambda fil: fil.stem)
def test_what_is_said_of_a_system(fil: Path, tmp_path: Path) -> None:
    _, problem = läs_system(fil, tmp_path)
    jämför("".join(f"{ett.nivå}: {ett}\n" for ett in problem), FACIT / f"{fil.name}.txt")


def test_dimensions_become_objekt(tmp_path: Path) -> None:
    väntat, _ = read_bokföring(REFERENS)
    läst, _ = läs_system(SYSTEM / "agresso.blad", tmp_path)
    assert läst
    assert väntat
    assert (läst.dimensioner, läst.objekt) == (väntat.dimensioner, väntat.objekt)
    for nr in (0, -1):
        assert läst.år[nr].objekt == väntat.år[nr].objekt


def test_objekt_of_balance_accounts(tmp_path: Path) -> None:
    läst, _ = läs(MAPP / "objekt_pa_balanskonto.csv", tmp_path)
    assert läst
    assert läst.år[0].objekt[("1511", ("20", "GRA"))] == 30
    assert läst.år[0].objekt_ib[("1511", ("20", "GRA"))] == 20


@pytest.mark.parametrize(
    ("fil", "teckenkod"),
    [("raindance.cp1252.csv", "cp1252"), ("economic.utf-16.txt", "utf-16"), ("agresso.blad", "xlsx")],
)
def test_teckenkod(fil: str, teckenkod: str, tmp_path: Path) -> None:
    läst, _ = läs_system(SYSTEM / fil, tmp_path)
    assert läst
    assert läst.teckenkod == teckenkod


# Which files are lists


@pytest.mark.parametrize(
    ("data", "svar"),
    [
        (b"#FLAGGA 0\n#KONTO 1930 Bank\n", False),
        (b'\xef\xbb\xbf#FLAGGA 0\n#KONTO 1930 "Konto;IB;UB"\n', False),
        (b"  #RAR 0 20240101 20241231\nKonto;IB;UB\n", False),
        (b"<html><body>Konto;IB;UB</body></html>", False),
        (b"<?xml version='1.0'?><Sie/>", False),
        (b"%PDF-1.7\nKonto;IB;UB\n", False),
        (b"\x00\x01\x02\xff" * 20, False),
        (b"", False),
        (b"Hej, det h\xc3\xa4r \xc3\xa4r ett brev.\nMed, m\xc3\xa5nga, kommatecken.\n", False),
        (b"Konto;IB;UB\n1930;1;1\n", True),
        ("Konto\tIB\tUB\n1930\t1\t1\n".encode("utf-16"), True),
        ("Konto\tIB\tUB\n1930\t1\t1\n".encode("utf-16-be"), True),
        (b"Nummer;Ing;Ut\n1930;1;1\n1940;1;1\n", True),
        (b"Konto  Namn   Saldo\n1930   Bank   1,00\n", True),
        (b"\xd0\xcf\x11\xe0gammal Excel", True),
        (b"PK\x03\x04trasigt", True),
    ],
)
def test_är_saldolista(data: bytes, svar: bool) -> None:
    assert är_saldolista(data) is svar


def test_an_archive_is_no_list() -> None:
    ut = BytesIO()
    with ZipFile(ut, "w") as arkiv:
        arkiv.writestr("bokforing.se", "#FLAGGA 0\n")
    assert not är_saldolista(ut.getvalue())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"PK\x03\x04trasigt", "Filen är inte en Excelarbetsbok"),
        (b"\xd0\xcf\x11\xe0gammal", "Excels äldre format (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "skyddad med lösenord"),
    ],
)
def test_a_workbook_that_cannot_be_opened(data: bytes, text: str) -> None:
    bokföring, problem = read_saldolista(data, "x.xlsx", 2024)
    assert bokföring is None
    assert [text in ett.text for ett in problem] == [True]


def test_too_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam.read.lista.fil.HÖGST_BYTE", 10)
    problem = read_saldolista(b"Konto;IB;UB\n1930;1;1\n", "x.csv", 2024)[1]
    assert [ett.text for ett in problem] == ["Filen är större än 0 MB. Exportera ett år i taget."]


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam.read.lista.blad.HÖGST_CELLER", 100)
    problem = read_saldolista(b"Konto;IB;UB\n" + b"1930;1;1\n" * 100, "x.csv", 2024)[1]
    assert [ett.text for ett in problem] == ["Filen har orimligt många fält. Exportera ett år i taget."]


def test_too_many_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam.read.lista.summor.HÖGST_SUMMARADER", 2)
    problem = read_saldolista((MAPP / "summa_stammer.csv").read_bytes(), "x.csv", 2024)[1]
    assert [ett.text for ett in problem] == ["Listan har orimligt många summarader. Ta ut den utan summor."]


# Through the program


MED_DIMENSIONER = Stil(
    titel=(("Samordningsförbundet Exempelbygden", "222000-0000"), ("Period 202501-202512",)),
    dimensioner=(("1", "Ansvar"), ("6", "Projekt"), ("20", "Motpart")),
    kolumner=(
        ("ib", "IB 2025"),
        ("förändring", "Förändring"),
        ("ub", "UB 2025"),
        ("ib_före", "IB 2024"),
        ("ub_före", "UB 2024"),
    ),
    summor="summa",
    xlsx=True,
)


@pytest.fixture
def med_saldolista(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund's inputs, with its ledger as a workbook."""
    mapp = kopia() / "exempelforbundet" / "2025"
    bokföring, _ = read_bokföring(mapp / "bokforing.se")
    assert bokföring
    (mapp / "bokforing.xlsx").write_bytes(write_lista(bokföring, MED_DIMENSIONER))
    (mapp / "bokforing.se").unlink()
    return mapp.parents[1]


def test_the_report_is_the_same(med_saldolista: Path, exempel: Årsbok) -> None:
    bok = öppna("exempelforbundet", 2025, inputs=med_saldolista)
    assert {namn: fakta.värde for namn, fakta in bok.fakta.items()} == {
        namn: fakta.värde for namn, fakta in exempel.fakta.items()
    }


def test_kontrollera(med_saldolista: Path) -> None:
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", med_saldolista)
    assert svar.exit_code == 0, svar.output
    assert "0 fel" in svar.output


def test_a_list_for_another_year_is_refused(med_saldolista: Path) -> None:
    mapp = med_saldolista / "exempelforbundet"
    (mapp / "2024" / "bokforing.se").unlink()
    (mapp / "2025" / "bokforing.xlsx").rename(mapp / "2024" / "bokforing.xlsx")
    svar = kör("kontrollera", "exempelforbundet", "2024", "--inputs", med_saldolista)
    assert svar.exit_code == 2
    assert "Listan är för 2025 enligt" in svar.output


def test_las(tmp_path: Path) -> None:
    läs_system(SYSTEM / "fortnox.utf-8.csv", tmp_path)
    svar = kör("las", tmp_path / "fortnox.csv")
    assert svar.exit_code == 0
    assert svar.output.startswith("Samordningsförbundet Prov 222000-1818 saldolista, utf-8\n")


def test_las_asks_for_the_year_and_takes_it() -> None:
    fil = MAPP / "ar_saknas.csv"
    assert "--ar 2024" in kör("las", fil).output
    svar = kör("las", fil, "--ar", "2024", "--json")
    assert svar.exit_code == 0
    assert json.loads(svar.output)["ar"] == [{"nr": 0, "start": "2024-01-01", "slut": "2024-12-31"}]


def test_las_json_gives_the_row_of_a_cell(tmp_path: Path) -> None:
    svar = las_json(*läs(MAPP / "arbetsbok_felvarde.blad", tmp_path))
    assert [(ett["niva"], ett["rad"]) for ett in svar["problem"]] == [("fel", 5)]


def test_las_json_of_a_huvudbok(tmp_path: Path) -> None:
    svar = las_json(*läs(MAPP / "huvudbok_felfri.csv", tmp_path))
    assert (svar["typ"], svar["verifikationer"], svar["transaktioner"]) == ("huvudbok", 2, 4)
    assert svar["saldon"]["1941"] == {"namn": "Bank", "ib": {"0": "100.00"}, "ub": {"0": "150.00"}, "res": {}}
