"""Write a ledger as a saldolista in the ways ledger systems do; shares no code with the reader."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl

from finsam.model.bokforing import Bokföring, Objekt

Cell = str | Decimal | int | None
NOLL = Decimal("0.00")
Belopp = tuple[Decimal, ...]


@dataclass(frozen=True)
class Stil:
    """How a list looks. `vända` are the konton (by their beginnings) whose sign is turned.

    `kolumner` are headings by what they hold: ib, ub, förändring, debet, kredit, ib_före, ub_före, ib_debet, ib_kredit,
    ub_debet, ub_kredit. `summor` is "", "summa" (a row under each group), "grupp" (a row above it) or "total" (one at
    the end).
    """

    kolumner: tuple[tuple[str, str], ...] = (("ib", "IB"), ("förändring", "Förändring"), ("ub", "UB"))
    titel: tuple[tuple[str, ...], ...] = (("Samordningsförbundet Prov",), ("Saldolista 2024-01-01 – 2024-12-31",))
    konto: tuple[str, ...] = ("Konto", "Benämning")
    dimensioner: tuple[tuple[str, str], ...] = ()
    vända: tuple[str, ...] = ()
    summor: str = ""
    sidbrytning: int = 0
    separator: str = ";"
    teckenkod: str = "utf-8"
    radslut: str = "\r\n"
    skriv: Callable[[Decimal], str] = lambda tal: f"{tal:.2f}".replace(".", ",")
    citera: bool = False
    xlsx: bool = False


def write_lista(bok: Bokföring, stil: Stil) -> bytes:
    """The list as the bytes of a file."""
    rader = list(_rader(bok, stil))
    return _xlsx(rader) if stil.xlsx else _text(rader, stil)


def _text(rader: list[list[Cell]], stil: Stil) -> bytes:
    ut = StringIO()
    citera = csv.QUOTE_ALL if stil.citera else csv.QUOTE_MINIMAL
    skrivare = csv.writer(ut, delimiter=stil.separator, lineterminator=stil.radslut, quoting=citera)
    for rad in rader:
        skrivare.writerow([stil.skriv(cell) if isinstance(cell, Decimal) else cell for cell in rad])
    return ut.getvalue().encode(stil.teckenkod)


def _xlsx(rader: list[list[Cell]]) -> bytes:
    bok = openpyxl.Workbook()
    blad = bok.active
    assert blad is not None
    blad.title = "Saldolista"
    for rad in rader:
        blad.append([float(cell) if isinstance(cell, Decimal) else cell for cell in rad])
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def _rader(bok: Bokföring, stil: Stil) -> Iterator[list[Cell]]:
    """Every row, amounts as numbers with the sign that the list prints."""
    for titel in stil.titel:
        yield list(titel)
    rubriker: list[Cell] = [*stil.konto, *(namn for _, namn in stil.dimensioner), *(namn for _, namn in stil.kolumner)]
    yield rubriker
    tomma: list[Cell] = [None] * (len(stil.konto) + len(stil.dimensioner))
    konton = [(rad, grupp) for grupp, rader in _grupper(bok, stil) for rad in rader]
    sedda: list[Belopp] = []
    for grupp, rader in _grupper(bok, stil):
        summa = _summa(belopp for _, belopp in rader)
        if stil.summor == "grupp":
            namn: list[Cell] = [grupp, "Gruppen"] if len(stil.konto) == 2 else [f"{grupp} Gruppen"]
            yield [*namn, *tomma[len(stil.konto) :], *summa]
        for vänster, belopp in rader:
            if stil.sidbrytning and sedda and not len(sedda) % stil.sidbrytning:
                yield [f"Sida {len(sedda)} av {len(konton)}", None]
                yield rubriker
            sedda.append(belopp)
            yield [*vänster, *belopp]
        if stil.summor == "summa":
            yield [f"Summa {grupp}", *tomma[1:], *summa]
    if stil.summor:
        yield ["Totalt", *tomma[1:], *_summa(sedda)]


def _grupper(bok: Bokföring, stil: Stil) -> Iterator[tuple[str, list[tuple[list[Cell], Belopp]]]]:
    """The rows of each group of konton: number, name and objekt to the left, and the amounts."""
    nummer = sorted({k for år in bok.år.values() for saldon in (år.ib, år.ub, år.res) for k in saldon})
    for grupp in sorted({konto[:2] for konto in nummer}):
        rader: list[tuple[list[Cell], Belopp]] = []
        for konto in (konto for konto in nummer if konto.startswith(grupp)):
            namn = bok.konton[konto].namn
            vänster: list[Cell] = [konto, namn] if len(stil.konto) == 2 else [f"{konto} {namn}"]
            for koder, saldo in _delar(bok, konto, stil):
                rader.append(
                    ([*vänster, *koder], tuple(_belopp(saldo, konto, kolumn, stil) for kolumn, _ in stil.kolumner))
                )
        yield grupp, rader


Saldo = Callable[[str, int], Decimal]
"""The ib, ub or res of a konto (or a part of it) in a year."""


def _delar(bok: Bokföring, konto: str, stil: Stil) -> Iterator[tuple[list[Cell], Saldo]]:
    """A konto by its objekt when the list has dimensions, and what belongs to none; whole when it has none."""
    dimensioner = [nr for nr, _ in stil.dimensioner]
    hela = _hela(bok, konto)
    delar = [_del(bok, konto, par) for par in _objekt(bok, konto, dimensioner)]
    for par, saldo in zip(_objekt(bok, konto, dimensioner), delar, strict=True):
        yield [par[1] if nr == par[0] else None for nr in dimensioner], saldo

    def rest(slag: str, nr: int) -> Decimal:
        return hela(slag, nr) - sum((saldo(slag, nr) for saldo in delar), NOLL)

    if not delar or any(rest(slag, nr) for slag, nr in (("ib", 0), ("ib", -1), ("slut", 0), ("slut", -1))):
        yield [None] * len(dimensioner), rest


def _objekt(bok: Bokföring, konto: str, dimensioner: list[str]) -> list[Objekt]:
    return sorted({par for år in bok.år.values() for nr, par in år.objekt if nr == konto and par[0] in dimensioner})


def _del(bok: Bokföring, konto: str, par: Objekt) -> Saldo:
    def saldo(slag: str, nr: int) -> Decimal:
        return bok.år[nr].objekt.get((konto, par), NOLL) if slag == "slut" and nr in bok.år else NOLL

    return saldo


def _hela(bok: Bokföring, konto: str) -> Saldo:
    def saldo(slag: str, nr: int) -> Decimal:
        if nr not in bok.år:
            return NOLL
        år = bok.år[nr]
        return år.ib.get(konto, NOLL) if slag == "ib" else år.ub.get(konto, NOLL) + år.res.get(konto, NOLL)

    return saldo


def _belopp(saldo: Saldo, konto: str, kolumn: str, stil: Stil) -> Decimal:
    """The amount of a column, as printed."""
    ib, ub, före = saldo("ib", 0), saldo("slut", 0), saldo("slut", -1)
    tecken = -1 if konto.startswith(stil.vända or ("x",)) else 1
    värden = {"ib": ib, "ub": ub, "förändring": ub - ib, "ib_före": saldo("ib", -1), "ub_före": före}
    slag, _, sida = kolumn.rpartition("_")
    if kolumn in ("debet", "kredit"):
        slag, sida = "förändring", kolumn
    if sida in ("debet", "kredit"):
        return max(värden[slag] * (1 if sida == "debet" else -1), NOLL)
    return tecken * värden[kolumn] + NOLL


def _summa(rader: Iterator[Belopp] | list[Belopp]) -> list[Decimal]:
    return [sum(kolumn, NOLL) for kolumn in zip(*rader, strict=True)]


def write_huvudbok(bok: Bokföring, stil: Stil, saldo: bool) -> bytes:
    """The ledger's verifikationer by konto, between ingående and utgående saldo; with `saldo` also after each row."""
    rader: list[list[Cell]] = [*map(list, stil.titel)]
    rader.append(["Konto", "Ver", "Datum", "Text", "Debet", "Kredit", *(["Saldo"] if saldo else [])])
    år = bok.år[0]
    for konto in sorted({*år.ib, *år.ub, *år.res}):
        if stil.sidbrytning:
            rader += [["Sida 1", None, None, "Utskriven 2025-01-15"], rader[len(stil.titel)]]
        rader.append([f"{konto} {bok.konton[konto].namn}"])
        löpande = år.ib.get(konto, NOLL)
        sist: list[Cell] = [löpande] if saldo else []
        if konto[0] in "12":
            rader.append([None, None, None, "Ingående balans", *([None, None] if saldo else [löpande, NOLL]), *sist])
        summor = [NOLL, NOLL]
        for ver in bok.verifikationer:
            for rad in (rad for rad in ver.rader if rad.konto == konto):
                sidor = max(rad.belopp, NOLL), max(-rad.belopp, NOLL)
                summor = [summa + del_ for summa, del_ in zip(summor, sidor, strict=True)]
                löpande += rad.belopp
                huvud: list[Cell] = [None, f"{ver.serie} {ver.nummer}", f"{ver.datum}", rad.text]
                rader.append([*huvud, *sidor, *([löpande] if saldo else [])])
        if stil.summor:
            rader.append([None, None, None, "Omslutning", *summor])
        sist = [None, None, löpande] if saldo else [max(löpande, NOLL), max(-löpande, NOLL)]
        rader.append([None, None, None, "Utgående saldo", *sist])
    return _xlsx(rader) if stil.xlsx else _text(rader, stil)
