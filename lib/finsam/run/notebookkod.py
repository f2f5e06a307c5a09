"""Whether a notebook from outside holds only what a section of a report needs, so that it can be run.

A package comes from somebody else, and a notebook is a program. The sections are a table of contents: parameters,
one line that opens the year, and one block a cell. Nothing else is run without the reader saying so.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

NAMN = ("förbund", "år")


def främmande_kod(fil: Path) -> Iterator[str]:
    """Each cell with something else than a section needs, by its number and first line."""
    try:
        celler = json.loads(fil.read_text("utf-8"))["cells"]
        källor = ["".join(cell["source"]) if cell["cell_type"] == "code" else "" for cell in celler]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        yield f"{fil.name}: är ingen notebook"
        return
    for nr, källa in enumerate(källor, 1):
        if källa.strip() and not _är_känd(källa):
            yield f"{fil.name}, cell {nr}: {källa.strip().splitlines()[0][:80]}"


def _är_känd(källa: str) -> bool:
    """Whether a cell holds only lines that are known.

    >>> [_är_känd(k) for k in ("år = 2024", "bok.text('inledning')", "bok.år.filer", "import os", "!ls")]
    [True, True, False, False, False]
    """
    try:
        return all(_känd_rad(rad) for rad in ast.parse(källa).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _känd_rad(rad: ast.stmt) -> bool:
    match rad:
        case ast.Import(names=[ast.alias(name="finsam", asname=None)]):
            return True
        case ast.Assign(targets=[ast.Name(id=namn)], value=ast.Constant()):
            return namn in NAMN
        case ast.Assign(targets=[ast.Name(id="bok")], value=ast.Call(func=öppna, args=args, keywords=[])):
            är_öppna = isinstance(öppna, ast.Attribute) and ast.unparse(öppna) == "finsam.öppna"
            return är_öppna and all(isinstance(a, (ast.Name, ast.Constant)) for a in args)
        case ast.Expr(value=ast.Call(func=block, args=[ast.Constant()], keywords=[])):
            return _är_block(block)
        case ast.Expr(value=block):
            return _är_block(block)
    return False


def _är_block(uttryck: ast.expr) -> bool:
    """`bok.` and one public name."""
    match uttryck:
        case ast.Attribute(value=ast.Name(id="bok"), attr=namn):
            return not namn.startswith("_")
    return False
