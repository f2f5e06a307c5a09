"""The year before from a file of its own: foregaende.*, last year's ledger, beside the ledger in the year's folder.

It fills the year the ledger lacks, or the objekt of the one it has, and is compared with it. Nothing in it changes a
figure of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path, PurePosixPath

from finsam.model.belopp import NOLL
from finsam.model.bokforing import (
    Bokföring,
    Bokföringsår,
    Verifikationslista,
    Ägare,
    avvikelser,
    omfört_på,
    är_bokslut,
    är_omföring,
)
from finsam.model.ord import antal
from finsam.model.problem import Problem
from finsam.read.bokforing import hitta_bokföring, read_bokföring
from finsam.read.ledger.avstamning import (
    JÄMFÖRELSEÅR_SAKNAS,
    ingående_avviker,
    saknar_året_före,
    är_föregående_resultat,
)
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.samla import Resultat
from finsam.read.ledger.uppgifter import visa_orgnr

NAMN = "foregaende"
RÅD = "Lägg förra årets bokföring i mappen, med namnet foregaende.se, eller exportera bokföringen med två år."
RÄTT_FIL = "Lägg förra årets slutliga bokföring i mappen, eller ta bort filen."
VISAS = 10

_ORGNR = re.compile(r"\d{6}-\d{4}", re.ASCII)


def med_föregående(
    bokföring: Bokföring | None,
    problem: list[Problem],
    fil: Path,
    namn: str,
    år: int,
    godtagna: frozenset[str] = frozenset(),
    egen_fil: Path | None = None,
) -> Resultat:
    """The ledger with the year before that its own file lacks, and the problems of both files.

    `bokföring` and `problem` are what the file `fil` gave, `namn` what the user calls it, `år` the ledger's year;
    `godtagna` is what somebody has answered for in either file. `egen_fil` is the year before's file where that is not
    beside the ledger.
    """
    filer = [egen_fil] if egen_fil else hitta_bokföring(fil.parent, NAMN)
    if not filer:
        return bokföring, [_med_råd(ett) for ett in problem]
    if len(filer) > 1:
        namnen = ", ".join(ett.name for ett in filer)
        text = f"Mappen har flera filer för året före ({namnen}). Behåll bara den som gäller."
        return bokföring, [*problem, Problem("fel", text, PurePosixPath(namn).parent.as_posix())]
    egen = PurePosixPath(namn).with_name(filer[0].name).as_posix()
    sista, nya = read_bokföring(filer[0], egen, år - 1, godtagna)
    alla = [*problem, *(ett for ett in nya if not saknar_året_före(ett.text))]
    if bokföring is None or sista is None or any(ett.nivå == "fel" for ett in alla):
        return bokföring, alla
    samling = Problemsamling(egen)
    _check_samma(bokföring, sista, samling)
    if samling.har_fel:
        return bokföring, alla + samling.alla()
    bokföring = replace(bokföring, föregående=Ägare(sista.namn, sista.orgnr))
    return _sammanfogad(bokföring, sista, filer[0].name, alla, samling)


def bara_föregående(fil: Path, namn: str, år: int, godtagna: frozenset[str] = frozenset()) -> Resultat:
    """The year before, and those before it, while the ledger of the year itself is yet to come."""
    läst, problem = read_bokföring(fil, namn, år - 1, godtagna)
    problem = [ett for ett in problem if not saknar_året_före(ett.text)]
    if läst is None:
        return None, problem
    if läst.år[0].slut.year != år - 1:
        text = f"Filens räkenskapsår slutar {läst.år[0].slut}: det är inte året före {år}. {RÄTT_FIL}"
        return None, [*problem, Problem("fel", text, namn)]
    tom = replace(läst, år={}, verifikationer=Verifikationslista(), föregående=Ägare(läst.namn, läst.orgnr))
    return _med_åren(tom, läst, fil.name), problem


def check_förra_mappen(bokföring: Bokföring | None, fil: Path, namn: str, år: int) -> list[Problem]:
    """The year before is what its own folder holds: something may have been booked in it since this ledger was made.

    A file there that cannot be read, or that is of something else, is for that year's own report to say.
    """
    filer = hitta_bokföring(fil.parents[1] / str(år - 1))
    if bokföring is None or -1 not in bokföring.år or len(filer) != 1:
        return []
    läst, _ = read_bokföring(filer[0], filer[0].name, år - 1)
    förra = läst.år.get(0) if läst and läst.orgnr == bokföring.orgnr else None
    if förra is None or förra.slut != bokföring.år[-1].slut:
        return []
    bredvid = [read_bokföring(ett, ett.name, år - 1)[0] for ett in hitta_bokföring(fil.parent, NAMN)]
    if any(ett and ett.år.get(0) == förra for ett in bredvid):
        return []  # what differs is said of that file
    skilda = _skilda(bokföring.år[-1], förra)
    if not skilda or _bara_resultatet(skilda, förra):
        return []
    text = (
        f"{år - 1} är inte detsamma här som i {år - 1}/{filer[0].name}: {_nämn(skilda)}. Är något bokfört i {år - 1} "
        "efter att filen togs ut? Se efter vilken som gäller, och exportera den andra på nytt."
    )
    egen = PurePosixPath(namn).with_name(bokföring.år[-1].fil or fil.name).as_posix()
    return [Problem("varning", text, egen)]


def _med_råd(problem: Problem) -> Problem:
    """That the year before is missing, with what a förbund can do about it."""
    return replace(problem, text=f"{problem.text} {RÅD}") if problem.text == JÄMFÖRELSEÅR_SAKNAS else problem


def _check_samma(bokföring: Bokföring, sista: Bokföring, problem: Problemsamling) -> None:
    """The file is the same organisation's, and its year is the one before."""
    numren = bokföring.orgnr, sista.orgnr
    if numren[0] != numren[1] and all(_ORGNR.fullmatch(nummer) for nummer in numren):
        problem.fel(
            f"Filen är för organisationsnummer {visa_orgnr(numren[1])}, men bokföringen för {visa_orgnr(numren[0])}. "
            f"{RÄTT_FIL}"
        )
    start, slut = bokföring.år[0].start, sista.år[0].slut
    if slut.toordinal() + 1 != start.toordinal():
        problem.fel(
            f"Filens räkenskapsår slutar {slut}, men bokföringens börjar {start}: det är inte året före. {RÄTT_FIL}"
        )


def _sammanfogad(
    bokföring: Bokföring, sista: Bokföring, filnamn: str, problem: list[Problem], samling: Problemsamling
) -> Resultat:
    """The ledger with the file's years where it needs them, and how the two agree."""
    eget = bokföring.år.get(-1)
    helt = eget is not None and bool(eget.ub and eget.res)
    if eget:
        _check_lika(eget, sista.år[0], "Bokföringens" if helt else "Filens", samling)
    if helt:
        bokföring = _med_förra_ib(_med_objekt(bokföring, sista, samling), sista.år[0], samling)
        return bokföring, problem + samling.alla()
    bokföring = _med_ib(bokföring, sista.år[0], samling)
    _check_ingående(bokföring.år[0], sista.år[0], samling)
    kvar = [ett for ett in problem if not saknar_året_före(ett.text)]
    return _med_åren(bokföring, sista, filnamn), kvar + samling.alla()


def _med_objekt(bokföring: Bokföring, sista: Bokföring, problem: Problemsamling) -> Bokföring:
    """The ledger with the file's objekt for the year before, when its own has only totals (as SIE 4 allows).

    They are taken konto by konto, where the totals are the same: an objekt is a part of its konto.
    """
    eget, filens = bokföring.år[-1], sista.år[0]
    if eget.objekt or not filens.objekt:
        return bokföring
    lika = {konto for konto in {*eget.ub, *eget.res} if _saldo(eget, konto) == _saldo(filens, konto)}
    objekt = {nyckel: belopp for nyckel, belopp in filens.objekt.items() if nyckel[0] in lika}
    problem.upplysning("Bokföringen har inga objekt för året före; filens används.")
    år = {**bokföring.år, -1: replace(eget, objekt=objekt)}
    return replace(bokföring, år=år, objekt={**sista.objekt, **bokföring.objekt})


def _med_förra_ib(bokföring: Bokföring, sista: Bokföringsår, problem: Problemsamling) -> Bokföring:
    """The ledger with the file's ingående balans for the year before, when its own has none and ends in the same."""
    eget = bokföring.år[-1]
    if eget.ib or not sista.ib or eget.ub != sista.ub:
        return bokföring
    problem.upplysning("Bokföringen har ingen ingående balans för året före; filens används.")
    return replace(bokföring, år={**bokföring.år, -1: replace(eget, ib=sista.ib)})


def _saldo(år: Bokföringsår, konto: str) -> tuple[Decimal, Decimal]:
    return år.ub.get(konto, NOLL), år.res.get(konto, NOLL)


def _check_lika(eget: Bokföringsår, sista: Bokföringsår, vilkas: str, problem: Problemsamling) -> None:
    """The ledger's own figures for the year before are the file's; a kind of balance it lacks is not compared.

    `vilkas` tells whose figures are used.
    """
    skilda = _skilda(eget, sista)
    if _bara_resultatet(skilda, sista):
        problem.upplysning(f"Året före skiljer bara i att dess resultat är bokfört: {', '.join(skilda)}.")
    elif skilda:
        problem.varning(
            f"Året före är inte detsamma i bokföringen som i filen: {_nämn(skilda)}. "
            f"{vilkas} tal används. Se efter vilka som gäller, och exportera den andra filen på nytt."
        )


def _skilda(eget: Bokföringsår, sista: Bokföringsår) -> dict[str, tuple[Decimal, Decimal]]:
    """The konton that two files of a year have different amounts on, with both."""
    skilda = {}
    for egna, filens in ((eget.ub, sista.ub), (eget.res, sista.res)):
        for konto in sorted({*egna, *filens} if egna else ()):
            par = egna.get(konto, NOLL), filens.get(konto, NOLL)
            if par[0] != par[1]:
                skilda[konto] = par
    return skilda


def _bara_resultatet(skilda: Mapping[str, tuple[Decimal, Decimal]], sista: Bokföringsår) -> bool:
    return är_bokslut({konto: ena - andra for konto, (ena, andra) in skilda.items()}, sista.res)


def _nämn(skilda: Mapping[str, tuple[Decimal, Decimal]]) -> str:
    lista = ", ".join(f"{konto} ({_kr(ena)} mot {_kr(andra)})" for konto, (ena, andra) in [*skilda.items()][:VISAS])
    fler = f" och {len(skilda) - VISAS} till" if len(skilda) > VISAS else ""
    return f"{antal(len(skilda), 'konto', 'konton')} skiljer, {lista}{fler}"


def _med_ib(bokföring: Bokföring, sista: Bokföringsår, problem: Problemsamling) -> Bokföring:
    """The ledger with the file's utgående balans as its ingående, when it has none of its own."""
    nu = bokföring.år[0]
    if nu.ib or not sista.ub:
        return bokföring
    problem.upplysning("Ingående balans saknas i bokföringen; filens utgående balans används.")
    return replace(bokföring, år={**bokföring.år, 0: replace(nu, ib=sista.ub)})


def _check_ingående(nu: Bokföringsår, sista: Bokföringsår, problem: Problemsamling) -> None:
    """The ledger opens with what the file closes with."""
    summa = sum(nu.ib.values(), NOLL)
    if summa and är_föregående_resultat(_öre(summa), map(_öre, sista.res.values())):
        problem.varning(
            f"Bokföringens ingående balans går inte ihop: {_kr(abs(summa))} motsvarar föregående års resultat som inte "
            "är omfört."
        )
    skilda = avvikelser(nu, sista)
    if är_omföring(skilda, sista):
        problem.upplysning(omfört_på(skilda))
        return
    for konto, belopp in skilda.items():
        problem.varning(ingående_avviker(konto, abs(_öre(belopp))), slag="ingående balans avviker")


def _med_åren(bokföring: Bokföring, sista: Bokföring, filnamn: str) -> Bokföring:
    """The ledger with the file's years before its own, and the names of what they use."""
    åren = {nr - 1: replace(ett, nr=nr - 1, fil=filnamn) for nr, ett in sista.år.items()}
    använda = {konto for ett in åren.values() for saldon in (ett.ib, ett.ub, ett.res) for konto in saldon}
    konton = {konto: ett for konto, ett in sista.konton.items() if konto in använda}
    konton |= {konto: ett for konto, ett in bokföring.konton.items() if ett.namn or konto not in konton}
    return replace(
        bokföring,
        år=_fallande({**bokföring.år, **åren}),
        konton=dict(sorted(konton.items())),
        dimensioner={**sista.dimensioner, **bokföring.dimensioner},
        objekt={**sista.objekt, **bokföring.objekt},
    )


def _fallande(år: Mapping[int, Bokföringsår]) -> dict[int, Bokföringsår]:
    return {nr: år[nr] for nr in sorted(år, reverse=True)}


def _öre(belopp: Decimal) -> int:
    return int(belopp * 100)


def _kr(belopp: Decimal) -> str:
    return kr_text(_öre(belopp))
