"""What each version of finsam has added to `underlag.xlsx`; a workbook made before is read as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from finsam.model.bokslutsblad import Avstämning, Kontrollmoment, Projektrad
from finsam.model.ord import uppräkning
from finsam.model.planblad import Beslutspunkt
from finsam.model.problem import Problem
from finsam.model.underlagsrad import Underlagsrad
from finsam.model.upplysningsblad import Personalgrupp, Revisionsanmärkning, Sjukfrånvaro, Underskott, Uppdragsrad
from finsam.read.underlag.blad import kolumner, rubrik

NYA_BLAD: Mapping[str, tuple[type[Underlagsrad], ...]] = {
    "0.2.0": (
        *(Underskott, Personalgrupp, Sjukfrånvaro, Uppdragsrad, Revisionsanmärkning),
        *(Avstämning, Projektrad, Kontrollmoment),
    ),
}
NYA_KOLUMNER: Mapping[str, Mapping[type[Underlagsrad], tuple[str, ...]]] = {"0.2.0": {Beslutspunkt: ("kommentar",)}}
"""By version, in order. What is new may be left out: an older workbook gives the same report."""


def nytt_sedan(finns: Collection[type[Underlagsrad]], fil: str) -> Iterator[Problem]:
    """What is new since a workbook of ours was made; nothing when it has any sheet of the last version."""
    versioner = list(NYA_BLAD)
    while versioner and not any(klass in finns for klass in NYA_BLAD[versioner[-1]]):
        version = versioner.pop()
        text = f"Arbetsboken gjordes före finsam {version} och läses som den är. Nytt sedan dess, och frivilligt: "
        text += f"{_vad(version, finns)}. Det finns i arbetsboken som finsam nytt gör för nästa år."
        yield Problem("upplysning", text, fil)


def _vad(version: str, finns: Collection[type[Underlagsrad]]) -> str:
    """The sheets, and the columns of the sheets that are there."""
    bladen = f"bladen {uppräkning([klass.blad for klass in NYA_BLAD[version]])}"
    nya = NYA_KOLUMNER[version].items()
    rubriker = [
        f"{rubrik(kolumner(klass)[namn])} i {klass.blad}" for klass, namnen in nya if klass in finns for namn in namnen
    ]
    return f"{bladen}; kolumnen {uppräkning(rubriker)}" if rubriker else bladen
