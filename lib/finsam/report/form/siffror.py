"""Året i siffror: a few figures, each with a sentence and its last five years; and how the goals went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.model.fakta import Fakta, Faktabas
from finsam.model.meningar import jämför
from finsam.model.ord import hänvisning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.report.block import Block, Rådata
from finsam.report.text import Bit, Prosa, Texttyda, bit_html, ord_i, rad_html, rad_typst, typst_text
from finsam.report.visning import visa_fakta
from finsam.statements.flerarsoversikt import ANTAL_ÅR, tak
from finsam.statements.mal import MÅLSUMMOR, TECKEN

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
PLANMÅTT: Mapping[str, Mått] = {
    "medlemsbidrag": Mått("Medlemsbidrag", "budget.medlemsbidrag"),
    "kostnader": Mått("Budgeterade kostnader", "budget.kostnader", utan_tecken=True),
    "resultat": Mått("Budgeterat resultat", "budget.resultat"),
    "eget_kapital": Mått("Budgeterat eget kapital vid årets slut", "budget.eget_kapital"),
    "administration": Mått("Administrationens andel", "budget.administrationsandel", "andel"),
    "intakter": Mått("Budgeterade intäkter", "budget.intakter"),
    "insatser": Mått("Budget för insatser", "budget.insatser", utan_tecken=True),
}
"""The same in a plan, of its budget."""
PÅ_OMSLAGET = ("medlemsbidrag", "resultat", "eget_kapital")


@dataclass(frozen=True)
class Urval:
    """What is told of a year: the measures, those that no förbund has chosen, the years of the bars, counted from the
    report's, and the sentence of a measure.
    """

    mått: Mapping[str, Mått]
    förvalda: Sequence[str]
    åren: range
    mening: Callable[[Mått, Räkenskapsår, Faktabas], str]

    def valda(self, år: Räkenskapsår, fakta: Faktabas, val: Sequence[str] = ()) -> tuple[Mått, ...]:
        """The measures of those asked for that have a figure this year."""
        egna = val or år.förbund.året_i_siffror
        return tuple(self._kända(år, fakta, egna)) or tuple(self._kända(år, fakta, self.förvalda))

    def _kända(self, år: Räkenskapsår, fakta: Faktabas, val: Sequence[str]) -> Iterator[Mått]:
        for namn in val:
            mått = self.mått.get(namn) or _eget(namn, år, fakta)
            if fakta.värde(f"{mått.fakta}/{år.period}") is not None:
                yield mått

    def perioder(self, år: Räkenskapsår) -> list[tuple[str, str]]:
        """The years of the bars, the oldest first, each with the reference that prints it."""
        return [(str(år.årtal + nr), f"{{år{nr:+d}}}" if nr else "{år}") for nr in self.åren]


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


def _eget(id_: str, år: Räkenskapsår, fakta: Faktabas) -> Mått:
    f = fakta.get(f"{id_}/{år.period}")
    format_ = {"andel": "andel", "antal": "antal"}.get(f.enhet if f else "", "tkr")
    return Mått(f.definition.rstrip(".") if f else id_, id_, format_)


def kort(mått: Mått, år: Räkenskapsår, tyda: Texttyda, urval: Urval) -> Kort:
    """The card of a measure."""
    fakta, nyckel = tyda.fakta, f"{mått.fakta}/{år.period}"
    tal = _bit(fakta[nyckel], mått)
    enhet = {"tkr": "tkr", "andel": "%"}.get(mått.format, "")
    mening = ord_i(urval.mening(mått, år, fakta), tyda)
    return Kort(ord_i(mått.namn, tyda), tal, enhet, mening, tuple(_staplar(mått, år, tyda, urval)))


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


_BESTÄMD = {"kostnader": "kostnaderna", "medlemsbidrag": "medlemsbidraget", "intäkter": "intäkterna"}
"""What a plan measures its shares against (forbund.yml), as it is in a sentence."""


def _planens_mening(mått: Mått, år: Räkenskapsår, fakta: Faktabas) -> str:
    """What is said of a measure of a budget: against the ceiling, or the first year of the plan after it."""
    p, nästa, plan = år.period, str(år.årtal + 1), år.förbund.plan
    if mått.fakta == "budget.eget_kapital" and fakta.värde(f"kapitaltak/{p}") is not None:
        taket = f"{hänvisning(f'kapitaltak.andel/{p}', 'andel')}, {hänvisning(f'kapitaltak/{p}', 'tkr')}"
        del_ = hänvisning(f"budget.kapitalandel/{p}", "procent")
        return f"{del_} av {_BESTÄMD[plan.kapital_av]}. {tak(år)}: {taket}."
    av = f"Av {_BESTÄMD[plan.administration_av]}. " if mått.fakta == "budget.administrationsandel" else ""
    nu, sedan = f"{mått.fakta}/{p}", f"{mått.fakta}/{nästa}"
    if fakta.värde(sedan) is None:
        return av.strip()
    ord_ = {1: "Upp till {}", -1: "Ned till {}", 0: "Lika mycket, {},", None: "{}"}[_riktning(mått, fakta, sedan, nu)]
    return f"{av}{ord_.format(_tal(mått, sedan))} i planen för {{år+1}}."


def siffrornas_ord(år: Räkenskapsår, fakta: Faktabas, urval: Urval) -> tuple[str, ...]:
    """The sentences of the cards and the years of their bars, with what they refer to."""
    alla = urval.valda(år, fakta)
    staplar = (
        f"{hänvisning(nyckel, _format(mått))} {ord_}"
        for mått in alla
        for period, ord_ in urval.perioder(år)
        if fakta.värde(nyckel := f"{mått.fakta}/{period}") is not None
    )
    return (*(urval.mening(mått, år, fakta) for mått in alla), *staplar)


def _format(mått: Mått) -> str:
    return " ".join((mått.format, *("utan_tecken",) * mått.utan_tecken, "bara_tal"))


def _mot_förra(mått: Mått, år: Räkenskapsår, fakta: Faktabas) -> str:
    nu, då = f"{mått.fakta}/{år.period}", f"{mått.fakta}/{år.föregående}"
    if fakta.värde(då) is None:
        return ""
    riktning, tal = _riktning(mått, fakta, nu, då), _tal(mått, då)
    ord_ = {1: "Upp från {}", -1: "Ned från {}", 0: "Lika mycket som {}", None: "Året innan: {}"}[riktning].format(tal)
    return f"{ord_}." if riktning is None else f"{ord_} {{år-1}}."


def _riktning(mått: Mått, fakta: Faktabas, nu: str, då: str) -> int | None:
    """Whether the one is more than the other, as they are printed."""
    värden = [abs(v) if mått.utan_tecken and v is not None else v for v in (fakta.värde(nu), fakta.värde(då))]
    enhet = {"andel": Decimal("0.001"), "antal": Decimal(1)}.get(mått.format, Decimal(1000))
    return jämför(värden[0], värden[1], enhet)


def _tal(mått: Mått, nyckel: str) -> str:
    return hänvisning(nyckel, mått.format + " utan_tecken" * mått.utan_tecken)


def _staplar(mått: Mått, år: Räkenskapsår, tyda: Texttyda, urval: Urval) -> Iterator[Stapel]:
    """The bars from the first year that is known to the last; one between them that is not known has no year."""
    kända = {p: tyda.fakta.värde(f"{mått.fakta}/{p}") for p, _ in urval.perioder(år)}
    med_värde = [nr for nr, v in enumerate(kända.values()) if v is not None]
    värden = [abs(v) if mått.utan_tecken else v for v in kända.values() if v is not None]
    om_noll = [*värden, Decimal(0)]
    spann = max(om_noll) - min(om_noll)
    if len(värden) < MINST_ÅR or not spann:
        return
    for nr, ((period, hänvisat), värde) in enumerate(zip(urval.perioder(år), kända.values(), strict=True)):
        if värde is None:
            utanför = not med_värde[0] < nr < med_värde[-1]
            yield Stapel(Prosa("", ()), Bit("" if utanför else "–"), None, i_år=False)
            continue
        höjd = float((abs(värde) if mått.utan_tecken else värde) / spann)
        tal = _bit(tyda.fakta[f"{mått.fakta}/{period}"], mått)
        yield Stapel(ord_i(hänvisat, tyda), tal, höjd, period == år.period)


UTFALL = Urval(
    MÅTT,
    ("medlemsbidrag", "kostnader", "resultat", "eget_kapital", "administration", "soliditet"),
    range(1 - ANTAL_ÅR, 1),
    _mening,
)
PLAN = Urval(
    PLANMÅTT,
    ("medlemsbidrag", "kostnader", "resultat", "eget_kapital", "administration", "insatser"),
    range(3),
    _planens_mening,
)


@dataclass(frozen=True)
class Siffror(Block):
    """The cards, with a sentence before them and the goals after: with bars, a page of its own."""

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
        full = "#pagebreak(weak: true)\n\n" if any(ett.staplar for ett in self.kort) else ""
        return f"{ingress}#siffror(({alla}))\n\n{sist}{full}"


def _kort_html(kort: Kort) -> str:
    enhet = f' <span class="enhet">{kort.enhet}</span>' if kort.enhet else ""
    mening = f'<p class="om">{rad_html(kort.mening)}</p>' if kort.mening.källa else ""
    under = -min([0.0, *(stapel.höjd or 0 for stapel in kort.staplar)])
    staplar = "".join(_stapel_html(stapel, under) for stapel in kort.staplar)
    mini = f'<div class="mini">{staplar}</div>' if staplar else ""
    tal = f'<p class="stort">{bit_html(kort.tal)}{enhet}</p>'
    return f'<div class="kort"><p class="namn">{rad_html(kort.namn)}</p>{tal}{mening}{mini}</div>'


def _stapel_html(stapel: Stapel, under: float) -> str:
    """A bar, that stands on the line of nil or hangs from it, if there is one; `under` is the deepest of its card."""
    klass = "stapel" + " i-ar" * stapel.i_år + " minus" * ((stapel.höjd or 0) < 0)
    höjd = stapel.höjd or 0
    nere = under + min(höjd, 0)
    mått = f"height:{abs(höjd) * HÖJD:.2f}mm;margin-bottom:{nere * HÖJD:.2f}mm"
    stod = "" if stapel.höjd is None else f'<i style="{mått}"></i>'
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


def tecknen() -> Block:
    """What the marks of the goals stand for."""
    html = "".join(f'<li class="lage lage-{läge}">{ord_}</li>' for ord_, läge in TECKEN.items())
    typst = "".join(f'("{läge}", [{typst_text(ord_)}]),' for ord_, läge in TECKEN.items())
    return Rådata(f'<ul class="tecknen">{html}</ul>', f"#tecknen({typst})\n\n")


def siffror(år: Räkenskapsår, tyda: Texttyda, urval: Urval, mening: str) -> Siffror:
    """The page, with a sentence before the cards when there is one."""
    ingress = ord_i(f"{mening}." if mening else "", tyda)
    alla = tuple(kort(mått, år, tyda, urval) for mått in urval.valda(år, tyda.fakta))
    return Siffror(ingress, alla, tuple(målens_ord(år, tyda)))


def nyckeltal(år: Räkenskapsår, tyda: Texttyda, urval: Urval) -> tuple[tuple[str, Bit, str], ...]:
    """Those of the cover: name, figure and unit."""
    alla = (kort(mått, år, tyda, urval) for mått in urval.valda(år, tyda.fakta, PÅ_OMSLAGET))
    return tuple((ett.namn.klartext, ett.tal, ett.enhet) for ett in alla)
