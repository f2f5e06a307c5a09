"""The made-up förbund's participants and survey answers: counts, never persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from finsam.model.skala import SKALOR
from finsam.model.underlag import Deltagarrad, Enkätsvar, Indikator

from .exempel_bokforing import KOMMUNER

MÅTT = {
    "pagaende_in": "Pågående vid årets början",
    "nya": "Nya under året",
    "avslutade": "Avslutade under året",
    "vidare": "varav till arbete, studier eller aktivt arbetssökande",
    "pagaende_ut": "Pågående vid årets slut",
    "totalt": "Deltagare under året",
}
# insats: år: mått: (kvinnor, män). Pågående ut is in + nya − avslutade; deltagare under året is in + nya.
# Few men had ended Språksteget in 2025, so the report withholds that and what it could be worked out from.
DELTAGARE = {
    "kompassen": {
        2023: {"pagaende_in": (33, 25), "nya": (40, 32), "avslutade": (38, 30), "vidare": (18, 13)},
        2024: {"pagaende_in": (35, 27), "nya": (43, 33), "avslutade": (41, 32), "vidare": (20, 16)},
        2025: {"pagaende_in": (37, 28), "nya": (38, 32), "avslutade": (41, 33), "vidare": (22, 17)},
    },
    "vagen_vidare": {
        2023: {"pagaende_in": (13, 8), "nya": (17, 10), "avslutade": (16, 9), "vidare": (6, 5)},
        2024: {"pagaende_in": (14, 9), "nya": (18, 11), "avslutade": (17, 10), "vidare": (7, 5)},
        2025: {"pagaende_in": (15, 10), "nya": (16, 10), "avslutade": (17, 11), "vidare": (7, 6)},
    },
    "spraksteget": {
        2024: {"pagaende_in": (0, 0), "nya": (9, 5), "avslutade": (0, 0), "vidare": (0, 0)},
        2025: {"pagaende_in": (9, 5), "nya": (14, 10), "avslutade": (13, 3), "vidare": (8, 2)},
    },
    "samverkansdagar": {2023: {"totalt": (108, 43)}, 2024: {"totalt": (121, 47)}, 2025: {"totalt": (99, 40)}},
    "metodstod": {2023: {"totalt": (36, 9)}, 2024: {"totalt": (41, 11)}, 2025: {"totalt": (55, 16)}},
}
# The same by kommun, in the order of KOMMUNER, where the groups are large enough to be shown.
PER_KOMMUN = {
    "kompassen": {
        2023: {"pagaende_in": (21, 15, 10, 7, 5), "nya": (27, 19, 12, 8, 6), "avslutade": (26, 17, 11, 8, 6)},
        2024: {"pagaende_in": (22, 17, 11, 7, 5), "nya": (28, 20, 13, 9, 6), "avslutade": (27, 19, 12, 9, 6)},
        2025: {"pagaende_in": (23, 18, 12, 7, 5), "nya": (26, 18, 12, 8, 6), "avslutade": (27, 20, 13, 8, 6)},
    },
    "vagen_vidare": {
        2023: {"totalt": (16, 12, 9, 6, 5)},
        2024: {"totalt": (18, 13, 9, 7, 5)},
        2025: {"totalt": (17, 13, 10, 6, 5)},
    },
}

FRÅGOR = {
    "nytta": ("Har stödet varit till nytta för dig?", "Ofta, för det mesta eller alltid"),
    "redo": ("Är du mer redo att arbeta eller studera än när du började?", "Delvis eller mer"),
    "planering": ("Vet du vad som ska hända när insatsen är slut?", "Till stor del eller mer"),
}
SKALA = {"nytta": "frekvens", "redo": "grad", "planering": "grad"}
# insats: år: shares in the order of FRÅGOR, and how many answered.
ENKÄT = {
    "kompassen": {2024: ((91, 61, 83), 55)},
    "vagen_vidare": {2024: ((88, 57, 81), 21), 2025: ((90, 62, 74), 20)},
    "spraksteget": {2025: ((92, 75, 83), 12)},
}
# insats: år: how many gave each answer, in the order of the scale: here the shares are computed.
SVAR = {
    "kompassen": {
        2025: {"nytta": (0, 1, 3, 9, 22, 19), "redo": (6, 11, 13, 12, 8, 4), "planering": (1, 2, 5, 16, 14, 16)}
    }
}


def deltagare(år: int) -> Iterator[Deltagarrad]:
    """Participants of the year and the year before: all, by kön, and by kommun where the groups allow it."""
    for insats, per_år in DELTAGARE.items():
        for ett_år in (år, år - 1):
            kön = flöde(per_år.get(ett_år, {}))
            kommun = flöde(PER_KOMMUN.get(insats, {}).get(ett_år, {}))
            for mått, benämning in MÅTT.items():
                if mått not in kön:
                    continue
                celler = [("", "", sum(kön[mått])), ("kvinnor", "", kön[mått][0]), ("män", "", kön[mått][1])]
                celler += [("", medlem, tal) for medlem, tal in zip(KOMMUNER, kommun.get(mått, ()), strict=False)]
                for ett_kön, medlem, tal in celler:
                    yield Deltagarrad.model_validate(
                        {
                            "insats": insats,
                            "mått": mått,
                            "benämning": benämning,
                            "år": ett_år,
                            "kön": ett_kön,
                            "kommun": medlem,
                            "antal": tal,
                            "källa": "Insatsägarens statistik",
                        }
                    )


def flöde(tal: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    """Add what follows from the others: pågående at the end, and deltagare under året."""
    if "nya" not in tal:
        return tal
    in_, nya, ut = tal["pagaende_in"], tal["nya"], tal["avslutade"]
    totalt = tuple(a + b for a, b in zip(in_, nya, strict=True))
    return {**tal, "totalt": totalt, "pagaende_ut": tuple(a - b for a, b in zip(totalt, ut, strict=True))}


def antal_svar(insats: str, år: int) -> int:
    """How many of those who ended an insats answered."""
    if år in SVAR.get(insats, {}):
        return sum(SVAR[insats][år]["nytta"])
    return ENKÄT[insats][år][1] if år in ENKÄT.get(insats, {}) else 0


def indikatorer(år: int) -> Iterator[Indikator]:
    """What those who ended say: shares as the insatsägare gave them, or to be computed from the answers."""
    for insats in DELTAGARE:
        andelar, svar = ENKÄT.get(insats, {}).get(år, ((), None))
        räknas = år in SVAR.get(insats, {})
        for nr, (id_, (fråga, skala)) in enumerate(FRÅGOR.items() if andelar or räknas else ()):
            yield Indikator(
                insats=insats,
                id=id_,
                fråga=fråga,
                skala=skala,
                andel=None if räknas else Decimal(andelar[nr]),
                svar=svar,
                enkätfråga=id_ if räknas else "",
                källa="Avslutsenkät",
            )


def enkätsvar(år: int) -> Iterator[Enkätsvar]:
    """The answers of those who ended, counted."""
    for insats, per_år in SVAR.items():
        for id_, antal in per_år.get(år, {}).items():
            for svar, tal in zip(SKALOR[SKALA[id_]], antal, strict=True):
                yield Enkätsvar.model_validate(
                    {
                        "insats": insats,
                        "enkätfråga": id_,
                        "fråga": FRÅGOR[id_][0],
                        "skala": SKALA[id_],
                        "svarsalternativ": svar,
                        "antal": tal,
                        "år": år,
                        "källa": "Avslutsenkät",
                    }
                )
