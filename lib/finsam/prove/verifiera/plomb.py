"""Level 0 for a sealed year: the run is the one that was sealed."""

from __future__ import annotations

from collections.abc import Iterator

from finsam.model.fakta import numera
from finsam.model.plomb import PLOMBERING, Händelse
from finsam.prove.manifest import KanInteVerifieras
from finsam.prove.rapportfil import read_rapport
from finsam.prove.verifiera.plats import Plats, Steg, ligger_i
from finsam.read.plomb import PLOMB, plombfil, read_plomb


def pröva_plomb(plats: Plats) -> Iterator[Steg]:
    """What the seal says of the run; nothing when the report was never sealed."""
    p = plats.körning.parametrar
    if not plats.inputs:
        return
    fil = plombfil(plats.inputs, p.förbund, p.år)
    if not ligger_i(plats.inputs, fil.relative_to(plats.inputs).as_posix()):
        return
    plomb, brott = read_plomb(fil)
    händelse = plomb.senaste(plats.körning.rapport)
    if brott:
        yield Steg(0, "Plomben", f"är inte hel: {brott}", "skiljer")
    elif händelse and händelse.handling != PLOMBERING:
        text = f"öppnades {händelse.datum.isoformat()} av {händelse.namn} ({händelse.skäl}); året är inte plomberat nu"
        yield Steg(0, "Plomben", text, "upplysning")
    elif händelse:
        problem = tuple(_skillnader(plats, händelse))
        vem = f"{händelse.datum.isoformat()} av {händelse.namn}, rot {händelse.rot}"
        text = "körningen är inte den som plomberades" if problem else "körningen är den som plomberades"
        yield Steg(0, "Plomben", f"{text} {vem}", "skiljer" if problem else "stämmer", problem)


def _skillnader(plats: Plats, h: Händelse) -> Iterator[str]:
    """Where a run is not what was sealed: figures first, then files."""
    k = plats.körning
    try:
        läst = read_rapport(plats.katalog)
    except KanInteVerifieras as fel:
        yield str(fel)
        return
    for nyckel, värde in h.fakta.items():
        funnet = läst.fakta.get(nyckel) or läst.fakta.get(numera(nyckel))
        nu = funnet.visat if funnet else "finns inte"
        if nu != värde:
            yield f"{nyckel}: {nu or 'tomt'}, plomberat {värde or 'tomt'}"
    lästa = {fil: summa for fil, summa in k.inputs.items() if not fil.endswith(f"/{PLOMB}")}
    for var, filer in (("inputs/", lästa), ("outputs/", k.outputs)):
        plomberade = h.filer(var)
        for fil in sorted({*filer, *plomberade}):
            if filer.get(fil) != plomberade.get(fil):
                yield f"{var}{fil}: inte den fil som plomberades"
