"""What a konto is called in the ledger, and a note in the settings, against what they are used for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.forbund import Ställe
from finsam.model.ord import vik
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.read.normalkontoplan import normalkonto
from finsam.statements import balansrakning, resultatrakning
from finsam.statements.redovisning import Redovisning

_SMÅORD = frozenset({"och", "av", "för", "till", "från", "med", "på", "i", "inkl", "inklusive", "övrigt", "övriga"})
_KORTAST = 4
"""Letters that a word and a longer one must have in common: lokal and lokalhyra, intäkter and ränteintäkter."""
_ALLMÄNNA = frozenset({"kostnader", "intäkter", "avgifter", "tjänster", "ersättning", "ersättningar", "köp", "bidrag"})
"""Words that do not tell one row of a note from another."""
_EGET_KAPITAL = ("br.eget_kapital", "rr.bokslut")
"""Posts whose konton have each other's names: årets resultat."""

Ordmängd = frozenset[str]


@dataclass(frozen=True, slots=True)
class Namngivet:
    """A konto with the words of its name, and of what it is used for: note rows and functions, else its kontogrupp."""

    konto: str
    namn: str
    post: str
    ord: Ordmängd
    etiketter: frozenset[Ordmängd]

    def passar(self, annat: Namngivet) -> bool:
        """Whether at least half of the words in its name are of what another is used for."""
        return any(2 * _gemensamma(self.ord, ett) >= len(self.ord) for ett in annat.etiketter)

    @property
    def främmande(self) -> bool:
        """Whether its name has no word of what it is used for itself."""
        return not any(_gemensamma(self.ord, ett) for ett in self.etiketter)


@kontroll(
    "C51",
    "Kontonas och noternas namn stämmer med vad de används till.",
    lag="LKBR 4 kap. 2 §",
    saknas="bokföringen har inga kontonamn",
    i=(ÅRSREDOVISNING,),
)
def check_kontonamn(r: Redovisning) -> Kontroll:
    """No konto has the name of another, and no note or row the name of another post of the räkningar."""
    namngivna = list(_namngivna(r))
    yield Prövat(len(namngivna))
    främmande = [ett for ett in namngivna if ett.främmande]
    ombytta: set[str] = set()
    for ena, andra in combinations(främmande, 2):
        if ena.etiketter != andra.etiketter and ena.passar(andra) and andra.passar(ena):
            ombytta |= {ena.konto, andra.konto}
            text = (
                f"Konto {ena.konto} heter {ena.namn} och konto {andra.konto} heter {andra.namn}, men i "
                f"{r.år.kontoplan.fil} är det tvärtom. Har namnen bytt plats i bokföringen, eller raderna i filen?"
            )
            yield Finding("varning", text, "bokforing.se")
    for ett in främmande:
        if ett.konto not in ombytta and (annat := _ägare(ett, namngivna)):
            text = (
                f"Konto {ett.konto} heter {ett.namn}, som är vad konto {annat.konto} används till. Rätta namnet i "
                f"bokföringen, eller kontots rad i {r.år.kontoplan.fil}."
            )
            yield Finding("varning", text, "bokforing.se")
    yield from _check_poster(r)
    yield from _check_objekt(r)
    yield from _check_rader(r)
    yield from _check_etiketter(r)


def _namngivna(r: Redovisning) -> Iterator[Namngivet]:
    """The konton that are used and have a name with words, except those of eget kapital."""
    förbund = r.år.förbund
    notrader = {f"{notis.id}.{rad.id}": rad.etikett for notis in förbund.noter for rad in notis.rader}
    funktioner = {f"{grupp.id}.{rad.id}": rad.etikett for grupp in förbund.kostnadsfördelning for rad in grupp.rader}
    for konto in map(r.år.bokföring.konton.get, _använda(r)):
        rader, ord_ = (r.år.kontoplan.träffar(konto.nummer), _ord(konto.namn)) if konto else ((), frozenset())
        if not konto or not rader or not ord_ or rader[0].post in _EGET_KAPITAL:
            continue
        egna = [notrader.get(rad.not_rad, "") for rad in rader] + [funktioner.get(rad.funktion, "") for rad in rader]
        normal = normalkonto(förbund.kontoplan, konto.nummer)
        etiketter = frozenset(filter(None, map(_ord, egna))) or frozenset({_ord(normal.namn)} if normal else ())
        if etiketter:
            yield Namngivet(konto.nummer, konto.namn, rader[0].post, ord_, etiketter)


def _ägare(främling: Namngivet, alla: Iterable[Namngivet]) -> Namngivet | None:
    """The konto of another post whose use, or whose own fitting name, is just the name of this one."""
    for annat in alla:
        heter = annat.namn.casefold() == främling.namn.casefold() and not annat.främmande
        if annat.post != främling.post and (heter or främling.ord in annat.etiketter):
            return annat
        if heter and annat.etiketter != främling.etiketter:
            return annat
    return None


def _check_poster(r: Redovisning) -> Kontroll:
    """A konto is of the post that its kontogrupp is of, unless its name rather says the one it was given."""
    etiketter, typ = _poster(), r.år.förbund.kontoplan
    for nummer in _använda(r):
        poster, normal = {rad.post for rad in r.år.kontoplan.träffar(nummer)}, normalkonto(typ, nummer)
        if len(poster) != 1 or normal is None:
            continue
        [post] = poster
        yield Prövat()
        namn = r.år.bokföring.konton[nummer].namn if nummer in r.år.bokföring.konton else ""
        given, vanlig = (_gemensamma(_ord(namn), _ord(etiketter.get(ett, ""))) for ett in (post, normal.rad.post))
        if post != normal.rad.post and given <= vanlig:
            text = (
                f"Konto {nummer} {namn}".rstrip() + f" hör i {typ} till {etiketter.get(normal.rad.post, normal.namn)} "
                f"men har posten {post} i {r.år.kontoplan.fil}. Rätta posten."
            )
            yield Finding("varning", text, r.år.kontoplan.fil)


def _check_objekt(r: Redovisning) -> Kontroll:
    """An objekt that is called as an insats or another function is of no other."""
    funktioner = {
        f"{grupp.id}.{rad.id}": rad.etikett for grupp in r.år.förbund.kostnadsfördelning for rad in grupp.rader
    }
    insatser = {insats.funktion: insats.namn for insats in r.år.underlag.insatser}
    per_namn = {namn.casefold(): funktion for alla in (funktioner, insatser) for funktion, namn in alla.items()}
    for rad in r.år.kontoplan.rader:
        dimension, _, kod = rad.objekt.partition(":")
        namn = r.år.bokföring.objekt.get((dimension, kod), "")
        annan, egna = per_namn.get(namn.casefold()), (funktioner.get(rad.funktion, ""), insatser.get(rad.funktion, ""))
        yield Prövat(int(bool(annan and rad.funktion)))
        if annan and rad.funktion in funktioner and not any(_gemensamma(_ord(namn), _ord(ett)) for ett in egna):
            text = f"{r.år.kontoplan.fil}, rad {rad.rad}: objekt {rad.objekt} heter {namn} men har funktionen"
            yield Finding("varning", f"{text} {rad.funktion}, inte {annan}. Rätta Funktion.", r.år.kontoplan.fil)


def _check_rader(r: Redovisning) -> Kontroll:
    """A konto is not in one row of a note or group, when its name is that of just one other row there; where only its
    last part is, of one that has no konto.
    """
    förbund = r.år.förbund
    noter = {n.id: {f"{n.id}.{rad.id}": rad.etikett for rad in n.rader} for n in förbund.noter}
    grupper = {g.id: {f"{g.id}.{rad.id}": rad.etikett for rad in g.rader} for g in förbund.kostnadsfördelning}
    använda = _använda(r)
    fyllda = {id_ for nr in använda for rad in r.år.kontoplan.träffar(nr) for id_ in (rad.not_rad, rad.funktion)}
    for nummer in använda:
        rader, konto = r.år.kontoplan.träffar(nummer), r.år.bokföring.konton.get(nummer)
        if len(rader) != 1 or konto is None:
            continue
        namn, platser = _ord(konto.namn), ((rader[0].not_rad, noter), (rader[0].funktion, grupper))
        bland = [(egen, alla.get(egen.partition(".")[0], {})) for egen, alla in platser]
        egna = [_ord(etiketter.get(egen, "")) for egen, etiketter in bland]
        for egen, etiketter in bland:
            if egen not in etiketter:
                continue
            egna_ord = namn - _ALLMÄNNA
            passar = [id_ for id_, ett in etiketter.items() if _början_är(egna_ord, _ord(ett))]
            passar = passar or [id_ for id_, ett in etiketter.items() if id_ not in fyllda and _slutar(egna_ord, ett)]
            yield Prövat(int(bool(passar)))
            if len(passar) != 1 or _gemensamma(namn, _ord(etiketter[egen])):
                continue
            resten = {ord_ for ord_ in namn if not _gemensamma({ord_}, _ord(etiketter[passar[0]]))}
            if not any(_gemensamma(resten, ett) for ett in egna):
                text = f"Konto {nummer} {konto.namn} är i raden {egen} ({etiketter[egen]}), men heter som {passar[0]}"
                text += f" ({etiketter[passar[0]]}). Rätta raden i {r.år.kontoplan.fil}."
                yield Finding("varning", text, r.år.kontoplan.fil)


def _början_är(namn: Collection[str], etikett: Collection[str]) -> bool:
    """Whether a word of a name is, or begins with, one of an etikett: lokalhyra is lokal."""
    return any(ord_ == ett or (len(ett) > _KORTAST and ord_.startswith(ett)) for ord_ in namn for ett in etikett)


def _slutar(namn: Collection[str], etikett: str) -> bool:
    """Whether a word of a name ends with one of an etikett: styrelsearvoden are arvoden."""
    return any(len(ett) > _KORTAST and ord_.endswith(ett) for ord_ in namn for ett in _ord(etikett) - _ALLMÄNNA)


def _check_etiketter(r: Redovisning) -> Kontroll:
    """A note's heading, and a row's other words, are not those of another post."""
    förbund, poster = r.år.förbund, _poster()
    namn = {_ord(etikett): post for post, etikett in poster.items()}
    satta: list[tuple[Ställe, str, str]] = [
        (("noter", nr, "rubrik"), n.rubrik, n.post) for nr, n in enumerate(förbund.noter) if n.post
    ]
    satta += [(("etiketter", post), etikett, post) for post, etikett in förbund.etiketter.items()]
    sist = {nyckel.rpartition(".")[2]: nyckel for nyckel in (*poster, *förbund.etiketter)}
    for nyckel, etikett in förbund.etiketter.items():
        annans = sist.get("_".join(vik(etikett).split()), nyckel)
        yield Prövat()
        if annans != nyckel and nyckel not in poster and not set(vik(etikett).split()) & set(re.split(r"[._]", nyckel)):
            fil, rad = förbund.var(("etiketter", nyckel))
            text = f"{fil}{f', {rad}' if rad else ''}: {nyckel} har etiketten {etikett}, som är vad {annans} är."
            yield Finding("varning", f"{text} Rätta etiketten.", fil)
    for ställe, etikett, post in satta:
        annan = namn.get(_ord(etikett))
        yield Prövat(int(post in poster))
        if annan is None and post in poster and not _gemensamma(_ord(etikett), _ord(poster[post])):
            alla = {ett: _ord(vanlig) for ett, vanlig in poster.items() if _ord(vanlig) - _ALLMÄNNA}
            lika = [ett for ett, ord_ in alla.items() if _gemensamma(ord_, _ord(etikett)) == len(ord_)]
            del_av = (ett for ett, ord_ in alla.items() if _ord(etikett) - _ALLMÄNNA and _ord(etikett) <= ord_)
            annan = lika[0] if len(lika) == 1 else next(del_av, None)
        if annan and post in poster and annan != post:
            fil, rad = förbund.var(ställe)
            text = f"{etikett} är namnet på en annan post än {post} ({poster[post]}). Rätta rubriken eller posten."
            yield Finding("varning", f"{fil}{f', {rad}' if rad else ''}: {text}", fil)


def _använda(r: Redovisning) -> list[str]:
    """The konton with a balance in any of the years, in order."""
    alla = (saldon for ett in r.år.bokföring.år.values() for saldon in (ett.ib, ett.ub, ett.res))
    return sorted({konto for saldon in alla for konto, belopp in saldon.items() if belopp})


def _poster() -> dict[str, str]:
    """What the räkningar call each post."""
    return {rad.id: rad.etikett for rad in (*resultatrakning.FORM, *balansrakning.FORM)}


@lru_cache(maxsize=1 << 12)
def _ord(text: str) -> Ordmängd:
    """The words that a name can be known by.

    >>> sorted(_ord("Kurser och konferenser, övrigt"))
    ['konferenser', 'kurser']
    """
    return frozenset(re.findall(r"[^\W\d_]{2,}", text.casefold())) - _SMÅORD


def _gemensamma(ord_: Collection[str], andra: Collection[str]) -> int:
    """How many words are also among others, or are a part that begins or ends one of them.

    >>> _gemensamma({"lokalhyra", "bank"}, {"lokal", "hyra"}), _gemensamma({"skattekonto"}, {"skatteverket"})
    (1, 0)
    """
    return sum(any(_släkt(ett, annat) for annat in andra) for ett in ord_)


def _släkt(ett: str, annat: str) -> bool:
    kort, lång = sorted((ett, annat), key=len)
    return kort == lång or (len(kort) >= _KORTAST and (lång.startswith(kort) or lång.endswith(kort)))
