"""A figure's spår: its definition, what it is computed from, down to konton, verifikationer or an input cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from typing import Any

from finsam.model.belopp import svenskt_tal
from finsam.model.bokforing import Transaktion, Verifikation
from finsam.model.fakta import Fakta, Konton
from finsam.model.forbund import RESTEN
from finsam.model.problem import Problem, UnreadableInput
from finsam.report.bok import Bok
from finsam.report.spar import led, spår_json


def hitta_fakta(bok: Bok, id_: str) -> Fakta:
    """The fact, by id (this year) or id/year; an unknown one is a problem with the nearest."""
    if id_ not in bok.fakta:
        nära = get_close_matches(id_, {f.id for f in bok.fakta.values()} | set(bok.fakta), 3)
        text = f"Faktat {id_} finns inte." + (f" Menas {' eller '.join(nära)}?" if nära else "")
        raise UnreadableInput([Problem("fel", text)])
    return bok.fakta[id_]


def spår(bok: Bok, fakta: Fakta, högst: int | None = None) -> dict[str, Any]:
    """The whole trail as data: each fact with its parts (`av`), konton and verifikationer.

    `högst` is how many verifikationer a konto is given; `fler` tells how many more it has.
    """
    steg = led(fakta, bok.fakta, bok.år.bokföring)
    ut = spår_json(steg)
    rörelse = isinstance(fakta.källa, Konton) and fakta.källa.slag == "res" and fakta.period == bok.år.period
    for konto in ut.get("konton", ()) if rörelse else ():
        antal, rader = _rader(bok, konto["konto"], konto["objekt"])
        konto["verifikationer"] = [_verifikation(*par) for par in islice(rader, högst)]
        if fler := antal - len(konto["verifikationer"]):
            konto["fler"] = fler
    if not ut.keys() & {"konton", "kalla"}:
        ut["av"] = [{"tecken": ord_, **spår(bok, bok.fakta[nyckel], högst)} for ord_, nyckel in steg.delar]
    return ut


def _rader(bok: Bok, konto: str, objekt: str) -> tuple[int, Iterator[tuple[Verifikation, Transaktion]]]:
    """How many rows there are on a konto and an objekt, and the rows; of its rest those that no other line has."""
    antal, rader = bok.år.bokföring.verifikationer.med_konto(konto, "" if objekt == RESTEN else objekt)
    if objekt != RESTEN:
        return antal, rader
    andras = {rad.objekt for rad in bok.år.kontoplan.träffar(konto)}
    kvar = [(ver, rad) for ver, rad in rader if not any(f"{dim}:{kod}" in andras for dim, kod in rad.objekt)]
    return len(kvar), iter(kvar)


def _verifikation(ver: Verifikation, rad: Transaktion) -> dict[str, str]:
    return {
        "ver": f"{ver.serie} {ver.nummer}",
        "datum": ver.datum.isoformat() if ver.datum else "",
        "text": rad.text or ver.text,
        "belopp": f"{rad.belopp:.2f}",
    }


def spår_text(data: dict[str, Any], indrag: int = 0) -> Iterator[str]:
    """The trail as lines."""
    tab = "  " * indrag
    tecken = f"{data['tecken']} " if data.get("tecken") else ""
    yield f"{tab}{tecken}{data['fakta']}: {data['visat']}"
    yield f"{tab}  {data['definition']}"
    if "kalla" in data:
        yield f"{tab}  ur {data['kalla']}"
    for konto in data.get("konton", ()):
        objekt = f" objekt {konto['objekt']}" if konto["objekt"] else ""
        yield f"{tab}  konto {konto['konto']}{objekt} {konto['namn']}: {_belopp(konto['saldo'])}"
        for ver in konto.get("verifikationer", ()):
            yield f"{tab}    {ver['datum']} ver {ver['ver']}: {_belopp(ver['belopp'])}  {ver['text']}"
        if konto.get("fler"):
            yield f"{tab}    och {konto['fler']} verifikationer till (--verifikationer visar fler)"
    for del_ in data.get("av", ()):
        yield from spår_text(del_, indrag + 2)


def _belopp(text: str) -> str:
    return svenskt_tal(Decimal(text), 2)
