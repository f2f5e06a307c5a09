"""What the made-up förbund buys: from whom, on which konto, when and for how much."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finsam.model.bokforing import Objekt

MÅNATLIGEN = tuple(range(1, 13))
UTOM_SOMMAREN = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)
LÄSÅRET = (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)
KVARTALSVIS = (3, 6, 9, 12)
MÖTEN = (2, 4, 6, 9, 10, 11, 12)
INDEX = {2021: 93, 2022: 95, 2023: 98, 2024: 100, 2025: 102}

INSATSKOSTNAD = {
    "KOM": {2021: 1_478_000, 2022: 1_450_000, 2023: 1_490_000, 2024: 1_640_000, 2025: 1_572_000},
    "VAG": {2021: 790_000, 2022: 810_000, 2023: 835_000, 2024: 890_000, 2025: 880_000},
    "GRO": {2021: 412_000, 2022: 410_000, 2023: 390_000},
    "SPR": {2024: 148_000, 2025: 364_000},
}


@dataclass(frozen=True, slots=True)
class Inköp:
    """A purchase that comes back. `årsbelopp` is kronor a year without moms; `spridning` how much it varies, in %.

    What is bought `efterskott` is invoiced on the given day of the month after.
    """

    leverantör: str
    vad: str
    konto: str
    årsbelopp: Mapping[int, int]
    månader: tuple[int, ...] = MÅNATLIGEN
    objekt: tuple[Objekt, ...] = (("1", "200"),)
    moms: int = 25
    dag: int = 14
    spridning: int = 0
    efterskott: bool = False
    slag: str = ""
    start: int = 0

    def belopp_per_månad(self, år: int, slump: random.Random) -> Iterator[tuple[int, Decimal]]:
        """Month and amount of each invoice of a year."""
        månader = [månad for månad in self.månader if år * 100 + månad >= self.start]
        for månad in månader if år in self.årsbelopp else ():
            belopp = Decimal(self.årsbelopp[år]) / len(månader)
            if not self.spridning:
                yield månad, belopp.quantize(Decimal(1))
                continue
            tusendelar = 1000 - 10 * self.spridning + int(slump.random() * (20 * self.spridning + 1))
            yield månad, (belopp * tusendelar / 1000).quantize(Decimal("0.01") if self.moms else Decimal(1))


def pris(kronor: int) -> dict[int, int]:
    """A yearly amount in the prices of 2024, for each year."""
    return {år: kronor * index // 100 for år, index in INDEX.items()}


def insats(kod: str, procent: int) -> dict[int, int]:
    """A share of what an individinsats costs, for each year it is run."""
    return {år: kronor * procent // 100 for år, kronor in INSATSKOSTNAD[kod].items()}


def individ(
    kod: str, leverantör: str, vad: str, procent: int, slag: str, *, kvartal: bool = False, förskott: bool = False
) -> Inköp:
    """A member's cost for an individinsats, invoiced after the month or as equal advances; never with moms."""
    return Inköp(
        leverantör,
        vad,
        "4511",
        insats(kod, procent),
        KVARTALSVIS if kvartal else MÅNATLIGEN,
        (("1", "300"), ("6", kod)),
        moms=0,
        dag=5 if förskott else 11,
        spridning=0 if förskott else 7,
        efterskott=not förskott,
        slag=slag,
        start=202409 if kod == "SPR" else 0,
    )


def struktur(
    kod: str, leverantör: str, vad: str, kronor: int, slag: str, månader: tuple[int, ...], moms: int = 25
) -> Inköp:
    """A purchase for a strukturinsats."""
    objekt = (("1", "300"), ("6", kod))
    return Inköp(leverantör, vad, "4512", pris(kronor), månader, objekt, moms=moms, dag=21, spridning=9, slag=slag)


INKÖP: tuple[Inköp, ...] = (
    # Individinsatser
    individ("KOM", "Granviks kommun", "Kompassen, a conto arbetscoacher och samordnare", 36, "personal", förskott=True),
    individ("KOM", "Hällsta kommun", "Kompassen, arbetscoach", 29, "personal"),
    individ("KOM", "Sjöede kommun", "Kompassen, arbetscoach", 21, "personal"),
    individ("KOM", "Granviks kommun", "Kompassen, lokal", 9, "lokal", kvartal=True),
    individ("KOM", "Granviks kommun", "Kompassen, resor och material", 5, "ovrigt", kvartal=True),
    individ("VAG", "Region Exempellän", "Vägen vidare, arbetsterapeut och kurator", 68, "personal"),
    individ("VAG", "Region Exempellän", "Vägen vidare, psykologhandledning", 20, "handledning"),
    individ("VAG", "Region Exempellän", "Vägen vidare, lokal och material", 12, "lokal", kvartal=True),
    individ("GRO", "Ängby kommun", "Gröna spåret, handledare", 82, "personal"),
    individ("GRO", "Ängby kommun", "Gröna spåret, lokal och material", 18, "ovrigt", kvartal=True),
    individ("SPR", "Hällsta kommun", "Språksteget, samordnare", 54, "personal"),
    individ("SPR", "Mossby kommun", "Språksteget, språkstöd på arbetsplats", 36, "personal"),
    individ("SPR", "Hällsta kommun", "Språksteget, lokal och material", 10, "ovrigt", kvartal=True),
    # Strukturinsatser
    struktur("SAM", "Exempelgårdens konferens AB", "samverkansdag, lokal", 34_000, "lokal", (4, 10)),
    struktur("SAM", "Exempelgårdens konferens AB", "samverkansdag, förtäring", 29_000, "lokal", (4, 10), 12),
    struktur("SAM", "Kunskapsrösten Exempel AB", "samverkansdag, föreläsare", 38_000, "forelasare", (4, 10)),
    struktur("SAM", "Exempelljud AB", "samverkansdag, teknik och tolk", 12_000, "ovrigt", (4, 10)),
    struktur("SAM", "Exempeltryckeriet AB", "samverkansdag, program", 5_200, "ovrigt", (3, 9)),
    struktur("MET", "Metodhuset Exempel AB", "Metodstöd, handledning av arbetscoacher", 74_000, "handledning", LÄSÅRET),
    struktur("MET", "Metodhuset Exempel AB", "Metodstöd, kurs i Supported Employment", 66_000, "kurser", (2, 5, 9, 11)),
    struktur("MET", "Exempelbokhandeln AB", "Metodstöd, kurslitteratur", 5_400, "ovrigt", (2, 9), 6),
    struktur("KAT", "Webbyrån Exempel AB", "Insatskatalogen, uppdatering", 31_000, "innehall", UTOM_SOMMAREN),
    struktur("KAT", "Webbyrån Exempel AB", "Insatskatalogen, användarstöd", 12_000, "innehall", KVARTALSVIS),
    # Kansli
    Inköp("Granviks kommun", "förbundschef, 60 procent", "7411", pris(561_600), spridning=1, dag=26),
    Inköp("Granviks kommun", "ekonomi och löneadministration", "7412", pris(129_600), dag=26),
    Inköp("Granviks kommun", "arkiv och dataskyddsombud", "7412", pris(16_000), KVARTALSVIS, dag=26),
    Inköp("Granviks kommun", "it-arbetsplats", "6821", pris(16_800), spridning=1, dag=26),
    Inköp("Exempeltelefon AB", "mobiltelefoni", "6811", pris(7_200), spridning=18, dag=9),
    Inköp("Exempelmöte AB", "licens för distansmöten", "6821", pris(3_900), dag=3),
    Inköp("Exempelstäd AB", "lokalvård", "6111", pris(10_800), dag=28),
    Inköp("Exempelsignatur AB", "e-underskrifter", "6821", pris(4_400), KVARTALSVIS, spridning=12),
    Inköp("Exempelkontor AB", "kontorsmaterial", "6511", pris(9_600), (1, 3, 5, 8, 9, 11), spridning=45, dag=18),
    Inköp("Exempeltåg AB", "tågresor", "7051", pris(22_000), UTOM_SOMMAREN, moms=6, spridning=40, dag=20),
    Inköp("Länstrafiken Exempellän", "bussresor", "7051", pris(3_200), LÄSÅRET, moms=6, spridning=35, dag=24),
    Inköp("Stadshotellet Exempel AB", "logi", "7052", pris(16_500), (3, 5, 9, 10, 11), moms=12, spridning=30, dag=23),
    Inköp("Exempelfinsam konferens AB", "konferens och kurser", "5911", pris(19_000), (3, 5, 9, 11), spridning=25),
    Inköp("Webbyrån Exempel AB", "webbplats, drift", "7211", pris(9_600), KVARTALSVIS, dag=4),
    Inköp("Exempeltryckeriet AB", "informationsblad", "7211", pris(13_500), (2, 5, 9), spridning=20, dag=16),
    Inköp("Bygdens exempeltidning AB", "annons", "7211", pris(8_400), (4, 10), spridning=10, dag=7, moms=6),
    Inköp("Föreningen Exempelfinsam", "medlemsavgift", "7611", pris(14_000), (2,), moms=0, dag=10),
    # Styrelse och revision
    Inköp("Exempelköket AB", "förtäring vid styrelsemöte", "7111", pris(13_300), MÖTEN, (("1", "100"),), 12, 17, 20),
    Inköp("Revisionsbyrån Exempel AB", "granskning", "7413", pris(31_000), (4, 10), (("1", "100"),)),
    Inköp(
        "Revisionsbyrån Exempel AB",
        "granskning av bokslut och årsredovisning",
        "7413",
        pris(36_000),
        (12,),
        (("1", "100"),),
        dag=20,
        efterskott=True,
    ),
)

LICENS_OCH_FÖRSÄKRING: tuple[Inköp, ...] = (
    struktur("KAT", "Webbyrån Exempel AB", "licens för Insatskatalogen", 38_400, "licens", (4,)),
    Inköp("Exempelförsäkring", "ansvarsförsäkring", "7311", pris(7_900), (7,), moms=0, dag=2),
)
