# Every command of the project. Each prepares what it needs, once: the second time is quick.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8501
FILE ?= data/announcements.csv
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
# Two files at a time on two cores: half the time of the suite is a browser that waits.
SPREAD := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
DATABASE := data/observatory.duckdb
# Stamps live in the environment that they speak of, and go with it.
READY_TO_INSTALL := $(VENV)/.made
READY_TO_RUN := $(VENV)/.ready-to-run
READY_TO_TEST := $(VENV)/.ready-to-test
READY_TO_BENCH := $(VENV)/.ready-to-bench

# Prints the name of a Python which is recent enough and able to make an environment, if there is one.
find_python = for python in python3 python3.13 python3.12 python3.11; do \
	if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$python; break; fi; done

# $(call apt,PACKAGE): install a system package without asking anything, or stop with the one command to type.
apt = { if ! command -v apt-get >/dev/null; then \
	echo "Il manque $(1), et cette machine n’a pas apt-get : installez-le, puis relancez make." >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root='sudo -n'; \
	else echo "Il manque $(1). Tapez : sudo apt-get install -y $(1)" >&2; exit 1; fi; \
	echo "Installation de $(1)…"; $$as_root apt-get update -qq || true; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 $(1) >/dev/null; }

.PHONY: help run test test-all check add build lint format screenshots bench soak torture lock clean chromium nginx

help: ## affiche cette liste
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/\1\t\2/p' $(MAKEFILE_LIST) \
	| while IFS=$$'\t' read -r target line; do printf '  make %-12s %s\n' "$$target" "$$line"; done

run: $(READY_TO_RUN) $(DATABASE) ## prépare tout et sert le site sur http://localhost:8501 (PORT=… pour un autre port)
	@exec $(PYTHON) -m streamlit run app.py --server.port $(PORT)

test: $(READY_TO_TEST) $(DATABASE) chromium ## prépare tout et passe les tests (ARGS=… pour pytest)
	@$(PYTHON) -m pytest $(SPREAD) $(ARGS)

test-all: $(READY_TO_TEST) $(DATABASE) chromium nginx ## passe aussi les tests que le dépôt ne passe pas à chaque fois (toutes les combinaisons)
	@$(PYTHON) -m pytest $(SPREAD) -m "whole or not whole" $(ARGS)

check: $(READY_TO_RUN) ## vérifie les annonces (FILE=… pour un autre fichier)
	@$(PYTHON) -m etl check $(FILE)

add: $(READY_TO_RUN) ## demande une déclaration, question par question, et l’ajoute à sa place
	@$(PYTHON) -m etl add $(FILE)

build: $(READY_TO_RUN) ## vérifie les annonces et reconstruit la base DuckDB
	@$(PYTHON) -m etl build

lint: $(READY_TO_TEST) ## relit le code : ruff, bandit et mypy
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m bandit --quiet --recursive --configfile pyproject.toml .
	@$(PYTHON) -m mypy

format: $(READY_TO_TEST) ## met le code en forme
	@$(PYTHON) -m ruff check --fix
	@$(PYTHON) -m ruff format

screenshots: $(READY_TO_TEST) $(DATABASE) chromium ## refait les images du README et de CONTRIBUTING, et montre toutes les pages dans docs/planche/ (dix minutes)
	@$(PYTHON) -m docs.screenshots

bench: $(READY_TO_BENCH) $(DATABASE) nginx ## mesure et refait benchmarks/RESULTS.md (machine au repos ; une heure environ)
	@for name in startup api sheets rerun page_load queries etl fuzz replicas; do \
	echo "— $$name"; $(PYTHON) -m benchmarks.$$name || exit 1; done

soak: $(READY_TO_TEST) $(DATABASE) ## fait entrer deux cents visiteurs pendant que les données changent : ni erreur, ni page de deux versions (un quart d’heure)
	@$(PYTHON) -m benchmarks.soak

torture: $(READY_TO_TEST) ## gâte mille fois la base, le fichier, la construction, le serveur et ses clients : rien de faux, rien de perdu (vingt minutes)
	@$(PYTHON) -m tests.torture $(ARGS)

lock: $(READY_TO_TEST) ## refait requirements*.txt d’après requirements*.in (versions et empreintes)
	@for name in requirements requirements-dev requirements-bench; do $(PYTHON) -m uv pip compile --quiet --upgrade \
	--generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	--custom-compile-command 'make lock' $$name.in --output-file $$name.txt || exit 1; done

clean: ## efface ce que make a fabriqué : environnement, base, caches
	@rm -rf $(VENV) $(DATABASE)* data/observatory.check.json data/published .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY_TO_INSTALL):
	@[ -n "$$($(find_python))" ] || $(call apt,python3-venv)
	@python=$$($(find_python)); \
	if [ -z "$$python" ]; then echo "Il faut Python 3.11 ou plus récent." >&2; exit 1; fi; \
	$$python -m venv $(VENV)
	@touch $@

$(READY_TO_RUN): requirements.txt $(READY_TO_INSTALL)
	@echo "Installation des bibliothèques du site (une minute environ)…"
	@$(PIP) -r requirements.txt
	@touch $@

$(READY_TO_TEST): requirements-dev.txt $(READY_TO_RUN)
	@echo "Installation des outils de test…"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(READY_TO_BENCH): requirements-bench.txt $(READY_TO_TEST)
	@echo "Installation de ce à quoi on se compare…"
	@$(PIP) -r requirements-bench.txt
	@touch $@

$(DATABASE): data/announcements.csv data/schema.json $(wildcard data/reference/*.csv etl/*.py etl/sql/*) | $(READY_TO_RUN)
	@$(PYTHON) -m etl build

chromium: $(READY_TO_TEST)
	@$(PYTHON) -m tests.browser.chromium >/dev/null || $(call apt,chromium)

# Debian keeps it in /usr/sbin, out of the way of who is not root.
nginx:
	@PATH="$$PATH:/usr/sbin:/usr/local/sbin" command -v nginx >/dev/null || $(call apt,nginx)
