"""The sheet Bokslutsspecifikation: each balance, what it is made of, and what it was checked against (LKBR 4 kap. 6 §).

Every sum is a formula of the rows under it or of the sheet Saldon.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from finsam.model.ord import SAKNAS
from finsam.report.kalkyl.arbetsbok import Arbetsbok
from finsam.statements.bokslut.specifikation import Kontospecifikation, bokslutsspecifikation

BLAD = "Bokslutsspecifikation"
RUBRIKER = ("Post, konto", "Datum", "Består av", "Saldo", "Enligt avstämning", "Skillnad", "Avstämt mot", "Av", "Datum")
BREDDER = (46, 12, 18, 18, 18, 14, 34, 20, 12)
KR = "#,##0.00"


def write_specifikation(a: Arbetsbok) -> None:
    """Write the sheet, when the ledger has a balance. Debts and eget kapital are plus, as in the balansräkning."""
    poster = list(bokslutsspecifikation(a.bok.år))
    if not poster:
        return
    titel = f"Bokslutsspecifikation {a.bok.år.period}: vad varje saldo består av och är avstämt mot"
    blad = a.blad(BLAD, titel, BREDDER)
    huvud = a.format(bold=True, bottom=1, text_wrap=True)
    for nr, rubrik in enumerate(RUBRIKER):
        blad.write_string(2, nr, rubrik, huvud)
    rad = 3
    for post in poster:
        summa = f"{post.etikett}, summa"
        saldorader = []
        blad.write_string(rad, 0, post.etikett, a.format(bold=True))
        for konto in post.konton:
            rad += 1
            saldorader.append(rad)
            rad = _write_konto(a, blad, konto, rad)
        rad += 1
        formel = "=" + "+".join(f"D{nr + 1}" for nr in saldorader)
        blad.write_string(rad, 0, summa, a.format(bold=True, top=1))
        belopp = sum((konto.saldo for konto in post.konton), Decimal(0))
        blad.write_formula(rad, 3, formel, a.format(bold=True, top=1, num_format=KR), float(belopp))
        rad += 2
    blad.freeze_panes(3, 1)


def _write_konto(a: Arbetsbok, blad: Worksheet, k: Kontospecifikation, rad: int) -> int:
    """A konto with its parts under it; returns the last row."""
    tal, ord_ = a.format(num_format=KR, valign="top"), a.format(text_wrap=True, valign="top")
    blad.write_string(rad, 0, f"{k.konto} {k.namn}".strip(), ord_)
    kolumn = a.kolumn.get((a.bok.år.period, "ub"))
    if (k.konto, "") in a.saldorad and kolumn is not None:
        cell = a.saldocell(a.bok.år.period, "ub", (k.konto, ""))
        blad.write_formula(rad, 3, f"={'-' if k.tecken < 0 else ''}{cell}", tal, float(k.saldo))
    else:
        blad.write_number(rad, 3, float(k.saldo), tal)
    if k.avstämning is not None:
        blad.write_number(rad, 4, float(k.avstämning.belopp), tal)
        blad.write_formula(rad, 5, f"=D{rad + 1}-E{rad + 1}", tal, float(k.saldo - k.avstämning.belopp))
        mot = ". ".join(del_ for del_ in (k.avstämning.mot, k.avstämning.kommentar) if del_)
        for kol, text in ((6, mot), (7, k.avstämning.av), (8, _dag(k.avstämning.datum))):
            blad.write_string(rad, kol, text, ord_)
    elif k.ub:
        blad.write_string(rad, 6, SAKNAS, ord_)
    for del_ in k.delar:
        rad += 1
        blad.write_string(rad, 0, f"   {del_.vad}")
        blad.write_string(rad, 1, _dag(del_.datum))
        blad.write_number(rad, 2, float(del_.belopp), tal)
    return rad


def _dag(datum: date | None) -> str:
    return datum.isoformat() if datum else ""
