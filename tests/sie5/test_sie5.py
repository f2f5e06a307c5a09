"""Reading SIE 5: every message with a file that causes it, what is read, hostile files, and laws for all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygg.sie import write_sie
from bygg.sie5 import write_sie5
from conftest import kör
from facit import INPUTS, jämför
from finsam.model.bokforing import Bokföring, Bokföringsår
from finsam.model.problem import Problem
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.bokforing import read_bokföring
from finsam.read.las import las_json
from finsam.read.sie.sie import read_sie_bytes
from finsam.read.sie5.sie5 import read_sie5, är_sie5
from finsam.statements.redovisning import redovisa
from prov import antal
from sie.bokforingar import bokföringar

FALL = sorted(Path(__file__).with_name("fall").glob("*.xml"))
FELFRI = Path(__file__).with_name("fall") / "felfri.xml"
DTD = "XML-filen använder DTD/entiteter och läses inte av säkerhetsskäl."


def läs(namn: str) -> Bokföring:
    """A file of `fall/` that is not refused."""
    bokföring, problem = read_bokföring(FELFRI.with_name(f"{namn}.xml"))
    assert bokföring, visat(problem)
    return bokföring


def visat(problem: list[Problem]) -> str:
    """Problems as they stand in the expected files."""
    return "".join(f"{ett.nivå}: {ett}\n" for ett in problem)


# Every message


@pytest.mark.parametrize("fil", FALL, ids=lambda fil: fil.stem)
def test_meddelande(fil: Path) -> None:
    bokföring, problem = read_bokföring(fil, fil.name)
    jämför(visat(problem), fil.with_suffix(".txt"))
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


def test_every_expected_file_has_its_input() -> None:
    assert {fil.stem for fil in FELFRI.parent.glob("*.txt")} == {fil.stem for fil in FALL}


def test_las_json() -> None:
    svar = las_json(*read_bokföring(FELFRI))
    assert json.loads(json.dumps(svar)) == json.loads(FELFRI.with_suffix(".json").read_text("utf-8"))


def test_las_of_a_file() -> None:
    svar = kör("las", FELFRI.with_name("belopp_med_komma.xml"), "--json")
    assert svar.exit_code == 2
    assert [(ett["niva"], ett["rad"]) for ett in json.loads(svar.stdout)["problem"]] == [("fel", 14), ("fel", 15)]


@pytest.mark.parametrize(
    ("data", "är"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><Sie/>", True),
        (b"<s:Sie xmlns:s='x'/>", True),
        (b"<!-- x --><Sie/>", True),
        ("<?xml version='1.0'?><Sie/>".encode("utf-16"), True),
        (b"<!DOCTYPE html><html>", False),
        (b"<html><body>404", False),
        (b"#FLAGGA 0", False),
        (b"Konto;Namn", False),
        (b"<", False),
        (b"", False),
    ],
)
def test_what_is_xml(data: bytes, är: bool) -> None:
    assert är_sie5(data) == är


# What is read


def test_the_name_of_the_file_says_nothing(tmp_path: Path) -> None:
    fil = tmp_path / "bokforing.se"
    fil.write_bytes(FELFRI.read_bytes())
    assert read_bokföring(fil)[0] == läs("felfri")


def test_struck_rows_are_left_out() -> None:
    [rader] = [ver.rader for ver in läs("felfri").verifikationer if ver.nummer == "2"]
    assert [rad.belopp for rad in rader] == [Decimal(-50), Decimal(50)]
    assert rader[1].datum == date(2024, 2, 16)


def test_balances_per_objekt() -> None:
    år = läs("felfri").år[0]
    assert år.objekt == {("4510", ("6", "CT")): Decimal(30), ("1930", ("1", "A")): Decimal(70)}
    assert år.objekt_ib == {("1930", ("1", "A")): Decimal(100)}


def test_balances_of_several_objekt_are_added_up_where_there_is_no_other() -> None:
    assert läs("flera_objekt").år[0].objekt == {
        ("4510", ("1", "A")): Decimal(45),
        ("4510", ("6", "CT")): Decimal(30),
        ("4510", ("6", "VG")): Decimal(20),
    }


def test_months_from_balances_of_every_month() -> None:
    assert läs("manadssaldon").år[0].perioder == {
        ("1930", "202411"): Decimal(50),
        ("1930", "202412"): Decimal(-50),
        ("2010", "202411"): Decimal(0),
        ("2010", "202412"): Decimal(0),
        ("3510", "202411"): Decimal(-50),
        ("3510", "202412"): Decimal(0),
        ("4510", "202412"): Decimal(50),
    }
    assert läs("manadssaldon_ofullstandiga").år[0].perioder == {}


def test_budget_by_month() -> None:
    assert läs("felfri").år[0].budget == {("4510", "202401"): Decimal("60.50")}


def test_a_year_that_goes_on() -> None:
    bokföring = läs("del_av_aret")
    assert bokföring.omfattar_till == date(2024, 6, 30)
    assert bokföring.år[0].ub == {"1930": Decimal(150), "2010": Decimal(-100)}


def test_the_year_before_from_its_results_alone() -> None:
    """As the official sample has it: results of the year before, and balances only where this year opens."""
    bokföring = läs("foregaende_utan_ub")
    assert bokföring.år[-1].res == {"3510": Decimal(-80), "4510": Decimal(80)}
    assert bokföring.år[-1].ub == bokföring.år[0].ib == {"1930": Decimal(100), "2010": Decimal(-100)}
    assert läs("foregaende_utan_saldon").år[-1].ub == bokföring.år[0].ib


def test_control_characters_are_not_passed_on() -> None:
    assert läs("styrtecken").namn == "Prov förbundet�31m"


def test_a_foreign_amount_or_a_sub_ledger_is_no_balance() -> None:
    bokföring, _ = read_sie5(write_sie5(läs("felfri")), "x.xml")
    assert bokföring and bokföring.år == läs("felfri").år


# Hostile files


def skratt(nivåer: int) -> bytes:
    """A billion laughs."""
    entiteter = "".join(f'<!ENTITY l{nr} "{f"&l{nr - 1};" * 10}">' for nr in range(1, nivåer))
    return f'<?xml version="1.0"?><!DOCTYPE Sie [<!ENTITY l0 "ha">{entiteter}]><Sie>&l{nivåer - 1};</Sie>'.encode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (skratt(12), DTD),
        (b'<!DOCTYPE Sie SYSTEM "http://127.0.0.1:9/x.dtd"><Sie/>', DTD),
        (b'<!DOCTYPE Sie [<!ENTITY f SYSTEM "file:///etc/hostname">]><Sie>&f;</Sie>', DTD),
        (b"<Sie xmlns='http://www.sie.se/sie5'>&okand;</Sie>", DTD),
        (b'<!DOCTYPE Sie [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]><Sie/>', DTD),
        (b"<Sie>" + b"<a>" * 5_000_000, "Elementen ligger djupare än 100 nivåer"),
        (b"<Sie " + b"a" * 5_000_000 + b"='1'", "Filen är avklippt"),
        (b"<?xml version='1.0' encoding='koi8-r'?><Sie/>", 'Filen anger teckenkoden "koi8-r"'),
    ],
    ids=["skratt", "extern dtd", "extern fil", "okänd entitet", "parameter", "djup", "långt namn", "teckenkod"],
)
def test_hostile_xml_is_refused_at_once(data: bytes, text: str) -> None:
    början = time.perf_counter()
    bokföring, [problem] = read_sie5(data, "x.xml")
    assert bokföring is None
    assert problem.text.startswith(text)
    assert time.perf_counter() - början < 5


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a document of the file, a schema, nor anything else."""

    def öppna(*ord_: object, **_: object) -> None:
        raise AssertionError(f"opens {ord_}")

    data = (
        write_sie5(läs("felfri"))
        .replace(
            b"<Documents>",
            b"<Documents xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/hostname'/>",
        )
        .replace(b"C:\\bok\\1.pdf", b"file:///etc/hostname")
    )
    monkeypatch.setattr("builtins.open", öppna)
    monkeypatch.setattr("socket.socket", öppna)
    bokföring, problem = read_sie5(data, "x.xml")
    monkeypatch.undo()
    assert bokföring and problem == []


# Laws

långsam = settings(max_examples=antal(80, dyra=True), suppress_health_check=[HealthCheck.too_slow])


def som_sie5(bokföring: Bokföring) -> Bokföring:
    """A ledger without what SIE 5 has no place for."""
    return replace(
        bokföring, typ="5", teckenkod="utf-8", kontrollsumma=None, prosa=(), kontoplanstyp="", överdimensioner={}
    )


def utan_noll(år: Mapping[int, Bokföringsår]) -> dict[int, Bokföringsår]:
    """Years whose months without movement are left out: a balance of every month does not tell them from none."""
    return {nr: replace(ett, perioder={k: v for k, v in ett.perioder.items() if v}) for nr, ett in år.items()}


@långsam
@given(
    bokföringar().filter(lambda bok: bok.typ == "4E"), st.sampled_from(["", "s", "ns0"]), st.booleans(), st.booleans()
)
def test_a_ledger_is_the_same_as_sie_4_and_as_sie_5(bok: Bokföring, prefix: str, bom: bool, historik: bool) -> None:
    fyra, _ = read_sie_bytes(write_sie(bok), "x.se")
    fem, problem = read_sie5(write_sie5(bok, prefix=prefix, bom=bom, historik=historik), "x.xml")
    assert fyra
    assert fem == som_sie5(fyra), visat(problem)


@långsam
@given(bokföringar())
def test_balances_of_every_month_are_the_movements(bok: Bokföring) -> None:
    fem, problem = read_sie5(write_sie5(bok, månader=True), "x.xml")
    assert fem, visat(problem)
    assert utan_noll(fem.år) == utan_noll(bok.år)


@settings(max_examples=antal(300))
@given(st.binary(max_size=300), st.sampled_from([b"", b"<Sie xmlns='http://www.sie.se/sie5'>", b"<?xml "]))
def test_any_bytes_are_read_or_refused(data: bytes, början: bytes) -> None:
    bokföring, problem = read_sie5(början + data, "x.xml")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


SKADOR = [
    *(
        b'"',
        b"'",
        b"<",
        b">",
        b"/>",
        b"&",
        b"&#0;",
        b"&#27;",
        b"<!DOCTYPE x>",
        b"]]>",
        b"\xff",
        b"-",
        b"0",
        b".",
        b"=''",
    ),
    *(b"<Account>", b"</Account>", b"<ObjectReference/>", b"<LedgerEntry/>", b"<Overstrike/>", b"<FiscalYear/>"),
    *(b'month=""', b'amount="1,00"', b'start="0000-01"', b'end="9999-12"', b'primary="1"', b'type="x"', b'id="x"'),
]


@settings(max_examples=antal(400))
@given(
    st.sampled_from([fil for fil in FALL if fil.stem in ("felfri", "manadssaldon", "flera_objekt", "del_av_aret")]),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 12), st.one_of(st.binary(max_size=6), st.sampled_from(SKADOR))),
        min_size=1,
        max_size=4,
    ),
)
def test_any_damage_is_read_or_refused(fil: Path, skador: list[tuple[int, int, bytes]]) -> None:
    data = fil.read_bytes()
    for plats, bort, nytt in skador:
        data = data[:plats] + nytt + data[plats + bort :]
    bokföring, problem = read_sie5(data, "x.xml")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)
    json.dumps(las_json(bokföring, problem))


VÄRDEN = [
    "",
    "x",
    "2024-12",
    "2023-01",
    "0000-01",
    "9999-12",
    "-5",
    "1e5",
    "NaN",
    "1" * 40,
    "true",
    "asset",
    "cost",
    "\n",
]


@settings(max_examples=antal(400))
@given(st.data())
def test_any_attribute_value_is_read_or_refused(data: st.DataObject) -> None:
    """Well-formed files with values that make no sense, more of which get past the parser than random damage does."""
    delar = FELFRI.read_text("utf-8").split('"')
    for _ in range(data.draw(st.integers(1, 4))):
        nr = data.draw(st.integers(0, len(delar) // 2 - 1)) * 2 + 1
        delar[nr] = data.draw(st.sampled_from(VÄRDEN))
    bokföring, problem = read_sie5('"'.join(delar).encode(), "x.xml")
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)
    json.dumps(las_json(bokföring, problem))


# A whole year


def test_a_year_gives_the_same_facts_from_sie_5(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet" / "2025"
    bokföring, _ = read_bokföring(mapp / "bokforing.se")
    assert bokföring
    (mapp / "bokforing.se").unlink()
    (mapp / "bokforing.xml").write_bytes(write_sie5(bokföring))
    ny = redovisa(read_räkenskapsår("exempelforbundet", 2025, inputs)).fakta
    gammal = redovisa(read_räkenskapsår("exempelforbundet", 2025, INPUTS)).fakta
    assert list(ny.values()) == list(gammal.values())
