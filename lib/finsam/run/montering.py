"""Assembly: the executed sections joined to one document, and what other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from finsam.model.fakta import Fakta, Indata
from finsam.model.ord import SAKNAS
from finsam.prove.rapportfil import tabeller_i
from finsam.report.bok import Bok
from finsam.report.oppnadata.faktafil import BESKRIVNING, datapackage, fakta_csv
from finsam.report.oppnadata.faktafil import FIL as FAKTAFIL
from finsam.report.pdf import Bilaga, attach
from finsam.report.visning import exakt

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCHEMA = 1
"""The form of `rapport.json` (docs/format.md)."""


def om_dokumentet(bok: Bok, avtryck: str = "", *, hel: bool) -> dict[str, Any]:
    """What the exporters are told of the document; `avtryck` is the SHA-256 of its `rapport.json`."""
    return {
        "titel": bok.titel,
        "förbund": bok.år.förbund.namn,
        "beskrivning": bok.beskrivning,
        "dnr": f"Dnr {dnr}" if (dnr := bok.uppgift("dnr")) != SAKNAS else "",
        "utkast": bok.utkast,
        "färg": bok.år.förbund.färg,
        "kortnamn": bok.år.förbund.kortnamn,
        "fil": bok.år.rapport.id,
        "logotyp": bok.år.logotyp.adress if hel and bok.år.logotyp else "",
        "omslagsbild": [bok.år.omslagsbild.adress, bok.år.omslagsbild.alt] if hel and bok.år.omslagsbild else [],
        "datum": bok.beslutsdag.isoformat() if bok.beslutsdag else "",
        "avtryck": avtryck,
        "hel": hel,
        "ny_sida": bok.ny_sida,
    }


def sätt_samman(körda: Mapping[str, NotebookNode], bok: Bok, avtryck: str = "") -> NotebookNode:
    """All sections as one notebook."""
    celler = [cell for nb in körda.values() for cell in nb.cells]
    hel: NotebookNode = new_notebook(cells=celler, metadata={"finsam": om_dokumentet(bok, avtryck, hel=True)})
    return hel


def write_html(sida: str, fil: Path) -> None:
    """Write a page."""
    fil.write_text(sida, "utf-8")


def write_pdf(pdf: bytes, fil: Path) -> None:
    """Write a PDF."""
    fil.write_bytes(pdf)


def write_arbetskopia(nb: NotebookNode, fil: Path) -> None:
    """Write a document for Word, which is then only looked at."""
    from finsam.report.word.arbetskopia import write_docx

    write_docx(nb, fil)


BILAGOR: tuple[tuple[str, str, str, Literal["Data", "Source"]], ...] = (
    ("rapport.json", "Alla tabeller och alla fakta", "application/json", "Data"),
    ("fakta.csv", "Alla fakta", "text/csv", "Data"),
    ("{rapport}.xlsx", "Granskarens arbetsbok", _XLSX, "Source"),
)
"""What the PDF has in it of the files beside it: name, words, kind, and what it is to the document."""


def med_bilagor(pdf: bytes, rapport: str, read: Callable[[str], bytes]) -> bytes:
    """The PDF with the files beside it in it, each as `read` gives it by its name."""
    bilagor = (
        Bilaga(fil, om, mime, relation, read(fil))
        for namn, om, mime, relation in BILAGOR
        for fil in [namn.format(rapport=rapport)]
    )
    return attach(pdf, bilagor)


def rapport_json(körda: Mapping[str, NotebookNode], bok: Bok, rapport: str) -> dict[str, Any]:
    """`rapport.json`: every table of the document and every fact (docs/format.md)."""
    return {
        "schema": SCHEMA,
        "forbund": bok.år.förbund.slug,
        "ar": bok.år.årtal,
        "rapport": rapport,
        "utkast": bok.utkast,
        "tabeller": tabeller_i(körda.values()),
        "fakta": {nyckel: _fakta_json(bok.fakta[nyckel]) for nyckel in bok.fakta},
    }


def _fakta_json(f: Fakta) -> dict[str, Any]:
    ut: dict[str, Any] = {
        "varde": exakt(f) or None,
        "enhet": f.enhet,
        "definition": f.definition,
        "konton": list(f.konton),
        "av": list(f.av),
    }
    if f.text:
        ut["text"] = f.text
    if f.dold:
        ut["dold"] = True
    if isinstance(f.källa, Indata):
        ut["kalla"] = ", ".join(del_ for del_ in (f.källa.fil, f.källa.plats, f.källa.anmärkning) if del_)
    return ut


def write_json(data: Any, fil: Path) -> None:
    """Write JSON for people and programs."""
    fil.write_bytes(json_bytes(data))


def write_öppna_data(data: Mapping[str, Any], rapport: bytes, bok: Bok, ut: Path) -> None:
    """Write `rapport.json`, its facts as rows, and what the rows are."""
    rader = fakta_csv(data)
    om = datapackage(data, bok.titel, bok.år.förbund.namn, rader, rapport)
    (ut / "rapport.json").write_bytes(rapport)
    (ut / FAKTAFIL).write_bytes(rader)
    (ut / BESKRIVNING).write_bytes(om)


def json_bytes(data: Any) -> bytes:
    """A JSON file as it is written."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
