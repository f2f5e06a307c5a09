"""What the pictures are drawn of: facts in thousands, as sizes, as words and as the table beside."""

from __future__ import annotations

from collections.abc import Sequence

from finsam.model.belopp import NOLL, TKR
from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL, TEXT
from finsam.model.ord import hänvisning, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.report.bild.yta import BRED, Etikett, Låda, Yta, i_egen_stil
from finsam.report.block import Tabellblock
from finsam.report.text import Prosa, Texttyda

UTAN_MINUS = "Kostnader är ritade utan minus."


@i_egen_stil
def rita_prov() -> None:
    """Draw what nobody sees: all that the first picture of a process waits for is then loaded."""
    yta = Yta(BRED)
    yta.ruta(Låda(0, 0, 9, 9), TEXT)
    yta.linje([(0, 0), (9, 9)], TEXT, 1)
    yta.sektor((9, 9), 9, 4, (0, 30), TEXT)
    yta.ord(Etikett(Prosa("a", ()), ("a",), 9), 0, 0)
    yta.svg(18, FÖRVAL)


def tusental(fakta: Faktabas, nycklar: Sequence[str]) -> list[float]:
    """Facts in thousands, for drawing."""
    return [float((fakta[n].värde or NOLL) / TKR) for n in nycklar]


def tusentalsord(fakta: Faktabas, nycklar: Sequence[str], *tillägg: str) -> list[str]:
    """References that print facts in thousands, without their unit; nothing where there is no figure."""
    format_ = " ".join(("tkr bara_tal", *filter(None, tillägg)))
    return ["" if fakta[n].värde is None else hänvisning(n, format_) for n in nycklar]


def med_åren(perioder: Sequence[str], serier: Sequence[tuple[str, str, str]], år: Räkenskapsår, fakta: Faktabas) -> str:
    """Every figure of a picture in words, year by year, in thousands.

    `serier` is what each is called, its fact, and what is added to how it is printed.
    """
    meningar = []
    for p in perioder:
        par = [(namn, *tusentalsord(fakta, [f"{id_}/{p}"], tillägg)) for namn, id_, tillägg in serier]
        delar = [f"{namn} {tal}" for namn, tal in par if tal]
        meningar.append(f"{årsord(p, år.årtal)}: {', '.join(delar)}." if delar else "")
    return " ".join(filter(None, meningar))


def utan_minus(i_tabellen: str) -> str:
    """What is said under a picture whose costs are drawn without minus, where the table has them with it."""
    return UTAN_MINUS if i_tabellen == "minus" else ""


def tabell_över_år(
    id_: str, rubrik: str, perioder_: Sequence[str], rader: Sequence[tuple[str, str, str]], tyda: Texttyda
) -> Tabellblock:
    """The figures of a picture as a table by year."""
    tabell = Tabell(
        id_,
        rubrik,
        "tkr",
        tuple(Kolumn(p, p, period=p) for p in perioder_),
        tuple(
            Rad(rad_id, etikett, tuple(Cell(f"{fakta_id}/{p}") for p in perioder_))
            for rad_id, etikett, fakta_id in rader
        ),
        första="Belopp i tusen kronor",
    )
    return Tabellblock(tabell, tyda)
