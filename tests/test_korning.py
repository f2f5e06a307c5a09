"""Running notebooks: by our engine, papermill and nbconvert; what a wrong parameter or a failing cell gives."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import Färdig, Körning, kör
from facit import INPUTS, ROT
from finsam.model.problem import UnreadableInput
from finsam.read import notebooks
from finsam.read.notebooks import Avsnitt, hitta_notebooks, read_avsnitt
from finsam.report.arsbok import Årsbok
from finsam.report.utskrift import html_av, pdf_av
from finsam.run.avsnitt import KÖRSÄTT, kör_alla
from finsam.run.cli.lab import write_analys
from finsam.run.notebook import check_namn
from finsam.run.skapa import ersätt_hel

KÖRSÄTTEN = ("grenar", "karnor")
SEKTIONER = ROT / "notebooks" / "arsredovisning"
PARAMETRAR = {"förbund": "exempelforbundet", "år": 2025}


def program(*ord_: str | Path, **miljö: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment from the project's folder."""
    env = {**os.environ, **miljö}
    return subprocess.run(
        [sys.executable, "-m", *map(str, ord_)], cwd=ROT, env=env, capture_output=True, text=True, check=False
    )


def gör_avsnitt(mapp: Path, *celler: str, namn: str = "prov") -> Avsnitt:
    """A notebook of one's own with the parameters cell first."""
    nb = nbformat.v4.new_notebook()
    nb.cells = [nbformat.v4.new_code_cell('förbund = "x"\når = 1'), *map(nbformat.v4.new_code_cell, celler)]
    nb.cells[0].metadata.tags = ["parameters"]
    nb.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    fil = mapp / f"10_{namn}.ipynb"
    nbformat.write(nb, fil)
    return Avsnitt(namn, fil)


def kör_så(sätt: str, ut: Path, *avsnitt: Avsnitt) -> dict[str, Any]:
    """Execute sections in one of the two ways."""
    with pytest.MonkeyPatch.context() as miljö:
        miljö.setenv(KÖRSÄTT, sätt)
        return kör_alla(avsnitt, ut, PARAMETRAR, lambda _: None)


@pytest.mark.langsam
def test_plain_papermill_works(tmp_path: Path) -> None:
    ut = tmp_path / "ut.ipynb"
    svar = program(
        "papermill", SEKTIONER / "20_resultatrakning.ipynb", ut, "-p", "förbund", "sofint", "-p", "år", "2024"
    )
    assert svar.returncode == 0, svar.stderr
    assert "118\u00a0764" in ut.read_text("utf-8")


@pytest.mark.langsam
def test_papermill_has_our_engine(tmp_path: Path) -> None:
    """Installed, it is found by its entry point; its outputs are those of the kernel."""
    motor = tomllib.loads((ROT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["papermill.engine"]
    info = tmp_path / "finsam_prov-1.dist-info"
    info.mkdir()
    rader = "\n".join(f"{namn} = {var}" for namn, var in motor.items())
    (info / "entry_points.txt").write_text(f"[papermill.engine]\n{rader}\n")
    plats = os.pathsep.join((str(tmp_path), str(ROT / "lib")))
    fil, ord_ = SEKTIONER / "20_resultatrakning.ipynb", ("-p", "förbund", "sofint", "-p", "år", "2024")
    visat = []
    for nr, val in enumerate(((), ("--engine", "finsam"))):
        ut = tmp_path / f"{nr}.ipynb"
        svar = program("papermill", fil, ut, *ord_, *val, PYTHONPATH=plats)
        assert svar.returncode == 0, svar.stderr
        celler = nbformat.read(ut, 4).cells
        visat.append([cell.get("outputs") for cell in celler])
        assert all(c.metadata.papermill.end_time for c in celler if c.cell_type == "code")
    assert visat[0] == visat[1]
    laddat = "import sys, papermill.engines; print(*sys.modules)"
    svar = subprocess.run(
        [sys.executable, "-c", laddat], env={**os.environ, "PYTHONPATH": plats}, capture_output=True, check=True
    )
    laddade = svar.stdout.decode().split()
    assert "finsam.run.papermill_motor" in laddade
    assert {"IPython", "matplotlib", "finsam.run.motorer.motor"}.isdisjoint(laddade)


@pytest.mark.langsam
def test_plain_papermill_refuses_an_unknown_parameter(tmp_path: Path) -> None:
    svar = program("papermill", SEKTIONER / "20_resultatrakning.ipynb", tmp_path / "ut.ipynb", "-p", "ar", "2024")
    assert svar.returncode != 0
    assert "Okänd parameter: ar. Det som kan anges är förbund, år." in svar.stderr


def test_unknown_parameter_is_refused_before_running() -> None:
    with pytest.raises(UnreadableInput, match="Okänd parameter: ar"):
        check_namn(Avsnitt("rr", SEKTIONER / "20_resultatrakning.ipynb"), {"ar": 2024})


@pytest.mark.langsam
def test_the_engine_gives_what_the_standard_kernel_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard kernel is the oracle: same outputs, same order, same counts; also when pyplot is already loaded."""
    import matplotlib.pyplot  # noqa: F401

    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    prov = gör_avsnitt(
        tmp_path,
        "print('ett')\nprint('två')\n1 + 1",
        "1 + 1;",
        "import sys\nprint('fel', file=sys.stderr)",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\n_ + Out[3]\nNone",
        "import os, subprocess\nos.write(1, b'x')\nsubprocess.run(['echo', 'y'], check=True)\nNone",
        "h = display(1, display_id='ett')\nh.update(2)",
        "from IPython.display import clear_output\nprint('bort')\nclear_output(wait=True)\nprint('kvar')\nh.update(3)",
        "import sys\nfor i in range(3):\n    print(i)\n    print('!', file=sys.stderr, flush=True)",
        "import pandas as pd\npd.DataFrame({f'kolumn {i}': range(70) for i in range(30)})",
        "import shutil, warnings\nwarnings.warn('/hemma/x')\nshutil.get_terminal_size(), os.getcwd(), '' in sys.path",
        "förbund, år",
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, 2]);",
    )
    rr = Avsnitt("resultatrakning", SEKTIONER / "20_resultatrakning.ipynb")
    kärna, gren, process = (kör_så(sätt, tmp_path / sätt, prov, rr) for sätt in ("karnor", "grenar", "process"))
    assert kärna["prov"].cells[-1].outputs[0].data.keys() >= {"image/png"}
    for fil in ("10_prov.ipynb", "20_resultatrakning.ipynb"):
        ur_kärnan = (tmp_path / "karnor" / fil).read_text("utf-8")
        assert (tmp_path / "grenar" / fil).read_text("utf-8") == ur_kärnan
        assert (tmp_path / "process" / fil).read_text("utf-8") == ur_kärnan
    assert gren == process == kärna


def test_sections_do_not_see_each_other(tmp_path: Path) -> None:
    ett = gör_avsnitt(tmp_path, "hemlig = 1\nimport finsam.model.belopp as b\nb.hemlig = 1")
    två = gör_avsnitt(
        tmp_path, "import finsam.model.belopp as b\n'hemlig' in globals(), hasattr(b, 'hemlig')", namn="två"
    )
    körda = kör_så("grenar", tmp_path / "ut", ett, två)
    assert körda["två"].cells[-1].outputs[0].data["text/plain"] == "(False, False)"


def test_a_failing_notebook_gives_code_3_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trasig = gör_avsnitt(tmp_path, "1 / 0")
    monkeypatch.setattr("finsam.run.skapa.read_avsnitt", lambda *_: (trasig,))
    ut = tmp_path / "outputs"
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", INPUTS, "--outputs", ut)
    assert svar.exit_code == 3
    assert "ZeroDivisionError" in svar.output
    assert "Traceback" not in svar.output
    assert not [f for f in ut.rglob("*") if f.is_file()]


def test_without_fork_a_process_runs_the_sections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    sedda: list[str] = []
    körda = kör_alla((gör_avsnitt(tmp_path, "år"),), tmp_path / "ut", PARAMETRAR, sedda.append)
    assert sedda == ["Kör prov"]
    assert körda["prov"].cells[-1].outputs[0].data["text/plain"] == "2025"
    with pytest.raises(UnreadableInput, match=r"FINSAM_KORSATT är grenar, som inte finns här\. Välj process\."):
        kör_så("grenar", tmp_path / "ut")
    with pytest.raises(UnreadableInput, match=r"FINSAM_KORSATT är båda. Välj grenar, process eller karnor\."):
        kör_så("båda", tmp_path / "ut")


def test_order_of_sections_is_data(exempel: Årsbok) -> None:
    förbund = exempel.år.förbund
    vanlig = [a.namn for a in read_avsnitt("arsredovisning", förbund)]
    assert vanlig[0] == "omslag"
    egen = förbund.model_copy(update={"rapporter": {"arsredovisning": type(förbund).model_fields["tecken"].default}})
    val = type("Val", (), {"avsnitt": ("omslag", "driftredovisning", "resultatrakning")})()
    egen = förbund.model_copy(update={"rapporter": {"arsredovisning": val}})
    assert [a.namn for a in read_avsnitt("arsredovisning", egen)] == ["omslag", "driftredovisning", "resultatrakning"]
    val.avsnitt = ("resultat",)
    with pytest.raises(UnreadableInput, match="Avsnittet resultat finns inte"):
        read_avsnitt("arsredovisning", egen)


@pytest.mark.langsam
def test_nbconvert_knows_our_formats_and_gives_the_bytes_of_a_run(körning: Körning, tmp_path: Path) -> None:
    sektion = körning.katalog / "sektioner" / "30_balansrakning.ipynb"
    nb = nbformat.read(sektion, 4)
    for format_, ändelse, samma in (("finsam_html", "html", html_av(nb).encode()), ("finsam_pdf", "pdf", pdf_av(nb))):
        svar = program("nbconvert", "--to", format_, "--output-dir", tmp_path, "--output", "sida", sektion)
        assert svar.returncode == 0, svar.stderr
        assert (tmp_path / f"sida.{ändelse}").read_bytes() == samma


@pytest.mark.langsam
def test_the_analysis_runs(tmp_path: Path) -> None:
    ut = tmp_path / "ut.ipynb"
    fil = ROT / "notebooks" / "analys" / "flerarsjamforelse.ipynb"
    svar = program("papermill", fil, ut, "-p", "förbund", "sofint", "-p", "år", "2024")
    assert svar.returncode == 0, svar.stderr
    bilder = [
        o
        for c in nbformat.read(ut, 4).cells
        if c.cell_type == "code"
        for o in c.outputs
        if "<svg" in "".join(o.get("data", {}).get("text/html", ""))
    ]
    assert len(bilder) == 3


@pytest.mark.langsam
def test_the_start_notebook_has_one_cell_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written for `finsam lab`: change the cell that the text points at, and the other förbund's data comes."""
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    fil = write_analys("sofint", 2024, INPUTS, tmp_path)
    nb = nbformat.read(fil, 4)
    celler = [c for c in nb.cells if c.cell_type == "code"]
    assert celler[0].source == "förbund = 'sofint'\når = 2024"
    assert [c.source for c in celler if "parameter" in str(c.metadata.get("tags"))] == [celler[0].source]
    assert nb.cells[1] == celler[0]
    assert "i nästa cell" in nb.cells[0].source
    celler[0].source = celler[0].source.replace("sofint", "exempelforbundet").replace("2024", "2025")
    del nb.cells[3:]
    nb.cells.append(nbformat.v4.new_code_cell("bok.år.förbund.slug, bok.år.årtal"))
    nbformat.write(nb, fil)
    körd = NotebookClient(nb).execute()
    assert körd.cells[-1].outputs[0].data["text/plain"] == "('exempelforbundet', 2025)"


def test_a_killed_run_leaves_the_old_one(tmp_path: Path) -> None:
    """Dead between the two renames: the next run finds the old folder again."""
    mål = tmp_path / "rapport"
    mål.mkdir()
    (mål / "fil").write_text("gammal")
    mål.rename(tmp_path / ".rapport.gammal")
    with pytest.raises(RuntimeError), ersätt_hel(mål) as ny:
        (ny / "fil").write_text("halv")
        raise RuntimeError
    assert (mål / "fil").read_text() == "gammal"
    with ersätt_hel(mål) as ny:
        (ny / "fil").write_text("ny")
    assert (mål / "fil").read_text() == "ny"
    assert [f.name for f in tmp_path.iterdir()] == ["rapport"]


@pytest.mark.langsam
def test_the_plan_analyses_run(tmp_path: Path, färdig: Färdig) -> None:
    """What if on the made-up plan, and förbund side by side from finished reports."""
    analys = ROT / "notebooks" / "analys"
    ord_ = ("-p", "uppräkning_procent", "3.0", "-p", "ändrad_rad", "kompassen", "-p", "ändrat_belopp", "1000000")
    svar = program("papermill", analys / "medlemsbidrag.ipynb", tmp_path / "a.ipynb", *ord_)
    assert svar.returncode == 0, svar.stderr
    ut = tmp_path / "outputs"
    for förbund, år in (("sofint", 2026), ("lekeberg-orebro", 2024)):
        shutil.copytree(färdig(förbund, år, "verksamhetsplan"), ut, dirs_exist_ok=True)
        assert json.loads((ut / "svar.json").read_text("utf-8"))[0] == 0
    (ut / "svar.json").unlink()
    svar = program("papermill", analys / "planjamforelse.ipynb", tmp_path / "b.ipynb", "-p", "outputs", ut)
    assert svar.returncode == 0, svar.stderr
    text = (tmp_path / "b.ipynb").read_text("utf-8")
    assert "lekeberg-orebro" in text
    assert "1\u00a0209\u00a0681" in text


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("hej", "rapport.yml: Filen ska bestå av nycklar med värden"),
        ("avsnitt: !!python/name:os.system ''", "rapport.yml, rad 1: Taggar"),
        ("avsnitt: &a [*a]", "rapport.yml, rad 1: Hänvisningar med"),
        ("avsnitt: 3", "rapport.yml: Filen ska ha nyckeln avsnitt"),
        ("avsnitt: []", "rapport.yml: Filen ska ha nyckeln avsnitt"),
        (
            "avsnitt: [fel]",
            "rapport.yml, avsnitt: Avsnittet fel finns inte i rapporten arsredovisning. Välj bland prov.",
        ),
        (None, "rapport.yml: Filen finns inte."),
    ],
)
def test_an_order_that_cannot_be_read_is_told(exempel: Årsbok, tmp_path: Path, text: str | None, ord_: str) -> None:
    mapp = tmp_path / "arsredovisning"
    mapp.mkdir()
    gör_avsnitt(mapp, "år")
    if text is not None:
        (mapp / "rapport.yml").write_text(text, "utf-8")
    with pytest.raises(UnreadableInput, match=f"^{re.escape(ord_)}"):
        read_avsnitt("arsredovisning", exempel.år.förbund, tmp_path)


def test_notebooks_beside_the_program_go_before_those_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    assert hitta_notebooks() == ROT / "notebooks"
    monkeypatch.setattr(notebooks, "våra_notebooks", lambda: None)
    assert hitta_notebooks() == tmp_path / "notebooks"


def test_a_fork_tells_of_a_notebook_without_parameters(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    utan = gör_avsnitt(tmp_path, "1")
    utan.fil.write_text(utan.fil.read_text("utf-8").replace('"parameters"', '"annat"'), "utf-8")
    with pytest.raises(UnreadableInput, match=r"^10_prov\.ipynb: "):
        kör_alla((utan,), tmp_path / "ut", PARAMETRAR, lambda _: None)
    assert capfd.readouterr().err == ""
