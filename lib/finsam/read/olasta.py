"""What lies in a förbund's folders and is not read: a copy, a Word document, a name with a slip of the pen.

It is said beside the checks and never in the document: what is not read is not among what a document is made from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import RAPPORTER
from finsam.read.bokforing import hitta_bokföring
from finsam.read.foregaende import NAMN
from finsam.read.indata import kort
from finsam.read.mapp import TEXTMAPP, filform, menar, textmapp, textnamn, är_gömd
from finsam.read.notebooks import Avsnitt, alla_avsnitt, avsnittens_texter

FÖRBUNDETS = frozenset(("forbund.yml", "kontoplan.csv"))
ÅRETS = frozenset(
    (
        *FÖRBUNDETS,
        *(namn for slag in RAPPORTER.values() for namn in slag.filer),
        *(f"{slag.textprefix}underlag.xlsx" for slag in RAPPORTER.values()),
        *("publicerat.yml", "plomb.json", f"{NAMN}.se"),
    )
)
"""The files that a förbund's folder can have, and those of a year's, whichever report they are for."""
SJÄLVINSATTA = (
    "investeringsredovisning",
    "projektredovisning",
    "insatser_individ",
    "insatser_struktur",
    "not_rattelse",
    "vp_beslut",
)
"""Texts that the library puts where they belong, though no section asks for them by name."""
_SYSTEMETS = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
VISAS = 20


def olästa(år: Räkenskapsår, rot: Path, avsnitt: Iterable[Avsnitt] = ()) -> list[Problem]:
    """For the förbund's folder and for the year's an upplysning with all that lies there and is not read.

    `avsnitt` are the report's own sections, where they may be others than the program's.
    """
    mapp = rot / år.förbund.slug
    årsmapp = mapp / str(år.årtal)
    lästa = {fil.name for fil in år.filer if fil.parent in (mapp, årsmapp)}
    år_och_filer = [ett for ett in _synliga(mapp) if not (ett.is_dir() and ett.name.isdecimal() and len(ett.name) == 4)]
    i_förbundet = _okända(år_och_filer, FÖRBUNDETS, lästa)
    texter, namnen = textmapp(årsmapp), textnamnen(år, avsnitt)
    i_året = [ett for ett in _synliga(årsmapp) if ett != texter and not _är_bokföring(ett)]
    vad = {
        mapp: list(i_förbundet),
        årsmapp: [*_okända(i_året, ÅRETS, lästa, namnen), *_texter(texter, namnen)],
    }
    return [
        Problem("upplysning", f"Det här läses inte: {_lista(namn)}.", plats.relative_to(rot).as_posix())
        for plats, namn in vad.items()
        if namn
    ]


def _fråga(namn: str, kända: Collection[str], finns: Collection[str]) -> str:
    """Which known name a file's is a slip of, in brackets; `finns` are those that there is a file of."""
    träff = menar(namn, kända)
    return f" (Menar du {träff}?{' Den läses.' if träff in finns else ''})" if träff else ""


def _lista(namn: list[str]) -> str:
    return ", ".join(namn[:VISAS]) + (f" och {len(namn) - VISAS} till" if len(namn) > VISAS else "")


def _synliga(mapp: Path) -> list[Path]:
    """What a person has put in a folder."""
    alla = sorted(mapp.iterdir()) if mapp.is_dir() else []
    return [ett for ett in alla if not är_gömd(ett) and ett.name.casefold() not in _SYSTEMETS]


def _är_bokföring(fil: Path) -> bool:
    return any(fil in hitta_bokföring(fil.parent, namn) for namn in ("bokforing", NAMN))


def _okända(
    filer: list[Path], kända: Collection[str], lästa: Collection[str], texter: Collection[str] = ()
) -> Iterator[str]:
    """What is neither read nor some report's own; one of the texts is in the wrong folder."""
    finns = {filform(namn) for namn in lästa}
    if any(_är_bokföring(fil.with_name(namn)) for fil in filer[:1] for namn in lästa):
        finns.add("bokforing.se")
    for fil in filer:
        form = filform(fil.name)
        if fil.is_dir():
            yield f"mappen {kort(fil.name)}{_fråga(fil.name, (TEXTMAPP,), ())}"
        elif fil.name not in lästa and (form not in kända or form in finns):
            är_text = fil.suffix.lower() == ".md" and textnamn(fil) in texter
            fråga = f" (Menar du {TEXTMAPP}/{textnamn(fil)}.md?)" if är_text else _fråga(fil.name, kända, finns)
            yield f"{kort(fil.name)}{fråga}"


def _texter(mapp: Path, namnen: Iterable[str]) -> Iterator[str]:
    """What lies among the texts and is not a text of any report."""
    kända = {f"{namn}.md" for namn in namnen}
    finns = {f"{textnamn(fil)}.md" for fil in _synliga(mapp) if fil.suffix.lower() == ".md"} & kända
    for fil in _synliga(mapp):
        if fil.is_dir():
            yield f"mappen {TEXTMAPP}/{kort(fil.name)}"
        elif fil.suffix.lower() != ".md" or f"{textnamn(fil)}.md" not in kända:
            yield f"{TEXTMAPP}/{kort(fil.name)}{_fråga(fil.name, kända, finns)}"


def textnamnen(år: Räkenskapsår, avsnitt: Iterable[Avsnitt] = ()) -> set[str]:
    """The names of all texts that a report of the year can have."""
    u, förbund = år.underlag, år.förbund
    egna = [f"insats_{insats.id}" for insats in u.insatser]
    egna += [f"malomrade_{område.id}" for område in u.målområden]
    egna += [f"not_{notis.id}" for notis in förbund.noter]
    prefix = {slag.textprefix for slag in RAPPORTER.values()}
    frågade = avsnittens_texter([*alla_avsnitt(), *(ett.fil for ett in avsnitt)])
    return {*frågade, *SJÄLVINSATTA, *(f"{början}{namn}" for början in prefix for namn in egna)}
