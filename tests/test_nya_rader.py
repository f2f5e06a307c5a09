"""A new row of a note or of the kostnadsfördelning is named once, in kontoplan.csv, and has its id by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl

from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok

MAPP = "exempelforbundet"


def byt(fil: Path, *par: tuple[str, str]) -> None:
    """Write other words in a file."""
    text = fil.read_text("utf-8")
    for gammalt, nytt in par:
        assert gammalt in text
        text = text.replace(gammalt, nytt)
    fil.write_text(text, "utf-8")


def test_a_row_is_named_where_its_konto_is(kopia: Callable[[], Path], exempel: Årsbok) -> None:
    inputs = kopia()
    plan = inputs / MAPP / "kontoplan.csv"
    byt(plan, ("individ.vagen_vidare", "individ.Nya vägen"), ("kostnader.information", "kostnader.Webb och trycksaker"))
    bok = öppna(MAPP, 2025, inputs=inputs)
    assert bok.fakta["kostnad.individ.nya_vagen"].värde == exempel.fakta["kostnad.individ.vagen_vidare"].värde
    assert bok.fakta["not.kostnader.webb_och_trycksaker"].värde == exempel.fakta["not.kostnader.information"].värde
    [grupp] = [ett for ett in bok.år.förbund.kostnadsfördelning if ett.id == "individ"]
    assert grupp.rader[-1].etikett == "Nya vägen"
    assert not [f.text for f in bok.findings if f.kod in ("C04", "C06", "C28", "C41") and f.nivå == "fel"]
    sagt = [f.text for f in bok.findings if f.kod == "C33" and "är ny i" in f.text]
    assert len(sagt) == 2


def test_an_insats_is_named_in_other_sheets_too(kopia: Callable[[], Path], exempel: Årsbok) -> None:
    """Its name does for its id in a column that refers to it, and for the row of its function."""
    inputs = kopia()
    fil = inputs / MAPP / "2025" / "underlag.xlsx"
    bok = openpyxl.load_workbook(fil)
    for namn in ("Faktarutor", "Deltagare"):
        for rad in bok[namn].iter_rows(min_row=4, max_col=1):
            if rad[0].value == "vagen_vidare":
                rad[0].value = "Vägen vidare"
    for rad in bok["Insatser"].iter_rows(min_row=4, max_col=4):
        if rad[0].value == "vagen_vidare":
            rad[3].value = "individ.Vägen vidare"
    bok.save(fil)
    öppnad = öppna(MAPP, 2025, inputs=inputs)
    assert öppnad.år.underlag.faktarutor == exempel.år.underlag.faktarutor
    assert öppnad.år.underlag.deltagare == exempel.år.underlag.deltagare
    assert [i.funktion for i in öppnad.år.underlag.insatser] == [i.funktion for i in exempel.år.underlag.insatser]


def test_an_insats_without_a_row_is_told_the_line_it_lacks(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    fil = inputs / MAPP / "2025" / "underlag.xlsx"
    bok = openpyxl.load_workbook(fil)
    rader = {rad[0].value: rad for rad in bok["Insatser"].iter_rows(min_row=4, max_col=4)}
    rader["vagen_vidare"][3].value, rader["kompassen"][3].value = "individ.vagen_vidare_2", "spår.x"
    rader["spraksteget"][1].value, rader["spraksteget"][3].value = "Nya steget", "individ.nya_steget"
    bok.save(fil)
    sagt = [f.text for f in öppna(MAPP, 2025, inputs=inputs).findings if f.kod == "C30" and f.nivå == "fel"]
    assert [text.partition("kostnadsfördelningen. ")[2] for text in sagt] == [
        "Skriv den som grupp.rad; grupper är individ, struktur eller administration.",
        "Lägg till - {id: vagen_vidare_2, etikett: Vägen vidare} i individ i forbund.yml.",
        "Skriv individ.Nya steget som funktion för insatsens konto i exempelforbundet/kontoplan.csv, eller lägg till - "
        "{id: nya_steget, etikett: Nya steget} i individ i forbund.yml.",
    ]
