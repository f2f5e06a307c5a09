"""The first line of a text that nobody has read or written yet: seen in the file, told by a check, never printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import förkorta, kör
from finsam.model.problem import UnreadableInput
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok

ROLLED = "<!-- ej genomgången: rullad från 2024 -->\n"
Skriv = Callable[..., Årsbok]


@pytest.fixture
def skriv(kopia: Callable[[], Path]) -> Skriv:
    """The made-up förbund's year with other texts."""

    def skriv_(**texter: str) -> Årsbok:
        for namn, text in texter.items():
            (kopia() / "exempelforbundet" / "2025" / "text" / f"{namn}.md").write_text(text, "utf-8")
        return öppna("exempelforbundet", 2025, inputs=kopia())

    return skriv_


def funna(bok: Årsbok, *koder: str) -> list[str]:
    return [f"{f.kod} {f.nivå}: {f.text}" for f in bok.findings if f.kod in koder and f.nivå != "ok"]


def test_a_rolled_text_is_printed_without_its_mark_and_is_a_finding(skriv: Skriv) -> None:
    bok = skriv(personal=ROLLED + "Inga anställda {år}.\n")
    assert bok.text("personal").html() == '<p>Inga anställda <span data-ordagrant="år">2025</span>.</p>'
    assert funna(bok, "C36") == [
        "C36 varning: exempelforbundet/2025/text/personal.md är inte genomgången (rullad från 2024). Läs den, rätta "
        "den för 2025 och ta bort dess första rad."
    ]


def test_lines_are_counted_as_in_the_file(skriv: Skriv) -> None:
    assert "personal.md, rad 3: talet 17 " in funna(skriv(personal=ROLLED + "Ord.\nVi var 17.\n"), "C10")[0]


@pytest.mark.parametrize(
    "första", ["<!-- Ej genomgången -->", "\ufeff<!--ej genomgången-->", "\n<!-- ej genomgången -->"]
)
def test_a_mark_may_be_written_in_other_ways(skriv: Skriv, första: str) -> None:
    bok = skriv(personal=f"{första}\r\nOrd.\r\n")
    assert bok.text("personal").html() == "<p>Ord.</p>"
    assert len(funna(bok, "C36")) == 1


def test_a_remark_that_is_not_a_mark_is_words(skriv: Skriv) -> None:
    bok = skriv(personal="Ord. <!-- ej genomgången -->\n")
    assert "&lt;!-- ej genomgången --&gt;" in bok.text("personal").html()
    assert funna(bok, "C36") == []


def test_in_a_rolled_text_a_fact_may_be_missing_still(skriv: Skriv) -> None:
    ord_ = "Det var {deltagare.nya_teamet.totalt | antal} av {deltagare.kompassen.totalt | antal}.\n"
    bok = skriv(personal=ROLLED + ord_)
    assert bok.text("personal").html().startswith("<p>Det var uppgift saknas av <data")
    [c33] = [text for text in funna(bok, "C33") if "varning" in text]
    assert c33 == (
        "C33 varning: exempelforbundet/2025/text/personal.md: Texten säger uppgift saknas där den hänvisar till "
        "deltagare.nya_teamet.totalt/2025: det finns inte än."
    )
    with pytest.raises(UnreadableInput, match=r"Faktat deltagare\.nya_teamet\.totalt för 2025 finns inte"):
        skriv(personal=ord_)


def test_what_cannot_be_understood_is_an_error_in_a_rolled_text_too(skriv: Skriv) -> None:
    with pytest.raises(UnreadableInput, match="rad 2: Formatet ”euro” finns inte"):
        skriv(personal=ROLLED + "{rr.arets_resultat | euro}\n")


@pytest.mark.langsam
def test_a_text_that_is_not_written_counts_as_missing(skriv: Skriv, kopia: Callable[[], Path], tmp_path: Path) -> None:
    bok = skriv(personal="<!-- ej skriven -->\nSkriv om personalen. {vad som helst}\n")
    assert funna(bok, "C25", "C36") == [
        "C25 fel: Texten om väsentliga personalförhållanden är inte skriven: skriv text/personal.md och ta bort dess "
        "första rad."
    ]
    assert "<em>Uppgift saknas.</em>" in bok.text("personal").html()
    inputs = förkorta(kopia(), "omslag", "forvaltningsberattelse")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 1
    sida = (tmp_path / "ut" / "exempelforbundet" / "2025" / "arsredovisning" / "arsredovisning.html").read_text("utf-8")
    assert "ej skriven" not in sida
    assert "Skriv om personalen" not in sida


def test_a_voluntary_text_that_is_not_written_is_left_out(skriv: Skriv) -> None:
    bok = skriv(verksamhetside="<!-- ej skriven -->\nSkriv om idén.\n", malomrade_individ="<!-- ej skriven -->\nOrd.\n")
    assert "malomrade_individ" not in bok.år.texter
    assert "Ord." not in bok.måluppfyllelse.html()
    assert funna(bok, "C25") == []
