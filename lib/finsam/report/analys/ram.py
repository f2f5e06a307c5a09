"""DataFrames that are read in Swedish: exact figures inside, and "3 600 000" and "29,5 %" when they are looked at.

A `Ram` is a DataFrame and behaves as one; only how it is shown is its own, and pandas' settings are nobody's but the
user's. Amounts are kronor as the float nearest the öre, which gives the öre back exactly for any amount below
70 000 000 000 000 kronor: `Decimal(str(belopp))`. `.exakt()` gives them as Decimal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd

from finsam.model.belopp import HÅRT_BLANK, svenskt_tal

KR, PROCENT, ANDEL, ANTAL = "kr", "%", "andel", "antal"
ÅRTAL = frozenset({"ar", "år", "konto"})
"""Columns whose figures are names: no space between thousands."""
_UTELÄMNAT = "…"


def visa_tal(tal: Any, enhet: str = "", *, ören: bool = False) -> str:
    """A figure as it is read; what is no figure as it is, and nothing for none. `ören` also of a whole amount.

    >>> visa_tal(3600000.5, "kr"), visa_tal(29.54, "%"), visa_tal(0.2954, "andel"), visa_tal(12.0), visa_tal(None)
    ('3\u00a0600\u00a0000,50', '29,5\u00a0%', '29,5\u00a0%', '12', '')
    """
    if isinstance(tal, str):
        return tal
    if isinstance(tal, bool):
        return "ja" if tal else "nej"
    if tal is None or (pd.api.types.is_scalar(tal) and pd.isna(tal)):
        return ""
    if not pd.api.types.is_number(tal):
        return tal.date().isoformat() if isinstance(tal, datetime) else str(tal)
    exakt = tal if isinstance(tal, Decimal) else Decimal(str(tal))
    if not exakt.is_finite():
        return str(tal)
    if enhet in (PROCENT, ANDEL):
        return f"{svenskt_tal(exakt * 100 if enhet == ANDEL else exakt, 1)}{HÅRT_BLANK}%"
    hela = exakt == exakt.to_integral_value()
    i_kronor = enhet in (KR, "")
    return svenskt_tal(exakt, (2 if i_kronor else 1) if not hela or (ören and i_kronor) else 0)


class Serie(pd.Series):
    """A column or a row of a Ram, shown in the same way."""

    @property
    def _constructor(self) -> Callable[..., Serie]:
        return Serie

    @property
    def _constructor_expanddim(self) -> Callable[..., Ram]:
        return Ram

    def __repr__(self) -> str:
        if self.name in ÅRTAL or not pd.api.types.is_numeric_dtype(self.dtype):
            return pd.Series(self).__repr__()
        enhet, ören = _enheten(self.name, self.attrs), any(map(_har_ören, self))
        return pd.Series([visa_tal(tal, enhet, ören=ören) for tal in self], index=self.index, name=self.name).__repr__()


class Ram(pd.DataFrame):
    """A DataFrame shown in Swedish. A column `enhet` says what the figures of each row are; `attrs["enheter"]` says it
    of a column, `attrs["titel"]` and `attrs["anmärkningar"]` are words over and under it.
    """

    @property
    def _constructor(self) -> Callable[..., Ram]:
        return Ram

    @property
    def _constructor_sliced(self) -> Callable[..., Serie]:
        return Serie

    def visad(self) -> pd.DataFrame:
        """Tabellen som ord, så som den visas: svenska tal, procent med procenttecken."""
        i = range(len(self.columns))
        kolumner = [self.iloc[:, nr].tolist() for nr in i]
        radens = self["enhet"].tolist() if "enhet" in self.columns else None
        ut = {}
        for nr, namn in enumerate(self.columns):
            if namn in ÅRTAL:
                ut[nr] = ["" if värde is None or pd.isna(värde) else str(värde) for värde in kolumner[nr]]
                continue
            egen = _enheten(namn, self.attrs)
            enheter = [egen] * len(self) if egen or radens is None else [str(enhet) for enhet in radens]
            par = list(zip(kolumner[nr], enheter, strict=True))
            med_ören = {enhet for värde, enhet in par if _har_ören(värde)}
            ut[nr] = [visa_tal(värde, enhet, ören=enhet in med_ören) for värde, enhet in par]
        ram = pd.DataFrame(ut, index=self.index)
        ram.columns = self.columns
        return ram

    def exakt(self) -> pd.DataFrame:
        """Samma tabell med beloppen som Decimal: kronor och ören, utan avrundning. Tomma tal är None."""
        ut = pd.DataFrame(self).astype(object)
        for nr in (nr for nr, typ in enumerate(self.dtypes) if pd.api.types.is_float_dtype(typ)):
            exakta: Any = pd.Series([_exakt(tal) for tal in self.iloc[:, nr]], self.index, dtype=object)
            ut.isetitem(nr, exakta)
        return ut

    def __repr__(self) -> str:
        ord_ = "\n".join(self.attrs.get("anmärkningar", ()))
        return pd.DataFrame(self.visad()).__repr__() + (f"\n{ord_}" if ord_ else "")

    def _repr_html_(self) -> str:
        delar = _utdrag(self)
        index = [*self.index.names] if any(self.index.names) or not isinstance(self.index, pd.RangeIndex) else []
        tal = [pd.api.types.is_numeric_dtype(typ) and namn not in ÅRTAL for namn, typ in self.dtypes.items()]
        huvud = "".join(_th(namn if namn is not None else "", höger=False) for namn in index)
        huvud += "".join(_th(namn, höger=höger) for namn, höger in zip(self.columns, tal, strict=True))
        glapp = f"<tr>{''.join(_td(_UTELÄMNAT, höger=False) for _ in range(len(index) + len(tal)))}</tr>"
        rader = glapp.join(_rad(del_, tal, bool(index)) for del_ in delar)
        titel = f"<caption>{escape(str(self.attrs['titel']))}</caption>" if self.attrs.get("titel") else ""
        under = "".join(f"<p>{escape(ett)}</p>" for ett in self.attrs.get("anmärkningar", ()))
        antal = f"<p>{visa_tal(len(self))} rader</p>" if len(delar) > 1 else ""
        tabell = f"<table>{titel}<thead><tr>{huvud}</tr></thead><tbody>{rader}</tbody></table>"
        return f'<div style="overflow-x:auto">{tabell}</div>{antal}{under}'


def ram(
    rader: Sequence[Sequence[object]] | Mapping[str, Sequence[object]],
    kolumner: Sequence[str] = (),
    index: str = "",
    anmärkningar: Sequence[str] = (),
    **enheter: str,
) -> Ram:
    """A Ram of rows or columns; exact figures become floats. `enheter` says what the figures of a column are."""
    ut = Ram(rader) if isinstance(rader, Mapping) else Ram([list(rad) for rad in rader], columns=list(kolumner))
    for nr, namn in enumerate(ut.columns):
        alla = ut.iloc[:, nr].tolist()
        if any(isinstance(ett, Decimal) for ett in alla) or (namn in enheter and namn not in ÅRTAL):
            tal: Any = pd.Series([som_float(ett) for ett in alla], ut.index, dtype=float)
            ut.isetitem(nr, tal)
    if index:
        ut = ut.set_index(index)
    ut.attrs = {"enheter": dict(enheter), "anmärkningar": tuple(anmärkningar)}
    return ut


def _har_ören(tal: object) -> bool:
    return isinstance(tal, float | Decimal) and tal == tal and tal % 1 != 0


def _exakt(tal: float) -> Decimal | None:
    return None if pd.isna(tal) else Decimal(str(tal))


def som_float(tal: Any) -> float:
    """The float nearest a figure; NaN for none."""
    return float("nan") if tal is None else float(tal)


def _enheten(kolumn: Hashable, attrs: Mapping[Hashable, Any]) -> str:
    return str(attrs.get("enheter", {}).get(kolumn, attrs.get("enhet", "")))


def _utdrag(ram: Ram) -> list[pd.DataFrame]:
    """What is shown: all rows, or the first and the last when pandas is set to show fewer than there are."""
    högst, minst = pd.get_option("display.max_rows"), pd.get_option("display.min_rows")
    if not högst or len(ram) <= högst:
        return [ram.visad()]
    hälften = max((minst or högst) // 2, 1)
    return [Ram(ram.iloc[:hälften]).visad(), Ram(ram.iloc[-hälften:]).visad()]


def _rad(del_: pd.DataFrame, tal: Sequence[bool], med_index: bool) -> str:
    rader = []
    for nyckel, celler in zip(del_.index, del_.itertuples(index=False, name=None), strict=True):
        ut = "".join(_th(led, höger=False, rad=True) for led in _led(nyckel)) if med_index else ""
        ut += "".join(_td(cell, höger=höger) for cell, höger in zip(celler, tal, strict=True))
        rader.append(f"<tr>{ut}</tr>")
    return "".join(rader)


def _led(nyckel: object) -> tuple[object, ...]:
    return nyckel if isinstance(nyckel, tuple) else (nyckel,)


def _th(ord_: object, *, höger: bool, rad: bool = False) -> str:
    sida = "right" if höger else "left"
    return f'<th scope="{"row" if rad else "col"}" style="text-align:{sida}">{escape(str(ord_))}</th>'


def _td(ord_: object, *, höger: bool) -> str:
    stil = "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums" if höger else "text-align:left"
    return f'<td style="{stil}">{escape(str(ord_))}</td>'
