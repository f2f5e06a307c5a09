"""The columns of a table: by where its figures stand, or, where that is not known, by how many they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from finsam.granska.lasa.kolumnrubrik import Kolumn, kolumn_av, är_ruta
from finsam.granska.lasa.rad import Cell, Rad
from finsam.granska.lasa.siffror import Tal, tal_i_cell
from finsam.granska.lasa.tabell import (
    ENHET,
    MENING,
    NOT,
    NOTNUMMER,
    ÅRTAL,
    Tabell,
    Tabellrad,
    Talplats,
    Utkast,
    Öppen,
    samma_kant,
)

MEST_SPANN = 12
"""So many places that figures stand at may be tried in every way."""


def ställ_upp(öppen: Öppen) -> Tabell:
    """The table that has been read: its figures in their columns."""
    if not öppen.rubrikrader and all(u.lägen for u in öppen.rader):
        _ta_rubrik_ovanför(öppen)
    if all(u.lägen for u in öppen.rader):
        kolumner, rader = _efter_läge(öppen)
        lika_många = len({len(u.celler) for u in öppen.rader}) == 1
        if lika_många and not all(rad.säker for rad in rader):
            kolumner, rader = _efter_antal(öppen)  # columns so near that they cannot be told apart by place
    else:
        kolumner, rader = _efter_antal(öppen)
    kolumner, rader = _utan_noter(kolumner, rader)
    enhet = {"kronor": "kr", "mkr": "mnkr", "msek": "mnkr", "miljoner kronor": "mnkr"}.get(öppen.enhet, öppen.enhet)
    enhet = {"kkr": "tkr", "ksek": "tkr", "tusental kronor": "tkr", "tusen kronor": "tkr"}.get(enhet, enhet)
    kolumner = _med_rubrikens_år(öppen, kolumner)
    return Tabell(öppen.rubrik, kolumner, rader, öppen.sida, enhet, avsnitt=öppen.avsnitt, hörn=öppen.hörn)


def _med_rubrikens_år(öppen: Öppen, kolumner: tuple[Kolumn, ...]) -> tuple[Kolumn, ...]:
    """A single column that says no year is of the year in the heading, when that is one."""
    if len(kolumner) != 1 or kolumner[0].år or kolumner[0].period or kolumner[0].slag:
        return kolumner
    for text in (öppen.rubrik, öppen.avsnitt):
        if len(ÅRTAL.findall(text)) == 1:
            över = kolumn_av([text])
            return (replace(kolumner[0], år=över.år, slag=över.slag, period=över.period),)
    return kolumner


def _ta_rubrik_ovanför(öppen: Öppen) -> None:
    """A line of short cells right above the figures is their head, whatever its words are."""
    bredd = max(len(u.celler) for u in öppen.rader)
    först = min(x0 for u in öppen.rader for _, x0, _, _ in u.celler)
    for rad in öppen.över[-2:]:
        celler = [c for c in rad.celler if c.text]
        rutor = [c for c in celler if c.x1 > först]
        kort = all(len(c.text) < 45 and not MENING.search(c.text) for c in celler)
        tal = any(tal_i_cell(c.text) and not ÅRTAL.fullmatch(c.text) for c in rutor)
        if rad.lägen and rad.slag != "rubrik" and bredd > 1 and len(rutor) >= bredd and kort and not tal:
            öppen.rubrikrader.append(rutor)
            öppen.hörn = öppen.hörn or (celler[0].text if celler[0] not in rutor else "")
            if enhet := ENHET.search(rad.text):
                öppen.enhet = öppen.enhet or enhet[0].lower()
            if rad.text == öppen.rubrik:
                _ta_titeln_ovanför(öppen, rad)


def _ta_titeln_ovanför(öppen: Öppen, huvud: Rad) -> None:
    """The head is no title: that is the line above it."""
    över = öppen.över[: öppen.över.index(huvud)][-1:]
    öppen.rubrik = next((rad.text for rad in över if not MENING.search(rad.text) and len(rad.text) < 100), "")
    if enhet := ENHET.search(öppen.rubrik):
        öppen.enhet = öppen.enhet or enhet[0].lower()


def _efter_läge(öppen: Öppen) -> tuple[tuple[Kolumn, ...], list[Tabellrad]]:
    """Columns where the figures stand below each other."""
    for u in öppen.rader:
        _ta_not(u, öppen)
    _ta_i_linje(öppen)
    spann = _hopslagna(_spannen(öppen.rader), öppen)
    _ta_ur_etiketter(öppen)
    delar: list[list[str]] = [[] for _ in spann]
    for ruta in öppen.rubrikrader:
        if len({år for cell in ruta for år in ÅRTAL.findall(cell.text)}) > len(spann):
            continue  # a column of some year has not been read, and it is not known which
        for nr, text in _i_tur_och_ordning(ruta, spann) or [
            (nr, cell.text) for cell in ruta if not NOT.fullmatch(cell.text) for nr in _under(cell, spann)
        ]:
            delar[nr].append(text)
    kolumner = tuple(kolumn_av(d) for d in delar)
    rader = []
    for u in öppen.rader:
        tal: list[Tal | None] = [None] * len(spann)
        var: list[Rad | None] = [None] * len(spann)
        säker = True
        for t, x0, x1, rad in u.celler:
            nr = _spannet(x0, x1, spann)
            säker &= tal[nr] is None
            tal[nr], var[nr] = t, rad
        rader.append(Tabellrad(u.etikett, tuple(tal), tuple(var), u.not_, säker, u.grupp))
    return kolumner, rader


def _spannen(rader: Sequence[Utkast]) -> list[list[float]]:
    """Where figures stand, from the left: those that are over each other are one column."""
    spann: list[list[float]] = []
    for x0, x1 in sorted((x0, x1) for u in rader for _, x0, x1, _ in u.celler):
        if spann and x0 < spann[-1][1] - 0.15 * min(x1 - x0, spann[-1][1] - spann[-1][0]):
            spann[-1][1] = max(spann[-1][1], x1)
        else:
            spann.append([x0, x1])
    return spann


def _ta_i_linje(öppen: Öppen) -> None:
    """A table that goes on on another page, or in the next column of a page, has the same columns there."""
    delar: list[list[Utkast]] = []
    for u in öppen.rader:
        rad, förra = u.celler[0][3], delar[-1][-1].celler[0][3] if delar else None
        if förra is None or rad.sida != förra.sida or rad.y < förra.y:
            delar.append([])
        delar[-1].append(u)
    spann = [_spannen(rader) for rader in delar]
    if len({len(s) for s in spann}) > 1 or len(_spannen(öppen.rader)) == len(spann[0]):
        return
    for rader, egna in zip(delar, spann, strict=True):
        for u in rader:
            flytt = [spann[0][k][1] - egna[k][1] for k in (_spannet(x0, x1, egna) for _, x0, x1, _ in u.celler)]
            u.celler = [(t, x0 + dx, x1 + dx, rad) for (t, x0, x1, rad), dx in zip(u.celler, flytt, strict=True)]


def _ta_ur_etiketter(öppen: Öppen) -> None:
    """What a label ends in, when it stands right below the figures of a column to the left of the row's own."""
    andra = [cell for u in öppen.rader for cell in u.celler]
    for u in öppen.rader:
        kvar = u.lösa
        while kvar:
            tal, x0, x1, rad = kvar[-1]
            if x1 > u.celler[0][1] or not any(samma_kant((x0, x1), cell[1:3], rad.höjd) for cell in andra):
                break
            u.celler.insert(0, kvar[-1])
            u.etikett = u.etikett.removesuffix(tal.tryckt).rstrip()
            kvar = kvar[:-1]


def _spannet(x0: float, x1: float, spann: Sequence[Sequence[float]]) -> int:
    """Which column a figure stands in."""
    return max(range(len(spann)), key=lambda k: min(x1, spann[k][1]) - max(x0, spann[k][0]))


def _hopslagna(spann: list[list[float]], öppen: Öppen) -> list[list[float]]:
    """Columns where some figures stand to the left and some to the right: as many as the head says that there are.

    Only when there is one way to do it, where no row has two figures in a column and most have one in each.
    """
    antal = max((sum(not NOT.fullmatch(c.text) for c in rad) for rad in öppen.rubrikrader), default=0)
    if not 0 < antal < len(spann) <= MEST_SPANN:
        return spann
    rader = [sorted(_spannet(x0, x1, spann) for _, x0, x1, _ in u.celler) for u in öppen.rader]
    funna = []
    for gränser in combinations(range(1, len(spann)), antal - 1):
        grupper = [[bisect_right(gränser, nr) for nr in rad] for rad in rader]
        if all(len(set(g)) == len(g) for g in grupper) and sum(len(g) == antal for g in grupper) > len(rader) / 2:
            funna.append(gränser)
    if len(funna) != 1:
        return spann
    kanter = (0, *funna[0], len(spann))
    return [[spann[a][0], max(x1 for _, x1 in spann[a:b])] for a, b in pairwise(kanter)]


def _i_tur_och_ordning(ruta: Sequence[Cell], spann: Sequence[Sequence[float]]) -> list[tuple[int, str]]:
    """The parts of a head that are as many as the columns, one for each, though words stand left and figures right."""
    utan_hörn = [c for c in ruta if not (ENHET.fullmatch(c.text) and c.x1 <= spann[0][0])]
    for rutor in ([c for c in utan_hörn if not NOT.fullmatch(c.text)], utan_hörn):
        if len(rutor) == len(spann) > 1 and all(
            c.x0 <= spann[nr][1] and (not nr or c.x1 >= spann[nr - 1][0]) for nr, c in enumerate(rutor)
        ):
            return [(nr, c.text) for nr, c in enumerate(rutor)]
    return []


def _ta_not(u: Utkast, öppen: Öppen) -> None:
    """The number of a note is no figure: what stands below the word, nearer to it than to any other head."""
    rutor = [c for rad in öppen.rubrikrader for c in rad]
    if not any(NOT.fullmatch(cell.text) for cell in rutor):
        return
    if u.lösa and _under_not(u.lösa[-1], rutor):
        u.not_ = u.lösa.pop()[0].tryckt
        u.etikett = u.etikett.removesuffix(u.not_).rstrip()
    elif len(u.celler) > 1 and _under_not(u.celler[0], rutor):
        u.not_ = u.celler.pop(0)[0].tryckt


def _under_not(plats: Talplats, rutor: Sequence[Cell]) -> bool:
    tal, x0, x1, _ = plats
    närmast = min(rutor, key=lambda r: abs((r.x0 + r.x1) - (x0 + x1)))
    return _är_notnummer(tal) and bool(NOT.fullmatch(närmast.text))


def _under(cell: Cell, spann: Sequence[Sequence[float]]) -> list[int]:
    """The columns that a part of the head stands over: those it overlaps, else the nearest."""
    träffar = [nr for nr, (x0, x1) in enumerate(spann) if min(x1, cell.x1) - max(x0, cell.x0) > 0]
    if träffar:
        return träffar
    mitt = (cell.x0 + cell.x1) / 2
    nr = min(range(len(spann)), key=lambda k: abs((spann[k][0] + spann[k][1]) / 2 - mitt))
    steg = (spann[-1][1] - spann[0][0]) / len(spann)
    nära = min(abs(spann[nr][0] - cell.x1), abs(spann[nr][1] - cell.x0), abs(spann[nr][1] - cell.x1))
    return [nr] if nära < max(0.6 * steg, cell.x1 - cell.x0) else []


def _efter_antal(öppen: Öppen) -> tuple[tuple[Kolumn, ...], list[Tabellrad]]:
    """Columns by count, in a text that does not keep places."""
    vanligt, gånger = Counter(len(u.celler) for u in öppen.rader).most_common(1)[0]
    antal = öppen.kolumner or vanligt
    if vanligt != antal and vanligt - öppen.har_noter != antal and gånger > 0.6 * len(öppen.rader) and gånger > 2:
        antal = vanligt
    rutor = [[c.text for c in rad if är_ruta(c.text)] for rad in öppen.rubrikrader]
    delar = [[rad[nr] for rad in rutor if len(rad) == antal] for nr in range(antal)]
    for rad in rutor:
        if len(rad) == 1 and antal > 1:
            delar = [[*d, rad[0]] for d in delar]
    kolumner = tuple(kolumn_av(d) for d in delar)
    rader = []
    for u in öppen.rader:
        celler, not_ = u.celler, u.not_
        if len(celler) == antal + 1 and _är_notnummer(celler[0][0]):
            not_, celler = celler[0][0].tryckt, celler[1:]
        if len(celler) == antal:
            rader.append(
                Tabellrad(u.etikett, tuple(c[0] for c in celler), tuple(c[3] for c in celler), not_, grupp=u.grupp)
            )
        else:
            tal = tuple(c[0] for c in celler[:antal]) + (None,) * (antal - len(celler))
            var = tuple(c[3] for c in celler[:antal]) + (None,) * (antal - len(celler))
            rader.append(Tabellrad(u.etikett, tal, var, not_, säker=False, grupp=u.grupp))
    return kolumner, rader


def _är_notnummer(tal: Tal) -> bool:
    return tal.värde is not None and 0 < tal.värde < NOTNUMMER and not tal.enhet and not tal.decimaler


def _utan_noter(kolumner: tuple[Kolumn, ...], rader: list[Tabellrad]) -> tuple[tuple[Kolumn, ...], list[Tabellrad]]:
    """The column of note numbers is no column of figures."""
    if len(kolumner) < 2:
        return kolumner, rader
    första = [r.tal[0] for r in rader if r.tal[0] is not None]
    heter = kolumner[0].rubrik.lower().strip(". ") in ("not", "noter")
    övriga = [t for r in rader for t in r.tal[1:] if t is not None and t.värde]
    stora = sum(t.storlek >= 1000 for t in övriga) > len(övriga) / 2
    utan_namn = not kolumner[0].rubrik and all(_är_notnummer(t) for t in första) and stora
    if not (heter or utan_namn):
        return kolumner, rader
    nya = [replace(r, tal=r.tal[1:], rader=r.rader[1:], not_=r.tal[0].tryckt if r.tal[0] else r.not_) for r in rader]
    return kolumner[1:], [r for r in nya if any(t is not None for t in r.tal)]
