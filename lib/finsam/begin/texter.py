"""The texts a new förbund begins with (starttexter.md).

What the law settles (purpose, financing, form) is written out with references to facts, to be read through. What only
the förbund knows is a page with the law's question on it, and counts as missing until it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from finsam.model.forbund import Medlem
from finsam.read.textmarke import EJ_GENOMGÅNGEN, EJ_SKRIVEN, märk
from finsam.statements.bidragslag import bidragsmening

FRÅGA = "? "


@cache
def _mallar() -> Mapping[str, str]:
    """The texts and questions by name; each stands under a heading with its name."""
    avsnitt = files("finsam.begin").joinpath("starttexter.md").read_text("utf-8").removeprefix("# ").split("\n# ")
    return {namn: text.strip() for namn, _, text in (ett.partition("\n") for ett in avsnitt)}


def starttexter(krav: Mapping[str, tuple[str, str]], namn: str, medlemmar: Iterable[Medlem]) -> dict[str, str]:
    """The texts that a report must have (`krav`: what they are about and the paragraph), marked to be gone through."""
    medlemmar = tuple(medlemmar)
    lista = "\n".join(f"- {_ordagrant(medlem.namn)}" for medlem in medlemmar)
    texter = {}
    for id_, (om, lag) in krav.items():
        mall = _mallar()[id_]
        if mall.startswith(FRÅGA):
            grund = f" ({lag})" if lag else ""
            fråga = mall.removeprefix(FRÅGA)
            texter[id_] = märk(f"Skriv här om {om}{grund} i stället för de här raderna. {fråga}\n", EJ_SKRIVEN)
        else:
            ord_ = mall.replace("«medlemmar»", lista).replace("«bidrag»", bidragsmening(medlemmar, _ordagrant))
            ord_ = ord_.replace("«namn»", _ordagrant(namn))
            texter[id_] = märk(f"{ord_}\n", EJ_GENOMGÅNGEN)
    return texter


def _ordagrant(namn: str) -> str:
    """A name as text in a text: no references, no Markdown.

    >>> _ordagrant("Förbundet *A* {x}")
    'Förbundet \\\\*A\\\\* {{x}}'
    """
    for tecken in "\\*_`[]<>#":
        namn = namn.replace(tecken, f"\\{tecken}")
    return " ".join(namn.replace("{", "{{").replace("}", "}}").split())
