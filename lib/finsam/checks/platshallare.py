"""What is left of a template in the words of a report: TODO, XX kr, [fyll i]."""

from __future__ import annotations

import re
from functools import lru_cache

from finsam.model.monster import Mönster

_ENHET = r"(?:kr|kronor|tkr|mkr|procent|personer|deltagare|st|%)(?!\w)"
_MÅTT = r"(?:kr|kronor|tkr|mkr|procent|%)(?!\w)"
PLATSHÅLLARE = (
    Mönster(r"(?<!\w)(?:todo|fixme|tbd|tba)(?!\w)", "todo|fixme|tbd|tba", flaggor=re.IGNORECASE),
    # XX kr, 20XX, 2025-XX-XX; not XXL, and not a Roman numeral: XX-talet, Pius XX:s
    Mönster(r"(?<![^\W\d])(?:X{2,}|x{2,})(?![\w:])(?!-[^\W\dXx])", "XX|xx"),
    Mönster(r"(?<!\w)(?:åååå|yyyy)(?:-(?:mm|xx)(?:-(?:dd|xx))?)?(?!\w)", "åååå|yyyy", flaggor=re.IGNORECASE),
    Mönster(r"(?<!\w)(?:19|20)\dx(?![\w:])", "x", flaggor=re.IGNORECASE),
    Mönster(r"(?<!\w)(?:19|20)\d\d-mm-dd(?!\w)", "-mm-dd", flaggor=re.IGNORECASE),
    Mönster(r"lorem ipsum", "lorem ipsum", flaggor=re.IGNORECASE),
    Mönster(r"\?{3,}", "???"),
    Mönster(r"(?<=\S)[ ]?_{3,}|_{3,}[ ]?(?=\w)|\.{4,}(?!\.|\s*\d+\s*$)", "___|...."),
    Mönster(r"\[\s*(?:fyll i|skriv|ange|infoga|sätt in|komplettera)\b[^\]]*\](?!\()", "[", flaggor=re.IGNORECASE),
    Mönster(
        r"\[\s*(?:belopp|antal|siffra|namn|datum|text|ort|dnr|år|årtal|kommun|förbund|förbundets namn)\s*\](?!\()",
        "[",
        flaggor=re.IGNORECASE,
    ),
    Mönster(
        r"\(\s*(?:fyll i|fylls i senare|(?:ska )?kompletteras(?: senare)?|uppdateras(?: senare)?)\s*\)",
        "(",
        "fyll|komplettera|uppdatera",
        flaggor=re.IGNORECASE,
    ),
    Mönster(
        r"\[\s*(?:fylls i senare|(?:ska )?kompletteras(?: senare)?|uppdateras(?: senare)?)\s*\](?!\()",
        "[",
        "fyll|komplettera|uppdatera",
        flaggor=re.IGNORECASE,
    ),
    Mönster(
        r"(?<!\w)(?:skriv (?:din |er |mer )?(?:text )?här|fyll i här|infoga (?:text|belopp|tabell) här)(?!\w)",
        "här",
        "skriv|fyll i|infoga",
        flaggor=re.IGNORECASE,
    ),
    Mönster(r"klicka (?:eller tryck )?här för att ange", "klicka", flaggor=re.IGNORECASE),
    Mönster(r"(?<!\w)N\.\s?N\.(?!\w)", "N."),
    # An ellipsis where an amount or all the words should be; in a sentence it may be the author's own.
    Mönster(rf"(?:…|\.{{3}})\s?{_ENHET}", "…|..."),
    # X kr, NN kr, x,x procent, ?? kr, ## kr, (belopp) kr
    Mönster(rf"(?<![\w,.-])(?:X|NN|YY|x,x|X,X)[ \u00a0]?{_MÅTT}", "X|NN|YY|x,x"),
    Mönster(rf"(?:(?<=\s)|^)(?:\?{{1,2}}|\#{{2,}})[ \u00a0]?{_MÅTT}", "?|##"),
    Mönster(rf"\((?:belopp|antal|siffra)\)[ \u00a0]?{_ENHET}", "(belopp)|(antal)|(siffra)", flaggor=re.IGNORECASE),
    Mönster(r"(?<=:)[ ]*(?:…|\.{3})[ ]*$", "…|..."),
    Mönster(r"^[\s*>\-\[(]*(?:…|\.{3})[\s*\])]*$", "…|..."),
)
"""How words that somebody was to write in place of are written. A rule may look as far as its own line."""

_KANSKE = re.compile(
    r"xx|[?_#\[…]|\.\.\.|(?<!\w)x(?!\w)|x,x|nn(?!\w)|yy|\dx|-mm-|åååå|n\.|todo|fixme|tbd|tba|lorem|här(?!\w)|fyll|komplett"
    r"|uppdater|\((?:belopp|antal|siffra)"
)
"""What a line must have some of, in small letters, for any of them to be in it."""
_HÄNVISNING = re.compile(r"\{(?!\s*=)[^{}]*\}|https?://\S+")
_CITAT = re.compile(r"[”\"“][^”\"“]*[”\"]|»[^«»]*»|«[^«»]*»")
_UTELÄMNAT = re.compile(r"…|\.{3}")


@lru_cache(maxsize=1 << 12)
def platshållare(rad: str) -> tuple[str, ...]:
    """What is left to write on a line, as it stands there.

    >>> [*platshållare("TODO: beloppet är XX kr."), *platshållare("På XX-talet sa hon ”Jag … vet” om XXL.")]
    ['TODO', 'XX']
    """
    if not _KANSKE.search(rad.lower()):
        return ()
    fri = _CITAT.sub(lambda t: _UTELÄMNAT.sub("\0", t[0]), _HÄNVISNING.sub(" ", rad))
    funna = ((träff.start(), träff[0].strip()) for mönster in PLATSHÅLLARE for träff in mönster.finditer(fri))
    return tuple(dict.fromkeys(ord_ for _, ord_ in sorted(funna)))
