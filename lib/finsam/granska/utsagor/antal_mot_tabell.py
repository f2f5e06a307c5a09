"""G17, G18: meetings against the days of their table, member kommuner against theirs, and who is more than half."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from finsam.granska.begrepp import normal
from finsam.granska.fynd import Fynd, Ställe, ställe
from finsam.granska.grund import Cell, Underlag, är_delsumma
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.rad import Rad
from finsam.granska.raknord import RÄKNEORD, antal_av
from finsam.granska.sakerhet import intygad
from finsam.model.ord import MÅNADER

_TAL = rf"(?P<tal>\d{{1,2}}|{'|'.join(RÄKNEORD)})"
_MÖTEN = re.compile(
    rf"(?i)\bstyrelsen\b[^.;:]{{0,30}}\b(?:höll|hållit|haft|hade|håller|har|sammanträdde|sammanträtt|möttes|träffas)\b"
    rf"[^.;:]{{0,20}}\b{_TAL} (?:ordinarie |protokollförda )?(?:styrelse)?(?:möten|sammanträden|gånger)\b"
    rf"|(?i:\b(?:höll|håller|hade|har)\b styrelsen {_TAL.replace('tal', 'tal2')} (?:ordinarie )?(?:styrelse)?"
    r"(?:möten|sammanträden))"
)
_MÖTESRUBRIK = re.compile(
    r"(?i)\bstyrelsen?s?\b.{0,20}\b(?:möten|sammanträden|mötesdagar)|\bmötesdagar\b|\bstyrelsemöten\b"
)
_DAG = re.compile(rf"(?i)(?<!\d)\d{{1,2}} (?:{'|'.join(MÅNADER)})\b|(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
_BARA_DAGAR = re.compile(r"(?i)(?:dag|datum|tid|när)?\W*")
_MINST = 3
_TILL_KOLON = 20
"""So near is a colon that begins a list of them, which is counted elsewhere."""


def check_möten(u: Underlag) -> Iterator[Fynd]:
    """G17: how many meetings the board has, and the days of its only table or list of days."""
    for d, dok in enumerate(u.dokument):
        listor = list(_mötesdagar(dok))
        if len(listor) != 1 or dok.är_ocr:
            continue
        rad, antal = listor[0]
        for mening in dok.meningar:
            träff = _MÖTEN.search(mening.text)
            sagt = träff and (träff["tal"] or träff["tal2"])
            if not sagt or _annat_år(dok, mening):
                continue
            u.räkna("G17")
            if antal_av(sagt) != antal:
                text = f"Texten säger {sagt} möten, och {antal} dagar står i styrelsens mötesdagar."
                yield _fynd(u, d, mening, sagt, antal, text, ställe(dok.fil, rad), intygad(antal))


def _annat_år(dok: Dokument, mening: Mening) -> bool:
    åren = {int(år) for år in re.findall(r"(?<!\d)20\d\d(?!\d)", mening.text)}
    return bool(åren) and dok.år not in åren


def _mötesdagar(dok: Dokument) -> Iterator[tuple[Rad, int]]:
    """Columns of nothing but days, under or over words that say that they are the board's meetings."""
    for nr, mening in enumerate(dok.meningar):
        dagar = _DAG.findall(mening.text)
        if len(dagar) < _MINST or not _BARA_DAGAR.fullmatch(_DAG.sub("", mening.text)):
            continue
        intill = (*(m.text for m in dok.meningar[max(0, nr - 4) : nr + 5]), mening.rader[0][1].rubrik)
        if any(_MÖTESRUBRIK.search(text) for text in intill):
            yield mening.rader[0][1], len(dagar)


def _fynd(u: Underlag, d: int, mening: Mening, sagt: str, antal: int, text: str, plats: Ställe, samband: float) -> Fynd:
    rad = mening.rad(mening.text.find(sagt))
    platser = (ställe(u.dokument[d].fil, rad, sagt), plats)
    skillnad = Decimal(antal_av(sagt) - antal)
    säkerhet = u.läsning_av_text(d, rad) * samband
    return Fynd("G17", "att ta ställning till", 2, säkerhet, text, platser, "", skillnad)


# --- member kommuner --------------------------------------------------------------------------------------------------

_KOMMUNER = re.compile(rf"(?i)\b{_TAL} (?:medlemskommuner|medlemskommunerna|kommuner som medlemmar)\b")
_ANDRA = ("staten", "forsakringskassan", "arbetsformedlingen", "kommunerna", "regionen", "landstinget", "ovriga")


def check_medlemskommuner(u: Underlag) -> Iterator[Fynd]:
    """G17: how many kommuner are members, and the rows of the tables of members that sum."""
    for d in range(len(u.dokument)):
        yield from _mot_rader(u, d, _KOMMUNER, _kommuner, "medlemmar")


def _mot_rader(
    u: Underlag, d: int, mönster: re.Pattern[str], rader: Callable[[Underlag, int, int], list[Cell]], vad: str
) -> Iterator[Fynd]:
    """How many a sentence says that they are, and the rows of all tables of them, when these have the same."""
    dok = u.dokument[d]
    tabeller = [egna for t in range(len(dok.tabeller)) if (egna := rader(u, d, t))]
    if len({frozenset(normal(c.etikett) for c in egna) for egna in tabeller}) != 1:
        return
    egna = tabeller[0]
    for mening in dok.meningar:
        träff = mönster.search(mening.text)
        if not träff or ":" in mening.text[träff.end() : träff.end() + _TILL_KOLON]:
            continue
        u.räkna("G17")
        if antal_av(träff["tal"]) != len(egna):
            namn = ", ".join(c.etikett for c in egna)
            text = f"Texten säger {träff[0]}, och tabellen över {vad} har {len(egna)} ({namn})."
            samband = intygad(len(tabeller)) * u.läsning(*(c.plats for c in egna))
            yield _fynd(u, d, mening, träff["tal"], len(egna), text, u.ställe(egna[0]), samband)


def _kommuner(u: Underlag, d: int, t: int) -> list[Cell]:
    """The kommuner of a table of members, whose sum is certified; none when it is no such table."""
    tabell = u.dokument[d].tabeller[t]
    etiketter = [normal(rad.etikett) for rad in tabell.rader]
    if normal(tabell.hörn) not in ("medlem", "kommun") or not any(e.startswith("summa") for e in etiketter):
        return []
    egna: dict[int, Cell] = {}
    for (dd, tt, r, _), cell in u.celler.items():
        namn = etiketter[r] if (dd, tt) == (d, t) else ""
        if namn and not namn.startswith(("summa", "region", *_ANDRA)) and u.intygade.get(cell.plats):
            egna.setdefault(r, cell)
    return list(egna.values())


# --- insatser for individuals -----------------------------------------------------------------------------------------

_INSATSER = re.compile(rf"(?i)\b{_TAL} individinriktade (?:insatser|projekt)\b(?!\s+(?:inom|som|för|med|varav|av)\b)")


def check_individinsatser(u: Underlag) -> Iterator[Fynd]:
    """G17: how many insatser for individuals, and the rows of the tables of women and men in insatser."""
    for d in range(len(u.dokument)):
        yield from _mot_rader(u, d, _INSATSER, _deltagarrader, "deltagare")


def _deltagarrader(u: Underlag, d: int, t: int) -> list[Cell]:
    """The insatser of a table of women and men, whose last row is their certified sum."""
    tabell = u.dokument[d].tabeller[t]
    rubriker = [k.rubrik.lower() for k in tabell.kolumner]
    kvinnor = next((k for k, r in enumerate(rubriker) if "kvinnor" in r), None)
    män = any("män" in r for r in rubriker)
    sist = len(tabell.rader) - 1
    summor = [r for r, rad in enumerate(tabell.rader) if är_delsumma(rad)]
    if normal(tabell.hörn) != "insats" or kvinnor is None or not män or summor != [sist]:
        return []
    egna = [u.cell(d, t, r, kvinnor) for r in range(sist)]
    return [c for c in egna if c and u.intygade.get(c.plats)] if all(egna) else []


# --- more than half ---------------------------------------------------------------------------------------------------

_FLEST = re.compile(
    r"(?i)\b(?:mer än hälften|fler än hälften|majoriteten|de flesta|flertalet)\b[^.;:]{0,40}"
    r"\b(?:var|är) (kvinnor|män)\b"
)
_KÖN = re.compile(r"(?<!\d)(?<!\d )(\d{1,4}) (kvinnor|män)\b")


def check_flest(u: Underlag) -> Iterator[Fynd]:
    """G18: most are women, or men, by the counts of both in the same sentence or the one before."""
    for d, dok in enumerate(u.dokument):
        for nr, mening in enumerate(dok.meningar):
            träff = _FLEST.search(mening.text)
            nära = dok.meningar[max(0, nr - 1) : nr + 1]
            könen = [(m, k) for m in nära for k in _KÖN.finditer(m.text)]
            if not träff or len(könen) != 2 or {k[2] for _, k in könen} != {"kvinnor", "män"}:
                continue
            u.räkna("G18")
            antal = {k[2]: int(k[1]) for _, k in könen}
            if antal[träff[1]] * 2 <= sum(antal.values()):
                alla = sum(antal.values())
                text = f"Texten säger att mer än hälften är {träff[1]}, och {antal[träff[1]]} av {alla} är det."
                rader = [mening.rad(träff.start()), *(m.rad(k.start()) for m, k in könen)]
                platser = tuple(ställe(dok.fil, rad, *map(str, antal.values())) for rad in dict.fromkeys(rader))
                säkerhet = u.läsning_av_text(d, *rader)
                yield Fynd("G18", "att ta ställning till", 2, säkerhet, text, platser)
