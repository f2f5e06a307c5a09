"""An årsredovisning opened: what its notebooks show, and where an analyst begins.

>>> import finsam
>>> bok = finsam.öppna("sofint", 2024)                                  # doctest: +SKIP
>>> bok.resultaträkning.df()                                            # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from finsam.model.forbund import Not
from finsam.model.ord import SAKNAS
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.model.underlag import Insats, Undertecknare
from finsam.report import diagram
from finsam.report.block import Block, Diagramblock, Följd, Rubrikblock, Rådata, Tabellblock, Textblock
from finsam.report.bok import Bok
from finsam.report.text import read_prosa, typst_text
from finsam.statements import (
    balanskrav,
    balansrakning,
    driftredovisning,
    flerarsoversikt,
    insatser,
    kassaflode,
    kostnadsfordelning,
    mal,
    noter,
    resultatrakning,
)
from finsam.statements.uppstallning import årskolumner

INGA_INVESTERINGAR = (
    "Investeringar förekommer ej: förbundet har inte gjort några investeringar under {år} eller {år-1}."
)


class Årsbok(Bok):
    """A räkenskapsår with its statements, notes, texts, pictures and checks. Every table has `.df()`."""

    @property
    def sammansatta(self) -> tuple[str, ...]:
        """What is said when there are no investments, who signs, and the words of the pictures."""
        år, fakta = self.år, self.fakta
        bilder = (diagram.kapitalalt(år, fakta), diagram.kostnadsalt(år, fakta), diagram.budgetalt(år))
        namn = (f"{u.namn}, {_roll(u)}" for u in år.underlag.undertecknare)
        return (INGA_INVESTERINGAR, *namn, diagram.BUDGETRUBRIK, *bilder)

    # ---------------------------------------------------------------- förvaltningsberättelse

    @property
    def flerårsöversikt(self) -> Tabellblock:
        """Verksamhetens utveckling over five years (LKBR 11 kap. 1 §)."""
        return self._block(flerarsoversikt.flerårsöversikt(self.år, self.fakta))

    @property
    def bidragets_användning(self) -> Tabellblock:
        """Medlemsbidragets utveckling och användning over five years."""
        return self._block(flerarsoversikt.bidragets_användning(self.år, self.fakta))

    @property
    def kapitaldiagram(self) -> Diagramblock:
        """Medlemsbidrag and eget kapital over five years with the ceiling."""
        return diagram.kapitaldiagram(self.år, self._tyda)

    @property
    def kostnadsfördelning(self) -> Tabellblock:
        """Costs by function over three years."""
        return self._block(kostnadsfordelning.kostnadsfördelning(self.år, self.fakta))

    @property
    def kostnadsdiagram(self) -> Diagramblock:
        """Costs by function over three years, drawn."""
        return diagram.kostnadsdiagram(self.år, self._tyda)

    @property
    def måluppfyllelse(self) -> Block:
        """Goals by målområde, each with what was done, limit, outcome and grade (LKBR 11 kap. 8 §)."""
        delar: list[Block] = []
        for nr, område in enumerate(self.år.underlag.målområden, 1):
            delar.append(Rubrikblock(f"Målområde {nr}: {område.namn}", 3))
            if område.mål:
                punkter = "\n".join(f"- {rad.lstrip('-•– ')}" for rad in område.mål.splitlines() if rad.strip())
                delar.append(Textblock(read_prosa(punkter, self._tyda, self.år.underlag.fil)[0]))
            delar.append(self.valfri_text(f"malomrade_{område.id}"))
            egna = [m for m in self.år.underlag.mål if m.område == område.id]
            if egna:
                delar.append(self._block(mal.måltabell(f"mal_{område.id}", område.namn, egna, self.år, self.fakta)))
        return Följd(tuple(delar))

    @property
    def insatser(self) -> Block:
        """Every insats: faktaruta, words, economy, participants, surveys and goals."""
        return self._insatser_efter_slag(self.insats)

    def insats(self, insats: Insats) -> list[Block]:
        """One insats."""
        år, fakta = self.år, self.fakta
        egna_mål = [m for m in år.underlag.mål if m.insats == insats.id]
        tabeller_ = [
            insatser.faktaruta(insats, år),
            insatser.insatsekonomi(insats, år, fakta),
            insatser.deltagartabell(insats, år, fakta),
            insatser.enkättabell(insats, år, fakta),
            mal.måltabell(f"insats_{insats.id}_mal", f"{insats.namn}: mål", egna_mål, år, fakta) if egna_mål else None,
        ]
        block = [self._block(t) for t in tabeller_ if t is not None]
        ruta = 1 if tabeller_[0] is not None else 0
        return [Rubrikblock(insats.namn, 4), *block[:ruta], self.valfri_text(f"insats_{insats.id}"), *block[ruta:]]

    @property
    def balanskravsutredning(self) -> Tabellblock:
        """From årets resultat to balanskravsresultat (LKBR 11 kap. 10 §)."""
        return self._block(balanskrav.balanskravsutredning(self.år))

    # ---------------------------------------------------------------- räkningar and noter

    @property
    def resultaträkning(self) -> Tabellblock:
        """Resultaträkning (LKBR 5 kap. 2 §), this year and the year before."""
        return self._block(resultatrakning.resultaträkning(self.år, self.fakta))

    @property
    def balansräkning(self) -> Tabellblock:
        """Balansräkning (LKBR 6 kap. 2 §) at the end of this year and the year before."""
        return self._block(balansrakning.balansräkning(self.år, self.fakta))

    @property
    def panter_och_ansvarsförbindelser(self) -> Tabellblock:
        """Panter och ansvarsförbindelser, inom linjen (LKBR 6 kap. 2 §)."""
        rader = tuple(
            Rad(
                id_,
                etikett,
                (Cell(f"uppgift.{id_}/{self.år.period}") if f"uppgift.{id_}" in self._finns else Cell(text=SAKNAS),),
            )
            for id_, etikett in (("panter", "Ställda panter"), ("ansvarsforbindelser", "Ansvarsförbindelser"))
        )
        kolumn = årskolumner(self.år)[:1]
        return self._block(
            Tabell("panter", "Panter och ansvarsförbindelser", "kr", kolumn, rader, första="Belopp i kronor")
        )

    @property
    def kassaflödesanalys(self) -> Tabellblock:
        """Kassaflödesanalys (LKBR 8 kap. 1 §), indirect method."""
        return self._block(kassaflode.kassaflödesanalys(self.år, self.fakta))

    @property
    def driftredovisning(self) -> Tabellblock:
        """Utfall against budget in tusen kronor (LKBR 10 kap. 1 §)."""
        return self._block(driftredovisning.driftredovisning(self.år, self.fakta))

    @property
    def budgetdiagram(self) -> Block:
        """Budget and utfall, drawn."""
        return diagram.budgetdiagram(self.år, self._tyda) or Följd(())

    @property
    def investeringsredovisning(self) -> Block:
        """Investeringar (LKBR 10 kap. 2 §); "förekommer ej" when there are none."""
        tabell = driftredovisning.investeringsredovisning(self.år, self.fakta)
        if tabell is not None:
            return Följd((self._block(tabell), self.valfri_text("investeringsredovisning")))
        if "investeringsredovisning" in self.år.texter:
            return self.text("investeringsredovisning")
        return Textblock(read_prosa(INGA_INVESTERINGAR, self._tyda, "")[0])

    @property
    def noter(self) -> Noter:
        """All noter in order; `bok.noter["kostnader"]` is one of them as a table."""
        alla, tabeller = self.år.förbund.noter, self.tabeller
        block = tuple(del_ for notis in alla for del_ in self.not_(notis))
        return Noter(block, {notis.id: tabeller[f"not_{notis.id}"] for notis in alla if notis.rader})

    def not_(self, notis: Not) -> list[Block]:
        """One note: heading with its number, words and table."""
        delar: list[Block] = [Rubrikblock(f"Not {self._tyda.noter[notis.id]}. {notis.rubrik}", 2, i_förteckning=True)]
        if f"not_{notis.id}" in self.år.texter or not (notis.rader or notis.id == "revision"):
            delar.append(self.text(f"not_{notis.id}"))
        if notis.rader:
            delar.append(self._block(noter.nottabell(notis, self.år, self.fakta)))
        if notis.id == "revision":
            delar.append(self.revisionskostnad)
        return delar

    @property
    def revisionskostnad(self) -> Tabellblock:
        """The auditors' cost for räkenskapsrevision (LKBR 9 kap. 13 §)."""
        nyckel = f"uppgift.rakenskapsrevision/{self.år.period}"
        cell = Cell(nyckel) if nyckel in self.fakta else Cell(text=SAKNAS)
        rad = Rad("rakenskapsrevision", "Räkenskapsrevision (bokföring, delårsrapport och årsredovisning)", (cell,))
        kolumn = årskolumner(self.år)[:1]
        return self._block(
            Tabell(
                "not_revision",
                "Kostnad för räkenskapsrevision",
                "kr",
                kolumn,
                (rad,),
                första="Belopp i kronor",
                rubrik_dold=True,
            )
        )

    # ---------------------------------------------------------------- signatures and checks

    @property
    def styrelsens_underskrift(self) -> Block:
        """Place for the styrelse to sign."""
        return self._underskrifter([u for u in self.år.underlag.undertecknare if u.organ == "styrelse"])

    @property
    def revisorernas_påteckning(self) -> Block:
        """Place for the revisorer to sign."""
        return self._underskrifter([u for u in self.år.underlag.undertecknare if u.organ == "revisor"])

    def _underskrifter(self, personer: list[Undertecknare]) -> Block:
        par = [(u.namn, _roll(u)) for u in personer]
        html = "".join(f"<li><strong>{escape(namn)}</strong>{escape(roll)}</li>" for namn, roll in par)
        typst = "".join(f"([{typst_text(namn)}], [{typst_text(roll)}])," for namn, roll in par)
        return Rådata(f'<ul class="underskrifter">{html}</ul>', f"#underskrifter({typst})\n\n")


def _roll(undertecknare: Undertecknare) -> str:
    return ", ".join(del_ for del_ in (undertecknare.roll, undertecknare.utsedd_av) if del_)


@dataclass(frozen=True)
class Noter(Följd):
    """All noter of the document, shown in order; one is had by its id, as a table."""

    tabeller: Mapping[str, Tabellblock]

    def __getitem__(self, id_: str) -> Tabellblock:
        return self.tabeller[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tabeller)
