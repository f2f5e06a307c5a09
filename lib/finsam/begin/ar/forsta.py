"""The first report of its kind: begun from the förbund's settings and from its report of another kind, if it has one.

What lies in the year's folder already is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from finsam.begin.ar.besked import om_insatsslag, om_öppnandet
from finsam.begin.ar.blad import Blad
from finsam.begin.ar.mapp import (
    EGNA_FILER,
    Mapp,
    andra_bokföringar,
    andra_än,
    bokföringsfiler,
    finns_redan,
    krock_med_planen,
    rapporter_per_år,
    read_årets_bokföring,
    se_mappen,
    skrivs_inte_över,
    öppna_rapporter,
)
from finsam.begin.ar.ur_arsredovisning import plan_ur_årsredovisning
from finsam.begin.ar.ur_plan import årsredovisning_ur_plan
from finsam.begin.forbund import TEXTER, anteckningar, kontoplan_csv
from finsam.begin.forslag import Förslag, Svar, föreslå
from finsam.begin.forslagsrader import Slag
from finsam.begin.nytt import Nytt, arbetsbok, write_filer
from finsam.begin.texter import starttexter
from finsam.begin.underlag import startunderlag
from finsam.model.bokforing import Bokföring
from finsam.model.forbund import Förbund
from finsam.model.ord import uppräkning
from finsam.model.problem import UnreadableInput
from finsam.model.rapport import VERKSAMHETSPLAN, Rapportslag, för_slaget
from finsam.model.underlag import (
    BLAD,
    PLANBLAD,
    Insats,
    Målområde,
    Målrad,
    Planmål,
    Underlag,
    Underlagsrad,
)
from finsam.read.forbund import read_forbund
from finsam.read.normalkontoplan import kontoplanstyp
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag
from finsam.report.bok import Bok

UR_BOKFÖRINGEN = ("noter", "kostnadsfördelning", "driftredovisning")
"""The settings that follow from a kontoplan."""


@dataclass(frozen=True, slots=True)
class Inställt:
    """The settings of the new report, and the files of them that the year is to have of its own."""

    förslag: Förslag
    filer: Mapping[str, bytes]


def första_rapport(
    förbund: str,
    år: int,
    slag: Rapportslag,
    inputs: Path,
    från: int | None = None,
    bokföring: Path | None = None,
    föregående: Path | None = None,
    insatsslag: Mapping[str, Slag] | None = None,
) -> Nytt:
    """Begin a report from the latest report of another kind (`från`: of that year), else from the settings alone.

    `insatsslag` says what kind of insats an objekt of the ledger is ("6:A"). Raises UnreadableInput with every problem,
    and then nothing is written.
    """
    per_år = rapporter_per_år(inputs, förbund)
    if slag in per_år.get(år, ()):
        raise UnreadableInput([finns_redan(inputs, förbund, år, slag)])
    bok = _källa(inputs, förbund, år, slag, per_år, från)
    mapp = se_mappen(inputs, förbund, år, [slag])
    läst = read_årets_bokföring(bokföring, mapp, år)
    inställt = _inställt(inputs / förbund, slag, bok, mapp, läst, insatsslag or {})
    bladen = _bladen(bok, inställt.förslag, år, slag)
    fb, krav = inställt.förslag.förbund, för_slaget(TEXTER, slag, "TEXTER i begin/forbund.py")
    medlemmar = [medlem for medlem in fb.medlemmar if medlem.är_med_under(år)]
    filer = {
        **(bokföringsfiler(inputs / förbund, år, bokföring, föregående, mapp, läst) if slag.har_bokföring else {}),
        **_egna_filer(inputs / förbund, bok, år),
        **inställt.filer,
        f"{slag.textprefix}underlag.xlsx": arbetsbok(_underlag(bladen), _väntar(bladen)),
        **{f"text/{namn}.md": text.encode() for namn, text in starttexter(krav, fb.namn, medlemmar).items()},
    }
    if not slag.har_bokföring and bokföring is not None:
        filer[f"bokforing{bokföring.suffix.lower()}"] = bokföring.read_bytes()
    nya = _nya(filer, mapp, slag, bokföring, inputs, förbund, år)
    write_filer(mapp.sökväg, nya)
    besked = (
        *_om_källan(bok, slag, år, bladen),
        *_om_inställningar(inställt, mapp, nya, år),
        *(om_insatsslag(insatsslag) if not inställt.filer else ()),
        *anteckningar(inställt.förslag, läst, slag, []),
        *_om_arbetsboken(slag, mapp, nya),
        *om_öppnandet(inputs, förbund, år, [slag] if läst or not slag.har_bokföring else []),
    )
    return Nytt(mapp.sökväg, slag, tuple(f"{förbund}/{år}/{namn}" for namn in nya), besked)


# What it begins from


def _källa(
    inputs: Path, förbund: str, år: int, slag: Rapportslag, per_år: Mapping[int, list[Rapportslag]], från: int | None
) -> Bok | None:
    """The latest report of another kind until the year itself; None when there is none."""
    andra = {ett: [annat for annat in rapporter if annat is not slag] for ett, rapporter in per_år.items()}
    källår = från if från is not None else max((ett for ett, s in andra.items() if s and ett <= år), default=None)
    if källår is None or not andra.get(källår):
        return None
    return next(iter(öppna_rapporter(inputs, förbund, källår, andra[källår][:1]).values()))


def _inställt(
    mapp: Path, slag: Rapportslag, bok: Bok | None, ny: Mapp, läst: Bokföring | None, insatsslag: Mapping[str, Slag]
) -> Inställt:
    """The förbund's settings; what they lack of an årsredovisning is proposed, for the year, from its ledger."""
    fb = bok.år.förbund if bok else _read_inställningar(mapp)
    typ = (kontoplanstyp(läst.konton.values(), läst.kontoplanstyp) if läst else None) or fb.kontoplan
    svar = Svar(fb.slug, fb.namn, fb.kortnamn, fb.orgnr, typ, fb.medlemmar, insatsslag)
    utan_bokföring = föreslå(svar, None)
    if not slag.har_bokföring or not _behöver_kontoplan(mapp, ny, läst, utan_bokföring):
        return Inställt(replace(utan_bokföring, förbund=fb, kontoplan=(), insatser=()), {})
    förslag = föreslå(svar, läst)
    egna = {nyckel: getattr(förslag.förbund, nyckel) for nyckel in UR_BOKFÖRINGEN} | {"kontoplan": typ}
    förslag = replace(förslag, förbund=fb.model_copy(update=egna))
    data = förslag.förbund.model_dump(mode="json", exclude_defaults=True, include=set(egna))
    yml = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return Inställt(förslag, {"kontoplan.csv": kontoplan_csv(förslag).encode("utf-8-sig"), "forbund.yml": yml.encode()})


def _read_inställningar(mapp: Path) -> Förbund:
    fb, problem = read_forbund(mapp / "forbund.yml", mapp.name, f"{mapp.name}/forbund.yml")
    if fb is None:
        raise UnreadableInput(problem)
    return fb


def _behöver_kontoplan(mapp: Path, ny: Mapp, läst: Bokföring | None, utan_bokföring: Förslag) -> bool:
    """Whether there is no kontoplan, or only the one that was begun with before there was a ledger."""
    if any((ny.sökväg / namn).is_file() for namn in EGNA_FILER):
        return False
    fil = mapp / "kontoplan.csv"
    orörd = kontoplan_csv(utan_bokföring).encode("utf-8-sig")
    return not fil.is_file() or (läst is not None and fil.read_bytes() == orörd)


def _egna_filer(mapp: Path, bok: Bok | None, år: int) -> dict[str, bytes]:
    """The settings that the year it begins from has of its own."""
    if bok is None or bok.år.årtal == år:
        return {}
    källa = mapp / bok.år.period
    return {namn: (källa / namn).read_bytes() for namn in EGNA_FILER if (källa / namn).is_file()}


# What it begins with


def _bladen(bok: Bok | None, förslag: Förslag, år: int, slag: Rapportslag) -> dict[type[Underlagsrad], Blad]:
    if bok is None:
        start, väntar = startunderlag(förslag, år, slag)
        return {k: Blad(getattr(start, I_UNDERLAGET[k]), tuple(map(dict, väntar.get(k, ())))) for k in BLAD}
    if slag is VERKSAMHETSPLAN:
        return plan_ur_årsredovisning(bok, år)
    return årsredovisning_ur_plan(bok, år, förslag)


def _underlag(bladen: Mapping[type[Underlagsrad], Blad]) -> Underlag:
    return Underlag.model_validate({I_UNDERLAGET[klass]: blad.rader for klass, blad in bladen.items()})


def _väntar(bladen: Mapping[type[Underlagsrad], Blad]) -> dict[type[Underlagsrad], tuple[dict[str, object], ...]]:
    return {klass: (*blad.väntar, *blad.förra) for klass, blad in bladen.items() if blad.väntar or blad.förra}


def _nya(
    filer: Mapping[str, bytes],
    mapp: Mapp,
    slag: Rapportslag,
    given: Path | None,
    inputs: Path,
    förbund: str,
    år: int,
) -> dict[str, bytes]:
    """The files that are not there. Raises UnreadableInput for another ledger in the folder, or nothing to write."""
    bokfört = {namn: data for namn, data in filer.items() if namn.startswith("bokforing")}
    i_vägen = [*andra_än(mapp, bokfört), *andra_bokföringar(mapp, given, filer)]
    problem = [*krock_med_planen(mapp), *skrivs_inte_över(mapp, i_vägen)]
    egen = not _har_planens_arbetsbok(mapp, slag)
    nya = {namn: data for namn, data in filer.items() if not (mapp.sökväg / namn).exists()}
    nya = {namn: data for namn, data in nya.items() if egen or not namn.endswith("underlag.xlsx")}
    if not problem and not nya:
        problem = [finns_redan(inputs, förbund, år, slag)]
    if problem:
        raise UnreadableInput(problem)
    return nya


def _har_planens_arbetsbok(mapp: Mapp, slag: Rapportslag) -> bool:
    """Whether underlag.xlsx has a plan's sheets already: then the two reports share it, or the plan goes on with it."""
    fil = mapp.sökväg / "underlag.xlsx"
    if not fil.is_file():
        return False
    if slag.har_bokföring:
        return mapp.planens is not None
    läst = read_underlag(fil, fil.name)[0]
    return any(getattr(läst, I_UNDERLAGET[klass]) for klass in PLANBLAD)


# What to tell


def _om_källan(bok: Bok | None, slag: Rapportslag, år: int, bladen: Mapping[type[Underlagsrad], Blad]) -> Iterator[str]:
    if bok is None:
        yield f"{slag.bestämd.capitalize()} utgår från förbundets inställningar; det finns inget år att hämta ur."
        return
    källa = f"{bok.år.rapport.bestämd} {bok.år.årtal}"
    ord_: dict[type[Underlagsrad], str] = {
        Insats: "insatser",
        Målområde: "målområden",
        Målrad: "mål",
        Planmål: "mål och mätpunkter",
    }
    tagna = [f"{len(bladen[k].rader)} {vad}" for k, vad in ord_.items() if bladen[k].rader]
    yield f"Utgår från {källa}: {uppräkning(['medlemmar', *tagna])}."
    if slag is VERKSAMHETSPLAN:
        yield (
            f"I Budgetplan finns raderna, utan belopp. Under dem står hur det blev {bok.år.årtal}; det läses inte. "
            f"Fyll i {år}, {år + 1} och {år + 2}."
        )
        insatsmål = sum(1 for mål in bok.år.underlag.mål if not mål.område)
        if insatsmål:
            yield f"Insatsernas egna mål ({insatsmål} st) följer inte med: de hör till inget målområde."
        yield "Texterna om insatserna är årsredovisningens. Planens heter vp_insats_<id>.md i mappen text."
    elif bok.år.årtal == år:
        yield f"Budget, medlemsbidrag och insatsernas tid och budget är hämtade ur {källa}."
    väntar = [rad for rad in bladen[Insats].väntar if rad.get("slag")]
    if väntar and slag.har_bokföring:
        vilka = uppräkning([f"{rad['namn']} ({rad['funktion']})" for rad in väntar])
        yield (
            f"I bladet Insatser väntar {vilka}: kostnadsfördelningen har inget sådant. Skriv gruppen och insatsens "
            "namn som funktion för dess konto i kontoplan.csv, till exempel individ.Teamet, och ta bort # före raden."
        )


def _om_inställningar(inställt: Inställt, mapp: Mapp, nya: Mapping[str, bytes], år: int) -> Iterator[str]:
    if egna := [namn for namn in inställt.filer if namn in nya]:
        yield (
            f"{uppräkning(egna)} i {mapp.namn} är föreslagna för {år}: kontoplan, noter, kostnadsfördelning och "
            "driftredovisning. Förbundets egna filer är orörda."
        )


def _om_arbetsboken(slag: Rapportslag, mapp: Mapp, nya: Mapping[str, bytes]) -> Iterator[str]:
    if f"{slag.textprefix}underlag.xlsx" not in nya:
        yield f"underlag.xlsx i {mapp.namn} fanns redan och är orörd. Fyll i det som fattas för {slag.bestämd} där."
