"""Sealing a finished year, and opening the seal again. The log is only ever added to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import finsam
from finsam.model.fakta import Fakta
from finsam.model.ord import VISAS_EJ
from finsam.model.plomb import FAKTA, PLOMBERING, RES, UB, ÖPPNING, Handling, Händelse, Löv, Plomb, löv
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import rapportslag
from finsam.oppna import öppna
from finsam.prove.manifest import LÅS, KanInteVerifieras, Körning
from finsam.prove.rapportfil import Rapport, read_rapport
from finsam.prove.verifiera.fakta import pröva_fakta
from finsam.prove.verifiera.plats import hitta
from finsam.read.arsmapp import hitta_inputs
from finsam.read.plomb import PLOMB, plombfil, read_plomb, write_plomb
from finsam.report.bok import Bok
from finsam.report.visning import exakt
from finsam.run.verifiera import verifiera


class KanIntePlomberas(Exception):
    """The run is a draft, or its files do not hold together; carries every reason, in Swedish."""

    def __init__(self, skäl: list[str]) -> None:
        self.skäl = tuple(skäl)
        super().__init__("\n".join(skäl))


def plombera(förbund: str, år: int, rapport: str, inputs: Path | None, outputs: Path, namn: str, dag: date) -> Händelse:
    """Seal a run that is finished, no draft, and verified on level 0 and 1; what was sealed.

    Raises UnreadableInput (nothing to seal, or sealed already) and KanIntePlomberas.
    """
    rot = hitta_inputs(inputs).resolve()
    fil, plomb = _logg(rot, förbund, år)
    katalog = outputs / förbund / str(år) / rapport
    senaste = plomb.senaste(rapportslag(rapport).id)
    if senaste and senaste.handling == PLOMBERING:
        text = f"Redan plomberad {senaste.datum.isoformat()} av {senaste.namn}. Öppna plomben först (--oppna --skal)."
        raise UnreadableInput([Problem("fel", text, _namn(fil, rot))])
    try:
        with hitta(katalog, rot) as plats:
            skäl = [
                f"{s.namn}: {p}"
                for s in (*verifiera(plats, 0, lambda _: lambda _: None), *pröva_fakta(plats))
                if s.utfall in ("skiljer", "oklart")
                for p in s.problem or (s.text,)
            ]
            körning, läst = plats.körning, read_rapport(katalog)
    except KanInteVerifieras as fel:
        text = f"Det finns ingen körning att plombera: {fel} Kör finsam skapa först."
        raise UnreadableInput([Problem("fel", text)]) from None
    bok = öppna(förbund, år, rapport, inputs=rot)
    skäl += _inte_samma(bok, rot, körning, läst)
    if läst.utkast or bok.utkast:
        skäl.append("Dokumentet är ett utkast: en kontroll visar fel. Rätta, eller ta ställning i bladet Undantag.")
    if skäl:
        raise KanIntePlomberas(skäl)
    ny = _händelse(plomb, PLOMBERING, förbund, år, rapport, namn, dag, "", (*_filer(körning), *_tal(bok, läst)))
    write_plomb(Plomb((*plomb.händelser, ny)), fil)
    return ny


def öppna_plomb(förbund: str, år: int, rapport: str, inputs: Path | None, namn: str, dag: date, skäl: str) -> Händelse:
    """Open a seal, with the reason; what was sealed stays in the log. Raises UnreadableInput."""
    rot = hitta_inputs(inputs).resolve()
    fil, plomb = _logg(rot, förbund, år)
    senaste = plomb.senaste(rapportslag(rapport).id)
    if not senaste or senaste.handling != PLOMBERING:
        raise UnreadableInput([Problem("fel", f"{rapport} {år} är inte plomberad.", _namn(fil, rot))])
    ny = _händelse(plomb, ÖPPNING, förbund, år, rapport, namn, dag, skäl, ())
    write_plomb(Plomb((*plomb.händelser, ny)), fil)
    return ny


def read_logg(förbund: str, år: int, inputs: Path | None) -> Plomb:
    """A year's log. Raises UnreadableInput when it is broken."""
    return _logg(hitta_inputs(inputs).resolve(), förbund, år)[1]


def _logg(rot: Path, förbund: str, år: int) -> tuple[Path, Plomb]:
    fil = plombfil(rot, förbund, år)
    if not fil.parent.is_dir():
        raise UnreadableInput([Problem("fel", f"År {år} finns inte för {förbund} i {rot}.")])
    plomb, brott = read_plomb(fil)
    if brott:
        text = f"Plomben är inte hel: {brott}. Återställ filen ur en säkerhetskopia; ingenting läggs till."
        raise UnreadableInput([Problem("fel", text, _namn(fil, rot))])
    return fil, plomb


def _namn(fil: Path, rot: Path) -> str:
    return fil.relative_to(rot).as_posix()


def _händelse(
    plomb: Plomb,
    handling: Handling,
    förbund: str,
    år: int,
    rapport: str,
    namn: str,
    dag: date,
    skäl: str,
    alla: tuple[Löv, ...],
) -> Händelse:
    sist = plomb.händelser[-1] if plomb.händelser else None
    if sist and dag < sist.datum:
        text = f"Datumet {dag.isoformat()} är före den senaste händelsen i plomben, {sist.datum.isoformat()}."
        raise UnreadableInput([Problem("fel", text)])
    ny = Händelse(
        handling=handling,
        förbund=förbund,
        år=år,
        rapport=rapport,
        namn=namn,
        datum=dag,
        skäl=skäl,
        version=finsam.__version__,
        föregående=sist.rot if sist else "",
        löv=tuple(sorted(alla, key=lambda ett: ett.namn)),
    )
    return replace(ny, rot=ny.beräknad_rot())


def _inte_samma(bok: Bok, rot: Path, körning: Körning, läst: Rapport) -> list[str]:
    """Why what is in the folder now would not give the finished document."""
    nu = {fil.relative_to(rot).as_posix() for fil in bok.år.filer if fil.name != PLOMB}
    nya = sorted(nu - set(körning.inputs))
    skäl = [f"{fil} har tillkommit sedan dokumentet gjordes. Kör finsam skapa igen." for fil in nya]
    skiljer = [n for n, f in bok.fakta.items() if _visat(f) != (läst.fakta[n].visat if n in läst.fakta else None)]
    if skiljer:
        skäl.append(f"{len(skiljer)} fakta räknas annorlunda nu, först {skiljer[0]}. Kör finsam skapa igen.")
    return skäl


def _visat(f: Fakta) -> str:
    return VISAS_EJ if f.dold else exakt(f) or f.text


def _filer(k: Körning) -> list[Löv]:
    """The files of a run as leaves: what was read, what was run, what was written."""
    grupper = (
        ("inputs/", {fil: summa for fil, summa in k.inputs.items() if not fil.endswith(f"/{PLOMB}")}),
        (f"notebooks/{k.rapport}/", k.underlag),
        ("outputs/", k.outputs),
        ("", {namn: summa for namn, summa in ((LÅS, k.las), ("finsam", k.program)) if summa}),
    )
    return [Löv(f"{början}{fil}", summa) for början, filer in grupper for fil, summa in filer.items()]


def _tal(bok: Bok, läst: Rapport) -> list[Löv]:
    """Every fact, and the closing balance or result of every konto that has one."""
    bokår = bok.år.bokföring.år.get(0)
    saldon = ((UB, bokår.ub), (RES, bokår.res)) if bokår else ()
    return [
        *(löv(f"{FAKTA}{nyckel}", f.visat) for nyckel, f in läst.fakta.items()),
        *(löv(f"{var}{konto}", f"{belopp:.2f}") for var, alla in saldon for konto, belopp in alla.items() if belopp),
    ]
