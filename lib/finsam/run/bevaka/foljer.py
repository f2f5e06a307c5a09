"""What makes a page follow: a line at its foot that says how it stands, and a script that changes what has changed.

The script is put in when the page is served; the document itself has none.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from finsam.run.bevaka.tavla import Läge

HÄR = Path(__file__).parent
TOM = '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>finsam</title></head><body></body></html>'
"""What is shown before there is a page."""


def med_skript(sida: str, läge: Läge, nyckel: str) -> str:
    """The page with its line and script; `nyckel` lets the browser run that script and no other."""
    början, slut, efter = (sida or TOM).rpartition("</body>")
    var = json.dumps(läge.json()).replace("<", "\\u003c")
    stil, skript = (_fil(f"foljer.{ändelse}") for ändelse in ("css", "js"))
    rad = f'<style>{stil}</style><div id="finsam-laget" role="status"></div>'
    return f'{början}{rad}<script nonce="{nyckel}">const LÄGE = {var};\n{skript}</script>{slut}{efter}'


@cache
def _fil(namn: str) -> str:
    return (HÄR / namn).read_text("utf-8")
