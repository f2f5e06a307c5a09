"""`finsam nytt` for a förbund that is there: a new year's folder, made from an earlier year's.

Nothing that is there is written over, and nothing is changed in the earlier year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from finsam.begin.ar.besked import (
    om_bokföringen,
    om_insatsslag,
    om_inställningar,
    om_planens_arbetsbok,
    om_texter,
    om_öppnandet,
)
from finsam.begin.ar.forsta import första_rapport
from finsam.begin.ar.mapp import (
    EGNA_FILER,
    Mapp,
    andra_bokföringar,
    andra_än,
    bokföringsfiler,
    delade,
    finns_redan,
    krock_med_planen,
    rapporter_per_år,
    read_årets_bokföring,
    se_mappen,
    skrivs_inte_över,
    öppna_rapporter,
)
from finsam.begin.ar.texter import rulla_texter
from finsam.begin.ar.underlag import RullatUnderlag, rulla_underlag
from finsam.begin.forslagsrader import Slag
from finsam.begin.nytt import Nytt, arbetsbok, write_filer
from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag
from finsam.read.arsmapp import check_förbund
from finsam.read.bokforing import hitta_bokföring
from finsam.report.bok import Bok


def nytt_år(
    förbund: str,
    år: int,
    inputs: Path,
    från: int | None = None,
    bokföring: Path | None = None,
    föregående: Path | None = None,
    slag: Rapportslag | None = None,
    insatsslag: Mapping[str, Slag] | None = None,
) -> Nytt:
    """Make `inputs/<förbund>/<år>`, or add a report to it, from the earlier year `från`, else from the latest.

    `slag` is the report to make, from the latest of its kind; None makes those that the latest year with an
    årsredovisning has, and an årsredovisning when there is a ledger. A report that no earlier year has is begun from
    what there is (`första_rapport`). `bokföring` is the year's ledger and `föregående` that of the year before, to be
    copied; a ledger that lies in the folder is used. Raises UnreadableInput with every problem, and then nothing is
    written.
    """
    check_förbund(inputs, förbund)
    if slag is None and från is None and (bokföring or hitta_bokföring(inputs / förbund / str(år))):
        slag = _bokslutets_rapport(rapporter_per_år(inputs, förbund), år)
    källår, rapporter = _välj_år(inputs, förbund, år, från, slag)
    if källår is None:
        ny = slag or ÅRSREDOVISNING
        return första_rapport(förbund, år, ny, inputs, från, bokföring, föregående, insatsslag)
    böcker = öppna_rapporter(inputs, förbund, källår, rapporter)
    mapp = se_mappen(inputs, förbund, år, rapporter)
    if mapp.plan:
        böcker = {slag: bok for slag, bok in böcker.items() if slag is not VERKSAMHETSPLAN}
    läst = read_årets_bokföring(bokföring, mapp, år)
    rullade = _rulla_arbetsböcker(böcker, år, läst, mapp.plan)
    avslutade = {insats for rullat in rullade.values() for insats in rullat.avslutade}
    egna = läst is not None or ÅRSREDOVISNING not in böcker
    texter = rulla_texter(böcker, inputs / förbund / str(källår) / "text", avslutade, egna_namn=egna)
    filer = {
        **(bokföringsfiler(inputs / förbund, år, bokföring, föregående, mapp, läst) if läst or not egna else {}),
        **{namn: fil.read_bytes() for namn in EGNA_FILER if (fil := inputs / förbund / str(källår) / namn).is_file()},
        **{namn: arbetsbok(rullat.underlag, rullat.väntar) for namn, rullat in rullade.items()},
        **{f"text/{namn}.md": rullad.text.encode() for namn, rullad in texter.items()},
    }
    nya = _utan_krockar(filer, mapp, bokföring)
    if not nya:
        raise UnreadableInput([finns_redan(inputs, förbund, år, slag or next(iter(böcker)))])
    write_filer(mapp.sökväg, nya)
    bok = next(iter(böcker.values()))
    besked = (
        f"Utgår från {källår}: {' och '.join(slag.bestämd for slag in böcker)}.",
        *om_bokföringen(bok, år, läst, list(nya)),
        *(text for rullat in rullade.values() for text in (rullat.att_säga if mapp.planens is None else ())),
        *om_planens_arbetsbok(mapp.planens, mapp.plan, rullade),
        *om_texter(texter),
        *om_inställningar(bok.år.förbund, år),
        *om_insatsslag(insatsslag),
        *(_om_andra_planer(rapporter_per_år(inputs, förbund), år, källår) if slag is None else ()),
        *om_öppnandet(inputs, förbund, år, [slag for slag in böcker if läst or not slag.har_bokföring]),
    )
    return Nytt(mapp.sökväg, bok.år.rapport, tuple(f"{förbund}/{år}/{namn}" for namn in nya), besked)


# The earlier year


def _välj_år(
    inputs: Path, förbund: str, år: int, från: int | None, slag: Rapportslag | None
) -> tuple[int | None, list[Rapportslag]]:
    """The year to start from and its reports to be rolled; none when no earlier year has the report asked for.

    Raises UnreadableInput when there is no such year, with those there are.
    """
    if not 2000 <= år <= 2099:
        raise UnreadableInput(
            [Problem("fel", f"Året {år} är orimligt. Skriv det med fyra siffror, till exempel 2026.")]
        )
    alla = rapporter_per_år(inputs, förbund)
    åren = {ett: rapporter for ett, rapporter in alla.items() if ett < år}
    if från is not None and från not in åren:
        där = ", ".join(map(str, alla)) or "inga"
        text = f"{förbund} har inget år {från} före {år} att utgå från. År med bokföring eller verksamhetsplan: {där}."
        raise UnreadableInput([Problem("fel", text)])
    valda = {ett: rapporter for ett, rapporter in åren.items() if från in (None, ett)}
    if slag is not None:
        valda = {ett: [slag] for ett, rapporter in valda.items() if slag in rapporter}
    med_bok = [ett for ett, rapporter in valda.items() if ÅRSREDOVISNING in rapporter]
    valt = max(med_bok or valda, default=None)
    return valt, valda.get(valt or 0, [])


def _bokslutets_rapport(alla: Mapping[int, list[Rapportslag]], år: int) -> Rapportslag | None:
    """A ledger is an årsredovisning's, also the first one's; those that are made each year need not be named."""
    har = any(ÅRSREDOVISNING in rapporter for ett, rapporter in alla.items() if ett < år)
    return None if har else ÅRSREDOVISNING


def _om_andra_planer(åren: Mapping[int, list[Rapportslag]], år: int, källår: int) -> Iterator[str]:
    """A later year that only has a plan was passed over; that may be the one that was meant."""
    if planer := [ett for ett in åren if källår < ett < år]:
        yield f"Verksamhetsplanen {max(planer)} är inte med. Ett nytt planår görs ur den: --fran {max(planer)}."


def _rulla_arbetsböcker(
    böcker: Mapping[Rapportslag, Bok], år: int, läst: Bokföring | None, plan: Bok | None
) -> dict[str, RullatUnderlag]:
    """The workbooks by name: one, or two if the earlier year had two; that of a plan alone begins with vp_."""
    grupper: dict[str, dict[Rapportslag, Bok]] = {}
    for slag, bok in böcker.items():
        egen = ÅRSREDOVISNING not in böcker
        namn = f"{slag.textprefix}underlag.xlsx" if egen else Path(bok.år.underlag.fil).name
        grupper.setdefault(namn, {})[slag] = bok
    return {namn: rulla_underlag(grupp, år, läst, plan, namn) for namn, grupp in grupper.items()}


def _utan_krockar(filer: Mapping[str, bytes], mapp: Mapp, given: Path | None) -> dict[str, bytes]:
    """The files to write: not those that are there as they would be written, nor settings and a plan's workbook.

    Raises UnreadableInput when any other is there, with all of them.
    """
    behålls = {*EGNA_FILER, *(["underlag.xlsx"] if mapp.planens else [])}
    ändrade = [namn for namn in andra_än(mapp, filer) if namn not in behålls]
    ändrade += andra_bokföringar(mapp, given, filer)
    planens = delade(mapp) if mapp.plan else []
    ändrade = [namn for namn in ändrade if namn.removeprefix("text/") not in planens]
    if problem := [*krock_med_planen(mapp), *skrivs_inte_över(mapp, ändrade)]:
        raise UnreadableInput(problem)
    return {namn: data for namn, data in filer.items() if not (mapp.sökväg / namn).exists()}
