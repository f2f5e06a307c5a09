"""Every combination of law, ledger and förbund as a finished document: its totals are those worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import en_gång, kör
from rutnat.forbund import RUTNÄT, ÅR, Rutnätsförbund
from rutnat.kor import DELAR, FEL, SLUG, avvikelser, fall, nytt, orsakade

pytestmark = pytest.mark.konformitet


@pytest.fixture
def katalog(f: Rutnätsförbund, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the combination's årsredovisning: nytt, kontrollera and skapa, once."""

    def gör(mapp: Path) -> None:
        inputs, år = nytt(f, mapp), str(ÅR[1])
        assert kör("kontrollera", SLUG, år, "--inputs", inputs).exit_code in (0, 1)
        svar = kör("skapa", SLUG, år, "--inputs", inputs, "--outputs", mapp / "ut")
        assert svar.exit_code in (0, 1), svar.output

    return en_gång(tmp_path_factory, f"rutnat-hela-{f.namn}", gör) / "ut" / SLUG / str(ÅR[1]) / "arsredovisning"


@pytest.mark.parametrize(("f", "del_"), fall(RUTNÄT, *DELAR))
def test_the_totals_of_the_document_are_the_facits(f: Rutnätsförbund, del_: str, katalog: Path) -> None:
    fakta = json.loads((katalog / "rapport.json").read_text("utf-8"))["fakta"]

    def värde(nyckel: str) -> Decimal | None:
        skrivet = fakta.get(nyckel, {}).get("varde")
        return None if skrivet is None else Decimal(skrivet)

    assert avvikelser(f, del_, värde) == []


@pytest.mark.parametrize(("f", "del_"), fall(RUTNÄT, FEL))
def test_the_document_has_no_fel_but_what_is_to_be_filled_in(f: Rutnätsförbund, del_: str, katalog: Path) -> None:
    kontroller = json.loads((katalog / "kontroller.json").read_text("utf-8"))
    assert orsakade((k["kod"], k["niva"], k["text"]) for k in kontroller) == []
    assert {"C11", "C39"} <= {k["kod"] for k in kontroller if k["niva"] == "ok"}
