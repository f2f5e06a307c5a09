"""The year as a checklist that reads without a kernel: what is in the notebook when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from finsam.run.start import html
from finsam.run.start.plats import Plats
from finsam.run.start.rader import (
    HÖGST,
    Grupp,
    Rad,
    besked,
    dokumentrader,
    grupper,
    historikrader,
    underlagsrader,
)
from finsam.run.status.svar import Status

VISA = "Visa knapparna"
"""What one presses to have the page with its buttons: JupyterLab runs the notebook, and a kernel answers."""
KÖR: tuple[str, Mapping[str, str]] = ("notebook:run-all-cells", {})


def checklista(s: Status, plats: Plats) -> str:
    """The page of a year."""
    delar = (
        _huvud(s),
        f'<div class="fs-lage fs-kant-{besked(s).ton}">{html.lägesrad(besked(s))}{_knappen()}</div>',
        '<div class="fs-spalter"><section>',
        html.rubrik("1. Underlaget"),
        _rader(underlagsrader(s, plats), plats),
        html.rubrik("Färdiga filer"),
        _rader(dokumentrader(s, plats), plats) or html.stycke("Inget är gjort än."),
        "</section><section>",
        html.rubrik("2. Fynd"),
        *(_grupp(g, plats) for g in grupper(s, plats)),
        html.stycke("Kontrollerna kan köras först när underlaget går att läsa.") if not s.läst else "",
        "</section></div>",
        html.rubrik("Historik"),
        html.historik(historikrader(s)),
        *(html.stycke(f"{fil} kan inte läsas. Ta bort den.") for fil in s.oläsliga),
    )
    return _sida(delar)


def tom(text: str, problem: Iterable[str] = ()) -> str:
    """The page when there is no year to show: why, and the button."""
    lista = html.lista(problem) if problem else ""
    delar = (
        '<div class="fs-huvud"><span class="fs-namn">finsam</span></div>',
        f'<div class="fs-lage fs-kant-veta"><div class="fs-mening"><strong>{escape(text)}</strong>{lista}</div>',
        f"{_knappen()}</div>",
    )
    return _sida(delar)


def _sida(delar: Iterable[str]) -> str:
    return f'{html.stil()}<div class="finsam-start" lang="sv">{"".join(delar)}</div>'


def _huvud(s: Status) -> str:
    return (
        f'<div class="fs-huvud"><span class="fs-namn">finsam</span><span class="fs-vilket">{escape(s.titel)}'
        f'<span class="fs-dampad"> {escape(s.namn)}</span></span></div>'
    )


def _knappen() -> str:
    """The button, which waits until there is a kernel (start.css): JupyterLab empties what is run without one."""
    return f'<div class="fs-knappar">{html.kommandoknapp(VISA, *KÖR, "fs-knapp fs-fylld fs-kor")}</div>'


def _rader(rader: Sequence[Rad], plats: Plats) -> str:
    return "".join(html.rad(r, länkar=" ".join(html.länk(m, plats) for m in r.mål)) for r in rader)


def _grupp(g: Grupp, plats: Plats) -> str:
    """A group, closed when nothing in it asks for anything; beyond a few its rows are under a head of their own."""
    först, resten = g.rader[:HÖGST], g.rader[HÖGST:]
    inne = html.stycke(g.att_göra) if g.att_göra and g.antal else ""
    inne += _rader(först, plats)
    if resten:
        inne += f"<details><summary>Visa {len(resten)} till</summary>{_rader(resten, plats)}</details>"
    öppen = " open" if g.öppen else ""
    return f'<details class="fs-grupp"{öppen}><summary>{html.grupphuvud(g)}</summary>{inne}</details>'
