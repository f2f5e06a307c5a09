"""The made-up Samordningsförbundet Exempelbygden: run it to write bokforing.se and underlag.xlsx.

2024 and 2025 have both, for the årsredovisning; 2026 has a plan and no ledger yet.

`PYTHONPATH=lib:. python -m tests.bygg.exempelforbundet` gives the same bytes each time. The rest of the förbund
(forbund.yml, kontoplan.csv, text) is written by hand.
"""

from __future__ import annotations

from pathlib import Path

from finsam.report.underlag import write_underlag

from .exempel_bokforing import bokföring
from .exempel_plan import plan
from .exempel_underlag import underlag
from .sie import write_sie

INPUTS = Path(__file__).parents[2] / "inputs" / "exempelforbundet"
ÅREN = (2024, 2025)
PLANÅR = 2026


def bygg(inputs: Path = INPUTS) -> None:
    """Write the files of the years and of the plan."""
    for år in ÅREN:
        katalog = inputs / str(år)
        katalog.mkdir(parents=True, exist_ok=True)
        (katalog / "bokforing.se").write_bytes(write_sie(bokföring(år)))
        write_underlag(katalog / "underlag.xlsx", underlag(år))
    (inputs / str(PLANÅR)).mkdir(parents=True, exist_ok=True)
    write_underlag(inputs / str(PLANÅR) / "underlag.xlsx", plan())


if __name__ == "__main__":
    bygg()
