"""JSON with a line for each value, as the standard library writes it: it has no C for that, and this takes half."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

_ENKLA: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: repr,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
}


def json_text(data: Any, *, sort_keys: bool = False) -> str:
    """What `json.dumps` writes with an indent of one and letters as they are. All keys are words.

    >>> json_text({"å": [1, None, {}], "b": True}, sort_keys=True)
    '{\\n "b": true,\\n "å": [\\n  1,\\n  null,\\n  {}\\n ]\\n}'
    """
    return _text(data, "\n", sorted if sort_keys else list)


def _text(data: Any, rad: str, ordning: Callable[[Any], list[tuple[str, Any]]]) -> str:
    """The same; `rad` begins a line."""
    if enkel := _ENKLA.get(type(data)):
        return enkel(data)
    inre = f"{rad} "
    if isinstance(data, dict):
        rader = [f"{encode_basestring(namn)}: {_text(ett, inre, ordning)}" for namn, ett in ordning(data.items())]
        return f"{{{inre}{f',{inre}'.join(rader)}{rad}}}" if rader else "{}"
    if isinstance(data, (list, tuple)):
        rader = [_text(ett, inre, ordning) for ett in data]
        return f"[{inre}{f',{inre}'.join(rader)}{rad}]" if rader else "[]"
    return json.dumps(data, ensure_ascii=False)
