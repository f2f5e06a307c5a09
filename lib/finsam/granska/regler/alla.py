"""Every rule, what it is called, and the order they are asked in: what certifies before what depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from finsam.granska.fynd import Fynd
from finsam.granska.precision import precision
from finsam.granska.regler import (
    andel_av_antal,
    andel_i_text,
    andelar,
    antal,
    bedomning,
    bredvid,
    enhet_i_text,
    kedjor,
    kolumner,
    lika,
    mal,
    malsumma,
    mellan,
    namngivna,
    nummer,
    nyckeltal,
    riktning,
    summor,
    syskon,
    text,
)
from finsam.granska.regler.grund import Underlag

Regel = Callable[[Underlag], Iterator[Fynd]]

REGLER: tuple[Regel, ...] = (
    summor.check_summor,
    kolumner.check_kolumner,
    mellan.check_mellan,
    syskon.check_syskon,
    syskon.check_varav,
    kedjor.check_kedjor,
    andelar.check_andelar,
    lika.check_resultat,
    lika.check_lika,
    lika.check_tusen,
    text.check_text,
    text.check_period_och_prognos,
    nyckeltal.check_nyckeltal,
    andel_i_text.check_par,
    andel_i_text.check_varav_andel,
    andel_av_antal.check_andel_av_antal,
    andel_av_antal.check_hela,
    enhet_i_text.check_enhet_i_text,
    enhet_i_text.check_sammanlagt,
    antal.check_antal,
    antal.check_kvinnor_och_män,
    antal.check_deltagare,
    antal.check_datum,
    antal.check_rader_i_tabell,
    riktning.check_riktning,
    riktning.check_ord_om_tal,
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
    bredvid.check_bredvid,
)

INTYGAR = 8
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
    "G14": "årtal i mål och rubriker",
    "G15": "avsnittens nummer",
    "G16": "innehållsförteckningen mot rubrikerna",
    "G17": "antal på två ställen: deltagare, kvinnor och män, möten, insatser",
    "G18": "ord för ökning, minskning, överskott och underskott",
    "G19": "soliditet och andra nyckeltal mot räkningarna",
    "G20": "rapporten mot bokföringen eller rapport.json bredvid",
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
    fynd.säkerhet = min(fynd.säkerhet, precision().get(fynd.kod, 1.0))
    return fynd
