"""A sample of the verifikationer that anybody can draw again: the same ledger and seed give the same ones.

Each verifikation is given a number by its own words, SHA-256 of `seed`, series, number, date and its place among those
with the same, a line each; the lowest are the sample. So the draw hangs on no random numbers of any program.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from finsam.model.belopp import svenskt_tal
from finsam.model.bokforing import Verifikation
from finsam.model.problem import Problem, UnreadableInput
from finsam.prove.manifest import sha256
from finsam.report.bok import Bok

SLUMP, STÖRST = "slump", "störst"


def stickprov(bok: Bok, antal: int, frö: str, största: int = 0) -> dict[str, Any]:
    """The largest verifikationer, and a sample of the others, in the order of the ledger."""
    alla = tuple(bok.år.bokföring.verifikationer)
    if not alla:
        text = "Bokföringen har inga verifikationer att dra ur. Exportera SIE 4 med verifikationer."
        raise UnreadableInput([Problem("fel", text)])
    valda = dra(alla, antal, frö, största)
    return {
        "forbund": bok.år.förbund.slug,
        "ar": bok.år.årtal,
        "fro": frö,
        "antal": antal,
        "storsta": största,
        "av": len(alla),
        "bokforing": {fil.name: sha256(fil) for fil in _bokföringsfiler(bok)},
        "verifikationer": [_verifikation(bok, alla[nr], skäl) for nr, skäl in sorted(valda.items())],
    }


def _bokföringsfiler(bok: Bok) -> Iterator[Path]:
    """The files of the year's ledger, by which the draw can be known to be of the same one."""
    return (
        fil for fil in sorted(bok.år.filer) if fil.stem.startswith("bokforing") and fil.parent.name == str(bok.år.årtal)
    )


def dra(alla: Sequence[Verifikation], antal: int, frö: str, största: int = 0) -> dict[int, str]:
    """Which are drawn, by their place, and why: those with the largest debit first, then by lot among the others."""
    lott = lotter(alla, frö)
    efter_storlek = sorted(range(len(alla)), key=lambda nr: (-omslutning(alla[nr]), lott[nr]))[:största]
    kvar = sorted(set(range(len(alla))).difference(efter_storlek), key=lott.__getitem__)[:antal]
    return dict.fromkeys(efter_storlek, STÖRST) | dict.fromkeys(kvar, SLUMP)


def lotter(alla: Sequence[Verifikation], frö: str) -> list[str]:
    """The lot of each verifikation, by its seed and its own words."""
    förut = Counter[tuple[str, ...]]()
    ut = []
    for ver in alla:
        vem = (ver.serie, ver.nummer, ver.datum.isoformat() if ver.datum else "")
        ut.append(hashlib.sha256("\n".join((frö, *vem, str(förut[vem]))).encode()).hexdigest())
        förut[vem] += 1
    return ut


def omslutning(ver: Verifikation) -> Decimal:
    """What a verifikation books as debit."""
    return sum((rad.belopp for rad in ver.rader if rad.belopp > 0), Decimal(0))


def _verifikation(bok: Bok, ver: Verifikation, skäl: str) -> dict[str, Any]:
    konton = bok.år.bokföring.konton
    return {
        "ver": f"{ver.serie} {ver.nummer}".strip(),
        "datum": ver.datum.isoformat() if ver.datum else "",
        "text": ver.text,
        "omslutning": f"{omslutning(ver):.2f}",
        "vald": skäl,
        "rader": [
            {
                "konto": rad.konto,
                "namn": konton[rad.konto].namn if rad.konto in konton else "",
                "belopp": f"{rad.belopp:.2f}",
                "text": rad.text,
            }
            for rad in ver.rader
        ],
    }


def stickprov_text(data: dict[str, Any]) -> Iterator[str]:
    """The sample as lines: each verifikation, with its rows under it."""
    filer = ", ".join(f"{namn} (SHA-256 {summa})" for namn, summa in data["bokforing"].items())
    yield f"{len(data['verifikationer'])} av {data['av']} verifikationer, frö {data['fro']}, ur {filer}"
    for ver in data["verifikationer"]:
        störst = ", av de största" if ver["vald"] == STÖRST else ""
        yield f"{ver['datum'] or 'utan datum'}  ver {ver['ver']}: {_belopp(ver['omslutning'])}  {ver['text']}{störst}"
        for rad in ver["rader"]:
            yield f"    konto {rad['konto']} {rad['namn']}: {_belopp(rad['belopp'])}  {rad['text']}".rstrip()


def _belopp(text: str) -> str:
    return svenskt_tal(Decimal(text), 2)
