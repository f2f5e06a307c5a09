"""What there is to put an error in: every row and value of a report's files, walked without knowing what they are.

A workbook is walked by sheet, row and column, a settings file by YAML's own nodes, a kontoplan by line and column, a
SIE file by record and field, a text by its paragraphs and by what stands in it. So a column, a key or a record that is
added tomorrow is walked by itself. Nothing here says what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel

from finsam.model.forbund import Inställning
from finsam.model.ord import MÅNADER
from finsam.model.underlag import BLAD
from finsam.read import publicerat  # noqa: F401  its settings are among the known keys
from finsam.read.arbetsbok import Bladinnehåll
from finsam.read.underlag.blad import hitta_rubrikrad

Innehåll = str | dict[str, Bladinnehåll]
"""A file as it is walked and changed: its text, or the cells of its sheets."""
Var = tuple[int, int]
"""Where a value stands: from and to in a text, or row and column of a sheet."""


@dataclass(frozen=True, slots=True)
class Plats:
    """A value and where it stands; `i` is what part of a longer string it is."""

    värde: object
    var: Var
    i: Var | None = None
    hela: str = ""


@dataclass(frozen=True, slots=True)
class Rad:
    """Values that belong together: a row, a mapping, a record, a paragraph. `slag` is the same for those of one kind.

    `spann` is where it stands: from and to in a text, or its first and last row in a sheet. `nr` are its lines.
    """

    fil: str
    slag: str
    nr: tuple[int, int]
    spann: Var
    värden: dict[str, Plats] = field(default_factory=dict)
    skiljetecken: str = ""
    """What stands between two rows of the kind, where they are not whole lines."""
    blad: str = ""
    """The sheet it stands in; empty in other files."""
    i_fält: str = ""
    """The field that it is a part of, when it is something in the words of a cell or a setting."""


def vandra(fil: str, innehåll: Innehåll) -> list[Rad]:
    """All rows of a file of the inputs, in order, by its ending."""
    if isinstance(innehåll, dict):
        rader = list(_arbetsbok(fil, innehåll))
        return rader + [
            del_ for rad in rader for namn, plats in rad.värden.items() for del_ in _ord_i_cell(rad, namn, plats)
        ]
    ändelse = Path(fil).suffix
    gå = {".yml": _yaml, ".csv": _csv, ".se": _sie, ".md": _text}[ändelse]
    rader = list(gå(fil, innehåll))
    if Path(fil).name == "forbund.yml":  # no word of publicerat.yml is printed
        rader += [del_ for rad in rader for namn, plats in rad.värden.items() for del_ in _ord_i_cell(rad, namn, plats)]
    return rader


# ---------------------------------------------------------------- workbook


def _arbetsbok(fil: str, bok: dict[str, Bladinnehåll]) -> Iterator[Rad]:
    klasser = {klass.blad: klass for klass in BLAD}
    for blad, innehåll in bok.items():
        rubrikrad = hitta_rubrikrad(klasser[blad], innehåll) if blad in klasser else None
        if rubrikrad is None:
            continue
        rubriker = {kolumn: str(cell.värde) for kolumn, cell in innehåll[rubrikrad].items() if cell.värde}
        for nr in sorted(nr for nr in innehåll if nr > rubrikrad):
            celler = innehåll[nr]
            if any(str(cell.värde).startswith("#") for cell in list(celler.values())[:1]):
                continue
            värden = {rubriker[k]: Plats(cell.värde, (nr, k)) for k, cell in celler.items() if k in rubriker}
            yield Rad(fil, blad, (nr, nr), (nr, nr), värden, blad=blad)


# ---------------------------------------------------------------- YAML


def _kända_nycklar(klass: type[BaseModel] = Inställning) -> set[str]:
    return {*klass.model_fields}.union(*map(_kända_nycklar, klass.__subclasses__()))


def _yaml(fil: str, text: str) -> Iterator[Rad]:
    """Every mapping is a row of its scalars; so is every item of a list, and every pair of a free mapping."""
    yield from _yamlnod(fil, text, yaml.compose(text, Loader=yaml.SafeLoader), (Path(fil).name,), _kända_nycklar())


def _yamlnod(fil: str, text: str, nod: yaml.Node, väg: tuple[str, ...], kända: set[str]) -> Iterator[Rad]:
    slag = ".".join(väg)
    if isinstance(nod, yaml.SequenceNode):
        for del_ in nod.value:
            rad = _yamlrad(fil, text, slag, del_, platt=bool(nod.flow_style))
            yield _med(rad, {"": _skalär(del_)}) if isinstance(del_, yaml.ScalarNode) else rad
            yield from _under(fil, text, del_, väg, kända)
    elif isinstance(nod, yaml.MappingNode) and len(väg) == 1:
        skalärer = {k.value: _skalär(v) for k, v in nod.value if isinstance(v, yaml.ScalarNode)}
        yield Rad(fil, slag, (1, 1), (0, 0), skalärer)
        yield from _under(fil, text, nod, väg, kända)
    elif isinstance(nod, yaml.MappingNode):
        yield from _under(fil, text, nod, väg, kända)


def _under(fil: str, text: str, nod: yaml.Node, väg: tuple[str, ...], kända: set[str]) -> Iterator[Rad]:
    if not isinstance(nod, yaml.MappingNode):
        return
    for nyckel, värde in nod.value:
        namn = nyckel.value if nyckel.value in kända else "*"
        under = (*väg, namn)
        if isinstance(värde, yaml.ScalarNode):
            if namn == "*":
                par = {"nyckel": _skalär(nyckel), "värde": _skalär(värde)}
                yield Rad(fil, ".".join(under), _rader(nyckel, värde), _helrad(text, nyckel, värde, nod), par)
            continue
        if len(väg) == 1:
            spann = _helrad(text, nyckel, värde, nod)
            yield Rad(fil, f"{väg[0]} nycklar", _rader(nyckel, värde), spann, {"": _skalär(nyckel)})
        if isinstance(värde, yaml.MappingNode):
            skalärer = {
                k.value: _skalär(v) for k, v in värde.value if isinstance(v, yaml.ScalarNode) and k.value in kända
            }
            if skalärer:
                yield Rad(fil, ".".join(under), _rader(nyckel, värde), (0, 0), skalärer)
        yield from _yamlnod(fil, text, värde, under, kända)


def _yamlrad(fil: str, text: str, slag: str, del_: yaml.Node, *, platt: bool) -> Rad:
    värden = {}
    if isinstance(del_, yaml.MappingNode):
        värden = {k.value: _skalär(v) for k, v in del_.value if isinstance(v, yaml.ScalarNode)}
    if platt:
        spann, mellan = (del_.start_mark.index, del_.end_mark.index), ", "
    else:
        spann, mellan = _hela_rader(text, del_), ""
    return Rad(fil, slag, _rader(del_, del_), spann, värden, mellan)


def _med(rad: Rad, värden: dict[str, Plats]) -> Rad:
    return Rad(rad.fil, rad.slag, rad.nr, rad.spann, värden, rad.skiljetecken)


def _skalär(nod: yaml.Node) -> Plats:
    return Plats(nod.value, (nod.start_mark.index, nod.end_mark.index))


def _rader(första: yaml.Node, sista: yaml.Node) -> tuple[int, int]:
    slut = sista.end_mark
    return första.start_mark.line + 1, max(första.start_mark.line + 1, slut.line + (slut.column > 0))


def _hela_rader(text: str, nod: yaml.Node, sista: yaml.Node | None = None) -> Var:
    start = text.rfind("\n", 0, nod.start_mark.index) + 1
    slut = (sista or nod).end_mark
    if slut.column == 0 and slut.line > nod.start_mark.line:
        return start, slut.index
    radslut = text.find("\n", slut.index)
    # The end of a block is where the next thing begins: at its indent.
    if not text[text.rfind("\n", 0, slut.index) + 1 : slut.index].strip() and slut.line > nod.start_mark.line:
        return start, text.rfind("\n", 0, slut.index) + 1
    return start, len(text) if radslut < 0 else radslut + 1


def _helrad(text: str, nyckel: yaml.Node, värde: yaml.Node, nod: yaml.MappingNode) -> Var:
    """A key with its value: whole lines, or nothing that can be doubled in a mapping on one line."""
    return (0, 0) if nod.flow_style else _hela_rader(text, nyckel, värde)


# ---------------------------------------------------------------- lines


def _med_start(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, place and words of every line."""
    start = 0
    for nr, rad in enumerate(text.splitlines(keepends=True), 1):
        yield nr, start, rad
        start += len(rad)


def _csv(fil: str, text: str) -> Iterator[Rad]:
    rubriker: list[str] = []
    for nr, start, rad in _med_start(text):
        if not rad.strip() or rad.startswith("#"):
            continue
        celler = [(träff.start(), träff[0]) for träff in re.finditer(r"(?:(?<=;)|^)[^;\r\n]*", rad)]
        if not rubriker:
            rubriker = [ord_ for _, ord_ in celler]
            continue
        värden = {
            namn: Plats(ord_, (start + var, start + var + len(ord_)))
            for namn, (var, ord_) in zip(rubriker, celler, strict=False)
            if ord_
        }
        yield Rad(fil, Path(fil).name, (nr, nr), (start, start + len(rad)), värden)


_FÄLT = re.compile(r'"(?:[^"\\\r\n]|\\.)*"|\{[^{}\r\n]*\}|[^\s{}"]+')


def _sie(fil: str, text: str) -> Iterator[Rad]:
    """Every record is a row of its fields by number; a voucher's row is all of it, down to its closing brace."""
    start_nr, verifikation = 0, None
    for nr, start, rad in _med_start(text):
        delar = list(_FÄLT.finditer(rad))
        if rad.startswith("}") and verifikation is not None:
            yield Rad(fil, "#VER", (start_nr, nr), (verifikation[0], start + len(rad)), verifikation[1])
            verifikation = None
        if not delar or not delar[0][0].startswith("#"):
            continue
        värden = {
            str(i): Plats(del_[0].strip('"'), (start + del_.start(), start + del_.end()))
            for i, del_ in enumerate(delar[1:], 1)
        }
        if delar[0][0] == "#VER":
            start_nr, verifikation = nr, (start, värden)
        else:
            första = start_nr if verifikation else nr  # a row of a voucher is told of as the voucher
            yield Rad(fil, delar[0][0], (första, nr), (start, start + len(rad)), värden)


# ---------------------------------------------------------------- words

TALORD = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
MOTSATSER = {
    ord_: annat
    for rad in """
        ökade minskade; ökat minskat; ökar minskar; öka minska; ökning minskning; högre lägre; höga låga; bättre sämre
        fler färre; större mindre; överskott underskott; överskottet underskottet; minst högst; uppfyllt ej_uppfyllt
        växte krympte; klarar klarar_inte; klarade klarade_inte; nådde nådde_inte; nåddes nåddes_inte; mer_än mindre_än
        följer följer_inte; före efter; första sista; kvinnor män; intäkter kostnader; intäkterna kostnaderna
        tillgångar skulder; översteg understeg; överstiger understiger; över under; alla inga; ja nej; god dålig
        stark svag; snabbare långsammare; positivt negativt; vinst förlust; längre kortare; hälften dubbelt; steg sjönk
        stigit sjunkit
    """.replace("\n", ";").split(";")
    if rad.strip()
    for ena, andra in [[ett.replace("_", " ") for ett in rad.split()]]
    for ord_, annat in ((ena, andra), (andra, ena))
}
"""A word that says which way, or how much against another, and the word that says the opposite."""

_HÄNVISNING = re.compile(r"\{([^{}]*)\}")
_MÖNSTER = {
    "lag": re.compile(r"(?<=\()(?:19|20)\d\d:\d+(?=\))"),
    "lagrum": re.compile(r"\d+(?=[ \u00a0](?:a[ \u00a0])?(?:kap\.|§))"),
    "datum": re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b"),
    "månad": re.compile(rf"\b(?:{'|'.join(MÅNADER)})\b"),
    "tal i ord": re.compile(rf"\b(?:{'|'.join(TALORD)})\b", re.IGNORECASE),
    "jämförande ord": re.compile(rf"\b(?:{'|'.join(sorted(MOTSATSER, key=len, reverse=True))})\b"),
    "namn": re.compile(r"(?<=[a-zåäö,:(] )[A-ZÅÄÖ][a-zåäöé]{3,}"),
    "tal": re.compile(r"(?<![\d:.§])\d+(?:[.,]\d+)?(?![\d:])"),
}
"""What is looked for in words where there is no reference. What an earlier one has found, a later does not."""


def _text(fil: str, text: str) -> Iterator[Rad]:
    """The whole text, its paragraphs, and each thing of each kind that stands in it."""
    yield Rad(fil, "hel text", (1, text.count("\n") + 1), (0, len(text)), {"": Plats(text, (0, len(text)))})
    for träff in re.finditer(r"\S.*?(?=\n\n|\s*\Z)", text, re.DOTALL):
        yield Rad(fil, "stycke", _radnr(text, *träff.span()), träff.span(), skiljetecken="\n\n")
    for slag, var in _i_ord(text):
        yield Rad(fil, slag, _radnr(text, *var), (0, 0), {"": Plats(text[slice(*var)], var)})


def _radnr(text: str, start: int, slut: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, text.count("\n", 0, max(start, slut - 1)) + 1


def _i_ord(text: str) -> Iterator[tuple[str, Var]]:
    """Each reference, number, date, name and word that compares, by kind; a name says if it is found elsewhere too."""
    dolt = text
    for träff in _HÄNVISNING.finditer(text):
        inne = träff[1].strip()
        if inne.startswith("="):
            yield from (("{= tal}", tal.span()) for tal in _MÖNSTER["tal"].finditer(text, *träff.span()))
        elif re.fullmatch(r"år\s*(?:[+-]\s*\d+)?", inne):
            yield "{år}", träff.span()
        else:
            yield "{not}" if inne.startswith("not:") else "{fakta}", träff.span()
        dolt = dolt[: träff.start()] + "\0" * len(träff[0]) + dolt[träff.end() :]
    for slag, mönster in _MÖNSTER.items():
        for träff in mönster.finditer(dolt):
            yield slag, träff.span()
        dolt = mönster.sub(lambda m: "\0" * len(m[0]), dolt)


def _ord_i_cell(rad: Rad, namn: str, plats: Plats) -> Iterable[Rad]:
    """The same for words in a cell or a setting, when there are several."""
    if isinstance(plats.värde, str) and " " in plats.värde.strip():
        for slag, var in _i_ord(plats.värde):
            del_ = Plats(plats.värde[slice(*var)], plats.var, var, plats.värde)
            yield Rad(rad.fil, slag, rad.nr, (0, 0), {"": del_}, blad=rad.blad, i_fält=f"{rad.slag}.{namn}")
