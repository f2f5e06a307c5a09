"""The verifikationer behind the document: pages for each konto, in files beside it that are opened when asked for.

The texts of verifikationer may name people and are not needed to follow a figure, so they are left out.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from html import escape
from pathlib import Path

from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.bokforing import Bokföring, Konto, Transaktion, Verifikation

MAPP = "verifikationer"
"""The folder beside the document."""
RADER_PER_SIDA = 2000
STIL = (
    "body{font-family:system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .5rem;font-weight:400}"
    "thead th,tfoot th,tfoot td{font-weight:600;border-top:1px solid #1f4e79}"
    ".tal{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
)

Rad = tuple[Verifikation, Transaktion]


def write_verifikat(bokföring: Bokföring, katalog: Path, titel: str) -> dict[str, str]:
    """Write the pages in the folder of a report. Returns the first page of each konto, as the document links to it."""
    rader: dict[str, list[Rad]] = defaultdict(list)
    for ver in bokföring.verifikationer:
        for rad in ver.rader:
            rader[rad.konto].append((ver, rad))
    filer = {}
    for konto, egna in sorted(rader.items()):
        if konto.isascii() and konto.isdecimal():
            filer[konto] = _write_konto(bokföring, bokföring.konton[konto], egna, katalog / MAPP, titel)
    return filer


def _write_konto(bokföring: Bokföring, konto: Konto, rader: list[Rad], mapp: Path, titel: str) -> str:
    """The pages of a konto, in order of date; each carries the sum so far on."""
    mapp.mkdir(parents=True, exist_ok=True)
    rader.sort(key=lambda par: (par[1].datum or par[0].datum or bokföring.år[0].start, par[0].serie))
    bitar = [rader[i : i + RADER_PER_SIDA] for i in range(0, len(rader), RADER_PER_SIDA)]
    namn = [f"{konto.nummer}.html", *(f"{konto.nummer}-{nr}.html" for nr in range(2, len(bitar) + 1))]
    summa = bokföring.år[0].ib.get(konto.nummer, NOLL)
    for nr, bit in enumerate(bitar):
        nästa = namn[nr + 1] if nr + 1 < len(bitar) else ""
        sida, summa = _sida(konto, bit, summa, titel, namn[nr - 1] if nr else "", nästa)
        (mapp / namn[nr]).write_text(sida, "utf-8")
    return f"{MAPP}/{namn[0]}"


def _sida(konto: Konto, rader: list[Rad], ingående: Decimal, titel: str, före: str, efter: str) -> tuple[str, Decimal]:
    """A page, and the balance after its rows."""
    saldo = ingående + sum((rad.belopp for _, rad in rader), NOLL)
    rubrik = f"Konto {escape(konto.nummer)} {escape(konto.namn)}"
    länkar = "".join(f'<a href="{fil}">{ord_}</a> ' for fil, ord_ in ((före, "Föregående"), (efter, "Nästa")) if fil)
    huvud = "".join(f'<th scope="col">{ord_}</th>' for ord_ in ("Datum", "Verifikation", "Objekt"))
    kropp = _saldorad("Ingående", ingående) + "".join(map(_rad, rader))
    sida = (
        f'<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{rubrik} – {escape(titel)}</title>'
        f"<style>{STIL}</style></head><body><main><h1>{rubrik}</h1><p>{escape(titel)}. Debet +, kredit −.</p>"
        f'<table><thead><tr>{huvud}<th scope="col" class="tal">Belopp</th></tr></thead><tbody>{kropp}</tbody>'
        f"<tfoot>{_saldorad('Utgående', saldo)}</tfoot></table>{f'<nav>{länkar}</nav>' if länkar else ''}</main>"
        "</body></html>\n"
    )
    return sida, saldo


def _saldorad(ord_: str, belopp: Decimal) -> str:
    return f'<tr><th scope="row">{ord_}</th><td></td><td></td><td class="tal">{svenskt_tal(belopp, 2)}</td></tr>'


def _rad(par: Rad) -> str:
    ver, rad = par
    datum = rad.datum or ver.datum
    objekt = escape(", ".join(f"{dimension}:{kod}" for dimension, kod in rad.objekt))
    return (
        f'<tr><th scope="row">{datum or ""}</th><td>{escape(f"{ver.serie} {ver.nummer}".strip())}</td><td>{objekt}</td>'
        f'<td class="tal">{svenskt_tal(rad.belopp, 2)}</td></tr>'
    )
