"""What a ledger obliges a förbund to tell: small ledgers, each with what it must ask for, and what it must not.

A case is `konton.csv`, what the ledger has besides the base, and `fall.yml`, the settings and the workbook; `vantat.md`
is what is asked for, what the checks say and the tables that `visa` names. The bank holds what balances the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from facit import INPUTS, ROT, jämför, som_text
from finsam.checks.kontrollera import kontroller_i, kontrollera_en
from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Transaktion, Verifikation, Verifikationslista
from finsam.model.forbund import Förbund, Kontoplan, Kontorad
from finsam.model.rakenskapsar import Räkenskapsår, Textfil
from finsam.model.underlag import Underlag
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import Redovisning, redovisa
from finsam.statements.upplysningar.krav import KRAV, Krav, gällande
from finsam.statements.upplysningar.uppdrag import UPPGIFTERNA
from finsam.statements.upplysningar.villkor import Alltid

HÄR = Path(__file__).parent
FALL = sorted(p.name for p in HÄR.iterdir() if (p / "fall.yml").is_file())
NIVÅER = ("fel", "varning", "upplysning", "ej prövad", "ok")
KODER = ("C23", "C65", "C66", "C67", "C68")
BANK = "1940"
ENHETER = {fråga.id: fråga.enhet for krav in KRAV for fråga in krav.frågor}


def år_för(fall: str) -> Räkenskapsår:
    """The year of a case: the base with what the case adds."""
    val = yaml.safe_load((HÄR / fall / "fall.yml").read_text("utf-8")) or {}
    bas = yaml.safe_load((HÄR / "bas.yml").read_text("utf-8"))
    årtal = val.get("år", 2025)
    förbund = Förbund.model_validate({**bas["förbund"], **val.get("förbund", {})})
    noter = (*förbund.noter, *Förbund.model_validate({**bas["förbund"], "noter": val.get("noter", [])}).noter)
    uppgifter = {**bas["uppgifter"], "rkr_lydelse": str(årtal), **val.get("uppgifter", {})}
    underlag = Underlag.model_validate(
        {
            "uppdrag": [{"punkt": punkt, "text": "Gjort."} for punkt in val.get("uppdrag", UPPGIFTERNA)],
            **val.get("underlag", {}),
            "uppgifter": [
                {"id": id_, "benämning": id_, "värde": värde, "enhet": ENHETER.get(id_, "text")}
                for id_, värde in uppgifter.items()
                if värde is not None
            ],
        }
    )
    bokföring, kontoplan = ledger(fall, årtal, val.get("verifikationer", []))
    return Räkenskapsår(
        förbund=förbund.model_copy(update={"noter": noter}),
        årtal=årtal,
        kontoplan=kontoplan,
        bokföring=bokföring,
        underlag=underlag,
        texter={namn: Textfil(namn, text, f"text/{namn}.md") for namn, text in val.get("texter", {}).items()},
    )


def ledger(fall: str, årtal: int, verifikationer: list[Mapping[str, Any]]) -> tuple[Bokföring, Kontoplan]:
    """The konton of the base and of the case: balances at the three year-ends, or what two years have cost."""
    rader = []
    for fil in (HÄR / "bas.csv", HÄR / fall / "konton.csv"):
        if fil.is_file():
            with fil.open(encoding="utf-8") as öppen:
                rader += list(csv.DictReader(öppen, delimiter=";"))
    konton = {rad["konto"]: Konto(rad["konto"], rad["namn"]) for rad in rader}
    saldon: dict[tuple[int, str], dict[str, Decimal]] = {
        (nr, slag): {} for nr in (0, -1) for slag in ("ib", "ub", "res")
    }
    for rad in rader:
        före, förra, i_år = (Decimal(rad[namn] or 0) for namn in ("före", "förra", "i år"))
        if rad["post"].startswith("rr."):
            saldon[-1, "res"][rad["konto"]], saldon[0, "res"][rad["konto"]] = förra, i_år
        else:
            saldon[-1, "ib"][rad["konto"]], saldon[-1, "ub"][rad["konto"]] = före, förra
            saldon[0, "ib"][rad["konto"]], saldon[0, "ub"][rad["konto"]] = förra, i_år
    saldon[-1, "ib"][BANK] = -sum(saldon[-1, "ib"].values(), Decimal(0))
    förra_resultatet = sum(saldon[-1, "res"].values(), Decimal(0))
    saldon[-1, "ub"][BANK] = -sum(saldon[-1, "ub"].values(), Decimal(0)) - förra_resultatet
    saldon[0, "ib"]["2010"] = saldon[0, "ub"]["2010"] = saldon[-1, "ub"]["2010"] + förra_resultatet
    saldon[0, "ib"][BANK] = saldon[-1, "ub"][BANK]
    resultatet = sum(saldon[0, "res"].values(), Decimal(0))
    saldon[0, "ub"][BANK] = -sum(saldon[0, "ub"].values(), Decimal(0)) - resultatet
    åren = {
        nr: Bokföringsår(
            nr, date(årtal + nr, 1, 1), date(årtal + nr, 12, 31), *(saldon[nr, s] for s in ("ib", "ub", "res"))
        )
        for nr in (0, -1)
    }
    vers = tuple(
        Verifikation("A", str(nr), date(årtal, 6, 30), ver["text"], tuple(_rad(k, b) for k, b in ver["rader"].items()))
        for nr, ver in enumerate(verifikationer, 1)
    )
    bok = Bokföring("Fallet", "", "4E", "utf-8", "", konton, {}, {}, åren, Verifikationslista(vers))
    plan = tuple(
        Kontorad(rad["konto"], rad["konto"], "", rad["post"], rad["not_rad"], rad["funktion"], nr)
        for nr, rad in enumerate(rader, 2)
    )
    return bok, Kontoplan(plan)


def _rad(konto: object, belopp: object) -> Transaktion:
    return Transaktion(str(konto), (), Decimal(str(belopp)), None, "")


@cache
def redovisat(fall: str) -> Redovisning:
    """A case computed, once for all tests."""
    return redovisa(år_för(fall))


def sagt(r: Redovisning) -> list[str]:
    """What the checks of upplysningar find."""
    kontroller = (ett for ett in kontroller_i(r.år.rapport) if ett.kod in KODER)
    alla = sorted(
        (f for ett in kontroller for f in kontrollera_en(ett, r)), key=lambda f: (NIVÅER.index(f.nivå), f.kod)
    )
    return [f"- {f.kod} {f.nivå} ({f.grund}): {f.text}" for f in alla if f.nivå not in ("ok", "ej prövad")]


@pytest.mark.parametrize("fall", FALL)
def test_what_is_asked_for_is_what_the_ledger_obliges(fall: str) -> None:
    r = redovisat(fall)
    år = r.år
    assert (
        r.fakta[f"br.summa_tillgangar/{år.period}"].värde
        == r.fakta[f"br.summa_eget_kapital_och_skulder/{år.period}"].värde
    )
    frågas = [krav for krav in gällande(r.år, r.fakta) if not isinstance(krav.när, Alltid)]
    val = yaml.safe_load((HÄR / fall / "fall.yml").read_text("utf-8")) or {}
    tabeller = Årsbok(r).tabeller if val.get("visa") else {}
    jämför(
        "\n".join(
            (
                f"# {val['fall']}",
                "",
                "Utöver det som alltid krävs:",
                "",
                *(f"- {krav.id}: {krav.vad} ({krav.lag})" for krav in frågas),
                *(() if frågas else ("- inget",)),
                "",
                "Kontrollerna säger:",
                "",
                *(sagt(r) or ["- inget"]),
                *(f"\n```text\n{som_text(tabeller[id_]).rstrip()}\n```" for id_ in val.get("visa", [])),
            )
        ),
        HÄR / fall / "vantat.md",
    )


def test_every_row_is_asked_for_in_some_case_and_not_in_another() -> None:
    """But for those that always hold."""
    i_fallen: list[set[str]] = []
    for fall in FALL:
        r = redovisat(fall)
        i_fallen.append({krav.id for krav in gällande(r.år, r.fakta)})
    assert len(FALL) >= 20
    for krav in KRAV:
        assert any(krav.id in frågas for frågas in i_fallen), krav.id
        assert isinstance(krav.när, Alltid) or not all(krav.id in frågas for frågas in i_fallen), krav.id


def _var(krav: Krav) -> str:
    """Where a row stands and what is filled in, for the docs."""
    delar = [f"not `{krav.not_}`"] if krav.not_ else []
    delar += [f"`text/{krav.text}.md`"] if krav.text else []
    delar += [f"bladet {krav.blad}"] if krav.blad else []
    delar += [krav.var] if krav.var and not krav.blad else []
    delar += [f"`{{{krav.fakta}}}`"] if krav.fakta else []
    delar += [f"uppgift `{fråga.id}`" for fråga in krav.frågor]
    return ", ".join(delar)


def _kontroll(krav: Krav) -> str:
    return krav.prövas_av.removeprefix("kontroll ") or "C65"


def test_docs_have_the_table() -> None:
    """docs/upplysningar.md is the table; `FINSAM_FACIT=skriv` writes it anew."""
    fil = ROT / "docs" / "upplysningar.md"
    före, _, rest = fil.read_text("utf-8").partition("<!-- tabellen -->\n")
    _, _, efter = rest.partition("<!-- slut -->\n")
    rader = [
        f"| {krav.när.ord} | {krav.vad} | {krav.lag} | {_var(krav)} | {krav.ej_prövad} | {_kontroll(krav)} |"
        for krav in KRAV
    ]
    huvud = ["| när | vad | grund | var, och vad som fylls i | ej prövat | kontroll |", "|---|---|---|---|---|---|"]
    tabell = "\n".join((*huvud, *rader))
    jämför(f"{före}<!-- tabellen -->\n{tabell}\n<!-- slut -->\n{efter}", fil)


def test_a_group_that_was_another_last_year_is_told() -> None:
    år = öppna("tvealven", 2025, inputs=INPUTS).år
    fel = tuple(rad.model_copy(update={"förra": 9}) if rad.id == "projekt" else rad for rad in år.underlag.personal)
    r = redovisa(replace(år, underlag=år.underlag.model_copy(update={"personal": fel})))
    [c65] = [ett for ett in kontroller_i(år.rapport) if ett.kod == "C65"]
    [sagt] = [f.text for f in kontrollera_en(c65, r) if f.nivå == "varning"]
    assert sagt.endswith("sägs ha varit 9 förra året, men 2024 års underlag har 3. Vilket är det?")
