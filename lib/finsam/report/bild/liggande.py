"""Level bars in rows and panels. What they are called stands at them, so nothing needs to be looked up beside them.

The form has room for any names and figures: numbers stand outside their bars, and where labels are long they stand
over them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from finsam.model.farg import FÖRVAL
from finsam.report.bild.yta import BRED, KONTUR, Etikett, Format, Låda, Vikt, Yta, etikett
from finsam.report.text import Texttyda

GLIPA = 4
"""Between a bar and the words at it."""
STICKER_UT = 3.4
"""How far a limit goes out of its bar: 1.2 mm."""
_ETIKETTENS_DEL = 0.3
"""How much of the width the column of labels takes at most."""
_MELLAN_SPALTER = 16
_HÖGST_SPALTER = 3


@dataclass(frozen=True, slots=True)
class Stapel:
    """A row: what it is called, its size, and the words at its end; `gräns` is a stroke and `efter` a sentence,
    for which only a picture of one panel has room.

    The words are texts with references.
    """

    namn: str
    värde: float | None
    tal: str
    färg: str = FÖRVAL.profil
    i_år: bool = False
    gräns: float | None = None
    efter: str = ""


@dataclass(frozen=True, slots=True)
class Spalt:
    """Bars of one kind, under its name. `gränsord` is said at the stroke of the first bar, or of the last."""

    namn: str
    staplar: tuple[Stapel, ...]
    namnfärg: str = FÖRVAL.text
    gränsord: str = ""
    gränsord_sist: bool = False


@dataclass(frozen=True, slots=True)
class _Rad:
    """A bar with its words measured."""

    stapel: Stapel
    namn: Etikett
    tal: Etikett
    efter: Etikett
    vid_sidan: bool

    def slut(self, skala: float) -> float:
        """How far to the right of nil it goes, with its words."""
        värde = self.stapel.värde or 0.0
        streck = (self.stapel.gräns or 0.0) * skala + 1
        tal = self.talets_x(skala) + self.tal.bredd if värde >= 0 else 0.0
        efter = self.efters_x(skala) + self.efter.bredd if self.vid_sidan and self.har_efter else 0.0
        return max(streck, tal, efter)

    @property
    def har_efter(self) -> bool:
        """Whether a sentence stands after the number."""
        return self.efter.rader != ("",)

    def början(self, skala: float) -> float:
        """How far to the left of nil it goes."""
        värde = self.stapel.värde or 0.0
        return -värde * skala + GLIPA + self.tal.bredd if värde < 0 else 0.0

    def talets_x(self, skala: float) -> float:
        """Where the number begins, to the right of nil: after the bar, and not under the stroke."""
        x = (self.stapel.värde or 0.0) * skala + GLIPA
        if self.stapel.gräns is None:
            return x
        streck = self.stapel.gräns * skala
        return streck + GLIPA if x - GLIPA + 1 < streck + 2 < x + self.tal.bredd + GLIPA else x

    def efters_x(self, skala: float) -> float:
        """Where the sentence begins, to the right of nil: after the number, and not under the stroke."""
        x = GLIPA if (self.stapel.värde or 0.0) < 0 else self.talets_x(skala) + self.tal.bredd + 2 * GLIPA
        streck = (self.stapel.gräns or 0.0) * skala
        return streck + 2 * GLIPA if x - GLIPA < streck + GLIPA and streck < x + self.efter.bredd else x


def liggande(spalter: Sequence[Spalt], format_: Format, tyda: Texttyda) -> str:
    """Panels of level bars on one scale: beside each other when there is room, else under each other."""
    bred = format_ == BRED and len(spalter) <= _HÖGST_SPALTER
    namnen = [etikett(s.namn, tyda, format_, 600 if s.i_år else 400) for s in spalter[0].staplar]
    bredast = max((n.bredd for n in namnen), default=0.0)
    högst = format_.bredd * _ETIKETTENS_DEL
    vid_sidan = format_ == BRED or bredast <= högst
    spaltbredd = min(bredast, högst) + 2 * GLIPA if vid_sidan and bredast else 0.0
    antal = len(spalter) if bred else 1
    plats = (format_.bredd - spaltbredd - (antal - 1) * _MELLAN_SPALTER) / antal
    ritare = _Ritare(format_, tyda, spaltbredd, vid_sidan, plats, spalter)
    return ritare.bredvid() if bred else ritare.under()


class _Ritare:
    """The panels of a picture, laid out."""

    def __init__(
        self,
        format_: Format,
        tyda: Texttyda,
        etikettbredd: float,
        vid_sidan: bool,
        plats: float,
        spalter: Sequence[Spalt],
    ) -> None:
        self.yta = Yta(format_)
        self.format, self.tyda = format_, tyda
        self.etikettbredd, self.vid_sidan, self.plats = etikettbredd, vid_sidan, plats
        self.spalter = spalter
        self.stapelhöjd = round(format_.grad * 1.75, 1)
        self.rader = [[self._rad(s, spalt.staplar) for s in spalt.staplar] for spalt in spalter]
        self.skala = self._skala()
        self.vänster = max((r.början(self.skala) for rader in self.rader for r in rader), default=0.0)

    def bredvid(self) -> str:
        """The panels side by side, with the labels once."""
        rubriker = [self._ord(s.namn, 600, self.plats) for s in self.spalter]
        par = zip(rubriker, self.spalter, strict=True)
        topp = max((r.höjd + self._under_namn(s) for r, s in par if s.namn), default=0.0)
        topp += max(map(self._för_gränsord, self.spalter))
        botten = topp
        for nr, (spalt, rader, rubrik) in enumerate(zip(self.spalter, self.rader, rubriker, strict=True)):
            x = self.etikettbredd + nr * (self.plats + _MELLAN_SPALTER)
            if spalt.namn:
                self.yta.ord(rubrik, x, 0, spalt.namnfärg)
            botten = max(botten, self._spalt(spalt, rader, x, topp, med_namn=nr == 0))
        return self.yta.svg(botten, self.tyda.färger)

    def under(self) -> str:
        """The panels one under another, each with the labels."""
        y = 0.0
        for spalt, rader in zip(self.spalter, self.rader, strict=True):
            if spalt.namn:
                rubrik = self._ord(spalt.namn, 600, self.format.bredd)
                self.yta.ord(rubrik, 0, y, spalt.namnfärg)
                y += rubrik.höjd + self._under_namn(spalt)
            y += self._för_gränsord(spalt) if self.vid_sidan else 0.0
            y = self._spalt(spalt, rader, self.etikettbredd, y, med_namn=True) + self.format.grad
        return self.yta.svg(y - self.format.grad, self.tyda.färger)

    @staticmethod
    def _under_namn(spalt: Spalt) -> float:
        """The room between a panel's name and its first bar, whose stroke goes out of it."""
        return 4 + STICKER_UT * any(s.gräns is not None for s in spalt.staplar)

    def _för_gränsord(self, spalt: Spalt) -> float:
        """The room over the first bar for what its stroke is called."""
        först = spalt.gränsord and not spalt.gränsord_sist and spalt.staplar[0].gräns is not None
        return self._ord(spalt.gränsord, 600, self.plats).höjd + STICKER_UT if först else 0.0

    def _spalt(self, spalt: Spalt, rader: Sequence[_Rad], x: float, y: float, *, med_namn: bool) -> float:
        """Draw the bars of a panel. Returns where it ends."""
        noll, överst, nederst = x + self.vänster, math.inf, y
        luft = round(self.format.grad * (0.95 if self.vid_sidan else 0.7), 1)
        for nr, rad in enumerate(rader):
            if not self.vid_sidan and med_namn and rad.stapel.namn:
                self.yta.ord(rad.namn, 0, y, _färg(rad))
                y += rad.namn.höjd + 1 + STICKER_UT * (rad.stapel.gräns is not None)
                y += self._för_gränsord(spalt) if nr == 0 else 0.0
            höjd = max(self.stapelhöjd, rad.namn.höjd if self.vid_sidan else 0.0)
            mitt = y + höjd / 2
            överst, nederst = min(överst, mitt - self.stapelhöjd / 2), mitt + self.stapelhöjd / 2
            if self.vid_sidan and med_namn:
                self.yta.ord(rad.namn, 0, mitt - rad.namn.höjd / 2, _färg(rad))
            self._stapel(rad, noll, mitt)
            if nr == (len(rader) - 1 if spalt.gränsord_sist else 0) and rad.stapel.gräns is not None:
                kant = mitt + self.stapelhöjd / 2 + STICKER_UT
                över = mitt - self.stapelhöjd / 2 - self._för_gränsord(spalt)
                y_ord = kant + 1 if spalt.gränsord_sist else över
                botten = self._gränsord(spalt, noll + rad.stapel.gräns * self.skala, x, y_ord)
                y = max(y, botten - höjd) if spalt.gränsord_sist else y
            y += höjd + luft
            if not self.vid_sidan and rad.har_efter:
                låda = self.yta.ord(rad.efter, x, y - luft + 2 + STICKER_UT * (rad.stapel.gräns is not None))
                y = låda.botten + luft
        if self.vid_sidan:
            self.yta.linje([(noll, överst - 1), (noll, nederst + 1)], FÖRVAL.text, 0.7)
        return y - luft + 2

    def _stapel(self, rad: _Rad, noll: float, mitt: float) -> None:
        stapel, halv = rad.stapel, self.stapelhöjd / 2
        värde = stapel.värde or 0.0
        låda = Låda(noll + min(värde, 0.0) * self.skala, mitt - halv, abs(värde) * self.skala, 2 * halv)
        if värde:
            self.yta.ruta(låda, stapel.färg, FÖRVAL.kant if stapel.färg == FÖRVAL.ljus else "")
        if not self.vid_sidan:
            self.yta.linje([(noll, mitt - halv - 1), (noll, mitt + halv + 1)], FÖRVAL.text, 0.7)
        if stapel.gräns is not None:
            streck = noll + stapel.gräns * self.skala
            self.yta.gräns([(streck, mitt - halv - STICKER_UT), (streck, mitt + halv + STICKER_UT)])
        y = mitt - rad.tal.höjd / 2
        if värde < 0:
            self.yta.ord(rad.tal, låda.x - GLIPA, y, _färg(rad), "right")
        else:
            self.yta.ord(rad.tal, noll + rad.talets_x(self.skala), y, _färg(rad))
        if self.vid_sidan and rad.har_efter:
            self.yta.ord(rad.efter, noll + rad.efters_x(self.skala), y)

    def _gränsord(self, spalt: Spalt, streck: float, x: float, y: float) -> float:
        ord_ = self._ord(spalt.gränsord, 600, self.plats)
        vänster = min(max(streck - ord_.bredd / 2, x), x + self.plats - ord_.bredd)
        return self.yta.ord(ord_, vänster, y, FÖRVAL.gräns).botten

    def _rad(self, stapel: Stapel, av: Sequence[Stapel]) -> _Rad:
        """A row; one of this year's is told from the others where there are such."""
        utmärkt = stapel.i_år and not all(s.i_år for s in av)
        högst = max(self.etikettbredd - 2 * GLIPA, 1.0) if self.vid_sidan else self.format.bredd
        efter_bredd = None if self.vid_sidan else self.format.bredd * 0.8
        return _Rad(
            stapel,
            self._ord(stapel.namn, 600 if utmärkt else 400, högst),
            self._ord(stapel.tal, 600 if stapel.i_år else 400, None),
            self._ord(stapel.efter, 400, efter_bredd),
            self.vid_sidan,
        )

    def _ord(self, källa: str, vikt: Vikt, högst: float | None) -> Etikett:
        return etikett(källa, self.tyda, self.format, vikt, högst)

    def _skala(self) -> float:
        """The largest scale at which all bars and their words have room, found by halving."""
        alla = [rad for rader in self.rader for rad in rader]
        störst = max((abs(v) for r in alla for v in (r.stapel.värde or 0.0, r.stapel.gräns or 0.0)), default=0.0)
        if not störst:
            return 0.0
        lägst, högst = 0.0, self.plats / störst
        for _ in range(40):
            mitt = (lägst + högst) / 2
            vänster, höger = max(r.början(mitt) for r in alla), max(r.slut(mitt) for r in alla)
            lägst, högst = (mitt, högst) if vänster + höger <= self.plats - KONTUR else (lägst, mitt)
        return lägst


def _färg(rad: _Rad) -> str:
    return FÖRVAL.profil if rad.namn.vikt == 600 else FÖRVAL.text
