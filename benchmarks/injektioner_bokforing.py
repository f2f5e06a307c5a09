"""Errors in the ledger as it is exported."""

from __future__ import annotations

import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from injektioner import Mål, kasta_om, ska

SALDO = re.compile(r"^(#(?:IB|UB|RES)) (0|-1) (\d+) (-?\d+\.\d\d)\s*$")
RAD = re.compile(r"^#TRANS (\d+) (\{.*?\}) (-?\d+\.\d\d)")
OBJEKTSALDO = re.compile(r"^#PSALDO 0 (\d+) (\d+) \{(\S.*?)\} (-?\d+\.\d\d)\s*$")


def read_sie(mål: Mål) -> tuple[Path, list[str]]:
    fil = mål.årsmapp / "bokforing.se"
    return fil, fil.read_bytes().decode("cp437").splitlines() if fil.is_file() else []


def _skriv_sie(fil: Path, rader: list[str]) -> None:
    fil.write_bytes("\r\n".join([*rader, ""]).encode("cp437"))


def saldorader(rader: list[str], etiketter: tuple[str, ...], år: str = "0") -> list[int]:
    träffar = ((nr, SALDO.match(rad)) for nr, rad in enumerate(rader))
    return [nr for nr, m in träffar if m and m[1] in etiketter and m[2] == år and float(m[4])]


def _ändra_saldo(mål: Mål, slump: random.Random, vad: str, ändra: Callable[[str], str], år: str = "0") -> str | None:
    fil, rader = read_sie(mål)
    möjliga = saldorader(rader, ("#IB", "#UB", "#RES"), år)
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    m = SALDO.match(rader[nr])
    assert m
    nytt = ändra(m[4])
    if nytt == m[4]:
        return None
    rader[nr] = f"{m[1]} {m[2]} {m[3]} {nytt}"
    _skriv_sie(fil, rader)
    return f"{vad}: {m[0].strip()} blev {nytt}"


def _verifikationer(rader: list[str]) -> list[tuple[int, int]]:
    """Where each verifikation begins and ends (the line after)."""
    börjar = [nr for nr, rad in enumerate(rader) if rad.startswith("#VER ")]
    return [(nr, rader.index("}", nr) + 1) for nr in börjar]


def _öka(rader: list[str], mönster: str, belopp: Decimal) -> bool:
    """Add to the balance of the one line that matches; whether there is one."""
    for nr, rad in enumerate(rader):
        if m := re.match(rf"({mönster} )(-?\d+\.\d\d)\s*$", rad):
            rader[nr] = f"{m[1]}{Decimal(m[2]) + belopp}"
            return True
    return False


@ska("fångas")
def saldo_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "fel tecken", lambda tal: tal[1:] if tal.startswith("-") else f"-{tal}")


@ska("fångas")
def saldo_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "omkastade siffror", lambda tal: kasta_om(tal, slump))


@ska("fångas")
def saldo_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "hundra gånger för stort", lambda tal: tal.replace(".", "") + ".00")


@ska("fångas")
def föregående_saldo_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "omkastade siffror, föregående år", lambda tal: kasta_om(tal, slump), "-1")


@ska("fångas")
def resultatets_tecken_omvända(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    år = slump.choice(("0", "-1"))
    if not (valda := saldorader(rader, ("#RES",), år)):
        return None
    for nr in valda:
        m = SALDO.match(rader[nr])
        assert m
        rader[nr] = f"{m[1]} {m[2]} {m[3]} {-Decimal(m[4])}"
    _skriv_sie(fil, rader)
    return f"alla #RES {år} har omvänt tecken"


@ska("fångas")
def konto_utelämnat(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    möjliga = saldorader(rader, ("#UB", "#RES"))
    if not möjliga:
        return None
    konto = SALDO.match(rader[slump.choice(möjliga)])[3]  # type: ignore[index]
    _skriv_sie(fil, [rad for rad in rader if not re.match(rf"#(IB|UB|RES) -?\d+ {konto} ", rad)])
    return f"konto {konto} utelämnat"


@ska("fångas")
def saldorad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    möjliga = saldorader(rader, ("#UB", "#RES"))
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    _skriv_sie(fil, [*rader[: nr + 1], rader[nr], *rader[nr + 1 :]])
    return f"rad dubbel: {rader[nr].strip()}"


@ska("fångas")
def ingående_balans_flyttad(mål: Mål, slump: random.Random) -> str | None:
    """The opening balance still adds up, and so does each konto's closing: two konton have swapped an amount."""
    fil, rader = read_sie(mål)
    if len(möjliga := saldorader(rader, ("#IB",))) < 2:
        return None
    ena, andra = (SALDO.match(rader[nr])[3] for nr in slump.sample(möjliga, 2))  # type: ignore[index]
    belopp = Decimal(slump.randint(1000, 99999))
    _öka(rader, f"#IB 0 {ena}", belopp)
    _öka(rader, f"#IB 0 {andra}", -belopp)
    _skriv_sie(fil, rader)
    return f"ingående balans: {belopp} flyttat från {andra} till {ena}"


@ska("fångas")
def jämförelseår_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    if not saldorader(rader, ("#RES",), "-1"):
        return None
    byt = {"0": "-1", "-1": "0"}
    etikett = slump.choice(("RES", "UB", "(?:RES|UB|IB)"))
    mönster = re.compile(rf"^(#{etikett}) (0|-1) ")
    _skriv_sie(fil, [mönster.sub(lambda m: f"{m[1]} {byt[m[2]]} ", rad) for rad in rader])
    return f"jämförelseår ombytta i #{etikett}"


@ska("fångas")
def objektsaldo_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """One of the monthly balances of an objekt, where the file has no verifikationer to take them from."""
    fil, rader = read_sie(mål)
    möjliga = [] if _verifikationer(rader) else [nr for nr, rad in enumerate(rader) if OBJEKTSALDO.match(rad)]
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    före, belopp = rader[nr], OBJEKTSALDO.match(rader[nr])[4]  # type: ignore[index]
    rader[nr] = före.replace(f" {belopp}", f" {kasta_om(belopp, slump)}")
    _skriv_sie(fil, rader)
    return None if rader[nr] == före else f"objektets saldo: {före.strip()} blev {rader[nr]}"


@ska("fångas")
def verifikationsrad_ändrad(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    möjliga = [nr for nr, rad in enumerate(rader) if RAD.match(rad)]
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    före, belopp = rader[nr], RAD.match(rader[nr])[3]  # type: ignore[index]
    rader[nr] = före.replace(f" {belopp} ", f" {kasta_om(belopp, slump)} ", 1)
    _skriv_sie(fil, rader)
    return None if rader[nr] == före else f"verifikationsrad ändrad: {före} blev {rader[nr]}"


@ska("fångas")
def verifikationsrad_på_annat_konto(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    möjliga = [nr for nr, rad in enumerate(rader) if RAD.match(rad)]
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    konto = RAD.match(rader[nr])[1]  # type: ignore[index]
    annat = slump.choice(sorted({RAD.match(rader[n])[1] for n in möjliga} - {konto}))  # type: ignore[index]
    rader[nr] = rader[nr].replace(f"#TRANS {konto} ", f"#TRANS {annat} ")
    _skriv_sie(fil, rader)
    return f"verifikationsrad flyttad från {konto} till {annat}"


@ska("fångas")
def verifikation_utelämnad(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    if not (möjliga := _verifikationer(rader)):
        return None
    från, till = slump.choice(möjliga)
    _skriv_sie(fil, rader[:från] + rader[till:])
    return f"utelämnad: {rader[från]}"


@ska("fångas")
def verifikation_dubbel(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    if not (möjliga := _verifikationer(rader)):
        return None
    från, till = slump.choice(möjliga)
    _skriv_sie(fil, rader[:till] + rader[från:till] + rader[till:])
    return f"dubbel: {rader[från]}"


@ska("fångas")
def verifikation_annat_år(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    if not (möjliga := _verifikationer(rader)):
        return None
    från, _ = slump.choice(möjliga)
    före = rader[från]
    rader[från] = re.sub(rf"^(#VER \S+ \S+ ){mål.år}", lambda m: f"{m[1]}{mål.år + slump.choice((-1, 1))}", före)
    _skriv_sie(fil, rader)
    return f"{före} blev {rader[från]}"


def _ta_bort_månad(rader: list[str], månad: str) -> tuple[list[str], dict[str, Decimal]]:
    """The lines without a month's verifikationer, and what these come to by konto."""
    kvar, summor = list(rader), defaultdict(Decimal)
    for från, till in reversed(_verifikationer(rader)):
        if rader[från].split()[3].startswith(månad):
            for rad in rader[från:till]:
                if m := RAD.match(rad):
                    summor[m[1]] += Decimal(m[3])
            del kvar[från:till]
    return kvar, summor


@ska("fångas")
def månad_saknas_bland_verifikationerna(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    månad = f"{mål.år}{slump.randint(1, 12):02}"
    kvar, _ = _ta_bort_månad(rader, månad)
    if kvar == rader:
        return None
    _skriv_sie(fil, kvar)
    return f"verifikationerna för {månad} saknas"


@ska("fångas")
def månad_saknas_överallt(mål: Mål, slump: random.Random) -> str | None:
    """An export made before the last month was booked, or without one: its balances agree with what it has."""
    fil, rader = read_sie(mål)
    månad = f"{mål.år}{slump.choice((12, 12, slump.randint(1, 11))):02}"
    kvar, summor = _ta_bort_månad(rader, månad)
    if kvar == rader:
        return None
    for konto, belopp in summor.items():
        _öka(kvar, f"#{'UB' if konto[0] in '12' else 'RES'} 0 {konto}", -belopp)
    _skriv_sie(fil, [rad for rad in kvar if not rad.startswith(f"#PSALDO 0 {månad} ")])
    return f"{månad} saknas överallt i filen"


@ska("fångas")
def fel_räkenskapsår(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = read_sie(mål)
    if not rader:
        return None
    _skriv_sie(fil, [rad.replace(str(mål.år), str(mål.år - 1)) if rad.startswith("#RAR 0") else rad for rad in rader])
    return "räkenskapsåret är föregående års"


@ska("fångas")
def förra_årets_fil(mål: Mål, slump: random.Random) -> str | None:
    namn = slump.choice(("bokforing.se", "underlag.xlsx"))
    förra = mål.mapp / str(mål.år - 1) / namn
    if not förra.is_file() or not (mål.årsmapp / namn).is_file():
        return None
    shutil.copy(förra, mål.årsmapp / namn)
    return f"{namn} är förra årets"


@ska("flödar")
def kostnad_bokförd_på_annat_konto(mål: Mål, slump: random.Random) -> str | None:
    """A cost is booked on another cost konto, in all the file; what it was for only the person who booked it knows."""
    fil, rader = read_sie(mål)
    med_objekt = {m[2] for rad in rader if (m := OBJEKTSALDO.match(rad))}
    saldon = [SALDO.match(rader[nr]) for nr in saldorader(rader, ("#RES",))]
    konton = [m[3] for m in saldon if m and m[3][0] in "4567" and m[3] not in med_objekt]
    if len(konton) < 2 or _verifikationer(rader):
        return None
    ena, andra = slump.sample(konton, 2)
    belopp = Decimal(slump.randint(1000, 9999))
    for konto, tecken in ((ena, 1), (andra, -1)):
        _öka(rader, f"#RES 0 {konto}", tecken * belopp)
        _öka(rader, rf"#PSALDO 0 {mål.år}12 {konto} \{{\}}", tecken * belopp)
    _skriv_sie(fil, rader)
    return f"{belopp} kr bokfört på {ena} i stället för på {andra}"
