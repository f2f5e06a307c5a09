"""What a sentence names without its figure: the capital, the costs, a row of a note; against its other years."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from finsam.checks.prosa.mening import ÅR, Mening, Tal, bundet
from finsam.checks.prosa.ordlista import något_av, ordlista
from finsam.checks.prosa.pastaende import RESULTAT, Ordval, Utsaga
from finsam.checks.prosa.riktning import nekad, satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.belopp import NOLL, kr
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.statements.redovisning import Redovisning, en_gång

_STORHETER: dict[str, tuple[str, ...]] = {
    "egna kapitalet": ("br.eget_kapital", "budget.eget_kapital"),
    "eget kapital": ("br.eget_kapital", "budget.eget_kapital"),
    "soliditeten": ("soliditet",),
    "likvida medel": ("br.kassa_bank", "kf.likvida_utgaende"),
    "banktillgodohavandet": ("br.kassa_bank",),
    "kassan": ("br.kassa_bank",),
    "fordringarna": ("br.fordringar",),
    "fordringar": ("br.fordringar",),
    "skulder": ("br.summa_skulder", "br.kortfristiga_skulder"),
    "anställda": ("uppgift.medarbetare", "uppgift.medelantal"),
    "antalet anställda": ("uppgift.medarbetare", "uppgift.medelantal"),
    "skulderna": ("br.summa_skulder", "br.kortfristiga_skulder"),
    "kortfristiga skulderna": ("br.kortfristiga_skulder",),
    "tillgångarna": ("br.summa_tillgangar",),
    "balansomslutningen": ("br.summa_tillgangar",),
    "medlemsbidraget": ("medlemsbidrag", "budget.medlemsbidrag"),
    "medlemsbidragen": ("medlemsbidrag", "budget.medlemsbidrag"),
    "medlemsavgifterna": ("medlemsbidrag", "budget.medlemsbidrag"),
    "kostnaderna": ("rr.verksamhetens_kostnader", "kostnad.totalt", "budget.kostnader"),
    "verksamhetens kostnader": ("rr.verksamhetens_kostnader", "budget.kostnader"),
    "kostnader": ("rr.verksamhetens_kostnader", "kostnad.totalt", "budget.kostnader"),
    "kansliets kostnader": ("kostnad.administration",),
    "administrationens kostnader": ("kostnad.administration", "budget.administration"),
    "intäkterna": ("rr.verksamhetens_intakter", "rr.finansiella_intakter", "budget.intakter"),
    "verksamhetens intäkter": ("rr.verksamhetens_intakter", "budget.intakter"),
    "ränteintäkterna": ("rr.finansiella_intakter",),
    "finansnettot": ("finansnetto", "budget.finansnetto"),
    "resultatet": ("rr.arets_resultat", "rr.verksamhetens_resultat", "budget.resultat"),
    "årets resultat": ("rr.arets_resultat", "budget.resultat"),
    "överskottet": ("rr.arets_resultat", "rr.verksamhetens_resultat", "budget.resultat"),
    "underskottet": ("rr.arets_resultat", "rr.verksamhetens_resultat", "budget.resultat"),
    "administrationens andel": ("kostnadsandel.administration", "budget.administrationsandel"),
    "administrationens andel av kostnaderna": ("kostnadsandel.administration", "budget.administrationsandel"),
}
"""What a year's figures are called, and the facts that it may be."""
_EGNA = {"antalet deltagare": "totalt", "deltagarna": "totalt", "antalet nya deltagare": "nya"}
"""What the text of an insats calls its own participants."""
_ALIAS = {"hyran": "lokalen", "hyrorna": "lokalen"}
"""What a row may be called by what it is paid for."""
_UPP = "ökade|ökat|steg|stigit|växte|vuxit|höjdes|höjts|förbättrades|förbättrats|stärktes|stärkts"
_NED = "minskade|minskat|sjönk|sjunkit|krympte|krympt|föll|fallit|sänktes|sänkts|försämrades|försämrats|försvagades"
_MER = r"högre|större|mer|fler|dyrare|bättre"
_MINDRE = r"lägre|mindre|färre|billigare|sämre"
_GRAD = r"(?:\s(?:något|kraftigt|mycket|också|alltså|åter|betydligt|lite|svagt|tydligt|därmed|därför|obetydligt))?"
_FÖRRA = (
    rf"(?:{något_av('förra året')}|för\sett\sår\ssedan|vid\sårets\s(?:början|ingång)|vid\sförra\sårsskiftet"
    rf"|år\s{ÅR}|{ÅR})"
)
_ÄN = Mönster(
    r"(?<!\w)(?:är|var|blev|blivit|kostade)\s(?:\w+\s){0,2}?"
    rf"(?P<ord>{_MER}|{_MINDRE})\sän\s(?:vad\s)?(?:de[nt]?\svar\s)?(?:under\s)?(?P<när>{_FÖRRA})(?=[.,;]|$|\soch\s)",
    "än",
    "billigare|bättre|dyrare|fler|färre|högre|lägre|mer|mindre|större|sämre",
)
_ÄNDRADES = Mönster(
    rf"(?<!\w)(?P<har>har\s(?:\w+\s)?)?(?P<ord>{_UPP}|{_NED}){_GRAD}(?:\smed\s[^.,;]{{1,40}}?)?"
    rf"(?P<när>\s(?:jämfört\smed|mot|sedan|från)\s{_FÖRRA}|\sunder\s(?:året|{ÅR})|\sde\ssenaste\såren)?(?=[.,;]|$)",
    f"{_UPP}|{_NED}",
)
_FLER_GJORDE = Mönster(
    rf"(?<!\w)(?P<ord>fler|färre)\s(?P<gjorde>avslutade|började|deltog)\s(?:insatsen\s)?än\s(?P<när>{_FÖRRA})(?=[.,;]|$)",
    "fler|färre",
    "avslutade|började|deltog",
)
_FORTSATTE = Mönster(
    r"(?<!\w)fortsatte\s(?:\w+\s)?att\s(?P<ord>växa|öka|stiga|minska|sjunka|krympa)(?=[.,;]|\sunder\såret|$)",
    "fortsatte",
)
_BLEV = Mönster(
    r"(?<!\w)blev\s(?:\w+\s)?(?P<ord>större|mindre|högre|lägre)(?=[.,;]|$)", "blev", "större|mindre|högre|lägre"
)
_EN_ANNAN_TID = re.compile(
    rf"(?<!\w)(?:när|innan|tidigare|först|länge|åren|hösten|våren|sommaren|efter|under(?!\såret|\s{ÅR}))(?!\w)"
)
"""What rose or fell then did so at some time of its own."""
_PÅ_LÄNGE = Mönster(
    r"(?<!\w)(?:är|var|blev)\s(?:alltså\s|därmed\s|också\s)?(?:(?:det|den|de)\s)?"
    r"(?P<ord>högsta|högst|lägsta|lägst|största|störst|minsta|minst|bästa|bäst|sämsta|sämst)"
    rf"(?:\s(?P<vad>\w+))?\s(?:(?:på|under\sde\ssenaste)\s(?P<n>{'|'.join(ordlista()['räkneord'])}|flera)\sår(?:en)?|sedan\s(?P<år>{ÅR}))(?!\w)",
    "bäst|högst|lägst|minst|störst|sämst",
    "på|senaste|sedan",
)
_GÅNGER = {
    "dubbelt": Decimal(2), "fördubbla": Decimal(2), "tredubbla": Decimal(3), "fyrdubbla": Decimal(4),
    "halvera": Decimal("0.5"),
}  # fmt: skip
_FLERFALDIGADES = Mönster(
    r"(?<!\w)(?:(?P<hur>mer\sän|drygt|nästan|knappt|ungefär|närmare)\s)?"
    r"(?:(?P<stam>fördubbla|tredubbla|fyrdubbla|halvera)(?:des|ts)|blivit\s(?:(?P<hur2>mer\sän|drygt|nästan|knappt)\s)?"
    r"(?P<stam2>dubbelt)\sså\s(?:många|stor\w*|hög\w*|mycket))"
    rf"(?P<när>\s(?:jämfört\smed|mot|sedan|från)\s{_FÖRRA}|\spå\sett\sår)?(?=[.,;]|$)",
    "dubbla|dubbelt|halvera",
)
_NÄSTA_ÅR = Mönster(
    r"(?<!\w)(?:nästa\sår\s(?P<ord>höjs|ökar|stiger|sänks|minskar|sjunker)\smedlemsbidrage[tn]"
    r"|medlemsbidraget\s(?P<ord2>höjs|ökar|stiger|sänks|minskar|sjunker)\s(?:\w+\s)?nästa\sår)(?!\w)",
    "nästa",
    "medlemsbidrage",
)
_AV_INSATSERNA = Mönster(
    r"^störst(?:a\sinsatsen)?\sär\s(?P<namn>[^,.;:]{3,40}?)(?=[.,;]|$)"
    r"|(?P<namn2>[^,.;:]{3,40}?)\sär\sden\s(?:klart\s)?(?P<ord>näst\sstörsta|största|minsta)\sinsatsen(?!\w)"
    r"|(?P<namn3>[^,.;:]{3,40}?)\s(?:får|fick|kostar|kostade)\s(?P<ord3>mest|minst)(?:\spengar)?(?:\sav\s(?:alla\s)?insatserna)?(?=[.,;]|$)",
    "störst|minst|mest",
)
NAMNGER = re.compile(
    rf"(?<!\w)(?:{_UPP}|{_NED}|{_MER}|{_MINDRE}|\w+(?:ubbla|alvera)(?:des|ts)|dubbelt|lika\smycket|varje\sår|år\sför\sår|alla\stre\såren"
    r"|båda\splanåren|(?:hög|läg|stör|min|bä|säm)sta?|mest|beror|fortsatte|nästa\sår)(?!\w)"
)
"""A word that makes a sentence worth reading here."""
_GRÄNS = re.compile(r"[,:(]\s|(?<!\w)(?:att|och|men|medan|eftersom|så|för)\s")
_FYLLNAD = frozenset(
    (
        *("det", "den", "de", "årets", "förbundets", "har", "hade", "alltså", "därmed", "därför", "också", "även"),
        *("dessutom", "samtidigt", "som", "nu", "åter", "ändå"),
    )
)
_FLERA = 3
_NÄSTAN, _UNGEFÄR = Decimal("0.7"), Decimal("0.15")
"""How much of a multiple is nearly that, and how far from it one without such a word may be."""


@dataclass(frozen=True, slots=True)
class Storhet:
    """Something that has a figure each year; `tecken` is set for a surplus or a deficit, which only some years have."""

    namn: str
    id: str
    tecken: int = 0

    def år(self, år: int, s: Sammanhang) -> Tal | None:
        """Its figure of a year, as large as it is spoken of."""
        f = s.fakta(self.id, str(år)) or _förra_uppgiften(self.id, år, s)
        if f is None or f.värde is None or (self.tecken and f.värde * self.tecken < 0):
            return None
        utan = self.tecken < 0 or not RESULTAT.search(self.id)
        return bundet(f, [*(["procent1"] if f.enhet == "andel" else []), *(["utan_tecken"] if utan else [])])


def _förra_uppgiften(id_: str, år: int, s: Sammanhang) -> Fakta | None:
    """An uppgift of an earlier year, as it stands in the sheets of that year."""
    u = s.r.år.tidigare_underlag.get(år) if id_.startswith("uppgift.") else None
    värde = next((ett.värde for ett in u.uppgifter if f"uppgift.{ett.id}" == id_), None) if u else None
    nu = s.fakta(id_)
    return replace(nu, värde=värde) if nu and isinstance(värde, Decimal) else None


def read_storheter(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of what it names, against the year before it, the years before that or those to come."""
    if not NAMNGER.search(mening.text):
        return
    if re.search("störst|minst|mest", mening.text) and not mening.talen():
        yield from _av_insatserna(mening, s)
    for träff in _NÄSTA_ÅR.finditer(mening.text) if "nästa år" in mening.text else ():
        yield from _nästa_år(träff, s)
    for sats in satser(mening.text):
        if not mening.talen(sats):
            yield from _mot_andra_år(mening, sats, s)


def _mot_andra_år(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    for mönster in (_ÄN, _ÄNDRADES, _BLEV, _FORTSATTE):
        for träff in mönster.finditer(sats):
            yield from _mot_förra(mening, sats, träff, s)
    for träff in _MED_I_ORD.finditer(sats):
        yield from _med_i_ord(mening, sats, träff, s)
    for träff in _FLER_GJORDE.finditer(sats) if mening.insats else ():
        mått = {"avslutade": "avslutade", "började": "nya", "deltog": "totalt"}[träff["gjorde"]]
        par = _par(
            [Storhet(f"antalet {träff['gjorde']}", f"deltagare.{mening.insats}.{mått}")],
            s.r.år.årtal,
            s.r.år.årtal - 1,
            s,
        )
        rätt = operator.gt if träff["ord"] == "fler" else operator.lt
        if mening.åren(sats) in ([], [s.r.år.årtal - 1]) and är_nekad(sats, träff.start(), träff.end()) is False:
            yield from _prövad(träff[0], par, rätt)
    for träff in _FLERFALDIGADES.finditer(sats):
        yield from _flerfaldigades(mening, sats, träff, s)
    for träff in _PÅ_LÄNGE.finditer(sats):
        yield from _på_länge(mening, sats, träff, s)


# What is named


def nämnd(mening: Mening, ord_: str, s: Sammanhang) -> list[Storhet]:
    """What some words name, as one or more facts that they may mean; nothing when they name something else too."""
    led = _GRÄNS.split(ord_)[-1].split()
    while led and led[0] in _FYLLNAD and " ".join(led) not in _STORHETER:
        led = led[1:]
    while led and led[-1] in _FYLLNAD:
        led = led[:-1]
    namn = " ".join(led)
    led = [_ALIAS.get(ett, ett) for ett in led]
    if mening.insats:
        del_ = _EGNA.get(namn)
        return [Storhet(namn, f"deltagare.{mening.insats}.{del_}")] if del_ else []
    if i_insats := re.fullmatch(r"(?:antalet\s)?deltagare(?:na)?\si\s(.+)", namn):
        insats = next((i for i in s.r.år.underlag.insatser if i.namn.lower() == i_insats[1]), None)
        return [Storhet(namn, f"deltagare.{insats.id}.totalt")] if insats else []
    if namn in _STORHETER and _om_en_insats(mening, s):
        return []
    if namn in _STORHETER:
        tecken = {"överskottet": 1, "underskottet": -1}.get(namn, 0)
        return [Storhet(namn, id_, tecken) for id_ in _STORHETER[namn]]
    insats = next((i for i in s.r.år.underlag.insatser if i.namn.lower() == namn), None)
    if insats:
        return [Storhet(insats.namn, f"kostnad.{insats.funktion}"), Storhet(insats.namn, f"budget.{insats.id}")]
    return [Storhet(namn, id_) for etikett, id_ in _rader(s.r) if led and _kallas(etikett, led)]


def _om_en_insats(mening: Mening, s: Sammanhang) -> bool:
    """Whether the sentence before is of an insats, so that its costs or its surplus may be what is meant."""
    for förra in mening.före[-1:]:
        if talen := förra.talen():
            return any(tal.id.startswith(("insats.", "kostnad.", "deltagare.")) for tal in talen)
        return any(i.namn.lower() in förra.text for i in s.r.år.underlag.insatser)
    return False


_BESTÄMT = re.compile(r"(?:erna|arna|orna|na|en|et|n|t)$")


def _kallas(etikett: str, led: list[str]) -> bool:
    """Whether a row is what one word in its definite form names, or somebody's something: förbundschefens tjänst.

    >>> _kallas("arvoden", ["arvodena"]), _kallas("köp av tjänst förbundschef", ["förbundschefens", "tjänst"])
    (True, True)
    """
    stammar = [_BESTÄMT.sub("", ett.removesuffix("s") if nr < len(led) - 1 else ett) for nr, ett in enumerate(led)]
    if len(stammar) == 1:
        return len(led[0]) > 4 and etikett.startswith(stammar[0]) and len(etikett) - len(stammar[0]) <= 2
    return len(stammar) == 2 and led[0].endswith("s") and all(re.search(rf"(?<!\w){s}", etikett) for s in stammar)


@en_gång
def _rader(r: Redovisning) -> list[tuple[str, str]]:
    """The rows of the notes, of the costs and of the plan's budget, by what they are called."""
    f = r.år.förbund
    rader = [(rad.etikett, f"not.{notis.id}.{rad.id}") for notis in f.noter for rad in notis.rader]
    for grupp in f.kostnadsfördelning:
        rader.append((grupp.etikett, f"kostnad.{grupp.id}"))
        rader += [(rad.etikett, f"kostnad.{grupp.id}.{rad.id}") for rad in grupp.rader]
    rader += [(rad.benämning, f"budget.{rad.id}") for rad in r.år.underlag.budgetplan]
    return [(etikett.casefold().partition(" till ")[0], id_) for etikett, id_ in rader]


def _ämnet(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> list[Storhet]:
    """What a verb is of: the words before it."""
    före = sats[: träff.start()]
    return [] if re.search(ÅR, _GRÄNS.split(före)[-1]) else nämnd(mening, före, s)


# What is said of it


Par = tuple[Storhet, Tal, Tal]
"""What is named, its figure now and the one that it is held against."""


def _prövad(ord_: str, par: list[Par], rätt: Callable[[Decimal, Decimal], bool]) -> Iterator[Ordval]:
    """That one figure is to another as it should be, by any of the facts that may be meant."""
    sagda = [Ordval(ord_, f"{st.namn} är {nu.text} mot {då.text}", not rätt(nu.värde, då.värde)) for st, nu, då in par]
    if sagda:
        yield next((ett for ett in sagda if not ett.motsagt), sagda[0])


def är_nekad(sats: str, start: int, slut: int) -> bool | None:
    """Whether a word there is denied; "om året" is no condition."""
    return nekad(sats.replace(" om året", " __ året"), start, slut)


def _par(storheter: list[Storhet], nu: int, då: int, s: Sammanhang) -> list[Par]:
    lästa = [(st, st.år(nu, s), st.år(då, s)) for st in storheter]
    return [(st, a, b) for st, a, b in lästa if a and b]


def _mot_förra(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """More than the year before, or less; what rose, or fell, with no other time said."""
    år, ord_ = s.r.år.årtal, träff["ord"]
    när = träff.groupdict().get("när") or ""
    sagda = mening.åren(när)
    if sagda not in ([], [år if "under" in när else år - 1]) or (träff.groupdict().get("har") and not när):
        return
    if not när and _EN_ANNAN_TID.search(mening.text):
        return
    nekat = är_nekad(sats, träff.start("ord"), träff.end("ord"))
    if "senaste" in när and nekat is False:
        yield from _de_senaste_åren(mening, sats, träff, s)
        return
    upp = bool(re.fullmatch(f"{_UPP}|{_MER}|växa|öka|stiga", ord_))
    if nekat is not None:
        ämnet = _ämnet(mening, sats, träff, s)
        # What an insats or a row of the driftredovisning cost is read with its budget (utan_tal).
        ämnet = [st for st in ämnet if not träff[0].startswith("kostade") or st.id.startswith("not.")]
        par = _par(ämnet, år, år - 1, s)
        värderar = ord_ in ("bättre", "sämre", "förbättrades", "försämrades")
        par = [ett for ett in par if not värderar or RESULTAT.search(ett[0].id) or ett[0].id == "soliditet"]
        yield from _prövad(träff[0].strip(), par, lambda a, b: (a > b if upp else a < b) != nekat)


def _nästa_år(träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """What is decided for next year is more than this year's, or less."""
    nästa, nu = s.fakta("uppgift.medlemsbidrag_nasta_ar"), s.fakta("medlemsbidrag")
    if nästa and nu and nästa.värde is not None and nu.värde is not None:
        upp = (träff["ord"] or träff["ord2"]) in ("höjs", "ökar", "stiger")
        rätt = nästa.värde > nu.värde if upp else nästa.värde < nu.värde
        yield Ordval(träff[0], f"det är {bundet(nästa, []).text} mot {bundet(nu, []).text}", not rätt)


def _de_senaste_åren(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """What rose, or fell, in the latest years did so in one of them at least."""
    år, upp = s.r.år.årtal, bool(re.fullmatch(_UPP, träff["ord"]))
    for st in _ämnet(mening, sats, träff, s):
        talen = [tal for nr in (2, 1, 0) if (tal := st.år(år - nr, s))]
        if len(talen) > 1:
            rätt = any(b.värde > a.värde if upp else b.värde < a.värde for a, b in pairwise(talen))
            yield Ordval(träff[0], f"{st.namn} är {', '.join(tal.text for tal in talen)} de senaste åren", not rätt)
            return


_ORD_TAL = (
    rf"(?:(?P<n>{'|'.join(ordlista()['räkneord'])}|en\shalv)\s)?(?P<e>hundra\s?tusen|tusen|miljon(?:er)?)\skronor"
)
_MED_I_ORD = Mönster(
    rf"(?<!\w)(?P<ord>{_UPP}|{_NED})\s(?P<efter>(?:det|den|de|årets)?\s?[a-zåäö]+(?:\s[a-zåäö]+)??\s)??"
    rf"med\s(?P<hur>mer\sän|drygt|över|knappt|nästan|ungefär|cirka)?\s?{_ORD_TAL}(?!\w)",
    "kronor",
    "med",
)


def _med_i_ord(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """So many thousands or millions more than the year before, in words."""
    år, n = s.r.år.årtal, träff["n"] or ""
    antal = Decimal("0.5") if n == "en halv" else Decimal(ordlista()["räkneord"].get(n, 1))
    e = {"t": 1000, "h": 100000, "m": 1000000}[träff["e"][0]]
    belopp, hur = antal * e, träff["hur"] or ""
    ämnet = _ämnet(mening, sats, träff, s) or (nämnd(mening, träff["efter"], s) if träff["efter"] else [])
    upp = bool(re.fullmatch(_UPP, träff["ord"]))
    if mening.åren(sats) not in ([], [år], [år - 1]) or är_nekad(sats, träff.start(), träff.end()) is not False:
        return

    def rätt(nu: Decimal, då: Decimal) -> bool:
        skillnad = nu - då if upp else då - nu
        if hur in ("mer än", "över", "drygt"):
            return skillnad >= belopp
        if hur in ("knappt", "nästan"):
            return belopp * _NÄSTAN <= skillnad <= belopp
        return abs(skillnad - belopp) <= belopp * _UNGEFÄR

    yield from _prövad(träff[0], _par(ämnet, år, år - 1, s), rätt)


def _flerfaldigades(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """Twice as much as the year before, nearly or more."""
    år, hur = s.r.år.årtal, träff["hur"] or träff["hur2"] or ""
    gånger = _GÅNGER[träff["stam"] or träff["stam2"]]
    if mening.åren(träff[0]) not in ([], [år - 1]) or är_nekad(sats, träff.start(), träff.end()) is not False:
        return
    hela = gånger if gånger > 1 else 1 / gånger

    def rätt(nu: Decimal, då: Decimal) -> bool:
        kvot = NOLL if not (nu and då) else nu / då if gånger > 1 else då / nu
        if hur in ("mer än", "drygt"):
            return kvot > hela
        if hur in ("nästan", "knappt", "närmare"):
            return hela * _NÄSTAN <= kvot <= hela
        return abs(kvot - hela) <= hela * _UNGEFÄR

    yield from _prövad(träff[0].strip(), _par(_ämnet(mening, sats, träff, s), år, år - 1, s), rätt)


def _på_länge(mening: Mening, sats: str, träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """The highest for some years: of those that are known, none was higher."""
    år, ord_ = s.r.år.årtal, träff["ord"]
    sedan = mening.åren(träff["år"] or "")
    först = sedan[0] + 1 if sedan else år - ordlista()["räkneord"].get(träff["n"], _FLERA) + 1
    ämne = _ämnet(mening, sats, träff, s) or (nämnd(mening, träff["vad"], s) if träff["vad"] else [])
    if är_nekad(sats, träff.start("ord"), träff.end("ord")) is not False:
        return
    mest = ord_.startswith(("hög", "stör", "bäst"))
    funna = []
    for st in ämne:
        nu, andra = st.år(år, s), [tal for ett in range(först, år) if (tal := st.år(ett, s))]
        if nu and andra:
            funna.append((st, nu, (max if mest else min)(andra, key=lambda tal: tal.värde)))
    yield from _prövad(träff[0], funna, lambda a, b: a >= b if mest else a <= b)


def _av_insatserna(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """The insats that costs the most of all, the next or the least, or does so in the plan's budget."""
    insatser = s.r.år.underlag.insatser
    for träff in _AV_INSATSERNA.finditer(mening.text):
        namn = (träff["namn"] or träff["namn2"] or träff["namn3"]).strip().removeprefix("alltså ").removeprefix("och ")
        plats = {"minsta": -1, "minst": -1, "näst största": 1}.get(träff["ord"] or träff["ord3"] or "", 0)
        for bas in ("kostnad", "budget"):
            funna = {
                i.namn: abs(f.värde)
                for i in insatser
                if (f := s.fakta(f"kostnad.{i.funktion}" if bas == "kostnad" else f"budget.{i.id}")) and f.värde
            }
            egen = next((ett for ett in funna if ett.lower() == namn), None)
            if egen and len(funna) > 2 and (plats >= 0 or len(funna) == len(insatser)):
                rätt = sorted(funna.values(), reverse=True)[plats]
                där = next(ett for ett, värde in funna.items() if värde == rätt)
                ord_ = mening.läst(träff[0]).strip()
                yield Ordval(
                    ord_, f"det är {där}, {kr(rätt)} kr, och {egen} är {kr(funna[egen])} kr", funna[egen] != rätt
                )
                break
