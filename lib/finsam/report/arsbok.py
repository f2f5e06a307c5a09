"""A förbund's year opened: what the notebooks show, and where an analyst begins.

>>> import finsam
>>> bok = finsam.öppna("sofint", 2024)                                  # doctest: +SKIP
>>> bok.resultaträkning.df()                                            # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from html import escape
from pathlib import Path

from finsam.checks.finding import Finding
from finsam.checks.kontrollera import har_fel, kontrollera
from finsam.model.fakta import Fakta, Faktabas
from finsam.model.forbund import Not
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.model.underlag import Insats, Undertecknare
from finsam.read.arsmapp import read_räkenskapsår
from finsam.report import diagram
from finsam.report.block import Block, Diagramblock, Följd, Rubrikblock, Rådata, Tabellblock, Textblock
from finsam.report.omslag import omslag_html, omslag_typst
from finsam.report.parametrar import check_parametrar
from finsam.report.text import Texttyda, read_prosa, typst_text
from finsam.report.visning import SAKNAS, visa_text
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
from finsam.statements.redovisning import Redovisning, redovisa, tabeller


def öppna(förbund: str, år: int, inputs: Path | str | None = None) -> Årsbok:
    """Read a förbund's year and compute it. Raises UnreadableInput with every problem in its files."""
    check_parametrar()
    if (öppnad := _ÖPPNADE.get((förbund, int(år)))) and inputs is None:
        return öppnad
    bok = Årsbok(redovisa(read_räkenskapsår(förbund, int(år), inputs)))
    if fel := [p for p in bok.textproblem() if p.nivå == "fel"]:
        raise UnreadableInput(fel)
    return bok


_ÖPPNADE: dict[tuple[str, int], Årsbok] = {}


@contextmanager
def hålls_öppen(bok: Årsbok) -> Iterator[None]:
    """For a run: its sections get the year that is already read, the same for all, also if a file changes meanwhile."""
    nyckel = (bok.år.förbund.slug, bok.år.år)
    _ÖPPNADE[nyckel] = bok
    try:
        yield
    finally:
        del _ÖPPNADE[nyckel]


class Årsbok:
    """A year with its statements, notes, texts, pictures and checks. Every table has `.df()`."""

    def __init__(self, redovisning: Redovisning) -> None:
        self.redovisning = redovisning
        self.år = redovisning.år
        self._tyda = Texttyda(redovisning.fakta, self.år.år, noter.notnummer(self.år))

    @property
    def fakta(self) -> Faktabas:
        """Every figure by id: `bok.fakta["rr.arets_resultat"]`, or with a year, `["rr.arets_resultat/2023"]`."""
        return self.redovisning.fakta

    @property
    def titel(self) -> str:
        """The document's title."""
        return f"Årsredovisning {self.år.år}"

    def uppgift(self, id_: str) -> str:
        """A single fact of the year as words, "uppgift saknas" when it is not given."""
        nyckel = f"uppgift.{id_}/{self.år.period}"
        return visa_text(self.fakta[nyckel].text) or SAKNAS if nyckel in self.fakta else SAKNAS

    # ---------------------------------------------------------------- words

    def text(self, namn: str) -> Block:
        """The words of `text/<namn>.md`; a missing one is said to be missing (and is a finding)."""
        fil = self.år.texter.get(namn)
        källa = fil.text if fil else f"*Uppgift saknas: text/{namn}.md.*"
        return Textblock(read_prosa(källa, self._tyda, fil.fil if fil else namn)[0])

    def valfri_text(self, namn: str) -> Block:
        """The words of `text/<namn>.md`, or nothing."""
        return self.text(namn) if namn in self.år.texter else Följd(())

    def textproblem(self) -> Iterator[Problem]:
        """Every reference, in any text or table, that names nothing."""
        for fil in self.år.texter.values():
            yield from read_prosa(fil.text, self._tyda, fil.fil)[1]
        for tabell in tabeller(self.redovisning):
            yield from Tabellblock(tabell, self._tyda).problem(self.år.underlag.fil)
        for område in self.år.underlag.målområden:
            yield from read_prosa(område.mål, self._tyda, self.år.underlag.fil, f"Målområden, rad {område.rad}")[1]

    def _block(self, tabell: Tabell) -> Tabellblock:
        return Tabellblock(tabell, self._tyda)

    # ---------------------------------------------------------------- cover and förvaltningsberättelse

    @property
    def omslag(self) -> Block:
        """Förbundets namn, titel, diarienummer and the day of the decision."""
        rader = [
            ("Beslutad av styrelsen", self.uppgift("beslutsdatum")),
            ("Dnr", self.uppgift("dnr")),
            ("Organisationsnummer", self.år.förbund.orgnr or SAKNAS),
        ]
        namn = self.år.förbund.namn
        return Rådata(omslag_html(namn, self.titel, rader), omslag_typst(namn, self.titel, rader))

    @property
    def organisationsschema(self) -> Block:
        """The organisation as boxes."""
        return diagram.organisationsschema(self.år, self._tyda) or Följd(())

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
        delar: list[Block] = []
        for slag, rubrik in insatser.SLAG.items():
            egna = [i for i in self.år.underlag.insatser if i.slag == slag]
            if egna:
                delar.append(Rubrikblock(rubrik, 3))
            delar += [del_ for insats in egna for del_ in self.insats(insats)]
        return Följd(tuple(delar))

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
        kolumn = (Kolumn(self.år.period, self.år.period),)
        return self._block(
            Tabell("panter", "Panter och ansvarsförbindelser", "kr", kolumn, rader, första="Belopp i kronor")
        )

    @cached_property
    def _finns(self) -> set[str]:
        return {nyckel.partition("/")[0] for nyckel in self.fakta}

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
        ord_ = "Investeringar förekommer ej: förbundet har inte gjort några investeringar under {år} eller {år-1}."
        return Textblock(read_prosa(ord_, self._tyda, "")[0])

    @property
    def noter(self) -> Noter:
        """All noter in order; `bok.noter["kostnader"]` is one of them as a table."""
        return Noter(self)

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
        nyckel = f"uppgift.raekenskapsrevision/{self.år.period}"
        cell = Cell(nyckel) if nyckel in self.fakta else Cell(text=SAKNAS)
        rad = Rad("raekenskapsrevision", "Räkenskapsrevision (bokföring, delårsrapport och årsredovisning)", (cell,))
        kolumn = (Kolumn(self.år.period, self.år.period),)
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
        par = [(u.namn, ", ".join(del_ for del_ in (u.roll, u.utsedd_av) if del_)) for u in personer]
        html = "".join(f"<li><strong>{escape(namn)}</strong>{escape(roll)}</li>" for namn, roll in par)
        typst = "".join(f"([{typst_text(namn)}], [{typst_text(roll)}])," for namn, roll in par)
        return Rådata(f'<ul class="underskrifter">{html}</ul>', f"#underskrifter({typst})\n\n")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found, the gravest first."""
        return kontrollera(self.redovisning)

    @property
    def utkast(self) -> bool:
        """Whether a check of level fel makes the document a draft."""
        return har_fel(self.findings)

    @property
    def kontroller(self) -> Tabellblock:
        """The checks as a table: code, level, what was found and the law."""
        kolumner = tuple(
            Kolumn(id_, rubrik, tal=False, bredd=bredd)
            for id_, rubrik, bredd in (("niva", "Nivå", 4), ("text", "Utfall", 17), ("lag", "Grund", 5))
        )
        rader = tuple(
            Rad(f"{f.kod}-{nr}", f.kod, tuple(Cell(text=_ren(t)) for t in (f.nivå, f.text, f.lag)))
            for nr, f in enumerate(self.findings, 1)
        )
        return self._block(
            Tabell("kontroller", "Kontroller", "", kolumner, rader, första="Kod", första_bredd=2, rubrik_dold=True)
        )

    @property
    def kontrollsammanfattning(self) -> Block:
        """How many checks were passed and what was found, in a sentence."""
        antal = {nivå: sum(f.nivå == nivå for f in self.findings) for nivå in ("fel", "varning", "upplysning", "ok")}
        ord_ = (
            f"Kontrollerna gav {{= {antal['fel']}}} fel, {{= {antal['varning']}}} varningar och "
            f"{{= {antal['upplysning']}}} upplysningar; {{= {antal['ok']}}} kontroller gick igenom utan anmärkning."
        )
        return Textblock(read_prosa(ord_, self._tyda, "")[0])

    # ---------------------------------------------------------------- for the analyst

    @property
    def tabeller(self) -> dict[str, Tabellblock]:
        """Every table of the year by id."""
        return {tabell.id: self._block(tabell) for tabell in tabeller(self.redovisning)}

    def spår(self, id_: str) -> list[Fakta]:
        """A fact and all it is computed from, the nearest first."""
        kö, funna = [self.fakta[id_]], []
        while kö:
            fakta = kö.pop(0)
            if fakta not in funna:
                funna.append(fakta)
                kö += [self.fakta[nyckel] for nyckel in fakta.av]
        return funna

    def __repr__(self) -> str:
        return f"Årsbok({self.år.förbund.kortnamn}, {self.år.år}: {len(self.fakta)} fakta)"


def _ren(text: str) -> str:
    """Words that are data, not a text with references: braces and Markdown are kept as they are."""
    text = text.replace("{", "{{").replace("}", "}}")
    return "".join(f"\\{tecken}" if tecken in "*_`#\\[]<>" else tecken for tecken in text)


class Noter(Följd):
    """All noter of the document, shown in order; one is had by its id, as a table."""

    def __init__(self, bok: Årsbok) -> None:
        super().__init__(tuple(del_ for notis in bok.år.förbund.noter for del_ in bok.not_(notis)))
        object.__setattr__(self, "_bok", bok)

    def __getitem__(self, id_: str) -> Tabellblock:
        return self._bok.tabeller[f"not_{id_}"]  # type: ignore[attr-defined, no-any-return]

    def __iter__(self) -> Iterator[str]:
        return (n.id for n in self._bok.år.förbund.noter if n.rader)  # type: ignore[attr-defined]
