"""A run asks for no network (that it needs none is tried in tests/konformitet)."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import papermill.iorw  # noqa: F401  its urllib3 tries, when it is loaded, whether the machine itself has IPv6
import pytest

from conftest import kör


@pytest.mark.langsam
def test_no_address_is_looked_up_or_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, medel: Path) -> None:
    """Also in the forks, which inherit what is forbidden here."""

    def förbjudet(*ord_: Any, **__: Any) -> Any:
        (tmp_path / "anrop").write_text(repr(ord_))
        raise AssertionError(f"nätverk: {ord_}")

    for namn in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, namn, förbjudet)
    for namn in ("getaddrinfo", "gethostbyname", "create_connection", "create_server"):
        monkeypatch.setattr(socket, namn, förbjudet)
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", medel, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 1, svar.output
    assert not (tmp_path / "anrop").exists()
