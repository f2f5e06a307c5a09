"""A goal is about one thing: its words, its insats, the fact that it is tried by and what it is held to agree."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import svenskt_tal
from finsam.model.monster import Mönster
from finsam.model.ord import antal_gånger
from finsam.model.underlag import Insats, Målrad, Planmål
from finsam.statements.redovisning import Redovisning
from finsam.statements.uppgifter import i_modellens_enhet

Mål = Målrad | Planmål

_I_FAKTA = re.compile(r"(?:enkat|deltagare|insats)\.(\w+)\.")
_HÖGST = re.compile(
    r"(?<!\w)(?:högst|max|maximalt|mindre än|färre än|inte (?:vara |bli )?(?:större|fler|mer) än)(?!\w)", re.I
)
_MINST = re.compile(r"(?<!inte )(?<!inte vara )(?<!\w)(?:minst|lägst|mer än|fler än|större än|över)(?!\w)", re.I)
_MER_ÄN = Mönster(r"(?<!\w)(?:mer|fler|större) än \{\s*\w*mal\.", "än", flaggor=re.I)
_ETT_MINST = Mönster(r"(?<!\w)(?:minst|lägst) \{\s*\w*mal\.", flaggor=re.I)
_SAGD_GRÄNS = re.compile(r"(?<!\w)(?:minst|lägst|högst|mer än) \{\s*([a-z][\w.]*)\s*(?:\|[^{}]*)?\}", re.I)
_ENKÄTFRÅGA = Mönster(r"(?<!\w)fråga \{?=?\s*(\d+)", "fråga", flaggor=re.I)
_DELAR = {"en tredjedel": 3, "en fjärdedel": 4, "en femtedel": 5, "hälften": 2, "en tiondel": 10}
_SLAG_AV_INSATS = ("effektmål", "insatsmål")
_ÖNSKAT = Mönster(r"(?:deltagare|möten|besök|medarbetare|nya deltagare)(?!\w)", flaggor=re.I)
"""What a goal in numbers begins with when it is to be reached, not kept below."""
_ÖNSKAT_I_ORD = Mönster(
    r"ska (?:besöka|samla|nå|användas)(?!\w)|deltagare från alla|kommuner med deltagare|besök hos(?!\w)", flaggor=re.I
)
_ÖNSKAD_ANDEL = Mönster(
    r"andelen\b[^.]*?(?:svarar|erbjudits|vet|tycker|kommer vidare|går vidare|gått vidare)(?!\w)"
    r"|ska (?:få säga|gå vidare|komma vidare|erbjudas)(?!\w)",
    flaggor=re.I,
)
"""What as many as possible are to do."""
_OÖNSKAT = Mönster(r"(?<!\w)(?:inte|ingen|utan|saknar|avbr\w+|lång\w*|dålig\w*|sämre|problem|åter)(?!\w)", flaggor=re.I)
_TID = Mönster(r"(?<!\w)tid(?:en)?(?!\w)|skyndsam|väntetid|handläggning", flaggor=re.I)
"""What is to be short."""
_VÄG = re.compile(r"(?<!\w)(?:före|efter)(?!\w)")
_ANTAL = Mönster(
    r"(?:(?:nya|avslutade) )?deltagare(?: i [\w ]+)?(?: under (?:året|\{\s*år\s*\}))?\.?", "deltagare", flaggor=re.I
)
"""What is counted in persons, in all its words."""
_UNDER_ÅRET = Mönster(r"under \{\s*år\s*([+-]\s*\d+)?\s*\}", "under", flaggor=re.I)
_JÄMFÖRT = Mönster(r"(?<!\w)(?:än|mot|jämför\w*|från|sedan)(?!\w)", flaggor=re.I)
MINST_ANDRA = 3
"""How many other goals have a unit for one of them to be told that compares otherwise."""
OLIKA = 5
"""How many times another's the limit of a goal in the same words may be, in per cent."""
MINST_SIFFROR = 3
"""How many figures an outcome has for it to be no chance that it is the same as last year's."""

_KOSTNADSANDEL = re.compile(r"kostnadsandel\.|administrationsandel")
_AV_INTÄKTER = Mönster(r"(?:an)?del av (?:\w+ ){0,3}intäkter\w*", flaggor=re.I)
"""What a share of the costs is not."""


@kontroll(
    "C80",
    "Varje måls ord, insats, fakta och jämförelse handlar om samma sak.",
    saknas="inga mål (bladen Mål och Planmål)",
)
def check_målens_delar(r: Redovisning) -> Kontroll:
    """What is in the cells of a goal agrees, and so do goals that are in the same words."""
    u = r.år.underlag
    insatser = {i.id: i for i in u.insatser}
    överordnat = {mål.id: mål for mål in u.planmål}
    målen: tuple[Mål, ...] = (*u.mål, *u.planmål)
    for mål in målen:
        yield Prövat()
        yield from (_finding(mål, fel) for fel in _fel(mål, insatser))
        if isinstance(mål, Planmål):
            yield from (_finding(mål, fel) for fel in _fel_nivå(mål, överordnat))
    yield from _check_slag(u.planmål)
    yield from _check_gränser(målen, r)
    yield from _check_områden(målen, [område.id for område in u.målområden])
    yield from _check_samma_fakta(målen)
    yield from _check_mer_än(målen)
    yield from _check_målens_år(u.mål)
    yield from _check_samma_ord(u.mål)
    yield from _check_lika_gränser(u.mål)
    yield from _check_enkätfrågor(r)
    yield from _check_förra_utfall(r)


def _check_gränser(målen: Sequence[Mål], r: Redovisning) -> Iterator[Finding]:
    """The figure that a goal says after "at least" is its limit, or that of one of its own rows."""
    for mål in målen:
        egna = [mål, *(ett for ett in målen if isinstance(ett, Planmål) and ett.mål == mål.id)]
        gränser = {
            i_modellens_enhet(tal, ett.enhet) for ett in egna for tal in (ett.gräns, ett.övre) if tal is not None
        }
        for träff in _SAGD_GRÄNS.finditer(mål.mål if isinstance(mål, Målrad) else mål.text) if gränser else ():
            f = r.fakta.get(f"{träff[1]}/{r.år.period}")
            enheter = {enhet for _, enhet in gränser}
            if f is None or f.värde is None or f.enhet not in enheter or "mal." in f.id:
                continue
            if (f.värde, f.enhet) not in gränser:
                yield _finding(mål, f"säger gränsen {{{träff[1]}}}, som ingen av dess rader har. Rätta hänvisningen.")


def _finding(mål: Mål, fel: str) -> Finding:
    var = f"{mål.blad}, rad {mål.rad}"
    return Finding("varning", f"{var}: målet {mål.id} {fel}", var)


def _orden(mål: Mål) -> str:
    return mål.text if isinstance(mål, Planmål) else f"{mål.mål} {mål.mätpunkt}"


def _fel(mål: Mål, insatser: dict[str, Insats]) -> Iterator[str]:
    yield from _fel_insats(mål, insatser)
    yield from _fel_jämförelse(mål)
    yield from _fel_del(mål)
    if mål.enhet == "%" and not mål.fakta and mål.gräns and mål.gräns > 100 and "andel" in _orden(mål).casefold():
        yield f"har gränsen {svenskt_tal(mål.gräns)} %, men en andel är högst hundra. Rätta Gräns."
    if mål.enhet == "%" and _ANTAL.fullmatch(_orden(mål).strip()):
        yield "räknar deltagare, men har enheten %. Rätta Enhet, eller orden."
    yield from _fel_hänvisning(mål)
    ord_ = f"{_orden(mål)} {mål.aktivitet if isinstance(mål, Målrad) else mål.kommentar}"
    if _KOSTNADSANDEL.search(mål.fakta) and (träff := _AV_INTÄKTER.search(ord_)):
        yield f"prövas mot {mål.fakta}, en andel av kostnaderna, men orden säger {träff[0]}. Rätta orden eller Fakta."


def _fel_insats(mål: Mål, insatser: dict[str, Insats]) -> Iterator[str]:
    """The insats of a goal, by its slag, its fact, its id and its words."""
    if not mål.insats and mål.slag in _SLAG_AV_INSATS:
        yield f"är ett {mål.slag} men Insats är tom. Vilken insats gäller det?"
    i_fakta = _I_FAKTA.match(mål.fakta)
    annan = next((i for i in insatser.values() if i.id != mål.insats and mål.id.startswith(f"{i.id}_")), None)
    if mål.insats and i_fakta and i_fakta[1] in insatser and i_fakta[1] != mål.insats:
        yield f"gäller {mål.insats}, men Fakta är {mål.fakta}. Rätta Insats eller Fakta."
    elif mål.insats and annan and not mål.id.startswith(f"{mål.insats}_"):
        yield f"gäller {mål.insats}, men dess id börjar med {annan.id}. Rätta Insats."
    elif not mål.insats and i_fakta and i_fakta[1] in insatser and (andra := _andra_nämnda(mål, insatser, i_fakta[1])):
        yield f"prövas mot {mål.fakta}, men orden nämner {andra[0].namn}. Rätta orden eller Fakta."
    elif mål.insats in insatser and (andra := _andra_nämnda(mål, insatser, mål.insats)):
        yield f"gäller {mål.insats}, men orden nämner {andra[0].namn}. Rätta Insats, eller orden."


def _andra_nämnda(mål: Mål, insatser: dict[str, Insats], egen: str) -> list[Insats]:
    """The insatser that the words name, when they do not name the goal's own."""
    if antal_gånger(_orden(mål), insatser[egen].namn, versal=False):
        return []
    return [i for i in insatser.values() if i.id != egen and antal_gånger(_orden(mål), i.namn)]


def _fel_jämförelse(mål: Mål) -> Iterator[str]:
    """At most or at least, by the words of the goal and by what it is tried by."""
    ord_ = _orden(mål)
    golv, tak = bool(_MINST.search(ord_)), bool(_HÖGST.search(ord_))
    if mål.jämförelse in ("minst", "mer än") and tak and not golv:
        yield f"har jämförelsen {mål.jämförelse}, men orden säger {_HÖGST.search(ord_)[0]}. Rätta Jämförelse."  # type: ignore[index]
    elif mål.jämförelse == "högst" and golv and not tak:
        yield f"har jämförelsen högst, men orden säger {_MINST.search(ord_)[0]}. Rätta Jämförelse."  # type: ignore[index]
    elif mål.jämförelse == "minst" and _MER_ÄN.search(ord_):
        yield "har jämförelsen minst, men orden säger mer än. Rätta Jämförelse."
    elif mål.jämförelse == "mer än" and _ETT_MINST.search(ord_):
        yield "har jämförelsen mer än, men orden säger minst. Rätta Jämförelse."
    elif mål.jämförelse == "högst" and not tak and mål.fakta.startswith(("deltagare.", "enkat.")):
        yield f"har jämförelsen högst, men {mål.fakta} ska väl vara minst gränsen. Rätta Jämförelse."
    elif mål.jämförelse == "högst" and not tak and mål.enhet == "antal" and (vad := _ÖNSKAT.match(ord_)):
        yield f"har jämförelsen högst, men {vad[0].lower()} ska väl vara minst så många. Rätta Jämförelse."
    elif mål.jämförelse == "högst" and not tak and (önskat := _önskat(mål, ord_)):
        yield f"har jämförelsen högst, men ”{önskat}” ska väl vara minst gränsen. Rätta Jämförelse."
    elif mål.jämförelse in ("minst", "mer än") and not golv and mål.enhet == "dagar" and _TID.search(ord_):
        yield f"har jämförelsen {mål.jämförelse}, men tiden ska väl vara högst gränsen. Rätta Jämförelse."
    elif (
        mål.jämförelse in ("minst", "mer än")
        and not golv
        and re.search(r"administrationsandel|kostnadsandel\.administ", mål.fakta)
    ):
        yield f"har jämförelsen {mål.jämförelse}, men {mål.fakta} ska väl vara högst gränsen. Rätta Jämförelse."


def _önskat(mål: Mål, ord_: str) -> str:
    """What the words say that there should be much of."""
    if "insatsandel" in mål.fakta:
        return mål.fakta
    mönster = {"antal": _ÖNSKAT_I_ORD, "%": _ÖNSKAD_ANDEL}.get(mål.enhet)
    träff = mönster.search(ord_) if mönster and not _OÖNSKAT.search(ord_) else None
    return träff[0] if träff else ""


def _fel_hänvisning(mål: Mål) -> Iterator[str]:
    """The limits in the words of a goal are its own, or those of a goal that it is a part of or has as a part."""
    bas = "planmal" if isinstance(mål, Planmål) else "mal"
    för = getattr(mål, "mål", "") if isinstance(mål, Planmål) else ""
    for annat in re.findall(rf"\{{\s*{bas}\.(\w+)\.(?:grans|ovre)", f"{_orden(mål)} {mål.kommentar}"):
        if annat not in (mål.id, för) and not annat.startswith(mål.id) and not mål.id.startswith(annat):
            yield f"har gränsen för målet {annat} i sina ord. Rätta hänvisningen."


def _fel_del(mål: Mål) -> Iterator[str]:
    """A limit in per cent that the goal also says as a part: a third is 33 per cent."""
    sagda = [(ord_, n) for ord_, n in _DELAR.items() if re.search(rf"(?<!\w){ord_}(?!\w)", _orden(mål), re.I)]
    if len(sagda) == 1 and mål.enhet == "%" and mål.gräns is not None and mål.övre is None:
        [(ord_, n)] = sagda
        if abs(mål.gräns - Decimal(100) / n) > 1:
            yield f"har gränsen {svenskt_tal(mål.gräns)} %, men orden säger {ord_}. Rätta Gräns."


def _fel_nivå(mål: Planmål, alla: Mapping[str, Planmål]) -> Iterator[str]:
    """A row belongs to the goal that its id begins with, a row that has others under it is a goal, and they agree."""
    början = re.fullmatch(r"(.*\d)[a-z]", mål.id)
    namn = början[1] if början else mål.id.rpartition("_")[0]
    if not mål.mål and namn in alla and alla[namn].slag == "mål" and mål.slag != "mål":
        yield f"hör efter sitt id till {namn}, men Mål är tom. Fyll i den."
    if mål.övre is not None and mål.jämförelse in ("mer än", "högst"):
        yield f"har en övre gräns men jämförelsen {mål.jämförelse}. Är den mellan?"
    if mål.slag == "aktivitet" and mål.gräns is not None:
        yield "är en aktivitet men har en gräns. Rätta Slag, eller ta bort gränsen."
    över = alla.get(mål.mål)
    if över is None:
        return
    if mål.slag == "mål":
        yield f"är ett mål men hör till {över.id}. Rätta Slag eller Mål."
    if över.slag != "mål":
        yield f"hör till {över.id}, som är {över.slag}. Rätta Slag på {över.blad}, rad {över.rad}, eller Mål."
    golv, tak = _MINST.search(över.text), _HÖGST.search(över.text)
    egna = _MINST.search(mål.text) or _HÖGST.search(mål.text)
    ord_ = tak if mål.jämförelse in ("minst", "mer än") else golv if mål.jämförelse == "högst" else None
    if ord_ and not egna and bool(golv) != bool(tak):
        yield f"har jämförelsen {mål.jämförelse}, men {över.id} (rad {över.rad}) säger {ord_[0]}. Vilket är rätt?"


def _check_slag(målen: Sequence[Planmål]) -> Kontroll:
    """Where goals that are numbered alike stand slag by slag, one amid those of another slag is of theirs."""
    per_början: defaultdict[tuple[str, str], list[Planmål]] = defaultdict(list)
    for mål in målen:
        per_början[mål.id.rstrip("0123456789"), mål.mål].append(mål)
    for grupp in (grupp for grupp in per_början.values() if len(grupp) > MINST_ANDRA):
        yield Prövat()
        slag = [mål.slag for mål in grupp]
        udda = [
            nr
            for nr in range(1, len(slag) - 1)
            if slag[nr - 1] == slag[nr + 1] != slag[nr] and _i_block(slag[:nr] + slag[nr + 1 :])
        ]
        if len(udda) == 1 and not _i_block(slag):
            fel = f"är {slag[udda[0]]} mellan två som är {slag[udda[0] - 1]}, och andra står slag för slag. Rätta Slag."
            yield _finding(grupp[udda[0]], fel)


def _i_block(slag: Sequence[str]) -> bool:
    """Whether all that are the same stand together."""
    return 1 + sum(a != b for a, b in pairwise(slag)) == len(set(slag))


def _check_områden(målen: Iterable[Mål], områden: Sequence[str]) -> Kontroll:
    """A goal whose id begins with an area, or as one alone does, is in it."""
    for mål in målen:
        början = mål.id.partition("_")[0]
        andra = [ett for ett in områden if ett == början or (len(början) > 2 and ett.startswith(början))]
        annat = next((ett for ett in områden if mål.id.startswith(f"{ett}_")), andra[0] if len(andra) == 1 else "")
        yield Prövat(int(bool(annat and mål.område)))
        if annat and mål.område and annat != mål.område and mål.område in områden:
            yield _finding(mål, f"är i området {mål.område}, men dess id börjar med {annat}. Rätta Område.")


def _check_samma_fakta(målen: Sequence[Mål]) -> Kontroll:
    """No two goals are tried by the same fact in the same way."""
    första: dict[tuple[str, str], Mål] = {}
    for mål in målen:
        if not mål.fakta:
            continue
        yield Prövat()
        före = första.setdefault((mål.fakta, mål.jämförelse), mål)
        if före is not mål:
            yield _finding(mål, f"prövas mot {mål.fakta}, som målet {före.id} redan prövas mot. Rätta Fakta.")


def _check_mer_än(målen: Sequence[Mål]) -> Kontroll:
    """A goal that alone of its unit and level is to be more than its limit says so, unless that is nil."""
    grupper: defaultdict[tuple[str, bool], list[Mål]] = defaultdict(list)
    for mål in målen:
        if mål.gräns and mål.jämförelse in ("minst", "mer än"):
            grupper[mål.enhet, isinstance(mål, Planmål)].append(mål)
    for grupp in (grupp for grupp in grupper.values() if len(grupp) > MINST_ANDRA):
        udda = [mål for mål in grupp if mål.jämförelse == "mer än"]
        yield Prövat(len(grupp))
        if len(udda) == 1 and not _MINST.search(_orden(udda[0])):
            fel = f"har jämförelsen mer än, men alla andra mål i {udda[0].enhet} minst, och orden säger inte vilket."
            yield _finding(udda[0], f"{fel} Rätta Jämförelse.")


def _check_målens_år(målen: Sequence[Målrad]) -> Kontroll:
    """Goals that say their year are of the report's, but for one that is compared."""
    sagda = [(mål, träff) for mål in målen if (träff := _UNDER_ÅRET.search(mål.mål))]
    yield Prövat(len(sagda))
    andra = [(mål, träff) for mål, träff in sagda if träff[1]]
    if len(andra) == 1 and len(sagda) > MINST_ANDRA and not _JÄMFÖRT.search(andra[0][0].mål):
        yield _finding(andra[0][0], f"är ”{andra[0][1][0]}”, men alla andra ”under {{år}}”. Rätta året.")


def _check_samma_ord(målen: Sequence[Målrad]) -> Kontroll:
    """Goals in the same words for several insatser are tried by the same question of each."""
    lika: defaultdict[str, list[Målrad]] = defaultdict(list)
    for mål in målen:
        if mål.insats and mål.fakta:
            lika[mål.mål].append(mål)
    for grupp in (grupp for grupp in lika.values() if len(grupp) > 1):
        yield Prövat(len(grupp))
        frågor = {mål.id: mål.fakta.rpartition(".")[2] for mål in grupp}
        antal = Counter(frågor.values())
        for mål in grupp:
            if len(antal) > 1 and antal[frågor[mål.id]] == 1 and frågor[mål.id] not in mål.id:
                fel = f"prövas mot {mål.fakta}, men andra mål med samma ord inte mot den frågan. Rätta Fakta."
                yield _finding(mål, fel)


def _check_lika_gränser(målen: Sequence[Målrad]) -> Kontroll:
    """Goals in the same words for several insatser have limits in per cent of one size."""
    lika: defaultdict[str, list[tuple[Målrad, Decimal]]] = defaultdict(list)
    for mål in målen:
        if mål.insats and mål.enhet == "%" and mål.gräns and mål.gräns > 0:
            lika[mål.mål].append((mål, mål.gräns))
    for grupp in (grupp for grupp in lika.values() if len(grupp) > 1):
        yield Prövat(len(grupp))
        minst, högst = min(grupp, key=lambda ett: ett[1]), max(grupp, key=lambda ett: ett[1])
        if högst[1] > OLIKA * minst[1]:
            fel = f"har gränsen {svenskt_tal(minst[1])} %, men {högst[0].id}, med samma ord, {svenskt_tal(högst[1])} %."
            yield _finding(minst[0], f"{fel} Stämmer båda?")


def _check_enkätfrågor(r: Redovisning) -> Kontroll:
    """The number of a question, where a goal says it, is that of the indikator that it is tried by."""
    frågor = {f"enkat.{i.insats}.{i.id}": i.fråga for i in r.år.underlag.indikatorer}
    for mål in r.år.underlag.mål:
        målets, frågans = (set(_VÄG.findall(ett.casefold())) for ett in (_orden(mål), frågor.get(mål.fakta, "")))
        yield Prövat(int(bool(målets and frågans)))
        if len(målets) == len(frågans) == 1 and målets != frågans:
            yield _finding(
                mål, f"säger {målets.pop()}, men frågan i {mål.fakta} {frågans.pop()}. Rätta den som är fel."
            )
        sagd, egen = _ENKÄTFRÅGA.search(mål.mätpunkt), _ENKÄTFRÅGA.search(frågor.get(mål.fakta, ""))
        yield Prövat(int(bool(sagd and egen)))
        if sagd and egen and sagd[1] != egen[1]:
            fel = f"mäts med fråga {sagd[1]}, men {mål.fakta} är fråga {egen[1]}. Rätta Mätpunkt eller Fakta."
            yield _finding(mål, fel)


def _check_förra_utfall(r: Redovisning) -> Kontroll:
    """An outcome in many figures is not, to the last of them, what last year's was."""
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    då = {mål.id: mål.utfall for mål in förra.mål} if förra else {}
    for mål in r.år.underlag.mål:
        yield Prövat(int(mål.utfall is not None and mål.id in då))
        siffror = str(mål.utfall or "").replace(".", "").strip("0")
        if mål.utfall is not None and mål.utfall == då.get(mål.id) and len(siffror) >= MINST_SIFFROR:
            yield _finding(mål, f"har samma utfall som förra året, {svenskt_tal(mål.utfall)}. Är det årets?")
