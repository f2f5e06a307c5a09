"""The made-up förbund's goals in the verksamhetsplan for 2026, with what belongs to each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from finsam.model.underlag import Planmål

from .exempel_underlag import nyckelposter

ÅR = 2026
KAPITAL_FÖRE_UNDERSKOTTET = nyckelposter(ÅR - 2)["br.eget_kapital"]
"""What eget kapital was before the deficit of 2025, by the ledger."""

Slag = Literal["mål", "mätpunkt", "indikator", "aktivitet"]


def _rad(id_: str, slag: Slag, text: str, insats: str = "", ord_: str = "", **gräns: Any) -> Planmål:
    """A row without its område: I1 is a goal, I1a belongs to it, and I0a to the område itself."""
    mål = id_[:2] if slag != "mål" and id_[1] != "0" else ""
    return Planmål(id=id_, område="x", mål=mål, insats=insats, slag=slag, text=text, kommentar=ord_, **gräns)


def _minst(gräns: int, enhet: str) -> dict[str, Any]:
    return {"jämförelse": "minst", "gräns": Decimal(gräns), "enhet": enhet}


def _högst(gräns: int, enhet: str, fakta: str = "") -> dict[str, Any]:
    return {"jämförelse": "högst", "gräns": Decimal(gräns), "enhet": enhet, "fakta": fakta}


def _kapitalandel(år: int) -> dict[str, Any]:
    """Eget kapital between its floor and the recommended ceiling at the end of a year of the plan."""
    fakta = f"budget.kapitalandel/{år}"
    return {"jämförelse": "mellan", "gräns": Decimal(5), "övre": Decimal(20), "enhet": "%", "fakta": fakta}


_NYTTA = "Andelen som i enkäten svarar att stödet har varit till nytta ofta, för det mesta eller alltid"
_VIDARE = "som går vidare till arbete, studier eller aktivt arbetssökande, av dem som avslutar"
_ALLA_SVAR = "Saknas skälen i ett enda svar är målet inte uppfyllt."

MÅL: dict[str, tuple[Planmål, ...]] = {
    "individ": (
        _rad("I1", "mål", "Deltagarna ska ha nytta av stödet och vara med och planera nästa steg."),
        _rad("I1a", "mätpunkt", _NYTTA, **_minst(85, "%")),
        _rad("I1b", "mätpunkt", "Andelen som vet vad som ska hända när insatsen är slut", **_minst(80, "%")),
        _rad("I1c", "mätpunkt", "Andelen av dem som avslutar en insats som svarar på enkäten", **_minst(70, "%")),
        _rad("I1d", "indikator", "Enkätsvaren visas för varje insats och var för sig för kvinnor och män."),
        _rad("I1e", "aktivitet", "Ett möte med nästa handläggare hålls innan någon avslutar Vägen vidare.",
             "vagen_vidare"),
        _rad("I2", "mål", "De som avslutar en insats ska ha kommit vidare."),
        _rad("I2a", "mätpunkt", f"Andelen i Kompassen {_VIDARE}", "kompassen", **_minst(45, "%")),
        _rad("I2b", "mätpunkt", f"Andelen i Vägen vidare {_VIDARE}", "vagen_vidare", **_minst(40, "%")),
        _rad("I2c", "mätpunkt", f"Andelen i Språksteget {_VIDARE}", "spraksteget", **_minst(50, "%")),
        _rad("I2d", "aktivitet", "Den som har avslutat en insats följs upp efter ett år, om hon eller han vill."),
        _rad("I3", "mål", "Insatserna ska nå dem som behöver dem, i alla medlemskommuner."),
        _rad("I3a", "mätpunkt", "Deltagare i Kompassen under året", "kompassen", **_minst(130, "antal")),
        _rad("I3b", "mätpunkt", "Deltagare i Vägen vidare under året", "vagen_vidare", **_minst(50, "antal")),
        _rad("I3c", "mätpunkt", "Deltagare i Språksteget under året", "spraksteget", **_minst(30, "antal")),
        _rad("I3d", "indikator", "Medlemskommuner med deltagare i insatserna", **_minst(5, "antal")),
        _rad("I0a", "aktivitet", "Förarbetet till insatsen för unga vuxna redovisas för styrelsen i september.",
             "unga_vuxna"),
    ),
    "samverkan": (
        _rad("S1", "mål", "Ansökningar om medel ska behandlas skyndsamt, och avslag ska motiveras."),
        _rad("S1a", "mätpunkt", "Tid från ansökan till styrelsens beslut, i genomsnitt för året",
             **_högst(60, "dagar")),
        _rad("S1b", "mätpunkt", "Den som får avslag får skälen skriftligt.", ord_=_ALLA_SVAR),
        _rad("S2", "mål", "Medarbetare hos parterna ska delta i metodstödet och märka det i samverkan."),
        _rad("S2a", "mätpunkt", "Medarbetare hos parterna som deltar i metodstödet", "metodstod",
             **_minst(60, "antal")),
        _rad("S2b", "indikator", "Andelen chefer hos parterna som tycker att samverkan fungerar till stor del eller "
             "mer", **_minst(70, "%")),
        _rad("S2c", "aktivitet", "Kurserna i Supported Employment ges både på plats och på distans.", "metodstod"),
        _rad("S3", "mål", "Insatserna ska vara jämställda."),
        _rad("S3a", "mätpunkt", "All statistik om deltagare är uppdelad på kön och analyseras i årsredovisningen."),
        _rad("S3b", "aktivitet", "Styrgrupperna går varje kvartal igenom vilka som får plats i insatserna."),
    ),
    "kommunikation": (
        _rad("K1", "mål", "Förbundets insatser ska synas hos medlemmarna."),
        _rad("K1a", "mätpunkt", "Deltagare i samverkansdagarna", "samverkansdagar", **_minst(150, "antal")),
        _rad("K1b", "mätpunkt", "Besök i Insatskatalogen under året", "insatskatalogen", **_minst(5000, "antal")),
        _rad("K1c", "mätpunkt", "Förbundschefens besök hos parterna under året", **_minst(8, "antal")),
        _rad("K1d", "aktivitet", "Insatskatalogen visas på introduktioner för nya handläggare.", "insatskatalogen"),
    ),
    "ekonomi": (
        _rad("E1", "mål", "Det egna kapitalet ska räcka till oväntade kostnader men inte vara större än den "
             "nationella rekommendationen."),
        *(
            _rad(f"E1{bokstav}", "mätpunkt", f"Eget kapital vid slutet av {år} som andel av medlemsbidraget",
                 **_kapitalandel(ÅR + nr))
            for nr, (bokstav, år) in enumerate((("a", "{år}"), ("b", "{år+1}"), ("c", "{år+2}")))
        ),
        _rad("E2", "mål", "Underskottet {år-1} ska vara återställt senast {år+2}."),
        _rad("E2a", "mätpunkt", "Årets resultat", jämförelse="mer än", gräns=Decimal(0), enhet="kr",
             fakta="budget.resultat"),
        _rad("E2b", "mätpunkt", "Eget kapital vid slutet av {år+2}, mot vad det var före underskottet",
             jämförelse="minst", gräns=KAPITAL_FÖRE_UNDERSKOTTET, enhet="kr", fakta=f"budget.eget_kapital/{ÅR + 2}"),
        _rad("E3", "mål", "Pengarna ska komma till nytta i insatserna."),
        _rad("E3a", "mätpunkt", "Insatsernas andel av medlemsbidraget", fakta="budget.insatsandel",
             **_minst(75, "%")),
        _rad("E3b", "mätpunkt", "Administrationens andel av kostnaderna",
             **_högst(25, "%", "budget.administrationsandel")),
        _rad("E0a", "aktivitet", "Styrelsen får en ekonomisk rapport med prognos vid varje möte."),
    ),
}  # fmt: skip


def planmål() -> Iterator[Planmål]:
    """All rows with their område."""
    for område, rader in MÅL.items():
        for rad in rader:
            yield rad.model_copy(update={"område": område})
