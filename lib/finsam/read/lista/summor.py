"""Rows that add other rows: told apart from the konton, and checked against the rows that they add."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from finsam.read.indata import visa
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.dubbelt import EN_GÅNG
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.blad import Listblad
from finsam.read.lista.kolumner import Kolumner
from finsam.read.lista.rader import Grupprubrik, Listkonto, Listrad, Summarad

Vändning = Callable[[str], int]
"""What the printed amount of a konto is to be multiplied with to have debit plus."""

ÖVER_KLASSER = re.compile(r"resultat|vinst|förlust|nettokostnad|skulder|kapital|omslutning|balans|\btot", re.IGNORECASE)
KLASSER = ("1", "2", "12", "345678", "2345678", "0123456789")
"""The classes that a sum over several may be of: the result stands among the skulder, too, or as classes 1 and 2."""

KORT = 3
VISAS = 10
SÄKERT = 2
HÖGST_SUMMARADER = 5000
RÄTTA = "Exportera listan på nytt; är den ändrad för hand, rätta den."


def skilj_konton(
    rader: Iterable[Listrad], blad: Listblad, kolumner: Kolumner, problem: Problemsamling
) -> list[Listkonto]:
    """The rows that are konton. Those that add konton ("15 Fordringar", a konto's own sum) must agree with them."""
    alla = list(_utan_dubbla((rad for rad in rader if isinstance(rad, Listkonto)), blad, problem))
    per_konto: dict[str, list[Listkonto]] = defaultdict(list)
    for rad in alla:
        per_konto[rad.konto].append(rad)
    korta = KORT if any(len(konto) > KORT for konto in per_konto) else KORT - 1
    summor = _kontosummor(per_konto, blad, problem)
    summor |= _delade_konton(per_konto, korta, summor, blad, problem)
    konton = [rad for rad in alla if len(rad.konto) > korta and rad.rad not in summor]
    grupper: dict[str, dict[int, int]] = defaultdict(dict)
    for rad in konton:
        for längd in range(1, KORT + 1):
            _lägg_till(grupper[rad.konto[:längd]], rad, None)
    for rad in alla:
        if len(rad.konto) <= korta and rad.belopp and _check_grupp(rad, grupper, blad, kolumner, problem):
            summor.add(rad.rad)
    if summor:
        nummer = sorted(rad.konto for rad in alla if rad.rad in summor)
        vilka = ", ".join(nummer[:VISAS]) + (" …" if len(nummer) > VISAS else "")
        problem.upplysning(f"Rader med summan av ett konto eller en grupp: {len(nummer)} ({vilka}). De stämmer.")
    return konton


def _kontosummor(per_konto: Mapping[str, list[Listkonto]], blad: Listblad, problem: Problemsamling) -> set[int]:
    """The rows that add a konto's rows per objekt."""
    möjliga = []
    for rader in per_konto.values():
        delar = [rad for rad in rader if rad.objekt]
        hela = [rad for rad in rader if not rad.objekt]
        if delar and len(hela) == 1:
            möjliga.append((hela[0], delar))
    return _som_summor(möjliga, "kontots rader med objekt", blad, problem)


def _delade_konton(
    per_konto: Mapping[str, list[Listkonto]], korta: int, summor: set[int], blad: Listblad, problem: Problemsamling
) -> set[int]:
    """The rows of konton of four digits and more that add those which begin as they do (1510: 151001, 151002)."""
    långa = sorted(konto for konto in per_konto if len(konto) > korta)
    delade = {konto for konto, nästa in pairwise(långa) if nästa.startswith(konto)}
    möjliga = []
    for konto in delade:
        alla_under = långa[bisect(långa, konto) : bisect(långa, f"{konto}:")]  # a colon sorts after the digits
        under = [ett for ett in alla_under if ett not in delade]
        rader = [rad for ett in under for rad in per_konto[ett] if rad.rad not in summor]
        möjliga += [(rad, rader) for rad in per_konto[konto] if rad.rad not in summor]
    return _som_summor(möjliga, "kontona som börjar likadant", blad, problem)


def _som_summor(
    möjliga: Iterable[tuple[Listkonto, list[Listkonto]]], vad: str, blad: Listblad, problem: Problemsamling
) -> set[int]:
    """The rows that are sums of the others with them. A list has such sums everywhere or nowhere.

    One row that happens to be like another proves nothing; two that do, or one that is the sum of several, are sums.
    """
    lika, olika, säkert = set(), [], 0
    for rad, delar in möjliga:
        if not any(rad.belopp.values()) and not any(any(del_.belopp.values()) for del_ in delar):
            continue
        if _samma(rad.belopp, _summa(delar)) and any(rad.belopp.values()):
            lika.add(rad.rad)
            säkert += sum(any(del_.belopp.values()) for del_ in delar)
        else:
            olika.append(rad)
    if säkert < SÄKERT:
        return set()
    for rad in olika:
        text = f"Raden för konto {rad.konto} är inte summan av {vad}, som den är för andra konton. {RÄTTA}"
        problem.fel(text, blad.plats(rad.rad), "summan av ett konto")
    return lika


def _utan_dubbla(rader: Iterable[Listkonto], blad: Listblad, problem: Problemsamling) -> Iterator[Listkonto]:
    """The rows, each konto and objekt once: the same row again is only said, another amount for them is refused."""
    första: dict[object, Listkonto] = {}
    for rad in rader:
        före = första.setdefault((rad.konto, rad.objekt), rad)
        vad = " ".join((f"Konto {rad.konto}", *(kod for _, kod in rad.objekt)))
        ställen = f"{vad} står på två rader ({före.rad} och {rad.rad})"
        råd = (
            "Ta ut listan med en rad per konto, eller med den kolumn som skiljer raderna åt (Ansvar, Projekt, Motpart)."
        )
        if före is rad:
            yield rad
        elif not (_samma(före.belopp, rad.belopp) and _samma(rad.belopp, före.belopp)):
            problem.fel(f"{ställen}. {råd}", blad.plats(rad.rad), "konto på två rader")
        elif any(rad.belopp.values()):
            text = f"{ställen} med samma belopp. {EN_GÅNG} Är de två skilda saldon: {råd[0].lower()}{råd[1:]}"
            problem.varning(text, blad.plats(rad.rad), "samma belopp två gånger")


def _check_grupp(
    rad: Listkonto,
    grupper: Mapping[str, Mapping[int, int]],
    blad: Listblad,
    kolumner: Kolumner,
    problem: Problemsamling,
) -> bool:
    """Whether a row of one to three digits is the sum of its konton; a problem when it is not."""
    if rad.konto in grupper:
        if _samma(rad.belopp, grupper[rad.konto]):
            return True
        text = f"{visa(f'{rad.konto} {rad.namn}'.strip())} är inte summan av kontona som börjar på {rad.konto}: "
        text += _skillnad(rad.belopp, grupper[rad.konto], kolumner)
        problem.fel(text, blad.plats(rad.rad, kolumner.konto), "grupp")
    elif any(rad.belopp.values()):
        text = (
            f"Konto {rad.konto} har för få siffror för att vara ett konto men har saldo, och listan har inga konton "
            f"som börjar på {rad.konto}. Ta ut listan per konto, inte per grupp."
        )
        problem.fel(text, blad.plats(rad.rad, kolumner.konto), "grupp utan konton")
    return False


def check_summor(
    rader: Iterable[Listrad],
    konton: Iterable[Listkonto],
    tecken: Vändning | None,
    blad: Listblad,
    kolumner: Kolumner,
    problem: Problemsamling,
) -> None:
    """Every row called a sum adds the rows above it, from where some group begins, or the konton that it names.

    A sum over classes (a result, a total) may have the printed amounts or those with debit plus, and either sign.
    """
    rader, konton = list(rader), list(konton)
    if sum(isinstance(rad, Summarad) for rad in rader) > HÖGST_SUMMARADER:
        problem.fel("Listan har orimligt många summarader. Ta ut den utan summor.")
        return
    räknas = {rad.rad for rad in konton}
    ovan: list[Listkonto] = []
    gränser = {0}
    stämmer = 0
    for rad in rader:
        match rad:
            case Listkonto() if rad.rad in räknas:
                if ovan and ovan[-1].konto[:KORT] != rad.konto[:KORT]:
                    gränser.add(len(ovan))
                ovan.append(rad)
            case Summarad():
                namngivna = _namngivna(rad, konton)
                möjliga = [_summa(namngivna)] if namngivna else _möjliga(rad, ovan, gränser, konton, tecken)
                if any(_samma(rad.belopp, summa) for summa in möjliga):
                    stämmer += 1
                else:
                    nära = namngivna or ovan[max(gränser - {len(ovan)}, default=0) :]
                    text = f"{visa(rad.etikett)} stämmer inte: {_skillnad(rad.belopp, _summa(nära), kolumner)}"
                    problem.fel(text, blad.plats(rad.rad), "summa som inte stämmer")
                gränser.add(len(ovan))
            case Grupprubrik() | Listkonto():
                gränser.add(len(ovan))
    if stämmer:
        problem.upplysning(f"Summarader: {stämmer}. De stämmer med raderna de summerar.")


def _namngivna(rad: Summarad, konton: Iterable[Listkonto]) -> list[Listkonto]:
    """The rows of the konton that the text of a sum names; a result is not of them ("Resultat 1")."""
    if rad.konton is None or "resultat" in rad.etikett.casefold():
        return []
    från, till = rad.konton
    return [ett for ett in konton if från <= ett.konto[: len(från)] and ett.konto[: len(till)] <= till]


def _möjliga(
    rad: Summarad, ovan: list[Listkonto], gränser: set[int], konton: list[Listkonto], tecken: Vändning | None
) -> Iterator[dict[int, int]]:
    """What a sum may be: of the rows above it from some beginning, or for one over classes of whole classes."""
    över_klasser = ÖVER_KLASSER.search(rad.etikett)
    yield from _slutsummor(ovan, gränser, None)
    if not över_klasser:
        return
    for vänd in (None, tecken) if tecken else (None,):
        delar = [_summa([ett for ett in konton if ett.konto[0] in klasser], vänd) for klasser in KLASSER]
        for summa in (*delar, *_slutsummor(ovan, gränser, vänd)):
            yield summa
            yield {kolumn: -öre for kolumn, öre in summa.items()}


def _slutsummor(ovan: list[Listkonto], gränser: set[int], tecken: Vändning | None) -> Iterator[dict[int, int]]:
    """The sums of the last rows, from each beginning of a group."""
    summa: dict[int, int] = {}
    for nr in range(len(ovan) - 1, -1, -1):
        _lägg_till(summa, ovan[nr], tecken)
        if nr in gränser:
            yield dict(summa)


def _summa(rader: Iterable[Listkonto], tecken: Vändning | None = None) -> dict[int, int]:
    summa: dict[int, int] = {}
    for rad in rader:
        _lägg_till(summa, rad, tecken)
    return summa


def _lägg_till(summa: dict[int, int], rad: Listkonto, tecken: Vändning | None) -> None:
    gånger = tecken(rad.konto) if tecken else 1
    for kolumn, öre in rad.belopp.items():
        summa[kolumn] = summa.get(kolumn, 0) + gånger * öre


def _samma(belopp: Mapping[int, int], summa: Mapping[int, int]) -> bool:
    """Whether a sum is right in every column where it is given."""
    return all(summa.get(kolumn, 0) == öre for kolumn, öre in belopp.items())


def _skillnad(belopp: Mapping[int, int], summa: Mapping[int, int], kolumner: Kolumner) -> str:
    """The first column that differs, in words."""
    kolumn, öre = next((k, öre) for k, öre in belopp.items() if summa.get(k, 0) != öre)
    rätt = summa.get(kolumn, 0)
    return (
        f"{kolumner.belopp[kolumn]} är {kr_text(öre)} men raderna ger {kr_text(rätt)}, en differens på "
        f"{kr_text(abs(öre - rätt))}. {RÄTTA}"
    )
