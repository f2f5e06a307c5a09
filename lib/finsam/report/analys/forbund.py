"""Förbund and years side by side, from the facts of their årsredovisningar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from finsam.report.analys.insats import kostnaden
from finsam.report.analys.ram import Ram, ram
from finsam.report.bok import Bok

NYCKELTAL = {
    "br.eget_kapital": "eget kapital",
    "kapitaltak": "tak",
    "kapitalandel": "eget kapital av medlemsbidrag",
    "kapitaltak.andel": "tak, andel",
    "medlemsbidrag": "medlemsbidrag",
    "kostnad.totalt": "kostnader",
    "kostnadsandel.administration": "administration",
    "kostnadsandel.individ": "individinsatser",
    "kostnadsandel.struktur": "strukturinsatser",
    "rr.arets_resultat": "årets resultat",
}
"""Facts of the core taxonomy, and what they are called side by side."""
_ANDELAR = ("eget kapital av medlemsbidrag", "tak, andel", "administration", "individinsatser", "strukturinsatser")


def nyckeltal(jämfört: pd.DataFrame) -> Ram:
    """Nyckeltal ur kärntaxonomin: en rad per förbund och år. Kronor, och andelar i procent."""
    valda = jämfört[jämfört["id"].isin(NYCKELTAL) & (jämfört["karna"] != "")]
    bred = pd.DataFrame(valda).pivot(index=["forbund", "ar"], columns="id", values="varde")
    bred = (
        bred.reindex(columns=list(NYCKELTAL)).rename(columns=NYCKELTAL).dropna(subset=["medlemsbidrag"]).reset_index()
    )
    ut = Ram(bred)
    ut.columns.name = None
    for namn in _ANDELAR:
        ut[namn] = ut[namn] * 100
    ut.insert(0, "förbund och år", [f"{f} {å}" for f, å in zip(ut["forbund"], ut["ar"], strict=True)])
    ut.attrs = {"enheter": {namn: "%" if namn in _ANDELAR else "kr" for namn in NYCKELTAL.values()}}
    return ut


def egna_år(df: Ram, böcker: Sequence[Bok]) -> Ram:
    """The rows of years that have a report of their own: earlier years have less."""
    egna = {(bok.år.förbund.slug, bok.år.årtal) for bok in böcker}
    return df[[(f, å) in egna for f, å in zip(df["forbund"], df["ar"], strict=True)]]


def kostnad_per_deltagare(böcker: Iterable[Bok]) -> Ram:
    """Kostnad per deltagare i de insatser som har uppgift om både kostnad och deltagare: en rad per förbund och år."""
    rader = [_per_deltagare(bok) for bok in böcker]
    ord_ = (
        "Bara insatser med uppgift om både kostnad och deltagare. Den som deltar i flera insatser räknas i var och en."
    )
    kolumner = ("förbund och år", "insatser", "insatser med uppgift", "kostnad", "deltagare", "kostnad per deltagare")
    return ram(rader, kolumner, anmärkningar=[ord_], **_ENHETER)


_ENHETER = {"kostnad": "kr", "kostnad per deltagare": "kr", "deltagare": "antal"}


def _per_deltagare(bok: Bok) -> tuple[object, ...]:
    par = [(kostnaden(bok, i.id), bok.fakta.värde(f"deltagare.{i.id}.totalt")) for i in bok.år.underlag.insatser]
    med = [(kostnad, antal) for kostnad, antal in par if kostnad is not None and antal]
    kostnad, antal = sum(k for k, _ in med), sum(a for _, a in med)
    per = round(kostnad / antal, 2) if antal else None
    return (f"{bok.år.förbund.slug} {bok.år.årtal}", len(par), len(med), kostnad if med else None, antal or None, per)


def anmärkningar(böcker: Iterable[Bok]) -> Ram:
    """Hur många anmärkningar av varje slag som kontrollerna fann, ett förbund och år i varje kolumn.

    Det som gick igenom eller inte gick att pröva är inte med. Vad koderna betyder står i docs/kontroller.md.
    """
    rader = [
        (f"{bok.år.förbund.slug} {bok.år.årtal}", f.kod, f.nivå)
        for bok in böcker
        for f in bok.findings
        if f.nivå in ("fel", "varning", "upplysning")
    ]
    if not rader:
        return ram([], ("kod", "niva"), anmärkningar=["Kontrollerna fann ingenting att anmärka på."])
    alla = pd.DataFrame(rader, columns=["bok", "kod", "niva"])
    return Ram(pd.crosstab([alla["kod"], alla["niva"]], alla["bok"]).rename_axis(columns=None).reset_index())
