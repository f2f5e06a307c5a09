"""Two pages: their words in order, what could run or be fetched, and the rest of how they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree, html

from finsam.prove.sida import jämn

_KOD = frozenset(("script", "iframe", "frame", "object", "embed", "base", "form", "portal", "applet"))
_UTAN_ORD = ("script", "style")
_VISAS = 90


def sidans_ord(data: bytes) -> list[str]:
    """What a page says, piece by piece as its elements part it, with the words that only some readers meet."""
    ut = []
    for element in _träd(data).iter():
        if isinstance(element.tag, str):
            ut += [f"{namn}: {element.get(namn)}" for namn in ("alt", "title", "aria-label") if element.get(namn)]
            if element.tag not in _UTAN_ORD and (text := jämn(element.text or "")):
                ut.append(f"{_rad(element)}{text}")
        ut.append(jämn(element.tail or ""))
    return [text for text in ut if text]


def _rad(element: html.HtmlElement) -> str:
    """The head of the row that a cell is in."""
    huvud = None if element.tag == "th" else next(element.iterancestors("tr"), None)
    th = None if huvud is None else huvud.find("th")
    return "" if th is None else f"{jämn(th.text_content())}: "


def sidans_kod(deras: bytes, vår: bytes) -> tuple[str, ...]:
    """What their page has, and ours has not, that could run or be fetched."""
    egna, våra = Counter(_kod(_träd(deras))), Counter(_kod(_träd(vår)))
    return tuple(f"sidan har något som kan köras eller hämtas: {vad[:_VISAS]}" for vad in egna - våra)


def sidans_form(deras: bytes, vår: bytes) -> tuple[str, ...]:
    """Whether the rest is written otherwise than ours; blanks between words are no difference."""
    if deras.split() == vår.split():
        return ()
    stilar = [[element.text or "" for element in _träd(data).iter("style")] for data in (deras, vår)]
    if stilar[0] != stilar[1]:
        return ("stilen (style) är inte densamma, så sidan kan visa orden på annat sätt eller dölja dem",)
    return ("sidans märkord är inte desamma",)


def _kod(träd: html.HtmlElement) -> Iterator[str]:
    for element in träd.iter(etree.Element):
        om = element.attrib
        hämtar = element.tag in ("link", "img", "source", "image", "use") and any(
            ":" in om.get(namn, "") and not om.get(namn, "").startswith("data:") for namn in ("href", "src", "srcset")
        )
        kör = any(namn.startswith("on") or "javascript:" in värde.lower() for namn, värde in om.items())
        if element.tag in _KOD or hämtar or kör or "http-equiv" in om:
            yield etree.tostring(element, encoding="unicode", with_tail=False)


def _träd(data: bytes) -> html.HtmlElement:
    try:
        return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (ValueError, etree.LxmlError):
        raise ValueError("är ingen HTML-sida") from None
