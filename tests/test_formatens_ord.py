"""A message speaks of what its user's own format has: the core that all ledgers share knows the names of none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import finsam
from finsam.read.bokforing import read_bokföring
from finsam.read.ledger.avstamning import saknar_året_före
from finsam.read.sie.poster import FÖRBIGÅS, IDENTIFIKATION, PERIODPOSTER, SALDON

TESTS = Path(__file__).parent
LIB = Path(finsam.__file__).parent

ETIKETTER = (
    *(*FÖRBIGÅS, *IDENTIFIKATION, *PERIODPOSTER, *SALDON),
    *("#RAR", "#KONTO", "#DIM", "#UNDERDIM", "#OBJEKT", "#OIB", "#OUB", "#VER", "#TRANS", "#FNAMN", "#PROSA"),
)
SIE_POST = re.compile(rf"(?:{'|'.join(ETIKETTER)})\b")
SIE5_ELEMENT = re.compile(r"\b(?:Opening|Closing)Balance|\bFiscalYear|\borganizationId")
KOLUMN = re.compile(r"\b[Kk]olumn|\blistan\b")
CITAT = re.compile(r'"[^"]*"|”[^”]*”')

FRÄMMANDE = {
    "sie": (SIE5_ELEMENT, KOLUMN),
    "sie5": (SIE_POST, KOLUMN),
    "saldolista": (SIE_POST, SIE5_ELEMENT),
}
MEDDELANDEN = [
    pytest.param(fil, mönster, id=f"{rum}-{fil.stem}")
    for rum, mönster in FRÄMMANDE.items()
    for fil in sorted(TESTS.glob(f"{rum}/fall/*.txt")) + sorted(TESTS.glob(f"{rum}/system_facit/*.txt"))
]


@pytest.mark.parametrize(("fil", "mönster"), MEDDELANDEN)
def test_messages_name_nothing_of_another_format(fil: Path, mönster: tuple[re.Pattern[str], ...]) -> None:
    """What the file itself has, which a message quotes, may be anything."""
    text = CITAT.sub("", fil.read_text("utf-8"))
    assert not [träff[0] for ett in mönster for träff in ett.finditer(text)]


@pytest.mark.parametrize(
    ("fil", "namn"),
    [
        ("sie/fall/foregaende_utan_ub.se", "#UB -1"),
        ("sie5/fall/foregaende_utan_ub.xml", "ClosingBalance"),
        ("saldolista/fall/foregaende_bara_resultatkonton.csv", "kolumnen för föregående år"),
    ],
)
def test_the_missing_year_before_is_known_whatever_it_is_called(fil: str, namn: str) -> None:
    """So that a foregaende.* which fills it also takes the message away."""
    _, problem = read_bokföring(TESTS / fil)
    [text] = [ett.text for ett in problem if saknar_året_före(ett.text)]
    assert namn in text


def test_there_are_messages_of_every_format() -> None:
    assert {param.id.partition("-")[0] for param in MEDDELANDEN if param.id} == set(FRÄMMANDE)


@pytest.mark.parametrize(
    "fil",
    [*LIB.glob("read/ledger/*.py"), *LIB.glob("read/*.py"), *LIB.glob("checks/**/*.py"), *LIB.glob("statements/*.py")],
    ids=lambda fil: f"{fil.parent.name}-{fil.stem}",
)
def test_what_ledgers_share_has_no_names_of_a_format(fil: Path) -> None:
    text = fil.read_text("utf-8")
    assert not SIE_POST.findall(text)
    assert not SIE5_ELEMENT.findall(text)
