"""What the words right before or after a reference call it, and what its id then has in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from finsam.checks.prosa.bredvid import Fel, hänvisning, nyckel
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster

_ENSAM = re.compile(hänvisning("a"))
_FÖRE, _EFTER = 110, 60
_VAR = r"(?:\s(?:är|var|blev|blir|vara|slutade\spå|beräknas\s(?:bli|vara)))"
_FÖR_ÅRET = r"(?:\s(?:för\s|år\s)?\{\s*år[^{}]*\})?"


class Ord(NamedTuple):
    """Words before or after a reference, and what ids may stand there (`får`, where there is such a fact) or not."""

    före: Mönster | None
    efter: Mönster | None
    får: Mönster | None
    inte: Mönster | None
    vad: str


def _ord(om: str, före: str = "", efter: str = "", *, får: str = "", inte: str = "", vad: str) -> Ord:
    """`om` are what one of is in the words before, or after where only they are asked for."""
    return Ord(
        Mönster(rf"(?<!\w)(?:{före})\s\Z", om, flaggor=re.IGNORECASE) if före else None,
        Mönster(efter, *(() if före else (om,))) if efter else None,
        Mönster(får) if får else None,
        Mönster(inte) if inte else None,
        vad,
    )


_EGNA = re.compile(r"uppgift\.|(?:plan)?mal\.")
"""What may stand for anything: an uppgift is what its förbund calls it, a goal is of anything."""
_JÄMFÖRT = r"(?!\s(?:kr\s)?(?:mindre|mer|lägre|högre|under|över|bättre|sämre|billigare|dyrare)(?!\w))"
_INSATSENS = r"insats\.\w+\."

_HETER = (
    _ord(
        "budget",
        rf"(?:mot|än)\s(?:den\s(?:\w+\s)?|sin\s)?budget(?:en)?|budgeten{_VAR}",
        får=r"^budget\.|\.budget(?:_\w+)?$|(?<!av_)budget|beviljat",
        inte="kvar_av_budget",
        vad="är inte budgeten, som står före",
    ),
    _ord(
        "kostade|använde|förbrukade|kostnaden|utfall",
        rf"(?:kostade|använde|förbrukade|kostnaden{_FÖR_ÅRET}\s(?:var|blev)|utfallet?{_VAR}?)(?:\s(?:den|det))?",
        _JÄMFÖRT,
        inte=rf"^(?:{_INSATSENS}|drift\.[\w.]+\.)(?:budget\w*|beviljat|kvar_av_budget|overskott)$",
        vad="är inte det som det kostade",
    ),
    _ord(
        "förbrukades|användes|gick",
        efter=r"\s(?:förbrukades|användes|gick\såt)(?!\w)",
        inte=rf"^{_INSATSENS}(?:budget|beviljat|kvar_av_budget|overskott)$",
        vad="är inte det som användes",
    ),
    _ord(
        "överskott|tillbaka|återbetalade",
        r"överskottet?(?:,|\spå)|(?:lämnade|betalade|betalar|lämnar)\stillbaka|återbetalade",
        inte=rf"^{_INSATSENS}(?:utfall|budget|beviljat|kostnad\w*)$|^rr\.(?!\w*resultat)",
        vad="är inget överskott",
    ),
    _ord(
        "fick|beviljades|tilldelades",
        r"fick|beviljades|tilldelades",
        _JÄMFÖRT,
        inte=rf"^{_INSATSENS}(?:utfall|kvar_av_budget|overskott|kostnad\w*)$",
        vad="är inte det som insatsen fick",
    ),
    _ord("resultat", r"årets\sresultat,", får=r"resultat", vad="är inte årets resultat"),
    _ord(
        "balanskravsresultatet",
        rf"balanskravsresultatet{_VAR}",
        får=r"^balanskrav\.resultat",
        vad="är inte balanskravsresultatet",
    ),
    _ord(
        "medlemsbidrag",
        rf"medlemsbidrag(?:et|en)?{_FÖR_ÅRET}(?:{_VAR}|\s(?:på|med)|,)",
        får="bidrag",
        vad="är inte medlemsbidraget, som står före",
    ),
    _ord("medlemsbidrag", efter=r"\si\smedlemsbidrag(?!\w)", får="bidrag", vad="är inte medlemsbidraget"),
    _ord(
        "medlemmarna|medlemsbidrag",
        r"medlemmarna\sbidr(?:ar|og)\smed|medlemsbidrag(?:et|en)\s(?:är|var)",
        inte=r"medlemsbidrag_(?:staten|region\w*|kommun\w*)$",
        vad="är en medlems bidrag, men meningen säger allas",
    ),
    _ord(
        "kommunerna",
        r"kommunerna\stillsammans(?:\smed)?",
        inte=r"externa_intakter|medlemsbidrag_(?:staten|region\w*)$|^(?:budget|rr)\.\w*(?:kostnader|resultat|kapital)|^br\.",
        vad="är inte kommunernas, som står före",
    ),
    _ord(
        "esf",
        r"(?:bidraget|pengarna|projektmedel|medel|bidrag)\sfrån\sESF(?:,|\s(?:är|var|på))|ESF\s(?:betalar|betalade)(?:\sut)?",
        får=r"esf|extern|projekt|^insats\.",
        vad="är inte det som kommer från ESF",
    ),
    _ord("ESF", efter=r"\sfrån\sESF(?!\w)", får=r"esf|extern|projekt|^insats\.", vad="är inte det som kommer från ESF"),
    _ord(
        "intäkter",
        r"intäkter(?:na)?\s(?:på|är|var)",
        inte=r"kostnad|kapital|resultat",
        vad="är inte intäkterna, som står före",
    ),
    _ord(
        "kostnader",
        rf"kostnader(?:na)?{_FÖR_ÅRET}\s(?:på|är|var|beräknas\still|ökar\still|steg\still)",
        _JÄMFÖRT,
        inte=r"intakt|kapital|medlemsbidrag|resultat|finansiella_kostnader$",
        vad="är inte kostnaderna, som står före",
    ),
    _ord(
        "inventarier|utrustning|maskiner|möbler",
        r"(?:inventarier|utrustning|maskiner|möbler)(?:\s[^.{}]{0,60})?\sför",
        inte=r"^kf\.(?!investering)|^rr\.",
        vad="är inte det som köpet kostade",
    ),
    _ord(
        "kassaflödet",
        r"kassaflödet\sfrån\sinvesterings\w+\s(?:är|var|blev)",
        får=r"investering",
        vad="är inte investeringarna",
    ),
    _ord(
        "likvida",
        r"likvida\smedel\s(?:ökade|minskade)\smed",
        får=r"kassaflode",
        inte="for(?:e|re)_rorelsekapital",
        vad="är inte ändringen av likvida medel",
    ),
    _ord(
        "likvida",
        r"likvida\smedel\s(?:ökade|minskade)\smed\s\{[^{}]*\}\still",
        får=r"likvid|kassa|bank",
        inte="^kf\\.ej_likvida",
        vad="är inte likvida medel",
    ),
    _ord(
        "slut",
        efter=r"\s(?:vid\sårets\sslut|när\sdet\sslutar|när\såret\sslutar)(?!\w)",
        inte=r"eget_kapital_ingaende$",
        vad="är det egna kapitalet när året börjar",
    ),
    _ord(
        "kapital",
        rf"(?:det\s)?(?:eget\skapital|egna\skapitalet)(?:{_VAR}(?:\sdå)?|\spå)",
        får=r"kapital|soliditet",
        inte=r"summa_eget",
        vad="är inte det egna kapitalet, som står före",
    ),
    _ord("skulder", r"kortfristiga\sskulder(?:na)?(?:\spå)?", får=r"kortfr|skuld", vad="är inte skulderna"),
    _ord(
        "banktillgodohavandet|kassa",
        rf"(?:banktillgodohavandet|kassa\soch\sbank){_VAR}",
        får=r"kassa|bank|likvid",
        vad="är inte det som finns på banken",
    ),
    _ord(
        "verksamheten",
        r"verksamheten\sgav",
        får=r"verksamhet|drift\.",
        inte=r"intakter|kostnader$",
        vad="är inte det som verksamheten gav",
    ),
    _ord(
        "resultatet",
        rf"resultatet{_FÖR_ÅRET}{_VAR}|var\sresultatet",
        får=r"resultat|^deltagare\.|^enkat\.",
        vad="är inget resultat",
    ),
    _ord(
        "underskott",
        r"underskott(?:et)?\spå",
        får=r"resultat|underskott|aterst|avvikelse|^balanskrav\.|^br\.",
        vad="är inget underskott",
    ),
    _ord(
        "administrationen",
        r"administrationen(?:\s(?:är|var|blev|kostade|kostar|avvek\smed|en\sandel\spå))?",
        inte=r"individ|struktur|insats|finans|medlemsbidrag|intakt|kapital|resultat",
        vad="är inte administrationen, som står före",
    ),
    _ord("soliditeten", r"soliditeten,[^.{}]*,\s(?:är|var|blev)", får=r"soliditet", vad="är inte soliditeten"),
    _ord(
        "ökade|ökar|minskade|minskar|väx|sj|krympte",
        r"(?:ökade|minskade|ökar|minskar|växte|växer|sjönk|sjunker|krympte)\smed",
        inte=r"^br\.(?!arets_resultat)|likvida_|eget_kapital$|eget_kapital_ingaende$|^kapitaltak",
        vad="är ett saldo, men meningen säger en ändring",
    ),
    _ord(
        "rekommend|tak",
        r"(?:rekommend\w+\s(?:[^.{}]*\s)?(?:högst|(?:större|mer)\sän)|(?:[Rr]ådets|rekommenderade)\stak\spå)",
        får=r"^kapitaltak",
        inte=r"\.utfall$",
        vad="är inte det som rekommenderas",
    ),
    _ord(
        "kapitaltak.andel",
        r"\{\s*kapitaltak\.andel[^{}]*\}\sav\s\w+,\s(?:vilket|som)(?:[^.{};]|\{\s*år[^{}]*\}){0,40}\s(?:är|motsvarar)",
        får=r"^kapitaltak$",
        vad="är inte det som andelen motsvarar",
    ),
    _ord(
        "minst|högst|lägst",
        r"(?<!som\s)(?:minst|högst|lägst)",
        inte=r"^(?:rr|br|kf|kostnad|kostnadsandel|drift|invanare|behov|medlemsandel|sjukfranvaro|personal|soliditet"
        r"|kapitalandel|finansnetto|externa_intakter|uppdrag)(?:\.|$)",
        vad="är ett utfall, men orden före säger en gräns",
    ),
    _ord(
        "gick|svarade|svarar|hade",
        r"(?:^|[.!?]\s)(?:(?!mål|ska\s|bör\s)[^.!?])*\s(?:gick|svarade|svarar|hade)",
        inte=r"^(?:plan)?mal\.\w+\.(?:grans|ovre)$",
        vad="är ett måls gräns, men meningen säger vad det blev",
    ),
    _ord(
        "antal",
        r"\|\s*antal\s*\}[^.!?{}]*,\s(?:vilket|det)\s(?:är|var|blev|motsvarar)",
        inte=r"^(?:plan)?mal\.\w+\.(?:grans|ovre)$",
        vad="är ett måls gräns, men meningen säger hur stor del antalet är",
    ),
    _ord(
        "målet",
        r"målet(?:\s[a-zåäö]+){0,3}?\s(?:är|var|på)",
        inte=r"^(?:plan)?mal\.\w+\.utfall$",
        vad="är ett utfall, men orden före säger ett mål",
    ),
    _ord(
        "ska",
        efter=r"\s(?:\w+\s){1,3}ska\s",
        inte=r"^(?:plan)?mal\.\w+\.utfall$",
        vad="är ett utfall, men meningen säger ett mål",
    ),
)


def fel_namn(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """The references of a text that are not what the words beside them call them."""
    möjliga = [ett for ett in _HETER if (ord_ := ett.före or ett.efter) and ord_.kan_finnas(text)]
    for träff in _ENSAM.finditer(text):
        f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
        if f is None:
            continue
        eget = _EGNA.match(f.id) is not None
        före, efter = text[max(0, träff.start() - _FÖRE) : träff.start()], text[träff.end() : träff.end() + _EFTER]
        for ett in möjliga:
            if (
                (ett.före is None or ett.före.search(före))
                and (ett.efter is None or ett.efter.match(efter))
                and ((ett.får and not eget and _annan(ett.får, f, fakta)) or (ett.inte and ett.inte.search(f.id)))
            ):
                yield träff[0], träff.start(), ett.vad
                break


def _annan(får: Mönster, f: Fakta, fakta: Mapping[str, Fakta]) -> bool:
    """Whether a fact is none of those that may stand in its place, and there is one of them."""
    return not får.search(f.id) and any(
        g.period == f.period and g.enhet == f.enhet and får.search(g.id) for g in fakta.values()
    )
