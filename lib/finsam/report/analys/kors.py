"""Several förbund and years in one tidy frame: a row a förbund, year and fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from finsam.model.fakta import Fakta
from finsam.report.analys.ram import Ram, ram
from finsam.report.bok import Bok

KOLUMNER = ("forbund", "ar", "id", "namn", "varde", "enhet", "karna")


def korsram(
    böcker: Sequence[Bok], kärnan: Collection[str], namn: str, fel: Iterable[str] = (), *, bara_kärnan: bool = False
) -> Ram:
    """The facts of books with figures; `namn` is what the core taxonomy is called. A figure is from its year's own
    report when there is one, else from the newest report that says it.
    """
    rader = [
        (förbund, int(f.period), f.id, f.definition, f.värde, f.enhet, namn if f.id in kärnan else "")
        for förbund, f in _en_gång(böcker)
        if f.id in kärnan or not bara_kärnan
    ]
    return ram(rader, KOLUMNER, anmärkningar=tuple(fel), varde="")


def _en_gång(böcker: Sequence[Bok]) -> Iterator[tuple[str, Fakta]]:
    egna = {(bok.år.förbund.slug, bok.år.period) for bok in böcker}
    sagda: set[tuple[str, str]] = set()
    for bok in sorted(böcker, key=lambda bok: (bok.år.förbund.slug, -bok.år.årtal)):
        slug = bok.år.förbund.slug
        for f in bok.fakta.values():
            annat = f.period != bok.år.period and (slug, f.period) in egna
            if f.enhet != "text" and f.period.isdecimal() and not annat and (slug, f.nyckel) not in sagda:
                sagda.add((slug, f.nyckel))
                yield slug, f
