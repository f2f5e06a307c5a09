"""The verifikationer behind the document: pages for each konto, in files beside it that are opened when asked for.

The texts of verifikationer may name people and are not needed to follow a figure, so they are left out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import NamedTuple

from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.bokforing import Bokföring, Konto, Transaktion, Verifikation
from finsam.model.farg import FÖRVAL, Färger, mörkt_av
from finsam.report.roller import css_roller

MAPP = "verifikationer"
"""The folder beside the document."""
RADER_PER_SIDA = 2000
STIL = (
    "body{color:var(--text);background:var(--yta);font-family:system-ui,sans-serif}"
    "body{max-width:60rem;margin:1rem auto;padding:0 1rem;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .5rem;font-weight:400}"
    "thead th,tfoot th,tfoot td{font-weight:600;border-top:1px solid var(--profil)}a{color:var(--profil)}"
    ".tal{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
)


class Rad(NamedTuple):
    """What a page shows of a row, after what rows are sorted by."""

    ordning: tuple[date, str, int]
    datum: str
    verifikation: str
    objekt: str
    belopp: Decimal


def write_verifikat(bokföring: Bokföring, katalog: Path, titel: str, färger: Färger = FÖRVAL) -> dict[str, str]:
    """Write the pages in the folder of a report. Returns the first page of each konto, as the document links to it.

    A konto at a time: of a large ledger no more is held.
    """
    filer, stil = {}, css_roller(färger, mörkt_av(färger)) + STIL
    for konto in bokföring.konton.values():
        if konto.nummer.isascii() and konto.nummer.isdecimal() and (rader := rader_på(bokföring, konto.nummer)):
            filer[konto.nummer] = _write_konto(bokföring, konto, rader, katalog / MAPP, titel, stil)
    return filer


def rader_på(bokföring: Bokföring, konto: str) -> list[Rad]:
    """The rows of a konto in order of date."""
    _, par = bokföring.verifikationer.med_konto(konto)
    return sorted(_rad(plats, ver, rad, bokföring.år[0].start) for plats, (ver, rad) in enumerate(par))


def _rad(plats: int, ver: Verifikation, rad: Transaktion, start: date) -> Rad:
    datum = rad.datum or ver.datum
    objekt = ", ".join(f"{dimension}:{kod}" for dimension, kod in rad.objekt)
    namn = f"{ver.serie} {ver.nummer}".strip()
    return Rad((datum or start, ver.serie, plats), str(datum or ""), namn, objekt, rad.belopp)


def _write_konto(bokföring: Bokföring, konto: Konto, rader: list[Rad], mapp: Path, titel: str, stil: str) -> str:
    """The pages of a konto, in order of date; each carries the sum so far on."""
    mapp.mkdir(parents=True, exist_ok=True)
    bitar = [rader[i : i + RADER_PER_SIDA] for i in range(0, len(rader), RADER_PER_SIDA)]
    namn = [f"{konto.nummer}.html", *(f"{konto.nummer}-{nr}.html" for nr in range(2, len(bitar) + 1))]
    summa = bokföring.år[0].ib.get(konto.nummer, NOLL)
    for nr, bit in enumerate(bitar):
        nästa = namn[nr + 1] if nr + 1 < len(bitar) else ""
        sida, summa = _sida(konto, bit, summa, (titel, stil), namn[nr - 1] if nr else "", nästa)
        (mapp / namn[nr]).write_text(sida, "utf-8")
    return f"{MAPP}/{namn[0]}"


def _sida(
    konto: Konto, rader: list[Rad], ingående: Decimal, om: tuple[str, str], före: str, efter: str
) -> tuple[str, Decimal]:
    """A page, and the balance after its rows; `om` is the title of the report and the page's style."""
    titel, stil = om
    saldo = ingående + sum((rad.belopp for rad in rader), NOLL)
    rubrik = f"Konto {escape(konto.nummer)} {escape(konto.namn)}"
    länkar = "".join(f'<a href="{fil}">{ord_}</a> ' for fil, ord_ in ((före, "Föregående"), (efter, "Nästa")) if fil)
    huvud = "".join(f'<th scope="col">{ord_}</th>' for ord_ in ("Datum", "Verifikation", "Objekt"))
    kropp = _saldorad("Ingående", ingående) + "".join(map(_tabellrad, rader))
    sida = (
        f'<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{rubrik} – {escape(titel)}</title>'
        f"<style>{stil}</style></head><body><main><h1>{rubrik}</h1><p>{escape(titel)}. Debet +, kredit −.</p>"
        f'<table><thead><tr>{huvud}<th scope="col" class="tal">Belopp</th></tr></thead><tbody>{kropp}</tbody>'
        f"<tfoot>{_saldorad('Utgående', saldo)}</tfoot></table>{f'<nav>{länkar}</nav>' if länkar else ''}</main>"
        "</body></html>\n"
    )
    return sida, saldo


def _saldorad(ord_: str, belopp: Decimal) -> str:
    return f'<tr><th scope="row">{ord_}</th><td></td><td></td><td class="tal">{svenskt_tal(belopp, 2)}</td></tr>'


def _tabellrad(rad: Rad) -> str:
    return (
        f'<tr><th scope="row">{rad.datum}</th><td>{escape(rad.verifikation)}</td><td>{escape(rad.objekt)}</td>'
        f'<td class="tal">{svenskt_tal(rad.belopp, 2)}</td></tr>'
    )
