"""Förbund side by side, from their finished reports (`rapport.json`); nothing is computed twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import VERKSAMHETSPLAN

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram


@dataclass(frozen=True)
class Rapport:
    """A finished report."""

    förbund: str
    år: int
    data: dict[str, Any]

    def tal(self, id_: str, år: int | None = None) -> float | None:
        """A fact's value, None when the report has no such figure."""
        fakta = self.data["fakta"].get(f"{id_}/{år or self.år}")
        return float(fakta["varde"]) if fakta and fakta["varde"] is not None else None

    def tabell(self, id_: str) -> dict[str, Any] | None:
        """A table by its id."""
        return next((t for t in self.data["tabeller"] if t["id"] == id_), None)

    def __repr__(self) -> str:
        return f"{self.förbund} {self.år}"


def läs_rapporter(outputs: str | Path = "", rapport: str = VERKSAMHETSPLAN.id) -> list[Rapport]:
    """The finished reports of a kind, one a förbund and year. Raises UnreadableInput when there are none."""
    rot = Path(outputs) if outputs else _hitta_outputs()
    filer = sorted(rot.glob(f"*/*/{rapport}/rapport.json"))
    if not filer:
        text = f"Inga färdiga rapporter av slaget {rapport} i {rot}. Kör finsam skapa --alla först."
        raise UnreadableInput([Problem("fel", text)])
    lästa = (json.loads(fil.read_text("utf-8")) for fil in filer)
    return [Rapport(data["forbund"], data["ar"], data) for data in lästa]


def _hitta_outputs() -> Path:
    mappar = (mapp / "outputs" for mapp in (Path.cwd(), *Path.cwd().parents))
    return next((mapp for mapp in mappar if mapp.is_dir()), Path("outputs"))


def _tabell(rapporter: list[Rapport], kolumner: dict[str, list[Any]], enhet: str = "kr", **enheter: str) -> Ram:
    from finsam.report.analys.ram import ram

    vilka: dict[str, list[Any]] = {"förbund": [r.förbund for r in rapporter], "år": [r.år for r in rapporter]}
    return ram(vilka | kolumner, **(dict.fromkeys(kolumner, enhet) | enheter))


def _andel(del_: float | None, av: float | None) -> float | None:
    return None if del_ is None or not av else round(del_ / av * 100, 1)


def kostnadsandelar(rapporter: list[Rapport]) -> Ram:
    """Individinsatser, strukturinsatser and administration in per cent of the year's budgeted costs."""
    delar = ("individinsatser", "strukturinsatser", "administration")
    kolumner: dict[str, list[Any]] = {
        del_: [_andel(r.tal(f"budget.{del_}"), r.tal("budget.kostnader")) for r in rapporter] for del_ in delar
    }
    kostnader = {"kostnader, kr": [-(r.tal("budget.kostnader") or 0) for r in rapporter]}
    return _tabell(rapporter, {**kostnader, **kolumner}, "%", **dict.fromkeys(kostnader, "kr"))


def bidrag(rapporter: list[Rapport]) -> Ram:
    """Medlemsbidrag in kronor, and by inhabitant where the plan has them."""
    kronor = [r.tal("budget.medlemsbidrag") for r in rapporter]
    invånare = [r.tal("invanare.totalt") for r in rapporter]
    per = [round(k / i, 2) if k and i else None for k, i in zip(kronor, invånare, strict=True)]
    return _tabell(
        rapporter, {"medlemsbidrag, kr": kronor, "invånare": invånare, "kr per invånare": per}, invånare="antal"
    )


def eget_kapital(rapporter: list[Rapport]) -> Ram:
    """Eget kapital at the end of the budget year and of the plan years, kronor."""
    namn = ("budgetåret", "planår 1", "planår 2")
    return _tabell(
        rapporter, {n: [r.tal("budget.eget_kapital", r.år + i) for r in rapporter] for i, n in enumerate(namn)}
    )


def insatser(rapporter: list[Rapport]) -> Ram:
    """Every insats with its budget."""
    from finsam.report.analys.ram import ram

    rader = []
    for r in rapporter:
        for nyckel, fakta in r.data["fakta"].items():
            id_, _, år = nyckel.partition("/")
            if id_.startswith("insats.") and id_.endswith(".budget") and år == str(r.år):
                rader.append((r.förbund, id_.split(".")[1], None if fakta["varde"] is None else float(fakta["varde"])))
    return ram(rader, ["förbund", "insats", "budget, kr"], **{"budget, kr": "kr"})


def mål(rapporter: list[Rapport]) -> Ram:
    """Goals with a limit: limit, what the budget gives and whether it holds."""
    from finsam.report.analys.ram import ram

    rader = [
        (r.förbund, rad["etikett"], *rad["visat"])
        for r in rapporter
        for tabell in r.data["tabeller"]
        if tabell["id"].startswith("planmal_")
        for rad in tabell["rader"]
    ]
    return ram(rader, ["förbund", "mål", "gräns", "i budgeten", "prövning"])
