"""A new year of a förbund there is: made whole or not at all, a draft at once, and the earlier year untouched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bygg.nasta_ar import nästa_år
from conftest import kör
from facit import INPUTS, jämför
from finsam.begin.ar.rulla import nytt_år
from finsam.begin.nytt import write_filer
from finsam.model.problem import UnreadableInput
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.report.block import Tabellblock

from .blad import som_text

HÄR = Path(__file__).parent


def kopiera(till: Path, *mappar: str) -> Path:
    """Years of förbund with their settings, and without what is published."""
    for mapp in mappar:
        mål = till / mapp
        mål.parent.mkdir(parents=True, exist_ok=True)
        for fil in ("forbund.yml", "kontoplan.csv"):
            shutil.copyfile((INPUTS / mapp).parent / fil, mål.parent / fil)
        shutil.copytree(INPUTS / mapp, mål, ignore=shutil.ignore_patterns("publicerat.yml"))
    return till


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """SOFINT's 2024 and the made-up förbund's 2025."""
    return kopiera(tmp_path / "inputs", "sofint/2024", "exempelforbundet/2025")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """SOFINT's ledger for 2025, made up."""
    fil = tmp_path / "export 2025.SE"
    fil.write_bytes(nästa_år(INPUTS / "sofint" / "2024" / "bokforing.se"))
    return fil


def bytes_i(mapp: Path) -> dict[str, bytes]:
    return {fil.relative_to(mapp).as_posix(): fil.read_bytes() for fil in sorted(mapp.rglob("*")) if fil.is_file()}


def nekas(*ord_: object, **val: object) -> str:
    """What is said when a year cannot be made."""
    with pytest.raises(UnreadableInput) as fel:
        nytt_år(*ord_, **val)  # type: ignore[arg-type]
    return str(fel.value)


# A whole year


@pytest.mark.langsam
def test_a_year_with_its_ledger_is_a_draft_at_once(inputs: Path, export: Path, tmp_path: Path) -> None:
    före = bytes_i(inputs)
    nytt = nytt_år("sofint", 2025, inputs, bokföring=export)
    efter = bytes_i(inputs)
    assert {namn: efter[namn] for namn in före} == före
    assert set(nytt.filer) == efter.keys() - före.keys()
    assert nytt.mapp == inputs / "sofint" / "2025"
    assert nytt.filer[:3] == ("sofint/2025/bokforing.se", "sofint/2025/underlag.xlsx", "sofint/2025/text/balanskrav.md")
    assert efter["sofint/2025/bokforing.se"] == export.read_bytes()
    jämför("\n".join(nytt.anteckningar), HÄR / "sofint_2025_anteckningar.txt")

    svar = kör("skapa", "sofint", "2025", "--inputs", inputs, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 1, svar.output
    katalog = tmp_path / "ut" / "sofint" / "2025" / "arsredovisning"
    kontroller = json.loads((katalog / "kontroller.json").read_text("utf-8"))
    funna = [f"{k['kod']} {k['niva']}: {k['text']}" for k in kontroller if k["niva"] != "ok"]
    jämför("\n".join(funna), HÄR / "sofint_2025_anmarkningar.txt")
    sida = (katalog / "arsredovisning.html").read_text("utf-8")
    assert "UTKAST" in sida
    assert "ej genomgången" not in sida


def test_a_year_without_its_ledger_waits_for_it(inputs: Path) -> None:
    """The year before comes along, in case the export has not got it; with the ledger there, it is a draft."""
    nytt = nytt_år("exempelforbundet", 2026, inputs)
    mapp = inputs / "exempelforbundet"
    assert nytt.filer[0] == "exempelforbundet/2026/foregaende.se"
    assert (mapp / "2026" / "foregaende.se").read_bytes() == (mapp / "2025" / "bokforing.se").read_bytes()
    jämför("\n".join(nytt.anteckningar), HÄR / "exempelforbundet_2026_anteckningar.txt")
    (mapp / "2026" / "bokforing.se").write_bytes(nästa_år(mapp / "2025" / "bokforing.se"))
    bok = öppna("exempelforbundet", 2026, inputs=inputs)
    assert [f.text for f in bok.findings if f.nivå == "fel"] == [
        "Budget saknas för någon rad i driftredovisningen: fyll i bladet Budget."
    ]


def test_the_texts_as_they_are_rolled(inputs: Path) -> None:
    """Some as they are; one as it may have been written, with its figures typed."""
    ord_ = (
        "Kostnaderna var 3 530 284 kr under 2024, mot {rr.verksamhetens_kostnader[2023] | kr utan_tecken}. Tre av 17.\n"
    )
    (inputs / "sofint" / "2024" / "text" / "not_kostnader.md").write_text(ord_, "utf-8")
    nytt = nytt_år("sofint", 2025, inputs)
    for namn in ("not_kostnader", "insats_coachingteamet", "viktiga_forhallanden"):
        jämför((nytt.mapp / "text" / f"{namn}.md").read_text("utf-8"), HÄR / "texter" / f"{namn}.md")
    assert [ord_ for ord_ in nytt.anteckningar if ord_.startswith("text/")] == [
        "text/not_kostnader.md: 3 530 284 kr blev {rr.verksamhetens_kostnader | kr utan_tecken}.",
        "text/not_kostnader.md: skrivet för hand står kvar 17.",
    ]


def test_a_text_rolled_twice_has_one_mark_and_one_that_is_not_written_stays_so(inputs: Path, export: Path) -> None:
    oskriven = "<!-- ej skriven -->\nSkriv om personalen.\n"
    (inputs / "sofint" / "2024" / "text" / "personal.md").write_text(oskriven, "utf-8")
    nytt_år("sofint", 2025, inputs, bokföring=export)
    nytt = nytt_år("sofint", 2026, inputs)
    rader = (nytt.mapp / "text" / "uppdrag.md").read_text("utf-8").splitlines()
    assert rader[0] == "<!-- ej genomgången: rullad från 2025 -->"
    assert rader[1:] == (inputs / "sofint" / "2024" / "text" / "uppdrag.md").read_text("utf-8").splitlines()
    assert (nytt.mapp / "text" / "personal.md").read_text("utf-8") == oskriven


@pytest.mark.langsam
def test_five_years_with_and_without_the_older_folders(inputs: Path, export: Path) -> None:
    """The översikt of the new year is the same whether earlier years lie there or only what was rolled."""
    nytt_år("sofint", 2025, kopiera(inputs, "sofint/2020"), bokföring=export)
    med = översikter(öppna("sofint", 2025, inputs=inputs))
    for år in ("2020", "2024"):
        shutil.rmtree(inputs / "sofint" / år)
    utan = översikter(öppna("sofint", 2025, inputs=inputs))
    assert med == utan
    assert med[0]["kolumner"] == ["2025", "2024", "2023", "2022", "2021"]
    assert med[2]["kolumner"] == ["2025", "2024", "2023"]


def översikter(bok: Årsbok) -> list[dict[str, object]]:
    block: tuple[Tabellblock, ...] = (bok.flerårsöversikt, bok.bidragets_användning, bok.kostnadsfördelning)
    return [{k: v for k, v in tabell.items() if k != "fotnot"} for b in block for tabell in b.json()]


def test_settings_of_the_earlier_year_come_along(inputs: Path) -> None:
    nytt = nytt_år("sofint", 2021, kopiera(inputs, "sofint/2020"))
    mapp = inputs / "sofint"
    (mapp / "2020" / "publicerat.yml").write_text("tabeller: []\n", "utf-8")
    for namn in ("forbund.yml", "kontoplan.csv"):
        assert f"sofint/2021/{namn}" in nytt.filer
        assert (mapp / "2021" / namn).read_bytes() == (mapp / "2020" / namn).read_bytes()
    assert not (mapp / "2021" / "publicerat.yml").exists()
    assert not (mapp / "2021" / "text" / "insats_coachingteamet.md").exists()  # it had ended


# The ledger


def test_a_ledger_that_lies_in_the_folder_is_used_and_kept(inputs: Path, export: Path) -> None:
    mapp = inputs / "sofint" / "2025"
    mapp.mkdir()
    (mapp / "Bokforing.SE").write_bytes(export.read_bytes())
    (mapp / "anteckningar.txt").write_text("mina", "utf-8")
    nytt = nytt_år("sofint", 2025, inputs)
    assert (mapp / "Bokforing.SE").read_bytes() == export.read_bytes()
    assert (mapp / "anteckningar.txt").read_text("utf-8") == "mina"
    assert nytt.filer[0] == "sofint/2025/underlag.xlsx"
    assert "Ingående balans 2025 är utgående balans 2024, konto för konto." in nytt.anteckningar


def test_an_export_of_one_year_gets_the_year_before(inputs: Path, tmp_path: Path) -> None:
    fil = tmp_path / "export.se"
    fil.write_bytes(nästa_år(INPUTS / "sofint" / "2024" / "bokforing.se", utan_föregående=True))
    nytt = nytt_år("sofint", 2025, inputs, bokföring=fil)
    assert nytt.filer[:2] == ("sofint/2025/bokforing.se", "sofint/2025/foregaende.se")
    assert "foregaende.se är bokföringen 2024. Årets export saknar 2024." in nytt.anteckningar


@pytest.mark.langsam
def test_an_export_with_only_totals_of_the_year_before_gets_its_objekt(inputs: Path, tmp_path: Path) -> None:
    fil = tmp_path / "export.se"
    fil.write_bytes(nästa_år(INPUTS / "exempelforbundet" / "2025" / "bokforing.se", bara_totaler=True))
    nytt = nytt_år("exempelforbundet", 2026, inputs, bokföring=fil)
    assert "exempelforbundet/2026/foregaende.se" in nytt.filer
    assert any("har bara totaler för 2025; härifrån tas projekten" in text for text in nytt.anteckningar)
    funna = öppna("exempelforbundet", 2026, inputs=inputs).findings
    assert not [f.text for f in funna if "bara totaler" in f.text]


def test_the_year_before_may_be_given(inputs: Path, export: Path) -> None:
    förra = inputs / "sofint" / "2024" / "bokforing.se"
    nytt = nytt_år("sofint", 2025, inputs, bokföring=export, föregående=förra)
    assert (nytt.mapp / "foregaende.se").read_bytes() == förra.read_bytes()
    assert not [text for text in nytt.anteckningar if "saknar 2024" in text]


def test_what_does_not_agree_with_last_year_is_told(inputs: Path, tmp_path: Path) -> None:
    """Opening balances that are others, konton without a place, a budget in the ledger."""
    mall = inputs / "sofint" / "2024" / "bokforing.se"
    fil = tmp_path / "export.se"
    fil.write_bytes(
        nästa_år(
            mall,
            ib={"1941": 1, "2010": -1},
            extra={"8311": 500, "8611": -500},
            budget={"7411": 100},
            konton={"8311": "Nytt", "8611": "Annat"},
        )
    )
    nytt = nytt_år("sofint", 2025, inputs, bokföring=fil)
    assert set(nytt.anteckningar) >= {
        "Ingående balans 2025 avviker från utgående balans i förra årets bokföring: 1941 (1 kr) och 2010 (−1 kr).",
        "Konton utan plats i sofint/kontoplan.csv: 8311 Nytt och 8611 Annat. Ge vart och ett en rad.",
        "Bokföringen har en budget. Den används för rader som saknas i bladet Budget.",
    }


# What is refused


Val = dict[str, object]


def ändra(**texter: str) -> Callable[[Path, Path], Val]:
    """Other words in last year's texts."""

    def bryt(inputs: Path, fil: Path) -> Val:
        for namn, ord_ in texter.items():
            (inputs / "sofint" / "2024" / "text" / f"{namn}.md").write_text(ord_, "utf-8")
        return {}

    return bryt


def lägg(*namn: str, **val: object) -> Callable[[Path, Path], Val]:
    """Files that lie in the new year's folder already."""

    def bryt(inputs: Path, fil: Path) -> Val:
        for ett in namn:
            (inputs / "sofint" / "2025" / ett).parent.mkdir(parents=True, exist_ok=True)
            (inputs / "sofint" / "2025" / ett).write_text("mitt", "utf-8")
        return {"bokföring": fil} if val else {}

    return bryt


def webbsida(inputs: Path, fil: Path) -> Val:
    fil.write_text("<html>404</html>", "utf-8")
    return {"bokföring": fil}


def andra_gången(inputs: Path, fil: Path) -> Val:
    nytt_år("sofint", 2025, inputs)
    return {}


FALL: dict[str, Callable[[Path, Path], Val]] = {
    "forbundet_finns_inte": lambda inputs, fil: {"förbund": "sofin"},
    "inget_tidigare_ar": lambda inputs, fil: {"år": 2024},
    "aret_att_utga_fran_finns_inte": lambda inputs, fil: {"från": 2023},
    "aret_att_utga_fran_ar_senare": lambda inputs, fil: {"år": 2023, "från": 2024},
    "orimligt_ar": lambda inputs, fil: {"år": 20255},
    "forra_aret_kan_inte_lasas": ändra(personal="{rr.arets_resultatt | kr}", uppdrag="{soliditetet}"),
    "bokforing_for_annat_ar": lambda inputs, fil: {"bokföring": inputs / "sofint" / "2024" / "bokforing.se"},
    "bokforing_saknas": lambda inputs, fil: {"bokföring": inputs / "finns_inte.se"},
    "bokforing_ar_en_webbsida": webbsida,
    "bokforing_ar_en_pdf": lambda inputs, fil: {"bokföring": fil.with_suffix(".pdf")},
    "foregaende_for_annat_ar": lambda inputs, fil: {"föregående": fil},
    "flera_bokforingar": lägg("bokforing.se", "bokforing.xlsx"),
    "filer_finns_redan": lägg("underlag.xlsx", "text/personal.md", "bokforing.xml", bokföring=True),
    "andra_gangen": andra_gången,
}


@pytest.mark.parametrize("fall", FALL)
def test_what_cannot_be_made_is_told_and_nothing_is_written(inputs: Path, export: Path, fall: str) -> None:
    val = {"förbund": "sofint", "år": 2025, "inputs": inputs} | FALL[fall](inputs, export)
    före = bytes_i(inputs)
    jämför(nekas(**val).replace(str(inputs), "inputs"), HÄR / "fel" / f"{fall}.txt")
    assert bytes_i(inputs) == före
    assert [m.name for m in (inputs / "sofint").iterdir() if m.name.startswith(".")] == []


# A verksamhetsplan


def test_a_plan_is_rolled_to_a_plan(inputs: Path) -> None:
    nytt = nytt_år("sofint", 2027, kopiera(inputs, "sofint/2026"), från=2026)
    assert all(Path(namn).name.startswith(("vp_", "insats_", "malomrade_")) for namn in nytt.filer if "/text/" in namn)
    jämför("\n".join(nytt.anteckningar), HÄR / "sofint_2027_anteckningar.txt")
    bok = öppna("sofint", 2027, "verksamhetsplan", inputs=inputs)
    före = öppna("sofint", 2026, "verksamhetsplan", inputs=inputs)
    assert bok.fakta["budget.resultat"].värde == före.fakta["budget.resultat/2027"].värde
    assert {f.kod for f in bok.findings if f.nivå == "varning"} >= {"C25", "C36"}


def test_the_next_step_is_a_report_that_the_year_has(inputs: Path) -> None:
    svar = kör("nytt", "sofint", "2027", "--fran", "2026", "--inputs", kopiera(inputs, "sofint/2026"))
    nästa = svar.output.splitlines()[-1].partition("Nästa steg: ")[2]
    assert nästa == f"finsam kontrollera sofint 2027 verksamhetsplan --inputs {inputs}"
    assert kör(*nästa.split()[1:]).exit_code < 2


def test_a_plan_that_was_passed_over_is_told(inputs: Path) -> None:
    nytt = nytt_år("sofint", 2027, kopiera(inputs, "sofint/2026"))
    [sagt] = [text for text in nytt.anteckningar if "--fran" in text]
    assert sagt == "Verksamhetsplanen 2026 är inte med. Ett nytt planår görs ur den: --fran 2026."


def test_a_plan_rolled_to_a_year_with_a_ledger_has_its_own_words(inputs: Path, tmp_path: Path) -> None:
    fil = tmp_path / "export.se"
    fil.write_bytes(nästa_år(INPUTS / "sofint" / "2024" / "bokforing.se", steg=3))
    nytt = nytt_år("sofint", 2027, kopiera(inputs, "sofint/2026"), från=2026, bokföring=fil)
    texter = {Path(namn).stem for namn in nytt.filer if "/text/" in namn}
    assert all(namn.startswith("vp_") for namn in texter)
    assert "vp_insats_coachingteamet" in texter


@pytest.fixture
def med_plan(inputs: Path) -> Path:
    """The made-up förbund with its plan for 2026 too."""
    return kopiera(inputs, "exempelforbundet/2026")


def test_an_arsredovisning_in_a_plans_folder_asks_for_the_plans_words_to_be_its_own(med_plan: Path) -> None:
    före = bytes_i(med_plan)
    jämför(nekas("exempelforbundet", 2026, med_plan), HÄR / "fel" / "planens_texter.txt")
    assert bytes_i(med_plan) == före


def byt_namn(mapp: Path, *mönster: str) -> None:
    """Give the plan's files the names that are its own."""
    for fil in [fil for ett in mönster for fil in mapp.glob(ett)]:
        fil.rename(fil.with_name(f"vp_{fil.name}"))


@pytest.mark.langsam
def test_an_arsredovisning_beside_a_plan_takes_its_budget(med_plan: Path) -> None:
    """The plan has files of its own name: the årsredovisning then gets its own, with what the plan has decided."""
    mapp = med_plan / "exempelforbundet" / "2026"
    byt_namn(mapp, "text/insats_*.md", "text/malomrade_*.md", "underlag.xlsx")
    före = bytes_i(mapp)
    export = mapp.parent / "export.se"
    export.write_bytes(nästa_år(mapp.parent / "2025" / "bokforing.se"))
    nytt = nytt_år("exempelforbundet", 2026, med_plan, bokföring=export)
    efter = bytes_i(mapp)
    assert {namn: efter[namn] for namn in före} == före
    jämför("\n".join(nytt.anteckningar), HÄR / "exempelforbundet_2026_med_plan_anteckningar.txt")
    blad = som_text(mapp / "underlag.xlsx", "Budget", "Medlemsbidrag", "Insatser")
    jämför(blad, HÄR / "exempelforbundet_2026_med_plan_underlag.txt")
    plan = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=med_plan)
    assert not [f for f in plan.findings if f.nivå in ("fel", "varning")]
    bok = öppna("exempelforbundet", 2026, inputs=med_plan)
    assert bok.fakta["drift.resultat.budget"].värde == plan.fakta["budget.rorelseresultat"].värde
    assert not [f.text for f in bok.findings if f.nivå == "fel" and f.kod == "C25"]


def test_a_workbook_that_the_plan_shares_is_kept_and_what_it_lacks_is_told(med_plan: Path) -> None:
    mapp = med_plan / "exempelforbundet" / "2026"
    byt_namn(mapp, "text/insats_*.md", "text/malomrade_*.md")
    före = bytes_i(mapp)
    nytt = nytt_år("exempelforbundet", 2026, med_plan)
    efter = bytes_i(mapp)
    assert {namn: efter[namn] for namn in före} == före
    assert "exempelforbundet/2026/underlag.xlsx" not in nytt.filer
    assert "exempelforbundet/2026/text/insats_kompassen.md" in nytt.filer
    jämför("\n".join(nytt.anteckningar), HÄR / "exempelforbundet_2026_delad_arbetsbok_anteckningar.txt")


@pytest.mark.langsam
def test_an_earlier_year_with_both_reports_gives_both_unless_the_plan_is_there(med_plan: Path) -> None:
    förbund = med_plan / "exempelforbundet"
    byt_namn(förbund / "2026", "text/insats_*.md", "text/malomrade_*.md", "underlag.xlsx")
    for fil in (förbund / "2026").rglob("vp_*"):
        shutil.copyfile(fil, förbund / "2025" / fil.relative_to(förbund / "2026"))
    med = nytt_år("exempelforbundet", 2026, med_plan)
    assert not [namn for namn in med.filer if "vp_" in namn]
    shutil.rmtree(förbund / "2026")
    båda = nytt_år("exempelforbundet", 2026, med_plan)
    assert set(båda.filer) > set(med.filer)
    assert {"exempelforbundet/2026/vp_underlag.xlsx", "exempelforbundet/2026/text/vp_mal.md"} <= set(båda.filer)
    plan = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=med_plan)
    assert plan.fakta["budget.resultat"].värde is not None


# Whole or not at all


FILER = {"underlag.xlsx": b"blad", "text/a.md": b"a", "text/b.md": b"b"}


@pytest.mark.parametrize("finns", [True, False])
@pytest.mark.parametrize(("steg", "efter"), [("write_bytes", 0), ("write_bytes", 2), ("rename", 0), ("rename", 2)])
def test_a_failure_half_way_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steg: str, efter: int, finns: bool
) -> None:
    """The disk is full at some file, or one cannot be moved in; the folder is new, or has something of the user's."""
    mål = tmp_path / "2025"
    if finns:
        (mål / "text").mkdir(parents=True)
        (mål / "text" / "c.md").write_text("min", "utf-8")
    före, riktig, gjorda = bytes_i(tmp_path), getattr(Path, steg), iter(range(100))

    def trasig(self: Path, *ord_: object) -> object:
        if next(gjorda) == (efter if finns or steg == "write_bytes" else 0):
            raise OSError(28, "No space left on device")
        return riktig(self, *ord_)

    monkeypatch.setattr(Path, steg, trasig)
    with pytest.raises(UnreadableInput, match="disken är full"):
        write_filer(mål, FILER)
    assert bytes_i(tmp_path) == före
    assert mål.exists() == finns
    write_filer(mål, FILER)
    assert bytes_i(tmp_path) == före | {f"2025/{namn}": data for namn, data in FILER.items()}


def test_a_killed_run_leaves_nothing_that_is_read_and_the_next_completes_it(inputs: Path) -> None:
    """Dead after some files were moved into a folder that was there: the rest come with the next run."""
    mapp = inputs / "sofint" / "2025"
    nytt = nytt_år("sofint", 2025, inputs)
    hela = bytes_i(mapp)
    (mapp / "underlag.xlsx").unlink()
    (mapp / "text" / "uppdrag.md").unlink()
    lämnad = mapp.with_name(".2025.nytt")
    lämnad.mkdir()
    (lämnad / "underlag.xlsx").write_bytes(b"halv")
    igen = nytt_år("sofint", 2025, inputs)
    assert igen.filer == ("sofint/2025/underlag.xlsx", "sofint/2025/text/uppdrag.md")
    assert bytes_i(mapp) == hela
    assert not lämnad.exists()
    assert set(igen.filer) < set(nytt.filer)
