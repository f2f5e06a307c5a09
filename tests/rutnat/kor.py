"""A combination taken the user's way: `finsam nytt`, what the ekonom fills in, and the report held to its facit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from conftest import kör

from .forbund import ÅR, Rutnätsförbund

FACIT = Path(__file__).parent / "facit"
SLUG = "rutbygden"
ÄNDAMÅL = "Kostnader efter ändamål"
DELAR = ("Medlemsbidrag", "Räkningarna", ÄNDAMÅL)
FEL = "fel"
"""Of what is tried: that no fel is of nytt's own making."""
ATT_FYLLA_I = re.compile(
    r"Texten om .+ är inte skriven: skriv text/\w+\.md och ta bort dess första rad\."
    r"|Ingen (?:styrelse|revisor) finns i bladet Undertecknare\."
    r"|Budget saknas för någon rad i driftredovisningen: fyll i bladet Budget\."
)
"""The fel that are about what only the user knows; each says where it is filled in."""


def nytt(f: Rutnätsförbund, mapp: Path) -> Path:
    """The inputs of the combination, as nytt makes them and the ekonom fills them in."""
    mapp.mkdir(parents=True, exist_ok=True)
    f.write(mapp)
    svar = kör("nytt", SLUG, str(ÅR[1]), *f.ord_(mapp), *f.svar(), "--inputs", mapp / "inputs")
    assert svar.exit_code == 0, svar.output
    f.fyll_i(mapp / "inputs" / SLUG)
    return mapp / "inputs"


def orsakade(funna: Iterable[tuple[str, str, str]]) -> list[str]:
    """The fel, of what was found (kod, nivå, text), that the user has not got to fill in."""
    return [f"{kod} {text}" for kod, nivå, text in funna if nivå == "fel" and not ATT_FYLLA_I.fullmatch(text)]


def avvikelser(f: Rutnätsförbund, del_: str, värde: Callable[[str], object]) -> list[str]:
    """The rows of a part of the facit that the report has in another way; `värde` gives a fact's amount by its key."""
    ut = []
    for id_, period, belopp in _rader(f, del_):
        if (har := värde(f"{id_}/{period}")) != belopp:
            ut.append(f"{id_} {period}: {har}, ska vara {belopp}")
    return ut


def _rader(f: Rutnätsförbund, del_: str) -> Iterator[tuple[str, int, int | None]]:
    """Fact, year and amount of the rows under a heading of the facit; None where the export does not tell."""
    stycken = (FACIT / f"{f.namn}.txt").read_text("utf-8").split("\n\n")
    [stycke] = [ett for ett in stycken if ett.startswith(del_)]
    for rad in stycke.splitlines()[1:]:
        id_, belopp = rad[:40].strip(), (rad[40:52], rad[52:64])
        for period, text in zip(reversed(ÅR), belopp, strict=True):
            tal = text.replace(" ", "")
            yield id_, period, None if tal == "?" else int(tal)


def fall(valda: Iterable[Rutnätsförbund], *prövar: str) -> list[object]:
    """Combinations and what is tried of each; what is known to be wrong must fail, until it does not."""
    return [pytest.param(f, del_, marks=_väntar(f, del_), id=f"{f.namn}-{del_}") for f in valda for del_ in prövar]


def _väntar(f: Rutnätsförbund, del_: str) -> tuple[pytest.MarkDecorator, ...]:
    skäl = [ord_ for ord_, gäller in VÄNTAR if gäller(f, del_)]
    return (pytest.mark.xfail(reason="; ".join(skäl), strict=True),) if skäl else ()


VÄNTAR: tuple[tuple[str, Callable[[Rutnätsförbund, str], bool]], ...] = ()
"""Why a part of a combination does not hold yet, and which."""


def _personal_i_projekt(f: Rutnätsförbund) -> bool:
    return f.har("personal", "egen") and not f.har("objekt", "inga")
