"""What must hold whatever is booked: the identities of the räkningar, for any balanced ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from facit import INPUTS
from finsam.checks.kontrollera import kontrollera
from finsam.model.bokforing import Bokföringsår
from finsam.read.arsmapp import read_räkenskapsår
from finsam.statements.redovisning import Redovisning, redovisa
from prov import antal

ÅR = read_räkenskapsår("exempelforbundet", 2025, INPUTS)
NOLL = Decimal(0)
BELOPP = st.integers(-(10**10), 10**10).map(lambda öre: Decimal(öre).scaleb(-2))
HELA = [
    rad.från for rad in ÅR.kontoplan.rader if not rad.objekt and len(rad.från) == 4 and rad.från in ÅR.bokföring.konton
]
BALANS = sorted(k for k in HELA if k[0] in "12" and k[:2] != "20")
RESULTAT = sorted(k for k in HELA if k[0] in "34567" or k[:2] in ("84", "85"))
BANK = next(k for k in ÅR.bokföring.konton if k.startswith("19"))


@st.composite
def redovisningar(draw: st.DrawFn) -> Redovisning:
    """A year with any amounts on its konton, debet equal to kredit, result not booked."""
    ib = draw(st.dictionaries(st.sampled_from(BALANS), BELOPP))
    ib["2010"] = -sum(ib.values(), NOLL)
    rörelse = draw(st.dictionaries(st.sampled_from(BALANS), BELOPP))
    res = draw(st.dictionaries(st.sampled_from(RESULTAT), BELOPP))
    ub = {k: ib.get(k, NOLL) + rörelse.get(k, NOLL) for k in {*ib, *rörelse}}
    ub[BANK] = ub.get(BANK, NOLL) - sum(rörelse.values(), NOLL) - sum(res.values(), NOLL)
    år = Bokföringsår(nr=0, start=date(2025, 1, 1), slut=date(2025, 12, 31), ib=ib, ub=ub, res=res)
    return redovisa(replace(ÅR, bokföring=replace(ÅR.bokföring, år={0: år})))


def belopp(r: Redovisning, id_: str) -> Decimal:
    return r.fakta[id_].värde or NOLL


@settings(max_examples=antal(40, dyra=True))
@given(redovisningar())
def test_the_raekningar_agree(r: Redovisning) -> None:
    saldon = r.fakta.saldon["2025", "res"]
    assert belopp(r, "rr.arets_resultat") == -sum(saldon.values(), NOLL)
    assert belopp(r, "br.summa_tillgangar") == belopp(r, "br.summa_eget_kapital_och_skulder")
    assert belopp(r, "br.eget_kapital_ingaende") + belopp(r, "br.arets_resultat") == belopp(r, "br.eget_kapital")
    likvida = belopp(r, "br.kassa_bank") + belopp(r, "br.kortfristiga_placeringar")
    assert belopp(r, "kf.likvida_utgaende") == likvida
    kostnader = belopp(r, "rr.verksamhetens_kostnader") + belopp(r, "rr.avskrivningar")
    assert belopp(r, "kostnad.totalt") == -kostnader


@settings(max_examples=antal(15, dyra=True))
@given(redovisningar())
def test_checks_of_the_raekningar_give_no_false_alarm(r: Redovisning) -> None:
    fel = [f for f in kontrollera(r) if f.kod in ("C01", "C02", "C03", "C05", "C06", "C07", "C27") and f.nivå == "fel"]
    assert fel == []


@settings(max_examples=antal(40, dyra=True))
@given(redovisningar(), st.sampled_from([*BALANS, *RESULTAT]), BELOPP.filter(bool))
def test_one_wrong_amount_is_always_found(r: Redovisning, konto: str, öre: Decimal) -> None:
    """An amount changed on one konto only breaks the balance or the eget kapital, and a check says so."""
    år = r.år.bokföring.år[0]
    fält = "res" if konto in RESULTAT else "ub"
    saldon = dict(getattr(år, fält))
    saldon[konto] = saldon.get(konto, NOLL) + öre
    ändrat = replace(r.år.bokföring, år={0: replace(år, **{fält: saldon})})
    funna = {f.kod for f in kontrollera(redovisa(replace(r.år, bokföring=ändrat))) if f.nivå == "fel"}
    assert funna & {"C01", "C02", "C27"}


@settings(max_examples=antal(20, dyra=True))
@given(redovisningar(), st.sampled_from(["8999", ""]))
def test_a_closed_year_gives_the_same_eget_kapital(r: Redovisning, konto: str) -> None:
    """The result booked on 2099, against 8999 or against nothing, changes no figure of the balansräkning."""
    år = r.år.bokföring.år[0]
    resultat = -sum(år.res.values(), NOLL)
    ub = {**år.ub, "2099": år.ub.get("2099", NOLL) - resultat}
    res = {**år.res, **({konto: resultat} if konto else {})}
    stängd = redovisa(replace(r.år, bokföring=replace(r.år.bokföring, år={0: replace(år, ub=ub, res=res)})))
    for id_ in ("br.eget_kapital", "br.summa_eget_kapital_och_skulder", "rr.arets_resultat"):
        assert belopp(stängd, id_) == belopp(r, id_)
    assert not [f for f in kontrollera(stängd) if f.kod in ("C01", "C02", "C27") and f.nivå == "fel"]
