"""Every rule, what it is called, and the order they are asked in: what certifies before what depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from finsam.granska.fynd import Fynd
from finsam.granska.grund import Underlag
from finsam.granska.precision import högst
from finsam.granska.regler import (
    andelar,
    bedomning,
    block,
    kedjor,
    kolumner,
    lika,
    mal,
    malsumma,
    mellan,
    nyckeltal,
    slag,
    summor,
    syskon,
)
from finsam.granska.utsagor import (
    andel_av_antal,
    andel_i_text,
    andel_mot_tabell,
    antal,
    antal_mot_tabell,
    belopp,
    bredvid,
    dagar,
    enheter,
    hanvisningar,
    namngivna,
    nummer,
    pastaenden,
    riktning,
    roller,
    text,
)

Regel = Callable[[Underlag], Iterator[Fynd]]

REGLER: tuple[Regel, ...] = (
    summor.check_summor,
    slag.check_slag,
    kolumner.check_kolumner,
    mellan.check_mellan,
    syskon.check_syskon,
    syskon.check_varav,
    kedjor.check_kedjor,
    kedjor.check_kolumnkedja,
    andelar.check_andelar,
    lika.check_resultat,
    lika.check_lika,
    lika.check_siffra,
    lika.check_tusen,
    block.check_block,
    text.check_text,
    text.check_period_och_prognos,
    nyckeltal.check_nyckeltal,
    andel_i_text.check_par,
    andel_i_text.check_varav_andel,
    andel_i_text.check_andel_två_år,
    andel_av_antal.check_andel_av_antal,
    andel_av_antal.check_hela,
    enheter.check_enhet_i_text,
    enheter.check_sammanlagt,
    antal.check_antal,
    antal.check_kvinnor_och_män,
    antal.check_deltagare,
    antal.check_datum,
    antal.check_år_sedan,
    antal.check_flest,
    antal.check_rader_i_tabell,
    riktning.check_riktning,
    riktning.check_ord_om_tal,
    riktning.check_med_till,
    mal.check_kapitalmål,
    bedomning.check_bedömning,
    bedomning.check_målrader,
    malsumma.check_målsumma,
    mal.check_beslut,
    mal.check_beslutat,
    namngivna.check_beviljat,
    namngivna.check_uppräkning,
    mal.check_år,
    nummer.check_nummer,
    nummer.check_serier,
    pastaenden.check_trend,
    pastaenden.check_anställda,
    pastaenden.check_delår,
    pastaenden.check_kapital_i_plan,
    nummer.check_tecken,
    nummer.check_namn,
    andel_mot_tabell.check_andel_av_hela,
    andel_mot_tabell.check_andel_av_kostnaderna,
    andel_mot_tabell.check_andel_på_raden,
    antal_mot_tabell.check_möten,
    antal_mot_tabell.check_medlemskommuner,
    antal_mot_tabell.check_flest,
    antal_mot_tabell.check_individinsatser,
    belopp.check_givare,
    belopp.check_tusen_på_raden,
    dagar.check_egna_året,
    hanvisningar.check_hänvisningar,
    roller.check_roller,
    dagar.check_beslutsdag,
    dagar.check_balansdag,
    bredvid.check_bredvid,
)

INTYGAR = 10
"""The first rules certify what they find exact; the others ask what is certified."""
KODER = {
    "G01": "summor, nivåer och resultat i en tabell",
    "G02": "kolumner som är skillnaden eller summan av två andra",
    "G03": "samma tal i två tabeller, år för år",
    "G04": "samma begrepp på två ställen",
    "G05": "kedjor mellan åren: ingående, utgående och det däremellan",
    "G06": "samma samband i tabeller av samma slag",
    "G07": "andelar i tabeller mot det de är andelar av",
    "G08": "belopp och antal med sin andel i texten",
    "G09": "belopp i texten mot tabellerna",
    "G10": "mål för eget kapital mot årets slut",
    "G11": "bedömningar av mål mot utfallet",
    "G12": "enheter: tusen gånger för stort eller för litet",
    "G13": "beslutade belopp mot budgeten",
    "G14": "årtal och perioder i mål och rubriker",
    "G15": "avsnittens nummer",
    "G16": "innehållsförteckningen mot rubrikerna",
    "G17": "antal på två ställen: deltagare, kvinnor och män, möten, insatser",
    "G18": "ord för ökning, minskning, överskott och underskott",
    "G19": "soliditet och andra nyckeltal mot räkningarna",
    "G20": "rapporten mot bokföringen eller rapport.json bredvid",
    "G21": "dubbla minustecken och namn som skrivs på två sätt",
    "G22": "hänvisningar till tabeller, diagram och noter som finns",
    "G23": "ordförandens och förbundschefens namn på olika ställen",
    "G24": "dagen för samma beslut, och balansdagar",
}


def fynd_i(u: Underlag) -> list[Fynd]:
    """What the rules find. They are asked twice: what certifies a table may come after what depends on it."""
    for regel in REGLER[:INTYGAR]:
        for _ in regel(u):
            pass
    u.prövat.clear()
    u.jämfört.clear()
    return [_högst(ett) for regel in REGLER for ett in regel(u)]


def _högst(fynd: Fynd) -> Fynd:
    """No finding is surer than its rule has been measured to be."""
    fynd.säkerhet = min(fynd.säkerhet, högst(fynd.kod))
    return fynd
