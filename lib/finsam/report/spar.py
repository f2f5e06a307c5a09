"""A figure's spår: what it is in words, what it is computed from, down to konton or a cell of an input file.

On the page each figure opens its own spår, without a script: a `popover`, which in a browser that does not know it is
read as an appendix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape, unescape
from typing import Any

from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.bokforing import Bokföring
from finsam.model.fakta import Fakta, Faktabas, Indata, Konton, Kvot, Produkt, Summa
from finsam.report.visning import exakt, visa_fakta

FORMAT = {"kr": "kr", "andel": "procent1"}
_DATA = re.compile(r'(<data value="[^"]*" data-fakta="([^"]*)"[^>]*>)([^<]*)(</data>)')
_KROPP = '<main id="innehall">'


@dataclass(frozen=True, slots=True)
class Kontoled:
    """A konto (with objekt) behind a figure, and its balance as in the ledger: debit +, credit −."""

    konto: str
    objekt: str
    namn: str
    saldo: Decimal


@dataclass(frozen=True, slots=True)
class Led:
    """One step of a spår. `delar` are the facts it is computed from, each with the word before it."""

    fakta: Fakta
    visat: str
    konton: tuple[Kontoled, ...] = ()
    delar: tuple[tuple[str, str], ...] = ()
    indata: str = ""


def led(fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring) -> Led:
    """What a fact is made of, one step down."""
    visat = visa_fakta(fakta, FORMAT.get(fakta.enhet, "text"))
    match fakta.källa:
        case Konton() as källa:
            return Led(fakta, visat, konton=tuple(_konton(fakta, källa, fakta_, bokföring)))
        case Indata(fil, plats, anmärkning):
            return Led(fakta, visat, indata=", ".join(del_ for del_ in (fil, plats, anmärkning) if del_))
        case Summa(termer):
            return Led(fakta, visat, delar=tuple(("−" if t < 0 else "+", n) for t, n in termer))
        case Kvot(täljare, nämnare):
            return Led(fakta, visat, delar=(("", täljare), ("genom", nämnare)))
        case Produkt((ena, andra)):
            return Led(fakta, visat, delar=(("", ena), ("gånger", andra)))


def _konton(fakta: Fakta, källa: Konton, fakta_: Faktabas, bokföring: Bokföring) -> Iterator[Kontoled]:
    saldon = fakta_.saldon[fakta.period, källa.slag]
    for konto, objekt in källa.rader:
        if saldo := saldon.get((konto, objekt), NOLL):
            namn = bokföring.konton[konto].namn if konto in bokföring.konton else ""
            yield Kontoled(konto, objekt, namn, saldo)


class Spår(list[Fakta]):
    """A fact and all it is computed from, the nearest first; in a notebook it is shown as a list to open."""

    def __init__(self, fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring) -> None:
        self._fakta, self._bokföring = fakta_, bokföring
        super().__init__(_alla([fakta.nyckel], fakta_))

    def _repr_html_(self) -> str:
        return self._html(self[0], "")

    def _html(self, fakta: Fakta, ord_: str) -> str:
        steg = led(fakta, self._fakta, self._bokföring)
        delar = "".join(f"<li>{self._html(self._fakta[nyckel], ord_)}</li>" for ord_, nyckel in steg.delar)
        rubrik = f"<summary>{ord_} <strong>{escape(steg.visat)}</strong> {_vad(fakta)}</summary>"
        lista = f"<ul>{delar}</ul>" if delar else ""
        return f"<details{'' if ord_ else ' open'}>{rubrik}{_grund(steg, {})}{lista}</details>"


def _alla(nycklar: Iterable[str], fakta: Faktabas) -> list[Fakta]:
    """These facts and all that they are computed from, each once, the nearest first."""
    funna = {nyckel: fakta[nyckel] for nyckel in nycklar}
    kö = list(funna.values())
    while kö:
        for nyckel in kö.pop(0).av:
            if nyckel not in funna:
                funna[nyckel] = fakta[nyckel]
                kö.append(fakta[nyckel])
    return list(funna.values())


def med_spår(sida: str, fakta: Faktabas, bokföring: Bokföring, filer: Mapping[str, str]) -> str:
    """The page with a spår behind each figure of its main part. `filer` are the year's verifikationer by konto."""
    huvud, kropp, rest = sida.partition(_KROPP)
    visade = dict.fromkeys(unescape(träff[2]) for träff in _DATA.finditer(rest))
    if not visade:
        return sida
    rutor = "".join(_ruta(ett, fakta, bokföring, filer) for ett in _alla(visade, fakta))
    rest = _DATA.sub(lambda m: f"{m[1]}{_knapp(m[2], m[3])}{m[4]}", rest)
    return huvud + kropp + rest.replace("</body>", f'<aside class="spar" aria-label="Spår">{rutor}</aside>\n</body>')


def _knapp(nyckel: str, text: str) -> str:
    """A figure that opens its spår; key and text are HTML already."""
    return f'<button type="button" popovertarget="spar-{nyckel}">{text}</button>'


def _ruta(fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring, filer: Mapping[str, str]) -> str:
    steg, nyckel = led(fakta, fakta_, bokföring), escape(fakta.nyckel)
    delar = "".join(f"<li>{ord_} {_del(fakta_[nyckel])}</li>" for ord_, nyckel in steg.delar)
    lista = f"<ul>{delar}</ul>" if delar else ""
    visat = escape(steg.visat)
    grund = _grund(steg, filer if fakta.period == fakta_.period else {})
    return f'<div popover id="spar-{nyckel}"><p><strong>{visat}</strong> {_vad(fakta)}</p>{grund}{lista}</div>'


def spårtext(fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring) -> str:
    """The words that a figure opens on the page."""
    return unescape(re.sub(r"<[^>]*>", " ", _ruta(fakta, fakta_, bokföring, {})))


def _del(fakta: Fakta) -> str:
    nyckel, text = escape(fakta.nyckel), escape(visa_fakta(fakta, FORMAT.get(fakta.enhet, "text")))
    if fakta.värde is None:
        return f'<span data-fakta="{nyckel}">{text}</span> {escape(fakta.definition)}'
    knapp = _knapp(nyckel, text)
    return f'<data value="{exakt(fakta)}" data-fakta="{nyckel}">{knapp}</data> {escape(fakta.definition)}'


def _vad(fakta: Fakta) -> str:
    return f'{escape(fakta.definition)} <span class="id">{escape(fakta.nyckel)}</span>'


def _grund(steg: Led, filer: Mapping[str, str]) -> str:
    """Where a figure comes from when it is not computed of others: konton with balances, or a place in a file."""
    if steg.indata:
        return f"<p>Ur {escape(steg.indata)}.</p>"
    if not steg.konton:
        return ""
    rader = "".join(
        f'<tr><th scope="row">{_konto(k, filer)}</th><td>{escape(k.namn)}</td>'
        f'<td class="tal">{svenskt_tal(k.saldo, 2)}</td></tr>'
        for k in steg.konton
    )
    vänt = isinstance(steg.fakta.källa, Konton) and steg.fakta.källa.tecken < 0
    ord_ = "Saldon ur bokföringen (debet +, kredit −)" + ("; tecknet vänds" if vänt else "")
    return f"<table><caption>{ord_}</caption><tbody>{rader}</tbody></table>"


def _konto(led_: Kontoled, filer: Mapping[str, str]) -> str:
    objekt = f" objekt {escape(led_.objekt)}" if led_.objekt else ""
    namn = escape(led_.konto)
    return (f'<a href="{escape(filer[led_.konto])}">{namn}</a>' if led_.konto in filer else namn) + objekt


def spår_json(steg: Led) -> dict[str, Any]:
    """One step as data: amounts as text."""
    ut: dict[str, Any] = {
        "fakta": steg.fakta.nyckel,
        "varde": exakt(steg.fakta) or steg.fakta.text or None,
        "visat": steg.visat,
        "definition": steg.fakta.definition,
    }
    if isinstance(steg.fakta.källa, Konton):
        ut["konton"] = [
            {"konto": k.konto, "objekt": k.objekt, "namn": k.namn, "saldo": f"{k.saldo:.2f}"} for k in steg.konton
        ]
    elif steg.indata or isinstance(steg.fakta.källa, Indata):
        ut["kalla"] = steg.indata
    return ut
