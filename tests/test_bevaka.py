"""The page that follows: the same bytes as a run makes, shown to who has its address and to nobody else."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import openpyxl
import pytest

from conftest import Körning, förkorta
from facit import INPUTS, ROT
from finsam.model.problem import UnreadableInput
from finsam.report.arsbok import Årsbok
from finsam.report.bild.diagram import kapitaldiagram
from finsam.report.bild.minne import Bildminne, med_bildminne
from finsam.report.bild.yta import BRED
from finsam.report.typst_pdf import typstfel
from finsam.run.bevaka import sattare
from finsam.run.bevaka.motor import Dokument, Motor
from finsam.run.bevaka.server import Sidserver
from finsam.run.bevaka.tavla import Läge, Tavla
from finsam.run.bevaka.vakt import Vakt, är_underlag
from finsam.run.skapa import skapa

ÅRET = Path("exempelforbundet", "2025")


def motorn(inputs: Path, rapport: str = "arsredovisning", år: int = 2025, **val: Path) -> Motor:
    return Motor("exempelforbundet", år, rapport, inputs, **val)


def filer(d: Dokument) -> dict[str, bytes]:
    """What is shown, by the ending that a run's file has."""
    return {"html": d.sida.encode(), "pdf": d.pdf, "rapport.json": d.rapport, "kontroller.html": d.kontroller.encode()}


def körningens(mapp: Path) -> dict[str, bytes]:
    """The same of a run."""
    namn = {"html": f"{mapp.name}.html", "pdf": f"{mapp.name}.pdf"}
    alla = ("html", "pdf", "rapport.json", "kontroller.html")
    return {ett: (mapp / namn.get(ett, ett)).read_bytes() for ett in alla}


# The engine


def test_the_page_is_that_of_a_run(körning: Körning) -> None:
    with Motor("sofint", 2024, "arsredovisning", INPUTS) as motor:
        före = motor.sida()
        assert not före.prövat
        assert före.sida == re.sub(", <span data-storlek.*?</span>", "", körning.sida)
        assert motor._sätts and motor._sätts[0] is före.körda  # the PDF is begun
        assert filer(motor.bifoga(motor.pröva(före))) == körningens(körning.katalog)
        assert motor._sätt._satta == 1  # and that is the one which is read


def en_mening(rot: Path) -> None:
    fil = rot / ÅRET / "text" / "handelser.md"
    fil.write_text(fil.read_text("utf-8") + "\n\nEtt möte till hölls under året.\n", "utf-8")


def ett_obundet_tal(rot: Path) -> None:
    fil = rot / ÅRET / "text" / "handelser.md"
    fil.write_text(fil.read_text("utf-8") + "\n\nDet kostade 4711 kronor.\n", "utf-8")


def en_text_borta(rot: Path) -> None:
    (rot / ÅRET / "text" / "bedomning.md").unlink()


def en_cell(blad: str, kolumn: str, ändra: Callable[[object], object]) -> Callable[[Path], None]:
    def gör(rot: Path) -> None:
        bok = openpyxl.load_workbook(rot / ÅRET / "underlag.xlsx")
        rubrik = next(cell for rad in bok[blad].iter_rows() for cell in rad if cell.value == kolumn)
        cell = bok[blad].cell(rubrik.row + 1, rubrik.column)
        cell.value = ändra(cell.value)
        bok.save(rot / ÅRET / "underlag.xlsx")

    return gör


def byt(fil: str, mönster: str, nytt: str) -> Callable[[Path], None]:
    def gör(rot: Path) -> None:
        text = (rot / fil).read_text("utf-8")
        efter = re.sub(mönster, nytt, text, count=1, flags=re.MULTILINE)
        assert efter != text
        (rot / fil).write_text(efter, "utf-8")

    return gör


def två_belopp(rot: Path) -> None:
    """Move a krona from one balance to another, so that the ledger still adds up."""
    fil = rot / ÅRET / "bokforing.se"
    rader = [rad for rad in fil.read_bytes().split(b"\n") if not rad.startswith(b"#KSUMMA")]
    poster = [nr for nr, rad in enumerate(rader) if re.match(rb"#RES 0 [45]\d{3} \d+\.\d\d\s*$", rad)]
    for nr, mer in zip(poster[:2], (1, -1), strict=True):
        början, belopp = rader[nr].split()[:-1], rader[nr].split()[-1]
        rader[nr] = b" ".join((*början, b"%.2f" % (float(belopp) + mer)))
    fil.write_bytes(b"\n".join(rader))


ÄNDRINGAR: dict[str, Callable[[Path], None]] = {
    "en mening": en_mening,
    "ett obundet tal": ett_obundet_tal,
    "en text borta": en_text_borta,
    "en budget": en_cell("Budget", "Belopp", lambda tal: tal + 1000),
    "ett namn": en_cell("Insatser", "Namn", lambda namn: f"{namn} plus"),
    "en uppgift": en_cell("Uppgifter", "Värde", lambda _: None),
    "kortnamnet": byt("exempelforbundet/forbund.yml", "^namn: (.*)$", r"namn: \1 Nord"),
    "avsnitten": lambda rot: förkorta(rot, "omslag", "resultatrakning", "noter", "kontroller") and None,
    "bokföringen": två_belopp,
    "det publicerade": lambda rot: (rot / ÅRET / "publicerat.yml").unlink(missing_ok=True),
}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    shutil.copytree(INPUTS / "exempelforbundet", tmp_path / "inputs" / "exempelforbundet")
    return tmp_path / "inputs"


@pytest.mark.langsam
@pytest.mark.parametrize(
    ("rapport", "år", "ändringar"),
    [("arsredovisning", 2025, [*ÄNDRINGAR]), ("verksamhetsplan", 2026, ["en budget", "kortnamnet", "bokföringen"])],
)
def test_warm_equals_cold_whatever_is_changed(
    tmp_path: Path, inputs: Path, rapport: str, år: int, ändringar: list[str]
) -> None:
    """One change after the other, and back to the first; what is kept of one must not show in the next."""
    with motorn(inputs, rapport, år) as motor:
        motor.pröva(motor.sida())
        for ändra in (*map(ÄNDRINGAR.get, ändringar), lambda rot: shutil.copytree(INPUTS, rot, dirs_exist_ok=True)):
            assert ändra
            ändra(inputs)
            try:
                varm = filer(motor.bifoga(motor.pröva(motor.sida())))
            except UnreadableInput as fel:
                with pytest.raises(UnreadableInput, match=re.escape(str(fel))):
                    skapa("exempelforbundet", år, rapport, inputs, tmp_path / "ut", lambda _: lambda _: None)
            else:
                kall = skapa("exempelforbundet", år, rapport, inputs, tmp_path / "ut", lambda _: lambda _: None)
                assert varm == körningens(kall.katalog)


@pytest.mark.langsam
@pytest.mark.parametrize("ändring", ÄNDRINGAR)
def test_a_warm_page_is_that_of_a_new_engine(inputs: Path, ändring: str) -> None:
    """Cheaper than a run: what is kept against nothing kept."""
    with motorn(inputs) as varm, motorn(inputs) as ny:
        varm.sida()
        ÄNDRINGAR[ändring](inputs)
        assert varm.sida().sida == ny.sida().sida


@pytest.mark.langsam
def test_a_section_with_code_of_its_own_is_executed(tmp_path: Path, inputs: Path) -> None:
    böcker = tmp_path / "notebooks"
    shutil.copytree(ROT / "notebooks", böcker)
    fil = böcker / "arsredovisning" / "20_resultatrakning.ipynb"
    nb = nbformat.read(fil, 4)
    nb.cells.append(nbformat.v4.new_code_cell("from IPython.display import HTML\nHTML('<p>Eget</p>')"))
    nbformat.write(nb, fil)
    förkorta(inputs, "omslag", "resultatrakning", "kontroller")
    with motorn(inputs, notebooks=böcker) as motor:
        varm = filer(motor.bifoga(motor.pröva(motor.sida())))
    kall = skapa("exempelforbundet", 2025, "arsredovisning", inputs, tmp_path / "ut", lambda _: lambda _: None, böcker)
    assert varm == körningens(kall.katalog)


def test_typst_that_dies_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    källa = '#set document(title: "x")\nOrd'
    sätt = sattare.Sättare(tmp_path)
    try:
        första = sätt(källa, 0)
        sätt._barn.kill()
        with pytest.raises(ChildProcessError, match="Typst avbröts"):
            sätt(källa, 0)
        monkeypatch.setattr(sattare, "HÖGST", 1)
        assert sätt(källa, 0) == första  # a new process, which ends after this
        assert sätt._barn is None
    finally:
        sätt.stäng()


def test_a_picture_is_drawn_anew_when_what_it_shows_is_another(sofint: Årsbok) -> None:
    minne = Bildminne()
    ritade: list[str] = []

    def rita(år: object, tyda: object, format_: object) -> str:
        ritade.append("")
        return f"{år.förbund.kortnamn} {tyda.fakta['br.eget_kapital/2024'].värde}"  # type: ignore[attr-defined]

    år, tyda = sofint.år, sofint.tyda
    första = minne.bild(rita, år, tyda, BRED)
    assert minne.bild(rita, replace(år, texter={}), tyda, BRED) == första
    assert len(ritade) == 1
    assert minne.bild(rita, replace(år, förbund=år.förbund.model_copy(update={"kortnamn": "Y"})), tyda, BRED) != första
    assert minne.bild(rita, år, tyda, BRED) == första
    assert len(ritade) == 2
    with med_bildminne(minne):
        assert kapitaldiagram(år, tyda).svg == kapitaldiagram(år, tyda).svg
    assert kapitaldiagram(år, tyda).svg.startswith("<svg")


# Watching


def vakta(motor: Motor) -> tuple[Vakt, Tavla, list[str]]:
    sagt: list[str] = []
    tavla = Tavla()
    return Vakt(motor, tavla, sagt.append), tavla, sagt


def test_what_cannot_be_read_is_told_while_the_last_page_stays(inputs: Path) -> None:
    with motorn(förkorta(inputs, "omslag", "kontroller")) as motor:
        vakt, tavla, sagt = vakta(motor)
        lägen: list[Läge] = []
        visa = tavla.visa
        tavla.visa = lambda **nytt: (visa(**nytt), lägen.append(tavla.läge))[0]  # type: ignore[method-assign]
        vakt.gör()
        assert [(ett.svar, ett.prövas) for ett in lägen[:1]] == [("Talen prövas …", True)]
        assert [ett.prövas for ett in lägen[1:]] == [False, False]
        filerna = {"arsredovisning.html", "arsredovisning.pdf", "kontroller.html", "rapport.json"}
        assert [ett.filer.keys() for ett in lägen[1:]] == [filerna, filerna]
        prövat, klart = (ett.filer["arsredovisning.pdf"] for ett in lägen[1:])
        assert len(klart) > len(prövat)  # the workbook and the other files come into it last
        före = tavla.läge
        with (inputs / "exempelforbundet" / "forbund.yml").open("a") as fil:
            fil.write("insatser: [\n")
        vakt.gör()
        assert tavla.läge.problem
        assert "forbund.yml, rad" in tavla.läge.problem[0]
        assert (tavla.läge.filer, tavla.läge.sidans) == (före.filer, före.sidans)
        assert sagt[-1].startswith("Går inte att läsa. Sidan är den senaste som gick.\n")


def test_what_cannot_be_read_from_the_start_is_told_too(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (inputs / "exempelforbundet" / "forbund.yml").write_text("insatser: [\n")
    vakt, tavla, sagt = vakta(motorn(inputs))
    monkeypatch.setattr(Motor, "_hemma", lambda _: contextlib.nullcontext())
    vakt.gör()
    vakt.gör()
    assert tavla.läge.svar == "Går inte att läsa."
    assert len(sagt) == 1


def test_what_typst_cannot_set_ends_nothing(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ofog(_: Motor) -> Dokument:
        raise typstfel("unknown variable: foo", "")

    monkeypatch.setattr(Motor, "sida", ofog)
    vakt, tavla, _ = vakta(motorn(inputs))
    vakt.gör()
    assert tavla.läge.problem == ("unknown variable: foo",)


@pytest.mark.langsam
def test_a_saved_file_is_seen(inputs: Path) -> None:
    with motorn(förkorta(inputs, "omslag", "kontroller")) as motor:
        vakt, tavla, _ = vakta(motor)
        slut = threading.Event()
        tråd = threading.Thread(target=vakt.vakta, args=(slut.is_set,), daemon=True)
        tråd.start()
        try:
            läge = tavla.vänta(0, 60)
            while läge.prövas:
                läge = tavla.vänta(läge.nr, 60)
            with (inputs / "exempelforbundet" / "forbund.yml").open("a") as fil:
                fil.write("insatser: [\n")
            while not läge.problem:  # the last files may come between
                före, läge = läge, tavla.vänta(läge.nr, 60)
                assert läge != före
        finally:
            slut.set()
            tråd.join(30)


@pytest.mark.parametrize(
    ("namn", "läses"),
    [("underlag.xlsx", True), ("~$underlag.xlsx", False), (".forord.md.swp", False), ("forord.md~", False)],
)
def test_a_programs_own_file_beside_the_one_it_has_open(namn: str, läses: bool) -> None:
    assert är_underlag(Path("inputs", namn)) is läses


# The server


@pytest.fixture
def server() -> Iterator[Sidserver]:
    tavla = Tavla()
    tavla.visa(sida=b"<html><body><main>ett</main></body></html>", namn="rapport.html", filer={"k.html": b"k"})
    server = Sidserver(tavla, "rapport.html", {"verifikationer/1930.html": b"v"}.get)
    with server.igång():
        yield server


def fråga(server: Sidserver, väg: str, **huvuden: str) -> tuple[int, str, http.client.HTTPMessage]:
    till = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    till.request("GET", väg, headers=huvuden)
    svar = till.getresponse()
    return svar.status, svar.read().decode(), svar.headers


def test_the_page_is_served_with_its_script_and_no_other(server: Sidserver) -> None:
    kod, sida, huvuden = fråga(server, urlsplit(server.adress).path)
    assert kod == 200
    nyckel = re.search(r'<script nonce="([^"]+)">', sida)
    assert nyckel
    assert f"script-src 'nonce-{nyckel[1]}'" in huvuden["Content-Security-Policy"]
    assert "<main>ett</main>" in sida
    assert huvuden["Referrer-Policy"] == "no-referrer"
    assert fråga(server, f"/{server.nyckel}/k.html")[1] == "k"
    assert fråga(server, f"/{server.nyckel}/verifikationer/1930.html")[1] == "v"
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "väg",
    ["/", "/rapport.html", "/fel/rapport.html", "/{}/finns.html", "/{}/../k.html", "/{}//etc/passwd", "/{}/%2e%2e/k"],
)
def test_nothing_else_is_served(server: Sidserver, väg: str) -> None:
    kod, text, _ = fråga(server, väg.format(server.nyckel))
    assert (kod, text) == (404, "")


@pytest.mark.parametrize("värd", ["ond.se", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_gets_nothing(server: Sidserver, värd: str) -> None:
    """A page elsewhere that has its name lead here (DNS rebinding) asks by its own name."""
    assert fråga(server, urlsplit(server.adress).path, Host=värd)[0] == 404


def test_the_page_is_told_when_something_is_new(server: Sidserver) -> None:
    väg = f"/{server.nyckel}/nytt"
    läge = json.loads(fråga(server, väg)[1])
    svar: list[str] = []
    tråd = threading.Thread(target=lambda: svar.append(fråga(server, f"{väg}?{läge['nr']}")[1]))
    tråd.start()
    server.tavla.visa(svar="</script><b>", problem=("x",))
    tråd.join(10)
    nytt = json.loads(svar[0])
    assert (nytt["svar"], nytt["problem"], nytt["sidans"]) == ("</script><b>", ["x"], läge["sidans"])
    assert "</script><b>" not in fråga(server, urlsplit(server.adress).path)[1]


# The command


@pytest.mark.langsam
@pytest.mark.skipif(os.name == "nt", reason="kräver signaler")
def test_the_command_ends_with_its_terminal(tmp_path: Path, inputs: Path) -> None:
    ord_ = ["bevaka", "exempelforbundet", "2025", "--inputs", str(förkorta(inputs, "omslag", "kontroller"))]
    körs = subprocess.Popen(
        [sys.executable, "-P", "-m", "finsam", *ord_],
        env={**os.environ, "PYTHONPATH": str(ROT / "lib"), "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert körs.stdout
    adress = re.search(r"http://\S+", körs.stdout.readline() or "")
    assert adress
    assert any("knutna" in rad for rad in iter(körs.stdout.readline, ""))
    körs.send_signal(signal.SIGINT)
    slut = körs.stdout.read()
    assert körs.wait(30) == 0
    assert slut.endswith("Bevakningen är avslutad.\n")
    assert not [fil for fil in tmp_path.iterdir() if fil.name.startswith("finsam-")]


def test_a_förbund_that_is_not_there(tmp_path: Path) -> None:
    from conftest import kör

    svar = kör("bevaka", "finnsinte", "2025", "--inputs", INPUTS)
    assert svar.exit_code == 2
    assert "Förbundet finnsinte finns inte" in svar.output
