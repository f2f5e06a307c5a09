"""Noter (LKBR 9 kap.): numbered in the förbund's order; a table note's rows add up to its post."""

from __future__ import annotations

from finsam.model.fakta import Faktabas
from finsam.model.forbund import Not
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Rad, Tabell
from finsam.statements.uppstallning import har_värde, kontorader, två_år, utan_tomma_år, årskolumner


def notnummer(år: Räkenskapsår) -> dict[str, int]:
    """The number of each note, in the order of forbund.yml."""
    return {n.id: nr for nr, n in enumerate(år.förbund.noter, 1)}


def _tecken(post: str) -> int:
    """Notes show what a post is made of without minus: only credit balances turn."""
    debet = post.startswith("br.") and not post.endswith(("skulder", "avsattningar", "eget_kapital"))
    return 1 if debet or "kostnad" in post else -1


def fyll_noter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts not.<note>.<row> and not.<note>.summa for both years."""
    for notis in år.förbund.noter:
        if not notis.rader:
            continue
        slag = "res" if notis.post.startswith("rr.") else "ub"
        for period in (år.period, år.föregående):
            nycklar = [
                fakta.konton(
                    f"not.{notis.id}.{rad.id}",
                    period,
                    "res" if slag == "res" else "ub",
                    kontorader(år, "not_rad", f"{notis.id}.{rad.id}"),
                    f"{rad.etikett} (not {notis.rubrik.lower()}).",
                    _tecken(notis.post),
                )
                for rad in notis.rader
            ]
            termer = [(1, nyckel) for nyckel in nycklar]
            fakta.summa(f"not.{notis.id}.summa", period, termer, f"Summan av noten {notis.rubrik.lower()}.")


def nottabell(notis: Not, år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The table of a note; rows that are nil both years are left out."""
    rader = [Rad(rad.id, rad.etikett, två_år(f"not.{notis.id}.{rad.id}", år)) for rad in notis.rader]
    visade = [rad for rad in rader if har_värde(fakta, rad.celler)]
    summa = Rad("summa", "Summa", två_år(f"not.{notis.id}.summa", år), "summa")
    tabell = Tabell(
        f"not_{notis.id}",
        notis.rubrik,
        "kr",
        årskolumner(år),
        (*visade, summa),
        första="Belopp i kronor",
        rubrik_dold=True,
    )
    return utan_tomma_år(tabell, fakta)
