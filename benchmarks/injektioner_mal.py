"""Errors in the rest of the workbook: goals, participants, surveys, insatser, single facts."""

from __future__ import annotations

import random

from injektioner import Mål, ska
from injektioner_blad import (
    Rad,
    Villkor,
    annat_år,
    byt_värden,
    gånger,
    har_värde,
    omkastat,
    read_rader,
    ta_bort_rad,
    ändra_cell,
)

# --- goals ---------------------------------------------------------------------------------------------------------


def _målblad(mål: Mål) -> str:
    return "Planmål" if mål.är_plan else "Mål"


@ska("fångas")
def bedömning_ändrad(mål: Mål, slump: random.Random) -> str | None:
    byt = {"uppfyllt": "ej uppfyllt", "ej uppfyllt": "uppfyllt", "delvis uppfyllt": "uppfyllt"}
    return ändra_cell(
        mål,
        slump,
        "Mål",
        "Bedömning",
        lambda ord_: byt.get(str(ord_), ord_),
        lambda rad: not mål.är_plan and bool(rad["Jämförelse"].value) and rad["Gräns"].value is not None,
    )


def _mätt(rad: Rad) -> bool:
    """A goal whose outcome the inputs have, or whose limit is a share."""
    har_utfall = rad["Fakta"].value or ("Utfall" in rad and rad["Utfall"].value is not None)
    return bool(har_utfall) or rad["Enhet"].value == "%"


@ska("fångas")
def gräns_fel_storleksordning(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, _målblad(mål), "Gräns", gånger(slump.choice((1000, 0.001))), _mätt)


@ska("flödar")
def gräns_utan_utfall_fel_storleksordning(mål: Mål, slump: random.Random) -> str | None:
    """A number that a plan sets as a goal, with nothing in the inputs to measure it against."""
    return ändra_cell(mål, slump, _målblad(mål), "Gräns", gånger(10), lambda rad: not _mätt(rad))


@ska("flödar")
def gräns_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """What the styrelse decided as a limit stands only here; a goal that is thereby graded otherwise is told (C20)."""
    return ändra_cell(mål, slump, _målblad(mål), "Gräns", omkastat(slump))


@ska("flödar")
def utfall_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """An outcome that is no fact is typed in one place; a goal that is thereby graded otherwise is told (C20)."""
    return None if mål.är_plan else ändra_cell(mål, slump, "Mål", "Utfall", omkastat(slump))


OMVÄND = {"minst": "högst", "mer än": "högst", "högst": "minst"}


@ska("fångas")
def gräns_med_omvänd_jämförelse(mål: Mål, slump: random.Random) -> str | None:
    """The comparison of a goal that is graded; one whose outcome is just the limit is met either way."""

    def bara(rad: Rad) -> bool:
        utfall = rad["Utfall"].value if "Utfall" in rad else None
        return bool(rad["Fakta"].value) or (utfall is not None and utfall != rad["Gräns"].value)

    return ändra_cell(mål, slump, _målblad(mål), "Jämförelse", lambda ord_: OMVÄND.get(str(ord_), ord_), bara)


@ska("flödar")
def planens_jämförelse_omvänd(mål: Mål, slump: random.Random) -> str | None:
    """The comparison of a goal that is measured when the year is over: the plan has nothing to try it on."""
    bara: Villkor = lambda rad: not rad["Fakta"].value  # noqa: E731
    return ändra_cell(mål, slump, "Planmål", "Jämförelse", lambda ord_: OMVÄND.get(str(ord_), ord_), bara)


@ska("fångas")
def mål_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    """The unit of a goal that is measured by a fact: its limit is then of another kind than its outcome."""
    byt = {"%": "antal", "antal": "%", "kr": "tkr", "tkr": "kr", "dagar": "%"}
    bara: Villkor = lambda rad: bool(rad["Fakta"].value and rad["Gräns"].value)  # noqa: E731
    return ändra_cell(mål, slump, _målblad(mål), "Enhet", lambda ord_: byt.get(str(ord_), ord_), bara)


# --- participants, surveys, insatser -------------------------------------------------------------------------------


@ska("fångas")
def deltagare_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return None if mål.är_plan else ändra_cell(mål, slump, "Deltagare", "Antal", omkastat(slump), har_värde("Kön"))


FLÖDE = {"pagaende_in", "nya", "avslutade", "pagaende_ut"}


def _könen(mål: Mål, slump: random.Random, *, flöde: bool) -> str | None:
    """The kvinnor and män of one measure of one insats have each other's number."""
    fil, bok, rader = read_rader(mål, "Deltagare")
    par: dict[tuple[object, ...], dict[object, Rad]] = {}
    for rad in rader:
        if rad["Kön"].value:
            plats = tuple(rad[namn].value for namn in ("Insats", "År", "Kommun", "Mått"))
            par.setdefault(plats, {})[rad["Kön"].value] = rad

    def i_flöde(plats: tuple[object, ...]) -> bool:
        helt = {p[3] for p, två in par.items() if p[:3] == plats[:3] and len(två) == 2} >= FLÖDE
        return helt and plats[1] == mål.år and not plats[2] and plats[3] in FLÖDE

    valbara = [två for plats, två in par.items() if len(två) == 2 and i_flöde(plats) == flöde]
    if mål.är_plan or not valbara:
        return None
    ena, andra = slump.choice(valbara).values()
    return byt_värden(mål, "Deltagare", "Antal", ena, andra, bok, fil)


@ska("fångas")
def könen_ombytta_i_flödet(mål: Mål, slump: random.Random) -> str | None:
    return _könen(mål, slump, flöde=True)


@ska("flödar")
def könen_ombytta(mål: Mål, slump: random.Random) -> str | None:
    """A measure beside the flow of participants is given by kön once; the sum is the same either way."""
    return _könen(mål, slump, flöde=False)


@ska("fångas")
def deltagarrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    """A row by kön; a kommun without a row has nobody."""
    bara: Villkor = lambda rad: bool(rad["Kön"].value and rad["Antal"].value)  # noqa: E731
    return None if mål.är_plan else ta_bort_rad(mål, slump, "Deltagare", bara)


@ska("flödar")
def enkätsvar_ändrade(mål: Mål, slump: random.Random) -> str | None:
    """How many gave an answer stands only here; where the share is typed too, C37 tells."""
    return ändra_cell(mål, slump, "Enkätsvar", "Antal", lambda antal: antal + slump.randint(1, 9))  # type: ignore[operator]


@ska("flödar")
def enkätandel_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """A share that is typed is typed once; one above a hundred, or that grades a goal otherwise, is told."""
    return None if mål.är_plan else ändra_cell(mål, slump, "Indikatorer", "Andel", omkastat(slump))


@ska("fångas")
def insatsekonomi_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Insatsekonomi", "Belopp", omkastat(slump))


@ska("fångas")
def insatsekonomi_rad_saknas(mål: Mål, slump: random.Random) -> str | None:
    return ta_bort_rad(mål, slump, "Insatsekonomi", lambda rad: bool(rad["Belopp"].value))


@ska("flödar")
def insats_budget_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """An insats' budget and what was granted stand only here in an årsredovisning; in a plan C34 tells."""
    return ändra_cell(mål, slump, "Insatser", slump.choice(("Budget", "Beviljat")), omkastat(slump))


@ska("fångas")
def insats_fel_slag(mål: Mål, slump: random.Random) -> str | None:
    byt = {"individ": "struktur", "struktur": "individ"}
    return ändra_cell(mål, slump, "Insatser", "Slag", lambda slag: byt[str(slag)])


@ska("fångas")
def insats_fel_år(mål: Mål, slump: random.Random) -> str | None:
    """An insats that ends before the year, or begins after it."""
    kolumn, år = slump.choice((("Till", mål.år - 1), ("Från", mål.år + 1)))
    return ändra_cell(mål, slump, "Insatser", kolumn, lambda dag: dag.replace(year=år))  # type: ignore[attr-defined]


# --- single facts --------------------------------------------------------------------------------------------------


@ska("fångas")
def beslut_fel_år(mål: Mål, slump: random.Random) -> str | None:
    """The year of a decision that the law gives a time for."""
    ids = ("beslutsdatum", "undertecknad", "samradsdatum")
    return ändra_cell(mål, slump, "Uppgifter", "Värde", annat_år(slump), lambda rad: rad["Id"].value in ids)


@ska("fångas")
def möte_fel_år(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Möten", "Datum", annat_år(slump))


@ska("flödar")
def annat_beslut_fel_år(mål: Mål, slump: random.Random) -> str | None:
    """The year of a decision that the law gives no time for stands only here."""
    ids = ("budgetbeslut", "budgetrevidering", "medlemssamrad", "andringsdatum")
    return ändra_cell(mål, slump, "Uppgifter", "Värde", annat_år(slump), lambda rad: rad["Id"].value in ids)


@ska("flödar")
def uppgift_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """A single fact stands only here; where something else says the same, a check compares them."""

    def bara(rad: Rad) -> bool:
        return rad["Enhet"].value in ("kr", "tkr", "%", "antal") and rad["Id"].value != "eget_kapital_ingaende"

    return ändra_cell(mål, slump, "Uppgifter", "Värde", omkastat(slump), bara)


@ska("flödar")
def uppgift_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    """A unit stands only here; a text that prints the figure in the unit that it had is told (C10)."""
    byt = {"kr": "antal", "antal": "kr", "%": "antal", "tkr": "%"}
    return ändra_cell(
        mål,
        slump,
        "Uppgifter",
        "Enhet",
        lambda ord_: byt[str(ord_)],
        lambda rad: rad["Enhet"].value in byt and bool(rad["Värde"].value),
    )
