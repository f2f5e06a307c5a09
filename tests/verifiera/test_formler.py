"""The workbook's formulas are calculated exactly, and nothing else is calculated at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.prove.formler import Formelfel, Formler

BELOPP = st.decimals(-(10**9), 10**9, places=2)


@given(st.lists(st.tuples(st.sampled_from("+-*"), BELOPP), min_size=1, max_size=30))
def test_a_formula_is_what_python_makes_of_exact_fractions(led: list[tuple[str, Decimal]]) -> None:
    konstanter = {("Saldon", f"A{nr}"): tal for nr, (_, tal) in enumerate(led, 1)}
    formel = "".join(f"{tecken}Saldon!A{nr}" for nr, (tecken, _) in enumerate(led, 1))
    tal = "".join(f"{tecken}Fraction('{tal}')" for tecken, tal in led)
    räknat = Formler({("F", "A1"): f"=0{formel}"}, konstanter).värde(("F", "A1"))
    assert räknat == eval(f"0{tal}", {"Fraction": Fraction})  # noqa: S307


@given(BELOPP, BELOPP.filter(bool))
def test_a_ratio_is_exact(över: Decimal, under: Decimal) -> None:
    f = Formler({("F", "A1"): "=-(B1)/$B$2/1000"}, {("F", "B1"): över, ("F", "B2"): under})
    assert f.värde(("F", "A1")) == -Fraction(över) / Fraction(under) / 1000


@given(st.lists(BELOPP, min_size=1, max_size=20), BELOPP)
def test_a_stretch_is_added_up_and_held_against_a_name(led: list[Decimal], fakta: Decimal) -> None:
    konstanter = {("Blad", f"C{nr}"): tal for nr, tal in enumerate(led, 5)} | {("Fakta", "E9"): fakta}
    formler = {
        ("Blad", "C99"): f"=SUM(C5:C{len(led) + 5},C200)",
        ("Blad", "D99"): '=IF(ABS(C99-rr_x_2024)<0.005,"OK","FEL")',
        ("Blad", "F1"): '=COUNTIF(D98:D99,"FEL")',
    }
    f = Formler(formler, konstanter, {"rr_x_2024": ("Fakta", "E9")})
    assert f.värde(("Blad", "C99")) == sum(map(Fraction, led))
    lika = abs(sum(led) - fakta) < Decimal("0.005")
    assert f.värde(("Blad", "D99")) == ("OK" if lika else "FEL")
    assert f.värde(("Blad", "F1")) == (not lika)


@pytest.mark.parametrize(
    ("formel", "värde"),
    [("=ROUND(B1,0)", 3), ("=ROUND(-B1,0)", -3), ("=ROUND(B1/B2,4)", "0.8333"), ("=ROUND(0-0,4)", 0)],
)
def test_a_half_is_rounded_from_nil(formel: str, värde: int | str) -> None:
    f = Formler({("F", "A1"): formel}, {("F", "B1"): Decimal("2.5"), ("F", "B2"): Decimal(3)})
    assert f.värde(("F", "A1")) == Fraction(värde)


@pytest.mark.parametrize(
    ("formler", "fel"),
    [
        ({"A1": "=A2", "A2": "=A1"}, "går i cirkel"),
        ({"A1": "=1/B9"}, "delar med noll"),
        ({"A1": "=PRODUCT(B1:B2)"}, "en funktion som inte hör hit: PRODUCT"),
        ({"A1": '=HYPERLINK("x")'}, "en funktion som inte hör hit: HYPERLINK"),
        ({"A1": "=okant_namn"}, "ett namn som inte finns: okant_namn"),
        ({"A1": "=SUM(B1:C2)"}, "inte en del av en kolumn"),
        ({"A1": "=SUM(1)"}, "summerar något annat än celler"),
        ({"A1": "=SUM(A1:A3)"}, "går i cirkel"),
        ({"A1": "=SUM(B1:B1000)+SUM(C1:C1000000)"}, "orimligt många celler"),
        ({"A1": "=A2+1", "A2": '=IF(1<2,"OK","FEL")'}, "räknar på text"),
        ({"A1": '=IF(1<2,"OK")'}, "är inte hel"),
        ({"A1": '=IF(2<1,"A",IF(2<1,"B",IF(2<1,"C","D")))'}, "är inte hel"),
        ({"A1": '=IF(1,"OK","FEL")'}, "är inte hel"),
        ({"A1": '="x"'}, "är inte hel"),
        ({"A1": "=ROUND(1,99)"}, "är inte hel"),
        ({"A1": "=ROUND(1,B1)"}, "är inte hel"),
        ({"A1": "=ROUND(1)"}, "är inte hel"),
        ({"A1": "=COUNTIF(B1:B2,1)"}, "är inte hel"),
        ({"A1": "=[annan.xlsx]Blad!A1"}, "något annat än celler"),
        ({"A1": "=(1+2"}, "saknar en parentes"),
        ({"A1": "=1+"}, "är inte hel"),
        ({"A1": "=1 2"}, "är inte hel"),
        ({"A1": "=" + "(" * 5000 + "1" + ")" * 5000}, "för lång"),
        ({"A1": "=" + "(" * 100 + "1" + ")" * 100}, "är inte hel"),
        ({f"A{n}": f"=A{n + 1}" for n in range(1, 200)}, "för många led"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused(formler: dict[str, str], fel: str) -> None:
    with pytest.raises(Formelfel, match=fel):
        Formler({("F", cell): formel for cell, formel in formler.items()}, {}).värde(("F", "A1"))
