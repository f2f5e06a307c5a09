"""What to tell of a new year: what came along, what is still to be done, what does not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from finsam.begin.ar.budget import budget_ur_plan
from finsam.begin.ar.texter import RulladText
from finsam.begin.ar.underlag import RullatUnderlag
from finsam.begin.forslagsrader import Slag
from finsam.model.belopp import kr
from finsam.model.bokforing import Bokföring, avvikelser, omfört_på, är_omföring
from finsam.model.forbund import Förbund
from finsam.model.ord import uppräkning, versal
from finsam.model.problem import UnreadableInput
from finsam.model.rapport import Rapportslag
from finsam.model.underlag import BLAD, PLANBLAD, Underlag
from finsam.oppna import öppna
from finsam.read.indata import visa
from finsam.read.underlag.underlag import I_UNDERLAGET
from finsam.report.bok import Bok

HÖGST_KONTON = 10

_ÅRTAL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def har_föregående(bokföring: Bokföring) -> bool:
    """Whether a ledger has balances of the year before."""
    return -1 in bokföring.år and bool(bokföring.år[-1].ub or bokföring.år[-1].res)


def om_bokföringen(bok: Bok, år: int, läst: Bokföring | None, nya: Sequence[str]) -> Iterator[str]:
    """Whether there is a ledger, whether it goes on where the last one ended, and konton that have no place."""
    if läst is None and bok.år.rapport.har_bokföring:
        yield "Lägg årets export ur ekonomisystemet i mappen, som bokforing.se (eller .xlsx, .csv)."
    if förra := [namn for namn in nya if namn.startswith("foregaende")]:
        yield f"{förra[0]} är bokföringen {år - 1}.{_varför_förra(läst, år)}"
    if läst is None:
        return
    if 0 in läst.år and läst.år[0].budget:
        yield "Bokföringen har en budget. Den används för rader som saknas i bladet Budget."
    if bok.år.årtal == år - 1 and 0 in bok.år.bokföring.år and 0 in läst.år:
        skillnad = avvikelser(läst.år[0], bok.år.bokföring.år[0])
        if är_omföring(skillnad, bok.år.bokföring.år[0]):
            yield f"Ingående balans {år} är utgående balans {år - 1}. {omfört_på(skillnad)}"
        elif skillnad:
            konton = _några([f"{konto} ({kr(belopp)} kr)" for konto, belopp in skillnad.items()])
            yield f"Ingående balans {år} avviker från utgående balans i förra årets bokföring: {konton}."
        else:
            yield f"Ingående balans {år} är utgående balans {år - 1}, konto för konto."
    saldon = {k for ett in läst.år.values() for s in (ett.ib, ett.ub, ett.res) for k, belopp in s.items() if belopp}
    utan = [konto for konto in sorted(saldon) if bok.år.rapport.har_bokföring and not bok.år.kontoplan.träffar(konto)]
    if utan:
        konton = _några([f"{konto} {läst.konton[konto].namn}" if konto in läst.konton else konto for konto in utan])
        yield f"Konton utan plats i {bok.år.kontoplan.fil}: {konton}. Ge vart och ett en rad."


def _varför_förra(läst: Bokföring | None, år: int) -> str:
    """What last year's ledger is to be used for, if it was not asked for."""
    if läst is None:
        return f" Den används om årets export saknar {år - 1}."
    if not har_föregående(läst):
        return f" Årets export saknar {år - 1}."
    if not läst.år[-1].objekt:
        return f" Årets export har bara totaler för {år - 1}; härifrån tas projekten och de andra objekten."
    return ""


def _några(ord_: list[str]) -> str:
    """The first of many, and how many more."""
    mer = [f"{len(ord_) - HÖGST_KONTON} till"] if len(ord_) > HÖGST_KONTON else []
    return uppräkning([*ord_[:HÖGST_KONTON], *mer])


def om_planens_arbetsbok(
    underlag: Underlag | None, plan: Bok | None, rullade: Mapping[str, RullatUnderlag]
) -> Iterator[str]:
    """If the workbook of the year's plan was kept: what the årsredovisning needs that is not in it."""
    if underlag is None:
        return
    rullat = rullade["underlag.xlsx"]
    saknas = [
        klass.blad
        for klass in BLAD
        if klass not in PLANBLAD
        and (getattr(rullat.underlag, I_UNDERLAGET[klass]) or rullat.väntar.get(klass))
        and not getattr(underlag, I_UNDERLAGET[klass])
    ]
    yield "underlag.xlsx är verksamhetsplanens och är orörd."
    if saknas:
        yield f"För årsredovisningen behöver i underlag.xlsx också fyllas i: {uppräkning(saknas)}."
    budget = {} if plan is None else budget_ur_plan(plan.fakta, plan.år.årtal, plan.år.förbund)
    if budget:
        yield f"Planens budget för bladet Budget: {uppräkning([f'{rad} {kr(b)} kr' for rad, b in budget.items()])}."


def om_texter(texter: Mapping[str, RulladText]) -> Iterator[str]:
    """How many there are to read, and text by text which typed figures became references and which did not."""
    if not texter:
        return
    yield (
        f"{len(texter)} texter är förra årets. Läs dem, ändra det som inte stämmer och ta bort första raden i varje; "
        "till dess varnar kontrollen C36."
    )
    for namn, text in texter.items():
        if text.bytta:
            bytta = uppräkning([f"{skrivet} blev {hänvisning}" for skrivet, hänvisning in dict(text.bytta).items()])
            yield f"text/{namn}.md: {bytta}."
    kvar = {namn: list(dict.fromkeys(text.kvar)) for namn, text in texter.items() if text.kvar}
    for namn, tal in kvar.items():
        yield f"text/{namn}.md: skrivet för hand står kvar {uppräkning(tal)}."


def om_inställningar(förbund: Förbund, år: int) -> Iterator[str]:
    """Labels that name a year, which may have passed."""
    etiketter = [
        *(ruta.namn for ruta in förbund.organisation),
        *(ord_ for not_ in förbund.noter for ord_ in (not_.rubrik, *(rad.etikett for rad in not_.rader))),
        *(ord_ for grupp in förbund.kostnadsfördelning for ord_ in (grupp.etikett, *(r.etikett for r in grupp.rader))),
        *(rad.etikett for rad in förbund.driftredovisning),
        *(rad.etikett for rad in förbund.driftredovisning_extra),
        *förbund.etiketter.values(),
        *förbund.rubriker.values(),
    ]
    if nämner := [visa(text) for text in dict.fromkeys(etiketter) if _ÅRTAL.search(text)]:
        yield f"I forbund.yml nämns år: {uppräkning(nämner)}. Stämmer det {år}?"


def om_insatsslag(insatsslag: Mapping[str, Slag] | None) -> Iterator[str]:
    """That answers on the ledger's objekt had no use, as no kontoplan was proposed."""
    if insatsslag:
        yield (
            f"{uppräkning([f'--{slag} {objekt}' for objekt, slag in insatsslag.items()])} används bara när kontoplanen "
            "föreslås. Den finns och är orörd: skriv insatserna i den, i forbund.yml och i bladet Insatser."
        )


def om_öppnandet(inputs: Path, förbund: str, år: int, rapporter: Sequence[Rapportslag]) -> Iterator[str]:
    """Whether the reports can be made as they stand; what hinders them, else how much is left to do."""
    for slag in rapporter:
        vad = versal(slag.bestämd)
        try:
            bok = öppna(förbund, år, slag.id, inputs=inputs)
        except UnreadableInput as fel:
            hinder = [str(ett) for ett in fel.problem if ett.nivå == "fel"]
            yield f"{vad} kan inte göras än: {len(hinder)} fel, först {hinder[0]}"
        else:
            antal = {nivå: sum(f.nivå == nivå for f in bok.findings) for nivå in ("fel", "varning")}
            hur = "kan göras som utkast" if antal["fel"] else "kan göras"
            yield f"{vad} {hur}: {antal['fel']} fel och {antal['varning']} varningar återstår."
