"""Which errors are put in: so many of each field × operator, spread over the reports, by a seed."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from andra import RADOPERATORER, Ändring
from bild import PUBLICERAT, Mål, Underlag, läs
from operatorer import OPERATORER, Omgivning, slag_av
from vandra import Innehåll, Plats, Rad, vandra

from finsam.oppna import öppna

FÖRSÖK = 40
"""How many places are tried for a field × operator before it is said that there are no more."""
STAVFEL = "bokstav borta"
STAM, ÄNDELSE = 8, 4
"""Letters of a stem that another form of a word is known by, and of what may come after it."""
I_TEXT = {"{= tal}": "tal"}
"""Things in words that are changed as values of another kind."""


@dataclass(frozen=True)
class Rapport:
    """A report with what there is in its files, and what stands around each value."""

    mål: Mål
    innehåll: Mapping[str, Innehåll]
    med_psaldo: Mapping[str, Innehåll]
    runt: Omgivning

    def före(self, ändring: Ändring) -> Mapping[str, Innehåll]:
        """The files as they are where the error is put in: without the monthly sums, unless it is in those."""
        return self.med_psaldo if i_psaldo(ändring) else self.innehåll


def i_psaldo(ändring: Ändring) -> bool:
    return ändring.rad.slag == "#PSALDO"


def i_publicerat(ändring: Ändring) -> bool:
    return Path(ändring.rad.fil).name == PUBLICERAT


def read_rapport(mål: Mål, underlag: Underlag) -> Rapport:
    """All that a report's own files hold: those of its year, and the förbund's settings."""
    bok = öppna(*mål, inputs=underlag.rot)
    mapp = underlag.rot / mål[0]
    egna = [fil for fil in bok.år.filer if fil.parent == mapp or mapp / str(mål[1]) in fil.parents]
    filer = {fil.relative_to(underlag.rot).as_posix(): fil for fil in egna}
    med_psaldo = {namn: läs(fil) for namn, fil in filer.items()}
    with underlag.utan(mål, psaldo=True, publicerat=False):
        innehåll = {namn: läs(fil) for namn, fil in filer.items()}
    rader = [rad for namn, ett in innehåll.items() for rad in vandra(namn, ett) if rad.slag != "#PSALDO"]
    rader += [rad for namn, ett in med_psaldo.items() for rad in vandra(namn, ett) if rad.slag == "#PSALDO"]
    årsmapp = f"{mål[0]}/{mål[1]}/"
    förra = [
        fil for namn in filer if (fil := underlag.rot / namn.replace(årsmapp, f"{mål[0]}/{mål[1] - 1}/")).is_file()
    ]
    äldre = [
        rad for fil in förra if fil.parent != mapp for rad in vandra(fil.relative_to(underlag.rot).as_posix(), läs(fil))
    ]
    skrivet = _ordräkning([*rader, *(rad for rad in äldre if rad.blad)])
    return Rapport(mål, innehåll, med_psaldo, Omgivning(tuple(rader), tuple(äldre), dict(bok.fakta), skrivet, mål[1]))


def _ordräkning(rader: Sequence[Rad]) -> Counter[str]:
    """How often each word stands in the report's files and last year's workbook, without the genitive's s."""
    hela = (
        str(plats.värde) for rad in rader for plats in rad.värden.values() if plats.i is None and rad.slag[0] != "{"
    )
    alla = (ord_.rstrip("s") for text in hela for ord_ in re.findall(r"\w{3,}", text))
    return Counter(alla)


Möjlig = tuple[Rapport, Rad, str, Plats | None]


def möjliga(rapporter: Sequence[Rapport]) -> dict[tuple[str, str], list[list[Möjlig]]]:
    """Every place where each operator may be tried, by field × operator and report."""
    ut: dict[tuple[str, str], list[list[Möjlig]]] = defaultdict(list)
    for rapport in rapporter:
        egna: dict[tuple[str, str], list[Möjlig]] = defaultdict(list)
        for rad in rapport.runt.rader:
            for fält, operator, namn, plats in _i_rad(rad, rapport.runt):
                egna[fält, operator].append((rapport, rad, namn, plats))
        for nyckel, platser in egna.items():
            ut[nyckel].append(platser)
    return ut


def _i_rad(rad: Rad, runt: Omgivning) -> Iterator[tuple[str, str, str, Plats | None]]:
    for namn, plats in rad.värden.items():
        ett = plats.i is not None or rad.fil.endswith(".md")
        typ = I_TEXT.get(rad.slag, rad.slag) if ett else slag_av(plats, runt.ids)
        for operator in OPERATORER:
            if typ in operator.på:
                yield _fält(rad, namn), operator.namn, namn, plats
    if rad.spann[1] > 0 and rad.slag != "hel text":
        for namn in RADOPERATORER:
            yield f"{_grupp(rad)} (hela raden)", namn, "", None
    if rad.slag == "hel text":
        yield _grupp(rad), "text ombytt", "", None


def _grupp(rad: Rad) -> str:
    """What a field is part of: a sheet, a place of the settings, a record, a kind of thing in words."""
    if rad.fil.endswith(".md"):
        return f"text: {rad.slag}"
    if rad.i_fält:
        return f"ord i rader: {rad.slag}"
    return f"bokföring: {rad.slag}" if rad.fil.endswith(".se") else rad.slag


def _eget_fält(fält: str, rad: Rad) -> str:
    """The field that an error is counted by: of something in words, the column or key that it stands in."""
    return f"ord i {rad.i_fält}: {rad.slag}" if rad.i_fält else fält


def _fält(rad: Rad, namn: str) -> str:
    return f"{_grupp(rad)}.{namn}" if namn else _grupp(rad)


def _med_ställen(fält: str, ändring: Ändring, runt: Omgivning) -> str:
    """A misspelt word is another thing when it, or one as near, also stands elsewhere, rightly spelt."""
    assert ändring.plats is not None
    före, efter = ({*re.findall(r"\w{3,}", str(ett))} for ett in (ändring.plats.värde, ändring.efter))
    borta, nya = ({ord_.casefold().rstrip("s") for ord_ in ett} for ett in (före - efter, efter - före))
    antal = Counter[str]()
    for ord_, nr in runt.ord.items():
        antal[ord_.casefold()] += nr
    andra = antal.keys() - {ord_.casefold().rstrip("s") for ord_ in före}
    nära = any(_är_utan_en(*ett) for ord_ in nya for annat in andra for ett in ((ord_, annat), (annat, ord_)))
    böjt = any(_är_form_av(ord_, annat) for ord_ in borta for annat in andra)
    ensam = not nära and not böjt and all(antal[ord_] < 2 for ord_ in borta)
    return f"{fält} ({'ordet står bara här' if ensam else 'ordet står på fler ställen'})"


def _är_utan_en(kort: str, lång: str) -> bool:
    """Whether a word is another without one of its letters."""
    kort = kort.casefold()
    return len(lång) == len(kort) + 1 and any(lång[:i] + lång[i + 1 :] == kort for i in range(len(lång)))


def _är_form_av(ord_: str, annat: str) -> bool:
    """Whether two long words are alike but for their endings."""
    lika = next((nr for nr, (a, b) in enumerate(zip(ord_, annat, strict=False)) if a != b), min(len(ord_), len(annat)))
    return lika >= STAM and max(len(ord_), len(annat)) - lika <= ÄNDELSE


def dra(
    rapporter: Sequence[Rapport],
    antal: int,
    frö: int,
    bara: Collection[tuple[str, str]] = (),
    mönster: Sequence[str] = (),
) -> list[tuple[Rapport, Ändring]]:
    """So many errors of each field × operator (of `bara` these, of fields that `mönster` match), from the reports in
    turn; of a kind of thing in words so many of each report, for there the field says nothing of what it is about.
    """
    ut = []
    for (fält, operator), per_rapport in möjliga(rapporter).items():
        if bara and (fält, operator) not in bara:
            continue
        if mönster and not any(fnmatchcase(fält, ett) for ett in mönster):
            continue
        i_text = fält.startswith(("text: ", "ord i rader: "))
        for nr, grupp in enumerate([[ett] for ett in per_rapport] if i_text else [per_rapport]):
            slump = random.Random(f"{frö} {fält} {operator} {nr if i_text else ''}")
            ut += _dra_ur(grupp, operator, fält, antal, slump)
    return ut


def _dra_ur(
    per_rapport: list[list[Möjlig]], operator: str, fält: str, antal: int, slump: random.Random
) -> list[tuple[Rapport, Ändring]]:
    köer = [slump.sample(platser, min(len(platser), FÖRSÖK)) for platser in slump.sample(per_rapport, len(per_rapport))]
    tur = [kö[nr] for nr in range(FÖRSÖK) for kö in köer if nr < len(kö)]
    funna: list[tuple[Rapport, Ändring]] = []
    for rapport, rad, namn, plats in tur:
        if len(funna) == antal:
            break
        if ändring := _gör(rapport, rad, namn, plats, operator, fält, slump):
            funna.append((rapport, ändring))
    return funna


def _gör(
    rapport: Rapport, rad: Rad, namn: str, plats: Plats | None, operator: str, fält: str, slump: random.Random
) -> Ändring | None:
    if plats is not None:
        byt = next(ett.byt for ett in OPERATORER if ett.namn == operator)
        efter = byt(rapport.runt, rad, namn, plats, slump)
        if efter is None or efter == plats.värde:
            return None
        ändring = Ändring(rad, _eget_fält(fält, rad), operator, plats, efter)
        return (
            replace(ändring, fält=_med_ställen(ändring.fält, ändring, rapport.runt)) if operator == STAVFEL else ändring
        )
    if operator == "text ombytt":
        början = rad.fil.partition("_")[0]
        andra = [r for r in rapport.runt.rader if r.slag == "hel text" and r is not rad]
        nära = [r for r in andra if r.fil.startswith(f"{början}_")] or andra
        return Ändring(rad, fält, operator, granne=slump.choice(nära)) if nära else None
    granne = rapport.runt.granne(rad) if operator == "rad ombytt" else None
    if operator == "rad ombytt" and (granne is None or granne.spann == rad.spann):
        return None
    return Ändring(rad, fält, operator, granne=granne)
