"""Blocks as Typst: the same tables and figures for the PDF. All words are Typst strings, never markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finsam.model.belopp import HÅRT_BLANK
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.report.bild.yta import på_papper
from finsam.report.fotnoter import Märkt, märken
from finsam.report.text import Prosa, typst_text
from finsam.report.visning import Visning

Visare = Callable[[Cell], Visning]
Ordvisare = Callable[[str], str]

_LÅNG = 30
_ORDRIK = 900
"""A table with more rows, or more letters in its cells, may break over pages; others are kept together."""

_MÅNGA = 6
"""With more columns of figures than this they share the width."""

NUMRERADE = 2
"""Levels of headings that have numbers."""


def typst_sträng(text: str) -> str:
    """A Typst string literal.

    >>> typst_sträng('a "b"')
    '"a \\\\"b\\\\""'
    """
    return typst_text(text)[1:-1]


def tabell_typst(
    tabell: Tabell,
    visa: Visare,
    ord_: Ordvisare,
    rad_: Ordvisare,
    noter: dict[str, int],
    fotnoter: Sequence[Märkt],
    årets: str,
) -> str:
    """A table by the functions of dokument.typ: `finsam-tabell` and its rows. `årets` is the id of a column."""
    med_noter = any(rad.not_id for rad in tabell.rader)
    kolumner = [_bredd(tabell)]
    huvud = [typst_text(tabell.första or "Post")]
    justering = ["left"]
    if med_noter:
        kolumner.append("12mm")
        huvud.append(typst_text("Not"))
        justering.append("left")
    for kolumn in tabell.kolumner:
        kolumner.append(_talbredd(tabell) if kolumn.tal else f"{kolumn.bredd}fr")
        huvud.append(rad_(kolumn.rubrik) + _märke(märken(fotnoter, kolumn.id, kolumn=True)))
        justering.append("right" if kolumn.tal else "left")
    bredd = 1 + len(tabell.kolumner) + med_noter
    rader = "".join(
        f"  rubrikrad({bredd}, [{rad_(rad.etikett)}]),\n"
        if rad.slag == "rubrik"
        else _rad(rad, visa, ord_, noter if med_noter else None, märken(fotnoter, rad.id, kolumn=False))
        for rad in tabell.rader
    )
    ord_i_celler = any(not k.tal for k in tabell.kolumner)
    bokstäver = sum(len(cell.text) for rad in tabell.rader for cell in rad.celler)
    bruten = "true" if bokstäver > _ORDRIK or len(tabell.rader) > _LÅNG else "false"
    linjer = "true" if ord_i_celler else "false"
    rubrik = "none" if tabell.rubrik_dold else f"[{rad_(tabell.rubrik)}]"
    fot = f"#fotnoter({''.join(f'[{rad_(m.text)}],' for m in fotnoter)})\n" if fotnoter else ""
    return (
        f"#finsam-tabell(rubrik: {rubrik}, kolumner: ({', '.join(kolumner)},), justering: ({', '.join(justering)},), "
        f"huvud: ({', '.join(f'[{h}]' for h in huvud)},), bruten: {bruten}, linjer: {linjer}, "
        f"årets: {_plats(tabell, årets, med_noter)},\n{rader})\n{fot}\n"
    )


def _bredd(tabell: Tabell) -> str:
    """The first column takes what the figures leave, or its part beside columns of words or of many figures."""
    if _trång(tabell):
        return "1.5fr"
    return "1fr" if all(k.tal for k in tabell.kolumner) else f"{tabell.första_bredd}fr"


def _plats(tabell: Tabell, kolumn: str, med_noter: bool) -> str:
    """The place of a column among all of the table's, as Typst."""
    return next((str(1 + med_noter + nr) for nr, k in enumerate(tabell.kolumner) if k.id == kolumn), "none")


def _talbredd(tabell: Tabell) -> str:
    """The width of a column of figures: the same for all in a table, as its headings have room for."""
    if _trång(tabell):
        return "1fr"
    längsta = max((len(ord_) for k in tabell.kolumner if k.tal for ord_ in k.rubrik.split()), default=0)
    bredd = next(mm for högst, mm in _BREDDER if sum(k.tal for k in tabell.kolumner) <= högst)
    return f"{bredd}mm" if längsta <= _HÖGST_I_HUVUD else "auto"


_BREDDER = ((2, 30), (3, 28), (5, 24), (_MÅNGA, 22))
"""How wide columns of figures are in mm, by how many there are at most."""
_HÖGST_I_HUVUD = 12
"""Letters of a word that such a column's heading has room for."""


def _trång(tabell: Tabell) -> bool:
    """Whether columns as wide as their headings would leave the first column no room."""
    return len(tabell.kolumner) > _MÅNGA and all(k.tal for k in tabell.kolumner)


def _märke(märke: str) -> str:
    return f"#super[{typst_text(HÅRT_BLANK + märke)}]" if märke else ""


def _rad(rad: Rad, visa: Visare, ord_: Ordvisare, noter: dict[str, int] | None, märke: str) -> str:
    celler = [ord_(rad.etikett) + _märke(märke)]
    if noter is not None:
        celler.append(typst_text(str(noter.get(rad.not_id, ""))))
    for cell in rad.celler:
        celler.append(typst_text(visa(cell).text) if cell.fakta else ord_(cell.text))
    innehåll = ", ".join(f"[{cell}]" for cell in celler)
    return f"  ..rad({typst_sträng(rad.slag)}, {rad.indrag}, {innehåll}),\n"


def diagram_typst(rubrik: Prosa, alt: Prosa, svg: str, under: Prosa | None = None) -> str:
    """A figure with its alt text, and what is said under it."""
    ord_ = f"#fotnoter([{typst_text(under.klartext)}],)\n\n" if under and under.källa else ""
    return (
        f"#finsam-diagram(rubrik: [{typst_text(rubrik.klartext)}], alt: {typst_sträng(alt.klartext)}, "
        f"bild: bytes({typst_sträng(på_papper(svg))}))\n\n{ord_}"
    )


def rubrik_typst(text: str, nivå: int, *, numrerad: bool = True, i_förteckning: bool = True) -> str:
    """A heading; numbering and contents are Typst's."""
    utan = "" if numrerad and nivå <= NUMRERADE else ", numbering: none"
    dold = "" if i_förteckning else ", outlined: false"
    return f"#heading(level: {nivå}{utan}{dold})[{typst_text(text)}]\n\n"
