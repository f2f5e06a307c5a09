"""A papermill engine that runs a notebook in a shell of its own inside this process.

It is meant for a fork of the process, one per notebook, which gives each a fresh namespace without the cost of
starting a kernel. Outputs are those of the standard kernel, which is the oracle in tests/test_motor.py.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

NAMN = "finsam"


class Ström(io.TextIOBase):
    """stdout or stderr: what is written becomes a stream output, in order with the others."""

    def __init__(self, namn: str, till: Callable[[NotebookNode], None]) -> None:
        self.namn = namn
        self._till = till

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._till(new_output("stream", name=self.namn, text=text))
        return len(text)


class Visningskrok(DisplayHook):
    """The value of a cell's last line; IPython keeps `_` and `Out`, and heeds a final semicolon."""

    utgång: Callable[[NotebookNode], None]

    def write_output_prompt(self) -> None:
        """Nothing is printed before a value."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Show a value."""
        nummer = self.prompt_count
        self.utgång(new_output("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=nummer))

    def finish_displayhook(self) -> None:
        """Nothing is printed after a value."""


class Utgivare(CapturingDisplayPublisher):
    """What a cell shows with display()."""

    utgång: Callable[[NotebookNode], None]

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        """Show data."""
        self.utgång(new_output("display_data", data=data, metadata=metadata or {}))


class Skal:
    """An IPython shell of our own, whose outputs are gathered cell by cell."""

    def __init__(self) -> None:
        InteractiveShell.clear_instance()
        self.ipython = InteractiveShell.instance(
            displayhook_class=Visningskrok,
            display_pub_class=Utgivare,
            config=Config(HistoryManager={"enabled": False}),  # nothing is written outside the outputs folder
        )
        for utgång in (self.ipython.displayhook, self.ipython.display_pub):
            assert isinstance(utgång, (Visningskrok, Utgivare))
            utgång.utgång = self.lägg_till
        self.ipython._showtraceback = self._fel  # type: ignore[method-assign, assignment]
        self.outputs: list[NotebookNode] = []

    def lägg_till(self, output: NotebookNode) -> None:
        """Add an output; text to the same stream is one output, as a kernel gives it."""
        sist = self.outputs[-1] if self.outputs else None
        if sist and output.output_type == sist.output_type == "stream" and output.name == sist.name:
            sist.text += output.text
        else:
            self.outputs.append(output)

    def kör(self, källa: str) -> tuple[list[NotebookNode], bool]:
        """Run a cell: its outputs, and whether it went well."""
        self.outputs = []
        with (
            contextlib.redirect_stdout(Ström("stdout", self.lägg_till)),
            contextlib.redirect_stderr(Ström("stderr", self.lägg_till)),
        ):
            svar = self.ipython.run_cell(källa, store_history=True)
        return self.outputs, bool(svar.success)

    def _fel(self, etyp: type[BaseException], fel: BaseException, spår: list[str]) -> None:
        self.lägg_till(new_output("error", ename=etyp.__name__, evalue=str(fel), traceback=spår))


class Motor(Engine):  # type: ignore[misc]
    """Run the cells one after the other; stop at the first that fails."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
        """Run a notebook that papermill has put the parameters in."""
        visare = os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        if matplotlib := sys.modules.get("matplotlib"):
            matplotlib.use(visare)  # loaded before the fork, it has not seen the variable
        skal = Skal()
        if "matplotlib.pyplot" in sys.modules:
            _visa_figurer(skal.ipython)
        for nr, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            nb_man.cell_start(cell, nr)
            cell.execution_count = skal.ipython.execution_count
            cell.outputs, lyckades = skal.kör(cell.source)
            if not lyckades:
                nb_man.cell_exception(cell, nr)
                break
            nb_man.cell_complete(cell, nr)


def _visa_figurer(skal: InteractiveShell) -> None:
    """Show the figures of pyplot in a shell that came after it."""
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    activate_matplotlib("inline")
    configure_inline_support(skal, "inline")  # type: ignore[no-untyped-call]


def registrera() -> str:
    """Make the engine known to papermill; returns its name."""
    papermill_engines.register(NAMN, Motor)
    return NAMN
