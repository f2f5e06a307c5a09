"""`finsam nytt` for a förbund that is there: a new year's folder, made from an earlier year's.

Nothing that is there is written over, and nothing is changed in the earlier year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam.begin.ar.besked import (
    har_föregående,
    om_bokföringen,
    om_inställningar,
    om_planens_arbetsbok,
    om_texter,
    om_öppnandet,
)
from finsam.begin.ar.texter import rulla_texter
from finsam.begin.ar.underlag import RullatUnderlag, rulla_underlag
from finsam.begin.nytt import Nytt, arbetsbok, write_filer
from finsam.model.bokforing import Bokföring
from finsam.model.ord import uppräkning
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag, rapportslag
from finsam.model.underlag import PLANBLAD, Underlag
from finsam.oppna import öppna
from finsam.read.arsmapp import DELADE, check_förbund, finns
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


def nytt_år(
    förbund: str,
    år: int,
    inputs: Path,
    från: int | None = None,
    bokföring: Path | None = None,
    föregående: Path | None = None,
) -> Nytt:
    """Make `inputs/<förbund>/<år>` from an earlier year: `från`, else the latest with an årsredovisning, else a plan.

    `bokföring` is the year's ledger and `föregående` that of the year before, to be copied; a ledger that lies in the
    folder is used. Raises UnreadableInput with every problem, and then nothing is written.
    """
    check_förbund(inputs, förbund)
    källår, rapporter = _välj_år(inputs, förbund, år, från)
    böcker = _öppna(inputs, förbund, källår, rapporter)
    mapp = _se_mappen(inputs, förbund, år, rapporter)
    if mapp.plan:
        böcker = {slag: bok for slag, bok in böcker.items() if slag is not VERKSAMHETSPLAN}
    läst = _läs_bokföring(bokföring, mapp, år)
    rullade = _rulla_arbetsböcker(böcker, år, läst, mapp.plan)
    avslutade = {insats for rullat in rullade.values() for insats in rullat.avslutade}
    texter = rulla_texter(böcker, inputs / förbund / str(källår) / "text", avslutade, har_bokföring=läst is not None)
    filer = {
        **_bokföringsfiler(inputs / förbund, år, bokföring, föregående, mapp, läst),
        **{namn: fil.read_bytes() for namn in EGNA_FILER if (fil := inputs / förbund / str(källår) / namn).is_file()},
        **{namn: arbetsbok(rullat.underlag, rullat.väntar) for namn, rullat in rullade.items()},
        **{f"text/{namn}.md": rullad.text.encode() for namn, rullad in texter.items()},
    }
    nya = _utan_krockar(filer, mapp, bokföring)
    write_filer(mapp.sökväg, nya)
    bok = next(iter(böcker.values()))
    besked = (
        f"Utgår från {källår}: {' och '.join(slag.bestämd for slag in böcker)}.",
        *om_bokföringen(bok, år, läst, list(nya)),
        *(text for rullat in rullade.values() for text in (rullat.att_säga if mapp.planens is None else ())),
        *om_planens_arbetsbok(mapp.planens, mapp.plan, rullade),
        *om_texter(texter),
        *om_inställningar(bok.år.förbund, år),
        *_om_andra_planer(_åren(inputs, förbund), år, källår),
        *om_öppnandet(inputs, förbund, år, [slag for slag in böcker if läst or not slag.har_bokföring]),
    )
    return Nytt(mapp.sökväg, bok.år.rapport, tuple(f"{förbund}/{år}/{namn}" for namn in nya), besked)


# The earlier year


def _åren(inputs: Path, förbund: str) -> dict[int, list[Rapportslag]]:
    """The years with the reports there are inputs for."""
    åren: dict[int, list[Rapportslag]] = {}
    for vem, när, rapport in finns(inputs):
        if vem == förbund:
            åren.setdefault(när, []).append(rapportslag(rapport))
    return åren


def _välj_år(inputs: Path, förbund: str, år: int, från: int | None) -> tuple[int, list[Rapportslag]]:
    """The year to start from and its reports. Raises UnreadableInput when there is none, with those there are."""
    if not 2000 <= år <= 2099:
        raise UnreadableInput(
            [Problem("fel", f"Året {år} är orimligt. Skriv det med fyra siffror, till exempel 2026.")]
        )
    alla = _åren(inputs, förbund)
    åren = {ett: rapporter for ett, rapporter in alla.items() if ett < år}
    if not åren or (från is not None and från not in åren):
        vilket = f"år före {år}" if från is None else f"år {från} före {år}"
        där = ", ".join(map(str, alla)) or "inga"
        text = f"{förbund} har inget {vilket} att utgå från. År med bokföring eller verksamhetsplan: {där}."
        raise UnreadableInput([Problem("fel", text)])
    med_bok = [ett for ett, rapporter in åren.items() if ÅRSREDOVISNING in rapporter]
    valt = från if från is not None else max(med_bok or åren)
    return valt, åren[valt]


def _om_andra_planer(åren: Mapping[int, list[Rapportslag]], år: int, källår: int) -> Iterator[str]:
    """A later year that only has a plan was passed over; that may be the one that was meant."""
    if planer := [ett for ett in åren if källår < ett < år]:
        yield f"Verksamhetsplanen {max(planer)} är inte med. Ett nytt planår görs ur den: --fran {max(planer)}."


def _öppna(inputs: Path, förbund: str, år: int, rapporter: list[Rapportslag]) -> dict[Rapportslag, Bok]:
    """The earlier year's reports. Raises UnreadableInput with what is wrong in its files."""
    try:
        return {slag: öppna(förbund, år, slag.id, inputs=inputs) for slag in rapporter}
    except UnreadableInput as fel:
        text = f"Året {år} kan inte läsas, så inget nytt år kan göras ur det. Rätta det först."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}"), *fel.problem]) from None


# The new year's folder


def _se_mappen(inputs: Path, förbund: str, år: int, rapporter: list[Rapportslag]) -> Mapp:
    """What lies in the folder. Raises UnreadableInput when there are many ledgers, or a plan that cannot be read."""
    sökväg = inputs / förbund / str(år)
    bokföringar = tuple(hitta_bokföring(sökväg))
    if len(bokföringar) > 1:
        namnen = ", ".join(fil.name for fil in bokföringar)
        text = f"Mappen har flera bokföringsfiler ({namnen}). Behåll bara den som gäller."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}")])
    if ÅRSREDOVISNING not in rapporter or VERKSAMHETSPLAN not in _åren(inputs, förbund).get(år, ()):
        return Mapp(sökväg, bokföringar, None, None)
    try:
        plan = öppna(förbund, år, VERKSAMHETSPLAN.id, inputs=inputs)
    except UnreadableInput as fel:
        text = f"Verksamhetsplanen {år} kan inte läsas. Rätta den först."
        raise UnreadableInput([Problem("fel", text, f"{förbund}/{år}"), *fel.problem]) from None
    läst = read_underlag(sökväg / "underlag.xlsx", "underlag.xlsx")[0]
    planens = any(getattr(läst, I_UNDERLAGET[klass]) for klass in PLANBLAD)
    return Mapp(sökväg, bokföringar, plan, läst if planens and not (läst.budget or läst.mål) else None)


def _läs_bokföring(given: Path | None, mapp: Mapp, år: int) -> Bokföring | None:
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


def _bokföringsfiler(
    mapp: Path, år: int, given: Path | None, föregående: Path | None, ny: Mapp, läst: Bokföring | None
) -> dict[str, bytes]:
    """The ledger that was given, and last year's where the year's own does not have that year."""
    filer = {} if given is None else {f"bokforing{given.suffix.lower()}": given.read_bytes()}
    förra = hitta_bokföring(mapp / str(år - 1))
    saknas = läst is None or not har_föregående(läst)
    if föregående is not None:
        _läs(föregående, år - 1)
    elif saknas and len(förra) == 1 and not hitta_bokföring(ny.sökväg, "foregaende"):
        föregående = förra[0]
    if föregående is not None:
        filer[f"foregaende{föregående.suffix.lower()}"] = föregående.read_bytes()
    return filer


def _rulla_arbetsböcker(
    böcker: Mapping[Rapportslag, Bok], år: int, läst: Bokföring | None, plan: Bok | None
) -> dict[str, RullatUnderlag]:
    """The workbooks by name: one, or two if the earlier year had two; a plan's beside a ledger begins with vp_."""
    grupper: dict[str, dict[Rapportslag, Bok]] = {}
    for slag, bok in böcker.items():
        egen = läst is not None and ÅRSREDOVISNING not in böcker
        namn = f"{slag.textprefix}underlag.xlsx" if egen else Path(bok.år.underlag.fil).name
        grupper.setdefault(namn, {})[slag] = bok
    return {namn: rulla_underlag(grupp, år, läst, plan, namn) for namn, grupp in grupper.items()}


def _utan_krockar(filer: Mapping[str, bytes], mapp: Mapp, given: Path | None) -> dict[str, bytes]:
    """The files to write: not those that are there as they would be written, nor settings and a plan's workbook.

    Raises UnreadableInput when any other is there, with all of them, and when there is nothing to write.
    """
    behålls = {*EGNA_FILER, *(["underlag.xlsx"] if mapp.planens else [])}
    där = {namn: mapp.sökväg / namn for namn in filer if (mapp.sökväg / namn).exists()}
    nya = {namn: data for namn, data in filer.items() if namn not in där}
    ändrade = [n for n, fil in där.items() if n not in behålls and (not fil.is_file() or fil.read_bytes() != filer[n])]
    if given is not None:
        ändrade += [fil.name for fil in mapp.bokföringar if fil.name not in filer]
    problem = []
    if delade := [namn for namn in _delade(mapp) if mapp.plan]:
        byt = uppräkning([f"{namn} till {VERKSAMHETSPLAN.textprefix}{namn}" for namn in delade])
        text = f"Året har en verksamhetsplan. Byt namn på dess ord om insatser och målområden: {byt}."
        if mapp.planens:
            eget = f"{VERKSAMHETSPLAN.textprefix}underlag.xlsx"
            text += f" Byt också underlag.xlsx till {eget}, annars behöver de två dela på den."
        problem.append(Problem("fel", text, mapp.namn))
    if ändrade := [namn for namn in ändrade if namn.removeprefix("text/") not in delade]:
        text = f"Filerna finns redan och skrivs inte över: {', '.join(ändrade)}. Flytta dem om året ska göras på nytt."
        problem.append(Problem("fel", text, mapp.namn))
    elif not nya:
        text = f"Allt som skulle skrivas finns redan: {', '.join(där)}."
        problem.append(Problem("fel", text, mapp.namn))
    if problem:
        raise UnreadableInput(problem)
    return nya


def _delade(mapp: Mapp) -> list[str]:
    texter = mapp.sökväg / "text"
    return sorted(fil.name for fil in texter.glob("*.md") if fil.name.startswith(DELADE)) if texter.is_dir() else []
