"""How a file differs from the one that is made here of the same inputs: in what it says, or only in its form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from pathlib import PurePosixPath
from typing import Any

from finsam.prove.verifiera.likhet_ark import arkivskillnader
from finsam.prove.verifiera.likhet_pdf import bilagor, bildskillnader, pdf_ord, pdf_övrigt
from finsam.prove.verifiera.likhet_sida import sidans_form, sidans_kod, sidans_ord

HÖGST = 60
"""Differences that are told of one file."""
_VISAS = 120
_FÖRE = 40
_HÖGST_STYCKEN = 1000
"""Pieces of a text that are laid side by side in the best way; more are taken in order."""
_GÅNGER, _RUM = 4, 1_000_000
"""How much larger than ours a file may be and still be read."""


@dataclass(frozen=True, slots=True)
class Svar:
    """How a file differs in its words, figures and pictures, and otherwise; nothing when it says the same."""

    ord: tuple[str, ...] = ()
    form: tuple[str, ...] = ()


def jämför_fil(namn: str, deras: bytes, vår: bytes) -> Svar:
    """Two files of one name held against each other by what they hold."""
    if deras == vår:
        return Svar()
    if len(deras) > _GÅNGER * len(vår) + _RUM:
        return Svar((f"är orimligt stor ({len(deras)} byte, här {len(vår)})",))
    skillnader = _SLAG.get(PurePosixPath(namn).suffix.lower(), _rader)
    try:
        return skillnader(deras, vår)
    except (ValueError, LookupError, RecursionError) as fel:
        return Svar((f"kan inte läsas: {str(fel)[:_VISAS]}",))


def olika(deras: Sequence[str], våra: Sequence[str]) -> Iterator[str]:
    """What stands between the common beginning and the common end of two texts, piece by piece.

    >>> list(olika(["a", "b", "c"], ["a", "x", "c"]))
    ['b, här x']
    """
    börjar, slutar = _gemensamt(deras, våra)
    i_deras, i_våra = deras[börjar : len(deras) - slutar], våra[börjar : len(våra) - slutar]
    for ett, annat in _par(i_deras, i_våra):
        if ett != annat:
            yield " här ".join(_runt(ett, annat))


def _gemensamt(deras: Sequence[Any], våra: Sequence[Any]) -> tuple[int, int]:
    """How many of two lists are the same at the beginning, and at the end of what is left."""
    kortast = min(len(deras), len(våra))
    börjar = next((nr for nr in range(kortast) if deras[nr] != våra[nr]), kortast)
    slutar = next((nr for nr in range(kortast - börjar) if deras[-1 - nr] != våra[-1 - nr]), kortast - börjar)
    return börjar, slutar


def _par(deras: Sequence[str], våra: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """The pieces of two texts side by side: those in the same place, or after what was put in or taken out."""
    if len(deras) == len(våra) or max(len(deras), len(våra)) > _HÖGST_STYCKEN:
        yield from zip_longest(deras, våra)
        return
    for _, a, b, c, d in SequenceMatcher(None, deras, våra, autojunk=False).get_opcodes():
        yield from zip_longest(deras[a:b], våra[c:d])


def _runt(ett: str | None, annat: str | None) -> tuple[str, str]:
    """Two pieces from a little before where they differ."""
    if ett is None or annat is None:
        return f"{_kort(ett)},", _kort(annat)
    skild = next((nr for nr, par in enumerate(zip(ett, annat, strict=False)) if par[0] != par[1]), 0)
    börjar = max(0, skild - _FÖRE) if max(len(ett), len(annat)) > _VISAS else 0
    början = "…" if börjar else ""
    return f"{början}{_kort(ett[börjar:])},", f"{början}{_kort(annat[börjar:])}"


def _kort(text: str | None) -> str:
    if text is None:
        return "ingenting"
    return (text if len(text) <= _VISAS else f"{text[:_VISAS]}…") or "tomt"


def _några(skillnader: Iterator[str]) -> tuple[str, ...]:
    return tuple(islice(skillnader, HÖGST))


# ---------------------------------------------------------------- each kind of file


def _rader(deras: bytes, vår: bytes) -> Svar:
    """Text by lines, to the character."""
    rader = [data.decode("utf-8", "backslashreplace").split("\n") for data in (deras, vår)]
    return Svar(_några(olika(*rader)) or ("skiljer i bytes",))


def _json(deras: bytes, vår: bytes) -> Svar:
    """JSON by what it holds, whatever the order of its keys."""
    return Svar(_några(jsonskillnader(parse_json(deras), parse_json(vår))))


def parse_json(data: bytes) -> Any:
    """JSON where no key stands twice, its numbers as they are written. Raises ValueError."""
    return json.loads(data.decode("utf-8"), parse_int=Tal, parse_float=Tal, object_pairs_hook=_nycklar)


@dataclass(frozen=True, slots=True)
class Tal:
    """A number as it is written: 1 is neither 1.0, true nor "1"."""

    skrivet: str


def _nycklar(par: list[tuple[str, Any]]) -> dict[str, Any]:
    ut = dict(par)
    if len(ut) < len(par):
        raise ValueError("en nyckel står två gånger")
    return ut


def jsonskillnader(deras: Any, vår: Any, väg: str = "") -> Iterator[str]:
    """Where two JSON values differ, each by its path."""
    if isinstance(deras, dict) and isinstance(vår, dict):
        for nyckel in dict.fromkeys((*vår, *deras)):
            under = f"{väg}/{nyckel}" if väg else nyckel
            yield from jsonskillnader(deras.get(nyckel, _SAKNAS), vår.get(nyckel, _SAKNAS), under)
    elif isinstance(deras, list) and isinstance(vår, list):
        börjar, slutar = _gemensamt(deras, vår)
        mitten = (deras[börjar : len(deras) - slutar], vår[börjar : len(vår) - slutar])
        for nr, (ett, annat) in enumerate(zip_longest(*mitten, fillvalue=_SAKNAS), börjar):
            yield from jsonskillnader(ett, annat, f"{väg}/{nr}")
    elif type(deras) is not type(vår) or deras != vår:
        är, ska = _runt(deras, vår) if isinstance(deras, str) and isinstance(vår, str) else (_värde(deras), _värde(vår))
        yield f"{väg[-_VISAS:]}: {är.removesuffix(',')}, här {ska}"


_SAKNAS = object()


def _värde(värde: Any) -> str:
    if värde is _SAKNAS:
        return "ingenting"
    if isinstance(värde, (dict, list)):
        return f"{len(värde)} värden"
    if isinstance(värde, Tal):
        return _kort(värde.skrivet)
    return _kort(värde if isinstance(värde, str) else json.dumps(värde))


def _sida(deras: bytes, vår: bytes) -> Svar:
    ord_ = _några(olika(sidans_ord(deras), sidans_ord(vår)))
    return Svar((*ord_, *sidans_kod(deras, vår)), sidans_form(deras, vår))


def _pdf(deras: bytes, vår: bytes) -> Svar:
    """A PDF by its tags, its pages as pictures, the files in it, and whatever else a reader does or says."""
    ord_ = [*_några(olika(pdf_ord(deras), pdf_ord(vår))), *bildskillnader(deras, vår)]
    form = [*_några(olika(pdf_övrigt(deras), pdf_övrigt(vår)))]
    egna, våra = bilagor(deras), bilagor(vår)
    for namn in sorted({*egna, *våra}):
        if namn not in egna or namn not in våra:
            ord_.append(f"bilagan {namn} {'saknas' if namn in våra else 'hör inte dit'}")
        else:
            svar = jämför_fil(namn, egna[namn], våra[namn])
            ord_ += [f"bilagan {namn}: {rad}" for rad in svar.ord]
            form += [f"bilagan {namn}: {rad}" for rad in svar.form]
    return Svar(tuple(ord_), tuple(form))


def _arkiv(deras: bytes, vår: bytes) -> Svar:
    return Svar(*map(_några, map(iter, arkivskillnader(deras, vår))))


_SLAG: dict[str, Callable[[bytes, bytes], Svar]] = {
    ".json": _json,
    ".ipynb": _json,
    ".html": _sida,
    ".pdf": _pdf,
    ".xlsx": _arkiv,
    ".docx": _arkiv,
}
