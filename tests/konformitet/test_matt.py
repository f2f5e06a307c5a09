"""The form of every document of inputs/ in figures, against what is reached: `make konformitet` prints them."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from facit import INPUTS, ROT
from finsam.read.arsmapp import finns
from konformitet.dokument import Dokument
from konformitet.matt import mät, övertryck
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet

HÖGST_SIDOR = {"arsredovisning": 25, "verksamhetsplan": 20}
SOFINT_2024 = 24
HÖGST_GLESA = 2
HÖGST_PDF, HÖGST_SIDA = 400, 100
"""Kilobytes: of the PDF with what is in it, and of the page when it is packed."""
BREDDER = (1440, 390)
_RÖRA = r"""() => {
  const rutor = [], gång = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (gång.nextNode()) {
    const nod = gång.currentNode, över = nod.parentElement;
    if (!nod.data.trim() || över.closest('.dold, [popover], script, style') || !över.checkVisibility()) continue;
    const del_ = document.createRange(); del_.selectNodeContents(nod);
    const syns = [...del_.getClientRects()].filter(r => r.width > 2 && r.height > 2);
    syns.forEach(r => rutor.push([r, nod.data.trim().slice(0, 30)]));
  }
  rutor.sort((a, b) => a[0].top - b[0].top);
  const ut = [];
  rutor.forEach(([a, ord], i) => {
    for (let j = i + 1; j < rutor.length && rutor[j][0].top < a.bottom; j++) {
      const [b, annat] = rutor[j];
      const höjd = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && höjd > 0.6 * Math.min(a.height, b.height))
        ut.push(`${ord} / ${annat}`);
    }
  });
  return ut;
}"""


@pytest.fixture(scope="module")
def varje(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of every report."""
    ut = tmp_path_factory.mktemp("varje")
    kommando = [sys.executable, "-m", "finsam", "skapa", "--alla", "--inputs", str(INPUTS), "--outputs", str(ut)]
    miljö = {**os.environ, "PYTHONPATH": str(ROT / "lib")}
    svar = subprocess.run(kommando, env=miljö, cwd=ut, capture_output=True, text=True, timeout=400, check=False)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    return ut


@pytest.mark.webblasare
@pytest.mark.parametrize("vilket", finns(INPUTS), ids=lambda ett: "-".join(map(str, ett)))
def test_the_form_in_figures(
    vilket: tuple[str, int, str], varje: Path, chromium: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kräv("pdftoppm", "soffice")
    förbund, år, rapport = vilket
    dok = Dokument(varje / förbund / str(år) / rapport)
    funnet, packad = mät(dok.pdf), len(gzip.compress(dok.html.read_bytes(), 9)) / 1000
    på_sidan, i_boken = _röra(dok, chromium), _i_arbetsboken(dok, tmp_path)
    with capsys.disabled():
        print(
            f"\n{förbund} {år} {rapport}: {funnet}; sidan {packad:.1f} kB packad, övertryck {len(på_sidan)}; ", end=""
        )
        print(f"arbetsboken {dok.xlsx.stat().st_size / 1000:.0f} kB, övertryck {len(i_boken)}")
    assert (funnet.utan_bildtext, funnet.döda, funnet.övertryck, på_sidan, i_boken) == (0, 0, (), [], [])
    assert funnet.sidor <= (SOFINT_2024 if vilket[:2] == ("sofint", 2024) else HÖGST_SIDOR[rapport])
    assert len(funnet.glesa) <= HÖGST_GLESA
    assert 65 <= funnet.radlängd <= 75
    assert (funnet.avstavat <= 30, funnet.stumpar <= 2, funnet.minsta_grad >= 7.99) == (True, True, True)
    assert (funnet.kB <= HÖGST_PDF, packad <= HÖGST_SIDA) == (True, True)


def _röra(dok: Dokument, chromium: Browser) -> list[str]:
    """Words of the page that are drawn over each other, on a wide screen and on a telephone."""
    funna: list[str] = []
    for bredd in BREDDER:
        with chromium.new_context(viewport={"width": bredd, "height": 900}) as miljö:
            sida = miljö.new_page()
            sida.goto(dok.html.as_uri())
            funna += sida.evaluate(_RÖRA)
    return funna


def _i_arbetsboken(dok: Dokument, mapp: Path) -> list[str]:
    """Words of the workbook that are printed over each other."""
    profil = f"-env:UserInstallation={(mapp / 'profil').as_uri()}"
    kommando = ["soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", str(mapp), str(dok.xlsx)]
    subprocess.run(kommando, check=True, capture_output=True, timeout=300)
    return list(övertryck(mapp / f"{dok.xlsx.stem}.pdf"))


def test_words_over_each_other_are_found(chromium: Browser) -> None:
    """The measure of the page is one that can fail."""
    with chromium.new_context() as miljö:
        sida = miljö.new_page()
        sida.set_content("<main><p>Ett två tre</p><p style='margin-top:-2rem'>Fyra fem sex</p><p>Sju</p></main>")
        assert sida.evaluate(_RÖRA) == ["Ett två tre / Fyra fem sex"]
