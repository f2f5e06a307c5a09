"""What is nearly right: a short word without a letter, a cell but for a letter, an amount with two figures swapped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any, NamedTuple

import yaml

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.belopp import svenskt_tal
from finsam.model.monster import Mönster
from finsam.model.skrivet import Ord
from finsam.read.yaml_fil import SNABB_TOLK
from finsam.statements.redovisning import Redovisning

_ORD = re.compile(r"(?<![\w.-])[a-zåäö]{2,8}(?![\w-])|(?:^|(?<=[.!?]\s))[A-ZÅÄÖ][a-zåäö]{1,6}(?![\w-])", re.MULTILINE)
"""A word that is no name: in small letters, or the first of its line or sentence."""
_EJ_ORD = re.compile(r"\{[^{}]*\}|https?://\S+|\S+@\S+|\bwww\.\S+")
_UTAN_VOKAL = re.compile(r"\b[BCDFGHJKLMNPQRSTVXZb-df-hj-np-tvxz][b-df-hj-np-tvxz]{2,4}\b(?![.}-])")
_FÖRKORTAT = frozenset({"kst", "pkt", "std", "stk", "sth", "prg"})
"""Words without a vowel that are short for something else than the word with one."""
_LED = re.compile(r"[^\W\d_]+|\d+")
LÄNGST_NAMN = 4
"""How many words a name has at most, that are all with a capital; its words that are told are of more letters."""
OFTA = 3
"""How often a cell of at least so many words stands for the one without a word's s to be wrong."""
FLEST_LED = 14
"""How many words a cell may have and still be held against others as a whole."""

SIFFROR = 6
"""How many figures, without nolls at the end, two amounts have for it to be no chance that they are so alike."""
FÄLT = ("värde", "belopp", "budget", "beviljat", "gräns", "övre", "plan1", "plan2", "ursprunglig", "utbetalt")
"""Columns of amounts in kronor, where the row has the unit kr or none."""


def utan_ej_ord(text: str, i_stället: str = " ") -> str:
    """The text without references and addresses."""
    har = "{" in text or "@" in text or "://" in text or "www." in text
    return _EJ_ORD.sub(i_stället, text) if har else text


class Nästan(NamedTuple):
    """A word that is nearly another, and where it stands."""

    fil: str
    plats: str
    ord_: str
    menat: str


@cache
def _lista() -> Mapping[str, Any]:
    lista: dict[str, Any] = yaml.load((files(__package__) / "smaord.yml").read_text("utf-8"), SNABB_TOLK)  # noqa: S506
    return lista


@cache
def _fraser() -> tuple[tuple[Mönster, str], ...]:
    """Phrases with another word in them than theirs, and what they are; each as it is sought in small letters."""
    return tuple((Mönster(ett["mönster"].replace(" ", r"\s"), *ett["har"]), ett["menat"]) for ett in _lista()["fraser"])


@cache
def _ord_i_fraser() -> re.Pattern[str]:
    """A word that some of those phrases has."""
    return re.compile("|".join(sorted({ett for fras, _ in _fraser() for ett in fras.ord[0]})))


def _som_ord(fras: Mönster) -> re.Pattern[str]:
    """The phrase where it is whole words, in any letters."""
    return re.compile(rf"(?<![\w-])(?:{fras.pattern})(?![\w-])", re.IGNORECASE)


@cache
def _felskrivna() -> Mapping[str, str]:
    """Every common short word (smaord.yml) without one of its letters but the first, or with two moved."""
    fel: dict[str, str] = {}
    lista = _lista()
    rätt = {*lista["småord"], *lista["är också ord"]}
    for ord_ in lista["småord"]:
        utan = [ord_[:i] + ord_[i + 1 :] for i in range(1, len(ord_))]
        bytta = [ord_[:i] + ord_[i + 1] + ord_[i] + ord_[i + 2 :] for i in range(1, len(ord_) - 1)]
        fel |= {ett: ord_ for ett in (*utan, *bytta) if ett not in rätt}
    return fel


@cache
def riktiga_korta_ord() -> frozenset[str]:
    """Words of four or five letters that are a common word without a letter, and right."""
    return frozenset(_lista()["riktiga korta ord"])


def felskrivna_småord(skrivet: Iterable[Ord]) -> Iterator[Nästan]:
    """Small words that are misspelt, wherever they stand, and set phrases that have the opposite word in them."""
    for fil, plats, text in skrivet:
        for träff, menat in _felskrivna_i(text):
            yield Nästan(fil, plats or f"rad {text.count(chr(10), 0, träff.start()) + 1}", träff[0], menat)


@lru_cache(maxsize=1 << 12)
def _felskrivna_i(text: str) -> tuple[tuple[re.Match[str], str], ...]:
    """The small words of a text that are misspelt, and its phrases with another word in them; with what is meant."""
    fel, rent = _felskrivna(), _EJ_ORD.sub(lambda träff: "_" * len(träff[0]), text)
    funna: list[tuple[re.Match[str], str]] = []
    if not fel.keys().isdisjoint(map(str.lower, _ORD.findall(rent))):
        funna = [(träff, fel[träff[0].lower()]) for träff in _ORD.finditer(rent) if träff[0].lower() in fel]
    gement = text.lower()
    for mönster, fras in _fraser() if _ord_i_fraser().search(gement) else ():
        if mönster.search(gement):
            funna += [(träff, fras) for träff in _som_ord(mönster).finditer(text)]
    return tuple(funna)


def utan_vokal(skrivet: Iterable[Ord], kända: Container[str]) -> Iterator[Nästan]:
    """Words without any vowel that are another of the inputs with one.

    >>> [ett.menat for ett in utan_vokal([Ord("a", "rad 1", "Njd med mässan, 3 mkr")], {"nöjd"})]
    ['nöjd']
    """
    skrivet = tuple(skrivet)
    funna = {ord_ for ord_ in _UTAN_VOKAL.findall("\0".join(ett.text for ett in skrivet)) if ord_ not in _FÖRKORTAT}
    for ord_ in sorted(funna):
        möjliga = (f"{ord_[:i]}{v}{ord_[i:]}".lower() for i in range(1, len(ord_)) for v in "aeiouyåäö")
        menat = next((ett for ett in möjliga if ett in kända), "")
        fil, plats, text = next(ett for ett in skrivet if ord_ in ett.text)
        if menat:
            yield Nästan(fil, plats or f"rad {text.count(chr(10), 0, text.index(ord_)) + 1}", ord_, menat)


def nästan_lika_celler(nu: Sequence[Ord], förr: Iterable[Ord]) -> Iterator[Nästan]:
    """Cells that are another, of this year or an earlier, but for a letter of one word; the one that stands once."""
    grupper: defaultdict[str, dict[str, int]] = defaultdict(dict)
    ställen: dict[tuple[str, str], Ord] = {}
    for ett in (*nu, *förr):
        for utan, ord_ in _utan_ett(ett.text):
            grupp = grupper[utan]
            grupp[ord_] = grupp.get(ord_, 0) + 1
            if grupp[ord_] == 1:
                ställen[utan, ord_] = ett
    egna = {id(ett) for ett in nu}
    for utan, orden in grupper.items():
        nyckel = utan.split(" ") if len(orden) > 1 else []
        for ord_ in (ett for ett in orden if len(orden) > 1 and orden[ett] == 1):
            ställe = ställen[utan, ord_]
            menat = next(
                (
                    annat
                    for annat in orden
                    if _utan_en(ord_, annat)
                    or _namn_utan_slut(nyckel, ord_, annat, _är_person(ställe))
                    or (f"{ord_}s" == annat and orden[annat] >= OFTA and len(nyckel) >= OFTA)
                ),
                "",
            )
            if menat and id(ställe) in egna:
                yield Nästan(ställe.fil, ställe.plats, ord_, menat)


@lru_cache(maxsize=1 << 12)
def _utan_ett(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a cell without each of them in turn, with that; none of a long one."""
    led = _LED.findall(text)
    if not 1 < len(led) <= FLEST_LED or "\n" in text:
        return ()
    return tuple((" ".join((*led[:i], "", *led[i + 1 :])), ord_) for i, ord_ in enumerate(led) if ord_.isalpha())


def _är_person(ställe: Ord) -> bool:
    """Whether it is where the names of people stand."""
    return bool(ställe.plats) and ställe.plats.startswith("Undertecknare")


def _namn_utan_slut(nyckel: Sequence[str], kort: str, lång: str, person: bool = False) -> bool:
    """Whether a word inside a name of several words, or in a person's, is another without its last letter.

    >>> _namn_utan_slut(("Forum", "", "Öst"), "Central", "Centrala"), _namn_utan_slut(("Forum", ""), "Öst", "Östs")
    (True, False)
    """
    versaler = (nyckel[0] or person) and len(nyckel) <= LÄNGST_NAMN and all(ett[:1].isupper() for ett in nyckel if ett)
    return bool(versaler) and len(kort) > LÄNGST_NAMN and kort[0].isupper() and lång[:-1] == kort and lång[-1] != "s"


def _utan_en(kort: str, lång: str) -> bool:
    """Whether a word is another without a letter inside it, its last two and an s between its parts not counted.

    >>> _utan_en("ofa", "ofta"), _utan_en("kommun", "kommuns"), _utan_en("insats", "insatsen"), _utan_en("en", "ett")
    (True, False, False, False)
    """
    if len(lång) != len(kort) + 1 or kort[0] != lång[0] or lång.startswith(kort):
        return False
    return any(lång[:i] + lång[i + 1 :] == kort for i in range(1, len(lång)))


# Amounts


class Belopp(NamedTuple):
    """An amount of the underlag, and where it stands."""

    tal: Decimal
    var: str


def check_lika_belopp(r: Redovisning) -> Kontroll:
    """No amount that is written out to the krona is another of the underlag with two figures swapped."""
    per_siffror: defaultdict[str, list[Belopp]] = defaultdict(list)
    for ett in _belopp(r):
        per_siffror["".join(sorted(f"{abs(ett.tal):.2f}"))].append(ett)
    for grupp in per_siffror.values():
        for ena, andra in combinations(grupp, 2):
            yield Prövat()
            if omkastade(ena.tal, andra.tal):
                text = f"{ena.var} är {svenskt_tal(ena.tal)}, men {andra.var} {svenskt_tal(andra.tal)}:"
                yield Finding("varning", f"{text} två siffror är ombytta. Vilket är rätt?", ena.var)


def _belopp(r: Redovisning) -> Iterator[Belopp]:
    for _, rader in r.år.underlag:
        for rad in rader if isinstance(rader, tuple) else ():
            värden = vars(rad)
            for fält in FÄLT if värden.get("enhet", "kr") == "kr" else ():
                tal = värden.get(fält)
                if isinstance(tal, Decimal) and len(f"{abs(tal):.2f}".replace(".", "").strip("0")) >= SIFFROR:
                    yield Belopp(tal, f"{rad.blad}, rad {rad.rad}")


def omkastade(ena: Decimal, andra: Decimal) -> bool:
    """Whether one is the other with two figures beside each other swapped, to the krona.

    >>> omkastade(Decimal(363377), Decimal("363737.00")), omkastade(Decimal(363377), Decimal(363377))
    (True, False)
    """
    a, b = (f"{ett:.0f}" for ett in (ena, andra))
    olika = [nr for nr, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(a) == len(b) and len(olika) == 2 and olika[1] == olika[0] + 1 and sorted(a) == sorted(b)
