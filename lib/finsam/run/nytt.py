"""What `finsam nytt` has made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Nytt:
    """The year's folder, the files that were written (as the inputs folder names them) and what to tell the user."""

    mapp: Path
    filer: tuple[str, ...]
    anteckningar: tuple[str, ...]
