"""Errors in the kontoplan, that places the konton of the ledger."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from pathlib import Path

from injektioner import Mål, ska
from injektioner_bokforing import SALDO, read_sie, saldorader


def _kontoplan(mål: Mål) -> tuple[Path, list[list[str]]]:
    fil = mål.årsmapp / "kontoplan.csv"
    fil = fil if fil.is_file() else mål.mapp / "kontoplan.csv"
    if mål.är_plan or not fil.is_file():
        return fil, []
    return fil, list(csv.reader(io.StringIO(fil.read_text("utf-8-sig")), delimiter=";"))


def _skriv_kontoplan(fil: Path, rader: list[list[str]]) -> None:
    ut = io.StringIO()
    csv.writer(ut, delimiter=";", lineterminator="\n").writerows(rader)
    fil.write_text(ut.getvalue(), "utf-8")


def _använda(mål: Mål, rader: list[list[str]]) -> list[int]:
    """The lines of the kontoplan that some konto, or objekt, with a balance uses."""
    _, sie = read_sie(mål)
    konton = {SALDO.match(sie[nr])[3] for nr in saldorader(sie, ("#UB", "#RES"))}  # type: ignore[index]
    bokfört = " ".join(rad for rad in sie if rad.startswith(("#TRANS ", "#PSALDO 0 ")))
    return [
        nr
        for nr, rad in enumerate(rader)
        if nr
        and any(_i_spann(rad[0], k) for k in konton)
        and all(re.search(rf'[{{ ]"?{del_}"?[ }}]', bokfört) for del_ in rad[1].split(":")[1:])
        and rad[2] not in ("rr.bokslut", "br.eget_kapital")
    ]


def _i_spann(spann: str, konto: str) -> bool:
    från, _, till = spann.partition("-")
    return från <= konto[: len(från)] and konto[: len(till or från)] <= (till or från)


def _ändra_rad(mål: Mål, slump: random.Random, fält: int, nytt: Callable[[list[str]], str]) -> str | None:
    """Change one field of a line that is used; the field must have something in it."""
    fil, rader = _kontoplan(mål)
    if not (möjliga := [nr for nr in _använda(mål, rader) if rader[nr][fält]]):
        return None
    rad = rader[slump.choice(möjliga)]
    före, rad[fält] = rad[fält], nytt(rad)
    _skriv_kontoplan(fil, rader)
    return None if rad[fält] == före else f"{fil.name}, konto {rad[0]} {rad[1]}: {före} blev {rad[fält] or 'tomt'}"


@ska("fångas")
def kontoplansrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    möjliga = _använda(mål, rader)
    if not möjliga:
        return None
    rad = rader.pop(slump.choice(möjliga))
    _skriv_kontoplan(fil, rader)
    return f"kontoplanens rad {';'.join(rad)} saknas"


@ska("fångas")
def kontoplansrad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    möjliga = [nr for nr in _använda(mål, rader) if rader[nr][3]]
    if not möjliga:
        return None
    rad = list(rader[slump.choice(möjliga)])
    konto = rad[0]
    rad[0] = konto[:-1] if len(konto) == 4 else konto
    _skriv_kontoplan(fil, [*rader, rad])
    return f"kontoplanen har också {';'.join(rad)}"


@ska("fångas")
def notrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_rad(mål, slump, 3, lambda _: "")


@ska("fångas")
def funktion_saknas(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_rad(mål, slump, 4, lambda _: "")


@ska("fångas")
def objekt_felskrivet(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_rad(mål, slump, 1, lambda rad: rad[1][:-1] + ("X" if rad[1][-1].isalpha() else "9"))


@ska("fångas")
def post_felstavad(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_rad(mål, slump, 2, lambda rad: f"{rad[2]}s")


FEL_SIDA = {
    "rr.verksamhetens_kostnader": "rr.verksamhetens_intakter",
    "rr.verksamhetens_intakter": "rr.finansiella_kostnader",
    "rr.finansiella_intakter": "rr.finansiella_kostnader",
    "br.fordringar": "br.kortfristiga_skulder",
    "br.kortfristiga_skulder": "br.fordringar",
    "br.kassa_bank": "br.langfristiga_skulder",
}


@ska("fångas")
def konto_på_fel_sida(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    möjliga = [nr for nr in _använda(mål, rader) if rader[nr][2] in FEL_SIDA]
    if not möjliga:
        return None
    rad = rader[slump.choice(möjliga)]
    före = ";".join(rad)
    konto, post = rad[0], rad[2]
    for ett in rader:
        if ett[0] == konto and ett[2] == post:
            ett[2:5] = [FEL_SIDA[post], "", ""]
    _skriv_kontoplan(fil, rader)
    return f"{före} har fått posten {FEL_SIDA[post]}"


def _annan(rader: list[list[str]], fält: int, slump: random.Random) -> Callable[[list[str]], str]:
    """Another value of the same note or of any function, among those that the kontoplan has."""

    def byt(rad: list[str]) -> str:
        början = rad[fält].partition(".")[0] if fält == 3 else ""
        andra = sorted({r[fält] for r in rader[1:] if r[fält].startswith(början) and r[fält]} - {rad[fält]})
        return slump.choice(andra) if andra else rad[fält]

    return byt


@ska("flödar")
def konto_på_annan_notrad(mål: Mål, slump: random.Random) -> str | None:
    """Which row of a note a konto belongs to is the förbund's to say; the note must still add up."""
    return _ändra_rad(mål, slump, 3, _annan(_kontoplan(mål)[1], 3, slump))


@ska("flödar")
def konto_på_annan_funktion(mål: Mål, slump: random.Random) -> str | None:
    """What a cost was for is the förbund's to say; for an insats its owner's own report tells (C30)."""
    return _ändra_rad(mål, slump, 4, _annan(_kontoplan(mål)[1], 4, slump))
