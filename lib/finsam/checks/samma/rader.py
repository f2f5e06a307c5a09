"""Rows of a sheet that belong together: the one that says otherwise than all the others, or nothing where they do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.helhet import check_fallna
from finsam.checks.samma.uppgifter import check_uppgifters_ord
from finsam.model.deltagarblad import Indikator
from finsam.model.ord import MÅNADER, uppräkning, vik
from finsam.model.underlag import Målrad, Planmål
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning

MINST = 3
"""How many rows a group has for one of them to be the odd one."""
LIKA: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "Indikatorer": ((("insats",), "svar"), (("id",), "skala"), (("id",), "fråga"), (("id",), "enkätfråga")),
    "Planmål": ((("mål",), "område"),),
    "Mål": ((("mål",), "enhet"), (("mål",), "jämförelse")),
    "Enkätsvar": ((("insats", "enkätfråga"), "skala"), (("insats", "enkätfråga"), "år")),
    "Behov": ((("mått",), "år"), (("mått",), "källa")),
    "Insatsekonomi": ((("benämning",), "id"),),
}
"""What is the same in all rows of a sheet that have the same of something else."""
FÅR_VARA_TOMT = ("Mål",)
"""Sheets where a row may well have nothing where the others have the same: a goal that nobody can try yet."""
I_STÄLLET = {("Indikatorer", "svar"): "enkätfråga", ("Indikatorer", "enkätfråga"): "andel"}
"""What makes a column of a sheet needless in a row where it is filled in."""
IFYLLT: Mapping[str, tuple[str, ...]] = {
    "Möten": ("start", "slut", "plats"),
    "Intern kontroll": ("ansvarig", "läge", "utfall"),
    "Revisionens anmärkningar": ("åtgärd", "ansvarig"),
    "Undertecknare": ("utsedd_av",),
    "Årshjul": ("organ",),
    "Projekt": ("finansiär", "ägare", "tid"),
    "Insatser": ("insatsägare",),
    "Avstämningar": ("av", "datum"),
    "Personal": ("förra",),
    "Målområden": ("mål",),
}
"""Columns besides Källa that may be empty, but hardly in one row alone."""
_HOPPAR_ÖVER = 10
"""One in so many may skip a question of an enkät."""
IFYLLT_BLAND: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "Mål": ((("insats", "slag"), "mätpunkt"), (("slag",), "område")),
    "Undertecknare": ((("organ",), "utsedd_av"),),
    "Indikatorer": ((("insats",), "skala"),),
    "Insatser": ((("slag",), "beviljat"), (("slag",), "budget")),
}
"""Columns that may be empty in one row alone only if it differs from the others also in some other column."""
FÖLJER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Mål": (("gräns", "jämförelse"), ("jämförelse", "gräns"), ("övre", "gräns"), ("gräns", "enhet")),
    "Planmål": (("gräns", "jämförelse"), ("jämförelse", "gräns"), ("övre", "gräns"), ("gräns", "enhet")),
    "Insatser": (("till", "från"),),
    "Möten": (("slut", "start"), ("start", "slut")),
    "Intern kontroll": (("läge", "utfall"),),
    "Projektredovisning": (("förskott", "utbetalt"), ("andel", "stödgrundande")),
    "Revisionens anmärkningar": (("läge", "åtgärd"),),
}
"""What says nothing without the other: a row that has the first has the second."""
EGNA: Mapping[str, tuple[tuple[str, ...], str]] = {
    "Intern kontroll": (("kontroll", "utfall"), ""),
    "Målområden": (("mål",), ""),
    "Planmål": (("text",), ""),
    "Mål": (("aktivitet", "mätpunkt"), ""),
    "Revisionens anmärkningar": (("anmärkning", "åtgärd"), ""),
    "Faktarutor": (("text",), "insats"),
    "Indikatorer": (("fråga",), "insats"),
}
"""Columns in whole sentences that no two rows of a sheet have the same in, or none with the same in the other."""
_BÖRJAN = re.compile(r"[A-ZÅÄÖ]\d*(?=_)|[A-ZÅÄÖ](?=\d)")
"""How ids of goals that belong together begin: M2 of M2_1, S of S1a."""
_MENING = 3
"""Words of a sentence."""
_LÅNG_MENING = 6
_EGEN_RUBRIK = ("syfte", "typ av insats")
"""Headings under which no two insatser have the same, in so many words."""
_STAM = 4
"""Letters that two headings have in common when they are of the same."""
_ÅR_I_MÅL = re.compile(r"\{år[+-]?\d?\}|(?<!\d)20\d\d(?!\d)")
_BRIST = re.compile(r"(?<!\w)(?:saknade|saknar|fattades|brast|brister|fel|försenad)", re.IGNORECASE)
OM = ("kapital", "resultat", "administration", "insats", "medlemsbidrag", "intäkt")
"""Words that the fact of a goal has in its id when the goal is about it (intäkt as intakt)."""


@kontroll(
    "C71",
    "Rader som hör ihop säger detsamma, och har samma saker ifyllda.",
    saknas="inget blad har rader som hör ihop",
)
def check_rader(r: Redovisning) -> Kontroll:
    """No row of a sheet has another value than all the others of its group, or lacks what they, or it, must have."""
    for _, rader in r.år.underlag:
        if isinstance(rader, tuple) and rader:
            yield from _check_lika(rader)
            yield from _check_ifyllt(rader)
            yield from _check_följer(rader)
            yield from _check_egna(rader)
    yield from _check_områden((*r.år.underlag.mål, *r.år.underlag.planmål))
    yield from _check_ett_tomt([rad for rad in r.år.underlag.budgetplan if rad.typ == "grupp"], "summarad")
    yield from _check_årsarbetare(r)
    yield from _check_svarande(r)
    yield from _check_skalor(r)
    yield from _check_målens_fakta((*r.år.underlag.mål, *r.år.underlag.planmål))
    yield from _check_lika_måls_fakta(r.år.underlag.planmål)
    yield from _check_kontrollmoment(r)
    yield from check_uppgifters_ord(r)
    yield from _check_invånare(r)
    yield from _check_månader(r)
    yield from check_fallna(r)


def _check_lika(rader: Sequence[Underlagsrad]) -> Kontroll:
    for av, följer in LIKA.get(rader[0].blad, ()):
        for grupp in _grupper(rader, av):
            värden = Counter(getattr(rad, följer) for rad in grupp)
            [(vanligast, antal), *andra] = värden.most_common()
            yield Prövat(int(len(grupp) >= MINST))
            if len(grupp) < MINST or len(andra) != 1 or antal != len(grupp) - 1 or _tomt(vanligast):
                continue
            udda = next(rad for rad in grupp if getattr(rad, följer) != vanligast)
            i_stället = I_STÄLLET.get((udda.blad, följer))
            onödigt = udda.blad in FÅR_VARA_TOMT or (i_stället and not _tomt(getattr(udda, i_stället)))
            if onödigt and _tomt(getattr(udda, följer)):
                continue
            hur = "är tom" if _tomt(getattr(udda, följer)) else f"är {getattr(udda, följer)}"
            om = ", ".join(f"{_rubrik(udda, ett)} {getattr(udda, ett)}" for ett in av)
            text = f"{_var(udda)}: {_rubrik(udda, följer)} {hur}, men {vanligast} på de andra raderna med {om}."
            yield Finding("varning", f"{text} Vilket är det?", _var(udda))


def _grupper(rader: Iterable[Underlagsrad], av: Sequence[str]) -> Iterable[list[Underlagsrad]]:
    """The rows that have the same in some columns, if they have anything there."""
    grupper: defaultdict[Hashable, list[Underlagsrad]] = defaultdict(list)
    for rad in rader:
        if not any(_tomt(getattr(rad, ett)) for ett in av):
            grupper[tuple(getattr(rad, ett) for ett in av)].append(rad)
    return grupper.values()


def _tomt(värde: object) -> bool:
    return värde is None or värde == ""


def _rubrik(rad: Underlagsrad, fält: str) -> str:
    return str(type(rad).model_fields[fält].alias)


def _var(rad: Underlagsrad) -> str:
    return f"{rad.blad}, rad {rad.rad}"


def _check_ifyllt(rader: Sequence[Underlagsrad]) -> Kontroll:
    """A column that all rows but one have filled in."""
    källa = ("källa",) if "källa" in type(rader[0]).model_fields else ()
    for fält in (*IFYLLT.get(rader[0].blad, ()), *källa):
        yield from _check_ett_tomt(rader, fält)
    for av, fält in IFYLLT_BLAND.get(rader[0].blad, ()):
        for grupp in _grupper(rader, av):
            yield from _check_ett_tomt(grupp, fält)


def _check_ett_tomt(rader: Sequence[Underlagsrad], fält: str) -> Kontroll:
    tomma = [rad for rad in rader if _tomt(getattr(rad, fält))]
    yield Prövat(int(len(rader) >= MINST))
    if len(tomma) == 1 and len(rader) >= MINST:
        text = f"{_var(tomma[0])}: {_rubrik(tomma[0], fält)} är tom, men ifylld på alla andra rader av slaget."
        yield Finding("varning", f"{text} Fyll i den.", _var(tomma[0]))


def _check_områden(målen: Sequence[Målrad | Planmål]) -> Kontroll:
    """A mätpunkt is in the area of its goal, and goals whose ids begin alike are in the same."""
    områden = {mål.id: mål.område for mål in målen}
    per_början: defaultdict[str, list[Målrad | Planmål]] = defaultdict(list)
    for mål in målen:
        målet = mål.mål if isinstance(mål, Planmål) else ""
        hör_till = områden.get(målet, "")
        yield Prövat(int(bool(hör_till)))
        if hör_till and mål.område != hör_till:
            text = f"{_var(mål)}: {mål.id} är i området {mål.område}, men målet {målet} i {hör_till}."
            yield Finding("varning", f"{text} Rätta Område.", _var(mål))
        elif mål.område and (början := _BÖRJAN.match(mål.id)):
            per_början[början[0]].append(mål)
    for namn, alla in per_början.items():
        [(vanligast, antal), *andra] = Counter(mål.område for mål in alla).most_common()
        if len(alla) >= MINST and len(andra) == 1 and antal == len(alla) - 1:
            udda = next(mål for mål in alla if mål.område != vanligast)
            text = f"{_var(udda)}: {udda.id} är i området {udda.område}, men andra som börjar på {namn} i {vanligast}."
            yield Finding("varning", f"{text} Rätta Område.", _var(udda))


def _check_följer(rader: Iterable[Underlagsrad]) -> Kontroll:
    """What is of no use without something else of its row."""
    for rad in rader:
        saknas = [(a, b) for a, b in FÖLJER.get(rad.blad, ()) if not _tomt(getattr(rad, a)) and _tomt(getattr(rad, b))]
        if isinstance(rad, (Målrad, Planmål)) and rad.jämförelse == "mellan" and rad.övre is None:
            saknas.append(("jämförelse", "övre"))
        yield Prövat(int(rad.blad in FÖLJER))
        for a, b in saknas:
            text = f"{_var(rad)}: {_rubrik(rad, a)} är {getattr(rad, a)}, men {_rubrik(rad, b)} är tom."
            yield Finding("varning", f"{text} Fyll i den.", _var(rad))


def _check_egna(rader: Sequence[Underlagsrad]) -> Kontroll:
    """A sentence that two rows have, though they are of different things."""
    kolumner, bland = EGNA.get(rader[0].blad, ((), ""))
    for fält in kolumner:
        första: dict[tuple[str, str], Underlagsrad] = {}
        for rad in rader:
            text = getattr(rad, fält)
            if len(text.split()) < _MENING:
                continue
            yield Prövat()
            före = första.setdefault((text, getattr(rad, bland) if bland else ""), rad)
            if före is rad and rad.blad == "Faktarutor":
                före = _annan_rubrik(text, rad, första.setdefault((text, ""), rad))
            if före is not rad:
                text = f"{_var(rad)}: {_rubrik(rad, fält)} är detsamma som i {_var(före)}. Har texten hamnat fel?"
                yield Finding("varning", text, _var(rad))


def _annan_rubrik(text: str, rad: Underlagsrad, före: Underlagsrad) -> Underlagsrad:
    """The row of another insats that has a whole text under quite another heading, or a long one that is an insats's
    own; else the row itself.
    """
    ena, andra = (vik(getattr(ett, "rubrik", "")) for ett in (rad, före))
    släkt = any(ord_[:_STAM] in andra for ord_ in ena.split() if len(ord_) >= _STAM)
    egen = ena == andra and ena.startswith(_EGEN_RUBRIK) and len(text.split()) >= _LÅNG_MENING
    return före if egen or not (släkt or ena == andra or len(text.split()) <= _MENING) else rad


def _check_årsarbetare(r: Redovisning) -> Kontroll:
    """Heltider are told for all groups or for none: there is no sum otherwise."""
    grupper = r.år.underlag.personal
    tomma = [rad for rad in grupper if rad.årsarbetare is None]
    yield Prövat(len(grupper))
    if 0 < len(tomma) < len(grupper):
        for rad in tomma:
            text = f"{_var(rad)}: Årsarbetare är tom för {rad.grupp}, men ifylld för andra grupper. Fyll i den."
            yield Finding("varning", text, _var(rad))


def _check_svarande(r: Redovisning) -> Kontroll:
    """As many have answered each question of an enkät, but for those that skip one: no question stands alone."""
    svar: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    första = {(rad.insats, rad.enkätfråga): rad for rad in reversed(r.år.underlag.enkätsvar)}
    for rad in r.år.underlag.enkätsvar:
        svar[rad.insats, rad.år][rad.enkätfråga] += rad.antal
    for (insats, _), frågor in svar.items():
        antal = Counter(frågor.values())
        [(vanligast, så_många), *andra] = antal.most_common()
        yield Prövat(int(len(frågor) >= MINST))
        if len(frågor) >= MINST and len(andra) == 1 and så_många == len(frågor) - 1:
            udda, summa = next((fråga, summa) for fråga, summa in frågor.items() if summa != vanligast)
            if 0 < vanligast - summa <= max(1, vanligast // _HOPPAR_ÖVER):
                continue
            rad = första[insats, udda]
            text = f"Enkätsvar: frågan {udda} i {insats} har inte lika många svar som de andra frågorna."
            yield Finding("varning", f"{text} Rätta Antal, eller raderna från rad {rad.rad}.", _var(rad))


def _check_skalor(r: Redovisning) -> Kontroll:
    """The same question counts the same answers in each insats, and none is counted in two rows, or in another's."""
    per_fråga: defaultdict[str, defaultdict[str, list[Indikator]]] = defaultdict(lambda: defaultdict(list))
    svarade = {(rad.insats, rad.enkätfråga) for rad in r.år.underlag.enkätsvar}
    sedda: dict[tuple[str, str, str], Indikator] = {}
    for rad in r.år.underlag.indikatorer:
        per_fråga[rad.fråga][rad.insats].append(rad)
        före = sedda.setdefault((rad.insats, rad.enkätfråga, rad.skala), rad) if rad.enkätfråga else rad
        egen = (rad.insats, rad.id) in svarade and rad.enkätfråga not in ("", rad.id)
        yield Prövat(int(före is not rad or egen))
        if egen or före is not rad:
            fel = f"också på rad {före.rad}" if före is not rad else f"men raden är {rad.id}, som också har svar"
            text = f"{_var(rad)}: Enkätfråga är {rad.enkätfråga}, {fel}. Rätta Enkätfråga."
            yield Finding("varning", text, _var(rad))
    for insatser in per_fråga.values():
        ensamma = [rader[0] for rader in insatser.values() if len(rader) == 1 and rader[0].skala]
        yield Prövat(len(ensamma))
        if len(ensamma) == 2 and len({rad.skala.casefold() for rad in ensamma}) == 2:
            ena, andra = ensamma
            text = f"{_var(ena)} och {andra.rad}: samma fråga räknar {ena.skala} i {ena.insats}, men {andra.skala} i"
            yield Finding("varning", f"{text} {andra.insats}. Vilken skala gäller?", _var(ena))


def _check_målens_fakta(målen: Iterable[Målrad | Planmål]) -> Kontroll:
    """The fact that a goal is tried by is of what its words are about, and a goal about the budget's sums has one."""
    for mål in målen:
        ord_ = (mål.text if isinstance(mål, Planmål) else f"{mål.mål} {mål.mätpunkt}").casefold()
        sagda = [ett for ett in OM if ett in ord_]
        i_fakta = [ett for ett in OM if ett.replace("ä", "a") in mål.fakta]
        yield Prövat(int(bool(sagda and i_fakta)))
        if sagda and i_fakta and not set(sagda) & set(i_fakta):
            text = f"{_var(mål)}: målet {mål.id} handlar om {sagda[0]}, men Fakta är {mål.fakta}."
            yield Finding("varning", f"{text} Rätta Fakta.", _var(mål))
        om_budgeten = mål.enhet in ("kr", "tkr") or any(ett in ord_ for ett in OM[:3])
        if isinstance(mål, Planmål) and not mål.fakta and mål.gräns is not None and om_budgeten:
            text = f"{_var(mål)}: målet {mål.id} har en gräns men inget Fakta, så budgeten prövas inte mot den."
            yield Finding("varning", f"{text} Skriv faktat, t.ex. budget.resultat.", _var(mål))


def _check_lika_måls_fakta(målen: Sequence[Planmål]) -> Kontroll:
    """Goals in the same words but for the year are tried alike: by a fact each, or none."""
    lika: defaultdict[tuple[str, str, str], list[Planmål]] = defaultdict(list)
    for mål in målen:
        if mål.gräns is not None:
            lika[mål.mål, mål.enhet, _ÅR_I_MÅL.sub("", mål.text)].append(mål)
    for grupp in lika.values():
        yield Prövat(int(len(grupp) > 1))
        utan = [mål for mål in grupp if not mål.fakta]
        if len(grupp) > 1 and len(utan) == 1:
            annan = next(mål for mål in grupp if mål.fakta)
            text = f"{_var(utan[0])}: målet {utan[0].id} har inget Fakta, men {annan.id} i samma ord har {annan.fakta}."
            yield Finding("varning", f"{text} Fyll i det.", _var(utan[0]))


def _check_kontrollmoment(r: Redovisning) -> Kontroll:
    """What an internal control showed is in words what its läge says."""
    for rad in r.år.underlag.intern_kontroll:
        inget = bool(re.match(r"(?:inga|inget|ingen|utan)(?!\w)", rad.utfall.casefold()))
        yield Prövat(int(bool(rad.utfall)))
        brist = not inget and bool(_BRIST.search(rad.utfall))
        if (rad.läge == "med anmärkning" and inget) or (rad.läge == "utan anmärkning" and brist):
            text = f"{_var(rad)}: Läge är {rad.läge}, men utfallet är: {rad.utfall}. Vilket är det?"
            yield Finding("varning", text, _var(rad))


def _check_invånare(r: Redovisning) -> Kontroll:
    """A year that has the invånare of some kommuner has those of all."""
    kommuner = {m.id for m in r.år.förbund.medlemmar if m.typ == "kommun"}
    rader = [rad for rad in r.år.underlag.medlemsbidrag if rad.medlem in kommuner and rad.belopp]
    med = {rad.år for rad in rader if rad.invånare is not None}
    yield Prövat(len(med))
    for rad in rader:
        if rad.år in med and rad.invånare is None:
            text = f"{_var(rad)}: Invånare är tom för {rad.medlem} {rad.år}, men ifylld för andra kommuner. Fyll i den."
            yield Finding("varning", text, _var(rad))


def _check_månader(r: Redovisning) -> Kontroll:
    """The årshjul goes through the year in order, but for what is added last; one row out of its place is misdated."""
    rader = r.år.underlag.årshjul
    månader = [rad.månad for rad in rader]
    yield Prövat(len(rader))
    if len(rader) <= MINST or _går_runt(månader):
        return
    for nr, rad in enumerate(rader[:-1]):
        grannar = [*månader[max(nr - 1, 0) : nr], månader[nr + 1]]
        if _går_runt(månader[:nr] + månader[nr + 1 :]) and not min(grannar) <= rad.månad <= max(grannar):
            mellan = uppräkning(MÅNADER[ett - 1] for ett in grannar)
            text = f"{_var(rad)}: {rad.händelse} är i {MÅNADER[rad.månad - 1]}, men raderna bredvid i {mellan}."
            yield Finding("varning", f"{text} Rätta Månad, eller flytta raden.", _var(rad))
            return


def _går_runt(månader: Sequence[int]) -> bool:
    """Whether months come in order, from any of them on.

    >>> _går_runt([8, 9, 12, 1, 6]), _går_runt([2, 5, 1, 11])
    (True, False)
    """
    return sum(ett > annat for ett, annat in zip(månader, (*månader[1:], *månader[:1]), strict=True)) <= 1
