"""SOFINT's ledger and underlag for 2020, rebuilt from its published årsredovisning.

Made as for 2024 (sofint.py): year balances only, and what the document does not tell apart stands on one konto.
`PYTHONPATH=lib:. python -m tests.bygg.sofint_2020` gives the same bytes each time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt
from finsam.report.underlag import write_underlag

from .sie import write_sie
from .sofint import DIMENSIONER, utan_påhitt
from .sofint_2020_underlag import UNDERLAG

INPUTS = Path(__file__).parents[2] / "inputs" / "sofint" / "2020"

PROSA = (
    "Rekonstruerad ur SOFINT:s publicerade årsredovisning 2020. Innehåller bara årssaldon, inga verifikationer.",
    "Ingående balans 2019 är känd bara per balanspost, härledd ur kassaflödesanalysen för 2019. "
    "Fordringar och skulder står därför på konto 1699 och 2899, och hela det egna kapitalet på 2010.",
    "Likvida medel 2018-12-31 är 1 krona högre än i kassaflödesanalysen, så att den och balansen går ihop.",
    "Raderna i noten om skulder 2020 är 1 krona mindre än notens summa. Kronan står på konto 2899.",
    "Individinsatser 2019 är inte uppdelade i källan. 2020 är de 68 811 kr mer än de fyra insatserna tillsammans. "
    "Båda beloppen står på konto 4510.",
)

# konto: name, then saldo 2018-12-31, 2019-12-31 and 2020-12-31
BALANSKONTON = {
    "1511": ("Kundfordringar", 0, 0, 169_490),
    "1631": ("Skattekonto", 0, 7_282, 0),
    "1651": ("Momsfordran", 0, 23_409, 6_426),
    "1699": ("Kortfristiga fordringar, fördelning ej publicerad", 17_966, 0, 0),
    "1941": ("Bank", 1_334_930, 2_032_732, 2_857_326),
    "2010": ("Eget kapital, tidigare år", -949_766, -949_766, -1_777_068),
    "2099": ("Årets resultat", 0, -827_302, -14_097),
    "2441": ("Leverantörsskulder", 0, -252_456, -250_127),
    "2711": ("Skatteverket, personalskatt och arbetsgivaravgifter", 0, -6_842, -1_245),
    "2891": ("Skuld Coachingteamet", 0, 0, -910_104),
    "2899": ("Kortfristiga skulder, fördelning ej publicerad", -403_130, 0, -1),
    "2991": ("Upplupna kostnader", 0, -27_057, -80_600),
}

# konto: name, then 2019 and 2020
RESULTATKONTON = {
    "3511": ("Driftbidrag från staten", -2_005_000, -1_993_000),
    "3512": ("Driftbidrag från Region Örebro län", -1_002_500, -996_500),
    "3513": ("Driftbidrag från kommunerna", -1_002_500, -996_500),
    "4510": ("Individinsatser, fördelning ej publicerad", 1_809_329, 68_811),
    "4511": ("Individinsatser", 0, 2_591_363),
    "5011": ("Arvoden", 99_582, 86_530),
    "5014": ("Ersättning förlorad arbetsförtjänst", 16_422, 3_101),
    "5511": ("Övriga personalkostnader", 6_841, 4_553),
    "5611": ("Sociala avgifter", 30_540, 16_015),
    "5911": ("Kurser och konferenser inklusive resekostnader", 36_457, 70_669),
    "7411": ("Köp av tjänst förbundschef, behovsinventering", 0, 155_226),
    "7412": ("Köp av tjänst förbundschef", 762_783, 620_737),
    "7413": ("Köp av administrativa tjänster", 124_800, 108_000),
    "7414": ("Revision", 97_912, 66_000),
    "7611": ("Övriga kostnader", 196_778, 179_635),
    "8571": ("Finansiella kostnader", 1_254, 1_263),
    "8999": ("Årets resultat", 827_302, 14_097),
}

# objekt: its name, konto, then 2019 and 2020
OBJEKT: dict[Objekt, tuple[str, str, int, int]] = {
    ("6", "MOT"): ("Mottagningsteamet", "4511", 0, 146_086),
    ("6", "SAM"): ("Samverkansteamet", "4511", 0, 319_858),
    ("6", "CT"): ("Coachingteamet", "4511", 0, 1_559_179),
    ("6", "MM"): ("Motivera mera", "4511", 0, 566_240),
    ("20", "LIN"): ("Lindesbergs kommun", "3513", -512_278, -510_208),
    ("20", "NOR"): ("Nora kommun", "3513", -232_580, -232_184),
    ("20", "HLF"): ("Hällefors kommun", "3513", -152_380, -151_468),
    ("20", "LJU"): ("Ljusnarsbergs kommun", "3513", -105_262, -102_640),
}


def _saldon(belopp: dict[str, int]) -> dict[str, Decimal]:
    """Balances that are not nil, in the order of the konton."""
    return {konto: Decimal(tal) for konto, tal in belopp.items() if tal}


def bokföringsår(nr: int) -> Bokföringsår:
    """The balances of 2020 (0) or 2019 (-1). The whole year's movement stands in its twelfth month."""
    kolumn, år = nr + 1, 2020 + nr  # 0 for 2019, 1 for 2020
    ib = _saldon({konto: saldon[kolumn] for konto, (_, *saldon) in BALANSKONTON.items()})
    ub = _saldon({konto: saldon[kolumn + 1] for konto, (_, *saldon) in BALANSKONTON.items()})
    res = _saldon({konto: saldon[kolumn] for konto, (_, *saldon) in RESULTATKONTON.items()})
    rörelse = {konto: ub.get(konto, NOLL) - ib.get(konto, NOLL) for konto in BALANSKONTON} | res
    return Bokföringsår(
        nr,
        date(år, 1, 1),
        date(år, 12, 31),
        ib,
        ub,
        res,
        objekt={
            (konto, objekt): Decimal(saldon[kolumn]) for objekt, (_, konto, *saldon) in OBJEKT.items() if saldon[kolumn]
        },
        perioder={(konto, f"{år}12"): belopp for konto, belopp in rörelse.items() if belopp},
    )


def bokföring() -> Bokföring:
    """The ledger as a SIE file of type 3 would give it."""
    konton = {**BALANSKONTON, **RESULTATKONTON}
    return Bokföring(
        namn="Samordningsförbundet i norra Örebro län (SOFINT)",
        orgnr="222000-1818",
        typ="3",
        teckenkod="cp437",
        program="finsam 0.1.0",
        konton={nummer: Konto(nummer, namn) for nummer, (namn, *_) in konton.items()},
        dimensioner=DIMENSIONER,
        objekt={objekt: namn for objekt, (namn, *_) in OBJEKT.items()},
        år={0: bokföringsår(0), -1: bokföringsår(-1)},
        prosa=PROSA,
        omfattar_till=date(2020, 12, 31),
    )


def bygg(katalog: Path = INPUTS) -> None:
    """Write bokforing.se and underlag.xlsx."""
    katalog.mkdir(parents=True, exist_ok=True)
    (katalog / "bokforing.se").write_bytes(utan_påhitt(write_sie(bokföring())))
    write_underlag(katalog / "underlag.xlsx", UNDERLAG)


if __name__ == "__main__":
    bygg()
