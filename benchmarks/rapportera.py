"""The answers as tables: the three figures, by kind of field and by operator, and all that was silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from textwrap import fill

from utfall import Svar, wilson

UTFALL = ("namngivet", "onämnt", "en källa", "likvärdigt", "tyst")
EXEMPEL = 2


def sammanfatta(svaren: Sequence[Svar], frö: int) -> tuple[float, str]:
    """The share caught of those that have a second source, and all there is to read."""
    antal = Counter(svar.utfall for svar in svaren)
    fångade = antal["namngivet"] + antal["onämnt"]
    källor, riktiga = fångade + antal["tyst"], len(svaren) - antal["likvärdigt"]
    rader = [
        f"{len(svaren)} fel, frö {frö}. {antal['likvärdigt']} ändrade inget fakta och inget tryckt ord och räknas ej.",
        f"Fångade av dem som har en andra källa: {_andel(fångade, källor)}",
        f"  därav namngivna: {_andel(antal['namngivet'], fångade)}",
        f"Med en enda källa, av alla: {_andel(antal['en källa'], riktiga)}",
        f"Tysta, av alla: {_andel(antal['tyst'], riktiga)}",
        "Varje fält × operator väger lika, hur många ställen det än har; inom det är ställena dragna med lika chans.",
        *_tabell("Slag av fält", svaren, _slag),
        *_tabell("Operator", svaren, lambda svar: svar.operator),
        "",
        "Tysta, de vanligaste först:",
        *_tysta(svaren),
    ]
    return fångade / källor if källor else 1.0, "\n".join(rader)


def readme(svaren: Sequence[Svar], frö: int) -> str:
    """The paragraph of README.md, with the three figures of this run."""
    antal = Counter(svar.utfall for svar in svaren)
    fångade, riktiga = antal["namngivet"] + antal["onämnt"], len(svaren) - antal["likvärdigt"]
    rapporter, slag = len({svar.mål for svar in svaren}), len({(svar.fält, svar.operator) for svar in svaren})
    stycke = (
        f"Vad som ändå går igenom tyst är mätt med fel som görs av det som finns, i varje fält i varje fil, inte med "
        f"fel som någon har valt: {riktiga} fel av {slag} slag i {rapporter} rapporter (frö {frö}, osett medan "
        f"kontrollerna rättades). Av dem som något annat i underlaget kan avslöja fångas "
        f"{_andel(fångade, fångade + antal['tyst'])}. Ingen andra källa har {_andel(antal['en källa'], riktiga)}, och "
        f"tysta är {_andel(antal['tyst'], riktiga)}. Rapporterna utan fel får inget fel. "
        f"([Så görs det](benchmarks/README.md): `.venv/bin/python benchmarks/felinjektion.py --fro {frö}`.)"
    )
    return fill(stycke, 130, break_long_words=False, break_on_hyphens=False)


def _andel(antal: int, av: int) -> str:
    lägst, högst = (f"{100 * ett:.1f}".replace(".", ",") for ett in wilson(antal, av))
    procent = f"{100 * antal / av:.1f}".replace(".", ",") if av else "–"
    return f"{antal} av {av}, {procent} % (95 %: {lägst}–{högst})"


def _slag(svar: Svar) -> str:
    """The sheet, the file of settings, the record, or the kind of thing in words."""
    början = svar.fält.partition(" (")[0]
    if början.startswith("ord i "):
        return f"ord i rader: {början.rpartition(': ')[2]}"
    if början.startswith(("text:", "bokföring:")):
        return början.partition(".")[0]
    delar = början.split(".")
    return ".".join(delar[:3]) if delar[1:2] in (["yml"], ["csv"]) else delar[0]


def _tabell(rubrik: str, svaren: Iterable[Svar], efter: Callable[[Svar], str]) -> list[str]:
    grupper: dict[str, Counter[str]] = defaultdict(Counter)
    for svar in svaren:
        grupper[efter(svar)][svar.utfall] += 1
    rader = ["", f"{rubrik:<52}{''.join(f'{ett:>12}' for ett in UTFALL)}"]
    for namn in sorted(grupper, key=lambda namn: (-grupper[namn]["tyst"], namn)):
        rader.append(f"{namn[:51]:<52}{''.join(f'{grupper[namn][ett] or chr(8211):>12}' for ett in UTFALL)}")
    return rader


def _tysta(svaren: Iterable[Svar]) -> list[str]:
    """Each kind with how many of how many, and what was done."""
    grupper: dict[tuple[str, str], list[Svar]] = defaultdict(list)
    for svar in svaren:
        grupper[svar.fält, svar.operator].append(svar)
    rader = []
    for (fält, operator), alla in sorted(grupper.items()):
        tysta = [svar for svar in alla if svar.utfall == "tyst"]
        if tysta:
            exempel = "".join(f"\n      {s.vad} [{s.av or s.ord}]" for s in tysta[:EXEMPEL])
            rader.append((-len(tysta), f"  {len(tysta)}/{len(alla)} {fält}, {operator}{exempel}"))
    return [rad for _, rad in sorted(rader)]
