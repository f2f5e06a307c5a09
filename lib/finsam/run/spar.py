"""A figure's spår: its definition, what it is computed from, down to konton, verifikationer or an input cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.fakta import Fakta, Indata, Konton, Summa
from finsam.model.problem import Problem, UnreadableInput
from finsam.report.bok import Bok
from finsam.report.visning import exakt, visa_fakta


def hitta_fakta(bok: Bok, id_: str) -> Fakta:
    """The fact, by id (this year) or id/year; an unknown one is a problem with the nearest."""
    if id_ not in bok.fakta:
        nära = get_close_matches(id_, {f.id for f in bok.fakta.values()} | set(bok.fakta), 3)
        text = f"Faktat {id_} finns inte." + (f" Menas {' eller '.join(nära)}?" if nära else "")
        raise UnreadableInput([Problem("fel", text)])
    return bok.fakta[id_]


def spår(bok: Bok, fakta: Fakta) -> dict[str, Any]:
    """The whole trail as data: each fact with its parts (`av`), konton and verifikationer."""
    ut: dict[str, Any] = {
        "fakta": fakta.nyckel,
        "varde": exakt(fakta) or fakta.text or None,
        "visat": visa_fakta(fakta, {"kr": "kr", "andel": "procent1"}.get(fakta.enhet, "text")),
        "definition": fakta.definition,
    }
    match fakta.källa:
        case Konton() as konton:
            ut["konton"] = list(_konton(bok, fakta, konton))
        case Indata(fil, plats, anmärkning):
            ut["kalla"] = ", ".join(del_ for del_ in (fil, plats, anmärkning) if del_)
        case Summa(termer):
            ut["av"] = [{"tecken": "−" if t < 0 else "+", **spår(bok, bok.fakta[n])} for t, n in termer]
        case _:
            ut["av"] = [{"tecken": "", **spår(bok, bok.fakta[n])} for n in fakta.av]
    return ut


def _konton(bok: Bok, fakta: Fakta, källa: Konton) -> Iterator[dict[str, Any]]:
    """Konton with a balance, as in the ledger (debit +), and the verifikationer behind a movement of this year."""
    bokföring, saldon = bok.år.bokföring, bok.fakta.saldon[fakta.period, källa.slag]
    for konto, objekt in källa.rader:
        saldo = saldon.get((konto, objekt), NOLL)
        if not saldo:
            continue
        namn = bokföring.konton[konto].namn if konto in bokföring.konton else ""
        rad: dict[str, Any] = {"konto": konto, "objekt": objekt, "namn": namn, "saldo": f"{saldo:.2f}"}
        if källa.slag == "res" and fakta.period == bok.år.period:
            rad["verifikationer"] = list(_verifikationer(bok, konto, objekt))
        yield rad


def _verifikationer(bok: Bok, konto: str, objekt: str) -> Iterator[dict[str, Any]]:
    for ver in sorted(bok.år.bokföring.verifikationer, key=lambda v: v.datum or bok.år.bokföring.år[0].start):
        for rad in ver.rader:
            if rad.konto == konto and (not objekt or objekt in {f"{d}:{kod}" for d, kod in rad.objekt}):
                datum = ver.datum.isoformat() if ver.datum else ""
                text = rad.text or ver.text
                yield {"ver": f"{ver.serie} {ver.nummer}", "datum": datum, "text": text, "belopp": f"{rad.belopp:.2f}"}


def spår_text(data: dict[str, Any], högst: int, indrag: int = 0) -> Iterator[str]:
    """The trail as lines, at most so many verifikationer a konto."""
    tab = "  " * indrag
    tecken = f"{data['tecken']} " if data.get("tecken") else ""
    yield f"{tab}{tecken}{data['fakta']}: {data['visat']}"
    yield f"{tab}  {data['definition']}"
    if "kalla" in data:
        yield f"{tab}  ur {data['kalla']}"
    for konto in data.get("konton", ()):
        objekt = f" objekt {konto['objekt']}" if konto["objekt"] else ""
        yield f"{tab}  konto {konto['konto']}{objekt} {konto['namn']}: {_belopp(konto['saldo'])}"
        verifikationer = konto.get("verifikationer", [])
        for ver in verifikationer[:högst]:
            yield f"{tab}    {ver['datum']} ver {ver['ver']}: {_belopp(ver['belopp'])}  {ver['text']}"
        if len(verifikationer) > högst:
            yield f"{tab}    och {len(verifikationer) - högst} verifikationer till (--verifikationer visar fler)"
    for del_ in data.get("av", ()):
        yield from spår_text(del_, högst, indrag + 2)


def _belopp(text: str) -> str:
    return svenskt_tal(Decimal(text), 2)
