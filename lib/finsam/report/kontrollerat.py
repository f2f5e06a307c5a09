"""What the document says of how its figures were checked, for who reads it: no more than a page, and nothing internal.

What was found, one by one, is working material and stands beside the document (kontrollsida.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from finsam.checks.finding import Finding
from finsam.checks.kontrollera import kontroller_i
from finsam.checks.publicerat import ANGIVEN, check_publicerat, efter_tabell
from finsam.model.belopp import HÅRT_BLANK
from finsam.model.ord import uppräkning, versal
from finsam.model.rakenskapsar import Publiceradtabell, Räkenskapsår
from finsam.model.rapport import Rapportslag
from finsam.report.text import Prosa, prosa_html, prosa_typst

KONTROLLSIDA = "kontroller.html"
"""The page with the findings, in the folder of a run."""

_MINST_I_SPALTER = 4

_I_ORD = {
    "ok": "går ihop",
    "godtaget": "har godtagits med skäl",
    "skiljer": "visar en skillnad",
    "fel": "går inte ihop",
    "ej prövad": "hade inget att jämföra",
}
_RUBRIKER = {
    "ok": "Det här går ihop:",
    "godtaget": "Det här är prövat, och förbundet har godtagit det som skiljer, med skäl:",
    "skiljer": "Det här är prövat, och visar en skillnad som förbundet har att ta ställning till:",
    "fel": "Det här går inte ihop:",
}

OM_TALEN = (
    "Varje tal är räknat en gång, ur {källan} eller ur en uppgift som förbundet har lämnat, och är därifrån detsamma i "
    "tabeller, meningar och diagram. När dokumentet är färdigt läses det tillbaka, tal för tal. Är något tal inte "
    "knutet till det som det kommer ur, eller går en räkning inte ihop, är varje sida märkt UTKAST."
)
ALLT_FINNS = "Alla uppgifter som är prövade mot lagen finns."
SAKNAS_HÄR = "Lagen kräver också det här, som inte har lämnats:"
VERIFIERA = "Hur du själv prövar att talen är rätt står under rubriken Så verifierar du."


@dataclass(frozen=True, slots=True)
class Del:
    """A part of the section: words in Markdown, or a list that is set in two columns."""

    ord: str
    i_spalter: bool = False

    @property
    def prosa(self) -> Prosa:
        """The words to be shown."""
        return Prosa(self.ord, ())

    def html(self) -> str:
        """The part as HTML."""
        html = prosa_html(self.prosa)
        return html.replace("<ul>", '<ul class="spalter">', 1) if self.i_spalter else html

    def typst(self) -> str:
        """The part as Typst; of two columns the left is read first."""
        rader = self.ord.splitlines()
        if not self.i_spalter or len(rader) < _MINST_I_SPALTER:
            return prosa_typst(self.prosa)
        hälft = (len(rader) + 1) // 2
        spalter = (prosa_typst(Prosa("\n".join(ett), ())) for ett in (rader[:hälft], rader[hälft:]))
        return f"#i-spalter({', '.join(f'[{spalt.strip()}]' for spalt in spalter)})\n\n"


def kontrollerat(år: Räkenskapsår, findings: Sequence[Finding]) -> tuple[Del, ...]:
    """The section's words; `findings` are those of its checks."""
    källan = "bokföringen" if år.rapport.har_bokföring else "budgeten"
    delar = [Del(OM_TALEN.format(källan=källan)), Del("## Avstämt"), *_avstämt(år.rapport, findings)]
    delar += [Del("## Uppgifter som saknas"), *_saknas(findings)]
    if år.publicerat:
        delar += [Del("## Det som redan är publicerat"), Del(_publicerat(år.publicerat, findings))]
    return (*delar, Del(VERIFIERA))


def meningar(delar: Iterable[Del]) -> Iterator[str]:
    """The section's paragraphs, headings and items, as they are read."""
    for del_ in delar:
        yield from (unescape(ord_).strip() for ord_ in re.split(r"<[^>]*>", del_.html()) if ord_.strip())


def som_html(delar: Iterable[Del]) -> str:
    """The section as HTML, marked as what tells of the rest."""
    return f'<div class="kontrollerat" data-kontroll>{"".join(del_.html() for del_ in delar)}</div>'


def som_typst(delar: Iterable[Del]) -> str:
    """The section as Typst."""
    return f"#kontrollerat[{''.join(del_.typst() for del_ in delar)}]\n\n"


def _avstämt(slag: Rapportslag, findings: Sequence[Finding]) -> Iterator[Del]:
    """How many reconciliations agree, and which; those that do not, and those that somebody has answered for."""
    utsagor = {ett.kod: ett.utsaga for ett in kontroller_i(slag) if ett.avstämning}
    läge = {kod: _läge([f for f in findings if _gäller(f, kod)]) for kod in utsagor}
    antal = Counter(läge.values())
    delar = [f"{antal[vilket]} {ord_}" for vilket, ord_ in _I_ORD.items() if antal[vilket]]
    yield Del(f"{len(läge)} avstämningar: {uppräkning(delar)}.")
    for vilket, ord_ in _RUBRIKER.items():
        if funna := [utsagor[kod] for kod, ett in läge.items() if ett == vilket]:
            yield from (Del(ord_), Del(_lista(funna), i_spalter=True))


def _gäller(f: Finding, kod: str) -> bool:
    """Whether a finding is a check's, or has one of it among those that only follow of it."""
    return f.kod == kod or any(följd.startswith(f"{kod} ") for följd in f.följder)


def _läge(funna: Sequence[Finding]) -> str:
    """What became of a check. What is only good to know does not part its sums."""
    for nivå, ord_ in (("fel", "fel"), ("varning", "skiljer")):
        if any(f.nivå == nivå for f in funna):
            return ord_
    if any(f.godtaget for f in funna):
        return "godtaget"
    return "ok" if any(f.nivå in ("ok", "upplysning") for f in funna) else "ej prövad"


def _saknas(findings: Sequence[Finding]) -> Iterator[Del]:
    """What the law asks for and nobody has given, with the paragraph; what no law asks for is left out."""
    alla = (f"{versal(f.saknas)} ({f.grund})" for f in findings if f.saknas and f.grund)
    saknade = list(dict.fromkeys(rad.replace(" §", f"{HÅRT_BLANK}§") for rad in alla))
    yield from (Del(SAKNAS_HÄR), Del(_lista(saknade), i_spalter=True)) if saknade else (Del(ALLT_FINNS),)


def _publicerat(tabeller: Sequence[Publiceradtabell], findings: Sequence[Finding]) -> str:
    """How many of the figures that have been published are others here, and where they stood."""
    funna = [f for f in findings if f.kod == check_publicerat.kod]
    om = f"{max((f.prövade for f in funna), default=0)} tal är jämförda med den rapport som har publicerats tidigare."
    andra = {
        rubrik: ändrade
        for rubrik, tabellens in efter_tabell(funna, tabeller).items()
        if (ändrade := [f for f in tabellens if f.differens and (f.nivå == "varning" or f.godtaget)])
    }
    alla = [f for ändrade in andra.values() for f in ändrade]
    if not alla:
        return f"{om} Inget är ett annat här."
    var = uppräkning([f"”{rubrik}” ({len(ändrade)})" for rubrik, ändrade in andra.items()])
    kända = sum(ANGIVEN in f.text for f in alla)
    så_många = "alla" if kända == len(alla) else f"{kända} av dem"
    orsak = f"För {så_många} är orsaken angiven. " if kända else ""
    return f"{om} {len(alla)} är andra här: {_ren(var)}. {orsak}Här står det som är räknat ur underlaget."


def _lista(rader: Iterable[str]) -> str:
    return "\n".join(f"- {_ren(rad)}" for rad in rader)


def _ren(text: str) -> str:
    """Words that are data, not Markdown."""
    return "".join(f"\\{tecken}" if tecken in "*_`#\\[]<>&" else tecken for tecken in text)
