"""What became of an error: told, told by name, without any other source, no error at all, or silent.

The rule for a name is strict: what is new must name the row (file or sheet with its row), the value before or after,
what the row is called by (a value that few others of its kind have), or a fact that the error changed.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from math import sqrt
from pathlib import Path

from andra import RADOPERATORER, Ändring
from bild import Bild, Mål
from operatorer import Omgivning, orden
from vandra import Rad

from finsam.checks.finding import Finding
from finsam.checks.inlasning import check_inläsning
from finsam.model.problem import Problem

_VILLKOR = re.compile(r"([\w. ]+?)(!?)~(.*)")
_MENINGSSLUT = re.compile(r"(?<=[.!?])(?<!kap\.)\s+(?=[A-ZÅÄÖ{])|\n\s*\n|\n\s*[-*] ")
EN_KÄLLA = Path(__file__).with_name("en_kalla.csv")
NIVÅER = ("fel", "varning")
PÅ_FLER = "(ordet står på fler ställen)"
"""How a field ends where a misspelt word has another source, whatever its field is."""
STAVAS = ("C52", "C70")
"""What tells of a misspelt word; others only say the word with it."""
MENINGEN = ("C59",)
"""What tells of a sentence by nothing but itself."""
UTTRYCK = ("C70",)
"""What tells of an expression that the language does not have."""
FRAS = 4
"""How many words around a word make a phrase that is known again."""
FÅ = 3
"""How many rows of a kind may have a value that one of them is called by."""
Sagt = Finding | Problem


@dataclass(frozen=True)
class Svar:
    """What became of one error. `av` is what told it, `ord` the printed words that are others with it, `en_källa`
    whether the list says that nothing can.
    """

    mål: Mål
    fält: str
    operator: str
    vad: str
    utfall: str
    av: str = ""
    ord: str = ""
    en_källa: bool = False


@dataclass(frozen=True)
class EnKälla:
    """Fields with one source, by pattern, for all operators or one, and why nothing can contradict them.

    `operator` may be several, with | between. `villkor` is which of them, by the sentence that the value stands in
    (`mening!~[0-9]`: no figure in it), the value, what it became (`nytt`), the word of it that is changed (`byte`), its
    file, the key that its row is (`nyckel`), another column of its row (`Fakta~^$`), all of a sheet's column
    (`Faktarutor.Rubrik!~Insatsägare`) or whether the word with its neighbours stands elsewhere too
    (`på fler ställen!~ja`), joined by ` & `.
    """

    fält: str
    operator: str
    villkor: str
    varför: str

    def gäller(self, ändring: Ändring, runt: Omgivning) -> bool:
        """Whether an error is of these."""
        if self.operator and ändring.operator not in self.operator.split("|"):
            return False
        if not fnmatchcase(ändring.fält, self.fält) or ändring.fält.endswith(PÅ_FLER):
            return False
        return all(_uppfyllt(ett, ändring, runt) for ett in self.villkor.split(" & ") if ett)


def _uppfyllt(villkor: str, ändring: Ändring, runt: Omgivning) -> bool:
    vad, inte, mönster = _VILLKOR.fullmatch(villkor).groups()  # type: ignore[union-attr]
    match vad:
        case "mening":
            text = mening(ändring, runt)
        case "fil":
            text = ändring.rad.fil
        case "byte":
            text = bytt_ord(ändring)
        case "nytt":
            text = str(ändring.efter)
        case "på fler ställen":
            text = "ja" if _upprepat(ändring, runt) else "nej"
        case "fält":
            text = ändring.fält
        case "nyckel":
            text = str(ändring.rad.värden[""].värde) if "" in ändring.rad.värden else ""
        case "värde":
            text = str(ändring.plats.värde) if ändring.plats else ""
        case _ if "." in vad:
            blad, _, kolumn = vad.partition(".")
            rader = runt.per_slag[ändring.rad.fil, blad]
            text = "\n".join(str(rad.värden[kolumn].värde) for rad in rader if kolumn in rad.värden)
        case _:
            text = _i_kolumnen(ändring, vad, runt)
    return bool(re.search(mönster, text, re.IGNORECASE)) != bool(inte)


def bytt_ord(ändring: Ändring) -> str:
    """The first word of a value that is another in the new one, as it was: the page of a source, or its year."""
    före, efter = (
        re.findall(r"[\w:-]+", str(ett)) for ett in (ändring.plats.värde if ändring.plats else "", ändring.efter)
    )
    return next((ett for ett, annat in zip(före, efter, strict=False) if ett != annat), "")


def _upprepat(ändring: Ändring, runt: Omgivning) -> bool:
    """Whether the word that is changed stands among the same four words on another place, this year or the last."""
    hela = mening(ändring, runt)
    del_, ord_ = ("\0", str(ändring.plats and ändring.plats.värde)) if "\0" in hela else (bytt_ord(ändring),) * 2
    if not del_:
        return False
    före, _, efter = hela.partition(del_)
    a, b = orden(före), orden(efter)
    return any(
        runt.allt.count(f" {' '.join((*a[len(a) - n :], ord_.lower(), *b[: FRAS - n]))} ") > 1
        for n in range(1, FRAS)
        if n <= len(a) and FRAS - n <= len(b)
    )


def mening(ändring: Ändring, runt: Omgivning) -> str:
    """The sentence that a value stands in, without the value itself: of a text, or of its cell."""
    plats = ändring.plats
    if plats is None:
        return ""
    hela, (start, slut) = (plats.hela, plats.i) if plats.i else (str(plats.värde), (0, 0))
    if ändring.rad.fil.endswith(".md"):
        [text] = runt.per_slag[ändring.rad.fil, "hel text"]
        hela, (start, slut) = str(text.värden[""].värde), plats.var
    före, efter = _MENINGSSLUT.split(hela[:start])[-1], _MENINGSSLUT.split(hela[slut:])[0]
    return f"{före}\0{efter}" if slut else hela


def _i_kolumnen(ändring: Ändring, kolumn: str, runt: Omgivning) -> str:
    rad = ändring.rad
    rader = [rad, *(r for r in runt.per_slag[rad.fil, rad.blad] if r.nr == rad.nr)]
    return next((str(r.värden[kolumn].värde) for r in rader if kolumn in r.värden), "")


@cache
def read_en_källa(fil: Path = EN_KÄLLA) -> tuple[EnKälla, ...]:
    """The list of them."""
    with fil.open(encoding="utf-8", newline="") as rader:
        return tuple(EnKälla(**rad) for rad in csv.DictReader(rader, delimiter=";"))


def döm(mål: Mål, ändring: Ändring, ren: Bild, ny: Bild, runt: Omgivning, en_källa: Iterable[EnKälla]) -> Svar:
    """Which of the five it is. What a report stopped with, but for a refusal in words, is silence."""
    svar = (mål, ändring.fält, ändring.operator, str(ändring))
    ensam = any(ett.gäller(ändring, runt) for ett in en_källa)
    if ny.stannade:
        return Svar(*svar, "tyst", f"programmet stannade: {ny.stannade}")
    ändrade = {nyckel for nyckel in ren.fakta.keys() | ny.fakta.keys() if ren.fakta.get(nyckel) != ny.fakta.get(nyckel)}
    nya = nytt(ren.sagt, ny.sagt)
    namn = namn_på(ändring, runt)
    if nämnt := next((f for f in nya if nämner(f, namn, () if ny.vägrad else ändrade)), None):
        return Svar(*svar, "namngivet", _av(nämnt, vägrad=ny.vägrad), en_källa=ensam)
    # One that stood there already but with other figures is new only when it names what was changed.
    if nya_slag := [f for f in nya if _utan_tal(f) not in set(map(_utan_tal, ren.sagt))] or (nya if ny.vägrad else []):
        return Svar(*svar, "onämnt", _av(nya_slag[0], vägrad=ny.vägrad), en_källa=ensam)
    ord_ = andra_ord(ren.ord, ny.ord)
    if not ändrade and not ord_:
        return Svar(*svar, "likvärdigt")
    if ord_ and ensam:
        return Svar(*svar, "en källa", ord=ord_)
    return Svar(*svar, "tyst", ord=ord_ or f"fakta: {', '.join(sorted(ändrade)[:3])}")


def nytt(före: Iterable[Sagt], nu: Iterable[Sagt]) -> list[Sagt]:
    """What is said at a level that asks for something and was not said before, figures and all."""
    kvar = Counter(map(_text, före))
    ut = []
    for f in nu:
        if f.nivå in NIVÅER:
            kvar[_text(f)] -= 1
            if kvar[_text(f)] < 0:
                ut.append(f)
    return ut


def _text(f: Sagt) -> str:
    return f"{f.nivå} {f}" if isinstance(f, Problem) else f"{f.nivå} {f.kod} {f.text} {f.källa}"


def _utan_tal(f: Sagt) -> str:
    return re.sub(r"\d+(?:[ \u00a0.,]\d+)*", "0", _text(f))


def _av(f: Sagt, *, vägrad: bool) -> str:
    ord_ = f"{f}" if isinstance(f, Problem) else f.text
    return f"{'vägrad' if vägrad else getattr(f, 'kod', '')}: {ord_[:160]}"


# ---------------------------------------------------------------- names


def namn_på(ändring: Ändring, runt: Omgivning) -> re.Pattern[str]:
    """All that the place of an error may be called by."""
    rader = [ändring.rad, *([ändring.granne] if ändring.granne else [])]
    namn: set[str] = set()
    for rad in rader:
        fil, (första, sista) = re.escape(Path(rad.fil).name), rad.nr
        for nr in range(första, sista + 1 + (ändring.operator == "rad dubblerad")):
            if rad.blad:
                namn |= {rf"{rad.blad}, rad {nr}\b", rf"{rad.blad}![A-Z]+{nr}\b", rf"{rad.blad}!{nr}:"}
            else:
                namn.add(rf"{fil}\b.*\brad {nr}\b")
        if rad.slag == "hel text":
            namn.add(fil)
        namn |= {_ord(ett) for ett in _kallas(ändring, rad, runt)}
    namn.discard("")
    return re.compile("|".join(sorted(namn)), re.IGNORECASE | re.DOTALL)


def _kallas(ändring: Ändring, rad: Rad, runt: Omgivning) -> Iterator[str]:
    if ändring.plats is not None:
        yield from (str(ett) for ett in (ändring.plats.värde, ändring.efter))
    syskon = runt.per_slag[rad.fil, rad.slag]
    for namn, plats in rad.värden.items():
        text = str(plats.värde)
        if len(text) <= 80 and sum(n.värden[namn].värde == plats.värde for n in syskon if namn in n.värden) <= FÅ:
            yield text


def _ord(text: str) -> str:
    """A value as a pattern: a whole word, or a number without its blanks and decimals; nothing that is too short."""
    if re.fullmatch(r"[-−]?\d+(?:[.,]\d+)?", text):
        heltal = re.split("[.,]", text.lstrip("-−"))[0]
        return rf"(?<!\d){heltal}(?!\d)" if len(heltal) >= 3 else ""
    text = " ".join(text.strip("{} ").split())
    return rf"(?<!\w){re.escape(text)}(?!\w)" if len(text) >= 3 else ""


def nämner(f: Sagt, namn: re.Pattern[str], ändrade: Iterable[str]) -> bool:
    """Whether what is said names the place of the error, or is of a fact that it changed."""
    text = str(f) if isinstance(f, Problem) else f"{f.text} {f.källa}"
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", text)
    källa = getattr(f, "källa", "")
    fakta = {*ändrade, *(nyckel.partition("/")[0] for nyckel in ändrade)}
    return bool(namn.pattern and namn.search(text)) or källa in fakta


def andra_ord(före: tuple[str, ...], nu: tuple[str, ...]) -> str:
    """The printed words that are others, or in another order; empty when all is the same."""
    if före == nu:
        return ""
    bort, till = (Counter(" ".join(ett).split()) for ett in (före, nu))
    borta, nya = list((bort - till).elements())[:5], list((till - bort).elements())[:5]
    return f"{' '.join(borta)} → {' '.join(nya)}"[:120] if borta or nya else "ordningen"


# ---------------------------------------------------------------- figures


def wilson(antal: int, av: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    >>> [round(ett, 3) for ett in wilson(95, 100)]
    [0.888, 0.978]
    """
    if not av:
        return 0.0, 1.0
    z, p = 1.959964, antal / av
    mitt, bredd = p + z * z / (2 * av), z * sqrt(p * (1 - p) / av + z * z / (4 * av * av))
    return (mitt - bredd) / (1 + z * z / av), (mitt + bredd) / (1 + z * z / av)


def läses(svaren: Iterable[Svar]) -> list[str]:
    """Fields on the list of those with one source that a check has told of: what it reads has another source.

    That a value is missing, or is not one at all, is told without any other source; so is what the sentence itself or
    the language shows.
    """
    utan = {"tomt", *RADOPERATORER}
    return sorted(
        {
            f"{svar.fält}, {svar.operator} ({svar.av})"
            for svar in svaren
            if svar.en_källa
            and svar.utfall in ("namngivet", "onämnt")
            and svar.operator not in utan
            and (svar.operator != "bokstav borta" or svar.av.startswith(STAVAS))
            and not svar.av.startswith(("vägrad", check_inläsning.kod, *MENINGEN))
            and not (svar.operator == "motsats" and svar.av.startswith(UTTRYCK))
        }
    )
