"""Where a chapter of the PDF begins: on the page of the one before it when what stands together in it has room."""

from __future__ import annotations

from io import BytesIO

import nbformat
import pikepdf
import pytest

from finsam.report.block import TYPST_MIME
from finsam.report.utskrift import SAMMA_SIDA, pdf_av

ETT, HALVT, TRE_FJÄRDEDELAR = "#v(10mm)Ord.", "#v(110mm)Ord.", "#v(165mm)Ord."
SVG = '<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 165 90\\"><path d=\\"M0 0h165v90H0z\\"/></svg>'
BILD = f'bytes("{SVG}")'


def underskrifter(antal: int) -> str:
    return f"#underskrifter({'([Namn], [Roll]),' * antal})"


def sidor(*kapitel: str, samma_sida: bool = False) -> list[int]:
    """The page that each chapter begins on."""
    celler = []
    for nr, typst in enumerate(kapitel, 1):
        celler.append(nbformat.v4.new_markdown_cell(f"# Kapitel {nr}"))
        celler[-1].metadata["tags"] = [SAMMA_SIDA] * samma_sida
        visat = nbformat.v4.new_output("display_data", {TYPST_MIME: f"{typst}\n\n", "text/html": ""})
        celler.append(nbformat.v4.new_code_cell(outputs=[visat]))
    with pikepdf.open(BytesIO(pdf_av(nbformat.v4.new_notebook(cells=celler)))) as dok, dok.open_outline() as bokmärken:
        nummer = {sida.objgen: nr for nr, sida in enumerate(dok.pages, 1)}
        mål = [post.destination or post.action.D for post in bokmärken.root]
        return [nummer[ett[0].objgen] for ett in mål if isinstance(ett, pikepdf.Array)]


@pytest.mark.parametrize(
    ("kapitel", "väntat"),
    [
        ((ETT, ETT, ETT), [1, 1, 1]),
        ((TRE_FJÄRDEDELAR, ETT), [1, 2]),
        ((HALVT, underskrifter(2)), [1, 1]),
        ((HALVT, underskrifter(6), ETT), [1, 2, 2]),
        ((HALVT, f"#kontrollerat[{ETT}]"), [1, 1]),
        ((HALVT, f"#kontrollerat[{HALVT}]"), [1, 2]),
    ],
    ids=["rum", "för lite rum", "två namn", "sex namn", "kort om kontrollerna", "långt om kontrollerna"],
)
def test_a_chapter_begins_where_there_is_room(kapitel: tuple[str, ...], väntat: list[int]) -> None:
    assert sidor(*kapitel) == väntat


def test_a_chapter_that_may_share_a_page_needs_less() -> None:
    assert (sidor(TRE_FJÄRDEDELAR, ETT, samma_sida=True), sidor(TRE_FJÄRDEDELAR, ETT)) == ([1, 1], [1, 2])


def test_a_picture_stands_where_it_is_with_what_is_said_under_it() -> None:
    """Nothing that stands after it in the text comes before it, and it takes its source with it to the next page."""
    bild = f'#finsam-diagram(id: "x", rubrik: [Bild], alt: "Alt", bild: {BILD}, under: [Källa])'
    assert sidor(f"Ord.\n\n{bild}", ETT) == [1, 1]
    assert sidor(f"{TRE_FJÄRDEDELAR}\n\n{bild}", ETT) == [1, 2]
