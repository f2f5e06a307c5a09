"""What an analyst looks things up in: facts, tables, konton, verifikationer, participants and findings of a book.

Each is looked at as a table, gives a DataFrame with `.df()`, and says what may be meant when an id is wrong. What is
shown here of participants is what the document may show: small groups are withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from html import escape
from typing import TYPE_CHECKING, Any

from finsam.checks.finding import Finding
from finsam.model.belopp import svenskt_tal
from finsam.model.bokforing import Bokföring, Verifikation
from finsam.model.fakta import Fakta, Faktabas
from finsam.model.ord import antal
from finsam.model.rakenskapsar import Räkenskapsår

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram
    from finsam.report.block import Tabellblock

_VISADE = 30
"""Rows of a list that are shown when it is looked at; `.df()` has them all."""
_KÖN = ("kvinnor", "män")


class OkäntId(KeyError):
    """An id that there is not, with those that are like it. They are looked for first when it is read."""

    def __init__(self, slag: str, id_: object, kända: Callable[[], Iterable[str]]) -> None:
        super().__init__(id_)
        self._slag, self._id, self._kända = slag, str(id_), kända

    def __reduce__(self) -> tuple[type[KeyError], tuple[str]]:
        return KeyError, (str(self),)

    def __str__(self) -> str:
        nära = get_close_matches(self._id, list(dict.fromkeys(self._kända())), 3)
        menas = f" Menas {' eller '.join(nära)}?" if nära else ""
        return f"{self._slag} {self._id} finns inte.{menas}"

    def _render_traceback_(self) -> list[str]:
        """What a cell shows, in a kernel that asks for it."""
        return [str(self)]


class Faktauppslag(Faktabas):
    """Årets alla tal, efter id: `bok.fakta["rr.arets_resultat"]`, eller ett annat år, `["rr.arets_resultat/2023"]`.

    Enhet: kr är kronor med ören, andel är en kvot (0,25 är 25 %), antal är stycken. Tecken: intäkter plus, kostnader
    minus. Källa: `bok.spår(id)`. `.df()` ger dem som tabell.
    """

    @classmethod
    def av(cls, fakta: Faktabas) -> Faktauppslag:
        """The same facts, not a copy of them."""
        ny = cls(fakta.period, fakta.saldon)
        vars(ny).update(vars(fakta))
        return ny

    def __getitem__(self, id_: str) -> Fakta:
        try:
            return super().__getitem__(id_)
        except KeyError:
            raise OkäntId("Faktat", id_, lambda: (*(f.id for f in self.values()), *self)) from None

    def df(self, början: str = "") -> Ram:
        """Alla fakta som tabell, eller de vars id har en viss början: `bok.fakta.df("rr.")`.

        En rad per id och år. Kronor (exakt på öret, intäkter plus, kostnader minus), procent och antal står i var sin
        kolumn. `kalla` säger var talet kommer ifrån.
        """
        return faktaram(f for f in self.values() if f.id.startswith(början))

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys(f.id for f in self.values()))

    def _rader(self) -> list[tuple[str, str, str]]:
        return [(f.nyckel, f.visat, f.definition) for f in list(self.values())[:_VISADE]]

    def __repr__(self) -> str:
        return _som_text(f"{len(self)} fakta, {self.period}", self._rader(), len(self))

    def _repr_html_(self) -> str:
        return _som_html(f"{len(self)} fakta, {self.period}", ("id/år", "värde", "vad"), self._rader(), len(self))


def faktaram(fakta: Iterable[Fakta]) -> Ram:
    """Facts as rows: kronor, per cent and counts in a column each."""
    from finsam.report.analys.ram import ram

    rader = [(f.id, f.period, f.definition, *_delat(f), f.ord_i_stället, f.källa_i_ord) for f in fakta]
    kolumner = ("id", "ar", "namn", "kronor", "procent", "antal", "text", "kalla")
    return ram(rader, kolumner, kronor="kr", procent="%", antal="antal")


def _delat(f: Fakta) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if f.värde is None:
        return None, None, None
    procent = f.värde * 100 if f.enhet == "andel" else None
    return f.värde if f.enhet == "kr" else None, procent, f.värde if f.enhet == "antal" else None


class Tabeller(dict[str, "Tabellblock"]):
    """Årets alla tabeller, efter id: `bok.tabeller["resultatrakning"]`. Varje tabell har `.df()`."""

    def __missing__(self, id_: str) -> Tabellblock:
        raise OkäntId("Tabellen", id_, self.keys)

    def _rader(self) -> list[tuple[str, str, str]]:
        alla = ((id_, block.rubrik, antal(len(block.tabell.datarader), "rad", "rader")) for id_, block in self.items())
        return list(alla)

    def __repr__(self) -> str:
        return _som_text(antal(len(self), "tabell", "tabeller"), self._rader())

    def _repr_html_(self) -> str:
        return _som_html(antal(len(self), "tabell", "tabeller"), ("id", "rubrik", "rader"), self._rader())


@dataclass(frozen=True, slots=True)
class Kontosaldo:
    """Ett konto ett år, i kronor med bokföringens tecken: debet plus, kredit minus.

    `resultat` är årets rörelse på ett resultatkonto, de andra är saldon på ett balanskonto.
    """

    konto: str
    namn: str
    ar: str
    ingaende: Decimal | None
    utgaende: Decimal | None
    resultat: Decimal | None

    def __repr__(self) -> str:
        alla = (("ingående", self.ingaende), ("utgående", self.utgaende), ("resultat", self.resultat))
        ord_ = ", ".join(f"{vad} {svenskt_tal(tal, 2)} kr" for vad, tal in alla if tal is not None)
        return f"{self.konto} {self.namn} {self.ar}: {ord_}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))} (debet plus, kredit minus)</p>"


class Kontouppslag(Mapping[str, Kontosaldo]):
    """Bokföringens konton, efter nummer: `bok.konton["4510"]`, eller året före, `["4510/2023"]`.

    Enhet: kronor med ören. Tecken: som i bokföringen, debet plus och kredit minus. Källa: exporten ur ekonomisystemet.
    """

    def __init__(self, år: Räkenskapsår) -> None:
        self._period = år.period
        self._saldon = {f"{s.konto}/{s.ar}": s for s in _kontosaldon(år.bokföring, år.årtal)}

    def __getitem__(self, konto: str) -> Kontosaldo:
        nyckel = str(konto) if "/" in str(konto) else f"{konto}/{self._period}"
        if nyckel not in self._saldon:
            raise OkäntId("Kontot", konto, lambda: (*(s.konto for s in self._saldon.values()), *self._saldon))
        return self._saldon[nyckel]

    def __iter__(self) -> Iterator[str]:
        return iter(self._saldon)

    def __len__(self) -> int:
        return len(self._saldon)

    def df(self) -> Ram:
        """Kontona som tabell: en rad per konto och år, kronor exakt på öret, debet plus och kredit minus."""
        from finsam.report.analys.ram import ram

        kolumner = ("konto", "namn", "ar", "ingaende", "utgaende", "resultat")
        rader = [(s.konto, s.namn, s.ar, s.ingaende, s.utgaende, s.resultat) for s in self.values()]
        ord_ = () if rader else ("Det finns ingen bokföring för det här året.",)
        return ram(rader, kolumner, anmärkningar=ord_, ingaende="kr", utgaende="kr", resultat="kr")

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys(s.konto for s in self._saldon.values()))

    def __repr__(self) -> str:
        return repr(self.df())

    def _repr_html_(self) -> str:
        return self.df()._repr_html_()


def _kontosaldon(bokföring: Bokföring, årtal: int) -> Iterator[Kontosaldo]:
    for nr, ett in sorted(bokföring.år.items(), reverse=True):
        for konto in sorted({*ett.ib, *ett.ub, *ett.res}):
            namn = bokföring.konton[konto].namn if konto in bokföring.konton else ""
            yield Kontosaldo(konto, namn, str(årtal + nr), ett.ib.get(konto), ett.ub.get(konto), ett.res.get(konto))


class Verifikationsuppslag(Sequence[Verifikation]):
    """Årets verifikationer, i bokföringens ordning. `.df()` ger dem rad för rad.

    Enhet: kronor med ören. Tecken: debet plus, kredit minus. Källa: exporten ur ekonomisystemet; en SIE-fil av typ 1–3
    eller en saldolista har inga.
    """

    def __init__(self, bokföring: Bokföring) -> None:
        self._bokföring = bokföring

    def __len__(self) -> int:
        return len(self._bokföring.verifikationer)

    def __getitem__(self, nr: Any) -> Any:
        return self._bokföring.verifikationer[nr]

    def df(self) -> Ram:
        """Verifikationerna som tabell: en rad per konterad rad, kronor exakt på öret, debet plus och kredit minus.

        `ver` är serie och nummer, `datum` en dag, `objekt` dimension och kod ("6:CT"). Texterna kan nämna personer.
        """
        import pandas as pd

        from finsam.report.analys.ram import ram

        konton = self._bokföring.konton
        rader = [
            (
                f"{ver.serie} {ver.nummer}".strip(),
                rad.datum or ver.datum,
                rad.konto,
                konton[rad.konto].namn if rad.konto in konton else "",
                rad.belopp,
                " ".join(f"{dim}:{kod}" for dim, kod in rad.objekt),
                rad.text or ver.text,
            )
            for ver in self._bokföring.verifikationer
            for rad in ver.rader
        ]
        kolumner = ("ver", "datum", "konto", "kontonamn", "belopp", "objekt", "text")
        ord_ = () if rader else (INGA_VERIFIKATIONER,)
        ut = ram(rader, kolumner, anmärkningar=ord_, belopp="kr")
        ut["datum"] = pd.to_datetime(ut["datum"])
        return ut

    def __repr__(self) -> str:
        rader = self._bokföring.verifikationer.antal_rader()
        return f"{antal(len(self), 'verifikation', 'verifikationer')}, {antal(rader, 'rad', 'rader')}. " + (
            "Se .df()." if rader else INGA_VERIFIKATIONER
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"


INGA_VERIFIKATIONER = "Bokföringen har inga verifikationer: exporten har bara saldon."
INGA_DELTAGARE = "Årets underlag har inga deltagare (bladet Deltagare)."


class Deltagaruppslag:
    """Antalet deltagare per insats, mått, kön och kommun: antal personer, aldrig personer.

    Källa: bladet Deltagare. Små grupper som dokumentet inte visar är tomma här också, med `dold`.
    """

    def __init__(self, år: Räkenskapsår, fakta: Faktabas) -> None:
        self._insatser = {insats.id: insats.namn for insats in år.underlag.insatser}
        self._medlemmar = {medlem.id: medlem.namn for medlem in år.förbund.medlemmar}
        self._fakta = [f for f in fakta.values() if f.id.startswith("deltagare.") and f.enhet == "antal"]

    def df(self) -> Ram:
        """Deltagarna som tabell: en rad per insats, mått, år och del. Tomt kön eller tom kommun är alla."""
        import pandas as pd

        from finsam.report.analys.ram import ram

        rader = [self._rad(f) for f in self._fakta]
        kolumner = ("id", "insats", "matt", "benamning", "ar", "kon", "kommun", "antal", "dold")
        ut = ram(rader, kolumner, anmärkningar=() if rader else (INGA_DELTAGARE,))
        ut["antal"] = pd.array([rad[7] for rad in rader], dtype="Int64")
        return ut

    def _rad(self, f: Fakta) -> tuple[Any, ...]:
        _, insats, mått, *delar = f.id.split(".")
        kön = next((del_ for del_ in delar if del_ in _KÖN), "")
        kommun = next((self._medlemmar.get(del_, del_) for del_ in delar if del_ not in _KÖN), "")
        tal = None if f.värde is None else int(f.värde)
        namn = self._insatser.get(insats, insats)
        return f.id, namn, mått, f.definition.rstrip("."), f.period, kön, kommun, tal, bool(f.dold)

    def __len__(self) -> int:
        return len(self._fakta)

    def __repr__(self) -> str:
        return repr(self.df())

    def _repr_html_(self) -> str:
        return self.df()._repr_html_()


class Anmärkningar(tuple[Finding, ...]):
    """Vad kontrollerna fann, det allvarligaste först: kod, nivå, vad som är fel och vad man gör åt det."""

    def df(self) -> Ram:
        """Anmärkningarna som tabell; `differens` är kronor."""
        from finsam.report.analys.ram import ram

        rader = [(f.kod, f.nivå, f.klartext, f.källa, f.grund, f.differens) for f in self]
        return ram(rader, ("kod", "niva", "text", "kalla", "lag", "differens"), differens="kr")

    def _rader(self) -> list[tuple[str, str, str]]:
        return [(f.kod, f.nivå, f"{f.klartext} {f'({f.källa})' if f.källa else ''}".strip()) for f in self._att_se()]

    def _att_se(self) -> list[Finding]:
        return [f for f in self if f.nivå not in ("ok", "ej prövad")]

    def _rubrik(self) -> str:
        att_se, gick = len(self._att_se()), sum(f.nivå == "ok" for f in self)
        return f"{antal(att_se, 'anmärkning', 'anmärkningar')}; {gick} kontroller gick igenom utan"

    def __repr__(self) -> str:
        return _som_text(self._rubrik(), self._rader())

    def _repr_html_(self) -> str:
        return _som_html(self._rubrik(), ("kod", "nivå", "vad"), self._rader())


def _som_text(rubrik: str, rader: Sequence[Sequence[str]], av: int = 0) -> str:
    bredder = [max((len(rad[nr]) for rad in rader), default=0) for nr in range(len(rader[0]) - 1)] if rader else []
    rad_för_rad = ("  ".join((*map(str.ljust, rad[:-1], bredder), rad[-1])).rstrip() for rad in rader)
    return "\n".join((rubrik, *rad_för_rad, *_fler(rader, av)))


def _som_html(rubrik: str, huvud: Sequence[str], rader: Sequence[Sequence[str]], av: int = 0) -> str:
    vänster = 'style="text-align:left"'
    kolumner = "".join(f'<th scope="col" {vänster}>{escape(ord_)}</th>' for ord_ in huvud)
    kropp = "".join(f"<tr>{''.join(f'<td {vänster}>{escape(ord_)}</td>' for ord_ in rad)}</tr>" for rad in rader)
    tabell = (
        f"<table><caption>{escape(rubrik)}</caption><thead><tr>{kolumner}</tr></thead><tbody>{kropp}</tbody></table>"
    )
    return tabell + "".join(f"<p>{escape(ord_)}</p>" for ord_ in _fler(rader, av))


def _fler(rader: Sequence[object], av: int) -> Iterator[str]:
    if av > len(rader):
        yield f"… och {av - len(rader)} till; alla finns i .df()."
