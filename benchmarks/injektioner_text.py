"""Errors in the words, in what is settled for a förbund, and in the figures as they were published."""

from __future__ import annotations

import random
import re
from pathlib import Path

from injektioner import Mål, byt_i_fil, kasta_om, ska


def _texter(mål: Mål) -> list[Path]:
    """The texts of the report: a plan's begin with vp_."""
    return [fil for fil in sorted((mål.årsmapp / "text").glob("*.md")) if fil.stem.startswith("vp_") == mål.är_plan]


def _byt_i_text(mål: Mål, slump: random.Random, mönster: str, efter: str) -> str | None:
    """Put something else in one place, in the middle of a text, where a pattern stands."""
    platser = [(fil, m) for fil in _texter(mål) for m in re.finditer(mönster, fil.read_text("utf-8"))]
    if not platser:
        return None
    fil, m = slump.choice(platser)
    text = fil.read_text("utf-8")
    fil.write_text(text[: m.start()] + efter + text[m.end() :], "utf-8")
    return f"{fil.name}: {m[0]} blev {efter}"


def _i_en_mening(mål: Mål, slump: random.Random, ord_: str) -> str | None:
    """Put words in the middle of a running sentence."""
    return _byt_i_text(mål, slump, r"(?<=[a-zåäö]) (?=[a-zåäö]{2})(?=[^{}|]*(?:\{|$))(?=[^`\n]*\.)", f" {ord_} ")


@ska("fångas")
def tal_skrivet_för_hand(mål: Mål, slump: random.Random) -> str | None:
    tal = slump.choice((f"{slump.randint(100, 999)} {slump.randint(100, 999)}", f"{slump.randint(2, 99)} procent"))
    return _i_en_mening(mål, slump, f"({tal})")


@ska("fångas")
def hänvisning_ersatt_av_tal(mål: Mål, slump: random.Random) -> str | None:
    """The figure itself is written where it was fetched."""
    tal = slump.choice((f"{slump.randint(1, 9)} {slump.randint(100, 999)} 000 kronor", f"{slump.randint(2, 99)}"))
    return _byt_i_text(mål, slump, r"\{[a-z_]+\.[^{}]*\}", tal)


@ska("fångas")
def gammalt_årtal(mål: Mål, slump: random.Random) -> str | None:
    """A year is left as it was in an earlier year's text."""
    return _byt_i_text(mål, slump, r"\{år\}(?!-\d)", str(mål.år - slump.randint(1, 4)))


@ska("fångas")
def årtal_ett_för_mycket(mål: Mål, slump: random.Random) -> str | None:
    return _byt_i_text(mål, slump, r"\{år\}(?!-\d)", str(mål.år + 1))


@ska("fångas")
def årtal_i_en_mening(mål: Mål, slump: random.Random) -> str | None:
    return _i_en_mening(mål, slump, f"(sedan {mål.år - slump.randint(2, 9)})")


@ska("fångas")
def hänvisning_felstavad(mål: Mål, slump: random.Random) -> str | None:
    platser = [(fil, en) for fil in _texter(mål) for en in re.findall(r"\{[a-z_]+\.[a-z_.]+", fil.read_text("utf-8"))]
    if not platser:
        return None
    fil, en = slump.choice(platser)
    return byt_i_fil(fil, en, f"{en}x")


@ska("fångas")
def hänvisning_i_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    return _byt_i_text(mål, slump, r"\| (?:kr|tkr)(?=\})", "| procent")


@ska("fångas")
def klammer_saknas(mål: Mål, slump: random.Random) -> str | None:
    return _byt_i_text(mål, slump, r"\}", "")


@ska("fångas")
def text_saknas(mål: Mål, slump: random.Random) -> str | None:
    krävs = ("vp_budget", "vp_finansiering", "vp_mal") if mål.är_plan else ("handelser", "personal", "intygande")
    filer = [fil for namn in krävs if (fil := mål.årsmapp / "text" / f"{namn}.md").is_file()]
    if not filer:
        return None
    fil = slump.choice(filer)
    if slump.random() < 0.5:
        fil.unlink()
        return f"{fil.name} saknas"
    fil.write_text("\n", "utf-8")
    return f"{fil.name} är tom"


@ska("fångas")
def personnummer_i_text(mål: Mål, slump: random.Random) -> str | None:
    return _i_en_mening(mål, slump, "(640823-3234)")


# --- forbund.yml ---------------------------------------------------------------------------------------------------


def _inställningar(mål: Mål) -> Path:
    """The file that holds: a year's own goes before the förbund's."""
    egen = mål.årsmapp / "forbund.yml"
    return egen if egen.is_file() else mål.mapp / "forbund.yml"


def _byt_inställning(mål: Mål, slump: random.Random, mönster: str, efter: str) -> str | None:
    """Change one place; `efter` may refer to the groups of the pattern."""
    if not (träffar := list(re.finditer(mönster, (text := _inställningar(mål).read_text("utf-8")), re.MULTILINE))):
        return None
    m = slump.choice(träffar)
    nytt = m.expand(efter)
    _inställningar(mål).write_text(text[: m.start()] + nytt + text[m.end() :], "utf-8")
    return f"forbund.yml: {m[0].strip()} blev {nytt.strip() or 'borttaget'}"


@ska("fångas")
def tecken_i_driftredovisningen(mål: Mål, slump: random.Random) -> str | None:
    return None if mål.är_plan else _byt_inställning(mål, slump, r'"-(kostnad\.\w+)"', r'"\1"')


@ska("fångas")
def driftrad_saknas(mål: Mål, slump: random.Random) -> str | None:
    return None if mål.är_plan else _byt_inställning(mål, slump, r"^  - \{id: \w+, etikett: [^{}]*, av: .*\n", "")


@ska("fångas")
def medlem_saknas_i_inställningarna(mål: Mål, slump: random.Random) -> str | None:
    return _byt_inställning(mål, slump, r"^  - \{id: \w+, namn: .*, typ: \w+\}\n", "")


@ska("fångas")
def medlem_av_fel_slag(mål: Mål, slump: random.Random) -> str | None:
    return _byt_inställning(mål, slump, r"typ: (?:kommun|stat)\}", "typ: region}")


@ska("fångas")
def fel_kontoplan_angiven(mål: Mål, slump: random.Random) -> str | None:
    return None if mål.är_plan else _byt_inställning(mål, slump, r"^kontoplan: kommun-bas", "kontoplan: bas")


@ska("fångas")
def notens_rad_saknas(mål: Mål, slump: random.Random) -> str | None:
    return None if mål.är_plan else _byt_inställning(mål, slump, r"^      - \{id: \w+, etikett: .*\}\n", "")


@ska("fångas")
def orgnr_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    fil = mål.mapp / "forbund.yml"
    m = re.search(r'orgnr: "(\d+-\d+)"', fil.read_text("utf-8"))
    return byt_i_fil(fil, m[1], kasta_om(m[1], slump)) if m else None


@ska("fångas")
def små_grupper_visas(mål: Mål, slump: random.Random) -> str | None:
    if mål.är_plan or "minsta_grupp: 5" not in (text := (mål.mapp / "forbund.yml").read_text("utf-8")):
        return None
    (mål.mapp / "forbund.yml").write_text(text.replace("minsta_grupp: 5", "minsta_grupp: 1"), "utf-8")
    return "forbund.yml: minsta_grupp 5 blev 1"


@ska("fångas")
def nyckel_felstavad(mål: Mål, slump: random.Random) -> str | None:
    return _byt_inställning(mål, slump, r"^(namn|kortnamn|medlemmar|noter|driftredovisning|kapitaltak):", r"\1x:")


@ska("flödar")
def kapitaltak_ändrat(mål: Mål, slump: random.Random) -> str | None:
    """Which ceiling a förbund has taken as its own is for it to say; C24 tells of a plan above it."""
    return _byt_inställning(mål, slump, r"andel: 0\.20", f"andel: 0.{slump.choice((12, 15, 25, 30))}")


# --- the published figures -----------------------------------------------------------------------------------------

TRYCKT = r"\b\d{4}: (-?\d{3,})\b"


def _byt_tryckt(mål: Mål, slump: random.Random, byt: str) -> str | None:
    """Change one published figure: its digits, its sign or its unit."""
    fil = mål.årsmapp / "publicerat.yml"
    text = fil.read_text("utf-8") if fil.is_file() else ""
    träffar = [m for m in re.finditer(TRYCKT, text) if int(m[1])]
    if not träffar:
        return None
    m = slump.choice(träffar)
    nytt = {
        "siffror": kasta_om(m[1], slump),
        "tecken": m[1][1:] if m[1].startswith("-") else f"-{m[1]}",
        "enhet": f"{m[1]}000",
    }[byt]
    if nytt == m[1]:
        return None
    fil.write_text(text[: m.start(1)] + nytt + text[m.end(1) :], "utf-8")
    return f"publicerat.yml: {m[1]} blev {nytt}"


@ska("fångas", facit=True)
def publicerat_omkastade_siffror(mål: Mål, slump: random.Random) -> str | None:
    return _byt_tryckt(mål, slump, "siffror")


@ska("fångas", facit=True)
def publicerat_fel_tecken(mål: Mål, slump: random.Random) -> str | None:
    return _byt_tryckt(mål, slump, "tecken")


@ska("fångas", facit=True)
def publicerat_fel_enhet(mål: Mål, slump: random.Random) -> str | None:
    return _byt_tryckt(mål, slump, "enhet")


@ska("fångas", facit=True)
def publicerade_jämförelsetal_ombytta(mål: Mål, slump: random.Random) -> str | None:
    """The years of a row have each other's figures."""
    fil = mål.årsmapp / "publicerat.yml"
    text = fil.read_text("utf-8") if fil.is_file() else ""
    par = [m for m in re.finditer(r"\{(\d{4}): (-?\d{3,}), (\d{4}): (-?\d{3,})", text) if m[2] != m[4]]
    if not par:
        return None
    m = slump.choice(par)
    nytt = f"{{{m[1]}: {m[4]}, {m[3]}: {m[2]}"
    fil.write_text(text[: m.start()] + nytt + text[m.end() :], "utf-8")
    return f"publicerat.yml: {m[0]} blev {nytt}"


@ska("fångas", facit=True)
def publicerat_fel_fakta(mål: Mål, slump: random.Random) -> str | None:
    """A printed figure is said to be another fact than it is."""
    fil = mål.årsmapp / "publicerat.yml"
    text = fil.read_text("utf-8") if fil.is_file() else ""
    träffar = list(re.finditer(r"fakta: ((?:rr|br|kostnad|budget)\.\w+)", text))
    if len({m[1] for m in träffar}) < 2:
        return None
    m = slump.choice(träffar)
    annat = slump.choice(sorted({t[1] for t in träffar} - {m[1]}))
    fil.write_text(text[: m.start(1)] + annat + text[m.end(1) :], "utf-8")
    tryckt = re.search(r"värden: \{.*?\}", text[m.end() :])
    return f"publicerat.yml: {m[1]} blev {annat}, {tryckt[0] if tryckt else ''}"
