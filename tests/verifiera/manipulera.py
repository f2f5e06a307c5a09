"""What somebody might do to finished documents, and to the manifest so that it still fits."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf

Ändring = Callable[[Path], None]


def byt(fil: str, gammalt: str, nytt: str) -> Ändring:
    """Replace the first place of a text in a file of the run."""

    def ändra(katalog: Path) -> None:
        text = (katalog / fil).read_text("utf-8")
        assert gammalt in text, gammalt
        (katalog / fil).write_text(text.replace(gammalt, nytt, 1), "utf-8")

    return ändra


def byt_i_blad(blad: str, mönster: str, nytt: str) -> Ändring:
    """Replace in one sheet of the workbook; the rest of the archive is kept as it is."""

    def ändra(katalog: Path) -> None:
        [fil] = katalog.glob("*.xlsx")
        with zipfile.ZipFile(fil) as arkiv:
            delar = {post.filename: arkiv.read(post) for post in arkiv.infolist()}
        namn = re.findall(r'<sheet name="([^"]+)"', delar["xl/workbook.xml"].decode())
        del_ = f"xl/worksheets/sheet{namn.index(blad) + 1}.xml"
        ny, antal = re.subn(mönster, nytt, delar[del_].decode(), count=1)
        assert antal == 1, mönster
        delar[del_] = ny.encode()
        with zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED) as arkiv:
            for post, data in delar.items():
                arkiv.writestr(post, data)

    return ändra


def ta_bort(fil: str) -> Ändring:
    return lambda katalog: (katalog / fil).unlink()


def byt_ut(fil: str, mot: str) -> Ändring:
    """One file in another's place."""
    return lambda katalog: (katalog / fil).write_bytes((katalog / mot).read_bytes())


def lägg_till(fil: str) -> Ändring:
    return lambda katalog: (katalog / fil).write_text("hej\n", "utf-8") and None


def båda(*ändringar: Ändring) -> Ändring:
    def ändra(katalog: Path) -> None:
        for en in ändringar:
            en(katalog)

    return ändra


def anpassa(katalog: Path) -> None:
    """Edit the manifest to fit the files as they are now."""
    fil = katalog / "korning.json"
    data = json.loads(fil.read_text("utf-8"))
    data["outputs"] = {f: hashlib.sha256((katalog / f).read_bytes()).hexdigest() for f in data["outputs"]}
    fil.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def version(paket: str, version: str) -> Ändring:
    """The manifest says another version of a package."""

    def ändra(katalog: Path) -> None:
        fil = katalog / "korning.json"
        data = json.loads(fil.read_text("utf-8"))
        data["versioner"][paket] = version
        fil.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")

    return ändra


# ---------------------------------------------------------------- the same in a package

UT = "outputs/exempelforbundet/2025/arsredovisning"


def anpassa_paket(rot: Path, ut: str = UT) -> None:
    """Edit the manifest and the list of files to fit the files of a package as they are now."""
    anpassa(rot / ut)
    fil = rot / "ro-crate-metadata.json"
    data = json.loads(fil.read_text("utf-8"))
    for post in data["@graph"]:
        if "sha256" in post:
            innehåll = (rot / post["@id"]).read_bytes()
            post |= {"sha256": hashlib.sha256(innehåll).hexdigest(), "contentSize": str(len(innehåll))}
    fil.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def i_arkiv(fil: str, ändra: Callable[[dict[str, bytes]], object]) -> Ändring:
    """Change the parts of a workbook or a package; the others are kept as they are."""

    def gör(katalog: Path) -> None:
        with zipfile.ZipFile(katalog / fil) as arkiv:
            delar = {post.filename: arkiv.read(post) for post in arkiv.infolist()}
        ändra(delar)
        with zipfile.ZipFile(katalog / fil, "w", zipfile.ZIP_DEFLATED) as arkiv:
            for namn, data in delar.items():
                arkiv.writestr(namn, data)

    return gör


def överallt(mönster: bytes, nytt: bytes) -> Callable[[dict[str, bytes]], None]:
    """Replace in every part of an archive."""

    def ändra(delar: dict[str, bytes]) -> None:
        antal = 0
        for namn, data in delar.items():
            delar[namn], gånger = re.subn(mönster, nytt, data)
            antal += gånger
        assert antal, mönster

    return ändra


def ruta(fil: str, sida: int, färg: str) -> Ändring:
    """A box over a page of a PDF, marked as no part of the document."""

    def ändra(katalog: Path) -> None:
        with pikepdf.open(katalog / fil, allow_overwriting_input=True) as dok:
            ritat = f"/Artifact BMC q {färg} rg 100 300 300 300 re f Q EMC".encode()
            dok.pages[sida - 1].contents_add(dok.make_stream(ritat))
            dok.save(katalog / fil, deterministic_id=True)

    return ändra


def byt_alla(fil: str, mönster: str, nytt: str) -> Ändring:
    """Replace every place of a pattern in a file of the run."""

    def ändra(katalog: Path) -> None:
        text, antal = re.subn(mönster, nytt, (katalog / fil).read_text("utf-8"))
        assert antal, mönster
        (katalog / fil).write_text(text, "utf-8")

    return ändra
