"""Numbers of tables and pictures, and links to them and to the notes, given when the sections are put together.

A block says what it is and what it refers to; only the whole document knows which number that is. A section by itself
has no numbers, and a reference to what is not there is words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Literal

from finsam.model.belopp import HÅRT_BLANK

Slag = Literal["Tabell", "Diagram", "Bild"]

_PLATS = re.compile(r'<span class="slagnr" data-nr="([^"]+)" data-slag="(\w+)"></span>')
_HÄNVISNING = re.compile(r'<a class="hanvisning" href="#([^"]+)"(?: data-nr="([^"]+)")?>(.*?)</a>', re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')


def nummerplats(id_: str, slag: Slag) -> str:
    """Where a table or a picture has its number in its caption on the page."""
    return f'<span class="slagnr" data-nr="{escape(id_)}" data-slag="{slag}"></span>'


def länk_html(till: str, html: str) -> str:
    """Words that lead to a place in the document."""
    return f'<a class="hanvisning" href="#{escape(till)}">{html}</a>'


def hänvisning_html(id_: str, annars: str, till: str = "") -> str:
    """A reference that says the number of a table or a picture, or the words `annars` where it has none. It leads
    there, or to a place in it.
    """
    return f'<a class="hanvisning" href="#{escape(till or id_)}" data-nr="{escape(id_)}">{escape(annars)}</a>'


def numrera(html: str, *, hel: bool) -> tuple[str, Mapping[str, str]]:
    """A page with its tables and pictures numbered when it is the whole document, and its references made links where
    they lead somewhere. Returns the page, and what the numbered are called by their ids.

    >>> numrera(nummerplats("tabell-x", "Tabell"), hel=True)[1]
    {'tabell-x': 'Tabell\xa01'}
    """
    antal: Counter[str] = Counter()
    nummer: dict[str, str] = {}

    def sätt(träff: re.Match[str]) -> str:
        id_, slag = träff.groups()
        if not hel:
            return ""
        antal[slag] += 1
        ord_ = f"{slag}{HÅRT_BLANK}{antal[slag]}"
        nummer.setdefault(id_, ord_)
        return f"{träff[0].removesuffix('</span>')}{ord_}.</span> "

    html = _PLATS.sub(sätt, html)
    finns = set(_ID.findall(html))

    def länka(träff: re.Match[str]) -> str:
        till, av, ord_ = träff.groups()
        if av and (till not in finns or av not in nummer):
            ord_ = f'<span class="hanvisning">{ord_}</span>'
        if till not in finns:
            return ord_
        if av not in nummer:
            return länk_html(till, ord_)
        return f'<a class="hanvisning" href="#{till}" data-nr="{av}">{gement(nummer[av])}</a>'

    return _HÄNVISNING.sub(länka, html), nummer


def gement(nummer: str) -> str:
    """What a numbered thing is called in a sentence.

    >>> gement("Tabell 4")
    'tabell 4'
    """
    return nummer[:1].lower() + nummer[1:]
