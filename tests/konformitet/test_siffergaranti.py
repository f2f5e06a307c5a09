"""C39: each digit of all eight reports is changed, and found; nothing is left to the PDF beside the page."""

from __future__ import annotations

import pytest

from facit import INPUTS
from finsam.oppna import öppna
from finsam.prove.sida import read_html
from finsam.prove.siffergaranti import facit
from finsam.read.arsmapp import finns
from finsam.report.utskrift import html_av
from siffergaranti.dokument import körd
from siffergaranti.vandring import tysta, ändrade_siffror

pytestmark = pytest.mark.konformitet


@pytest.mark.parametrize("vilken", finns(INPUTS), ids=lambda v: "_".join(map(str, v)))
def test_every_digit_that_is_changed_is_found(vilken: tuple[str, int, str]) -> None:
    bok = öppna(*vilken, inputs=INPUTS)
    stycken = read_html(html_av(körd(bok, vilken[2])))
    antal, ofunna = tysta(stycken, facit(bok), ändrade_siffror(stycken, alla=True))
    assert ofunna == []
    assert antal > 1000
