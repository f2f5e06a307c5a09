"""Makes the type that pages carry inside them: the letters of Swedish and its neighbours, in woff2.

    pip install fonttools brotli
    python tests/skriv_webbsnitt.py

The licence keeps the name Source for the fonts as they are, so what is made of them has another.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TYPSNITT = Path(__file__).parents[1] / "lib" / "finsam" / "report" / "typsnitt"
SNITT = {
    "SourceSans3-Regular": ("FinsamSans-Regular", "Finsam Sans", ()),
    "SourceSans3-Semibold": ("FinsamSans-Semibold", "Finsam Sans", ()),
    "SourceSerif4Display-Semibold": ("FinsamSerif-Semibold", "Finsam Serif", ()),
}
"""File by file: what it becomes, its name, and what it keeps of spacing. Figures keep their widths without any."""
TECKEN = [
    *range(0x20, 0x7F),
    *map(ord, "ÅÄÖåäöÉéÜüØøÆæÀàÁáÈèÊêËëÍíÏïÓóÔôÚúÇçÑñßŠšŽž"),
    *map(ord, "\u00a0\u202f\u00ad§°½×·«»‐–—‘’”•…−"),
]
"""The letters of names in the Nordic countries and most of Europe; another is drawn by the reader's own type."""


def skriv(fil: str, ny: str, namn: str, drag: tuple[str, ...]) -> None:
    """Make one file."""
    val = subset.Options(flavor="woff2", layout_features=list(drag), hinting=False, name_IDs=[0, 13, 14])
    val.drop_tables += ["DSIG", "meta", "STAT"]
    snitt = TTFont(TYPSNITT / f"{fil}.ttf", recalcTimestamp=False)
    urval = subset.Subsetter(val)
    urval.populate(unicodes=TECKEN)
    urval.subset(snitt)
    vikt = ny.partition("-")[2]
    for nr, ord_ in ((1, namn), (2, vikt), (4, f"{namn} {vikt}"), (6, ny)):
        snitt["name"].setName(ord_, nr, 3, 1, 0x409)
    snitt.flavor = "woff2"
    snitt.save(TYPSNITT / f"{ny}.woff2")


if __name__ == "__main__":
    for fil, (ny, namn, drag) in SNITT.items():
        skriv(fil, ny, namn, drag)
