"""What is written for people to read is what the standard library and nbformat would have written, byte by byte."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from finsam.report.oppnadata.jsontext import json_text
from finsam.run.notebook import write_klar

ORD = st.text(st.characters(codec="utf-8"))
ENKLA = st.none() | st.booleans() | st.integers() | st.floats() | ORD
JSON = st.recursive(ENKLA, lambda inre: st.lists(inre) | st.tuples(inre) | st.dictionaries(ORD, inre))


@given(JSON, st.booleans())
def test_json_is_as_the_standard_library_writes_it(data: object, sort_keys: bool) -> None:
    rätt = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=sort_keys)
    assert json_text(data, sort_keys=sort_keys) == rätt


def test_a_section_is_as_nbformat_writes_it(tmp_path: Path) -> None:
    former = {
        "text/html": "<p>\n</p>\x85\n",
        "image/svg+xml": "<svg>\r\n</svg>",
        "image/png": "a\nb",
        "application/json": {"å": [1, "a\nb"]},
    }
    visat = [new_output("display_data", data=former), new_output("execute_result", data={"text/plain": "a\nb"})]
    kod = new_code_cell("a = 1\n\na", outputs=[*visat, new_output("stream", name="stdout", text="ett\ntvå\n")])
    ord_ = new_markdown_cell("# Å\n", attachments={"a.svg": {"image/svg+xml": "<svg>\n</svg>"}})
    nb = new_notebook(cells=[ord_, new_code_cell(""), kod], metadata={"finsam": {"titel": "Å"}})
    nbformat.write(nb, tmp_path / "rätt.ipynb")
    write_klar(nb, tmp_path / "vår.ipynb")
    assert (tmp_path / "vår.ipynb").read_bytes() == (tmp_path / "rätt.ipynb").read_bytes()
