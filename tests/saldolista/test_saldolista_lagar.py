"""Laws: what is written in any system's way is read back, and a list with a digit changed is never taken for right."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Transaktion, Verifikation, Verifikationslista
from finsam.model.problem import Problem
from finsam.read.las import las_json
from finsam.read.lista.saldolista import read_saldolista, är_saldolista
from prov import antal
from saldolista.bladtext import write_blad
from saldolista.stilar import Stil, write_huvudbok, write_lista

NOLL = Decimal("0.00")
BALANSKONTON = ("1511", "1941", "2010", "2099", "2441", "2991", "299102")
RESULTATKONTON = ("3511", "3513", "4511", "5010", "7411", "8441", "8511")
OBJEKT = (("1", "200"), ("1", "210"), ("6", "KOM"), ("20", "GRA"))
SYSTEM = Path(__file__).with_name("system")

belopp = st.integers(-(10**11), 10**11).map(lambda öre: Decimal(f"{öre}E-2"))
stora = st.integers(10**12, 10**13).map(lambda öre: Decimal(f"{öre}E-2"))
texter = st.text("aåäöÅÄÖ Bb", min_size=1, max_size=8).map(lambda text: f"K{text}k")
snabbt = settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.too_slow])


def visat(problem: list[Problem]) -> str:
    return "".join(f"{ett.nivå}: {ett}\n" for ett in problem)


# Ledgers


def _jämna(saldon: dict[str, Decimal], mot: str) -> dict[str, Decimal]:
    return saldon | {mot: saldon.get(mot, NOLL) - sum(saldon.values(), NOLL)}


@st.composite
def _saldon(draw: st.DrawFn) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Balance and result accounts that meet, with money in the bank and medlemsbidrag."""
    ub = draw(st.dictionaries(st.sampled_from(BALANSKONTON), belopp)) | {"1941": draw(stora)}
    res = draw(st.dictionaries(st.sampled_from(RESULTATKONTON), belopp)) | {"3511": -draw(stora)}
    alla = _jämna(ub | res, draw(st.sampled_from(("2010", "4511"))))
    return {k: v for k, v in alla.items() if k < "3"}, {k: v for k, v in alla.items() if k >= "3"}


@st.composite
def _ingående(draw: st.DrawFn) -> dict[str, Decimal]:
    return _jämna(draw(st.dictionaries(st.sampled_from(BALANSKONTON), belopp)) | {"1941": draw(stora)}, "2010")


@st.composite
def bokföringar(draw: st.DrawFn) -> Bokföring:
    """A ledger of two years as a list can show it."""
    (ub, res), (ub_före, res_före) = draw(_saldon()), draw(_saldon())
    ib, ib_före = draw(_ingående()), draw(_ingående())
    objekt = draw(st.dictionaries(st.tuples(st.sampled_from(sorted(res)), st.sampled_from(OBJEKT)), belopp))
    år = {
        0: Bokföringsår(0, date(2024, 1, 1), date(2024, 12, 31), ib=ib, ub=ub, res=res, objekt=objekt),
        -1: Bokföringsår(-1, date(2023, 1, 1), date(2023, 12, 31), ib=ib_före, ub=ub_före, res=res_före),
    }
    return _bokföring(draw, år)


def _bokföring(draw: st.DrawFn, år: dict[int, Bokföringsår], ver: tuple[Verifikation, ...] = ()) -> Bokföring:
    konton = {k: Konto(k, " ".join(draw(texter).split())) for k in (*BALANSKONTON, *RESULTATKONTON)}
    return Bokföring(
        namn="Samordningsförbundet Prov",
        orgnr="",
        typ="",
        teckenkod="",
        program="",
        konton=konton,
        dimensioner={},
        objekt=dict.fromkeys(OBJEKT, ""),
        år=år,
        verifikationer=Verifikationslista(ver),
    )


@st.composite
def med_verifikationer(draw: st.DrawFn) -> Bokföring:
    """A ledger whose year is what its verifikationer make of the ingående balans."""
    ib = draw(_ingående())
    par = st.tuples(st.sampled_from(BALANSKONTON), st.sampled_from(RESULTATKONTON), belopp)
    rader = [("1941", "3511", draw(stora)), *draw(st.lists(par, max_size=6))]
    slut: defaultdict[str, Decimal] = defaultdict(lambda: NOLL, ib)
    ver = []
    for nr, (ett, andra, tal) in enumerate(sorted(rader, key=lambda rad: rad[1] != "3511"), 1):
        datum = date(2024, 1, 1 + nr)
        transaktioner = tuple(Transaktion(k, (), t, datum, "Text") for k, t in ((ett, tal), (andra, -tal)))
        ver.append(Verifikation("A", str(nr), datum, "Text", transaktioner))
        slut[ett] += tal
        slut[andra] -= tal
    ub, res = ({k: v for k, v in slut.items() if (k < "3") is balans} for balans in (True, False))
    år = Bokföringsår(0, date(2024, 1, 1), date(2024, 12, 31), ib=ib, ub=ub, res=res)
    assume(res["3511"] + res.get("3513", NOLL) < 0 < ub["1941"] + ub.get("1511", NOLL))
    return _bokföring(draw, {0: år}, tuple(ver))


# Ways of writing


@st.composite
def talskrifter(draw: st.DrawFn, teckenkod: str) -> Callable[[Decimal], str]:
    """A way of writing amounts: thousands, decimals, minus."""
    tusental = draw(st.sampled_from(["", " ", "\u00a0", "."] + ["\u202f", "\u2009"] * teckenkod.startswith("utf")))
    decimaltecken = "," if tusental == "." else draw(st.sampled_from([",", "."]))
    minus = draw(st.sampled_from(["-{}", "{}-", "({})", "- {}"] + ["−{}"] * teckenkod.startswith("utf")))
    kr = draw(st.sampled_from(["", " kr"])) if minus == "-{}" else ""

    def skriv(tal: Decimal) -> str:
        text = f"{abs(tal):,.2f}".replace(",", "T").replace(".", decimaltecken).replace("T", tusental)
        return (minus.format(text) if tal < 0 else text) + kr

    return skriv


KOLUMNER = (
    (("ib", "IB"), ("ub", "UB")),
    (("ib", "Ing balans"), ("förändring", "Förändring"), ("ub", "Utg balans"), ("ub_före", "Föregående år")),
    (("ib", "Ingående saldo"), ("förändring", "Period")),
    (("ib", "IB"), ("debet", "Debet"), ("kredit", "Kredit"), ("ub", "UB")),
    (("ib_debet", "IB debet"), ("ib_kredit", "IB kredit"), ("ub_debet", "UB debet"), ("ub_kredit", "UB kredit")),
    (("ib_före", "IB 2023"), ("ub_före", "Saldo 2023-12-31"), ("ib", "IB 2024"), ("ub", "Saldo 2024-12-31")),
)
MED_SIDOR = (KOLUMNER[3], KOLUMNER[4])


@st.composite
def stilar(draw: st.DrawFn) -> Stil:
    """Any of the ways that a system has of writing a list."""
    teckenkod = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
    kolumner = draw(st.sampled_from(KOLUMNER))
    vända = draw(st.sampled_from(["", "345678", "2345678", "12345678"]))
    return Stil(
        kolumner=kolumner,
        konto=draw(st.sampled_from([("Konto", "Benämning"), ("Kontonr", "Kontonamn"), ("Konto/Benämning",)])),
        dimensioner=draw(
            st.sampled_from([(), (("1", "Ansvar"),), (("1", "Ansvar"), ("6", "Projekt"), ("20", "Motpart"))])
        ),
        vända=() if kolumner in MED_SIDOR else tuple(vända),
        summor=draw(st.sampled_from(["", "summa", "grupp", "total"])),
        sidbrytning=draw(st.sampled_from([0, 3])),
        separator=draw(st.sampled_from([";", "\t", ","])),
        teckenkod=teckenkod,
        radslut=draw(st.sampled_from(["\r\n", "\n", "\r"])),
        skriv=draw(talskrifter(teckenkod)),
        citera=draw(st.booleans()),
        xlsx=draw(st.sampled_from([False, False, True])),
    )


# What is read


def utan_noll(saldon: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    return {nyckel: tal for nyckel, tal in saldon.items() if tal}


@snabbt
@given(bokföringar(), stilar())
def test_what_is_written_is_read(bok: Bokföring, stil: Stil) -> None:
    data = write_lista(bok, stil)
    assert är_saldolista(data)
    läst, problem = read_saldolista(data, "x", 2024)
    assert läst, visat(problem)
    nu, väntat = läst.år[0], bok.år[0]
    assert (nu.start, nu.slut) == (väntat.start, väntat.slut)
    for fält in ("ib", "ub", "res"):
        assert utan_noll(getattr(nu, fält)) == utan_noll(getattr(väntat, fält)), fält
    slag = {slag for slag, _ in stil.kolumner}
    for fält in ("ub", "res") * ("ub_före" in slag) + ("ib",) * ("ib_före" in slag):
        assert utan_noll(getattr(läst.år[-1], fält)) == utan_noll(getattr(bok.år[-1], fält)), fält
    valda = dict(stil.dimensioner)
    assert utan_noll(nu.objekt) == utan_noll(
        {nyckel: v for nyckel, v in väntat.objekt.items() if nyckel[1][0] in valda}
    )
    assert {k.namn for k in läst.konton.values()} <= {k.namn for k in bok.konton.values()}
    assert (any(ett.nivå == "varning" and "Tecknen är vända" in ett.text for ett in problem)) == bool(stil.vända)


@snabbt
@given(med_verifikationer(), stilar(), st.booleans())
def test_huvudbok_is_read(bok: Bokföring, stil: Stil, saldo: bool) -> None:
    data = write_huvudbok(bok, stil, saldo)
    läst, problem = read_saldolista(data, "x", 2024)
    assert läst, visat(problem)
    assert läst.typ == "huvudbok"
    for fält in ("ib", "ub", "res"):
        assert utan_noll(getattr(läst.år[0], fält)) == utan_noll(getattr(bok.år[0], fält)), fält
    assert [_utan_ordning(ver) for ver in läst.verifikationer] == [_utan_ordning(ver) for ver in bok.verifikationer]


def _utan_ordning(ver: Verifikation) -> Verifikation:
    return replace(ver, rader=tuple(sorted(ver.rader, key=lambda rad: rad.konto)))


# What is broken


def med_ändrad_siffra(write: Callable[[Stil], bytes], stil: Stil, vilken: int, hur: int) -> bytes:
    """What is written with one digit of one of its amounts changed to another."""
    skrivna: list[str] = []

    def skriv(tal: Decimal, ändra: int | None = None) -> str:
        text = stil.skriv(tal)
        skrivna.append(text)
        if ändra != len(skrivna) - 1:
            return text
        siffror = [plats for plats, tecken in enumerate(text) if tecken.isdecimal()]
        plats = siffror[vilken % len(siffror)]
        return text[:plats] + str((int(text[plats]) + 1 + hur % 9) % 10) + text[plats + 1 :]

    write(replace(stil, skriv=skriv))
    ändra = vilken % len(skrivna)
    skrivna.clear()
    return write(replace(stil, skriv=lambda tal: skriv(tal, ändra)))


@settings(snabbt, max_examples=antal(120, dyra=True))
@given(bokföringar(), stilar(), st.integers(0, 10**6), st.integers(0, 8))
def test_a_changed_digit_is_refused(bok: Bokföring, stil: Stil, vilken: int, hur: int) -> None:
    stil = replace(stil, xlsx=False)
    data = med_ändrad_siffra(lambda stil: write_lista(bok, stil), stil, vilken, hur)
    läst, problem = read_saldolista(data, "x", 2024)
    assert läst is None, visat(problem)


@settings(snabbt, max_examples=antal(60, dyra=True))
@given(med_verifikationer(), stilar(), st.integers(0, 10**6), st.integers(0, 8), st.booleans())
def test_a_changed_digit_of_a_huvudbok_is_refused(
    bok: Bokföring, stil: Stil, vilken: int, hur: int, saldo: bool
) -> None:
    stil = replace(stil, xlsx=False)
    data = med_ändrad_siffra(lambda stil: write_huvudbok(bok, stil, saldo), stil, vilken, hur)
    läst, problem = read_saldolista(data, "x", 2024)
    assert läst is None, visat(problem)


@settings(max_examples=antal(200))
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    är_saldolista(data)
    bokföring, problem = read_saldolista(data, "x", 2024)
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


SKRÄP = (
    "",
    ";",
    "\t",
    ",",
    '"',
    "\n",
    "-",
    "(",
    "K",
    "9",
    "0",
    ",00",
    "1.234",
    " ",
    "Summa",
    "Konto",
    "Debet",
    "2023",
    "\0",
)


@settings(max_examples=antal(120, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(fil for fil in SYSTEM.iterdir() if fil.suffix in (".csv", ".txt", ".blad"))),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 12), st.sampled_from(SKRÄP)), min_size=1, max_size=6),
)
def test_any_damage_is_read_or_refused(fil: Path, skador: list[tuple[int, int, str]]) -> None:
    text = fil.read_text("utf-8")
    början = text.index("\n") + 1
    for plats, bort, nytt in skador:
        text = text[: början + plats] + nytt + text[början + plats + bort :]
    data = write_blad(text.replace("\0", "")) if fil.suffix == ".blad" else text.encode("utf-8")
    bokföring, problem = read_saldolista(data, "x", 2024)
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)
    json.dumps(las_json(bokföring, problem))


@settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 8000), st.binary(max_size=4)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_read_or_refused(skador: list[tuple[int, bytes]]) -> None:
    data = ARBETSBOK
    for plats, nytt in skador:
        data = data[:plats] + nytt + data[plats + len(nytt) :]
    bokföring, problem = read_saldolista(data, "x", 2024)
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


ARBETSBOK = write_blad((SYSTEM / "agresso.blad").read_text("utf-8"))
