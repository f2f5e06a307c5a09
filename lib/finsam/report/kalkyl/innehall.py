"""The first sheet: whether the figures agree, every sheet by its name, and how a figure is followed."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from finsam.checks.finding import Finding
from finsam.checks.kontrollera import antal_per_nivå
from finsam.report.kalkyl.arbetsbok import FÖRSTA, INNEHÅLL, Arbetsbok, internt

BREDDER = (30, 70)
_SÅ_LÄSER_DU = (
    "En summa räknar ihop raderna i sin egen tabell. Övriga tal är fakta, med namn: ställ dig i en cell och läs "
    "formeln.",
    "Kolumnen Lika med Fakta säger OK när raden stämmer med bladet Fakta, annars FEL. Skriv över ett tal och se.",
    "Följ ett tal bakåt: Spår i tabellen leder till bladet Fakta, Källa där till andra fakta eller bladet Saldon, och "
    "kontot till sina verifikationer när bokföringen har dem. Visas i och Ingår i leder tillbaka.",
    "Saldon har bokföringens tecken: debet plus, kredit minus. Tecknet vänds en gång, i bladet Fakta.",
    "Belopp är oavrundade i cellerna, med öre; det som visas är hela kronor eller tusen kronor.",
)


def begin_innehåll(a: Arbetsbok) -> Worksheet:
    """The sheet, which is to be the first, before there is anything to list."""
    return a.blad(INNEHÅLL, f"{a.bok.år.förbund.namn}: {a.bok.titel}", BREDDER)


def write_innehåll(a: Arbetsbok, blad: Worksheet) -> None:
    """Fill it when the other sheets are there."""
    läge, fel = _läge(a), a.bok.utkast
    färg = a.färger.hindrar if fel else a.färger.stämmer
    blad.merge_range(2, 0, 2, 1, "", a.format())
    blad.write_string(2, 0, läge, a.format(bold=True, text_wrap=True, font_color=färg))
    a.radhöjd(blad, 2, [(läge, sum(BREDDER))], fet=True)
    a.rubriker(blad, ("Blad", "Innehåll"))
    rad = FÖRSTA
    for ett in a.bladen[1:]:
        blad.write_url(rad, 0, internt(ett.namn, "A1"), a.länk(), ett.namn)
        blad.write_string(rad, 1, ett.titel, a.format(text_wrap=True))
        a.radhöjd(blad, rad, [(ett.namn, BREDDER[0]), (ett.titel, BREDDER[1])])
        rad += 1
    rad += 1
    rubrik = a.format(bold=True, font_color=a.färger.profil)
    blad.write_string(rad, 0, "Så läser du boken", rubrik)
    for text in _SÅ_LÄSER_DU:
        rad += 1
        stil = a.format(text_wrap=True)
        blad.merge_range(rad, 0, rad, 1, "", stil)
        blad.write_string(rad, 0, text, stil)
        a.radhöjd(blad, rad, [(text, sum(BREDDER))])
    blad.activate()


def _läge(a: Arbetsbok) -> str:
    findings: tuple[Finding, ...] = a.bok.findings
    antal = ", ".join(antal_per_nivå(findings))
    början = "Utkast: en kontroll visar fel" if a.bok.utkast else "Ingen kontroll visar fel"
    return f"{början} ({antal}). Se bladen Kontroller och Anmärkningar."
