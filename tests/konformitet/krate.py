"""rocrate-validator, driven in a process of its own: `python krate.py PAKET` prints what a package breaks, as JSON.

The validator asks the web for RO-Crate's context; here it gets the copy inside the package rocrate, and nothing else.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils import http

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class Utan_nät:
    """What stands in for the web: one document, and nothing for any other address."""

    def __init__(self) -> None:
        paket = importlib.util.find_spec("rocrate")
        assert paket and paket.origin
        self.data = (Path(paket.origin).parent / "data" / "ro-crate.jsonld").read_bytes()
        assert json.loads(self.data)["@id"] == CONTEXT
        self.nekade: set[str] = set()

    def get(self, url: str, **_: object) -> requests.Response:
        svar = requests.Response()
        svar.url, svar.status_code, svar._content = url, 200, self.data
        svar.headers["Content-Type"] = "application/ld+json"
        if url != CONTEXT:
            svar.status_code, svar._content = 404, b""
            self.nekade.add(url)
        return svar

    head = get

    def close(self) -> None:
        """Nothing is open."""


def brutna(paket: str, nät: Utan_nät) -> dict[str, object]:
    """Whether the package conforms, how many checks were made, and what it breaks by severity."""
    http.HttpRequester.__initialize_session__ = lambda själv, *_, **__: setattr(själv, "session", nät)
    val = ValidationSettings(
        rocrate_uri=paket, profile_identifier="process-run-crate", requirement_severity=Severity.RECOMMENDED
    )
    utfall = services.validate(val)
    funna = [
        (f.severity.name, f.check.identifier, f.message or "", str(f.violatingEntity)) for f in utfall.get_issues()
    ]
    return {"prov": len(utfall.executed_checks), "brutna": sorted(set(funna)), "nekade": sorted(nät.nekade)}


if __name__ == "__main__":
    print(json.dumps(brutna(sys.argv[1], Utan_nät())))
