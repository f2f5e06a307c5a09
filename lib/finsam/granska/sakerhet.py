"""How sure a finding is, counted from what speaks for it: no rule sets it by hand.

`läsning × samband × begrepp`: that the figures are read as they stand, that the relation is one, and that the words
mean the same. Each is a chance, and each begins where nothing is known and is counted up.
"""

from __future__ import annotations

from decimal import Decimal


def intygad(exakta: float) -> float:
    """How sure something is that so many figures have come out exactly by, and could have come out otherwise.

    Of what nothing says anything it is as likely as not; each that is exact halves the doubt.

    >>> intygad(0), intygad(1), intygad(4)
    (0.5, 0.75, 0.96875)
    """
    return float(1 - 0.5 ** (exakta + 1))


def ej_slump(siffror: int, försök: int = 1) -> float:
    """How sure it is that figures of so many digits are the same for a reason, when so many have been tried.

    >>> ej_slump(4), ej_slump(2, 30), ej_slump(1, 30)
    (0.9999, 0.7, 0.0)
    """
    return max(0.0, 1 - försök / 10.0**siffror)


def av_ett_slag(värde: Decimal, försök: int = 1) -> float:
    """How sure it is that a figure is another but for one digit, and not one that happens to be so near.

    >>> round(av_ett_slag(Decimal(155226)), 4), round(av_ett_slag(Decimal(4500000)), 2)
    (0.9999, 0.82)
    """
    antal = len(abs(värde).normalize().as_tuple().digits)
    return ej_slump(antal, 9 * antal * försök)


def en_av(förklaringar: int) -> float:
    """How sure one explanation is among so many that explain as well.

    >>> en_av(1), en_av(2)
    (1.0, 0.5)
    """
    return 1 / förklaringar
