"""G23: who has a role is called the same wherever she is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Underlag
from finsam.granska.lasa.rad import Rad
from finsam.granska.sakerhet import intygad

KOD = "G23"
_ETT = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?"
_NAMN = rf"(?P<namn>{_ETT} {_ETT}(?: {_ETT})?)"
_ROLL = r"(?P<roll>(?:[Vv]ice )?[Oo]rdförande|[Ff]örbundschef)(?:en)?"
_EFTER = re.compile(rf"{_NAMN}(?:,| är| var| som|,? som är| \()?\s?{_ROLL}\b")
_FÖRE = re.compile(rf"\b{_ROLL}(?:,| är| var| heter|:)? {_NAMN}(?! kommun)")
_INGET_NAMN = re.compile(r"\b(?:Region|Samordningsförbundet|Finsam|Kommun|Försäkringskassan|Arbetsförmedlingen|Vice)\b")


def check_roller(u: Underlag) -> Iterator[Fynd]:
    """Two names in one role that have a first name in common, or a last name and nearly the first, are one person's."""
    for d, dok in enumerate(u.dokument):
        roller: dict[str, dict[str, list[Rad]]] = defaultdict(lambda: defaultdict(list))
        for mening in dok.meningar if not dok.är_ocr else ():
            for mönster in (_EFTER, _FÖRE):
                for träff in mönster.finditer(mening.text):
                    if not _INGET_NAMN.search(träff["namn"]):
                        roller[träff["roll"].lower()][träff["namn"]].append(mening.rad(träff.start("namn")))
        for roll, namnen in roller.items():
            u.räkna(KOD, len(namnen) - 1)
            for ett, annat in _par(sorted(namnen, key=lambda namn: -len(namnen[namn]))):
                text = f"{roll.capitalize()} heter {ett} på ett ställe och {annat} på ett annat."
                rader = namnen[ett][0], namnen[annat][0]
                platser = tuple(ställe(dok.fil, rad, namn) for rad, namn in zip(rader, (ett, annat), strict=True))
                säkerhet = u.läsning_av_text(d, *rader) * intygad(len(namnen[ett]) + _likhet(ett, annat))
                yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser)


def _par(namnen: list[str]) -> Iterator[tuple[str, str]]:
    for nr, ett in enumerate(namnen):
        yield from ((ett, annat) for annat in namnen[nr + 1 :] if _likhet(ett, annat))


def _likhet(ett: str, annat: str) -> int:
    """How many of first and last name speak for one person: the same, or alike in how it begins; none for no doubt.

    >>> _likhet("Karin Holmström", "Karin Holmqvist"), _likhet("Karin Ek", "Karin Sjö"), _likhet("Eva Ek", "Ove Ek")
    (2, 1, 0)
    """
    (för, *efter), (för_2, *efter_2) = ett.split(), annat.split()
    if set(efter) & set(efter_2):
        return 0 if för == för_2 or för[:2] != för_2[:2] else 2
    return 0 if för != för_2 else 1 + (efter[-1][:3] == efter_2[-1][:3])
