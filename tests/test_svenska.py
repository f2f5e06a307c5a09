"""All that a user meets in the terminal is Swedish, click's own words too: they are taken from click's own source."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import click
import pytest
from click.testing import CliRunner

from conftest import kör
from finsam.model.ord import antal
from finsam.model.problem import orsak
from finsam.run.cli.kommandon import Kommandon, main
from finsam.run.cli.svenska import ANTALSORD, ORD, TYPER

CLICK = Path(click.__file__).parent


def clicks_texter() -> Iterator[tuple[str, str | None]]:
    """Every string that click gives to gettext, with its plural when it has one."""
    for fil in CLICK.glob("*.py"):
        for nod in ast.walk(ast.parse(fil.read_text("utf-8"))):
            namn = getattr(getattr(nod, "func", None), "id", "")
            if isinstance(nod, ast.Call) and namn in ("_", "ngettext") and isinstance(nod.args[0], ast.Constant):
                en, flera = str(nod.args[0].value), nod.args[1] if namn == "ngettext" else None
                yield en, str(flera.value) if isinstance(flera, ast.Constant) else None


TEXTER = dict(clicks_texter())


def orden(text: str) -> set[str]:
    """The words of a text in small letters, without what is filled in."""
    return set(re.findall(r"[a-zåäö']{3,}", re.sub(r"\{[^}]*\}|%\([^)]*\)s", " ", text).casefold()))


SVENSKA = orden(" ".join([*ORD.values(), *(t for par in ANTALSORD.values() for t in par), *TYPER.values()]))
ENGELSKA = orden(
    " ".join([*TEXTER, *filter(None, TEXTER.values()), "options command args integer float range boolean"])
)
ENGELSKA = ENGELSKA - SVENSKA - {"var", "den", "att"}  # what is written so in Swedish too


def engelska_i(text: str) -> set[str]:
    """The words of click's own that a text has, but for the names of options."""
    return orden(re.sub(r"--[a-z]+", " ", text)) & ENGELSKA


def test_every_sentence_of_click_is_translated() -> None:
    assert len(TEXTER) > 60
    assert {en for en, flera in TEXTER.items() if flera is None} <= ORD.keys()
    assert {en for en, flera in TEXTER.items() if flera is not None} <= ANTALSORD.keys()
    assert {"error", "usage", "missing", "such", "aborted"} <= ENGELSKA


@pytest.mark.parametrize("en", [*ORD, *ANTALSORD])
def test_a_translation_fills_in_what_click_gives_it(en: str) -> None:
    def fält(text: str) -> set[str]:
        return {namn for _, namn, _, _ in Formatter().parse(text) if namn}

    möjliga = fält(en) | fält(TEXTER.get(en) or "")
    for text in (ORD[en],) if en in ORD else ANTALSORD[en]:
        assert fält(text) <= möjliga
        assert not engelska_i(text)


def kommandona(kommando: click.Command, väg: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield väg
    if isinstance(kommando, click.Group):
        for namn, del_ in kommando.commands.items():
            yield from kommandona(del_, (*väg, namn))


@pytest.mark.parametrize("väg", list(kommandona(main)), ids=" ".join)
def test_every_help_is_swedish(väg: tuple[str, ...]) -> None:
    svar = kör(*väg, "--help")
    assert svar.exit_code == 0
    assert svar.output.startswith("Användning:")
    assert not engelska_i(svar.output)


@pytest.mark.parametrize(
    ("ord_", "väntat"),
    [
        (("kontrolera",), "Kommandot 'kontrolera' finns inte. Menar du 'kontrollera'?"),
        (("skapa", "--allla"), "Valet '--allla' finns inte. Menar du '--alla'?"),
        (("kontrollera",), "Argument saknas: 'FÖRBUND'."),
        (("kontrollera", "x", "i år"), "Fel värde för 'ÅR': 'i år' är inte ett heltal."),
        (("kontrollera", "x", "2024", "y", "z"), "Ett argument för mycket (z)"),
        (("kontrollera", "x", "2024", "y", "z", "å"), "Argument för mycket (z å)"),
        (("kontrollera", "x", "2024", "--inputs"), "Valet '--inputs' saknar värde."),
        (("kontrollera", "x", "2024", "--json=ja"), "Valet '--json' har inget värde."),
        (("las", "x", "--ar", "24"), "24 är utanför det som går: 1900–2999."),
        (("stickprov", "x", "2024", "--fro", "1", "--antal", "-1"), "-1 är utanför det som går: från 0."),
        (("las", "x", "--godta", "allt"), "'allt' är inte något av 'kontrollsumma', 'obalans'."),
        (("nytt", "x", "2024", "--bokforing", "finns.se"), "Filen 'finns.se' finns inte."),
        (("nytt", "x", "2024", "--bokforing", "."), "Filen '.' är en mapp."),
        (("plombera", "x", "2024", "--datum", "igår"), "'igår' är inte ett datum som 2025-02-21."),
    ],
)
def test_what_is_typed_wrong_is_told_in_swedish(ord_: tuple[str, ...], väntat: str) -> None:
    svar = kör(*ord_)
    assert svar.exit_code in (0, 2)
    assert väntat in svar.output
    assert not engelska_i(svar.output)


PARAMETER = click.Option(["--val"])
UNDANTAG: dict[type[BaseException], BaseException] = {
    click.ClickException: click.ClickException("nej"),
    click.UsageError: click.UsageError("nej"),
    click.BadParameter: click.BadParameter("nej", param=PARAMETER),
    click.MissingParameter: click.MissingParameter(param=PARAMETER, param_type="option"),
    click.NoSuchOption: click.NoSuchOption("--vall", possibilities=["--val", "--vald"]),
    click.exceptions.NoSuchCommand: click.exceptions.NoSuchCommand("las", possibilities=["läs", "lås"]),
    click.BadOptionUsage: click.BadOptionUsage("--val", "nej"),
    click.BadArgumentUsage: click.BadArgumentUsage("nej"),
    click.FileError: click.FileError("fil"),
    click.Abort: click.Abort(),
}


def test_every_exception_of_click_is_told_in_swedish() -> None:
    egna = {
        ett
        for ett in vars(click.exceptions).values()
        if isinstance(ett, type) and issubclass(ett, click.ClickException | click.Abort)
    }
    assert egna - {click.exceptions.NoArgsIsHelpError} == UNDANTAG.keys()
    for fel in UNDANTAG.values():

        @click.command(cls=type("Prov", (click.Command,), {}))
        def prov(fel: BaseException = fel) -> None:
            raise fel

        grupp = Kommandon(commands={"prov": prov}, options_metavar="[VAL]", subcommand_metavar="KOMMANDO")
        prov.options_metavar = "[VAL]"
        svar = CliRunner().invoke(grupp, ["prov"])
        assert svar.exit_code, fel
        assert svar.output
        assert not engelska_i(svar.output), svar.output


def test_questions_are_swedish_and_can_be_broken_off() -> None:
    @click.command()
    def fråga() -> None:
        click.prompt("Slag", type=click.Choice(["ja", "nej"]), default="nej")

    svar = CliRunner().invoke(fråga, input="kanske\n")
    assert "Fel: 'kanske' är inte något av 'ja', 'nej'." in svar.output
    assert "Avbrutet." in svar.output
    assert not engelska_i(svar.output)


def test_why_the_system_could_not_is_swedish(tmp_path: Path) -> None:
    for nummer in (errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.EIO):
        assert os.strerror(nummer) not in orsak(OSError(nummer, os.strerror(nummer)))
    tom = tmp_path / "tom.se"
    tom.mkdir()
    assert "Filen finns inte" in kör("las", tom).output


def test_one_is_one() -> None:
    assert [antal(nr, "varning", "varningar") for nr in (0, 1, 2)] == ["0 varningar", "1 varning", "2 varningar"]
    svar = kör("las", Path(__file__).parent / "saldolista" / "fall" / "text_och_sidfot.csv")
    assert not re.search(r"\b1 (?:\w+(?:or|ar|er|orna|konton|saldon|tomma))\b", svar.output)
