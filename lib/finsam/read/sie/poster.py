"""The records of a SIE 1–4 file, collected in any order as what they say of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable

from finsam.model.bokforing import Objekt
from finsam.read.ledger.belopp import (
    belopp_otolkbart,
    belopp_utan_heltal,
    citat,
    parse_dag,
    parse_öre,
)
from finsam.read.ledger.dubbelt import Sagt
from finsam.read.ledger.poster import Periodpost, Poster, Saldoslag
from finsam.read.ledger.problem import Problemsamling
from finsam.read.sie.foljd import Textföljd
from finsam.read.sie.text import BLANKA, Siepost, objektpar, split_post
from finsam.read.sie.verifikationer import Verifikationsläsare

PERIOD = re.compile(r"\d{4}(?:0[1-9]|1[0-2])", re.ASCII)
ÅRSNUMMER = re.compile(r"-?\d{1,3}", re.ASCII)
SALDON: dict[str, Saldoslag] = {"#IB": "ib", "#UB": "ub", "#RES": "res"}
SALDONAMN = {"#IB": "ingående saldo", "#UB": "utgående saldo", "#RES": "saldo"}
PERIODPOSTER = {"#PSALDO": "Periodsaldon", "#PBUDGET": "Periodbudgeten"}
IDENTIFIKATION = ("#PROGRAM", "#FORMAT", "#SIETYP", "#ORGNR", "#OMFATTN", "#KPTYP", "#VALUTA")
FÖRBIGÅS = (
    *("#FLAGGA", "#GEN", "#FTYP", "#FNR", "#BKOD", "#ADRESS", "#TAXAR"),
    *("#KTYP", "#ENHET", "#SRU", "#KSUMMA", "#RTRANS", "#BTRANS"),
)
FLEST_BLOCK = 4096
NAMN_EFTER = {"#FNAMN": 0, "#PROSA": 0, "#KONTO": 1, "#DIM": 1, "#UNDERDIM": 1, "#OBJEKT": 2}


class Postläsare:
    """Reads the lines of a file into `poster` and `verifikationer`.

    `uppgifter` are the identification records, `årstexter` the #RAR records as written; `kända` counts the records
    that are known, `okända` how often there is one of each other label.
    """

    def __init__(self, text: str, problem: Problemsamling) -> None:
        self.problem = problem
        self.poster = Poster()
        self.verifikationer = Textföljd(text)
        self.uppgifter: dict[str, list[str]] = {}
        self.årstexter: dict[int, tuple[str, str, int]] = {}
        self.kända = 0
        self.okända: dict[str, int] = {}
        self._hela = text
        self._verifikation = Verifikationsläsare(problem, self.verifikationer.add)
        self._sagt = Sagt(problem)
        self._sagda: set[str] = set()
        self._metoder: dict[str, Callable[[Siepost, int], None]] = {
            "#VER": self._verifikation.begin,
            "#TRANS": self._verifikation.add,
            "#RAR": self._rar,
            "#KONTO": self._konto,
            "#OBJEKT": self._objekt,
        }
        self._metoder |= dict.fromkeys(FÖRBIGÅS, lambda post, rad: None)
        self._metoder |= dict.fromkeys(IDENTIFIKATION, self._uppgift)
        self._metoder |= dict.fromkeys(("#FNAMN", "#PROSA"), self._text)
        self._metoder |= dict.fromkeys(("#DIM", "#UNDERDIM"), self._dimension)
        self._metoder |= dict.fromkeys(SALDONAMN, self._saldo)
        self._metoder |= dict.fromkeys(("#OIB", "#OUB"), self._objektsaldo)
        self._metoder |= dict.fromkeys(("#PSALDO", "#PBUDGET"), self._period)

    def read(self) -> None:
        """Read every line of the file; verifikationer in the usual form many at a time while none of them is odd."""
        text, plats, rad, högst = self._hela, 0, 1, 1
        while plats < len(text):
            slut = plats if self._verifikation.öppen else self.verifikationer.add_block(plats, högst)
            if slut > plats:
                rad += text.count("\n", plats, slut)
                plats, högst = slut, min(2 * högst, FLEST_BLOCK)
            elif högst > 1:
                högst = 1
            else:
                slut = text.find("\n", plats)
                slut = len(text) if slut < 0 else slut
                self._verifikation.plats = plats
                self._rad(text[plats:slut].strip(BLANKA), rad)
                plats, rad = slut + 1, rad + 1
        self._verifikation.end_of_file()
        self._place_uppgifter()

    def uppgift(self, etikett: str) -> str:
        """The first field of an identification record, empty when it is missing."""
        return next(iter(self.uppgifter.get(etikett, ())), "")

    def _place_uppgifter(self) -> None:
        """Put what the identification records say of the ledger in `poster`."""
        omfattning = self.uppgift("#OMFATTN")
        self.poster.orgnr = self.uppgift("#ORGNR")
        self.poster.program = " ".join(self.uppgifter.get("#PROGRAM", ()))
        self.poster.valuta = self.uppgift("#VALUTA")
        self.poster.kontoplanstyp = self.uppgift("#KPTYP")
        self.poster.omfattar_till = parse_dag(omfattning)

    def _rad(self, text: str, rad: int) -> None:
        if text.startswith("#"):
            self._post(text, rad)
        elif text == "}":
            self._verifikation.end()
        elif text == "{":
            self._verifikation.open_klammer(rad)
        elif text:
            self.problem.varning("Raden är inte en SIE-post och hoppas över.", rad, "rad som inte är en post")

    def _post(self, text: str, rad: int) -> None:
        post = split_post(text)
        metod = self._metoder.get(post.etikett)
        if metod is None:
            self.okända[post.etikett] = self.okända.get(post.etikett, 0) + 1
            return
        self.kända += 1
        if post.trasig and post.etikett in NAMN_EFTER:
            self._lagat_namn(text, post, rad)
        metod(post, rad)

    def _lagat_namn(self, text: str, post: Siepost, rad: int) -> None:
        """Read a name with unescaped quotes inside: it runs from its first quote to the last on the line."""
        före = NAMN_EFTER[post.etikett]
        _etikett, *rest = text.split(None, före + 1)
        if len(rest) <= före or not rest[före].startswith('"'):
            return
        namn = rest[före][1:].rstrip(BLANKA).removesuffix('"').replace('\\"', '"')
        post.fält = [*(del_.strip('"') for del_ in rest[:före]), namn]
        self.problem.varning(
            "Citationstecken inuti text; namnet tolkas till sista citationstecknet.", rad, "citationstecken"
        )

    def _uppgift(self, post: Siepost, rad: int) -> None:
        self.uppgifter[post.etikett] = post.fält

    def _text(self, post: Siepost, rad: int) -> None:
        text = post.fält_eller_tomt(0) if post.citerad else " ".join(post.fält)
        if post.etikett == "#FNAMN":
            self.poster.namn = text
        else:
            self.poster.prosa.append(text)

    def _rar(self, post: Siepost, rad: int) -> None:
        nr = self._årsnummer(post.fält_eller_tomt(0), rad)
        if nr is None:
            return
        start, slut = post.fält_eller_tomt(1), post.fält_eller_tomt(2)
        tidigare = self.årstexter.get(nr)
        if tidigare and tidigare[:2] != (start, slut):
            self.problem.fel(
                f"Räkenskapsår {nr} anges två gånger med olika datum (rad {tidigare[2]} och {rad}). "
                "Exportera ett år i taget.",
                rad,
            )
        self.årstexter[nr] = start, slut, rad

    def _konto(self, post: Siepost, rad: int) -> None:
        nummer, namn = post.fält_eller_tomt(0), post.fält_eller_tomt(1)
        if not nummer:
            self.problem.varning("Kontonummer saknas; raden hoppas över.", rad, "kontonummer saknas")
        elif not (nummer.isascii() and nummer.isdecimal()):
            self.poster.ej_numeriska.setdefault(nummer, rad)
        else:
            if nummer in self.poster.konton:
                self.problem.varning(f"Konto {nummer} är deklarerat två gånger.", rad, "dubbelt konto")
            self.poster.konton[nummer] = namn

    def _dimension(self, post: Siepost, rad: int) -> None:
        nummer, namn, över = (post.fält_eller_tomt(nr) for nr in range(3))
        self.poster.dimensioner[nummer] = namn
        if över and post.etikett == "#UNDERDIM":
            self.poster.överdimensioner[nummer] = över

    def _objekt(self, post: Siepost, rad: int) -> None:
        self.poster.objekt[post.fält_eller_tomt(0), post.fält_eller_tomt(1)] = post.fält_eller_tomt(2)

    def _saldo(self, post: Siepost, rad: int) -> None:
        self.poster.saldoposter += 1
        nr = self._årsnummer(post.fält_eller_tomt(0), rad)
        konto, belopp = post.fält_eller_tomt(1), post.fält_eller_tomt(2)
        if not konto:
            self.problem.fel(f"{post.etikett} saknar kontonummer. Exportera filen på nytt.", rad, "saldo utan konto")
        elif not belopp:
            slag = SALDONAMN[post.etikett]
            self.problem.fel(f"Konto {konto} saknar {slag} (rad {rad}). Exportera filen på nytt.", rad, "saknat saldo")
        elif nr is not None and (öre := self._belopp(belopp, rad)) is not None:
            vad = f"{post.etikett} {nr} för konto {konto}"
            if self._sagt.är_nytt((post.etikett, nr, konto), vad, öre, rad):
                self.poster.saldon[SALDON[post.etikett]].setdefault(nr, {})[konto] = öre

    def _objektsaldo(self, post: Siepost, rad: int) -> None:
        nr = self._årsnummer(post.fält_eller_tomt(0), rad)
        objekt = objektpar(post.objekt or [])
        if not objekt or post.före != 2:
            self.problem.varning(f"{post.etikett} saknar objekt; raden används inte.", rad, "objektsaldo utan objekt")
        elif nr is not None and (öre := self._belopp(post.fält_eller_tomt(2), rad)) is not None:
            if not self._är_nytt(post, nr, post.fält[1], objekt, öre, rad):
                return
            per_år = self.poster.objekt_ib if post.etikett == "#OIB" else self.poster.objekt_ub
            saldon = per_år.setdefault(nr, {})
            for par in objekt:
                nyckel = post.fält[1], par
                saldon[nyckel] = saldon.get(nyckel, 0) + öre

    def _period(self, post: Siepost, rad: int) -> None:
        nr = self._årsnummer(post.fält_eller_tomt(0), rad)
        period = post.fält_eller_tomt(1)
        objekt = None if post.objekt is None else objektpar(post.objekt)
        if objekt is None or post.före != 3:
            self._säg_en_gång(f"{PERIODPOSTER[post.etikett]} saknar objektlista; de används inte.", rad)
        elif not PERIOD.fullmatch(period) and PERIOD.fullmatch(post.fält[2]):
            self._säg_en_gång(f"{PERIODPOSTER[post.etikett]} har period och konto omkastade; de används inte.", rad)
        elif not PERIOD.fullmatch(period):
            self.problem.varning(f"Perioden {citat(period)} är ogiltig; raden används inte.", rad, "ogiltig period")
        elif nr is not None and (öre := self._belopp(post.fält_eller_tomt(3), rad)) is not None:
            if not self._är_nytt(post, nr, post.fält[2], objekt, öre, rad, period):
                return
            poster = self.poster.periodsaldon if post.etikett == "#PSALDO" else self.poster.periodbudget
            poster.append(Periodpost(nr, period, post.fält[2], objekt, öre))

    def _är_nytt(
        self, post: Siepost, nr: int, konto: str, objekt: tuple[Objekt, ...], öre: int, rad: int, period: str = ""
    ) -> bool:
        """Whether the amount of a konto and its objekt is to be counted; those of a month can be added."""
        vilka = " ".join(kod for par in objekt for kod in par)
        vad = f"{' '.join(filter(None, (post.etikett, str(nr), period)))} för konto {konto} {{{vilka}}}"
        nyckel = post.etikett, nr, period, konto, tuple(sorted(objekt))
        return self._sagt.är_nytt(nyckel, vad, öre, rad, summeras=bool(period))

    def _säg_en_gång(self, text: str, rad: int) -> None:
        """Say at the first row what is so of all such rows."""
        if text not in self._sagda:
            self._sagda.add(text)
            self.problem.varning(text, rad)

    def _årsnummer(self, text: str, rad: int) -> int | None:
        if ÅRSNUMMER.fullmatch(text):
            return int(text)
        self.problem.fel(
            f"Årsnumret {citat(text)} på rad {rad} kan inte tolkas. Det ska vara 0, -1 eller -2.", rad, "årsnummer"
        )
        return None

    def _belopp(self, text: str, rad: int) -> int | None:
        öre = parse_öre(text)
        if öre is None:
            self.problem.fel(belopp_otolkbart(text, rad), rad, "belopp")
        elif text.lstrip("-").startswith("."):
            self.problem.varning(belopp_utan_heltal(text, öre), rad, "belopp utan heltal")
        return öre
