"""Balansräkning (LKBR 6 kap. 2 §), with eget kapital as ingående, årets resultat and utgående."""

from __future__ import annotations

from finsam.model.fakta import Faktabas, Saldoslag
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.uppgifter import uppgiftscell
from finsam.statements.uppstallning import (
    Delsumma,
    Formrad,
    Post,
    Rubrik,
    formtabell,
    fyll,
    kontorader,
    årskolumner,
)


def _tillgång(id_: str, etikett: str, *, alltid: bool = False) -> Post:
    return Post(id_, etikett, f"{etikett} enligt utgående balans.", "ub", 1, alltid)


def _skuld(id_: str, etikett: str, *, alltid: bool = False) -> Post:
    return Post(id_, etikett, f"{etikett} enligt utgående balans.", "ub", -1, alltid)


ANLÄGGNING = ("br.immateriella", "br.materiella", "br.finansiella_anlaggningstillgangar")
OMSÄTTNING = ("br.forrad", "br.fordringar", "br.kortfristiga_placeringar", "br.kassa_bank")
SKULDER = ("br.langfristiga_skulder", "br.kortfristiga_skulder")
SUMMA_TILLGÅNGAR = ("br.summa_anlaggningstillgangar", "br.summa_omsattningstillgangar")
SUMMA_EK_SKULDER = ("br.eget_kapital", "br.avsattningar", "br.summa_skulder")

TILLGÅNGAR: tuple[Formrad, ...] = (
    Rubrik("br.tillgangar", "Tillgångar"),
    _tillgång(ANLÄGGNING[0], "Immateriella anläggningstillgångar"),
    _tillgång(ANLÄGGNING[1], "Materiella anläggningstillgångar"),
    _tillgång(ANLÄGGNING[2], "Finansiella anläggningstillgångar"),
    Delsumma(SUMMA_TILLGÅNGAR[0], "Summa anläggningstillgångar", "Anläggningstillgångarna tillsammans.", ANLÄGGNING),
    _tillgång(OMSÄTTNING[0], "Förråd m.m."),
    _tillgång(OMSÄTTNING[1], "Fordringar", alltid=True),
    _tillgång(OMSÄTTNING[2], "Kortfristiga placeringar"),
    _tillgång(OMSÄTTNING[3], "Kassa och bank", alltid=True),
    Delsumma(SUMMA_TILLGÅNGAR[1], "Summa omsättningstillgångar", "Omsättningstillgångarna tillsammans.", OMSÄTTNING),
    Delsumma("br.summa_tillgangar", "Summa tillgångar", "Allt förbundet äger.", SUMMA_TILLGÅNGAR, "summa"),
)

EGET_KAPITAL: tuple[Formrad, ...] = (
    Rubrik("br.eget_kapital_och_skulder", "Eget kapital, avsättningar och skulder"),
    Post("br.eget_kapital_ingaende", "Eget kapital vid årets början", "Eget kapital enligt ingående balans.", "ib"),
    Delsumma(
        "br.arets_resultat",
        "Årets resultat",
        "Årets resultat enligt resultaträkningen.",
        ("rr.arets_resultat",),
        "post",
    ),
    Delsumma(
        "br.eget_kapital",
        "Eget kapital vid årets slut",
        "Eget kapital enligt utgående balans, med det resultat som inte är omfört till eget kapital.",
        ("br.eget_kapital_bokfort", "br.ej_omfort_resultat"),
    ),
)

SKULDSIDAN: tuple[Formrad, ...] = (
    _skuld("br.avsattningar", "Avsättningar"),
    _skuld(SKULDER[0], "Långfristiga skulder"),
    _skuld(SKULDER[1], "Kortfristiga skulder", alltid=True),
    Delsumma("br.summa_skulder", "Summa skulder", "Skulderna tillsammans.", SKULDER),
    Delsumma(
        "br.summa_eget_kapital_och_skulder",
        "Summa eget kapital, avsättningar och skulder",
        "Eget kapital, avsättningar och skulder tillsammans.",
        SUMMA_EK_SKULDER,
        "summa",
    ),
)

FORM = (*TILLGÅNGAR, *EGET_KAPITAL, *SKULDSIDAN)


def fyll_balansräkning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts br.* for both years, with each post's opening balance as br.*.ingaende."""
    ek = kontorader(år, "post", "br.eget_kapital")
    resultat = tuple((konto, "") for konto in sorted(år.bokföring.konton) if konto[0] in "345678")
    for period in (år.period, år.föregående):
        fakta.konton("br.eget_kapital_ingaende", period, "ib", ek, "Eget kapital enligt ingående balans.", -1)
        fakta.konton("br.eget_kapital_bokfort", period, "ub", ek, "Eget kapital på kontona i utgående balans.", -1)
        definition = "Resultat som bokföringen inte har fört om till eget kapital (inget när året är avslutat)."
        bokår = år.bokföring.år.get(int(period) - år.årtal)
        ej_omfört = () if bokår and bokår.avslutat else resultat
        slag: Saldoslag = "res" if (period, "ub") in fakta.saldon else "ub"  # nothing without a closing balance
        fakta.konton("br.ej_omfort_resultat", period, slag, ej_omfört, definition, -1)
        for rad in FORM:
            if isinstance(rad, Post) and rad.slag == "ub":
                konton = kontorader(år, "post", rad.id)
                definition = f"{rad.etikett} enligt ingående balans."
                fakta.konton(f"{rad.id}.ingaende", period, "ib", konton, definition, rad.tecken)
    fyll([rad for rad in FORM if rad.id != "br.eget_kapital_ingaende"], år, fakta)


def balansräkning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The balansräkning at the end of a year with that of the year before."""
    return formtabell("balansrakning", "Balansräkning", FORM, år, fakta)


def panter_och_ansvarsförbindelser(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Panter och ansvarsförbindelser, inom linjen (LKBR 6 kap. 1 §)."""
    rader = tuple(
        Rad(id_, etikett, (uppgiftscell(id_, år, fakta),))
        for id_, etikett in (("panter", "Ställda panter"), ("ansvarsforbindelser", "Ansvarsförbindelser"))
    )
    rubrik = "Panter och ansvarsförbindelser"
    return Tabell("panter", rubrik, "kr", årskolumner(år)[:1], rader, första="Belopp i kronor")


DEL = Del(
    fyll_balansräkning,
    lambda år, fakta: (balansräkning(år, fakta), panter_och_ansvarsförbindelser(år, fakta)),
)
