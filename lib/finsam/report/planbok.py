"""A verksamhetsplan med budget opened: what its notebooks show."""

from __future__ import annotations

from finsam.model.ord import uppräkning
from finsam.model.underlag import Beslutspunkt, Insats, Målområde, Planmål
from finsam.report.bild import diagram_plan
from finsam.report.block import Block, Följd, Tabellblock, Textblock
from finsam.report.bok import Bok
from finsam.report.form.siffror import PLAN, nyckeltal, siffror, siffrornas_ord
from finsam.report.text import Bit, read_prosa
from finsam.statements import plan


class Planbok(Bok):
    """En verksamhetsplan: mål, insatser, budget för tre år och kontroller. Varje tabell har `.df()`."""

    ny_sida = False

    @property
    def sammansatta(self) -> tuple[str, ...]:
        """The goals with their comments and places, the decision with its numbers, and the words of the pictures."""
        mål, områden = self.år.underlag.planmål, self.år.underlag.målområden
        bilder = (
            diagram_plan.HJULRUBRIK,
            *(ord_(self.år, self.fakta) for ord_ in (diagram_plan.budgetalt, diagram_plan.budgetrubrik)),
        )
        ord_ = (plan.mätpunktens_ord(m, self.år, self.fakta) for m in mål)
        målen = (*ord_, *(f"Mål: {m.text}" for m in mål), *map(self._vid_insatserna, områden))
        siffrorna = siffrornas_ord(self.år, self.fakta, PLAN)
        return (*målen, self._beslutspunkter, *bilder, *siffrorna, *super().sammansatta)

    @property
    def nyckeltal(self) -> tuple[tuple[str, Bit, str], ...]:
        return nyckeltal(self.år, self._tyda, PLAN)

    @property
    def året_i_siffror(self) -> Block:
        """Budgeten i några mått med planåren. Belopp i tusen kronor, andelar i procent. Källa: bladet Budgetplan."""
        mening = diagram_plan.budgetrubrik(self.år, self.fakta)
        return siffror(self.år, self._tyda, PLAN, "" if mening == diagram_plan.BUDGETNAMN else mening)

    @property
    def möten(self) -> Block:
        """Årets möten. Källa: bladet Möten."""
        return self._valfri("moten")

    @property
    def årshjul(self) -> Block:
        """Året som ett hjul, med tabell. Källa: bladet Årshjul."""
        hjul = diagram_plan.årshjul(self.år, self._tyda)
        return self._bild(hjul) if hjul else Följd(())

    @property
    def behov(self) -> Block:
        """Behoven per kommun och kön, som tabeller och diagram: antal eller procent. Källa: bladet Behov."""
        mått = dict.fromkeys(rad.mått for rad in self.år.underlag.behov)
        return Följd(tuple(diagram_plan.behovsdiagram(m, self.år, self._tyda) for m in mått))

    @property
    def mål(self) -> Block:
        """Målområdena med sina mål och vad som hör till vart och ett; mål med gräns prövas mot budgeten."""
        return Följd(
            tuple(del_ for nr, område in enumerate(self.år.underlag.målområden, 1) for del_ in self._område(nr, område))
        )

    def _område(self, nr: int, område: Målområde) -> list[Block]:
        delar: list[Block] = [self._rubrik(f"Målområde {nr}: {område.namn}", 3)]
        if område.mål:
            delar.append(self._lista(område.mål.splitlines()))
        delar.append(self._plantext(f"malomrade_{område.id}"))
        delar += self._mål(plan.områdets_planmål(område.id, self.år))
        if mening := self._vid_insatserna(område):
            delar.append(self._stycke(mening))
        delar.append(self._i_ord(f"planmal_{område.id}"))
        return delar

    def _vid_insatserna(self, område: Målområde) -> str:
        """Where the goals of the område are that stand with their insats; nothing when there are none."""
        vid = plan.vid_insats(self.år)
        med_mål = {vid[m.id] for m in self.år.underlag.planmål if m.område == område.id and m.id in vid}
        namn = [insats.namn for insats in self.år.underlag.insatser if insats.id in med_mål]
        var = "insatserna" if namn[1:] else "insatsen"
        return f"Mål och aktiviteter för {uppräkning(namn)} står vid {var}." if namn else ""

    def _plantext(self, namn: str) -> Block:
        """The plan's own words (vp_…), or those of a year that has no årsredovisning."""
        eget = f"{self.år.rapport.textprefix}{namn}"
        return self.valfri_text(eget if eget in self.år.texter else namn)

    def _mål(self, egna: list[Planmål]) -> list[Block]:
        """Goals, each with what belongs to it, and then what belongs to no goal of its own."""
        delar: list[Block] = []
        for mål in (m for m in egna if m.slag == "mål"):
            delar += [self._stycke(f"**Mål:** {mål.text}"), *self._under([m for m in egna if m.mål == mål.id])]
        return [*delar, *self._under([m for m in egna if not m.mål])]

    def _under(self, egna: list[Planmål]) -> list[Block]:
        """Mätpunkter, indikatorer and aktiviteter, each kind as a list."""
        delar: list[Block] = []
        for slag, rubrik in plan.SLAG.items():
            if av_slaget := [plan.mätpunktens_ord(m, self.år, self.fakta) for m in egna if m.slag == slag]:
                delar += [self._stycke(f"*{rubrik}*"), self._lista(av_slaget)]
        return delar

    def _i_ord(self, id_: str) -> Block:
        """A table of goals with their limits, which stand in words with the goals."""
        return self._tabell(id_).som("text") if id_ in self._uppställda else Följd(())

    def _stycke(self, text: str) -> Textblock:
        return Textblock(read_prosa(text, self._tyda, self.år.underlag.fil)[0])

    def _lista(self, rader: list[str]) -> Textblock:
        return self._stycke("\n".join(f"- {rad.lstrip('-•– ')}" for rad in rader if rad.strip()))

    @property
    def insatser(self) -> Block:
        """Varje insats med faktaruta, text och mål."""
        return self._insatser_efter_slag(self._insats)

    def _insats(self, insats: Insats) -> list[Block]:
        ruta = self._valfri(f"insats_{insats.id}_faktaruta")
        mål = self._mål(plan.insatsens_planmål(insats.id, self.år))
        text, gränser = self._plantext(f"insats_{insats.id}"), self._i_ord(f"insats_{insats.id}_planmal")
        return [self._rubrik(insats.namn, 4), ruta, text, *mål, gränser]

    @property
    def projekt(self) -> Block:
        """Projekt som förbundet deltar i."""
        tabell = self._valfri("projekt")
        return Följd((self._rubrik("Projekt", 3), tabell)) if "projekt" in self._uppställda else tabell

    @property
    def bidragsfördelning(self) -> Block:
        """Hur medlemsbidraget delas mellan medlemmarna: kronor och procent. Källa: bidragsnyckeln."""
        return self._valfri("bidragsfordelning")

    @property
    def resultatbudget(self) -> Tabellblock:
        """Budgeten i några rader för tre år, med eget kapital (KL 11 kap. 6 §).

        Enhet: kronor. Tecken: intäkter plus, kostnader minus. Källa: bladet Budgetplan.
        """
        return self._tabell("resultatbudget")

    @property
    def budgetdiagram(self) -> Block:
        """Diagram: kostnader och eget kapital för tre år, tusen kronor."""
        return self._bild(diagram_plan.budgetdiagram(self.år, self._tyda), "resultatbudget")

    @property
    def detaljbudget(self) -> Tabellblock:
        """Varje rad i budgeten med summor, resultat och eget kapital, kronor. Källa: bladet Budgetplan."""
        return self._tabell("budget")

    @property
    def reviderad_budget(self) -> Block:
        """Ursprunglig och reviderad budget där de skiljer sig, kronor."""
        return self._valfri("budget_reviderad")

    @property
    def beslut(self) -> Block:
        """Beslutspunkterna; beloppen i dem är fakta. Källa: bladet Beslut."""
        rader, ingress = self._beslutspunkter, self.valfri_text("vp_beslut")
        return Följd((ingress, self._stycke(rader))) if rader else self.text("vp_beslut")

    @property
    def _beslutspunkter(self) -> str:
        return "\n".join(map(_punkt, sorted(self.år.underlag.beslut, key=lambda p: p.nr)))


def _punkt(punkt: Beslutspunkt) -> str:
    """A point as decided; what the förbund says of it stands under it, and says that it is not of the decision."""
    kommentar = " ".join(punkt.kommentar.split())
    under = f"\n\n   *Kommentar, inte en del av beslutet:* {kommentar}\n" if kommentar else ""
    return f"{punkt.nr}. {punkt.text}{under}"
