"""Verifikationer that come back are booked alike: the one that departs from the others, and the one that is not there.

What is alike is found in the ledger itself: the text without its period, the konton, their signs, and what one konto
always is of another. Two that depart are a practice, and nothing is said of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, islice, permutations, takewhile

from finsam.checks.bokfort.poster import (
    RESULTAT,
    ÖRESAVRUNDNING,
    Post,
    Tecken,
    efter_slag,
    en_för_varje,
    poster,
    verifikationer,
)
from finsam.checks.bokfort.serier import bokat_i, på_annat, saknad_period, två_gånger
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr, svenskt_tal
from finsam.model.bokforing import Bokföring
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.verifikattext import Period
from finsam.statements.redovisning import Redovisning

FLEST_PAR = 20_000
"""Pairs of series that are read; a samordningsförbund has some hundreds."""
_SERIE = 4
"""How many with the same words that are a series of their own, and take no other's place."""
_MINSTA = Decimal(20)
"""Kronor under which everything is of the same size as the rounding."""
_SKILLNAD = Decimal("0.05")
"""What a share must differ, for it not to be a fee or a freight among the rest."""
_FÖLJER_INTE = ("19", "271")
"""The bank and the tax that is withheld: what they are depends on more than one amount."""


@dataclass(frozen=True, slots=True)
class Bundet:
    """What konto `y` is of konto `x` in all posts but at most one, which is `udda`."""

    x: str
    y: str
    andel: Decimal
    udda: int | None


@kontroll(
    "C83",
    "Verifikationer som återkommer är bokförda på samma sätt.",
    lag="LKBR 3 kap.",
    saknas="bokföringen har inga verifikationer som återkommer, eller fler än som jämförs",
    i=(ÅRSREDOVISNING,),
)
def check_återkommande(r: Redovisning) -> Kontroll:
    """Each series by itself, then against the series that it always follows."""
    if not verifikationer(r) or 0 not in r.år.bokföring.år:
        return
    alla = poster(r)
    slagen = efter_slag(alla).values()
    serier = [serie for serie in slagen if len(serie) > 3]
    yield Prövat(len(serier))
    sagda: set[str] = set()
    for serie in serier:
        if sagt := _omvänd(serie) or på_annat(serie) or _skild(serie, r.år.bokföring):
            sagda.add(str(sagt[0]))
            yield Finding("varning", sagt[1], "bokforing.se")
    for bas, post, text in _i_par(alla, serier):
        if not {str(bas), str(post)} & sagda:
            sagda |= {str(bas), str(post)}
            yield Finding("varning", text, "bokforing.se")
    yield from _perioder(slagen, sagda)


def _perioder(serier: Collection[Sequence[Post]], sagda: set[str]) -> Iterator[Finding]:
    """The periods that have nothing or the same twice, of series that nothing else is said of."""
    ensamma = frozenset(bokat_i(post for serie in serier if len(serie) < _SERIE for post in serie))
    alla = frozenset(bokat_i(post for serie in serier for post in serie))
    for serie in serier:
        text = två_gånger(serie) or saknad_period(serie, ensamma, alla)
        if text and not any(str(post) in sagda for post in serie):
            yield Finding("varning", text, "bokforing.se")


def _omvänd(serie: Sequence[Post]) -> tuple[Post, str] | None:
    """The one that has its debet and kredit turned; no correction of another, and no amount of another size."""
    vanligast, antal = Counter(post.tecken for post in serie).most_common(1)[0]
    udda = next((post for post in serie if post.tecken != vanligast), None)
    minst = 3 if all(post.i_text for post in serie) else 6
    if udda is None or antal < max(minst, len(serie) - 1) or not en_för_varje(serie):
        return None
    andra = [post for post in serie if post is not udda]
    if udda.tecken != {(konto, -tecken) for konto, tecken in vanligast} or not any(
        konto.startswith(RESULTAT) for konto in udda.konton
    ):
        return None
    storlekar, dess = [_storlek(post) for post in andra], _storlek(udda)
    if dess in storlekar or not min(storlekar) / 2 <= dess <= 2 * max(storlekar):
        return None
    text = f"Verifikation {udda} har debet och kredit tvärtemot de {antal} andra med samma text, som {andra[-1]}."
    return udda, f"{text} Vänd den, om det inte är en rättelse: skriv i så fall det i texten."


def _storlek(post: Post) -> Decimal:
    return max(abs(post.belopp[konto]) for konto in post.konton)


def _skild(serie: Sequence[Post], b: Bokföring) -> tuple[Post, str] | None:
    """The one that lacks a konto which in all others is the same share of another, or has another share."""
    i_tur = en_för_varje(serie) and all(post.i_text for post in serie)
    if len(serie) < (4 if i_tur else 7):
        return None
    möjliga = [(fall, serie[fall.udda]) for fall in _bundna(serie) if fall.udda is not None]
    moms = {konto for konto, ett in b.konton.items() if "moms" in ett.namn.lower()}

    def tydligast(ett: tuple[Bundet, Post]) -> tuple[bool, bool, bool]:
        fall, udda = ett
        return fall.y in udda.belopp, fall.y not in moms, not fall.y.startswith(RESULTAT)

    for fall, udda in sorted(möjliga, key=tydligast):
        andra = [post for post in serie if post is not udda]
        finns = udda.belopp.get(fall.y)
        if (finns is None and not i_tur) or (finns is not None and fall.y in moms):
            return None  # a supplier's invoice may be without moms, or have some at a lower rate
        if not udda.konton <= set[str]().union(*(post.konton for post in andra)):
            continue
        är = f"{_tal(fall.andel)} av {_konto(fall.x)} i de {len(andra)} andra med samma text, som {andra[-1]}"
        if finns is None:
            text = f"Verifikation {udda} saknar konto {fall.y}, som är {är}."
        else:
            text = f"Verifikation {udda}: konto {fall.y} är {kr(abs(finns))} kr, men {är}."
        return udda, f"{text} Rätta den, om det inte ska vara så."
    return None


def _bundna(serie: Sequence[Post]) -> Iterator[Bundet]:
    """The konton that are a share of another in all posts but at most one."""
    antal = Counter(mått for post in serie for mått in post.belopp if not mått.startswith(_FÖLJER_INTE))
    alltid = [mått for mått, gånger in antal.items() if gånger == len(serie)][:12]
    nästan = [mått for mått, gånger in antal.items() if gånger >= len(serie) - 1 and not mått.endswith("xx")][:12]
    for x in alltid:
        for y in nästan:
            if y != x and x != f"{y[:2]}xx":
                par = [(post.belopp[x], post.belopp.get(y)) for post in serie]
                if fall := _andel(par):
                    yield Bundet(x, y, *fall)


def _andel(par: Sequence[tuple[Decimal, Decimal | None]]) -> tuple[Decimal, int | None] | None:
    """What the second of each pair is of the first, to the krona, and the place of the only one that is otherwise.

    Pairs that are the same every time say nothing of one where the first is another too.

    >>> from decimal import Decimal as D
    >>> _andel([(D(1000), D(250)), (D(2000), D(500)), (D(3000), D(750)), (D(4000), D(100))])
    (Decimal('0.25'), 3)
    """
    finns = sorted((abs(x), y / x) for x, y in par if y is not None)
    for _, andel in finns[-2:]:
        udda = [nr for nr, (x, y) in enumerate(par) if y is None or abs(y - andel * x) > ÖRESAVRUNDNING]
        lika = [ett for nr, ett in enumerate(par) if nr not in udda]
        if len(udda) > 1 or any(abs(y or NOLL) < _MINSTA for _, y in lika):
            continue
        if not udda:
            return andel, None
        x, y = par[udda[0]]
        olika = {första for första, _ in lika}
        if (len(olika) > 2 or x in olika) and abs((y or NOLL) - andel * x) > _SKILLNAD * abs(andel * x):
            return andel, udda[0]
    return None


# What always follows something else: the fees of the pay, month by month or group by group.


@dataclass(frozen=True, slots=True)
class Familj:
    """Posts of one kind, one for each period or name."""

    poster: Mapping[Period | str, Post]
    minst: int
    mått: Sequence[str]

    @classmethod
    def av(cls, poster: Mapping[Period | str, Post], minst: int) -> Familj | None:
        """A family of posts that are more than a few, with the results that all of them have and that vary."""
        alla = Counter(mått for post in poster.values() for mått in post.belopp if mått.startswith(RESULTAT))
        mått = [
            ett
            for ett, gånger in alla.items()
            if gånger == len(poster) and len({post.belopp[ett] for post in poster.values()}) > 2
        ]
        return cls(poster, minst, mått) if mått and len(poster) >= minst else None


def _i_par(poster: Sequence[Post], serier: Iterable[Sequence[Post]]) -> Iterator[tuple[Post, Post | None, str]]:
    """The posts that another kind of post has always followed, but for one; the other where it is there."""
    bokat = {(post.när, *ett) for post in poster for ett in post.tecken}
    månader = [Familj.av({post.när: post for post in serie}, 5) for serie in serier if en_för_varje(serie)]
    grupper = [*_efter_namn(poster), månader]
    alla = (par for grupp in grupper for par in permutations(filter(None, grupp), 2))
    for a, b in islice(alla, FLEST_PAR):
        if fall := _par(a, b):
            bundet, när = fall
            text = _fel_andel(a, b, bundet, när) if när in b.poster else _saknad(a, b, bundet, när, bokat)
            if text:
                yield a.poster[när], b.poster.get(när), text


def _efter_namn(poster: Iterable[Post]) -> Iterator[list[Familj | None]]:
    """The posts of a day on the same two konton, by what their texts do not have in common."""
    dagar: dict[date | None, dict[Tecken, list[Post]]] = defaultdict(lambda: defaultdict(list))
    for post in poster:
        if len(post.tecken) == 2 and not post.i_text:
            dagar[post.ver.datum][post.tecken].append(post)
    for dag in dagar.values():
        yield [Familj.av(_namn(lika), 3) for lika in dag.values() if len(lika) > 2]


def _namn(lika: Sequence[Post]) -> dict[Period | str, Post]:
    """The posts by the words after those that all begin with; none when two have the same."""
    ord_ = [post.ver.text.split() for post in lika]
    gemensamma = sum(1 for _ in takewhile(lambda ett: len(set(ett)) == 1, zip(*ord_, strict=False)))
    namn: dict[Period | str, Post] = {" ".join(ett[gemensamma:]): post for ett, post in zip(ord_, lika, strict=True)}
    return namn if gemensamma and "" not in namn and len(namn) == len(lika) else {}


def _par(a: Familj, b: Familj) -> tuple[Bundet, Period | str] | None:
    """The only period or name where `b` does not follow `a`, by the results that it otherwise does."""
    när = list(a.poster)
    saknas = [ett for ett in när if ett not in b.poster]
    if len(saknas) > 1 or len(när) <= a.minst:
        return None
    for x in a.mått:
        for y in b.mått:
            par = [(a.poster[ett].belopp[x], b.poster[ett].belopp[y] if ett in b.poster else None) for ett in när]
            if _kan_följa(par) and (fall := _andel(par)) and fall[1] is not None:
                return Bundet(x, y, *fall), när[fall[1]]
    return None


def _kan_följa(par: Sequence[tuple[Decimal, Decimal | None]]) -> bool:
    """Whether two of the first three have the same share: if not, more than one departs."""
    första = [(x, y) for x, y in par if y is not None][:3]
    return any(abs(x * w - z * y) <= ÖRESAVRUNDNING * (abs(x) + abs(z)) for (x, y), (z, w) in combinations(första, 2))


def _saknad(
    a: Familj, b: Familj, bundet: Bundet, när: Period | str, bokat: set[tuple[Period | str, str, int]]
) -> str | None:
    """That there is none where there always is one; said only when nothing else is booked so for the same."""
    mall = next(iter(b.poster.values()))
    if abs(bundet.andel) == 1 or any((när, *ett) in bokat for ett in mall.tecken if ett[0].startswith(RESULTAT)):
        return None
    return (
        f"Verifikation {a.poster[när]} har ingen som hör till den. De {len(b.poster)} andra har var sin, som {mall}, "
        f"och där är {_del(bundet)}. Är den inte bokförd?"
    )


def _fel_andel(a: Familj, b: Familj, bundet: Bundet, när: Period | str) -> str | None:
    """That it is another share than of all others; said of the smaller, which is worked out of the larger."""
    ena, andra = a.poster[när], b.poster[när]
    if abs(bundet.andel) >= 1 or any(
        not post.konton <= set[str]().union(*(p.konton for nyckel, p in familj.poster.items() if nyckel != när))
        for post, familj in ((ena, a), (andra, b))
    ):
        return None
    x, y = abs(ena.belopp[bundet.x]), abs(andra.belopp[bundet.y])
    return (
        f"Verifikation {andra}: {_konto(bundet.y)} är {kr(y)} kr. I de {len(a.poster) - 1} andra är {_del(bundet)}, "
        f"och av {kr(x)} kr i {ena} blir det {kr(abs(bundet.andel) * x)} kr. Vilket är rätt?"
    )


def _del(bundet: Bundet) -> str:
    """What one is of the other, in words."""
    return f"{_konto(bundet.y)} {_tal(bundet.andel)} av {'det' if bundet.x == bundet.y else _konto(bundet.x)}"


def _tal(andel: Decimal) -> str:
    """A share as it is read; its sign is debet or kredit."""
    tal = svenskt_tal(abs(100 * andel), 2).rstrip("0").rstrip(",")
    return f"{tal} %"


def _konto(mått: str) -> str:
    return f"kontona {mått}" if mått.endswith("xx") else f"konto {mått}"
