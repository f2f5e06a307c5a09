"""Tiny workbooks with one thing wrong each: the sheets that differ from an empty, sound underlag.

What finsam says of each stands in `fall/underlag/<situation>.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from finsam.model.underlag import BLAD
from finsam.read.underlag.blad import kolumner, rubrik

Rader = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Procent:
    """A number in a cell that shows it as a percentage."""

    tal: float


RUBRIKER = {klass.blad: [rubrik(fält) for fält in kolumner(klass).values()] for klass in BLAD}

UPPGIFT, BUDGET, BIDRAG = RUBRIKER["Uppgifter"], RUBRIKER["Budget"], RUBRIKER["Medlemsbidrag"]
INSATS, RUTA, INDIKATOR = RUBRIKER["Insatser"], RUBRIKER["Faktarutor"], RUBRIKER["Indikatorer"]
MÅLOMRÅDE, MÅL, DELTAGARE = RUBRIKER["Målområden"], RUBRIKER["Mål"], RUBRIKER["Deltagare"]
UNDANTAG, ENKÄTSVAR = RUBRIKER["Undantag"], RUBRIKER["Enkätsvar"]

OSYNLIGA = "\u202e\u2067\u200f\u200b\ufeff\u2028\ue000\U000e0041"
"""Marks of direction, zero widths, a line separator, private use, a tag."""

TEAMET = ["teamet", "Teamet", "individ", "individ.teamet"]


def budget(belopp: Any, enhet: str = "kr") -> Rader:
    """A Budget sheet with one row."""
    return [BUDGET, ["administration", 2025, belopp, enhet, "ursprunglig"]]


def uppgift(värde: Any, enhet: Any) -> Rader:
    """An Uppgifter sheet with one row."""
    return [UPPGIFT, ["nagot", "Något", värde, enhet]]


def undantag(*datum: Any) -> dict[str, Rader | None]:
    """Rows of Undantag, each with a date."""
    return {"Undantag": [UNDANTAG, *[["C20", None, "Känt.", "A. B.", dag] for dag in datum]]}


def deltagare(antal: Any) -> dict[str, Rader | None]:
    """A Deltagare sheet with one row, and the insats it is of."""
    return {
        "Insatser": [INSATS, TEAMET],
        "Deltagare": [DELTAGARE, ["teamet", "nya", "Nya", 2025, "kvinnor", "kommunen", antal]],
    }


def enkät(*svar: Sequence[Any], indikator: Sequence[Any] = ()) -> dict[str, Rader | None]:
    """An Enkätsvar sheet of a question's rows (scale, answer, number), and perhaps an Indikator."""
    rader = [["teamet", "q1", "Nöjd?", skala, ord_, antal, 2025] for skala, ord_, antal in svar]
    indikatorer = [INDIKATOR, ["teamet", "nojd", "Nöjd?", *indikator]] if indikator else [INDIKATOR]
    return {"Insatser": [INSATS, TEAMET], "Enkätsvar": [ENKÄTSVAR, *rader], "Indikatorer": indikatorer}


NÖJDA = (("frekvens", "ibland", 3), ("frekvens", "ofta", 12))
EN_DAG = datetime.fromisoformat("2025-02-21")
ETT_KLOCKSLAG = datetime.fromisoformat("2025-02-21 13:45")

# What differs from a sound workbook with headings and no rows; None is a sheet that is not there.
FALL: dict[str, Mapping[str, Rader | None]] = {
    # sheets and headings
    "blad_saknas": {"Budget": None, "Undantag": None},
    "blad_felstavat": {"Undantag": None, "Undatag": [UNDANTAG]},
    "eget_blad": {"Uträkningar": [["vad som helst"]]},
    "rubrikrad_saknas": {"Medlemsbidrag": [["kommunen", 2025, 1000]], "Målområden": []},
    "kolumn_saknas": {"Budget": [["Rad", "År", "Enhet", "Version"], ["administration", 2025, "kr", "ursprunglig"]]},
    "kolumn_felstavad": {"Budget": [["Rad", "År", "Beloop", "Enhet", "Version"]]},
    "kolumn_okand": {"Medlemsbidrag": [[*BIDRAG, "Telefon"]]},
    "kolumn_dubbel": {"Medlemsbidrag": [[*BIDRAG, "Belopp"]]},
    "utanfor_tabellen": {"Medlemsbidrag": [BIDRAG, ["kommunen", 2025, 1000, None, None, None, "ring kommunen"]]},
    # values that are missing or of another kind
    "varde_saknas": {"Budget": [BUDGET, ["administration", None, None, None, None, None, "protokoll"]]},
    "summarad": {"Medlemsbidrag": [BIDRAG, ["kommunen", 2025, 1000], ["Summa", None, 1000]]},
    "fel_val": {"Budget": budget(1000, "kronor"), "Insatser": [INSATS, ["a", "A", "induvid", "individ.a"]]},
    "inte_ett_tal": {"Budget": budget("ungefär 1000")},
    "tal_med_enhet": {"Budget": budget("1 000 kr")},
    "tal_med_fel_grupper": {"Budget": budget("36 00 000")},
    "tal_tvetydigt": {"Budget": budget("1.234")},
    "tal_med_tva_minus": {"Budget": budget("-100-")},
    "tal_orimligt": {"Budget": budget(1e300)},
    "datum_i_talkolumn": {"Budget": budget(EN_DAG)},
    "klockslag_i_talkolumn": {"Budget": budget(time(13, 30))},
    "sant_i_talkolumn": {"Budget": budget(True)},
    "tre_decimaler": {"Budget": budget(1000.125)},
    "tusendels_ore": {"Budget": budget(3600.123456, "tkr")},
    "sju_decimaler": {"Uppgifter": uppgift(33.3333333, "%")},
    "procent_i_beloppskolumn": {"Budget": budget(Procent(0.45))},
    "inte_ett_heltal": deltagare(12.5),
    "negativt_antal": deltagare(-1),
    "ar_med_tva_siffror": {"Medlemsbidrag": [BIDRAG, ["kommunen", 25, 1000]]},
    "andel_over_hundra": {"Insatser": [INSATS, TEAMET], "Indikatorer": [INDIKATOR, ["teamet", "q1", "Nöjd?", "", 930]]},
    "inte_ett_datum": undantag("våren 2025", "21/13 2025", "2025-021"),
    "datum_finns_inte": undantag("2025-02-30", "20250230", 20250230, "30 februari 2025"),
    "datum_tvetydigt": undantag("1/2 2025", "01.02.2025"),
    "datum_med_kort_ar": undantag("02-03-25", "250221", "31/12 99"),
    "datum_som_lopnummer": undantag(45345, 45345.5),
    "tal_i_datumkolumn": undantag(12, True),
    "datum_med_klockslag": undantag(ETT_KLOCKSLAG, "2025-02-21 13:45"),
    "uppgift_inte_datum": {"Uppgifter": uppgift("våren", "datum")},
    "uppgift_inte_tal": {"Uppgifter": uppgift(date(2025, 2, 21), "kr")},
    "uppgift_utan_enhet": {"Uppgifter": uppgift("våren", None)},
    "id_med_bokstaver": {"Målområden": [MÅLOMRÅDE, ["egen försörjning", "Egen försörjning"]]},
    "styrtecken": {"Insatser": [INSATS, ["teamet", "Tea_x0007_met", "individ", "individ.teamet"]]},
    "osynliga_tecken": {
        "Målområden": [MÅLOMRÅDE, *[[f"a{nr}", f"Stöd{tecken}et"] for nr, tecken in enumerate(OSYNLIGA)]]
    },
    "sant_i_textkolumn": {"Målområden": [MÅLOMRÅDE, ["a", True]]},
    "procent_i_textkolumn": {"Målområden": [MÅLOMRÅDE, ["a", Procent(0.5)]]},
    # formulas
    "felvarde": {"Medlemsbidrag": [BIDRAG, ["#REF!", 2025, 1000], ["kommunen", 2025, "#N/A"]]},
    "formel_utan_varde": {"Budget": budget("=1000+1")},
    # read, with a remark
    "tal_som_text": {
        "Budget": budget("3\u00a0600\u00a0000"),
        "Medlemsbidrag": [BIDRAG, ["kommunen", "2025", "1 234,50-"]],
    },
    "datum_i_textkolumn": {"Medlemsbidrag": [BIDRAG, ["kommunen", 2025, 1000, None, date(2024, 10, 8)]]},
    "datum_som_text": undantag(
        *("2025-02-21", "20250221", 20250221, "2025-2-1", "21 februari 2025", "21/2 2025", "2025-02-21 00:00:00")
    ),
    "procenttecken": {"Uppgifter": [*uppgift("45,5 %", "%"), ["andra", "Andra", "45%", "%"]]},
    "procentformat": {"Uppgifter": uppgift(Procent(0.45), "%")},
    # surveys
    "svar_utanfor_skalan": enkät(("frekvens", "för det mästa", 12), ("grad", "ofta", 3)),
    "svar_tva_ganger": enkät(("grad", "till liten del", 4), ("grad", "I liten utsträckning", 5)),
    "svar_saknas": enkät(("egen", "röd", 0), ("egen", "grön", 0)),
    "svar_negativt": enkät(("ja/nej", "ja", -2)),
    "okand_enkatfraga": enkät(*NÖJDA, indikator=("ofta", None, None, "q2")),
    "svar_som_raknas_finns_inte": enkät(*NÖJDA, indikator=("ofta eller altid", None, None, "q1")),
    "svar_som_raknas_i_egen_skala": enkät(("egen", "röd", 7), indikator=("röd eller mer", None, None, "q1")),
    "svar_som_raknas_saknas": enkät(*NÖJDA, indikator=("", None, None, "q1")),
    "andel_saknas": enkät(indikator=("ofta", None, 20)),
    "antal_som_text": enkät(("frekvens", "ofta", "3")),
    # between rows and sheets
    "gammalt_id": {"Uppgifter": [UPPGIFT, ["raekenskapsrevision", "Revision", 36000, "kr"]]},
    "gammalt_och_nytt_id": {
        "Uppgifter": [UPPGIFT, *([id_, "Revision", 1, "kr"] for id_ in ("raekenskapsrevision", "rakenskapsrevision"))]
    },
    "dubbelt_id": {"Insatser": [INSATS, TEAMET, TEAMET], "Uppgifter": [*uppgift(1, "kr"), ["nagot", "Annat", 2, "kr"]]},
    "dubbel_budget": {"Budget": [*budget(1000), ["administration", 2025, 2000, "kr", "ursprunglig"]]},
    "dubbla_deltagare": {
        "Insatser": [INSATS, TEAMET],
        "Deltagare": [DELTAGARE, *[["teamet", "nya", "Nya", 2025, None, None, antal] for antal in (12, 13)]],
    },
    "okand_insats": {"Insatser": [INSATS, TEAMET], "Faktarutor": [RUTA, ["taemet", "Syfte", "Text"]]},
    "okant_omrade": {"Mål": [MÅL, ["m1", "ekonomi", None, "delmål", "Ett mål"]]},
}


def write_trasig(path: Path, blad: Mapping[str, Rader | None]) -> None:
    """Write the workbook of a situation."""
    bok = Workbook()
    bok.remove(bok.active)
    for namn, rader in {**{namn: [rubriker] for namn, rubriker in RUBRIKER.items()}, **blad}.items():
        if rader is None:
            continue
        kalkylblad = bok.create_sheet(namn)
        for nr, rad in enumerate(rader, 1):
            for kolumn, värde in enumerate(rad, 1):
                cell = kalkylblad.cell(nr, kolumn, värde.tal if isinstance(värde, Procent) else värde)
                if isinstance(värde, Procent):
                    cell.number_format = "0 %"
    bok.save(path)
