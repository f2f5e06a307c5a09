"""Size: more than half, most, more women than men; by the figures that the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet, har_tal, har_år
from finsam.checks.prosa.ordlista import något_av, ordlista
from finsam.checks.prosa.pastaende import Ordval, Påstående, Utsaga
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.belopp import procent
from finsam.model.monster import Mönster, gemena

_NÄRA = Decimal("0.05")
"""How far from a half that a half may be."""
_DRYGT = Decimal("0.15")
"""How far over a half that just over it may be, or under."""

_KVAL = rf"(?:(?P<mer>{något_av('mer än')})|(?P<mindre>{något_av('mindre än')}|inte\sens))?"
_DEL = "|".join(del_.replace(" ", r"\s") for del_ in ordlista()["delar"])
_ANDEL = Mönster(rf"(?P<vilken>{_KVAL}\s?(?<!\w)(?P<del>{_DEL}))(?!\w)", "hälften|del")
_SEDAN_T = Mönster(rf"^(?:\s(?:av|till)\s[^,;:{T[1:-1]}]{{0,50}}?)?\s?[,(–]\s?\(?(?P<t>{T})")
_FÖRE_T = Mönster(
    rf"(?P<t>{T})[^;:{T[1:-1]}]{{0,60}}?[,(]\s?(?:alltså\s|det\svill\ssäga\s|eller\s|vilket\sär\s|det\sär\s)?$"
)
_AV_ANTAL = Mönster(rf"(?<!\w)av\s(?:de\s|dem\s|alla\s)?(?P<alla>{T}){EJ_T}*?(?P<några>{T})", "av")
_STÖRST = Mönster(
    rf"(?<!\w)(?P<ord>störst|största|flest|dyrast|minst|minsta|lägst|högst)(?!\w){EJ_T}{{0,70}}?(?P<t>{T})(?!\s?(?:eller\s)?{T})",
    "dyrast|flest|högst|lägst|minst|störst",
)
_STÖRST_ÅR = Mönster(
    rf"(?<!\w)(?P<ord>störst|högst|flest|lägst|minst)\s(?:under\s|år\s|i\s)?{ÅR},?\s(?:med\s)?(?P<t>{T})",
    "flest|högst|lägst|minst|störst",
)
_KÖN = Mönster(
    r"(?<!\w)(?P<ord>fler|färre)\s(?P<ena>kvinnor|män)\sän\s(?:kvinnor|män)|(?P<lika>lika\smånga)\s(?P<ena2>kvinnor|män)\ssom"
    r"|(?<!\w)(?P<flest>de\sflesta|flertalet|majoriteten)\s(?:\w+\s){0,3}?(?:var|är)\s(?P<ena3>kvinnor|män)",
    "kvinnor|män",
    "fler|färre|många|flesta|flertalet|majoriteten",
)
_FÖR_KÖN = Mönster(
    r"(?<!\w)(?P<ord>högre|lägre|större|mindre)\sför\s(?P<ena>kvinnor|män)(?!\w)",
    "kvinnor|män",
    "högre|lägre|större|mindre",
)
_TAL = "|".join(ordlista()["räkneord"])
_BRÅK = (
    rf"(?:(?P<kval>{något_av('mer än', 'mindre än')})\s)?"
    rf"(?P<del>{_DEL}|(?:{_TAL})\sav\s(?:{_TAL})|var\s(?:tredje|fjärde|femte|tionde))"
)
_VAR = {"tredje": 3, "fjärde": 4, "femte": 5, "tionde": 10}
_AV_DELTAGARNA = Mönster(
    rf"(?<!\w){_BRÅK}\s(?:av\s)?(?:(?P<slut>(?:(?:dem|de)\s)?som\savslutade(?:\s[\w\s]{{1,30}}?)??|de\savslutade(?:\sdeltagarna)?)"
    r"|deltagarna|deltagare)\s(?:alltså\s|därmed\s)?"
    r"(?:(?P<vidare>gick\s(?:alltså\s)?vidare)|(?:är|var)\s(?P<kön>kvinnor|män|kvinna|man)(?!\s(?:över|under|med|i|som|från))"
    r"|kom(?:mer)?\sfrån\s(?P<kommun>[a-zåäöé-]+)(?!\s(?:och|eller|samt)|,|-))(?!\w)(?P<mål>\still)?",
    "avslutade|deltagar",
    "vidare|kvinn|män|man|från",
)
_VIDARE_KÖN = Mönster(
    r"(?<!\w)(?P<ena>männen|kvinnorna)\sgick\svidare\si\s(?:\w+\s)?(?P<ord>högre|lägre|större|mindre)\s(?:grad|utsträckning)\sän"
    r"|(?<!\w)(?P<ord2>fler|färre)\s(?P<ena2>kvinnor|män)\sän\s(?:kvinnor|män)\s"
    r"(?P<gjorde>g(?:år|ick)\svidare|började|avslutade)(?=[.,;]|\si\s|\smed|\still|$)"
    r"|(?<!\w)(?P<ord3>fler|färre)\sgick\svidare\sän\s(?:de\s)?(?:som\s)?inte(?!\w)",
    "vidare|än",
    "fler|färre|männen|kvinnorna",
)
_MAJORITET = Mönster(
    r"(?<!\w)en\smajoritet\sav\sdeltagarna\s(?:är|var)\s(?P<ena2>män|kvinnor)(?!\w)"
    r"|(?<!\w)(?:(?:är|var)\s)?(?P<ena>männen|kvinnorna)\s(?:(?:är|var)\s)?i\smajoritet(?P<anst>\sbland\sde\sanställda)?(?!\w)",
    "majoritet",
)
_GRUPPER = {
    "individinriktade": ("kostnad.individ", "budget.individinsatser"),
    "strukturövergripande": ("kostnad.struktur", "budget.strukturinsatser"),
    "administration": ("kostnad.administration", "budget.administration"),
}
_VILKA = r"(?P<vilka>individinriktade|strukturövergripande|administration)"
_AV_PENGARNA = (
    Mönster(
        rf"(?<!\w)(?:de\s)?{_VILKA}(?:en|\sinsatserna)\s(?:får|fick|kostar|kostade|tar|tog|utgör)\s(?:\w+\s)??{_BRÅK}"
        r"\sav\s(?P<helhet>\w+)",
        "administration|individinriktade|strukturövergripande",
        "av",
        "får|fick|kostar|kostade|tar|tog|utgör",
    ),
    Mönster(
        rf"(?<!\w){_BRÅK}\sav\s(?P<helhet>\w+)\s(?:g(?:ick|år)\still|är|var|avser)\s(?:de\s)?{_VILKA}",
        "administration|individinriktade|strukturövergripande",
        "av",
        "gick|går|är|var|avser",
    ),
)
_BIDRAR = Mönster(
    r"(?<!\w)(?P<vem>staten|regionen|regionerna|region\s\w+(?:\slän)?|kommunerna)(?:\stillsammans)?\s(?:bidrar|betalar|ger)\s"
    rf"(?:tillsammans\s)?(?:med\s)?(?P<del>{_DEL})(?=[.,;]|\soch\s|\sav\s(?:medlems)?(?:bidrag|pengar|medlen))",
    "bidrar|betalar|ger",
    "staten|region|kommunerna",
)
_LAGENS_DEL = {"s": Decimal("0.5"), "r": Decimal("0.25"), "k": Decimal("0.25")}
"""What the state, the regioner and the kommuner give (5 § lag (2003:1210))."""
NÅGON_DEL = re.compile(
    r"(?<!\w)(?:hälften|\w+del(?:ar)?|var\s(?:tredje|fjärde|femte|tionde)|majoritet|gick\svidare|går\svidare|(?:fler|färre)\s(?:kvinnor|män)"
    rf"|(?:{_TAL})\sav\s(?:{_TAL}))(?!\w)"
)
"""A word that makes a sentence without figures worth reading here, in small letters."""


def read_delar(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What part of a whole the sentence says, where it prints neither."""
    # Who gets a part has it; nothing is only allowed.
    utan = mening.text.replace(" får ", " ").replace("än som inte", "")
    if not NÅGON_DEL.search(gemena(mening.text)) or re.search(något_av("nekande", "tänkt"), utan):
        return
    annan_tid = any(år != s.r.år.årtal for år in mening.åren()) or re.search(något_av("förra året"), mening.text)
    for träff in _AV_DELTAGARNA.finditer(mening.text) if not annan_tid else ():
        yield from _av_deltagarna(mening, träff, s)
    for träff in _VIDARE_KÖN.finditer(mening.text):
        yield from _vidare_kön(mening, träff, s)
    for träff in _MAJORITET.finditer(mening.text):
        yield from _majoritet(mening, träff, s)
    for mönster in _AV_PENGARNA:
        for träff in mönster.finditer(mening.text):
            yield from _av_pengarna(mening, träff, s)
    har_region = any(m.typ == "region" for m in s.r.år.förbund.medlemmar)
    om_bidrag = not mening.insats and any("bidra" in m.text or "pengar" in m.text for m in (*mening.före, mening))
    for träff in _BIDRAR.finditer(mening.text) if har_region and om_bidrag else ():
        rätt = _LAGENS_DEL[träff["vem"][0]]
        om = f"lagen säger {'hälften' if rätt * 2 == 1 else 'en fjärdedel'} (5 § lag (2003:1210))"
        yield Ordval(träff[0], om, _bråk(träff["del"]) != rätt)


def _bråk(del_: str) -> Decimal:
    """A part in words as a number.

    >>> _bråk("tre av fyra"), _bråk("var femte"), _bråk("hälften")
    (Decimal('0.75'), Decimal('0.2'), Decimal('0.5'))
    """
    if del_.startswith("var "):
        return 1 / Decimal(_VAR[del_.split()[1]])
    if " av " in del_:
        täljare, nämnare = (Decimal(ordlista()["räkneord"][ett]) for ett in del_.split(" av "))
    else:
        täljare, nämnare = (Decimal(ett) for ett in ordlista()["delar"][del_])
    return täljare / nämnare


def _stämmer(kval: str, mått: Decimal, andel: Decimal) -> bool:
    if kval in ("drygt", "över", "mer än", "fler än", "större än"):
        return mått <= andel <= (mått + _DRYGT if kval == "drygt" else 1)
    if kval in ("knappt", "nästan", "inte riktigt", "nära"):
        return mått - _DRYGT <= andel <= mått
    return andel <= mått if kval else abs(andel - mått) <= _NÄRA


def _insatsen(mening: Mening, s: Sammanhang) -> str:
    """The id of the one insats that a sentence names, or that its text is about."""
    nämnda = [i.id for i in s.r.år.underlag.insatser if i.namn.lower() in mening.text]
    return nämnda[0] if len(nämnda) == 1 else "" if nämnda else mening.insats


def _antal(s: Sammanhang, *id_: str) -> Decimal | None:
    funna = [f.värde for ett in id_ if (f := s.fakta(ett)) and f.värde is not None]
    return funna[0] if funna else None


def _av_deltagarna(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    bas = f"deltagare.{_insatsen(mening, s)}"
    if träff["vidare"]:
        några, alla = _antal(s, f"{bas}.vidare", f"{bas}.avslutade_vidare"), _antal(s, f"{bas}.avslutade")
        if not träff["slut"]:
            return
    elif träff["slut"]:
        return
    elif träff["kön"]:
        kön = "kvinnor" if träff["kön"].startswith("kvinn") else "män"
        några, alla = _antal(s, f"{bas}.totalt.{kön}"), _antal(s, f"{bas}.totalt")
    else:
        kärna = träff["kommun"].removesuffix("s")
        platser = [m.id for m in s.r.år.förbund.medlemmar if m.namn.lower().split()[0].removesuffix("s") == kärna]
        några = _antal(s, *(f"{bas}.totalt.{plats}" for plats in platser))
        alla = _antal(s, f"{bas}.totalt")
    if några is not None and alla:
        mått, andel = _bråk(träff["del"]), några / alla
        rätt = _stämmer(träff["kval"] or "", mått, andel)
        # Those who went on to one thing are some of all who went on.
        rätt = rätt or bool(träff["mål"] and mått <= andel)
        yield Ordval(träff[0], f"det är {några:f} av {alla:f}", not rätt)


def _vidare_kön(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """More of the women than of the men, or more women than men, went on."""
    bas, grad = f"deltagare.{_insatsen(mening, s)}", bool(träff["ord"])
    if träff["ord3"]:
        yield from _fler_än_inte(bas, träff, s)
        return
    mått = {"b": "nya", "a": "avslutade"}.get((träff["gjorde"] or "g")[0], "vidare")
    kön = ("kvinnor", "män") if (träff["ena"] or träff["ena2"]).startswith("kvinn") else ("män", "kvinnor")
    a, b = (_antal(s, f"{bas}.{mått}.{ett}") for ett in kön)
    av_a, av_b = (_antal(s, f"{bas}.avslutade.{ett}") if grad else Decimal(1) for ett in kön)
    if a is None or b is None or not av_a or not av_b:
        return
    upp = (träff["ord"] or träff["ord2"]) in ("högre", "större", "fler")
    om = f"{kön[0]} är {a:f}{f' av {av_a:f}' * grad} och {kön[1]} {b:f}{f' av {av_b:f}' * grad}"
    yield Ordval(träff[0], om, a / av_a <= b / av_b if upp else a / av_a >= b / av_b)


def _fler_än_inte(bas: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    vidare, alla = _antal(s, f"{bas}.vidare", f"{bas}.avslutade_vidare"), _antal(s, f"{bas}.avslutade")
    if vidare is not None and alla:
        rätt = vidare * 2 > alla if träff["ord3"] == "fler" else vidare * 2 < alla
        yield Ordval(träff[0], f"det är {vidare:f} av {alla:f}", not rätt)


def _majoritet(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    bas = "uppgift" if träff["anst"] else f"deltagare.{_insatsen(mening, s)}.totalt"
    kvinnor = _antal(s, f"{bas}.kvinnor")
    alla = _antal(s, "uppgift.medarbetare" if träff["anst"] else bas)
    if kvinnor is not None and alla:
        fler = kvinnor * 2 > alla if (träff["ena"] or träff["ena2"]).startswith("kvinn") else kvinnor * 2 < alla
        yield Ordval(träff[0], f"{kvinnor:f} av {alla:f} är kvinnor", not fler)


def _av_pengarna(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """A part of the costs of the year, or of the money of the plan."""
    (utfall, budget), helhet = _GRUPPER[träff["vilka"]], träff["helhet"]
    if any(år != s.r.år.årtal for år in mening.åren(träff[0])):
        return
    if helhet == "insatspengarna":
        par = [(_antal(s, budget), _antal(s, "budget.insatser"))]
    elif helhet in ("pengarna", "kostnaderna", "budgeten", "medlen"):
        par = [(_antal(s, utfall), _antal(s, "kostnad.totalt")), (_antal(s, budget), _antal(s, "budget.kostnader"))]
    else:
        return
    andelar = [abs(a / b) for a, b in par if a is not None and b]
    if andelar:
        rätt = any(_stämmer(träff["kval"] or "", _bråk(träff["del"]), andel) for andel in andelar)
        yield Ordval(träff[0], f"andelen är {procent(andelar[0], 1)}", not rätt)


_EN_DRYG_DEL = re.compile(r"(?<!\w)en\s(drygt?|knappt?)\s(tredjedel|fjärdedel|femtedel|tiondel)")


def read_storlek(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of how large its figures are."""
    text = _EN_DRYG_DEL.sub(_en_dryg, mening.text) if "del" in mening.text else mening.text
    for träff in _ANDEL.finditer(text):
        yield from _andel(mening, text, träff)
    if har_tal(mening.text):
        yield from _störst(mening, s)
    yield from _kvinnor_och_män(mening, s)
    yield from _högre_för(mening, s)


def _en_dryg(träff: re.Match[str]) -> str:
    return f"{träff[1].removesuffix('t')}t en {träff[2]}"


def _andel(mening: Mening, text: str, träff: re.Match[str]) -> Iterator[Utsaga]:
    """Half of something, by the share that stands beside it or by the two counts of it."""
    if re.search(rf"{något_av('nekande')}\s$", text[: träff.start()]) or "så mycket" in text[träff.end() :][:12]:
        return
    if len([*_ANDEL.finditer(text)]) != 1 or re.match(r"\sav\s(?:dem|det|dessa|vilka)(?!\w)", text[träff.end() :]):
        return
    andel, vad = _vilken_andel(mening, text, träff)
    if andel is None:
        return
    täljare, nämnare = ordlista()["delar"][träff["del"].replace("\u00a0", " ")]
    mått, ord_ = Decimal(täljare) / nämnare, träff["vilken"].strip()
    if (träff["mer"] or "").startswith("drygt"):
        yield Ordval(ord_, f"talet är {vad}", not mått <= andel <= mått + _DRYGT)
    elif träff["mer"]:
        yield Påstående(ord_, 1, mått, andel, vad)
    elif (träff["mindre"] or "") in ("knappt", "nästan", "inte riktigt", "nära"):
        yield Ordval(ord_, f"talet är {vad}", not mått - _DRYGT <= andel <= mått)
    elif träff["mindre"]:
        yield Påstående(ord_, -1, mått, andel, vad)
    else:
        yield Ordval(ord_, f"talet är {vad}", abs(andel - mått) > _NÄRA)


def _vilken_andel(mening: Mening, text: str, träff: re.Match[str]) -> tuple[Decimal | None, str]:
    """The share that a half is of, and how it is printed; None when it is not known."""
    efter, före = _SEDAN_T.match(text[träff.end() :]), _FÖRE_T.search(text[: träff.start()])
    nära = [mening.talet(m["t"]) for m in (före, efter) if m]
    andelar = [tal for tal in nära if tal.enhet == "andel" and not tal.id.startswith(("kapitaltak", "uppgift."))]
    if len(andelar) == 1:
        return andelar[0].värde, andelar[0].visat
    antal = _AV_ANTAL.search(text[: träff.start()])
    if not andelar and antal and len(mening.talen(text)) == 2:
        alla, några = mening.talet(antal["alla"]), mening.talet(antal["några"])
        if alla.enhet == några.enhet == "antal" and 0 < några.värde <= alla.värde:
            return några.värde / alla.värde, f"{några.visat} av {alla.visat}"
    return None, ""


def _störst(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """The largest of the insatser, or of the years that the sentence names."""
    if re.search(något_av("nekande"), mening.text):
        return
    if träff := _STÖRST_ÅR.search(mening.text) if har_år(mening.text) else None:
        tal = mening.talet(träff["t"])
        andra = [t for t in mening.talen() if t.id == tal.id]
        if tal.fakta and len(andra) > 1:
            yield _ytterst(träff["ord"], tal, andra)
        return
    for träff in _STÖRST.finditer(mening.text):
        tal = mening.talet(träff["t"])
        if träff["ord"] in ("minst", "högst") and re.search(rf"(?:minst|högst)\s{T}", träff[0]):
            continue
        # Of a note only the largest of its costs is of all its rows.
        if tal.id.startswith("not.") and not re.search(
            r"(?:största|minsta)\s(?:enskilda\s)?(?:kostnad|post)en", träff[0]
        ):
            continue
        syskon = s.syskon(tal)
        if len(syskon) > 1 and len(mening.talen()) == 1:
            yield _ytterst(träff["ord"], tal, syskon)


def _ytterst(ord_: str, tal: Tal, andra: list[Tal]) -> Utsaga:
    störst = not ord_.startswith(("minst", "lägst"))
    värden = [abs(t.värde) if t.utan_tecken else t.värde for t in andra]
    gräns = max(värden) if störst else min(värden)
    egen = abs(tal.värde) if all(t.utan_tecken for t in andra) else tal.värde
    ytterst = next(t for t, värde in zip(andra, värden, strict=True) if värde == gräns)
    # The tenth that rounding to thousands may hide is no other answer.
    return Ordval(ord_, f"talen är {tal.visat} och {ytterst.visat}", abs(egen - gräns) * 100 > abs(gräns))


_ANDRA = r"riket|nationellt|landet|länet|tidigare"
_EN_DEL = r"vidare|avslut|tacka|anmäl|remitter|sök|vänta|avböj|(?<!\w)nya|svara|arbet|börja|fick|får"
"""What only some of those who took part did."""


def _kvinnor_och_män(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """More women than men, of the group that the paragraph, or the insats' own text, has counted."""
    for träff in _KÖN.finditer(mening.text):
        ena = träff["ena"] or träff["ena2"] or träff["ena3"]
        grupper = {
            t.id.rpartition(".")[0]
            for m in (*mening.före, mening)
            for t in m.talen()
            if t.id.endswith((".kvinnor", ".män"))
        }
        grupper = grupper or ({f"deltagare.{mening.insats}.totalt"} if mening.insats else set())
        if len(grupper) != 1 or re.search(rf"{något_av('nekande', 'tänkt', 'förra året')}|{_ANDRA}|{ÅR}", mening.text):
            continue
        [grupp] = grupper
        if grupp.endswith(".totalt") and re.search(_EN_DEL, mening.text):
            continue
        andra = "män" if ena == "kvinnor" else "kvinnor"
        a, b = s.fakta(f"{grupp}.{ena}"), s.fakta(f"{grupp}.{andra}")
        if a and b and a.värde is not None and b.värde is not None:
            väntat = 0 if träff["lika"] else -1 if träff["ord"] == "färre" else 1
            yield Påstående(träff[0], väntat, b.värde, a.värde, bundet(a, []).visat, bundet(b, []).visat)


def _högre_för(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """A share that is higher for women, in the place that is named or in all kommuner."""
    träff = _FÖR_KÖN.search(mening.text)
    if not träff:
        return
    nämnda = [t.id.split(".") for m in mening.stycke for t in m.talen() if t.id.startswith("behov.")]
    om_måttet = re.search(r"(?<!\w)(?:den|andelen|måttet|talet)(?!\w)", mening.text)
    if not om_måttet or len({led[1] for led in nämnda}) != 1 or re.search(något_av("nekande", "tänkt"), mening.text):
        return
    mått = nämnda[0][1]
    platser = {led[2] for led in nämnda}
    if "alla" in mening.text:
        platser = {m.id for m in s.r.år.förbund.medlemmar if m.typ == "kommun"}
    elif len(platser) != 1 or re.search(r"\si\s", mening.text):
        return
    ena = {"män": "man"}.get(träff["ena"], träff["ena"])
    andra = "kvinnor" if ena == "man" else "man"
    for plats in sorted(platser):
        a, b = s.fakta(f"behov.{mått}.{plats}.{ena}"), s.fakta(f"behov.{mått}.{plats}.{andra}")
        if a and b and a.värde is not None and b.värde is not None:
            väntat = 1 if träff["ord"] in ("högre", "större") else -1
            yield Påstående(träff[0], väntat, b.värde, a.värde, bundet(a, ["andel"]).visat, bundet(b, ["andel"]).visat)
