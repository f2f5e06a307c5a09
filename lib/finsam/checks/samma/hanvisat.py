"""What words refer to: the points of a decision to the whole budget, once, and a note to the figures in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.model.belopp import NOLL, kr
from finsam.model.monster import Mönster
from finsam.model.ord import uppräkning, vik
from finsam.statements.redovisning import Redovisning
from finsam.statements.upplysningar.uppdrag import UPPGIFTERNA

_BELOPP = Mönster(r"\{\s*(budget\.\w+)\s*\|[^{}]*\}")
"""An amount of the budget year: one of another year has it in brackets."""
_NOT = re.compile(r"\{\s*not:\s*(\w+)\s*\}")
_FAKTA = re.compile(r"\{\s*([a-z]\w*(?:\.\w+)*)")
_ORD = re.compile(r"[a-z]{6,}")
STAM = 6
"""Letters that two words have in common to be of the same."""
LAGENS_ORD = {"anlaggning": {"invent"}}
"""How more words begin that a note that the law gives its rows is of."""
_ANSLÅR = Mönster(r"\b(?:avsätts?|avsätter|anslås?|anslår|får|tilldelas)\b", flaggor=re.I)


_BESLUTAS = Mönster(r"(?:verksamhetsplan|budget)\w*(?: och \w+| med \w+)? för \{\s*år\s*[+-]\s*\d+\s*\}", flaggor=re.I)
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


def check_uppdragens_fakta(r: Redovisning) -> Kontroll:
    """How a task was done is told by the fact of that task, when it is told by one of the tasks' facts at all."""
    egna = {punkt: id_ for punkt, (_, id_, _) in UPPGIFTERNA.items()}
    for rad in r.år.underlag.uppdrag:
        sagda = {id_ for id_ in _FAKTA.findall(rad.text) if id_.startswith("uppdrag.")}
        yield Prövat(int(bool(sagda)))
        annans = [punkt for punkt, id_ in egna.items() if id_ in sagda and punkt != rad.punkt]
        if annans and egna[rad.punkt].startswith("uppdrag.") and egna[rad.punkt] not in sagda:
            text = f"Uppdrag, rad {rad.rad}: {rad.punkt} har ett tal för {annans[0]}. Rätta hänvisningen eller Punkt."
            yield Finding("varning", text, f"Uppdrag, rad {rad.rad}")


def _kr(r: Redovisning, id_: str) -> Decimal | None:
    f = r.fakta.get(f"{id_}/{r.år.period}")
    return abs(f.värde) if f is not None and f.värde is not None and f.enhet == "kr" else None


def check_nothänvisningar(r: Redovisning) -> Kontroll:
    """The notes that a paragraph refers to are among those that its figures are in, when any of them is in one."""
    rubriker = {notis.id: notis.rubrik for notis in r.år.förbund.noter}
    postens = {notis.post: notis.id for notis in r.år.förbund.noter if notis.post}
    ordens = _noternas_ord(r)
    for fil in r.år.texter.values():
        rad = 1
        for stycke in re.split(r"(\n\s*\n|\n(?=\s*[-*] ))", fil.text):
            hänvisade = [id_ for id_ in _NOT.findall(stycke) if id_ in rubriker]
            noter = {_notens(id_, postens) for id_ in _FAKTA.findall(stycke)} & rubriker.keys()
            yield Prövat(len(hänvisade) if noter else 0)
            for id_ in hänvisade if not noter else ():
                if annan := _nämnd_not(stycke, id_, ordens):
                    text = f"{fil.fil}, rad {rad}: här hänvisas till noten {rubriker[id_]}, men orden före är ur noten"
                    yield Finding("varning", f"{text} {rubriker[annan]}. Rätta {{not:{id_}}}.", fil.fil)
            for id_ in hänvisade if noter else ():
                if id_ not in noter:
                    egna = uppräkning(rubriker[ett] for ett in sorted(noter))
                    text = (
                        f"{fil.fil}, rad {rad}: här hänvisas till noten {rubriker[id_]}, men talen är ur noten {egna}."
                    )
                    yield Finding("varning", f"{text} Rätta {{not:{id_}}}.", fil.fil)
            rad += stycke.count("\n")


def _noternas_ord(r: Redovisning) -> Mapping[str, set[str]]:
    """How words begin that stand in each note: in its heading and in the names of its rows."""
    return {
        notis.id: {
            ord_[:STAM]
            for text in (notis.rubrik, notis.id, *(rad.etikett for rad in notis.rader))
            for ord_ in _ORD.findall(vik(text))
        }
        | LAGENS_ORD.get(notis.id, set())
        for notis in r.år.förbund.noter
    }


def _nämnd_not(stycke: str, id_: str, ordens: Mapping[str, set[str]]) -> str:
    """The only note that has words right before a reference, none of which the note that it is to has."""
    for träff in re.finditer(rf"\{{\s*not:\s*{id_}\s*\}}", stycke):
        före = re.split(r"[.!?;]\s|\}", stycke[: träff.start()])[-1]
        sagda = {ord_[:STAM] for ord_ in _ORD.findall(vik(före))}
        noter = [ett for ett, egna in ordens.items() if egna & sagda]
        if len(noter) == 1 and id_ not in noter:
            return noter[0]
    return ""


def _notens(fakta: str, postens: dict[str, str]) -> str:
    """The note that a fact is in: it is one of its rows, or the post that it is of."""
    if fakta.startswith("not."):
        return fakta.split(".")[1]
    return postens.get(fakta, "")
