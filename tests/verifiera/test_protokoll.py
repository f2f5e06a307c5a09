"""The auditor's working paper: one page and JSON, the same bytes for the same answer; words from outside are words."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf

from conftest import kör
from finsam.prove.pdf import read_pdf
from finsam.run.protokoll import protokoll_pdf
from verifiera.conftest import Omgjort


def test_the_paper_tells_what_by_whose_hashes_and_how_it_ended(omgjort: Omgjort, tmp_path: Path) -> None:
    rot = omgjort.packa_upp(tmp_path / "paket")
    (rot / "extra.txt").write_text("x")
    for fil in ("protokoll.pdf", "annat"):
        svar = kör("verifiera", rot, "--protokoll", tmp_path / fil)
        assert svar.exit_code == 1
        assert f"Protokoll: {tmp_path / fil}".removesuffix(".pdf") in svar.output
    pdf = (tmp_path / "protokoll.pdf").read_bytes()
    assert pdf == (tmp_path / "annat.pdf").read_bytes()
    data = json.loads((tmp_path / "protokoll.json").read_text("utf-8"))
    assert (data["utfall"], data["fil"], data["niva"]) == ("skiljer", None, 1)
    assert data["gjord_med"] == data["provad_med"]
    assert "extra.txt: hör inte till paketet" in data["steg"][0]["problem"]
    ord_ = " ".join(stycke.text for stycke in read_pdf(pdf).stycken)
    for väntat in ("Något skiljer.", data["korning"], data["rapport_json"], "extra.txt", "SKILJER", "granskarens namn"):
        assert väntat in ord_
    assert str(tmp_path) not in ord_


def test_the_paper_of_a_package_has_its_hash(omgjort: Omgjort, tmp_path: Path) -> None:
    svar = kör("verifiera", omgjort.fil, "--niva", "0", "--protokoll", tmp_path / "p")
    assert "\nAllt stämmer.\nJämför nu zipfilens SHA-256 ovan" in svar.output
    ord_ = " ".join(stycke.text for stycke in read_pdf((tmp_path / "p.pdf").read_bytes()).stycken)
    assert f"{omgjort.fil.name} Paketets SHA-256" in ord_
    assert "Allt som prövades stämmer. Bara kontrollsummor." in ord_


def test_it_is_one_page_whatever_was_found_and_text_is_text(omgjort: Omgjort, tmp_path: Path) -> None:
    svar = kör("verifiera", omgjort.fil, "--niva", "0", "--protokoll", tmp_path / "p")
    assert svar.exit_code == 0
    data = json.loads((tmp_path / "p.json").read_text("utf-8"))
    elakt = '"); #panic() \x1b]0;x\x07 = *fet* ' + "ord " * 200
    data["steg"] = [
        {"niva": 1, "namn": elakt, "utfall": "skiljer", "text": elakt, "problem": [elakt] * 9} for _ in range(90)
    ]
    pdf = protokoll_pdf(data)
    (tmp_path / "x.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "x.pdf") as dok:
        assert len(dok.pages) == 1
    ord_ = " ".join(stycke.text for stycke in read_pdf(pdf).stycken)
    assert "#panic()" in ord_
    assert "prov till" in ord_


def test_a_paper_that_cannot_be_written_is_told(omgjort: Omgjort, tmp_path: Path) -> None:
    svar = kör("verifiera", omgjort.fil, "--niva", "0", "--protokoll", tmp_path / "ingen" / "p")
    assert svar.exit_code == 4
    assert "Kunde inte skriva" in svar.output
