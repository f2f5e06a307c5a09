"""`kontoplan.csv` → Kontoplan: which post, note row and function every konto belongs to."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Literal

from finsam.model.forbund import RESTEN, Förbund, Kontoplan, Kontorad, Kostnadsgrupp, Not, Notrad, NyRad, Radetikett
from finsam.model.ord import ascii_id, i_parentes, uppräkning, versal
from finsam.model.problem import Nivå, Problem
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
RADID = re.compile(r"[a-z0-9_]+")
Radnyckel = Literal["noter", "kostnadsfördelning"]
RADNYCKLAR: Mapping[Radnyckel, str] = {"noter": "Not-raden", "kostnadsfördelning": "Funktionen"}
"""Where the rows of a column stand in forbund.yml, and what the column is called."""

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
    rader_av = {nyckel: _Rader(nyckel, förbund) for nyckel in RADNYCKLAR}
    klara = []
    for nr, celler in rader:
        if len(problem) > HÖGST_FEL:
            problem.append(Problem("fel", FLER_FEL, fil, f"rad {nr}"))
            break
        kontorad, fel_i_raden = _kontorad(nr, celler, rader_av)
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
    nya = tuple(ny for del_ in rader_av.values() for ny in del_.nya.values())
    problem += [Problem(*rader_av[ny.nyckel].om_ny(ny), fil) for ny in nya]
    return Kontoplan(tuple(klara), fil, nya), problem


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


def _kontorad(nr: int, celler: dict[str, str], rader_av: Mapping[Radnyckel, _Rader]) -> tuple[Kontorad, list[str]]:
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
    not_rad, fel_i_noten = rader_av["noter"].tolka(not_rad, nr, post)
    funktion, fel_i_funktionen = rader_av["kostnadsfördelning"].tolka(funktion, nr, post)
    fel += [*fel_i_noten, *fel_i_funktionen]
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


class _Rader:
    """The rows that a column may name: those of forbund.yml, by id or name, and new ones by name alone.

    `individ.Nya teamet` is the row nya_teamet of the group individ; an id that is not there may be a slip of the pen.
    """

    def __init__(self, nyckel: Radnyckel, förbund: Förbund) -> None:
        self.nyckel, self.vad, self.förbund = nyckel, RADNYCKLAR[nyckel], förbund
        delar: tuple[Not | Kostnadsgrupp, ...] = getattr(förbund, nyckel)
        self.delar = {del_.id: (nr, del_) for nr, del_ in enumerate(delar)}
        self.namn = {f"{del_.id}.{rad.id}": rad.etikett for del_ in delar for rad in del_.rader if _har_konton(rad)}
        self.nya: dict[str, NyRad] = {}
        self.okända: dict[str, int] = {}

    def tolka(self, skrivet: str, nr: int, post: str) -> tuple[str, list[str]]:
        """The id of what is written in a cell of a line, and what is wrong with it."""
        grupp, _, rad = skrivet.partition(".")
        if not skrivet or skrivet in self.namn or skrivet in self.nya:
            return skrivet, []
        if grupp in self.delar and rad and not RADID.fullmatch(rad):
            return self._av_namn(grupp, rad), []
        if skrivet in self.okända:
            return skrivet, [f"{self.vad} {visa(skrivet)} finns inte; se rad {self.okända[skrivet]}."]
        self.okända[skrivet] = nr
        text = f"{self.vad} {visa(skrivet)} finns inte under {self.nyckel} i forbund.yml."
        return skrivet, [f"{text}{förslag(skrivet, self.namn)}{self._råd(grupp, rad, post)}"]

    def _av_namn(self, grupp: str, namn: str) -> str:
        """The row with that name, else a new one."""
        namn = i_parentes(namn)
        lika = [id_ for id_, etikett in self.namn.items() if etikett.casefold() == namn.casefold()]
        utan_konton = [rad.id for rad in self.delar[grupp][1].rader if not _har_konton(rad)]
        id_ = next((ett for ett in lika if ett.startswith(f"{grupp}.")), f"{grupp}.{ascii_id(namn, utan_konton)}")
        if id_ not in self.namn:
            self.nya.setdefault(id_, NyRad(self.nyckel, grupp, id_.removeprefix(f"{grupp}."), namn))
        return id_

    def om_ny(self, ny: NyRad) -> tuple[Nivå, str]:
        """What to tell of a row that only the kontoplan has, and whether its name may be a slip of the pen."""
        egna = [etikett for id_, etikett in self.namn.items() if id_.startswith(f"{ny.grupp}.")]
        fråga = förslag(ny.etikett, egna)
        text = f"Raden {visa(ny.etikett)} är ny i {ny.grupp} ({self.nyckel}) och heter {ny.grupp}.{ny.id}.{fråga}"
        return "varning" if fråga else "upplysning", text

    def _råd(self, grupp: str, rad: str, post: str) -> str:
        """The lines to add where the row is new."""
        if not rad:
            return ""
        namn = versal(rad.replace("_", " ")) if RADID.fullmatch(rad) else i_parentes(rad)
        raden = f"{{id: {ascii_id(rad)}, etikett: {namn}}}"
        if grupp in self.delar:
            fil, plats = self.förbund.var((self.nyckel, self.delar[grupp][0]))
            var = ", ".join(del_ for del_ in (fil, plats) if del_)
            return f" Är raden ny: skriv dess namn här ({grupp}.{namn}), eller lägg till - {raden} i {grupp} ({var})."
        id_, rubrik = ascii_id(grupp), versal(grupp.replace("_", " "))
        if self.nyckel == "noter":
            ny = f"{{id: {id_}, rubrik: {rubrik}, post: {post}, rader: [{raden}]}} under noter"
        else:
            ny = f"{{id: {id_}, etikett: {rubrik}, rader: [{raden}]}} under kostnadsfördelning, och "
            ny += f"- {{id: {id_}, etikett: {rubrik}, av: [-kostnad.{id_}]}} under driftredovisning"
        return f" Är {grupp} ny: lägg till - {ny}."


def _har_konton(rad: Radetikett) -> bool:
    """A row of a note that shows a given figure has no konton."""
    return not (isinstance(rad, Notrad) and rad.fakta)
