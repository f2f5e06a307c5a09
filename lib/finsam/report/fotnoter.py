"""What stands under a table, marked a) b) where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finsam.checks.avrundning import avrundningsdifferenser
from finsam.model.belopp import HÅRT_BLANK
from finsam.model.fakta import Faktabas
from finsam.model.tabell import Fotnot, Tabell
from finsam.report.visning import dold_förklaring

AVRUNDAT = "Varje tal är avrundat för sig; därför avviker summan av raderna."
AVRUNDADE_ANDELAR = "Varje andel är avrundad för sig; därför blir de tillsammans inte precis hundra procent."


@dataclass(frozen=True, slots=True)
class Märkt:
    """A footnote with its mark; what is on all of the table has none."""

    märke: str
    fotnot: Fotnot

    @property
    def text(self) -> str:
        """The words with their mark before them."""
        return f"{self.märke}{HÅRT_BLANK}{self.fotnot.text}" if self.märke else self.fotnot.text


def märkta_fotnoter(tabell: Tabell, fakta: Faktabas) -> tuple[Märkt, ...]:
    """The table's footnotes: a) is of the first place, columns before rows, and what is on all of it comes last.

    Beside its own they are where rounding shows and where figures are withheld. One whose places are not shown is left.
    """
    kolumner = {k.id: nr for nr, k in enumerate(tabell.kolumner)}
    rader = {rad.id: nr for nr, rad in enumerate(tabell.rader, len(kolumner))}
    med_plats: list[tuple[int, Fotnot]] = []
    utan: list[Fotnot] = []
    for fotnot in (*tabell.fotnoter, *_av_tabellen(tabell, fakta)):
        platser = (*((kolumner, id_) for id_ in fotnot.kolumner), *((rader, id_) for id_ in fotnot.rader))
        vid = [alla[id_] for alla, id_ in platser if id_ in alla]
        if vid:
            med_plats.append((min(vid), fotnot))
        elif not (fotnot.kolumner or fotnot.rader):
            utan.append(fotnot)
    i_ordning = [fotnot for _, fotnot in sorted(med_plats, key=lambda par: par[0])]
    märkta = (Märkt(f"{chr(ord('a') + nr)})", fotnot) for nr, fotnot in enumerate(i_ordning))
    return (*märkta, *(Märkt("", fotnot) for fotnot in utan))


def _av_tabellen(tabell: Tabell, fakta: Faktabas) -> Iterable[Fotnot]:
    """What the figures of a table call for: where rounding shows, and why some are not shown."""
    differenser = avrundningsdifferenser(tabell, fakta)
    for text, andelar in ((AVRUNDAT, False), (AVRUNDADE_ANDELAR, True)):
        if vid := dict.fromkeys(id_ for d in differenser if d.är_andelar == andelar for id_ in d.vid):
            yield Fotnot(text, rader=tuple(vid))
    dolda = {rad.id: max((fakta[c.fakta].dold for c in rad.celler if c.fakta), default=0) for rad in tabell.rader}
    if gräns := max(dolda.values(), default=0):
        yield Fotnot(dold_förklaring(gräns), rader=tuple(id_ for id_, dold in dolda.items() if dold))


def märken(märkta: Iterable[Märkt], id_: str, *, kolumn: bool) -> str:
    """The marks of a column or a row, in order."""
    return "".join(m.märke for m in märkta if id_ in (m.fotnot.kolumner if kolumn else m.fotnot.rader))
