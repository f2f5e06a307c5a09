"""Underlag → `underlag.xlsx`: the template an ekonom fills in, made from the classes that read it.

Everything a user needs is in the workbook: what each sheet and column is for, drop-downs for what can
be chosen, and an example row in an empty sheet. Text is written as text, never as a formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic.fields import FieldInfo
from xlsxwriter import Workbook

from finsam.begin.mallexempel import EXEMPEL, SÅ_FYLLS_DEN_I
from finsam.model.ord import uppräkning
from finsam.model.underlag import BLAD, PLANBLAD, Underlag, Underlagsrad
from finsam.read.underlag.blad import kolumner, rubrik, typer, val
from finsam.read.underlag.underlag import FRIVILLIGA, I_UNDERLAGET, LÄS_MIG, REFERENSER
from finsam.report.kalkyl.kalkylblad import Kalkylblad, får_plats
from finsam.report.kalkyl.kalkylbok import Kalkylbok

RUBRIKRAD = 2  # counted from 0, as the writer does
FÖRSTA_RAD = RUBRIKRAD + 1
RADER_MED_LISTA = 1000
EN_RAD, HÖGSTA_RAD = 16, 400  # points; a spreadsheet allows 409
ÄLDSTA_DATUM = date(1901, 1, 1)

HÖGER = {"align": "right"}
ÅRTAL = {"num_format": "0_-", **HÖGER}  # _- keeps a little distance to the next column
MÄTTAL = {"num_format": "General_-", **HÖGER}
FRITT = {"num_format": "General", "align": "left", "text_wrap": True}
FORMAT: dict[type, dict[str, Any]] = {
    Decimal: {"num_format": "#,##0.00_-", **HÖGER},
    int: {"num_format": "#,##0_-", **HÖGER},
    date: {"num_format": "yyyy-mm-dd", "align": "center"},
    str: {"num_format": "@", "text_wrap": True},
}
BREDD: dict[type, int] = {Decimal: 15, int: 13, date: 13, str: 24}
BREDD_VAL = 17
LÄSBREDD = 100
BREDD_A4 = 220
A3, A4 = 8, 9  # as spreadsheets number them
BREDD_LÅNG = 48
BREDD_MELLAN = 32
LÅNGA = {"text", "mål", "aktivitet", "mätpunkt", "kommentar", "skäl", "fråga"}
MELLAN = {"benämning", "källa", "anmärkning", "skala"}
MÄTTALEN = {"gräns", "övre", "utfall", "andel"}

BLÅ, LJUSBLÅ, GRÅ, LJUSGRÅ = "#1F3864", "#5B7BAF", "#595959", "#F2F2F2"
TITEL = {"bold": True, "font_size": 12, "font_color": BLÅ, "text_wrap": True, "valign": "vcenter"}
FÖRKLARING = {"italic": True, "font_size": 9, "font_color": GRÅ, "text_wrap": True, "valign": "bottom"}
RUBRIK = {"bold": True, "font_color": "#FFFFFF", "bg_color": BLÅ, "text_wrap": True, "valign": "vcenter", "border": 1}
EXEMPELRAD = {"italic": True, "font_color": GRÅ, "bg_color": LJUSGRÅ, "valign": "top"}


Anteckningar = Mapping[type[Underlagsrad], Sequence[Mapping[str, Any]]]
"""Rows that are prepared but not read until the `# ` before their first cell is taken away; values by field."""


OLÅST = {"locked": False}
SISTA_KOLUMNEN = 99
"""The last that may be written in, for notes of one's own; to unlock all that a sheet can have is slow."""
LÅSTA_RUBRIKER = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)
"""What may be done in a sheet although its headings are locked (without a password)."""


def write_underlag(path: Path, underlag: Underlag, anteckningar: Anteckningar = MappingProxyType({})) -> None:
    """Write the workbook; the same underlag always gives the same bytes. An empty template has every sheet."""
    minne = BytesIO()
    bok = Kalkylbok(minne, "Underlag", comments="Underlag till rapportboken")
    ifyllda = {klass for klass in BLAD if getattr(underlag, I_UNDERLAGET[klass]) or anteckningar.get(klass)}
    plan = not ifyllda or not ifyllda.isdisjoint(PLANBLAD)
    bladen = [klass for klass in BLAD if plan or klass not in PLANBLAD]
    _läs_mig(bok, bladen)
    for klass in bladen:
        _blad(bok, klass, getattr(underlag, I_UNDERLAGET[klass]), anteckningar.get(klass, ()))
    bok.close()
    path.write_bytes(minne.getvalue())


def _läs_mig(bok: Workbook, bladen: Sequence[type[Underlagsrad]]) -> None:
    """The first sheet: what the workbook is, how it is filled in, and what each sheet holds."""
    blad = bok.add_worksheet(LÄS_MIG, Kalkylblad)
    blad.hide_gridlines(2)
    for kolumn, bredd in enumerate((18, LÄSBREDD, 14)):
        blad.set_column(kolumn, kolumn, bredd)
    brödtext = bok.add_format({"text_wrap": True, "valign": "top"})
    ledord = bok.add_format({"bold": True, "valign": "top"})
    länk = bok.add_format({"font_color": BLÅ, "underline": 1, "valign": "top"})
    blad.set_row(0, 30)
    blad.merge_range(
        0, 0, 0, 2, "Underlag: det som inte står i bokföringen", bok.add_format({**TITEL, "font_size": 16})
    )
    for rad, (ord_, text) in enumerate(SÅ_FYLLS_DEN_I, 2):
        blad.write_string(rad, 0, ord_, ledord)
        blad.write_string(rad, 1, text, brödtext)
        blad.set_row(rad, _höjd(text, LÄSBREDD) + 4)
    rubriker = len(SÅ_FYLLS_DEN_I) + 3
    for kolumn, text in enumerate(("Blad", "Vad det innehåller", "Bladet")):
        blad.write_string(rubriker, kolumn, text, bok.add_format(RUBRIK))
    for rad, klass in enumerate(bladen, rubriker + 1):
        blad.write_url(rad, 0, f"internal:'{klass.blad}'!A1", länk, klass.blad)
        blad.write_string(rad, 1, klass.om, brödtext)
        blad.write_string(rad, 2, "får saknas" if klass in FRIVILLIGA else "ska finnas", brödtext)
        blad.set_row(rad, _höjd(klass.om, LÄSBREDD))
    _utskrift(blad, A4)
    blad.fit_to_pages(1, 1)


def _blad(
    bok: Workbook,
    klass: type[Underlagsrad],
    rader: tuple[Underlagsrad, ...],
    anteckningar: Sequence[Mapping[str, Any]],
) -> None:
    """A sheet: its explanation, a line on every column, the headings and the rows."""
    blad = bok.add_worksheet(klass.blad, Kalkylblad)
    fälten = kolumner(klass)
    bredder = [_bredd(namn, fält) for namn, fält in fälten.items()]
    förklaringar = [_förklaring(namn, fält) for namn, fält in fälten.items()]
    blad.merge_range(0, 0, 0, len(fälten) - 1, klass.om, bok.add_format(TITEL))
    blad.set_row(0, max(24, _höjd(klass.om, sum(bredder) * 0.8)))
    blad.set_row(1, max(_höjd(text, bredd) for text, bredd in zip(förklaringar, bredder, strict=True)))
    blad.set_row(RUBRIKRAD, 20)
    for nr, (namn, fält) in enumerate(fälten.items()):
        färg = BLÅ if fält.is_required() else LJUSBLÅ
        sida = _format(namn, fält).get("align", "left")
        läge = {"align": sida, "indent": 1} if sida == "right" else {"align": sida}
        blad.set_column(nr, nr, bredder[nr], bok.add_format({"valign": "top", **OLÅST, **_format(namn, fält)}))
        blad.write_string(1, nr, förklaringar[nr], bok.add_format({**FÖRKLARING, **läge}))
        blad.write_string(RUBRIKRAD, nr, rubrik(fält), bok.add_format({**RUBRIK, **läge, "bg_color": färg}))
        if regel := _regel(namn, fält):
            sista = FÖRSTA_RAD + len(rader) + len(anteckningar) + RADER_MED_LISTA
            blad.data_validation(FÖRSTA_RAD, nr, sista, nr, regel)
    blad.set_column(len(fälten), SISTA_KOLUMNEN, None, bok.add_format(OLÅST))
    blad.protect("", LÅSTA_RUBRIKER)
    blad.freeze_panes(FÖRSTA_RAD, 1)
    _rader(bok, blad, klass, rader, anteckningar)
    blad.repeat_rows(RUBRIKRAD)
    _utskrift(blad, A3 if sum(bredder) > BREDD_A4 else A4)


def _rader(
    bok: Workbook,
    blad: Any,
    klass: type[Underlagsrad],
    rader: tuple[Underlagsrad, ...],
    anteckningar: Sequence[Mapping[str, Any]],
) -> None:
    """The rows, then those that are prepared but not read; an example where there are none at all."""
    fälten = kolumner(klass)
    if not rader and not anteckningar:
        anteckningar = [EXEMPEL[klass]]
    värden = [[getattr(rad, namn) for namn in fälten] for rad in rader]
    värden += [_anteckning([anteckning.get(namn) for namn in fälten]) for anteckning in anteckningar]
    bredder = [_bredd(namn, fält) for namn, fält in fälten.items()]
    formaten: dict[tuple[str, type, bool], Any] = {}
    for nr, celler in enumerate(värden):
        rad, läses = FÖRSTA_RAD + nr, nr < len(rader)
        höjd = max(_höjd(str(värde), bredd) for värde, bredd in zip(celler, bredder, strict=True))
        if höjd > EN_RAD:
            blad.set_row(rad, min(höjd, HÖGSTA_RAD))
        for kolumn, (värde, (namn, fält)) in enumerate(zip(celler, fälten.items(), strict=True)):
            nyckel = (namn, type(värde), läses)
            if nyckel not in formaten:
                stil = {"valign": "top"} if läses else EXEMPELRAD
                formaten[nyckel] = bok.add_format({**_värdeformat(namn, fält, värde), **OLÅST, **stil})
            _cell(blad, rad, kolumn, värde, formaten[nyckel])


def _anteckning(värden: list[Any]) -> list[Any]:
    """A row that the reader passes over."""
    första, *övriga = värden
    return [f"# {första if första is not None else ''}", *övriga]


def _cell(blad: Any, rad: int, kolumn: int, värde: Decimal | int | date | str | None, format_: Any) -> None:
    """Write one value as what it is; a number a spreadsheet cannot hold exactly is written as text."""
    if isinstance(värde, (Decimal, int)) and Decimal(f"{float(värde):.15g}") == värde:
        blad.write_number(rad, kolumn, värde, format_)
    elif isinstance(värde, date) and värde >= ÄLDSTA_DATUM:
        blad.write_datetime(rad, kolumn, värde, format_)
    elif värde is None or värde == "":
        blad.write_blank(rad, kolumn, None, format_)
    elif får_plats(str(värde)):
        blad.write_string(rad, kolumn, str(värde), format_)
    else:
        raise ValueError(f"Texten får inte plats i en cell: {str(värde)[:40]}…")


def _regel(namn: str, fält: FieldInfo) -> dict[str, Any] | None:
    """The rule Excel holds a column to, with its message; None for free text."""
    if val(fält):
        felet = f"Välj {uppräkning(val(fält), 'eller')}."
        return {"validate": "list", "source": list(val(fält)), **_felruta(rubrik(fält), felet)}
    if namn in REFERENSER:
        blad = REFERENSER[namn].blad
        lista = f"='{blad}'!$A${FÖRSTA_RAD + 1}:$A${FÖRSTA_RAD + RADER_MED_LISTA}"
        felet = f"Id:t finns inte i bladet {blad}. Vill du använda det ändå?"
        return {"validate": "list", "source": lista, **_felruta(rubrik(fält), felet), "error_type": "warning"}
    gränser: dict[frozenset[type], tuple[str, Any, Any, str]] = {
        frozenset({Decimal}): ("decimal", -(10**12), 10**12, "Skriv ett tal, utan enhet och andra ord."),
        frozenset({int}): ("integer", 0, 10**9, "Skriv ett helt tal, noll eller mer."),
        frozenset({date}): ("date", date(2000, 1, 1), date(2099, 12, 31), "Skriv ett datum, till exempel 2025-02-21."),
    }
    if typer(fält) not in gränser:
        return None
    slag, lägst, högst, felet = gränser[typer(fält)]
    if namn == "år":
        lägst, högst, felet = 2000, 2099, "Skriv året med fyra siffror, till exempel 2024."
    return {
        "validate": slag,
        "criteria": "between",
        "minimum": lägst,
        "maximum": högst,
        **_felruta(rubrik(fält), felet),
    }


def _felruta(titel: str, text: str) -> dict[str, Any]:
    return {"error_title": titel, "error_message": text, "error_type": "stop"}


def _förklaring(namn: str, fält: FieldInfo) -> str:
    """What stands above a heading: whether it must be filled in, what it is, what can be chosen."""
    delar = ["Ska fyllas i" if fält.is_required() else "", fält.description or ""]
    if val(fält):
        delar.append(f"välj {uppräkning(val(fält), 'eller')}")
    elif namn in REFERENSER and not fält.description:
        delar.append(f"id i bladet {REFERENSER[namn].blad}")
    elif typer(fält) == {date}:
        delar.append("datum")
    text = ": ".join(del_ for del_ in delar[:2] if del_)
    text = "; ".join(del_ for del_ in (text, *delar[2:]) if del_)
    return text[:1].upper() + text[1:]


def _format(namn: str, fält: FieldInfo) -> dict[str, Any]:
    """How a column is set: amounts with öre, measures as they are, text as text."""
    if val(fält):
        return FORMAT[str]
    if namn == "år":
        return ÅRTAL
    if namn in MÄTTALEN:
        return MÄTTAL
    möjliga = typer(fält)
    return FRITT if len(möjliga) > 1 else FORMAT[next(iter(möjliga))]


def _värdeformat(namn: str, fält: FieldInfo, värde: object) -> dict[str, Any]:
    """The column's own way, but a date or a text in a column of all kinds in theirs."""
    if len(typer(fält)) > 1 and isinstance(värde, date):
        return {**FORMAT[date], "align": "left"}
    if len(typer(fält)) > 1 and isinstance(värde, str):
        return {**FRITT, "quote_prefix": True}
    return _format(namn, fält)


def _bredd(namn: str, fält: FieldInfo) -> int:
    if val(fält):
        return BREDD_VAL
    if namn in LÅNGA:
        return BREDD_LÅNG
    if namn in MELLAN:
        return BREDD_MELLAN
    return max(BREDD[typ] for typ in typer(fält))


def _höjd(text: str, bredd: float) -> int:
    """Points a text needs when it is wrapped in a column of that width."""
    return 3 + 13 * sum(ceil(max(len(stycke), 1) * 0.95 / bredd) for stycke in text.split("\n"))


def _utskrift(blad: Any, papper: int) -> None:
    blad.set_landscape()
    blad.set_paper(papper)
    blad.fit_to_pages(1, 0)
    blad.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    blad.set_footer("&L&A&RSida &P (&N)")
