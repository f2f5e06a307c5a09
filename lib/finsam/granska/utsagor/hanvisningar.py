"""G22: the tables, diagrams and notes that the text refers to are there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Underlag
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.sakerhet import intygad

KOD = "G22"
_MINST = 3
"""A series of fewer headings does not say which numbers there are."""
_LÄNGST = 110
_RUBRIK = re.compile(r"^[\W_]*(Tabell|Diagram|Figur|Not|TABELL|NOT)\s+(\d{1,2})\b(?=\s*[.:–-]|\s+[A-ZÅÄÖ]|\s*$)")
_HÄNVISNING = re.compile(r"(?i)(?<!\w)(tabell|diagram|figur|not)\s+(\d{1,2})\b(?![.,]\d|\s*(?:kap|§))")
_ANNANS = re.compile(r"^\s+(?:i|till|ur|på)\s+(?!balans|resultat|kassa|denna|den här|texten|avsnitt|kapitel|sidan?\b)")
_ANNAN_TEXT = re.compile(r"(?i)\b(?:SKR|RKR|Nationella rådet|Försäkringskassans rapport|utvärderingen?|rapporten)\b")


def check_hänvisningar(u: Underlag) -> Iterator[Fynd]:
    """A number that is referred to is one of the headings', where these are numbered 1, 2, 3 without a gap."""
    for d, dok in enumerate(u.dokument):
        for slag, serie in () if dok.är_ocr else _serier(dok).items():
            sista = max(serie)
            for nr, rad in _hänvisade(dok, slag):
                u.räkna(KOD)
                if nr > sista:
                    text = f"Texten hänvisar till {slag} {nr}, och dokumentet har {slag} 1–{sista}."
                    platser = (ställe(dok.fil, rad, str(nr)), ställe(dok.fil, serie[sista], str(sista)))
                    säkerhet = u.läsning_av_text(d, rad) * intygad(sista - 1)
                    yield Fynd(KOD, "att ta ställning till", 1, säkerhet, text, platser, "", Decimal(nr - sista))


def _serier(dok: Dokument) -> Mapping[str, Mapping[int, Rad]]:
    """The headings of each kind, where they are all the numbers from one to the last."""
    funna: dict[str, dict[int, Rad]] = defaultdict(dict)
    for rad in dok.rader:
        träff = _RUBRIK.match(rad.text) if rad.slag not in ("fot", "förteckning") else None
        if träff and len(rad.text) <= _LÄNGST:
            funna[träff[1].lower()].setdefault(int(träff[2]), rad)
    return {
        slag: serie
        for slag, serie in funna.items()
        if len(serie) >= _MINST and sorted(serie) == list(range(1, len(serie) + 1))
    }


def _hänvisade(dok: Dokument, slag: str) -> Iterator[tuple[int, Rad]]:
    """What sentences refer to, and the column of notes in tables."""
    for mening in dok.meningar:
        for träff in _HÄNVISNING.finditer(mening.text):
            egen = träff[1].lower() == slag and not _RUBRIK.match(mening.text)
            if egen and not _ANNANS.match(mening.text[träff.end() :]) and not _ANNAN_TEXT.search(mening.text):
                yield int(träff[2]), mening.rad(träff.start())
    for tabell in dok.tabeller if slag == "not" else ():
        for rad in tabell.rader:
            var = next((ett for ett in rad.rader if ett is not None), None)
            if rad.not_.isdigit() and var is not None:
                yield int(rad.not_), var
