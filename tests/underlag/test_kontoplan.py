"""Reading `kontoplan.csv`: every message has a file that causes it, with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam.model.forbund import Förbund, Kontoplan, Kontorad
from finsam.read.forbund import read_forbund
from finsam.read.kontoplan import POSTER, read_kontoplan
from prov import antal

FALL = Path(__file__).with_name("fall") / "kontoplan"
FIL = "kontoplan.csv"
RUBRIKER = "konto;objekt;post;not_rad;funktion;anmärkning"


@pytest.fixture(scope="module")
def förbund() -> Förbund:
    förbund, problem = read_forbund(FALL / "forbund.yml", "exemplet", "forbund.yml")
    assert förbund is not None, problem
    return förbund


def läs(katalog: Path, text: str | bytes, förbund: Förbund) -> tuple[Kontoplan | None, list[str]]:
    """Read a text as a kontoplan.csv."""
    (katalog / FIL).write_bytes(text if isinstance(text, bytes) else text.encode())
    kontoplan, problem = read_kontoplan(katalog / FIL, FIL, förbund)
    return kontoplan, [str(ett) for ett in problem]


@pytest.mark.parametrize("fil", sorted(FALL.glob("*.csv")), ids=lambda fil: fil.stem)
def test_meddelande(fil: Path, förbund: Förbund) -> None:
    kontoplan, problem = read_kontoplan(fil, FIL, förbund)
    assert "".join(f"{ett.nivå}: {ett}\n" for ett in problem) == fil.with_suffix(".txt").read_text("utf-8")
    assert (kontoplan is None) == any(ett.nivå == "fel" for ett in problem)


def test_konto_span_prefix_and_objekt(förbund: Förbund, tmp_path: Path) -> None:
    text = f"""{RUBRIKER}
3511;;rr.verksamhetens_intakter;intakter.staten;;
# en anmärkning

4511;6:CT;rr.verksamhetens_kostnader;;individ.teamet;"med; semikolon"
5010 – 5013;;rr.verksamhetens_kostnader
89;;rr.bokslut;;;
"""
    kontoplan, problem = läs(tmp_path, text, förbund)
    assert problem == []
    assert kontoplan == Kontoplan(
        (
            Kontorad("3511", "3511", "", "rr.verksamhetens_intakter", "intakter.staten", "", 2),
            Kontorad("4511", "4511", "6:CT", "rr.verksamhetens_kostnader", "", "individ.teamet", 5),
            Kontorad("5010", "5013", "", "rr.verksamhetens_kostnader", "", "", 6),
            Kontorad("89", "89", "", "rr.bokslut", "", "", 7),
        ),
        FIL,
    )


@pytest.mark.parametrize("tecken", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("radslut", ["\n", "\r\n", "\r"])
def test_how_the_file_was_saved_does_not_matter(tecken: str, radslut: str, förbund: Förbund, tmp_path: Path) -> None:
    text = radslut.join((RUBRIKER.upper(), "1941;;br.kassa_bank;;;på Länsbanken", ""))
    kontoplan, _ = läs(tmp_path, text.encode(tecken), förbund)
    assert kontoplan == Kontoplan((Kontorad("1941", "1941", "", "br.kassa_bank", "", "", 2),), FIL)


def test_every_post_can_be_used(förbund: Förbund, tmp_path: Path) -> None:
    rader = [f"{nr};;{post};;;" for nr, post in enumerate(POSTER, 1000)]
    kontoplan, problem = läs(tmp_path, "\n".join((RUBRIKER, *rader)), förbund)
    assert problem == []
    assert kontoplan is not None
    assert tuple(rad.post for rad in kontoplan.rader) == POSTER


@settings(max_examples=antal(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from('019;-:."\n\r #arb\x00\x07å'), max_size=80), hel=st.booleans())
def test_any_text_is_problems_not_a_traceback(text: str, hel: bool, förbund: Förbund, tmp_path: Path) -> None:
    kontoplan, problem = läs(tmp_path, f"{RUBRIKER}\n{text}" if hel else text, förbund)
    assert kontoplan is not None or problem
