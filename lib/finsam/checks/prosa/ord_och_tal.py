"""Words beside figures: what the texts say in words is held against the figures that they print, and the law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.prosa.antal import read_antal, räknar
from finsam.checks.prosa.bredvid import fel_bredvid
from finsam.checks.prosa.granser import read_gränser
from finsam.checks.prosa.hanvisningar import Begrepp, annan_insats_i, annan_not, fel_år
from finsam.checks.prosa.heter import fel_namn
from finsam.checks.prosa.intill import fel_intill
from finsam.checks.prosa.lagrum import read_lagrum
from finsam.checks.prosa.mening import Mening, read_meningar
from finsam.checks.prosa.pastaende import Utsaga
from finsam.checks.prosa.resultat import read_resultat
from finsam.checks.prosa.riktning import read_riktning
from finsam.checks.prosa.roller import annans_deltagare, egen_not, fel_i_roll
from finsam.checks.prosa.sammanhang import Sammanhang, sammanhang
from finsam.checks.prosa.storlek import read_storlek
from finsam.checks.prosa.tid import read_tid
from finsam.checks.prosa.uppgifterna import ensamma, fel_uppgift
from finsam.checks.prosa.upprepning import MINST_ORD, annan_insats, delade, intill, ombytta, upprepade
from finsam.checks.prosa.utan_tal import jämför, read_utan_tal
from finsam.checks.texter import skriven_prosa, tryckta_ord
from finsam.model.fakta import Fakta
from finsam.model.ord import vik
from finsam.model.underlag import Faktaruterad
from finsam.statements.redovisning import Redovisning, en_gång

_INSATS = "insats_"
_MENINGAR_I = ("Uppdrag,", "Revisionens anmärkningar,", "Intern kontroll,", "Projekt,")
"""Sheets with sentences that are no prose of the year's own figures."""
_UPPGIFT = re.compile(r"\{\s*(uppgift\.\w+)")
_TAL = re.compile(r"[{\d]|skott|[Mm]ål|[Bb]udget")
"""A figure, or a word for what is said of a year without one."""
_LAGRUM = re.compile(r"§|\d:\d")


def meningar(r: Redovisning, läses: Callable[[str], object]) -> Iterator[tuple[str, str, Mening]]:
    """The sentences of the texts and cells that are to be read, with file and place."""
    rader = _radernas_insats(r)
    for fil, plats, text in (*skriven_prosa(r), *_bladens_meningar(r)):
        if not läses(text):
            continue
        namn = fil.rpartition("/")[2].removesuffix(".md").removeprefix(r.år.rapport.textprefix)
        insats = namn.removeprefix(_INSATS) if namn.startswith(_INSATS) else rader.get(plats, "")
        for mening in _lästa(r, text, insats):
            yield fil, plats or f"rad {mening.rad}", mening


def _lästa(r: Redovisning, text: str, insats: str) -> tuple[Mening, ...]:
    """The sentences of a text, read once for all the checks of a year."""
    lästa = _lästa_texter(r)
    if (text, insats) not in lästa:
        lästa[text, insats] = tuple(read_meningar(text, r.fakta, r.år.årtal, insats))
    return lästa[text, insats]


@en_gång
def _bladens_meningar(r: Redovisning) -> list[tuple[str, str, str]]:
    """The words of sheets that are sentences without being the prose of a report."""
    return [ord_ for ord_ in tryckta_ord(r) if ord_[1].startswith(_MENINGAR_I)]


@en_gång
def _radernas_insats(r: Redovisning) -> dict[str, str]:
    """The insats that a row with words of it is of, by the place of the row."""
    rutor = {f"{ruta.blad}, rad {ruta.rad}": ruta.insats for ruta in r.år.underlag.faktarutor}
    return rutor | {f"{mål.blad}, rad {mål.rad}": mål.insats for mål in r.år.underlag.mål}


@en_gång
def _lästa_texter(_: Redovisning) -> dict[tuple[str, str], tuple[Mening, ...]]:
    return {}


def utsagor(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What a sentence says of its figures."""
    yield from read_riktning(mening, s.r.fakta)
    yield from read_gränser(mening, s)
    yield from read_resultat(mening, s)
    yield from read_storlek(mening, s)
    yield from read_tid(mening, s)


@kontroll(
    "C60",
    "Orden säger detsamma som talen bredvid dem.",
    saknas="ingen mening säger något om sina tal som går att pröva",
)
def check_ord_och_tal(r: Redovisning) -> Kontroll:
    """Direction, limits, sizes and times in words are those of the figures that the sentence binds."""
    s = sammanhang(r)
    for fil, plats, mening in meningar(r, _TAL.search):
        for utsaga in utsagor(mening, s):
            yield Prövat()
            if utsaga.motsagt:
                yield _motsagt(fil, plats, mening, utsaga, "Byt ordet, eller hänvisningen om den är fel.")
    for fil, plats, mening in meningar(r, jämför):
        for utsaga in read_utan_tal(mening, s):
            yield Prövat()
            if utsaga.motsagt:
                yield _motsagt(fil, plats, mening, utsaga, "Byt ordet, eller rätta det som det handlar om.")


@kontroll(
    "C61",
    "Antal som är skrivna med ord är underlagets.",
    saknas="ingen text räknar med ord något som underlaget räknar",
)
def check_antal_i_ord(r: Redovisning) -> Kontroll:
    """A number in words up to twelve of ledamöter, kommuner, meetings, insatser or goals is what the inputs count."""
    s = sammanhang(r)
    for fil, plats, mening in meningar(r, räknar):
        for antal in read_antal(mening, s):
            yield Prövat()
            if antal.motsagt:
                yield _motsagt(fil, plats, mening, antal, "Rätta ordet eller underlaget, eller hänvisa till ett fakta.")


def _motsagt(fil: str, plats: str, mening: Mening, utsaga: Utsaga, råd: str) -> Finding:
    text = f"{fil}, {plats}: här står ”{mening.läst(utsaga.ord_)}”, men {utsaga.om}. {råd} Meningen: {mening.citat}"
    return Finding("varning", text, fil)


@kontroll(
    "C62",
    "Lagar och paragrafer som nämns finns.",
    saknas="ingen text nämner en lag som står i listan",
)
def check_lagrum(r: Redovisning) -> Kontroll:
    """A law that is known has its own number, and in the paragraph that is named what the sentence speaks of."""
    for fil, plats, text in tryckta_ord(r):
        if not _LAGRUM.search(text):
            continue
        for lagrum in read_lagrum(text):
            if not lagrum.känd:
                yield Prövat(0, f"{lagrum.ord_}, som inte står i listan över lagar")
                continue
            yield Prövat()
            if lagrum.fel:
                ställe = plats or f"rad {text.count(chr(10), 0, lagrum.plats) + 1}"
                ord_ = f"{fil}, {ställe}: här står ”{lagrum.ord_}”, men {lagrum.fel}. Rätta hänvisningen till lagen."
                yield Finding("varning", ord_, fil)


@kontroll(
    "C63",
    "Inget stycke står två gånger.",
    saknas="inga texter har så långa stycken att en upprepning känns igen",
)
def check_upprepning(r: Redovisning) -> Kontroll:
    """No paragraph of twelve words or more is there twice, to the word or nearly, and no shorter one twice in a row."""
    alla = delade(r.år.texter.values())
    långa = [stycke for stycke in alla if len(stycke.ord_) >= MINST_ORD]
    yield Prövat(len(långa))
    for förra, stycke in (*upprepade(långa), *intill(alla)):
        text = f"{stycke.fil}, rad {stycke.rad}: stycket står också i {förra.fil}, rad {förra.rad}. Ta bort det ena."
        yield Finding("varning", f"{text} Det börjar: {' '.join(stycke.ord_[:8])} …", stycke.fil)


@kontroll(
    "C64",
    "Varje insats text handlar om sin insats.",
    saknas="ingen insats har en text",
)
def check_insatstexter(r: Redovisning) -> Kontroll:
    """The text of an insats names it, or has its figures, if it names another or has another's."""
    insatser = {insats.id: insats for insats in r.år.underlag.insatser}
    for namn, fil in r.år.texter.items():
        egen = insatser.get(namn.removeprefix(r.år.rapport.textprefix).removeprefix(_INSATS))
        if _INSATS not in namn or egen is None or not fil.text.strip():
            continue
        yield Prövat()
        if annan := annan_insats(fil.text, egen, insatser.values()):
            text = f"{fil.fil} handlar om {annan.namn} men är texten för {egen.namn}. Är två texter ombytta?"
            yield Finding("varning", text, fil.fil)


@kontroll(
    "C74",
    "Hänvisningarna är till det som orden bredvid dem säger.",
    saknas="ingen text hänvisar till ett fakta",
)
def check_hänvisningar(r: Redovisning) -> Kontroll:
    """No sentence names one fact of a family, and refers to another that it does not name."""
    begrepp, oanvända = Begrepp(r.fakta, r.år.period), _ensamma(r)
    noter = {notis.id: notis.rubrik for notis in r.år.förbund.noter}
    insatser = {insats.id: insats.namn for insats in r.år.underlag.insatser}
    u = r.år.underlag
    målens = {m.id: m.insats for m in u.mål} | {m.id: m.insats for m in u.planmål}
    medlemmar = " ".join(medlem.namn for medlem in r.år.förbund.medlemmar)
    rader_insats: dict[str, str] = {}
    rader: defaultdict[str, list[str]] = defaultdict(list)
    for fil, plats, text in tryckta_ord(r):
        if plats:
            rader[f"{fil}, {plats}"].append(text)
    for rad in (rad for _, alla in r.år.underlag if isinstance(alla, tuple) for rad in alla):
        rader_insats[f"{rad.blad}, rad {rad.rad}"] = vars(rad).get("insats", "")
        rader[f"{r.år.underlag.fil}, {rad.blad}, rad {rad.rad}"] += [
            str(v) for v in vars(rad).values() if isinstance(v, str)
        ]
    # What waits for its figures in a year that is being made is told once, by C36.
    ej_lästa = {fil.fil for fil in r.år.texter.values() if fil.märke}
    for fil, plats, text in tryckta_ord(r):
        if "{" not in text:
            continue
        väntar = r.år.väntar_på_bokföringen or fil in ej_lästa or bool(plats and ej_lästa)
        runt = " ".join(rader[f"{fil}, {plats}"]) if plats else fil.rpartition("/")[2]
        yield Prövat()
        for fel in begrepp.fel_i(text, runt):
            ställe = plats or f"rad {text.count(chr(10), 0, fel.plats) + 1}"
            ord_ = (
                f"{fil}, {ställe}: {fel.ord_} står vid ord om {fel.namngivet.id} (”{fel.med}…”) och inte om sig själv."
            )
            yield Finding("varning", f"{ord_} Är det rätt fakta?", fil)
        for fel in begrepp.upprepade(text):
            ställe = plats or f"rad {text.count(chr(10), 0, fel.plats) + 1}"
            ord_ = f"{fil}, {ställe}: {fel.ord_} står också i meningen intill, och bara den ena handlar om det."
            yield Finding("varning", f"{ord_} Är det rätt fakta?", fil)
        fler = [(nr, f"{ord_} är för ett annat år, som meningen inte nämner") for ord_, nr in fel_år(text)]
        egen = namn if (namn := _textens_insats(fil, plats, rader_insats)) in insatser else ""
        fler += [
            (nr, f"{ord_} är ett tal för en annan insats än {annan}")
            for ord_, nr, annan in annan_insats_i(text, egen, insatser, målens)
        ]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in fel_bredvid(text, r.fakta, r.år.årtal, väntar=väntar)]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in fel_intill(text, r.fakta, r.år.årtal)]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in fel_i_roll(text, r.fakta, r.år.årtal)]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in fel_namn(text, r.fakta, r.år.årtal)]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in fel_uppgift(text, runt, r.fakta, r.år.årtal, oanvända)]
        fler += [(nr, f"{ord_} {vad}") for ord_, nr, vad in egen_not(fil, text)]
        fler += [(nr, f"”{ord_}” {vad}") for ord_, nr, vad in annans_deltagare(text, insatser, medlemmar)]
        fler += [(nr, f"{ord_} står vid ord om noten {annan}") for ord_, nr, annan in annan_not(text, noter)]
        for nr, vad in dict(reversed(fler)).items():
            var = plats or f"rad {text.count(chr(10), 0, nr) + 1}"
            yield Finding("varning", f"{fil}, {var}: {vad}. Är hänvisningen rätt?", fil)
    yield from _check_rutor(r, {f.id for f in oanvända})


def _check_rutor(r: Redovisning, oanvända: Collection[str]) -> Kontroll:
    """No line of a faktaruta has what another line has, when the uppgift by its own name is nowhere."""
    sagda: defaultdict[tuple[str, str], list[Faktaruterad]] = defaultdict(list)
    for rad in r.år.underlag.faktarutor:
        for id_ in set(_UPPGIFT.findall(rad.text)):
            sagda[rad.insats, id_].append(rad)
    for (insats, id_), rader in sagda.items():
        yield Prövat(int(len(rader) > 1))
        for rad in rader if len(rader) > 1 else ():
            rubrik = vik(rad.rubrik).split()
            egen = next((f"uppgift.{insats}_{ord_}" for ord_ in rubrik if f"uppgift.{insats}_{ord_}" in oanvända), "")
            if egen and not any(ord_ in id_ for ord_ in rubrik):
                text = f"Faktarutor, rad {rad.rad}: {rad.rubrik} har {id_}, som också står på en annan rad, men {egen}"
                yield Finding("varning", f"{text} står ingenstans. Är hänvisningen rätt?", f"Faktarutor, rad {rad.rad}")


@en_gång
def _ensamma(r: Redovisning) -> list[Fakta]:
    """The uppgifter that no text refers to."""
    uppgifter = [f for f in r.fakta.values() if f.period == r.år.period and f.id.startswith("uppgift.")]
    return ensamma(uppgifter, [text for _, _, text in tryckta_ord(r)])


def _textens_insats(fil: str, plats: str, rader: Mapping[str, str]) -> str:
    """The id of the insats that a text or a row is of; empty when of none."""
    namn = fil.rpartition("/")[2].removesuffix(".md")
    return rader.get(plats, "") if plats else namn.removeprefix(_INSATS) if namn.startswith(_INSATS) else ""


@kontroll("C76", "Ingen text står i en annan texts fil.", saknas="inga texter")
def check_ombytta(r: Redovisning) -> Kontroll:
    """No two texts have each other's words: those of the other's name or rows, more than those of their own."""
    rader: defaultdict[str, list[str]] = defaultdict(list)
    for rad in (rad for _, alla in r.år.underlag if isinstance(alla, tuple) for rad in alla):
        värden = vars(rad)
        ord_ = " ".join(str(värde) for värde in värden.values() if isinstance(värde, str))
        rader[f"{_INSATS}{värden.get('insats', '')}"].append(ord_)
        rader[f"malomrade_{värden.get('område', '')}"].append(ord_)
    insatser = {f"{_INSATS}{insats.id}": insats.namn for insats in r.år.underlag.insatser}
    yield Prövat(len(r.år.texter))
    for ena, andra in dict.fromkeys(ombytta(r.år.texter, insatser, rader)):
        text = f"{ena.fil} handlar om det som {andra.fil} ska handla om, och tvärtom."
        yield Finding("varning", f"{text} Är två texter ombytta?", ena.fil)
