"""The start page: what it says of a year, that nothing from outside is markup, and what its buttons do. No browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ipywidgets as W
import nbformat
import pytest
from click.testing import CliRunner
from jupyter_server.serverapp import ServerApp
from nbclient import NotebookClient

from facit import ROT
from finsam.checks.finding import Finding
from finsam.granska.lasa.dokument import HÖGST_BYTE
from finsam.model.problem import UnreadableInput
from finsam.run.cli.kommandon import main
from finsam.run.start import html, lab, plats
from finsam.run.start.arbete import Arbete, Händelse
from finsam.run.start.checklista import checklista
from finsam.run.start.granskning import svar_html
from finsam.run.start.jamforelse import HÖGST, jämförelse
from finsam.run.start.kopia import write_startsida
from finsam.run.start.plats import NAMN, Plats, öppna_fil
from finsam.run.start.rader import Mål, besked, dokumentrader, grupper, underlagsrader
from finsam.run.start.sida import Startsida
from finsam.run.start.val import att_välja, välj
from finsam.run.status.las import läs_status
from finsam.run.status.skillnad import Faktaskillnad, Filskillnad, Fynd, Skillnad
from finsam.run.status.svar import Dokument, Körning, Status, Underlagsdel
from nytt.test_fall import FALL, Fall

JOBB = ("exempelforbundet", 2025, "arsredovisning")
ILLA = "<script>alert(1)</script>\" onclick='x'"


def stängd(**nytt: Any) -> Status:
    """A year that is in order and not made."""
    tom = Status(*JOBB[:1], "Prov", *JOBB[1:], "Årsredovisning 2025", (), (), (), (), (), "")
    return replace(tom, **nytt)


@pytest.fixture
def här(tmp_path: Path) -> Plats:
    (tmp_path / "inputs").mkdir(exist_ok=True)
    return Plats.hitta(tmp_path / "inputs", tmp_path / "outputs")


@pytest.mark.parametrize(
    ("nytt", "rubrik", "nästa"),
    [
        ({"läst": False}, "Underlaget går inte att läsa än.", "visa"),
        ({"anmärkningar": (Finding("fel", "x"),)}, "Rätta det som hindrar.", "visa"),
        ({"anmärkningar": (Finding("varning", "x"),)}, "Rapporten går att skapa.", "slutlig"),
        ({"dokument": (Dokument(JOBB[2], ("a.pdf",), slag="utkast"),)}, "Rapporten finns som utkast.", "slutlig"),
        (
            {"dokument": (Dokument(JOBB[2], ("a.pdf",), slag="slutlig", äldre_än=("b",)),)},
            "Rapporten är äldre än underlaget.",
            "slutlig",
        ),
        ({"dokument": (Dokument(JOBB[2], ("a.pdf",), slag="slutlig"),)}, "Rapporten är skapad och aktuell.", "oppna"),
    ],
)
def test_the_line_that_matters_most(nytt: dict[str, Any], rubrik: str, nästa: str) -> None:
    om = besked(stängd(**nytt))
    assert (om.rubrik, om.nästa) == (rubrik, nästa)


def test_nothing_from_outside_is_markup(här: Plats) -> None:
    """Names, findings, problems, files and history of a förbund that means ill."""
    del_ = Underlagsdel("bokforing", ILLA, "a/b.se", "problem", ILLA, (ILLA,))
    s = stängd(
        namn=ILLA,
        titel=ILLA,
        underlag=(del_, replace(del_, id="text/x", läge="saknas")),
        anmärkningar=tuple(Finding(nivå, ILLA, ILLA, följder=(ILLA,)) for nivå in ("fel", "varning", "upplysning")),
        dokument=(Dokument(JOBB[2], (f"{ILLA}.pdf",), ILLA, "slutlig", (ILLA,)),),
        körningar=(Körning(1, ILLA, True, 1, 0, ILLA),),
    )
    sida = checklista(s, här)
    assert "&lt;script&gt;alert(1)" in sida
    assert sida.count("&lt;script&gt;") >= 12
    utan_stil = sida.partition("</style>")[2]
    assert not re.search(r"<(?!/?(div|span|strong|section|h3|details|summary|button|table|thead|tbody|tr|th|td|p|ul|li|"
                         r"svg|rect|circle|path)\b)", utan_stil)  # fmt: skip
    assert "onclick" not in re.sub(r"&#x27;|&quot;|\" onclick", "", re.sub(r">[^<]*<", "><", utan_stil))
    svar = {"fynd": [], "lasta": [], "bredvid": [], "olasliga": {ILLA: ILLA}, "provat": {}}
    assert "<script" not in svar_html(svar)
    assert "<script" not in html.adressknapp(ILLA, ILLA) + html.förlopp(1, 2, ILLA, 1) + html.kommandoknapp(
        ILLA, ILLA, {"path": ILLA}, "k"
    )


def test_a_finding_leads_to_where_it_is_mended(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """A sheet with its row, a sheet that the words name, a file; a figure only when there is a document."""
    inputs = kopia()
    här = Plats.hitta(inputs, tmp_path / "outputs")
    bok = "exempelforbundet/2025/underlag.xlsx"
    funna = (
        Finding("varning", "Målet har ingen bedömning.", "Mål, rad 13", kod="C20"),
        Finding("varning", "Fyll i raden dnr i bladet Uppgifter.", bok, kod="C25"),
        Finding("varning", "Kontot saknas.", "exempelforbundet/kontoplan.csv", kod="C28"),
        Finding("varning", "Utanför.", "../../../etc/passwd", kod="C29"),
        Finding("varning", "Talet skiljer.", "rr.arets_resultat/2025", kod="C30"),
    )
    s = stängd(underlag=(Underlagsdel("underlag", "Arbetsbok", bok, "finns", ""),), anmärkningar=funna)

    def mål() -> list[str]:
        [grupp] = [g for g in grupper(s, här) if g.antal]
        return [f"{m.fil.name}|{m.ord}|{m.del_}" for r in grupp.rader for m in r.mål]

    i_boken = ["underlag.xlsx|Bladet Mål, rad 13|", "underlag.xlsx|Bladet Uppgifter|"]
    assert mål() == [*i_boken, "kontoplan.csv|kontoplan.csv|"]
    sida = här.outputs / "exempelforbundet/2025/arsredovisning/arsredovisning.html"
    sida.parent.mkdir(parents=True)
    sida.touch()
    assert mål()[3:] == ["arsredovisning.html|Visa spår|spar-rr.arets_resultat/2025"]


def test_what_is_opened_is_ours_and_no_program(här: Plats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for namn in ("a.xlsx", "a.exe", "a.md", "a"):
        (här.inputs / namn).touch()
    (här.inputs / "mapp").mkdir()
    kan = {namn: här.kan_öppnas(här.inputs / namn) for namn in ("a.xlsx", "a.exe", "a.md", "a", "mapp")}
    assert kan == {"a.xlsx": True, "a.exe": False, "a.md": False, "a": False, "mapp": True}
    assert not här.kan_öppnas(tmp_path / "b.pdf")
    assert här.i_lab(här.inputs / "a.md") == "inputs/a.md"
    assert här.i_lab(här.inputs / "a.xlsx") == här.i_lab(Path("/etc/a.md")) == ""
    assert "finns inte längre" in öppna_fil(här.inputs / "borta.xlsx")
    öppnade: list[list[str]] = []

    def kör(kommando: list[str], **_: Any) -> Any:
        öppnade.append(kommando)
        raise FileNotFoundError

    monkeypatch.setattr(plats.subprocess, "run", kör)
    monkeypatch.setattr(plats.sys, "platform", "linux")
    assert "Öppna den själv" in öppna_fil(här.inputs / "a.xlsx")
    assert öppnade == [["xdg-open", str(här.inputs / "a.xlsx")]]


def test_which_year_is_shown_when_none_is_asked_for() -> None:
    finns = (
        ("exempelforbundet", "E", 2026, "arsredovisning"),
        ("a", "A", 2023, "arsredovisning"),
        ("a", "A", 2024, "arsredovisning"),
        ("b", "B", 2025, "verksamhetsplan"),
    )
    assert välj(finns, ("", 0, "")) == ("a", 2024, "arsredovisning")
    assert välj(finns, ("b", 0, "")) == ("b", 2025, "verksamhetsplan")
    assert välj(finns, ("a", 2023, "")) == ("a", 2023, "arsredovisning")
    assert välj(finns[:1], ("", 0, "")) == ("exempelforbundet", 2026, "arsredovisning")
    assert välj(finns, ("c", 0, "")) == välj(finns, ("b", 2019, "")) == ("a", 2024, "arsredovisning")
    assert välj((), ("", 0, "")) == ("", 0, "")


def test_a_year_that_is_begun_can_be_chosen(kopia: Callable[[], Path]) -> None:
    """Without its ledger, and without anything; what is no year is not there."""
    mapp = kopia() / "exempelforbundet"
    (mapp / "2025/bokforing.se").unlink()
    for namn in ("2031", ".2032", "text"):
        (mapp / namn).mkdir(exist_ok=True)
    assert [ett[2:] for ett in att_välja(mapp.parent)] == [
        (2024, "arsredovisning"),
        (2025, "arsredovisning"),
        (2026, "verksamhetsplan"),
        (2031, "arsredovisning"),
    ]
    assert att_välja(mapp / "finns inte") == ()


def test_the_page_is_opened_already_run(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """The copy has the year's checklist as output, one folded cell; the project's notebook is as it was."""
    före = (ROT / "notebooks" / NAMN).read_bytes()
    här = Plats.hitta(kopia(), tmp_path / "ut")
    nb = nbformat.read(write_startsida(här, ("exempelforbundet", 2025, "")), 4)
    nbformat.validate(nb)
    [cell] = nb.cells
    assert cell.metadata.jupyter.source_hidden
    assert "år = 2025" in cell.source and f"outputs = {str(här.outputs)!r}" in cell.source
    assert "startsida(förbund, år, rapport, outputs)" in cell.source
    sida = cell.outputs[0].data["text/html"]
    assert "Rapporten går att skapa." in sida and "773 verifikationer" in sida
    assert 'data-commandlinker-command="notebook:run-all-cells"' in sida
    länkar = re.findall(r"inputs/exempelforbundet/[\w./]+", sida)
    assert länkar and all((här.rot / ett).exists() for ett in länkar)
    assert (ROT / "notebooks" / NAMN).read_bytes() == före


def test_a_year_that_cannot_be_read_says_what_is_wrong(kopia: Callable[[], Path], tmp_path: Path) -> None:
    här = Plats.hitta(kopia(), tmp_path / "ut")
    (här.inputs / "exempelforbundet/2025/bokforing.se").write_text("ingen bokföring", "utf-8")
    s = läs_status(*JOBB, inputs=här.inputs, outputs=här.outputs)
    [rad] = [r for r in underlagsrader(s, här) if "bokforing.se" in r.rubrik]
    assert rad.ton == "hindrar" and rad.fler
    assert besked(s).rubrik == "Underlaget går inte att läsa än."


def test_a_folder_without_a_förbund_has_a_page(här: Plats) -> None:
    assert "Nytt förbund" in write_startsida(här, ("", 0, "")).read_text("utf-8")


def test_finsam_alone_is_the_start_page(kopia: Callable[[], Path], tmp_path: Path, monkeypatch: Any) -> None:
    """`finsam` and `finsam lab` become JupyterLab at the project's root; a year that is not there is said first."""
    blev: list[list[str]] = []
    monkeypatch.setattr(lab.os, "execv", lambda _, ord_: blev.append(ord_))
    monkeypatch.setattr(lab, "write_startsida", lambda här, _: här.kopia)
    monkeypatch.setattr(lab, "gör_betrodd", lambda _: None)
    monkeypatch.setenv("FINSAM_INPUTS", str(kopia()))
    monkeypatch.chdir(tmp_path)
    for ord_ in ([], ["lab"], ["lab", "exempelforbundet", "2025", "--oppna-inte"]):
        assert CliRunner().invoke(main, ord_).exit_code == 0
    assert len(blev) == 3 and blev[0] == blev[1]
    assert f"--ServerApp.root_dir={tmp_path}" in blev[0]
    assert f"--LabApp.default_url=/lab/tree/outputs/{NAMN}" in blev[0]
    server = ServerApp()
    server.parse_command_line([ett for ett in blev[0] if ett.startswith("--ServerApp.tornado")])
    assert server.tornado_settings["websocket_max_message_size"] >= HÖGST_BYTE  # else a large file is silently lost
    assert set(blev[2]) - set(blev[0]) == {"--no-browser"}
    svar = CliRunner().invoke(main, ["lab", "finnsinte", "2025"])
    assert svar.exit_code == 2 and "finnsinte" in svar.output and len(blev) == 3


def knappen(allt: W.Widget, ord_: str) -> W.Button:
    """A button by its word."""
    return next(w for w in alla(allt) if isinstance(w, W.Button) and w.description == ord_)


def alla(widget: W.Widget) -> list[W.Widget]:
    """A widget and all in it."""
    return [widget, *(ett for barn in getattr(widget, "children", ()) for ett in alla(barn))]


def synligt(allt: W.Widget) -> str:
    """The HTML that is shown."""
    return "".join(w.value for w in alla(allt) if isinstance(w, W.HTML))


@pytest.mark.langsam
def test_the_buttons_do_what_they_say(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """Checked, refused as final, made as a draft with its package, mended and made final; a year is begun."""
    inputs = kopia()
    sida = Startsida(Plats.hitta(inputs, tmp_path / "ut"), JOBB)
    sida.läs()
    plan = inputs / "exempelforbundet/kontoplan.csv"
    hel = plan.read_text("utf-8")
    plan.write_text("\n".join(rad for rad in hel.splitlines() if not rad.startswith("1631")), "utf-8")
    knappen(sida._allt, "Kontrollera").click()
    assert "Rätta det som hindrar." in synligt(sida._allt) and "Konto 1631" in synligt(sida._allt)
    knappen(sida._allt, "Gör slutlig").click()
    assert "kan inte göras slutlig" in synligt(sida._allt)
    mapp = tmp_path / "ut/exempelforbundet/2025/arsredovisning"
    assert not mapp.exists()
    gör(sida, "Paket")
    assert "märkt UTKAST" in synligt(sida._allt) and (mapp / "arsredovisning.pdf").is_file()
    assert knappen(sida._allt, "Paketet") and list(mapp.parent.glob("*.zip"))
    plan.write_text(hel, "utf-8")
    gör(sida, "Gör slutlig")
    assert "den är slutlig" in synligt(sida._allt)
    assert sida.status and [r.rubrik for r in dokumentrader(sida.status, sida.plats)] == ["Årsredovisning"]
    knappen(sida._allt, "Nytt år …").click()
    knappen(sida._allt, "Lägg upp året").click()
    assert (inputs / "exempelforbundet/2027/underlag.xlsx").is_file() and sida.jobb[1] == 2027


def gör(sida: Startsida, ord_: str) -> None:
    """Press a button, and wait for what it begins."""
    knappen(sida._allt, ord_).click()
    arbete = sida._arbete
    assert arbete
    knappen(sida._allt, ord_).click()  # an impatient hand
    assert sida._arbete is arbete
    arbete.vänta()


@pytest.mark.langsam
def test_work_that_is_stopped_leaves_what_there_was(kopia: Callable[[], Path], tmp_path: Path) -> None:
    sagt: list[Händelse] = []
    fråga = {"gör": "skapa", "jobb": JOBB, "inputs": str(kopia()), "outputs": str(tmp_path / "ut"), "paket": False}
    arbete = Arbete(fråga, sagt.append)
    while not sagt and arbete.pågår:
        time.sleep(0.05)
    arbete.avbryt()
    arbete.vänta()
    assert "steg" in sagt[0] and sagt[-1] == {"fel": ["Avbrutet. Det som fanns är kvar."], "avbrutet": True}
    assert not list((tmp_path / "ut").rglob("*.pdf"))
    bort: list[Händelse] = []
    Arbete({**fråga, "jobb": ("finnsinte", 2025, JOBB[2])}, bort.append).vänta()
    assert "finnsinte" in str(bort[-1]["fel"])


def test_a_new_förbund_in_three_steps_and_back(här: Plats, tmp_path: Path) -> None:
    """The ledger fills in what it tells; a missing answer is asked for; the way back keeps what was answered."""
    lagt: list[tuple[str, int, str]] = []
    sida = Startsida(här)
    sida._lades_upp = lagt.append  # type: ignore[method-assign]
    knappen(sida._allt, "Nytt förbund …").click()
    ruta = sida._ruta

    def fyll(**svar: str) -> None:
        for ord_, värde in svar.items():
            fält = next(w for w in alla(ruta) if str(getattr(w, "description", "")).startswith(ord_.replace("_", " ")))
            fält.value = värde

    fyll(Kort_namn="Prov!", Räkenskapsår="25")
    knappen(ruta, "Nästa").click()
    assert "a–z, 0–9 och bindestreck" in synligt(ruta)
    fyll(Kort_namn="prov")
    knappen(ruta, "Nästa").click()
    assert "fyra siffror" in synligt(ruta)
    fyll(Räkenskapsår="2025")
    export = next(w for w in alla(ruta) if isinstance(w, W.FileUpload) and "årets export" in w.description)
    givet = dict(zip(*[iter(Fall(FALL / "bas_konton_som_insatser").skriv(tmp_path))] * 2, strict=True))
    data = Path(givet["--bokforing"]).read_bytes()
    fil = {"name": "../bokforing.se", "type": "", "size": len(data), "content": memoryview(data)}
    fil["last_modified"] = datetime.now(UTC)
    export.value = (fil,)
    knappen(ruta, "Nästa").click()
    assert "Steg 2 av 3" in synligt(ruta)
    assert next(w for w in alla(ruta) if getattr(w, "description", "") == "Förbundets namn").value
    knappen(ruta, "Nästa").click()
    assert "Uppgiften saknas: Kommuner" in synligt(ruta)
    assert "Uppgiften saknas: Kontoplan." in synligt(ruta)
    fyll(Kontoplan="bas", Förbundets_namn="Prov", Organisationsnummer="222000-1111", Kommuner="Provköping, Åby")
    knappen(ruta, "Nästa").click()
    assert "Steg 3 av 3" in synligt(ruta)
    val = next(w for w in alla(ruta) if isinstance(w, W.Dropdown))
    val.value = "individ"
    knappen(ruta, "Tillbaka").click()
    knappen(ruta, "Nästa").click()
    assert next(w for w in alla(ruta) if isinstance(w, W.Dropdown)).value == "individ"
    assert len([w for w in alla(ruta) if isinstance(w, W.Dropdown)]) == 3
    lägg_upp = knappen(ruta, "Lägg upp förbundet")
    lägg_upp.click()
    lägg_upp.click()  # a double click, whose second press has waited for the first
    assert "Går inte" not in synligt(ruta)
    assert "Skapade" in synligt(ruta) and lagt == [("prov", 2025, "arsredovisning")]
    assert (här.inputs / "prov/2025/bokforing.se").read_bytes() == data
    assert (här.inputs / "prov/forbund.yml").is_file()


def test_another_export_brings_its_own_name(här: Plats, tmp_path: Path) -> None:
    """What the first export filled in is another förbund's; what one has written oneself stays."""
    sida = Startsida(här)
    knappen(sida._allt, "Nytt förbund …").click()
    ruta = sida._ruta

    def fältet(ord_: str) -> W.Widget:
        return next(w for w in alla(ruta) if str(getattr(w, "description", "")).startswith(ord_))

    def välj(namn: str, orgnr: str) -> None:
        data = re.sub(rb"#(FNAMN|ORGNR) .*", b"", hel) + f'\n#FNAMN "{namn}"\n#ORGNR {orgnr}\n'.encode()
        fältet("Välj årets").value = (
            {"name": "b.se", "type": "", "size": 1, "content": memoryview(data), "last_modified": datetime.now(UTC)},
        )
        knappen(ruta, "Nästa").click()
        assert "Steg 2 av 3" in synligt(ruta)

    givet = dict(zip(*[iter(Fall(FALL / "bas_konton_som_insatser").skriv(tmp_path))] * 2, strict=True))
    hel = Path(givet["--bokforing"]).read_bytes()
    fältet("Kort namn").value, fältet("Räkenskapsår").value = "prov", "2025"
    välj("Forsta", "222000-1111")
    fältet("Organisationsnummer").value = "222000-1875"
    knappen(ruta, "Tillbaka").click()
    välj("Andra", "222000-2222")
    assert fältet("Förbundets namn").value == "Andra"
    assert fältet("Organisationsnummer").value == "222000-1875"


def test_what_has_come_and_gone_since_is_seen(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """A command may begin a year while the page is open, and a folder be taken away."""
    inputs = kopia()
    mapp = inputs / "exempelforbundet"
    sida = Startsida(Plats.hitta(inputs, tmp_path / "ut"), JOBB)
    sida.läs()
    (mapp / "2027/text").mkdir(parents=True)
    knappen(sida._allt, "Kontrollera").click()
    assert sida.jobb == JOBB and 2027 in sida._år.options
    mapp.rename(inputs / "annat")
    knappen(sida._allt, "Kontrollera").click()
    assert sida.jobb[0] == "annat" and "exempelforbundet 2025 finns inte längre" in synligt(sida._allt)


def test_what_has_changed_is_told_and_is_no_markup() -> None:
    många = tuple(Faktaskillnad(f"a.{nr}", ILLA, "1", "", "kr") for nr in range(HÖGST + 2))
    fil = Filskillnad(ILLA, ("--- a", "+++ b", "@@ 1 @@", f"-{ILLA}", "+ny", " lika"))
    s = Skillnad(ILLA, ILLA, ILLA, många, (fil,), (), (ILLA,), (Fynd("C01", "fel", ILLA),), ())
    sida = jämförelse(s)
    assert "<script" not in sida and "Och 2 till." in sida
    assert "+ny" in sida and "@@" not in sida and "lika" not in sida
    assert "Nya fynd" in sida and "Lösta fynd" not in sida
    assert "Ingenting har ändrats." in jämförelse(Skillnad())


@pytest.mark.langsam
@pytest.mark.parametrize("mapp", ["", "notebooks"])
def test_the_notebook_itself_runs_where_it_lies(mapp: str, kopia: Callable[[], Path], tmp_path: Path) -> None:
    """By hand, from the project's root or its own folder: the page with its buttons, and no error."""
    kopia()
    (tmp_path / "notebooks").mkdir()
    nb = nbformat.read(ROT / "notebooks" / NAMN, 4)
    NotebookClient(nb, resources={"metadata": {"path": str(tmp_path / mapp)}}).execute()
    utfall = nb.cells[-1].outputs
    assert any("application/vnd.jupyter.widget-view+json" in ett.get("data", {}) for ett in utfall)
    assert not any(ett.output_type in ("error", "stream") for ett in utfall)


def test_a_place_on_two_disks_is_said(här: Plats, monkeypatch: pytest.MonkeyPatch) -> None:
    def skilda(_: object) -> str:
        raise ValueError

    monkeypatch.setattr(plats.os.path, "commonpath", skilda)
    with pytest.raises(UnreadableInput, match="olika diskar"):
        Plats.hitta(här.inputs, här.outputs)


def test_a_row_leads_nowhere_without_a_kernel_but_where_jupyterlab_goes(här: Plats) -> None:
    assert html.länk(Mål(här.inputs / "a.xlsx", "Öppna"), här) == ""
    assert html.länk(Mål(här.inputs / "a.xlsx", "Bladet Mål"), här) == '<span class="fs-dampad">Bladet Mål</span>'
    assert "filebrowser:go-to-path" in html.länk(Mål(här.inputs, "Visa mappen"), här)
    assert "docmanager:open" in html.länk(Mål(här.inputs / "a.md", "Öppna"), här)
