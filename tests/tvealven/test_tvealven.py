"""The second made-up förbund: its files are what the generator makes, its amounts those that are worked by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bygg.tvealven import bygg, huvudbok
from facit import INPUTS
from finsam.checks.kontrollera import kontrollera
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.report.planbok import Planbok

RÄKNING = Path(__file__).with_name("rakning.md")
PLAN = {
    "bidrag.staten": "5000000",  # hälften av 10 000 000, 5 § första stycket
    "bidrag.alvnord": "1750000",  # 70 % av 2 500 000, 5 § tredje stycket
    "bidrag.alvsyd": "750000",
    "bidrag.regionerna": "2500000",
    "bidrag.tallmo": "1000000",  # 40 % av 2 500 000, 5 § andra stycket
    "bidrag.kvarnlida": "750000",
    "bidrag.bjorkhamra": "500000",
    "bidrag.asmyra": "250000",
    "bidrag.totalt": "10000000",
    "budget.resultat": "264000",  # 10 400 000 − 10 176 000 + 40 000
    "budget.eget_kapital": "1654408.77",  # 1 390 408,77 + 264 000
    "kapitaltak": "2000000",  # 20 % av medlemsbidraget, utan ESF:s 400 000
}


@pytest.fixture(scope="module")
def böcker() -> dict[int, Årsbok]:
    return {år: öppna("tvealven", år, inputs=INPUTS) for år in (2024, 2025)}


@pytest.fixture(scope="module")
def plan() -> Planbok:
    return öppna("tvealven", 2026, "verksamhetsplan", inputs=INPUTS)


def räknat() -> dict[str, tuple[Decimal, Decimal]]:
    """The amounts of the two years by fact, as they are worked by hand."""
    rader = (rad.split("|")[1:4] for rad in RÄKNING.read_text("utf-8").splitlines() if rad.count("|") == 6)
    belopp = {fakta.strip(): (ena, andra) for fakta, ena, andra in rader if "." in fakta or ",00" in ena}
    return {fakta: (tal(ena), tal(andra)) for fakta, (ena, andra) in belopp.items()}


def tal(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace("−", "-").replace(",", "."))


def test_the_ledgers_are_what_the_generator_makes(tmp_path: Path) -> None:
    bygg(tmp_path)
    for fil in ("2024/bokforing.se", "2025/bokforing.se", "2025/foregaende.se"):
        assert (tmp_path / fil).read_bytes() == (INPUTS / "tvealven" / fil).read_bytes()
    assert all(sum(rad.belopp for rad in bokning.rader) == 0 for bokning in huvudbok().bokningar)


def test_the_year_before_has_totals_in_the_file_and_objekt_from_the_other(böcker: dict[int, Årsbok]) -> None:
    utan = [rad for rad in (INPUTS / "tvealven/2025/bokforing.se").read_bytes().splitlines() if b"{" in rad]
    assert not [rad for rad in utan if rad.startswith((b"#PSALDO -1", b"#OUB -1"))]
    assert böcker[2025].år.bokföring.år[-1].objekt == böcker[2024].år.bokföring.år[0].objekt


@pytest.mark.parametrize("fakta", räknat())
def test_amounts_are_those_worked_by_hand(böcker: dict[int, Årsbok], fakta: str) -> None:
    ena, andra = räknat()[fakta]
    assert böcker[2024].fakta[fakta].värde == ena
    assert (böcker[2025].fakta[f"{fakta}/2024"].värde, böcker[2025].fakta[fakta].värde) == (ena, andra)


def test_the_worked_amounts_agree_with_each_other() -> None:
    r = räknat()
    for nr in (0, 1):
        kostnader = [v[nr] for k, v in r.items() if k.startswith("not.kostnader.") and not k.endswith("summa")]
        per_funktion = [v[nr] for k, v in r.items() if k.startswith("kostnad.")]
        skulder = [v[nr] for k, v in r.items() if k.startswith("not.skulder.")]
        assert sum(kostnader) == r["not.kostnader.summa"][nr] == sum(per_funktion) + r["rr.avskrivningar"][nr]
        assert sum(skulder) == r["br.kortfristiga_skulder"][nr]
        assert r["br.eget_kapital"][nr] + sum(skulder) == r["br.summa_tillgangar"][nr]


@pytest.mark.parametrize("fakta", PLAN)
def test_the_plan_is_as_worked_by_hand(plan: Planbok, fakta: str) -> None:
    assert plan.fakta[fakta].värde == Decimal(PLAN[fakta])


def test_there_is_nothing_to_remark(böcker: dict[int, Årsbok], plan: Planbok) -> None:
    for bok in (*böcker.values(), plan):
        assert [f for f in kontrollera(bok.redovisning) if f.nivå in ("fel", "varning")] == []
