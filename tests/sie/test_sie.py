"""Reading SIE 1–4: real files against reference values, every message with a file that causes it, and laws for all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygg.sie import write_sie
from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem
from finsam.read import bokforing
from finsam.read.bokforing import read_bokföring
from finsam.read.las import las_json
from finsam.read.ledger.problem import GODTAGBART
from finsam.read.sie.sie import Resultat, read_sie_bytes
from prov import antal
from sie.bokforingar import bokföringar

FALL = sorted(Path(__file__).with_name("fall").glob("*.se"))
FELFRI = Path(__file__).with_name("fall") / "felfri.se"
UNDERLAG = Path(__file__).parents[3] / "shared" / "sie"
SALDON = {"ib": "IB", "ub": "UB", "res": "RES"}


def read_sie(fil: Path, namn: str = "", godtagna: frozenset[str] = frozenset()) -> Resultat:
    """A file that is SIE 1–4 whatever it holds."""
    return read_sie_bytes(fil.read_bytes(), namn, godtagna)


def läs(namn: str) -> Bokföring:
    """A file of `fall/` that is not refused."""
    bokföring, _ = read_sie(FELFRI.with_name(f"{namn}.se"))
    assert bokföring
    return bokföring


def visat(problem: list[Problem]) -> str:
    """Problems as they stand in the expected files."""
    return "".join(f"{ett.nivå}: {ett}\n" for ett in problem)


# Every message


@pytest.mark.parametrize("fil", FALL, ids=lambda fil: fil.stem)
def test_meddelande(fil: Path) -> None:
    bokföring, problem = read_sie(fil, fil.name)
    assert visat(problem) == fil.with_suffix(".txt").read_text("utf-8")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


def test_every_expected_file_has_its_input() -> None:
    assert {fil.stem for fil in FELFRI.parent.glob("*.txt")} == {fil.stem for fil in FALL}


def test_missing_file(tmp_path: Path) -> None:
    assert read_bokföring(tmp_path / "x.se", "x.se") == (None, [Problem("fel", "Filen finns inte.", "x.se")])


def test_folder_instead_of_file(tmp_path: Path) -> None:
    assert read_bokföring(tmp_path, "mapp") == (None, [Problem("fel", "Det här är ingen fil.", "mapp")])


@pytest.mark.parametrize(
    ("fel", "orsak"),
    [
        (PermissionError(13, "no"), "det är inte tillåtet, eller så är en fil öppen i ett annat program"),
        (OSError(5, "no"), "disken svarar inte som den ska"),
    ],
)
def test_unreadable_file(fel: OSError, orsak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_bytes(_: Path) -> bytes:
        raise fel

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    text = f"Filen kan inte öppnas ({orsak}). Stäng den i andra program och försök igen."
    assert read_bokföring(FELFRI, "f.se") == (None, [Problem("fel", text, "f.se")])


def test_too_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bokforing, "STÖRSTA_FIL", 100)
    bokföring, [problem] = read_bokföring(FELFRI, "f.se")
    assert bokföring is None
    assert problem.text.startswith("Filen är större än")


@pytest.mark.parametrize(
    ("namn", "vad", "text"),
    [
        (
            "ksumma_fel",
            "kontrollsumma",
            "Kontrollsumman stämmer inte: filen har ändrats eller skadats efter exporten. Filen läses ändå, för det är "
            "godtaget.",
        ),
        (
            "utgaende_gar_inte_ihop",
            "obalans",
            "Balans- och resultaträkningen går inte ihop: differens 38,00 kr. Filen läses ändå, för det är godtaget.",
        ),
    ],
)
def test_what_is_accepted_is_read_and_said(namn: str, vad: str, text: str) -> None:
    bokföring, problem = read_sie(FELFRI.with_name(f"{namn}.se"), godtagna=frozenset({vad}))
    assert bokföring
    assert bokföring.kontrollsumma is (False if vad == "kontrollsumma" else None)
    assert [(ett.nivå, ett.text) for ett in problem if ett.slag == vad] == [("varning", text)]
    annat = {"kontrollsumma": "obalans", "obalans": "kontrollsumma"}[vad]
    assert read_sie(FELFRI.with_name(f"{namn}.se"), godtagna=frozenset({annat}))[0] is None


@pytest.mark.parametrize("namn", ["ksumma_saknas_i_slutet", "avklippt_verifikation", "res_saknas_och_ub_gar_inte_ihop"])
def test_nothing_else_can_be_accepted(namn: str) -> None:
    assert read_sie(FELFRI.with_name(f"{namn}.se"), godtagna=frozenset(GODTAGBART))[0] is None


# What is read


@pytest.mark.parametrize(
    "namn",
    ["utf8", "utf8_bom", "utf16", "latin1", "forvanskad_av_macintosh", "felfri", "ksumma_stammer", "periodsaldon"],
)
def test_åäö_in_any_encoding(namn: str) -> None:
    bokföring = läs(namn)
    assert bokföring.namn == "Provförbundet"
    assert bokföring.konton["3510"].namn == "Bidrag från medlemmar"


def test_åäö_misread_as_windows_is_restored() -> None:
    assert läs("forvanskad_av_windows").konton["3510"].namn == "Bidrag från Malmö Ärta medlemmar"


@pytest.mark.parametrize(
    ("namn", "väntat"),
    [
        ("citationstecken_i_namn", 'Ins"atser till Lind" Park'),
        ("citationstecken_saknas", "Insatser"),
        ("konto_dubbelt", "Insatser"),
        ("konto_utan_namn", ""),
        ("citat_mitt_i_ord", 'In"satser'),
    ],
)
def test_kontonamn(namn: str, väntat: str) -> None:
    assert läs(namn).konton["4510"].namn == väntat


def test_unquoted_name_is_joined() -> None:
    assert läs("namn_utan_citationstecken").namn == "Provförbundet i Örebro"


def test_text_where_the_date_should_be() -> None:
    rad = läs("transaktion_text_i_datumfaltet").verifikationer[1].rader[0]
    assert (rad.text, rad.datum) == ("Kontant", date(2024, 2, 15))


def test_struck_and_added_rows_are_not_counted() -> None:
    assert läs("transaktion_struken_och_tillagd").verifikationer == läs("felfri").verifikationer


def test_minus_nil_is_nil() -> None:
    saldo = läs("minus_noll").år[0].ub["1940"]
    assert str(saldo) == "0.00"


def test_result_accounts_given_twice_count_once() -> None:
    assert läs("ub_och_res").år[-1] == läs("felfri").år[-1]


def test_ingående_balans_from_last_year() -> None:
    assert läs("ingaende_saknas").år[0].ib == läs("felfri").år[0].ib


def test_a_result_booked_without_8999_closes_the_year() -> None:
    assert läs("resultat_bokfort_pa_2099").år[0].avslutat
    assert not läs("resultat_ej_bokfort").år[0].avslutat


def test_periods_from_the_reading_that_agrees() -> None:
    perioder = läs("periodsaldon").år[0].perioder
    assert perioder == {("3510", "202401"): Decimal(-50), ("4510", "202402"): Decimal(50)}
    delade = läs("periodsaldon_delade_pa_objekt").år[0]
    assert delade.perioder == {**perioder, ("4510", "202403"): Decimal(0)}
    assert delade.objekt == {("4510", ("6", "A")): Decimal(20)}
    assert läs("periodsaldon_stammer_inte").år[0].perioder == {}


def test_a_row_of_several_objekt_is_not_counted_twice() -> None:
    """Where each objekt has a row of its own, that row is all of it; where rows are parts, every row counts."""
    assert läs("periodsaldon_med_flera_objekt").år[0].objekt == {
        ("4510", ("1", "N")): Decimal(50),
        ("4510", ("6", "A")): Decimal(30),
        ("4510", ("6", "B")): Decimal(20),
    }
    delade = läs("periodsaldon_delade_pa_flera_objekt").år[0]
    assert delade.objekt == {("4510", ("1", "N")): Decimal(50), ("4510", ("6", "A")): Decimal(20)}
    assert delade.perioder["4510", "202402"] == 50


def test_a_dimension_within_another() -> None:
    bokföring = läs("underdimension")
    assert bokföring.dimensioner == {"6": "Projekt", "61": "Delprojekt"}
    assert bokföring.överdimensioner == {"61": "6"}


def test_periods_under_the_wrong_year_are_moved() -> None:
    assert läs("periodsaldon_under_fel_ar").år[-1].perioder == {
        ("3510", "202306"): Decimal(-80),
        ("4510", "202306"): Decimal(80),
    }


def test_periods_from_verifikationer() -> None:
    assert läs("felfri").år[0].perioder == {
        ("1930", "202401"): Decimal(50),
        ("3510", "202401"): Decimal(-50),
        ("1930", "202402"): Decimal(-50),
        ("4510", "202402"): Decimal(50),
    }


def test_las_json() -> None:
    svar = las_json(*read_sie(FELFRI))
    väntat = json.loads(FELFRI.with_suffix(".json").read_text("utf-8"))
    assert json.loads(json.dumps(svar)) == väntat


def test_las_json_of_a_refused_file_has_the_problems() -> None:
    svar = las_json(*read_sie(FELFRI.with_name("belopp_med_komma.se")))
    text = 'Beloppet "100,00" på rad 19 kan inte tolkas. Det ska skrivas som 1234.50, utan valuta.'
    assert svar["problem"] == [{"niva": "fel", "rad": 19, "text": text}]
    assert (svar["saldon"], svar["ar"], svar["verifikationer"]) == ({}, [], 0)


# Laws


@settings(max_examples=antal(150, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar(), st.booleans(), st.sampled_from(["\r\n", "\n", "\r"]))
def test_what_is_written_is_read(bokföring: Bokföring, historik: bool, radslut: str) -> None:
    läst, problem = read_sie_bytes(write_sie(bokföring, historik=historik, radslut=radslut), "x.se")
    assert läst == bokföring, visat(problem)


@settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar(), st.randoms(use_true_random=False))
def test_records_in_any_order(bokföring: Bokföring, slump: Any) -> None:
    """The order of groups is free: everything but the rows of a verifikation may stand anywhere."""
    poster: list[str] = []
    for rad in write_sie(bokföring, radslut="\n").decode("cp437").splitlines(keepends=True):
        if rad.startswith(("{", "}", "#TRANS")):
            poster[-1] += rad
        elif not rad.startswith("#KSUMMA"):
            poster.append(rad)
    slump.shuffle(poster)
    läst, problem = read_sie_bytes("".join(poster).encode("cp437"), "x.se")
    assert läst, visat(problem)
    assert läst.år == bokföring.år
    assert set(läst.verifikationer) == set(bokföring.verifikationer)


@settings(max_examples=antal(300))
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    bokföring, problem = read_sie_bytes(data, "x.se")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


@settings(max_examples=antal(300))
@given(
    st.sampled_from([fil for fil in FALL if fil.stem in ("felfri", "periodsaldon", "ksumma_stammer", "utf8")]),
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 12),
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from(
                    [b'"', b'\\"', b"{", b"}", b"\n", b"#VER", b"#TRANS ", b"-", b"#KSUMMA\n", b"#RAR 0 ", b"\xff"]
                ),
            ),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_any_damage_is_read_or_refused(fil: Path, skador: list[tuple[int, int, bytes]]) -> None:
    data = fil.read_bytes()
    for plats, bort, nytt in skador:
        data = data[:plats] + nytt + data[plats + bort :]
    bokföring, problem = read_sie_bytes(data, "x.se")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)
    json.dumps(las_json(bokföring, problem))


def test_a_changed_digit_breaks_the_checksum() -> None:
    data = FELFRI.with_name("ksumma_stammer.se").read_bytes()
    bokföring, problem = read_sie_bytes(data.replace(b"20240131", b"20240130"), "x.se")
    assert bokföring is None
    assert "Kontrollsumman stämmer inte" in problem[0].text


def test_unpaired_quotes_do_not_take_long() -> None:
    """The expressions are linear: a hostile line costs no more than a long one."""
    rad = b'#KONTO 1930 "' + b'\\"x"y ' * 50_000
    assert read_sie_bytes(rad + b"\n#TRANS 1 {" + b'"a' * 50_000, "x.se")[0] is None


# Real files


def referens() -> dict[str, Any]:
    """The reference values, by file; none without the files."""
    fil = UNDERLAG / "referens.json"
    return json.loads(fil.read_text("utf-8")) if fil.exists() else {}


REFERENS = referens()
behöver_filer = pytest.mark.skipif(not REFERENS, reason="../shared/sie saknas")


@behöver_filer
@pytest.mark.parametrize("namn", REFERENS)
def test_real_file_against_reference(namn: str) -> None:
    bokföring, problem = read_sie(UNDERLAG / "filer" / namn, namn)
    väntat = REFERENS[namn]["varden"]
    if bokföring is None:
        assert_refused(väntat, problem)
        return
    assert bokföring.namn == väntat["company_name"]
    assert bokföring.orgnr.replace("-", "") == (väntat["orgnr_digits"] or "")
    assert bokföring.typ == väntat["kind"]
    assert bokföring.teckenkod in väntat["encoding_detected"]
    assert bokföring.kontrollsumma == (väntat["ksumma"] and väntat["ksumma"]["matches"])
    assert {nr: [f"{år.start:%Y%m%d}", f"{år.slut:%Y%m%d}"] for nr, år in bokföring.år.items()} == {
        int(nr): datum for nr, datum in väntat["fiscal_years"].items()
    }
    assert len(bokföring.verifikationer) == väntat["vouchers"]
    assert sum(len(ver.rader) for ver in bokföring.verifikationer) == väntat["transaction_rows"]
    assert väntat["dimensions"].items() <= bokföring.dimensioner.items()
    assert saldon(bokföring) == referenssaldon(namn)


def assert_refused(väntat: dict[str, Any], problem: list[Problem]) -> None:
    """Import files, a web page and a file without results are refused, and nothing else."""
    skäl = {"4I": "importfil (typ 4I)", None: "webbsida", "4E": "(#RES) saknas"}[väntat["kind"]]
    assert [ett.nivå for ett in problem].count("fel") == 1
    assert skäl in problem[0].text
    obalanserade = [ett for ett in problem if "balanserar inte" in ett.text]
    assert len(obalanserade) == väntat["unbalanced_voucher_count"]


def saldon(bokföring: Bokföring) -> dict[str, Any]:
    """Balances and names as the reference has them, which leaves out nil."""
    svar: dict[str, Any] = {}
    for konto, värden in las_json(bokföring, [])["saldon"].items():
        belopp = {
            f"{SALDON[slag]}{nr}": tal for slag in SALDON for nr, tal in värden[slag].items() if Decimal(tal) != 0
        }
        if belopp:
            svar[konto] = {**belopp, "name": värden["namn"]}
    return svar


def referenssaldon(namn: str) -> dict[str, Any]:
    """The balances of the reference, without its sums of rows."""
    rader = {
        konto: {nyckel: v or "" for nyckel, v in värden.items() if nyckel not in ("TRANS", "PSALDO0")}
        for konto, värden in REFERENS[namn]["saldon"].items()
    }
    return {konto: värden for konto, värden in rader.items() if värden.keys() != {"name"}}


@behöver_filer
@pytest.mark.parametrize("namn", [n for n, v in REFERENS.items() if v["varden"]["kind"] == "4E"])
def test_verifikationer_against_reference(namn: str) -> None:
    bokföring, _ = read_sie(UNDERLAG / "filer" / namn, namn)
    summor: dict[str, Decimal] = {}
    for rad in (rad for ver in bokföring.verifikationer for rad in ver.rader) if bokföring else ():
        summor[rad.konto] = summor.get(rad.konto, Decimal(0)) + rad.belopp
    väntat = {k: Decimal(v["TRANS"]) for k, v in REFERENS[namn]["saldon"].items() if "TRANS" in v}
    assert not bokföring or {k: v for k, v in summor.items() if v} == {k: v for k, v in väntat.items() if v}


@behöver_filer
@pytest.mark.parametrize(
    ("totaler", "andra"),
    [
        ("jsisie__periodsaldo_ovnbolag.se", "jsisie__objektsaldo_ovnbolag.se"),
        ("jsisie__periodsaldo_ovnbolag.se", "jsisie__transaktioner_ovnbolag.se"),
        ("jsisie__BL0001_typ2.SE", "jsisie__BL0001_typ4.SE"),
        ("jsisie__typ2.se", "jsisie__typ4.se"),
        ("jsisie__Test2.SE", "jsisie__Test4.SE"),
    ],
)
def test_periods_of_one_company_are_the_same_by_any_way(totaler: str, andra: str) -> None:
    ena, andra_ = (read_sie(UNDERLAG / "filer" / namn)[0] for namn in (totaler, andra))
    assert ena and andra_
    skilda = {nyckel: tal for nyckel, tal in andra_.år[0].perioder.items() if tal}
    assert skilda == {nyckel: tal for nyckel, tal in ena.år[0].perioder.items() if tal}


@behöver_filer
@pytest.mark.parametrize(
    ("saldofil", "verifikationsfil"),
    [
        ("jsisie__objektsaldo_ovnbolag.se", "jsisie__transaktioner_ovnbolag.se"),
        ("jsisie__typ3.se", "jsisie__typ4.se"),
    ],
)
def test_objekt_of_one_company_are_the_same_by_any_way(saldofil: str, verifikationsfil: str) -> None:
    saldo, verifikat = (read_sie(UNDERLAG / "filer" / namn)[0] for namn in (saldofil, verifikationsfil))
    assert saldo and verifikat
    utan_noll = {nyckel: tal for nyckel, tal in saldo.år[0].objekt.items() if tal}
    assert utan_noll == {nyckel: tal for nyckel, tal in verifikat.år[0].objekt.items() if tal}


@behöver_filer
def test_a_real_file_with_one_figure_changed_does_not_add_up() -> None:
    data = (UNDERLAG / "filer" / "jsisie__BL0001_typ4.SE").read_bytes()
    bokföring, problem = read_sie_bytes(data.replace(b"#UB 0 1930 869015.45", b"#UB 0 1930 869015.46"), "x.se")
    assert bokföring is None
    assert "differens 0,01 kr" in problem[0].text
