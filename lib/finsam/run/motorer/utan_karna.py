"""papermill without what only a kernel or an address on the web needs, which is loaded when it is asked for.

Jupyter's client and requests are most of what takes time to load with it, and no section of ours needs them. A run
takes papermill from here, so that they are out of the way before it is loaded.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_KLIENT = "papermill.clientwrap"


class _Senare(ModuleType):
    """What papermill has in place of a module, until something of it is asked for."""

    def __getattr__(self, namn: str) -> Any:
        if sys.modules.get(self.__name__) is self:  # papermill is being loaded, and Python looks for a __path__
            raise AttributeError(namn)
        return getattr(import_module(self.__name__), namn)


def _klient(*ord_: Any, **val: Any) -> Any:
    """What `papermill.engines` calls when a kernel is to execute a notebook."""
    return import_module(_KLIENT).PapermillNotebookClient(*ord_, **val)


_I_STÄLLET = {
    namn: _Senare(namn) for namn in ("requests", _KLIENT) if not {"papermill", namn}.intersection(sys.modules)
}
if _KLIENT in _I_STÄLLET:
    _I_STÄLLET[_KLIENT].PapermillNotebookClient = _klient  # type: ignore[attr-defined]
sys.modules.update(_I_STÄLLET)

import papermill  # noqa: E402
from papermill.engines import Engine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402

for namn in _I_STÄLLET:
    del sys.modules[namn]  # who else loads it has the real one

__all__ = ["Engine", "PapermillExecutionError", "papermill", "papermill_engines"]
