"""What a format calls the balances that a ledger has, so that a message says what the user finds in the file."""

from __future__ import annotations

from typing import NamedTuple


class Benämningar(NamedTuple):
    """The names of a format: of the ingående balans, of the year's balances, of those of its resultatkonton, of the
    utgående balans of the year before, and of the organisation number.
    """

    ib: str
    årets: str
    res: str
    ub_före: str
    orgnr: str
