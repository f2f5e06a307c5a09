"""What a heading or a row is called says intäkt of intäkter, kostnad of kostnader, and skuld of skulder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.statements.redovisning import Redovisning

_ORD = {
    "intäkt": re.compile("intäkt", re.I),
    "kostnad": re.compile(r"kostnad|utgift", re.I),
    "skuld": re.compile(r"skuld(?!er? från)", re.I),
    "tillgång": re.compile(r"tillgång|fordring|fordran", re.I),
}
_MOTSATS = {"intäkt": "kostnad", "kostnad": "intäkt", "skuld": "tillgång", "tillgång": "skuld"}
_SLAG_AV_POST = {
    "rr.verksamhetens_intakter": "intäkt",
    "rr.finansiella_intakter": "intäkt",
    "rr.verksamhetens_kostnader": "kostnad",
    "rr.finansiella_kostnader": "kostnad",
    "br.fordringar": "tillgång",
    "br.kortfristiga_skulder": "skuld",
    "br.langfristiga_skulder": "skuld",
}
_INTERIM = (
    (re.compile(r"förutbetalda kostnader|upplupna intäkter", re.I), "tillgång"),
    (re.compile(r"förutbetalda intäkter|upplupna kostnader", re.I), "skuld"),
)
"""What is paid before, or not yet, is a tillgång or a skuld by what of it is."""

Etikett = tuple[str, str, str]
"""Where it stands, what it is called, and what it is."""


@kontroll(
    "C82",
    "Rubriker och rader heter intäkter, kostnader, skulder och tillgångar efter vad de är.",
    saknas="inga rader har en egen etikett",
)
def check_etiketter(r: Redovisning) -> Kontroll:
    """No heading or row has only the word for the opposite of what it is."""
    for var, etikett, slag in (*_i_inställningarna(r), *_i_bladen(r)):
        yield Prövat()
        if _sagt(etikett, slag) == _MOTSATS[slag]:
            text = f"{var}: {etikett} är namnet på något som är en {slag}. Rätta namnet, eller det som det visar."
            yield Finding("varning", text, var.partition(",")[0] if ".yml" in var else var)


def _sagt(etikett: str, slag: str) -> str:
    """Which of what a row is and its opposite its name says; empty when it says neither or both."""
    interim = [annat for mönster, annat in _INTERIM if mönster.search(etikett)]
    if slag in ("tillgång", "skuld") and interim:
        return interim[0] if len(set(interim)) == 1 else ""
    sagda = [ett for ett in (slag, _MOTSATS[slag]) if _ORD[ett].search(etikett)]
    return sagda[0] if len(sagda) == 1 else ""


def _i_inställningarna(r: Redovisning) -> Iterator[Etikett]:
    f = r.år.förbund
    for nr, notis in enumerate(f.noter):
        slag = _SLAG_AV_POST.get(notis.post, "")
        if slag:
            yield ", ".join(f.var(("noter", nr, "rubrik"))), notis.rubrik, slag
            for i, rad in enumerate(notis.rader):
                yield ", ".join(f.var(("noter", nr, "rader", i))), rad.etikett, slag
    for nr, grupp in enumerate(f.kostnadsfördelning):
        for i, del_ in enumerate(grupp.rader):
            yield ", ".join(f.var(("kostnadsfördelning", nr, "rader", i))), del_.etikett, "kostnad"
    for nr, drift in enumerate(f.driftredovisning):
        if drift.av and all("kostnad" in ett for ett in drift.av):
            yield ", ".join(f.var(("driftredovisning", nr))), drift.etikett, "kostnad"
        elif drift.av and all("intakt" in ett for ett in drift.av):
            yield ", ".join(f.var(("driftredovisning", nr))), drift.etikett, "intäkt"


def _i_bladen(r: Redovisning) -> Iterator[Etikett]:
    u = r.år.underlag
    for kostnad in u.insatsekonomi:
        yield f"Insatsekonomi, rad {kostnad.rad}", kostnad.benämning, "kostnad"
    grupper = {rad.id for rad in u.budgetplan if rad.typ == "grupp"}
    for rad in u.budgetplan:
        slag = "intäkt" if rad.typ in ("medlemsbidrag", "extern intäkt", "finansiell intäkt") else "kostnad"
        if rad.typ != "grupp":
            yield f"Budgetplan, rad {rad.rad}", rad.benämning, slag
        elif rad.id in ("intakter", "kostnader") and rad.id in grupper:
            slag = "intäkt" if rad.id == "intakter" else "kostnad"
            yield f"Budgetplan, rad {rad.rad}", rad.benämning, slag
            yield f"Budgetplan, rad {rad.rad}", rad.summarad, slag
