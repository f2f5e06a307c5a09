"""What of the income counts as medlemsbidrag: by the rows' own words, by forbund.yml, or asked for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finsam.checks.kontrollera import kontrollera
from finsam.model.forbund import Notrad
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Flerårsrad
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import redovisa
from prov import urval

ALLT, UTAN_ÄNGBY = Decimal(4_200_000), Decimal(4_123_480)
"""2025: 4 200 000 kr in all, of which Ängby 76 520 kr, the row that is called something else in each case."""

RAD = tuple[str, str, str]
FALL: dict[str, tuple[RAD, tuple[str, ...], Decimal | None, str]] = {
    "en rad för ESF räknas inte": (("esf", "Bidrag från ESF", "Bidrag"), (), UTAN_ÄNGBY, ""),
    "ett konto för EU räknas inte": (("andra", "Andra bidrag", "Erhållna EU-bidrag"), (), UTAN_ÄNGBY, ""),
    "övriga intäkter räknas inte": (("ovriga", "Övriga intäkter", "Diverse"), (), UTAN_ÄNGBY, ""),
    "en rad som heter medlemsbidrag räknas": (("kommun", "Medlemsbidrag, en kommun", "Bidrag"), (), ALLT, ""),
    "en rad som kan vara vad som helst": (
        ("bidrag", "Bidrag", "Bidrag"),
        (),
        None,
        "Det framgår inte om Bidrag är medlemsbidrag. Räkna upp dem som är det i forbund.yml, till exempel "
        "medlemsbidrag: [not.intakter.staten, not.intakter.regionen, not.intakter.granvik]; not.intakter.bidrag ska "
        "stå där bara om den är det.",
    ),
    "en medlems rad med ett konto för EU": (
        ("angby", "Medlemsbidrag från Ängby kommun", "Erhållna EU-bidrag"),
        (),
        None,
        "Medlemsbidrag från Ängby kommun har 3514 Erhållna EU-bidrag, som inte ser ut som medlemsbidrag, bland annat. "
        "Ge kontot en egen rad i noten för intäkter (kontoplan.csv och noter i forbund.yml), så räknas resten.",
    ),
    "den som säger att allt räknas får veta vad som inte kan": (
        ("esf", "Bidrag från ESF", "Bidrag"),
        ("rr.verksamhetens_intakter",),
        ALLT,
        "Raden Bidrag från ESF räknas som medlemsbidrag, men har Bidrag från ESF. Bidrag från EU, ESF och projekt är "
        "inte medlemsbidrag: ge dem en egen rad i noten, som inte räknas upp under medlemsbidrag i forbund.yml.",
    ),
    "den som räknar upp raden får den med": (
        ("bidrag", "Bidrag", "Bidrag"),
        ("not.intakter.staten", "not.intakter.bidrag"),
        Decimal(2_176_520),
        "",
    ),
}


def med_rad(år: Räkenskapsår, rad: RAD, valda: tuple[str, ...]) -> Räkenskapsår:
    """The year with Ängby's contribution on a konto 3514 of its own, with other words for its row and its konto."""
    id_, etikett, kontonamn = rad
    noter = tuple(
        n.model_copy(update={"rader": (*n.rader[:-1], Notrad(id=id_, etikett=etikett))}) if n.id == "intakter" else n
        for n in år.förbund.noter
    )
    rader = tuple(
        replace(r, från="3514", till="3514", objekt="", not_rad=f"intakter.{id_}")
        if r.not_rad == "intakter.angby"
        else r
        for r in år.kontoplan.rader
    )
    åren = {}
    for nr, ett in år.bokföring.år.items():
        belopp = ett.objekt["3513", ("20", "ANG")]
        res = {**ett.res, "3513": ett.res["3513"] - belopp, "3514": belopp}
        objekt = {nyckel: tal for nyckel, tal in ett.objekt.items() if nyckel != ("3513", ("20", "ANG"))}
        åren[nr] = replace(ett, res=res, objekt=objekt)
    konton = {**år.bokföring.konton, "3514": replace(år.bokföring.konton["3513"], nummer="3514", namn=kontonamn)}
    return replace(
        år,
        förbund=år.förbund.model_copy(update={"noter": noter, "medlemsbidrag": valda}),
        kontoplan=replace(år.kontoplan, rader=rader),
        bokföring=replace(år.bokföring, år=åren, konton=konton),
    )


@pytest.mark.parametrize("namn", urval(FALL, *list(FALL)[:3]))
def test_what_counts(exempel: Årsbok, namn: str) -> None:
    rad, valda, väntat, text = FALL[namn]
    r = redovisa(med_rad(exempel.år, rad, valda))
    assert r.fakta["medlemsbidrag"].värde == väntat
    sagt = [f.text for f in kontrollera(r) if f.kod == "C12" and f.källa == "forbund.yml, medlemsbidrag"]
    assert sagt == ([text] if text else [])
    andel = r.fakta["kapitalandel"].värde
    assert andel == (None if väntat is None else r.fakta["br.eget_kapital"].värde / väntat)


@pytest.mark.langsam
def test_an_earlier_year_is_not_taken_for_granted(exempel: Årsbok) -> None:
    """The översikt has only the income of 2021–2023; with ESF this year it may hold other than bidrag."""
    r = redovisa(med_rad(exempel.år, ("esf", "Bidrag från ESF", "Bidrag"), ()))
    assert [f.text for f in kontrollera(r) if f.kod == "C12" and f.källa == "Flerårsöversikt"] == [
        "Medlemsbidraget 2023, 2022 och 2021 är det årets alla intäkter, för annat är inte inmatat. Skriv det i bladet "
        "Flerårsöversikt, med Post medlemsbidrag."
    ]
    inmatat = tuple(
        Flerårsrad(rad=90 + nr, post="medlemsbidrag", år=2021 + nr, värde=Decimal(4_000_000), enhet="kr", källa="ÅR")
        for nr in range(3)
    )
    rader = (*r.år.underlag.flerårsöversikt, *inmatat)
    r = redovisa(replace(r.år, tidigare={}, underlag=r.år.underlag.model_copy(update={"flerårsöversikt": rader})))
    assert r.fakta["medlemsbidrag/2022"].värde == 4_000_000
    assert not [f for f in kontrollera(r) if f.källa == "Flerårsöversikt" and f.kod == "C12"]
