"""What the points of a decision appropriate is the budget, once."""

from __future__ import annotations

import re
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.model.belopp import NOLL, kr
from finsam.statements.redovisning import Redovisning

_BELOPP = re.compile(r"\{\s*(budget\.\w+)\s*\|[^{}]*\}")
"""An amount of the budget year: one of another year has it in brackets."""
_ANSLÅR = re.compile(r"\b(?:avsätts?|avsätter|anslås?|anslår|får|tilldelas)\b", re.I)


_BESLUTAS = re.compile(r"(?:verksamhetsplan|budget)\w*(?: och \w+| med \w+)? för \{\s*år\s*[+-]\s*\d+\s*\}", re.I)
"""A plan or a budget of another year than its own."""


def check_beslut(r: Redovisning) -> Kontroll:
    """Parts after a colon are the amount before it, and all that is appropriated is the budget's costs, each once;
    what is decided is the plan of its own year.
    """
    for punkt in r.år.underlag.beslut:
        if träff := _BESLUTAS.search(punkt.text):
            text = f"Beslutspunkt {punkt.nr}: här står ”{träff[0]}”, men planen är för {r.år.årtal}. Rätta året."
            yield Finding("varning", text, f"Beslut, rad {punkt.rad}")
    anslaget: dict[str, int] = {}
    for punkt in r.år.underlag.beslut:
        före, _, efter = punkt.text.partition(":")
        hela, delar = _BELOPP.findall(före), _BELOPP.findall(efter)
        plats = f"Beslut, rad {punkt.rad}"
        if len(hela) == 1 and len(delar) > 1 and (helt := _kr(r, hela[0])) is not None:
            summa = sum((_kr(r, id_) or NOLL for id_ in delar), NOLL)
            yield Prövat()
            if summa != helt:
                text = f"Beslutspunkt {punkt.nr}: delarna är {kr(summa)} kr men beloppet före dem {kr(helt)} kr."
                yield Finding("varning", f"{text} Rätta hänvisningarna.", plats, summa - helt)
        for id_ in hela if _ANSLÅR.search(punkt.text) else ():
            yield Prövat()
            if id_ in anslaget:
                text = (
                    f"Beslutspunkt {punkt.nr} har samma belopp som punkt {anslaget[id_]} ({id_}). Rätta hänvisningen."
                )
                yield Finding("varning", text, plats)
            anslaget.setdefault(id_, punkt.nr)
    kostnader, belopp = _kr(r, "budget.kostnader"), [_kr(r, id_) for id_ in anslaget]
    if kostnader is None or len(belopp) < 2:
        return
    summa = sum((ett or NOLL for ett in belopp), NOLL)
    yield Prövat()
    if summa != kostnader:
        text = f"Besluten avsätter tillsammans {kr(summa)} kr, men budgetens kostnader är {kr(kostnader)} kr."
        nivå: Kontrollnivå = "varning" if summa > kostnader else "upplysning"
        yield Finding(nivå, f"{text} Rätta hänvisningarna i bladet Beslut.", r.år.underlag.fil, summa - kostnader)


def _kr(r: Redovisning, id_: str) -> Decimal | None:
    f = r.fakta.get(f"{id_}/{r.år.period}")
    return abs(f.värde) if f is not None and f.värde is not None and f.enhet == "kr" else None
