"""What has changed since a run, as HTML: figures before and after, texts line by line, findings that came and went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from finsam.run.start import html
from finsam.run.status.skillnad import Faktaskillnad, Filskillnad, Fynd, Skillnad

HÖGST = 40
"""Figures, and lines of a file, that are shown; `finsam status --mot` has them all."""


def jämförelse(s: Skillnad) -> str:
    """The difference; that there is none is said."""
    delar = [html.stycke(f"Från {s.från} till {s.till}.")]
    if s.hinder:
        delar.append(html.stycke(s.hinder, "fs-fel"))
    if s.tom:
        delar.append(html.stycke("Ingenting har ändrats.", ""))
    delar += [_tal(s.fakta)] if s.fakta else []
    delar += [_fil(ett) for ett in (*s.texter, *s.inställningar)]
    delar += [_lista("Andra filer", s.övriga)] if s.övriga else []
    delar += [_lista(rubrik, _fynden(fynd)) for rubrik, fynd in (("Nya fynd", s.nya), ("Lösta fynd", s.borta)) if fynd]
    return "".join(delar)


def _tal(fakta: Sequence[Faktaskillnad]) -> str:
    rader = "".join(
        f"<tr><td>{escape(f.namn.rstrip('.'))}</td><td class=fs-tal><s>{escape(f.före or '–')}</s></td>"
        f"<td class=fs-tal><strong>{escape(f.efter or '–')}</strong></td></tr>"
        for f in fakta[:HÖGST]
    )
    huvud = "<tr><th scope=col>Tal</th><th scope=col class=fs-tal>Före</th><th scope=col class=fs-tal>Efter</th></tr>"
    fler = html.stycke(f"Och {len(fakta) - HÖGST} till.") if len(fakta) > HÖGST else ""
    return f'<table class="fs-historik"><thead>{huvud}</thead><tbody>{rader}</tbody></table>{fler}'


def _fil(f: Filskillnad) -> str:
    """The lines of a file that are other, without the diff's own."""
    egna = [rad for rad in f.rader if rad[:1] in ("+", "-") and not rad.startswith(("+++", "---"))]
    rader = "".join(
        f"<div class={'fs-ny' if rad[0] == '+' else 'fs-borta'}>{escape(rad)}</div>" for rad in egna[:HÖGST]
    )
    fler = html.stycke(f"Och {len(egna) - HÖGST} rader till.") if len(egna) > HÖGST else ""
    return f'<div class="fs-vad"><strong>{escape(f.fil)}</strong></div><div class="fs-diff">{rader}</div>{fler}'


def _fynden(fynd: Iterable[Fynd]) -> list[str]:
    return [f"{f.kod} {f.text}" for f in fynd]


def _lista(rubrik: str, texter: Iterable[str]) -> str:
    return f'<div class="fs-vad"><strong>{escape(rubrik)}</strong></div>{html.lista(texter)}'
