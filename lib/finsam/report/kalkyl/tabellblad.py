"""The sheets of the document's tables: totals add up their rows, the other figures are facts by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from finsam.model.fakta import Fakta
from finsam.model.tabell import Tabell
from finsam.report.kalkyl.arbetsbok import FÖRSTA, HUVUD, Arbetsbok, internt, lika
from finsam.report.kalkyl.matt import höjd, rader
from finsam.report.kalkyl.summor import Ruta, summaformel

EGNA_BLAD = {
    "resultatrakning": "Resultaträkning",
    "balansrakning": "Balansräkning",
    "kassaflodesanalys": "Kassaflöde",
    "panter": "Panter",
    "resultatbudget": "Resultatbudget",
    "budget": "Budget per rad",
    "bidragsfordelning": "Medlemsbidrag",
    "driftredovisning": "Driftredovisning",
    "investeringsredovisning": "Investeringar",
    "kostnadsfordelning": "Kostnadsfördelning",
    "flerarsoversikt": "Flerårsöversikt",
    "medlemsbidrag_utveckling": "Medlemsbidrag",
    "balanskravsutredning": "Balanskrav",
    "balanskravskedja": "Tidigare underskott",
    "medlemsandelar": "Andelar",
    "projektredovisning": "Projekt",
    "intern_kontroll": "Intern kontroll",
    "upplysningar": "Upplysningar",
}
"""Tables with a sheet of their own, in the order of the sheets."""
TILLSAMMANS = {"Mål": ("mal_", "planmal_"), "Insatser": ("insats_",), "Övriga tabeller": ("",)}
"""Sheets of several tables, by how the ids of their tables begin."""
FLER_ÄN = 3
"""With more tables than this a sheet begins with a list of them."""
ETIKETT, NOT, TAL, KONTROLL, SPÅR, ORD, MEST = 52, 7, 16, 16, 10, 40, 70
"""Widths of columns, in digits."""
MÅNGA, SMAL = 6, 12
"""Beyond so many columns they are as narrow as their figures allow, to fit on a page."""


def bladordning(id_: Sequence[str]) -> list[list[int]]:
    """Which tables stand on each sheet, by their place in the document: those with a sheet of their own, the others
    together by what they are of, then the notes.
    """
    ordning = list(EGNA_BLAD)
    egna = sorted((nr for nr, ett in enumerate(id_) if ett in EGNA_BLAD), key=lambda nr: ordning.index(id_[nr]))
    noter = [nr for nr, ett in enumerate(id_) if ett.startswith("not_")]
    övriga = [nr for nr in range(len(id_)) if nr not in {*egna, *noter}]
    ihop = ([nr for nr in övriga if _tillsammans(id_[nr]) == namn] for namn in TILLSAMMANS)
    return [*([nr] for nr in egna), *filter(None, ihop), *([nr] for nr in noter)]


def _tillsammans(id_: str) -> str:
    return next(namn for namn, början in TILLSAMMANS.items() if id_.startswith(början))


def write_tabeller(a: Arbetsbok, tabeller: Sequence[dict[str, Any]]) -> None:
    """Write a sheet for each, and some for those that have none; `tabeller` as in `rapport.json`."""
    noter = {f"not_{n.id}": f"Not {nr}" for nr, n in enumerate(a.bok.år.förbund.noter, 1)}
    tagna: set[str] = set()
    for platser in bladordning([tabell["id"] for tabell in tabeller]):
        id_ = tabeller[platser[0]]["id"]
        namn = EGNA_BLAD.get(id_) or noter.get(id_) or _tillsammans(id_)
        while namn in tagna:
            namn += " igen"
        tagna.add(namn)
        _Blad(a, namn, [tabeller[nr] for nr in platser], set(noter.values())).write()


@dataclass
class _Blad:
    """A sheet while it is written."""

    a: Arbetsbok
    namn: str
    tabeller: list[dict[str, Any]]
    notblad: set[str]
    blad: Worksheet = field(init=False)

    def __post_init__(self) -> None:
        self.med_not = any(post.get("not") for tabell in self.tabeller for post in tabell["rader"])
        self.första = 2 if self.med_not else 1
        antal = max(len(tabell["kolumner"]) for tabell in self.tabeller)
        self.kontroll, self.spår = self.första + antal, self.första + antal + 1
        data = [self._bredd(nr) for nr in range(antal)]
        self.bredder = [ETIKETT, *([NOT] if self.med_not else []), *data, KONTROLL, SPÅR]

    def _bredd(self, nr: int) -> float:
        """The width of a column of data: of figures, or of the words that stand there."""
        kolumner = [t for t in self.tabeller if nr < len(t["kolumner"])]
        texter = [
            post["visat"][nr] for t in kolumner for post in t["rader"] if post["visat"] and post["varden"][nr] is None
        ]
        längst = max(map(len, texter), default=0)
        ensam = all(len(t["kolumner"]) == 1 for t in kolumner)
        tal = TAL if all(len(t["kolumner"]) <= MÅNGA for t in kolumner) else SMAL
        if len(self.tabeller) > 1:
            return SMAL + 2 if nr or längst <= TAL else ORD + 4
        return tal if längst <= tal else MEST if ensam or längst > 3 * ORD else ORD

    def write(self) -> None:
        """Write all tables of the sheet under each other; one alone has the sheet's own title and headings."""
        ensam = len(self.tabeller) == 1
        tabell = self.tabeller[0]
        titel = tabell["rubrik"] if ensam else self.namn
        antal_tal = max(sum(_har_tal(t, nr) for nr in range(len(t["kolumner"]))) for t in self.tabeller)
        enhet = {"kr": "kronor", "tkr": "tusen kronor"}.get(tabell["enhet"], "") if ensam else ""
        self.blad = self.a.blad(self.namn, titel, self.bredder, enhet=enhet, tal=antal_tal, skrivs_ut=-1)
        self.blad.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if ensam:
            sista = self._write_tabell(tabell, HUVUD)
            self.blad.print_area(0, 0, sista, self.kontroll)
            self.blad.freeze_panes(FÖRSTA, 1)
            self.blad.repeat_rows(HUVUD)
            self.blad.repeat_columns(0)
            return
        antal = len(self.tabeller) if len(self.tabeller) > FLER_ÄN else 0
        rad = HUVUD + antal + bool(antal)
        for nr, tabell in enumerate(self.tabeller):
            if antal:
                self.blad.write_url(HUVUD + nr, 0, internt(self.namn, f"A{rad + 1}"), self.a.länk(), tabell["rubrik"])
            self.blad.write_string(rad, 0, tabell["rubrik"], self.a.format(bold=True, font_color=self.a.färger.profil))
            self.blad.set_row(rad, höjd(1))
            rad = self._write_tabell(tabell, rad + 1) + 2
        self.blad.print_area(0, 0, rad, self.kontroll)
        self.blad.freeze_panes(HUVUD, 1)

    def _write_tabell(self, tabell: dict[str, Any], huvud: int) -> int:
        """Write a table; returns its last row."""
        model = _modellens(self.a.tabeller.get(tabell["id"]), tabell)
        höger = {nr for nr in range(len(tabell["kolumner"])) if _är_tal(tabell, nr, model)}
        self._write_huvud(tabell, huvud, höger)
        rutor = self._rutor(tabell, model, huvud + 1)
        sista = max((nr for nr, post in enumerate(tabell["rader"]) if post["slag"] == "summa"), default=-1)
        rad = huvud
        for nr, post in enumerate(tabell["rader"]):
            rad = huvud + 1 + nr
            stil = _stil(post["slag"], sist=nr == sista)
            indrag = model.rader[nr].indrag if model else 0
            stil_etikett = stil | ({"indent": indrag} if indrag else {})
            self.blad.write_string(rad, 0, post["etikett"], self.a.format(text_wrap=True, **stil_etikett))
            if self.med_not:
                self._write_not(rad, post["not"], stil)
            self._write_celler(tabell, post, rad, rutor, stil, model)
        if tabell["rader"]:
            self.a.utfall(self.blad, (huvud + 1, rad), self.kontroll)
        return self._write_fotnot(tabell["fotnot"], rad + 1) if tabell["fotnot"] else rad

    def _write_huvud(self, tabell: dict[str, Any], rad: int, höger: set[int]) -> None:
        enhet = {"kr": "Belopp i kronor", "tkr": "Belopp i tusen kronor"}.get(tabell["enhet"], "")
        har_tal = any(_har_tal(tabell, nr) for nr in range(len(tabell["kolumner"])))
        första = [enhet if har_tal else "", *(["Not"] if self.med_not else [])]
        for nr, text in enumerate(första):
            self.blad.write_string(rad, nr, text, self.a.huvud())
        rubriker = [*första, *tabell["kolumner"]]
        for nr, text in enumerate(tabell["kolumner"]):
            sida = "right" if nr in höger else "left"
            self.blad.write_string(rad, self.första + nr, text, self.a.huvud(align=sida))
        for nr in range(len(rubriker), self.kontroll):
            self.blad.write_blank(rad, nr, None, self.a.huvud())
        self.blad.write_string(rad, self.kontroll, "Lika med Fakta" if har_tal else "", self.a.huvud(indent=1))
        self.blad.write_string(rad, self.spår, "Spår", self.a.huvud())
        self.a.radhöjd(self.blad, rad, zip(rubriker, self.bredder, strict=False), fet=True)

    def _rutor(self, tabell: dict[str, Any], model: Tabell | None, första: int) -> dict[int, list[Ruta]]:
        """The cells with figures of each column."""
        rutor: dict[int, list[Ruta]] = defaultdict(list)
        for nr, post in enumerate(tabell["rader"]):
            for kol, (nyckel, värde) in enumerate(zip(post["fakta"], post["varden"], strict=True)):
                if nyckel is not None and värde is not None:
                    fakta = self.a.bok.fakta[nyckel]
                    tecken = model.rader[nr].celler[kol].tecken if model else _tecken(fakta, värde)
                    rutor[kol].append(Ruta(första + nr, fakta, tecken, bool(post["summa"])))
        return rutor

    def _write_not(self, rad: int, nummer: int | None, stil: dict[str, Any]) -> None:
        if nummer and (mål := f"Not {nummer}") in self.notblad:
            self.blad.write_url(rad, 1, internt(mål, "A1"), self.a.länk(**stil), str(nummer), f"Till not {nummer}")
        else:
            self.blad.write_string(rad, 1, str(nummer or ""), self.a.format(**stil))

    def _write_celler(
        self,
        tabell: dict[str, Any],
        post: dict[str, Any],
        rad: int,
        rutor: dict[int, list[Ruta]],
        stil: dict[str, Any],
        model: Tabell | None,
    ) -> None:
        """The figures and words of a row, whether they are their facts, and where those stand."""
        skillnader, enheter = [], set()
        for nr in range(len(tabell["kolumner"])):
            kol = self.första + nr
            egen = stil | ({"bg_color": self.a.färger.ton} if self._är_årets(tabell, nr, model) else {})
            ruta = next((ruta for ruta in rutor[nr] if ruta.rad == rad), None)
            if ruta is None:
                text = post["visat"][nr] if post["visat"] else ""
                höger = {"align": "right"} if _är_tal(tabell, nr, model) else {}
                self.blad.write_string(rad, kol, text, self.a.format(text_wrap=True, **höger, **egen))
                continue
            self._write_tal(tabell, ruta, kol, rutor[nr], post, post["varden"][nr], egen)
            skillnader.append(self._skillnad(tabell, ruta, kol))
            enheter.add("liten" if tabell["enhet"] == "tkr" or ruta.fakta.enhet == "andel" else "")
            self.a.visad.setdefault(ruta.fakta.nyckel, internt(self.namn, f"{xl_col_to_name(kol)}{rad + 1}"))
        grön = self.a.format(bold=True, indent=1, font_color=self.a.färger.stämmer)
        if skillnader:
            formel = lika("+".join(skillnader), "0.000005" if "liten" in enheter else "0.005")
            self.blad.write_formula(rad, self.kontroll, formel, grön, "OK")
        if spår := next((nyckel for nyckel in post["fakta"] if nyckel in self.a.faktarad), None):
            nr = self.a.faktarad[spår] + 1
            self.blad.write_url(rad, self.spår, internt("Fakta", f"A{nr}"), self.a.länk(), f"Fakta {nr}", spår[:200])
        celler = [(post["etikett"], ETIKETT - 2.0 * stil.get("indent", 0))]
        celler += [(text, self.bredder[self.första + nr]) for nr, text in enumerate(post["visat"])]
        self.a.radhöjd(self.blad, rad, celler, fet="bold" in stil)

    def _write_tal(
        self,
        tabell: dict[str, Any],
        ruta: Ruta,
        kol: int,
        kolumnens: list[Ruta],
        post: dict[str, Any],
        värde: float,
        stil: dict[str, Any],
    ) -> None:
        formel = None
        if post["summa"]:
            formel = summaformel(ruta, xl_col_to_name(kol), kolumnens, self.a.bok.fakta)
        if formel is None:
            formel = f"={self._visat(tabell, ruta)}"
        tal = värde / 100 if ruta.fakta.enhet == "andel" else värde
        self.blad.write_formula(ruta.rad, kol, formel, self.a.format(num_format=self._talformat(ruta), **stil), tal)

    def _visat(self, tabell: dict[str, Any], ruta: Ruta) -> str:
        """A fact with its sign and in the unit that it is shown in."""
        delat = "/1000" if tabell["enhet"] == "tkr" and ruta.fakta.enhet == "kr" else ""
        return f"{'-' if ruta.tecken < 0 else ''}{self.a.ref(ruta.fakta.nyckel)}{delat}"

    def _skillnad(self, tabell: dict[str, Any], ruta: Ruta, kol: int) -> str:
        visat = self._visat(tabell, ruta)
        plus = f"+{visat[1:]}" if visat.startswith("-") else f"-{visat}"
        return f"ABS({xl_col_to_name(kol)}{ruta.rad + 1}{plus})"

    def _talformat(self, ruta: Ruta) -> str:
        noll = self.a.bok.år.förbund.visning.noll.replace('"', "")
        if ruta.fakta.enhet == "andel":
            return "0.0 %"
        helt = ruta.fakta.enhet == "kr" or ruta.fakta.värde == (ruta.fakta.värde or Decimal(0)).to_integral_value()
        tal = "#,##0" if helt else "#,##0.0##"
        return f'{tal};"−"{tal};"{noll}"'

    def _är_årets(self, tabell: dict[str, Any], nr: int, model: Tabell | None) -> bool:
        """Whether a column has this year's figures, beside another year's."""
        år = str(self.a.bok.år.årtal)
        perioder = [k.period for k in model.kolumner] if model and any(k.period for k in model.kolumner) else None
        åren = perioder or tabell["kolumner"]
        return åren[nr] == år and åren.count(år) == 1 and len(åren) > 1

    def _write_fotnot(self, text: str, rad: int) -> int:
        """Words under a table, over its whole width."""
        stil, sista = self.a.format(text_wrap=True, font_color=self.a.färger.dämpad), self.kontroll - 1
        if sista:
            self.blad.merge_range(rad, 0, rad, sista, "", stil)
        self.blad.write_string(rad, 0, text, stil)
        self.blad.set_row(rad, höjd(rader(text, sum(self.bredder[: sista + 1]))))
        return rad


def _modellens(model: Tabell | None, tabell: dict[str, Any]) -> Tabell | None:
    """The table of the model, when it is the one that was shown."""
    if model is None or [rad.id for rad in model.rader] != [post["id"] for post in tabell["rader"]]:
        return None
    nycklar = [[cell.fakta or None for cell in rad.celler] for rad in model.rader]
    return model if nycklar == [post["fakta"] for post in tabell["rader"]] else None


def _tecken(fakta: Fakta, värde: float) -> int:
    """The sign that a fact is shown with, of what is shown."""
    return -1 if fakta.värde and (Decimal(str(värde)) > 0) != (fakta.värde > 0) else 1


def _har_tal(tabell: dict[str, Any], nr: int) -> bool:
    """Whether a column has figures."""
    return any(post["varden"] and post["varden"][nr] is not None for post in tabell["rader"])


def _är_tal(tabell: dict[str, Any], nr: int, model: Tabell | None) -> bool:
    """Whether a column is one of figures, which are set to the right."""
    return model.kolumner[nr].tal if model else _har_tal(tabell, nr)


def _stil(slag: str, *, sist: bool) -> dict[str, Any]:
    """How a row looks: a total has a line over it, the last of a table two under it."""
    if slag in ("summa", "delsumma"):
        return {"bold": True, "top": 1, **({"bottom": 6} if sist else {})}
    return {"bold": True} if slag == "rubrik" else {}
