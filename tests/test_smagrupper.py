"""What is withheld of small tables, why, and that the check C21 sees when it is not enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deltagarrader import Tal, rader
from facit import ROT, jämför, som_text
from finsam.checks.deltagare import check_små_grupper
from finsam.checks.finding import utfall
from finsam.model.rakenskapsar import Deltagarblad, Räkenskapsår
from finsam.model.underlag import Indikator
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.statements import smagrupper
from finsam.statements.redovisning import Redovisning, redovisa


def med(år: Räkenskapsår, tal: Tal, *tidigare: tuple[int, Tal], minst: int = 5) -> Redovisning:
    """The made-up förbund with these participants, and those of earlier reports."""
    blad = tuple(Deltagarblad(ett, minst, rader(deras)) for ett, deras in tidigare)
    underlag = år.underlag.model_copy(update={"deltagare": rader(tal)})
    förbund = år.förbund.model_copy(update={"minsta_grupp": minst})
    return redovisa(replace(år, underlag=underlag, förbund=förbund, tidigare_deltagare=blad))


def dolda(r: Redovisning) -> set[str]:
    """What is withheld, named as above."""
    return {
        n.removeprefix("deltagare.kompassen.").removesuffix("/2025")
        for n, f in r.fakta.items()
        if f.dold and n.startswith("deltagare.")
    }


# Small tables that a person can follow

FALL: dict[str, tuple[dict[str, int], str]] = {
    "inget är litet": ({"nya": 12, "nya.kvinnor": 7, "nya.män": 5}, ""),
    "noll visas": ({"nya": 7, "nya.kvinnor": 7, "nya.män": 0}, ""),
    "en liten grupp drar med sig den andra": ({"nya": 12, "nya.kvinnor": 9, "nya.män": 3}, "nya.kvinnor nya.män"),
    "en liten total": ({"nya": 4}, "nya"),
    "med fem tillsammans är båda säkert små": (
        {"nya": 5, "nya.kvinnor": 4, "nya.män": 1},
        "nya nya.kvinnor nya.män",
    ),
    "den minsta av de andra följer med": (
        {"nya": 40, "nya.granvik": 3, "nya.hallsta": 20, "nya.mossby": 17},
        "nya.granvik nya.mossby",
    ),
    "två små skyddar varandra": (
        {"nya": 26, "nya.granvik": 3, "nya.hallsta": 20, "nya.mossby": 3},
        "nya.granvik nya.mossby",
    ),
    "den som inte skrivs går att räkna ut": ({"nya": 12, "nya.kvinnor": 9}, "nya.kvinnor"),
    "de som inte gick vidare är få": ({"avslutade": 20, "vidare": 18}, "vidare"),
    "flödet ger den fjärde": (
        {"pagaende_in": 10, "nya": 8, "avslutade": 3, "pagaende_ut": 15},
        "avslutade nya",
    ),
    "alla under året är de som fanns och de nya": (
        {"pagaende_in": 10, "nya": 3, "totalt": 13},
        "pagaende_in nya",
    ),
    "delarna av de avslutade": (
        {"avslutade": 30, "avslutade_arbete": 2, "avslutade_studier": 12, "avslutade_annat": 16},
        "avslutade_arbete avslutade_studier",
    ),
    "någon räknades inte": ({"nya": 14, "nya.kvinnor": 10, "nya.män": 3}, "nya nya.kvinnor nya.män"),
    "talen motsäger varandra": ({"nya": 12, "nya.kvinnor": 10, "nya.män": 3}, "nya nya.kvinnor nya.män"),
    "årets början är förra årets slut": (
        {"pagaende_ut/2024": 3, "pagaende_in": 3},
        "pagaende_in pagaende_ut/2024",
    ),
}


@pytest.mark.parametrize("fall", FALL)
def test_what_is_withheld(exempel: Årsbok, fall: str) -> None:
    tal, väntat = FALL[fall]
    r = med(exempel.år, tal)
    assert dolda(r) == set(väntat.split())
    assert not [f for f in utfall(check_små_grupper(r))[0] if f.nivå in ("fel", "varning")]


def test_what_last_years_report_showed_protects_nothing(exempel: Årsbok) -> None:
    """Those who were there when the year began stand in last year's report; then others must go."""
    tal = {"pagaende_in": 20, "nya": 3, "avslutade": 9, "pagaende_ut": 14, "totalt": 23}
    assert dolda(med(exempel.år, tal)) == {"pagaende_in", "nya"}
    assert dolda(med(exempel.år, tal, (2024, {"pagaende_ut/2024": 20}))) == {"nya", "avslutade", "totalt"}
    jämte = {"pagaende_ut/2024": 20, **tal}
    assert dolda(med(exempel.år, jämte)) == {"nya", "avslutade", "totalt"}


def test_what_last_years_report_withheld_stays_withheld(exempel: Årsbok) -> None:
    i_fjol = {"pagaende_ut/2024": 15, "pagaende_ut.kvinnor/2024": 12, "pagaende_ut.män/2024": 3}
    tal = {"pagaende_in": 15, "pagaende_in.kvinnor": 12, "pagaende_in.män": 3}
    assert dolda(med(exempel.år, tal, (2024, i_fjol))) == {"pagaende_in.kvinnor", "pagaende_in.män"}


def test_what_was_shown_before_the_limit_was_raised_is_said(exempel: Årsbok) -> None:
    r = med(exempel.år, {"pagaende_in": 3}, minst=5)
    gammalt = Deltagarblad(2024, 2, rader({"pagaende_ut/2024": 3}))
    r = redovisa(replace(r.år, tidigare_deltagare=(gammalt,)))
    [f] = [f for f in utfall(check_små_grupper(r))[0] if f.nivå == "varning"]
    assert f.text == (
        "1 antal som inte visas går att räkna ut, eller nästan, med vad tidigare årsredovisningar har visat. "
        "Det går inte att ändra i efterhand."
    )


def test_earlier_years_are_read_from_their_own_underlag(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    år = öppna("exempelforbundet", 2025, inputs=inputs).år
    assert [(blad.år, blad.minsta_grupp) for blad in år.tidigare_deltagare] == [(2024, 5)]
    fil = inputs / "exempelforbundet" / "2024" / "underlag.xlsx"
    assert fil in år.filer
    fil.write_bytes(b"PK")
    [f] = [f for f in öppna("exempelforbundet", 2025, inputs=inputs).findings if f.nivå == "varning"]
    assert "exempelforbundet/2024/underlag.xlsx: Kan inte läsas, så det är okänt vilka antal deltagare" in f.text


def test_the_limit_is_the_foerbunds(exempel: Årsbok) -> None:
    tal = {"nya": 12, "nya.kvinnor": 9, "nya.män": 3}
    assert dolda(med(exempel.år, tal, minst=4)) == {"nya.kvinnor", "nya.män"}
    assert dolda(med(exempel.år, tal, minst=3)) == set()
    r = med(exempel.år, tal, minst=0)
    assert dolda(r) == set()
    assert [f.text for f in utfall(check_små_grupper(r))[0]] == [
        "Alla antal visas, också små grupper: minsta_grupp är 0 i forbund.yml."
    ]


def test_goals_and_surveys_made_of_small_groups_are_withheld(exempel: Årsbok) -> None:
    u = exempel.år.underlag
    mål = next(m for m in u.mål if m.fakta)
    egna = (
        mål.model_copy(update={"id": "m1", "fakta": "deltagare.kompassen.nya.män"}),
        mål.model_copy(update={"id": "m2", "fakta": "enkat.kompassen.q"}),
        mål.model_copy(update={"id": "m3", "fakta": "deltagare.kompassen.nya"}),
    )
    enkäter = (
        Indikator.model_validate({"insats": "kompassen", "id": "q", "fråga": "?", "andel": 75, "svar": 4}),
        Indikator.model_validate({"insats": "kompassen", "id": "stor", "fråga": "?", "andel": 75, "svar": 40}),
    )
    deltagare = rader({"nya": 12, "nya.kvinnor": 9, "nya.män": 3})
    nytt = u.model_copy(update={"mål": egna, "indikatorer": enkäter, "deltagare": deltagare})
    r = redovisa(replace(exempel.år, underlag=nytt))
    assert {n.partition("/")[0] for n, f in r.fakta.items() if f.dold} == {
        *(
            "deltagare.kompassen.nya.kvinnor",
            "deltagare.kompassen.nya.män",
            "enkat.kompassen.q",
            "enkat.kompassen.q.svar",
        ),
        *("mal.m1.utfall", "mal.m1.bedomning", "mal.m2.utfall", "mal.m2.bedomning"),
    }
    assert all(f.värde is None and not f.text for f in r.fakta.values() if f.dold)
    assert r.odolda["mal.m1.bedomning"].text


# The check looks for itself


def test_the_check_finds_what_is_not_protected(exempel: Årsbok, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the complementary suppression the small group is the total less the others."""
    tal = {"nya": 40, "nya.granvik": 3, "nya.hallsta": 20, "nya.mossby": 17}
    monkeypatch.setattr(smagrupper, "brister", lambda *_: iter(()))
    r = med(exempel.år, tal)
    monkeypatch.undo()
    assert dolda(r) == {"nya.granvik"}
    [f] = [f for f in utfall(check_små_grupper(r))[0] if f.nivå == "fel"]
    assert f.text.startswith("1 uppgifter om små grupper visas eller går att räkna ut av det som visas.")


def test_the_check_finds_a_small_group_that_is_shown(exempel: Årsbok) -> None:
    r = med(exempel.år, {"nya": 3})
    assert [f.nivå for f in utfall(check_små_grupper(replace(r, fakta=r.odolda)))[0]] == ["fel"]


def test_the_example_shows_it(exempel: Årsbok) -> None:
    facit = ROT / "tests" / "smagrupper"
    for namn in ("insats_spraksteget_deltagare", "insats_kompassen_enkat"):
        jämför(som_text(exempel.tabeller[namn]), facit / f"{namn}.txt")
    text = "\n".join(f.text for f in exempel.findings if f.kod == "C21")
    jämför(text, facit / "anmarkningar.txt")
