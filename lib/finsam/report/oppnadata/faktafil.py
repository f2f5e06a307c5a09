"""`fakta.csv`, a row for each fact of `rapport.json`, and `datapackage.json`, which says what the columns are.

The rows are made of what `rapport.json` says and of nothing else, so that who has that file can make
them again, byte for byte.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from finsam.model.ord import VISAS_EJ
from finsam.report.csv import ofarlig
from finsam.report.oppnadata.karna import NAMN, VERSION, kärnans_id

FIL, BESKRIVNING = "fakta.csv", "datapackage.json"
_PROFIL = "https://datapackage.org/profiles/2.0"
_KOLUMNER: tuple[tuple[str, str, str, bool], ...] = (
    ("id", "string", "Faktats id. Samma id är samma sak varje år.", True),
    ("ar", "string", "Året som talet gäller.", True),
    ("namn", "string", "Vad talet är, i ord.", True),
    (
        "varde",
        "number",
        "Exakt värde, med modellens tecken: intäkter plus, kostnader minus. Tomt när inget tal finns.",
        False,
    ),
    ("enhet", "string", "kr: kronor med ören. andel: kvot, 0.25 är 25 %. antal: stycken. text: ord.", True),
    ("text", "string", "Ord i stället för ett tal, eller varför det inte visas.", False),
    ("kalla", "string", "Var uppgiften är hämtad, eller kontona som den är summan av.", False),
    ("av", "string", "De fakta som talet är räknat ur, som id/år med blanksteg mellan.", False),
    ("karna", "string", f"Kärntaxonomin {NAMN} och dess version, när id:t hör till den.", False),
)
"""Name, type, meaning and whether it is always there, of each column."""


def fakta_csv(rapport: Mapping[str, Any]) -> bytes:
    """The facts of `rapport.json` as rows (RFC 4180, UTF-8)."""
    ström = StringIO(newline="")
    skrivare = csv.writer(ström, lineterminator="\r\n")
    skrivare.writerow([namn for namn, *_ in _KOLUMNER])
    skrivare.writerows(_rader(rapport))
    return ström.getvalue().encode("utf-8")


def _rader(rapport: Mapping[str, Any]) -> Iterator[list[str]]:
    kärnan = kärnans_id(rapport["rapport"])
    for nyckel, f in rapport["fakta"].items():
        id_, _, år = nyckel.partition("/")
        text = VISAS_EJ if f.get("dold") else f.get("text", "")
        källa = f.get("kalla") or (f"konto {' '.join(f['konton'])}" if f["konton"] else "")
        ord_ = (id_, år, f["definition"], text, källa, " ".join(f["av"]))
        a, b, c, d, e, g = map(ofarlig, ord_)
        yield [a, b, c, f["varde"] or "", f["enhet"], d, e, g, f"{NAMN} {VERSION}" if id_ in kärnan else ""]


def datapackage(rapport: Mapping[str, Any], titel: str, förbund: str, csv_: bytes, json_: bytes) -> bytes:
    """What the two files are: a Data Package of a table and of a document."""
    fält = [
        {"name": namn, "type": typ, "description": om, **({"constraints": {"required": True}} if krävs else {})}
        for namn, typ, om, krävs in _KOLUMNER
    ]
    tabell = _fil(FIL, csv_, "text/csv") | {
        "type": "table",
        "dialect": {"$schema": f"{_PROFIL}/tabledialect.json", "delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {
            "$schema": f"{_PROFIL}/tableschema.json",
            "fields": fält,
            "primaryKey": ["id", "ar"],
            "missingValues": [""],
        },
    }
    data = {
        "$schema": f"{_PROFIL}/datapackage.json",
        "name": f"{rapport['forbund']}-{rapport['ar']}-{rapport['rapport']}",
        "title": f"{förbund}: {titel}",
        "description": "Varje tal i dokumentet, en gång. Utkast."
        if rapport["utkast"]
        else "Varje tal i dokumentet, en gång.",
        "contributors": [{"title": förbund, "roles": ["publisher"]}],
        "resources": [tabell, _fil("rapport.json", json_, "application/json")],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _fil(namn: str, data: bytes, slag: str) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFIL}/dataresource.json",
        "name": namn.partition(".")[0],
        "path": namn,
        "format": namn.rpartition(".")[2],
        "mediatype": slag,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
