"""Direction: what a sentence says rose, fell, was better than budget or the same, by the figures that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet, har_tal
from finsam.checks.prosa.ordlista import grupp_av, kärnor, något_av
from finsam.checks.prosa.pastaende import RESULTAT, Påstående, jämförbara
from finsam.model.belopp import NOLL
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster

Faktamängd = Mapping[str, Fakta]

_UPP, _NED = ("ökning", "förbättring", "högre", "bättre"), ("minskning", "försämring", "lägre", "sämre")
_FÖRÄNDRING = ("ökning", "minskning", "förbättring", "försämring")
_MER = ("högre", "lägre", "bättre", "sämre")
_VÄRDERAR = ("förbättring", "försämring", "bättre", "sämre")

_SATSGRÄNS = re.compile(
    r";|\s–\s|,\s(?:och|men|medan|eftersom|fast|trots\satt|även\som|därför\satt|samtidigt\ssom|så\satt|för\satt|för)\s"
    r"|\s(?:men|medan|eftersom|trots\satt|samtidigt\ssom|därför\satt|även\som)\s"
)
_VID = rf"{EJ_T}{{0,60}}?"
_FRÅN_TILL = Mönster(
    rf"(?<!\w)från\s{_VID}(?P<a>{T}){_VID}(?<!\w)till\s{EJ_T}{{0,40}}?(?P<b>{T})"
    rf"|(?<!\w)till\s{EJ_T}{{0,40}}?(?P<b2>{T}){_VID}(?<!\w)från\s{EJ_T}{{0,40}}?(?P<a2>{T})",
    "från",
    "till",
)
_MOT = r"(?:mot|jämfört\smed|i\sjämförelse\smed|att\sjämföra\smed)"
_TILL_MOT = Mönster(
    rf"(?<!\w)till\s{EJ_T}{{0,40}}?(?P<b>{T}),?\s(?:{EJ_T}{{0,20}}?\s)?{_MOT}\s{EJ_T}{{0,40}}?(?P<a>{T})",
    "till",
    "mot|jämför",
)
_EN_ÖKNING = Mönster(
    rf"(?P<b>{T}),\s(?:alltså\s)?en\s(?P<ord>{något_av('ökning', 'minskning')})\sfrån\s{EJ_T}{{0,25}}?(?P<a>{T})",
    "från",
    kärnor("ökning", "minskning"),
)
_ÄN_SÅ = Mönster(
    rf"(?P<ord>{något_av('högre', 'lägre')})\s(?:\w+\s)?än\s(?:\w+\s)?(?:{ÅR}|{något_av('förra året', 'budget')})[:,]\s"
    rf"{EJ_T}{{0,15}}?(?P<b>{T})\s{_MOT}\s{EJ_T}{{0,15}}?(?P<a>{T})",
    "än",
    "mot|jämför",
)
_LIKA_MOT = Mönster(
    rf"(?<!\w)(?P<ord>oförändra(?:d|t|de)),?\s{EJ_T}{{0,10}}?(?P<b>{T}),?\s{_MOT}\s{EJ_T}{{0,15}}?(?P<a>{T})",
    "oförändra",
    "mot|jämför",
)
_DEL_MOT = Mönster(
    rf"(?P<ord>{något_av('högre', 'lägre')})\s(?:del|andel)(?!\w){EJ_T}*?(?P<b>{T}),?\s{_MOT}\s"
    rf"{EJ_T}{{0,40}}?(?P<a>{T})",
    "del",
    "mot|jämför",
    "fler|färre|högre|lägre|mer|mindre|större",
)
_MELLAN = rf"(?:{EJ_T}{{0,30}}?)"
_ÄN = Mönster(
    rf"(?P<b>{T}){_MELLAN}(?<!\w)(?P<ord>{något_av(*_MER)}),?\s?(?:än)\s(?P<m>{EJ_T}{{0,40}}?)(?P<a>{T})"
    rf"|(?<!\w)(?P<ord2>{något_av(*_MER)})[\s,]{{1,2}}(?P<b2>{T}),?\sän\s(?P<m2>{EJ_T}{{0,40}}?)(?P<a2>{T})",
    "än",
    "bättre|fler|färre|högre|lägre|mer|mindre|större|sämre",
)
_ÄN_FÖRRA = Mönster(
    rf"(?P<ord>{något_av(*_MER)})(?:\s\w+)?\sän\s(?:det\s|den\s|de\s)?(?:{något_av('förra året')}"
    rf"|(?:år\s|under\s)?(?P<år>{ÅR}))",
    "än",
    "bättre|fler|färre|högre|lägre|mer|mindre|större|sämre",
)
_BUDGETENS = r"(?:vad|som|var|är|den|sin|sina|årets|reviderade|ursprungliga|beslutade)"
_ÄN_BUDGET = Mönster(
    rf"(?:(?P<d>{T})\s)?(?P<ord>{något_av(*_MER)})\sän\s(?:{_BUDGETENS}\s)*{något_av('budget')}",
    "än",
    "budget|planerat",
)
_MER_ENSAMT = Mönster(
    rf"(?P<d>{T})\s(?P<ord>{något_av('högre', 'lägre')})(?=[.,]|$)", "fler|färre|högre|lägre|mer|mindre|större"
)
_LIKA = Mönster(
    rf"(?<!\w)lika\s(?:mycket|stor[at]?|hög[at]?|många|låg[at]?)\ssom\s(?:under\s)?{något_av('förra året')}"
    rf"|(?<!\w)samma\s(?:\w+\s)?som\s(?:under\s)?{något_av('förra året')}"
    rf"|(?<!\w)(?:oförändra(?:d|t|de)|detsamma|densamma|desamma)(?!\w)"
    rf"(?=[^.]*{något_av('förra året')}|\s(?:från|mot|sedan|jämfört))",
    "lika|oförändra|samma",
)
_ÄN_I_ÅR = Mönster(rf",\s(?:\w+\s)?(?P<ord>{något_av('högre', 'lägre')})\sän\si\sår(?!\w)", "än", "år")
_NÄSTA_ÅR = {"uppgift.medlemsbidrag_nasta_ar": "medlemsbidrag"}
"""What is known of next year, and the fact of this year that it is held against."""
_MED = Mönster(
    rf"(?P<ord>{något_av(*_FÖRÄNDRING)}){EJ_T}{{0,40}}?(?<!\w)(?:med|på)\s(?P<d>{T})", "med|på", kärnor(*_FÖRÄNDRING)
)
_TILL = Mönster(
    rf"(?P<ord>{något_av('ökning', 'minskning')}){EJ_T}{{0,40}}?(?<!\w)till\s(?P<b>{T}(?:(?:,\s|\soch\s){T})*)",
    "till",
    kärnor("ökning", "minskning"),
)
_DELTA = {"kf.arets_kassaflode": 1, "kf.skulder": 1, "kf.fordringar": -1}
"""Facts that are a change, and the sign that says that something rose."""


def read_riktning(mening: Mening, fakta: Faktamängd) -> Iterator[Påstående]:
    """What the sentence says of how its figures stand to each other, to those of the year before and to the budget."""
    for sats in satser(mening.text) if har_tal(mening.text) else ():
        talen = mening.talen(sats)
        lästa = [*_parvis(mening, sats)] if len(talen) > 1 else []
        yield from lästa
        if talen and not lästa:
            yield from _mot_andra(mening, sats, talen, fakta)
    yield from _efterled(mening, fakta)


@lru_cache(maxsize=512)
def satser(text: str) -> tuple[str, ...]:
    """The clauses of a sentence, roughly."""
    return tuple(del_ for del_ in _SATSGRÄNS.split(text) if del_.strip())


def _parvis(mening: Mening, sats: str) -> Iterator[Påstående]:
    """Pairs that stand in the clause: from a to b, to b against a, b higher than a."""
    for träff in _FRÅN_TILL.finditer(sats):
        a, b = träff["a"] or träff["a2"], träff["b"] or träff["b2"]
        yield from _påstå(mening, sats, _förändringsord(sats, träff), a, b)
    for träff in _TILL_MOT.finditer(sats):
        if "från" not in träff[0]:
            yield from _påstå(mening, sats, _närmast_före(sats, träff.start()), träff["a"], träff["b"])
    for mönster in (_DEL_MOT, _EN_ÖKNING, _ÄN_SÅ):
        for träff in mönster.finditer(sats):
            yield from _påstå(mening, sats, _ordet(träff, "ord"), träff["a"], träff["b"])
    for träff in _LIKA_MOT.finditer(sats):
        yield from _lika(sats, träff, mening.talet(träff["a"]), mening.talet(träff["b"]))
    for träff in _ÄN.finditer(sats):
        namn = "ord" if träff["ord"] else "ord2"
        yield from _påstå(mening, sats, _ordet(träff, namn), träff["a"] or träff["a2"], träff["b"] or träff["b2"])


Ordställe = tuple[str, int, int]
"""A word of direction, and where it stands."""


def _ordet(träff: re.Match[str], grupp: str | int = 0) -> Ordställe:
    return träff[grupp], träff.start(grupp), träff.end(grupp)


def _förändringsord(sats: str, träff: re.Match[str]) -> Ordställe | None:
    """The word of change that a pair belongs to: between its figures, right before it or right after it."""
    mönster = re.compile(något_av(*_FÖRÄNDRING))
    if inne := [*mönster.finditer(sats, träff.start(), träff.end())]:
        return _ordet(inne[0]) if len(inne) == 1 else None
    if före := _närmast_före(sats, träff.start()):
        return före
    efter = mönster.search(sats, träff.end())
    nära = efter and not re.search(rf"{T}|[:,]\s(?!en\s)|{något_av('verb')}", sats[träff.end() : efter.start()])
    return _ordet(efter) if efter and nära and efter.start() - träff.end() < 30 else None


_SOM_ADJEKTIV = r"(?<!\w)(?:trots|genom|med|av|för|vid|efter|vare|till|mot|på|en|ett|någon|inga|inget)\s$"
"""What stands before a word of change that only tells of what kind something is: trots ökade hyror."""


def _närmast_före(sats: str, plats: int) -> Ordställe | None:
    """The word of change before a place, when no other verb and no other figure stands between them."""
    funna = [*re.finditer(något_av(*_FÖRÄNDRING), sats[:plats])]
    if not funna:
        return None
    if re.search(_SOM_ADJEKTIV, sats[: funna[-1].start()]):
        return None
    mellan = re.sub(rf"(?:med|på)\s{T}|,\s(?:som|vilket)\s[^,]*,", "", sats[funna[-1].end() : plats])
    if re.search(rf"{T}|{något_av('verb')}", mellan) or len(mellan) > 80:
        return None
    return _ordet(funna[-1])


def _påstå(mening: Mening, sats: str, ord_: Ordställe | None, a: str, b: str) -> Iterator[Påstående]:
    """That b is more or less than a, as the word says."""
    if ord_ is None or (nekat := nekad(sats, ord_[1], ord_[2])) is None:
        return
    före, efter = mening.talet(a), mening.talet(b)
    yield from _jämför(sats, ord_[0], före, efter, före.visat, nekat=nekat)


def _jämför(sats: str, ord_: str, före: Tal, efter: Tal, andra: str, *, nekat: bool) -> Iterator[Påstående]:
    grupp = grupp_av(ord_, *_UPP, *_NED)
    par = jämförbara(före, efter, sats, värderar=grupp in _VÄRDERAR)
    if par is None or not grupp:
        return
    väntat = 1 if grupp in _UPP else -1
    yield Påstående(ord_, väntat, *par, ena=efter.visat, andra=andra, nekat=nekat)


def nekad(sats: str, start: int, slut: int) -> bool | None:
    """Whether the word there is denied; None when it is not known, or only thought of."""
    före, efter = sats[:start], sats[slut:]
    if re.search(rf"{något_av('tänkt')}", f"{före}\0{efter[:25]}"):
        return None
    # "Minskade inte utan ökade": what is denied is the other.
    före = re.sub(r".*\sinte\s(?:\w+\s)?utan\s(?!att\s)", "", före)
    före, efter = (re.sub(r"inte\s(?:bara|minst|oväntat)", "", del_) for del_ in (före, efter))
    nekande, allt = något_av("nekande"), före + "\0" + efter
    if not re.search(nekande, allt) and "utan att" not in före:
        return False
    direkt = re.search(rf"(?:{nekande}|utan\satt)(?:\s\w+)?\s$", före) or re.match(rf"\s(?:\w+\s)?{nekande}", efter)
    båda = re.search(r"varken\s.*\seller\s$", före)
    if (
        not (direkt or båda)
        or re.search(rf"{nekande}\s{något_av('grad')}", allt)
        or re.match(rf"\s{något_av('grad')}", efter)
    ):
        return None
    return True


def _mot_andra(mening: Mening, sats: str, talen: list[Tal], fakta: Faktamängd) -> Iterator[Påstående]:
    """Figures of the clause against what is not printed there: last year's, the budget, what a change is of."""
    for träff in _MED.finditer(sats):
        yield from _om_förändring(sats, _ordet(träff, "ord"), mening.talet(träff["d"]))
    for träff in _TILL.finditer(sats):
        if not re.search(något_av("verb"), sats[träff.end("ord") : träff.start("b")]):
            for tal in mening.talen(träff["b"]):
                yield from _mot_förra(sats, _ordet(träff, "ord"), tal, fakta)
    for träff in (*_ÄN_BUDGET.finditer(sats), *_MER_ENSAMT.finditer(sats)):
        for tal in mening.talen(träff["d"]) if träff["d"] else talen[:1] if len(talen) == 1 else ():
            yield from _mot_budget(sats, _ordet(träff, "ord"), tal, fakta)
    if len(talen) == 1:
        yield from _mot_året_före(mening, sats, talen[0], fakta)


def _mot_året_före(mening: Mening, sats: str, tal: Tal, fakta: Faktamängd) -> Iterator[Påstående]:
    """The one figure of a clause that says more than last year, or as much."""
    if (nästa := _NÄSTA_ÅR.get(tal.id)) and (i_år := fakta.get(f"{nästa}/{tal.period}")) and i_år.värde is not None:
        for träff in _ÄN_I_ÅR.finditer(sats):
            yield from _jämför(sats, träff["ord"], bundet(i_år, _hur(tal)), tal, bundet(i_år, []).visat, nekat=False)
    for träff in _ÄN_FÖRRA.finditer(sats):
        if not träff["år"] or mening.åren(träff["år"]) == [_året_före(tal)]:
            yield from _mot_förra(sats, _ordet(träff, "ord"), tal, fakta)
    for träff in _LIKA.finditer(sats):
        if not _KOSTNAD.search(sats, träff.end()) and (förra := _förra(tal, fakta)):
            yield from _lika(sats, träff, förra, tal)


def _året_före(tal: Tal) -> int | None:
    return int(tal.period) - 1 if tal.period.isdecimal() else None


def _förra(tal: Tal, fakta: Faktamängd) -> Tal | None:
    """The same fact a year earlier, as it would be printed."""
    förra = None if tal.id.startswith("uppgift.") else fakta.get(f"{tal.id}/{_året_före(tal)}")
    return bundet(förra, _hur(tal)) if förra and förra.värde is not None else None


def _hur(tal: Tal) -> list[str]:
    """The words of the format of a figure, as near as its text tells."""
    ord_ = "tkr" if tal.text.endswith("tkr") else "procent1" if re.search(r",\d\W*%", tal.text) else ""
    return [*([ord_] if ord_ else []), *(["utan_tecken"] if tal.utan_tecken else [])]


def _mot_förra(sats: str, ord_: Ordställe, tal: Tal, fakta: Faktamängd) -> Iterator[Påstående]:
    """A figure against that of the year before it."""
    förra, nekat = _förra(tal, fakta), nekad(sats, ord_[1], ord_[2])
    if förra and nekat is not None:
        yield from _jämför(sats, ord_[0], förra, tal, förra.visat, nekat=nekat)


def _lika(sats: str, träff: re.Match[str], före: Tal, efter: Tal) -> Iterator[Påstående]:
    """As much as last year; "inte lika högt" is less, and "oförändrat" is the same."""
    nekande = re.search(rf"{något_av('nekande')}(?:\s\w+)?\s$", sats[: träff.start()])
    if not nekande and re.search(något_av("nekande", "tänkt"), sats):
        return
    par = jämförbara(före, efter, sats, värderar=False)
    if par is None:
        return
    ungefär = bool(re.search(rf"{något_av('ungefär')}\s$", sats[: träff.start()]))
    mindre = nekande and träff[0].startswith("lika") and "låg" not in träff[0]
    yield Påstående(
        f"inte {träff[0]}" if nekande else träff[0],
        -1 if mindre else 0,
        *par,
        ena=efter.visat,
        andra=före.visat,
        nekat=bool(nekande) and not mindre,
        ungefär=ungefär,
    )


def _om_förändring(sats: str, ord_: Ordställe, delta: Tal) -> Iterator[Påstående]:
    """Rose by x, where the sign of x tells whether it did."""
    grupp = grupp_av(ord_[0], *_FÖRÄNDRING)
    tecken = _DELTA.get(delta.id, 0)
    if re.search(r"eget\skapital|egna\skapitalet", sats) and RESULTAT.search(delta.id) and "resultat" not in sats:
        tecken = 1
    värde = delta.fakta.värde if delta.fakta else None
    nekat = nekad(sats, ord_[1], ord_[2])
    if not tecken or not värde or nekat is None or grupp not in ("ökning", "minskning"):
        return
    yield Påstående(ord_[0], 1 if grupp in _UPP else -1, NOLL, värde * tecken, ena=delta.visat, nekat=nekat)


_KOSTNAD, _INTÄKT = re.compile("kost|utgift|löner|hyr"), re.compile("intäkt|bidrag|avgift")


def _mot_budget(sats: str, ord_: Ordställe, tal: Tal, fakta: Faktamängd) -> Iterator[Påstående]:
    """x kr better than budget, where the sign of the avvikelse tells; or an outcome that is more than its budget."""
    nekat = nekad(sats, ord_[1], ord_[2])
    if nekat is None or tal.fakta is None:
        return
    grupp = grupp_av(ord_[0], *_MER)
    if tal.id.endswith((".avvikelse", ".kvar_av_budget")):
        tecken = _bättre(grupp, tal, sats, fakta)
        if tecken and tal.fakta.värde:
            yield Påstående(ord_[0], tecken, NOLL, tal.fakta.värde, ena=tal.visat, nekat=nekat)
        return
    stam, _, del_ = tal.id.rpartition(".")
    budget = fakta.get(f"{stam}.budget/{tal.period}") if del_ == "utfall" else None
    if budget and budget.värde is not None:
        före = bundet(budget, _hur(tal))
        yield from _jämför(sats, ord_[0], före, tal, före.visat, nekat=nekat)


def _bättre(grupp: str, tal: Tal, sats: str, fakta: Faktamängd) -> int:
    """The sign of an avvikelse (plus is better than budget) that a word asks for; 0 when it is not known."""
    if grupp in ("bättre", "sämre"):
        return 1 if grupp == "bättre" else -1
    upp = 1 if grupp == "högre" else -1
    if tal.id.endswith(".kvar_av_budget"):
        return -upp
    utfall = fakta.get(tal.id.replace(".avvikelse", ".budget") + f"/{tal.period}")
    if ".resultat." in tal.id:
        return upp if grupp and "resultat" in sats and not re.search(något_av("underskott"), sats) else 0
    if _KOSTNAD.search(sats) and not _INTÄKT.search(sats) and utfall and (utfall.värde or NOLL) < 0:
        return -upp
    if _INTÄKT.search(sats) and not _KOSTNAD.search(sats) and utfall and (utfall.värde or NOLL) > 0:
        return upp
    return 0


_ÖVER_BUDGET = Mönster(r"^(?:det|de\s\w+)\ssom\s(?P<ord>översteg|understeg|blev\söver\sav)\sbudgeten", "budgeten")
_NOMEN = Mönster(
    rf"^(?:(?P<ord>ökningen|minskningen|uppgången|nedgången)"
    rf"|(?:den|det|antalet)\s(?P<ord2>{något_av('ökning', 'minskning')})"
    rf"|det\s(?:är|var)\s(?:\w+\s)?(?P<ord3>{något_av('högre', 'lägre')})\sän"
    rf"\s(?:tidigare|{något_av('förra året')}))(?!\w)",
    kärnor("ökning", "minskning", "högre", "lägre"),
)
_PAR_I_RAD = Mönster(
    rf"(?P<b>{T})[^;:{T[1:-1]}]*?,?\smot\s{EJ_T}{{0,40}}?(?P<a>{T})(?P<a2>)(?P<b2>)[^;{T[1:-1]}]*$", "mot"
)
_BÅDA = Mönster(
    rf"^båda\s(?:talen|andelarna|siffrorna)\sär\s(?P<ord>{något_av(*_MER)})\sän\s{något_av('förra året')}",
    "båda",
    "än",
    "talen|andelarna|siffrorna",
)


def _efterled(mening: Mening, fakta: Faktamängd) -> Iterator[Påstående]:
    """A sentence that speaks of the pair in the sentence before it: "Ökningen beror på …"."""
    if not mening.före or mening.talen(satser(mening.text)[0]):
        return
    förra, talen = mening.före[-1], mening.före[-1].talen()
    if len(talen) == 1 and (träff := _NOMEN.search(mening.text)) and träff["ord3"]:
        yield from _mot_förra(mening.text, _ordet(träff, "ord3"), talen[0], fakta)
    par = (_PAR_I_RAD.search(förra.text) or _FRÅN_TILL.search(förra.text)) if len(talen) == 2 else None
    if par:
        a, b = förra.talet(par["a"] or par["a2"]), förra.talet(par["b"] or par["b2"])
        mot_budget = a.id.endswith(".budget") and b.id.endswith(".utfall")
        samma = a.id == b.id or f"{b.id}_ingaende" == a.id
        if (träff := _NOMEN.search(mening.text)) and samma:
            ord_ = träff["ord"] or träff["ord2"] or träff["ord3"]
            yield from _jämför(förra.text, ord_, a, b, a.visat, nekat=False)
        if (träff := _ÖVER_BUDGET.search(mening.text)) and mot_budget:
            väntat = 1 if träff["ord"] == "översteg" else -1
            yield Påstående(träff["ord"], väntat, abs(a.värde), abs(b.värde), b.visat, a.visat)
    if träff := _BÅDA.search(mening.text):
        for tal in talen if len(talen) == 2 else ():
            if före := _förra(tal, fakta):
                yield from _jämför(mening.text, träff["ord"], före, tal, före.visat, nekat=False)
