"""Errors to put into a förbund's inputs, one at a time: what people and systems get wrong.

Each function changes a copy of the inputs of one year and says what it did, or returns None where there is nothing of
the kind to change. `SKA` says what must then happen: a check tells ("fångas"), or, where nothing in the inputs can know
better, the figure flows through to every place ("flödar").
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import openpyxl

Utfall = Literal["fångas", "flödar"]


@dataclass(frozen=True)
class Mål:
    """The copy to change: the inputs folder, förbund, year and report."""

    inputs: Path
    förbund: str
    år: int
    rapport: str

    @property
    def årsmapp(self) -> Path:
        return self.inputs / self.förbund / str(self.år)


Injektion = Callable[[Mål, random.Random], str | None]
INJEKTIONER: list[tuple[Utfall, Injektion]] = []


def ska(utfall: Utfall) -> Callable[[Injektion], Injektion]:
    """Put an injection on the list."""

    def lägg(injektion: Injektion) -> Injektion:
        INJEKTIONER.append((utfall, injektion))
        return injektion

    return lägg


# --- the ledger ----------------------------------------------------------------------------------------------------

SALDO = re.compile(r"^(#(?:IB|UB|RES)) (0|-1) (\d+) (-?\d+\.\d\d)\s*$")


def _sie(mål: Mål) -> tuple[Path, list[str]]:
    fil = mål.årsmapp / "bokforing.se"
    return fil, fil.read_bytes().decode("cp437").splitlines() if fil.is_file() else []


def _skriv_sie(fil: Path, rader: list[str]) -> None:
    fil.write_bytes("\r\n".join([*rader, ""]).encode("cp437"))


def _saldorader(rader: list[str], etiketter: tuple[str, ...], år: str = "0") -> list[int]:
    träffar = ((nr, SALDO.match(rad)) for nr, rad in enumerate(rader))
    return [nr for nr, m in träffar if m and m[1] in etiketter and m[2] == år and float(m[4])]


def _ändra_saldo(mål: Mål, slump: random.Random, vad: str, ändra: Callable[[str], str], år: str = "0") -> str | None:
    fil, rader = _sie(mål)
    möjliga = _saldorader(rader, ("#IB", "#UB", "#RES"), år)
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    m = SALDO.match(rader[nr])
    assert m
    nytt = ändra(m[4])
    if nytt == m[4]:
        return None
    rader[nr] = f"{m[1]} {m[2]} {m[3]} {nytt}"
    _skriv_sie(fil, rader)
    return f"{vad}: {m[0].strip()} blev {nytt}"


def kasta_om(tal: str, slump: random.Random) -> str:
    """A number with two neighbouring digits that differ changed about."""
    platser = [i for i in range(len(tal) - 1) if tal[i].isdigit() and tal[i + 1].isdigit() and tal[i] != tal[i + 1]]
    if not platser:
        return tal
    i = slump.choice(platser)
    return tal[:i] + tal[i + 1] + tal[i] + tal[i + 2 :]


@ska("fångas")
def saldo_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "fel tecken", lambda tal: tal[1:] if tal.startswith("-") else f"-{tal}")


@ska("fångas")
def saldo_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "omkastade siffror", lambda tal: kasta_om(tal, slump))


@ska("fångas")
def saldo_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "hundra gånger för stort", lambda tal: tal.replace(".", "") + ".00")


@ska("fångas")
def föregående_saldo_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_saldo(mål, slump, "omkastade siffror, föregående år", lambda tal: kasta_om(tal, slump), "-1")


@ska("fångas")
def konto_utelämnat(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _sie(mål)
    möjliga = _saldorader(rader, ("#UB", "#RES"))
    if not möjliga:
        return None
    konto = SALDO.match(rader[slump.choice(möjliga)])[3]  # type: ignore[index]
    _skriv_sie(fil, [rad for rad in rader if not re.match(rf"#(IB|UB|RES) -?\d+ {konto} ", rad)])
    return f"konto {konto} utelämnat"


@ska("fångas")
def saldorad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _sie(mål)
    möjliga = _saldorader(rader, ("#UB", "#RES"))
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    _skriv_sie(fil, [*rader[: nr + 1], rader[nr], *rader[nr + 1 :]])
    return f"rad dubbel: {rader[nr].strip()}"


@ska("fångas")
def jämförelseår_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _sie(mål)
    if not _saldorader(rader, ("#RES",), "-1"):
        return None
    byt = {"0": "-1", "-1": "0"}
    etikett = slump.choice(("RES", "UB"))
    mönster = re.compile(rf"^#{etikett} (0|-1) ")
    _skriv_sie(fil, [mönster.sub(lambda m: f"#{etikett} {byt[m[1]]} ", rad) for rad in rader])
    return f"jämförelseår ombytta i #{etikett}"


@ska("fångas")
def verifikationsrad_ändrad(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _sie(mål)
    möjliga = [nr for nr, rad in enumerate(rader) if re.match(r"#TRANS \d+ .*? -?\d+\.\d\d ", rad)]
    if not möjliga:
        return None
    nr = slump.choice(möjliga)
    före = rader[nr]
    rader[nr] = re.sub(r"(-?\d+\.\d\d) ", lambda m: f"{kasta_om(m[1], slump)} ", före, count=1)
    if rader[nr] == före:
        return None
    _skriv_sie(fil, rader)
    return f"verifikationsrad ändrad: {före} blev {rader[nr]}"


@ska("fångas")
def fel_räkenskapsår(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _sie(mål)
    if not rader:
        return None
    _skriv_sie(fil, [rad.replace(str(mål.år), str(mål.år - 1)) if rad.startswith("#RAR 0") else rad for rad in rader])
    return "räkenskapsåret är föregående års"


# --- the kontoplan -------------------------------------------------------------------------------------------------


def _kontoplan(mål: Mål) -> tuple[Path, list[list[str]]]:
    fil = mål.årsmapp / "kontoplan.csv"
    fil = fil if fil.is_file() else mål.inputs / mål.förbund / "kontoplan.csv"
    if mål.rapport != "arsredovisning" or not fil.is_file():
        return fil, []
    return fil, list(csv.reader(io.StringIO(fil.read_text("utf-8-sig")), delimiter=";"))


def _skriv_kontoplan(fil: Path, rader: list[list[str]]) -> None:
    ut = io.StringIO()
    csv.writer(ut, delimiter=";", lineterminator="\n").writerows(rader)
    fil.write_text(ut.getvalue(), "utf-8")


def _använda(mål: Mål, rader: list[list[str]]) -> list[int]:
    """The lines of the kontoplan that some konto with a balance uses."""
    _, sie = _sie(mål)
    konton = {SALDO.match(sie[nr])[3] for nr in _saldorader(sie, ("#UB", "#RES"))}  # type: ignore[index]
    return [
        nr
        for nr, rad in enumerate(rader)
        if nr and any(k.startswith(rad[0]) for k in konton) and rad[2] not in ("rr.bokslut", "br.eget_kapital")
    ]


@ska("fångas")
def kontoplansrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    möjliga = _använda(mål, rader)
    if not möjliga:
        return None
    rad = rader.pop(slump.choice(möjliga))
    _skriv_kontoplan(fil, rader)
    return f"kontoplanens rad {';'.join(rad)} saknas"


@ska("fångas")
def kontoplansrad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    möjliga = [nr for nr in _använda(mål, rader) if rader[nr][3]]
    if not möjliga:
        return None
    rad = list(rader[slump.choice(möjliga)])
    konto = rad[0]
    rad[0] = konto[:-1] if len(konto) == 4 else konto
    _skriv_kontoplan(fil, [*rader, rad])
    return f"kontoplanen har också {';'.join(rad)}"


@ska("fångas")
def konto_på_fel_sida(mål: Mål, slump: random.Random) -> str | None:
    fil, rader = _kontoplan(mål)
    byt = {
        "rr.verksamhetens_kostnader": "rr.verksamhetens_intakter",
        "rr.verksamhetens_intakter": "rr.finansiella_kostnader",
        "rr.finansiella_intakter": "rr.finansiella_kostnader",
        "br.fordringar": "br.kortfristiga_skulder",
        "br.kortfristiga_skulder": "br.fordringar",
        "br.kassa_bank": "br.langfristiga_skulder",
    }
    möjliga = [nr for nr in _använda(mål, rader) if rader[nr][2] in byt]
    if not möjliga:
        return None
    rad = rader[slump.choice(möjliga)]
    före = ";".join(rad)
    konto, post = rad[0], rad[2]
    for ett in rader:
        if ett[0] == konto and ett[2] == post:
            ett[2:5] = [byt[post], "", ""]
    _skriv_kontoplan(fil, rader)
    return f"{före} har fått posten {byt[post]}"


@ska("flödar")
def konto_på_annan_notrad(mål: Mål, slump: random.Random) -> str | None:
    """Which row of a note a konto belongs to is the förbund's to say; the note must still add up."""
    fil, rader = _kontoplan(mål)
    möjliga = [nr for nr in _använda(mål, rader) if rader[nr][3].startswith("kostnader.") and not rader[nr][1]]
    notrader = sorted({rad[3] for rad in rader[1:] if rad[3].startswith("kostnader.")})
    if not möjliga or len(notrader) < 2:
        return None
    rad = rader[slump.choice(möjliga)]
    före = rad[3]
    rad[3] = slump.choice([notrad for notrad in notrader if notrad != före])
    _skriv_kontoplan(fil, rader)
    return f"konto {rad[0]} flyttat från {före} till {rad[3]}"


# --- the workbook --------------------------------------------------------------------------------------------------


def _rader(mål: Mål, blad: str) -> tuple[Path, openpyxl.Workbook, list[dict[str, openpyxl.cell.Cell]]]:
    """The rows of a sheet that are read, by heading."""
    fil = mål.årsmapp / "underlag.xlsx"
    bok = openpyxl.load_workbook(fil)
    if blad not in bok.sheetnames:
        return fil, bok, []
    rubriker = {cell.value: cell.column for cell in bok[blad][3] if cell.value}
    rader = []
    for rad in bok[blad].iter_rows(min_row=4):
        if rad[0].value is not None and not str(rad[0].value).startswith("#"):
            rader.append({str(namn): rad[kolumn - 1] for namn, kolumn in rubriker.items()})
    return fil, bok, rader


def _ändra_cell(
    mål: Mål,
    slump: random.Random,
    blad: str,
    kolumn: str,
    ändra: Callable[[object], object],
    bara: Callable[[dict[str, openpyxl.cell.Cell]], bool] = lambda rad: True,
) -> str | None:
    fil, bok, rader = _rader(mål, blad)
    möjliga = [rad for rad in rader if kolumn in rad and rad[kolumn].value not in (None, "", 0) and bara(rad)]
    if not möjliga:
        return None
    cell = slump.choice(möjliga)[kolumn]
    före, cell.value = cell.value, ändra(cell.value)
    if cell.value == före:
        return None
    bok.save(fil)
    return f"{blad}!{cell.coordinate} {kolumn}: {före} blev {cell.value}"


def _omkastat(slump: random.Random) -> Callable[[object], object]:
    def kasta(värde: object) -> object:
        text = kasta_om(str(värde), slump)
        return float(text) if isinstance(värde, float) else int(text) if isinstance(värde, int) else text

    return kasta


def _årets(mål: Mål) -> Callable[[dict[str, openpyxl.cell.Cell]], bool]:
    return lambda rad: rad["År"].value == mål.år


@ska("flödar")
def budget_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_cell(mål, slump, "Budget", "Belopp", _omkastat(slump), _årets(mål))


@ska("fångas")
def budget_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_cell(mål, slump, "Budget", "Belopp", lambda tal: -tal, _årets(mål))  # type: ignore[operator]


@ska("fångas")
def budget_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    byt = {"kr": "tkr", "tkr": "kr"}
    return _ändra_cell(mål, slump, "Budget", "Enhet", lambda enhet: byt[str(enhet)], _årets(mål))


@ska("fångas")
def budget_fel_år(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_cell(mål, slump, "Budget", "År", lambda år: år - 1, _årets(mål))  # type: ignore[operator]


@ska("fångas")
def medlemsbidrag_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_cell(mål, slump, "Medlemsbidrag", "Belopp", _omkastat(slump), _årets(mål))


@ska("fångas")
def kommuners_bidrag_ombytta(mål: Mål, slump: random.Random) -> str | None:
    fil, bok, rader = _rader(mål, "Medlemsbidrag")
    kommuner = [rad for rad in rader if rad["År"].value == mål.år][2:]
    if len({rad["Belopp"].value for rad in kommuner}) < 2:
        return None
    ena, andra = slump.sample(kommuner, 2)
    if ena["Belopp"].value == andra["Belopp"].value:
        return None
    ena["Belopp"].value, andra["Belopp"].value = andra["Belopp"].value, ena["Belopp"].value
    bok.save(fil)
    return f"bidragen från {ena['Medlem'].value} och {andra['Medlem'].value} ombytta"


@ska("fångas")
def rad_dubbel(mål: Mål, slump: random.Random) -> str | None:
    blad = slump.choice(["Budget", "Medlemsbidrag", "Mål", "Deltagare", "Flerårsöversikt", "Budgetplan"])
    fil, bok, rader = _rader(mål, blad)
    if not rader:
        return None
    rad = slump.choice(rader)
    bok[blad].append([cell.value for cell in bok[blad][next(iter(rad.values())).row]])
    bok.save(fil)
    return f"{blad}: raden {next(iter(rad.values())).value} dubbel"


@ska("fångas")
def flerårsöversikt_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    kedja = ("rr.verksamhetens_intakter", "rr.verksamhetens_kostnader", "finansnetto", "rr.arets_resultat")
    return _ändra_cell(mål, slump, "Flerårsöversikt", "Värde", _omkastat(slump), lambda rad: rad["Post"].value in kedja)


@ska("fångas")
def bedömning_ändrad(mål: Mål, slump: random.Random) -> str | None:
    byt = {"uppfyllt": "ej uppfyllt", "ej uppfyllt": "uppfyllt", "delvis uppfyllt": "uppfyllt"}
    return _ändra_cell(
        mål,
        slump,
        "Mål",
        "Bedömning",
        lambda ord_: byt.get(str(ord_), ord_),
        lambda rad: bool(rad["Jämförelse"].value) and rad["Gräns"].value is not None,
    )


@ska("fångas")
def gräns_fel_storleksordning(mål: Mål, slump: random.Random) -> str | None:
    blad = "Planmål" if mål.rapport == "verksamhetsplan" else "Mål"
    return _ändra_cell(
        mål,
        slump,
        blad,
        "Gräns",
        lambda tal: tal * 1000,  # type: ignore[operator]
        lambda rad: bool(rad["Fakta"].value) or blad == "Mål",
    )


@ska("fångas")
def deltagare_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    if mål.rapport != "arsredovisning":
        return None
    return _ändra_cell(mål, slump, "Deltagare", "Antal", _omkastat(slump), lambda rad: bool(rad["Kön"].value))


@ska("fångas")
def insatsekonomi_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _ändra_cell(mål, slump, "Insatsekonomi", "Belopp", _omkastat(slump))


@ska("fångas")
def ingående_eget_kapital_ändrat(mål: Mål, slump: random.Random) -> str | None:
    """A plan's opening eget kapital is read from the sheet; eget kapital per year must follow it everywhere."""
    if mål.rapport != "verksamhetsplan":
        return None
    ändra = _omkastat(slump)
    return _ändra_cell(mål, slump, "Uppgifter", "Värde", ändra, lambda rad: rad["Id"].value == "eget_kapital_ingaende")


@ska("flödar")
def budgetplan_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    if mål.rapport != "verksamhetsplan":
        return None
    return _ändra_cell(mål, slump, "Budgetplan", slump.choice(("Budget", "Plan 1", "Plan 2")), _omkastat(slump))


@ska("fångas")
def planens_bidrag_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    if mål.rapport != "verksamhetsplan":
        return None
    return _ändra_cell(
        mål, slump, "Budgetplan", "Budget", _omkastat(slump), lambda rad: rad["Typ"].value == "medlemsbidrag"
    )


# --- words and settings --------------------------------------------------------------------------------------------


def _text(mål: Mål, slump: random.Random) -> Path | None:
    plan = mål.rapport == "verksamhetsplan"
    filer = [fil for fil in sorted((mål.årsmapp / "text").glob("*.md")) if fil.stem.startswith("vp_") == plan]
    return slump.choice(filer) if filer else None


@ska("fångas")
def tal_skrivet_för_hand(mål: Mål, slump: random.Random) -> str | None:
    if (fil := _text(mål, slump)) is None:
        return None
    tal = f"{slump.randint(100, 999)} {slump.randint(100, 999)}"
    fil.write_text(f"{fil.read_text('utf-8').rstrip()} Kostnaden blev {tal} kronor.\n", "utf-8")
    return f"{fil.name}: {tal} skrivet för hand"


@ska("fångas")
def gammalt_årtal(mål: Mål, slump: random.Random) -> str | None:
    if (fil := _text(mål, slump)) is None:
        return None
    år = mål.år - slump.randint(2, 5)
    fil.write_text(f"{fil.read_text('utf-8').rstrip()} Det gäller till den 31 december {år}.\n", "utf-8")
    return f"{fil.name}: årtalet {år}"


@ska("fångas")
def hänvisning_felstavad(mål: Mål, slump: random.Random) -> str | None:
    if (fil := _text(mål, slump)) is None:
        return None
    text = fil.read_text("utf-8")
    if not (träffar := re.findall(r"\{[a-z_]+\.[a-z_.]+", text)):
        return None
    en = slump.choice(träffar)
    fil.write_text(text.replace(en, f"{en}x", 1), "utf-8")
    return f"{fil.name}: {en} felstavad"


@ska("fångas")
def text_saknas(mål: Mål, slump: random.Random) -> str | None:
    krävs = (
        ("vp_budget", "vp_finansiering", "vp_mal") if mål.rapport == "verksamhetsplan" else ("handelser", "personal")
    )
    filer = [fil for namn in krävs if (fil := mål.årsmapp / "text" / f"{namn}.md").is_file()]
    if not filer:
        return None
    fil = slump.choice(filer)
    fil.unlink()
    return f"{fil.name} saknas"


@ska("fångas")
def tecken_i_driftredovisningen(mål: Mål, slump: random.Random) -> str | None:
    fil = mål.inputs / mål.förbund / "forbund.yml"
    if mål.rapport != "arsredovisning" or (mål.årsmapp / "forbund.yml").is_file():
        return None
    text = fil.read_text("utf-8")
    if not (träffar := re.findall(r'"-kostnad\.\w+"', text)):
        return None
    en = slump.choice(träffar)
    fil.write_text(text.replace(en, en.replace("-", "", 1), 1), "utf-8")
    return f"forbund.yml: {en} utan minus"


@ska("fångas")
def publicerat_tal_ändrat(mål: Mål, slump: random.Random) -> str | None:
    fil = mål.årsmapp / "publicerat.yml"
    if not fil.is_file():
        return None
    text = fil.read_text("utf-8")
    träffar = list(re.finditer(r"\b\d{4}: (-?\d{3,})\b", text))
    if not träffar:
        return None
    m = slump.choice(träffar)
    nytt = kasta_om(m[1], slump)
    if nytt == m[1]:
        return None
    fil.write_text(text[: m.start(1)] + nytt + text[m.end(1) :], "utf-8")
    return f"publicerat.yml: {m[1]} blev {nytt}"
