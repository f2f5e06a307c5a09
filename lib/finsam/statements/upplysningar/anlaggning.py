"""Anläggningstillgångar from opening to closing balance: what was bought, disposed of and written off (RKR R3, R4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from finsam.model.belopp import NOLL
from finsam.model.fakta import Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.statements.delar import Del
from finsam.statements.uppstallning import kontorader

POSTER = {"materiella": "br.materiella", "immateriella": "br.immateriella"}
_AVSKRIVNING = re.compile(r"avskriv|nedskriv|värdeminskning", re.IGNORECASE)


def delade_konton(post: str, år: Räkenskapsår) -> tuple[list[str], list[str]]:
    """The konton of a post: those of anskaffningsvärde, and those of what is written off (named so, or ending in 9)."""
    konton = [konto for konto, _ in kontorader(år, "post", post)]
    avskrivning = [k for k in konton if _AVSKRIVNING.search(år.bokföring.konton[k].namn) or k.endswith("9")]
    return [k for k in konton if k not in avskrivning], avskrivning


def fyll_anläggning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make anlaggning.<post>.* for both years; additions are plus, disposals and what is written off minus."""
    for id_, post in POSTER.items():
        anskaffning, avskrivning = delade_konton(post, år)
        for period in (år.period, år.föregående):
            bas = f"anlaggning.{id_}"
            for del_, konton, ord_ in (
                ("anskaffning", anskaffning, "Anskaffningsvärde"),
                ("avskrivet", avskrivning, "Avskrivet"),
            ):
                rader = [(konto, "") for konto in konton]
                fakta.konton(f"{bas}.{del_}_in", period, "ib", rader, f"{ord_} enligt ingående balans.")
                fakta.konton(f"{bas}.{del_}_ut", period, "ub", rader, f"{ord_} enligt utgående balans.")
            for del_, vad, ord_, egna, motkonton, tecken in (
                ("avgang", "anskaffning", "Avgångna tillgångars anskaffningsvärde", anskaffning, avskrivning, -1),
                ("aterfort", "avskrivet", "Avskrivet på avgångna tillgångar", avskrivning, anskaffning, 1),
            ):
                belopp, källa = _avgång(egna, motkonton, tecken, period, år)
                känd = fakta[f"{bas}.{vad}_in/{period}"].värde is not None
                avgång = fakta.indata(f"{bas}.{del_}", period, belopp if känd else None, "kr", f"{ord_}.", källa)
                termer = [(1, f"{bas}.{vad}_ut/{period}"), (-1, f"{bas}.{vad}_in/{period}"), (-1, avgång)]
                rörelse, definition = (
                    ("inkop", "Årets inköp") if vad == "anskaffning" else ("arets_avskrivning", "Årets avskrivningar")
                )
                text = f"{definition}: förändringen av kontona utom det som gäller avgångna tillgångar."
                fakta.summa(f"{bas}.{rörelse}", period, termer if känd else [], text)


def _avgång(
    egna: Iterable[str], motkonton: Iterable[str], tecken: int, period: str, år: Räkenskapsår
) -> tuple[Decimal, Indata]:
    """What disposals took from konton: rows with the sign, in verifikationer that also turn the konto's counterpart.

    A year without verifikationer has a disposal only if the balance goes that way.
    """
    nr, egna, motkonton = int(period) - år.årtal, set(egna), set(motkonton)
    bokår = år.bokföring.år.get(nr)
    plats = f"konto {', '.join(sorted(egna))}" if egna else "inga konton"
    if nr == 0 and len(år.bokföring.verifikationer):
        summa = NOLL
        for konto in sorted(egna):
            for ver, rad in år.bokföring.verifikationer.med_konto(konto)[1]:
                vänt = any(r.konto in motkonton and r.belopp * tecken < 0 for r in ver.rader)
                summa += rad.belopp if vänt and rad.belopp * tecken > 0 else NOLL
        return summa, Indata("bokföringen", plats, "verifikationer som tar bort både anskaffningsvärde och avskrivet")
    netto = sum((bokår.ub.get(k, NOLL) - bokår.ib.get(k, NOLL) for k in egna), NOLL) if bokår else NOLL
    return (netto if netto * tecken > 0 else NOLL), Indata("bokföringen", plats, "saldot, för verifikationer saknas")


DEL = Del(fyll_anläggning)
