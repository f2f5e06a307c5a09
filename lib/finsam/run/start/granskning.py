"""A report that someone else has made, held against itself: the form, and the answer of `finsam granska`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ipywidgets as W

from finsam.granska.barn import granska_filer
from finsam.granska.svar import NIVÅER, RUBRIK, lästs, plats, svaret
from finsam.run.start import html
from finsam.run.start.byggdelar import fält, knapp, låda, text, uppladdade
from finsam.run.start.plats import Plats
from finsam.run.start.rader import Rad, Ton

TON: Mapping[str, Ton] = dict(zip(NIVÅER, ("hindrar", "stallning", "veta"), strict=True))


class Granskning:
    """Choose files, and read what in them cannot be right."""

    def __init__(self, plats: Plats, stäng: Callable[[], None]) -> None:
        self._filer = W.FileUpload(accept=".pdf,.docx,.txt,.md", multiple=True, description="Välj PDF eller Word")
        self._filer.add_class("fs-knapp")
        self._sökväg = fält(W.Text(description="Eller filens namn i projektet", placeholder="outputs/…/rapport.pdf"))
        self._rot = plats.rot
        self._svar = låda()
        om = "En färdig rapport, vem som än har gjort den. Flera filer av samma förbund hålls också mot varandra."
        gör = [knapp("Granska", self._granska, fylld=True), knapp("Stäng", stäng)]
        self.allt = låda(
            "fs-ruta",
            [
                text(f"<h4>Granska en rapport</h4>{html.stycke(om)}"),
                låda("fs-val", [self._filer, self._sökväg], rad=True),
                låda("fs-knappar", gör, rad=True),
                self._svar,
            ],
        )

    def _granska(self) -> None:
        with TemporaryDirectory() as mapp:
            filer = uppladdade(self._filer, Path(mapp))
            if self._sökväg.value.strip():
                filer.append(self._rot / self._sökväg.value.strip())
            if not filer:
                self._svar.children = [text(html.stycke("Välj en fil först.", "fs-fel"))]
                return
            self._svar.children = [text(html.stycke("Läser …"))]
            self._svar.children = [text(svar_html(granska_filer(filer)))]


def svar_html(svar: Mapping[str, Any]) -> str:
    """The answer, its findings in their groups with what they rest on."""
    flera = len(svar["lasta"]) > 1
    delar = [html.stycke(svaret(svar), "fs-svar")]
    for nivå in NIVÅER:
        fynd = [f for f in svar["fynd"] if f["niva"] == nivå]
        if fynd:
            delar.append(f'<div class="fs-nivå"><strong>{escape(RUBRIK[nivå])}</strong> ({len(fynd)})</div>')
        delar += [html.rad(_rad(f, TON[nivå], flera=flera)) for f in fynd]
    delar += [html.stycke(f"{fil}: {fel}", "fs-fel") for fil, fel in svar["olasliga"].items()]
    delar += [html.stycke(f"Läst: {lästs(läst)}") for läst in svar["lasta"]]
    return "".join(delar)


def _rad(f: Mapping[str, Any], ton: Ton, *, flera: bool) -> Rad:
    ställen = [f"{plats(s, flera=flera)}: ”{' '.join(s['citat'].split())}”" for s in f["stallen"]]
    räknat = [f["utrakning"]] if f["utrakning"] else []
    följder = [f"Följer av detta: {ett['text']}" for ett in f["foljder"]]
    return Rad(ton, f["text"], f["kod"], (), (*ställen, *räknat, *följder))
