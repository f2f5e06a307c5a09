"""Bokslutsspecifikation (LKBR 4 kap. 6 §): what each balance consists of and was checked against.

A balance is what it was when the year began and the year's rows on it; rows of the same amount that take each other out
are left out, so that what is left is what the balance consists of, and adds up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, takewhile

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföring
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Avstämning
from finsam.statements import balansrakning
from finsam.statements.uppstallning import Post, kontorader

MEST_DELAR = 40
"""More parts than this are told by their sums; such a konto is one that money goes through."""
MEST_RADER = 2000
"""Of a konto with more rows than this, none is looked for that takes another out."""
INGÅENDE = "Ingående balans"

POSTER = (
    *(rad for rad in balansrakning.FORM if isinstance(rad, Post) and rad.slag == "ub"),
    Post("br.eget_kapital", "Eget kapital", "Eget kapital enligt utgående balans.", "ub", -1),
)


@dataclass(frozen=True, slots=True)
class Saldodel:
    """A part of a balance, in the post's sign: the opening balance, a row, or rows together."""

    vad: str
    belopp: Decimal
    datum: date | None = None


@dataclass(frozen=True, slots=True)
class Kontospecifikation:
    """A konto of a post: its balance, what that consists of, and the row that says what it was checked against."""

    konto: str
    tecken: int
    bokföring: Bokföring
    avstämning: Avstämning | None

    @property
    def namn(self) -> str:
        """What the ledger calls it."""
        return self.bokföring.konton[self.konto].namn

    @property
    def ub(self) -> Decimal:
        """The closing balance as the ledger has it."""
        return self.bokföring.år[0].ub.get(self.konto, NOLL)

    @property
    def saldo(self) -> Decimal:
        """The closing balance in the post's sign."""
        return self.tecken * self.ub

    @property
    def delar(self) -> tuple[Saldodel, ...]:
        """What the closing balance consists of; its verifikationer are looked through when it is asked for."""
        ib = self.tecken * self.bokföring.år[0].ib.get(self.konto, NOLL)
        _, par = self.bokföring.verifikationer.med_konto(self.konto)
        rader = [
            Saldodel(
                f"Verifikation {ver.serie} {ver.nummer}".replace("  ", " ").strip(),
                self.tecken * rad.belopp,
                rad.datum or ver.datum,
            )
            for ver, rad in par
        ]
        inte_ur_rader = self.saldo - ib - sum((rad.belopp for rad in rader), NOLL)
        return _delar([Saldodel(INGÅENDE, ib), *rader, Saldodel("Förändring utan verifikation i filen", inte_ur_rader)])


@dataclass(frozen=True, slots=True)
class Postspecifikation:
    """A post of the balansräkning and its konton that have a balance, or had one when the year began."""

    post: str
    etikett: str
    konton: tuple[Kontospecifikation, ...]


def bokslutsspecifikation(år: Räkenskapsår) -> Iterator[Postspecifikation]:
    """The posts with konton, in the order of the balansräkning; eget kapital last."""
    avstämda = {rad.konto: rad for rad in år.underlag.avstämningar}
    nu = år.bokföring.år.get(0)
    if nu is None:
        return
    for post in POSTER:
        konton = tuple(
            Kontospecifikation(konto, post.tecken, år.bokföring, avstämda.get(konto))
            for konto, _ in kontorader(år, "post", post.id)
            if nu.ub.get(konto) or nu.ib.get(konto)
        )
        if konton:
            yield Postspecifikation(post.id, år.förbund.etiketter.get(post.id, post.etikett), konton)


def _delar(allt: Iterable[Saldodel]) -> tuple[Saldodel, ...]:
    """What is left of a konto's parts; sums when they are many."""
    allt = [del_ for del_ in allt if del_.belopp]
    kvar = öppna(allt) if len(allt) <= MEST_RADER else allt
    if len(kvar) <= MEST_DELAR:
        return tuple(kvar)
    utan_rad = [del_ for del_ in allt if del_.datum is None]
    rader = [del_ for del_ in allt if del_.datum is not None]
    plus, minus = ([d for d in rader if (d.belopp > 0) == ökar] for ökar in (True, False))
    summor = (
        (f"Ökningar, {len(plus)} verifikationsrader", plus),
        (f"Minskningar, {len(minus)} verifikationsrader", minus),
    )
    return (*utan_rad, *(Saldodel(vad, sum((d.belopp for d in del_), NOLL)) for vad, del_ in summor if del_))


def öppna(delar: Iterable[Saldodel]) -> list[Saldodel]:
    """The parts that are left when what takes others out is left out with them; the sum is the same.

    A row takes out an equal amount of the other sign, the oldest first, or the oldest parts that it is the sum of. What
    then is left of the other sign is taken from the opening balance, which it must have come from.

    >>> rader = (("A", 5), ("B", 7), ("C", -5))
    >>> faktura, annan, betald = (Saldodel(vad, Decimal(n), date(2025, 3, 1)) for vad, n in rader)
    >>> [del_.vad for del_ in öppna([faktura, annan, betald])]
    ['B']
    >>> [del_.vad for del_ in öppna([faktura, annan, Saldodel("D", Decimal(-12)), faktura])]
    ['A']
    >>> öppna([Saldodel(INGÅENDE, Decimal(9)), betald])
    [Saldodel(vad='Ingående balans, det som är kvar', belopp=Decimal('4'), datum=None)]
    """
    kvar: list[Saldodel] = []
    for del_ in delar:
        lika = next((nr for nr, ett in enumerate(kvar) if ett.belopp == -del_.belopp), None)
        if lika is not None:
            del kvar[lika]
        elif antal := _äldsta_som_ger(kvar, -del_.belopp):
            del kvar[:antal]
        else:
            kvar.append(del_)
    return _ur_ingående(kvar)


def _äldsta_som_ger(kvar: list[Saldodel], belopp: Decimal) -> int:
    """How many of the oldest parts, all of one sign, add up to an amount; 0 when none do."""
    summor = accumulate(ett.belopp for ett in kvar)
    samma = takewhile(lambda par: (par[0].belopp > 0) == (belopp > 0), zip(kvar, summor, strict=False))
    return next((nr for nr, (_, summa) in enumerate(samma, 1) if summa == belopp), 0)


def _ur_ingående(kvar: list[Saldodel]) -> list[Saldodel]:
    """The same with what lessens the opening balance taken from it, when it is enough."""
    if not kvar or kvar[0].vad != INGÅENDE:
        return kvar
    ingående, rader = kvar[0], kvar[1:]
    minskar = [rad for rad in rader if rad.datum and (rad.belopp > 0) != (ingående.belopp > 0)]
    rest = ingående.belopp + sum((rad.belopp for rad in minskar), NOLL)
    if not minskar or (rest and (rest > 0) != (ingående.belopp > 0)):
        return kvar
    början = [Saldodel(f"{INGÅENDE}, det som är kvar", rest)] if rest else []
    return [*början, *(rad for rad in rader if rad not in minskar)]
