"""A förbund over the years, from the tables of its årsredovisning."""

from __future__ import annotations

from finsam.report.analys.figur import Figur, Utan, staplar
from finsam.report.analys.ram import Ram
from finsam.report.arsbok import Årsbok

_RESULTAT = ("verksamhetens_intakter", "verksamhetens_kostnader", "arets_resultat")
_FÖRÄNDRING = ("verksamhetens_intakter", "verksamhetens_kostnader", "eget_kapital")
_ETT_ÅR = "Det finns bara ett år, så det finns ingen förändring att visa."


def _åren(df: Ram, rader: tuple[str, ...]) -> Ram:
    """Rows of a table as columns with their own words, a row a year."""
    valda = df.loc[[rad for rad in rader if rad in df.index]]
    år = [namn for namn in df.columns if str(namn).isdecimal()]
    ut = Ram(valda.set_index("etikett")[år].T.sort_index())
    ut.columns.name = None
    ut.attrs = {"enhet": "kr"}
    return ut


def resultat(bok: Årsbok) -> Figur | Utan:
    """Diagram: intäkter, kostnader och årets resultat per år, kronor. Intäkter plus, kostnader minus."""
    åren = _åren(bok.flerårsöversikt.df(), _RESULTAT)
    serier = [str(namn) for namn in åren.columns]
    return staplar(åren.rename_axis("år").reset_index(), "år", serier, titel="Intäkter, kostnader och resultat, kronor")


def förändring(bok: Årsbok) -> Ram | Utan:
    """Förändringen från året före av intäkter, kostnader och eget kapital, procent."""
    åren = _åren(bok.flerårsöversikt.df(), _FÖRÄNDRING)
    if len(åren) < 2:
        return Utan(_ETT_ÅR)
    före = åren.shift(1)
    ut = Ram((åren - före).div(före.abs().where(före != 0)).mul(100).iloc[1:])
    ut.attrs = {"enhet": "%", "titel": "Förändring från året före, procent; kostnader är minus"}
    return ut


def kapital(bok: Årsbok) -> Ram:
    """Eget kapital mot taket per år: utrymmet i kronor, och eget kapital som procent av medlemsbidraget."""
    block = bok.kapitaldiagram.tabell
    df = Ram() if block is None else block.df()
    ut = _åren(df, tuple(map(str, df.index))) if block else Ram()
    egna = {str(rad): str(etikett) for rad, etikett in df["etikett"].items()} if block else {}
    if {"tak", "eget_kapital", "medlemsbidrag"} <= set(egna):
        ut["utrymme upp till taket"] = ut[egna["tak"]] - ut[egna["eget_kapital"]]
        bidrag = ut[egna["medlemsbidrag"]]
        ut["eget kapital av medlemsbidraget"] = ut[egna["eget_kapital"]].div(bidrag.where(bidrag != 0)).mul(100)
    ut.attrs = {"enheter": {"eget kapital av medlemsbidraget": "%"}, "enhet": "kr"}
    return ut
