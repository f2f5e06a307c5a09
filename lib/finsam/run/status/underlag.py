"""What inputs there are for a report: what each holds, what is wrong with it, what to do when it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from finsam.model.bokforing import Bokföring
from finsam.model.ord import antal
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import BOKFÖRING, Rapportslag
from finsam.model.underlag import Underlag
from finsam.read.arsmapp import hör_till
from finsam.read.bokforing import hitta_bokföring
from finsam.read.foregaende import NAMN as FÖREGÅENDE
from finsam.read.mapp import hitta_fil, textfiler, textmapp, textnamn
from finsam.read.notebooks import Avsnitt, read_visat
from finsam.run.status.svar import Delläge, Underlagsdel

MAPPEN = "mappen"
_NAMN = {
    "forbund.yml": "Inställningar",
    "arets/forbund.yml": "Årets egna inställningar",
    "kontoplan.csv": "Kontoplan",
    "bokforing": "Bokföring",
    "foregaende": "Föregående års bokföring",
    "underlag": "Arbetsbok",
    "publicerat.yml": "Det publicerade",
    "plomb.json": "Plombering",
    MAPPEN: "Mappen",
}


class Delar:
    """The parts of a year's inputs, found by name and told of with what has been read; `problem` by their files."""

    def __init__(self, rot: Path, förbund: str, år: int, slag: Rapportslag, problem: Iterable[Problem]) -> None:
        self._rot, self._slag = rot, slag
        self._förbundets = rot / förbund
        self._årets = self._förbundets / str(år)
        self._problem: dict[str, list[Problem]] = {}
        for ett in problem:
            fil = f"{förbund}/{ett.fil}" if ett.fil == "forbund.yml" else ett.fil
            self._problem.setdefault(fil, []).append(ett)

    def alla(self, år: Räkenskapsår | None, avsnitt: Iterable[Avsnitt]) -> tuple[Underlagsdel, ...]:
        """Every part in order; `år` is None when the inputs cannot be read, and then no more is said than is seen."""
        delar = [*self._filerna(år), *self._texterna(år, avsnitt), *self._bilderna(år)]
        delar += self._mapparna()
        return tuple(delar)

    def _filerna(self, år: Räkenskapsår | None) -> Iterator[Underlagsdel]:
        if self._slag.har_bokföring:
            funna = hitta_bokföring(self._årets)
            säger = _om_bokföringen(år.bokföring) if år and funna else ""
            gör = f"Lägg exporten ur ekonomisystemet i {self._namn(self._årets)} som {BOKFÖRING}."
            yield self._del("bokforing", funna[0] if funna else self._årets / BOKFÖRING, säger, gör)
            for fil in hitta_bokföring(self._årets, FÖREGÅENDE):
                yield self._del("foregaende", fil)
        egen = hitta_fil(self._årets, f"{self._slag.textprefix}underlag.xlsx")
        fil = egen if egen.is_file() else hitta_fil(self._årets, "underlag.xlsx")
        yield self._del("underlag", fil, _om_underlaget(år.underlag) if år else "")
        yield self._del("forbund.yml", hitta_fil(self._förbundets, "forbund.yml"), år.förbund.namn if år else "")
        if (fil := hitta_fil(self._årets, "forbund.yml")).is_file():
            yield self._del("arets/forbund.yml", fil)
        if "kontoplan.csv" in self._slag.filer:
            fil = hitta_fil(self._årets, "kontoplan.csv")
            fil = fil if fil.is_file() else hitta_fil(self._förbundets, "kontoplan.csv")
            säger = antal(len(år.kontoplan.rader), "rad", "rader") if år else ""
            yield self._del("kontoplan.csv", fil, säger)
        gör = "Behövs bara för att jämföra med det som redan är publicerat."
        yield self._del("publicerat.yml", hitta_fil(self._årets, "publicerat.yml"), gör=gör, utan="valfri")
        if (fil := hitta_fil(self._årets, "plomb.json")).is_file():
            yield self._del("plomb.json", fil)

    def _texterna(self, år: Räkenskapsår | None, avsnitt: Iterable[Avsnitt]) -> Iterator[Underlagsdel]:
        """The texts that there are, then those that a section asks for and cannot do without."""
        mapp = textmapp(self._årets)
        filer = {textnamn(fil): fil for fil in textfiler(mapp) if hör_till(fil, self._slag)}
        for namn, fil in filer.items():
            yield self._text(namn, fil, år)
        visat = [ett for del_ in avsnitt for ett in read_visat(del_.fil)]
        krävda = dict.fromkeys(str(ett.ord_[0]) for ett in visat if ett.namn == "text" and ett.ord_)
        for namn in krävda:
            if namn not in filer:
                gör = f"Skriv texten i {self._namn(mapp)}/{namn}.md."
                yield self._del(f"text/{namn}", mapp / f"{namn}.md", gör=gör)
        frivilliga = dict.fromkeys(str(ett.ord_[0]) for ett in visat if ett.namn == "valfri_text" and ett.ord_)
        for namn in frivilliga:
            if namn not in filer:
                yield self._del(f"text/{namn}", mapp / f"{namn}.md", gör="Frivillig.", utan="valfri")

    def _text(self, namn: str, fil: Path, år: Räkenskapsår | None) -> Underlagsdel:
        """A text, by what was read: of inputs that cannot be read none is opened, for it may be what must not be."""
        if år and namn in år.ej_skrivna:
            gör = "Filen har bara vägledning. Skriv texten och ta bort första raden."
            return self._del(f"text/{namn}", fil, gör, läge="saknas")
        läst = år.texter.get(namn) if år else None
        ord_ = antal(len(läst.text.split()), "ord", "ord") if läst else ""
        return self._del(f"text/{namn}", fil, f"{ord_}, {läst.märke}" if läst and läst.märke else ord_)

    def _bilderna(self, år: Räkenskapsår | None) -> Iterator[Underlagsdel]:
        fb = år.förbund if år else None
        if fb and fb.logotyp:
            yield self._del("logotyp", self._förbundets / fb.logotyp)
        if fb and fb.omslagsbild:
            yield self._del("omslagsbild", self._förbundets / fb.omslagsbild.fil)

    def _mapparna(self) -> Iterator[Underlagsdel]:
        """What is wrong with a file or folder that is none of the parts."""
        for fil in list(self._problem):
            yield self._del(MAPPEN, self._rot / fil, läge="problem")

    def _del(
        self,
        id_: str,
        fil: Path,
        säger: str = "",
        gör: str = "",
        *,
        läge: Delläge | None = None,
        utan: Delläge = "saknas",
    ) -> Underlagsdel:
        """A part; `utan` is what it is when there is no file."""
        namn = self._namn(fil)
        funna = self._problem.pop(namn, [])
        problem, finns = tuple(map(str, funna)), fil.is_file()
        if läge != "problem":
            gör = gör or f"Filen saknas. Lägg den i {self._namn(fil.parent)}."
        ord_ = _NAMN.get(id_) or (
            f"Texten {id_.removeprefix('text/')}" if id_.startswith("text/") else id_.capitalize()
        )
        läge = läge or ("problem" if finns and problem else "finns" if finns else utan)
        return Underlagsdel(id_, ord_, namn, läge, säger if finns else gör, problem)

    def _namn(self, fil: Path) -> str:
        return fil.relative_to(self._rot).as_posix()


def _om_bokföringen(b: Bokföring) -> str:
    if 0 not in b.år:
        return ""
    slut = f"{b.år[0].start.isoformat()} – {b.år[0].slut.isoformat()}"
    if not b.verifikationer:
        return f"{antal(len(b.konton), 'konto', 'konton')} utan verifikationer, {slut}"
    return f"{antal(len(b.verifikationer), 'verifikation', 'verifikationer')}, {slut}"


def _om_underlaget(u: Underlag) -> str:
    """How many sheets and rows are filled in."""
    blad: Mapping[str, int] = {n: len(v) for n in type(u).model_fields if isinstance(v := getattr(u, n), tuple) and v}
    return f"{antal(len(blad), 'ifyllt blad', 'ifyllda blad')}, {antal(sum(blad.values()), 'rad', 'rader')}"


def problem_i(fel: UnreadableInput) -> tuple[Problem, ...]:
    """What refuses the inputs, and what is to be looked at; not what is only said in passing."""
    return tuple(ett for ett in fel.problem if ett.nivå != "upplysning")
