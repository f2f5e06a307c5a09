"""The headings of a list: the row they stand in, and what each column is by the words of the ledger systems."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from finsam.read.lista.blad import Listblad
from finsam.read.lista.period import Tid, tider

HÖGST_RUBRIKRAD = 40
HÖGST_KOLUMN = 200

FRASER = {
    "kontonr": ("kontonr", "konto nr", "kontonummer", "konto nummer", "ktonr", "kto nr", "kontokod"),
    "konto": ("konto", "kto"),
    "kontonamn": ("kontonamn", "konto namn", "kontotext", "konto text", "kontobenämning", "konto benämning"),
    "text": ("text", "benämning", "namn", "beskrivning", "klartext", "kontobeskrivning"),
    "ib": ("ib", "ingående", "ingående balans", "ingående bal", "ib balans"),
    "ing_saldo": ("ingående saldo", "ib saldo", "is"),
    "ub": (
        *("ub", "utgående", "utgående balans", "utgående bal", "utgående saldo", "ub balans", "ub saldo", "us"),
        *("saldo", "slutsaldo", "ackumulerat saldo", "saldo ackumulerat", "bokfört saldo", "aktuellt saldo"),
    ),
    "ackumulerat": ("ackumulerat", "ackumulerat utfall", "utfall ackumulerat"),
    "utfall": ("utfall", "bokfört", "belopp", "bokslut"),
    "förändring": (
        "förändring",
        "rörelse",
        "rörelser",
        "period",
        "perioden",
        "periodens förändring",
        "periodens rörelse",
    ),
    "dk": ("d k", "dk", "debet kredit"),
    "datum": ("datum", "bokföringsdatum", "verdatum", "ver datum", "verifikationsdatum", "bokfdatum", "transdatum"),
    "ver": (
        *("ver", "vernr", "ver nr", "vernummer", "ver nummer", "verifikation", "verifikat", "verifikationsnr"),
        *("verifikationsnummer", "verifikation nr", "verifikations nr"),
    ),
    "serie": ("serie", "verserie", "ver serie", "verifikationsserie", "vertyp", "ver typ", "verifikationstyp"),
}
KONTON = ("kontonr", "konto", "kontonamn")
ROLLER = {fras: roll for roll, fraser in FRASER.items() for fras in fraser}

DIMENSIONER = {
    "1": ("ansvar", "ansv", "kostnadsställe", "kst", "kostnadsst", "resultatenhet"),
    "2": ("kostnadsbärare",),
    "6": ("projekt", "proj", "prj"),
    "20": ("motpart", "motp", "mp"),
    "21": ("verksamhet", "verks", "vht", "vsh"),
    "22": ("aktivitet", "akt"),
    "23": ("objekt", "obj"),
}
"""Dimension numbers: SIE's own, and from 20 what the kommuner's systems have besides."""
DIMENSIONSORD = {ord_: nr for nr, orden in DIMENSIONER.items() for ord_ in orden}
NAMN = ("namn", "text", "benämning", "beskrivning")

FÖRKORTNINGAR = {"ing": "ingående", "utg": "utgående", "bal": "balans", "förändr": "förändring"} | dict.fromkeys(
    ("ack", "ackum", "ackumulerad", "ackumulerade"), "ackumulerat"
)
FYLLNAD = frozenset(
    (
        *("per", "den", "till", "och", "med", "tom", "t", "o", "m", "i", "år", "året", "årets", "hela", "helår"),
        *("helåret", "kr", "sek", "kronor"),
    )
)
JAN_DEC = re.compile(r"\bjan(?:uari)?\.?\s*[-–]\s*dec(?:ember)?\b")
FJOL = re.compile(r"\b(?:föregående|föreg|fg|f\.?g|förra)\.?\s*(?:räkenskaps)?år\w*|\bfjolår\w*|\bi fjol\b")

PAPPER = re.compile(r"utskri|skapad|användare|\bsid(?:a|nr)?\b", re.IGNORECASE)

BELOPP = frozenset(("ib", "ing_saldo", "ub", "utfall", "förändring"))
"""The roles of columns that hold amounts; with debet and kredit as two columns their names end so."""


@dataclass(frozen=True, slots=True)
class Listkolumn:
    """A column and its role ("" when it is not known). `år` and `fjol` say whose figures it has, `slut` until when."""

    nr: int
    rubrik: str
    roll: str = ""
    år: int | None = None
    fjol: bool = False
    slut: date | None = None
    dimension: str = ""

    @property
    def har_belopp(self) -> bool:
        """Whether the column holds amounts that are read."""
        return self.roll.split()[0] in BELOPP if self.roll else False


def tolka_rubrik(nr: int, rubrik: str) -> Listkolumn:
    """What a heading says of its column.

    >>> [tolka_rubrik(1, text).roll for text in ("Ing. balans", "Utg saldo 2024-12-31", "Debet", "Årsbudget")]
    ['ib', 'ub', 'förändring debet', '']
    """
    text = JAN_DEC.sub(" ", rubrik.casefold().replace("(t)", " text"))
    funna = tider(text)
    tid = funna[0] if len(funna) == 1 else None
    if tid:
        text = text[: tid.plats[0]] + " " + text[tid.plats[1] :]
    fjol = bool(FJOL.search(text))
    text = FJOL.sub(" ", text)
    okänd = Listkolumn(nr, rubrik)
    if re.search(r"[\d%]", text) or len(funna) > 1:
        return okänd
    orden = [FÖRKORTNINGAR.get(ord_, ord_) for ord_ in re.findall(r"[^\W_]+", text)]
    if dimension := _dimension(orden):
        return replace(okänd, roll=dimension[0], dimension=dimension[1])
    roll = _roll([ord_ for ord_ in orden if ord_ not in FYLLNAD], orden, bool(tid or fjol))
    return _med_tid(replace(okänd, fjol=fjol, roll=roll), tid)


def _dimension(orden: list[str]) -> tuple[str, str] | None:
    """The role and the number when the words name a dimension, or the names of its codes."""
    for ord_ in orden[:1]:
        if ord_ in DIMENSIONSORD:
            slag = {"": "dimension"} | dict.fromkeys(NAMN, "dimensionsnamn")
            if roll := slag.get(" ".join(orden[1:])):
                return roll, DIMENSIONSORD[ord_]
        for namn in NAMN if len(orden) == 1 else ():
            if ord_.endswith(namn) and ord_.removesuffix(namn).removesuffix("s") in DIMENSIONSORD:
                return "dimensionsnamn", DIMENSIONSORD[ord_.removesuffix(namn).removesuffix("s")]
    return None


def _roll(orden: list[str], alla: list[str], har_tid: bool) -> str:
    """The role by the words; a heading that only says when is an utfall."""
    if roll := ROLLER.get(" ".join(alla)) or ROLLER.get(" ".join(orden)):
        return roll
    sidor = [ord_ for ord_ in orden if ord_ in ("debet", "kredit")]
    if len(sidor) == 1:
        roll = ROLLER.get(" ".join(ord_ for ord_ in orden if ord_ not in sidor), "" if orden != sidor else "förändring")
        return f"{roll} {sidor[0]}" if roll in BELOPP else ""
    return "utfall" if har_tid and not orden else ""


def _med_tid(kolumn: Listkolumn, tid: Tid | None) -> Listkolumn:
    """The column with the year that its heading gives; a time that does not suit what it holds makes it unknown."""
    slag, *sida = kolumn.roll.split() or [""]
    if slag == "ackumulerat":
        kolumn = replace(kolumn, roll=" ".join(("utfall", *sida)))
    if tid is None or not kolumn.har_belopp:
        return kolumn
    hela_året_hittills = (tid.start.month, tid.start.day) == (1, 1)
    sista_dagen = (tid.slut.month, tid.slut.day) == (12, 31)
    if slag in ("ib", "ing_saldo"):
        år = tid.slut.year + (sista_dagen and not tid.är_år)
        return replace(kolumn, år=år) if hela_året_hittills or sista_dagen else replace(kolumn, roll="")
    if tid.start == tid.slut and hela_året_hittills and slag == "ub":
        return replace(kolumn, roll=" ".join(("ib", *sida)), år=tid.start.year)
    vid_en_dag = tid.start == tid.slut or (slag in ("ub", "ackumulerat") and not tid.hel)
    if slag == "förändring" and not tid.är_år:
        return replace(kolumn, roll="")
    if not (vid_en_dag or hela_året_hittills) or tid.start.year != tid.slut.year:
        return replace(kolumn, roll="")
    return replace(kolumn, år=tid.slut.year, slut=tid.slut)


def tolka_rubriker(blad: Listblad, rad: int) -> tuple[Listkolumn, ...]:
    """The columns by the headings in a row, with what the row above says of them: a year over two columns, say."""
    kolumner = {nr: tolka_rubrik(nr, text) for nr, text in _rubriktexter(blad, rad).items()}
    första = min((k.nr for k in kolumner.values() if k.har_belopp), default=0)
    konto = min((k.nr for k in kolumner.values() if k.roll in KONTON), default=första)
    ovan = _rubriktexter(blad, rad - 1)
    if konto < första <= min(ovan, default=0) and not any(map(PAPPER.search, ovan.values())):
        över = ""
        for nr in range(min(ovan), max((*ovan, *kolumner)) + 1):
            över = ovan.get(nr, över)
            undre = kolumner[nr].rubrik if nr in kolumner else ""
            kolumner[nr] = tolka_rubrik(nr, f"{över} {undre}".strip())
    return tuple(_med_namnkolumner([kolumner[nr] for nr in sorted(kolumner)]))


def _rubriktexter(blad: Listblad, rad: int) -> dict[int, str]:
    return {nr: text for nr in blad.rader.get(rad, {}) if nr <= HÖGST_KOLUMN and (text := blad.text(rad, nr))}


def _med_namnkolumner(kolumner: list[Listkolumn]) -> list[Listkolumn]:
    """A column of texts holds the names of what stands to its left: konton, or the codes of a dimension."""
    svar: list[Listkolumn] = []
    for kolumn in kolumner:
        vänster = svar[-1] if svar and svar[-1].nr == kolumn.nr - 1 else None
        if kolumn.roll == "text" and vänster and vänster.roll == "dimension":
            kolumn = replace(kolumn, roll="dimensionsnamn", dimension=vänster.dimension)
        svar.append(kolumn)
    return svar


def är_huvudbok(kolumner: tuple[Listkolumn, ...]) -> bool:
    """Whether the columns are those of a ledger with its transactions."""
    roller = {kolumn.roll for kolumn in kolumner}
    sidor = {"förändring debet", "förändring kredit"}
    return (
        "datum" in roller and bool(roller & {"ver", "text"}) and (sidor <= roller or bool(roller & {"utfall", "ver"}))
    )


def är_rubrikrad(kolumner: tuple[Listkolumn, ...]) -> bool:
    """Whether the columns are headings of a list: konto and some amount, or those of a huvudbok."""
    konto = any(kolumn.roll in KONTON for kolumn in kolumner)
    return är_huvudbok(kolumner) or (konto and any(kolumn.har_belopp for kolumn in kolumner))


def hitta_rubrikrad(blad: Listblad) -> int | None:
    """The row of the headings among the first rows: the one that names most columns of a list.

    Of two that name as many the later counts, for a list's own selections ("Konto 1000–8999") stand above it.
    """
    bäst, funnen = 0, None
    rubriker: tuple[str, ...] = ()
    for rad in sorted(blad.rader)[:HÖGST_RUBRIKRAD]:
        kolumner = tolka_rubriker(blad, rad)
        if not är_rubrikrad(kolumner):
            continue
        roller = [kolumn.roll for kolumn in kolumner if kolumn.roll]
        texter = tuple(kolumn.rubrik for kolumn in kolumner)
        if len(roller) > bäst or (len(roller) == bäst and texter != rubriker):
            bäst, funnen, rubriker = len(roller), rad, texter
    return funnen
