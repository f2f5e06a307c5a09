"""Kinds of konton that the law asks about: found by name, which local numbers tell less well, then by number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from finsam.model.fakta import Faktabas, Saldoslag
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.statements.delar import Del

Slag = Literal["loneskatt", "pensionsavsattning", "pensioner", "leasing", "arvoden", "loner", "eu"]
KOSTNAD, INTÄKT = "rr.verksamhetens_kostnader", "rr.verksamhetens_intakter"


@dataclass(frozen=True, slots=True)
class Kontoslag:
    """A kind of konto: the words for it, the posts it is in, what its name says and does not, its usual numbers.

    `nummer` are beginnings of numbers in each kontoplan; one with `-` is not of the kind although the longer is.
    """

    ord: str
    poster: tuple[str, ...]
    namn: str
    inte: str = r"(?!)"
    nummer: Mapping[str, str] | None = None
    saldo: Saldoslag = "res"
    tecken: int = 1

    def heter_så(self, namn: str) -> bool:
        """Whether a konto's name says that it is of the kind."""
        return bool(re.search(self.namn, namn, re.IGNORECASE) and not re.search(self.inte, namn, re.IGNORECASE))

    def har_numret(self, konto: str, plan: str, namn: str) -> bool:
        """Whether a konto's number is one of the kind's, and its name does not say that it is something else."""
        bitar = (self.nummer or {}).get(plan, "").split()
        med = any(konto.startswith(bit) for bit in bitar if not bit.startswith("-"))
        utom = any(konto.startswith(bit[1:]) for bit in bitar if bit.startswith("-"))
        return med and not utom and not re.search(self.inte, namn, re.IGNORECASE)


KONTOSLAG: Mapping[Slag, Kontoslag] = {
    "loneskatt": Kontoslag("särskild löneskatt", (KOSTNAD,), r"löneskatt", nummer={"bas": "753"}),
    "pensionsavsattning": Kontoslag(
        "avsättning för pensioner",
        ("br.avsattningar",),
        r"pension",
        r"\bandra\b|övrig|återställ|tvist|omstrukturering",
        {"kommun-bas": "22", "bas": "221 223"},
        "ub",
        -1,
    ),
    "pensioner": Kontoslag(
        "pensionskostnader",
        (KOSTNAD,),
        r"pension",
        r"pensionsmyndighet|pensionär",
        {"kommun-bas": "57", "bas": "74"},
    ),
    "leasing": Kontoslag(
        "leasing",
        (KOSTNAD, "br.kortfristiga_skulder", "br.langfristiga_skulder"),
        r"leas(?:ing|ad|at)",
        nummer={"bas": "5212 5222 5252 5615"},
    ),
    "arvoden": Kontoslag(
        "arvoden och ersättning till förtroendevalda",
        (KOSTNAD,),
        r"arvode|förtroendevald",
        r"revis|konsult|advokat|föreläs|handled|utredn",
        {"kommun-bas": "501", "bas": "724"},
    ),
    "loner": Kontoslag(
        "löner",
        (KOSTNAD,),
        r"(?<!be)\b(?:\w*(?:års|månads|tim|tids|semester|sjuk|grund|tjänstemanna))?löne?r?(?:kostnad(?:er)?|skuld)?\b",
        r"köp|administ|hanter|servic|system|löneskatt|arvode|förlorad",
        {"kommun-bas": "50 51 -501 -509", "bas": "70 71 72 -724"},
    ),
    "eu": Kontoslag("medel från EU", (INTÄKT,), r"\beu\b|\beu-|\besf|socialfond|interreg", tecken=-1),
}
"""In the order that a name is tried: särskild löneskatt on pensions is löneskatt, a pension premium is no lön."""


def kontots_slag(konto: str, namn: str, post: str, plan: str) -> Slag | None:
    """What kind of konto it is, of those the law asks about.

    >>> kontots_slag("7899", "Pensionsavsättning, årets", KOSTNAD, "bas")
    'pensioner'
    >>> kontots_slag("5010", "Lokalhyra", KOSTNAD, "bas"), kontots_slag("5010", "Arvoden", KOSTNAD, "kommun-bas")
    (None, 'arvoden')
    >>> [kontots_slag("4999", n, KOSTNAD, "bas") for n in ("Leasing bilar", "Löner kansli", "Köpt löneservice")]
    ['leasing', 'loner', None]
    """
    möjliga = [(slag, ett) for slag, ett in KONTOSLAG.items() if post in ett.poster]
    efter_namn = (slag for slag, ett in möjliga if ett.heter_så(namn))
    efter_nummer = (slag for slag, ett in möjliga if ett.har_numret(konto, plan, namn))
    return next(efter_namn, None) or next(efter_nummer, None)


def konton_av(slag: Slag, år: Räkenskapsår) -> tuple[str, ...]:
    """The konton of a kind in the year's ledger."""
    return tuple(
        nummer
        for nummer, konto in sorted(år.bokföring.konton.items())
        for rad in år.kontoplan.träffar(nummer)[:1]
        if kontots_slag(nummer, konto.namn, rad.post, år.förbund.kontoplan) == slag
    )


def använda(slag: Slag, år: Räkenskapsår, fakta: Faktabas) -> tuple[str, ...]:
    """The konton of a kind that have a balance or a movement this year or the year before."""
    saldon = [fakta.saldon[p, s] for p in (år.period, år.föregående) for s in ("ib", "ub", "res")]
    konton = fakta[f"bokfort.{slag}/{år.period}"].konton
    return tuple(konto for konto in konton if any(ett.get((konto, "")) for ett in saldon))


def fyll_kontoslag(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make bokfort.<slag> for both years: what is booked on the konton of each kind."""
    for slag, ett in KONTOSLAG.items():
        rader = tuple((konto, "") for konto in konton_av(slag, år))
        for period in (år.period, år.föregående):
            definition = f"Bokfört på konton för {ett.ord}."
            fakta.konton(f"bokfort.{slag}", period, ett.saldo, rader, definition, ett.tecken)


DEL = Del(fyll_kontoslag)
