"""Write a ledger as a SIE 5 file, by the public schema (sie5.xsd); shares no code with the reader."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby

from finsam.model.bokforing import Bokföring, Bokföringsår, Objekt, Verifikation

NAMNRYMD = "http://www.sie.se/sie5"
SIGNATUR = "http://www.w3.org/2000/09/xmldsig#"
TYPER = {"1": "asset", "2": "liability", "3": "income"}


def write_sie5(
    bokföring: Bokföring, *, prefix: str = "", bom: bool = False, månader: bool = False, historik: bool = False
) -> bytes:
    """The file. `månader` adds the balance at the end of every month; `historik` a struck row after each row.

    A SIE 5 file cannot carry the checksum, the prosa or the type of the kontoplan.
    """
    rot = ET.Element("Sie")
    _filinfo(rot, bokföring)
    _konton(ET.SubElement(rot, "Accounts"), bokföring, månader)
    _dimensioner(ET.SubElement(rot, "Dimensions"), bokföring)
    _reskontra(rot)
    for serie, verifikationer in groupby(bokföring.verifikationer, lambda ver: ver.serie):
        journal = ET.SubElement(rot, "Journal", id=serie, name=f"Serie {serie}")
        for ver in verifikationer:
            _verifikation(journal, ver, historik)
    handlingar = ET.SubElement(rot, "Documents")
    ET.SubElement(handlingar, "FileReference", id="1", URI="C:\\bok\\1.pdf")
    ET.SubElement(handlingar, "EmbeddedFile", id="2", fileName="2.xml").text = "PD94bWwgdmVyc2lvbj0iMS4wIj8+"
    ET.SubElement(rot, "Signature", xmlns=SIGNATUR)
    for element in rot.iter() if prefix else ():
        element.tag = f"{prefix}:{element.tag}"
    rot.set(f"xmlns:{prefix}" if prefix else "xmlns", NAMNRYMD)
    ET.indent(rot)
    return b"\xef\xbb\xbf" * bom + ET.tostring(rot, encoding="utf-8", xml_declaration=True)


def _filinfo(rot: ET.Element, bok: Bokföring) -> None:
    info = ET.SubElement(rot, "FileInfo")
    namn, _, version = bok.program.rpartition(" ")
    delbart = namn and version
    ET.SubElement(info, "SoftwareProduct", name=namn if delbart else bok.program, version=version if delbart else "")
    ET.SubElement(info, "FileCreation", time="2025-01-31T12:00:00Z", by="ekonom")
    ET.SubElement(info, "Company", organizationId=bok.orgnr, name=bok.namn, clientId="1")
    åren = ET.SubElement(info, "FiscalYears")
    for nr, år in sorted(bok.år.items()):
        post = ET.SubElement(åren, "FiscalYear", start=_månad(år.start), end=_månad(år.slut))
        if nr == 0:
            post.set("primary", "true")
            if bok.omfattar_till:
                post.set("lastCoveredDate", bok.omfattar_till.isoformat())
        else:
            post.set("closed", "true")
    ET.SubElement(info, "AccountingCurrency", currency=bok.valuta)


def _konton(konton: ET.Element, bok: Bokföring, månader: bool) -> None:
    for konto in bok.konton.values():
        element = ET.SubElement(konton, "Account", id=konto.nummer, name=konto.namn, unit="st")
        element.set("type", TYPER.get(konto.nummer[0], "cost"))
        for _, år in sorted(bok.år.items()):
            _saldon(element, konto.nummer, år, månader)


def _saldon(element: ET.Element, konto: str, år: Bokföringsår, månader: bool) -> None:
    start, slut = _månad(år.start), _månad(år.slut)
    if konto in år.ib:
        _belopp(element, "OpeningBalance", start, år.ib[konto])
    _per_objekt(element, "OpeningBalance", start, konto, år.objekt_ib)
    if månader and år.perioder:
        saldo = år.ib.get(konto, Decimal(0))
        for månad in _månaderna(år)[:-1]:
            saldo += år.perioder.get((konto, månad.replace("-", "")), Decimal(0))
            _belopp(element, "ClosingBalance", månad, saldo)
    for saldon in (år.ub, år.res):
        if konto in saldon:
            _belopp(element, "ClosingBalance", slut, saldon[konto])
    _per_objekt(element, "ClosingBalance", slut, konto, år.objekt)
    for (nummer, period), budget in år.budget.items():
        if nummer == konto:
            _belopp(element, "Budget", f"{period[:4]}-{period[4:]}", budget)


def _per_objekt(
    element: ET.Element, slag: str, månad: str, konto: str, saldon: Mapping[tuple[str, Objekt], Decimal]
) -> None:
    for (nummer, objekt), belopp in saldon.items():
        if nummer == konto:
            _objekt(_belopp(element, slag, månad, belopp), [objekt])


def _belopp(element: ET.Element, slag: str, månad: str, belopp: Decimal) -> ET.Element:
    saldo = ET.SubElement(element, slag, month=månad, amount=f"{belopp:.2f}", quantity="0")
    ET.SubElement(saldo, "ForeignCurrencyAmount", amount="1", currency="EUR")
    return saldo


def _objekt(element: ET.Element, objekt: Iterable[Objekt]) -> None:
    for dimension, kod in objekt:
        ET.SubElement(element, "ObjectReference", dimId=dimension, objectId=kod)


def _dimensioner(dimensioner: ET.Element, bok: Bokföring) -> None:
    for nr, namn in bok.dimensioner.items():
        dimension = ET.SubElement(dimensioner, "Dimension", id=nr, name=namn)
        for (i, kod), objekt in bok.objekt.items():
            if i == nr:
                ET.SubElement(dimension, "Object", id=kod, name=objekt)


def _reskontra(rot: ET.Element) -> None:
    """A sub-ledger, whose balances are not the accounts'."""
    reskontra = ET.SubElement(rot, "SupplierInvoices", primaryAccountId="2441", name="Leverantörer")
    faktura = ET.SubElement(reskontra, "SupplierInvoice", id="1", supplierId="7", invoiceNumber="1")
    saldon = ET.SubElement(faktura, "Balances", accountId="2441")
    ET.SubElement(saldon, "ClosingBalance", month="2024-12", amount="489")
    ET.SubElement(faktura, "OriginalAmount", date="2024-01-05", amount="489")


def _verifikation(journal: ET.Element, ver: Verifikation, historik: bool) -> None:
    dag = ver.datum.isoformat() if ver.datum else ""
    post = ET.SubElement(journal, "JournalEntry", id=ver.nummer, journalDate=dag, text=ver.text)
    ET.SubElement(post, "EntryInfo", date=dag, by="ekonom")
    for rad in ver.rader:
        for struken in (False, True) if historik else (False,):
            element = ET.SubElement(post, "LedgerEntry", accountId=rad.konto, amount=f"{rad.belopp:.2f}", text=rad.text)
            if rad.datum and rad.datum != ver.datum:
                element.set("ledgerDate", rad.datum.isoformat())
            _objekt(element, rad.objekt)
            if struken:
                ET.SubElement(element, "Overstrike", date=dag, by="ekonom")
    ET.SubElement(post, "LockingInfo", date=dag, by="ekonom")


def _månad(dag: date) -> str:
    return f"{dag:%Y-%m}"


def _månaderna(år: Bokföringsår) -> list[str]:
    """Every month of a year."""
    svar, dag = [], år.start
    while dag <= år.slut:
        svar.append(_månad(dag))
        dag = date.fromordinal(dag.replace(day=monthrange(dag.year, dag.month)[1]).toordinal() + 1)
    return svar
