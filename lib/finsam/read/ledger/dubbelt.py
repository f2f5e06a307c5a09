"""What a file says twice: with the same amount it counts once, and the balances tell whether that is right."""

from __future__ import annotations

from collections.abc import Hashable

from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling

EN_GÅNG = "Det räknas en gång."


class Sagt:
    """The amounts of a file by what they are of, with the row of each."""

    def __init__(self, problem: Problemsamling) -> None:
        self._problem = problem
        self._sagt: dict[Hashable, tuple[int, int]] = {}

    def är_nytt(self, nyckel: Hashable, vad: str, öre: int, rad: int, *, summeras: bool = False) -> bool:
        """Whether an amount is to be counted; `vad` names what it is of.

        Another amount than before is a problem, unless such amounts can be added (`summeras`), which is said.
        """
        första, före = self._sagt.setdefault(nyckel, (rad, öre))
        if första == rad:
            return True
        rader = f"två gånger (rad {första} och {rad})"
        if öre == före:
            if öre:
                self._problem.varning(f"{vad} står {rader} med samma belopp. {EN_GÅNG}", rad, "samma belopp två gånger")
            return False
        text = f"{vad} står {rader} med olika belopp, {kr_text(före)} och {kr_text(öre)}."
        if summeras:
            self._problem.varning(f"{text} De läggs ihop.", rad, "två belopp som läggs ihop")
            return True
        self._problem.fel(f"{text} Exportera filen på nytt.", rad, "dubbelt saldo")
        return False
