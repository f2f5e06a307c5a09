"""What must be told, as one table: when, what, by which paragraph, where it stands and what is filled in.

The paragraphs are read in the statutes. The recommendations of RKR are not at hand in full: what rests on one is
marked `ej_prövad` with the source it is known from. docs/upplysningar.md is this table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from finsam.model.fakta import Faktabas
from finsam.model.forbund import LAGENS_RADER, Not
from finsam.model.ord import SAKNAS
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.statements.balansrakning import ANLÄGGNING
from finsam.statements.delar import Del
from finsam.statements.upplysningar.villkor import (
    Alltid,
    AndraMedel,
    Belopp,
    FlerÄn,
    Kontot,
    Negativt,
    Reviderad,
    TidigareUnderskott,
    Villkor,
)

Enhet = Literal["kr", "antal", "datum", "text"]
RKR = "rekommendationens text är inte prövad; efter titlar och praxis"


@dataclass(frozen=True, slots=True)
class Fråga:
    """A single fact that is asked for in the sheet Uppgifter, in words and with its unit."""

    id: str
    benämning: str
    enhet: Enhet


@dataclass(frozen=True, slots=True)
class Krav:
    """A row of the table.

    Where it stands is a note (by id in forbund.yml, or with words of `rubrik` in its heading), a text, a sheet of the
    workbook or a table that finsam makes; `var` is that part of the document in words. `prövas_av` is the check that
    asks for it, when that is another than that of upplysningar. `frågor` are the facts it needs; `visas` says that they
    are shown in the register below the notes, for nothing else of the document does. `ej_prövad` is what the row rests
    on that has not been read.
    """

    id: str
    när: Villkor
    vad: str
    lag: str
    not_: str = ""
    rubrik: str = ""
    text: str = ""
    blad: str = ""
    tabell: str = ""
    var: str = ""
    frågor: tuple[Fråga, ...] = ()
    fakta: str = ""
    visas: bool = False
    ej_prövad: str = ""
    prövas_av: str = ""


KRAV: tuple[Krav, ...] = (
    Krav(
        "anlaggning",
        Belopp("br.materiella", "materiella anläggningstillgångar"),
        "Anskaffningsvärde, inköp, avgång, avskrivningar och nyttjandeperiod",
        "LKBR 9 kap. 9 §",
        not_="anlaggning",
        rubrik=r"anläggningstillgång|inventarier",
        frågor=(Fråga("nyttjandeperiod", "Bedömd genomsnittlig nyttjandeperiod, år", "antal"),),
        ej_prövad=f"rullningen: RKR R4, {RKR}",
    ),
    Krav(
        "immateriella",
        Belopp("br.immateriella", "immateriella anläggningstillgångar"),
        "Immateriella tillgångars värde och nyttjandeperiod",
        "LKBR 9 kap. 10 §",
        not_="immateriella",
        rubrik=r"immateriell",
        frågor=(Fråga("nyttjandeperiod_immateriella", "Bedömd nyttjandeperiod, immateriella, år", "antal"),),
        ej_prövad=f"rullningen: RKR R3, {RKR}",
    ),
    Krav(
        "investeringar",
        Belopp("kf.investering", "inköp eller försäljning av anläggningstillgångar", ANLÄGGNING),
        "Investeringsredovisning mot budget",
        "LKBR 10 kap. 2 §",
        tabell="investeringsredovisning",
        var="investeringsredovisningen",
        frågor=(Fråga("investeringsbudget", "Årets investeringsbudget, 0 om ingen är beslutad", "kr"),),
        ej_prövad=f"budget: RKR R14, {RKR}",
    ),
    Krav(
        "pensioner",
        Kontot(("pensioner", "loneskatt", "pensionsavsattning")),
        "Pensionskostnad, särskild löneskatt, avsättning och ansvarsförbindelse",
        "LKBR 6 kap. 2 och 8 §§",
        not_="pensioner",
        rubrik=r"pension",
        frågor=(Fråga("pension_ansvarsforbindelse", "Ansvarsförbindelse för pensioner, 0 om ingen", "kr"),),
        ej_prövad=f"kostnad och löneskatt: RKR R10, {RKR}",
    ),
    Krav(
        "pension_forsakrad",
        Kontot(("pensionsavsattning",)),
        "Pensionsavsättning som har minskat genom försäkring eller stiftelse",
        "LKBR 9 kap. 11 §",
        frågor=(Fråga("pension_forsakrat", "Minskning av pensionsavsättningen genom försäkring, 0 om ingen", "kr"),),
        visas=True,
    ),
    Krav(
        "leasing",
        Kontot(("leasing",)),
        "Operationell eller finansiell leasing, årets avgifter och återstående",
        "LKBR 4 kap. 3 §",
        not_="leasing",
        rubrik=r"leasing",
        frågor=(
            Fråga("leasing_slag", "Slag av leasing: operationell eller finansiell", "text"),
            Fråga("leasing_ett_ar", "Leasingavgifter inom ett år", "kr"),
            Fråga("leasing_senare", "Leasingavgifter senare, inom fem år", "kr"),
            Fråga("leasing_efter_fem", "Leasingavgifter senare än fem år", "kr"),
        ),
        ej_prövad=f"RKR R5, {RKR}",
    ),
    Krav(
        "personal",
        Kontot(("loner",)),
        "Antal anställda, kvinnor, och medeltal under året",
        "LKBR 11 kap. 5 §",
        var="väsentliga personalförhållanden",
        frågor=(
            Fråga("medarbetare", "Anställda vid årets slut", "antal"),
            Fråga("kvinnor", "Anställda kvinnor vid årets slut", "antal"),
            Fråga("medelantal", "Anställda i medeltal under året", "antal"),
            Fråga("medelantal_forra", "Anställda i medeltal förra året", "antal"),
        ),
        visas=True,
        ej_prövad="antal och kön: RKR R15, " + RKR,
    ),
    Krav(
        "arvoden",
        Kontot(("arvoden",)),
        "Arvoden och ersättning till förtroendevalda",
        "lag (2003:1210) 11 §",
        fakta="bokfort.arvoden",
        ej_prövad="lagen ger rätt till arvode; att beloppet anges är praxis",
    ),
    Krav(
        "sjukfranvaro",
        FlerÄn(("medelantal", "medelantal_forra"), 10, "de anställda"),
        "Sjukfrånvaro, totalt, lång, efter kön och ålder",
        "LKBR 11 kap. 6 §",
        blad="Sjukfrånvaro",
        tabell="sjukfranvaro",
        var="väsentliga personalförhållanden",
    ),
    Krav(
        "placeringar",
        Belopp("br.kortfristiga_placeringar", "kortfristiga placeringar"),
        "Placeringarnas värde och årets värdeförändring",
        "LKBR 9 kap. 7 §",
        not_="placeringar",
        rubrik=r"placering",
        frågor=(
            Fråga("placeringar_anskaffning", "Placeringarnas anskaffningsvärde", "kr"),
            Fråga("placeringar_verkligt", "Placeringarnas verkliga värde på balansdagen", "kr"),
            Fråga("placeringar_forandring", "Placeringarnas värdeförändring under året", "kr"),
        ),
    ),
    Krav(
        "orealiserat",
        Belopp("br.kortfristiga_placeringar", "kortfristiga placeringar"),
        "Orealiserade vinster och förluster i balanskravsutredningen",
        "LKBR 11 kap. 10 §",
        tabell="balanskravsutredning",
        var="balanskravsutredningen",
        frågor=(Fråga("balanskrav_orealiserade", "Orealiserade vinster (minus) och förluster, 0 om inga", "kr"),),
    ),
    Krav(
        "extraordinara",
        Belopp("rr.extraordinara_poster", "extraordinära poster"),
        "Extraordinära poster till belopp och art",
        "LKBR 9 kap. 12 §",
        not_="extraordinara",
        rubrik=r"extraordinär",
    ),
    Krav(
        "eu",
        Kontot(("eu",)),
        "Medel från EU: förhållandet till lagen, och beskedet om ESF",
        "lag (2003:1210) 5 §",
        text="externa_medel",
        var="finansiering",
        ej_prövad="beskedet i mars 2025 att ESF inte är förenligt med lagen: känt ur referat; intäkten: RKR R2, " + RKR,
    ),
    Krav(
        "andra_medel",
        AndraMedel(),
        "Intäkter från andra än medlemmarna",
        "lag (2003:1210) 5 och 6 §§",
        fakta="externa_intakter",
        prövas_av="kontroll C23",
    ),
    Krav(
        "budget",
        Reviderad(),
        "Ursprunglig och reviderad budget, och vilken utfallet jämförs med",
        "LKBR 10 kap. 1 §",
        tabell="driftredovisning",
        var="driftredovisningen",
        frågor=(Fråga("budgetrevidering", "Beslut om reviderad budget", "datum"),),
        visas=True,
        ej_prövad="lagen säger den budget som fastställts; båda: RKR R14, " + RKR,
    ),
    Krav(
        "underskott",
        Negativt("balanskrav.resultat", "balanskravsresultatet"),
        "När och hur årets underskott ska regleras",
        "LKBR 11 kap. 11 §",
        var="balanskravsresultat",
        prövas_av="kontroll C25",
        ej_prövad="KL 11 kap. 12–13 §§ räknas inte upp i lag (2003:1210) 21 §, men LKBR frågar ändå",
    ),
    Krav(
        "tidigare_underskott",
        TidigareUnderskott(),
        "Hur tidigare års underskott har reglerats och vad som återstår",
        "LKBR 11 kap. 11 §",
        tabell="balanskravskedja",
        var="balanskravsresultat",
        prövas_av="kontroll C67",
    ),
    Krav(
        "rakenskapsrevision",
        Alltid(),
        "Kostnad för räkenskapsrevision",
        "LKBR 9 kap. 13 §",
        not_="revision",
        rubrik=r"räkenskapsrevision",
        frågor=(Fråga("rakenskapsrevision", "Kostnad för räkenskapsrevision (LKBR 9 kap. 13 §)", "kr"),),
        prövas_av="kontroll C25",
    ),
    Krav(
        "panter",
        Alltid(),
        "Panter och ansvarsförbindelser, även inga",
        "LKBR 6 kap. 1 §",
        tabell="panter",
        var="balansräkningen",
        frågor=(
            Fråga("panter", "Ställda panter (LKBR 6 kap. 1 §)", "kr"),
            Fråga("ansvarsforbindelser", "Ansvarsförbindelser (LKBR 6 kap. 1 §)", "kr"),
        ),
        prövas_av="kontroll C25",
    ),
    Krav(
        "principer",
        Alltid(),
        "Principer för värdering",
        "LKBR 9 kap. 4 §",
        var="redovisningsprinciper",
        prövas_av="kontroll C25",
    ),
    Krav(
        "rkr",
        Alltid(),
        "Rekommendationer från RKR som är tillämpade",
        "LKBR 4 kap. 3 §",
        frågor=(Fråga("rkr_lydelse", "Räkenskapsår vars lydelse av RKR:s rekommendationer är tillämpad", "text"),),
        visas=True,
        prövas_av="kontroll C68",
        ej_prövad="lagen frågar efter avvikelser; vilken lydelse som gäller: rkr.se, januari 2026",
    ),
    Krav(
        "jamforelsestorande",
        Alltid(),
        "Jämförelsestörande poster, även inga",
        "LKBR 11 kap. 2 §",
        frågor=(Fråga("jamforelsestorande", "Jämförelsestörande poster: vilka och belopp, eller inga", "text"),),
        visas=True,
        ej_prövad=f"RKR R11, {RKR}",
    ),
    Krav(
        "medlemsandelar",
        Alltid(),
        "Medlemmarnas andelar av eget kapital, tillgångar och skulder",
        "lag (2003:1210) 9 §, LKBR 12 kap. 5 §",
        tabell="medlemsandelar",
        var="balansräkningen",
        ej_prövad="förbundsordningen ska ha andelarna och medlemmen behöver dem; att de visas här är praxis",
    ),
    Krav(
        "uppdrag",
        Alltid(),
        "Förbundets sex uppgifter, var för sig",
        "lag (2003:1210) 7 §",
        tabell="uppdrag",
        var="uppdrag",
        ej_prövad="lagen räknar upp uppgifterna; revisorerna prövar dem (KL 12 kap. 1–2 §§)",
    ),
    Krav(
        "revisionsanmarkningar",
        Alltid(),
        "Revisorernas anmärkningar förra året, och hur långt de har kommit",
        "lag (2003:1210) 26 §, KL 12 kap. 13 §",
        tabell="revisionsanmarkningar",
        var="styrning och uppföljning",
        ej_prövad="lagen reglerar anmärkningen, inte uppföljningen av den: god sed",
    ),
)


def gällande(år: Räkenskapsår, fakta: Faktabas) -> tuple[Krav, ...]:
    """The rows that hold for a year."""
    return tuple(krav for krav in KRAV if krav.när.gäller(år, fakta))


def noten(krav: Krav, år: Räkenskapsår) -> Not | None:
    """The note that a row asks for, by its id, else by its heading."""
    noter = år.förbund.noter if krav.not_ else ()
    efter_id = (notis for notis in noter if notis.id == krav.not_)
    efter_rubrik = (notis for notis in noter if re.search(krav.rubrik, notis.rubrik, re.IGNORECASE))
    return next(efter_id, None) or next(efter_rubrik, None)


def med_noter_som_behövs(år: Räkenskapsår, fakta: Faktabas) -> Räkenskapsår:
    """The year without the notes of rows by law that nothing asks for this year and nobody has written of."""
    frågas = {krav.not_ for krav in gällande(år, fakta)}
    noter = tuple(
        notis
        for notis in år.förbund.noter
        if notis.id in frågas or notis.rader != LAGENS_RADER.get(notis.id) or f"not_{notis.id}" in år.texter
    )
    return replace(år, förbund=år.förbund.model_copy(update={"noter": noter}))


def saknas(fråga: str, år: Räkenskapsår, fakta: Faktabas) -> bool:
    """Whether an uppgift of the year is not given."""
    f = fakta.get(f"uppgift.{fråga}/{år.period}")
    return f is None or (f.värde is None and f.text in ("", SAKNAS))


def fyll_externa(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make externa_intakter: what is not medlemsbidrag; nothing when that is not known."""
    for period in (år.period, år.föregående):
        intäkter, bidrag = f"rr.verksamhetens_intakter/{period}", f"medlemsbidrag/{period}"
        if bidrag in fakta and fakta[bidrag].värde is not None and fakta[intäkter].värde is not None:
            text = "Verksamhetens intäkter utom medlemsbidraget."
            fakta.summa("externa_intakter", period, [(1, intäkter), (-1, bidrag)], text)


def _rader(år: Räkenskapsår, fakta: Faktabas) -> Iterator[Rad]:
    """A row for each that holds, with where it stands, and under it the facts that stand nowhere else."""
    for krav in gällande(år, fakta):
        if krav.fakta:
            var = Cell(f"{krav.fakta}/{år.period}", format="kr")
        elif krav.visas and len(krav.frågor) == 1:
            var = _svar(krav.frågor[0], år, fakta)
        elif notis := noten(krav, år):
            var = Cell(text=f"{{not:{notis.id}}}")
        else:
            finns = krav.var and (not krav.text or krav.text in år.texter)
            var = Cell(text=krav.var if finns else SAKNAS)
        yield Rad(krav.id, krav.vad, (Cell(text=krav.lag), var))
        for fråga in krav.frågor if krav.visas and len(krav.frågor) > 1 else ():
            yield Rad(f"{krav.id}_{fråga.id}", fråga.benämning, (Cell(), _svar(fråga, år, fakta)), indrag=1)


def _svar(fråga: Fråga, år: Räkenskapsår, fakta: Faktabas) -> Cell:
    return (
        Cell(text=SAKNAS)
        if saknas(fråga.id, år, fakta)
        else Cell(f"uppgift.{fråga.id}/{år.period}", format=_FORMAT[fråga.enhet])
    )


_FORMAT: Mapping[Enhet, str] = {"kr": "kr", "antal": "antal", "datum": "datum", "text": "text"}


def upplysningsregister(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """What the law asks to be told this year, and where it stands."""
    kolumner = (Kolumn("lag", "Grund", tal=False, bredd=6), Kolumn("var", "Var, eller vad", tal=False, bredd=6))
    rubrik = "Upplysningar som bokföringen och lagen kräver"
    return Tabell("upplysningar", rubrik, "", kolumner, tuple(_rader(år, fakta)), första="Upplysning", första_bredd=9)


DEL = Del(fyll_externa, lambda år, fakta: (upplysningsregister(år, fakta),))
