"""Laws and paragraphs that a text names, and whether they are (lagar.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from finsam.model.monster import Mönster
from finsam.read.yaml_fil import SNABB_TOLK

FLEST_KAPITEL = 60
"""More than any of the laws whose chapters are not all written down."""


@dataclass(frozen=True, slots=True)
class Lag:
    """A law as lagar.yml describes it: the last paragraph of each chapter ("" where there are none)."""

    sfs: str
    rubrik: str
    namn: tuple[str, ...]
    kapitel: dict[str, int]
    inskjutna: frozenset[str]
    alla_kapitel: bool
    ämnen: tuple[tuple[Mönster, frozenset[str]], ...] = ()
    kort: tuple[str, ...] = ()

    def fel_i(self, kapitel: str, nummer: int, bokstav: str) -> str:
        """What is wrong with a place in the law; empty when nothing is, or when it is not known."""
        if "" in self.kapitel and kapitel:
            return "lagen har inga kapitel"
        if kapitel not in self.kapitel:
            kända = [int(ett) for ett in self.kapitel if ett]
            saknas = self.alla_kapitel and kapitel
            if kapitel and int(kapitel) > FLEST_KAPITEL:
                return "så många kapitel har lagen inte"
            return f"lagen har kapitlen {min(kända)}–{max(kända)}" if saknas else ""
        if bokstav and f"{kapitel}:{nummer} {bokstav}".lstrip(":") not in self.inskjutna:
            return f"{nummer} {bokstav} § finns inte"
        sista = self.kapitel[kapitel]
        i = f"{kapitel} kap." if kapitel else "lagen"
        return "" if 1 <= nummer <= sista else f"{i} slutar med {sista} §"

    def annat_ämne(self, mening: str, kapitel: str, paragraf: str) -> str:
        """That the one place that a sentence names is not where the law has what it speaks of; empty when it is."""
        om = [(träff[0], ställen) for mönster, ställen in self.ämnen if (träff := mönster.search(mening))]
        if not om or any(f"{kapitel}:{paragraf}".lstrip(":") in ställen for _, ställen in om):
            return ""
        ord_, ställen = om[0]
        rätt = ", ".join(sorted(ett.replace(":", " kap. ") for ett in ställen))
        return f"det som sägs, ”{ord_}”, står i {rätt} §"


@cache
def lagar() -> dict[str, Lag]:
    """The laws that are known, by number."""
    lästa = yaml.load((files(__package__) / "lagar.yml").read_text("utf-8"), SNABB_TOLK)  # noqa: S506
    return {
        ett["sfs"]: Lag(
            sfs=ett["sfs"],
            rubrik=ett["rubrik"],
            namn=tuple(ett["namn"]),
            kort=tuple(ett.get("kort", ())),
            kapitel={str(kapitel): sista for kapitel, sista in ett["kapitel"].items()},
            inskjutna=frozenset(ett["inskjutna"]),
            alla_kapitel=ett["alla_kapitel"],
            ämnen=tuple(
                (Mönster(ämne["ord"], flaggor=re.IGNORECASE), frozenset(ämne["ställen"]))
                for ämne in ett.get("ämnen", ())
            ),
        )
        for ett in lästa
    }


class Lagrum(NamedTuple):
    """A law or a place in one as a text names it, where it stands, and what is wrong; `känd` says that it was tried."""

    ord_: str
    plats: int
    fel: str = ""
    känd: bool = True


_NUMMER = re.compile(r"(?:(?<!\w)(?P<ledord>[\w-]+)\s)?(?:\(|(?<=SFS\s)|(?<=lag\s))(?P<sfs>[0-2]\d{3}:\d+)\)?")
_KAP = r"(?:(?P<kap>\d+)\skap\.\s)?"
_PARAGRAFER = r"(?<![\d:])(?P<par>\d+(?:\s[a-h](?!\w))?(?:(?:–|-|,\s|\soch\s)\d+(?:\s[a-h](?!\w))?)*)\s§§?"
_STÄLLE = re.compile(rf"{_KAP}{_PARAGRAFER}")
_ETT = re.compile(r"(\d+)(?:\s([a-h]))?")
_SKRIFT = r"(?:förbunds|arbets|delegations|attest)ordning|stadg|avtal|protokoll|\w*beslut(?![aes]\w)|policy"
"""What else has paragraphs."""
_ANNAN_SKRIFT = re.compile(rf"^\s(?:i\s)?(?:{_SKRIFT})")
_SAMMA = re.compile(r"^\s(?:i\s)?samma\slag")


@lru_cache(maxsize=1 << 10)
def read_lagrum(text: str) -> tuple[Lagrum, ...]:
    """Every law and paragraph that a text names.

    >>> [(ett.ord_, ett.fel) for ett in read_lagrum("Enligt 29 § lag (2003:1210) och LKBR 11 kap. 3 §.")]
    [('29 §', 'lagen slutar med 28 §'), ('lag (2003:1210)', ''), ('11 kap. 3 §', '')]
    """
    text = re.sub(r"\s", " ", re.sub(r"\n\s*\n", lambda m: "\0" * len(m[0]), text))
    nämnda = [*_nämnda_lagar(text)]
    funna = [*_nummer(text, nämnda)]
    ställen = [*_STÄLLE.finditer(text)]
    for nr, ställe in enumerate(ställen):
        if lag := _lag_för(text, ställen, nr, nämnda):
            ensamt = sum(_i_samma(text, ställe, annat) for annat in ställen) == 1
            funna += [*_prövade(ställe, lag, _mening(text, ställe) if ensamt else "")]
    return tuple(sorted(funna, key=lambda ett: ett.plats))


class _Nämnd(NamedTuple):
    """A law named in the text: where, and which; None for one that is not known."""

    start: int
    slut: int
    lag: Lag | None
    sfs: str = ""
    namngiven: Lag | None = None


@cache
def _för_namn() -> dict[str, Lag]:
    return {namn: lag for lag in lagar().values() for namn in lag.namn}


@cache
def _namnmönster() -> re.Pattern[str]:
    längst_först = "|".join(re.escape(namn) for namn in sorted(_för_namn(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{längst_först})(?![\w-])", re.IGNORECASE)


def _nämnda_lagar(text: str) -> Iterator[_Nämnd]:
    """The laws, in order: by number, with the name beside it, or by name alone."""
    gömd, för = text, _för_namn()
    for träff in _NUMMER.finditer(text):
        yield _Nämnd(träff.start(), träff.end(), lagar().get(träff["sfs"]), träff["sfs"], _namn_på(text, träff, för))
        gömd = gömd[: träff.start()] + "\0" * (träff.end() - träff.start()) + gömd[träff.end() :]
    for träff in _namnmönster().finditer(gömd):
        if träff[0] != "kl":
            yield _Nämnd(träff.start(), träff.end(), för[träff[0].lower()])


def _namn_på(text: str, nummer: re.Match[str], för: dict[str, Lag]) -> Lag | None:
    """The law that the words around a number name: kommunallagen (2017:725), lag (2018:597) om kommunal bokföring."""
    efter = text[nummer.end() :].lstrip().lower()
    med_rubrik = (lag for lag in för.values() if lag.rubrik and efter.startswith(lag.rubrik))
    return för.get((nummer["ledord"] or "").lower()) or next(med_rubrik, None)


def _nummer(text: str, nämnda: list[_Nämnd]) -> Iterator[Lagrum]:
    """A law's number is its name's, and no known number with two figures swapped."""
    for nämnd in nämnda:
        if not nämnd.sfs:
            continue
        ord_ = text[nämnd.start : nämnd.slut].strip()
        rätt = nämnd.namngiven or nämnd.lag
        if rätt is None:
            rätt = next((lag for sfs, lag in lagar().items() if _omkastad(nämnd.sfs, sfs)), None)
        if rätt is None:
            yield Lagrum(ord_, nämnd.start, känd=False)
        elif rätt.sfs != nämnd.sfs:
            namn = f"lagen {rätt.rubrik}" if rätt.rubrik else rätt.namn[0]
            yield Lagrum(ord_, nämnd.start, f"{namn} har nummer {rätt.sfs}")
        else:
            yield Lagrum(ord_, nämnd.start)


def _omkastad(ena: str, andra: str) -> bool:
    """Whether two neighbouring signs are swapped, one is doubled or one is left out, and nothing else.

    >>> _omkastad("2003:1201", "2003:1210"), _omkastad("2003:121", "2003:1210"), _omkastad("2003:1192", "2003:1210")
    (True, True, False)
    """
    if len(ena) == len(andra):
        olika = [nr for nr, (a, b) in enumerate(zip(ena, andra, strict=True)) if a != b]
        return len(olika) == 2 and olika[1] == olika[0] + 1 and sorted(ena) == sorted(andra)
    kort, lång = sorted((ena, andra), key=len)
    return len(lång) == len(kort) + 1 and any(lång[:nr] + lång[nr + 1 :] == kort for nr in range(len(lång)))


def _lag_för(text: str, ställen: list[re.Match[str]], nr: int, nämnda: list[_Nämnd]) -> Lag | None:
    """The law that a place is in: named right after it, or right before it; the places may be several."""
    sist = nr
    while sist + 1 < len(ställen) and re.fullmatch(
        r"(?:,|\soch|\ssamt|,\ssamt)\s", text[ställen[sist].end() : ställen[sist + 1].start()]
    ):
        sist += 1
    slut = ställen[sist].end()
    if _ANNAN_SKRIFT.match(text[slut:]):
        return None
    if _SAMMA.match(text[slut:]):
        tidigare = [ett for ett in nämnda if ett.slut <= ställen[nr].start()]
        return max(tidigare).lag if tidigare else None
    for ett in nämnda:
        if ett.start >= slut and re.fullmatch(
            r"\s(?:i\s)?(?:\w+\s)?\(?", text[slut : ett.start] + " " * (ett.start == slut)
        ):
            return ett.lag
    först = nr
    while först and re.fullmatch(
        r"(?:,|\soch|\ssamt|,\ssamt)\s", text[ställen[först - 1].end() : ställen[först].start()]
    ):
        först -= 1
    start = ställen[först].start()
    for ett in nämnda:
        if ett.slut <= start and re.fullmatch(r"[\s,]{0,2}(?:i\s)?", text[ett.slut : start]):
            return ett.lag
    return _kort(text[:start]) or _styckets_lag(text, start, nämnda)


def _kort(före: str) -> Lag | None:
    """The law whose short name is the last word before a place."""
    ord_ = före.split()[-1:]
    return next((lag for lag in lagar().values() if ord_ and ord_[0].lstrip("(").lower() in lag.kort), None)


def _styckets_lag(text: str, plats: int, nämnda: list[_Nämnd]) -> Lag | None:
    """The one law that a paragraph names, for a paragraph without a chapter in it: the duties stand in 7 §."""
    start, slut = text.rfind("\0", 0, plats) + 1, text.find("\0", plats)
    stycke = text[start : slut if slut >= 0 else len(text)]
    styckets = {
        ett.sfs or (ett.lag.sfs if ett.lag else "") for ett in nämnda if start <= ett.start < start + len(stycke)
    }
    if len(styckets) != 1 or re.search(_SKRIFT, stycke):
        return None
    lag = lagar().get(min(styckets))
    return lag if lag and "" in lag.kapitel else None


_MENINGSSLUT = re.compile(r"(?<!kap)(?<!st)[.!?](?=\s)|\0")


def _mening(text: str, ställe: re.Match[str]) -> str:
    """The sentence that a place stands in, with the one after it that says what is so "enligt den"."""
    slutar = [slut.start() for slut in _MENINGSSLUT.finditer(text)]
    start = max((ett + 1 for ett in slutar if ett < ställe.start()), default=0)
    efter = [*(ett for ett in slutar if ett >= ställe.end()), len(text), len(text)]
    slut = efter[1] if text[efter[0] + 1 :].lstrip().startswith("Enligt den ") else efter[0]
    if punkter := re.match(r"\0+(?=- )", text[slut:]):
        slut = next(ett for ett in efter if ett >= slut + punkter.end())
    return text[start:slut].strip()


def _i_samma(text: str, ena: re.Match[str], andra: re.Match[str]) -> bool:
    """Whether no sentence ends between two places."""
    (_, slut), (start, _) = sorted((ena.span(), andra.span()))
    return not _MENINGSSLUT.search(text, slut, start)


def _prövade(ställe: re.Match[str], lag: Lag, mening: str) -> Iterator[Lagrum]:
    """What is wrong with each paragraph of a place; the sentence is that of a place that stands alone in it."""
    for del_ in _ETT.finditer(ställe["par"]):
        kapitel = ställe["kap"] or ""
        if not kapitel and "" not in lag.kapitel:
            continue
        fel = lag.fel_i(kapitel, int(del_[1]), del_[2] or "")
        if not fel and mening and len(_ETT.findall(ställe["par"])) == 1:
            fel = lag.annat_ämne(mening, kapitel, " ".join(filter(None, del_.groups())))
        yield Lagrum(ställe[0], ställe.start(), fel)
