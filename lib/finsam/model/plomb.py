"""The seal on a finished year: a hash tree over what was read, what was shown and what was written, and its log.

An event's root commits to its leaves and, by `föregående`, to every event before it; nothing in the log can be
changed or taken away without the roots after it being others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from finsam.model.bokforing import Bokföringsår

Handling = Literal["plombering", "oppning"]
PLOMBERING: Handling = "plombering"
ÖPPNING: Handling = "oppning"
UB, RES, FAKTA = "saldo/ub/", "saldo/res/", "fakta/"
"""Beginnings of the leaves' names: closing balances and results by konto, and facts by key."""


@dataclass(frozen=True, slots=True)
class Löv:
    """One thing that is sealed: a file by its SHA-256, or a figure by its value (and the SHA-256 of that)."""

    namn: str
    sha256: str
    värde: str | None = None


def löv(namn: str, värde: str) -> Löv:
    """A leaf for a figure or a word.

    >>> löv("saldo/ub/1930", "1.00").sha256[:8]
    'cf9dcf6d'
    """
    return Löv(namn, hashlib.sha256(värde.encode()).hexdigest(), värde)


def rot(alla: Iterable[Löv]) -> str:
    """The root of the tree over leaves in the order of their names (RFC 9162, section 2.1.1).

    A leaf's hash is SHA-256 of a byte 0, its name, a byte 0 and its hash in hexadecimal; a node's that of a byte 1
    and both its parts.
    """
    summor = [
        hashlib.sha256(b"\0" + f"{ett.namn}\0{ett.sha256}".encode()).digest()
        for ett in sorted(alla, key=lambda ett: ett.namn)
    ]
    return _träd(summor).hex()


def _träd(summor: Sequence[bytes]) -> bytes:
    if len(summor) < 2:
        return summor[0] if summor else hashlib.sha256(b"").digest()
    delning = 1 << (len(summor) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _träd(summor[:delning]) + _träd(summor[delning:])).digest()


@dataclass(frozen=True, slots=True)
class Händelse:
    """A line of the log: a report was sealed or its seal opened, by whom, when and why."""

    handling: Handling
    förbund: str
    år: int
    rapport: str
    namn: str
    datum: date
    skäl: str
    version: str
    föregående: str
    löv: tuple[Löv, ...] = ()
    rot: str = ""

    def beräknad_rot(self) -> str:
        """The root as it should be: over the leaves and one more for what the log says of the event."""
        om = {
            "ar": self.år,
            "datum": self.datum.isoformat(),
            "foregaende": self.föregående,
            "forbund": self.förbund,
            "handling": self.handling,
            "namn": self.namn,
            "rapport": self.rapport,
            "skal": self.skäl,
            "version": self.version,
        }
        return rot((*self.löv, löv("handelse", json.dumps(om, ensure_ascii=False, sort_keys=True))))

    def filer(self, början: str) -> dict[str, str]:
        """The sealed files under a folder (`inputs/`, `outputs/`), by name, with their SHA-256."""
        return {ett.namn.removeprefix(början): ett.sha256 for ett in self.löv if ett.namn.startswith(början)}

    def _värden(self, början: str) -> dict[str, str]:
        return {ett.namn.removeprefix(början): ett.värde or "" for ett in self.löv if ett.namn.startswith(början)}

    @property
    def fakta(self) -> dict[str, str]:
        """The sealed facts by key, as `rapport.json` writes them."""
        return self._värden(FAKTA)

    def saldon(self, början: str) -> dict[str, Decimal]:
        """The sealed balances of a kind (UB or RES) by konto, in kronor, debit +."""
        return {konto: Decimal(belopp) for konto, belopp in self._värden(början).items()}


@dataclass(frozen=True, slots=True)
class Plomb:
    """`plomb.json`: every event of a year, oldest first."""

    händelser: tuple[Händelse, ...] = ()

    def senaste(self, rapport: str) -> Händelse | None:
        """The last event of a report: it is sealed when that is a plombering."""
        return next((h for h in reversed(self.händelser) if h.rapport == rapport), None)

    def brott(self) -> str:
        """What is wrong with the log itself; empty when every root is the one of its contents."""
        föregående = ""
        for nr, h in enumerate(self.händelser, 1):
            if h.föregående != föregående:
                return f"händelse {nr} följer inte på den före: något har tagits bort eller bytts ut"
            if any(ett.värde is not None and löv(ett.namn, ett.värde) != ett for ett in h.löv):
                return f"händelse {nr}: ett tal är ändrat"
            if h.beräknad_rot() != h.rot:
                return f"händelse {nr}: roten är inte den som innehållet ger"
            föregående = h.rot
        return ""


@dataclass(frozen=True, slots=True)
class Plombläge:
    """What a year's seal says of the files as they are now. `brott` is what is wrong with the seal itself."""

    fil: str
    händelse: Händelse | None = None
    ändrade: tuple[str, ...] = ()
    saknade: tuple[str, ...] = ()
    nya: tuple[str, ...] = ()
    brott: str = ""


@dataclass(frozen=True, slots=True)
class Fastställt:
    """What the year before was sealed with: its ledger's balances (debit +) and facts by key, in kronor.

    `öppnad` says why when the seal has been opened; then there is nothing to compare with.
    """

    fil: str
    period: str
    namn: str = ""
    datum: str = ""
    bokslut: Bokföringsår | None = None
    fakta: Mapping[str, str] = field(default_factory=dict)
    öppnad: str = ""
    brott: str = ""
