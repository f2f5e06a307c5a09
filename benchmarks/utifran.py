"""How well `finsam granska` does on reports that were written without knowing its rules.

    python benchmarks/utifran.py [--skriv] [--ett] [-v]

`tests/granska/utifran/` holds reports of invented förbund. `X.html` is true in every figure; `X.yml` lists the
contradictions that are planted in `X-fel`, each with the text it changes, in HTML, and the figure that is then wrong.
A report without HTML is in the one form that it was made in, with everything planted at once.
Every finding in a clean file is a false alarm. A planted contradiction is found when something is told that is not told
of the clean file, and that has the changed figure in its words, its figures or its sum. With `--ett` each is planted
alone, in a Word document and a PDF of its own (needs LibreOffice); `--skriv` makes the documents again from the HTML.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from finsam.granska.fynd import Fynd
from finsam.granska.granska import granska_dokument
from finsam.granska.lasa.dokument import Dokument, read_dokument

MAPP = Path(__file__).parent.parent / "tests" / "granska" / "utifran"
FORMAT = (".pdf", ".docx")
UTAN_SIDOR = 7
"""The pages of a report that is only a Word document or a text: what LibreOffice makes of it, on average."""


def main() -> None:
    """Measure."""
    val = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    val.add_argument("--skriv", action="store_true", help="make the documents again")
    val.add_argument("--ett", action="store_true", help="plant one at a time")
    val.add_argument("-v", action="store_true", help="show what is false and what is missed")
    a = val.parse_args()
    if a.skriv:
        write_dokument(MAPP, {k: v for namn in namnen() for k, v in texter(namn)})
    if a.ett:
        with tempfile.TemporaryDirectory() as mapp:
            write_dokument(Path(mapp), {k: v for namn in namnen() for k, v in enskilda(namn)})
            mät_alla(Path(mapp), ett=True, visa=a.v)
    else:
        mät_alla(MAPP, ett=False, visa=a.v)
        mät(MAPP, "", ett=False, visa=a.v)


def namnen() -> list[str]:
    """The reports."""
    return sorted(fil.stem for fil in MAPP.glob("*.html"))


def egen_form() -> list[tuple[str, str]]:
    """The reports that are in one form only, with its suffix."""
    utan = sorted({fil.stem for fil in MAPP.glob("*.yml")} - set(namnen()))
    return [(namn, fil.suffix) for namn in utan for fil in MAPP.glob(f"{namn}.*") if fil.suffix != ".yml"]


def facit(namn: str) -> list[dict[str, Any]]:
    """What is planted in a report."""
    lista: list[dict[str, Any]] = yaml.safe_load((MAPP / f"{namn}.yml").read_text(encoding="utf-8"))
    return lista


# --- the documents ------------------------------------------------------------------------------------------------


def texter(namn: str) -> Iterator[tuple[str, str]]:
    """The clean report and the one with everything planted, as HTML."""
    ren = (MAPP / f"{namn}.html").read_text(encoding="utf-8")
    yield namn, ren
    fel = ren
    for post in facit(namn):
        fel = byt(fel, post)
    yield f"{namn}-fel", fel


def enskilda(namn: str) -> Iterator[tuple[str, str]]:
    """A report for each thing planted, and the clean one."""
    ren = (MAPP / f"{namn}.html").read_text(encoding="utf-8")
    yield namn, ren
    for post in facit(namn):
        yield f"{namn}-{post['nr']}", byt(ren, post)


def byt(text: str, post: dict[str, Any]) -> str:
    """The text with one thing planted."""
    if text.count(post["fran"]) != 1:
        raise SystemExit(f"{post['vad']}: {text.count(post['fran'])} gånger i texten, ska vara en")
    return text.replace(post["fran"], post["till"])


def write_dokument(mapp: Path, html: dict[str, str]) -> None:
    """Each text as Word and as PDF, made by LibreOffice Writer."""
    with tempfile.TemporaryDirectory() as tillfällig:
        profil = f"-env:UserInstallation={(Path(tillfällig) / 'profil').as_uri()}"
        for namn, text in html.items():
            (Path(tillfällig) / f"{namn}.html").write_text(text, encoding="utf-8")
        for ur, till in (("html", "docx:MS Word 2007 XML"), ("docx", "pdf")):
            var = Path(tillfällig) if ur == "html" else mapp
            läs = ["--infilter=HTML (StarWriter)"] if ur == "html" else []
            filer = [str(var / f"{namn}.{ur}") for namn in html]
            kommando = ["soffice", profil, "--headless", *läs, "--convert-to", till, "--outdir", str(mapp), *filer]
            subprocess.run(kommando, check=True, capture_output=True)


# --- measure ------------------------------------------------------------------------------------------------------


def mät_alla(mapp: Path, *, ett: bool, visa: bool) -> None:
    """Format by format."""
    for form in FORMAT:
        mät(mapp, form, ett=ett, visa=visa)


def mät(mapp: Path, form: str, *, ett: bool, visa: bool) -> tuple[Counter[str], Counter[str]]:
    """Report by report, in their own forms when no form is said; the false alarms and the hits of each rule."""
    funna = planterade = sidor = 0
    falska: Counter[str] = Counter()
    regler: Counter[str] = Counter()
    for namn, ändelse in [(namn, form) for namn in namnen()] if form else egen_form():
        dok, rena = granska(mapp / f"{namn}{ändelse}")
        sidor += dok.sidor or sidor_i(mapp / f"{namn}.pdf")
        falska.update(f.kod for f in rena)
        for f in rena if visa else ():
            print(f"  falskt i {namn}{ändelse}: {f.kod} {f.text}")
        sagt = {f.text for f in rena}
        gemensam = None if ett else granska(mapp / f"{namn}-fel{ändelse}")[1]
        for post in facit(namn):
            alla = gemensam if gemensam is not None else granska(mapp / f"{namn}-{post['nr']}{ändelse}")[1]
            träffar = [f for f in alla if f.text not in sagt and nämner(f, post["tal"])]
            planterade += 1
            funna += bool(träffar)
            regler.update({f.kod for f in träffar})
            if visa and not träffar:
                print(f"  missat i {namn}{ändelse}: {post['nr']} {post['vad']}")
    antal = falska.total()
    per = antal * 25 / sidor
    vad = form[1:] or "egen form"
    print(f"{vad}: {sidor} sidor, {antal} falsklarm ({per:.1f} per 25 sidor), {funna} av {planterade} hittade")
    print("  ", ", ".join(f"{k} {n}" for k, n in sorted(regler.items())))
    return falska, regler


def granska(fil: Path) -> tuple[Dokument, tuple[Fynd, ...]]:
    """A document, and what is told of it."""
    dok = read_dokument(fil.read_bytes(), fil.name)
    return dok, granska_dokument([dok]).larm


def sidor_i(fil: Path) -> int:
    """How many pages the same report has as PDF; a Word document does not tell, and one of its own form has about 7."""
    return (read_dokument(fil.read_bytes(), fil.name).sidor or 1) if fil.exists() else UTAN_SIDOR


def nämner(fynd: Fynd, tal: str) -> bool:
    """Whether a finding, or what follows from it, is about a figure or a word: a quotation may be a whole paragraph."""
    text = [fynd.text, fynd.uträkning, *(t for s in fynd.ställen for t in s.tal)]
    sökt = re.search(r"\d[\d ]*(?:,\d+)?", platt(tal))
    mönster = re.compile(rf"(?<![\d,]){re.escape(sökt[0].strip() if sökt else tal)}(?![\d,]*\d)")
    return any(mönster.search(platt(t)) for t in text) or any(nämner(följd, tal) for följd in fynd.följder)


def platt(text: str) -> str:
    """With one kind of blank and of minus."""
    return re.sub(r"[\u00a0\u202f]", " ", text.replace("−", "-"))


if __name__ == "__main__":
    main()
