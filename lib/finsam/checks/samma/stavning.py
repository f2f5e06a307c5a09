"""Words that stand once and are a letter from one that stands elsewhere, without any dictionary."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, permutations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.namn import felstavade_namn
from finsam.checks.samma.nastan import (
    felskrivna_småord,
    nästan_lika_celler,
    riktiga_korta_ord,
    utan_ej_ord,
    utan_vokal,
)
from finsam.checks.texter import skrivna_förr, tryckta_ord
from finsam.model.skrivet import Ord
from finsam.statements.redovisning import Redovisning

KORTAST, LÅNGT = 5, 7
"""Letters of a word that a shorter one may be a misspelling of, and of one where the slip alone is telling."""
OFTA = 5
"""How often a word stands, or begins its cell, for a shorter form of it beside the same words to be a slip."""
NÅGRA = 3
"""How often a short word stands for another without one of its letters to be a slip."""
_BÖJNING = 3
"""Letters at the end of a word where a slip and an ending may be the same: följs, följts."""
_ORD = re.compile(r"[^\W\d_]{4,}")
_LED = re.compile(r"\w+")
_I_NAMN = re.compile(r"(?<=[A-ZÅÄÖa-zåäö] )[A-ZÅÄÖ][a-zåäöé]{4,}")
_DUBBLAD = re.compile(r"(?<=.)(\w)\1(?=\w{3})")
_UTAN_A = ("erns", "arns", "orns")
"""How no word ends that is several: insatsernas."""
_SON = re.compile("s+ons?$")
_EGNA = frozenset({"avdra", "desamma", "föredra", "kapitlet", "uppdra"})
"""Words that are another without a letter, and right: uppdrag, detsamma, kapitalet."""
_OMÖJLIGT = re.compile(
    r"""^[^aeiouyåäöé]*$
      | ^(?:[bdgkpt][bcdgkmpt]|[lmnr][^aeiouyåäöéj]|[bcfgjkv][dfgmstv](?<!kv)(?<!sv)|h[^aeiouyåäöéjv]|j[^aeiouyåäöé])
      | ae(?:r|n|rna|ns|rnas)$ | ....[eo]rr$
      | [bdfkpt]ns$ | [bdfgkpt][ln]$(?<!gn) | sn$ | [dt][mr]$ | [bfghjkmnpsv]r$ | ndt$
    """,
    re.VERBOSE,
)
"""Letters that no Swedish word is, begins or ends with."""
_ÄNDELSER = tuple(
    sorted(
        (
            "",
            "n",
            "en",
            "et",
            "t",
            "s",
            "ns",
            "ens",
            "ets",
            "er",
            "erna",
            "ernas",
            "ar",
            "arna",
            "arnas",
            "or",
            "na",
            "a",
        ),
        key=len,
        reverse=True,
    )
)
"""What a noun may end with, so that one form of it vouches for another."""
STAM = 8
"""Letters of a stem that another form of the word is known by."""
_KRÄVER_S = re.compile(r"(?:\w[drnt]ing|het|skap|tion|itet|dom|medlem|verkan|sökan|^år)$")
"""First parts of words that have an s after them when another part follows."""
_KORTA = frozenset({"be", "dag", "för", "hem", "lag", "liv", "mål", "rum", "råd", "tid"})
"""Short first parts that may have one."""
_FORMER = frozenset(
    re.split(
        r"\s+",
        """
        a ad ade ades an ande andes ar are aren arens ares arna arnas as at ats d da de den dens der des e eln
        en ende ens er era erad erade erades erar eras erat erats ern erna ernas ers es et ets i ien ier iet ig
        iga igt ik iken is isk iska iskt it its ler lig liga ligt ling n na nad nade nas nd nde ne ning no ns or orna
        ornas ors r ra re rna rnas rs s sam samt sk ska skt st sta ste t ta tad tade te tes ts tt
        """,
    )
)
"""What the forms of a word, and words made of it, may end with, which may be nothing."""
Grannar = tuple[str, str]
"""The words before and after a word; "" is that nothing stands there in its cell or line."""


@kontroll(
    "C70",
    "Inget ord är en bokstav från ett som står på fler ställen.",
    saknas="inga ord är skrivna",
)
def check_stavning(r: Redovisning) -> Kontroll:
    """A word that stands once, and is another of the inputs with a letter gone, doubled or moved, is misspelt."""
    bokföring = r.år.bokföring
    tryckt = tryckta_ord(r)
    skrivet = [*tryckt, *(Ord(bokföring.namn, f"konto {nr}", konto.namn) for nr, konto in bokföring.konton.items())]
    konton = {f"konto {nr}" for nr in bokföring.konton}
    förr = skrivna_förr(r)
    antal = Counter(chain.from_iterable(orden(ett.text) for ett in skrivet))
    yield Prövat(len(antal))
    redan = {ord_.casefold() for ord_, _ in felstavade_namn(r)}
    alla = antal + Counter(chain.from_iterable(orden(ett.text) for ett in förr))
    möjliga = [ett for ett in felstavade(alla) if ett[0] in antal and not redan & {ett[0], ett[0].removesuffix("s")}]
    grannar = _grannar(skrivet, {ord_ for ena, andra, _ in möjliga for ord_ in (ena, andra)})
    namn = set(chain.from_iterable(_i_namn_i(ett.text) for ett in skrivet))
    for ord_, menat, säkert in sorted(möjliga):
        fil, var = next(iter(grannar[ord_].values()), ("", ""))
        # The name of a konto may be cut off, or abbreviated.
        i_slutet = menat[:-_BÖJNING] == ord_[: len(menat) - _BÖJNING]
        bara_konton = bool(grannar[menat]) and konton >= {plats for _, plats in grannar[menat].values()}
        if not fil or (i_slutet and var in konton) or bara_konton:
            continue
        börjar = [före for före, _ in grannar[menat]].count("") >= OFTA and "" in [före for före, _ in grannar[ord_]]
        ändelse = menat.startswith(ord_)
        lika = grannar[ord_].keys() & grannar[menat].keys() and (not ändelse or antal[menat] >= OFTA)
        if säkert or lika or (börjar and not ändelse) or _i_namn(grannar[ord_], grannar[menat], namn):
            redan |= {ord_}
            text = f"{fil}, {var}: ”{ord_}” är nästan ”{menat}”, som står på andra ställen. Är ordet rätt stavat?"
            yield Finding("varning", text, fil)
    celler = [ett for ett in skrivet if ett.plats]
    nästan = (
        *felskrivna_småord(tryckt),
        *utan_vokal(tryckt, alla),
        *nästan_lika_celler(celler, förr),
    )
    for fil, var, ord_, menat in dict.fromkeys(nästan):
        if ord_.casefold() not in redan:
            mer = "Vad ska stå där?" if len(ord_.split()) > 1 else "Är ordet rätt stavat?"
            text = f"{fil}, {var}: ”{' '.join(ord_.split())}” är nästan ”{menat}”. {mer}"
            yield Finding("varning", text, fil)


@lru_cache(maxsize=1 << 12)
def orden(text: str) -> tuple[str, ...]:
    """The words of a text in small letters; none in a reference or an address."""
    return tuple(_ORD.findall(utan_ej_ord(text.lower())))


@lru_cache(maxsize=1 << 12)
def _i_namn_i(text: str) -> tuple[str, ...]:
    """The words with a capital that follow another word, in small letters."""
    return tuple(ord_.lower() for ord_ in _I_NAMN.findall(text))


def _i_namn(ord_: Collection[Grannar], menat: Collection[Grannar], namn: Collection[str]) -> bool:
    """Whether the name that follows the word follows what it may be on other places: Supporte, Supported Employment."""
    efter = {granne for _, granne in ord_}.pop() if len(ord_) == 1 else ""
    return efter in namn and sum(granne == efter for _, granne in menat) >= 2


def _grannar(skrivet: Sequence[Ord], sökta: set[str]) -> Mapping[str, dict[Grannar, tuple[str, str]]]:
    """What stands beside each of the words, with file and place."""
    funna: defaultdict[str, dict[Grannar, tuple[str, str]]] = defaultdict(dict)
    for fil, plats, text in skrivet if sökta else ():
        if "\n" not in text and sökta.isdisjoint(orden(text)):
            continue
        for nr, rad in enumerate(text.lower().split("\n"), 1):
            led = ["", *_LED.findall(utan_ej_ord(rad, " _ ")), ""]
            for före, ord_, efter in zip(led, led[1:], led[2:], strict=False):
                if ord_ in sökta:
                    funna[ord_].setdefault((före, efter), (fil, plats or f"rad {nr}"))
    return funna


def felstavade(antal: Mapping[str, int]) -> Iterator[tuple[str, str, bool]]:
    """The words that stand once and may be another, with that, by how often each stands; and whether they must be.

    >>> list(felstavade({"styelsens": 1, "styrelsens": 3, "följs": 1, "följts": 2, "lkal": 1, "lokal": 2}))
    [('styelsens', 'styrelsens', True), ('följs', 'följts', False), ('lkal', 'lokal', True)]
    >>> list(felstavade({"förbbundet": 1, "förbundet": 2, "kommnuen": 1, "kommunen": 2, "desamma": 1, "detsamma": 1}))
    [('förbbundet', 'förbundet', True), ('kommnuen', 'kommunen', True)]
    """
    sedda, början = set[str](), _början(antal)
    for ord_, menat in _i_stammen(antal):
        if ord_ not in sedda:
            sedda.add(ord_)
            yield ord_, menat, True
    for ord_, menat, kvar in _par(antal):
        kortare = len(ord_) < len(menat)
        if antal[ord_] != 1 or ord_ in _EGNA or ord_ in sedda or (antal[menat] < 2 and not kortare):
            continue
        if _är_son(ord_, menat):
            continue
        omöjligt = bool(_OMÖJLIGT.search(ord_) and not _OMÖJLIGT.search(menat))
        först, mitt, sist = menat[: -kvar - 1], menat[-kvar - 1], menat[-kvar:] if kvar else ""
        fog = kortare and mitt == "s" and _är_fog(först, sist, början)
        if omöjligt or not fog:
            sedda.add(ord_)
            utan_e = ord_.endswith("nn") and menat == f"{ord_[:-1]}en" and ord_[:-1] in antal
            yield ord_, menat, omöjligt or utan_e or _är_annat(ord_, menat, kvar, antal[menat])


def _är_annat(ord_: str, menat: str, kvar: int, antal: int) -> bool:
    """Whether a word is no form of the one that it may be; a short one, when that is common and it is no other word."""
    if len(menat) >= LÅNGT:
        if ord_.endswith(_UTAN_A) and menat == f"{ord_[:-1]}as":
            return True
        return kvar >= _BÖJNING or not _samma_ord(ord_, menat)
    kort = antal >= NÅGRA and len(ord_) < len(menat) and ord_ not in riktiga_korta_ord()
    return kort and not _samma_ord(ord_, menat)


def _samma_ord(ena: str, andra: str) -> bool:
    """Whether two words may be forms of one, or one made of the other.

    >>> _samma_ord("avslutade", "avslutande"), _samma_ord("teknik", "teknisk"), _samma_ord("utvecklin", "utveckling")
    (True, True, False)
    """
    kortast = min(len(ena), len(andra))
    lika = next((nr for nr, (a, b) in enumerate(zip(ena, andra, strict=False)) if a != b), kortast)
    former = (nr for nr in range(_BÖJNING, lika + 1) if ena[nr:] in _FORMER and andra[nr:] in _FORMER)
    return any(not (ena[nr:] == "" and andra[nr:] == "d" and ena[-1] in "åäö") for nr in former)


def _är_son(ena: str, andra: str) -> bool:
    """Whether two words may be a name with one s or two before its -on."""
    return _SON.sub("", ena) == _SON.sub("", andra)


def _början(orden: Collection[str]) -> set[str]:
    """How words begin."""
    return {ord_[:nr] for ord_ in orden for nr in (3, 4)}


def _är_fog(först: str, sist: str, början: Collection[str]) -> bool:
    """Whether an s between these may be one between two words, that is written or not; `början` is how the words of the
    inputs begin. Of two, the other stands in any case.

    >>> _är_fog("drift", "redovisning", {"redo"}), _är_fog("styrel", "ens", {"ens"}), _är_fog("metod", "töd", {"stö"})
    (True, False, False)
    """
    if len(sist) < _BÖJNING or sist in _FORMER or _KRÄVER_S.search(först) or (len(först) <= 3 and först not in _KORTA):
        return False
    return sist[0] != "s" and sist[:4] in början


def _par(antal: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """A word, another that it is without a letter, or with one doubled or two moved, and the letters after that."""
    for menat in antal:
        for i in range(1, len(menat) if len(menat) >= KORTAST else 1):
            if (kort := menat[:i] + menat[i + 1 :]) in antal:
                yield kort, menat, len(menat) - i - 1
        for träff in _DUBBLAD.finditer(menat) if len(menat) > LÅNGT else ():
            if (enkelt := menat[: träff.start()] + menat[träff.start() + 1 :]) in antal:
                yield menat, enkelt, len(menat) - träff.end()
    yield from _omkastade(antal)


def _i_stammen(antal: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Words that stand once and lack a letter in the stem of another, in whatever form that one is, with that.

    >>> list(_i_stammen({"rehamässa": 1, "rehabmässan": 1, "följts": 1, "följas": 1, "rätteligen": 1, "rättelse": 1}))
    [('rehamässa', 'rehabmässan')]
    """
    ensamma: dict[str, str] = {}
    början = _början(antal)
    for ord_ in antal:
        if antal[ord_] == 1 and ord_ not in _EGNA and len(ord_) >= STAM - 1:
            ensamma |= {stam: ord_ for stam in _stammar(ord_) if len(stam) >= STAM - 1}
    hela = {stam for ord_ in antal for stam in _stammar(ord_)} - {
        stam for ord_ in ensamma.values() for stam in _stammar(ord_)
    }
    for menat in antal:
        for stam in _stammar(menat):
            for i in range(1, len(stam) - _BÖJNING if len(stam) >= STAM else 1):
                if (kort := stam[:i] + stam[i + 1 :]) not in ensamma or (ord_ := ensamma[kort]) == menat:
                    continue
                fog = stam[i] == "s" and _är_fog(stam[:i], stam[i + 1 :], början)
                if not (_är_son(ord_, menat) or kort in hela or fog or _samma_ord(kort, stam)):
                    yield ord_, menat


@lru_cache(10_000)
def _stammar(ord_: str) -> tuple[str, ...]:
    """A word without each of the endings that it may have."""
    return tuple(ord_[: len(ord_) - len(ett)] for ett in _ÄNDELSER if ord_.endswith(ett))


def _omkastade(antal: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Long words that are each other with two letters beside each other moved."""
    samma: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for ord_ in (ett for ett in antal if len(ett) >= LÅNGT):
        samma[ord_[0], "".join(sorted(ord_))].append(ord_)
    for ord_, menat in (par for lika in samma.values() for par in permutations(lika, 2)):
        olika = [nr for nr, (a, b) in enumerate(zip(ord_, menat, strict=True)) if a != b]
        if len(olika) == 2 and olika[1] == olika[0] + 1 and len(ord_) - olika[1] >= _BÖJNING:
            yield ord_, menat, len(ord_) - olika[0] - 1
