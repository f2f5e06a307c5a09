"""A kernel of the user's is hers: to import finsam, open a year, make a frame and look at a picture changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from facit import INPUTS, ROT

KÄRNA = """
import gc, json, locale, os, sys, warnings
import matplotlib, matplotlib.font_manager, pandas, IPython, numpy, decimal, signal, logging, builtins, jsonschema
from IPython.core.interactiveshell import InteractiveShell

skal = InteractiveShell.instance()
warnings.filterwarnings("error", message="min egen")
gc.set_threshold(701, 11, 12)
matplotlib.rcParams["font.size"] = 13.5
pandas.set_option("display.precision", 3)
decimal.getcontext().prec = 27

def allt():
    return {
        "mapp": os.getcwd(), "miljö": dict(os.environ), "sökväg": list(sys.path),
        "gc": [gc.get_threshold(), gc.isenabled()],
        "varningar": [repr(f) for f in warnings.filters], "språk": locale.setlocale(locale.LC_ALL),
        "stil": {n: repr(v) for n, v in matplotlib.rcParams.items()}, "backend": matplotlib.get_backend(),
        "typsnitt": sorted(f.fname for f in matplotlib.font_manager.fontManager.ttflist),
        "pandas": {n: repr(pandas.get_option(n)) for n in pandas.describe_option(_print_desc=False).split()
                   if n.startswith("display.") and n.count(".") < 3 and valt(n)},
        "decimal": [repr(getattr(decimal.getcontext(), n)) for n in ("prec", "rounding", "Emin", "Emax", "traps")],
        "numpy": repr(numpy.get_printoptions()),
        "signaler": {s.name: repr(signal.getsignal(s)) for s in (signal.SIGINT, signal.SIGTERM)},
        "logg": [repr(h) for h in logging.getLogger().handlers],
        "krokar": [repr(sys.excepthook), repr(sys.displayhook)],
        "finnare": [repr(f) for f in sys.meta_path], "inbyggt": sorted(dir(builtins)),
        "borttaget": [n for n in före_moduler if n not in sys.modules or sys.modules[n] is not före_moduler[n]],
        "visare": sorted(map(repr, skal.display_formatter.formatters["text/html"].type_printers)),
        "rekursion": sys.getrecursionlimit(),
    }

def valt(namn):
    try:
        pandas.get_option(namn)
    except Exception:
        return False
    return True

före_moduler = dict(sys.modules)
före = allt()
svar = {}

def jämför_med_före(steg):
    nu = allt()
    svar[steg] = [namn for namn in före if nu[namn] != före[namn]]

import finsam
jämför_med_före("import finsam")
bok = finsam.öppna("exempelforbundet", 2025)
jämför_med_före("öppna")
bok.findings, bok.fakta.df(), bok.konton.df(), bok.verifikationer.df(), bok.deltagare.df()
repr(bok.flerårsöversikt.df()), bok.flerårsöversikt.df()._repr_html_()
jämför_med_före("df")
bok.kapitaldiagram._repr_mimebundle_(), bok.kostnadsdiagram.svg, bok.resultaträkning._repr_mimebundle_()
jämför_med_före("diagram")
finsam.jämför("exempelforbundet", bara_kärnan=True)
jämför_med_före("jämför")
try:
    finsam.öppna("finns-inte", 2025)
except Exception:
    pass
jämför_med_före("fel")
import finsam.report.analys
jämför_med_före("analys")
print(json.dumps(svar))
"""


@pytest.mark.langsam
def test_a_kernel_of_the_users_is_not_changed(tmp_path: Path) -> None:
    miljö = {**os.environ, "PYTHONPATH": str(ROT / "lib"), "FINSAM_INPUTS": str(INPUTS), "IPYTHONDIR": str(tmp_path)}
    kommando = [sys.executable, "-c", KÄRNA]
    körd = subprocess.run(kommando, cwd=tmp_path, env=miljö, capture_output=True, text=True, check=False)
    assert körd.returncode == 0, körd.stderr
    svar = json.loads(körd.stdout.splitlines()[-1])
    assert len(svar) == 7
    assert not {steg: ändrat for steg, ändrat in svar.items() if ändrat}
