"""Level 1 for the pages: each figure is its fact, each cell its row, and the sections say what the whole says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product, zip_longest
from pathlib import Path

from lxml import etree, html

from finsam.model.belopp import HÅRT_BLANK, TKR
from finsam.prove.manifest import KanInteVerifieras
from finsam.prove.rapportfil import Faktum, Rapport, visar
from finsam.prove.sida import jämn
from finsam.prove.verifiera.plats import Plats, Steg, klart
from finsam.report.text import FORMAT
from finsam.report.visning import exakt, visa_fakta

_STYCKEN = ("p", "li", "td", "th", "caption", "figcaption", "dt", "dd")


@dataclass(frozen=True, slots=True)
class Visat:
    """A fact as a page shows it: its key, exact value, the words, and where."""

    nyckel: str
    värde: str | None
    text: str
    plats: str


def pröva_html(plats: Plats, rapport: Rapport) -> Iterator[Steg]:
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
    problem = problem or list(_andra_ord(träd, delar, hel))
    yield klart("sektioner/*.html", f"{len(i_delar)} tal och ord i {len(delar)} sidor", f"är de i {hel}", problem)


def _andra_ord(träd: html.HtmlElement, delar: list[html.HtmlElement], hel: str) -> Iterator[str]:
    """Sentences and cells of the whole page that the sections' pages do not have in the same place."""
    for a, b in zip_longest(_stycken(träd), (text for del_ in delar for text in _stycken(del_))):
        if a != b:
            yield f"{(a or 'ingenting')[:200]} i {hel}, {(b or 'ingenting')[:200]} i avsnittet"


def _stycken(träd: html.HtmlElement) -> list[str]:
    return [jämn(e.text_content()) for e in _huvud(träd).iter(*_STYCKEN)]


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
            yield Visat(nyckel, element.get("value"), element.text_content(), jämn(var))


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
    halv = f.halv
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
                    yield f"{tabell.plats(rad, nr)}: visar {td.text_content()}, i rapport.json {visat}".replace(
                        HÅRT_BLANK, " "
                    )
