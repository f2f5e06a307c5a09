"""Files that look like a workbook or are called one: each is told once for what it is, with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from finsam.read.arbetsbok import read_arbetsbok
from finsam.read.bokforing import read_bokföring

SPARA = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."
VANLIG = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRIKT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OLE = b"\xd0\xcf\x11\xe0"


def arbetsbok(byt: tuple[str, str] = ("", "")) -> bytes:
    """A small list as a workbook, with every `byt[0]` in its parts as `byt[1]`."""
    bok, ut = openpyxl.Workbook(), io.BytesIO()
    for rad in (("Konto", "Namn", "IB", "UB"), (1930, "Bank", 0, 100), (2010, "EK", 0, 0), (3010, "Bidrag", 0, -100)):
        bok.active.append(rad)  # type: ignore[union-attr]
    bok.save(ut)
    return arkiv({namn: data.replace(byt[0].encode(), byt[1].encode()) for namn, data in delar(ut.getvalue()).items()})


def delar(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as bok:
        return {namn: bok.read(namn) for namn in bok.namelist()}


def arkiv(innehåll: dict[str, bytes]) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as bok:
        for namn, data in innehåll.items():
            bok.writestr(namn, data)
    return ut.getvalue()


def typ(ny: str) -> bytes:
    return arbetsbok(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", ny))


FALL = {
    "strikt": (
        arbetsbok((VANLIG, STRIKT)),
        f"Filen är sparad som Strict Open XML-kalkylblad, som inte läses här. {SPARA}",
    ),
    "xlsb": (typ("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "utan en binär Excelarbetsbok (.xlsb)."),
    "word": (
        arkiv(
            {"[Content_Types].xml": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"}
        ),
        "utan ett Worddokument.",
    ),
    "ods": (arkiv({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "är ett OpenDocument-kalkylblad."),
    "odt": (arkiv({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument-dokument av annat slag"),
    "numbers": (arkiv({"Index/Document.iwa": b"x"}), "Exportera det till Excel (.xlsx) i Numbers."),
    "xls": (OLE + "Workbook".encode("utf-16-le"), f"Filen har Excels äldre format (.xls). {SPARA}"),
    "xls_fore_1997": (b"\x09\x08\x08\x00\x00\x05", f"Filen har Excels äldre format (.xls). {SPARA}"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "utan ett Worddokument."),
    "losenord": (OLE + "EncryptedPackage".encode("utf-16-le"), "skyddad med lösenord"),
    "html": (b"<html><table><tr><td>Konto</td></tr></table></html>", f"utan en webbsida (HTML). {SPARA}"),
    "html_utan_huvud": (b"\r\n<table border=1><tr><td>Konto</td></tr></table>", f"utan en webbsida (HTML). {SPARA}"),
    "xml_2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        f"utan ett XML-kalkylblad från Excel 2003. {SPARA}",
    ),
    "fods": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        f"utan ett OpenDocument-kalkylblad. {SPARA}",
    ),
    "pdf": (b"%PDF-1.7", "utan en PDF."),
    "csv": ("Rad;Belopp\nhyra;å\n".encode("cp1252"), f"utan text (CSV till exempel). {SPARA}"),
    "tom": (b" \r\n", "den är tom"),
}


@pytest.mark.parametrize("fall", FALL)
def test_a_lookalike_is_told_once_for_what_it_is(fall: str) -> None:
    data, väntat = FALL[fall]
    innehåll, problem = read_arbetsbok(data, "underlag.xlsx")
    [ett] = problem
    assert not innehåll
    assert ett.nivå == "fel"
    assert väntat in ett.text


@pytest.mark.parametrize("fall", sorted(FALL.keys() - {"csv", "tom", "pdf", "xls_fore_1997"}))
def test_a_saldolista_is_told_the_same(tmp_path: Path, fall: str) -> None:
    data, väntat = FALL[fall]
    fil = tmp_path / "bokforing.xlsx"
    fil.write_bytes(data)
    bokföring, problem = read_bokföring(fil, år=2024)
    assert bokföring is None
    assert [väntat in ett.text for ett in problem] == [True]


@pytest.mark.parametrize("slag", ["template.main+xml", "sheet.macroEnabled.main+xml", "template.macroEnabled.main+xml"])
def test_a_template_or_a_workbook_with_macros_is_read(slag: str) -> None:
    rot = (
        "application/vnd.ms-excel."
        if "macro" in slag
        else "application/vnd.openxmlformats-officedocument.spreadsheetml."
    )
    innehåll, problem = read_arbetsbok(typ(rot + slag), "underlag.xlsx")
    assert not problem
    assert innehåll["Sheet"][1][1].värde == "Konto"
