"""G21: what is written so that it cannot be meant: two minus signs, a name with a letter more or less."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from finsam.granska.fynd import Fynd, ställe
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import MINUS
from finsam.granska.regler.grund import Underlag, namn_på

KOD = "G21"
NAMN = 7
"""So long is a name whose one letter more or less is a slip."""
_DUBBELT = re.compile(rf"[{MINUS}]\s?[{MINUS}]\s?\d")
_ORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def check_tecken(u: Underlag) -> Iterator[Fynd]:
    """Two minus signs before a figure, in a table where the others have one."""
    for d, t, _ in u.tabeller():
        egna = [c for p, c in u.celler.items() if p[:2] == (d, t)]
        dubbla = [c for c in egna if _DUBBELT.match(c.tal.tryckt)]
        enkla = [c for c in egna if c.tal.tryckt[:1] in MINUS and c not in dubbla]
        u.räkna(KOD, len(dubbla) + len(enkla))
        for c in dubbla if len(dubbla) * 4 <= len(enkla) else ():
            text = f"{namn_på(c)} är skrivet med två minustecken: {c.tal.tryckt}."
            yield Fynd(KOD, "bra att veta", 1, u.läsning_av_text(d, c.rad), text, (u.ställe(c),))


def check_namn(u: Underlag) -> Iterator[Fynd]:
    """A name that is another by a letter stands between the same words as the other does elsewhere."""
    for d, dok in enumerate(u.dokument):
        if not dok.är_ocr:
            yield from _namn(u, d, dok)


def _namn(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
    antal: Counter[str] = Counter()
    mellan: dict[tuple[str, str], dict[str, Rad]] = defaultdict(dict)
    ord_ = [(o, rad) for m in dok.meningar for o, rad in _orden(m.text, m.rader)]
    for nr, (mitt, rad) in enumerate(ord_):
        antal[mitt.removesuffix("s")] += 1
        if mitt[0].isupper() and len(mitt) >= NAMN and 0 < nr < len(ord_) - 1:
            mellan[ord_[nr - 1][0], ord_[nr + 1][0]].setdefault(mitt, rad)
    sedda: set[str] = set()

    def hur_ofta(namn: str) -> int:
        return antal[namn.removesuffix("s")]

    for (före, efter), namnen in mellan.items():
        u.räkna(KOD, len(namnen) - 1)
        for fel in namnen if före[0].isupper() and efter[0].isupper() else ():
            rätt = next((n for n in namnen if hur_ofta(n) > 2 > hur_ofta(fel) and _en_bokstav(fel, n)), None)
            if rätt and fel not in sedda:
                sedda.add(fel)
                text = f"Namnet {fel} står på ett ställe, och {rätt} på {hur_ofta(rätt)}."
                platser = (ställe(dok.fil, namnen[fel], fel), ställe(dok.fil, namnen[rätt], rätt))
                yield Fynd(KOD, "bra att veta", 1, u.läsning_av_text(d, namnen[fel]), text, platser)


def _orden(text: str, rader: tuple[tuple[int, Rad], ...]) -> Iterator[tuple[str, Rad]]:
    for träff in _ORD.finditer(text):
        rad = max((ett for ett in rader if ett[0] <= träff.start()), key=lambda ett: ett[0], default=rader[0])[1]
        yield träff[0], rad


def _en_bokstav(a: str, b: str) -> bool:
    """One word is the other with a letter more, less or another, and it is not their endings that differ.

    >>> _en_bokstav("Lindsberg", "Lindesberg"), _en_bokstav("Lindesbergs", "Lindesberg"), _en_bokstav("Nora", "Mora")
    (True, False, True)
    """
    kort, lång = sorted((a, b), key=len)
    if len(lång) - len(kort) > 1 or a == b:
        return False
    lika = next(nr for nr, (x, y) in enumerate(zip(f"{kort} ", lång, strict=False)) if x != y)
    rest = kort[lika:] if len(kort) < len(lång) else kort[lika + 1 :]
    return len(rest) > 2 and lång[lika + 1 :] == rest
