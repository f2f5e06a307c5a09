"""How well `finsam granska` reads and finds, rule by rule, in texts that its rules were not written for.

    python benchmarks/granska.py FIL... [--andra ANTAL] [--lasning] [--fro FRÖ] [--precision]

Each file is a finished report (PDF, DOCX or text). First it is reviewed as it is: every finding is a false alarm but
those of `granska_kanda.csv`, which the documents themselves tell of. Then one figure of its tables is changed at a
time (a digit, in the line as it is read) and the review is done again: it is a hit when something new is found whose
figures the changed one is among. Counted are figures that take part in a relation that is exact in the clean file, and
all others apart. With `--precision` hits and false alarms per rule, in the files and in the reports from outside
(`utifran.py`), are written where the program reads how sure a rule is at most. With `--lasning` the rows that are read
are held against `rapport.json` beside the file (`X.json`); a cell with several amounts and their years in words is read
when they stand in one sentence.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import utifran

from finsam.granska import precision
from finsam.granska.alla import fynd_i
from finsam.granska.fynd import LARM, Fynd
from finsam.granska.granska import granska_dokument
from finsam.granska.grund import Plats, Underlag
from finsam.granska.hopslagning import slå_ihop
from finsam.granska.lasa.dokument import Dokument, bygg, read_dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import tal_i_text

KÄNDA = Path(__file__).parent / "granska_kanda.csv"
TABELL = Path(precision.__file__).with_name(precision.FIL)
MINSTA = 100
"""A figure that is changed is at least this; smaller ones are counts and years."""


def main() -> None:
    """Measure."""
    val = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    val.add_argument("filer", nargs="+", type=Path)
    val.add_argument("--andra", type=int, default=0, help="figures to change in each file")
    val.add_argument("--lasning", action="store_true", help="hold the rows against rapport.json")
    val.add_argument("--precision", action="store_true", help="write hits and false alarms per rule")
    val.add_argument("--fro", type=int, default=20261129)
    val.add_argument("-v", action="store_true", help="show what is missed and what is false")
    a = val.parse_args()
    if a.lasning:
        mät_läsning(a.filer, visa=a.v)
    falska = mät_rena(a.filer, visa=a.v)
    träffar = mät_ändrade(a.filer, a.andra, a.fro, visa=a.v) if a.andra else Counter()
    if a.precision:
        write_precision(träffar, falska, f"{len(a.filer)} filer, --andra {a.andra} --fro {a.fro}")


# --- clean -----------------------------------------------------------------------------------------------------------


def mät_rena(filer: Sequence[Path], *, visa: bool) -> Counter[str]:
    """False alarms in files as they are, by rule and by page."""
    kända = read_kända()
    falska: Counter[str] = Counter()
    sanna: Counter[str] = Counter()
    sidor, början = 0, time.process_time()
    for fil in filer:
        g = granska_dokument([read_dokument(fil.read_bytes(), fil.name)])
        sidor += g.lästa[0].sidor or 25
        for f in g.larm:
            känd = any(fil.name.startswith(namn) and kod == f.kod and tal in talen(f) for namn, kod, tal in kända)
            (sanna if känd else falska)[f.kod] += 1
            if visa and not känd:
                print(f"  falskt {fil.name}: {f.kod} {f.text}")
    tid = time.process_time() - början
    antal = sum(falska.values())
    print(f"Rena: {len(filer)} filer, {sidor} sidor, {antal} falsklarm ({antal / sidor * 25:.2f} per 25 sidor),")
    print(f"  {sum(sanna.values())} kända; {tid / sidor * 26:.2f} CPU-s per 26 sidor. Falska per regel: {dict(falska)}")
    return falska


def read_kända() -> list[tuple[str, str, str]]:
    """What the documents themselves say does not agree: the file's beginning, the rule and a printed figure."""
    with KÄNDA.open(encoding="utf-8", newline="") as fil:
        return [(rad["fil"], rad["kod"], rad["tal"]) for rad in csv.DictReader(fil)]


def talen(f: Fynd) -> set[str]:
    """The printed figures of a finding and of what follows from it, without blanks."""
    egna = {re.sub(r"\s", "", tal) for s in f.ställen for tal in s.tal}
    return egna.union(*(talen(ett) for ett in f.följder))


# --- one figure changed ----------------------------------------------------------------------------------------------


def mät_ändrade(filer: Sequence[Path], antal: int, frö: int, *, visa: bool) -> Counter[str]:
    """Figures that are changed one at a time, and found."""
    i_samband, utan = [0, 0], [0, 0]
    träffar: Counter[str] = Counter()
    unika: Counter[str] = Counter()
    for fil in filer:
        rena = read_dokument(fil.read_bytes(), fil.name)
        u = Underlag([rena])
        före = {(f.kod, f.text) for f in slå_ihop(fynd_i(u)) if f.säkerhet >= LARM}
        platser = sorted(p for p, c in u.celler.items() if abs(c.värde) >= MINSTA and c.enhet != "%")
        slump = random.Random(f"{frö} {fil.name}")
        for plats in slump.sample(platser, min(antal, len(platser))):
            cell = u.celler[plats]
            tryckt = cell.tal.tryckt
            koder = ändra(rena, u, plats, slump, före)
            räkning = i_samband if u.intygade.get(plats) else utan
            räkning[0] += 1
            räkning[1] += bool(koder)
            träffar.update(koder)
            if len(koder) == 1:
                unika.update(koder)
            if visa and not koder and u.intygade.get(plats):
                print(f"  missat {fil.name} s. {cell.rad.sida}: {cell.etikett[:40]} {cell.kolumn.rubrik} {tryckt}")
    for namn, (alla, funna) in (("i ett samband", i_samband), ("utan samband", utan)):
        print(f"Ändrade tal {namn}: {funna} av {alla} hittade ({funna / max(1, alla) * 100:.1f} %)")
    for kod in sorted(träffar):
        print(f"  {kod}: {träffar[kod]} träffar, {unika[kod]} som ingen annan regel ger")
    return träffar


def write_precision(träffar: Counter[str], falska: Counter[str], hur: str) -> None:
    """The table that the program reads, with the reports from outside in both forms and those in one of their own."""
    for form in (*utifran.FORMAT, ""):
        utom, inom = utifran.mät(utifran.MAPP, form, ett=False, visa=False)
        falska, träffar = falska + utom, träffar + inom
    koder = sorted({*träffar, *falska})
    dag = datetime.now(UTC).date().isoformat()
    huvud = [
        f"# {dag}: python benchmarks/granska.py FIL... --precision ({hur})",
        "kod,traffar,falska",
    ]
    TABELL.write_text("\n".join([*huvud, *(f"{k},{träffar[k]},{falska[k]}" for k in koder)]) + "\n", "utf-8")


def ändra(rena: Dokument, u: Underlag, plats: Plats, slump: random.Random, före: set[tuple[str, str]]) -> set[str]:
    """The rules that find a figure when one digit of it is another."""
    cell = u.celler[plats]
    nytt = annan_siffra(cell.tal.tryckt, slump)
    rader = copy.deepcopy(rena.rader)
    byt(rader[cell.rad.nr], cell.tal.tryckt, nytt, plats[3] - len(rena.tabeller[plats[1]].kolumner))
    for rad in rader:
        rad.slag = rad.slag if rad.slag == "fot" else ""
    dok = bygg([rader], rena.fil, rena.slag, ())
    nya = [f for f in granska_dokument([dok]).larm if (f.kod, f.text) not in före]
    tal = re.sub(r"\s", "", nytt)
    return {kod for f in nya for kod in koder_med(f, tal)}


def koder_med(f: Fynd, tal: str) -> Iterator[str]:
    """The rules whose findings have a figure among theirs, or in what was counted."""
    siffror = re.sub(r"\D", "", tal)
    egna = {re.sub(r"\D", "", t) for s in f.ställen for t in s.tal} | set(
        re.findall(r"\d+", re.sub(r"(?<=\d)[\s\u00a0](?=\d)", "", f.uträkning))
    )
    if siffror in egna:
        yield f.kod
    for ett in f.följder:
        yield from koder_med(ett, tal)


def annan_siffra(tryckt: str, slump: random.Random) -> str:
    """The same figure with another digit somewhere but last: a krona more or less is within what rounding allows."""
    platser = [nr for nr, t in enumerate(tryckt) if t.isdigit()][:-1]
    nr = slump.choice(platser)
    ny = slump.choice([s for s in "0123456789" if s != tryckt[nr] and not (s == "0" and nr == platser[0])])
    return tryckt[:nr] + ny + tryckt[nr + 1 :]


def byt(rad: Rad, gammalt: str, nytt: str, kolumn: int) -> None:
    """Put a figure for another in a line, in the cell that holds it; the column is counted from the last."""
    träffar = [nr for nr, cell in enumerate(rad.celler) if gammalt in cell.text]
    if not träffar:
        raise ValueError(f"{gammalt} is not in the line {rad.citat}")
    nr = min(träffar, key=lambda n: abs(n - len(rad.celler) - kolumn))
    celler = list(rad.celler)
    celler[nr] = replace(celler[nr], text=celler[nr].text.replace(gammalt, nytt, 1))
    rad.celler = tuple(celler)
    rad.text = " ".join(c.text for c in celler if c.text)
    rad.citat = rad.citat.replace(gammalt, nytt, 1)


# --- reading ---------------------------------------------------------------------------------------------------------


def mät_läsning(filer: Sequence[Path], *, visa: bool) -> None:
    """The rows of figures in rapport.json that are read cell by cell."""
    alla = lästa = 0
    for fil in filer:
        facit = fil.with_name(f"{fil.name.split('.')[0]}.json")
        dok = read_dokument(fil.read_bytes(), fil.name)
        funna = {
            (tvätta(r.etikett)[:18], tuple(tvätta(t.tryckt) for t in r.tal if t and not t.tomt))
            for t in dok.tabeller
            for r in t.rader
        }
        i_text = [{tvätta(t.tryckt) for t in tal_i_text(m.text)} for m in dok.meningar]
        rätt = antal = 0
        for etikett, tal in facitrader(facit):
            antal += 1
            flera = {del_ for cell in tal for del_ in re.findall(r"\d+kr", cell)}
            i_en_mening = len(tal) == 1 and "kr2" in tal[0] and any(flera <= mening for mening in i_text)
            if (tvätta(etikett)[:18], tal) in funna or i_en_mening:
                rätt += 1
            elif visa:
                print(f"  oläst {fil.name}: {etikett} {tal}")
        print(f"Läsning: {fil.name} {rätt} av {antal} rader")
        alla, lästa = alla + antal, lästa + rätt
    print(f"Läsning: {lästa} av {alla} rader ({lästa / max(1, alla) * 100:.1f} %)")


def facitrader(fil: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rows of tables that hold figures and no words."""
    for tabell in json.loads(fil.read_text("utf-8"))["tabeller"]:
        for rad in tabell["rader"] if tabell.get("form") == "tabell" else ():
            visat = rad["visat"] or []
            if any(re.search(r"\d", v) for v in visat) and not any(re.search(r"[a-zåäö]{3}", v) for v in visat):
                yield rad["etikett"], tuple(tvätta(v) for v in visat if re.search(r"\d", v))


def tvätta(text: str) -> str:
    """Words and figures without what writers do differently."""
    return re.sub(r"[\s\u00a0\u00ad]|[a-h]\)$", "", text).replace("-", "−").lower()


if __name__ == "__main__":
    sys.exit(main())
