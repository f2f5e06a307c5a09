"""Checks of participants and surveys. No finding repeats a figure that the report withholds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.personnummer import TYDLIGT, har_personnummer
from finsam.model.belopp import NOLL, andel, med_ombytta, svenskt_tal
from finsam.model.ord import VISAS_EJ, uppräkning
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import Deltagarrad, Indikator, Underlag, Underlagsrad
from finsam.statements.deltagare import FLÖDE, KÖN, Ruta, givna_rutor
from finsam.statements.enkat import räkna, svarsrader
from finsam.statements.redovisning import Redovisning
from finsam.statements.smagrupper import röjda_antal

LÄNGST_KVAR = 8
"""How many times those who come and go in a year there may be at most: so many are never so long in an insats."""
STÖRST_GRUPP = 20
"""Persons of a group that is small: more than so are not counted out one by one."""
GRUND = "dataskyddsförordningen art. 9"


@kontroll(
    "C19",
    "Antalen deltagare stämmer med varandra.",
    saknas="inga antal som ska stämma med varandra (bladet Deltagare)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_deltagare(r: Redovisning) -> Kontroll:
    """Participants by kön and by kommun add up to the total; in, out and ongoing agree, also with the year before."""
    grupper: dict[tuple[str, str, str], list[Deltagarrad]] = defaultdict(list)
    for rad in r.år.underlag.deltagare:
        grupper[rad.insats, rad.mått, str(rad.år)].append(rad)
    for (insats, mått, period), rader in grupper.items():
        totalt = Ruta(insats, mått, "", "", period)
        for ord_, delar in (
            ("kvinnor och män", [rad for rad in rader if rad.kön and not rad.kommun]),
            ("kommunerna", [rad for rad in rader if rad.kommun and not rad.kön]),
            ("kön och kommun", [rad for rad in rader if rad.kommun and rad.kön]),
        ):
            led = [Ruta(insats, mått, rad.kön, rad.kommun, period) for rad in delar]
            vad = f"{rader[0].benämning} i {insats} {period}: {ord_}"
            if delar:
                yield from _lika(r, vad, [(1, ruta) for ruta in led], totalt)
    for insats, period in sorted({(insats, period) for insats, _, period in grupper if period == r.år.period}):
        egna = [rad for (vems, _, när), rader in grupper.items() if (vems, när) == (insats, period) for rad in rader]
        for kön in ("", *KÖN):
            finns = sorted({rad.mått for rad in egna if not kön or (rad.kön == kön and not rad.kommun)})
            rutor = {mått: Ruta(insats, mått, kön, "", period) for mått in finns}
            yield from _check_flöde(r, insats, kön, rutor)
            förra = {
                (rad.mått, rad.kön)
                for rad in grupper.get((insats, "pagaende_ut", r.år.föregående), ())
                if not rad.kommun
            }
            if "pagaende_in" in rutor and ("pagaende_ut", kön) in förra:
                ut = Ruta(insats, "pagaende_ut", kön, "", r.år.föregående)
                vad = f"{kön.capitalize() or 'Deltagare'} i {insats}: pågående vid slutet av {r.år.föregående}"
                yield from _lika(r, vad, [(1, ut)], rutor["pagaende_in"], "pågående vid årets början", nivå="varning")


def _check_flöde(r: Redovisning, insats: str, kön: str, m: dict[str, Ruta]) -> Kontroll:
    """pagaende_in + nya = totalt, less avslutade = pagaende_ut; avslutade_* add up to avslutade."""
    vilka = f"{kön.capitalize() or 'Deltagare'} i {insats}"
    början = f"{vilka}: pågående vid årets början och nya"
    if all(mått in m for mått in FLÖDE):
        in_, nya, avslutade, ut = (m[mått] for mått in FLÖDE)
        vad = f"{början}, minus avslutade, är pågående vid årets slut; de"
        yield from _lika(r, vad, [(1, in_), (1, nya), (-1, avslutade)], ut)
    if {"totalt", "pagaende_in", "nya"} <= m.keys():
        led = [(1, m["pagaende_in"]), (1, m["nya"])]
        yield from _lika(r, början, led, m["totalt"], "deltagare under året", nivå="varning")
    if {"totalt", "nya", "avslutade"} <= m.keys():
        alla, *rörliga = (r.odolda[m[mått].nyckel].värde or NOLL for mått in ("totalt", "nya", "avslutade"))
        yield Prövat()
        if sum(rörliga) and alla >= LÄNGST_KVAR * sum(rörliga):
            text = f"{vilka} är mer än {LÄNGST_KVAR - 1} gånger så många som de nya och de avslutade tillsammans."
            yield Finding("varning", f"{text} Stämmer antalen?", f"Deltagare, {m['totalt'].insats}")
    delar = [ruta for mått, ruta in m.items() if mått.startswith("avslutade_")]
    if delar and "avslutade" in m:
        vilka = f"Avslutade {m['avslutade'].kön}".strip()
        yield from _lika(r, f"{vilka} i {delar[0].insats}: delarna", [(1, ruta) for ruta in delar], m["avslutade"])


def _lika(
    r: Redovisning,
    vad: str,
    led: list[tuple[int, Ruta]],
    totalt: Ruta,
    namn: str = "totalen",
    *,
    nivå: Kontrollnivå = "fel",
) -> Kontroll:
    """Counts add up to another; where one of them is withheld only that they do not."""
    summa = sum((t * (r.odolda[ruta.nyckel].värde or NOLL) for t, ruta in led), NOLL)
    ska_vara = r.odolda[totalt.nyckel].värde or NOLL
    yield Prövat()
    if summa == ska_vara:
        return
    if any(r.fakta[ruta.nyckel].dold for ruta in (totalt, *(ruta for _, ruta in led))):
        yield Finding(nivå, f"{vad} ger inte {namn} ({VISAS_EJ}).", "Deltagare")
        return
    text = f"{vad} ger {svenskt_tal(summa)} men {namn} är {svenskt_tal(ska_vara)}."
    yield Finding(nivå, text, "Deltagare", summa - ska_vara)


@kontroll(
    "C21",
    "Små grupper visas inte och går inte att räkna ut, och inga personnummer finns.",
    lag=GRUND,
    saknas="inga texter och inga deltagare",
    i=(ÅRSREDOVISNING,),
)
def check_små_grupper(r: Redovisning) -> Kontroll:
    """No small group is shown or can be worked out, tried on the finished facts; no personnummer anywhere."""
    yield from check_personnummer(r)
    u, minst = r.år.underlag, r.år.förbund.minsta_grupp
    antal = len(u.deltagare) + len(u.indikatorer)
    yield Prövat(antal, "" if antal else "små grupper, för bladen Deltagare och Indikatorer är tomma")
    if not antal:
        return
    if minst < 2:
        text = f"Alla antal visas, också små grupper: minsta_grupp är {minst} i forbund.yml."
        yield Finding("upplysning", text, "forbund.yml")
    if minst > STÖRST_GRUPP:
        text = f"minsta_grupp är {minst} i forbund.yml, så att inga grupper under {minst} personer visas. Är det rätt?"
        yield Finding("varning", text, "forbund.yml")
    nya, gamla = röjda_antal(r.år, r.odolda, r.fakta)
    if nya:
        text = f"{len(nya)} uppgifter om små grupper visas eller går att räkna ut av det som visas. Lämna inte ut "
        yield Finding("fel", f"{text}rapporten; felet ligger i programmet.", "Deltagare")
    if gamla:
        text = (
            f"{len(gamla)} antal som inte visas går att räkna ut, eller nästan, med vad tidigare årsredovisningar har "
        )
        yield Finding("varning", f"{text}visat. Det går inte att ändra i efterhand.", "Deltagare")
    if antal := sum(bool(f.dold) for f in r.fakta.values()):
        text = f"{antal} uppgifter om deltagare, enkätsvar och mål {VISAS_EJ}, så att ingen grupp med färre än {minst} "
        yield Finding("upplysning", f"{text}personer framgår.", "Deltagare")
    if okänt := sum(f"enkat.{i.insats}.{i.id}.svar" not in r.fakta for i in u.indikatorer):
        text = f"{okänt} enkätresultat saknar antal svar, så det går inte att se om gruppen är liten."
        yield Finding("upplysning", text, "Indikatorer")


@kontroll(
    "C21",
    "Inga personnummer finns i underlaget.",
    lag=GRUND,
    saknas="inga texter",
    i=(VERKSAMHETSPLAN,),
)
def check_personnummer(r: Redovisning) -> Kontroll:
    """No personnummer in a text, a sheet or a verifikation."""
    texter = list(_texter(r))
    yield Prövat(len(texter))
    for ställe in dict.fromkeys(plats for plats, text in texter if har_personnummer(text)):
        text = f"{ställe}: här står något som ser ut som ett personnummer. Ta bort det; bara antal hör hemma här."
        yield Finding("fel", text, ställe)
    for ver in r.år.bokföring.verifikationer.med_text(TYDLIGT):
        if any(har_personnummer(text, tydligt=True) for text in (ver.text, *(rad.text for rad in ver.rader))):
            text = f"Verifikation {ver.serie} {ver.nummer} har något som ser ut som ett personnummer i texten."
            yield Finding("varning", text, "bokforing")


def _texter(r: Redovisning) -> Iterator[tuple[str, str]]:
    """Every text of the report's inputs but the ledger, with its place."""
    for fil in r.år.texter.values():
        yield from ((f"{fil.fil}, rad {nr}", rad) for nr, rad in enumerate(fil.text.splitlines(), 1))
    for _, rader in r.år.underlag:
        for rad in rader if isinstance(rader, tuple) else ():
            yield from ((f"{rad.blad}, rad {rad.rad}", text) for text in _ord(rad))


def _ord(rad: Underlagsrad) -> Iterator[str]:
    return (värde for värde in vars(rad).values() if isinstance(värde, str))


@kontroll(
    "C37",
    "Enkätresultaten stämmer med svaren.",
    saknas="inga enkätresultat med svar (bladen Enkätsvar och Indikatorer)",
    i=(ÅRSREDOVISNING,),
)
def check_enkäter(r: Redovisning) -> Kontroll:
    """A typed share is one that the answers can give, and the one that the sheet Enkätsvar gives where it has them."""
    yield from _check_svarsandel(r)
    for rad in r.år.underlag.indikatorer:
        if not rad.enkätfråga:
            yield from _check_möjlig(r, rad)
            continue
        yield Prövat()
        ställe, svaren = f"{rad.blad}, rad {rad.rad}", svarsrader(r.år, rad)
        if not svaren:
            text = f"{ställe}: bladet Enkätsvar har inga svar på {rad.enkätfråga} för {r.år.period}."
            yield Finding("fel", text, ställe)
            continue
        antal, alla = räkna(rad, svaren)
        dold = f" ({VISAS_EJ})" if r.fakta[f"enkat.{rad.insats}.{rad.id}"].dold else ""
        räknad = Decimal(100 * antal) / alla
        yield Prövat((rad.andel is not None) + (rad.svar is not None))
        if rad.andel is not None and abs(rad.andel - räknad) > halva_sista(rad.andel):
            vad = dold or f": {andel(rad.andel / 100)} mot {andel(räknad / 100)}"
            yield Finding("fel", f"{ställe}: andelen är inte den som bladet Enkätsvar ger{vad}.", ställe)
        if rad.svar not in (None, alla):
            vad = dold or f": {rad.svar} mot {alla}"
            yield Finding("fel", f"{ställe}: antalet svar är inte det som bladet Enkätsvar ger{vad}.", ställe)


def _check_möjlig(r: Redovisning, rad: Indikator) -> Kontroll:
    """A share of so many answers is a whole number of them, within what the share is rounded to."""
    if rad.andel is None or not rad.svar:
        return
    yield Prövat()
    lyckade = rad.andel * rad.svar / 100
    möjliga = [Decimal(100 * antal) / rad.svar for antal in (int(lyckade), int(lyckade) + 1) if antal <= rad.svar]
    if all(abs(rad.andel - möjlig) > halva_sista(rad.andel) for möjlig in möjliga):
        ställe = f"{rad.blad}, rad {rad.rad}"
        dold = r.fakta[f"enkat.{rad.insats}.{rad.id}"].dold
        närmast = uppräkning([andel(möjlig / 100) for möjlig in möjliga], "eller")
        vad = f" ({VISAS_EJ})" if dold else f": {andel(rad.andel / 100)} av {rad.svar} svar; närmast är {närmast}"
        text = f"{ställe}: andelen går inte att få av antalet svar{vad}. Rätta Andel, eller skriv hur många som svarade"
        yield Finding("varning", f"{text} på just den frågan.", ställe)


def _check_svarsandel(r: Redovisning) -> Kontroll:
    """A typed share of those who answered is that of the sheets, if last year's was or two of its figures are swapped.

    Who was asked only the förbund knows, so one that is neither may well be right.
    """
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    då = {mål.id: mål for mål in förra.mål} if förra else {}
    for mål in r.år.underlag.mål:
        om_svar = re.search("enkät|svar", f"{mål.mål} {mål.aktivitet} {mål.mätpunkt}".casefold())
        if mål.utfall is None or mål.fakta or mål.enhet != "%" or not om_svar:
            continue
        gammal = då.get(mål.id)
        förut = [
            av
            for av, andel_ in (_svarsandelar(förra, r.år.årtal - 1, mål.insats) if förra else {}).items()
            if gammal and gammal.utfall is not None and _är(andel_, gammal.utfall)
        ]
        andelar = _svarsandelar(r.år.underlag, r.år.årtal, mål.insats)
        yield Prövat(int(bool(andelar)))
        if any(_är(andel_, mål.utfall) for andel_ in andelar.values()):
            continue
        for av, andel_ in andelar.items():
            if av in förut or any(_är(andel_, bytt) for bytt in med_ombytta(mål.utfall)):
                dold = any(
                    f.dold for f in r.fakta.values() if f.id.startswith("deltagare.") and f.period == r.år.period
                )
                hur = f" ({VISAS_EJ})" if dold else f", {andel(andel_ / 100)}"
                text = f"Målet {mål.id} har ett annat utfall än enkäternas svar ger av {av}{hur}. Rätta Utfall."
                yield Finding("varning", text, f"Mål, rad {mål.rad}")
                break


def _svarsandelar(u: Underlag, år: int, insats: str) -> dict[str, Decimal]:
    """The answers of an insats, or of all that are for individuals, in per cent of those who ended and of all."""
    vilka = [insats] if insats else [i.id for i in u.insatser if i.slag == "individ"]
    per_fråga: defaultdict[tuple[str, str], int] = defaultdict(int)
    for ett in u.enkätsvar:
        if ett.år == år:
            per_fråga[ett.insats, ett.enkätfråga] += ett.antal
    svar = {i: max([n for (vems, _), n in per_fråga.items() if vems == i], default=0) for i in vilka}
    for rad in u.indikatorer:
        if rad.insats in svar and rad.svar:
            svar[rad.insats] = max(svar[rad.insats], rad.svar)
    alla = {(ruta.insats, ruta.mått): n for ruta, n in givna_rutor(u.deltagare).items() if _hela(ruta, år)}
    ut = {}
    for mått, ord_ in (("avslutade", "de avslutade"), ("totalt", "alla deltagare")):
        med = [i for i in vilka if alla.get((i, mått))]
        if med and all(svar[i] for i in med):
            ut[ord_] = Decimal(100 * sum(svar[i] for i in med)) / sum(alla[i, mått] for i in med)
    return ut


def _hela(ruta: Ruta, år: int) -> bool:
    return not ruta.kön and not ruta.kommun and ruta.period == str(år)


def _är(räknad: Decimal, sagd: Decimal) -> bool:
    return abs(räknad - sagd) <= halva_sista(sagd)


def halva_sista(tal: Decimal) -> Decimal:
    """Half of a figure's last place: what its rounding can be."""
    exponent = tal.normalize().as_tuple().exponent
    return Decimal(5).scaleb((min(exponent, 0) if isinstance(exponent, int) else 0) - 1)
