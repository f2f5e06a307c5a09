"""What one can choose among on the start page, and what is chosen when nothing is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from finsam.checks.arsredovisning import OBLIGATORISKA_TEXTER
from finsam.model.rapport import RAPPORTER, ÅRSREDOVISNING
from finsam.read.mapp import textfiler, textmapp, textnamn
from finsam.run.status.las import vad_som_finns

Jobb = tuple[str, int, str]
Val = Sequence[tuple[str, str, int, str]]
EXEMPEL = "exempelforbundet"


def att_välja(inputs: Path) -> Val:
    """What there is input for, and the years that have been begun: one whose ledger is missing is to be seen too."""
    if not inputs.is_dir():
        return ()
    finns = vad_som_finns(inputs)
    namn = {slug: ett for slug, ett, *_ in finns}
    alla = {(slug, år, rapport) for slug, _, år, rapport in finns}
    for mapp in (m for m in inputs.glob("[!.]*/[0-9][0-9][0-9][0-9]") if m.is_dir()):
        slug, år = mapp.parent.name, int(mapp.name)
        har = any((slug, år, rapport) in alla for rapport in RAPPORTER)
        if not har or any(textnamn(fil) in OBLIGATORISKA_TEXTER for fil in textfiler(textmapp(mapp))):
            alla.add((slug, år, ÅRSREDOVISNING.id))
    return tuple((slug, namn.get(slug, slug), år, rapport) for slug, år, rapport in sorted(alla))


def välj(finns: Val, valt: Jobb) -> Jobb:
    """The report that is asked for, as far as it is there; else the latest, of a förbund that is not the example."""
    förbund, år, rapport = valt
    passar = [f for f in finns if förbund in ("", f[0]) and år in (0, f[2]) and rapport in ("", f[3])] or finns
    egna = [f for f in passar if f[0] != EXEMPEL] or passar
    if not egna:
        return ("", 0, "")
    slug, _, året, slaget = max(egna, key=lambda f: (f[3] == ÅRSREDOVISNING.id, f[2], -finns.index(f)))
    return slug, året, slaget


def förbunden(finns: Val) -> list[tuple[str, str]]:
    """What each förbund is called where one chooses; those of one name with their folders' names too.

    >>> förbunden([("a", "Prov", 2024, ""), ("b", "Prov", 2024, ""), ("c", "Ett", 2024, "")])
    [('Prov (a)', 'a'), ('Prov (b)', 'b'), ('Ett', 'c')]
    """
    namn = {slug: ett for slug, ett, *_ in finns}
    flera = {ett for ett, antal in Counter(namn.values()).items() if antal > 1}
    return [(f"{ett} ({slug})" if ett in flera else ett, slug) for slug, ett in namn.items()]
