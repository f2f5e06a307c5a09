"""Small groups cannot be made out: a reader who tries every table that agrees with what is shown learns too little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from facit import ROT, jämför, som_text
from finsam.checks.deltagare import check_små_grupper
from finsam.model.rakenskapsar import Deltagarblad, Räkenskapsår
from finsam.model.underlag import Deltagarrad, Indikator
from finsam.report.arsbok import Årsbok
from finsam.report.oppna import öppna
from finsam.statements import smagrupper
from finsam.statements.deltagare import Tabellverk, rutor, tabellverk
from finsam.statements.redovisning import Redovisning, redovisa

MÅTT = {
    "pagaende_in": "Pågående vid årets början",
    "nya": "Nya",
    "avslutade": "Avslutade",
    "vidare": "varav till arbete",
    "pagaende_ut": "Pågående vid årets slut",
    "totalt": "Deltagare under året",
}
KÖN = ("kvinnor", "män")
Tal = Mapping[str, int]
Likhet = tuple[tuple[int, str], ...]


def rader(tal: Tal) -> tuple[Deltagarrad, ...]:
    """Rows of the sheet from facts' names: `nya.kvinnor/2025`."""
    ut = []
    for nr, (namn, antal) in enumerate(tal.items(), 4):
        id_, _, år = namn.partition("/")
        mått, kön, kommun = [*id_.split("."), "", ""][:3]
        if kön and kön not in KÖN:
            kön, kommun = "", kön
        fält = {"insats": "kompassen", "mått": mått, "benämning": MÅTT.get(mått, mått), "år": int(år or 2025)}
        ut.append(Deltagarrad.model_validate({**fält, "kön": kön, "kommun": kommun, "antal": antal, "rad": nr}))
    return tuple(ut)


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
    assert not [f for f in check_små_grupper(r) if f.nivå in ("fel", "varning")]


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
    [f] = [f for f in check_små_grupper(redovisa(replace(r.år, tidigare_deltagare=(gammalt,)))) if f.nivå == "varning"]
    assert f.text == "1 antal som inte visas går att räkna ut av vad tidigare årsredovisningar visade."


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
    assert [f.text for f in check_små_grupper(r)] == [
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
    [f] = [f for f in check_små_grupper(r) if f.nivå == "fel"]
    assert f.text.startswith("1 uppgifter om små grupper visas eller går att räkna ut av det som visas.")


def test_the_check_finds_a_small_group_that_is_shown(exempel: Årsbok) -> None:
    r = med(exempel.år, {"nya": 3})
    assert [f.nivå for f in check_små_grupper(replace(r, fakta=r.odolda))] == ["fel"]


# Any table, and a reader who tries everything


@st.composite
def tabeller(draw: st.DrawFn) -> dict[str, int]:
    """The counts of a year by kön or kommun or both, that agree; some measures, small groups and nil among them."""
    antal = st.integers(0, 6) | st.integers(0, 2)
    kommuner = draw(st.sampled_from([(), ("granvik", "hallsta"), ("granvik", "hallsta", "mossby")]))
    kön = draw(st.sampled_from([(), KÖN])) if kommuner else KÖN
    mått = draw(
        st.sampled_from([("nya",), ("avslutade", "vidare"), ("pagaende_in", "nya", "avslutade", "pagaende_ut")])
    )
    celler = list(product(kön or ("",), kommuner or ("",)))
    if len(mått) == 4 and len(celler) > 2:
        celler = celler[:2]
    tal: dict[str, int] = {}
    for k, plats in celler:
        in_, nya = draw(antal), draw(antal)
        av = draw(st.integers(0, in_ + nya))
        värden = {"pagaende_in": in_, "nya": nya, "avslutade": av, "pagaende_ut": in_ + nya - av}
        värden["vidare"] = draw(st.integers(0, av))
        for ett in mått:
            for led in {(k, plats), (k, ""), ("", plats), ("", "")}:
                namn = ".".join(del_ for del_ in (ett, *led) if del_)
                tal[namn] = tal.get(namn, 0) + värden[ett]
    return tal


def likheter(tal: Tal) -> Iterator[Likhet]:
    """What a reader knows of any such table, written here anew: +1 and −1 times counts give nil, or a rest."""
    for namn in tal:
        mått, *led = namn.split(".")
        syskon = [n for n in tal if n.split(".")[0] == mått]
        for fält in (KÖN, ("granvik", "hallsta", "mossby")):
            if not set(led) & set(fält):
                delar = [
                    n
                    for n in syskon
                    if set(n.split(".")[1:]) - set(led) and set(n.split(".")[1:]) - set(led) <= set(fält)
                ]
                delar = [n for n in delar if len(n.split(".")) == len(led) + 2 and set(led) <= set(n.split("."))]
                if delar:
                    yield ((1, namn), *((-1, n) for n in delar))
        rest = "".join(f".{del_}" for del_ in led)
        if mått == "pagaende_ut":
            yield tuple((t, f"{m}{rest}") for t, m in ((1, "pagaende_in"), (1, "nya"), (-1, "avslutade"), (-1, mått)))
        if mått == "vidare":
            yield ((1, f"avslutade{rest}"), (-1, namn), (-1, f"rest{rest}"))


def möjliga(tal: Tal, okända: set[str], cell: str, krav: int) -> set[int]:
    """Values of a count for which some whole table agrees with what is shown; enough of them, or all up to a bound."""
    läsare = Läsare(list(likheter(tal)), okända, max(tal.values(), default=0) + krav + 1)
    visade = {n: v for n, v in tal.items() if n not in okända}
    funna: set[int] = set()
    for värde in sorted(range(läsare.tak + 1), key=lambda v: abs(v - tal[cell])):
        if len(funna) < krav and läsare.finns({**visade, cell: värde}):
            funna.add(värde)
    return funna


class Läsare:
    """Somebody who fills in what is not shown, in every way. A table that takes too long is left to another day."""

    def __init__(self, samband: list[Likhet], okända: set[str], tak: int) -> None:
        self.samband, self.tak, self.försök = samband, tak, 0
        self.rester = {n for s in samband for _, n in s if n.startswith("rest")}
        led = [n for s in samband for _, n in s]
        self.okända = sorted(okända | self.rester, key=lambda n: (-led.count(n), n))

    def finns(self, känt: dict[str, int]) -> bool:
        """Whether a table can be filled in: follow what must be, then try each value of one that is left."""
        self.försök += 1
        assume(self.försök < 4000)
        ändrat = True
        while ändrat:
            ändrat = False
            for led in self.samband:
                kvar = [(t, n) for t, n in led if n not in känt]
                summa = sum(t * känt[n] for t, n in led if n in känt)
                if (not kvar and summa) or (len({t for t, _ in kvar}) == 1 and summa * kvar[0][0] > 0):
                    return False
                if len(kvar) == 1:
                    känt[kvar[0][1]] = -summa * kvar[0][0]
                    ändrat = True
        if any(känt[n] < (n not in self.rester) for n in self.okända if n in känt):
            return False
        fri = next((n for n in self.okända if n not in känt), "")
        return not fri or any(self.finns({**känt, fri: v}) for v in range(self.tak + 1))


def verk_av(tal: Tal) -> Tabellverk:
    """The counts with the relations that the program knows."""
    return tabellverk(rutor(rader(tal)), MÅTT)


def nyckel(namn: str) -> str:
    """The fact a count is."""
    return f"deltagare.kompassen.{namn}/2025"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(tal=tabeller(), minst=st.integers(2, 5))
def test_a_reader_who_tries_every_table_learns_too_little(tal: dict[str, int], minst: int) -> None:
    gömda_nycklar = smagrupper.dölj(verk_av(tal), (), (), minst)
    gömda = {n for n in tal if nyckel(n) in gömda_nycklar}
    assert {n for n, v in tal.items() if 0 < v < minst} <= gömda
    assert all(tal[n] for n in gömda)
    for cell in gömda:
        assert len(möjliga(tal, gömda, cell, minst)) >= minst, cell


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(tal=tabeller(), data=st.data())
def test_the_check_agrees_with_a_reader_who_tries_every_table(tal: dict[str, int], data: st.DataObject) -> None:
    """Whatever is withheld: what the check lets pass has values enough, and what it stops has not."""
    större = sorted(n for n, v in tal.items() if v)
    fler = data.draw(st.lists(st.sampled_from(större), unique=True)) if större else []
    gömda, verk = {n for n in större if tal[n] < 5} | set(fler), verk_av(tal)
    rum = smagrupper.rum_för(verk, (), {nyckel(n) for n in gömda})
    röjda = {namn for namn, _ in smagrupper.brister(verk, rum, 5)} - verk.rester
    assert röjda == {nyckel(n) for n in gömda if len(möjliga(tal, gömda, n, 5)) < 5}


def test_the_example_shows_it(exempel: Årsbok) -> None:
    facit = ROT / "tests" / "smagrupper"
    for namn in ("insats_spraksteget_deltagare", "insats_kompassen_enkat"):
        jämför(som_text(exempel.tabeller[namn]), facit / f"{namn}.txt")
    text = "\n".join(f.text for f in exempel.findings if f.kod == "C21")
    jämför(text, facit / "anmarkningar.txt")
