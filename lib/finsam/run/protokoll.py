"""The auditor's working paper: what was verified, by whose hashes, with which versions, and how each step ended.

A page of PDF, and the same as JSON with every difference. Neither has a clock: the same answer gives the same bytes,
and who signs writes the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from finsam.model.farg import FÖRVAL
from finsam.prove.manifest import KÖRNING, programsumma, sha256, versioner
from finsam.prove.verifiera.plats import Plats, Steg
from finsam.report.roller import typst_roller
from finsam.report.typst import typst_sträng
from finsam.report.utskrift import write_pdf
from finsam.run.utmapp import säg_skrivfel

UTFALL = ("stämmer", "skiljer", "oklart")
_UTFALL = {
    "stämmer": "Allt som prövades stämmer.",
    "skiljer": "Något skiljer.",
    "oklart": "Allt kunde inte prövas.",
}
_TECKEN = {"stämmer": "stämmer", "skiljer": "SKILJER", "oklart": "ej prövad", "upplysning": "upplysning"}
_RADER = (30, 24, 18, 12, 8, 4)
"""How many steps and differences are tried on the page, until it is one."""
_HÖGST = 150
_MALL = """
#set document(title: "Protokoll från verifiering")
#set page(paper: "a4", margin: (x: 20mm, y: 16mm))
#set text(font: snitt.sans, size: 8.5pt, lang: "sv", region: "se", hyphenate: false)
#set par(leading: .5em, spacing: .7em)
#show heading: set text(size: 11pt, fill: färg.profil)
#let par-rad(vad, ord) = (text(weight: 600, vad), ord)
"""


def svar_json(plats: Plats, nivå: int, kod: int, steg: Sequence[Steg]) -> dict[str, Any]:
    """The answer of `finsam verifiera --json`."""
    k = plats.körning
    return {
        "forbund": k.parametrar.förbund,
        "ar": k.parametrar.år,
        "rapport": k.rapport,
        "niva": nivå,
        "utfall": UTFALL[kod],
        "sha256": plats.zip_[1] if plats.zip_ else None,
        "steg": [s.json() for s in steg],
    }


def protokoll(plats: Plats, nivå: int, kod: int, steg: Sequence[Steg]) -> dict[str, Any]:
    """The answer with what it was given of: hashes of what was verified, and the versions of both."""
    k, rapport = plats.körning, plats.katalog / "rapport.json"
    return svar_json(plats, nivå, kod, steg) | {
        "fil": plats.zip_[0].name if plats.zip_ else None,
        "korning": sha256(plats.katalog / KÖRNING),
        "rapport_json": sha256(rapport) if rapport.is_file() else None,
        "gjord_med": {"program": k.program, "versioner": dict(k.versioner)},
        "provad_med": {"program": programsumma(), "versioner": versioner()},
    }


def write_protokoll(data: Mapping[str, Any], fil: Path) -> tuple[Path, Path]:
    """Write the page and the JSON beside each other, whatever the name ends with. Raises Skrivfel."""
    pdf, json_ = fil.with_suffix(".pdf"), fil.with_suffix(".json")
    with säg_skrivfel(fil.parent):
        json_.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pdf.write_bytes(protokoll_pdf(data))
    return pdf, json_


def protokoll_pdf(data: Mapping[str, Any]) -> bytes:
    """One page; what does not fit is counted, and stands in the JSON."""
    from pikepdf import Pdf

    for högst in _RADER:
        pdf = write_pdf(_källa(data, högst), "")
        with Pdf.open(BytesIO(pdf)) as dok:
            if len(dok.pages) == 1:
                break
    return pdf


def _källa(data: Mapping[str, Any], högst: int) -> str:
    uppgifter = "".join(f"..par-rad({_sträng(vad)}, {_sträng(ord_)}),\n" for vad, ord_ in _uppgifter(data))
    steg = "".join(f"{_celler(rad)},\n" for rad in _steg(data["steg"], högst))
    return (
        typst_roller(FÖRVAL)
        + _MALL
        + f"= Protokoll från verifiering\n\n#text({_sträng(_slut(data))}, weight: 600)\n\n"
        + f"#grid(columns: (34mm, 1fr), row-gutter: .55em, {uppgifter})\n\n== Prov\n\n"
        + "#grid(columns: (12mm, 44mm, 20mm, 1fr), column-gutter: 2mm, row-gutter: .6em, "
        + "[*Nivå*], [*Prov*], [*Utfall*], [*Vad*],\n"
        + f"{steg})\n\n#v(1fr)\n#line(length: 60%, stroke: .5pt)\n\nOrt, datum och granskarens namn\n"
    )


def _slut(data: Mapping[str, Any]) -> str:
    nivå = "Bara kontrollsummor" if not data["niva"] else "Kontrollsummor, och varje dokument gjort om ur underlaget"
    return f"{_UTFALL[data['utfall']]} {nivå}."


def _uppgifter(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Förbund, år, rapport", f"{data['forbund']} {data['ar']} {data['rapport']}"
    if data["fil"]:
        yield "Paket", data["fil"]
        yield "Paketets SHA-256", data["sha256"]
    yield "korning.json", data["korning"]
    yield "rapport.json", data["rapport_json"] or "finns inte"
    egna, våra = data["gjord_med"], data["provad_med"]
    yield "Gjord med", _version(egna)
    yield "Prövad med", _version(våra)
    skilda = [
        f"{namn} {version} mot {våra['versioner'].get(namn, 'ingen')}"
        for namn, version in egna["versioner"].items()
        if våra["versioner"].get(namn) != version
    ]
    yield "Versioner som skiljer", ", ".join(skilda) or "inga"


def _version(med: Mapping[str, Any]) -> str:
    v = med["versioner"]
    program = f", programmets SHA-256 {med['program']}" if med["program"] else ""
    return f"finsam {v.get('finsam', '–')}, Python {v.get('python', '–')}{program}"


def _steg(steg: Sequence[Mapping[str, Any]], högst: int) -> Iterator[tuple[str, str, str, str]]:
    """The steps as rows, what is wrong first when there are too many, each with its first differences."""
    allvarligt = sorted(range(len(steg)), key=lambda nr: steg[nr]["utfall"] == "stämmer")
    visade = [steg[nr] for nr in sorted(allvarligt[:högst])]
    kvar = högst
    for s in visade:
        yield str(s["niva"]), s["namn"], _TECKEN[s["utfall"]], s["text"]
        problem = s["problem"][: min(4, max(0, kvar))]
        kvar -= len(problem)
        yield from (("", "", "", rad) for rad in problem)
        if fler := len(s["problem"]) - len(problem):
            yield "", "", "", f"och {fler} till i JSON-filen" if problem else f"{fler} rader i JSON-filen"
    if fler := len(steg) - len(visade):
        yield "", f"och {fler} prov till", "", "i JSON-filen"


def _celler(rad: Sequence[str]) -> str:
    return ", ".join(f"[#{_sträng(cell)}]" for cell in rad)


def _sträng(text: str) -> str:
    """Text from outside as Typst, cut to what the page has room for."""
    rent = "".join(t if t.isprintable() else " " for t in text)
    return typst_sträng(rent if len(rent) <= _HÖGST else f"{rent[:_HÖGST]}…")
