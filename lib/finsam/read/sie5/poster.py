"""The elements of a SIE 5 file, collected as they come. Which year a balance belongs to is judged afterwards.

Names and attributes are those of the public schema, http://www.sie.se/sie5.xsd; what it does not have is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from finsam.model.bokforing import Objekt
from finsam.read.indata import OSYNLIGT, kodpunkt
from finsam.read.ledger.belopp import citat
from finsam.read.ledger.dubbelt import Sagt
from finsam.read.ledger.poster import Poster
from finsam.read.ledger.problem import Problemsamling
from finsam.read.sie5.text import objekt_av, parse_månad, read_belopp
from finsam.read.sie5.verifikationer import Journalläsare
from finsam.read.sie5.xml import WEBBSIDA, OläsligXML, Väg, utan_styrtecken

SALDONAMN = {"OpeningBalance": "ingående saldo", "ClosingBalance": "utgående saldo", "Budget": "budget"}
BALANSTYPER = ("asset", "liability", "equity")
RESULTATTYPER = ("cost", "income")

IMPORTFIL = "Filen är en SIE 5-importfil utan saldon. Exportera hela bokföringen som SIE 5, eller SIE typ 4."

# Elements of the schema that hold nothing needed here: sub-ledgers, registers, documents, signatures.
FÖRBIGÅS = frozenset(
    (
        *("Sie", "FileInfo", "FileCreation", "FiscalYears", "Accounts", "Dimensions", "Documents", "Signature"),
        *("CustomerInvoices", "CustomerInvoice", "SupplierInvoices", "SupplierInvoice", "FixedAssets", "FixedAsset"),
        *("GeneralSubdividedAccount", "GeneralObject", "SecondaryAccountRef", "Balances", "OriginalAmount"),
        *("Customers", "Customer", "Suppliers", "Supplier", "AccountAggregations", "AccountAggregation", "Tag"),
        *("AccountRef", "EntryInfo", "OriginalEntryInfo", "LockingInfo", "VoucherReference", "CorrectedBy"),
        *("EmbeddedFile", "FileReference", "ForeignCurrencyAmount", "SubdividedAccountObjectReference"),
        *SALDONAMN,
    )
)


class Årselement(NamedTuple):
    """A FiscalYear: its months as written, and whether it is the year of the file."""

    start: str
    slut: str
    primärt: bool
    omfattar_till: str
    rad: int


class Saldopost(NamedTuple):
    """An OpeningBalance, ClosingBalance or Budget; the konto's total when it has no objekt."""

    slag: str
    konto: str
    månad: str
    objekt: tuple[Objekt, ...]
    öre: int
    rad: int


class Sie5läsare:
    """Reads elements into `poster`, `år`, `saldon` and `journaler`.

    `typer` holds what each konto says it is; `okända` counts the elements that are not known.
    """

    def __init__(self, problem: Problemsamling) -> None:
        self.problem = problem
        self.poster = Poster()
        self.journaler = Journalläsare(problem)
        self.år: list[Årselement] = []
        self.saldon: list[Saldopost] = []
        self.typer: dict[str, str] = {}
        self.okända: dict[str, int] = {}
        self._sagt = Sagt(problem)
        self._konto = ""
        self._dimension = ""
        self._saldo: tuple[str, dict[str, str], int] = ("", {}, 0)
        self._objekt: list[Objekt | None] = []
        info, dimension = ("Sie", "FileInfo"), ("Sie", "Dimensions", "Dimension")
        konto, ver = ("Sie", "Accounts", "Account"), ("Sie", "Journal", "JournalEntry")
        rad, saldon = (*ver, "LedgerEntry"), [(*konto, n) for slag in SALDONAMN for n in (slag, f"{slag}Multidim")]
        self._början: dict[Väg, Callable[[dict[str, str], int], None]] = {
            (*info, "SoftwareProduct"): self._program,
            (*info, "Company"): self._organisation,
            (*info, "AccountingCurrency"): self._valuta,
            (*info, "FiscalYears", "FiscalYear"): self._räkenskapsår,
            konto: self._begin_konto,
            dimension: self._begin_dimension,
            (*dimension, "Object"): self._add_objekt,
            ("Sie", "Journal"): self.journaler.begin_journal,
            ver: self.journaler.begin,
            rad: self.journaler.begin_rad,
            (*rad, "ObjectReference"): self.journaler.add_objekt,
            (*rad, "Overstrike"): self.journaler.strike,
        }
        self._början |= {väg: partial(self._begin_saldo, väg[-1]) for väg in saldon}
        self._början |= {(*väg, "ObjectReference"): self._add_saldots_objekt for väg in saldon}
        self._slut: dict[Väg, Callable[[], None]] = dict.fromkeys(saldon, self._end_saldo)
        self._slut |= {rad: self.journaler.end_rad, ver: self.journaler.end}

    def begin(self, väg: Väg, attribut: dict[str, str], rad: int) -> None:
        """Take an element where it begins."""
        if len(väg) == 1:
            _check_rot(väg[0], rad)
        if metod := self._början.get(väg):
            for namn, värde in attribut.items():
                if not värde.isprintable() and (träff := OSYNLIGT.search(värde.replace("\r", " "))):
                    text = f"{namn} har ett otillåtet styrtecken ({kodpunkt(träff[0])}); det visas som �."
                    self.problem.upplysning(text, rad, "styrtecken")
            metod({namn: utan_styrtecken(värde) for namn, värde in attribut.items()}, rad)
        elif väg[-1] not in FÖRBIGÅS and not any(" " in namn for namn in väg):
            self.okända[väg[-1]] = self.okända.get(väg[-1], 0) + 1

    def end(self, väg: Väg) -> None:
        """Take the end of an element."""
        if metod := self._slut.get(väg):
            metod()

    def _program(self, attribut: dict[str, str], rad: int) -> None:
        self.poster.program = " ".join(attribut[namn] for namn in ("name", "version") if attribut.get(namn))

    def _organisation(self, attribut: dict[str, str], rad: int) -> None:
        self.poster.namn = attribut.get("name", "")
        self.poster.orgnr = attribut.get("organizationId", "").strip()

    def _valuta(self, attribut: dict[str, str], rad: int) -> None:
        self.poster.valuta = attribut.get("currency", "").strip()

    def _räkenskapsår(self, attribut: dict[str, str], rad: int) -> None:
        start, slut, till, primärt = (
            attribut.get(namn, "").strip() for namn in ("start", "end", "lastCoveredDate", "primary")
        )
        self.år.append(Årselement(start, slut, primärt in ("true", "1"), till, rad))

    def _begin_konto(self, attribut: dict[str, str], rad: int) -> None:
        nummer, typ = attribut.get("id", "").strip(), attribut.get("type", "").strip()
        self._konto = nummer
        self.typer[nummer] = typ
        if not nummer:
            self.problem.varning("Kontonummer saknas; kontot hoppas över.", rad, "kontonummer saknas")
        elif not (nummer.isascii() and nummer.isdecimal()):
            self.poster.ej_numeriska.setdefault(nummer, rad)
        else:
            if nummer in self.poster.konton:
                self.problem.varning(f"Konto {nummer} är deklarerat två gånger.", rad, "dubbelt konto")
            self.poster.konton[nummer] = attribut.get("name", "")
            if typ not in (*BALANSTYPER, *RESULTATTYPER):
                fel = f"har den okända typen {citat(typ)}" if typ else "saknar typ"
                self.problem.varning(f"Konto {nummer} {fel}; det förs efter sin kontoklass.", rad, "okänd kontotyp")

    def _begin_dimension(self, attribut: dict[str, str], rad: int) -> None:
        self._dimension = attribut.get("id", "").strip()
        self.poster.dimensioner[self._dimension] = attribut.get("name", "")

    def _add_objekt(self, attribut: dict[str, str], rad: int) -> None:
        self.poster.objekt[self._dimension, attribut.get("id", "")] = attribut.get("name", "")

    def _begin_saldo(self, namn: str, attribut: dict[str, str], rad: int) -> None:
        self._saldo, self._objekt = (namn, attribut, rad), []

    def _add_saldots_objekt(self, attribut: dict[str, str], rad: int) -> None:
        self._objekt.append(objekt_av(attribut))

    def _end_saldo(self) -> None:
        """Take a balance or budget, now that its objekt are known; one that should have them is never a total."""
        namn, attribut, rad = self._saldo
        slag, konto = namn.removesuffix("Multidim"), self._konto
        objekt = tuple(par for par in self._objekt if par is not None)
        if len(objekt) < len(self._objekt) or (slag != namn and not objekt):
            self.problem.varning(f"{namn} saknar objekt; den används inte.", rad, "saldo utan objekt")
            return
        self.poster.saldoposter += slag != "Budget"
        belopp, månad = attribut.get("amount", "").strip(), attribut.get("month", "").strip()
        if not konto:
            self.problem.fel(f"{namn} saknar kontonummer. Exportera filen på nytt.", rad, "saldo utan konto")
        elif not belopp:
            vad = SALDONAMN[slag]
            self.problem.fel(f"Konto {konto} saknar {vad} (rad {rad}). Exportera filen på nytt.", rad, "saknat saldo")
        elif (period := self._period(slag, månad, rad)) and (öre := read_belopp(belopp, rad, self.problem)) is not None:
            self._add_saldo(Saldopost(slag, konto, period, objekt, öre, rad))

    def _add_saldo(self, post: Saldopost) -> None:
        """Keep a balance that is not given twice; budgets add up."""
        nyckel = post.slag, post.konto, post.månad, tuple(sorted(post.objekt))
        vilka = "".join(f" {kod}" for _, kod in post.objekt)
        vad = f"{SALDONAMN[post.slag].capitalize()} för {post.månad[:4]}-{post.månad[4:]} på konto {post.konto}{vilka}"
        if self._sagt.är_nytt(nyckel, vad, post.öre, post.rad, summeras=post.slag == "Budget"):
            self.saldon.append(post)

    def _period(self, slag: str, text: str, rad: int) -> str:
        """The month of a balance; empty when it cannot be read, which is told."""
        period = parse_månad(text)
        if period:
            return period
        if slag != "Budget":
            fel = f"Månaden {citat(text)} på rad {rad} kan inte tolkas. Den ska skrivas som 2024-12."
            self.problem.fel(fel, rad, "månad")
        elif text:
            self.problem.varning(f"Månaden {citat(text)} är ogiltig; budgeten används inte.", rad, "ogiltig månad")
        else:
            self.problem.upplysning("Budget för helt år (utan månad) används inte.", rad, "budget utan månad")
        return ""


def _check_rot(namn: str, rad: int) -> None:
    """The root tells what the file is."""
    rymd, _, lokalt = namn.rpartition(" ")
    if namn == "SieEntry":
        raise OläsligXML(IMPORTFIL, rad)
    if lokalt.lower() == "html":
        raise OläsligXML(WEBBSIDA, rad)
    if namn != "Sie":
        var = f" i namnrymden {citat(utan_styrtecken(rymd))}" if rymd else ""
        text = f"Filen är XML men inte SIE 5: den börjar med {citat(lokalt)}{var}. Exportera SIE 5 eller SIE typ 4."
        raise OläsligXML(text, rad)
