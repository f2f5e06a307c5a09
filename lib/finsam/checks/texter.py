"""Figures in words are facts, years are the report's own, and the words are written and read through."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.personnummer import utan_personnummer
from finsam.checks.platshallare import platshållare
from finsam.model.skrivet import Ord, inställda_ord, underlagets_ord
from finsam.statements.redovisning import Redovisning, en_gång

_BUNDET = re.compile(r"\{[^{}]*\}")
_ENHETER = {
    "antal": "antal",
    "kr": "kr",
    "tkr": "kr",
    "procent": "andel",
    "procent1": "andel",
    "procent2": "andel",
    "andel": "andel",
}
"""The unit a fact must have to be printed in a format."""
_I_ENHET = re.compile(rf"\{{\s*(?P<id>[a-z][\w.]*)[^{{}}|]*\|\s*(?P<format>{'|'.join(_ENHETER)})\b[^{{}}]*\}}")
_DUBBLA = re.compile(r"\{\{|\}\}")
"""How a brace that is to be printed is written."""
_UNDANTAG = re.compile(
    r"""(?:\d{4}|(?<=\0))-\d{2}-\d{2}                                   # date, its year typed or a reference
      | \d{1,2}[ \u00a0](?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)
      | (?<![\d:])(?:[01]\d|2[0-3]):[0-5]\d(?![\d:])                    # clock
      | (?<=kl\.[ \u00a0])(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d)
      | \(\d{4}:\d+\)                                                   # law
      | (?<=(?:lag|SFS)[ \u00a0])(?:19|20)\d\d:\d+
      | \d+[ \u00a0]?(?:kap\.|§+|st\.)                                  # place in a law
      | \d+(?:–\d+)?[ \u00a0]§§?
      | ^\s*\d+\.[ ]                                                    # numbered list
    """,
    re.VERBOSE | re.MULTILINE,
)
_ÅRTAL = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?!\d|[,.]\d)")
_TAL = re.compile(r"\d[\d \u00a0.,]*\d|\d")
_SIFFRA = re.compile(r"\d")


@kontroll(
    "C10",
    "Tal i texterna är hämtade ur beräkningarna.",
    saknas="inga texter är skrivna",
)
def check_texter(r: Redovisning) -> Kontroll:
    """A typed number is a varning, a year that is not the report's an upplysning, a reference in error a fel."""
    enheter: defaultdict[str, set[str]] = defaultdict(set)
    for nyckel, f in r.fakta.items():
        if f.värde is not None:  # a figure that is not known has no unit to be held to
            enheter[nyckel.partition("/")[0]].add(f.enhet)
    for fil, plats, text in skriven_prosa(r):
        yield Prövat(int(bool(text.strip())))
        for nr, rad in enumerate(text.splitlines(), 1):
            ställe = plats or f"rad {nr}"
            fri = utan_personnummer(rad)
            for årtal in skrivna_årtal(fri):
                if int(årtal[0]) != r.år.årtal:
                    text_ = f"{fil}, {ställe}: årtalet {årtal[0]} är inte rapportårets. Stämmer det?"
                    yield Finding("upplysning", text_, fil)
            for tal in skrivna_tal(fri):
                ord_ = (
                    f"{fil}, {ställe}: talet {tal[0]} är skrivet för hand. Hänvisa till ett fakta, eller "
                    f"skriv {{= {tal[0]}}} om det inte är en uppgift om året."
                )
                yield Finding("varning", ord_, fil)
    for fil, plats, text in tryckta_ord(r):
        if "{" in text or "}" in text:
            yield from _check_hänvisningar(enheter, fil, plats, text)


def _check_hänvisningar(enheter: Mapping[str, set[str]], fil: str, plats: str, text: str) -> Kontroll:
    """Every brace has its other half, and a figure is printed in its own unit."""
    for ensam in re.finditer(r"[{}]", utan_hänvisningar(_dölj(_DUBBLA, text))):
        ord_ = f"{_ställe(fil, plats, text, ensam)}: klammern {ensam[0]} saknar sin andra hälft."
        yield Finding("fel", f"{ord_} Skriv {{fakta | format}}.", fil)
    for träff in _I_ENHET.finditer(text):
        egna = enheter.get(träff["id"])
        if egna and _ENHETER[träff["format"]] not in egna:
            ord_ = f"{_ställe(fil, plats, text, träff)}: {träff[0]} skriver {träff['format']}, men talet är i"
            yield Finding("fel", f"{ord_} {' eller '.join(sorted(egna))}. Byt formatet.", fil)


def _ställe(fil: str, plats: str, text: str, träff: re.Match[str]) -> str:
    return f"{fil}, {plats or f'rad {text.count(chr(10), 0, träff.start()) + 1}'}"


def skrivna_årtal(text: str) -> Iterator[re.Match[str]]:
    """Years typed in running words, with their places: none in a reference, a date or a law."""
    return _ÅRTAL.finditer(_med_tal(text))


def skrivna_tal(text: str) -> Iterator[re.Match[str]]:
    """Numbers typed in running words, with their places: none in a reference, a date, a clock or a law, and no year.

    >>> [tal[0] for tal in skrivna_tal("{år} kom 17 till 3 möten enligt 5 kap. 2 § den 3 maj 2024, före {år}-12-31")]
    ['17', '3']
    >>> [tal[0] for tal in skrivna_tal("kl. 9.30 eller 13:05 enligt SFS 2003:1210 och lag 2018:597, 9.30 kr, 113:05")]
    ['9.30', '113', '05']
    """
    return _TAL.finditer(_dölj(_ÅRTAL, _med_tal(text)))


@lru_cache(maxsize=1 << 13)
def _med_tal(text: str) -> str:
    """The words that are typed, without what is no number, in their places; nothing when there is no figure in them."""
    fri = utan_hänvisningar(text)
    return _dölj(_UNDANTAG, fri) if _SIFFRA.search(fri) else ""


@lru_cache(maxsize=1 << 13)
def utan_hänvisningar(text: str) -> str:
    """The words that are typed; all of them keep their place."""
    return _dölj(_BUNDET, text)


def _dölj(mönster: re.Pattern[str], text: str) -> str:
    """The text with what matches made unreadable, so that all else keeps its place."""
    return mönster.sub(lambda träff: "\0" * len(träff[0]), text)


@kontroll(
    "C36",
    "Texterna är genomgångna och har inga platshållare kvar.",
    saknas="inga texter är skrivna",
)
def check_genomgångna(r: Redovisning) -> Kontroll:
    """A text that nobody has read through since it was made from last year's is a varning, and a placeholder that
    is left in words that are printed is a fel.
    """
    for fil in r.år.texter.values():
        if fil.märke:
            mer = f" ({hur})" if (hur := fil.märke.partition(":")[2].strip()) else ""
            text = (
                f"{fil.fil} är inte genomgången{mer}. Läs den, rätta den för {r.år.årtal} och ta bort dess första rad."
            )
            yield Finding("varning", text, fil.fil)
    yield Prövat(2 * len(r.år.texter))
    for fil_, plats, ord_ in tryckta_ord(r):
        yield Prövat(int(bool(r.år.texter)))
        for nr, rad in enumerate(ord_.splitlines(), 1):
            for kvar in platshållare(rad):
                ställe = f"{fil_}, {plats or f'rad {nr}'}"
                text = f"{ställe}: här står {kvar} kvar. Skriv det som ska stå där, eller ta bort det."
                yield Finding("fel", text, fil_)


@en_gång
def tryckta_ord(r: Redovisning) -> tuple[Ord, ...]:
    """All words that a reader may see; a text is whole, for what stands in it may go on over a line's end."""
    texter = (Ord(fil.fil, "", fil.text) for fil in r.år.texter.values())
    return (*texter, *ord_i_underlaget(r), *ord_i_inställningarna(r))


@en_gång
def ord_i_underlaget(r: Redovisning) -> tuple[Ord, ...]:
    """The words of the underlag."""
    return tuple(underlagets_ord(r.år.underlag))


@en_gång
def ord_i_inställningarna(r: Redovisning) -> tuple[Ord, ...]:
    """The words of the settings."""
    return tuple(inställda_ord(r.år.förbund))


@en_gång
def skrivna_förr(r: Redovisning) -> tuple[Ord, ...]:
    """The words of the underlag of earlier years."""
    return tuple(ord_ for underlag in r.år.tidigare_underlag.values() for ord_ in underlagets_ord(underlag))


@en_gång
def skriven_prosa(r: Redovisning) -> list[tuple[str, str, str]]:
    """Every piece of prose: file, place in it, and words."""
    u = r.år.underlag
    texter = [(t.fil, "", t.text) for t in r.år.texter.values()]
    texter += [(u.fil, f"Faktarutor, rad {f.rad}", f.text) for f in u.faktarutor]
    texter += [(u.fil, f"Målområden, rad {o.rad}", o.mål) for o in u.målområden]
    texter += [
        (u.fil, f"Mål, rad {m.rad}", del_) for m in u.mål for del_ in (m.mål, m.aktivitet, m.mätpunkt, m.kommentar)
    ]
    texter += [(u.fil, f"Planmål, rad {m.rad}", del_) for m in u.planmål for del_ in (m.text, m.kommentar)]
    texter += [(u.fil, f"Beslut, rad {p.rad}", del_) for p in u.beslut for del_ in (p.text, p.kommentar)]
    return texter
