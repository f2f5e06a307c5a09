"""The members, and what they and the insatser are called, are the same in the settings, the sheets and the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.vems import check_vems
from finsam.checks.texter import ord_i_inställningarna, ord_i_underlaget
from finsam.model.forbund import Medlem
from finsam.model.monster import Mönster
from finsam.model.ord import uppräkning, vik
from finsam.model.skrivet import Ord
from finsam.read.indata import förslag
from finsam.statements.redovisning import Redovisning, en_gång

UPPRÄKNING = re.compile(
    r"\bmedlemmar(?:na)?(?: i [^.:\n]{1,60}?)? är\b:?(.*?)(?:\.(?=\s|$)|\n\s*\n(?!\s*[-*])|\Z)", re.I | re.S
)
"""Where a text tells who the members are, in a sentence or a list, and what it says there."""
MYNDIGHETER = ("försäkringskassan", "arbetsförmedlingen")
_LED = re.compile(r"[,;()]|\boch\b|\bsamt\b|\n\s*[-*]\s")
_INLEDNING = re.compile(r"^(?:staten|genom|kommunerna|regionerna|regionen|de|\w+ kommuner\w*|\W)+\b", re.I)
_PART = re.compile(r"\b(?:Region [A-ZÅÄÖ][\w-]+(?: län\b)?|[A-ZÅÄÖ][\w-]+ kommun\b)")
_VERSALT = re.compile(r"(?<=[\w,;–(] )[A-ZÅÄÖ][^\W\d_]{3,}")
_BUNDET = re.compile(r"\{[^{}]*\}")
_FÖRBUNDETS = re.compile(r"\bSamordningsförbundet ([A-ZÅÄÖ]\w+)")
_ORTEN = re.compile(r"\b([A-ZÅÄÖ]\w{3,}) kommun\b")
_REGION = re.compile(r"\bRegion ([A-ZÅÄÖ][\w-]+)(?! län)\b")
_OMRÅDEN = Mönster(r"\b[Mm]ål[^.\n]{0,40}?områden: (?P<led>[^.;:\n(]+)\.", "områden: ")
_KOMMUNER = Mönster(r"\b(?P<led>[A-ZÅÄÖ]\w+(?:, [A-ZÅÄÖ]\w+)* och [A-ZÅÄÖ]\w+) kommuner\b", " kommuner")
_STAM = 5
"""Letters that a målområde and what a text calls it have in common."""
_KORTAST = 5
"""Letters that a name must have for a word that is nearly it to be a misspelling and not another name."""

_NÅGRA = 3
NAMN_ORD = 4
"""How many words the name of a member may have."""

Namngivna = Sequence[tuple[str, str]]
"""The id and the name of things that stand beside each other."""


@kontroll(
    "C52",
    "Medlemmar och insatser är desamma, och heter detsamma, i inställningar, underlag och texter.",
    saknas="inga namn att jämföra",
)
def check_namn(r: Redovisning) -> Kontroll:
    """No two have each other's name or the same, who are said to be members are, and no name is misspelt."""
    for vad, fil, namngivna in _grupper(r):
        yield from _check_grupp(vad, fil, namngivna)
    yield from _check_kostnadsid(r)
    yield from _check_medlemsid(r)
    yield from _check_uppräknade(r)
    yield from _check_kommuner(r)
    yield from _check_områden(r)
    yield from _check_parter(r)
    yield from _check_förbundets(r)
    yield from _check_stavning(r)
    yield from check_vems(r)


# The settings and sheets by themselves


def _grupper(r: Redovisning) -> Iterator[tuple[str, str, Namngivna]]:
    f, u = r.år.förbund, r.år.underlag
    yield "medlemmarna", "forbund.yml", [(m.id, m.namn) for m in f.medlemmar]
    yield "insatserna", u.fil, [(i.id, i.namn) for i in u.insatser]
    yield "målområdena", u.fil, [(o.id, o.namn) for o in u.målområden]
    for notis in f.noter:
        yield f"raderna i noten {notis.rubrik}", "forbund.yml", [(rad.id, rad.etikett) for rad in notis.rader]
    for grupp in f.kostnadsfördelning:
        vad = f"raderna under {grupp.etikett} i kostnadsfördelningen"
        yield vad, "forbund.yml", [(rad.id, rad.etikett) for rad in grupp.rader]


def _check_grupp(vad: str, fil: str, namngivna: Namngivna) -> Kontroll:
    """No two have the same name, and no two each other's, by the ids that they were given."""
    yield Prövat(len(namngivna) if len(namngivna) > 1 else 0)
    for namn, antal in Counter(namn.casefold() for _, namn in namngivna).items():
        if antal > 1:
            heter = next(ett for _, ett in namngivna if ett.casefold() == namn)
            yield Finding("varning", f"{antal} av {vad} heter {heter}. Rätta namnen i {fil}.", fil)
    for (id_1, namn_1), (id_2, namn_2) in combinations(namngivna, 2):
        egna, bytta = _passar(id_1, namn_1) or _passar(id_2, namn_2), _passar(id_1, namn_2) and _passar(id_2, namn_1)
        if bytta and not egna:
            text = f"Bland {vad} heter {id_1} {namn_1} och {id_2} {namn_2}. Har namnen bytt plats? Rätta {fil}."
            yield Finding("varning", text, fil)


def _passar(id_: str, namn: str) -> bool:
    """Whether a name has a word that its id was made of.

    >>> _passar("hallefors", "Hällefors kommun"), _passar("nora", "Lindesbergs kommun")
    (True, False)
    """
    ord_ = re.findall(r"[a-z]{3,}", vik(namn))
    delar = [del_ for del_ in vik(id_).split("_") if len(del_) > 2]
    return any(ett.startswith(del_) or (len(ett) > 3 and del_.startswith(ett)) for ett in ord_ for del_ in delar)


def _check_kostnadsid(r: Redovisning) -> Kontroll:
    """A cost of an insats has not the id of another, by what it is called."""
    rader = r.år.underlag.insatsekonomi
    alla = [*rader, *(rad for u in r.år.tidigare_underlag.values() for rad in u.insatsekonomi)]
    for rad in rader:
        yield Prövat()
        # An id that nothing else has may be a new one.
        annans = any(ett.id == rad.id and ett.benämning != rad.benämning for ett in alla)
        kända = sorted({ett.id for ett in (alla if annans else rader)})
        rätt = [] if _passar(rad.id, rad.benämning) else [id_ for id_ in kända if vik(rad.benämning).startswith(id_)]
        if rätt:
            text = f"Insatsekonomi, rad {rad.rad}: {rad.benämning} har id {rad.id}, som är ett annat slags kostnad."
            yield Finding("varning", f"{text} Ska det vara {rätt[0]}?", f"Insatsekonomi, rad {rad.rad}")


# Who are members


def _kärna(namn: str) -> str:
    """What is left of a member's name in running words: without kommun and genitive, in small letters.

    >>> _kärna("Granviks kommun"), _kärna("de fyra kommunerna Kumla"), _kärna("staten genom Försäkringskassan")
    ('granvik', 'kumla', 'försäkringskassan')
    """
    utan = re.sub(r"\([^)]*\)|\*+|\bkommun(?:er)?\b", "", _INLEDNING.sub("", namn.strip()))
    return utan.strip(" .:").casefold().removesuffix("s")


def _check_medlemsid(r: Redovisning) -> Kontroll:
    """A row of contributions or participants is a member's, by its id, or that of one that it was merged of."""
    u, medlemmar = r.år.underlag, r.år.förbund.medlemmar
    kända = {id_ for m in medlemmar for id_ in (m.id, *m.ersätter)}
    okända: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    rader = [(rad.blad, rad.medlem, rad.rad) for rad in u.medlemsbidrag]
    rader += [(rad.blad, rad.kommun, rad.rad) for rad in u.deltagare if rad.kommun]
    for blad, id_, nr in rader:
        yield Prövat()
        if id_ not in kända:
            okända[blad, id_].append(nr)
    for (blad, id_), nummer in okända.items():
        mer = f" (och {len(nummer) - 1} till)" if len(nummer) > 1 else ""
        text = f"{blad}, rad {nummer[0]}{mer}: {id_} är inte id för någon medlem i forbund.yml.{förslag(id_, kända)}"
        yield Finding("varning", text, u.fil)


def heter(medlem: Medlem) -> set[str]:
    """What a member may be called; the state is its two authorities."""
    if medlem.typ == "stat":
        nämnda = {ett for ett in MYNDIGHETER if ett in medlem.namn.casefold()}
        return nämnda or {*MYNDIGHETER, "staten"}
    return {_kärna(medlem.namn)}


class Uppräkning(NamedTuple):
    """Where a text tells who the members are: the names there by their core, and what the first of them is."""

    fil: str
    nämnda: Mapping[str, str]
    första: str

    @property
    def är_namn(self) -> bool:
        """Whether it begins with a name: "Medlemmarna är överens: Granvik …" does not."""
        return self.första[:1].isupper()


def _uppräkningar(r: Redovisning) -> Iterator[Uppräkning]:
    for fil in r.år.texter.values():
        for träff in UPPRÄKNING.finditer(fil.text):
            led_ = [led.strip(" \n-*.") for led in _LED.split(träff[1]) if led.strip()]
            sagda = {_kärna(led): led for led in led_}
            nämnda = {kärna: namn for kärna, namn in sagda.items() if kärna and "{" not in kärna}
            yield Uppräkning(fil.fil, nämnda, _INLEDNING.sub("", led_[0]) if led_ else "")


def _check_uppräknade(r: Redovisning) -> Kontroll:
    """Where a text tells who the members are they are those of the settings."""
    medlemmar = [m for m in r.år.förbund.medlemmar if m.är_med_under(r.år.årtal)]
    alla = set().union(*map(heter, r.år.förbund.medlemmar))
    funna = list(_uppräkningar(r))
    for uppräknat in funna:
        if len(uppräknat.nämnda.keys() & alla) < 2 or not uppräknat.är_namn:
            continue
        yield Prövat(len(medlemmar))
        inte_nu = f", som inte är medlem {r.år.årtal} (från och till i forbund.yml)"
        delar = (
            ("utan", _borta(uppräknat, medlemmar), ""),
            ("med", _okända(uppräknat, alla), ", som inte är medlem i forbund.yml"),
            ("med", _inte_nu(r, uppräknat, medlemmar), inte_nu),
        )
        fel = [f"{ord_} {uppräkning(namn)}{hur}" for ord_, namn, hur in delar if namn]
        if fel:
            text = f"{uppräknat.fil}: medlemmarna räknas upp {' och '.join(fel)}. Rätta texten eller medlemmarna."
            yield Finding("varning", text, uppräknat.fil)
    if not funna:
        yield Prövat(0, "medlemmarna i texterna (ingen säger: Medlemmar är …)")


def _borta(uppräknat: Uppräkning, medlemmar: Sequence[Medlem]) -> list[str]:
    """The members that are not there, of the kinds that are: "och länets kommuner" names none of them."""
    nämnda = uppräknat.nämnda.keys()
    slag = {m.typ for m in medlemmar if heter(m) & nämnda} - {"stat"}
    return [m.namn for m in medlemmar if m.typ in slag and not heter(m) & nämnda]


def _okända(uppräknat: Uppräkning, alla: Collection[str]) -> list[str]:
    """Names there that no member has or has had."""
    okända = [namn for kärna, namn in uppräknat.nämnda.items() if kärna not in alla and namn[:1].isupper()]
    return [namn for namn in okända if len(namn.split()) <= NAMN_ORD and namn.casefold() != "staten"]


def _inte_nu(r: Redovisning, uppräknat: Uppräkning, medlemmar: Sequence[Medlem]) -> list[str]:
    """Members of other years that are there, but for those that one of this year's was merged of."""
    ersatta = {id_ for m in medlemmar for id_ in m.ersätter}
    andra = [m for m in r.år.förbund.medlemmar if m not in medlemmar and m.id not in ersatta]
    return [m.namn for m in andra if heter(m) & uppräknat.nämnda.keys()]


def _check_kommuner(r: Redovisning) -> Kontroll:
    """All the kommuner and one more, in a row, are not the kommuner of the förbund."""
    egna = {_kärna(m.namn) for m in r.år.förbund.medlemmar if m.typ == "kommun"}
    for fil in r.år.texter.values() if len(egna) > 1 else ():
        for träff in _KOMMUNER.finditer(fil.text):
            sagda = {_kärna(f"{ett.removesuffix('s')} kommun"): ett for ett in re.split(r", | och ", träff["led"])}
            yield Prövat(int(egna <= sagda.keys()))
            if egna < sagda.keys():
                andra = uppräkning([ett for kärna, ett in sagda.items() if kärna not in egna])
                text = f"{fil.fil}: kommunerna räknas upp med {andra}, som inte är medlem i forbund.yml."
                yield Finding("varning", f"{text} Rätta texten eller medlemmarna.", fil.fil)


def _check_områden(r: Redovisning) -> Kontroll:
    """Where a text tells which the målområden are they are those of the sheet."""
    namn = {vik(o.namn): o.namn for o in r.år.underlag.målområden}
    for fil in r.år.texter.values() if namn else ():
        for träff in _OMRÅDEN.finditer(fil.text):
            sagda = {vik(ett).strip()[:_STAM]: ett for ett in re.split(r",\s|\s(?:och|samt)\s", träff["led"])}
            okända = [ett for stam, ett in sagda.items() if not any(stam in heter_ for heter_ in namn)]
            borta = [ett for heter_, ett in namn.items() if not any(stam in heter_ for stam in sagda)]
            yield Prövat(len(sagda))
            if okända and borta:
                text = f"{fil.fil}: målområdena räknas upp med {uppräkning(okända)} men utan {uppräkning(borta)}."
                yield Finding("varning", f"{text} Rätta texten eller bladet Målområden.", fil.fil)


def _check_parter(r: Redovisning) -> Kontroll:
    """A kommun or region that has an insats or has appointed somebody is a member."""
    u = r.år.underlag
    parter = [(f"Insatser, rad {i.rad}", "Insatsägare", i.insatsägare) for i in u.insatser]
    parter += [(f"Undertecknare, rad {p.rad}", "Utsedd av", p.utsedd_av) for p in u.undertecknare]
    kända = {_kärna(m.namn): m.namn for m in r.år.förbund.medlemmar}
    for ställe, kolumn, text in parter:
        for part in _PART.findall(text):
            yield Prövat()
            if _kärna(part) not in kända and not part.startswith("Medlem"):
                ord_ = f"{ställe}: {part} ({kolumn}) är ingen medlem i forbund.yml. Är namnet rätt?"
                yield Finding("varning", ord_, ställe)
            elif part.casefold() not in kända.get(_kärna(part), part).casefold():
                ord_ = f"{ställe}: {part} ({kolumn}) heter {kända[_kärna(part)]} i forbund.yml. Rätta namnet."
                yield Finding("varning", ord_, ställe)


def _check_förbundets(r: Redovisning) -> Kontroll:
    """After Samordningsförbundet stands no insats and no myndighet, but for what its own short name has, after
    Region no kommun, and before kommun no insats.
    """
    kommuner = {_kärna(m.namn) for m in r.år.förbund.medlemmar if m.typ == "kommun"}
    regioner = [_kärna(m.namn) for m in r.år.förbund.medlemmar if m.typ != "kommun"]
    egna = set(re.findall(r"\w+", r.år.förbund.kortnamn.casefold()))
    andras = {i.namn.split()[0].casefold() for i in r.år.underlag.insatser if i.namn} | {*MYNDIGHETER}
    for fil, plats, text in _skrivet(r):
        for namn in _REGION.findall(text) if "Region " in text else ():
            kärna = namn.casefold().removesuffix("s")
            yield Prövat()
            if kärna in kommuner and not any(kärna in region for region in regioner):
                ord_ = f"{fil}, {plats}: här står Region {namn}, som är en kommun. Rätta namnet."
                yield Finding("varning", ord_, fil)
        for namn in _ORTEN.findall(text) if " kommun" in text else ():
            if namn.casefold() in andras and namn.casefold().removesuffix("s") not in kommuner:
                ord_ = f"{fil}, {plats}: här står {namn} kommun, men {namn} är ingen kommun. Rätta namnet."
                yield Finding("varning", ord_, fil)
        for namn in _FÖRBUNDETS.findall(text) if "Samordningsförbundet " in text else ():
            yield Prövat()
            if namn.casefold() in andras - egna:
                ord_ = f"{fil}, {plats}: här står Samordningsförbundet {namn}, som inte är ett förbund. Rätta namnet."
                yield Finding("varning", ord_, fil)


# Words that are nearly a name


def _check_stavning(r: Redovisning) -> Kontroll:
    """No word is one or two letters from the name of a member, an insats or the förbund."""
    yield Prövat(sum(len(_versala(text)) for _, _, text in _skrivet(r)))
    for (ord_, menat), ställen in felstavade_namn(r).items():
        mer = f" (och {len(ställen) - 1} till)" if len(ställen) > 1 else ""
        text = f"{ställen[0]}{mer}: {ord_} liknar {menat}. Är namnet rätt stavat?"
        yield Finding("varning", text, ställen[0].partition(",")[0])


@en_gång
def felstavade_namn(r: Redovisning) -> dict[tuple[str, str], list[str]]:
    """Each word that seems to be a name misspelt, with the name, and where it stands."""
    f = r.år.förbund
    medlemmar = {ord_: namn for m in f.medlemmar for ord_, namn in _namnord(m.namn)}
    övriga = (f.kortnamn, *(i.namn for i in r.år.underlag.insatser), *map(str.capitalize, MYNDIGHETER))
    kända = {ord_: namn for helt in övriga for ord_, namn in _namnord(helt)} | medlemmar
    felstavade: dict[tuple[str, str], list[str]] = defaultdict(list)
    ordnade = sorted(kända), sorted(medlemmar)
    lästa: dict[tuple[str, bool], str | None] = {}
    for fil, plats, text in _skrivet(r):
        första = _första(text) if not fil.endswith(".md") else []
        for ord_ in (*första, *_versala(text)):
            nyckel = ord_, ord_ in första
            if nyckel not in lästa:
                lästa[nyckel] = _menat(ord_, ordnade[nyckel[1]], kända, medlemmar)
            if menat := lästa[nyckel]:
                felstavade[ord_, kända[menat]].append(f"{fil}, {plats}" if plats else fil)
    return felstavade


def _menat(ord_: str, möjliga: Sequence[str], kända: Container[str], medlemmar: Container[str]) -> str | None:
    """The name that a word is nearly, unless it is one."""
    grund = {ord_.casefold(), ord_.casefold().removesuffix("s")}
    if any(ett in kända for ett in grund):
        return None
    return next((n for n in möjliga if any(_nära(g, n, avhugget=n in medlemmar) for g in grund)), None)


@lru_cache(maxsize=1 << 12)
def _versala(text: str) -> tuple[str, ...]:
    """The words with a capital that no sentence begins with."""
    return tuple(_VERSALT.findall(_BUNDET.sub(" ", text) if "{" in text else text))


def _första(text: str) -> list[str]:
    """The first word of a cell that is a name or little more."""
    return re.findall(r"\A[A-ZÅÄÖ][^\W\d_]{3,}", text) if len(text.split()) < _NÅGRA else []


@en_gång
def _skrivet(r: Redovisning) -> tuple[Ord, ...]:
    """The words of texts and sheets; those that tell who the members are have been tried already."""
    ord_ = []
    for t in r.år.texter.values():
        utan = UPPRÄKNING.sub(lambda träff: re.sub(r".", " ", träff[0]), t.text)
        ord_ += [Ord(t.fil, f"rad {nr}", rad) for nr, rad in enumerate(utan.split("\n"), 1)]
    medlemmar = _medlemsnamn(r)
    egna = (ett for ett in ord_i_inställningarna(r) if ett.text not in medlemmar)
    return (*ord_, *ord_i_underlaget(r), *egna)


def _medlemsnamn(r: Redovisning) -> set[str]:
    """The names themselves, which nothing is right or wrong against."""
    return {m.namn for m in r.år.förbund.medlemmar}


def _namnord(namn: str) -> Iterable[tuple[str, str]]:
    """The words with a capital of a name that are long enough to be known when they are misspelt, as they stand and
    with and without genitive.
    """
    for ord_ in re.findall(r"[A-ZÅÄÖ][^\W\d_]+", namn):
        if len(ord_) >= _KORTAST and ord_ not in ("Samordningsförbundet", "Staten", "Region", "Regionen"):
            yield from ((ett, ord_) for ett in (ord_.casefold(), ord_.casefold().removesuffix("s")))


def _nära(ord_: str, namn: str, *, avhugget: bool = False) -> bool:
    """Whether a word is a name with one letter changed, added, gone or moved; `avhugget`: the last two may be gone.

    >>> _nära("hälsta", "hällsta"), _nära("sjöe", "sjöede", avhugget=True), _nära("norra", "nora")
    (True, True, False)
    """
    if len(namn) < _KORTAST or ord_ == namn or ord_[0] != namn[0]:
        return False
    if avhugget and namn.startswith(ord_) and len(namn) - len(ord_) <= 2:
        return True
    if abs(len(ord_) - len(namn)) > 1:
        return False
    lika_i_början = next(
        (nr for nr, (a, b) in enumerate(zip(ord_, namn, strict=False)) if a != b), min(len(ord_), len(namn))
    )
    rest_1, rest_2 = ord_[lika_i_början:], namn[lika_i_början:]
    omkastat = rest_1[:2] == rest_2[:2][::-1] and rest_1[2:] == rest_2[2:]
    return rest_1[1:] == rest_2[1:] or rest_1[1:] == rest_2 or rest_1 == rest_2[1:] or omkastat
