"""The folders of a förbund that is there: what its years hold, and what lies in the one that is to be made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam.begin.ar.besked import har_föregående
from finsam.model.bokforing import Bokföring
from finsam.model.ord import uppräkning
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import RAPPORTER, VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag, rapportslag
from finsam.model.underlag import PLANBLAD, Underlag
from finsam.oppna import öppna
from finsam.read.arsmapp import DELADE, finns, är_planens
from finsam.read.bokforing import ÄNDELSER, hitta_bokföring, read_bokföring
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag
from finsam.report.bok import Bok

EGNA_FILER = ("forbund.yml", "kontoplan.csv")
"""Settings that a year may have of its own; the new year then has them too."""


@dataclass(frozen=True, slots=True)
class Mapp:
    """The new year's folder and what lies in it already: a ledger, and perhaps a verksamhetsplan.

    `planens` is the workbook underlag.xlsx when it is the plan's.
    """

    sökväg: Path
    bokföringar: tuple[Path, ...]
    plan: Bok | None
    planens: Underlag | None

    @property
    def namn(self) -> str:
        """The folder as messages call it."""
        return f"{self.sökväg.parent.name}/{self.sökväg.name}"


def rapporter_per_år(inputs: Path, förbund: str) -> dict[int, list[Rapportslag]]:
    """The years with the reports there are inputs for."""
    åren: dict[int, list[Rapportslag]] = {}
    for vem, när, rapport in finns(inputs):
        if vem == förbund:
            åren.setdefault(när, []).append(rapportslag(rapport))
    return åren


def öppna_rapporter(inputs: Path, förbund: str, år: int, rapporter: list[Rapportslag]) -> dict[Rapportslag, Bok]:
    """The earlier year's reports. Raises UnreadableInput with what is wrong in its files."""
    try:
        return {slag: öppna(förbund, år, slag.id, inputs=inputs) for slag in rapporter}
    except UnreadableInput as fel:
        text = f"Året {år} kan inte läsas, så inget nytt år kan göras ur det. Rätta det först."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}"), *fel.problem]) from None


def se_mappen(inputs: Path, förbund: str, år: int, rapporter: list[Rapportslag]) -> Mapp:
    """What lies in the folder. Raises UnreadableInput when there are many ledgers, or a plan that cannot be read."""
    sökväg = inputs / förbund / str(år)
    bokföringar = tuple(hitta_bokföring(sökväg))
    if len(bokföringar) > 1:
        namnen = ", ".join(fil.name for fil in bokföringar)
        text = f"Mappen har flera bokföringsfiler ({namnen}). Behåll bara den som gäller."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}")])
    if ÅRSREDOVISNING not in rapporter or VERKSAMHETSPLAN not in rapporter_per_år(inputs, förbund).get(år, ()):
        return Mapp(sökväg, bokföringar, None, None)
    try:
        plan = öppna(förbund, år, VERKSAMHETSPLAN.id, inputs=inputs)
    except UnreadableInput as fel:
        text = f"Verksamhetsplanen {år} kan inte läsas. Rätta den först."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}"), *fel.problem]) from None
    läst = read_underlag(sökväg / "underlag.xlsx", "underlag.xlsx")[0]
    planens = any(getattr(läst, I_UNDERLAGET[klass]) for klass in PLANBLAD)
    return Mapp(sökväg, bokföringar, plan, läst if planens and not (läst.budget or läst.mål) else None)


def read_årets_bokföring(given: Path | None, mapp: Mapp, år: int) -> Bokföring | None:
    """The year's ledger: as given, or as it lies in the folder. Raises UnreadableInput when it cannot be used."""
    if given is not None and given.suffix.lower() not in ÄNDELSER:
        text = f"Filen slutar inte på {', '.join(ÄNDELSER)}. Är det en export ur ekonomisystemet?"
        raise UnreadableInput([Problem("fel", text, given.name)])
    fil = given or (mapp.bokföringar[0] if mapp.bokföringar else None)
    return None if fil is None else _läs(fil, år)


def _läs(fil: Path, år: int) -> Bokföring:
    läst, problem = read_bokföring(fil, fil.name, år)
    fel = [ett for ett in problem if ett.nivå == "fel"]
    if läst is not None and 0 in läst.år and läst.år[0].slut.year != år:
        slut = läst.år[0].slut.isoformat()
        fel.append(Problem("fel", f"Filen är för räkenskapsåret som slutar {slut}, inte {år}.", fil.name))
    if läst is None or fel:
        raise UnreadableInput(fel or problem)
    return läst


def bokföringsfiler(
    mapp: Path, år: int, given: Path | None, föregående: Path | None, ny: Mapp, läst: Bokföring | None
) -> dict[str, bytes]:
    """The ledger that was given, and last year's where the year's own does not have that year, or not its objekt."""
    filer = {} if given is None else {f"bokforing{given.suffix.lower()}": given.read_bytes()}
    förra = hitta_bokföring(mapp / str(år - 1))
    saknas = läst is None or not har_föregående(läst) or _bara_totaler(läst, förra, år)
    if föregående is not None:
        _läs(föregående, år - 1)
    elif saknas and len(förra) == 1 and not hitta_bokföring(ny.sökväg, "foregaende"):
        föregående = förra[0]
    if föregående is not None:
        filer[f"foregaende{föregående.suffix.lower()}"] = föregående.read_bytes()
    return filer


def _bara_totaler(läst: Bokföring, förra: list[Path], år: int) -> bool:
    """Whether last year has only totals in the ledger, as SIE 4 allows, but objekt in the file of its own."""
    if not läst.år[0].objekt or läst.år[-1].objekt or len(förra) != 1:
        return False
    egen = read_bokföring(förra[0], förra[0].name, år - 1)[0]
    return egen is not None and 0 in egen.år and bool(egen.år[0].objekt)


def finns_redan(inputs: Path, förbund: str, år: int, slag: Rapportslag) -> Problem:
    """That there is nothing to make, and what can be done instead."""
    alla, mapp = rapporter_per_år(inputs, förbund), inputs / förbund / str(år)
    övriga = [ett for ett in RAPPORTER.values() if ett is not slag]
    gjorda = [e for e in övriga if e in alla.get(år, ()) or (mapp / f"{e.textprefix}underlag.xlsx").is_file()]
    bort = f"mappen {förbund}" if set(alla) <= {år} else f"mappen {förbund}/{år}"
    if gjorda:
        början = VERKSAMHETSPLAN.textprefix
        bort = f"de filer i {förbund}/{år} som {'' if slag.textprefix else 'inte '}börjar på {början}"
    kommandon = [f"finsam nytt {förbund} {max([år, *alla]) + 1}"]
    kommandon += [f"finsam nytt {förbund} {år} {ett.id}" for ett in övriga if ett not in gjorda]
    text = (
        f"Förbundet finns, och {slag.bestämd} {år} har allt som nytt skriver: ta bort {bort} om den ska göras på nytt, "
        f"eller rätta forbund.yml och årets filer. Annat görs med {uppräkning(kommandon, 'eller')}."
    )
    return Problem("fel", text, f"{förbund}/{år}")


def krock_med_planen(mapp: Mapp) -> Iterator[Problem]:
    """Words of the year's plan that its årsredovisning would take for its own."""
    if not mapp.plan or not (namnen := delade(mapp)):
        return
    byt = uppräkning([f"{namn} till {VERKSAMHETSPLAN.textprefix}{namn}" for namn in namnen])
    text = f"Året har en verksamhetsplan. Byt namn på dess ord om insatser och målområden: {byt}."
    if mapp.planens:
        eget = f"{VERKSAMHETSPLAN.textprefix}underlag.xlsx"
        text += f" Byt också underlag.xlsx till {eget}, annars behöver de två dela på den."
    yield Problem("fel", text, mapp.namn)


def skrivs_inte_över(mapp: Mapp, namnen: Collection[str]) -> Iterator[Problem]:
    """That files are in the way."""
    if namnen:
        text = f"Filerna finns redan och skrivs inte över: {', '.join(namnen)}. Flytta dem om året ska göras på nytt."
        yield Problem("fel", text, mapp.namn)


def andra_än(mapp: Mapp, filer: Mapping[str, bytes]) -> list[str]:
    """Of the files to be written those that are there with other words in them."""
    där = {namn: mapp.sökväg / namn for namn in filer}
    return [n for n, fil in där.items() if fil.exists() and (not fil.is_file() or fil.read_bytes() != filer[n])]


def andra_bokföringar(mapp: Mapp, given: Path | None, filer: Mapping[str, bytes]) -> list[str]:
    """A ledger that is there under another name than the one that was given is to have."""
    return [fil.name for fil in mapp.bokföringar if given is not None and fil.name not in filer]


def delade(mapp: Mapp) -> list[str]:
    """The plan's words on insatser and målområden that do not say that they are its own."""
    texter = mapp.sökväg / "text"
    if not texter.is_dir() or not är_planens(mapp.sökväg):
        return []
    return sorted(fil.name for fil in texter.glob("*.md") if fil.name.startswith(DELADE))
