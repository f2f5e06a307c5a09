"""Every way of changing a finished run is found and named; what is said of it stands in fall/."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from conftest import Körning, kör
from facit import INPUTS, jämför
from finsam.model.problem import Problem, UnreadableInput
from prov import urval
from verifiera.manipulera import Ändring, anpassa, byt, byt_i_blad, byt_ut, båda, lägg_till, ta_bort, version

FALL = Path(__file__).parent / "fall"
RESULTAT = "118\u00a0764"


@pytest.fixture
def mapp(körning: Körning, tmp_path: Path) -> Path:
    """A copy of the finished run, to change."""
    return shutil.copytree(körning.katalog, tmp_path / "arsredovisning")


def utskrift(katalog: Path, *val: str | Path) -> str:
    """What the command says is wrong, without how much it looked at; of a document alone when nothing else is said."""
    svar = kör("verifiera", katalog, *(val or ("--inputs", INPUTS / "finns_inte")))
    assert svar.exception is None or isinstance(svar.exception, SystemExit), svar.exception
    rader = [rad for rad in svar.output.splitlines() if rad.startswith(("✗", "?", "      "))]
    utan_antal = [rad.partition(":")[0] if rad[0] in "✗?" else rad for rad in rader]
    return "\n".join((*utan_antal, svar.output.splitlines()[-1], f"Felkod {svar.exit_code}"))


VÄRDE = 'value="118764.00" data-fakta="rr.arets_resultat/2024" data-format="tabell kr">'
SIDA = f"{VÄRDE}{RESULTAT}</data>"
AVSNITT = f'data-fakta="rr.arets_resultat/2024" data-format="tabell kr">{RESULTAT}</data></td>'
MENING = '>3\u00a0600\u00a0000\u00a0kr</data><button class="spar" popovertarget="spar-medlemsbidrag/2024'
MANIPULERADE: dict[str, Ändring] = {
    "tal_andrat_bara_i_html": byt("arsredovisning.html", SIDA, SIDA.replace("118\u00a0", "128\u00a0")),
    "varde_andrat_bara_i_html": byt("arsredovisning.html", SIDA, SIDA.replace("118", "128")),
    "tal_skrivet_pa_annat_satt": byt("arsredovisning.html", SIDA, SIDA.replace(RESULTAT, "119 tkr")),
    "annan_enhet_i_en_mening": byt("arsredovisning.html", MENING, MENING.replace("000\u00a0kr", "tkr")),
    "tecknet_vant": byt("arsredovisning.html", SIDA, SIDA.replace(RESULTAT, f"−{RESULTAT}")),
    "annat_format_an_det_tryckta": byt("arsredovisning.html", VÄRDE, VÄRDE.replace("tabell kr", "tkr")),
    "ord_andrat_bara_i_html": byt("arsredovisning.html", "är en egen juridisk person", "är ett bolag"),
    "faktat_andrat_i_rapport_json": byt("rapport.json", '"varde": "118764.00"', '"varde": "128764.00"'),
    "visat_andrat_i_rapport_json": byt("rapport.json", f'"{RESULTAT}"', '"128\u00a0764"'),
    "sparat_varde_andrat_i_xlsx": byt_i_blad("Resultaträkning", "<v>118764</v>", "<v>128764</v>"),
    "faktat_andrat_i_xlsx": byt_i_blad("Fakta", "<v>118764.0</v>", "<v>128764</v>"),
    "formel_andrad_i_xlsx": byt_i_blad("Fakta", r"<f>([a-z]\w+)([+-])([a-z]\w+)</f>", r"<f>\1</f>"),
    "formel_visar_annat_fakta": byt_i_blad("Resultaträkning", r"<f>[a-z]\w+</f>", "<f>Fakta!E40</f>"),
    "summa_utan_en_rad": byt_i_blad("Resultaträkning", r"<f>SUM\(C5:C6\)</f>", "<f>SUM(C5)</f>"),
    "namn_for_annat_fakta": byt_i_blad("Resultaträkning", r"<f>(rr_\w+)_2024</f>", r"<f>\1_2023</f>"),
    "saldo_andrat_i_xlsx": byt_i_blad("Saldon", r'(<c r="D5"[^>]*><v>)', r"\g<1>9"),
    "funktion_i_formel": byt_i_blad("Resultaträkning", r"<f>(rr_\w+)</f>", r"<f>TRUNC(\1,0)</f>"),
    "varde_andrat_i_fakta_csv": byt("fakta.csv", ",118764.00,kr", ",128764.00,kr"),
    "rad_borttagen_ur_fakta_csv": byt("fakta.csv", "rr.arets_resultat,2024", "rr.arets_resultat,2025"),
    "tal_andrat_i_ett_avsnitt": byt("sektioner/20_resultatrakning.html", AVSNITT, AVSNITT.replace("118", "128")),
    "tabell_andrad_i_en_notebook": byt("sektioner/20_resultatrakning.ipynb", f'"{RESULTAT}"', '"128\u00a0764"'),
    "fil_borttagen_och_en_till": båda(ta_bort("kontroller.json"), lägg_till("anteckning.txt")),
    "filer_utbytta": byt_ut("arsredovisning.pdf", "arsredovisning.xlsx"),
}


@pytest.mark.parametrize(
    "namn", urval(MANIPULERADE, "tal_andrat_bara_i_html", "saldo_andrat_i_xlsx", "fil_borttagen_och_en_till")
)
def test_every_change_is_found_although_the_manifest_fits(mapp: Path, namn: str) -> None:
    """Level 0 tells the file; when the manifest is made to fit, a document without inputs still tells the figure."""
    MANIPULERADE[namn](mapp)
    före = utskrift(mapp, "--niva", "0", "--inputs", INPUTS)
    assert före.endswith("Felkod 1")
    rubrik = "Med samma korning.json"
    if namn != "fil_borttagen_och_en_till":
        anpassa(mapp)
        rubrik = "Med anpassad korning.json"
    efter = utskrift(mapp)
    assert efter.endswith("Felkod 1")
    jämför(f"{före}\n\n{rubrik}:\n{efter}", FALL / f"{namn}.txt")


def test_an_unchanged_run_without_inputs_agrees_with_itself(mapp: Path) -> None:
    jämför(utskrift(mapp), FALL / "dokumentet_ensamt.txt")


@pytest.mark.usefixtures("omkörd")
def test_an_unchanged_run_agrees(mapp: Path) -> None:
    assert utskrift(mapp, "--inputs", INPUTS) == "Allt stämmer.\nFelkod 0"


def test_changed_and_missing_inputs_are_named(körning: Körning, tmp_path: Path) -> None:
    inputs = shutil.copytree(INPUTS / "sofint", tmp_path / "inputs" / "sofint").parent
    (inputs / "sofint" / "2024" / "bokforing.se").write_bytes(b"#FLAGGA 0\n")
    (inputs / "sofint" / "2024" / "text" / "uppdrag.md").unlink()
    jämför(utskrift(körning.katalog, "--inputs", inputs), FALL / "underlaget_andrat.txt")


def test_without_inputs_the_rest_is_still_tried(mapp: Path, tmp_path: Path) -> None:
    jämför(utskrift(mapp, "--inputs", tmp_path), FALL / "underlaget_saknas.txt")


@pytest.mark.parametrize(
    ("fel", "ord_"),
    [
        (lambda k: (k / "korning.json").unlink(), "har ingen korning.json"),
        (lambda k: (k / "korning.json").write_text("{"), "korning.json kan inte läsas"),
        (
            lambda k: (k / "korning.json").write_text('{"schema": 1}'),
            "har inte den form som en körning skriver (rapport saknas",
        ),
        (byt("korning.json", '"rapport.json"', '"../rapport.json"'), "leder ut ur mappen"),
    ],
)
def test_what_cannot_be_verified_gives_code_2(mapp: Path, fel: Ändring, ord_: str) -> None:
    fel(mapp)
    svar = kör("verifiera", mapp)
    assert svar.exit_code == 2
    assert ord_ in svar.output
    assert "Traceback" not in svar.output


def test_a_folder_above_is_answered_with_the_one_that_was_meant(körning: Körning) -> None:
    svar = kör("verifiera", körning.katalog.parent)
    assert svar.exit_code == 2
    assert f"Menas {körning.katalog}?" in svar.output


@pytest.mark.parametrize("innehåll", ["", "{}", '{"tabeller": 3, "fakta": []}', "\x00"])
def test_ruined_files_are_told_never_a_traceback(mapp: Path, innehåll: str) -> None:
    ruinerade = ("arsredovisning.html", "arsredovisning.xlsx", "arsredovisning.pdf", "sektioner/60_noter.ipynb")
    for fil in ruinerade:
        (mapp / fil).write_text(innehåll)
    anpassa(mapp)
    svar = utskrift(mapp)
    assert svar.endswith("Felkod 1")
    assert all(f"✗ nivå 1  {namn}" in svar for namn in (*ruinerade[:3], "sektioner/*.ipynb"))
    (mapp / "rapport.json").write_text(innehåll)
    assert "✗ nivå 1  rapport.json" in utskrift(mapp)


# ---------------------------------------------------------------- made again


@pytest.mark.langsam
@pytest.mark.usefixtures("omkörd")
def test_a_forged_run_is_found_when_it_is_made_again(tmp_path: Path) -> None:
    """Another ledger, a whole run of it, and a manifest that says it was made from the true one."""
    inputs = shutil.copytree(INPUTS / "sofint", tmp_path / "inputs" / "sofint").parent
    sie = inputs / "sofint" / "2024" / "bokforing.se"
    # 100 000 kr moved from arvoden to förlorad arbetsförtjänst, in every row that has them.
    bok = sie.read_bytes().replace(b" 103786.00", b" 3786.00").replace(b" 3922.00", b" 103922.00")
    sie.write_bytes(b"\r\n".join(rad for rad in bok.split(b"\r\n") if not rad.startswith(b"#KSUMMA")))
    assert kör("skapa", "sofint", "2024", "--inputs", inputs, "--outputs", tmp_path / "ut").exit_code in (0, 1)
    förfalskad = tmp_path / "ut" / "sofint" / "2024" / "arsredovisning"
    manifest = json.loads((förfalskad / "korning.json").read_text("utf-8"))
    sann = hashlib.sha256((INPUTS / "sofint" / "2024" / "bokforing.se").read_bytes()).hexdigest()
    manifest["inputs"]["sofint/2024/bokforing.se"] = sann
    (förfalskad / "korning.json").write_text(json.dumps(manifest), "utf-8")
    assert "✗" not in utskrift(förfalskad).removesuffix("Felkod 2")  # nothing in the files tells it
    funnet = utskrift(förfalskad, "--inputs", INPUTS).splitlines()
    funnet = [rad for rad in funnet if not rad.startswith(" ") or (rad.endswith(")") and "vid omkörning" in rad)]
    jämför("\n".join(funnet), FALL / "hela_korningen_forfalskad.txt")


@pytest.mark.usefixtures("omkörd")
@pytest.mark.langsam
def test_other_bytes_with_the_same_words_are_said_to_be_just_that(mapp: Path) -> None:
    """Versions explain nothing that was not compared: blanks are told apart from a comment in the page."""
    byt("arsredovisning.html", "</body>", "\n</body>")(mapp)
    anpassa(mapp)
    assert utskrift(mapp, "--inputs", INPUTS) == (
        "✗ nivå 1  arsredovisning.html\n✗ nivå 1  Filer\n"
        "      korning.json: bara versioner och kontrollsummor skiljer\n"
        "Lita inte på det som raderna med ✗ nämner, och visa dem för förbundet.\nFelkod 1"
    )
    version("typst", "0.1")(mapp)
    svar = kör("verifiera", mapp, "--inputs", INPUTS)
    assert svar.exit_code == 0
    assert "      arsredovisning.html: innehållet är detsamma, bara filens form skiljer\n" in svar.output
    assert "\nDet som jämfördes stämmer.\nLäs raderna med i: " in svar.output
    byt("arsredovisning.html", "</body>", "<!-- --></body>")(mapp)
    anpassa(mapp)
    svar = kör("verifiera", mapp, "--inputs", INPUTS)
    assert svar.exit_code == 2  # the comment is told, and nothing is said to be wrong that is not
    assert "✗" not in svar.output.rpartition("Allt kunde inte prövas.")[0]
    assert "? nivå 1  Filer: " in svar.output
    assert "? nivå 1  arsredovisning.html: orden är desamma, men inte formen; jämför själv\n" in svar.output


def test_a_run_that_cannot_be_made_again_gives_code_2(mapp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vägra(*_: object) -> Path:
        raise UnreadableInput([Problem("fel", "Bladet Nytt saknas.", "underlag.xlsx")])

    monkeypatch.setattr("finsam.run.omkorning._kör_om", vägra)
    svar = kör("verifiera", mapp, "--inputs", INPUTS)
    assert svar.exit_code == 2
    assert "? nivå 1  Omkörning: kunde inte göras här; dokumenten läses tillbaka" in svar.output
    assert "      underlag.xlsx: Bladet Nytt saknas.\n✓ nivå 1  rapport.json: " in svar.output


@pytest.mark.usefixtures("omkörd")
def test_json_has_every_step_and_every_problem(mapp: Path) -> None:
    MANIPULERADE["saldo_andrat_i_xlsx"](mapp)
    svar = kör("verifiera", mapp, "--inputs", INPUTS, "--json")
    data = json.loads(svar.output)
    assert (svar.exit_code, data["utfall"], data["niva"], data["forbund"]) == (1, "skiljer", 1, "sofint")
    assert {s["niva"] for s in data["steg"]} == {0, 1}
    [xlsx] = [s for s in data["steg"] if s["namn"] == "arsredovisning.xlsx"]
    assert xlsx["problem"] == ['Saldon!D5: 919986 [#,##0.00;"−"#,##0.00;0.00], här 19986 [#,##0.00;"−"#,##0.00;0.00]']
