"""A page of a PDF is read as pikepdf reads it, however it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pikepdf
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Object

from conftest import Körning
from finsam.prove.pdfsida import Steg, _enkla, _vilka_som_helst, steg

BITAR = (
    *(
        b"q",
        b"Q",
        b"1 0 0 -1 62.3 -.5 cm",
        b"/c0 cs",
        b"[3 1.5] 0 d",
        b"f*",
        b"/x1 Do",
        b"0 Tr",
        b"1-2 w",
        b"/x-1 Do",
        b"true",
    ),
    *(b"/P<</MCID 7>>BDC", b"/P <</MCID 7>> BDC", b"/Span<</ActualText<FEFF00A0>>>BDC", b"EMC", b"QEMC", b"5EMC"),
    *(b"/Span<</ActualText(a\\)b)/Lang(sv)>>BDC", b"/P BMC", b"/P /M0 BDC", b"/Artifact<</Attached[/Top]>>BDC"),
    *(b"/f0 8 Tf", b"/f0 8.5 Tf", b"/f#30 8 Tf", b"/f0 8Tf", b"/f0 1 8 Tf", b"/f0 8 Tf1", b"/f0 8 Tf/c0 cs"),
    *(b"(\\000A\\000\\\\)Tj", b"(\\000(\\000))Tj", b"(\\(\\\\()) Tj", b"(a\\\nb)Tj", b"(a\rb)Tj", b"(a\nb)Tj"),
    *(b"(\\53x)Tj", b"<0041>Tj", b"(\\134\\134n)Tj", b"(\xe5\\377\\b)Tj", b"(\\400)Tj", b"(\\d)Tj", b"()Tj"),
    *(b"[(\\000A)-12.5(\\000\\))]TJ", b"[]TJ", b"[<00>(a)]TJ", b"[(a)1-2]TJ", b"[(a)[(b)]]TJ", b"[ (a)\n3 ] TJ"),
    *(b"(a)'", b'1 2 (a)"', b"% (b) Tj\n", b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI", b"((((a))))Tj", b"(a)(b)Tj"),
    *(b"1 (a)Tj", b"null Tj", b"(a", b"[(a)", b"<</MCID 1>>", b"/P<</MCID 1/MCID 2>>BDC", b"/P<</MCID -1>>BDC"),
)
TYPSTS = tuple(bit for bit in BITAR if _enkla(bit) is not None)


def jämförbart(alla: Iterable[Steg]) -> list[object]:
    """The steps, each mark with its operands as they are written."""

    def mark(operander: list[Object]) -> object:
        om = operander[1] if len(operander) > 1 else None
        if isinstance(om, pikepdf.Dictionary) and list(om.keys()) == ["/MCID"]:
            return int(om.MCID)
        return [del_.unparse() for del_ in operander]

    ut: list[object] = []
    for märke, namn, koder, slut in alla:
        if märke is not None:
            ut.append(("märke", mark(märke) if isinstance(märke, list) else märke))
        if namn is not None:
            ut.append(("typsnitt", namn))
        if koder is not None:
            ut.append(("text", koder))
        if slut:
            ut.append("slut")
    return ut


def läst(data: bytes, läs: Callable[[pikepdf.Page], Iterable[Steg]]) -> list[object] | str:
    """The steps of a page on which this is drawn, or what stops the reading."""
    with pikepdf.new() as dok:
        dok.add_blank_page()
        dok.pages[0].Contents = dok.make_stream(data)
        try:
            return jämförbart(läs(dok.pages[0]))
        except (pikepdf.PdfError, TypeError, LookupError, RuntimeError) as fel:
            return type(fel).__name__


@given(st.lists(st.tuples(st.sampled_from(BITAR), st.sampled_from((b" ", b"\n", b"", b"\r", b"\n \n"))), max_size=8))
def test_any_page_is_as_pikepdf_has_it(bitar: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(bit + mellan for bit, mellan in bitar)
    assert läst(data, steg) == läst(data, _vilka_som_helst)


@given(st.lists(st.sampled_from(TYPSTS)))
def test_what_typst_writes_is_read_without_pikepdf(bitar: list[bytes]) -> None:
    data = b"\n".join(bitar)
    enkla = _enkla(data)
    assert enkla is not None and jämförbart(enkla) == läst(data, _vilka_som_helst)


def test_the_pages_of_the_example_need_no_pikepdf(körning: Körning) -> None:
    with pikepdf.open(körning.katalog / "arsredovisning.pdf") as dok:
        for en in dok.pages:
            enkla = _enkla(en.Contents.read_bytes())
            assert enkla is not None and jämförbart(enkla) == jämförbart(_vilka_som_helst(en))
