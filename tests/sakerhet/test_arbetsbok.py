"""Workbooks made to swell, to fetch, to hide or to take for ever: each is refused, before or while it is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from finsam.begin.mall import write_underlag
from finsam.model.underlag import Underlag
from finsam.read.arbetsbok import read_arbetsbok

FIL = "underlag.xlsx"
BLADET, STRÄNGAR, STILAR, BOKEN = (
    f"xl/{namn}.xml" for namn in ("worksheets/sheet3", "sharedStrings", "styles", "workbook")
)
SKRATT = "".join(
    f'<!ENTITY {namn} "{värde}">'
    for namn, värde in [("a", "ha" * 20), *((chr(nr), f"&{chr(nr - 1)};" * 10) for nr in range(98, 108))]
)
"""Ten levels of ten: a hundred gigabytes of laughter."""

Delar = dict[str, bytes]


@pytest.fixture(scope="module")
def delar(tmp_path_factory: pytest.TempPathFactory) -> Delar:
    """The parts of a sound workbook."""
    fil = tmp_path_factory.mktemp("bok") / FIL
    write_underlag(fil, Underlag())
    with zipfile.ZipFile(fil) as arkiv:
        return {namn: arkiv.read(namn) for namn in arkiv.namelist()}


def packa(delar: Delar, sätt: int = zipfile.ZIP_DEFLATED) -> bytes:
    minne = BytesIO()
    with zipfile.ZipFile(minne, "w", sätt) as arkiv:
        for namn, innehåll in delar.items():
            arkiv.writestr(namn, innehåll)
    return minne.getvalue()


def före(namn: str, slut: bytes, nytt: bytes) -> Callable[[Delar], Delar]:
    """Put something before an end tag of a part."""
    return lambda delar: {**delar, namn: delar[namn].replace(slut, nytt + slut)}


def med_dtd(namn: str, dtd: str, kod: str = "utf-8") -> Callable[[Delar], Delar]:
    def ändra(delar: Delar) -> Delar:
        huvud, _, resten = delar[namn].decode().partition("?>")
        text = huvud.replace("UTF-8", kod) + "?>" + dtd + resten
        return {**delar, namn: text.encode(kod)}

    return ändra


def rader(antal: int, *celler: str, första: int = 900) -> bytes:
    rad = f'<row r="{{nr}}">{"".join(celler)}</row>'.encode()
    return b"".join(rad.replace(b"{nr}", b"%d" % nr) for nr in range(första, första + antal))


FRÄMMANDE = "inget kalkylprogram skriver"
FÖR_MÅNGA = "orimligt många blad, rader eller celler"
TEXT = "orimligt mycket text"
RADER = "fler än 50 000 rader"

FALL: dict[str, tuple[Callable[[Delar], Delar], str]] = {
    **{
        f"entiteter i {namn}": (med_dtd(namn, f"<!DOCTYPE x [{SKRATT}]>"), FRÄMMANDE)
        for namn in (BLADET, STRÄNGAR, STILAR, BOKEN, "[Content_Types].xml")
    },
    "entiteter i utf-16": (med_dtd(BLADET, f"<!DOCTYPE x [{SKRATT}]>", "utf-16"), FRÄMMANDE),
    "entiteter i ebcdic": (
        lambda delar: {
            **delar,
            BLADET: b'<?xml version="1.0" encoding="cp037"?>' + f"<!DOCTYPE x [{SKRATT}]><a/>".encode("cp037"),
        },
        FRÄMMANDE,
    ),
    "fil utifrån": (med_dtd(BLADET, '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), FRÄMMANDE),
    "en entitet, många gånger": (med_dtd(BLADET, f'<!DOCTYPE x [<!ENTITY a "{"a" * 200_000}">]>'), FRÄMMANDE),
    "dokumenttyp bakom en miljon blanksteg": (
        lambda delar: {**delar, BLADET: delar[BLADET].replace(b"?>", b"?>" + b" " * 999_900 + b"<!DOCTYPE x>")},
        FRÄMMANDE,
    ),
    "ett attribut på tio megabyte": (
        före(BLADET, b"</sheetData>", b'<row x="' + b"a" * 10_000_000 + b'"/>'),
        FRÄMMANDE,
    ),
    "en kommentar på två megabyte": (före(BLADET, b"</sheetData>", b"<!--" + b" <a" * 700_000 + b"-->"), FRÄMMANDE),
    "en text på tio megabyte": (
        före(STRÄNGAR, b"</sst>", b"<si><t>" + b"a" * 10_000_000 + b"</t></si>"),
        FRÄMMANDE,
    ),
    "hundra tusen sammanslagna celler": (
        före(BLADET, b"</worksheet>", b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 100_000 + b"</mergeCells>"),
        FÖR_MÅNGA,
    ),
    "hundra tusen valideringar": (
        före(BLADET, b"</worksheet>", b"<dataValidations>" + b'<dataValidation sqref="A1"/>' * 100_000),
        FÖR_MÅNGA,
    ),
    "hundra tusen stilar": (före(STILAR, b"</cellXfs>", b'<xf numFmtId="0"/>' * 100_000), FÖR_MÅNGA),
    "hundra tusen nivåer": (före(BLADET, b"</sheetData>", b"<a>" * 100_000), FÖR_MÅNGA),
    "tusen blad": (före(BOKEN, b"</sheets>", b'<sheet name="s" sheetId="99" r:id="rId3"/>' * 1000), FÖR_MÅNGA),
    "tre tusen delar": (lambda delar: {**delar, **{f"x/{nr}": b"" for nr in range(3000)}}, FÖR_MÅNGA),
    "en miljon celler": (före(BLADET, b"</sheetData>", rader(20_000, *['<c r="A{nr}"/>'] * 50)), FÖR_MÅNGA),
    "femtioen tusen rader": (före(BLADET, b"</sheetData>", rader(51_000, '<c s="1"/>')), RADER),
    "den bredaste raden, hundra gånger": (
        före(BLADET, b"</sheetData>", rader(100, '<c r="XFD{nr}"><v>1</v></c>')),
        RADER,
    ),
    "en kolumn som inte finns": (före(BLADET, b"</sheetData>", b'<row r="900"><c r="ZZZZZZ900"/></row>'), "skadad"),
    "en cell med för mycket text": (
        före(BLADET, b"</sheetData>", rader(1, f'<c t="inlineStr"><is><t>{"a" * 32_768}</t></is></c>')),
        TEXT,
    ),
    "en lång text i många celler": (
        lambda delar: före(
            BLADET, b"</sheetData>", rader(200, f'<c r="A{{nr}}" t="s"><v>{delar[STRÄNGAR].count(b"<si>")}</v></c>')
        )(före(STRÄNGAR, b"</sst>", b"<si><t>" + b"a" * 32_000 + b"</t></si>")(delar)),
        TEXT,
    ),
}


@pytest.mark.parametrize("fall", FALL)
def test_a_workbook_made_to_harm_is_refused(fall: str, delar: Delar) -> None:
    ändra, väntat = FALL[fall]
    bok, problem = read_arbetsbok(packa(ändra(delar)), FIL)
    assert bok == {}
    assert [ett.nivå for ett in problem] == ["fel"]
    assert väntat in problem[0].text


@pytest.mark.parametrize("sätt", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_only_the_packing_that_spreadsheets_use(sätt: int, delar: Delar) -> None:
    assert "packad på ett sätt som Excel inte använder" in read_arbetsbok(packa(delar, sätt), FIL)[1][0].text


@pytest.mark.parametrize("byte", [b"P", b"\0", b"PK\x05\x06" + bytes(18), bytes(100)])
def test_a_few_bytes_are_no_workbook(byte: bytes) -> None:
    assert read_arbetsbok(byte, FIL)[1]


def test_a_size_that_lies_is_found(delar: Delar) -> None:
    """A part that says it is small but unpacks to much is damaged."""
    data = bytearray(packa({**delar, "xl/media/bild.png": bytes(30_000_000)}))
    storlek = (30_000_000).to_bytes(4, "little")
    assert data.count(storlek) == 2
    assert read_arbetsbok(data.replace(storlek, (10).to_bytes(4, "little")), FIL)[1]


def test_pictures_and_macros_are_let_be(delar: Delar) -> None:
    bild = {"xl/media/image1.emf": bytes(2_000_000), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"<!DOCTYPE" * 10}
    bok, problem = read_arbetsbok(packa({**delar, **bild}), FIL)
    assert "Budget" in bok
    assert problem == []
