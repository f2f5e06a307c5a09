"""What is said twice, in two sheets or in a sheet and the settings, is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finsam.checks.deltagare import halva_sista
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.mal import check_målens_ord
from finsam.checks.samma.hanvisat import check_beslut, check_nothänvisningar, check_uppdragens_fakta
from finsam.checks.samma.ombytta import check_omkastade
from finsam.checks.samma.undertecknare import check_roller_i_text
from finsam.model.belopp import NOLL, andel, kr, svenskt_tal
from finsam.model.forbund import Kapitaltak
from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER, VISAS_EJ, uppräkning
from finsam.model.underlag import Målrad, Planmål, Uppgift, Årshjulsrad
from finsam.statements.deltagare import Ruta, givna_rutor
from finsam.statements.redovisning import Redovisning
from finsam.statements.uppgifter import i_modellens_enhet
from finsam.statements.upplysningar.anlaggning import POSTER, delade_konton

_FAKTA = re.compile(r"\b([a-z]\w*(?:\.\w+)+)/(\d{4})\b")
"""A fact of another report as a source names it: br.eget_kapital/2025."""
_PROCENT = re.compile(r"(\d+(?:,\d+)?) ?(?:%|procent)")
_SMÅORD = frozenset(
    {"varav", "till", "eller", "och", "för", "med", "att", "ska", "som", "den", "det", "de", "en", "ett"}
)
HELT_ÅR, UNGEFÄR = Decimal("0.01"), Decimal("0.02")
"""How far from a whole number of years what is written off may be, to be of it, and from what is said, to be right."""
_EJ = r"(?:inte|ej|aldrig)"
_GÖRAS = r"(?:genomför|gjor|göra|utför|kontrollera|hunn|bliv)"
_EJ_GJORT = Mönster(
    rf"^{_EJ} {_GÖRAS}|^kontrollen (?:\w+ )?(?:{_EJ} (?:\w+ )?{_GÖRAS}|(?:flytta|sk[ju]\w+ upp|uppsk))|hann {_EJ}(?!\w)"
)
_SENARE = Mönster(
    rf"(?<!\w)(?:{_EJ}|ingen kontroll|flytta\w*|(?:upp)?sk[ju]\w*t\w*|ska|skulle|kommer|planera\w*|senare|nästa|väntar)"
    r"(?!\w)"
)
_GJORT = Mönster(
    r"^(?:inga|alla|samtliga|varje|båda) |(?<!\w)(?:utan anmärkning|hittades|visade?|stämde|stämmer"
    r"|(?:kontrollera|granska)(?:d|t|des|ts)|genomför(?:d|t|des|ts)|avstäm(?:d|t|da|des|ts))(?!\w)"
)
_FRAMÅT = Mönster(
    r"(?<!\w)(?:ska|kommer att|planeras|är planera[dt]\w*|avses|nästa år|(?:på)?börjar|inleds|startar|införs|beslutas)"
    r"(?!\w)|\{\s*år\s*\+"
)
_SKETT = Mönster(
    r"(?<!\w)(?:har|hade|är(?! planera)|blev|fick|gjorde|togs?|finns|infört?"
    r"|\w{3,}(?:ades|ade|dde|ddes|rdes|ldes|ndes|rts?|its))(?!\w)"
)
_ÅTGÄRDAT = Mönster(r"(?<!\w)(?:är|har|blev) (?:nu |helt )?(?:åtgärda(?:d|t|de|ts)|avhjälp\w+|avklara\w+)(?!\w)")
_EJ_ÅTGÄRDAT = Mönster(
    rf"(?<!\w)(?:har|är) (?:ännu )?{_EJ} (?:ännu )?(?:(?:på)?börja|gjor|genomför|åtgärda|klar)|(?<!\w)återstår(?!\w)"
    rf"|(?<!\w)fortfarande (?:saknas|{_EJ})(?!\w)|saknas fortfarande"
)
_ANMÄRKT = Mönster(
    r"^(?:en|ett|två|tre|fyra|fem|sex|flera|några|vissa|\d+) (?:\w+ ){0,2}(?:avvikelse|brist|fel|anmärkning)"
)
_KAPITAL = ("kapitalandel", "budget.kapitalandel", "br.eget_kapital", "budget.eget_kapital")


@kontroll(
    "C57",
    "Det som sägs på två ställen är detsamma.",
    saknas="inget sägs på två ställen",
)
def check_utsagor(r: Redovisning) -> Kontroll:
    """Grades, outcomes, numbers of meetings, decisions and sources against what else says the same."""
    yield from _check_bedömningar(r)
    yield from _check_utfall(r)
    yield from _check_antal(r)
    yield from _check_årshjul(r)
    yield from _check_mötesdagar(r)
    yield from _check_rekommendation(r)
    yield from _check_projektens_uppgifter(r)
    yield from _check_källor(r)
    yield from _check_förra_deltagare(r)
    yield from check_beslut(r)
    yield from check_nothänvisningar(r)
    yield from check_uppdragens_fakta(r)
    yield from check_omkastade(r)
    yield from check_roller_i_text(r)
    yield from check_målens_ord(r)
    yield from _check_lägen(r)
    yield from _check_nyttjandeperiod(r)


# Insatser and their goals


def _check_bedömningar(r: Redovisning) -> Kontroll:
    """An insats is graded as its goals are: met when all are, not met when none is, else partly."""
    for insats in r.år.underlag.insatser:
        nycklar = [f"mal.{mål.id}.bedomning/{r.år.period}" for mål in r.år.underlag.mål if mål.insats == insats.id]
        grader = {r.odolda[n].text for n in nycklar if n in r.odolda}
        satta = grader & {"uppfyllt", "delvis uppfyllt", "ej uppfyllt"}
        if not insats.bedömning or not satta or insats.bedömning == "kan inte bedömas":
            continue
        yield Prövat()
        följer = satta.copy().pop() if len(satta) == 1 else "delvis uppfyllt"
        if insats.bedömning != följer:
            dold = any(r.fakta[n].dold for n in nycklar if n in r.fakta)
            hur = f" ({VISAS_EJ})" if dold else f": de är {uppräkning(sorted(satta))}"
            text = f"{insats.namn} bedöms som {insats.bedömning}, men dess mål i bladet Mål säger något annat{hur}."
            yield Finding("varning", f"{text} Rätta Bedömning.", f"Insatser, rad {insats.rad}")


def _check_utfall(r: Redovisning) -> Kontroll:
    """An outcome that is typed is what the sheet Deltagare gives, where the goal is in the words of a mått there."""
    for mål in r.år.underlag.mål:
        if mål.utfall is None or mål.fakta:
            continue
        for ord_, nycklar in _mätt(r, mål):
            tal = [r.odolda[n].värde for n in nycklar]
            if tal[0] is None or (len(tal) == 2 and not tal[1]):
                continue
            yield Prövat()
            ger = tal[0] if len(tal) == 1 else Decimal(100) * tal[0] / (tal[1] or 1)
            if abs(ger - mål.utfall) > halva_sista(mål.utfall):
                dold = any(r.fakta[n].dold for n in nycklar)
                andel_ = len(nycklar) == 2
                räknat = (
                    f"{svenskt_tal(tal[0])} av {svenskt_tal(tal[1] or NOLL)} = {andel(ger / 100)}"
                    if andel_
                    else f"{ger}"
                )
                hur = f" ({VISAS_EJ})" if dold else f", {räknat}"
                text = f"Målet {mål.id} har ett annat utfall än det bladet Deltagare ger för ”{ord_}”{hur}."
                yield Finding("varning", f"{text} Rätta Utfall, eller hänvisa med Fakta.", f"Mål, rad {mål.rad}")


def _mätt(r: Redovisning, mål: Målrad) -> Iterator[tuple[str, list[str]]]:
    """The mått that a goal is in the words of, with the keys of its fact and, for a share, of what it is a part of."""
    ord_ = _ord(mål.mål)
    insats = mål.insats or next((i.id for i in r.år.underlag.insatser if _ord(i.namn) <= ord_), "")
    ovanför, sedda = "", set[str]()
    for rad in r.år.underlag.deltagare:
        if rad.insats != insats or str(rad.år) != r.år.period or rad.mått in sedda:
            continue
        sedda.add(rad.mått)
        är_del = rad.benämning.casefold().startswith("varav")
        if not är_del:
            ovanför = rad.mått
        mått = _ord(rad.benämning)
        menas = (len(mått) > 1 and mått <= ord_) or mål.id == f"{insats}_{rad.mått}"
        nycklar = [Ruta(insats, ett, "", "", r.år.period).nyckel for ett in (rad.mått, *([ovanför] if är_del else []))]
        if menas and all(n in r.odolda for n in nycklar) and mål.enhet == ("%" if är_del else "antal"):
            yield rad.benämning.removeprefix("varav "), nycklar


def _ord(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold())) - _SMÅORD


# Meetings


def _check_antal(r: Redovisning) -> Kontroll:
    """A number of meetings, or of members of the styrelse, is as many as there are rows."""
    u = r.år.underlag
    for uppgift in u.uppgifter:
        if not isinstance(uppgift.värde, Decimal) or uppgift.enhet != "antal":
            continue
        blad, finns = _räknade(r, uppgift)
        yield Prövat(int(finns > 0))
        if finns and uppgift.värde != finns:
            text = f"{uppgift.benämning} är {svenskt_tal(uppgift.värde)}, men i bladet {blad} står {finns}."
            yield Finding("varning", f"{text} Rätta det som är fel.", f"Uppgifter, rad {uppgift.rad}")


def _räknade(r: Redovisning, uppgift: Uppgift) -> tuple[str, int]:
    """The sheet whose rows an uppgift counts, by its id (styrelsemoten, styrelse_ledamoter), and how many they are."""
    u = r.år.underlag
    if uppgift.id.endswith("moten"):
        organ = uppgift.id.removesuffix("moten").rstrip("_")
        egna = [m for m in u.möten if m.datum.year == r.år.årtal and _är_organ(organ, m.organ)]
        return "Möten", len(egna)
    if re.fullmatch(r"(?:styrelse\w*_)?ledamoter", uppgift.id):
        return "Undertecknare", sum(p.organ == "styrelse" for p in u.undertecknare)
    return "", 0


def _är_organ(början: str, organ: str) -> bool:
    ord_ = re.findall(r"\w+", organ.casefold().translate(str.maketrans("åäö", "aao")))
    return len(början) > 3 and any(ett.startswith(början) for ett in ord_)


def _check_årshjul(r: Redovisning) -> Kontroll:
    """What the årshjul has in a month is on a meeting of that month, if on any; the styrelse meets when it decides."""
    möten = [m for m in r.år.underlag.möten if m.datum.year == r.år.årtal]
    styrelsens = {m.datum.month for m in möten if "styrelse" in m.organ.casefold()}
    for rad in r.år.underlag.årshjul:
        när = {m.datum.month for m in möten if _gäller(rad) and _gäller(rad) <= _ord(f"{m.organ} {m.innehåll}")}
        yield Prövat(int(bool(när or styrelsens)))
        vad, månad = f"Årshjulet har {rad.händelse} i {MÅNADER[rad.månad - 1]}", MÅNADER[rad.månad - 1]
        if när and rad.månad not in när:
            text = f"{vad}, men i bladet Möten är det i {uppräkning(MÅNADER[nr - 1] for nr in sorted(när))}."
            yield Finding("varning", f"{text} Vilken månad är det?", f"Årshjul, rad {rad.rad}")
        elif styrelsens and "styrelse" in rad.organ.casefold() and rad.månad not in styrelsens:
            text = f"{vad} för {rad.organ}, som inte har något möte i {månad} i bladet Möten. Saknas ett möte?"
            yield Finding("varning", text, f"Årshjul, rad {rad.rad}")


def _gäller(rad: Årshjulsrad) -> set[str]:
    """The words of what is done, without the organ that does it."""
    return {ord_ for ord_ in _ord(rad.händelse) if not any(ord_.startswith(o[:8]) for o in _ord(rad.organ))}


def _check_mötesdagar(r: Redovisning) -> Kontroll:
    """A decision of the styrelse that is dated in a year whose meetings are given is of the day of one."""
    dagar = {m.datum for m in r.år.underlag.möten if "styrelse" in m.organ.casefold()}
    for uppgift in r.år.underlag.uppgifter:
        dag = uppgift.värde
        if not isinstance(dag, date) or not re.match(r"styrelsens? beslut", uppgift.benämning, re.I):
            continue
        if dagar and dag.year == r.år.årtal:
            yield Prövat()
            if dag not in dagar:
                text = f"{uppgift.benämning} är {dag}, men den dagen har styrelsen inget möte i bladet Möten."
                yield Finding("varning", f"{text} Rätta dagen eller mötet.", f"Uppgifter, rad {uppgift.rad}")


def _check_projektens_uppgifter(r: Redovisning) -> Kontroll:
    """What an uppgift by the name of a project, or of who pays for it, says of its share and of what is paid."""
    u, förra = r.år.underlag, r.år.tidigare_underlag.get(r.år.årtal - 1)
    projekten = u.projektredovisning
    sagda = {rad.id: (rad, rad.värde) for rad in u.uppgifter if isinstance(rad.värde, Decimal)}
    innan = {p.id: p.utbetalt for p in förra.projektredovisning} if förra else {}
    for p in projekten:
        ensam = sum(ett.finansiär == p.finansiär for ett in projekten) == 1
        namn = [p.id, *([p.finansiär.casefold()] if ensam else [])]
        tidigare = innan.get(p.id) if p.från.year < r.år.årtal else NOLL
        i_år = p.utbetalt - tidigare if p.utbetalt is not None and tidigare is not None else None
        for vad, rätt in (("andel", p.andel), ("utbetalt", i_år)):
            for rad, sagt in (sagda[f"{ett}_{vad}"] for ett in namn if f"{ett}_{vad}" in sagda):
                yield Prövat(int(rätt is not None))
                if rätt is not None and sagt != rätt:
                    text = (
                        f"Uppgifter, rad {rad.rad}: {rad.benämning} är {svenskt_tal(sagt)}, men {svenskt_tal(rätt)} i"
                    )
                    text += f" bladet Projektredovisning (rad {p.rad}). Vilket är rätt?"
                    yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")


# The recommendation, and sources that name a fact


def _check_rekommendation(r: Redovisning) -> Kontroll:
    """A goal that names the recommendation on eget kapital has no higher limit; nor has its source another share."""
    u, tak = r.år.underlag, r.år.förbund.kapitaltak
    texter = {mål.id: mål.text for mål in u.planmål}
    målen: list[tuple[Målrad | Planmål, str]] = [(mål, f"{mål.mål} {mål.mätpunkt}") for mål in u.mål]
    målen += [(mål, f"{mål.text} {texter.get(mål.mål, '')}") for mål in u.planmål]
    for mål, text in målen:
        id_, _, period = mål.fakta.partition("/")
        högst = mål.övre if mål.jämförelse == "mellan" else mål.gräns if mål.jämförelse == "högst" else None
        if id_ not in _KAPITAL or högst is None or "rekommend" not in text.casefold():
            continue
        f = r.fakta.get(f"{'kapitaltak.andel' if mål.enhet == '%' else 'kapitaltak'}/{period or r.år.period}")
        gräns, _ = i_modellens_enhet(högst, mål.enhet)
        if f is None or f.värde is None:
            continue
        yield Prövat()
        if gräns > f.värde:
            visa = andel if mål.enhet == "%" else lambda tal: f"{kr(tal)} kr"
            text = (
                f"Målet {mål.id} säger rekommendationen men har gränsen {visa(gräns)}; rekommendationen är "
                f"{visa(f.värde)} (kapitaltak i forbund.yml). Rätta gränsen."
            )
            yield Finding("varning", text, f"{mål.blad}, rad {mål.rad}")
    if tak.beslutad and tak.beslutad > date(r.år.årtal, 12, 31):
        text = f"Kapitaltaket är beslutat {tak.beslutad.isoformat()}, efter året. Rätta beslutad i forbund.yml."
        yield Finding("varning", text, "forbund.yml")
    sagda = {Decimal(tal.replace(",", ".")) for tal in _PROCENT.findall(tak.källa)}
    yield Prövat(int(bool(tak.källa)))
    if tak.källa and not tak.steg:
        text = "kapitaltak i forbund.yml har en källa men inga steg, så taket prövas inte. Skriv steg: [{andel: …}]."
        yield Finding("varning", text, "forbund.yml")
        return
    källan = f"källan är: {tak.källa}"
    if not sagda and "nationella råd" in tak.källa.casefold():
        sagda = {Decimal(str(steg.andel)) * 100 for steg in Kapitaltak().steg}
        källan = f"Nationella rådets rekommendation är {uppräkning(andel(ett / 100) for ett in sagda)}"
    if sagda:
        yield Prövat()
        andelar = {Decimal(str(steg.andel)) * 100 for steg in tak.steg}
        if not sagda & andelar:
            satta = uppräkning(andel(ett / 100) for ett in sorted(andelar))
            text = f"Kapitaltaket är {satta}, men {källan}."
            yield Finding("varning", f"{text} Rätta andel i forbund.yml.", "forbund.yml")


def _check_källor(r: Redovisning) -> Kontroll:
    """An uppgift whose source is a fact of an earlier report has its value."""
    for uppgift in r.år.underlag.uppgifter:
        f = r.fakta.get(f"uppgift.{uppgift.id}/{r.år.period}")
        for id_, år in _FAKTA.findall(uppgift.källa):
            if int(år) >= r.år.årtal:
                text = f"{uppgift.benämning} är ur {id_}/{år}, men ingen tidigare rapport är för {år}. Rätta Källa."
                yield Finding("varning", text, f"Uppgifter, rad {uppgift.rad}")
            eget = r.år.tidigare.get((år, id_))
            if eget is None or f is None or f.värde is None:
                continue
            yield Prövat()
            if f.värde != eget:
                text = f"{uppgift.benämning} är {kr(f.värde)} kr men källan {id_}/{år} är {kr(eget)} kr. Rätta Värde."
                yield Finding("varning", text, f"Uppgifter, rad {uppgift.rad}", f.värde - eget)


def _check_förra_deltagare(r: Redovisning) -> Kontroll:
    """Last year's participants are those that last year's own report has. It may have withheld them: none is told."""
    förra = next((blad for blad in r.år.tidigare_deltagare if blad.år == r.år.årtal - 1), None)
    if förra is None:
        return
    då = givna_rutor(rad for rad in förra.rader if str(rad.år) == r.år.föregående)
    for rad in r.år.underlag.deltagare:
        ruta = Ruta(rad.insats, rad.mått, rad.kön, rad.kommun, str(rad.år))
        if ruta not in då:
            continue
        yield Prövat()
        if rad.antal != då[ruta]:
            vilka = ", ".join(del_ for del_ in (rad.insats, rad.kön, rad.kommun) if del_)
            text = f"{rad.benämning} ({vilka}) {rad.år} är inte som i årsredovisningen för {rad.år}."
            yield Finding("varning", f"{text} Rätta bladet Deltagare.", f"Deltagare, rad {rad.rad}")


# The years that inventarier are used


def _check_nyttjandeperiod(r: Redovisning) -> Kontroll:
    """What is written off is of as many years as is said, where all was bought one month of the year, or before it.

    Things of different years give no whole number, and nothing is said.
    """
    sagda = [u for u in r.år.underlag.uppgifter if u.id.startswith("nyttjandeperiod") and u.enhet == "antal"]
    bas = "anlaggning.materiella"
    in_, köpt, avgått, avskrivet, före = (
        abs(f.värde) if (f := r.fakta.get(f"{bas}.{del_}/{r.år.period}")) and f.värde is not None else NOLL
        for del_ in ("anskaffning_in", "inkop", "avgang", "arets_avskrivning", "avskrivet_in")
    )
    if len(sagda) != 1 or not isinstance(sagda[0].värde, Decimal) or not avskrivet or avgått or (in_ and köpt):
        return
    månader = (12,) if in_ else _månader_kvar(r)
    om_år = [(in_ or köpt) * antal / 12 / avskrivet for antal in månader if antal]
    if not om_år or (in_ and före + avskrivet >= in_):
        return
    yield Prövat()
    hela = next((ett for ett in map(round, om_år) if any(abs(år - ett) <= ett * HELT_ÅR for år in om_år)), 0)
    if hela and all(abs(år - sagda[0].värde) > sagda[0].värde * UNGEFÄR for år in om_år):
        text = f"{sagda[0].benämning}: {svenskt_tal(sagda[0].värde)}, men årets avskrivning, {kr(avskrivet)} kr av"
        text += f" {kr(in_ or köpt)} kr, är som med {hela} år. Rätta Värde eller avskrivningen."
        yield Finding("varning", text, f"Uppgifter, rad {sagda[0].rad}")


def _månader_kvar(r: Redovisning) -> tuple[int, ...]:
    """How many months of the year are left of the one month that all was bought, with that month and without it."""
    konton, _ = delade_konton(POSTER["materiella"], r.år)
    dagar = {
        rad.datum or ver.datum
        for konto in konton
        for ver, rad in r.år.bokföring.verifikationer.med_konto(konto)[1]
        if rad.belopp > 0
    }
    månader = {dag.month for dag in dagar if dag}
    return (13 - min(månader), 12 - min(månader)) if len(månader) == 1 else ()


# What has been done, in a word and in a sentence


def _check_lägen(r: Redovisning) -> Kontroll:
    """A control that is said not to be made has no outcome, and what is remedied is not yet to be."""
    for rad in r.år.underlag.intern_kontroll:
        ord_ = rad.utfall.casefold()
        yield Prövat(int(bool(rad.läge and ord_)))
        ej_gjort = bool(_EJ_GJORT.search(ord_))
        gjort = bool(_GJORT.search(ord_)) and not ej_gjort and not _SENARE.search(ord_)
        anmärkt = rad.läge == "utan anmärkning" and _ANMÄRKT.search(ord_)
        if anmärkt or (gjort if rad.läge == "ej genomförd" else ej_gjort and rad.läge):
            yield _läge(rad.blad, rad.rad, rad.läge, "Utfall", rad.utfall)
    for ett in r.år.underlag.revisionsanmärkningar:
        ord_ = ett.åtgärd.casefold()
        yield Prövat(int(bool(ord_)))
        framåt = (bool(_FRAMÅT.search(ord_)) and not _SKETT.search(ord_)) or bool(_EJ_ÅTGÄRDAT.search(ord_))
        if (ett.läge == "åtgärdat" and framåt) or (ett.läge == "ej åtgärdat" and _ÅTGÄRDAT.search(ord_)):
            yield _läge(ett.blad, ett.rad, ett.läge, "Åtgärd", ett.åtgärd)


def _läge(blad: str, rad: int, läge: str, kolumn: str, ord_: str) -> Finding:
    text = f"{blad}, rad {rad}: Läge är {läge}, men {kolumn} är ”{ord_}”. Rätta det som är fel."
    return Finding("varning", text, f"{blad}, rad {rad}")
