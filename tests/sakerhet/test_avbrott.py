"""A run that is stopped, meets a full disk or another run leaves the earlier output as it was, and says why."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import redo
from conftest import kör
from facit import INPUTS
from finsam.run import avsnitt, dokument, notebook, skapa, utmapp
from finsam.run.status.historik import read_historik
from finsam.run.utmapp import Skrivfel, ersätt_hel
from sakerhet.avbrott import RAPPORT, barn_till, döda_vid, hel, rester, starta, vänta, är_borta, är_tom

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kräver signaler, rör eller länkar")

FULL = OSError(errno.ENOSPC, "No space left on device")


def skriv(mapp: Path, **filer: str) -> None:
    mapp.mkdir(parents=True, exist_ok=True)
    for namn, text in filer.items():
        (mapp / namn).write_text(text)


def innehåll(mapp: Path) -> dict[str, str]:
    return {fil.relative_to(mapp).as_posix(): fil.read_text() for fil in mapp.rglob("*") if fil.is_file()}


# The folder


@pytest.mark.parametrize("i_ett_steg", [True, False])
def test_the_new_folder_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, i_ett_steg: bool
) -> None:
    if not i_ett_steg:
        monkeypatch.setattr(utmapp, "_växla", lambda *_: False)
    mål = tmp_path / "rapport"
    for text in ("ett", "två"):
        with ersätt_hel(mål) as ny:
            skriv(ny, fil=text, **{text: ""})
        assert innehåll(tmp_path) == {"rapport/fil": text, f"rapport/{text}": ""}


@pytest.mark.skipif(sys.platform != "linux", reason="ett enda steg finns i Linux")
def test_on_linux_the_folder_is_never_away(tmp_path: Path) -> None:
    skriv(tmp_path / "a", a="a")
    skriv(tmp_path / "b", b="b")
    assert utmapp._växla(tmp_path / "a", tmp_path / "b")
    assert innehåll(tmp_path) == {"a/b": "b", "b/a": "a"}
    assert not utmapp._växla(tmp_path / "a", tmp_path / "finns inte")


@pytest.mark.parametrize("fel", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_was_there_is_left_when_it_goes_wrong(tmp_path: Path, fel: type[BaseException]) -> None:
    skriv(tmp_path / "rapport", fil="ett")
    with pytest.raises(fel), ersätt_hel(tmp_path / "rapport") as ny:
        skriv(ny, fil="två")
        raise fel
    assert innehåll(tmp_path) == {"rapport/fil": "ett"}
    assert [fil.name for fil in tmp_path.iterdir()] == ["rapport"]


def test_stopped_between_the_two_steps_the_old_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    skriv(tmp_path / "rapport", fil="ett")
    monkeypatch.setattr(utmapp, "_växla", lambda *_: False)
    byt_namn = Path.rename

    def avbrutet(själv: Path, mål: Path) -> Path:
        if själv.name == "rapport" or mål.name != "rapport" or själv.name.endswith(".gammal"):
            return byt_namn(själv, mål)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", avbrutet)
    with pytest.raises(KeyboardInterrupt), ersätt_hel(tmp_path / "rapport") as ny:
        skriv(ny, fil="två")
    assert innehåll(tmp_path) == {"rapport/fil": "ett"}


def test_what_killed_runs_left_is_taken_away_or_put_back(tmp_path: Path) -> None:
    skriv(tmp_path / ".rapport.gammal", fil="ett")
    skriv(tmp_path / ".rapport.x1y2z3" / "sektioner", fil="halv")
    skriv(tmp_path / ".annan.x1y2z3", fil="en annan rapport")
    skriv(tmp_path, **{".rapport.las": ""})
    with pytest.raises(ValueError, match="nej"), ersätt_hel(tmp_path / "rapport"):
        raise ValueError("nej")
    assert innehåll(tmp_path) == {"rapport/fil": "ett", ".annan.x1y2z3/fil": "en annan rapport"}


def test_a_link_in_place_of_the_folder_is_replaced_not_followed(tmp_path: Path) -> None:
    skriv(tmp_path / "annat", fil="annat")
    (tmp_path / "rapport").symlink_to("annat")
    with ersätt_hel(tmp_path / "rapport") as ny:
        skriv(ny, fil="två")
    assert innehåll(tmp_path) == {"annat/fil": "annat", "rapport/fil": "två"}
    assert not (tmp_path / "rapport").is_symlink()


# Two at once


def test_another_run_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utmapp, "VÄNTA", 0.1)
    (tmp_path / RAPPORT).parent.mkdir(parents=True)
    with FileLock((tmp_path / RAPPORT).parent / f".{RAPPORT.name}.las"):
        svar = kör("skapa", "exempelforbundet", "2025", "--inputs", INPUTS, "--outputs", tmp_path)
    assert svar.exit_code == 4
    assert "En annan körning skriver" in svar.output
    assert "Vänta tills den är klar och kör igen." in svar.output


def test_another_report_is_not_waited_for(tmp_path: Path) -> None:
    with ersätt_hel(tmp_path / "arsredovisning"), ersätt_hel(tmp_path / "verksamhetsplan") as ny:
        skriv(ny, fil="plan")
    assert innehåll(tmp_path)["verksamhetsplan/fil"] == "plan"


@pytest.mark.langsam
def test_two_runs_at_once_leave_one_whole_output(tmp_path: Path, kort: Path) -> None:
    ut = tmp_path / "ut"
    körningar = [starta(ut, kort), starta(ut, kort)]
    assert [vänta(körning)[0] for körning in körningar] == [1, 1]
    hel(ut / RAPPORT)
    assert rester(ut) == ["historik"]
    assert [k.nr for k in read_historik(ut / RAPPORT).körningar] == [1]  # they made the same


# What cannot be written


def full(*_: Any, **__: Any) -> Any:
    raise FULL


SKRIVARE: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "avsnitt i gren": lambda m: m.setattr(notebook, "write_körd", full),
    "avsnitt med kärna": lambda m: (
        m.setenv(avsnitt.KÖRSÄTT, "karnor"),
        m.setattr(notebook.papermill, "execute_notebook", full),
    )[0],
    "html": lambda m: m.setattr(dokument, "write_html", full),
    "pdf": lambda m: m.setattr(dokument, "write_pdf", full),
    "xlsx": lambda m: m.setattr(skapa, "write_xlsx", full),
    "json": lambda m: m.setattr(skapa, "write_json", full),
    "ny mapp": lambda m: m.setattr(Path, "mkdir", full),
    "byte av mapp": lambda m: m.setattr(utmapp, "_byt", full),
}


@pytest.mark.langsam
@pytest.mark.parametrize("skrivare", SKRIVARE)
def test_a_full_disk_is_told_and_the_earlier_output_is_left(
    tmp_path: Path, kort: Path, monkeypatch: pytest.MonkeyPatch, skrivare: str
) -> None:
    skriv(tmp_path / "ut" / RAPPORT, fil="ett")
    SKRIVARE[skrivare](monkeypatch)
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", kort, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 4
    assert "Det som fanns är kvar." in svar.output
    assert "disken är full" in svar.output
    assert "Traceback" not in svar.output
    assert innehåll(tmp_path / "ut") == {f"{RAPPORT.as_posix()}/fil": "ett"}
    assert rester(tmp_path / "ut") == []


@pytest.mark.parametrize(
    ("utmapp_", "orsak"),
    [
        ("fil", "det finns en fil där en mapp ska vara"),
        ("x" * 300, "sökvägen är för lång"),
    ],
)
def test_an_outputs_folder_that_cannot_be(tmp_path: Path, utmapp_: str, orsak: str) -> None:
    (tmp_path / "fil").write_text("")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", INPUTS, "--outputs", tmp_path / utmapp_)
    assert svar.exit_code == 4
    assert orsak in svar.output


@pytest.mark.parametrize("nummer", [errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_why_it_could_not_be_written(tmp_path: Path, nummer: int) -> None:
    with pytest.raises(Skrivfel, match=r"Kunde inte skriva .*rapport: .+\."), ersätt_hel(tmp_path / "rapport"):
        raise OSError(nummer, os.strerror(nummer))


@pytest.mark.langsam
@pytest.mark.parametrize("byte", [1_000, 50_000])
def test_a_file_that_the_system_does_not_let_grow(tmp_path: Path, kort: Path, byte: int) -> None:
    """A real refusal to write, in the middle of a section's file or of the document's."""
    ut = tmp_path / "ut"
    skriv(ut / RAPPORT, fil="ett")
    kod, text = vänta(starta(ut, kort, högst=byte))
    assert kod == 4, text
    assert "filen blir större än systemet tillåter" in text
    assert "Traceback" not in text
    assert innehåll(ut) == {f"{RAPPORT.as_posix()}/fil": "ett"}
    assert rester(ut) == []


# Stopped


@pytest.mark.langsam
@pytest.mark.parametrize(
    ("sätt", "avbrott", "väntad"),
    [
        ("grenar", "SIGINT", 130),
        ("grenar", "SIGTERM", 143),
        ("grenar", "SIGHUP", 129),
        ("process", "SIGTERM", 143),
        ("karnor", "SIGTERM", 143),
    ],
)
def test_an_interrupt_is_said_in_a_line(
    tmp_path: Path, kort: Path, monkeypatch: pytest.MonkeyPatch, sätt: str, avbrott: str, väntad: int
) -> None:
    """Nothing is left behind, of the run or in the folder for what is temporary."""
    monkeypatch.setenv(avsnitt.KÖRSÄTT, sätt)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    ut = tmp_path / "ut"
    skriv(ut / RAPPORT, fil="ett")
    körning = starta(ut, kort)
    while not (barn := barn_till(körning.pid)):
        assert körning.poll() is None
        time.sleep(0.05)
    time.sleep(0.1)
    os.killpg(körning.pid, getattr(signal, avbrott))
    kod, text = vänta(körning)
    assert kod == väntad, text
    assert "Avbrutet. Det som fanns är kvar." in text
    assert "Traceback" not in text
    assert är_tom(körning.pid)
    assert all(är_borta(pid) for pid in barn)
    assert innehåll(ut) == {f"{RAPPORT.as_posix()}/fil": "ett"}
    assert rester(ut) == []
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.langsam
def test_killed_on_the_way(tmp_path: Path, kort: Path) -> None:
    """More moments are tried in tests/konformitet."""
    kod, text = vänta(starta(tmp_path / "ut", kort))
    assert kod == 1, text
    döda_vid(tmp_path / "ut", kort, ["finsam.run.skapa:write_xlsx"])


@pytest.mark.langsam
@pytest.mark.parametrize("ord_", ["kontrollera exempelforbundet 2025", "kontrollera exempelforbundet 2025 --json"])
@pytest.mark.parametrize("stderr", ["", "2>&1"])
def test_output_that_is_piped_to_a_program_that_has_enough(ord_: str, stderr: str) -> None:
    """`finsam kontrollera ... | head -1` is no error to tell of."""
    läs, skriv_ = os.pipe()
    körning = redo.starta(*ord_.split(), "--inputs", str(INPUTS), ut=skriv_, fel=skriv_ if stderr else None)
    os.close(skriv_)
    assert len(os.read(läs, 1)) == 1
    os.close(läs)
    assert vänta(körning)[1] == ""


FULLT = "/dev/full"
KOMMANDON = {
    "--help": 0,
    "--version": 0,
    "kontrollera exempelforbundet 2025": 0,
    "kontrollera exempelforbundet 2025 --json": 0,
    "kontrollera finnsinte 2025 --json": 2,
    "spar exempelforbundet 2025 rr.arets_resultat": 0,
    f"las '{INPUTS}/exempelforbundet/2025/bokforing.se'": 0,
}
"""Commands by their exit codes when there is room for the answer."""


@pytest.mark.skipif(not Path(FULLT).exists(), reason=f"{FULLT} finns inte")
@pytest.mark.parametrize(
    "ord_",
    [pytest.param(ett, marks=pytest.mark.langsam if "2025" in ett and "json" not in ett else ()) for ett in KOMMANDON],
)
def test_an_answer_that_the_disk_has_no_room_for(ord_: str) -> None:
    """It is said, with an exit code that is not a draft's; without room for that too the exit code says it."""
    with Path(FULLT).open("wb") as full_:
        fullt = full_.fileno()
        kod, text = svar(ord_, ut=fullt)
        assert (kod, text) == (4, "Svaret kunde inte skrivas: disken är full.\n")
        assert svar(ord_, ut=fullt, fel=fullt)[0] == 4
        kod, text = svar(ord_, fel=fullt)
        assert kod == KOMMANDON[ord_]
        assert text


def svar(ord_: str, **till: int) -> tuple[int, str]:
    return vänta(redo.starta(*shlex.split(ord_), FINSAM_INPUTS=str(INPUTS), **till))


@pytest.mark.langsam
def test_a_program_that_is_loaded_answers_as_one_that_is_started() -> None:
    """With a shell as the oracle: an answer, one that there is no room for and one that nobody listens to."""
    ord_ = "kontrollera exempelforbundet 2025"
    program = f"FINSAM_INPUTS='{INPUTS}' {sys.executable} -m finsam {ord_}"
    assert i_skal(program) == svar(ord_)
    with Path(FULLT).open("wb") as full_:
        assert i_skal(f"{program} > {FULLT}") == svar(ord_, ut=full_.fileno())
    assert i_skal(f"{program} | head -c 1")[1][1:] == ""


def i_skal(ord_: str) -> tuple[int, str]:
    svar = subprocess.run(ord_, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return svar.returncode, svar.stdout


# Who may read it


@pytest.mark.parametrize(
    ("umask", "fil", "mapp"),
    [
        (0o077, 0o600, 0o700),
        pytest.param(0o022, 0o644, 0o755, marks=pytest.mark.langsam),
        pytest.param(0o027, 0o640, 0o750, marks=pytest.mark.langsam),
    ],
)
def test_what_is_written_follows_the_umask(tmp_path: Path, kort: Path, umask: int, fil: int, mapp: int) -> None:
    """The package too, which has the ledger; inside it every file has the same rights, for the same bytes."""
    före = os.umask(umask)
    try:
        svar = kör("skapa", "exempelforbundet", "2025", "--inputs", kort, "--outputs", tmp_path / "ut", "--paket")
    finally:
        os.umask(före)
    assert svar.exit_code == 1, svar.output
    rätt = {stat.S_IMODE(ett.stat().st_mode) for ett in (tmp_path / "ut").rglob("*") if ett.is_file()}
    assert rätt == {fil}
    assert {stat.S_IMODE(ett.stat().st_mode) for ett in (tmp_path / "ut").rglob("*") if ett.is_dir()} == {mapp}
    [paket] = (tmp_path / "ut").rglob("*.zip")
    with zipfile.ZipFile(paket) as arkiv:
        assert {post.external_attr >> 16 for post in arkiv.infolist()} == {stat.S_IFREG | 0o644}
