"""papermill's own engine, with a kernel for each section, as Jupyter has it (`KÖRSÄTT`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines

from finsam.run.motorer.motor import Avbruten

KÄRNA = "finsam-karna"


class Kärnhållare(AsyncKernelManager):
    """Who starts a kernel, and can end it when a run is interrupted before nbclient has taken charge of it."""

    senaste: ClassVar[Kärnhållare | None] = None

    def __init__(self, *ord_: Any, **val: Any) -> None:
        super().__init__(*ord_, **val)
        Kärnhållare.senaste = self

    def döda(self) -> None:
        """End the kernel's process, if there is one."""
        if process := getattr(self.provisioner, "process", None):
            process.kill()
            process.wait()


class Kärnmotor(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, which says in which cell the kernel died."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **val: Any) -> Any:
        """Run a notebook that papermill has put the parameters in."""
        try:
            val |= {"kernel_manager_class": Kärnhållare, "shutdown_kernel": "immediate"}
            return super().execute_managed_notebook(nb_man, kernel_name, **val)
        except DeadKernelError:
            påbörjade = [c for c in nb_man.nb.cells if c.metadata.papermill.status != nb_man.PENDING]
            raise Avbruten(len(påbörjade) - 1) from None
        finally:
            if Kärnhållare.senaste:
                Kärnhållare.senaste.döda()


def lägg_upp_kärna(mapp: Path) -> str:
    """Make the engine for a kernel known to papermill, and the kernel to Jupyter in a folder (JUPYTER_PATH)."""
    papermill_engines.register(KÄRNA, Kärnmotor)
    spec = {
        "argv": [sys.executable, "-P", "-m", "finsam.run.motorer.karna", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    fil = mapp / "jupyter" / "kernels" / "python3" / "kernel.json"
    fil.parent.mkdir(parents=True)
    fil.write_text(json.dumps(spec), "utf-8")
    return KÄRNA
