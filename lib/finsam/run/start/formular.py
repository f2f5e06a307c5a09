"""The questions of `finsam nytt` as forms: a new year of a förbund, and a new förbund, step by step with a way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import ipywidgets as W

from finsam.begin.ar.rulla import nytt_år
from finsam.begin.forbund import Export, lägg_upp, read_export
from finsam.begin.forslag import föreslå
from finsam.begin.fragor import VET_INTE, Givet, check_slug, read_svar, slagfrågor, troligt
from finsam.begin.nytt import Nytt
from finsam.model.ord import antal
from finsam.model.problem import Problem, UnreadableInput, orsak
from finsam.model.rapport import RAPPORTER, rapportslag
from finsam.read.arsmapp import finns
from finsam.read.normalkontoplan import TYPER
from finsam.run.start import html
from finsam.run.start.byggdelar import fält, knapp, låda, text, uppladdade
from finsam.run.start.plats import Plats
from finsam.run.start.val import Jobb

_FLAGGA = re.compile(r" \(--\w+\)")
"""What a question is called where it is an option; here it has a field."""
ÄNDELSER = ".se,.si,.sie,.xlsx,.csv,.xml,.txt"
SLAG = (("vet inte", VET_INTE), ("individinriktad", "individ"), ("strukturövergripande", "struktur"))


class Formulär:
    """What the forms share: their frame, the ledger that is chosen, and how it went."""

    rubrik = ""

    def __init__(self, plats: Plats, stäng: Callable[[], None], klart: Callable[[Jobb], None]) -> None:
        self._plats, self._stäng, self._klart = plats, stäng, klart
        self._mapp = TemporaryDirectory()
        self._klar = False
        self._export = self._filval("Välj årets export")
        self._förra = self._filval("Välj förra årets export")
        self._besked = text("")
        self._innehåll = låda()
        self.allt = låda("fs-ruta", [text(f"<h4>{self.rubrik}</h4>"), self._innehåll, self._besked])

    def _filval(self, ord_: str) -> W.FileUpload:
        return W.FileUpload(accept=ÄNDELSER, multiple=False, description=ord_).add_class("fs-knapp")

    def _filer(self) -> tuple[Path | None, Path | None]:
        """The ledgers that are chosen, this year's and last year's."""
        rot = Path(self._mapp.name)
        valda = []
        for namn, ett in (("arets", self._export), ("forra", self._förra)):
            (mapp := rot / namn).mkdir(exist_ok=True)
            valda.append(next(iter(uppladdade(ett, mapp)), None))
        return valda[0], valda[1]

    def _steg(self, om: str, barn: Sequence[W.Widget], knappar: Sequence[W.Widget]) -> None:
        avbryt = knapp("Avbryt", self._stäng)
        self._besked.value = ""
        self._innehåll.children = (
            text(html.stycke(om)),
            låda("fs-val", barn, rad=True),
            låda("fs-knappar", [*knappar, avbryt], rad=True),
        )

    def _pröva(self, gör: Callable[[], None]) -> Callable[[], None]:
        """What a button does, with what stops it said under the form."""

        def göra() -> None:
            if self._klar:  # the second press of a double click
                return
            self._besked.value = html.stycke("Läser …")
            try:
                gör()
            except UnreadableInput as fel:
                self._besked.value = html.lista(_FLAGGA.sub("", str(ett)) for ett in fel.problem)
            except OSError as fel:
                self._besked.value = html.stycke(f"Går inte att läsa eller skriva ({orsak(fel)}).", "fs-fel")

        return göra

    def _lagt_upp(self, nytt: Nytt, jobb: Jobb) -> None:
        """What was made, and what there is to think of."""
        self._klar = True
        self._besked.value = ""
        om = f"Skapade {antal(len(nytt.filer), 'fil', 'filer')} i {nytt.mapp.parent.name}/{nytt.mapp.name}."
        self._innehåll.children = (
            text(html.stycke(om, "") + html.lista(nytt.anteckningar)),
            låda("fs-knappar", [knapp("Stäng", self._stäng)], rad=True),
        )
        self._mapp.cleanup()
        self._klart(jobb)


class NyttÅr(Formulär):
    """A new year, or a new report of one, made from what there is."""

    rubrik = "Nytt år"

    def __init__(self, plats: Plats, jobb: Jobb, stäng: Callable[[], None], klart: Callable[[Jobb], None]) -> None:
        super().__init__(plats, stäng, klart)
        self._förbund = jobb[0]
        åren = sorted({å for f, å, _ in finns(plats.inputs) if f == jobb[0]}, reverse=True)
        nästa = str(åren[0] + 1) if åren else ""
        self._år = fält(W.Text(description="År", value=nästa))
        val = [("det som förra året hade", ""), *((slag.ord, slag.id) for slag in RAPPORTER.values())]
        self._rapport = fält(W.Dropdown(description="Rapport", options=val))
        self._från = fält(
            W.Dropdown(description="Utgå från", options=[("det senaste året", 0), *((str(å), å) for å in åren)])
        )
        self._steg(
            f"Inställningar, mål, insatser och texter för {jobb[0]} följer med från ett tidigare år. Inget skrivs "
            "över. Exporten kan väljas nu eller läggas i mappen sedan.",
            [self._år, self._rapport, self._från, self._export],
            [knapp("Lägg upp året", self._pröva(self._lägg_upp), fylld=True)],
        )

    def _lägg_upp(self) -> None:
        år = int(self._år.value) if self._år.value.strip().isdecimal() else 0
        slag = rapportslag(self._rapport.value) if self._rapport.value else None
        bokföring, _ = self._filer()
        nytt = nytt_år(self._förbund, år, self._plats.inputs, self._från.value or None, bokföring, None, slag)
        self._lagt_upp(nytt, (self._förbund, år, nytt.slag.id))


class NyttFörbund(Formulär):
    """A new förbund in three steps: its ledger, who it is, and what its insatser are."""

    rubrik = "Nytt förbund"

    def __init__(self, plats: Plats, stäng: Callable[[], None], klart: Callable[[Jobb], None]) -> None:
        super().__init__(plats, stäng, klart)
        self._slug = fält(W.Text(description="Kort namn för mappen (a–z, 0–9, bindestreck)", placeholder="vastervik"))
        self._år = fält(W.Text(description="Räkenskapsår", placeholder="2025"))
        self._rapport = fält(W.Dropdown(description="Rapport", options=[(s.ord, s.id) for s in RAPPORTER.values()]))
        self._namn, self._kortnamn, self._orgnr = (
            fält(W.Text(description=ord_))
            for ord_ in ("Förbundets namn", "Kort namn i rubriker", "Organisationsnummer")
        )
        self._kontoplan = fält(W.Dropdown(description="Kontoplan", options=[("välj", ""), *((t, t) for t in TYPER)]))
        self._region = fält(W.Text(description="Region (skilj flera med kommatecken)"))
        self._kommun = fält(W.Text(description="Kommuner (skilj med kommatecken)"))
        for ruta in (self._namn, self._region, self._kommun):
            ruta.add_class("fs-bred")
        self._slag: dict[str, W.Dropdown] = {}
        self._ifyllt: dict[W.Widget, str] = {}
        self._läst = Export(None, None, None, [])
        self._först()

    def _först(self) -> None:
        om = "Steg 1 av 3. Exporten ur ekonomisystemet (SIE eller saldolista) ger kontoplan, noter och insatser."
        fält_ = [self._slug, self._år, self._rapport, self._export, self._förra]
        self._steg(om, fält_, [knapp("Nästa", self._pröva(self._läs_exporten), fylld=True)])

    def _läs_exporten(self) -> None:
        check_slug(self._slug.value.strip())
        if not 2000 <= self._året <= 2099:
            raise UnreadableInput([Problem("fel", "Skriv räkenskapsåret med fyra siffror, 2000–2099.")])
        bokföring, föregående = self._filer()
        mapp = self._plats.inputs / self._slug.value.strip() / str(self._året)
        self._läst = Export(bokföring, föregående, *read_export(bokföring, mapp, self._året, föregående))
        trolig = troligt(self._läst.läst)
        for ruta, värde in (
            (self._namn, trolig.namn),
            (self._orgnr, trolig.orgnr),
            (self._kontoplan, trolig.kontoplan),
        ):
            if ruta.value in ("", self._ifyllt.get(ruta, "")):  # of another export, or not answered
                ruta.value = self._ifyllt[ruta] = värde
        self._vem()

    @property
    def _året(self) -> int:
        return int(self._år.value) if self._år.value.strip().isdecimal() else 0

    def _vem(self) -> None:
        om = "Steg 2 av 3. Det som exporten säger är ifyllt; ändra det som inte stämmer."
        fält_ = [self._namn, self._kortnamn, self._orgnr, self._kontoplan, self._region, self._kommun]
        knappar = [knapp("Nästa", self._pröva(self._fråga_slag), fylld=True), knapp("Tillbaka", self._först)]
        self._steg(om, fält_, knappar)

    def _givet(self) -> Givet:
        def delade(ruta: W.Text) -> tuple[str, ...]:
            return tuple(del_.strip() for del_ in ruta.value.split(",") if del_.strip())

        return Givet(
            namn=self._namn.value.strip(),
            kortnamn=self._kortnamn.value.strip(),
            orgnr=self._orgnr.value.strip(),
            kontoplan=self._kontoplan.value,
            region=delade(self._region),
            kommun=delade(self._kommun),
            individ=tuple(kod for kod, val in self._slag.items() if val.value == "individ"),
            struktur=tuple(kod for kod, val in self._slag.items() if val.value == "struktur"),
        )

    def _fråga_slag(self) -> None:
        """The kinds of insatser that nothing tells; those answered before are asked again with their answers."""
        före = {kod: val.value for kod, val in self._slag.items()}
        self._slag = {}
        svar = read_svar(self._slug.value.strip(), self._givet(), self._läst.läst, frågar=False)
        frågor = slagfrågor(föreslå(svar, self._läst.läst))
        self._slag = {
            kod: fält(W.Dropdown(description=fråga, options=list(SLAG), value=före.get(kod, VET_INTE)))
            for kod, fråga in frågor.items()
        }
        om = (
            "Steg 3 av 3. Vad är insatserna: riktade till individer, eller övergripande för strukturen?"
            if frågor
            else "Steg 3 av 3. Allt som behövs är besvarat."
        )
        knappar = [knapp("Lägg upp förbundet", self._pröva(self._lägg_upp), fylld=True), knapp("Tillbaka", self._vem)]
        self._steg(om, list(self._slag.values()), knappar)

    def _lägg_upp(self) -> None:
        slag = rapportslag(self._rapport.value)
        svar = read_svar(self._slug.value.strip(), self._givet(), self._läst.läst, frågar=False)
        nytt = lägg_upp(svar, self._läst, self._året, slag, self._plats.inputs)
        self._lagt_upp(nytt, (svar.slug, self._året, slag.id))
