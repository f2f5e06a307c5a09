"""What the rows of `underlag.xlsx` have in common."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
"""A name that other sheets, texts and facts refer to, so it has no blanks, dots or å, ä, ö."""

Beloppsenhet = Literal["kr", "tkr"]
Mätenhet = Literal["kr", "tkr", "%", "antal", "dagar", ""]
Bedömning = Literal["uppfyllt", "delvis uppfyllt", "ej uppfyllt", "kan inte bedömas", ""]


class Underlagsrad(BaseModel):
    """A row of a sheet, and the place it was read from. `räknar_personer`: no message may repeat its numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
    blad: ClassVar[str]
    om: ClassVar[str]
    räknar_personer: ClassVar[bool] = False

    rad: int = Field(default=0, exclude=True)
