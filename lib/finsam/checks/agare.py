"""The ledger is the förbund's own, by its organisation number and its name; last year's file too."""

from __future__ import annotations

import re

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.bokforing import Ägare
from finsam.model.ord import vik
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.read.ledger.uppgifter import visa_orgnr
from finsam.statements.redovisning import Redovisning

_ALLMÄNT = re.compile(
    r"samordnings?\w*|samordn|forbund\w*|finsam|sf|fb|i|for|och|av|ideell|forening"
    r"|(?:saldo|huvud|balans|resultat)\w*|lista|rapport|foretag\w*|bokslut\w*|per|ar"
)
"""Words that any förbund's name may have, or the title of its list, as _ord gives them."""


@kontroll(
    "C45",
    "Bokföringen är förbundets egen.",
    lag="LKBR 3 kap. 1 §",
    saknas="bokföringen och forbund.yml har varken organisationsnummer eller namn gemensamt",
    i=(ÅRSREDOVISNING,),
    före="C44",
)
def check_ägare(r: Redovisning) -> Kontroll:
    """Another organisation number than the förbund's is a fel, another name a varning."""
    b = r.år.bokföring
    for fil, ägare in (("bokforing", Ägare(b.namn, b.orgnr)), ("foregaende", b.föregående)):
        if ägare is not None:
            yield from _check_orgnr(r, fil, ägare.orgnr)
            yield from _check_namn(r, fil, ägare.namn)


def _check_orgnr(r: Redovisning, fil: str, nummer: str) -> Kontroll:
    eget = r.år.förbund.orgnr
    tio = _tio_siffror(nummer)
    if not eget and tio and fil == "bokforing":
        visat = visa_orgnr(f"{tio[:6]}-{tio[6:]}")
        text = f"Organisationsnumret saknas i forbund.yml, men står i filen {fil}: {visat}. Skriv orgnr."
        yield Finding("varning", text, fil)
        return
    if not eget or not tio:
        yield Prövat(0, f"organisationsnumret saknas i {'filen ' + fil if eget else 'forbund.yml'}")
        return
    yield Prövat()
    if tio != _tio_siffror(eget):
        text = (
            f"Filen {fil} är för organisationsnummer {visa_orgnr(f'{tio[:6]}-{tio[6:]}')}, men förbundet har {eget} "
            "(forbund.yml). Lägg förbundets egen bokföring i mappen, eller rätta orgnr."
        )
        yield Finding("fel", text, fil)


def _check_namn(r: Redovisning, fil: str, namn: str) -> Kontroll:
    förbund, dess = r.år.förbund, _ord(namn)
    egna = [ord_ for eget in (förbund.namn, förbund.kortnamn) if (ord_ := _ord(eget))]
    if not dess or not egna:
        yield Prövat(0, f"filen {fil} säger inte vems den är" if not dess else "förbundets namn är bara allmänna ord")
        return
    yield Prövat()
    if not any(_samma(dess, ord_) for ord_ in egna):
        text = f"Filen {fil} är för {namn}, men förbundet heter {förbund.namn} (forbund.yml). Är det rätt bokföring?"
        yield Finding("varning", text, fil)


def _tio_siffror(nummer: str) -> str:
    """The ten digits of an organisation number, whatever stands between or before them; empty when it has not ten.

    >>> _tio_siffror("222000-1818"), _tio_siffror("16222000 1818"), _tio_siffror("okänt")
    ('2220001818', '2220001818', '')
    """
    siffror = re.sub(r"\D", "", nummer)
    siffror = siffror[2:] if len(siffror) == 12 else siffror
    return siffror if len(siffror) == 10 else ""


def _ord(namn: str) -> tuple[str, ...]:
    """The words that tell a name from other förbund's, without case, accents and signs.

    >>> _ord("Samordningsförb. i Norra Örebro län (222000-1818)"), _ord("FINSAM Lekeberg & Örebro")
    (('norra', 'orebro', 'lan'), ('lekeberg', 'orebro'))
    """
    return tuple(ett for ett in re.findall(r"[^\W\d_]+", vik(namn)) if not _ALLMÄNT.fullmatch(ett))


def _samma(ena: tuple[str, ...], andra: tuple[str, ...]) -> bool:
    """Whether one name has the other's words, some cut short, or is the same without blanks.

    >>> _samma(("norra", "ore"), ("norra", "orebro", "lan")), _samma(("sydnarke",), ("exempelbygden",))
    (True, False)
    """
    kort, lång = sorted((ena, andra), key=len)
    return "".join(ena) == "".join(andra) or all(
        any(full.startswith(ord_) or ord_.startswith(full) for full in lång) for ord_ in kort
    )
