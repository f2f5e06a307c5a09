"""The rows of a list: konton, sums, headings, and what is only paper (page breaks, footers)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from finsam.model.bokforing import Objekt
from finsam.read.arbetsbok import Cellinnehåll
from finsam.read.cell import Cellfel
from finsam.read.indata import visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.belopp import bestäm_talskrift, tolka_öre, är_belopp, är_streck
from finsam.read.lista.blad import Listblad
from finsam.read.lista.kolumner import Kolumner

KONTO = re.compile(r"(\d{1,12})(?:(?:\s*[-–:,.]\s*|\s+)(?=.*[^\W\d_])(?!\d+\s*$)(.+))?", re.ASCII | re.DOTALL)
INTERVALL = re.compile(r"(\d{1,12})\s*[-–]\s*(\d{1,12})(?!\d)(.*)", re.ASCII | re.DOTALL)
KOD_OCH_NAMN = re.compile(r"(\S*\d\S*)\s+(\S.*)")
SUMMA = re.compile(
    r"\b(?:del|slut|total)?summa\b|\bs:a\b|\btot(?:alt?|\.)?\b|resultat|omslutning|nettokostnad", re.IGNORECASE
)
SIDFOT = re.compile(r"(?:sid(?:a|nr)?|utskri\w*|skapad\w*|användare|rapport\w*|datum|tid|kl)\b", re.IGNORECASE)


EN_RAD = {
    "tomma": "tom",
    "upprepade rubriker": "upprepad rubrik",
    "sidhuvuden och sidfötter": "sidhuvud eller sidfot",
}
"""What is said of a single row."""


@dataclass(frozen=True, slots=True)
class Listkonto:
    """A row of an account. `belopp` is öre by column, as printed."""

    rad: int
    konto: str
    namn: str
    objekt: tuple[Objekt, ...]
    belopp: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Summarad:
    """A row that adds others; by its text those of some konton ("15", or "1510" to "1599"), or else those above it."""

    rad: int
    etikett: str
    konton: tuple[str, str] | None
    belopp: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Grupprubrik:
    """A row of text only, where a new group begins."""

    rad: int


Listrad = Listkonto | Summarad | Grupprubrik


@dataclass(slots=True)
class Listrader:
    """All rows in order, the names that they give objekt, how many rows of each kind were skipped, and the rows that
    have an amount or a konto which cannot be read.
    """

    rader: list[Listrad] = field(default_factory=list)
    objekt: dict[Objekt, str] = field(default_factory=dict)
    överhoppade: Counter[str] = field(default_factory=Counter)
    oläsliga: set[int] = field(default_factory=set)


def read_rader(blad: Listblad, kolumner: Kolumner, problem: Problemsamling) -> Listrader:
    """Read every row under the headings; an amount that cannot be read is a problem with its place."""
    svar = Listrader()

    def är_konto(rad: int) -> bool:
        return KONTO.fullmatch(blad.text(rad, kolumner.konto)) is not None

    belopp, svar.oläsliga = read_belopp(blad, kolumner, är_konto, problem)
    for rad in poster(blad, kolumner, belopp, svar.överhoppade):
        _read_rad(blad, kolumner, rad, belopp.get(rad, {}), svar, problem)
    säg_överhoppade(svar.överhoppade, problem)
    return svar


def poster(
    blad: Listblad, kolumner: Kolumner, belopp: Mapping[int, Mapping[int, int]], överhoppade: Counter[str]
) -> Iterator[int]:
    """The rows under the headings that are not only paper; those that are, are counted."""
    titel = {tuple(_texter(blad, rad).items()) for rad in blad.rader if rad <= kolumner.rad}
    rader = [rad for rad in sorted(blad.rader) if rad > kolumner.rad]
    överhoppade["tomma"] = (rader[-1] - kolumner.rad - len(rader)) if rader else 0
    for rad in rader:
        texter = _texter(blad, rad)
        if not texter and rad not in belopp:
            överhoppade["tomma"] += 1
        elif tuple(texter.items()) in titel:
            överhoppade["upprepade rubriker"] += 1
        elif _är_sidfot(texter, kolumner.konto) and len(belopp.get(rad, ())) < 2:
            överhoppade["sidhuvuden och sidfötter"] += 1
        else:
            yield rad


def _är_sidfot(texter: Mapping[int, str], konto: int) -> bool:
    return bool(SIDFOT.match(next(iter(texter.values()), ""))) and not KONTO.fullmatch(texter.get(konto, ""))


def _texter(blad: Listblad, rad: int) -> dict[int, str]:
    return {kolumn: text for kolumn in sorted(blad.rader[rad]) if (text := blad.text(rad, kolumn))}


def _read_rad(
    blad: Listblad, kolumner: Kolumner, rad: int, belopp: Mapping[int, int], svar: Listrader, problem: Problemsamling
) -> None:
    text = blad.text(rad, kolumner.konto)
    etikett = next((t for nr in kolumner.texter(blad, rad) if (t := blad.text(rad, nr))), "")
    if (träff := INTERVALL.fullmatch(text)) and len(träff[1]) == len(träff[2]):
        svar.rader.append(Summarad(rad, text, (träff[1], träff[2]), belopp) if belopp else Grupprubrik(rad))
    elif träff := KONTO.fullmatch(text):
        objekt = tuple(read_objekt(blad, kolumner, rad, svar.objekt))
        namn = (träff[2] or "").strip() or (blad.text(rad, kolumner.namn) if kolumner.namn else "")
        svar.rader.append(Listkonto(rad, träff[1], namn, objekt, belopp))
    elif not belopp:
        svar.rader.append(Grupprubrik(rad))
        svar.överhoppade["med bara text"] += 1
    elif SUMMA.search(etikett):
        svar.rader.append(Summarad(rad, etikett, konton_i(etikett), belopp))
    elif text:
        fel = f"Kontonumret {visa(text)} är inte ett nummer, men raden har belopp. Rätta kontot i ekonomisystemet."
        problem.fel(fel, blad.plats(rad, kolumner.konto), "konto som inte är ett nummer")
        svar.oläsliga.add(rad)
    else:
        fel = (
            "Raden har belopp men inget konto. Är den en summa ska den heta Summa; annars ska kontot stå på varje rad."
        )
        problem.fel(fel, blad.plats(rad, kolumner.konto), "belopp utan konto")
        svar.oläsliga.add(rad)


def konton_i(etikett: str) -> tuple[str, str] | None:
    """The konton that the text of a sum names: "Summa 15 Fordringar", "S:a 1510–1599"."""
    träff = re.search(r"(?<![\d-])(\d{1,8})(?:\s*[-–]\s*(\d{1,8}))?(?![\d-])", etikett, re.ASCII)
    return (träff[1], träff[2] or träff[1]) if träff else None


def read_objekt(blad: Listblad, kolumner: Kolumner, rad: int, namn: dict[Objekt, str]) -> Iterator[Objekt]:
    """The codes of a row's dimensions; their names are put into `namn`."""
    for nummer, (kolumn, namnkolumn) in kolumner.dimensioner.items():
        kod = blad.text(rad, kolumn)
        if not kod or är_streck(Cellinnehåll(kod)):
            continue
        kodens_namn = blad.text(rad, namnkolumn) if namnkolumn else ""
        if not namnkolumn and (träff := KOD_OCH_NAMN.fullmatch(kod)):
            kod, kodens_namn = träff.groups()
        namn[nummer, kod] = namn.get((nummer, kod)) or kodens_namn
        yield nummer, kod


def read_belopp(
    blad: Listblad, kolumner: Kolumner, är_post: Callable[[int], bool], problem: Problemsamling
) -> tuple[dict[int, dict[int, int]], set[int]]:
    """The amounts by row and column, in öre, and the rows that have one which cannot be read.

    What is no amount is a problem only in a row that is a record of the list, not its paper: a page number, a date.
    """
    celler = {
        (rad, nr): cell
        for rad, cellerna in sorted(blad.rader.items())
        if rad > kolumner.rad
        for nr in kolumner.belopp
        if (cell := cellerna.get(nr)) and not (cell.slag == "värde" and cell.värde == "")
    }
    skrift = bestäm_talskrift(celler.values())
    svar: dict[int, dict[int, int]] = {}
    oläsliga = set()
    for (rad, nr), cell in celler.items():
        if not är_belopp(cell) and not är_streck(cell) and not är_post(rad):
            continue
        try:
            öre = tolka_öre(cell, skrift)
            svar.setdefault(rad, {})[nr] = _med_sida(blad, kolumner, rad, nr, öre)
        except Cellfel as fel:
            text = f"{kolumner.belopp[nr]} {fel}"
            problem.fel(text, blad.plats(rad, nr), "belopp")
            oläsliga.add(rad)
    return svar, oläsliga


def _med_sida(blad: Listblad, kolumner: Kolumner, rad: int, nr: int, öre: int) -> int:
    """The amount with the sign that its column of D and K gives it."""
    if nr not in kolumner.sidor or not öre:
        return öre
    sida = blad.text(rad, kolumner.sidor[nr]).casefold()
    if sida not in ("d", "k", "debet", "kredit"):
        raise Cellfel("har inget D eller K i kolumnen bredvid. Exportera listan på nytt.")
    if öre < 0:
        raise Cellfel("har både minus och D eller K. Exportera listan på nytt.")
    return öre if sida.startswith("d") else -öre


def säg_överhoppade(antal: Counter[str], problem: Problemsamling) -> None:
    """Say how many rows of each kind are not read."""
    delar = [f"{nr} {EN_RAD.get(slag, slag) if nr == 1 else slag}" for slag, nr in antal.items() if nr]
    if delar:
        problem.upplysning(f"Rader som hoppas över: {', '.join(delar)}.")
