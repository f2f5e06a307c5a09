"""The keys of `forbund.yml` as the code reads them: their way, kind and default, for the table in docs/forbund.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from finsam.model.forbund import Förbund

ENKLA = {str: "text", bool: "true eller false", int: "heltal", float: "tal", Decimal: "tal", date: "datum"}


class Nyckel(NamedTuple):
    """`väg` has `[]` after a list and `.*` for names that the förbund chooses."""

    väg: str
    typ: str
    förval: str
    fält: FieldInfo


def nycklar(modell: type[BaseModel] = Förbund, före: str = "") -> Iterator[Nyckel]:
    """Every key at every level, in the order of the model."""
    for namn, fält in modell.model_fields.items():
        if namn == "slug" and modell is Förbund:  # the folder's name, not a key of the file
            continue
        yield Nyckel(f"{före}{namn}", _typ(fält.annotation), _förval(fält), fält)
        yield from _under(fält.annotation, f"{före}{namn}")


def _under(typ: Any, väg: str) -> Iterator[Nyckel]:
    """The keys of what stands under a key."""
    if isinstance(typ, type) and issubclass(typ, BaseModel):
        yield from nycklar(typ, f"{väg}.")
    elif get_origin(typ) is tuple:
        yield from _under(get_args(typ)[0], f"{väg}[]")
    elif get_origin(typ) is dict:
        yield from _under(get_args(typ)[1], f"{väg}.*")
    elif get_origin(typ) is UnionType:
        yield from _under(next(ett for ett in get_args(typ) if ett is not NoneType), väg)


def _typ(typ: Any) -> str:
    if get_origin(typ) is Annotated:
        return _typ(get_args(typ)[0])
    if typ in ENKLA:
        return ENKLA[typ]
    if get_origin(typ) is Literal:
        return ", ".join(f"`{val}`" for val in get_args(typ) if val)
    if get_origin(typ) is UnionType:
        return _typ(next(ett for ett in get_args(typ) if ett is not NoneType))
    if get_origin(typ) is tuple:
        return f"lista av {'nycklar' if _är_modell(get_args(typ)[0]) else _typ(get_args(typ)[0])}"
    if get_origin(typ) is dict:
        return f"namn och {'nycklar' if _är_modell(get_args(typ)[1]) else _typ(get_args(typ)[1])}"
    assert _är_modell(typ), typ
    return "nycklar"


def _är_modell(typ: Any) -> bool:
    return isinstance(typ, type) and issubclass(typ, BaseModel)


def _förval(fält: FieldInfo) -> str:
    if fält.is_required():
        return "måste anges"
    värde = fält.get_default(call_default_factory=True)
    if isinstance(värde, bool):
        return str(värde).lower()
    if isinstance(värde, BaseModel) or värde in (None, "", (), {}):
        return "inget"
    if isinstance(värde, tuple):
        return ", ".join(" ".join(f"{namn}: {v}" for namn, v in ett if v is not None) for ett in värde)
    return str(värde)
