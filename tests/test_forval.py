"""What nobody has said is shown as finsam's own choice or as the recommendation it is, never as the förbund's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from conftest import kör
from finsam.model.fakta import Indata
from finsam.oppna import öppna
from finsam.report.bild.diagram import kapitaldiagram

FÖRBUND = "exempelforbundet"
EGET = """kapitaltak:
  källa: Styrelsen 2024-05-02
  steg: [{andel: 0.2}]
delvis_från: 0.75
"""


def källor(inputs: Path) -> dict[str, Indata]:
    bok = öppna(FÖRBUND, 2025, inputs=inputs)
    return {f.nyckel: f.källa for f in bok.fakta.values() if isinstance(f.källa, Indata)}


def test_a_default_is_told_as_one_and_what_is_written_as_that(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    förbund = inputs / FÖRBUND / "forbund.yml"
    utan = re.sub(r"(?m)^(kapitaltak|delvis_från):.*\n(?:[ \t]+.*\n|- .*\n)*", "", förbund.read_text("utf-8"))
    förbund.write_text(utan, "utf-8")
    före, bok = källor(inputs), öppna(FÖRBUND, 2025, inputs=inputs)
    assert före["kapitaltak.andel/2025"] == Indata(
        "finsams förval", "kapitaltak", "Nationella rådets rekommendation, beslutad 2013-10-02"
    )
    assert {källa.plats for källa in före.values() if källa.fil == "forbund.yml"} <= {"medlemmar"}
    assert "förbundet anger inget" in bok.fakta["kapitaltak"].definition
    assert "Rekommenderat tak" in str(kapitaldiagram(bok.år, bok.tyda).tabell)
    svar = kör("spar", FÖRBUND, "2025", "kapitaltak", "--inputs", inputs)
    assert "ur finsams förval, kapitaltak, Nationella rådets rekommendation, beslutad 2013-10-02" in svar.output
    assert "forbund.yml" not in svar.output

    förbund.write_text(utan + EGET, "utf-8")
    efter, bok = källor(inputs), öppna(FÖRBUND, 2025, inputs=inputs)
    assert efter["kapitaltak.andel/2025"] == Indata("forbund.yml", "kapitaltak", "Styrelsen 2024-05-02")
    assert "Rekommenderat tak" not in str(kapitaldiagram(bok.år, bok.tyda).tabell)
    bedömda = {nyckel for nyckel, källa in före.items() if "finsams förval (delvis_från)" in källa.anmärkning}
    assert bedömda
    assert all("förval" not in efter[nyckel].anmärkning for nyckel in bedömda)
