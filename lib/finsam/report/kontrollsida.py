"""`kontroller.html`: what the checks found, as a page for who mends it and who decides.

It stands beside the document, which tells no more than what was checked (kontrollerat.py). No script, nothing fetched,
and everything that is not ours is escaped by the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from finsam.checks.finding import Finding, Kontrollnivå, eget, likadana
from finsam.checks.kontrollera import GRUPPER, kontroller_i
from finsam.checks.publicerat import check_publicerat, efter_tabell, sammanfatta
from finsam.model.fakta import Faktabas
from finsam.model.farg import mörkt_av
from finsam.model.ord import versal
from finsam.report.bok import Bok
from finsam.report.garanti import GARANTI, NUMRERING
from finsam.report.roller import css_roller

HÄR = Path(__file__).parent
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_ID = re.compile(r'id="((?:spar|tabell)-[^"]*)"')

ATT_GÖRA: dict[Kontrollnivå, str] = {
    "fel": "Dokumentet är ett utkast så länge något står här. Rätta det som sägs och skapa rapporten igen, eller skriv "
    "i bladet Undantag vem som godtar det, när och varför.",
    "varning": "Dokumentet kan beslutas ändå. Rätta och skapa rapporten igen, eller skriv i bladet Undantag vem som "
    "godtar det, när och varför: då står det under Bra att veta.",
    "upplysning": "Ingenting behöver göras.",
}
"""What there is to do about the findings of each group."""
ÖVRIGA: tuple[Kontrollnivå, ...] = ("ej prövad", "ok")


@dataclass(frozen=True, slots=True)
class Rad:
    """A finding, or what is its own among those that are alike; `länkar` are words and where in the document."""

    mening: str
    resten: str
    länkar: tuple[tuple[str, str], ...] = ()
    följder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fynd:
    """A head, or a single finding, of one check; `delar` are findings that are alike, under the head of each part."""

    kod: str
    rad: Rad
    grunder: tuple[str, ...]
    delar: tuple[tuple[str, tuple[Rad, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Grupp:
    """The findings of a level, and what to do about them."""

    nivå: str
    rubrik: str
    antal: int
    att_göra: str
    fynd: tuple[Fynd, ...]


def kontrollsida(bok: Bok, sida: str, avtryck: str) -> str:
    """The page; `sida` is the document's own, for what can be linked to, `avtryck` the SHA-256 of `rapport.json`."""
    mål = frozenset(_ID.findall(sida))
    grupper = [_grupp(nivå, bok, mål) for nivå in ATT_GÖRA]
    rapport = bok.år.rapport.id
    return _mall().render(
        bok=bok,
        svar=svaret(bok.findings),
        grupper=grupper,
        övriga=[(GRUPPER[nivå], [f for f in bok.findings if f.nivå == nivå]) for nivå in ÖVRIGA],
        koder=_koder(bok, {fynd.kod for grupp in grupper for fynd in grupp.fynd}),
        filer=[(ord_, f"{rapport}.{ändelse}") for ord_, ändelse in FILER],
        garanti=bok.siffergaranti.andel if bok.siffergaranti else "",
        avtryck=avtryck,
        css=css_roller(bok.tyda.färger, mörkt_av(bok.tyda.färger)) + (HÄR / "kontroller.css").read_text("utf-8"),
    )


def _koder(bok: Bok, koder: set[str]) -> dict[str, str]:
    """The checks that have found something, with what each of them assures."""
    punkter = (*kontroller_i(bok.år.rapport), NUMRERING, GARANTI)
    return {punkt.kod: punkt.utsaga for punkt in sorted(punkter, key=lambda p: p.kod) if punkt.kod in koder}


FILER = (("Dokumentet som sida", "html"), ("Dokumentet som PDF", "pdf"), ("Arbetsboken", "xlsx"))
"""What stands beside the page, in words and by ending."""


def svaret(findings: Sequence[Finding]) -> str:
    """The answer in a sentence or two.

    >>> svaret([Finding("varning", "")]), svaret([Finding("fel", ""), Finding("fel", "")])
    ('Inget hindrar. 1 sak att ta ställning till.', '2 saker hindrar.')
    """
    fel, varningar = (sum(f.nivå == nivå for f in findings) for nivå in ("fel", "varning"))
    svar = f"{fel} {'sak' if fel == 1 else 'saker'} hindrar." if fel else "Inget hindrar."
    return f"{svar} {varningar} {'sak' if varningar == 1 else 'saker'} att ta ställning till." if varningar else svar


@cache
def _mall() -> Template:
    mallar = Environment(loader=FileSystemLoader(HÄR), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return mallar.get_template("kontroller.html.j2")


def _grupp(nivå: Kontrollnivå, bok: Bok, mål: frozenset[str]) -> Grupp:
    funna = [f for f in bok.findings if f.nivå == nivå]
    koder = dict.fromkeys(f.kod for f in funna)
    fynd = (ett for kod in koder for ett in _fynden([f for f in funna if f.kod == kod], bok, mål))
    return Grupp(nivå, GRUPPER[nivå], len(funna), ATT_GÖRA[nivå], tuple(fynd))


def _fynden(funna: Sequence[Finding], bok: Bok, mål: frozenset[str]) -> Iterator[Fynd]:
    """The findings of a check and level: those that are alike under one head, the published ones by their tables."""

    def rad(f: Finding, text: str) -> Rad:
        mening, *resten = _MENING.split(text, maxsplit=1)
        return Rad(
            mening if text == f.text else versal(mening), "".join(resten), tuple(_länkar(f, bok, mål)), f.följder
        )

    if funna[0].kod == check_publicerat.kod and len(funna) > 1:
        delar = tuple(
            (rubrik, tuple(rad(f, f.text.removeprefix(f"{rubrik}, ")) for f in tabellens))
            for rubrik, tabellens in efter_tabell(funna, bok.år.publicerat).items()
        )
        yield Fynd(funna[0].kod, Rad(sammanfatta(funna), ""), _grunder(funna), delar)
        return
    for början, alla in likadana(funna).items():
        if len(alla) == 1:
            yield Fynd(alla[0].kod, rad(alla[0], alla[0].text), _grunder(alla))
        else:
            lika = tuple(rad(f, eget(f, början)) for f in alla)
            yield Fynd(alla[0].kod, Rad(f"{början} ({len(alla)})", ""), _grunder(alla), (("", lika),))


def _grunder(funna: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.grund for f in funna if f.grund))


def _länkar(f: Finding, bok: Bok, mål: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Where the document has the spår of each figure that a finding is about; else the table that it is about."""
    fil = f"{bok.år.rapport.id}.html"
    spår = [nyckel for nyckel in (*f.fakta, f.källa) if f"spar-{nyckel}" in mål]
    for nyckel in dict.fromkeys(spår):
        yield f"Spår: {_vad(nyckel, bok.fakta)}", f"{fil}#spar-{nyckel}"
    if not spår and f"tabell-{f.källa}" in mål:
        yield "Tabellen i dokumentet", f"{fil}#tabell-{f.källa}"


def _vad(nyckel: str, fakta: Faktabas) -> str:
    f = fakta[nyckel]
    return f"{f.definition.rstrip('.')} ({f.period})" if f.period else f.definition.rstrip(".")
