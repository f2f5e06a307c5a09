"""Combinations of law, ledger and förbund, each taken from its export to its årsredovisning by `finsam nytt`.

The totals are worked out apart from finsam (rakna.py), and stand in facit/ to be checked by hand. Here four of them are
opened; all, to the finished document, are in tests/konformitet/test_rutnat.py.
"""

from __future__ import annotations

from functools import partial

import pytest

from conftest import en_gång
from facit import jämför
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok

from .forbund import BIDRAG, FAKTORER, RUTNÄT, ÅR, Rutnätsförbund
from .kor import DELAR, FACIT, FEL, SLUG, avvikelser, fall, nytt, orsakade
from .par import par_i
from .rakna import LAGEN, RAM, facit

FYRA = [RUTNÄT[nr] for nr in (1, 4, 8, 14)]
"""One of each law but the one without a region, with each kind of objekt, chart, staff, ESF and file."""


def test_every_pair_is_tried() -> None:
    namn = list(FAKTORER)
    alla = {
        tuple(sorted(((a, x), (b, y)))) for a in namn for b in namn if a < b for x in FAKTORER[a] for y in FAKTORER[b]
    }
    assert set().union(*(par_i(f.val) for f in RUTNÄT)) == alla
    assert len(RUTNÄT) <= len(FAKTORER["lag"]) * len(FAKTORER["objekt"]) + 1


@pytest.mark.parametrize("lag", BIDRAG)
def test_what_the_members_pay_is_what_the_law_says(lag: str) -> None:
    assert BIDRAG[lag] == {m: tuple(ram * andel for ram in RAM) for m, (andel, _) in LAGEN[lag].items()}
    assert sum(andel for andel, _ in LAGEN[lag].values()) == 1


@pytest.mark.parametrize("f", RUTNÄT, ids=lambda f: f.namn)
def test_the_totals_are_as_they_stand(f: Rutnätsförbund) -> None:
    jämför(facit(f), FACIT / f"{f.namn}.txt")
    for nr in (0, 1):
        assert sum(f.balans(nr).values()) == 0
        assert sum(f.ub(nr).values()) + sum(f.res(nr).values()) == 0


@pytest.fixture
def bok(f: Rutnätsförbund, tmp_path_factory: pytest.TempPathFactory) -> Årsbok:
    return öppna(SLUG, ÅR[1], inputs=en_gång(tmp_path_factory, f"rutnat-{f.namn}", partial(nytt, f)) / "inputs")


@pytest.mark.parametrize(("f", "del_"), fall(FYRA, *DELAR))
def test_the_totals_are_the_facits(f: Rutnätsförbund, del_: str, bok: Årsbok) -> None:
    assert avvikelser(f, del_, lambda nyckel: bok.fakta[nyckel].värde if nyckel in bok.fakta else None) == []


@pytest.mark.parametrize(("f", "del_"), fall(FYRA, FEL))
def test_only_what_the_ekonom_knows_is_left_to_fill_in(f: Rutnätsförbund, del_: str, bok: Årsbok) -> None:
    assert orsakade((ett.kod, ett.nivå, ett.text) for ett in bok.findings) == []
