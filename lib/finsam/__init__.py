"""finsam: årsredovisning och verksamhetsplan för samordningsförbund, av ett underlag.

`finsam.öppna("sofint", 2024)` ger ett år med räkningar, noter, tabeller och fakta.
`finsam.jämför("sofint", [2020, 2024])` ger flera förbund och år i en tabell.
Att hämta in eller använda finsam ändrar ingenting annat i en notebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finsam.oppna import jämför, öppna

__version__ = "0.2.0"
__all__ = ["__version__", "jämför", "öppna"]


def __getattr__(namn: str) -> Any:
    """Import what is heavy only when it is asked for."""
    if namn in ("jämför", "öppna"):
        from finsam import oppna

        return getattr(oppna, namn)
    raise AttributeError(f"finsam har inget som heter {namn}")


def __dir__() -> list[str]:
    """What a user chooses from, also before it is imported."""
    return list(__all__)
