"""The sheet Bokslutsspecifikation: each balance, what it is made of, and what it was checked against (LKBR 4 kap. 6 §).

Every sum is a formula of the rows under it or of the sheet Saldon.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from finsam.model.ord import SAKNAS
from finsam.report.kalkyl.arbetsbok import FÖRSTA, HUVUD, Arbetsbok
from finsam.statements.bokslut.specifikation import Kontospecifikation, bokslutsspecifikation

BLAD = "Bokslutsspecifikation"
RUBRIKER = ("Post, konto", "Datum", "Består av", "Saldo", "Enligt avstämning", "Skillnad", "Avstämt mot", "Av", "Datum")
BREDDER = (40, 11, 15, 15, 15, 13, 28, 16, 11)
KR = '#,##0.00;"−"#,##0.00;"–"'


def write_specifikation(a: Arbetsbok) -> None:
    """Write the sheet, when the ledger has a balance. Debts and eget kapital are plus, as in the balansräkning."""
    poster = list(bokslutsspecifikation(a.bok.år))
    if not poster:
        return
    titel = f"Bokslutsspecifikation {a.bok.år.period}: vad varje saldo består av och är avstämt mot"
    blad = a.blad(BLAD, titel, BREDDER, tal=5)
    a.rubriker(blad, RUBRIKER, tal=range(2, 6))
    a.radhöjd(blad, HUVUD, zip(RUBRIKER, BREDDER, strict=True), fet=True)
    rad = FÖRSTA
    for post in poster:
        summa = f"{post.etikett}, summa"
        saldorader = []
        blad.write_string(rad, 0, post.etikett, a.format(bold=True, text_wrap=True))
        a.radhöjd(blad, rad, [(post.etikett, BREDDER[0])], fet=True)
        for konto in post.konton:
            rad += 1
            saldorader.append(rad)
            rad = _write_konto(a, blad, konto, rad)
        rad += 1
        formel = f"=SUM({','.join(f'D{nr + 1}' for nr in saldorader)})"
        blad.write_string(rad, 0, summa, a.format(bold=True, top=1, text_wrap=True))
        a.radhöjd(blad, rad, [(summa, BREDDER[0])], fet=True)
        belopp = sum((konto.saldo for konto in post.konton), Decimal(0))
        blad.write_formula(rad, 3, formel, a.format(bold=True, top=1, num_format=KR), float(belopp))
        rad += 2


def _write_konto(a: Arbetsbok, blad: Worksheet, k: Kontospecifikation, rad: int) -> int:
    """A konto with its parts under it; returns the last row."""
    tal, ord_ = a.format(num_format=KR), a.format(text_wrap=True)
    celler = [(f"{k.konto} {k.namn}".strip(), BREDDER[0])]
    blad.write_string(rad, 0, celler[0][0], ord_)
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
            celler.append((text, BREDDER[kol]))
    elif k.ub:
        blad.write_string(rad, 6, SAKNAS, ord_)
    a.radhöjd(blad, rad, celler)
    for del_ in k.delar:
        rad += 1
        blad.write_string(rad, 0, del_.vad, a.format(text_wrap=True, indent=2))
        a.radhöjd(blad, rad, [(del_.vad, BREDDER[0] - 4)])
        blad.write_string(rad, 1, _dag(del_.datum), a.format())
        blad.write_number(rad, 2, float(del_.belopp), tal)
    return rad


def _dag(datum: date | None) -> str:
    return datum.isoformat() if datum else ""
