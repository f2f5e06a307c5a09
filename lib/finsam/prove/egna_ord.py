"""The words that the förbund has written. A year or a date that nothing binds may stand in them, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from finsam.report.text import Prosa, prosa_html, read_prosa

if TYPE_CHECKING:
    from finsam.report.bok import Bok

_RUNT, _RUNT_NÄRA = 40, 12
"""Letters and digits on a side of a number that tell where it is from, and where only one side can."""


_SIFFRA = re.compile(r"\d")
_TAGG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|[uo]l|li|h\d|blockquote)\b[^>]*>")


class EgnaOrd:
    """All words with digits in them that the förbund has written, as they are printed: paragraphs, rows and cells by
    their letters and digits. `sammansatta` are sentences that the program has made of them.
    """

    def __init__(self, ord_: Iterable[str], sammansatta: Iterable[str] = ()) -> None:
        self._var_för_sig = {bokstäver(ett) for ett in ord_ if _SIFFRA.search(ett)}
        self._skrivna = "\n".join(("", *sorted(self._var_för_sig), ""))
        self._alla = "\n".join((self._skrivna, *map(bokstäver, sammansatta), ""))
        self._korta = tuple(ett for ett in self._var_för_sig if len(ett) <= 2 * _RUNT_NÄRA and not ett.isdecimal())

    def har(self, före: str, tal: str, efter: str) -> bool:
        """Whether a number stands so, by what is before and after it; where there is no more, no more is written.

        >>> egna = EgnaOrd(["Mötet den 3 maj 2024 gällde budgeten för 2025."])
        >>> [egna.har("Mötet den 3 maj ", år, " gällde budgeten för 2025.") for år in ("2024", "2025")]
        [True, False]
        """
        före, efter = f"\n{bokstäver(före)}"[-_RUNT:], f"{bokstäver(efter)}\n"[:_RUNT]
        return f"{före}{bokstäver(tal)}{efter}" in self._alla

    def har_allt(self, text: str) -> bool:
        """Whether these are words that stand by themselves in a cell or a setting."""
        return bokstäver(text) in self._var_för_sig

    def har_i_annat(self, före: str, tal: str, efter: str) -> bool:
        """Whether a number stands so, with the program's words on one side of it, or on both of words that are few.

        >>> EgnaOrd(["Plan 2030"]).har_i_annat("I maj: plan ", "2030", "; i juni: uppföljning")
        True
        """
        före, tal, efter = bokstäver(före), bokstäver(tal), bokstäver(efter)
        a, b = före[-_RUNT_NÄRA:], efter[:_RUNT_NÄRA]
        if (len(a) == _RUNT_NÄRA and a + tal in self._skrivna) or (len(b) == _RUNT_NÄRA and tal + b in self._skrivna):
            return True
        hela, slut = före + tal + efter, len(före) + len(tal)
        return any(
            träff.start() <= len(före) and träff.start() + len(kort) >= slut
            for kort in self._korta
            if tal in kort
            for träff in re.finditer(f"(?={kort})", hela)
        )


def bokstäver(text: str) -> str:
    """Letters and digits alone, without what is only shape.

    >>> bokstäver("**Mål 2024:** 16–24 år")
    'mål20241624år'
    """
    return "".join(filter(str.isalnum, text)).casefold()


def egna_ord(bok: Bok, avsnitt: Iterable[str]) -> EgnaOrd:
    """The words of the texts, the underlag and the settings; `avsnitt` are those of the sections themselves."""
    år = bok.år
    data: tuple[Any, ...] = (år.underlag.model_dump(), år.förbund.model_dump(), list(avsnitt))
    prosa = [bok.prosa(fil)[0] for fil in år.texter.values()]
    rader = (_ord(rad) for block in bok.uppställda for rad in _rader(block.html()))
    skrivna = (*(ett for p in prosa for ett in _stycken(p)), *rader, *_tryckta(data, bok))
    return EgnaOrd(skrivna, _tryckta(bok.sammansatta, bok))


def _stycken(prosa: Prosa, *, i_cell: bool = False) -> Iterator[str]:
    """Words as they are printed, paragraph by paragraph, and line by line where no Markdown is read."""
    yield from map(_ord, _BLOCK.split(prosa_html(prosa, i_cell=i_cell)))
    yield from (prosa.klartext, *prosa.klartext.splitlines())


def _ord(html: str) -> str:
    return unescape(_TAGG.sub("", html))


def _rader(tabell: str) -> Iterator[str]:
    """The rows of a table, and what is under it; not its headings, which are the program's."""
    _, _, kropp = tabell.partition("</thead>")
    yield from re.split("</tr>|</p>", kropp)


def _tryckta(data: Any, bok: Bok) -> Iterator[str]:
    """Every word in what is read, as it is printed with Markdown and without."""
    if isinstance(data, str):
        if re.search(r"[\d{]", data):
            yield from _stycken(read_prosa(data, bok.tyda, "")[0], i_cell=True)
    elif isinstance(data, Iterable):
        for del_ in data.values() if isinstance(data, Mapping) else data:
            yield from _tryckta(del_, bok)
