"""A made-up förbund for each combination: what its export holds, and what the ekonom answers.

All amounts are typed, none is computed, so that an expected file can be checked by hand. Tusental of kronor are even
except for sociala avgifter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import openpyxl

from bygg.sie import write_sie
from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt, Transaktion, Verifikation

from .par import Val, alla_par

ÅR = (2024, 2025)
FAKTORER = {
    "lag": ("en_region", "tva_regioner", "utan_region", "kommun_utanfor_region", "avtalad_kommunnyckel"),
    "objekt": ("inga", "bara_i_ar", "bada_aren"),
    "plan": ("bas", "kommun"),
    "personal": ("inkopt", "egen"),
    "esf": ("utan_esf", "esf"),
    "fil": ("sie", "saldolista"),
}
FÖRSTA_RAD = 4
"""Of a sheet of underlag.xlsx."""
STATEN, REGIONEN, ANDRA, EKBY, ALMVIK = ("staten", "norrbygd", "soderbygd", "ekby", "almvik")
NAMN = {
    STATEN: "Staten",
    REGIONEN: "Region Norrbygd",
    ANDRA: "Region Söderbygd",
    EKBY: "Ekby kommun",
    ALMVIK: "Almviks kommun",
}
INVÅNARE = {EKBY: 30_000, ALMVIK: 10_000}
BIDRAG: dict[str, dict[str, tuple[int, int]]] = {
    "en_region": {
        STATEN: (1_800_000, 2_000_000),
        REGIONEN: (900_000, 1_000_000),
        EKBY: (675_000, 750_000),
        ALMVIK: (225_000, 250_000),
    },
    "tva_regioner": {
        STATEN: (1_800_000, 2_000_000),
        REGIONEN: (540_000, 600_000),
        ANDRA: (360_000, 400_000),
        EKBY: (675_000, 750_000),
        ALMVIK: (225_000, 250_000),
    },
    "utan_region": {STATEN: (1_800_000, 2_000_000), EKBY: (1_350_000, 1_500_000), ALMVIK: (450_000, 500_000)},
    "kommun_utanfor_region": {
        STATEN: (1_800_000, 2_000_000),
        REGIONEN: (720_000, 800_000),
        EKBY: (675_000, 750_000),
        ALMVIK: (405_000, 450_000),
    },
    "avtalad_kommunnyckel": {
        STATEN: (1_800_000, 2_000_000),
        REGIONEN: (900_000, 1_000_000),
        EKBY: (495_000, 550_000),
        ALMVIK: (405_000, 450_000),
    },
}
"""What each member has decided and paid, 2024 and 2025; together 3 600 000 and 4 000 000."""
NYCKLAR = {
    "tva_regioner": "regioner: {efter: procent, andelar: {region_norrbygd: 60, region_soderbygd: 40}, källa: Avtal}",
    "kommun_utanfor_region": "regioner: {efter: procent, andelar: {regionen: 80, almvik: 20}, källa: Avtal}",
    "avtalad_kommunnyckel": "kommuner: {efter: procent, andelar: {ekby: 55, almvik: 45}, källa: Avtal}",
}
"""What is agreed, as it is written in forbund.yml."""

VÄGVISAREN, STEGET, FORUM, KLIVET, KANSLI = (("6", kod) for kod in ("100", "110", "200", "120", "10"))
OBJEKT: dict[Objekt, str] = {
    VÄGVISAREN: "Vägvisaren",
    STEGET: "Steget",
    FORUM: "Samverkansforum",
    KLIVET: "Klivet ESF",
    KANSLI: "Kansli",
}
INSATSER = {VÄGVISAREN: "individ.vagvisaren", STEGET: "individ.steget", FORUM: "struktur.samverkansforum"}
INSATSER |= {KLIVET: "individ.klivet_esf"}
KÖPT = {
    VÄGVISAREN: (1_100_000, 1_200_000),
    STEGET: (450_000, 500_000),
    FORUM: (250_000, 300_000),
    KLIVET: (200_000, 400_000),
}
LÖNER = {VÄGVISAREN: (460_000, 480_000), KANSLI: (580_000, 600_000)}
AVGIFTER = {VÄGVISAREN: (144_532, 150_816), KANSLI: (182_236, 188_520)}
"""31,42 per cent of the salaries."""
KANSLIKÖP = {"lokal": (115_000, 120_000), "revision": (58_000, 60_000), "ekonomi": (85_000, 90_000)}
ESF, RÄNTA = (120_000, 250_000), (3_000, 4_000)
MOMS, LEVERANTÖRER = (15_000, 20_000, 25_000), (115_000, 150_000, 180_000)
"""At the end of 2023, 2024 and 2025."""
KAPITAL, BANK = 900_000, 1_000_000
"""At the end of 2023: 1 000 000 in the bank + 15 000 of moms − 115 000 owed = 900 000."""


@dataclass(frozen=True, slots=True)
class Kontona:
    """The numbers and names of a chart."""

    bank: tuple[str, str]
    moms: tuple[str, str]
    kapital: tuple[str, str]
    leverantörer: tuple[str, str]
    bidrag: tuple[str, str]
    """The first number; the members have one each."""
    esf: tuple[str, str]
    insatser: tuple[str, str]
    individ: tuple[str, str]
    struktur: tuple[str, str]
    lön: tuple[str, str]
    avgift: tuple[str, str]
    lokal: tuple[str, str]
    revision: tuple[str, str]
    ekonomi: tuple[str, str]
    ränta: tuple[str, str]


KONTON = {
    "bas": Kontona(
        bank=("1930", "Företagskonto"),
        moms=("1650", "Momsfordran"),
        kapital=("2091", "Balanserat resultat"),
        leverantörer=("2440", "Leverantörsskulder"),
        bidrag=("3980", "Medlemsbidrag"),
        esf=("3986", "Erhållna EU-bidrag, ESF"),
        insatser=("4010", "Köpta insatser"),
        individ=("4010", "Individinriktade insatser"),
        struktur=("4020", "Strukturövergripande insatser"),
        lön=("7010", "Löner"),
        avgift=("7510", "Lagstadgade sociala avgifter"),
        lokal=("5010", "Lokalhyra"),
        revision=("6420", "Revision"),
        ekonomi=("6530", "Redovisningstjänster"),
        ränta=("8310", "Ränteintäkter från bank"),
    ),
    "kommun": Kontona(
        bank=("1941", "Bank"),
        moms=("1651", "Momsfordran"),
        kapital=("2010", "Eget kapital"),
        leverantörer=("2441", "Leverantörsskulder"),
        bidrag=("3510", "Medlemsbidrag"),
        esf=("3521", "Bidrag från EU, ESF"),
        insatser=("4511", "Lämnade bidrag till insatser"),
        individ=("4511", "Individinriktade insatser"),
        struktur=("4512", "Strukturövergripande insatser"),
        lön=("5021", "Löner"),
        avgift=("5611", "Arbetsgivaravgifter"),
        lokal=("6011", "Lokalhyra"),
        revision=("7413", "Revision"),
        ekonomi=("7412", "Redovisningstjänster"),
        ränta=("8441", "Ränteintäkter bank"),
    ),
}

Belopp = Mapping[tuple[str, Objekt | None], int]
"""By konto and objekt: debit plus, credit minus, kronor."""


@dataclass(frozen=True)
class Rutnätsförbund:
    """The förbund of a combination."""

    val: Val

    @property
    def namn(self) -> str:
        """The combination as the name of a file."""
        return "-".join(self.val.values())

    @property
    def bidrag(self) -> dict[str, tuple[int, int]]:
        """What each member pays."""
        return BIDRAG[self.val["lag"]]

    @property
    def köpt(self) -> dict[Objekt, tuple[int, int]]:
        """What each insats buys."""
        return {obj: belopp for obj, belopp in KÖPT.items() if obj != KLIVET or self.har("esf", "esf")}

    def har(self, faktor: str, värde: str) -> bool:
        """Whether a factor has a value."""
        return self.val[faktor] == värde

    @cached_property
    def konton(self) -> dict[str, str]:
        """The names of the konton by number."""
        k, med_objekt = KONTON[self.val["plan"]], not self.har("objekt", "inga")
        valda = [k.bank, k.moms, k.kapital, k.leverantörer, k.lokal, k.revision, k.ekonomi, k.ränta]
        valda += [k.insatser] if med_objekt else [k.individ, k.struktur]
        valda += [k.lön, k.avgift] if self.har("personal", "egen") else []
        valda += [k.esf] if self.har("esf", "esf") else []
        valda += [(self.bidragskonto(medlem), f"{k.bidrag[1]}, {NAMN[medlem]}") for medlem in self.bidrag]
        return dict(sorted(valda))

    def bidragskonto(self, medlem: str) -> str:
        """The konto of a member."""
        return str(int(KONTON[self.val["plan"]].bidrag[0]) + 1 + list(self.bidrag).index(medlem))

    def res(self, nr: int) -> Belopp:
        """The result of a year: 0 is 2024, 1 is 2025."""
        k, ut = KONTON[self.val["plan"]], defaultdict[tuple[str, Objekt | None], int](int)
        med_objekt = self.har("objekt", "bada_aren") or (self.har("objekt", "bara_i_ar") and nr == 1)

        def bokför(konto: str, objekt: Objekt | None, belopp: int) -> None:
            ut[konto, objekt if med_objekt else None] += belopp

        for medlem, belopp in self.bidrag.items():
            bokför(self.bidragskonto(medlem), None, -belopp[nr])
        for objekt, belopp in self.köpt.items():
            konto = k.struktur if objekt == FORUM else k.individ
            bokför(konto[0] if self.har("objekt", "inga") else k.insatser[0], objekt, belopp[nr])
        if self.har("personal", "egen"):
            for objekt in LÖNER:
                bokför(k.lön[0], objekt, LÖNER[objekt][nr])
                bokför(k.avgift[0], objekt, AVGIFTER[objekt][nr])
        if self.har("esf", "esf"):
            bokför(k.esf[0], KLIVET, -ESF[nr])
        for vad, konto in (("lokal", k.lokal), ("revision", k.revision), ("ekonomi", k.ekonomi)):
            bokför(konto[0], None, KANSLIKÖP[vad][nr])
        bokför(k.ränta[0], None, -RÄNTA[nr])
        return ut

    def balans(self, nr: int) -> dict[str, int]:
        """The balance at the end of 2023 (0), 2024 (1) or 2025 (2), with the result moved to eget kapital."""
        k = KONTON[self.val["plan"]]
        kapital = KAPITAL - sum(sum(self.res(före).values()) for före in range(nr))
        return {
            k.bank[0]: kapital + LEVERANTÖRER[nr] - MOMS[nr],
            k.moms[0]: MOMS[nr],
            k.kapital[0]: -kapital,
            k.leverantörer[0]: -LEVERANTÖRER[nr],
        }

    def ub(self, nr: int) -> dict[str, int]:
        """The closing balance of a year: the result is not booked."""
        return self.balans(nr + 1) | {k: b for k, b in self.balans(nr).items() if k[0] == "2" and k[1] == "0"}

    # The export

    def write(self, mapp: Path) -> None:
        """Write the export."""
        if self.har("fil", "sie"):
            (mapp / "export.se").write_bytes(write_sie(self._bokföring()))
            return
        for nr, namn in enumerate(("foregaende", "export")):
            (mapp / f"{namn}.csv").write_text("\n".join(self._saldolista(nr)) + "\n", "utf-8")

    def ord_(self, mapp: Path) -> list[str]:
        """The options of `finsam nytt` that name it."""
        if self.har("fil", "sie"):
            return ["--bokforing", str(mapp / "export.se")]
        return ["--bokforing", str(mapp / "export.csv"), "--foregaende", str(mapp / "foregaende.csv")]

    def _saldolista(self, nr: int) -> Iterator[str]:
        yield "Samordningsförbundet Rutbygden;222000-0000"
        yield f"Saldolista {ÅR[nr]}-01-01 – {ÅR[nr]}-12-31"
        yield "Konto;Benämning;Projekt;IB;UB"
        ib, ub = self.balans(nr), self.ub(nr)
        for konto, namn in self.konton.items():
            if konto in ib:
                yield f"{konto};{namn};;{ib[konto]},00;{ub[konto]},00"
            for (k, objekt), belopp in self.res(nr).items():
                if k == konto and belopp:
                    yield f"{konto};{namn};{objekt[1] + ' ' + OBJEKT[objekt] if objekt else ''};;{belopp},00"

    def _bokföring(self) -> Bokföring:
        åren = {0: self._år(1), -1: self._år(0)}
        return Bokföring(
            namn="Samordningsförbundet Rutbygden",
            orgnr="222000-0000",
            typ="4E",
            teckenkod="cp437",
            program="Rutnät 1.0",
            konton={nummer: Konto(nummer, namn) for nummer, namn in self.konton.items()},
            dimensioner={"6": "Projekt"},
            objekt={} if self.har("objekt", "inga") else OBJEKT,
            år=åren,
            verifikationer=tuple(self._verifikationer()),
            omfattar_till=date(ÅR[1], 12, 31),
            kontoplanstyp="BAS2024" if self.har("plan", "bas") else "",
        )

    def _år(self, nr: int) -> Bokföringsår:
        """A year's balances; objekt are told of the year before as totals of its last month."""
        totalt = defaultdict[str, Decimal](Decimal)
        objekt: dict[tuple[str, Objekt], Decimal] = {}
        for (konto, obj), belopp in self.res(nr).items():
            totalt[konto] += belopp
            if obj:
                objekt[konto, obj] = Decimal(belopp)
        ib, ub = ({k: Decimal(b) for k, b in saldon.items()} for saldon in (self.balans(nr), self.ub(nr)))
        rörelse = totalt | {konto: ub[konto] - ib[konto] for konto in ub}
        perioder = {(konto, f"{ÅR[nr]}12"): belopp for konto, belopp in rörelse.items() if nr == 0 and objekt}
        start, slut = date(ÅR[nr], 1, 1), date(ÅR[nr], 12, 31)
        return Bokföringsår(nr - 1, start, slut, ib, ub, dict(totalt), objekt if nr == 0 else {}, {}, perioder)

    def _verifikationer(self) -> Iterator[Verifikation]:
        """One for each konto and objekt, in one month after the other, and one for what else has moved."""
        k = KONTON[self.val["plan"]]
        rader = [rad for rad in self.res(1).items() if rad[1]]
        for nr, ((konto, objekt), belopp) in enumerate(rader, 1):
            dag = date(ÅR[1], 12 if nr == len(rader) else (nr - 1) % 12 + 1, 20)
            par = ((konto, (objekt,) if objekt else (), belopp), (k.bank[0], (), -belopp))
            trans = tuple(Transaktion(kto, obj, Decimal(b), dag, "") for kto, obj, b in par)
            yield Verifikation("A", str(nr), dag, self.konton[konto], trans)
        före, efter = self.balans(1), self.balans(2)
        moms, skuld = (efter[kto[0]] - före[kto[0]] for kto in (k.moms, k.leverantörer))
        dag = date(ÅR[1], 12, 31)
        rest = ((k.moms[0], moms), (k.leverantörer[0], skuld), (k.bank[0], -moms - skuld))
        trans = tuple(Transaktion(kto, (), Decimal(b), dag, "") for kto, b in rest)
        yield Verifikation("A", str(len(rader) + 1), dag, "Moms och leverantörer", trans)

    # The answers

    def svar(self) -> list[str]:
        """What `finsam nytt` is answered."""
        regioner = [m for m in self.bidrag if m in (REGIONEN, ANDRA)]
        kommuner = [m for m in self.bidrag if m in (EKBY, ALMVIK)]
        ord_ = ["--namn", "Samordningsförbundet Rutbygden", "--kortnamn", "Rutbygden", "--orgnr", "222000-0000"]
        ord_ += ["--kontoplan", "bas" if self.har("plan", "bas") else "kommun-bas"]
        ord_ += [del_ for m in regioner for del_ in ("--region", NAMN[m])]
        ord_ += [del_ for m in kommuner for del_ in ("--kommun", NAMN[m])]
        if not self.har("objekt", "inga"):
            for objekt, funktion in INSATSER.items():
                if objekt in self.köpt:
                    ord_ += [f"--{funktion.partition('.')[0]}", ":".join(objekt)]
        return [*ord_, "--fraga-inte"]

    def id_(self, medlem: str) -> str:
        """What `finsam nytt` calls a member: a lone region is regionen, else it is by its name."""
        if medlem not in (REGIONEN, ANDRA):
            return medlem
        return f"region_{medlem}" if ANDRA in self.bidrag else "regionen"

    def fyll_i(self, mapp: Path) -> None:
        """Write what the ekonom knows besides: what is agreed, who is outside a region, and what is decided."""
        fil = mapp / "forbund.yml"
        text = fil.read_text("utf-8")
        if self.har("lag", "kommun_utanfor_region"):  # once: the note of income has the same id
            text = text.replace("- id: almvik\n", "- id: almvik\n  utanför_region: true\n", 1)
        if nyckel := NYCKLAR.get(self.val["lag"]):
            text += f"\nbidragsnyckel:\n  {nyckel}\n"
        fil.write_text(text, "utf-8")
        arbetsbok = mapp / str(ÅR[1]) / "underlag.xlsx"
        bok = openpyxl.load_workbook(arbetsbok)
        blad = bok["Medlemsbidrag"]
        for rad, (medlem, belopp) in enumerate(self.bidrag.items(), FÖRSTA_RAD):
            for kolumn, värde in enumerate((self.id_(medlem), ÅR[1], belopp[1], INVÅNARE.get(medlem), "Beslut"), 1):
                blad.cell(rad, kolumn, värde)
        bok.save(arbetsbok)


RUTNÄT = tuple(Rutnätsförbund(val) for val in alla_par(FAKTORER))
