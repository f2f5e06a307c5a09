"""A file as it is read: lines, headings, tables and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath
from statistics import median

from finsam.granska.lasa.bredvid import isär
from finsam.granska.lasa.meningar import Mening, meningar
from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import tal_i_cell
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.lasa.tabeller import tabeller
from finsam.granska.lasa.text import read_text, är_utf16

VANLIG = 0.07
"""The share of the letters that are of a height which is no heading's."""
HÖGST_BYTE = 80_000_000
FÖR_STOR = f"Filen är större än {HÖGST_BYTE // 1_000_000} MB; en rapport är mindre än så."
LÄNGSTA_I_FÖRTECKNING = 400
HÖGST_RADER, HÖGST_I_TABELL = 40_000, 1_000
"""A table that is longer is a list of something, and no statement."""
NOG = 200_000
"""So many letters are enough to tell a language by."""
_PUNKTER = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$|\t\d{1,3}$|\s{3,}\d{1,3}$")
_PUNKTRAD = re.compile(r"(?:\.\s?){8,}\s*\d+\s*$")
_TABBSIDA = re.compile(r"\t\d{1,2}$")
_INNEHÅLL = re.compile(r"(?i)^\W*(?:innehåll|innehållsförteckning)\b")
NUMMER = re.compile(r"^\W*(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+([A-ZÅÄÖ#*].*)$")
_NUMRERAD = re.compile(r"(?:Not \d{1,2}(?!\d)|\d{1,2}\.\s+[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,3}$)")
_ENHET = re.compile(r"(?i)\bbelopp\w*\b.{0,25}\bi (tkr|tusental|tusen kronor|mnkr|miljoner|kronor|kr)\b")
_ENHETER = (("t", "tkr"), ("m", "mnkr"), ("k", "kr"))
_ÅRTAL = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(slots=True)
class Dokument:
    """What a file says, and what of it could not be read."""

    fil: str
    slag: str
    rader: list[Rad]
    tabeller: list[Tabell]
    meningar: list[Mening]
    förteckning: list[Rad] = field(default_factory=list)
    bildsidor: tuple[int, ...] = ()
    sidor: int | None = None
    skadade: tuple[int, ...] = ()
    """Pages that cannot be loaded."""

    @property
    def rubriker(self) -> list[Rad]:
        """The headings, in order."""
        return [rad for rad in self.rader if rad.slag == "rubrik"]

    @property
    def är_ocr(self) -> bool:
        """The letters å, ä and ö are so few that the text must be read off pictures."""
        text = "".join(rad.text for rad in self.rader[:5000])[:NOG].lower()
        bokstäver = sum(t.isalpha() for t in text)
        return bokstäver > 2000 and sum(text.count(t) for t in "åäö") < 0.03 * bokstäver

    @property
    def är_plan(self) -> bool:
        """It is a plan and budget: its figures are budget though their columns do not say so."""
        början = " ".join(rad.text for rad in self.rader[:25]).lower()
        return re.search(r"\bverksamhetsplan", början) is not None and "årsredovisning" not in början

    @property
    def enhet(self) -> str:
        """The unit that the document says its amounts are in, where nothing else is said; empty when it says none."""
        for rad in self.rader[:200]:
            if träff := _ENHET.search(rad.text):
                return next(enhet for ord_, enhet in _ENHETER if träff[1].lower().startswith(ord_))
        return ""

    @property
    def år(self) -> int | None:
        """The year that the document is about: the one of its title, else that of its first heads."""
        for rad in self.rader[:60]:
            if re.search(r"(?i)årsredovisning|verksamhetsplan|budget|delårsrapport|bokslut", rad.text):
                nära = _ÅRTAL.findall(rad.text)
                if nära:
                    return int(nära[0])
        rubriker = Counter(k.år for t in self.tabeller for k in t.kolumner[:1] if k.år)
        return rubriker.most_common(1)[0][0] if rubriker else None


_ANNAT = (b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff\xe0")
_HTML = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)


def read_dokument(data: bytes, namn: str) -> Dokument:
    """Read a file, whatever its name says it is. Raises Oläsligt."""
    if len(data) > HÖGST_BYTE:
        raise Oläsligt(FÖR_STOR)
    if not data.strip():
        raise Oläsligt("Filen är tom.")
    slag = "text"
    bilder: list[int] = []
    skadade: list[int] = []
    if data[:1024].lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        from finsam.granska.lasa.pdf import read_pdf

        slag = "pdf"
        sidor, bilder, skadade = read_pdf(data)
    elif data[:2] == b"PK":
        from finsam.granska.lasa.docx import read_docx

        slag = "docx"
        sidor = read_docx(data)
    elif data[:4] in _ANNAT or (b"\0" in data[:4096].replace(b"\0\n", b"") and not är_utf16(data)):
        raise Oläsligt("Filen är varken PDF, Word (.docx) eller text. Spara den som PDF och granska den.")
    elif _HTML.search(data[:4096]):
        raise Oläsligt("Filen är en webbsida (HTML). Skriv ut den som PDF i webbläsaren och granska PDF:en.")
    else:
        sidor = read_text(data)
    dokument = bygg(sidor, PurePath(namn).name, slag, bilder)
    dokument.skadade = tuple(skadade)
    return dokument


def bygg(sidor: Sequence[Sequence[Rad]], namn: str, slag: str, bilder: Sequence[int]) -> Dokument:
    """A document of its lines."""
    rader = [rad for sida in sidor for rad in sida]
    if not rader:
        skannad = "Sidorna är bilder utan text (skannade). Läs av dem med textigenkänning och granska resultatet."
        raise Oläsligt(skannad if bilder else "Filen har ingen text.")
    if len(rader) > HÖGST_RADER:
        raise Oläsligt(f"Filen har {len(rader)} rader; högst {HÖGST_RADER} granskas.")
    _märk_förteckning(rader)
    _märk_rubriker(rader, slag)
    rader = isär(rader)
    alla, övriga = tabeller(rader)
    funna = [tabell for tabell in alla if len(tabell.rader) <= HÖGST_I_TABELL]
    plats = {id(rad): nr for nr, rad in enumerate(rader)}
    for nr, rad in enumerate(rader):
        rad.nr = nr
    fria = sorted({id(r): r for r in övriga}.values(), key=lambda r: plats[id(r)])
    for a, b in pairwise(fria):
        b.tom_före |= any(rad.slag != "fot" for rad in rader[a.nr + 1 : b.nr])  # a table stands between them
    förteckning = [r for r in rader if r.slag == "förteckning"]
    antal = len(sidor) if slag == "pdf" or any(r.sida for r in rader) else None
    return Dokument(namn, slag, rader, funna, meningar(fria), förteckning, tuple(bilder), antal)


def _märk_förteckning(rader: Iterable[Rad]) -> None:
    """Mark the table of contents: it names headings, and gives no figures."""
    inne, tidiga = 0, list(rader)
    for nr, rad in enumerate(tidiga):
        if nr > len(tidiga) // 3 + 60:
            return
        if rad.slag == "fot" or len(rad.citat) > LÄNGSTA_I_FÖRTECKNING:
            continue
        if (
            _INNEHÅLL.match(rad.text)
            or (inne and (_PUNKTER.search(rad.citat) or _slutar_med_sida(rad)))
            or re.search(r"(?:\.\s?){8,}\s*\d+\s*$", rad.citat)
            or (NUMMER.match(rad.text) and re.search(r"\t\d{1,2}$", rad.citat))
        ):
            inne, rad.slag = 6, "förteckning"
        else:
            inne = max(0, inne - 1)


def _slutar_med_sida(rad: Rad) -> bool:
    return (
        len(rad.celler) > 1
        and bool(re.fullmatch(r"\d{1,3}", rad.celler[-1].text))
        and not any(re.search(r"\d[\s\u00a0]\d{3}", c.text) for c in rad.celler)
    )


def _märk_rubriker(rader: Sequence[Rad], slag: str) -> None:
    """Mark the headings, and give every line the one that it stands under."""
    höjder: Counter[float] = Counter()
    for rad in rader:
        höjder[round(rad.höjd, 1)] += len(rad.text)
    alla = höjder.total()
    brödtext = max((höjd for höjd, antal in höjder.items() if antal > VANLIG * alla), default=median(höjder))
    nu = ""
    for rad in rader:
        if not rad.slag and _är_rubrik(rad, slag, brödtext):
            rad.slag = "rubrik"
        if rad.slag == "rubrik":
            nu = rad.text.lstrip("# ")
        rad.rubrik = nu


def _är_rubrik(rad: Rad, slag: str, brödtext: float) -> bool:
    text = rad.text
    if (
        len(text) > 110
        or text.startswith(("”", "“", '"', "»"))
        or text.endswith((",", ";", "-"))
        or not any(t.isalpha() for t in text)
    ):
        return False
    if slag == "pdf":
        numrerad = bool(NUMMER.match(text)) and len(rad.celler) <= 2 and rad.höjd > 1.04 * brödtext
        return (rad.höjd > 1.14 * brödtext or numrerad) and len(rad.celler) <= 2 and not _bara_tal(rad)
    if rad.citat.startswith("#"):
        return True
    if slag == "docx":
        return False
    träff = NUMMER.match(text)
    if träff and "." in träff[1] and len(text) < 90 and not text.endswith("."):
        return not re.search(r"\d[\s\u00a0]\d{3}", text)
    return bool(_NUMRERAD.match(text)) and not text.endswith(".")


def _bara_tal(rad: Rad) -> bool:
    """Nothing but figures, or a label with a figure of its own beside it: a row of a table."""
    sist = rad.celler[-1].text
    return not any(t.isalpha() for t in rad.text) or (len(rad.celler) > 1 and tal_i_cell(sist) is not None)
