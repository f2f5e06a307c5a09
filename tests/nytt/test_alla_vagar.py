"""Every way of `finsam nytt`: what it writes can be checked at once, and no fel is of its own making.

What is left is what only the user knows, and each fel says where it is filled in. Nothing that lay there is touched.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bygg.nasta_ar import nästa_år
from conftest import en_gång, kör
from finsam.model.problem import UnreadableInput
from finsam.oppna import öppna
from rutnat.forbund import RUTNÄT
from rutnat.kor import ATT_FYLLA_I

FÖRBUND = {"sie": RUTNÄT[14], "saldolista": RUTNÄT[4]}
UTAN_BOKFÖRING = re.compile(
    r"Bokföringen för \d{4} finns inte än, så dokumentet är ett utkast där räkningarna väntar\. "
    r"Lägg årets export i mappen som bokforing\.se \(eller \.xlsx, \.csv\)\."
)
AR, PLAN = "arsredovisning", "verksamhetsplan"

Steg = tuple[object, ...]
"""A call of nytt: the year, and its words; `sie`, `saldolista` and `nästa` stand for the options of a ledger."""

VÄGAR: dict[str, tuple[list[Steg], list[tuple[int, str]]]] = {
    "nytt förbund med saldolista": ([(2025, "saldosvar", "saldolista")], [(2025, AR)]),
    "nytt förbund utan bokföring": ([(2025, "svar")], [(2025, AR)]),
    "nytt förbunds plan": ([(2026, "svar", PLAN)], [(2026, PLAN)]),
    "nytt förbunds plan med bokföring": ([(2025, "svar", PLAN, "sie")], [(2025, PLAN)]),
    "nästa års plan": ([(2025, "svar", "sie"), (2026, PLAN)], [(2025, AR), (2026, PLAN)]),
    "plan flera år efter": ([(2025, "svar", "sie"), (2028, PLAN)], [(2028, PLAN)]),
    "samma års plan": ([(2025, "svar", "sie"), (2025, PLAN)], [(2025, AR), (2025, PLAN)]),
    "plan efter årsredovisning utan bokföring": ([(2025, "svar"), (2026, PLAN)], [(2026, PLAN)]),
    "nästa år utan bokföring och dess plan": (
        [(2025, "svar", "sie"), (2026,), (2026, PLAN)],
        [(2026, AR), (2026, PLAN)],
    ),
    "nästa års plan och sedan året": (
        [(2025, "svar", "sie"), (2026, PLAN), (2026, "nästa")],
        [(2026, AR), (2026, PLAN)],
    ),
    "årsredovisning efter planen": ([(2025, "svar", PLAN), (2025, "sie")], [(2025, AR), (2025, PLAN)]),
    "årsredovisning utan bokföring efter planen": ([(2025, "svar", PLAN), (2025, AR)], [(2025, AR), (2025, PLAN)]),
    "årsredovisning flera år efter en plan": ([(2022, "svar", PLAN), (2025, "sie")], [(2025, AR), (2022, PLAN)]),
    "plan efter plan": ([(2025, "svar", PLAN), (2026, PLAN)], [(2026, PLAN)]),
    "plan efter plan och årsredovisning": (
        [(2025, "svar", "sie"), (2025, PLAN), (2026, PLAN)],
        [(2026, PLAN), (2025, PLAN)],
    ),
}
SNABBA = ("årsredovisning efter planen",)
"""What is tried every time; the rest take their time."""


@pytest.fixture
def exporter(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The options that name a ledger: of the year, and of the one after."""

    def gör(mapp: Path) -> None:
        for namn, f in FÖRBUND.items():
            (mapp / namn).mkdir()
            f.write(mapp / namn)
        resultat = sum(FÖRBUND["sie"].res(1).values())  # moved to eget kapital when the year opens
        (mapp / "2026.se").write_bytes(nästa_år(mapp / "sie" / "export.se", ib={"2091": resultat}))

    mapp = en_gång(tmp_path_factory, "alla-vagars-exporter", gör)
    return {
        "sie": FÖRBUND["sie"].ord_(mapp / "sie"),
        "saldolista": FÖRBUND["saldolista"].ord_(mapp / "saldolista"),
        "nästa": ["--bokforing", str(mapp / "2026.se")],
        "svar": [*FÖRBUND["sie"].svar()],
        "saldosvar": [*FÖRBUND["saldolista"].svar()],
    }


def gå(steg: Sequence[Steg], exporter: dict[str, list[str]], inputs: Path) -> None:
    """Take each step; what lay there is there still, as it was."""
    for år, *ord_ in steg:
        före = innehåll(inputs)
        svar = kör(
            "nytt",
            "bygden",
            str(år),
            *(del_ for o in ord_ for del_ in exporter.get(str(o), [str(o)])),
            "--inputs",
            inputs,
        )
        assert svar.exit_code == 0, svar.output
        efter = innehåll(inputs)
        assert {namn: efter[namn] for namn in före} == före
        assert len(efter) > len(före)


def innehåll(inputs: Path) -> dict[str, bytes]:
    return {fil.relative_to(inputs).as_posix(): fil.read_bytes() for fil in inputs.rglob("*") if fil.is_file()}


def fel(inputs: Path, år: int, rapport: str) -> list[str]:
    """The fel of a report, those that hinder it to be opened or those of its checks."""
    try:
        bok = öppna("bygden", år, rapport, inputs=inputs)
    except UnreadableInput as hinder:
        return [ett.text for ett in hinder.problem if ett.nivå == "fel"]
    return [ett.text for ett in bok.findings if ett.nivå == "fel"]


@pytest.mark.parametrize(
    "väg", [pytest.param(väg, marks=() if väg in SNABBA else pytest.mark.langsam) for väg in VÄGAR]
)
def test_no_fel_is_of_its_own_making(väg: str, exporter: dict[str, list[str]], tmp_path: Path) -> None:
    steg, rapporter = VÄGAR[väg]
    gå(steg, exporter, tmp_path)
    for år, rapport in rapporter:
        med_bokföring = any((tmp_path / "bygden" / str(år)).glob("bokforing.*"))
        kvar = [text for text in fel(tmp_path, år, rapport) if not ATT_FYLLA_I.fullmatch(text)]
        if rapport == AR and not med_bokföring:
            assert [text for text in kvar if not UTAN_BOKFÖRING.fullmatch(text)] == []
            shutil.copyfile(
                exporter["sie" if år == 2025 else "nästa"][1], tmp_path / "bygden" / str(år) / "bokforing.se"
            )
            kvar = [text for text in fel(tmp_path, år, rapport) if not ATT_FYLLA_I.fullmatch(text)]
        assert kvar == [], (år, rapport)
