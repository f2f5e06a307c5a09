"""Whether a year is right for its place: that of a column is its facts', those of a picture are its drawn figures'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from finsam.prove.sida import Läst, Stycke

_ÅR = re.compile(r"år\s*(?:[+-]\s*\d+)?")


def är_årtal(del_: Läst) -> bool:
    """Whether a piece is a year that is bound to the report's."""
    return bool(_ÅR.fullmatch(del_.om.get("data-ordagrant", "")))


def årtal(stycke: Stycke) -> list[str]:
    """The bound years of a block, in order."""
    return [del_.text for del_ in stycke.delar if är_årtal(del_)]


def _perioder(delar: Iterable[Läst]) -> list[str]:
    """The years of the facts, in order."""
    return [del_.om["data-fakta"].partition("/")[2] for del_ in delar if "data-fakta" in del_.om]


def är_stapelns_år(stycke: Stycke) -> bool:
    """Whether a figure and a year that stand alone together, as at a bar, are of the same year; no figure has none."""
    delar = [del_ for del_ in stycke.delar if del_.om or del_.text.strip()]
    if len(delar) != 2 or not är_årtal(delar[1]):
        return True
    if delar[0].text.strip() == "–":
        return False
    return _perioder(delar) in ([], [delar[1].text])


class Årsplatser:
    """The tables and pictures of a page, by their ids."""

    def __init__(self, stycken: Sequence[Stycke], år: int) -> None:
        self._år = str(år)
        self._i: dict[str, list[Stycke]] = defaultdict(list)
        for stycke in stycken:
            if stycke.i:
                self._i[stycke.i].append(stycke)
        följd = list(self._i)
        self._efter = dict(pairwise(följd))

    def fel(self, stycke: Stycke) -> str:
        """What is wrong with the years of a heading of a table, or of what is drawn."""
        if stycke.slag == "kolumn":
            return self._i_kolumn(stycke)
        return self._i_tabellrubrik(stycke) if stycke.slag == "tabellrubrik" else self._ritat(stycke)

    def _celler(self, tabell: str, kolumn: int | None = None) -> list[str]:
        """The years of the facts in a table, or in a column of it."""
        egna = (s for s in self._i[tabell] if s.slag == "cell" and kolumn in (None, s.kolumn))
        return [period for s in egna for period in _perioder(s.delar)]

    def _i_kolumn(self, stycke: Stycke) -> str:
        """The heading of a column names the year of its facts; without any, a year that no other heading names."""
        åren = set(årtal(stycke))
        if perioder := set(self._celler(stycke.i, stycke.kolumn)):
            return "" if åren == perioder else f"är inte året för kolumnens tal ({', '.join(sorted(perioder))})."
        andra = [s for s in self._i[stycke.i] if s.slag == "kolumn" and s is not stycke and årtal(s)]
        rätt = all(s.text != stycke.text for s in andra) if andra else åren == {self._år}
        return "" if rätt else "är inte kolumnens år."

    def _i_tabellrubrik(self, stycke: Stycke) -> str:
        """A caption names the report's year, or that and the years that follow, and there are facts of no others."""
        åren = årtal(stycke)
        rätt = åren == [str(int(self._år) + nr) for nr in range(len(åren))] and set(self._celler(stycke.i)) <= {*åren}
        return "" if rätt else "är inte året för tabellens tal."

    # ---------------------------------------------------------------- pictures

    def _ritade(self, stycke: Stycke) -> list[Stycke]:
        """What is drawn in the same picture: that of a wide page, or that of a narrow one."""
        return [s for s in self._i[stycke.i] if s.slag == "diagram" and s.dolt == stycke.dolt]

    def _serier(self, ritade: Sequence[Stycke]) -> Iterator[list[str]]:
        """The years of the figures that are drawn, series by series."""
        serier: dict[str, list[str]] = defaultdict(list)
        for s in ritade:
            if len(s.delar) == 1:
                for period in _perioder(s.delar):
                    serier[s.delar[0].om["data-fakta"].partition("/")[0]].append(period)
        yield from serier.values()

    def _ritat(self, stycke: Stycke) -> str:
        """The years on an axis are those of the table beside the picture, and of each series, the oldest first.

        Bars in panels have the years of each panel.
        """
        tabell, ritade = self._efter.get(stycke.i, ""), self._ritade(stycke)
        streck = [år for s in ritade if not _perioder(s.delar) for år in årtal(s)]
        kolumner = [år for s in self._i.get(tabell, ()) if s.slag == "kolumn" for år in årtal(s)]
        egna = sorted(kolumner) if tabell.startswith("tabell-diagram") else [self._år]
        gånger = max(1, len(streck) // max(1, len(egna)))
        rätt = streck == egna * gånger and all(_i_ordning(serie, egna) for serie in self._serier(ritade))
        return "" if rätt else "är inte året för det som är ritat."


def _i_ordning(serie: Sequence[str], alla: Sequence[str]) -> bool:
    """Whether all of the one stand in the other, in its order.

    >>> _i_ordning(["2022", "2024"], ["2022", "2023", "2024"]), _i_ordning(["2024", "2022"], ["2022", "2023", "2024"])
    (True, False)
    """
    kvar = iter(alla)
    return all(ett in kvar for ett in serie)
