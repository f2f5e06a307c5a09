"""nbconvert exporters: an executed section, or all of them joined, as one HTML page or one PDF.

`jupyter nbconvert --to finsam_html` and `--to finsam_pdf` find them by their entry points. A run makes the same bytes
without them, since nbconvert takes most of a second to copy and check what it is not asked to change.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from finsam.report.utskrift import html_av, pdf_av


class FinsamHTML(Exporter):
    """One self-contained page: no address outside it, no script needed."""

    export_from_notebook = "finsam: HTML"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """The page of a notebook."""
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return html_av(nb), resources


class FinsamPDF(Exporter):
    """A tagged PDF (PDF/A-3a and PDF/UA-1) by Typst, the same bytes for the same notebook."""

    export_from_notebook = "finsam: PDF"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, Any]:
        """The PDF of a notebook."""
        _, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return pdf_av(nb), resources
