"""The year's ledger: konton by month, and hints of verifikationer to look at."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from finsam.report.analys.figur import SUMMA, Utan, Värmekarta
from finsam.report.analys.ram import Ram, ram, visa_tal
from finsam.report.analys.uppslag import INGA_VERIFIKATIONER
from finsam.report.bok import Bok

MINST_RADER, GÅNGER, MINST_BELOPP = 6, 5.0, 10_000.0
"""What the hints ask for unless something else is said (see `ovanliga`)."""


def per_månad(bok: Bok, konton: str = "45678") -> Värmekarta | Utan:
    """Konto × månad i kronor (debet plus, kredit minus), starkare färg ju större beloppet är på sin rad.

    `konton` är första siffran i de kontonummer som är med; utan annat sagt kostnaderna, och aldrig årets
    resultat (89). Källa: verifikationerna, annars exportens saldon per månad. Finns ingetdera sägs det.
    """
    rader = _ur_verifikationer(bok) or _ur_perioder(bok)
    if not rader:
        return Utan(
            f"{INGA_VERIFIKATIONER} Den har inte heller saldon per månad, så det finns inget att visa per månad."
        )
    valda = [rad for rad in rader if rad[0][0] in konton and not rad[0].startswith("89")]
    if not valda:
        return Utan(f"Inget är bokfört på konton som börjar på {', '.join(konton)}.")
    lång = pd.DataFrame(valda, columns=["konto", "månad", "belopp"])
    bred = lång.pivot_table(index="konto", columns="månad", values="belopp", aggfunc="sum").round(2)
    alla = bok.år.bokföring.konton
    bred.index = pd.Index([f"{k} {alla[k].namn}" if k in alla else k for k in bred.index])
    bred.insert(0, SUMMA, bred.sum(axis=1).round(2))
    ut = Värmekarta(bred)
    källa = "verifikationerna" if len(bok.verifikationer) else "exportens saldon per månad"
    ut.attrs = {
        "titel": f"Konton per månad {bok.år.årtal}, kronor",
        "enheter": dict.fromkeys(ut.columns, "kr"),
        "anmärkningar": (f"Debet plus, kredit minus. Ur {källa}. Färgen säger hur stort beloppet är på sin rad.",),
    }
    return ut


def _ur_verifikationer(bok: Bok) -> list[tuple[str, str, float]]:
    return [
        (rad.konto, f"{dag:%Y-%m}" if (dag := rad.datum or ver.datum) else "utan datum", float(rad.belopp))
        for ver in bok.verifikationer
        for rad in ver.rader
    ]


def _ur_perioder(bok: Bok) -> list[tuple[str, str, float]]:
    ett = bok.år.bokföring.år.get(0)
    perioder = ett.perioder if ett else {}
    return [(konto, f"{period[:4]}-{period[4:]}", float(tal)) for (konto, period), tal in sorted(perioder.items())]


def största(bok: Bok, antal: int = 15) -> Ram:
    """De största verifikationerna efter omslutning: summan av debetraderna, i kronor. Utan texter."""
    rader = []
    for ver in bok.verifikationer:
        debet = sum((rad.belopp for rad in ver.rader if rad.belopp > 0), Decimal(0))
        konton = " ".join(dict.fromkeys(rad.konto for rad in ver.rader))
        rader.append((f"{ver.serie} {ver.nummer}".strip(), ver.datum, debet, len(ver.rader), konton))
    rader.sort(key=lambda rad: (-rad[2], rad[0]))
    ord_ = ["Texterna är inte med, för de kan nämna personer; de finns i bok.verifikationer.df()."]
    kolumner = ("ver", "datum", "omslutning", "rader", "konton")
    return ram(rader[:antal], kolumner, anmärkningar=ord_ if rader else [INGA_VERIFIKATIONER], omslutning="kr")


def ovanliga(
    bok: Bok, gånger: float = GÅNGER, minst_belopp: float = MINST_BELOPP, minst_rader: int = MINST_RADER
) -> Ram:
    """Rader som är ovanligt stora för sitt konto: tips om var man kan titta, inte fel.

    Regeln: beloppet är minst `gånger` gånger kontots median (utan tecken) och minst `minst_belopp` kronor, på ett konto
    med minst `minst_rader` rader. Bara kostnader och intäkter (konto 3–7). Programmet vet inte vad som är rätt.
    """
    nog_stor = f"minst {visa_tal(gånger)} gånger kontots median och minst {visa_tal(minst_belopp)} kronor"
    regel = (
        f"Regeln: {nog_stor}, på konton 3–7 med minst {minst_rader} rader. Det är tips om var man kan titta, inte fel: "
        "en årsfaktura på ett konto med små köp är med."
    )
    kolumner = ["ver", "datum", "konto", "kontonamn", "belopp", "kontots median", "gånger"]
    df = pd.DataFrame(bok.verifikationer.df())
    if df.empty:
        return ram([], kolumner, anmärkningar=[INGA_VERIFIKATIONER])
    df = df[df["konto"].str[0].isin(list("34567"))].assign(storlek=lambda d: d["belopp"].abs())
    grupper = df.groupby("konto")["storlek"]
    df = df.assign(median=grupper.transform("median"), rader=grupper.transform("size"))
    stora = df[
        (df["rader"] >= minst_rader) & (df["storlek"] >= minst_belopp) & (df["storlek"] >= gånger * df["median"])
    ]
    stora = stora.assign(gånger=(stora["storlek"] / stora["median"]).round(1)).sort_values(
        ["gånger", "ver"], ascending=[False, True]
    )
    stora = stora.rename(columns={"median": "kontots median"})[kolumner]
    ut = Ram(stora).reset_index(drop=True)
    ord_ = (regel,) if len(ut) else (regel, "Ingen rad är så ovanlig.")
    ut.attrs = {"enheter": {"belopp": "kr", "kontots median": "kr", "gånger": "antal"}, "anmärkningar": ord_}
    return ut
