# finsam: se `make hjalp`. Kräver bara python3 (3.11 eller senare, med venv) och make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KLAR := $(VENV)/.klar
forbund ?= sofint
ar ?= 2024
ifndef fro
fro := $(shell od -An -N3 -tu4 /dev/urandom | tr -d ' ')
endif

# Sätts den, kompileras programmet på nytt i varje process.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := hjalp
.DELETE_ON_ERROR:
.PHONY: hjalp rapport lab test prova konformitet lint mallar bilder xlsxdiff las rent

hjalp:  ## Visa den här hjälpen
	@echo "Skriv make följt av ett av orden:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r ord text; do \
		printf '  %-14s %s\n' $$ord "$$text"; done

rapport: $(KLAR)  ## Gör årsredovisningen (annat förbund eller år: make rapport forbund=... ar=...)
	$(BIN)/finsam skapa $(forbund) $(ar)

lab: $(KLAR)  ## Öppna startsidan i JupyterLab
	$(BIN)/finsam lab $(forbund) $(ar)

test: $(KLAR)  ## Kör testerna
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/konformitet -m "not langsam"

prova: $(KLAR)  ## Leta efter fel med nya slumpade exempel (samma exempel igen: make prova fro=...)
	@echo "Frö: $(fro)"
	FINSAM_PROV=nya $(BIN)/python -m pytest -n 2 --dist worksteal -m hypothesis --hypothesis-seed=$(fro)

konformitet: $(VENV)/.konformitet  ## Pröva färdiga dokument mot standarder (det vars verktyg saknas hoppas över)
	FINSAM_PROV=alla $(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/konformitet -m "hypothesis or langsam"
	$(BIN)/python -m pytest tests/konformitet

lint: $(KLAR)  ## Granska koden: ruff och mypy
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy

mallar: $(KLAR)  ## Skriv om underlag.xlsx i inputs/ i mallens nuvarande form (raderna är kvar)
	$(BIN)/python tests/rulla_mallar.py

bilder: $(KLAR)  ## Gör om bilderna i docs/ (behöver pdftoppm, Chromium och LibreOffice)
	$(BIN)/python tests/skriv_galleri.py
	$(BIN)/python tests/skriv_forsta.py

xlsxdiff:  ## Låt git diff visa kalkylark som text (görs också när miljön ställs i ordning)
	@[ ! -e .git ] || git config diff.finsam-xlsx.textconv \
		"f() { '$$(pwd)/$(BIN)/python' -m finsam.read.celltext \"\$$1\" || cksum \"\$$1\"; }; f"

las:  ## Lås beroendena på nytt (UPPGRADERA=--upgrade hämtar nyare versioner)
	mapp=$$(mktemp -d) && trap 'rm -rf "$$mapp"' EXIT && \
	$(PYTHON) -m venv "$$mapp" && "$$mapp/bin/pip" install --quiet uv && \
	"$$mapp/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command "make las" \
		--extra dev $(UPPGRADERA) --output-file requirements.lock pyproject.toml
	@echo "Rätta versionerna i environment.yml efter requirements.lock; tests/test_projekt.py säger vilka."

rent:  ## Ta bort den virtuella miljön och allt mellanlagrat (outputs/ rörs inte)
	rm -rf $(VENV) build lib/finsam.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

$(KLAR): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "Hittar inte $(PYTHON). Installera Python 3.11 eller senare, eller ange en annan: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -I lib/starta.py --bara-miljo
	@$(MAKE) --no-print-directory xlsxdiff || true
	@touch $@

$(VENV)/.konformitet: tests/konformitet/krav.txt $(KLAR)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $< && touch $@ || \
		echo "Kunde inte hämta paketen i $<; de prov som behöver dem hoppas över." >&2
