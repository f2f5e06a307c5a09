"""The quick ways of reading verifikationer give what the slow one gives, and their sums are exact however large."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygg.sie import write_sie
from finsam.model.bokforing import Bokföring, Verifikationslista
from finsam.read.ledger import rader as ledger_rader
from finsam.read.ledger.foljd import Lästföljd, Verifikationsföljd
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad, check_balans
from finsam.read.sie.foljd import Textföljd
from finsam.read.sie.sie import Resultat, read_sie_bytes
from prov import antal
from sie.bokforingar import bokföringar

FELFRI = Path(__file__).with_name("fall") / "felfri.se"
STÖRST = "999999999999999.99"
TILLÄGG = [
    b"\t",
    b"  ",
    b"\n",
    b'"',
    b'\\"',
    b"{",
    b"}",
    b"{}",
    b".",
    b"1",
    b"20241399",
    b"\n#BTRANS 1930 {} 1.00\n",
    b"-",
]


def rad_för_rad(data: bytes) -> Resultat:
    """Read without the quick way, and let every verifikation be made line by line too."""
    with patch.object(Textföljd, "add_block", lambda följd, plats, högst: plats):
        läst = read_sie_bytes(data, "x.se")
    with patch("finsam.read.sie.foljd.read_block", lambda text, plats: None):
        return helt_läst(läst)


def helt_läst(läst: Resultat) -> Resultat:
    """The same with every verifikation made."""
    bokföring, problem = läst
    return bokföring and replace(bokföring, verifikationer=Verifikationslista(bokföring.verifikationer)), problem


def med_numpy(data: bytes, kombinationer: int) -> Resultat:
    """Read as a large file is, with so many combinations at most in a table."""
    with patch.multiple(ledger_rader, MÅNGA=1, FLEST_KOMBINATIONER=kombinationer):
        return read_sie_bytes(data, "x.se")


def ordning(bokföring: Bokföring | None) -> list[object]:
    """The order of the sums, which equality does not see."""
    return [list(saldon) for år in (bokföring.år.values() if bokföring else ()) for saldon in (år.perioder, år.objekt)]


@settings(max_examples=antal(150, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(
    bokföringar(typer=("4E",)),
    st.booleans(),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(TILLÄGG)), max_size=6),
)
def test_every_way_gives_the_same(bokföring: Bokföring, historik: bool, skador: list[tuple[float, int, bytes]]) -> None:
    data = write_sie(bokföring, historik=historik, radslut="\n").replace(b"#KSUMMA", b"#UTAN")
    for andel, bort, nytt in skador:
        början = max(data.find(b"#VER"), 0)
        plats = början + int(andel * (len(data) - början))
        data = data[:plats] + nytt + data[plats + bort :]
    snabbt = read_sie_bytes(data, "x.se")
    for annat in (rad_för_rad(data), helt_läst(snabbt), med_numpy(data, 10**6), med_numpy(data, 0)):
        assert annat == snabbt
        assert ordning(annat[0]) == ordning(snabbt[0])


@pytest.mark.parametrize("många", [1, 10**9])
def test_sums_larger_than_64_bits_are_exact(många: int) -> None:
    rader = b"#TRANS 1930 {} %b\n#TRANS 4510 {} -%b\n" % (STÖRST.encode(), STÖRST.encode())
    data = FELFRI.read_bytes() + b'#VER A 9 20240601 ""\n{\n' + 100 * rader + b"}\n"
    with patch.object(ledger_rader, "MÅNGA", många):
        bokföring, _ = read_sie_bytes(data, "x.se")
    assert bokföring
    assert bokföring.år[0].perioder["4510", "202406"] == -100 * Decimal(STÖRST)


def test_verifikationer_are_a_sequence() -> None:
    bokföring, _ = read_sie_bytes(FELFRI.read_bytes(), "x.se")
    assert bokföring
    alla = tuple(bokföring.verifikationer)
    assert len(bokföring.verifikationer) == len(alla) == 2
    assert bokföring.verifikationer[-1] == alla[1]
    assert bokföring.verifikationer[:1] == alla[:1]
    assert bokföring.verifikationer == alla
    assert bokföring.verifikationer != alla[:1]
    assert bokföring.verifikationer != "två"
    with pytest.raises(IndexError):
        bokföring.verifikationer[2]


@settings(max_examples=antal(50, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar(typer=("4E",)), st.sampled_from(["1930", "4511", "9999"]), st.sampled_from(["", "6:A", "1:Å"]))
def test_rows_of_a_konto(bokföring: Bokföring, konto: str, objekt: str) -> None:
    """By the columns of a file as by looking at every row."""
    läst, _ = read_sie_bytes(write_sie(bokföring), "x.se")
    assert läst
    assert läst.verifikationer.antal_rader() == bokföring.verifikationer.antal_rader()
    (antal, rader), (väntat, väntade) = (b.verifikationer.med_konto(konto, objekt) for b in (läst, bokföring))
    funna = list(rader)
    assert funna == list(väntade)
    assert antal == väntat == len(funna)


@settings(max_examples=antal(50, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar(typer=("4E",)), st.sampled_from(["0", "å", "A{2}", ",9"]))
def test_texts_that_a_pattern_occurs_in(bokföring: Bokföring, uttryck: str) -> None:
    """None is left out, and what is told comes in the file's order."""
    läst, _ = read_sie_bytes(write_sie(bokföring), "x.se")
    assert läst
    mönster = re.compile(uttryck)
    funna = list(läst.verifikationer.med_text(mönster))
    ska_med = [v for v in bokföring.verifikationer if any(map(mönster.search, (v.text, *(r.text for r in v.rader))))]
    assert [ver for ver in funna if ver in ska_med] == ska_med
    assert [ver for ver in bokföring.verifikationer if ver in funna] == funna
    assert list(bokföring.verifikationer.med_text(mönster)) == list(bokföring.verifikationer)


@settings(max_examples=antal(50, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar(typer=("4E",)))
def test_verifikationer_of_another_format(bokföring: Bokföring) -> None:
    """What another reader adds is kept, and adds up to the same."""
    läst, _ = read_sie_bytes(write_sie(bokföring), "x.se")
    assert läst and isinstance(läst.verifikationer, Verifikationsföljd)
    följd = Lästföljd()
    for ver in bokföring.verifikationer:
        rader = [Verifikationsrad(r.konto, r.objekt, int(r.belopp * 100), r.datum, r.text) for r in ver.rader]
        följd.add(Huvud(ver.serie, ver.nummer, ver.datum, ver.text), rader)
    assert följd == läst.verifikationer
    år = {ver.datum: 0 for ver in bokföring.verifikationer}
    assert följd.rader.summor(år) == läst.verifikationer.rader.summor(år)


def test_a_verifikation_that_does_not_balance() -> None:
    problem = Problemsamling("x.xml")
    check_balans(Huvud("A", "1"), [Verifikationsrad("1930", (), 500, None, "")], 7, problem)
    assert list(map(str, problem.alla())) == ["x.xml, rad 7: Verifikation A 1 balanserar inte: differens 5,00 kr."]
