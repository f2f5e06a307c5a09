"""Amounts and counts of the underlag that cannot be, by their sign, their size or what they are a part of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.kallor import check_uträkningar
from finsam.checks.samma.moten import check_mötens_längd
from finsam.checks.samma.nastan import check_lika_belopp, omkastade
from finsam.checks.samma.sjukfranvaro import check_sjukfrånvaro
from finsam.model.belopp import NOLL, andel, kr, med_ombytta, svenskt_tal
from finsam.model.planblad import Behovsrad, Planrad
from finsam.model.underlag import Budgetrad, Flerårsrad, Insats, Målrad, Planmål, Underlag
from finsam.statements.redovisning import Redovisning
from finsam.statements.uppgifter import i_modellens_enhet

STÖRRE, ÖVERSKRIDER = 3, Decimal("1.5")
"""How many times its cost an insats' budget may be, and how many times its budget it may cost."""
LIKA_STORA, UTANFÖR = 3, 30
"""How near one another the other years of a post are, at most, for a year so many times larger to be told."""
MARGINAL = 2
"""How many times more or less than its cost may be paid out to an insats."""
ÄNDRAT = 5
"""How many times more or less a revised amount may be."""
VIDAST = 10
"""How many times its lower limit an upper one may be."""
SKILJER = Decimal("2.5")
"""How many times the largest or less than the smallest of the other places, when they are so near, one may be."""
_KAN_VARA_MINUS = re.compile(
    r"resultat|underskott|överskott|skillnad|förändring|kapital|netto|justering|nasta_ar|saldo"
)
_KAN_BYTA_TECKEN = re.compile(r"resultat|netto|justering|förändring|forandring|kassaflode|avvikelse")
ORIMLIGT = 100
"""How many times another year's cost one may be."""
_PLANÅR = ("budget", "plan1", "plan2")


@kontroll(
    "C72",
    "Belopp och antal i underlaget har rätt tecken och är lika stora som det som de hör ihop med.",
    saknas="underlaget har inga belopp eller antal att pröva",
)
def check_belopp(r: Redovisning) -> Kontroll:
    """Signs, sizes and sums of what is typed in the underlag, by what else stands there."""
    yield from _check_tecken(r)
    yield from _check_insatser(r)
    yield from _check_gruppens_budget(r)
    yield from _check_hela_gruppens(r)
    yield from _check_bidragsbudget(r)
    yield from _check_versioner(r)
    yield from _check_åren(r)
    yield from _check_lika_poster(r)
    yield from _check_årens_enhet(r)
    yield from _check_tidigare_kostnader(r)
    yield from _check_nästa_år(r)
    yield from _check_medelantal(r)
    yield from _check_planåren(r.år.underlag.budgetplan)
    yield from _check_projekt(r)
    yield from _check_projektens_tid(r)
    yield from check_sjukfrånvaro(r)
    yield from check_uträkningar(r)
    yield from check_lika_belopp(r)
    yield from check_mötens_längd(r)
    yield from _check_behov(r)


def _check_tecken(r: Redovisning) -> Kontroll:
    """What is written without a sign has none; an upper limit is of the size of the lower."""
    u = r.år.underlag
    tal: list[tuple[str, str, Decimal | None]] = []
    for i in u.insatser:
        tal += [(f"Insatser, rad {i.rad}", "Budget", i.budget), (f"Insatser, rad {i.rad}", "Beviljat", i.beviljat)]
    for rad in u.uppgifter:
        if isinstance(rad.värde, Decimal) and not _KAN_VARA_MINUS.search(f"{rad.id} {rad.benämning}".casefold()):
            tal.append((f"Uppgifter, rad {rad.rad}", rad.benämning, rad.värde))
    målen: list[Målrad | Planmål] = [*u.mål, *u.planmål]
    for mål in målen:
        if not _KAN_VARA_MINUS.search(f"{mål.fakta} {_ord(mål)}".casefold()) or mål.enhet != "kr":
            tal.append((f"{mål.blad}, rad {mål.rad}", "Gräns", mål.gräns))
        yield Prövat(int(bool(mål.gräns and mål.övre)))
        if mål.gräns and mål.övre and mål.övre > VIDAST * mål.gräns > 0:
            text = f"Målet {mål.id} har den övre gränsen {mål.övre}, mer än {VIDAST} gånger gränsen {mål.gräns}."
            yield Finding("varning", f"{text} Stämmer båda?", f"{mål.blad}, rad {mål.rad}")
    for var, vad, värde in tal:
        yield Prövat(int(värde is not None))
        if värde is not None and värde < 0:
            yield Finding("varning", f"{var}: {vad} är {svenskt_tal(värde)}. Ska talet ha minus?", var)


def _ord(mål: Målrad | Planmål) -> str:
    return mål.text if isinstance(mål, Planmål) else mål.mål


def _check_insatser(r: Redovisning) -> Kontroll:
    """What an insats was to have, and was paid, is of the size of what it cost."""
    for insats in r.år.underlag.insatser:
        f = r.fakta.get(f"insats.{insats.id}.utfall/{r.år.period}")
        kostade = abs(f.värde) if f and f.värde else NOLL
        for vad, belopp, lägst, högst in (
            ("Budget", insats.budget, ÖVERSKRIDER, STÖRRE),
            ("Beviljat", insats.beviljat, MARGINAL, MARGINAL),
        ):
            yield Prövat(int(bool(kostade and belopp)))
            if not kostade or not belopp or belopp < 0:
                continue
            if not kostade <= belopp * lägst or belopp > kostade * högst or omkastade(belopp, kostade):
                text = f"Insatser, rad {insats.rad}: {vad} är {kr(belopp)} kr, men kostnaden är {kr(kostade)} kr."
                yield Finding("varning", f"{text} Stämmer beloppet?", f"Insatser, rad {insats.rad}", belopp - kostade)


def _check_gruppens_budget(r: Redovisning) -> Kontroll:
    """The budgets of the insatser are no more than that of their group in the driftredovisning."""
    egna: defaultdict[str, list[Insats]] = defaultdict(list)
    for insats in r.år.underlag.insatser:
        egna[insats.funktion.partition(".")[0]].append(insats)
    budget: defaultdict[str, Decimal] = defaultdict(Decimal)
    for rad in r.år.underlag.budget:
        if rad.år == r.år.årtal:
            budget[rad.post] = max(budget[rad.post], rad.belopp * (1000 if rad.enhet == "tkr" else 1))
    for grupp, insatser in egna.items():
        summa = sum((i.budget or NOLL for i in insatser), NOLL)
        yield Prövat(int(bool(summa and budget.get(grupp))))
        if budget.get(grupp) and summa > budget[grupp]:
            namn = ", ".join(i.namn for i in insatser)
            text = (
                f"Insatsernas budget ({namn}) är {kr(summa)} kr, mer än budgeten för {grupp}, {kr(budget[grupp])} kr."
            )
            yield Finding("varning", f"{text} Rätta bladet Insatser eller Budget.", f"budget.{grupp}")


def _check_hela_gruppens(r: Redovisning) -> Kontroll:
    """Where an insats is all that costs in a group, and another group or last year has their budgets to the krona."""
    nu = _gruppernas(r.år.underlag, r.år.årtal)
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    då = _gruppernas(förra, r.år.årtal - 1) if förra else {}
    kostar = {f.id.removeprefix("kostnad.") for f in r.fakta.values() if f.period == r.år.period and f.värde}
    funktioner = {insats.funktion for insats in r.år.underlag.insatser}
    for grupp, (summa, budget) in nu.items():
        andra = [ett for annan, ett in nu.items() if annan != grupp] + ([då[grupp]] if grupp in då else [])
        gruppens = {id_ for id_ in kostar if id_.startswith(f"{grupp}.")}
        ensamma = bool(gruppens) and gruppens <= funktioner
        yield Prövat(int(ensamma and any(a == b for a, b in andra)))
        if ensamma and summa < budget and any(a == b for a, b in andra):
            text = (
                f"Insatsernas budget i {grupp} är {kr(summa)} kr, men gruppens {kr(budget)} kr, och annars är de lika."
            )
            yield Finding("varning", f"{text} Rätta bladet Insatser eller Budget.", f"budget.{grupp}", summa - budget)


def _gruppernas(u: Underlag, år: int) -> dict[str, tuple[Decimal, Decimal]]:
    """The budgets of the insatser of each group together, and the group's own as it was last decided."""
    summor: defaultdict[str, list[Decimal | None]] = defaultdict(list)
    for insats in u.insatser:
        summor[insats.funktion.partition(".")[0]].append(insats.budget)
    sist = {rad.post: rad.belopp * (1000 if rad.enhet == "tkr" else 1) for rad in u.budget if rad.år == år}
    return {
        grupp: (sum((ett or NOLL for ett in alla), NOLL), sist[grupp])
        for grupp, alla in summor.items()
        if grupp in sist and all(alla)
    }


def _check_versioner(r: Redovisning) -> Kontroll:
    """A revised budget that is the original with two figures swapped is one of them misspelt."""
    första = {(rad.post, rad.år): rad for rad in r.år.underlag.budget if rad.version == "ursprunglig"}
    for rad in r.år.underlag.budget:
        före = första.get((rad.post, rad.år))
        yield Prövat(int(före is not None and före is not rad))
        if före and före is not rad and omkastade(rad.belopp, före.belopp):
            text = (
                f"Budget, rad {rad.rad}: {svenskt_tal(rad.belopp)} är {svenskt_tal(före.belopp)} på rad {före.rad} med"
            )
            yield Finding("varning", f"{text} två siffror ombytta. Vilket är rätt?", f"Budget, rad {rad.rad}")
        elif före and före is not rad and (_ombytt(rad, före) or _ombytt(före, rad)):
            text = f"Budget, rad {före.rad} och {rad.rad}: {svenskt_tal(före.belopp)} och {svenskt_tal(rad.belopp)} är"
            text += " långt från varandra, men inte om det ena har två siffror ombytta. Vilket är rätt?"
            yield Finding("varning", text, f"Budget, rad {rad.rad}")


def _ombytt(rad: Budgetrad, annan: Budgetrad) -> bool:
    """Whether a row is far from the other version, but near it with two figures swapped."""
    långt = annan.belopp > 0 and not annan.belopp <= 2 * rad.belopp <= 4 * annan.belopp
    return långt and any(abs(ett - annan.belopp) <= annan.belopp / 10 for ett in med_ombytta(rad.belopp))


def _check_bidragsbudget(r: Redovisning) -> Kontroll:
    """The budget of the members' contributions is what they have decided."""
    for rad in r.år.underlag.budget:
        beslutat = sum((b.belopp for b in r.år.underlag.medlemsbidrag if b.år == rad.år), NOLL)
        if not rad.post.startswith(("medlemsbidrag", "medlemsavgift")) or not beslutat:
            continue
        yield Prövat()
        tusen = 1000 if rad.enhet == "tkr" else 1
        if abs(rad.belopp * tusen - beslutat) >= tusen:
            text = (
                f"Budget, rad {rad.rad}: budgeten {rad.år} för {rad.post} är {svenskt_tal(rad.belopp)} {rad.enhet}, men"
            )
            text += f" medlemmarna har beslutat {kr(beslutat)} kr (bladet Medlemsbidrag)."
            yield Finding("varning", f"{text} Rätta det som är fel.", f"Budget, rad {rad.rad}")


def _check_åren(r: Redovisning) -> Kontroll:
    """A year of a post is not many times what all the others are."""
    per_post: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for rad in r.år.underlag.flerårsöversikt:
        for period in (r.år.period, r.år.föregående):
            if (f := r.odolda.get(f"{rad.post}/{period}")) and f.värde:
                per_post[rad.post][period] = abs(f.värde)
    for rad in r.år.underlag.flerårsöversikt:
        if rad.värde:
            per_post[rad.post][str(rad.år)] = abs(rad.värde) / (100 if rad.enhet == "%" else 1)
    for rad in r.år.underlag.flerårsöversikt:
        åren = per_post[rad.post]
        andra = [värde for period, värde in åren.items() if period != str(rad.år)]
        yield Prövat(int(len(andra) >= LIKA_STORA))
        eget = åren.get(str(rad.år))
        if not eget or len(andra) < LIKA_STORA or max(andra) > LIKA_STORA * min(andra):
            continue
        if eget > UTANFÖR * max(andra) or eget * UTANFÖR < min(andra):
            text = f"Flerårsöversikt, rad {rad.rad}: {rad.post} är {svenskt_tal(rad.värde or NOLL)} {rad.år}, men"
            text += f" {svenskt_tal(min(andra))}–{svenskt_tal(max(andra))} de andra åren. Stämmer talet och enheten?"
            yield Finding("varning", text, f"Flerårsöversikt, rad {rad.rad}")


def _check_lika_poster(r: Redovisning) -> Kontroll:
    """No two posts are the same to the krona one year, if they are far from it all others."""
    per_post: defaultdict[str, dict[int, Flerårsrad]] = defaultdict(dict)
    for rad in r.år.underlag.flerårsöversikt:
        if rad.värde and rad.enhet != "%":
            per_post[rad.post][rad.år] = rad
    for (ena, a), (andra, b) in combinations(per_post.items(), 2):
        båda = sorted(a.keys() & b.keys())
        lika = [år for år in båda if abs(a[år].värde or NOLL) == abs(b[år].värde or NOLL)]
        yield Prövat(int(len(båda) > 1))
        if len(lika) == 1 and len(båda) > 1:
            rader = sorted((a[lika[0]], b[lika[0]]), key=lambda rad: rad.rad)
            text = f"Flerårsöversikt, rad {rader[0].rad} och {rader[1].rad}: {ena} och {andra} är båda"
            text += f" {svenskt_tal(rader[0].värde or NOLL)} {lika[0]}, men olika andra år. Har ett tal hamnat fel?"
            yield Finding("varning", text, f"Flerårsöversikt, rad {rader[0].rad}")


def _check_årens_enhet(r: Redovisning) -> Kontroll:
    """A year of a post has the unit of the fact, or of its other years, and the sign that all other years have."""
    rader = r.år.underlag.flerårsöversikt
    per_post: defaultdict[str, list[Flerårsrad]] = defaultdict(list)
    for rad in rader:
        per_post[rad.post].append(rad)
    for rad in rader:
        egna = [f for period in (r.år.period, r.år.föregående) if (f := r.fakta.get(f"{rad.post}/{period}"))]
        enheter = {f.enhet for f in egna} or {
            i_modellens_enhet(NOLL, ett.enhet)[1] for ett in per_post[rad.post] if ett is not rad
        }
        yield Prövat(int(bool(enheter)))
        if rad.värde is not None and len(enheter) == 1 and i_modellens_enhet(NOLL, rad.enhet)[1] not in enheter:
            text = (
                f"Flerårsöversikt, rad {rad.rad}: {rad.post} har enheten {rad.enhet} {rad.år}, men en annan andra år."
            )
            yield Finding("varning", f"{text} Rätta Enhet.", f"Flerårsöversikt, rad {rad.rad}")
        tal = [f.värde for f in egna if f.värde] + [
            ett.värde for ett in per_post[rad.post] if ett is not rad and ett.värde
        ]
        annars = {ett > 0 for ett in tal} if len(tal) > 1 and not _KAN_BYTA_TECKEN.search(rad.post) else set()
        if rad.värde and annars == {rad.värde < 0}:
            text = f"Flerårsöversikt, rad {rad.rad}: {rad.post} är {svenskt_tal(rad.värde)} {rad.år}, men har motsatt"
            yield Finding("varning", f"{text} tecken alla andra år. Stämmer det?", f"Flerårsöversikt, rad {rad.rad}")


def _check_tidigare_kostnader(r: Redovisning) -> Kontroll:
    """A cost of an earlier year is not a hundred times what it is in the two years of the ledger."""
    for rad in r.år.underlag.kostnadsfördelning:
        tal = [
            f for period in (r.år.period, r.år.föregående) if (f := r.odolda.get(f"kostnad.{rad.funktion}/{period}"))
        ]
        alla = [abs(f.värde) for f in tal if f.värde] or [
            ett.belopp for ett in r.år.underlag.kostnadsfördelning if ett is not rad and ett.år == rad.år
        ]
        yield Prövat(int(bool(alla)))
        if alla and rad.belopp > ORIMLIGT * max(alla):
            text = f"Kostnadsfördelning, rad {rad.rad}: {rad.funktion} är {kr(rad.belopp)} kr {rad.år}, mer än"
            text += f" {ORIMLIGT} gånger {kr(max(alla))} kr, som är det mesta andra år eller i andra rader."
            yield Finding("varning", f"{text} Stämmer beloppet?", f"Kostnadsfördelning, rad {rad.rad}")


def _check_nästa_år(r: Redovisning) -> Kontroll:
    """The contributions that are decided for next year are of the size of this year's."""
    i_år = r.fakta.get(f"medlemsbidrag/{r.år.period}")
    for rad in r.år.underlag.uppgifter:
        if rad.id != "medlemsbidrag_nasta_ar" or not isinstance(rad.värde, Decimal) or not i_år or not i_år.värde:
            continue
        belopp, nu = rad.värde * (1000 if rad.enhet == "tkr" else 1), abs(i_år.värde)
        yield Prövat()
        if belopp > 0 and not nu <= ÄNDRAT * belopp <= nu * ÄNDRAT**2:
            text = f"Uppgifter, rad {rad.rad}: {rad.benämning} är {kr(belopp)} kr, men i år är det {kr(nu)} kr."
            yield Finding("varning", f"{text} Stämmer beloppet?", f"Uppgifter, rad {rad.rad}")


def _check_medelantal(r: Redovisning) -> Kontroll:
    """The mean of the employed is not far above both ends of the year."""
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    nu, då = ({rad.id: rad for rad in u.uppgifter} if u else {} for u in (r.år.underlag, förra))
    rad = nu.get("medelantal")
    ändar = [ett.värde for blad in (nu, då) if (ett := blad.get("medarbetare")) and isinstance(ett.värde, Decimal)]
    yield Prövat(int(bool(rad and len(ändar) == 2)))
    if rad and isinstance(rad.värde, Decimal) and len(ändar) == 2 and rad.värde > ÖVERSKRIDER * max(ändar) + 1:
        text = f"Uppgifter, rad {rad.rad}: {rad.benämning} är {svenskt_tal(rad.värde)}, men {svenskt_tal(ändar[0])} vid"
        text += f" årets slut och {svenskt_tal(ändar[1])} året innan. Stämmer talet?"
        yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")


def _check_planåren(rader: Iterable[Planrad]) -> Kontroll:
    """An amount is not one krona from a round one, nor the middle year far from two that are nearly the same."""
    for rad in rader:
        tal = [getattr(rad, fält) for fält in _PLANÅR]
        givna = [ett for ett in tal if ett]
        yield Prövat(int(len(givna) > 1))
        för_lite = [ett for ett in givna if any((ett + d) % 1000 == 0 for d in (1, -1))]
        if för_lite and sum(ett % 1000 == 0 for ett in givna) == len(givna) - 1:
            text = f"Budgetplan, rad {rad.rad}: {rad.benämning} är {kr(för_lite[0])} kr ett år. Fattas en krona?"
            yield Finding("varning", text, f"Budgetplan, rad {rad.rad}")
        if rad.ursprunglig and rad.budget and not rad.budget <= ÄNDRAT * rad.ursprunglig <= rad.budget * ÄNDRAT**2:
            ändrat = f"från {kr(rad.ursprunglig)} till {kr(rad.budget)} kr"
            text = f"Budgetplan, rad {rad.rad}: {rad.benämning} ändras {ändrat}."
            yield Finding("varning", f"{text} Stämmer båda?", f"Budgetplan, rad {rad.rad}")
        if tal[1] == 0 and tal[0] and tal[2]:
            text = f"Budgetplan, rad {rad.rad}: {rad.benämning} är noll första planåret men inte åren omkring."
            yield Finding("varning", f"{text} Stämmer det?", f"Budgetplan, rad {rad.rad}")
        if len(givna) == len(_PLANÅR):
            ett, mitt, två = givna
            lägst, högst = sorted((ett, två))
            långt = not lägst * 8 <= mitt * 10 <= högst * 12
            längre = not lägst * 7 <= mitt * 10 <= högst * 14
            if (långt and högst * 10 <= lägst * 11) or (längre and högst * 10 <= lägst * 12):
                text = f"Budgetplan, rad {rad.rad}: {rad.benämning} är {kr(mitt)} kr första planåret, men året före"
                text += f" {kr(ett)} kr och året efter {kr(två)} kr. Stämmer det?"
                yield Finding("varning", text, f"Budgetplan, rad {rad.rad}")


def _check_projekt(r: Redovisning) -> Kontroll:
    """No more is paid than was granted, nor so much granted that most of it is left when the time is nearly out."""
    slut = date(r.år.årtal, 12, 31)
    for p in r.år.underlag.projektredovisning:
        yield Prövat()
        var = f"Projektredovisning, rad {p.rad}"
        if p.utbetalt is not None and p.utbetalt > p.beviljat:
            text = f"{var}: {p.namn} har fått {kr(p.utbetalt)} kr av {kr(p.beviljat)} kr beviljade. Rätta beloppen."
            yield Finding("varning", text, var)
        gått = Decimal(max(0, (min(slut, p.till) - p.från).days)) / max(1, (p.till - p.från).days)
        if p.utbetalt and p.beviljat * gått > 3 * p.utbetalt:
            text = f"{var}: {p.namn} har fått {kr(p.utbetalt)} kr av {kr(p.beviljat)} kr beviljade, fast en stor del av"
            yield Finding("varning", f"{text} projekttiden har gått. Stämmer Beviljat och Utbetalt?", var)


def _check_projektens_tid(r: Redovisning) -> Kontroll:
    """A project that is an insats goes on as long in both sheets, and what is left of its grant is its förskott."""
    insatser = {i.id: i for i in r.år.underlag.insatser}
    projekten = r.år.underlag.projektredovisning
    for p in projekten:
        insats, var = insatser.get(p.id), f"Projektredovisning, rad {p.rad}"
        yield Prövat(int(bool(insats and insats.från and insats.till)))
        for rubrik, eget, annat in (("Från", p.från, insats and insats.från), ("Till", p.till, insats and insats.till)):
            if insats and annat and eget != annat:
                text = f"{var}: {rubrik} är {eget.isoformat()} för {p.namn}, men {annat.isoformat()} i bladet Insatser"
                yield Finding("varning", f"{text} (rad {insats.rad}). Vilket är rätt?", var)
        skuld = r.fakta.get(f"not.skulder.{p.intäkter.rpartition('.')[2]}/{r.år.period}")
        if not p.förskott and skuld is not None and skuld.värde:
            text = (
                f"{var}: Förskott är tomt för {p.namn}, men noten om skulder har {skuld.id}, {kr(abs(skuld.värde))} kr."
            )
            yield Finding("varning", f"{text} Fyll i Förskott.", var)
    kända = {p.förskott for p in projekten}
    for notis in r.år.förbund.noter:
        for rad in notis.rader:
            id_ = f"not.{notis.id}.{rad.id}"
            f = r.fakta.get(f"{id_}/{r.år.period}")
            oförbrukat = re.match(r"oförbruka", rad.etikett.casefold()) and notis.post.startswith("br.")
            yield Prövat(int(bool(oförbrukat)))
            if oförbrukat and f is not None and f.värde and projekten and id_ not in kända:
                text = f"{rad.etikett} är {kr(abs(f.värde))} kr (forbund.yml, {id_}), men inget projekt har"
                yield Finding(
                    "varning",
                    f"{text} det som Förskott (bladet Projektredovisning). Saknas ett projekt?",
                    "Projektredovisning",
                )


def _check_behov(r: Redovisning) -> Kontroll:
    """A share of one place is not many times what it is in all the others, when they are near one another."""
    per_mått: defaultdict[tuple[str, str, int], list[Behovsrad]] = defaultdict(list)
    for rad in r.år.underlag.behov:
        per_mått[rad.mått, rad.kön, rad.år].append(rad)
    for grupp in per_mått.values():
        for rad in grupp:
            andra = [ett.andel for ett in grupp if ett is not rad and ett.andel]
            yield Prövat(int(len(andra) >= LIKA_STORA))
            if len(andra) < LIKA_STORA or max(andra) > SKILJER * min(andra) or not rad.andel:
                continue
            if rad.andel > SKILJER * max(andra) or rad.andel * SKILJER < min(andra):
                text = f"Behov, rad {rad.rad}: {rad.mått} är {andel(rad.andel / 100)} för {rad.plats}, men"
                text += f" {andel(min(andra) / 100)} till {andel(max(andra) / 100)} för de andra. Stämmer talet?"
                yield Finding("varning", text, f"Behov, rad {rad.rad}")
