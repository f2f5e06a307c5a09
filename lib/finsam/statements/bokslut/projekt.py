"""Projects with accounts of their own: costs, the financier's grant and what is left of it, year by year and in all.

A grant that pays for costs is income as they arise (RKR R2); what is paid out before that is a debt. The year's amounts
are facts that the ledger gives already, so nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finsam.model.fakta import Faktabas, Indata, Konton, Saldorad
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Radslag, Tabell
from finsam.model.underlag import Projektrad
from finsam.statements.delar import Del
from finsam.statements.uppstallning import årskolumner

HELA = "hela"
HUNDRA = Decimal(100)


def lästa_projekt(år: Räkenskapsår, fakta: Faktabas) -> Iterator[Projektrad]:
    """The projects whose facts there are; the others are for C47 to tell of."""
    for p in år.underlag.projektredovisning:
        if all(f"{id_}/{år.period}" in fakta for id_ in (p.kostnader, p.intäkter, p.förskott) if id_):
            yield p


def stödgrundande(p: Projektrad, fakta: Faktabas) -> tuple[Saldorad, ...]:
    """The konton of a project's costs that the financier pays a share of; all when it does not say."""
    källa = fakta[p.kostnader].källa
    början = tuple(p.stödgrundande.replace(",", " ").split())
    rader = källa.rader if isinstance(källa, Konton) else ()
    return tuple(rad for rad in rader if not början or rad[0].startswith(början))


def fyll_projekt(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make projekt.<id>.* for each project; costs and income are plus, what is left of the grant too."""
    for p in lästa_projekt(år, fakta):
        _fyll_projekt(p, år, fakta)


def _fyll_projekt(p: Projektrad, år: Räkenskapsår, fakta: Faktabas) -> None:
    nu, då, id_ = år.period, år.föregående, f"projekt.{p.id}"
    källa = Indata(år.underlag.fil, f"{p.blad}, rad {p.rad}", p.källa)
    for del_, värde, ord_ in (
        ("beviljat", p.beviljat, f"Beviljat bidrag till {p.namn} från {p.finansiär}, hela projektet."),
        ("utbetalt", p.utbetalt, f"Utbetalt till {p.namn} av {p.finansiär} till och med årets slut."),
        ("tidigare_intakter", p.tidigare_intäkter, f"Bidrag till {p.namn} före {då}."),
        ("tidigare_kostnader", p.tidigare_kostnader, f"Kostnader för {p.namn} före {då}."),
    ):
        fakta.indata(f"{id_}.{del_}", nu, värde, "kr", ord_, källa)
    for del_, egen, ord_ in (("kostnader", p.kostnader, "Kostnader för"), ("intakter", p.intäkter, "Bidrag till")):
        termer = [(1, f"{egen}/{period}") for period in (nu, då) if f"{egen}/{period}" in fakta]
        termer.append((1, f"{id_}.tidigare_{del_}/{nu}"))
        fakta.summa(f"{id_}.{del_}_{HELA}", nu, termer, f"{ord_} {p.namn} från början till årets slut.")
    for period in (nu, då):
        if f"{p.kostnader}/{period}" in fakta and f"{p.intäkter}/{period}" in fakta:
            termer = [(1, f"{p.kostnader}/{period}"), (-1, f"{p.intäkter}/{period}")]
            fakta.summa(f"{id_}.egen_finansiering", period, termer, f"Det av {p.namn} som förbundet betalar självt.")
            rader, ord_ = stödgrundande(p, fakta), f"Kostnader för {p.namn} som {p.finansiär} betalar en del av."
            fakta.konton(f"{id_}.stodgrundande", period, "res", rader, ord_)
    hela = (f"{id_}.kostnader_{HELA}/{nu}", f"{id_}.intakter_{HELA}/{nu}")
    ord_ = f"Det av {p.namn} som förbundet har betalat självt, från början till årets slut."
    fakta.summa(f"{id_}.egen_finansiering_{HELA}", nu, [(1, hela[0]), (-1, hela[1])], ord_)
    ord_ = f"Det av det beviljade bidraget till {p.namn} som ännu inte är intäkt."
    fakta.summa(f"{id_}.aterstar", nu, [(1, f"{id_}.beviljat/{nu}"), (-1, hela[1])], ord_)


def projekttabell(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Each project with its costs, grant and what is left, this year, the year before and in all; None without any."""
    rader = [rad for p in lästa_projekt(år, fakta) for rad in _projektets_rader(p, år, fakta)]
    if not rader:
        return None
    kolumner = (*årskolumner(år), Kolumn(HELA, "Hela projektet", period=år.period))
    return Tabell(
        "projektredovisning",
        "Projekt med egen redovisning",
        "kr",
        kolumner,
        tuple(rader),
        första="Belopp i kronor",
    )


def _projektets_rader(p: Projektrad, år: Räkenskapsår, fakta: Faktabas) -> Iterator[Rad]:
    id_ = f"projekt.{p.id}"

    def rad(namn: str, etikett: str, egen: str, hela: str = "", slag: Radslag = "post") -> Rad:
        celler = (*(f"{egen}/{period}" for period in (år.period, år.föregående)), f"{hela}/{år.period}")
        return Rad(
            f"{p.id}_{namn}",
            etikett,
            tuple(Cell(nyckel) if nyckel in fakta else Cell() for nyckel in celler),
            slag,
        )

    yield Rad(f"{p.id}_rubrik", f"{p.namn}, {p.från.isoformat()}–{p.till.isoformat()}", slag="rubrik")
    yield rad("kostnader", "Kostnader", p.kostnader, f"{id_}.kostnader_{HELA}")
    yield rad("intakter", f"Bidrag från {p.finansiär}", p.intäkter, f"{id_}.intakter_{HELA}")
    yield rad("egen", "Betalat av förbundet", f"{id_}.egen_finansiering", f"{id_}.egen_finansiering_{HELA}", "delsumma")
    yield rad("beviljat", "Beviljat bidrag", "", f"{id_}.beviljat")
    yield rad("aterstar", "Beviljat men ännu inte intäkt", "", f"{id_}.aterstar")
    if p.utbetalt is not None:
        yield rad("utbetalt", "Utbetalt av finansiären", "", f"{id_}.utbetalt")
    if p.förskott:
        yield rad("forskott", "Oförbrukat förskott (skuld)", p.förskott)


DEL = Del(fyll_projekt, lambda år, fakta: (projekttabell(år, fakta),))
