"""The sheets Kontroller, where what was held against each other is so again, and Anmärkningar, what the checks said."""

from __future__ import annotations

from decimal import Decimal
from itertools import count, groupby

from finsam.checks.finding import Jämförelse
from finsam.checks.kontrollera import GRUPPER, antal_av, jämförelser
from finsam.report.kalkyl.arbetsbok import FÖRSTA, Arbetsbok, lika

KONTROLLER, ANMÄRKNINGAR = (8, 70, 16, 16, 16, 16), (8, 14, 70, 30, 16)
VARFÖR = 60
"""The width of a last column, with why a difference is accepted; it is there when one is."""
_KR = '#,##0;"−"#,##0;"–"'
GODTAGET = "GODTAGET"
TOLERANS = "0.005"
"""Less than an öre: the sheets hold the exact amounts, and the program makes no allowance either. What parts two sides
is rounded well below that, for the last bits of a spreadsheet's numbers are noise."""


def write_kontroller(a: Arbetsbok) -> None:
    """Each reconciliation: two figures, made of facts, what parts them, and whether it is nil. F1 counts those that
    are not, but for a difference that is accepted, which is so with that amount alone.
    """
    alla = jämförelser(a.bok.redovisning)
    godtagna = [_godtaget(a, kod, ett) for kod, ett in alla]
    varför = ("Varför det godtas",) * any(godtagna)
    bredder = (*KONTROLLER, *(VARFÖR for _ in varför))
    blad = a.blad("Kontroller", "Kontroller", bredder, tal=3)
    a.rubriker(blad, ("Kod", "Kontroll", "Tal 1", "Tal 2", "Skillnad", "Utfall", *varför), tal=(2, 3, 4))
    tal, ord_ = a.format(num_format=_KR), a.format(text_wrap=True)
    grön = a.format(bold=True, indent=1, font_color=a.färger.stämmer)
    antal_fel = 0
    for rad, ((kod, jämförelse), godtaget) in enumerate(zip(alla, godtagna, strict=True), FÖRSTA):
        blad.write_string(rad, 0, kod, a.format())
        blad.write_string(rad, 1, jämförelse.text, ord_)
        ena, andra = (_led(a, led) for led in (jämförelse.ena, jämförelse.andra))
        for kol, (formel, värde) in enumerate((ena, andra), 2):
            blad.write_formula(rad, kol, formel, tal, float(värde))
        skillnad = ena[1] - andra[1]
        blad.write_formula(rad, 4, f"=ROUND(C{rad + 1}-D{rad + 1},4)", tal, float(round(skillnad, 4)))
        stämmer = abs(skillnad) < Decimal(TOLERANS)
        antal_fel += not (stämmer or godtaget)
        formel = lika(f"ABS(E{rad + 1})", TOLERANS)
        if godtaget:
            som_förut = f"ABS(E{rad + 1}-({round(skillnad, 4)}))"
            formel = formel.replace('"FEL"', lika(som_förut, TOLERANS)[1:].replace("OK", GODTAGET))
            blad.write_string(rad, 6, godtaget, ord_)
        blad.write_formula(rad, 5, formel, grön, "OK" if stämmer else GODTAGET if godtaget else "FEL")
        a.radhöjd(blad, rad, [(jämförelse.text, KONTROLLER[1]), (godtaget, VARFÖR)])
    sista = max(FÖRSTA, FÖRSTA + len(alla) - 1)
    if not alla:
        blad.write_string(FÖRSTA, 1, "Inga fakta att hålla mot varandra i årets underlag.", ord_)
    a.utfall(blad, (FÖRSTA, sista), 5)
    blad.write_string(0, 4, "Alla:", a.format(align="right", bold=True))
    räknat = a.format(bold=True, align="left", indent=1, num_format='[=0]"OK";0" FEL"', font_color=a.färger.stämmer)
    blad.write_formula(0, 5, f'=COUNTIF(F{FÖRSTA + 1}:F{sista + 1},"FEL")', räknat, antal_fel)
    fel = a.wb.add_format({"bold": True, "font_color": a.färger.hindrar, "bg_color": "#FBE9E7"})
    blad.conditional_format(0, 5, 0, 5, {"type": "cell", "criteria": ">", "value": 0, "format": fel})
    if antal_fel or a.bok.utkast:
        blad.set_tab_color(a.färger.hindrar)


def _godtaget(a: Arbetsbok, kod: str, jämförelse: Jämförelse) -> str:
    """What is said of a difference that hinders nothing: it is within the rounding, or somebody has answered for it."""
    (_, ena), (_, andra) = _led(a, jämförelse.ena), _led(a, jämförelse.andra)
    if abs(ena - andra) < Decimal(TOLERANS):
        return ""
    nycklar = {nyckel.removeprefix("-") for nyckel in (*jämförelse.ena, *jämförelse.andra)}
    sagt = (f for f in a.bok.findings if f.kod == kod and f.nivå == "upplysning" and nycklar <= {*f.fakta})
    return next((f.klartext for f in sagt), "")


def _led(a: Arbetsbok, led: tuple[str, ...]) -> tuple[str, Decimal]:
    """One side as a formula of names, and what it comes to; facts without a figure are left out."""
    formel, summa = "", Decimal(0)
    for nyckel in led:
        tecken, egen = ("-", nyckel[1:]) if nyckel.startswith("-") else ("+", nyckel)
        f = a.bok.fakta.get(egen)
        if f is not None and f.värde is not None:
            formel += f"{tecken}{a.ref(egen)}"
            summa += -f.värde if tecken == "-" else f.värde
    return f"={formel.removeprefix('+') or 0}", summa


def write_anmärkningar(a: Arbetsbok) -> None:
    """What the checks found, by how grave it is."""
    blad = a.blad("Anmärkningar", "Vad kontrollerna fann", ANMÄRKNINGAR)
    a.rubriker(blad, ("Kod", "Nivå", "Utfall", "Grund", "Differens"), tal=(4,))
    bruten = a.format(text_wrap=True)
    rader = count(FÖRSTA)
    for nivå, grupp in groupby(a.bok.findings, lambda f: f.nivå):
        funna = list(grupp)
        rubrik = f"{GRUPPER[nivå]}: {antal_av(nivå, len(funna))}"
        blad.write_string(next(rader), 0, rubrik, a.format(bold=True, font_color=a.färger.profil))
        for f, rad in zip(funna, rader, strict=False):
            texter = (f.kod, f.nivå, f.klartext, f.grund)
            for nr, text in enumerate(texter):
                blad.write_string(rad, nr, text, bruten)
            blad.write_number(rad, 4, float(f.differens), a.format(num_format=_KR))
            a.radhöjd(blad, rad, zip(texter, ANMÄRKNINGAR, strict=False))
