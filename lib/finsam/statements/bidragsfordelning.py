"""What each member gives of medlemsbidraget (Finsam 5 and 5 a §§), by the law's table and the members' agreements."""

from __future__ import annotations

from finsam.model.belopp import NOLL
from finsam.model.fakta import Faktabas, Indata
from finsam.model.ord import SAKNAS, ordagrant, uppräkning, utan_hänvisning, versal
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Radslag, Tabell
from finsam.statements.bidragslag import EFTER, Bidragsdel, Part, fördelning
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla

RAM = "uppgift.medlemsbidrag_ram"
LAG = "lag (2003:1210) 5 §"


def parter(år: Räkenskapsår, fakta: Faktabas) -> tuple[Part, ...]:
    """The parts of the year's medlemsbidrag_ram; none when there is nothing to split."""
    ram = fakta.värde(RAM)
    return () if ram is None else fördelning(år, ram, år.period)


def fyll_bidragsfördelning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make bidrag.<medlem>, bidrag.kommunerna and bidrag.totalt when Uppgifter has medlemsbidrag_ram.

    A kommun that is also regarded as a region has bidrag.<medlem>.som_kommun and .som_region too.
    """
    delade = parter(år, fakta)
    if not delade:
        return
    _fyll_invånare(år, fakta, delade)
    if avtalat := år.förbund.bidragsnyckel.delar:
        källa = Indata("forbund.yml", "bidragsnyckel: delar", avtalat.källa)
        for part in delade:
            id_, definition = f"bidragsdel.{part.del_}", f"{versal(part.namn)} av allt."
            fakta.indata(id_, år.period, part.andel, "andel", definition, källa)
    dubbla = _dubbla(delade)
    nycklar = {part.del_: _fyll_part(part, dubbla, år, fakta) for part in delade}
    for id_, namn in dubbla.items():
        båda = [f"bidrag.{id_}.som_{del_}/{år.period}" for del_ in ("kommun", "region")]
        definition = f"Medlemsbidrag från {namn}, som kommun och region."
        fakta.summa(f"bidrag.{id_}", år.period, _kända(båda, fakta), definition)
    alla: list[str] = []
    for part in delade:
        delens, definition = nycklar[part.del_], f"Medlemsbidragen till {part.namn} tillsammans."
        if part.del_ == "kommun":
            definition = "Kommunernas medlemsbidrag tillsammans."
            delens = [fakta.summa("bidrag.kommunerna", år.period, _kända(delens, fakta), definition)]
        elif part.del_ == "region" and len(part.poster) > 1:
            delens = [fakta.summa("bidrag.regionerna", år.period, _kända(delens, fakta), definition)]
        alla += delens
    termer = [] if any(part.fråga for part in delade) else _kända(alla, fakta)
    fakta.summa("bidrag.totalt", år.period, termer, "Medlemsbidragen tillsammans.")


def _fyll_part(part: Part, dubbla: dict[str, str], år: Räkenskapsår, fakta: Faktabas) -> list[str]:
    """Make bidrag.<medlem>, and bidragsandel.<medlem> where a part is shared. Returns the keys of the amounts."""
    källa = Indata(år.underlag.fil, "Medlemsbidrag", f"fördelning av medlemsbidrag_ram, {LAG}")
    if part.källa:
        källa = Indata("forbund.yml", "bidragsnyckel", part.källa)
    nycklar = []
    for post in part.poster:
        som = f".som_{part.del_}" if post.medlem.id in dubbla else ""
        id_, namn = f"{post.medlem.id}{som}", post.medlem.namn
        if len(part.poster) > 1 or part.del_ == "kommun":
            definition = f"{namn}, andel av {part.namn}{_efter(part, ' ')}."
            fakta.indata(f"bidragsandel.{id_}", år.period, post.andel, "andel", definition, källa)
        definition = f"Medlemsbidrag från {namn}{_efter(part, ', fördelat ')}."
        nycklar.append(fakta.indata(f"bidrag.{id_}", år.period, post.belopp, "kr", definition, källa))
    if part.del_ == "kommun":
        andelar = [nyckel.replace("bidrag", "bidragsandel", 1) for nyckel in nycklar]
        definition = "Kommunernas andelar tillsammans."
        fakta.summa("bidragsandel.kommunerna", år.period, _kända(andelar, fakta), definition)
    return nycklar


def _kända(nycklar: list[str], fakta: Faktabas) -> list[tuple[int, str]]:
    """The facts as terms of a sum; none when any is not known, for a sum of some would pass for them all."""
    return [(1, nyckel) for nyckel in nycklar] if all(fakta[n].värde is not None for n in nycklar) else []


def _fyll_invånare(år: Räkenskapsår, fakta: Faktabas, delade: tuple[Part, ...]) -> None:
    """Make invanare.<medlem>, and for the kommuner together invanare.totalt."""
    namn = {medlem.id: medlem.namn for medlem in år.förbund.medlemmar}
    kommuner = [post.medlem.id for part in delade if part.del_ == "kommun" for post in part.poster]
    termer = []
    for rad in år.underlag.medlemsbidrag:
        if rad.år == år.årtal and rad.invånare is not None and rad.medlem in namn:
            källa, definition = cellkälla(år, rad, rad.källa), f"Invånare i {namn[rad.medlem]}."
            nyckel = fakta.indata(f"invanare.{rad.medlem}", år.period, rad.invånare + NOLL, "antal", definition, källa)
            termer += [(1, nyckel)] if rad.medlem in kommuner else []
    fakta.summa("invanare.totalt", år.period, termer, "Invånare i kommunerna tillsammans.")


def _efter(part: Part, före: str) -> str:
    return f"{före}{EFTER[part.efter]}" if part.efter else ""


def _dubbla(delade: tuple[Part, ...]) -> dict[str, str]:
    """Kommuner that share in two parts: as a kommun, and as a region (5 a § second paragraph)."""
    alla = [post.medlem for part in delade for post in part.poster]
    return {medlem.id: medlem.namn for medlem in alla if alla.count(medlem) > 1}


def bidragsfördelning(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Invånare, andel and bidrag by member, part by part; None when there is nothing to split."""
    if "bidrag.totalt" not in fakta:
        return None
    delade = {part.del_: part for part in parter(år, fakta)}
    dubbla = _dubbla(tuple(delade.values()))
    efter_invånare = any(part.efter == "invånare" for part in delade.values())

    def rad(id_: str, etikett: str, slag: Radslag = "post", invånare: str = "") -> Rad:
        invånartal = [cell(f"invanare.{invånare or id_}")] if efter_invånare else []
        return Rad(id_, etikett, (*invånartal, cell(f"bidragsandel.{id_}", "procent2"), bidrag(id_)), slag)

    def cell(id_: str, format_: str = "") -> Cell:
        return Cell(f"{id_}/{år.period}", format=format_) if f"{id_}/{år.period}" in fakta else Cell()

    def bidrag(id_: str) -> Cell:
        belopp = cell(f"bidrag.{id_}")
        return belopp if belopp.fakta and fakta[belopp.fakta].värde is not None else Cell(text=SAKNAS)

    rader: list[Rad] = []
    plats = {medlem.id: nr for nr, medlem in enumerate(år.förbund.medlemmar)}
    andra = [part for part in delade.values() if part.del_ != "kommun"]
    for part in [*(p for p in delade.values() if p.del_ == "kommun"), *sorted(andra, key=lambda p: _först(p, plats))]:
        for post in part.poster:
            som = f"{post.medlem.id}.som_{part.del_}" if post.medlem.id in dubbla else post.medlem.id
            etikett = f"{post.medlem.namn}, som {part.del_}" if post.medlem.id in dubbla else post.medlem.namn
            rader.append(rad(som, etikett, invånare=post.medlem.id))
        if part.del_ == "kommun":
            rader.append(rad("kommunerna", "Summa kommunerna", "delsumma", "totalt"))
        elif part.del_ == "region" and len(part.poster) > 1:
            rader.append(rad("regionerna", "Summa regionerna", "delsumma"))
    tomma = (Cell(),) * (efter_invånare + 1)
    rader.append(Rad("totalt", "Summa medlemsbidrag", (*tomma, bidrag("totalt")), "summa"))
    return Tabell(
        "bidragsfordelning",
        f"Medlemsbidrag {år.årtal}",
        "kr",
        (
            *([Kolumn("invanare", "Invånare")] if efter_invånare else []),
            Kolumn("andel", "Andel"),
            Kolumn("bidrag", f"Medlemsbidrag {år.årtal}", period=år.period),
        ),
        tuple(rader),
        första="Medlem",
        fotnoter=tuple(Fotnot(ord_) for ord_ in _fotnoter(år, delade)),
        perioder=(år.period,),
    )


def _först(part: Part, plats: dict[str, int]) -> int:
    return min((plats[post.medlem.id] for post in part.poster), default=0)


def _fotnoter(år: Räkenskapsår, delade: dict[Bidragsdel, Part]) -> list[str]:
    """How the parts are shared and where that is agreed, where it is not the law's usual case."""
    meningar = []
    if avtalat := år.förbund.bidragsnyckel.delar:
        delar = [f"{namn} {{bidragsdel.{part.del_} | andel}}" for namn, part in _vem(delade)]
        meningar.append(f"Delarna är avtalade: {uppräkning(delar)} ({ordagrant(avtalat.källa)}).")
    elif "region" not in delade:
        meningar.append("Ingen region deltar, så kommunerna bidrar med hälften (5 a § första stycket).")
    for namn in _dubbla(tuple(delade.values())).values():
        text = "ingår inte i någon region och betraktas därför också som en region (5 a § andra stycket)."
        meningar.append(f"{utan_hänvisning(namn)} {text}")
    for part in delade.values():
        if part.fråga:
            meningar.append(f"{versal(part.namn)} är inte delad: det saknas uppgifter.")
        elif part.källa or part.beslutade:
            källa = f" ({ordagrant(part.källa)})" if part.källa else ""
            meningar.append(f"{versal(part.namn)} delas {EFTER[part.efter]}{källa}.")
    return meningar


def _vem(delade: dict[Bidragsdel, Part]) -> list[tuple[str, Part]]:
    """The parts in the law's order, each called by those who give it."""
    ordning: tuple[tuple[Bidragsdel, str, str], ...] = (
        ("stat", "staten", "staten"),
        ("region", "regionen", "regionerna"),
        ("kommun", "kommunen", "kommunerna"),
    )
    return [((en, flera)[len(delade[del_].poster) > 1], delade[del_]) for del_, en, flera in ordning if del_ in delade]


DEL = Del(fyll_bidragsfördelning, lambda år, fakta: (bidragsfördelning(år, fakta),))
