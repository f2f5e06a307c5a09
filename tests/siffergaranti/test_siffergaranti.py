"""C39: every number of a finished document is bound, and one that is not is named with its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Körning, kör
from facit import INPUTS, jämför
from finsam.oppna import öppna
from finsam.prove.manifest import sha256
from finsam.prove.pdf import Pdf, read_pdf
from finsam.prove.samma import skillnader_i_pdf
from finsam.prove.sida import Läst, Stycke, read_html, utan_blanka
from finsam.prove.siffergaranti import Facit, facit, siffergaranti
from finsam.prove.tal import siffror, tal_i
from finsam.read.arsmapp import finns
from finsam.read.notebooks import read_avsnitt
from finsam.report.arsbok import Årsbok
from finsam.report.form.kolofon import i_fyror
from finsam.report.garanti import (
    GARANTI,
    HÖGST,
    NUMRERING,
    Obundet,
    Siffergaranti,
)
from finsam.report.utskrift import html_av, pdf_av, typst_källa, write_pdf
from finsam.run.dokument import storlekar
from interna_ord import interna_ord
from prov import antal
from siffergaranti.dokument import körd, utan_bilder
from siffergaranti.vandring import tysta, ändrade_siffror, ändrade_år

HÄR = Path(__file__).parent


SNABBA = {("sofint", 2024, "arsredovisning"), ("exempelforbundet", 2026, "verksamhetsplan")}
"""The reports that `make test` reads; the others are read by `make konformitet`."""


@pytest.mark.parametrize(
    "vilken",
    [
        pytest.param(v, marks=() if v in SNABBA else pytest.mark.langsam, id="_".join(map(str, v)))
        for v in finns(INPUTS)
    ],
)
def test_every_number_of_every_report_is_bound(vilken: tuple[str, int, str]) -> None:
    """In the page, and for the made-up förbund in its PDF too (SOFINT's is read below); no word is internal."""
    förbund, år, rapport = vilken
    bok = öppna(förbund, år, rapport, inputs=INPUTS)
    nb = körd(bok, rapport)
    pdf = read_pdf(pdf_av(nb)) if förbund == "exempelforbundet" else None
    stycken = read_html(html_av(nb))
    garanti = siffergaranti(stycken, facit(bok), pdf)
    assert garanti.obundna == ()
    assert interna_ord((*stycken, *(pdf.stycken if pdf else ())), bok) == []
    klasser = "\n".join(f"{antal:5} {klass}" for klass, antal in garanti.klasser.items())
    jämför(f"{str(garanti).rpartition(':')[0]}\n{klasser}", HÄR / f"{förbund}_{år}_{rapport}.txt")


# ---------------------------------------------------------------- the finished run


@dataclass
class Färdigt:
    """A finished document, what it may print, and its PDF as it is read."""

    sida: str
    svar: Facit
    pdf: Pdf
    garanti: Siffergaranti

    def pröva(self, sida: str) -> tuple[Obundet, ...]:
        return siffergaranti(read_html(sida), self.svar, self.pdf).obundna


@pytest.fixture(scope="module")
def färdigt(körning: Körning) -> Färdigt:
    """SOFINT 2024."""
    svar = facit(körning.bok, avtryck=sha256(körning.katalog / "rapport.json"))
    svar = replace(svar, storlekar=storlekar("arsredovisning", (körning.katalog / "arsredovisning.pdf").stat().st_size))
    pdf = read_pdf((körning.katalog / "arsredovisning.pdf").read_bytes())
    return Färdigt(körning.sida, svar, pdf, siffergaranti(read_html(körning.sida), svar, pdf))


def test_the_run_tells_its_share_everywhere(körning: Körning, färdigt: Färdigt) -> None:
    text = str(färdigt.garanti)
    assert text.startswith("Siffergaranti: ")
    assert "(100\u00a0%)" in text
    assert text.replace("\u00a0", " ") in körning.utskrift.replace("\n", " ").replace("\u00a0", " ")
    assert [(k["niva"], k["text"]) for k in körning.kontroller if k["kod"] == GARANTI.kod] == [("ok", text)]
    assert färdigt.garanti.andel in (körning.katalog / "kontroller.html").read_text("utf-8")


def test_the_document_tells_the_fingerprint_of_its_figures(körning: Körning, färdigt: Färdigt) -> None:
    """In the kolofon of the page and of the PDF; another in its place is found."""
    avtryck = i_fyror(sha256(körning.katalog / "rapport.json"))
    assert [s.text for s in read_html(färdigt.sida) if s.kolofon].count(avtryck) == 1
    utan = utan_blanka(avtryck)
    assert [s.om["sida"] for s in färdigt.pdf.stycken if utan_blanka(s.text) == utan] == ["2"]
    assert len(färdigt.pröva(färdigt.sida.replace(avtryck, avtryck[::-1]))) > 1


def test_the_page_and_the_pdf_have_the_same_numbers(färdigt: Färdigt, sofint: Årsbok) -> None:
    assert färdigt.pröva(färdigt.sida) == ()
    assert interna_ord(färdigt.pdf.stycken, sofint) == []
    assert sum(len(siffror(s.text)) for s in färdigt.pdf.stycken if s.slag == "cell") > 350
    assert {", fortsättning" in s.text for s in färdigt.pdf.stycken if s.slag == "otaggat" and siffror(s.text)} == {
        True
    }


def test_a_chart_is_read(färdigt: Färdigt) -> None:
    lästa = [s for s in read_html(färdigt.sida) if "bilden Resultatet är 33\u00a0tkr bättre än budgeten" in s.plats]
    alt = next(s for s in lästa if s.slag == "alt")
    assert [d.om["data-fakta"].partition("/")[0] for d in alt.delar if "data-fakta" in d.om] == [
        f"drift.{rad}.{del_}"
        for rad in ("medlemsbidrag", "projektmedel", "administration")
        for del_ in ("budget", "utfall", "avvikelse")
    ]
    ritade = [d.om["data-fakta"] for s in lästa if s.slag == "diagram" for d in s.delar if "data-fakta" in d.om]
    assert sorted(set(ritade)) == sorted(
        f"drift.{rad}.{del_}/2024"
        for rad in ("medlemsbidrag", "projektmedel", "administration")
        for del_ in (("utfall",) if rad == "medlemsbidrag" else ("avvikelse", "budget", "utfall"))
    )
    assert len(ritade) == 2 * len(set(ritade))


# ---------------------------------------------------------------- what is changed is found


def siffror_på(sida: str) -> list[int]:
    """Where the digits of a page stand, that are seen."""
    huvud = sida.index("</style>")
    texter = (*re.finditer(r"<title>[^<]*", sida), *re.finditer(r">[^<]+", sida[huvud:]))
    return [
        t.start() + nr + (huvud if t.start() != sida.find("<title>") else 0)
        for t in texter
        for nr, tecken in enumerate(t[0])
        if tecken.isdigit()
    ]


def test_one_digit_changed_anywhere_is_found(färdigt: Färdigt) -> None:
    """On the page alone, without its PDF; every fifth digit here, all of them in tests/konformitet."""
    stycken = [s for s in read_html(färdigt.sida) if s.slag != "spår"]
    antal, ofunna = tysta(stycken, färdigt.svar, islice(ändrade_siffror(stycken, alla=False), 0, None, 5))
    assert ofunna == []
    assert antal > 600


@pytest.mark.langsam
def test_one_digit_changed_in_the_file_is_found(färdigt: Färdigt) -> None:
    """The same in the page as it is written."""
    text = utan_bilder(färdigt.sida)
    platser = siffror_på(text)
    for plats in platser[:: len(platser) // 6]:
        ny = str((int(text[plats]) + 1) % 10)
        assert färdigt.pröva(f"{text[:plats]}{ny}{text[plats + 1 :]}"), text[plats - 40 : plats + 10]


@pytest.mark.langsam
def test_a_year_that_is_bound_to_another_is_found(färdigt: Färdigt) -> None:
    """Both the year and what binds it are changed: it is not the year of its place."""
    stycken = [s for s in read_html(färdigt.sida) if s.slag != "spår"]
    antal, ofunna = tysta(stycken, färdigt.svar, ändrade_år(stycken, ("2020", "2023", "2024", "2025")))
    assert ofunna == []
    assert antal > 300


def test_a_bar_without_a_figure_has_no_year(färdigt: Färdigt) -> None:
    """There is nothing that it would be the year of."""
    tom = '<div class="stapel"><span></span> <span></span></div>'
    assert färdigt.sida.count(tom) == 2
    for före in ("<span></span>", "<span>–</span>"):
        med_år = f'<div class="stapel">{före} <i></i><span><span data-ordagrant="år-4">2020</span></span></div>'
        funna = siffergaranti(read_html(färdigt.sida.replace(tom, med_år)), färdigt.svar)
        assert [o.tal for o in funna.obundna] == ["2020", "2020"]


def test_a_column_that_is_moved_is_found(färdigt: Färdigt) -> None:
    """The cells of this year and the year before change places, under the same headings."""
    text = utan_bilder(färdigt.sida)
    före, märke, efter = text.partition('<table id="tabell-resultatrakning">')
    tabell, slut, rest = efter.partition("</table>")
    flyttad = re.sub(
        r"(<td class=\"tal arets\">.*?</td>)(<td class=\"tal\">.*?</td>)(?=<td class=\"spar)", r"\2\1", tabell
    )
    assert flyttad != tabell
    funna = siffergaranti(read_html("".join((före, märke, flyttad, slut, rest))), färdigt.svar).obundna
    assert [o.skäl for o in funna] == [f"är inte året för kolumnens tal ({år})." for år in ("2023", "2024")]


@pytest.mark.langsam
@settings(max_examples=antal(20))
@given(st.data(), st.sampled_from(["17", "1\u00a0234", "−5", "12,5\u00a0%", "601 tkr", "2024 kr", "0", "½"]))
def test_a_number_typed_anywhere_is_found(färdigt: Färdigt, data: st.DataObject, tal: str) -> None:
    text = utan_bilder(färdigt.sida)
    slut = [m.start() for m in re.finditer(r"</(?:p|t[dh]|li|h[1-5]|(?:fig)?caption|dd|title|data|span|strong)>", text)]
    plats = data.draw(st.sampled_from(slut))
    funna = färdigt.pröva(f"{text[:plats]} {tal}{text[plats:]}")
    assert funna
    assert all(o.plats and o.runt for o in funna)


RR = 'data-fakta="rr.arets_resultat/2024" data-format="tabell kr">'
TVÅ, TRE = (f'<span class="nr">{nr}</span> Resultaträkning' for nr in (2, 3))
TAL = 'scope="col" class="tal"'
I_ÅR, I_FJOL = '<span data-ordagrant="år">2024</span>', '<span data-ordagrant="år-1">2023</span>'
RUTA = '<div popover id="spar-soliditet/2024"><p><strong>'
FALL: dict[str, tuple[str, str]] = {
    "en siffra i en tabell": (f"{RR}118\u00a0764", f"{RR}118\u00a0765"),
    "en siffra i en mening": (">600\u00a0916\u00a0kr<", ">600\u00a0917\u00a0kr<"),
    "värdet bakom": (f'value="118764.00" {RR}', f'value="118765.00" {RR}'),
    "ett annat format": (f"{RR}118", f"{RR.replace('tabell kr', 'tabell tkr')}118"),
    "ett annat fakta": (RR, RR.replace("/2024", "/2023", 1)),
    "ett fakta som inte finns": (RR, RR.replace("rr.arets_resultat/2024", "rr.resultat/2024", 1)),
    "ett minus före": (f'<data value="118764.00" {RR}', f'\u2212<data value="118764.00" {RR}'),
    "ett tal i ett stycke": ("vad det kostade", "vad de 17 insatserna kostade"),
    "ett antal som liknar ett årtal": ("vad det kostade", "vad 2024 deltagare kostade"),
    "ett årtal som rapporten inte har": ("vad det kostade", "vad det kostat sedan 1999"),
    "ett datum som inte finns": ("vad det kostade", "vad det kostade den 30 februari"),
    "ett tal i en rubrik": ("Ekonomisk ställning</h", "Ekonomisk ställning, 31 procent</h"),
    "ett tal i en punkt": ("bollplank till förbundschefen", "bollplank till 2 förbundschefer"),
    "ett tal i en bildtext": ("under taket sedan", "under taket, 1,8 mkr, sedan"),
    "ett tal i en alternativtext": ('aria-label="Liggande staplar med', 'aria-label="3 liggande staplar med'),
    "ett tal i en cell med ord": ("<td>Styrelse</td>", "<td>Styrelse, 8 ledamöter</td>"),
    "ett årtal i en cell för belopp": ('<td class="tal"></td>', '<td class="tal">2024</td>'),
    "en etikett som läses upp": ('<main id="innehall">', '<main id="innehall" aria-label="27 sidor">'),
    "en uppgift som ingen har angett": ("<span data-ordagrant>18–66", "<span data-ordagrant>18–67"),
    "ett årtal som inte är vad det säger": ('data-ordagrant="år">2024', 'data-ordagrant="år">2023'),
    "förra årets tal i huvudet": (f"{I_ÅR}</th><th {TAL}>{I_FJOL}</th>", f"{I_FJOL}</th><th {TAL}>{I_ÅR}</th>"),
    "förra årets tabellrubrik": (f"Budget och utfall {I_ÅR}, diagrammets", f"Budget och utfall {I_FJOL}, diagrammets"),
    "förra årets bildtext": (f"av kostnaderna {I_ÅR}</figcaption>", f"av kostnaderna {I_FJOL}</figcaption>"),
    "förra året i en mening": (f"gjorde under {I_ÅR}", f"gjorde under {I_FJOL}"),
    "ett årtal för hand i en kolumnrubrik": (">Avvikelse</th>", ">Avvikelse 2024</th>"),
    "ett årtal för hand i en tabellrubrik": (": utfallet mot budgeten <", ": utfallet 2024 mot budgeten <"),
    "ett datum som ingen har skrivit": ("vad det kostade", "vad det kostade den 3 maj 2024"),
    "omslagets titel": ("<h1>Årsredovisning 2024", "<h1>Årsredovisning 2023"),
    "en not som inte är den": ('data-ordagrant="not:rattelse">not\u00a08', 'data-ordagrant="not:rattelse">not\u00a07'),
    "notens nummer i en räkning": ('href="#not-intakter">2', 'href="#not-intakter">3'),
    "rubrikens nummer": (f"{TVÅ}</h2>", f"{TRE}</h2>"),
    "innehållsförteckningen": (f"{TVÅ}</a>", f"{TRE}</a>"),
    "omslagets nummer": ("222000-1818", "222000-1819"),
    "sidans titel": ("<title>Årsredovisning 2024", "<title>Årsredovisning 2023"),
    "avstämningarna": ("avstämningar: 13 går ihop", "avstämningar: 14 går ihop"),
    "lagrummet för det som saknas": ("Ställda panter (LKBR 6 kap. 1", "Ställda panter (LKBR 6 kap. 3"),
    "en fils storlek": ('data-storlek="arsredovisning.pdf">', 'data-storlek="arsredovisning.pdf">1'),
    "namnet på en spårknapp": ("Spår för Årets resultat 2024", "Spår för Årets resultat 2023"),
    "ett annat tal i samma rad": (">2023</button>", ">2022 och 7</button>"),
    "ett spår": (f"{RUTA}30,9", f"{RUTA}31,9"),
}  # fmt: skip


@pytest.mark.langsam
def test_what_is_said_of_each_kind_of_unbound_number(färdigt: Färdigt) -> None:
    """The place that is changed is named, with a year beside it that no longer stands so, and where the PDF differs."""
    svar = []
    text = utan_bilder(färdigt.sida)
    for namn, (rätt, galet) in FALL.items():
        källa = färdigt.sida if namn in ("ett spår", "ett annat tal i samma rad") else text
        assert rätt in källa, namn
        funna = färdigt.pröva(källa.replace(rätt, galet, 1))
        assert funna, namn
        svar.append("\n".join((namn, *(f"  {o.kod} {o}" for o in funna))))
    jämför("\n\n".join(svar), HÄR / "fall.txt")


@pytest.mark.parametrize(
    ("i", "rätt", "galet"), [("br.eget_kapital/2020", "1\u00a0791", "1\u00a0891"), ("&quot;år-4&quot;", "2020", "2021")]
)
@pytest.mark.parametrize("plats", [0, 1], ids=["bred", "smal"])
def test_a_drawn_number_that_is_changed_is_found(färdigt: Färdigt, i: str, rätt: str, galet: str, plats: int) -> None:
    """A figure and a year, on a wide page and a narrow one; what stands beside the picture in words is as it was."""
    ritade = list(re.finditer(rf'<g data-ord="[^"]*{i}[^"]*"><text[^>]*>({rätt})</text>', färdigt.sida))
    träff = ritade[0 if plats == 0 else 1]
    funna = färdigt.pröva(färdigt.sida[: träff.start(1)] + galet + färdigt.sida[träff.end(1) :])
    assert funna
    assert {o.plats for o in funna if not o.plats.startswith("PDF, sidan")} == {
        "1.1 Översikt över verksamhetens utveckling, bilden Eget kapital är under taket sedan 2022"
    }


def test_a_picture_in_the_pdf_says_what_the_page_says(färdigt: Färdigt) -> None:
    """Letter by letter: what is drawn on a wide page, and not what is there for a narrow one."""
    ritade = [s for s in färdigt.pdf.stycken if s.slag == "diagram"]
    assert len(ritade) == 4
    första = next(s for s in ritade if "1\u00a0791" in s.text)
    annan = replace(första, delar=(Läst(första.text.replace("1\u00a0791", "1\u00a0719")),))
    assert annan != första
    stycken = tuple(annan if s is första else s for s in färdigt.pdf.stycken)
    funna = list(skillnader_i_pdf(read_html(färdigt.sida), replace(färdigt.pdf, stycken=stycken)))
    assert [(o.plats, o.skäl) for o in funna] == [(första.plats, "är inte som i diagrammet i HTML-dokumentet.")]
    utan = tuple(s for s in färdigt.pdf.stycken if s is not ritade[-1])
    assert list(skillnader_i_pdf(read_html(färdigt.sida), replace(färdigt.pdf, stycken=utan)))


# ---------------------------------------------------------------- the PDF


@pytest.fixture(scope="module")
def balansräkning(exempel: Årsbok) -> nbformat.NotebookNode:
    """An executed notebook with the balansräkning of the made-up förbund alone."""
    visat = nbformat.v4.new_output("display_data", exempel.balansräkning._repr_mimebundle_())
    om = {"titel": "Prov", "förbund": "Förbundet", "dnr": "", "utkast": False, "hel": True, "datum": "2026-01-01"}
    celler = [nbformat.v4.new_markdown_cell("# Balansräkning"), nbformat.v4.new_code_cell(outputs=[visat])]
    return nbformat.v4.new_notebook(cells=celler, metadata={"finsam": om})


I_PDF = {
    "rätt": ("", ""),
    "en siffra": ("49\u00a0640", "49\u00a0641"),
    "ett tal till": ('#"Summa tillgångar";', '#"Summa 7 tillgångar";'),
    "ett tal mindre": ('#"49\u00a0640";', '#"";'),
    "ett stycke till": ("#heading", '#"Det blev 12 % mer.";\n\n#heading'),
    "sidans nummer": ("#heading", "#counter(page).update(7)\n#heading"),
}


def test_a_pdf_that_says_otherwise_is_found(exempel: Årsbok, balansräkning: nbformat.NotebookNode) -> None:
    sidan = read_html(html_av(balansräkning))
    källa = typst_källa(
        balansräkning, dict(balansräkning.metadata["finsam"]) | {"ny_sida": True, "avtryck": "", "färg": ""}
    )
    svar = []
    for namn, (rätt, galet) in I_PDF.items():
        assert rätt in källa
        pdf = read_pdf(write_pdf(källa.replace(rätt, galet, 1), "2026-01-01"))
        funna = skillnader_i_pdf(sidan, pdf)
        svar.append("\n".join((namn, *(f"  {o}" for o in funna))))
    jämför("\n\n".join(svar), HÄR / "fall_pdf.txt")


# ---------------------------------------------------------------- the run, and what is told


@pytest.mark.parametrize(("text", "antal"), [("", 0), ("3", 1)])
def test_the_head_of_a_table_that_goes_on(text: str, antal: int) -> None:
    """What goes on from the page before has its head again, and no tag leads to that."""
    huvud = ("Belopp i kronor", "Budget 2026", "Plan 2027")
    stycke = Stycke("otaggat", "PDF, sidan 18", (Läst(text + "".join(huvud)),), {"sida": "18"})
    assert len(list(skillnader_i_pdf([], Pdf((stycke,), ((huvud,),), 18)))) == antal


@pytest.mark.langsam
def test_a_document_that_is_not_what_it_says_is_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF gets another figure than the page on its way: found when it is read, told in it, and UTKAST."""
    rätt = typst_källa

    def galen(nb: nbformat.NotebookNode, om: dict[str, Any]) -> str:
        return rätt(nb, om).replace("49\u00a0640", "49\u00a0641", 1)

    några = tuple(a for a in read_avsnitt("arsredovisning", öppna("exempelforbundet", 2025, inputs=INPUTS).år.förbund))
    valda = tuple(a for a in några if a.namn in ("omslag", "balansrakning", "kontroller"))
    monkeypatch.setattr("finsam.run.skapa.read_avsnitt", lambda *_: valda)
    monkeypatch.setattr("finsam.report.utskrift.typst_källa", galen)
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", INPUTS, "--outputs", tmp_path)
    assert svar.exit_code == 1
    katalog = tmp_path / "exempelforbundet" / "2025" / "arsredovisning"
    text = "talet 49641 i \u201d49\u00a0641\u201d är 49640 i HTML-dokumentet."
    assert text.replace("\u00a0", " ") in svar.output.replace("\u00a0", " ")
    sidan = (katalog / "arsredovisning.html").read_text("utf-8")
    assert sidan.count("UTKAST") == 3
    assert text in (katalog / "kontroller.html").read_text("utf-8")
    sidhuvuden = [
        s.text for s in read_pdf((katalog / "arsredovisning.pdf").read_bytes()).stycken if s.slag == "sidhuvud"
    ]
    assert sum("UTKAST" in text for text in sidhuvuden) >= 3
    assert i_fyror(sha256(katalog / "rapport.json")) in sidan
    andra = [k["text"] for k in json.loads((katalog / "kontroller.json").read_text("utf-8")) if k["niva"] == "fel"]
    assert len(andra) == 2
    assert andra[0].startswith(
        "Siffergaranti: 81 av 82 tal är knutna till ett fakta eller en angiven uppgift (98,7\u00a0%): "
    )


def test_only_the_first_of_many_are_named() -> None:
    många = tuple(Obundet(str(nr), "avsnittet Inledning", f"om {nr}", "är fel.") for nr in range(HÖGST + 5))
    garanti = Siffergaranti({"fakta": 9970, "rubriknummer": 5}, många)
    [numrering, först, *andra, sist] = garanti.findings()
    assert (numrering.kod, numrering.nivå) == ("C11", "ok")
    assert först.text == (
        "Siffergaranti: 9\u00a0975 av 10\u00a0000 tal är knutna till ett fakta eller en angiven uppgift (99,7\u00a0%): "
        "9\u00a0970 fakta, 5 rubriknummer."
    )
    assert len(andra) == HÖGST
    assert sist.text == "Ytterligare 5 tal är inte knutna till något."
    assert {f.nivå for f in (först, *andra, sist)} == {"fel"}


def test_the_checks_by_themselves_have_no_document(sofint: Årsbok) -> None:
    koder = (GARANTI.kod, NUMRERING.kod)
    assert [(f.kod, f.nivå) for f in sofint.findings if f.kod in koder] == [("C11", "ej prövad"), ("C39", "ej prövad")]
    assert "data-kontroll" in sofint.kontrollerat.html()


TYPER = {
    "datum": ("den 3 maj 2024", "2024-02-29", "25–27 oktober"),
    "klockslag": ("09:30", "kl. 9.30"),
    "lagrum": ("5 kap. 2 §", "21–22 §§", "5 a §", "lag (2018:597)"),
    "årtal": ("2024", "2023: Balansomslutningen"),
    "namn": ("Unga 16–24",),
    "": (
        *("2023-02-29", "32 maj", "9.30", "25:10", "(18:597)", "2025", "2024 kr", "2024 deltagare", "2024,5", "−2024"),
        *("12 2024 118", "Unga 16–25", "covid-19", "A4", "½"),
    ),
}
"""Words by the class of the numbers in them; some number of the last has none."""


@pytest.mark.parametrize(("klass", "text"), [(klass, text) for klass, texter in TYPER.items() for text in texter])
def test_the_form_of_a_typed_literal(klass: str, text: str) -> None:
    funna = {tal.klass for tal in tal_i(text, {2023, 2024}, {"Unga 16–24": "namn"})}
    assert "" in funna if klass == "" else funna == {klass}


def test_numbers_in_words_are_not_read() -> None:
    assert list(tal_i("tre av fyra, hälften och IV")) == []
