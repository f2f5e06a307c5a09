"""Click's own words in Swedish: every sentence that it can say, and what it calls the values of options.

Click asks gettext for each, which would follow the language of the machine; what a förbund meets is Swedish everywhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click
from click import types

ORD = {
    "Aborted!": "Avbrutet.",
    "deprecated": "utgår",
    "Missing command.": "Kommando saknas.",
    "required": "måste anges",
    "Options": "Val",
    "Positional arguments": "Argument",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "Kommandot {name!r} utgår.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "{param_type} {name!r} utgår.{extra_message}"
    ),
    "Commands": "Kommandon",
    "Value must be an iterable.": "Värdet ska vara flera.",
    "Could not determine name for option with declarations {decls!r}": "Valet {decls!r} saknar namn",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?": "Valet {name} saknas. Menas argumentet {name}, eller --{name}?",
    "env var: {var}": "miljövariabel: {var}",
    "default: {default}": "annars: {default}",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.": (
        "Ett argument har ett namn, inte {length}: {decls}."
    ),
    "(dynamic)": "(räknas ut)",
    "Name '{name}' defined twice": "Namnet {name} finns två gånger",
    "Boolean option {decl!r} cannot use the same flag for true/false.": "Valet {decl!r} kan inte vara både ja och nej.",
    "Do you want to continue?": "Fortsätta?",
    "Confirm the action without prompting.": "Gör det utan att fråga.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "Show the version and exit.": "Visa versionen.",
    "Show this message and exit.": "Visa den här hjälpen.",
    "Missing argument": "Argument saknas:",
    "Missing option": "Val saknas:",
    "Missing parameter": "Värde saknas",
    "Missing {param_type}": "{param_type} saknas",
    "Missing parameter: {param_name}": "Värde saknas: {param_name}",
    "unknown error": "okänt fel",
    "Invalid value for {param_hint}: {message}": "Fel värde för {param_hint}: {message}",
    "Invalid value: {message}": "Fel värde: {message}",
    "Could not open file {filename!r}: {message}": "Filen {filename!r} kan inte öppnas: {message}",
    "Error: {message}": "Fel: {message}",
    "Try '{command} {option}' for help.": "Hjälp: {command} {option}",
    "No such option {name!r}.": "Valet {name!r} finns inte.",
    "No such command {name!r}.": "Kommandot {name!r} finns inte.",
    "Usage:": "Användning:",
    "Invalid start character for option ({option})": "Ett val kan inte börja så ({option})",
    "Option {name!r} does not take a value.": "Valet {name!r} har inget värde.",
    "Argument {name!r} takes {nargs} values.": "Argumentet {name!r} har {nargs} värden.",
    "Couldn't detect Bash version, shell completion is not supported.": (
        "Bash har okänd version; ifyllning av kommandon går inte."
    ),
    "Shell completion is not supported for Bash versions older than 4.4.": (
        "Ifyllning av kommandon kräver Bash 4.4 eller senare."
    ),
    "Press any key to continue...": "Tryck på en tangent …",
    "Repeat for confirmation": "En gång till",
    "Error: The two entered values do not match.": "De två svaren är inte lika.",
    "Unknown color {colour!r}": "Färgen {colour!r} är okänd",
    "Error: invalid input": "Svaret går inte att använda.",
    "file": "filen",
    "directory": "mappen",
    "path": "sökvägen",
    "Choose from:\n\t{choices}": "Välj bland:\n\t{choices}",
    "Choice({choices})": "val({choices})",
    "{value} is not in the range {range}.": "{value} är utanför det som går: {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} är inte ja eller nej. Skriv {states}.",
    "{value!r} is not a valid {number_type}.": "{value!r} är inte ett {number_type}.",
    "{value!r} is not a valid UUID.": "{value!r} är inte ett UUID.",
    "{name} {filename!r} is a file.": "{name} {filename!r} är en fil.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} är en mapp.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} går inte att läsa.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} går inte att skriva i.",
    "{name} {filename!r} is not executable.": "{name} {filename!r} går inte att köra.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} finns inte.",
    "Unknown standard stream '{name}'": "Strömmen {name} är okänd",
    "d": "d",
    "{editor}: Editing failed": "{editor}: det gick inte att skriva",
    "{editor}: Editing failed: {e}": "{editor}: det gick inte att skriva: {e}",
    "Windows error: {error}": "Fel i Windows: {error}",
}
"""What click says, by its own words."""

ANTALSORD = {
    "Got unexpected extra argument ({args})": ("Ett argument för mycket ({args})", "Argument för mycket ({args})"),
    "Takes {nargs} values but 1 was given.": ("Har {nargs} värden men fick 1.", "Har {nargs} värden men fick {len}."),
    "Did you mean {possibility}?": ("Menar du {possibility}?", "Menar du något av {possibilities}?"),
    "Option {name!r} requires an argument.": ("Valet {name!r} saknar värde.", "Valet {name!r} har {nargs} värden."),
    "{value!r} is not {choice}.": ("{value!r} är inte {choice}.", "{value!r} är inte något av {choices}."),
    "{value!r} does not match the format {format}.": (
        "{value!r} är inte ett datum som 2025-02-21.",
        "{value!r} är inte ett datum som 2025-02-21.",
    ),
    "{len_type} values are required, but {len_value} was given.": (
        "{len_type} värden ska anges, inte {len_value}.",
        "{len_type} värden ska anges, inte {len_value}.",
    ),
}
"""The same where it depends on a number: for one, and for more."""

TYPER: dict[type[click.ParamType[Any]], str] = {
    types.IntParamType: "heltal",
    types.IntRange: "heltal",
    types.FloatParamType: "tal",
    types.FloatRange: "tal",
    types.BoolParamType: "ja eller nej",
    types.DateTime: "datum",
    types.StringParamType: "text",
    types.UnprocessedParamType: "text",
    types.File: "fil",
}
"""What each kind of value is called."""


def ord_på_svenska(text: str) -> str:
    """A sentence of click's in Swedish; one that is not known, as it is."""
    return ORD.get(text, text)


def antal_på_svenska(en: str, flera: str, antal: int) -> str:
    """The same for one that depends on a number."""
    return ANTALSORD.get(en, (en, flera))[antal != 1]


def tala_svenska() -> None:
    """Let all of click's modules say what they say in Swedish, also in help and at questions."""
    for modul in pkgutil.iter_modules(click.__path__):
        if modul.name in ("_winconsole",):  # only Windows has what it is made of
            continue
        vars(importlib.import_module(f"click.{modul.name}")).update(_=ord_på_svenska, ngettext=antal_på_svenska)
    for typ, namn in TYPER.items():
        typ.name = namn
    for ett in (types.IntRange, types.FloatRange):
        ett._describe_range = _omfånget  # type: ignore[assignment]


def _omfånget(tal: types.IntRange | types.FloatRange) -> str:
    """From where and to where, as one says it and not as a formula."""
    if tal.min is not None and tal.max is not None:
        return f"{tal.min}–{tal.max}"
    return f"från {tal.min}" if tal.min is not None else f"till {tal.max}"
