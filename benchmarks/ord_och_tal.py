"""How well words beside figures are read: alarms on sentences that are true, and words that are turned and found.

    python benchmarks/ord_och_tal.py [--kallor MAPP]

In every report of inputs/ all sentences are read; then each word of direction or size is put for its opposite, one at
a time, and so is each numeral, law and year. With `--kallor` published documents as text (`sofint_ar2024.txt`) are
read too, their printed figures bound to the facts that print so.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from finsam.checks.prosa.antal import read_antal
from finsam.checks.prosa.lagrum import read_lagrum
from finsam.checks.prosa.mening import Mening, bundet, read_meningar
from finsam.checks.prosa.ord_och_tal import utsagor
from finsam.checks.prosa.pastaende import Utsaga
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.fakta import Fakta
from finsam.read.arsmapp import finns, read_räkenskapsår
from finsam.statements.redovisning import Redovisning, redovisa

INPUTS = Path(__file__).parents[1] / "inputs"
KÄLLOR = {
    "sofint_ar2024": ("sofint", 2024, "arsredovisning"),
    "sofint_ar2020": ("sofint", 2020, "arsredovisning"),
    "sofint_vp2026": ("sofint", 2026, "verksamhetsplan"),
    "sydnarke_vp2025": ("sydnarke", 2025, "verksamhetsplan"),
    "lekeberg_orebro_vp2024": ("lekeberg-orebro", 2024, "verksamhetsplan"),
}
MOTSATSER = [
    *("ökade minskade", "ökat minskat", "ökar minskar", "ökningen minskningen", "steg sjönk", "växte krympte"),
    *("växer krymper", "höjdes sänktes", "gick upp|gick ner", "gick upp|gick ned", "högre lägre", "större mindre"),
    *("mer mindre", "fler färre", "bättre sämre", "högst minst", "över under", "överskott underskott"),
    *("översteg understeg", "överskottet underskottet", "drygt knappt"),
    *("följer|följer inte", "nåddes|nåddes inte", "klarar|klarar inte", "kvinnor än män|män än kvinnor"),
    *("för kvinnor än|för män än", "lika mycket som|inte lika mycket som", "januari–december|januari–augusti"),
]
RÄKNEORD = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_KLAMMER = re.compile(r"\{[^{}]*\}")


def byten(text: str) -> Iterator[tuple[str, str, str]]:
    """Each way to turn one word of a text: what kind it is, the word and the text it gives."""
    fri = _KLAMMER.sub(lambda m: "\0" * len(m[0]), text)
    for par in MOTSATSER:
        ena, andra = par.split("|") if "|" in par else par.split()
        for från, till in ((ena, andra), (andra, ena)):
            tid = r"(?! \0| året| våren| hösten)" if från in ("under", "över") else ""
            for träff in re.finditer(rf"(?<!\w){från}(?!\w)(?! inte){tid}", fri, re.IGNORECASE):
                nytt = till.capitalize() if träff[0][0].isupper() else till
                yield "ord", träff[0], text[: träff.start()] + nytt + text[träff.end() :]
    for träff in re.finditer(
        rf"(?<!\w)({'|'.join(RÄKNEORD[1:])})(?= \w*(?:ledamöter|komm|region|möten|indiv|strukt|målomr))", fri
    ):
        nytt = RÄKNEORD[(RÄKNEORD.index(träff[0]) + 1) % 12]
        yield "räkneord", träff[0], text[: träff.start()] + nytt + text[träff.end() :]
    for träff in re.finditer(r"(?<=\d )§|(?<=\d) §", text):
        yield "lagrum", träff[0], text[: träff.start()].rstrip() + "95 §" + text[träff.end() :]
    for träff in re.finditer(r"\{år(-1)?\}", text):
        yield "år", träff[0], text[: träff.start()] + ("{år}" if träff[1] else "{år-1}") + text[träff.end() :]
    for träff in re.finditer(r"\[år-1\]", text):
        yield "årets tal i stället för förra", träff[0], text[: träff.start()] + text[träff.end() :]


def lästa(text: str, s: Sammanhang, insats: str = "") -> Iterator[tuple[Mening, Utsaga]]:
    """What the sentences of a text say."""
    for mening in read_meningar(text, s.r.fakta, s.r.år.årtal, insats):
        for utsaga in (*utsagor(mening, s), *read_antal(mening, s)):
            yield mening, utsaga


def motsagda(text: str, s: Sammanhang, insats: str) -> set[tuple[int, str, str]]:
    """What is found of a text, as a set to compare with another."""
    funna = {(mening.rad, utsaga.ord_, utsaga.om) for mening, utsaga in lästa(text, s, insats) if utsaga.motsagt}
    return funna | {(lag.plats, lag.ord_, lag.fel) for lag in read_lagrum(text) if lag.fel}


def med_fakta(text: str, r: Redovisning) -> str:
    """A published text with the figures that one fact alone prints so as references to it."""
    tryckta: defaultdict[str, list[Fakta]] = defaultdict(list)
    for f in r.fakta.values():
        for hur in ("kr", "tkr", "procent", "procent1") if f.värde is not None else ():
            tal = bundet(f, [hur])
            if f.enhet == ("andel" if hur.startswith("procent") else "kr") and abs(tal.värde) > (
                0 if "%" in tal.text else 99
            ):
                tryckta[re.sub(r"\s", "", tal.text).replace("−", "-")].append(f)

    def byt(träff: re.Match[str]) -> str:
        funna = {f.nyckel: f for f in tryckta.get(re.sub(r"\s", "", träff[0]), ())}
        if len(funna) != 1:
            return träff[0]
        [f] = funna.values()
        hur = (
            "tkr"
            if träff[0].endswith("tkr")
            else "procent1"
            if "," in träff[0]
            else "procent"
            if "%" in träff[0]
            else "kr"
        )
        return f"{{{f.id}[{f.period}] | {hur}}}"

    rena = re.sub(r"<[^>]*>|[*#|]", " ", text).replace("{", "(").replace("}", ")").replace("\t", " ")
    return re.sub(r"(?<![\d,.])-?\d{1,3}(?:[ \u00a0]?\d{3})*(?:,\d+)?[ \u00a0]?(?:kr|tkr|%)", byt, rena)


def _i_prövad(text: str, vänd: str, ord_: str, sagda: list[tuple[Mening, Utsaga]]) -> bool:
    """Whether the word that was turned is one that a sentence was judged by."""
    plats = next(nr for nr, (a, b) in enumerate(zip(text, vänd, strict=False)) if a != b)
    ord_i_text = re.search(
        rf"[^{{}}\n]{{0,8}}{re.escape(ord_)}", text[max(0, plats - 8 - len(ord_)) : plats + len(ord_)]
    )
    runt = ord_i_text[0].strip().lower() if ord_i_text else ord_.lower()
    return any(ord_.lower() in utsaga.ord_ and runt in mening.text for mening, utsaga in sagda)


def mät(källor: Path | None) -> int:
    """Print the measure; 1 when a true sentence is alarmed on."""
    larm = 0
    alla, fångade, prövade = Counter[str](), Counter[str](), Counter[str]()
    for förbund, år, rapport in finns(INPUTS):
        s = Sammanhang(redovisa(read_räkenskapsår(förbund, år, INPUTS, rapport)))
        antal = Counter[str]()
        for namn, fil in s.r.år.texter.items():
            insats = namn.partition("insats_")[2]
            antal["lästa"] += sum(1 for _ in read_meningar(fil.text, s.r.fakta, år, insats))
            sagda = list(lästa(fil.text, s, insats))
            antal["prövade"] += len({(m.rad, m.nr) for m, _ in sagda})
            antal["utsagor"] += len(sagda)
            före = motsagda(fil.text, s, insats)
            for fynd in före:
                larm += 1
                print("LARM", fil.fil, *fynd)
            for slag, ord_, vänd in byten(fil.text):
                fångad = bool(motsagda(vänd, s, insats) - före)
                alla[slag] += 1
                fångade[slag] += fångad
                prövade[slag] += fångad or _i_prövad(fil.text, vänd, ord_, sagda)
                if not fångad and "-v" in sys.argv:
                    plats = next(nr for nr, (a, b) in enumerate(zip(fil.text, vänd, strict=False)) if a != b)
                    print(
                        "  missat", slag, ord_, "|", fil.fil, vänd[max(0, plats - 90) : plats + 70].replace("\n", " ")
                    )
        print(förbund, år, rapport, *(f"{antal_} {ord_}," for ord_, antal_ in antal.items()))
    for slag in alla:
        print(f"{slag}: {alla[slag]} byten, {fångade[slag]} funna; av de prövade {fångade[slag]} av {prövade[slag]}")
    for fil in sorted(källor.glob("*.txt")) if källor else ():
        s = Sammanhang(redovisa(read_räkenskapsår(*KÄLLOR[fil.stem][:2], INPUTS, KÄLLOR[fil.stem][2])))
        text = med_fakta(fil.read_text("utf-8"), s.r)
        meningar = sum(1 for _ in read_meningar(text, s.r.fakta, s.r.år.årtal))
        sagda = list(lästa(text, s))
        for mening, utsaga in sagda:
            if utsaga.motsagt:
                larm += 1
                print("LARM", fil.name, mening.rad, mening.läst(utsaga.ord_), "|", utsaga.om, "|", mening.citat)
        lagrum = read_lagrum(text)
        larm += sum(bool(lag.fel) for lag in lagrum)
        print(fil.name, f"{meningar} lästa, {text.count('{')} bundna tal, {len(sagda)} utsagor, {len(lagrum)} lagrum")
    return int(larm > 0)


if __name__ == "__main__":
    tolk = argparse.ArgumentParser(description=__doc__)
    tolk.add_argument("--kallor", type=Path)
    tolk.add_argument("-v", action="store_true", help="visa det som missas")
    sys.exit(mät(tolk.parse_args().kallor))
