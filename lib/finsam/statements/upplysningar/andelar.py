"""Each member's share of eget kapital, tillgångar and skulder (Finsam 9 § 8; the member needs it by LKBR 12 kap. 5 §).

By the förbundsordning when forbund.yml has its shares, else by what the members are to contribute (Finsam 5 §).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from finsam.model.belopp import NOLL
from finsam.model.fakta import Faktabas, Indata
from finsam.model.forbund import Medlem
from finsam.model.ord import SAKNAS
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Tabell
from finsam.statements.bidragslag import fördelning, medlemmar, räkenskapsårets_tid
from finsam.statements.delar import Del

DELAR = {
    "eget_kapital": ("Eget kapital", "br.eget_kapital"),
    "tillgangar": ("Tillgångar", "br.summa_tillgangar"),
    "skulder": ("Avsättningar och skulder", "medlemsandel.skulder"),
}
"""What is shared: its words and the fact of the whole."""
FÖRDELNING = "det som medlemmarna ska bidra med (lag (2003:1210) 5 §)"


def _andelar(år: Räkenskapsår, ram: Decimal | None) -> tuple[dict[str, Decimal], Indata]:
    """Shares that make a whole, by member, and where they are from; none when they cannot be known."""
    givna = år.förbund.medlemsandelar
    if givna.andelar:
        vikter = {m.id: givna.andelar.get(m.id, NOLL) for m in år.förbund.medlemmar}
        return {id_: procent / 100 for id_, procent in vikter.items()}, Indata(
            "forbund.yml", "medlemsandelar", givna.källa
        )
    källa = Indata("forbund.yml", "medlemmar", FÖRDELNING)
    if delårsmedlemmar(år):  # what they give this year says nothing of their shares at its end
        return {}, källa
    vikter = defaultdict(Decimal)
    for part in fördelning(år, ram, år.period) if ram else ():
        for post in part.poster:
            if part.fråga or post.andel is None:
                return {}, källa
            vikter[post.medlem.id] += part.andel * post.andel
    return dict(vikter), källa


def delårsmedlemmar(år: Räkenskapsår) -> tuple[Medlem, ...]:
    """Those that have been members for a part of the year."""
    start, slut = räkenskapsårets_tid(år, år.period)
    return tuple(m for m in medlemmar(år, år.period) if (m.från or start) > start or (m.till or slut) < slut)


def _ägare(år: Räkenskapsår) -> tuple[Medlem, ...]:
    """The members on the balance day: those that have left have no share, unless they were given one."""
    slut = räkenskapsårets_tid(år, år.period)[1]
    givna = år.förbund.medlemsandelar.andelar
    return tuple(m for m in medlemmar(år, år.period) if m.är_med(slut, slut) or givna.get(m.id))


def fyll_andelar(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make medlemsandel.<medlem> and medlemsandel.<medlem>.<del>, and medlemsandel.summa, the shares together."""
    period = år.period
    bidrag = fakta.get(f"medlemsbidrag/{period}")
    andelar, källa = _andelar(år, bidrag.värde if bidrag else None)
    skulder = [(1, f"br.avsattningar/{period}"), (1, f"br.summa_skulder/{period}")]
    fakta.summa("medlemsandel.skulder", period, skulder, "Avsättningar och skulder tillsammans.")
    nycklar = []
    for medlem in _ägare(år) if andelar else ():
        bas, namn = f"medlemsandel.{medlem.id}", medlem.namn
        nycklar.append(fakta.indata(bas, period, andelar.get(medlem.id, NOLL), "andel", f"Andel för {namn}.", källa))
        for del_, (ord_, allt) in DELAR.items():
            av = f"{ord_}, del som hör till {namn}."
            fakta.produkt(f"{bas}.{del_}", period, nycklar[-1], f"{allt}/{period}", av)
    fakta.summa("medlemsandel.summa", period, [(1, nyckel) for nyckel in nycklar], "Medlemmarnas andelar tillsammans.")


def medlemsandelar(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The members with their shares; one row that says so when they are not known."""
    period = år.period
    kolumner = (Kolumn("andel", "Andel"), *(Kolumn(del_, ord_) for del_, (ord_, _) in DELAR.items()))
    rader = [
        Rad(medlem.id, medlem.namn, (Cell(nyckel), *(Cell(f"medlemsandel.{medlem.id}.{d}/{period}") for d in DELAR)))
        for medlem in _ägare(år)
        if (nyckel := f"medlemsandel.{medlem.id}/{period}") in fakta
    ]
    if rader:
        källa = fakta[rader[0].celler[0].fakta].källa
        hela = (Cell(f"{allt}/{period}") for _, allt in DELAR.values())
        rader.append(Rad("summa", "Summa", (Cell(f"medlemsandel.summa/{period}"), *hela), "summa"))
        efter = källa.anmärkning if isinstance(källa, Indata) else ""
        ord_ = f"Efter {efter}." if efter == FÖRDELNING else f"Enligt {efter}."
        fot: tuple[Fotnot, ...] = (Fotnot(ord_, kolumner=("andel",)), Fotnot("Varje tal är avrundat för sig."))
    else:
        rader, fot = [Rad("saknas", "Medlemmarnas andelar", (Cell(text=SAKNAS), Cell(), Cell(), Cell()))], ()
    return Tabell(
        "medlemsandelar",
        "Medlemmarnas andelar",
        "kr",
        kolumner,
        tuple(rader),
        första="Belopp i kronor",
        fotnoter=fot,
    )


DEL = Del(fyll_andelar, lambda år, fakta: (medlemsandelar(år, fakta),))
