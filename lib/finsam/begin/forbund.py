"""A new förbund's inputs: settings and kontoplan proposed from its ledger, a workbook to fill in, texts to write."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import yaml

from finsam.begin.forslag import Förslag, Planrad, Svar, föreslå
from finsam.begin.forslagsnamn import medlem_i
from finsam.begin.nytt import Nytt, arbetsbok, write_filer
from finsam.begin.texter import starttexter
from finsam.begin.underlag import startunderlag, väntade_krav
from finsam.checks import arsredovisning, verksamhetsplan
from finsam.model.bokforing import Bokföring
from finsam.model.forbund import LAGENS_RADER, Förbund
from finsam.model.ord import gemena, uppräkning
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag, för_slaget
from finsam.read.bokforing import hitta_bokföring, read_bokföring
from finsam.read.foregaende import NAMN, med_föregående
from finsam.read.kontoplan import ALLA_KOLUMNER

TEXTER = {
    ÅRSREDOVISNING: {
        **arsredovisning.OBLIGATORISKA_TEXTER,
        "verksamhetside": ("verksamhetsidé och vision", ""),
        "not_panter": ("panter och ansvarsförbindelser", "LKBR 6 kap. 1 §"),
        "pateckning": ("revisorernas påteckning", ""),
    },
    VERKSAMHETSPLAN: verksamhetsplan.OBLIGATORISKA_TEXTER,
}
"""By report: the texts it begins with, what they are about and the paragraph that asks for it."""

KOMMENTARER = {
    "namn": "Vem förbundet är. Läs igenom och rätta.",
    "kontoplan": "kommun-bas eller bas: samma kontonummer betyder olika saker i dem.",
    "medlemmar": "id är det namn som de andra filerna använder.",
    "noter": "Noterna i nummerordning, och deras rader. Kontoplanen säger vilka konton som hör till en rad.",
    "kostnadsfördelning": "Vad kostnaderna är till för. Kontoplanens funktion pekar hit: grupp.rad.",
    "driftredovisning": "Utfall mot budget. Bladet Budget har en rad för varje id.",
}
OM_KONTOPLANEN = (
    "Ett förslag. Sist på varje rad står vad som avgjorde: namnet, numret, objektet eller ert svar.",
    "Blev något fel: ändra not_rad eller funktion på raden. Vad som går att skriva står under noter och "
    "kostnadsfördelning i forbund.yml.",
    "Objektet resten är det av ett konto som ingen annan rad har.",
)
FORMELTECKEN = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Export:
    """The ledgers that a förbund is begun with: the files that were given, and what they say."""

    bokföring: Path | None
    föregående: Path | None
    läst: Bokföring | None
    problem: list[Problem]


def lägg_upp(svar: Svar, export: Export, år: int, slag: Rapportslag, inputs: Path) -> Nytt:
    """Make a new förbund and its first year of the answers and its ledger. Raises UnreadableInput, and then nothing is
    written.
    """
    förslag = föreslå(svar, export.läst)
    filer = write_förbund(förslag, år, slag, inputs, export.bokföring, export.föregående)
    att_säga = anteckningar(förslag, export.läst, slag, export.problem)
    return Nytt(inputs / svar.slug / str(år), slag, tuple(filer), tuple(att_säga))


def write_förbund(
    förslag: Förslag, år: int, slag: Rapportslag, inputs: Path, bokföring: Path | None, föregående: Path | None
) -> list[str]:
    """Write everything of a new förbund; what is there already is never written over. Returns the files, in order.

    Raises UnreadableInput when any of the files is there: then nothing is written.
    """
    mapp, filer = inputs / förslag.förbund.slug, _filer(förslag, år, slag, bokföring, föregående)
    if upptagna := [namn for namn in filer if (mapp / namn).exists()]:
        text = "Filen finns redan och skrivs inte över. Flytta den, eller välj ett annat namn på förbundet."
        raise UnreadableInput(Problem("fel", text, f"{mapp.name}/{namn}") for namn in upptagna)
    write_filer(mapp, filer)
    return sorted(f"{mapp.name}/{namn}" for namn in filer)


def _filer(
    förslag: Förslag, år: int, slag: Rapportslag, bokföring: Path | None, föregående: Path | None
) -> dict[str, bytes]:
    """Every file by its name in the förbund's folder; what makes the folder a förbund comes last."""
    fb, texter = förslag.förbund, för_slaget(TEXTER, slag, "TEXTER i begin/forbund.py")
    filer = {
        f"{år}/{namn}{fil.suffix.lower()}": fil.read_bytes()
        for fil, namn in ((bokföring, "bokforing"), (föregående, "foregaende"))
        if fil is not None
    }
    filer[f"{år}/{slag.textprefix}underlag.xlsx"] = arbetsbok(*startunderlag(förslag, år, slag))
    if slag is ÅRSREDOVISNING:
        väntade = (krav for krav in väntade_krav(förslag) if krav.text)
        texter = {**texter, **{krav.text: (gemena(krav.vad), krav.lag) for krav in väntade}}
    for namn, text in starttexter(texter, fb.namn, fb.medlemmar).items():
        filer[f"{år}/text/{namn}.md"] = text.encode()
    return filer | {
        "kontoplan.csv": kontoplan_csv(förslag).encode("utf-8-sig"),
        "forbund.yml": forbund_yml(fb).encode(),
    }


def forbund_yml(fb: Förbund) -> str:
    """The settings as YAML with a remark on each part."""
    data = {"namn": fb.namn, "kontoplan": fb.kontoplan, **fb.model_dump(mode="json", exclude_defaults=True)}
    data["noter"] = [
        {nyckel: värde for nyckel, värde in notis.items() if nyckel in ("id", "rubrik")} if lagens else notis
        for notis in data["noter"]
        for lagens in (notis["id"] in LAGENS_RADER,)
    ]
    ordning = ("namn", "kortnamn", "orgnr", "kontoplan", "medlemmar", "noter", "kostnadsfördelning")
    nycklar = [*(n for n in ordning if n in data), *(n for n in data if n not in (*ordning, "slug"))]
    delar = []
    for nyckel in nycklar:
        kommentar = f"\n# {KOMMENTARER[nyckel]}\n" if nyckel in KOMMENTARER else ""
        delar.append(kommentar + yaml.safe_dump({nyckel: data[nyckel]}, allow_unicode=True, sort_keys=False, width=110))
    return "".join(delar).lstrip("\n")


def kontoplan_csv(förslag: Förslag) -> str:
    """The kontoplan as CSV, with what found no place as remarks at the end."""
    ut = StringIO()
    skriv = csv.writer(ut, delimiter=";", lineterminator="\n")
    skriv.writerows([f"# {text}"] for text in OM_KONTOPLANEN)
    skriv.writerow(ALLA_KOLUMNER)
    skriv.writerows(map(_celler, förslag.kontoplan))
    if förslag.oplacerade:
        skriv.writerow(["# Konton utan plats: ge vart och ett en rad."])
        skriv.writerows([f"# {text}"] for text in förslag.oplacerade)
    return ut.getvalue()


def _celler(rad: Planrad) -> Iterator[str]:
    konto = rad.rad.från if rad.rad.från == rad.rad.till else f"{rad.rad.från}-{rad.rad.till}"
    for cell in (konto, rad.rad.objekt, rad.rad.post, rad.rad.not_rad, rad.rad.funktion, rad.anmärkning):
        yield f"'{cell}" if cell.startswith(FORMELTECKEN) else cell  # a spreadsheet would take it for a formula


def read_export(
    bokföring: Path | None, mapp: Path, år: int, föregående: Path | None = None
) -> tuple[Bokföring | None, list[Problem]]:
    """The ledger the proposal is made from, with the year before: the files that were given, else those that lie in
    the year's folder.
    """
    funna = [bokföring] if bokföring else hitta_bokföring(mapp)
    if not funna:
        return None, []
    läst, problem = read_bokföring(funna[0], funna[0].name, år)
    if läst is None:
        raise UnreadableInput(problem)
    if 0 in läst.år and läst.år[0].slut.year != år:
        text = f"Filen är för räkenskapsåret som slutar {läst.år[0].slut.isoformat()}, inte {år}."
        raise UnreadableInput([*problem, Problem("fel", text, funna[0].name)])
    egen = föregående or next(iter(hitta_bokföring(mapp, NAMN)), None)
    if egen is not None:
        läst, problem = med_föregående(läst, problem, funna[0], funna[0].name, år, egen_fil=egen)
    if läst is None or any(ett.nivå == "fel" for ett in problem):
        raise UnreadableInput(problem)
    return läst, problem


_AVKORTAT = re.compile(r"\w\.(?=\w|\s|$)")
_DAG = re.compile(r"\b(?:t\.?o\.?m|fr\.?o\.?m|från|till)\b\.?\s*(?:och med\s*)?\d", re.IGNORECASE)
"""Words in a name that tell from what day, or to what day."""


def _om_namn(förslag: Förslag, bokföring: Bokföring | None) -> Iterator[str]:
    """What names of objekt tell that is for the ekonom to write: one cut short, a member for a part of the year."""
    if avkortade := [insats.namn for insats in förslag.insatser if _AVKORTAT.search(insats.namn)]:
        yield (
            f"{uppräkning(avkortade)} heter som i bokföringen. Skriv ut namnen i bladet Insatser, och på samma rader "
            "under kostnadsfördelning i forbund.yml."
        )
    for namn in bokföring.objekt.values() if bokföring else ():
        medlem = medlem_i(namn, förslag.förbund.medlemmar) if _DAG.search(namn) else None
        if medlem:
            yield (
                f"Objektet {namn} säger en dag. Är {medlem.namn} medlem bara en del av året: skriv från eller "
                "till för den under medlemmar i forbund.yml."
            )


def anteckningar(
    förslag: Förslag, bokföring: Bokföring | None, slag: Rapportslag, problem: list[Problem]
) -> Iterator[str]:
    """What the ekonom needs to know of what was made, the most important first."""
    for text in förslag.oplacerade:
        yield f"Kontot har ingen plats: {text} Ge det en rad i kontoplan.csv."
    for text in förslag.att_se_över:
        yield f"Se över i kontoplan.csv: {text}"
    yield from _om_namn(förslag, bokföring)
    if any(insats.slag is None for insats in förslag.insatser):
        namn = ", ".join(f"{insats.namn} ({insats.objekt})" for insats in förslag.insatser if insats.slag is None)
        yield (
            f"Insatser utan slag: {namn}. Skriv individ eller struktur i kolumnen Slag i bladet Insatser och ta bort # "
            "framför raden, eller kör finsam nytt igen med --individ eller --struktur och objektet."
        )
    if slag.har_bokföring:
        if bokföring is None:
            yield "Lägg årets export i årsmappen som bokforing.se (eller .xlsx, .csv), och se över kontoplanen mot den."
        elif -1 not in bokföring.år:
            yield "Exporten har bara ett år. Lägg förra årets i årsmappen som foregaende.se, så blir det jämförelsetal."
        elif bokföring.år[0].budget:
            yield "Bokföringen har en budget. Den används för rader som saknas i bladet Budget."
    yield f"Fyll i {slag.textprefix}underlag.xlsx. Förberedda rader läses först när # är borttaget framför dem."
    yield "Skriv texterna i mappen text. Första raden säger vad som återstår med dem; ta bort den när texten är klar."
    yield from (str(ett) for ett in problem if ett.nivå == "varning")
