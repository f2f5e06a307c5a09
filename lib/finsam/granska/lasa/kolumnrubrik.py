"""The head of a table: which lines are it, and what it says of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from finsam.granska.lasa.rad import UPPHÖJDA, Cell, Rad

_DATUM = r"[-–]?\s?(?:19|20)\d\d-[01]\d(?:-(?:[0-3]\d)?)?"
_ÅR = r"(?:19|20)\d\d"
_ORD = (
    r"(?:utfall|budget\w*|avvikelse|bokslut|prognos|not(?:er)?|helår|kr|tkr|mnkr|netto|intäkt(?:er)?|kostnad(?:er)?"
    r"|andel\w*|antal|procent|fördelning|fordelning|differens|diff|föregående|innevarande|aktuell|reviderad|ursprunglig"
    r"|ack|ackumulerat|år|jan|feb|mars|apr|april|maj|juni|juli|aug|sept?|okt|nov|dec|plan|preliminär|prel|kvinnor|män"
    r"|totalt|summa|alla|samtliga|mot|jämfört|medlemsbidrag|belopp|invånare|januari|december|t\.?o\.?m|tom|utfall-budget|förändring)"
)
_MÅNAD = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
_PERIOD = rf"{_MÅNAD}\.?\s?[-–]\s?{_MÅNAD}"
_TOKEN = re.compile(
    rf"(?i)(?:{_DATUM}|{_PERIOD}|{_ÅR}(?:[a-f]\)|[*†{UPPHÖJDA}])?|{_ORD}|\d{{1,2}}(?:jan|dec)[a-z-]*\d*\w*|%|[a-f]\)|[()*–/.:-]+|\d{{1,2}}\.\d)[.:,]?"
)
_BETYDER = re.compile(
    rf"(?i)(?:{_DATUM}|\b{_ÅR}\b|utfall|budget|avvikelse|bokslut|prognos|\bkr\b|netto|andel|antal|belopp)"
)
_RÄKNAS = re.compile(
    rf"(?i)(?:{_DATUM}|\b{_ÅR}\b|utfall|budget|avvikelse|bokslut|prognos|netto|\bkr\b|andel|antal|%|fördelning)"
)
_TOMT = re.compile(r"(?i)(?:^|\s)[-–−]{1,2}\s+(?:t?kr|mnkr)\b")
_DAGEN = re.compile(rf"(?i)(?:den )?[0-3]?\d\.? {_MÅNAD}\.? {_ÅR}")
HÖGST_FÖRE = 3
"""Heads over columns of words that a head with several years may have before those."""
_ÅRET = re.compile(rf"(?<!\d)({_ÅR})(?!\d)")
SLAG = (
    ("avvikelse", re.compile(r"(?i)avvik|differens|\bdiff|förändring|utfall\s*-\s*budget")),
    ("budget", re.compile(r"(?i)budget|\bplan\b|\bprel")),
    ("prognos", re.compile(r"(?i)prognos")),
    ("andel", re.compile(r"(?i)andel|%|procent|fördelning")),
    ("antal", re.compile(r"(?i)antal|invånare|kvinnor|män")),
    ("utfall", re.compile(r"(?i)utfall|bokslut")),
)
"""What a column holds, by its head."""


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A column of figures: what its head says, and for which year and of which kind it is."""

    rubrik: str = ""
    år: int | None = None
    slag: str = ""
    del_: str = ""
    """`intäkt`, `kostnad` or `netto` under one head."""
    period: tuple[int, str] | None = None
    """The year and the part of it, when the figures are not those of a whole year or of its last day."""

    @property
    def nyckel(self) -> tuple[int | None, str]:
        """What makes two columns of the same figures: the year and the kind."""
        return self.år, "" if self.slag == "utfall" else self.slag


def är_ruta(text: str) -> bool:
    """A part of the head stands over figures and not over labels or note numbers."""
    return bool(_RÄKNAS.search(text))


def rubrikceller(rad: Rad) -> list[Cell] | None:
    """The parts of a line that is a head over columns of figures; None when it is none."""
    celler = [c for c in rad.celler if c.text]
    if _TOMT.search(rad.text):
        return None
    if len(celler) == 1 and not rad.lägen:
        return _i_en(celler[0])
    rutor = []
    for cell in reversed(celler):
        if not _är_rubrik(cell.text):
            break
        rutor.append(cell)
    rutor.reverse()
    före = celler[: len(celler) - len(rutor)]
    flera = sum(bool(_ÅRET.search(c.text)) for c in rutor) > 1 and not any(t.isdigit() for c in före for t in c.text)
    if len(före) > (HÖGST_FÖRE if flera else 1) or sum(len(c.text) for c in före) > 60:
        return None
    if not any(_BETYDER.search(c.text) for c in rutor):
        return None
    if len(rutor) == 1:
        ensam = rutor[0].text
        if not före and not (rad.lägen and _ÅRET.search(ensam) and len(ensam) < 25 and rutor[0].x0 > 150):
            return None
        if före and not (
            _ÅRET.match(ensam)
            or re.fullmatch(rf"(?i){_DATUM}|t?kr|mnkr|belopp|(?:utfall|budget)\s*\w*\s*(?:{_ÅR})?", ensam)
        ):
            return None
    return _delade(rutor)


def _är_rubrik(text: str) -> bool:
    delar = text.replace("(%)", "%").split()
    return bool(_DAGEN.fullmatch(text)) or (len(text) < 45 and all(_TOKEN.fullmatch(del_) for del_ in delar))


def _delade(rutor: Sequence[Cell]) -> list[Cell]:
    """Parts that hold several years are a part for each."""
    ut = []
    for cell in rutor:
        år = list(re.finditer(rf"{_DATUM}|{_ÅR}", cell.text))
        if len(år) > 1 and re.fullmatch(rf"(?i)(?:(?:budget|plan|utfall|bokslut|prognos)\s+{_ÅR}\s*)+", cell.text):
            år = list(re.finditer(rf"[^\W\d]+\s+{_ÅR}", cell.text))
        elif år and re.fullmatch(rf"(?i)(?:(?:not(?:er)?|{_DATUM}|{_ÅR})\s*){{2,}}", cell.text):
            år = list(re.finditer(rf"(?i)not(?:er)?|{_DATUM}|{_ÅR}", cell.text))
        else:
            ut.append(cell)
            continue
        bredd = (cell.x1 - cell.x0) / len(cell.text)
        ut += [Cell(m[0], cell.x0 + bredd * m.start(), cell.x0 + bredd * m.end()) for m in år]
    return ut


def _i_en(cell: Cell) -> list[Cell] | None:
    """The head in a line that does not keep places: it ends in two years or more, or is nothing but such words."""
    ord_ = cell.text.replace("(%)", "%").split()
    nr = len(ord_)
    while nr and _TOKEN.fullmatch(ord_[nr - 1]):
        nr -= 1
    svans = [o for o in ord_[nr:] if not re.fullmatch(r"[()*–/.:-]+", o)]
    år = [o for o in svans if re.fullmatch(rf"{_DATUM}|{_ÅR}", o)]
    if len(år) >= 2 and nr <= 6:
        antal_not = [o for o in svans if re.fullmatch(r"(?i)not(?:er)?\.?", o)]
        sorter = [o for o in svans if re.fullmatch(r"(?i)utfall|budget|avvikelse|bokslut|prognos", o)]
        if len(sorter) > 1 and len(sorter) != len(år):
            return [Cell(o, 0, 0) for o in sorter]
        return [Cell(o, 0, 0) for o in (*antal_not, *år)]
    if nr <= 1 and len(ord_) <= 4 and re.fullmatch(r"(?i)kr|tkr|mnkr|belopp", ord_[-1]) and len(cell.text) < 40:
        return [Cell(ord_[-1], 0, 0)]
    if (
        not nr
        and len(svans) >= 2
        and all(re.fullmatch(r"(?i)utfall|budget|avvikelse|bokslut|prognos", o) for o in svans)
    ):
        return [Cell(o, 0, 0) for o in svans]
    return None


def _del_av_år(text: str) -> bool:
    """A column is of a part of a year, or of a day within it: its figures are no year's."""
    period = re.search(rf"(?i)\b{_PERIOD}", text)
    dagar = re.findall(r"(?:19|20)\d\d-([01]\d)-[0-3]\d", text)
    return bool(period and not re.search(r"(?i)[-–]\s?dec", period[0])) or bool(dagar and dagar[-1] != "12")


def kolumn_av(delar: Sequence[str]) -> Kolumn:
    """A column by the parts of its head, from the top.

    >>> kolumn_av(["Budget", "helår 2024"]).nyckel, kolumn_av(["2024-01-01", "-2024-12-31"]).nyckel
    ((2024, 'budget'), (2024, ''))
    """
    text = " ".join(delar)
    år = _ÅRET.findall(text)
    period = (int(år[-1]), _delen(text)) if år and _del_av_år(text) else None
    år = [] if _del_av_år(text) else år
    slag = next((namn for namn, mönster in SLAG if mönster.search(text)), "")
    del_ = re.search(r"(?i)\b(intäkt|kostnad|netto)", text)
    return Kolumn(text, int(år[-1]) if år else None, slag, del_[1].lower() if del_ else "", period)


def _delen(text: str) -> str:
    """Which part of a year: the first letters of its months, or the month and the day.

    >>> _delen("Utfall januari–augusti 2025"), _delen("2025-08-31")
    ('jan-aug', '08-31')
    """
    period = re.search(rf"(?i)\b({_MÅNAD})\.?\s?[-–]\s?({_MÅNAD})", text)
    dagar = re.findall(r"(?:19|20)\d\d-([01]\d-[0-3]\d)", text)
    return "-".join(m[:3].lower() for m in period.groups()) if period else dagar[-1] if dagar else ""
