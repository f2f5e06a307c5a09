"""G11: a goal, its outcome and its grade, in sentences or in a row: the grade is what the goal gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import vik
from finsam.granska.fynd import Fynd, Ställe, ställe
from finsam.granska.grund import Underlag
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import som_tal
from finsam.granska.sakerhet import en_av, intygad

KOD = "G11"
LÅNGT = 5
"""Letters of a word that says what something is about."""
MENINGAR = 5
"""So many sentences after the goal its outcome stands at most."""
_TALET = r"(\d{1,3}(?:,\d+)?)\s*(%|procent)?"
_GOLV = re.compile(rf"(?i)\b(?:fler än|mer än|minst|över|lägst)\s+{_TALET}")
_TAK = re.compile(rf"(?i)\b(?:högst|max(?:imalt)?|inte (?:överstiga|överskrida)|under)\s+{_TALET}")
_RESULTAT = re.compile(rf"(?i)\b(?:resultat|utfall):?\s+(?:blev\s+)?{_TALET}")
_I_CELL = re.compile(rf"(?i)(?:utfall:?\s*)?{_TALET}")
_UPPFYLLT = re.compile(
    r"(?i)\bmålet?\s+(?:bedöms\s+|är\s+|bedömdes\s+)?(inte |ej |delvis )?(?:vara\s+)?(inte |ej |delvis )?"
    r"(?:uppfyllt|uppnått|nått)\b"
)
_GRAD = re.compile(r"(?:malet (?:ar )?)?(?P<nej>inte |ej )?(?:uppfyllt|uppnatt)")
"""What has been reached; what will be (uppnås, bedöms uppnås) is a forecast, and may differ from the outcome so far."""
_ÄR_MÅL = re.compile(r"(?i)\bmålet är\b|\bska\w*\b|•")


@dataclass(frozen=True, slots=True)
class _Bedömning:
    """A goal with its limit, an outcome, and whether the goal is said to be reached, in what words."""

    gräns: re.Match[str]
    golv: bool
    utfall: re.Match[str]
    helt: bool
    ord: str

    @property
    def klarat(self) -> bool:
        """The outcome is within the limit."""
        nådde, krav = som_tal(self.utfall[1]), som_tal(self.gräns[1])
        return nådde >= krav if self.golv else nådde <= krav

    def fynd(self, säkerhet: float, *ställen: Ställe) -> Fynd:
        """The grade is not what the outcome gives; less sure when rounding may have brought it over the limit."""
        skillnad = som_tal(self.utfall[1]) - som_tal(self.gräns[1])
        text = (
            f"Utfallet {self.utfall[1]} {self.utfall[2] or ''} når {'' if self.klarat else 'inte '}"
            f"målet {self.gräns[0]}, men målet bedöms som {self.ord}."
        )
        steg = Decimal(1).scaleb(-len(self.utfall[1].partition(",")[2]))
        säkerhet *= en_av(1 + (abs(skillnad) <= steg / 2))
        tal = f"{self.utfall[1]} mot {self.gräns[1]}"
        return Fynd(KOD, "att ta ställning till", 2, säkerhet, " ".join(text.split()), ställen, tal, skillnad)


def check_bedömning(u: Underlag) -> Iterator[Fynd]:
    """A goal in a sentence, with its outcome and its grade in those that follow."""
    for d, dok in enumerate(u.dokument):
        for nr, mening in enumerate(dok.meningar):
            utfall = _RESULTAT.search(mening.text)
            grad = _UPPFYLLT.search(" ".join(m.text for m in dok.meningar[nr : nr + 2])) if utfall else None
            avstånd = next((n for n in range(1, min(MENINGAR, nr) + 1) if _är_mål(dok.meningar[nr - n])), None)
            if not utfall or not grad or avstånd is None:
                continue
            mål = dok.meningar[nr - avstånd]
            golv, tak = _GOLV.search(mål.text), _TAK.search(mål.text)
            gräns = golv or tak
            if gräns is None or bool(gräns[2]) != bool(utfall[2]):
                continue
            u.räkna(KOD)
            helt = not (grad[1] or grad[2])
            ett = _Bedömning(gräns, bool(golv), utfall, helt, "uppfyllt" if helt else "inte helt uppfyllt")
            delvis = (grad[1] or grad[2] or "").strip().lower() == "delvis"
            if ett.klarat == helt or (delvis and not ett.klarat):
                continue
            läsning = u.läsning_av_text(d, mening.rader[0][1], mål.rader[0][1])
            yield ett.fynd(
                läsning * intygad(1 + _gemensamma(mål, mening) + (avstånd == 1)),
                ställe(dok.fil, mening.rad(utfall.start(1)), utfall[1]),
                ställe(dok.fil, mål.rad(gräns.start(1)), gräns[1]),
            )


def _gemensamma(mål: Mening, utfall: Mening) -> int:
    """How many long words a goal and its outcome have in common."""
    ena, andra = ({o for o in vik(m.text).split() if len(o) >= LÅNGT} for m in (mål, utfall))
    return len(ena & andra)


def _är_mål(mening: Mening) -> bool:
    return bool(_ÄR_MÅL.search(mening.text) and (_GOLV.search(mening.text) or _TAK.search(mening.text)))


def check_målrader(u: Underlag) -> Iterator[Fynd]:
    """The grade of a row is what its outcome gives; partly, and rows with other figures, say nothing."""
    for d, dok in enumerate(u.dokument):
        for rad in dok.rader:
            celler = [c.text.strip() for c in rad.celler if c.text.strip()]
            if len(celler) >= 3 and (ett := _i_rad(*celler[-3:])):
                u.räkna(KOD)
                if ett.klarat != ett.helt:
                    yield ett.fynd(u.läsning_av_text(d, rad) * intygad(len(celler[-3:])), _båda(dok.fil, rad, ett))


def _båda(fil: str, rad: Rad, ett: _Bedömning) -> Ställe:
    return ställe(fil, rad, ett.utfall[1], ett.gräns[1])


def _i_rad(mål: str, utfallet: str, grad: str) -> _Bedömning | None:
    """A row whose last cells are a goal with one limit in percent, an outcome in percent and a grade."""
    golv, tak = ([m for m in mönster.finditer(mål) if m[2]] for mönster in (_GOLV, _TAK))
    utfall, bedömd = _I_CELL.fullmatch(utfallet), _GRAD.fullmatch(vik(grad).strip(" .●○◐"))
    andelar = [m for m in re.finditer(_TALET, mål) if m[2]]
    if len([*golv, *tak]) != 1 or len(andelar) != 1 or not utfall or not utfall[2] or not bedömd:
        return None
    return _Bedömning((golv or tak)[0], bool(golv), utfall, not bedömd["nej"], grad.strip(" .").lower())
