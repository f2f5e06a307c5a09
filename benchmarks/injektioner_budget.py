"""Errors in the amounts of the workbook: budget, contributions, earlier years, the budget of a plan."""

from __future__ import annotations

import random

from injektioner import Mål, ska
from injektioner_blad import (
    Rad,
    Villkor,
    annat_år,
    byt_värden,
    gånger,
    omkastat,
    read_rader,
    ta_bort_rad,
    ändra_cell,
    årets,
)

# --- budget and contributions --------------------------------------------------------------------------------------


@ska("flödar")
def budget_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """A decided amount stands only here, but for the contributions, which the sheet Medlemsbidrag has too."""
    return ändra_cell(mål, slump, "Budget", "Belopp", omkastat(slump), årets(mål))


@ska("fångas")
def budget_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Budget", "Belopp", gånger(-1), årets(mål))


@ska("fångas")
def budget_en_nolla_fel(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Budget", "Belopp", gånger(slump.choice((10, 0.1))), årets(mål))


@ska("fångas")
def budget_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    byt = {"kr": "tkr", "tkr": "kr"}
    return ändra_cell(mål, slump, "Budget", "Enhet", lambda enhet: byt[str(enhet)], årets(mål))


@ska("fångas")
def budget_fel_år(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Budget", "År", annat_år(slump), årets(mål))


@ska("fångas")
def budgetrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    return ta_bort_rad(mål, slump, "Budget", lambda rad: årets(mål)(rad) and rad["Version"].value == "ursprunglig")


@ska("fångas")
def medlemsbidrag_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Medlemsbidrag", "Belopp", omkastat(slump), årets(mål))


@ska("fångas")
def medlem_saknas(mål: Mål, slump: random.Random) -> str | None:
    return ta_bort_rad(mål, slump, "Medlemsbidrag", årets(mål))


@ska("fångas")
def kommuners_bidrag_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, bok, rader = read_rader(mål, "Medlemsbidrag")
    kommuner = [rad for rad in rader if rad["År"].value == mål.år and not str(rad["Medlem"].value).startswith("stat")]
    if len(kommuner) < 2:
        return None
    return byt_värden(mål, "Medlemsbidrag", "Belopp", *slump.sample(kommuner, 2), bok, fil)


@ska("fångas")
def invånare_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Medlemsbidrag", "Invånare", omkastat(slump), årets(mål))


@ska("fångas")
def invånare_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, bok, rader = read_rader(mål, "Medlemsbidrag")
    kommuner = [rad for rad in rader if rad["År"].value == mål.år and rad["Invånare"].value]
    if len(kommuner) < 2:
        return None
    return byt_värden(mål, "Medlemsbidrag", "Invånare", *slump.sample(kommuner, 2), bok, fil)


@ska("fångas")
def rad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    blad = slump.choice(["Budget", "Medlemsbidrag", "Mål", "Deltagare", "Flerårsöversikt", "Budgetplan"])
    fil, bok, rader = read_rader(mål, blad)
    if not rader:
        return None
    rad = slump.choice(rader)
    bok[blad].append([cell.value for cell in bok[blad][next(iter(rad.values())).row]])
    bok.save(fil)
    return f"{blad}: raden {next(iter(rad.values())).value} dubbel"


@ska("fångas")
def tal_med_bokstav(mål: Mål, slump: random.Random) -> str | None:
    blad, kolumn = slump.choice(
        (("Budget", "Belopp"), ("Medlemsbidrag", "Belopp"), ("Mål", "Gräns"), ("Budgetplan", "Budget"))
    )
    return ändra_cell(mål, slump, blad, kolumn, lambda tal: str(tal)[:-1] + "O")


HÄNVISNINGAR = (
    ("Budget", "Rad"),
    ("Medlemsbidrag", "Medlem"),
    ("Insatser", "Funktion"),
    ("Mål", "Fakta"),
    ("Mål", "Område"),
    ("Planmål", "Fakta"),
    ("Planmål", "Område"),
    ("Budgetplan", "Grupp"),
    ("Flerårsöversikt", "Post"),
    ("Insatsekonomi", "Insats"),
    ("Deltagare", "Kommun"),
    ("Indikatorer", "Enkätfråga"),
)
"""Sheets and columns that name something of another place."""


@ska("fångas")
def id_felstavat(mål: Mål, slump: random.Random) -> str | None:
    blad, kolumn = slump.choice(HÄNVISNINGAR)
    if mål.är_plan and blad in ("Insatser", "Mål"):
        return None
    return ändra_cell(mål, slump, blad, kolumn, lambda id_: f"{id_}x")


# --- earlier years -------------------------------------------------------------------------------------------------

KEDJA = ("rr.verksamhetens_intakter", "rr.verksamhetens_kostnader", "finansnetto", "rr.arets_resultat")


@ska("fångas")
def flerårsöversikt_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    kedja = (*KEDJA, "br.eget_kapital")
    return ändra_cell(mål, slump, "Flerårsöversikt", "Värde", omkastat(slump), lambda rad: rad["Post"].value in kedja)


@ska("flödar")
def balansomslutning_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """An earlier year's tillgångar are printed alone; nothing else of that year's balansräkning is in the inputs."""
    bara = ("br.summa_tillgangar", "soliditet")
    return ändra_cell(mål, slump, "Flerårsöversikt", "Värde", omkastat(slump), lambda rad: rad["Post"].value in bara)


@ska("fångas")
def flerårsöversikt_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    kedja = (*KEDJA, "br.eget_kapital")
    return ändra_cell(mål, slump, "Flerårsöversikt", "Värde", gånger(-1), lambda rad: rad["Post"].value in kedja)


@ska("fångas")
def flerårsöversikt_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Flerårsöversikt", "Värde", gånger(0.001), lambda rad: rad["Enhet"].value == "kr")


@ska("fångas")
def flerårsöversikt_år_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, bok, rader = read_rader(mål, "Flerårsöversikt")
    post = slump.choice((*KEDJA, "br.eget_kapital"))
    if len(valda := [rad for rad in rader if rad["Post"].value == post]) < 2:
        return None
    return byt_värden(mål, f"Flerårsöversikt {post}", "Värde", *slump.sample(valda, 2), bok, fil)


@ska("fångas")
def flerårsöversikt_rad_saknas(mål: Mål, slump: random.Random) -> str | None:
    """A row for a year whose own report is not in the inputs, to be used in its place."""

    def bara(rad: Rad) -> bool:
        return not (mål.mapp / str(rad["År"].value) / "bokforing.se").is_file()

    return ta_bort_rad(mål, slump, "Flerårsöversikt", bara)


@ska("fångas")
def tidigare_kostnad_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Kostnadsfördelning", "Belopp", omkastat(slump))


# --- the plan ------------------------------------------------------------------------------------------------------


@ska("flödar")
def ingående_eget_kapital_ändrat(mål: Mål, slump: random.Random) -> str | None:
    """Where the år before has its årsredovisning in the inputs C13 tells; without it the sheet is all there is."""
    if not mål.är_plan:
        return None
    bara: Villkor = lambda rad: rad["Id"].value == "eget_kapital_ingaende"  # noqa: E731
    return ändra_cell(mål, slump, "Uppgifter", "Värde", omkastat(slump), bara)


@ska("flödar")
def budgetplan_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """A row of the budget stands only here, but for the insatser (C34) and the contributions (C12, C14)."""
    if not mål.är_plan:
        return None
    return ändra_cell(mål, slump, "Budgetplan", slump.choice(("Budget", "Plan 1", "Plan 2")), omkastat(slump))


@ska("fångas")
def planens_bidrag_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    if not mål.är_plan:
        return None
    return ändra_cell(
        mål, slump, "Budgetplan", "Budget", omkastat(slump), lambda rad: rad["Typ"].value == "medlemsbidrag"
    )


@ska("fångas")
def budgetplan_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(mål, slump, "Budgetplan", slump.choice(("Budget", "Plan 1", "Plan 2")), gånger(-1))


@ska("fångas")
def budgetplan_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    """An amount in tusen kronor among those in kronor, or the other way, in one of the years."""
    return ändra_cell(
        mål, slump, "Budgetplan", slump.choice(("Budget", "Plan 1", "Plan 2")), gånger(slump.choice((1000, 0.001)))
    )


@ska("fångas")
def budgetplan_fel_grupp(mål: Mål, slump: random.Random) -> str | None:
    _, _, rader = read_rader(mål, "Budgetplan")
    grupper = sorted({str(rad["Id"].value) for rad in rader if rad["Typ"].value == "grupp"})
    bara: Villkor = lambda rad: rad["Typ"].value != "grupp"  # noqa: E731
    return ändra_cell(
        mål,
        slump,
        "Budgetplan",
        "Grupp",
        lambda id_: slump.choice([g for g in grupper if ("intakt" in g) != ("intakt" in str(id_))] or [id_]),
        bara,
    )


@ska("fångas")
def budgetplan_fel_typ(mål: Mål, slump: random.Random) -> str | None:
    byt = {"individinsats": "strukturinsats", "strukturinsats": "administration", "administration": "medlemsbidrag"}
    byt |= {"medlemsbidrag": "administration"}
    return ändra_cell(mål, slump, "Budgetplan", "Typ", lambda typ: byt[str(typ)], lambda rad: rad["Typ"].value in byt)


@ska("fångas")
def planens_insats_saknas(mål: Mål, slump: random.Random) -> str | None:
    """The row of an insats that has a faktaruta."""
    _, _, insatser = read_rader(mål, "Insatser")
    ids = {rad["Id"].value for rad in insatser}
    return ta_bort_rad(mål, slump, "Budgetplan", lambda rad: rad["Id"].value in ids) if mål.är_plan else None


@ska("flödar")
def behov_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    """Another authority's statistics are copied to this sheet and stand nowhere else."""
    return ändra_cell(mål, slump, "Behov", "Andel", omkastat(slump))


@ska("fångas")
def belopp_skrivet_i_beslut(mål: Mål, slump: random.Random) -> str | None:
    return ändra_cell(
        mål, slump, "Beslut", "Text", lambda text: f"{text} Beloppet är {slump.randint(100, 999)} 000 kronor."
    )
