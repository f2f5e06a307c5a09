"""A ledger for the year after a real one, made up: the same movements once more, on last year's closing balances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Konto, Verifikationslista
from finsam.read.bokforing import read_bokföring

from .sie import write_sie


def nästa_år(
    fil: Path,
    *,
    steg: int = 1,
    utan_föregående: bool = False,
    bara_totaler: bool = False,
    budget: Mapping[str, int] | None = None,
    extra: Mapping[str, int] | None = None,
    ib: Mapping[str, int] | None = None,
    konton: Mapping[str, str] | None = None,
) -> bytes:
    """A SIE file for a year after `fil`, the next or `steg` years on.

    `bara_totaler` leaves out the objekt of the year before, as SIE 4 does. Kronor per konto: `budget`, `extra` for more
    results, `ib` for what opening balances differ by. `konton` names more.
    """
    före, _ = read_bokföring(fil)
    assert före is not None
    gammalt = före.år[0]
    år = gammalt.slut.year + steg
    balans = sorted({*gammalt.ib, *gammalt.ub})
    rörelse = {k: gammalt.ub.get(k, NOLL) - gammalt.ib.get(k, NOLL) for k in balans}
    nytt = replace(
        gammalt,
        start=date(år, 1, 1),
        slut=date(år, 12, 31),
        ib={k: b + Decimal((ib or {}).get(k, 0)) for k, b in gammalt.ub.items()},
        ub={k: gammalt.ub.get(k, NOLL) + rörelse[k] + Decimal((ib or {}).get(k, 0)) for k in balans},
        res={**gammalt.res, **{k: Decimal(b) for k, b in (extra or {}).items()}},
        objekt={(k, o): b for (k, o), b in gammalt.objekt.items() if k in gammalt.res},
        objekt_ib={},
        perioder={},
        budget={(k, f"{år}01"): Decimal(b) for k, b in (budget or {}).items()},
    )
    gammalt = replace(gammalt, objekt={}) if bara_totaler else gammalt
    förra = replace(gammalt, nr=-1, start=date(år - 1, 1, 1), slut=date(år - 1, 12, 31), perioder={})
    alla = {**före.konton, **{nummer: Konto(nummer, namn) for nummer, namn in (konton or {}).items()}}
    åren = {0: nytt} if utan_föregående else {0: nytt, -1: förra}
    bok = replace(
        före, typ="3", år=åren, konton=alla, verifikationer=Verifikationslista(), omfattar_till=None, kontrollsumma=None
    )
    return write_sie(bok)
