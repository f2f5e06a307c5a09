"""The made-up Samordningsförbundet Tveälven's ledger: two regioner, own staff, an ESF project; BAS.

The förbund was formed on 1 January 2024, so 2024 has no year before. The file of 2025 has the year before as an
ordinary SIE 4 has it, totals and no objekt; those are in foregaende.se, the file of 2024. Every amount is set so that
it can be worked by hand (tests/tvealven). `PYTHONPATH=lib:. python -m tests.bygg.tvealven` writes the files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt, Transaktion, Verifikation

from .sie import write_sie

INPUTS = Path(__file__).parents[2] / "inputs" / "tvealven"
ÅREN = (2024, 2025)
KONTON = {
    "1220": "Inventarier",
    "1229": "Ackumulerade avskrivningar på inventarier",
    "1650": "Momsfordran, ersättning för ingående moms",
    "1710": "Förutbetalda hyreskostnader",
    "1930": "Företagskonto",
    "2091": "Balanserat resultat",
    "2440": "Leverantörsskulder",
    "2710": "Personalskatt",
    "2731": "Avräkning lagstadgade sociala avgifter",
    "2920": "Upplupna semesterlöner",
    "2941": "Beräknade upplupna sociala avgifter på semesterlöner",
    "2943": "Beräknad upplupen särskild löneskatt på pensionskostnader",
    "2950": "Upplupna avtalade pensionspremier",
    "2971": "Förutbetalda bidrag från ESF",
    "2990": "Övriga upplupna kostnader",
    "3971": "Medlemsbidrag, staten",
    "3972": "Medlemsbidrag, Region Älvnord",
    "3973": "Medlemsbidrag, Region Älvsyd",
    "3974": "Medlemsbidrag, Tallmo kommun",
    "3975": "Medlemsbidrag, Kvarnlida kommun",
    "3976": "Medlemsbidrag, Björkhamra kommun",
    "3977": "Medlemsbidrag, Åsmyra kommun",
    "3986": "Erhållna EU-bidrag, ESF",
    "4010": "Köpta insatser av medlemmarna",
    "4020": "Samverkansforum, lokaler och föreläsare",
    "5010": "Lokalhyra",
    "5615": "Leasing av personbilar",
    "5800": "Resekostnader",
    "6420": "Revision",
    "6530": "Redovisningstjänster",
    "6540": "It-tjänster",
    "6570": "Bankkostnader",
    "7010": "Löner",
    "7090": "Förändring av semesterlöneskuld",
    "7240": "Styrelsearvoden",
    "7410": "Pensionsförsäkringspremier",
    "7510": "Lagstadgade sociala avgifter",
    "7519": "Sociala avgifter för semesterlöneskuld",
    "7530": "Särskild löneskatt på pensionskostnader",
    "7610": "Utbildning",
    "7832": "Avskrivningar på inventarier",
    "8310": "Ränteintäkter från bank",
    "8410": "Räntekostnader",
}
STYRELSE, KANSLI, VÄGSKÄLET, KLIVET, NYCKELN, PRAKTIK, FORUM = (
    ("6", kod) for kod in ("10", "20", "100", "110", "120", "130", "200")
)
OBJEKT: dict[Objekt, str] = {
    STYRELSE: "Styrelse och revision",
    KANSLI: "Kansli",
    VÄGSKÄLET: "Vägskälet",
    KLIVET: "Klivet (ESF)",
    NYCKELN: "Nyckeln",
    PRAKTIK: "Praktikpoolen",
    FORUM: "Samverkansforum",
}
RAM = {2024: 9_600_000, 2025: 9_800_000}
ANDELAR = {
    "3971": Decimal("0.5"),
    "3972": Decimal("0.175"),  # 70 procent av regionernas fjärdedel
    "3973": Decimal("0.075"),
    "3974": Decimal("0.1"),  # 40, 30, 20 och 10 procent av kommunernas fjärdedel
    "3975": Decimal("0.075"),
    "3976": Decimal("0.05"),
    "3977": Decimal("0.025"),
}
SOCIALA, PENSION, LÖNESKATT, SEMESTER, SKATT = map(Decimal, ("0.3142", "0.06", "0.2426", "0.05", "0.30"))
ESF_ANDEL = Decimal("0.60")
"""What ESF pays of the project's salaries and sociala avgifter."""


@dataclass(frozen=True, slots=True)
class Rad:
    """A row of a voucher."""

    konto: str
    belopp: Decimal
    objekt: tuple[Objekt, ...] = ()


@dataclass(frozen=True, slots=True)
class Bokning:
    """A voucher before it has a number."""

    serie: str
    datum: date
    text: str
    rader: tuple[Rad, ...]


class Huvudbok:
    """Vouchers in the order they were thought of."""

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


def öre(tal: Decimal) -> Decimal:
    """Round to whole öre."""
    return tal.quantize(Decimal("0.01"))


def sista(år: int, månad: int) -> date:
    """Last day of a month."""
    return date(år + månad // 12, månad % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class År:
    """What a year costs. `löner` are by the month, from the month given; the rest are amounts for the year."""

    löner: dict[Objekt, tuple[int, int]]
    arvode: int
    insatser: dict[Objekt, int]
    forum: int
    hyra: int
    it: int
    redovisning: int
    revision: int
    resor: dict[Objekt, tuple[int, tuple[int, ...]]]
    utbildning: dict[Objekt, int]
    inköp: tuple[date, int]
    esf: tuple[date, int]
    ränta: int
    räntekostnad: int = 0


KVARTALEN = (3, 6, 9, 12)
HÄNDER = {
    2024: År(
        löner={KANSLI: (135_000, 1), VÄGSKÄLET: (170_000, 1), KLIVET: (70_000, 7), FORUM: (40_000, 1)},
        arvode=24_000,
        insatser={NYCKELN: 1_150_000, PRAKTIK: 420_000},
        forum=45_000,
        hyra=20_000,
        it=5_000,
        redovisning=9_000,
        revision=68_000,
        resor={
            KANSLI: (6_000, KVARTALEN),
            VÄGSKÄLET: (9_000, KVARTALEN),
            KLIVET: (6_000, (9, 12)),
            FORUM: (1_500, KVARTALEN),
        },
        utbildning={KANSLI: 18_000, VÄGSKÄLET: 30_000, KLIVET: 10_000},
        inköp=(date(2024, 4, 2), 180_000),
        esf=(date(2024, 8, 15), 1_200_000),
        ränta=38_400,
    ),
    2025: År(
        löner={KANSLI: (140_000, 1), VÄGSKÄLET: (176_000, 1), KLIVET: (72_000, 1), FORUM: (42_000, 1)},
        arvode=24_750,
        insatser={NYCKELN: 1_240_000, PRAKTIK: 610_000},
        forum=42_000,
        hyra=20_500,
        it=5_500,
        redovisning=9_500,
        revision=71_000,
        resor={
            KANSLI: (6_250, KVARTALEN),
            VÄGSKÄLET: (9_500, KVARTALEN),
            KLIVET: (7_500, KVARTALEN),
            FORUM: (1_750, KVARTALEN),
        },
        utbildning={KANSLI: 20_000, VÄGSKÄLET: 32_000, KLIVET: 24_000},
        inköp=(date(2025, 7, 1), 60_000),
        esf=(date(2025, 5, 20), 400_000),
        ränta=42_700,
        räntekostnad=310,
    ),
}
HYRA_JANUARI = {2025: 20_500, 2026: 21_000}
LEASING = {KANSLI: Decimal(4_000), VÄGSKÄLET: Decimal(4_500)}
AVSKRIVNINGSMÅNADER = 60


def faktura(bok: Huvudbok, dag: date, vad: str, *rader: Rad, moms: bool = False) -> None:
    """Book an invoice, and its payment on the 20th of the next month."""
    netto = sum((rad.belopp for rad in rader), Decimal(0))
    ingående = öre(netto / 4) if moms else Decimal(0)
    brutto = netto + ingående
    bok.bokför("L", dag, vad, *rader, Rad("1650", ingående), Rad("2440", -brutto))
    betald = sista(dag.year, dag.month) + timedelta(days=20)
    bok.bokför("B", betald, f"Betalning, {vad}", Rad("2440", brutto), Rad("1930", -brutto))


def betala_löner(bok: Huvudbok, år: int) -> None:
    """Salaries on the 25th; tax and sociala avgifter on the 12th of the next month; arvoden at four meetings."""
    for månad in range(1, 13):
        dag = date(år, månad, 25)
        löner = {obj: Decimal(lön) for obj, (lön, från) in HÄNDER[år].löner.items() if månad >= från}
        _lön(bok, dag, f"Löner {år}-{månad:02}", "7010", löner)
        if månad in (3, 5, 9, 11):
            _lön(bok, date(år, månad, 20), f"Arvoden {år}-{månad:02}", "7240", {STYRELSE: Decimal(HÄNDER[år].arvode)})


def _lön(bok: Huvudbok, dag: date, vad: str, konto: str, löner: dict[Objekt, Decimal]) -> None:
    brutto = sum(löner.values(), Decimal(0))
    skatt, avgifter = öre(brutto * SKATT), öre(brutto * SOCIALA)
    rader = [Rad(konto, lön, (obj,)) for obj, lön in löner.items()]
    bok.bokför("N", dag, vad, *rader, Rad("2710", -skatt), Rad("1930", skatt - brutto))
    rader = [Rad("7510", öre(lön * SOCIALA), (obj,)) for obj, lön in löner.items()]
    bok.bokför("N", dag, f"Sociala avgifter, {vad}", *rader, Rad("2731", -avgifter))
    betald = sista(dag.year, dag.month) + timedelta(days=12)
    inbetalt = Rad("2710", skatt), Rad("2731", avgifter), Rad("1930", -skatt - avgifter)
    bok.bokför("B", betald, f"Skatt och avgifter, {vad}", *inbetalt)


def skuldför_personal(bok: Huvudbok, år: int) -> None:
    """Pension with särskild löneskatt, and what the semesterlöneskuld has changed, on the last of December."""
    dag = date(år, 12, 31)
    for objekt, (lön, från) in HÄNDER[år].löner.items():
        årslön = Decimal(lön) * (13 - från)
        premie = öre(årslön * PENSION)
        skatt = öre(premie * LÖNESKATT)
        före = HÄNDER[år - 1].löner[objekt] if år - 1 in HÄNDER else (0, 1)
        semester = öre(årslön * SEMESTER) - öre(Decimal(före[0]) * (13 - före[1]) * SEMESTER)
        avgifter = öre(semester * SOCIALA)
        for vad, kostnad, skuld, belopp in (
            ("Pensionspremier", "7410", "2950", premie),
            ("Särskild löneskatt", "7530", "2943", skatt),
            ("Semesterlöneskuld", "7090", "2920", semester),
            ("Sociala avgifter på semesterlöneskuld", "7519", "2941", avgifter),
        ):
            bok.bokför("A", dag, f"{vad} {OBJEKT[objekt]}", Rad(kostnad, belopp, (objekt,)), Rad(skuld, -belopp))
            if skuld in ("2950", "2943"):
                betald = date(år + 1, 3, 20)
                bok.bokför("B", betald, f"{vad} {år}", Rad(skuld, belopp), Rad("1930", -belopp))


def köp(bok: Huvudbok, år: int) -> None:
    """Insatser by the quarter, the last one accrued; rent, leasing, services, travel and training."""
    h = HÄNDER[år]
    for objekt, belopp in h.insatser.items():
        del_ = öre(Decimal(belopp) / 4)
        for månad in (3, 6, 9):
            faktura(bok, date(år, månad, 28), f"{OBJEKT[objekt]} kvartal {månad // 3}", Rad("4010", del_, (objekt,)))
        upplup(bok, år, f"{OBJEKT[objekt]} kvartal 4", Rad("4010", del_, (objekt,)))
    upplup(bok, år, "Revision", Rad("6420", Decimal(h.revision), (STYRELSE,)))
    for månad in (5, 10):
        faktura(bok, date(år, månad, 8), "Samverkansforum", Rad("4020", Decimal(h.forum), (FORUM,)))
    for månad in range(1, 13):
        dag = date(år, månad, 5)
        it, leasing = Rad("6540", Decimal(h.it), (KANSLI,)), (Rad("5615", b, (o,)) for o, b in LEASING.items())
        faktura(bok, dag, f"It {månad:02}", it, moms=True)
        faktura(bok, dag, f"Leasing {månad:02}", *leasing, moms=True)
        if månad != 1 or år - 1 not in HÄNDER:
            bok.bokför("L", date(år, månad, 1), f"Hyra {månad:02}", *_hyra(h.hyra), Rad("1930", -Decimal(h.hyra)))
        bok.bokför(
            "B", date(år, månad, 28), "Bankavgift", Rad("6570", Decimal(200), (KANSLI,)), Rad("1930", Decimal(-200))
        )
    nästa = Decimal(HYRA_JANUARI[år + 1])
    bok.bokför("L", date(år, 12, 28), "Hyra januari", Rad("1710", nästa), Rad("1930", -nästa))
    bok.bokför("A", date(år + 1, 1, 1), "Hyra januari", *_hyra(int(nästa)), Rad("1710", -nästa))
    for månad in KVARTALEN:
        redovisning = Rad("6530", Decimal(h.redovisning), (KANSLI,))
        faktura(bok, date(år, månad, 10), "Redovisning", redovisning, moms=True)
        for objekt, (belopp, månader) in h.resor.items():
            if månad in månader:
                faktura(bok, date(år, månad, 15), f"Resor {OBJEKT[objekt]}", Rad("5800", Decimal(belopp), (objekt,)))
    for objekt, belopp in h.utbildning.items():
        faktura(bok, date(år, 5, 15), f"Utbildning {OBJEKT[objekt]}", Rad("7610", Decimal(belopp), (objekt,)))


def _hyra(belopp: int) -> Iterator[Rad]:
    """The kansli and Vägskälet share the office, half each."""
    yield from (Rad("5010", Decimal(belopp) / 2, (objekt,)) for objekt in (KANSLI, VÄGSKÄLET))


def upplup(bok: Huvudbok, år: int, vad: str, rad: Rad) -> None:
    """Accrue a cost of the year that is invoiced and paid in January."""
    bok.bokför("A", date(år, 12, 31), f"Upplupet, {vad}", rad, Rad("2990", -rad.belopp))
    bok.bokför("B", date(år + 1, 1, 28), f"Betalning, {vad} {år}", Rad("2990", rad.belopp), Rad("1930", -rad.belopp))


def finansiera(bok: Huvudbok, år: int) -> None:
    """Medlemsbidrag by the quarter, the advance from ESF and what of it is earned, interest."""
    h = HÄNDER[år]
    for månad in (1, 4, 7, 10):
        rader = [Rad(konto, -öre(RAM[år] * andel / 4)) for konto, andel in ANDELAR.items()]
        bok.bokför("I", date(år, månad, 15), "Medlemsbidrag", *rader, Rad("1930", Decimal(RAM[år]) / 4))
    dag, förskott = h.esf
    bok.bokför("I", dag, "ESF, utbetalning", Rad("1930", Decimal(förskott)), Rad("2971", -Decimal(förskott)))
    lön, från = h.löner[KLIVET]
    intäkt = öre(Decimal(lön) * (13 - från) * (1 + SOCIALA) * ESF_ANDEL)
    bok.bokför("A", date(år, 12, 31), "ESF, årets intäkt", Rad("2971", intäkt), Rad("3986", -intäkt, (KLIVET,)))
    bok.bokför("I", date(år, 12, 31), "Ränta", Rad("1930", Decimal(h.ränta)), Rad("8310", -Decimal(h.ränta)))
    bok.bokför(
        "B", date(år, 12, 31), "Ränta", Rad("8410", Decimal(h.räntekostnad)), Rad("1930", -Decimal(h.räntekostnad))
    )


def investera(bok: Huvudbok) -> None:
    """Inventarier, written off from the month they are bought over five years."""
    for köpår in ÅREN:
        dag, belopp = HÄNDER[köpår].inköp
        faktura(bok, dag, "Inventarier", Rad("1220", Decimal(belopp)), moms=True)
        for år in range(köpår, ÅREN[-1] + 1):
            månader = 13 - dag.month if år == köpår else 12
            avskrivet = öre(Decimal(belopp) / AVSKRIVNINGSMÅNADER * månader)
            rader = Rad("7832", avskrivet, (KANSLI,)), Rad("1229", -avskrivet)
            bok.bokför("A", date(år, 12, 31), f"Avskrivning, inköp {köpår}", *rader)


def begär_moms(bok: Huvudbok, år: int) -> None:
    """Ersättning for a quarter's moms, paid on the 20th of the month after."""
    for månad in KVARTALEN:
        från, till = date(år, månad - 2, 1), sista(år, månad)
        moms = sum((r.belopp for r in bok.rader(från, till) if r.konto == "1650" and r.belopp > 0), Decimal(0))
        betald = till + timedelta(days=20)
        bok.bokför("I", betald, "Ersättning för moms", Rad("1930", moms), Rad("1650", -moms))


@cache
def huvudbok() -> Huvudbok:
    """Book the years."""
    bok = Huvudbok()
    for år in ÅREN:
        for händelse in (betala_löner, skuldför_personal, köp, finansiera):
            händelse(bok, år)
    investera(bok)
    for år in ÅREN:
        begär_moms(bok, år)
    return bok


def bokföringsår(år: int, nr: int) -> Bokföringsår:
    """Balances of a year; the year before has totals and no objekt, as most systems export it.

    The result is not booked: what the year before gave is balanserat resultat when the year opens.
    """
    bok, start, slut = huvudbok(), date(år, 1, 1), date(år, 12, 31)
    ib: defaultdict[str, Decimal] = defaultdict(Decimal)
    for rad in bok.rader(date.min, start - timedelta(days=1)):
        ib[rad.konto if rad.konto[0] in "12" else "2091"] += rad.belopp
    rörelse: defaultdict[str, Decimal] = defaultdict(Decimal)
    objekt: defaultdict[tuple[str, Objekt], Decimal] = defaultdict(Decimal)
    perioder: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for bokning in bok.bokningar:
        for rad in bokning.rader if start <= bokning.datum <= slut else ():
            rörelse[rad.konto] += rad.belopp
            perioder[rad.konto, f"{bokning.datum:%Y%m}"] += rad.belopp
            for ett in rad.objekt:
                objekt[rad.konto, ett] += rad.belopp
    ingående = utan_noll(ib) or {"1930": Decimal(0)}  # a first year has nothing, and says so
    ub = utan_noll({k: ib[k] + rörelse[k] for k in KONTON if k[0] in "12"})
    res = utan_noll({k: belopp for k, belopp in rörelse.items() if k[0] not in "12"})
    if nr:
        return Bokföringsår(nr, start, slut, ingående, ub, res)
    ordnade = dict(sorted(perioder.items()))
    return Bokföringsår(nr, start, slut, ingående, ub, res, dict(sorted(objekt.items())), {}, ordnade)


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
    """A year's ledger as SIE 4E gives it."""
    åren = {0: bokföringsår(år, 0)}
    if år > ÅREN[0]:
        åren[-1] = bokföringsår(år - 1, -1)
    return Bokföring(
        namn="Samordningsförbundet Tveälven",
        orgnr="222000-0000",
        typ="4E",
        teckenkod="cp437",
        program="Exempelbokföring 1.0",
        konton={nummer: Konto(nummer, namn) for nummer, namn in KONTON.items()},
        dimensioner={"6": "Projekt"},
        objekt=OBJEKT,
        år=åren,
        verifikationer=tuple(numrera(b for b in huvudbok().bokningar if b.datum.year == år)),
        omfattar_till=date(år, 12, 31),
        kontoplanstyp="BAS2024",
    )


def bygg(inputs: Path = INPUTS) -> None:
    """Write the ledgers of the years."""
    filer = {år: write_sie(bokföring(år)) for år in ÅREN}
    for år, fil in filer.items():
        (inputs / str(år)).mkdir(parents=True, exist_ok=True)
        (inputs / str(år) / "bokforing.se").write_bytes(fil)
    (inputs / str(ÅREN[1]) / "foregaende.se").write_bytes(filer[ÅREN[0]])


if __name__ == "__main__":
    bygg()
