"""A figure's spår: what it is in words, what it is computed from, down to konton or a cell of an input file.

On the page figures are words. When it is asked for, each row of a table has a button that opens its spår where it is,
and so has each figure in a sentence: a `popover`, without a script, which in a browser that does not know it is read as
an appendix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.bokforing import Bokföring
from finsam.model.fakta import Fakta, Faktabas, Indata, Konton, Kvot, Produkt, Summa
from finsam.report.visning import exakt, visa_fakta

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram

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
    """Ett tal och allt det är räknat av, det närmaste först, ned till konton (debet plus, kredit minus) eller en cell.

    I en notebook visas det som en lista att öppna; `.df()` ger leden som tabell.
    """

    def __init__(self, fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring) -> None:
        self._fakta, self._bokföring = fakta_, bokföring
        super().__init__(_alla([fakta.nyckel], fakta_))

    def df(self) -> Ram:
        """Leden som tabell: id, år, vad det är, kronor, procent eller antal, och vad det är räknat av."""
        from finsam.report.analys.uppslag import faktaram

        return faktaram(self)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self))

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
        return sida.replace(_UTAN_SPÅR, "")
    inlagda, slut, efter = rest.partition("</main>")
    rader = _Rader()
    delar = [rader.i_tabell(del_) if nr % 2 else rader.i_ord(del_) for nr, del_ in enumerate(_TABELL.split(inlagda))]
    rutor = "".join(
        _ruta(ett, fakta, bokföring, filer, rader.andra.get(ett.nyckel, "")) for ett in _alla(visade, fakta)
    )
    ny = efter.replace("</body>", f'<aside class="spar" aria-label="Spår">{rutor}</aside>\n</body>')
    return "".join((huvud.replace(_UTAN_SPÅR, _MED_SPÅR), kropp, *delar, slut, ny))


_UTAN_SPÅR = "<!--spår-->"
_MED_SPÅR = (
    '<label class="sparval"><input type="checkbox" id="spar">Visa spår</label>'
    '<a class="minns" href="#spar">Länk till spåren</a><a class="av" href="#innehall">Dölj spår</a>'
)
_TABELL = re.compile(r'(<table id="tabell-.*?</table>)', re.DOTALL)
_SPANN = re.compile(r'colspan="(\d+)"')
_UTAN_MÄRKE = re.compile(r"<sup.*?</sup>|<[^>]*>")
_TR = re.compile(r"<tr([^>]*)>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)


class _Rader:
    """Where the page is given buttons. `andra` is what opens the other figures of the row that has a figure first."""

    def __init__(self) -> None:
        self.andra: dict[str, str] = {}

    def i_ord(self, html: str) -> str:
        """Words, with a button after each figure."""
        return _DATA.sub(lambda m: f"{m[0]}{_knapp(m[2], f'Spår för {m[3]}')}", html)

    def i_tabell(self, html: str) -> str:
        """A table with a column of buttons, when it has figures."""
        if not _DATA.search(html):
            return html
        huvuden = [m[3] for m in _CELL.finditer(html.partition("</thead>")[0])]
        return _TR.sub(lambda m: self._med_knapp(m[1], m[2], huvuden), html)

    def _med_knapp(self, om: str, innehåll: str, huvuden: list[str]) -> str:
        celler = list(_CELL.finditer(innehåll))
        if "rowgroup" in innehåll:
            return f'<tr{om}>{innehåll}<td class="spar"></td></tr>'
        if 'scope="col"' in innehåll:
            return f'<tr{om}>{innehåll}<th scope="col" class="spar">Spår</th></tr>'
        tal = [(nr, m, cell) for nr, cell in enumerate(celler) for m in _DATA.finditer(cell[3])]
        if not tal:
            return f'<tr{om}>{innehåll}<td class="spar"></td></tr>'
        _, vald, _ = next((ett for ett in tal if "arets" in ett[2][2]), tal[0])
        nyckel = unescape(vald[2])
        andra = dict.fromkeys((m[2], huvuden[nr]) for nr, m, _ in tal if m[2] != vald[2] and nr < len(huvuden))
        knappar = " ".join(
            f'<button popovertarget="spar-{n}">{_UTAN_MÄRKE.sub("", ord_)}</button>' for n, ord_ in andra
        )
        self.andra.setdefault(nyckel, f'<p class="fler">Samma rad: {knappar}</p>' if andra else "")
        etikett = _UTAN_MÄRKE.sub("", celler[0][3])
        period = nyckel.rpartition("/")[2]
        namn = f"Spår för {etikett} {period}" if period.isdecimal() else f"Spår för {etikett}"
        return f'<tr{om}>{innehåll}<td class="spar">{_knapp(vald[2], namn)}</td></tr>'


def _knapp(nyckel: str, namn: str) -> str:
    """What opens a spår; key and name are HTML already."""
    namn = namn.replace('"', "&quot;")
    return f'<button class="spar" popovertarget="spar-{nyckel}" aria-label="{namn}">Spår</button>'


def _ruta(fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring, filer: Mapping[str, str], sist: str = "") -> str:
    steg, nyckel = led(fakta, fakta_, bokföring), escape(fakta.nyckel)
    delar = "".join(f"<li>{ord_} {_del(fakta_[nyckel])}</li>" for ord_, nyckel in steg.delar)
    lista = f"<ul>{delar}</ul>" if delar else ""
    visat = escape(steg.visat)
    grund = _grund(steg, filer if fakta.period == fakta_.period else {})
    return f'<div popover id="spar-{nyckel}"><p><strong>{visat}</strong> {_vad(fakta)}</p>{grund}{lista}{sist}</div>'


def spårtext(fakta: Fakta, fakta_: Faktabas, bokföring: Bokföring) -> str:
    """The words that a figure opens on the page."""
    return unescape(re.sub(r"<[^>]*>", " ", _ruta(fakta, fakta_, bokföring, {})))


def _del(fakta: Fakta) -> str:
    nyckel, text = escape(fakta.nyckel), escape(visa_fakta(fakta, FORMAT.get(fakta.enhet, "text")))
    if fakta.värde is None:
        return f'<span data-fakta="{nyckel}">{text}</span> {escape(fakta.definition)}'
    return f'<button popovertarget="spar-{nyckel}">{text}</button> {escape(fakta.definition)}'


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
