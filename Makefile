.PHONY: demo test check bench notebooks wheel-test pythons fuzz soak faults coverage mutation clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# To see verdicts takes the core alone; everything else is for those who change it.
$(VENV)/.core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/.installed: $(VENV)/.core
	$(PIP) -e '.[check,frame,spark,notebook,record]' pytest pytest-xdist hypothesis jsonschema xmlschema playwright \
	  coverage duckdb ruff mypy import-linter types-PyYAML types-jsonschema
	touch $@

demo: $(VENV)/.core
	@for case in examples/cases/*.yaml; do echo "== $$case"; $(BIN)/rudong-rules decide $$case || exit 1; echo; done

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto
	$(BIN)/rudong-rules check

check: $(VENV)/.installed
	$(BIN)/rudong-rules check -s tests/scenarios
	$(BIN)/rudong-rules test tests/scenarios --coverage

bench: $(VENV)/.installed
	$(PIP) zen-engine cedarpy
	$(BIN)/python benchmarks/decide.py
	$(BIN)/python benchmarks/explain.py
	$(BIN)/python benchmarks/check.py

notebooks: $(VENV)/.installed
	$(BIN)/python scripts/notebooks examples/notebooks/*.ipynb

wheel-test:
	scripts/wheel-test

pythons:
	scripts/every-python

fuzz: $(VENV)/.installed
	$(BIN)/python benchmarks/fuzz.py --seconds 170 --seed 1

soak: $(VENV)/.installed
	$(BIN)/python benchmarks/soak.py

faults: $(VENV)/.installed
	$(BIN)/python tests/faults/seeded.py

coverage: $(VENV)/.installed
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --show-missing --skip-covered

mutation: $(VENV)/.installed
	$(PIP) mutmut
	$(BIN)/mutmut run

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
