"""The auditor's workbook: each table with live formulas, down over the facts to the balances of the ledger.

A cell of a table points at its fact in the sheet Fakta; the fact is a formula of other facts or of the sheet
Saldon. Every formula has its value stored, so that readers that do not calculate show the same figures.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from finsam.checks.kontrollera import GRUPPER, antal_av
from finsam.model.fakta import Fakta, Indata, Konton
from finsam.model.ord import VISAS_EJ
from finsam.report.bok import Bok
from finsam.report.kalkyl.arbetsbok import Arbetsbok
from finsam.report.kalkyl.specifikation import write_specifikation

EGNA_BLAD = {
    "resultatrakning": "Resultaträkning",
    "balansrakning": "Balansräkning",
    "panter": "Panter",
    "kassaflodesanalys": "Kassaflöde",
    "driftredovisning": "Driftredovisning",
    "investeringsredovisning": "Investeringar",
    "kostnadsfordelning": "Kostnadsfördelning",
    "flerarsoversikt": "Flerårsöversikt",
    "medlemsbidrag_utveckling": "Medlemsbidrag",
    "balanskravsutredning": "Balanskrav",
    "projektredovisning": "Projekt",
    "intern_kontroll": "Intern kontroll",
    "balanskravskedja": "Tidigare underskott",
    "medlemsandelar": "Andelar",
    "upplysningar": "Upplysningar",
    "resultatbudget": "Resultatbudget",
    "budget": "Budget per rad",
    "bidragsfordelning": "Medlemsbidrag",
}
_KR, _PROCENT, _ANTAL = "#,##0;\\-#,##0;0", "0.0%", "#,##0.##"


def write_xlsx(bok: Bok, tabeller: list[dict[str, Any]], fil: Path) -> None:
    """Write the workbook of a report; `tabeller` as in `rapport.json`. Same figures, same bytes."""
    ström = BytesIO()
    a = Arbetsbok(bok, ström)
    _write_läs_mig(a)
    övriga: list[dict[str, Any]] = []
    for tabell in tabeller:
        if tabell["id"] in EGNA_BLAD or tabell["id"].startswith("not_"):
            namn = EGNA_BLAD.get(tabell["id"]) or _notnamn(a, tabell["id"])
            _write_tabeller(a, namn, [tabell])
        else:
            övriga.append(tabell)
    _write_tabeller(a, "Mål och insatser", övriga)
    write_specifikation(a)
    _write_kontroller(a)
    _write_fakta(a)
    _write_saldon(a)
    a.wb.close()
    fil.write_bytes(ström.getvalue())


def _notnamn(a: Arbetsbok, id_: str) -> str:
    nummer = next(nr for nr, n in enumerate(a.bok.år.förbund.noter, 1) if id_ == f"not_{n.id}")
    return f"Not {nummer}"


def _write_läs_mig(a: Arbetsbok) -> None:
    blad = a.blad("Läs mig", f"{a.bok.år.förbund.namn}: {a.bok.titel}", (110,))
    rader = (
        "Arbetsbok för den som granskar. Varje tal i räkningar och noter är en formel.",
        "Följ ett tal bakåt: tabellens cell → bladet Fakta → andra fakta eller bladet Saldon, där "
        "bokföringens saldon står.",
        "Saldon har bokföringens tecken: debet plus, kredit minus. Tecknet vänds en gång, i bladet Fakta.",
        "Belopp är oavrundade; visningen är i hela kronor eller tusen kronor.",
        "UTKAST: en kontroll visar fel, se bladet Kontroller."
        if a.bok.utkast
        else "Bladet Kontroller visar vad som har kontrollerats.",
    )
    for nr, text in enumerate(rader, 2):
        blad.write_string(nr, 0, text, a.format(text_wrap=True))


def _write_tabeller(a: Arbetsbok, namn: str, tabeller: list[dict[str, Any]]) -> None:
    """Tables under each other on one sheet."""
    if not tabeller:
        return
    blad = a.blad(namn, tabeller[0]["rubrik"] if len(tabeller) == 1 else namn, (58, *[18] * 8))
    rad = 2
    for tabell in tabeller:
        rad = _write_tabell(a, blad, tabell, rad, med_rubrik=len(tabeller) > 1)


def _write_tabell(a: Arbetsbok, blad: Worksheet, tabell: dict[str, Any], rad: int, *, med_rubrik: bool) -> int:
    if med_rubrik:
        blad.write_string(rad, 0, tabell["rubrik"], a.format(bold=True, font_color=a.profil))
        rad += 1
    enhet = {"kr": "Belopp i kronor", "tkr": "Belopp i tusen kronor"}.get(tabell["enhet"], "")
    huvud = a.format(bold=True, bottom=1, align="right", text_wrap=True)
    blad.write_string(rad, 0, enhet, a.format(bold=True, bottom=1))
    for nr, kolumn in enumerate(tabell["kolumner"], 1):
        blad.write_string(rad, nr, kolumn, huvud)
    for post in tabell["rader"]:
        rad += 1
        stil = {"bold": True, "top": 1} if post["summa"] else {"bold": True} if post["slag"] == "rubrik" else {}
        blad.write_string(rad, 0, post["etikett"], a.format(text_wrap=True, valign="top", **stil))
        for nr, (nyckel, värde, visat) in enumerate(zip(post["fakta"], post["varden"], post["visat"], strict=True), 1):
            _write_cell(a, blad, rad, nr, nyckel, värde, visat, tabell["enhet"], stil)
    if tabell["fotnot"]:
        rad += 1
        blad.write_string(rad, 0, tabell["fotnot"], a.format(text_wrap=True, italic=True))
    return rad + 2


def _write_cell(
    a: Arbetsbok,
    blad: Worksheet,
    rad: int,
    kol: int,
    nyckel: str | None,
    värde: Any,
    visat: str,
    enhet: str,
    stil: dict[str, Any],
) -> None:
    if nyckel is None or värde is None:
        blad.write_string(rad, kol, visat, a.format(text_wrap=True, valign="top", **stil))
        return
    fakta = a.bok.fakta[nyckel]
    vänd = "-" if fakta.värde and (Decimal(str(värde)) > 0) != (fakta.värde > 0) else ""
    if fakta.enhet == "andel":
        format_, tal, formel = _PROCENT, värde / 100, f"={vänd}{a.ref(nyckel)}"
    else:
        delat = "/1000" if enhet == "tkr" and fakta.enhet == "kr" else ""
        format_, tal, formel = (_KR if fakta.enhet == "kr" else _ANTAL), värde, f"={vänd}{a.ref(nyckel)}{delat}"
    blad.write_formula(rad, kol, formel, a.format(num_format=format_, valign="top", **stil), tal)


def _write_kontroller(a: Arbetsbok) -> None:
    blad = a.blad("Kontroller", "Kontroller", (8, 12, 100, 30, 16))
    fet = a.format(bold=True, bottom=1)
    for nr, rubrik in enumerate(("Kod", "Nivå", "Utfall", "Grund", "Differens")):
        blad.write_string(2, nr, rubrik, fet)
    bruten = a.format(text_wrap=True, valign="top")
    rader = count(3)
    for nivå, grupp in groupby(a.bok.findings, lambda f: f.nivå):
        funna = list(grupp)
        blad.write_string(next(rader), 0, f"{GRUPPER[nivå]}: {antal_av(nivå, len(funna))}", a.format(bold=True))
        for f, rad in zip(funna, rader, strict=False):
            for nr, text in enumerate((f.kod, f.nivå, f.klartext, f.grund)):
                blad.write_string(rad, nr, text, bruten)
            blad.write_number(rad, 4, float(f.differens), a.format(num_format=_KR, valign="top"))
    blad.freeze_panes(3, 0)


def _write_fakta(a: Arbetsbok) -> None:
    blad = a.blad("Fakta", "Fakta: varje tal i dokumentet, en gång", (44, 8, 70, 8, 18, 60))
    fet = a.format(bold=True, bottom=1)
    for nr, rubrik in enumerate(("Id", "År", "Definition", "Enhet", "Värde", "Källa")):
        blad.write_string(2, nr, rubrik, fet)
    for nyckel, rad in a.faktarad.items():
        f = a.bok.fakta[nyckel]
        for nr, text in enumerate((f.id, f.period, f.definition, f.enhet)):
            blad.write_string(rad, nr, text)
        format_ = a.format(num_format={"andel": _PROCENT, "kr": "#,##0.00"}.get(f.enhet, _ANTAL))
        if f.värde is None:
            blad.write_string(rad, 4, VISAS_EJ if f.dold else f.text)
        elif formel := a.formel(f):
            blad.write_formula(rad, 4, formel, format_, float(f.värde))
        else:
            blad.write_number(rad, 4, float(f.värde), format_)
        if mål := _källans_plats(a, f):
            blad.write_url(rad, 5, f"internal:{mål}", a.format(font_color=a.profil, underline=1), _källtext(f))
        else:
            blad.write_string(rad, 5, _källtext(f))
    blad.freeze_panes(3, 1)
    blad.autofilter(2, 0, max(a.faktarad.values(), default=2), 5)


def _källans_plats(a: Arbetsbok, f: Fakta) -> str:
    """Where the first konto or fact that a figure is made of stands; empty when it was read from a file."""
    if isinstance(f.källa, Konton):
        rader = [a.saldorad[rad] for rad in f.källa.rader if rad in a.saldorad]
        return f"Saldon!A{rader[0] + 1}" if rader else ""
    return f"Fakta!A{a.faktarad[f.av[0]] + 1}" if f.av else ""


def _källtext(f: Fakta) -> str:
    match f.källa:
        case Indata(fil, plats, anmärkning):
            return ", ".join(del_ for del_ in (fil, plats, anmärkning) if del_)
        case Konton():
            return f"konto {', '.join(f.konton)}" if f.konton else "inget konto"
        case _:
            return "beräknat ur fakta"


def _write_saldon(a: Arbetsbok) -> None:
    blad = a.blad("Saldon", "Saldon ur bokföringen (debet +, kredit −)", (10, 12, 46, *[16] * len(a.kolumn)))
    fet = a.format(bold=True, bottom=1, align="right")
    for nr, rubrik in enumerate(("Konto", "Objekt", "Benämning")):
        blad.write_string(2, nr, rubrik, a.format(bold=True, bottom=1))
    ord_ = {"ib": "IB", "ub": "UB", "res": "Resultat", "budget": "Budget"}
    for (period, slag), kolumn in a.kolumn.items():
        blad.write_string(2, kolumn, f"{ord_[slag]} {period}", fet)
        for rad, belopp in a.bok.fakta.saldon[period, slag].items():
            blad.write_number(a.saldorad[rad], kolumn, float(belopp), a.format(num_format="#,##0.00"))
    bokföring = a.bok.år.bokföring
    for (konto, objekt), rad_nr in a.saldorad.items():
        blad.write_string(rad_nr, 0, konto)
        blad.write_string(rad_nr, 1, objekt)
        dimension, _, kod = objekt.partition(":")
        namn = (
            bokföring.objekt.get((dimension, kod), "")
            if objekt
            else bokföring.konton[konto].namn
            if konto in bokföring.konton
            else ""
        )
        blad.write_string(rad_nr, 2, namn)
    blad.freeze_panes(3, 3)
