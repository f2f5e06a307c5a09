"""When things are said to happen, against the days of insatser and budget in the sheets, and the law's own."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from finsam.checks.obligatoriskt import datum
from finsam.checks.prosa.ordlista import ordlista
from finsam.checks.texter import tryckta_ord
from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER, antal_gånger, uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Insats
from finsam.statements.redovisning import Redovisning, en_gång

_MÅNAD = "|".join(MÅNADER)
_I_MÅNAD = Mönster(rf"(?<!\w)(?:[iI]|från)\s(?P<månad>{_MÅNAD})(?!\w)", _MÅNAD)
_NÅGON_MÅNAD = re.compile(rf"(?<!\w)(?:{_MÅNAD})(?!\w)")
_SLUT = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{*])|\n\s*\n|\n\s*[-*#] ")
_REVIDERAD = Mönster(
    r"(?:fastställdes|beslutades|antogs|fastställde|beslutade|antog)\s(?:\w+\s){0,3}reviderad\w*\s(?:\w+\s){0,2}budget"
    r"|budgeten\s(?:\w+\s)?reviderades"
    r"|(?:styrelsen|förbundet)\s(?:\w+\s){0,2}?(?:sänkte|höjde|ändrade|reviderade)\s(?:\w+\s){0,3}budget(?:en|erna)(?!\w)",
    "budget",
    "reviderad|sänkte|höjde|ändrade",
    flaggor=re.I,
)
_OM_REVIDERAD = Mönster(r"(?<!\w)reviderad\w*\sbudget", "reviderad", "budget", flaggor=re.I)
_IGEN = re.compile(r"(?<!\w)(?:igen|ytterligare|också|åter|på nytt|nästa|kommande)(?!\w)", re.I)
_BESLUTAR = Mönster(
    r"(?:beslutar?|beslutade|fastställer|fastställde)\s(?:\w+\s){0,5}budget(?:en)?\si\s",
    "budget",
    "beslut|fastställ",
    flaggor=re.I,
)
_LAGENS_DAG = Mönster(rf"senast\sden\s(?P<dag>\d{{1,2}})\s(?P<månad>{_MÅNAD})(?!\w)", "senast", _MÅNAD)
_LAGEN = Mönster(r"2003:1210|finsamlagen|23\s§|samråd", flaggor=re.I)
_DELÅRET = Mönster(rf"(?<!\w)(?:efter|till\soch\smed|per)\s(?P<månad>{_MÅNAD})(?!\w)", _MÅNAD, flaggor=re.I)
_DELÅR = Mönster(r"(?<!\w)delårs(?:bokslut|rapport)", "delårs", flaggor=re.I)
_DELÅRETS_SLUT = MÅNADER[5:8]
"""The months that a delårsrapport may end with: half of the year, and at most two thirds (LKBR 13 kap. 1 §)."""
_DAG = rf"den\s(?P<dag>\d{{1,2}})\s(?P<månad>{_MÅNAD})(?!\w)"
_BÖRJADE = r"(?:började|börjar|startade|startar|öppnade|öppnar)"
_SLUTADE = r"(?:avslutades|avslutas|upphörde|upphör|avvecklades|lades\sned|slutade|slutar)"
_DAG2 = _DAG.replace("dag>", "dag2>").replace("månad>", "månad2>")
_DAGEN = (
    (
        Mönster(rf"{_DAG}\s{_BÖRJADE}(?!\w)|{_BÖRJADE}\s(?:\w+\s)?{_DAG2}", "den", "börja|starta|öppna", flaggor=re.I),
        "från",
    ),
    (
        Mönster(
            rf"{_DAG}\s{_SLUTADE}(?!\w)|(?:{_SLUTADE}|med\savslut)\s(?:\w+\s)?{_DAG2}",
            "den",
            "slut|upphör|avveckl|lades",
            flaggor=re.I,
        ),
        "till",
    ),
)
_TÄNKT = re.compile(r"(?<!\w)(?:skulle|planen var|tidigare|när|annars|delvis)(?!\w)", re.I)
_PERIODEN = Mönster(r"^(?:Projektperiod|Period|Projekttid|Insatsperiod)$", "period|projekttid", flaggor=re.I)
_ÅR = r"(?:\{\s*år\s*(?:[+-]\s*\d+)?\s*\}|\d{4})"
_RÄKNEORD = "|".join(ordlista()["räkneord"])
_ÅR_LÅNG = Mönster(rf"(?P<n>{_RÄKNEORD})\sår(?!\w)", "år", flaggor=re.I)
_PROJEKTETS_ÅR = Mönster(rf"projektets\s(?P<n>{_RÄKNEORD})\sår(?!\w)", "projektets", flaggor=re.I)
_LED = Mönster(
    rf"(?P<d>\d{{1,2}})\s(?P<m>{_MÅNAD})(?:\s(?P<å>{_ÅR}))?|(?<!\w)(?P<m2>{_MÅNAD})(?:\s(?P<å2>{_ÅR}))?", _MÅNAD
)

_BÖRJADE_I = Mönster(
    rf"(?<!\w)[Ii]\s(?P<månad>{_MÅNAD})\s{_BÖRJADE}\s(?:också\s|även\s)?(?=[A-ZÅÄÖ])"
    rf"|(?<!\w)(?:startade|började|öppnade)\si\s(?P<månad2>{_MÅNAD})(?=[.,;]|\soch\s|\smed\sstöd|$)",
    "började|börjar|startade|startar|öppnade|öppnar",
    _MÅNAD,
)
OM_TID = re.compile(r"dagen\sden|till\soch\smed|avsluta|upphör|slutar|slutade|avveckl|lades\sned|tiden\sut")
"""Words without which a sentence says no day of the week, nor when something ends."""
_SLUTAR_ÅR = Mönster(
    rf"(?<!\w)(?:(?P<pågår>pågår|fortsätter|är\sbeslutad|är\sbeslutat|löper)\still\soch\smed\s(?P<år>{_ÅR})"
    rf"|(?:{_SLUTADE}\si|tiden\sut,?\still)\s(?P<månad>{_MÅNAD})\s(?P<år2>{_ÅR}))",
    "till|avslut|upphör|avveckl|lades|slut",
    f"pågår|fortsätter|beslut|löper|{_MÅNAD}",
)
_SLUTAR_NÄR = Mönster(
    rf"(?<!\w){_SLUTADE}\s(?:\w+\s)?(?P<när>till\ssommaren|vid\shalvårsskiftet|till\shösten|vid\sårsskiftet|vid\sårets\sslut)",
    "sommaren|hösten|skiftet|årets",
    "avslut|upphör|avveckl|lades|slut",
)
_NÄR = {
    "till sommaren": range(5, 9), "vid halvårsskiftet": range(6, 8), "till hösten": range(8, 11),
    "vid årsskiftet": range(12, 13), "vid årets slut": range(12, 13),
}  # fmt: skip
_SEDAN_DAGEN = Mönster(
    rf"(?<!\w)sedan\s(?:den\s(?P<dag>\d{{1,2}})\s)?(?P<månad>{_MÅNAD})\s(?P<år>{_ÅR})(?=[.,;)]|$)", "sedan", _MÅNAD
)
_SAMRÅDET = Mönster(
    r"(?<!\w)samråd(?:et(?:\smed\smedlemmarna)?|\smed\smedlemmarna)(?:\som\s(?:\w+\s){0,2}budgeten)?\s"
    rf"(?:hölls|ägde\srum|var)\si\s(?P<månad>{_MÅNAD})(?!\w)",
    "samråd",
    _MÅNAD,
    flaggor=re.I,
)
_REVIDERADE = Mönster(
    r"\s(?:(?:reviderade|ändrade)\s(?:styrelsen|förbundet)\s(?:\w+\s)?|reviderades\s)budgeten(?!\w)",
    "budgeten",
    "reviderade|ändrade",
)
_HAR_FUNNITS = re.compile(r"(?<!\w)(?:är\s(?:en|ett)|finns|har\sfunnits|pågår|har\spågått|drivs)(?!\w)")
ANNAT = Mönster(r"avtal|deltagar|kurs|samarbet|tjänst|utbildning|praktik|anställ|hyr", flaggor=re.I)
"""What may begin or end when the insats does not."""
_VECKODAGAR = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_VECKODAG = Mönster(
    rf"(?<!\w)(?P<veckodag>{'|'.join(_VECKODAGAR)})en\s(?:\w+\s)?den\s"
    rf"(?:\{{\s*uppgift\.(?P<id>\w+)\s*\|\s*datum\s*\}}|(?P<dag>\d{{1,2}})\s(?P<månad>{_MÅNAD})(?:\s(?P<år>{_ÅR}))?)",
    "|".join(_VECKODAGAR),
    flaggor=re.I,
)
_INVESTERADE = Mönster(
    r"\{\s*kf\.investering\b|(?<!\w)(?:köpte|köptes|fick|köpet\sav)\s(?:\w+\s){0,4}?(?:utrustning|inventarier|möbler|en\sbil)(?!\w)",
    "köp|fick|kf.investering",
    flaggor=re.I,
)
_SEDAN_MÅNAD = Mönster(
    rf"(?<!\w)(?:sedan|till\soch\smed)\s(?P<månad>{_MÅNAD})(?!\w)", "sedan|till", _MÅNAD, flaggor=re.I
)
_UPPGIFTER = re.compile(r"\{\s*uppgift\.(\w+)")
NÄRA = 80
"""Letters after a month in which an uppgift is of that month."""
_KÖPT = Mönster(r"köp|fick|skaffa|levere", flaggor=re.I)

Fel = tuple[int, str]
"""Where it stands, and what is wrong."""


def fel_tid(r: Redovisning, fil: str, text: str) -> Iterator[Fel]:
    """The months and days of a text that a day of the sheets, or the law, says otherwise."""
    if not (_NÅGON_MÅNAD.search(text) or OM_TID.search(text)):
        return
    start = 0
    for slut in [*(träff.end() for träff in _SLUT.finditer(text)), len(text)]:
        mening = text[start:slut]
        funna: list[Fel] = []
        if _NÅGON_MÅNAD.search(mening):
            funna += [*_budgeten(r, mening), *_insatsens_dag(r, fil, mening), *_delåret(text, start, mening)]
            funna += [*_började(r, fil, mening), *_investerade(r, mening), *_uppgiftens_månad(r, mening)]
        if "dagen" in mening:
            funna += _veckodagen(r, mening)
        if OM_TID.search(mening):
            funna += _slutar(r, fil, mening)
        yield from ((start + nr, fel) for nr, fel in funna)
        start = slut


def _budgeten(r: Redovisning, mening: str) -> Iterator[Fel]:
    """The month in which the budget was decided or revised, and the last day that the law gives for it."""
    lagens = _LAGENS_DAG.search(mening)
    rätt = lagens and (lagens["dag"], lagens["månad"]) == ("30", MÅNADER[10])
    if lagens and not rätt and "udget" in mening and _LAGEN.search(mening):
        yield lagens.start(), f"”{lagens[0]}”, men lagen säger den 30 november (23 § lag (2003:1210)). Rätta dagen."
    yield from _samrådet(r, mening)
    månader = [*_I_MÅNAD.finditer(mening)]
    if len(månader) != 1 or len(_NÅGON_MÅNAD.findall(mening)) != 1 or _TÄNKT.search(mening) or _IGEN.search(mening):
        return
    [träff] = månader
    if _OM_REVIDERAD.search(mening) and _reviderad(r) is None and (annan := _annan_månad(r, träff["månad"])):
        yield träff.start(), f"”{träff[0]}”, men på andra ställen reviderades budgeten i {annan}. Vilken månad är det?"
    dag, vad = None, ""
    if _REVIDERAD.search(mening[: träff.start()]) or _REVIDERADE.match(mening, träff.end()):
        dag, vad = _reviderad(r), "den reviderade budgeten är beslutad"
    elif beslut := _BESLUTAR.search(mening[: träff.start() + 2]):
        dag, vad = (
            (datum(r, "budgetbeslut"), "budgeten är beslutad") if beslut.end() == träff.start() + 2 else (None, "")
        )
    if dag and MÅNADER[dag.month - 1] != träff["månad"]:
        yield träff.start(), f"”{träff[0]}”, men {vad} den {dag.isoformat()}. Vilken månad är det?"


def _samrådet(r: Redovisning, mening: str) -> Iterator[Fel]:
    """The month in which the members were consulted."""
    dag = datum(r, "medlemssamrad") or datum(r, "samradsdatum")
    for träff in _SAMRÅDET.finditer(mening) if dag and not _TÄNKT.search(mening) else ():
        if dag and MÅNADER[dag.month - 1] != träff["månad"]:
            yield träff.start(), f"”{träff[0]}”, men samrådet var den {dag.isoformat()}. Vilken månad är det?"


def _delåret(text: str, start: int, mening: str) -> Iterator[Fel]:
    """The one month that a delårsrapport is said to end with, where the paragraph says no other."""
    stycke = text[max(0, text.rfind("\n\n", 0, start)) :].lstrip("\n").partition("\n\n")[0]
    månader = [*_DELÅRET.finditer(mening)] if _DELÅR.search(mening) else []
    if len(månader) == 1 and not any(re.search(rf"(?<!\w){ett}(?!\w)", stycke, re.I) for ett in _DELÅRETS_SLUT):
        lagen = "en delårsrapport är för minst hälften och högst två tredjedelar av året (13 kap. 1 § lag (2018:597))"
        yield månader[0].start(), f"”{månader[0][0]}”, men {lagen}: till juni, juli eller augusti. Rätta månaden."


@en_gång
def _revideringen(r: Redovisning) -> Counter[str]:
    """The months of a revised budget, by how often each is said."""
    return Counter(
        månader[0]
        for _, _, text in tryckta_ord(r)
        if _OM_REVIDERAD.search(text)
        for mening in _SLUT.split(text)
        if _OM_REVIDERAD.search(mening) and len(månader := _NÅGON_MÅNAD.findall(mening)) == 1
    )


def _annan_månad(r: Redovisning, månad: str) -> str:
    """The month of the revised budget in all other places, when they are several and this is alone in its own."""
    månader = _revideringen(r)
    andra = [ett for ett in månader if ett != månad]
    return andra[0] if månader[månad] == 1 and len(andra) == 1 and månader[andra[0]] > 1 else ""


def _reviderad(r: Redovisning) -> date | None:
    """The day of the revised budget, when there is one day alone."""
    egen = datum(r, "budgetrevidering")
    dagar = {b.beslutad for b in r.år.underlag.budget if b.version == "reviderad" and b.år == r.år.årtal and b.beslutad}
    return egen or (dagar.pop() if len(dagar) == 1 else None)


def _insatsens_dag(r: Redovisning, fil: str, mening: str) -> Iterator[Fel]:
    """The day on which the insatser that a sentence names begin or end."""
    for mönster, fält in _DAGEN:
        for träff in mönster.finditer(mening):
            dag, månad = träff["dag"] or träff["dag2"], träff["månad"] or träff["månad2"]
            insatser = _nämnda(r, fil, mening, träff)
            dagar = {ett for i in insatser if (ett := getattr(i, fält))}
            if len(dagar) == 1 and all(getattr(i, fält) for i in insatser) and not _TÄNKT.search(mening):
                [rätt] = dagar
                if (int(dag), månad) != (rätt.day, MÅNADER[rätt.month - 1]):
                    namn = " och ".join(i.namn for i in insatser)
                    text = f"”{träff[0]}”, men {namn} är {fält} {rätt.isoformat()} i bladet Insatser."
                    yield träff.start(), f"{text} Vilken dag är det?"


def _vars(r: Redovisning, fil: str, före: str) -> Insats | None:
    """The one insats that the words before name, or that the text is about when they call it the insats."""
    nämnda = [i for i in r.år.underlag.insatser if antal_gånger(före, i.namn) or f"{i.namn}s " in före]
    if not nämnda and re.search(r"(?:^|\W)(?:[Ii]nsatsen|[Pp]rojektet|[Tt]eamet|[Aa]rbetet)(?:\s|$)", före):
        nämnda = [i for i in r.år.underlag.insatser if fil.endswith(f"insats_{i.id}.md")]
    return nämnda[0] if len(nämnda) == 1 else None


def _började(r: Redovisning, fil: str, mening: str) -> Iterator[Fel]:
    """In which month an insats began, said before its name; a month without a year is of the report's own."""
    for träff in _BÖRJADE_I.finditer(mening):
        månad = träff["månad"] or träff["månad2"]
        efter = mening[träff.end() :]
        # "Började Kompassen söka" is of something that it began with.
        insats = next(
            (i for i in r.år.underlag.insatser if re.match(rf"{re.escape(i.namn)}(?:[.,;]|\soch\s|$)", efter)), None
        )
        insats = insats if träff["månad"] else None
        if träff["månad2"]:
            insats = _vars(r, fil, mening[: träff.start()])
        if insats is None or insats.från is None or _TÄNKT.search(mening) or re.search(r"\{\s*år|\d{4}|förra", mening):
            continue
        # Another month after the name is told with the other sheets (manader).
        samma = MÅNADER[insats.från.month - 1] == månad
        annat_år = r.år.rapport is ÅRSREDOVISNING and insats.från.year < r.år.årtal
        if annat_år if samma and träff["månad2"] else träff["månad"] and not samma:
            ord_ = f"”{träff[0].strip()}”, men {insats.namn} är från {insats.från.isoformat()} i bladet Insatser."
            yield träff.start(), f"{ord_} När började den?"
    for träff in _SEDAN_DAGEN.finditer(mening) if _HAR_FUNNITS.search(mening) else ():
        insats = _vars(r, fil, mening[: träff.start()])
        dag = insats.från if insats else None
        sagd = (int(träff["dag"] or 0), träff["månad"], _årtal(träff["år"], r.år.årtal))
        if insats and dag and sagd != (dag.day if träff["dag"] else 0, MÅNADER[dag.month - 1], dag.year):
            ord_ = f"”{träff[0]}”, men {insats.namn} är från {dag.isoformat()} i bladet Insatser."
            yield träff.start(), f"{ord_} Vilken dag är det?"


def _slutar(r: Redovisning, fil: str, mening: str) -> Iterator[Fel]:
    """The year, the month or the season in which an insats ends."""
    for träff in (*_SLUTAR_ÅR.finditer(mening), *_SLUTAR_NÄR.finditer(mening)):
        insats = _vars(r, fil, mening[: träff.start()])
        till = insats.till if insats else None
        if insats is None or till is None or _TÄNKT.search(mening[: träff.start()]):
            continue
        if ANNAT.search(mening[: träff.start()]):
            continue
        if träff.re.pattern == _SLUTAR_NÄR.pattern:
            rätt = till.month in _NÄR[" ".join(träff["när"].split())] and till.year == r.år.årtal
        else:
            rätt = _årtal(träff["år"] or träff["år2"], r.år.årtal) == till.year
            rätt = rätt and (not träff["månad"] or träff["månad"] == MÅNADER[till.month - 1])
        if not rätt:
            ord_ = f"”{träff[0]}”, men {insats.namn} är till {till.isoformat()} i bladet Insatser."
            yield träff.start(), f"{ord_} När slutar den?"


def _veckodagen(r: Redovisning, mening: str) -> Iterator[Fel]:
    """The day of the week of a day; a day without a year may be of the years around the report's."""
    for träff in _VECKODAG.finditer(mening):
        if träff["id"]:
            dagar = [dag] if (dag := datum(r, träff["id"])) else []
        else:
            nr, månad = int(träff["dag"]), MÅNADER.index(träff["månad"]) + 1
            möte = any((m.datum.month, m.datum.day) == (månad, nr) for m in r.år.underlag.möten)
            runt = [r.år.årtal] if möte else [r.år.årtal - 1, r.år.årtal, r.år.årtal + 1]
            åren = [_årtal(träff["år"], r.år.årtal)] if träff["år"] else runt
            dagar = [date(år, månad, nr) for år in åren if 1 <= nr <= monthrange(år, månad)[1]]
        rätta = {_VECKODAGAR[dag.weekday()] for dag in dagar}
        if dagar and träff["veckodag"].lower() not in rätta:
            ord_ = f"”{träff['veckodag']}en”, men {uppräkning([dag.isoformat() for dag in dagar], 'eller')} är en"
            yield träff.start(), f"{ord_} {uppräkning(sorted(rätta), 'eller')}. Vilken dag är det?"


@en_gång
def _inköpen(r: Redovisning) -> frozenset[int]:
    """The months in which something was booked as a tangible or intangible asset that is not written off there."""
    b = r.år.bokföring
    avskrivs = {nr for nr, konto in b.konton.items() if "avskr" in konto.namn.lower()}
    tillgångar = {nr for nr in b.konton if nr.startswith(("10", "11", "12"))} - avskrivs
    return frozenset(
        ver.datum.month
        for konto in tillgångar
        for ver, rad in b.verifikationer.med_konto(konto)[1]
        if ver.datum and rad.belopp > 0
    )


def _investerade(r: Redovisning, mening: str) -> Iterator[Fel]:
    """The month in which the year's investments were made is one in which the ledger has any."""
    månader = [*_I_MÅNAD.finditer(mening)]
    if (
        len(månader) != 1
        or not (_INVESTERADE.search(mening) and _KÖPT.search(mening))
        or _TÄNKT.search(mening)
        or not _inköpen(r)
    ):
        return
    [träff] = månader
    if MÅNADER.index(träff["månad"]) + 1 not in _inköpen(r):
        när = uppräkning([MÅNADER[nr - 1] for nr in sorted(_inköpen(r))])
        yield träff.start(), f"”{träff[0]}”, men i bokföringen är inköpet i {när}. Vilken månad är det?"


def _uppgiftens_månad(r: Redovisning, mening: str) -> Iterator[Fel]:
    """The month from which an uppgift is so, by its own name: sedan april."""
    for träff in _SEDAN_MÅNAD.finditer(mening) if "{" in mening else ():
        första = _UPPGIFTER.search(mening, träff.end(), träff.end() + NÄRA)
        uppgift = r.fakta.get(f"uppgift.{första[1]}/{r.år.period}") if första else None
        egen = _SEDAN_MÅNAD.search(uppgift.definition) if uppgift else None
        if egen and egen["månad"].lower() != träff["månad"].lower():
            yield träff.start(), f"”{träff[0]}”, men uppgiften är ”{egen[0]}” i bladet Uppgifter. Vilken månad är det?"


def _nämnda(r: Redovisning, fil: str, mening: str, dag: re.Match[str]) -> list[Insats]:
    """The insatser that a day is said of: named right after it or right before; in an insats' text its own end."""
    alla = r.år.underlag.insatser
    före, efter = mening[: dag.start()].rstrip(), mening[dag.end() :].strip()
    if any(efter.startswith(i.namn) or före.endswith(i.namn) for i in alla):
        return [i for i in alla if antal_gånger(mening, i.namn)]
    return [i for i in alla if "med avslut" in dag[0] and fil.endswith(f"insats_{i.id}.md")]


# ---------------------------------------------------------------- faktarutor


@en_gång
def _insatser(r: Redovisning) -> Mapping[str, Insats]:
    return {i.id: i for i in r.år.underlag.insatser}


def fel_period(r: Redovisning, insats: str, rubrik: str, text: str) -> str:
    """What is wrong with the period of a faktaruta, by the insats' own days; empty when nothing is."""
    egen = _insatser(r).get(insats)
    if egen is None or not _PERIODEN.match(rubrik):
        return ""
    if (antal := _ÅR_LÅNG.match(text)) and (annat := _annat_antal(r, egen, antal["n"].lower())):
        return f"{rubrik} är ”{text}”, men {annat}."
    led = [*_LED.finditer(text)]
    if len(led) != 2 or (egen.från is None and egen.till is None):
        return ""
    for träff, dag, fält, andra in zip(led, (egen.från, egen.till), ("från", "till"), led[::-1], strict=True):
        if dag is None:
            continue
        år = träff["å"] or träff["å2"] or andra["å"] or andra["å2"]
        rätt = MÅNADER[dag.month - 1] == (träff["m"] or träff["m2"])
        rätt = rätt and (not träff["d"] or int(träff["d"]) == dag.day)
        rätt = rätt and (not år or _årtal(år, r.år.årtal) == dag.year)
        if not rätt:
            return f"{rubrik} är ”{text}”, men {egen.namn} är {fält} {dag.isoformat()} i bladet Insatser."
    return ""


def _annat_antal(r: Redovisning, insats: Insats, sagt: str) -> str:
    """Where a sentence about the insats says that its project is another number of years."""
    for fil, plats, text in tryckta_ord(r):
        for mening in _SLUT.split(text) if insats.namn in text else ():
            träff = _PROJEKTETS_ÅR.search(mening)
            if träff and insats.namn in mening and träff["n"].lower() != sagt:
                return f"”{träff[0]}” i {fil}{', ' if plats else ''}{plats}"
    return ""


def _årtal(text: str, år: int) -> int:
    """A year that is typed, or as `{år-1}`."""
    return int(text) if text.isdigit() else år + int(text.strip("{} ").removeprefix("år").replace(" ", "") or 0)
