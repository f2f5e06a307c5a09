"""What lies in the folders and is not read: named once with what it could be, and never in the document."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import finsam
from conftest import förkorta, kör
from facit import INPUTS
from finsam.oppna import öppna
from finsam.read.arsmapp import finns
from finsam.read.bokforing import hitta_bokföring
from finsam.read.olasta import olästa, textnamnen
from finsam.report.arsbok import Årsbok

FÖRBUND = "exempelforbundet"


def stök(mapp: Path) -> None:
    """Everything that people leave behind in a förbund's folder."""
    år, text = mapp / "2025", mapp / "2025" / "text"
    for fil in (
        *(mapp / "kontoplan - kopia.csv", mapp / "forbund (1).yml", mapp / "anteckningar.txt", mapp / "Thumbs.db"),
        *(år / "underlag - kopia.xlsx", år / "~$underlag.xlsx", år / "publicerad.yml", år / ".DS_Store"),
        *(text / "inledning.docx", text / "handelser (1).md", text / "~$personal.docx", text / "insats_finns_inte.md"),
    ):
        fil.write_text("Ett ord.\n", "utf-8")
    for undermapp in (mapp / "2025 gammalt", år / "Texter", text / "gamla"):
        undermapp.mkdir()
    (text / "personal.md").rename(text / "personall.md")


def test_all_of_it_is_named_once(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    stök(inputs / FÖRBUND)
    svar = kör("kontrollera", FÖRBUND, "2025", "--json", "--inputs", inputs)
    sagda = [f["text"] for f in json.loads(svar.stdout) if f["niva"] in ("fel", "upplysning")]
    rader = [text for text in sagda if "läses inte" in text]
    assert rader == [
        f"{FÖRBUND}: Det här läses inte: mappen 2025 gammalt, anteckningar.txt, forbund (1).yml "
        "(Menar du forbund.yml? Den läses.), kontoplan - kopia.csv (Menar du kontoplan.csv? Den läses.).",
        f"{FÖRBUND}/2025: Det här läses inte: mappen Texter (Menar du text?), publicerad.yml "
        "(Menar du publicerat.yml?), underlag - kopia.xlsx (Menar du underlag.xlsx? Den läses.), mappen text/gamla, "
        "text/handelser (1).md (Menar du handelser.md? Den läses.), text/inledning.docx (Menar du inledning.md? Den "
        "läses.), text/insats_finns_inte.md, text/personall.md (Menar du personal.md?).",
    ]
    assert "Texten om väsentliga personalförhållanden saknas: skriv text/personal.md. Menar du personall.md?" in sagda


@pytest.mark.langsam
def test_a_run_tells_it_beside_the_document(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs, ut = förkorta(kopia(), "omslag", "kontroller"), tmp_path / "outputs"
    (inputs / FÖRBUND / "2025" / "text" / "inledning.docx").write_text("Ett ord.", "utf-8")
    svar = kör("skapa", FÖRBUND, "2025", "--inputs", inputs, "--outputs", ut)
    assert " ".join(svar.output.split()).count("text/inledning.docx (Menar du inledning.md? Den läses.)") == 1
    for fil in ("kontroller.json", "arsredovisning.html", "korning.json"):
        assert "inledning.docx" not in (ut / FÖRBUND / "2025" / "arsredovisning" / fil).read_text("utf-8")


@pytest.mark.langsam
def test_nothing_of_inputs_is_left_unread() -> None:
    for förbund, år, rapport in finns(INPUTS):
        assert olästa(öppna(förbund, år, rapport, inputs=INPUTS).år, INPUTS) == []


def test_every_text_that_the_library_asks_for_is_known(exempel: Årsbok) -> None:
    """The names that stand in code, also of texts that no notebook asks for."""
    rot = Path(finsam.__file__).parent
    träd = [ast.parse(fil.read_text("utf-8")) for mapp in ("report", "checks") for fil in (rot / mapp).rglob("*.py")]
    anrop = [nod for ett in träd for nod in ast.walk(ett) if isinstance(nod, ast.Call | ast.Compare)]
    namn = set[str]()
    for nod in anrop:
        if isinstance(nod, ast.Call) and getattr(nod.func, "attr", "") in ("text", "valfri_text") and nod.args:
            namn |= {str(a.value) for a in nod.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
        elif isinstance(nod, ast.Compare) and any(getattr(ett, "attr", "") == "texter" for ett in nod.comparators):
            namn |= {str(nod.left.value)} if isinstance(nod.left, ast.Constant) else set()
    assert {"vp_beslut", "investeringsredovisning", "forord"} <= namn
    assert set(filter(str.isidentifier, namn)) <= textnamnen(exempel.år)


@pytest.mark.parametrize(
    "namn", ["Bokföring.se", "BOKFORING.SE", "bokforing.SE", "bokforing.si", "BokFöring.Sie", "Bokfo\u0308ring.se"]
)
def test_a_ledger_is_found_however_its_name_is_written(tmp_path: Path, namn: str) -> None:
    (tmp_path / namn).write_text("", "utf-8")
    assert [fil.name for fil in hitta_bokföring(tmp_path)] == [namn]


def test_texts_and_settings_are_found_by_their_swedish_names(kopia: Callable[[], Path], exempel: Årsbok) -> None:
    inputs = kopia()
    mapp = inputs / FÖRBUND
    (mapp / "forbund.yml").rename(mapp / "Förbund.YML")
    (mapp / "2025" / "text" / "handelser.md").rename(mapp / "2025" / "text" / "Ha\u0308ndelser.md")
    (mapp / "2025" / "bokforing.se").rename(mapp / "2025" / "Bokföring.se")
    (mapp / "2025" / "text").rename(mapp / "2025" / "Text")
    år = öppna(FÖRBUND, 2025, inputs=inputs).år
    assert år.texter["handelser"].text == exempel.år.texter["handelser"].text
    assert år.förbund.model_dump() == exempel.år.förbund.model_dump()
    assert olästa(år, inputs) == []


def test_what_lies_in_the_wrong_folder_is_asked_about(kopia: Callable[[], Path]) -> None:
    mapp = kopia() / FÖRBUND / "2025"
    (mapp / "text" / "personal.md").rename(mapp / "personal.md")
    (mapp / "bokforing.xlsx").mkdir()
    år = öppna(FÖRBUND, 2025, inputs=mapp.parents[1]).år
    [ett] = olästa(år, mapp.parents[1])
    assert ett.text == "Det här läses inte: mappen bokforing.xlsx, personal.md (Menar du text/personal.md?)."


def test_two_candidates_are_told(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / FÖRBUND / "2025"
    (mapp / "Bokföring.SE").write_bytes((mapp / "bokforing.se").read_bytes())
    svar = kör("kontrollera", FÖRBUND, "2025", "--inputs", inputs, "--json")
    assert svar.exit_code == 2
    assert "flera bokföringsfiler (Bokföring.SE, bokforing.se)" in json.loads(svar.output)["problem"][0]["text"]
