"""Which lines are rows of a table: a label, and the figures that the line ends in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from finsam.granska.lasa.rad import Cell, Rad
from finsam.granska.lasa.siffror import BLANK, Tal, svans, tal_i_cell
from finsam.granska.lasa.tabell import KANT, MENING, NOTNUMMER, ÅRTAL, Talplats, Utkast, Öppen

LÄNGSTA_ETIKETT = 95
LÄNGSTA_I_TÄT = 62
KORT_RAD = 60
BREDARE = 1.2
"""How much wider than other gaps of a line the one before a figure of its own is."""
FORTSÄTTER = re.compile(r"^[a-zåäö(]|^&")
FOTNOT = re.compile(r"^(?:[a-h]\)|\*|\d\))\s")
_STRECK_SIST = re.compile(r"\s([-−–])$")
_LEDARE = re.compile(r"\s*(?:[.…_]\s?){4,}$")
"""Dots that lead from the label to its figures."""
_ORGNR = re.compile(r"(?<!\d)\d{6}\s?-\s?\d{4}(?!\d)")
_ORD_I_MENING = re.compile(r"\b(?:är|var|har|hade|blev|det|som|kan|ska|finns|uppgår|uppgick|gick|kostade|mot)\b")


def utkast(rad: Rad, öppen: Öppen | None) -> Utkast | None:
    """The figures that a line ends in; None when it is no row of a table."""
    öppen = öppen or Öppen()
    tal: list[Talplats] = []
    etikett = lösa = None
    for nr in range(len(rad.celler) - 1, -1, -1):
        cell = rad.celler[nr]
        if not cell.text:
            continue
        funna = None if _är_etikett(rad, nr, öppen) else _bara_tal(cell, rad, öppen)
        if funna is not None:
            tal = [*_lägen(funna, cell, rad), *tal]
            continue
        if _är_löpande(rad, öppen):
            return None
        text, egna, lösa = _isär(rad, cell, öppen, len(tal))
        tal = [*egna, *tal]
        etikett = " ".join(t for t in (*(c.text for c in rad.celler[:nr]), text) if t).strip(BLANK)
        break
    tomt = all(t.tomt for t, *_ in tal)
    if not tal or (tomt and not (öppen.rubrikrader and rad.lägen)):
        return None
    ut = Utkast(_LEDARE.sub("", etikett or ""), tal, lägen=rad.lägen, lösa=lösa or [])
    return ut if _är_rad(rad, ut, öppen) else None


def _är_etikett(rad: Rad, nr: int, öppen: Öppen) -> bool:
    """The first cell is a label though it is a figure: the table says so, or its label begins right above."""
    cell = rad.celler[nr]
    if nr or len(rad.celler) < 2 or not rad.lägen:
        return False
    över = öppen.väntar[-1].celler[0] if öppen.väntar else None
    under = över is not None and abs(över.x0 - cell.x0) < KANT * rad.höjd and över.x1 > cell.x1
    return cell.x0 == 0 or (under and not any(x0 < cell.x1 for u in öppen.rader for _, x0, _, _ in u.celler))


def _bara_tal(cell: Cell, rad: Rad, öppen: Öppen) -> list[Tal] | None:
    """The numbers of a cell that holds nothing else: as many as the parts of the head that it stands under."""
    under = sum(cell.x0 < (r.x0 + r.x1) / 2 < cell.x1 for r in max(öppen.rubrikrader, key=len, default=[]))
    if rad.lägen and under > 1:
        return tal_i_cell(cell.text, under, tvinga=True)
    funna = tal_i_cell(cell.text, öppen.kolumner if len(rad.celler) == 1 else None)
    if funna and len(funna) == 1 and funna[0].orimligt:
        return tal_i_cell(cell.text, 2)  # two columns, with no more than a blank between them
    return funna


def _är_löpande(rad: Rad, öppen: Öppen) -> bool:
    """A line of a paragraph that happens to end in a number."""
    if not rad.lägen or len(rad.celler) > 1:
        return False
    text = rad.celler[0].text
    return (len(text) > KORT_RAD or bool(_ORD_I_MENING.search(text))) and not _ställd(rad, öppen)


def _ställd(rad: Rad, öppen: Öppen) -> bool:
    """The figures at the end of a line stand apart, and right below those of the table."""
    [cell] = rad.celler
    delad = svans(cell.text)
    if not delad or not öppen.rader or not cell.ord:
        return False
    lägen = _lägen(delad[1], cell, rad)
    luckor = [(b[0], b[1] - a[2]) for a, b in pairwise(cell.ord)]
    före = next((bredd for nr, bredd in luckor if nr == lägen[0][0].början), 0.0)
    andra = [bredd for nr, bredd in luckor if nr != lägen[0][0].början]
    return bool(andra) and före > BREDARE * median(andra) and all(öppen.i_kolumn(t, rad.höjd) for t in lägen)


def _isär(rad: Rad, cell: Cell, öppen: Öppen, redan: int) -> tuple[str, list[Talplats], list[Talplats]]:
    """A cell with words as a label and its figures; and those that may be figures, which the columns will tell."""
    antal = öppen.kolumner or öppen.bredd
    väntat = _antal(cell.text, öppen.kolumner, öppen.har_noter)
    delad = svans(cell.text, väntat, tvinga=väntat != öppen.kolumner) or _streck_sist(cell.text)
    if delad is None:
        return cell.text, [], []
    tal = _lägen(delad[1], cell, rad)
    egna = not rad.lägen or len(tal) > 1 or _är_belopp(tal[0][0]) or öppen.i_kolumn(tal[0], rad.höjd)
    under = 1 < redan + 1 == antal and _under_rubrik(tal[0], öppen)
    if (egna or under) and (not rad.lägen or redan < antal):
        return delad[0], tal, []
    return cell.text, [], tal if rad.lägen else []


def _streck_sist(text: str) -> tuple[str, list[Tal]] | None:
    """A label that ends in a dash, which may be that there is nothing in the first column."""
    träff = _STRECK_SIST.search(text)
    return (text[: träff.start()], [Tal(träff[1], None, början=träff.start(1))]) if träff else None


def _under_rubrik(tal: Talplats, öppen: Öppen) -> bool:
    """A number at the end of a label stands below a part of the head, though there is little between them."""
    rutor = [c for rad in öppen.rubrikrader for c in rad] or [c for rad in öppen.över[-1:] for c in rad.celler]
    return not ÅRTAL.fullmatch(tal[0].tryckt) and any(r.x0 < tal[2] and tal[1] < r.x1 for r in rutor)


def _är_rad(rad: Rad, u: Utkast, öppen: Öppen) -> bool:
    """It is a row of a table and not a sentence that happens to end in a number."""
    riktiga = [t for t, *_ in u.celler if not t.tomt]
    i_tabell = bool(öppen.rubrikrader or öppen.rader)
    if _är_annat(rad, u, riktiga, öppen):
        return False
    if re.search(r"\d\s?%", u.etikett) and not (rad.lägen and (i_tabell or len(rad.celler) == 2)):
        return False
    if i_tabell:
        ensamt = len(riktiga) < 2 and not rad.lägen
        return not ensamt or not FORTSÄTTER.match(u.etikett or "A") or bool(öppen.väntar)
    stora = any(t.storlek >= 100 or t.enhet for t in riktiga)
    return (
        bool(u.etikett)
        and (stora or (rad.lägen and (len(riktiga) > 2 or _är_uppgift(rad))))
        and (bool(re.match(r"[A-ZÅÄÖ0-9#+-]", u.etikett)) or (rad.lägen and len(riktiga) > 2))
        and not u.etikett.endswith(":")
    )


def _är_annat(rad: Rad, u: Utkast, riktiga: Sequence[Tal], öppen: Öppen) -> bool:
    """A sentence, a footnote, years alone, or a number that names someone."""
    if riktiga and all(ÅRTAL.fullmatch(t.tryckt) for t in riktiga):
        return True
    if FOTNOT.match(rad.text) or _ORGNR.search(rad.text) or (MENING.search(rad.text) and not rad.lägen):
        return True
    if len(rad.celler) == 2 and öppen.i_kolumn(u.celler[0], rad.höjd):
        return False
    för_lång = len(u.etikett) > (LÄNGSTA_ETIKETT if rad.lägen else LÄNGSTA_I_TÄT)
    return för_lång or (len(rad.celler) < 3 and _mitt_i_mening(rad, u.etikett))


def _mitt_i_mening(rad: Rad, etikett: str) -> bool:
    """The words before the figures are those of a sentence."""
    glest = len(rad.celler) == 2 and rad.celler[1].x0 - rad.celler[0].x1 > 4 * rad.höjd
    return bool(rad.lägen and not glest and len(etikett) > 40 and _ORD_I_MENING.search(etikett))


def _är_uppgift(rad: Rad) -> bool:
    """A label, and far from it a single number in a cell of its own, however small it is."""
    celler = [c for c in rad.celler if c.text]
    return len(celler) == 2 and celler[1].x0 - celler[0].x1 > 4 * max(rad.höjd, 1) and not celler[1].text.isalpha()


def _är_belopp(tal: Tal) -> bool:
    """A number at the end of a label is a figure of its own and not a year, a share or a count in it."""
    return tal.enhet == "kr" or (tal.storlek >= 100 and tal.enhet != "%" and not ÅRTAL.fullmatch(tal.tryckt))


def _antal(text: str, antal: int | None, med_noter: bool) -> int | None:
    """How many numbers a line that ends in numbers should have, the number of a note among them."""
    if antal is None or not med_noter:
        return antal
    utan, med = svans(text, antal), svans(text, antal + 1, tvinga=True)
    if utan is None or med is None or len(med[1]) != antal + 1:
        return antal
    först = med[1][0]
    if först.värde is None or not 0 < först.värde < NOTNUMMER or först.enhet:
        return antal
    return antal + 1 if _spridning(med[1][1:]) < _spridning(utan[1]) else antal


def _spridning(tal: Sequence[Tal]) -> int:
    längder = [len(str(abs(int(t.värde)))) for t in tal if t.värde]
    return max(längder) - min(längder) if längder else 0


def _lägen(tal: Sequence[Tal], cell: Cell, rad: Rad) -> list[Talplats]:
    """The numbers of a cell, each with its part of the cell's width."""
    if len(tal) == 1 and cell.text.strip() == tal[0].tryckt:
        return [(tal[0], cell.x0, cell.x1, rad)]
    return [(t, *cell.läge(t.början, t.början + len(t.tryckt)), rad) for t in tal]
