"""`plomb.json`: the log of a year's seals, read and written; it is only ever added to."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from finsam.model.bokforing import Bokföringsår
from finsam.model.plomb import PLOMBERING, RES, UB, Fastställt, Handling, Händelse, Löv, Plomb, Plombläge
from finsam.model.problem import orsak
from finsam.model.rapport import ÅRSREDOVISNING

PLOMB = "plomb.json"
SCHEMA = 1


class _Löv(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    namn: str
    sha256: str
    varde: str | None = None


class _Händelse(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    handling: Handling
    forbund: str
    ar: int
    rapport: str
    namn: str
    datum: date
    skal: str
    version: str
    foregaende: str
    rot: str
    lov: tuple[_Löv, ...]


class _Fil(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
    schema_: Literal[1]
    logg: tuple[_Händelse, ...]


def plombfil(inputs: Path, förbund: str, år: int) -> Path:
    """Where a year's seal is kept."""
    return inputs / förbund / str(år) / PLOMB


def read_plomb(fil: Path) -> tuple[Plomb, str]:
    """A year's log, and what is wrong with it; an empty log when there is no file."""
    if not fil.is_file():
        return Plomb(), ""
    try:
        data = json.loads(fil.read_text("utf-8"))
        läst = _Fil.model_validate({"schema_": data.pop("schema", None), **data})
    except OSError as fel:
        return Plomb(), f"filen kan inte läsas ({orsak(fel)})"
    except (ValueError, AttributeError, RecursionError, ValidationError):
        return Plomb(), "filen kan inte läsas (den är avbruten eller ändrad)"
    plomb = Plomb(tuple(_händelse(h) for h in läst.logg))
    return plomb, _fel_mapp(plomb, fil) or plomb.brott()


def _fel_mapp(plomb: Plomb, fil: Path) -> str:
    """A seal belongs to its year's folder, and must not follow when the folder is copied to the next."""
    mapp = (fil.parents[1].name, fil.parent.name)
    andra = [h for h in plomb.händelser if (h.förbund, str(h.år)) != mapp]
    if not andra:
        return ""
    return f"den gäller {andra[0].förbund} {andra[0].år} (ta bort den om den följde med när årets mapp kopierades)"


def _händelse(h: _Händelse) -> Händelse:
    return Händelse(
        handling=h.handling,
        förbund=h.forbund,
        år=h.ar,
        rapport=h.rapport,
        namn=h.namn,
        datum=h.datum,
        skäl=h.skal,
        version=h.version,
        föregående=h.foregaende,
        löv=tuple(Löv(ett.namn, ett.sha256, ett.varde) for ett in h.lov),
        rot=h.rot,
    )


def write_plomb(plomb: Plomb, fil: Path) -> None:
    """Write the log, one line a leaf; the file is replaced whole or not at all, and follows the user's umask."""
    logg = ",\n".join(_händelse_json(h) for h in plomb.händelser)
    ny = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    try:
        with ny.open("x", encoding="utf-8", newline="\n") as ut:
            ut.write(f'{{"schema": {SCHEMA},\n "logg": [\n{logg}\n]}}\n')
        ny.replace(fil)
    finally:
        ny.unlink(missing_ok=True)


def _händelse_json(h: Händelse) -> str:
    om = {
        "handling": h.handling,
        "forbund": h.förbund,
        "ar": h.år,
        "rapport": h.rapport,
        "namn": h.namn,
        "datum": h.datum.isoformat(),
        "skal": h.skäl,
        "version": h.version,
        "foregaende": h.föregående,
        "rot": h.rot,
    }
    huvud = "".join(f"   {_rad(namn)}: {_rad(värde)},\n" for namn, värde in om.items())
    lov = ",\n".join(f"    {_rad(_löv_json(ett))}" for ett in sorted(h.löv, key=lambda ett: ett.namn))
    return f'  {{\n{huvud}   "lov": [\n{lov}\n   ]}}' if lov else f'  {{\n{huvud}   "lov": []}}'


def _löv_json(ett: Löv) -> dict[str, str]:
    return {"namn": ett.namn, "sha256": ett.sha256} | ({} if ett.värde is None else {"varde": ett.värde})


def _rad(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


# ---------------------------------------------------------------- what the checks ask


def plombläge(fil: Path, rapport: str, filer: Iterable[Path], inputs: Path) -> Plombläge | None:
    """What the year's seal says of the files that were read; None when the report is not sealed."""
    plomb, brott = read_plomb(fil)
    namn = fil.relative_to(inputs).as_posix()
    händelse = plomb.senaste(rapport)
    if brott:
        return Plombläge(namn, händelse, brott=brott)
    if händelse is None or händelse.handling != PLOMBERING:
        return None
    plomberade = händelse.filer("inputs/")
    lästa = {f.relative_to(inputs).as_posix(): f for f in filer if f.name != PLOMB}
    return Plombläge(
        namn,
        händelse,
        ändrade=tuple(n for n, summa in plomberade.items() if n in lästa and _summa(lästa[n]) != summa),
        saknade=tuple(n for n in plomberade if n not in lästa),
        nya=tuple(n for n in lästa if n not in plomberade),
    )


def fastställt(fil: Path, period: str, inputs: Path) -> Fastställt | None:
    """What a year's årsredovisning was sealed with; None when it never was."""
    plomb, brott = read_plomb(fil)
    namn = fil.relative_to(inputs).as_posix()
    händelse = plomb.senaste(ÅRSREDOVISNING.id)
    if brott:
        return Fastställt(namn, period, brott=brott)
    if händelse is None:
        return None
    vem, när = händelse.namn, händelse.datum.isoformat()
    if händelse.handling != PLOMBERING:
        return Fastställt(namn, period, vem, när, öppnad=händelse.skäl)
    start, slut = date(int(period), 1, 1), date(int(period), 12, 31)
    bokslut = Bokföringsår(-1, start, slut, ub=händelse.saldon(UB), res=händelse.saldon(RES), fil=namn)
    return Fastställt(namn, period, vem, när, bokslut, händelse.fakta)


def _summa(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes()).hexdigest()
