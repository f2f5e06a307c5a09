"""Runs killed at many moments leave the earlier output whole, or the new one; and a run needs no network."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from facit import ROT
from sakerhet.avbrott import döda_vid, starta, vänta

pytestmark = pytest.mark.konformitet
MOMENT = 18


def test_killed_at_many_moments(tmp_path: Path, kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    början = time.monotonic()
    kod, text = vänta(starta(tmp_path / "ut", inputs))
    assert kod == 0, text
    slump = random.Random(2003)
    tid = time.monotonic() - början
    döda_vid(tmp_path / "ut", inputs, [tid * (nr + slump.random()) / MOMENT * 1.1 for nr in range(MOMENT)])


def test_a_run_works_where_there_is_no_network(tmp_path: Path) -> None:
    """Typst is not Python; here the system itself has no network to give it."""
    utan_nät = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*utan_nät, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare finns inte eller är inte tillåtet")
    svar = subprocess.run(
        [*utan_nät, sys.executable, "-m", "finsam", "skapa", "exempelforbundet", "2025", "--outputs", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROT / "lib")},
        cwd=ROT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
