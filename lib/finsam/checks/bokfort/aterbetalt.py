"""What an insatsägare pays back, as it is booked, against what is left of what it was given."""

from __future__ import annotations

from decimal import Decimal

from finsam.checks.bokfort.poster import BETALNING, ÖRESAVRUNDNING, nämn, verifikationer
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.bokforing import Verifikation
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Insats
from finsam.model.verifikattext import perioder
from finsam.statements.redovisning import Redovisning

_ÅTER = ("återbetal", "återbär", "överskott")


@kontroll(
    "C93",
    "Det som en insatsägare betalar tillbaka är det som är kvar av vad den har fått.",
    saknas="ingen insatsägare betalar tillbaka något enligt verifikationerna, eller Beviljat är tomt (bladet Insatser)",
    i=(ÅRSREDOVISNING,),
)
def check_återbetalt(r: Redovisning) -> Kontroll:
    """Beviljat less utfall is what the year's verifikationer of återbetalning take from the costs of the insats."""
    insatser = [i for i in r.år.underlag.insatser if i.beviljat is not None and len(i.namn) > 3]
    åter = [ver for ver in verifikationer(r) if any(ord_ in ver.text.lower() for ord_ in _ÅTER)]
    for insats in insatser:
        egna = [ver for ver in åter if _är_årets(ver, insats, r.år.årtal)]
        utfall = r.fakta[f"insats.{insats.id}.utfall"].värde
        återbetalt = sum((-_kostnad(ver) for ver in egna), NOLL)
        if insats.beviljat is None or utfall is None or återbetalt <= 0:
            continue
        kvar = insats.beviljat - utfall
        yield Prövat()
        if abs(kvar - återbetalt) > ÖRESAVRUNDNING:
            har = f"{insats.namn} har fått {kr(insats.beviljat)} kr och kostat {kr(utfall)} kr"
            text = (
                f"{har}, så {kr(kvar)} kr är kvar, men {kr(återbetalt)} kr betalas tillbaka enligt verifikation "
                f"{nämn(egna[-1])}. Rätta Beviljat eller bokföringen."
            )
            yield Finding("varning", text, f"Insatser, rad {insats.rad}", kvar - återbetalt)


def _är_årets(ver: Verifikation, insats: Insats, årtal: int) -> bool:
    """Whether a verifikation is the återbetalning of an insats for the year, if it names one, and not its payment."""
    text = ver.text.lower()
    sagda = {ett.år for ett in perioder(ver.text) if ett.år}
    return insats.namn.lower() in text and not text.startswith(BETALNING) and sagda <= {årtal}


def _kostnad(ver: Verifikation) -> Decimal:
    return sum((rad.belopp for rad in ver.rader if rad.konto.startswith(("4", "5", "6", "7"))), NOLL)
