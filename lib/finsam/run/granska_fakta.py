"""Level 1: the same fact has the same value in every file of a run. Nothing is executed.

`rapport.json` is what the others are held against, and it is held against itself: each cell against its fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product, zip_longest
from pathlib import Path

from lxml import etree, html
from nbformat import from_dict

from finsam.model.belopp import HÅRT_BLANK, MINUS, TKR, avrunda
from finsam.report.text import FORMAT
from finsam.report.visning import exakt, visa_fakta
from finsam.run.granska_xlsx import granska_xlsx
from finsam.run.granskning import Plats, Steg, klart
from finsam.run.manifest import KanInteVerifieras, read_json
from finsam.run.montering import tabeller_i
from finsam.run.rapportfil import Faktum, Rad, Rapport, Tabell, read_rapport

_TAL = re.compile(rf"({MINUS}?)(\d[\d{HÅRT_BLANK}]*(?:,\d+)?)(?:{HÅRT_BLANK}(kr|tkr|%)({MINUS}?))?")
_FAKTOR = {"kr": Decimal(1), "tkr": 1 / TKR, "%": Decimal(100)}
_LITET = Decimal("1e-7")


@dataclass(frozen=True, slots=True)
class Visat:
    """A fact as a page shows it: its key, exact value, the words, and where."""

    nyckel: str
    värde: str | None
    text: str
    plats: str


def granska_fakta(plats: Plats) -> Iterator[Steg]:
    """The steps of level 1. What is read back from the finished files is listed here and nowhere else."""
    try:
        rapport = read_rapport(plats.katalog)
    except KanInteVerifieras as fel:
        yield Steg(1, "rapport.json", str(fel), "skiljer")
        return
    yield _rapport(rapport)
    yield _notebooks(plats, rapport)
    yield from _html(plats, rapport)
    yield granska_xlsx(plats.katalog / f"{plats.körning.rapport}.xlsx", rapport)
    text = "läses inte tillbaka på den här nivån; den jämförs som fil på nivå 0 och 2"
    yield Steg(1, f"{plats.körning.rapport}.pdf", text, "upplysning")


# ---------------------------------------------------------------- rapport.json


def _rapport(rapport: Rapport) -> Steg:
    problem, antal = [], 0
    for tabell in rapport.tabeller:
        for rad in tabell.rader:
            for nr, nyckel in enumerate(rad.fakta):
                if nyckel is not None:
                    antal += 1
                    if fel := _cellfel(rapport, tabell, rad, nr, nyckel):
                        problem.append(f"{_var(tabell, rad, nr)}: {fel}")
    return klart("rapport.json", f"{antal} celler i {len(rapport.tabeller)} tabeller", "visar sina fakta", problem)


def _var(tabell: Tabell, rad: Rad, nr: int) -> str:
    kolumn = tabell.kolumner[nr] if nr < len(tabell.kolumner) else f"kolumn {nr + 1}"
    return f"{tabell.rubrik}, {rad.etikett}, {kolumn}"


def _cellfel(rapport: Rapport, tabell: Tabell, rad: Rad, nr: int, nyckel: str) -> str:
    """What is wrong with a cell; empty when nothing is."""
    f = rapport.fakta.get(nyckel)
    if f is None or nr >= len(rad.varden) or nr >= len(rad.visat):
        return f"faktat {nyckel} finns inte" if f is None else "cellen saknar värde"
    värde, visat = rad.varden[nr], rad.visat[nr]
    if f.varde is None or värde is None:
        return "" if f.varde is None and värde is None else f"visar {värde}, men {nyckel} är {f.visat or 'tomt'}"
    faktor = (
        Decimal(100) if f.enhet == "andel" else 1 / TKR if tabell.enhet == "tkr" and f.enhet == "kr" else Decimal(1)
    )
    tillåtna = {abs(f.varde) * faktor, abs(f.varde)}
    minsta = faktor * _halv(f) + _LITET
    if not any(abs(abs(värde) - tal) <= minsta for tal in tillåtna):
        return f"värdet är {värde}, men {nyckel} är {f.visat} {f.enhet}"
    return "" if visar(visat, värde) else f"visar {visat.replace(HÅRT_BLANK, ' ')}, men värdet är {värde}"


def _halv(f: Faktum) -> Decimal:
    """Half of the last decimal that the fact is written with: what its exact value may differ by."""
    return Decimal(1).scaleb(int((f.varde or Decimal(0)).as_tuple().exponent)) / 2


def visar(text: str, värde: Decimal) -> bool:
    """Whether the printed figure is the value, rounded to the decimals it is printed with.

    The value is in the table's unit; a figure with a unit of its own may also be in kronor or a ratio. A mark that
    is no number (– or blank) stands for nil.

    >>> visar("−1\u00a0235", Decimal("-1234.5")), visar("601\u00a0tkr", Decimal(600900)), visar("–", Decimal(5))
    (True, True, False)
    """
    träff = _TAL.fullmatch(text)
    if not träff:
        return not värde
    tecken, siffror, enhet, efter = träff.groups()
    tal = Decimal(siffror.replace(HÅRT_BLANK, "").replace(",", "."))
    visat = -tal if tecken or efter else tal
    decimaler = max(0, -int(tal.as_tuple().exponent))
    möjliga = {värde, värde * _FAKTOR.get(enhet or "kr", Decimal(1))}
    return any(avrunda(m + d, decimaler) == visat for m in möjliga for d in (Decimal(0), _LITET, -_LITET))


# ---------------------------------------------------------------- the executed notebooks


def _notebooks(plats: Plats, rapport: Rapport) -> Steg:
    """The tables that the executed notebooks hold are those of rapport.json, in the same order."""
    tabeller: list[Tabell] = []
    problem: list[str] = []
    for namn in plats.körning.notebooks:
        try:
            tabeller += _tabeller_i(plats.katalog / "sektioner" / namn)
        except KanInteVerifieras as fel:
            problem.append(str(fel))
    problem = problem or tabellskillnader(rapport.tabeller, tuple(tabeller), "rapport.json", "avsnittet")
    antal = f"{len(tabeller)} tabeller i {len(plats.körning.notebooks)} körda avsnitt"
    return klart("sektioner/*.ipynb", antal, "är de i rapport.json", problem)


def _tabeller_i(fil: Path) -> list[Tabell]:
    """The tables of an executed notebook. Raises KanInteVerifieras."""
    nb = read_json(fil)
    try:
        return [Tabell.model_validate(t) for t in tabeller_i([from_dict(nb)])]
    except (TypeError, KeyError, AttributeError, ValueError):
        raise KanInteVerifieras(f"{fil.name} är ingen körd notebook.") from None


def tabellskillnader(ena: tuple[Tabell, ...], andra: tuple[Tabell, ...], vem: str, mot: str) -> list[str]:
    """Where two documents' tables differ: table, row and column with both figures."""
    ut: list[str] = []
    for a, b in zip_longest(ena, andra):
        if a is None or b is None:
            ut.append(f"tabellen {(a or b).id} finns bara i {vem if a else mot}")
        elif a != b:
            ut += _i_tabell(a, b, vem, mot) or [f"{a.rubrik}: rubriker, enhet eller kolumner skiljer"]
    return ut


def _i_tabell(a: Tabell, b: Tabell, vem: str, mot: str) -> list[str]:
    ut = []
    for rad, motrad in zip_longest(a.rader, b.rader):
        if rad is None or motrad is None or (rad.id, rad.etikett) != (motrad.id, motrad.etikett):
            return [f"{a.rubrik}: raderna är inte desamma ({(rad or motrad).etikett})"]
        for nr, (ett, två) in enumerate(zip_longest(_celler(rad), _celler(motrad))):
            if ett != två:
                ut.append(f"{_var(a, rad, nr)}: {_ord(ett)} i {vem}, {_ord(två)} i {mot}")
    return ut


def _celler(rad: Rad) -> list[tuple[str, Decimal | None, str | None]]:
    return list(zip(rad.visat, rad.varden, rad.fakta, strict=False))


def _ord(cell: tuple[str, Decimal | None, str | None] | None) -> str:
    if cell is None:
        return "ingenting"
    visat = cell[0].replace(HÅRT_BLANK, " ")
    return visat if cell[1] is None else f"{visat} ({cell[1]})"


# ---------------------------------------------------------------- pages


def _html(plats: Plats, rapport: Rapport) -> Iterator[Steg]:
    """The whole page against the facts and tables, and each section's page against the whole."""
    hel = f"{plats.körning.rapport}.html"
    try:
        träd = read_html(plats.katalog / hel)
        delar = [read_html(plats.katalog / "sektioner" / f"{Path(n).stem}.html") for n in plats.körning.notebooks]
    except KanInteVerifieras as fel:
        yield Steg(1, hel, str(fel), "skiljer")
        return
    visade = list(visat_i(_huvud(träd)))
    problem = [f"{v.plats}: {vad}" for v in visat_i(träd) if (vad := _sidfel(v, rapport))]
    problem += _tabellceller(träd, rapport)
    yield klart(hel, f"{len(visade)} tal och ord", "visar sina fakta", problem)
    i_delar = [v for del_ in delar for v in visat_i(_huvud(del_))]
    problem = [
        f"{(a or b).plats}: {a.text if a else 'ingenting'} i {hel}, {b.text if b else 'ingenting'} i avsnittet"
        for a, b in zip_longest(visade, i_delar)
        if (a and (a.nyckel, a.värde, a.text)) != (b and (b.nyckel, b.värde, b.text))
    ]
    yield klart("sektioner/*.html", f"{len(i_delar)} tal och ord i {len(delar)} sidor", f"är de i {hel}", problem)


def read_html(fil: Path) -> html.HtmlElement:
    """A page as a tree. Raises KanInteVerifieras."""
    try:
        return html.document_fromstring(fil.read_bytes(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except FileNotFoundError:
        raise KanInteVerifieras(f"{fil.name} finns inte.") from None
    except (OSError, ValueError, etree.LxmlError):
        raise KanInteVerifieras(f"{fil.name} är ingen HTML-sida.") from None


def _huvud(träd: html.HtmlElement) -> html.HtmlElement:
    """The document itself, without what is put after it."""
    return next(träd.iter("main"), träd)


def visat_i(träd: html.HtmlElement) -> Iterator[Visat]:
    """Every fact that a page shows, in order."""
    rubrik, tabell = "", ""
    for element in träd.iter("h1", "h2", "h3", "h4", "h5", "caption", "data", "span"):
        if element.tag == "caption":
            tabell = element.text_content()
        elif str(element.tag).startswith("h"):
            rubrik = element.text_content()
        elif nyckel := element.get("data-fakta"):
            rad = next((a for a in element.iterancestors("tr")), None)
            etikett = "" if rad is None else "".join(th.text_content() for th in rad.iterfind("th"))
            var = rubrik if rad is None else f"{tabell}, {etikett}"
            yield Visat(nyckel, element.get("value"), element.text_content(), " ".join(var.split()))


def _sidfel(v: Visat, rapport: Rapport) -> str:
    """What is wrong with a fact on a page; empty when nothing is."""
    f = rapport.fakta.get(v.nyckel)
    text = v.text.replace(HÅRT_BLANK, " ")
    if f is None:
        return f"visar {text} som {v.nyckel}, som inte finns i rapport.json"
    if f.varde is None:
        rätt = v.text == visa_fakta(f.fakta(v.nyckel), "text") or not (f.text or any(map(str.isdigit, v.text)))
        return "" if rätt else f"visar {text}, men {v.nyckel} är {f.text or 'tomt'}"
    if v.värde != exakt(f.fakta(v.nyckel)):
        return f"har värdet {v.värde} för {v.nyckel}, i rapport.json är det {f.visat}"
    return "" if v.text in _skrivsätt(f, v.nyckel) or _i_cell(v, f) else f"visar {text}, men {v.nyckel} är {f.visat}"


def _skrivsätt(f: Faktum, nyckel: str) -> Iterator[str]:
    """Every way a sentence may print the fact (docs/texter.md)."""
    assert f.varde is not None
    halv = _halv(f)
    for d in (Decimal(0), halv, -halv):
        fakta = f.model_copy(update={"varde": f.varde + d}).fakta(nyckel)
        for format_, utan, bara in product(FORMAT, (False, True), (False, True)):
            yield visa_fakta(fakta, format_, utan_tecken=utan, bara_tal=bara)


def _i_cell(v: Visat, f: Faktum) -> bool:
    """A figure in a table may have its sign turned or a mark for nil; the cell itself is held against its row."""
    värde = (f.varde or Decimal(0)) * (100 if f.enhet == "andel" else 1)
    return any(visar(v.text, tal) for tal in (värde, -värde, värde / TKR, -värde / TKR))


def _tabellceller(träd: html.HtmlElement, rapport: Rapport) -> Iterator[str]:
    """Each cell of a table on the page is printed as rapport.json says."""
    sidans = [t for t in träd.iter("table") if str(t.get("id", "")).startswith("tabell-")]
    for tabell, sida in zip_longest(rapport.tabeller, sidans):
        if tabell is None or sida is None or sida.get("id") != f"tabell-{tabell.id}":
            yield f"tabellen {tabell.id if tabell is not None else sida.get('id')} står inte där rapport.json har den"
            return
        rader = [tr for tr in sida.iterfind("tbody/tr") if tr.get("class") != "rubrik"]
        for rad, tr in zip_longest((r for r in tabell.rader if r.visat), rader):
            celler = [] if tr is None else [td for td in tr.iterfind("td") if td.get("class") != "not"]
            if rad is None or len(celler) != len(rad.visat):
                yield f"{tabell.rubrik}: raderna är inte de i rapport.json"
                break
            for nr, (td, visat, nyckel) in enumerate(zip(celler, rad.visat, rad.fakta, strict=False)):
                if nyckel is not None and td.text_content() != visat:
                    yield f"{_var(tabell, rad, nr)}: visar {td.text_content()}, i rapport.json {visat}".replace(
                        HÅRT_BLANK, " "
                    )
