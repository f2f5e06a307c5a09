"""Text from outside is text everywhere: never markup, code, a formula or a control sequence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from lxml import html

from conftest import kör

ELAKT = '<script>alert(1)</script> #read("/etc/passwd") $x^2$ @ref [länk](http://x.se) `kod` =HYPERLINK("http://x.se")'
FORMEL = '=HYPERLINK("http://x.se";"klicka")'


def elaka_indata(inputs: Path) -> None:
    mapp = inputs / "exempelforbundet" / "2025"
    (mapp / "text" / "personal.md").write_text(f"{ELAKT} {{{{7*7}}}} \\*inte fet\\*\n\n<b>rå</b>\n", "utf-8")
    bok = openpyxl.load_workbook(mapp / "underlag.xlsx")
    for blad, rubrik, text in (
        ("Undertecknare", "Namn", ELAKT),
        ("Faktarutor", "Text", FORMEL),
        ("Målområden", "Namn", ELAKT),
    ):
        blad_ = bok[blad]
        huvud = next(c for rad in blad_.iter_rows(max_row=5) for c in rad if c.value == rubrik)
        cell = blad_.cell(huvud.row + 1, huvud.column)
        cell.value = text
        cell.data_type = "s"
    bok.save(mapp / "underlag.xlsx")


def test_hostile_text_stays_text(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs = kopia()
    elaka_indata(inputs)
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 1, svar.output
    obundna = re.findall(r"C39 fel avsnittet .*?: talet (\S+) i", svar.output)
    assert obundna == ["1", "2", "7", "7"]  # typed, as any number is; the name of a målområde may hold one
    katalog = tmp_path / "ut" / "exempelforbundet" / "2025" / "arsredovisning"
    sida = html.parse(str(katalog / "arsredovisning.html")).getroot()
    assert not sida.xpath("//script | //b | //code")
    assert all(str(a).startswith(("#", "verifikationer/")) for a in sida.xpath("//a/@href"))
    text = sida.text_content()
    assert "<script>alert(1)</script>" in text
    assert "{7*7}" in text
    assert "*inte fet*" in text
    assert "<b>rå</b>" in text
    assert FORMEL in text
    assert "root:" not in text
    for blad in openpyxl.load_workbook(katalog / "arsredovisning.xlsx").worksheets:
        for rad in blad.iter_rows():
            assert not [c for c in rad if c.data_type == "f" and "HYPERLINK" in str(c.value)]
            assert not [c for c in rad if c.hyperlink and c.hyperlink.target]  # but places in the workbook itself


def test_the_terminal_shows_no_control_sequences(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "text" / "personal.md"
    fil.write_text("{\x1b[31mröd\x1b[0m | kr} {[bold]x[/bold] | kr}\n", "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "\x1b" not in svar.output
    assert "[bold]x[/bold]" in svar.output
