"""What is wrong with an input file, said so that the ekonom can mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import fill
from typing import Literal

Nivå = Literal["fel", "varning", "upplysning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of one file. `slag` is set when it is known by a word of its own (C33 in Undantag).

    >>> str(Problem("fel", "Beloppet kan inte tolkas.", "bokforing.se", "rad 24"))
    'bokforing.se, rad 24: Beloppet kan inte tolkas.'
    """

    nivå: Nivå
    text: str
    fil: str = ""
    plats: str = ""
    slag: str = ""

    def __str__(self) -> str:
        var = ", ".join(del_ for del_ in (self.fil, self.plats) if del_)
        return f"{var}: {self.text}" if var else self.text


ORSAKER = {
    errno.ENOENT: "det finns inte",
    errno.EISDIR: "det är en mapp",
    errno.EACCES: "det är inte tillåtet, eller så är en fil öppen i ett annat program",
    errno.EPERM: "det är inte tillåtet",
    errno.EBUSY: "det används av ett annat program",
    errno.EIO: "disken svarar inte som den ska",
    errno.ELOOP: "länkarna går runt",
    errno.EMFILE: "för många filer är öppna",
    errno.ENFILE: "för många filer är öppna",
    errno.ENOMEM: "minnet räcker inte",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet som användaren får ta är slut",
    errno.EFBIG: "filen blir större än systemet tillåter",
    errno.EROFS: "disken kan bara läsas",
    errno.ENAMETOOLONG: "sökvägen är för lång",
    errno.EINVAL: "sökvägen är ogiltig",
    errno.ENOTDIR: "det finns en fil där en mapp ska vara",
    errno.EEXIST: "det finns en fil där en mapp ska vara",
    errno.ENOTEMPTY: "mappen är inte tom",
    errno.ESTALE: "nätverksdisken är borta",
    errno.ETIMEDOUT: "nätverksdisken svarar inte",
}


def orsak(fel: OSError) -> str:
    """Why the system could not do it, in Swedish whatever the machine speaks.

    >>> orsak(OSError(errno.EISDIR, "Is a directory")), orsak(OSError(9999, "?"))
    ('det är en mapp', 'systemfel 9999')
    """
    return ORSAKER.get(fel.errno or 0) or (f"systemfel {fel.errno}" if fel.errno else str(fel))


class UnreadableInput(Exception):
    """Input that no report can be made from; carries every problem found, not only the first."""

    def __init__(self, problem: Iterable[Problem]) -> None:
        self.problem = tuple(problem)
        super().__init__("\n".join(map(str, self.problem)))

    def _render_traceback_(self) -> list[str]:
        """What a cell shows, in a kernel that asks for it: where in finsam it was found helps nobody mend a file."""
        if len(self.problem) == 1:
            return [_bruten(str(self))]
        fel_först = sorted(self.problem, key=lambda ett: ett.nivå != "fel")
        return ["Underlaget kan inte användas:", *(_bruten(f"- {ett.nivå}: {ett}") for ett in fel_först)]

    def __reduce__(self) -> tuple[type[UnreadableInput], tuple[tuple[Problem, ...]]]:
        """The same problems, when it is sent from a process to its parent."""
        return type(self), (self.problem,)


def _bruten(text: str) -> str:
    """In lines that a cell does not break in the middle of a word."""
    return fill(
        text, 80, subsequent_indent="  " * text.startswith("- "), break_long_words=False, break_on_hyphens=False
    )
