"""The signs of a list: debit plus is expected; another way is taken only when the sums prove it, and is then said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finsam.model.ord import uppräkning
from finsam.read.ledger.avstamning import bokfört_på
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.saldon import Listsaldon, Radsaldo, build_saldon

EXPORTERA = "Exportera hela räkenskapsåret på nytt med alla konton i klass 1–8, utan urval."
HEL_KRONA = 100


@dataclass(frozen=True, slots=True)
class Läsning:
    """A way to read the signs: which konton (by their beginnings) are printed with the opposite one."""

    vilka: str
    vända: tuple[str, ...] = ()

    def tecken(self, konto: str) -> int:
        """What a printed amount is to be multiplied with."""
        return -1 if konto.startswith(self.vända) else 1


SOM_DE_STÅR = Läsning("som de står")
ALLA_VÄNDA = Läsning("alla konton", tuple("0123456789"))
LÄSNINGAR = (
    SOM_DE_STÅR,
    Läsning("resultatkonton (klass 3–8)", tuple("345678")),
    Läsning("skulder och eget kapital (klass 2)", ("2",)),
    Läsning("skulder, eget kapital och intäkter (klass 2 och 3)", tuple("23")),
    Läsning("skulder, eget kapital och intäkter (klass 2, 3 och 84)", ("2", "3", "84")),
    Läsning("skulder, eget kapital och intäkter (klass 2, 3 och 83)", ("2", "3", "83")),
    Läsning("allt utom tillgångar (klass 2–8)", tuple("2345678")),
    ALLA_VÄNDA,
)


def välj_läsning(
    rader: list[Radsaldo], har_sidor: bool, år: int, problem: Problemsamling
) -> tuple[Läsning, Listsaldon] | None:
    """The one way to read the signs in which the list adds up; `None`, and the sums of each, when there is not one."""
    alla = [(läsning, build_saldon(rader, läsning.tecken, år)) for läsning in LÄSNINGAR[: 1 if har_sidor else None]]
    if not _har_saldon(alla[0][1], problem):
        return None
    går_ihop = [(läsning, saldon) for läsning, saldon in alla if _går_ihop(saldon)]
    rimliga = _olika((läsning, saldon) for läsning, saldon in går_ihop if _är_rimlig(saldon))
    if len(rimliga) > 1:
        rimliga = [(läsning, saldon) for läsning, saldon in rimliga if _hela_går_ihop(saldon)] or rimliga
    if len(rimliga) != 1:
        problem.fel(_varför_inte(alla, går_ihop, rimliga))
        return None
    läsning, saldon = rimliga[0]
    if läsning.vända:
        problem.varning(_varför_vända(läsning, saldon, alla[0][1]))
    return läsning, saldon


def _har_saldon(saldon: Listsaldon, problem: Problemsamling) -> bool:
    """Whether the list has balance accounts and result accounts with saldo."""
    nu = saldon.år[0]
    saknas = []
    if not any(öre for konto, öre in nu.ub.items() if konto[0] in "12"):
        saknas.append("balanskonton (klass 1–2)")
    if not any(nu.res.values()):
        saknas.append("resultatkonton (klass 3–8)")
    if saknas:
        problem.fel(f"Listan har inga {' och inga '.join(saknas)} med saldo. {EXPORTERA}")
    return not saknas


def _skillnad(saldon: Listsaldon) -> int:
    nu = saldon.år[0]
    return sum(nu.ub.values()) + sum(nu.res.values())


def _går_ihop(saldon: Listsaldon) -> bool:
    """Whether balance and result accounts meet, or miss by just the year before's result, not yet carried over."""
    nu, skillnad = saldon.år[0], _skillnad(saldon)
    return not skillnad or bool(bokfört_på(nu)) or skillnad == sum(nu.ib.values()) == _ej_omfört(saldon)


def _ej_omfört(saldon: Listsaldon) -> int:
    """What the ingående balans is short of when the year before's result is in no eget kapital account."""
    return -sum(saldon.år[-1].res.values()) if -1 in saldon.år else 0


def _hela_går_ihop(saldon: Listsaldon) -> bool:
    """Whether the ingående balans and the year before agree too."""
    return not sum(saldon.år[0].ib.values()) and not (-1 in saldon.år and _fel_före(saldon))


def _klass(saldon: Listsaldon, klass: str) -> int:
    nu = saldon.år[0]
    return sum(öre for saldo in (nu.ub, nu.res) for konto, öre in saldo.items() if konto[0] == klass)


def _är_rimlig(saldon: Listsaldon) -> bool:
    """Whether tillgångar are debit and intäkter credit, as far as the list has them."""
    tillgångar, intäkter = _klass(saldon, "1"), _klass(saldon, "3")
    return intäkter <= 0 and (tillgångar > 0 or (tillgångar == 0 and intäkter < 0))


def _olika(läsningar: Iterable[tuple[Läsning, Listsaldon]]) -> list[tuple[Läsning, Listsaldon]]:
    """The first of those that give the same figures."""
    svar: list[tuple[Läsning, Listsaldon]] = []
    for läsning, saldon in läsningar:
        if all(saldon.år != andra.år for _, andra in svar):
            svar.append((läsning, saldon))
    return svar


def _summor(saldon: Listsaldon) -> str:
    nu = saldon.år[0]
    return f"balanskonton {kr_text(sum(nu.ub.values()))} och resultatkonton {kr_text(sum(nu.res.values()))}"


def _varför_inte(
    alla: list[tuple[Läsning, Listsaldon]],
    går_ihop: list[tuple[Läsning, Listsaldon]],
    rimliga: list[tuple[Läsning, Listsaldon]],
) -> str:
    """Why no reading, or more than one, can be taken."""
    if rimliga:
        vilka = " eller ".join(f"med {ett.vilka} vända" if ett.vända else "som den står" for ett, _ in rimliga)
        return (
            f"Listans tecken går inte att avgöra: den går ihop {vilka}. Ta ut listan med debet plus och kredit minus."
        )
    if går_ihop:
        saldon = går_ihop[0][1]
        return (
            f"Listans tecken går inte att avgöra: tillgångarna (klass 1) är {kr_text(_klass(saldon, '1'))} och "
            f"intäkterna (klass 3) {kr_text(_klass(saldon, '3'))} i den läsning som går ihop. "
            "Ta ut listan med debet plus och kredit minus."
        )
    som_den_står = alla[0][1]
    andra = [(ett, saldon) for ett, saldon in _olika(alla) if ett.vända and ett != ALLA_VÄNDA]
    delar = [f"{kr_text(abs(_skillnad(saldon)))} med {ett.vilka} vända" for ett, saldon in andra]
    text = f"Listan går inte ihop: {_summor(som_den_står)} ger differensen {kr_text(abs(_skillnad(som_den_står)))}"
    text += f" som den står, {uppräkning(delar)}." if delar else "."
    nu = som_den_står.år[0]
    belopp = [*nu.ub.values(), *nu.res.values()]
    if not any(öre % HEL_KRONA for öre in belopp) and abs(_skillnad(som_den_står)) <= HEL_KRONA * len(belopp) // 2:
        text += " Beloppen är i hela kronor och kan vara avrundade; exportera dem med ören."
    return f"{text} {EXPORTERA}"


def _varför_vända(läsning: Läsning, saldon: Listsaldon, som_de_står: Listsaldon) -> str:
    if skillnad := _skillnad(som_de_står):
        varför = f"som de står är differensen {kr_text(abs(skillnad))}, vända går listan ihop"
    else:
        tillgångar, intäkter = kr_text(_klass(som_de_står, "1")), kr_text(_klass(som_de_står, "3"))
        varför = f"som de står är tillgångarna (klass 1) {tillgångar} och intäkterna (klass 3) {intäkter}"
    return (
        f"Tecknen är vända för {läsning.vilka}: {varför}. Tillgångarna blir {kr_text(_klass(saldon, '1'))} och "
        f"intäkterna {kr_text(_klass(saldon, '3'))} (debet plus, kredit minus)."
    )


def _fel_före(saldon: Listsaldon) -> int:
    """What the year before misses by; nil when it has only balance or only result accounts."""
    före = saldon.år[-1]
    differens = sum(före.ub.values()) + sum(före.res.values())
    return 0 if not före.ub or not före.res or bokfört_på(före) else differens


def check_balanser(saldon: Listsaldon, har_ib: bool, problem: Problemsamling) -> None:
    """The ingående balans and the year before must add up: in a list nothing else would show a figure that is wrong."""
    ingående = sum(saldon.år[0].ib.values())
    if har_ib and ingående and ingående != _ej_omfört(saldon):
        problem.fel(f"Ingående balans går inte ihop: differens {kr_text(abs(ingående))}. {EXPORTERA}")
    if -1 not in saldon.år:
        return
    före = saldon.år[-1]
    if ingående := sum(före.ib.values()):
        problem.fel(f"Föregående års ingående balans går inte ihop: differens {kr_text(abs(ingående))}. {EXPORTERA}")
    differens = _fel_före(saldon)
    if differens and not sum(före.ub.values()):
        problem.fel(
            f"Föregående års balanskonton är efter omföringen: årets resultat, {kr_text(-differens)}, ligger redan i "
            "eget kapital och står också på resultatkontona. Ta bort kolumnen för föregående år ur listan, och lägg "
            "förra årets egen lista i årsmappen som foregaende.xlsx eller foregaende.csv."
        )
    elif differens:
        problem.fel(
            f"Föregående års balans- och resultaträkning går inte ihop: differens {kr_text(abs(differens))}. "
            f"{EXPORTERA}"
        )
    elif not före.ub or not före.res:
        vilka = "resultatkonton" if före.res else "balanskonton"
        problem.varning(f"Föregående års kolumn har bara {vilka} och kan inte stämmas av.")
