"""Every way of changing a finished run is found and named; what is said of it stands in fall/."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import Körning, kör
from facit import INPUTS, jämför
from granska.manipulera import Ändring, anpassa, byt, byt_i_blad, byt_ut, båda, lägg_till, ta_bort

FALL = Path(__file__).parent / "fall"
RESULTAT = "118\u00a0764"


@pytest.fixture
def mapp(körning: Körning, tmp_path: Path) -> Path:
    """A copy of the finished run, to change."""
    return shutil.copytree(körning.katalog, tmp_path / "arsredovisning")


def utskrift(katalog: Path, *val: str | Path) -> str:
    """What the command says is wrong, without how much it looked at."""
    svar = kör("verifiera", katalog, *(val or ("--niva", "1", "--inputs", INPUTS)))
    assert svar.exception is None or isinstance(svar.exception, SystemExit), svar.exception
    rader = [rad for rad in svar.output.splitlines() if rad.startswith(("✗", "?", "      "))]
    utan_antal = [rad.partition(":")[0] if rad[0] in "✗?" else rad for rad in rader]
    return "\n".join((*utan_antal, svar.output.splitlines()[-1], f"Felkod {svar.exit_code}"))


TABELL = f'data-fakta="rr.arets_resultat/2024">{RESULTAT}</data></td>'
MANIPULERADE: dict[str, Ändring] = {
    "tal_andrat_bara_i_html": byt("arsredovisning.html", TABELL, TABELL.replace("118", "128")),
    "varde_andrat_bara_i_html": byt(
        "arsredovisning.html", f'value="118764.00" {TABELL}', f'value="128764.00" {TABELL.replace("118", "128")}'
    ),
    "faktat_andrat_i_rapport_json": byt("rapport.json", '"varde": "118764.00"', '"varde": "128764.00"'),
    "visat_andrat_i_rapport_json": byt("rapport.json", f'"{RESULTAT}"', '"128\u00a0764"'),
    "sparat_varde_andrat_i_xlsx": byt_i_blad("Resultaträkning", "<v>118764</v>", "<v>128764</v>"),
    "faktat_andrat_i_xlsx": byt_i_blad("Fakta", "<v>118764.0</v>", "<v>128764</v>"),
    "formel_andrad_i_xlsx": byt_i_blad("Fakta", r"<f>(Fakta!E\d+)([+-])(Fakta!E\d+)</f>", r"<f>\1</f>"),
    "formel_visar_annat_fakta": byt_i_blad("Resultaträkning", r"<f>Fakta!E\d+</f>", "<f>Fakta!E40</f>"),
    "saldo_andrat_i_xlsx": byt_i_blad("Saldon", r'(<c r="D4"[^>]*><v>)', r"\g<1>9"),
    "funktion_i_formel": byt_i_blad("Resultaträkning", r"<f>(Fakta!E\d+)</f>", r"<f>ROUND(\1,0)</f>"),
    "tal_andrat_i_ett_avsnitt": byt("sektioner/20_resultatrakning.html", TABELL, TABELL.replace("118", "128")),
    "tabell_andrad_i_en_notebook": byt("sektioner/20_resultatrakning.ipynb", f'"{RESULTAT}"', '"128\u00a0764"'),
    "fil_borttagen_och_en_till": båda(ta_bort("kontroller.json"), lägg_till("anteckning.txt")),
    "filer_utbytta": byt_ut("arsredovisning.pdf", "arsredovisning.xlsx"),
}


@pytest.mark.parametrize("namn", MANIPULERADE)
def test_every_change_is_found_although_the_manifest_fits(mapp: Path, namn: str) -> None:
    """Level 0 tells the file; when the manifest is made to fit, level 1 still tells the figure."""
    MANIPULERADE[namn](mapp)
    före = utskrift(mapp, "--niva", "0", "--inputs", INPUTS)
    assert före.endswith("Felkod 1")
    rubrik = "Med samma korning.json"
    if namn != "fil_borttagen_och_en_till":
        anpassa(mapp)
        rubrik = "Med anpassad korning.json"
    efter = utskrift(mapp)
    # A file swapped for another that holds no figures we read back is left to level 2.
    assert efter.endswith("Felkod 0" if namn == "filer_utbytta" else "Felkod 1")
    jämför(f"{före}\n\n{rubrik}:\n{efter}", FALL / f"{namn}.txt")
