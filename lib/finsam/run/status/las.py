"""How a year stands, and what years there are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from finsam.checks.finding import Finding
from finsam.checks.inlasning import om_olästa
from finsam.checks.kontrollera import med_fler
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import rapportslag
from finsam.oppna import öppna
from finsam.read.arsmapp import check_förbund, check_inputs, check_år, finns, hitta_inputs, rapporten
from finsam.read.forbund import read_forbund
from finsam.read.olasta import olästa
from finsam.report.bok import Bok
from finsam.run.rubriker import check_rubriker, check_siffror
from finsam.run.status.dokument import avtryck, dokument, dokumenten, hindrar, nya
from finsam.run.status.historik import read_historik
from finsam.run.status.nasta import nästa
from finsam.run.status.svar import Dokument, Status
from finsam.run.status.underlag import Delar, problem_i

Val = tuple[str, str, int, Dokument]
"""What one can choose: slug, the förbund's name, year and its document."""


def vad_som_finns(inputs: Path | None) -> tuple[tuple[str, str, int, str], ...]:
    """What one can choose among: slug, the förbund's name, year and report, for all there is input for."""
    rot = hitta_inputs(inputs)
    alla = finns(rot)
    namn = {slug: förbundets_namn(rot, slug) for slug in dict.fromkeys(slug for slug, *_ in alla)}
    return tuple((slug, namn[slug], år, rapport) for slug, år, rapport in alla)


def alla_lägen(inputs: Path | None, outputs: Path, förbund: str = "") -> list[Val]:
    """How the document of each report stands, by the files that it was made of; nothing is read or computed.

    Those of one förbund, when it is named. Raises UnreadableInput when it is not there.
    """
    rot, ut = (Path(os.path.realpath(ett)) for ett in (hitta_inputs(inputs), outputs))
    check_inputs(rot)
    if förbund:
        check_förbund(rot, förbund)
    alla = [ett for ett in vad_som_finns(rot) if ett[0] == (förbund or ett[0])]
    return [(slug, namn, år, dokument(ut / slug / str(år) / rapport, ut, rot)) for slug, namn, år, rapport in alla]


def förbundets_namn(rot: Path, slug: str) -> str:
    """What a förbund's settings call it; its folder's name when they cannot be read."""
    fil = rot / slug / "forbund.yml"
    är_vår = fil.is_file() and Path(os.path.realpath(fil)).is_relative_to(os.path.realpath(rot))
    fb = read_forbund(fil, slug, fil.relative_to(rot).as_posix(), None)[0] if är_vår else None
    return fb.namn if fb else slug


def read_bok(förbund: str, år: int, rapport: str, inputs: Path | None) -> tuple[Bok, tuple[Finding, ...]]:
    """A year with all that is found about it before there is a document. Raises UnreadableInput."""
    bok = öppna(förbund, år, rapport or rapporten(förbund, år, inputs), inputs=inputs)
    check_rubriker(bok.år.förbund)
    if bok.år.rapport.har_bokföring:
        check_siffror(bok)
    return bok, med_fler(bok.findings, om_olästa(olästa(bok.år, hitta_inputs(inputs))), bok.redovisning)


def läs_status(förbund: str, år: int, rapport: str = "", *, inputs: Path | None, outputs: Path) -> Status:
    """How a year stands. Raises UnreadableInput only when there is no such förbund, year or kind of report; inputs
    that cannot be read are a state.
    """
    rot, ut = (Path(os.path.realpath(ett)) for ett in (hitta_inputs(inputs), outputs))
    check_år(rot, förbund, år)
    slag = rapportslag(rapport or rapporten(förbund, år, rot))
    bok: Bok | None = None
    findings: tuple[Finding, ...] = ()
    try:
        bok, findings = read_bok(förbund, år, slag.id, rot)
        problem = _att_se_på(bok, findings)
    except UnreadableInput as fel:
        problem = problem_i(fel)
    delar = Delar(rot, förbund, år, slag, problem).alla(bok.år if bok else None, bok.avsnitt if bok else ())
    mål = ut / förbund / str(år) / slag.id
    historik = read_historik(mål)
    egen, *andra = dokumenten(ut, rot, förbund, år, slag.id)
    nu = avtryck(mål)
    egen = replace(egen, gjort=next((k.gjort for k in historik.körningar if nu and k.avtryck == nu), ""))
    if bok and egen.slag != "saknas":
        lästa = (fil.relative_to(rot).as_posix() for fil in bok.år.filer)
        egen = replace(egen, äldre_än=(*egen.äldre_än, *nya(mål, lästa)))
    if bok and egen.slag == "utkast" and egen.aktuellt and not egen.annat_program:
        sagt = {f.text for f in findings}
        findings = (*(f for f in hindrar(mål) if f.text not in sagt), *findings)
    status = Status(
        förbund=förbund,
        namn=bok.år.förbund.namn if bok else förbundets_namn(rot, förbund),
        år=år,
        rapport=slag.id,
        titel=slag.titel(år),
        underlag=delar,
        anmärkningar=findings,
        dokument=(egen, *andra),
        körningar=historik.körningar,
        oläsliga=tuple(fil.relative_to(ut).as_posix() for fil in historik.oläsliga),
        nästa="",
        läst=bok is not None,
    )
    plomberad = bool(bok and bok.år.plomb)
    mening, kommando = nästa(delar, status.fel, egen, läst=status.läst, plomberad=plomberad)
    return replace(status, nästa=mening, kommando=kommando)


def _att_se_på(bok: Bok, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
    """What was remarked on when the files were read, but for what somebody has answered for."""
    kvar = {f.text for f in findings if f.nivå in ("fel", "varning")}
    return tuple(ett for ett in bok.år.problem if str(ett) in kvar)
