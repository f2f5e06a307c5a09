"""What a file is that is called .xlsx but is another thing, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Collection
from zipfile import ZipFile

SPARA_OM = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."
INTE = "Filen är inte en Excelarbetsbok (.xlsx)"
STRIKT = f"Filen är sparad som Strict Open XML-kalkylblad, som inte läses här. {SPARA_OM}"

OLE = b"\xd0\xcf\x11\xe0"
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08]")
"""The beginning of an Excel file from before 1997."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|style)\b|mime-version:")
_STRIKT = re.compile(
    rb"<(?:\w+:)?(?:workbook|worksheet|sst|styleSheet)\b[^>]*//purl\.oclc\.org/ooxml/spreadsheetml/main"
)
_BÖRJAN = 4096

# What a text is, by what stands in its beginning (in small letters).
_XML = {
    b"urn:schemas-microsoft-com:office:spreadsheet": "ett XML-kalkylblad från Excel 2003",
    b"opendocument": "ett OpenDocument-kalkylblad",
}

# What an archive is, by a part of what it says of its content.
_INNEHÅLL = {
    b"sheet.binary.macroenabled": "en binär Excelarbetsbok (.xlsb)",
    b"wordprocessingml": "ett Worddokument",
    b"ms-word": "ett Worddokument",
    b"presentationml": "en PowerPointpresentation",
    b"ms-powerpoint": "en PowerPointpresentation",
}
_MIMETYP = {
    b"opendocument.spreadsheet": f"Filen är ett OpenDocument-kalkylblad. {SPARA_OM}",
    b"opendocument": f"{INTE} utan ett OpenDocument-dokument av annat slag.",
}


def tabell_i_annat(data: bytes) -> str:
    """What a table is that a spreadsheet program can open but that is not read here; empty for anything else."""
    början = _början_av(data)
    är_xml = början.startswith(b"<") and any(tecken in början for tecken in _XML)
    är_tabell = är_xml or (_HTML.match(början) and b"<table" in början)
    return annat_än_arbetsbok(data) if är_tabell else ""


def annat_än_arbetsbok(data: bytes) -> str:
    """What bytes that are no archive are instead of a workbook."""
    if data.startswith(OLE):
        return _ole(data)
    början = _början_av(data)
    if not början:
        return f"{INTE}: den är tom. Spara den på nytt från Excel."
    if _BIFF.match(data):
        return f"Filen har Excels äldre format (.xls). {SPARA_OM}"
    if början.startswith(b"%pdf"):
        return f"{INTE} utan en PDF. Hämta tabellen som Excel-arbetsbok (.xlsx) i stället."
    for tecken, vad in _XML.items():
        if början.startswith(b"<") and tecken in början:
            return f"{INTE} utan {vad}. {SPARA_OM}"
    if _HTML.match(början):
        return f"{INTE} utan en webbsida (HTML). {SPARA_OM}"
    if not data.startswith(b"PK") and _är_text(data[:_BÖRJAN]):
        return f"{INTE} utan text (CSV till exempel). {SPARA_OM}"
    return f"{INTE}, eller så är den skadad. Spara den på nytt från Excel."


def annat_arkiv(arkiv: ZipFile, delar: Collection[str]) -> str:
    """What an archive is instead of a workbook; empty when it says that it is one."""
    if "mimetype" in delar:
        typ = _början(arkiv, "mimetype")
        return next((text for ord_, text in _MIMETYP.items() if ord_ in typ), f"Filen är ett arkiv. {SPARA_OM}")
    if any(namn.lower().endswith(".iwa") for namn in delar):
        return f"{INTE} utan ett Numbersdokument. Exportera det till Excel (.xlsx) i Numbers."
    if "[Content_Types].xml" not in delar:
        return "Filen är ett arkiv men inte en Excelarbetsbok (.xlsx). Packa upp det och lägg arbetsboken här."
    innehåll = _början(arkiv, "[Content_Types].xml")
    return next((f"{INTE} utan {vad}. {SPARA_OM}" for ord_, vad in _INNEHÅLL.items() if ord_ in innehåll), "")


def är_strikt(del_: bytes) -> bool:
    """Whether a part of a workbook is in the strict form, which has other names for all that is in it."""
    return bool(_STRIKT.search(del_[:_BÖRJAN].replace(b"\0", b"")))


def _början_av(data: bytes) -> bytes:
    """The first of a text in small letters, also one in UTF-16."""
    return data[:_BÖRJAN].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n").lower()


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den."
    if "WordDocument".encode("utf-16-le") in data:
        return f"{INTE} utan ett Worddokument. Lägg tabellen i en arbetsbok."
    return f"Filen har Excels äldre format (.xls). {SPARA_OM}"


def _början(arkiv: ZipFile, namn: str) -> bytes:
    """The beginning of a part; content types can be a long list, but the workbook's own is seldom far down in it."""
    with arkiv.open(namn) as del_:
        return del_.read(64 * _BÖRJAN).lower()


def _är_text(data: bytes) -> bool:
    """Whether nearly all bytes are such as a text has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", data)
