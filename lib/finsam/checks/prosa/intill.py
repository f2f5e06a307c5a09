"""Words right beside a reference that say which fact, which year and which kind of figure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from finsam.checks.prosa.bredvid import Fel, hänvisning, nyckel, samma_sak
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import vik

_REF = hänvisning("a")
_ÅRET = r"(?P<år>\{\s*år\s*(?P<steg>[+-]\s*\d+)?\s*\})"
_ENSAM = re.compile(_REF)
_ÅR_EFTER = re.compile(rf"{_REF}\s(?:vid\sslutet\sav\s|för\s)?{_ÅRET}(?!\s(?:och|till)\s\{{\s*år)")
_ÅR_UNDER = Mönster(rf"{_REF}\s(?:\w+\s)?under\s{_ÅRET}", "under")
_VERB = r"är|var|blir|blev|med|planeras|kostade"
_ÅR_FÖRE = Mönster(
    rf"(?:slutet\sav|[Ff]ör|\bÅr)\s{_ÅRET}\s"
    rf"(?:(?:{_VERB}|är\smotsvarande\sbelopp|räknar\splanen\smed)\s(?:det\s|den\s)?)?{_REF}",
    "slutet|ör|År",
)
_OCH = re.compile(rf"{_REF},?\soch\s{hänvisning('b')}")
_OCH_ÅRET = Mönster(
    rf"{_REF}\s(?:för\s)?\{{\s*år\s*(?:\+\s*\d+)?\s*\}}\soch\s{hänvisning('b')}\s(?:för\s)?\{{\s*år\s*\+\s*\d+\s*\}}",
    "och",
    "år",
)
"""A figure of a year and one of a later."""
_FRÅN = Mönster(rf"(?<!\w)från\s{_REF}\still\s{hänvisning('b')}", "från", "till")
_MOT = Mönster(
    rf"{_REF}(?:\s\w+){{0,5}},?\smot\s{hänvisning('b')}\s(?:året\sinnan|ett\sår\stidigare|i\sfjol)",
    "mot",
    "innan|tidigare|fjol",
)
_TVÅ_ÅR = Mönster(r"\{\s*år\s*([+-]\s*\d+)?\s*\}\soch\s\{\s*år\s*\+\s*(\d+)\s*\}", "och", "år")
_PLANENS = Mönster(
    rf"(?:[Bb]udgeten\sgäller|[Vv]erksamhetsplan\w*(?:\smed\sbudget)?\sför(?:\s[A-ZÅÄÖ]\w+)+)\s{_ÅRET}",
    "udgeten|erksamhetsplan",
)
_BESLUTADES = Mönster(
    rf"[Bb]udgeten\sför\s{_ÅRET}\sbeslutades\sden\s\{{\s*uppgift\.budgetbeslut\b", "uppgift.budgetbeslut"
)
_BUNDET = re.compile(r"\{[^{}]*\}")
_SISTA_PLANÅR = 2
_MENINGSSLUT = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ{*])|\n\s*\n|\n\s*[-*] ")
_MÅLORD = Mönster(
    r"mål|minst|högst|gräns|lägst|\bska|\bbör|\bnå|över|under|mer än|fler än|uppfyll|golv|\btak|rekommen|krav|"
    r"ambition|räckte",
    flaggor=re.I,
)
_MÅLETS_GRÄNS = re.compile(r"(?:plan)?mal\.\w+\.(?:grans|ovre)")
_MÅTTEN = (
    ("nya", Mönster(r"\bny")),
    ("avslut", Mönster("avslut|lämna")),
    ("pagaende_in", Mönster("pågå|kvar|fortsät|början|ingång|sedan tidigare|från förra|året innan|från {")),
    ("pagaende", Mönster("pågå|kvar|fortsät|slut")),
    ("vidare", Mönster("vidare|arbete|studi|jobb|försörj|steg")),
)
"""What the last part of a participant fact has in it, and the words that say it."""
_MÅTTETS = (
    ("nya", "efter", Mönster(r"\s(?:var\s)?nya(?!\w)", "nya"), "räknar inte de nya"),
    (
        "nya",
        "före",
        Mönster(r"(?<!\w)(?:började|antogs)\s\Z", "började|antogs", flaggor=re.I),
        "räknar inte dem som började",
    ),
    (
        "avslut",
        "efter",
        Mönster(r"\savslutade\s(?:insatsen|sin|sitt)(?!\w)", "avslutade"),
        "räknar inte dem som avslutade",
    ),
    (
        "avslut",
        "före",
        Mönster(r"(?<!\w)avslutades\sför\s\Z", "avslutades", flaggor=re.I),
        "räknar inte dem som avslutade",
    ),
    ("vidare", "efter", Mönster(r"\svidare(?:\s(?:till|i)(?!\w)|[.,])", "vidare"), "räknar inte dem som gick vidare"),
    (
        "totalt",
        "före",
        Mönster(r"(?<!\w)(?:deltog|samlade)\s\Z", "deltog|samlade", flaggor=re.I),
        "räknar inte alla som deltog",
    ),
    (
        "totalt",
        "efter",
        Mönster(r"\s(?:unga|personer|medarbetare)(?:\s\w+){0,2}\sdeltog(?!\w)", "deltog"),
        "räknar inte alla som deltog",
    ),
)
"""What the measure of participants has in its id, and the words right before or after it that say so."""
_RÄKNAS = {"moten": "mote", "ledamoter": "ledamo", "ersattare": "ersattar", "anstallda": "anstalld|medarbet|personal"}
"""What an uppgift counts, by the word after it, and what its id or name then has in it."""
_HETER = (
    (Mönster(r"(?<!\w)soliditeten(?:\s(?:är|var|blev))?\s$", "soliditeten", flaggor=re.I), Mönster("soliditet")),
    (Mönster(r"(?<!\w)finansnettot(?:\s(?:är|var|blev))?\s$", "finansnettot", flaggor=re.I), Mönster("finansnetto")),
    (
        Mönster(r"(?<!\w)årets\sresultat\s(?:är|var|blev|blir)\s$", "resultat", flaggor=re.I),
        Mönster(r"arets_resultat|budget\.resultat|drift\.resultat|uppgift\."),
    ),
    (
        Mönster(r"(?<!\w)verksamhetens\sresultat\s(?:är|var|blev|blir)\s$", "verksamhetens", flaggor=re.I),
        Mönster(r"verksamhet|rorelse|drift\.resultat|uppgift\."),
    ),
    (
        Mönster(r"rekommenderar\s(?:\w+\s){0,2}högst\s$", "rekommenderar", flaggor=re.I),
        Mönster(r"kapitaltak|mal\.|uppgift\."),
    ),
    (Mönster(r"(?<!\w)avvek\smed\s$", "avvek", flaggor=re.I), Mönster(r"avvikelse|uppgift\.")),
)
"""What stands before a reference, and what its id then has in it."""
_MOT_BUDGET = Mönster(r"\s(?:mindre|mer|bättre|sämre|lägre|högre)\sän\s(?:den\s\w+\s)?budget", "budget")


def fel_intill(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """The references and years of a text that the words right beside them contradict."""
    yield from _åren(text, fakta, år)
    yield from _planåren(text, fakta, år)
    yield from _paren(text, fakta, år)
    for träff in _ENSAM.finditer(text):
        f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
        if f is not None and (vad := _fel_en(text, träff, f)):
            yield träff[0], träff.start(), vad


def _steg(skrivet: str | None) -> int:
    """How many years from the report's: "+ 2" is 2."""
    return int((skrivet or "0").replace(" ", ""))


def _åren(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """A figure and the year beside it are of the same year, where the figure is known for that year too."""
    for mönster in (_ÅR_EFTER, _ÅR_FÖRE, _ÅR_UNDER):
        for träff in mönster.finditer(text):
            sagt = f"{träff['a']}/{år + _steg(träff['steg'])}"
            eget = nyckel(träff["a"], träff["a_år"], år)
            i_året = mönster is _ÅR_UNDER and not träff["a"].startswith("uppgift.")
            if eget != sagt and eget in fakta and (i_året or sagt in fakta):
                yield träff[0], träff.start(), "har ett annat år än det som står intill"
    for träff in _BESLUTADES.finditer(text):
        if _steg(träff["steg"]):
            yield f"Budgeten för {träff['år']}", träff.start(), "är ett annat år än det som beslutsdagen är för"
    for mening, start in _meningar(text) if "_nasta_ar" in text else ():
        nästa = re.search(r"\{\s*\w+\.\w*_nasta_ar\b[^{}]*\}", mening)
        sagda = {
            _steg(ett) for ett in re.findall(r"\{\s*år\s*([+-]\s*\d+)?\s*\}", mening[: nästa.start()] if nästa else "")
        }
        if nästa and sagda and 1 not in sagda:
            yield nästa[0], start + nästa.start(), "är för nästa år, men meningen nämner ett annat"


def _planåren(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """In a plan two years in a row are beside one another, and the budget is of the plan's own."""
    if f"budget.resultat/{år + 1}" not in fakta:
        return
    for träff in _TVÅ_ÅR.finditer(text):
        ena, andra = _steg(träff[1]), int(träff[2])
        if andra - ena > 1 or andra > _SISTA_PLANÅR:
            yield träff[0], träff.start(), "är inte år som följer på varandra i planen"
    for träff in _PLANENS.finditer(text):
        if _steg(träff["steg"]):
            yield träff[0], träff.start(), "är ett annat år än planens"


def _paren(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """Two figures of two years, or one against the other, are of the same thing; an opening balance is of its year."""
    for träff in _OCH.finditer(text):
        ena, andra = (re.fullmatch(r"år\s*(?:\+\s*(\d+))?", träff[n] or "år") for n in ("a_år", "b_år"))
        if ena is None or andra is None or not andra[1]:
            continue
        gap = int(andra[1]) - int(ena[1] or 0)
        if (träff["a"] == träff["b"] and gap > 1) or (träff["a"] != träff["b"] and gap == 1 and ena[1]):
            yield träff[0], träff.start(), "är inte två år i följd av samma sak"
    for träff in _OCH_ÅRET.finditer(text):
        if träff["a"] != träff["b"]:
            yield träff[0], träff.start(), f"är två år av samma sak, men {träff['a']} och {träff['b']} är inte det"
    for träff in _MOT.finditer(text):
        a, b = ({*re.split(r"[._]", träff[n])} for n in "ab")
        samma_familj = träff["a"].partition(".")[0] == träff["b"].partition(".")[0] or a.isdisjoint(b)
        förra = re.fullmatch(r"år\s*-\s*1", träff["b_år"] or "")
        if förra and samma_familj and not samma_sak(träff["a"], träff["b"]):
            yield träff[0], träff.start(), f"är två år av samma sak, men {träff['a']} och {träff['b']} är inte det"
    for träff in _FRÅN.finditer(text):
        if "ingaende" in träff["a"] and (träff["a_år"] or "år") != (träff["b_år"] or "år"):
            yield träff[0], träff.start(), "går från ingången av ett år till ett annat års slut"


def _fel_en(text: str, träff: re.Match[str], f: Fakta) -> str:
    """What is wrong with one reference; empty when nothing is."""
    före, efter = text[max(0, träff.start() - 60) : träff.start()], text[träff.end() : träff.end() + 60]
    for ord_, id_ in _HETER:
        if (sagt := ord_.search(före)) and not id_.search(f.id):
            return f"är inte det som orden före säger (”{' '.join(sagt[0].split())}”)"
    if f.id.startswith("drift.") and not f.id.endswith("avvikelse") and _MOT_BUDGET.match(efter):
        return "är ingen avvikelse, men jämförs med budget"
    if f.id == "soliditet" and re.match(r"\sav\s(?:medlemsbidrag|intäkt)", efter):
        return "är en andel av tillgångarna, men meningen säger något annat"
    if f.id.startswith("uppgift.") and träff["a_format"] == "antal":
        ord_efter = re.match(r"\s(\w+)", efter)
        stam = _RÄKNAS.get(vik(ord_efter[1]), "") if ord_efter else ""
        return (
            "räknar något annat än ordet efter säger"
            if stam and not re.search(stam, vik(f"{f.id} {f.definition}"))
            else ""
        )
    if _MÅLETS_GRÄNS.fullmatch(f.id):
        return (
            ""
            if _MÅLORD.search(_stycke(text, träff.start()))
            else "är ett måls gräns, men meningen handlar inte om mål"
        )
    return _fel_deltagare(text, träff, f, före, efter) if f.id.startswith("deltagare.") else ""


def _fel_deltagare(text: str, träff: re.Match[str], f: Fakta, före: str, efter: str) -> str:
    """A figure of participants is of the kön and the mått that the words beside it say."""
    led = f.id.split(".")
    mått = led[2]
    for om, sida, ord_, vad in _MÅTTETS:
        if (ord_.search(före) if sida == "före" else ord_.match(efter)) and om not in mått:
            return vad
    kön = re.match(r"\s(kvinnor|män)(?!\w)", efter)
    if kön and kön[1] not in led[2:]:
        return f"räknar inte {kön[1]}"
    if re.match(r"\ssom\savslutade(?!\w)", efter) and not any("avslut" in ett for ett in led[2:]):
        return "räknar inte dem som avslutade"
    mening = _BUNDET.sub(" ", _mening(text, träff.start()))
    if not re.search(r"(?<!\w)(?:hade|fick|fanns)\s$", före) or not re.match(r"\sdeltagare(?!\w)", efter):
        return ""
    for id_, ord_ in _MÅTTEN:
        if led[2].startswith(id_) and not ord_.search(mening):
            return "räknar något som meningen inte nämner"
    return ""


def _meningar(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text, and where each begins."""
    start = 0
    for slut in [*(träff.end() for träff in _MENINGSSLUT.finditer(text)), len(text)]:
        yield text[start:slut], start
        start = slut


def _stycke(text: str, plats: int) -> str:
    """The paragraph of a place, whole lists with it."""
    start, slut = text.rfind("\n\n", 0, plats), text.find("\n\n", plats)
    return text[max(0, start) : slut if slut >= 0 else len(text)]


def _mening(text: str, plats: int) -> str:
    """The sentence of a place."""
    return next(mening for mening, start in _meningar(text) if start <= plats < start + len(mening))
