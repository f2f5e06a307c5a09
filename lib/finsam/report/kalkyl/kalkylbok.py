"""A workbook as we write them: words stay words, and a day that is not known is not there."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name

_TEXTVAL = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")


class Kalkylbok(Workbook):  # type: ignore[misc]
    """A workbook in memory. `dag` is when what it holds was decided; without one the file has no dates, as the format
    allows, for the library would else give it that of the clock.
    """

    def __init__(self, ström: BytesIO, titel: str, dag: date | None = None, **om: str) -> None:
        super().__init__(ström, {"in_memory": True, "constant_memory": False, **dict.fromkeys(_TEXTVAL, False)})
        self.set_properties({"title": titel, **om, **({"created": datetime.combine(dag, time())} if dag else {})})

    def _get_packager(self) -> Packager:
        return _Packare()


class TätBok(Kalkylbok):
    """A workbook in fewer bytes: packed as hard as it can be, for it is in the PDF too."""

    def __init__(self, titel: str, dag: date | None = None, **om: str) -> None:
        super().__init__(BytesIO(), titel, dag, **om)

    def _get_packager(self) -> Packager:
        self._packare = _TätPackare()
        return self._packare

    def packad(self) -> bytes:
        """The file of a workbook that has been closed."""
        ut = BytesIO()
        with ZipFile(ut, "w") as till:
            for namn, data in self._packare.delar:
                if namn.startswith("xl/worksheets/"):
                    data = _RAD.sub(_utan_platser, data)
                till.writestr(ZipInfo(namn), data, ZIP_DEFLATED, 9)
        return ut.getvalue()


class _Packare(Packager):  # type: ignore[misc]
    def _write_app_file(self) -> None:
        self.named_ranges: list[str] = []  # a second list of all names, that no program reads
        super()._write_app_file()

    def _write_core_file(self) -> None:
        core = _Egenskaper()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()


class _TätPackare(_Packare):
    """Gives the library no files to pack, and keeps them."""

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        self.delar = [
            (namn, fil.getvalue() if är_bytes else fil.getvalue().encode())
            for fil, namn, är_bytes in super()._create_package()
        ]
        return []


class _Egenskaper(Core):  # type: ignore[misc]
    def _write_dc_description(self) -> None:
        super()._write_dc_description()
        self._xml_data_element("dc:language", "sv-SE")

    def _write_dcterms_created(self) -> None:
        if "created" in self.properties:
            super()._write_dcterms_created()

    def _write_dcterms_modified(self) -> None:
        if "created" in self.properties:
            super()._write_dcterms_modified()


_RAD, _PLATS = re.compile(rb"<row [^>]*>(<c .*?)</row>"), re.compile(rb'<c r="([A-Z]+)\d+"')


def _utan_platser(rad: re.Match[bytes]) -> bytes:
    """A row whose cells follow each other from the first column on: each is then told by its place among them."""
    kolumner = [kolumn.decode() for kolumn in _PLATS.findall(rad[0])]
    if kolumner != [xl_col_to_name(nr) for nr in range(len(kolumner))]:
        return rad[0]
    return _PLATS.sub(b"<c", rad[0])
