"""`papermill --engine finsam`: a section is executed as a run executes it, in this process and without a kernel.

papermill loads every engine that is installed when it is imported, so what takes time is loaded when it is asked for.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine


class FinsamEngine(Engine):  # type: ignore[misc]
    """The engine by the name that `pyproject.toml` gives it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **val: Any) -> None:
        """Run a notebook that papermill has put the parameters in, without anyone's own settings."""
        from finsam.run.miljo import avskild, privat_mapp
        from finsam.run.motorer.motor import Motor

        with privat_mapp() as mapp, avskild(mapp):
            Motor.execute_managed_notebook(nb_man, kernel_name, **val)
