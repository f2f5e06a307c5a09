"""Numbers in words up to twelve, of what the inputs count: ledamöter, kommuner, meetings, insatser, goals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from finsam.checks.prosa.mening import ÅR, Mening
from finsam.checks.prosa.ordlista import ordlista
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.monster import Mönster, gemena
from finsam.model.ord import antal_gånger, uppräkning
from finsam.model.underlag import Insats, Undertecknare

_N = rf"(?<!\w)(?P<n>{'|'.join(ordlista()['räkneord'])})\s"
_NÅGOT_ANTAL = re.compile(_N)
_STYRELSEN = re.compile("styrelse")
_SAMLAD = Mönster(r"medlem|staten|består\sav")
_HAR = r"(?<!\w)(?:har|hade|består\sav|bestod\sav|utgörs\sav|med|utser|utsett|utsåg|och)\s"


@dataclass(frozen=True, slots=True)
class Antal:
    """A number in words: what is counted, and how many there are by the inputs (several ways to count, maybe)."""

    ord_: str
    sagt: int
    finns: tuple[int, ...]
    var: str

    @property
    def motsagt(self) -> bool:
        """Whether it is none of those that there are."""
        return self.sagt not in self.finns

    @property
    def om(self) -> str:
        """How many there are, and by what."""
        return f"{self.var} har {uppräkning((str(antal) for antal in sorted(set(self.finns))), 'eller')}"


@lru_cache(maxsize=1 << 12)
def räknar(text: str) -> bool:
    """Whether a text has a number in words, which is all that makes it worth reading here."""
    return _NÅGOT_ANTAL.search(gemena(text)) is not None


def read_antal(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    """What the sentence counts."""
    if not räknar(mening.text):
        return
    for läs, ord_ in _LÄSER:
        if any(ett in mening.text for ett in ord_):
            yield from (antal for antal in läs(mening, s) if antal.finns)


def _nr(nr: int) -> str:
    """The pattern of a number, when it is not the first in a pattern."""
    return _N.replace("<n>", f"<n{nr}>")


def _antal(träff: re.Match[str], finns: tuple[int, ...], var: str) -> Antal:
    n = next(ord_ for namn, ord_ in träff.groupdict().items() if namn.startswith("n") and ord_)
    return Antal(träff[0].strip(), ordlista()["räkneord"][n], finns, var)


def _uppgift(s: Sammanhang, *id_: str) -> tuple[int, ...]:
    funna = (s.fakta(f"uppgift.{ett}") for ett in id_)
    return tuple(int(f.värde) for f in funna if f and f.värde is not None and f.enhet == "antal")


def _undertecknare(s: Sammanhang, organ: str) -> list[Undertecknare]:
    alla = s.r.år.underlag.undertecknare or _senaste(s)
    if any(u.roll.lower().startswith("övriga") for u in alla):
        return []
    return [u for u in alla if u.organ == organ and "ersättare" not in u.roll.lower()]


def _skriver(s: Sammanhang, organ: str) -> tuple[int, ...]:
    """How many an organ may be by those who sign for it: some may do so in the place of another. None sign: nothing."""
    alla = s.r.år.underlag.undertecknare or _senaste(s)
    själva = len(_undertecknare(s, organ))
    för_andra = sum(u.organ == organ and "ersättare" in u.roll.lower() for u in alla)
    return tuple(range(själva, själva + för_andra + 1)) if själva else ()


def _senaste(s: Sammanhang) -> tuple[Undertecknare, ...]:
    """Who signed last; a plan has none of its own."""
    tidigare = s.r.år.tidigare_underlag
    return tidigare[max(tidigare)].undertecknare if tidigare else ()


def _styrelsen(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    nämns = any(_STYRELSEN.search(m.text) for m in (*mening.före, mening))
    if not nämns or re.search("presidi|utskott|grupp|beredning", mening.text):
        return
    sitter = r"(?<!\w)styrelsen\s(?:sitter|finns|ingår)\s"
    for träff in re.finditer(rf"(?:{_HAR}|{sitter}){_N}(?:ordinarie\s)?ledamöter(?!\w)", mening.text):
        if givna := _uppgift(s, "styrelse_ledamoter", "styrelseledamoter", "ledamoter"):
            yield _antal(träff, givna, "bladet Uppgifter")
        elif skriver := _skriver(s, "styrelse"):
            yield _antal(träff, skriver, "bladet Undertecknare")
    for träff in re.finditer(rf"{_HAR}{_N}ersättare(?!\w)", mening.text):
        yield _antal(träff, _uppgift(s, "styrelse_ersattare"), "bladet Uppgifter")


def _anställda(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    for träff in re.finditer(
        rf"(?<!\w)förbundet\s(?:har|hade)\s{_N}anställda(?=[.,;]|$|\svid\sårets\sslut)", mening.text
    ):
        yield _antal(träff, _uppgift(s, "medarbetare"), "uppgiften medarbetare")


_DELMÄNGD = r"(?:av|andra|minst|högst|än|från|i)\s(?:de\s)?$"
"""What is said right before a number that is not of them all."""


_MEDLEMMAR = Mönster(rf"{_N}medlemmar(?:na)?(?!\w)", "medlemmar")


def _medlemmar(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    """All the kommuner, regioner or members; some of them are not counted."""
    start, slut = date(s.r.år.årtal, 1, 1), date(s.r.år.årtal, 12, 31)
    med = [m for m in s.r.år.förbund.medlemmar if m.är_med(start, slut)]
    yield from _av_typ(mening, "kommun", [m.namn for m in med if m.typ == "kommun"])
    yield from _av_typ(mening, "region", [m.namn for m in med if m.typ == "region"])
    andra, stat = sum(m.typ != "stat" for m in med), any(m.typ == "stat" for m in med)
    for träff in _MEDLEMMAR.finditer(mening.text):
        if not re.search(_DELMÄNGD, mening.text[: träff.start()]) and "styrelse" not in mening.text:
            # The state is one member or its two myndigheter, as the förbund sees it.
            yield _antal(träff, (andra + 1, andra + 2) if stat else (andra,), _I_FORBUND)


_I_FORBUND = "medlemmar i forbund.yml"


_FOLK = r"(?:personer|människor|invånare|den|de|alder|ålder)\s(?:\w+\s){0,3}?i\s$"


def _av_typ(mening: Mening, ord_: str, namn: list[str]) -> Iterator[Antal]:
    """Kommuner or regioner: all of them by the words, or counted up with the other members."""
    if f"{ord_}er" not in mening.text:
        return
    alla = (
        rf"(?:(?<!\w)(?:de|alla)\s){_N}(?:medlems)?{ord_}erna(?!\w)"
        rf"|(?<!\w)alla\s{_nr(2)}(?:medlems)?{ord_}er(?!\w)|{_nr(3)}medlems{ord_}er(?!\w)"
    )
    for träff in re.finditer(alla, mening.text):
        avgränsat = re.match(r"\s(?:i|på|som|med|utan|där|vars|söder|norr)(?!\w)", mening.text[träff.end() :])
        # Those who live in them and need something are not some of them.
        bor = re.search(_FOLK, mening.text[: träff.start()]) and re.match(r"\ssom\sbehöver", mening.text[träff.end() :])
        if (bor or not avgränsat) and not _nämnda(mening, namn, träff):
            yield _antal(träff, (len(namn),), _I_FORBUND)
    for träff in re.finditer(rf"{_N}{ord_}er(?!\w)", mening.text):
        före, efter = mening.text[: träff.start()], mening.text[träff.end() :]
        samlade = _SAMLAD.search(före) or re.search(r"(?:,\s|och\s)staten", efter)
        if samlade and not re.search(_DELMÄNGD, före):
            yield _antal(träff, (len(namn),), _I_FORBUND)


def _nämnda(mening: Mening, namn: list[str], träff: re.Match[str]) -> bool:
    """Whether as many as are counted are named beside it, or in the sentence before, and so are some of them."""
    sagt = ordlista()["räkneord"][next(filter(None, träff.groups()))]
    stammar = [ett.lower().removesuffix(" kommun").removesuffix("s").removeprefix("region ") for ett in namn]
    nära = [mening.text, *(m.text for m in mening.före[-1:])]
    return any(sum(stam in text for stam in stammar) == sagt for text in nära)


_MÖTTES = "(?:höll|hållit|håller|hade|haft|har|sammanträdde|sammanträder|möttes|möts|träffades|träffas)"
_MÖTEN = (
    r"(?:protokollförda\s|ordinarie\s)?(?:möten|sammanträden|gånger)"
    rf"(?=\.|$|,?\soch\s(?:styrelsen|beredning|presidiet)|\s(?:under|i)\s(?:året|{ÅR}))"
)


def _möten(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    for organ, id_ in (("styrelse", "styrelsemoten"), ("beredningsgrupp", "beredningsmoten")):
        mönster = rf"(?<!\w){organ}(?:n|en)\s(?:har\s)?{_MÖTTES}\s{_N}{_MÖTEN}"
        for träff in re.finditer(mönster, mening.text) if organ in mening.text else ():
            if givna := _uppgift(s, id_):
                yield _antal(träff, givna, f"uppgiften {id_}")
            elif antal := sum(m.organ.lower().startswith(organ) for m in s.r.år.underlag.möten):
                yield _antal(träff, (antal,), "bladet Möten")


_SLAG = {"individinriktade": "individ", "strukturövergripande": "struktur", "strukturinriktade": "struktur"}


_ADJEKTIV = "|".join(_SLAG)
_AV_SLAGET = Mönster(
    rf"{_N}(?P<slag>{_ADJEKTIV})(?:\sinsatser(?:na)?(?!\w)|(?=\soch\s{_nr(4)}(?:{_ADJEKTIV})\sinsatser))"
    rf"|{_nr(2)}insatser\sär\s(?P<slag2>{_ADJEKTIV})(?!\w)",
    _ADJEKTIV,
)
_FINANSIERADE = Mönster(rf"förbundet\s(?:har\s)?finansiera(?:r|de|t)\s{_N}insatser(?!\w)", "finansiera")
_TILLSAMMANS = Mönster(
    rf"(?<!\w)de\s{_N}insatserna\s(?:tillsammans|sammanlagt|totalt)(?!\w)", "tillsammans|sammanlagt|totalt"
)
_DE_ANDRA = Mönster(rf"(?<!\w)de\s{_N}andra\s(?P<slag>{_ADJEKTIV})\sinsatserna(?!\w)", "andra", _ADJEKTIV)
_NYA = Mönster(rf"{_N}nya\sinsatser(?:na)?(?!\w)", "nya")
_FINANSIERAR = r"förbundet\s(?:har\s)?(?:finansiera|stöd|hade|har)|finansiera(?:de)?s(?!\w)"


def _insatser(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    insatser, text = s.r.år.underlag.insatser, mening.text
    for träff in _AV_SLAGET.finditer(text):
        alla = träff["slag2"] or re.search(_FINANSIERAR, mening.text)
        if alla and not re.search(r"(?:av|andra|nya|dessa|minst|högst|än)\s(?:de\s)?$", mening.text[: träff.start()]):
            av_slaget = [insats for insats in insatser if insats.slag == _SLAG[träff["slag"] or träff["slag2"]]]
            finns = (len(av_slaget), sum(not _börjar_senare(insats, s) for insats in av_slaget)) if av_slaget else ()
            yield _antal(träff, finns, "bladet Insatser")
    for träff in _FINANSIERADE.finditer(text):
        yield _antal(träff, (len(insatser),) if insatser else (), "bladet Insatser")
    if "insatserna" in text:
        yield from _de_insatserna(mening, s)
    nya = [insats for insats in insatser if _börjar_senare(insats, s)]
    for träff in _NYA.finditer(text):
        alla = all(insats.från for insats in insatser if insats.slag == "individ")
        if nya and alla and not mening.åren() and not re.search(_SENARE, mening.text):
            yield _antal(träff, (len(nya),), "som började under året, bladet Insatser")


def _de_insatserna(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    """All of the insatser, or all but one of a kind."""
    insatser = s.r.år.underlag.insatser
    nära = " ".join(m.text for m in (*mening.före[-1:], mening))
    nämnda = [insats for insats in insatser if antal_gånger(nära, insats.namn.lower(), versal=False)]
    grupper = [len(insatser), *Counter(insats.slag for insats in insatser).values()]
    for träff in _TILLSAMMANS.finditer(mening.text):
        # Those that are named, or were counted before, need not be all.
        if not nämnda and not any(re.search(rf"(?<!\w){träff['n']}(?!\w)", m.text) for m in mening.före):
            yield _antal(träff, tuple(grupper), "bladet Insatser")
    for träff in _DE_ANDRA.finditer(mening.text):
        av_slaget = [insats for insats in insatser if insats.slag == _SLAG[träff["slag"]]]
        if len(nämnda) == 1 and nämnda[0] in av_slaget:
            yield _antal(träff, (len(av_slaget) - 1,), "bladet Insatser utöver den nämnda")


_SENARE = r"nästa|kommande|ansök|föresl|förslag|planera|före|minst|högst|skulle|från"


def _börjar_senare(insats: Insats, s: Sammanhang) -> bool:
    """Whether it is only prepared for when the year begins."""
    return insats.från is not None and insats.från > date(s.r.år.årtal, 1, 1)


_HUR = {"uppfyllda": "uppfyllt", "delvis uppfyllda": "delvis uppfyllt", "kan inte bedömas": "kan inte bedömas"}
_MÅLOMRÅDEN = Mönster(
    rf"(?<!\w)(?:har|hade|omfattar|innehåller|delas\sin\si|indelad\si)\s{_N}målområden(?!\w)"
    rf"|målen\s(?:för\s{ÅR}\s)?hör\still\s{_nr(2)}områden(?!\w)|målen\sär\sordnade\si\s{_nr(3)}målområden(?!\w)",
    "områden",
)
_ANDRA_OMRÅDENA = Mönster(rf"(?<!\w)de\s{_N}andra\s(?:mål)?områdena(?!\w)", "områdena")
_SÅ_MÅNGA_MÅL = Mönster(
    rf"{_N}mål\s(?:är|blev)\s(?P<hur>uppfyllda|delvis\suppfyllda|inte\suppfyllda)(?!\w)"
    rf"|{_nr(2)}mål\s(?P<hur2>kan\sinte\sbedömas)(?!\w)",
    "uppfyllda|bedömas",
)
_MÅLEN = Mönster(r"(?<!\w)målen\si\shuvudsak|(?<!\w)alla\smålen|(?<!\w)de\sflesta\smål")


def _mål(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    u = s.r.år.underlag
    for träff in _MÅLOMRÅDEN.finditer(mening.text):
        områden = (len(u.målområden),) if u.målområden else ()
        yield _antal(träff, områden, "bladet Målområden")
    for träff in _ANDRA_OMRÅDENA.finditer(mening.text) if u.målområden else ():
        nära = " ".join(m.text for m in (*mening.före, mening))
        nämnda = sum(antal_gånger(nära, område.namn.lower(), versal=False) > 0 for område in u.målområden)
        finns = (len(u.målområden) - 1, len(u.målområden) - nämnda)
        yield _antal(träff, finns, "bladet Målområden, utöver de nämnda,")
    for träff in _SÅ_MÅNGA_MÅL.finditer(mening.text):
        hur = _HUR.get(träff["hur"] or träff["hur2"], "ej uppfyllt")
        delar: Counter[str] = Counter()
        for mål in u.mål:
            om_så = s.r.fakta[f"mal.{mål.id}.bedomning"].text == hur
            delar.update(
                {del_: int(om_så) for del_ in ("alla", mål.slag, f"område {mål.område}", f"insats {mål.insats}")}
            )
        # What opens a sentence after one of all the goals is of them all.
        om_alla = träff.start() == 0 and any(_MÅLEN.search(ett.text) for ett in mening.före) and not mening.insats
        yield _antal(
            träff, (delar["alla"],) if om_alla else tuple(antal for antal in delar.values() if antal), "bladet Mål"
        )


_DELAR = {"tredjedelar": 3, "fjärdedelar": 4, "femtedelar": 5, "tiondelar": 10}


def _vägen(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    """How much of the way to its limit a goal is to be for it to be partly met."""
    for träff in re.finditer(rf"{_N}(?P<delar>{'|'.join(_DELAR)})\sav\svägen(?!\w)", mening.text):
        delar = s.r.år.förbund.delvis_från * _DELAR[träff["delar"]]
        yield _antal(träff, (round(delar),) if abs(delar - round(delar)) < 0.01 else (), "delvis_från i forbund.yml")


def _revisorer(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    for träff in re.finditer(
        rf"(?:{_HAR}|granskas\sav\s|^){_N}revisorer(?=[.,]|\sgranskar|\soch|\sfrån|$)", mening.text
    ):
        if givna := _uppgift(s, "revisorer"):
            yield _antal(träff, givna, "uppgiften revisorer")
        elif skriver := _skriver(s, "revisor"):
            yield _antal(träff, skriver, "bladet Undertecknare")


_UPPRÄKNAT = Mönster(rf"{_N}(?:[\w-]+\s){{0,4}}?[\w-]+:\s(?P<led>[^:;().?!]+)(?:\.|$)", ":")
KORT_LED = 2
"""How many words each part of a list has at most for a comma to be sure to part two of them."""


def _uppräknade(mening: Mening, s: Sammanhang) -> Iterator[Antal]:
    """What is listed after a colon, as few or as many as its commas and its "och" can mean."""
    for träff in _UPPRÄKNAT.finditer(mening.text):
        led = re.split(r",\s(?:och\s|samt\s)?|\s(?:och|samt)\s", träff["led"])
        if len(led) < 2 or re.search(_DELMÄNGD, mening.text[: träff.start()]):
            continue
        kommatecken = len(re.findall(r",\s", träff["led"])) + 1
        minst = kommatecken if all(len(ett.split()) <= KORT_LED for ett in led) else 1
        yield _antal(träff, tuple(range(minst, len(led) + 1)), "uppräkningen efter kolonet")


_HAR_SÅ_MÅNGA = re.compile(
    rf"(?<!\w)(?:har|hade|utser|utsåg|har\sutsett|väljer)\s(?P<n>{'|'.join(ordlista()['räkneord'])})(?!\w)"
)


def _fördelade(mening: Mening, _: Sammanhang) -> Iterator[Antal]:
    """How many a sentence begins with, when the one after it says who has how many of them."""
    for förra in mening.före[-1:]:
        träff = re.match(rf"{_N}(?P<vad>[a-zåäö]{{4,}})(?:er|ar)(?!\w)", förra.text)
        egna = [ordlista()["räkneord"][m["n"]] for m in _HAR_SÅ_MÅNGA.finditer(mening.text)]
        if träff and len(egna) > 1 and re.search(rf"(?<!\w){träff['vad']}", mening.text):
            yield _antal(träff, (sum(egna),), "meningen efter")


_LÄSER: tuple[tuple[Callable[[Mening, Sammanhang], Iterator[Antal]], tuple[str, ...]], ...] = (
    (_styrelsen, ("ledamöter", "ersättare")),
    (_anställda, ("anställda",)),
    (_medlemmar, ("medlemmar", "kommuner", "regioner")),
    (_möten, ("möten", "sammanträden", "gånger")),
    (_insatser, ("insatser",)),
    (_mål, ("mål", "områdena")),
    (_vägen, ("vägen",)),
    (_revisorer, ("revisorer",)),
    (_uppräknade, (":",)),
    (_fördelade, ("har", "hade", "utser", "utsåg", "väljer")),
)
"""What is counted, each with words that one of is in all that is read as such."""
