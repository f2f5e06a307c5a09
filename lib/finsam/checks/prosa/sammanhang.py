"""What a reader of sentences may ask of the year beside the facts that the sentence binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from finsam.checks.prosa.mening import Tal, bundet
from finsam.model.fakta import Fakta
from finsam.statements.redovisning import Redovisning, en_gång


@dataclass(frozen=True)
class Sammanhang:
    """A year, as sentences may speak of it."""

    r: Redovisning

    @cached_property
    def jämförelser(self) -> dict[str, str]:
        """What a limit is, by its fact: "högst" or "minst"."""
        u = self.r.år.underlag
        gränser = {"kapitaltak": "högst", "kapitaltak.andel": "högst"}
        för = {"minst": ("minst", ""), "mer än": ("minst", ""), "högst": ("högst", ""), "mellan": ("minst", "högst")}
        satta = [(f"mal.{mål.id}", mål.jämförelse) for mål in u.mål]
        satta += [(f"planmal.{mål.id}", mål.jämförelse) for mål in u.planmål]
        for bas, jämförelse in satta:
            nedre, övre = för.get(jämförelse, ("", ""))
            gränser |= {f"{bas}.grans": nedre, f"{bas}.ovre": övre}
        return {id_: ord_ for id_, ord_ in gränser.items() if ord_}

    def fakta(self, id_: str, period: str = "") -> Fakta | None:
        """A fact that has a value that is shown."""
        funnen = self.r.fakta.get(f"{id_}/{period or self.r.år.period}")
        return funnen if funnen and funnen.värde is not None else None

    def utfall(self, gräns: str, period: str) -> Fakta | None:
        """What a limit limits."""
        if gräns == "kapitaltak":
            return self.fakta("br.eget_kapital", period) or self.fakta("budget.eget_kapital", period)
        if gräns == "kapitaltak.andel":
            return self.fakta("kapitalandel", period) or self.fakta("budget.kapitalandel", period)
        return self.fakta(f"{gräns.rpartition('.')[0]}.utfall", period)

    def uppfyllt(self, mål: str) -> bool | None:
        """Whether a goal (`mal.M1`) is met; None when nobody knows."""
        funnen = self.r.fakta.get(f"{mål}.bedomning/{self.r.år.period}")
        text = funnen.text if funnen else ""
        return {"uppfyllt": True, "budgeten klarar målet": True}.get(
            text, False if text and "kan inte" not in text else None
        )

    @cached_property
    def insatsrader(self) -> frozenset[str]:
        """The rows of the budget that are insatser."""
        rader = self.r.år.underlag.budgetplan
        return frozenset(rad.id for rad in rader if rad.typ in ("individinsats", "strukturinsats", "insats"))

    def syskon(self, tal: Tal) -> list[Tal]:
        """The same figure of the other insatser, or of the other parts of the costs; with its own."""
        led = tal.id.split(".")
        match led:
            case ["budget", rad] if rad in self.insatsrader:
                andra: Iterable[str] = (f"budget.{ett}" for ett in self.insatsrader)
            case ["insats" | "deltagare", _, *del_] if del_:
                andra = (".".join((led[0], insats.id, *del_)) for insats in self.r.år.underlag.insatser)
            case ["kostnadsandel", _]:
                andra = (f"kostnadsandel.{grupp.id}" for grupp in self.r.år.förbund.kostnadsfördelning)
            case ["not", notis, _]:
                rader = next((n.rader for n in self.r.år.förbund.noter if n.id == notis), ())
                andra = (f"not.{notis}.{rad.id}" for rad in rader)
            case _:
                return []
        funna = (self.fakta(id_, tal.period) for id_ in andra)
        return [bundet(ett, ["utan_tecken"]) for ett in funna if ett]


sammanhang = en_gång(Sammanhang)
