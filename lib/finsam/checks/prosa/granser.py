"""Limits: over and under, högst and minst, the recommendation that is followed, the goal that is met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet, har_tal
from finsam.checks.prosa.ordlista import något_av
from finsam.checks.prosa.pastaende import Ordval, Påstående, Utsaga
from finsam.checks.prosa.riktning import nekad, satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.monster import Mönster
from finsam.model.ord import uppräkning
from finsam.model.underlag import Målrad

_LIGGER = (
    r"(?:ligger|låg|legat|ligga|är|var|blev|blir|hamnar|hamnade|håller\ssig|höll\ssig|stannar|stannade|beräknas|är\skvar"
    r"|landade|landar)"
)
_TIDEN = r"(?:hela\s)?(?:år|vår|höst|somma|vint|period|månad|kvartal|tid|jul|våren|första|andra|fler)"
_ÖVER_UNDER = Mönster(
    rf"(?<!\w){_LIGGER}(?!\w){EJ_T}{{0,50}}?(?<!\w)(?P<ord>över|under)\s"
    rf"(?!{ÅR}|{_TIDEN})(?P<m>(?:(?!över\s|under\s|,){EJ_T}){{0,50}}?)(?P<gräns>{T})",
    "över|under",
)
_STIGER = Mönster(
    rf"(?<!\w)(?P<ord>över(?:stiger|steg|stigit|skrider|skred|skridit)|under(?:stiger|steg|stigit|skrider|skred|skridit))"
    rf"\s(?P<m>{EJ_T}{{0,50}}?)(?P<gräns>{T})",
    "överstig|översteg|överskr|understig|understeg|underskr",
)
_ÖVER_DET = Mönster(
    rf"(?<!\w){_LIGGER}?(?!\w){EJ_T}{{0,40}}?(?<!\w)(?P<ord>över|under)\s"
    rf"(?P<vad>(?:det|den)(?=[.,;]|$|\s(?:vid|alla|både|först|i|under|för|hela))|(?:taket|golvet|gränsen|nivån|rekommendationen)(?!\w))"
    rf"(?P<mer>(?:\s|först|vid|slutet|av|både|och|i|under|{ÅR}|alla\stre\såren)*)",
    "över|under",
    "det|den|taket|golvet|gränsen|nivån|rekommendationen",
)
_FÖLJER = Mönster(
    r"(?<!\w)(?P<ord>följer|följde|har\sföljt|uppfyller|uppfyllde|klarar|klarade|når\supp\still)\s(?:\w+\s){0,4}?rekommendationen(?!\s(?:från|av|om))"
    r"|rekommendationen\s(?P<ord2>följs|följdes|har\sföljts|uppfylls|uppfylldes|är\suppfylld)",
    "rekommendationen",
)
_MÅL = Mönster(
    rf"(?<!\w)målet(?!\w)(?P<m>[^,;]*?(?:,[^,;]{{0,30}}{T}[^,;]{{0,20}},[^,;]*?)?)(?<!\w)(?P<ord>nåddes|nås|nåtts|nått|uppnåddes|uppnåtts|uppnått|uppfylldes|uppfyllt|uppfyllts"
    r"|klarades|klarats)(?!\w)|(?<!\w)(?P<ord2>nådde|når|uppnådde|uppnår|uppfyllde|uppfyller|klarade|klarar)\s(?:\w+\s){0,2}?målet",
    "målet",
)
_GRÄNSORD = Mönster(
    rf"(?<!\w)(?P<ord>högst|minst|som\smest|som\slägst|tak(?:et)?\spå|golv(?:et)?\spå"
    rf"|inte\s(?:\w+\s){{0,2}}?(?:större|högre|mer|mindre|lägre)\sän|inte\s(?:överstiga|överskrida|understiga|underskrida))"
    rf"\s(?P<gräns>{T})",
    "högst|minst|mest|lägst|tak|golv|inte",
)
_HÖGST = re.compile(r"^(?:högst|som\smest|tak)|större|högre|mer|över")
_ALLA_MÅL = Mönster(
    r"(?<!\w)(?:(?:samtliga|alla)\s(?:del|effekt|insats)?mål(?:en)?(?:\s(?:i|för|inom)\s(?:(?:mål)?områd\w+\s)?(?P<vad>\w+))?"
    r"|(?P<ekonomi>de\sfinansiella\smålen|målen\sför\sekonomin))\s(?:är|blev|har)\s(?:(?!delvis|nästan|i\s)\w+\s)?"
    r"(?P<ord>uppfyllda|uppfyllts|nådda|nåtts|uppnådda|uppnåtts|klarats)(?!\w)",
    "mål",
    "uppfyllda|uppfyllts|nådda|nåtts|klarats",
)
_FLER_ÄN_MÅLET = Mönster(
    r"(?<!\w)(?:nådde|hade|fick)\s(?:\w+\s)?(?P<ord>fler|färre)\s(?:deltagare\s)?än\smålet(?!\w)", "målet", "fler|färre"
)
_MÅLET_FÖR_ANTALET = Mönster(
    r"(?<!\w)(?:nådde|klarade|uppnådde)\s(?:\w+\s){0,2}?målet\sför\santalet\s(?P<nya>nya\s)?deltagare"
    r"|(?<!\w)målet\sför\santalet\s(?P<nya2>nya\s)?deltagare\s(?:\w+\s)?(?:nåddes|nåtts|klarades|uppnåddes)",
    "målet",
    "antalet",
)
_BÅDA_GRÄNSERNA = Mönster(
    r"(?<!\w)(?:båda|alla)\sgränserna\s(?:i\smålet\s)?(?P<ord>klaras|nås|hålls|följs)(?!\w)", "gränserna"
)
_RÄCKER = Mönster(
    rf"(?P<a>{T}){EJ_T}{{0,20}}?(?<!\w)(?P<ord>täcker|räcker)\s(?P<inte>inte\s)?(?:med\s(?:god\s)?marginal\s)?(?:till\s)?"
    rf"(?!för){EJ_T}{{0,40}}?(?P<b>{T})",
    "täcker|räcker",
)
_KAPITALET_RÄCKER = Mönster(
    r"^(?:det\s)?(?:eget\skapital|egna\skapitalet)\sräcker\s(?P<inte>inte\s)?för\satt\stäcka\sdet(?!\w)",
    "kapital",
    "räcker",
)


def read_gränser(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of limits."""
    om_tal = har_tal(mening.text)
    for sats in satser(mening.text) if om_tal else ():
        yield from _mot_gräns(mening, sats, s)
    yield from _mot_nämnd_gräns(mening, s)
    yield from _rekommendationen(mening, s)
    if "rekommendationen" in mening.text and not mening.åren():
        yield from _mot_rekommendationen(mening, s)
    yield from _målet(mening, s)
    if "räcker" in mening.text or "täcker" in mening.text:
        yield from _räcker(mening, s)
    if "mål" in mening.text or "gränserna" in mening.text:
        yield from _målen(mening, s)
    for träff in _GRÄNSORD.finditer(mening.text) if om_tal else ():
        gräns = mening.talet(träff["gräns"])
        rätt = s.jämförelser.get(gräns.id)
        if rätt and not re.search(rf"{något_av('nekande')}\s$", mening.text[: träff.start()]):
            sagt = "högst" if _HÖGST.search(träff["ord"]) else "minst"
            yield Ordval(träff["ord"], f"{gräns.visat} är det som det ska vara {rätt}", sagt != rätt)


def _mot_gräns(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """A figure against a limit that is printed: under the ceiling of 20 %."""
    for träff in (*_ÖVER_UNDER.finditer(sats), *_STIGER.finditer(sats)):
        gräns = mening.talet(träff["gräns"])
        nekat = nekad(sats, träff.start("ord"), träff.end("ord"))
        if gräns.id not in s.jämförelser or nekat is None:
            continue
        före = mening.text.find(träff["gräns"])
        egna = [
            t
            for t in mening.talen(mening.text[:före])
            if t.enhet == gräns.enhet and t.fakta and t.id not in s.jämförelser
        ]
        utfall = egna[-1] if egna else _utfall(gräns, gräns.period, s)
        if utfall:
            yield _över(träff["ord"], utfall, gräns, nekat=nekat)


def _mot_nämnd_gräns(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the budget or the capital is against a limit that was named before: over it, under the ceiling."""
    for träff in _ÖVER_DET.finditer(mening.text):
        nekat = nekad(mening.text, träff.start("ord"), träff.end("ord"))
        gräns = _nämnd(mening, träff["vad"], träff.start(), s)
        if gräns is None or nekat is None or re.search(r"budget(?:en|erade)?\s$", mening.text[: träff.start("ord")]):
            continue
        perioder = [str(år) for år in mening.åren(träff["mer"])] or [gräns.period]
        if "alla tre åren" in träff["mer"]:
            perioder = [str(int(gräns.period) + nr) for nr in range(3)]
        for period in perioder:
            årets = s.fakta(gräns.id, period) if period != gräns.period else gräns.fakta
            utfall = _utfall(gräns, period, s)
            if årets and utfall:
                yield _över(träff["ord"], utfall, bundet(årets, []), nekat=nekat)


def _nämnd(mening: Mening, vad: str, plats: int, s: Sammanhang) -> Tal | None:
    """The limit that "det" or "taket" is: the nearest before it, of the kind that the word is for."""
    talen = [t for m in mening.före[-2:] for t in m.talen()] + mening.talen(mening.text[:plats])
    slag = {"taket": ("högst",), "rekommendationen": ("högst",), "golvet": ("minst",)}.get(vad, ("högst", "minst"))
    if vad in ("det", "den") and talen and talen[-1].id not in s.jämförelser:
        return None
    gränser = [t for t in talen if s.jämförelser.get(t.id) in slag]
    return gränser[-1] if gränser else None


def _utfall(gräns: Tal, period: str, s: Sammanhang) -> Tal | None:
    funnet = s.utfall(gräns.id, period)
    return bundet(funnet, []) if funnet and funnet.enhet == gräns.enhet else None


def _över(ord_: str, utfall: Tal, gräns: Tal, *, nekat: bool) -> Påstående:
    väntat = 1 if ord_.startswith("över") else -1
    return Påstående(ord_, väntat, gräns.värde, utfall.värde, utfall.visat, gräns.visat, nekat=nekat)


def _rekommendationen(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That the förbund follows the recommendation of its capital, which the paragraph speaks of."""
    if "rekommendation" not in mening.text:
        return
    sats = re.split(r"\satt\s|,\sdär\s", mening.text)[0]
    nämns = any(t.id.startswith("kapitaltak") for m in (*mening.före, mening) for t in m.talen())
    tak, kapital = s.fakta("kapitaltak"), s.utfall("kapitaltak", s.r.år.period)
    if not nämns or tak is None or kapital is None or tak.värde is None or kapital.värde is None:
        return
    for träff in _FÖLJER.finditer(sats):
        grupp = "ord" if träff["ord"] else "ord2"
        nekat = nekad(sats, träff.start(grupp), träff.end(grupp))
        if nekat is not None:
            om = f"talen är {bundet(kapital, []).visat} och {bundet(tak, []).visat}"
            yield Ordval(träff[0], om, (kapital.värde <= tak.värde) == nekat)


_MOT_REKOMMENDATIONEN = Mönster(
    r"egna\skapitalet\s(?:\w+\s)?(?P<ord>överstiger|understiger|(?:är|ligger)\s(?:\w+\s)?(?:över|under|högre\sän|lägre\sän))\s"
    r"(?:den\s(?:nationella\s)?)?rekommendationen(?!\w)",
    "rekommendationen",
    "kapitalet",
    "över|under|högre|lägre",
)


def _mot_rekommendationen(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That the capital is more than the recommendation, or less."""
    tak, kapital = s.fakta("kapitaltak"), s.utfall("kapitaltak", s.r.år.period)
    for träff in _MOT_REKOMMENDATIONEN.finditer(mening.text):
        nekat = nekad(mening.text, träff.start("ord"), träff.end("ord"))
        if tak and kapital and tak.värde is not None and kapital.värde is not None and nekat is not None:
            över = bool(re.search("över|högre", träff["ord"]))
            om = f"talen är {bundet(kapital, []).visat} och {bundet(tak, []).visat}"
            yield Ordval(träff[0], om, ((kapital.värde > tak.värde) == över) == nekat)


def _målet(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That the one goal that the sentence, or the one before it, has a figure of is met or not."""
    if "målet" not in mening.text:
        return
    for källa in (mening, *mening.före[-1:]):
        målen = {t.id.rpartition(".")[0] for t in källa.talen() if t.id.startswith(("mal.", "planmal."))}
        if målen:
            break
    if len(målen) != 1 or re.search(rf"{något_av('tänkt')}".replace("målet|", ""), mening.text):
        return
    [mål] = målen
    klarat = s.uppfyllt(mål)
    for träff in _MÅL.finditer(mening.text) if klarat is not None else ():
        if re.search(r"\sän\s", träff[0]) or re.search(
            r"(?<!\w)(?:när|innan|tills|att)\s", mening.text[: träff.start("ord2")]
        ):
            continue
        nära = mening.text[max(0, träff.start() - 25) : träff.end() + 25]
        delvis = re.search(r"delvis|nästan|inte\s(?:riktigt|helt|fullt)", nära)
        sagt = not (delvis or re.search(något_av("nekande"), nära))
        bedömning = s.r.fakta[f"{mål}.bedomning"].text
        yield Ordval(träff[0], f"{mål}.bedomning är ”{bedömning}”", sagt != klarat)


def _målen(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That all the goals, or those of a kind, are met; more than the goal of an insats; both limits of a goal."""
    u = s.r.år.underlag
    for träff in _ALLA_MÅL.finditer(mening.text):
        if re.search(rf"{något_av('nekande')}|(?<!\w)(?:utom|förutom|när|om|först|tills)(?!\w)", mening.text):
            continue
        egna = [mål for mål in u.mål if _hör_till(mål, träff, s)]
        ej = [mål.id for mål in egna if s.r.fakta[f"mal.{mål.id}.bedomning"].text in ("delvis uppfyllt", "ej uppfyllt")]
        if egna:
            yield Ordval(träff[0], f"{uppräkning(ej)} är det inte i bladet Mål" if ej else "de är det", bool(ej))
    for träff in _MÅLET_FÖR_ANTALET.finditer(mening.text) if mening.insats else ():
        yield from _målet_för_antalet(mening, träff, s)
    for träff in _FLER_ÄN_MÅLET.finditer(mening.text):
        nämnda = [i.id for i in u.insatser if i.namn.lower() in mening.text[: träff.start()]] or [mening.insats]
        målet = [mål for mål in u.mål if mål.fakta == f"deltagare.{nämnda[0]}.totalt" and len(nämnda) == 1]
        for mål in målet if len(målet) == 1 else ():
            utfall, gräns = (s.fakta(f"mal.{mål.id}.{del_}") for del_ in ("utfall", "grans"))
            if utfall and gräns and utfall.värde is not None and gräns.värde is not None:
                rätt = utfall.värde > gräns.värde if träff["ord"] == "fler" else utfall.värde < gräns.värde
                om = f"talen är {bundet(utfall, []).visat} och {bundet(gräns, []).visat}"
                yield Ordval(träff[0], om, not rätt)
    for träff in _BÅDA_GRÄNSERNA.finditer(mening.text):
        alla = {t.id for m in (*mening.före, mening) for t in m.talen() if t.id.startswith(("mal.", "planmal."))}
        missade = [ett for ett in sorted({id_.rpartition(".")[0] for id_ in alla}) if s.uppfyllt(ett) is False]
        if alla:
            yield Ordval(träff[0], f"{uppräkning(missade)} klaras inte" if missade else "de klaras", bool(missade))


def _målet_för_antalet(mening: Mening, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """That the goal of how many take part in the text's own insats is met or not."""
    mått = "nya" if träff["nya"] or träff["nya2"] else "totalt"
    egna = [mål for mål in s.r.år.underlag.mål if mål.fakta == f"deltagare.{mening.insats}.{mått}"]
    klarat = s.uppfyllt(f"mal.{egna[0].id}") if len(egna) == 1 else None
    if klarat is not None:
        nekat = re.search(rf"{något_av('nekande')}|delvis|nästan", mening.text)
        bedömning = s.r.fakta[f"mal.{egna[0].id}.bedomning"].text
        yield Ordval(träff[0], f"mal.{egna[0].id}.bedomning är ”{bedömning}”", klarat == bool(nekat))


def _hör_till(mål: Målrad, träff: re.Match[str], s: Sammanhang) -> bool:
    """Whether a goal is one of those that are spoken of: of an area, of the insatser, or of them all."""
    vad = "ekonomi" if träff["ekonomi"] else (träff["vad"] or "")
    if vad.startswith(("verksamhet", "insats")):
        return bool(mål.insats)
    namn = next((o.namn.lower() for o in s.r.år.underlag.målområden if o.id == mål.område), "")
    return not vad or vad in ("året", "år") or bool(namn and vad[:5] == namn[:5])


def _räcker(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That one figure is enough for the other, or the capital for the deficit of the sentence before."""
    for träff in _RÄCKER.finditer(mening.text):
        a, b = mening.talet(träff["a"]), mening.talet(träff["b"])
        if a.enhet == b.enhet == "kr" and a.id.startswith("br.") and b.id.startswith("br."):
            väntat = -1 if träff["inte"] else 1
            yield Påstående(f"{träff['ord']} {träff['inte'] or ''}".strip(), väntat, b.värde, a.värde, a.visat, b.visat)
    for träff in _KAPITALET_RÄCKER.finditer(mening.text) if mening.före else ():
        for tal in mening.före[-1].talen():
            kvar = s.fakta("budget.eget_kapital", tal.period) if tal.id == "budget.resultat" else None
            if kvar and kvar.värde is not None:
                om = f"det egna kapitalet är sedan {bundet(kvar, []).visat}"
                yield Ordval(träff[0], om, (kvar.värde >= 0) == bool(träff["inte"]))
