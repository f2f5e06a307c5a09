"""The words of a report: Markdown with references to facts, made into HTML and Typst.

A reference `{rr.arets_resultat | kr}` is taken out before the Markdown is read and put back as text
afterwards, so neither a figure nor a word from outside can become markup. Raw HTML is not let through.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from finsam.model.fakta import Fakta, Faktabas
from finsam.model.farg import FÖRVAL, Färger
from finsam.model.ord import SAKNAS, relativt_år
from finsam.model.problem import Problem
from finsam.read.indata import HÖGST_FEL, OSYNLIGT
from finsam.report.form.numrering import hänvisning_html, länk_html
from finsam.report.tecken import ERSATT, tryckbar
from finsam.report.visning import exakt, visa_fakta

DJUPASTE_RUBRIK = 4
MARGINAL = "I marginalen: "
"""How a paragraph begins that stands in the margin beside the one before it."""
FORMAT = ("kr", "tkr", "procent", "procent1", "procent2", "andel", "antal", "datum", "text")
TILLÄGG = ("utan_tecken", "bara_tal")

_REFERENS = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_FAKTA = re.compile(r"\s*([\w.-]+?)\s*(?:\[\s*([^\]]+?)\s*\])?\s*(?:\|\s*(.*?)\s*)?")
_RELATIVT_ÅR = re.compile(r"år\s*(?:([+-])\s*(\d+))?")
_FÖRE_ENHET = re.compile(r"(?<=\d) (?=(?:kap\.|§|kr\b|tkr\b|%))")
"""A blank that must not become a line break: 5 kap. 2 §."""
_PLATS = re.compile("\ue000(\\d+)\ue001")
_TABELL = "tabell-"
_ADRESS = re.compile(
    r"(?<![\w@./-])(?:(?P<webb>(?:https?://|www\.)[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)+(?:/[\w./~%+-]*[\w/])?)"
    r"|(?P<post>[a-z0-9][\w.+-]*@[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)+))(?![\w@])",
    re.IGNORECASE,
)
"""Addresses of the web and of mail, the only ones that words become links to."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece put into the words: what is printed, and the fact when it is one. `okänd` names a fact that is not.

    `hur` is the format of a fact, or the expression that gave the words (`år-1`); a declared literal has none. `till`
    is the place in the document, or the address, that the words lead to.
    """

    text: str
    fakta: Fakta | None = None
    ordagrant: bool = False
    okänd: str = ""
    hur: str = ""
    till: str = ""

    @property
    def nummer(self) -> bool:
        """Whether the words say a number that is given when the document is put together."""
        return self.till.startswith(_TABELL)


@dataclass(frozen=True, slots=True)
class Texttyda:
    """What references may name: the facts, the year and the notes' numbers.

    With `får_saknas` a fact that is not there is printed as a figure that is missing. `färger` are those of pictures,
    `tabeller` the ids of tables.
    """

    fakta: Faktabas
    år: int
    noter: dict[str, int]
    får_saknas: bool = False
    färger: Färger = FÖRVAL
    tabeller: frozenset[str] = frozenset()

    def bit(self, uttryck: str) -> Bit | str:
        """The piece an expression between braces stands for, or what is wrong with it."""
        if uttryck.startswith("="):
            return Bit(uttryck[1:].strip(), ordagrant=True)
        if uttryck.startswith("not:"):
            namn = uttryck[4:].strip()
            return (
                Bit(f"not\u00a0{self.noter[namn]}", ordagrant=True, hur=uttryck, till=f"not-{namn}")
                if namn in self.noter
                else f"Noten {namn} finns inte."
            )
        if uttryck.startswith("tabell:"):
            namn = uttryck[7:].strip()
            känd = namn in self.tabeller
            return Bit("tabellen", till=f"{_TABELL}{namn}") if känd else f"Tabellen {namn} finns inte."
        if (relativt := self._år(uttryck)) is not None:
            return Bit(str(relativt), ordagrant=True, hur=uttryck.strip())
        return self._fakta(uttryck)

    def _år(self, uttryck: str) -> int | None:
        träff = _RELATIVT_ÅR.fullmatch(uttryck.strip())
        if not träff:
            return None
        return self.år + int((träff[1] or "+") + (träff[2] or "0"))

    def _fakta(self, uttryck: str) -> Bit | str:
        träff = _FAKTA.fullmatch(uttryck)
        if not träff:
            exempel = "{fakta | format}, till exempel {rr.arets_resultat | kr}"
            return f"Hänvisningen {{{uttryck}}} kan inte tolkas; skriv {exempel}."
        id_, år, ord_ = träff[1], träff[2], (träff[3] or "").split()
        period = str(self._år(år) or år) if år else str(self.år)
        okända = [o for o in ord_ if o not in (*FORMAT, *TILLÄGG)]
        if okända or len([o for o in ord_ if o in FORMAT]) > 1:
            return (
                f"Formatet \u201d{' '.join(ord_)}\u201d finns inte; välj ett av {', '.join(FORMAT)}, med "
                f"{' eller '.join(TILLÄGG)}."
            )
        nyckel = f"{id_}/{period}"
        if nyckel not in self.fakta and self.får_saknas:
            return Bit(SAKNAS, okänd=nyckel)
        if nyckel not in self.fakta:
            return f"Faktat {id_} för {period} finns inte.{_råd(id_, nyckel, list(self.fakta))}"
        fakta = self.fakta[nyckel]
        format_ = next((o for o in ord_ if o in FORMAT), {"andel": "procent", "kr": "kr"}.get(fakta.enhet, "text"))
        text = visa_fakta(fakta, format_, utan_tecken="utan_tecken" in ord_, bara_tal="bara_tal" in ord_)
        return Bit(text, fakta, hur=" ".join((format_, *(o for o in ord_ if o in TILLÄGG))))


_BLAD = {"uppgift": "Uppgifter", "mal": "Mål", "planmal": "Planmål", "insats": "Insatser", "enkat": "Indikatorer"}
"""The sheets whose rows make facts, by how those begin."""


def _råd(id_: str, nyckel: str, kända: Sequence[str]) -> str:
    """The fact that was probably meant; of one that a row of a sheet makes only such a row's, else that it is missing.

    >>> _råd("uppgift.panter", "uppgift.panter/2025", ["uppgift.dnr/2025"])
    ' Skriv en rad med id panter i bladet Uppgifter, eller rätta hänvisningen.'
    >>> _råd("uppgift.pantr", "uppgift.pantr/2025", ["uppgift.panter/2025"])
    ' Menas uppgift.panter/2025?'
    """
    slag, _, rest = id_.partition(".")
    rad = rest.partition(".")[0]
    rader = {ett.partition("/")[0].split(".")[1] for ett in kända if ett.startswith(f"{slag}.")}
    if slag in _BLAD and rad not in rader and not difflib.get_close_matches(rad, rader, 1):
        return f" Skriv en rad med id {rad} i bladet {_BLAD[slag]}, eller rätta hänvisningen."
    nära = difflib.get_close_matches(nyckel, kända, 1)
    return f" Menas {nära[0]}?" if nära else ""


class Okänd(NamedTuple):
    """A reference that names nothing: as it is written, what is wrong with it, and the words that it stands in."""

    hänvisning: str
    fel: str
    ord: str


@dataclass(frozen=True, slots=True)
class Prosa:
    """Words that have been read: Markdown with numbered places, and the pieces that belong there."""

    källa: str
    bitar: tuple[Bit, ...]
    okända: tuple[Okänd, ...] = ()

    @property
    def klartext(self) -> str:
        """The words as they are read aloud, without markup."""
        return _PLATS.sub(lambda m: self.bitar[int(m[1])].text, self.källa)


def read_prosa(källa: str, tyda: Texttyda, fil: str, plats: str = "") -> tuple[Prosa, list[Problem]]:
    """Resolve the references of a text. Unknown ones are problems with file and line (or the given place)."""
    if "{" not in källa and "}" not in källa:  # as most labels are
        return Prosa(_ren(källa), ()), []
    bitar: list[Bit] = []
    okända: list[Okänd] = []
    problem: list[Problem] = []

    def ersätt(träff: re.Match[str]) -> str:
        if träff[1] is None:
            return träff[0][0]
        if len(problem) >= HÖGST_FEL:
            return träff[0]
        bit = tyda.bit(träff[1])
        if isinstance(bit, str):
            rad = f"rad {källa.count(chr(10), 0, träff.start()) + 1}"
            problem.append(Problem("fel", bit, fil, plats or rad))
            okända.append(Okänd(träff[0], bit, källa))
            return träff[0]
        bitar.append(bit)
        return f"\ue000{len(bitar) - 1}\ue001"

    läst = _REFERENS.sub(ersätt, _ren(källa))
    return Prosa(läst, tuple(bitar), tuple(okända)), problem


def ord_i(källa: str, tyda: Texttyda) -> Prosa:
    """Words with what they refer to, and with what they refer to that is not there."""
    return read_prosa(källa, tyda, "")[0]


def ordagrant(text: str) -> Prosa:
    """Words that are printed as they stand, such as a name: nothing in them can be a reference."""
    fel = "Här kan hänvisningen {} inte stå; skriv det som ska läsas."
    return Prosa(text, (), tuple(Okänd(ett, fel.format(ett), text) for ett in hänvisningar(text)))


def hänvisningar(källa: str) -> list[str]:
    """The references of a text, as they are written.

    >>> hänvisningar("{år} blev det {rr.arets_resultat | kr} {{kronor}}")
    ['{år}', '{rr.arets_resultat | kr}']
    """
    return [träff[0] for träff in _REFERENS.finditer(_ren(källa)) if träff[1] is not None]


def _ren(källa: str) -> str:
    """The text without signs that are used for places, and with amounts that keep together."""
    return _FÖRE_ENHET.sub("\u00a0", källa.replace("\ue000", "").replace("\ue001", ""))


def relativa_hänvisningar(källa: str, år: int) -> str:
    """The text with the years of its references relative to the report's; it says the same for that year.

    >>> relativa_hänvisningar("{rr.arets_resultat[2023] | kr} under 2023", 2024)
    '{rr.arets_resultat[år-1] | kr} under 2023'
    """

    def byt(träff: re.Match[str]) -> str:
        uttryck = träff[1]
        fakta = None if uttryck is None or uttryck.startswith(("=", "not:")) else _FAKTA.fullmatch(uttryck)
        if fakta is None or fakta[2] is None or not fakta[2].isdecimal():
            return träff[0]
        början, slut = träff.start(1) - träff.start() + fakta.start(2), träff.start(1) - träff.start() + fakta.end(2)
        return träff[0][:början] + relativt_år(int(fakta[2]), år) + träff[0][slut:]

    return _REFERENS.sub(byt, källa)


_MD = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "link", "autolink", "html_inline", "html_block", "code"]
)


_UTAN_MARKERING = re.compile(r"(?:[^\W\d_]|\ue000|\d+(?![\d.)]))(?:[^\s\0\\`*_\[\]<>&]|[ \u00a0](?=\S))*")
"""Words on one line and nothing else, as most labels are: no sign in them is markup, and none begins a list."""


@lru_cache(maxsize=4096)
def _tokens(källa: str) -> tuple[Token, ...]:
    """Markdown as markdown-it reads it. The same words are set as HTML and as Typst, and in a table and its caption."""
    return _stycke(källa) if _UTAN_MARKERING.fullmatch(källa) else tuple(_MD.parse(källa))


def _stycke(ord_: str) -> tuple[Token, ...]:
    """A paragraph of words without markup."""
    text = Token("text", "", 0, content=ord_)
    inne = Token("inline", "", 0, map=[0, 1], level=1, children=[text], content=ord_, block=True)
    return Token("paragraph_open", "p", 1, map=[0, 1], block=True), inne, Token("paragraph_close", "p", -1, block=True)


def _delar(text: str, bitar: Sequence[Bit]) -> Iterator[Bit]:
    """Split text at the numbered places; what an entity such as `&#8203;` hid is shown as �."""
    slut = 0
    for träff in _PLATS.finditer(text):
        yield from _med_adresser(OSYNLIGT.sub(ERSATT, text[slut : träff.start()]))
        yield bitar[int(träff[1])]
        slut = träff.end()
    yield from _med_adresser(OSYNLIGT.sub(ERSATT, text[slut:]))


def _med_adresser(text: str) -> Iterator[Bit]:
    """Plain words, with the addresses in them as links.

    >>> [(bit.text, bit.till) for bit in _med_adresser("Se www.exempel.se.")]
    [('Se ', ''), ('www.exempel.se', 'https://www.exempel.se'), ('.', '')]
    """
    slut = 0
    for träff in _ADRESS.finditer(text):
        if text[slut : träff.start()]:
            yield Bit(text[slut : träff.start()])
        hel = träff[0] if träff[0].lower().startswith("http") else f"https://{träff[0]}"
        yield Bit(träff[0], till=hel if träff["webb"] else f"mailto:{träff[0]}")
        slut = träff.end()
    if text[slut:]:
        yield Bit(text[slut:])


def bit_html(bit: Bit) -> str:
    """A piece as HTML: a figure carries its fact and format, a declared literal says so."""
    if bit.fakta is not None:
        return fakta_html(bit.fakta, bit.text, bit.hur)
    if bit.nummer:
        return hänvisning_html(bit.till, bit.text)
    hur = f'="{escape(bit.hur)}"' if bit.hur else ""
    html = f"<span data-ordagrant{hur}>{escape(bit.text)}</span>" if bit.ordagrant else escape(bit.text)
    if ":" in bit.till:
        return f'<a href="{escape(bit.till)}">{html}</a>'
    return länk_html(bit.till, html) if bit.till else html


def bit_typst(bit: Bit) -> str:
    """A piece as Typst."""
    if not bit.till:
        return typst_text(bit.text)
    funktion = "link" if ":" in bit.till else "hänvisning" if bit.nummer else "till"
    return f"#{funktion}({typst_text(bit.till)[1:-1]})[{typst_text(bit.text)}];"


def fakta_html(fakta: Fakta, text: str, format_: str, tecken: int = 1) -> str:
    """A printed fact as HTML: its exact value, which one it is and how it is printed."""
    nyckel = escape(fakta.nyckel)
    if fakta.värde is None:
        return f'<span data-fakta="{nyckel}">{escape(text)}</span>'
    vänd = ' data-tecken="-1"' if tecken < 0 else ""
    om = f'value="{exakt(fakta)}" data-fakta="{nyckel}" data-format="{escape(format_)}"{vänd}'
    return f"<data {om}>{escape(text)}</data>"


def typst_text(text: str) -> str:
    """Text as a Typst string: nothing in it can be markup or code, and all of it can be printed.

    >>> typst_text('#read("x") $')
    '#"#read(\\\\"x\\\\") $";'
    """
    text = tryckbar(text.replace("\n", " ").replace("\r", " "))
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '";'


_HTML = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "strong": "strong",
    "em": "em",
    "blockquote": "blockquote",
}
_TYPST = {
    "paragraph": ("", "\n\n"),
    "bullet_list": ("#list(", ")\n\n"),
    "ordered_list": ("#enum(", ")\n\n"),
    "list_item": ("[", "],"),
    "strong": ("#strong[", "];"),
    "em": ("#emph[", "];"),
    "blockquote": ("#quote(block: true)[", "]\n\n"),
}


def rad_html(prosa: Prosa) -> str:
    """One line of words as HTML: its references, and no Markdown."""
    return "".join(bit_html(bit) for bit in _delar(prosa.källa, prosa.bitar))


def rad_typst(prosa: Prosa) -> str:
    """One line of words as Typst: its references, and no Markdown."""
    return "".join(bit_typst(bit) for bit in _delar(prosa.källa, prosa.bitar))


def prosa_html(prosa: Prosa, *, i_cell: bool = False) -> str:
    """Words as HTML; a heading `#` becomes level 2, without a number and not in the contents."""
    ut: list[str] = []
    for token in _flata(_tokens(prosa.källa), rubriker=not i_cell):
        slag, _, läge = token.type.rpartition("_")
        if token.type in ("text", "code_inline"):
            ut += [bit_html(bit) for bit in _delar(token.content, prosa.bitar)]
        elif token.type in ("softbreak", "hardbreak"):
            ut.append(" " if token.type == "softbreak" else "<br>")
        elif slag == "heading":
            h = f"h{_rubriknivå(token) + 1}"
            ut.append(f"</{h}>" if läge == "close" else f"<{h} data-onumrerad data-dold>")
        elif token.type == "ordered_list_open" and token.attrGet("start") is not None:
            ut.append(f'<ol start="{token.attrGet("start")}">')
        elif slag in _HTML and not token.hidden:
            ut.append(f"<{'/' if läge == 'close' else ''}{_HTML[slag]}>")
        elif token.type in ("fence", "code_block"):
            ut.append(f"<p>{''.join(bit_html(b) for b in _delar(token.content.strip(), prosa.bitar))}</p>")
    html = "".join(ut)
    return html if i_cell else html.replace(f"<p>{MARGINAL}", '<p class="marginal">')


def prosa_typst(prosa: Prosa, *, i_cell: bool = False) -> str:
    """Words as Typst."""
    ut: list[str] = []
    block, djup = [0], 0
    for token in _flata(_tokens(prosa.källa), rubriker=not i_cell):
        djup += token.nesting if token.block else 0
        ut += _token_typst(token, prosa)
        if token.block and djup == 0:
            block.append(len(ut))
    delar = ["".join(ut[från:till]) for från, till in pairwise([*block, len(ut)])]
    return "".join(delar if i_cell else _med_marginal(delar))


def _token_typst(token: Token, prosa: Prosa) -> list[str]:
    slag, _, läge = token.type.rpartition("_")
    if token.type in ("text", "code_inline"):
        return [bit_typst(bit) for bit in _delar(token.content, prosa.bitar)]
    if token.type in ("fence", "code_block"):
        return [*(bit_typst(bit) for bit in _delar(token.content.strip(), prosa.bitar)), "\n\n"]
    if token.type in ("softbreak", "hardbreak"):
        return [" " if token.type == "softbreak" else "#linebreak();"]
    if slag == "heading":
        return ["]\n\n" if läge == "close" else f"#underrubrik({_rubriknivå(token)})["]
    if token.type == "ordered_list_open" and token.attrGet("start") is not None:
        return [f"#enum(start: {token.attrGet('start')}, "]
    return [_TYPST[slag][läge == "close"]] if slag in _TYPST else []


def _med_marginal(delar: Sequence[str]) -> Iterator[str]:
    """Paragraphs and lists; one that belongs in the margin stands beside the one before it."""
    början = f'#"{MARGINAL}'
    for del_, nästa in pairwise([*delar, ""]):
        if del_.startswith(början):
            continue
        vid = f'#"{nästa.removeprefix(början)}'.strip()
        yield f"#intill[{del_.strip()}][{vid}]\n\n" if nästa.startswith(början) and del_.strip() else del_


def _rubriknivå(token: Token) -> int:
    return min(int(token.tag[1]), DJUPASTE_RUBRIK)


def _flata(tokens: Sequence[Token], *, rubriker: bool) -> Iterator[Token]:
    """Tokens in order, without what a document cannot have: an empty heading, or one in a list or a table's cell.

    Such a heading becomes a paragraph of its own, in bold.
    """
    for nr, token in enumerate(tokens):
        if token.type == "inline":
            yield from token.children or ()
        elif not token.type.startswith("heading"):
            yield token
        elif tokens[nr + (1 if token.nesting > 0 else -1)].content.strip():
            stycke = [
                Token(f"{slag}_{token.type.rpartition('_')[2]}", "", token.nesting) for slag in ("paragraph", "strong")
            ]
            yield from [token] if rubriker and not token.level else stycke[:: token.nesting]
