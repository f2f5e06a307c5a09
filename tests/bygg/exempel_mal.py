"""The made-up förbund's goals: what was to be reached, what was done, and the styrelse's grade."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from finsam.model.underlag import Målrad

from .exempel_deltagare import DELTAGARE, FRÅGOR, antal_svar

MÅLOMRÅDEN = (
    (
        "individ",
        "Individ",
        "Den som behöver stöd från flera parter ska få det samlat.\n"
        "Insatserna ska leda till arbete eller studier, eller närmare dit.",
    ),
    (
        "samverkan",
        "Samverkan",
        "Parterna ska arbeta efter samma metoder och känna varandras uppdrag.\n"
        "Den som söker medel ska möta en tydlig och snabb process.",
    ),
    ("kommunikation", "Kommunikation", "Medlemmarna och deras medarbetare ska känna till vad förbundet kan erbjuda."),
    ("ekonomi", "Ekonomi", "Förbundet ska ha god ekonomisk hushållning: pengarna ska komma till nytta i insatserna."),
)

DELVIS_UPPFYLLT = {
    2024: {"sam_metodstod", "kompassen_redo"},
    2025: {"kom_dagar", "vagen_vidare_planering", "spraksteget_totalt"},
}
"""Goals that the styrelse graded so; the other goals with a limit were reached."""


class Mått(NamedTuple):
    """How a goal is measured: limit and unit, and the outcome as a fact or, by year, as a number."""

    jämförelse: str
    gräns: int
    enhet: str
    fakta: str = ""
    utfall: dict[int, str] | None = None
    övre: int | None = None


class Mål(NamedTuple):
    """A goal as the verksamhetsplan has it. The styrelse's grade is given where it is not plain."""

    id: str
    mål: str
    aktivitet: dict[int, str] | str
    mått: Mått | None = None
    bedömning: dict[int, str] | None = None


DELMÅL: dict[str, tuple[Mål, ...]] = {
    "individ": (
        Mål(
            "ind_enkat",
            "De som avslutar en individinriktad insats ska få säga vad de tycker.",
            "Enkäten lämnas vid det sista samtalet. Svaren är anonyma och räknas ihop av kansliet.",
            Mått("minst", 70, "%"),
        ),
        Mål(
            "ind_kommuner",
            "Det ska finnas deltagare från alla medlemskommuner.",
            "Styrgrupperna går igenom fördelningen varje kvartal.",
            Mått("minst", 5, "antal", utfall={2024: "5", 2025: "5"}),
        ),
        Mål(
            "ind_uppfoljning",
            "Deltagarna ska följas upp ett år efter avslutad insats.",
            {
                2024: "Alla som avslutades året innan och sagt ja har ringts upp.",
                2025: "Uppföljningen har flyttats till våren {år+1} och är därför inte gjord.",
            },
            None,
            {2024: "uppfyllt", 2025: "kan inte bedömas"},
        ),
    ),
    "samverkan": (
        Mål(
            "sam_ansokan",
            "Ansökningar om medel ska behandlas skyndsamt.",
            "Tiden räknas från det att ansökan kom in till det att styrelsen beslutat, i genomsnitt för året.",
            Mått("högst", 60, "dagar", utfall={2024: "41", 2025: "37"}),
        ),
        Mål(
            "sam_avslag",
            "Avslag på ansökningar ska motiveras skriftligt.",
            {
                2024: "Styrelsen avslog ingen ansökan under {år}.",
                2025: "Den ansökan som avslogs fick ett skriftligt svar.",
            },
            None,
            {2024: "kan inte bedömas", 2025: "uppfyllt"},
        ),
        Mål(
            "sam_metodstod",
            "Medarbetare hos parterna ska delta i metodstödet.",
            {
                2024: "Två av kurserna fick för få anmälda från de mindre kommunerna.",
                2025: "En av kurserna gavs på distans, vilket gjorde det lättare att delta från alla kommuner.",
            },
            Mått("minst", 60, "antal", "deltagare.metodstod.totalt"),
        ),
        Mål(
            "sam_jamstalldhet",
            "Insatserna ska följas upp uppdelat på kön och analyseras.",
            "Statistiken redovisas för styrelsen i augusti och i årsredovisningen, se berättelsen för varje insats.",
        ),
    ),
    "kommunikation": (
        Mål(
            "kom_dagar",
            "Medarbetare och chefer ska delta i samverkansdagarna.",
            {
                2024: "Vårens dag handlade om psykisk ohälsa, höstens om unga utan arbete.",
                2025: "Höstens dag sammanföll med en utbildning hos en av parterna och fick färre deltagare.",
            },
            Mått("minst", 150, "antal", "deltagare.samverkansdagar.totalt"),
        ),
        Mål(
            "kom_besok",
            "Förbundschefen ska besöka alla parter under året.",
            "Besöken görs på arbetsplatsträffar och i ledningsgrupper.",
            Mått("minst", 8, "antal", utfall={2024: "8", 2025: "8"}),
        ),
        Mål(
            "kom_katalog",
            "Insatskatalogen ska användas.",
            "Mäts som antalet besök på webbplatsen under året.",
            Mått("minst", 4000, "antal", utfall={2024: "4612", 2025: "5180"}),
        ),
    ),
    "ekonomi": (
        Mål(
            "eko_kapital",
            "Det egna kapitalet ska vara tillräckligt men inte större än den nationella rekommendationen.",
            "Mäts som eget kapital vid årets slut i förhållande till medlemsbidraget.",
            Mått("mellan", 5, "%", "kapitalandel", övre=20),
        ),
        Mål(
            "eko_administration",
            "Administrationen ska vara en liten del av kostnaderna.",
            "Mäts som administrationens andel av de samlade kostnaderna.",
            Mått("högst", 25, "%", "kostnadsandel.administration"),
        ),
    ),
}

GRÄNSER = {
    "kompassen": {"nytta": 85, "redo": 65, "planering": 80, "vidare": 45, "totalt": 130, "nya": 70},
    "vagen_vidare": {"nytta": 85, "planering": 80, "vidare": 40, "totalt": 50},
    "spraksteget": {"nytta": 85, "vidare": 50, "totalt": 40},
}
GRÄNSER_FÖRSTA_ÅRET = {"spraksteget": {"vidare": 50, "totalt": 12}}
EFFEKTMÅL = {
    "nytta": "Deltagarna ska ha nytta av stödet.",
    "redo": "Deltagarna ska känna sig mer redo att arbeta eller studera.",
    "planering": "Deltagarna ska veta vad som händer efter insatsen.",
    "vidare": "De som avslutas ska gå vidare till arbete, studier eller aktivt arbetssökande.",
}
INSATSMÅL = {"totalt": "Deltagare under året.", "nya": "Nya deltagare under året."}


def mål(år: int) -> Iterator[Målrad]:
    """All goals of a year."""
    for område, egna in DELMÅL.items():
        for ett in egna:
            mått = ett.mått
            if ett.id == "ind_enkat":
                mått = Mått("minst", 70, "%", utfall={år: svarsandel(år)})
            yield målrad(ett, mått, år, område=område, slag="delmål")
    for insats in GRÄNSER:
        yield from insatsens_mål(insats, år)


def insatsens_mål(insats: str, år: int) -> Iterator[Målrad]:
    """Effektmål, then insatsmål."""
    gränser = GRÄNSER[insats]
    if not sum(DELTAGARE[insats][år]["pagaende_in"]):
        gränser = GRÄNSER_FÖRSTA_ÅRET[insats]
    for id_, gräns in gränser.items():
        nyckel = f"{insats}_{id_}"
        if id_ in INSATSMÅL:
            mått = Mått("minst", gräns, "antal", f"deltagare.{insats}.{id_}")
            yield målrad(Mål(nyckel, INSATSMÅL[id_], ""), mått, år, insats=insats, slag="insatsmål")
        elif id_ in FRÅGOR:
            mått = Mått("minst", gräns, "%", f"enkat.{insats}.{id_}")
            yield målrad(Mål(nyckel, EFFEKTMÅL[id_], ""), mått, år, insats=insats, slag="effektmål")
        elif not sum(DELTAGARE[insats][år]["avslutade"]):
            ett = Mål(nyckel, EFFEKTMÅL[id_], "Ingen har ännu avslutat insatsen.", None, {år: "kan inte bedömas"})
            yield målrad(ett, None, år, insats=insats, slag="effektmål")
        else:
            vidare, avslutade = (sum(DELTAGARE[insats][år][mått]) for mått in ("vidare", "avslutade"))
            utfall = f"{Decimal(100 * vidare) / avslutade:.1f}"
            mått = Mått("minst", gräns, "%", utfall={år: utfall})
            yield målrad(Mål(nyckel, EFFEKTMÅL[id_], ""), mått, år, insats=insats, slag="effektmål")


def svarsandel(år: int) -> str:
    """The share of those who ended that answered, in per cent."""
    svar = sum(antal_svar(insats, år) for insats in GRÄNSER)
    avslutade = sum(sum(DELTAGARE[insats][år]["avslutade"]) for insats in GRÄNSER)
    return f"{Decimal(100 * svar) / avslutade:.1f}"


def målrad(ett: Mål, mått: Mått | None, år: int, **plats: str) -> Målrad:
    """A goal as a row, with the styrelse's grade."""
    aktivitet = ett.aktivitet if isinstance(ett.aktivitet, str) else ett.aktivitet[år]
    bedömning = ett.bedömning or {år: "delvis uppfyllt" if ett.id in DELVIS_UPPFYLLT[år] else "uppfyllt"}
    rad: dict[str, object] = {"id": ett.id, "mål": ett.mål, "aktivitet": aktivitet, "bedömning": bedömning[år], **plats}
    if mått is None:
        return Målrad.model_validate(rad)
    utfall = mått.utfall and Decimal(mått.utfall[år])
    rad |= {"jämförelse": mått.jämförelse, "gräns": Decimal(mått.gräns), "övre": mått.övre, "enhet": mått.enhet}
    return Målrad.model_validate({**rad, "fakta": mått.fakta, "utfall": utfall})
