"""papermill as a run loads it: what a kernel or an address needs comes when it is asked for, and is then as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from facit import ROT

TUNGA = ("nbclient", "jupyter_client", "zmq", "urllib3")


def kör(kod: str, *ord_: Path) -> str:
    """What a new process prints."""
    miljö = {**os.environ, "PYTHONPATH": str(ROT / "lib")}
    svar = subprocess.run(
        [sys.executable, "-c", kod, *map(str, ord_)], env=miljö, capture_output=True, text=True, check=False
    )
    assert svar.returncode == 0, svar.stderr
    return svar.stdout.strip()


def test_a_run_loads_no_client_of_kernels() -> None:
    laddade = kör("import sys, finsam.run.skapa, finsam.run.motorer.motor; print(*sys.modules)").split()
    assert "papermill.execute" in laddade
    assert {*TUNGA}.isdisjoint(laddade)


def test_what_is_asked_for_is_the_real_thing() -> None:
    kod = "import finsam.run.notebook, requests, requests.adapters\nfrom requests import Session\n"
    kod += "print(Session.__module__, requests.adapters.HTTPAdapter.__name__, 'get' in dir(requests.api))"
    assert kör(kod) == "requests.sessions HTTPAdapter True"
    assert kör("import finsam.run.notebook, requests; print(requests.get.__module__)") == "requests.api"


@pytest.mark.langsam
def test_a_kernel_can_be_asked_for_after_that(tmp_path: Path) -> None:
    fil, ut = tmp_path / "fil.ipynb", tmp_path / "ut.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), fil)
    kod = "import sys; from finsam.run.motorer.utan_karna import papermill\n"
    kod += "for _ in '12': papermill.execute_notebook(*sys.argv[1:], kernel_name='python3', progress_bar=False)"
    kör(kod, fil, ut)
    (cell,) = nbformat.read(ut, 4).cells
    assert cell.outputs[0].data == {"text/plain": "2"}


def test_what_papermill_waits_with_is_not_in_the_way_of_others() -> None:
    """A section that has something in place of the web must not meet the web."""
    kod = """
import finsam.run.notebook
from importlib.util import find_spec
from unittest import mock
assert find_spec("requests")
with mock.patch("requests.get", return_value=7):
    import requests
    print(requests.get("x"))
from papermill.clientwrap import PapermillNotebookClient
print(isinstance(PapermillNotebookClient, type))
"""
    assert kör(kod) == "7\nTrue"
