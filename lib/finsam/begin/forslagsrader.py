"""The rows a new förbund starts with: notes, functions, and their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from finsam.model.forbund import Driftrad, Kostnadsgrupp, Medlem, Not, Notrad, Radetikett

Slag = Literal["individ", "struktur"]


@dataclass(frozen=True, slots=True)
class Startnot:
    """A note that explains a post."""

    rubrik: str
    post: str
    rader: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Startgrupp:
    """A group of the kostnadsfördelning."""

    etikett: str
    rader: Mapping[str, str]


NOTER: Mapping[str, Startnot] = {
    "intakter": Startnot(
        "Verksamhetens intäkter",
        "rr.verksamhetens_intakter",
        {
            "regionerna": "Medlemsbidrag från regionerna",
            "kommunerna": "Medlemsbidrag från kommunerna",
            "medlemsbidrag": "Medlemsbidrag, ej fördelat på medlem",
            "bidrag": "Bidrag",
            "eu": "Bidrag från EU",
            "projekt": "Projektbidrag",
            "ovriga": "Övriga intäkter",
        },
    ),
    "kostnader": Startnot(
        "Verksamhetens kostnader",
        "rr.verksamhetens_kostnader",
        {
            "insatser": "Insatser",
            "forbundschef": "Köp av tjänst förbundschef",
            "administration": "Köp av administrativa tjänster",
            "revision": "Revision",
            "arvoden": "Arvoden till förtroendevalda",
            "forlorad": "Ersättning för förlorad arbetsförtjänst",
            "loner": "Löner",
            "sociala": "Sociala avgifter",
            "pensioner": "Pensionskostnader",
            "ovrig_personal": "Övriga personalkostnader",
            "resor": "Resor, kurser och konferenser",
            "lokal": "Lokalkostnader",
            "information": "Information",
            "ovrigt": "Övriga kostnader",
        },
    ),
    "fordringar": Startnot(
        "Fordringar",
        "br.fordringar",
        {
            "kundfordringar": "Kundfordringar",
            "skattekonto": "Skattekonto",
            "momsfordran": "Momsfordran",
            "forutbetalda": "Förutbetalda kostnader och upplupna intäkter",
            "ovriga": "Övriga fordringar",
        },
    ),
    "skulder": Startnot(
        "Kortfristiga skulder",
        "br.kortfristiga_skulder",
        {
            "leverantorsskulder": "Leverantörsskulder",
            "skatter": "Moms- och skatteskulder",
            "personalskatt": "Personalens skatter och avgifter",
            "upplupna": "Upplupna kostnader och förutbetalda intäkter",
            "ovriga": "Övriga kortfristiga skulder",
        },
    ),
}

LAGENS_NOTER = {
    "anlaggning": "Materiella anläggningstillgångar",
    "immateriella": "Immateriella anläggningstillgångar",
    "placeringar": "Kortfristiga placeringar",
    "pensioner": "Pensioner",
    "leasing": "Leasing",
}
"""Notes with rows of their own, which are shown in the years that the ledger asks for them."""

FUNKTIONER: Mapping[str, Startgrupp] = {
    "individ": Startgrupp("Individinriktade insatser", {"ovriga": "Ej fördelat på insatser"}),
    "struktur": Startgrupp("Strukturövergripande insatser", {"ovriga": "Ej fördelat på insatser"}),
    "insatser": Startgrupp("Insatser", {"ovriga": "Övriga insatser"}),
    "administration": Startgrupp(
        "Administration",
        {
            "styrelse": "Styrelse",
            "forbundschef": "Förbundschef",
            "personal": "Personal",
            "ekonomi": "Ekonomi och administrativt stöd",
            "revision": "Revision",
            "lokal": "Lokal",
            "kansli": "Resor, information och övriga kanslikostnader",
            "avskrivningar": "Avskrivningar",
        },
    ),
}
"""The groups and rows in order. The insatser of the ledger are rows of the first three."""

PERSONALRADER = ("kostnader.loner", "kostnader.sociala", "kostnader.pensioner", "kostnader.ovrig_personal")
"""The note rows of a förbund's own staff."""


def noter(använda: set[str], medlemmar: Iterable[Medlem]) -> Iterator[Not]:
    """The notes that some konto has a row of (`kostnader.revision`), and those of words alone.

    Each has every row, so that a konto is moved by changing one cell; rows without an amount are not shown.
    """
    namn = {medlem.id: "staten" if medlem.typ == "stat" else medlem.namn for medlem in medlemmar}
    bidrag = {id_: f"Medlemsbidrag från {vem}" for id_, vem in namn.items()}
    yield Not(id="redovisningsprinciper", rubrik="Redovisningsprinciper")
    for id_, notis in NOTER.items():
        etiketter = {**(bidrag if id_ == "intakter" else {}), **notis.rader}
        if any(f"{id_}.{rad}" in använda for rad in etiketter):
            rader = tuple(Notrad(id=rad, etikett=ord_) for rad, ord_ in etiketter.items())
            yield Not(id=id_, rubrik=notis.rubrik, post=notis.post, rader=rader)
    yield from (Not(id=id_, rubrik=rubrik) for id_, rubrik in LAGENS_NOTER.items())
    yield Not(id="revision", rubrik="Kostnad för räkenskapsrevision")
    yield Not(id="panter", rubrik="Panter och ansvarsförbindelser")


def kostnadsgrupper(använda: set[str], insatser: Iterable[tuple[str, str, str]]) -> Iterator[Kostnadsgrupp]:
    """The groups of the kostnadsfördelning that have an insats (group, id, name) or a konto, with all their rows."""
    insatser = list(insatser)
    for id_, grupp in FUNKTIONER.items():
        egna = {insats: namn for grupp_id, insats, namn in insatser if grupp_id == id_}
        if egna or any(f"{id_}.{rad}" in använda for rad in grupp.rader):
            rader = tuple(Radetikett(id=rad, etikett=ord_) for rad, ord_ in {**egna, **grupp.rader}.items())
            yield Kostnadsgrupp(id=id_, etikett=grupp.etikett, rader=rader)


def driftrader(grupper: Iterable[Kostnadsgrupp]) -> Iterator[Driftrad]:
    """The rows of the driftredovisning: income, and each group of costs."""
    yield Driftrad(id="intakter", etikett="Verksamhetens intäkter", av=("rr.verksamhetens_intakter",))
    for grupp in grupper:
        yield Driftrad(id=grupp.id, etikett=grupp.etikett, av=(f"-kostnad.{grupp.id}",))
