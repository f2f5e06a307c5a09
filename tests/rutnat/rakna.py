"""The totals that a combination's documents must show, worked out here by sums and fractions, with nothing of finsam.

Each row is a fact, its amounts in kronor for 2025 and 2024 (costs with minus where the document has them so), and how
it was worked out. `?` is what the export does not tell: a year without objekt has no split.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .forbund import (
    AVGIFTER,
    BANK,
    ESF,
    INSATSER,
    INVÅNARE,
    KANSLI,
    KANSLIKÖP,
    KAPITAL,
    LEVERANTÖRER,
    LÖNER,
    MOMS,
    RÄNTA,
    VÄGVISAREN,
    Rutnätsförbund,
)

RAM = (3_600_000, 4_000_000)
HÄLFTEN, FJÄRDEDELEN = Fraction(1, 2), Fraction(1, 4)
EKBYS = Fraction(INVÅNARE["ekby"], INVÅNARE["ekby"] + INVÅNARE["almvik"])
LAGEN: dict[str, dict[str, tuple[Fraction, str]]] = {
    "en_region": {
        "staten": (HÄLFTEN, "hälften (5 § första stycket)"),
        "norrbygd": (FJÄRDEDELEN, "en fjärdedel (5 § första stycket)"),
        "ekby": (FJÄRDEDELEN * EKBYS, "30 000 av 40 000 invånare i en fjärdedel (5 § andra stycket)"),
        "almvik": (FJÄRDEDELEN * (1 - EKBYS), "10 000 av 40 000 invånare i en fjärdedel (5 § andra stycket)"),
    },
    "tva_regioner": {
        "staten": (HÄLFTEN, "hälften (5 § första stycket)"),
        "norrbygd": (FJÄRDEDELEN * Fraction(60, 100), "60 procent av en fjärdedel (5 § tredje stycket, avtalet)"),
        "soderbygd": (FJÄRDEDELEN * Fraction(40, 100), "40 procent av en fjärdedel (5 § tredje stycket, avtalet)"),
        "ekby": (FJÄRDEDELEN * EKBYS, "30 000 av 40 000 invånare i en fjärdedel (5 § andra stycket)"),
        "almvik": (FJÄRDEDELEN * (1 - EKBYS), "10 000 av 40 000 invånare i en fjärdedel (5 § andra stycket)"),
    },
    "utan_region": {
        "staten": (HÄLFTEN, "hälften (5 § första stycket)"),
        "ekby": (HÄLFTEN * EKBYS, "30 000 av 40 000 invånare i hälften (5 a § första stycket)"),
        "almvik": (HÄLFTEN * (1 - EKBYS), "10 000 av 40 000 invånare i hälften (5 a § första stycket)"),
    },
    "kommun_utanfor_region": {
        "staten": (HÄLFTEN, "hälften (5 § första stycket)"),
        "norrbygd": (FJÄRDEDELEN * Fraction(80, 100), "80 procent av en fjärdedel (5 § tredje stycket, avtalet)"),
        "ekby": (FJÄRDEDELEN * EKBYS, "30 000 av 40 000 invånare i en fjärdedel (5 § andra stycket)"),
        "almvik": (
            FJÄRDEDELEN * (1 - EKBYS) + FJÄRDEDELEN * Fraction(20, 100),
            "10 000 av 40 000 invånare i en fjärdedel, och 20 procent av regionernas (5 a § andra stycket)",
        ),
    },
    "avtalad_kommunnyckel": {
        "staten": (HÄLFTEN, "hälften (5 § första stycket)"),
        "norrbygd": (FJÄRDEDELEN, "en fjärdedel (5 § första stycket)"),
        "ekby": (FJÄRDEDELEN * Fraction(55, 100), "55 procent av en fjärdedel (5 § andra stycket, avtalet)"),
        "almvik": (FJÄRDEDELEN * Fraction(45, 100), "45 procent av en fjärdedel (5 § andra stycket, avtalet)"),
    },
}

Rad = tuple[str, int | None, int | None, str]
"""A fact, 2025, 2024 and how."""


def facit(f: Rutnätsförbund) -> str:
    """The whole file."""
    delar = {"Medlemsbidrag": _bidrag(f), "Räkningarna": _räkningar(f), "Kostnader efter ändamål": _ändamål(f)}
    ord_ = [f.namn, ""]
    for rubrik, rader in delar.items():
        ord_.append(f"{rubrik:40}{2025:>12}{2024:>12}")
        ord_ += [f"{id_:40}{_tal(nu):>12}{_tal(då):>12}  {hur}".rstrip() for id_, nu, då, hur in rader]
        ord_.append("")
    return "\n".join(ord_)


def _tal(belopp: int | None) -> str:
    return "?" if belopp is None else f"{belopp:,}".replace(",", " ")


def _bidrag(f: Rutnätsförbund) -> Iterator[Rad]:
    for medlem, (andel, hur) in LAGEN[f.val["lag"]].items():
        yield f"not.intakter.{f.id_(medlem)}", int(RAM[1] * andel), int(RAM[0] * andel), hur
    yield "medlemsbidrag", RAM[1], RAM[0], "ramen"


def _räkningar(f: Rutnätsförbund) -> Iterator[Rad]:
    esf = ESF if f.har("esf", "esf") else (0, 0)
    intäkter = [RAM[nr] + esf[nr] for nr in (0, 1)]
    yield "rr.verksamhetens_intakter", intäkter[1], intäkter[0], "medlemsbidrag" + (" och ESF" if esf[1] else "")
    kostnader = [sum(_kostnad(f, nr).values()) for nr in (0, 1)]
    yield "rr.verksamhetens_kostnader", -kostnader[1], -kostnader[0], "alla kostnader nedan"
    yield "rr.finansiella_intakter", RÄNTA[1], RÄNTA[0], "ränta"
    resultat = [intäkter[nr] - kostnader[nr] + RÄNTA[nr] for nr in (0, 1)]
    yield "rr.arets_resultat", resultat[1], resultat[0], "intäkter − kostnader + ränta"
    kapital = [KAPITAL, KAPITAL + resultat[0], KAPITAL + resultat[0] + resultat[1]]
    yield "br.eget_kapital_ingaende", kapital[1], kapital[0], f"{_tal(KAPITAL)} vid slutet av 2023, + resultatet 2024"
    yield "br.eget_kapital", kapital[2], kapital[1], "ingående + årets resultat"
    yield "br.kortfristiga_skulder", LEVERANTÖRER[2], LEVERANTÖRER[1], "leverantörsskulder"
    yield "br.fordringar", MOMS[2], MOMS[1], "moms"
    bank = [kapital[nr] + LEVERANTÖRER[nr] - MOMS[nr] for nr in (1, 2)]
    yield "br.kassa_bank", bank[1], bank[0], "eget kapital + skulder − fordringar"
    yield "br.summa_tillgangar", bank[1] + MOMS[2], bank[0] + MOMS[1], "bank + moms"
    före = (BANK, bank[0])
    yield "kf.arets_kassaflode", bank[1] - före[1], bank[0] - före[0], "bankens förändring"


def _kostnad(f: Rutnätsförbund, nr: int) -> dict[str, int]:
    """What each purpose cost a year: insatser by function, and administration."""
    kostnad = {INSATSER[objekt]: belopp[nr] for objekt, belopp in f.köpt.items()}
    kostnad["administration"] = sum(belopp[nr] for belopp in KANSLIKÖP.values())
    if f.har("personal", "egen"):
        kostnad["administration"] += LÖNER[KANSLI][nr] + AVGIFTER[KANSLI][nr]
        coach = LÖNER[VÄGVISAREN][nr] + AVGIFTER[VÄGVISAREN][nr]
        kostnad[INSATSER[VÄGVISAREN] if _har_objekt(f, nr) else "administration"] += coach
    return kostnad


def _har_objekt(f: Rutnätsförbund, nr: int) -> bool:
    return f.har("objekt", "bada_aren") or (f.har("objekt", "bara_i_ar") and nr == 1)


def _ändamål(f: Rutnätsförbund) -> Iterator[Rad]:
    """By insats where the export has objekt; without objekt the names of the konton tell the kind."""
    nu, då = _kostnad(f, 1), _kostnad(f, 0)
    utan_delning = f.har("objekt", "bara_i_ar")
    egen = f.har("personal", "egen")
    if not f.har("objekt", "inga"):
        for funktion in nu:
            if funktion != "administration":
                hur = "köp, lön och avgifter" if egen and funktion == INSATSER[VÄGVISAREN] else "köp"
                yield f"kostnad.{funktion}", nu[funktion], None if utan_delning else då[funktion], hur
    for grupp, ord_ in (("individ", "individinriktade insatser"), ("struktur", "strukturövergripande insatser")):
        nu_, då_ = (sum(b for funktion, b in ett.items() if funktion.startswith(f"{grupp}.")) for ett in (nu, då))
        yield f"kostnad.{grupp}", nu_, None if utan_delning else då_, ord_
    hur = "lokal, revision, redovisning" + (", löner utan insats" if egen else "")
    lön_kan_vara_insatsens = utan_delning and egen
    yield "kostnad.administration", nu["administration"], None if lön_kan_vara_insatsens else då["administration"], hur
    yield "kostnad.totalt", sum(nu.values()), sum(då.values()), "resultaträkningens kostnader"
