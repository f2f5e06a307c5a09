"""A förbund's year: every file of its inputs folder, read at once so that all problems are told together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from finsam.model.bildfil import Bildfil
from finsam.model.bokforing import Bokföring
from finsam.model.forbund import Förbund, Kontoplan
from finsam.model.ord import uppräkning, versal
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår, Textfil
from finsam.model.rapport import (
    BOKFÖRING,
    RAPPORTER,
    VERKSAMHETSPLAN,
    ÅRSREDOVISNING,
    Rapportslag,
    rapportslag,
    textens_slag,
)
from finsam.model.underlag import PLANBLAD, Underlag
from finsam.read.bildfil import read_bildfil
from finsam.read.bokforing import ÄNDELSER, hitta_bokföring, read_bokföring
from finsam.read.forbund import read_forbund
from finsam.read.foregaende import NAMN, bara_föregående, check_förra_mappen, med_föregående
from finsam.read.indata import förslag, kort, osynliga_tecken, read_text
from finsam.read.kontoplan import read_kontoplan
from finsam.read.ledger.problem import GODTAGBART, INLÄSNING
from finsam.read.mapp import check_mapp, hitta_fil, menar, textfiler, textmapp, textnamn, är_gömd, är_slug
from finsam.read.normalkontoplan import namnge
from finsam.read.publicerat import read_publicerat
from finsam.read.textmarke import EJ_SKRIVEN, read_märke
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag

INPUTS_VARIABEL = "FINSAM_INPUTS"
HÖGST_TEXT = 200_000
"""Bytes of a text; a long chapter is a tenth of it."""


def hitta_inputs(inputs: Path | str | None = None) -> Path:
    """The inputs folder: as given, by FINSAM_INPUTS, or the nearest `inputs` from the working folder upwards."""
    if given := inputs or os.environ.get(INPUTS_VARIABEL):
        return Path(given)
    for mapp in (Path.cwd(), *Path.cwd().parents):
        if (mapp / "inputs").is_dir():
            return mapp / "inputs"
    raise UnreadableInput([Problem("fel", "Mappen inputs finns inte här eller ovanför. Ange den med --inputs.")])


def check_inputs(rot: Path) -> None:
    """The inputs folder is there: one that is spelled wrong is not an empty one. Raises UnreadableInput."""
    if not rot.is_dir():
        vad = "är en fil" if rot.exists() else "finns inte"
        text = f"Mappen {rot} {vad}. Ange mappen med förbundens underlag med --inputs."
        raise UnreadableInput([Problem("fel", text)])


def finns(inputs: Path | None) -> list[tuple[str, int, str]]:
    """Every report there is input for: förbund, år and rapport, in order."""
    rot = hitta_inputs(inputs)
    mappar = sorted(m for m in rot.glob("[!.]*/[0-9][0-9][0-9][0-9]") if m.is_dir())
    return [(mapp.parent.name, int(mapp.name), slag.id) for mapp in mappar for slag in _rapporter_i(mapp)]


def rapporten(förbund: str, år: int, inputs: Path | None) -> str:
    """The report that is meant when none is named: the årsredovisning, but where a year has input for another alone."""
    mapp = hitta_inputs(inputs) / förbund / str(år)
    finns_här = _rapporter_i(mapp) if är_slug(förbund) and mapp.is_dir() else []
    return finns_här[0].id if len(finns_här) == 1 else ÅRSREDOVISNING.id


def _rapporter_i(mapp: Path) -> list[Rapportslag]:
    return [slag for slag in RAPPORTER.values() if _har_underlag(mapp, slag)]


def _har_underlag(mapp: Path, slag: Rapportslag) -> bool:
    """Whether a year's folder has what tells that a report is to be made: its ledger, and texts of its own."""
    if slag.har_bokföring and not hitta_bokföring(mapp):
        return False
    return not slag.textprefix or any(textens_slag(textnamn(fil)) is slag for fil in textfiler(textmapp(mapp)))


def read_räkenskapsår(
    förbund: str, år: int, inputs: Path | str | None = None, rapport: str = ÅRSREDOVISNING.id
) -> Räkenskapsår:
    """Read everything for a report of a förbund and a year. Raises UnreadableInput with every problem of level fel."""
    rot = hitta_inputs(inputs)
    _check_mappar(rot, förbund, år)
    slag = rapportslag(rapport)
    årsmapp = rot / förbund / str(år)
    filer = {namn: _hitta_fil(rot / förbund, år, namn, slag) for namn in slag.filer}
    finns = {namn: fil for namn, fil in filer.items() if fil.is_file()}
    årets, publicerad = hitta_fil(årsmapp, "forbund.yml"), hitta_fil(årsmapp, "publicerat.yml")

    fb, förbundets = _read_forbund(finns.get("forbund.yml"), årets, förbund, rot)
    kontoplan, kontoplanens = _read_kontoplan(finns.get("kontoplan.csv"), fb, rot)
    fb = fb and fb.med_nya_rader(kontoplan.nya)
    underlag, underlagets = _read_underlag(finns.get("underlag.xlsx"), rot)
    bokföring, bokföringens = _read_bokföring(finns.get(BOKFÖRING), år, fb, underlag, rot)
    if BOKFÖRING in slag.filer and BOKFÖRING not in finns:
        bokföring, bokföringens = _före(årsmapp, år, underlag, rot)
    texter, texternas = _read_texter(textmapp(årsmapp), rot, slag)
    publicerat, publicerades = read_publicerat(publicerad, _namn(publicerad, rot))

    bilder, bildernas = _read_bilder(fb, rot)
    väntar = _väntar_på(filer.get(BOKFÖRING))
    krävda = (fil for namn, fil in filer.items() if not (namn == BOKFÖRING and väntar))
    problem = [*_saknade(krävda, rot), *_flera_bokföringar(årsmapp, rot), *förbundets, *kontoplanens]
    problem += [*bokföringens, *underlagets, *texternas, *publicerades, *bildernas]
    problem += _inte_upplagd(årsmapp, slag, underlag)
    if any(ett.nivå == "fel" for ett in problem) or fb is None or underlag is None:
        raise UnreadableInput(problem)
    ej_skrivna = tuple(namn for namn, fil in texter.items() if fil.märke.startswith(EJ_SKRIVEN))
    föregående = hitta_bokföring(årsmapp, NAMN) if BOKFÖRING in slag.filer else ()
    lästa = (
        *filer.values(),
        *föregående,
        *(hitta_bokföring(årsmapp.parent / str(år - 1)) if BOKFÖRING in finns else ()),
        årets,
        *(rot / fil.fil for fil in texter.values()),
        publicerad,
        *(fil for fil, _ in bilder),
    )
    return Räkenskapsår(
        förbund=fb,
        årtal=år,
        kontoplan=kontoplan,
        bokföring=bokföring,
        underlag=underlag,
        texter={namn: fil for namn, fil in texter.items() if namn not in ej_skrivna},
        publicerat=publicerat,
        filer=tuple(fil for fil in lästa if fil.is_file()),
        problem=tuple(problem),
        rapport=slag,
        ej_skrivna=ej_skrivna,
        logotyp=next((bild for fil, bild in bilder if fil.name == fb.logotyp), None),
        omslagsbild=next((bild for _, bild in bilder if bild.alt), None),
    )


def _read_bilder(fb: Förbund | None, rot: Path) -> tuple[list[tuple[Path, Bildfil]], list[Problem]]:
    """The förbund's logotype and cover picture, those that are given."""
    givna = [(fb.logotyp, "")] if fb and fb.logotyp else []
    givna += [(fb.omslagsbild.fil, fb.omslagsbild.alt)] if fb and fb.omslagsbild else []
    bilder: list[tuple[Path, Bildfil]] = []
    problem: list[Problem] = []
    for namn, alt in givna:
        fil = rot / (fb.slug if fb else "") / namn
        bild, fel = read_bildfil(fil, _namn(fil, rot), alt)
        bilder += [(fil, bild)] if bild else []
        problem += fel
    return bilder, problem


DELADE = ("insats_", "malomrade_")
"""How texts begin that more than one kind of report may have."""


def _väntar_på(fil: Path | None) -> bool:
    """Whether the year's ledger is yet to come: there is none, nor a file that could be it under another name."""
    return fil is not None and not fil.is_file() and not _kanske(fil)


def är_planens(årsmapp: Path) -> bool:
    """Whether such texts are a plan's: the year has no ledger, and no workbook of its own beside the plan's."""
    två = all((årsmapp / namn).is_file() for namn in ("underlag.xlsx", f"{VERKSAMHETSPLAN.textprefix}underlag.xlsx"))
    return not hitta_bokföring(årsmapp) and not två


def _saknade(filer: Iterable[Path], rot: Path) -> Iterator[Problem]:
    """The files of the report that are not there."""
    for fil in filer:
        if not fil.is_file():
            text = f"Filen saknas. Lägg den i {_namn(fil.parent, rot)}."
            yield Problem("fel", f"{text}{_kanske(fil)}", _namn(fil, rot))


def _kanske(saknad: Path) -> str:
    """The files beside one that is missing which could be it under another name."""
    annanstans = (textmapp(saknad.parent), saknad.parent.parent)
    if flyttad := next((fil for mapp in annanstans if (fil := hitta_fil(mapp, saknad.name)).is_file()), None):
        return f" Menar du {flyttad.parent.name}/{kort(flyttad.name)}? Flytta den i så fall hit."
    egna = hitta_bokföring(saknad.parent, NAMN)
    andra = [fil for fil in sorted(saknad.parent.iterdir()) if fil.is_file() and not är_gömd(fil) and fil not in egna]
    möjliga = [fil.name for fil in andra if menar(fil.name, (saknad.name,))]
    if not möjliga:
        return ""
    slag = Path(möjliga[0]).suffix.lower()
    nytt = saknad.with_suffix(slag if saknad.name == BOKFÖRING and slag in ÄNDELSER else saknad.suffix).name
    gör = "Döp den i så fall till" if saknad.name == BOKFÖRING or slag == saknad.suffix else "Spara den i så fall som"
    return f" Menar du {uppräkning(map(kort, möjliga[:3]), 'eller')}? {gör} {nytt}."


def _flera_bokföringar(årsmapp: Path, rot: Path) -> Iterator[Problem]:
    """Between two ledgers nothing is chosen."""
    filer = hitta_bokföring(årsmapp)
    if len(filer) > 1:
        namnen = ", ".join(fil.name for fil in filer)
        text = f"Mappen har flera bokföringsfiler ({namnen}). Behåll bara den som gäller."
        yield Problem("fel", text, _namn(årsmapp, rot))


def _inte_upplagd(årsmapp: Path, slag: Rapportslag, underlag: Underlag | None) -> Iterator[Problem]:
    """A plan that nobody has begun is not made of the words and sheets of the year's årsredovisning."""
    if slag.har_bokföring or _har_underlag(årsmapp, slag) or underlag is None:
        return
    egen = hitta_fil(årsmapp, f"{slag.textprefix}underlag.xlsx").is_file()
    if not egen and not any(getattr(underlag, I_UNDERLAGET[klass]) for klass in PLANBLAD):
        förbund, år = årsmapp.parent.name, årsmapp.name
        text = f"{versal(slag.bestämd)} {år} är inte påbörjad. Lägg upp den med finsam nytt {förbund} {år} {slag.id}."
        yield Problem("fel", text, f"{förbund}/{år}")


# Each of these reads one file, if it is there.


def _read_forbund(fil: Path | None, årets: Path, förbund: str, rot: Path) -> tuple[Förbund | None, list[Problem]]:
    """The settings, with those that are the year's own."""
    if fil is None:
        return None, []
    egna = (årets, _namn(årets, rot)) if årets.is_file() else None
    return read_forbund(fil, förbund, _namn(fil, rot), egna)


def _read_kontoplan(fil: Path | None, fb: Förbund | None, rot: Path) -> tuple[Kontoplan, list[Problem]]:
    """The kontoplan, which is read by the förbund's settings; an empty one when it cannot be."""
    if fil is None or fb is None:
        return Kontoplan(()), []
    kontoplan, problem = read_kontoplan(fil, _namn(fil, rot), fb)
    return kontoplan or Kontoplan(()), problem


def _read_underlag(fil: Path | None, rot: Path) -> tuple[Underlag | None, list[Problem]]:
    """The workbook of what is not in the ledger."""
    return (None, []) if fil is None else read_underlag(fil, _namn(fil, rot))


_TOM = Bokföring(namn="", orgnr="", typ="", teckenkod="", program="", konton={}, dimensioner={}, objekt={}, år={})


def _read_bokföring(
    fil: Path | None, år: int, fb: Förbund | None, underlag: Underlag | None, rot: Path
) -> tuple[Bokföring, list[Problem]]:
    """The ledger, which must be for the year, with the year before and the names of its konton.

    An empty one when it cannot be read.
    """
    if fil is None:
        return _TOM, []
    namn, godtagna = _namn(fil, rot), _godtagna(underlag)
    läst, problem = read_bokföring(fil, namn, år, godtagna)
    if läst and 0 in läst.år and läst.år[0].slut.year != år:
        fel = f"Filen är för räkenskapsåret som slutar {läst.år[0].slut.isoformat()}, inte {år}."
        problem.append(Problem("fel", fel, namn))
    läst, problem = med_föregående(läst, problem, fil, namn, år, godtagna)
    problem = [*problem, *check_förra_mappen(läst, fil, namn, år)]
    if läst is None or fb is None:
        return läst or _TOM, problem
    läst, namngivna = namnge(läst, fb.kontoplan)
    return läst, [*problem, *([Problem("upplysning", namngivna, namn)] if namngivna else [])]


def _före(årsmapp: Path, år: int, underlag: Underlag | None, rot: Path) -> tuple[Bokföring, list[Problem]]:
    """What there is before the year's own ledger has come: the year before, from its own file; else an empty one."""
    filer = hitta_bokföring(årsmapp, NAMN)
    if len(filer) != 1:
        return _TOM, []
    läst, problem = bara_föregående(filer[0], _namn(filer[0], rot), år, _godtagna(underlag))
    return läst or _TOM, problem


def _godtagna(underlag: Underlag | None) -> frozenset[str]:
    """What the sheet Undantag says that the ledger may be read in spite of."""
    undantag = underlag.undantag if underlag else ()
    return frozenset(ett.gäller for ett in undantag if ett.kod == INLÄSNING).intersection(GODTAGBART)


def _hitta_fil(mapp: Path, år: int, namn: str, slag: Rapportslag) -> Path:
    """Settings stand in the förbund's folder, what belongs to a year in the year's; a kontoplan may stand in either.

    A report may have its own workbook, which begins as its texts do.
    """
    egen = hitta_fil(mapp / str(år), f"{slag.textprefix}{namn}")
    if namn == "underlag.xlsx" and egen.is_file():
        return egen
    årets = hitta_fil(mapp / str(år), namn)
    if namn == "forbund.yml" or (namn == "kontoplan.csv" and not årets.is_file()):
        return hitta_fil(mapp, namn)
    funna = hitta_bokföring(mapp / str(år)) if namn == BOKFÖRING else []
    return funna[0] if funna else årets


def _namn(fil: Path, rot: Path) -> str:
    return fil.relative_to(rot).as_posix()


def _check_mappar(rot: Path, förbund: str, år: int) -> None:
    """A förbund or year that is not there is one clear problem; so is all in its folders that must not be read."""
    check_år(rot, förbund, år)
    if fel := list(check_mapp(rot, förbund, år)):
        raise UnreadableInput(fel)


def check_år(rot: Path, förbund: str, år: int) -> None:
    """Raise UnreadableInput for a förbund or year that is not there, with those there are."""
    check_förbund(rot, förbund)
    if not 1 <= år <= 9999 or not (rot / förbund / str(år)).is_dir():
        åren = ", ".join(sorted(m.name for m in (rot / förbund).iterdir() if m.is_dir() and m.name.isdecimal()))
        raise UnreadableInput([Problem("fel", f"År {år} finns inte för {förbund}. Där finns: {åren or 'inga'}.")])


def check_förbund(rot: Path, förbund: str) -> None:
    """Raise UnreadableInput for a förbund that is not there, with those there are."""
    if är_slug(förbund) and (rot / förbund).is_dir():
        return
    mappar = sorted(m.name for m in rot.iterdir() if m.is_dir()) if rot.is_dir() else []
    finns = ", ".join(filter(är_slug, mappar)) or "inga"
    text = f"Förbundet {kort(förbund)} finns inte i {rot}. Där finns: {finns}.{förslag(förbund, mappar)}"
    text += f" Ett nytt läggs upp med finsam nytt {förbund} ÅR --bokforing FIL." if är_slug(förbund) else ""
    if förbund in mappar:
        text = f"Mappen {kort(förbund)} kan inte vara ett förbunds. Ge den ett namn av a–z, 0–9, - och _."
    raise UnreadableInput([Problem("fel", text)])


def hör_till(fil: Path, slag: Rapportslag) -> bool:
    """Whether a text is the report's: it begins as its own do (vp_), or is nobody's own when they have no beginning.

    Words on insatser and målområden that are nobody's own are the årsredovisning's when the year has one; else a plan
    has them too.
    """
    namn = textnamn(fil)
    ägare = textens_slag(namn)
    if ägare is not None:
        return ägare is slag
    return not slag.textprefix or (namn.startswith(DELADE) and är_planens(fil.parent.parent))


def _read_texter(mapp: Path, rot: Path, slag: Rapportslag) -> tuple[dict[str, Textfil], list[Problem]]:
    """The texts of a report, also those that nobody has written yet."""
    texter: dict[str, Textfil] = {}
    problem: list[Problem] = []
    for fil in textfiler(mapp):
        ord_, namn = textnamn(fil), _namn(fil, rot)
        if not hör_till(fil, slag):
            continue
        if ord_ in texter:
            text = f"Texten finns redan som {texter[ord_].fil}. Behåll den ena."
            problem.append(Problem("fel", text, namn))
            continue
        läst, fel = read_text(fil, namn, HÖGST_TEXT)
        problem += fel
        if läst is not None:
            problem += osynliga_tecken(läst, namn)
            märke, innehåll = read_märke(läst)
            texter[ord_] = Textfil(ord_, innehåll, namn, märke)
    return texter, problem
