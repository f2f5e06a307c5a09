"""A year opened for a report: its texts, facts, checks and what every report shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape
from typing import Self

from finsam.checks.finding import Finding
from finsam.checks.inlasning import check_inläsning
from finsam.checks.kontrollera import har_fel, kontrollera, med_fler
from finsam.checks.obligatoriskt import datum
from finsam.checks.skrivfel import check_luckor
from finsam.checks.texter import check_genomgångna, check_texter
from finsam.model.fakta import Indata
from finsam.model.meningar import insatsernas_antal
from finsam.model.ord import SAKNAS, antal, uppräkning
from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Textfil
from finsam.model.skrivet import Ord, inställda_ord, underlagets_ord
from finsam.model.tabell import Fotnot, Tabell
from finsam.model.underlag import Insats
from finsam.read.notebooks import Avsnitt, read_visat
from finsam.report.analys.uppslag import (
    Anmärkningar,
    Deltagaruppslag,
    Faktauppslag,
    Kontouppslag,
    Tabeller,
    Verifikationsuppslag,
)
from finsam.report.bild import diagram
from finsam.report.block import Block, Diagramblock, Följd, Rubrikblock, Rådata, Tabellblock, Textblock
from finsam.report.form.kolofon import Kolofon
from finsam.report.form.omslag import omslag_html, omslag_typst
from finsam.report.garanti import Siffergaranti, ej_läst
from finsam.report.kontrollerat import Del, kontrollerat, som_html, som_typst
from finsam.report.spar import Spår
from finsam.report.text import (
    Bit,
    Prosa,
    Texttyda,
    hänvisningar,
    ord_i,
    ordagrant,
    read_prosa,
)
from finsam.report.visning import utan_tomma, utseende, visa_text
from finsam.statements.insatser import SLAG
from finsam.statements.noter import notnummer
from finsam.statements.redovisning import Redovisning, uppställda

OM_DOKUMENTET = "kontrollerat"
"""What says how the checks of the rest came out; it cannot be among what is checked."""

OM_DET_SKRIVNA = tuple(ett.kod for ett in (check_texter, check_inläsning, check_genomgångna, check_luckor))
"""Checks that tell how something is written, with the braces that it is written with."""


INTERNT = frozenset(
    {
        *("avsnitt", "beskrivning", "beslutsdag", "med_anmärkningar", "med_siffergaranti", "nyckeltal", "ny_sida"),
        *("om_kontrollerna", "om_rapporten", "ord", "prosa", "redovisning", "sammansatta", "siffergaranti"),
        *("textproblem", "tyda", "uppställda"),
    }
)
"""What the program asks a book for, and no notebook."""


class Bok:
    """Ett år med texter, tal och kontroller. Varje tabell har `.df()`."""

    ny_sida = True
    """Whether each chapter of the PDF begins a page."""

    def __init__(self, redovisning: Redovisning, avsnitt: tuple[Avsnitt, ...] = ()) -> None:
        """`avsnitt` are the sections of its document; without them every table there is stands in for those shown."""
        self.år = redovisning.år
        self.avsnitt = avsnitt
        tyda = Texttyda(redovisning.fakta, self.år.årtal, notnummer(self.år), färger=self.år.förbund.färger)
        self._definitioner = tuple(ord_i(f.definition, tyda) for f in tyda.fakta.values() if "{" in f.definition)
        fakta = redovisning.fakta.med_lästa_definitioner(lambda text: ord_i(text, tyda).klartext)
        self.redovisning = replace(redovisning, fakta=fakta)
        self._tyda = replace(tyda, fakta=fakta, tabeller=frozenset(self._uppställda))
        self._uppslag = Faktauppslag.av(fakta)
        self.siffergaranti: Siffergaranti | None = None

    def __dir__(self) -> list[str]:
        """What a user chooses from: nothing of what the program alone asks for."""
        return sorted(namn for namn in super().__dir__() if not namn.startswith("_") and namn not in INTERNT)

    def med_siffergaranti(self, garanti: Siffergaranti) -> Self:
        """The report with what the reading of the finished document found."""
        ny = copy(self)
        ny.siffergaranti = garanti
        return ny

    def med_anmärkningar(self, problem: Sequence[Problem]) -> Self:
        """The report with what is remarked on in its words among the year's problems, which the checks tell of."""
        ny = copy(self)
        ny.år = replace(self.år, problem=(*self.år.problem, *problem))
        ny.redovisning = replace(self.redovisning, år=ny.år)
        for räknat in ("_visad", "_kontrollerat"):
            vars(ny).pop(räknat, None)
        return ny

    @property
    def tyda(self) -> Texttyda:
        """What references in the report's words stand for."""
        return self._tyda

    @property
    def fakta(self) -> Faktauppslag:
        """Årets alla tal, efter id: `bok.fakta["rr.arets_resultat"]`, eller ett annat år, `["rr.arets_resultat/2023"]`.

        Enhet: kr är kronor med ören, andel är en kvot (0,25 är 25 %), antal är stycken. Tecken: intäkter plus,
        kostnader minus. Källa: `bok.spår(id)`. `.df()` ger dem som tabell.
        """
        return self._uppslag

    @property
    def konton(self) -> Kontouppslag:
        """Bokföringens konton i år och året före, efter nummer: `bok.konton["4510"]`. `.df()` ger dem som tabell.

        Enhet: kronor med ören. Tecken: debet plus, kredit minus. Källa: exporten ur ekonomisystemet.
        """
        return Kontouppslag(self.år)

    @property
    def verifikationer(self) -> Verifikationsuppslag:
        """Årets verifikationer. `.df()` ger dem rad för rad.

        Enhet: kronor med ören. Tecken: debet plus, kredit minus. Källa: exporten ur ekonomisystemet, när den har dem.
        """
        return Verifikationsuppslag(self.år.bokföring)

    @property
    def deltagare(self) -> Deltagaruppslag:
        """Antalet deltagare per insats, mått, kön och kommun; små grupper visas inte. `.df()` ger dem som tabell.

        Enhet: antal personer. Källa: bladet Deltagare.
        """
        return Deltagaruppslag(self.år, self.redovisning.fakta)

    @property
    def titel(self) -> str:
        """Dokumentets titel."""
        return self.år.rapport.titel(self.år.årtal)

    @property
    def beskrivning(self) -> str:
        """What the document is, in a sentence, for who finds the file."""
        förbund, orgnr = self.år.förbund, self.år.förbund.orgnr
        vem = f"{förbund.namn} (organisationsnummer {orgnr})" if orgnr else förbund.namn
        return f"{self.titel} för {vem}. Alla tal finns också i filen rapport.json, som är inbäddad."

    def uppgift(self, id_: str) -> str:
        """En enskild uppgift för året i ord; "uppgift saknas" när den inte är angiven. Källa: bladet Uppgifter."""
        nyckel = f"uppgift.{id_}/{self.år.period}"
        return visa_text(self.fakta[nyckel].text) or SAKNAS if nyckel in self.fakta else SAKNAS

    @property
    def beslutsdag(self) -> date | None:
        """The day of the decision; None when it is missing or is no day."""
        return datum(self.redovisning, "beslutsdatum")

    def _uppgift(self, id_: str) -> Bit:
        """A single fact of the year as it is printed, with the fact."""
        return Bit(self.uppgift(id_), self.fakta.get(f"uppgift.{id_}/{self.år.period}"))

    # ---------------------------------------------------------------- words

    def text(self, namn: str) -> Block:
        """Orden i `text/<namn>.md`; att en text saknas sägs (och är en anmärkning)."""
        fil = self.år.texter.get(namn)
        if fil is None:
            return Textblock(read_prosa("*Uppgift saknas.*", self._tyda, namn)[0])
        return Textblock(self.prosa(fil)[0])

    @property
    def sammansatta(self) -> tuple[str, ...]:
        """Sentences that the report makes of the förbund's words, or has of its own, with years in them."""
        uppställda = self.uppställda
        return (*(block.mening for block in uppställda if block.mening), *(block.bildtext for block in uppställda))

    def prosa(self, fil: Textfil) -> tuple[Prosa, list[Problem]]:
        """The words of a file and what is wrong with them. In one that nobody has read through, a fact may be missing:
        its underlag is not filled in yet.
        """
        prosa, problem = read_prosa(fil.text, replace(self._tyda, får_saknas=bool(fil.märke)), fil.fil)
        if okända := list(dict.fromkeys(bit.okänd for bit in prosa.bitar if bit.okänd)):
            text = f"Texten säger uppgift saknas där den hänvisar till {', '.join(okända)}: det finns inte än."
            problem.append(Problem("varning", text, fil.fil))
        return prosa, problem

    def valfri_text(self, namn: str) -> Block:
        """Orden i `text/<namn>.md`, eller inget när filen inte finns."""
        return self.text(namn) if namn in self.år.texter else Följd(())

    # ---------------------------------------------------------------- what the document shows

    @cached_property
    def _visade(self) -> tuple[Block, ...]:
        """The blocks of the document in order, as its sections' notebooks say, without what is said of its checks.

        A förbund's own section may have other code: what that shows is known first when it has been executed. When no
        sections are known, every table there is stands in for them.
        """
        utan = copy(self)
        vars(utan)["_blocken"] = self._blocken  # so that each is set once
        utan.avsnitt = ()  # so that a cell can ask for what is made of the whole document
        visat = (cell for avsnitt in self.avsnitt for cell in read_visat(avsnitt.fil) if cell.namn != OM_DOKUMENTET)
        alla = (cell.hos(utan) for cell in visat)
        return tuple(block for block in alla if isinstance(block, Block)) or self.uppställda

    @cached_property
    def _visad(self) -> Redovisning:
        """The year with the tables as its document shows them, for the checks."""
        alla = (block.tabell for visad in self._visade for block in visad.tabellblock())
        return replace(self.redovisning, visade=tuple({tabell.id: tabell for tabell in alla}.values()))

    def ord(self) -> Iterator[Prosa]:
        """All words that are printed: in the document, in its workbook and in its calendar."""
        visade = {block.tabell.id for visad in self._visade for block in visad.tabellblock()}
        for block in (self.omslag, *self._visade, *(b for b in self.uppställda if b.tabell.id not in visade)):
            yield from block.prosa()
        yield from self._definitioner
        yield from map(ordagrant, self._ordagranna())
        for möte in self.år.underlag.möten:
            yield from (ord_i(text, self._tyda) for text in (möte.organ, möte.innehåll, möte.plats))

    def _ordagranna(self) -> Iterator[str]:
        """Words that are printed as they stand: names, headings, marks, reasons, what facts say and whence."""
        förbund = self.år.förbund
        yield from (förbund.namn, förbund.kortnamn, förbund.webbplats, *förbund.rubriker.values())
        yield from (förbund.visning.noll, förbund.visning.tomt)
        for undantag in self.år.underlag.undantag:
            yield from (undantag.skäl, undantag.namn)
        for f in self.fakta.values():
            yield from (f.text, f.källa.anmärkning if isinstance(f.källa, Indata) else "")

    def textproblem(self) -> Iterator[Problem]:
        """Every reference that names nothing, in any words that are printed, where they are written; a varning where
        that may be.
        """
        for fil in self.år.texter.values():
            yield from self.prosa(fil)[1]
        ställen: dict[str, list[Ord]] = defaultdict(list)
        for skrivet in (*underlagets_ord(self.år.underlag), *inställda_ord(self.år.förbund)):
            for hänvisning in hänvisningar(skrivet.text):
                ställen[hänvisning].append(skrivet)
        problem: dict[Problem, None] = {}
        for okänd in dict.fromkeys(okänd for prosa in self.ord() for okänd in prosa.okända):
            alla = ställen[okänd.hänvisning]
            lika = [skrivet for skrivet in alla if skrivet.text == okänd.ord]
            # Words may be put together, split or turned to small letters on their way; when none are found in what is
            # printed, every place of the reference is told.
            for ett in lika or [skrivet for skrivet in alla if skrivet.text in okänd.ord] or alla:
                problem[Problem("fel", okänd.fel, ett.fil, ett.plats)] = None
        yield from problem

    def _rubrik(self, text: str, nivå: int, *, i_förteckning: bool = False, id_: str = "") -> Rubrikblock:
        return Rubrikblock(ord_i(text, self._tyda), nivå, i_förteckning, id_)

    def _ord(self, text: str) -> Textblock:
        """Words of the program's own, with what they refer to."""
        return Textblock(ord_i(text, self._tyda))

    def _tabell(self, id_: str) -> Tabellblock:
        """A table of the statements."""
        return self._blocken[id_]

    def _valfri(self, id_: str) -> Block:
        """A table of the statements that not every year has."""
        return self._tabell(id_) if id_ in self._uppställda else Följd(())

    @property
    def uppställda(self) -> tuple[Tabellblock, ...]:
        """The tables that the statements give, whether the document shows them or not."""
        return tuple(self._blocken.values())

    @cached_property
    def _blocken(self) -> dict[str, Tabellblock]:
        return {id_: self._block(tabell) for id_, tabell in self._uppställda.items()}

    @cached_property
    def _uppställda(self) -> dict[str, Tabell]:
        return {tabell.id: tabell for tabell in uppställda(self.redovisning)}

    def _block(self, tabell: Tabell) -> Tabellblock:
        förbund = self.år.förbund
        if tabell.rubrik in förbund.rubriker:
            tabell = replace(tabell, rubrik=förbund.rubriker[tabell.rubrik], perioder=())
        ny = utseende(self._väntande(utan_tomma(tabell, self.fakta)), förbund.visning)
        block = Tabellblock(ny, self._tyda)
        return block.som("mening") if block.mening else block

    def _sagt(self, block: Block, *ord_: Block) -> Block:
        """A block without the sentences of its tables that say nothing but what the words beside them do."""
        sagda = {bit.fakta.nyckel for ett in ord_ for prosa in ett.prosa() for bit in prosa.bitar if bit.fakta}
        if not isinstance(block, Tabellblock) or block.form != "mening":
            return block
        egna = _fakta_i(block.tabell)
        return block.som("text") if egna and egna <= sagda else block

    def _bild(self, bild: Diagramblock, *bredvid: str) -> Diagramblock:
        """A picture whose table is folded when its figures stand in the tables beside it, and when it has none."""
        if bild.tabell is None:
            return bild
        stående = {""}.union(*(_fakta_i(self._uppställda[id_]) for id_ in bredvid if id_ in self._uppställda))
        if not _fakta_i(bild.tabell.tabell) <= stående:
            return bild
        under = ord_i(" ".join(filter(None, (self._källa(bild, bredvid), bild.under.klartext))), self._tyda)
        return replace(bild, tabell=bild.tabell.som("webb"), under=under)

    def _källa(self, bild: Diagramblock, bredvid: Sequence[str]) -> str:
        """Which tables beside a picture have its figures."""
        egna = _fakta_i(bild.tabell.tabell) if bild.tabell else set()
        tabeller = [self._uppställda[id_] for id_ in bredvid if id_ in self._uppställda]
        hela = [t for t in tabeller if egna <= _fakta_i(t)][:1] or [t for t in tabeller if egna & _fakta_i(t)]
        return f"Källa: {uppräkning(f'{{tabell:{t.id}}}' for t in hela)}." if hela else ""

    def _väntande(self, tabell: Tabell) -> Tabell:
        """The table with a line that it waits for the ledger, when any figure of it does."""
        if not any(self.fakta.väntar(cell.fakta) for rad in tabell.rader for cell in rad.celler):
            return tabell
        return replace(tabell, fotnoter=(*tabell.fotnoter, Fotnot("{år} väntar på bokföringen.")))

    # ---------------------------------------------------------------- what every report shows

    @property
    def omslag(self) -> Block:
        """Omslaget: förbundets namn, titel, diarienummer och beslutsdag. Det som saknas nämns inte där."""
        alla = (
            ("Beslutad av styrelsen", self._uppgift("beslutsdatum")),
            ("Dnr", self._uppgift("dnr")),
            ("Organisationsnummer", Bit(self.år.förbund.orgnr or SAKNAS)),
        )
        rader = [(ledord, bit) for ledord, bit in alla if bit.text != SAKNAS]
        namn, titel, år = self.år.förbund.namn, self.titel, self.år.årtal
        ord_ = (ordagrant(namn), *(ordagrant(bit.text) for _, bit in rader))
        html = omslag_html(namn, titel, rader, self.nyckeltal)
        return Rådata(html, omslag_typst(namn, self.år.förbund.kortnamn, titel, år, rader, self.nyckeltal), ord_)

    @property
    def nyckeltal(self) -> tuple[tuple[str, Bit, str], ...]:
        """The figures of the cover: name, figure and unit."""
        return ()

    @property
    def om_rapporten(self) -> Kolofon:
        """How its figures are verified, and what is known of it."""
        förbund, slag = self.år.förbund, self.år.rapport
        beslut = self.uppgift("beslutsdatum")
        alla = (
            ("Utgivare", f"{förbund.namn} ({förbund.kortnamn})"),
            ("Organisationsnummer", förbund.orgnr),
            ("Webbplats", förbund.webbplats),
            ("Beslut", "" if beslut == SAKNAS else f"Styrelsen den {beslut}"),
            ("Dnr", "" if (dnr := self.uppgift("dnr")) == SAKNAS else dnr),
            ("Inbäddat i filen", "rapport.json (alla tal) och granskarens arbetsbok"),
            ("Tillgänglighet", "PDF/UA-1 och PDF/A-3a. Rapporten finns också som webbsida."),
            ("Typsnitt", "Source Serif 4 och Source Sans 3 (SIL OFL)"),
        )
        källan = "förbundets bokföring" if slag.har_bokföring else "förbundets budget"
        return Kolofon(källan, [(vad, ord_) for vad, ord_ in alla if ord_])

    @property
    def kolofon(self) -> Block:
        """Andra sidan: utgivare, beslut och hur talen är prövade."""
        om = self.om_rapporten
        return Rådata(om.html(), om.typst())

    def _insatser_efter_slag(self, visa: Callable[[Insats], list[Block]]) -> Block:
        """Every insats under the heading of its slag, with the words there are on that slag."""
        antal = (sum(i.slag == slag for i in self.år.underlag.insatser) for slag in SLAG)
        mening = insatsernas_antal(*antal)
        delar: list[Block] = [self._ord(mening)] if mening else []
        for slag, rubrik in SLAG.items():
            if egna := [i for i in self.år.underlag.insatser if i.slag == slag]:
                delar += [self._rubrik(rubrik, 3), self.valfri_text(f"insatser_{slag}")]
                delar += [del_ for insats in egna for del_ in visa(insats)]
        return Följd(tuple(delar))

    @property
    def organisationsschema(self) -> Block:
        """Organisationen som rutor. Källa: `organisation` i `forbund.yml`."""
        schema = diagram.organisationsschema(self.år, self._tyda)
        return self._bild(schema) if schema else Följd(())

    @property
    def findings(self) -> Anmärkningar:
        """Vad kontrollerna fann, det allvarligaste först, och vad man gör åt det. `.df()` ger det som tabell.

        `differens` är kronor. Koderna står i docs/kontroller.md.
        """
        garanti = self.siffergaranti.findings() if self.siffergaranti else ej_läst()
        return Anmärkningar(med_fler(self._kontrollerat, garanti, self.redovisning))

    @cached_property
    def _kontrollerat(self) -> tuple[Finding, ...]:
        return tuple(self._läst(f) for f in kontrollera(self._visad))

    def _läst(self, f: Finding) -> Finding:
        """A finding with what its words refer to read out: it may name a row or a note by the förbund's own words."""
        if f.kod in OM_DET_SKRIVNA or not any("{" in text for text in (f.text, f.saknas, *f.följder)):
            return f
        text, saknas, *följder = (ord_i(text, self._tyda).klartext for text in (f.text, f.saknas, *f.följder))
        return replace(f, text=text, saknas=saknas, följder=tuple(följder))

    @property
    def utkast(self) -> bool:
        """Om dokumentet är ett utkast: minst en kontroll visar fel."""
        return har_fel(self.findings)

    @property
    def kontrollerat(self) -> Block:
        """Hur talen är kontrollerade, för den som läser dokumentet."""
        return Rådata(som_html(self.om_kontrollerna), som_typst(self.om_kontrollerna))

    @property
    def om_kontrollerna(self) -> tuple[Del, ...]:
        """The words of that section: what the checks found before the document was there to be read."""
        return kontrollerat(self.år, self._kontrollerat)

    # ---------------------------------------------------------------- for the analyst

    @property
    def tabeller(self) -> Tabeller:
        """Årets alla tabeller, efter id: dokumentets i dess ordning, och sedan de andra som finns.

        Varje tabell har `.df()`: kronor med tabellens tecken, andelar i procent.
        """
        visade = {block.tabell.id: block for visad in self._visade for block in visad.tabellblock()}
        return Tabeller(visade | {id_: self._tabell(id_) for id_ in self._uppställda if id_ not in visade})

    def spår(self, id_: str) -> Spår:
        """Ett tal och allt det är räknat av, ned till konton (debet plus, kredit minus) eller en cell i underlaget.

        Visas som en lista att öppna; `.df()` ger leden som tabell.
        """
        return Spår(self.fakta[id_], self.fakta, self.år.bokföring)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.år.förbund.kortnamn}, {self.år.årtal}: {len(self.fakta)} fakta)"

    def _repr_html_(self) -> str:
        """What there is, for who looks at it in a notebook."""
        namn, bokföring = self.år.förbund.namn, self.år.bokföring
        verifikationer = antal(len(bokföring.verifikationer), "verifikation", "verifikationer")
        har = f"{len(self.fakta)} fakta, {antal(len(self.tabeller), 'tabell', 'tabeller')}, {verifikationer}"
        vägar = (
            ("bok.tabeller", "tabellerna, var och en med .df()"),
            ("bok.fakta", "alla tal, efter id; .df() ger dem som tabell"),
            ("bok.spår(id)", "vad ett tal är räknat av"),
            ("bok.konton, bok.verifikationer, bok.deltagare", "bokföringen och deltagarna, med .df()"),
            ("bok.findings", "vad kontrollerna fann"),
        )
        rader = "".join(f"<li><code>{escape(väg)}</code>: {escape(vad)}</li>" for väg, vad in vägar)
        return f"<p><strong>{escape(self.titel)}, {escape(namn)}</strong>: {har}.</p><ul>{rader}</ul>"


def _fakta_i(tabell: Tabell) -> set[str]:
    """The facts that a table shows."""
    return {cell.fakta for rad in tabell.rader for cell in rad.celler} - {""}
