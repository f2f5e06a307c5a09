"""Reports as pages, made quickly: the cells of their notebooks run here, and the page is read without its pictures."""

from __future__ import annotations

import ast
import re
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

import finsam
from finsam.read.notebooks import read_avsnitt
from finsam.report.bok import Bok
from finsam.run.montering import sätt_samman
from finsam.run.rubriker import byt_rubriker


def körd(bok: Bok, rapport: str) -> NotebookNode:
    """The executed notebook of a report, as `finsam skapa` has it but for the fingerprint of its figures."""
    körda = {}
    for del_ in read_avsnitt(rapport, bok.år.förbund):
        nb = nbformat.read(del_.fil, as_version=4)
        kör(nb, bok)
        byt_rubriker(nb, bok.år.förbund.rubriker)
        körda[del_.namn] = nb
    return sätt_samman(körda, bok)


def kör(nb: NotebookNode, bok: Bok) -> None:
    """Run the cells of a notebook on a report that is open, and keep what each shows."""
    namn: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(finsam, "öppna", lambda *_: bok)
        for cell in (c for c in nb.cells if c.cell_type == "code"):
            satser = ast.parse(cell.source)
            visas = satser.body.pop() if satser.body and isinstance(satser.body[-1], ast.Expr) else None
            exec(compile(satser, "cell", "exec"), namn)  # noqa: S102  our own notebooks
            if visas is not None:
                värde = eval(compile(ast.Expression(visas.value), "cell", "eval"), namn)  # noqa: S307
                cell.outputs = [nbformat.v4.new_output("display_data", värde._repr_mimebundle_())]


def utan_bilder(text: str) -> str:
    """The page without the shapes of its pictures and without spår, quicker to read."""
    return re.sub(r"<aside.*?</aside>", "", re.sub(r"<path [^>]*/>", "", text), flags=re.DOTALL)
