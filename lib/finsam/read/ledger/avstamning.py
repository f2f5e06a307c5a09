"""What must hold between the figures of a ledger, and what is said when it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from finsam.model.bokforing import omfört_på, är_resultatets_omföring
from finsam.read.ledger.ar import Årsdata, är_resultatklass
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.foljd import Verifikationsföljd
from finsam.read.ledger.problem import Problemsamling

JÄMFÖRELSEÅR_SAKNAS = "Jämförelseår saknas i filen."
UB_SAKNAS = (
    "Föregående års utgående balans ({}) saknas i filen, så balansräkningen får inga jämförelsetal. Ta med året i "
    "exporten, eller lägg förra årets bokföring i mappen som foregaende.se."
)
TALORD = {1: "en siffra", 2: "två siffror", 3: "tre siffror", 5: "fem siffror", 6: "sex siffror", 7: "sju siffror"}


def saknar_året_före(text: str) -> bool:
    """Whether a message is that the year before, or its utgående balans, is missing."""
    början, slut = UB_SAKNAS.split("{}")
    return text == JÄMFÖRELSEÅR_SAKNAS or (text.startswith(början) and text.endswith(slut))


def check_år(
    år: Mapping[int, Årsdata], verifikationer: Verifikationsföljd, ord_: Benämningar, problem: Problemsamling
) -> None:
    """Reconcile the current year, the year before it, and the verifikationer."""
    nu, före = år[0], år.get(-1)
    if not nu.ub and not nu.res:
        problem.fel(f"Årets saldon ({ord_.årets}) saknas i filen. Exportera den på nytt med årets saldon.")
        return
    if före is None or not (före.ub or före.res):
        problem.upplysning(JÄMFÖRELSEÅR_SAKNAS)
    else:
        _check_föregående_år(nu, före, ord_, problem)
    _check_ingående(nu, före, problem)
    _check_utgående(nu, ord_, problem)
    _check_verifikationer(nu, verifikationer, problem)


def check_konton(
    konton: Mapping[str, str], år: Iterable[Årsdata], namngivna_fel: Iterable[str], problem: Problemsamling
) -> None:
    """Say what is odd with the accounts in use: no name, another length than four, class 0 or 9."""
    år = list(år)
    använda = {k for ett in år for saldon in (ett.ib, ett.ub, ett.res) for k, öre in saldon.items() if öre}
    använda |= {konto for ett in år for konto, _ in ett.verifikat.perioder}
    for konto in sorted(använda - set(namngivna_fel)):
        if konto not in konton:
            problem.varning(f"Konto {konto[:40]} används men saknar namn i filen.", slag="konto utan namn")
        siffror = TALORD.get(len(konto), f"{len(konto)} siffror")
        if len(konto) > 4:
            text = f"Konto {konto[:40]} har {siffror} och förs till samma rad som {konto[:4]}."
            problem.upplysning(text, slag="konto med fler än fyra siffror")
        elif len(konto) < 4:
            problem.upplysning(f"Konto {konto} har bara {siffror}.", slag="konto med färre än fyra siffror")
    for klass in "09":
        saldon = [öre for ett in år if ett.nr == 0 for s in (ett.ub, ett.res) for k, öre in s.items() if k[0] == klass]
        if any(saldon):
            summa = kr_text(max(sum(öre for öre in saldon if öre > 0), -sum(öre for öre in saldon if öre < 0)))
            följd = f" Utan dem uppstår differensen {kr_text(abs(sum(saldon)))}." if sum(saldon) else ""
            problem.varning(f"Klass {klass}-konton har saldo ({summa}) och ingår inte i årsredovisningen.{följd}")


def _check_föregående_år(nu: Årsdata, före: Årsdata, ord_: Benämningar, problem: Problemsamling) -> None:
    """Last year balances, and this year opens with what it closed with."""
    differens = sum(före.ub.values()) + sum(före.res.values())
    if före.ub and före.res and differens and differens != sum(före.ib.values()) and not bokfört_på(före):
        problem.varning(
            f"Föregående års balans- och resultaträkning går inte ihop: differens {kr_text(abs(differens))}."
        )
    if not före.ub:
        problem.upplysning(UB_SAKNAS.format(ord_.ub_före))
    elif nu.ib:
        alla = {konto: nu.ib.get(konto, 0) - före.ub.get(konto, 0) for konto in sorted(före.ub.keys() | nu.ib.keys())}
        skilda = {konto: öre for konto, öre in alla.items() if öre}
        if _är_omföring(skilda, före):
            problem.upplysning(omfört_på(skilda))
            return
        for konto, avvikelse in skilda.items():
            problem.varning(ingående_avviker(konto, abs(avvikelse)), slag="ingående balans avviker")


def _är_omföring(skilda: Mapping[str, int], före: Årsdata) -> bool:
    i_decimal, res = ({k: Decimal(öre) for k, öre in saldon.items()} for saldon in (skilda, före.res))
    return är_resultatets_omföring(i_decimal, res, not sum(före.ub.values()))


def ingående_avviker(konto: str, öre: int) -> str:
    """What is said of an account that does not open with what it closed with."""
    return f"Ingående balans på {konto} avviker från föregående års utgående med {kr_text(öre)}."


def _check_ingående(nu: Årsdata, före: Årsdata | None, problem: Problemsamling) -> None:
    summa = sum(nu.ib.values())
    if not summa:
        return
    if före and är_föregående_resultat(summa, före.res.values()):
        orsak = f"{kr_text(abs(summa))} motsvarar föregående års resultat som inte är omfört."
    else:
        orsak = f"differens {kr_text(abs(summa))}."
    problem.varning(f"Ingående balans går inte ihop: {orsak}")


def är_föregående_resultat(summa: int, res: Iterable[int]) -> bool:
    """Whether an ingående balans misses its sum by last year's result, which was never moved to eget kapital."""
    return summa == -sum(res)


def _check_utgående(nu: Årsdata, ord_: Benämningar, problem: Problemsamling) -> None:
    """Balansräkning and resultaträkning meet: the balance accounts carry the result, booked or not."""
    ub, res = sum(nu.ub.values()), sum(nu.res.values())
    differens = ub + res
    if not nu.res and any(är_resultatklass(konto) for konto in nu.verifikat.per_konto()):
        (problem.fel if ub else problem.varning)(
            f"Resultatsaldon ({ord_.res}) saknas i filen. Exportera den på nytt med resultatkontona."
        )
    elif differens and (konto := bokfört_på(nu)):
        problem.upplysning(
            f"Årets resultat {kr_text(-res)} är bokfört på {konto} men inte på 8999; det räknas bara en gång."
        )
    elif differens and differens == sum(nu.ib.values()):
        problem.varning(
            f"Balans- och resultaträkningen går inte ihop: differens {kr_text(abs(differens))}. "
            "Den ingående balansen har samma differens."
        )
    elif differens:
        text = f"Balans- och resultaträkningen går inte ihop: differens {kr_text(abs(differens))}."
        problem.fel_om_ej_godtaget("obalans", text, "Exportera hela räkenskapsåret på nytt, utan urval.")
    elif res:
        problem.upplysning(f"Årets resultat {kr_text(-res)} är inte bokfört på 2099/8999.")


def bokfört_på(år: Årsdata) -> str | None:
    """The eget kapital account that already carries the result, in a year closed without a row on 8999."""
    ub, res = sum(år.ub.values()), sum(år.res.values())
    if ub or not res:
        return None
    for konto, öre in sorted(år.ub.items(), reverse=True):
        if konto.startswith("20") and res in (öre, öre - år.ib.get(konto, 0)):
            return konto
    return None


def _check_verifikationer(nu: Årsdata, verifikationer: Verifikationsföljd, problem: Problemsamling) -> None:
    """Vouchers lie within the year and explain its balances; the balances are what is used."""
    if tomma := verifikationer.tomma:
        problem.upplysning(f"{tomma} verifikation{'er' if tomma > 1 else ''} saknar rader.")
    for ver in verifikationer.utanför(nu.start, nu.slut):
        namn = " ".join(filter(None, (ver.serie, ver.nummer)))
        text = f"Verifikation {namn} har datum {ver.datum} utanför räkenskapsåret."
        problem.varning(text, slag="verifikation utanför räkenskapsåret")
    if not verifikationer:
        return
    rörelser = nu.verifikat.per_konto()
    skillnader = {}
    for konto in rörelser.keys() | nu.ub.keys() | nu.ib.keys() | nu.res.keys():
        rörelse = rörelser.get(konto, 0)
        if nu.är_resultatkonto(konto):
            skillnad = nu.res.get(konto, 0) - rörelse
        else:
            skillnad = nu.ub.get(konto, 0) - nu.ib.get(konto, 0) - rörelse
        if skillnad:
            skillnader[konto] = abs(skillnad)
    if skillnader:
        konto, öre = min(skillnader.items(), key=lambda par: (-par[1], par[0]))
        problem.varning(
            f"Verifikationerna förklarar inte alla saldon (t.ex. {konto}: {kr_text(öre)}); saldona används."
        )
