"""What uppgifter are in words: their names against their ids, and values that are no answer."""

from __future__ import annotations

import re

from finsam.checks import arsredovisning, verksamhetsplan
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.monster import Mönster
from finsam.model.ord import ORDNINGSTAL, vik
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning
from finsam.statements.upplysningar.krav import KRAV

_TAL = frozenset(["ett", "tva", "tre", "fyra", "fem", "sex", "sju", "atta", "nio", "tio", "elva", "tolv"])
"""Numbers in words, as in an id."""
_TAL_ELLER_DAG = Mönster(r"-?\d[\d\s]*(?:[.,]\d+)?|\d{4}-\d\d-\d\d(?: 00:00:00)?")
_ÅRTAL = re.compile(r"(?:19|20)\d\d")
_ETT_ÅR = Mönster(r"lydelse|år(?!s)", flaggor=re.IGNORECASE)
"""What an uppgift whose value is a year is called."""
_NUMMER = Mönster(r"dnr|nummer|diarie", flaggor=re.IGNORECASE)
"""What an uppgift in digits that are no number is called."""
_SAMMA_TAL = Mönster(r"(?<!\d)((?!(?:19|20)\d\d)\d{3,})[-/:]\1(?!\d)")
"""A number twice, one of them where the year of the case should be; a short one may be both."""
_TVÅ_ÅRTAL = Mönster(r"(?<!\d)(?:19|20)\d\d[-/:](?:19|20)\d\d(?!\d)")
"""An årtal where the number of the case should be: cases are numbered from 1 each year."""
_BARA_ATT = Mönster(r"(?:ja|alla|allt|finns|några|vissa|flera)\.?", flaggor=re.IGNORECASE)
_VILKA = Mönster(r"(?:poster|anmärkningar|avvikelser|händelser)(?!\w)", flaggor=re.IGNORECASE)
"""An answer that there are some, without a word of which, and what asks for which."""
_INGÅNG = Mönster(r"(?:19|20)\d\d-\d\d-\d\d|(?<=ingången av )(?:19|20)\d\d|(?<=början av )(?:19|20)\d\d")
"""The day or year in the name of what there is when a year begins."""
_STEG = {"_nasta_ar": 1, "_foregaende": -1, "_forra": -1}
"""Years from the report's that an id says."""
_ETT_ÅRTAL = Mönster(r"(?<![\d-])(?:19|20)\d\d(?![\d:-])")
_NOLLOR = re.compile(r"(?<![\d-])(?!2000)20\d\d000(?!\d| ?kr)|(?<=av )20\d\d0(?!\d| ?kr)")
"""An årtal with one or three noughts too many."""
_I_KRONOR = Mönster(
    r"^\w*(?:avgifter|kostnader|arvoden|belopp|anskaffningsvärde|panter|ansvarsförbindelser)(?!\w)", flaggor=re.I
)
"""How the name of an amount begins."""
_DEL = re.compile(r"_del_([1-4])$")
_DELEN = Mönster(r"(?:första|andra|tredje|fjärde|sista) delen")
_FINNS_INTE = Mönster(r"(?<!\w)(?:inte|saknas|bara|ej|utan|okän\w+|inga|ingen|inget)(?!\w)", flaggor=re.IGNORECASE)
"""What a source says of a value that it does not have."""
_FRÅGAS = {
    *arsredovisning.OBLIGATORISKA_UPPGIFTER,
    *verksamhetsplan.OBLIGATORISKA_UPPGIFTER,
    *(fråga.id for krav in KRAV for fråga in krav.frågor),
}
"""Uppgifter that other checks tell of when they are empty."""


def check_uppgifters_ord(r: Redovisning) -> Kontroll:
    """Values are of their unit, names are of their ids, and what has a source has a value."""
    yield from _check_text(r)
    yield from _check_antal_i_namn(r)
    yield from _check_utan_värde(r)
    yield from _check_insatsens(r)


def _check_insatsens(r: Redovisning) -> Kontroll:
    """An uppgift whose id is of an insats has not the name of another."""
    insatser = r.år.underlag.insatser
    for rad in r.år.underlag.uppgifter:
        egen = next((i for i in insatser if rad.id.startswith(f"{i.id}_")), None)
        nämnda = [i for i in insatser if i.namn in rad.benämning]
        yield Prövat(int(bool(egen and nämnda)))
        if egen and nämnda and egen not in nämnda:
            text = f"{_var(rad)}: {rad.benämning} har id {rad.id}, som är {egen.namn}. Rätta Benämning."
            yield Finding("varning", text, _var(rad))


def _var(rad: Underlagsrad) -> str:
    return f"{rad.blad}, rad {rad.rad}"


def _check_text(r: Redovisning) -> Kontroll:
    """A number, other than a year, and a day are not words; nor is it an answer that there are some."""
    for rad in r.år.underlag.uppgifter:
        if rad.id.endswith("datum") and rad.enhet not in ("datum", "text"):
            text = f"{_var(rad)}: {rad.benämning} har enheten {rad.enhet}. Rätta Enhet till datum."
            yield Finding("varning", text, _var(rad))
        if rad.enhet == "antal" and _I_KRONOR.search(rad.benämning):
            text = f"{_var(rad)}: {rad.benämning} har enheten antal. Rätta Enhet."
            yield Finding("varning", text, _var(rad))
        if rad.enhet != "text" or rad.värde is None:
            continue
        yield Prövat()
        skrivet = f"{rad.värde}".strip()
        heter = f"{rad.id} {rad.benämning}"
        fel = not isinstance(rad.värde, str) or _TAL_ELLER_DAG.fullmatch(skrivet)
        är_år = _ÅRTAL.fullmatch(skrivet) and _ETT_ÅR.search(heter)
        if fel and not är_år and not _NUMMER.search(heter):
            text = f"{_var(rad)}: {rad.benämning} är {rad.värde} men har enheten text. Rätta Värde eller Enhet."
            yield Finding("varning", text, _var(rad))
        elif _NUMMER.search(heter) and (träff := _SAMMA_TAL.search(skrivet)):
            text = f"{_var(rad)}: {rad.benämning} är {skrivet}, {träff[1]} två gånger. Vilket år har ärendet?"
            yield Finding("varning", text, _var(rad))
        elif _NUMMER.search(heter) and _TVÅ_ÅRTAL.search(skrivet):
            text = f"{_var(rad)}: {rad.benämning} är {skrivet}, två årtal. Vilket nummer har ärendet?"
            yield Finding("varning", text, _var(rad))
        elif _BARA_ATT.fullmatch(skrivet) and _VILKA.search(heter):
            text = f"{_var(rad)}: {rad.benämning} är ”{skrivet}”. Skriv vilka, eller inga."
            yield Finding("varning", text, _var(rad))


def _check_antal_i_namn(r: Redovisning) -> Kontroll:
    """The number and the year of an uppgift's id are those of its name: leasing_efter_fem, senare än fem år."""
    nästa = {u.benämning for före in r.år.tidigare_underlag.values() for u in före.uppgifter if "_nasta_ar" in u.id}
    for rad in r.år.underlag.uppgifter:
        i_id, i_namn = ({*re.split(r"[\W_]+", vik(ett))} & _TAL for ett in (rad.id, rad.benämning))
        yield Prövat(int(bool(i_id and i_namn)))
        if i_id and i_namn and i_id.isdisjoint(i_namn):
            text = f"{_var(rad)}: {rad.benämning} har id {rad.id}, som säger ett annat antal. Rätta Benämning."
            yield Finding("varning", text, _var(rad))
        if nollor := _NOLLOR.search(rad.benämning):
            text = f"{_var(rad)}: i {rad.benämning} är {nollor[0]} inget årtal. Rätta Benämning."
            yield Finding("varning", text, _var(rad))
        if fel := _fel_tid(rad.id, rad.benämning, r.år.årtal):
            text = f"{_var(rad)}: {rad.benämning} har id {rad.id}, som inte är {fel}. Rätta Benämning."
            yield Finding("varning", text, _var(rad))
        if rad.benämning in nästa and "nasta" not in rad.id:
            text = f"{_var(rad)}: {rad.benämning} har id {rad.id}, som inte säger nästa år. Rätta Benämning."
            yield Finding("varning", text, _var(rad))


def _fel_tid(id_: str, benämning: str, årtal: int) -> str:
    """The day, year or place in a row that an uppgift is said to be of, when its id says another.

    >>> _fel_tid("eget_kapital_ingaende", "Eget kapital 2024-12-31, beräknat", 2025)
    ''
    >>> _fel_tid("eget_kapital_ingaende", "Eget kapital vid ingången av 2024", 2025)
    '2024'
    >>> _fel_tid("budget_nasta_ar", "Budget 2025", 2025), _fel_tid("kapital_del_1", "Kapital, sista delen", 2025)
    ('2025', 'sista delen')
    """
    if "ingaende" in id_:
        rätta = {f"{årtal - 1}-12-31", f"{årtal}-01-01", f"{årtal}"}
        sagda = _INGÅNG.findall(benämning)
    else:
        steg = next((steg for led, steg in _STEG.items() if led in id_), 0)
        rätta, sagda = {f"{årtal + steg}"}, _ETT_ÅRTAL.findall(benämning) if steg else []
    if del_ := _DEL.search(id_):
        rätta, sagda = {f"{ORDNINGSTAL[int(del_[1]) - 1]} delen"}, _DELEN.findall(benämning)
    return sagda[0] if len(sagda) == 1 and sagda[0] not in rätta else ""


def _check_utan_värde(r: Redovisning) -> Kontroll:
    """An uppgift with a source has a value, unless the source is said to be without it; C25 and C65 tell of theirs."""
    for rad in r.år.underlag.uppgifter:
        yield Prövat(int(bool(rad.källa)))
        if rad.källa and rad.värde is None and rad.id not in _FRÅGAS and not _FINNS_INTE.search(rad.källa):
            text = f"{_var(rad)}: {rad.benämning} har källan {rad.källa}, men Värde är tomt. Fyll i det."
            yield Finding("varning", text, _var(rad))
