"""Checks against what has been sealed: this year's inputs, and last year's figures."""

from __future__ import annotations

from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr, svenskt_tal
from finsam.model.bokforing import avvikelser, är_omföring
from finsam.model.plomb import Fastställt
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning, tabeller

RÄTTELSE = "not_rattelse"
_HALVT_ÖRE = Decimal("0.005")
_RÄKNINGAR = ("resultatrakning", "balansrakning", "kassaflodesanalys")


@kontroll(
    "C26",
    "Underlaget till ett plomberat år är oförändrat sedan det plomberades.",
    saknas="året är inte plomberat",
)
def check_plomb(r: Redovisning) -> Kontroll:
    """What a sealed year was made of has not been changed since."""
    läge = r.år.plomb
    if läge is None:
        return
    yield Prövat(1 + bool(läge.händelse))
    if läge.brott:
        text = f"Plomben är inte hel: {läge.brott}. Återställ {läge.fil} ur en säkerhetskopia."
        yield Finding("fel", text, läge.fil)
    delar = (("ändrade", läge.ändrade), ("saknas", läge.saknade), ("nya", läge.nya))
    if läge.händelse and (funna := "; ".join(f"{ord_}: {', '.join(filer)}" for ord_, filer in delar if filer)):
        h = läge.händelse
        text = (
            f"Underlaget plomberades {h.datum.isoformat()} av {h.namn} men är inte detsamma nu ({funna}). Återställ "
            "filerna, eller öppna plomben med skäl: finsam plombera --oppna."
        )
        yield Finding("fel", text, läge.fil)


def kan_jämföras(r: Redovisning) -> Fastställt | None:
    """What the year before was sealed with, when that can be compared with."""
    f = r.år.fastställt
    return f if f and not f.brott and not f.öppnad else None


def _nivå(r: Redovisning) -> tuple[Kontrollnivå, str]:
    """A difference that a note explains is told, not refused."""
    if RÄTTELSE in r.år.texter:
        return "upplysning", f" Se noten om rättelse (text/{RÄTTELSE}.md)."
    return "fel", f" Rätta, eller förklara i text/{RÄTTELSE}.md vad som har rättats och varför."


def check_plomberad_ingående_balans(r: Redovisning) -> Kontroll:
    """Opening balances are the sealed closing balances of the year before, konto by konto."""
    f = kan_jämföras(r)
    if f is None or f.bokslut is None or 0 not in r.år.bokföring.år:
        return
    skilda = avvikelser(r.år.bokföring.år[0], f.bokslut)
    yield Prövat(len({*r.år.bokföring.år[0].ib, *f.bokslut.ub}))
    if är_omföring(skilda, f.bokslut):
        return
    nivå, slut = _nivå(r)
    for konto, differens in skilda.items():
        text = (
            f"Ingående balans på konto {konto} avviker med {svenskt_tal(differens, 2)} kr från den utgående balans "
            f"{f.period} som plomberades {f.datum} av {f.namn}.{slut}"
        )
        yield Finding(nivå, text, f.fil, differens)


@kontroll(
    "C38",
    "Jämförelsetalen är de som fastställdes.",
    lag="RKR R12",
    saknas="året före är inte plomberat",
    i=(ÅRSREDOVISNING,),
)
def check_jämförelsetal(r: Redovisning) -> Kontroll:
    """Last year's column of the statements and notes is what was sealed."""
    f = r.år.fastställt
    if f is None:
        return
    if f.brott or f.öppnad:
        text = (
            f"Plomben för {f.period} är inte hel: {f.brott}. Återställ {f.fil} ur en säkerhetskopia."
            if f.brott
            else f"Plomben för {f.period} öppnades {f.datum} av {f.namn} ({f.öppnad}), så jämförelsetalen kan inte "
            "prövas. Plombera året igen när det är klart."
        )
        yield Finding("fel" if f.brott else "varning", text, f.fil)
        return
    nivå, slut = _nivå(r)
    for nyckel, var in _jämförelsefakta(r).items():
        if r.fakta[nyckel].okänd:  # the ledger has only totals for that year, as is said of its konton
            continue
        nu, då = r.fakta[nyckel].värde, f.fakta.get(nyckel)
        fastställt = Decimal(då) if då else None
        yield Prövat(int(nyckel in f.fakta))
        if nyckel in f.fakta and not _lika(nu, fastställt):
            text = (
                f"{var}: {f.period} är {_ord(nu)} men fastställdes till {_ord(fastställt)} (plomberat {f.datum} av "
                f"{f.namn}).{slut}"
            )
            yield Finding(nivå, text, nyckel, (nu or NOLL) - (fastställt or NOLL))


def _lika(nu: Decimal | None, då: Decimal | None) -> bool:
    """Whether two amounts are the same to the öre, which is how a fact is sealed."""
    return nu == då if nu is None or då is None else abs(nu - då) <= _HALVT_ÖRE


def _ord(belopp: Decimal | None) -> str:
    return "utan uppgift" if belopp is None else f"{kr(belopp)} kr"


def _jämförelsefakta(r: Redovisning) -> dict[str, str]:
    """The amounts of last year's column in statements and notes, by key, with their table and row in words."""
    ut: dict[str, str] = {}
    for tabell in tabeller(r):
        if tabell.id in _RÄKNINGAR or tabell.id.startswith("not_"):
            for rad in tabell.rader:
                for cell in rad.celler:
                    if cell.fakta.endswith(f"/{r.år.föregående}") and r.fakta[cell.fakta].enhet == "kr":
                        ut.setdefault(cell.fakta, f"{tabell.rubrik}, {rad.etikett}")
    return ut
