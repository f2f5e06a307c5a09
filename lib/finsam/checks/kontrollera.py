"""All checks of a report, in the order they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

from finsam import checks
from finsam.checks.agare import check_ägare
from finsam.checks.finding import Finding, Jämförelse, Kontrollnivå, Prövat, utfall
from finsam.checks.foljder import med_följder
from finsam.checks.kontroll import Kontrollfunktion
from finsam.model.rapport import Rapportslag
from finsam.statements.redovisning import Redovisning


def _deklarerade() -> tuple[Kontrollfunktion, ...]:
    """The checks that the modules beside this one declare, those in rooms too, in the order they are printed."""
    moduler = [import_module(modul.name) for modul in walk_packages(checks.__path__, f"{checks.__name__}.")]
    funna = dict.fromkeys(ett for modul in moduler for ett in vars(modul).values() if isinstance(ett, Kontrollfunktion))
    return tuple(sorted(funna, key=lambda ett: ett.plats))


KONTROLLER = _deklarerade()
"""The checks of every kind of report."""


def kontroller_i(slag: Rapportslag) -> tuple[Kontrollfunktion, ...]:
    """The checks of a kind of report."""
    return tuple(ett for ett in KONTROLLER if ett.görs_i(slag))


_ORDNING = ("fel", "varning", "upplysning", "ej prövad", "ok")


def kontrollera(r: Redovisning) -> tuple[Finding, ...]:
    """Run every check; one that finds nothing says so, or that it had nothing to try. The gravest first, waived ones as
    upplysning, and those that only follow of another under it.
    """
    alla = med_följder(_alla(r), r, _alla)
    return tuple(sorted(alla, key=lambda f: (_ORDNING.index(f.nivå), not _gäller_allt(f))))


def _gäller_allt(f: Finding) -> bool:
    """Whether all else follows of it: the ledger is another förbund's."""
    return f.kod == check_ägare.kod and f.nivå == "fel"


def _alla(r: Redovisning) -> list[Finding]:
    return [f for kontroll in kontroller_i(r.år.rapport) for f in kontrollera_en(kontroll, r)]


def kontrollera_en(kontroll: Kontrollfunktion, r: Redovisning) -> list[Finding]:
    """What one check says: what it found, or that all is well, or that it had nothing to try."""
    funna, prövade, saknas = utfall(kontroll(r))
    if funna:
        return [replace(_undanta(f, r), prövade=prövade) for f in funna]
    if not prövade:
        return [kontroll.ej_prövad()]
    return [kontroll.ok(prövade, f" Ej prövat: {'; '.join(saknas)}." if saknas else "")]


def jämförelser(r: Redovisning) -> tuple[tuple[str, Jämförelse], ...]:
    """What the reconciliations of a report held against each other, in facts, with the code of each."""
    gjorda = ((ett.kod, prövat) for ett in kontroller_i(r.år.rapport) if ett.avstämning for prövat in ett(r))
    return tuple((kod, ett.jämfört) for kod, ett in gjorda if isinstance(ett, Prövat) and ett.jämfört)


def _undanta(f: Finding, r: Redovisning) -> Finding:
    """A finding somebody has answered for is printed with the answer."""
    if f.nivå not in ("fel", "varning"):
        return f
    for undantag in r.år.underlag.undantag:
        if undantag.kod == f.kod and undantag.gäller in ("", f.källa):
            ord_ = f"{f.text} Godtaget av {undantag.namn} {undantag.datum.isoformat()}: {undantag.skäl}"
            return replace(f, nivå="upplysning", text=ord_, godtaget=True)
    return f


def med_fler(findings: Iterable[Finding], fler: Iterable[Finding], r: Redovisning) -> tuple[Finding, ...]:
    """The findings with those of a check that is made later, when there is a document to read."""
    alla = (*findings, *(_undanta(f, r) for f in fler))
    return tuple(sorted(alla, key=lambda f: _ORDNING.index(f.nivå)))


def har_fel(findings: tuple[Finding, ...]) -> bool:
    """Whether a document with these findings is a draft."""
    return any(f.nivå == "fel" for f in findings)


GRUPPER: dict[Kontrollnivå, str] = {
    "fel": "Hindrar",
    "varning": "Att ta ställning till",
    "upplysning": "Bra att veta",
    "ej prövad": "Kunde inte prövas",
    "ok": "Gick igenom utan anmärkning",
}
"""What a reader calls the findings of each level."""

_I_ORD: dict[Kontrollnivå, tuple[str, str]] = {
    "fel": ("fel", "fel"),
    "varning": ("varning", "varningar"),
    "upplysning": ("upplysning", "upplysningar"),
    "ok": ("godkänd", "godkända"),
    "ej prövad": ("ej prövad", "ej prövade"),
}


def antal_per_nivå(findings: Iterable[Finding]) -> list[str]:
    """How many there are of each level, in words.

    >>> antal_per_nivå([Finding("ok", ""), Finding("fel", ""), Finding("varning", "")])
    ['1 fel', '1 varning', '0 upplysningar', '1 godkänd', '0 ej prövade']
    """
    antal = Counter(f.nivå for f in findings)
    return [antal_av(nivå, antal[nivå]) for nivå in _I_ORD]


def antal_av(nivå: Kontrollnivå, antal: int) -> str:
    """So many of a level, in words.

    >>> antal_av("varning", 1), antal_av("varning", 2)
    ('1 varning', '2 varningar')
    """
    return f"{antal} {_I_ORD[nivå][antal != 1]}"
