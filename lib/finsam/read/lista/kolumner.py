"""Which column holds what, once the year is known. Between two columns that could be the same nothing is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from finsam.read.indata import visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.blad import Listblad
from finsam.read.lista.rubriker import KONTON, Listkolumn
from finsam.read.lista.saldokolumner import Nyckel, Saldokolumner, välj_saldon


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

    def texter(self, blad: Listblad, rad: int) -> Iterator[int]:
        """The columns of a row that hold something else than amounts."""
        return (nr for nr in sorted(blad.rader[rad]) if nr not in self.belopp)

    @property
    def har_sidor(self) -> bool:
        """Whether debit and credit are told apart in so many words for the saldon, so that no sign can be turned."""
        egna = [kolumner for (slag, _), kolumner in self.saldon.items() if slag in ("ib", "ub")]
        return any(len(kolumner) > 1 or kolumner[0] in self.sidor for kolumner in egna)


def ordna(rad: int, kolumner: tuple[Listkolumn, ...], år: int, problem: Problemsamling, plats: str) -> Kolumner | None:
    """Put the columns in order; `None` when something is missing or could be two things."""
    konto, namn = _konto(kolumner)
    belopp = _beloppskolumner(kolumner, år)
    dimensioner = _dimensionskolumner(kolumner)
    if _dubbla([konto, *belopp.values(), *dimensioner.values()], problem, plats):
        return None
    saldon = välj_saldon({nyckel: ett[0] for nyckel, ett in belopp.items()}, problem, plats)
    if saldon is None:
        _säg_olästa(kolumner, {kolumn.nr for kolumn in kolumner if kolumn.har_belopp}, problem)
        return None
    sidor = {kolumn.nr - 1: kolumn.nr for kolumn in kolumner if kolumn.roll == "dk"}
    if not _har_sidor_överallt(sidor, saldon):
        text = (
            "Varje kolumn med belopp ska ha sin kolumn med D eller K närmast till höger, eller ingen. "
            "Ta ut listan med minustecken i stället."
        )
        problem.fel(text, plats)
        return None
    rubriker = {kolumn.nr: kolumn.rubrik for delar in saldon.values() for kolumn in delar}
    _säg_olästa(kolumner, rubriker.keys(), problem)
    namnkolumner = {kolumn.dimension: kolumn.nr for kolumn in kolumner if kolumn.roll == "dimensionsnamn"}
    return Kolumner(
        rad=rad,
        konto=konto[0].nr,
        namn=namn,
        saldon={nyckel: tuple(kolumn.nr for kolumn in delar) for nyckel, delar in saldon.items()},
        belopp=rubriker,
        dimensioner={nr: (ett[0].nr, namnkolumner.get(nr)) for nr, ett in dimensioner.items()},
        dimensionsnamn={nr: ett[0].rubrik for nr, ett in dimensioner.items()},
        sidor=sidor,
        osäker=_osäker(saldon),
    )


def _beloppskolumner(kolumner: Iterable[Listkolumn], år: int) -> dict[Nyckel, list[Listkolumn]]:
    """The columns with amounts of the year and the year before, by what they hold."""
    svar: dict[Nyckel, list[Listkolumn]] = defaultdict(list)
    for kolumn in kolumner:
        nr = _årsnr(kolumn, år)
        if kolumn.har_belopp and nr is not None:
            svar[kolumn.roll, nr].append(kolumn)
    return svar


def _dimensionskolumner(kolumner: Iterable[Listkolumn]) -> dict[str, list[Listkolumn]]:
    """The columns with the codes of a dimension, by its number."""
    svar: dict[str, list[Listkolumn]] = defaultdict(list)
    for kolumn in kolumner:
        if kolumn.roll == "dimension":
            svar[kolumn.dimension].append(kolumn)
    return svar


def _har_sidor_överallt(sidor: Mapping[int, int], saldon: Saldokolumner) -> bool:
    """Whether every amount that is not debet and kredit has its column of D and K, if any has."""
    ensamma = {delar[0].nr for delar in saldon.values() if len(delar) == 1}
    return not sidor or sidor.keys() == ensamma


def _osäker(saldon: Saldokolumner) -> str:
    """The heading of an utfall that is taken for the saldo of balance accounts too, with no ingående balans beside."""
    if ("ib", 0) in saldon:
        return ""
    return next((kolumn.rubrik for kolumn in saldon.get(("ub", 0), ()) if kolumn.roll.startswith("utfall")), "")


def _konto(kolumner: tuple[Listkolumn, ...]) -> tuple[list[Listkolumn], int | None]:
    """The columns that hold account numbers (there should be one), and the one that holds their names."""
    finns = {roll: [k for k in kolumner if k.roll == roll] for roll in (*KONTON, "text")}
    nummer = next((finns[roll] for roll in KONTON if finns[roll]), [])
    namn = [k for roll in ("kontonamn", "text", "konto") for k in finns[roll] if k not in nummer]
    return nummer, namn[0].nr if namn else None


def _årsnr(kolumn: Listkolumn, år: int) -> int | None:
    """0 for a column of the year, −1 for one of the year before, else nothing."""
    if kolumn.fjol:
        return -1 if kolumn.år in (None, år - 1) else None
    nr = 0 if kolumn.år is None else kolumn.år - år
    mitt_i_året = kolumn.slut is not None and (kolumn.slut.month, kolumn.slut.day) != (12, 31)
    return None if nr not in (0, -1) or (nr and mitt_i_året) else nr


def _dubbla(delar: Iterable[list[Listkolumn]], problem: Problemsamling, plats: str) -> bool:
    dubbla = [kolumner for kolumner in delar if len(kolumner) > 1]
    for kolumner in dubbla:
        rubriker = " och ".join(visa(kolumn.rubrik) for kolumn in kolumner)
        text = (
            f"Kolumnerna {rubriker} kan vara samma sak. Ta bort den som inte ska läsas, eller ge den en rubrik med år."
        )
        problem.fel(text, plats, "kolumner som kan vara samma sak")
    return bool(dubbla)


def _säg_olästa(kolumner: tuple[Listkolumn, ...], lästa: Set[int], problem: Problemsamling) -> None:
    """Say which columns are not read."""
    olästa = [visa(k.rubrik) for k in kolumner if not k.roll or (k.har_belopp and k.nr not in lästa)]
    if olästa:
        problem.upplysning(f"Kolumner som inte läses: {', '.join(olästa[:20])}.")


def check_rubriklösa(
    blad: Listblad, kolumner: Kolumner, rubriker: tuple[Listkolumn, ...], problem: Problemsamling
) -> Kolumner:
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
