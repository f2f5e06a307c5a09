"""A reader who tries every table that agrees with what is shown, in one report or two, learns too little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deltagarrader import KOMMUNER, KÖN, MÅTT, Tal, rader
from finsam.model.rakenskapsar import Deltagarblad
from finsam.report.arsbok import Årsbok
from finsam.statements import smagrupper
from finsam.statements.deltagare import Tabellverk, rutor, tabellverk
from prov import antal

Likhet = tuple[tuple[int, str], ...]


@st.composite
def tabeller(draw: st.DrawFn) -> dict[str, int]:
    """The counts of a year by kön or kommun or both, that agree; some measures, small groups and nil among them."""
    antal = st.integers(0, 6) | st.integers(0, 2)
    kommuner = draw(st.sampled_from([(), ("granvik", "hallsta"), ("granvik", "hallsta", "mossby")]))
    kön = draw(st.sampled_from([(), KÖN])) if kommuner else KÖN
    mått = draw(
        st.sampled_from([("nya",), ("avslutade", "vidare"), ("pagaende_in", "nya", "avslutade", "pagaende_ut")])
    )
    celler = list(product(kön or ("",), kommuner or ("",)))
    if len(mått) == 4 and len(celler) > 2:
        celler = celler[:2]
    tal: dict[str, int] = {}
    for k, plats in celler:
        in_, nya = draw(antal), draw(antal)
        av = draw(st.integers(0, in_ + nya))
        värden = {"pagaende_in": in_, "nya": nya, "avslutade": av, "pagaende_ut": in_ + nya - av}
        värden["vidare"] = draw(st.integers(0, av))
        for ett in mått:
            for led in {(k, plats), (k, ""), ("", plats), ("", "")}:
                namn = ".".join(del_ for del_ in (ett, *led) if del_)
                tal[namn] = tal.get(namn, 0) + värden[ett]
    return tal


def likheter(tal: Tal) -> Iterator[Likhet]:
    """What a reader knows of any such table, written here anew: +1 and −1 times counts give nil, or a rest."""
    delar = {namn: (namn.partition("/")[0].split("."), namn.partition("/")[2]) for namn in tal}
    for namn, ((mått, *led), år) in delar.items():
        for fält in (KÖN, KOMMUNER):
            del_namn = [
                n
                for n, ((annat, *andra), när) in delar.items()
                if (annat, när) == (mått, år) and set(andra) > set(led) and set(andra) - set(led) <= set(fält)
            ]
            if del_namn and not set(led) & set(fält):
                yield ((1, namn), *((-1, n) for n in del_namn))
        slut = "".join(f".{ett}" for ett in led) + (f"/{år}" if år else "")
        if mått == "pagaende_ut":
            yield tuple((t, f"{m}{slut}") for t, m in ((1, "pagaende_in"), (1, "nya"), (-1, "avslutade"), (-1, mått)))
        if mått == "vidare":
            yield ((1, f"avslutade{slut}"), (-1, namn), (-1, f"rest{slut}"))
        if mått == "pagaende_ut" and år:
            yield ((1, namn), (-1, f"pagaende_in{slut.removesuffix(f'/{år}')}"))


def möjliga(tal: Tal, okända: set[str], cell: str, krav: int) -> set[int]:
    """Values of a count for which some whole table agrees with what is shown; enough of them, or all up to a bound."""
    läsare = Läsare(list(likheter(tal)), okända, max(tal.values(), default=0) + krav + 1)
    visade = {n: v for n, v in tal.items() if n not in okända}
    funna: set[int] = set()
    for värde in sorted(range(läsare.tak + 1), key=lambda v: abs(v - tal[cell])):
        if len(funna) < krav and läsare.finns({**visade, cell: värde}):
            funna.add(värde)
    return funna


class Läsare:
    """Somebody who fills in what is not shown, in every way. A table that takes too long is left to another day."""

    def __init__(self, samband: list[Likhet], okända: set[str], tak: int) -> None:
        self.samband, self.tak, self.försök = samband, tak, 0
        self.rester = {n for s in samband for _, n in s if n.startswith("rest")}
        led = [n for s in samband for _, n in s]
        self.okända = sorted(okända | self.rester, key=lambda n: (-led.count(n), n))

    def finns(self, känt: dict[str, int]) -> bool:
        """Whether a table can be filled in: follow what must be, then try each value of one that is left."""
        self.försök += 1
        assume(self.försök < 4000)
        ändrat = True
        while ändrat:
            ändrat = False
            for led in self.samband:
                kvar = [(t, n) for t, n in led if n not in känt]
                summa = sum(t * känt[n] for t, n in led if n in känt)
                if (not kvar and summa) or (len({t for t, _ in kvar}) == 1 and summa * kvar[0][0] > 0):
                    return False
                if len(kvar) == 1:
                    känt[kvar[0][1]] = -summa * kvar[0][0]
                    ändrat = True
        if any(känt[n] < (n not in self.rester) for n in self.okända if n in känt):
            return False
        fri = next((n for n in self.okända if n not in känt), "")
        return not fri or any(self.finns({**känt, fri: v}) for v in range(self.tak + 1))


def verk_av(tal: Tal) -> Tabellverk:
    """The counts with the relations that the program knows."""
    return tabellverk(rutor(rader(tal)), MÅTT)


def nyckel(namn: str) -> str:
    """The fact a count is."""
    return f"deltagare.kompassen.{namn}{'' if '/' in namn else '/2025'}"


@settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.filter_too_much])
@given(tal=tabeller(), minst=st.integers(2, 5))
def test_a_reader_who_tries_every_table_learns_too_little(tal: dict[str, int], minst: int) -> None:
    gömda_nycklar = smagrupper.dölj(verk_av(tal), (), (), minst)
    gömda = {n for n in tal if nyckel(n) in gömda_nycklar}
    assert {n for n, v in tal.items() if 0 < v < minst} <= gömda
    assert all(tal[n] for n in gömda)
    for cell in gömda:
        assert len(möjliga(tal, gömda, cell, minst)) >= minst, cell


@settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.filter_too_much])
@given(tal=tabeller(), data=st.data())
def test_the_check_agrees_with_a_reader_who_tries_every_table(tal: dict[str, int], data: st.DataObject) -> None:
    """Whatever is withheld: what the check lets pass has values enough, and what it stops has not."""
    större = sorted(n for n, v in tal.items() if v)
    fler = data.draw(st.lists(st.sampled_from(större), unique=True)) if större else []
    gömda, verk = {n for n in större if tal[n] < 5} | set(fler), verk_av(tal)
    rum = smagrupper.rum_för(verk, (), {nyckel(n) for n in gömda})
    röjda = {namn for namn, _ in smagrupper.brister(verk, rum, 5)} - verk.rester
    assert röjda == {nyckel(n) for n in gömda if len(möjliga(tal, gömda, n, 5)) < 5}


@st.composite
def två_år(draw: st.DrawFn) -> dict[str, int]:
    """The flow of two years by kön, the second beginning where the first ended."""
    antal = st.integers(0, 6) | st.integers(0, 2)
    tal: dict[str, int] = {}
    for kön in KÖN:
        kvar = draw(antal)
        for led in ("/2024", ""):
            nya = draw(antal)
            ut = draw(st.integers(0, kvar + nya))
            värden = {"pagaende_in": kvar, "nya": nya, "avslutade": ut, "pagaende_ut": kvar + nya - ut}
            for mått, värde in värden.items():
                tal[f"{mått}.{kön}{led}"] = värde
                tal[f"{mått}{led}"] = tal.get(f"{mått}{led}", 0) + värde
            kvar += nya - ut
    return tal


@settings(max_examples=antal(40, dyra=True), suppress_health_check=[HealthCheck.filter_too_much])
@given(tal=två_år(), jämförelse=st.booleans())
def test_a_reader_of_two_reports_learns_too_little(exempel: Årsbok, tal: dict[str, int], jämförelse: bool) -> None:
    """What this year's report withholds is not in last year's, and what that one withheld is not in this one's.

    Where last year's report has said too much already, withholding all of this year's would not help.
    """
    i_fjol = {n: v for n, v in tal.items() if n.endswith("/2024")}
    i_år = tal if jämförelse else {n: v for n, v in tal.items() if n not in i_fjol}
    u = exempel.år.underlag.model_copy(update={"deltagare": rader(i_år)})
    blad = (Deltagarblad(2024, 5, rader(i_fjol)),)
    nu = smagrupper.läge(replace(exempel.år, underlag=u, tidigare_deltagare=blad))
    [verk] = nu.tabellverk()
    nycklar = smagrupper.dölj(verk, nu.sedda, nu.dolda, 5)
    före = {n for n in i_fjol if nyckel(n) in nu.dolda}
    gömda = före | {n for n in i_år if nyckel(n) in nycklar and n not in i_fjol}
    if jämförelse:
        assert {n for n in i_fjol if nyckel(n) in nycklar} >= före
    allt = gömda | {n for n, v in i_år.items() if v and n not in i_fjol}
    for cell in gömda:
        assert len(möjliga(tal, gömda, cell, 5)) >= 5 or len(möjliga(tal, allt, cell, 5)) < 5, cell
