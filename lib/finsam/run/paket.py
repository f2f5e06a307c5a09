"""One file with all that an auditor needs: what was read, what was made, and how to try it (docs/format.md).

The same run gives the same bytes: files in order, without time, and not compressed, because two builds of the
compressing library need not give the same bytes.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from finsam.model.problem import Problem, UnreadableInput
from finsam.prove.manifest import KÖRNING, LÅS, Körning, hitta_lås, read_körning
from finsam.prove.verifiera.plats import KRATE, LÄS_MIG
from finsam.report.bok import Bok
from finsam.run.krate import Om, krate_bytes
from finsam.run.montering import om_dokumentet
from finsam.run.utmapp import halvfärdig


def paketfil(katalog: Path) -> Path:
    """Where the package of a run's folder lies: beside it, by förbund, year and report."""
    return katalog.parent / f"{katalog.parents[1].name}-{katalog.parent.name}-{katalog.name}.zip"


def write_paket(bok: Bok, katalog: Path, inputs: Path, notebooks: Path) -> Path:
    """Write the package of a finished run beside it. Raises UnreadableInput when a file has changed meanwhile."""
    körning = read_körning(katalog)
    dokument = om_dokumentet(bok, hel=True)
    om = Om(
        titel=str(dokument["titel"]),
        förbund=bok.år.förbund.namn,
        orgnr=bok.år.förbund.orgnr or "",
        datum=str(dokument["datum"]) or f"{bok.år.årtal}-12-31",
    )
    filer = dict(sorted(_innehåll(körning, katalog, inputs, notebooks / körning.rapport)))
    filer[LÄS_MIG] = läs_mig(om, körning, paketfil(katalog).name).encode()
    filer = dict(sorted(filer.items()))
    filer[KRATE] = krate_bytes(om, körning, filer)
    mål = paketfil(katalog)
    ny = halvfärdig(mål)
    try:
        with ny.open("xb") as ut:
            write_zip(filer, ut)
        ny.replace(mål)
    finally:
        ny.unlink(missing_ok=True)
    return mål


def write_zip(filer: Mapping[str, bytes], ut: BinaryIO) -> None:
    """Write files as a package, in the order given."""
    with ZipFile(ut, "w", ZIP_STORED) as arkiv:
        for namn, data in filer.items():
            arkiv.writestr(_post(namn), data)


def är_packad_av_oss(fil: Path) -> bool:
    """Whether a package is byte for byte what its files give: nothing between them, before or after."""
    ut = BytesIO()
    with ZipFile(fil) as arkiv:
        namn = sorted(post.filename for post in arkiv.infolist())
        filer = {ett: arkiv.read(ett) for ett in sorted(namn, key=KRATE.__eq__)}
    write_zip(filer, ut)
    return fil.read_bytes() == ut.getvalue()


def _post(namn: str) -> ZipInfo:
    post = ZipInfo(namn)
    post.create_system = 3
    post.external_attr = (stat.S_IFREG | 0o644) << 16
    post.compress_type = ZIP_STORED
    return post


def _innehåll(k: Körning, katalog: Path, inputs: Path, avsnitt: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of a run with its bytes, which must be those that the manifest names."""
    ut = "/".join(("outputs", *katalog.parts[-3:]))
    yield f"{ut}/{KÖRNING}", (katalog / KÖRNING).read_bytes()
    for rot, till, filer in (
        (katalog, ut, k.outputs),
        (inputs, "inputs", k.inputs),
        (avsnitt, f"notebooks/{k.rapport}", k.underlag),
    ):
        for namn, summa in filer.items():
            yield f"{till}/{namn}", _läs(rot / namn, f"{till}/{namn}", summa)
    if k.las and (lås := hitta_lås()):
        yield LÅS, _läs(lås, LÅS, k.las)


def _läs(fil: Path, namn: str, summa: str) -> bytes:
    data = fil.read_bytes()
    if hashlib.sha256(data).hexdigest() != summa:
        raise UnreadableInput([Problem("fel", "Filen ändrades medan rapporten gjordes. Kör igen.", namn)])
    return data


def läs_mig(om: Om, k: Körning, namn: str) -> str:
    """How to try the package, for who has never seen one."""
    return f"""# {om.titel}, {om.förbund}

Det här paketet har allt som behövs för att pröva att talen är rätt, utan att fråga någon.

| var | vad |
|---|---|
| `outputs/` | dokumenten, och `{KÖRNING}` med kontrollsumman (SHA-256) för varje fil som gick in och kom ut |
| `inputs/` | bokföringen, underlaget och texterna som de lästes |
| `notebooks/` | avsnitten, som kördes |
| `{LÅS}` | vilka versioner av programmets bibliotek som användes |
| `{KRATE}` | samma sak för program: en RO-Crate (Process Run Crate) |

Med finsam {k.versioner.get("finsam", "")} installerat:

    finsam verifiera {namn}

Eller uppackat, i paketets mapp: `finsam verifiera .`

Kommandot prövar två saker: att filerna är de som körningen antecknade, och att varje dokument blir detsamma när det
görs om här ur samma underlag. Det svarar med felkod 0 när allt stämmer, 1 när något skiljer och 2 när något inte
kunde prövas.

Utan finsam: räkna SHA-256 för en fil och jämför med `{KÖRNING}`.

Underlaget har också det som dokumentet inte visar: bokföringens texter och antal i små grupper. Paketet är till för
den som granskar; pröva sekretessen innan det lämnas vidare.
"""
