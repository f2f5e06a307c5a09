"""The concepts: what a label names, whoever wrote it. Each is an expression over the whole label, letters folded."""

from __future__ import annotations

import re
from functools import lru_cache

from finsam.granska.lasa.rad import UPPHÖJDA

_VIK = str.maketrans("åäöéüæø", "aaoeuao")
_SKRÄP = re.compile(r"[^a-z0-9%+ -]+")
_MÄRKE = re.compile(rf"\s*(?:(?<![(\w])[a-h]\)|(?<=[a-zåäö])[a-h\d]\)|[*{UPPHÖJDA}]+|\(not \d+\)|,? not \d+)\s*$")
_INOM = re.compile(r"\([^)]*\)")
SUMMA = re.compile(r"^(?:del)?summa\b|^totalt?a?\b|^s:a\b|\btotalt$")
DELVIS_SUMMA = re.compile(r"^forbrukade medel$|^rorelsens kostnader$|kostnader inkl kansli$")
"""Labels of rows that may be sums of those above, or not."""

BEGREPP: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (namn, ord_, re.compile(mönster))
    for namn, ord_, mönster in (
        (
            "intäkter",
            "intäkterna",
            r"(?:summa |totala |verksamhetens |rorelsens )?(?:verksamhetens )?intakter"
            r"|intakter totalt",
        ),
        (
            "medlemsbidrag",
            "medlemsbidraget",
            r"(?:summa |totala? )?(?:medlemsbidrag(?:et)?|medlemsavgift(?:er)?|driftbidrag)"
            r"(?: fran medlemmarna)?",
        ),
        (
            "kostnader",
            "kostnaderna",
            r"(?:summa |totala |verksamhetens |rorelsens )(?:verksamhetens )?kostnader"
            r"|totalkostnad(?:er)?|nettokostnad",
        ),
        ("verksamhetsresultat", "verksamhetens resultat", r"verksamhetens resultat|rorelseresultat"),
        ("finansnetto", "finansnettot", r"finansnetto|summa finansiella (?:poster|kostnader)"),
        (
            "resultat",
            "årets resultat",
            r"(?:arets |budgeterat )?resultat(?:budget)?(?: saldo)?"
            r"|arets resultat(?:budget)?(?: enligt resultatrakningen)?"
            r"|kvar av aret|resultat efter finansiella poster|periodens(?: ?(?:/|och) ?arets)? resultat",
        ),
        (
            "ek_in",
            "eget kapital vid årets början",
            r"ingaende eget kapital|eget kapital(?: vid)? (?:arets|periodens) (?:borjan|ingang)|ib eget kapital"
            r"|eget kapital,? ingaende",
        ),
        (
            "ek_ut",
            "eget kapital vid årets slut",
            r"(?:summa )?(?:utgaende eget kapital(?: sparade medel)?"
            r"|eget kapital(?: vid)? (?:arets|periodens) (?:slut|utgang)"
            r"|eget kapital ub|eget kapital,? utgaende|eget kapital)",
        ),
        ("tillgångar", "tillgångarna", r"summa tillgangar|tillgangar totalt|balansomslutning"),
        (
            "skulder_ek",
            "eget kapital och skulder",
            r"summa (?:eget kapital(?:,)? (?:avsattningar )?och skulder|skulder och eget kapital)",
        ),
        ("skulder", "de kortfristiga skulderna", r"(?:summa )?kortfristiga skulder"),
        ("fordringar", "fordringarna", r"(?:summa )?(?:kortfristiga )?fordringar"),
        (
            "likvida_ut",
            "likvida medel vid årets slut",
            r"likvida medel(?: vid)? (?:(?:arets|periodens) (?:slut|utgang)|3[01] (?:april|augusti|december))"
            r"|kassa och bank(?:tillgodohavanden?)?|likvida medel|utgaende likvida medel",
        ),
        (
            "likvida_in",
            "likvida medel vid årets början",
            r"likvida medel(?: vid)? (?:(?:arets|periodens) (?:borjan|ingang)|1 januari)|ingaende likvida medel",
        ),
        ("kassaflöde", "årets kassaflöde", r"(?:arets|periodens) kassaflode|forandring av likvida medel"),
        ("insatser", "insatserna", r"(?:summa |totalt )insats(?:er|medel)|insatser totalt"),
        ("individ", "individinriktade insatser", r"(?:summa )?individ\w*riktade insatser|individinsatser"),
        ("struktur", "strukturövergripande insatser", r"(?:summa )?struktur\w* insatser|strukturinsatser"),
        (
            "administration",
            "administrationen",
            r"(?:summa )?administration(?:/kansli)?|administrativa kostnader|summa administration(?: och |/)kansli",
        ),
    )
)
ORD = {namn: ord_ for namn, ord_, _ in BEGREPP}

I_TEXT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (namn, re.compile(mönster))
    for namn, mönster in (
        ("resultat", r"\b(?:arets resultat|resultatet)\b(?! i\b| av\b| efter\b| fore\b)"),
        ("ek_ut", r"\beg(?:et|na) kapital(?:et)?\b"),
        ("kostnader", r"\b(?:totala |verksamhetens |sammanlagda |forbundets )kostnader(?:na)?\b|\bkostnaderna\b"),
        ("intäkter", r"\b(?:totala |verksamhetens |sammanlagda |forbundets )intakter(?:na)?\b|\bintakterna\b"),
        ("medlemsbidrag", r"\bmedlemsbidrag(?:et|en)?\b|\bintakter fran medlemmarna\b|\bmedlemsavgifterna\b"),
        ("likvida_ut", r"\blikvida medel\b"),
        ("tillgångar", r"\bbalansomslutning(?:en)?\b"),
        ("skulder", r"\bkortfristiga skulder(?:na)?\b"),
        ("kassaflöde", r"\barets kassaflode\b"),
    )
)
"""How a sentence names a concept; letters folded."""


@lru_cache(maxsize=20_000)
def vik(text: str) -> str:
    """Words folded: no capitals, no marks over letters, single blanks.

    >>> vik("Årets  resultat a)")
    'arets resultat a '
    """
    return re.sub(r"\s+", " ", _SKRÄP.sub(" ", text.replace("\u00ad", "").lower().translate(_VIK).replace("/", "/")))


@lru_cache(maxsize=20_000)
def normal(etikett: str) -> str:
    """A label without marks and what stands in brackets.

    >>> normal("Årets resultat (not 3)"), normal("Soliditet a)"), normal("Förbundschef (70 % av lönekostnad)")
    ('arets resultat', 'soliditet', 'forbundschef')
    """
    return vik(_MÄRKE.sub("", _INOM.sub(" ", etikett).strip())).strip(" -+")


@lru_cache(maxsize=20_000)
def begrepp(etikett: str) -> str:
    """The concept that a label names; empty when it is none of them.

    >>> begrepp("Verksamhetens kostnader"), begrepp("Kassa och bank"), begrepp("Coachingteamet")
    ('kostnader', 'likvida_ut', '')
    """
    text = normal(etikett)
    return next((namn for namn, _, mönster in BEGREPP if mönster.fullmatch(text)), "")


def kan_vara_summa(etikett: str) -> bool:
    """A label of a row that may be a sum, though it does not say so."""
    return är_summa(etikett) or bool(DELVIS_SUMMA.search(normal(etikett)))


def är_summa(etikett: str) -> bool:
    """A label says that its row is a sum."""
    return bool(SUMMA.search(normal(etikett)))
