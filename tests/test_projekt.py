"""What holds for the project as a whole: one set of dependencies, one way of imports, notebooks that hold no results.

Each check takes the root of a project and yields what is wrong, so that each is seen to fail on a small broken tree.
"""

import ast
import importlib.util
import re
import shutil
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FLOORS = (
    ("model",),
    ("read",),
    ("statements",),
    ("checks",),
    ("report",),
    ("oppna",),
    ("begin", "prove", "granska"),
    ("run",),
)
"""The stages from the ground up; those on one floor stand side by side. `oppna` is a file: the front door."""
FLOOR = {stage: number for number, stages in enumerate(FLOORS) for stage in stages}
ROOMS = {
    "read": "ledger",
    "granska": "lasa",
    "run": "status",
    **dict.fromkeys(("statements", "checks", "report", "begin", "prove"), ""),
}
"""The stages that are divided into rooms, and the room that the others there share."""
DOOR_ROOM = "run.cli"
"""The room of the commands, which stands in front of the rooms beside it."""
MOST_MODULES = 25
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
NOT_OURS = {".git", ".venv", "outputs", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|anaconda)\.(?:com|dev|io|org)\b|\bdeb\.debian\.|https?://\S+/simple\b", re.I
)
INDEX_OPTION = re.compile(r"(?<!\S)--(?:index-url|extra-index-url|find-links)\b|\bpip\S* install\b.* -[fi]\b")
LOCKED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(?: ;[^\\\n]*)?(.*(?:\n +--hash=sha256:[0-9a-f]{64}.*)*)", re.M)


# --- one set of dependencies ---------------------------------------------------------------------------------------


def direct_dependencies(root: Path) -> dict[str, Requirement]:
    """The dependencies that pyproject.toml names, those for the work on finsam itself among them.

    Those of another extra are for who asks for them, and are in no lock.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    dev = project.get("optional-dependencies", {}).get("dev", ())
    required = [Requirement(text) for text in chain(project["dependencies"], dev)]
    return {canonicalize_name(requirement.name): requirement for requirement in required}


def conda_versions(root: Path) -> dict[str, str]:
    """The versions that environment.yml names, of conda's packages and of those it takes by pip."""
    environment = yaml.safe_load((root / "environment.yml").read_text("utf-8"))
    by_conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    by_pip = chain.from_iterable(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    named = [re.split("==?", entry, maxsplit=1) for entry in chain(by_conda, by_pip) if re.search(r"[^<>!~]=", entry)]
    return {canonicalize_name(CONDA_NAMES.get(name, name)): version for name, version in named}


def check_dependencies(root: Path) -> Iterator[str]:
    """pyproject.toml, requirements.lock and environment.yml name the same dependencies in the same versions."""
    locked = defaultdict(set)
    for name, version, hashes in LOCKED.findall((root / "requirements.lock").read_text("utf-8")):
        locked[canonicalize_name(name)].add(version)
        if "--hash=" not in hashes:
            yield f"requirements.lock: {name}=={version} has no hash"
    conda, direct = conda_versions(root), direct_dependencies(root)
    for name, requirement in sorted(direct.items()):
        if len(locked[name]) != 1:
            yield f"requirements.lock: {name} has {len(locked[name])} versions, should have 1 (make las)"
            continue
        [version] = locked[name]
        if version not in requirement.specifier:
            yield f"requirements.lock: {name}=={version} is not {requirement} (make las)"
        elif conda.get(name) != version:
            yield f"environment.yml: {name} {conda.get(name, 'is missing')}, the lock has {version}"
    for name in sorted(conda.keys() - direct.keys()):
        yield f"environment.yml: {name} is not in pyproject.toml"


def check_python_version(root: Path) -> Iterator[str]:
    """The conda environment asks for the Python that pyproject.toml asks for, from conda-forge alone."""
    required = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    environment = yaml.safe_load((root / "environment.yml").read_text("utf-8"))
    if f"python{required}" not in environment["dependencies"]:
        yield f"environment.yml: python{required} is missing"
    if environment["channels"] != ["conda-forge"]:
        yield f"environment.yml: channels are {environment['channels']}, should be conda-forge"


# --- no registry's address -----------------------------------------------------------------------------------------


def project_files(root: Path) -> list[Path]:
    """The files that git tracks or would track; without git, all that are not made by a tool."""
    git = shutil.which("git")
    if git and (root / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, check=False)
        if listed.returncode == 0:
            paths = (root / name for name in listed.stdout.decode().split("\0") if name)
            return [path for path in paths if path.is_file()]
    paths = (path for path in root.rglob("*") if path.is_file())
    return [path for path in paths if NOT_OURS.isdisjoint(path.relative_to(root).parts)]


def check_addresses(root: Path) -> Iterator[str]:
    """No file says where packages are downloaded: that is for the machine that installs them."""
    for path in project_files(root):
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            if REGISTRY.search(line) or (path.suffix != ".py" and INDEX_OPTION.search(line)):
                yield f"{path.relative_to(root)}:{number} names a registry: {line.strip()[:80]}"


# --- one way of imports --------------------------------------------------------------------------------------------


def imported(node: ast.AST, package: str) -> list[str]:
    """The full names that an import asks for, wherever it stands and however it is written."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            base = importlib.util.resolve_name("." * level + (module or ""), package)
            return [f"{base}.{alias.name}" for alias in names]
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            return [importlib.util.resolve_name(name, package)]
    return []


@cache
def imports_in(source: str) -> tuple[ast.AST, ...]:
    """What may import in a module, wherever it stands: statements, and calls."""
    return tuple(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import | ast.ImportFrom | ast.Call))


def check_import_order(root: Path) -> Iterator[str]:
    """A stage imports from itself and the floors below only."""
    for path in sorted(root.glob("lib/finsam/**/*.py")):
        stage = path.relative_to(root / "lib/finsam").with_suffix("").parts[0]
        if stage not in FLOOR:
            continue
        package = ".".join(path.relative_to(root / "lib").parts[:-1])
        for node in imports_in(path.read_text("utf-8")):
            for target in {name.split(".")[1] for name in imported(node, package) if name.startswith("finsam.")}:
                if target != stage and FLOOR.get(target, -1) >= FLOOR[stage]:
                    line = getattr(node, "lineno", 0)
                    yield f"{path.relative_to(root)}:{line} {stage} imports from {target}, not a floor below"


def module_name(path: Path, root: Path) -> str:
    """The full name of a module, of a package for its `__init__`."""
    return ".".join(path.relative_to(root / "lib").with_suffix("").parts).removesuffix(".__init__")


def modules(root: Path) -> dict[str, list[tuple[int, str]]]:
    """Every module of lib/finsam, with the lines that import a module of it, and that module."""
    paths = {module_name(path, root): path for path in sorted(root.glob("lib/finsam/**/*.py"))}
    found: dict[str, list[tuple[int, str]]] = {}
    for name, path in paths.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        found[name] = []
        for node in imports_in(path.read_text("utf-8")):
            for target in imported(node, package):
                module = target if target in paths else target.rpartition(".")[0]
                if module.startswith("finsam") and module != name:
                    found[name].append((getattr(node, "lineno", 0), module))
    return found


def check_rooms(root: Path) -> Iterator[str]:
    """A room imports from its stage's shared room, not from the rooms beside it; the shared room from none of them."""
    for name, lines in modules(root).items():
        _, stage, room, *module = [*name.split("."), "", ""]
        if stage not in ROOMS or not any(module):
            continue
        for line, target in lines:
            other = target.split(".")[2] if target.startswith(f"finsam.{stage}.") else ""
            is_room = (root / "lib/finsam" / stage / other).is_dir() and other != ""
            if is_room and other not in (room, ROOMS[stage]) and f"{stage}.{room}" != DOOR_ROOM:
                yield f"{name}:{line} the room {room} imports from {other}, a room beside it"


def check_circles(root: Path) -> Iterator[str]:
    """No module leads back to itself by what it imports, wherever in it the import stands."""
    imports = {name: sorted({target for _, target in lines}) for name, lines in modules(root).items()}
    done: set[str] = set()

    def search(name: str, way: list[str]) -> Iterator[str]:
        if name in way:
            yield f"a circle: {' → '.join([*way[way.index(name) :], name])}"
        elif name not in done:
            for target in imports.get(name, ()):
                yield from search(target, [*way, name])
            done.add(name)

    for name in imports:
        yield from search(name, [])


def check_folder_sizes(root: Path) -> Iterator[str]:
    """No folder holds more modules than one finds one's way in."""
    for folder in sorted({path.parent for path in root.glob("lib/finsam/**/*.py")}):
        name = folder.relative_to(root / "lib/finsam").as_posix()
        count = sum(path.stem != "__init__" for path in folder.glob("*.py"))
        if count > MOST_MODULES:
            yield f"lib/finsam/{name} holds {count} modules, should hold {MOST_MODULES} at most: divide it into rooms"


DOORS = ("__init__", "__main__", "oppna")


def check_folders(root: Path) -> Iterator[str]:
    """lib/finsam holds one folder per stage, with rooms one level deep in some; what is in no stage is not ours."""
    top = root / "lib/finsam"
    for path in sorted(top.rglob("*")):
        parts = path.relative_to(top).parts
        if "__pycache__" in parts:
            continue
        if path.is_dir() and parts[0] not in FLOOR:
            yield f"{path.relative_to(root)}: a folder that is not a stage"
        elif path.is_dir() and (len(parts) > 2 or (len(parts) == 2 and parts[0] not in ROOMS)):
            yield f"{path.relative_to(root)}: a folder that is not a room"
        elif path.is_file() and len(parts) == 1 and path.suffix == ".py" and path.stem not in DOORS:
            yield f"{path.relative_to(root)}: a module outside the stages"


# --- notebooks -----------------------------------------------------------------------------------------------------

DEFINES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
LOOPS = ast.For | ast.AsyncFor | ast.While | ast.Try | ast.TryStar


def check_notebooks(root: Path) -> Iterator[str]:
    """A notebook starts with its parameters, defines nothing, does not loop and keeps no results."""
    for path in sorted(root.glob("notebooks/**/*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        name = path.relative_to(root)
        code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        if not code or "parameters" not in code[0].metadata.get("tags", []):
            yield f"{name}: the first code cell is not tagged parameters"
        for number, cell in enumerate(code, 1):
            for finding in check_code_cell(cell):
                yield f"{name}: code cell {number} {finding}"


def check_code_cell(cell: nbformat.NotebookNode) -> Iterator[str]:
    """What a code cell of a notebook in git must not have."""
    if cell.outputs:
        yield "has outputs"
    if cell.execution_count is not None:
        yield "has an execution count"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"is not Python: {error.msg}"
        return
    for node in ast.walk(tree):
        if isinstance(node, DEFINES):
            yield f"defines something on line {node.lineno}"
        if isinstance(node, LOOPS):
            yield f"loops or tries on line {node.lineno}"


# --- the tests -----------------------------------------------------------------------------------------------------

TOP_LEVEL = ("notebooks", "inputs", "outputs", "lib", "tests", "environment.yml")


def check_top_level(root: Path) -> Iterator[str]:
    """The names that everybody looks for stand there in a fresh clone, `outputs` with a page that says what comes."""
    there = project_files(root) if (root / ".git").exists() else root.iterdir()
    names = {path.relative_to(root).parts[0] for path in there}
    for name in TOP_LEVEL:
        if name not in names:
            yield f"{name}: is not in a fresh clone"


CHECKS = (
    check_top_level,
    check_dependencies,
    check_python_version,
    check_addresses,
    check_import_order,
    check_rooms,
    check_circles,
    check_folders,
    check_folder_sizes,
    check_notebooks,
)


def notebook(source: str, tags: str = "parameters", **fields: object) -> str:
    """A notebook of one code cell."""
    cell = nbformat.v4.new_code_cell(source, id="a", metadata={"tags": [tags]}, **fields)
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


HASH = "--hash=sha256:" + 64 * "0"
PYPROJECT = (
    '[project]\nrequires-python = ">=3.11"\ndependencies = ["PyYAML>=6"]\noptional-dependencies.dev = ["matplotlib"]\n'
)
LOCK = f"matplotlib==3.1 \\\n    {HASH}\n    # via finsam\npyyaml==6.0 ; os_name == 'nt' \\\n    {HASH}\n"
ENVIRONMENT = "channels: [conda-forge]\ndependencies: [python>=3.11, pip, pyyaml=6.0, pip: [matplotlib==3.1]]\n"
SOUND = {
    "pyproject.toml": PYPROJECT,
    "requirements.lock": LOCK,
    "environment.yml": ENVIRONMENT,
    "Makefile": "las:\n\tuv pip compile --no-emit-index-url -o requirements.lock\n\trm -f x\n",
    "lib/finsam/__main__.py": "from finsam.run.cli.kommandon import main\n",
    "lib/finsam/read/arsmapp.py": "from finsam.read.sie.sie import x\nfrom finsam.read.indata import y\n",
    "lib/finsam/read/indata.py": "",
    "lib/finsam/read/ledger/problem.py": "from ..indata import y\n",
    "lib/finsam/read/lista/blad.py": "from finsam.read import indata\n",
    "lib/finsam/read/sie/sie.py": "from . import text\nfrom finsam.read.ledger import problem\nfrom ...model import a",
    "lib/finsam/read/sie/text.py": "",
    "lib/finsam/run/cli/kommandon.py": "from finsam.report import html\n",
    "notebooks/arsredovisning/00_omslag.ipynb": notebook("år = 2024"),
    "outputs/sofint/2024/omslag.ipynb": notebook("år = 2024", execution_count=1),
    "inputs/sofint/forbund.yml": "",
    "tests/test_a.py": "",
}
BROKEN = [
    (check_dependencies, {"requirements.lock": LOCK.replace(HASH, "", 1)}, "matplotlib==3.1 has no hash"),
    (check_dependencies, {"requirements.lock": LOCK.replace("pyyaml", "toml")}, "pyyaml has 0 versions"),
    (check_dependencies, {"requirements.lock": LOCK + f"pyyaml==7.0 \\\n    {HASH}\n"}, "pyyaml has 2 versions"),
    (check_dependencies, {"requirements.lock": LOCK.replace("6.0", "5.4")}, "pyyaml==5.4 is not PyYAML>=6"),
    (
        check_dependencies,
        {"environment.yml": ENVIRONMENT.replace("==3.1", "==3.2")},
        "matplotlib 3.2, the lock has 3.1",
    ),
    (check_dependencies, {"environment.yml": ENVIRONMENT.replace("pyyaml=6.0, ", "")}, "pyyaml is missing"),
    (check_dependencies, {"environment.yml": ENVIRONMENT.replace("pip,", "lxml=6,")}, "lxml is not in pyproject.toml"),
    (check_python_version, {"environment.yml": ENVIRONMENT.replace("3.11", "3.10")}, "python>=3.11 is missing"),
    (check_python_version, {"environment.yml": ENVIRONMENT.replace("conda-forge", "x")}, "channels are ['x']"),
    (check_addresses, {"docs/installera.md": "se https://" + "pypi" + ".org/project/typst"}, "installera.md:1 names"),
    (check_addresses, {"requirements.lock": "--index-url spegel\n" + LOCK}, "requirements.lock:1 names"),
    (check_addresses, {"Makefile": "test:\n\tpip install -f /hjul finsam\n"}, "Makefile:2 names"),
    (
        check_import_order,
        {"lib/finsam/model/a.py": "import finsam.run.cli\n"},
        "a.py:1 model imports from run",
    ),
    (check_import_order, {"lib/finsam/model/a.py": "from finsam import read\n"}, "model imports from read"),
    (check_import_order, {"lib/finsam/model/a.py": "from ..read import sie\n"}, "model imports from read"),
    (
        check_import_order,
        {"lib/finsam/checks/a.py": "def f():\n    from finsam.report import x\n"},
        "a.py:2 checks imports",
    ),
    (check_import_order, {"lib/finsam/read/a.py": "x = import_module('finsam.run')\n"}, "read imports from run"),
    (check_import_order, {"lib/finsam/begin/a.py": "from finsam.prove import x\n"}, "begin imports from prove"),
    (check_import_order, {"lib/finsam/report/a.py": "from finsam.oppna import x\n"}, "report imports from oppna"),
    (check_import_order, {"lib/finsam/oppna.py": "from finsam.run import x\n"}, "oppna.py:1 oppna imports from run"),
    (
        check_rooms,
        {"lib/finsam/read/sie/a.py": "x = 1\nfrom finsam.read.lista import blad\n"},
        "finsam.read.sie.a:2 the room sie imports from lista",
    ),
    (check_rooms, {"lib/finsam/read/sie/a.py": "from ..lista.blad import x\n"}, "sie imports from lista"),
    (check_rooms, {"lib/finsam/read/sie/a.py": "def f():\n    import finsam.read.lista.blad\n"}, "a:2 the room sie"),
    (check_rooms, {"lib/finsam/read/ledger/a.py": "from finsam.read.sie import sie\n"}, "ledger imports from sie"),
    (
        check_circles,
        {"lib/finsam/read/sie/text.py": "from finsam.read.sie.sie import x\n"},
        "a circle: finsam.read.sie.sie → finsam.read.sie.text → finsam.read.sie.sie",
    ),
    (
        check_circles,
        {"lib/finsam/read/indata.py": "def f():\n    from finsam.read.arsmapp import y\n"},
        "finsam.read.arsmapp → finsam.read.indata → finsam.read.arsmapp",
    ),
    (
        check_circles,
        {"lib/finsam/run/a.py": "from . import b\n", "lib/finsam/run/b.py": "import_module('finsam.run.a')\n"},
        "finsam.run.a → finsam.run.b → finsam.run.a",
    ),
    (
        check_folder_sizes,
        {f"lib/finsam/read/lista/a{nr}.py": "" for nr in range(25)},
        "lib/finsam/read/lista holds 26 modules, should hold 25 at most",
    ),
    (check_folders, {"lib/finsam/utils/a.py": ""}, "lib/finsam/utils: a folder that is not a stage"),
    (check_folders, {"lib/finsam/read/sie/fält/a.py": ""}, "lib/finsam/read/sie/fält: a folder that is not a room"),
    (
        check_folders,
        {"lib/finsam/model/mallar/a.j2": ""},
        "lib/finsam/model/mallar: a folder that is not a room",
    ),
    (check_folders, {"lib/finsam/hjälp.py": ""}, "hjälp.py: a module outside the stages"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("år = 2024", tags="annat")}, "not tagged parameters"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("1", execution_count=1)}, "cell 1 has an execution count"),
    (
        check_notebooks,
        {"notebooks/a.ipynb": notebook("1", outputs=[nbformat.v4.new_output("stream", text="1")])},
        "cell 1 has outputs",
    ),
    (check_notebooks, {"notebooks/a.ipynb": notebook("%time 1")}, "cell 1 is not Python"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("1\ndef f(): pass")}, "defines something on line 2"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("class A: pass")}, "defines something on line 1"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("for x in []: pass")}, "loops or tries on line 1"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("while x: pass")}, "loops or tries on line 1"),
    (check_notebooks, {"notebooks/a.ipynb": notebook("try: x\nfinally: y")}, "loops or tries on line 1"),
]


def write_tree(root: Path, files: dict[str, str]) -> None:
    """Write a project of the given files."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.parametrize("check", CHECKS)
def test_project_is_sound(check: Callable[[Path], Iterator[str]]) -> None:
    assert list(check(ROOT)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_sound_tree_has_no_findings(check: Callable[[Path], Iterator[str]], tmp_path: Path) -> None:
    write_tree(tmp_path, SOUND)
    assert list(check(tmp_path)) == []


@pytest.mark.parametrize(("check", "files", "expected"), BROKEN, ids=[text for _, _, text in BROKEN])
def test_broken_tree_is_found(
    check: Callable[[Path], Iterator[str]], files: dict[str, str], expected: str, tmp_path: Path
) -> None:
    write_tree(tmp_path, SOUND | files)
    [finding] = check(tmp_path)
    assert expected in finding


def test_a_name_that_everybody_looks_for_is_missed(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    assert [finding.partition(":")[0] for finding in check_top_level(tmp_path)] == [
        name for name in TOP_LEVEL if name != "lib"
    ]


def test_project_files_are_those_git_would_track(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    write_tree(tmp_path, {".gitignore": "outputs/\n", "outputs/a.html": "", "docs/å.md": ""})
    subprocess.run([git, "init", "--quiet"], cwd=tmp_path, check=True)
    assert {path.relative_to(tmp_path).as_posix() for path in project_files(tmp_path)} == {".gitignore", "docs/å.md"}
