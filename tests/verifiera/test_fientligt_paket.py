"""A package comes from somebody else: nothing of it is run, nothing outside it is read, and what is odd gets a line."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from argparse import Namespace
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import Körning, kör
from facit import ROT
from finsam.prove.formler import Formelfel, Formler
from finsam.prove.manifest import KanInteVerifieras
from finsam.prove.pdf import read_pdf
from finsam.prove.verifiera.plats import Steg, hitta
from finsam.prove.verifiera.uppackning import packa_upp
from finsam.run.omkorning import pröva_omkörning
from prov import urval
from verifiera.manipulera import byt_i_blad

KATALOG = "outputs/sofint/2024/arsredovisning"
AVSNITT = "notebooks/arsredovisning"
NOTER = f"{AVSNITT}/60_noter.ipynb"
RADBRYTNINGAR = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
Ändring = Callable[[Path], object]


@pytest.fixture
def uppackat(paket: Path, tmp_path: Path) -> Path:
    packa_upp(paket, tmp_path / "paket")
    return tmp_path / "paket"


@pytest.fixture
def kanarie(tmp_path: Path) -> Path:
    """What the hostile cells would write."""
    return tmp_path / "kanarie"


def read(fil: Path) -> Any:
    return json.loads(fil.read_text("utf-8"))


def write(data: Any, fil: Path) -> None:
    fil.write_text(json.dumps(data), "utf-8")


def anpassa(rot: Path) -> None:
    """Edit the manifest and the list of files to fit the files as they are now."""
    körning = read(rot / KATALOG / "korning.json")
    for nyckel, var in (("notebooks", AVSNITT), ("outputs", KATALOG), ("inputs", "inputs")):
        körning[nyckel] = {fil: summa(rot / var / fil) for fil in körning[nyckel]}
    körning["ordning"] = summa(rot / AVSNITT / "rapport.yml")
    write(körning, rot / KATALOG / "korning.json")
    krate = read(rot / "ro-crate-metadata.json")
    for post in krate["@graph"]:
        if "sha256" in post:
            post["sha256"] = summa(rot / post["@id"])
    write(krate, rot / "ro-crate-metadata.json")


def summa(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes()).hexdigest() if fil.is_file() else "0" * 64


def ny_cell(källa: str, fil: str = NOTER) -> Ändring:
    def ändra(rot: Path) -> None:
        nb = read(rot / fil)
        nb["cells"].append({"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "source": källa})
        write(nb, rot / fil)

    return ändra


def format_3(källa: str, fil: str = NOTER) -> Ändring:
    """Harmless `cells` that are ours, and `worksheets`, which is what Jupyter reads in the older format."""

    def ändra(rot: Path) -> None:
        cell = {"cell_type": "code", "language": "python", "metadata": {}, "outputs": [], "input": källa}
        nb = read(rot / fil) | {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"metadata": {}, "cells": [cell]}]}
        write(nb, rot / fil)

    return ändra


def kod(kanarie: Path) -> str:
    return f"import pathlib; pathlib.Path({str(kanarie)!r}).write_text('x')"


def dold(kanarie: Path, brytning: str) -> str:
    """A comment to Python, a command and a line of code to IPython."""
    return f"# se bilaga{brytning}!true{brytning}{kod(kanarie)}"


ANGREPP: dict[str, tuple[Callable[[Path], Ändring], str]] = {
    "vanlig_cell": (lambda k: ny_cell(kod(k)), "60_noter.ipynb, cell "),
    "format_3": (lambda k: format_3(kod(k)), "60_noter.ipynb: är ingen notebook i format 4."),
    **{
        f"radbrytning_{ord(b):x}": (lambda k, b=b: ny_cell(dold(k, b)), "# se bilaga")  # type: ignore[misc]
        for b in RADBRYTNINGAR
    },
}


def nivå_1(katalog: Path) -> list[Steg]:
    with hitta(katalog) as plats:
        return list(pröva_omkörning(plats, lambda _: lambda _: None))


def som_zip(rot: Path) -> Path:
    return Path(shutil.make_archive(str(rot.parent / "ond"), "zip", rot))


@pytest.mark.parametrize("angrepp", urval(ANGREPP, "vanlig_cell", "format_3"))
def test_sections_that_are_not_ours_are_shown_and_ours_are_run(
    uppackat: Path, kanarie: Path, angrepp: str, paket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packed, unpacked, and standing in it, at its root or in the run's own folder."""
    gör, ord_ = ANGREPP[angrepp]
    gör(kanarie)(uppackat)
    anpassa(uppackat)
    anrop: list[tuple[Path, list[Path]]] = []

    def skapa(*ord_: Any, **_: Any) -> Namespace:
        anrop.append((ord_[-1], list(Path.cwd().iterdir())))
        return Namespace(paket=paket)

    monkeypatch.setattr("finsam.run.omkorning.skapa", skapa)
    for var, katalog in (
        (uppackat.parent, som_zip(uppackat)),
        (uppackat.parent, uppackat),
        (uppackat, Path()),
        (uppackat, Path(KATALOG)),
        (uppackat / KATALOG, Path()),
    ):
        monkeypatch.chdir(var)
        avsnitt = nivå_1(katalog)[0]
        assert avsnitt.utfall == "oklart"
        assert avsnitt.text == "1 av 10 avsnitt är inte våra; omkörningen görs med våra"
        assert [rad[: len(ord_)] if rad.startswith(ord_) else ord_ in rad for rad in avsnitt.problem] in (
            [ord_],
            [True],
        )
    assert anrop == [(ROT / "notebooks", [])] * 5
    assert not kanarie.exists()


@pytest.mark.langsam
def test_a_package_full_of_code_is_verified_without_running_any_of_it(uppackat: Path, kanarie: Path) -> None:
    """The whole command, standing in the package, which also holds modules and settings by the names we import."""
    filer = sorted((uppackat / AVSNITT).glob("*.ipynb"))
    for nr, fil in enumerate(filer):
        gör = format_3 if nr == 0 else ny_cell
        källa = kod(kanarie) if nr < 2 else dold(kanarie, RADBRYTNINGAR[nr % len(RADBRYTNINGAR)])
        gör(källa, f"{AVSNITT}/{fil.name}")(uppackat)
    anpassa(uppackat)
    moduler = ("yaml", "pandas", "matplotlib_inline", "sitecustomize", "usercustomize", "ond", "IPython")
    for namn in moduler:
        (uppackat / f"{namn}.py").write_text(kod(kanarie))
    (uppackat / "matplotlibrc").write_text("backend: module://ond\n")
    miljö = os.environ | {"PYTHONPATH": str(ROT / "lib")}
    svar = subprocess.run(
        [sys.executable, "-m", "finsam", "verifiera", ".", "--json"],
        cwd=uppackat,
        env=miljö,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert not kanarie.exists()
    steg = {(s["niva"], s["namn"]): s for s in json.loads(svar.stdout)["steg"]}
    assert (
        steg[1, "Avsnitten"]["text"] == f"{len(filer)} av {len(filer)} avsnitt är inte våra; omkörningen görs med våra"
    )
    assert steg[1, "Fakta"]["utfall"] == "stämmer"
    assert {namn for nivå, namn in steg if nivå == 1 and namn.endswith(".py")} == {f"{namn}.py" for namn in moduler}
    assert svar.returncode == 1  # the modules do not belong to the package
    assert svar.stderr == ""


def test_a_cell_that_is_put_in_changed_or_taken_away_is_named(uppackat: Path) -> None:
    nb = read(uppackat / NOTER)
    vår = "".join(nb["cells"][-1]["source"])
    nb["cells"][1]["metadata"]["tags"] = []
    nb["cells"][2]["source"] = "import finsam\n\nbok = finsam.öppna(förbund, 1999)"
    del nb["cells"][-1]
    write(nb, uppackat / NOTER)
    assert avsnitten(uppackat) == [
        '60_noter.ipynb, cell 2: förbund = "exempelforbundet"',
        "60_noter.ipynb, cell 3: bok = finsam.öppna(förbund, 1999)",
        f"60_noter.ipynb: vår cell {len(nb['cells']) + 1} saknas: {vår}",
    ]


def avsnitten(rot: Path) -> list[str]:
    """What is said of the sections; the run is not made again, for the inputs are not there."""
    shutil.rmtree(rot / "inputs")
    return list(nivå_1(rot)[0].problem)


def test_the_same_cells_written_otherwise_are_ours(uppackat: Path) -> None:
    for fil in (uppackat / AVSNITT).glob("*.ipynb"):
        nb = read(fil)
        for cell in nb["cells"]:
            cell["source"] = "".join(cell["source"])
            cell["metadata"]["collapsed"] = False
        write(nb, fil)
    assert avsnitten(uppackat) == []


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("hej", "Filen ska bestå av nycklar med värden, till exempel namn: Samordningsförbundet."),
        ("avsnitt: !!python/object/apply:os.system ['true']", "Taggar (ord som börjar med !) används inte här."),
        ("a: &a [x]\navsnitt: [*a, *a]", "Hänvisningar med * används inte här; skriv ut värdet."),
        ("avsnitt: hej", "Filen ska ha nyckeln avsnitt med en lista av avsnittens namn, och inget annat."),
        ("avsnitt: [omslag]\nmer: 1", "Filen ska ha nyckeln avsnitt med en lista av avsnittens namn, och inget annat."),
        ("avsnitt: [../../etc/passwd]", "avsnitten är ../../etc/passwd"),
        ("\x00", "Raden har ett tecken som inte syns (U+0000, tecken 1 på raden); skriv om den."),
    ],
)
def test_the_order_of_sections_is_data(uppackat: Path, text: str, ord_: str) -> None:
    (uppackat / AVSNITT / "rapport.yml").write_text(text, "utf-8")
    assert avsnitten(uppackat) == [f"rapport.yml: {ord_}"]


@pytest.mark.parametrize(
    ("innehåll", "ord_"),
    [
        ("", "60_noter.ipynb kan inte läsas: den är avbruten eller ändrad."),
        ("[" * 100_000, "60_noter.ipynb kan inte läsas: den är avbruten eller ändrad."),
        ("[]", "är ingen notebook."),
        ('{"nbformat": 4}', "är ingen notebook."),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": null, "source": ""}]}', "är ingen notebook."),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": [1]}]}', "är ingen notebook."),
        ('{"nbformat": 4, "cells": [], "worksheets": []}', "är ingen notebook i format 4."),
        (f'{{"nbformat": 4, "cells": [{"0," * 2000}0]}}', "är ingen notebook."),
    ],
)
def test_what_is_no_notebook_is_told(uppackat: Path, innehåll: str, ord_: str) -> None:
    (uppackat / NOTER).write_text(innehåll)
    assert avsnitten(uppackat) == [f"60_noter.ipynb: {ord_}"]


# ---------------------------------------------------------------- nothing outside the package is read


@pytest.mark.parametrize("id_", ["/etc/passwd", "/proc/kmsg", "../granne.txt", "..%2Fgranne.txt", "a//b", "C:x"])
def test_a_listed_file_outside_the_package_is_not_read(uppackat: Path, id_: str) -> None:
    (uppackat.parent / "granne.txt").write_text("x")
    krate = read(uppackat / "ro-crate-metadata.json")
    krate["@graph"].append({"@id": id_, "@type": "File", "sha256": hashlib.sha256(b"x").hexdigest()})
    write(krate, uppackat / "ro-crate-metadata.json")
    svar = kör("verifiera", uppackat, "--niva", "0")
    assert svar.exit_code == 1
    assert f"{id_.replace('%2F', '/')}: leder ut ur paketet, och har inte lästs" in svar.output


@pytest.mark.parametrize(
    ("gör", "ord_"),
    [
        (lambda p: (p / "inputs" / "x").symlink_to("/etc"), "inputs/x är en länk"),
        (lambda p: (p / KATALOG / "x.json").symlink_to("/proc/kmsg"), f"{KATALOG}/x.json är en länk"),
        (lambda p: os.mkfifo(p / KATALOG / "x.json"), f"{KATALOG}/x.json är ingen vanlig fil"),
        (lambda p: os.truncate(p / "LAS_MIG.md", 10**9), "innehållet är orimligt stort"),
    ],
)
@pytest.mark.parametrize("var", ["", KATALOG])
@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_and_pipes_are_not_followed(uppackat: Path, gör: Ändring, ord_: str, var: str) -> None:
    gör(uppackat)
    svar = kör("verifiera", uppackat / var, "--niva", "1")
    assert svar.exit_code == 2
    assert ord_ in svar.output


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_inputs_beside_a_run_that_lead_out_are_not_read(uppackat: Path) -> None:
    """Without its list of files the folder is no package, but a run with its inputs beside it."""
    (uppackat / "ro-crate-metadata.json").unlink()
    for fil in ("sofint/forbund.yml", "sofint/2024/plomb.json"):
        (uppackat / "inputs" / fil).unlink(missing_ok=True)
        (uppackat / "inputs" / fil).symlink_to("/proc/kmsg")
    svar = kör("verifiera", uppackat / KATALOG, "--niva", "0")
    assert svar.exit_code == 1
    assert "sofint/forbund.yml: saknas" in svar.output


# ---------------------------------------------------------------- nothing swells, nothing is a traceback


@pytest.mark.usefixtures("omkörd")
@pytest.mark.parametrize(
    "tal", ['"1e99999999999"', '"-1e-99999999"', '"NaN"', "NaN", "Infinity", "1e9999", '"' + "9" * 99 + '"']
)
def test_numbers_beyond_reason_are_no_report(uppackat: Path, tal: str) -> None:
    fil = uppackat / KATALOG / "rapport.json"
    hel = fil.read_text("utf-8")
    for före in ('"118764.00"', " 118764,"):
        assert före in hel
        fil.write_text(hel.replace(före, f" {tal}" + före[-1].replace('"', "")), "utf-8")
        for val, steg in (((), "Fakta"), (("--inputs", uppackat / "inga"), "rapport.json")):
            svar = kör("verifiera", uppackat, *val)
            assert svar.exit_code == 1
            assert f"✗ nivå 1  {steg}: rapport.json " in svar.output
            assert "Traceback" not in svar.output


@pytest.mark.parametrize("år", ["0", "10000", "1e99", '"x"', "[2024]", "9" * 3000])
def test_the_manifest_has_a_year(uppackat: Path, år: str) -> None:
    fil = uppackat / KATALOG / "korning.json"
    fil.write_text(fil.read_text("utf-8").replace('"år": 2024', f'"år": {år}'), "utf-8")
    svar = kör("verifiera", uppackat)
    assert svar.exit_code == 2
    assert svar.output.startswith("Kan inte verifieras: korning.json ")


@pytest.fixture(scope="module")
def pdf(körning: Körning) -> bytes:
    return (körning.katalog / "arsredovisning.pdf").read_bytes()


def bomb(lager: int) -> bytes:
    data = b" " * 250_000_000
    for _ in range(lager):
        data = zlib.compress(data, 9)
    return data


def med_ström(pdf: bytes, data: bytes, filter_: pikepdf.Object) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as dok:
        ström = dok.make_stream(b"")
        ström.write(data, filter=filter_)
        dok.pages[0].Contents = ström
        ut = io.BytesIO()
        dok.save(ut, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return ut.getvalue()


@pytest.mark.langsam
def test_a_pdf_that_swells_is_not_opened(pdf: bytes) -> None:
    flate = pikepdf.Name.FlateDecode
    två = med_ström(pdf, bomb(2), pikepdf.Array([flate, flate]))
    for fil, ord_ in (
        (med_ström(pdf, bomb(1), flate), "den blir orimligt stor när den packas upp"),
        (två, "en ström är packad på ett annat sätt"),
        (två.replace(b"/Filter [", b"/F#69lter ["), "en ström är packad på ett annat sätt"),
        (b"%PDF-1.7\n" + b"stream\n" * 100_000, "den blir orimligt stor när den packas upp"),
        (krypterad(pdf), "den är krypterad"),
        (förgrenad(pdf), "ValueError"),
    ):
        with pytest.raises(ValueError, match=ord_):
            read_pdf(fil)


def krypterad(pdf: bytes) -> bytes:
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as dok:
        dok.save(ut, encryption=pikepdf.Encryption(owner="x", user=""))
    return ut.getvalue()


def förgrenad(pdf: bytes) -> bytes:
    """Sixty elements, each with the next one twice: more paths than there are seconds."""
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as dok:
        element = dok.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P))
        for _ in range(60):
            element = dok.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div, K=pikepdf.Array([element, element])))
        dok.Root.StructTreeRoot.K = element
        dok.save(ut)
    return ut.getvalue()


def test_a_folder_in_a_file_s_place_in_a_zip_is_told(tmp_path: Path) -> None:
    fil = tmp_path / "ond.zip"
    with zipfile.ZipFile(fil, "w") as arkiv:
        arkiv.writestr("a", "1")
        arkiv.writestr("a/b", "2")
    with pytest.raises(KanInteVerifieras, match="är inget paket"):
        packa_upp(fil, tmp_path / "ut")


@pytest.mark.parametrize("värde", urval(["1e999", "1E+30", "9" * 4000], "1e999"))
def test_a_workbook_with_numbers_beyond_reason_is_none(körning: Körning, tmp_path: Path, värde: str) -> None:
    katalog = shutil.copytree(körning.katalog, tmp_path / "arsredovisning")
    byt_i_blad("Fakta", "<v>118764.0</v>", f"<v>{värde}</v>")(katalog)
    svar = kör("verifiera", katalog, "--inputs", tmp_path / "inga")
    assert svar.exit_code == 1
    assert "✗ nivå 1  arsredovisning.xlsx: kan inte läsas som arbetsbok" in svar.output


def test_cells_that_square_each_other_stop() -> None:
    celler = {("F", f"A{nr}"): f"=A{nr + 1}*A{nr + 1}" for nr in range(1, 40)}
    with pytest.raises(Formelfel, match="ger ett orimligt stort eller litet tal"):
        Formler(celler, {("F", "A40"): Decimal(99)}).värde(("F", "A1"))
