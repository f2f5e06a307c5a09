"""Blocks as Typst: the same tables and figures for the PDF. All words are Typst strings, never markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from finsam.model.belopp import HÅRT_BLANK
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.report.bild.yta import på_papper
from finsam.report.form.bildtext import enhetens_ord, första_huvud
from finsam.report.form.tabellbrott import delas, håll_ihop
from finsam.report.fotnoter import Märkt, märken
from finsam.report.html import radplats
from finsam.report.roller import SIDA
from finsam.report.text import Prosa, rad_typst, typst_text
from finsam.report.visning import Visning
from finsam.statements.mal import läge

Visare = Callable[[Cell], Visning]
Ordvisare = Callable[[str], str]

_MÅNGA = 6
"""With more columns of figures than this they share the width."""

NUMRERADE = 2
"""Levels of headings that have numbers."""
BOKMÄRKTA = 3
"""Levels of headings that are bookmarks."""

_BEDÖMNING = "34mm"
"""How wide the column of a goal's mark and word is."""
RÄKNINGAR = ("resultatrakning", "kassaflodesanalys", "balansrakning", "panter")
"""Tables that are as wide as the page, so that their figures stand under each other."""
_HEL = 28
"""Rows of such a table that stand on one page."""
_HÖGST_SIFFROR = 7
_SMALA = 2
"""A table with no more columns of figures, and no more digits in each, is as wide as the text."""


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
    bildtext: str,
    *,
    numrerad: bool,
    halv: bool = False,
) -> str:
    """A table by the functions of dokument.typ: `finsam-tabell` and its rows. `årets` is the id of a column, `bildtext`
    the caption as Typst, which is there when the table is numbered. A `halv` one stands beside another.
    """
    med_noter = any(rad.not_id for rad in tabell.rader)
    första = första_huvud(tabell, med_bildtext=numrerad)
    kolumner = _kolumner(tabell, visa, rad_, fotnoter, första, med_noter=med_noter)
    rader = _rader(tabell, visa, ord_, rad_, noter if med_noter else None, fotnoter)
    vid = numrerad and (tabell.id in RÄKNINGAR or not är_smal(tabell, visa))
    val = {
        "id": typst_sträng(f"tabell-{tabell.id}"),
        "rubrik": f"[{bildtext}]" if numrerad else "none",
        "enhet": typst_sträng(enhetens_ord(tabell)),
        "kolumner": _lista(bredd for bredd, _, _ in kolumner),
        "huvud": _lista(f"[{huvud}]" for _, huvud, _ in kolumner),
        "justering": _lista(justering for _, _, justering in kolumner),
        "bruten": str(delas(tabell) and not (tabell.id in RÄKNINGAR and len(tabell.rader) <= _HEL)).lower(),
        "linjer": str(any(not k.tal for k in tabell.kolumner)).lower(),
        "slutsumma": str(tabell.rader[-1].slag == "summa" if tabell.rader else False).lower(),
        "bredd": "mått.halv" if halv else "mått.tabell" if vid else "mått.text",
        "årets": _plats(tabell, årets, med_noter),
        "tidigare": _lista(_tidigare(tabell, årets, med_noter)),
    }
    fot = f"#fotnoter({''.join(f'[{rad_(m.text)}],' for m in fotnoter)})\n" if fotnoter else ""
    alla = ", ".join(f"{namn}: {värde}" for namn, värde in val.items())
    return f"#finsam-tabell({alla},\n{''.join(rader)})\n{fot}\n"


def _lista(delar: Iterable[str]) -> str:
    return f"({''.join(f'{del_}, ' for del_ in delar)})"


def _kolumner(
    tabell: Tabell, visa: Visare, rad_: Ordvisare, fotnoter: Sequence[Märkt], första: str, *, med_noter: bool
) -> list[tuple[str, str, str]]:
    """The columns: how wide each is, what heads it and how it is set."""
    målen = any(är_bedömning(cell.fakta) for rad in tabell.rader for cell in rad.celler)
    talens = [_talbredd(tabell, nr, visa) if k.tal else "" for nr, k in enumerate(tabell.kolumner)]
    ordens = [] if all(talens) else _ordbredder(tabell, talens)
    kolumner = [(ordens.pop(0) if ordens else _bredd(tabell), typst_text(första), "left")]
    if med_noter:
        kolumner.append(("12mm", typst_text("Not"), "left"))
    for kolumn, tal in zip(tabell.kolumner, talens, strict=True):
        bredd = tal or ordens.pop(0)
        huvud = rad_(kolumn.rubrik) + _märke(märken(fotnoter, kolumn.id, kolumn=True))
        egen = _BEDÖMNING if målen and kolumn.id == "bedomning" else bredd
        kolumner.append((egen, huvud, "right" if kolumn.tal else "left"))
    return kolumner


def _rader(
    tabell: Tabell,
    visa: Visare,
    ord_: Ordvisare,
    rad_: Ordvisare,
    noter: dict[str, int] | None,
    fotnoter: Sequence[Märkt],
) -> Iterator[str]:
    """The rows, with the heads of groups; one right under another is a level down."""
    ihop, nivå = håll_ihop(tabell), 1
    bredd = 1 + len(tabell.kolumner) + (noter is not None)
    for nr, rad in enumerate(tabell.rader):
        under = rad.slag == "rubrik" and nr > 0 and tabell.rader[nr - 1].slag == "rubrik"
        nivå = nivå + 1 if under else 2
        if rad.slag == "rubrik":
            plats = typst_sträng(f"grupp-{tabell.id}-{nr}")
            yield f"  rubrikrad({bredd}, {nivå}, {plats}, [{rad_(rad.etikett)}]),\n"
            continue
        märke, sista = märken(fotnoter, rad.id, kolumn=False), nr + 1 == len(tabell.rader)
        yield _rad(rad, tabell, visa, ord_, noter, märke, ihop[nr], sista=sista)


def är_smal(tabell: Tabell, visa: Visare) -> bool:
    """Whether a table has room in the column of text: few and short figures, and nothing else beside its rows."""
    if len(tabell.kolumner) > _SMALA or not all(k.tal for k in tabell.kolumner):
        return False
    tal = (visa(cell).text for rad in tabell.rader for cell in rad.celler if cell.fakta)
    return all(sum(tecken.isdigit() for tecken in ett) <= _HÖGST_SIFFROR for ett in tal)


def _bredd(tabell: Tabell) -> str:
    """The first column takes what the figures leave, or its part beside many of them."""
    return "1.5fr" if _trång(tabell) else "1fr"


def _ordbredder(tabell: Tabell, talens: Sequence[str]) -> list[str]:
    """How wide the first column is and those of words: their parts of what figures leave, or what their longest words
    need where that is more.
    """
    vilka = [nr for nr, k in enumerate(tabell.kolumner) if not k.tal]
    delar = [tabell.första_bredd, *(tabell.kolumner[nr].bredd for nr in vilka)]
    ord_ = [[tabell.första, *(rad.etikett for rad in tabell.rader if rad.celler)]]
    ord_ += [[tabell.kolumner[nr].rubrik, *(rad.celler[nr].text for rad in tabell.rader if rad.celler)] for nr in vilka]
    krävs = [_längsta_ord(texter) for texter in ord_]
    rum = SIDA["tabell"] - sum(_BREDDER[0][1] if mm == "auto" else float(mm.removesuffix("mm")) for mm in talens if mm)
    låsta: set[int] = set()
    while True:
        kvar = rum - sum(krävs[nr] for nr in låsta)
        alla = sum(del_ for nr, del_ in enumerate(delar) if nr not in låsta)
        trånga = {nr for nr, del_ in enumerate(delar) if nr not in låsta and krävs[nr] > kvar * del_ / alla}
        if not trånga:
            return [f"{krävs[nr]:.1f}mm" if nr in låsta else f"{del_}fr" for nr, del_ in enumerate(delar)]
        låsta |= trånga
        if len(låsta) == len(delar):  # there is not room for all of them
            return [f"{mm:.1f}fr" for mm in krävs]


def _längsta_ord(texter: Iterable[str]) -> float:
    """The millimetres that the longest word of a column needs; a hyphen is where it may be broken."""
    längsta = max((len(bit) for text in texter for bit in _BITAR.split(text)), default=0)
    return _MM_PER_BOKSTAV * min(längsta, _LÄNGSTA_ORD) + _MELLANRUM


def _delbart(text: str, typst: str) -> str:
    """Words of a cell, with words that may be hyphenated when one is longer than a column has room for."""
    långt = any(len(bit) > _LÄNGSTA_ORD for bit in _BITAR.split(text))
    return f"#delbart[{typst}];" if långt else typst


def _plats(tabell: Tabell, kolumn: str, med_noter: bool) -> str:
    """The place of a column among all of the table's, as Typst."""
    return next((str(1 + med_noter + nr) for nr, k in enumerate(tabell.kolumner) if k.id == kolumn), "none")


def _tidigare(tabell: Tabell, årets: str, med_noter: bool) -> Iterator[str]:
    """The places of the columns of other years than the one that is this year's."""
    andra = (k.id for k in tabell.kolumner if årets and k.period and k.id != årets)
    yield from (_plats(tabell, id_, med_noter) for id_ in andra)


def _talbredd(tabell: Tabell, nr: int, visa: Visare) -> str:
    """The width of a column of figures: the same for all in a table, as its headings have room for; beside words, which
    need the room, no more than its own figures and heading do.
    """
    if _trång(tabell):
        return "1fr"
    längsta = max((len(ord_) for k in tabell.kolumner if k.tal for ord_ in k.rubrik.split()), default=0)
    if längsta > _HÖGST_I_HUVUD:
        return "auto"
    bredd = next(mm for högst, mm in _BREDDER if sum(k.tal for k in tabell.kolumner) <= högst)
    if all(k.tal for k in tabell.kolumner):
        return f"{bredd}mm"
    tal = [visa(rad.celler[nr]).text for rad in tabell.rader if rad.celler]
    tecken = max(map(len, [*tal, *tabell.kolumner[nr].rubrik.split()]))
    return f"{min(bredd, _MM_PER_BOKSTAV * tecken + _MELLANRUM):.1f}mm"


_BREDDER = ((2, 30), (3, 28), (5, 24), (_MÅNGA, 22))
"""How wide columns of figures are in mm, by how many there are at most."""
_MM_PER_BOKSTAV = 1.75
"""How wide a letter is at most in a table, over a word."""
_MELLANRUM = 4
"""The millimetres between columns."""
_LÄNGSTA_ORD = 22
_BITAR = re.compile(r"\s+|(?<=[^\W\d]-)")
"""Where words may be broken without a hyphen of its own."""
_HÖGST_I_HUVUD = 12
"""Letters of a word that such a column's heading has room for."""


def _trång(tabell: Tabell) -> bool:
    """Whether columns as wide as their headings would leave the first column no room."""
    return len(tabell.kolumner) > _MÅNGA and all(k.tal for k in tabell.kolumner)


def _märke(märke: str) -> str:
    return f"#fotmärke[{typst_text(HÅRT_BLANK + märke)}]" if märke else ""


def _rad(
    rad: Rad,
    tabell: Tabell,
    visa: Visare,
    ord_: Ordvisare,
    noter: dict[str, int] | None,
    märke: str,
    ihop: int,
    *,
    sista: bool,
) -> str:
    celler = [_delbart(rad.etikett, ord_(rad.etikett)) + _märke(märke) + "#tabellens-slut;" * sista]
    if noter is not None:
        nummer, plats = str(noter.get(rad.not_id, "")), typst_sträng(radplats(tabell, rad))
        till = typst_sträng(f"not-{rad.not_id}")
        celler.append(f"#notlänk({till}, {plats}, {typst_sträng(nummer)});" if nummer else "")
    for cell in rad.celler:
        celler.append(_cell(cell, visa) if cell.fakta else _delbart(cell.text, ord_(cell.text)))
    innehåll = ", ".join(f"[{cell}]" for cell in celler)
    slag = "slutsumma" if sista and rad.slag == "summa" else rad.slag
    return f"  ..rad({typst_sträng(slag)}, {rad.indrag}, {ihop}, {innehåll}),\n"


def _cell(cell: Cell, visa: Visare) -> str:
    text = visa(cell).text
    if är_bedömning(cell.fakta) and text:
        return f'#bedömning("{läge(text)}", [{typst_text(text)}]);'
    return typst_text(text)


def är_bedömning(nyckel: str) -> bool:
    """Whether a fact is how a goal was graded."""
    return nyckel.startswith("mal.") and nyckel.partition("/")[0].endswith(".bedomning")


def diagram_typst(id_: str, rubrik: Prosa, alt: Prosa, svg: str, under: Prosa | None = None) -> str:
    """A figure with its alt text, and what is said under it."""
    ord_ = f", under: [{rad_typst(under)}]" if under and under.källa else ""
    return (
        f"#finsam-diagram(id: {typst_sträng(id_)}, rubrik: [{rad_typst(rubrik)}], alt: {typst_sträng(alt.klartext)}, "
        f"bild: bytes({typst_sträng(på_papper(svg))}){ord_})\n\n"
    )


def rubrik_typst(
    text: str, nivå: int, *, numrerad: bool = True, i_förteckning: bool = True, id_: str = "", rum: int = 0
) -> str:
    """A heading; numbering and contents are Typst's. A chapter begins on a page with so many mm of `rum`."""
    utan = "" if numrerad and nivå <= NUMRERADE else ", numbering: none"
    dold = "" if i_förteckning else ", outlined: false"
    märkt = f", bookmarked: {str(nivå <= BOKMÄRKTA).lower()}"
    plats = f" #label({typst_sträng(id_)})" if id_ else ""
    kapitel = f"#kapitel({rum}mm)\n" if rum else ""
    return f"{kapitel}#[#heading(level: {nivå}{utan}{dold}{märkt})[{typst_text(text)}]{plats}]\n\n"
