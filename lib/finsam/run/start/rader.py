"""What the start page says of a year, as rows: no fact of its own, only what the status has, in order and in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from finsam.checks.finding import Finding, Kontrollnivå, eget, likadana
from finsam.checks.kontrollera import GRUPPER
from finsam.checks.publicerat import check_publicerat, sammanfatta
from finsam.model.ord import antal, versal
from finsam.model.rapport import rapportslag
from finsam.model.underlagsrad import Underlagsrad
from finsam.report.kontrollerat import KONTROLLSIDA
from finsam.report.kontrollsida import ATT_GÖRA, svaret
from finsam.run.start.plats import Plats
from finsam.run.status.sedan import när
from finsam.run.status.svar import Dokument, Körning, Status, Underlagsdel

Ton = Literal["hindrar", "stallning", "veta", "stammer", "saknas"]
TON: dict[Kontrollnivå, Ton] = {
    "fel": "hindrar",
    "varning": "stallning",
    "upplysning": "veta",
    "ej prövad": "saknas",
    "ok": "stammer",
}
ÖPPNA = "Öppna"
HÖGST = 5
"""Findings of a group that are shown before one asks for all."""
_BLAD = re.compile(r"\bblade[nt] ([A-ZÅÄÖ][\wåäöÅÄÖ]*)")
_TEXT = re.compile(r"\btext/\w+\.md\b")
_FAKTA = re.compile(r"[\w.]+/\w+")
FILORD = {
    ".pdf": "PDF",
    ".html": "Webbsida",
    ".xlsx": "Arbetsbok",
    ".docx": "Word",
    ".zip": "Paket",
    ".ics": "Kalender",
}


@dataclass(frozen=True, slots=True)
class Mål:
    """A file that a row leads to, what the link says, and which part of a page it is."""

    fil: Path
    ord: str
    del_: str = ""


@dataclass(frozen=True, slots=True)
class Rad:
    """A row: how it stands, what it is, what is said of it, and where it leads; `fler` are what follows from it."""

    ton: Ton
    rubrik: str
    text: str = ""
    mål: tuple[Mål, ...] = ()
    fler: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grupp:
    """The findings of a level: how many there are, what there is to do, and a row for each or for those alike."""

    ton: Ton
    rubrik: str
    antal: int
    att_göra: str
    rader: tuple[Rad, ...]
    öppen: bool


@dataclass(frozen=True, slots=True)
class Besked:
    """How the year stands, in two sentences, and which button is the next one."""

    ton: Ton
    rubrik: str
    mening: str
    nästa: Literal["visa", "utkast", "slutlig", "oppna"]


def besked(s: Status) -> Besked:
    """The one line that matters most."""
    dokument = next((d for d in s.dokument if d.rapport == s.rapport), None)
    if not s.läst:
        return Besked(
            "hindrar", "Underlaget går inte att läsa än.", "Rätta eller lägg till det som är markerat.", "visa"
        )
    om = svaret(s.anmärkningar)
    if s.fel:
        return Besked("hindrar", "Rätta det som hindrar.", om, "visa")
    if dokument is None or not dokument.filer:
        return Besked("veta", "Rapporten går att skapa.", om, "slutlig")
    if dokument.äldre_än:
        ändrat = f"{antal(len(dokument.äldre_än), 'fil', 'filer')} har ändrats sedan den gjordes."
        return Besked("veta", "Rapporten är äldre än underlaget.", f"{om} {ändrat}", "slutlig")
    if dokument.slag == "utkast":
        return Besked("veta", "Rapporten finns som utkast.", f"{om} Den kan göras slutlig.", "slutlig")
    return Besked("stammer", "Rapporten är skapad och aktuell.", om, "oppna")


def underlagsrader(s: Status, plats: Plats) -> tuple[Rad, ...]:
    """A row for each input; texts that are in order are told of together."""
    texter = [d for d in s.underlag if d.id.startswith("text/") and not d.problem]
    rader = [_underlagsrad(d, s, plats) for d in s.underlag if d not in texter]
    return (*rader, *_textrader(texter, _mål(plats, plats.inputs / s.förbund / str(s.år) / "text", "Visa mappen")))


def _textrader(texter: Sequence[Underlagsdel], mål: tuple[Mål, ...]) -> Iterator[Rad]:
    """The texts that nothing is wrong with, in a row for each thing that there is to do with them."""
    frivilliga = [d for d in texter if d.läge == "valfri"]
    saknas = [d for d in texter if d.läge == "saknas"]
    märkta = [d for d in texter if d.läge == "finns" and "," in d.säger]
    klara = [d for d in texter if d.läge == "finns" and d not in märkta]
    if saknas:
        namn = tuple(f"{Path(d.fil).name}: {d.säger}" for d in saknas)
        yield Rad("stallning", f"Texter att skriva ({len(saknas)})", "", mål, namn)
    if märkta:
        namn = tuple(f"{Path(d.fil).name}: {d.säger}" for d in märkta)
        yield Rad("stallning", f"Texter att gå igenom ({len(märkta)})", "", mål, namn)
    if klara or frivilliga:
        om = antal(len(klara), "skriven", "skrivna")
        om += f", {antal(len(frivilliga), 'frivillig inte skriven', 'frivilliga inte skrivna')}" if frivilliga else ""
        yield Rad("stammer", "Texter", om, mål)


def _underlagsrad(d: Underlagsdel, s: Status, plats: Plats) -> Rad:
    ton: Ton = "stallning" if s.läst else "hindrar"
    if d.läge in ("finns", "valfri"):
        ton = "stammer" if d.läge == "finns" else "saknas"
    fil = plats.inputs / d.fil
    namn = f"{d.namn}, {fil.name}" if fil.suffix and not d.id.startswith("text/") else d.namn
    if not fil.exists():
        return Rad(ton, namn, d.säger, (), d.problem)
    mål = _mål(plats, fil, ÖPPNA) or _mål(plats, fil.parent, "Visa mappen")
    return Rad(ton, namn, d.säger, mål, d.problem)


def grupper(s: Status, plats: Plats) -> tuple[Grupp, ...]:
    """The findings in their groups; what went well and what could not be tried are told of last."""
    alla = []
    for nivå, ton in TON.items():
        funna = [f for f in s.anmärkningar if f.nivå == nivå]
        rader = tuple(_fynden(funna, ton, s, plats))
        öppen = nivå in ("fel", "varning") and bool(funna)
        alla.append(Grupp(ton, GRUPPER[nivå], len(funna), ATT_GÖRA.get(nivå, ""), rader, öppen))
    return tuple(g for g in alla if g.antal or g.ton in ("hindrar", "stallning", "veta"))


def _fynden(funna: Sequence[Finding], ton: Ton, s: Status, plats: Plats) -> Iterator[Rad]:
    """A row for each finding, or for those that are alike; what differs from the published is one row."""
    publicerat = [f for f in funna if f.kod == check_publicerat.kod]
    andra = [f for f in funna if f not in publicerat] if len(publicerat) > 1 else list(funna)
    for kod in dict.fromkeys(f.kod for f in andra):
        for början, lika in likadana([f for f in andra if f.kod == kod]).items():
            if len(lika) == 1:
                yield Rad(ton, lika[0].text, kod, _leder_till(lika[0], s, plats), lika[0].följder)
            else:
                fler = tuple(versal(eget(f, början)) for f in lika)
                yield Rad(ton, f"{början} ({len(lika)})", kod, _leder_till(lika[0], s, plats), fler)
    if len(publicerat) > 1:
        yield Rad(ton, sammanfatta(publicerat), publicerat[0].kod, _till_sidan(s, plats))


def _leder_till(f: Finding, s: Status, plats: Plats) -> tuple[Mål, ...]:
    """Where a finding is mended: a sheet of the workbook, a file, else where its figure comes from."""
    källa, komma, rad = f.källa.partition(", ")
    bok = next((plats.inputs / d.fil for d in s.underlag if d.id == "underlag"), None)
    nämnt = _BLAD.search(f.text)
    blad = källa if källa in _bladen() else nämnt[1] if nämnt and nämnt[1] in _bladen() else ""
    if bok is not None and blad and bok.is_file():
        return _mål(plats, bok, f"Bladet {blad}{komma}{rad}" if källa == blad else f"Bladet {blad}")
    årets = plats.inputs / s.förbund / str(s.år)
    if (text := _TEXT.search(f.text)) and (årets / text[0]).is_file():
        return _mål(plats, årets / text[0], text[0])
    fil = plats.inputs / källa.partition(":")[0]
    if källa and fil.is_relative_to(plats.inputs) and fil.is_file():
        return _mål(plats, fil, fil.name) or _mål(plats, fil.parent, "Visa mappen")
    nycklar = [n for n in (*f.fakta, f.källa) if _FAKTA.fullmatch(n)]
    sidan = plats.outputs / s.förbund / str(s.år) / s.rapport / f"{s.rapport}.html"
    if nycklar and sidan.is_file():
        return (Mål(sidan, "Visa spår", f"spar-{nycklar[0]}"),)
    return ()


def _till_sidan(s: Status, plats: Plats) -> tuple[Mål, ...]:
    fil = plats.outputs / s.förbund / str(s.år) / s.rapport / KONTROLLSIDA
    return _mål(plats, fil, "Visa alla som sida") if fil.is_file() else ()


def _bladen() -> frozenset[str]:
    return frozenset(str(ett.blad) for ett in Underlagsrad.__subclasses__() if hasattr(ett, "blad"))


def _mål(plats: Plats, fil: Path, ord_: str) -> tuple[Mål, ...]:
    """The link, when the file is one that can be opened from here."""
    return (Mål(fil, ord_),) if plats.i_lab(fil) or plats.kan_öppnas(fil) else ()


def dokumentrader(s: Status, plats: Plats) -> tuple[Rad, ...]:
    """What has been made of the year, with its files."""
    return tuple(_dokumentrad(d, plats) for d in s.dokument if d.filer)


def _dokumentrad(d: Dokument, plats: Plats) -> Rad:
    ton: Ton = "stallning" if d.äldre_än or d.slag == "utkast" else "stammer"
    delar = ["utkast" if d.slag == "utkast" else "slutlig", f"gjord {när(d.gjort)}" if d.gjort else ""]
    om = versal(", ".join(filter(None, delar))) + "."
    if d.äldre_än:
        om += f" Ändrat sedan dess: {', '.join(Path(fil).name for fil in d.äldre_än)}."
    mål = (m for fil in d.filer for m in _mål(plats, plats.outputs / fil, _filord(fil)))
    return Rad(ton, versal(rapportslag(d.rapport).ord), om, tuple(mål))


def _filord(fil: str) -> str:
    namn = Path(fil)
    return "Kontroller" if namn.name == KONTROLLSIDA else FILORD.get(namn.suffix, namn.name)


def historikrader(s: Status) -> tuple[tuple[str, str, str], ...]:
    """When, what and what had changed since the time before, for each run."""
    return tuple((när(k.gjort), _vad(k), k.ändrat or "Första gången.") for k in s.körningar)


def _vad(k: Körning) -> str:
    return f"Utkast, {k.fel} hindrar" if k.utkast else "Skapad"
