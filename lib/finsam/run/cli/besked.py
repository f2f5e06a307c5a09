"""What the terminal tells of the checks: what hinders, what is to be decided, what is good to know, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from finsam.model.rapport import ÅRSREDOVISNING
from finsam.run.cli.terminal import FÄRG, ren, stycke, ut

if TYPE_CHECKING:
    from finsam.checks.finding import Finding, Kontrollnivå
    from finsam.model.rakenskapsar import Publiceradtabell

HÖGST: dict[Kontrollnivå, int] = {"fel": 10, "varning": 3, "upplysning": 1}
"""What is found, and how many findings of one check and level are told before the rest are counted."""
ÖVRIGA: tuple[Kontrollnivå, ...] = ("ej prövad", "ok")
_TECKEN = {"fel": "✗", "varning": "!", "upplysning": "i", "ej prövad": "–", "ok": "✓"}


def visa_findings(findings: Sequence[Finding], nivåer: Iterable[Kontrollnivå], *, utförligt: bool = False) -> bool:
    """The findings in their groups, and how many there are of each level; whether some were put together."""
    from finsam.checks.kontrollera import GRUPPER, antal_av, antal_per_nivå  # loads all the checks

    hopslaget = False
    for nivå in (*nivåer, *(ÖVRIGA if utförligt else ())):
        if not (funna := [f for f in findings if f.nivå == nivå]):
            continue
        ut.print(f"[bold]{GRUPPER[nivå]}: {antal_av(nivå, len(funna))}[/]")
        for kod in dict.fromkeys(f.kod for f in funna):
            kodens = [f for f in funna if f.kod == kod]
            sagda = [f.text for f in kodens] if utförligt else list(_i_korthet(kodens, HÖGST[nivå]))
            hopslaget |= not utförligt and sagda != [f.text for f in kodens]
            följder = {f.text: f.följder for f in kodens if f.följder}
            for text in sagda:
                ut.print(stycke(text, f"{_TECKEN[nivå]} {kod}  ", FÄRG[nivå]))
                for följd in next((alla for orsak, alla in följder.items() if text.startswith(orsak)), ()):
                    ut.print(stycke(följd, "       följer av detta: "))
        ut.print()
    ut.print(f"{', '.join(antal_per_nivå(findings))}.")
    return hopslaget


def _i_korthet(funna: Sequence[Finding], högst: int) -> Iterator[str]:
    """What one check found, with what is alike told together, and no more of it than that."""
    from finsam.checks.finding import likadana
    from finsam.checks.publicerat import check_publicerat, sammanfatta

    if funna[0].kod == check_publicerat.kod and len(funna) > 1:
        yield sammanfatta(funna)
        return
    sagda = [_ihop(början, alla) if len(alla) > 1 else början for början, alla in likadana(funna).items()]
    if återstår := sagda[högst:]:
        sagda[högst - 1] += f" Och {len(återstår)} till."
    yield from sagda[:högst]


def _ihop(början: str, funna: Iterable[Finding]) -> str:
    """Findings that begin alike as one: of each what is its own, up to the end of its first sentence."""
    from finsam.checks.finding import eget

    egna = (eget(f, början).partition(". ")[0].rstrip(".") for f in funna)
    return f"{början}: {'; '.join(egna)}."


def visa_publicerat(findings: Sequence[Finding], tabeller: Sequence[Publiceradtabell]) -> None:
    """What C31 found, table by table as they were published."""
    from finsam.checks.publicerat import check_publicerat, efter_tabell

    funna = [f for f in findings if f.kod == check_publicerat.kod]
    for rubrik, tabellens in efter_tabell(funna, tabeller).items():
        if rubrik:
            ut.print(stycke(rubrik, färg="bold"))
        for f in tabellens:
            ut.print(stycke(f.text.removeprefix(f"{rubrik}, "), f"{_TECKEN[f.nivå]} ", FÄRG[f.nivå]))
        ut.print()


def visa_hinder(findings: Iterable[Finding], dokumentet: str) -> bool:
    """Whether anything hinders, in a line; `dokumentet` says what becomes of the document then."""
    fel = sum(f.nivå == "fel" for f in findings)
    ut.print(f"[bold red]{fel} fel hindrar:[/] {dokumentet}." if fel else "[green]Inget hindrar.[/]")
    return bool(fel)


def kommando(vad: str, förbund: str, år: int, rapport: str, inputs: Path | None, *val: str) -> str:
    """A command to write next, for the same report, which is named where another could be meant."""
    from finsam.read.arsmapp import rapporten

    underförstådd = rapport == ÅRSREDOVISNING.id == rapporten(förbund, år, inputs)
    egna = [förbund, str(år), *([] if underförstådd else [rapport])]
    egna += ["--inputs", str(inputs)] if inputs else []
    return " ".join(f'"{ett}"' if " " in ett else ett for ett in ("finsam", vad, *egna, *val))


def visa_slut(*rader: tuple[str, str | Path]) -> None:
    """The last lines, each a word for what it is and a command or a file, which are not broken."""
    for ledord, vad in rader:
        ut.print(f"{ledord}: {ren(_härifrån(vad) if isinstance(vad, Path) else vad)}")


def _härifrån(fil: Path) -> str:
    """A path as it is shortest to write where the user is."""
    try:
        return str(fil.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):  # it is elsewhere, or where the user is has been taken away
        return str(fil)
