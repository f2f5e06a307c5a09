"""One table of how a document looks, for Typst, the page, charts and the workbook: type, sizes and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from finsam.model.farg import Färger

Snitt = Literal["sans", "serif"]
TYPSNITT: Mapping[Snitt, str] = {"sans": "Source Sans 3", "serif": "Source Serif 4 Display"}
"""What is bundled in `typsnitt/`: Regular, Semibold and Italic of the first, Regular and Semibold of the second."""


@dataclass(frozen=True, slots=True)
class Grad:
    """The type of a part: size and line in pt, space before and after in mm."""

    storlek: float
    rad: float
    snitt: Snitt = "sans"
    vikt: Literal[400, 600] = 400
    färg: str = "text"
    före: float = 0
    efter: float = 0


GRADER: Mapping[str, Grad] = {
    "omslagstitel": Grad(33, 37, "serif", 600, "yta"),
    "omslagsår": Grad(106, 106, "serif", 600, "profil"),
    "ingress": Grad(12.5, 17, efter=5),
    "rubrik1": Grad(28, 31, "serif", 600, "profil", 0, 9),
    "rubrik2": Grad(16, 19, "serif", 600, "profil", 10, 5),
    "rubrik3": Grad(12, 15, "sans", 600, "text", 7, 2.8),
    "notrubrik": Grad(12.5, 15, "serif", 600, "profil", 7, 3),
    "rubrik4": Grad(10, 14, "sans", 600, "profil", 4, 1.6),
    "bröd": Grad(10.5, 15, efter=4),
    "tabell": Grad(9, 11, före=1.35, efter=1.35),
    "liten": Grad(8.5, 11, färg="dämpad"),
    "minst": Grad(8, 10, färg="dämpad"),
}
"""By part of the printed document; `minst` is the smallest. A row of a table has its air before and after."""

SIDA: Mapping[str, float] = {
    "vänster": 22,
    "höger": 23,
    "topp": 30,
    "botten": 25,
    "text": 120,
    "tabell": 165,
    "marginal": 37,
    "halv": 77,
    "satsyta": 242,
}
"""Measures of the printed page in mm."""


def typst_roller(färger: Färger) -> str:
    """The table as Typst: `färg`, `snitt`, `grad` and `mått`."""
    färg = {f.name: f'rgb("{getattr(färger, f.name)}")' for f in fields(färger)}
    snitt = {str(namn): f'"{familj}"' for namn, familj in TYPSNITT.items()}
    grad = {namn: _typst({f.name: _värde(g, f.name) for f in fields(g)}) for namn, g in GRADER.items()}
    mått = {namn: f"{värde:g}mm" for namn, värde in SIDA.items()}
    delar: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("färg", färg),
        ("snitt", snitt),
        ("grad", grad),
        ("mått", mått),
    )
    return "".join(f"#let {namn} = {_typst(par)}\n" for namn, par in delar)


def _värde(grad: Grad, fält: str) -> str:
    värde = getattr(grad, fält)
    if fält in ("storlek", "rad"):
        return f"{värde:g}pt"
    if fält in ("före", "efter"):
        return f"{värde:g}mm"
    return {"snitt": f'"{TYPSNITT[grad.snitt]}"', "färg": f"färg.{grad.färg}"}.get(fält, f"{värde}")


def _typst(par: Mapping[str, str]) -> str:
    return "(" + ", ".join(f"{namn}: {värde}" for namn, värde in par.items()) + ")"


def css_roller(färger: Färger, mörkt: Färger | None = None) -> str:
    """The colours as custom properties of a page, in letters that CSS files are written in (`--dampad`).

    `mörkt` are those of a page that is asked to be dark; words on the colour `mellan` are dark in both.
    """
    ljust = f":root{{{_egenskaper(färger)};--pa-mellan:{färger.text}}}"
    if mörkt is None:
        return ljust
    mörka = f":root{{color-scheme:dark;{_egenskaper(mörkt)};--pa-mellan:{mörkt.yta}}}"
    return f"{ljust}@media screen and (prefers-color-scheme:dark){{{mörka}}}"


def _egenskaper(färger: Färger) -> str:
    return ";".join(f"--{css_namn(f.name)}:{getattr(färger, f.name)}" for f in fields(färger))


def css_namn(namn: str) -> str:
    """The name of a role in CSS."""
    return namn.translate(str.maketrans("åäö", "aao"))
