"""What last year's workbook says too: years that are past, projects that go on, and what the uppgifter are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr, med_ombytta, svenskt_tal
from finsam.model.monster import Mönster
from finsam.model.ord import uppräkning
from finsam.model.underlag import Underlag
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning
from finsam.statements.uppgifter import FÖRRA_ÅRETS

OMBYTTA_SIFFROR = 4
"""How many figures, those at its end that are nil not counted, make a number last year's when two are swapped."""
_RESULTAT_NÄSTA_ÅR = Mönster(r"^(?:budget|resultat)\w*_nasta_ar$")
_DAG = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_ÅR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
RÄKNEORD = frozenset(["en", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"])
_SIST = re.compile(r"\d+(?=\D*$)")
_VARJE_ÅR = Mönster(r"dnr|beslutsdatum|undertecknad|budgetbeslut|budgetrevidering|\w*samrad\w*|andringsdatum")
"""Uppgifter that are new every year: what a document is registered as, and the days of the year's decisions."""
_ÄNDRAD = Mönster(
    r"(?<!\w)(?:ändra|byt(?:t|er)|förläng|förkort|kortare|längre|tidigare|ny bedömning)", flaggor=re.IGNORECASE
)


class Samma(NamedTuple):
    """A sheet by its name among the workbook's, what its rows are known by, and what is then the same every year.

    `hela` says that a row of a past year is there as long as others of that year are, and `beslut` that a row with
    another source may be changed: that is a new decision.
    """

    blad: str
    av: tuple[str, ...]
    lika: tuple[str, ...]
    hela: bool = False
    beslut: bool = False


SAMMA = (
    Samma("medlemsbidrag", ("medlem", "år"), ("belopp", "invånare"), hela=True),
    Samma("kostnadsfördelning", ("funktion", "år"), ("belopp",), hela=True),
    Samma("flerårsöversikt", ("post", "år"), ("värde", "enhet"), hela=True),
    Samma("budget", ("post", "år", "version"), ("belopp", "enhet", "beslutad")),
    Samma(
        "projektredovisning",
        ("id",),
        ("finansiär", "från", "till", "beviljat", "andel", "stödgrundande"),
        beslut=True,
    ),
    Samma("uppgifter", ("id",), ("benämning", "enhet")),
    Samma("insatser", ("id",), ("slag", "funktion")),
    Samma("mål", ("id", "mål"), ("enhet", "område", "insats", "slag", "fakta", "jämförelse")),
    Samma("personal", ("id",), ("grupp",)),
)
_BENÄMNA = ("uppgifter", "insatser", "mål", "personal")


@kontroll(
    "C73",
    "Det som också står i tidigare års underlag är detsamma.",
    saknas="inget tidigare år har ett underlag att jämföra med",
)
def check_förra_året(r: Redovisning) -> Kontroll:
    """What two years' workbooks both say of a past year, or of what does not change, is the same in both."""
    for år, före in sorted(r.år.tidigare_underlag.items(), reverse=True)[:1]:
        for samma in SAMMA:
            # A plan calls things otherwise, and so may a year that is not the next.
            if samma.blad not in _BENÄMNA or (r.år.rapport.jämför_bakåt and år == r.år.årtal - 1):
                yield from _check_blad(r, samma, år, före)
        if år == r.år.årtal - 1:
            yield from _check_uppgifter(r, år, före)
            yield from _check_omkastade(r, år, före)
            yield from _check_nästa_års_budget(r, år, före)
            yield from _check_varje_år(r, år, före) if r.år.rapport.jämför_bakåt else ()
            yield from _check_insatsers_början(r, år, före)
            yield from _check_räkneord(r, år, före)
            yield from _check_pågående_projekt(r, före) if r.år.rapport.jämför_bakåt else ()


def _check_blad(r: Redovisning, samma: Samma, år: int, före: Underlag) -> Kontroll:
    då, nu = (_rader(u, samma) for u in (före, r.år.underlag))
    for nyckel, rad in nu.items():
        gammal = då.get(nyckel)
        yield Prövat(int(gammal is not None))
        if gammal is None or (samma.beslut and getattr(rad, "källa", "") != getattr(gammal, "källa", "")):
            continue
        for fält in samma.lika:
            ett, annat = getattr(rad, fält), getattr(gammal, fält)
            if ett != annat and None not in (ett, annat) and "" not in (ett, annat):
                kolumn = type(rad).model_fields[fält].alias
                text = f"{rad.blad}, rad {rad.rad}: {kolumn} är {ett}, men {annat} i underlaget för {år} ({före.fil},"
                text += f" {rad.blad}, rad {gammal.rad})."
                yield Finding("varning", f"{text} Vilket är rätt?", f"{rad.blad}, rad {rad.rad}")
    if samma.hela:
        åren, första = {nyckel[-1] for nyckel in nu}, {nyckel[0] for nyckel in nu}
        for nyckel, rad in då.items():
            # A post may be one that the förbund no longer shows.
            kvar = nyckel[0] in första or samma.blad != "flerårsöversikt"
            if nyckel[-1] in åren and nyckel not in nu and kvar:
                vad = " ".join(map(str, nyckel))
                text = f"I bladet {rad.blad} saknas {vad}, som står i underlaget för {år} ({före.fil}, rad {rad.rad})."
                yield Finding("varning", f"{text} Har en rad fallit bort?", rad.blad)


def _rader(u: Underlag, samma: Samma) -> Mapping[tuple[object, ...], Underlagsrad]:
    rader: tuple[Underlagsrad, ...] = getattr(u, samma.blad)
    return {tuple(getattr(rad, ett) for ett in samma.av): rad for rad in rader}


def _check_uppgifter(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """What is said of next year one year, and of last year the next."""
    då = {u.id: u for u in före.uppgifter}
    nu = {u.id: u for u in r.år.underlag.uppgifter}
    for i_år, i_fjol in FÖRRA_ÅRETS.items():
        ett, annat = då.get(i_fjol), nu.get(i_år)
        yield Prövat(int(bool(ett and annat)))
        if ett and annat and ett.värde != annat.värde:
            text = f"{annat.benämning} är {annat.värde}, men {ett.benämning} var {ett.värde} i underlaget för {år}."
            yield Finding("varning", f"{text} Rätta Värde.", f"Uppgifter, rad {annat.rad}")
    for uppgift in r.år.underlag.uppgifter:
        gammal = då.get(uppgift.id)
        if gammal is None or gammal.värde != uppgift.värde or not (dagar := _DAG.findall(gammal.källa)):
            continue
        yield Prövat()
        samma = _DAG.sub("", gammal.källa).split() == _DAG.sub("", uppgift.källa).split()
        if samma and _DAG.findall(uppgift.källa) < dagar:
            text = f"{uppgift.benämning}: källan är ”{uppgift.källa}”, men ”{gammal.källa}” i underlaget för {år}."
            yield Finding("varning", f"{text} Vilken dag är det?", f"Uppgifter, rad {uppgift.rad}")
    beviljat = {i.id: i.beviljat for i in före.insatser}
    for insats in r.år.underlag.insatser:
        yield Prövat(int(bool(insats.beviljat and beviljat.get(insats.id))))
        if insats.beviljat and insats.beviljat == beviljat.get(insats.id) and insats.beviljat % 1000:
            text = f"Insatser, rad {insats.rad}: Beviljat för {insats.namn} är på kronan detsamma som i underlaget för"
            yield Finding(
                "varning", f"{text} {år}, {kr(insats.beviljat)} kr. Är det årets?", f"Insatser, rad {insats.rad}"
            )
    utlovat = då.get("medlemsbidrag_nasta_ar")
    beslutat = sum((b.belopp for b in r.år.underlag.medlemsbidrag if b.år == r.år.årtal), NOLL)
    belopp = utlovat.värde if utlovat else None
    yield Prövat(int(bool(belopp and beslutat)))
    if isinstance(belopp, Decimal) and beslutat and belopp != beslutat:
        text = f"Medlemsbidragen {r.år.årtal} är {kr(beslutat)} kr, men i underlaget för {år} var de beslutade till"
        yield Finding("varning", f"{text} {kr(belopp)} kr. Är beslutet ändrat?", "Medlemsbidrag")


def _check_omkastade(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """A number is not last year's with two figures swapped; a short one only if it is a share of the same source."""
    då = {u.id: u for u in före.uppgifter}
    for uppgift in r.år.underlag.uppgifter:
        gammal, nytt = då.get(uppgift.id), uppgift.värde
        förr = gammal.värde if gammal and gammal.enhet == uppgift.enhet else None
        if not gammal or not isinstance(nytt, Decimal) or not isinstance(förr, Decimal):
            continue
        yield Prövat()
        långt = len(f"{nytt:f}".replace(".", "").strip("0")) >= OMBYTTA_SIFFROR
        andel = uppgift.enhet == "%" and uppgift.källa == gammal.källa
        if (långt or andel) and förr in med_ombytta(nytt):
            text = f"{uppgift.benämning} är {svenskt_tal(nytt)}, men {svenskt_tal(förr)} i underlaget för {år}."
            yield Finding("varning", f"{text} Är två siffror ombytta?", f"Uppgifter, rad {uppgift.rad}")


def _check_nästa_års_budget(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """The result that last year's report says is budgeted for this year is the budget's, as it was first or is now."""
    resultat = {
        f.värde
        for id_ in ("resultat", "rorelseresultat")
        if (f := r.fakta.get(f"budget.{id_}/{r.år.period}")) and f.värde is not None
    }
    ändrat = NOLL
    for rad in r.år.underlag.budgetplan:
        nu, först = (r.fakta.get(f"budget.{del_}{rad.id}/{r.år.period}") for del_ in ("", "ursprunglig."))
        if nu and först and nu.värde is not None and först.värde is not None:
            ändrat += först.värde - nu.värde
    resultat |= {ett + ändrat for ett in resultat}
    for uppgift in före.uppgifter:
        belopp = uppgift.värde
        if not resultat or not _RESULTAT_NÄSTA_ÅR.match(uppgift.id) or not isinstance(belopp, Decimal):
            continue
        yield Prövat()
        tusen = 1000 if uppgift.enhet == "tkr" else 1
        if all(abs(abs(belopp) * tusen - abs(ett)) >= tusen for ett in resultat):
            givna = uppräkning((f"{kr(ett)} kr" for ett in sorted(resultat)), "eller")
            text = f"Budgetens resultat {r.år.årtal} är {givna}, men"
            text += f" {uppgift.benämning} är {svenskt_tal(belopp)} {uppgift.enhet} i underlaget för {år}."
            yield Finding("varning", f"{text} Vilket är rätt?", f"{före.fil}, Uppgifter, rad {uppgift.rad}")


def _check_varje_år(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """What is new each year is not last year's, words are not a number, and how long things last is not another."""
    då = {u.id: u for u in före.uppgifter}
    principer = " ".join(fil.text for namn, fil in r.år.texter.items() if "princip" in namn or "anlaggning" in namn)
    for uppgift in r.år.underlag.uppgifter:
        gammal = då.get(uppgift.id)
        if gammal is None or None in (gammal.värde, uppgift.värde):
            continue
        yield Prövat()
        var = f"Uppgifter, rad {uppgift.rad}"
        if _VARJE_ÅR.fullmatch(uppgift.id) and gammal.värde == uppgift.värde:
            text = f"{var}: {uppgift.benämning} är {uppgift.värde}, detsamma som i underlaget för {år}. Är det årets?"
            yield Finding("varning", text, var)
        åren = [int(ett) for båda in (gammal, uppgift) for ett in _ÅR.findall(str(båda.värde))]
        if uppgift.id == "dnr" and len(åren) == 2 and åren[1] - åren[0] not in (0, 1):
            text = f"{var}: {uppgift.benämning} är {uppgift.värde}, men {gammal.värde} i underlaget för {år}."
            yield Finding("varning", f"{text} Är året rätt?", var)
        elif uppgift.id == "dnr" and (fel := _fel_nummer(str(uppgift.värde), str(gammal.värde))):
            text = f"{var}: {uppgift.benämning} är {uppgift.värde}, men {gammal.värde} i underlaget för {år}."
            yield Finding("varning", f"{text} {fel}", var)
        if uppgift.id.startswith("nyttjandeperiod") and gammal.värde != uppgift.värde and not _ÄNDRAD.search(principer):
            text = f"{var}: {uppgift.benämning} är {uppgift.värde}, men {gammal.värde} i underlaget för {år}."
            yield Finding("varning", f"{text} Rätta Värde, eller skriv i principerna att den är ändrad.", var)


def _fel_nummer(nytt: str, gammalt: str) -> str:
    """What a number of the diarium lacks that last year's has: its year, or the noughts before its own number.

    >>> _fel_nummer("EXF 2026-49", "EXF 2025-011"), _fel_nummer("EXF 2026-49", "EXF 2025-11")
    ('Är numret lika långt?', '')
    >>> _fel_nummer("EXF 49-49", "EXF 2025-11"), _fel_nummer("SF 26/3", "EXF 2025-011")
    ('Har numret inget år?', '')
    """
    if _ÅR.search(gammalt) and not _ÅR.search(nytt):
        kort = {ett[2:] for ett in _ÅR.findall(gammalt)} | {f"{int(ett) % 100 + 1:02}" for ett in _ÅR.findall(gammalt)}
        return "Har numret inget år?" if kort.isdisjoint(re.findall(r"\d+", nytt)) else ""
    utan_år, då = (_SIST.findall(_ÅR.sub("", ett)) for ett in (nytt, gammalt))
    samma = len({_ÅR.sub("", _SIST.sub("", ett)) for ett in (nytt, gammalt)}) == 1
    fyllt = samma and bool(då) and då[0].startswith("0")
    längre = len(utan_år[0]) - len(då[0]) if fyllt and utan_år else 0
    return "Är numret lika långt?" if längre < 0 or längre > 1 else ""


def _check_räkneord(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """Who an insats is for, and why, is not last year's but for a number in words."""
    då = {(rad.insats, rad.rubrik): rad.text for rad in före.faktarutor}
    for rad in r.år.underlag.faktarutor:
        nu, gammal = rad.text.split(), då.get((rad.insats, rad.rubrik), "").split()
        yield Prövat(int(bool(gammal)))
        olika = [par for par in zip(nu, gammal, strict=False) if par[0] != par[1]]
        om = rad.rubrik.casefold().startswith(("målgrupp", "syfte"))
        if om and len(nu) == len(gammal) and len(olika) == 1 and {*olika[0]} <= RÄKNEORD:
            text = (
                f"Faktarutor, rad {rad.rad}: {rad.rubrik} säger {olika[0][0]}, men {olika[0][1]} i underlaget för {år}."
            )
            yield Finding("varning", f"{text} Vilket gäller?", f"Faktarutor, rad {rad.rad}")


def _check_pågående_projekt(r: Redovisning, före: Underlag) -> Kontroll:
    """A project that last year's workbook says goes on is there this year too."""
    nu = {p.id for p in r.år.underlag.projektredovisning}
    for p in före.projektredovisning:
        yield Prövat()
        if p.till.year >= r.år.årtal and p.id not in nu:
            text = f"Projektredovisning: {p.namn} saknas, men pågår till {p.till.isoformat()} enligt {före.fil}."
            yield Finding("varning", f"{text} Har en rad fallit bort?", "Projektredovisning")


def _check_insatsers_början(r: Redovisning, år: int, före: Underlag) -> Kontroll:
    """An insats that goes on began when last year said; a new period begins after the old one's end."""
    då = {i.id: i for i in före.insatser}
    for insats in r.år.underlag.insatser:
        gammal = då.get(insats.id)
        if gammal is None or not insats.från or not gammal.från or not gammal.till:
            continue
        yield Prövat()
        if insats.från < gammal.från or gammal.från < insats.från <= gammal.till:
            text = f"Insatser, rad {insats.rad}: {insats.namn} är från {insats.från.isoformat()}, men i underlaget för"
            text += f" {år} från {gammal.från.isoformat()} till {gammal.till.isoformat()}. Rätta Från."
            yield Finding("varning", text, f"Insatser, rad {insats.rad}")
