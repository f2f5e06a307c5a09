"""The answer as a page of its own, in the form of `kontroller.html`: no script, nothing fetched, all escaped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from finsam.granska.svar import NIVÅER, RUBRIK, jämfördes, lästs, plats, prövades, svaret

HÄR = Path(__file__).parent
CSS = HÄR.parent / "report" / "kontroller.css"
KLASS = {"hindrar": "fel", "att ta ställning till": "varning", "bra att veta": "upplysning"}
OM = {
    "hindrar": "Två uppgifter kan inte båda vara rätta. En av dem behöver rättas innan dokumentet kan antas stämma.",
    "att ta ställning till": "Uppgifterna går inte ihop som de står. Det kan finnas en förklaring; då behöver den stå.",
    "bra att veta": "Ordning och hänvisningar. Inget belopp påverkas.",
}


def sida(svar: Mapping[str, Any]) -> str:
    """The page."""
    mallar = Environment(loader=FileSystemLoader(HÄR), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    filer = [läst["fil"] for läst in svar["lasta"]]
    grupper = [
        (nivå, RUBRIK[nivå], KLASS[nivå], OM[nivå], [f for f in svar["fynd"] if f["niva"] == nivå]) for nivå in NIVÅER
    ]
    return mallar.get_template("granska.html.j2").render(
        svar=svaret(svar),
        filer=filer,
        grupper=grupper,
        plats=lambda s: plats(s, flera=len(filer) > 1),
        lästa=[lästs(läst) for läst in svar["lasta"]],
        bredvid=[jämfördes(b) for b in svar["bredvid"]],
        oläsliga=svar["olasliga"],
        prövat=prövades(svar),
        css=CSS.read_text("utf-8"),
    )
