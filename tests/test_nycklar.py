"""docs/forbund.md tells every key that the code reads of `forbund.yml`, and none besides; a slip is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from pydantic import TypeAdapter

from finsam.model.problem import UnreadableInput
from finsam.oppna import öppna
from finsam.read.forbund import read_forbund
from nycklar import Nyckel, nycklar

DOKUMENT = Path(__file__).parents[1] / "docs" / "forbund.md"
LÄSTA = {nyckel.väg: nyckel for nyckel in nycklar()}


def beskrivna() -> dict[str, tuple[str, str, str, str]]:
    """What the document says of each key: what it does, its kind, its default, an example."""
    rader = re.findall(r"^\| (`.*) \|$", DOKUMENT.read_text("utf-8"), re.MULTILINE)
    svar = {}
    for rad in rader:
        vägar, gör, typ, förval, exempel = rad.split(" | ")
        for väg in re.findall(r"`([^`]+)`", vägar):
            assert väg not in svar, väg
            svar[väg] = (gör, typ, förval, exempel.strip("`"))
    return svar


BESKRIVNA = beskrivna()


def test_the_document_has_the_keys_that_are_read_and_no_others() -> None:
    assert list(BESKRIVNA) and BESKRIVNA.keys() - LÄSTA.keys() == set()
    assert LÄSTA.keys() - BESKRIVNA.keys() == set()


@pytest.mark.parametrize("nyckel", LÄSTA.values(), ids=lambda nyckel: nyckel.väg)
def test_kind_and_default_are_those_of_the_code_and_the_example_is_read(nyckel: Nyckel) -> None:
    gör, typ, förval, exempel = BESKRIVNA[nyckel.väg]
    assert gör
    assert (typ, förval) == (nyckel.typ, nyckel.förval)
    slag: Any = (
        Annotated[nyckel.fält.annotation, *nyckel.fält.metadata] if nyckel.fält.metadata else nyckel.fält.annotation
    )
    TypeAdapter(slag).validate_python(yaml.load(exempel, Loader=yaml.BaseLoader))  # noqa: S506 (every value as text)


def med_slinka(data: Any, väg: list[str]) -> bool:
    """Put a key with one letter too many beside those at a level; whether the level is there."""
    if not väg:
        namn = next(iter(data)) if isinstance(data, dict) and data else ""
        if namn:
            data[f"{namn}x"] = data.pop(namn)
        return bool(namn)
    del_, resten = väg[0], väg[1:]
    nästa = data.get(del_.removesuffix("[]")) if isinstance(data, dict) else None
    nästa = nästa[0] if del_.endswith("[]") and nästa else nästa
    if del_ == "*" and isinstance(data, dict):
        nästa = next(iter(data.values()), None)
    return nästa is not None and med_slinka(nästa, resten)


NIVÅER = sorted({väg.rpartition(".")[0] for väg in LÄSTA if "." in väg} | {""})


@pytest.mark.parametrize("nivå", NIVÅER)
def test_a_slip_at_every_level_is_asked_about(tmp_path: Path, nivå: str) -> None:
    data = {väg: yaml.safe_load(BESKRIVNA[väg][3]) for väg in LÄSTA if "." not in väg and "[]" not in väg}
    data["noter"] = [{"id": "a", "rubrik": "A", "rader": [{"id": "b", "etikett": "B"}]}]
    data["bidragsnyckel"] = {namn: {"efter": "lika", "källa": "x"} for namn in ("stat", "regioner", "kommuner")}
    data["bidragsnyckel"]["delar"] = {"stat": 50, "region": 30, "kommun": 20, "källa": "x"}
    assert med_slinka(data, nivå.split(".") if nivå else [])
    fil = tmp_path / "forbund.yml"
    fil.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    förbund, problem = read_forbund(fil, "exemplet", "forbund.yml")
    assert förbund is None
    okända = [ett for ett in problem if "är okänd. Menar du " in ett.text]
    assert len(okända) == 1, problem
    assert okända[0].plats.startswith("rad ")


@pytest.mark.parametrize(
    ("rader", "väntat"),
    [
        (
            "visning: {enheter: {driftredovisningg: kr}}",
            "tabellen ”driftredovisningg” finns inte. Menar du driftredovisning?",
        ),
        ("visning: {omvända: [flerarsoversiktt]}", "tabellen ”flerarsoversiktt” finns inte. Menar du flerarsoversikt?"),
        ("rapporter: {arsredovisningen: {avsnitt: [omslag]}}", "Menar du arsredovisning?"),
        ("kapitaltak: {steg: []}", "kapitaltak: steg ska ha minst ett värde, eller tas bort."),
    ],
)
def test_names_of_what_there_is_are_asked_about_too(kopia: Callable[[], Path], rader: str, väntat: str) -> None:
    fil = kopia() / "exempelforbundet" / "forbund.yml"
    nyckel = rader.partition(":")[0]
    utan = re.sub(rf"(?m)^{nyckel}:.*\n(?:[ \t]+.*\n)*", "", fil.read_text("utf-8"))
    fil.write_text(f"{utan}{rader}\n", "utf-8")
    with pytest.raises(UnreadableInput, match=re.escape(väntat)):
        öppna("exempelforbundet", 2025, inputs=fil.parents[1])
