"""`underlag.xlsx` → Underlag: all sheets, and what must hold between their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from finsam.model.fakta import GAMLA_ID
from finsam.model.ord import ascii_id
from finsam.model.problem import Problem
from finsam.model.underlag import (
    BLAD,
    BOKSLUTSBLAD,
    PLANBLAD,
    Avstämning,
    Behovsrad,
    Beslutspunkt,
    Bidragsrad,
    Budgetrad,
    Deltagarrad,
    Enkätsvar,
    Flerårsrad,
    Indikator,
    Insats,
    Insatskostnad,
    Kostnadsrad,
    Målområde,
    Målrad,
    Personalgrupp,
    Planmål,
    Planrad,
    Projektrad,
    Revisionsanmärkning,
    Sjukfrånvaro,
    Undantag,
    Underlag,
    Underlagsrad,
    Underskott,
    Uppdragsrad,
    Uppgift,
)
from finsam.read.arbetsbok import Bladinnehåll, read_arbetsbok
from finsam.read.indata import HÖGST_FEL, förslag, read_bytes, svenskt_fel, visa
from finsam.read.kontoplan import RADID
from finsam.read.underlag.blad import Lästblad, Lästrad, kolumner, read_blad, rubrik, sökord
from finsam.read.underlag.enkat import enkätproblem
from finsam.read.underlag.nytt import nytt_sedan

LÄS_MIG = "Läs mig"

FRIVILLIGA = frozenset(
    {
        *(Insatskostnad, Deltagarrad, Enkätsvar, Indikator, Kostnadsrad, Flerårsrad, Undantag),
        *(Underskott, Personalgrupp, Sjukfrånvaro, Uppdragsrad, Revisionsanmärkning, *BOKSLUTSBLAD, *PLANBLAD),
    }
)
"""Sheets that may be missing; the others must be there, but may be empty."""

NYCKLAR: dict[type[Underlagsrad], tuple[str, ...]] = {
    Uppgift: ("id",),
    Budgetrad: ("post", "år", "version"),
    Bidragsrad: ("medlem", "år"),
    Insats: ("id",),
    Insatskostnad: ("insats", "id"),
    Målområde: ("id",),
    Målrad: ("id",),
    Deltagarrad: ("insats", "mått", "år", "kön", "kommun"),
    Indikator: ("insats", "id"),
    Kostnadsrad: ("funktion", "år"),
    Flerårsrad: ("post", "år"),
    Avstämning: ("konto",),
    Projektrad: ("id",),
    Underskott: ("år",),
    Personalgrupp: ("id",),
    Sjukfrånvaro: ("grupp",),
    Uppdragsrad: ("punkt",),
    Planrad: ("id",),
    Planmål: ("id",),
    Behovsrad: ("mått", "plats", "kön", "år"),
    Beslutspunkt: ("nr",),
}
"""What tells the rows of a sheet apart."""

REFERENSER: dict[str, type[Underlagsrad]] = {"insats": Insats, "område": Målområde}
"""Columns that hold the id of a row in another sheet."""

I_UNDERLAGET = {get_args(f.annotation)[0]: namn for namn, f in Underlag.model_fields.items() if namn != "fil"}
"""Which field of Underlag holds the rows of a sheet."""


def read_underlag(path: Path, fil: str) -> tuple[Underlag, list[Problem]]:
    """All rows of the workbook that can be used, and everything that is wrong with the others."""
    data, problem = read_bytes(path, fil)
    if data is None:
        return Underlag(fil=fil), problem
    underlag, funna = _läst(data, fil)
    return underlag, list(funna)


@lru_cache(maxsize=12)
def _läst(data: bytes, fil: str) -> tuple[Underlag, tuple[Problem, ...]]:
    """The same for the bytes: an earlier year's workbook is asked for twice, as its own and for its deltagare."""
    bok, problem = read_arbetsbok(data, fil)
    return (Underlag(fil=fil), tuple(problem)) if problem else tolka_underlag(bok, fil)


def tolka_underlag(bok: Mapping[str, Bladinnehåll], fil: str) -> tuple[Underlag, tuple[Problem, ...]]:
    """The same for the cells of its sheets."""
    problem: list[Problem] = []
    namn = {sökord(blad): blad for blad in bok}
    problem += _bladproblem(list(bok), fil)
    lästa = []
    for klass in BLAD:
        if (blad := namn.get(sökord(klass.blad))) is not None:
            läst, fel = read_blad(klass, blad, bok[blad], fil)
            problem += fel
            if klass is Uppgift:
                problem += _gamla_id(läst, fil)
                läst = replace(läst, rader=tuple(map(_med_nytt_id, läst.rader)))
            lästa.append(läst)
    if sökord(LÄS_MIG) in namn:
        problem += nytt_sedan([läst.klass for läst in lästa], fil)
    namngivna = _namngivna(lästa)
    lästa = [replace(läst, rader=tuple(_med_id_för_namn(rad, namngivna) for rad in läst.rader)) for läst in lästa]
    rader: dict[str, tuple[Underlagsrad, ...]] = {}
    for läst in lästa:
        rader[I_UNDERLAGET[läst.klass]], fel = _modeller(läst, fil)
        problem += fel
    problem += islice(_dubbletter(lästa, fil), HÖGST_FEL)
    problem += islice(_okända_referenser(lästa, fil), HÖGST_FEL)
    problem += islice(enkätproblem(lästa, fil), HÖGST_FEL)
    problem += islice(_i_sig_själv(lästa, fil), HÖGST_FEL)
    return Underlag.model_validate({"fil": fil, **rader}), tuple(problem)


def _bladproblem(finns: list[str], fil: str) -> Iterator[Problem]:
    """Sheets that are missing, and sheets nobody will read."""
    kända = {sökord(klass.blad): klass for klass in BLAD}
    övriga = {sökord(blad): blad for blad in finns if sökord(blad) not in {*kända, sökord(LÄS_MIG)}}
    for ord_, klass in kända.items():
        if ord_ in map(sökord, finns):
            continue
        if lika := get_close_matches(ord_, övriga, n=1, cutoff=0.75):
            text = f"Bladet {klass.blad} saknas, men {visa(övriga.pop(lika[0]))} finns; byt namn på det."
            yield Problem("fel", text, fil)
        elif klass not in FRIVILLIGA:
            yield Problem("fel", f"Bladet {klass.blad} saknas. Lägg till det ur mallen; det får vara tomt.", fil)
    for blad in övriga.values():
        yield Problem("upplysning", f"Bladet {visa(blad)} hör inte till underlaget och läses inte.", fil)


def _gamla_id(läst: Lästblad, fil: str) -> Iterator[Problem]:
    """Rows whose id finsam spells in another way now."""
    for rad in läst.rader:
        if nytt := _nytt_id(rad):
            text = f"Id {visa(rad.värden['id'])} heter numera {visa(nytt)} och läses som det. Byt det i cellen."
            yield Problem("upplysning", text, fil, läst.plats("id", rad.nr))


def _med_nytt_id(rad: Lästrad) -> Lästrad:
    nytt = _nytt_id(rad)
    return replace(rad, värden={**rad.värden, "id": nytt}) if nytt else rad


def _nytt_id(rad: Lästrad) -> str:
    """What the id of an uppgift is called now; empty when it is called the same."""
    return GAMLA_ID.get(f"uppgift.{rad.värden.get('id', '')}", "").removeprefix("uppgift.")


def _namngivna(lästa: Iterable[Lästblad]) -> dict[str, dict[str, object]]:
    """By column with a reference: the ids by the names they have in their own sheet, in small letters, but for ids."""
    ut: dict[str, dict[str, object]] = {}
    for kolumn, klass in REFERENSER.items():
        rader = [rad.värden for läst in lästa if läst.klass is klass for rad in läst.rader if "id" in rad.värden]
        ids = {rad["id"] for rad in rader}
        namn = {str(rad["namn"]).casefold(): rad["id"] for rad in rader if "namn" in rad}
        ut[kolumn] = {ett: id_ for ett, id_ in namn.items() if ett not in ids}
    return ut


def _med_id_för_namn(rad: Lästrad, namngivna: Mapping[str, Mapping[str, object]]) -> Lästrad:
    """A row where an insats or a målområde may be named, and so may the row of a function (`individ.Nya teamet`)."""
    nytt = {k: namn[skrivet] for k, namn in namngivna.items() if (skrivet := str(rad.värden.get(k)).casefold()) in namn}
    grupp, _, namn = str(rad.värden.get("funktion", "")).partition(".")
    if namn:
        nytt["funktion"] = f"{grupp}.{namn if RADID.fullmatch(namn) else ascii_id(namn)}"
    return replace(rad, värden={**rad.värden, **nytt}) if nytt else rad


def _modeller(läst: Lästblad, fil: str) -> tuple[tuple[Underlagsrad, ...], list[Problem]]:
    """The rows nothing is wrong with; what the model itself refuses in any row is said in Swedish."""
    rader: list[Underlagsrad] = []
    problem = []
    for rad in läst.rader:
        try:
            modell = läst.klass.model_validate({**rad.värden, "rad": rad.nr})
            if not rad.fel:
                rader.append(modell)
        except ValidationError as fel:
            rubriker = {rubrik(fält): namn for namn, fält in kolumner(läst.klass).items()}
            for post in fel.errors():
                plats = str(post["loc"][0]) if post["loc"] else ""
                namn = rubriker.get(plats, plats)
                if namn not in rad.fel:
                    vad = next((ord_ for ord_, fält in rubriker.items() if fält == namn), "Raden")
                    text = f"{vad} {svenskt_fel(post)}."
                    problem.append(Problem("fel", text, fil, läst.plats(namn, rad.nr)))
    return tuple(rader), problem


def _dubbletter(lästa: Iterable[Lästblad], fil: str) -> Iterator[Problem]:
    """Rows that say the same thing twice."""
    for läst in lästa:
        nyckel = NYCKLAR.get(läst.klass, ())
        sedda: dict[tuple[object, ...], int] = {}
        for rad in läst.rader:
            if not nyckel or rad.fel.intersection(nyckel):
                continue
            värde = tuple(rad.värden.get(namn, "") for namn in nyckel)
            if värde in sedda:
                delar = [(namn, rad.värden[namn]) for namn in nyckel if namn in rad.värden]
                vad = ", ".join(f"{rubrik(kolumner(läst.klass)[namn])} {visa(v)}" for namn, v in delar)
                text = f"{vad} finns redan på rad {sedda[värde]}; ändra eller ta bort den ena raden."
                yield Problem("fel", text, fil, läst.plats(nyckel[0], rad.nr))
            sedda.setdefault(värde, rad.nr)


def _okända_referenser(lästa: Iterable[Lästblad], fil: str) -> Iterator[Problem]:
    """Ids of an insats or a målområde that is not in its sheet."""
    per_klass = {läst.klass: läst for läst in lästa}
    for läst in per_klass.values():
        for namn in REFERENSER.keys() & läst.kolumner.keys():
            klass = REFERENSER[namn]
            if klass not in per_klass or "id" not in per_klass[klass].kolumner:
                continue  # that is said already, once
            finns = dict.fromkeys(str(rad.värden["id"]) for rad in per_klass[klass].rader if "id" in rad.värden)
            for rad in läst.rader:
                id_ = rad.värden.get(namn)
                if id_ is not None and id_ not in finns:
                    text = f"{rubrik(kolumner(läst.klass)[namn])} {visa(id_)} finns inte i bladet {klass.blad}."
                    text += förslag(id_, islice(finns, HÖGST_FEL)) or f" Lägg till en rad där med Id {ascii_id(id_)}."
                    yield Problem("fel", text, fil, läst.plats(namn, rad.nr))


def _i_sig_själv(lästa: Iterable[Lästblad], fil: str) -> Iterator[Problem]:
    """Groups of the budget that are a part of themselves, by way of others or not."""
    for läst in (ett for ett in lästa if ett.klass is Planrad):
        över = {str(rad.värden.get("id")): str(rad.värden.get("grupp", "")) for rad in läst.rader}
        for rad in läst.rader:
            id_, sedda = str(rad.värden.get("id")), list[str]()
            while (id_ := över.get(id_, "")) and id_ not in sedda:
                sedda.append(id_)
            if rad.värden.get("id") in sedda:
                text = f"Gruppen {visa(rad.värden['id'])} hör till sig själv ({' i '.join(sedda)}). Rätta Grupp."
                yield Problem("fel", text, fil, läst.plats("grupp", rad.nr))
