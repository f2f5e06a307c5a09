"""What can be done to what there is: generic errors, by what a value is, whatever it is called.

A value is changed by an `Operator`, a row is doubled, left out or changed places with its neighbour. Nothing here knows
a sheet, a key or a record by name.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from vandra import MOTSATSER, MÅNADER, TALORD, Plats, Rad

from finsam.model.fakta import Fakta

ÅREN = range(1990, 2100)
NAMN_ORD = 6
"""How many words a name may have."""
_TAL = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
_DATUM = re.compile(r"((?:19|20)\d\d)(-?)(\d\d)\2(\d\d)")
_ID = re.compile(r"-?[a-zåäö0-9_]+|-?\w+(?:[._:/]\w+)+")
_ORD = re.compile(r"[A-Za-zÅÄÖåäöé]{4,}")


@dataclass(frozen=True)
class Omgivning:
    """What a report has besides the value: all its rows, last year's, its facts and how often each word stands."""

    rader: tuple[Rad, ...]
    förra: tuple[Rad, ...]
    fakta: Mapping[str, Fakta]
    ord: Counter[str]
    år: int

    @cached_property
    def per_slag(self) -> Mapping[tuple[str, str], list[Rad]]:
        """The rows of each kind in each file, in order."""
        ut: dict[tuple[str, str], list[Rad]] = defaultdict(list)
        for rad in self.rader:
            ut[rad.fil, rad.slag].append(rad)
        return ut

    @cached_property
    def _nummer(self) -> Mapping[int, int]:
        """Where each row is among those of its kind in its file."""
        return {id(rad): nr for alla in self.per_slag.values() for nr, rad in enumerate(alla)}

    @cached_property
    def förra_per_slag(self) -> Mapping[str, list[Rad]]:
        """The same of the year before's files."""
        ut: dict[str, list[Rad]] = defaultdict(list)
        for rad in self.förra:
            ut[rad.slag].append(rad)
        return ut

    @cached_property
    def allt(self) -> str:
        """All words of its files, and of last year's, in order."""
        alla = (p.värde for rad in (*self.rader, *self.förra) for p in rad.värden.values() if p.i is None)
        return "".join(f" {' '.join(orden(ett))} \n" for ett in alla if isinstance(ett, str) and " " in ett)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Numbers that are names: the konton."""
        return frozenset(str(rad.värden["1"].värde) for rad in self.rader if rad.slag == "#KONTO" and "1" in rad.värden)

    def granne(self, rad: Rad) -> Rad | None:
        """The row after it of its kind, or before it when it is the last."""
        alla, nr = self.per_slag[rad.fil, rad.slag], self._nummer[id(rad)]
        return alla[nr + 1] if nr + 1 < len(alla) else alla[nr - 1] if nr else None

    def ett_år_före(self, rad: Rad, namn: str) -> Rad | None:
        """The row that says the same of the year before, in last year's file or with a year less in this one."""
        övriga = {ett: plats.värde for ett, plats in rad.värden.items() if ett != namn}
        året_före = {ett: före for ett, värde in övriga.items() if (före := _året_före(värde)) is not None}

        def lika(ett: Rad) -> int:
            return sum(n in ett.värden and ett.värden[n].värde == värde for n, värde in övriga.items())

        def äldre(ett: Rad) -> bool:
            return any(n in ett.värden and ett.värden[n].värde == värde for n, värde in året_före.items())

        egna = self.per_slag[rad.fil, rad.slag] if året_före else ()
        möjliga = [*self.förra_per_slag.get(rad.slag, ()), *(ett for ett in egna if äldre(ett))]
        funna = [ett for ett in möjliga if namn in ett.värden and 2 * lika(ett) >= len(övriga) > 0]
        return max(funna, key=lika, default=None)


def orden(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return re.findall(r"\{[^{}]*\}|\w+", text.lower())


def _året_före(värde: object) -> object:
    """The year before a year, or before a SIE file's own; None for what is no year."""
    if isinstance(värde, int) and värde in ÅREN:
        return värde - 1
    if värde == "0":
        return "-1"
    return str(int(värde) - 1) if isinstance(värde, str) and re.fullmatch(r"(?:19|20)\d\d", värde) else None


def slag_av(plats: Plats, ids: frozenset[str]) -> str:
    """What a value is: tal, år, datum, id, ja/nej or ord."""
    värde = plats.värde
    if isinstance(värde, bool) or värde in ("true", "false"):
        return "ja/nej"
    if isinstance(värde, (date, datetime)):
        return "datum"
    text = str(värde).strip()
    if not text:
        return ""
    if text in ids and isinstance(värde, str):
        return "id"
    if _DATUM.fullmatch(text) and _datum(text):
        return "datum"
    if re.fullmatch(r"\d{4}", text) and int(text) in ÅREN:
        return "år"
    if _TAL.fullmatch(text):
        return "tal"
    return "id" if _ID.fullmatch(text) else "ord"


def _datum(text: str) -> date | None:
    träff = _DATUM.fullmatch(text)
    try:
        return date(int(träff[1]), int(träff[3]), int(träff[4])) if träff else None
    except ValueError:
        return None


def _som(värde: object, tal: Decimal) -> object:
    """A number written as the one that stood there: with as many decimals, as a number or as text."""
    if isinstance(värde, int):
        return int(tal) if tal == tal.to_integral_value() else float(tal)
    if isinstance(värde, float):
        return float(tal)
    text = str(värde)
    decimaler = len(re.split("[.,]", text)[1]) if re.search("[.,]", text) else 0
    ut = f"{tal:.{decimaler}f}"
    return ut.replace(".", ",") if "," in text else ut


def _tal(värde: object) -> Decimal:
    return Decimal(str(värde).strip().replace("−", "-").replace(",", "."))


# ---------------------------------------------------------------- on a value

Byt = Callable[[Omgivning, Rad, str, Plats, random.Random], object]


@dataclass(frozen=True)
class Operator:
    """An error of a kind: what it is called, what it can be done to, and what is then there; None when it cannot."""

    namn: str
    på: frozenset[str]
    byt: Byt


OPERATORER: list[Operator] = []


def på(namn: str, *slag: str) -> Callable[[Byt], Byt]:
    """Put an operator on the list."""

    def lägg(byt: Byt) -> Byt:
        OPERATORER.append(Operator(namn, frozenset(slag), byt))
        return byt

    return lägg


@på("tecken", "tal")
def _tecken(_: Omgivning, __: Rad, ___: str, plats: Plats, ____: random.Random) -> object:
    return _som(plats.värde, -_tal(plats.värde)) if _tal(plats.värde) else None


@på("omkastade siffror", "tal", "lag", "ord", "id")
def _omkastade(_: Omgivning, __: Rad, ___: str, plats: Plats, slump: random.Random) -> object:
    """Also of a number that is a name, or stands in one."""
    text = str(plats.värde)
    if "{" in text or len(text.split()) > NAMN_ORD:
        return None
    platser = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not platser:
        return None
    i = slump.choice(platser)
    bytt = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return bytt if isinstance(plats.värde, str) else _som(plats.värde, Decimal(bytt))


@på("×10", "tal", "lagrum")
def _tio(_: Omgivning, __: Rad, ___: str, plats: Plats, ____: random.Random) -> object:
    return _som(plats.värde, 10 * _tal(plats.värde)) if _tal(plats.värde) else None


@på("×1000", "tal")
def _tusen(_: Omgivning, __: Rad, ___: str, plats: Plats, ____: random.Random) -> object:
    return _som(plats.värde, 1000 * _tal(plats.värde)) if _tal(plats.värde) else None


@på("grannens värde", "tal", "år", "datum", "ord", "ja/nej", "{fakta}", "{not}", "namn")
def _grannens(runt: Omgivning, rad: Rad, namn: str, plats: Plats, _: random.Random) -> object:
    granne = runt.granne(rad)
    annat = granne.värden[namn].värde if granne and namn in granne.värden else None
    return annat if annat != plats.värde else None


@på("förra årets värde", "tal", "datum", "ord")
def _förra(runt: Omgivning, rad: Rad, namn: str, plats: Plats, _: random.Random) -> object:
    äldre = runt.ett_år_före(rad, namn)
    annat = äldre.värden[namn].värde if äldre else None
    return annat if annat != plats.värde else None


@på("tomt", "tal", "år", "datum", "ord", "id", "ja/nej", "hel text", "{fakta}", "{not}")
def _tomt(_: Omgivning, __: Rad, ___: str, plats: Plats, ____: random.Random) -> object:
    return ""


@på("annat id", "id")
def _annat(runt: Omgivning, rad: Rad, namn: str, plats: Plats, slump: random.Random) -> object:
    """Another that is used in the same field; of a fact, another fact of its unit."""
    alla = {str(ett.värden[namn].värde) for ett in runt.per_slag[rad.fil, rad.slag] if namn in ett.värden}
    if str(plats.värde) in {nyckel.partition("/")[0] for nyckel in runt.fakta}:
        alla |= set(_fakta_som(runt, str(plats.värde)))
    andra = sorted(alla - {str(plats.värde)})
    return slump.choice(andra) if andra else None


def _fakta_som(runt: Omgivning, id_: str) -> list[str]:
    """Other facts of the same unit and year, those that begin as it does if there are any."""
    egen = runt.fakta.get(f"{id_}/{runt.år}")
    if egen is None:
        return []
    lika = [f.id for f in runt.fakta.values() if (f.period, f.enhet) == (egen.period, egen.enhet) and f.id != id_]
    nära = [ett for ett in lika if ett.rpartition(".")[0] == id_.rpartition(".")[0]]
    return nära or lika


@på("±1 år", "år", "datum")
def _ett_år(_: Omgivning, __: Rad, ___: str, plats: Plats, slump: random.Random) -> object:
    steg = slump.choice((-1, 1))
    if isinstance(plats.värde, (date, datetime)):
        nytt = plats.värde.year + steg
        return plats.värde.replace(
            year=nytt, day=min(plats.värde.day, 28) if plats.värde.month == 2 else plats.värde.day
        )
    text = str(plats.värde)
    ut = f"{int(text[:4]) + steg}{text[4:]}"
    return int(ut) if isinstance(plats.värde, int) else ut


@på("motsats", "ord", "ja/nej", "jämförande ord", "id")
def _motsats(_: Omgivning, __: Rad, ___: str, plats: Plats, slump: random.Random) -> object:
    if isinstance(plats.värde, bool):
        return not plats.värde
    text = str(plats.värde)
    if text in ("true", "false"):
        return "false" if text == "true" else "true"
    ordning = "|".join(sorted(MOTSATSER, key=len, reverse=True))
    träffar = list(re.finditer(rf"(?<!\w)(?:{ordning})(?!\w)", re.sub(r"\{[^{}]*\}", lambda m: "\0" * len(m[0]), text)))
    if not träffar:
        return None
    träff = slump.choice(träffar)
    return text[: träff.start()] + MOTSATSER[träff[0]] + text[träff.end() :]


@på("bokstav borta", "ord", "namn")
def _bokstav(_: Omgivning, __: Rad, ___: str, plats: Plats, slump: random.Random) -> object:
    """In a name: a long string is a sentence, whose names are walked one by one."""
    text = str(plats.värde)
    if len(text.split()) > NAMN_ORD:
        return None
    ord_ = list(_ORD.finditer(re.sub(r"\{[^{}]*\}", lambda m: "\0" * len(m[0]), text)))
    egna = [m for m in ord_ if m[0][0].isupper()] or ord_
    if not egna:
        return None
    träff = slump.choice(egna)
    i = slump.randrange(träff.start() + 1, träff.end())
    return text[:i] + text[i + 1 :]


@på("annat fakta", "{fakta}")
def _annat_fakta(runt: Omgivning, _: Rad, __: str, plats: Plats, slump: random.Random) -> object:
    id_, resten = re.fullmatch(r"\{\s*([\w.-]+)(.*)\}", str(plats.värde), re.DOTALL).groups()
    andra = _fakta_som(runt, id_)
    return f"{{{slump.choice(sorted(andra))}{resten}}}" if andra else None


@på("annat år", "{fakta}", "{år}")
def _annat_år(runt: Omgivning, _: Rad, __: str, plats: Plats, slump: random.Random) -> object:
    text = str(plats.värde)
    if re.match(r"\{\s*år", text):
        steg = slump.choice((-1, 1)) + int((re.search(r"[+-]\s*\d+", text) or ["0"])[0].replace(" ", ""))
        return f"{{år{steg:+d}}}" if steg else "{år}"
    if "[" in text:
        return re.sub(r"\[[^\]]*\]", "", text)
    träff = re.match(r"\{\s*([\w.-]+)", text)
    return f"{{{träff[1]}[år-1]{text[träff.end() :]}" if f"{träff[1]}/{runt.år - 1}" in runt.fakta else None


@på("annat format", "{fakta}")
def _annat_format(_: Omgivning, __: Rad, ___: str, plats: Plats, ____: random.Random) -> object:
    """The format of another unit: kronor and tusen kronor are the same figure, rightly printed both ways."""
    byten = {"tkr": "procent", "kr": "procent", "procent1": "kr", "procent": "kr", "andel": "kr"}
    träff = re.search(r"\|\s*(tkr|kr|procent1|procent|andel)\b", str(plats.värde))
    return str(plats.värde)[: träff.start(1)] + byten[träff[1]] + str(plats.värde)[träff.end(1) :] if träff else None


@på("annan not", "{not}")
def _annan_not(runt: Omgivning, _: Rad, __: str, plats: Plats, slump: random.Random) -> object:
    alla = {str(r.värden["id"].värde) for r in runt.rader if r.slag == "forbund.yml.noter" and "id" in r.värden}
    andra = sorted(alla - {str(plats.värde)[5:-1].strip()})
    return f"{{not:{slump.choice(andra)}}}" if andra else None


@på("ett till eller från", "tal i ord", "månad", "lagrum")
def _ett_till(_: Omgivning, __: Rad, ___: str, plats: Plats, slump: random.Random) -> object:
    text = str(plats.värde)
    if text.isdigit():
        return str(int(text) + 1)
    for följd in (TALORD, MÅNADER):
        if text.lower() in följd:
            nr = följd.index(text.lower()) + slump.choice((-1, 1))
            nytt = följd[nr if 0 <= nr < len(följd) else 1]
            return nytt.capitalize() if text[0].isupper() else nytt
    return None
