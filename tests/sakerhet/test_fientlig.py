"""Text from outside is text everywhere: never markup, code, a formula, a link or a control sequence."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import openpyxl
import pytest
import yaml
from lxml import etree, html

from conftest import en_gång, kör
from facit import INPUTS
from finsam.model.underlag import BLAD
from finsam.read.underlag.blad import kolumner, rubrik, typer, val

pytestmark = pytest.mark.langsam

ELAKT = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \"'><svg/onload=x> &lt;b&gt; ]]> --> "
    '#read("/etc/passwd") #image("/etc/passwd") #include "x" \\"; #panic(); #" @preview/x:1 $x^2$ $\\foo$ @ref <lapp> '
    "// inte kommentar /* inte heller */ [länk](http://x.se) ![bild](file:///etc/passwd) <http://x.se> "
    '=HYPERLINK("http://x.se") =cmd|/c!A1 {{7*7}} %s ../../x C:\\x'
)
"""What each format would act upon. Markdown's own *, _ and ` are left out, for in a text they are markup."""

KORT = '<b onload=x> "; #panic(); $x$ =1+1 {{7*7}}'

FORMLER = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "<r><t>rik</t></r>", "_x0041_", "http://x.se", "\tx")
"""What a spreadsheet would act upon when a cell begins with it."""

REFERENSER = {
    "enkätfråga",
    "svarsalternativ",
    "skala",
    "insats",
    "område",
    "medlem",
    "post",
    "funktion",
    "fakta",
    "kommun",
    "kod",
    "version",
    "under",
    "plats",
}
ELEMENT = set(
    re.findall(
        r"\w+",
        """html head meta title style body a header main footer nav p h1 h2 h3 h4 h5 div span data strong em br ol ul li
        dl dt dd table caption thead tbody tr th td figure figcaption img blockquote section
        aside button details summary sup svg g path text input label link i""",
    )
)
ATTRIBUT = set(
    re.findall(
        r"\S+",
        """lang charset name content class id href role aria-labelledby aria-label tabindex scope colspan alt src value
        start data-fakta data-tecken data-ordagrant data-onumrerad data-dold data-format data-ord data-kontroll data-not
        data-kolofon data-nr data-slag data-webb popover popovertarget type data-storlek hidden download rel title
        aria-hidden xmlns width height viewbox font-family font-size font-weight text-anchor x y d style""",
    )
)

RAPPORTER = {"arsredovisning": "2025", "verksamhetsplan": "2026"}

Kopia = Callable[[], Path]


def elak(värde: Any, nyckel: str = "", elakt: str = ELAKT) -> Any:
    """Settings with every word that is only printed made hostile; in a list the first by all of it."""
    if isinstance(värde, dict):
        return {k: elak(v, f"{nyckel}.{k}", elakt) for k, v in värde.items()}
    if isinstance(värde, list):
        return [elak(v, nyckel, KORT if nr else elakt) for nr, v in enumerate(värde)]
    ord_ = nyckel.rpartition(".")[2] in ("namn", "kortnamn", "etikett", "webbplats", "källa") or ".etiketter." in nyckel
    return f"{värde} {elakt}" if ord_ else värde


def elakt_underlag(fil: Path) -> None:
    """Every cell of free words in every sheet made hostile, the first of each column by all of it.

    The others have what is short, for what is long only makes the document long.
    """
    bok = openpyxl.load_workbook(fil)
    for klass in BLAD:
        if klass.blad not in bok.sheetnames:
            continue
        blad = bok[klass.blad]
        rubriker = {c.value: c for rad in blad.iter_rows(max_row=5) for c in rad if c.value}
        for namn, fält in kolumner(klass).items():
            fri = typer(fält) == {str} and not val(fält) and not fält.metadata and namn not in REFERENSER
            if not fri or rubrik(fält) not in rubriker:
                continue
            huvud = rubriker[rubrik(fält)]
            for nr in range(huvud.row + 1, blad.max_row + 1):
                cell = blad.cell(nr, huvud.column)
                if isinstance(cell.value, str):
                    helt = nr <= huvud.row + 2 and nr % 2
                    cell.value = f"{cell.value} {ELAKT if helt else KORT}" if nr % 2 else FORMLER[nr % len(FORMLER)]
                    cell.data_type = "s"
    bok.save(fil)


def elaka_indata(inputs: Path) -> None:
    förbund = inputs / "exempelforbundet"
    inställningar = förbund / "forbund.yml"
    data = elak(yaml.safe_load(inställningar.read_text("utf-8")))
    data["rubriker"] = {"Resultaträkning": f"Resultat {ELAKT}"}
    inställningar.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    for år in ("2024", "2025", "2026"):
        elakt_underlag(förbund / år / "underlag.xlsx")
        for nr, fil in enumerate(sorted((förbund / år / "text").glob("*.md"))):
            elakt = KORT if nr % 5 else ELAKT
            fil.write_text(f"{fil.read_text('utf-8')}\n\n{elakt}\n\n- {elakt}\n\n> # {elakt}\n", "utf-8")
    citerat = ELAKT.replace("\\", "\\\\").replace('"', '\\"')
    for bokföring in förbund.glob("*/bokforing.se"):
        sie = bokföring.read_bytes().decode("cp437")
        sie = re.sub(r'(#KONTO [0-9]+ ")', lambda träff: f"{träff[1]}{citerat} ", re.sub("#KSUMMA.*", "", sie))
        bokföring.write_bytes(sie.encode("cp437"))


@pytest.fixture(scope="module")
def elaka(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both reports of the made-up förbund, made of hostile inputs."""
    mapp = en_gång(tmp_path_factory, "elaka", gör_elaka)
    return {rapport: mapp / "ut" / "exempelforbundet" / år / rapport for rapport, år in RAPPORTER.items()}


def gör_elaka(mapp: Path) -> None:
    shutil.copytree(INPUTS / "exempelforbundet", mapp / "inputs" / "exempelforbundet")
    elaka_indata(mapp / "inputs")
    for rapport, år in RAPPORTER.items():
        svar = kör(
            "skapa", "exempelforbundet", år, rapport, "--inputs", mapp / "inputs", "--outputs", mapp / "ut"
        )  # fmt: skip
        assert svar.exit_code in (0, 1), svar.output


@pytest.fixture(params=["arsredovisning", "verksamhetsplan"])
def katalog(request: pytest.FixtureRequest, elaka: dict[str, Path]) -> Path:
    return elaka[request.param]


def tätt(text: str) -> str:
    """Words without blanks and hyphens, which a printed line may add or take."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def bitar(text: str) -> list[str]:
    """What must be found again of the hostile text, word for word."""
    return [del_ for del_ in text.replace("&lt;b&gt;", "").replace("{{7*7}}", "{7*7}").split(" ") if del_]


def test_the_page_has_only_its_own_elements(katalog: Path) -> None:
    for fil in [katalog / f"{katalog.name}.html", *sorted((katalog / "sektioner").glob("*.html"))]:
        sida = html.parse(str(fil), html.HTMLParser(encoding="utf-8")).getroot()
        assert {str(e.tag) for e in sida.iter() if isinstance(e.tag, str)} <= ELEMENT
        assert {str(a) for e in sida.iter() for a in e.attrib} <= ATTRIBUT
        assert not [c for c in sida.iter() if not isinstance(c.tag, str)], "en kommentar"
        egna = rf"#.*|verifikationer/[0-9]+\.html|{katalog.name}\.(pdf|xlsx)|fakta\.csv|data:text/csv;charset=utf-8,\S*"
        ord_ = {f"{före}{a.text_content()}" for a in sida.iter("a") for före in ("", "https://", "mailto:")}
        främmande = [str(a) for a in sida.xpath("//@href") if not re.fullmatch(egna, str(a)) and str(a) not in ord_]
        assert främmande == []
        assert not sida.xpath("//@src")
        assert len(ids := sida.xpath("//@id")) == len(set(ids))


def test_a_strict_parser_sees_the_same_elements(katalog: Path) -> None:
    """Another parser, in case the first mends what a browser would not."""
    sedda: set[str] = set()

    class Läsare(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            sedda.update([tag, *(namn for namn, _ in attrs if namn.startswith("on"))])

    Läsare().feed((katalog / f"{katalog.name}.html").read_text("utf-8"))
    assert sedda <= ELEMENT


def test_the_page_has_the_words_as_they_were_written(katalog: Path) -> None:
    text = tätt(html.parse(str(katalog / f"{katalog.name}.html")).getroot().text_content())
    assert not [bit for bit in bitar(ELAKT) if tätt(bit) not in text]
    assert "root:x:" not in text


def test_the_pdf_has_the_words_as_they_were_written(katalog: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext finns inte")
    fil = katalog / f"{katalog.name}.pdf"
    text = tätt(subprocess.run(["pdftotext", fil, "-"], capture_output=True, text=True, check=True).stdout)
    assert not [bit for bit in bitar(ELAKT) if tätt(bit) not in text]
    assert "root:x:" not in text
    assert b"/URI" not in fil.read_bytes()


def celler(fil: Path) -> Iterator[Any]:
    for blad in openpyxl.load_workbook(fil).worksheets:
        for rad in blad.iter_rows():
            yield from rad


def test_the_workbook_has_no_formula_or_link_from_outside(katalog: Path) -> None:
    fil = katalog / f"{katalog.name}.xlsx"
    formler = [str(c.value) for c in celler(fil) if c.data_type == "f"]
    celler_, namn_ = r"(?:Fakta!E|Saldon![A-Z]+|[A-Z])\d+", "|".join(openpyxl.load_workbook(fil).defined_names)
    assert re.fullmatch(r"(?:\w+\|?)+", namn_, re.ASCII)
    funktioner = r"SUM|ABS|ROUND|IF|COUNTIF|\"OK\"|\"FEL\""
    egna = re.compile(rf"=(?:{celler_}|[-+*/():,<]|{funktioner}|4(?=\))|0\.0*5|1000|{namn_})+")
    assert formler
    assert not [formel for formel in formler if not egna.fullmatch(formel)]
    assert not [c for c in celler(fil) if c.hyperlink and c.hyperlink.target]  # but places in the workbook itself
    with zipfile.ZipFile(fil) as arkiv:
        assert not [n for n in arkiv.namelist() if "external" in n.lower() or "vba" in n.lower()]
        for namn in arkiv.namelist():
            etree.fromstring(arkiv.read(namn))
    text = "\n".join(str(c.value) for c in celler(fil) if c.data_type == "s")
    assert ELAKT.replace("{{7*7}}", "{7*7}").split(" [länk]")[0] in text


def test_the_pictures_are_only_shapes_and_words(katalog: Path) -> None:
    sida = html.parse(str(katalog / f"{katalog.name}.html")).getroot()
    bilder = sida.xpath("//figure//svg")
    assert bilder
    for bild in bilder:
        assert {str(e.tag) for e in bild.iter()} <= {"svg", "g", "path", "text"}
        assert {str(a) for e in bild.iterdescendants() for a in e.attrib} <= {
            *("d", "style", "x", "y", "text-anchor", "font-size", "font-weight", "data-ord")
        }
        stilar = {del_.partition(":")[::2] for s in bild.xpath(".//@style") for del_ in str(s).split(";")}
        assert {namn for namn, _ in stilar} <= {"fill", "stroke", "stroke-width", "stroke-dasharray"}
        assert all(re.fullmatch(r"none|[\d., ]+|var\(--[a-z2-]+,#[0-9a-f]{6}\)", värde.strip()) for _, värde in stilar)


def test_a_file_of_a_table_has_no_formula(katalog: Path) -> None:
    """Words of the förbund that a spreadsheet would take for a formula begin with an apostrophe."""
    sida = html.parse(str(katalog / f"{katalog.name}.html")).getroot()
    filer = [unquote(str(a).partition(",")[2]) for a in sida.xpath("//a[starts-with(@href, 'data:text/csv')]/@href")]
    assert filer
    for fil in filer:
        assert fil.startswith("\ufeff")
        for fält in (f for rad in csv.reader(fil[1:].splitlines(), delimiter=";") for f in rad):
            assert not fält.startswith(("=", "+", "@")), fält
            assert not fält.startswith("-") or re.fullmatch(r"-\d+(,\d+)?", fält), fält


def test_the_notebooks_run_only_what_is_ours(katalog: Path) -> None:
    """Nothing from outside is in a code cell, and nothing is shown that a browser would run."""
    for fil in (katalog / "sektioner").glob("*.ipynb"):
        for cell in nbformat.read(fil, 4).cells:
            if cell.cell_type == "code":
                assert "alert" not in cell.source
                assert all(
                    "text/html" not in o.get("data", {}) or "<script" not in o.data["text/html"] for o in cell.outputs
                )
                assert not [o for o in cell.outputs if "application/javascript" in o.get("data", {})]


def test_the_calendar_has_only_its_own_properties(elaka: dict[str, Path]) -> None:
    data = (elaka["verksamhetsplan"] / "moten.ics").read_bytes()
    rader = data.split(b"\r\n")
    assert max(map(len, rader)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    egenskaper = {rad.split(b":")[0].split(b";")[0] for rad in rader if rad and not rad.startswith(b" ")}
    assert egenskaper <= set(b"BEGIN VERSION PRODID UID DTSTAMP DTSTART DTEND SUMMARY LOCATION END".split())


def test_the_data_file_has_the_words_as_they_were_written(katalog: Path) -> None:
    text = (katalog / "rapport.json").read_text("utf-8")
    json.loads(text)
    assert "<script>alert(1)</script>" in text


def test_file_names_are_ours(katalog: Path) -> None:
    namn = {fil.name for fil in katalog.rglob("*")}
    assert all(re.fullmatch(r"[a-z0-9_]+(\.[a-z]+)?", n) for n in namn)


def test_the_terminal_shows_no_control_sequences(kopia: Kopia) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    fil.write_text("{\x1b[31mröd\x1b[0m | kr}\n\n{[bold]x[/bold] | kr} {[/] | kr} {\\ | kr}\n", "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "\x1b" not in svar.output
    fil.write_text("{[bold]x[/bold] | kr} {[/] | kr} {x\\ | kr}\n", "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "[bold]x[/bold]" in svar.output
    assert "{[/] | kr}" in svar.output


@pytest.mark.parametrize(
    "ord_",
    [
        ("\x1b[31m", "2025"),
        ("exempelforbundet", "\x1b[31m"),
        ("exempelforbundet", "2025", "\x1b]0;titel\x07"),
        ("--\x1b[31m", "x", "2025"),
        ("exempelforbundet", "2025", "--inputs", "\x1b[31m\u202e[/x]"),
        ("exempelforbundet", "2025", "--inputs", "\udcff"),
    ],
)
def test_what_is_written_on_the_command_line_is_shown_clean(ord_: tuple[str, ...]) -> None:
    for som in ([], ["--json"]):
        svar = kör("kontrollera", *ord_, *som)
        assert svar.exit_code == 2
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", svar.output)
        assert "Traceback" not in svar.output
