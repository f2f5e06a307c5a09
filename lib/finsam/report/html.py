"""Blocks as HTML fragments: tables with headers, captions and facts; figures with alt text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from html import escape, unescape

from finsam.model.belopp import HÅRT_BLANK
from finsam.model.meningar import RÄKNEORD
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.report.bild.yta import XMLNS, ordens_bredd
from finsam.report.csv import csv, som_adress
from finsam.report.form.bildtext import enhetens_ord, första_huvud
from finsam.report.form.numrering import Slag, länk_html, nummerplats
from finsam.report.fotnoter import Märkt, märken
from finsam.report.text import Prosa, fakta_html, rad_html
from finsam.report.visning import Visning
from finsam.statements.mal import läge

Visare = Callable[[Cell], Visning]
Ordvisare = Callable[[str], str]


def tabell_html(
    tabell: Tabell,
    visa: Visare,
    ord_: Ordvisare,
    rad_: Ordvisare,
    noter: dict[str, int],
    fotnoter: Sequence[Märkt],
    årets: str,
    bildtext: str,
    *,
    numrerad: bool,
) -> str:
    """A table: caption, column headers, a header in each row, one tbody per group of rows, and the footnotes.

    `ord_` makes HTML of words in Markdown, `rad_` of a line without it. `årets` is the id of a column, `bildtext` the
    caption as HTML: it is seen where the table is numbered, and else only heard.
    """
    med_noter = any(rad.not_id for rad in tabell.rader)
    huvud = "".join(
        (
            _kolumnhuvud(escape(första_huvud(tabell, med_bildtext=numrerad))),
            _kolumnhuvud("Not", "not") if med_noter else "",
            *(
                _kolumnhuvud(rad_(k.rubrik) + _märke(märken(fotnoter, k.id, kolumn=True)), _klass(k, årets))
                for k in tabell.kolumner
            ),
        )
    )
    grupper: list[list[str]] = [[]]
    for rad in tabell.rader:
        if rad.slag == "rubrik" and grupper[-1]:
            grupper.append([])
        if rad.slag == "rubrik":
            grupper[-1].append(_rubrikrad(rad_(rad.etikett), 1 + len(tabell.kolumner) + med_noter))
        else:
            märke = märken(fotnoter, rad.id, kolumn=False)
            grupper[-1].append(_rad(rad, tabell, visa, ord_, noter if med_noter else None, märke, årets))
    kropp = "".join(f"<tbody>{''.join(g)}</tbody>" for g in grupper)
    dold = "" if numrerad else ' class="dold"'
    id_ = escape(f"tabell-{tabell.id}")
    enhet = f' <span class="enhet">{ord_i}</span>' if numrerad and (ord_i := enhetens_ord(tabell)) else ""
    caption = f'<caption id="{id_}-rubrik"{dold}>{bildtext}{enhet}</caption>'
    fot = "".join(f'<p class="fotnot">{rad_(m.text)}</p>' for m in fotnoter)
    ord_klass = "" if all(k.tal for k in tabell.kolumner) else " ord"
    innehåll = list(_innehåll(tabell, visa, ord_, rad_))
    bredd = _minsta_bredd(tabell, innehåll)
    rullar = "" if bredd <= _TELEFON else " rullar" if bredd <= _PLATTA else " rullar vid"
    vid, nås = rullar.endswith(" vid"), ' tabindex="0"'
    ram = f' role="group" aria-labelledby="{id_}-rubrik"{nås * vid}' if rullar else ""
    tabellen = f'<table id="{id_}">{caption}<thead><tr>{huvud}</tr></thead>{kropp}</table>'
    antal = len(tabell.kolumner)
    kolumner = f"{RÄKNEORD[antal]} kolumner" if 1 < antal < len(RÄKNEORD) else "det finns fler kolumner"
    # What is reached by the keyboard, so that a table can be rolled, is there where it does; a wide one may always.
    vink = f'<p class="vink"{nås * (not vid)} hidden>Tabellen rullar i sidled: {kolumner}.</p>' if rullar else ""
    fil = f'<a download="{escape(tabell.id)}.csv" href="{escape(som_adress(csv(innehåll)))}">Ladda ner (CSV)</a>'
    return f'<div class="tabell{ord_klass}{rullar}"{ram}>{tabellen}{vink}</div>{fot}<p class="verktyg">{fil}</p>'


_TELEFON, _PLATTA = 286, 540
"""Widths in px that a table without need of rolling has at most: on the narrowest page, and on one twice that."""
_GRAD, _LUFT, _ORDKOLUMN = 14.6, 10.5, 102
"""On a narrow page: the size of letters, the air beside a column, and the least that a column of words is."""


def _innehåll(tabell: Tabell, visa: Visare, ord_: Ordvisare, rad_: Ordvisare) -> Iterator[list[str | Decimal | None]]:
    """The table row by row: words as they are read, and figures as they are."""
    enhet = {"kr": ", kronor", "tkr": ", tusen kronor"}.get(tabell.enhet, "")
    första = tabell.första or "Post"
    yield [första if "kronor" in första else första + enhet, *(_ren(rad_(k.rubrik)) for k in tabell.kolumner)]
    for rad in tabell.rader:
        celler: list[str | Decimal | None] = []
        for cell in rad.celler:
            visning = visa(cell) if cell.fakta else None
            värde = None if visning is None else visning.värde
            celler.append(värde if värde is not None else _ren(ord_(cell.text)) if visning is None else visning.text)
        yield [_ren(ord_(rad.etikett)), *celler]


def _ren(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " " if "<p>" in html or "<li>" in html else "", html))


def _minsta_bredd(tabell: Tabell, innehåll: Sequence[Sequence[str | Decimal | None]]) -> float:
    """How narrow the table can be on a telephone: figures and labels are not parted, other words are."""
    bredd = 0.0
    for nr, kolumn in enumerate(zip(*(rad for rad in innehåll if len(rad) > 1), strict=False)):
        tal = nr > 0 and tabell.kolumner[nr - 1].tal
        hela = [_GROV.format(c) if isinstance(c, Decimal) else c or "" for c in kolumn]
        bitar = hela if tal else [ord_ for text in hela for ord_ in re.split(r"[ \n]", text)]
        egen = max((ordens_bredd(bit, _GRAD, 600) for bit in bitar), default=0.0) if tal or not nr else _ORDKOLUMN
        bredd += egen + _LUFT
    return bredd + (1.5 * _GRAD if any(rad.not_id for rad in tabell.rader) else 0.0)


_GROV = "{:,.0f}"
"""About as wide as a figure is printed."""


def webbens_html(tabell: str) -> str:
    """A table that the page alone has, folded: its figures stand in another table beside it."""
    return f'<details class="siffror" data-webb><summary>Siffrorna i diagrammet</summary>{tabell}</details>'


def _märke(märke: str) -> str:
    return f'<sup class="marke">{HÅRT_BLANK}{märke}</sup>' if märke else ""


def _kolumnhuvud(ord_: str, klass: str = "") -> str:
    attribut = f' class="{klass}"' if klass else ""
    return f'<th scope="col"{attribut}>{ord_}</th>'


def _rubrikrad(etikett: str, bredd: int) -> str:
    return f'<tr class="rubrik"><th scope="rowgroup" colspan="{bredd}">{etikett}</th></tr>'


def _klass(kolumn: Kolumn, årets: str) -> str:
    return " ".join(("tal",) * kolumn.tal + ("arets",) * (kolumn.id == årets))


def _rad(
    rad: Rad, tabell: Tabell, visa: Visare, ord_: Ordvisare, noter: dict[str, int] | None, märke: str, årets: str
) -> str:
    klasser = " ".join(
        k for k in ("" if rad.slag == "post" else rad.slag, f"indrag{rad.indrag}" if rad.indrag else "") if k
    )
    attribut = f' class="{klasser}"' if klasser else ""
    nummer = noter.get(rad.not_id, "") if noter is not None else ""
    vilken = f' data-not="{escape(rad.not_id)}"' if nummer else ""
    länk = länk_html(f"not-{rad.not_id}", str(nummer)) if nummer else ""
    notcell = f'<td class="not"{vilken}>{länk}</td>' if noter is not None else ""
    klasserna = [_klass(k, årets) for k in tabell.kolumner]
    celler = "".join(_cell(cell, klass, visa, ord_) for cell, klass in zip(rad.celler, klasserna, strict=True))
    etikett = ord_(rad.etikett) + _märke(märke)
    plats = f' id="{escape(radplats(tabell, rad))}"' if nummer else ""
    return f'<tr{plats}{attribut}><th scope="row">{etikett}</th>{notcell}{celler}</tr>'


def radplats(tabell: Tabell, rad: Rad) -> str:
    """What a row that points to a note is called, so that the note can lead back to it."""
    return f"rad-{tabell.id}-{rad.id}"


def _cell(cell: Cell, klasser: str, visa: Visare, ord_: Ordvisare) -> str:
    klass = f' class="{klasser}"' if klasser else ""
    if not cell.fakta:
        return f"<td{klass}>{ord_(cell.text)}</td>"
    visning = visa(cell)
    if visning.fakta is None or not visning.text:
        return f"<td{klass}></td>"
    html = fakta_html(visning.fakta, visning.text, visning.format, cell.tecken)
    if cell.fakta.startswith("mal.") and cell.fakta.partition("/")[0].endswith(".bedomning"):
        html = f'<span class="lage lage-{läge(visning.text)}">{html}</span>'
    return f"<td{klass}>{html}</td>"


def diagram_html(id_: str, slag: Slag, rubrik: Prosa, alt: Prosa, bilder: tuple[str, str], under: Prosa) -> str:
    """A figure, for a wide page and a narrow one, with its alt text. The colours are the page's own.

    An attribute holds words only, so the facts of the alt text stand beside it.
    """
    bred, smal = (_bild(svg, alt) for svg in bilder)
    ord_ = f'<p class="under">{rad_html(under)}</p>' if under.källa else ""
    return (
        f'<figure id="{escape(id_)}"><figcaption>{nummerplats(id_, slag)}{rad_html(rubrik)}</figcaption>'
        f'<div class="bred">{bred}</div><div class="smal" data-webb hidden>{smal}</div>{ord_}</figure>'
    )


def _bild(svg: str, alt: Prosa) -> str:
    text = f'role="img" aria-label="{escape(alt.klartext)}" data-ord="{escape(rad_html(alt))}"'
    början, slut = svg.partition(">")[::2]
    return f"{början.replace(XMLNS, '')} {text}>{slut}"
