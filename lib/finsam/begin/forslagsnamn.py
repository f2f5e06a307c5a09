"""What the words of a name tell: which member it is, what kind of income, which row of the notes, which function.

Local numbers differ between förbund and are sometimes wrong; the names are what the ekonom reads by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from finsam.begin.forslagsrader import PERSONALRADER, Slag
from finsam.model.forbund import Medlem
from finsam.model.ord import vik

INTÄKTER, KOSTNADER = "rr.verksamhetens_intakter", "rr.verksamhetens_kostnader"

_STAT = (
    r"\bstat(?:en|ens|lig\w*)?\b|\bstats(?:bidrag|medel|anslag)|forsakringskassa|arbetsformedling"
    r"|\bf-?kassan\b|\b(?:fk|af)\b"
)
_REGION = r"\bregion|regionen\b|\blandsting"
_KOMMUN = r"\bkommun|\bkn\b|\bk:n\b|kommun\b"
_TYPORD = {"stat": _STAT, "region": _REGION, "kommun": _KOMMUN}
_ALLMÄNNA = re.compile(r"kommuns?|kommunen|stads?|staden|region(?:en)?s?|landsting(?:et)?s?|lans?|i")
_EGENNAMN = re.compile(
    r"\b[Rr]egion(?:en)?\s+([A-ZÅÄÖ][\w-]+)|\b([A-ZÅÄÖ][\w-]+)s?\s+(?:kommun|kn|k:n|stad)\b|\b[Ll]andstinget?\s+([A-ZÅÄÖ][\w-]+)"
)
_INGET_STÄLLE = re.compile(r"bidrag|avgift|medel|erhall|ovrig|intakt|samtliga|fran|region|kommun|stat|ersattning")

_MEDLEMSBIDRAG = re.compile(
    r"medlemsbidrag|medl\w*\.?\s*bidrag|medlemsavgift|driftbidrag|driftsbidrag|\bfinsam-?bidrag"
)
_FRÄMMANDE = (
    (re.compile(r"\beu\b|\beu-|\besf|socialfond|\bamif\b|\berasmus|interreg|europeisk"), "eu"),
    (
        re.compile(
            r"projekt|tillvaxtverket|lansstyrelse|\blansst\b|\blst\b|arvsfond|socialstyrelsen|folkhalsomynd|\bmucf\b"
        ),
        "projekt",
    ),
    (
        re.compile(
            r"lonebidrag|lonestod|anstallningsstod|nystartsjobb|introduktionsjobb|sjuklon|forsaljning|hyresintakt|uthyrning"
            r"|aterbetal|oresavrund|oresutjamn|\b(?:ovr|ovriga?|diverse) (?:int|rorelseint)|\bovriga? ersattning"
            r"|konferensavgift|deltagaravgift"
        ),
        "ovriga",
    ),
)
"""Income that is never a medlemsbidrag, and the row of the note it is."""

_SLAG: dict[Slag, re.Pattern[str]] = {"individ": re.compile(r"individ"), "struktur": re.compile(r"struktur")}
_INSATS = re.compile(
    r"\binsats|insatser\b|individ(?:inrikt|insats|niva)|struktur(?:over|inrikt|insats|pav|ell)|forebyggande insats"
)
_STYRELSE = re.compile(r"arvod|styrelse|fortroende|ledamot|ledamoter|ordforande")

_POSTORD = (
    (re.compile(r"ranteintakt|rantor? bank|\brantor?\b$|utdelning"), "rr.finansiella_intakter", -1),
    (re.compile(r"rantekostnad|drojsmalsrant"), "rr.finansiella_kostnader", 1),
    (re.compile(r"avskrivning|nedskrivning"), "rr.avskrivningar", 1),
)
"""Words that tell a post, and the sign its balance has in a ledger."""


@dataclass(frozen=True, slots=True)
class Kostnadsregel:
    """Words in the name of a cost, and the note row and function they mean. `stark`: they hold whatever the number."""

    ord_: re.Pattern[str]
    not_rad: str
    funktion: str
    stark: bool = True


def _regel(ord_: str, rad: str, funktion: str, *, stark: bool = True) -> Kostnadsregel:
    return Kostnadsregel(re.compile(ord_), f"kostnader.{rad}", f"administration.{funktion}", stark)


_KOSTNADSREGLER = (
    _regel(r"forlorad arbets", "forlorad", "styrelse"),
    _regel(r"sociala? avg|\bsoc\w*\.? ?avg|arbetsgivaravg|arb\w*\.? ?giv\w*\.? ?avg", "sociala", "personal"),
    _regel(r"loneskatt|pension", "pensioner", "personal"),
    _regel(r"revision|revisor", "revision", "revision"),
    _regel(r"forbundschef|forbundssamordnare|verksamhetschef", "forbundschef", "forbundschef"),
    _regel(r"(?<!konsult)(?<!lakar)arvode(?!.*(?:forelas|konsult|handled|moderator|lakar))", "arvoden", "styrelse"),
    _regel(
        r"administrativ|redovisningstjanst|ekonomitjanst|bokforingstjanst|ekonomiadministration",
        "administration",
        "ekonomi",
    ),
    _regel(r"konferens|\bkurs|utbildning|resor\b|resekostn|traktament", "resor", "kansli", stark=False),
    _regel(r"lokalhyr|lokalvard|hyra.{0,12}(?:lokal|kontor)|kontorshyr", "lokal", "lokal", stark=False),
    _regel(r"annons|trycksak|reklam|marknadsf|\binformation", "information", "kansli", stark=False),
    _regel(r"semesterlon|\b(?:manads|tim)?lon(?:er)?\b|lonekostn", "loner", "personal", stark=False),
)
"""The first that fits."""

_BALANSREGLER = (
    (r"moms", "br.fordringar", "fordringar.momsfordran"),
    (r"skattekonto", "br.fordringar", "fordringar.skattekonto"),
    (r"forutbetald|upplup", "br.fordringar", "fordringar.forutbetalda"),
    (r"leverantor", "br.kortfristiga_skulder", "skulder.leverantorsskulder"),
    (r"upplup|forutbetald", "br.kortfristiga_skulder", "skulder.upplupna"),
)

_ADMINISTRATION = (
    (re.compile(r"styrelse|fortroendevald"), "administration.styrelse"),
    (re.compile(r"\brevision"), "administration.revision"),
    (re.compile(r"forbundschef"), "administration.forbundschef"),
    (
        re.compile(
            r"\bkansli|administration|forbundsgemensam|\bgemensam(?:t|ma kostn)|forbundskontor|\boverhead|\bledning\b"
        ),
        "",
    ),
)
"""Words in an objekt's name that make it no insats, and its function; none is that of each konto."""


def slag_i(namn: str) -> Slag | None:
    """The kind of insats that a name says."""
    funna = [slag for slag, ord_ in _SLAG.items() if ord_.search(vik(namn))]
    return funna[0] if len(funna) == 1 else None


def säger_insats(namn: str) -> bool:
    """Whether a name says that it is insatser."""
    return bool(_INSATS.search(vik(namn)))


def post_i(namn: str, saldo_tecken: int) -> str:
    """The post of a result account that its name and the sign of its balance agree on; empty when they tell none."""
    vikt = vik(namn)
    for ord_, post, tecken in _POSTORD:
        if ord_.search(vikt):
            return post if saldo_tecken == tecken else ""
    if _MEDLEMSBIDRAG.search(vikt) and "avgift" not in vikt and saldo_tecken < 0:
        return INTÄKTER
    kostnad = säger_insats(namn) or any(regel.stark and regel.ord_.search(vikt) for regel in _KOSTNADSREGLER)
    return KOSTNADER if kostnad and saldo_tecken > 0 else ""


def kostnad_i(namn: str, numrets_rad: str) -> Kostnadsregel | None:
    """Note row and function by words in the name of a cost.

    Wages of a förbundschef are wages; avgifter on arvoden are the styrelse's.
    """
    vikt = vik(namn)
    regel = next((regel for regel in _KOSTNADSREGLER if regel.ord_.search(vikt)), None)
    if regel is None:
        return None
    if regel.not_rad == "kostnader.forbundschef" and numrets_rad in PERSONALRADER:
        return Kostnadsregel(regel.ord_, numrets_rad, regel.funktion)
    if regel.not_rad == "kostnader.sociala" and _STYRELSE.search(vikt):
        return Kostnadsregel(regel.ord_, regel.not_rad, "administration.styrelse")
    return regel


def balansrad_i(namn: str, post: str) -> str:
    """The note row of a balance account by words in its name; empty when they tell none."""
    vikt = vik(namn)
    return next((rad for ord_, regelns, rad in _BALANSREGLER if regelns == post and re.search(ord_, vikt)), "")


def administration_i(objektets_namn: str) -> str | None:
    """The function of an objekt whose name says that it is no insats: empty for that of each konto, None for others."""
    vikt = vik(objektets_namn)
    return next((funktion for ord_, funktion in _ADMINISTRATION if ord_.search(vikt)), None)


# Members


def medlem_i(namn: str, medlemmar: Iterable[Medlem]) -> Medlem | None:
    """The one member that a name means: by its place, by its initials, or the state's authorities."""
    vikt, alla = vik(namn), tuple(medlemmar)
    träffar = [m for m in alla if m.typ != "stat" and _nämns(m, namn)]
    if not träffar:  # Väsby, for Upplands Väsby
        träffar = [m for m in alla if m.typ != "stat" and len(_ställe(m.namn)) > 1 and _har(vikt, _ställe(m.namn)[-1:])]
    if len({m.typ for m in träffar}) > 1:  # Region Örebro län, and Örebro kommun
        sagd = "region" if re.search(_REGION, vikt) else "kommun"
        träffar = [m for m in träffar if m.typ == sagd]
    if re.search(_STAT, vikt):
        stat = [m for m in alla if m.typ == "stat"]
        träffar += stat if len(stat) == 1 else [m for m in stat if _ord_gemensamma(m.namn, vikt)]
    return träffar[0] if len(träffar) == 1 else None


def _nämns(medlem: Medlem, namn: str) -> bool:
    """Whether a name has a member's place in full, cut short (Norrt.) or as initials (VGR)."""
    vikt, delar = vik(namn), _ställe(medlem.namn)
    if not delar:
        return False
    ord_ = re.sub(r"(?<=\w)regionen\b", " regionen", vik(medlem.namn)).split()
    initialer = "".join(ett[0] for ett in ord_)
    versaler = [vik(ett) for ett in re.findall(r"\w+", namn) if ett.isupper()]
    return (
        _har(vikt, delar)
        or (len(initialer) > 2 and initialer in versaler)
        or any(delar[-1].startswith(avkortat) for avkortat in re.findall(r"\b(\w{4,})\.", vikt))
    )


def _har(vikt: str, delar: Sequence[str]) -> bool:
    """Whether a name has the words of a place together, the first as an initial or not, with or without s."""
    *första, sista = delar
    led = [rf"(?:{re.escape(_utan_s(ord_))}s?|{re.escape(ord_[0])}\.?)" for ord_ in första]
    led.append(rf"{re.escape(_utan_s(sista))}s?(?:kommun\w*|regionen)?")
    return bool(re.search(r"\b" + r"[\s-]+".join(led) + r"\b", vikt))


def _ställe(namn: str) -> list[str]:
    """The words of a member's name that tell which it is.

    >>> _ställe("Upplands-Bro kommun"), _ställe("Region Jönköpings län"), _ställe("Västra Götalandsregionen")
    (['upplands', 'bro'], ['jonkopings'], ['vastra', 'gotalands'])
    """
    ord_ = re.findall(r"\w+", re.sub(r"(?<=\w)regionen\b", " ", vik(namn)))
    return [ett for ett in ord_ if not _ALLMÄNNA.fullmatch(ett)]


def _utan_s(ord_: str) -> str:
    return ord_.removesuffix("s") if len(ord_) > 3 else ord_


def _ord_gemensamma(namn: str, vikt: str) -> bool:
    return any(len(ord_) > 4 and ord_ in vikt for ord_ in re.findall(r"\w+", vik(namn)))


def annan_part(namn: str, medlemmar: Iterable[Medlem]) -> str:
    """A region or kommun that a name names and that no member is; empty when there is none.

    >>> annan_part("Medlemsbidrag Malung-Sälens kommun", ())
    'Malung-Sälens kommun'
    """
    if medlem_i(namn, medlemmar):
        return ""
    träffar = (
        träff
        for träff in _EGENNAMN.finditer(namn)
        if not _INGET_STÄLLE.search(vik("".join(filter(None, träff.groups()))))
    )
    return next((träff[0] for träff in träffar), "")


def typer_i(namn: str) -> Iterator[str]:
    """The kinds of members that a name speaks of."""
    vikt = vik(namn)
    for typ, ord_ in _TYPORD.items():
        if re.search(ord_, vikt):
            yield typ


def är_medlemsbidrag(namn: str) -> bool:
    """Whether a name says medlemsbidrag."""
    return bool(_MEDLEMSBIDRAG.search(vik(namn)))


def främmande_i(namn: str) -> str:
    """The row of income that is never a medlemsbidrag, by words in a name; empty when they tell none."""
    vikt = vik(namn)
    return next((rad for ord_, rad in _FRÄMMANDE if ord_.search(vikt)), "")
