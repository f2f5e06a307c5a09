"""Kassaflödesanalys, indirect method (LKBR 8 kap. 1 §, RKR R13).

Likvida medel are kassa, bank and kortfristiga placeringar.
"""

from __future__ import annotations

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Rad, Radslag, Tabell
from finsam.statements.balansrakning import ANLÄGGNING
from finsam.statements.delar import Del
from finsam.statements.uppstallning import kronortabell, två_år, utan_tomma_år, årskolumner

_LIKVIDA = ("br.kassa_bank", "br.kortfristiga_placeringar")

# id, etikett, slag, and the facts added: "-" takes away, ".ingaende" is the opening balance of a post.
RADER: tuple[tuple[str, str, Radslag, tuple[str, ...]], ...] = (
    ("arets_resultat", "Årets resultat", "post", ("rr.arets_resultat",)),
    (
        "ej_likvida",
        "Justering för ej likviditetspåverkande poster",
        "post",
        ("-rr.avskrivningar", "br.avsattningar", "-br.avsattningar.ingaende"),
    ),
    (
        "fore_rorelsekapital",
        "Medel från verksamheten före förändring av rörelsekapital",
        "delsumma",
        ("kf.arets_resultat", "kf.ej_likvida"),
    ),
    (
        "fordringar",
        "Ökning (−) eller minskning (+) av kortfristiga fordringar",
        "post",
        ("br.fordringar.ingaende", "-br.fordringar", "br.forrad.ingaende", "-br.forrad"),
    ),
    (
        "skulder",
        "Ökning (+) eller minskning (−) av kortfristiga skulder",
        "post",
        ("br.kortfristiga_skulder", "-br.kortfristiga_skulder.ingaende"),
    ),
    (
        "lopande",
        "Kassaflöde från den löpande verksamheten",
        "delsumma",
        ("kf.fore_rorelsekapital", "kf.fordringar", "kf.skulder"),
    ),
    (
        "investering",
        "Kassaflöde från investeringsverksamheten",
        "post",
        (*(f"{id_}.ingaende" for id_ in ANLÄGGNING), *(f"-{id_}" for id_ in ANLÄGGNING), "rr.avskrivningar"),
    ),
    (
        "finansiering",
        "Kassaflöde från finansieringsverksamheten",
        "post",
        ("br.langfristiga_skulder", "-br.langfristiga_skulder.ingaende"),
    ),
    ("arets_kassaflode", "Årets kassaflöde", "summa", ("kf.lopande", "kf.investering", "kf.finansiering")),
    ("likvida_ingaende", "Likvida medel vid årets början", "post", tuple(f"{id_}.ingaende" for id_ in _LIKVIDA)),
    ("likvida_utgaende", "Likvida medel vid årets slut", "summa", ("kf.likvida_ingaende", "kf.arets_kassaflode")),
)


def termer(av: tuple[str, ...], period: str) -> list[tuple[int, str]]:
    """Read "-br.fordringar" as minus that fact of the period."""
    return [(-1 if id_.startswith("-") else 1, f"{id_.lstrip('-')}/{period}") for id_ in av]


def fyll_kassaflöde(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts kf.* for each year whose opening and closing balance are known; else there is no figure."""
    for period in (år.period, år.föregående):
        känd = (period, "ib") in fakta.saldon and (period, "ub") in fakta.saldon
        for id_, etikett, _, av in RADER:
            fakta.summa(f"kf.{id_}", period, termer(av, period) if känd else [], f"{etikett}.")


def kassaflödesanalys(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The kassaflödesanalys of a year with the year before."""
    rader = tuple(
        Rad(id_, etikett, två_år(f"kf.{id_}", år), slag)
        for id_, etikett, slag, _ in RADER
        if f"kf.{id_}" not in år.förbund.dolda_rader
    )
    tabell = kronortabell("kassaflodesanalys", "Kassaflödesanalys", årskolumner(år), rader)
    return utan_tomma_år(tabell, fakta)


DEL = Del(fyll_kassaflöde, lambda år, fakta: (kassaflödesanalys(år, fakta),))
