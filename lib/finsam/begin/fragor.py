"""What must be known of a new förbund: answered by options, known from its ledger, or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import click

from finsam.begin.forslag import Förslag, Svar, föreslå
from finsam.begin.forslagsobjekt import koder_på
from finsam.begin.forslagsrader import Slag
from finsam.model.bokforing import Bokföring
from finsam.model.forbund import Medlem
from finsam.model.ord import ascii_id, i_parentes, uppräkning
from finsam.model.problem import Problem, UnreadableInput
from finsam.read.indata import visa
from finsam.read.normalkontoplan import TYPER, kontoplanstyp

STATEN = "Staten (genom Försäkringskassan och Arbetsförmedlingen)"
VET_INTE = "vet inte"
_KOMMUN = re.compile(r"(?:(?<!for)(?<![åä])s)? kommun$", re.IGNORECASE)
"""What a kommun's name has after its place: the s of Granviks, but not that of Hagfors, Borås or Höganäs."""
KORT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
WINDOWS_EGNA = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""What no folder can be called in Windows."""


@dataclass(frozen=True, slots=True)
class Givet:
    """What was given as options; empty where nothing was. `individ` and `struktur` are objekt ("6:A")."""

    namn: str = ""
    kortnamn: str = ""
    orgnr: str = ""
    kontoplan: str = ""
    region: tuple[str, ...] = ()
    kommun: tuple[str, ...] = ()
    individ: tuple[str, ...] = ()
    struktur: tuple[str, ...] = ()


@dataclass(slots=True)
class Frågare:
    """Gets answers one by one; those that nobody gives are remembered, so that all are told at once."""

    frågar: bool
    saknas: list[str] = field(default_factory=list)

    def ett(
        self,
        text: str,
        flagga: str,
        givet: str,
        troligt: str = "",
        val: Sequence[str] = (),
        *,
        får_saknas: bool = False,
    ) -> str:
        """One answer: as given, else asked for with what is likely, else what is likely; none if there may be none."""
        if not givet and self.frågar:
            typ, förval = click.Choice(list(val)) if val else None, troligt or ("" if får_saknas else None)
            return str(click.prompt(text, default=förval, type=typ, show_default=bool(troligt), err=True)).strip()
        if not (givet or troligt or får_saknas):
            self.saknas.append(f"{text} ({flagga})")
        return givet or troligt

    def flera(self, text: str, flagga: str, givna: tuple[str, ...], *, får_saknas: bool = False) -> tuple[str, ...]:
        """Several answers, with commas between when they are asked for; none when there may be none."""
        if givna:
            return givna
        svar = self.ett(text, flagga, "", får_saknas=får_saknas)
        return tuple(del_.strip() for del_ in svar.split(",") if del_.strip())


def check_slug(slug: str) -> None:
    """A förbund's short name is the name of its folder, on any computer: a–z, 0–9 and hyphen."""
    if WINDOWS_EGNA.fullmatch(slug):
        text = f"Mappen kan inte heta {slug}: det namnet har Windows för sig självt. Välj ett annat kort namn."
        raise UnreadableInput([Problem("fel", text)])
    if not KORT.fullmatch(slug):
        exempel = ascii_id(slug).replace("_", "-")
        text = f"Förbundets korta namn ska bestå av a–z, 0–9 och bindestreck, till exempel {exempel}."
        raise UnreadableInput([Problem("fel", text)])


def troligt(bokföring: Bokföring | None) -> Givet:
    """What a ledger tells of its förbund, which is likely and no more."""
    if bokföring is None:
        return Givet()
    typ = kontoplanstyp(bokföring.konton.values(), bokföring.kontoplanstyp) or ""
    return Givet(namn=bokföring.namn, orgnr=bokföring.orgnr or "", kontoplan=typ)


def read_svar(slug: str, givet: Givet, bokföring: Bokföring | None, *, frågar: bool) -> Svar:
    """The answers of a förbund. Raises UnreadableInput with all that is still missing."""
    check_slug(slug)
    trolig, fråga = troligt(bokföring), Frågare(frågar)
    namn = fråga.ett("Förbundets namn", "--namn", givet.namn, trolig.namn)
    kortnamn = fråga.ett("Förbundets namn, kort", "--kortnamn", givet.kortnamn, namn)
    orgnr = fråga.ett("Organisationsnummer", "--orgnr", givet.orgnr, trolig.orgnr)
    kontoplan = fråga.ett("Kontoplan", "--kontoplan", givet.kontoplan, trolig.kontoplan, TYPER)
    region = fråga.flera(
        "Region (skilj flera med kommatecken, tomt om ingen deltar)", "--region", givet.region, får_saknas=True
    )
    kommun = fråga.flera("Kommuner (skilj med kommatecken)", "--kommun", givet.kommun)
    if fråga.saknas:
        raise UnreadableInput(Problem("fel", f"Uppgiften saknas: {text}.") for text in fråga.saknas)
    if fel := list(_okända_svar(givet, bokföring)):
        raise UnreadableInput(Problem("fel", text) for text in fel)
    slag: dict[str, Slag] = {**dict.fromkeys(givet.individ, "individ"), **dict.fromkeys(givet.struktur, "struktur")}
    typ = next(typ for typ in TYPER if typ == kontoplan)
    klart = Svar(slug, i_parentes(namn), i_parentes(kortnamn), orgnr, typ, medlemmar(region, kommun), slag)
    return replace(klart, slag={**slag, **_fråga_slag(klart, bokföring)}) if frågar else klart


def _okända_svar(givet: Givet, bokföring: Bokföring | None) -> Iterator[str]:
    """Why an answer on an insats cannot be used: it is given twice, or the ledger has no such objekt or konto."""
    for kod in sorted(set(givet.individ) & set(givet.struktur)):
        yield f"Insatsen {kod} är given både med --individ och --struktur. Välj en."
    if bokföring is None:
        return
    finns = sorted(f"{dimension}:{kod}" for dimension, kod in bokföring.objekt)
    finns += [kod for konto in bokföring.konton for kod in koder_på(bokföring, konto) if kod not in finns]
    for kod in dict.fromkeys((*givet.individ, *givet.struktur)):
        if kod not in finns and kod not in bokföring.konton:
            visade = uppräkning(dict.fromkeys(finns)) if finns else "inga"
            yield (
                f"Insatsen {visa(kod)} finns inte i bokföringen. Skriv objektet som dimension:kod, eller ett konto. "
                f"Objekt som finns: {visade}."
            )


def _fråga_slag(klart: Svar, bokföring: Bokföring | None) -> dict[str, Slag]:
    """Ask what kind each insats is, and each konto of insatser without projekt, that nothing else tells."""
    val: dict[str, Slag | None] = {"individ": "individ", "struktur": "struktur", VET_INTE: None}
    svar: dict[str, Slag] = {}
    for kod, text in slagfrågor(föreslå(klart, bokföring)).items():
        if slag := val[click.prompt(text, type=click.Choice(list(val)), default=VET_INTE, err=True)]:
            svar[kod] = slag
    return svar


def slagfrågor(förslag: Förslag) -> dict[str, str]:
    """The insatser, and konton of insatser without projekt, whose kind nothing tells: their codes, and what to ask."""
    frågor = {i.objekt: f"Insatsen {i.namn} ({i.objekt})" for i in förslag.insatser if i.slag is None}
    return frågor | {k.nummer: f"Insatserna på konto {k.nummer} {k.namn}" for k in förslag.utan_slag}


def medlemmar(regioner: Sequence[str], kommuner: Sequence[str]) -> tuple[Medlem, ...]:
    """The members with ids: staten, regionen (or each by name), and the kommuner by their place."""
    alla = [Medlem(id="staten", namn=STATEN, typ="stat")]
    for namn in map(i_parentes, regioner):
        id_ = "regionen" if len(regioner) == 1 else ascii_id(namn, [m.id for m in alla])
        alla.append(Medlem(id=id_, namn=namn, typ="region"))
    for namn in map(i_parentes, kommuner):
        plats = re.sub(_KOMMUN, "", namn)
        alla.append(Medlem(id=ascii_id(plats, [m.id for m in alla]), namn=namn, typ="kommun"))
    return tuple(alla)
