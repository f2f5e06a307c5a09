"""Makes the pictures of docs/: what SOFINT 2024 looks like as PDF, page, list of findings and workbook.

    make bilder

It needs pdftoppm, Chromium and LibreOffice; nothing else here does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROT = Path(__file__).parents[1]
DOCS = ROT / "docs"
GRÅ, KANT, FÄRGER = "#9AA4A9", 10, 128
"""What stands around a page, how much of it in pixels, and how many colours a picture has."""
TÄTHET = 48
SIDOR = (7, 19)
"""The pages in README."""
SKÄRMAR = {"sida_1440": (1440, 1400), "sida_390": (390, 1400)}
BLAD = 6
"""Pages of the workbook that are shown."""


def kör(*kommando: str | Path) -> None:
    subprocess.run(list(map(str, kommando)), check=True, capture_output=True, timeout=300)


def sidor_i(pdf: Path, täthet: int, mapp: Path) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    kör("pdftoppm", "-r", str(täthet), "-png", pdf, mapp / pdf.stem)
    return [Image.open(fil).convert("RGB") for fil in sorted(mapp.glob(f"{pdf.stem}-*.png"))]


def uppslag(bilder: Sequence[Image.Image], i_bredd: int) -> Image.Image:
    """Pictures in rows on grey."""
    bredd, höjd = max(b.width for b in bilder) + KANT, max(b.height for b in bilder) + KANT
    rader = -(-len(bilder) // i_bredd)
    ut = Image.new("RGB", (min(i_bredd, len(bilder)) * bredd + KANT, rader * höjd + KANT), GRÅ)
    for nr, bild in enumerate(bilder):
        ut.paste(bild, (KANT + nr % i_bredd * bredd, KANT + nr // i_bredd * höjd))
    return ut


def spara(bild: Image.Image, namn: str) -> None:
    fil = DOCS / namn
    fil.parent.mkdir(exist_ok=True)
    bild.quantize(FÄRGER, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(fil, optimize=True)
    print(f"{fil.relative_to(ROT)}: {fil.stat().st_size / 1000:.0f} kB")


def skärm(sida: Path, storlek: tuple[int, int], mapp: Path) -> Image.Image:
    """The first screens of a page, in a browser without a window: in a frame, for such a one is never narrow."""
    bredd, höjd = storlek
    ram, bild = mapp / "ram.html", mapp / "skarm.png"
    stil = f"border:0;width:{bredd}px;height:{höjd}px"
    ram.write_text(f'<body style="margin:0"><iframe src="{sida.as_uri()}" style="{stil}"></iframe>', "utf-8")
    tyst = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files")
    kör("chromium", *tyst, f"--window-size={max(bredd, 600)},{höjd}", f"--screenshot={bild}", ram.as_uri())
    return Image.open(bild).convert("RGB").crop((0, 0, bredd, höjd))


def blad(bok: Path, mapp: Path) -> list[Image.Image]:
    """The workbook as LibreOffice prints it."""
    profil = f"-env:UserInstallation={(mapp / 'profil').as_uri()}"
    kör("soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", mapp, bok)
    sidor = sidor_i((mapp / bok.name).with_suffix(".pdf"), 72, mapp)
    return [sida.crop((0, 0, sida.width, min(sida.height, 470))) for sida in sidor]


def main() -> None:
    if saknas := [namn for namn in ("pdftoppm", "chromium", "soffice") if not shutil.which(namn)]:
        sys.exit(f"Bilderna behöver {', '.join(saknas)}.")
    with TemporaryDirectory() as tom:
        ut = Path(tom)
        kommando = (sys.executable, "-m", "finsam", "skapa", "sofint", "2024")
        kör(*kommando, "--inputs", ROT / "inputs", "--outputs", ut)
        rapport = ut / "sofint" / "2024" / "arsredovisning"
        stora = sidor_i(rapport / "arsredovisning.pdf", 80, ut)
        spara(uppslag([stora[nr - 1] for nr in SIDOR], 2), "sida.png")
        små = [b.resize((b.width * TÄTHET // 80, b.height * TÄTHET // 80), Image.Resampling.LANCZOS) for b in stora]
        spara(uppslag(små, 7), "galleri/pdf.png")
        for namn, storlek in SKÄRMAR.items():
            spara(skärm(rapport / "arsredovisning.html", storlek, ut), f"galleri/{namn}.png")
        spara(skärm(rapport / "kontroller.html", (1440, 1000), ut), "galleri/kontroller.png")
        spara(uppslag(blad(rapport / "arsredovisning.xlsx", ut)[:BLAD], 3), "galleri/arbetsbok.png")


if __name__ == "__main__":
    main()
