"""A year's own `forbund.yml` and `kontoplan.csv`: they take the place of the förbund's, key by key and file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finsam.model.forbund import Förbund
from finsam.model.problem import UnreadableInput
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.forbund import read_forbund

FÖRBUNDETS = """\
namn: Exemplet
kortnamn: Exemplet
orgnr: "222000-1818"
medlemmar:
  - {id: nora, namn: Nora, typ: kommun}
noter:
  - {id: intakter, rubrik: Intäkter}
  - {id: kostnader, rubrik: Kostnader}
kostnadsfördelning: []
driftredovisning: []
tecken: {noter: minus, resultaträkning: utan}
"""


def läs(mapp: Path, årets: str, förbundets: str = FÖRBUNDETS) -> tuple[Förbund | None, list[str]]:
    """Read a förbund's settings together with a year's."""
    (mapp / "2020").mkdir()
    (mapp / "forbund.yml").write_text(förbundets, "utf-8")
    (mapp / "2020" / "forbund.yml").write_text(årets, "utf-8")
    egna = (mapp / "2020" / "forbund.yml", "x/2020/forbund.yml")
    förbund, problem = read_forbund(mapp / "forbund.yml", "x", "x/forbund.yml", egna)
    return förbund, [str(ett) for ett in problem]


def test_a_key_of_the_year_replaces_the_whole_key(tmp_path: Path) -> None:
    årets = "noter:\n  - {id: skulder, rubrik: Skulder}\ntecken: {noter: utan}\ndolda_rader: [br.summa_skulder]\n"
    förbund, problem = läs(tmp_path, årets)
    assert problem == []
    assert förbund is not None
    assert [n.id for n in förbund.noter] == ["skulder"]
    assert förbund.tecken.resultaträkning == "minus"  # the model's own, not the förbund's: the key is replaced whole
    assert förbund.dolda_rader == ("br.summa_skulder",)
    assert [m.id for m in förbund.medlemmar] == ["nora"]


@pytest.mark.parametrize(
    ("årets", "väntat"),
    [
        ("notr: []\n", "x/2020/forbund.yml, rad 1: Nyckeln notr är okänd. Menar du noter?"),
        ("\nnoter:\n  - {id: a}\n", "x/2020/forbund.yml, rad 3: noter: a: rubrik saknas."),
        ("webbplats: a\nwebbplats: b\n", "x/2020/forbund.yml, rad 2: Nyckeln webbplats finns två gånger."),
        ('orgnr: "222000-1819"\n', "x/2020/forbund.yml, rad 1: orgnr 222000-1819 har fel kontrollsiffra; någon siffra"),
        ("a: 'b\n", "x/2020/forbund.yml, rad 1: Ett citattecken är inte avslutat."),
    ],
)
def test_what_is_wrong_in_the_years_file_is_told_with_its_name(tmp_path: Path, årets: str, väntat: str) -> None:
    _, [problem] = läs(tmp_path, årets)
    assert problem.startswith(väntat)


def test_what_is_wrong_in_both_is_told_at_once(tmp_path: Path) -> None:
    förbund, problem = läs(tmp_path, "notr: []\n", FÖRBUNDETS.replace("typ: kommun", "typ: stad"))
    assert förbund is None
    assert [ett.partition(":")[0] for ett in problem] == ["x/forbund.yml, rad 5", "x/2020/forbund.yml, rad 1"]


def test_what_the_year_replaces_need_not_be_right_in_the_foerbunds(tmp_path: Path) -> None:
    fel = FÖRBUNDETS.replace("rubrik: Kostnader", "rubriken: Kostnader")
    förbund, problem = läs(tmp_path, "noter: []\n", fel)
    assert (problem, förbund and förbund.noter) == ([], ())


def test_a_year_may_have_its_own_kontoplan(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet"
    rader = (mapp / "kontoplan.csv").read_text("utf-8").splitlines(keepends=True)
    (mapp / "2025" / "kontoplan.csv").write_text("".join(rader[:10]), "utf-8")
    räkenskapsår = read_räkenskapsår("exempelforbundet", 2025, inputs)
    assert (räkenskapsår.kontoplan.fil, len(räkenskapsår.kontoplan.rader)) == ("exempelforbundet/2025/kontoplan.csv", 9)
    assert read_räkenskapsår("exempelforbundet", 2024, inputs).kontoplan.fil == "exempelforbundet/kontoplan.csv"
    assert mapp / "2025" / "kontoplan.csv" in räkenskapsår.filer


def test_the_years_settings_do_not_make_up_for_the_foerbunds(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet"
    (mapp / "forbund.yml").rename(mapp / "2025" / "forbund.yml")
    with pytest.raises(UnreadableInput, match=r"exempelforbundet/forbund.yml: Filen saknas"):
        read_räkenskapsår("exempelforbundet", 2025, inputs)
