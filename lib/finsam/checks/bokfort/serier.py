"""A verifikation among those with the same words: on another konto than they, or not there at all.

Konton are only held against a series where all others are alike. A month is only missed where all the months
around it are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from finsam.checks.bokfort.poster import BETALNING, RESULTAT, Post, en_för_varje
from finsam.model.ord import MÅNADER, ORDNINGSTAL
from finsam.model.verifikattext import Period

Bokat = tuple[Period | str, str, int]
"""A period, and a konto that is booked for it, debet or kredit."""

_VILKEN_SOM = ("17", "19", "29")
"""Konton that something may be moved to or paid from at times: the banks and what is periodiserat."""
_PERSONALSKATT = "271"
_LEDIGT = 7
"""The month when a supplier may have closed."""
_MER = Decimal("1.4")
"""How much more than is usual that which follows may be, not to be for two."""
_FAST = Decimal("1.1")
"""How much larger than the least the greatest of amounts that do not change may be."""


def på_annat(serie: Sequence[Post]) -> tuple[Post, str] | None:
    """The only one that has another konto in place of the one that all others have, or no personalskatt."""
    if len(serie) < 4 or not en_för_varje(serie) or not all(post.i_text for post in serie):
        return None  # the name of a supplier alone may stand on an invoice of something else
    if funnet := _udda(serie, [_personalskatt(post) for post in serie]):
        post, andra, _, saknar = funnet
        if saknar:
            som = f"som de {len(andra)} andra med samma text har, som {andra[-1]}"
            text = f"Verifikation {post} saknar konto {', '.join(saknar)}, {som}. Rätta den, om det inte ska vara så."
            return post, text
    if funnet := _udda(serie, [frozenset(post.konton) for post in serie]):
        post, andra, har, saknar = funnet
        if len(har) == len(saknar) == 1 and not any(konto.startswith(_VILKEN_SOM) for konto in har | saknar):
            där, här = next(iter(saknar)), next(iter(har))
            som = f"men de {len(andra)} andra med samma text på konto {där}, som {andra[-1]}. Vilket är rätt?"
            return post, f"Verifikation {post} är bokförd på konto {här}, {som}"
    return None


def _udda(
    serie: Sequence[Post], vad: Sequence[frozenset[str]]
) -> tuple[Post, list[Post], frozenset[str], frozenset[str]] | None:
    """The only post that differs, the others, and what it has that they do not, and they that it has not."""
    vanligast, antal = Counter(vad).most_common(1)[0]
    if antal != len(serie) - 1:
        return None
    nr = next(nr for nr, ett in enumerate(vad) if ett != vanligast)
    andra = [post for post in serie if post is not serie[nr]]
    return serie[nr], andra, vad[nr] - vanligast, vanligast - vad[nr]


def _personalskatt(post: Post) -> frozenset[str]:
    return frozenset(konto for konto in post.konton if konto.startswith(_PERSONALSKATT))


def två_gånger(serie: Sequence[Post]) -> str | None:
    """That one month or quarter of a series has two that are alike, and as large as the others."""
    if len(serie) < 5 or not all(post.i_text for post in serie) or serie[0].slag.startswith(BETALNING):
        return None
    dubbla = [när for när, antal in Counter(post.när for post in serie).items() if antal > 1]
    lika = [post for post in serie if post.när in dubbla]
    if len(dubbla) != 1 or len(lika) != 2 or lika[0].belopp != lika[1].belopp or lika[0].ver.datum == lika[1].ver.datum:
        return None
    tider = sorted({post.när for post in serie if isinstance(post.när, Period)})
    steg = tider[0].sista - tider[0].första + 1
    if 12 * (tider[-1].år - tider[0].år) + tider[-1].första - tider[0].första != steg * (len(tider) - 1):
        return None  # not one for every month or quarter: courses, say
    belopp = [max(abs(post.belopp[konto]) for konto in post.konton) for post in serie]
    if max(abs(tal) for tal in lika[0].belopp.values()) * _MER < median(belopp):
        return None
    andra = f"men av de {len(serie) - 2} andra med samma text finns en för varje tid"
    text = f"Verifikationerna {lika[0]} och {lika[1]} har samma text, konton och belopp, {andra}."
    return f"{text} Är något bokfört två gånger?"


def saknad_period(serie: Sequence[Post], ensamma: Collection[Bokat], alla: Collection[Bokat]) -> str | None:
    """That one month or quarter between the first and the last of a series is not there.

    What is booked for the period by one that is of no series may be it; and what there was nothing to pay of in `alla`
    is not missed.
    """
    if len(serie) < 3 or not en_för_varje(serie) or serie[0].slag.startswith(BETALNING):
        return None
    perioder = [post.när for post in serie if post.i_text and isinstance(post.när, Period)]
    steg = {period.sista - period.första + 1 for period in perioder}
    if len(perioder) < len(serie) or len(steg) > 1:
        return None
    månader = sorted(12 * period.år + period.första - 1 for period in perioder)
    längd = steg.pop()
    luckor = [nr for nr in range(månader[0], månader[-1], längd) if nr not in månader]
    if len(luckor) != 1:
        return None
    år, nr = divmod(luckor[0], 12)
    lika = frozenset.intersection(*(post.tecken for post in serie))
    resultat = [ett for ett in lika if ett[0].startswith(RESULTAT)]
    egna = resultat or [ett for ett in lika if not ett[0].startswith("19")]
    saknas = Period(år, nr + 1, nr + längd)
    if not egna or not _återkommer(serie, saknas, bool(resultat)) or all((saknas, *ett) in ensamma for ett in egna):
        return None
    if not resultat and not any((saknas, konto, -tecken) in alla for konto, tecken in egna):
        return None
    namn, antal = (
        (f"{MÅNADER[nr]} {år}", "månader") if längd == 1 else (f"{ORDNINGSTAL[nr // 3]} kvartalet {år}", "kvartal")
    )
    return f"Verifikationer som {serie[-1]} finns för {len(serie)} {antal} men inte för {namn}. Är den inte bokförd?"


def _återkommer(serie: Sequence[Post], saknas: Period, resultat: bool) -> bool:
    """Whether so many come back, or so evenly, that the one that is not there is missed, and not in the next one."""
    per_tid = {post.när: max(abs(post.belopp[konto]) for konto in post.konton) for post in serie}
    nästa = min(när for när in per_tid if isinstance(när, Period) and när > saknas)
    if per_tid[nästa] > _MER * median(per_tid.values()):
        return False
    störst, minst = max(per_tid.values()), min(per_tid.values())
    if saknas.första != saknas.sista:
        return störst <= 2 * minst
    if störst <= _FAST * minst:
        return len(serie) >= 5 and saknas.första != _LEDIGT
    return len(serie) == 11 and not resultat


def bokat_i(poster: Iterable[Post]) -> Iterator[Bokat]:
    """What is booked for each period, by konto and debet or kredit."""
    return ((post.när, *ett) for post in poster for ett in post.tecken)
