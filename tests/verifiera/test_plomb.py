"""The life of a seal: set, kept, noticed, opened with a reason, set again; and never rewritten."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import kör
from facit import jämför
from finsam.model.plomb import Löv, Plomb, löv, rot
from finsam.read.plomb import read_plomb, write_plomb
from verifiera.conftest import plombera

FALL = Path(__file__).parent / "plomb"
VEM = ("--namn", "Eva Ek", "--datum", "2025-03-01")
ÖPPNA = ("--oppna", "--skal", "Ett avtal hade bokförts på fel år.", *VEM)
ÅRSMAPP = Path("inputs/exempelforbundet/2024")


@pytest.fixture
def mapp(plomberat: Path, tmp_path: Path) -> Path:
    """A copy of the sealed year, to change."""
    return shutil.copytree(plomberat, tmp_path / "kopia")


def funna(mapp: Path, år: str, *koder: str) -> str:
    """What the checks with these codes say, and the exit code."""
    svar = kör("kontrollera", "exempelforbundet", år, "--inputs", mapp / "inputs", "--json")
    rader = [f"{f['kod']} {f['niva']} {f['text']}" for f in json.loads(svar.output) if f["kod"] in koder]
    return "\n".join((*sorted(rader), f"Felkod {svar.exit_code}"))


def byt(fil: Path, gammalt: bytes, nytt: bytes) -> None:
    data = fil.read_bytes()
    assert gammalt in data
    fil.write_bytes(data.replace(gammalt, nytt, 1))


def som_om(fil: Path, värden: dict[str, str]) -> None:
    """The seal as it would be had the year been finished with these figures."""
    plomb, _ = read_plomb(fil)
    [h] = plomb.händelser
    assert set(värden) <= {ett.namn for ett in h.löv}
    ny = replace(h, löv=tuple(löv(ett.namn, värden[ett.namn]) if ett.namn in värden else ett for ett in h.löv))
    write_plomb(Plomb((replace(ny, rot=ny.beräknad_rot()),)), fil)


@pytest.mark.langsam
def test_a_sealed_year_is_as_it_was(mapp: Path) -> None:
    assert funna(mapp, "2024", "C26").endswith("Felkod 0")
    svar = kör("verifiera", mapp / "outputs/exempelforbundet/2024/arsredovisning", "--niva", "0")
    assert "✓ nivå 0  Plomben: körningen är den som plomberades 2025-02-20 av Eva Ek, rot " in svar.output
    assert svar.exit_code == 0


@pytest.mark.langsam
def test_changed_inputs_of_a_sealed_year_are_named(mapp: Path) -> None:
    byt(mapp / ÅRSMAPP / "text/uppdrag.md", b"a", b"b")
    (mapp / ÅRSMAPP / "text/handelser.md").unlink()
    (mapp / ÅRSMAPP / "text/not_rattelse.md").write_text("Ny.\n", "utf-8")
    jämför(funna(mapp, "2024", "C26"), FALL / "underlaget_andrat.txt")


@pytest.mark.langsam
def test_next_year_opens_with_the_sealed_figures(mapp: Path) -> None:
    assert funna(mapp, "2025", "C29", "C38").count(" ok ") == 2


@pytest.mark.langsam
def test_next_years_other_figures_are_told_konto_by_konto(mapp: Path) -> None:
    """The ledger of 2025 agrees with itself, but had another 2024 been sealed it does not agree with that."""
    andra = {"saldo/ub/1941": "1212459.95", "saldo/ub/1511": "26635.00", "fakta/br.kassa_bank/2024": "1212459.95"}
    som_om(mapp / ÅRSMAPP / "plomb.json", andra | {"fakta/not.fordringar.kundfordringar/2024": "26635.00"})
    jämför(funna(mapp, "2025", "C29", "C38"), FALL / "nasta_ar_avviker.txt")
    (mapp / "inputs/exempelforbundet/2025/text/not_rattelse.md").write_text("Rättat.\n", "utf-8")
    jämför(funna(mapp, "2025", "C29", "C38"), FALL / "nasta_ar_rattat.txt")


@pytest.mark.langsam
def test_a_seal_is_opened_with_a_reason_and_set_again(mapp: Path) -> None:
    före, _ = read_plomb(mapp / ÅRSMAPP / "plomb.json")
    kod, text = plombera(mapp, *VEM)
    assert kod == 2
    assert "2024/plomb.json: Redan plomberad 2025-02-20 av Eva Ek. Öppna plomben först (--oppna --skal)." in text
    kod, text = plombera(mapp, *ÖPPNA)
    assert kod == 0
    assert "arsredovisning 2024: plomben öppnad 2025-03-01 av Eva Ek. Skäl: Ett avtal hade bokförts på fel år." in text
    assert "C38 varning Plomben för 2024 öppnades 2025-03-01 av Eva Ek" in funna(mapp, "2025", "C38")
    assert plombera(mapp, *ÖPPNA)[1].endswith("arsredovisning 2024 är inte plomberad.\n")
    assert plombera(mapp, *VEM)[0] == 0
    efter, brott = read_plomb(mapp / ÅRSMAPP / "plomb.json")
    assert brott == ""
    assert efter.händelser[0] == före.händelser[0]
    assert [h.handling for h in efter.händelser] == ["plombering", "oppning", "plombering"]
    assert [h.föregående for h in efter.händelser] == ["", *(h.rot for h in efter.händelser[:2])]
    assert efter.händelser[2].rot != efter.händelser[0].rot
    _, logg = plombera(mapp, "--visa")
    assert logg.count("Rot: ") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows har ingen umask")
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o002])
def test_the_seal_may_be_read_by_whom_the_user_lets_read_other_files(tmp_path: Path, mask: int) -> None:
    före = os.umask(mask)
    try:
        write_plomb(Plomb(), tmp_path / "plomb.json")
        write_plomb(Plomb(), tmp_path / "plomb.json")
    finally:
        os.umask(före)
    assert stat.S_IMODE((tmp_path / "plomb.json").stat().st_mode) == 0o666 & ~mask
    assert [fil.name for fil in tmp_path.iterdir()] == ["plomb.json"]


@pytest.mark.parametrize(
    ("val", "ord_"),
    [
        ((), "Ange --namn och --datum"),
        (("--namn", " ", "--datum", "2025-03-01"), "Ange --namn och --datum"),
        (("--namn", "Eva Ek", "--datum", "1 mars"), "--datum"),
        (("--oppna", *VEM), "Ange --skal"),
        (("--oppna", "--skal", "x", "--namn", "E", "--datum", "2025-01-01"), "är före den senaste händelsen"),
    ],
)
@pytest.mark.langsam
def test_who_when_and_why_are_asked_for(mapp: Path, val: tuple[str, ...], ord_: str) -> None:
    före = (mapp / ÅRSMAPP / "plomb.json").read_bytes()
    kod, text = plombera(mapp, *val)
    assert kod == 2
    assert ord_ in text
    assert (mapp / ÅRSMAPP / "plomb.json").read_bytes() == före


@pytest.fixture
def oplomberat(mapp: Path) -> Path:
    (mapp / ÅRSMAPP / "plomb.json").unlink()
    return mapp


@pytest.mark.langsam
def test_a_draft_is_not_sealed(oplomberat: Path) -> None:
    fil = oplomberat / "outputs/exempelforbundet/2024/arsredovisning/rapport.json"
    byt(fil, b'"utkast": false', b'"utkast": true')
    kod, text = plombera(oplomberat, *VEM)
    assert kod == 1
    assert "Dokumentet är ett utkast" in text
    assert not (oplomberat / ÅRSMAPP / "plomb.json").exists()


@pytest.mark.langsam
def test_what_does_not_hold_together_is_not_sealed(oplomberat: Path) -> None:
    """A changed document, a changed input, and a text that was not there when the document was made."""
    byt(oplomberat / "outputs/exempelforbundet/2024/arsredovisning/arsredovisning.html", b"</body>", b" </body>")
    byt(oplomberat / ÅRSMAPP / "text/uppdrag.md", b"a", b"b")
    (oplomberat / ÅRSMAPP / "text/not_ny.md").write_text("Ny.\n", "utf-8")
    kod, text = plombera(oplomberat, *VEM)
    jämför(f"{text}Felkod {kod}", FALL / "vagras.txt")


@pytest.mark.langsam
def test_a_year_without_a_run_is_not_sealed(oplomberat: Path) -> None:
    shutil.rmtree(oplomberat / "outputs")
    kod, text = plombera(oplomberat, *VEM)
    assert kod == 2
    assert "Det finns ingen körning att plombera" in text


@pytest.mark.langsam
@pytest.mark.parametrize(
    ("gammalt", "nytt", "ord_"),
    [
        (b'"namn": "Eva Ek"', b'"namn": "Bo Ek"', "roten är inte den som innehållet ger"),
        (b'"varde": "117674.89"', b'"varde": "217674.89"', "ett tal är ändrat"),
        (b'"foregaende": ""', b'"foregaende": "abc"', "något har tagits bort"),
        (b'"ar": 2024', b'"ar": 2023', "den gäller exempelforbundet 2023"),
        (b'"logg"', b'"logga"', "filen kan inte läsas"),
    ],
)
def test_a_seal_that_was_edited_is_found_and_never_added_to(mapp: Path, gammalt: bytes, nytt: bytes, ord_: str) -> None:
    byt(mapp / ÅRSMAPP / "plomb.json", gammalt, nytt)
    före = (mapp / ÅRSMAPP / "plomb.json").read_bytes()
    for år, kod in (("2024", "C26"), ("2025", "C38")):
        text = funna(mapp, år, kod)
        assert f"{kod} fel Plomben" in text
        assert ord_ in text
    assert plombera(mapp, *ÖPPNA)[0] == 2
    assert (mapp / ÅRSMAPP / "plomb.json").read_bytes() == före


@pytest.mark.langsam
def test_a_run_that_is_not_the_sealed_one_is_told(mapp: Path) -> None:
    """The seal is of another result than the finished document shows."""
    som_om(mapp / ÅRSMAPP / "plomb.json", {"fakta/rr.arets_resultat/2024": "1.00"})
    svar = kör("verifiera", mapp / "outputs/exempelforbundet/2024/arsredovisning", "--niva", "0")
    assert svar.exit_code == 1
    assert "      rr.arets_resultat/2024: 117674.89, plomberat 1.00\n" in svar.output


# ---------------------------------------------------------------- the tree

LÖV = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), unique_by=lambda par: par[0], max_size=20)


@given(LÖV, st.randoms())
def test_the_root_does_not_depend_on_order(par: list[tuple[str, str]], slump: object) -> None:
    alla = [löv(namn, värde) for namn, värde in par]
    blandade = list(alla)
    slump.shuffle(blandade)  # type: ignore[attr-defined]
    assert rot(blandade) == rot(alla)


@given(LÖV.filter(bool), st.data())
def test_the_root_depends_on_every_leaf(par: list[tuple[str, str]], data: st.DataObject) -> None:
    alla = [löv(namn, värde) for namn, värde in par]
    nr = data.draw(st.integers(0, len(alla) - 1))
    ett = alla[nr]
    ändrat = [*alla[:nr], löv(ett.namn, f"{ett.värde}!"), *alla[nr + 1 :]]
    utan = [*alla[:nr], *alla[nr + 1 :]]
    namn = [*alla[:nr], Löv(f"{ett.namn}!!!!!!!!!", ett.sha256), *alla[nr + 1 :]]
    assert len({rot(alla), rot(ändrat), rot(utan), rot(namn)}) == 4


def test_the_root_is_as_documented() -> None:
    """Three leaves: two under one node, the third beside it (RFC 9162)."""
    from hashlib import sha256

    def blad(namn: str) -> bytes:
        return sha256(b"\0" + namn.encode() + b"\0" + sha256(b"1").hexdigest().encode()).digest()

    par = sha256(b"\1" + blad("a") + blad("b")).digest()
    assert rot([löv(n, "1") for n in "cab"]) == sha256(b"\1" + par + blad("c")).hexdigest()
