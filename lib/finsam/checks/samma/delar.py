"""A part is not larger than its whole, and nothing is owed the wrong way round."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, andel, kr, svenskt_tal
from finsam.model.fakta import Fakta
from finsam.model.ord import VISAS_EJ
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Deltagarrad, Målrad, Planmål
from finsam.statements.deltagare import FLÖDE, Ruta
from finsam.statements.redovisning import Redovisning


class Del(NamedTuple):
    """Two facts by patterns of their ids, of which the first is a part of the second, and where to mend it."""

    del_: str
    hela: str
    var: str


DELAR = (
    Del(r"uppgift\.rakenskapsrevision", r"(?:not|kostnad)\.\w+\.revision", "Uppgifter"),
    Del(r"uppgift\.(?:\w+_)?kvinnor", r"uppgift\.medarbetare", "Uppgifter"),
    Del(r"uppgift\.(?:\w+_)?m[aä]n", r"uppgift\.medarbetare", "Uppgifter"),
)
GRÄNSER = (("_lagst", "_hogst"), ("_fran", "_till"))
"""How the ids of two uppgifter end when the first is the lower end of a span and the second its upper."""
_ÅLDER = re.compile(r"(?:lägsta|högsta) ålder\b", re.IGNORECASE)
ÄLDST = 110
EN_PROCENTENHET = Decimal("0.01")
OMVÄNT = {"br.fordringar": "fordran", "br.kortfristiga_skulder": "skuld", "br.kassa_bank": "tillgång"}
"""Posts of the balansräkning in which nothing is negative, and what each of their rows is."""


@kontroll(
    "C55",
    "En del är inte större än det hela.",
    saknas="ingen uppgift är en del av en annan",
)
def check_delar(r: Redovisning) -> Kontroll:
    """Parts against wholes, spans against their ends, and shares against a hundred per cent."""
    alla = [f for f in r.fakta.values() if f.period == r.år.period]
    for par in DELAR:
        helheter = list(_som(alla, par.hela))
        for del_ in _som(alla, par.del_):
            yield from _check_del(del_, helheter, par.var)
    yield from _check_kostnadslös(r)
    yield from _check_års_kostnader(r)
    yield from _check_spann(r)
    yield from _check_soliditet(r)
    yield from _check_summor(r)
    for rad in r.år.underlag.uppgifter:
        ålder = rad.enhet in ("antal", "år") and isinstance(rad.värde, Decimal) and _ÅLDER.search(rad.benämning)
        if ålder and isinstance(rad.värde, Decimal) and rad.värde > ÄLDST:
            text = f"{rad.benämning} är {svenskt_tal(rad.värde)}. Rätta Värde."
            yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")
        if rad.enhet == "%" and isinstance(rad.värde, Decimal):
            yield Prövat()
            if not 0 <= rad.värde <= 100:
                text = f"{rad.benämning} är {andel(rad.värde / 100)}. Stämmer talet och enheten?"
                yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")
    for flerår in r.år.underlag.flerårsöversikt:
        if flerår.enhet == "%" and flerår.värde is not None:
            yield Prövat()
            if flerår.värde > 100:
                text = f"Flerårsöversikt, rad {flerår.rad}: {flerår.post} är {andel(flerår.värde / 100)} {flerår.år}."
                yield Finding("varning", f"{text} Stämmer talet?", f"Flerårsöversikt, rad {flerår.rad}")
    yield from _check_deltagare(r)


def _som(fakta: Iterable[Fakta], mönster: str) -> Iterator[Fakta]:
    return (f for f in fakta if f.värde is not None and re.fullmatch(mönster, f.id))


def _check_del(del_: Fakta, helheter: list[Fakta], var: str) -> Kontroll:
    """A part is told when it is larger than every fact that may be its whole."""
    yield Prövat(int(bool(helheter)))
    hela = max(helheter, key=lambda f: abs(f.värde or NOLL), default=None)
    if hela is not None and del_.värde is not None and hela.värde is not None and del_.värde > abs(hela.värde):
        text = (
            f"{del_.definition.rstrip('.')} är {_visa(del_)}, mer än {hela.definition.rstrip('.')}, {_visa(hela)}, som "
            f"det är en del av. Rätta {del_.id.rpartition('.')[2]} i bladet {var}."
        )
        yield Finding("varning", text, del_.nyckel, del_.värde - abs(hela.värde))


def _check_kostnadslös(r: Redovisning) -> Kontroll:
    """The examination of the accounts is not without cost when the revision has one, unless it was last year too."""
    for rad in r.år.underlag.uppgifter:
        if rad.id != "rakenskapsrevision" or rad.värde != NOLL:
            continue
        förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
        också_då = förra is not None and any(ett.id == rad.id and ett.värde == NOLL for ett in förra.uppgifter)
        kostat = any(f.värde for f in _som(r.fakta.values(), DELAR[0].hela) if f.period == r.år.period)
        yield Prövat()
        if kostat and not också_då:
            text = f"{rad.benämning} är 0 kr, men revisionen har kostnader i år. Rätta Värde."
            yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")


def _check_års_kostnader(r: Redovisning) -> Kontroll:
    """The costs of a past year are together what the flerårsöversikt has, within what rounding and interest are."""
    per_år: defaultdict[int, Decimal] = defaultdict(lambda: NOLL)
    for rad in r.år.underlag.kostnadsfördelning:
        per_år[rad.år] += rad.belopp
    for år, summa in per_år.items():
        hela = r.fakta.värde(f"rr.verksamhetens_kostnader/{år}")
        avskrivet = r.fakta.värde(f"rr.avskrivningar/{år}") or NOLL
        yield Prövat(int(bool(hela)))
        if hela and abs(summa - abs(hela)) > abs(hela) * EN_PROCENTENHET + abs(avskrivet):
            text = f"Kostnadsfördelning: {år} är tillsammans {kr(summa)} kr, men kostnaderna {kr(abs(hela))} kr"
            yield Finding(
                "varning", f"{text} i bladet Flerårsöversikt. Rätta det belopp som är fel.", "Kostnadsfördelning"
            )


def _visa(f: Fakta) -> str:
    tal = abs(f.värde or NOLL)
    return f"{kr(tal)} kr" if f.enhet == "kr" else andel(tal) if f.enhet == "andel" else svenskt_tal(tal)


def _check_soliditet(r: Redovisning) -> Kontroll:
    """A year's eget kapital is a part of its tillgångar, as large as the soliditet that is given for it."""
    blad = r.år.underlag.flerårsöversikt
    givna = {rad.år: rad for rad in blad if rad.post == "soliditet"}
    for rad in (rad for rad in blad if rad.post == "br.summa_tillgangar"):
        kapital, tillgångar = (r.fakta.värde(f"br.{post}/{rad.år}") for post in ("eget_kapital", "summa_tillgangar"))
        if kapital is None or not tillgångar or tillgångar < 0:
            continue
        given = givna.get(rad.år)
        yield Prövat(1 + bool(given))
        soliditet = kapital / tillgångar
        if soliditet > 1:
            text = f"Flerårsöversikt, rad {rad.rad}: det egna kapitalet är {kr(kapital)} kr {rad.år}, mer än"
            text += f" tillgångarna, {kr(tillgångar)} kr. Rätta den rad som är fel."
            yield Finding("varning", text, f"Flerårsöversikt, rad {rad.rad}")
        elif given and given.värde is not None and abs(given.värde / 100 - soliditet) > EN_PROCENTENHET:
            text = f"Flerårsöversikt, rad {given.rad}: soliditeten är {andel(given.värde / 100)} {rad.år}, men eget"
            text += f" kapital genom tillgångarna (rad {rad.rad}) är {andel(soliditet)}. Rätta den rad som är fel."
            yield Finding("varning", text, f"Flerårsöversikt, rad {given.rad}")


def _check_summor(r: Redovisning) -> Kontroll:
    """Uppgifter whose ids end _del_1, _del_2 … are together the one uppgift whose id begins as theirs do.

    The time of the förbundschef is all of it together.
    """
    tal = {rad.id: (rad, rad.värde) for rad in r.år.underlag.uppgifter if isinstance(rad.värde, Decimal)}
    tider = [tal[id_] for id_ in ("forbundschef_struktur", "forbundschef_administration") if id_ in tal]
    yield Prövat(int(len(tider) == 2))
    if len(tider) == 2 and all(rad.enhet == "%" for rad, _ in tider) and tider[0][1] + tider[1][1] != 100:
        (ena, a), (andra, b) = tider
        text = f"Uppgifter, rad {ena.rad} och {andra.rad}: {ena.benämning} ({svenskt_tal(a)} %) och {andra.benämning}"
        yield Finding("varning", f"{text} ({svenskt_tal(b)} %) är inte 100 %.", f"Uppgifter, rad {ena.rad}")
    for början in dict.fromkeys(id_.rpartition("_del_")[0] for id_ in tal if re.search(r"_del_\d$", id_)):
        delar = [tal[id_] for id_ in tal if re.fullmatch(rf"{början}_del_\d", id_)]
        hela = [
            par
            for id_, par in tal.items()
            if id_.startswith(f"{början}_") and par not in delar and par[0].enhet == delar[0][0].enhet
        ]
        yield Prövat(int(len(hela) == 1 < len(delar)))
        if len(hela) == 1 < len(delar) and (summa := sum(värde for _, värde in delar)) != hela[0][1]:
            rad = delar[0][0]
            text = (
                f"Uppgifter, rad {rad.rad}: delarna ({början}_del_…) är tillsammans {svenskt_tal(Decimal(summa))}, men"
            )
            text += f" {hela[0][0].benämning} är {svenskt_tal(hela[0][1])}. Vilket är rätt?"
            yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")


def _check_spann(r: Redovisning) -> Kontroll:
    """The lower end of a span is not above its upper."""
    u = r.år.underlag
    tal = {rad.id: (rad, rad.värde) for rad in u.uppgifter if isinstance(rad.värde, Decimal)}
    for id_, (rad, lägst) in tal.items():
        slut = next((slut for början, slut in GRÄNSER if id_.endswith(början)), "")
        övre, högst = tal.get(id_.rpartition("_")[0] + slut, (rad, lägst)) if slut else (rad, lägst)
        yield Prövat(int(övre is not rad))
        if lägst > högst and rad.enhet == övre.enhet:
            text = f"{rad.benämning} är {lägst}, mer än {övre.benämning}, {högst}. Rätta bladet Uppgifter."
            yield Finding("varning", text, f"Uppgifter, rad {rad.rad}")
    målen: list[Målrad | Planmål] = [*u.mål, *u.planmål]
    for mål in målen:
        if mål.gräns is not None and mål.övre is not None:
            yield Prövat()
            if mål.gräns > mål.övre:
                text = f"Målet {mål.id} har gränsen {mål.gräns} över den övre gränsen {mål.övre}. Har de bytt plats?"
                yield Finding("varning", text, f"{mål.blad}, rad {mål.rad}")


def _check_deltagare(r: Redovisning) -> Kontroll:
    """A varav is no larger than the mått above it, none of the flow than the total, nor are those who have answered."""
    rader = r.år.underlag.deltagare
    antal = {Ruta(rad.insats, rad.mått, rad.kön, rad.kommun, str(rad.år)): rad for rad in rader}
    ovanför: dict[tuple[str, str], str] = {}
    senast: dict[str, str] = {}
    for rad in rader:
        if not rad.benämning.casefold().startswith("varav"):
            senast[rad.insats] = rad.mått
        elif rad.insats in senast:
            ovanför.setdefault((rad.insats, rad.mått), senast[rad.insats])
    for ruta, rad in antal.items():
        hör_till_alla = rad.mått in FLÖDE or rad.mått.startswith("avslutade_")
        for mått in dict.fromkeys((ovanför.get((rad.insats, rad.mått)), "totalt" if hör_till_alla else None)):
            hela = antal.get(ruta._replace(mått=mått)) if mått and mått != rad.mått else None
            yield Prövat(int(hela is not None))
            if hela is not None and rad.antal > hela.antal:
                yield Finding("fel", _deltext(r, rad, hela), f"Deltagare, rad {rad.rad}")
    for svar in r.år.underlag.indikatorer:
        hela = antal.get(Ruta(svar.insats, "totalt", "", "", r.år.period))
        yield Prövat(int(hela is not None and svar.svar is not None))
        if hela is not None and svar.svar is not None and svar.svar > hela.antal:
            text = f"Fler har svarat på {svar.id} i {svar.insats} än som deltog under {r.år.period}. Rätta Antal svar."
            yield Finding("varning", text, f"Indikatorer, rad {svar.rad}")


def _deltext(r: Redovisning, rad: Deltagarrad, hela: Deltagarrad) -> str:
    """What is said of a count that is larger than its whole; no figures where either is withheld."""
    nycklar = [Ruta(ett.insats, ett.mått, ett.kön, ett.kommun, str(ett.år)).nyckel for ett in (rad, hela)]
    tal = f"{rad.antal} mot {hela.antal}"
    if any(n not in r.fakta or r.fakta[n].dold for n in nycklar):
        tal = VISAS_EJ
    vilka = ", ".join(del_ for del_ in (rad.insats, rad.kön, rad.kommun, str(rad.år)) if del_)
    return f"{rad.benämning} ({vilka}) är fler än {hela.benämning.lower()}: {tal}. Rätta bladet Deltagare."


@kontroll(
    "C56",
    "Fordringar, skulder, bank och finansiella poster har rätt tecken.",
    lag="LKBR 4 kap. 4 § 6",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
)
def check_tecken(r: Redovisning) -> Kontroll:
    """A fordran that is negative is a skuld, and the other way round: they may not be set off; and an income is no
    cost.
    """
    yield from _check_finansiella(r)
    rader = {
        f"not.{notis.id}.{rad.id}": (rad.etikett, OMVÄNT[notis.post])
        for notis in r.år.förbund.noter
        if notis.post in OMVÄNT
        for rad in notis.rader
        if not rad.fakta
    }
    i_not = {notis.post for notis in r.år.förbund.noter if notis.rader}
    poster = {
        "br.fordringar": "Fordringar",
        "br.kortfristiga_skulder": "Kortfristiga skulder",
        "br.kassa_bank": "Kassa och bank",
    }
    rader |= {post: (etikett, OMVÄNT[post]) for post, etikett in poster.items() if post not in i_not}
    for id_, (etikett, vad) in rader.items():
        f = r.fakta.get(f"{id_}/{r.år.period}")
        yield Prövat(int(f is not None and bool(f.värde)))
        if f is not None and f.värde is not None and f.värde < 0:
            annan = "fordran" if vad == "skuld" else "skuld"
            konton = f", konto {', '.join(f.konton)}" if f.konton else ""
            text = f"{etikett} är {kr(f.värde)} kr vid årets slut{konton}. En {vad} med minus är en {annan}."
            yield Finding(
                "varning", f"{text} Boka om den, eller flytta kontot i {r.år.kontoplan.fil}.", f.nyckel, f.värde
            )


def _check_finansiella(r: Redovisning) -> Kontroll:
    """The finansiella intäkter together are an income, and the costs a cost."""
    for id_, vad, annan, tecken in (
        ("rr.finansiella_intakter", "Finansiella intäkter", "kostnad", 1),
        ("rr.finansiella_kostnader", "Finansiella kostnader", "intäkt", -1),
    ):
        f = r.fakta.get(f"{id_}/{r.år.period}")
        yield Prövat(int(f is not None and bool(f.värde)))
        if f is not None and f.värde is not None and f.värde * tecken < 0:
            konton = f", konto {', '.join(f.konton)}" if f.konton else ""
            text = (
                f"{vad} är tillsammans en {annan} på {kr(abs(f.värde))} kr{konton}. Boka om den, eller flytta kontot i"
            )
            yield Finding("varning", f"{text} {r.år.kontoplan.fil}.", f.nyckel, f.värde)
