"""Watching a report's inputs: the engine, the page and the server brought together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finsam.run.bevaka.motor import Motor
from finsam.run.bevaka.server import Sidserver
from finsam.run.bevaka.tavla import Tavla
from finsam.run.bevaka.vakt import Vakt


def bevaka(
    förbund: str,
    år: int,
    rapport: str,
    inputs: Path | None,
    igång: Callable[[str], None],
    berätta: Callable[[str], None],
) -> None:
    """Make a report and serve its page, and make it anew whenever a file is changed, until one is interrupted.

    `igång` is told the address of the page, `berätta` how it stands each time that is known.
    """
    tavla = Tavla()
    with Motor(förbund, år, rapport, inputs) as motor:
        server = Sidserver(tavla, f"{rapport}.html", motor.verifikatsida)
        with server.igång():
            igång(server.adress)
            Vakt(motor, tavla, berätta).vakta()
