"""A papermill engine that runs a notebook in a shell of its own inside this process.

It is meant for a fork of the process, one per notebook, which gives each a fresh namespace without the cost of
starting a kernel. Outputs are those of the standard kernel (`karnmotor.py`), which is the oracle in
`test_the_engine_gives_what_the_standard_kernel_gives` (tests/test_korning.py).
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_output
from traitlets.config import Config

from finsam.run.lage import visar
from finsam.run.miljo import avsluta
from finsam.run.motorer.utan_karna import Engine, papermill_engines

NAMN = "finsam"

_ÄR_JSON = re.compile(r"^application/(.*\+)?json$")


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


def ny_output(slag: str, data: Mapping[str, Any], metadata: Any, **val: Any) -> NotebookNode:
    """An output. nbformat looks through all that it is made of; words are always right, and anything in a form that is
    JSON by its name (its schema's `mimebundle`).
    """
    alltid_rätt = all(isinstance(form, str) or _ÄR_JSON.search(namn) for namn, form in data.items())
    output: NotebookNode = (
        from_dict({"output_type": slag, "metadata": metadata or {}, "data": data, **val})
        if alltid_rätt
        else new_output(slag, data=data, metadata=metadata or {}, **val)
    )
    return output


class Visningskrok(DisplayHook):
    """The value of a cell's last line; IPython keeps `_` and `Out`, and heeds a final semicolon."""

    utgång: Callable[[NotebookNode], None]
    töm: Callable[[bool], None]

    def write_output_prompt(self) -> None:
        """Nothing is printed before a value."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Show a value."""
        self.utgång(ny_output("execute_result", format_dict, md_dict, execution_count=self.prompt_count))

    def finish_displayhook(self) -> None:
        """Nothing is printed after a value."""


class Utgivare(CapturingDisplayPublisher):
    """What a cell shows with display(), and shows anew with update_display() and clear_output()."""

    utgång: Callable[[NotebookNode], None]
    töm: Callable[[bool], None]

    def __init__(self, *ord_: Any, **val: Any) -> None:
        super().__init__(*ord_, **val)  # type: ignore[no-untyped-call]
        self._visade: dict[str, list[NotebookNode]] = {}

    def publish(self, data: Any, metadata: Any = None, *_: Any, transient: Any = None, **val: Any) -> None:
        """Show data, also where the same thing has been shown before."""
        output = ny_output("display_data", data, metadata)
        id_ = (transient or {}).get("display_id")
        visade = self._visade.setdefault(id_, []) if id_ else []
        for visad in visade:
            visad.update(data=output.data, metadata=output.metadata)
        if not val.get("update"):
            visade.append(output)
            self.utgång(output)

    def clear_output(self, wait: bool = False) -> None:
        """Take away what the cell has shown, at once or when it shows something more."""
        self.töm(wait)


class Skalet(InteractiveShell):
    """A shell that libraries take for a kernel's, and not for one in a terminal of some width.

    They ask in two ways: what its class is called, and whether it has a kernel.
    """

    kernel = None
    ask_exit = staticmethod(avsluta)


Skalet.__name__ = Skalet.__qualname__ = "ZMQInteractiveShell"


class Skal:
    """An IPython shell of our own, whose outputs are gathered cell by cell."""

    def __init__(self) -> None:
        Skalet.clear_instance()  # of an earlier section in this process
        InteractiveShell.clear_instance()
        self.ipython = Skalet.instance(
            displayhook_class=Visningskrok,
            display_pub_class=Utgivare,
            config=Config(
                HistoryManager={"enabled": False},  # nothing is written outside the outputs folder
                InteractiveShell={"xmode": "Minimal"},  # only the error is told of, and a deep one takes a minute
            ),
        )
        for utgång in (self.ipython.displayhook, self.ipython.display_pub):
            assert isinstance(utgång, (Visningskrok, Utgivare))
            utgång.utgång = self.lägg_till
            utgång.töm = self.töm
        self.ipython._showtraceback = self._fel  # type: ignore[method-assign, assignment]
        self.outputs: list[NotebookNode] = []
        self._töms = False

    def börja_om(self) -> None:
        """Forget what has been executed. The shell would look for garbage in all that is loaded as well."""
        krok = self.ipython.displayhook
        krok.do_full_cache = 0
        self.ipython.reset()  # type: ignore[no-untyped-call]
        krok.do_full_cache = 1
        krok._ = krok.__ = krok.___ = ""

    def töm(self, vänta: bool) -> None:
        """Take away the outputs of the cell; with `vänta` when the next one comes."""
        self._töms = vänta
        if not vänta:
            self.outputs.clear()

    def lägg_till(self, output: NotebookNode) -> None:
        """Add an output; text to the same stream is one output, as a kernel gives it."""
        if self._töms:
            self.töm(vänta=False)
        sist = self.outputs[-1] if self.outputs else None
        if sist and output.output_type == sist.output_type == "stream" and output.name == sist.name:
            sist.text += output.text
        else:
            self.outputs.append(output)

    def kör(self, källa: str) -> tuple[list[NotebookNode], bool]:
        """Run a cell: its outputs, and whether it went well."""
        self.outputs, self._töms = [], False
        with (
            contextlib.redirect_stdout(Ström("stdout", self.lägg_till)),
            contextlib.redirect_stderr(Ström("stderr", self.lägg_till)),
        ):
            svar = self.ipython.run_cell(källa, store_history=True)  # type: ignore[no-untyped-call]
        return self.outputs, bool(svar.success)

    def _fel(self, etyp: type[BaseException], fel: BaseException, spår: list[str]) -> None:
        self.lägg_till(new_output("error", ename=etyp.__name__, evalue=str(fel), traceback=spår))


class Motor(Engine):  # type: ignore[misc]
    """Run the cells one after the other; stop at the first that fails.

    papermill is told of each when it writes the notebook as it goes. In a run it does not, and would only note times
    that no document has (`städa`).
    """

    visarens: ClassVar[Skal | None] = None
    """The shell of a section that did nothing but show, which the next one that does no more has, emptied."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
        """Run a notebook that papermill has put the parameters in."""
        if matplotlib := sys.modules.get("matplotlib"):
            matplotlib.use(os.environ["MPLBACKEND"])  # loaded before the fork, it has not seen the variable
        if pandas := sys.modules.get("pandas"):
            pandas.set_option("display.max_columns", 20)  # loaded before the fork, it took the terminal's width
        bara_visar = visar(nb_man.nb)
        skal, Motor.visarens = Motor.visarens if bara_visar else None, None
        if skal is None:
            skal = Skal()
        else:
            skal.börja_om()
        if "matplotlib.pyplot" in sys.modules:
            _visa_figurer(skal.ipython)
        for nr, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            if nb_man.output_path:
                nb_man.cell_start(cell, nr)
            cell.execution_count = skal.ipython.execution_count
            cell.outputs, lyckades = skal.kör(cell.source)
            if not lyckades:
                nb_man.cell_exception(cell, nr)
                return
            if nb_man.output_path:
                nb_man.cell_complete(cell, nr)
        Motor.visarens = skal if bara_visar else None


def _visa_figurer(skal: InteractiveShell) -> None:
    """Show the figures of pyplot in a shell that came after it."""
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    activate_matplotlib("inline")
    configure_inline_support(skal, "inline")  # type: ignore[no-untyped-call]


class Avbruten(Exception):
    """The process of a section died in the cell of this index."""


def registrera() -> str:
    """Make the engine for a fork known to papermill; returns its name."""
    papermill_engines.register(NAMN, Motor)
    return NAMN
