"""What two files of a name say otherwise, to the least difference, when their bytes are not compared."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from xlsxwriter import Workbook as Skrivbok

from conftest import Körning
from finsam.prove.verifiera.likhet import Svar, jämför_fil

SIDA = "<html><head><style>{stil}</style></head><body><p>{ord}</p>{mer}</body></html>"


def sida(ord_: str = "Hej", stil: str = "p{}", mer: str = "") -> bytes:
    return SIDA.format(ord=ord_, stil=stil, mer=mer).encode()


def arkiv(**delar: str) -> bytes:
    return packa({f"{namn}.xml": text for namn, text in delar.items()})


def packa(delar: dict[str, str]) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as fil:
        for namn, text in delar.items():
            fil.writestr(namn, text)
    return ut.getvalue()


@pytest.mark.parametrize(
    ("namn", "deras", "vår", "ord_", "form"),
    [
        ("a.json", b'{"b": 1, "a": 2}', b'{"a": 2,"b":1}', "", ""),
        ("a.json", b"[1]", b"[true]", "/0: 1, här true", ""),
        ("a.json", b"[1.0]", b"[1]", "/0: 1.0, här 1", ""),
        ("a.json", b'["1"]', b"[1]", "/0: 1, här 1", ""),
        ("a.json", b'["x", "b"]', b'["b"]', "/0: x, här ingenting", ""),
        ("a.json", b'{"a": 1, "a": 1}', b'{"a": 1}', "kan inte läsas: en nyckel står två gånger", ""),
        ("a.json", b"[" * 100_000, b"[]", "kan inte läsas: ", ""),
        ("a.csv", b"a\n1\n", b"a\n2\n", "1, här 2", ""),
        ("a.csv", b"x" * 2_000_000, b"a", "är orimligt stor (2000000 byte, här 1)", ""),
        ("a.html", sida() + b"\n", sida(), "", ""),
        ("a.html", sida("Nej"), sida(), "Nej, här Hej", "sidans märkord är inte desamma"),
        ("a.html", sida(stil="p{display:none}"), sida(), "", "stilen (style) är inte densamma"),
        ("a.html", sida(mer="<img src='https://a'>"), sida(), "sidan har något som kan köras eller hämtas", "sidans"),
        ("a.html", sida(mer="<p onclick='x'></p>"), sida(), "sidan har något som kan köras eller hämtas", "sidans"),
        ("a.html", sida(mer="<img alt='Nytt' src='data:,'>"), sida(), "ingenting", "sidans märkord"),
        ("a.docx", arkiv(a="<a x='1'  y='2'/>"), arkiv(a='<a x="1" y="2"/>'), "", ""),
        ("a.docx", arkiv(a="<a>1</a>"), arkiv(a="<a>2</a>"), "a.xml: 1, här 2", "delen a.xml"),
        ("a.docx", arkiv(a="<a/>", b="<b/>"), arkiv(a="<a/>"), "delen b.xml hör inte dit", ""),
        ("a.docx", b"x", arkiv(a="<a/>"), "kan inte läsas: arkivet är skadat", ""),
        ("a.pdf", b"%PDF", b"%PDF-", "kan inte läsas: Filen är ingen PDF", ""),
    ],
)
def test_a_difference_is_told(namn: str, deras: bytes, vår: bytes, ord_: str, form: str) -> None:
    svar = jämför_fil(namn, deras, vår)
    for rader, början in ((svar.ord, ord_), (svar.form, form)):
        assert början in rader[0] if rader else not början, svar
        assert bool(rader) == bool(början), svar


def test_a_workbook_in_an_unknown_encoding_is_told() -> None:
    from openpyxl import Workbook

    vår, deras = io.BytesIO(), io.BytesIO()
    Workbook().save(vår)
    with zipfile.ZipFile(vår) as från, zipfile.ZipFile(deras, "w") as till:
        for namn in från.namelist():
            början = b'<?xml version="1.0" encoding="UTF-81"?>' if namn == "xl/worksheets/sheet1.xml" else b""
            till.writestr(namn, början + från.read(namn))
    svar = jämför_fil("a.xlsx", deras.getvalue(), vår.getvalue())
    assert svar.ord, svar
    assert "kan inte läsas" in svar.ord[0]


def test_the_same_page_written_by_another_program_says_the_same(körning: Körning) -> None:
    """A PDF saved again, without its compressed objects, has the same words, pictures and files in it."""
    import pikepdf

    fil: Path = körning.katalog / "arsredovisning.pdf"
    ut = io.BytesIO()
    with pikepdf.open(fil) as dok:
        dok.docinfo["/Producer"] = "Annat program"
        dok.save(ut, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert ut.getvalue() != fil.read_bytes()
    assert jämför_fil("a.pdf", ut.getvalue(), fil.read_bytes()) == Svar()


# ---------------------------------------------------------------- workbooks that are written in another order

Byte = tuple[str, str, str]
BLAD = "worksheets/sheet1"
TEXTERNA: Byte = ("sharedStrings", r"(<si><t>Ett.*?</si>)(<si>.*?</si>)", r"\2\1")
TEXTERNAS_NUMMER: tuple[Byte, ...] = (
    (BLAD, r't="s"><v>1<', 't="s"><v>x<'),
    (BLAD, r't="s"><v>0<', 't="s"><v>1<'),
    (BLAD, r't="s"><v>x<', 't="s"><v>0<'),
)
FORMATEN: Byte = ("styles", r"(<xf [^>]*164[^>]*/>)(<xf [^>]*165[^>]*/>)", r"\2\1")
FORMATENS_NUMMER: tuple[Byte, ...] = ((BLAD, r's="1"', 's="x"'), (BLAD, r's="2"', 's="1"'), (BLAD, r's="x"', 's="2"'))
VILLKOREN: tuple[Byte, ...] = (
    (BLAD, r"(<conditionalF\S* sqref=\"B1.*?ing>)(<conditionalF.*?ing>)", r"\2\1"),
    (BLAD, r'priority="(\d)"', r'priority="\g<1>1"'),
)


def bok(*byten: Byte, sista: str = "B3") -> bytes:
    """A small workbook with two texts, two looks and two conditional formats, its parts changed by patterns."""
    ut = io.BytesIO()
    with Skrivbok(ut, {"in_memory": True}) as skrivs:
        skrivs.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        blad = skrivs.add_worksheet()
        for rad, (text, format_) in enumerate([("Ett", "0.0"), ("Två", "9"), ("Ett", "0.0")]):
            blad.write(rad, 0, text)
            blad.write(rad, 1, rad, skrivs.add_format({"num_format": format_}))
        for celler in ("B1:B2", sista):
            regel = {"type": "cell", "criteria": "==", "value": 1, "format": skrivs.add_format({"bold": True})}
            blad.conditional_format(celler, regel)
    with zipfile.ZipFile(ut) as fil:
        delar = {namn: fil.read(namn).decode() for namn in fil.namelist()}
    for del_, mönster, nytt in byten:
        delar[f"xl/{del_}.xml"], gånger = re.subn(mönster, nytt, delar[f"xl/{del_}.xml"])
        assert gånger, mönster
    return packa(delar)


def test_a_workbook_numbered_in_another_order_is_the_same() -> None:
    for byten in ((TEXTERNA, *TEXTERNAS_NUMMER), (FORMATEN, *FORMATENS_NUMMER), VILLKOREN):
        assert jämför_fil("a.xlsx", bok(*byten), bok()) == Svar()
        assert jämför_fil("a.xlsx", bok(), bok(*byten)) == Svar()


@pytest.mark.parametrize(
    ("byten", "ord_"),
    [
        ((TEXTERNA,), "Sheet1!A1: Två, här Ett"),
        (TEXTERNAS_NUMMER, "Sheet1!A1: Två, här Ett"),
        ((FORMATEN,), "Sheet1!B1: 0 [9], här 0 [0.0]"),
        ((("styles", r"(<xf [^>]*xfId[^>]*/>)(<xf [^>]*164[^>]*/>)", r"\2\1"), (BLAD, ' s="1"', "")), ""),
        ((("styles", 'numFmtId="165"', 'numFmtId="9"'),), ""),
        ((("sharedStrings", "</sst>", "<si><t>Dold</t></si></sst>"),), ""),
        ((("styles", "<b/>", "<i/>"),), ""),
        (((BLAD, "<formula>1", "<formula>2"),), ""),
        (((BLAD, 's="2"', 's="77"'),), "kan inte läsas: arbetsbokens celler hänvisar till"),
        (((BLAD, 't="s"><v>0', 't="s"><v>-1'),), "kan inte läsas: arbetsbokens celler hänvisar till"),
    ],
)
def test_a_workbook_that_a_reader_sees_otherwise_is_told(byten: tuple[Byte, ...], ord_: str) -> None:
    svar = jämför_fil("a.xlsx", bok(*byten), bok())
    assert svar != Svar()
    assert any(ord_ in rad for rad in svar.ord) if ord_ else svar.form, svar


def test_which_conditional_format_is_first_is_told_where_their_cells_meet() -> None:
    assert jämför_fil("a.xlsx", bok(*VILLKOREN, sista="B2:B3"), bok(sista="B2:B3")).form
