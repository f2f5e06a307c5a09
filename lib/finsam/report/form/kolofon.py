"""The second page: how its figures are verified, and what is known of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from finsam.report.text import Prosa, prosa_html, prosa_typst, rad_html, rad_typst, typst_text
from finsam.report.typst import rubrik_typst

KOLOFON = '<section class="kolofon" data-kontroll data-kolofon>'
"""How a kolofon begins in HTML; the page has it last."""
RUBRIK = "Så verifierar du"
VÄNTAR = "Avtrycket räknas ut när dokumentet är färdigt."
"""What stands where the fingerprint will (`med_avtryck`), in a section by itself."""

_AVTRYCK_HTML = f'<p class="avtryck">{VÄNTAR}</p>'
_AVTRYCK_TYPST = "#finsam-avtryck\n\n"
_INGRESS = (
    "Rapporten är räknad ur {källan} med programmet finsam. Samma underlag ger samma tal, tecken för tecken. Så prövar "
    "du att talen är de som förbundet har räknat:"
)
_STEG = (
    "Öppna filen rapport.json, som har alla tal. Den ligger inbäddad i PDF-filen, bland bilagorna.",
    "Räkna filens avtryck (SHA-256) med det program du är van vid.",
    "Avtrycket ska vara det här:",
)
_EFTER = (
    "Den som har förbundets underlag och programmet kan räkna om hela rapporten med kommandot finsam verifiera. "
    "PDF-filens eget avtryck kan inte stå i den; det hör hemma i protokollet."
)


@dataclass(frozen=True)
class Kolofon:
    """What stands there: where the figures are from, and facts of the report by their names."""

    källan: str
    uppgifter: Sequence[tuple[str, str]]

    @property
    def _ingress(self) -> str:
        return _INGRESS.format(källan=self.källan)

    def html(self) -> str:
        """The section as HTML, marked as what tells of the rest."""
        steg = "".join(f"<li>{rad_html(Prosa(ett, ()))}</li>" for ett in _STEG)
        rader = "".join(
            f'<li><span class="vad">{rad_html(Prosa(vad, ()))}</span> {rad_html(Prosa(ord_, ()))}</li>'
            for vad, ord_ in self.uppgifter
        )
        rubrik = f"<h2 data-onumrerad data-dold>{RUBRIK}</h2>"
        ord_ = (prosa_html(Prosa(self._ingress, ())), prosa_html(Prosa(_EFTER, ())))
        uppgifter = f'<ul class="uppgifter">{rader}</ul>'
        return f"{KOLOFON}{rubrik}{ord_[0]}<ol>{steg}</ol>{_AVTRYCK_HTML}{ord_[1]}{uppgifter}</section>"

    def typst(self) -> str:
        """The page as Typst; the document has the fingerprint (`avtryck_typst`)."""
        rubrik = rubrik_typst(RUBRIK, 1, numrerad=False, i_förteckning=False, id_="kolofon").strip()
        steg = "".join(f"[{rad_typst(Prosa(ett, ()))}]," for ett in _STEG)
        rader = "".join(f"([{typst_text(vad)}], [{rad_typst(Prosa(ord_, ()))}])," for vad, ord_ in self.uppgifter)
        före, efter = (prosa_typst(Prosa(ett, ())).strip() for ett in (self._ingress, _EFTER))
        return f"#kolofon([{rubrik}], [{före}], ({steg}), finsam-avtryck, [{efter}], ({rader}))\n\n"

    def meningar(self) -> Iterator[str]:
        """Its paragraphs and items, as they are read."""
        for del_ in re.split(r"</?(?:p|li|h\d|ol|ul|section)\b[^>]*>", self.html()):
            if ord_ := unescape(re.sub(r"<[^>]*>", "", del_)).strip():
                yield ord_


def i_fyror(avtryck: str) -> str:
    """A fingerprint that can be read aloud.

    >>> i_fyror("7c1e09ab52d4")
    '7c1e 09ab 52d4'
    """
    return " ".join(avtryck[nr : nr + 4] for nr in range(0, len(avtryck), 4))


def med_avtryck(html: str, avtryck: str) -> str:
    """The page with the fingerprint of `rapport.json` where the section has left room for it."""
    return html.replace(_AVTRYCK_HTML, _AVTRYCK_HTML.replace(VÄNTAR, i_fyror(avtryck))) if avtryck else html


def avtryck_typst(avtryck: str) -> str:
    """What the kolofon asks for in the PDF: the fingerprint, or that it is not there yet."""
    fyror = i_fyror(avtryck).split()
    halva = len(fyror) // 2
    rader = [typst_text(" ".join(del_)) for del_ in (fyror[:halva], fyror[halva:])]
    return f"#let finsam-avtryck = [{' #linebreak();'.join(rader) if avtryck else typst_text(VÄNTAR)}]\n"
