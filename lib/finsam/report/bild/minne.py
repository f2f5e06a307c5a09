"""A picture that has been drawn before, for a process that draws again and again while a year's inputs are changed.

What a picture was drawn from is noted as it is read, fact by fact and field by field. It is the same picture as long as
each of those is the same; anything else that is looked at is a field too, so that nothing is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from finsam.model.fakta import Fakta, Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.report.text import Texttyda

Läst = dict[tuple[str, str], object]
"""What was looked at, `("fakta", "br.eget_kapital/2024")` or `("år", "förbund")`, and what it was."""
Ritare = Callable[..., str]

HÖGST = 8
"""Pictures by one name that are kept: going back to what was written before is common."""


class Bildminne:
    """Pictures by what draws them and what they were drawn from."""

    def __init__(self) -> None:
        self._bilder: dict[str, list[tuple[Läst, str]]] = {}

    def bild(self, rita: Ritare, vad: object, tyda: Texttyda, format_: object) -> str:
        """The picture of a year, or of something less that is looked at whole, in a format; drawn unless it has been
        with all that it depends on the same.
        """
        namn = f"{rita.__module__}.{rita.__qualname__} {format_}"
        kända = self._bilder.setdefault(namn, [])
        for läst, svg in kända:
            if all(_nu(var, vad, tyda) == värde for var, värde in läst.items()):
                return svg
        ny: Läst = {("tyda", fält): getattr(tyda, fält) for fält in ("år", "noter", "får_saknas", "färger")}
        if isinstance(vad, Räkenskapsår):
            iakttaget: object = _Iakttaget(vad, ny)
        else:
            iakttaget = ny["allt", ""] = vad
        svg = rita(iakttaget, replace(tyda, fakta=_Faktan(tyda.fakta, ny)), format_)  # type: ignore[arg-type]
        kända.insert(0, (ny, svg))
        del kända[HÖGST:]
        return svg


_MINNE: ContextVar[Bildminne | None] = ContextVar("finsam_bildminne", default=None)


@contextmanager
def med_bildminne(minne: Bildminne) -> Iterator[None]:
    """Let pictures that are drawn here be remembered."""
    satt = _MINNE.set(minne)
    try:
        yield
    finally:
        _MINNE.reset(satt)


def bildminne() -> Bildminne | None:
    """What remembers the pictures drawn here, if anything does."""
    return _MINNE.get()


def _nu(var: tuple[str, str], vad: object, tyda: Texttyda) -> object:
    """What there is now where a picture looked before."""
    slag, namn = var
    match slag:
        case "fakta":
            return tyda.fakta.get(namn)
        case "faktabas":
            return _av_allt(tyda.fakta, namn)
        case "tyda":
            return getattr(tyda, namn)
        case "år":
            return getattr(vad, namn, None)
    return vad


def _av_allt(fakta: Faktabas, namn: str) -> object:
    """Something of all the facts at once; an object that has no value of its own is only the same as itself."""
    return dict(fakta.items()) if namn == "alla" else getattr(fakta, namn, None)


class _Iakttaget:
    """A year that notes which of its fields are read."""

    def __init__(self, år: Räkenskapsår, läst: Läst) -> None:
        self.__dict__ |= {"_finsam_år": år, "_finsam_läst": läst}

    def __getattr__(self, namn: str) -> Any:
        värde = getattr(self.__dict__["_finsam_år"], namn)
        self.__dict__["_finsam_läst"]["år", namn] = värde
        return värde


class _Faktan(Mapping[str, Fakta]):
    """Facts that note which of them are looked up, also those that are not there."""

    def __init__(self, fakta: Faktabas, läst: Läst) -> None:
        self._fakta, self._läst = fakta, läst

    def __getitem__(self, id_: str) -> Fakta:
        self._läst["fakta", id_] = self._fakta.get(id_)
        return self._fakta[id_]

    def __iter__(self) -> Iterator[str]:
        self._läst["faktabas", "alla"] = dict(self._fakta.items())
        return iter(self._fakta)

    def __len__(self) -> int:
        self._läst["faktabas", "alla"] = dict(self._fakta.items())
        return len(self._fakta)

    def __getattr__(self, namn: str) -> Any:
        värde = getattr(self._fakta, namn)
        self._läst["faktabas", namn] = värde
        return värde
