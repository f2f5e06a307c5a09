"""Seventeen ways of changing what a document says or shows without any of its bound figures; all told by level 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import kör
from facit import jämför
from prov import urval
from verifiera.conftest import Omgjort
from verifiera.manipulera import (
    UT,
    Ändring,
    anpassa_paket,
    byt,
    byt_alla,
    båda,
    i_arkiv,
    ruta,
    version,
    överallt,
)

FALL = Path(__file__).parent / "fall" / "manipulerat"
HTML, PDF, XLSX = (f"arsredovisning.{slag}" for slag in ("html", "pdf", "xlsx"))
MENING = "Styrelsen bedömer att målen i huvudsak är uppfyllda"
AVSNITTET = "sektioner/10_forvaltningsberattelse"
SKRIPT = "<script>document.querySelector('td').textContent='0'</script></body>"
MAKRO = {"xl/vbaProject.bin": b"MZ", "customXml/item1.xml": b"<a/>"}

SJUTTON: dict[str, Ändring] = {
    "vit_ruta_over_en_sida": ruta(PDF, 9, "1 1 1"),
    "svart_ruta_over_tal": ruta(PDF, 10, "0 0 0"),
    "stil_som_doljer_en_kolumn": byt(HTML, "</style>", "td:nth-child(3){display:none}</style>"),
    "skript_som_skriver_om_celler": byt(HTML, "</body>", SKRIPT),
    "belopp_i_ett_spar": byt(HTML, "<strong>−99 626 kr</strong>".replace(" ", "\u00a0", 2), "<strong>1 kr</strong>"),
    "belopp_i_en_verifikation": byt("verifikationer/1211.html", "58\u00a0400,00", "88\u00a0400,00"),
    "anmarkningar_gjorda_ok": byt_alla("kontroller.json", '"niva": "upplysning"', '"niva": "ok"'),
    "siffergarantin_sager_fler": byt_alla("siffergaranti.json", '"bundna": ', '"bundna": 9'),
    "definition_och_konton": båda(
        byt("rapport.json", "Intäkter i den egna verksamheten", "Intäkter"), byt("rapport.json", '"3512"', '"3519"')
    ),
    "namn_pa_en_undertecknare": båda(
        byt_alla(HTML, "Ada Exempelsson", "Ada Annansson"),
        byt_alla("sektioner/70_underskrifter.html", "Ada Exempelsson", "Ada Annansson"),
    ),
    "resultat_blir_forlust": i_arkiv(XLSX, överallt("Årets resultat".encode(), "Årets förlust".encode())),
    "talformat_visar_ett_tal": i_arkiv(XLSX, överallt(rb'formatCode="[^"]*"', b'formatCode="&quot;1 000&quot;"')),
    "makro_i_arbetsboken": i_arkiv(XLSX, lambda delar: delar.update(MAKRO)),
    "diagram_utan_staplar": byt_alla(HTML, r"(?s)(<svg [^>]*>).*?</svg>", r"\1</svg>"),
    "las_mig_omskriven": byt("../../../../LAS_MIG.md", "finsam verifiera ", "öppna "),
    "versioner": version("typst", "0.1"),
    "ord_i_en_bedomning": båda(
        byt_alla(HTML, MENING, "Styrelsen bedömer att målen är helt uppfyllda"),
        byt_alla(f"{AVSNITTET}.html", MENING, "Styrelsen bedömer att målen är helt uppfyllda"),
        byt_alla(f"{AVSNITTET}.ipynb", MENING, "Styrelsen bedömer att målen är helt uppfyllda"),
    ),
}


def utskrift(rot: Path) -> str:
    """What is said of a package but what agrees."""
    svar = kör("verifiera", rot)
    assert svar.exception is None or isinstance(svar.exception, SystemExit), svar.exception
    rader = [rad for rad in svar.output.splitlines()[1:] if not rad.startswith("✓")]
    return "\n".join((*(rad for rad in rader if "samma program" not in rad), f"Felkod {svar.exit_code}"))


@pytest.mark.parametrize("namn", urval(SJUTTON, "las_mig_omskriven", "skript_som_skriver_om_celler"))
def test_each_is_named_although_every_list_fits(omgjort: Omgjort, tmp_path: Path, namn: str) -> None:
    """With the run's own versions, and with one version line edited, which explains nothing that was compared."""
    svar = []
    for nr, ändring in enumerate((SJUTTON[namn], båda(SJUTTON[namn], version("nbconvert", "0.1")))):
        rot = omgjort.packa_upp(tmp_path / str(nr))
        ändring(rot / UT)
        anpassa_paket(rot)
        svar.append(utskrift(rot))
        assert "Allt stämmer." not in svar[-1]
        assert "Felkod 0" not in svar[-1] or namn == "versioner"
    jämför("\n\nmed en annan version i korning.json:\n".join(svar), FALL / f"{namn}.txt")


def test_a_package_as_it_was_made_agrees(omgjort: Omgjort, tmp_path: Path) -> None:
    assert utskrift(omgjort.fil).splitlines()[-3::2] == ["Allt stämmer.", "Felkod 0"]
    assert utskrift(omgjort.packa_upp(tmp_path)).splitlines()[-2:] == ["Allt stämmer.", "Felkod 0"]
