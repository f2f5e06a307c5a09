"""The problems of one ledger file: collected while it is read, shown together, at most a handful of each kind."""

from __future__ import annotations

from finsam.model.problem import Nivå, Problem

VISAS = {"fel": 100, "varning": 10, "upplysning": 10}
ORDNING: tuple[Nivå, ...] = ("fel", "varning", "upplysning")

GODTAGBART = ("kontrollsumma", "obalans")
"""What somebody can answer for, so that a file is read although this is wrong with it."""
INLÄSNING = "C33"
"""The code of the check of what was remarked on when the files were read; in Undantag it stands for what is above."""


class Problemsamling:
    """Collects problems. Those of one kind (`slag`) beyond the first few are counted, not listed.

    `godtagna` are the words of GODTAGBART that somebody has answered for. A row is given by its number, or by its
    place as it is to be shown; `blad` is the sheet that the rows stand in.
    """

    def __init__(self, fil: str, godtagna: frozenset[str] = frozenset(), blad: str = "") -> None:
        self.fil = fil
        self.godtagna = godtagna
        self.blad = blad
        self._problem: dict[tuple[Nivå, str], list[Problem]] = {}
        self._antal: dict[tuple[Nivå, str], int] = {}

    def fel(self, text: str, rad: int | str | None = None, slag: str = "") -> None:
        """Add a problem that makes the file unusable."""
        self._add("fel", text, rad, slag)

    def fel_om_ej_godtaget(self, vad: str, text: str, råd: str, rad: int | None = None) -> None:
        """Add a problem that makes the file unusable, unless it is accepted."""
        if vad not in self.godtagna:
            stämmer_ändå = f"Stämmer filen ändå: skriv ett undantag (kod {INLÄSNING}, gäller {vad})."
            self.fel(f"{text} {råd} {stämmer_ändå}", rad)
            return
        plats = "" if rad is None else f"rad {rad}"
        problem = Problem("varning", f"{text} Filen läses ändå, för det är godtaget.", self.fil, plats, vad)
        self._problem["varning", vad], self._antal["varning", vad] = [problem], 1

    def varning(self, text: str, rad: int | str | None = None, slag: str = "") -> None:
        """Add a problem that the user should look at; the file is used."""
        self._add("varning", text, rad, slag)

    def upplysning(self, text: str, rad: int | str | None = None, slag: str = "") -> None:
        """Add something worth knowing about the file."""
        self._add("upplysning", text, rad, slag)

    def _add(self, nivå: Nivå, text: str, rad: int | str | None, slag: str) -> None:
        nyckel = nivå, slag or text
        self._antal[nyckel] = self._antal.get(nyckel, 0) + 1
        if self._antal[nyckel] <= VISAS[nivå]:
            self._problem.setdefault(nyckel, []).append(Problem(nivå, text, self.fil, self._plats(rad)))

    def _plats(self, rad: int | str | None) -> str:
        if isinstance(rad, int):
            return f"{self.blad}!A{rad}" if self.blad else f"rad {rad}"
        return rad or ""

    @property
    def har_fel(self) -> bool:
        """Whether the file must be refused."""
        return any(nivå == "fel" for nivå, _ in self._problem)

    def alla(self) -> list[Problem]:
        """Every problem, the worst first, and for each long kind how many more there are."""
        svar = []
        for (nivå, slag), problem in sorted(self._problem.items(), key=lambda p: ORDNING.index(p[0][0])):
            svar += problem
            if (fler := self._antal[nivå, slag] - len(problem)) > 0:
                svar.append(Problem(nivå, f"Ytterligare {fler} av samma slag visas inte ({slag}).", self.fil))
        return svar
