"""SOFINT's ledger and underlag for 2024, rebuilt from its published årsredovisning.

The published document gives year balances only, so the ledger has no verifikationer. What it does not tell apart
stands on one konto and is never split here. `PYTHONPATH=lib:. python -m tests.bygg.sofint` gives the same bytes each
time.
"""

from __future__ import annotations

import zlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföring, Bokföringsår, Konto, Objekt
from finsam.report.underlag import write_underlag

from .sie import write_sie
from .sofint_underlag import UNDERLAG

INPUTS = Path(__file__).parents[2] / "inputs" / "sofint" / "2024"

PROSA = (
    "Rekonstruerad ur SOFINT:s publicerade årsredovisning 2024. Innehåller bara årssaldon, inga verifikationer.",
    "Ingående balans 2023 är känd bara per balanspost, härledd ur kassaflödesanalysen för 2023. "
    "Fordringar och skulder står därför på konto 1699 och 2899, och hela det egna kapitalet på 2010.",
)

# konto: name, then saldo 2022-12-31, 2023-12-31 and 2024-12-31
BALANSKONTON = {
    "1511": ("Kundfordringar", 0, 19_986, 46_734),
    "1651": ("Momsfordran", 0, 12_772, 26_826),
    "1699": ("Kortfristiga fordringar, fördelning ej publicerad", 253_722, 0, 0),
    "1711": ("Förutbetalda kostnader", 0, 52_207, 53_042),
    "1941": ("Bank", 2_442_099, 1_989_621, 1_816_754),
    "2010": ("Eget kapital, tidigare år", -769_148, -769_148, -482_152),
    "2099": ("Årets resultat", 0, 286_996, -118_764),
    "2441": ("Leverantörsskulder", 0, -2_430, -110_480),
    "2711": ("Skatteverket, personalskatt och arbetsgivaravgifter", 0, -10_684, -9_800),
    "2899": ("Kortfristiga skulder, fördelning ej publicerad", -1_926_673, 0, 0),
    "2991": ("Upplupna kostnader", 0, -1_579_320, -1_222_160),
}

# konto: name, then 2023 and 2024
RESULTATKONTON = {
    "3511": ("Driftbidrag från staten", -1_988_000, -1_800_000),
    "3512": ("Driftbidrag från Region Örebro län", -994_000, -900_000),
    "3513": ("Driftbidrag från kommunerna", -994_000, -900_000),
    "4511": ("Insatser, individinriktade", 2_886_840, 2_360_675),
    "4512": ("Insatser, strukturövergripande", 75_695, 201_800),
    "5011": ("Arvoden", 107_816, 103_786),
    "5014": ("Ersättning förlorad arbetsförtjänst", 4_278, 3_922),
    "5511": ("Övriga personalkostnader", 5_863, 2_030),
    "5611": ("Sociala avgifter", 21_678, 22_216),
    "5911": ("Kurser och konferenser inklusive resekostnader", 42_739, 12_547),
    "6011": ("Lokalkostnader", 85_568, 21_742),
    "7411": ("Köp av tjänst förbundschef, strukturövergripande arbete", 256_979, 164_525),
    "7412": ("Köp av tjänst förbundschef, administration", 599_614, 409_665),
    "7413": ("Köp av administrativa tjänster", 107_856, 107_856),
    "7414": ("Revision", 64_000, 77_000),
    "7611": ("Övriga kostnader", 51_105, 42_520),
    "8441": ("Finansiella intäkter", -48_371, -50_395),
    "8571": ("Finansiella kostnader", 1_336, 1_347),
    "8999": ("Årets resultat", -286_996, 118_764),
}

PÅHITTAT = (b"#FNR", b"#BKOD", b"#ADRESS", b"#TAXAR", b"#KTYP", b"#ENHET", b"#SRU")
"""Records that `write_sie` fills without asking the ledger: this förbund is real, so they are left out."""

DIMENSIONER = {"6": "Projekt", "20": "Motpart"}

# objekt: its name, konto, then 2023 and 2024
OBJEKT: dict[Objekt, tuple[str, str, int, int]] = {
    ("6", "CT"): ("Coachingteamet", "4511", 2_865_228, 2_356_616),
    ("6", "CIC"): ("Ciceron", "4511", 0, 4_059),
    ("6", "AGK"): ("Arbetsgivarkoordinator", "4511", 21_612, 0),
    ("6", "SAMV"): ("Samverkansdag AF/FK/RÖL", "4512", 7_221, 0),
    ("6", "MASS"): ("Finsam-mässan (Rehabmässan)", "4512", 32_474, 38_000),
    ("6", "VFG"): ("Välfärdsguiden", "4512", 36_000, 163_800),
    ("20", "LIN"): ("Lindesbergs kommun", "3513", -514_892, -467_100),
    ("20", "NOR"): ("Nora kommun", "3513", -234_584, -213_300),
    ("20", "HLF"): ("Hällefors kommun", "3513", -146_118, -130_500),
    ("20", "LJU"): ("Ljusnarsbergs kommun", "3513", -98_406, -89_100),
}


def _saldon(belopp: dict[str, int]) -> dict[str, Decimal]:
    """Balances that are not nil, in the order of the konton."""
    return {konto: Decimal(tal) for konto, tal in belopp.items() if tal}


def bokföringsår(nr: int) -> Bokföringsår:
    """The balances of 2024 (0) or 2023 (-1). The whole year's movement stands in its twelfth month."""
    kolumn, år = nr + 1, 2024 + nr  # 0 for 2023, 1 for 2024
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
        omfattar_till=date(2024, 12, 31),
    )


def utan_påhitt(fil: bytes) -> bytes:
    """A SIE file without what is made up in it, and with the checksum that then is right."""
    poster = [rad for rad in fil.splitlines() if not rad.startswith((*PÅHITTAT, b"#FLAGGA", b"#KSUMMA"))]
    poster = [b" ".join(rad.split()[:2]) if rad.startswith(b"#GEN") else rad for rad in poster]
    delar = b" ".join(poster).split(b'"')  # no name in this ledger holds a quotation mark
    delar[::2] = [del_.translate(None, b" {}") for del_ in delar[::2]]
    summa = zlib.crc32(b"".join(delar))
    return b"\r\n".join((b"#FLAGGA 0", b"#KSUMMA", *poster, b"#KSUMMA %d" % summa, b""))


def bygg(katalog: Path = INPUTS) -> None:
    """Write bokforing.se and underlag.xlsx."""
    katalog.mkdir(parents=True, exist_ok=True)
    (katalog / "bokforing.se").write_bytes(utan_påhitt(write_sie(bokföring())))
    write_underlag(katalog / "underlag.xlsx", UNDERLAG)


if __name__ == "__main__":
    bygg()
