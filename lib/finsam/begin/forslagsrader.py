"""The rows a new förbund starts with: notes, functions, and the words in a konto's name that tell which is meant."""

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
        {"bidrag": "Bidrag", "ovriga": "Övriga intäkter"},
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
    "individ": Startgrupp("Individinriktade insatser", {}),
    "struktur": Startgrupp("Strukturövergripande insatser", {}),
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

NAMNREGLER: tuple[tuple[str, str, str, str], ...] = (
    (r"förlorad arbets", "rr.verksamhetens_kostnader", "kostnader.forlorad", "administration.styrelse"),
    (r"revision|revisor", "rr.verksamhetens_kostnader", "kostnader.revision", "administration.revision"),
    (
        r"förbundschef|förbundssamordnare|verksamhetschef",
        "rr.verksamhetens_kostnader",
        "kostnader.forbundschef",
        "administration.forbundschef",
    ),
    (r"arvode", "rr.verksamhetens_kostnader", "kostnader.arvoden", "administration.styrelse"),
    (
        r"administrativ|redovisningstjänst|ekonomitjänst",
        "rr.verksamhetens_kostnader",
        "kostnader.administration",
        "administration.ekonomi",
    ),
    (r"konferens|\bkurs|utbildning|resor", "rr.verksamhetens_kostnader", "kostnader.resor", "administration.kansli"),
    (r"lokalhyra|lokalvård", "rr.verksamhetens_kostnader", "kostnader.lokal", "administration.lokal"),
    (r"moms", "br.fordringar", "fordringar.momsfordran", ""),
    (r"skattekonto", "br.fordringar", "fordringar.skattekonto", ""),
    (r"förutbetald|upplup", "br.fordringar", "fordringar.forutbetalda", ""),
    (r"leverantör", "br.kortfristiga_skulder", "skulder.leverantorsskulder", ""),
    (r"upplup|förutbetald", "br.kortfristiga_skulder", "skulder.upplupna", ""),
)
"""Words in a name, the post they hold for, and the note row and function they mean; the first that fits."""


def noter(använda: set[str], medlemmar: Iterable[Medlem]) -> Iterator[Not]:
    """The notes with the rows that some konto has (`kostnader.revision`), and those of words alone."""
    namn = {medlem.id: "staten" if medlem.typ == "stat" else medlem.namn for medlem in medlemmar}
    bidrag = {id_: f"Medlemsbidrag från {vem}" for id_, vem in namn.items()}
    yield Not(id="redovisningsprinciper", rubrik="Redovisningsprinciper")
    for id_, notis in NOTER.items():
        etiketter = {**(bidrag if id_ == "intakter" else {}), **notis.rader}
        rader = tuple(Notrad(id=rad, etikett=ord_) for rad, ord_ in etiketter.items() if f"{id_}.{rad}" in använda)
        if rader:
            yield Not(id=id_, rubrik=notis.rubrik, post=notis.post, rader=rader)
    yield from (Not(id=id_, rubrik=rubrik) for id_, rubrik in LAGENS_NOTER.items())
    yield Not(id="revision", rubrik="Kostnad för räkenskapsrevision")
    yield Not(id="panter", rubrik="Panter och ansvarsförbindelser")


def kostnadsgrupper(använda: set[str], insatser: Iterable[tuple[str, str, str]]) -> Iterator[Kostnadsgrupp]:
    """The groups of the kostnadsfördelning with the rows that some konto has; an insats is (group, id, name)."""
    insatser = list(insatser)
    for id_, grupp in FUNKTIONER.items():
        etiketter = {insats: namn for grupp_id, insats, namn in insatser if grupp_id == id_} | dict(grupp.rader)
        rader = tuple(Radetikett(id=rad, etikett=ord_) for rad, ord_ in etiketter.items() if f"{id_}.{rad}" in använda)
        if rader:
            yield Kostnadsgrupp(id=id_, etikett=grupp.etikett, rader=rader)


def driftrader(grupper: Iterable[Kostnadsgrupp]) -> Iterator[Driftrad]:
    """The rows of the driftredovisning: income, and each group of costs."""
    yield Driftrad(id="intakter", etikett="Verksamhetens intäkter", av=("rr.verksamhetens_intakter",))
    for grupp in grupper:
        yield Driftrad(id=grupp.id, etikett=grupp.etikett, av=(f"-kostnad.{grupp.id}",))
