"""`finsam nytt` for a new förbund: from an export to a first draft, nothing written over, text always text."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings

from bygg.sie import write_sie
from conftest import förkorta, kör
from facit import INPUTS, SHARED, jämför
from finsam.begin.forslag import Förslag, Svar, föreslå
from finsam.begin.underlag import startunderlag
from finsam.model.bokforing import Bokföring, Konto
from finsam.model.forbund import Kontoplan, Medlem
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Budgetrad, Deltagarrad, Insats
from finsam.oppna import öppna
from finsam.read.bokforing import read_bokföring
from finsam.report.arsbok import Årsbok
from prov import antal, urval
from sie.bokforingar import bokföringar

FACIT = Path(__file__).parent / "facit"
EXPORT = INPUTS / "exempelforbundet" / "2025" / "bokforing.se"
KOMMUNER = ("Granviks kommun", "Hällsta kommun", "Mossby kommun", "Sjöede kommun", "Ängby kommun")
MEDLEMMAR = (
    "--kortnamn",
    "Bygden",
    "--region",
    "Region Exempellän",
    *(ord_ for namn in KOMMUNER for ord_ in ("--kommun", namn)),
)


def nytt(inputs: Path, *ord_: str | Path, år: str = "2025") -> Result:
    """`finsam nytt bygden` in an inputs folder."""
    return kör("nytt", "bygden", år, *ord_, "--inputs", inputs)


def lagd(inputs: Path) -> list[str]:
    return sorted(fil.relative_to(inputs).as_posix() for fil in inputs.rglob("*") if fil.is_file())


def test_settings_and_kontoplan_from_the_ledgers_own_konton(tmp_path: Path) -> None:
    svar = nytt(tmp_path, "--bokforing", EXPORT, *MEDLEMMAR)
    assert svar.exit_code == 0, svar.output
    jämför((tmp_path / "bygden" / "forbund.yml").read_text("utf-8"), FACIT / "forbund.yml")
    jämför((tmp_path / "bygden" / "kontoplan.csv").read_text("utf-8-sig"), FACIT / "kontoplan.csv")
    jämför(svar.output.replace(str(tmp_path), "inputs"), FACIT / "svar.txt")
    assert (tmp_path / "bygden" / "2025" / "bokforing.se").read_bytes() == EXPORT.read_bytes()


def test_the_figures_are_those_of_the_förbunds_own_settings(tmp_path: Path, exempel: Årsbok) -> None:
    nytt(tmp_path, "--bokforing", EXPORT, *MEDLEMMAR)
    bok = öppna("bygden", 2025, inputs=tmp_path)
    lika = [n for n in exempel.fakta if n.startswith(("rr.", "br.", "kf.", "not.intakter.", "not.fordringar.summa"))]
    lika = [n for n in lika if n.endswith(("/2025", "/2024"))]
    assert len(lika) > 60
    assert {n: bok.fakta[n].värde for n in lika} == {n: exempel.fakta[n].värde for n in lika}
    assert not [f for f in bok.findings if f.kod in ("C04", "C06", "C27", "C28", "C32") and f.nivå != "ok"]


@pytest.mark.langsam
def test_from_export_to_draft(tmp_path: Path) -> None:
    nytt(tmp_path / "inputs", "--bokforing", EXPORT, *MEDLEMMAR)
    svar = kör("skapa", "bygden", "2025", "--inputs", tmp_path / "inputs", "--outputs", tmp_path / "outputs")
    assert svar.exit_code == 1, svar.output
    jämför(svar.output.partition("\nAllt, var för sig")[0].partition("Hindrar")[2], FACIT / "utkast.txt")
    katalog = tmp_path / "outputs" / "bygden" / "2025" / "arsredovisning"
    sida = (katalog / "arsredovisning.html").read_text("utf-8")
    assert "UTKAST" in sida
    assert "ej genomgången" not in sida
    assert "ej skriven" not in sida


def test_everything_that_is_missing_is_told_at_once_and_nothing_written(tmp_path: Path) -> None:
    svar = nytt(tmp_path, "--fraga-inte")
    assert svar.exit_code == 2
    for flagga in ("--namn", "--orgnr", "--kontoplan", "--kommun"):
        assert flagga in svar.output
    assert lagd(tmp_path) == []


def test_questions_are_asked_with_what_the_ledger_tells(tmp_path: Path) -> None:
    typt = f"\nExempel\n\n\nRegion Exempellän\n{', '.join(KOMMUNER)}\n"
    svar = kör("nytt", "bygden", "2025", "--bokforing", EXPORT, "--fraga", "--inputs", tmp_path, svar=typt)
    assert svar.exit_code == 0, svar.output
    assert "[Samordningsförbundet Exempelbygden]" in svar.output
    lagt = (tmp_path / "bygden" / "forbund.yml").read_text("utf-8")
    assert lagt == (FACIT / "forbund.yml").read_text("utf-8").replace("kortnamn: Bygden", "kortnamn: Exempel")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "bygden" / "2025").mkdir(parents=True)
    (tmp_path / "bygden" / "kontoplan.csv").write_text("min egen", "utf-8")
    (tmp_path / "bygden" / "2025" / "bokforing.se").write_bytes(EXPORT.read_bytes())
    svar = nytt(tmp_path, *MEDLEMMAR)
    assert svar.exit_code == 2
    assert "bygden/kontoplan.csv: Filen finns redan och skrivs inte över." in svar.output
    assert lagd(tmp_path) == ["bygden/2025/bokforing.se", "bygden/kontoplan.csv"]


def test_a_ledger_that_lies_in_the_folder_already_is_used(tmp_path: Path) -> None:
    (tmp_path / "bygden" / "2025").mkdir(parents=True)
    (tmp_path / "bygden" / "2025" / "bokforing.se").write_bytes(EXPORT.read_bytes())
    assert nytt(tmp_path, *MEDLEMMAR).exit_code == 0
    jämför((tmp_path / "bygden" / "kontoplan.csv").read_text("utf-8-sig"), FACIT / "kontoplan.csv")


@pytest.mark.parametrize(
    ("ord_", "väntat"),
    [
        (("nytt", "con", "2025"), "Mappen kan inte heta con: det namnet har Windows för sig självt."),
        (("nytt", "../ut", "2025"), "ska bestå av a–z, 0–9 och bindestreck, till exempel ut."),
        (("nytt", "Södra Bygden", "2025"), "till exempel sodra-bygden."),
        (("nytt", "bygden", "2025", "helarsrapport"), "Rapporten helarsrapport finns inte."),
        (("nytt", "bygden", "2024", "--bokforing", str(EXPORT)), "räkenskapsåret som slutar 2025-12-31, inte 2024"),
    ],
)
def test_what_cannot_be_is_said(ord_: tuple[str, ...], väntat: str, tmp_path: Path) -> None:
    svar = kör(*ord_, *MEDLEMMAR, "--inputs", tmp_path)
    assert svar.exit_code == 2
    assert väntat in " ".join(svar.output.split())
    assert lagd(tmp_path) == []


def test_without_a_ledger_the_normal_chart_is_the_start(tmp_path: Path) -> None:
    svar = nytt(tmp_path, "--namn", "Bygden", "--orgnr", "222000-0000", "--kontoplan", "kommun-bas", *MEDLEMMAR)
    assert svar.exit_code == 0, svar.output
    assert "Lägg årets export i årsmappen" in svar.output
    (tmp_path / "bygden" / "2025" / "bokforing.se").write_bytes(EXPORT.read_bytes())
    bok = öppna("bygden", 2025, inputs=tmp_path)
    assert not [f for f in bok.findings if f.kod in ("C01", "C04", "C06", "C28") and f.nivå != "ok"]


@pytest.mark.langsam
def test_a_plan_begins_with_its_budget(tmp_path: Path) -> None:
    ord_ = ("--namn", "Bygden", "--orgnr", "222000-0000", "--kontoplan", "kommun-bas", *MEDLEMMAR)
    svar = kör("nytt", "bygden", "2027", "verksamhetsplan", *ord_, "--inputs", tmp_path / "in")
    assert svar.exit_code == 0, svar.output
    svar = kör("skapa", "bygden", "2027", "verksamhetsplan", "--inputs", tmp_path / "in", "--outputs", tmp_path / "ut")
    assert svar.exit_code == 1, svar.output
    jämför(svar.output.partition("\nAllt, var för sig")[0].partition("Hindrar")[2], FACIT / "utkast_plan.txt")


def test_what_is_made_as_json(tmp_path: Path) -> None:
    svar = json.loads(nytt(tmp_path, "--bokforing", EXPORT, *MEDLEMMAR, "--json").output)
    assert svar["filer"] == lagd(tmp_path)
    assert any("7611 Medlemsavgifter" in text for text in svar["anteckningar"])


# The proposal


def svar_för(kontoplan: str = "kommun-bas") -> Svar:
    medlemmar = (
        Medlem(id="staten", namn="Staten", typ="stat"),
        Medlem(id="regionen", namn="Region Exempellän", typ="region"),
        Medlem(id="granvik", namn="Granviks kommun", typ="kommun"),
    )
    typ = "bas" if kontoplan == "bas" else "kommun-bas"
    return Svar("x", "X", "X", "222000-0000", typ, medlemmar, {})


def bokföring() -> Bokföring:
    """The made-up förbund's ledger of 2025."""
    bok, _ = read_bokföring(EXPORT)
    assert bok is not None
    return bok


def byt_namn(bok: Bokföring, **namn: str) -> Bokföring:
    return replace(bok, konton={**bok.konton, **{k[1:]: Konto(k[1:], v) for k, v in namn.items()}})


def test_a_kommun_that_is_no_member_is_told() -> None:
    förslag = föreslå(svar_för(), bokföring())
    assert any("3513" in text and "Ängby kommun (20:ANG)" in text for text in förslag.att_se_över)
    rader = {rad.rad.objekt: rad.rad.not_rad for rad in förslag.kontoplan if rad.rad.från == "3513"}
    assert rader == {"20:GRA": "intakter.granvik", "resten": "intakter.kommunerna"}


def test_a_name_tells_more_than_a_number() -> None:
    bok = byt_namn(bokföring(), k7412="Revision, sakkunniga")
    assert [r.rad.funktion for r in föreslå(svar_för(), bok).kontoplan if r.rad.från == "7412"] == [
        "administration.revision"
    ]


def test_what_has_no_place_is_listed_not_hidden() -> None:
    bok = bokföring()
    res = {**bok.år[0].res, "8011": Decimal(-5), "7611": bok.år[0].res["7611"] + 5}
    bok = replace(
        bok, konton={**bok.konton, "8011": Konto("8011", "Skatt")}, år={**bok.år, 0: replace(bok.år[0], res=res)}
    )
    förslag = föreslå(svar_för(), bok)
    assert förslag.oplacerade == ("8011 Skatt: den normala kontoplanen (kommun-bas) har inget sådant konto.",)
    assert not [rad for rad in förslag.kontoplan if rad.rad.från == "8011"]


def test_an_objekt_without_a_name_is_called_by_its_code() -> None:
    bok = bokföring()
    blank = replace(bok, objekt={**bok.objekt, ("1", " "): "", ("6", "77"): "  "})
    svar = replace(svar_för(), slag={"1: ": "individ", "6:77": "struktur"})
    namn = {insats.objekt: insats.namn for insats in föreslå(svar, blank).insatser}
    assert namn["1: "] == "1: "
    assert namn["6:77"] == "6:77"


def check_en_lista(förslag: Förslag) -> None:
    """Insatser, kontoplan, noter and kostnadsfördelning name only what each other has."""
    fb = förslag.förbund
    funktioner = {f"{grupp.id}.{rad.id}" for grupp in fb.kostnadsfördelning for rad in grupp.rader}
    notrader = {f"{notis.id}.{rad.id}" for notis in fb.noter for rad in notis.rader}
    assert {insats.funktion for insats in förslag.insatser} <= funktioner
    assert {rad.rad.funktion for rad in förslag.kontoplan} - {""} <= funktioner
    assert {rad.rad.not_rad for rad in förslag.kontoplan} - {""} <= notrader
    assert all(insats.namn.strip() for insats in förslag.insatser)
    underlag, väntar = startunderlag(förslag, 2025, ÅRSREDOVISNING)
    insatser = {rad.id for rad in underlag.insatser} | {rad["id"] for rad in väntar.get(Insats, ())}
    assert insatser == {insats.id for insats in förslag.insatser}
    assert {rad["insats"] for rad in väntar.get(Deltagarrad, ())} <= insatser
    assert {rad["post"] for rad in väntar[Budgetrad]} == {rad.id for rad in fb.driftredovisning}


@settings(max_examples=antal(60, dyra=True), suppress_health_check=[HealthCheck.too_slow])
@given(bokföringar())
def test_every_konto_with_a_balance_has_one_place_or_is_listed(bok: Bokföring) -> None:
    for kontoplan in ("kommun-bas", "bas"):
        koder = [f"{dimension}:{kod}" for dimension, kod in bok.objekt]
        svar = replace(svar_för(kontoplan), slag=dict.fromkeys(koder[::2], "individ"))
        förslag = föreslå(svar, bok)
        check_en_lista(förslag)
        plan = Kontoplan(tuple(rad.rad for rad in förslag.kontoplan))
        saldon = {k for ett in bok.år.values() for s in (ett.ib, ett.ub, ett.res) for k, b in s.items() if b}
        for konto in saldon:
            poster = {rad.post for rad in plan.träffar(konto)}
            listad = any(text.startswith(konto) for text in förslag.oplacerade)
            assert (len(poster) == 1) != listad, (konto, poster)
        assert not {rad.rad.från for rad in förslag.kontoplan} - saldon


ELAKA = {
    "k3511": "=HYPERLINK(1);x",
    "k4511": "{rr.arets_resultat} <script>",
    "k7611": '"Citat" \\ #read("/etc/passwd")',
    "k6011": "@SUM(1)\x1b[31m",
}


@pytest.mark.langsam
def test_hostile_names_are_text(tmp_path: Path) -> None:
    bok = replace(byt_namn(bokföring(), **ELAKA), namn="Förbundet {rr.x} *A* <b>")
    fil = tmp_path / "export.se"
    fil.write_bytes(write_sie(bok))
    svar = nytt(tmp_path / "inputs", "--bokforing", fil, *MEDLEMMAR)
    assert svar.exit_code == 0, svar.output
    assert "\x1b" not in svar.output
    for rad in (tmp_path / "inputs" / "bygden" / "kontoplan.csv").read_text("utf-8-sig").splitlines():
        assert not [cell for cell in rad.split(";") if cell.startswith(("=", "+", "@"))], rad
    inputs = förkorta(tmp_path / "inputs", "omslag", "resultatrakning", "noter", förbund="bygden")
    assert kör("skapa", "bygden", "2025", "--inputs", inputs, "--outputs", tmp_path / "ut").exit_code == 1
    sida = (tmp_path / "ut" / "bygden" / "2025" / "arsredovisning" / "arsredovisning.html").read_text("utf-8")
    assert "<b>" not in sida
    assert "Förbundet (rr.x) *A* &lt;b&gt;" in sida


# Real exports


FILER = SHARED / "sie" / "filer"
VERKLIGA = (
    "jsisie__BL0001_typ4.SE",
    "jsisie__MAMUT_SIE3_EXPORT.SE",
    "jsisie__Norstedts_Revision_SIE_1.SE",
    "jsisie__SIE-fil_fran_Visma_Eget_Aktiebolag_2010.se",
    "jsisie__live2011.se",
    "luddovitz__test.se",
)


@pytest.mark.skipif(not FILER.is_dir(), reason="../shared/sie saknas")
@pytest.mark.parametrize("namn", urval(VERKLIGA, *VERKLIGA[:2]))
def test_a_real_export_gives_a_draft(namn: str, tmp_path: Path) -> None:
    """They are companies', in plain BAS: taxes and untaxed reserves have no place, and are said to have none."""
    bok, _ = read_bokföring(FILER / namn)
    assert bok
    år = str(bok.år[0].slut.year)
    ord_ = ("--namn", "Bygden", "--orgnr", "222000-0000", "--kontoplan", "bas", *MEDLEMMAR)
    svar = nytt(tmp_path, "--bokforing", FILER / namn, *ord_, år=år)
    assert svar.exit_code == 0, svar.output
    öppnad = öppna("bygden", int(år), inputs=tmp_path)
    utan_plats = {f.text.split()[1] for f in öppnad.findings if f.kod == "C28" and f.nivå == "fel"}
    sagda = {rad.split("plats: ")[1].split()[0] for rad in svar.output.splitlines() if "ingen plats" in rad}
    assert utan_plats == sagda


def test_a_question_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    svar = kör("nytt", "bygden", "2025", "--bokforing", EXPORT, "--fraga", "--inputs", tmp_path, svar="Bygden\n")
    assert svar.exit_code == 130
    assert "Avbrutet. Det som fanns är kvar." in svar.output
    assert not list(tmp_path.iterdir())
