"""`publicerat.yml`: the figures as an earlier document printed them, for comparison (check C31)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from finsam.model.forbund import Inställning, Ställe
from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell
from finsam.read.indata import förslag, visa
from finsam.read.yaml_fil import meningar, read_yaml

Enhet = Literal["kr", "tkr", "procent", "antal"]


def _check_år(text: str) -> str:
    if not re.fullmatch("[0-9]{4}", text):
        raise ValueError(f"är {visa(text)} men ska vara ett år, till exempel 2024")
    return text


År = Annotated[str, AfterValidator(_check_år)]
Tal = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
UTAN_ÅR = ""


def _per_år(orsak: object) -> object:
    if isinstance(orsak, list):
        raise ValueError("ska vara en text, eller en text för varje år: {2024: …}")
    return {UTAN_ÅR: orsak} if isinstance(orsak, str) else orsak


Orsak = Annotated[dict[str, str], BeforeValidator(_per_år)]
"""Why figures are other here, by year. A text alone, without a year, is for a row of one figure."""


class _Tryckt(Inställning):
    """A printed figure over the years, and the fact it should equal."""

    fakta: str = ""
    värden: dict[År, Tal]
    enhet: Enhet | None = None
    tecken: Literal["1", "-1"] = "1"
    summa_av: tuple[str, ...] = ()
    orsak: Orsak = Field(default_factory=dict)
    sida: str = ""


class _Rad(_Tryckt):
    """A row of a printed table."""

    etikett: str


class _Citat(_Tryckt):
    """A sentence with a figure in it."""

    citat: str


class _Tabell(Inställning):
    """A printed table; its unit holds for the rows that have none."""

    id: str
    rubrik: str
    sida: str = ""
    enhet: Enhet | None = None
    rader: tuple[_Rad, ...]


class _Publicerat(Inställning):
    """The whole file."""

    källa: str = ""
    tabeller: tuple[_Tabell, ...] = ()
    texter: tuple[_Citat, ...] = ()


def read_publicerat(fil: Path, namn: str) -> tuple[tuple[Publiceradtabell, ...], list[Problem]]:
    """The figures as published, for comparison; none when the file is not there."""
    if not fil.is_file():
        return (), []
    läst, problem = read_yaml(fil, namn)
    if läst is None:
        return (), problem
    funna = list(läst.fel)
    data = _Publicerat()
    try:
        data = _Publicerat.model_validate(läst.data)
    except ValidationError as fel:
        funna += meningar(fel, läst.data, _Publicerat)
    if funna:
        problem = [läst.problem(text, ställe) for ställe, text in funna]
        return (), sorted(problem, key=lambda ett: int(ett.plats.removeprefix("rad ")))
    tabeller = [_tabell(t) for t in data.tabeller]
    if data.texter:
        citat = tuple(_rad(c, c.citat, None) for c in data.texter)
        tabeller.append(Publiceradtabell("texter", "Löpande text", "", citat))
    return tuple(tabeller), [läst.problem(text, ställe, "varning") for ställe, text in _utan_mål(data)]


def _utan_mål(data: _Publicerat) -> Iterator[tuple[Ställe, str]]:
    """What is said of a year or of a row that is not there, and where: it would be passed over. Two rows of one name
    cannot be told apart.
    """
    for nr, tabell in enumerate(data.tabeller):
        yield from _utan_mål_i(("tabeller", nr, "rader"), [(rad.etikett, rad) for rad in tabell.rader])
    yield from _utan_mål_i(("texter",), [(citat.citat, citat) for citat in data.texter])


def _utan_mål_i(ställe: Ställe, rader: Sequence[tuple[str, _Tryckt]]) -> Iterator[tuple[Ställe, str]]:
    etiketter = [etikett for etikett, _ in rader]
    for nr, (etikett, rad) in enumerate(rader):
        if etikett in etiketter[:nr]:
            yield (*ställe, nr), f"Två rader i tabellen heter {visa(etikett)}. Ge dem var sitt namn."
        yield from _utan_mål_på((*ställe, nr), etikett, rad, etiketter)


def _utan_mål_på(ställe: Ställe, etikett: str, rad: _Tryckt, etiketter: list[str]) -> Iterator[tuple[Ställe, str]]:
    for namn in rad.summa_av:
        if namn not in etiketter:
            ledtråd = förslag(namn, etiketter)
            yield (*ställe, "summa_av"), f"Raden {visa(etikett)} är summa av {visa(namn)}, som inte finns.{ledtråd}"
    for år in rad.orsak:
        if år not in (UTAN_ÅR, *rad.värden):
            yield (*ställe, "orsak"), f"Raden {visa(etikett)} har en orsak för {visa(år)} men inget tal för det året."


def _tabell(tabell: _Tabell) -> Publiceradtabell:
    rader = tuple(_rad(rad, rad.etikett, tabell.enhet) for rad in tabell.rader)
    return Publiceradtabell(tabell.id, tabell.rubrik, tabell.sida, rader)


def _rad(rad: _Tryckt, etikett: str, enhet: Any) -> Publiceradrad:
    return Publiceradrad(
        etikett=etikett,
        fakta=rad.fakta,
        värden=rad.värden,
        enhet=rad.enhet or enhet or "kr",
        tecken=int(rad.tecken),
        summa_av=rad.summa_av,
        orsak=rad.orsak.get(UTAN_ÅR, ""),
        orsaker={år: text for år, text in rad.orsak.items() if år},
    )
