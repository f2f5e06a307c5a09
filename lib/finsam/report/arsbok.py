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
from finsam.model.meningar import tecknens_ord, uppfyllda_mål
from finsam.model.underlag import Insats, Undertecknare
from finsam.report.bild import diagram
from finsam.report.block import Block, Diagramblock, Följd, Rådata, Tabellblock, Textblock, bredvid_varandra
from finsam.report.bok import Bok
from finsam.report.form.marginal import Hänvisning, Intill
from finsam.report.form.siffror import FÖRVALDA, Siffror, kort, målens_ord, nyckeltal, siffrornas_ord, valda_mått
from finsam.report.html import radplats
from finsam.report.text import Bit, ord_i, ordagrant, read_prosa, typst_text
from finsam.statements import insatser
from finsam.statements.driftredovisning import inga_investeringar


class Årsbok(Bok):
    """A räkenskapsår with its statements, notes, texts, pictures and checks. Every table has `.df()`."""

    @property
    def sammansatta(self) -> tuple[str, ...]:
        """What is said when there are no investments, who signs, and the words of the pictures."""
        år, fakta = self.år, self.fakta
        i_bilder = (diagram.kapitalalt, diagram.kapitalrubrik, diagram.kostnadsalt, diagram.kostnadsrubrik)
        bilder = (*(ord_(år, fakta) for ord_ in i_bilder), diagram.budgetalt(år), diagram.budgetrubrik(år, fakta))
        namn = (f"{u.namn}, {_roll(u)}" for u in år.underlag.undertecknare)
        siffrorna = siffrornas_ord(år, fakta, self._siffror)
        return (inga_investeringar(år, fakta), *namn, *bilder, *siffrorna, *super().sammansatta)

    @property
    def nyckeltal(self) -> tuple[tuple[str, Bit, str], ...]:
        return nyckeltal(self.år, self._tyda)

    @property
    def året_i_siffror(self) -> Block:
        """A few figures with their last five years, those that the förbund has chosen, and how the goals went."""
        år, fakta = self.år, self.fakta
        mening = diagram.kapitalrubrik(år, fakta)
        ingress = ord_i(f"{mening}." if mening else "", self._tyda)
        alla = tuple(kort(mått, år, self._tyda) for mått in valda_mått(år, fakta, self._siffror))
        return Siffror(ingress, alla, tuple(målens_ord(år, self._tyda)))

    @property
    def _siffror(self) -> tuple[str, ...]:
        return self.år.förbund.året_i_siffror or FÖRVALDA

    # ---------------------------------------------------------------- förvaltningsberättelse

    @property
    def flerårsöversikt(self) -> Tabellblock:
        """Verksamhetens utveckling over five years (LKBR 11 kap. 1 §)."""
        return self._tabell("flerarsoversikt")

    @property
    def bidragets_användning(self) -> Tabellblock:
        """Medlemsbidragets utveckling och användning over five years."""
        return self._tabell("medlemsbidrag_utveckling")

    @property
    def kapitaldiagram(self) -> Diagramblock:
        """Medlemsbidrag and eget kapital over five years with the ceiling."""
        return self._bild(diagram.kapitaldiagram(self.år, self._tyda), "flerarsoversikt", "medlemsbidrag_utveckling")

    @property
    def kostnadsfördelning(self) -> Tabellblock:
        """Costs by function over three years."""
        return self._tabell("kostnadsfordelning")

    @property
    def kostnadsdiagram(self) -> Diagramblock:
        """Costs by function over three years, drawn."""
        return self._bild(diagram.kostnadsdiagram(self.år, self._tyda), "kostnadsfordelning")

    @property
    def måluppfyllelse(self) -> Block:
        """Goals by målområde, each with what was done, limit, outcome and grade (LKBR 11 kap. 8 §)."""
        områden = {område.id for område in self.år.underlag.målområden}
        nycklar = (f"mal.{mål.id}.bedomning/{self.år.period}" for mål in self.år.underlag.mål if mål.område in områden)
        mening = uppfyllda_mål([self.fakta[nyckel].text for nyckel in nycklar])
        delar: list[Block] = [self._ord(mening)] if mening else []
        for nr, område in enumerate(self.år.underlag.målområden, 1):
            delar.append(self._rubrik(f"Målområde {nr}: {område.namn}", 4))
            if område.mål:
                punkter = "\n".join(f"- {rad.lstrip('-•– ')}" for rad in område.mål.splitlines() if rad.strip())
                delar.append(Textblock(read_prosa(punkter, self._tyda, self.år.underlag.fil)[0]))
            delar.append(self.valfri_text(f"malomrade_{område.id}"))
            delar.append(self._valfri(f"mal_{område.id}"))
        return Följd(tuple(delar))

    @property
    def insatser(self) -> Block:
        """Every insats: faktaruta, words, economy, participants, surveys and goals."""
        return self._insatser_efter_slag(self.insats)

    def insats(self, insats: Insats) -> list[Block]:
        """One insats."""
        ruta, *tabeller = (
            Följd(()) if tabell is None else self._block(tabell)
            for tabell in insatser.insatstabeller(insats, self.år, self.fakta)
        )
        text = self.valfri_text(f"insats_{insats.id}")
        nya = [self._sagt(tabell, ruta, text) for tabell in tabeller]
        visade = [b for b in nya if not (isinstance(b, Tabellblock) and b.form == "text") and b != Följd(())]
        tysta = [b for b in nya if b not in visade]
        return [self._rubrik(insats.namn, 4), ruta, text, *bredvid_varandra(visade), *tysta]

    @property
    def balanskravsutredning(self) -> Tabellblock:
        """From årets resultat to balanskravsresultat (LKBR 11 kap. 10 §)."""
        return self._tabell("balanskravsutredning")

    @property
    def tidigare_underskott(self) -> Block:
        """Earlier deficits, restored and left (LKBR 11 kap. 11 §); nothing when there are none."""
        return self._valfri("balanskravskedja")

    @property
    def uppdrag(self) -> Tabellblock:
        """The tasks by law with how each was done (lag 2003:1210, 7 §)."""
        return self._tabell("uppdrag")

    @property
    def revisionens_anmärkningar(self) -> Tabellblock:
        """What the revisorer remarked on last year, and its state."""
        return self._tabell("revisionsanmarkningar")

    @property
    def personal(self) -> Block:
        """The employed by group (LKBR 11 kap. 5 §); nothing when the sheet Personal is empty."""
        return self._valfri("personal")

    @property
    def sjukfrånvaro(self) -> Block:
        """Sickness absence by group (LKBR 11 kap. 6 §); nothing when it is not given."""
        return self._valfri("sjukfranvaro")

    # ---------------------------------------------------------------- räkningar and noter

    @property
    def resultaträkning(self) -> Tabellblock:
        """Resultaträkning (LKBR 5 kap. 2 §), this year and the year before."""
        return self._tabell("resultatrakning")

    @property
    def balansräkning(self) -> Tabellblock:
        """Balansräkning (LKBR 6 kap. 2 §) at the end of this year and the year before."""
        return self._tabell("balansrakning")

    @property
    def panter_och_ansvarsförbindelser(self) -> Tabellblock:
        """Panter och ansvarsförbindelser, inom linjen (LKBR 6 kap. 1 §)."""
        return self._tabell("panter")

    @property
    def medlemsandelar(self) -> Tabellblock:
        """Each member's share of eget kapital, tillgångar and skulder."""
        return self._tabell("medlemsandelar")

    @property
    def kassaflödesanalys(self) -> Tabellblock:
        """Kassaflödesanalys (LKBR 8 kap. 1 §), indirect method."""
        return self._tabell("kassaflodesanalys")

    @property
    def driftredovisning(self) -> Tabellblock:
        """Utfall against budget in tusen kronor (LKBR 10 kap. 1 §)."""
        return self._tabell("driftredovisning")

    @property
    def budgetdiagram(self) -> Block:
        """Budget and utfall, drawn."""
        bild = diagram.budgetdiagram(self.år, self._tyda)
        return self._bild(bild, "driftredovisning") if bild else Följd(())

    @property
    def investeringsredovisning(self) -> Block:
        """Investeringar (LKBR 10 kap. 2 §); that there are none when that is known."""
        if "investeringsredovisning" in self._uppställda:
            return Följd((self._tabell("investeringsredovisning"), self.valfri_text("investeringsredovisning")))
        if "investeringsredovisning" in self.år.texter:
            return self.text("investeringsredovisning")
        return self._ord(inga_investeringar(self.år, self.fakta))

    @property
    def projektredovisning(self) -> Block:
        """Projects with accounts of their own, under a heading; nothing when there are none."""
        if "projektredovisning" not in self._uppställda:
            return Följd(())
        tabell = self._tabell("projektredovisning")
        return Följd((self._rubrik(tabell.tabell.rubrik, 2), tabell, self.valfri_text("projektredovisning")))

    @property
    def intern_kontroll(self) -> Block:
        """The year's intern kontroll; nothing when none is given."""
        return self._valfri("intern_kontroll")

    @property
    def noter(self) -> Noter:
        """All noter in order; `bok.noter["kostnader"]` is one of them as a table."""
        alla = self.år.förbund.noter
        tecken = tecknens_ord("noter", self.år.förbund.tecken)
        block: tuple[Block, ...] = tuple(del_ for notis in alla for del_ in self.not_(notis))
        block = (self._ord(tecken), *block) if tecken and block else block
        return Noter(block, {notis.id: self._tabell(f"not_{notis.id}").i_not() for notis in alla if notis.rader})

    def not_(self, notis: Not) -> list[Block]:
        """One note: heading with its number, words and table."""
        rubrik = f"Not {self._tyda.noter[notis.id]}. {notis.rubrik}"
        delar: list[Block] = [self._rubrik(rubrik, 2, i_förteckning=True, id_=f"not-{notis.id}")]
        if f"not_{notis.id}" in self.år.texter or not notis.rader:
            delar.append(self.text(f"not_{notis.id}"))
        if notis.rader:
            delar.append(self._sagt(self._tabell(f"not_{notis.id}").i_not(), *delar))
        första, *övriga = delar[1:]
        return [delar[0], Intill(första, self._tillbaka(notis)), *övriga]

    def _tillbaka(self, notis: Not) -> tuple[Hänvisning, ...]:
        """The rows that point to a note."""
        return tuple(
            Hänvisning(f"tabell-{tabell.id}", f"tabellen {tabell.rubrik}", radplats(tabell, rad))
            for tabell in self._uppställda.values()
            for rad in tabell.rader
            if rad.not_id == notis.id
        )

    @property
    def upplysningar(self) -> Tabellblock:
        """What the ledger and the law ask to be told this year, and where it stands."""
        return self._tabell("upplysningar")

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
        ord_ = tuple(ordagrant(ett) for u in personer for ett in (u.namn, u.roll, u.utsedd_av))
        html = f"<li>Ort</li><li>Datum</li>{html}"
        return Rådata(f'<ul class="underskrifter">{html}</ul>', f"#underskrifter({typst})\n\n", ord_)


def _roll(undertecknare: Undertecknare) -> str:
    return ", ".join(del_ for del_ in (undertecknare.roll, undertecknare.utsedd_av) if del_)


@dataclass(frozen=True)
class Noter(Mapping[str, Tabellblock], Följd):
    """All noter of the document, shown in order; one is had by its id, as a table."""

    tabeller: Mapping[str, Tabellblock]

    def __getitem__(self, id_: str) -> Tabellblock:
        return self.tabeller[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tabeller)

    def __len__(self) -> int:
        return len(self.tabeller)
