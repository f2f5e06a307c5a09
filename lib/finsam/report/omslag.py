"""The cover: the förbund, the document's title and a few facts about it."""

from __future__ import annotations

from html import escape

from finsam.report.text import Bit, bit_html, typst_text

OMSLAG = '<div class="omslag">'
"""How a cover begins in HTML; the page puts it before the table of contents."""


def omslag_html(förbund: str, titel: str, rader: list[tuple[str, Bit]]) -> str:
    """The cover of the page."""
    par = "".join(f"<dt>{escape(a)}</dt><dd>{bit_html(b)}</dd>" for a, b in rader)
    return f'{OMSLAG}<p class="forbund">{escape(förbund)}</p><h1>{escape(titel)}</h1><dl>{par}</dl></div>'


def omslag_typst(förbund: str, titel: str, rader: list[tuple[str, Bit]]) -> str:
    """The cover of the PDF."""
    par = "".join(f"([{typst_text(a)}], [{typst_text(b.text)}])," for a, b in rader)
    return f"#omslag(förbund: [{typst_text(förbund)}], titel: [{typst_text(titel)}], rader: ({par}))\n\n"
