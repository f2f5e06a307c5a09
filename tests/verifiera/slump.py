"""One random change of a package: first which kind of file, then which file, then what in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from random import Random
from typing import Any

import pikepdf

from finsam.run.montering import json_bytes
from verifiera.manipulera import UT

Filer = dict[str, bytes]
Gör = Callable[[bytes, Random], bytes]
KRATE, MANIFEST = "ro-crate-metadata.json", f"{UT}/korning.json"
SLAG = ("pdf", "xlsx", "docx", "html", "json", "csv", "ipynb", "md", "schema", "papper", "underlag", "avsnitt", "arkiv")
_TAGG = re.compile(rb"<[a-zA-Z][\w:.-]*")
_ATTRIBUT = re.compile(rb'[\w:.-]+="[^"]*"')


def slaget(namn: str) -> str:
    """Which kind a file of the package is, by what it is to the package and by its ending."""
    if namn.startswith("outputs/"):
        fil = PurePosixPath(namn)
        return {"datapackage.json": "schema", "korning.json": "papper"}.get(fil.name, fil.suffix[1:])
    början = namn.partition("/")[0]
    slag = {"inputs": "underlag", "notebooks": "avsnitt", "requirements.lock": "avsnitt", "LAS_MIG.md": "md"}
    return slag.get(början, "papper")


def ändra(filer: Filer, slump: Random) -> tuple[str, str, Filer]:
    """The kind, what was changed, and the files as they then are."""
    slag = slump.choice(SLAG)
    if slag == "arkiv":
        if slump.random() < 0.5:
            namn = f"{slump.choice(['', UT + '/', UT + '/sektioner/'])}{slump.randrange(10**6)}.txt"
            return slag, f"{namn} hör inte dit", filer | {namn: b"x"}
        namn = slump.choice(sorted(filer))
        return slag, f"{namn} saknas", {n: data for n, data in filer.items() if n != namn}
    namn = slump.choice([n for n in sorted(filer) if filer[n] and slaget(n) == slag])
    sätten = [byte, *_SÄTT.get(PurePosixPath(namn).suffix, (rad,))]
    while True:
        gör = slump.choice(sätten)
        ny = gör(filer[namn], slump)
        if ny != filer[namn]:
            return slag, f"{gör.__name__} i {namn}", filer | {namn: ny}


def anpassa(filer: Filer, före: Filer) -> Filer:
    """The manifest and the list of files edited to fit, when they are not what was changed.

    Not for the inputs: with other inputs that fit it is another package.
    """
    ut = dict(filer)
    if ut.get(MANIFEST) == före[MANIFEST]:
        ut[MANIFEST] = _manifest(ut)
    if ut.get(KRATE) == före[KRATE]:
        ut[KRATE] = _krate(ut)
    return ut


def _manifest(filer: Filer) -> bytes:
    data = json.loads(filer[MANIFEST])
    egna = sorted(namn for namn in filer if namn.startswith(f"{UT}/") and namn != MANIFEST)
    data["outputs"] = {namn.removeprefix(f"{UT}/"): _summa(filer[namn]) for namn in egna}
    mapp = f"notebooks/{data['rapport']}/"
    data["notebooks"] = {namn: _summa(filer[mapp + namn]) for namn in data["notebooks"] if mapp + namn in filer}
    data["ordning"] = _summa(filer.get(f"{mapp}rapport.yml", b""))
    data["las"] = _summa(filer.get("requirements.lock", b""))
    return json_bytes(data)


def _krate(filer: Filer) -> bytes:
    data = json.loads(filer[KRATE])
    graf = [post for post in data["@graph"] if "sha256" not in post or post["@id"] in filer]
    nya = filer.keys() - {KRATE, *(post["@id"] for post in graf)}
    graf += [{"@id": namn, "@type": "File", "sha256": ""} for namn in sorted(nya)]
    for post in graf:
        if "sha256" in post and not post["@id"].startswith("inputs/"):
            innehåll = filer[post["@id"]]
            post |= {"sha256": _summa(innehåll), "contentSize": str(len(innehåll))}
    return json_bytes(data | {"@graph": graf})


def _summa(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def packa_upp(data: bytes) -> Filer:
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return {namn: arkiv.read(namn) for namn in arkiv.namelist()}


def packa(delar: Filer) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for namn, data in delar.items():
            arkiv.writestr(zipfile.ZipInfo(namn, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return ut.getvalue()


# ---------------------------------------------------------------- text


def byte(data: bytes, slump: Random) -> bytes:
    """One byte is another."""
    nr = slump.randrange(len(data))
    return data[:nr] + bytes([data[nr] ^ slump.randrange(1, 256)]) + data[nr + 1 :]


def rad(data: bytes, slump: Random) -> bytes:
    """A line is taken out, put in twice or changed places with the next."""
    rader = data.splitlines(keepends=True)
    nr = slump.randrange(len(rader))
    rader[nr : nr + 2] = slump.choice(
        [rader[nr + 1 : nr + 2], [rader[nr], *rader[nr : nr + 2]], rader[nr : nr + 2][::-1]]
    )
    return b"".join(rader)


def element(data: bytes, slump: Random) -> bytes:
    """An element is put in."""
    plats = slump.choice([träff.start() for träff in _TAGG.finditer(data)] or [0])
    return data[:plats] + b"<i/>" + data[plats:]


def attribut(data: bytes, slump: Random) -> bytes:
    """An attribute is taken out, or has another value."""
    träffar = list(_ATTRIBUT.finditer(data))
    if not träffar:
        return data
    träff = slump.choice(träffar)
    return data[: träff.start()] + slump.choice([b"", träff[0][:-1] + b'1"']) + data[träff.end() :]


# ---------------------------------------------------------------- what is in a file


def värde(data: bytes, slump: Random) -> bytes:
    """A value of a JSON file is another, or is taken out, or is put in."""
    allt = json.loads(data)
    platser = list(_platser(allt))
    var, nyckel = slump.choice(platser)
    sätt = slump.choice(["annat", "annat", "bort", "till"])
    if sätt == "annat":
        var[nyckel] = _annat(var[nyckel])
    elif sätt == "bort":
        del var[nyckel]
    elif isinstance(var, dict):
        var["ny"] = "x"
    else:
        var.insert(nyckel, "x")
    return json_bytes(allt)


def _platser(allt: Any) -> list[tuple[Any, Any]]:
    par = allt.items() if isinstance(allt, dict) else enumerate(allt) if isinstance(allt, list) else ()
    return [plats for nyckel, ett in par for plats in ((allt, nyckel), *_platser(ett))]


def _annat(värde: Any) -> Any:
    match värde:
        case bool():
            return not värde
        case int() | float():
            return värde + 1
        case str():
            return värde + "1"
        case _:
            return "x" if not värde else None


def i_del(gör: Gör) -> Gör:
    """The same in a part of a workbook or a Word file."""

    def i_en_del(data: bytes, slump: Random) -> bytes:
        delar = packa_upp(data)
        namn = slump.choice([namn for namn, del_ in delar.items() if _ATTRIBUT.search(del_)])
        ny = gör(delar[namn], slump)
        return data if ny == delar[namn] else packa(delar | {namn: ny})

    i_en_del.__name__ = f"{gör.__name__} i en del"
    return i_en_del


def del_till(data: bytes, slump: Random) -> bytes:
    return packa(packa_upp(data) | {f"xl/{slump.randrange(10**6)}.bin": slump.randbytes(9)})


def del_bort(data: bytes, slump: Random) -> bytes:
    delar = packa_upp(data)
    del delar[slump.choice(list(delar))]
    return packa(delar)


def _sparad(dok: pikepdf.Pdf) -> bytes:
    ut = io.BytesIO()
    dok.save(ut, deterministic_id=True)
    return ut.getvalue()


def ström(data: bytes, slump: Random) -> bytes:
    """A byte of what is drawn on a page, of a font or of a picture, is another."""
    with pikepdf.open(io.BytesIO(data)) as dok:
        strömmar = [o for o in dok.objects if isinstance(o, pikepdf.Stream) and o.get("/Type") != "/EmbeddedFile"]
        en = slump.choice(strömmar)
        en.write(byte(en.read_bytes(), slump))
        return _sparad(dok)


def objekt(data: bytes, slump: Random) -> bytes:
    """A key of an object is taken out, or a text, a number or a name is another."""
    with pikepdf.open(io.BytesIO(data)) as dok:
        alla = [o for o in dok.objects if isinstance(o, pikepdf.Dictionary) and len(o.keys())]
        ett = slump.choice(alla)
        nyckel = slump.choice(sorted(ett.keys()))
        gammalt = ett[nyckel]
        if isinstance(gammalt, pikepdf.String) and slump.random() < 0.7:
            ett[nyckel] = pikepdf.String(str(gammalt) + "1")
        elif isinstance(gammalt, pikepdf.Name) and slump.random() < 0.7:
            ett[nyckel] = pikepdf.Name(f"{gammalt}1")
        elif isinstance(gammalt, int):
            ett[nyckel] = gammalt + 1
        else:
            del ett[nyckel]
        return _sparad(dok)


def bilaga(data: bytes, slump: Random) -> bytes:
    """A file in a PDF is changed, taken out or has another beside it."""
    with pikepdf.open(io.BytesIO(data)) as dok:
        namn = slump.choice(sorted(dok.attachments))
        innehåll = dok.attachments[namn].get_file().read_bytes()
        sätt = slump.choice([byte, *_SÄTT.get(PurePosixPath(namn).suffix, (rad,)), None])
        if sätt:
            dok.attachments[namn] = pikepdf.AttachedFileSpec(dok, sätt(innehåll, slump), filename=namn)
        elif slump.random() < 0.5:
            del dok.attachments[namn]
        else:
            dok.attachments["annan.txt"] = pikepdf.AttachedFileSpec(dok, b"x", filename="annan.txt")
        return _sparad(dok)


_I_DELAR = (i_del(byte), i_del(element), i_del(attribut), i_del(attribut), del_till, del_bort)
_SÄTT: dict[str, tuple[Gör, ...]] = {
    ".pdf": (ström, objekt, objekt, bilaga),
    ".xlsx": _I_DELAR,
    ".docx": _I_DELAR,
    ".html": (element, attribut),
    ".json": (värde, värde),
    ".ipynb": (värde, värde),
}
