"""Noter (LKBR 9 kap.): numbered in the förbund's order; a table note's rows add up to its post."""

from __future__ import annotations

from finsam.model.fakta import Faktabas
from finsam.model.forbund import Not, Notrad
from finsam.model.ord import SAKNAS, gemena
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.statements.balansrakning import TILLGÅNGAR
from finsam.statements.delar import Del
from finsam.statements.uppstallning import har_värde, kontorader, kronortabell, två_år, utan_tomma_år, årskolumner

_TILLGÅNGAR = {rad.id for rad in TILLGÅNGAR}


def notnummer(år: Räkenskapsår) -> dict[str, int]:
    """The number of each note, in the order of forbund.yml."""
    return {n.id: nr for nr, n in enumerate(år.förbund.noter, 1)}


def _tecken(post: str) -> int:
    """Notes show what a post is made of without minus: only credit balances turn."""
    return 1 if post in _TILLGÅNGAR or i_noten(post) < 0 else -1


def i_noten(post: str) -> int:
    """What the fact of a post is multiplied by in its note: costs have a minus in the resultaträkning alone."""
    return -1 if "kostnad" in post else 1


def _har_givna(notis: Not) -> bool:
    """Whether a row shows a fact that is given, and not konton."""
    return any(rad.fakta for rad in notis.rader)


def _har_summa(notis: Not) -> bool:
    """Facts that are given alone, such as a fee and a number of days, need not be of one kind to be added."""
    return bool(notis.post) or not all(rad.fakta for rad in notis.rader)


def fyll_noter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts not.<note>.<row> and not.<note>.summa for both years, in notes that are made of konton."""
    for notis in år.förbund.noter:
        if notis.rader and not _har_givna(notis):
            _fyll_not(notis, år, fakta)


def fyll_noter_av_fakta(år: Räkenskapsår, fakta: Faktabas) -> None:
    """The same for notes that have a row of a given fact: when all the facts there are have been made."""
    for notis in år.förbund.noter:
        if _har_givna(notis):
            _fyll_not(notis, år, fakta)


def _fyll_not(notis: Not, år: Räkenskapsår, fakta: Faktabas) -> None:
    for period in (år.period, år.föregående):
        nycklar = [_nyckel(notis, rad, period) for rad in notis.rader]
        for rad in notis.rader:
            if not rad.fakta:
                fakta.konton(
                    f"not.{notis.id}.{rad.id}",
                    period,
                    "res" if notis.post.startswith("rr.") else "ub",
                    kontorader(år, "not_rad", f"{notis.id}.{rad.id}"),
                    f"{rad.etikett} (not {gemena(notis.rubrik)}).",
                    _tecken(notis.post),
                )
        if _har_summa(notis):
            termer = _termer(notis, nycklar, fakta, delsummor=False)
            if all(fakta[nyckel].värde is None for _, nyckel in termer):  # no opening balance, and so no movements
                termer = _termer(notis, nycklar, fakta, delsummor=True) or termer
            fakta.summa(f"not.{notis.id}.summa", period, termer, f"Summan av noten {gemena(notis.rubrik)}.")


def _termer(notis: Not, nycklar: list[str], fakta: Faktabas, *, delsummor: bool) -> list[tuple[int, str]]:
    """The amounts that a note's total is made of: its rows, or what they have come to so far."""
    egna = (nyckel for rad, nyckel in zip(notis.rader, nycklar, strict=True) if rad.delsumma == delsummor)
    return [(1, nyckel) for nyckel in egna if nyckel in fakta and fakta[nyckel].enhet == "kr"]


def _nyckel(notis: Not, rad: Notrad, period: str) -> str:
    return f"{rad.fakta or f'not.{notis.id}.{rad.id}'}/{period}"


def nottabell(notis: Not, år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The table of a note. Rows of konton that are nil both years are left out; a fact that is not given is said to be
    missing.
    """
    rader = [
        Rad(rad.id, rad.etikett, _celler(notis, rad, år, fakta), "delsumma" if rad.delsumma else "post")
        for rad in notis.rader
    ]
    givna = {rad.id for rad in notis.rader if rad.fakta}
    visade = [rad for rad in rader if rad.id in givna or har_värde(fakta, rad.celler)]
    if _har_summa(notis):
        etikett = "Redovisat värde" if any(rad.delsumma for rad in notis.rader) else "Summa"
        visade.append(Rad("summa", etikett, två_år(f"not.{notis.id}.summa", år), "summa"))
    return utan_tomma_år(kronortabell(f"not_{notis.id}", notis.rubrik, årskolumner(år), visade), fakta)


def _celler(notis: Not, rad: Notrad, år: Räkenskapsår, fakta: Faktabas) -> tuple[Cell, Cell]:
    nu, då = (
        Cell(nyckel) if (nyckel := _nyckel(notis, rad, period)) in fakta else Cell()
        for period in (år.period, år.föregående)
    )
    return (nu if nu.fakta else Cell(text=SAKNAS)), då


AV_KONTON = Del(
    fyll_noter, lambda år, fakta: (nottabell(notis, år, fakta) for notis in år.förbund.noter if notis.rader)
)
AV_FAKTA = Del(fyll_noter_av_fakta)
