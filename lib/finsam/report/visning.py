"""How a figure is printed. Rounding is done here, last, and the same for a fact wherever it stands.

Each fact is rounded by itself, so it reads the same in every table and sentence; where printed rows
then miss the printed total, the table says so in a footnote (docs/beslut.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finsam.model import belopp
from finsam.model.fakta import Fakta, Faktabas
from finsam.model.forbund import Visningsval
from finsam.model.ord import MÅNADER, SAKNAS, VISAS_EJ, versal
from finsam.model.tabell import Cell, Rad, Tabell, Tabellenhet

I_TABELL = "tabell"
"""The word of a format that only tables have."""


@dataclass(frozen=True, slots=True)
class Visning:
    """A printed figure: its words, its exact value in the printed sign and unit, and the fact behind it.

    `format` says how it is printed, so that a reader of the document can print it again (`visa_igen`).
    """

    text: str
    värde: Decimal | None = None
    fakta: Fakta | None = None
    format: str = ""


def visa_cell(
    cell: Cell, fakta: Mapping[str, Fakta], enhet: Tabellenhet, noll: str = belopp.TANKSTRECK, tomt: str = ""
) -> Visning:
    """Print a cell of a table; nil and no figure have their marks (no figure may have words in its place)."""
    if not cell.fakta:
        return Visning(cell.text)
    f = fakta[cell.fakta]
    if f.dold:
        return Visning(VISAS_EJ, None, f)
    if f.värde is None:
        return Visning(visa_text(f.text) or tomt, None, f, I_TABELL)
    tal, format_ = f.värde * cell.tecken, f"{I_TABELL} {enhet}".strip()
    if cell.format:
        return Visning(visa_fakta(f, cell.format), tal * 100 if f.enhet == "andel" else tal, f, cell.format)
    if f.enhet == "andel":
        return Visning(belopp.andel(tal), tal * 100, f, format_)
    if f.enhet == "antal":
        return Visning(belopp.svenskt_tal(tal, _decimaler(tal)), tal, f, format_)
    i_enhet = tal / belopp.TKR if enhet == "tkr" else tal
    return Visning(belopp.svenskt_tal(i_enhet) if tal else noll, i_enhet, f, format_)


def visa_igen(f: Fakta, format_: str, tecken: int, val: Visningsval) -> str:
    """Print a fact anew by the format that a document says it is printed in (`Visning.format`)."""
    ord_ = format_.split()
    if I_TABELL not in ord_:
        return visa_fakta(
            f, ord_[0] if ord_ else "text", utan_tecken="utan_tecken" in ord_, bara_tal="bara_tal" in ord_
        )
    enhet: Tabellenhet = "tkr" if "tkr" in ord_ else "kr" if "kr" in ord_ else ""
    return visa_cell(Cell(f.nyckel, tecken=tecken), {f.nyckel: f}, enhet, val.noll, val.tomt).text


def _decimaler(tal: Decimal) -> int:
    return 0 if tal == tal.to_integral_value() else 1


def visa_text(text: str) -> str:
    """Print words; a date as "21 februari 2025".

    >>> visa_text("2025-02-21")
    '21\u00a0februari\u00a02025'
    """
    try:
        dag = date.fromisoformat(text)
    except ValueError:
        return text
    return belopp.HÅRT_BLANK.join((str(dag.day), MÅNADER[dag.month - 1], str(dag.year)))


def visa_fakta(f: Fakta, format_: str, *, utan_tecken: bool = False, bara_tal: bool = False) -> str:
    """Print a fact in a sentence, by one of the formats of docs/texter.md."""
    if f.dold:
        return f"({VISAS_EJ})"
    if f.värde is None:
        return visa_text(f.text) or SAKNAS
    tal = abs(f.värde) if utan_tecken else f.värde
    match format_:
        case "kr":
            siffror, ord_ = belopp.kr(tal), "kr"
        case "tkr":
            siffror, ord_ = belopp.tkr(tal), "tkr"
        case "procent":
            siffror, ord_ = belopp.procent(tal).removesuffix("%").rstrip(), "%"
        case "procent1":
            siffror, ord_ = belopp.procent(tal, 1).removesuffix("%").rstrip(), "%"
        case "procent2":
            siffror, ord_ = belopp.procent(tal, 2).removesuffix("%").rstrip(), "%"
        case "andel":
            siffror, ord_ = belopp.andel(tal).removesuffix("%").rstrip(), "%"
        case _:
            siffror, ord_ = belopp.svenskt_tal(tal, _decimaler(tal)), ""
    return siffror if bara_tal or not ord_ else f"{siffror}{belopp.HÅRT_BLANK}{ord_}"


def dold_förklaring(gräns: int) -> str:
    """Why a figure is withheld."""
    return f"{versal(VISAS_EJ)}: färre än {gräns} personer, eller så går ett sådant antal att räkna ut."


def exakt(f: Fakta) -> str:
    """The exact value as other programs read it: kronor with öre, counts whole, ratios to ten decimals."""
    if f.värde is None:
        return ""
    decimaler = {"kr": 2, "andel": 10}.get(f.enhet, _decimaler(f.värde))
    return f"{f.värde:.{decimaler}f}"


def utan_tomma(tabell: Tabell, fakta: Faktabas) -> Tabell:
    """The table without columns and rows that show nothing, nor headings over no rows; as it is when all are such.

    A figure that waits for the ledger is something.
    """

    def visar(cell: Cell) -> bool:
        return bool(visa_cell(cell, fakta, tabell.enhet).text.strip()) or fakta.väntar(cell.fakta)

    data = tabell.datarader
    kvar = [nr for nr in range(len(tabell.kolumner)) if any(visar(rad.celler[nr]) for rad in data)]
    fulla = {rad.id for rad in data if any(map(visar, rad.celler))}
    if not kvar or (len(kvar) == len(tabell.kolumner) and len(fulla) == len(data)):
        return tabell
    rader: list[Rad] = []
    tömd = False  # whether rows have gone since the last row or heading that is kept
    for rad in (*tabell.rader, Rad("", "", slag="rubrik")):
        if rad.slag == "rubrik" and tömd and rader and rader[-1].slag == "rubrik":
            del rader[-1]
        tömd = rad.slag != "rubrik" and rad.id not in fulla and (tömd or bool(rader and rader[-1].slag == "rubrik"))
        if rad.slag == "rubrik" or rad.id in fulla:
            rader.append(replace(rad, celler=tuple(rad.celler[nr] for nr in kvar if rad.celler)))
    return replace(tabell, kolumner=tuple(tabell.kolumner[nr] for nr in kvar), rader=tuple(rader[:-1]))


def utseende(tabell: Tabell, val: Visningsval) -> Tabell:
    """The table as the förbund prints it: its unit, its marks for nil and no figure, the order of its columns."""
    enhet = val.enheter.get(tabell.id, tabell.enhet)
    första = {"kr": "Belopp i kronor", "tkr": "Belopp i tusen kronor"}.get(enhet, "") if enhet != tabell.enhet else ""
    ny = replace(tabell, enhet=enhet, första=första or tabell.första, noll=val.noll, tomt=val.tomt)
    if tabell.id not in val.omvända:
        return ny
    rader = tuple(replace(rad, celler=rad.celler[::-1]) for rad in ny.rader)
    return replace(ny, kolumner=ny.kolumner[::-1], rader=rader)
