"""Rows of the sheet Deltagare from the names of counts, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from finsam.model.underlag import Deltagarrad

MÅTT = {
    "pagaende_in": "Pågående vid årets början",
    "nya": "Nya",
    "avslutade": "Avslutade",
    "vidare": "varav till arbete",
    "pagaende_ut": "Pågående vid årets slut",
    "totalt": "Deltagare under året",
}
KÖN = ("kvinnor", "män")
KOMMUNER = ("granvik", "hallsta", "mossby")
Tal = Mapping[str, int]


def rader(tal: Tal) -> tuple[Deltagarrad, ...]:
    """Rows of the sheet from facts' names: `nya.kvinnor/2025`."""
    ut = []
    for nr, (namn, antal) in enumerate(tal.items(), 4):
        id_, _, år = namn.partition("/")
        mått, kön, kommun = [*id_.split("."), "", ""][:3]
        if kön and kön not in KÖN:
            kön, kommun = "", kön
        fält = {"insats": "kompassen", "mått": mått, "benämning": MÅTT.get(mått, mått), "år": int(år or 2025)}
        ut.append(Deltagarrad.model_validate({**fält, "kön": kön, "kommun": kommun, "antal": antal, "rad": nr}))
    return tuple(ut)
