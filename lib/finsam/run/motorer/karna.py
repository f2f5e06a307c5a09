"""The kernel that executes a section where there are no forks: the standard one, without anyone's own settings.

`python -P -m finsam.run.motorer.karna -f FILE`, as Jupyter is told by `karnmotor.lägg_upp_kärna`.
"""

from __future__ import annotations

from typing import Any

from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from finsam.run.miljo import avsluta, tysta


class Kärna(IPKernelApp):
    """The standard kernel, as it is before anyone has set it up."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no settings: they lie in the user's folders, the machine's and the working folder."""

    def init_shell(self) -> None:
        """Make the shell; `exit` is an error in a section, and does not end it quietly."""
        super().init_shell()  # type: ignore[no-untyped-call]
        assert self.shell
        self.shell.ask_exit = avsluta

    def init_code(self) -> None:
        """Run no startup files."""


def main() -> None:
    """Run as a kernel."""
    tysta()
    app: Any = Kärna.instance(capture_fd_output=False, config=Config(InteractiveShell={"xmode": "Minimal"}))
    app.initialize()
    app.start()


if __name__ == "__main__":
    main()
