"""`finsam nytt`: the inputs of a new förbund, or of a new year of one there is."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.model.ord import antal, uppräkning
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import ÅRSREDOVISNING, Rapportslag, rapportslag
from finsam.run.cli import besked
from finsam.run.cli.terminal import fånga_problem, inputs_val, json_val, stycke, synlig, ut, visa_json

if TYPE_CHECKING:
    from finsam.begin.forslagsrader import Slag
    from finsam.begin.fragor import Givet
    from finsam.begin.nytt import Nytt

FIL = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="nytt")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=click.IntRange(2000, 2099))
@click.argument("rapport", metavar="[RAPPORT]", default="")
@click.option(
    "--bokforing", "bokföring", metavar="FIL", type=FIL, help="Exporten ur ekonomisystemet: SIE eller saldolista."
)
@click.option(
    "--foregaende", "föregående", metavar="FIL", type=FIL, help="Förra årets export, om den första bara har ett år."
)
@click.option("--fran", "från", metavar="ÅR", type=int, help="Nytt år: året att utgå från, annars det senaste.")
@click.option("--namn", default="", help="Nytt förbund: hela namnet.")
@click.option("--kortnamn", default="", help="Nytt förbund: kort namn i rubriker och sidfot.")
@click.option("--orgnr", default="", help="Nytt förbund: organisationsnummer.")
@click.option(
    "--kontoplan",
    metavar="[kommun-bas|bas]",
    default="",
    type=click.Choice(["", "kommun-bas", "bas"]),
    help="Nytt förbund.",
)
@click.option("--region", multiple=True, help="Nytt förbund: en regions namn; får anges flera gånger.")
@click.option("--kommun", multiple=True, help="Nytt förbund: en kommuns namn; får anges flera gånger.")
@click.option("--individ", multiple=True, metavar="OBJEKT", help="En individinriktad insats, t.ex. 6:TEAM.")
@click.option("--struktur", multiple=True, metavar="OBJEKT", help="En strukturövergripande insats.")
@click.option("--fraga/--fraga-inte", "frågar", default=None, help="Fråga efter det som saknas.")
@inputs_val
@json_val
def kommando(
    förbund: str,
    år: int,
    rapport: str,
    bokföring: Path | None,
    föregående: Path | None,
    från: int | None,
    frågar: bool | None,
    inputs: Path | None,
    som_json: bool,
    **givet: str | tuple[str, ...],
) -> None:
    """Lägg upp ett nytt förbund eller ett nytt år. Det som finns skrivs aldrig över.

    För ett nytt förbund föreslås kontoplan och noter ur bokföringens egna konton. För ett nytt år följer inställningar,
    mål, insatser och texter med från det senaste.
    """
    with fånga_problem(som_json):
        from finsam.begin.fragor import Givet

        rot, slag = _inputs(inputs), rapportslag(rapport) if rapport else None
        svar = Givet(**givet)  # type: ignore[arg-type]
        if (rot / förbund / "forbund.yml").is_file():
            from finsam.begin.ar.rulla import nytt_år

            _check_val(förbund, svar)
            resultat: Nytt = nytt_år(förbund, år, rot, från, bokföring, föregående, slag, _insatsslag(svar))
        elif från is not None:
            text = f"Valet --fran gäller ett förbund som finns, men {förbund} finns inte i {rot}."
            raise UnreadableInput([Problem("fel", text)])
        else:
            från_tangentbord = sys.stdin.isatty() and not som_json
            frågar, slag = från_tangentbord if frågar is None else frågar, slag or ÅRSREDOVISNING
            resultat = _nytt_förbund(förbund, år, slag, rot, bokföring, föregående, svar, frågar=frågar)
    _visa(resultat, förbund, år, inputs, som_json=som_json)


def _check_val(förbund: str, givet: Givet) -> None:
    """Raise UnreadableInput for answers on a new förbund when there is one: what they tell is in its forbund.yml."""
    givna = [
        fält.name for fält in fields(givet) if fält.name not in ("individ", "struktur") and getattr(givet, fält.name)
    ]
    if givna:
        text = (
            f"Förbundet {förbund} finns: ta bort mappen {förbund} om det ska läggas upp på nytt, eller rätta dess "
            f"forbund.yml. Utan {uppräkning([f'--{ett}' for ett in givna])} läggs ett år eller en rapport till."
        )
        raise UnreadableInput([Problem("fel", text, f"{förbund}/forbund.yml")])


def _insatsslag(givet: Givet) -> dict[str, Slag]:
    """What kind of insats an objekt is, as answered."""
    return {**dict.fromkeys(givet.individ, "individ"), **dict.fromkeys(givet.struktur, "struktur")}


def _inputs(inputs: Path | None) -> Path:
    """The inputs folder; where there is none a new one here."""
    from finsam.read.arsmapp import hitta_inputs

    try:
        return hitta_inputs(inputs)
    except UnreadableInput:
        return Path("inputs")


def _nytt_förbund(
    slug: str,
    år: int,
    slag: Rapportslag,
    inputs: Path,
    bokföring: Path | None,
    föregående: Path | None,
    givet: Givet,
    *,
    frågar: bool,
) -> Nytt:
    from finsam.begin.forbund import Export, lägg_upp, read_export
    from finsam.begin.fragor import check_slug, read_svar

    check_slug(slug)
    läst, problem = read_export(bokföring, inputs / slug / str(år), år, föregående)
    svar = read_svar(slug, givet, läst, frågar=frågar)
    return lägg_upp(svar, Export(bokföring, föregående, läst, problem), år, slag, inputs)


def _visa(resultat: Nytt, förbund: str, år: int, inputs: Path | None, *, som_json: bool) -> None:
    """What was made, what is to be thought of, and what to do next."""
    if som_json:
        visa_json({"mapp": str(resultat.mapp), "filer": resultat.filer, "anteckningar": resultat.anteckningar})
        return
    click.echo(f"Skapade {antal(len(resultat.filer), 'fil', 'filer')} i {synlig(str(resultat.mapp.parent))}:")
    texter = [fil for fil in resultat.filer if fil.endswith(".md")]
    for fil in resultat.filer:
        if fil not in texter:
            click.echo(f"  {synlig(fil)}")
    if texter:
        click.echo(f"  {antal(len(texter), 'text', 'texter')} i {synlig(str(Path(texter[0]).parent))}")
    for anteckning in resultat.anteckningar:
        ut.print(stycke(anteckning, "- "))
    ut.print()
    underlag = next((Path(fil).name for fil in resultat.filer if Path(fil).name.endswith("underlag.xlsx")), "")
    besked.visa_slut(
        ("Öppna", resultat.mapp / underlag),
        ("Nästa steg", besked.kommando("kontrollera", förbund, år, resultat.slag.id, inputs)),
    )
