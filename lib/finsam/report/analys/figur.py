"""Pictures for an analyst: SVG in the colours of the page they are looked at on, with alt text and the table of the
same figures. Nothing global is set, and nothing is drawn that is not in the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from finsam.model.ord import uppräkning
from finsam.report.analys.ram import KR, Ram, visa_tal

_BREDD, _RAD, _LUFT, _TECKEN, _STÖRST = 760, 20, 12, 7.0, 320
_FÄRGER = ("#4c8cbf", "#c55a11", "#5b8c3a", "#8a6bb0", "#a08500", "#888888")
"""Colours that are told apart on white and on black."""


@dataclass(frozen=True)
class Figur:
    """A picture with what it shows in words and in figures."""

    titel: str
    alt: str
    svg: str
    df: Ram

    def __repr__(self) -> str:
        return f"{self.titel}\n{self.alt}\n{self.df}"

    def _repr_html_(self) -> str:
        tabell = f"<details><summary>Siffrorna i diagrammet</summary>{self.df._repr_html_()}</details>"
        rubrik = f"<figcaption><strong>{escape(self.titel)}</strong></figcaption>"
        return f'<figure style="margin:0">{rubrik}{self.svg}</figure>{tabell}'


@dataclass(frozen=True)
class Utan:
    """What is said where there is nothing to draw or to list."""

    ord: str

    def __repr__(self) -> str:
        return self.ord

    def _repr_html_(self) -> str:
        return f"<p><em>{escape(self.ord)}</em></p>"


def staplar(
    df: pd.DataFrame, etikett: str, serier: Sequence[str], *, titel: str, enhet: str = "kr", streck: str = ""
) -> Figur | Utan:
    """Liggande staplar: en grupp för varje rad, en stapel för varje serie. `streck` är en kolumn som blir en gräns.

    Rader utan något tal är inte med. Finns inga tal sägs det.
    """
    kolumner = [*serier, *([streck] if streck else [])]
    data = df[df[list(serier)].notna().any(axis=1)]
    if data.empty:
        return Utan(f"{titel}: det finns inga tal att rita.")
    tabell = Ram(data[[etikett, *kolumner]]).reset_index(drop=True)
    tabell.attrs = {"enheter": dict.fromkeys(kolumner, enhet)}
    rita = _Staplar(tabell, etikett, list(serier), streck, enhet)
    alt = _alt(tabell, etikett, kolumner, enhet)
    return Figur(titel, alt, rita.svg(f"{titel}. {alt}"), tabell)


def _alt(df: pd.DataFrame, etikett: str, kolumner: Sequence[str], enhet: str) -> str:
    """Every figure of a picture, in words; of a large one what it spans, and where the rest is."""
    if len(df) * len(kolumner) > 40:
        spann = (
            f"{namn} från {visa_tal(df[namn].min(), enhet)} till {visa_tal(df[namn].max(), enhet)}" for namn in kolumner
        )
        return f"Staplar för {len(df)} rader: {uppräkning(spann)}. Alla tal står i tabellen."
    rader = []
    for _, rad in df.iterrows():
        tal = (f"{namn} {visa_tal(rad[namn], enhet) or 'uppgift saknas'}" for namn in kolumner)
        rader.append(f"{rad[etikett]}: {uppräkning(tal)}")
    return "; ".join(rader) + "."


@dataclass(frozen=True)
class _Staplar:
    df: Ram
    etikett: str
    serier: list[str]
    streck: str
    enhet: str

    def svg(self, alt: str) -> str:
        grupper = [[str(rad[self.etikett]), *(rad[namn] for namn in self.serier)] for _, rad in self.df.iterrows()]
        vänster = min(max(len(str(grupp[0])) for grupp in grupper) * _TECKEN + 10, _STÖRST)
        alla = self.df[[*self.serier, *([self.streck] if self.streck else [])]].to_numpy().ravel()
        tal = [0.0, *(float(ett) for ett in alla if pd.notna(ett))]
        minst, störst = min(tal), max(tal)
        ord_ = 2 * max(len(_kortare(ett, self.enhet)) for ett in tal) * _TECKEN if self.streck else 0.0
        ord_ = max(ord_, max(len(_kortare(ett, self.enhet)) for ett in tal) * _TECKEN + 8)
        vänster_ord = ord_ if minst < 0 else 0
        skala = (_BREDD - vänster - ord_ - vänster_ord) / ((störst - minst) or 1)
        noll = vänster + vänster_ord - minst * skala
        delar, y = list(self._teckenförklaring()), 8.0 + (22 if len(self.serier) > 1 or self.streck else 0)
        topp = y
        for (namn, *värden), (_, rad) in zip(grupper, self.df.iterrows(), strict=True):
            mitt = y + len(värden) * _RAD / 2 + 4
            delar.append(_ord(vänster - 8, mitt, _kort(str(namn), vänster), "end"))
            for nr, värde in enumerate(värden):
                gräns = None if not self.streck or pd.isna(rad[self.streck]) else noll + float(rad[self.streck]) * skala
                delar += self._stapel(värde, (noll, skala), y + nr * _RAD, nr, gräns)
            if self.streck and pd.notna(rad[self.streck]):
                x = noll + float(rad[self.streck]) * skala
                ned = y + len(värden) * _RAD - 2
                delar.append(f'<path d="M{x:.1f} {y - 3:.1f}V{ned:.1f}" stroke="currentColor" stroke-width="2.5"/>')
            y += len(värden) * _RAD + _LUFT
        delar.append(f'<path d="M{noll:.1f} {topp - 4:.1f}V{y - _LUFT + 2:.1f}" stroke="currentColor" opacity=".5"/>')
        stil = "max-width:100%;height:auto;font:13px sans-serif;color:inherit"
        return (
            f'<svg role="img" aria-label="{escape(alt)}" viewBox="0 0 {_BREDD} {y:.0f}" width="{_BREDD}" '
            f'height="{y:.0f}" style="{stil}">{"".join(delar)}</svg>'
        )

    def _stapel(self, värde: Any, axel: tuple[float, float], y: float, nr: int, gräns: float | None) -> Iterator[str]:
        """A bar and its figure, which stands where the limit does not cross it."""
        noll, skala = axel
        if pd.isna(värde):
            yield _ord(noll + 5, y + 14, "uppgift saknas", "start")
            return
        tal = float(värde)
        x, bredd = (noll, tal * skala) if tal >= 0 else (noll + tal * skala, -tal * skala)
        färg = _FÄRGER[nr % len(_FÄRGER)]
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{bredd:.1f}" height="{_RAD - 3}" fill="{färg}"/>'
        ord_ = _kortare(tal, self.enhet)
        sida, håll = (x + bredd + 5, "start") if tal >= 0 else (x - 5, "end")
        if gräns is not None and tal >= 0 and sida - 4 <= gräns <= sida + len(ord_) * _TECKEN:
            sida = gräns + 5
        yield _ord(sida, y + 14, ord_, håll)

    def _teckenförklaring(self) -> Iterator[str]:
        if len(self.serier) == 1 and not self.streck:
            return
        x = 4.0
        for nr, namn in enumerate(self.serier):
            yield f'<rect x="{x:.0f}" y="2" width="12" height="12" fill="{_FÄRGER[nr % len(_FÄRGER)]}"/>'
            yield _ord(x + 17, 13, namn, "start")
            x += 34 + len(namn) * _TECKEN
        if self.streck:
            yield f'<path d="M{x + 6:.0f} 1V15" stroke="currentColor" stroke-width="2.5"/>'
            yield _ord(x + 14, 13, self.streck, "start")


def _kortare(tal: float, enhet: str) -> str:
    """A figure beside a bar: an amount in whole kronor, the table has the rest."""
    return visa_tal(float(round(tal)) if enhet == KR and abs(tal) >= 100 else tal, enhet)


def _ord(x: float, y: float, ord_: str, håll: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{håll}" fill="currentColor">{escape(ord_)}</text>'


def _kort(ord_: str, bredd: float) -> str:
    högst = int((bredd - 10) / _TECKEN)
    return ord_ if len(ord_) <= högst else f"{ord_[: högst - 1]}…"


SUMMA = "året"
"""The column of a heat map that is the sum of the others, and is not coloured."""


class Värmekarta(Ram):
    """A table whose cells are coloured by how great the figure is in its row, with minus in another colour."""

    @property
    def _constructor(self) -> type[Värmekarta]:
        return Värmekarta

    def _repr_html_(self) -> str:
        return _färglagd(self)


def _färglagd(df: Ram) -> str:
    visad = df.round(0).visad()  # in whole kronor: the frame itself has the öre
    tal = [pd.api.types.is_numeric_dtype(typ) and namn != SUMMA for namn, typ in df.dtypes.items()]
    huvud = "".join(
        f'<th scope="col" style="text-align:right;white-space:nowrap">{escape(str(namn))}</th>' for namn in df.columns
    )
    rader = []
    for nyckel, ord_, värden in zip(df.index, visad.to_numpy().tolist(), df.to_numpy().tolist(), strict=True):
        egna = [float(v) if är_tal and pd.notna(v) else 0.0 for v, är_tal in zip(värden, tal, strict=True)]
        störst = max(map(abs, egna), default=0.0) or 1.0
        celler = "".join(_färgad(text, värde / störst) for text, värde in zip(ord_, egna, strict=True))
        namn = f'<th scope="row" style="text-align:left;white-space:nowrap">{escape(str(nyckel))}</th>'
        rader.append(f"<tr>{namn}{celler}</tr>")
    titel = f"<caption>{escape(str(df.attrs.get('titel', '')))}</caption>"
    tabell = f"<table>{titel}<thead><tr><td></td>{huvud}</tr></thead><tbody>{''.join(rader)}</tbody></table>"
    under = "".join(f"<p>{escape(ett)}</p>" for ett in df.attrs.get("anmärkningar", ()))
    return f'<div style="overflow-x:auto">{tabell}</div>{under}'


def _färgad(ord_: str, andel: float) -> str:
    rgb = "197,90,17" if andel < 0 else "76,140,191"
    bakgrund = f"background:rgba({rgb},{0.55 * abs(andel):.2f});" if andel else ""
    return f'<td style="{bakgrund}text-align:right;white-space:nowrap">{escape(ord_)}</td>'
