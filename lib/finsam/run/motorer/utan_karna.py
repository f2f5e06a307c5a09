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
    """A module in its place, until something of it is asked for."""

    def __getattr__(self, namn: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), namn)


def _klient(*ord_: Any, **val: Any) -> Any:
    """What `papermill.engines` calls when a kernel is to execute a notebook."""
    from papermill import engines

    sys.modules.pop(_KLIENT, None)
    engines.PapermillNotebookClient = import_module(_KLIENT).PapermillNotebookClient
    return engines.PapermillNotebookClient(*ord_, **val)


if "papermill" not in sys.modules:
    sys.modules.setdefault("requests", _Senare("requests"))
    sys.modules[_KLIENT] = klient = ModuleType(_KLIENT)
    klient.PapermillNotebookClient = _klient  # type: ignore[attr-defined]

import papermill  # noqa: E402
from papermill.engines import Engine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402

__all__ = ["Engine", "PapermillExecutionError", "papermill", "papermill_engines"]
