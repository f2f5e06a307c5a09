"""Ledgers of different shapes to a right draft: `finsam nytt`, then `kontrollera`, with amounts worked by hand.

A case in tests/nytt/fall/ is a table of the ledger (utgående saldo or the year's movement), what form the export has
and what is answered (svar.txt), the amounts worked by hand (rakning.txt), and what was said and proposed (sagt.txt).
"""

from __future__ import annotations

import ast
import csv
import operator
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import kör
from facit import jämför
from finsam.oppna import öppna
from finsam.read.underlag.underlag import read_underlag

FALL = Path(__file__).parent / "fall"
ÅR = 2025
OKÄNT = "–"
_RÄKNA = {ast.Add: operator.add, ast.Sub: operator.sub}


@dataclass(frozen=True)
class Rad:
    konto: str
    namn: str
    objekt: str
    belopp: dict[int, Decimal]


class Fall:
    """A case as its folder has it."""

    def __init__(self, mapp: Path) -> None:
        self.mapp = mapp
        with (mapp / "tabell.csv").open(encoding="utf-8") as fil:
            läst = list(csv.DictReader(fil, delimiter=";"))
        self.rader = [
            Rad(r["konto"], r["namn"], r["objekt"], {år: Decimal(r[str(år)] or 0) for år in (ÅR - 2, ÅR - 1, ÅR)})
            for r in läst
        ]
        svar = (mapp / "svar.txt").read_text("utf-8").splitlines()
        self.ord: dict[str, list[str]] = defaultdict(list)
        for rad in svar:
            if not rad.startswith("--"):
                nyckel, _, värde = rad.partition(": ")
                self.ord[nyckel].append(värde)
        self.svar = [del_ for rad in svar if rad.startswith("--") for del_ in rad.split(" ", 1)]

    def skriv(self, katalog: Path) -> list[str | Path]:
        """The export's files, as options to `finsam nytt`."""
        [form] = self.ord["form"]
        fil = katalog / ("export.csv" if form == "saldolista" else "export.se")
        fil.write_bytes(self.saldolista() if form == "saldolista" else self.sie(ÅR))
        if "foregaende" not in form:
            return ["--bokforing", fil]
        (katalog / "förra.se").write_bytes(self.sie(ÅR - 1))
        return ["--bokforing", fil, "--foregaende", katalog / "förra.se"]

    def sie(self, år: int) -> bytes:
        """SIE 4: objekt on the year's own rows, and only totals for the year before."""
        return ("\n".join(self._sie(år)) + "\n").encode("cp437")

    def _sie(self, år: int) -> Iterator[str]:
        yield '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 222000-0000\n#FNAMN "Samordningsförbundet Bygden"'
        for nr in (0, -1) if år == ÅR else (0,):
            yield f"#RAR {nr} {år + nr}0101 {år + nr}1231"
        for konto, namn in {rad.konto: rad.namn for rad in self.rader}.items():
            yield f'#KONTO {konto} "{namn}"'
        for slag, värden in self.ord.items():
            for värde in värden if slag in ("dimension", "objekt") else ():
                kod, _, namn = värde.partition(" ")
                yield f'#DIM {kod} "{namn}"' if slag == "dimension" else f'#OBJEKT {kod.replace(":", " ")} "{namn}"'
        for nr in (0, -1) if år == ÅR else (0,):
            for konto, (före, nu) in self.totaler(år + nr).items():
                if konto[0] in "12":
                    ib = nu if konto == "2099" else före
                    yield f"#IB {nr} {konto} {self.ingående(år + nr).get(konto, ib)}\n#UB {nr} {konto} {nu}"
                else:
                    yield f"#RES {nr} {konto} {nu}"
        resultat = [rad for rad in self.rader if rad.konto[0] in "345678" and rad.konto != "8999"]
        bank = next(rad.konto for rad in self.rader if rad.konto.startswith("19"))
        for nr, rad in enumerate(resultat, 1):
            objekt, belopp = rad.objekt.replace(":", " "), rad.belopp[år]
            yield f'#VER A {nr} {år}{1 + nr % 12:02}15 ""\n{{\n#TRANS {rad.konto} {{{objekt}}} {belopp}'
            yield f"#TRANS {bank} {{}} {-belopp}\n}}"
        if bokslut := next((rad.belopp[år] for rad in self.rader if rad.konto == "8999"), None):
            yield f'#VER B 1 {år}1231 ""\n{{\n#TRANS 8999 {{}} {bokslut}\n#TRANS 2099 {{}} {-bokslut}\n}}'

    def totaler(self, år: int) -> dict[str, tuple[Decimal, Decimal]]:
        """By konto: the year before's balance (or movement) and the year's."""
        ut: dict[str, tuple[Decimal, Decimal]] = {}
        for rad in self.rader:
            före, nu = ut.get(rad.konto, (Decimal(0), Decimal(0)))
            ut[rad.konto] = före + rad.belopp.get(år - 1, Decimal(0)), nu + rad.belopp[år]
        return ut

    def ingående(self, år: int) -> dict[str, Decimal]:
        """Opening balances: last year's closing, with its result moved to eget kapital."""
        ib = {konto: före for konto, (före, _) in self.totaler(år).items() if konto[0] in "12"}
        eget = next(konto for konto in ib if konto.startswith("20"))
        flyttat = ib.pop("2099", Decimal(0))
        resultat = flyttat or sum(ib.values(), Decimal(0))
        return {**ib, eget: ib[eget] + (flyttat or -resultat), "2099": Decimal(0)}

    def saldolista(self) -> bytes:
        rader = [f"Konto;Benämning;Projekt;IB {ÅR};UB {ÅR};UB {ÅR - 1}"]
        for rad in self.rader:
            ib = self.ingående(ÅR).get(rad.konto, 0)
            projekt = rad.objekt.partition(":")[2]
            rader.append(f"{rad.konto};{rad.namn};{projekt};{ib};{rad.belopp[ÅR]};{rad.belopp[ÅR - 1]}")
        return ("\n".join(rader) + "\n").encode()

    def räknat(self) -> Iterator[tuple[str, Decimal | None]]:
        """Fact and amount as they are worked by hand; None for what cannot be known."""
        for rad in (self.mapp / "rakning.txt").read_text("utf-8").splitlines():
            if not rad.startswith("#"):
                fakta, *belopp = rad.split("; ")
                for år, text in zip((ÅR, ÅR - 1), belopp, strict=True):
                    yield f"{fakta}/{år}", None if text == OKÄNT else räkna(text)


def räkna(text: str) -> Decimal:
    """`1 + 2 = 3`, when it is so.

    >>> räkna("1 + 2 = 3"), räkna("7")
    (Decimal('3'), Decimal('7'))
    """
    led, _, summa = text.partition(" = ")
    värde = _värde(ast.parse(led, mode="eval").body)
    assert not summa or värde == Decimal(summa), text
    return värde


def _värde(nod: ast.expr) -> Decimal:
    if isinstance(nod, ast.BinOp):
        return _RÄKNA[type(nod.op)](_värde(nod.left), _värde(nod.right))
    assert isinstance(nod, ast.Constant)
    return Decimal(str(nod.value))


SNABBA = ("bas_sie4_bara_totaler_forra_aret", "kommunbas_egen_personal_pa_ansvar", "kommunbas_saldolista_med_projekt")
"""The cases of `make test`: the others differ from them in one thing."""


@pytest.mark.parametrize(
    "fall",
    [pytest.param(m.name, marks=() if m.name in SNABBA else pytest.mark.langsam) for m in sorted(FALL.iterdir())],
)
def test_from_an_export_to_the_right_figures(fall: str, tmp_path: Path) -> None:
    läst, inputs = Fall(FALL / fall), tmp_path / "inputs"
    svar = kör("nytt", "bygden", str(ÅR), *läst.skriv(tmp_path), *läst.svar, "--fraga-inte", "--inputs", inputs)
    assert svar.exit_code == 0, svar.output
    bok = öppna("bygden", ÅR, inputs=inputs)

    for nyckel, väntat in läst.räknat():
        fakta = bok.fakta[nyckel]
        assert fakta.värde == väntat, nyckel
        assert fakta.okänd == (väntat is None), nyckel

    text_saknas = ("C25", "C36")
    anmärkt = [f"{f.kod} {f.nivå} {f.text}" for f in bok.findings if f.nivå in ("fel", "varning", "upplysning")]
    anmärkt = [rad for rad in anmärkt if not rad.startswith((*text_saknas, "C08", "C33"))]
    plan = [rad for rad in (inputs / "bygden" / "kontoplan.csv").read_text("utf-8-sig").splitlines() if rad[0] != "#"]
    sagt = [rad for rad in svar.output.splitlines() if rad.startswith("- ")]
    jämför("\n".join((*sagt, "", *anmärkt, "", *plan)), FALL / fall / "sagt.txt")

    underlag, _ = read_underlag(inputs / "bygden" / str(ÅR) / "underlag.xlsx", "underlag.xlsx")
    funktioner = {f"{g.id}.{rad.id}" for g in bok.år.förbund.kostnadsfördelning for rad in g.rader}
    assert underlag
    assert {insats.funktion for insats in underlag.insatser} <= funktioner
