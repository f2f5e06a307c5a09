"""Where the document as it was published says otherwise than the figures computed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, TKR, andel, avrunda, kr, svenskt_tal, tkr
from finsam.model.fakta import GAMLA_ID, Fakta, Summa
from finsam.model.ord import VISAS_EJ, uppräkning
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell
from finsam.read.indata import förslag
from finsam.statements.redovisning import Redovisning, tabeller

ANGIVEN = "Angiven orsak:"
"""What goes before a reason that somebody has written in publicerat.yml; others are guessed."""

_FAKTAENHET = {"kr": "kr", "tkr": "kr", "procent": "andel", "antal": "antal"}
_ENHETSORD = {"kr": "kronor", "andel": "procent", "antal": "antal", "text": "ord"}
_BÅDA_TECKNEN = re.compile("resultat|kapital|avvikelse|saldo|överskott|underskott|oversk|undersk|kassafl")
"""Words of what may be on either side of nil, so that its sign says something."""
_RÄKNINGAR = ("rr.", "br.", "kf.")
_KÄNNS_IGEN = 1000
"""From here up a printed amount that is also ours is no coincidence."""


@kontroll(
    "C31",
    "Publicerade tal stämmer med de beräknade.",
    saknas="inget publicerat dokument att jämföra med (publicerat.yml)",
)
def check_publicerat(r: Redovisning) -> Kontroll:
    """List every published figure that differs from ours, or cannot be compared, with both and the likely reason."""
    namn = _namngivna(r) if r.år.publicerat else {}
    kända = {f.id for f in r.fakta.values()}
    for tabell in r.år.publicerat:
        for rad in tabell.rader:
            if rad.fakta and (hinder := _går_inte_att_jämföra(r, tabell, rad, kända)):
                yield hinder
                continue
            yield from _heter_annat(r, tabell, rad, namn)
            for period, tryckt in rad.värden.items():
                ett = _jämför if rad.fakta else _jämför_utan_fakta
                yield from ett(r, tabell, rad, period, tryckt, namn)
            yield from _vänt(r, tabell, rad)
        yield from _egna_summor(tabell, r)


def _var(tabell: Publiceradtabell, rad: Publiceradrad, period: str = "") -> str:
    return " ".join(
        filter(None, (f"{tabell.rubrik}, {rad.etikett}", period, f"(sidan {tabell.sida})" if tabell.sida else ""))
    )


def sammanfatta(funna: Sequence[Finding]) -> str:
    """Findings of C31 of one level in a sentence, when they are too many to be told one by one."""
    if funna[0].nivå == "upplysning":
        return f"{len(funna)} upplysningar om det publicerade."
    förklarade = sum(ANGIVEN in f.text for f in funna)
    så_många = "alla" if förklarade == len(funna) else f"{förklarade or 'ingen'} av dem"
    return f"{len(funna)} skillnader mot det publicerade; {så_många} har en angiven orsak."


def efter_tabell(funna: Sequence[Finding], tabeller: Sequence[Publiceradtabell]) -> dict[str, list[Finding]]:
    """Findings of C31 by the heading of the published table that each is about, in the tables' order; "" for none."""
    rubriker = sorted({tabell.rubrik for tabell in tabeller}, key=len, reverse=True)
    ordnade: dict[str, list[Finding]] = {rubrik: [] for rubrik in (*(tabell.rubrik for tabell in tabeller), "")}
    for f in funna:
        ordnade[next((rubrik for rubrik in rubriker if f.text.startswith(f"{rubrik}, ")), "")].append(f)
    return {rubrik: tabellens for rubrik, tabellens in ordnade.items() if tabellens}


# What a row says that it is


def _namngivna(r: Redovisning) -> Mapping[str, list[str]]:
    """The facts that the report's own tables show under each label, by its words."""
    namn: dict[str, dict[str, None]] = {}
    for tabell in tabeller(r):
        for rad in tabell.rader:
            for cell in rad.celler:
                if cell.fakta:
                    namn.setdefault(rad.etikett.casefold(), {})[r.fakta[cell.fakta].id] = None
    return {etikett: list(fakta) for etikett, fakta in namn.items()}


def _går_inte_att_jämföra(
    r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, kända: set[str]
) -> Finding | None:
    """A row whose fact is not there, or is of another kind than the row."""
    var, id_ = _var(tabell, rad), GAMLA_ID.get(rad.fakta, rad.fakta)
    if id_ not in kända:
        text = f"{var}: faktat {rad.fakta} finns inte, så raden jämförs inte.{förslag(rad.fakta, kända)}"
        return Finding("varning", text, rad.fakta)
    enheter = {f.enhet for period in rad.värden if (f := r.fakta.get(f"{id_}/{period}")) and f.enhet != "text"}
    if enheter - {_FAKTAENHET[rad.enhet]}:
        är = _ENHETSORD[min(enheter)]
        return Finding("varning", f"{var}: raden är i {rad.enhet} men faktat {rad.fakta} i {är}.", rad.fakta)
    return None


def _heter_annat(
    r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, namn: Mapping[str, list[str]]
) -> Iterator[Finding]:
    """A row whose words name one thing, and whose fact is another."""
    menat, id_ = _menat(r, rad, namn), GAMLA_ID.get(rad.fakta, rad.fakta)
    if not (id_ and menat) or id_ in menat:
        return
    i_räkningarna = all(ett.startswith(_RÄKNINGAR) for ett in (id_, menat[0]))
    if i_räkningarna or not _lika(r, rad, id_, menat[0]):
        text = (
            f"{_var(tabell, rad)}: raden heter {rad.etikett} men jämförs med {rad.fakta}. Det som heter så här är "
            f"{menat[0]}. Byt radens fakta; skiljer talen sig då, skriv varför (orsak)."
        )
        yield Finding("varning", text, rad.fakta)


def _menat(r: Redovisning, rad: Publiceradrad, namn: Mapping[str, list[str]]) -> list[str]:
    """The facts that the row's label names; none when it names what is not the same everywhere."""
    menat = [
        id_
        for id_ in namn.get(rad.etikett.casefold(), ())
        if any((f := r.fakta.get(f"{id_}/{p}")) and f.enhet == _FAKTAENHET[rad.enhet] for p in rad.värden)
    ]
    return menat if all(_lika(r, rad, menat[0], id_) for id_ in menat) else []


def _lika(r: Redovisning, rad: Publiceradrad, ena: str, andra: str) -> bool:
    """Whether two facts are the same figure in every year of the row that both have."""
    par = [(r.fakta.get(f"{ena}/{p}"), r.fakta.get(f"{andra}/{p}")) for p in rad.värden]
    return all(e.värde == a.värde for e, a in par if e and a)


# A figure with a fact


def _jämför(
    r: Redovisning,
    tabell: Publiceradtabell,
    rad: Publiceradrad,
    period: str,
    tryckt: Decimal,
    namn: Mapping[str, list[str]],
) -> Kontroll:
    nyckel, var = f"{rad.fakta}/{period}", _var(tabell, rad, period)
    fakta, angiven = r.fakta.get(nyckel), _angiven(rad, period)
    if fakta is not None and fakta.dold:
        yield Finding("upplysning", f"{var}: publicerat, {VISAS_EJ} här.", nyckel)
        return
    if fakta is None or fakta.värde is None:
        nivå: Kontrollnivå = "varning" if _borde_finnas(r, tabell, rad, period) else "upplysning"
        text = f"{var}: publicerat {_visa(tryckt, rad.enhet)}, utan motsvarighet här."
        yield Finding(nivå, _med_orsak(text, angiven), nyckel)
        return
    vårt = _i_enhet(fakta.värde, rad.enhet) * rad.tecken
    yield Prövat()
    if _rundat(vårt, tryckt) == tryckt:
        if angiven:
            yield Finding("upplysning", f"{var}: talen är lika, så orsaken förklarar inget: {angiven}", nyckel)
        return
    text = f"{var}: publicerat {_visa(tryckt, rad.enhet)}, här {_visa(vårt, rad.enhet)}."
    text = _med_orsak(text, angiven, "" if angiven else _orsak(r, tabell, rad, period, tryckt, vårt))
    if not angiven and rad.orsak:
        text += f" Raden har en orsak, men inte för vilket år: skriv orsak: {{{period}: …}}."
    avrundning = rad.enhet == "kr" and abs(tryckt - vårt) <= 1
    yield Finding("upplysning" if avrundning else "varning", text, nyckel, tryckt - vårt)


def _angiven(rad: Publiceradrad, period: str) -> str:
    """The reason that is written for a figure. A text without a year is for a row of one figure, or of no fact."""
    utan_år = rad.orsak if len(rad.värden) == 1 or not rad.fakta else ""
    return rad.orsaker.get(period, utan_år)


def _med_orsak(text: str, angiven: str, trolig: str = "") -> str:
    orsak = f" {ANGIVEN} {angiven}" if angiven else f" Trolig orsak: {trolig}" if trolig else ""
    return f"{text}{orsak}{'.' if orsak and not orsak.endswith('.') else ''}"


def _borde_finnas(r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, period: str) -> bool:
    """Whether a figure should have one here: ours is empty, or the year is one that no other row of the table has."""
    fakta = r.fakta.get(f"{rad.fakta}/{period}")
    if fakta is not None:
        return not fakta.text
    andra = [ett.värden for ett in tabell.rader if ett is not rad]
    return bool(andra) and not any(period in värden for värden in andra)


# A figure without a fact


def _jämför_utan_fakta(
    r: Redovisning,
    tabell: Publiceradtabell,
    rad: Publiceradrad,
    period: str,
    tryckt: Decimal,
    namn: Mapping[str, list[str]],
) -> Kontroll:
    """That nothing answers to a figure must be said, and be so."""
    angiven, text = _angiven(rad, period), f"{_var(tabell, rad, period)}: publicerat {_visa(tryckt, rad.enhet)}"
    skiljer = NOLL
    if funnen := _motsvarighet(r, tabell, rad, period, namn):
        vad, vårt = funnen
        text += f", utan fakta på raden, men {vad} är {_visa(vårt, rad.enhet)} här."
        vänt = _rundat(-vårt, tryckt) == tryckt and not _BÅDA_TECKNEN.search(f"{vad} {rad.etikett}".casefold())
        skiljer = NOLL if vänt or _rundat(vårt, tryckt) == tryckt else tryckt - vårt
    else:
        text += ", utan motsvarighet här."
    if not angiven:
        text += " Skriv radens fakta, eller varför det inte finns något (orsak)."
    nivå: Kontrollnivå = "varning" if skiljer or not angiven else "upplysning"
    yield Finding(nivå, _med_orsak(text, angiven), f"/{period}", skiljer)


def _motsvarighet(
    r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad, period: str, namn: Mapping[str, list[str]]
) -> tuple[str, Decimal] | None:
    """What a figure without a fact is all the same, and how much that is here in the row's unit.

    Its label or the figures of its other years name a fact; or the sums that it is in, or is, say what it must be.
    """
    for id_ in (*_menat(r, rad, namn), *_igenkända(r, rad, period)):
        fakta = r.fakta.get(f"{id_}/{period}")
        if fakta and fakta.värde is not None:
            return id_, _i_enhet(fakta.värde, rad.enhet)
    delar = [ett for ett in tabell.rader if ett.etikett in rad.summa_av]
    if delar and (summa := _våra(r, delar, period, rad.enhet)) is not None:
        return f"summan av {uppräkning([ett.etikett for ett in delar])}", summa
    for hel in tabell.rader:
        syskon = [ett for ett in tabell.rader if ett.etikett in hel.summa_av and ett is not rad]
        if hel.fakta and rad.etikett in hel.summa_av:
            helt, resten = _våra(r, [hel], period, rad.enhet), _våra(r, syskon, period, rad.enhet)
            if helt is not None and resten is not None:
                return f"det som återstår av {hel.etikett}", helt - resten
    return None


def _igenkända(r: Redovisning, rad: Publiceradrad, period: str) -> list[str]:
    """The facts that are what the row says in all its other years."""
    lika: dict[str, bool] = {}
    for f in r.fakta.values():
        tryckt = rad.värden.get(f.period, NOLL)
        if f.värde is not None and f.period != period and f.period in rad.värden and f.enhet == _FAKTAENHET[rad.enhet]:
            vårt = _i_enhet(f.värde, rad.enhet)
            samma = abs(tryckt) >= _KÄNNS_IGEN and tryckt in (_rundat(vårt, tryckt), _rundat(-vårt, tryckt))
            lika[f.id] = samma and lika.get(f.id, True)
    return [id_ for id_, alla in lika.items() if alla]


def _våra(r: Redovisning, rader: Sequence[Publiceradrad], period: str, enhet: str) -> Decimal | None:
    """What rows add up to by our figures, as they are printed; None when one of them has none that may be shown."""
    summa = NOLL
    for rad in rader:
        if period in rad.värden:
            fakta = r.fakta.get(f"{rad.fakta}/{period}")
            if fakta is None or fakta.värde is None or rad.enhet != enhet:
                return None
            summa += _i_enhet(fakta.värde, enhet) * rad.tecken
    return summa


# A sign that is turned


def _vänt(r: Redovisning, tabell: Publiceradtabell, rad: Publiceradrad) -> Iterator[Finding]:
    """Figures that agree because the row turns the sign of what is no cost: the sign may be the error."""
    lika = []
    for period, tryckt in rad.värden.items():
        fakta = r.fakta.get(f"{rad.fakta}/{period}")
        if rad.tecken > 0 or fakta is None or not fakta.värde or _är_kostnad(r, rad, fakta):
            continue
        vårt = _i_enhet(fakta.värde, rad.enhet)
        if _rundat(-vårt, tryckt) == tryckt:
            lika.append(f"{period} publicerat {_visa(tryckt, rad.enhet)}, här {_visa(vårt, rad.enhet)}")
    if lika:
        text = f"{_var(tabell, rad)}: talen är lika bara för att tecknet vänds (tecken: -1). {'; '.join(lika)}."
        yield Finding("upplysning", text, rad.fakta)


def _är_kostnad(r: Redovisning, rad: Publiceradrad, fakta: Fakta) -> bool:
    """Whether a fact can only be a cost, which many print without minus."""
    if _BÅDA_TECKNEN.search(f"{fakta.id} {rad.etikett}".casefold()):
        return False
    delar = list(_delar(r, fakta, 1))
    konton = {konto for _, ett in delar for konto in ett.konton}
    return all(tecken * (ett.värde or NOLL) <= 0 for tecken, ett in delar) and all(k[0] in "45678" for k in konton)


def _delar(r: Redovisning, fakta: Fakta, tecken: int) -> Iterator[tuple[int, Fakta]]:
    """The facts that a sum is of in the end, with the sign that each has in it."""
    if isinstance(fakta.källa, Summa):
        for t, nyckel in fakta.källa.termer:
            yield from _delar(r, r.fakta[nyckel], tecken * t)
    else:
        yield tecken, fakta


# Figures


def _i_enhet(värde: Decimal, enhet: str) -> Decimal:
    return {"tkr": värde / TKR, "procent": värde * 100}.get(enhet, värde)


def _steg(tryckt: Decimal) -> Decimal:
    """One in the last decimal that a figure is printed with."""
    exponent = tryckt.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)


def _rundat(tal: Decimal, tryckt: Decimal) -> Decimal:
    """Our figure with the decimals the printed one has."""
    return avrunda(tal, -int(_steg(tryckt).as_tuple().exponent))


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
    runt = _rundat(vårt, tryckt)
    if tryckt == -runt:
        return "omvänt tecken" + (" (raden har tecken: -1)" if rad.tecken < 0 else "")
    if rad.enhet != "antal" and tryckt == vårt.quantize(_steg(tryckt), ROUND_DOWN):
        return "avkortat i stället för avrundat"
    if rad.enhet != "antal" and abs(tryckt - (vårt if rad.enhet == "procent" else runt)) <= _steg(tryckt):
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
            vårt = r.fakta.värde(nyckel)
            lika = vårt is not None and _rundat(_i_enhet(vårt, rad.enhet) * rad.tecken, tryckt) == tryckt
            if summa is not None and summa != tryckt and lika:
                text = (
                    f"{tabell.rubrik}, {rad.etikett} {period}: publicerad summa {_visa(tryckt, rad.enhet)}, "
                    f"men de publicerade raderna ger {_visa(summa, rad.enhet)}."
                )
                yield Finding("upplysning", text, nyckel, tryckt - summa)
