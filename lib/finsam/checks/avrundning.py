"""What rounding does to the tables: each amount is rounded by itself, so that it reads the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, TKR, avrunda, svenskt_tal
from finsam.model.fakta import Faktabas, Kvot, Summa
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.statements.redovisning import Redovisning, tabeller

ANDELAR = "andelarna"
I_ORD = {"kr": "kronor", "tkr": "tusen kronor", "": "heltal"}


@dataclass(frozen=True, slots=True)
class Differens:
    """A total as it is printed, and what its printed rows come to, in the unit and with the sign of the table.

    `vid` are the ids of the rows where it shows: the total's, or those of the shares that make a whole.
    """

    plats: str
    summa: Decimal
    rader: Decimal
    fakta: str
    vid: tuple[str, ...] = ()

    @property
    def är_andelar(self) -> bool:
        """Whether it is shares that do not make up a hundred per cent."""
        return self.plats.startswith(ANDELAR)

    def __str__(self) -> str:
        summa, rader = (svenskt_tal(tal, int(tal % 1 != 0)) for tal in (self.summa, self.rader))
        return f"{self.plats}: {summa}, raderna ger {rader}"


def avrundningsdifferenser(tabell: Tabell, fakta: Faktabas) -> list[Differens]:
    """Totals whose printed figure is not the sum of the printed rows that it adds up."""
    return [ett for ett in _jämförda(tabell, fakta) if ett.summa != ett.rader]


def _jämförda(tabell: Tabell, fakta: Faktabas) -> Iterator[Differens]:
    """Every total that can be compared with its printed rows."""
    for nr, kolumn in enumerate(tabell.kolumner):
        celler = [(rad, rad.celler[nr]) for rad in tabell.rader if nr < len(rad.celler) and rad.celler[nr].fakta]
        tryckta = {
            cell.fakta: (tal, cell.tecken) for _, cell in celler if (tal := _tryckt(cell, tabell, fakta)) is not None
        }
        for rad, cell in celler:
            källa = fakta[cell.fakta].källa
            if cell.fakta not in tryckta or not isinstance(källa, Summa):
                continue
            if all(nyckel in tryckta or not fakta[nyckel].värde for _, nyckel in källa.termer):
                delar = [t * tryckta[n][0] * tryckta[n][1] for t, n in källa.termer if n in tryckta]
                summa, tecken = tryckta[cell.fakta]
                if len(delar) > 1:
                    plats = f"{rad.etikett} ({kolumn.rubrik})"
                    yield Differens(plats, summa, sum(delar, NOLL) * tecken, cell.fakta, (rad.id,))
        yield from _andelar(celler, kolumn.rubrik, fakta)


def _andelar(celler: list[tuple[Rad, Cell]], kolumn: str, fakta: Faktabas) -> Iterator[Differens]:
    """Shares of the same whole, whose parts make up the whole: together 100 per cent, and what they come to."""
    delar: dict[str, dict[str, Decimal]] = defaultdict(dict)
    rad_id: dict[str, list[str]] = defaultdict(list)
    for rad, f in ((rad, fakta[cell.fakta]) for rad, cell in celler):
        if isinstance(f.källa, Kvot) and f.värde is not None and not f.dold:
            delar[f.källa.nämnare][f.källa.täljare] = avrunda(f.värde * 100, 1)
            rad_id[f.källa.nämnare].append(rad.id)
    for nämnare, andelar in delar.items():
        hela = sum((fakta[täljare].värde or NOLL for täljare in andelar), NOLL)
        rader = sum(andelar.values(), NOLL)
        if len(andelar) > 1 and hela == fakta[nämnare].värde:
            yield Differens(f"{ANDELAR} ({kolumn})", Decimal(100), rader, nämnare, tuple(rad_id[nämnare]))


def _tryckt(cell: Cell, tabell: Tabell, fakta: Faktabas) -> Decimal | None:
    """The amount as it is printed; None for what is not printed and for what is no amount."""
    f = fakta[cell.fakta]
    if f.enhet != "kr" or f.värde is None or f.dold:
        return None
    return avrunda(f.värde * cell.tecken / (TKR if tabell.enhet == "tkr" and not cell.format else 1))


@kontroll(
    "C08",
    "Avrundade rader ger den tryckta summan, och andelar 100 procent, i varje tabell.",
    saknas="ingen tabell har en summa av sina rader",
)
def check_avrundning(r: Redovisning) -> Kontroll:
    """The tables where rounding shows."""
    for tabell in tabeller(r):
        i_enhet = replace(tabell, enhet=r.år.förbund.visning.enheter.get(tabell.id, tabell.enhet))
        jämförda = list(_jämförda(i_enhet, r.fakta))
        yield Prövat(len(jämförda))
        if differenser := [ett for ett in jämförda if ett.summa != ett.rader]:
            text = (
                f"{tabell.rubrik}: varje tal är avrundat för sig, belopp till {I_ORD[i_enhet.enhet]}, och det står "
                f"under tabellen. {'; '.join(map(str, differenser))}."
            )
            yield Finding("upplysning", text, tabell.id, fakta=tuple(dict.fromkeys(ett.fakta for ett in differenser)))
