"""Checks of medlemsbidrag: the law's shares, what was booked against what was decided, member by member."""

from __future__ import annotations

from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.ord import uppräkning, versal
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.statements.bidragsfordelning import RAM, parter
from finsam.statements.bidragslag import EFTER, NYCKLAR, Part, delarna, delnamn, fördela, fördelning, medlemmar
from finsam.statements.flerarsoversikt import översiktsår
from finsam.statements.medlemsbidrag import INTÄKTER, Intäktsrad, intäktsrader, räknade
from finsam.statements.redovisning import Redovisning

LAG = "lag (2003:1210) 5 §"

HÖGST_RADER = 12
"""Rows of contributions whose sums are tried; with more, some sum is a half by chance."""


@kontroll(
    "C12",
    "Medlemsbidragen är bokförda som beslutat och delade som lagen och avtalen säger.",
    lag=LAG,
    saknas="inga beslutade bidrag (bladet Medlemsbidrag)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_medlemsbidrag(r: Redovisning) -> Kontroll:
    """The contributions are shared as the law and the agreements say, and the ledger has what was decided."""
    yield from _check_medlemmar(r)
    yield from _check_vad_som_är_bidrag(r)
    yield from _check_tidigare_år(r)
    if r.år.väntar_på_bokföringen:
        yield Prövat(0, "det bokförda, för bokföringen finns inte än")
    for period in (r.år.period, r.år.föregående):
        yield from check_andelar(r, period)
        yield from _check_delning(r, period)
        yield from _check_bokfört(r, period)


def _check_medlemmar(r: Redovisning) -> Kontroll:
    """The state and a kommun are members, and a region unless the kommuner are in none (3 §)."""
    alla = medlemmar(r.år, r.år.period)
    typer = {medlem.typ for medlem in alla}
    for typ, ord_ in (("stat", "Försäkringskassan och Arbetsförmedlingen (typ: stat)"), ("kommun", "en kommun")):
        if typ not in typer:
            text = f"Medlemmarna {r.år.period} saknar {ord_}, som ska delta."
            yield Finding("varning", text, "forbund.yml", lag="lag (2003:1210) 3 §")
    i_region = [medlem.namn for medlem in alla if medlem.typ == "kommun" and not medlem.utanför_region]
    if "region" not in typer and i_region:
        text = (
            f"Ingen region är medlem {r.år.period}. Det får vara så bara om {uppräkning(i_region)} inte ingår i någon "
        )
        text += "region: skriv då utanför_region: true på kommunen i forbund.yml. Lägg annars till regionen."
        yield Finding("varning", text, "forbund.yml", lag="lag (2003:1210) 3 §")
    if avtalat := r.år.förbund.bidragsnyckel.delar:
        text = f"Medlemsbidragen delas som avtalat ({avtalat.källa}) i stället för som lagen säger."
        yield Finding("upplysning", text, "forbund.yml")


def _check_vad_som_är_bidrag(r: Redovisning) -> Kontroll:
    """It can be told what of the income is medlemsbidrag, and nothing from others is counted as it."""
    f, rader = r.fakta[f"medlemsbidrag/{r.år.period}"], intäktsrader(r.år, r.fakta)
    räknas = räknade(f)
    if not räknas:
        for rad in (rad for rad in rader if rad.är_bidrag is None):
            yield Finding("fel", _fråga(rad, rader), "forbund.yml, medlemsbidrag")
    for rad in (rad for rad in rader if rad.främmande and (rad.fakta in räknas or INTÄKTER in räknas)):
        text = f"Raden {rad.etikett} räknas som medlemsbidrag, men har {uppräkning(list(rad.främmande))}. "
        text += (
            "Bidrag från EU, ESF och projekt är inte medlemsbidrag: ge dem en egen rad i noten, som inte räknas upp "
        )
        text += "under medlemsbidrag i forbund.yml."
        yield Finding("fel", text, "forbund.yml, medlemsbidrag")


def _check_tidigare_år(r: Redovisning) -> Kontroll:
    """An earlier year's medlemsbidrag is not all its income, where this year's is not."""
    åren = (r.år.period, r.år.föregående)
    if all(r.fakta[f"medlemsbidrag/{p}"].värde == r.fakta[f"{INTÄKTER}/{p}"].värde for p in åren):
        return
    antagna = [
        p
        for p in översiktsår(r.år)[len(åren) :]
        if räknade(r.fakta[f"medlemsbidrag/{p}"]) == (INTÄKTER,) and r.fakta[f"medlemsbidrag/{p}"].värde
    ]
    if antagna:
        text = (
            f"Medlemsbidraget {uppräkning(antagna)} är det årets alla intäkter, för annat är inte inmatat. Skriv det i "
        )
        text += "bladet Flerårsöversikt, med Post medlemsbidrag."
        yield Finding("varning", text, "Flerårsöversikt")


def _fråga(rad: Intäktsrad, rader: tuple[Intäktsrad, ...]) -> str:
    if rad.främmande:
        return (
            f"{rad.etikett} har {uppräkning(list(rad.främmande))}, som inte ser ut som medlemsbidrag, bland annat. "
            "Ge kontot en egen rad i noten för intäkter (kontoplan.csv och noter i forbund.yml), så räknas resten."
        )
    säkra = [ett.fakta for ett in rader if ett.är_bidrag] or ["not.intakter.staten"]
    return (
        f"Det framgår inte om {rad.etikett} är medlemsbidrag. Räkna upp dem som är det i forbund.yml, till exempel "
        f"medlemsbidrag: [{', '.join(säkra[:3])}]; {rad.fakta} ska stå där bara om den är det."
    )


def _check_delning(r: Redovisning, period: str) -> Kontroll:
    """Members that share a part have decided what their key gives, to the krona."""
    beslutat = _beslutat(r, period)
    totalt = sum(beslutat.values(), NOLL)
    if not totalt or any(medlem.id not in beslutat for medlem in medlemmar(r.år, period)):
        return
    delade = fördelning(r.år, totalt, period)
    for part in delade:
        if part.källa or part.beslutade == "inte efter invånare":  # an årsredovisning shows no split
            yield from _check_nyckel(part, period)
        if part.efter and not part.fråga and not part.beslutade:
            for post in part.poster:
                ska = sum((p.belopp or NOLL for del_ in delade for p in del_.poster if p.medlem == post.medlem), NOLL)
                skiljer = beslutat[post.medlem.id] - ska
                yield Prövat()
                if abs(skiljer) > 1 and _delens(part, delade, beslutat):
                    text = f"Bidraget från {post.medlem.namn} {period} är {kr(beslutat[post.medlem.id])} kr, men "
                    text += f"{EFTER[part.efter]} {kr(ska)} kr. Rätta bladet Medlemsbidrag, eller {_rätta(part)}."
                    yield Finding("varning", text, "Medlemsbidrag", skiljer)


def _delens(part: Part, delade: tuple[Part, ...], beslutat: dict[str, Decimal]) -> bool:
    """Whether the members of a part have decided the whole part: else its share is what is wrong."""
    andra = {post.medlem.id for annan in delade if annan != part for post in annan.poster}
    egna = [post.medlem.id for post in part.poster]
    return any(id_ in andra for id_ in egna) or abs(sum((beslutat[i] for i in egna), NOLL) - part.belopp) <= 1


def _rätta(part: Part) -> str:
    return f"bidragsnyckel: {NYCKLAR[part.del_]} i forbund.yml"


def _check_nyckel(part: Part, period: str) -> Kontroll:
    """A part that cannot be shared is asked for; one shared as decided, without a key, is said."""
    if part.fråga:
        yield Finding("fel", part.fråga, "forbund.yml, bidragsnyckel")
    elif part.beslutade:
        text = f"{versal(part.namn)} {period} är delad som medlemmarna har beslutat, {part.beslutade}. Rätta bladet "
        text += f"Medlemsbidrag, eller skriv {_rätta(part)}, till exempel efter: beslut, med källa."
        yield Finding("varning", text, "forbund.yml, bidragsnyckel")


def _beslutat(r: Redovisning, period: str) -> dict[str, Decimal]:
    """What each member has decided, in kronor, for those with a row."""
    nycklar = {medlem.id: f"medlemsbidrag.{medlem.id}/{period}" for medlem in r.år.förbund.medlemmar}
    return {id_: r.fakta[nyckel].värde or NOLL for id_, nyckel in nycklar.items() if nyckel in r.fakta}


def check_andelar(r: Redovisning, period: str) -> Kontroll:
    """The parts of what is decided for a year are the law's, or the agreed ones.

    A kommun that is also regarded as a region gives in two parts with one amount: those are then tried together.
    """
    beslutat, alla = _beslutat(r, period), medlemmar(r.år, period)
    totalt = sum(beslutat.values(), NOLL)
    saknas = [medlem.namn for medlem in alla if medlem.id not in beslutat]
    if saknas and totalt:
        text = f"Bladet Medlemsbidrag har inget belopp {period} för {uppräkning(saknas)}, så delarna kan inte prövas."
        yield Finding("varning", text, "Medlemsbidrag")
        return
    andelar = delarna(r.år.förbund, alla)
    ska = fördela(totalt, andelar)
    grupper: list[tuple[str, list[str], Decimal]] = []
    for del_, andel in andelar.items():
        vilka = [medlem.id for medlem in alla if medlem.typ == del_]
        grupper.append((delnamn(del_, andel, len(vilka)), vilka, ska[del_]))
    if "region" in andelar and any(medlem.utanför_region for medlem in alla):
        tillsammans = [grupp for grupp, del_ in zip(grupper, andelar, strict=True) if del_ != "stat"]
        vilka = [id_ for _, ids, _ in tillsammans for id_ in ids]
        namn = "regionernas och kommunernas del"
        grupper = [g for g in grupper if g not in tillsammans]
        grupper.append((namn, vilka, sum((belopp for *_, belopp in tillsammans), NOLL)))
    for namn, vilka, belopp in grupper if totalt else ():
        yield Prövat()
        är = sum((beslutat.get(id_, NOLL) for id_ in vilka), NOLL)
        if abs(är - belopp) > 1:
            text = f"{versal(namn)} {period} är {kr(är)} kr men ska vara {kr(belopp)} kr av {kr(totalt)} kr."
            lag = LAG if "region" in andelar else f"{LAG}, 5 a §"
            yield Finding("varning", text, "Medlemsbidrag", är - belopp, lag=lag)


def _check_bokfört(r: Redovisning, period: str) -> Kontroll:
    """The ledger has the sum that was decided, and each member's, where the note of income has a row for it."""
    beslutat = _beslutat(r, period)
    totalt, bokfört = sum(beslutat.values(), NOLL), r.fakta[f"medlemsbidrag/{period}"].värde
    yield Prövat(int(bool(totalt) and bokfört is not None))
    if totalt and bokfört is not None and bokfört != totalt:
        text = f"Medlemsbidragen {period} är bokförda med {kr(bokfört)} kr men beslutade till {kr(totalt)} kr."
        yield Finding("fel", text, "Medlemsbidrag", bokfört - totalt)
    noter = [notis.id for notis in r.år.förbund.noter if notis.post == INTÄKTER]
    for medlem in r.år.förbund.medlemmar:
        nyckel = next((n for id_ in noter if (n := f"not.{id_}.{medlem.id}/{period}") in r.fakta), "")
        i_noten = r.fakta[nyckel].värde if nyckel else None
        if i_noten is None or medlem.id not in beslutat:
            continue
        yield Prövat()
        if i_noten != beslutat[medlem.id]:
            text = (
                f"Bidraget från {medlem.namn} {period} är bokfört med {kr(i_noten)} kr men beslutat till "
                f"{kr(beslutat[medlem.id])} kr."
            )
            yield Finding("fel", text, "Medlemsbidrag", i_noten - beslutat[medlem.id])


@kontroll(
    "C12",
    "Medlemsbidragen är delade som lagen och avtalen säger.",
    lag=LAG,
    saknas="inga bidrag medlem för medlem (bladen Medlemsbidrag och Budgetplan)",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_planens_andelar(r: Redovisning) -> Kontroll:
    """The parts of what is decided for the budget year, and of the rows of the budget, are the law's."""
    yield from _check_medlemmar(r)
    yield from check_andelar(r, r.år.period)
    if _värde(r, RAM) is None:  # else C14 tries the split that is printed
        yield from _check_delning(r, r.år.period)
    alla = medlemmar(r.år, r.år.period)
    rader = [rad for rad in r.år.underlag.budgetplan if rad.typ == "medlemsbidrag"]
    andelar = {del_: andel for del_, andel in delarna(r.år.förbund, alla).items() if del_ != "kommun"}
    if any(medlem.utanför_region for medlem in alla):
        andelar.pop("region", None)
    for nr, fält in enumerate(("budget", "plan1", "plan2")):
        belopp = [b for rad in rader if (b := getattr(rad, fält))]
        totalt, summor = sum(belopp, NOLL), _delsummor(belopp) if len(belopp) <= HÖGST_RADER else set()
        for del_, andel in andelar.items() if 1 < len(belopp) <= HÖGST_RADER else ():
            yield Prövat()
            if all(abs(summa - totalt * andel) > 1 for summa in summor):
                namn = delnamn(del_, andel, sum(medlem.typ == del_ for medlem in alla))
                text = f"Inga av budgetens medlemsbidrag {r.år.årtal + nr} är tillsammans {namn} av {kr(totalt)} kr,"
                text += f" som ska vara {kr(totalt * andel)} kr."
                yield Finding("varning", text, f"Budgetplan, {del_}")


def _delsummor(belopp: list[Decimal]) -> set[Decimal]:
    """What any of the amounts come to together."""
    summor = {NOLL}
    for ett in belopp:
        summor |= {summa + ett for summa in summor}
    return summor


def check_fördelning(r: Redovisning) -> Kontroll:
    """The split can be made, adds up to what is split, and gives each member what it has decided, to the krona."""
    ram, delade = _värde(r, RAM), parter(r.år, r.fakta)
    if ram is None or not delade:
        return
    yield Prövat()
    for part in delade:
        yield from _check_nyckel(part, r.år.period)
    totalt = _värde(r, "bidrag.totalt")
    if totalt is not None and totalt != ram:
        text = (
            f"Medlemsbidragen i fördelningen är tillsammans {kr(totalt)} kr men ramen är {kr(ram)} kr; "
            f"{kr(abs(ram - totalt))} kr skiljer. Stämmer medlemmarna i forbund.yml?"
        )
        yield Finding("fel", text, "bidragsfordelning", ram - totalt)
    beslutat = _beslutat(r, r.år.period)
    for medlem in medlemmar(r.år, r.år.period):
        belopp = _värde(r, f"bidrag.{medlem.id}")
        if not any(medlem == post.medlem for part in delade for post in part.poster):
            text = (
                f"{medlem.namn} är medlem {r.år.period} men har ingen del i fördelningen. Stämmer bidragsnyckel: delar?"
            )
            yield Finding("fel", text, "forbund.yml, bidragsnyckel")
        yield Prövat(int(medlem.id in beslutat and belopp is not None))
        if belopp is not None and medlem.id in beslutat and abs(belopp - beslutat[medlem.id]) >= 1:
            text = (
                f"{medlem.namn} har beslutat {kr(beslutat[medlem.id])} kr men fördelningen, som trycks, ger "
                f"{kr(belopp)} kr; {kr(abs(beslutat[medlem.id] - belopp))} kr skiljer."
            )
            egna = [part for part in delade if part.källa and medlem in [post.medlem for post in part.poster]]
            text += f" Rätta bladet Medlemsbidrag, eller {_rätta(egna[0])} ({egna[0].källa})." if egna else ""
            yield Finding("fel", text, "Medlemsbidrag", beslutat[medlem.id] - belopp)


def _värde(r: Redovisning, id_: str) -> Decimal | None:
    return r.fakta.värde(f"{id_}/{r.år.period}")
