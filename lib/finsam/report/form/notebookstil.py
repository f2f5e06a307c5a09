"""How a block looks when its notebook is open: as in the document, in JupyterLab's light and dark.

The style goes with the block and reaches nothing but what a notebook shows. A document has its own, so what is put
together from notebooks is without it.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from finsam.model.farg import MÖRKT
from finsam.report.roller import css_namn

_FIL = Path(__file__).parents[1] / "notebook.css"


@cache
def _stil() -> str:
    mörka = ";".join(f"--{css_namn(f.name)}:{getattr(MÖRKT, f.name)}" for f in fields(MÖRKT))
    mörkt = f'body[data-jp-theme-light="false"] .jp-RenderedHTMLCommon figure:has(> .bred) {{{mörka}}}'
    return f"<style>{_FIL.read_text('utf-8')}{mörkt}</style>\n"


def i_notebook(html: str) -> str:
    """A block with the style of a notebook; nothing for a block that shows nothing."""
    return f"{_stil()}{html}" if html else html


def i_dokument(html: str) -> str:
    """The block alone."""
    return html.removeprefix(_stil())
