"""Bad input: one small break each, the Swedish message it gives, exit code 2 and nothing written.

The expected messages stand in tests/fel/<situation>.txt.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import förkorta, kör
from facit import jämför

FACIT = Path(__file__).parent / "fel"


def ta_bort(namn: str) -> Callable[[Path], None]:
    return lambda mapp: (mapp / namn).unlink()


def döp(namn: str, nytt: str) -> Callable[[Path], None]:
    return lambda mapp: [None, (mapp / namn).rename(mapp / nytt)][0]


def skriv(namn: str, innehåll: str) -> Callable[[Path], None]:
    def bryt(mapp: Path) -> None:
        (mapp / namn).write_text(innehåll, "utf-8")

    return bryt


def byt(namn: str, gammalt: str, nytt: str, kod: str = "utf-8") -> Callable[[Path], None]:
    def bryt(mapp: Path) -> None:
        fil = mapp / namn
        data = fil.read_bytes()
        assert gammalt.encode(kod) in data
        fil.write_bytes(data.replace(gammalt.encode(kod), nytt.encode(kod), 1))

    return bryt


def blad(ändra: Callable[[openpyxl.Workbook], None]) -> Callable[[Path], None]:
    def bryt(mapp: Path) -> None:
        fil = mapp / "2025" / "underlag.xlsx"
        bok = openpyxl.load_workbook(fil)
        ändra(bok)
        bok.save(fil)

    return bryt


def utan_blad(bok: openpyxl.Workbook) -> None:
    del bok["Budget"]


def utan_kolumn(bok: openpyxl.Workbook) -> None:
    blad_ = bok["Budget"]
    rubrik = next(c for rad in blad_.iter_rows(max_row=5) for c in rad if c.value == "Belopp")
    rubrik.value = "Summa"


def allt_på_en_gång(mapp: Path) -> None:
    (mapp / "kontoplan.csv").unlink()
    skriv("2025/bokforing.se", "<html>404 Not Found</html>")(mapp)
    blad(utan_blad)(mapp)


SIE_OBALANS = """#FLAGGA 0
#PROGRAM "Test" 1
#FORMAT PC8
#GEN 20260101
#SIETYP 1
#FNAMN "Exempel"
#RAR 0 20250101 20251231
#KONTO 1941 "Bank"
#KONTO 2010 "Eget kapital"
#IB 0 1941 100.00
#IB 0 2010 -100.00
#UB 0 1941 150.00
#UB 0 2010 -100.00
"""

FALL: dict[str, Callable[[Path], None]] = {
    "bokforing_med_annat_namn": döp("2025/bokforing.se", "2025/Sie4 export.SE"),
    "bokforing_med_dubbel_andelse": döp("2025/bokforing.se", "2025/bokföring.se.txt"),
    "bokforing_i_fel_mapp": döp("2025/bokforing.se", "bokforing.se"),
    "saldolista_utan_namn": döp("2025/bokforing.se", "2025/Saldolista 2025.xlsx"),
    "text_som_ar_ett_dokument": lambda mapp: (mapp / "2025" / "text" / "personal.md").write_bytes(b"PK\x03\x04\x14"),
    "forbund_yml_felstavad": döp("forbund.yml", "forbunf.yml"),
    "underlag_med_annan_andelse": döp("2025/underlag.xlsx", "2025/Underlag - kopia.xlsm"),
    "underlag_saknas": ta_bort("2025/underlag.xlsx"),
    "bokforing_ar_en_webbsida": skriv("2025/bokforing.se", "<html><body>404 Not Found</body></html>"),
    "bokforing_gar_inte_ihop": skriv("2025/bokforing.se", SIE_OBALANS),
    "bokforing_for_annat_ar": lambda mapp: (mapp / "2025" / "bokforing.se").write_bytes(
        (mapp / "2024" / "bokforing.se").read_bytes()
    ),
    "blad_saknas": blad(utan_blad),
    "kolumn_saknas": blad(utan_kolumn),
    "okant_fakta_i_text": skriv(
        "2025/text/personal.md", "Vi var\n\n{rr.arets_resultatt | kr} och {rr.arets_resultat | euro}.\n"
    ),
    "text_inte_utf8": lambda mapp: (mapp / "2025" / "text" / "personal.md").write_bytes(
        "Rad ett\nförbund".encode("latin-1")
    ),
    "okand_nyckel_i_forbund_yml": byt("forbund.yml", "kortnamn:", "kortnam:"),
    "okand_post_i_kontoplan": byt("kontoplan.csv", "br.kassa_bank", "br.kassa_och_bank"),
    "okant_fakta_i_driftredovisningen": byt("forbund.yml", "-kostnad.administration", "-kostnad.administrationen"),
    "okant_fakta_i_en_ruta": byt("forbund.yml", "namn: Styrelse}", 'namn: "Styrelse {rr.finns_inte | kr}"}'),
    "okant_fakta_i_en_notrad": byt(
        "forbund.yml", "etikett: Kundfordringar", 'etikett: "Kundfordringar {rr.finns_inte | kr}"'
    ),
    "okand_hanvisning_i_en_notrubrik": byt("forbund.yml", "rubrik: Fordringar", 'rubrik: "Fordringar {år*2}"'),
    "hanvisning_i_forbundets_namn": byt("forbund.yml", "namn: Samordningsförbundet", "namn: Förbundet {år}"),
    "okant_fakta_i_en_not": byt(
        "forbund.yml",
        "rubrik: Panter och ansvarsförbindelser}",
        "rubrik: Panter, rader: [{id: a, etikett: A, fakta: rr.arets_resultatt}]}",
    ),
    "publicerat_inte_yaml": skriv("2025/publicerat.yml", "tabeller: [\n"),
    "allt_pa_en_gang": allt_på_en_gång,
}


@pytest.mark.parametrize("fall", FALL)
def test_bad_input_is_told_in_swedish(kopia: Callable[[], Path], tmp_path: Path, fall: str) -> None:
    inputs = kopia()
    FALL[fall](inputs / "exempelforbundet")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path / "outputs")
    assert svar.exit_code == 2
    assert "Traceback" not in svar.output
    assert not (tmp_path / "outputs").exists()
    text = svar.output.replace(str(inputs), "inputs")
    jämför("\n".join(rad for rad in text.splitlines() if not rad.startswith("Läser")), FACIT / f"{fall}.txt")


@pytest.mark.parametrize(
    ("ord_", "väntat"),
    [
        (("exempel", "2025"), "Förbundet exempel finns inte"),
        (
            ("exempelforbunde", "2025"),
            "Menar du exempelforbundet? Ett nytt läggs upp med finsam nytt ",
        ),
        (
            ("exempelforbundet", "2025", "verksamhetsplan"),
            "är inte påbörjad. Lägg upp den med finsam nytt exempelforbundet 2025 verksamhetsplan.",
        ),
        (("exempelforbundet", "1999"), "År 1999 finns inte för exempelforbundet. Där finns: 2024, 2025, 2026."),
        (("../exempelforbundet", "2025"), "Förbundet ../exempelforbundet finns inte"),
        (
            ("exempelforbundet", "2025", "hokuspokus"),
            "Rapporten hokuspokus finns inte. Välj arsredovisning eller verksamhetsplan.",
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(tmp_path: Path, ord_: tuple[str, ...], väntat: str) -> None:
    svar = kör("skapa", *ord_, "--outputs", tmp_path)
    assert svar.exit_code == 2
    assert väntat in svar.output


def test_no_folder_is_not_an_empty_folder(tmp_path: Path) -> None:
    """One that is spelled wrong is said; where there is nothing yet, nothing is said to be done."""
    (tmp_path / "fil").touch()
    (tmp_path / "tom").mkdir()
    for ord_ in (("status",), ("skapa", "--alla", "--outputs", tmp_path / "ut")):
        for namn, väntat, kod in (
            ("inptus", "finns inte", 2),
            ("fil", "är en fil", 2),
            ("tom", "inget underlag än", 0),
        ):
            svar = kör(*ord_, "--inputs", tmp_path / namn)
            assert väntat in svar.output and svar.exit_code == kod
    svar = kör("skapa", "exempel", "--alla", "--outputs", tmp_path / "ut")
    assert "Förbundet exempel finns inte" in svar.output and svar.exit_code == 2


def test_a_new_year_that_cannot_be_written_is_said(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    (inputs / "exempelforbundet/.2027.nytt").touch()
    (inputs / "exempelforbundet/2027").touch()
    svar = kör("nytt", "exempelforbundet", "2027", "--inputs", inputs)
    assert "Kunde inte skriva i mappen" in svar.output and svar.exit_code == 2


def test_problems_as_json(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    FALL["blad_saknas"](inputs / "exempelforbundet")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--json")
    assert svar.exit_code == 2
    [problem] = [p for p in json.loads(svar.output)["problem"] if p["niva"] == "fel"]
    assert problem["fil"] == "exempelforbundet/2025/underlag.xlsx"
    assert "Budget" in problem["text"]


@pytest.mark.langsam
def test_a_draft_is_marked_and_gives_code_1(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs, ut = förkorta(kopia(), "omslag", "forvaltningsberattelse"), tmp_path / "outputs"
    ta_bort("2025/text/personal.md")(inputs / "exempelforbundet")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", ut)
    katalog = ut / "exempelforbundet" / "2025" / "arsredovisning"
    assert svar.exit_code == 1
    assert json.loads((katalog / "rapport.json").read_text("utf-8"))["utkast"] is True
    sida = (katalog / "arsredovisning.html").read_text("utf-8")
    assert "UTKAST" in sida
    assert "<em>Uppgift saknas.</em>" in sida


def test_the_earlier_output_is_untouched(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """Bad input, and a notebook that fails half-way, both leave what was there."""
    inputs, katalog = kopia(), tmp_path / "outputs" / "exempelforbundet" / "2025" / "arsredovisning"
    katalog.mkdir(parents=True)
    (katalog / "rapport.json").write_text("gammal", "utf-8")
    FALL["blad_saknas"](inputs / "exempelforbundet")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path / "outputs")
    assert svar.exit_code == 2
    assert [f.name for f in katalog.parent.rglob("*") if f.is_file()] == ["rapport.json"]
    assert (katalog / "rapport.json").read_text("utf-8") == "gammal"


def test_two_ledgers_are_one_too_many(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet" / "2025"
    (mapp / "bokforing.xlsx").write_bytes(b"")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "flera bokföringsfiler (bokforing.se, bokforing.xlsx)" in svar.output
