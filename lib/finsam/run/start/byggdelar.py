"""The few widgets that the start page is built of, each with the class that gives it its look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as W


def text(html: str) -> W.HTML:
    """HTML that `start/html.py` has written."""
    return W.HTML(html)


def låda(klass: str = "", barn: Sequence[W.Widget] = (), *, rad: bool = False) -> W.Box:
    """Widgets beside each other, or under each other."""
    ny = W.HBox(list(barn)) if rad else W.VBox(list(barn))
    for ett in klass.split():
        ny.add_class(ett)
    return ny


def knapp(ord_: str, gör: Callable[[], Any], *, fylld: bool = False, länk: bool = False, av: bool = False) -> W.Button:
    """A button; one that leads somewhere looks like a link."""
    ny = W.Button(description=ord_, disabled=av, tooltip="")
    ny.add_class("fs-lank" if länk else "fs-knapp")
    if fylld:
        ny.add_class("fs-fylld")
    ny.on_click(lambda _: gör())
    return ny


def fält(widget: W.Widget) -> W.Widget:
    """A field with its label above."""
    return widget.add_class("fs-falt")


def uppladdade(widget: W.FileUpload, mapp: Path) -> list[Path]:
    """The files that were chosen, in a folder, under their own names."""
    filer = []
    for fil in widget.value:
        ny = mapp / (Path(fil["name"].replace("\\", "/")).name or "fil")
        ny.write_bytes(bytes(fil["content"]))
        filer.append(ny)
    return filer
