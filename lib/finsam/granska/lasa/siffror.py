"""Numbers as they are printed in other people's tables: signs in all ways, units, digits in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from finsam.granska.lasa.rad import RIMLIGT, UPPHÖJDA

BLANK = " \u00a0\u202f\u2009\t"
MINUS = "-\u2212\u2013\u2011\u2012\u2014"
_B = f"[{BLANK}]"
ENHETER = {
    "kr": "kr",
    "kronor": "kr",
    "sek": "kr",
    "tkr": "tkr",
    "mnkr": "mnkr",
    "mkr": "mnkr",
    "msek": "mnkr",
    "%": "%",
}
ENHETER |= {"procent": "%", "kkr": "tkr", "ksek": "tkr"}
FAKTOR = {"": Decimal(1), "kr": Decimal(1), "tkr": Decimal(1000), "mnkr": Decimal(1_000_000), "%": Decimal(1)}
_HÖGST_DELNINGAR = 2000

_BIT = re.compile(
    rf"(?P<tecken>[{MINUS}+]{{0,2}}){_B}?(?P<siffror>\d+)(?P<dec>,\d+|\.\d{{1,2}}(?!\d))?"
    rf"|(?P<enhet>(?i:tkr|mnkr|mkr|msek|kkr|ksek|kronor|kr|sek|%|procent)(?![a-zåäö])|[:,][{MINUS}](?!\d))(?P<efter>[{MINUS}](?!\d))?"
    rf"|(?P<tomt>[{MINUS}]{{1,2}})(?!{_B}?\d)|(?P<öppen>\()|(?P<stängd>\))|(?P<fot>[*†{UPPHÖJDA}]|\b[a-h]\)|\.(?={_B}|$))"
)
_TUSENTAL = re.compile(
    r"(?<=\d)['’´](?=\d{3}(?!\d))|(?<=[1-9])\.(?=\d{3}(?!\d))|(?<=[1-9]\d)\.(?=\d{3}(?!\d))|(?<=\d\d\d)\.(?=\d{3}(?!\d))"
)
"""What stands between thousands, when it is no blank."""
_SIFFRA = re.compile(r"\d")
_DAG = re.compile(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Tal:
    """A number as it is printed: its value in its own unit, and where in the text it stands."""

    tryckt: str
    värde: Decimal | None
    enhet: str = ""
    decimaler: int = 0
    början: int = 0
    parentes: bool = False

    @property
    def tomt(self) -> bool:
        """A dash, which says that there is nothing."""
        return self.värde is None

    @property
    def storlek(self) -> Decimal:
        """Its size, without the sign; a dash is 0."""
        return Decimal(0) if self.värde is None else abs(self.värde)

    @property
    def orimligt(self) -> bool:
        """It has more digits than a figure here has: it must be two."""
        return self.värde is not None and len(str(abs(int(self.värde)))) > RIMLIGT

    @property
    def siffror(self) -> int:
        """How many digits the value has, zeros at its end not counted."""
        return len(str(int(self.storlek)).rstrip("0"))


@dataclass(slots=True)
class _Bit:
    """A group of digits: where it is, and what is round it."""

    början: int
    slut: int
    siffror: str
    tecken: str
    dec: str
    enhet: str = ""
    efter: bool = False
    parentes: bool = False
    tomt: bool = False

    @property
    def börjar(self) -> bool:
        """It can only be the first group of a number."""
        return self.tomt or bool(self.tecken) or len(self.siffror) != 3


def tal_i_cell(text: str, antal: int | None = None, *, tvinga: bool = False) -> list[Tal] | None:
    """The numbers of a cell that holds numbers only; None when it holds something else.

    `antal` is how many there should be, when groups of digits can be read in more ways than one.

    >>> [str(t.värde) for t in tal_i_cell("4 634 900 kr-") or ()], [t.enhet for t in tal_i_cell("(17 %)") or ()]
    (['-4634900'], ['%'])
    >>> [str(t.värde) for t in tal_i_cell("510 208 512 278", 2) or ()]
    ['510208', '512278']
    >>> tal_i_cell("Not 2") is None, [t.tomt for t in tal_i_cell("- kr") or ()]
    (True, [True])
    >>> [str(t.värde) for text in ("4.200.000", "4’200’000:-", "1 234¹") for t in tal_i_cell(text) or ()]
    ['4200000', '4200000', '1234']
    """
    bitar = None if _DAG.search(text) else _bitar(_TUSENTAL.sub(" ", text))
    if not bitar:
        return None
    return _bäst(text, bitar, antal, tvinga=tvinga)


def _bitar(text: str) -> list[_Bit] | None:
    """The groups of digits of a text that holds nothing but them and what belongs to them."""
    bitar: list[_Bit] = []
    läge, öppen, parentes = 0, False, 0
    for träff in _BIT.finditer(text):
        if text[läge : träff.start()].strip(BLANK) or (träff["enhet"] and (not bitar or bitar[-1].enhet)):
            return None
        läge = träff.end()
        if träff["öppen"]:
            öppen, parentes = True, träff.start()
        elif träff["stängd"]:
            if bitar and öppen and not bitar[-1].enhet:
                bitar[-1].slut = träff.end()
                första = next(bit for bit in bitar if bit.början > parentes)
                första.början = parentes
            öppen = False
        else:
            _lägg_till(bitar, träff, öppen=öppen)
    return None if text[läge:].strip(BLANK) else bitar


def _lägg_till(bitar: list[_Bit], träff: re.Match[str], *, öppen: bool) -> None:
    """A group more, or what belongs to the latest: its unit, or a minus after it."""
    början, slut = träff.span()
    if träff["siffror"]:
        bitar.append(_Bit(början, slut, träff["siffror"], träff["tecken"], träff["dec"] or "", parentes=öppen))
    elif träff["enhet"]:
        bitar[-1].enhet, bitar[-1].slut = ENHETER.get(träff["enhet"].lower(), "kr"), slut
        bitar[-1].efter |= bool(träff["efter"])
    elif träff["tomt"] and bitar and not bitar[-1].tomt and not bitar[-1].efter and början == bitar[-1].slut:
        bitar[-1].efter, bitar[-1].slut = True, slut
    elif träff["tomt"]:
        bitar.append(_Bit(början, slut, "", "", "", tomt=True, parentes=öppen))


def _bäst(text: str, bitar: Sequence[_Bit], antal: int | None, *, tvinga: bool) -> list[Tal]:
    """The groups as numbers: as many as there should be and as equally long as they can be; else as few as can be."""
    måste = [0] + [nr for nr in range(1, len(bitar)) if _gräns(bitar[nr - 1], bitar[nr])]
    måste = sorted({*måste, *(nr for nr, bit in enumerate(bitar) if bit.enhet == "%")})  # no share has thousands
    fria = [nr for nr in range(1, len(bitar)) if nr not in måste and bitar[nr].siffror[:1] != "0"]
    få = _tal(text, bitar, måste)
    orimliga = any(t.orimligt for t in få)
    if not (orimliga or tvinga) or antal is None or antal <= len(måste) or antal > len(bitar):
        return få
    val: list[tuple[int, list[int]]] = []
    for nr, extra in enumerate(combinations(fria, antal - len(måste))):
        if nr >= _HÖGST_DELNINGAR:
            break
        början = sorted((*måste, *extra))
        längder = [b - a for a, b in zip(början, (*början[1:], len(bitar)), strict=True)]
        val.append((max(längder) - min(längder), början))
    return _tal(text, bitar, min(val)[1])


def _gräns(förra: _Bit, denna: _Bit) -> bool:
    """A number must end between two groups."""
    return (
        denna.börjar or bool(förra.dec or förra.enhet or förra.efter or förra.tomt) or förra.parentes != denna.parentes
    )


def _tal(text: str, bitar: Sequence[_Bit], början: Sequence[int]) -> list[Tal]:
    ut = []
    for a, b in zip(början, (*början[1:], len(bitar)), strict=True):
        grupp = bitar[a:b]
        först, sist = grupp[0], grupp[-1]
        tryckt = text[först.början : sist.slut].strip(BLANK)
        if först.tomt:
            ut.append(Tal(tryckt, None, sist.enhet, 0, först.början))
            continue
        värde = Decimal("".join(bit.siffror for bit in grupp) + sist.dec.replace(",", "."))
        negativ = any(t in MINUS for t in först.tecken) or sist.efter
        if först.parentes and sist.enhet != "%" and not negativ:
            negativ = len(grupp) > 1 or värde >= 1000
        enhet, decimaler = sist.enhet, max(0, len(sist.dec) - 1)
        ut.append(Tal(tryckt, -värde if negativ else värde, enhet, decimaler, först.början, först.parentes))
    return ut


_I_SVANSEN = re.compile(
    rf"(?i)[{MINUS}(+]*\d[\d,.'’´:]*(?:t?kr|mnkr|%)?[)%{MINUS}{UPPHÖJDA}*]*|[{MINUS}]{{1,2}}|\(|\)|%\)?|(?:tkr|mnkr|mkr|msek|kkr|kronor|kr|sek)[{MINUS}]?"
)
_ORD = re.compile(rf"[^{BLANK}]+")


def svans(text: str, antal: int | None = None, *, tvinga: bool = False) -> tuple[str, list[Tal]] | None:
    """A line that ends in numbers: what stands before them, and the numbers.

    >>> etikett, tal = svans("Verksamhetens kostnader 3 -3 530 284 -4 310 031") or ("", [])
    >>> etikett, [str(t.värde) for t in tal]
    ('Verksamhetens kostnader', ['3', '-3530284', '-4310031'])
    """
    början = len(text)
    for ord_ in reversed(list(_ORD.finditer(text))):
        if not _I_SVANSEN.fullmatch(ord_[0]):
            break
        början = ord_.start()
    del_ = text[början:]
    if not _SIFFRA.search(del_):
        return None
    tal = tal_i_cell(del_, antal, tvinga=tvinga)
    if not tal:
        return None
    return text[:början].rstrip(BLANK), [replace(t, början=t.början + början) for t in tal]


_MASK = re.compile(
    rf"""(?:19|20)\d\d-[01]?\d-[0-3]?\d(?:{_B}?[–-]{_B}?(?:19|20)\d\d-[01]?\d-[0-3]?\d)?
      | (?<!\d)[0-3]?\d[./]{_B}?(?:[01]?\d|[a-zé]+)[./]?(?:{_B}?(?:19|20)\d\d)?(?!\d)(?={_B}|$|[–-])
      | (?<!\d)[0-3]?\d{_B}(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december
          |jan|feb|mar|apr|jun|jul|aug|sep|okt|nov|dec)(?:{_B}(?:19|20)\d\d)?(?![a-zåäö])
      | \(?(?:SFS{_B}|lag{_B}\(?)?(?:19|20)\d\d:\d+\)?
      | (?<!\d)\d{{1,2}}[.:]\d\d(?:{_B}?[–-]{_B}?\d{{1,2}}[.:]\d\d)?(?!\d)
      | (?<!\d)\d{{6}}-\d{{4}}(?!\d)
      | \d+{_B}?(?:a|b|c)?{_B}?(?:kap\.?|§)
      | (?i:not|tabell|bilaga|sida|avsnitt|målområde|mål|fråga|punkt|diagram|figur){_B}\d+(?:\.\d+)*
      | https?://\S+ | www\.\S+ | \S+@\S+
      | \d+{_B}?[–-]{_B}?\d+{_B}?(?:år|%|procent)
    """,
    re.VERBOSE,
)
_I_TEXT = re.compile(
    rf"(?P<tecken>(?<![{MINUS}\w])[{MINUS}+])?(?<![\w,.])(?P<tal>\d{{1,3}}(?:{_B}\d{{3}})+(?!\d)|\d+)(?P<dec>,\d+)?"
    rf"(?:{_B}?(?P<enhet>(?i:tkr|mnkr|mkr|msek|kkr|kronor|kr|sek|%|procent)(?![a-zåäö])|(?i:miljoner{_B}kronor|miljoner|miljon|mkr)))?"
)
_ÅRTAL = re.compile(r"(?:19|20)\d\d")


def som_tal(skrivet: str) -> Decimal:
    """A figure as it is written, with blanks between thousands and a decimal comma.

    >>> som_tal("1 234,5")
    Decimal('1234.5')
    """
    return Decimal(re.sub(r"\s", "", skrivet).replace(",", "."))


def tal_i_text(text: str) -> Iterator[Tal]:
    """The figures of a sentence; dates, laws, times, references and years are none.

    >>> [(t.tryckt, t.enhet) for t in tal_i_text("Den 3 maj 2024 var 1 204 tkr, 17 %, kvar enligt 5 §.")]
    [('1 204 tkr', 'tkr'), ('17 %', '%')]
    """
    dold = _MASK.sub(lambda m: "\x00" * len(m[0]), text)
    for träff in _I_TEXT.finditer(dold):
        enhet = (träff["enhet"] or "").lower()
        if not enhet and not träff["dec"] and _ÅRTAL.fullmatch(träff["tal"]):
            continue
        heltal = re.sub(_B, "", träff["tal"])
        värde = Decimal(heltal + (träff["dec"] or "").replace(",", "."))
        negativ = bool(träff["tecken"]) and träff["tecken"] in MINUS
        namn = "mnkr" if enhet.startswith("milj") else ENHETER.get(enhet, "")
        decimaler = max(0, len(träff["dec"] or "") - 1)
        yield Tal(träff[0].strip(BLANK), -värde if negativ else värde, namn, decimaler, träff.start())
