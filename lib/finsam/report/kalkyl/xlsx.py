"""The auditor's workbook: each table with live formulas, down over the facts to the balances of the ledger.

A total adds up its rows on the sheet, the other cells point at their facts by name, and the last column says whether
both come to the same. A fact is a formula of other facts or of the sheet Saldon. Every formula has its value stored, so
that readers that do not calculate show the same figures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from finsam.report.bok import Bok
from finsam.report.kalkyl.arbetsbok import Arbetsbok
from finsam.report.kalkyl.faktablad import verifikationer, write_fakta, write_saldon, write_verifikationer
from finsam.report.kalkyl.innehall import begin_innehåll, write_innehåll
from finsam.report.kalkyl.kontrollblad import write_anmärkningar, write_kontroller
from finsam.report.kalkyl.specifikation import write_specifikation
from finsam.report.kalkyl.tabellblad import write_tabeller

ANDRA_BLAD = (
    *("Innehåll", "Läs mig", "Kontroller", "Anmärkningar", "Bokslutsspecifikation"),
    *("Fakta", "Saldon", "Verifikationer"),
)
"""Sheets that are no tables of the document; Läs mig in a run by 0.1."""


def write_xlsx(bok: Bok, tabeller: list[dict[str, Any]], fil: Path) -> None:
    """Write the workbook of a report; `tabeller` as in `rapport.json`. Same figures, same bytes."""
    a = Arbetsbok(bok)
    innehåll = begin_innehåll(a)
    write_kontroller(a)
    write_tabeller(a, tabeller)
    write_specifikation(a)
    write_anmärkningar(a)
    write_fakta(a)
    write_saldon(a, konton := verifikationer(a))
    write_verifikationer(a, konton)
    write_innehåll(a, innehåll)
    a.wb.close()
    fil.write_bytes(a.wb.packad())
