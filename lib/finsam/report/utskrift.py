"""An executed section, or all of them joined, as one HTML page or one PDF."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from nbformat import NotebookNode

from finsam.model.farg import FÖRVAL, Färger, mörkt_av, ur_egen
from finsam.report.block import TYPST_MIME
from finsam.report.form.kolofon import KOLOFON, avtryck_typst, med_avtryck
from finsam.report.form.notebookstil import i_dokument
from finsam.report.form.numrering import numrera
from finsam.report.form.omslag import OMSLAG
from finsam.report.pdf import finish_pdf
from finsam.report.roller import css_roller, typst_roller
from finsam.report.text import Prosa, prosa_html, prosa_typst
from finsam.report.typst import rubrik_typst, typst_sträng

HÄR = Path(__file__).parent
_RUBRIKRAD = re.compile(r"(#{1,4}) (.*?)( \{-\})?\s*")
_RUBRIK = re.compile(r'<h([2-5])( data-onumrerad)?( data-dold)?(?: data-id="([^"]+)")?>(.*?)</h\1>', re.DOTALL)
SAMMA_SIDA = "samma-sida"
"""The tag of a cell whose chapter begins on the page where the one before it ends, when its first table has room."""
_RUM = 64
_LITET_RUM = 40
"""Millimetres of a page that a chapter needs to begin there: a fourth of it, or so much when it may share it."""


OM_AVSNITTET = "om-avsnittet"
"""The tag of a cell that says what a section is to who has its notebook open; no document has it."""


def med_ord(nb: NotebookNode) -> Iterator[NotebookNode]:
    """The Markdown cells of a notebook that are the document's."""
    return (cell for cell in nb.cells if cell.cell_type == "markdown" and not _om_avsnittet(cell))


def _om_avsnittet(cell: NotebookNode) -> bool:
    return OM_AVSNITTET in cell.metadata.get("tags", ())


@dataclass(frozen=True, slots=True)
class Utskriftsdel:
    """What one cell shows: the same thing as HTML and as Typst."""

    html: str
    typst: str


def delar(nb: NotebookNode) -> Iterator[Utskriftsdel]:
    """What a notebook shows, in order: headings and prose of its Markdown cells, and its outputs, never its code."""
    for cell in nb.cells:
        if _om_avsnittet(cell):
            continue
        if cell.cell_type == "markdown":
            tätt = not _om(nb)["ny_sida"] or SAMMA_SIDA in cell.metadata.get("tags", ())
            yield from _markdown(cell.source, tätt=tätt)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type in ("execute_result", "display_data"):
                    yield _output(output.data)


def _markdown(källa: str, *, tätt: bool = False) -> Iterator[Utskriftsdel]:
    stycken: list[str] = []
    for rad in [*källa.splitlines(), "# "]:
        träff = _RUBRIKRAD.fullmatch(rad)
        if not träff:
            stycken.append(rad)
            continue
        if "".join(stycken).strip():
            prosa = Prosa("\n".join(stycken), ())
            yield Utskriftsdel(prosa_html(prosa), prosa_typst(prosa))
        stycken = []
        if träff[2]:
            nivå, onumrerad = len(träff[1]), bool(träff[3])
            dold = onumrerad and nivå > 1  # a chapter is in the contents, numbered or not
            utan = " data-onumrerad" * onumrerad + " data-dold" * dold
            html = f"<h{nivå + 1}{utan}>{escape(träff[2])}</h{nivå + 1}>"
            rum = 0 if nivå > 1 else _LITET_RUM if tätt else _RUM
            typst = rubrik_typst(träff[2], nivå, numrerad=not onumrerad, i_förteckning=not dold, rum=rum)
            yield Utskriftsdel(html, typst)


def _output(data: dict[str, Any]) -> Utskriftsdel:
    """Our blocks have both forms; anything else (an analyst's own output) is shown as far as each format can."""
    if TYPST_MIME in data:
        return Utskriftsdel(i_dokument(data.get("text/html", "")), data[TYPST_MIME])
    text = data.get("text/plain", "")
    html = data.get("text/html") or (data.get("image/svg+xml") if "image/svg+xml" in data else "")
    if not html and "image/png" in data:
        html = f'<img alt="{escape(text)}" src="data:image/png;base64,{data["image/png"].strip()}">'
    return Utskriftsdel(html or f"<pre>{escape(text)}</pre>", f"#raw({typst_sträng(text)}, block: true)\n\n")


def sätt_nummer(html: str) -> tuple[str, str]:
    """Number the headings of a page, mend skipped levels, and make its table of contents.

    >>> sätt_nummer("<h2>Noter</h2>")[1]
    '<ol><li><a href="#noter"><span class="nr">1</span> Noter</a></li></ol>'
    """
    nummer, senaste = [0, 0], [1]
    använda = dict.fromkeys(("innehall", "innehallsforteckning", "lank-till", "spar"), 1)  # the page's own
    poster: list[tuple[int, str]] = []

    def ersätt(träff: re.Match[str]) -> str:
        onumrerad, dold, egen, text = träff[2], träff[3], träff[4], träff[5]
        nivå = senaste[0] = min(int(träff[1]), senaste[0] + 1)
        id_ = egen or _ankare(text, använda)
        nr = ""
        if nivå <= 3 and not onumrerad:
            nummer[nivå - 2] += 1
            nummer[nivå - 1 :] = [0] * (3 - nivå)
            nr = f'<span class="nr">{".".join(map(str, nummer[: nivå - 1]))}</span> '
        if nivå <= 3 and not dold:
            poster.append((nivå, f'<a href="#{id_}">{nr}{text}</a>'))
        länk = f'<a class="lank" href="#{id_}" aria-labelledby="lank-till {id_}">#</a>'
        return f'<div class="rubrik"><h{nivå} id="{id_}">{nr}{text}</h{nivå}>{länk}</div>'

    kropp = _RUBRIK.sub(ersätt, html)
    return kropp, _förteckning(poster)


def _ankare(text: str, använda: dict[str, int]) -> str:
    bas = re.sub(r"[^\w]+", "-", re.sub(r"<[^>]+>", "", text).lower()).strip("-") or "avsnitt"
    använda[bas] = använda.get(bas, 0) + 1
    return bas if använda[bas] == 1 else f"{bas}-{använda[bas]}"


def _förteckning(poster: list[tuple[int, str]]) -> str:
    """Nested lists: chapters with their sections."""
    rader: list[str] = []
    for nr, (nivå, länk) in enumerate(poster):
        nästa = poster[nr + 1][0] if nr + 1 < len(poster) else 2
        rader.append(f"<li>{länk}" + ("<ol>" if nästa > nivå else "</li>" + "</ol></li>" * (nästa < nivå)))
    return f"<ol>{''.join(rader)}</ol>" if rader else ""


def _om(nb: NotebookNode) -> dict[str, Any]:
    """What the run has said of the document; a notebook by itself is called by its first heading."""
    rader = (rad for cell in med_ord(nb) for rad in cell.source.splitlines())
    första = next((m[2] for rad in rader if (m := _RUBRIKRAD.fullmatch(rad))), "Avsnitt")
    return {
        "titel": första,
        "förbund": "",
        "beskrivning": "",
        "dnr": "",
        "utkast": False,
        "hel": False,
        "ny_sida": True,
        "datum": "",
        "avtryck": "",
        "färg": "",
        "kortnamn": "",
        "fil": "",
        "storlekar": {},
        "logotyp": "",
        "omslagsbild": [],
        **nb.metadata.get("finsam", {}),
    }


@cache
def _mall() -> Template:
    # what the template prints is either escaped there or made of escaped parts
    return Environment(loader=FileSystemLoader(HÄR), autoescape=False).get_template("dokument.html.j2")  # noqa: S701


def _färger(om: dict[str, Any]) -> Färger:
    return ur_egen(om["färg"]) if om["färg"] else FÖRVAL


def hopsatt(nb: NotebookNode, *, hel: bool, avtryck: str) -> tuple[str, str, str]:
    """The cover of a notebook, all the rest with its numbers and links, and its contents, as HTML."""
    html = [del_.html for del_ in delar(nb)]
    omslag, sist = ("".join(h for h in html if h.startswith(början)) for början in (OMSLAG, KOLOFON))
    kropp, innehåll = sätt_nummer("\n".join([*(h for h in html if not h.startswith((OMSLAG, KOLOFON))), sist]))
    kropp, _ = numrera(med_avtryck(kropp if hel else _alla_rullar(kropp), avtryck), hel=hel)
    return omslag, kropp, innehåll


def html_av(nb: NotebookNode) -> str:
    """A notebook as one self-contained page: no address outside it, no script needed."""
    om = _om(nb)
    omslag, kropp, innehåll = hopsatt(nb, hel=om["hel"], avtryck=om["avtryck"])
    om |= {"omslag": omslag, "kropp": kropp, "innehåll": innehåll if om["hel"] else ""}
    om["filer"] = [
        {"ord": ord_, "fil": fil, "typ": typ, "storlek": om["storlekar"].get(fil, "")}
        for ord_, fil, typ in _filer(om["fil"])
        if om["hel"]
    ]
    om["märke"] = f'<img class="logotyp" src="{om["logotyp"]}" alt="">' if om["logotyp"] else MÄRKE
    färger = _färger(om)
    snitt = _snitt() if om["hel"] else ""
    om["css"] = snitt + css_roller(färger, mörkt_av(färger)) + (HÄR / "dokument.css").read_text("utf-8")
    return _mall().render(finsam=om)


_RAM = re.compile(r'<div class="(tabell[^"]*)"[^>]*><table id="([^"]*)">')


def _alla_rullar(kropp: str) -> str:
    """A page without type of its own, with each table as one that may need to roll: letters may be wider there."""
    return _RAM.sub(r'<div class="\1" role="group" aria-labelledby="\2-rubrik" tabindex="0"><table id="\2">', kropp)


MÄRKE = (
    '<svg class="marke" viewBox="0 0 14 14" aria-hidden="true"><path class="a" d="M0 0h7v14H0z"/>'
    '<path class="b" d="M7 0h7v7H7z"/><path class="c" d="M7 7h7v7H7z"/></svg>'
)
"""A half, a fourth and a fourth, as the cover has it."""
_WEBBSNITT = (
    ("Finsam Sans", 400, "FinsamSans-Regular"),
    ("Finsam Sans", 600, "FinsamSans-Semibold"),
    ("Finsam Serif", 600, "FinsamSerif-Semibold"),
)


@cache
def _snitt() -> str:
    """The type that a page carries inside it."""
    ut = ""
    for familj, vikt, fil in _WEBBSNITT:
        data = base64.b64encode((HÄR / "typsnitt" / f"{fil}.woff2").read_bytes()).decode()
        ut += (
            f'@font-face{{font-family:"{familj}";font-weight:{vikt};font-display:swap;'
            f'src:url("data:font/woff2;base64,{data}")format("woff2")}}'
        )
    return ut


def _filer(rapport: str) -> tuple[tuple[str, str, str], ...]:
    """What stands beside the page: in words, the file and its type."""
    if not rapport:
        return ()
    return (
        ("PDF", f"{rapport}.pdf", "application/pdf"),
        ("Excel", f"{rapport}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("Alla tal (CSV)", "fakta.csv", "text/csv"),
    )


def med_storlekar(sida: str, storlekar: Mapping[str, str]) -> str:
    """A page that tells how large the files beside it have become."""
    for fil, ord_ in storlekar.items():
        plats = re.escape(f'<span data-storlek="{escape(fil)}">')
        sida = re.sub(f"({plats})[^<]*", lambda träff, ord_=ord_: f"{träff[1]}{ord_}", sida)  # type: ignore[misc]
    return sida


def filstorlek(antal: int) -> str:
    """How large a file is.

    >>> filstorlek(243_540), filstorlek(99)
    ('244\\xa0kB', '1\\xa0kB')
    """
    return f"{max(1, round(antal / 1000))}\u00a0kB"


def pdf_av(nb: NotebookNode) -> bytes:
    """A notebook as a tagged PDF (PDF/A-3a and PDF/UA-1) by Typst, the same bytes for the same notebook."""
    with påbörja_pdf(nb) as pdf:
        return pdf()


@contextmanager
def påbörja_pdf(nb: NotebookNode) -> Iterator[Callable[[], bytes]]:
    """The PDF of a notebook, begun beside what is done here; what is given waits for it."""
    from finsam.report.typst_pdf import påbörja

    källa, datum = källa_av(nb)
    with påbörja(källa, klockan(datum)) as satt:
        yield lambda: finish_pdf(satt(), dated=bool(datum))


def källa_av(nb: NotebookNode) -> tuple[str, str]:
    """The Typst source of a notebook, and its day."""
    om = _om(nb)
    return typst_källa(nb, om), om["datum"]


def typst_källa(nb: NotebookNode, om: dict[str, Any]) -> str:
    """The whole Typst source of a notebook."""
    dag = date.fromisoformat(om["datum"]) if om["datum"] else None
    datum = f"datetime(year: {dag.year}, month: {dag.month}, day: {dag.day})" if dag else "auto"
    utkast = "true" if om["utkast"] else "false"
    alla = list(delar(nb))
    _, nummer = numrera("".join(del_.html for del_ in alla), hel=om["hel"])
    numrerade = "".join(f"{typst_sträng(id_)}: {typst_sträng(ord_)}, " for id_, ord_ in nummer.items())
    bilder = [_typst_bild(om.get("logotyp", ""), ""), _typst_bild(*(om.get("omslagsbild") or ("", "")))]
    huvud = (
        "".join(f"#let {namn} = {bild}\n" for namn, bild in zip(("logotypen", "omslagsbilden"), bilder, strict=True))
        + f"#let finsam-nummer = ({numrerade or ':'})\n"
        + typst_roller(_färger(om))
        + (HÄR / "dokument.typ").read_text("utf-8")
        + "\n"
        + avtryck_typst(om["avtryck"])
        + f"#show: dokument.with(titel: {typst_sträng(om['titel'])}, förbund: {typst_sträng(om['förbund'])}, "
        f"beskrivning: {typst_sträng(om.get('beskrivning', ''))}, dnr: {typst_sträng(om['dnr'])}, utkast: {utkast}, "
        f"datum: {datum})\n\n"
    )
    bitar = [del_.typst for del_ in alla]
    if om["hel"]:
        plats = next((nr for nr, bit in enumerate(bitar) if bit.startswith("#omslag(")), -1) + 1
        efter = plats + bitar[plats].startswith("#kolofon(")
        bitar[plats:efter] = ["#innehåll()\n\n", *bitar[plats:efter], "#pagebreak(weak: true)\n\n"]
    return huvud + utan_hopp("\n".join(bitar))


_TYPST_RUBRIK = re.compile(r'"(?:[^"\\]|\\.)*"|(#underrubrik\(|#heading\(level: )(\d)', re.DOTALL)
"""A heading in Typst, and the strings, in which anything can stand."""


def utan_hopp(typst: str) -> str:
    """The source with each heading at most one level below the one before it, as `sätt_nummer` has them on the page.

    Typst could see to it itself, but then no page would be where it is to be before it has set them all twice.

    >>> utan_hopp('#heading(level: 1)[] #underrubrik(3)[#"#underrubrik(4)[";] #underrubrik(3)[]')
    '#heading(level: 1)[] #underrubrik(2)[#"#underrubrik(4)[";] #underrubrik(3)[]'
    """
    senaste = 0

    def ersätt(träff: re.Match[str]) -> str:
        nonlocal senaste
        if not träff[1]:
            return träff[0]
        senaste = min(int(träff[2]), senaste + 1)
        return f"{träff[1]}{senaste}"

    return _TYPST_RUBRIK.sub(ersätt, typst)


def _typst_bild(adress: str, alt: str) -> str:
    """A picture as Typst: its bytes, its format and what it shows; `none` when there is none."""
    if not adress:
        return "none"
    typ, _, data = adress.removeprefix("data:image/").partition(";base64,")
    byte = base64.b64decode(data)
    är_svg = typ == "svg+xml"
    inre = typst_sträng(byte.decode()) if är_svg else f"({','.join(map(str, byte))})"
    format_ = {"svg+xml": "svg", "jpeg": "jpg"}.get(typ, typ)
    return f'(bytes({inre}), "{format_}", {typst_sträng(alt)})'


def klockan(datum: str) -> int:
    """What the clock of a document is set to: the only day in the file is its own, and without one it has none."""
    return int(datetime.fromisoformat(datum).replace(tzinfo=UTC).timestamp()) if datum else 0


def write_pdf(källa: str, datum: str) -> bytes:
    """Compile Typst source."""
    from finsam.report.typst_pdf import kompilera

    return finish_pdf(kompilera(källa, klockan(datum)), dated=bool(datum))
