"""Level 1 for the pages: each figure is its fact, each cell its row, and the sections say what the whole says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from lxml import etree, html

from finsam.model.belopp import HÅRT_BLANK, NOLL
from finsam.model.forbund import Visningsval
from finsam.prove.manifest import KanInteVerifieras, sha256
from finsam.prove.rapportfil import Faktum, Rapport, visar
from finsam.prove.sida import jämn, ord_i_element, ord_utom, utan_blanka
from finsam.prove.verifiera.plats import Plats, Steg, klart
from finsam.report.spar import FORMAT as SPÅRFORMAT
from finsam.report.visning import I_TABELL, exakt, visa_fakta, visa_igen

_NUMMER = re.compile(r"(?:tabell|diagram|bild)\s\d+\.?", re.IGNORECASE)
_STYCKEN = ("p", "li", "td", "th", "caption", "figcaption", "dt", "dd")


@dataclass(frozen=True, slots=True)
class Visattal:
    """A fact as a page shows it: its key, exact value, the words, how it is printed, and where.

    A part in a spår is a button that leads on: it has its words alone, and is not `exakt`.
    """

    nyckel: str
    värde: str | None
    text: str
    plats: str
    format: str
    tecken: int
    exakt: bool = True


def pröva_html(plats: Plats, rapport: Rapport, *, med_ord: bool) -> Iterator[Steg]:
    """The whole page against the facts and tables, and each section's page against the whole."""
    hel = f"{plats.körning.rapport}.html"
    try:
        träd = read_träd(plats.katalog / hel)
        delar = [read_träd(plats.katalog / "sektioner" / f"{Path(n).stem}.html") for n in plats.körning.notebooks]
    except KanInteVerifieras as fel:
        yield Steg(1, hel, str(fel), "skiljer")
        return
    visade = list(visat_i(_huvud(träd)))
    problem = [f"{v.plats}: {vad}" for v in visat_i(träd) if (vad := _sidfel(v, rapport))]
    problem += [*_tabellceller(träd, rapport), *_avtryck(träd, plats.katalog)]
    yield klart(hel, f"{len(visade)} tal och ord", "visar sina fakta", problem)
    i_delar = [v for del_ in delar for v in visat_i(_huvud(del_))]
    problem = [
        f"{(a or b).plats}: {a.text if a else 'ingenting'} i {hel}, {b.text if b else 'ingenting'} i avsnittet"
        for a, b in zip_longest(visade, i_delar)
        if (a and (a.nyckel, a.värde, a.text)) != (b and (b.nyckel, b.värde, b.text))
    ]
    if med_ord:
        problem = problem or list(_andra_ord(träd, delar, hel))
    yield klart("sektioner/*.html", f"{len(i_delar)} tal och ord i {len(delar)} sidor", f"är de i {hel}", problem)


def _avtryck(träd: html.HtmlElement, katalog: Path) -> Iterator[str]:
    """The fingerprint that the document tells is that of the file with its figures."""
    rätt = sha256(katalog / "rapport.json")
    for sagt in träd.find_class("avtryck"):
        avtryck = utan_blanka(sagt.text_content())
        if avtryck != rätt:
            yield f"avtrycket av rapport.json är {avtryck[:16]}…, men filens är {rätt[:16]}…"


def _andra_ord(träd: html.HtmlElement, delar: list[html.HtmlElement], hel: str) -> Iterator[str]:
    """Sentences and cells of the whole page that the sections' pages do not have in the same place."""
    for a, b in zip_longest(_stycken(träd), (text for del_ in delar for text in _stycken(del_))):
        if a != b:
            yield f"{(a or 'ingenting')[:200]} i {hel}, {(b or 'ingenting')[:200]} i avsnittet"


def _stycken(träd: html.HtmlElement) -> list[str]:
    """The sentences and cells of a page: the kolofon first, where its section is, and no number that only the whole
    document gives.
    """
    alla = [e for e in _huvud(träd).iter(*_STYCKEN) if e.get("class") != "spar"]
    i_kolofonen = {id(e) for kolofon in träd.iter("section") for e in kolofon.iter(*_STYCKEN)}
    ordnade = sorted(alla, key=lambda e: id(e) not in i_kolofonen)
    return [text for e in ordnade if (text := jämn(ord_utom(e, _är_nummer_eller_knapp)))]


def _är_nummer_eller_knapp(element: html.HtmlElement) -> bool:
    """Whether it is a button, or says the number of a table or a picture."""
    klass = element.get("class", "")
    nummer = klass in ("slagnr", "hanvisning") and bool(_NUMMER.fullmatch(element.text_content()))
    return nummer or element.tag == "button" or (klass == "hanvisning" and element.tag == "span")


def read_träd(fil: Path) -> html.HtmlElement:
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


def visat_i(träd: html.HtmlElement) -> Iterator[Visattal]:
    """Every fact that a page shows, in order."""
    rubrik, tabell = "", ""
    for element in träd.iter("h1", "h2", "h3", "h4", "h5", "caption", "data", "span", "button"):
        if element.tag == "caption":
            tabell = ord_i_element(element)
        elif str(element.tag).startswith("h"):
            rubrik = element.text_content()
        elif element.tag == "button":
            förälder = element.getparent()
            if förälder is not None and förälder.tag == "li" and "class" not in element.attrib:
                spår = element.get("popovertarget", "").removeprefix("spar-")
                yield Visattal(spår, None, element.text_content(), jämn(rubrik), "", 1, exakt=False)
        elif nyckel := element.get("data-fakta"):
            rad = next((a for a in element.iterancestors("tr")), None)
            etikett = "" if rad is None else "".join(th.text_content() for th in rad.iterfind("th"))
            var = rubrik if rad is None else f"{tabell}, {etikett}"
            tecken = -1 if element.get("data-tecken") == "-1" else 1
            text = element.text_content()
            yield Visattal(nyckel, element.get("value"), text, jämn(var), element.get("data-format", ""), tecken)


def _sidfel(v: Visattal, rapport: Rapport) -> str:
    """What is wrong with a fact on a page; empty when nothing is."""
    f = rapport.fakta.get(v.nyckel)
    text = v.text.replace(HÅRT_BLANK, " ")
    if f is None:
        return f"visar {text} som {v.nyckel}, som inte finns i rapport.json"
    if f.varde is None:
        rätt = v.text == visa_fakta(f.fakta(v.nyckel), "text") or not (f.text or any(map(str.isdigit, v.text)))
        return "" if rätt else f"visar {text}, men {v.nyckel} är {f.text or 'tomt'}"
    if v.exakt and v.värde != exakt(f.fakta(v.nyckel)):
        return f"har värdet {v.värde} för {v.nyckel}, i rapport.json är det {f.visat}"
    rätta = _rätta(v, f)
    if v.text in rätta or _är_märke_för_noll(v, f):
        return ""
    return f"visar {text}, men {v.nyckel} är {f.visat}, tryckt {rätta[0].replace(HÅRT_BLANK, ' ')}"


def _rätta(v: Visattal, f: Faktum) -> list[str]:
    """How the fact is printed, in the format that the page says; first as its written value is.

    The exact value has more decimals than rapport.json, and just beside a half it may have been rounded the other way.
    """
    assert f.varde is not None
    format_ = v.format or SPÅRFORMAT.get(f.enhet, "text")  # only in a spår is the format not said
    möjliga = (f.varde, f.varde + f.halv, f.varde - f.halv)
    fakta = [f.model_copy(update={"varde": värde}).fakta(v.nyckel) for värde in möjliga]
    return [visa_igen(ett, format_, v.tecken, Visningsval()) for ett in fakta]


def _är_märke_för_noll(v: Visattal, f: Faktum) -> bool:
    """Whether it is nil in a table, which is printed as the förbund has chosen; the cell is held against its row."""
    return I_TABELL in v.format.split() and not f.varde and visar(v.text, NOLL)


def _tabellceller(träd: html.HtmlElement, rapport: Rapport) -> Iterator[str]:
    """Each cell of a table on the page is printed as rapport.json says."""
    sidans = [t for t in träd.iter("table") if str(t.get("id", "")).startswith("tabell-")]
    for tabell, sida in zip_longest((t for t in rapport.tabeller if t.form in ("tabell", "webb")), sidans):
        if tabell is None or sida is None or sida.get("id") != f"tabell-{tabell.id}":
            yield f"tabellen {tabell.id if tabell is not None else sida.get('id')} står inte där rapport.json har den"
            return
        rader = [tr for tr in sida.iterfind("tbody/tr") if tr.get("class") != "rubrik"]
        for rad, tr in zip_longest((r for r in tabell.rader if r.visat), rader):
            celler = [] if tr is None else [td for td in tr.iterfind("td") if td.get("class") not in ("not", "spar")]
            if rad is None or len(celler) != len(rad.visat):
                yield f"{tabell.rubrik}: raderna är inte de i rapport.json"
                break
            for nr, (td, visat, nyckel) in enumerate(zip(celler, rad.visat, rad.fakta, strict=False)):
                if nyckel is not None and td.text_content() != visat:
                    yield f"{tabell.plats(rad, nr)}: visar {td.text_content()}, i rapport.json {visat}".replace(
                        HÅRT_BLANK, " "
                    )
