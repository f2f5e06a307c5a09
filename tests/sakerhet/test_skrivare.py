"""Each writer by itself: what would be markup, a formula or a property there is only words."""

from __future__ import annotations

import codecs
import json
import os
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import matplotlib
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from xlsxwriter import Workbook

from conftest import kör
from facit import INPUTS, ROT
from finsam.model.underlag import Möte
from finsam.oppna import öppna
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.indata import OSYNLIGT
from finsam.report.arsbok import Årsbok
from finsam.report.bild import diagram
from finsam.report.kalender import kalender
from finsam.report.kalkyl.kalkylblad import Kalkylblad
from finsam.report.text import ord_i
from finsam.report.utskrift import sätt_nummer

LÄSBART = st.text().map(lambda text: OSYNLIGT.sub("", text).replace("\r", ""))
TÅLAMOD = [HealthCheck.function_scoped_fixture]


# The calendar


def fält(ics: str) -> dict[str, str]:
    """The properties of a calendar of one meeting, as a calendar program reads them."""
    rader = ics.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    par = (rad.partition(":") for rad in rader)
    return {
        namn: re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], värde, flags=re.DOTALL)
        for namn, _, värde in par
    }


@settings(suppress_health_check=TÅLAMOD)
@given(organ=LÄSBART, innehåll=LÄSBART, plats=LÄSBART)
def test_a_meeting_has_its_words_and_no_other_properties(
    exempel: Årsbok, organ: str, innehåll: str, plats: str
) -> None:
    möte = Möte(rad=4, datum=date(2026, 2, 20), organ=organ, innehåll=innehåll, plats=plats, start="", slut="")
    år = replace(exempel.år, underlag=exempel.år.underlag.model_copy(update={"möten": (möte,)}))
    ics = kalender(år, exempel.tyda)
    läst = fält(ics)
    organ, innehåll, plats = (ord_i(text, exempel.tyda).klartext for text in (organ, innehåll, plats))
    titel = organ[:1].upper() + organ[1:] + (f": {innehåll}" if innehåll else "")
    assert läst["SUMMARY"] == f"{år.förbund.kortnamn}, {titel}"
    assert läst.get("LOCATION", "") == plats
    egna = {"BEGIN", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "LOCATION", "END"}
    assert set(läst) <= egna
    assert all(len(rad.encode()) <= 75 for rad in ics.split("\r\n"))


@pytest.mark.parametrize("start", ["25.00", "9.60", "٠٩:٣٠", "9", "9.00\r\nATTACH:x", "-1.00", ""])
def test_a_time_that_is_none_makes_a_whole_day(exempel: Årsbok, start: str) -> None:
    möte = Möte(rad=4, datum=date(2026, 2, 20), organ="styrelse", start=start, slut="")
    år = replace(exempel.år, underlag=exempel.år.underlag.model_copy(update={"möten": (möte,)}))
    assert fält(kalender(år, exempel.tyda))["DTSTART;VALUE=DATE"] == "20260220"


# The workbook

TEXTER = (
    *(
        "<r><t>x</t></r>",
        "<r>&</r>",
        "<r></r>",
        "=1+1",
        "+1",
        "-1",
        "@A1",
        "{=1}",
        "http://x.se",
        "mailto:x",
        "internal:A1",
    ),
    *("_x0041_", "&amp;", "<b>", "]]>", " x ", "x\ny", "\t=1", "'=1", "a" * 32_767, "0012", "1e5", "SANT", "#REF!"),
)


def skrivet(*texter: str) -> bytes:
    ström = BytesIO()
    val = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    bok = Workbook(ström, {"in_memory": True, **val})
    blad = bok.add_worksheet("x", Kalkylblad)
    for nr, text in enumerate(texter):
        assert blad.write_string(nr, 0, text) == 0
    bok.close()
    return ström.getvalue()


def test_a_cell_has_the_words_as_they_are() -> None:
    data = skrivet(*TEXTER)
    with zipfile.ZipFile(BytesIO(data)) as arkiv:
        for namn in arkiv.namelist():
            etree.fromstring(arkiv.read(namn))
    celler = list(openpyxl.load_workbook(BytesIO(data)).active["A"])
    assert {c.data_type for c in celler} == {"s"}
    assert not [c for c in celler if c.hyperlink]
    lästa = [str(c.value).replace("_x005F_x0041_", "_x0041_") for c in celler]
    assert [text.removesuffix(" ") for text in lästa] == [text.removesuffix(" ") for text in TEXTER]


@pytest.mark.parametrize("text", ["a" * 40_000, "🎉" * 20_000])
def test_a_text_too_long_for_a_cell_says_so(text: str) -> None:
    värde = str(openpyxl.load_workbook(BytesIO(skrivet(text))).active["A1"].value)
    assert värde.endswith("… (resten får inte plats i cellen)")
    assert len(värde.encode("utf-16-le")) <= 2 * 32_767


# Pictures and headings


@pytest.mark.parametrize("ord_", ["$x^2$", "$\\foo$", "\\$", "{x} %s", "--> <script>", "x" * 5_000, "ord " * 2_000])
def test_a_label_is_words(exempel: Årsbok, ord_: str) -> None:
    grupper = tuple(g.model_copy(update={"etikett": ord_}) for g in exempel.år.förbund.kostnadsfördelning)
    rutor = tuple(r.model_copy(update={"namn": ord_}) for r in exempel.år.förbund.organisation)
    förbund = exempel.år.förbund.model_copy(update={"kostnadsfördelning": grupper, "organisation": rutor})
    år = replace(exempel.år, förbund=förbund)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bilder = [diagram.kostnadsdiagram(år, exempel._tyda), diagram.organisationsschema(år, exempel._tyda)]
    for bild in bilder:
        assert bild is not None
        assert not etree.fromstring(bild.svg.encode()).xpath("//*[local-name()='script']")
        assert len(bild.svg) < 200_000


def test_a_picture_neither_follows_nor_changes_the_readers_own_settings(exempel: Årsbok) -> None:
    väntad = diagram.kostnadsdiagram(exempel.år, exempel._tyda).svg
    egna = {"svg.fonttype": "path", "path.sketch": (9, 9, 9), "font.size": 40, "text.color": "red"}
    with matplotlib.rc_context(egna):
        före = dict(matplotlib.rcParams)
        assert diagram.kostnadsdiagram(exempel.år, exempel._tyda).svg == väntad
        assert dict(matplotlib.rcParams) == före


def test_a_heading_does_not_take_the_pages_own_anchors() -> None:
    assert 'id="innehall-2"' in sätt_nummer("<h2>Innehall</h2>")[0]


# What cannot be seen, or printed


@pytest.mark.parametrize("tecken", ["\u202e", "\u2066", "\u200b", "\u2028", "\ue000", "\x07", "&#8203;", "&#x202e;"])
def test_a_text_with_what_cannot_be_seen_is_told(kopia: Callable[[], Path], tecken: str) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    fil.write_text(f"Ett.\n\nTvå{tecken}.\n", "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "text/personal.md, rad 3: Raden har ett tecken som inte syns (U+" in svar.output


def test_soft_hyphen_and_no_break_space_are_text(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    fil.write_text("Samordnings\u00adförbundet, 5\u00a0kap.\n", "utf-8")
    assert "\u00ad" in read_räkenskapsår("exempelforbundet", 2025, inputs).texter["personal"].text


def test_what_the_type_lacks_is_told_with_its_place(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet" / "2025"
    (mapp / "text" / "personal.md").write_text("Ett.\n\nTack 🎉 och 中!\n", "utf-8")
    bok = openpyxl.load_workbook(mapp / "underlag.xlsx")
    huvud = next(c for rad in bok["Undertecknare"].iter_rows(max_row=5) for c in rad if c.value == "Namn")
    bok["Undertecknare"].cell(huvud.row + 1, huvud.column).value = "Kim 김"
    bok.save(mapp / "underlag.xlsx")
    sagt = [str(p) for p in öppna("exempelforbundet", 2025, inputs=inputs).år.problem if p.nivå == "varning"]
    mapp_ = "exempelforbundet/2025"
    assert sagt == [
        f"{mapp_}/text/personal.md, rad 3: Typsnittet saknar 中 (U+4E2D), 🎉 (U+1F389); i PDF:en visas �.",
        f"{mapp_}/underlag.xlsx, Undertecknare, rad {huvud.row + 1}: Typsnittet saknar 김 (U+AE40); i PDF:en visas �.",
    ]


# The terminal


def test_json_is_the_same_data_in_plain_letters(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    fil.write_text("{a\u00a0\u2003🎉b | kr}\n", "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--json")
    assert all(t.isprintable() or t == "\n" for t in svar.output)
    assert "{a\u00a0\u2003🎉b | kr}" in json.loads(svar.output)["problem"][-1]["text"]


@pytest.mark.langsam
@pytest.mark.parametrize("kod", ["ascii", "cp1252", "cp437"])
def test_a_terminal_without_our_letters_stops_nothing(kod: str) -> None:
    assert codecs.lookup(kod)
    svar = subprocess.run(
        [sys.executable, "-m", "finsam", "kontrollera", "exempelforbundet", "2025", "--inputs", str(INPUTS)],
        env={**os.environ, "PYTHONIOENCODING": kod, "PYTHONUTF8": "0", "PYTHONPATH": str(ROT / "lib")},
        cwd=ROT,
        capture_output=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    assert re.search(rb"\n0 fel, 0 varningar, \d+ upplysningar, \d+ godk", svar.stdout)


def test_the_manifest_has_the_inputs_as_they_were_read(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """A file that is saved while the run is on does not get into the manifest."""
    from finsam.prove.manifest import sha256
    from finsam.run import skapa

    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    före = sha256(fil)

    def framsteg(_: int) -> Callable[[str], None]:
        return lambda _: fil.write_text("Nya ord.\n", "utf-8") and None

    with pytest.MonkeyPatch.context() as m:
        alla = skapa.read_avsnitt
        m.setattr(skapa, "read_avsnitt", lambda *ord_: alla(*ord_)[:1])
        svar = skapa.skapa("exempelforbundet", 2025, "arsredovisning", inputs, tmp_path / "ut", framsteg)
    data = json.loads((svar.katalog / "korning.json").read_text("utf-8"))
    assert data["inputs"]["exempelforbundet/2025/text/personal.md"] == före
    assert sha256(fil) != före
