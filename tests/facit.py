"""Expected results as files a person can read.

`FINSAM_FACIT=skriv pytest` writes them anew; read the diff before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

from lxml import html

from finsam.report.block import Block, Tabellblock

ROT = Path(__file__).parents[1]
INPUTS = ROT / "inputs"
SHARED = ROT.parent / "shared"


def jämför(text: str, fil: Path) -> None:
    """The text is what the file holds."""
    text = text.replace("\u00a0", " ").rstrip() + "\n"
    if os.environ.get("FINSAM_FACIT") == "skriv":
        fil.parent.mkdir(parents=True, exist_ok=True)
        fil.write_text(text, "utf-8")
    assert fil.read_text("utf-8") == text


def som_text(block: Tabellblock) -> str:
    """A table of figures as it is printed, in columns."""
    [tabell] = block.json()
    rader = [("", *tabell["kolumner"])]
    for rad in tabell["rader"]:
        etikett = rad["etikett"] + (f" (not {rad['not']})" if rad["not"] else "")
        rader.append((etikett, *(rad["visat"] or [""] * len(tabell["kolumner"]))))
    bredder = [max(len(rad[nr]) for rad in rader) for nr in range(len(rader[0]))]
    ut = [f"{tabell['rubrik']}, {tabell['enhet'] or 'antal'}"]
    for rad, data in zip(rader, [None, *tabell["rader"]], strict=True):
        if data and data["summa"]:
            ut.append("-" * (sum(bredder) + 2 * len(bredder) - 2))
        celler = (text.rjust(bredd) for text, bredd in zip(rad[1:], bredder[1:], strict=True))
        ut.append("  ".join((rad[0].ljust(bredder[0]), *celler)).rstrip())
    return "\n".join((*ut, tabell["fotnot"]))


def ord_på_sidan(*block: Block) -> str:
    """Blocks as they are read on the page: a line for each paragraph, list item and row, without the pictures."""
    rader: list[str] = []
    for element in html.fromstring(f"<main>{''.join(b.html() for b in block)}</main>").iter(*_RADER):
        if element.tag == "tr":
            rader.append("  ".join(_i_en_rad(cell) for cell in element).rstrip())
        elif element.get("class") not in _REDSKAP and not any(ö.tag in ("tr", "svg") for ö in element.iterancestors()):
            eget = [del_ for del_ in element if del_.tag in ("p", "ul", "ol")]
            rader.append("" if eget else ("- " if element.tag == "li" else "") + _i_en_rad(element))
    return "\n".join(rad for rad in rader if rad)


_REDSKAP = ("vink", "verktyg")
"""What helps to use a table on a page, and is not in it."""
_RADER = ("h2", "h3", "h4", "h5", "p", "li", "caption", "tr")


def _i_en_rad(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
