"""What an analyst meets in a notebook: what there is, exact figures read in Swedish, and help with a wrong id."""

from __future__ import annotations

import ast
import inspect
import os
import pickle
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from lxml import html
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import finsam
from facit import INPUTS, ROT
from finsam.checks.finding import Finding
from finsam.model.fakta import Fakta, Indata
from finsam.model.problem import UnreadableInput
from finsam.oppna import jämför, öppna
from finsam.report.analys.ram import Ram, ram
from finsam.report.analys.uppslag import Anmärkningar, OkäntId
from finsam.report.arsbok import Årsbok
from finsam.report.bok import INTERNT, Bok
from finsam.report.planbok import Planbok
from prov import urval


@pytest.fixture(scope="module")
def alla() -> Ram:
    """The årsredovisningar of three förbund, in one frame."""
    return jämför(["exempelforbundet", "sofint", "tvealven"], [2024, 2025], inputs=INPUTS)


# ---------------------------------------------------------------- what there is


def test_tab_shows_what_there_is_and_nothing_of_the_inside(exempel: Årsbok) -> None:
    skal = InteractiveShell()
    skal.user_ns.update(finsam=finsam, bok=exempel)
    with provisionalcompleter():
        assert [ett.text for ett in skal.Completer.completions("finsam.", 7)] == ["jämför", "öppna"]
        erbjudna = {ett.text for ett in skal.Completer.completions("bok.", 4)}
    assert {"fakta", "tabeller", "konton", "verifikationer", "deltagare", "findings", "resultaträkning"} <= erbjudna
    assert not erbjudna & INTERNT
    assert all(hasattr(exempel, namn) for namn in (*erbjudna, *INTERNT))


@pytest.mark.parametrize("slag", [Bok, Årsbok, Planbok], ids=lambda slag: slag.__name__)
def test_what_is_offered_says_in_swedish_what_it_is(slag: type[Bok]) -> None:
    engelska = {"the", "of", "and", "with", "every", "what", "is", "how", "for", "this"}
    for namn in {n for n in dir(slag) if not n.startswith("_")} - INTERNT:
        ord_ = inspect.getdoc(getattr(slag, namn)) or ""
        assert ord_, namn
        assert not engelska & set(ord_.lower().split()), (namn, ord_)


@pytest.mark.parametrize("namn", ["resultaträkning", "balansräkning", "kassaflödesanalys", "driftredovisning", "fakta"])
def test_figures_say_their_unit_sign_and_source(namn: str) -> None:
    ord_ = inspect.getdoc(getattr(Årsbok, namn)) or ""
    assert all(f"{ett}:" in ord_ for ett in ("Tecken", "Källa")), ord_
    assert "kronor" in ord_


# ---------------------------------------------------------------- exact, and read in Swedish


def test_every_amount_is_exact_to_the_öre(exempel: Årsbok) -> None:
    df = exempel.fakta.df()
    kronor = [f.värde for f in exempel.fakta.values() if f.enhet == "kr" and f.värde is not None]
    ören = [tal for tal in kronor if tal == round(tal, 2)]
    assert len(ören) > 400
    assert set(ören) <= set(df.exakt()["kronor"].dropna())
    assert df["kronor"].dtype == float
    assert Decimal(str(round(df["kronor"].sum(), 2))) == round(sum(kronor), 2)


def test_percent_stand_apart(exempel: Årsbok) -> None:
    df = exempel.fakta.df("kapitalandel").set_index("ar").loc["2025"]
    assert pd.isna(df["kronor"])
    assert df["procent"] == pytest.approx(float(exempel.fakta["kapitalandel"].värde or 0) * 100)
    översikt = exempel.flerårsöversikt
    assert set(översikt.df()["enhet"]) == {"kr", "%"}
    assert list(översikt.df("%").index) == ["soliditet"]
    assert set(översikt.df("kr")["enhet"]) == {"kr"}
    andelar = exempel.medlemsandelar
    assert andelar.df().attrs["enheter"]["Andel"] == "%"
    assert "Andel" not in andelar.df("kr")
    assert len(andelar.df("kr")) == len(andelar.df())
    assert "13,7" not in andelar.df("kr")._repr_html_()


def test_a_table_printed_in_thousands_is_kronor(exempel: Årsbok) -> None:
    assert exempel.driftredovisning.tabell.enhet == "tkr"
    rad = exempel.driftredovisning.df().loc["administration"]
    assert exempel.fakta["drift.administration.utfall"].värde in {Decimal(str(t)) for t in rad if isinstance(t, float)}


def test_it_is_shown_in_swedish_and_is_a_dataframe_all_the_same(exempel: Årsbok) -> None:
    df = exempel.resultaträkning.df()
    visat = df._repr_html_()
    assert "4\u00a0200\u00a0000" in visat
    assert "e+0" not in visat + repr(df) + repr(df["2025"]) + repr(exempel.flerårsöversikt.df().T)
    assert isinstance(df, pd.DataFrame)
    assert (df["2025"] / df["2024"]).loc["verksamhetens_intakter"] == 1
    assert df.groupby("enhet")["2025"].sum().loc["kr"] == pytest.approx(df["2025"].sum())
    assert pd.DataFrame(pickle.loads(pickle.dumps(df))).equals(pd.DataFrame(df))  # noqa: S301
    assert "4200000.0" in pd.DataFrame(df).to_csv()
    assert "4 200 000" in pd.concat([df, df]).to_html() or "4\u00a0200\u00a0000" in pd.concat([df, df])._repr_html_()


def test_pandas_settings_are_the_users_and_are_followed(exempel: Årsbok) -> None:
    with pd.option_context("display.max_rows", 6, "display.min_rows", 4):
        delar = html.fromstring(f"<div>{exempel.konton.df()._repr_html_()}</div>")
        assert len(delar.xpath("//tbody/tr")) == 5
        assert delar.xpath("//p")[0].text_content().endswith(" rader")


def test_words_from_outside_are_words() -> None:
    elak = "<script>alert(1)</script>"
    fakta = Fakta("x", "2024", Decimal(1), "kr", elak, Indata(elak, elak))
    finding = Finding("fel", elak, elak, kod="C01")
    tabell = ram([[elak, Decimal(1)]], [elak, "b"], anmärkningar=[elak])
    for ett in (fakta, finding, Anmärkningar([finding]), tabell):
        assert "<script" not in ett._repr_html_()
        assert "&lt;script&gt;" in ett._repr_html_()


@pytest.mark.parametrize("vad", ["fakta", "tabeller", "konton", "verifikationer", "deltagare", "findings"])
def test_all_is_read_as_words_and_on_a_page(exempel: Årsbok, vad: str) -> None:
    ett = getattr(exempel, vad)
    assert html.fromstring(f"<div>{ett._repr_html_()}</div>").text_content().strip()
    assert not [kod for kod in ("Decimal(", " object at ", "Fakta(", "Finding(") if kod in repr(ett)]


def test_the_book_says_what_to_ask_it(exempel: Årsbok) -> None:
    ord_ = html.fromstring(f"<div>{exempel._repr_html_()}</div>").text_content()
    assert "Årsredovisning 2025" in ord_
    assert "bok.fakta" in ord_


# ---------------------------------------------------------------- a wrong id


def test_a_wrong_id_is_told_what_may_be_meant(exempel: Årsbok) -> None:
    for slå_upp, ord_ in (
        (lambda: exempel.fakta["rr.arets_resultatt"], "Faktat rr.arets_resultatt finns inte. Menas rr.arets_resultat"),
        (lambda: exempel.spår("kapitaltakk"), "Faktat kapitaltakk finns inte. Menas kapitaltak"),
        (lambda: exempel.tabeller["resultatrakningen"], "Menas resultatrakning?"),
        (lambda: exempel.konton["35111"], "Kontot 35111 finns inte. Menas 3511"),
        (lambda: exempel.noter["kostnad"], "Noten kostnad finns inte. Menas kostnader?"),
    ):
        with pytest.raises(OkäntId) as fel:
            slå_upp()
        assert ord_ in str(fel.value)
        assert ord_ in str(pickle.loads(pickle.dumps(fel.value)))  # noqa: S301
    assert exempel.fakta.get("finns.inte") is None
    assert "finns.inte" not in exempel.fakta


# ---------------------------------------------------------------- bokföring and participants


def test_konton_are_the_ledgers(exempel: Årsbok) -> None:
    df = exempel.konton.df()
    egna = df.query("ar == '2025' and konto < '89'")
    assert Decimal(str(round(-egna["resultat"].sum(), 2))) == exempel.fakta["rr.arets_resultat"].värde
    assert exempel.konton["3511"].resultat == exempel.år.bokföring.år[0].res["3511"]
    assert "debet plus" in exempel.konton["3511"]._repr_html_()


def test_verifikationer_balance_and_add_up_to_the_konton(exempel: Årsbok) -> None:
    df = exempel.verifikationer.df()
    assert len(df) == exempel.år.bokföring.verifikationer.antal_rader()
    assert (df.groupby("ver")["belopp"].sum().round(2) == 0).all()
    per_konto = df.groupby("konto")["belopp"].sum().round(2)
    assert per_konto["4511"] == float(exempel.konton["4511"].resultat or 0)
    assert df["datum"].dt.year.eq(2025).all()


def test_participants_are_those_the_document_shows(exempel: Årsbok) -> None:
    df = exempel.deltagare.df().set_index(["id", "ar"])
    assert df.loc[("deltagare.kompassen.totalt", "2025"), "antal"] == 135
    dold = df.loc[("deltagare.spraksteget.avslutade.kvinnor", "2025")]
    assert dold["dold"]
    assert dold["antal"] is pd.NA
    assert df.loc[("deltagare.kompassen.totalt.granvik", "2025"), "kommun"] == "Granviks kommun"


def test_a_ledger_of_balances_alone_says_so(sofint: Årsbok) -> None:
    assert len(sofint.verifikationer.df()) == 0
    assert "bara saldon" in sofint.verifikationer.df()._repr_html_()
    assert "bara saldon" in repr(sofint.verifikationer)


@pytest.mark.parametrize(
    ("förbund", "år"),
    urval([("sofint", 2026), ("lekeberg-orebro", 2024), ("sydnarke", 2025)], ("lekeberg-orebro", 2024)),
)
def test_a_plan_has_no_ledger_and_says_so(förbund: str, år: int) -> None:
    bok = öppna(förbund, år, "verksamhetsplan", inputs=INPUTS)
    assert "ingen bokföring" in repr(bok.konton)
    assert "inga deltagare" in bok.deltagare._repr_html_()
    assert all(isinstance(tabell.df(), pd.DataFrame) for tabell in bok.tabeller.values())


# ---------------------------------------------------------------- several at once


def test_several_years_and_förbund_are_one_tidy_frame(alla: Ram, exempel: Årsbok) -> None:
    assert list(alla) == ["forbund", "ar", "id", "namn", "varde", "enhet", "karna"]
    assert not alla.duplicated(["forbund", "ar", "id"]).any()
    assert set(alla["enhet"]) == {"kr", "andel", "antal"}
    ett = alla.set_index(["forbund", "ar", "id"]).loc[("exempelforbundet", 2025, "rr.arets_resultat")]
    assert Decimal(str(ett["varde"])) == exempel.fakta["rr.arets_resultat"].värde
    assert ett["karna"] == "finsam-karna 1"
    assert {"exempelforbundet", "sofint", "tvealven"} <= set(alla["forbund"])


def test_a_figure_is_from_its_own_years_report(alla: Ram) -> None:
    eget = öppna("exempelforbundet", 2024, inputs=INPUTS).fakta
    rader = alla.query("forbund == 'exempelforbundet' and ar == 2024")
    assert set(rader["id"]) == {f.id for f in eget.values() if f.period == "2024" and f.enhet != "text"}


def test_the_core_is_in_every_report(alla: Ram) -> None:
    kärnan = alla[alla["karna"] != ""]
    egna = kärnan[kärnan["id"] == "kapitalandel"].set_index(["forbund", "ar"]).index
    assert len(egna) >= 4
    assert jämför("sofint", 2024, bara_kärnan=True, inputs=INPUTS)["karna"].eq("finsam-karna 1").all()


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(UnreadableInput, match=r"Förbundet sofin finns inte i inputs\. Menas sofint\?"):
        jämför("sofin", inputs=INPUTS)
    with pytest.raises(UnreadableInput, match=r"Inget att jämföra\. Det finns: exempelforbundet 2024"):
        jämför(år=1999, inputs=INPUTS)


# ---------------------------------------------------------------- docs/analys.md


@pytest.mark.langsam
def test_the_examples_of_the_docs_run_and_show_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example in order, as in one notebook; what stands under one is what it shows."""
    monkeypatch.chdir(ROT)
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    text = (ROT / "docs" / "analys.md").read_text("utf-8")
    rum: dict[str, Any] = {}
    visat, prövade = "", 0
    for slag, innehåll in re.findall(r"^```(python|text)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if slag == "text":
            assert " ".join(visat.split()) == " ".join(innehåll.split())
            prövade += 1
            continue
        for sats in ast.parse(innehåll).body:
            if isinstance(sats, ast.Expr):
                visat = repr(eval(compile(ast.Expression(sats.value), "analys.md", "eval"), rum))  # noqa: S307
                assert visat
                assert "Empty DataFrame" not in visat
            else:
                exec(compile(ast.Module([sats], []), "analys.md", "exec"), rum)  # noqa: S102
    assert prövade == text.count("```text")
    assert prövade >= 5


def test_the_docs_name_every_notebook_of_the_analysis() -> None:
    text = (ROT / "docs" / "analys.md").read_text("utf-8")
    tabell = text.partition("| notebook |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", tabell, re.MULTILINE)) == {
        fil.stem for fil in (ROT / "notebooks" / "analys").glob("*.ipynb")
    }


CELLER = {
    'finsam.öppna("sofin", 2024)': "Förbundet sofin finns inte i",
    'finsam.öppna("sofint", "förra")': "Året ”förra” är inget årtal. Skriv fyra siffror, till exempel 2025.",
    'finsam.öppna("sofint", 2024).fakta["rr.arets_resltat"]': "Faktat rr.arets_resltat finns inte. Menas rr.",
    'finsam.jämför("sofint", 1999)': "Inget att jämföra. Det finns: ",
    'finsam.öppna("trasigt", 2025)': "Underlaget kan inte användas:\n- fel: ",
}
"""What an analyst gets wrong, and how the cell begins to answer."""


@pytest.mark.langsam
def test_a_mistake_in_a_cell_is_a_message_and_no_traceback(tmp_path: Path) -> None:
    for förbund in ("sofint", "exempelforbundet"):
        shutil.copytree(INPUTS / förbund, tmp_path / förbund)
    trasigt = (tmp_path / "exempelforbundet").rename(tmp_path / "trasigt")
    (trasigt / "kontoplan.csv").write_text("konto\n", "utf-8")
    (trasigt / "2025/bokforing.se").write_bytes(b"#RES 0 3010 1000kr\n")
    bok = new_notebook(cells=[new_code_cell("import finsam"), *map(new_code_cell, CELLER)])
    miljö = {**os.environ, "FINSAM_INPUTS": str(tmp_path), "PYTHONPATH": str(ROT / "lib")}
    NotebookClient(bok, kernel_name="python3", allow_errors=True).execute(env=miljö)
    for cell in bok.cells[1:]:
        [utfall] = cell.outputs
        assert utfall.output_type == "error", cell.source
        visat = "\n".join(utfall.traceback)
        assert visat.startswith(CELLER[cell.source])
        assert "Traceback" not in visat and ".py" not in visat
