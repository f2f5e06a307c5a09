"""C10: figures in the words are facts, never typed, and years are the report's own."""

from __future__ import annotations

import re

from finsam.checks.finding import Finding, Kontroll
from finsam.checks.personnummer import utan_personnummer
from finsam.statements.redovisning import Redovisning

_BUNDET = re.compile(r"\{[^{}]*\}")
_UNDANTAG = re.compile(
    r"""\d{4}-\d{2}-\d{2}                                              # date
      | \d{1,2}[ \u00a0](?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)
      | \(\d{4}:\d+\)                                                   # law
      | \d+[ \u00a0]?(?:kap\.|§+|st\.)                                  # place in a law
      | \d+(?:–\d+)?[ \u00a0]§§?
      | ^\s*\d+\.[ ]                                                    # numbered list
    """,
    re.VERBOSE | re.MULTILINE,
)
_ÅRTAL = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,]|\.\d)")
_TAL = re.compile(r"\d[\d \u00a0.,]*\d|\d")


def check_texter(r: Redovisning) -> Kontroll:
    """A typed number is a varning, a year that is not the report's an upplysning."""
    for fil, plats, text in _texter(r):
        for nr, rad in enumerate(text.splitlines(), 1):
            ställe = plats or f"rad {nr}"
            fri = _UNDANTAG.sub(" ", _BUNDET.sub(" ", utan_personnummer(rad)))
            for årtal in _ÅRTAL.findall(fri):
                if int(årtal) not in (r.år.år, r.år.år + 1):
                    yield Finding(
                        "C10", "upplysning", f"{fil}, {ställe}: årtalet {årtal} är inte rapportårets. Stämmer det?", fil
                    )
            for tal in _TAL.findall(_ÅRTAL.sub(" ", fri)):
                ord_ = (
                    f"{fil}, {ställe}: talet {tal.strip()} är skrivet för hand. Hänvisa till ett fakta, eller "
                    f"skriv {{= {tal.strip()}}} om det inte är en uppgift om året."
                )
                yield Finding("C10", "varning", ord_, fil)


def _texter(r: Redovisning) -> list[tuple[str, str, str]]:
    """Every piece of prose: file, place in it, and words."""
    u = r.år.underlag
    texter = [(t.fil, "", t.text) for t in r.år.texter.values()]
    texter += [(u.fil, f"Faktarutor, rad {f.rad}", f.text) for f in u.faktarutor]
    texter += [(u.fil, f"Målområden, rad {o.rad}", o.mål) for o in u.målområden]
    texter += [
        (u.fil, f"Mål, rad {m.rad}", del_) for m in u.mål for del_ in (m.mål, m.aktivitet, m.mätpunkt, m.kommentar)
    ]
    texter += [(u.fil, f"Planmål, rad {m.rad}", del_) for m in u.planmål for del_ in (m.text, m.kommentar)]
    texter += [(u.fil, f"Beslut, rad {p.rad}", p.text) for p in u.beslut]
    return texter
