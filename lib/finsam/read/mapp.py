"""What may be read of a förbund's folder: ordinary files inside inputs, under names that can be shown.

Looked over once, before anything is opened, so that no reader has to think of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from finsam.model.problem import Problem
from finsam.model.rapport import textens_slag
from finsam.read.indata import OSYNLIGT, kort, nfc

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_ENHETER = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""What Windows takes for a device, whatever folder it stands in."""

TEXTMAPP = "text"

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
    for mapp in (rot / förbund, rot / förbund / str(år), textmapp(rot / förbund / str(år))):
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
    """The file of a name, though written with other capitals or with å, ä, ö; as asked for when there is none."""
    if not (mapp / namn).is_file() and mapp.is_dir():
        lika = sorted(fil for fil in mapp.iterdir() if filform(fil.name) == namn)
        return lika[0] if lika else mapp / namn
    return mapp / namn


def textmapp(årsmapp: Path) -> Path:
    """The folder of a year's texts, though its name is written with capitals."""
    if not (årsmapp / TEXTMAPP).is_dir() and årsmapp.is_dir():
        lika = sorted(ett for ett in årsmapp.iterdir() if filform(ett.name) == TEXTMAPP and ett.is_dir())
        return lika[0] if lika else årsmapp / TEXTMAPP
    return årsmapp / TEXTMAPP


def textfiler(mapp: Path) -> list[Path]:
    """The Markdown files of a folder, however their ending is written."""
    if not mapp.is_dir():
        return []
    return sorted(fil for fil in mapp.iterdir() if fil.suffix.lower() == ".md" and not är_gömd(fil))


def textnamn(fil: Path) -> str:
    """What a text is called in the program: in small letters, but an id after `insats_` as it is written.

    >>> textnamn(Path("Inledning.MD")), textnamn(Path("Insats_TUVA.md")), textnamn(Path("händelser.md"))
    ('inledning', 'insats_TUVA', 'handelser')
    """
    namn = nfc(fil.stem).translate(_ASCII)
    slag = textens_slag(namn.lower())
    början = _MED_ID.match(namn, len(slag.textprefix) if slag else 0)
    return namn[: början.end()].lower() + namn[början.end() :] if början else namn.lower()


_ASCII = str.maketrans("åäöÅÄÖ", "aaoAAO")


def filform(namn: str) -> str:
    """A name as the program has it: in small letters, and a and o for å, ä, ö.

    >>> filform("Bokföring.SE")
    'bokforing.se'
    """
    return nfc(namn).translate(_ASCII).lower()


_KOPIA = re.compile(
    r"[\W\d_]+|(?<![^\W\d_])(?:kopia|copy|av|of|ny|nya|gammal|gamla|utkast|slutlig|final|version|v)(?![^\W\d_])"
)
"""What a name has besides when it is a copy or another version of a file."""
_LEDGERORD = re.compile(r"sie(?![a-z])|sie[0-9]|saldo|huvudbok|rabalans|balansrapport")
_SIE = (".se", ".si", ".sie")


def menar(namn: str, kända: Iterable[str]) -> str:
    """Which of the files that are known a name is a slip of, or a copy; empty when none.

    >>> [menar(namn, ["handelser.md", "bokforing.se"]) for namn in ("Haendelser.docx", "handelser (2).md", "sie4.se")]
    ['handelser.md', 'handelser.md', 'bokforing.se']
    """
    stammar = {_grund(Path(känt).stem): känt for känt in kända}
    stam, ändelse = Path(namn).stem, Path(namn).suffix.lower()
    träff = get_close_matches(_grund(stam), stammar, n=1, cutoff=0.8)
    if not träff and (ändelse in _SIE or _LEDGERORD.match(filform(stam))):
        träff = [ett for ett in stammar if ett == "bokforing"]
    return stammar[träff[0]] if träff else ""


def _grund(stam: str) -> str:
    return _KOPIA.sub("", filform(stam).replace("ae", "a").replace("oe", "o"))
