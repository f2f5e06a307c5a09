"""When something must be told: a few kinds of questions to the ledger and the settings, each with its words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.ord import uppräkning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.statements.driftredovisning import är_reviderad
from finsam.statements.medlemsbidrag import INTÄKTER
from finsam.statements.upplysningar.konton import KONTOSLAG, Slag, använda
from finsam.statements.upplysningar.underskott import underskottsår


class Villkor:
    """A question that a year answers yes or no to."""

    @property
    @abstractmethod
    def ord(self) -> str:
        """The question in words."""

    @abstractmethod
    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        """The year's answer."""

    def kan_gälla(self, slag: Collection[str], poster: Collection[str]) -> bool:
        """Whether a förbund with konton of these kinds and posts is likely to be asked, before there are facts."""
        return False


@dataclass(frozen=True, slots=True)
class Alltid(Villkor):
    """Every year."""

    @property
    def ord(self) -> str:
        return "alltid"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return True

    def kan_gälla(self, slag: Collection[str], poster: Collection[str]) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Kontot(Villkor):
    """A konto of any of the kinds has a balance or a movement this year or the year before."""

    slag: tuple[Slag, ...]

    @property
    def ord(self) -> str:
        return f"konto för {uppräkning([KONTOSLAG[ett].ord for ett in self.slag], 'eller')}"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return any(använda(ett, år, fakta) for ett in self.slag)

    def kan_gälla(self, slag: Collection[str], poster: Collection[str]) -> bool:
        return not set(self.slag).isdisjoint(slag)


@dataclass(frozen=True, slots=True)
class Belopp(Villkor):
    """A post is not nil this year or the year before. `konton` are posts whose konton move it."""

    post: str
    namn: str
    konton: tuple[str, ...] = ()

    @property
    def ord(self) -> str:
        return f"{self.namn} i år eller förra året"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return any(fakta.värde(f"{self.post}/{period}") for period in (år.period, år.föregående))

    def kan_gälla(self, slag: Collection[str], poster: Collection[str]) -> bool:
        return not {self.post, *self.konton}.isdisjoint(poster)


@dataclass(frozen=True, slots=True)
class Negativt(Villkor):
    """An amount of the year is negative."""

    post: str
    namn: str

    @property
    def ord(self) -> str:
        return f"{self.namn} är negativt"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return (fakta.värde(f"{self.post}/{år.period}") or 0) < 0


@dataclass(frozen=True, slots=True)
class FlerÄn(Villkor):
    """The uppgifter there are of this year and the year before are in the mean more than a number."""

    uppgifter: tuple[str, str]
    antal: int
    namn: str

    @property
    def ord(self) -> str:
        return f"{self.namn} är fler än {self.antal} i medeltal för två år"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        åren = [fakta.värde(f"uppgift.{id_}/{år.period}") for id_ in self.uppgifter]
        kända = [antal for antal in åren if antal is not None]
        return bool(kända) and sum(kända, Decimal(0)) > self.antal * len(kända)


@dataclass(frozen=True, slots=True)
class AndraMedel(Villkor):
    """There is income from others than the members."""

    @property
    def ord(self) -> str:
        return "intäkter från andra än medlemmarna"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        alla, medlemmars = fakta.värde(f"{INTÄKTER}/{år.period}"), fakta.värde(f"medlemsbidrag/{år.period}")
        return alla is not None and medlemmars is not None and alla != medlemmars


@dataclass(frozen=True, slots=True)
class Reviderad(Villkor):
    """The budget has been revised."""

    @property
    def ord(self) -> str:
        return "budgeten är reviderad"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return är_reviderad(år, fakta)


@dataclass(frozen=True, slots=True)
class TidigareUnderskott(Villkor):
    """An earlier year has a deficit."""

    @property
    def ord(self) -> str:
        return "underskott något av de tre åren före, eller rader i bladet Balanskrav"

    def gäller(self, år: Räkenskapsår, fakta: Faktabas) -> bool:
        return bool(underskottsår(år, fakta))
