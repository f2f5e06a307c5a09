"""Verification: are the documents those of the inputs, and does this machine make the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finsam.prove.verifiera.filer import pröva_filer
from finsam.prove.verifiera.plats import Plats, Steg
from finsam.prove.verifiera.plomb import pröva_plomb
from finsam.run.skapa import Framsteg

STÄMMER, SKILJER, OKLART = range(3)


def verifiera(plats: Plats, nivå: int, framsteg: Callable[[int], Framsteg]) -> Iterator[Steg]:
    """Every step up to a level; each level is told whole, also when an earlier one found something."""
    if plats.zip_:
        from finsam.run.paket import är_packad_av_oss

        if not är_packad_av_oss(plats.zip_[0]):
            text = "är inte packad som finsam packar; det som inte är filer i den är inte jämfört"
            yield Steg(0, "Zipfilen", text, "oklart")
    yield from pröva_filer(plats)
    yield from pröva_plomb(plats)
    if nivå >= 1:
        from finsam.run.omkorning import pröva_omkörning

        yield from pröva_omkörning(plats, framsteg)


def utfall(steg: Sequence[Steg]) -> int:
    """The exit code: 1 when something differs, else 2 when something could not be tried, else 0."""
    funna = {s.utfall for s in steg}
    return SKILJER if "skiljer" in funna else OKLART if "oklart" in funna else STÄMMER


def har_upplysning(steg: Sequence[Steg]) -> bool:
    """Whether something is told that is not wrong in itself, such as other versions."""
    return any(s.utfall == "upplysning" for s in steg)
