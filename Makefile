# Each target does its own set-up: a fresh clone with Python 3.11, git and make needs nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test quick lint bench clean

# The sample company: sheets to edit, a worker that scores them, and the page. Ctrl-C ends it.
demo: $(VENV)/installed
	$(BIN)/okr-sheets demo $(DEMO)

# Every test, those in a real browser included where there is one. Three at a time, because many wait for a browser or
# another process; in the order that tests/conftest.py gives them.
# What one process has compiled serves the hundreds that come after it. Thousands of databases and workbooks are written
# and thrown away again: in memory, where this machine lends some gigabytes of it for files.
IN_MEMORY := $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 4000000 ] 2>/dev/null && echo /dev/shm)
test: export PYTHONDONTWRITEBYTECODE =
test: export TMPDIR := $(or $(IN_MEMORY),$(TMPDIR),/tmp)
test: $(VENV)/dev chromium postgresql nginx systemd node-clients
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(TESTS)

# The pure rooms: no server, no browser, no process. For every change, in under a minute.
QUICK := tests/domain tests/config tests/reading tests/inspect tests/translations tests/test_layering.py \
  $(addprefix tests/passes/test_,brakes.py plan.py plan_first_contact.py \
  repair.py references.py pairing.py round_trip.py)
quick: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --ignore tests/inspect/test_command.py --ignore-glob "*/test_layouts.py" --ignore-glob "*/test_calibration.py" $(QUICK)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# How far inspect alone gets on the real layouts, its output used unedited.
.PHONY: layouts
layouts: $(VENV)/dev
	$(BIN)/python -m tests.support.layouts_table

# 10,000 requests made from Google's schemas, other ones at every run, against the local Sheets server.
.PHONY: fuzz
fuzz: $(VENV)/dev
	FUZZ_REQUESTS=10000 $(BIN)/python -m pytest --timeout 3600 tests/local_sheets/test_fuzz.py

# 10,000 passes with faults on a clock that flies, 100,000 examples of the state machine, and two hundred times the usual
# ones of what is repaired, what reads back, and what the local Sheets server keeps. Takes hours.
.PHONY: soak
soak: $(VENV)/dev
	$(BIN)/python -m tests.reliability.soak 10000
	MACHINE_EXAMPLES=100000 $(BIN)/python -m pytest -n auto --timeout 0 tests/passes/test_write_back_machine.py
	EXAMPLES_TIMES=200 $(BIN)/python -m pytest -n auto --timeout 0 tests/passes/test_repair.py tests/passes/test_round_trip.py \
	  $(addprefix tests/local_sheets/test_,durability.py exports.py watch.py workbooks.py)

# 1,500 spreadsheets, four workers on PostgreSQL and five accounts, for a quarter of an hour; one worker is killed, one
# stopped for a minute.
.PHONY: scale
scale: $(VENV)/dev postgresql
	$(BIN)/python -m tests.scale

# A pass killed at 200 random moments.
.PHONY: kills
kills: $(VENV)/dev
	$(BIN)/python -m tests.reliability.kills 200

# What a pass costs, as ratios in one run.
bench: $(VENV)/dev
	$(BIN)/python -m tests.bench

# How smoothly the grid page scrolls 20,000 rows, from a recorded trace of Chromium.
.PHONY: trace
trace: $(VENV)/dev chromium
	$(BIN)/python -m tests.grid_page.scroll_trace

# What goes out: source and wheel, checked as PyPI does and installed each into an empty environment; then what they bring
# along, as a CycloneDX document, and what is known against any of it. The last asks a database on the network, and
# fails where that does not answer for every library: silence is no good news.
RELEASE := build/release
.PHONY: release-check sbom audit
release-check: $(RELEASE)/tools
	rm -rf dist
	$(RELEASE)/bin/python -m build --quiet
	$(RELEASE)/bin/twine check --strict dist/*
	for file in dist/*; do rm -rf $(RELEASE)/empty && $(PYTHON) -m venv $(RELEASE)/empty \
	  && $(RELEASE)/empty/bin/pip install --quiet $$file \
	  && $(RELEASE)/empty/bin/python .ci/smoke.py $(RELEASE)/empty/bin/okr-sheets || exit 1; done

sbom: $(RELEASE)/installed
	$(RELEASE)/bin/cyclonedx-py environment $(RELEASE)/env --pyproject pyproject.toml \
	  --output-reproducible --output-file build/okr-sheets.cdx.json

audit: $(RELEASE)/installed
	$(RELEASE)/env/bin/pip freeze --quiet --exclude okr-sheets > $(RELEASE)/brought.txt
	@$(RELEASE)/bin/pip-audit --strict --no-deps --disable-pip --requirement $(RELEASE)/brought.txt \
	  || { echo "Not audited, or something is known: see above. Without the database on the network nothing is known either way."; exit 1; }

$(RELEASE)/tools: pyproject.toml
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/pip install --quiet '.[release]'
	touch $@

$(RELEASE)/installed: $(RELEASE)/tools
	$(PYTHON) -m venv $(RELEASE)/env
	$(RELEASE)/env/bin/pip install --quiet '.[notify,postgresql]'
	touch $@

# Where Python's own venv is missing, an environment is left that has a python and no pip: that is none yet.
$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

# On a terminal with pip's own bar; elsewhere, where that would be hundreds of lines, one every few seconds.
define installed
@echo "Installing okr-sheets and what it needs into $(VENV). The first time this takes a minute or more."
@if [ -t 1 ]; then $(BIN)/pip install --editable $(1); else \
  $(BIN)/pip install --quiet --editable $(1) & pip=$$!; seconds=0; \
  while sleep 1 && kill -0 $$pip 2>/dev/null; do seconds=$$((seconds + 1)); \
    [ $$((seconds % $(TELL_EVERY))) -ne 0 ] || echo "… still installing, $$seconds seconds so far"; done; wait $$pip; fi
endef
TELL_EVERY := 5

$(VENV)/installed: pyproject.toml | $(VENV)/bin/pip
	$(call installed,.)
	touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/bin/pip
	$(call installed,'.[dev]')
	touch $@ $(VENV)/installed

# Browser tests use Debian's Chromium, the one without a window, else the one with. Where it is missing it is installed if
# that is allowed; without either those tests say that they are skipped.
.PHONY: chromium
chromium:
	@command -v chromium-headless-shell >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell; } || true

# Records, leases and processes are tested on Debian's PostgreSQL too. Where it is missing it is installed if that is
# allowed, and no server is started by that; else those tests say that they are skipped.
.PHONY: postgresql
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-common \
	  && sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } || true

# The page is tried behind Debian's nginx, and the unit for systemd is looked at by systemd. Where nginx is missing it is
# installed if that is allowed, as a service that is masked: nothing is started.
.PHONY: nginx systemd
systemd:
	@command -v systemd-analyze >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd; } || true

nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && mkdir -p /etc/systemd/system && ln -s /dev/null /etc/systemd/system/nginx.service && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light; } || true

# The Node clients that the local Sheets server is tried with. Where Node is missing it is installed if that is
# allowed; without them those tests say that they are skipped.
.PHONY: node-clients
node-clients: | $(VENV)/bin/pip
	@command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm; } || true
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory $(VENV)/node/installed || true

$(VENV)/node/installed: tests/local_sheets/clients/node/package.json
	mkdir -p $(@D)
	cp $< $(@D)
	npm install --prefix $(@D) --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error
	touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
