"""Typst, shut in: it can read its source and the report's font, and nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from typst import TypstError

__all__ = ["TypstError", "kompilera"]

HÄR = Path(__file__).parent


def kompilera(källa: str, tid: int) -> bytes:
    """Compile a source to PDF/A-3a and PDF/UA-1, alone in an empty folder; `tid` is its clock, in Unix seconds.

    Raises TypstError for what is not Typst and for what the standards forbid.
    """
    with TemporaryDirectory(prefix="finsam-") as tom:
        kompilator = typst.Compiler(
            root=tom, font_paths=[HÄR], ignore_system_fonts=True, package_path=tom, package_cache_path=tom
        )
        pdf = kompilator.compile(källa.encode(), format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=tid)
    assert isinstance(pdf, bytes)
    return pdf
