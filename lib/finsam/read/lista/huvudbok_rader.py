"""The rows of a huvudbok: konton with what they open and close at, and the transactions between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from finsam.model.bokforing import Objekt
from finsam.read.indata import visa
from finsam.read.ledger.belopp import kr_text, parse_dag
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.verifikationer import Huvud, ogiltigt_datum
from finsam.read.lista.blad import Listblad
from finsam.read.lista.kolumner import Kolumner
from finsam.read.lista.rader import KONTO, SUMMA, konton_i, poster, read_belopp, read_objekt, säg_överhoppade

SALDORAD = re.compile(
    r"(?:(ib|ing)|ub|utg)(?:ående|\.)?(?:\s*(?:balans|bal\.?|saldo))?\s*:?(?:\s*[\d-]{8,10})?", re.IGNORECASE
)
KONTORUBRIK = re.compile(r"(?:konto\s*:?\s*)?(\d{3,12})\s*[-–:,.]?\s+(.*[^\W\d_].*)", re.IGNORECASE | re.ASCII)
SERIE_OCH_NUMMER = re.compile(r"([A-Za-zÅÄÖåäö]+)[\s-]*(\d+)")


@dataclass(frozen=True, slots=True)
class Huvudpost:
    """A transaction; the amount in öre, debet less kredit."""

    rad: int
    konto: str
    serie: str
    nummer: str
    datum: date | None
    text: str
    öre: int
    objekt: tuple[Objekt, ...]


@dataclass(slots=True)
class Huvudkonto:
    """A konto while its rows are read, in öre; `saldo` follows the transactions from `ib`.

    `avviker` tells that the list's own saldo has been found to differ from it.
    """

    rad: int
    namn: str = ""
    ib: int | None = None
    ub: int | None = None
    debet: int = 0
    kredit: int = 0
    saldo: int = 0
    avviker: bool = False

    @property
    def har_rader(self) -> bool:
        """Whether the list has a saldo or transactions for it, not only its number in a heading."""
        return self.ib is not None or self.ub is not None or bool(self.debet or self.kredit)


@dataclass(frozen=True, slots=True)
class Huvudkolumner:
    """The columns of a huvudbok. The amount is debet and kredit, or one column; `konto` is 0 when rows have none."""

    kolumner: Kolumner
    konto: int
    ver: int
    datum: int
    serie: int
    text: int
    belopp: tuple[int, ...]
    saldo: int


@dataclass(slots=True)
class Huvudbok:
    """All konton and transactions of the list; `konto` is the one that rows belong to while they are read.

    Once a row cannot be placed the list is `ofullständig`: it is refused, and its sums say nothing.
    """

    konton: dict[str, Huvudkonto] = field(default_factory=dict)
    poster: list[Huvudpost] = field(default_factory=list)
    objekt: dict[Objekt, str] = field(default_factory=dict)
    konto: str = ""
    ofullständig: bool = False


def read_huvudbok_rader(blad: Listblad, kolumner: Huvudkolumner, problem: Problemsamling) -> Huvudbok:
    """Read every row, and check what the list says of its own sums."""
    bok = Huvudbok()

    def är_post(rad: int) -> bool:
        texter = (blad.text(rad, nr) for nr in kolumner.kolumner.texter(blad, rad))
        return any(map(str.isdecimal, blad.text(rad, kolumner.ver))) or any(map(SALDORAD.fullmatch, texter))

    belopp, oläsliga = read_belopp(blad, kolumner.kolumner, är_post, problem)
    bok.ofullständig = bool(oläsliga)
    överhoppade: Counter[str] = Counter()
    for rad in poster(blad, kolumner.kolumner, belopp, överhoppade):
        _read_rad(blad, kolumner, rad, belopp.get(rad, {}), bok, problem)
    säg_överhoppade(överhoppade, problem)
    return bok


def _read_rad(
    blad: Listblad,
    kolumner: Huvudkolumner,
    rad: int,
    belopp: Mapping[int, int],
    bok: Huvudbok,
    problem: Problemsamling,
) -> None:
    texter = [text for nr in kolumner.kolumner.texter(blad, rad) if (text := blad.text(rad, nr))]
    saldorad = next((träff for text in texter if (träff := SALDORAD.fullmatch(text))), None)
    ver = blad.text(rad, kolumner.ver)
    if SALDORAD.fullmatch(ver) or not any(map(str.isdecimal, ver)):
        ver = ""
    else:  # a verifikation may be called Ingående balans
        saldorad = None
    _byt_konto(blad, kolumner, rad, bok, är_post=bool(saldorad or (ver and belopp)))
    plats = blad.plats(rad)
    if not belopp:
        return
    if not ver and not saldorad and (etikett := next((text for text in texter if SUMMA.search(text)), "")):
        if not bok.ofullständig:
            _check_summa(etikett, kolumner, belopp, bok, plats, problem)
    elif not bok.konto:
        problem.fel(
            "Raden har belopp men inget konto. Ta ut listan med konto på varje rad.", plats, "belopp utan konto"
        )
        bok.ofullständig = True
    elif saldorad:
        _saldorad(bool(saldorad[1]), kolumner, belopp, bok, plats, problem)
    elif ver:
        _transaktion(blad, kolumner, rad, belopp, bok, problem)
    else:
        text = (
            f"Raden {visa(' '.join(texter))} har belopp men inget verifikationsnummer, och är varken saldo eller summa."
        )
        problem.fel(text, plats, "belopp utan verifikation")
        bok.ofullständig = True


def _byt_konto(blad: Listblad, kolumner: Huvudkolumner, rad: int, bok: Huvudbok, är_post: bool) -> None:
    """Note which konto the rows belong to from here: by the row's own konto, or a row that is a konto's heading."""
    första = min(blad.rader[rad])
    träff = KONTO.fullmatch(blad.text(rad, kolumner.konto)) if kolumner.konto else None
    if träff is None and not är_post:
        träff = KONTORUBRIK.fullmatch(blad.text(rad, första))
    if träff is None:
        return
    bok.konto = träff[1]
    konto = bok.konton.setdefault(bok.konto, Huvudkonto(rad))
    namn = [träff[2] or ""]
    namn += [blad.text(rad, nr) for nr in (kolumner.kolumner.namn, 0 if är_post else kolumner.text) if nr]
    if not konto.namn:
        konto.namn = next((text.strip() for text in namn if text), "")


def _värde(kolumner: Huvudkolumner, belopp: Mapping[int, int]) -> int:
    """The amount of a row, debet less kredit."""
    debet, *kredit = (belopp.get(nr, 0) for nr in kolumner.belopp)
    return debet - sum(kredit)


def _saldorad(
    är_ib: bool,
    kolumner: Huvudkolumner,
    belopp: Mapping[int, int],
    bok: Huvudbok,
    plats: str,
    problem: Problemsamling,
) -> None:
    """An ingående or utgående saldo, in the column of saldon or as an amount."""
    konto = bok.konton[bok.konto]
    öre = belopp[kolumner.saldo] if kolumner.saldo in belopp else _värde(kolumner, belopp)
    if är_ib:
        if konto.ib not in (None, öre) or konto.debet or konto.kredit:
            text = (
                f"Konto {bok.konto} har mer än en ingående balans, eller en efter sina transaktioner. "
                "Ta ut listan på nytt för hela året."
            )
            problem.fel(text, plats, "flera ingående balanser")
            bok.ofullständig = True
        konto.ib = konto.saldo = öre
        return
    väntat = (konto.ib or 0) + konto.debet - konto.kredit
    if konto.ub not in (None, öre) or (öre != väntat and not bok.ofullständig):
        text = (
            f"Konto {bok.konto}: ingående balans {kr_text(konto.ib or 0)} och transaktioner "
            f"{kr_text(konto.debet - konto.kredit)} ger {kr_text(väntat)}, men utgående saldo är {kr_text(öre)}. "
            "Ta ut listan på nytt för hela året."
        )
        problem.fel(text, plats, "utgående saldo stämmer inte")
    konto.ub = öre


def _transaktion(
    blad: Listblad, kolumner: Huvudkolumner, rad: int, belopp: Mapping[int, int], bok: Huvudbok, problem: Problemsamling
) -> None:
    konto = bok.konton[bok.konto]
    if konto.ub is not None:
        text = f"Konto {bok.konto} har transaktioner efter sitt utgående saldo. Ta ut listan på nytt."
        problem.fel(text, blad.plats(rad), "transaktion efter utgående saldo")
        bok.ofullständig = True
    öre = _värde(kolumner, belopp)
    if len(kolumner.belopp) > 1:
        konto.debet += belopp.get(kolumner.belopp[0], 0)
        konto.kredit += belopp.get(kolumner.belopp[1], 0)
    else:
        konto.debet += max(öre, 0)
        konto.kredit += max(-öre, 0)
    konto.saldo += öre
    if belopp.get(kolumner.saldo, konto.saldo) != konto.saldo and not (konto.avviker or bok.ofullständig):
        text = (
            f"Saldot efter raden är {kr_text(belopp[kolumner.saldo])} men skulle vara {kr_text(konto.saldo)} "
            f"på konto {bok.konto}. Ta ut listan på nytt."
        )
        problem.fel(text, blad.plats(rad, kolumner.saldo), "löpande saldo stämmer inte")
        konto.avviker = True
    ver = blad.text(rad, kolumner.ver)
    träff = None if kolumner.serie else SERIE_OCH_NUMMER.fullmatch(ver)
    serie, nummer = träff.groups() if träff else (blad.text(rad, kolumner.serie) if kolumner.serie else "", ver)
    skrivet = blad.text(rad, kolumner.datum)
    datum = parse_dag(skrivet)
    if datum is None:
        text = ogiltigt_datum(Huvud(serie, nummer), rad, skrivet)
        problem.varning(text, blad.plats(rad, kolumner.datum), "ogiltigt datum")
    text = blad.text(rad, kolumner.text) if kolumner.text else ""
    objekt = tuple(read_objekt(blad, kolumner.kolumner, rad, bok.objekt))
    bok.poster.append(Huvudpost(rad, bok.konto, serie, nummer, datum, text, öre, objekt))


def _check_summa(
    etikett: str,
    kolumner: Huvudkolumner,
    belopp: Mapping[int, int],
    bok: Huvudbok,
    plats: str,
    problem: Problemsamling,
) -> None:
    """A sum of debet and kredit is of the konton that it names, the konto above it or all konton so far."""
    alla = list(bok.konton.values())
    möjliga = [[bok.konton[bok.konto]], alla] if bok.konto else [alla]
    if namngivna := konton_i(etikett):
        från, till = namngivna
        möjliga = [[k for nr, k in bok.konton.items() if från <= nr[: len(från)] and nr[: len(till)] <= till]]
    for konton in möjliga:
        debet, kredit = sum(k.debet for k in konton), sum(k.kredit for k in konton)
        rätt = dict(
            zip(kolumner.belopp, (debet, kredit) if len(kolumner.belopp) > 1 else (debet - kredit,), strict=True)
        )
        rätt[kolumner.saldo] = sum(konto.saldo for konto in konton)
        if all(rätt.get(nr) == öre for nr, öre in belopp.items()):
            return
    problem.fel(f"{visa(etikett)} stämmer inte med transaktionerna ovanför. Ta ut listan på nytt.", plats, "summa")
