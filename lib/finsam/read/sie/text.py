"""The syntax of SIE 1–4: a line into its fields, amounts into öre, dates. Nothing here knows what a record means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from finsam.model.bokforing import Objekt

BLANKA = " \t"  # nothing else separates fields: a no-break space is part of a text
BELOPP = re.compile(r"-?(?:\d{1,15}(?:\.\d\d?)?|\.\d\d?)", re.ASCII)
ISO_DATUM = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ÅTTA_SIFFROR = re.compile(r"\d{8}", re.ASCII)
PERIOD = re.compile(r"\d{4}(?:0[1-9]|1[0-2])", re.ASCII)
ÅRSNUMMER = re.compile(r"-?\d{1,3}", re.ASCII)
ETIKETT = re.compile(r"#[^ \t{]*")

# A quote ends a field only before a blank, a brace or the end of the line: real files have unescaped quotes in names.
CITERAT = re.compile(r'"((?:[^"\\]|\\"?+|"(?=[^ \t{}]))*+)"(?=[ \t{}]|$)')
OBJEKTLISTA = re.compile(r'\{((?:[^}"]|"(?:[^"\\]|\\"?+)*+")*+)\}')
ORD = re.compile(r"[^ \t]+")
ORD_FÖRE_KLAMMER = re.compile(r"[^ \t{]+")
MED_OBJEKTLISTA = frozenset(("#TRANS", "#RTRANS", "#BTRANS", "#OIB", "#OUB", "#PSALDO", "#PBUDGET"))

# Nearly every other record is a label and fields with nothing odd about them.
ENKEL_RAD = re.compile(r'(#[A-Z]+)((?:[ \t]+(?:"[^"\\]*+"|[^ \t"\\{]++))*+)[ \t]*')
ENKELT_FÄLT = re.compile(r'"([^"]*)"|([^ \t"]+)')


@dataclass(slots=True)
class Post:
    """A record: its label, its fields, and the fields of its object list (`None` when it has none).

    `före` is the number of fields before the object list; `citerad` tells that the first field is in quotes,
    `trasig` that quotes do not pair.
    """

    etikett: str
    fält: list[str] = field(default_factory=list)
    objekt: list[str] | None = None
    före: int = 0
    citerad: bool = False
    trasig: bool = False

    def fält_eller_tomt(self, nr: int) -> str:
        """A field, empty when it is left out."""
        return self.fält[nr] if nr < len(self.fält) else ""


def split_post(rad: str) -> Post:
    r"""Split a line into label, fields and object list.

    >>> split_post('#TRANS 1930 {1 "0123"} -5.00 "" "Kassa \\"A\\""').fält
    ['1930', '-5.00', '', 'Kassa "A"']
    >>> split_post('#TRANS 1930 {1 "0123"} -5.00').objekt
    ['1', '0123']
    """
    if enkel := ENKEL_RAD.fullmatch(rad):
        fält = [citerat or ord_ for citerat, ord_ in ENKELT_FÄLT.findall(enkel[2])]
        return Post(enkel[1], fält, citerad=enkel[2].lstrip(BLANKA).startswith('"'))
    träff = ETIKETT.match(rad)
    etikett = träff[0] if träff else ""
    post = Post(etikett.upper())
    _split_fält(rad, len(etikett), post, med_lista=post.etikett in MED_OBJEKTLISTA)
    return post


def _split_fält(rad: str, plats: int, post: Post, med_lista: bool) -> None:
    """Add the fields from a place in a line to a record."""
    while True:
        while plats < len(rad) and rad[plats] in BLANKA:
            plats += 1
        if plats >= len(rad):
            return
        söker_lista = med_lista and post.objekt is None
        if rad[plats] == '"':
            plats = _quoted_fält(rad, plats, post)
        elif rad[plats] == "{" and söker_lista:
            plats = _objektlista(rad, plats, post)
        else:
            träff = (ORD_FÖRE_KLAMMER if söker_lista else ORD).match(rad, plats)
            if träff is None:
                return
            post.fält.append(träff[0])
            post.trasig = post.trasig or träff[0].endswith('"')
            plats = träff.end()


def _quoted_fält(rad: str, plats: int, post: Post) -> int:
    post.citerad = post.citerad or not post.fält
    träff = CITERAT.match(rad, plats)
    if träff is None:
        post.trasig = True
        post.fält.append(rad[plats + 1 :].removesuffix('"'))
        return len(rad)
    if '"' in träff[1]:
        post.trasig = post.trasig or '"' in träff[1].replace('\\"', "")
    post.fält.append(träff[1].replace('\\"', '"'))
    return träff.end()


def _objektlista(rad: str, plats: int, post: Post) -> int:
    träff = OBJEKTLISTA.match(rad, plats)
    slut = träff.end() if träff else rad.find("}", plats) + 1
    if not slut:
        post.trasig = True
        slut = len(rad) + 1
    post.före = len(post.fält)
    inre = Post("")
    _split_fält(rad[plats + 1 : slut - 1], 0, inre, med_lista=False)
    post.objekt = inre.fält
    return slut


@lru_cache(maxsize=65536)
def split_objekt(text: str) -> tuple[Objekt, ...] | None:
    """The pairs of an object list.

    >>> split_objekt('1 "Nord" "7" 1')
    (('1', 'Nord'), ('7', '1'))
    """
    inre = Post("")
    _split_fält(text, 0, inre, med_lista=False)
    return objektpar(inre.fält)


def objektpar(fält: list[str]) -> tuple[Objekt, ...] | None:
    """The fields of an object list two by two; `None` when one is left over."""
    return None if len(fält) % 2 else tuple(zip(fält[::2], fält[1::2], strict=True))


def parse_öre(text: str) -> int | None:
    """An amount as whole öre, or `None` when it is not written as SIE has it.

    >>> [parse_öre(x) for x in ("100", "-3142.1", "-0.00", ".20", "1,00", "1.234", "+5")]
    [10000, -314210, 0, 20, None, None, None]
    """
    if not BELOPP.fullmatch(text):
        return None
    return öre_av(text)


def öre_av(belopp: str) -> int:
    """Whole öre of an amount that is known to be well written."""
    if belopp[-3:-2] == ".":
        return int(belopp.replace(".", ""))
    kronor, _, decimaler = belopp.partition(".")
    return int(kronor + decimaler.ljust(2, "0"))


def decimal_kr(öre: int) -> Decimal:
    """Exact kronor with two decimals.

    >>> decimal_kr(-5), decimal_kr(10000)
    (Decimal('-0.05'), Decimal('100.00'))
    """
    return Decimal(f"{öre}E-2")


@lru_cache(maxsize=4096)
def parse_datum(text: str) -> date | None:
    """A date written YYYYMMDD, or `None`."""
    if not ÅTTA_SIFFROR.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def parse_iso_datum(text: str) -> date | None:
    """A date written YYYY-MM-DD, or `None`."""
    return parse_datum(text.replace("-", "")) if ISO_DATUM.fullmatch(text) else None


def månad(datum: date) -> str:
    """The calendar month of a date, as SIE writes a period.

    >>> månad(date(2024, 1, 31))
    '202401'
    """
    return f"{datum.year:04}{datum.month:02}"


def kr_text(öre: int) -> str:
    """An amount for a message.

    >>> kr_text(-121258347)
    '−1 212 583,47 kr'
    """
    kronor, rest = divmod(abs(öre), 100)
    return f"{'−' if öre < 0 else ''}{kronor:,}".replace(",", " ") + f",{rest:02} kr"


def belopp_otolkbart(text: str, rad: int) -> str:
    """What is said of an amount that cannot be read."""
    return f"Beloppet {citat(text)} på rad {rad} kan inte tolkas. Det ska skrivas som 1234.50, utan valuta."


def belopp_utan_heltal(text: str, öre: int) -> str:
    """What is said of an amount that begins with its decimal point."""
    return f"Beloppet {citat(text)} tolkas som {kr_text(öre).removesuffix(' kr')}."


def citat(text: str) -> str:
    """Text from the file for a message: shortened, in quotes."""
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
