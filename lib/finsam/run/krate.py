"""`ro-crate-metadata.json`: the package described as a Process Run Crate.

RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) with the profile https://w3id.org/ro/wfrun/process/0.5. There is no clock:
the day is the decision's, or the last of the year, and the run has no `endTime`, which the profile asks for but does
not require.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import finsam
from finsam.prove.manifest import LÅS, Körning
from finsam.prove.verifiera.plats import KRATE

PROFIL = "https://w3id.org/ro/wfrun/process/0.5"
RO_CRATE = "https://w3id.org/ro/crate/1.1"
_SHA256 = "https://w3id.org/ro/terms/workflow-run#sha256"
_EUPL = "https://spdx.org/licenses/EUPL-1.2"
_FORMAT = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".ics": "text/calendar",
    ".md": "text/markdown",
    ".yml": "application/yaml",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Om:
    """What the package says of itself."""

    titel: str
    förbund: str
    orgnr: str
    datum: str


def krate(om: Om, körning: Körning, filer: Mapping[str, bytes]) -> dict[str, Any]:
    """The metadata of a package: its files by path, with what was read, what was made, by what and for whom."""
    utdata = [_id(f) for f in filer if f.startswith("outputs/")]
    indata = [_id(f) for f in filer if f.startswith(("inputs/", "notebooks/"))]
    return {
        "@context": [f"{RO_CRATE}/context", {"sha256": _SHA256}],
        "@graph": [
            {
                "@id": KRATE,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": RO_CRATE},
            },
            _rot(om, filer),
            {"@id": PROFIL, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
            _licens(),
            {"@id": "#forbund", "@type": "Organization", "name": om.förbund, **_orgnr(om)},
            *_program(körning),
            _körning(om, körning, indata, utdata),
            *_parametrar(körning),
            *(_fil(namn, data) for namn, data in filer.items()),
        ],
    }


def krate_bytes(om: Om, körning: Körning, filer: Mapping[str, bytes]) -> bytes:
    """The metadata as a file."""
    return (json.dumps(krate(om, körning, filer), ensure_ascii=False, indent=1) + "\n").encode()


def om_i(data: Mapping[str, Any]) -> Om:
    """What the metadata that we have written says of the package itself."""
    delar = {del_["@id"]: del_ for del_ in data["@graph"]}
    förbund = delar["#forbund"]
    return Om(delar["#korning"]["name"], förbund["name"], förbund.get("taxID", ""), delar["./"]["datePublished"])


def _id(fil: str) -> dict[str, str]:
    return {"@id": quote(fil)}


def _rot(om: Om, filer: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFIL},
        "name": f"{om.titel}, {om.förbund}",
        "description": "Dokumenten, det underlag de är gjorda av och det som behövs för att räkna om varje tal.",
        "datePublished": om.datum,
        "license": {"@id": "#licens"},
        "author": {"@id": "#forbund"},
        "publisher": {"@id": "#forbund"},
        "inLanguage": "sv",
        "hasPart": [_id(f) for f in filer],
        "mentions": {"@id": "#korning"},
    }


def _licens() -> dict[str, str]:
    return {
        "@id": "#licens",
        "@type": "CreativeWork",
        "name": "Ingen licens angiven",
        "description": "Förbundet har inte angett någon licens. Fråga förbundet hur handlingarna får användas.",
    }


def _orgnr(om: Om) -> dict[str, str]:
    return {"taxID": om.orgnr} if om.orgnr else {}


def _program(körning: Körning) -> list[dict[str, Any]]:
    krav = {"softwareRequirements": {"@id": LÅS}} if körning.las else {}
    return [
        {
            "@id": "#finsam",
            "@type": "SoftwareApplication",
            "name": "finsam",
            "description": "Rapportboken för samordningsförbund.",
            "softwareVersion": körning.versioner.get("finsam", finsam.__version__),
            "license": {"@id": _EUPL},
            **krav,
        },
        {
            "@id": _EUPL,
            "@type": "CreativeWork",
            "name": "European Union Public Licence 1.2",
            "description": "Programmets licens.",
        },
    ]


def _körning(om: Om, k: Körning, indata: list[dict[str, str]], utdata: list[dict[str, str]]) -> dict[str, Any]:
    kommando = f"finsam skapa {k.parametrar.förbund} {k.parametrar.år} {k.rapport}"
    return {
        "@id": "#korning",
        "@type": "CreateAction",
        "name": om.titel,
        "description": kommando,
        "instrument": {"@id": "#finsam"},
        "agent": {"@id": "#forbund"},
        "object": [*indata, {"@id": "#parameter-forbund"}, {"@id": "#parameter-ar"}],
        "result": utdata,
    }


def _parametrar(k: Körning) -> list[dict[str, Any]]:
    return [
        {"@id": f"#parameter-{id_}", "@type": "PropertyValue", "name": namn, "value": värde}
        for id_, namn, värde in (("forbund", "förbund", k.parametrar.förbund), ("ar", "år", k.parametrar.år))
    ]


def _fil(namn: str, data: bytes) -> dict[str, Any]:
    return {
        "@id": quote(namn),
        "@type": "File",
        "name": namn,
        "encodingFormat": _FORMAT.get(PurePosixPath(namn).suffix.lower(), "text/plain"),
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
