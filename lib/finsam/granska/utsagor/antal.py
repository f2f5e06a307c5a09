"""G17: counts that are said twice: in a list and a sentence, in parts and in whole, with dates, beside a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from finsam.granska.begrepp import normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Cell, Underlag, skriv, är_delsumma
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import som_tal
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.raknord import RÄKNEORD, antal_av
from finsam.granska.sakerhet import av_ett_slag, intygad
from finsam.model.ord import MÅNADER

KOD = "G17"
_TAL = rf"(\d{{1,2}}|{'|'.join(RÄKNEORD)})"

_ANTAL = (
    ("avslutade", re.compile(r"(?i)^\W*avslutade deltagare\W{1,3}(\d{1,4})\b")),
    ("avslutade", re.compile(r"(?i)\b(\d{1,4}) deltagare (?:avslutades|har avslutats)\b")),
    ("nya", re.compile(r"(?i)^\W*nya deltagare\W{1,3}(\d{1,4})\b")),
    ("nya", re.compile(r"(?i)\b(\d{1,4}) nya deltagare (?:registrerades|har registrerats|skrevs in)\b")),
    ("totalt", re.compile(r"(?i)^\W*(?:totalt antal deltagare|antal deltagare totalt)\W{1,3}(\d{1,4})\b")),
    ("totalt", re.compile(r"(?i)\b(\d{1,4}) deltagare har (?:varit inskrivna|deltagit)\b")),
)
_ÄR_MÅL = re.compile(r"(?i)\b(?:målet?|ska|skall|minst|planera\w*|budget\w*)\b")


def check_antal(u: Underlag) -> Iterator[Fynd]:
    """G17: the same count of participants in a list and in a sentence; several of a form are several insatser."""
    for d, dok in enumerate(u.dokument):
        funna: dict[str, dict[int, list[tuple[Mening, re.Match[str]]]]] = defaultdict(lambda: defaultdict(list))
        for mening in dok.meningar:
            for form, (vad, mönster) in enumerate(_ANTAL):
                träff = mönster.search(mening.text)
                if träff and not _ÄR_MÅL.search(mening.text[: träff.end()]):
                    funna[vad][form].append((mening, träff))
        for vad, former in funna.items():
            u.räkna("G17", len(former) - 1)
            if len(former) != 2 or any(len(alla) > 1 for alla in former.values()):
                continue
            [(lista, i_listan)], [(mening, träff)] = (former[form] for form in sorted(former))
            if i_listan[1] == träff[1]:
                continue
            text = f"{träff[1]} deltagare ({vad}) stämmer inte med {i_listan[1]} på det andra stället."
            ställen = (
                ställe(dok.fil, mening.rad(träff.start(1)), träff[1]),
                ställe(dok.fil, lista.rad(i_listan.start(1)), i_listan[1]),
            )
            skillnad = Decimal(träff[1]) - Decimal(i_listan[1])
            tal = f"{träff[1]} − {i_listan[1]} = {skriv(skillnad)}"
            läsning = u.läsning_av_text(d, mening.rad(träff.start(1)), lista.rad(i_listan.start(1)))
            yield Fynd("G17", "att ta ställning till", 3, läsning, text, ställen, tal, skillnad)


# --- women and men ----------------------------------------------------------------------------------------------------

_PERSONER = re.compile(r"(?<!\d)(?<!\d[ ,])(\d{1,4}) (?:personer|deltagare|individer|anställda|medarbetare)\b")
_KÖN = re.compile(r"(?<!\d)(?<!\d[ ,])(\d{1,4}) (kvinnor|män)\b(?:\s*\((\d{1,2}(?:,\d)?)\s*(?:%|procent)\))?")
_FLER = re.compile(r"(?i)\b(?:annat|okänt|uppgift|övriga|ickebinär|icke-binär|pojkar|flickor|ungdomar|barn)\b")


def check_kvinnor_och_män(u: Underlag) -> Iterator[Fynd]:
    """Women and men are all of them, and their shares are of all."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            alla, könen = list(_PERSONER.finditer(mening.text)), list(_KÖN.finditer(mening.text))
            if len(alla) != 1 or {k[2] for k in könen} != {"kvinnor", "män"} or len(könen) != 2:
                continue
            if _FLER.search(mening.text) or alla[0].start() > könen[0].start() or "fler" in mening.text:
                continue
            u.räkna(KOD)
            hela, delar = int(alla[0][1]), [int(k[1]) for k in könen]
            rader = [mening.rad(m.start()) for m in (alla[0], *könen)]
            if sum(delar) != hela:
                text = f"{delar[0]} {könen[0][2]} och {delar[1]} {könen[1][2]} är {sum(delar)}, inte {alla[0][0]}."
                platser = tuple(ställe(dok.fil, rad, *map(str, (hela, *delar))) for rad in dict.fromkeys(rader))
                tal = f"{delar[0]} + {delar[1]} = {sum(delar)}; tryckt {hela}"
                skillnad = Decimal(hela - sum(delar))
                yield Fynd(KOD, "att ta ställning till", 3, _läsning(u, d, mening), text, platser, tal, skillnad)
                continue
            for kön in könen:
                if kön[3] and abs(Decimal(int(kön[1])) / hela * 100 - som_tal(kön[3])) > Decimal("0.55"):
                    kvot = round(Decimal(int(kön[1])) / hela * 100, 1)
                    text = f"{kön[1]} {kön[2]} av {hela} är {skriv(kvot)} procent, inte {kön[3]}."
                    plats = ställe(dok.fil, mening.rad(kön.start(3)), kön[1], kön[3])
                    tal = f"{kön[1]} / {hela} = {skriv(kvot)} %"
                    säkerhet = _läsning(u, d, mening)
                    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, (plats,), tal, som_tal(kön[3]) - kvot)


def _läsning(u: Underlag, d: int, mening: Mening) -> float:
    return u.läsning_av_text(d, *(rad for _, rad in mening.rader))


# --- participants against their table ---------------------------------------------------------------------------------

_DELTOG = re.compile(
    r"(?i)\b(?:har|deltog)\s+(?:totalt |sammanlagt )?(\d{2,4}) (?:personer|deltagare|individer)"
    r"|(?<!av )(?<!varav )\b(\d{2,4}) (?:personer|deltagare|individer) (?:har )?(?:deltagit|deltog)\b"
)
_DELVIS = re.compile(r"(?i)\b(?:mål\w*|minst|fler|färre|varav|av dem|av dessa|nya|avslut\w*|plan\w*|ska)\b")


def check_deltagare(u: Underlag) -> Iterator[Fynd]:
    """How many took part, against the sum of the document's only table of women and men."""
    for d, dok in enumerate(u.dokument):
        summor = [c for t, tabell in enumerate(dok.tabeller) if (c := _alla(u, d, t, tabell))]
        talen = {c.värde for p, c in u.celler.items() if p[0] == d}
        if len({c.plats[1] for c in summor}) != 1:
            continue
        for mening in dok.meningar:
            träff = _DELTOG.search(mening.text)
            if not träff or _DELVIS.search(mening.text[: träff.end()]):
                continue
            if "delta" not in mening.text.lower() and "delto" not in mening.text.lower():
                continue
            sagt = träff[1] or träff[2]
            u.räkna(KOD)
            if Decimal(sagt) in talen or not _en_annan(sagt, str(summor[0].värde)):
                continue
            cell = summor[0]
            text = f"Texten säger {sagt} deltagare, och tabellen har {skriv(cell.värde)} på raden ”{cell.etikett}”."
            platser = (ställe(dok.fil, mening.rad(träff.start()), sagt), u.ställe(cell))
            säkerhet = _läsning(u, d, mening) * u.läsning(cell.plats) * av_ett_slag(cell.värde)
            skillnad = Decimal(sagt) - cell.värde
            tal = f"{sagt} − {skriv(cell.värde)} = {skriv(skillnad)}"
            yield Fynd(KOD, "att ta ställning till", 3, säkerhet, text, platser, tal, skillnad)


def _alla(u: Underlag, d: int, t: int, tabell: Tabell) -> Cell | None:
    """The number of all in a table with women and men; certified, as it is the sum of them."""
    rubriker = [k.rubrik.lower() for k in tabell.kolumner]
    if not any("kvinnor" in r for r in rubriker) or not any("män" in r for r in rubriker) or not tabell.rader:
        return None
    sist = len(tabell.rader) - 1
    kolumn = next((k for k, r in enumerate(rubriker) if vik(r).strip() in ("totalt", "alla", "summa", "antal")), None)
    if kolumn is None or not är_delsumma(tabell.rader[sist]):
        return None
    cell = u.cell(d, t, sist, kolumn)
    return cell if cell and u.intygade.get(cell.plats) else None


def _en_annan(a: str, b: str) -> bool:
    """One digit is another, or two have changed places."""
    skilda = [nr for nr, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(a) == len(b) and (len(skilda) == 1 or (len(skilda) == 2 and sorted(a) == sorted(b)))


# --- as many as are listed --------------------------------------------------------------------------------------------

_MÅNADER = "|".join(MÅNADER)
_MÖTEN = re.compile(rf"(?i)\b{_TAL} (?:ordinarie )?(?:möten|sammanträden|styrelsemöten|tillfällen)\b([^.:]{{0,40}}):")
_DATUM = re.compile(rf"(?i)\b\d{{1,2}} (?:{_MÅNADER})\b|\b\d{{1,2}}/\d{{1,2}}\b|\b20\d\d-\d\d-\d\d\b")
_DELA_MÅNAD = re.compile(rf"(?i)\b\d{{1,2}}(?:,| och) \d{{1,2}} (?:{_MÅNADER})\b")


LED = re.compile(r",\s+(?:och |samt )?|\s+och\s+|\s+samt\s+")
"""What stands between the items of a list in a sentence."""


def check_datum(u: Underlag) -> Iterator[Fynd]:
    """As many meetings as there are dates after the colon."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            träff = _MÖTEN.search(mening.text)
            if not träff or _DELA_MÅNAD.search(mening.text) or "varav" in mening.text:
                continue
            datum = _DATUM.findall(mening.text[träff.end() :])
            bara_datum = all(_DATUM.search(del_) for del_ in LED.split(mening.text[träff.end() :].rstrip(" .")))
            u.räkna(KOD, int(len(datum) > 1))
            if len(datum) < 2 or len(datum) == antal_av(träff[1]) or not bara_datum:
                continue
            text = f"Texten säger {träff[1]} möten och räknar upp {len(datum)} dagar."
            plats = ställe(dok.fil, mening.rad(träff.start(1)), träff[1])
            skillnad = Decimal(antal_av(träff[1]) - len(datum))
            säkerhet = _läsning(u, d, mening)
            yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, (plats,), ", ".join(datum), skillnad)


_SLAG = re.compile(
    rf"(?i)\b(?:förbundets|alla|samtliga|följande|finansierar|finansierade|bedriver|bedrev|driver)\s+{_TAL}\s+"
    r"(insatser|medlemmar|kommuner|projekt)\b(?! inom| för| med | som )"
)


def check_rader_i_tabell(u: Underlag) -> Iterator[Fynd]:
    """As many insatser as there are rows in the tables whose head says that their rows are insatser."""
    for d, dok in enumerate(u.dokument):
        antal: dict[str, dict[int, tuple[Tabell, int]]] = defaultdict(dict)
        for t, tabell in enumerate(dok.tabeller):
            rader = [rad for rad in tabell.rader if not är_delsumma(rad)]
            antal[normal(tabell.hörn)][t] = tabell, len({normal(rad.etikett) for rad in rader})
        for mening in dok.meningar:
            for träff in _SLAG.finditer(mening.text):
                namn = uppräknade(mening.text[träff.end() :])
                if len(namn) == antal_av(träff[1]):
                    continue  # they are listed in the sentence; the table may have more in it
                if len(namn) > 2:
                    u.räkna(KOD)
                    text = f"Texten säger {träff[1]} {träff[2]} och räknar upp {len(namn)} ({', '.join(namn)})."
                    plats = ställe(dok.fil, mening.rad(träff.start(1)), träff[1])
                    säkerhet = _läsning(u, d, mening)
                    skillnad = Decimal(antal_av(träff[1]) - len(namn))
                    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, (plats,), ", ".join(namn), skillnad)
                    continue
                yield from _mot_rader(u, d, mening, träff, antal)


def uppräknade(efter: str) -> list[str]:
    """The names that a sentence lists after a colon; none when it is not sure where one ends.

    >>> uppräknade(" under 2026: Fjällsteget, Ung på fjället och Mötesplats Kåtan. ")
    ['Fjällsteget', 'Ung på fjället', 'Mötesplats Kåtan']
    >>> uppräknade(": Försäkringskassan, Region Norr samt kommunerna Lillfors och Ottsele.")
    ['Försäkringskassan', 'Region Norr', 'Lillfors', 'Ottsele']
    >>> uppräknade(": Växtkraft, Kunskap och utbildning samt Rusta.")
    []
    """
    lista = re.match(r"[^.:;]{0,40}:\s*([^.:;()]+?)\s*(?:\.|$)", efter)
    led = [re.sub(r"^kommunerna ", "", del_) for del_ in LED.split(lista[1])] if lista else []
    säkra = len(led) > 1 and all(del_[:1].isupper() and len(del_.split()) < 6 for del_ in led)
    return led if säkra else []


def _mot_rader(
    u: Underlag, d: int, mening: Mening, träff: re.Match[str], antal: dict[str, dict[int, tuple[Tabell, int]]]
) -> Iterator[Fynd]:
    ett = {"insatser": "insats", "medlemmar": "medlem", "kommuner": "kommun", "projekt": "projekt"}[träff[2].lower()]
    funna = {**antal.get(ett, {}), **antal.get(träff[2].lower(), {})}
    u.räkna(KOD, int(bool(funna)))
    if len({n for _, n in funna.values()}) != 1:
        return
    t, (tabell, n) = next(iter(funna.items()))
    grupper = {rad.grupp for rad in tabell.rader}
    if n == antal_av(träff[1]) or n < 2 or len(grupper) > 1 or not any(är_delsumma(rad) for rad in tabell.rader):
        return
    celler = [c for p, c in u.celler.items() if p[:2] == (d, t)]
    text = (
        f"Texten säger {träff[1]} {träff[2]}, och tabellen har {n} ({', '.join(r.etikett for r in tabell.rader[:n])})."
    )
    platser = (ställe(u.dokument[d].fil, mening.rad(träff.start(1)), träff[1]), u.ställe(celler[0]))
    säkerhet = _läsning(u, d, mening) * u.läsning(celler[0].plats) * intygad(1 + len(funna))
    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, "", Decimal(antal_av(träff[1]) - n))


# --- years since ------------------------------------------------------------------------------------------------------

_BILDAT = re.compile(r"(?i)\b(?:bildat|bildades|grundades|startade)\b[^.;]{0,25}?(?<!\d)((?:19|20)\d\d)(?!\d)")
_FUNNITS = re.compile(rf"(?i)\bfunnits i (\d{{1,2}}|{'|'.join(RÄKNEORD)}) år\b")


def check_år_sedan(u: Underlag) -> Iterator[Fynd]:
    """How long the förbund has been there, and when it was formed: the year of the report, or the one after it."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar if dok.år else ():
            bildat, funnits = _BILDAT.search(mening.text), _FUNNITS.search(mening.text)
            if not bildat or not funnits:
                continue
            u.räkna(KOD)
            år = (dok.år or 0) - int(bildat[1])
            if abs(antal_av(funnits[1]) - år) > 1:
                text = f"Texten säger {funnits[1]} år sedan {bildat[1]}, och rapporten är för {dok.år}: {år} år."
                plats = ställe(dok.fil, mening.rad(funnits.start(1)), funnits[1])
                skillnad = Decimal(antal_av(funnits[1]) - år)
                tal = f"{dok.år} − {bildat[1]} = {år}"
                yield Fynd(KOD, "bra att veta", 1, _läsning(u, d, mening), text, (plats,), tal, skillnad)


# --- who has the most -------------------------------------------------------------------------------------------------

_FLEST = re.compile(
    r"(?i)\b(?:flest|störst|största)\b[^.;:\d]{0,60}?"
    r"(?<![\d,.])(\d{2,4})(?![\d,.%]| ?(?:%|procent|kr|tkr|mnkr))"
)


def check_flest(u: Underlag) -> Iterator[Fynd]:
    """A row that a sentence names has the most in its column, as it says, and another figure than it says."""
    for d, dok in enumerate(u.dokument):
        kolumner: dict[tuple[int, int], list[Cell]] = defaultdict(list)
        for (dd, t, r, k), c in u.celler.items():
            if dd == d and not c.enhet and not är_delsumma(dok.tabeller[t].rader[r]) and c.etikett[:1].isupper():
                kolumner[t, k].append(c)
        störst = [max(celler, key=lambda c: c.värde) for celler in kolumner.values() if len(celler) > 2]
        for mening in dok.meningar if störst else ():
            träff = _FLEST.search(mening.text)
            namngivna = [c for c in störst if träff and c.etikett in mening.text[: träff.start()]]
            u.räkna(KOD, int(bool(namngivna)))
            if träff and namngivna and all(int(c.värde) != int(träff[1]) for c in namngivna):
                nära = next((c for c in namngivna if _en_annan(träff[1], str(c.värde))), None)
                if nära and u.intygade.get(nära.plats):
                    yield _flest(u, d, mening, träff, nära)


def _flest(u: Underlag, d: int, mening: Mening, träff: re.Match[str], cell: Cell) -> Fynd:
    text = f"Texten säger {träff[1]} om {cell.etikett}, som har flest i tabellen: {skriv(cell.värde)}."
    platser = (ställe(u.dokument[d].fil, mening.rad(träff.start(1)), träff[1]), u.ställe(cell))
    skillnad = Decimal(träff[1]) - cell.värde
    tal = f"{träff[1]} − {skriv(cell.värde)} = {skriv(skillnad)}"
    säkerhet = _läsning(u, d, mening) * u.läsning(cell.plats) * intygad(2)  # its name, and that it is the most
    return Fynd(KOD, "att ta ställning till", 3, säkerhet, text, platser, tal, skillnad)
