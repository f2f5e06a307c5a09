"""A workbook as we write them: words stay words, and a day that is not known is not there."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager

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


class _Packare(Packager):  # type: ignore[misc]
    def _write_core_file(self) -> None:
        core = _Egenskaper()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()


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
