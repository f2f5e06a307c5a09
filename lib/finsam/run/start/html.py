"""The rows of the start page as HTML; all that is not ours is escaped here, and nothing else writes HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path

from finsam.model.farg import FÖRVAL, MÖRKT, Färger
from finsam.report.roller import css_namn
from finsam.run.start.plats import Plats
from finsam.run.start.rader import ÖPPNA, Besked, Grupp, Mål, Rad, Ton

TECKEN: dict[Ton, str] = {
    "hindrar": '<rect x="1" y="1" width="18" height="18" rx="2"/><path d="M10 5v6M10 14v1.5"/>',
    "stallning": '<path class="yta" d="M10 1 19.5 18.5H.5Z"/><path d="M10 7v5.5M10 14.5V16"/>',
    "veta": '<circle cx="10" cy="10" r="9"/><path d="M10 9v6M10 5v1.5"/>',
    "stammer": '<path class="bock" d="M3 10.5 8 15.5 17 4.5"/>',
    "saknas": '<path class="streck" d="M4 10h12"/>',
}
I_ORD: dict[Ton, str] = {
    "hindrar": "Hindrar",
    "stallning": "Att ta ställning till",
    "veta": "Bra att veta",
    "stammer": "Klart",
    "saknas": "Finns inte, eller inte prövat",
}


@cache
def stil() -> str:
    """The page's style, which reaches nothing but the page, in JupyterLab's light and dark."""
    roller = f".finsam-start{{{_egenskaper(FÖRVAL)}}}"
    mörka = f'body[data-jp-theme-light="false"] .finsam-start{{{_egenskaper(MÖRKT)}}}'
    return f"<style>{roller}{mörka}{(Path(__file__).parent / 'start.css').read_text('utf-8')}</style>"


def _egenskaper(färger: Färger) -> str:
    return ";".join(f"--fs-{css_namn(f.name)}:{getattr(färger, f.name)}" for f in fields(färger))


def tecken(ton: Ton) -> str:
    """The sign of how something stands: each has a form of its own, and words for who cannot see it."""
    return (
        f'<svg class="fs-tecken fs-{ton}" viewBox="0 0 20 20" role="img" aria-label="{I_ORD[ton]}">{TECKEN[ton]}</svg>'
    )


def kommandoknapp(ord_: str, kommando: str, värden: object, klass: str) -> str:
    """A button that asks JupyterLab itself for something, with or without a kernel."""
    data = escape(json.dumps(värden, ensure_ascii=False), quote=True)
    return (
        f'<button type="button" class="{klass}" data-commandlinker-command="{escape(kommando, quote=True)}"'
        f' data-commandlinker-args="{data}">{escape(ord_)}</button>'
    )


def länk(mål: Mål, plats: Plats) -> str:
    """The link to what JupyterLab opens; for another file its words alone, for that is opened by who has a kernel."""
    if namn := plats.i_lab(mål.fil):
        if mål.fil.is_dir():
            return kommandoknapp(mål.ord, "filebrowser:go-to-path", {"path": namn}, "fs-lank")
        värden = {"path": namn} if namn.endswith(".ipynb") else {"path": namn, "factory": "Editor"}
        return kommandoknapp(mål.ord, "docmanager:open", värden, "fs-lank")
    return "" if mål.ord == ÖPPNA else f'<span class="fs-dampad">{escape(mål.ord)}</span>'


def rad(r: Rad, *, länkar: str = "") -> str:
    """A row: its sign, what it is and what is said of it; `länkar` are HTML of this module's."""
    text = f'<div class="fs-dampad">{escape(r.text)}</div>' if r.text else ""
    fler = "".join(f"<li>{escape(ett)}</li>" for ett in r.fler)
    lista = f"<ul>{fler}</ul>" if fler else ""
    höger = f'<div class="fs-hoger">{länkar}</div>' if länkar else ""
    return (
        f'<div class="fs-rad">{tecken(r.ton)}<div class="fs-text"><div class="fs-vad">{escape(r.rubrik)}</div>'
        f"{text}{lista}</div>{höger}</div>"
    )


def rubrik(text: str) -> str:
    """The heading of a part."""
    return f'<h3 class="fs-rubrik">{escape(text)}</h3>'


def grupphuvud(g: Grupp) -> str:
    """The head of a group, with how many there are."""
    return (
        f'<div class="fs-grupphuvud">{tecken(g.ton)}<strong>{escape(g.rubrik)}</strong>'
        f'<span class="fs-antal">{g.antal}</span></div>'
    )


def lägesrad(b: Besked) -> str:
    """The one line that matters most."""
    return f'<div class="fs-mening"><strong>{escape(b.rubrik)}</strong> {escape(b.mening)}</div>'


def historik(rader: Iterable[tuple[str, str, str]]) -> str:
    """The runs as a table."""
    celler = "".join(
        f"<tr><td>{escape(när)}</td><td>{escape(vad)}</td><td>{escape(ändrat)}</td></tr>" for när, vad, ändrat in rader
    )
    if not celler:
        return '<p class="fs-dampad">Inget är gjort än.</p>'
    huvud = "<tr><th scope=col>När</th><th scope=col>Vad</th><th scope=col>Ändrat sedan gången före</th></tr>"
    return f'<table class="fs-historik"><thead>{huvud}</thead><tbody>{celler}</tbody></table>'


def historikrad(när: str, vad: str, ändrat: str) -> str:
    """A run, where there is a button beside it."""
    delar = "".join(f"<span>{escape(ett)}</span>" for ett in (när, vad, ändrat))
    return f'<div class="fs-korning">{delar}</div>'


def stycke(text: str, klass: str = "fs-dampad") -> str:
    """A paragraph."""
    return f'<p class="{klass}">{escape(text)}</p>'


def lista(texter: Iterable[str]) -> str:
    """Sentences under each other."""
    return f"<ul>{''.join(f'<li>{escape(ett)}</li>' for ett in texter)}</ul>"


def förlopp(steg: int, av: int, vad: str, gått: float) -> str:
    """How far a run has come, and about how long is left of it; `gått` are the seconds so far."""
    kvar = gått / steg * (av - steg)
    ungefär = f"Färdigt om ungefär {max(round(kvar), 1)} s." if steg > 2 else "Det tar en stund."
    bredd = round(100 * steg / av)
    return (
        f"<div>Steg {steg} av {av}: <strong>{escape(vad)}</strong></div>"
        f'<div class="fs-stapel" role="progressbar" aria-valuemin="0" aria-valuemax="{av}" aria-valuenow="{steg}"'
        f' aria-label="Rapporten skapas"><div style="width:{bredd}%"></div></div>'
        f"{stycke(f'{ungefär} Du kan fortsätta arbeta.')}"
    )


def adressknapp(ord_: str, adress: str) -> str:
    """A link to a page of this computer, in a tab of its own."""
    return (
        f'<p><a class="fs-adress" href="{escape(adress, quote=True)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(ord_)}</a></p>"
    )
