"""The measurements can be made: readers give the same, and errors are told apart. Nothing is said of time or share."""

from __future__ import annotations

import importlib
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from facit import ROT
from finsam.checks.finding import Finding
from finsam.oppna import öppna
from finsam.read.arbetsbok import Cellinnehåll
from finsam.report.arsbok import Årsbok

pytest.importorskip("resource", reason="mäts inte på Windows")

SIE = ROT / "benchmarks" / "sie.py"
SOFINT = ("sofint", 2020, "arsredovisning")
"""A report that is opened quickly."""
FRÖ, MINST = 20, 0.85
"""The seed of the measure in this test, and the share of the errors with a second source that must be caught."""


@pytest.fixture(scope="module")
def hämta() -> Iterator[Callable[[str], ModuleType]]:
    """The modules of the measure by name."""
    with pytest.MonkeyPatch.context() as mp:
        mp.syspath_prepend(str(ROT / "benchmarks"))
        yield importlib.import_module


ETT_AV_VARJE = {
    ("bokföring: #UB.3", "tecken"): "namngivet",
    ("bokföring: #KONTO (hela raden)", "rad borttagen"): "namngivet",
    ("bokföring: #PROGRAM.1", "tomt"): "likvärdigt",
    ("kontoplan.csv.konto", "tomt"): "namngivet",
    ("kontoplan.csv.post", "annat id"): "namngivet",
    ("forbund.yml.noter.post", "annat id"): "namngivet",
    ("forbund.yml.orgnr", "omkastade siffror"): "namngivet",
    ("publicerat.yml.tabeller.rader.värden.*.värde", "×1000"): "namngivet",
    ("Budget.Belopp", "×1000"): "namngivet",
    ("Insatser.Id", "tomt"): "namngivet",
    ("Budget.Källa", "tomt"): "en källa",
    ("text: {fakta}", "annat format"): "namngivet",
}
"""What must become of an error of these kinds in that report."""


@pytest.mark.langsam
def test_errors_are_put_in_and_judged(hämta: Callable[[str], ModuleType]) -> None:
    felinjektion = hämta("felinjektion")
    with felinjektion.förbered(1, 1, målen=[SOFINT], bara=ETT_AV_VARJE) as mätning:
        svaren = felinjektion.mät(mätning, processer=1)
        assert mätning.falska() == []
    assert {(svar.fält, svar.operator): svar.utfall for svar in svaren} == ETT_AV_VARJE


@pytest.mark.langsam
def test_the_measure_holds(hämta: Callable[[str], ModuleType]) -> None:
    """600 errors: the list of those with one source is right, and a new process that reads the disk says the same."""
    felinjektion, utfall = hämta("felinjektion"), hämta("utfall")
    with felinjektion.förbered(3, FRÖ, 600) as mätning:
        svaren = felinjektion.mät(mätning)
        assert mätning.falska() == []
        assert utfall.läses(svaren) == []
        assert felinjektion.jämför_kallt(mätning, 12, FRÖ) == []
    assert hämta("rapportera").sammanfatta(svaren, FRÖ)[0] >= MINST


NYTT_BLAD = {
    1: {1: Cellinnehåll("Datum"), 2: Cellinnehåll("Organ"), 3: Cellinnehåll("Lokal")},
    2: {1: Cellinnehåll(date(2026, 2, 20)), 2: Cellinnehåll("styrelse"), 3: Cellinnehåll("Stora salen")},
    3: {1: Cellinnehåll(date(2026, 3, 20)), 2: Cellinnehåll("presidium"), 3: Cellinnehåll("Biblioteket")},
}
FILER: dict[str, Any] = {
    "f/forbund.yml": "namn: A\nnytt:\n  - {id: x, nyckel2: y}\n  - {id: z}\n",
    "f/kontoplan.csv": "konto;objekt;post;not_rad;funktion;extra\n1511;;br.fordringar;;;hej\n",
    "f/2026/bokforing.se": '#NYPOST 1 "två ord" {6 "CT"}\n#VER A 1 20260101\n{\n#TRANS 1511 {} 5.00\n}\n',
    "f/2026/underlag.xlsx": {"Möten": NYTT_BLAD},
    "f/2026/text/a.md": "Kostnaderna ökade till {rr.x | kr} i Lindesberg, {= 3} år.\n\nTvå stycken.\n",
}


def test_what_is_new_is_walked(hämta: Callable[[str], ModuleType]) -> None:
    """A column, a key and a record that nobody has told of, with the places they stand in."""
    vandra = hämta("vandra").vandra
    funna = {
        (rad.slag, namn): p for fil, ett in FILER.items() for rad in vandra(fil, ett) for namn, p in rad.värden.items()
    }
    nya = [("Möten", "Lokal"), ("#NYPOST", "2"), ("kontoplan.csv", "extra"), ("forbund.yml.*", "nyckel2")]
    assert [funna[ett].värde for ett in nya] == ["Biblioteket", "två ord", "hej", "y"]
    i_ord = {
        slag: p.värde
        for (slag, namn), p in funna.items()
        if not namn and slag not in ("hel text", "forbund.yml nycklar")
    }
    assert i_ord == {
        "{fakta}": "{rr.x | kr}",
        "{= tal}": "3",
        "namn": "Lindesberg",
        "jämförande ord": "ökade",
        "tal i ord": "Två",
    }


def test_a_value_changed_is_all_that_is_changed(hämta: Callable[[str], ModuleType]) -> None:
    andra, vandra = hämta("andra"), hämta("vandra").vandra
    for fil, innehåll in FILER.items():
        for rad in vandra(fil, innehåll):
            for plats in rad.värden.values():
                ändring = andra.Ändring(rad, "", "", plats, plats.värde)
                assert andra.ändra(innehåll, ändring) == innehåll


@pytest.mark.parametrize(
    ("fil", "slag", "operator", "väntat"),
    [
        ("f/forbund.yml", "forbund.yml.*", "rad dubblerad", "  - {id: x, nyckel2: y}\n  - {id: x, nyckel2: y}\n"),
        ("f/forbund.yml", "forbund.yml.*", "rad borttagen", "nytt:\n  - {id: z}\n"),
        ("f/forbund.yml", "forbund.yml.*", "rad ombytt", "  - {id: z}\n  - {id: x, nyckel2: y}\n"),
        ("f/2026/bokforing.se", "#VER", "rad borttagen", '{6 "CT"}\n'),
        ("f/2026/text/a.md", "stycke", "rad ombytt", "Två stycken.\n\nKostnaderna ökade"),
    ],
)
def test_a_row_is_doubled_left_out_or_moved(
    hämta: Callable[[str], ModuleType], fil: str, slag: str, operator: str, väntat: str
) -> None:
    andra, vandra = hämta("andra"), hämta("vandra").vandra
    rader = [rad for rad in vandra(fil, FILER[fil]) if rad.slag == slag]
    ändring = andra.Ändring(rader[0], "", operator, granne=rader[-1])
    ut = andra.ändra(FILER[fil], ändring)
    assert väntat in ut and ut != FILER[fil]


def test_what_is_said_is_judged_and_a_name_is_a_place_or_a_value(hämta: Callable[[str], ModuleType]) -> None:
    """What is new must name the row, what it is called by or the value; a file alone is not enough."""
    utfall, operatorer, vandra = hämta("utfall"), hämta("operatorer"), hämta("vandra").vandra
    rader = tuple(vandra("f/2026/underlag.xlsx", FILER["f/2026/underlag.xlsx"]))
    runt = operatorer.Omgivning(rader, (), {}, Counter(), 2026)
    ändring = hämta("andra").Ändring(rader[0], "Möten.Lokal", "tomt", rader[0].värden["Lokal"], "")
    namn = utfall.namn_på(ändring, runt)

    def nämner(text: str) -> bool:
        return bool(utfall.nämner(Finding("varning", text, "f/2026/underlag.xlsx"), namn, ()))

    def utfallet(**nytt: object) -> str:
        ren = hämta("bild").Bild((), {"a/2026": (1,)}, ("Biblioteket är öppet",))
        en_källa = (utfall.EnKälla("Möten.Plats", "", "", "står bara där"),)
        svar: str = utfall.döm(SOFINT, replace(ändring, **fält), ren, replace(ren, **nytt), runt, en_källa).utfall
        return svar

    fält = {"fält": "Möten.Lokal"}
    assert (utfallet(), utfallet(stannade="KeyError: 'x'")) == ("likvärdigt", "tyst")
    assert (utfallet(fakta={}), utfallet(ord=("Biblioteket är stängt",))) == ("tyst", "tyst")
    assert utfallet(sagt=(Finding("upplysning", "Stora salen fattas."),)) == "likvärdigt"
    assert utfallet(sagt=(Finding("varning", "Stora salen fattas."),)) == "namngivet"
    assert utfallet(sagt=(Finding("fel", "Något är fel."),)) == "onämnt"
    fält = {"fält": "Möten.Plats"}
    assert (utfallet(fakta={}), utfallet(ord=("Biblioteket är stängt",))) == ("tyst", "en källa")

    assert nämner("Möten, rad 2: lokalen saknas.")
    assert nämner("Möten!C2 är tom.")
    assert nämner("Stora salen står inte i bladet.")
    assert not nämner("Möten, rad 22: lokalen saknas.")
    assert not nämner("Något i arbetsboken är fel.")


@pytest.mark.parametrize(
    ("villkor", "gäller"),
    [
        ("nytt~^Aulan$", True),
        ("Organ~^styrelse$", True),
        ("Möten.Organ~presidium", True),
        ("Möten.Organ!~presidium & nytt~Aulan", False),
        ("Målområden.Namn~.", False),
    ],
)
def test_a_condition_reads_the_row_and_its_sheet(
    hämta: Callable[[str], ModuleType], villkor: str, gäller: bool
) -> None:
    rader = tuple(hämta("vandra").vandra("f/2026/underlag.xlsx", FILER["f/2026/underlag.xlsx"]))
    runt = hämta("operatorer").Omgivning(rader, (), {}, Counter(), 2026)
    ändring = hämta("andra").Ändring(rader[0], "Möten.Lokal", "tomt", rader[0].värden["Lokal"], "Aulan")
    assert hämta("utfall").EnKälla("Möten.Lokal", "", villkor, "").gäller(ändring, runt) == gäller


@pytest.mark.parametrize(
    ("text", "ja"), [("Sedan ska alla insatser i länet följas.", True), ("Där ska alla möta oss i länet.", False)]
)
def test_a_word_among_the_same_words_has_another_source(
    hämta: Callable[[str], ModuleType], text: str, ja: bool
) -> None:
    """Four of the words around it, on another place."""
    filer = {"f/2026/text/a.md": "Nu ska alla insatser i länet räknas.", "f/2026/text/b.md": text}
    rader = tuple(rad for fil, ett in filer.items() for rad in hämta("vandra").vandra(fil, ett))
    runt = hämta("operatorer").Omgivning(rader, (), {}, Counter(), 2026)
    rad = next(rad for rad in rader if rad.slag == "jämförande ord")
    ändring = hämta("andra").Ändring(rad, "text: jämförande ord", "motsats", rad.värden[""], "inga")
    en_källa = hämta("utfall").EnKälla("text: *", "", "på fler ställen~ja", "")
    assert en_källa.gäller(ändring, runt) == ja


def test_readers_of_a_sie_file_give_the_same_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    svar = subprocess.run(
        [sys.executable, SIE, "--rader", "1000", "--varv", "1"], capture_output=True, encoding="utf-8", check=False
    )
    assert svar.returncode == 0, svar.stderr
    assert svar.stdout.startswith("1000 rader, ")
    assert "båda ger samma summor" in svar.stdout


def test_a_small_ledger_is_read_with_little_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `finsam las` does not need it does not load: that is most of the time it takes."""
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    bokföring = ROT / "tests" / "sie" / "fall" / "felfri.se"
    kommando = [sys.executable, "-X", "importtime", "-m", "finsam", "las", bokföring]
    svar = subprocess.run(kommando, capture_output=True, encoding="utf-8", check=True)
    laddade = {rad.rsplit("|", 1)[1].strip() for rad in svar.stderr.splitlines() if rad.startswith("import time:")}
    assert "finsam.read.sie.sie" in laddade
    assert laddade.isdisjoint({"lxml.etree", "matplotlib", "numpy", "openpyxl", "pandas", "papermill", "pydantic"})


def test_the_made_up_file_follows_its_seed(tmp_path: Path) -> None:
    mätning = runpy.run_path(str(SIE))
    filer = [tmp_path / namn for namn in ("a.se", "b.se", "c.se")]
    for fil, frö in zip(filer, (1, 1, 2), strict=True):
        mätning["write_sie"](fil, 50, frö)
    a, b, c = (fil.read_bytes() for fil in filer)
    assert a == b != c
    assert a.count(b"#TRANS") == 50


def test_ratios_are_taken_pair_by_pair(hämta: Callable[[str], ModuleType]) -> None:
    tider = hämta("tider")
    ena, andra = (tider.Rad(namn, lambda: sum(range(1000))) for namn in ("recept", "finsam"))
    for a, b in ((10, 1), (8, 2), (9, 3)):
        ena.tider.append(tider.Tid(a, a))
        andra.tider.append(tider.Tid(b, 2 * b))
    assert tider.kvot(ena, andra) == ("recept / finsam: 2,00 (1,50–5,00) i CPU, 4,00 (3,00–10,00) i väggtid")
    assert str(ena) == "| recept | 9,00 (8,00–10,00) | 9,00 (8,00–10,00) |"
    ena.mät()
    assert len(ena.tider) == 4
    assert ena.tider[-1].vägg < 1
    assert "Python 3" in tider.maskinen()


@pytest.mark.langsam
def test_the_warm_latencies_are_measured(hämta: Callable[[str], ModuleType], tmp_path: Path) -> None:
    rader = list(hämta("tider").varma(tmp_path, 1))
    assert len(rader) == 13  # four changes, three moments of each, and the sum of them
    assert rader[0].startswith("| varmt, en mening: sidan | ")


@pytest.mark.langsam
def test_a_made_up_country_adds_up(hämta: Callable[[str], ModuleType], tmp_path: Path, exempel: Årsbok) -> None:
    """The same each time, and of each förbund nothing is found that the example has not."""
    land = hämta("land")
    for mapp in ("ett", "samma"):
        land.write_land(tmp_path / mapp, 2)
    filer = sorted(fil.relative_to(tmp_path / "ett") for fil in (tmp_path / "ett").rglob("*") if fil.is_file())
    assert all((tmp_path / "ett" / fil).read_bytes() == (tmp_path / "samma" / fil).read_bytes() for fil in filer)
    bok = öppna("land-001", 2025, inputs=tmp_path / "ett")
    assert [f for f in bok.findings if f.nivå in ("fel", "varning")] == []
    gånger = land.Förbund(1).gånger
    assert gånger > 1
    for namn in ("rr.arets_resultat/2025", "br.eget_kapital/2024", "drift.individ.budget/2025"):
        assert bok.fakta[namn].värde == gånger * exempel.fakta[namn].värde
    sagt = " ".join((tmp_path / "ett" / fil).read_text("utf-8") for fil in filer if fil.suffix in (".md", ".yml"))
    assert not any(ord_ in sagt for ord_ in (*land.ORTER, "Exempelbygden", "Exempellän"))
    assert "Ada Exempelsson" not in {rad.namn for rad in bok.år.underlag.undertecknare}


def test_the_cost_of_many_is_drawn_alike_each_time(hämta: Callable[[str], ModuleType], tmp_path: Path) -> None:
    land = hämta("land")
    mätta = [land.Mätt(1, 9.0, 4.5, 200), land.Mätt(24, 50.0, 60.0, 240)]
    assert [m.styck for m in mätta] == [4.5, 2.5]
    for namn in ("a.svg", "b.svg"):
        land.rita(mätta, tmp_path / namn)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
