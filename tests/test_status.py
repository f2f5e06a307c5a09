"""`finsam status`: what it says in each situation, what the history keeps, and what has changed since a run.

A folder in `tests/status/` is a situation: `underlag/` lies over the inputs of a förbund whose plan is made, `bort.txt`
names what is taken away, `vantat.txt` is what the terminal then says, and `mot.txt` what it says with --mot.
"""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Körning, en_gång, kör
from facit import INPUTS, ROT, jämför
from finsam.prove.manifest import indatasummor, körning_json
from finsam.report.arsbok import Årsbok
from finsam.run import skapa
from finsam.run.cli.skillnad import visa_skillnad
from finsam.run.cli.terminal import ut
from finsam.run.montering import write_json
from finsam.run.status import skillnad
from finsam.run.status.dokument import avtryck
from finsam.run.status.historik import SPARAS, anteckna, historikmapp, read_historik, read_ögonblick
from finsam.run.status.las import läs_status, read_bok
from finsam.run.status.nasta import nästa
from finsam.run.status.ogonblick import Anmärkt, Faktum, Lästfil, Ögonblick, ögonblick
from finsam.run.status.svar import Dokument
from finsam.run.utmapp import Skrivfel
from prov import urval

HÄR = Path(__file__).parent / "status"
KLOCKAN = datetime(2026, 3, 2, 8, 15, tzinfo=timezone(timedelta(hours=1)))
FRÅGA = ("lekeberg-orebro", "2024")


@pytest.fixture(scope="session")
def gjord(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs and outputs of a plan that is made, as a run leaves what is asked for here."""

    def gör(rot: Path) -> None:
        shutil.copytree(INPUTS / FRÅGA[0], rot / "inputs" / FRÅGA[0])
        mål = rot / "outputs" / "/".join(FRÅGA) / "verksamhetsplan"
        mål.mkdir(parents=True)
        bok, _ = read_bok(FRÅGA[0], 2024, "", rot / "inputs")
        (mål / "verksamhetsplan.pdf").write_bytes(b"%PDF")
        write_json({"utkast": False}, mål / "rapport.json")
        summor = indatasummor(bok, rot / "inputs")
        parametrar = {"förbund": FRÅGA[0], "år": 2024}
        write_json(körning_json("verksamhetsplan", parametrar, summor, [bok.avsnitt[0].fil], mål), mål / "korning.json")
        anteckna(mål, ögonblick(bok, rot / "inputs"), avtryck(mål), KLOCKAN)

    return en_gång(tmp_path_factory, "status", gör)


@pytest.fixture
def rot(gjord: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to change, and to stand in."""
    shutil.copytree(gjord, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FINSAM_INPUTS", "inputs")
    return tmp_path


FALL = sorted(mapp.name for mapp in HÄR.iterdir() if mapp.is_dir())


@pytest.mark.parametrize("fall", urval(FALL, "andrad_text", "olasligt"))
def test_what_is_said(fall: str, rot: Path) -> None:
    mapp = HÄR / fall
    if (mapp / "underlag").is_dir():
        shutil.copytree(mapp / "underlag", rot, dirs_exist_ok=True)
    for namn in (mapp / "bort.txt").read_text("utf-8").split() if (mapp / "bort.txt").is_file() else ():
        shutil.rmtree(rot / namn) if (rot / namn).is_dir() else (rot / namn).unlink()
    svar = kör("status", *FRÅGA)
    assert svar.exit_code == 0
    jämför(svar.output.replace(str(rot), "."), mapp / "vantat.txt")
    assert not [rad for rad in svar.output.splitlines() if len(rad) > 80 and "finsam " not in rad]
    if (mapp / "mot.txt").is_file():
        mot = kör("status", *FRÅGA, "--mot", "senaste")
        jämför(mot.output.replace(str(rot), "."), mapp / "mot.txt")
        assert mot.exit_code == 0


@pytest.mark.langsam
def test_the_document_says_what_the_program_does(rot: Path) -> None:
    """Its commands are run, and what it shows is what is said."""
    text = (ROT / "docs" / "status.md").read_text("utf-8")
    ord_ = [rad.split()[1:] for rad in re.findall(r"^    (finsam .+)$", text, re.M)]
    assert len(ord_) == 6
    for ett in ord_:
        svar = kör(*(FRÅGA[0] if del_ == "sofint" else del_ for del_ in ett))
        ensam = "förra" in ett  # it has been run once
        assert (svar.exit_code, "Det finns bara en körning" in svar.output) == (2 * ensam, ensam), svar.output
    [visat] = re.findall(r"^```text\n(.*?)^```", text, re.M | re.S)
    assert visat in (HÄR / "andrad_text" / "mot.txt").read_text("utf-8")


def test_a_draft_is_not_to_be_sealed(rot: Path) -> None:
    """What is seen only in a document hinders until the inputs are others; without it, it is to be made again."""
    mål = rot / "outputs" / "/".join(FRÅGA) / "verksamhetsplan"
    write_json({"utkast": True}, mål / "rapport.json")
    assert "Kommando: finsam skapa" in kör("status", *FRÅGA).output
    fel = {"kod": "C39", "niva": "fel", "text": "Talet 7 är inte knutet till något fakta.", "kalla": ""}
    write_json([fel, {**fel, "niva": "varning", "text": "Annat."}], mål / "kontroller.json")
    svar = kör("status", *FRÅGA).output
    assert "✗ C39  Talet 7 är inte knutet" in svar and "Annat." not in svar
    assert "Rätta det som hindrar (1 fel)." in svar and "plombera" not in svar
    (rot / "inputs" / FRÅGA[0] / "2024" / "text" / "vp_mal.md").write_text("Andra mål.\n", "utf-8")
    assert "C39" not in kör("status", *FRÅGA).output


def test_all_there_are(rot: Path) -> None:
    (rot / "inputs" / FRÅGA[0] / "2024" / "text" / "vp_mal.md").write_text("Andra mål.\n", "utf-8")
    assert kör("status").output == "! lekeberg-orebro 2024 verksamhetsplan  slutlig, äldre än underlaget (1 fil)\n"
    assert kör("status", FRÅGA[0]).output == kör("status").output
    [ett] = json.loads(kör("status", "--json").output)
    assert ett["dokument"]["aldre_an"] == ["lekeberg-orebro/2024/text/vp_mal.md"]


@pytest.mark.parametrize(
    ("ord_", "sägs"),
    [
        (("lekeberg", "2024"), "Menar du lekeberg-orebro?"),
        (("lekeberg",), "Menar du lekeberg-orebro?"),
        ((FRÅGA[0], "2023"), "År 2023 finns inte för lekeberg-orebro. Där finns: 2024."),
        ((*FRÅGA, "plan"), "Rapporten plan finns inte."),
        ((*FRÅGA, "--mot", "7"), "Körningen 7 finns inte. Där finns: 1, senaste och förra."),
        ((*FRÅGA, "--mot", "förra"), "Det finns bara en körning, körning 1, 2026-03-02 08:15. Jämför med senaste."),
        ((*FRÅGA, "arsredovisning", "--mot", "1"), "Det finns ingen körning att jämföra med."),
        (("--mot", "1"), "Ange förbund och år"),
    ],
)
def test_what_is_not_there_is_said(rot: Path, ord_: tuple[str, ...], sägs: str) -> None:
    svar = kör("status", *ord_)
    assert svar.exit_code == 2
    assert sägs in " ".join(svar.output.split())


def test_a_link_that_leads_out_is_not_opened(rot: Path) -> None:
    """Neither as a text nor as the settings that a förbund's name is read from."""
    hemlig = rot / "hemlig.txt"
    hemlig.write_text("namn: Hemligt förbund\nkortnamn: H\n", "utf-8")
    länkar = [rot / "inputs" / FRÅGA[0] / fil for fil in ("2024/text/vp_mal.md", "forbund.yml")]
    for länk in länkar:
        länk.unlink()
        try:
            länk.symlink_to(hemlig)
        except OSError:
            pytest.skip("länkar går inte att göra här")
    s = läs_status(FRÅGA[0], 2024, inputs=rot / "inputs", outputs=rot / "outputs")
    delar = {del_.id: del_ for del_ in s.underlag}
    assert (s.läst, s.namn) == (False, FRÅGA[0])
    for id_ in ("text/vp_mal", "forbund.yml"):
        assert (delar[id_].läge, delar[id_].säger) == ("problem", "")
        assert "Länken leder ut ur mappen inputs" in delar[id_].problem[0]
    assert "Hemligt" not in kör("status").output + kör("status", *FRÅGA).output


def test_a_run_is_in_the_history_and_not_in_its_own_folder(körning: Körning) -> None:
    ut_ = körning.katalog.parents[2]
    s = läs_status("sofint", 2024, inputs=INPUTS, outputs=ut_)
    [k] = s.körningar
    assert (k.nr, k.utkast, k.ändrat, k.avtryck) == (1, False, "", avtryck(körning.katalog))
    assert (s.dokument[0].aktuellt, s.dokument[0].gjort) == (True, k.gjort)
    assert not [fil for fil in körning.katalog.rglob("*") if "historik" in fil.as_posix().split("arsredovisning/")[-1]]
    sagt = read_ögonblick(körning.katalog, 1)
    assert sagt
    assert sagt.fakta["rr.arets_resultat/2024"].visat == körning.bok.fakta["rr.arets_resultat"].visat
    assert sagt.antal("varning") == k.varningar == sum(f["niva"] == "varning" for f in körning.kontroller)


def test_sheets_that_count_persons_are_not_kept(exempel_ögonblick: Ögonblick) -> None:
    rader = exempel_ögonblick.filer["exempelforbundet/2025/underlag.xlsx"].rader
    assert {rad.partition(",")[0] for rad in rader} >= {"Budget", "Mål"}
    assert not [rad for rad in rader if rad.startswith(("Deltagare", "Enkätsvar", "Indikatorer"))]
    assert exempel_ögonblick.filer["exempelforbundet/2025/bokforing.se"].rader == ()


@pytest.fixture(scope="session")
def exempel_ögonblick(exempel: Årsbok) -> Ögonblick:
    return ögonblick(exempel, INPUTS)


# ---------------------------------------------------------------- what has changed


def _faktum(namn: str, kronor: str, *av: str) -> Faktum:
    return Faktum(namn=namn, varde=kronor, enhet="kr", visat=f"{kronor} kr", av=av)


FÖRE = Ögonblick(
    utkast=False,
    fakta={
        "rr.kostnader/2024": _faktum("Kostnader.", "-100.00"),
        "rr.resultat/2024": _faktum("Resultat.", "50.00", "rr.intakter/2024", "rr.kostnader/2024"),
        "nt.soliditet/2024": Faktum(namn="Soliditet.", varde="0.5000000000", enhet="andel", visat="50,0 %"),
        "uppgift.dnr/2024": Faktum(namn="Diarienummer.", varde="", enhet="text", visat="uppgift saknas"),
    },
    fynd=(Anmärkt(kod="C25", niva="varning", text="Uppgift saknas: diarienummer."),),
    filer={
        "x/2024/text/mal.md": Lästfil(sha256="1", rader=("Ett mål. Det nåddes. Nästa år blir svårt.",)),
        "x/2024/underlag.xlsx": Lästfil(sha256="2", rader=("Budget, individ 2024: Belopp 100", "Insatser, a: Namn A")),
        "x/2024/bokforing.se": Lästfil(sha256="3"),
    },
)
EFTER = Ögonblick(
    utkast=True,
    fakta={
        "rr.kostnader/2024": _faktum("Kostnader.", "-120.00"),
        "rr.resultat/2024": _faktum("Resultat.", "30.00", "rr.intakter/2024", "rr.kostnader/2024"),
        "nt.soliditet/2024": Faktum(namn="Soliditet.", varde="0.4000000000", enhet="andel", visat="40,0 %"),
        "uppgift.dnr/2024": Faktum(namn="Diarienummer.", varde="", enhet="text", visat="A 1"),
        "rr.ny/2024": _faktum("Ny [bold]rad[/].", "1.00"),
    },
    fynd=(Anmärkt(kod="C03", niva="fel", text="Resultatet stämmer inte."),),
    filer={
        "x/2024/text/mal.md": Lästfil(sha256="9", rader=("Ett mål. Det nåddes inte. Nästa år blir svårt.",)),
        "x/2024/underlag.xlsx": Lästfil(sha256="8", rader=("Budget, individ 2024: Belopp 120", "Insatser, a: Namn A")),
        "x/2024/bokforing.se": Lästfil(sha256="7"),
    },
)


def test_what_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    s = skillnad.jämför(FÖRE, EFTER, "körning 1, 2026-03-02 08:15", "körning 2, 2026-03-03 09:00")
    assert skillnad.i_korthet(s) == (
        "5 tal (Kostnader -100.00 kr → -120.00 kr; Resultat 50.00 kr → 30.00 kr), 1 text, 1 fil med uppgifter, "
        "1 annan fil, 1 nytt fynd, 1 löst fynd"
    )
    assert {f.id: (f.differens, f.följd) for f in s.fakta} == {
        "rr.kostnader/2024": (Decimal(-20), False),
        "nt.soliditet/2024": (Decimal("-0.1"), False),
        "uppgift.dnr/2024": (None, False),
        "rr.ny/2024": (None, False),
        "rr.resultat/2024": (Decimal(-20), True),
    }
    with ut.capture() as sagt:
        visa_skillnad(s, utförligt=False)
    jämför(sagt.get(), HÄR / "skillnad.txt")
    assert skillnad.jämför(EFTER, EFTER).tom
    assert skillnad.i_korthet(skillnad.jämför(EFTER, EFTER)) == ""


def test_a_long_difference_is_cut() -> None:
    många = Lästfil(sha256="1", rader=tuple(map(str, range(3000))))
    ena = FÖRE.model_copy(update={"filer": {"a.csv": många}})
    [fil] = skillnad.jämför(FÖRE.model_copy(update={"filer": {}}), ena).inställningar
    assert (len(fil.rader), fil.rader[-1]) == (401, "…")


# ---------------------------------------------------------------- the history


@pytest.fixture
def mål(tmp_path: Path) -> Path:
    mål = tmp_path / "ut" / "x" / "2024" / "arsredovisning"
    mål.mkdir(parents=True)
    (mål / "korning.json").write_text("{}", "utf-8")
    return mål


def _nr(hur_många: int) -> Ögonblick:
    return FÖRE.model_copy(update={"fakta": {"rr.a/2024": _faktum("A.", f"{hur_många}.00")}})


def test_a_run_that_gives_the_same_is_not_another(mål: Path) -> None:
    senare = KLOCKAN + timedelta(days=1)
    anteckna(mål, FÖRE, avtryck(mål), KLOCKAN)
    anteckna(mål, EFTER, avtryck(mål), KLOCKAN)
    anteckna(mål, EFTER, avtryck(mål), senare)
    två, ett = read_historik(mål).körningar
    assert (två.nr, två.gjort, två.utkast, två.fel) == (2, senare.isoformat(), True, 1)
    assert två.ändrat.startswith("5 tal")
    assert (ett.nr, ett.ändrat) == (1, "")


def test_so_many_are_kept_and_their_numbers_go_on(mål: Path) -> None:
    for nr in range(1, SPARAS + 4):
        anteckna(mål, _nr(nr), avtryck(mål), KLOCKAN)
    assert [k.nr for k in read_historik(mål).körningar] == list(range(SPARAS + 3, 3, -1))
    assert sorted(fil.name for fil in historikmapp(mål).iterdir())[0] == "0004.json.gz"


def test_only_the_time_differs(mål: Path) -> None:
    fil = historikmapp(mål) / "0001.json.gz"
    anteckna(mål, FÖRE, avtryck(mål), KLOCKAN)
    data = fil.read_bytes()
    fil.unlink()
    anteckna(mål, FÖRE, avtryck(mål), KLOCKAN)
    assert fil.read_bytes() == data


def test_a_run_that_another_has_replaced_is_told_by_that_one(mål: Path) -> None:
    anteckna(mål, FÖRE, "0" * 64, KLOCKAN)
    assert read_historik(mål).körningar == ()


def test_two_at_once(mål: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda nr: anteckna(mål, _nr(nr), avtryck(mål), KLOCKAN), range(8)))
    assert [k.nr for k in read_historik(mål).körningar] == [8, 7, 6, 5, 4, 3, 2, 1]
    värden = {ett.fakta["rr.a/2024"].varde for nr in range(1, 9) if (ett := read_ögonblick(mål, nr))}
    assert värden == {f"{nr}.00" for nr in range(8)}


@pytest.mark.parametrize("data", [b"", b"skr\xe4p", b"\x1f\x8b\x08\x00klippt", "bomb"])
def test_a_file_that_cannot_be_read_is_told_and_left(mål: Path, data: bytes | str) -> None:
    anteckna(mål, FÖRE, avtryck(mål), KLOCKAN)
    fil = historikmapp(mål) / "0001.json.gz"
    hel = fil.read_bytes()
    fil.write_bytes(hel[: len(hel) // 3] if isinstance(data, str) else data)
    assert read_ögonblick(mål, 1) is None
    anteckna(mål, EFTER, avtryck(mål), KLOCKAN)
    historik = read_historik(mål)
    assert historik.körningar[0].nr == 2
    assert isinstance(data, str) or historik.oläsliga == (fil,)


def test_a_history_that_cannot_be_written_stops_no_run(mål: Path, exempel_ögonblick: Ögonblick) -> None:
    (mål.parent / "historik").write_text("en fil i vägen", "utf-8")
    with pytest.raises(Skrivfel, match="det finns en fil där en mapp ska vara"):
        anteckna(mål, exempel_ögonblick, avtryck(mål), KLOCKAN)


def test_the_run_says_that_it_is_not_in_the_history(mål: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mål.parent / "historik").write_text("en fil i vägen", "utf-8")
    bok, _ = read_bok(FRÅGA[0], 2024, "", INPUTS)
    fel = skapa._anteckna(mål, bok, INPUTS, indatasummor(bok, INPUTS), avtryck(mål))
    assert fel.startswith("Kunde inte skriva")


def test_a_file_that_changed_during_the_run_is_kept_by_its_hash(rot: Path) -> None:
    bok, _ = read_bok(FRÅGA[0], 2024, "", rot / "inputs")
    summor = indatasummor(bok, rot / "inputs")
    namn = "lekeberg-orebro/2024/text/vp_mal.md"
    assert ögonblick(bok, rot / "inputs", summor).filer[namn].rader
    (rot / "inputs" / namn).write_text("Något annat.", "utf-8")
    assert ögonblick(bok, rot / "inputs", summor).filer[namn] == Lästfil(sha256=summor[namn])


def test_what_is_next_has_its_command_and_a_sealed_year_none() -> None:
    klar = Dokument("arsredovisning", ("arsredovisning.pdf",), slag="slutlig")
    for plomberad, kommando in ((False, "plombera"), (True, "")):
        assert nästa((), 0, klar, läst=True, plomberad=plomberad)[1] == kommando
    assert nästa((), 0, replace(klar, slag="utkast"), läst=True, plomberad=True)[1] == "skapa"
    assert nästa((), 2, klar, läst=True, plomberad=False)[1] == "kontrollera"
