"""The sjukfrånvaro of the groups against that of all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.belopp import NOLL, andel, svenskt_tal
from finsam.model.upplysningsblad import Sjukfrånvaro
from finsam.statements.redovisning import Redovisning
from finsam.statements.upplysningar.personal import INDELNINGAR

OLIKA_TID = Decimal(2)
"""How many times more, or less, than their number a group may weigh: all do not work as much."""
AVRUNDAT = Decimal("0.1")
HÖGST_FRÅNVARO = 30
"""Per cent of the working time that those who were ill may have been away."""


def check_sjukfrånvaro(r: Redovisning) -> Kontroll:
    """Women and men are all the employed, so are the ages; and of all, how much was long is told."""
    rader = {rad.grupp: rad for rad in r.år.underlag.sjukfrånvaro}
    for rad in rader.values():
        yield Prövat()
        if rad.frånvaro is not None and rad.frånvaro > HÖGST_FRÅNVARO:
            text = f"Sjukfrånvaro, rad {rad.rad}: frånvaron är {svenskt_tal(rad.frånvaro)} % för {rad.grupp}."
            yield Finding("varning", f"{text} Stämmer talet?", f"Sjukfrånvaro, rad {rad.rad}")
    given = [delar for delar in INDELNINGAR if any(del_ in rader for del_ in delar)]
    for del_ in (del_ for delar in ([("alla",), *given] if rader else []) for del_ in delar if del_ not in rader):
        text = f"Sjukfrånvaro: raden {del_} saknas. Skriv alla grupper; små grupper visas inte."
        yield Finding("varning", text, "Sjukfrånvaro", lag="LKBR 11 kap. 6 §")
    alla = rader.get("alla")
    if alla is None:
        return
    for delar in (("kvinnor", "män"), tuple(grupp for grupp in rader if "år" in grupp)):
        antal = [rader[del_].antal for del_ in delar if del_ in rader]
        yield Prövat(int(len(antal) > 1))
        if len(antal) > 1 and len(antal) == len(delar) and sum(antal) != alla.antal:
            rad = rader[delar[0]]
            namn = " och ".join(delar)
            text = f"Sjukfrånvaro, rad {rad.rad}: {namn} är tillsammans inte lika många som alla. Rätta Anställda."
            yield Finding("varning", text, f"Sjukfrånvaro, rad {rad.rad}")
    for grupper in INDELNINGAR:
        deras = [tal for grupp in grupper if grupp in rader and (tal := rader[grupp].frånvaro) is not None]
        yield Prövat(int(len(deras) == len(grupper)))
        hela = alla.frånvaro
        if hela is None or len(deras) < len(grupper) or min(deras) == max(deras) or min(deras) < hela < max(deras):
            continue
        text = f"Sjukfrånvaro, rad {alla.rad}: frånvaron är {andel(hela / 100)} för alla, inte mellan den för"
        text += f" {' och '.join(grupper)} ({' och '.join(andel(ett / 100) for ett in deras)})."
        yield Finding("varning", f"{text} Vilket tal är fel?", f"Sjukfrånvaro, rad {alla.rad}")
    yield from _check_vägd(alla, list(rader.values()))
    yield Prövat()
    if alla.lång is None:
        text = f"Sjukfrånvaro, rad {alla.rad}: Minst 60 dagar är tom för alla. Hur stor del av frånvaron var så lång?"
        yield Finding("varning", text, f"Sjukfrånvaro, rad {alla.rad}")


def _check_vägd(alla: Sjukfrånvaro, rader: Sequence[Sjukfrånvaro]) -> Kontroll:
    """That of all is near that of the group that most are in, whatever part of the time each works."""
    for grupper in INDELNINGAR:
        delar = [
            (rad.frånvaro, rad.antal)
            for rad in rader
            if rad.grupp in grupper and rad.frånvaro is not None and rad.antal
        ]
        hela = alla.frånvaro
        yield Prövat(int(len(delar) == len(grupper)))
        if hela is None or len(delar) < len(grupper) or not min(delar)[0] < hela < max(delar)[0]:
            continue
        lägst, högst = _väger(delar, 1 / OLIKA_TID) - AVRUNDAT, _väger(delar, OLIKA_TID) + AVRUNDAT
        if not lägst <= hela <= högst:
            text = f"Sjukfrånvaro, rad {alla.rad}: frånvaron är {andel(hela / 100)} för alla, men med så många i varje"
            text += f" grupp ({' och '.join(grupper)}) blir den {andel(_väger(delar, Decimal(1)) / 100)}."
            yield Finding("varning", f"{text} Vilket tal är fel?", f"Sjukfrånvaro, rad {alla.rad}")
            return


def _väger(delar: Sequence[tuple[Decimal, int]], gånger: Decimal) -> Decimal:
    """The average when those who were away most weigh some times what they are, and the others so much less.

    >>> delar = [(Decimal(5), 8), (Decimal(3), 2)]
    >>> _väger(delar, Decimal(1)), _väger(delar, Decimal(2)) > _väger(delar, Decimal("0.5"))
    (Decimal('4.6'), True)
    """
    ordnade = sorted(delar)
    medel = []
    for nr in range(1, len(ordnade)):
        vikter = [antal * (gånger if plats >= nr else 1 / gånger) for plats, (_, antal) in enumerate(ordnade)]
        summa = sum((vikt * tal for vikt, (tal, _) in zip(vikter, ordnade, strict=True)), NOLL)
        medel.append(summa / sum(vikter, NOLL))
    return max(medel) if gånger > 1 else min(medel)
