"""What the terminal tells of the difference between two runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from finsam.model.belopp import HÅRT_BLANK, svenskt_tal
from finsam.model.ord import antal
from finsam.run.cli.terminal import FÄRG, stycke, ut

if TYPE_CHECKING:
    from finsam.run.status.skillnad import Faktaskillnad, Filskillnad, Fynd, Skillnad

_TAL, _FÖLJDER, _RADER = 20, 5, 40
"""Figures, figures that follow from others, and lines of a file that are shown when not all are asked for."""


def visa_skillnad(s: Skillnad, *, utförligt: bool) -> None:
    """What has changed: figures before and after, words, rows, and findings that came and went."""
    if s.från != s.till:
        ut.print(stycke(f"Från {s.från} till {s.till}."))
    if s.hinder:
        ut.print(stycke(s.hinder, "! ", "yellow"))
    ut.print()
    if s.tom:
        ut.print("Ingen senare körning att jämföra med." if s.hinder else "[green]Inget har ändrats.[/]")
        return
    kapat = False
    if s.fakta:
        kapat |= _visa_tal(s, utförligt=utförligt)
    kapat |= _visa_filer("Texter", s.texter, utförligt=utförligt)
    kapat |= _visa_filer("Uppgifter och inställningar", s.inställningar, utförligt=utförligt)
    if s.övriga:
        ut.print(stycke(", ".join(s.övriga) + ".", "Också ändrat: ", "bold"))
        ut.print()
    _visa_fynd("Nya fynd", "+", s.nya)
    _visa_fynd("Lösta fynd", "-", s.borta)
    if kapat:
        ut.print("Allt, var för sig: samma kommando med --utforligt")


def _visa_tal(s: Skillnad, *, utförligt: bool) -> bool:
    följder = [f for f in s.fakta if f.följd]
    egna = [f for f in s.fakta if not f.följd]
    ut.print(f"[bold]Tal: {len(s.fakta)} har ändrats[/]")
    kapat = False
    for rubrik, funna, högst in (("", egna, _TAL), ("Följer av dem:", följder, _FÖLJDER)):
        if funna and rubrik:
            ut.print(rubrik)
        for f in funna if utförligt else funna[:högst]:
            for rad in _tal(f):
                ut.print(rad)
        if not utförligt and (fler := len(funna) - högst) > 0:
            ut.print(f"  och {fler} till")
            kapat = True
    ut.print()
    return kapat


def _tal(f: Faktaskillnad) -> Iterator[str]:
    år = f.id.partition("/")[2]
    yield stycke(f"{f.namn.rstrip('.')} ({år})", "  ")
    yield stycke(f"{f.före or 'fanns inte'} → {f.efter or 'finns inte'}{_differens(f)}", "    ")


def _differens(f: Faktaskillnad) -> str:
    """How much more or less, in brackets with its sign."""
    if not f.differens:
        return ""
    if f.enhet == "andel":
        tal, enhet, decimaler = f.differens * 100, "procentenheter", 1
    else:
        tal, enhet, decimaler = f.differens, "kr" if f.enhet == "kr" else "", 2 if f.enhet == "kr" else 0
        if decimaler == 0 and tal != tal.to_integral_value():
            decimaler = 1
    tecken = "+" if tal > 0 else ""
    return f" ({tecken}{svenskt_tal(tal, decimaler)}{f'{HÅRT_BLANK}{enhet}' if enhet else ''})"


def _visa_fynd(rubrik: str, tecken: str, funna: Sequence[Fynd]) -> None:
    if not funna:
        return
    ut.print(f"[bold]{rubrik}: {len(funna)}[/]")
    for f in funna:
        ut.print(stycke(f.text, f"{tecken} {f.kod}  ", FÄRG[f.nivå]))
    ut.print()


def _visa_filer(rubrik: str, filer: Sequence[Filskillnad], *, utförligt: bool) -> bool:
    if not filer:
        return False
    ut.print(f"[bold]{rubrik}: {antal(len(filer), 'fil', 'filer')}[/]")
    kapat = [_visa_fil(fil, utförligt=utförligt) for fil in filer]
    ut.print()
    return any(kapat)


def _visa_fil(fil: Filskillnad, *, utförligt: bool) -> bool:
    """The lines of a file that went and came; what is around them is left to who asks for all."""
    ut.print(stycke(fil.fil, färg="bold"))
    rader = fil.rader[2:]  # the names of the files
    visade = [rad for rad in rader if utförligt or rad[:1] in "+-…"]
    högst = len(visade) if utförligt else _RADER
    for rad in visade[:högst]:
        if rad.startswith("@@"):
            continue
        färg = {"+": "green", "-": "red"}.get(rad[:1], "")
        if rad[1:].strip() or rad == "…":
            ut.print(stycke(rad[1:] or rad, f"  {rad[:1]} ", färg))
    if fler := len(visade) - len(visade[:högst]):
        ut.print(f"  och {antal(fler, 'rad', 'rader')} till")
    return bool(fler)
