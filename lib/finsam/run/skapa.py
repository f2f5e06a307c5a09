"""A run: read, check, execute, assemble, write. What was there before is replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat

from finsam.checks.finding import Finding
from finsam.model.problem import Problem
from finsam.oppna import Sammanhang, i_sammanhang, öppna
from finsam.prove.manifest import KÖRNING, indatasummor, körning_json
from finsam.read.arsmapp import hitta_inputs
from finsam.read.notebooks import Avsnitt, read_avsnitt
from finsam.read.olasta import olästa
from finsam.report.bok import Bok
from finsam.report.garanti import Siffergaranti
from finsam.report.kalender import kalender
from finsam.report.kalkyl.xlsx import write_xlsx
from finsam.report.kontrollerat import KONTROLLSIDA
from finsam.report.kontrollsida import kontrollsida
from finsam.report.utskrift import html_av
from finsam.report.verifikat import write_verifikat
from finsam.run.avsnitt import kör_alla
from finsam.run.dokument import bifoga, write_dokument
from finsam.run.miljo import sällan_städat
from finsam.run.montering import (
    om_dokumentet,
    sätt_samman,
    write_arbetskopia,
    write_html,
    write_json,
    write_öppna_data,
)
from finsam.run.paket import write_paket
from finsam.run.rubriker import byt_rubriker, check_rubriker, check_siffror, check_tabeller
from finsam.run.status.dokument import avtryck
from finsam.run.status.historik import anteckna
from finsam.run.status.ogonblick import ögonblick
from finsam.run.utmapp import Skrivfel, ersätt_hel

Framsteg = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Resultat:
    """Where a run's files are, and what its checks found."""

    katalog: Path
    findings: tuple[Finding, ...]
    utkast: bool
    siffergaranti: Siffergaranti
    paket: Path | None = None
    olästa: tuple[Problem, ...] = ()
    """What lies among the inputs and was not read; it is said to who runs, and is no part of the document."""
    historikfel: str = ""
    """Why the run is not in the history."""


def antal_steg(avsnitt: tuple[Avsnitt, ...]) -> int:
    """Steps of a run, for the progress bar: each section and each kind of file."""
    return len(avsnitt) + 5


@sällan_städat()
def skapa(
    förbund: str,
    år: int,
    rapport: str,
    inputs: Path | None,
    outputs: Path,
    framsteg: Callable[[int], Framsteg],
    notebooks: Path | None = None,
    *,
    med_paket: bool = False,
    med_historik: bool = True,
) -> Resultat:
    """Make a report. Raises UnreadableInput, NotebookFel or Skrivfel, and then what was there before is left.

    `notebooks` is the folder of the sections' notebooks by report; None looks for it. `med_paket` writes the
    auditor's package too, `med_historik` a note of the run beside its folder (`status/historik.py`).
    """
    rot = Path(os.path.realpath(hitta_inputs(inputs)))
    bok = öppna(förbund, år, rapport, inputs=rot, notebooks=notebooks)
    summor = indatasummor(bok, rot)
    avsnitt = read_avsnitt(rapport, bok.år.förbund, notebooks)
    check_rubriker(bok.år.förbund)
    if bok.år.rapport.har_bokföring:
        check_siffror(bok)
    mål = Path(os.path.realpath(outputs)) / förbund / str(år) / rapport
    sammanhang = Sammanhang(rot, {(bok.år.förbund.slug, bok.år.årtal, rapport): bok})
    with ersätt_hel(mål) as ny, i_sammanhang(sammanhang):
        bok = _write_allt(bok, avsnitt, rapport, ny, summor, framsteg(antal_steg(avsnitt)))
        av = avtryck(ny)
    historikfel = _anteckna(mål, bok, rot, summor, av) if med_historik else ""
    paket = write_paket(bok, mål, rot, avsnitt[0].fil.parents[1]) if med_paket else None
    assert bok.siffergaranti
    ej_med = tuple(olästa(bok.år, rot, avsnitt))
    return Resultat(mål, bok.findings, bok.utkast, bok.siffergaranti, paket, ej_med, historikfel)


def _anteckna(mål: Path, bok: Bok, inputs: Path, summor: Mapping[str, str], av: str) -> str:
    """Write the run down in the history; says why when that cannot be done, for the documents are made all the same."""
    try:
        anteckna(mål, ögonblick(bok, inputs, summor), av, nu())
    except Skrivfel as fel:
        return str(fel)
    return ""


def nu() -> datetime:
    """The time, which is no part of anything that is made."""
    return datetime.now().astimezone()


def _write_allt(
    bok: Bok, avsnitt: tuple[Avsnitt, ...], rapport: str, ut: Path, inputs: Mapping[str, str], steg: Framsteg
) -> Bok:
    parametrar: dict[str, str | int] = {"förbund": bok.år.förbund.slug, "år": bok.år.årtal}
    verifikat = write_verifikat(bok.år.bokföring, ut, bok.titel, bok.tyda.färger)
    assert bok.findings  # the checks are made here, so that no section needs to
    for block in bok.uppställda:
        block.html()  # which the reading back asks for, as most sections do
    körda = kör_alla(avsnitt, ut / "sektioner", parametrar, steg)
    check_tabeller(körda)
    for nb in körda.values():
        byt_rubriker(nb, bok.år.förbund.rubriker)

    def bredvid(bok: Bok, avtryck: str) -> None:
        for del_ in avsnitt:
            nb = körda[del_.namn]
            nb.metadata["finsam"] = om_dokumentet(bok, avtryck, hel=False)
            nbformat.write(nb, ut / "sektioner" / del_.fil.name)
            write_html(html_av(nb), ut / "sektioner" / f"{del_.fil.stem}.html")
        write_arbetskopia(sätt_samman(körda, bok, avtryck), ut / f"{rapport}.docx")

    bok, skrivet = write_dokument(bok, körda, ut, rapport, verifikat, steg, bredvid)
    steg("Skriver XLSX")
    write_xlsx(bok, skrivet.data["tabeller"], ut / f"{rapport}.xlsx")
    steg("Skriver JSON")
    write_öppna_data(skrivet.data, skrivet.rapport, bok, ut)
    sida = bifoga(ut, rapport)
    write_html(kontrollsida(bok, sida, skrivet.avtryck), ut / KONTROLLSIDA)
    write_json([f.json() for f in bok.findings], ut / "kontroller.json")
    if bok.år.underlag.möten:
        (ut / "moten.ics").write_bytes(kalender(bok.år, bok.tyda).encode())
    notebooks = [del_.fil for del_ in avsnitt]
    write_json(körning_json(rapport, parametrar, inputs, notebooks, ut), ut / KÖRNING)
    return bok
