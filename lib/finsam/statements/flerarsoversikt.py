"""Översikt över verksamhetens utveckling over five years (LKBR 11 kap. 1 §, RKR R15), and its nyckeltal.

This year and the year before are the statements' own facts; earlier years are read from `underlag.xlsx`.
"""

from __future__ import annotations

from dataclasses import replace

from finsam.model.belopp import NOLL
from finsam.model.fakta import Enhet, Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Radslag, Tabell
from finsam.statements.delar import Del
from finsam.statements.medlemsbidrag import medlemsbidragets_fakta
from finsam.statements.uppgifter import i_modellens_enhet
from finsam.statements.uppstallning import utan_tomma_år

UTVECKLING, ANVÄNDNING = "Verksamhetens utveckling", "Medlemsbidragets utveckling och användning"
FEM_ÅR = " över fem år"
"""Said of a table that has all the years."""
ANTAL_ÅR = 1 + max(ÅRSREDOVISNING.tidigare_år)

_INMATADE = (
    ("rr.verksamhetens_intakter", "Verksamhetens intäkter"),
    ("rr.verksamhetens_kostnader", "Verksamhetens kostnader"),
    ("rr.avskrivningar", "Avskrivningar"),
    ("finansnetto", "Finansnetto"),
    ("rr.arets_resultat", "Årets resultat"),
    ("br.summa_tillgangar", "Balansomslutning"),
    ("br.eget_kapital", "Eget kapital vid årets slut"),
)
_ÖVERSIKT: tuple[tuple[str, str, Radslag], ...] = (
    ("rr.verksamhetens_intakter", "Verksamhetens intäkter", "post"),
    ("rr.verksamhetens_kostnader", "Verksamhetens kostnader", "post"),
    ("rr.avskrivningar", "Avskrivningar", "post"),
    ("rr.verksamhetens_resultat", "Verksamhetens resultat", "delsumma"),
    ("finansnetto", "Finansnetto", "post"),
    ("rr.arets_resultat", "Årets resultat", "summa"),
    ("br.summa_tillgangar", "Balansomslutning", "post"),
    ("br.eget_kapital", "Eget kapital vid årets slut", "post"),
    ("soliditet", "Soliditet (eget kapital genom balansomslutning)", "post"),
    ("anstallda", "Antal anställda", "post"),
)
_ANVÄNDNING: tuple[tuple[str, str, Radslag], ...] = (
    ("medlemsbidrag", "Medlemsbidrag", "post"),
    ("medlemsbidrag.anvant", "Använt till insatser, administration och finansnetto", "post"),
    ("rr.arets_resultat", "Kvar av året (årets resultat)", "delsumma"),
    ("br.eget_kapital", "Eget kapital vid årets slut", "post"),
    ("kapitalandel", "Eget kapital som andel av medlemsbidraget", "post"),
    ("kapitaltak", "", "post"),
)


ÖVERTAGNA = (*(id_ for id_, _ in _INMATADE), "medlemsbidrag")
"""Facts that an earlier year's own report gives to the översikt."""


def översiktsår(år: Räkenskapsår) -> tuple[str, ...]:
    """The years of the översikt, newest first."""
    return tuple(str(år.årtal - i) for i in range(ANTAL_ÅR))


def fyll_flerårsöversikt(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make earlier years' facts from the underlag, and soliditet, kapitalandel, kapitaltak for every year.

    `anstallda` is made when the sheet Flerårsöversikt has it: the year's own is the uppgift medarbetare.
    """
    for period in översiktsår(år):
        if f"rr.arets_resultat/{period}" not in fakta:
            for id_, etikett in _INMATADE:
                _fyll_tidigare(id_, f"{etikett} enligt tidigare årsredovisning.", år, fakta, period)
            delar = ("rr.verksamhetens_intakter", "rr.verksamhetens_kostnader", "rr.avskrivningar")
            känd = all(fakta[f"{id_}/{period}"].värde is not None for id_ in delar[:2])
            termer = [(1, f"{id_}/{period}") for id_ in delar] if känd else []
            fakta.summa("rr.verksamhetens_resultat", period, termer, "Intäkter minus kostnader och avskrivningar.")
        _fyll_nyckeltal(år, fakta, period)
    if any(rad.post == "anstallda" for rad in år.underlag.flerårsöversikt):
        definition, egen = "Antal anställda.", f"uppgift.medarbetare/{år.period}"
        fakta.summa("anstallda", år.period, [(1, egen)] if egen in fakta else [], definition)
        for period in översiktsår(år)[1:]:
            _fyll_tidigare("anstallda", definition, år, fakta, period, "antal")


def _fyll_tidigare(
    id_: str, definition: str, år: Räkenskapsår, fakta: Faktabas, period: str, enhet: Enhet = "kr"
) -> str:
    """Make a fact of an earlier year, as its own report or the sheet has it; a row of the sheet says its unit."""
    if (eget := år.tidigare.get((period, id_))) is not None:
        källa = Indata(f"{år.förbund.slug}/{period}", f"årsredovisning {period}", id_)
        return fakta.indata(id_, period, eget, enhet, definition, källa)
    for rad in år.underlag.flerårsöversikt:
        if (rad.post, str(rad.år)) == (id_, period):
            tal, radens = i_modellens_enhet(rad.värde or NOLL, rad.enhet)
            källa = Indata(år.underlag.fil, f"{rad.blad}, rad {rad.rad}", " ".join((rad.källa, rad.anmärkning)).strip())
            return fakta.indata(id_, period, None if rad.värde is None else tal, radens, definition, källa)
    källa = Indata(år.underlag.fil, "Flerårsöversikt", "ingen rad för året")
    return fakta.indata(id_, period, None, enhet, definition, källa)


def _fyll_nyckeltal(år: Räkenskapsår, fakta: Faktabas, period: str) -> None:
    ek, tillgångar = f"br.eget_kapital/{period}", f"br.summa_tillgangar/{period}"
    if fakta[tillgångar].värde is None:
        _fyll_tidigare("soliditet", "Soliditet enligt tidigare årsredovisning.", år, fakta, period, "andel")
    else:
        fakta.kvot("soliditet", period, ek, tillgångar, "Eget kapital vid årets slut genom summa tillgångar.")
    bidrag = _fyll_medlemsbidrag(år, fakta, period)
    fakta.kvot("kapitalandel", period, ek, bidrag, "Eget kapital vid årets slut genom årets medlemsbidrag.")
    fakta.summa(
        "medlemsbidrag.anvant",
        period,
        [(1, bidrag), (-1, f"rr.arets_resultat/{period}")]
        if fakta[f"rr.arets_resultat/{period}"].värde is not None
        else [],
        "Medlemsbidraget minus årets resultat: vad verksamheten har kostat, med finansnetto och övriga intäkter.",
    )
    fyll_kapitaltak(år, fakta, period, bidrag)


def _fyll_medlemsbidrag(år: Räkenskapsår, fakta: Faktabas, period: str) -> str:
    """Make medlemsbidrag: of the year's income; for earlier years as given, else all their income."""
    definition = "Årets medlemsbidrag."
    if period in (år.period, år.föregående):
        valda = medlemsbidragets_fakta(år, fakta)
        termer = [(1, nyckel) for id_ in valda if (nyckel := f"{id_}/{period}") in fakta]
        return fakta.summa("medlemsbidrag", period, termer, definition)
    if (period, "medlemsbidrag") in år.tidigare or any(
        (rad.post, str(rad.år)) == ("medlemsbidrag", period) for rad in år.underlag.flerårsöversikt
    ):
        return _fyll_tidigare("medlemsbidrag", definition, år, fakta, period)
    return fakta.summa("medlemsbidrag", period, [(1, f"rr.verksamhetens_intakter/{period}")], definition)


REKOMMENDATION = "Nationella rådets rekommendation, beslutad 2013-10-02"
"""Where the ceiling is from when `forbund.yml` says nothing of it."""


def fyll_kapitaltak(år: Räkenskapsår, fakta: Faktabas, period: str, av: str) -> None:
    """Make kapitaltak.andel (the recommendation in forbund.yml) and kapitaltak: that share of a fact, in kronor."""
    val = år.förbund.kapitaltak
    största = val.andel(fakta[av].värde or NOLL)
    när = f"beslutad {val.beslutad.isoformat()}" if val.beslutad else ""
    källa = Indata("forbund.yml", "kapitaltak", ", ".join(del_ for del_ in (val.källa, när) if del_))
    vems = ""
    if år.förbund.är_förval("kapitaltak", "steg"):
        källa = Indata("finsams förval", "kapitaltak", ", ".join(filter(None, (val.källa or REKOMMENDATION, när))))
        vems = ", enligt Nationella rådet; förbundet anger inget"
    andel = fakta.indata(
        "kapitaltak.andel", period, största, "andel", f"Rekommenderat tak för eget kapital{vems}.", källa
    )
    fakta.produkt("kapitaltak", period, andel, av, f"Rekommenderat tak för eget kapital i kronor{vems}.")


def tak(år: Räkenskapsår) -> str:
    """The ceiling in a word: the förbund's own, or one that it only is recommended."""
    return "Rekommenderat tak" if år.förbund.är_förval("kapitaltak", "steg") else "Tak"


def takets_ord(år: Räkenskapsår) -> str:
    """The ceiling with its share."""
    return f"{tak(år)} för eget kapital ({{kapitaltak.andel | andel}} av medlemsbidraget)"


def _tabell(
    id_: str,
    rubrik: str,
    mall: tuple[tuple[str, str, Radslag], ...],
    år: Räkenskapsår,
    fakta: Faktabas,
    fotnoter: tuple[Fotnot, ...],
) -> Tabell:
    rader = []
    for fakta_id, ord_, slag in mall:
        etikett = ord_ or takets_ord(år)
        celler = tuple(Cell(f"{fakta_id}/{period}") for period in översiktsår(år))
        värden = [fakta[cell.fakta].värde for cell in celler if cell.fakta in fakta]
        alltid = slag != "post" or fakta_id == "anstallda"  # nobody employed is told, as no result is
        if any(värden) or (alltid and any(v is not None for v in värden)):
            rader.append(Rad(fakta_id.replace("rr.", "").replace("br.", ""), etikett, celler, slag))
    kolumner = tuple(Kolumn(period, period, period=period) for period in översiktsår(år))
    tabell = Tabell(id_, rubrik, "kr", kolumner, tuple(rader), första="Belopp i kronor", fotnoter=fotnoter)
    kortad = utan_tomma_år(tabell, fakta)
    return replace(kortad, rubrik=rubrik + FEM_ÅR) if len(kortad.kolumner) == ANTAL_ÅR else kortad


def _fotnoter(år: Räkenskapsår) -> tuple[Fotnot, ...]:
    """Words on where earlier years come from and what is defined otherwise, year by year."""
    åren = dict.fromkeys((rad.anmärkning, str(rad.år)) for rad in år.underlag.flerårsöversikt if rad.anmärkning)
    samlade: dict[str, list[str]] = {}
    for ord_, när in åren:
        if när in översiktsår(år):
            samlade.setdefault(ord_, []).append(när)
    return tuple(Fotnot(ord_, kolumner=tuple(när)) for ord_, när in samlade.items())


def flerårsöversikt(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Intäkter, kostnader, resultat and soliditet over five years, or those that are known."""
    return _tabell("flerarsoversikt", UTVECKLING, _ÖVERSIKT, år, fakta, _fotnoter(år))


def bidragets_användning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Medlemsbidraget and what it has been used for over five years; of where the years are from the översikt tells."""
    åren = tuple(period for fotnot in _fotnoter(år) for period in fotnot.kolumner)
    se = (Fotnot(f"Se fotnoten till samma år under {UTVECKLING}.", kolumner=åren),) if åren else ()
    return _tabell("medlemsbidrag_utveckling", ANVÄNDNING, _ANVÄNDNING, år, fakta, se)


DEL = Del(fyll_flerårsöversikt, lambda år, fakta: (flerårsöversikt(år, fakta), bidragets_användning(år, fakta)))
