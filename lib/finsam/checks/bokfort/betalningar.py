"""Payments against the invoices that their texts name: paid with another amount, never booked, or booked twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from finsam.checks.bokfort.poster import BETALNING, ÖRESAVRUNDNING, belopp_per_konto, nämn, verifikationer
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import kr
from finsam.model.bokforing import Transaktion, Verifikation, bokfört
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.verifikattext import perioder
from finsam.statements.redovisning import Redovisning

_BALANS, _BANK = ("1", "2"), "19"
_LEVERANTÖR = "24"
_FÖRRA_ÅRETS = timedelta(days=90)
"""How long after the beginning of the year invoices of the year before may be paid."""
_MINST = 10
"""How many payments that have their invoice, for the only one of the year's that has none to be told of."""


@kontroll(
    "C91",
    "Varje betalning är lika stor som den faktura som den nämner.",
    lag="LKBR 3 kap.",
    saknas="inga verifikationer är betalningar av en annan i bokföringen",
    i=(ÅRSREDOVISNING,),
)
def check_betalningar(r: Redovisning) -> Kontroll:
    """The payment of a text is of the verifikation X: as much, and of one only."""
    alla, bokår = verifikationer(r), r.år.bokföring.år.get(0)
    if not alla or bokår is None:
        return
    betalda = _betalda(alla)
    fakturor: dict[str, list[Verifikation]] = defaultdict(list)
    övriga: list[Verifikation] = []
    for ver in alla:
        if ver.text in betalda:
            fakturor[ver.text].append(ver)
        elif _betalt(ver) is None:
            övriga.append(ver)
    yield Prövat(len(fakturor))
    for text, betalningar in betalda.items():
        if len(betalningar) == 1 and (sagt := _jämförd(betalningar[0], fakturor[text], övriga)):
            yield Finding("varning", sagt, "bokforing.se")
    sen = bokår.start + _FÖRRA_ÅRETS
    utan = [ver for text, egna in betalda.items() if not fakturor[text] for ver in egna]
    årets = [ver for ver in utan if ver.datum and ver.datum >= sen and any(map(_är_skuld, ver.rader))]
    if len(årets) == 1 and (andra := len(betalda) - len(utan)) >= _MINST and not _flera(årets[0], övriga):
        text = f"Ingen faktura har samma text som det verifikation {nämn(årets[0])} betalar, som de {andra} andra har."
        yield Finding("varning", f"{text} Är den inte bokförd?", "bokforing.se")


def _flera(betalning: Verifikation, obetalda: Iterable[Verifikation]) -> bool:
    """Whether invoices of the same supplier have no payment of their own: one may be of several."""
    vem = (_betalt(betalning) or "").split()[:1]
    return any(ver.text.split()[:1] == vem for ver in obetalda)


def _är_skuld(rad: Transaktion) -> bool:
    return rad.konto.startswith(_LEVERANTÖR)


def _betalda(alla: Iterable[Verifikation]) -> dict[str, list[Verifikation]]:
    """The payments by the text of what they pay."""
    betalda: dict[str, list[Verifikation]] = defaultdict(list)
    for ver in alla:
        if text := _betalt(ver):
            betalda[text].append(ver)
    return betalda


def _betalt(ver: Verifikation) -> str | None:
    """The text of what a verifikation is the payment of; `None` when it is no payment."""
    första, _, resten = ver.text.partition(" ")
    return resten.strip() if första.rstrip(",:").lower() in BETALNING else None


def _jämförd(betalning: Verifikation, fakturor: Sequence[Verifikation], övriga: Iterable[Verifikation]) -> str | None:
    """What is said of a payment and what it pays: another amount, or that the same is booked twice."""
    fakturor = [ett for ett in fakturor if ett.datum and betalning.datum and ett.datum <= betalning.datum]
    if len(fakturor) == 1:
        for konto, faktura, betalt in _gemensamt(fakturor[0], betalning):
            före = (ett for ett in övriga if ett.datum and betalning.datum and ett.datum <= betalning.datum)
            if abs(faktura + betalt) <= ÖRESAVRUNDNING or _kvittat(före, konto, faktura + betalt):
                continue
            if faktura == betalt:
                som = f"som {nämn(fakturor[0])}, som den betalar. Vänd den, eller rätta texten."
                return f"Verifikation {nämn(betalning)} har debet och kredit på konto {konto} {som}"
            mot = f"men {nämn(fakturor[0])}, som den betalar, har {kr(abs(faktura))} kr. Vilket är rätt?"
            return f"Verifikation {nämn(betalning)} har {kr(abs(betalt))} kr på konto {konto}, {mot}"
    if len(fakturor) == 2 and perioder(betalning.text) and bokfört(fakturor[0]) == bokfört(fakturor[1]):
        lika = f"{nämn(fakturor[0])} och {nämn(fakturor[1])}"
        return f"Verifikationerna {lika} är lika, men bara en är betald. Är något bokfört två gånger?"
    return None


def _gemensamt(faktura: Verifikation, betalning: Verifikation) -> Iterator[tuple[str, Decimal, Decimal]]:
    """The balance konton that both have, the bank aside, and what each has on them."""
    ena, andra = belopp_per_konto(faktura), belopp_per_konto(betalning)
    konton = [ett for ett in ena if ett in andra and ett.startswith(_BALANS) and not ett.startswith(_BANK)]
    return ((konto, ena[konto], andra[konto]) for konto in konton)


def _kvittat(övriga: Iterable[Verifikation], konto: str, rest: Decimal) -> bool:
    """Whether something that has no payment, such as a credit note, is as much as what was not paid."""
    return any(belopp_per_konto(ver).get(konto) == -rest for ver in övriga)
