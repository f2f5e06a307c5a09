"""Every check can fail: one small change to the made-up förbund, and the code it must give."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facit import INPUTS, ROT, jämför
from finsam.checks.finding import utfall
from finsam.checks.kontrollera import KONTROLLER, har_fel, jämförelser, kontroller_i, kontrollera, kontrollera_en
from finsam.model.belopp import avrunda
from finsam.model.bokforing import Transaktion, Verifikation, Verifikationslista, Ägare
from finsam.model.forbund import Kontoplan, Not, Notrad, Rapportval
from finsam.model.plomb import Fastställt, Händelse, Plombläge
from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell, Räkenskapsår, Textfil
from finsam.model.rapport import RAPPORTER, VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import Avstämning, Budgetrad, Insatskostnad, Projektrad, Undantag, Underlag
from finsam.report.arsbok import Årsbok
from finsam.report.garanti import GARANTI, NUMRERING
from finsam.statements.redovisning import Redovisning, redovisa

LÅN = "br.langfristiga_skulder"
AVSTÄMD = Avstämning(konto="1941", belopp=Decimal(1), mot="kontoutdrag", av="Ekonomen")
PROJEKT = Projektrad(
    id="steget",
    namn="Steget",
    finansiär="ESF",
    kostnader="kostnad.individ.steget",
    intäkter="not.intakter.esf",
    från=date(2025, 1, 1),
    till=date(2025, 12, 31),
    beviljat=Decimal(100000),
)
Ändring = Callable[[Räkenskapsår], Räkenskapsår]


def saldo(fält: str, början: str, belopp: int, nr: int = 0) -> Ändring:
    """Change the balance of the first konto that begins so."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        bokår = år.bokföring.år[nr]
        saldon = dict(getattr(bokår, fält))
        konto = next(k for k in sorted(saldon) if k.startswith(början))
        saldon[konto] += belopp
        nya = {**år.bokföring.år, nr: replace(bokår, **{fält: saldon})}
        return replace(år, bokföring=replace(år.bokföring, år=nya))

    return ändra


def konto(nummer: str, fält: str, belopp: int) -> Ändring:
    """Add a konto that was not there."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        bokår = år.bokföring.år[0]
        saldon = {**getattr(bokår, fält), nummer: Decimal(belopp)}
        nya = {**år.bokföring.år, 0: replace(bokår, **{fält: saldon})}
        mall = next(iter(år.bokföring.konton.values()))
        konton = {**år.bokföring.konton, nummer: replace(mall, nummer=nummer, namn="Nytt konto")}
        return replace(år, bokföring=replace(år.bokföring, år=nya, konton=konton))

    return ändra


def underlag(**nytt: Callable[[Underlag], object]) -> Ändring:
    """Change tables of the underlag."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        return replace(år, underlag=år.underlag.model_copy(update={k: f(år.underlag) for k, f in nytt.items()}))

    return ändra


def text(namn: str, ord_: str | None) -> Ändring:
    """Replace or take away a text."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        texter = {k: v for k, v in år.texter.items() if k != namn}
        if ord_ is not None:
            texter[namn] = Textfil(namn, ord_, f"text/{namn}.md")
        return replace(år, texter=texter)

    return ändra


def märkt(namn: str, märke: str) -> Ändring:
    """A text that nobody has read through."""
    return lambda år: replace(år, texter={**år.texter, namn: replace(år.texter[namn], märke=märke)})


def kontoplan(byt: Callable[[Kontoplan], Kontoplan]) -> Ändring:
    return lambda år: replace(år, kontoplan=byt(år.kontoplan))


def ändra_uppgift(id_: str, värde: object) -> Ändring:
    return underlag(
        uppgifter=lambda u: tuple(r.model_copy(update={"värde": värde}) if r.id == id_ else r for r in u.uppgifter)
    )


def verifikation(ord_: str) -> Ändring:
    """Change the text of the first verifikation."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        första, *andra = år.bokföring.verifikationer
        return replace(
            år, bokföring=replace(år.bokföring, verifikationer=Verifikationslista((replace(första, text=ord_), *andra)))
        )

    return ändra


def publicerat(belopp: int) -> Ändring:
    rad = Publiceradrad("Årets resultat", "rr.arets_resultat", {"2025": Decimal(belopp)}, "kr")
    return lambda år: replace(år, publicerat=(Publiceradtabell("rr", "Resultaträkning", "3", (rad,)),))


def utan_notrad(plan: Kontoplan) -> Kontoplan:
    return replace(
        plan, rader=tuple(replace(r, not_rad="") if r.not_rad.startswith("intakter") else r for r in plan.rader)
    )


def utan_funktion(plan: Kontoplan) -> Kontoplan:
    return replace(
        plan, rader=tuple(replace(r, funktion="") if r.funktion.startswith("admin") else r for r in plan.rader)
    )


def budget(byt: Callable[[Budgetrad], dict[str, object]], *, första: bool = True) -> Ändring:
    """Change the budget rows of the report's year, or only the first of them."""

    def ändra(u: Underlag) -> object:
        årets = [b for b in u.budget if b.år == 2025]
        valda = årets[:1] if första else årets
        return tuple(b.model_copy(update=byt(b)) if b in valda else b for b in u.budget)

    return underlag(budget=ändra)


def byt_bidrag(u: Underlag) -> object:
    """Two kommuner have each other's contribution."""
    ena, andra = [b for b in u.medlemsbidrag if b.år == 2025 and b.medlem in ("granvik", "hallsta")]
    bytta = {ena.medlem: andra.belopp, andra.medlem: ena.belopp}
    return tuple(b.model_copy(update={"belopp": bytta[b.medlem]}) if b in (ena, andra) else b for b in u.medlemsbidrag)


def utan_utgående_balans(år: Räkenskapsår) -> Räkenskapsår:
    nya = {**år.bokföring.år, 0: replace(år.bokföring.år[0], ub={})}
    return replace(år, bokföring=replace(år.bokföring, år=nya))


def utan_månad(månad: int) -> Ändring:
    """A ledger that nobody has booked in for a month."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        kvar = tuple(ver for ver in år.bokföring.verifikationer if ver.datum and ver.datum.month != månad)
        return replace(år, bokföring=replace(år.bokföring, verifikationer=Verifikationslista(kvar)))

    return ändra


def byt_kön(u: Underlag) -> object:
    """The new kvinnor and män of an insats have each other's number."""
    byt = {"kvinnor": "män", "män": "kvinnor"}
    return tuple(
        r.model_copy(update={"kön": byt[r.kön]}) if r.kön and (r.insats, r.mått) == ("kompassen", "nya") else r
        for r in u.deltagare
    )


def ändra_mål(id_: str, **nytt: object) -> Ändring:
    return underlag(mål=lambda u: tuple(m.model_copy(update=nytt) if m.id == id_ else m for m in u.mål))


def förbund(**nytt: object) -> Ändring:
    """Change the settings."""
    return lambda år: replace(år, förbund=år.förbund.model_copy(update=nytt))


def lika_medlemmar(år: Räkenskapsår) -> Räkenskapsår:
    """All members are called by one name."""
    lika = tuple(medlem.model_copy(update={"namn": "Granviks kommun"}) for medlem in år.förbund.medlemmar)
    return förbund(medlemmar=lika)(år)


def bokföring(**nytt: object) -> Ändring:
    """Change what the ledger says of itself."""
    return lambda år: replace(år, bokföring=replace(år.bokföring, **nytt))  # type: ignore[arg-type]


def verifikationer(ändra: Callable[[list[Verifikation]], list[Verifikation]]) -> Ändring:
    """Change the list of verifikationer."""
    return lambda år: bokföring(verifikationer=Verifikationslista(ändra(list(år.bokföring.verifikationer))))(år)


def ändra_en(ord_: str, rad: Callable[[Transaktion], Transaktion]) -> Ändring:
    """Change the rows of the verifikation with a text."""
    return verifikationer(
        lambda alla: [replace(v, rader=tuple(map(rad, v.rader))) if v.text == ord_ else v for v in alla]
    )


def på_objekt(konto: str, dim: str, kod: str) -> Ändring:
    """Some of a konto on an objekt."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        bokår = år.bokföring.år[0]
        nytt = replace(bokår, objekt={**bokår.objekt, (konto, (dim, kod)): Decimal(500)})
        return bokföring(år={**år.bokföring.år, 0: nytt})(år)

    return ändra


def insats(**nytt: object) -> Ändring:
    """Change the first insats, which is an individinsats of the whole year."""
    return underlag(insatser=lambda u: (u.insatser[0].model_copy(update=nytt), *u.insatser[1:]))


def driftrad_utan_minus(år: Räkenskapsår) -> Räkenskapsår:
    rader = tuple(
        r.model_copy(update={"av": tuple(id_.lstrip("-") for id_ in r.av)}) if r.id == "struktur" else r
        for r in år.förbund.driftredovisning
    )
    return replace(år, förbund=år.förbund.model_copy(update={"driftredovisning": rader}))


HÄNDELSE = Händelse("plombering", "exempelforbundet", 2025, "arsredovisning", "Eva Ek", date(2026, 3, 1), "", "", "")


def fastställt(år: Räkenskapsår, fakta: dict[str, str]) -> Fastställt:
    """What last year is said to be sealed with: its balances in the ledger, and these facts."""
    return Fastställt("2024/plomb.json", "2024", "Eva Ek", "2025-03-01", år.bokföring.år[-1], fakta)


FALL: dict[str, tuple[str, str, Ändring]] = {
    "en sida av en bokning saknas": ("C27", "fel", saldo("ub", "19", 100)),
    "tillgångar och skulder skiljer": ("C01", "fel", saldo("ub", "19", 100)),
    "ingen utgående balans": ("C01", "fel", utan_utgående_balans),
    "bokat direkt mot eget kapital": ("C02", "fel", lambda år: saldo("ub", "19", 500)(saldo("ub", "2010", -500)(år))),
    "resultatet bokat med fel belopp": ("C03", "fel", saldo("res", "8", 1)),
    "konto utan notrad": ("C04", "fel", kontoplan(utan_notrad)),
    "kassaflödet når inte banken": ("C05", "fel", saldo("ib", "19", 250)),
    "kostnad utan funktion": ("C06", "fel", kontoplan(utan_funktion)),
    "konto som inte finns i kontoplanen": ("C28", "fel", konto("0999", "ub", 5)),
    "konto i två poster": (
        "C28",
        "fel",
        kontoplan(
            lambda p: replace(p, rader=(*p.rader, replace(p.rader[0], från="19", till="19", post="br.fordringar")))
        ),
    ),
    "ingående balans ändrad": ("C29", "fel", saldo("ib", "19", 250)),
    "fel kontoplan angiven": (
        "C32",
        "fel",
        lambda år: replace(år, förbund=år.förbund.model_copy(update={"kontoplan": "bas"})),
    ),
    "flerårsöversikten hänger inte ihop": (
        "C09",
        "fel",
        underlag(
            flerårsöversikt=lambda u: tuple(
                r.model_copy(update={"värde": (r.värde or 0) + 1}) if r.post == "br.eget_kapital" else r
                for r in u.flerårsöversikt
            )
        ),
    ),
    "tal skrivet för hand": ("C10", "varning", text("handelser", "Vi hade 17 möten.")),
    "fel årtal": ("C10", "upplysning", text("handelser", "Under 2019 hände mycket.")),
    "klammer utan sin andra hälft": ("C10", "fel", text("handelser", "Resultatet blev {rr.arets_resultat | kr.")),
    "kronor skrivna som procent": ("C10", "fel", text("handelser", "Resultatet blev {rr.arets_resultat | procent}.")),
    "nästa år skrivet för hand": ("C10", "upplysning", text("handelser", "Det märks under 2026.")),
    "översikten saknar ett tidigare år": (
        "C09",
        "varning",
        underlag(flerårsöversikt=lambda u: u.flerårsöversikt[1:]),
    ),
    "okänd post i översikten": (
        "C09",
        "varning",
        underlag(
            flerårsöversikt=lambda u: tuple(
                r.model_copy(update={"post": "finns_inte"}) if r.post == "rr.avskrivningar" else r
                for r in u.flerårsöversikt
            )
        ),
    ),
    "fel antal invånare": (
        "C12",
        "varning",
        underlag(
            medlemsbidrag=lambda u: tuple(
                r.model_copy(update={"invånare": r.invånare + 90}) if r.invånare and r.medlem == "granvik" else r
                for r in u.medlemsbidrag
            )
        ),
    ),
    "två regioner": (
        "C12",
        "varning",
        lambda år: replace(
            år,
            förbund=år.förbund.model_copy(
                update={
                    "medlemmar": tuple(
                        m.model_copy(update={"typ": "region"}) if m.id == "angby" else m for m in år.förbund.medlemmar
                    )
                }
            ),
        ),
    ),
    "gränsen i fel enhet": ("C17", "varning", ändra_mål("ind_kommuner", enhet="%", utfall=Decimal(500))),
    "gränsen tusen gånger för stor": ("C17", "varning", ändra_mål("sam_ansokan", gräns=Decimal(60000))),
    "målets enhet är inte utfallets": ("C17", "varning", ändra_mål("sam_metodstod", enhet="%")),
    "en nolla för mycket i budgeten": ("C40", "varning", budget(lambda b: {"belopp": b.belopp * 10})),
    "budgeterat bidrag inte det beslutade": (
        "C40",
        "varning",
        budget(lambda b: {"belopp": b.belopp + 9000}, första=False),
    ),
    "ingen bokföring i december": ("C44", "varning", utan_månad(12)),
    "ingen bokföring i juli": ("C44", "upplysning", utan_månad(7)),
    "banken säger ett annat saldo": ("C46", "fel", underlag(avstämningar=lambda _: (AVSTÄMD,))),
    "projekt utan kostnader i bokföringen": ("C47", "fel", underlag(projektredovisning=lambda _: (PROJEKT,))),
    "insats av annat slag än sina kostnader": ("C42", "varning", insats(slag="struktur")),
    "insatsen slutade före året": ("C42", "varning", insats(till=date(2024, 12, 31))),
    "insatsen börjar efter året": ("C42", "varning", insats(från=date(2026, 1, 1), till=None)),
    "statens andel är inte hälften": (
        "C12",
        "varning",
        underlag(
            medlemsbidrag=lambda u: tuple(
                r.model_copy(update={"belopp": r.belopp + 1000}) if r.medlem == u.medlemsbidrag[0].medlem else r
                for r in u.medlemsbidrag
            )
        ),
    ),
    "två kommuner har varandras bidrag": ("C12", "fel", underlag(medlemsbidrag=byt_bidrag)),
    "budget med minus": ("C40", "varning", budget(lambda b: {"belopp": -b.belopp})),
    "budget i fel enhet": ("C40", "varning", budget(lambda b: {"enhet": "tkr"})),
    "budgetrad för fel år": ("C40", "varning", budget(lambda b: {"år": 2023})),
    "budgetrad som inte finns i driftredovisningen": ("C40", "varning", budget(lambda b: {"post": "finns_inte"})),
    "kostnad utan minus i driftredovisningen": ("C41", "fel", driftrad_utan_minus),
    "undertecknad för sent": ("C18", "varning", ändra_uppgift("undertecknad", date(2026, 5, 2))),
    "kön summerar inte": (
        "C19",
        "fel",
        underlag(
            deltagare=lambda u: tuple(
                r.model_copy(update={"antal": r.antal + 3}) if r.kön == "kvinnor" and not r.kommun else r
                for r in u.deltagare
            )
        ),
    ),
    "flödet går inte ihop": (
        "C19",
        "fel",
        underlag(
            deltagare=lambda u: tuple(
                r.model_copy(update={"antal": r.antal + 1}) if r.mått == "pagaende_ut" else r for r in u.deltagare
            )
        ),
    ),
    "kvinnor och män ombytta i flödet": ("C19", "fel", underlag(deltagare=byt_kön)),
    "personnummer i bladet Deltagare": (
        "C21",
        "fel",
        underlag(deltagare=lambda u: tuple(r.model_copy(update={"källa": "6408233234"}) for r in u.deltagare)),
    ),
    "personnummer i en verifikation": ("C21", "varning", verifikation("Arvode 19640823-3234")),
    "andelen är inte den som svaren ger": (
        "C37",
        "fel",
        underlag(indikatorer=lambda u: tuple(r.model_copy(update={"andel": Decimal(12)}) for r in u.indikatorer)),
    ),
    "inga svar i år": (
        "C37",
        "fel",
        underlag(enkätsvar=lambda u: tuple(r.model_copy(update={"år": r.år - 1}) for r in u.enkätsvar)),
    ),
    "målet fick fel bedömning": (
        "C20",
        "fel",
        underlag(
            mål=lambda u: tuple(
                m.model_copy(update={"bedömning": "ej uppfyllt"}) if m.jämförelse and m.bedömning == "uppfyllt" else m
                for m in u.mål
            )
        ),
    ),
    "mål utan utfall": (
        "C20",
        "varning",
        underlag(
            mål=lambda u: tuple(m.model_copy(update={"utfall": None, "fakta": "", "bedömning": ""}) for m in u.mål)
        ),
    ),
    "underskottsbudget utan skäl": (
        "C22",
        "varning",
        lambda år: text("driftredovisning", None)(
            underlag(
                budget=lambda u: tuple(
                    b.model_copy(update={"belopp": b.belopp * (1 if b.post == "medlemsbidrag" else 3)})
                    for b in u.budget
                )
            )(år)
        ),
    ),
    "långfristigt lån": (
        "C24",
        "varning",
        lambda år: konto("2350", "ub", -5000)(
            kontoplan(lambda p: replace(p, rader=(*p.rader, replace(p.rader[0], från="23", till="23", post=LÅN))))(år)
        ),
    ),
    "obligatorisk text saknas": ("C25", "fel", text("personal", None)),
    "obligatorisk text är inte skriven": (
        "C25",
        "fel",
        lambda år: replace(text("personal", None)(år), ej_skrivna=("personal",)),
    ),
    "hur årets underskott regleras sägs inte": (
        "C25",
        "fel",
        text("balanskrav", "Årets resultat är {rr.arets_resultat | kr}, eget kapital {br.eget_kapital | kr}."),
    ),
    "revisionskostnaden saknas": ("C25", "varning", ändra_uppgift("rakenskapsrevision", None)),
    "insatsägaren redovisar annat": (
        "C30",
        "fel",
        underlag(
            insatsekonomi=lambda u: (
                *u.insatsekonomi,
                Insatskostnad(insats=u.insatsekonomi[0].insats, id="extra", benämning="Extra", belopp=Decimal(10)),
            )
        ),
    ),
    "medel från andra än medlemmarna": (
        "C23",
        "upplysning",
        förbund(medlemsbidrag=("not.intakter.staten", "not.intakter.regionen")),
    ),
    "noten om anläggningstillgångar är borta": (
        "C65",
        "fel",
        lambda år: förbund(noter=tuple(n for n in år.förbund.noter if n.id != "anlaggning"))(år),
    ),
    "jämförelsestörande poster är inte angivna": ("C65", "varning", ändra_uppgift("jamforelsestorande", None)),
    "avskrivning på fel konto": ("C66", "varning", saldo("res", "79", 1000)),
    "underskott utan rad i bladet Balanskrav": ("C67", "varning", saldo("res", "4512", 500000, -1)),
    "annat års lydelse av rekommendationerna": ("C68", "varning", ändra_uppgift("rkr_lydelse", "2024")),
    "publicerat annat": ("C31", "varning", publicerat(999)),
    "förra årets text": ("C36", "varning", märkt("personal", "ej genomgången: rullad från 2024")),
    "platshållare kvar i en text": ("C36", "fel", text("handelser", "TODO: beloppet är XX kr.")),
    "platshållare kvar i underlaget": ("C36", "fel", ändra_mål("ind_kommuner", kommentar="[fyll i]")),
    "platshållare kvar i inställningarna": ("C36", "fel", förbund(webbplats="www.xx.se")),
    "en rad står två gånger": ("C58", "varning", underlag(faktarutor=lambda u: (*u.faktarutor, u.faktarutor[0]))),
    "två rader heter lika": ("C58", "varning", ändra_mål("kompassen_nya", mål="deltagare  under året.")),
    "samma mått heter olika": (
        "C58",
        "varning",
        underlag(
            deltagare=lambda u: (*u.deltagare[:-1], u.deltagare[-1].model_copy(update={"benämning": "Avslutade i år"}))
        ),
    ),
    "två medlemmar heter lika": ("C58", "varning", lika_medlemmar),
    "en tom text": ("C59", "varning", text("not_panter", "\n")),
    "ett tal fattas": ("C59", "varning", text("handelser", "Resultatet är {rr.arets_resultat | kr}, mot .")),
    "samma tal två gånger": ("C59", "varning", text("handelser", "Från {soliditet} till {soliditet | procent}.")),
    "annat organisationsnummer i bokföringen": ("C45", "fel", bokföring(orgnr="556036-0793")),
    "annat namn i bokföringen": ("C45", "varning", bokföring(namn="Samordningsförbundet Sydnärke")),
    "förra årets fil är en annans": ("C45", "fel", bokföring(föregående=Ägare("Exempelbygden", "556036-0793"))),
    "resultaträkningen är bortvald": (
        "C25",
        "fel",
        förbund(rapporter={"arsredovisning": Rapportval(avsnitt=("omslag", "balansrakning", "noter"))}),
    ),
    "noten om räkenskapsrevision är borta": (
        "C25",
        "fel",
        lambda år: förbund(noter=tuple(n for n in år.förbund.noter if n.id != "revision"))(år),
    ),
    "plomberat underlag ändrat": (
        "C26",
        "fel",
        lambda år: replace(år, plomb=Plombläge("2025/plomb.json", HÄNDELSE, ändrade=("2025/underlag.xlsx",))),
    ),
    "jämförelsetal inte det fastställda": (
        "C38",
        "fel",
        lambda år: replace(år, fastställt=fastställt(år, {"rr.verksamhetens_intakter/2024": "1.00"})),
    ),
    "ingående balans inte den plomberade": (
        "C29",
        "fel",
        lambda år: replace(år, fastställt=fastställt(saldo("ub", "19", 250, -1)(år), {})),
    ),
    "samma verifikation två gånger": (
        "C50",
        "varning",
        lambda år: bokföring(
            verifikationer=Verifikationslista([*(alla := list(år.bokföring.verifikationer)), alla[0]])
        )(år),
    ),
    "not med en annan posts rubrik": (
        "C51",
        "varning",
        lambda år: förbund(
            noter=tuple(n.model_copy(update={"rubrik": "Långfristiga skulder"}) for n in år.förbund.noter)
        )(år),
    ),
    "två insatser heter lika": ("C52", "varning", insats(namn="Vägen vidare")),
    "ingen är ordförande": (
        "C53",
        "varning",
        underlag(undertecknare=lambda u: tuple(p.model_copy(update={"roll": "Ledamot"}) for p in u.undertecknare)),
    ),
    "reviderad budget före den ursprungliga": ("C54", "varning", ändra_uppgift("budgetrevidering", date(2024, 5, 16))),
    "räkenskapsrevision dyrare än revisionen": ("C55", "varning", ändra_uppgift("rakenskapsrevision", Decimal(136720))),
    "kundfordringar med minus": ("C56", "varning", saldo("ub", "1511", -50000)),
    "utfall som inte är deltagarnas": ("C57", "varning", ändra_mål("kompassen_vidare", utfall=Decimal("72.7"))),
    "ökade fast talen minskade": (
        "C60",
        "varning",
        text("handelser", "Kapitalet ökade från {br.eget_kapital_ingaende | kr} till {br.eget_kapital | kr}."),
    ),
    "nio ledamöter fast åtta skriver under": ("C61", "varning", text("handelser", "Styrelsen har nio ledamöter.")),
    "en paragraf som inte finns": ("C62", "varning", text("handelser", "Det följer av 95 § lag (2003:1210).")),
    "samma stycke i två texter": (
        "C63",
        "varning",
        lambda år: text("handelser", år.texter["verksamhetside"].text)(år),
    ),
    "två insatsers texter ombytta": (
        "C64",
        "varning",
        lambda år: text("insats_kompassen", år.texter["insats_vagen_vidare"].text)(år),
    ),
    "ett ord utan en bokstav": ("C70", "varning", text("handelser", "Staten bidrar, och medlemarna delar på resten.")),
    "en gräns utan jämförelse": ("C71", "varning", ändra_mål("kompassen_vidare", jämförelse="")),
    "en uppgift med minus": ("C72", "varning", ändra_uppgift("rakenskapsrevision", Decimal(-36720))),
    "förra årets bidrag är ett annat": (
        "C73",
        "varning",
        underlag(
            medlemsbidrag=lambda u: tuple(
                r.model_copy(update={"belopp": r.belopp + 1}) if r.år == 2024 else r for r in u.medlemsbidrag
            )
        ),
    ),
    "kapitalet är fordringarna": (
        "C74",
        "varning",
        text("handelser", "Det egna kapitalet var {br.fordringar | kr} vid årets slut."),
    ),
    "styrelsens möten är beredningsgruppens": (
        "C74",
        "varning",
        text("handelser", "Under {år} höll styrelsen {uppgift.beredningsmoten | antal} möten."),
    ),
    "budgeten ändrades en annan månad": ("C75", "varning", text("handelser", "Styrelsen sänkte budgeten i mars.")),
    "en lista två gånger": ("C63", "varning", text("handelser", "Så:\n\n- ena\n- andra\n\n- ena\n- andra\n")),
    "de andra insatserna är fler": (
        "C61",
        "varning",
        text("handelser", "Mest kostade Kompassen. De tre andra individinriktade insatserna kostade mindre."),
    ),
    "en numrerad lista hoppar": ("C75", "varning", text("handelser", "1. ena\n2. andra\n30. tredje\n")),
    "ett utfall som gräns": (
        "C74",
        "varning",
        text("handelser", "Administrationen ska kosta högst {kostnadsandel.administration | procent}."),
    ),
    "ett mål säger en annan gräns": (
        "C80",
        "varning",
        ändra_mål("kompassen_totalt", mål="Minst {uppgift.styrelsemoten | antal} deltagare ska delta."),
    ),
    "en dag som inte finns": ("C75", "varning", text("handelser", "Den 31 november kom pengarna.")),
    "två noters texter ombytta": (
        "C76",
        "varning",
        lambda år: text("not_fordringar", år.texter["not_revision"].text)(
            text("not_revision", år.texter["not_fordringar"].text)(år)
        ),
    ),
    "ett mål prövas mot en annan insats enkät": ("C80", "varning", ändra_mål("kompassen_nytta", insats="spraksteget")),
    "en kostnad heter intäkt": (
        "C82",
        "varning",
        underlag(insatsekonomi=lambda u: (u.insatsekonomi[0].model_copy(update={"benämning": "Intäkter"}),)),
    ),
    "avgifterna en månad är inte bokförda": (
        "C83",
        "varning",
        verifikationer(lambda alla: [v for v in alla if v.text != "Arbetsgivaravgifter maj 2025"]),
    ),
    "hyran för nästa år är årets kostnad": (
        "C84",
        "varning",
        verifikationer(
            lambda alla: [
                replace(v, rader=tuple(replace(rad, konto=rad.konto.replace("1711", "6011")) for rad in v.rader))
                if v.text.endswith("2026")
                else v
                for v in alla
            ]
        ),
    ),
    "det händer före och efter insatsen": ("C86", "varning", text("handelser", "De vet vad som händer före insatsen.")),
    "utrustningen i mars är avskriven för hela året": (
        "C85",
        "varning",
        verifikationer(
            lambda alla: [
                replace(v, rader=tuple(replace(rad, belopp=rad.belopp * 12 / 9) for rad in v.rader))
                if v.text.startswith("Avskrivning konferensutrustning")
                else v
                for v in alla
            ]
        ),
    ),
    "en kurs i Metodstöd är bokförd på Samverkansdagar": (
        "C90",
        "varning",
        ändra_en(
            "Metodhuset Exempel AB: Metodstöd, kurs i Supported Employment maj 2025",
            lambda rad: replace(rad, objekt=tuple((dim, "SAM" if kod == "MET" else kod) for dim, kod in rad.objekt)),
        ),
    ),
    "betalningen är dubbelt så stor som fakturan": (
        "C91",
        "varning",
        ändra_en("Betalning Exempelstäd AB: lokalvård april 2025", lambda rad: replace(rad, belopp=2 * rad.belopp)),
    ),
    "mer är beviljat än kostnaden och det som betalas tillbaka": ("C93", "varning", insats(beviljat=Decimal(1654521))),
    "material till Kompassen räknas till kansliet": ("C94", "varning", på_objekt("6511", "6", "KOM")),
    "förra årets upplupna revision är inte återförd": (
        "C92",
        "varning",
        verifikationer(lambda alla: [v for v in alla if not v.text.startswith("Återföring av upplupet: Revision")]),
    ),
    "ett avsnitt två gånger": (
        "C77",
        "varning",
        förbund(rapporter={"arsredovisning": Rapportval(avsnitt=("omslag", "omslag"))}),
    ),
    "inläsningen anmärkte": (
        "C33",
        "varning",
        lambda år: replace(år, problem=(Problem("varning", "Filen är i UTF-8.", "bokforing.se"),)),
    ),
}


@pytest.mark.parametrize("fall", FALL)
def test_check_can_fail(exempel: Årsbok, fall: str) -> None:
    kod, nivå, ändra = FALL[fall]
    före = {(f.kod, f.nivå) for f in exempel.findings}
    assert (kod, nivå) not in före
    r = redovisa(ändra(exempel.år))
    efter = tuple(f for ett in kontroller_i(ÅRSREDOVISNING) if ett.kod == kod for f in kontrollera_en(ett, r))
    assert (kod, nivå) in {(f.kod, f.nivå) for f in efter}
    assert har_fel(efter) or nivå != "fel"
    olika = [ett for av, ett in jämförelser(r) if av == kod and sida(r, ett.ena) != sida(r, ett.andra)]
    assert bool(olika) == (kod in I_ARBETSBOKEN and any(f.differens for f in efter))


I_ARBETSBOKEN = ("C01", "C02", "C04", "C05", "C06", "C09", "C30", "C66")
"""Checks whose two sides are facts, so that the workbook says FEL when they do."""


def sida(r: Redovisning, led: tuple[str, ...]) -> Decimal:
    """What one side of a comparison comes to."""
    värden = ((-1 if nyckel.startswith("-") else 1, r.fakta.get(nyckel.removeprefix("-"))) for nyckel in led)
    return sum((tecken * f.värde for tecken, f in värden if f is not None and f.värde is not None), Decimal(0))


def test_another_förbunds_ledger_is_said_before_all_that_follows_of_it(exempel: Årsbok) -> None:
    år = bokföring(orgnr="556036-0793")(konto("1999", "ub", 5)(exempel.år))
    fel = [f.kod for f in kontrollera(redovisa(år)) if f.nivå == "fel"]
    assert (fel[0], "C28" in fel) == ("C45", True)


def test_a_budget_that_was_not_revised_is_told_of_once(exempel: Årsbok) -> None:
    ursprunglig = tuple(b for b in exempel.år.underlag.budget if b.version == "ursprunglig" and b.år == 2025)
    stor = underlag(budget=lambda _: tuple(b.model_copy(update={"belopp": b.belopp * 10}) for b in ursprunglig))
    [c40] = [ett for ett in kontroller_i(ÅRSREDOVISNING) if ett.kod == "C40"]
    sagt = [f.text.partition(":")[0] for f in kontrollera_en(c40, redovisa(stor(exempel.år))) if "utfallet" in f.text]
    assert sagt
    assert len(sagt) == len(set(sagt))


def test_figures_that_a_new_year_waits_for_are_told_once(exempel: Årsbok) -> None:
    """A text that nobody has read through yet is told by C36; its figures are to come."""
    [c74] = [ett for ett in kontroller_i(ÅRSREDOVISNING) if ett.kod == "C74"]
    utan_budget = underlag(budget=lambda _: ())(
        text("handelser", "Det blev {drift.individ.avvikelse | tkr} mer.")(exempel.år)
    )
    sagt = [sum("har inget värde" in f.text for f in kontrollera_en(c74, redovisa(år))) for år in (utan_budget,)]
    rullat = replace(
        utan_budget, texter={namn: replace(fil, märke="ej genomgången") for namn, fil in utan_budget.texter.items()}
    )
    sagt += [sum("har inget värde" in f.text for f in kontrollera_en(c74, redovisa(rullat)))]
    assert (sagt[0] > 0, sagt[1]) == (True, 0)


def test_every_check_has_a_case() -> None:
    """C07 and C08 look at tables, which the law's forms always fill; they are tried by themselves below."""
    assert {p.kod for p in kontroller_i(ÅRSREDOVISNING)} - {kod for kod, _, _ in FALL.values()} == {"C07", "C08"}


def test_rounding_that_shows_is_told(exempel: Årsbok) -> None:
    jämför("\n".join(f.text for f in exempel.findings if f.kod == "C08"), ROT / "tests" / "avrundning.txt")
    [rr] = [f for f in exempel.findings if (f.kod, f.källa) == ("C08", "resultatrakning")]
    assert rr.nivå == "upplysning"
    med_öre = exempel.fakta["rr.resultat_efter_finansiella_poster/2025"].värde
    assert med_öre is not None
    assert med_öre % 1


def test_rounding_that_does_not_show_is_not_told(sofint: Årsbok) -> None:
    """The ledger is in whole kronor, so only a table in tusen kronor and one with shares can show it."""
    assert [f.källa for f in sofint.findings if f.kod == "C08"] == ["kostnadsfordelning", "driftredovisning"]
    andelar = [f"kostnadsandel.{del_}/2024" for del_ in ("individ", "struktur", "administration")]
    assert sum(sofint.fakta[nyckel].värde or 0 for nyckel in andelar) == 1
    assert sum(avrunda((sofint.fakta[nyckel].värde or Decimal(0)) * 100, 1) for nyckel in andelar) == Decimal("100.1")


def test_a_hidden_row_is_found(exempel: Årsbok, monkeypatch: pytest.MonkeyPatch) -> None:
    from finsam.checks import rakningar
    from finsam.statements.redovisning import tabeller

    rr = next(t for t in tabeller(exempel.redovisning) if t.id == "resultatrakning")
    utan = replace(rr, rader=tuple(r for r in rr.rader if r.id != "verksamhetens_kostnader"))
    monkeypatch.setattr(rakningar, "tabeller", lambda _: (utan,))
    assert {f.kod for f in utfall(rakningar.check_summor(exempel.redovisning))[0]} == {"C07"}


def test_a_correction_that_is_explained_is_told_not_refused(exempel: Årsbok) -> None:
    """With a note on the correction, other comparatives and opening balances than the sealed ones are no fel."""
    for fall in ("jämförelsetal inte det fastställda", "ingående balans inte den plomberade"):
        kod, _, ändra = FALL[fall]
        år = text("not_rattelse", "Ett fel 2024 har rättats.")(ändra(exempel.år))
        funna = [f for f in kontrollera(redovisa(år)) if f.kod == kod]
        assert {f.nivå for f in funna} == {"upplysning"}
        assert "Se noten om rättelse (text/not_rattelse.md)." in funna[0].text


def test_a_result_moved_within_eget_kapital_is_the_sealed_balance(exempel: Årsbok) -> None:
    """Sealed before the result was booked: the new year opens with it on eget kapital."""
    före = exempel.år.bokföring.år[-1]
    resultat = sum(före.res.values(), Decimal(0))
    öppet = replace(före, ub={**före.ub, "2010": före.ub.get("2010", Decimal(0)) - resultat})
    f = Fastställt("2024/plomb.json", "2024", "Eva Ek", "2025-03-01", öppet)
    funna = [f.nivå for f in kontrollera(redovisa(replace(exempel.år, fastställt=f))) if f.kod == "C29"]
    assert "fel" not in funna


def test_an_opened_or_broken_seal_of_last_year_is_told(exempel: Årsbok) -> None:
    for f, nivå, ord_ in (
        (Fastställt("p", "2024", "Eva Ek", "2025-04-01", öppnad="Felbokning."), "varning", "kan inte prövas"),
        (Fastställt("p", "2024", brott="händelse 1: ett tal är ändrat"), "fel", "är inte hel"),
    ):
        [funnen] = [x for x in kontrollera(redovisa(replace(exempel.år, fastställt=f))) if x.kod == "C38"]
        assert funnen.nivå == nivå
        assert ord_ in funnen.text


def test_the_clean_foerbund_has_no_findings(exempel: Årsbok) -> None:
    assert [f for f in exempel.findings if f.nivå in ("fel", "varning")] == []


def test_a_waived_finding_is_printed_with_its_reason(exempel: Årsbok) -> None:
    svar = Undantag(kod="C25", skäl="Kommer i april.", namn="Ek Onom", datum=date(2026, 2, 1))
    år = underlag(undantag=lambda _: (svar,))(text("personal", None)(exempel.år))
    [f] = [f for f in kontrollera(redovisa(år)) if f.kod == "C25"]
    assert f.nivå == "upplysning"
    assert "Godtaget av Ek Onom 2026-02-01: Kommer i april." in f.text


def test_docs_list_every_check() -> None:
    """Report by report what the code has, and C11 and C39 that are tried on the finished document; nothing else."""
    docs = (ROT / "docs" / "kontroller.md").read_text("utf-8")
    for slag in RAPPORTER.values():
        punkter = (*kontroller_i(slag), NUMRERING, GARANTI)
        del_ = docs.partition(f"## {slag.ord.capitalize()}\n")[2].partition("\n## ")[0]
        listade = [rad for rad in del_.splitlines() if rad.startswith("| C")]
        assert listade == sorted(f"| {p.kod} | {p.utsaga} | {p.lag} |" for p in punkter)


def test_a_code_is_written_once_and_stands_for_one_check_in_a_report() -> None:
    """Once with the text it has there; it may have another in another report. `före` only points at one."""
    skrivna: Counter[str] = Counter()
    for fil in (ROT / "lib").rglob("*.py"):
        träd = ast.parse(fil.read_text("utf-8"))
        pekare = {id(nod.value) for nod in ast.walk(träd) if isinstance(nod, ast.keyword) and nod.arg == "före"}
        konstanter = [nod for nod in ast.walk(träd) if isinstance(nod, ast.Constant) and id(nod) not in pekare]
        if fil.name != "mallexempel.py":
            skrivna.update(nod.value for nod in konstanter if re.fullmatch(r"C\d\d", str(nod.value)))
    assert skrivna == Counter(punkt.kod for punkt in (*KONTROLLER, NUMRERING, GARANTI))
    for slag in RAPPORTER.values():
        koder = [punkt.kod for punkt in kontroller_i(slag)]
        assert len(koder) == len(set(koder)) > 20


NY_KONTROLL = """

@kontroll("C99", "Varje insats har ett namn.", saknas="inga insatser", lag="KL 1 kap. 1 §", i=(VERKSAMHETSPLAN,))
def check_namn(r: Redovisning) -> Kontroll:
    for insats in r.år.underlag.insatser:
        yield Finding("varning", insats.namn)
"""
FRÅGA = """
from finsam.checks.kontrollera import kontroller_i
from finsam.model.rapport import RAPPORTER
from finsam.oppna import öppna
for slag in RAPPORTER.values():
    print(slag.id, [(p.lag, p.plats) for p in kontroller_i(slag) if p.kod == "C99"])
bok = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)
print({(f.nivå, f.grund) for f in bok.findings if f.kod == "C99"})
"""


@pytest.mark.langsam
def test_a_new_check_is_only_its_function(tmp_path: Path) -> None:
    """Written in a module of checks it is made; its case and its row in docs/kontroller.md are then asked for above."""
    shutil.copytree(ROT / "lib" / "finsam", tmp_path / "lib" / "finsam", ignore=shutil.ignore_patterns("__pycache__"))
    insatser = tmp_path / "lib" / "finsam" / "checks" / "insatser.py"
    insatser.write_text(insatser.read_text("utf-8") + NY_KONTROLL, "utf-8")
    kod = FRÅGA.replace("INPUTS", repr(str(INPUTS)))
    miljö = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    svar = subprocess.run([sys.executable, "-c", kod], env=miljö, capture_output=True, text=True, check=True)
    assert svar.stdout.splitlines() == [
        "arsredovisning []",
        "verksamhetsplan [('KL 1 kap. 1 §', ('C99', True, 'C99'))]",
        "{('varning', 'KL 1 kap. 1 §')}",
    ]


def test_checks_are_printed_by_their_codes_but_for_those_that_go_before_another() -> None:
    koder = [punkt.kod for punkt in kontroller_i(ÅRSREDOVISNING)]
    assert koder[:5] == ["C27", "C28", "C29", "C32", "C01"]
    bytta = koder.index("C45")
    assert koder[bytta : bytta + 2] == ["C45", "C44"]
    andra = koder[4:bytta] + koder[bytta + 2 :]
    assert andra == sorted(andra)
    planens = [punkt.kod for punkt in kontroller_i(VERKSAMHETSPLAN)]
    assert planens == sorted(planens)


def test_a_note_to_receivables_that_are_negative_in_all_adds_up(exempel: Årsbok) -> None:
    """What it adds up to is the post with its sign, not its size."""
    skuldsatt = redovisa(saldo("ub", "15", -5_000_000)(exempel.år))
    assert (skuldsatt.fakta["br.fordringar"].värde or 0) < 0
    assert skuldsatt.fakta["not.fordringar.summa"].värde == skuldsatt.fakta["br.fordringar"].värde
    assert [f.nivå for f in kontrollera(skuldsatt) if f.kod == "C04"] == ["ok"]


@pytest.mark.parametrize("post", ["rr.verksamhetens_kostnader", "rr.avskrivningar", "br.kortfristiga_skulder"])
def test_a_note_of_konton_has_the_sign_of_its_post_but_for_costs(exempel: Årsbok, post: str) -> None:
    """Whatever the post is, a note of all its konton is the post."""
    konton = exempel.år.kontoplan
    rader = tuple(replace(k, not_rad="prov.allt" if k.post == post else k.not_rad) for k in konton.rader)
    prov = Not(id="prov", rubrik="Prov", post=post, rader=(Notrad(id="allt", etikett="Allt"),))
    år = replace(förbund(noter=(prov,))(exempel.år), kontoplan=replace(konton, rader=rader))
    r = redovisa(saldo("res", "79", 100_000)(år))
    assert r.fakta[post].värde
    assert [f.nivå for f in kontrollera(r) if f.kod == "C04"] == ["ok"]


@pytest.mark.parametrize(
    ("tryckt", "orsak"),
    [(-1, "omvänt tecken"), (0, "avrundning"), (1, "omkastade siffror"), (1000, "fel enhet")],
)
def test_likely_reason(exempel: Årsbok, tryckt: int, orsak: str) -> None:
    """The reason given is read off the two figures."""
    vårt = int(exempel.fakta["rr.arets_resultat"].värde or 0)
    siffror = str(abs(vårt))
    omkastat = int(siffror[0] + siffror[1:][::-1]) * (1 if vårt > 0 else -1)
    publicerade = {-1: -vårt, 0: vårt + 1, 1: omkastat, 1000: vårt * 1000}
    funna = [f for f in kontrollera(redovisa(publicerat(publicerade[tryckt])(exempel.år))) if f.kod == "C31"]
    assert orsak in funna[0].text
