"""Copies signed with throw-away keys by a program that is not ours: they hold what was published, or not."""

from __future__ import annotations

import asyncio
import datetime
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from conftest import kör
from finsam.prove.verifiera.plats import Steg
from finsam.prove.verifiera.signerad import pröva_sigill
from konformitet.dokument import RAPPORTER, Dokument
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet


@pytest.fixture(scope="module")
def publicerad(alla: dict[str, Dokument]) -> Path:
    return next(iter(alla[next(iter(RAPPORTER))].katalog.glob("*.pdf")))


@pytest.fixture(scope="module")
def nyckel(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A key and a certificate that vouches for itself, for the day."""
    kräv("pyhanko")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from pyhanko.sign import signers

    privat = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    vem = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prov Provsson")])
    idag = datetime.datetime.now(datetime.UTC)
    intyg = (
        x509.CertificateBuilder()
        .subject_name(vem)
        .issuer_name(vem)
        .public_key(privat.public_key())
        .serial_number(1)
        .not_valid_before(idag - datetime.timedelta(days=1))
        .not_valid_after(idag + datetime.timedelta(days=1))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(privat, hashes.SHA256())
    )
    mapp = tmp_path_factory.mktemp("nyckel")
    (mapp / "nyckel.pem").write_bytes(
        privat.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (mapp / "intyg.pem").write_bytes(intyg.public_bytes(serialization.Encoding.PEM))
    return signers.SimpleSigner.load(str(mapp / "nyckel.pem"), str(mapp / "intyg.pem"))


def signera(
    pdf: bytes, nyckel: Any, till: Path, namn: str = "Underskrift", ruta: tuple[int, int, int, int] | None = None
) -> Path:
    """Sign in a field, which is seen on the fourth page when it has a place."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    ut = BytesIO()
    om = signers.PdfSignatureMetadata(field_name=namn)
    fält = fields.SigFieldSpec(namn, on_page=3, box=ruta) if ruta else None
    skriv = signers.PdfSigner(om, nyckel, new_field_spec=fält)
    with ThreadPoolExecutor(1) as tråd:  # where no browser has a loop running
        tråd.submit(skriv.sign_pdf, IncrementalPdfFileWriter(BytesIO(pdf)), output=ut).result()
    till.write_bytes(ut.getvalue())
    return till


def test_a_signed_copy_holds_what_was_published(publicerad: Path, nyckel: Any, tmp_path: Path) -> None:
    signerad = signera(publicerad.read_bytes(), nyckel, tmp_path / "signerad.pdf")
    svar = kör("verifiera", publicerad, signerad)
    assert svar.exit_code == 0, svar.output
    assert "✓ nivå 1  Bytes: den signerade börjar med den publicerade, byte för byte" in svar.output
    assert "Prov Provsson: helt" in svar.output.replace("Common Name: ", "")


def test_two_who_sign_are_both_named(publicerad: Path, nyckel: Any, tmp_path: Path) -> None:
    en = signera(publicerad.read_bytes(), nyckel, tmp_path / "en.pdf")
    svar = kör("verifiera", publicerad, signera(en.read_bytes(), nyckel, tmp_path / "två.pdf", "Den andra"))
    assert svar.exit_code == 0, svar.output
    assert svar.output.count("Prov Provsson: helt") == 2


def test_a_seal_is_read_where_a_loop_is_running(publicerad: Path, nyckel: Any, tmp_path: Path) -> None:
    """As in a notebook, whose kernel runs one."""
    signerad = signera(publicerad.read_bytes(), nyckel, tmp_path / "signerad.pdf").read_bytes()

    async def notebook() -> Steg:
        return pröva_sigill(signerad)

    with ThreadPoolExecutor(1) as tråd:  # where no browser has a loop running already
        steg = tråd.submit(asyncio.run, notebook()).result()
    assert steg.utfall == "upplysning"
    assert "Prov Provsson: helt" in steg.problem[0].replace("Common Name: ", "")


@pytest.mark.parametrize(("ruta", "kod"), [((5, 5, 33, 33), 0), ((100, 300, 300, 400), 1)])
def test_a_signature_that_is_seen_stands_in_the_margin(
    publicerad: Path, nyckel: Any, tmp_path: Path, ruta: tuple[int, int, int, int], kod: int
) -> None:
    signerad = signera(publicerad.read_bytes(), nyckel, tmp_path / "signerad.pdf", ruta=ruta)
    svar = kör("verifiera", publicerad, signerad)
    assert svar.exit_code == kod, svar.output
    assert ("sidan 4: något är lagt över sidan (/Widget)" in svar.output) == bool(kod)


def test_a_page_changed_by_an_addition_is_told(publicerad: Path, nyckel: Any, tmp_path: Path) -> None:
    """A white box put in at the end of the file, before and after the signature."""
    data = publicerad.read_bytes()
    före = signera(med_vit_ruta(data), nyckel, tmp_path / "före.pdf")
    efter = tmp_path / "efter.pdf"
    efter.write_bytes(med_vit_ruta(signera(data, nyckel, tmp_path / "signerad.pdf").read_bytes()))
    for fil in (före, efter):
        svar = kör("verifiera", publicerad, fil)
        assert svar.exit_code == 1
        assert "✓ nivå 1  Bytes: den signerade börjar med den publicerade" in svar.output
        assert "sidan 4 ser inte likadan ut innanför marginalerna" in svar.output


def med_vit_ruta(pdf: bytes) -> bytes:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    skrivare = IncrementalPdfFileWriter(BytesIO(pdf))
    sida = skrivare.find_page_for_modification(3)[0].get_object()
    ruta = skrivare.add_object(generic.StreamObject(stream_data=b"q 1 1 1 rg 100 300 300 300 re f Q"))
    sida["/Contents"] = generic.ArrayObject([sida.raw_get("/Contents"), ruta])
    skrivare.update_container(sida)
    ut = BytesIO()
    skrivare.write(ut)
    return ut.getvalue()


def test_a_copy_changed_after_the_signature_is_told(publicerad: Path, nyckel: Any, tmp_path: Path) -> None:
    """A white box in an update after the seal; and the seal broken by a byte."""
    import pikepdf

    signerad = signera(publicerad.read_bytes(), nyckel, tmp_path / "signerad.pdf")
    data = signerad.read_bytes()
    nr = data.rindex(b"/Contents <") + 200
    (tmp_path / "brutet.pdf").write_bytes(data[:nr] + (b"0" if data[nr : nr + 1] != b"0" else b"1") + data[nr + 1 :])
    svar = kör("verifiera", publicerad, tmp_path / "brutet.pdf")
    assert svar.exit_code in (1, 2), svar.output
    with pikepdf.open(signerad) as dok:
        dok.pages[3].contents_add(dok.make_stream(b"q 1 1 1 rg 100 300 300 300 re f Q"))
        dok.save(tmp_path / "ruta.pdf")
    svar = kör("verifiera", publicerad, tmp_path / "ruta.pdf")
    assert svar.exit_code == 1
    assert "sidan 4 ser inte likadan ut innanför marginalerna" in svar.output
