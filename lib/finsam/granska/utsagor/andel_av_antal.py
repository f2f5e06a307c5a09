"""G08: shares of people in sentences: of how many they are, women and men, and parts that are all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Underlag, skriv, är_delsumma
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import som_tal, tal_i_text
from finsam.granska.raknord import RÄKNEORD, antal_av
from finsam.granska.sakerhet import intygad

KOD = "G08"
_N = rf"(?<![\d,.§-])(\d{{1,4}}|(?i:{'|'.join(RÄKNEORD)}))"
_P = r"(\d{1,3}(?:,\d)?) ?(?:procent(?!enhet)|%)"
_MOTSVARAR = r"(?:, | \(|, det vill säga |, eller | eller |, dvs\.? |, vilket (?:är|motsvarar) |, motsvarande )"
_AV_HELA = re.compile(
    rf"{_N} av (?:de |våra |totalt |samtliga )?(\d{{1,4}})(?![\d,.]|[ \u00a0]\d{{3}})[^.,;()\d]{{0,40}}{_MOTSVARAR}{_P}"
)
_AV_DEM = re.compile(
    rf"(?:{_N} av (?:dem|dessa)|\b[Aa]v (?:dem|dessa) (?:gick|var|fick|har|hade) {_N})\b"
    rf"[^.;()\d]{{0,50}}{_MOTSVARAR}{_P}"
)
_RESPEKTIVE = re.compile(
    rf"{_N} kvinnor (?:och|samt) {_N} män\b[^.;\d]{{0,30}}?(\d{{1,3}}(?:,\d)?)(?: ?%| procent)? respektive {_P}"
)
_NÅGOT_ANNAT = re.compile(r"\s*av (?!dem\b|dessa\b|alla\b|samtliga\b)|\s*(?:fler|färre|högre|lägre|mer|mindre)\b")
"""What says after a share that it is of others, or how much more or less it is."""
RUNT = 10
"""So many are a way to say about how many: four of five."""
_UNGEFÄR = re.compile(r"(?i)\b(?:cirka|ca|drygt|knappt|nästan|omkring|ungefär|runt|hälften)\b")


def check_andel_av_antal(u: Underlag) -> Iterator[Fynd]:
    """So many of so many, with their share; so many of them, when the sentence before says how many they are."""
    summor = {d: _summor(u, d) for d in range(len(u.dokument))}
    for d, dok in enumerate(u.dokument):
        for nr, mening in enumerate(dok.meningar):
            if _UNGEFÄR.search(mening.text):
                continue
            for träff in _AV_HELA.finditer(mening.text):
                yield from _pröva(u, d, mening, träff, (träff[1],), [int(träff[2])], (träff[3],))
            for träff in _RESPEKTIVE.finditer(mening.text):
                hela = antal_av(träff[1]) + antal_av(träff[2])
                yield from _pröva(u, d, mening, träff, (träff[1], träff[2]), [hela], (träff[3], träff[4]))
            for träff in _AV_DEM.finditer(mening.text):
                baser = _folk(mening.text[: träff.start()]) or (_folk(dok.meningar[nr - 1].text) if nr else [])
                också = [n for m in dok.meningar[max(0, nr - 3) : nr] for n in _folk(m.text)] + summor[d]
                yield from _pröva(u, d, mening, träff, (träff[1] or träff[2],), baser, (träff[3],), också)


def _summor(u: Underlag, d: int) -> list[int]:
    """How many the tables say that all are."""
    rader = u.dokument[d].tabeller
    alla = (c for p, c in u.celler.items() if p[0] == d and not c.enhet and är_delsumma(rader[p[1]].rader[p[2]]))
    return [int(c.värde) for c in alla if not c.tal.decimaler]


def _folk(text: str) -> list[int]:
    """The counts of a sentence: whole numbers without a unit."""
    return [int(t.storlek) for t in tal_i_text(text) if t.värde and not t.enhet and not t.decimaler]


def _pröva(
    u: Underlag,
    d: int,
    mening: Mening,
    träff: re.Match[str],
    delar: Sequence[str],
    baser: Sequence[int],
    andelar: Sequence[str],
    också: Sequence[int] = (),
) -> Iterator[Fynd]:
    """Each part with its share, against everything that it may be of; told when it is of none."""
    u.räkna(KOD, int(bool(baser)))
    if _NÅGOT_ANNAT.match(mening.text[träff.end() :]):
        return
    for del_, andel in zip(delar, andelar, strict=True):
        n, spel = antal_av(del_), Decimal("0.55").scaleb(-len(andel.partition(",")[2]))
        möjliga = [bas for bas in baser if bas >= n and bas > RUNT]
        alla = [*möjliga, *(bas for bas in också if bas)]
        if not möjliga or any(abs(Decimal(n) / bas * 100 - som_tal(andel)) <= spel for bas in alla):
            continue
        hela, sagt = möjliga[0], len(baser) == 1 and not också
        kvot = round(Decimal(n) / hela * 100, 1)
        text = f"{del_} av {hela} är {skriv(kvot)} procent, inte {andel}."
        rader = dict.fromkeys((mening.rad(träff.start()), mening.rad(träff.end() - 1)))
        platser = tuple(ställe(u.dokument[d].fil, rad, del_, andel) for rad in rader)
        säkerhet = u.läsning_av_text(d, *rader) * (1 if sagt else intygad(len({*möjliga})))
        tal = f"{del_} / {hela} = {skriv(kvot)} %; tryckt {andel}"
        yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, tal, som_tal(andel) - kvot)
        return  # the shares of women and men are wrong together


# --- parts that are all -----------------------------------------------------------------------------------------------

_FÖRDELAS = re.compile(r"(?i)\b(?:fördela\w*|fördelning\w*|andel\w*)\b[^.:;]*:\s*([^.:;]+)")
_LED = re.compile(rf"[A-ZÅÄÖ][^,\d]{{2,40}} {_P}")


def check_hela(u: Underlag) -> Iterator[Fynd]:
    """What is divided among those that are listed after a colon, each with its share, is a hundred per cent."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            lista = _FÖRDELAS.search(mening.text)
            led = re.split(r", | och | samt ", lista[1].strip()) if lista else []
            träffar = [träff for ett in led if (träff := _LED.fullmatch(ett.strip(" .")))]
            if lista is None or len(led) < 3 or len(träffar) != len(led) or _UNGEFÄR.search(mening.text):
                continue
            u.räkna(KOD)
            andelar = [träff[1] for träff in träffar]
            summa = sum(map(som_tal, andelar), Decimal(0))
            steg = Decimal(1).scaleb(-max(len(ett.partition(",")[2]) for ett in andelar))
            if abs(summa - 100) <= steg * len(led) / 2 or not 85 < summa < 115:
                continue  # they may be parts of something else
            text = f"Andelarna som räknas upp är tillsammans {skriv(summa)} procent, inte 100."
            rad = mening.rad(lista.start(1))
            säkerhet = u.läsning_av_text(d, rad)
            tal = f"{' + '.join(andelar)} = {skriv(summa)}"
            yield Fynd(
                KOD, "att ta ställning till", 2, säkerhet, text, (ställe(dok.fil, rad, *andelar),), tal, summa - 100
            )
