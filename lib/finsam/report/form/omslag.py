"""The cover: the förbund, the document's title, a few of its figures and a few facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from finsam.report.text import Bit, bit_html, typst_text

OMSLAG = '<div class="omslag">'
"""How a cover begins in HTML; the page puts it before the table of contents."""

Rader = Sequence[tuple[str, Bit]]
Nyckeltal = Sequence[tuple[str, Bit, str]]
"""Name, figure and unit."""


def titelns_delar(titel: str, årtal: int) -> tuple[str, str]:
    """What of a title is before its year, and what is after.

    >>> titelns_delar("Verksamhetsplan och budget 2026, plan 2027–2028", 2026)
    ('Verksamhetsplan och budget', 'plan 2027–2028')
    """
    före, _, efter = titel.partition(f" {årtal}")
    return före, efter.lstrip(", ")


def omslag_html(förbund: str, titel: str, rader: Rader, nyckeltal: Nyckeltal = ()) -> str:
    """The cover of the page."""
    par = "".join(f"<dt>{escape(a)}</dt><dd>{bit_html(b)}</dd>" for a, b in rader)
    tal = "".join(
        f'<li><span class="stort">{bit_html(bit)}</span> <span class="enhet">{escape(enhet)}</span> {escape(namn)}</li>'
        for namn, bit, enhet in nyckeltal
    )
    lista = f'<ul class="nyckeltal">{tal}</ul>' if tal else ""
    början = f'{OMSLAG}<p class="forbund">{escape(förbund)}</p><h1>{escape(titel)}</h1>'
    return f"{början}{lista}<dl>{par}</dl></div>"


def omslag_typst(förbund: str, kortnamn: str, titel: str, årtal: int, rader: Rader, nyckeltal: Nyckeltal = ()) -> str:
    """The cover of the PDF."""
    par = "".join(f"([{typst_text(a)}], [{typst_text(b.text)}])," for a, b in rader)
    tal = "".join(f"([{typst_text(a)}], [{typst_text(b.text)}], [{typst_text(c)}])," for a, b, c in nyckeltal)
    före, efter = titelns_delar(titel, årtal)
    return (
        f"#omslag(förbund: [{typst_text(förbund)}], kortnamn: [{typst_text(kortnamn)}], titel: [{typst_text(före)}], "
        f"år: [{typst_text(str(årtal))}], under: [{typst_text(efter)}], tal: ({tal}), rader: ({par}))\n\n"
    )
