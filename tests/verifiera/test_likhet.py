"""What two files of a name say otherwise, to the least difference, when their bytes are not compared."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from conftest import Körning
from finsam.prove.verifiera.likhet import Svar, jämför_fil

SIDA = "<html><head><style>{stil}</style></head><body><p>{ord}</p>{mer}</body></html>"


def sida(ord_: str = "Hej", stil: str = "p{}", mer: str = "") -> bytes:
    return SIDA.format(ord=ord_, stil=stil, mer=mer).encode()


def arkiv(**delar: str) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as fil:
        for namn, text in delar.items():
            fil.writestr(f"{namn}.xml", text)
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
