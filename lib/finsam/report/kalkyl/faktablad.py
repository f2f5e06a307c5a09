"""The sheets that a figure is followed through: Fakta, Saldon and Verifikationer, with links down and back."""

from __future__ import annotations

from collections.abc import Mapping

from finsam.model.fakta import Fakta, Indata, Konton, Saldorad
from finsam.model.ord import VISAS_EJ
from finsam.report.kalkyl.arbetsbok import FÖRSTA, HUVUD, Arbetsbok, internt
from finsam.report.verifikat import Rad, rader_på

_KR, _PROCENT, _ANTAL = '#,##0.00;"−"#,##0.00;0.00', "0.0 %", "#,##0.##"
FAKTA = (40, 7, 52, 8, 16, 38, 44, 24)
SALDON, VERIFIKATIONER = (10, 12, 46), (12, 12, 14, 24, 18)
FLEST_VERIFIKATIONER = 5_000
"""Rows of verifikationer that the workbook holds; beyond that they are only in the pages beside the document."""


def write_fakta(a: Arbetsbok) -> None:
    """Every figure once, with its formula, where it comes from and where it is shown."""
    blad = a.blad("Fakta", "Fakta: varje tal i dokumentet, en gång", FAKTA, tal=5, grått=True, skrivs_ut=6)
    rubriker = ("Id", "År", "Definition", "Enhet", "Värde", "Källa", "Namn i formler", "Visas i")
    a.rubriker(blad, rubriker, tal=(4,))
    ord_, länk, ordlänk = a.format(text_wrap=True), a.länk(), a.länk(text_wrap=True)
    talen = {"kr": a.format(num_format=_KR), "andel": a.format(num_format=_PROCENT)}
    antal = a.format(num_format=_ANTAL)
    for nyckel, rad in a.faktarad.items():
        f = a.bok.fakta[nyckel]
        källa, namn = _källtext(f), a.namn.get(nyckel, "")
        for nr, text in enumerate((f.id, f.period, f.definition, f.enhet)):
            blad.write_string(rad, nr, text, ord_)
        visat = ""
        if f.värde is None:
            visat = VISAS_EJ if f.dold else f.text
            blad.write_string(rad, 4, visat, ord_)
        elif formel := a.formel(f):
            blad.write_formula(rad, 4, formel, talen.get(f.enhet, antal), float(f.värde))
        else:
            blad.write_number(rad, 4, float(f.värde), talen.get(f.enhet, antal))
        if mål := _källans_plats(a, f):
            blad.write_url(rad, 5, mål, ordlänk, källa)
        else:
            blad.write_string(rad, 5, källa, ord_)
        blad.write_string(rad, 6, namn, ord_)
        if visas := a.visad.get(nyckel):
            på, _, cell = visas.removeprefix("internal:").replace("'", "").partition("!")
            blad.write_url(rad, 7, visas, länk, f"{på} {cell}")
        texter = (f.id, f.period, f.definition, f.enhet, visat, källa, namn)
        a.radhöjd(blad, rad, zip(texter, FAKTA, strict=False))
    sista = max(a.faktarad.values(), default=HUVUD)
    blad.autofilter(HUVUD, 0, sista, len(rubriker) - 1)
    blad.print_area(0, 0, sista, 5)


def _källans_plats(a: Arbetsbok, f: Fakta) -> str:
    """Where the first konto or fact that a figure is made of stands; empty when it was read from a file."""
    if isinstance(f.källa, Konton):
        rader = [a.saldorad[rad] for rad in f.källa.rader if rad in a.saldorad]
        return internt("Saldon", f"A{rader[0] + 1}") if rader else ""
    return internt("Fakta", f"A{a.faktarad[f.av[0]] + 1}") if f.av else ""


def _källtext(f: Fakta) -> str:
    match f.källa:
        case Indata(fil, plats, anmärkning):
            return ", ".join(del_ for del_ in (fil, plats, anmärkning) if del_)
        case Konton():
            return f"konto {', '.join(f.konton)}" if f.konton else "inget konto"
        case _:
            return "beräknat ur fakta"


def verifikationer(a: Arbetsbok) -> dict[str, list[Rad]]:
    """The rows of each konto, when the ledger has them and they are not too many."""
    bokföring = a.bok.år.bokföring
    if not 0 < bokföring.verifikationer.antal_rader() <= FLEST_VERIFIKATIONER:
        return {}
    alla = ((konto, rader_på(bokföring, konto)) for konto in sorted(bokföring.konton))
    return {konto: rader for konto, rader in alla if rader}


def write_saldon(a: Arbetsbok, konton: Mapping[str, list[Rad]]) -> None:
    """The balances of the ledger; each leads to the konto's verifikationer, and back to a fact that it is in."""
    bredder = (*SALDON, *[15] * len(a.kolumn), 30)
    titel = "Saldon ur bokföringen (debet +, kredit −)"
    blad = a.blad("Saldon", titel, bredder, tal=len(a.kolumn), grått=True, skrivs_ut=len(bredder) - 1)
    ord_ = {"ib": "IB", "ub": "UB", "res": "Resultat", "budget": "Budget"}
    kolumner = [f"{ord_[slag]} {period}" for period, slag in a.kolumn]
    rubriker = ("Konto", "Objekt", "Benämning", *kolumner, "Ingår i")
    a.rubriker(blad, rubriker, tal=a.kolumn.values())
    blad.ignore_errors({"number_stored_as_text": "A1:B1048576"})
    for (period, slag), kolumn in a.kolumn.items():
        for rad, belopp in a.bok.fakta.saldon[period, slag].items():
            blad.write_number(a.saldorad[rad], kolumn, float(belopp), a.format(num_format=_KR))
    ingår = _ingår(a)
    första = _första_rader(konton)
    for saldo, rad_nr in a.saldorad.items():
        konto, objekt = saldo
        if konto in första:
            blad.write_url(rad_nr, 0, internt("Verifikationer", f"A{första[konto] + 1}"), a.länk(), konto)
        else:
            blad.write_string(rad_nr, 0, konto, a.format())
        blad.write_string(rad_nr, 1, objekt, a.format())
        namn = _benämning(a, saldo)
        blad.write_string(rad_nr, 2, namn, a.format(text_wrap=True))
        if nyckel := ingår.get(saldo):
            text = f"{a.bok.fakta[nyckel].id} {a.bok.fakta[nyckel].period}"
            mål = internt("Fakta", f"A{a.faktarad[nyckel] + 1}")
            blad.write_url(rad_nr, len(rubriker) - 1, mål, a.länk(text_wrap=True), text)
        else:
            text = ""
        a.radhöjd(blad, rad_nr, ((namn, SALDON[2]), (objekt, SALDON[1]), (text, 30)))
    blad.freeze_panes(FÖRSTA, len(SALDON))
    blad.print_area(0, 0, max(a.saldorad.values(), default=HUVUD), len(bredder) - 2)
    blad.repeat_columns(0, len(SALDON) - 1)


def _ingår(a: Arbetsbok) -> dict[Saldorad, str]:
    """The first fact of the year that each balance is a part of."""
    ut: dict[Saldorad, str] = {}
    for nyckel, f in sorted(a.bok.fakta.items(), key=lambda par: par[1].period != a.bok.år.period):
        if isinstance(f.källa, Konton) and f.värde is not None:
            for rad in f.källa.rader:
                ut.setdefault(rad, nyckel)
    return ut


def _benämning(a: Arbetsbok, saldo: Saldorad) -> str:
    konto, objekt = saldo
    bokföring = a.bok.år.bokföring
    if objekt:
        dimension, _, kod = objekt.partition(":")
        return bokföring.objekt.get((dimension, kod), "")
    return bokföring.konton[konto].namn if konto in bokföring.konton else ""


def _första_rader(konton: Mapping[str, list[Rad]]) -> dict[str, int]:
    """Where the rows of each konto begin in the sheet Verifikationer."""
    ut, nästa = {}, FÖRSTA
    for konto, rader in konton.items():
        ut[konto] = nästa
        nästa += len(rader)
    return ut


def write_verifikationer(a: Arbetsbok, konton: Mapping[str, list[Rad]]) -> None:
    """The rows of the ledger by konto, without their texts, which may name people."""
    if not konton:
        return
    titel = "Verifikationer per konto (debet +, kredit −)"
    blad = a.blad("Verifikationer", titel, VERIFIKATIONER, grått=True)
    a.rubriker(blad, ("Konto", "Datum", "Verifikation", "Objekt", "Belopp"), tal=(4,))
    blad.ignore_errors({"number_stored_as_text": "A1:D1048576"})
    kr, ord_ = a.format(num_format=_KR), a.format()
    for konto, första in _första_rader(konton).items():
        saldo = a.saldorad.get((konto, ""))
        for nr, rad in enumerate(konton[konto], första):
            blad.write_string(nr, 0, konto, ord_)
            for kol, text in enumerate((rad.datum, rad.verifikation, rad.objekt), 1):
                blad.write_string(nr, kol, text, ord_)
            blad.write_number(nr, 4, float(rad.belopp), kr)
        if saldo is not None:
            blad.write_url(första, 0, internt("Saldon", f"A{saldo + 1}"), a.länk(), konto, "Till saldot")
    sista = FÖRSTA + sum(map(len, konton.values())) - 1
    blad.autofilter(HUVUD, 0, sista, len(VERIFIKATIONER) - 1)
