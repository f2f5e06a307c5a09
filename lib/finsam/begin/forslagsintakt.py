"""Which member a konto of income is from, or what other income it is: by its name, its objekt, its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from finsam.begin.forslagsnamn import annan_part, främmande_i, medlem_i, typer_i, är_medlemsbidrag
from finsam.begin.forslagsobjekt import koder_på, rester
from finsam.begin.forslagsrader import NOTER
from finsam.model.belopp import kr
from finsam.model.bokforing import Bokföring, Konto
from finsam.model.forbund import RESTEN, Medlem
from finsam.model.ord import uppräkning

_SAMLAD = {"region": "regionerna", "kommun": "kommunerna"}


@dataclass(frozen=True, slots=True)
class Del:
    """A part of a konto: its objekt, note row, what decided it, and its function when that is not the konto's own."""

    objekt: str
    not_rad: str
    varför: str
    funktion: str = ""


def dela_intäkt(
    konto: Konto, numrets_rad: str, medlemmar: tuple[Medlem, ...], bokföring: Bokföring
) -> tuple[list[Del], list[str]]:
    """The parts of a konto of income, and what to ask about it."""
    främmande, medlem = främmande_i(konto.namn), medlem_i(konto.namn, medlemmar)
    if främmande and not är_medlemsbidrag(konto.namn):
        return [Del("", f"intakter.{främmande}", "namnet")], []
    fråga = (
        f"namnet säger både medlemsbidrag och {_etikett(främmande).lower()}. {_råd(konto, medlemmar)}"
        if främmande
        else ""
    )
    if medlem:
        frågor = [f"förs till {medlem.namn}; {fråga}"] if fråga else []
        return [Del("", f"intakter.{medlem.id}", "namnet")], frågor
    if delar := list(_per_objekt(konto, medlemmar, bokföring)):
        rester_ = rester(bokföring, konto.nummer, [del_.objekt for del_ in delar])
        if not rester_:
            return delar, []
        kvar = tuple(m for m in medlemmar if f"intakter.{m.id}" not in {del_.not_rad for del_ in delar})
        rest, varför, om = _odelat(konto, numrets_rad, kvar)
        belopp = uppräkning(f"{kr(abs(b))} kr {år}" for år, b in rester_.items())
        okända = _okända(konto, delar, medlemmar, bokföring)
        ord_ = (
            f"för {uppräkning(okända)} är ingen av medlemmarna"
            if okända
            else "för det ligger inte på någon medlems objekt"
        )
        fråga = f"{belopp} förs till {_vart(rest, kvar)}, {ord_}. {om or _råd(konto, kvar)}"
        return [*delar, Del(RESTEN, rest, varför)], [fråga]
    rad, varför, om = _odelat(konto, numrets_rad, medlemmar)
    frågor = (
        [f"förs till {_vart(rad, medlemmar)}, efter {varför}{'; ' + fråga if fråga else '.'} {om}".strip()]
        if om
        else []
    )
    return [Del("", rad, varför)], frågor


def _per_objekt(konto: Konto, medlemmar: tuple[Medlem, ...], bokföring: Bokföring) -> Iterator[Del]:
    """A part for each objekt that is named as a member, of the dimension that has most of them."""
    namn = koder_på(bokföring, konto.nummer)
    kända = {kod: medlem for kod, ord_ in namn.items() if (medlem := medlem_i(ord_, medlemmar))}
    dimensioner = Counter(kod.partition(":")[0] for kod in kända)
    vald = dimensioner.most_common(1)[0][0] if dimensioner else ""
    for kod, medlem in kända.items():
        if kod.startswith(f"{vald}:"):
            yield Del(kod, f"intakter.{medlem.id}", f"objektet {namn[kod]}")


def _okända(konto: Konto, delar: Iterable[Del], medlemmar: tuple[Medlem, ...], bokföring: Bokföring) -> list[str]:
    """The objekt beside those of members that no member is named as."""
    dimensioner = {del_.objekt.partition(":")[0] for del_ in delar}
    namn = koder_på(bokföring, konto.nummer)
    return [
        f"{ord_} ({kod})"
        for kod, ord_ in namn.items()
        if kod.partition(":")[0] in dimensioner and not medlem_i(ord_, medlemmar)
    ]


def _odelat(konto: Konto, numrets_rad: str, medlemmar: tuple[Medlem, ...]) -> tuple[str, str, str]:
    """The note row of income that is of no objekt, what decided it, and what to ask; empty when it is sure."""
    typer, annan = list(typer_i(konto.namn)), annan_part(konto.namn, medlemmar)
    if annan:
        return "intakter.medlemsbidrag", "namnet", f"{annan} är ingen av medlemmarna. {_råd(konto, medlemmar)}"
    if len(typer) > 1:
        return "intakter.medlemsbidrag", "namnet", f"Namnet säger flera medlemmar. {_råd(konto, medlemmar)}"
    if typer:
        rad = typens_rad(typer[0], medlemmar)
        samlad = rad in {f"intakter.{id_}" for id_ in _SAMLAD.values()}
        return (
            rad,
            "namnet",
            f"Vilken av dem säger varken namn eller objekt. {_råd(konto, medlemmar)}" if samlad else "",
        )
    if är_medlemsbidrag(konto.namn):
        return "intakter.medlemsbidrag", "namnet", f"Namnet säger inte vilken medlem. {_råd(konto, medlemmar)}"
    typ = numrets_rad.partition(".")[2]
    if typ in ("stat", "region", "kommun"):
        return typens_rad(typ, medlemmar), "numret", f"Namnet säger inte vem det är från. {_råd(konto, medlemmar)}"
    if numrets_rad == "intakter.bidrag":
        return numrets_rad, "numret", f"Är det ett medlemsbidrag? {_råd(konto, medlemmar)}"
    return "intakter.ovriga", "numret", f"Är det ett medlemsbidrag? {_råd(konto, medlemmar)}"


def typens_rad(typ: str, medlemmar: Iterable[Medlem]) -> str:
    """The row of a kind of members: its only member's, else that of all of them."""
    egna = [medlem for medlem in medlemmar if medlem.typ == typ]
    return f"intakter.{egna[0].id if len(egna) == 1 else _SAMLAD.get(typ, 'medlemsbidrag')}"


def _etikett(rad: str) -> str:
    return NOTER["intakter"].rader[rad]


def _vart(rad: str, medlemmar: Iterable[Medlem]) -> str:
    """A row in words: a member's name, or the row's label."""
    id_ = rad.partition(".")[2]
    return next((medlem.namn for medlem in medlemmar if medlem.id == id_), "") or _etikett(id_).lower()


def _råd(konto: Konto, medlemmar: tuple[Medlem, ...]) -> str:
    """What to write where."""
    typer = list(typer_i(konto.namn))
    egna = [medlem for medlem in medlemmar if medlem.typ in typer] or medlemmar
    rader = uppräkning((f"intakter.{medlem.id}" for medlem in egna), "eller")
    return (
        f"Är det en medlems: skriv {rader} i kolumnen not_rad på raden i kontoplan.csv, eller dela kontot på en rad "
        "per objekt. Är det inte ett medlemsbidrag: skriv intakter.eu, intakter.projekt eller intakter.ovriga där."
    )
