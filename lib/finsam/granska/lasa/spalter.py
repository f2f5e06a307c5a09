"""Pages set in two columns: each is read by itself, as one reads it."""

from __future__ import annotations

from collections.abc import Sequence

from finsam.granska.lasa.rad import Ord

MINST_RADER = 12
"""So many lines high two columns are at least."""
FYLLD = 0.7
"""A line whose words fill so much of its column is one of a paragraph."""
LÖPANDE = 0.4
"""The share of a column's lines that are such, when it holds text and is no column of a table."""
SMALAST = 12
"""How many heights of a line a column of text is wide at least."""
LIKA = 0.85
"""How alike in width two columns are."""


def spalter(ord_: Sequence[Ord]) -> list[list[Ord]]:
    """The words of a page in the parts that are read one after the other."""
    if not ord_:
        return []
    x0, x1 = min(o.x0 for o in ord_), max(o.x1 for o in ord_)
    for andel in (0.5, 0.48, 0.52):
        mitt = x0 + andel * (x1 - x0)
        band = _fritt_band(ord_, mitt)
        inom = [o for o in ord_ if band[0] < o.mitt < band[1]]
        delar = [o for o in inom if o.x1 <= mitt], [o for o in inom if o.x0 >= mitt]
        if _är_två(*delar):
            över = [o for o in ord_ if o.mitt <= band[0]]
            under = [o for o in ord_ if o.mitt >= band[1]]
            return [del_ for del_ in (över, *delar, under) if del_]
    return [list(ord_)]


def _fritt_band(ord_: Sequence[Ord], mitt: float) -> tuple[float, float]:
    """The highest part of the page where no word stands over the middle and no line goes on across it."""
    kanter = [min(o.y0 for o in ord_) - 1, *sorted(o.mitt for o in ord_ if o.x0 < mitt < o.x1)]
    kanter.append(max(o.y1 for o in ord_) + 1)
    nr = max(range(len(kanter) - 1), key=lambda n: kanter[n + 1] - kanter[n])
    return kanter[nr], kanter[nr + 1]


def _är_två(vänster: Sequence[Ord], höger: Sequence[Ord]) -> bool:
    """Both sides are columns of text, as wide as each other."""
    bredder = [max(o.x1 for o in del_) - min(o.x0 for o in del_) if del_ else 0.0 for del_ in (vänster, höger)]
    if not vänster or min(bredder) < max(LIKA * max(bredder), SMALAST * vänster[0].höjd):
        return False
    return all(_är_text(_ordens_bredd(del_), bredd) for del_, bredd in zip((vänster, höger), bredder, strict=True))


def _är_text(rader: Sequence[float], bredd: float) -> bool:
    return len(rader) >= MINST_RADER and sum(rad > FYLLD * bredd for rad in rader) > LÖPANDE * len(rader)


def _ordens_bredd(ord_: Sequence[Ord]) -> list[float]:
    """How wide the words of each line of a column are together."""
    ut: list[float] = []
    y = 0.0
    for ett in sorted(ord_, key=lambda o: o.mitt):
        if not ut or ett.mitt - y > 0.3 * ett.höjd:
            ut.append(0.0)
        ut[-1] += ett.x1 - ett.x0 if any(t.isalpha() for t in ett.text) else 0.0
        y = ett.mitt
    return ut
