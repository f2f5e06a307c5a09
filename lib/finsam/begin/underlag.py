"""The workbook a new förbund begins with: what the report asks for, with the rows that can be foreseen prepared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from finsam.begin.forslag import Förslag
from finsam.begin.forslagsobjekt import Föreslagen
from finsam.model.forbund import Förbund
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag, för_slaget
from finsam.model.underlag import (
    Beslutspunkt,
    Bidragsrad,
    Budgetrad,
    Deltagarrad,
    Flerårsrad,
    Insats,
    Planrad,
    Underlag,
    Underlagsrad,
    Undertecknare,
    Uppgift,
)
from finsam.statements import flerarsoversikt, insatser
from finsam.statements.upplysningar.konton import kontots_slag
from finsam.statements.upplysningar.krav import KRAV, Krav

UPPGIFTER = {
    ÅRSREDOVISNING: (
        ("dnr", "Diarienummer", "text"),
        ("beslutsdatum", "Styrelsens beslut om årsredovisningen", "datum"),
        ("undertecknad", "Dag då styrelsen skrev under", "datum"),
        ("rakenskapsrevision", "Kostnad för räkenskapsrevision (LKBR 9 kap. 13 §)", "kr"),
        ("panter", "Ställda panter (LKBR 6 kap. 1 §)", "kr"),
        ("ansvarsforbindelser", "Ansvarsförbindelser (LKBR 6 kap. 1 §)", "kr"),
        ("revisionsanmarkningar", "Revisorernas anmärkningar förra året: inga, eller bladet med dem", "text"),
    ),
    VERKSAMHETSPLAN: (
        ("dnr", "Diarienummer", "text"),
        ("beslutsdatum", "Styrelsens beslut om verksamhetsplan och budget", "datum"),
        ("medlemsbidrag_ram", "Medlemsbidrag att dela på medlemmarna; tomt om det inte ska visas", "kr"),
        ("samradsdatum", "Samråd med medlemmarna om budgeten", "datum"),
        ("eget_kapital_ingaende", "Eget kapital när budgetåret börjar", "kr"),
    ),
}
"""By report: the uppgifter it asks for. They are there without a value, and the document says that they are missing."""

BESLUT = (Beslutspunkt(nr=1, text="Fastställa verksamhetsplan och budget {år}, med plan för {år+1} och {år+2}."),)
"""What is decided of every plan (Finsam 23 §)."""

ROLLER = (
    ("Ordförande", "styrelse"),
    ("Vice ordförande", "styrelse"),
    ("Ledamot", "styrelse"),
    ("Revisor", "revisor"),
)
DELTAGARMÅTT = (("nya", "Nya deltagare"), ("avslutade", "Avslutade deltagare"))
BIDRAGSGRUPP = {"stat": "staten", "region": "regionen", "kommun": "kommunerna"}

Rader = Mapping[str, Any]
Väntar = dict[type[Underlagsrad], tuple[Rader, ...]]


def väntade_krav(förslag: Förslag) -> tuple[Krav, ...]:
    """What must be told that the konton of the proposal show, and what always must."""
    egna = [rad for rad in förslag.kontoplan if rad.rad.från == rad.rad.till]
    typ = förslag.förbund.kontoplan
    slag = {kontots_slag(rad.rad.från, rad.anmärkning, rad.rad.post, typ) for rad in egna} - {None}
    poster = {rad.rad.post for rad in egna}
    return tuple(krav for krav in KRAV if krav.när.kan_gälla({str(ett) for ett in slag}, poster))


def startunderlag(förslag: Förslag, år: int, slag: Rapportslag) -> tuple[Underlag, Väntar]:
    """The rows to read, and those that are prepared but wait for a figure."""
    uppgifter = startuppgifter(slag)
    if slag is ÅRSREDOVISNING:
        kända = {uppgift.id for uppgift in uppgifter}
        nya = (fråga for krav in väntade_krav(förslag) for fråga in krav.frågor if fråga.id not in kända)
        rader = ({"id": fråga.id, "benämning": fråga.benämning, "enhet": fråga.enhet} for fråga in nya)
        uppgifter += tuple(map(Uppgift.model_validate, rader))
    return för_slaget(STARTRADER, slag, "STARTRADER i begin/underlag.py")(förslag, år, uppgifter)


def startuppgifter(slag: Rapportslag) -> tuple[Uppgift, ...]:
    """The uppgifter of a report, without values."""
    frågas = för_slaget(UPPGIFTER, slag, "UPPGIFTER i begin/underlag.py")
    return tuple(Uppgift.model_validate({"id": i, "benämning": ord_, "enhet": enhet}) for i, ord_, enhet in frågas)


def _planens(förslag: Förslag, år: int, uppgifter: tuple[Uppgift, ...]) -> tuple[Underlag, Väntar]:
    underlag = Underlag(uppgifter=uppgifter, budgetplan=tuple(_budgetplan(förslag)), beslut=BESLUT)
    return underlag, {Bidragsrad: tuple(bidragsrader(förslag.förbund, år))}


def _årsredovisningens(förslag: Förslag, år: int, uppgifter: tuple[Uppgift, ...]) -> tuple[Underlag, Väntar]:
    fb = förslag.förbund
    väntar: Väntar = {
        Budgetrad: tuple(_budget(fb, år)),
        Bidragsrad: tuple(bidragsrader(fb, år)),
        Insats: tuple(_ofärdig_insats(insats) for insats in förslag.insatser if not insats.slag),
        Deltagarrad: tuple(_deltagare(förslag, år)),
        Undertecknare: tuple({"namn": "Förnamn Efternamn", "roll": roll, "organ": organ} for roll, organ in ROLLER),
        Flerårsrad: tuple(_tidigare_år(år)),
    }
    kända = tuple(_insats(insats) for insats in förslag.insatser if insats.slag)
    return Underlag(uppgifter=uppgifter, insatser=kända), {klass: rader for klass, rader in väntar.items() if rader}


STARTRADER = {ÅRSREDOVISNING: _årsredovisningens, VERKSAMHETSPLAN: _planens}
"""By report: the rows it begins with."""


def _insats(insats: Föreslagen) -> Insats:
    return Insats.model_validate(
        {"id": insats.id, "namn": insats.namn, "slag": insats.slag, "funktion": insats.funktion}
    )


def _ofärdig_insats(insats: Föreslagen) -> Rader:
    """An insats whose kind nobody has told."""
    return {"id": insats.id, "namn": insats.namn, "funktion": insats.funktion}


def _budget(fb: Förbund, år: int) -> Iterator[Rader]:
    for rad in fb.driftredovisning:
        yield {"post": rad.id, "år": år, "enhet": "kr", "version": "ursprunglig", "källa": rad.etikett}


def bidragsrader(fb: Förbund, år: int) -> Iterator[Rader]:
    """A row for each member, to be filled in with what it has decided."""
    for medlem in (ett for ett in fb.medlemmar if ett.är_med_under(år)):
        yield {"medlem": medlem.id, "år": år, "källa": f"{medlem.namn}: beslut"}


def _deltagare(förslag: Förslag, år: int) -> Iterator[Rader]:
    for insats in förslag.insatser:
        if insats.slag != "struktur":
            for mått, ord_ in DELTAGARMÅTT:
                for kön in ("kvinnor", "män"):
                    yield {"insats": insats.id, "mått": mått, "benämning": ord_, "år": år, "kön": kön}


def _tidigare_år(år: int) -> Iterator[Rader]:
    """What the ledger does not reach back to: the three oldest years of the översikt."""
    for tidigare in range(år - 2, år - flerarsoversikt.ANTAL_ÅR, -1):
        for post in flerarsoversikt.ÖVERTAGNA:
            källa = f"Årsredovisning {tidigare}, sida"
            yield {"post": post, "år": tidigare, "enhet": "kr", "källa": källa}


def _budgetplan(förslag: Förslag) -> Iterator[Planrad]:
    """Groups and rows of the three years' budget; the amounts are empty."""
    fb = förslag.förbund
    yield Planrad(id="intakter", benämning="Intäkter", typ="grupp", summarad="Summa intäkter")
    for typ in dict.fromkeys(medlem.typ for medlem in fb.medlemmar):
        vem = BIDRAGSGRUPP[typ]
        yield Planrad(
            id=f"medlemsbidrag_{vem}", benämning=f"Medlemsbidrag från {vem}", typ="medlemsbidrag", grupp="intakter"
        )
    yield Planrad(id="kostnader", benämning="Kostnader", typ="grupp", summarad="Summa kostnader")
    yield Planrad(id="insatser", benämning="Insatser", typ="grupp", grupp="kostnader", summarad="Summa insatser")
    for slag, ord_ in insatser.SLAG.items():
        egna = [(insats.id, insats.namn) for insats in förslag.insatser if insats.slag == slag]
        for id_, namn in egna or [(f"insats_{slag}", ord_)]:
            rad = {"id": id_, "benämning": namn, "typ": f"{slag}insats", "grupp": "insatser"}
            yield Planrad.model_validate(rad)
    yield Planrad(id="kansli", benämning="Administration", typ="administration", grupp="kostnader")
