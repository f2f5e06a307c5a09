"""Checks of goals that both reports have: a limit is of the kind and the size of what it limits."""

from __future__ import annotations

from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import andel, kr, svenskt_tal
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import VISAS_EJ
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import Målrad, Planmål
from finsam.statements.redovisning import Redovisning

STÖRST = 50
"""How many times larger or smaller a limit may be than its outcome before the unit is doubted."""
MINSTA_GRÄNS, FLERFALT = 5, 8
"""How many times a limit of at least so much a count or a share may be that is to be as large."""
MINSTA_ANDEL, STÖRSTA_ANDEL = Decimal("0.01"), Decimal(2)
"""What a limit that is a share may be where no outcome tells its size."""
_MOT_GRÄNSEN = Mönster(
    r"(?<!\w)(?P<ord>fler|mer|högre|större|över|färre|mindre|lägre|under)\s(?:\w+\s)?(?:än\s)?"
    r"(?:målet|den\s(?P<vilken>nedre|lägsta|övre|högsta)\sgränsen)(?!\w|\s(?:för|i|på|förra)\s)",
    "gränsen|målet",
)
_NEKAT = Mönster(r"(?<!\w)(?:inte|aldrig|om|skulle|bör|ska)(?:\s\w+){0,3}\s$")
_ENHET = {"kr": "kronor", "andel": "procent", "antal": "antal"}


@kontroll(
    "C17",
    "Gränser har samma enhet och storleksordning som det de gäller.",
    saknas="inget mål har både en gräns och ett utfall att jämföra den med",
    i=(ÅRSREDOVISNING, VERKSAMHETSPLAN),
)
def check_gränser(r: Redovisning) -> Kontroll:
    """A limit has the unit and the size of its outcome; a share without one is a share."""
    u = r.år.underlag
    målen: list[tuple[str, Målrad | Planmål]] = [(f"mal.{mål.id}", mål) for mål in u.mål]
    målen += [(f"planmal.{mål.id}", mål) for mål in u.planmål]
    for bas, mål in målen:
        plats = f"{mål.blad}, rad {mål.rad}"
        utfall = r.odolda.get(f"{bas}.utfall/{r.år.period}")
        for del_ in ("grans", "ovre"):
            gräns = r.fakta.get(f"{bas}.{del_}/{r.år.period}")
            if not gräns or not gräns.värde:
                continue
            yield Prövat(int(gräns.enhet == "andel" or bool(utfall and utfall.värde)))
            if fel := _fel(gräns, utfall, dold=bool(utfall and r.fakta[utfall.nyckel].dold)):
                yield Finding("varning", f"Gränsen i målet {mål.id} {fel}. Är enheten fel?", plats)
        if utfall and utfall.värde and mål.gräns and mål.gräns >= MINSTA_GRÄNS and mål.jämförelse == "minst":
            nådd = utfall.värde * (100 if utfall.enhet == "andel" else 1) / mål.gräns
            yield Prövat()
            if mål.enhet in ("%", "antal") and FLERFALT <= nådd < STÖRST:
                text = f"Målet {mål.id} ska vara minst gränsen, men utfallet är mer än {FLERFALT - 1} gånger så stort."
                yield Finding("varning", f"{text} Stämmer båda?", plats)


def check_målens_ord(r: Redovisning) -> Kontroll:
    """What is said beside a goal of its outcome and its limit, more than the goal or under the lower limit, is so."""
    for mål in r.år.underlag.mål:
        bas = f"mal.{mål.id}"
        for text in (mål.aktivitet.lower(), mål.kommentar.lower()):
            for träff in _MOT_GRÄNSEN.finditer(text):
                övre = (träff["vilken"] or "") in ("övre", "högsta") or (mål.jämförelse == "högst")
                utfall, gräns = (
                    r.fakta.get(f"{bas}.{del_}/{r.år.period}") for del_ in ("utfall", "ovre" if övre else "grans")
                )
                gräns = gräns if gräns and gräns.värde is not None else r.fakta.get(f"{bas}.grans/{r.år.period}")
                nekat = _NEKAT.search(text[: träff.start()])
                oklart = mål.jämförelse == "mellan" and not träff["vilken"]
                if not (utfall and gräns) or utfall.värde is None or gräns.värde is None or nekat or oklart:
                    continue
                yield Prövat()
                mer = träff["ord"] in ("fler", "mer", "högre", "större", "över")
                if utfall.värde <= gräns.värde if mer else utfall.värde >= gräns.värde:
                    ord_ = f"{mål.blad}, rad {mål.rad}: ”{träff[0]}”, men utfallet är {_visa(utfall)} och gränsen"
                    yield Finding(
                        "varning", f"{ord_} {_visa(gräns)}. Rätta det som är fel.", f"{mål.blad}, rad {mål.rad}"
                    )


def _fel(gräns: Fakta, utfall: Fakta | None, *, dold: bool) -> str:
    """What is odd with a limit; empty when nothing is."""
    tal = abs(gräns.värde or Decimal(0))
    if utfall is None or not utfall.värde:
        rimlig = gräns.enhet != "andel" or MINSTA_ANDEL <= tal <= STÖRSTA_ANDEL
        return "" if rimlig else f"är {_visa(gräns)}"
    if gräns.enhet != utfall.enhet:
        return f"är i {_ENHET[gräns.enhet]} men utfallet i {_ENHET[utfall.enhet]}"
    kvot = tal / abs(utfall.värde)
    if 1 <= kvot * STÖRST <= STÖRST**2:
        return ""
    return f"är {_visa(gräns)} men utfallet {VISAS_EJ if dold else _visa(utfall)}"


def _visa(fakta: Fakta) -> str:
    tal = fakta.värde or Decimal(0)
    match fakta.enhet:
        case "kr":
            return f"{kr(tal)} kr"
        case "andel":
            return andel(tal)
        case _:
            return svenskt_tal(tal, 0 if tal == tal.to_integral_value() else 2)
