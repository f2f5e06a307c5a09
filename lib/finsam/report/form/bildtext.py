"""What stands over each table: never a single word, and the formal name of those that the law names."""

from __future__ import annotations

from fnmatch import fnmatchcase

from finsam.model.tabell import Tabell, Tabellenhet

_BILDTEXTER = (
    ("resultatrakning", "{rubrik} 1 januari–31 december"),
    ("kassaflodesanalys", "{rubrik} 1 januari–31 december"),
    ("balansrakning", "{rubrik} 31 december"),
    ("driftredovisning", "{rubrik}: utfallet mot budgeten"),
    ("investeringsredovisning", "{rubrik}: utgifter för varje investering"),
    ("panter", "{rubrik}, inom linjen"),
    ("medlemsandelar", "{rubrik} av tillgångar, skulder och eget kapital"),
    ("kostnadsfordelning", "{rubrik}: vad insatserna och administrationen har kostat"),
    ("balanskravsutredning", "{rubrik}: från årets resultat till balanskravsresultat"),
    ("sjukfranvaro", "{rubrik} efter grupp"),
    ("intern_kontroll", "{rubrik}: risker, åtgärder och utfall"),
    ("projekt", "Projekt som förbundet deltar i"),
    ("moten", "{rubrik}: dag, tid, organ och innehåll"),
    ("bidragsfordelning", "{rubrik}: bidraget fördelat på medlemmarna"),
    ("budget_reviderad", "{rubrik}: ursprunglig och reviderad"),
    ("arshjul", "Årshjulet i ord, månad för månad"),
    ("resultatbudget", "{rubrik} och eget kapital under planens år"),
    ("budget", "{rubrik}: varje rad under planens år"),
    ("insats_*_faktaruta", "Fakta om {namn}"),
    ("insats_*_ekonomi", "Ekonomi för {namn}"),
    ("insats_*_deltagare", "Deltagare i {namn}"),
    ("insats_*_enkat", "Enkätsvar om {namn}"),
    ("insats_*_mal", "Målen för {namn}, med gräns, utfall och bedömning"),
    ("mal_*", "Måluppfyllelse, målområde {sist}"),
)
"""By the table's id: words around its heading, which the förbund may have changed (`rubriker` in forbund.yml)."""

_ENHETER: dict[Tabellenhet, str] = {"kr": "kronor", "tkr": "tusen kronor", "": ""}
_BELOPP = "Belopp i "


def bildtext(tabell: Tabell) -> str:
    """What stands over a table.

    >>> bildtext(Tabell("balansrakning", "Balansräkning", "kr", (), ()))
    'Balansräkning 31 december'
    """
    rubrik = tabell.rubrik
    delar = {"rubrik": rubrik, "namn": rubrik.rpartition(": ")[0] or rubrik, "sist": rubrik.rpartition(", ")[2]}
    for mönster, ord_ in _BILDTEXTER:
        if fnmatchcase(tabell.id, mönster):
            for del_, text in delar.items():
                ord_ = ord_.replace(f"{{{del_}}}", text)
            return ord_
    return rubrik


def enhetens_ord(tabell: Tabell) -> str:
    """What the amounts of a table are in, when all of it is amounts."""
    return _ENHETER[tabell.enhet] if tabell.första.startswith(_BELOPP) else ""


def första_huvud(tabell: Tabell, *, med_bildtext: bool) -> str:
    """What heads the column of row labels; the caption says the unit when there is one."""
    return "Post" if not tabell.första or (med_bildtext and enhetens_ord(tabell)) else tabell.första
