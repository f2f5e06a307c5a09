"""The answer of a review as plain values: what --json shows, and what the page and the terminal are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from finsam.granska.alla import KODER
from finsam.granska.fynd import Fynd
from finsam.granska.granska import Granskning

SKRIVS = 12
"""How many of the things compared are told by name."""
NIVÅER = ("hindrar", "att ta ställning till", "bra att veta")
RUBRIK = {"hindrar": "Hindrar", "att ta ställning till": "Att ta ställning till", "bra att veta": "Bra att veta"}


def som_svar(granskning: Granskning) -> dict[str, Any]:
    """What a review says, as JSON has it."""
    return {
        "fynd": [_fynd(f) for f in granskning.larm],
        "osakra": [_fynd(f) for f in granskning.att_titta_på],
        "lasta": [
            {
                "fil": l.fil,
                "sidor": l.sidor,
                "tabeller": l.tabeller,
                "rader": l.rader,
                "intygade": l.intygade,
                "meningar": l.meningar,
                "bildsidor": list(l.bildsidor),
                "skadade": list(l.skadade),
                "ocr": l.ocr,
            }
            for l in granskning.lästa  # noqa: E741
        ],
        "bredvid": [
            {"fil": b.fil, "slag": b.slag, "antal": b.antal, "jamfort": {n: list(å) for n, å in b.jämfört.items()}}
            for b in granskning.bredvid
        ],
        "olasliga": dict(granskning.oläsliga),
        "provat": {kod: antal for kod, antal in granskning.prövat.items() if antal},
    }


def _fynd(f: Fynd) -> dict[str, Any]:
    return {**f.json(), "foljder": [_fynd(ett) for ett in f.följder]}


def lista(svar: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The findings as a list of their own: the roots, and after each what follows from it."""
    ut: list[dict[str, Any]] = []
    for fynd in svar["fynd"]:
        ut.append({nyckel: värde for nyckel, värde in fynd.items() if nyckel != "foljder"})
    return ut


def svaret(svar: Mapping[str, Any]) -> str:
    """The answer in a sentence."""
    if not svar["lasta"]:
        return "Det finns ingen rapport att jämföra med." if svar["bredvid"] else "Ingen fil gick att läsa."
    antal = [(nivå, sum(f["niva"] == nivå for f in svar["fynd"])) for nivå in NIVÅER]
    if not any(n for _, n in antal):
        return "Inget funnet." if svar["provat"] else "Inget funnet, men här fanns inget att pröva."
    ord_ = {"hindrar": ("sak hindrar", "saker hindrar")}
    delar = []
    for nivå, n in antal:
        ett, flera = ord_.get(nivå, (f"sak {nivå}", f"saker {nivå}"))
        if n:
            delar.append(f"{n} {ett if n == 1 else flera}")
    return f"{', '.join(delar)}."


def lästs(läst: Mapping[str, Any]) -> str:
    """What was read of a file, and what was not."""
    sidor = f"{läst['sidor']} sidor, " if läst["sidor"] else ""
    text = (
        f"{läst['fil']}: {sidor}{_antal(läst['tabeller'], 'tabell', 'tabeller')} med"
        f" {_antal(läst['rader'], 'rad', 'rader')} (läsningen är intygad i {läst['intygade']}),"
        f" {_antal(läst['meningar'], 'mening', 'meningar')}."
    )
    if läst["bildsidor"]:
        text += f" Sida {_tal(läst['bildsidor'])} är en bild utan text och är inte läst."
    if läst["skadade"]:
        vilka = f"Sida {_tal(läst['skadade'])}"
        text += f" {vilka} är skadad och är inte läst; spara dokumentet som PDF på nytt."
    if läst["ocr"]:
        text += " Texten verkar vara avläst ur bilder; stavning och numrering är inte prövade."
    return text


def jämfördes(bredvid: Mapping[str, Any]) -> str:
    """What of a file beside the reports was compared, and that nothing of it could be when so it is."""
    if not bredvid["antal"]:
        return f"{bredvid['fil']} ({bredvid['slag']}): inget i rapporten kunde jämföras med den."
    delar = [f"{namn} {', '.join(map(str, åren))}".strip() for namn, åren in bredvid["jamfort"].items()]
    return (
        f"{bredvid['fil']} ({bredvid['slag']}): {_antal(bredvid['antal'], 'uppgift', 'uppgifter')} jämförda"
        f" ({'; '.join(delar[:SKRIVS])}{f' och {len(delar) - SKRIVS} rader till' if len(delar) > SKRIVS else ''})."
    )


def _antal(antal: int, en: str, flera: str) -> str:
    return f"{antal} {en if antal == 1 else flera}"


def _tal(tal: Sequence[int]) -> str:
    return ", ".join(map(str, tal))


def prövades(svar: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Each rule that has compared something: its code, what it is about and how many times."""
    return [(kod, KODER[kod], antal) for kod, antal in svar["provat"].items() if kod in KODER]


def plats(ställe: Mapping[str, Any], *, flera: bool) -> str:
    """Where a quotation stands, in words."""
    delar = [ställe["fil"]] if flera else []
    if ställe["sida"]:
        delar.append(f"s. {ställe['sida']}")
    if ställe["rubrik"]:
        delar.append(ställe["rubrik"])
    return ", ".join(delar) or ställe["fil"]
