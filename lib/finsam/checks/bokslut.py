"""Checks of what closes the books: that balances are checked against something, and that projects add up."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.obligatoriskt import datum
from finsam.model.belopp import NOLL, kr, svenskt_tal
from finsam.model.ord import MÅNADER, uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Projektrad
from finsam.read.indata import förslag
from finsam.statements.bokslut.projekt import HELA, HUNDRA, lästa_projekt
from finsam.statements.bokslut.specifikation import bokslutsspecifikation
from finsam.statements.redovisning import Redovisning

HELT_ÖRE = Decimal("0.01")
_FÖR_TIDIGT = re.compile(rf"(?<!\w)(?:{'|'.join(MÅNADER[3:11])})(?!\w)", re.IGNORECASE)
"""Months whose list says nothing of the end of the year; what is paid in advance may be for the first of the next."""


@kontroll(
    "C46",
    "Varje konto i balansräkningen är avstämt, och saldot är det man stämde av mot.",
    lag="LKBR 4 kap. 6 §",
    saknas="inga avstämningar (bladet Avstämningar)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_avstämningar(r: Redovisning) -> Kontroll:
    """What was checked has the ledger's balance; when any konto is checked, all that have a balance are."""
    if not r.år.underlag.avstämningar:
        return
    konton = {konto.konto: konto for post in bokslutsspecifikation(r.år) for konto in post.konton}
    undertecknad = datum(r, "undertecknad")
    for rad in r.år.underlag.avstämningar:
        yield Prövat()
        plats = f"{rad.blad}, rad {rad.rad}"
        saldo = konton[rad.konto].saldo if rad.konto in konton else NOLL
        if rad.konto not in r.år.bokföring.konton:
            text = f"Kontot {rad.konto} finns inte i bokföringen.{förslag(rad.konto, konton)}"
            yield Finding("fel", f"{text} Rätta Konto, eller ta bort raden.", plats)
        elif rad.belopp != saldo:
            text = f"Konto {rad.konto} är {_öre(saldo)} kr i bokföringen men {_öre(rad.belopp)} kr enligt {rad.mot}"
            if rad.belopp == -saldo:
                text += f": bara tecknet skiljer. Skriv {_öre(saldo)} i Belopp, om det är vad som stämdes av."
            else:
                text += f"; {_öre(saldo - rad.belopp)} kr skiljer. Rätta bokföringen, eller Belopp."
            yield Finding("fel", text, plats, saldo - rad.belopp)
        if rad.datum and rad.datum < date(r.år.årtal, 12, 31):
            text = (
                f"Konto {rad.konto} är avstämt {rad.datum.isoformat()}, före årets slut. Stäm av saldot vid årets slut."
            )
            yield Finding("varning", text, plats)
        if månad := _FÖR_TIDIGT.search(rad.mot):
            text = f"Konto {rad.konto} är avstämt mot {rad.mot}. Stäm av mot december, inte {månad[0]}."
            yield Finding("varning", text, plats)
        if rad.datum and undertecknad and rad.datum > undertecknad:
            text = (
                f"Konto {rad.konto} är avstämt {rad.datum.isoformat()}, efter underskriften {undertecknad.isoformat()}."
            )
            yield Finding("varning", f"{text} Rätta Datum.", plats)
    kvar = [konto.konto for konto in konton.values() if konto.ub and konto.avstämning is None]
    if kvar:
        text = f"Ingen rad säger vad {uppräkning([f'konto {konto}' for konto in kvar])} är avstämt mot."
        yield Finding("varning", f"{text} Skriv det i bladet Avstämningar.", r.år.underlag.fil)


def _öre(belopp: Decimal) -> str:
    return svenskt_tal(belopp, 2)


@kontroll(
    "C47",
    "Projektens bidrag är intäkt i takt med kostnaderna, och det som är kvar är skuld.",
    lag="RKR R2",
    saknas="inga projekt med egen redovisning (bladet Projektredovisning)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_projekt(r: Redovisning) -> Kontroll:
    """Income follows cost; the grant is not overdrawn; what is paid out and not yet income is the debt."""
    kända = {p.id for p in lästa_projekt(r.år, r.fakta)}
    for p in r.år.underlag.projektredovisning:
        plats = f"{p.blad}, rad {p.rad}"
        yield Prövat()
        for rubrik, id_ in (("Kostnader", p.kostnader), ("Intäkter", p.intäkter), ("Förskott", p.förskott)):
            if id_ and f"{id_}/{r.år.period}" not in r.fakta:
                egna = {_sist(f.id): f.id for f in r.fakta.values() if f.id.startswith(_fakta_för(rubrik, r))}
                liknar = förslag(id_, egna.values()) if förslag(_sist(id_), egna) else ""
                text = f"{p.namn}: faktat {id_} i {rubrik} finns inte."
                yield Finding("fel", text + (liknar or _RÅD[rubrik]), plats)
        if p.till < p.från:
            text = f"{p.namn} slutar {p.till.isoformat()}, före sin början {p.från.isoformat()}. Rätta Från eller Till."
            yield Finding("fel", text, plats)
        elif p.id in kända:
            yield from _check_projektets_tal(p, r, plats)


_POSTER = {"Intäkter": "rr.verksamhetens_intakter", "Förskott": "br."}
_RÅD = {
    "Kostnader": " Skriv en rad i kostnadsfördelningen, som kostnad.individ.steget.",
    "Intäkter": " Ge kontot för bidraget en egen rad i noten om intäkter (not_rad i kontoplan.csv), och skriv den här.",
    "Förskott": " Ge kontot för skulden en egen rad i noten om skulder (not_rad i kontoplan.csv), och skriv den här.",
}
"""By column of the sheet: what post its notes explain, and how a fact that can stand in it is made."""


def _sist(id_: str) -> str:
    """What tells a fact from the others of its note or group."""
    return id_.rpartition(".")[2]


def _fakta_för(rubrik: str, r: Redovisning) -> tuple[str, ...]:
    """How the facts begin that can stand in a column."""
    if rubrik not in _POSTER:
        return ("kostnad.",)
    return tuple(f"not.{notis.id}." for notis in r.år.förbund.noter if notis.post.startswith(_POSTER[rubrik]))


def _check_projektets_tal(p: Projektrad, r: Redovisning, plats: str) -> Kontroll:
    def värde(id_: str, period: str = "") -> Decimal | None:
        return r.fakta.värde(f"{id_}/{period or r.år.period}")

    egen, hela = f"projekt.{p.id}", värde(f"projekt.{p.id}.intakter_{HELA}") or NOLL
    for period in (r.år.period, r.år.föregående):
        intäkt, kostnad = värde(p.intäkter, period), värde(p.kostnader, period)
        if intäkt is None or kostnad is None:
            continue
        yield Prövat()
        ska = (värde(f"{egen}.stodgrundande", period) or NOLL) * (p.andel if p.andel is not None else HUNDRA) / HUNDRA
        if p.andel is not None and p.stödgrundande and abs(intäkt - ska) > HELT_ÖRE:
            text = (
                f"{p.namn} {period}: bidraget är {kr(intäkt)} kr, men {p.andel} procent av de stödgrundande "
                f"kostnaderna är {kr(ska)} kr; {kr(intäkt - ska)} kr skiljer. Periodisera bidraget, eller rätta Andel."
            )
            yield Finding("fel", text, plats, intäkt - ska)
        elif intäkt > ska + HELT_ÖRE:
            text = (
                f"{p.namn} {period}: bidraget {kr(intäkt)} kr är mer än det som finansiären betalar av kostnaderna, "
                f"{kr(ska)} kr. Det som inte är förbrukat är skuld till finansiären."
            )
            yield Finding("fel", text, plats, intäkt - ska)
        if (kostnad or intäkt) and not p.från.year <= int(period) <= p.till.year:
            text = (
                f"{p.namn} har kostnader eller bidrag {period}, men pågår {p.från.year}–{p.till.year}. Stämmer tiden?"
            )
            yield Finding("varning", text, plats)
    yield Prövat()
    if hela > p.beviljat:
        text = f"{p.namn}: intäkterna är {kr(hela)} kr i hela projektet men bara {kr(p.beviljat)} kr är beviljat."
        yield Finding("fel", f"{text} Rätta Beviljat eller Tidigare intäkter.", plats, hela - p.beviljat)
    skuld = värde(p.förskott) if p.förskott else None
    yield Prövat(int(p.utbetalt is not None), "" if p.utbetalt is not None else f"vad som är utbetalt till {p.namn}")
    if p.utbetalt is not None and skuld is not None and p.utbetalt - hela != skuld and p.utbetalt >= hela:
        text = (
            f"{p.namn}: utbetalt {kr(p.utbetalt)} kr minus intäkterna {kr(hela)} kr är {kr(p.utbetalt - hela)} kr, "
            f"men skulden är {kr(skuld)} kr. Rätta Utbetalt, Tidigare intäkter eller bokföringen."
        )
        yield Finding("fel", text, plats, p.utbetalt - hela - skuld)
    if skuld and p.till < date(r.år.årtal, 12, 31):
        text = (
            f"{p.namn} slutade {p.till.isoformat()} men har {kr(skuld)} kr kvar i förskott. Ska det betalas tillbaka?"
        )
        yield Finding("varning", text, plats)
