"""What last year's bokslut put on the balance konton, and that this year has taken away again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from finsam.checks.bokfort.poster import belopp_per_konto, verifikationer
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.bokforing import Bokföring, Verifikation
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning

_INTERIM = ("17", "29")
"""Konton of what is paid before the year it is for, or after."""
_ÄNDRAS = ("semester", "social", "löneskatt", "pension", "deposition", "bidrag", "intäkt")
"""Words of the interimskonton that are changed with the difference, and where last year's may stand for years."""
_MINST = Decimal(5000)
"""Kronor that nobody has to decide about under."""


@kontroll(
    "C92",
    "Det som förra årets bokslut lade upp är återfört, och förra årets resultat omfört.",
    lag="LKBR 4 kap. 4 §",
    saknas="bokföringen har inga saldon från förra årets bokslut att återföra",
    i=(ÅRSREDOVISNING,),
)
def check_förra_bokslutet(r: Redovisning) -> Kontroll:
    """Årets resultat is of one year, and what was interim last year is not so still when as much again is."""
    bokår = r.år.bokföring.år.get(0)
    if bokår is None:
        return
    yield from _check_resultat(r.år.bokföring)
    yield from _check_interim(r.år.bokföring, verifikationer(r))


def _check_resultat(b: Bokföring) -> Kontroll:
    """The konto of årets resultat has the year's own when that is booked, and not last year's with it."""
    bokår = b.år[0]
    bokfört = sum((belopp for konto, belopp in bokår.res.items() if konto.startswith("89")), NOLL)
    for konto, ett in sorted(b.konton.items()):
        förra = bokår.ib.get(konto, NOLL)
        if konto.startswith("20") and "årets resultat" in ett.namn.lower() and bokfört and förra:
            yield Prövat()
            if bokår.ub.get(konto, NOLL) == förra - bokfört:
                båda = f"både årets resultat, {kr(bokfört)} kr, och förra årets, {kr(-förra)} kr"
                text = f"Konto {konto} {ett.namn} har {båda}. För om förra årets till balanserat resultat."
                yield Finding("varning", text, "bokforing.se", förra)


def _check_interim(b: Bokföring, alla: Iterable[Verifikation]) -> Kontroll:
    """An interimskonto where nothing is taken away of what it had, but about as much is added."""
    bokår = b.år[0]
    ingående = {
        konto: belopp
        for konto, belopp in bokår.ib.items()
        if abs(belopp) >= _MINST and konto.startswith(_INTERIM) and not _ändras(b, konto)
    }
    if not ingående:
        return
    debet, kredit = dict.fromkeys(ingående, NOLL), dict.fromkeys(ingående, NOLL)
    for ver in alla:
        for konto, belopp in belopp_per_konto(ver).items():
            if konto in ingående:
                (debet if belopp > 0 else kredit)[konto] += belopp
    for konto, förra in sorted(ingående.items()):
        mer, mindre = (debet, kredit) if förra > 0 else (kredit, debet)
        yield Prövat()
        if not mindre[konto] and abs(förra) / 2 <= abs(mer[konto]) <= 2 * abs(förra):
            text = (
                f"Konto {konto} {b.konton[konto].namn} har kvar {kr(abs(förra))} kr från "
                f"förra året: inget är återfört, men {kr(abs(mer[konto]))} kr har lagts till. Återför det, om det inte "
                "ska stå kvar."
            )
            yield Finding("varning", text, "bokforing.se", förra)


def _ändras(b: Bokföring, konto: str) -> bool:
    namn = b.konton[konto].namn.lower() if konto in b.konton else ""
    return not namn or any(ord_ in namn for ord_ in _ÄNDRAS)
