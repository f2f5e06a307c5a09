"""Which column holds what, once the year is known. Between two columns that could be the same nothing is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from finsam.read.indata import visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.blad import Blad
from finsam.read.lista.rubriker import KONTON, Kolumn

Nyckel = tuple[str, int]
"""What a column holds ("ib", "ing_saldo", "ub", "förändring", "debet_kredit") and of which year: 0 or −1."""

SIDOR = ("debet", "kredit")
VAD_SOM_BEHÖVS = "Listan ska ha kolumner för konto, ingående balans (IB) och utgående saldo (UB) för hela året."


@dataclass(frozen=True, slots=True)
class Kolumner:
    """The columns of a list: the amounts by what they are (one column, or debet and kredit), dimensions by number.

    `belopp` gives the heading of each column with amounts, `sidor` the column of D and K beside it. `osäker` is the
    heading of a saldo that could also be the year's movement.
    """

    rad: int
    konto: int
    namn: int | None
    saldon: Mapping[Nyckel, tuple[int, ...]]
    belopp: Mapping[int, str]
    dimensioner: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    dimensionsnamn: Mapping[str, str] = field(default_factory=dict)
    sidor: Mapping[int, int] = field(default_factory=dict)
    osäker: str = ""

    def texter(self, blad: Blad, rad: int) -> Iterator[int]:
        """The columns of a row that hold something else than amounts."""
        return (nr for nr in sorted(blad.rader[rad]) if nr not in self.belopp)

    @property
    def har_sidor(self) -> bool:
        """Whether debit and credit are told apart in so many words for the saldon, so that no sign can be turned."""
        egna = [kolumner for (slag, _), kolumner in self.saldon.items() if slag in ("ib", "ub")]
        return any(len(kolumner) > 1 or kolumner[0] in self.sidor for kolumner in egna)


def ordna(rad: int, kolumner: tuple[Kolumn, ...], år: int, problem: Problemsamling, plats: str) -> Kolumner | None:
    """Put the columns in order; `None` when something is missing or could be two things."""
    konto, namn = _konto(kolumner)
    använda: dict[Nyckel, list[Kolumn]] = defaultdict(list)
    for kolumn in kolumner:
        if kolumn.har_belopp and (nr := _årsnr(kolumn, år)) is not None:
            använda[kolumn.roll, nr].append(kolumn)
    dimensioner: dict[str, list[Kolumn]] = defaultdict(list)
    for kolumn in kolumner:
        if kolumn.roll == "dimension":
            dimensioner[kolumn.dimension].append(kolumn)
    if _dubbla([konto, *använda.values(), *dimensioner.values()], problem, plats):
        return None
    saldon = _välj_saldon({nyckel: ett[0] for nyckel, ett in använda.items()}, problem, plats)
    if saldon is None:
        _säg_olästa(kolumner, {kolumn.nr for kolumn in kolumner if kolumn.har_belopp}, problem)
        return None
    sidor = {kolumn.nr - 1: kolumn.nr for kolumn in kolumner if kolumn.roll == "dk"}
    ensamma = {delar[0].nr for delar in saldon.values() if len(delar) == 1}
    if sidor and sidor.keys() != ensamma:
        text = (
            "Varje kolumn med belopp ska ha sin kolumn med D eller K närmast till höger, eller ingen. Ta ut listan med"
        )
        problem.fel(f"{text} minustecken i stället.", plats)
        return None
    osäker = next((k.rubrik for k in saldon.get(("ub", 0), ()) if k.roll.startswith("utfall")), "")
    belopp = {kolumn.nr: kolumn.rubrik for delar in saldon.values() for kolumn in delar}
    _säg_olästa(kolumner, belopp.keys(), problem)
    namnkolumner = {kolumn.dimension: kolumn.nr for kolumn in kolumner if kolumn.roll == "dimensionsnamn"}
    return Kolumner(
        rad,
        konto[0].nr,
        namn,
        {nyckel: tuple(kolumn.nr for kolumn in delar) for nyckel, delar in saldon.items()},
        belopp,
        {nr: (ett[0].nr, namnkolumner.get(nr)) for nr, ett in dimensioner.items()},
        {nr: ett[0].rubrik for nr, ett in dimensioner.items()},
        sidor,
        "" if ("ib", 0) in saldon else osäker,
    )


def _konto(kolumner: tuple[Kolumn, ...]) -> tuple[list[Kolumn], int | None]:
    """The columns that hold account numbers (there should be one), and the one that holds their names."""
    finns = {roll: [k for k in kolumner if k.roll == roll] for roll in (*KONTON, "text")}
    nummer = next((finns[roll] for roll in KONTON if finns[roll]), [])
    namn = [k for roll in ("kontonamn", "text", "konto") for k in finns[roll] if k not in nummer]
    return nummer, namn[0].nr if namn else None


def _årsnr(kolumn: Kolumn, år: int) -> int | None:
    """0 for a column of the year, −1 for one of the year before, else nothing."""
    if kolumn.fjol:
        return -1 if kolumn.år in (None, år - 1) else None
    nr = 0 if kolumn.år is None else kolumn.år - år
    mitt_i_året = kolumn.slut is not None and (kolumn.slut.month, kolumn.slut.day) != (12, 31)
    return None if nr not in (0, -1) or (nr and mitt_i_året) else nr


def _dubbla(delar: Iterable[list[Kolumn]], problem: Problemsamling, plats: str) -> bool:
    dubbla = [kolumner for kolumner in delar if len(kolumner) > 1]
    for kolumner in dubbla:
        rubriker = " och ".join(visa(kolumn.rubrik) for kolumn in kolumner)
        text = (
            f"Kolumnerna {rubriker} kan vara samma sak. Ta bort den som inte ska läsas, eller ge den en rubrik med år."
        )
        problem.fel(text, plats, "kolumner som kan vara samma sak")
    return bool(dubbla)


def _välj_saldon(
    roller: dict[Nyckel, Kolumn], problem: Problemsamling, plats: str
) -> dict[Nyckel, tuple[Kolumn, ...]] | None:
    """What the columns with amounts are to each other: a saldo, or what it has changed by."""
    saldon: dict[Nyckel, tuple[Kolumn, ...]] = {nyckel: (k,) for nyckel, k in roller.items() if " " not in nyckel[0]}
    for (roll, nr), kolumn in roller.items():
        slag, _, sida = roll.partition(" ")
        if not sida:
            continue
        andra = roller.get((f"{slag} {SIDOR[sida == 'debet']}", nr))
        if andra is None or (slag != "förändring" and (slag, nr) in roller):
            text = f"Kolumnen {visa(kolumn.rubrik)} måste ha en kolumn för debet, en för kredit och ingen utan sida."
            problem.fel(text, plats, "debet och kredit")
            return None
        nyckel = ("debet_kredit" if slag == "förändring" else slag, nr)
        saldon[nyckel] = (kolumn, andra) if sida == "debet" else (andra, kolumn)
    if ("ib", 0) not in saldon and ("ing_saldo", 0) in saldon:
        saldon["ib", 0] = saldon.pop(("ing_saldo", 0))
    for nr in (0, -1):
        if (fel := _placera_utfall(saldon, nr)) is not None:
            problem.fel(fel, plats)
            return None
    har_förändring = ("förändring", 0) in saldon or ("debet_kredit", 0) in saldon
    if ("ub", 0) not in saldon and not (("ib", 0) in saldon and har_förändring):
        problem.fel(f"Ingen kolumn har årets utgående saldo. {VAD_SOM_BEHÖVS}", plats)
        return None
    oanvända = {("förändring", -1), ("debet_kredit", -1), ("ing_saldo", -1)}
    if ("ib", 0) not in saldon:
        oanvända |= {("förändring", 0), ("debet_kredit", 0)}
    if ("ub", -1) not in saldon:
        oanvända.add(("ib", -1))
    return {nyckel: delar for nyckel, delar in saldon.items() if nyckel not in oanvända}


def _placera_utfall(saldon: dict[Nyckel, tuple[Kolumn, ...]], nr: int) -> str | None:
    """An utfall is the saldo when no other column is; beside one it is what the year has changed. Why not, if not."""
    utfall = saldon.pop(("utfall", nr), None)
    if utfall is None:
        return None
    ub, ib = saldon.get(("ub", nr)), saldon.get(("ib", nr))
    har_förändring = ("förändring", nr) in saldon or ("debet_kredit", nr) in saldon
    if ub and ib and nr == 0:
        saldon["förändring", nr] = utfall
    elif ub:
        rubriker = " och ".join(visa(kolumn.rubrik) for kolumn in (*ub, *utfall))
        return f"Kolumnerna {rubriker} kan vara samma sak. Ta bort den som inte ska läsas, eller lägg till IB."
    elif ib and not har_förändring and nr == 0:
        return (
            f"Kolumnen {visa(utfall[0].rubrik)} kan vara årets förändring eller utgående saldo. "
            "Ta ut listan med UB, eller ge kolumnen rubriken UB eller Förändring."
        )
    else:
        saldon["ub", nr] = utfall
    return None


def _säg_olästa(kolumner: tuple[Kolumn, ...], lästa: Set[int], problem: Problemsamling) -> None:
    """Say which columns are not read."""
    olästa = [visa(k.rubrik) for k in kolumner if not k.roll or (k.har_belopp and k.nr not in lästa)]
    if olästa:
        problem.upplysning(f"Kolumner som inte läses: {', '.join(olästa[:20])}.")


def check_rubriklösa(blad: Blad, kolumner: Kolumner, rubriker: tuple[Kolumn, ...], problem: Problemsamling) -> Kolumner:
    """Amounts without a heading could be anything; texts right of the konton without one are their names."""
    med_rubrik = {kolumn.nr for kolumn in rubriker}
    utan: set[int] = set()
    sagda: set[int] = set()
    for rad, celler in blad.rader.items():
        if rad <= kolumner.rad or not blad.text(rad, kolumner.konto)[:1].isdigit():
            continue
        for nr, cell in celler.items():
            if nr in med_rubrik:
                continue
            utan.add(nr)
            if nr not in sagda and (isinstance(cell.värde, (int, float)) or _är_siffror(cell.värde)):
                sagda.add(nr)
                text = f"Kolumn {blad.kolumn(nr)} har tal men ingen rubrik. Ge den en rubrik eller ta bort den."
                problem.fel(text, blad.plats(rad, nr), "kolumn utan rubrik")
    if kolumner.namn is None and kolumner.konto + 1 in utan:
        return replace(kolumner, namn=kolumner.konto + 1)
    return kolumner


def _är_siffror(värde: object) -> bool:
    return isinstance(värde, str) and any(tecken.isdigit() for tecken in värde) and not any(map(str.isalpha, värde))
