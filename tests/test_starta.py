"""The first start: an environment of the lock beside lib/, made once, and said in Swedish why not."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import starta
from facit import ROT


def lägg_upp(mapp: Path) -> Path:
    for fil in ("requirements.lock", "pyproject.toml", "starta.sh"):
        shutil.copy(ROT / fil, mapp / fil)
    (mapp / "lib").mkdir()
    shutil.copy(ROT / "lib/starta.py", mapp / "lib/starta.py")
    return mapp


def test_a_python_that_is_too_old_is_told_so_and_can_read_it() -> None:
    assert starta.hinder((3, 8), kan_venv=True).startswith("Python 3.8 är för gammal; finsam kräver 3.11")
    assert starta.hinder((3, 11), kan_venv=True) == ""
    assert "apt install python3-venv" in starta.hinder((3, 12), kan_venv=False)
    ast.parse((ROT / "lib/starta.py").read_text("utf-8"), feature_version=(3, 8))


def test_what_is_ready_is_not_made_again_until_the_lock_is_another(tmp_path: Path) -> None:
    rot = lägg_upp(tmp_path)
    (rot / ".venv").mkdir()
    (rot / ".venv/.klar").write_text(starta.märke(rot), "utf-8")
    assert starta.ställ_i_ordning(rot) == ""
    assert list((rot / ".venv").iterdir()) == [rot / ".venv/.klar"]
    (rot / "requirements.lock").write_text("annat==1\n", "utf-8")
    assert (rot / ".venv/.klar").read_text("utf-8") != starta.märke(rot)


@pytest.mark.langsam
def test_packages_that_cannot_be_had_are_told_and_tried_again(tmp_path: Path) -> None:
    rot = lägg_upp(tmp_path)
    utan_nät = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "LC_ALL": "C.UTF-8"}
    for _ in range(2):
        körd = subprocess.run(
            [sys.executable, "-I", "lib/starta.py"], cwd=rot, env=utan_nät, capture_output=True, text=True, check=False
        )
        assert körd.returncode == 1
        assert körd.stdout.startswith("Ställer i ordning finsam")
        assert körd.stderr.startswith("Paketen kunde inte hämtas. Finns det nätverk?")
        assert "Traceback" not in körd.stderr
        assert not (rot / ".venv/.klar").exists()


@pytest.mark.skipif(os.name == "nt", reason="starta.sh är för Linux och macOS")
def test_starta_sh_starts_finsam_from_anywhere_with_what_was_asked(tmp_path: Path) -> None:
    mapp = tmp_path / "ett namn med mellanslag"
    mapp.mkdir()
    rot = lägg_upp(mapp)
    finsam = starta.program(rot / ".venv", "finsam")
    finsam.parent.mkdir(parents=True)
    finsam.write_text('#!/bin/sh\necho "finsam fick: $*"\nexit 7\n', "utf-8")
    finsam.chmod(0o755)
    python = tmp_path / "python3.13"
    python.symlink_to(sys.executable)
    (rot / ".venv/.klar").write_text(starta.märke(rot), "utf-8")
    miljö = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    körd = subprocess.run(
        ["sh", str(rot / "starta.sh"), "las", "en fil.se"],
        cwd="/",
        env=miljö,
        capture_output=True,
        text=True,
        check=False,
    )
    assert körd.stdout == "finsam fick: las en fil.se\n"
    assert körd.returncode == 7


def test_the_windows_start_says_the_same_and_keeps_its_window() -> None:
    rader = (ROT / "starta.cmd").read_text("utf-8").splitlines()
    assert "%PYTHON% -I lib\\starta.py %*" in rader
    assert rader[-2:] == ["pause", "exit /b 1"]
    assert "chcp 65001 >nul" in rader[:3]
