"""Those who sign are a styrelse with an ordförande, and everybody signs once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.samma.namn import MYNDIGHETER, heter
from finsam.checks.texter import skriven_prosa
from finsam.model.forbund import Medlem
from finsam.model.monster import Mönster
from finsam.model.ord import SAKNAS, uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Undertecknare
from finsam.statements.redovisning import Redovisning

BLAD = Undertecknare.blad
_NAMN = re.compile(r"[A-ZÅÄÖ]\w{3,}")
_PARTERNA = {
    "stat": ("staten", re.compile("|".join((*MYNDIGHETER, "staten")))),
    "region": ("någon region", re.compile("region")),
    "kommun": ("någon kommun", re.compile("kommun")),
}
"""The parties of a förbund, and the words for those of each that appoint."""
_ROLL = r"(?P<roll>vice\sordförande|ordförande|ledamot|(?:lekmanna)?revisor)(?:n|en)?"
_FÖRE_NAMNET = Mönster(
    rf"(?<!\w){_ROLL}(?:\s(?:under\s(?:\{{\s*år\s*\}}|året)\s)?(?:är|var|har\s(?:\w+\s){{0,2}}varit))?\s$", flaggor=re.I
)
_ANNANS = Mönster(r"(?<!\w)(?!styrelsens|förbundets|årets|dess)\w+s\s$", flaggor=re.I)
"""Of something else than the styrelse."""
_EFTER_NAMNET = Mönster(
    rf"^(?:,\s|\s\(|\s(?:är|var|(?:har\s)?varit)\s)(?:förbundets\s|styrelsens\s)?{_ROLL}(?!\w|\s(?:i|för|på|hos)\s(?!styrelse|förbund))",
    flaggor=re.I,
)
"""A role beside a name: vår revisor Ada, Ada är ordförande."""
_FÖRR = Mönster(
    r"(?<!\w)(?:tf|tillförordnad|tidigare|förra|avgick\w*|efterträd\w*|fram\still|till\soch\smed|nytillträd\w*)(?!\w)|\{\s*år\s*-",
    flaggor=re.I,
)
MINST = 4
"""How many members there are for it to tell something that one of them alone has appointed nobody."""


@kontroll(
    "C53",
    "De som skriver under är en styrelse med en ordförande, och var och en står en gång.",
    lag="lag (2003:1210) 17 och 24 §§",
    saknas="inga undertecknare med namn (bladet Undertecknare)",
    i=(ÅRSREDOVISNING,),
)
def check_undertecknare(r: Redovisning) -> Kontroll:
    """One ordförande, no name twice, and somebody from each member where it is told who has appointed whom."""
    alla = r.år.underlag.undertecknare
    namngivna = [u for u in alla if u.namn.casefold() != SAKNAS]
    yield Prövat(len(namngivna))
    per_namn: dict[str, list[Undertecknare]] = defaultdict(list)
    for u in namngivna:
        per_namn[" ".join(u.namn.casefold().split())].append(u)
    for samma in per_namn.values():
        if len(samma) > 1:
            text = f"{samma[0].namn} skriver under {len(samma)} gånger ({_rader(samma)}). Vem ska stå i stället?"
            yield Finding("varning", text, f"{BLAD}, rad {samma[-1].rad}")
    yield from _check_av_varandra(r, namngivna)
    styrelse = [u for u in alla if u.organ == "styrelse"]
    ordförande = [u for u in styrelse if re.fullmatch(r"(?:förbunds)?ordförande", u.roll.strip(), re.I)]
    if any(u in namngivna for u in styrelse) and not ordförande:
        yield Finding("varning", f"Ingen är ordförande i bladet {BLAD}. Rätta Roll.", r.år.underlag.fil)
    if len(ordförande) > 1:
        namn = uppräkning([u.namn for u in ordförande])
        text = f"{len(ordförande)} är ordförande: {namn} ({_rader(ordförande)}). Rätta Roll."
        yield Finding("varning", text, r.år.underlag.fil)
    vice = [u for u in styrelse if re.search(r"(?<!\w)vice", u.roll, re.I)]
    if len(ordförande) == 1 and not vice and len(styrelse) >= MINST and all(u in namngivna for u in styrelse):
        text = f"Ingen är vice ordförande i bladet {BLAD}, som styrelsen ska ha en eller två av. Rätta Roll."
        yield Finding("varning", text, r.år.underlag.fil, lag="lag (2003:1210) 17 §")
    for u in alla:
        yield from _check_roll(u)
    yield from _check_förra_årets(r, alla)
    yield from _check_medlemmar(r, styrelse)
    yield from _check_myndigheter(r, styrelse)
    revisorer = [u for u in alla if u.organ == "revisor"]
    utsedda = [*_check_utsedda(r, revisorer)]
    yield from utsedda
    if not any(isinstance(ett, Finding) for ett in utsedda):
        yield from _check_parter(r, revisorer)


def check_roller_i_text(r: Redovisning) -> Kontroll:
    """Whoever signs, and is named with a role in a text, has that role; a chairman is one of the ledamöter too."""
    namngivna = {u.namn: u for u in _senast(r) if u.namn.casefold() != SAKNAS and " " in u.namn.strip()}
    for fil, plats, skrivet in skriven_prosa(r):
        text = skrivet.replace("*", "")
        for namn, u in namngivna.items():
            start = text.find(namn)
            while start >= 0:
                före = _FÖRE_NAMNET.search(text[max(0, start - 70) : start])
                sagd = före or _EFTER_NAMNET.match(text[start + len(namn) :])
                mening = text[text.rfind(". ", 0, start) + 1 : start + len(namn) + 40]
                annans = före and _ANNANS.search(före.string[: före.start("roll")])
                if sagd and not annans and not _FÖRR.search(mening):
                    yield Prövat()
                    roll, egen = _slag(sagd["roll"]), _slag(u.roll)
                    if roll != egen and not (roll == "ledamot" and egen.endswith("ordförande")):
                        var = plats or f"rad {text.count(chr(10), 0, start) + 1}"
                        ord_ = f"{fil}, {var}: {namn} sägs vara {roll}, men är {u.roll.lower()} i bladet {BLAD}."
                        yield Finding("varning", f"{ord_} Vilket är rätt?", fil)
                start = text.find(namn, start + 1)


def _senast(r: Redovisning) -> Sequence[Undertecknare]:
    """Who signs, or signed the year before where nobody does yet."""
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    return r.år.underlag.undertecknare or (förra.undertecknare if förra else ())


def _slag(roll: str) -> str:
    """A role in one of the words that the texts use.

    >>> _slag("2:e vice ordförande"), _slag("Lekmannarevisor"), _slag("Ledamot")
    ('vice ordförande', 'revisor', 'ledamot')
    """
    roll = roll.casefold()
    if "ordförande" in roll:
        return "vice ordförande" if "vice" in roll else "ordförande"
    return "revisor" if "revisor" in roll else "ledamot"


def _rader(rader: list[Undertecknare]) -> str:
    return f"bladet {BLAD}, rad {uppräkning([str(u.rad) for u in rader])}"


def _check_roll(u: Undertecknare) -> Kontroll:
    """A revisor is one of the revisorer, and nobody else is."""
    revisor = "revisor" in u.roll.casefold()
    if revisor != (u.organ == "revisor"):
        text = f"{u.namn} är {u.roll} men har organet {u.organ} (bladet {BLAD}, rad {u.rad}). Rätta Roll eller Organ."
        yield Finding("varning", text, f"{BLAD}, rad {u.rad}")


def _check_medlemmar(r: Redovisning, styrelse: list[Undertecknare]) -> Kontroll:
    """Each kommun and region has somebody in the styrelse, when all there have been appointed by somebody."""
    utsett = " ".join(u.utsedd_av.casefold() for u in styrelse)
    if not styrelse or not all(u.utsedd_av for u in styrelse) or re.search(r"gemensam|kommunerna|regionerna", utsett):
        yield Prövat(0, "om varje medlem har någon i styrelsen (Utsedd av är tomt i bladet Undertecknare)")
        return
    for medlem in r.år.förbund.medlemmar:
        if medlem.typ == "stat" or medlem.från or medlem.till:
            continue
        yield Prövat()
        if medlem.namn.casefold() not in utsett:
            text = f"Ingen i styrelsen är utsedd av {medlem.namn} (Utsedd av i bladet {BLAD}). Saknas någon?"
            yield Finding("varning", text, r.år.underlag.fil)


def _check_myndigheter(r: Redovisning, styrelse: list[Undertecknare]) -> Kontroll:
    """Where one of the two myndigheter has appointed somebody, so has the other."""
    utsett = " ".join(u.utsedd_av.casefold() for u in styrelse)
    finns = [ett for ett in MYNDIGHETER if ett in utsett]
    yield Prövat(int(bool(finns)))
    if len(finns) == 1 and not re.search(r"staten|myndigheterna", utsett):
        [borta] = set(MYNDIGHETER) - set(finns)
        text = f"Ingen i styrelsen är utsedd av {borta.capitalize()} (Utsedd av i bladet {BLAD}). Saknas någon?"
        yield Finding("varning", text, r.år.underlag.fil)


def _kallas(medlem: Medlem) -> set[str]:
    return heter(medlem) | ({"staten"} if medlem.typ == "stat" else set())


def _check_utsedda(r: Redovisning, revisorer: list[Undertecknare]) -> Kontroll:
    """Where every member but one has appointed one revisor, that one is missing, or has another's row."""
    medlemmar = [m for m in r.år.förbund.medlemmar if m.är_med_under(r.år.årtal)]
    per_medlem = {
        m.namn: [u for u in revisorer if any(ord_ in u.utsedd_av.casefold() for ord_ in _kallas(m))] for m in medlemmar
    }
    utan = [namn for namn, deras in per_medlem.items() if not deras]
    flera = [deras for deras in per_medlem.values() if len(deras) > 1]
    yield Prövat(int(bool(revisorer)))
    if len(utan) != 1 or len(flera) > 1 or len(medlemmar) < MINST or any(len(deras) > 2 for deras in flera):
        return
    text = f"Alla medlemmar utom {utan[0]} har utsett en revisor (Utsedd av i bladet {BLAD})."
    if flera:
        text += f" Två har utsetts av samma medlem ({_rader(flera[0])})."
    yield Finding("varning", f"{text} Saknas någon, eller är Utsedd av fel?", r.år.underlag.fil)


def _check_parter(r: Redovisning, revisorer: list[Undertecknare]) -> Kontroll:
    """Where two of the three parties have appointed all revisorer, the third has too; unless last year had as many."""
    utsett = [u.utsedd_av.casefold() for u in revisorer]
    finns = {m.typ for m in r.år.förbund.medlemmar if m.är_med_under(r.år.årtal)} & _PARTERNA.keys()
    har = [{part for part in finns if _PARTERNA[part][1].search(ett)} for ett in utsett]
    yield Prövat(int(bool(revisorer)))
    if len(finns) < len(_PARTERNA) or not all(har):
        return
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    if förra and sum(u.organ == "revisor" for u in förra.undertecknare) == len(revisorer):
        return
    borta = finns.difference(*har)
    if len(borta) == 1:
        text = f"Ingen revisor är utsedd av {_PARTERNA[borta.pop()][0]} (Utsedd av i bladet {BLAD}). Saknas någon?"
        yield Finding("varning", text, r.år.underlag.fil)


def _check_förra_årets(r: Redovisning, alla: Sequence[Undertecknare]) -> Kontroll:
    """Who appoints goes on doing so, whoever is appointed: last year's Utsedd av stand there this year too."""
    förra = r.år.tidigare_underlag.get(r.år.årtal - 1)
    for organ in ("styrelse", "revisor"):
        då, nu = ([u for u in rader if u.organ == organ] for rader in (förra.undertecknare if förra else (), alla))
        yield Prövat(int(bool(då and nu)))
        if len(då) != len(nu) or not all(u.utsedd_av for u in (*då, *nu)):
            continue
        borta = Counter(u.utsedd_av for u in då) - Counter(u.utsedd_av for u in nu)
        nya = [u for u in nu if u.utsedd_av not in {ett.utsedd_av for ett in då}]
        if len(borta) == 1 and not nya:
            [vem] = borta
            text = f"I underlaget för {r.år.årtal - 1} var en i {organ} utsedd av {vem}, men nu ingen (bladet {BLAD})."
            if organ == "revisor":
                text = text.replace("en i revisor", "en revisor")
            yield Finding("varning", f"{text} Rätta Utsedd av.", r.år.underlag.fil)


def _check_av_varandra(r: Redovisning, namngivna: Sequence[Undertecknare]) -> Kontroll:
    """Nobody is appointed by somebody who signs."""
    medlemmars = {ord_ for m in r.år.förbund.medlemmar for ord_ in m.namn.split()}
    efternamn = {u.namn.rpartition(" ")[2] for u in namngivna} - medlemmars
    for u in namngivna:
        yield Prövat(int(bool(u.utsedd_av)))
        if fel := sorted(efternamn & {*_NAMN.findall(u.utsedd_av)}):
            text = f"{BLAD}, rad {u.rad}: Utsedd av är {u.utsedd_av}, men {fel[0]} är namnet på en som skriver under."
            yield Finding("varning", f"{text} Rätta Utsedd av.", f"{BLAD}, rad {u.rad}")
