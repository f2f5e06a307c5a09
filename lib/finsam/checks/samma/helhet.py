"""What a list should have whole: ids in a row, all kommuner and both sexes; and what is in it twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.kallor import check_källornas_år
from finsam.model.planblad import Årshjulsrad
from finsam.model.underlag import Budgetrad, Insats
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning

_LÖPANDE = re.compile(r"(?P<före>(?:.*\D)?)(?P<nr>\d{1,2})|(?P<för>.*\d)(?P<bokstav>[a-h])")
"""An id that ends with a number, or with a letter after one: M1_2, I3b."""
MINST_AV_EN_SORT = 4
MINST_ÅR = 3
"""How many years a post has for one that it is missing to be told."""
_UTOM_SIFFROR = re.compile(r"[^\d\s]+")
_DATUM = re.compile(r"\d{4}-\d\d-\d\d")
_ISO = re.compile(r"^\D{0,12}(\d{4}-\d\d-\d\d)(?: till | ?– ?| - )(\d{4}-\d\d-\d\d)")
_ORDNINGSTAL = re.compile(r"(?:första|andra|tredje|fjärde|sista)\s")
MINST_GEMENSAMT = {2: 5, 3: 3}
"""How many lines the faktarutor of two others, or more, have in common for one that is missing to be told."""
MINST_MÅTT = 3
_HÄNVISNING = re.compile(r"\s*\{[^{}]*\}")
ORD_OM = ("kapital", "resultat", "likvid", "fordring", "skuld", "intäkt", "kostnad")


@kontroll(
    "C77",
    "Ingen rad har fallit bort ur en följd, och inget avsnitt står två gånger.",
    saknas="inget blad har rader i följd",
)
def check_helhet(r: Redovisning) -> Kontroll:
    """Ids go on without a gap, a table of kommuner and sexes is whole, and a source is of one day."""
    u = r.år.underlag
    for rader in (u.mål, u.planmål, u.målområden):
        yield from _check_följd([(rad.id, rad) for rad in rader])
    nummer = sorted(rad.nr for rad in u.beslut)
    yield Prövat(len(nummer))
    if nummer != list(range(1, len(nummer) + 1)):
        text = f"Beslut: punkterna har nummer {', '.join(map(str, nummer))}, inte 1–{len(nummer)} i följd."
        yield Finding("varning", f"{text} Har en rad fallit bort, eller är Nr fel?", "Beslut")
    yield from _check_behov(r)
    yield from _check_årens_poster(r)
    for _, alla in u:
        if isinstance(alla, tuple) and alla and "källa" in type(alla[0]).model_fields:
            yield from _check_källor(alla)
    yield from check_källornas_år(r)
    yield from _check_ordningstal(r)
    yield from _check_avsnitt(r)
    yield from _check_perioder(r)
    for extra in r.år.förbund.driftredovisning_extra:
        om = [ord_ for ord_ in ORD_OM if ord_ in extra.etikett.casefold()]
        yield Prövat(int(bool(om)))
        if om and not any(ord_.replace("ä", "a") in extra.fakta for ord_ in om):
            text = f"driftredovisning_extra: {extra.etikett} är {extra.fakta}, som inte handlar om {om[0]}."
            yield Finding("varning", f"{text} Rätta fakta i forbund.yml.", "forbund.yml")


def _check_ordningstal(r: Redovisning) -> Kontroll:
    """What is the first, second … of the year stands once in the årshjul."""
    sedda: dict[str, Årshjulsrad] = {}
    for rad in r.år.underlag.årshjul:
        om = " ".join(rad.händelse.casefold().split())
        if not _ORDNINGSTAL.match(om):
            continue
        yield Prövat()
        if om in sedda:
            text = f"Årshjul, rad {rad.rad}: {rad.händelse} står också på rad {sedda[om].rad}. Vilken händelse är det?"
            yield Finding("varning", text, f"Årshjul, rad {rad.rad}")
        sedda.setdefault(om, rad)


def _check_följd(rader: Sequence[tuple[str, Underlagsrad]]) -> Kontroll:
    """Numbers or letters at the end of ids that begin alike go on from 1 or a."""
    följder: defaultdict[tuple[str, bool], dict[int, Underlagsrad]] = defaultdict(dict)
    for id_, rad in rader:
        if träff := _LÖPANDE.fullmatch(id_):
            bokstav = träff["bokstav"]
            nr = ord(bokstav) - ord("a") + 1 if bokstav else int(träff["nr"])
            följder[träff["för"] or träff["före"], bool(bokstav)].setdefault(nr, rad)
    for (början, bokstav), funna in följder.items():
        yield Prövat(int(len(funna) > 1))
        for ett, annat in pairwise(sorted({0, *funna})) if len(funna) > 1 and min(funna) <= 2 else ():
            if annat != ett + 1:
                saknas = [f"{början}{chr(96 + nr) if bokstav else nr}" for nr in range(ett + 1, annat)]
                rad = funna[annat]
                text = f"{rad.blad}: {', '.join(saknas)} saknas före {början}{chr(96 + annat) if bokstav else annat}"
                yield Finding(
                    "varning", f"{text} (rad {rad.rad}). Har en rad fallit bort?", f"{rad.blad}, rad {rad.rad}"
                )


def _check_årens_poster(r: Redovisning) -> Kontroll:
    """One post alone is not missing one year alone, when it is there all others."""
    finns = {(rad.post, rad.år) for rad in r.år.underlag.flerårsöversikt}
    poster, åren = {post for post, _ in finns}, {år for _, år in finns}
    alltid = {post for post in poster if sum((post, år) in finns for år in åren) >= len(åren) - 1}
    saknas = [(post, år) for post in sorted(alltid) for år in åren if (post, år) not in finns]
    yield Prövat(len(alltid))
    if len(saknas) == 1 and len(åren) >= MINST_ÅR and saknas[0][1] != min(åren):
        text = (
            f"Flerårsöversikt: {saknas[0][0]} saknas {saknas[0][1]}, men finns alla andra år. Har en rad fallit bort?"
        )
        yield Finding("varning", text, "Flerårsöversikt")


def _check_behov(r: Redovisning) -> Kontroll:
    """Where a measure is given for kommuner, it is for all of them, and for both sexes where it is for one."""
    alla = {m.id for m in r.år.förbund.medlemmar if m.typ == "kommun"}
    per_mått: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for rad in r.år.underlag.behov:
        per_mått[rad.mått].add((rad.plats, rad.kön))
    for mått, finns in per_mått.items():
        platser = {plats for plats, _ in finns} & alla
        yield Prövat(int(len(platser) > 1))
        borta = sorted(alla - platser) if len(platser) > 1 and len(alla - platser) == 1 else []
        for plats in sorted({plats for plats, _ in finns}):
            kön = {kön for ett, kön in finns if ett == plats}
            if len(kön & {"kvinnor", "män"}) == 1:
                borta.append(f"{plats} ({'män' if 'kvinnor' in kön else 'kvinnor'})")
        if borta:
            text = f"Behov: måttet {mått} saknas för {', '.join(borta)}. Har en rad fallit bort?"
            yield Finding("varning", text, "Behov")


def _check_källor(rader: Iterable[Underlagsrad]) -> Kontroll:
    """Sources that are the same but for the day: one that alone has another."""
    lika: defaultdict[str, list[Underlagsrad]] = defaultdict(list)
    alla = [*rader]
    for rad in alla:
        if len(_DATUM.findall(rad.källa)) == 1:  # type: ignore[attr-defined]
            lika[_DATUM.sub("", rad.källa)].append(rad)  # type: ignore[attr-defined]
    yield from _check_utan_dag(alla, lika)
    versioner: defaultdict[tuple[int, str], list[Underlagsrad]] = defaultdict(list)
    for rad in (rad for rad in alla if isinstance(rad, Budgetrad)):
        versioner[rad.år, rad.version].append(rad)
    for grupp in versioner.values():
        källor = Counter(rad.källa for rad in grupp)  # type: ignore[attr-defined]
        [(vanlig, antal), *andra] = källor.most_common()
        if len(grupp) >= MINST_AV_EN_SORT and len(andra) == 1 and antal == len(grupp) - 1 and andra[0][0]:
            udda = next(rad for rad in grupp if rad.källa != vanlig)  # type: ignore[attr-defined]
            if _UTOM_SIFFROR.findall(vanlig) == _UTOM_SIFFROR.findall(udda.källa):  # type: ignore[attr-defined]
                text = f"Budget, rad {udda.rad}: källan är {andra[0][0]}, på de andra raderna {vanlig}."
                yield Finding("varning", f"{text} Vilken är det?", f"Budget, rad {udda.rad}")
    for grupp in lika.values():
        dagar = Counter(_DATUM.findall(rad.källa)[0] for rad in grupp)  # type: ignore[attr-defined]
        [(vanligast, antal), *andra] = dagar.most_common()
        yield Prövat(int(len(grupp) >= MINST_AV_EN_SORT))
        if len(grupp) >= MINST_AV_EN_SORT and len(andra) == 1 and antal == len(grupp) - 1:
            udda = next(rad for rad in grupp if vanligast not in rad.källa)  # type: ignore[attr-defined]
            text = f"{udda.blad}, rad {udda.rad}: källan är av den {andra[0][0]}, på andra rader {vanligast}."
            yield Finding("varning", f"{text} Vilken dag är det?", f"{udda.blad}, rad {udda.rad}")


def _check_utan_dag(alla: Iterable[Underlagsrad], lika: Mapping[str, Sequence[Underlagsrad]]) -> Kontroll:
    """A source without the day that the others of the same words all have."""
    med_dag = {" ".join(källa.split()): grupp for källa, grupp in lika.items()}
    utan: defaultdict[str, list[Underlagsrad]] = defaultdict(list)
    for rad in alla:
        if (källa := " ".join(rad.källa.split())) in med_dag and källa:  # type: ignore[attr-defined]
            utan[källa].append(rad)
    for källa, [rad, *fler] in utan.items():
        if not fler and len(med_dag[källa]) >= MINST_AV_EN_SORT - 1:
            text = f"{rad.blad}, rad {rad.rad}: källan är ”{källa}” utan dag, på de andra raderna med. Vilken dag?"
            yield Finding("varning", text, f"{rad.blad}, rad {rad.rad}")


def _check_avsnitt(r: Redovisning) -> Kontroll:
    for rapport, val in r.år.förbund.rapporter.items():
        antal = Counter(val.avsnitt)
        yield Prövat(len(antal))
        for namn in (namn for namn, nr in antal.items() if nr > 1):
            text = f"Avsnittet {namn} står {antal[namn]} gånger i rapporten {rapport}. Ta bort det ena i forbund.yml."
            yield Finding("varning", text, "forbund.yml")


def _check_perioder(r: Redovisning) -> Kontroll:
    """The period in a faktaruta is that of the insats."""
    insatser = {i.id: i for i in r.år.underlag.insatser}
    for rad in r.år.underlag.faktarutor:
        insats, träff = insatser.get(rad.insats), _ISO.match(rad.text)
        if not insats or not insats.från or not insats.till:
            continue
        tom = "period" in rad.rubrik.casefold() and not träff and _DATUM.search(rad.text)
        yield Prövat(int(bool(träff or tom)))
        rätt = (insats.från.isoformat(), insats.till.isoformat())
        if tom or (träff and träff.groups() != rätt):
            text = f"Faktarutor, rad {rad.rad}: {rad.text} Insatsen är från {rätt[0]} till {rätt[1]} i bladet Insatser."
            yield Finding("varning", f"{text} Vilket är rätt?", f"Faktarutor, rad {rad.rad}")


# What one alone lacks


def check_fallna(r: Redovisning) -> Kontroll:
    """What one alone lacks of what all others of its kind have."""
    yield from _check_faktarutor(r)
    yield from _check_totaler(r)


def _check_faktarutor(r: Redovisning) -> Kontroll:
    """The faktarutor of a slag have the same lines, of insatser that go on all the year."""
    rutor: defaultdict[str, set[str]] = defaultdict(set)
    for rad in r.år.underlag.faktarutor:
        rutor[rad.insats].add(_HÄNVISNING.sub("", rad.rubrik))
    hela = {i.id: i for i in r.år.underlag.insatser if i.id in rutor and _hela_året(i, r.år.årtal)}
    for slag in ("individ", "struktur"):
        egna = {id_: rutor[id_] for id_, i in hela.items() if i.slag == slag}
        yield Prövat(len(egna))
        for id_, rubrik in _udda(egna).items():
            text = f"Faktarutor: {hela[id_].namn} har ingen rad {rubrik}, som alla andra insatser av slaget."
            yield Finding("varning", f"{text} Har en rad fallit bort?", "Faktarutor")


def _hela_året(insats: Insats, år: int) -> bool:
    return not (insats.från and insats.från > date(år, 1, 1)) and not (insats.till and insats.till < date(år, 12, 31))


def _udda(rutor: Mapping[str, set[str]]) -> dict[str, str]:
    """The insatser that lack just one line of those that all the others have in common, and that line."""
    funna = {}
    for id_, egna in rutor.items():
        andra = [ett for annat, ett in rutor.items() if annat != id_]
        if len(andra) < min(MINST_GEMENSAMT):
            continue
        gemensamt = set.intersection(*andra)
        saknas = gemensamt - egna
        if len(saknas) == 1 and len(gemensamt) >= MINST_GEMENSAMT[min(len(andra), max(MINST_GEMENSAMT))]:
            funna[id_] = saknas.pop()
    return funna


def _check_totaler(r: Redovisning) -> Kontroll:
    """A mått that is given for kvinnor and män has its total too, where all others have."""
    delar: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for rad in r.år.underlag.deltagare:
        if not rad.kommun:
            delar[rad.insats, rad.mått, rad.år].add(rad.kön)
    utan = [nyckel for nyckel, kön in delar.items() if kön == {"kvinnor", "män"}]
    med = [nyckel for nyckel, kön in delar.items() if "" in kön and len(kön) > 1]
    yield Prövat(len(med))
    if len(utan) == 1 and len(med) >= MINST_MÅTT:
        insats, mått, år = utan[0]
        text = f"Deltagare: {mått} i {insats} {år} har kvinnor och män men ingen rad för alla, som andra mått."
        yield Finding("varning", f"{text} Har en rad fallit bort?", "Deltagare")
