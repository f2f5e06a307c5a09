"""Året i siffror: a few figures, each with a sentence and its last five years; and how the goals went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.model.fakta import Fakta, Faktabas
from finsam.model.meningar import jämför
from finsam.model.ord import hänvisning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.report.block import Block
from finsam.report.text import Bit, Prosa, Texttyda, bit_html, ord_i, rad_html, rad_typst, typst_text
from finsam.report.visning import visa_fakta
from finsam.statements.flerarsoversikt import ANTAL_ÅR, tak
from finsam.statements.mal import MÅLSUMMOR

HÖJD = 15
"""Millimetres of the bars from the lowest to the highest."""
MINST_ÅR = 3
"""With fewer known years there are no bars."""


@dataclass(frozen=True)
class Mått:
    """What a card shows: its name, fact and format."""

    namn: str
    fakta: str
    format: str = "tkr"
    utan_tecken: bool = False


MÅTT: Mapping[str, Mått] = {
    "medlemsbidrag": Mått("Medlemsbidrag", "medlemsbidrag"),
    "kostnader": Mått("Verksamhetens kostnader", "rr.verksamhetens_kostnader", utan_tecken=True),
    "resultat": Mått("Årets resultat", "rr.arets_resultat"),
    "eget_kapital": Mått("Eget kapital vid årets slut", "br.eget_kapital"),
    "administration": Mått("Administrationens andel av kostnaderna", "kostnadsandel.administration", "andel"),
    "soliditet": Mått("Soliditet", "soliditet", "andel"),
    "likvida_medel": Mått("Likvida medel vid årets slut", "kf.likvida_utgaende"),
    "intakter": Mått("Verksamhetens intäkter", "rr.verksamhetens_intakter"),
    "insatser": Mått("Kostnad för individinriktade insatser", "kostnad.individ"),
}
"""What a förbund may choose among (`året_i_siffror` in forbund.yml); a fact by its id has its definition for a name."""
FÖRVALDA = ("medlemsbidrag", "kostnader", "resultat", "eget_kapital", "administration", "soliditet")
PÅ_OMSLAGET = ("medlemsbidrag", "resultat", "eget_kapital")


@dataclass(frozen=True)
class Stapel:
    """A year: its words, its figure as it is printed, and how high it is, above or under nil, of the highest."""

    år: Prosa
    tal: Bit
    höjd: float | None
    i_år: bool


@dataclass(frozen=True)
class Kort:
    """A card."""

    namn: Prosa
    tal: Bit
    enhet: str
    mening: Prosa
    staplar: tuple[Stapel, ...] = ()


def valda_mått(år: Räkenskapsår, fakta: Faktabas, valda: Sequence[str]) -> Iterator[Mått]:
    """The measures that have a figure this year."""
    for namn in valda:
        mått = MÅTT.get(namn) or _eget(namn, år, fakta)
        if fakta.värde(f"{mått.fakta}/{år.period}") is not None:
            yield mått


def _eget(id_: str, år: Räkenskapsår, fakta: Faktabas) -> Mått:
    f = fakta.get(f"{id_}/{år.period}")
    format_ = {"andel": "andel", "antal": "antal"}.get(f.enhet if f else "", "tkr")
    return Mått(f.definition.rstrip(".") if f else id_, id_, format_)


def kort(mått: Mått, år: Räkenskapsår, tyda: Texttyda) -> Kort:
    """The card of a measure."""
    fakta, nyckel = tyda.fakta, f"{mått.fakta}/{år.period}"
    tal = _bit(fakta[nyckel], mått)
    enhet = {"tkr": "tkr", "andel": "%"}.get(mått.format, "")
    mening = ord_i(_mening(mått, år, fakta), tyda)
    return Kort(ord_i(mått.namn, tyda), tal, enhet, mening, tuple(_staplar(mått, år, tyda)))


def _bit(f: Fakta, mått: Mått) -> Bit:
    text = visa_fakta(f, mått.format, utan_tecken=mått.utan_tecken, bara_tal=True)
    return Bit(text, f, hur=_format(mått))


def _mening(mått: Mått, år: Räkenskapsår, fakta: Faktabas) -> str:
    """What is said of a measure beside its figure: against the budget, the ceiling or the year before."""
    p = år.period
    if mått.fakta == "rr.arets_resultat" and fakta.värde(budget := f"drift.resultat.budget/{p}") is not None:
        return f"Budgeten för verksamhetens resultat var {hänvisning(budget, 'tkr')}."
    if mått.fakta == "br.eget_kapital" and fakta.värde(f"kapitalandel/{p}") is not None:
        del_ = f"{hänvisning(f'kapitalandel/{p}', 'procent')} av medlemsbidraget."
        taket = f"{hänvisning(f'kapitaltak.andel/{p}', 'andel')}, {hänvisning(f'kapitaltak/{p}', 'tkr')}"
        return f"{del_} {tak(år)}: {taket}." if fakta.värde(f"kapitaltak/{p}") is not None else del_
    return _mot_förra(mått, år, fakta)


def siffrornas_ord(år: Räkenskapsår, fakta: Faktabas, valda: Sequence[str]) -> tuple[str, ...]:
    """The sentences of the cards and the years of their bars, with what they refer to."""
    alla = list(valda_mått(år, fakta, valda))
    staplar = (
        f"{hänvisning(nyckel, _format(mått)) if fakta.värde(nyckel) is not None else '–'} {ord_}"
        for mått in alla
        for period, ord_ in _perioder(år)
        if (nyckel := f"{mått.fakta}/{period}")
    )
    return (*(_mening(mått, år, fakta) for mått in alla), *staplar)


def _perioder(år: Räkenskapsår) -> list[tuple[str, str]]:
    """The years of the bars, the oldest first, each with the reference that prints it."""
    return [(str(år.årtal - nr), f"{{år-{nr}}}" if nr else "{år}") for nr in reversed(range(ANTAL_ÅR))]


def _format(mått: Mått) -> str:
    return " ".join((mått.format, *("utan_tecken",) * mått.utan_tecken, "bara_tal"))


def _mot_förra(mått: Mått, år: Räkenskapsår, fakta: Faktabas) -> str:
    nu, då = f"{mått.fakta}/{år.period}", f"{mått.fakta}/{år.föregående}"
    if fakta.värde(då) is None:
        return ""
    värden = [abs(v) if mått.utan_tecken and v is not None else v for v in (fakta.värde(nu), fakta.värde(då))]
    enhet = {"andel": Decimal("0.001"), "antal": Decimal(1)}.get(mått.format, Decimal(1000))
    riktning = jämför(värden[0], värden[1], enhet)
    tal = hänvisning(då, mått.format + " utan_tecken" * mått.utan_tecken)
    ord_ = {1: "Upp från {}", -1: "Ned från {}", 0: "Lika mycket som {}", None: "Året innan: {}"}[riktning].format(tal)
    return f"{ord_}." if riktning is None else f"{ord_} {{år-1}}."


def _staplar(mått: Mått, år: Räkenskapsår, tyda: Texttyda) -> Iterator[Stapel]:
    kända = {p: tyda.fakta.värde(f"{mått.fakta}/{p}") for p, _ in _perioder(år)}
    värden = [abs(v) if mått.utan_tecken else v for v in kända.values() if v is not None]
    om_noll = [*värden, Decimal(0)]
    spann = max(om_noll) - min(om_noll)
    if len(värden) < MINST_ÅR or not spann:
        return
    for (period, hänvisat), värde in zip(_perioder(år), kända.values(), strict=True):
        ord_ = ord_i(hänvisat, tyda)
        if värde is None:
            yield Stapel(ord_, Bit("–"), None, period == år.period)
            continue
        höjd = float((abs(värde) if mått.utan_tecken else värde) / spann)
        yield Stapel(ord_, _bit(tyda.fakta[f"{mått.fakta}/{period}"], mått), höjd, period == år.period)


@dataclass(frozen=True)
class Siffror(Block):
    """The cards, with a sentence before them and the goals after."""

    ingress: Prosa
    kort: tuple[Kort, ...]
    mål: tuple[tuple[str, Prosa], ...] = ()

    def prosa(self) -> Iterator[Prosa]:
        yield self.ingress
        for ett in self.kort:
            yield from (ett.namn, ett.mening, *(s.år for s in ett.staplar))
        yield from (ord_ for _, ord_ in self.mål)

    def html(self) -> str:
        ingress = f'<p class="ingress">{rad_html(self.ingress)}</p>' if self.ingress.källa else ""
        alla = "".join(_kort_html(ett) for ett in self.kort)
        mål = "".join(f'<li class="lage lage-{lage}">{rad_html(ord_)}</li>' for lage, ord_ in self.mål)
        sist = f'<ul class="malen">{mål}</ul>' if mål else ""
        return f'{ingress}<div class="siffror-kort">{alla}</div>{sist}'

    def typst(self) -> str:
        ingress = f"#ingress[{rad_typst(self.ingress)}]\n\n" if self.ingress.källa else ""
        alla = "".join(_kort_typst(ett) for ett in self.kort)
        mål = "".join(f'("{läge}", [{rad_typst(ord_)}]),' for läge, ord_ in self.mål)
        sist = f"#målraden(({mål}))\n\n" if mål else ""
        return f"{ingress}#siffror(({alla}))\n\n{sist}#pagebreak(weak: true)\n\n"


def _kort_html(kort: Kort) -> str:
    enhet = f' <span class="enhet">{kort.enhet}</span>' if kort.enhet else ""
    mening = f'<p class="om">{rad_html(kort.mening)}</p>' if kort.mening.källa else ""
    under = -min([0.0, *(stapel.höjd or 0 for stapel in kort.staplar)])
    staplar = "".join(_stapel_html(stapel, under) for stapel in kort.staplar)
    mini = f'<div class="mini">{staplar}</div>' if staplar else ""
    tal = f'<p class="stort">{bit_html(kort.tal)}{enhet}</p>'
    return f'<div class="kort"><p class="namn">{rad_html(kort.namn)}</p>{tal}{mening}{mini}</div>'


def _stapel_html(stapel: Stapel, under: float) -> str:
    """A bar, that stands on the line of nil or hangs from it; `under` is the deepest of its card."""
    klass = "stapel" + " i-ar" * stapel.i_år + " minus" * ((stapel.höjd or 0) < 0)
    höjd = stapel.höjd or 0
    nere = under + min(höjd, 0)
    stod = f'<i style="height:{abs(höjd) * HÖJD:.2f}mm;margin-bottom:{nere * HÖJD:.2f}mm"></i>'
    return f'<div class="{klass}"><span>{bit_html(stapel.tal)}</span> {stod}<span>{rad_html(stapel.år)}</span></div>'


def _kort_typst(kort: Kort) -> str:
    staplar = "".join(
        f"([{typst_text(s.tal.text)}], [{rad_typst(s.år)}], {(s.höjd or 0) * HÖJD:.3f}mm, {str(s.i_år).lower()}),"
        for s in kort.staplar
    )
    return (
        f"(namn: [{rad_typst(kort.namn)}], tal: [{typst_text(kort.tal.text)}], enhet: [{typst_text(kort.enhet)}], "
        f"om: [{rad_typst(kort.mening)}], staplar: ({staplar})),"
    )


def målens_ord(år: Räkenskapsår, tyda: Texttyda) -> Iterator[tuple[str, Prosa]]:
    """How many goals there are, and how many of each grade."""
    for id_, (ord_, läge) in MÅLSUMMOR.items():
        nyckel = f"malsumma.{id_}/{år.period}"
        if tyda.fakta.värde(nyckel):
            yield läge, ord_i(f"{hänvisning(nyckel, 'antal')} {ord_}", tyda)


def nyckeltal(år: Räkenskapsår, tyda: Texttyda) -> tuple[tuple[str, Bit, str], ...]:
    """Those of the cover: name, figure and unit."""
    alla = (kort(mått, år, tyda) for mått in valda_mått(år, tyda.fakta, PÅ_OMSLAGET))
    return tuple((ett.namn.klartext, ett.tal, ett.enhet) for ett in alla)
