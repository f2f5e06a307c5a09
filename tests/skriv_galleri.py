"""Makes the pictures of docs/: what SOFINT 2024 looks like as PDF, page, list of findings and workbook.

    make bilder
    python tests/skriv_galleri.py --fore INCHECKNING --till MAPP

The second makes every report as it was at a commit and as it is now, and writes all pages of both to a folder outside
the project, a picture for each report: what was above what is. It needs git and pdftoppm; the first needs Chromium and
LibreOffice too, and nothing else here does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROT = Path(__file__).parents[1]
DOCS = ROT / "docs"
GRÅ, KANT, FÄRGER = "#9AA4A9", 10, 128
"""What stands around a page, how much of it in pixels, and how many colours a picture has."""
TÄTHET = 48
SIDOR = (6, 18)
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


def alla_rapporter(rot: Path, ut: Path) -> None:
    """Every report of a checkout that its own program makes of its own underlag, drafts too."""
    kommando = [sys.executable, "-m", "finsam", "skapa", "--alla", "--inputs", rot / "inputs", "--outputs", ut]
    miljö = {**os.environ, "PYTHONPATH": str(rot / "lib")}
    svar = subprocess.run(list(map(str, kommando)), cwd=rot, env=miljö, capture_output=True, text=True, check=False)
    if not list(ut.glob("*/*/*/*.pdf")):
        sys.exit(f"Inga rapporter gick att göra: {svar.stdout[-400:]}{svar.stderr[-400:]}")


def före_och_efter(incheckning: str, till: Path) -> None:
    """All pages of each report at a commit and now."""
    till.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as tom:
        förr, efter = Path(tom) / "forr", Path(tom) / "efter"
        arkiv = subprocess.run(["git", "archive", incheckning], cwd=ROT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(arkiv)) as tar:
            tar.extractall(förr, filter="data")
        skugga = förr / "lib" / "finsam-0.dist-info"  # else the engine of the program installed here is asked for
        skugga.mkdir()
        (skugga / "METADATA").write_text("Metadata-Version: 2.1\nName: finsam\nVersion: 0\n", "utf-8")
        (skugga / "entry_points.txt").write_text("", "utf-8")
        alla_rapporter(förr, före := Path(tom) / "fore")
        alla_rapporter(ROT, efter)
        for pdf in sorted(efter.glob("*/*/*/*.pdf")):
            plats = pdf.relative_to(efter)
            ark = [
                uppslag(sidor_i(mapp / plats, TÄTHET, (mapp / plats).parent), 7)
                for mapp in (före, efter)
                if (mapp / plats).exists()
            ]
            hela = Image.new("RGB", (max(b.width for b in ark), sum(b.height + 3 * KANT for b in ark)), "white")
            y = 0
            for bild in ark:
                hela.paste(bild, (0, y))
                y += bild.height + 3 * KANT
            fil = till / f"{'_'.join(plats.parts[:3])}.png"
            hela.save(fil, optimize=True)
            print(fil)


def main() -> None:
    val = argparse.ArgumentParser(description="Bilder av rapporterna.")
    val.add_argument("--fore", metavar="INCHECKNING", help="jämför varje sida med den incheckningen")
    val.add_argument("--till", metavar="MAPP", type=Path, help="mappen för de bilderna, utanför projektet")
    svar = val.parse_args()
    if not svar.fore:
        return bilderna()
    if svar.till is None or svar.till.resolve().is_relative_to(ROT):
        sys.exit("Säg med --till var bilderna ska ligga: i en mapp utanför projektet.")
    return före_och_efter(svar.fore, svar.till)


def bilderna() -> None:
    """Those of docs/."""
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
