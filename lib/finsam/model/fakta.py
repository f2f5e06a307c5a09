"""Facts: one figure each, with its identity, exact value, unit and origin (docs/ordlista.md).

A fact is computed only from its origin, so the way to follow a figure back is the way it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from typing import Literal

from finsam.model.belopp import HÅRT_BLANK, NOLL, andel, svenskt_tal
from finsam.model.ord import SAKNAS, VISAS_EJ, utan_klammer

Enhet = Literal["kr", "andel", "antal", "text"]
Saldoslag = Literal["ib", "ub", "res", "budget"]
Saldorad = tuple[str, str]
"""A konto and an objekt ("6:CT"); the objekt is empty for the whole konto."""

Delningar = Mapping[str, Collection[frozenset[str]]]
"""Konton, and the sets of objekt that the kontoplan divides each into."""

GAMLA_ID = {"uppgift.raekenskapsrevision": "uppgift.rakenskapsrevision"}
"""Facts that finsam once spelled otherwise; whoever writes the old id gets the new."""


def numera(nyckel: str) -> str:
    """The key of a fact, or its id, as finsam spells it now.

    >>> numera("uppgift.raekenskapsrevision/2024"), numera("rr.arets_resultat/2024")
    ('uppgift.rakenskapsrevision/2024', 'rr.arets_resultat/2024')
    """
    id_, delat, period = nyckel.partition("/")
    return f"{GAMLA_ID.get(id_, id_)}{delat}{period}"


@dataclass(frozen=True, slots=True)
class Konton:
    """The sum of balances in the ledger, times a sign (the only place where signs are turned)."""

    slag: Saldoslag
    rader: tuple[Saldorad, ...]
    tecken: int = 1


@dataclass(frozen=True, slots=True)
class Summa:
    """Other facts added and subtracted."""

    termer: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Kvot:
    """One fact divided by another."""

    täljare: str
    nämnare: str


@dataclass(frozen=True, slots=True)
class Produkt:
    """One fact times another."""

    faktorer: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Indata:
    """A cell or line of an input file."""

    fil: str
    plats: str
    anmärkning: str = ""


Källa = Konton | Summa | Kvot | Produkt | Indata


_SALDON: dict[Saldoslag, str] = {
    "ib": "ingående saldo",
    "ub": "utgående saldo",
    "res": "årets rörelse",
    "budget": "årets budget",
}


@dataclass(frozen=True, slots=True, repr=False)
class Fakta:
    """One figure. `värde` is kronor with öre, a ratio (0.25 is 25 %) or a count; None is "no figure".

    `text` is set instead of `värde` for facts that are words: a date, a name, a grade. `dold` is set, with
    neither value nor text, when the fact is withheld so that no group smaller than that can be made out. `okänd` is
    set when there is no figure because the year's ledger does not divide its konton on objekt.
    """

    id: str
    period: str
    värde: Decimal | None
    enhet: Enhet
    definition: str
    källa: Källa
    text: str = ""
    dold: int = 0
    okänd: bool = False

    @property
    def nyckel(self) -> str:
        """Identity together with the year: `rr.arets_resultat/2024`."""
        return f"{self.id}/{self.period}"

    @property
    def av(self) -> tuple[str, ...]:
        """Keys of the facts this one is computed from."""
        match self.källa:
            case Summa(termer):
                return tuple(nyckel for _, nyckel in termer)
            case Kvot(täljare, nämnare):
                return (täljare, nämnare)
            case Produkt(faktorer):
                return faktorer
            case _:
                return ()

    @property
    def konton(self) -> tuple[str, ...]:
        """Konton this one is summed from, without repeats."""
        rader = self.källa.rader if isinstance(self.källa, Konton) else ()
        return tuple(dict.fromkeys(konto for konto, _ in rader))

    @property
    def ord_i_stället(self) -> str:
        """What is said where there is no figure: words, or that it is not shown."""
        return VISAS_EJ if self.dold else self.text

    @property
    def visat(self) -> str:
        """The figure in words, with its unit: kronor with öre."""
        if self.värde is None:
            return self.ord_i_stället or SAKNAS
        match self.enhet:
            case "kr":
                return f"{svenskt_tal(self.värde, 2)}{HÅRT_BLANK}kr"
            case "andel":
                return andel(self.värde)
            case _:
                return svenskt_tal(self.värde, 0 if self.värde == self.värde.to_integral_value() else 1)

    @property
    def källa_i_ord(self) -> str:
        """Where the figure is from, in words."""
        match self.källa:
            case Indata(fil, plats, anmärkning):
                return ", ".join(del_ for del_ in (fil, plats, anmärkning) if del_)
            case Summa(termer):
                led = " ".join(f"{'minus' if tecken < 0 else 'plus'} {nyckel}" for tecken, nyckel in termer)
                return led.removeprefix("plus ") or "summan av inget"
            case Kvot(täljare, nämnare):
                return f"{täljare} genom {nämnare}"
            case Produkt((ena, andra)):
                return f"{ena} gånger {andra}"
            case Konton(slag, rader, tecken):
                konton = " ".join(f"{konto} ({objekt})" if objekt else konto for konto, objekt in rader)
                vänt = ", tecknet vänt" if tecken < 0 else ""
                return f"bokföringen, {_SALDON[slag]} på {f'konto {konton}' if konton else 'inget konto'}{vänt}"

    def __repr__(self) -> str:
        return f"{self.nyckel}: {self.visat}. {self.definition} Källa: {self.källa_i_ord}."

    def _repr_html_(self) -> str:
        """For who looks at it in a notebook."""
        visat, vad, nyckel, källa = map(escape, (self.visat, self.definition, self.nyckel, self.källa_i_ord))
        return f"<p><strong>{visat}</strong> {vad}</p><p><small><code>{nyckel}</code> · källa: {källa}</small></p>"


class Saldon:
    """Balances of a ledger by year, asked for by konto and objekt; what is not there is nil.

    `odelade` are, by year, the konton that the kontoplan divides but the year's ledger has only as a whole.
    """

    def __init__(
        self,
        saldon: Mapping[tuple[str, Saldoslag], Mapping[Saldorad, Decimal]],
        odelade: Mapping[str, Delningar] | None = None,
    ) -> None:
        self._saldon = dict(saldon)
        self.odelade = dict(odelade or {})

    def hela(self, period: str, rader: Iterable[Saldorad]) -> tuple[Saldorad, ...] | None:
        """The rows, with the whole of a konto that is not divided where all its parts are asked for; None when only
        some of them are.
        """
        odelade = self.odelade.get(period, {})
        klara: list[Saldorad] = []
        delar: dict[str, list[str]] = defaultdict(list)
        for konto, objekt in rader:
            if objekt and konto in odelade:
                klara += [] if konto in delar else [(konto, "")]
                delar[konto].append(objekt)
            else:
                klara.append((konto, objekt))
        if any(frozenset(o) not in odelade[konto] or len(set(o)) < len(o) for konto, o in delar.items()):
            return None
        return tuple(klara)

    def __getitem__(self, nyckel: tuple[str, Saldoslag]) -> Mapping[Saldorad, Decimal]:
        return self._saldon.get(nyckel, {})

    def __contains__(self, nyckel: tuple[str, Saldoslag]) -> bool:
        return nyckel in self._saldon


class Faktabas(Mapping[str, Fakta]):
    """All facts of a year. Look up `rr.arets_resultat` (this year) or `rr.arets_resultat/2023`.

    `väntar` says that the year's ledger is yet to come: then no sum is made of the part that is not from there.
    """

    def __init__(self, period: str, saldon: Saldon, *, väntar: bool = False) -> None:
        self.period = period
        self.saldon = saldon
        self._fakta: dict[str, Fakta] = {}
        self._är_utkast = väntar
        self._väntande: set[str] = set()

    def __getitem__(self, id_: str) -> Fakta:
        namn, delat, period = id_.partition("/")
        return self._fakta[f"{GAMLA_ID.get(namn, namn)}/{period if delat else self.period}"]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fakta)

    def __len__(self) -> int:
        return len(self._fakta)

    def items(self) -> ItemsView[str, Fakta]:
        """As a Mapping has them, without looking each up by its name of old."""
        return self._fakta.items()

    def values(self) -> ValuesView[Fakta]:
        """The facts themselves, in the same way."""
        return self._fakta.values()

    def konton(
        self,
        id_: str,
        period: str,
        slag: Saldoslag,
        rader: Iterable[Saldorad],
        definition: str,
        tecken: int = 1,
    ) -> str:
        """Add a fact summed from the ledger; None when the ledger has no such year, or does not divide the konton.
        Returns its key.
        """
        rader, saldon = tuple(rader), self.saldon[period, slag]
        hela = self.saldon.hela(period, rader)
        källa = Konton(slag, rader if hela is None else hela, tecken)
        läst = (period, slag) in self.saldon
        värde = (
            tecken * sum((saldon.get(rad, NOLL) for rad in källa.rader), NOLL) if läst and hela is not None else None
        )
        if self._är_utkast and not läst and period == self.period:
            self._väntande.add(f"{id_}/{period}")
        return self._add(Fakta(id_, period, värde, "kr", definition, källa, okänd=läst and hela is None))

    def summa(self, id_: str, period: str, termer: Iterable[tuple[int, str]], definition: str) -> str:
        """Add a fact that is other facts added; None if all are, or one waits for the ledger. Returns its key.

        Where a term is not known because its konton are not divided, it is those of all terms, if they are whole.
        """
        källa = Summa(tuple(termer))
        if any(self._fakta[nyckel].okänd for _, nyckel in källa.termer):
            konton = self._som_konton(källa)
            if konton is not None and self.saldon.hela(period, konton.rader) is not None:
                return self.konton(id_, period, konton.slag, konton.rader, definition, konton.tecken)
            return self._add(Fakta(id_, period, None, "kr", definition, källa, okänd=True))
        fakta = [(tecken, self._fakta[nyckel]) for tecken, nyckel in källa.termer]
        kända = [tecken * f.värde for tecken, f in fakta if f.värde is not None]
        enhet = fakta[0][1].enhet if fakta else "kr"
        väntar = not self._väntande.isdisjoint(nyckel for _, nyckel in källa.termer)
        if väntar:
            self._väntande.add(f"{id_}/{period}")
        värde = sum(kända, NOLL) if kända and not väntar else None
        return self._add(Fakta(id_, period, värde, enhet, definition, källa))

    def _som_konton(self, summa: Summa) -> Konton | None:
        """A sum as the konton that it comes down to; None unless they are balances of one kind with one sign."""
        konton: list[Konton] = []
        for tecken, nyckel in summa.termer:
            källa = self._fakta[nyckel].källa
            led = self._som_konton(källa) if isinstance(källa, Summa) else källa
            if not isinstance(led, Konton):
                return None
            konton.append(replace(led, tecken=tecken * led.tecken))
        if len({(led.slag, led.tecken) for led in konton}) != 1:
            return None
        return replace(konton[0], rader=tuple(rad for led in konton for rad in led.rader))

    def kvot(self, id_: str, period: str, täljare: str, nämnare: str, definition: str) -> str:
        """Add a ratio; None when either is missing or the denominator is nil. Returns its key."""
        över, under = self._fakta[täljare].värde, self._fakta[nämnare].värde
        värde = None if över is None or not under else över / under
        return self._add(Fakta(id_, period, värde, "andel", definition, Kvot(täljare, nämnare)))

    def produkt(self, id_: str, period: str, faktor: str, andra: str, definition: str) -> str:
        """Add one fact times another, in the second's unit; None when either is missing. Returns its key."""
        ena, båda = self._fakta[faktor].värde, self._fakta[andra].värde
        värde = None if ena is None or båda is None else ena * båda
        enhet = self._fakta[andra].enhet
        return self._add(Fakta(id_, period, värde, enhet, definition, Produkt((faktor, andra))))

    def indata(
        self,
        id_: str,
        period: str,
        värde: Decimal | None,
        enhet: Enhet,
        definition: str,
        källa: Indata,
        text: str = "",
    ) -> str:
        """Add a figure or a word that was read from an input file. Returns its key."""
        return self._add(Fakta(id_, period, värde, enhet, definition, källa, text))

    def värde(self, id_: str) -> Decimal | None:
        """The figure of a fact; None when there is no such fact, or it has none."""
        return self[id_].värde if id_ in self else None

    def väntar(self, nyckel: str) -> bool:
        """Whether a fact is to come from the ledger, or be made of such a fact, when that is there."""
        return nyckel in self._fakta and self[nyckel].nyckel in self._väntande

    def utan(self, nycklar: Collection[str], gräns: int) -> Faktabas:
        """The same facts, with those withheld that show, or let a reader work out, a group smaller than the limit."""
        ny = Faktabas(self.period, self.saldon)
        ny._väntande = self._väntande
        for nyckel, f in self._fakta.items():
            ny._fakta[nyckel] = replace(f, värde=None, text="", dold=gräns) if nyckel in nycklar else f
        return ny

    def med_lästa_definitioner(self, läs: Callable[[str], str]) -> Faktabas:
        """The same facts, with what their definitions refer to read out (a definition has words of the förbund's)."""
        ny = Faktabas(self.period, self.saldon)
        ny._väntande = self._väntande
        for nyckel, f in self._fakta.items():
            ny._fakta[nyckel] = replace(f, definition=läs(f.definition)) if "{" in f.definition else f
        return ny

    def _add(self, fakta: Fakta) -> str:
        if fakta.nyckel in self._fakta:
            raise ValueError(f"Fakta {fakta.nyckel} finns redan.")
        if "{=" in fakta.definition:
            fakta = replace(fakta, definition=utan_klammer(fakta.definition))
        self._fakta[fakta.nyckel] = fakta
        return fakta.nyckel
