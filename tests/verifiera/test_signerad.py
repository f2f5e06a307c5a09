"""A signed copy holds what was published: its words and its pictures, with ink only on blank places of the margins."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from conftest import Körning, kör
from prov import urval

Ändring = Callable[[pikepdf.Pdf], object]
VIT = b"q 1 1 1 rg 100 300 300 300 re f Q"


@pytest.fixture
def publicerad(körning: Körning) -> Path:
    return körning.katalog / "arsredovisning.pdf"


def rita(ops: bytes, sida: int = 4) -> Ändring:
    return lambda dok: dok.pages[sida - 1].contents_add(dok.make_stream(ops))


def bifoga(namn: str, data: bytes) -> Ändring:
    def gör(dok: pikepdf.Pdf) -> None:
        dok.attachments[namn] = pikepdf.AttachedFileSpec(dok, data, filename=namn)

    return gör


def skript(dok: pikepdf.Pdf) -> None:
    dok.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def länk(dok: pikepdf.Pdf) -> None:
    gör = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://exempel.test"))
    ruta = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[1, 1, 9, 9], A=gör)
    dok.pages[0].obj.Annots = pikepdf.Array([dok.make_indirect(ruta)])


def titel(dok: pikepdf.Pdf) -> None:
    dok.docinfo["/Title"] = pikepdf.String("Signerad")


def omkastade(dok: pikepdf.Pdf) -> None:
    sida = dok.pages[3]
    del dok.pages[3]
    dok.pages.insert(5, sida)


def anteckning(ruta: list[int], flaggor: int) -> Ändring:
    """A note filled with blue, over a page."""

    def gör(dok: pikepdf.Pdf) -> None:
        bild = dok.make_stream(b"0 0 1 rg 0 0 900 900 re f")
        bild.Type, bild.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        bild.BBox = [0, 0, ruta[2] - ruta[0], ruta[3] - ruta[1]]
        utseende = pikepdf.Dictionary(N=bild)
        om = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=ruta, F=flaggor, AP=utseende)
        gamla = list(dok.pages[3].obj.get("/Annots", pikepdf.Array()))
        dok.pages[3].obj.Annots = pikepdf.Array([*gamla, dok.make_indirect(om)])

    return gör


def lager(dok: pikepdf.Pdf) -> None:
    lagret = dok.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("x")))
    dok.Root.OCProperties = pikepdf.Dictionary(OCGs=[lagret], D=pikepdf.Dictionary(OFF=pikepdf.Array([lagret])))


def skala(dok: pikepdf.Pdf) -> None:
    dok.pages[3].obj.UserUnit = 2


PÅ_SKÄRM, BARA_UTSKRIFT = 4, 4 | 32
FALL: dict[str, tuple[Ändring, int, str]] = {
    "omkastade_sidor": (omkastade, 1, "sidan 4 har andra ord"),
    "anteckning_i_marginalen": (anteckning([5, 5, 30, 30], PÅ_SKÄRM), 0, "utom i tomma marginaler"),
    "anteckning_som_bara_skrivs_ut": (
        *(anteckning([100, 300, 400, 600], BARA_UTSKRIFT), 1),
        "sidan 4: något är lagt över sidan (/Stamp)",
    ),
    "lager": (lager, 1, "filen har lager, som kan visas eller döljas"),
    "skala": (skala, 1, "sidan 4 har en annan skala"),
    "sparad_om": (titel, 0, "i nivå 1  Bytes: den signerade är skriven på nytt"),
    "stampel_i_marginalen": (rita(b"q 0 0 1 rg 8 8 20 20 re f Q"), 0, "utom i tomma marginaler"),
    "vit_ruta": (rita(VIT), 1, "sidan 4 ser inte likadan ut innanför marginalerna"),
    "stampel_i_texten": (rita(b"q 0 0 1 rg 100 400 20 20 re f Q"), 1, "sidan 4 ser inte likadan ut innanför"),
    "en_sida_mindre": (lambda dok: dok.pages.__delitem__(-1), 1, "1 av sidorna saknas"),
    "en_sida_till": (lambda dok: dok.add_blank_page(), 2, "sist finns 1 till, som inte är publicerade: läs dem"),
    "vriden_sida": (lambda dok: dok.pages[2].rotate(90, relative=True), 1, "sidan 3 har en annan storlek"),
    "en_bilaga_till": (bifoga("kvitto.xml", b"<a/>"), 0, "i nivå 1  Bilagorna: de publicerade är kvar"),
    "bilagan_utbytt": (bifoga("rapport.json", b"{}"), 1, "rapport.json är en annan eller saknas"),
    "skript": (skript, 1, "gör något när filen öppnas"),
    "annan_lank": (länk, 1, "länk /URI https://exempel.test"),
}


@pytest.mark.parametrize("namn", urval(FALL))
def test_what_was_added_is_told(publicerad: Path, tmp_path: Path, namn: str) -> None:
    ändra, kod, ord_ = FALL[namn]
    with pikepdf.open(publicerad) as dok:
        ändra(dok)
        dok.save(tmp_path / "signerad.pdf")
    svar = kör("verifiera", publicerad, tmp_path / "signerad.pdf")
    assert svar.exit_code == kod, svar.output
    assert ord_ in svar.output


@pytest.mark.langsam
def test_ink_in_the_margins_is_only_put_on_blank_places(publicerad: Path, tmp_path: Path) -> None:
    filer = [tmp_path / "publicerad.pdf", tmp_path / "signerad.pdf"]
    for fil, färger in zip(filer, (b"0", b"01"), strict=True):
        with pikepdf.open(publicerad) as dok:
            for grå in färger:
                rita(b"q %c g 8 8 20 20 re f Q" % grå)(dok)
            dok.save(fil)
    svar = kör("verifiera", *filer)
    assert svar.exit_code == 1
    assert "sidan 4: något i marginalen är överskrivet" in svar.output


@pytest.mark.langsam
def test_the_published_bytes_in_it_do_not_hide_what_it_shows(publicerad: Path, tmp_path: Path) -> None:
    """As a beginning, and as a file in it; what the pages show is looked at all the same."""
    data = publicerad.read_bytes()
    signerad = tmp_path / "signerad.pdf"
    signerad.write_bytes(data + b"% mer\n")
    svar = kör("verifiera", publicerad, signerad)
    assert "✓ nivå 1  Bytes: den signerade börjar med den publicerade, byte för byte" in svar.output
    assert svar.exit_code == 0
    with pikepdf.open(io.BytesIO(data)) as dok:
        bifoga("original.pdf", data)(dok)
        rita(VIT)(dok)
        dok.save(signerad)
    svar = kör("verifiera", publicerad, signerad, "--json")
    assert svar.exit_code == 1
    steg = {ett["namn"]: ett for ett in json.loads(svar.output)["steg"]}
    assert steg["Bytes"]["text"] == "den publicerade ligger oförändrad i den signerade (original.pdf)"
    assert steg["Sidorna"]["problem"] == ["sidan 4 ser inte likadan ut innanför marginalerna"]


def test_what_is_no_pdf_is_told(publicerad: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 skadad")
    for fil, ord_ in ((publicerad.with_name("rapport.json"), "är ingen PDF"), (tmp_path / "x.pdf", "kan inte läsas")):
        svar = kör("verifiera", publicerad, fil)
        assert svar.exit_code == 2
        assert ord_ in svar.output
    svar = kör("verifiera", publicerad, publicerad, "--protokoll", tmp_path / "p")
    assert svar.exit_code == 2
    assert "--protokoll gäller ett paket eller en mapp" in svar.output
