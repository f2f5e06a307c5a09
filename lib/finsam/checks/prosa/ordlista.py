"""The words that are read beside figures (ordlista.yml), as patterns."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from finsam.read.yaml_fil import SNABB_TOLK


@cache
def ordlista() -> dict[str, Any]:
    """The word list as it is written."""
    lista: dict[str, Any] = yaml.load((files(__package__) / "ordlista.yml").read_text("utf-8"), SNABB_TOLK)  # noqa: S506
    return lista


@cache
def något_av(*grupper: str) -> str:
    """A pattern for any word of some groups, whole words alone.

    >>> re.findall(något_av("ökning"), "ökningen gick upp; höga steg, ökenvandring")
    ['ökningen', 'gick upp', 'steg']
    """
    ord_ = sorted((ett for grupp in grupper for ett in ordlista()[grupp]), key=len, reverse=True)
    mönster = "|".join(re.escape(ett).replace(r"\ ", r"\s").replace(r"\*", r"\w*") for ett in ord_)
    return rf"(?<![\w-])(?:{mönster})(?![\w-])"


@cache
def kärnor(*grupper: str) -> str:
    """What one of is in any word of some groups, for a Mönster.

    >>> kärnor("förra året")
    'fjol|året|förra|innan|tidigare|föregående'
    """
    alla = {max(ett.rstrip("*").split(), key=len) for grupp in grupper for ett in ordlista()[grupp]}
    kärnor_ = (ett for ett in alla if not any(annat != ett and annat in ett for annat in alla))
    return "|".join(sorted(kärnor_, key=lambda ett: (len(ett), ett)))


@cache
def grupp_av(ord_: str, *grupper: str) -> str:
    """The group among these that has a word, as it stands in a text; empty when none has."""
    return next((grupp for grupp in grupper if re.fullmatch(något_av(grupp), ord_)), "")
