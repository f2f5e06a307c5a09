"""The verifikationer of the year that say in words what they are for, and those that have the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Verifikation
from finsam.model.verifikattext import Period, perioder, slag
from finsam.statements.redovisning import Redovisning, en_gång

FLEST = 20_000
"""Verifikationer that are read one by one; a samordningsförbund has some hundreds."""
RESULTAT = tuple("345678")
BETALNING = ("betalning", "inbetalning", "utbetalning")
"""How the text of a payment begins."""
ÖRESAVRUNDNING = Decimal(1)
"""Kronor that may come of öresavrundning."""

Tecken = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Post:
    """A verifikation among its like: what it is for, and its amounts by konto and by group of konton ("50xx").

    A konto that is only moved within itself has what was moved, and no sign.
    """

    ver: Verifikation
    slag: str
    när: Period | str
    i_text: bool
    belopp: Mapping[str, Decimal]
    tecken: Tecken

    @property
    def konton(self) -> set[str]:
        return {konto for konto, _ in self.tecken}

    def __str__(self) -> str:
        return nämn(self.ver)


@en_gång
def verifikationer(r: Redovisning) -> tuple[Verifikation, ...]:
    """All of the ledger; none when they are more than are read one by one."""
    alla = r.år.bokföring.verifikationer
    return tuple(alla) if len(alla) <= FLEST else ()


def poster(r: Redovisning) -> list[Post]:
    """The verifikationer of the year that say in words what they are."""
    år = r.år.bokföring.år[0]
    return [
        _post(ver, ord_, ver.datum)
        for ver in verifikationer(r)
        if ver.datum and år.start <= ver.datum <= år.slut and ver.rader and len(ord_ := slag(ver.text)) > 2
    ]


def _post(ver: Verifikation, ord_: str, dag: date) -> Post:
    netto = belopp_per_konto(ver)
    debet: dict[str, Decimal] = defaultdict(lambda: NOLL)
    for rad in ver.rader:
        debet[rad.konto] += max(rad.belopp, NOLL)
    belopp = {konto: summa or debet[konto] for konto, summa in netto.items() if summa or debet[konto]}
    tecken = frozenset((konto, (netto[konto] > 0) - (netto[konto] < 0)) for konto in belopp)
    for konto, summa in netto.items():
        if summa and konto.startswith(RESULTAT):
            belopp[f"{konto[:2]}xx"] = belopp.get(f"{konto[:2]}xx", NOLL) + summa
    sagda = [period for period in perioder(ver.text) if period.första]
    sagd = sagda[0] if len(sagda) == 1 else Period(dag.year, dag.month, dag.month)
    return Post(ver, ord_, Period(sagd.år or dag.year, *sagd[1:]), len(sagda) == 1, belopp, tecken)


def belopp_per_konto(ver: Verifikation) -> dict[str, Decimal]:
    """What a verifikation books on each konto together."""
    summor: dict[str, Decimal] = {}
    for rad in ver.rader:
        summor[rad.konto] = summor.get(rad.konto, NOLL) + rad.belopp
    return summor


def nämn(ver: Verifikation) -> str:
    """A verifikation as a finding names it."""
    return f"{ver.serie} {ver.nummer}".strip() + f" ({', '.join(filter(None, (str(ver.datum or ''), ver.text)))})"


def efter_slag(poster: Iterable[Post]) -> dict[str, list[Post]]:
    serier: dict[str, list[Post]] = defaultdict(list)
    for post in poster:
        serier[post.slag].append(post)
    return serier


def en_för_varje(serie: Sequence[Post]) -> bool:
    """Whether each is for a period of its own."""
    return len({post.när for post in serie}) == len(serie)
