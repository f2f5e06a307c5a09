"""The facts for other programs: rows, their description, the form of rapport.json, and the names that all share."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import Körning
from facit import INPUTS, ROT, jämför
from finsam.oppna import öppna
from finsam.report.bok import Bok
from finsam.report.oppnadata import karna
from finsam.report.oppnadata.faktafil import datapackage, fakta_csv
from finsam.report.oppnadata.karna import kärnan, kärnans_id
from finsam.run.montering import rapport_json
from prov import urval

SCHEMA = json.loads((Path(karna.__file__).parent / "rapport.schema.json").read_text("utf-8"))
RAPPORTER = [
    ("sofint", 2024, "arsredovisning"),
    ("sofint", 2020, "arsredovisning"),
    ("exempelforbundet", 2025, "arsredovisning"),
    ("exempelforbundet", 2024, "arsredovisning"),
    ("tvealven", 2024, "arsredovisning"),
    ("tvealven", 2025, "arsredovisning"),
    ("sofint", 2026, "verksamhetsplan"),
    ("tvealven", 2026, "verksamhetsplan"),
    ("exempelforbundet", 2026, "verksamhetsplan"),
    ("lekeberg-orebro", 2024, "verksamhetsplan"),
    ("sydnarke", 2025, "verksamhetsplan"),
]
FORMEL = ("=", "+", "-", "@", "\t", "\r")


@cache
def öppnad(förbund: str, år: int, rapport: str) -> Bok:
    return öppna(förbund, år, rapport, inputs=INPUTS)


def rader(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8"), newline="")))


# fakta.csv and datapackage.json


def test_every_fact_is_a_row_with_its_exact_value(körning: Körning) -> None:
    skrivna = rader((körning.katalog / "fakta.csv").read_bytes())
    fakta = körning.rapport["fakta"]
    assert [f"{rad['id']}/{rad['ar']}" for rad in skrivna] == list(fakta)
    for rad, f in zip(skrivna, fakta.values(), strict=True):
        assert (rad["varde"], rad["enhet"], rad["namn"]) == (f["varde"] or "", f["enhet"], f["definition"])
        assert rad["av"].split() == f["av"]
    kärna = {rad["id"] for rad in skrivna if rad["karna"] == "finsam-karna 1"}
    assert kärna == kärnans_id("arsredovisning")


def test_the_package_describes_its_files_as_they_are(körning: Körning) -> None:
    """Data Package 2.0 and Table Schema: names, types, keys and hashes hold for the files beside it."""
    paket = json.loads((körning.katalog / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", paket["name"])
    assert paket["title"] == "Samordningsförbundet i norra Örebro län: Årsredovisning 2024"
    for resurs in paket["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resurs["name"])
        data = (körning.katalog / resurs["path"]).read_bytes()
        assert (resurs["bytes"], resurs["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    tabell, _ = paket["resources"]
    skrivna = rader((körning.katalog / tabell["path"]).read_bytes())
    fält = tabell["schema"]["fields"]
    assert [f["name"] for f in fält] == list(skrivna[0])
    assert {f["type"] for f in fält} == {"string", "number"}
    for f in fält:
        värden = [rad[f["name"]] for rad in skrivna]
        assert all(värden) or not f.get("constraints", {}).get("required"), f["name"]
        if f["type"] == "number":
            assert all(re.fullmatch(r"|-?\d+(\.\d+)?", värde) for värde in värden)
    nycklar = [tuple(rad[n] for n in tabell["schema"]["primaryKey"]) for rad in skrivna]
    assert len(set(nycklar)) == len(nycklar)


ORD = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "+46", "-x", "@SUM(A1)", '"', "\r\n=2", "a,b"]
)


@given(st.lists(st.tuples(ORD, ORD, ORD), max_size=5), st.booleans())
def test_words_from_outside_are_never_formulas_and_come_back_as_they_were(
    alla: list[tuple[str, str, str]], utkast: bool
) -> None:
    fakta = {
        f"id{nr}/2024": {
            "varde": "-1.50",
            "enhet": "kr",
            "definition": a,
            "konton": [],
            "av": [],
            "text": b,
            "kalla": c,
        }
        for nr, (a, b, c) in enumerate(alla)
    }
    rapport = {"forbund": "x", "ar": 2024, "rapport": "arsredovisning", "utkast": utkast, "fakta": fakta}
    data = fakta_csv(rapport)
    skrivna = rader(data)
    assert len(skrivna) == len(alla)
    for rad, ord_ in zip(skrivna, alla, strict=True):
        visat = (rad["namn"], rad["text"], rad["kalla"])
        assert not any(text.startswith(FORMEL) for text in visat)
        assert tuple(t[1:] if t[:1] == "'" and t[1:2] in (*FORMEL, "\n") else t for t in visat) == ord_
        assert rad["varde"] == "-1.50"
    om = datapackage(rapport, "Titel", "Förbundet", data, b"{}")
    assert om == datapackage(rapport, "Titel", "Förbundet", data, b"{}")
    assert ("Utkast" in json.loads(om)["description"]) == utkast


def test_a_withheld_fact_has_no_value_in_its_row() -> None:
    dold = {"varde": None, "enhet": "antal", "definition": "Nya.", "konton": [], "av": [], "dold": True}
    rapport = {"rapport": "arsredovisning", "fakta": {"deltagare.x/2024": dold}}
    [rad] = rader(fakta_csv(rapport))
    assert (rad["varde"], rad["text"]) == ("", "visas ej")


# the form of rapport.json


def fel(data: Mapping[str, Any]) -> list[str]:
    """What in a report is not as its schema says."""
    return [
        f"{'/'.join(map(str, f.absolute_path))}: {f.message[:80]}"
        for f in Draft202012Validator(SCHEMA).iter_errors(data)
    ]


def test_the_schema_is_one_and_the_finished_report_is_as_it_says(körning: Körning) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert fel(körning.rapport) == []


@pytest.mark.parametrize(("förbund", "år", "rapport"), urval(RAPPORTER, RAPPORTER[0], RAPPORTER[6]))
def test_every_report_is_as_the_schema_says(förbund: str, år: int, rapport: str) -> None:
    bok = öppnad(förbund, år, rapport)
    data = rapport_json({}, bok, rapport)
    data["tabeller"] = [tabell for block in bok.tabeller.values() for tabell in block.json()]
    assert fel(json.loads(json.dumps(data))) == []


def ändringar(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The report with one thing wrong."""
    yield "en nyckel för mycket", data | {"klocka": "12.00"}
    yield "en nyckel för lite", {n: v for n, v in data.items() if n != "utkast"}
    yield "annat schema", data | {"schema": 2}
    [första, *andra] = data["fakta"].items()
    yield "ett flyttal", data | {"fakta": {första[0]: första[1] | {"varde": 1.5}, **dict(andra)}}
    yield "tusental", data | {"fakta": {första[0]: första[1] | {"varde": "1 000"}}}
    yield "dold med värde", data | {"fakta": {första[0]: första[1] | {"varde": "1", "dold": True}}}
    yield "id utan år", data | {"fakta": {"rr.arets_resultat": första[1]}}
    yield "okänd enhet", data | {"fakta": {första[0]: första[1] | {"enhet": "EUR"}}}
    [tabell, *_] = data["tabeller"]
    yield "okänd form", data | {"tabeller": [tabell | {"form": "bild"}]}
    yield "rad utan visat", data | {"tabeller": [tabell | {"rader": [{"id": "x"}]}]}


def test_what_is_not_as_the_schema_says_is_found(körning: Körning) -> None:
    for namn, ändrad in ändringar(dict(körning.rapport)):
        assert fel(ändrad), namn


# the core taxonomy


def test_the_core_is_named_and_its_ids_are_facts(körning: Körning) -> None:
    assert len({(ett.rapport, ett.id) for ett in kärnan()}) == len(kärnan())
    for ett in kärnan():
        assert ett.enhet in ("kr", "andel", "antal", "text")
        assert ett.sedan == karna.VERSION
        if ett.rapport == "arsredovisning":
            f = körning.rapport["fakta"][f"{ett.id}/2024"]
            assert f["enhet"] == ett.enhet
    assert {"rr.arets_resultat", "br.eget_kapital", "kf.arets_kassaflode", "soliditet"} <= kärnans_id("arsredovisning")
    assert {"budget.resultat", "budget.medlemsbidrag"} <= kärnans_id("verksamhetsplan")


@pytest.mark.langsam
@pytest.mark.parametrize("rapport", ["arsredovisning", "verksamhetsplan"])
def test_the_core_is_what_every_report_of_its_kind_has_and_no_less(rapport: str) -> None:
    böcker = [öppnad(*fall) for fall in RAPPORTER if fall[2] == rapport]
    gemensamma = set.intersection(*({f.id for f in bok.fakta.values()} for bok in böcker))
    assert gemensamma == {ett.id for ett in kärnan() if ett.rapport == rapport}
    enheter = {(f.id, f.enhet) for bok in böcker for f in bok.fakta.values() if f.id in gemensamma}
    assert len(enheter) == len(gemensamma)


def test_every_report_of_inputs_is_among_those_measured() -> None:
    rapporter = {(f.parents[1].name, int(f.parent.name)) for f in INPUTS.glob("*/2*/*underlag.xlsx")}
    assert {fall[:2] for fall in RAPPORTER} == rapporter


def test_the_document_lists_the_core() -> None:
    fil = ROT / "docs" / "taxonomi.md"
    inledning = fil.read_text("utf-8").partition("-->\n")[0] + "-->\n"
    delar = [inledning]
    for rapport, namn in (("arsredovisning", "Årsredovisningen"), ("verksamhetsplan", "Verksamhetsplanen")):
        egna = [ett for ett in kärnan() if ett.rapport == rapport]
        delar += [f"\n## {namn}: {len(egna)} id, {len(kärnans_id(rapport))} jämförbara\n"]
        delar += ["\n| id | enhet | vad | jämförbart | sedan |\n|---|---|---|---|---|\n"]
        delar += [f"| `{e.id}` | {e.enhet} | {e.definition} | {e.jamforbart} | {e.sedan} |\n" for e in egna]
    jämför("".join(delar), fil)
