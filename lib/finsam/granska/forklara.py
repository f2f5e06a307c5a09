"""What would explain a difference: a figure printed elsewhere, the unit, digits that have changed places."""

from __future__ import annotations

from decimal import Decimal

from finsam.granska.grund import Underlag, skriv

_TUSEN = Decimal(1000)


def omkastade(a: Decimal, b: Decimal) -> bool:
    """Two figures have the same digits, two of them in each other's place.

    >>> omkastade(Decimal(1816754), Decimal(1816745)), omkastade(Decimal(12), Decimal(13))
    (True, False)
    """
    x, y = str(abs(a)), str(abs(b))
    skilda = [nr for nr, (p, q) in enumerate(zip(x, y, strict=False)) if p != q]
    return len(x) == len(y) and len(skilda) == 2 and x[skilda[0]] == y[skilda[1]] and x[skilda[1]] == y[skilda[0]]


def en_siffra(a: Decimal, b: Decimal) -> bool:
    """Two figures of the same length have one digit that is not the same.

    >>> en_siffra(Decimal(1816754), Decimal(1816354)), en_siffra(Decimal(12), Decimal(112))
    (True, False)
    """
    x, y = str(abs(a)), str(abs(b))
    return len(x) == len(y) and sum(p != q for p, q in zip(x, y, strict=True)) == 1 and len(x) > 2


def förklara(tryckt: Decimal, räknat: Decimal, underlag: Underlag, d: int) -> str:
    """A sentence that says what would explain that a figure is not what it should be; empty when nothing is known."""
    if tryckt == -räknat and tryckt:
        return "Bara tecknet skiljer."
    if omkastade(tryckt, räknat):
        return "Två siffror kan ha bytt plats."
    if räknat and tryckt and max(abs(tryckt / räknat), abs(räknat / tryckt)) == _TUSEN:
        return "Skillnaden är precis tusen gånger: enheten kan vara fel."
    if en_siffra(tryckt, räknat):
        return "En siffra skiljer."
    skillnad = abs(tryckt - räknat)
    if skillnad >= 1000:
        for plats, cell in underlag.celler.items():
            if plats[0] == d and abs(cell.värde) == skillnad:
                return f"Skillnaden {skriv(skillnad)} är tryckt på raden ”{cell.etikett[:50]}”."
    return ""
