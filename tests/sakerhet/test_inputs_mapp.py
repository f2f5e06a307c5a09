"""Nothing outside the inputs folder is read, nothing hangs, and names are what they are on every system."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import kör
from facit import INPUTS
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.indata import read_bytes
from finsam.read.mapp import är_slug

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kräver signaler, rör eller länkar")

ÅRET = Path("exempelforbundet", "2025")
HEMLIGT = "HEMLIGT"

Kopia = Callable[[], Path]


def kontrollera(inputs: Path) -> tuple[int, str]:
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert "Traceback" not in svar.output
    return svar.exit_code, svar.output


def länka(fil: Path, mål: Path) -> None:
    """Put a link in place of a file or folder."""
    if fil.is_dir():
        shutil.rmtree(fil)
    else:
        fil.unlink(missing_ok=True)
    fil.symlink_to(mål)


@pytest.mark.parametrize(
    "namn",
    [
        "forbund.yml",
        "kontoplan.csv",
        "2025/bokforing.se",
        "2025/underlag.xlsx",
        "2025/publicerat.yml",
        "2025/forbund.yml",
        "2025/text/personal.md",
        "2025/text",
        "2025",
        "",
    ],
)
def test_a_link_out_of_inputs_is_refused(kopia: Kopia, tmp_path: Path, namn: str) -> None:
    inputs = kopia()
    här = inputs / "exempelforbundet" / namn
    ute = tmp_path / "ute"
    if här.is_dir():
        shutil.copytree(här, ute)
    else:
        ute.write_text(HEMLIGT)
    länka(här, ute)
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert f"{Path('exempelforbundet', namn).as_posix()}: Länken leder ut ur mappen inputs" in text
    assert HEMLIGT not in text


def test_a_link_inside_inputs_is_followed(kopia: Kopia) -> None:
    inputs = kopia()
    text = inputs / ÅRET / "text"
    (text / "personal.md").rename(inputs / "gemensam.md")
    (text / "personal.md").symlink_to(Path("..", "..", "..", "gemensam.md"))
    assert kontrollera(inputs)[0] == 0


def test_the_inputs_folder_may_be_a_link(kopia: Kopia, tmp_path: Path) -> None:
    kopia()
    (tmp_path / "länk").symlink_to(tmp_path / "inputs")
    assert kontrollera(tmp_path / "länk")[0] == 0


def test_links_that_lead_nowhere_or_round(kopia: Kopia) -> None:
    inputs = kopia()
    länka(inputs / ÅRET / "text" / "personal.md", Path("finns_inte.md"))
    länka(inputs / ÅRET / "text" / "balanskrav.md", Path("balanskrav.md"))
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert text.count("Länken leder ingenstans") == 2


@pytest.mark.parametrize("namn", ["text/a.md", "bokforing.se", "underlag.xlsx"])
def test_a_pipe_is_refused_and_does_not_hang(kopia: Kopia, namn: str) -> None:
    inputs = kopia()
    (inputs / ÅRET / namn).unlink(missing_ok=True)
    os.mkfifo(inputs / ÅRET / namn)
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert f"{namn}: Det här är ingen vanlig fil" in text


def test_a_socket_and_a_device(kopia: Kopia, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = kopia()
    monkeypatch.chdir(inputs / ÅRET)
    with socket.socket(socket.AF_UNIX) as sockel:
        sockel.bind("uttag")
        assert "uttag: Det här är ingen vanlig fil" in kontrollera(inputs)[1]
    länka(inputs / ÅRET / "underlag.xlsx", Path("/dev/zero"))
    assert "underlag.xlsx: Länken leder ut ur mappen inputs" in kontrollera(inputs)[1]


def test_a_folder_where_a_file_should_be(kopia: Kopia) -> None:
    inputs = kopia()
    (inputs / ÅRET / "text" / "personal.md").unlink()
    (inputs / ÅRET / "text" / "personal.md").mkdir()
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert "personal.md: Det här är ingen fil." in text


def test_files_of_other_programs_are_let_be(kopia: Kopia) -> None:
    """What macOS, Emacs and office programs leave beside a file."""
    inputs = kopia()
    text = inputs / ÅRET / "text"
    (text / "._personal.md").write_bytes(b"\x00\x05\x16\x07\xff")
    (text / ".#personal.md").symlink_to("karin@dator.123:456")
    (text / "~$personal.md").write_bytes(b"\x15\xff")
    (inputs / ÅRET / ".~lock.underlag.xlsx#").write_text(",karin,dator")
    (inputs / ÅRET / "~$underlag.xlsx").write_bytes(b"\x05\xff")
    assert kontrollera(inputs)[0] == 0


def test_capitals_in_names_do_not_matter(kopia: Kopia) -> None:
    inputs = kopia()
    for namn, annat in (
        ("forbund.yml", "Forbund.YML"),
        ("kontoplan.csv", "Kontoplan.csv"),
        ("2025/underlag.xlsx", "2025/Underlag.XLSX"),
        ("2025/bokforing.se", "2025/BOKFORING.SE"),
        ("2025/text/personal.md", "2025/text/Personal.MD"),
    ):
        (inputs / "exempelforbundet" / namn).rename(inputs / "exempelforbundet" / annat)
    assert kontrollera(inputs)[0] == 0
    år = read_räkenskapsår("exempelforbundet", 2025, inputs)
    assert år.texter["personal"].fil == "exempelforbundet/2025/text/Personal.MD"


def test_two_texts_under_one_name(kopia: Kopia) -> None:
    inputs = kopia()
    (inputs / ÅRET / "text" / "Personal.md").write_text("Vi var fler.\n")
    if len(list((inputs / ÅRET / "text").glob("[Pp]ersonal.md"))) == 1:
        pytest.skip("filsystemet skiljer inte på stora och små bokstäver")
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert "Texten finns redan som exempelforbundet/2025/text/Personal.md. Behåll den ena." in text


@pytest.mark.parametrize("namn", [b"per\xffsonal.md", "per\u202esonal.md".encode(), b"per\x1b[31msonal.md"])
def test_a_name_that_cannot_be_shown(kopia: Kopia, namn: bytes) -> None:
    inputs = kopia()
    with open(os.path.join(os.fsencode(inputs / ÅRET / "text"), namn), "w") as fil:
        fil.write("x")
    kod, text = kontrollera(inputs)
    assert kod == 2
    assert "Namnet har tecken som inte syns eller inte kan läsas" in text
    assert "\x1b" not in text
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--json")
    assert "Namnet har tecken" in svar.output


@pytest.mark.parametrize(
    "namn",
    ["..", ".", "", "/etc", "a/b", "a\\b", "../exempelforbundet", "a\0b", "CON", "nul", "com1", "x" * 500, "exempel.",
     "-x", "\u202ex", "åre", "²", "exempelforbundet/2025", "~"],
)  # fmt: skip
def test_only_plain_names_are_förbund(tmp_path: Path, namn: str) -> None:
    assert not är_slug(namn)
    svar = kör("skapa", "--inputs", INPUTS, "--outputs", tmp_path / "ut", "--", namn, "2025")
    assert svar.exit_code == 2
    assert "Traceback" not in svar.output
    assert not (tmp_path / "ut").exists()


def test_a_förbund_folder_with_a_name_of_its_own_is_told(tmp_path: Path) -> None:
    (tmp_path / "inputs" / "Åre" / "2025").mkdir(parents=True)
    svar = kör("kontrollera", "Åre", "2025", "--inputs", tmp_path / "inputs")
    assert "Mappen Åre kan inte vara ett förbunds. Ge den ett namn av a–z, 0–9, - och _." in svar.output


@pytest.mark.parametrize("år", ["0", "-1", "20250", "9" * 300, "9" * 5000, "²", "２０２５x"])
def test_a_year_that_is_none(år: str) -> None:
    svar = kör("kontrollera", "--inputs", INPUTS, "--", "exempelforbundet", år)
    assert svar.exit_code == 2
    assert "Traceback" not in svar.output


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "stor", "wb") as fil:
        fil.truncate(400_000)
    data, [problem] = read_bytes(tmp_path / "stor", "stor", 300_000)
    assert data is None
    assert str(problem) == "stor: Filen är större än 300 kB; det är inte rätt slags fil."
