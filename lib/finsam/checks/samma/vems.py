"""Whose an insats is, and whose those at the kansli are: the same in the sheets and in every text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.texter import skriven_prosa
from finsam.model.belopp import NOLL
from finsam.model.ord import uppräkning, vik
from finsam.model.underlag import Insats
from finsam.statements.redovisning import Redovisning, en_gång

FÖRBUNDET = "förbundet"
"""Who owns what the kansli does itself."""
_ÄGARE = r"(?:(?:insats|projekt)agare|huvudman)"
_OM_ÄGARE = re.compile(rf"\b{_ÄGARE}|\b(?:ags|drivs) av\b|fakturera|tillbaka|aterbetala|aterlamna")
_ÄGARRUBRIK = re.compile(rf"^{_ÄGARE}", re.IGNORECASE)
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{*])|\n\s*\n|\n(?=\s*(?:[-*#]|\d+\.)\s)")
_HÄNVISNING = re.compile(r"\{(?!\s*ar\b)[^{}]*\}")
_FAKTURERAR = r"(?:har |hade )?fakturera(?:r|t|de)(?: forbundet)?(?: (?!sina?\b)\w+){0,3}? (?:\w*kostnad|insats)\w*"
_TILLBAKA = (
    r"(?:har |hade |ska )?(?:(?:lamna|betala)(?:r|t|de)? tillbaka|(?:ater)betala(?:r|t|de)|aterlamna(?:r|t|de))\b"
)
_MEDEL = re.compile(r"\boverskott|\w*medel\b|\bpengar|\bbidrag|_")
"""What an owner has over and pays back; a reference is a line."""
_FÖRR_ELLER_SEN = re.compile(
    r"\b(?:tidigare|forut|innan|fram till|till och med|fran och med|tar over|tagit over|tog over|nasta ar|forra)\b"
    r"|\{ar[^}]*[-+]|\b(?:19|20)\d\d\b"
)
_ROLLER = ("förbundschef", "kanslichef", "ekonom", "sekreterare", "controller", "administratör", "kommunikatör")
_ROLL = re.compile(rf"\b(?P<roll>{'|'.join(map(vik, _ROLLER))})(?:e?n|e?ns|er|erna|na)?\b")
_ANSTÄLLD = re.compile(r"\b(?:kops|kopts|anstalld|anstallda|lanas ut|hyrs in)\b")
_LÄNGST = 90
"""Letters between who somebody is and who employs them, in one breath."""


class Mening(NamedTuple):
    """A sentence as it is searched, without marks; where it stands, the insats of its text, and the one before it."""

    text: str
    fil: str
    plats: str
    insats: str
    före: str


def check_vems(r: Redovisning) -> Kontroll:
    """No text says that another member owns an insats, or employs somebody, than a sheet or another text does."""
    namn = _namn(r)
    yield from _check_faktarutor(r, namn)
    yield from _check_ägare(r, namn)
    yield from _check_betalda(r, namn)
    yield from _check_anställda(r, namn)


Namn = Mapping[str, str]
"""What a member may be called, without marks and as a pattern, by its name in the settings."""


def _namn(r: Redovisning) -> Namn:
    medlemmar = [m for m in r.år.förbund.medlemmar if m.typ != "stat"]
    ut = {}
    for medlem in medlemmar:
        kärna = re.escape(vik(medlem.namn).removesuffix(" kommun").removesuffix("s"))
        ut[medlem.namn] = rf"{kärna}s?(?: kommun)?" if medlem.typ == "kommun" else kärna
        if medlem.typ == "region" and sum(m.typ == "region" for m in medlemmar) == 1:
            ut[medlem.namn] = f"(?:{kärna}|regionen)"
    return ut


def _nämnda(text: str, namn: Namn) -> set[str]:
    """The members that some words name; the förbund itself too, where they are of nobody else.

    >>> _nämnda("Region Örebro län", {"Örebro kommun": "orebros?", "Region Örebro län": "region orebro lan"})
    {'Region Örebro län'}
    """
    funna, kvar = set(), vik(text)
    # The longest first: Region Örebro län is not Örebro kommun.
    for medlem, mönster in sorted(namn.items(), key=lambda ett: -len(ett[1])):
        utan = re.sub(rf"\b{mönster}\b", "", kvar)
        if utan != kvar:
            funna.add(medlem)
        kvar = utan
    return funna or ({FÖRBUNDET} if re.match(r"forbundets?\b", vik(text)) else set())


@en_gång
def _meningar(r: Redovisning) -> list[Mening]:
    meningar = []
    for fil, plats, text in skriven_prosa(r):
        stam = fil.rpartition("/")[2].removesuffix(".md").removeprefix(r.år.rapport.textprefix)
        insats = stam.removeprefix("insats_") if stam.startswith("insats_") else ""
        start, före = 0, ""
        for slut in [*(träff.end() for träff in _MENING.finditer(text)), len(text)]:
            mening = " ".join(_HÄNVISNING.sub("_", vik(text[start:slut]).replace("*", "")).split())
            meningar.append(Mening(mening, fil, plats or f"rad {text.count(chr(10), 0, start) + 1}", insats, före))
            start, före = slut, mening
    return meningar


# Whose an insats is


def _check_faktarutor(r: Redovisning, namn: Namn) -> Kontroll:
    ägare = {i.id: _nämnda(i.insatsägare, namn) for i in r.år.underlag.insatser}
    for rad in r.år.underlag.faktarutor:
        sagda = _nämnda(rad.text, namn) if _ÄGARRUBRIK.match(vik(rad.rubrik)) else set()
        egna = ägare.get(rad.insats, set())
        yield Prövat(int(bool(sagda and egna)))
        if sagda and egna and not sagda & egna:
            text = (
                f"Faktarutor, rad {rad.rad}: {rad.rubrik} är {rad.text.strip(' .')}, men {uppräkning(sorted(egna))} i"
            )
            yield Finding("varning", f"{text} bladet Insatser. Rätta det som är fel.", f"Faktarutor, rad {rad.rad}")


def _check_ägare(r: Redovisning, namn: Namn) -> Kontroll:
    """Who invoices what an insats cost, pays back what it did not, or is called its owner, is its owner."""
    insatser = {i.id: i for i in r.år.underlag.insatser}
    for mening in _meningar(r):
        if not _OM_ÄGARE.search(mening.text):
            continue
        insats = _insatsen(mening, insatser)
        ägare = _nämnda(insats.insatsägare, namn) if insats else set()
        if insats is None or not ägare or _FÖRR_ELLER_SEN.search(mening.text):
            continue
        for medlem, mönster in namn.items():
            sagt = _är_sagd(mening.text, mönster)
            yield Prövat(int(sagt))
            if sagt and medlem not in ägare:
                text = (
                    f"{mening.fil}, {mening.plats}: {medlem} sägs äga, fakturera eller betala tillbaka {insats.namn},"
                )
                text += f" men insatsägaren är {insats.insatsägare} i bladet Insatser. Vilket är rätt?"
                yield Finding("varning", text, mening.fil)


def _är_sagd(text: str, medlem: str) -> bool:
    """Whether a sentence says of a member what is said of an owner."""
    if not re.search(rf"\b{medlem}", text):
        return False
    # One of several that own it together is not the owner that the sheet has.
    ensam = r"\b(?! (?:kommun )?(?:och|samt)\b|,)"
    som_ägare = rf"(?<!\boch )(?<!\bsamt )\b{medlem},? (?:som|ar|var|som ar|som var) {_ÄGARE}"
    som_ägare += rf"|\b{_ÄGARE}n? (?:ar|var) {medlem}{ensam}"
    som_ägare += rf"|\b(?:ags|drivs) av {medlem}{ensam}"
    tillbaka = f"|{_TILLBAKA}" if _MEDEL.search(text) else ""
    return bool(re.search(rf"{som_ägare}|\b{medlem} (?:{_FAKTURERAR}{tillbaka})", text))


def _insatsen(mening: Mening, insatser: Mapping[str, Insats]) -> Insats | None:
    """The one insats that a sentence names, or that its text is about."""
    nämnda = [i for i in insatser.values() if re.search(rf"\b{re.escape(vik(i.namn))}s?\b", mening.text)]
    if nämnda or not mening.insats:
        return nämnda[0] if len(nämnda) == 1 else None
    return insatser.get(mening.insats)


def _check_betalda(r: Redovisning, namn: Namn) -> Kontroll:
    """Most of what an insats costs is not paid to other members alone, by the words of the verifikationer."""
    insatser = {i: ägare for i in r.år.underlag.insatser if (ägare := _nämnda(i.insatsägare, namn)) & namn.keys()}
    if not insatser:
        return
    betalt: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for ver in r.år.bokföring.verifikationer.med_text(re.compile("|".join(re.escape(i.namn) for i in insatser))):
        nämnda = [i for i in insatser if i.namn in ver.text]
        medlemmar = _nämnda(ver.text, namn) & namn.keys()
        if len(nämnda) == 1 and len(medlemmar) == 1:
            kostnad = sum((rad.belopp for rad in ver.rader if rad.konto[0] in "4567"), NOLL)
            betalt[nämnda[0].id][medlemmar.pop()] += kostnad
    for insats, ägare in insatser.items():
        f = r.fakta.get(f"insats.{insats.id}.utfall/{r.år.period}")
        till = {medlem: belopp for medlem, belopp in betalt[insats.id].items() if belopp}
        yield Prövat(int(bool(till)))
        if f and f.värde and not till.keys() & ägare and 2 * sum(till.values()) > f.värde:
            text = f"Insatser, rad {insats.rad}: insatsägaren är {insats.insatsägare}, men verifikationerna för"
            text += f" {insats.namn} nämner bara {uppräkning(sorted(till))}. Vilket är rätt?"
            yield Finding("varning", text, f"Insatser, rad {insats.rad}")


# Whose those at the kansli are


def _check_anställda(r: Redovisning, namn: Namn) -> Kontroll:
    """The same member sells, or employs, who has a role in all texts that say it of one."""
    sagda: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mening in _meningar(r):
        if _ANSTÄLLD.search(mening.text) and not _FÖRR_ELLER_SEN.search(mening.text):
            for roll, medlem in _anställda(mening, namn):
                sagda[roll][mening.fil].add(medlem)
    motsagda: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for roll in (ett for ett in _ROLLER if ett in sagda):
        (första, egna), *andra = sagda[roll].items()
        yield Prövat(len(andra))
        for fil, övriga in andra:
            if len(egna) == len(övriga) == 1 and egna != övriga:
                motsagda[första, *egna, fil, *övriga].append(roll)  # type: ignore[index]
    for (fil, medlem, annan, annans), roller in motsagda.items():
        text = f"{fil}: {uppräkning(roller)} köps av eller är anställd hos {medlem}, men i {annan} hos {annans}."
        yield Finding("varning", f"{text} Vilket är rätt?", fil)


def _anställda(mening: Mening, namn: Namn) -> Iterator[tuple[str, str]]:
    """Who has a role, and the member that employs them: the roles that stand between it and the member before."""
    alla = "|".join(f"(?P<m{nr}>{mönster})" for nr, mönster in enumerate(namn.values()))
    start = 0
    for träff in re.finditer(rf"\b(?:av|hos) (?:{alla}|forbundet)\b", mening.text):
        led = mening.text[start : träff.start()]
        roller = [m["roll"] for m in _ROLL.finditer(led)]
        if not roller and not start and re.search(r"\b(?:bada|tjansten|tjansterna)\b", led):
            roller = [m["roll"] for m in _ROLL.finditer(mening.före)]
        medlem = next((ett for nr, ett in enumerate(namn) if träff[f"m{nr}"]), FÖRBUNDET)
        if len(led) <= _LÄNGST and _ANSTÄLLD.search(mening.text[: träff.start()]):
            yield from ((next(ett for ett in _ROLLER if vik(ett) == roll), medlem) for roll in dict.fromkeys(roller))
        start = träff.end()
