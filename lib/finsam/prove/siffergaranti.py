"""The guarantee of the figures: a finished document is read back and each number in it must be bound.

A number is bound when it is a fact printed as that fact is printed, or a literal that somebody has declared, or one
in a form that no figure of the year has (a date, a place in a law). Each class has the narrowest rule that will do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from finsam.model.ord import ordagrant
from finsam.prove.arsplats import Årsplatser, är_stapelns_år, är_årtal
from finsam.prove.egna_ord import EgnaOrd, egna_ord
from finsam.prove.pdf import Pdf
from finsam.prove.samma import skillnader_i_pdf
from finsam.prove.sida import PROGRAMMETS, Läst, Stycke, jämn, utan_blanka
from finsam.prove.tal import har_siffra, siffror, tal_i
from finsam.report.form.numrering import gement
from finsam.report.garanti import EGNA, GARANTI, KLASSER, KONTROLL, NUMRERING, SPÅR, Obundet, Siffergaranti
from finsam.report.kontrollerat import meningar
from finsam.report.spar import spårtext
from finsam.report.text import Bit, Texttyda, ord_i
from finsam.report.visning import I_TABELL, dold_förklaring, exakt, visa_fakta, visa_igen

if TYPE_CHECKING:
    from finsam.model.forbund import Visningsval
    from finsam.report.bok import Bok

FÖR_HAND = (
    "är inte knutet till något fakta. Hänvisa till ett fakta, eller skriv {= …} om det inte är en uppgift om året."
)
EJ_KONTROLL = "är inte vad kontrollerna fann."
EJ_SKRIVET = "står inte så i någon av förbundets texter eller celler."
SKRIVNA = ("årtal", "datum", "klockslag", "lagrum")
"""What may be typed, in the förbund's own words alone."""

PÅ_PLATS = ("kolumn", "tabellrubrik", "diagram")
"""Where a year of the program's own is held against the facts of its table or picture."""

RUNT_ORDEN = ("tabellrubrik", "bildtext", "alt", "diagram")
"""Where the program puts words around the förbund's."""

Bundet = tuple[str, Obundet | None]
"""A number's class, and what is wrong with it when it is not bound."""


@dataclass(frozen=True)
class Facit:
    """What a document may print: its facts and how they are printed, and all that is declared beside them.

    `fasta` are words with numbers by their class, `egna` all that the förbund has written, `rubriker` headings that the
    program numbers, `kontroll` the words of the section of checks, without blanks, `storlekar` how large files are.
    """

    tyda: Texttyda
    val: Visningsval
    titlar: tuple[str, ...]
    årtal: frozenset[int]
    fasta: Mapping[str, str]
    deklarerade: frozenset[str]
    egna: EgnaOrd
    rubriker: Mapping[str, str]
    kontroll: frozenset[str]
    spår: Callable[[str], str]
    storlekar: Mapping[str, str] = field(default_factory=dict)


def facit(bok: Bok, avsnitt: Iterable[str] = (), avtryck: str = "") -> Facit:
    """All that a report may print; `avsnitt` are the words of its sections, `avtryck` is what it says of its figures'
    file.
    """

    def läst(text: str) -> str:
        return ord_i(text, bok.tyda).klartext

    år, u = bok.år, bok.år.underlag
    titel, namn = bok.titel, år.förbund.namn
    ur_underlaget: tuple[Iterable[Any], ...] = (u.insatser, u.målområden, u.projekt)
    rader = (*år.förbund.medlemmar, *år.förbund.organisation, *(rad for blad in ur_underlaget for rad in blad))
    kända = (namn, år.förbund.kortnamn, *(rad.namn for rad in rader))
    fasta = dict.fromkeys(kända, "namn") | {år.förbund.orgnr: "organisationsnummer"}
    fasta |= {dold_förklaring(f.dold): "ordagrant" for f in bok.fakta.values() if f.dold}
    fasta |= dict.fromkeys((rad.grupp for rad in u.sjukfrånvaro), "ordagrant")
    målområden = {f"Målområde {nr}: {läst(område.namn)}": "rubriknummer" for nr, område in enumerate(u.målområden, 1)}
    noter = {f"Not {nr}. {läst(notis.rubrik)}": "notnummer" for nr, notis in enumerate(år.förbund.noter, 1)}
    nyckel = år.förbund.bidragsnyckel
    avtalade = (nyckel.stat, nyckel.regioner, nyckel.kommuner, nyckel.delar)
    avtal = [ordagrant(del_.källa) for del_ in avtalade if del_]  # what the split's footnote declares
    avtal += [ordagrant(rad.källa) for rad in u.behov]  # and that of the statistics
    return Facit(
        bok.tyda,
        år.förbund.visning,
        (
            titel,
            *(f"{ord_}{utkast}" for ord_ in (f"{titel} – {namn}", f"{namn} · {titel}") for utkast in ("", " · UTKAST")),
        ),
        frozenset(int(f.period) for f in bok.fakta.values() if f.period.isdecimal()) | {år.årtal - 1, år.årtal + 1},
        {ett: klass for ett, klass in fasta.items() if siffror(ett)},
        frozenset(
            _deklarerade((*(t.text for t in år.texter.values()), u.model_dump(), år.förbund.model_dump(), avtal))
        ),
        egna_ord(bok, avsnitt),
        {jämn(rubrik): klass for rubrik, klass in (målområden | noter).items()},
        frozenset(map(utan_blanka, (*meningar(bok.om_kontrollerna), *bok.om_rapporten.meningar(), avtryck))),
        lambda nyckel: spårtext(bok.fakta[nyckel], bok.fakta, år.bokföring) if nyckel in bok.fakta else "",
    )


def _deklarerade(data: Any) -> Iterator[str]:
    """The literals `{= …}` in all that somebody has written."""
    if isinstance(data, str):
        yield from (jämn(ord_) for ord_ in re.findall(r"\{=([^{}]*)\}", data))
    elif isinstance(data, Iterable):
        for del_ in data.values() if isinstance(data, Mapping) else data:
            yield from _deklarerade(del_)


def siffergaranti(stycken: Sequence[Stycke], svar: Facit, pdf: Pdf | None = None) -> Siffergaranti:
    """Judge every number of a page that is read back and, when a PDF is given, whether it says the same."""
    platser = Årsplatser(stycken, svar.tyda.år)
    funna = [bundet for stycke in stycken for bundet in _i_stycke(stycke, svar, platser)]
    funna += _rubriknummer(stycken)
    funna += _tabellnummer(stycken)
    obundna = [obundet for _, obundet in funna if obundet is not None]
    klasser = Counter(klass for klass, obundet in funna if obundet is None)
    if pdf is not None:
        obundna += skillnader_i_pdf(stycken, pdf)
    return Siffergaranti(
        {k: klasser[k] for k in KLASSER if klasser[k]}, tuple(obundna), klasser[KONTROLL] + klasser[SPÅR]
    )


def _i_stycke(stycke: Stycke, svar: Facit, platser: Årsplatser) -> Iterator[Bundet]:
    if not any(del_.om or har_siffra(del_.text) for del_ in stycke.delar):
        return
    text = jämn(stycke.text)
    if stycke.slag == "spår":
        rätt = utan_blanka(text) == utan_blanka(svar.spår(stycke.delar[0].om["id"]))
        yield from _hela(stycke, SPÅR, rätt, "är inte så i faktats spår.")
    elif stycke.kontroll and stycke.slag != "nummer":
        yield from _hela(stycke, KONTROLL, utan_blanka(text) in svar.kontroll, EJ_KONTROLL)
    elif stycke.slag in ("titel", "sidfot") or (stycke.slag == "omslag" and text in svar.titlar):
        yield from _hela(stycke, "årtal", text in svar.titlar, "är inte dokumentets titel.")
    elif stycke.slag == "nummer":
        klass = KONTROLL if stycke.kontroll else "listnummer"
        yield from _hela(stycke, klass, _är_listnummer(stycke, svar), "börjar inte listan i texten.")
    elif stycke.slag == "rubrik" and text in svar.rubriker:
        yield from _hela(stycke, svar.rubriker[text], True, "")
    elif "data-not" in stycke.om:
        rätt = str(svar.tyda.noter.get(stycke.om["data-not"])) == text
        yield from _hela(stycke, "notnummer", rätt, "är inte notens nummer.")
    elif stycke.slag != "förteckning":
        for nr in range(len(stycke.delar)):
            yield from _i_del(stycke, nr, svar, platser)


def _hela(stycke: Stycke, klass: str, rätt: bool, fel: str) -> Iterator[Bundet]:
    """The numbers of a block that is bound as a whole or not at all."""
    for tal in siffror(stycke.text):
        yield klass, None if rätt else _obundet(stycke, tal, fel)


def _i_del(stycke: Stycke, nr: int, svar: Facit, platser: Årsplatser) -> Iterator[Bundet]:
    """The numbers of a piece of a block: one when something binds it, else those that are typed in it."""
    del_ = stycke.delar[nr]
    if "data-fakta" in del_.om or "data-ordagrant" in del_.om:
        klass, fel = _fakta(del_, svar) if "data-fakta" in del_.om else _ordagrant(del_, svar)
        fel = fel or _ihop(stycke.delar, nr)
        if not fel and "data-fakta" not in del_.om and not _är_skrivet(stycke, nr, (0, len(del_.text)), svar):
            fel = platser.fel(stycke) if är_årtal(del_) and stycke.slag in PÅ_PLATS else EJ_SKRIVET
        if not fel and är_årtal(del_) and not är_stapelns_år(stycke):
            fel = "är inte året för talet bredvid."
        if fel or siffror(del_.text):
            yield klass, _obundet(stycke, del_.text, fel) if fel else None
    elif "data-storlek" in del_.om:
        rätt = svar.storlekar.get(del_.om["data-storlek"]) == del_.text
        yield "filstorlek", None if rätt else _obundet(stycke, del_.text, "är inte så stor filen är.")
    elif not del_.om:
        i_talkolumn = stycke.slag == "cell" and "tal" in stycke.om.get("class", "").split()
        for tal in tal_i(del_.text, () if i_talkolumn else svar.årtal, svar.fasta):
            fritt = tal.klass in SKRIVNA
            skrivet = not fritt or _är_skrivet(stycke, nr, (tal.början, tal.slut), svar)
            fel = FÖR_HAND if not tal.klass else "" if skrivet else EJ_SKRIVET
            klass = EGNA if tal.klass == "årtal" else tal.klass
            yield klass, _obundet(stycke, tal.text, fel) if fel else None


def _är_skrivet(stycke: Stycke, nr: int, var: tuple[int, int], svar: Facit) -> bool:
    """Whether the förbund has written what stands in a place of a piece of a block.

    The program's own headings it has not.
    """
    if stycke.slag in ("kolumn", "omslag"):
        return False
    början, slut = var
    före = "".join((stycke.före, _ord(stycke.delar[:nr]), stycke.delar[nr].text[:början]))
    efter = "".join((stycke.delar[nr].text[slut:], _ord(stycke.delar[nr + 1 :]), stycke.efter))
    runt = (före, stycke.delar[nr].text[början:slut], efter)
    if svar.egna.har(*runt) or svar.egna.har_allt(_ord(stycke.delar)):
        return True
    return stycke.slag in RUNT_ORDEN and svar.egna.har_i_annat(*runt)


def _ord(delar: Iterable[Läst]) -> str:
    """The words of a block without what the program puts beside them."""
    return "".join(del_.text for del_ in delar if del_.om.get("class") not in PROGRAMMETS)


def _är_listnummer(stycke: Stycke, svar: Facit) -> bool:
    """Whether a list begins with 1, or with the number that the förbund has written."""
    start = stycke.om.get("start", "")
    return stycke.text != f"{start}." or svar.egna.har("", start, stycke.efter)


def _obundet(stycke: Stycke, tal: str, fel: str, kod: str = GARANTI.kod) -> Obundet:
    text, tal = jämn(stycke.text), jämn(tal)
    början = max(text.find(tal), 0)
    runt = text[max(början - 40, 0) : början + len(tal) + 40]
    före, efter = ("…" if början > 40 else ""), ("…" if början + len(tal) + 40 < len(text) else "")
    return Obundet(tal, stycke.plats, f"{före}{runt}{efter}", fel, kod)


def _fakta(del_: Läst, svar: Facit) -> tuple[str, str]:
    """What is wrong with a piece that says it is a fact: it must be printed as that fact is."""
    nyckel = del_.om["data-fakta"]
    if nyckel not in svar.tyda.fakta:
        return "fakta", f"hänvisar till faktat {nyckel}, som inte finns."
    fakta = svar.tyda.fakta[nyckel]
    if fakta.värde is None:
        rätta = (visa_fakta(fakta, "text"), visa_igen(fakta, I_TABELL, 1, svar.val))
        return "fakta", "" if del_.text in rätta else f"ska vara {rätta[0]}, som är faktat {nyckel}."
    tecken = -1 if del_.om.get("data-tecken") == "-1" else 1
    rätt = visa_igen(fakta, del_.om.get("data-format", ""), tecken, svar.val)
    if del_.text != rätt:
        return "fakta", f"ska vara {jämn(rätt)}, som är faktat {nyckel}."
    return "fakta", "" if del_.om.get("value") == exakt(fakta) else f"har ett annat värde än faktat {nyckel}."


def _ordagrant(del_: Läst, svar: Facit) -> tuple[str, str]:
    """What is wrong with a piece that says it is declared: as a literal in an input, or made by a reference."""
    uttryck = del_.om["data-ordagrant"]
    if not uttryck:
        fel = "" if jämn(del_.text) in svar.deklarerade else "är inte angivet så med {= …} i något underlag."
        return "ordagrant", fel
    bit = svar.tyda.bit(uttryck)
    rätt = isinstance(bit, Bit) and bit.ordagrant and bit.text == del_.text
    klass = "notnummer" if uttryck.startswith("not:") else "årtal"
    return klass, "" if rätt else f"är inte vad {{{uttryck}}} står för."


def _ihop(delar: Sequence[Läst], nr: int) -> str:
    """What is wrong when a bound number runs into something that makes it another: a digit or a sign."""
    if len(delar) == 1:
        return ""
    text = delar[nr].text
    före, efter = "".join([d.text for d in delar[:nr]]), "".join([d.text for d in delar[nr + 1 :]])
    siffra_före = före[-1:].isdigit() and text[:1].isdigit()
    tecken_före = text[:1].isdigit() and re.search(r"\u2212$|(?<!\w)[-+]$", före)
    if siffra_före or tecken_före or (efter[:1].isdigit() and text[-1:].isdigit()):
        return "sitter ihop med något som gör det till ett annat tal."
    return ""


def _tabellnummer(stycken: Sequence[Stycke]) -> Iterator[Bundet]:
    """The numbers of tables and pictures count them, each kind for itself; a reference says what the caption does."""
    antal: Counter[str] = Counter()
    numrerade: dict[str, str] = {}
    delar = [(stycke, del_) for stycke in stycken for del_ in stycke.delar if "data-nr" in del_.om]
    for stycke, del_ in delar:
        if slag := del_.om.get("data-slag"):
            antal[slag] += 1
            rätt = jämn(del_.text) == f"{slag} {antal[slag]}."
            numrerade[del_.om["data-nr"]] = gement(jämn(del_.text).rstrip("."))
            fel = "räknar inte tabellerna och bilderna."
            yield "tabellnummer", None if rätt else _obundet(stycke, del_.text, fel, NUMRERING.kod)
    for stycke, del_ in delar:
        if "data-slag" not in del_.om:
            rätt = numrerade.get(del_.om["data-nr"]) == jämn(del_.text)
            fel = "är inte numret på det som det hänvisar till."
            yield "tabellnummer", None if rätt else _obundet(stycke, del_.text, fel, NUMRERING.kod)


def _rubriknummer(stycken: Sequence[Stycke]) -> Iterator[Bundet]:
    """The numbers of headings count the headings; the contents say what the headings say."""
    rubriker: set[str] = set()
    senaste: tuple[int, ...] = (0,)
    for stycke in (s for s in stycken if s.slag == "rubrik"):
        rubriker.add(jämn(stycke.text))
        for del_ in stycke.delar:
            if del_.om.get("class") == "nr":
                nummer = tuple(int(n) if n.isdecimal() else 0 for n in del_.text.split("."))
                fel = (
                    ""
                    if nummer in ((senaste[0] + 1,), (*senaste[:1], (*senaste, 0)[1] + 1))
                    else "räknar inte rubrikerna."
                )
                senaste = nummer
                yield "rubriknummer", _obundet(stycke, del_.text, fel, NUMRERING.kod) if fel else None
    for stycke in (s for s in stycken if s.slag == "förteckning"):
        rätt = jämn(stycke.text) in rubriker
        for tal in siffror(stycke.text):
            yield "rubriknummer", None if rätt else _obundet(stycke, tal, "är inte som i rubriken.", NUMRERING.kod)
