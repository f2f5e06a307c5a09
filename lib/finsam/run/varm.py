"""What every section needs is loaded and tried once before the forks, so that none of them has to do it again."""

from __future__ import annotations

import contextlib
import io
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

from finsam.run.miljo import avskild
from finsam.run.utan_karna import Engine, papermill, papermill_engines

NAMN = "finsam-prov"


class _Ingen(Engine):  # type: ignore[misc]
    """Runs nothing."""

    @classmethod
    def execute_managed_notebook(cls, *_: Any, **__: Any) -> None:
        """Leave the cells as they are."""


def värm(mapp: Path, *, bilder: bool, motor: str = NAMN) -> None:
    """Let papermill, the shell and, where there are likely to be pictures, matplotlib be ready for the sections.

    With a `motor` that executes, an empty section is executed: what the first one of a process always changes is then
    done. Of the sections nothing is executed, and a user's settings are as far away as they are from one (`avskild`).
    What goes wrong is told of by the section that meets it.
    """
    tyst = contextlib.redirect_stderr(io.StringIO())
    with avskild(mapp), tyst, warnings.catch_warnings(), contextlib.suppress(OSError, RuntimeError, ValueError):
        warnings.simplefilter("ignore")
        if bilder:
            värm_bilder()
        _värm_papermill(motor)


@cache
def _värm_papermill(motor: str) -> None:
    import IPython.core.application
    import IPython.core.completerlib
    import IPython.core.logger
    import IPython.core.magics
    import IPython.core.oinspect  # noqa: F401

    papermill_engines.register(NAMN, _Ingen)
    cell = new_code_cell("a = 1", metadata={"tags": ["parameters"]})
    papermill.execute_notebook(
        new_notebook(cells=[cell]),
        None,
        parameters={"a": 2},
        kernel_name="python3",
        language="python",
        engine_name=motor,
        progress_bar=False,
    )


@cache
def värm_bilder() -> None:
    """Let matplotlib have drawn something, and have looked for backends among all that is installed. What it is without
    is its help in words, which takes a fourth of loading it to put together and which nobody reads in a process that
    only executes sections.
    """
    from matplotlib import artist
    from matplotlib.backends.registry import backend_registry

    from finsam.report.bild.rita import rita_prov

    hjälp, artist.kwdoc = artist.kwdoc, lambda artist: ""
    try:
        rita_prov()
        backend_registry.list_all()
    finally:
        artist.kwdoc = hjälp
