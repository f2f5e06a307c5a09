"""Two ways of running, whoever's machine it is: the same bytes of every file."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from conftest import förkorta
from facit import ROT
from finsam.report.typst_pdf import TypstError, kompilera, påbörja
from finsam.run.miljo import avskild, privat_mapp

MATPLOTLIBRC = """
axes.facecolor: red
axes.unicode_minus: False
font.size: 30
lines.linewidth: 9
patch.force_edgecolor: True
savefig.facecolor: yellow
svg.fonttype: none
backend: TkAgg
nonsens: 1
"""
INSTÄLLNINGAR = """
c = get_config()
c.InteractiveShellApp.exec_lines = ["år = 1"]
c.InteractiveShell.ast_node_interactivity = "all"
c.TemplateExporter.extra_template_basedirs = ["/nej"]
"""


@pytest.fixture
def hem(tmp_path: Path) -> Path:
    """A home full of someone's own settings, which is the working folder too."""
    hem = tmp_path / "hem"
    for fil in ("matplotlibrc", ".config/matplotlib/matplotlibrc"):
        skriv(hem / fil, MATPLOTLIBRC)
    profil = ".ipython/profile_default"
    for mapp in ("", ".jupyter", profil):
        for namn in ("ipython_config", "ipython_kernel_config", "jupyter_config", "jupyter_nbconvert_config"):
            skriv(hem / mapp / f"{namn}.py", INSTÄLLNINGAR)
    for fil in ("start.py", f"{profil}/startup/00.py", "pandas.py", "matplotlib.py"):
        skriv(hem / fil, "raise SystemExit(9)")
    skriv(hem / ".local/share/jupyter/kernels/python3/kernel.json", '{"argv": ["false"], "display_name": "x"}')
    return hem


@pytest.fixture
def några(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund's inputs with a report of two sections, one of them with a picture.

    In tests/konformitet there are three, and all kinds of pictures.
    """
    return förkorta(kopia(), "driftredovisning", "kontroller")


@pytest.fixture
def utan_hem() -> tuple[str, ...]:
    """The ways that are tried where nothing can be written at home; in tests/konformitet both."""
    return ("grenar",)


def skriv(fil: Path, text: str) -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(text, "utf-8")


def summor(mapp: Path) -> dict[str, str]:
    """Every file of a run by its hash; the history, which has a clock, is none of it."""
    filer = (fil for fil in mapp.rglob("*") if fil.is_file() and "historik" not in fil.parts)
    return {fil.relative_to(mapp).as_posix(): hashlib.sha256(fil.read_bytes()).hexdigest() for fil in filer}


def skapa(inputs: Path, ut: Path, i: Path = ROT, **miljö: str) -> dict[str, str]:
    """`finsam skapa` in a process of its own: its files."""
    ord_ = ["skapa", "exempelforbundet", "2025", "--inputs", str(inputs), "--outputs", str(ut)]
    svar = subprocess.run(
        [sys.executable, "-P", "-m", "finsam", *ord_],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROT / "lib"), **miljö},
        cwd=i,
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 1, svar.stdout + svar.stderr
    assert "matplotlib" not in svar.stderr
    return summor(ut)


@pytest.mark.langsam
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="kräver grenar")
def test_both_ways_and_anyones_settings_give_the_same_bytes(
    tmp_path: Path, hem: Path, några: Path, utan_hem: tuple[str, ...]
) -> None:
    före = summor(hem)
    egna = {
        "HOME": str(hem),
        "COLUMNS": "30",
        "IPYTHONDIR": str(hem / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(hem / ".jupyter"),
        "JUPYTER_PATH": str(hem / ".local/share/jupyter"),
        "LC_ALL": "C",
        "MATPLOTLIBRC": str(hem / "matplotlibrc"),
        "MPLBACKEND": "TkAgg",
        "PYTHONHASHSEED": "3",
        "PYTHONSTARTUP": str(hem / "start.py"),
        "PYTHONWARNINGS": "always",
        "TZ": "Pacific/Auckland",
    }
    gren = skapa(några, tmp_path / "a", FINSAM_KORSATT="grenar")
    assert skapa(några, tmp_path / "b", FINSAM_KORSATT="grenar", i=hem, **egna) == gren
    assert skapa(några, tmp_path / "c", FINSAM_KORSATT="karnor", i=hem, **egna) == gren
    assert skapa(några, tmp_path / "e", FINSAM_KORSATT="process", i=hem, **egna) == gren
    for sätt in utan_hem:
        # neither can be written; what a library says of it has the path in it
        oskrivbart = {"HOME": "/proc/1", "MPLCONFIGDIR": "/proc/1/mpl", "FINSAM_KORSATT": sätt}
        assert skapa(några, tmp_path / f"d-{sätt}", **oskrivbart) == gren
    assert summor(hem) == före


def test_the_users_own_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "TkAgg")
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    före = dict(os.environ)
    with privat_mapp() as mapp:
        with avskild(mapp):
            assert os.environ["IPYTHONDIR"].startswith(str(mapp))
            assert os.environ["COLUMNS"] == "80"
        assert dict(os.environ) == före
    assert not mapp.exists()


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no forks here")
def test_a_fork_sets_type_although_its_parent_has() -> None:
    """A sign that only a section meets is tried there, and another may have been tried before the sections are run."""
    källa = '#set document(title: "x")\n\u0436'
    assert kompilera(källa, 0) == kompilera(källa, 0)
    with pytest.raises(TypstError) as fel:
        kompilera(källa + "\n#foo", 0)
    assert ".typ:3:" in fel.value.diagnostic
    gren = multiprocessing.get_context("fork").Process(target=kompilera, args=(källa, 0), daemon=True)
    gren.start()
    gren.join(60)
    gren.kill()
    assert gren.exitcode == 0


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no forks here")
def test_a_fork_that_nobody_waits_for_is_ended() -> None:
    def barn() -> set[int]:
        return {ett.pid for ett in psutil.Process().children()}

    före = barn()
    with påbörja('#set document(title: "x")\n' + "Ord och ord.\n\n" * 2_000, 0):
        assert len(barn() - före) == 1
    assert barn() - före == set()


@pytest.mark.langsam
@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
def test_closed_streams_stop_nothing(några: Path, tmp_path: Path) -> None:
    """A file that is opened in a closed stream's place would be written to by the forks."""
    svar = i_skal('exec "$@" <&- >&- 2>&-', "skapa", några, "--outputs", tmp_path / "ut", i=tmp_path)
    assert svar.returncode in (0, 1)
    assert (tmp_path / "ut" / "exempelforbundet" / "2024" / "arsredovisning" / "arsredovisning.pdf").is_file()


@pytest.mark.langsam
@pytest.mark.skipif(os.name == "nt", reason="a folder that someone stands in cannot be taken away")
def test_a_folder_that_is_gone_stops_nothing(några: Path, tmp_path: Path) -> None:
    (tmp_path / "borta").mkdir()
    svar = i_skal('rmdir "$PWD"; exec "$@"', "kontrollera", några, i=tmp_path / "borta")
    assert svar.returncode in (0, 1), svar.stderr
    assert "godkända" in svar.stdout


def i_skal(skal: str, kommando: str, inputs: Path, *val: str | Path, i: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the program from a shell that has made things odd for it."""
    ord_ = [sys.executable, "-P", "-m", "finsam", kommando, "exempelforbundet", "2024", "--inputs", inputs, *val]
    env = os.environ | {"PYTHONPATH": str(ROT / "lib")}
    return subprocess.run(
        ["sh", "-c", skal, "sh", *map(str, ord_)], cwd=i, env=env, capture_output=True, encoding="utf-8", check=False
    )
