"""Rows of the Budgetplan by themselves: filled in as the others are, called what they are, revised together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.obligatoriskt import datum
from finsam.checks.samma.planar import (
    STÄMMER,
    STÄMMER_INTE,
    ÅREN,
    Fel,
    delade_löner,
    grannens_år,
    noll_annars,
    omkastade_år,
    väntat_år,
)
from finsam.model.belopp import kr
from finsam.model.planblad import Planrad
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.statements.redovisning import Redovisning

KOSTNADER = ("individinsats", "strukturinsats", "insats", "administration")
_DAG = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
MINST = 4
"""How many rows there are for it to tell something that one of them alone is not as the others."""


@kontroll(
    "C81",
    "Budgetplanens rader är ifyllda, heter olika och är ändrade tillsammans.",
    saknas="ingen budget (bladet Budgetplan)",
    i=(VERKSAMHETSPLAN,),
)
def check_planrader(r: Redovisning) -> Kontroll:
    """No row alone lacks an amount, has a group's name, is of another kind or is a tenth of its other years."""
    rader = r.år.underlag.budgetplan
    egna = [rad for rad in rader if rad.typ != "grupp"]
    yield Prövat(len(rader))
    av_sig_själva = (*_tomma(egna), *_typer(egna), *_namn(rader), *_tiondelar(egna), *_oreviderade(egna))
    mot_åren = (
        *omkastade_år(egna),
        *delade_löner(egna, r.år.underlag.uppgifter),
        *noll_annars(egna),
        *grannens_år(egna),
    )
    for rad, fel in (*av_sig_själva, *mot_åren, *_före_ändringen(r, egna)):
        var = f"Budgetplan, rad {rad.rad}"
        yield Finding("varning", f"{var}: {rad.benämning} {fel}", var)


def _tomma(rader: Sequence[Planrad]) -> Fel:
    """An amount that one row alone lacks, of all, or of those of its group when it has none at all. Money from outside
    may end.
    """
    rader = [rad for rad in rader if rad.typ != "extern intäkt"]
    for fält in ÅREN:
        tomma = [rad for rad in rader if getattr(rad, fält) is None]
        if len(tomma) == 1 and len(rader) >= MINST:
            rubrik = Planrad.model_fields[fält].alias
            yield tomma[0], f"har inget belopp i {rubrik}, som alla andra rader. Skriv 0 om det inte ska vara något."
            return
    per_grupp: defaultdict[str, list[Planrad]] = defaultdict(list)
    for rad in rader:
        per_grupp[rad.grupp].append(rad)
    for grupp in per_grupp.values():
        tomma = [rad for rad in grupp if all(getattr(rad, fält) is None for fält in ÅREN)]
        if len(tomma) == 1 and len(grupp) >= MINST:
            yield tomma[0], "har inget belopp, men alla andra rader i gruppen. Skriv 0 om det inte ska vara något."


def _typer(rader: Sequence[Planrad]) -> Fel:
    """A row of another kind than all the others of its group."""
    per_grupp: defaultdict[str, list[Planrad]] = defaultdict(list)
    for rad in rader:
        if rad.typ in KOSTNADER:
            per_grupp[rad.grupp].append(rad)
    for grupp in per_grupp.values():
        [(vanligast, antal), *andra] = Counter(rad.typ for rad in grupp).most_common()
        if len(grupp) >= MINST and len(andra) == 1 and antal == len(grupp) - 1:
            udda = next(rad for rad in grupp if rad.typ != vanligast)
            yield udda, f"har typen {udda.typ}, men alla andra rader i gruppen {vanligast}. Rätta Typ eller Grupp."


def _namn(rader: Sequence[Planrad]) -> Fel:
    """No row has the name of its group or of a row in it or below, and no two groups have one name, or one sum."""
    grupper = {rad.id: rad for rad in rader if rad.typ == "grupp"}
    namngivna = {rad.benämning.casefold(): rad for rad in grupper.values()}
    for rad in rader:
        över = grupper.get(rad.grupp)
        if över is not None and rad.benämning.casefold() == över.benämning.casefold():
            yield över, f"heter som rad {rad.rad}, som är en del av den. Rätta Benämning."
        annan = namngivna.get(rad.benämning.casefold(), rad)
        if annan is not rad and annan is not över and rad.typ != "grupp":
            yield rad, f"heter som gruppen på rad {annan.rad}, som raden inte hör till. Rätta Benämning."
    sedda: dict[tuple[str, str], Planrad] = {}
    for rad in (rad for rad in rader if rad.typ != "grupp"):
        över = grupper.get(rad.grupp)
        for grupp in {rad.grupp, över.grupp if över else ""} - {""}:
            före = sedda.setdefault((grupp, rad.benämning.casefold()), rad)
            if före is not rad and grupp in (rad.grupp, före.grupp):
                yield rad, f"står också på rad {före.rad}, som hör till samma grupp. Rätta Benämning."
                break
    for fält in ("benämning", "summarad"):
        första: dict[str, Planrad] = {}
        for rad in grupper.values():
            namn = getattr(rad, fält).casefold()
            före = första.setdefault(namn, rad) if namn else rad
            if före is not rad:
                rubrik = Planrad.model_fields[fält].alias
                yield rad, f"har {rubrik} {getattr(rad, fält)}, som rad {före.rad}. Rätta {rubrik}."


def _tiondelar(rader: Sequence[Planrad]) -> Fel:
    """A year that is a tenth of, or ten times, what the two others tell; an insats may begin or end nearly so."""
    for rad in rader:
        tal: list[Decimal] = [ett for fält in ÅREN if (ett := getattr(rad, fält)) and ett > 0]
        högst = STÄMMER if "insats" in rad.typ else STÄMMER_INTE
        for nr, ett in enumerate(tal if len(tal) == len(ÅREN) else ()):
            väntat = väntat_år(nr, tal)
            if väntat and any(abs(ett * gånger - väntat) <= högst * väntat for gånger in (10, Decimal("0.1"))):
                text = f"är {kr(ett)} kr i {Planrad.model_fields[ÅREN[nr]].alias}, men de två andra åren talar för"
                yield rad, f"{text} {kr(väntat)} kr. Är antalet nollor rätt?"
                break


def _oreviderade(rader: Sequence[Planrad]) -> Fel:
    """A row that was decided with one that is revised, but has no original amount."""
    reviderade = {rad.källa for rad in rader if rad.ursprunglig is not None and rad.källa}
    for rad in rader:
        if rad.ursprunglig is None and rad.källa in reviderade:
            yield rad, f"är ur {rad.källa}, som andra reviderade rader, men Ursprunglig är tom. Fyll i den."


def _före_ändringen(r: Redovisning, rader: Sequence[Planrad]) -> Fel:
    """A row that is revised, of which the source is no later than the plan that was revised."""
    beslutad, ändrad = datum(r, "beslutsdatum"), datum(r, "andringsdatum")
    if not beslutad or not ändrad or ändrad <= beslutad:
        return
    for rad in rader:
        dagar = _DAG.findall(rad.källa)
        if rad.ursprunglig is not None and dagar and max(dagar) <= beslutad.isoformat():
            text = f"har ett belopp i Ursprunglig, men källan ({rad.källa}) är före ändringen {ändrad.isoformat()}."
            yield rad, f"{text} Rätta Källa."
