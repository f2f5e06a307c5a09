"""The made-up förbund's ledger, invented but not random: the same verifikationer every time.

Five years are booked from an opening balance, so that every year opens with last year's invoices, accruals and moms.
The two last are written to files. Amounts are debit plus, credit minus.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt, Transaktion, Verifikation, Verifikationslista
from finsam.report.visning import MÅNADER

from .exempel_inkop import INKÖP, LICENS_OCH_FÖRSÄKRING, Inköp
from .exempel_konton import DIMENSIONER, KONTON, OBJEKT

NAMN = "Samordningsförbundet Exempelbygden"
ORGNR = "222000-0000"
ÅREN = range(2021, 2026)
EGET_KAPITAL_VID_START = Decimal("482439")
SKATTEKONTO_VID_START = Decimal("1860")

KVARTAL = ((1, "första"), (4, "andra"), (7, "tredje"), (10, "fjärde"))

STYRELSEN: Objekt = ("1", "100")
KANSLIET: Objekt = ("1", "200")
STRUKTUR: Objekt = ("1", "210")
FINANSIERING: Objekt = ("1", "400")

MEDLEMSBIDRAG = {2021: 4_050_000, 2022: 4_100_000, 2023: 4_150_000, 2024: 4_200_000, 2025: 4_200_000}
KOMMUNER = {"granvik": "GRA", "hallsta": "HAL", "mossby": "MOS", "sjoede": "SJO", "angby": "ANG"}
INVÅNARE = {
    2021: (21_012, 14_388, 9_954, 6_512, 4_210),
    2022: (21_107, 14_371, 9_921, 6_470, 4_183),
    2023: (21_260, 14_342, 9_906, 6_431, 4_148),
    2024: (21_433, 14_309, 9_872, 6_388, 4_117),
    2025: (21_548, 14_267, 9_861, 6_344, 4_089),
}
"""Invånare in the order of KOMMUNER on 1 November the year before the budget was decided."""

ÖVERSKOTT_KOMPASSEN = {2021: 9_412, 2022: 14_873, 2023: 11_206, 2024: 27_635, 2025: 18_947}
RÄNTA = {2021: "0", 2022: "0.0025", 2023: "0.0210", 2024: "0.0235", 2025: "0.0140"}
ARVODE = {2021: 960, 2022: 980, 2023: 1_010, 2024: 1_050, 2025: 1_080}
STYRELSEMÖTEN = {2: 14, 4: 18, 6: 13, 9: 12, 10: 17, 11: 21, 12: 12}
SOCIALA_AVGIFTER = Decimal("0.3142")
STRUKTURANDEL = Decimal("0.30")
INVENTARIE = (date(2025, 3, 18), Decimal(58_400), 60)
"""Bought when, for how much without moms, and over how many months it is written off."""


@dataclass(frozen=True, slots=True)
class Rad:
    """A row of a voucher. `slag` is the kind of cost an insatsägare reports it as."""

    konto: str
    belopp: Decimal
    objekt: tuple[Objekt, ...] = ()
    slag: str = ""


@dataclass(frozen=True, slots=True)
class Bokning:
    """A voucher before it has a number."""

    serie: str
    datum: date
    text: str
    rader: tuple[Rad, ...]


class Huvudbok:
    """Vouchers in the order they were thought of, and the balances they give."""

    def __init__(self) -> None:
        self.bokningar: list[Bokning] = []

    def bokför(self, serie: str, datum: date, text: str, *rader: Rad) -> None:
        """Book a voucher; rows of nothing are left out and the rest must be nil together."""
        rader = tuple(rad for rad in rader if rad.belopp)
        if sum(rad.belopp for rad in rader):
            raise ValueError(f"{serie} {datum} {text} balanserar inte.")
        if rader:
            self.bokningar.append(Bokning(serie, datum, text, rader))

    def rader(self, från: date, till: date) -> Iterator[Rad]:
        """Rows of the vouchers dated within a span, both days counted."""
        return (rad for bokning in self.bokningar if från <= bokning.datum <= till for rad in bokning.rader)

    def saldo(self, konto: str, till: date) -> Decimal:
        """Balance of a konto at the end of a day."""
        return sum((rad.belopp for rad in self.rader(date.min, till) if rad.konto == konto), Decimal(0))


def öre(tal: Decimal) -> Decimal:
    """Round to whole öre."""
    return tal.quantize(Decimal("0.01"))


def vardag(dag: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return dag + timedelta(days=max(0, 7 - dag.weekday()) if dag.weekday() > 4 else 0)


def sista(år: int, månad: int) -> date:
    """Last day of a month."""
    return date(år + månad // 12, månad % 12 + 1, 1) - timedelta(days=1)


def fördela_på(belopp: int, delar: tuple[int, ...]) -> list[int]:
    """Divide whole kronor in proportion, the last kronor to the largest remainders."""
    svar = [belopp * del_ // sum(delar) for del_ in delar]
    ordning = sorted(range(len(delar)), key=lambda i: -(belopp * delar[i] % sum(delar)))
    for i in ordning[: belopp - sum(svar)]:
        svar[i] += 1
    return svar


def medlemsbidrag(år: int) -> dict[str, int]:
    """What each member gives: half, a quarter, and a quarter divided by invånare (2003:1210, 5 §)."""
    summa = MEDLEMSBIDRAG[år]
    kommuner = zip(KOMMUNER, fördela_på(summa // 4, INVÅNARE[år]), strict=True)
    return {"staten": summa // 2, "regionen": summa // 4, **dict(kommuner)}


# --- what happens in a year ----------------------------------------------------------------------------------------


def fakturera(bok: Huvudbok, inköp: Inköp, år: int, slump: random.Random) -> None:
    """Book a year's invoices of one kind, their payments, and the December that comes in January."""
    moms = Decimal(inköp.moms) / 100
    for månad, belopp in inköp.belopp_per_månad(år, slump):
        konto = Rad(inköp.konto, belopp, inköp.objekt, inköp.slag)
        vad = f"{inköp.vad} {MÅNADER[månad - 1]} {år}"
        dag = date(år, månad, inköp.dag)
        if inköp.efterskott:
            dag = sista(år, månad) + timedelta(days=inköp.dag)
            if månad == 12:
                upplupen(bok, år, f"{inköp.leverantör}: {vad}", konto)
        leverantörsfaktura(bok, vardag(dag), inköp.leverantör, vad, konto, öre(belopp * moms))


def upplupen(bok: Huvudbok, år: int, text: str, kostnad: Rad) -> None:
    """Book a cost on 31 December whose invoice comes in January, and take it back on 1 January."""
    skuld = "2991" if kostnad.konto.startswith("45") else "2992"
    vänd = Rad(kostnad.konto, -kostnad.belopp, kostnad.objekt, kostnad.slag)
    bok.bokför("O", sista(år, 12), f"Upplupet: {text}", kostnad, Rad(skuld, -kostnad.belopp))
    bok.bokför("O", date(år + 1, 1, 1), f"Återföring av upplupet: {text}", vänd, Rad(skuld, kostnad.belopp))


def leverantörsfaktura(
    bok: Huvudbok, dag: date, leverantör: str, vad: str, kostnad: Rad, moms: Decimal = Decimal(0)
) -> None:
    """Book an invoice and its payment after thirty days."""
    summa = kostnad.belopp + moms
    bok.bokför("L", dag, f"{leverantör}: {vad}", kostnad, Rad("1651", moms), Rad("2441", -summa))
    betald = vardag(dag + timedelta(days=30))
    bok.bokför("B", betald, f"Betalning {leverantör}: {vad}", Rad("2441", summa), Rad("1941", -summa))


def kalla_in_bidrag(bok: Huvudbok, år: int) -> None:
    """Claim and receive the members' contributions, a quarter at a time."""
    konton = {"staten": ("3511", ()), "regionen": ("3512", ())}
    for medlem, belopp in medlemsbidrag(år).items():
        konto, motpart = konton.get(medlem, ("3513", (("20", KOMMUNER.get(medlem, "")),)))
        namn = {"staten": "Försäkringskassan", "regionen": "Region Exempellän"}.get(medlem)
        namn = namn or OBJEKT["20", KOMMUNER[medlem]]
        for månad, kvartal in KVARTAL:
            del_ = Decimal(belopp // 4 + (belopp % 4 if månad == 10 else 0))
            text = f"{namn}: medlemsbidrag {kvartal} kvartalet {år}"
            krav, betald = vardag(date(år, månad, 3)), vardag(date(år, månad, 28))
            bok.bokför("M", krav, text, Rad("1511", del_), Rad(konto, -del_, (FINANSIERING, *motpart)))
            bok.bokför("B", betald, f"Inbetalning {text}", Rad("1941", del_), Rad("1511", -del_))


def återkräv_överskott(bok: Huvudbok, år: int) -> None:
    """Claim back what Granvik did not use of its advance for Kompassen, and receive it in February."""
    belopp, objekt = Decimal(ÖVERSKOTT_KOMPASSEN[år]), (("1", "300"), ("6", "KOM"))
    text = f"Granviks kommun: återbetalning av överskott, Kompassen {år}"
    bok.bokför("M", sista(år, 12), text, Rad("1511", belopp), Rad("4511", -belopp, objekt, "personal"))
    bok.bokför("B", vardag(date(år + 1, 2, 20)), f"Inbetalning {text}", Rad("1941", belopp), Rad("1511", -belopp))


def betala_arvoden(bok: Huvudbok, år: int, slump: random.Random) -> None:
    """Pay the board's arvoden each month, and the tax and avgifter the month after."""
    for månad in range(1, 13):
        namn = f"{MÅNADER[månad - 1]} {år}"
        fast = Decimal(2 * ARVODE[år])
        möte = Decimal(ARVODE[år] * dra(slump, 7, 9)) if månad in STYRELSEMÖTEN else Decimal(0)
        förlorad = Decimal(dra(slump, 480, 2_150)) if möte and månad % 4 else Decimal(0)
        bil = Decimal(dra(slump, 9, 31) * 25) if möte else Decimal(0)
        lön = fast + möte + förlorad
        skatt, avgift = (lön * Decimal("0.30")).quantize(Decimal(1)), (lön * SOCIALA_AVGIFTER).quantize(Decimal(1))
        poster = (("5010", fast), ("5011", möte), ("5014", förlorad), ("5511", bil))
        kostnader = [Rad(konto, belopp, (STYRELSEN,)) for konto, belopp in poster]
        betalt = [Rad("2711", -skatt), Rad("1941", skatt - lön - bil)]
        bok.bokför("P", vardag(date(år, månad, 25)), f"Arvoden och ersättningar {namn}", *kostnader, *betalt)
        avgifter = Rad("5611", avgift, (STYRELSEN,)), Rad("2731", -avgift)
        bok.bokför("P", vardag(date(år, månad, 25)), f"Arbetsgivaravgifter {namn}", *avgifter)
        dag = vardag(sista(år, månad) + timedelta(days=12))
        in_ = Rad("1631", skatt + avgift), Rad("1941", -skatt - avgift)
        bok.bokför("B", dag, f"Inbetalning till skattekontot, {namn}", *in_)
        ut = Rad("2711", skatt), Rad("2731", avgift), Rad("1631", -skatt - avgift)
        bok.bokför("A", dag, f"Skatteverket: skatt och arbetsgivaravgifter {namn}", *ut)


def dra(slump: random.Random, minst: int, mest: int) -> int:
    """A whole number within limits; random() alone gives the same in every version of Python."""
    return minst + int(slump.random() * (mest - minst + 1))


def periodisera(bok: Huvudbok, år: int) -> None:
    """Spread what is paid for a year ahead over the twelve months it covers."""
    for inköp in LICENS_OCH_FÖRSÄKRING:
        [(månad, belopp)] = inköp.belopp_per_månad(år, random.Random(0))
        moms = öre(belopp * inköp.moms / 100)
        köp = Rad("1711", belopp)
        leverantörsfaktura(bok, vardag(date(år, månad, inköp.dag)), inköp.leverantör, f"{inköp.vad} {år}", köp, moms)
        for nr in range(12):
            del_ = öre(belopp * (nr + 1) / 12) - öre(belopp * nr / 12)
            dag = sista(år + (månad + nr - 1) // 12, (månad + nr - 1) % 12 + 1)
            text = f"Periodisering: {inköp.vad} {MÅNADER[dag.month - 1]} {dag.year}"
            bok.bokför("A", dag, text, Rad(inköp.konto, del_, inköp.objekt, inköp.slag), Rad("1711", -del_))


def betala_hyra(bok: Huvudbok, år: int) -> None:
    """Rent by the quarter; the first quarter's invoice comes in December and waits as förutbetald kostnad."""
    hyra = Decimal(15_300 + 390 * (år - 2024))
    for månad, kvartal in KVARTAL:
        vad = f"lokalhyra {kvartal} kvartalet {år}"
        dag = vardag(date(år, månad, 1) - timedelta(days=14)) if år > ÅREN[0] or månad > 1 else date(år, 1, 8)
        kostnad = Rad("6011", hyra, (KANSLIET,))
        if dag.year == år:
            leverantörsfaktura(bok, dag, "Granviks kommun", vad, kostnad)
        else:
            leverantörsfaktura(bok, dag, "Granviks kommun", vad, Rad("1711", hyra))
            bok.bokför("A", date(år, 1, 2), f"Omföring av förutbetald {vad}", kostnad, Rad("1711", -hyra))


def fördela_förbundschef(bok: Huvudbok, år: int) -> None:
    """Move the structural part of the bought förbundschef from administration, month by month."""
    for månad in range(1, 13):
        span = date(år, månad, 1), sista(år, månad)
        köpt = sum((rad.belopp for rad in bok.rader(*span) if rad.konto == "7411"), Decimal(0))
        del_ = öre(köpt * STRUKTURANDEL)
        text = f"Omföring förbundschef, strukturarbete {MÅNADER[månad - 1]} {år}"
        bok.bokför("A", span[1], text, Rad("7411", del_, (STRUKTUR,)), Rad("7411", -del_, (KANSLIET,)))


def begär_moms(bok: Huvudbok, år: int) -> None:
    """Get each month's ingående moms back from Skatteverket, the second month after (lag 2005:807)."""
    for månad in range(1, 13):
        span = date(år, månad, 1), sista(år, månad)
        moms = sum((rad.belopp for rad in bok.rader(*span) if rad.konto == "1651" and rad.belopp > 0), Decimal(0))
        text = f"Skatteverket: ersättning för ingående moms {MÅNADER[månad - 1]} {år}"
        dag = date(år + (månad + 1) // 12, (månad + 1) % 12 + 1, 12)
        bok.bokför("B", vardag(dag), text, Rad("1941", moms), Rad("1651", -moms))


def avskriv(bok: Huvudbok) -> None:
    """Buy the one inventarie and write it off from the month after."""
    köpt, belopp, månader = INVENTARIE
    vad = "konferensutrustning för distansmöten"
    leverantörsfaktura(bok, köpt, "Exempelljud AB", vad, Rad("1211", belopp), öre(belopp / 4))
    for nr, månad in enumerate(range(köpt.month + 1, 13)):
        del_ = öre(belopp * (nr + 1) / månader) - öre(belopp * nr / månader)
        rader = Rad("7911", del_, (KANSLIET,)), Rad("1219", -del_)
        bok.bokför("A", sista(köpt.year, månad), f"Avskrivning {vad} {MÅNADER[månad - 1]} {köpt.year}", *rader)


def räkna_bank(bok: Huvudbok, år: int) -> None:
    """Bank charges each month and interest each quarter on what is then in the bank."""
    for månad in range(1, 13):
        avgift = Decimal("148.50") if månad % 3 else Decimal("211.00")
        text = f"Bankavgifter {MÅNADER[månad - 1]} {år}"
        bok.bokför("B", sista(år, månad), text, Rad("8571", avgift, (FINANSIERING,)), Rad("1941", -avgift))
    for månad, kvartal in KVARTAL:
        dag = sista(år, månad + 2)
        ränta = öre(bok.saldo("1941", dag) * Decimal(RÄNTA[år]) / 4)
        text = f"Ränta bank {kvartal} kvartalet {år}"
        bok.bokför("B", dag, text, Rad("1941", ränta), Rad("8441", -ränta, (FINANSIERING,)))
    ränta = (bok.saldo("1631", sista(år, 12)) * Decimal(RÄNTA[år]) / 2).quantize(Decimal(1))
    rader = Rad("1631", ränta), Rad("8441", -ränta, (FINANSIERING,))
    bok.bokför("A", sista(år, 12), f"Skatteverket: ränta på skattekontot {år}", *rader)


def avsluta(bok: Huvudbok, år: int) -> None:
    """Book årets resultat, and move it to eget kapital in January (LKBR 4 kap. 4 §)."""
    span = date(år, 1, 1), date(år, 12, 31)
    resultat = -sum((rad.belopp for rad in bok.rader(*span) if rad.konto[0] in "345678"), Decimal(0))
    bok.bokför("O", span[1], f"Årets resultat {år}", Rad("8999", resultat), Rad("2099", -resultat))
    rader = Rad("2099", resultat), Rad("2010", -resultat)
    bok.bokför("A", date(år + 1, 1, 15), f"Omföring av {år} års resultat till eget kapital", *rader)


@cache
def huvudbok() -> Huvudbok:
    """Book all the years."""
    bok = Huvudbok()
    bank = EGET_KAPITAL_VID_START - SKATTEKONTO_VID_START
    öppning = Rad("1941", bank), Rad("1631", SKATTEKONTO_VID_START), Rad("2010", -EGET_KAPITAL_VID_START)
    bok.bokför("O", date(ÅREN[0] - 1, 12, 31), "Ingående balans", *öppning)
    for år in ÅREN:
        slump = random.Random(f"exempelforbundet {år}")
        for inköp in INKÖP:
            fakturera(bok, inköp, år, slump)
        for händelse in (kalla_in_bidrag, återkräv_överskott, periodisera, betala_hyra):
            händelse(bok, år)
        betala_arvoden(bok, år, slump)
    betala_hyra(bok, ÅREN.stop)
    avskriv(bok)
    for år in ÅREN:
        for händelse in (fördela_förbundschef, begär_moms, räkna_bank, avsluta):
            händelse(bok, år)
    return bok


# --- the file ------------------------------------------------------------------------------------------------------


def bokföringsår(år: int, nr: int) -> Bokföringsår:
    """Balances of a year as the file has them: nr 0 is the year of the file."""
    bok, start, slut = huvudbok(), date(år, 1, 1), date(år, 12, 31)
    ib: defaultdict[str, Decimal] = defaultdict(Decimal)
    for rad in bok.rader(date.min, start - timedelta(days=1)):
        if rad.konto[0] in "12":
            ib[rad.konto] += rad.belopp
    rörelse: defaultdict[str, Decimal] = defaultdict(Decimal)
    perioder: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    objekt: defaultdict[tuple[str, Objekt], Decimal] = defaultdict(Decimal)
    for bokning in bok.bokningar:
        for rad in bokning.rader if start <= bokning.datum <= slut else ():
            rörelse[rad.konto] += rad.belopp
            perioder[rad.konto, f"{bokning.datum:%Y%m}"] += rad.belopp
            for ett in rad.objekt:
                objekt[rad.konto, ett] += rad.belopp
    ub = {k: ib[k] + rörelse[k] for k in KONTON if k[0] in "12" and (k in ib or k in rörelse)}
    res = {k: rörelse[k] for k in KONTON if k[0] in "345678" and k in rörelse}
    ordnad = dict(sorted(perioder.items()))
    return Bokföringsår(nr, start, slut, utan_noll(ib), utan_noll(ub), res, dict(sorted(objekt.items())), {}, ordnad)


def utan_noll(saldon: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Balances by konto, without those that are nil."""
    return {konto: belopp for konto, belopp in sorted(saldon.items()) if belopp}


def numrera(bokningar: Iterable[Bokning]) -> Iterator[Verifikation]:
    """Give vouchers their numbers: by series, in the order of their dates."""
    nummer: Counter[str] = Counter()
    for bokning in sorted(bokningar, key=lambda b: (b.serie, b.datum)):
        nummer[bokning.serie] += 1
        rader = tuple(Transaktion(rad.konto, rad.objekt, rad.belopp, bokning.datum, "") for rad in bokning.rader)
        yield Verifikation(bokning.serie, str(nummer[bokning.serie]), bokning.datum, bokning.text, rader)


def bokföring(år: int) -> Bokföring:
    """A year's ledger with last year's balances, as SIE 4E gives it."""
    årets = (bokning for bokning in huvudbok().bokningar if bokning.datum.year == år)
    return Bokföring(
        namn=NAMN,
        orgnr=ORGNR,
        typ="4E",
        teckenkod="cp437",
        program="Exempelbokföring 1.0",
        konton={nummer: Konto(nummer, namn) for nummer, namn in KONTON.items()},
        dimensioner=DIMENSIONER,
        objekt=OBJEKT,
        år={0: bokföringsår(år, 0), -1: bokföringsår(år - 1, -1)},
        verifikationer=Verifikationslista(numrera(årets)),
        omfattar_till=date(år, 12, 31),
    )


def insatskostnader(år: int) -> dict[tuple[str, str], Decimal]:
    """What each insats cost by kind, as its insatsägare reports it."""
    summor: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for rad in huvudbok().rader(date(år, 1, 1), date(år, 12, 31)):
        if rad.slag:
            summor[dict(rad.objekt)["6"], rad.slag] += rad.belopp
    return dict(summor)
