"""How a block looks when its notebook is open: as in the document, in JupyterLab's light and dark.

The style goes with the block and reaches nothing but what a notebook shows. A document has its own, so what is put
together from notebooks is without it.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from finsam.model.farg import FÖRVAL, MÖRKT, Färger
from finsam.report.roller import css_namn

_FIL = Path(__file__).parents[1] / "notebook.css"
_MED_FÄRG = ".siffror-kort, .malen, .tecknen, .lage, .stort"
"""What has colours besides the pictures; those have their own, which are the förbund's, in the light."""


@cache
def _stil() -> str:
    ljust = f".jp-RenderedHTMLCommon :is({_MED_FÄRG}) {{{_egenskaper(FÖRVAL)}}}"
    mörkt = (
        f'body[data-jp-theme-light="false"] .jp-RenderedHTMLCommon :is(figure:has(> .bred), {_MED_FÄRG}) '
        f"{{{_egenskaper(MÖRKT)}}}"
    )
    return f"<style>{_FIL.read_text('utf-8')}{ljust}{mörkt}</style>\n"


def _egenskaper(färger: Färger) -> str:
    return ";".join(f"--{css_namn(f.name)}:{getattr(färger, f.name)}" for f in fields(färger))


def i_notebook(html: str) -> str:
    """A block with the style of a notebook; nothing for a block that shows nothing."""
    return f"{_stil()}{html}" if html else html


def i_dokument(html: str) -> str:
    """The block alone."""
    return html.removeprefix(_stil())
