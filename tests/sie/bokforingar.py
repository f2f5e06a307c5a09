"""Ledgers of every shape that hold together, for property tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt, Transaktion, Verifikation, Verifikationslista

BALANSKONTON = ("1930", "1511", "2010", "2441", "299102")
RESULTATKONTON = ("3511", "4511", "7412", "8441", "85")
DIMENSIONER = {"1": "Ansvar", "2": "Kostnadsbärare", "6": "Projekt"}

TECKEN = "aåäöÅÄÖéü Az09,.-+#{}\"'\\/&%"
texter = st.text(TECKEN, max_size=12).filter(lambda text: not text.endswith("\\"))
belopp = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda öre: Decimal(f"{öre}E-2"))
objektkoder = st.text('AÅ1-/ "', min_size=1, max_size=4)


@st.composite
def bokföringar(draw: st.DrawFn, typer: Sequence[str] = ("1", "2", "3", "4E")) -> Bokföring:
    """A ledger of one or two years, of any of the types, whose parts agree with each other."""
    typ = draw(st.sampled_from(typer))
    start = draw(st.sampled_from([date(2024, 1, 1), date(2023, 7, 1), date(2024, 3, 1)]))
    slut = draw(st.sampled_from([date(2024, 12, 31), date(2024, 6, 30)]))
    objekt = draw(st.dictionaries(st.tuples(st.sampled_from(list(DIMENSIONER)), objektkoder), texter, max_size=4))
    verifikationer = draw(st.lists(_verifikationer(start, slut, sorted(objekt)), max_size=6))
    ib = _balanserad(draw, BALANSKONTON)
    år = {0: _år(draw, typ, start, slut, ib, verifikationer)}
    if draw(st.booleans()):
        före = Bokföringsår(-1, date(start.year - 1, start.month, 1), start - timedelta(days=1), ub=ib)
        år[-1] = Bokföringsår(-1, före.start, före.slut, ub=ib, res=_balanserad(draw, RESULTATKONTON))
    return Bokföring(
        namn="å" + draw(texter),
        orgnr="222000-1818",
        typ=typ,
        teckenkod="cp437",
        program=draw(texter),
        konton={nr: Konto(nr, draw(texter)) for nr in sorted((*BALANSKONTON, *RESULTATKONTON))},
        dimensioner=DIMENSIONER,
        objekt=objekt,
        år=år,
        verifikationer=Verifikationslista(verifikationer if typ == "4E" else ()),
        kontrollsumma=True,
        prosa=tuple(draw(st.lists(texter, max_size=2))),
        omfattar_till=draw(st.sampled_from([None, slut, start])),
        valuta="SEK",
        kontoplanstyp=draw(st.sampled_from(["", "BAS2014"])),
        överdimensioner=draw(st.sampled_from([{}, {"2": "1"}])),
    )


def _balanserad(draw: st.DrawFn, konton: tuple[str, ...]) -> dict[str, Decimal]:
    """Balances that add up to nil; the first account is not nil unless all are."""
    saldon = draw(st.dictionaries(st.sampled_from(konton[1:]), belopp, min_size=1))
    return saldon | {konton[0]: -sum(saldon.values(), Decimal("0.00"))}


@st.composite
def _verifikationer(draw: st.DrawFn, start: date, slut: date, objekt: list[Objekt]) -> Verifikation:
    dagar = st.dates(start, slut)
    datum = draw(dagar)
    rader = []
    for tal in draw(st.lists(belopp, max_size=3)):
        for konto, tecken in zip(draw(st.permutations(BALANSKONTON + RESULTATKONTON))[:2], (1, -1), strict=True):
            par = draw(st.lists(st.sampled_from(objekt), unique=True, max_size=3)) if objekt else []
            rader.append(Transaktion(konto, tuple(par), tecken * tal, draw(dagar), draw(texter)))
    return Verifikation(draw(texter), draw(texter), datum, draw(texter), tuple(rader))


def _år(
    draw: st.DrawFn, typ: str, start: date, slut: date, ib: dict[str, Decimal], verifikationer: Iterable[Verifikation]
) -> Bokföringsår:
    """The current year as its verifikationer leave it."""
    rörelser: defaultdict[str, Decimal] = defaultdict(lambda: Decimal("0.00"))
    perioder: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: Decimal("0.00"))
    objekt: defaultdict[tuple[str, Objekt], Decimal] = defaultdict(lambda: Decimal("0.00"))
    for rad in (rad for ver in verifikationer for rad in ver.rader):
        assert rad.datum
        rörelser[rad.konto] += rad.belopp
        perioder[rad.konto, f"{rad.datum:%Y%m}"] += rad.belopp
        for par in rad.objekt if rad.konto in RESULTATKONTON else ():
            objekt[rad.konto, par] += rad.belopp
    balans = st.dictionaries(
        st.tuples(st.sampled_from(BALANSKONTON), st.sampled_from([("1", "A"), ("6", "Å 1")])), belopp
    )
    månader = st.dictionaries(st.tuples(st.sampled_from(RESULTATKONTON), st.sampled_from([f"{start:%Y%m}"])), belopp)
    return Bokföringsår(
        0,
        start,
        slut,
        ib=ib,
        ub={k: ib.get(k, Decimal("0.00")) + rörelser[k] for k in BALANSKONTON},
        res={k: rörelser[k] for k in RESULTATKONTON},
        objekt=objekt | draw(balans) if typ in ("3", "4E") else {},
        objekt_ib=draw(balans) if typ in ("3", "4E") else {},
        perioder=dict(perioder) if typ != "1" else {},
        budget=draw(månader) if typ != "1" else {},
    )
