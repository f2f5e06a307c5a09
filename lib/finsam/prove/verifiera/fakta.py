"""A run whose inputs are not here: the same fact has the same value in every file of it. Nothing is executed.

`rapport.json` is what the others are held against, and it is held against itself: each cell against its fact.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from itertools import zip_longest
from pathlib import Path

from nbformat import from_dict

from finsam.model.belopp import HÅRT_BLANK, TKR
from finsam.prove.manifest import KanInteVerifieras, read_json
from finsam.prove.rapportfil import Rad, Rapport, Tabell, read_rapport, tabeller_i, visar
from finsam.prove.verifiera.html import pröva_html
from finsam.prove.verifiera.pdf import pröva_pdf
from finsam.prove.verifiera.plats import Plats, Steg, klart
from finsam.prove.verifiera.xlsx import pröva_xlsx
from finsam.report.oppnadata.faktafil import FIL as FAKTAFIL
from finsam.report.oppnadata.faktafil import fakta_csv

_LITET = Decimal("1e-7")


def pröva_fakta(plats: Plats, *, med_ord: bool = True) -> Iterator[Steg]:
    """The steps of reading back. What is read back from the finished files is listed here and nowhere else.

    Sentences are left out when another version has made them: where it put them is not known.
    """
    try:
        rapport = read_rapport(plats.katalog)
    except KanInteVerifieras as fel:
        yield Steg(1, "rapport.json", str(fel), "skiljer")
        return
    yield _rapport(rapport)
    yield _notebooks(plats, rapport)
    yield from pröva_html(plats, rapport, med_ord=med_ord)
    yield pröva_xlsx(plats.katalog / f"{plats.körning.rapport}.xlsx", rapport)
    yield pröva_pdf(plats, rapport, med_ord=med_ord)
    if FAKTAFIL in plats.körning.outputs:
        yield _faktafil(plats)


# ---------------------------------------------------------------- rapport.json


def _rapport(rapport: Rapport) -> Steg:
    problem, antal = [], 0
    for tabell in rapport.tabeller:
        for rad in tabell.rader:
            for nr, nyckel in enumerate(rad.fakta):
                if nyckel is not None:
                    antal += 1
                    if fel := _cellfel(rapport, tabell, rad, nr, nyckel):
                        problem.append(f"{tabell.plats(rad, nr)}: {fel}")
    return klart("rapport.json", f"{antal} celler i {len(rapport.tabeller)} tabeller", "visar sina fakta", problem)


def _cellfel(rapport: Rapport, tabell: Tabell, rad: Rad, nr: int, nyckel: str) -> str:
    """What is wrong with a cell; empty when nothing is."""
    f = rapport.fakta.get(nyckel)
    if f is None or nr >= len(rad.varden) or nr >= len(rad.visat):
        return f"faktat {nyckel} finns inte" if f is None else "cellen saknar värde"
    värde, visat = rad.varden[nr], rad.visat[nr]
    if f.varde is None or värde is None:
        return "" if f.varde is None and värde is None else f"visar {värde}, men {nyckel} är {f.visat or 'tomt'}"
    faktor = (
        Decimal(100) if f.enhet == "andel" else 1 / TKR if tabell.enhet == "tkr" and f.enhet == "kr" else Decimal(1)
    )
    tillåtna = {abs(f.varde) * faktor, abs(f.varde)}
    minsta = faktor * f.halv + _LITET
    if not any(abs(abs(värde) - tal) <= minsta for tal in tillåtna):
        return f"värdet är {värde}, men {nyckel} är {f.visat} {f.enhet}"
    return "" if visar(visat, värde) else f"visar {visat.replace(HÅRT_BLANK, ' ')}, men värdet är {värde}"


# ---------------------------------------------------------------- the facts as rows


def _faktafil(plats: Plats) -> Steg:
    """`fakta.csv` is what `rapport.json` gives, byte for byte."""
    try:
        väntat = fakta_csv(read_json(plats.katalog / "rapport.json"))
        skrivet = (plats.katalog / FAKTAFIL).read_bytes()
        rader = _rader(väntat)
        problem = list(_andra_rader(_rader(skrivet), rader))
    except (KanInteVerifieras, OSError, UnicodeDecodeError, csv.Error, LookupError, TypeError, AttributeError):
        return Steg(1, FAKTAFIL, "kan inte läsas", "skiljer")
    if skrivet != väntat and not problem:
        problem.append("samma rader, men skrivna på annat sätt")
    return klart(FAKTAFIL, f"{len(rader) - 1} rader", "är fakta i rapport.json", problem)


def _rader(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8"), newline="")))


def _andra_rader(skrivna: list[list[str]], väntade: list[list[str]]) -> Iterator[str]:
    """What the rows say otherwise, by the fact and the column."""
    rubriker, tom = väntade[0], list[str]()
    for nr, (rad, annan) in enumerate(zip_longest(skrivna, väntade, fillvalue=tom), 1):
        if rad[:2] != annan[:2] or len(rad) != len(annan):
            yield f"rad {nr}: {'/'.join(rad[:2]) or 'ingen rad'}, av rapport.json {'/'.join(annan[:2]) or 'ingen rad'}"
            continue
        for kolumn, ett, annat in zip(rubriker, rad, annan, strict=True):
            if ett != annat:
                är, ska = (text[:60] or "tomt" for text in (ett, annat))
                yield f"rad {nr}, {'/'.join(rad[:2])}: {kolumn} {är}, av rapport.json {ska}"


# ---------------------------------------------------------------- the executed notebooks


def _notebooks(plats: Plats, rapport: Rapport) -> Steg:
    """The tables that the executed notebooks hold are those of rapport.json, in the same order."""
    tabeller: list[Tabell] = []
    problem: list[str] = []
    for namn in plats.körning.notebooks:
        try:
            tabeller += _tabeller_i(plats.katalog / "sektioner" / namn)
        except KanInteVerifieras as fel:
            problem.append(str(fel))
    problem = problem or tabellskillnader(rapport.tabeller, tuple(tabeller), "rapport.json", "avsnittet")
    antal = f"{len(tabeller)} tabeller i {len(plats.körning.notebooks)} körda avsnitt"
    return klart("sektioner/*.ipynb", antal, "är de i rapport.json", problem)


def _tabeller_i(fil: Path) -> list[Tabell]:
    """The tables of an executed notebook. Raises KanInteVerifieras."""
    nb = read_json(fil)
    try:
        return [Tabell.model_validate(t) for t in tabeller_i([from_dict(nb)])]
    except (TypeError, KeyError, AttributeError, ValueError):
        raise KanInteVerifieras(f"{fil.name} är ingen körd notebook.") from None


def tabellskillnader(ena: tuple[Tabell, ...], andra: tuple[Tabell, ...], vem: str, mot: str) -> list[str]:
    """Where two documents' tables differ: table, row and column with both figures."""
    ut: list[str] = []
    for a, b in zip_longest(ena, andra):
        if a is None or b is None:
            ut.append(f"tabellen {(a or b).id} finns bara i {vem if a else mot}")
        elif a != b:
            ut += _i_tabell(a, b, vem, mot) or [f"{a.rubrik}: rubriker, enhet eller kolumner skiljer"]
    return ut


def _i_tabell(a: Tabell, b: Tabell, vem: str, mot: str) -> list[str]:
    ut = []
    for rad, motrad in zip_longest(a.rader, b.rader):
        if rad is None or motrad is None or (rad.id, rad.etikett) != (motrad.id, motrad.etikett):
            return [f"{a.rubrik}: raderna är inte desamma ({(rad or motrad).etikett})"]
        for nr, (ett, två) in enumerate(zip_longest(_celler(rad), _celler(motrad))):
            if ett != två:
                ut.append(f"{a.plats(rad, nr)}: {_ord(ett)} i {vem}, {_ord(två)} i {mot}")
    return ut


def _celler(rad: Rad) -> list[tuple[str, Decimal | None, str | None]]:
    return list(zip(rad.visat, rad.varden, rad.fakta, strict=False))


def _ord(cell: tuple[str, Decimal | None, str | None] | None) -> str:
    if cell is None:
        return "ingenting"
    visat = cell[0].replace(HÅRT_BLANK, " ")
    return visat if cell[1] is None else f"{visat} ({cell[1]})"


# ---------------------------------------------------------------- two runs, fact by fact


def faktaskillnader(gammal: Rapport, ny: Rapport) -> Iterator[str]:
    """Facts that differ, those that no other one explains first: id, both values, and where it comes from."""
    alla = dict.fromkeys((*ny.fakta, *gammal.fakta))
    skiljer = [n for n in alla if _exakt(gammal, n) != _exakt(ny, n)]
    for nyckel in sorted(skiljer, key=lambda n: n in ny.fakta and not set(ny.fakta[n].av).isdisjoint(skiljer)):
        källa = (ny.fakta.get(nyckel) or gammal.fakta[nyckel]).källa()
        slut = f" ({källa})" if källa else ""
        yield f"{nyckel}: {_exakt(gammal, nyckel)} i dokumentet, {_exakt(ny, nyckel)} vid omkörning{slut}"


def _exakt(rapport: Rapport, nyckel: str) -> str:
    return (rapport.fakta[nyckel].visat or "tomt") if nyckel in rapport.fakta else "finns inte"
