"""What to do next: in a sentence, and the command for it."""

from __future__ import annotations

from finsam.model.ord import antal, uppräkning
from finsam.run.status.svar import Dokument, Underlagsdel


def nästa(
    delar: tuple[Underlagsdel, ...], fel: int, dokument: Dokument, *, läst: bool, plomberad: bool
) -> tuple[str, str]:
    """The one thing to do next, and which command does it; none when nothing is left."""
    if not läst:
        return _rätta(delar), "kontrollera"
    if fel:
        ändå = "" if dokument.filer else " Ett utkast går att skapa ändå."
        return f"Rätta det som hindrar ({fel} fel).{ändå}", "kontrollera"
    if dokument.slag == "saknas":
        return "Inget hindrar: skapa rapporten.", "skapa"
    if dokument.äldre_än:
        ändrat = antal(len(dokument.äldre_än), "fil i underlaget är ändrad", "filer i underlaget är ändrade")
        return f"Skapa rapporten igen: {ändrat} sedan den gjordes.", "skapa"
    if dokument.slag == "utkast":
        return "Skapa rapporten igen: den är ett utkast, och inget hindrar nu.", "skapa"
    if plomberad:
        return "Rapporten är skapad, aktuell och plomberad. Inget återstår.", ""
    return "Rapporten är skapad och aktuell. Plombera den när den är beslutad.", "plombera"


def _rätta(delar: tuple[Underlagsdel, ...]) -> str:
    felen = {del_.fil: del_.läge for del_ in delar if del_.problem}
    if not felen:
        return "Fyll i underlaget."
    gör = "Lägg till det som saknas:" if set(felen.values()) == {"saknas"} else "Rätta underlaget i"
    return f"{gör} {uppräkning(list(felen)[:3])}{' med flera' if len(felen) > 3 else ''}."
