"""Where the start page finds its files, and how one of them is opened."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from finsam.model.problem import Problem, UnreadableInput, orsak
from finsam.read.arsmapp import hitta_inputs

I_LAB = frozenset((".md", ".yml", ".csv", ".ipynb"))
"""What is opened in JupyterLab; what else may be opened is for the system's own program."""
AV_SYSTEMET = frozenset((".xlsx", ".pdf", ".html", ".docx", ".zip", ".ics", ""))
"""By ending; a folder has none. Anything else could be a program."""
NAMN = "00_start.ipynb"


@dataclass(frozen=True, slots=True)
class Plats:
    """The folder that JupyterLab shows, and below it the inputs and what is made of them."""

    rot: Path
    inputs: Path
    outputs: Path

    @classmethod
    def hitta(cls, inputs: Path | str | None = None, outputs: Path | str | None = None) -> Self:
        """As given, else as the commands find them: `outputs` beside the inputs."""
        in_ = Path(os.path.realpath(hitta_inputs(inputs)))
        ut = Path(os.path.realpath(outputs)) if outputs else in_.parent / "outputs"
        try:
            rot = Path(os.path.commonpath((in_.parent, ut.parent)))
        except ValueError:  # Windows: on two disks
            text = f"Mapparna {in_} och {ut} ligger på olika diskar. Välj --outputs på samma disk som underlaget."
            raise UnreadableInput([Problem("fel", text)]) from None
        return cls(rot, in_, ut)

    @property
    def kopia(self) -> Path:
        """Where the start page lies when it has been run; the notebook in the project is never written."""
        return self.outputs / NAMN

    def i_lab(self, fil: Path) -> str:
        """How JupyterLab names a file or folder that it can show; empty for one that it cannot."""
        visas = fil.is_dir() or fil.suffix.lower() in I_LAB
        return fil.relative_to(self.rot).as_posix() if visas and fil.is_relative_to(self.rot) else ""

    def kan_öppnas(self, fil: Path) -> bool:
        """Whether the system may be asked to open it: ours, and no program."""
        våra = any(fil.is_relative_to(mapp) for mapp in (self.inputs, self.outputs))
        mapp = fil.is_dir() if fil.exists() else not fil.suffix
        return våra and (mapp or (fil.suffix != "" and fil.suffix.lower() in AV_SYSTEMET))


def labadress(namn: str) -> str:
    """Where in JupyterLab a file is, by the name that it has there."""
    return f"lab/tree/{quote(namn)}"


def öppna_fil(fil: Path, del_: str = "") -> str:
    """Open a file or folder in the system's own program, a page at `del_`; what to tell when that cannot be done."""
    if not fil.exists():
        return f"{fil} finns inte längre. Tryck Kontrollera."
    try:
        if del_:
            import webbrowser

            return "" if webbrowser.open(f"{fil.as_uri()}#{quote(del_, safe='/')}") else f"Öppna {fil} i webbläsaren."
        if sys.platform == "win32":
            os.startfile(fil)
        else:
            program = "open" if sys.platform == "darwin" else "xdg-open"
            svar = subprocess.run([program, str(fil)], capture_output=True, timeout=20, check=False)
            if svar.returncode:
                return f"Datorn vet inte vad som öppnar {fil.name}. Öppna den själv: {fil}"
    except FileNotFoundError:
        return f"Här finns inget program som öppnar filer. Öppna den själv: {fil}"
    except subprocess.TimeoutExpired:
        return ""  # it has begun, and is taking its time
    except OSError as fel:
        return f"{fil} kunde inte öppnas: {orsak(fel)}."
    return ""
