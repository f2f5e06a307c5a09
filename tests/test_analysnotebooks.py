"""The notebooks of the analysis: each runs on förbund of every shape, and says so where there is nothing to show.

Here their cells are executed as they are; that they run under papermill and in JupyterLab is tried elsewhere.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lxml import html

from conftest import Färdig
from facit import INPUTS, ROT
from finsam.oppna import öppna, öppna_alla
from finsam.report.analys import bokforing, figur, flerar, forbund, insats, reglage
from finsam.report.analys.figur import Figur, Utan, Värmekarta, staplar
from finsam.report.analys.ram import ram
from finsam.report.analys.reglage import UTAN_KÄRNA
from finsam.report.arsbok import Årsbok
from finsam.report.parametrar import med_värden
from prov import urval

ANALYS = ROT / "notebooks" / "analys"
EGET_PROV = {"planjamforelse"}
"""Read from finished reports: tests/test_korning.py."""
ÅR = {
    "alla slag": ("exempelforbundet", 2025),
    "ett år": ("tvealven", 2024),
    "utan verifikationer": ("sofint", 2024),
    "utan deltagare": ("sofint", 2020),
}
FALL = [
    *((namn, läge) for namn in ("flerarsjamforelse", "insatser", "bokforing") for läge in ÅR),
    ("forbundsjamforelse", "alla slag"),
    ("medlemsbidrag", "plan"),
]


def kör(namn: str, monkeypatch: pytest.MonkeyPatch, **värden: object) -> list[object]:
    """What the cells of a notebook show, run by hand with these values in its parameter cell."""
    monkeypatch.chdir(ANALYS)
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    rum: dict[str, Any] = {}
    visat = []
    for cell in nbformat.read(ANALYS / f"{namn}.ipynb", 4).cells:
        if cell.cell_type != "code":
            continue
        källa = med_värden(cell.source, värden) if "parameters" in cell.metadata.get("tags", ()) else cell.source
        träd = ast.parse(källa)
        sist = träd.body.pop() if isinstance(träd.body[-1], ast.Expr) else None
        exec(compile(träd, namn, "exec"), rum)  # noqa: S102
        if isinstance(sist, ast.Expr):
            visat.append(eval(compile(ast.Expression(sist.value), namn, "eval"), rum))  # noqa: S307
    return visat


def som_sida(ett: Any) -> str:
    """What is seen in a notebook, as words."""
    sida = ett._repr_html_() if hasattr(ett, "_repr_html_") else ett._repr_mimebundle_()["text/html"]
    assert "<script" not in sida
    return " ".join(html.fromstring(f"<div>{sida}</div>").text_content().split())


@pytest.mark.parametrize(("namn", "läge"), urval(FALL, FALL[0]))
def test_a_notebook_runs_on_every_shape(namn: str, läge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    värden = dict(zip(("förbund", "år"), ÅR[läge], strict=True)) if namn in ("flerarsjamforelse", *_ETT_FÖRBUND) else {}
    visat = kör(namn, monkeypatch, **värden)
    assert len(visat) >= 4
    sidor = [som_sida(ett) for ett in visat]
    assert all(sidor)
    assert not [sida for sida in sidor if "e+0" in sida or "nan" in sida.split() or "inf" in sida.split()]
    for ett in visat:
        if isinstance(ett, Figur):
            assert ett.alt
            assert 'role="img"' in ett.svg
            assert ett.df._repr_html_() in ett._repr_html_()


_ETT_FÖRBUND = ("insatser", "bokforing")


def test_every_notebook_of_the_analysis_is_tried() -> None:
    assert {fil.stem for fil in ANALYS.glob("[!0]*.ipynb")} == {namn for namn, _ in FALL} | EGET_PROV


@pytest.mark.parametrize("fil", sorted(ANALYS.glob("[!0]*.ipynb")), ids=lambda fil: fil.stem)
def test_a_notebook_says_what_it_is_and_what_it_reads(fil: Path) -> None:
    nb = nbformat.read(fil, 4)
    assert nb.metadata.kernelspec.name == "python3"
    första = nb.cells[0]
    assert första.cell_type == "markdown"
    assert "inputs" in första.source or "outputs" in första.source
    taggade = [cell for cell in nb.cells if "parameters" in cell.metadata.get("tags", ())]
    assert taggade == [nb.cells[1]]


# ---------------------------------------------------------------- what is not there is said


def test_a_year_without_participants_says_so() -> None:
    bok = öppna("sofint", 2020, inputs=INPUTS)
    df = insats.insatser(bok)
    assert df["kostnad per deltagare"].isna().all()
    assert "Ingen insats har uppgift om deltagare" in som_sida(df)
    tom = staplar(df, "insats", ["kostnad per deltagare"], titel="Kostnad per deltagare")
    assert som_sida(tom) == "Kostnad per deltagare: det finns inga tal att rita."


def test_a_ledger_without_verifikationer_says_so(sofint: Årsbok) -> None:
    for ett in (bokforing.per_månad(sofint), bokforing.största(sofint), bokforing.ovanliga(sofint)):
        assert "bara saldon" in som_sida(ett) or "saldon per månad" in som_sida(ett)


def test_one_year_has_no_change() -> None:
    bok = öppna("tvealven", 2024, inputs=INPUTS)
    assert isinstance(flerar.förändring(bok), Utan)
    assert isinstance(flerar.resultat(bok), Figur)


# ---------------------------------------------------------------- the figures are right


def test_cost_by_participant_is_what_the_ledger_and_the_sheet_say(exempel: Årsbok) -> None:
    rad = insats.insatser(exempel).set_index("insats").loc["Kompassen"]
    assert rad["kostnad"] == float(exempel.fakta["insats.kompassen.utfall"].värde or 0)
    assert rad["deltagare"] == 135
    assert rad["kostnad per deltagare"] == round(1545574 / 135, 2)
    assert [rad["uppfyllda"], rad["delvis uppfyllda"], rad["ej uppfyllda"]] == [6, 0, 0]


def test_key_figures_are_the_facts(exempel: Årsbok) -> None:
    import finsam

    böcker, _ = öppna_alla("exempelforbundet", 2025, inputs=INPUTS)
    df = forbund.nyckeltal(finsam.jämför("exempelforbundet", 2025, inputs=INPUTS)).set_index("ar").loc[2025]
    assert df["eget kapital"] == float(exempel.fakta["br.eget_kapital"].värde or 0)
    assert round(df["administration"], 1) == 23.2
    alla = forbund.anmärkningar(böcker).set_index(["kod", "niva"])
    assert alla.loc[("C08", "upplysning"), "exempelforbundet 2025"] == sum(f.kod == "C08" for f in exempel.findings)


def test_konto_by_month_adds_up_to_the_year(exempel: Årsbok) -> None:
    karta = bokforing.per_månad(exempel)
    assert isinstance(karta, Värmekarta)
    rad = karta.loc["4511 Insatser, individ"]
    assert rad["året"] == float(exempel.konton["4511"].resultat or 0)
    assert round(rad.drop("året").sum(), 2) == rad["året"]
    assert len([namn for namn in karta if namn != "året"]) == 12
    assert "rgba(76,140,191,0.55)" in karta._repr_html_()


def test_months_come_from_the_balances_when_there_are_no_verifikationer() -> None:
    karta = bokforing.per_månad(öppna("sofint", 2020, inputs=INPUTS))
    assert isinstance(karta, Värmekarta)
    assert "Ur exportens saldon per månad" in som_sida(karta)


def test_the_rule_of_unusual_rows_is_what_is_said(exempel: Årsbok) -> None:
    df = bokforing.ovanliga(exempel, gånger=3, minst_belopp=1000)
    assert len(df) > 0
    assert (df["belopp"].abs() >= 3 * df["kontots median"]).all()
    assert (df["belopp"].abs() >= 1000).all()
    rader = exempel.verifikationer.df().groupby("konto").size()
    assert all(rader[konto] >= bokforing.MINST_RADER for konto in df["konto"])
    sida = som_sida(df)
    assert "minst 3 gånger kontots median och minst 1 000 kronor" in sida
    assert "inte fel" in sida
    assert "Ingen rad är så ovanlig." in som_sida(bokforing.ovanliga(exempel, gånger=10_000))


def test_the_greatest_verifikationer_are_the_greatest(exempel: Årsbok) -> None:
    df = bokforing.största(exempel, 5)
    alla = exempel.verifikationer.df().query("belopp > 0").groupby("ver")["belopp"].sum().sort_values(ascending=False)
    assert df["omslutning"].tolist() == alla.head(5).round(2).tolist()
    assert "text" not in df


# ---------------------------------------------------------------- pictures and sliders


def test_a_picture_has_every_figure_in_words_and_words_are_words() -> None:
    df = ram(
        [["<b>A</b>", 1200.5, 900.0], ["B", None, 1.0], ["C", -3.0, None]], ["namn", "kr", "tak"], kr="kr", tak="kr"
    )
    bild = staplar(df, "namn", ["kr"], titel="T", streck="tak")
    assert isinstance(bild, Figur)
    assert bild.alt == "<b>A</b>: kr 1\u00a0200,50 och tak 900; C: kr −3 och tak uppgift saknas."
    assert "<b>" not in bild.svg
    assert "&lt;b&gt;" in bild.svg


def test_sliders_are_words_where_no_page_can_show_them() -> None:
    bok = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)
    ett = reglage.reglage(bok, 2.0)
    assert ett._repr_mimebundle_() == {"text/html": f"<p><em>{UTAN_KÄRNA}</em></p>", "text/plain": UTAN_KÄRNA}
    assert isinstance(reglage.bild(bok, 2.0), figur.Figur)


def test_a_plan_with_nothing_to_share_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    visat = kör("medlemsbidrag", monkeypatch, förbund="lekeberg-orebro", år=2024)
    assert any("Planen har ingen rad medlemsbidrag_ram" in som_sida(ett) for ett in visat)


@pytest.mark.langsam
def test_finished_plans_are_compared(färdig: Färdig, monkeypatch: pytest.MonkeyPatch) -> None:
    mapp = färdig("lekeberg-orebro", 2024, "verksamhetsplan")
    assert json.loads((mapp / "svar.json").read_text("utf-8"))[0] == 0
    visat = kör("planjamforelse", monkeypatch, outputs=str(mapp))
    assert isinstance(visat[2], Figur)
    assert "lekeberg-orebro" in som_sida(visat[1])
