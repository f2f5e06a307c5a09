"""Where the document as it was published says otherwise than the figures computed here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, TKR, andel, avrunda, kr, svenskt_tal, tkr
from finsam.model.ord import VISAS_EJ
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell
from finsam.statements.redovisning import Redovisning


@kontroll(
    "C31",
    "Publicerade tal stämmer med de beräknade.",
    saknas="inget publicerat dokument att jämföra med (publicerat.yml)",
)
def check_publicerat(r: Redovisning) -> Kontroll:
    """List every published figure that differs from ours, with both and the likely reason."""
    for tabell in r.år.publicerat:
        for rad in tabell.rader:
            for period, tryckt in rad.värden.items():
                yield from _jämför(r, tabell, rad, period, tryckt)
        yield from _egna_summor(tabell, r)


def _jämför(r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, period: str, tryckt: Decimal) -> Kontroll:
    nyckel = f"{rad.fakta}/{period}"
    if not rad.fakta and not rad.orsak:
        return
    var = f"{tabell.rubrik}, {rad.etikett} {period}" + (f" (sidan {tabell.sida})" if tabell.sida else "")
    fakta = r.fakta.get(nyckel)
    if fakta is not None and fakta.dold:
        yield Finding("upplysning", f"{var}: publicerat, {VISAS_EJ} här.", nyckel)
        return
    if fakta is None or fakta.värde is None:
        text = f"{var}: publicerat {_visa(tryckt, rad.enhet)}, utan motsvarighet här. {rad.orsak}".strip()
        yield Finding("upplysning", text, nyckel)
        return
    vårt = _i_enhet(fakta.värde, rad.enhet) * rad.tecken
    yield Prövat()
    if _rundat(vårt, tryckt, rad.enhet) == tryckt:
        return
    orsak = rad.orsak or _orsak(r, tabell, rad, period, tryckt, vårt)
    text = f"{var}: publicerat {_visa(tryckt, rad.enhet)}, här {_visa(vårt, rad.enhet)}. Trolig orsak: {orsak}"
    if not text.endswith("."):
        text += "."
    avrundning = rad.enhet == "kr" and abs(tryckt - vårt) <= 1
    yield Finding("upplysning" if avrundning else "varning", text, nyckel, tryckt - vårt)


def _i_enhet(värde: Decimal, enhet: str) -> Decimal:
    return {"tkr": värde / TKR, "procent": värde * 100}.get(enhet, värde)


def _rundat(tal: Decimal, tryckt: Decimal, enhet: str) -> Decimal:
    """Our figure with the decimals the printed one has."""
    exponent = tryckt.as_tuple().exponent
    return tal if enhet == "antal" else avrunda(tal, max(0, -exponent) if isinstance(exponent, int) else 0)


def _visa(tal: Decimal, enhet: str) -> str:
    match enhet:
        case "tkr":
            return f"{tkr(tal * TKR)} tkr"
        case "procent":
            return andel(tal / 100)
        case "kr":
            return f"{kr(tal)} kr"
        case _:
            return svenskt_tal(tal, 0 if tal == tal.to_integral_value() else 1)


def _orsak(
    r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, period: str, tryckt: Decimal, vårt: Decimal
) -> str:
    """The likely reason, by what the two figures look like."""
    runt = _rundat(vårt, tryckt, rad.enhet)
    if tryckt == -runt:
        return "omvänt tecken"
    if abs(tryckt - runt) <= 1:
        return "avrundning"
    if rad.summa_av and (summa := _radsumma(r, tabell, rad, period)) is not None and summa != tryckt:
        return f"den publicerade summan är inte summan av sina egna rader, som är {_visa(summa, rad.enhet)}"
    if rad.summa_av:
        return "summan följer rader som avviker"
    if sorted(str(abs(tryckt))) == sorted(str(abs(runt))):
        return "omkastade siffror"
    if runt and abs(tryckt / runt) in (Decimal(1000), Decimal(1) / 1000):
        return "fel enhet, kronor och tusen kronor"
    annan = next((p for p, v in rad.värden.items() if p != period and v == tryckt), None)
    return f"samma tal som för {annan}" if annan else "okänd; stäm av mot underlaget"


def _radsumma(r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, period: str) -> Decimal | None:
    """What the published rows of a sum add up to; None when there are none, or one of them is withheld here."""
    delar = [d for d in tabell.rader if d.etikett in rad.summa_av and period in d.värden]
    if any((f := r.fakta.get(f"{d.fakta}/{period}")) is not None and f.dold for d in delar):
        return None
    return sum((d.värden[period] for d in delar), NOLL) if delar else None


def _egna_summor(tabell: Publiceradtabell, r: Redovisning) -> Iterator[Finding]:
    """Published totals that are not the sum of their own rows although both sides equal ours elsewhere."""
    for rad in tabell.rader:
        for period, tryckt in rad.värden.items():
            summa = _radsumma(r, tabell, rad, period) if rad.summa_av else None
            nyckel = f"{rad.fakta}/{period}"
            vårt = r.fakta[nyckel].värde if nyckel in r.fakta else None
            lika = vårt is not None and _rundat(_i_enhet(vårt, rad.enhet) * rad.tecken, tryckt, rad.enhet) == tryckt
            if summa is not None and summa != tryckt and lika:
                text = (
                    f"{tabell.rubrik}, {rad.etikett} {period}: publicerad summa {_visa(tryckt, rad.enhet)}, "
                    f"men de publicerade raderna ger {_visa(summa, rad.enhet)}."
                )
                yield Finding("upplysning", text, nyckel, tryckt - summa)
