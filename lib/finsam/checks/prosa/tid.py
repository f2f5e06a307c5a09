"""Time: a year, a month or "året innan" beside a figure that is of another time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet, har_tal, har_år
from finsam.checks.prosa.ordlista import kärnor, något_av
from finsam.checks.prosa.pastaende import Ordval, Utsaga
from finsam.checks.prosa.riktning import satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.checks.prosa.storheter import nämnd, är_nekad
from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER
from finsam.model.rapport import ÅRSREDOVISNING

_UTAN_EGET_ÅR = re.compile(
    r"^(?:uppgift(?!\.(?:styrelse|berednings)moten$)|behov|mal|planmal|enkat|bidrag)(?:\.|$)|kapitaltak\.andel"
    r"|ingaende|foregaende|ursprunglig"
)
"""Facts that may well be of another year than their period: what somebody has written down, and opening balances."""
_MÅNAD = "|".join(MÅNADER)
_ÅRETS_NOMEN = (
    "(?:kostnaderna|intäkterna|verksamheten|insatserna|medlemsbidragen?|resultatet|bidragen?|administrationen)"
)
_UNDER_ÅRET = re.compile(
    rf"(?:(?<!\w)(?:för|under|år|i|(?:slutet|utgången)\sav)\s|^|^(?:av\s|budgeten\sför\s)?{_ÅRETS_NOMEN}\s)(?P<år>{ÅR})"
)
_ANNAT_ÅR = re.compile(rf"(?<!\w)(?:än|mot|med|från|sedan|före|efter|inför|ingången\sav|början\sav|slutar|till)\s{ÅR}")
_BESLUT = "beslut|fastställ|anto[gs]|avtal|ansl[aåo]g|bevilja|ansök|planera"
"""What is done in one year about another."""
_ÅR_ÄR = Mönster(
    rf"(?:(?<!\w)(?:för|under|år|i)\s|^\w+\s(?:\w+\s)?)(?P<år>{ÅR})\s(?:är|var|blev|uppgår\still|uppgick\still|blir)"
    rf"\s(?:{EJ_T}{{0,25}}?\s)?(?P<t>{T})",
    "är|var|blev|blir|upp",
)
_T_ÅR = re.compile(rf"(?P<t>{T})\s(?:år\s|för\s|under\s)?(?P<år>{ÅR})(?=[.,;:)]|\soch\s|$)")
_ÅR_T = Mönster(
    rf"(?:(?:störst|högst|lägst|flest)\s(?P<år>{ÅR}),?\s|(?:ökade|minskade)\s(?:\w+\s)?(?P<år2>{ÅR}),\smed\s)(?P<t>{T})",
    "störst|högst|lägst|flest|ökade|minskade",
)
_INGÅNG = Mönster(
    rf"(?P<t>{T}){EJ_T}{{0,15}}?(?:(?:ingången|början)\sav\s|när\s){ÅR}"
    rf"|(?:(?:ingången|början)\sav\s|in\si\s){ÅR}{EJ_T}{{0,50}}?(?P<t2>{T})",
    "in|början|när",
)
_FÖRRA_FÖRE = Mönster(
    rf"(?<!\w)(?P<ord>{något_av('förra året')})\s(?:var|blev|uppgick|hade|kostade|fanns){EJ_T}{{0,40}}?(?P<t>{T})",
    kärnor("förra året"),
    "var|blev|uppgick|hade|kostade|fanns",
)
_FÖRRA_EFTER = Mönster(
    rf"(?<!\w)(?:mot|än|från|med)\s{EJ_T}{{0,20}}?(?P<t>{T})\s(?P<ord>{något_av('förra året')})",
    kärnor("förra året"),
    "mot|än|från|med",
)
_ÅRETS = Mönster(
    rf"(?<!\w)(?P<ord>årets\s\w+)\s(?:är|blev|blir|var|uppgår\still|uppgick\still|beräknas\still|slutade\spå)\s(?:ett\s\w+\spå\s)?(?P<t>{T})",
    "årets",
)
_SPANN = Mönster(rf"(?<!\w)(?P<ena>{_MÅNAD})\s?(?:–|-|\still\s(?:och\smed\s)?)\s?(?P<andra>{_MÅNAD})(?!\w)", _MÅNAD)
_DAG = Mönster(rf"(?<!\w)den\s(?P<dag>\d+)\s(?P<månad>{_MÅNAD})\s(?P<år>{ÅR})", "den", _MÅNAD)
_HELA_ÅRET = Mönster(
    r"^(?:rr|br|kf)\.|^(?:finansnetto|soliditet|medlemsbidrag|kapitalandel|kostnad\.totalt|drift\.resultat\.utfall)$"
)
_BOKSLUT = Mönster(
    r"årsredovisning|räkenskapsår|verksamhetsår|bokslut", "årsredovisning|räkenskapsår|verksamhetsår|bokslut"
)

_VARJE_ÅR = Mönster(
    r"(?<!\w)(?:(?P<ord>ökar|växer|stiger|höjs|minskar|sjunker|krymper|sänks|får\smer|får\smindre)(?:\s\w+)?"
    r"|(?:är|blir|kostar|får)\s(?:\w+\s)?(?P<lika>detsamma|densamma|desamma|oförändra\w+|lika\s(?:mycket|stor\w*|hög\w*)))"
    r"\s(?P<när>varje\sår|år\sför\sår|alla\stre\såren|(?:båda\s)?planåren)(?!\w)",
    "varje|för|alla|planåren",
)
_RÄKNAR_MED = Mönster(
    rf"(?P<t>{T})[^;{T[1:-1]}]*?\s(?P<ord>lika\smycket|mindre|mer)\s(?P<åren>{ÅR}(?:\soch\s{ÅR})?)(?=[.,;]|$)",
    "mycket|mindre|mer",
)
_BEROR = Mönster(
    r"^(?:det|ökningen|minskningen)\sberor\s(?:främst|mest|framför\sallt)\spå\s(?P<namn>[^,.;:]{3,40}?)(?=[.,;]|$)",
    "beror",
)


def read_tid(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of when its figures are."""
    om_tal = har_tal(mening.text)
    if om_tal:
        yield from _talens_år(mening, s)
    if s.r.år.rapport is ÅRSREDOVISNING:
        yield from _månader(mening)
    if om_tal and har_år(mening.text):
        yield from _dagen(mening)
    yield from _planens_år(mening, s)


def _talens_år(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """The year of a figure, by what stands in its clause."""
    for sats in satser(mening.text):
        if har_tal(sats) and har_år(sats):
            yield from _under_året(mening, sats) or _intill(mening, sats)
            yield from _vid_ingången(mening, sats)
    for träff in (*_FÖRRA_FÖRE.finditer(mening.text), *_FÖRRA_EFTER.finditer(mening.text)):
        yield from _förra_året(mening, mening.talet(träff["t"]), träff["ord"], s)
    for träff in _ÅRETS.finditer(mening.text):
        tal = mening.talet(träff["t"])
        if _har_år(tal):
            yield Ordval(träff["ord"], f"{tal.visat} är för {tal.period}", tal.period != s.r.år.period)


def _har_år(tal: Tal) -> bool:
    return tal.fakta is not None and not _UTAN_EGET_ÅR.search(tal.id)


def _intill(mening: Mening, sats: str) -> list[Utsaga]:
    """A year that stands right by a figure is that of the figure."""
    funna: list[Utsaga] = []
    for träff in (*_ÅR_ÄR.finditer(sats), *_T_ÅR.finditer(sats), *_ÅR_T.finditer(sats)):
        tal, år = mening.talet(träff["t"]), mening.åren(träff[0])[0]
        if (
            _har_år(tal)
            and not re.search(rf"{_ANNAT_ÅR.pattern}|\sän\s|\smot\s|jämför", träff[0])
            and not re.search(_BESLUT, sats)
        ):
            funna.append(Ordval(str(år), f"{tal.visat} är för {tal.period}", str(år) != tal.period))
    return funna


def _vid_ingången(mening: Mening, sats: str) -> Iterator[Utsaga]:
    """An opening balance is that of the year that begins."""
    for träff in _INGÅNG.finditer(sats):
        tal, åren = mening.talet(träff["t"] or träff["t2"]), mening.åren(träff[0])
        if len(åren) == 1 and "eget_kapital_ingaende" in tal.id and not tal.id.startswith("uppgift."):
            [år] = åren
            yield Ordval(str(år), f"{tal.visat} är vid början av {tal.period}", str(år) != tal.period)


def _under_året(mening: Mening, sats: str) -> list[Utsaga]:
    """The one year of a clause is that of all its figures."""
    talen = [tal for tal in mening.talen(sats) if _har_år(tal)]
    perioder = {tal.period for tal in talen}
    träff = _UNDER_ÅRET.search(sats)
    if len(perioder) != 1 or not träff or len(mening.åren(sats)) != 1 or _ANNAT_ÅR.search(sats):
        return []
    if len(talen) != len(mening.talen(sats)) or re.search(rf"{något_av('förra året')}|{_BESLUT}", sats):
        return []
    [period], [år] = perioder, mening.åren(sats)
    return [Ordval(träff[0], f"{talen[0].visat} är för {period}", str(år) != period)]


def _förra_året(mening: Mening, tal: Tal, ord_: str, s: Sammanhang) -> Iterator[Utsaga]:
    """Last year's figure is not this year's, nor that of the figure it stands against."""
    if not _har_år(tal):
        return
    samma = [t for t in mening.talen() if t.id == tal.id and t is not tal]
    if s.r.år.rapport is ÅRSREDOVISNING:
        yield Ordval(ord_, f"{tal.visat} är för {tal.period}", int(tal.period) >= s.r.år.årtal)
    elif samma:
        yield Ordval(ord_, f"{tal.visat} är för {tal.period}", tal.period >= max(t.period for t in samma))


def _månader(mening: Mening) -> Iterator[Utsaga]:
    """A year's figures are for all of its months."""
    for träff in _SPANN.finditer(mening.text):
        hela = (träff["ena"], träff["andra"]) == (MÅNADER[0], MÅNADER[-1])
        talen = [tal for tal in mening.talen() if _HELA_ÅRET.search(tal.id)]
        if talen:
            yield Ordval(träff[0], f"{talen[0].visat} är för hela året", not hela)
        elif _BOKSLUT.search(mening.text[: träff.start()]) and not re.search(
            "delår|prognos|rapport|granska", mening.text
        ):
            yield Ordval(träff[0], "årsredovisningen är för hela året", not hela)


def _dagen(mening: Mening) -> Iterator[Utsaga]:
    """A balance is that of the last day of its year, an opening balance that of the first."""
    dagar = [*_DAG.finditer(mening.text)]
    talen = [tal for tal in mening.talen() if tal.id.startswith("br.")]
    if len(dagar) != 1 or not talen or len({(t.period, "ingaende" in t.id) for t in talen}) != 1:
        return
    [träff], tal = dagar, talen[0]
    [år] = mening.åren(träff["år"])
    utgång = int(tal.period) - ("ingaende" in tal.id)
    dag = (int(träff["dag"]), träff["månad"], år)
    rätt = dag in ((31, MÅNADER[-1], utgång), (1, MÅNADER[0], utgång + 1))
    yield Ordval(f"den {träff['dag']} {träff['månad']} {år}", f"{tal.visat} är vid utgången av {utgång}", not rätt)


def _planens_år(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What a plan says of its three years, of what it names or of the figure before."""
    if s.r.år.rapport is ÅRSREDOVISNING:
        return
    for träff in _RÄKNAR_MED.finditer(mening.text):
        yield from _räknar_med(mening, träff, s)
    if "beror" in mening.text:
        yield from _beror_på(mening, s)
    for sats in satser(mening.text):
        for träff in _VARJE_ÅR.finditer(sats):
            yield from _varje_år(mening, sats, träff, s)


def _varje_år(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """What a plan says of its years: more for each, more than the first in both that follow, the same in all."""
    år = s.r.år.årtal
    före = sats[: träff.start()]
    storheter = nämnd(mening, re.sub(r",\ssom\s$", "", före), s)
    if är_nekad(sats, träff.start(), träff.end()) is not False:
        return
    for st in storheter:
        talen = [st.år(år + nr, s) for nr in range(3)]
        if not all(talen) or not st.id.startswith("budget."):
            continue
        a, b, c = (tal.värde for tal in talen if tal)
        if träff["lika"]:
            rätt = a == b == c if "planåren" not in träff["när"] else b == c
        else:
            upp = re.match(r"ökar|växer|stiger|höjs|får\smer", träff["ord"])
            x, y, z = (a, b, c) if upp else (-a, -b, -c)
            rätt = y > x and z > x if "planåren" in träff["när"] else x < y < z
        visat = ", ".join(tal.text for tal in talen if tal)
        yield Ordval(träff[0], f"{st.namn} är {visat} de tre åren", not rätt)


def _räknar_med(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """As much in later years as the figure before, more or less."""
    tal = mening.talet(träff["t"])
    for år in mening.åren(träff["åren"]) if tal.id.startswith("budget.") else ():
        f = s.fakta(tal.id, str(år))
        if f is None or f.värde is None or str(år) == tal.period:
            continue
        sedan = bundet(f, ["utan_tecken"] if tal.utan_tecken else [])
        rätt = {"mindre": sedan.värde < tal.värde, "mer": sedan.värde > tal.värde}.get(
            träff["ord"], sedan.värde == tal.värde
        )
        yield Ordval(träff["ord"], f"talen är {tal.visat} och {sedan.visat}", not rätt)


def _beror_på(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What a plan's costs rise with, in the years that the sentence before prints, rises itself."""
    träff = _BEROR.search(mening.text)
    if not träff or not mening.före:
        return
    förra = mening.före[-1]
    åren = sorted({tal.period for tal in förra.talen() if tal.id == "budget.kostnader"})
    ändras = re.search(r"(?<!\w)(?:ökar|stiger|minskar|sjunker)(?!\w)", förra.text)
    for st in nämnd(mening, träff["namn"], s) if åren and ändras else ():
        före, efter = st.år(int(åren[0]) - 1, s), st.år(int(åren[0]), s)
        if före and efter and st.id.startswith("budget."):
            upp = ändras is not None and ändras[0] in ("ökar", "stiger")
            rätt = efter.värde > före.värde if upp else efter.värde < före.värde
            yield Ordval(träff[0], f"{st.namn} är {efter.text} mot {före.text}", not rätt)
