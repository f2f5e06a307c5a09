"""`kontoplan.csv` → Kontoplan: which post, note row and function every konto belongs to."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

from finsam.model.forbund import RESTEN, Förbund, Kontoplan, Kontorad
from finsam.model.ord import uppräkning
from finsam.model.problem import Problem
from finsam.read.indata import FLER_FEL, HÖGST_FEL, förslag, nfc, osynliga_tecken, read_bytes, visa

HÖGST_BYTE = 1_000_000

POSTER = (
    "rr.verksamhetens_intakter",
    "rr.verksamhetens_kostnader",
    "rr.avskrivningar",
    "rr.finansiella_intakter",
    "rr.finansiella_kostnader",
    "rr.extraordinara_poster",
    "rr.bokslut",
    "br.immateriella",
    "br.materiella",
    "br.finansiella_anlaggningstillgangar",
    "br.forrad",
    "br.fordringar",
    "br.kortfristiga_placeringar",
    "br.kassa_bank",
    "br.eget_kapital",
    "br.avsattningar",
    "br.langfristiga_skulder",
    "br.kortfristiga_skulder",
)
"""The posts a konto can belong to (LKBR 5 kap. 2 §, 6 kap. 2 §); rr.bokslut is årets resultat (89)."""

MED_FUNKTION = ("rr.verksamhetens_kostnader", "rr.avskrivningar")
"""The posts whose konton have a function in the kostnadsfördelning."""

KOLUMNER = ("konto", "objekt", "post", "not_rad", "funktion")
ALLA_KOLUMNER = (*KOLUMNER, "anmärkning")

KONTO = re.compile(r"([0-9]{1,10})(?:\s*[-–]\s*([0-9]{1,10}))?")
OBJEKT = re.compile(r"[0-9]+:\S+")

ANDRA_TECKEN = {",": "komma", "\t": "tabbtecken", ":": "kolon", "|": "lodstreck", " ": "blanksteg"}

Rad = tuple[int, dict[str, str]]


def read_kontoplan(path: Path, fil: str, förbund: Förbund) -> tuple[Kontoplan | None, list[Problem]]:
    """All lines of the kontoplan, checked against the förbund's notes and functions; None when any is wrong."""
    byte, problem = read_bytes(path, fil, HÖGST_BYTE)
    if byte is None:
        return None, problem
    text, problem = _text(byte, fil)
    rader, fel = ([], []) if text is None else _rader(text, fil)
    problem += [*osynliga_tecken(text or "", fil), *fel]
    sedda: dict[tuple[str, ...], int] = {}
    klara = []
    for nr, celler in rader:
        if len(problem) > HÖGST_FEL:
            problem.append(Problem("fel", FLER_FEL, fil, f"rad {nr}"))
            break
        kontorad, fel_i_raden = _kontorad(nr, celler, förbund)
        nyckel = (kontorad.från, kontorad.till, kontorad.objekt)
        if nyckel in sedda:
            vad = " ".join(del_ for del_ in (celler["konto"], celler["objekt"]) if del_)
            fel_i_raden.append(f"Konto {vad} finns redan på rad {sedda[nyckel]}; ta bort den ena raden.")
        sedda.setdefault(nyckel, nr)
        problem += [Problem("fel", mening, fil, f"rad {nr}") for mening in fel_i_raden]
        klara.append(kontorad)
    if not rader and not any(ett.nivå == "fel" for ett in problem):
        problem.append(Problem("fel", "Filen har inga konton under rubrikraden.", fil))
    if any(ett.nivå == "fel" for ett in problem):
        return None, problem
    return Kontoplan(tuple(klara), fil), problem


def _text(byte: bytes, fil: str) -> tuple[str | None, list[Problem]]:
    """The text of the file: UTF-8, or what Excel on an older Windows writes."""
    if byte.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return None, [Problem("fel", "Filen är en Excelarbetsbok. Spara den som CSV UTF-8 med semikolon.", fil)]
    if byte.startswith((b"\xff\xfe", b"\xfe\xff")) or byte.count(b"\0") > len(byte) // 10:
        return None, [Problem("fel", "Filen är inte vanlig text. Spara den som CSV UTF-8 med semikolon.", fil)]
    try:
        return nfc(byte.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        pass
    try:
        text = byte.decode("cp1252")
    except UnicodeDecodeError:
        return None, [Problem("fel", "Filens tecken går inte att tolka. Spara den som CSV UTF-8 med semikolon.", fil)]
    return text, [Problem("upplysning", "Filen är inte sparad som UTF-8 utan läses som Windows-1252.", fil)]


def _rader(text: str, fil: str) -> tuple[list[Rad], list[Problem]]:
    """Line number and columns of every line that is not empty or a remark."""
    läsare = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True)
    rader: list[Rad] = []
    problem: list[Problem] = []
    rubriker: list[str] | None = None
    try:
        for celler in läsare:
            celler = [cell.strip() for cell in celler]
            if not any(celler) or celler[0].startswith("#"):
                continue
            if rubriker is None:
                rubriker = [cell.casefold() for cell in celler]
                problem += [Problem("fel", mening, fil, f"rad {läsare.line_num}") for mening in _rubrikfel(celler)]
                if problem:
                    return [], problem
            elif any(celler[len(rubriker) :]):
                mening = f"Raden har {len(celler)} värden men rubrikraden {len(rubriker)}; räkna semikolonen."
                problem.append(Problem("fel", mening, fil, f"rad {läsare.line_num}"))
            else:
                celler += [""] * (len(rubriker) - len(celler))
                rader.append((läsare.line_num, dict(zip(rubriker, celler, strict=False))))
    except csv.Error:
        mening = "Raden går inte att tolka; ett citattecken är inte avslutat."
        problem.append(Problem("fel", mening, fil, f"rad {läsare.line_num}"))
    if rubriker is None and not problem:
        problem.append(Problem("fel", f"Filen är tom. Första raden ska vara {';'.join(ALLA_KOLUMNER)}", fil))
    return rader, problem


def _rubrikfel(rubriker: list[str]) -> Iterator[str]:
    små = [rubrik.casefold() for rubrik in rubriker if rubrik]
    saknas = [kolumn for kolumn in KOLUMNER if kolumn not in små]
    if len(saknas) == len(KOLUMNER):
        if delade := _delade_med(rubriker[0]):
            yield f"Kolumnerna är skilda åt med {delade}. Spara filen som CSV UTF-8 med semikolon."
            return
        yield f"Rubrikraden saknas eller är inte delad med semikolon. Den ska vara {';'.join(ALLA_KOLUMNER)}"
        return
    for kolumn in saknas:
        yield f"Kolumnen {kolumn} saknas i rubrikraden."
    for nr, rubrik in enumerate(små):
        if rubrik not in ALLA_KOLUMNER:
            yield f"Kolumnen {visa(rubrik)} hör inte till kontoplanen.{förslag(rubrik, saknas)}"
        elif rubrik in små[:nr]:
            yield f"Kolumnen {rubrik} finns två gånger."


def _delade_med(rubrik: str) -> str:
    """What parts the columns when it is not a semicolon; nothing when there are no columns at all."""
    delad = re.fullmatch(r"\W*konto(\s*[^\w\s]+\s*|\s+)objekt\b.*", rubrik, re.IGNORECASE)
    if not delad:
        return ""
    tecken = delad[1].strip() or delad[1][0]
    return ANDRA_TECKEN.get(tecken, visa(tecken))


def _kontorad(nr: int, celler: dict[str, str], förbund: Förbund) -> tuple[Kontorad, list[str]]:
    """A line of the kontoplan, and every sentence on what is wrong with it."""
    från, till, fel = _spann(celler["konto"])
    objekt, post, not_rad, funktion = (celler[kolumn] for kolumn in KOLUMNER[1:])
    if objekt.casefold() == RESTEN:
        objekt = RESTEN
    elif objekt and not OBJEKT.fullmatch(objekt):
        text = f"Objektet {visa(objekt)} ska skrivas som dimension:kod, till exempel 6:CT, eller {RESTEN}."
        fel.append(text)
    if not post:
        fel.append("Posten saknas, till exempel rr.verksamhetens_kostnader.")
    elif post not in POSTER:
        råd = förslag(post, POSTER) or f" Poster är {uppräkning(POSTER, 'eller')}."
        fel.append(f"Posten {visa(post)} finns inte.{råd}")
    notrader = [f"{not_.id}.{rad.id}" for not_ in förbund.noter for rad in not_.rader if not rad.fakta]
    fel += _okänd("Not-raden", not_rad, notrader, "noter")
    funktioner = [f"{grupp.id}.{rad.id}" for grupp in förbund.kostnadsfördelning for rad in grupp.rader]
    fel += _okänd("Funktionen", funktion, funktioner, "kostnadsfördelning")
    if funktion and post in POSTER and post not in MED_FUNKTION:
        fel.append(f"Bara kostnader och avskrivningar har en funktion; ta bort {visa(funktion)} eller rätta posten.")
    return Kontorad(från, till, objekt, post, not_rad, funktion, nr), fel


def _spann(konto: str) -> tuple[str, str, list[str]]:
    """First and last konto of a span, a single konto or a prefix."""
    träff = KONTO.fullmatch(konto)
    if not träff:
        vad = f"är {visa(konto)}" if konto else "saknas"
        return konto, konto, [f"Kontot {vad}; skriv ett konto (5010), ett spann (5010-5013) eller en början (50)."]
    från, till = träff[1], träff[2] or träff[1]
    if len(från) != len(till):
        return från, till, [f"Spannet {visa(konto)} ska ha lika många siffror på båda sidor."]
    return från, till, [f"Spannet {visa(konto)} går baklänges; skriv {till}-{från}."] if från > till else []


def _okänd(vad: str, värde: str, finns: Collection[str], nyckel: str) -> Iterator[str]:
    if värde and värde not in finns:
        yield f"{vad} {visa(värde)} finns inte under {nyckel} i forbund.yml.{förslag(värde, finns)}"
