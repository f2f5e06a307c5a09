"""A text that refers to a note has the figures of that note."""

from __future__ import annotations

import re

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.ord import uppräkning
from finsam.statements.redovisning import Redovisning

_NOT = re.compile(r"\{\s*not:\s*(\w+)\s*\}")
_FAKTA = re.compile(r"\{\s*([a-z]\w*(?:\.\w+)*)")


def check_nothänvisningar(r: Redovisning) -> Kontroll:
    """The notes that a paragraph refers to are among those that its figures are in, when any of them is in one."""
    rubriker = {notis.id: notis.rubrik for notis in r.år.förbund.noter}
    postens = {notis.post: notis.id for notis in r.år.förbund.noter if notis.post}
    for fil in r.år.texter.values():
        rad = 1
        for stycke in re.split(r"(\n\s*\n|\n(?=\s*[-*] ))", fil.text):
            hänvisade = [id_ for id_ in _NOT.findall(stycke) if id_ in rubriker]
            noter = {_notens(id_, postens) for id_ in _FAKTA.findall(stycke)} & rubriker.keys()
            yield Prövat(len(hänvisade) if noter else 0)
            for id_ in hänvisade if noter else ():
                if id_ not in noter:
                    egna = uppräkning(rubriker[ett] for ett in sorted(noter))
                    text = (
                        f"{fil.fil}, rad {rad}: här hänvisas till noten {rubriker[id_]}, men talen är ur noten {egna}."
                    )
                    yield Finding("varning", f"{text} Rätta {{not:{id_}}}.", fil.fil)
            rad += stycke.count("\n")


def _notens(fakta: str, postens: dict[str, str]) -> str:
    """The note that a fact is in: it is one of its rows, or the post that it is of."""
    if fakta.startswith("not."):
        return fakta.split(".")[1]
    return postens.get(fakta, "")
