"""Checks that what the ledger and the law oblige a förbund to tell is told (statements/upplysningar)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from finsam.checks.finding import Finding, Kontroll, Prövat, jämför
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.forbund import LAGENS_RADER
from finsam.model.ord import SAKNAS, gemena, uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.tabell import Tabell
from finsam.statements.bidragslag import procenttal
from finsam.statements.redovisning import Redovisning, uppställda
from finsam.statements.upplysningar.andelar import delårsmedlemmar
from finsam.statements.upplysningar.anlaggning import POSTER
from finsam.statements.upplysningar.krav import Fråga, Krav, gällande, noten, saknas
from finsam.statements.upplysningar.underskott import resultat, underskottsår

NY_LYDELSE = {"R1": 2026, "R17": 2026}
"""The recommendations of RKR that are new, and the first räkenskapsår of the new wording (rkr.se, January 2026)."""


@kontroll(
    "C65",
    "Det som bokföringen och lagen kräver upplysning om finns.",
    lag="LKBR 9 och 11 kap.",
    saknas="inget kräver upplysning",
    i=(ÅRSREDOVISNING,),
)
def check_upplysningar(r: Redovisning) -> Kontroll:
    """A note, text or sheet that is missing as a whole is fel; a single fact, which is then printed as missing, not."""
    tabeller = {tabell.id: tabell for tabell in uppställda(r)}
    for krav in gällande(r.år, r.fakta):
        if krav.prövas_av:
            continue
        yield Prövat()
        if fel := list(_helt_saknad(krav, r, tabeller)):
            yield from fel
            continue
        for fråga in () if _berättat(krav, r) else krav.frågor:
            yield Prövat()
            if saknas(fråga.id, r.år, r.fakta):
                yield _fattas(fråga, r, krav.lag)
        if not r.år.väntar_på_bokföringen:
            yield from _tabellens_luckor(krav, r, tabeller.get(krav.tabell))
    yield from _check_andelar(r)
    yield from _check_personal(r)
    for rad in r.år.underlag.sjukfrånvaro:
        yield Prövat()
        if rad.antal < 0 or not all(0 <= andel <= 100 for andel in (rad.frånvaro, rad.lång or NOLL)):
            text = f"Bladet Sjukfrånvaro, rad {rad.rad}: antalet är negativt, eller en andel inte mellan 0 och 100 %."
            yield Finding("fel", text, r.år.underlag.fil, lag="LKBR 11 kap. 6 §")


def _check_andelar(r: Redovisning) -> Iterator[Finding]:
    """Shares that are typed are the members', and make a whole."""
    andelar = r.år.förbund.medlemsandelar.andelar
    ids = [medlem.id for medlem in r.år.förbund.medlemmar]
    if okända := [id_ for id_ in andelar if id_ not in ids]:
        text = f"medlemsandelar i forbund.yml har {uppräkning(okända)}, som inte är någon medlem."
        yield Finding("fel", text, "forbund.yml", lag="lag (2003:1210) 9 §")
    elif andelar and sum(andelar.values(), NOLL) != 100:
        text = f"medlemsandelar i forbund.yml är tillsammans {procenttal(sum(andelar.values(), NOLL))} %, inte 100."
        yield Finding("fel", text, "forbund.yml", lag="lag (2003:1210) 9 §")


def _check_personal(r: Redovisning) -> Kontroll:
    """The groups of employees are together those that are said to be employed."""
    for rad in r.år.underlag.personal:
        yield Prövat()
        if any(ett is not None and ett < 0 for ett in (rad.kvinnor, rad.män, rad.årsarbetare, rad.förra)):
            text = f"Bladet Personal, rad {rad.rad}: ett antal är negativt."
            yield Finding("fel", text, r.år.underlag.fil, lag="LKBR 11 kap. 5 §")
        if rad.årsarbetare is not None and rad.årsarbetare > rad.kvinnor + rad.män:
            text = f"Bladet Personal, rad {rad.rad}: {rad.grupp} har fler årsarbetare än anställda. Stämmer det?"
            yield Finding("varning", text, r.år.underlag.fil)
    före = r.år.tidigare_underlag.get(r.år.årtal - 1)
    antal = {rad.id: rad.kvinnor + rad.män for rad in före.personal} if före else {}
    for rad in r.år.underlag.personal:
        yield Prövat(int(rad.id in antal))
        if rad.förra is not None and rad.förra != antal.get(rad.id, rad.förra):
            text = (
                f"Bladet Personal, rad {rad.rad}: {rad.grupp} sägs ha varit {rad.förra} förra året, men "
                f"{r.år.årtal - 1} års underlag har {antal[rad.id]}. Vilket är det?"
            )
            yield Finding("varning", text, r.år.underlag.fil)
    for del_, id_ in (("antal", "medarbetare"), ("kvinnor", "kvinnor")):
        summa, sagt = (r.fakta.värde(f"{nyckel}/{r.år.period}") for nyckel in (f"personal.{del_}", f"uppgift.{id_}"))
        if summa is None or sagt is None:
            continue
        yield Prövat()
        if summa != sagt:
            text = (
                f"Bladet Personal har tillsammans {summa:f} {'anställda' if del_ == 'antal' else 'kvinnor'}, men raden "
                f"{id_} i bladet Uppgifter har {sagt:f}. Rätta den som är fel."
            )
            yield Finding("fel", text, r.år.underlag.fil, summa - sagt, lag="LKBR 11 kap. 5 §")


def _fattas(fråga: Fråga, r: Redovisning, lag: str | None = None) -> Finding:
    text = f"Uppgift saknas: {fråga.benämning}. Dokumentet säger det; fyll i raden {fråga.id} i bladet Uppgifter."
    return Finding("varning", text, r.år.underlag.fil, lag=lag, saknas=fråga.benämning)


def _helt_saknad(krav: Krav, r: Redovisning, tabeller: Collection[str]) -> Iterator[Finding]:
    """What is missing as a whole of what a row asks for."""
    varför = f"{krav.vad} saknas, men krävs: {krav.när.ord}."
    notis = noten(krav, r.år)
    text = krav.text or (f"not_{notis.id}" if notis and not notis.rader else "")
    if krav.not_ and notis is None:
        råd = f"Lägg till noten under noter i forbund.yml: {{id: {krav.not_}, rubrik: …}}."
        yield Finding("fel", f"{varför} {råd}", "forbund.yml", lag=krav.lag, saknas=krav.vad)
    elif text in r.år.ej_skrivna:
        råd = f"Texten om {gemena(krav.vad)} är inte skriven: skriv text/{text}.md och ta bort dess första rad."
        yield Finding("fel", råd, f"text/{text}.md", lag=krav.lag, saknas=krav.vad)
    elif text and not _är_skriven(text, r):
        yield Finding("fel", f"{varför} Skriv text/{text}.md.", f"text/{text}.md", lag=krav.lag, saknas=krav.vad)
    elif krav.blad and krav.tabell not in tabeller:
        råd = f"{varför} Fyll i bladet {krav.blad}."
        yield Finding("fel", råd, r.år.underlag.fil, lag=krav.lag, saknas=krav.vad)


def _är_skriven(text: str, r: Redovisning) -> bool:
    return text in r.år.texter and bool(r.år.texter[text].text.strip())


def _berättat(krav: Krav, r: Redovisning) -> bool:
    """Whether the förbund has a note of its own, with its words in place of the rows that the law's note has."""
    notis = noten(krav, r.år)
    return notis is not None and notis.rader != LAGENS_RADER.get(krav.not_) and _är_skriven(f"not_{notis.id}", r)


LUCKOR = {
    "uppdrag": "Skriv hur det är gjort i bladet Uppdrag.",
    "revisionsanmarkningar": "Fyll i bladet Revisionens anmärkningar, eller skriv inga i raden revisionsanmarkningar i "
    "bladet Uppgifter.",
    "medlemsandelar": "Skriv dem i forbund.yml, medlemsandelar, med källa.",
}
"""By table that finsam makes of the sheets and the settings: what to do where it says that something is missing."""


def _tabellens_luckor(krav: Krav, r: Redovisning, tabell: Tabell | None) -> Iterator[Finding]:
    if tabell is None or krav.tabell not in LUCKOR:
        return
    luckor = [rad for rad in tabell.rader if any(c.text == SAKNAS or _tom(c.fakta, r) for c in rad.celler)]
    vilka = f" ({uppräkning(gemena(rad.etikett) for rad in luckor)})" if len(tabell.rader) > 1 else ""
    if luckor:
        text = f"Uppgift saknas: {gemena(krav.vad)}{vilka}. Dokumentet säger det. {LUCKOR[krav.id]}"
        luckan = f"{krav.vad}{vilka}"
        if krav.id == "medlemsandelar" and (korta := delårsmedlemmar(r.år)):
            vilka = uppräkning([medlem.namn for medlem in korta])
            text += f" {vilka} har varit medlem bara en del av året, så årets bidrag säger inte andelen vid dess slut."
        yield Finding("varning", text, tabell.id, lag=krav.lag, saknas=luckan)


def _tom(nyckel: str, r: Redovisning) -> bool:
    return nyckel in r.fakta and r.fakta[nyckel].text == SAKNAS


@kontroll(
    "C66",
    "Anläggningstillgångarnas inköp, avgångar och avskrivningar är räkningarnas.",
    lag="LKBR 10 kap. 2 §",
    saknas="inga avskrivna anläggningstillgångar",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_anläggning(r: Redovisning) -> Kontroll:
    """What is written off on the tillgångar is the resultaträkning's; then what was bought is the kassaflöde's."""
    period = r.år.period
    if not any(r.fakta[f"{post}{del_}/{period}"].värde for post in POSTER.values() for del_ in ("", ".ingaende")):
        return
    avskrivet = sum((r.fakta[f"anlaggning.{id_}.arets_avskrivning/{period}"].värde or NOLL for id_ in POSTER), NOLL)
    i_räkningen = r.fakta[f"rr.avskrivningar/{period}"].värde or NOLL
    poster = tuple(f"anlaggning.{id_}.arets_avskrivning" for id_ in POSTER), ("rr.avskrivningar",)
    yield jämför("Tillgångarnas avskrivningar = resultaträkningens", *poster, period)
    if avskrivet != i_räkningen:
        text = (
            f"Tillgångarnas konton är avskrivna med {kr(-avskrivet)} kr men resultaträkningens avskrivningar är "
            f"{kr(-i_räkningen)} kr. Se efter vilket konto som avskrivningen eller utrangeringen är bokförd på."
        )
        lag, fakta = "LKBR 7 kap. 3 §", (f"rr.avskrivningar/{period}",)
        yield Finding("varning", text, "not_anlaggning", avskrivet - i_räkningen, lag=lag, fakta=fakta)
        return
    inköp, restvärde = NOLL, NOLL
    for id_ in POSTER:
        delar = [r.fakta[f"anlaggning.{id_}.{d}/{period}"].värde or NOLL for d in ("inkop", "avgang", "aterfort")]
        inköp, restvärde = inköp + delar[0], restvärde + delar[1] + delar[2]
    kassaflöde = r.fakta[f"kf.investering/{period}"].värde
    finansiella = r.fakta[f"br.finansiella_anlaggningstillgangar/{period}"].värde or NOLL
    finansiella -= r.fakta[f"br.finansiella_anlaggningstillgangar.ingaende/{period}"].värde or NOLL
    yield Prövat(int(kassaflöde is not None))
    if kassaflöde is not None and inköp + restvärde + finansiella != -kassaflöde:
        text = (
            f"Inköp minus avgångar är {kr(inköp + restvärde + finansiella)} kr men kassaflödets investeringar "
            f"{kr(-kassaflöde)} kr."
        )
        skiljer = inköp + restvärde + finansiella + kassaflöde
        yield Finding("fel", text, "not_anlaggning", skiljer, fakta=(f"kf.investering/{period}",))


@kontroll(
    "C67",
    "Tidigare års underskott är redovisade och kedjan går ihop.",
    lag="LKBR 11 kap. 11 §",
    saknas="inget tidigare år har underskott",
    i=(ÅRSREDOVISNING,),
)
def check_underskott(r: Redovisning) -> Kontroll:
    """Every earlier deficit has a row that the räkningar agree with; no more is restored than there was and is."""
    rader = {rad.år: rad for rad in r.år.underlag.underskott}
    utan_rad = [ett for ett in underskottsår(r.år, r.fakta) if ett not in rader]
    if utan_rad:
        vilka = uppräkning(f"{ett} ({kr(-(resultat(ett, r.fakta) or NOLL))} kr)" for ett in utan_rad)
        text = f"Underskott {vilka}: hur de har reglerats och vad som återstår saknas, och dokumentet säger det."
        text += " Skriv en rad för varje år i bladet Balanskrav."
        fakta = tuple(f"rr.arets_resultat/{ett}" for ett in utan_rad)
        saknas_ord = "hur tidigare års underskott har reglerats, och vad som återstår"
        yield Finding("varning", text, "balanskravskedja", fakta=fakta, saknas=saknas_ord)
    for ett, rad in rader.items():
        yield Prövat()
        känt, plats = resultat(ett, r.fakta), "balanskravskedja"
        if ett >= r.år.årtal:
            text = f"Bladet Balanskrav, rad {rad.rad}: {ett} är inte ett tidigare år."
            yield Finding("fel", text, plats)
        if känt is not None and känt >= 0:
            text = f"Bladet Balanskrav har ett underskott {ett}, men årets resultat var {kr(känt)} kr."
            yield Finding("varning", text, plats, känt)
        if min(rad.underskott, rad.förut, rad.i_år, rad.undantaget) < 0:
            yield Finding("fel", f"Bladet Balanskrav, rad {rad.rad}: beloppen skrivs utan minus.", plats)
        borta = rad.förut + rad.i_år + rad.undantaget
        if borta > rad.underskott:
            text = f"Av underskottet {ett}, {kr(rad.underskott)} kr, är {kr(borta)} kr återställt eller undantaget."
            yield Finding("fel", text, plats, borta - rad.underskott)
        elif (rad.undantaget or borta < rad.underskott) and not rad.skäl.strip():
            vad = "vilka de synnerliga skälen är" if rad.undantaget else "hur resten ska återställas"
            text = (
                f"Av underskottet {ett} är inte allt återställt. Skriv {vad} i Skäl, bladet Balanskrav, rad {rad.rad}."
            )
            yield Finding("varning", text, plats)
    i_år = sum((rad.i_år for rad in rader.values()), NOLL)
    årets = r.fakta[f"balanskrav.resultat/{r.år.period}"].värde or NOLL
    yield Prövat(int(bool(i_år)))
    if i_år > max(årets, NOLL):
        text = f"{kr(i_år)} kr är återställt i år, men balanskravsresultatet är {kr(årets)} kr."
        yield Finding("fel", text, "balanskravskedja", i_år - årets)


@kontroll(
    "C68",
    "Den lydelse av RKR:s rekommendationer som anges gäller räkenskapsåret.",
    lag="LKBR 4 kap. 3 §",
    saknas="texterna och uppgifterna anger ingen lydelse (raden rkr_lydelse i bladet Uppgifter)",
    i=(ÅRSREDOVISNING,),
)
def check_rkr(r: Redovisning) -> Kontroll:
    """The year's wording is named, and a recommendation named with a year is in the wording of räkenskapsåret."""
    nyckel = f"uppgift.rkr_lydelse/{r.år.period}"
    yield Prövat()
    if saknas("rkr_lydelse", r.år, r.fakta):
        fråga = next(f for krav in gällande(r.år, r.fakta) for f in krav.frågor if f.id == "rkr_lydelse")
        yield _fattas(fråga, r)
        sagt = ""
    else:
        f = r.fakta[nyckel]
        sagt = f.text or f"{f.värde:f}"
        andra = [ett for ett in re.findall(r"\b20\d\d\b", re.sub(_NAMNGIVEN, "", sagt)) if ett != r.år.period]
        if andra:
            text = f"RKR:s rekommendationer sägs vara {uppräkning(andra)} års lydelse, inte {r.år.period} års."
            yield Finding("varning", f"{text} Rätta raden rkr_lydelse i bladet Uppgifter.", r.år.underlag.fil)
    texter = {namn: fil for namn, fil in r.år.texter.items() if "redovisningsprinciper" in namn}
    for var, ord_ in [(r.år.underlag.fil, sagt), *((fil.fil, fil.text) for fil in texter.values())]:
        for namn, tal in re.findall(_NAMNGIVEN, ord_):
            yield Prövat()
            ny = NY_LYDELSE.get(namn.replace(" ", ""))
            if ny and (int(tal) >= ny) != (r.år.årtal >= ny):
                vilken = "den nya lydelsen gäller från" if r.år.årtal >= ny else "den nya lydelsen gäller först från"
                text = f"{namn} anges i lydelsen från {tal}, men {vilken} räkenskapsåret {ny}."
                yield Finding("varning", text, var)


_NAMNGIVEN = re.compile(r"\b(R ?\d{1,2})\b[^.;,\n]{0,30}?\b(20\d\d)\b")


@kontroll(
    "C23",
    "Intäkterna kommer från medlemmarna.",
    lag="lag (2003:1210) 5 §",
    saknas="vad av intäkterna som är medlemsbidrag är inte känt (medlemsbidrag i forbund.yml)",
    i=(ÅRSREDOVISNING,),
)
def check_externa_intäkter(r: Redovisning) -> Kontroll:
    """Income from others than members is pointed out, not refused."""
    externt = r.fakta.värde(f"externa_intakter/{r.år.period}")
    yield Prövat(int(externt is not None))
    if externt:
        text = f"Intäkterna har {kr(externt)} kr från andra än medlemmarna; bara medlemmarna får föra över medel."
        fakta = (f"externa_intakter/{r.år.period}", f"rr.verksamhetens_intakter/{r.år.period}")
        yield Finding("upplysning", text, "not_intakter", externt, fakta=fakta)
