"""The start page with its buttons, in a notebook with a kernel. What they do is the commands' own work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as W
from IPython.display import display

from finsam.model.problem import UnreadableInput
from finsam.model.rapport import rapportslag
from finsam.run.start import html
from finsam.run.start.arbete import Arbete, Händelse
from finsam.run.start.byggdelar import knapp, låda, text
from finsam.run.start.formular import Formulär, NyttFörbund, NyttÅr
from finsam.run.start.granskning import Granskning
from finsam.run.start.jamforelse import jämförelse
from finsam.run.start.plats import Plats, öppna_fil
from finsam.run.start.rader import (
    HÖGST,
    Besked,
    Grupp,
    Mål,
    Rad,
    besked,
    dokumentrader,
    grupper,
    historikrader,
    underlagsrader,
)
from finsam.run.start.val import Jobb, Val, att_välja, förbunden, välj
from finsam.run.status.las import läs_status
from finsam.run.status.sedan import skillnad
from finsam.run.status.svar import Status


def startsida(förbund: str = "", år: int = 0, rapport: str = "", outputs: str = "") -> None:
    """Visa startsidan: årets läge, och knapparna. Utan förbund visas det senaste året som finns."""
    Startsida(Plats.hitta(outputs=outputs), (förbund, år, rapport)).visa()


class Startsida:
    """The page: what is chosen, what its status says, and what is going on."""

    def __init__(self, plats: Plats, valt: Jobb = ("", 0, "")) -> None:
        self.plats = plats
        self.status: Status | None = None
        self._lås = threading.Lock()
        self._arbete: Arbete | None = None
        self._bevakning: Arbete | None = None
        self._omgång = 0
        self._vad, self._började, self._adress = "", 0.0, ""
        self._finns: Val = ()
        self._öppna: dict[str, bool] = {}
        self._alla: set[str] = set()
        self._väljer = False
        self._förbund, self._år, self._rapport = (W.Dropdown(description=ord_) for ord_ in ("Förbund", "År", "Rapport"))
        self._val, self._läge = låda("fs-val", rad=True), låda("fs-lage", rad=True)
        self._ruta, self._förlopp = låda(), låda()
        self._bevakas = låda()
        self._underlag, self._fynd, self._filer = låda("fs-underlag"), låda(), låda("fs-underlag")
        self._historik, self._besked = låda("fs-underlag"), text("")
        vänster = låda("fs-spalt", [text(html.rubrik("1. Underlaget")), self._underlag])
        vänster.children += (text(html.rubrik("Färdiga filer")), self._filer)
        höger = låda("fs-spalt", [text(html.rubrik("2. Fynd")), self._fynd])
        self._allt = låda(
            "finsam-start",
            [
                text(html.stil()),
                self._val,
                self._läge,
                self._besked,
                self._ruta,
                self._förlopp,
                self._bevakas,
                W.Box([vänster, höger]).add_class("fs-spalter"),
                text(html.rubrik("Historik")),
                self._historik,
            ],
        )
        self._bygg_val()
        self._fyll_val(valt)

    def visa(self) -> None:
        """Show it, and then read: reading takes a second or two, and is said to."""
        self._säg("Läser underlaget …")
        display(self._allt)
        self.läs()

    # ------------------------------------------------------------ what is chosen

    @property
    def jobb(self) -> Jobb:
        """The report that the page is about."""
        return self._förbund.value or "", self._år.value or 0, self._rapport.value or ""

    def _bygg_val(self) -> None:
        for ett in (self._förbund, self._år, self._rapport):
            ett.add_class("fs-falt")
            ett.observe(self._valdes, "value")
        knappar = (
            ("Nytt år …", lambda: NyttÅr(self.plats, self.jobb, self._stäng_ruta, self._lades_upp)),
            ("Nytt förbund …", lambda: NyttFörbund(self.plats, self._stäng_ruta, self._lades_upp)),
            ("Granska …", lambda: Granskning(self.plats, self._stäng_ruta)),
        )
        rutor = [knapp(ord_, partial(self._visa_ruta, ruta)) for ord_, ruta in knappar]
        self._val.children = (
            text('<span class="fs-namn">finsam</span>'),
            self._förbund,
            self._år,
            self._rapport,
            låda("fs-knappar fs-ytterst", [*rutor, knapp("Öppna mappen", self._öppna_mappen)], rad=True),
        )

    def _fyll_val(self, valt: Jobb) -> None:
        """What there is to choose among, with something chosen: as asked for, else the latest there is."""
        self._finns = att_välja(self.plats.inputs)
        valt = välj(self._finns, valt)
        self._väljer = True
        try:
            self._förbund.options = förbunden(self._finns)
            self._förbund.value = valt[0] or None
            self._år.options = sorted({å for f, _, å, _ in self._finns if f == valt[0]}, reverse=True)
            self._år.value = valt[1] or None
            rapporter = [r for f, _, å, r in self._finns if (f, å) == valt[:2]]
            self._rapport.options = [(rapportslag(r).ord.capitalize(), r) for r in rapporter]
            self._rapport.value = valt[2] or None
        finally:
            self._väljer = False

    def _valdes(self, ändring: Any) -> None:
        """Another förbund, year or report: its page, and the years and reports that it has."""
        if self._väljer or ändring["new"] is None:
            return
        förbund, år, rapport = self.jobb
        if ändring["owner"] is self._förbund:
            år, rapport = 0, ""
        elif ändring["owner"] is self._år:
            rapport = ""
        self._fyll_val((förbund, år, rapport))
        self._stäng_ruta()
        self._glöm()
        self.läs()

    def _glöm(self) -> None:
        """What was about another report is no longer shown; what is being made of it goes on."""
        self._sluta_visa()
        self._öppna, self._alla = {}, set()
        if self._arbete is None:
            self._förlopp.children = []

    def _lades_upp(self, jobb: Jobb) -> None:
        self._fyll_val(jobb)
        self._glöm()
        self.läs()

    # ------------------------------------------------------------ how it stands

    def _kontrollera(self) -> None:
        """Read again, and what there is to choose among: a command may have begun a year, or one be taken away."""
        var = self.jobb
        self._fyll_val(var)
        if self.jobb != var:
            self._glöm()
        self.läs()
        if self.jobb != var:
            self._säg(f"{var[0]} {var[1]} finns inte längre. Här visas en annan rapport.", "fs-fel")

    def läs(self) -> None:
        """Read the inputs as they are now, check them and show how it stands."""
        if not all(self.jobb):
            self._säg("Här finns inget förbund än. Tryck Nytt förbund.")
            return
        with self._lås:
            self._säg("Läser underlaget och kontrollerar …")
            förbund, år, rapport = self.jobb
            try:
                self.status = läs_status(förbund, år, rapport, inputs=self.plats.inputs, outputs=self.plats.outputs)
            except (UnreadableInput, OSError) as fel:
                self.status = None
                self._säg(str(fel), klass="fs-fel")
                return
            self._besked.value = ""
            self._rita(self.status)

    def _rita(self, s: Status) -> None:
        om = besked(s)
        for ton in ("hindrar", "stammer", "veta"):
            self._läge.remove_class(f"fs-kant-{ton}")
        self._läge.add_class(f"fs-kant-{om.ton}")
        self._läge.children = (text(html.lägesrad(om)), self._knapparna(s, om))
        self._underlag.children = [self._rad(r) for r in underlagsrader(s, self.plats)]
        self._rita_fynd(s)
        filer = [self._rad(r) for r in dokumentrader(s, self.plats)]
        self._filer.children = filer or [text(html.stycke("Inget är gjort än."))]
        self._historik.children = [
            *self._körningarna(s),
            *(text(html.stycke(f"{f} kan inte läsas.")) for f in s.oläsliga),
        ]

    def _knapparna(self, s: Status, om: Besked) -> W.Box:
        upptagen = self._arbete is not None and self._arbete.pågår
        gör = partial(knapp, av=upptagen)
        knappar = [
            gör("Kontrollera", self._kontrollera),
            gör("Förhandsvisa", self._förhandsvisa),
            gör("Gör utkast", self._gör),
            gör("Gör slutlig", self._gör_slutlig, fylld=om.nästa == "slutlig"),
            gör("Paket", partial(self._gör, paket=True)),
        ]
        if om.nästa == "visa" and s.läst:
            knappar.append(gör("Visa vad som hindrar", self._visa_hinder, fylld=True))
        if om.nästa == "oppna":
            pdf = next((m for r in dokumentrader(s, self.plats)[:1] for m in r.mål if m.fil.suffix == ".pdf"), None)
            knappar += [gör("Öppna PDF", partial(self._öppna_mål, pdf), fylld=True)] if pdf else []
        return låda("fs-knappar", knappar, rad=True)

    def _körningarna(self, s: Status) -> list[W.Widget]:
        """The runs, each with what has changed since."""
        if not s.körningar:
            return [text(html.historik(()))]
        return [
            låda(
                "fs-enrad",
                [
                    text(html.historikrad(*rad)),
                    låda("fs-hogerknappar", [knapp("Jämför", partial(self._jämför, k.nr), länk=True)], rad=True),
                ],
                rad=True,
            )
            for k, rad in zip(s.körningar, historikrader(s), strict=True)
        ]

    def _jämför(self, nr: int) -> None:
        """What has changed since a run, up to the inputs as they are now."""
        try:
            s = skillnad(*self.jobb, nr, outputs=self.plats.outputs, inputs=self.plats.inputs)
        except UnreadableInput as fel:
            self._säg(str(fel), "fs-fel")
            return
        stäng = knapp("Stäng", self._stäng_ruta)
        self._ruta.children = [self._ruta_för("Vad har ändrats?", jämförelse(s), [stäng])]

    def _rita_fynd(self, s: Status) -> None:
        if not s.läst:
            om = "Kontrollerna kan köras först när underlaget går att läsa. Det som är fel står till vänster."
            self._fynd.children = [text(html.stycke(om))]
            return
        self._fynd.children = [self._grupp(g, s) for g in grupper(s, self.plats)]

    def _grupp(self, g: Grupp, s: Status) -> W.Box:
        öppen = self._öppna.get(g.ton, g.öppen)
        huvud: list[W.Widget] = [text(html.grupphuvud(g))]
        if g.antal:
            huvud.append(knapp("Dölj" if öppen else "Visa", partial(self._växla, g.ton, not öppen), länk=True))
        rader: list[W.Widget] = [låda("fs-enrad fs-grupprad", huvud, rad=True)]
        if öppen:
            visas = g.rader if g.ton in self._alla else g.rader[:HÖGST]
            rader += [text(html.stycke(g.att_göra))] if g.att_göra else []
            rader += [self._rad(r) for r in visas]
            if len(visas) < len(g.rader):
                rader.append(knapp(f"Visa alla {len(g.rader)}", partial(self._visa_alla, g.ton), länk=True))
        return låda("fs-grupp", rader)

    def _växla(self, ton: str, öppen: bool) -> None:
        self._öppna[ton] = öppen
        if self.status:
            self._rita_fynd(self.status)

    def _visa_alla(self, ton: str) -> None:
        self._alla.add(ton)
        self._växla(ton, True)

    def _visa_hinder(self) -> None:
        """What hinders and nothing else."""
        self._öppna |= dict.fromkeys(("stallning", "veta", "stammer", "saknas"), False)
        self._visa_alla("hindrar")

    def _rad(self, r: Rad) -> W.Box:
        """A row, whose links are JupyterLab's own, or buttons for what the system opens."""
        i_lab = [m for m in r.mål if self.plats.i_lab(m.fil)]
        delar: list[W.Widget] = [text(html.rad(r, länkar=" ".join(html.länk(m, self.plats) for m in i_lab)))]
        andra = [knapp(m.ord, partial(self._öppna_mål, m), länk=True) for m in r.mål if m not in i_lab]
        if andra:
            delar.append(låda("fs-hogerknappar", andra, rad=True))
        return låda("fs-enrad", delar, rad=True)

    # ------------------------------------------------------------ what is done

    def _gör_slutlig(self) -> None:
        """The report, when nothing hinders as the inputs are now."""
        self.läs()
        if self.status is None or self.status.fel or not self.status.läst:
            self._säg("Rapporten kan inte göras slutlig: det som hindrar måste rättas eller godtas först.", "fs-fel")
            return
        self._gör()

    def _gör(self, paket: bool = False) -> None:
        if self._arbete is not None:  # a press that was on its way when the buttons were put out
            return
        fråga = {
            "gör": "skapa",
            "jobb": self.jobb,
            "inputs": str(self.plats.inputs),
            "outputs": str(self.plats.outputs),
            "paket": paket,
        }
        self._började = time.monotonic()
        namn = self.status.namn if self.status else self.jobb[0]
        self._vad = f"{rapportslag(self.jobb[2]).titel(self.jobb[1])}, {namn}"
        self._visa_förlopp(html.stycke("Läser underlaget …"))
        self._arbete = Arbete(fråga, self._körningen_säger)
        if self.status:
            self._rita(self.status)

    def _körningen_säger(self, h: Händelse) -> None:
        if "steg" in h:
            gått = time.monotonic() - self._började
            self._visa_förlopp(html.förlopp(h["steg"], h["av"], h["vad"], gått))
            return
        if self._arbete is not None and "fel" not in h:
            self._visa_klart(h)
        elif h.get("avbrutet"):
            self._förlopp.children = [self._ruta_för("Avbrutet", html.lista(h["fel"]))]
        else:
            self._förlopp.children = [self._ruta_för(f"{self._vad}: kunde inte skapas", html.lista(h["fel"]))]
        self._arbete = None
        self.läs()

    def _visa_förlopp(self, inre: str) -> None:
        avbryt = knapp("Avbryt", self._avbryt, länk=True)
        self._förlopp.children = [self._ruta_för(f"Skapar {self._vad}", inre, [avbryt])]

    def _avbryt(self) -> None:
        if self._arbete is not None:
            self._arbete.avbryt()

    def _visa_klart(self, h: Händelse) -> None:
        """That it is done, what became of it, and its files."""
        mapp = Path(h["klart"])
        som = (
            "Den är märkt UTKAST: det som hindrar står under Fynd." if h["utkast"] else "Inget hindrar: den är slutlig."
        )
        mål = [Mål(mapp / f"{mapp.name}.{ände}", ord_) for ände, ord_ in (("pdf", "PDF"), ("html", "Webbsida"))]
        mål.append(Mål(mapp / f"{mapp.name}.xlsx", "Arbetsbok"))
        if h["paket"]:
            mål.append(Mål(Path(h["paket"]), "Paketet"))
        knappar = [knapp(m.ord, partial(self._öppna_mål, m), länk=True) for m in mål if m.fil.is_file()]
        inre = html.stycke(som, "") + html.stycke(h["garanti"])
        self._förlopp.children = [self._ruta_för(f"{self._vad}: skapad", inre, knappar)]

    def _förhandsvisa(self) -> None:
        """The page that follows what is changed, at an address of this computer alone."""
        self._sluta_visa()
        fråga = {"gör": "bevaka", "jobb": self.jobb, "inputs": str(self.plats.inputs)}
        self._adress = ""
        self._rita_bevakning("Läser underlaget …")
        self._bevakning = Arbete(fråga, partial(self._bevakningen_säger, self._omgång))

    def _bevakningen_säger(self, omgång: int, h: Händelse) -> None:
        if omgång != self._omgång:  # one has had enough of it, and it is on its way out
            return
        if "fel" in h:
            self._bevakas.children = [self._ruta_för("Förhandsvisning", html.lista(h["fel"]))]
            self._bevakning = None
            return
        self._adress = h.get("adress", self._adress)
        self._rita_bevakning(h.get("svar", "Den första sidan görs …"))

    def _rita_bevakning(self, läge: str) -> None:
        om = "Sidan följer med när du sparar en fil. Inget skrivs i outputs."
        inre = (html.adressknapp("Öppna förhandsvisningen", self._adress) if self._adress else "") + html.stycke(läge)
        sluta = knapp("Sluta förhandsvisa", self._sluta_visa, länk=True)
        self._bevakas.children = [self._ruta_för("Förhandsvisning", inre + html.stycke(om), [sluta])]

    def _sluta_visa(self) -> None:
        if self._bevakning is not None:
            self._bevakning.avbryt()
        self._omgång += 1
        self._bevakning, self._bevakas.children = None, []

    # ------------------------------------------------------------ what is opened and told

    def _öppna_mål(self, mål: Mål) -> None:
        if self.plats.kan_öppnas(mål.fil):
            self._säg(öppna_fil(mål.fil, mål.del_))

    def _öppna_mappen(self) -> None:
        förbund, år, _ = self.jobb
        self._öppna_mål(Mål(self.plats.inputs / förbund / str(år) if förbund else self.plats.inputs, ""))

    def _ruta_för(self, rubrik: str, inre: str, knappar: Sequence[W.Widget] = ()) -> W.Box:
        delar: list[W.Widget] = [text(f"<h4>{escape(rubrik)}</h4>{inre}")]
        return låda("fs-ruta", [*delar, låda("fs-knappar", knappar, rad=True)] if knappar else delar)

    def _visa_ruta(self, ny: Callable[[], Formulär | Granskning]) -> None:
        self._ruta.children = [ny().allt]

    def _stäng_ruta(self) -> None:
        self._ruta.children = []

    def _säg(self, vad: str, klass: str = "fs-dampad") -> None:
        self._besked.value = html.stycke(vad, klass) if vad else ""
