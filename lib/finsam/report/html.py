"""Blocks as HTML fragments: tables with headers, captions and facts; figures with alt text."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from html import escape

from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.report.visning import Visning, exakt

Visare = Callable[[Cell], Visning]
Ordvisare = Callable[[str], str]


def tabell_html(tabell: Tabell, visa: Visare, ord_: Ordvisare, noter: dict[str, int], fotnot: str) -> str:
    """A table: caption, column headers, a header in each row, one tbody per group of rows."""
    med_noter = any(rad.not_id for rad in tabell.rader)
    huvud = "".join(
        (
            _kolumnhuvud(tabell.första or "Post"),
            _kolumnhuvud("Not", "not") if med_noter else "",
            *(_kolumnhuvud(k.rubrik, "tal" if k.tal else "") for k in tabell.kolumner),
        )
    )
    grupper: list[list[str]] = [[]]
    for rad in tabell.rader:
        if rad.slag == "rubrik" and grupper[-1]:
            grupper.append([])
        grupper[-1].append(_rad(rad, tabell, visa, ord_, noter if med_noter else None))
    kropp = "".join(f"<tbody>{''.join(g)}</tbody>" for g in grupper)
    dold = ' class="dold"' if tabell.rubrik_dold else ""
    caption = f"<caption{dold}>{escape(tabell.rubrik)}</caption>"
    fot = f'<p class="fotnot">{escape(fotnot)}</p>' if fotnot else ""
    ord_klass = "" if all(k.tal for k in tabell.kolumner) else " ord"
    ram = f'<div class="tabell{ord_klass}" role="group" aria-label="{escape(tabell.rubrik)}" tabindex="0">'
    tabellen = f'<table id="tabell-{escape(tabell.id)}">{caption}<thead><tr>{huvud}</tr></thead>{kropp}</table>'
    return f"{ram}{tabellen}</div>{fot}"


def _kolumnhuvud(text: str, klass: str = "") -> str:
    attribut = f' class="{klass}"' if klass else ""
    return f'<th scope="col"{attribut}>{escape(text)}</th>'


def _rad(rad: Rad, tabell: Tabell, visa: Visare, ord_: Ordvisare, noter: dict[str, int] | None) -> str:
    if rad.slag == "rubrik":
        bredd = 1 + len(tabell.kolumner) + (noter is not None)
        return f'<tr class="rubrik"><th scope="rowgroup" colspan="{bredd}">{escape(rad.etikett)}</th></tr>'
    klasser = " ".join(
        k for k in ("" if rad.slag == "post" else rad.slag, f"indrag{rad.indrag}" if rad.indrag else "") if k
    )
    attribut = f' class="{klasser}"' if klasser else ""
    nummer = noter.get(rad.not_id, "") if noter is not None else ""
    notcell = f'<td class="not">{nummer}</td>' if noter is not None else ""
    celler = "".join(_cell(cell, k, visa, ord_) for cell, k in zip(rad.celler, tabell.kolumner, strict=True))
    etikett = ord_(rad.etikett)
    return f'<tr{attribut}><th scope="row">{etikett}</th>{notcell}{celler}</tr>'


def _cell(cell: Cell, kolumn: Kolumn, visa: Visare, ord_: Ordvisare) -> str:
    klass = ' class="tal"' if kolumn.tal else ""
    if not cell.fakta:
        return f"<td{klass}>{ord_(cell.text)}</td>"
    visning = visa(cell)
    nyckel = escape(cell.fakta)
    if visning.fakta is None or visning.värde is None:
        innehåll = f'<span data-fakta="{nyckel}">{escape(visning.text)}</span>' if visning.text else ""
    else:
        vänd = ' data-tecken="-1"' if cell.tecken < 0 else ""
        innehåll = f'<data value="{exakt(visning.fakta)}" data-fakta="{nyckel}"{vänd}>{escape(visning.text)}</data>'
    return f"<td{klass}>{innehåll}</td>"


def diagram_html(id_: str, rubrik: str, alt: str, svg: str) -> str:
    """A figure with its alt text; the picture is inside the page."""
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<figure id="{escape(id_)}"><img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'
        f"<figcaption>{escape(rubrik)}</figcaption></figure>"
    )


def lista_html(par: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    """Pairs of words as a description list."""
    return f"<dl>{''.join(f'<dt>{escape(a)}</dt><dd>{escape(b)}</dd>' for a, b in par)}</dl>"
