"""What `finsam las FIL --json` tells about a ledger file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem


def las_json(bokföring: Bokföring | None, problem: Iterable[Problem]) -> dict[str, Any]:
    """The file as JSON values: amounts as strings with the file's own sign. A refused file has only problems."""
    år = bokföring.år if bokföring else {}
    return {
        "namn": bokföring.namn if bokföring else "",
        "orgnr": bokföring.orgnr if bokföring else "",
        "typ": bokföring.typ if bokföring else "",
        "teckenkod": bokföring.teckenkod if bokföring else "",
        "ar": [{"nr": nr, "start": str(ett.start), "slut": str(ett.slut)} for nr, ett in år.items()],
        "saldon": _saldon(bokföring) if bokföring else {},
        "verifikationer": len(bokföring.verifikationer) if bokföring else 0,
        "transaktioner": bokföring.verifikationer.antal_rader() if bokföring else 0,
        "problem": [{"niva": ett.nivå, "rad": _rad(ett.plats), "text": ett.text} for ett in problem],
    }


def _saldon(bokföring: Bokföring) -> dict[str, dict[str, Any]]:
    """Balances per konto and year, for the accounts that have any."""
    konton = {k for ett in bokföring.år.values() for saldon in (ett.ib, ett.ub, ett.res) for k in saldon}
    return {
        konto: {
            "namn": bokföring.konton[konto].namn,
            "ib": _per_år(konto, {nr: ett.ib for nr, ett in bokföring.år.items()}),
            "ub": _per_år(konto, {nr: ett.ub for nr, ett in bokföring.år.items()}),
            "res": _per_år(konto, {nr: ett.res for nr, ett in bokföring.år.items()}),
        }
        for konto in sorted(konton)
    }


def _per_år(konto: str, saldon: Mapping[int, Mapping[str, Decimal]]) -> dict[str, str]:
    return {str(nr): f"{saldo[konto]:.2f}" for nr, saldo in saldon.items() if konto in saldo}


def _rad(plats: str) -> int | None:
    """The row number of a place, when it is a row or a cell.

    >>> _rad("rad 24"), _rad("Saldon 2024!C5"), _rad("")
    (24, 5, None)
    """
    träff = re.fullmatch(r"rad (\d+)|.*![A-Z]+(\d+)", plats, re.ASCII | re.DOTALL)
    return int(träff[1] or träff[2]) if träff else None
