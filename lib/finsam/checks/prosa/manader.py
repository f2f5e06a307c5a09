"""Months, days and counts in words: what cannot be, and what the sheets of insatser and meetings say otherwise."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.prosa.ordlista import ordlista
from finsam.checks.prosa.tidpunkter import ANNAT, OM_TID, fel_period, fel_tid
from finsam.checks.texter import tryckta_ord
from finsam.model.monster import Mönster, gemena
from finsam.model.ord import MÅNADER, uppräkning, vik
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlag import Insats
from finsam.statements.redovisning import Redovisning, en_gång

_MÅNAD = "|".join(MÅNADER)
_DAG = Mönster(rf"(?<![\d.,:–-])(?P<dag>-?\d{{1,2}})[ \u00a0](?P<månad>{_MÅNAD})(?!\w)", _MÅNAD)
_OMÖJLIGT = Mönster(
    r"(?<=\w[–-])[-−]\d+[ \u00a0](?=år|dagar|veckor|månader)|(?<=[a-zåäö.,:§] )-\d+(?=[,.:)\s]|$)|(?<=/)-\d+"
    r"|(?<=\s)[-−](?:19|20)\d\d(?!\d)|(?<=\{)=\s*\}|(?<=\{=\s)[-−]\d|(?<=\w)--\d+"
    r"|(?<![\d.,:§/ -])(?<!§)(?<!nr) 0\d+ (?=år|dagar|veckor|personer|deltagare)|(?<=\{=\s)0\d+(?=\s?(?:%|procent|\}))"
    rf"|(?<![\d.,:–-])(?<!\d[ \u00a0])[1-9]\d*00 (?={_MÅNAD})(?!20\d\d)|(?<=\{{=\s)(?:19|20)\d\d0(?:00)?(?=\s*\}})",
    "-|−|=| 0|00 ",
)
"""A number in running words that is none: ages from 16–-25, 03 days."""
_KANSKE_OMÖJLIGT = re.compile(r"-\d|−\d| 0\d|00 |\{=\s*[}\d]")
"""What each of them has in it."""
_FLERA_HUNDRA = Mönster(
    r"(?<![\d.,:–-])(?<!\d[ \u00a0])(?:[1-9]\d{3,}[ \u00a0]?(?:%|procent(?!\w))"
    r"|[2-9]\d\d[ \u00a0]?(?:%|procent)[ ](?:svarsfrekvens|av (?:deltagarna|dem)(?!\w)))",
    "%|procent",
)
"""A share of several times the whole; that of tjänster may well be of some."""
_VÄXER = Mönster(r"ök|steg|stig|väx|mer|högre|fler|dubbl|höj|av budget", flaggor=re.I)
"""Words that a share above the whole may be of."""
_NUMRERAD = re.compile(r"^[ \t]*(\d+)\.[ \t]+\S", re.MULTILINE)
_ORDAGRANT = re.compile(r"\{=\s*([^{}\s][^{}]*)\}")
_SIFFRA = re.compile(r"\d|\{=\s*\}")
_NÅGON_MÅNAD = re.compile(_MÅNAD)
_VÄRD = re.compile(rf"\d|\{{=|:|{_MÅNAD}|{OM_TID.pattern}|återställ|åren|omfattar")
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{])|\n\s*\n|\n\s*[-*] ")
_BÖRJAR = Mönster(
    rf"(?<!\w)(?:startade|startar|började|börjar|öppnade|öppnar|kom\si\sgång|kom\sigång)\s(?:\w+\s)?i\s(?P<månad>{_MÅNAD})(?!\w)"
    rf"(?P<år>\s\{{?=?\s?(?:år|\d))?",
    "började|börjar|startade|startar|öppnade|öppnar|gång",
    _MÅNAD,
)
_SLUTAR = Mönster(
    rf"(?<!\w)(?:slutar|slutade|avslutas|avslutades|upphör|lades\sned)\s(?:\w+\s)?(?:i|(?:den\s)?sista)\s(?P<månad>{_MÅNAD})(?!\w)",
    "avslut|upphör|lades|slut",
    _MÅNAD,
)
_FYRA = re.compile(
    r"(?<![\d:/.,§-])(?<!\d[ \u00a0])\d{4}(?P<dag>-\d\d-\d\d)?"
    r"(?![\d:/.,-]\d|\d|[ \u00a0](?:kr|tkr|\d|per|st|%))"
)
LÅNGT_FRAM, NÄRA = 15, 6
"""How many years ahead a day may be, and how near the report's year a year that is misspelt."""
_ETT_ÅR = re.compile(r"(?<![\d:.,/§-])20\d\d(?!\d|:\d|[.,]\d)|(?<=\w/)20\d\d(?!\d)")
HÖGST_FRAM = 30
"""How many years after its own a report says something of."""
_ÅRET = Mönster(
    rf"(?:sedan|till och med|året|åren|våren|hösten|{'|'.join(MÅNADER)})\s(?:\{{=\s*)?\Z", flaggor=re.IGNORECASE
)
"""What stands right before a year, so that it is one."""
LÅNGT_BORT = 5
"""Years from the report's own for a year to be doubted."""
_VILLKOR = Mönster(r"(?<!\w)(?:skulle|om|planen var|tidigare)(?!\w)")
_STYRELSEN = Mönster(
    rf"(?<!\w)styrelsen(?!s)(?!\w)[^.;:]*?(?<!\w)i\s(?P<månad>{_MÅNAD})(?!\w)(?!\s(?:\{{|\d))",
    "styrelsen",
    _MÅNAD,
    flaggor=re.I,
)
_ALLA_ÅREN = Mönster(
    rf"(?<!\w)alla\s(?P<n>{'|'.join(ordlista()['räkneord'])})\såren(?!\w)(?!\s(?:före|dess|innan))"
    rf"|(?<!\w)(?:planen|budgeten)\somfattar\s(?P<n2>{'|'.join(ordlista()['räkneord'])})\sår(?!\w)",
    "åren|omfattar",
    flaggor=re.I,
)
_PLANENS_ÅR = 3
"""The year of the budget and the two after it."""
_UPPEHÅLL = Mönster(
    rf"(?<!\w)i\s(?P<månad>{_MÅNAD})\s(?:är|har|görs|gör)\s(?:\w+\s){{0,3}}uppehåll|uppehåll\si\s(?P<månad2>{_MÅNAD})",
    "uppehåll",
    flaggor=re.I,
)
_SEDAN = Mönster(
    rf"(?:,|\soch)?\s(?P<verb>beslutar|fastställer|bestämmer|antar|behandlar|sammanträder|samråder)\s(?:\w+\s){{0,4}}?i\s(?P<månad>{_MÅNAD})(?!\w)(?!\s(?:\{{|\d))",
    _MÅNAD,
)
"""What the styrelse also does, and when, in a clause of the same sentence."""
_ÅTERSTÄLLS = Mönster(
    rf"återställ\w*\sinom\s(?P<n>{'|'.join(ordlista()['räkneord'])})\sår(?!\w)", "återställ", "inom", flaggor=re.I
)
_SEN_ÅTERSTÄLLNING = Mönster(r"återställ[^.]*\{\s*år\s*\+\s*(\d)\s*\}(?![^.]*\{\s*år)", "återställ")
"""The last year of a sentence on how it is made good."""
_HÖGST_ÅR = 3
"""Within how many years a negative balanskravsresultat is to be made good (KL 11 kap. 12 §)."""
_FÖRE_LISTA = Mönster(
    rf"(?<!\w)(?P<n>{'|'.join(ordlista()['räkneord'])})\s(?!år|månader|veckor|dagar)\w+(?<!na)\s"
    r"(?:är|gäller|pekas|finns|prioriteras|behövs|återstår|ska)\s(?:[^\s.:;]+\s){0,5}?[^\s.:;]+(?<!\si)(?<!\smed)(?<!\sför)"
    r"(?<!\sav)(?<!\still)(?<!\spå):(?=\s*\n+\s*(?:[-*]|\d+\.)\s)",
    "är|gäller|pekas|finns|prioriteras|behövs|återstår|ska",
    flaggor=re.I,
)
"""How many of a thing there are said to be, before the list of them."""
_ANTAL = re.compile(rf"(?<!\w)(?P<n>{'|'.join(ordlista()['räkneord'])})(?:\s\w+){{0,2}}:\s*(?=\S)", re.I)


@kontroll(
    "C75",
    "Dagar, månader och antal i ord är möjliga, och desamma som i bladen och i uppräkningen efter dem.",
    saknas="ingen text nämner en dag, en månad eller ett antal",
)
def check_dagar_och_antal(r: Redovisning) -> Kontroll:
    """A day is one of its month, a beginning or a meeting is in its month, and a list has as many points as is said."""
    for fil, plats, text in tryckta_ord(r):
        if not _läses(text):
            yield Prövat(0)
            continue
        funna: list[tuple[int, str]] = []
        siffror = _SIFFRA.search(text) is not None
        if siffror:
            lästa = (text, _ORDAGRANT.sub(r"\1", text)) if "{=" in text else (text,)
            omöjliga = dict.fromkeys(fel for del_ in lästa for fel in _omöjligt(del_))
            funna += [(_plats(text, fel), fel) for fel in omöjliga]
            funna += _årtal(text, r.år.årtal)
        if ":" in text:
            funna += _punkterna(text)
        funna += [*_månaderna(r, fil, text), *_planåren(r, text), *_omkastade_år(r, text)]
        funna += _åren_att_återställa(text)
        funna += fel_tid(r, fil, text)
        funna += _numrerade(text) if siffror else ()
        for nr, fel in funna:
            var = plats or f"rad {text.count(chr(10), 0, nr) + 1}"
            yield Finding("varning", f"{fil}, {var}: {fel}", fil)
        yield Prövat(int(siffror))
    for rad in r.år.underlag.faktarutor:
        if fel := fel_period(r, rad.insats, rad.rubrik, rad.text):
            yield Finding("varning", f"{fel} Vilket är rätt?", f"Faktarutor, rad {rad.rad}")


@lru_cache(maxsize=1 << 12)
def _läses(text: str) -> bool:
    """Whether a text has any of what the days, months and counts are known by."""
    return _VÄRD.search(gemena(text)) is not None


def _plats(text: str, fel: str) -> int:
    """Where the words that a message quotes stand, as far as they stand so."""
    return max(0, text.find(fel.split("”")[1]))


@lru_cache(maxsize=1 << 12)
def _omöjligt(text: str) -> tuple[str, ...]:
    """Days, shares and numbers that cannot be."""
    funna = []
    for träff in _DAG.finditer(text):
        dag, månad = int(träff["dag"]), MÅNADER.index(träff["månad"]) + 1
        if not 1 <= dag <= monthrange(2024, månad)[1] or träff["dag"] == f"0{dag}":
            funna.append(f"”{träff[0]}” är ingen dag. Rätta dagen eller månaden.")
    for träff in _FLERA_HUNDRA.finditer(text):
        if not _VÄXER.search(text[max(0, träff.start() - 60) : träff.end() + 40]):
            funna.append(f"”{träff[0].strip()}” är ingen andel. Rätta talet.")
    for träff in _OMÖJLIGT.finditer(text) if _KANSKE_OMÖJLIGT.search(text) else ():
        funna.append(f"”{träff[0].strip()}” är inget antal. Rätta talet.")
    return tuple(funna)


def _årtal(text: str, år: int) -> Iterator[tuple[int, str]]:
    """Years with two figures swapped, and days of a year that is far off."""
    for träff in _FYRA.finditer(text):
        t = träff[0]
        if träff["dag"] and not (int(t[5:7]) in range(1, 13) and int(t[8:]) in range(1, 32)):
            yield träff.start(), f"”{t}” är ingen dag. Rätta månaden eller dagen."
        elif träff["dag"] and not 1900 <= int(t[:4]) <= år + LÅNGT_FRAM:
            yield träff.start(), f"”{t}” är långt från {år}. Rätta året."
        bytta = {t[:i] + t[i + 1] + t[i] + t[i + 2 : 4] for i in range(3)} if not träff["dag"] else set()
        if not 1900 <= int(t[:4]) <= 2100 and any(abs(int(ett) - år) <= NÄRA for ett in bytta):
            yield träff.start(), f"”{t}” är nästan ett årtal. Har två siffror bytt plats?"


@en_gång
def _åren(r: Redovisning) -> Counter[str]:
    """How often each year stands in all that is written."""
    return Counter(år for _, _, text in tryckta_ord(r) for år in _ETT_ÅR.findall(text))


def _omkastade_år(r: Redovisning, text: str) -> Iterator[tuple[int, str]]:
    """A year far from the report's that stands once, and is one that stands elsewhere with two figures swapped."""
    for träff in _ETT_ÅR.finditer(text) if "20" in text else ():
        t = träff[0]
        if abs(int(t) - r.år.årtal) < LÅNGT_BORT or _åren(r)[t] != 1:
            continue
        bytta = [t[:i] + t[i + 1] + t[i] + t[i + 2 :] for i in range(1, 3)]
        menat = next((ett for ett in bytta if ett != t and abs(int(ett) - r.år.årtal) < LÅNGT_BORT), "")
        nära = int(t) > r.år.årtal or int(menat or 0) in (r.år.årtal, r.år.årtal - 1)
        if not menat and int(t) > r.år.årtal + HÖGST_FRAM and _ÅRET.search(text[: träff.start()]):
            yield träff.start(), f"”{t}” är långt efter {r.år.årtal}. Vilket år är det?"
        if menat and (nära or _åren(r)[menat]):
            yield träff.start(), f"”{t}” är {menat} med två siffror ombytta. Vilket år är det?"


def _punkterna(text: str) -> Iterator[tuple[int, str]]:
    """How many follow after a colon: as list items, or in a row with commas and och."""
    for träff in (*_ANTAL.finditer(text), *_FÖRE_LISTA.finditer(text)):
        sagt = ordlista()["räkneord"][träff["n"].lower()]
        efter = text[träff.end() - 1 :] if text[träff.end() - 1] == "\n" else text[träff.end() :]
        lista = re.match(r"\s*\n([ \t]*)(?:[-*]|\d+\.)\s", text[träff.start() + len(träff[0].rstrip()) :])
        if lista:
            stycke = re.split(r"\n(?!\s*(?:[-*]|\d+\.)\s)(?!\s+\S)", efter.lstrip("\n"))[0]
            finns = len(re.findall(rf"\n{lista[1]}(?:[-*]|\d+\.)\s", f"\n{stycke}"))
        else:
            led = re.split(r"[.;\n]", efter)[0]
            delar = re.fullmatch(r"(\w+(?: \w+)?(?:, \w+(?: \w+)?)*) och (\w+(?: \w+)?)", led.strip())
            finns = len(delar[1].split(",")) + 1 if delar else 0
        if finns > 1 and finns != sagt:
            yield träff.start(), f"”{träff[0].strip()}” följs av {finns}. Rätta antalet eller uppräkningen."


def _numrerade(text: str) -> Iterator[tuple[int, str]]:
    """The points of a numbered list that do not follow on the one before; all may be 1, as Markdown lets them."""
    före, slut = 0, 0
    for träff in _NUMRERAD.finditer(text):
        nr = int(träff[1])
        if "\n\n" in text[slut : träff.start()]:
            före = 0
        if (före and nr not in (före + 1, före)) or (före > 1 and nr == före):
            yield träff.start(), f"”{träff[1]}.” kommer efter {före} i en numrerad lista. Rätta numret."
        före, slut = nr, träff.end()


def _åren_att_återställa(text: str) -> Iterator[tuple[int, str]]:
    """No more years than the law gives, and no fewer than the paragraph goes on to."""
    for träff in _ÅTERSTÄLLS.finditer(text):
        antal = ordlista()["räkneord"][träff["n"].lower()]
        stycke = text[träff.end() :].partition("\n\n")[0]
        if any(int(år[1]) > antal for år in _SEN_ÅTERSTÄLLNING.finditer(stycke)):
            yield träff.start(), f"”{träff[0]}”, men stycket säger ett senare år. Rätta antalet eller året."
        if antal > _HÖGST_ÅR:
            yield (
                träff.start(),
                f"”{träff[0]}”, men lagen säger inom tre år (11 kap. 12 § kommunallagen). Rätta antalet.",
            )


def _planåren(r: Redovisning, text: str) -> Iterator[tuple[int, str]]:
    for träff in _ALLA_ÅREN.finditer(text) if r.år.rapport is VERKSAMHETSPLAN else ():
        if ordlista()["räkneord"][(träff["n"] or träff["n2"]).lower()] != _PLANENS_ÅR:
            yield träff.start(), f"”{träff[0]}”, men planen har {_PLANENS_ÅR} år. Rätta ordet."


def _månaderna(r: Redovisning, fil: str, text: str) -> Iterator[tuple[int, str]]:
    """The months that the sheets Insatser and Möten say otherwise."""
    if not _NÅGON_MÅNAD.search(text):
        return
    start = 0
    for slut in [*(träff.end() for träff in _MENING.finditer(text)), len(text)]:
        mening = text[start:slut]
        for mönster, fält in ((_BÖRJAR, "från"), (_SLUTAR, "till")):
            träff = mönster.search(mening)
            insats = _insatsen(r, fil, mening[: träff.start()]) if träff else None
            dag: date | None = getattr(insats, fält) if insats else None
            före = mening[: träff.start()] if träff else ""
            if not (träff and insats and dag) or _VILLKOR.search(före) or ANNAT.search(före):
                continue
            if MÅNADER[dag.month - 1] != träff["månad"]:
                ord_ = f"”{träff[0]}”, men {insats.namn} är {fält} {dag.isoformat()} i bladet Insatser."
                yield start + träff.start(), f"{ord_} Vilken månad är det?"
        yield from ((start + nr, fel) for nr, fel in _mötena(r, mening))
        start = slut


def _insatsen(r: Redovisning, fil: str, före: str) -> Insats | None:
    """The insats that a clause names, or that its text is about; one of several that have the same days."""
    nämnda = [i for i in r.år.underlag.insatser if i.namn in före]
    if not nämnda and re.search(r"(?:Insatsen|Projektet|Verksamheten)\s$", före):
        nämnda = [i for i in r.år.underlag.insatser if fil.endswith(f"insats_{i.id}.md")]
    return nämnda[0] if len({(i.från, i.till) for i in nämnda}) == 1 else None


@en_gång
def _mötesmånader(r: Redovisning) -> dict[str, set[str]]:
    """In which months there is a meeting about a thing, by the long words of what it takes up; and of the styrelse."""
    månader: dict[str, set[str]] = {}
    for möte in r.år.underlag.möten:
        if möte.datum.year == r.år.årtal:
            for ord_ in re.findall(r"[a-z]{10,}", vik(möte.innehåll)):
                månader.setdefault(ord_, set()).add(MÅNADER[möte.datum.month - 1])
            for organ, nyckel in (("styrelse", ""), ("samråd", "samråd")):
                if organ in möte.organ.casefold():
                    månader.setdefault(nyckel, set()).add(MÅNADER[möte.datum.month - 1])
    for rad in r.år.underlag.årshjul:
        if "samråd" in rad.händelse.casefold():
            månader.setdefault("samråd", set()).add(MÅNADER[rad.månad - 1])
    return månader


def _mötena(r: Redovisning, mening: str) -> Iterator[tuple[int, str]]:
    möten = _mötesmånader(r)
    if r.år.rapport is not VERKSAMHETSPLAN or not möten:
        return
    for träff in re.finditer(rf"(?P<vad>\w{{10,}})\si\s(?P<månad>{_MÅNAD})(?!\w)", mening):
        när = next((m for ord_, m in möten.items() if len(ord_) > 9 and vik(träff["vad"]).startswith(ord_)), None)
        if när and träff["månad"] not in när:
            ord_ = f"”{träff[0]}”, men i bladet Möten är det i {uppräkning(sorted(när, key=MÅNADER.index))}."
            yield träff.start(), f"{ord_} Vilken månad är det?"
    yield from _uppehållet(r, mening)
    yield from _styrelsens(mening, möten)


def _uppehållet(r: Redovisning, mening: str) -> Iterator[tuple[int, str]]:
    """A month without meetings has none."""
    for träff in _UPPEHÅLL.finditer(mening):
        månad = träff["månad"] or träff["månad2"]
        möte = next((m for m in r.år.underlag.möten if MÅNADER[m.datum.month - 1] == månad.lower()), None)
        if möte:
            yield träff.start(), f"”{träff[0]}”, men i bladet Möten är ett möte {möte.datum}. Vilken månad är det?"


def _styrelsens(mening: str, möten: dict[str, set[str]]) -> Iterator[tuple[int, str]]:
    """The months in which the styrelse does this, and then that."""
    träff = _STYRELSEN.search(mening)
    while träff:
        samråd = träff.groupdict().get("verb", "").startswith("samråd")
        när = möten.get("samråd" if samråd else "", set())
        if när and träff["månad"] not in när:
            citat = f"”{' '.join(träff[0].strip(' ,').split())}”, men i {träff['månad']}"
            ord_ = (
                "är det inget samråd i Möten eller Årshjul." if samråd else "har styrelsen inget möte i bladet Möten."
            )
            yield träff.start(), f"{citat} {ord_} Saknas ett möte, eller är månaden en annan?"
        träff = _SEDAN.match(mening, träff.end())
