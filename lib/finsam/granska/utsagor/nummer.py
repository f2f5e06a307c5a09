"""G15, G16, G21: numbers of headings in order, the contents against the headings, and how it is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from finsam.granska.begrepp import vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Underlag, namn_på
from finsam.granska.lasa.dokument import NUMMER, Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import MINUS
from finsam.granska.sakerhet import en_av, intygad

OMTAG = 2
LÄNGST = 100
"""So long is a heading at most."""
_KAPITEL = re.compile(r"^\W*(\d{1,2})\.?\s+[A-ZÅÄÖ]")
_SIDA = re.compile(r"[\s.·…]*(\d{1,3})\s*$")


def check_nummer(u: Underlag) -> Iterator[Fynd]:
    """The numbering of headings, and the table of contents."""
    for d, dok in enumerate(u.dokument):
        if dok.är_ocr:
            continue
        rubriker = list(_numrerade(dok.rubriker))
        u.räkna("G15", len(rubriker))
        yield from _dubbla(u, d, dok, rubriker)
        yield from _mot_innehåll(u, d, dok, rubriker)
        yield from _efter_sista(u, d, dok)
        yield from _sidor(u, d, dok)


def _numrerade(rader: Sequence[Rad]) -> Iterator[tuple[str, str, Rad]]:
    """Number, words and line of the headings that have a number with a point in it."""
    for rad in rader:
        träff = NUMMER.match(rad.text.lstrip("# "))
        if träff and "." in träff[1]:
            yield träff[1].rstrip("."), vik(_SIDA.sub("", träff[2])).strip(), rad


def _dubbla(u: Underlag, d: int, dok: Dokument, rubriker: Sequence[tuple[str, str, Rad]]) -> Iterator[Fynd]:
    antal = Counter(nr for nr, _, _ in rubriker)
    dubbla = [nr for nr, n in antal.items() if n > 1]
    for nummer in dubbla if len(dubbla) <= OMTAG else ():  # more of them: an appendix begins anew
        if antal[nummer] != 2:
            continue
        ena, andra = (rad for nr, _, rad in rubriker if nr == nummer)
        if vik(ena.text) == vik(andra.text):
            continue
        text = f"Två avsnitt har numret {nummer}."
        ställen = (ställe(dok.fil, ena, nummer), ställe(dok.fil, andra, nummer))
        säkerhet = u.läsning_av_text(d, ena)
        yield Fynd("G15", "bra att veta", 1, säkerhet, text, ställen)


def _mot_innehåll(u: Underlag, d: int, dok: Dokument, rubriker: Sequence[tuple[str, str, Rad]]) -> Iterator[Fynd]:
    """The same words with another number; a page that is not the heading's."""
    i_dokumentet = {namn: (nr, rad) for nr, namn, rad in rubriker}
    for rad in dok.förteckning:
        träff = NUMMER.match(rad.text)
        if not träff or "." not in träff[1]:
            continue
        namn = vik(_SIDA.sub("", träff[2])).strip(" .")
        funnen = i_dokumentet.get(namn)
        if funnen is None:
            continue
        u.räkna("G16")
        nummer = träff[1].rstrip(".")
        if funnen[0] != nummer:
            text = f"Innehållet har {nummer} och avsnittet {funnen[0]} för samma rubrik."
            ställen = (ställe(dok.fil, rad, nummer), ställe(dok.fil, funnen[1], funnen[0]))
            lika = sum(namn == annat for _, annat, _ in rubriker)
            säkerhet = u.läsning_av_text(d, rad) * en_av(lika)
            yield Fynd("G16", "bra att veta", 1, säkerhet, text, ställen)


MINST_KAPITEL = 4
"""So many chapters of the contents are headings of the document, in order, for another to be wanting."""


def _efter_sista(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
    """The chapter after the last of the contents: the others are numbered 1, 2, 3 and all of them stand there."""
    listade = [(int(m[1]), _namn(rad.text), rad) for rad in dok.förteckning if (m := _KAPITEL.match(rad.text))]
    antal = len(listade)
    if antal < MINST_KAPITEL or [nr for nr, _, _ in listade] != list(range(1, antal + 1)):
        return
    rubriker = [(int(m[1]), _namn(rad.text), rad) for rad in dok.rubriker if (m := _KAPITEL.match(rad.text))]
    platser = [next((n for n, (r, namn, _) in enumerate(rubriker) if (r, namn) == ett[:2]), None) for ett in listade]
    u.räkna("G16")
    funna = [n for n in platser if n is not None]
    if len(funna) < antal or funna != sorted(funna):
        return
    efter = [rad for nr, _, rad in rubriker[funna[-1] :] if nr > antal]
    if len(efter) == 1 and int(_KAPITEL.match(efter[0].text)[1]) == antal + 1:  # type: ignore[index]
        text = f"Innehållet slutar med kapitel {antal}, och efter det kommer kapitel {antal + 1}."
        ställen = (ställe(dok.fil, efter[0], str(antal + 1)), ställe(dok.fil, listade[-1][2], str(antal)))
        yield Fynd("G16", "bra att veta", 1, u.läsning_av_text(d, efter[0]) * intygad(antal), text, ställen)


MINST_SIDOR = 4
"""How many lines of the contents must have the same step to the pages, for another to be wrong."""


def _sidor(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
    """The page of a line of the contents is its heading's, as far from the file's pages as most of them are."""
    var = {_namn(rad.text): rad for rad in reversed(dok.rubriker) if rad.sida}
    par = [
        (rad, var[namn], int(träff[1]))
        for rad in dok.förteckning
        if (träff := _SIDA.search(rad.text)) and (namn := _namn(rad.text)) in var
    ]
    steg = Counter((rubrik.sida or 0) - sida for _, rubrik, sida in par).most_common(1)
    if not steg or steg[0][1] < MINST_SIDOR or steg[0][1] * 3 < len(par) * 2:
        return
    u.räkna("G16", len(par))
    for rad, rubrik, sida in par:
        rätt = (rubrik.sida or 0) - steg[0][0]
        if rätt != sida:
            text = f"Innehållet säger sida {sida} och avsnittet börjar på sida {rätt}."
            ställen = (ställe(dok.fil, rad, str(sida)), ställe(dok.fil, rubrik))
            säkerhet = u.läsning_av_text(d, rad) * intygad(steg[0][1])
            yield Fynd("G16", "bra att veta", 1, säkerhet, text, ställen)


def _namn(text: str) -> str:
    """The words of a heading, without its number and page."""
    träff = NUMMER.match(text.lstrip("# "))
    return vik(_SIDA.sub("", träff[2] if träff else text)).strip(" .")


# --- headings with a word and a number --------------------------------------------------------------------------------

_SERIE = re.compile(
    r"(?i)\W*(?:\d{1,2}(?:\.\d{1,2})+\.?\s+)?(mål|mal|målområde|malomrade|bilaga|tabell)\s+(\d{1,2})\s*[:–-]\s*(\S.*)"
)
_FLERA = 3
_MED_PRICKAR = {"mal": "mål", "malomrade": "målområde"}


def check_serier(u: Underlag) -> Iterator[Fynd]:
    """G15: goals, appendices and tables are numbered 1, 2, 3; told of one number twice where the next is missing."""
    for d, dok in enumerate(u.dokument):
        serier: dict[str, list[tuple[int, str, Rad]]] = defaultdict(list)
        for rad in dok.rader:
            träff = _SERIE.match(rad.text) if rad.slag not in ("fot", "förteckning") else None
            if träff and len(rad.text) < LÄNGST:
                serier[vik(träff[1])].append((int(träff[2]), vik(träff[3]), rad))
        for slag, alla in serier.items():
            u.räkna("G15", len(alla))
            yield from _dubbel(u, d, slag, alla)
            if slag == "tabell":
                yield from _utan_första(u, d, alla)


def _dubbel(u: Underlag, d: int, slag: str, alla: Sequence[tuple[int, str, Rad]]) -> Iterator[Fynd]:
    """Each number is the one before or the next, and one of them stands over two things."""
    numren = [nr for nr, _, _ in alla]
    dubbla = [nr for nr in range(len(alla) - 1) if numren[nr] == numren[nr + 1]]
    if len(alla) < _FLERA or numren != sorted(numren) or numren[0] != 1 or len(dubbla) != 1:
        return
    if sorted(set(numren)) != list(range(1, numren[-1] + 1)):
        return
    (n, namn, ena), (_, annat, andra) = alla[dubbla[0]], alla[dubbla[0] + 1]
    if set(namn.split()) <= set(annat.split()) or set(annat.split()) <= set(namn.split()):
        return
    dok = u.dokument[d]
    platser = (ställe(dok.fil, ena, str(n)), ställe(dok.fil, andra, str(n)))
    text = f"Två olika rubriker heter {_MED_PRICKAR.get(slag, slag)} {n}."
    yield Fynd("G15", "bra att veta", 1, u.läsning_av_text(d, ena, andra), text, platser)


def _utan_första(u: Underlag, d: int, alla: Sequence[tuple[int, str, Rad]]) -> Iterator[Fynd]:
    """Tables that are numbered 2, 3, 4 in a document that has no Tabell 1 anywhere."""
    dok, numren = u.dokument[d], [nr for nr, _, _ in alla]
    första = re.compile(r"(?i)\btabell\s+1\b")
    hel = not (dok.bildsidor or dok.skadade or any(första.search(rad.text) for rad in dok.rader))
    if hel and len(alla) >= _FLERA and numren == list(range(2, len(alla) + 2)):
        rad = alla[0][2]
        text = f"Tabellerna är numrerade från 2 till {numren[-1]}, och ingen heter Tabell 1."
        yield Fynd("G15", "bra att veta", 1, u.läsning_av_text(d, rad), text, (ställe(dok.fil, rad, "2"),))


# --- two minus signs, and a name with a letter more or less -----------------------------------------------------------

SKRIVNING = "G21"
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
        u.räkna(SKRIVNING, len(dubbla) + len(enkla))
        for c in dubbla if len(dubbla) * 4 <= len(enkla) else ():
            text = f"{namn_på(c)} är skrivet med två minustecken: {c.tal.tryckt}."
            yield Fynd(SKRIVNING, "bra att veta", 1, u.läsning_av_text(d, c.rad), text, (u.ställe(c),))


def check_namn(u: Underlag) -> Iterator[Fynd]:
    """A name that is another by a letter stands between the same words as the other does elsewhere."""
    for d, dok in enumerate(u.dokument):
        if not dok.är_ocr:
            yield from _i_sammanhang(u, d, dok)


def _i_sammanhang(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
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
        u.räkna(SKRIVNING, len(namnen) - 1)
        for fel in namnen if före[0].isupper() and efter[0].isupper() else ():
            rätt = next((n for n in namnen if hur_ofta(n) > 2 > hur_ofta(fel) and _en_bokstav(fel, n)), None)
            if rätt and fel not in sedda:
                sedda.add(fel)
                text = f"Namnet {fel} står på ett ställe, och {rätt} på {hur_ofta(rätt)}."
                platser = (ställe(dok.fil, namnen[fel], fel), ställe(dok.fil, namnen[rätt], rätt))
                yield Fynd(SKRIVNING, "bra att veta", 1, u.läsning_av_text(d, namnen[fel]), text, platser)


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
