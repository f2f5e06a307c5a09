"""The numbers of the verifikationer follow each other, and none is booked twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.bokforing import Bokföring, Verifikation, bokfört
from finsam.model.ord import uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning

Serie = tuple[str, str]
"""A series, and what stands before the digits in its numbers."""
MINSTA_LIKA = Decimal(1000)
"""Kronor that two like verifikationer may be under, such as two fees of a day, without anybody having to decide."""
FLEST = 8
"""How many numbers or verifikationer a finding names."""
_NUMMER = re.compile(r"(.*?)(\d{1,15})", re.ASCII | re.DOTALL)


@kontroll(
    "C50",
    "Verifikationerna är numrerade i följd, och ingen är bokförd två gånger.",
    lag="BFL 5 kap. 7 §, LKBR 3 kap. 9 §",
    saknas="bokföringen har inga verifikationer",
    i=(ÅRSREDOVISNING,),
)
def check_verifikationer(r: Redovisning) -> Kontroll:
    """No number of a series is left out or used twice, and no two verifikationer of a day are the same."""
    for (serie, början), alla in sorted(_serier(r.år.bokföring).items()):
        if len(alla) > 1 and len(set(alla)) == 1:
            yield Prövat(0, f"numren i serie {serie}, där alla har samma")
            continue
        yield Prövat(len(alla))
        vad = f"serie {serie}".strip() if serie else "verifikationernas serie"
        yield from _check_luckor(vad, början, sorted(set(alla)))
        if dubbla := sorted(nr for nr, antal in Counter(alla).items() if antal > 1):
            text = f"I {vad} finns {_nämn([f'{början}{nr}' for nr in dubbla])} mer än en gång. Rätta numren."
            yield Finding("varning", text, "bokforing.se")
    yield from _check_lika(r.år.bokföring)


def _serier(bokföring: Bokföring) -> dict[Serie, list[int]]:
    """The numbers of each series; of all together where the series share one sequence. Those without digits are not
    there, and not those of another year in the same file.
    """
    år = bokföring.år.get(0)
    serier: dict[Serie, list[int]] = defaultdict(list)
    for serie, nummer, dag in bokföring.verifikationer.huvuden():
        utanför = (
            år is not None
            and dag is not None
            and any(ett.nr and ett.start <= dag <= ett.slut for ett in bokföring.år.values())
        )
        if not utanför and (träff := _NUMMER.fullmatch(nummer)):
            serier[serie, träff[1]].append(int(träff[2]))
    tal = [nr for alla in serier.values() for nr in set(alla)]
    if len(serier) > 1 and len(set(tal)) == len(tal) and max(tal) - min(tal) < 2 * len(tal):
        return {("", ""): [nr for alla in serier.values() for nr in alla]}
    return serier


def _check_luckor(vad: str, början: str, nummer: Sequence[int]) -> Kontroll:
    """Numbers that are left out; a leap longer than the series is told as one, for it may be a mistyped number."""
    luckor: list[str] = []
    steg = [(före, nr) for före, nr in pairwise(nummer) if nr - före > 1]
    hopp = [(före, nr) for före, nr in steg if nr - före > len(nummer)]
    for före, nr in steg:
        if (före, nr) not in hopp:
            första, sista = före + 1, nr - 1
            luckor.append(f"{början}{första}" if första == sista else f"{början}{första}–{sista}")
    if luckor:
        text = f"I {vad} saknas {_nämn(luckor)}. Är något makulerat, eller fattas det i exporten?"
        yield Finding("varning", text, "bokforing.se")
    ensamma = {nr for nr in nummer if nr - 1 not in nummer and nr + 1 not in nummer} if hopp else set()
    for före, nr in hopp[:FLEST]:
        text = f"I {vad} går numren från {början}{före} till {början}{nr}. Är ett nummer fel, eller börjar en ny serie?"
        nivå: Kontrollnivå = "varning" if {före, nr} & ensamma else "upplysning"
        yield Finding(nivå, text, "bokforing.se")


def _nämn(ord_: Sequence[str]) -> str:
    mer = [f"{len(ord_) - FLEST} till"] if len(ord_) > FLEST else []
    return uppräkning([*ord_[:FLEST], *mer])


def _check_lika(bokföring: Bokföring) -> Kontroll:
    """Verifikationer of a day with the same text and rows; one that is taken back is no doublet."""
    säkra: list[str] = []
    möjliga: list[str] = []
    grupper = [lika for grupp in bokföring.verifikationer.likadana() for lika in _med_samma_text(grupp)]
    återtagna = bokföring.verifikationer.antal_som_bokför({bokfört(lika[0], -1) for lika in grupper})
    for lika in grupper:
        ver = lika[0]
        if len(lika) - återtagna[bokfört(ver, -1)] < 2:
            continue
        belopp = sum((rad.belopp for rad in ver.rader if rad.belopp > 0), NOLL)
        namn = uppräkning(f"{ett.serie} {ett.nummer}".strip() for ett in lika[:FLEST])
        ord_ = ", ".join(filter(None, (str(ver.datum or ""), f"{kr(belopp)} kr", ver.text)))
        lista = säkra if any(_texter(ver)) and belopp >= MINSTA_LIKA else möjliga
        lista.append(f"{namn} ({ord_})")
    yield Prövat(len(bokföring.verifikationer))
    for nivå, funna in _med_nivå(säkra, möjliga):
        text = f"Verifikationerna {funna} är lika: samma dag, text, konton och belopp. Är något bokfört två gånger?"
        yield Finding(nivå, text, "bokforing.se")


def _med_nivå(säkra: Sequence[str], möjliga: Sequence[str]) -> Iterable[tuple[Kontrollnivå, str]]:
    yield from (("varning", ett) for ett in säkra[:FLEST])
    if len(säkra) > FLEST:
        yield "varning", f"i {len(säkra) - FLEST} grupper till"
    if möjliga:
        yield "upplysning", "; ".join(möjliga[:FLEST])


def _med_samma_text(grupp: Iterable[Verifikation]) -> Iterable[list[Verifikation]]:
    per_text: dict[tuple[str, ...], list[Verifikation]] = defaultdict(list)
    for ver in grupp:
        per_text[_texter(ver)].append(ver)
    return (lika for lika in per_text.values() if len(lika) > 1)


def _texter(ver: Verifikation) -> tuple[str, ...]:
    return (ver.text, *sorted(rad.text for rad in ver.rader))
