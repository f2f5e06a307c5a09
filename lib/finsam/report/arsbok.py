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
from finsam.report.analys.uppslag import OkäntId
from finsam.report.bild import diagram
from finsam.report.block import Block, Diagramblock, Följd, Rådata, Tabellblock, Textblock, bredvid_varandra
from finsam.report.bok import Bok
from finsam.report.form.marginal import Hänvisning, Intill
from finsam.report.form.siffror import UTFALL, nyckeltal, siffror, siffrornas_ord, tecknen
from finsam.report.html import radplats
from finsam.report.text import Bit, ordagrant, read_prosa, typst_text
from finsam.statements import insatser
from finsam.statements.driftredovisning import inga_investeringar


class Årsbok(Bok):
    """Ett räkenskapsår: räkningar, noter, texter, diagram och kontroller. Varje tabell har `.df()`."""

    @property
    def sammansatta(self) -> tuple[str, ...]:
        """What is said when there are no investments, who signs, and the words of the pictures."""
        år, fakta = self.år, self.fakta
        i_bilder = (diagram.kapitalalt, diagram.kapitalrubrik, diagram.kostnadsalt, diagram.kostnadsrubrik)
        bilder = (*(ord_(år, fakta) for ord_ in i_bilder), diagram.budgetalt(år), diagram.budgetrubrik(år, fakta))
        namn = (f"{u.namn}, {_roll(u)}" for u in år.underlag.undertecknare)
        siffrorna = siffrornas_ord(år, fakta, UTFALL)
        return (inga_investeringar(år, fakta), *namn, *bilder, *siffrorna, *super().sammansatta)

    @property
    def nyckeltal(self) -> tuple[tuple[str, Bit, str], ...]:
        return nyckeltal(self.år, self._tyda, UTFALL)

    @property
    def året_i_siffror(self) -> Block:
        """De mått som förbundet har valt, med fem år, och hur målen gick. Belopp i tusen kronor, andelar i procent."""
        return siffror(self.år, self._tyda, UTFALL, diagram.kapitalrubrik(self.år, self.fakta))

    # ---------------------------------------------------------------- förvaltningsberättelse

    @property
    def flerårsöversikt(self) -> Tabellblock:
        """Verksamhetens utveckling under fem år (LKBR 11 kap. 1 §).

        Enhet: kronor och procent, var rad för sig. Tecken: intäkter plus, kostnader minus. Källa: bokföringen, och för
        äldre år deras egna årsredovisningar eller bladet Flerårsöversikt.
        """
        return self._tabell("flerarsoversikt")

    @property
    def bidragets_användning(self) -> Tabellblock:
        """Medlemsbidragets utveckling och användning under fem år.

        Enhet: kronor och procent. Tecken: överskott plus. Källa: bokföringen, och för äldre år deras egna
        årsredovisningar eller bladet Flerårsöversikt.
        """
        return self._tabell("medlemsbidrag_utveckling")

    @property
    def kapitaldiagram(self) -> Diagramblock:
        """Diagram: medlemsbidrag och eget kapital under fem år, mot taket. Talen finns i `.tabell.df()`."""
        return self._bild(diagram.kapitaldiagram(self.år, self._tyda), "flerarsoversikt", "medlemsbidrag_utveckling")

    @property
    def kostnadsfördelning(self) -> Tabellblock:
        """Kostnaderna per funktion under tre år.

        Enhet: kronor utan minus, och procent av kostnaderna. Källa: bokföringen, delad efter kontoplanens funktioner.
        """
        return self._tabell("kostnadsfordelning")

    @property
    def kostnadsdiagram(self) -> Diagramblock:
        """Diagram: kostnaderna per funktion under tre år, procent. Talen finns i `.tabell.df()`."""
        return self._bild(diagram.kostnadsdiagram(self.år, self._tyda), "kostnadsfordelning")

    @property
    def måluppfyllelse(self) -> Block:
        """Målen per målområde: vad som gjorts, gräns, utfall och bedömning (LKBR 11 kap. 8 §). Källa: bladet Mål."""
        områden = {område.id for område in self.år.underlag.målområden}
        nycklar = (f"mal.{mål.id}.bedomning/{self.år.period}" for mål in self.år.underlag.mål if mål.område in områden)
        mening = uppfyllda_mål([self.fakta[nyckel].text for nyckel in nycklar])
        delar: list[Block] = [self._ord(mening), tecknen()] if mening else []
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
        """Varje insats: faktaruta, text, ekonomi i kronor, deltagare, enkäter och mål. Källa: bladen om insatserna."""
        return self._insatser_efter_slag(self.insats)

    def insats(self, insats: Insats) -> list[Block]:
        """En insats: rubrik, faktaruta, text och tabeller."""
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
        """Från årets resultat till balanskravsresultat (LKBR 11 kap. 10 §). Kronor, överskott plus."""
        return self._tabell("balanskravsutredning")

    @property
    def tidigare_underskott(self) -> Block:
        """Tidigare underskott, återställda och kvar (LKBR 11 kap. 11 §), kronor; inget när det inte finns några."""
        return self._valfri("balanskravskedja")

    @property
    def uppdrag(self) -> Tabellblock:
        """Lagens uppgifter och hur var och en har fullgjorts (lag 2003:1210, 7 §). Källa: bladet Uppdrag."""
        return self._tabell("uppdrag")

    @property
    def revisionens_anmärkningar(self) -> Tabellblock:
        """Vad revisorerna anmärkte på förra året, och hur det står till nu."""
        return self._tabell("revisionsanmarkningar")

    @property
    def personal(self) -> Block:
        """De anställda per grupp, antal (LKBR 11 kap. 5 §); inget när bladet Personal är tomt."""
        return self._valfri("personal")

    @property
    def sjukfrånvaro(self) -> Block:
        """Sjukfrånvaron per grupp, procent (LKBR 11 kap. 6 §); inget när den inte är angiven."""
        return self._valfri("sjukfranvaro")

    # ---------------------------------------------------------------- räkningar and noter

    @property
    def resultaträkning(self) -> Tabellblock:
        """Resultaträkningen (LKBR 5 kap. 2 §), i år och året före.

        Enhet: kronor. Tecken: intäkter plus, kostnader minus. Källa: bokföringens resultatkonton.
        """
        return self._tabell("resultatrakning")

    @property
    def balansräkning(self) -> Tabellblock:
        """Balansräkningen (LKBR 6 kap. 2 §) vid årets slut och året före.

        Enhet: kronor. Tecken: tillgångar, eget kapital och skulder plus. Källa: bokföringens utgående saldon.
        """
        return self._tabell("balansrakning")

    @property
    def panter_och_ansvarsförbindelser(self) -> Tabellblock:
        """Panter och ansvarsförbindelser, inom linjen (LKBR 6 kap. 1 §), kronor. Källa: bladet Uppgifter."""
        return self._tabell("panter")

    @property
    def medlemsandelar(self) -> Tabellblock:
        """Varje medlems andel av eget kapital, tillgångar och skulder: kronor och procent."""
        return self._tabell("medlemsandelar")

    @property
    def kassaflödesanalys(self) -> Tabellblock:
        """Kassaflödesanalysen (LKBR 8 kap. 1 §), indirekt metod.

        Enhet: kronor. Tecken: in plus, ut minus. Källa: resultaträkningen och balansräkningens förändringar.
        """
        return self._tabell("kassaflodesanalys")

    @property
    def driftredovisning(self) -> Tabellblock:
        """Utfall mot budget (LKBR 10 kap. 1 §).

        Tryckt i tusen kronor; `.df()` ger kronor. Tecken: intäkter plus, kostnader minus, bättre än budget plus.
        Källa: bokföringen, och bladet Budget.
        """
        return self._tabell("driftredovisning")

    @property
    def budgetdiagram(self) -> Block:
        """Diagram: budget och utfall, tusen kronor. Talen finns i driftredovisningen."""
        bild = diagram.budgetdiagram(self.år, self._tyda)
        return self._bild(bild, "driftredovisning") if bild else Följd(())

    @property
    def investeringsredovisning(self) -> Block:
        """Investeringarna (LKBR 10 kap. 2 §), kronor; att det inte finns några, när det är känt."""
        if "investeringsredovisning" in self._uppställda:
            return Följd((self._tabell("investeringsredovisning"), self.valfri_text("investeringsredovisning")))
        if "investeringsredovisning" in self.år.texter:
            return self.text("investeringsredovisning")
        return self._ord(inga_investeringar(self.år, self.fakta))

    @property
    def projektredovisning(self) -> Block:
        """Projekt med egen redovisning, kronor; inget när det inte finns några."""
        if "projektredovisning" not in self._uppställda:
            return Följd(())
        tabell = self._tabell("projektredovisning")
        return Följd((self._rubrik(tabell.tabell.rubrik, 2), tabell, self.valfri_text("projektredovisning")))

    @property
    def intern_kontroll(self) -> Block:
        """Årets interna kontroll; inget när bladet är tomt."""
        return self._valfri("intern_kontroll")

    @property
    def noter(self) -> Noter:
        """Alla noter i ordning; `bok.noter["kostnader"]` är en av dem som tabell, i kronor. Källa: bokföringen."""
        alla = self.år.förbund.noter
        tecken = tecknens_ord("noter", self.år.förbund.tecken)
        block: tuple[Block, ...] = tuple(del_ for notis in alla for del_ in self.not_(notis))
        block = (self._ord(tecken), *block) if tecken and block else block
        return Noter(block, {notis.id: self._tabell(f"not_{notis.id}").i_not() for notis in alla if notis.rader})

    def not_(self, notis: Not) -> list[Block]:
        """En not: rubrik med nummer, text och tabell."""
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
        """Vad bokföringen och lagen kräver att man säger i år, och var det står."""
        return self._tabell("upplysningar")

    # ---------------------------------------------------------------- signatures and checks

    @property
    def styrelsens_underskrift(self) -> Block:
        """Plats för styrelsens underskrifter."""
        return self._underskrifter([u for u in self.år.underlag.undertecknare if u.organ == "styrelse"])

    @property
    def revisorernas_påteckning(self) -> Block:
        """Plats för revisorernas påteckning."""
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
        if id_ not in self.tabeller:
            raise OkäntId("Noten", id_, lambda: self.tabeller)
        return self.tabeller[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tabeller)

    def __len__(self) -> int:
        return len(self.tabeller)
