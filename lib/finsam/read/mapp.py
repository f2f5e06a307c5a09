"""What may be read of a förbund's folder: ordinary files inside inputs, under names that can be shown.

Looked over once, before anything is opened, so that no reader has to think of it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from finsam.model.problem import Problem
from finsam.model.rapport import textens_slag
from finsam.read.indata import OSYNLIGT, kort

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_ENHETER = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""What Windows takes for a device, whatever folder it stands in."""

_MED_ID = re.compile(r"(?i)(?:insats|malomrade|not)_")


def är_slug(namn: str) -> bool:
    """Whether a folder's name can be a förbund's: it is used in paths and in files on every system.

    >>> är_slug("lekeberg-orebro"), är_slug("../x"), är_slug("con")
    (True, False, False)
    """
    return bool(_SLUG.fullmatch(namn)) and not _ENHETER.fullmatch(namn)


def är_gömd(fil: Path) -> bool:
    """Whether a file is some program's own: hidden, or the lock of a document that is open."""
    return fil.name.startswith((".", "~$"))


def check_mapp(rot: Path, förbund: str, år: int) -> Iterator[Problem]:
    """Everything among a year's files that is not to be opened.

    A link that leads out of the inputs folder is refused, one that stays inside is not; the inputs folder itself may
    be a link.
    """
    äkta_rot = Path(os.path.realpath(rot))
    for mapp in (rot / förbund, rot / förbund / str(år), rot / förbund / str(år) / "text"):
        if not os.path.lexists(mapp):
            return
        if hinder := _hinder(mapp, äkta_rot):
            yield Problem("fel", hinder, _namn(mapp, rot))
            return
        for fil in sorted(mapp.iterdir()) if mapp.is_dir() else ():
            if not fil.is_dir() and not är_gömd(fil) and (hinder := _hinder(fil, äkta_rot)):
                yield Problem("fel", hinder, _namn(fil, rot))


def _hinder(fil: Path, äkta_rot: Path) -> str:
    """Why a file or folder is not to be opened; empty when it can be."""
    äkta = Path(os.path.realpath(fil))
    if OSYNLIGT.search(fil.name):
        return "Namnet har tecken som inte syns eller inte kan läsas. Byt namn på filen."
    if not äkta.is_relative_to(äkta_rot):
        return f"Länken leder ut ur mappen inputs, till {kort(äkta)}. Lägg själva filen här i stället."
    if not fil.exists():
        return "Länken leder ingenstans. Ta bort den, eller lägg själva filen här."
    if not fil.is_file() and not fil.is_dir():
        return "Det här är ingen vanlig fil. Ta bort den."
    return ""


def _namn(fil: Path, rot: Path) -> str:
    return "/".join(map(kort, fil.relative_to(rot).parts))


def hitta_fil(mapp: Path, namn: str) -> Path:
    """The file of a name, though written with other capitals than asked for; as asked for when there is none."""
    if not (mapp / namn).is_file() and mapp.is_dir():
        lika = sorted(fil for fil in mapp.iterdir() if _form(fil.name) == namn)
        return lika[0] if lika else mapp / namn
    return mapp / namn


def textfiler(mapp: Path) -> list[Path]:
    """The Markdown files of a folder, however their ending is written."""
    if not mapp.is_dir():
        return []
    return sorted(fil for fil in mapp.iterdir() if fil.suffix.lower() == ".md" and not är_gömd(fil))


def textnamn(fil: Path) -> str:
    """What a text is called in the program: in small letters, but an id after `insats_` as it is written.

    >>> textnamn(Path("Inledning.MD")), textnamn(Path("Insats_TUVA.md"))
    ('inledning', 'insats_TUVA')
    """
    namn = unicodedata.normalize("NFC", fil.stem)
    slag = textens_slag(namn.lower())
    början = _MED_ID.match(namn, len(slag.textprefix) if slag else 0)
    return namn[: början.end()].lower() + namn[början.end() :] if början else namn.lower()


def _form(namn: str) -> str:
    return unicodedata.normalize("NFC", namn).lower()
