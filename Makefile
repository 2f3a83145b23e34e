# The two commands that matter: `make run` and `make test`. `make help` lists the others.

SWIFT   ?= swift
PREFIX  ?= /usr/local
SCRIPT  ?= scripts/mnist.lua
OPTIONS ?=
ARGS    ?=
STATIC  ?=
TESTES  ?=
PYTHON  ?= python3

# A static build carries Swift's runtime, so it runs where no toolchain is. It has its own folder,
# because the flag would otherwise build everything again each time it changes.
ifeq ($(STATIC),1)
BUILD_DIR   := .build-static
BUILD_FLAGS := -c release --scratch-path $(BUILD_DIR) --static-swift-stdlib
else
BUILD_DIR   := .build
BUILD_FLAGS := -c release
endif

# SwiftPM would build everything a second time for @testable, which no test here uses.
TEST_FLAGS := -c release --disable-xctest --disable-testable-imports

# Without a limit all tests begin at once: those that only wait, or time what they see, would starve behind
# those that compute, and what they share is thrashed.
TEST_FLAGS += --experimental-maximum-parallelization-width 4

PROGRAM  := $(BUILD_DIR)/release/mohpo-lua
# The same with a library for HTTP, started by the first; beside it, as the build has put it.
HTTP_PROGRAM = $(PROGRAM)-http
BIN_DIR   = $(DESTDIR)$(PREFIX)/bin
LIBEXEC_DIR = $(DESTDIR)$(PREFIX)/libexec/mohpo-lua
SHARE_DIR = $(DESTDIR)$(PREFIX)/share/mohpo-lua
DOC_DIR   = $(DESTDIR)$(PREFIX)/share/doc/mohpo-lua
MAN_DIR   = $(DESTDIR)$(PREFIX)/share/man/man1
BASH_DIR  = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH_DIR   = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISH_DIR  = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
MANUAL   := share/man/mohpo-lua.1
MANUAL_DATE = 2026-11-28
SOURCES  := Package.swift Sources Tests

.DEFAULT_GOAL := help
.PHONY: help setup build program debug data run test test-lua lint format install install-files \
        uninstall clean manual picture docs deb tarball \
        bench bench-build bench-cost bench-bridge bench-peers bench-tables bench-search \
        bench-precision bench-memory bench-time bench-allocations bench-programs bench-page \
        bench-scale \
        check-safetensors sanitize soak kill damage programs faults slurm test-python wheel

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make run SCRIPT=scripts/other.lua OPTIONS='--workers 2' ARGS='for the script'"
	@echo '  make install PREFIX=$$HOME/.local   (STATIC=1: also runs where Swift is not installed)'

setup: ## install the system packages that are missing
	@.ci/packages $(if $(filter 1,$(STATIC)),static)

build: setup ## build for release
	$(SWIFT) build $(BUILD_FLAGS)

# What runs an experiment: neither the library for HTTP nor what only tests need, which take a tenth
# of a build. What was built of them is brought up to date, so that the two programs go together.
program: setup ## build mohpo-lua alone, without what serves pages
	$(SWIFT) build $(BUILD_FLAGS) --product mohpo-lua
	@test ! -x $(HTTP_PROGRAM) || $(SWIFT) build $(BUILD_FLAGS) --product mohpo-lua-http

debug: setup ## build with debug checks
	$(SWIFT) build

data: program ## bring MNIST into the cache, unless it is there
	@$(PROGRAM) data fetch mnist

run: data $(if $(findstring --watch,$(OPTIONS)),build) ## build, bring MNIST, run the example
	$(PROGRAM) run $(OPTIONS) $(SCRIPT) $(ARGS)

test: data ## build, bring MNIST, run all tests
	$(SWIFT) test $(TEST_FLAGS)

bench: setup ## measure what the scheduler costs
	cd Benchmarks && $(SWIFT) package --allow-writing-to-package-directory \
		benchmark --target Scheduler
	cd Benchmarks && $(SWIFT) run -c release trial-memory

bench-cost: setup ## measure reports and the model's decisions in processor time
	cd Benchmarks && $(SWIFT) build -c release --product cost
	cd Benchmarks && for ranking in random_weights parego nondominated hypervolume; do \
	  for trials in 1000 100000; do .build/release/cost reports $$ranking $$trials; done; done
	cd Benchmarks && for records in 100 1000 10000 100000; do \
	  for what in decisions fits; do .build/release/cost $$what $$records 2 7; done; done
	cd Benchmarks && for what in decisions fits; do .build/release/cost $$what 1000 3 20; done

SEEDS ?= 10

bench-search: data ## compare the model with stopping on real networks (SEEDS=, ONLY="mnist n_parameters")
	$(PROGRAM) data fetch fashion-mnist
	ONLY="$(ONLY)" $(PROGRAM) bench scripts/networks.lua --seeds $(SEEDS) \
		--settings scripts/settings/model.lua scripts/settings/stopping.lua

# In debug, as it checks that they compile: what measures builds for release itself.
bench-build: setup ## check that all benchmarks compile
	$(SWIFT) build --package-path Benchmarks
	$(SWIFT) build --package-path Benchmarks/peers

bench-bridge: setup ## measure calls between Lua and Swift beside plain C
	cd Benchmarks && $(SWIFT) run -c release bridge

test-lua: ## run Lua's own test suite (TESTES=folder) and try installed Lua libraries
	@.ci/lua-libraries
	$(SWIFT) test $(TEST_FLAGS) --filter "InterpreterTests|LuaRocksTests"
	@if [ -z "$(TESTES)" ]; then \
	  echo "mohpo-lua: TESTES=folder names testes of https://github.com/lua/lua at tag v5.4.4"; \
	  exit 2; fi
	@Tests/LuaSuite/run $(PROGRAM) "$(TESTES)"

lint: ## check the style of all Swift sources
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format: ## bring all Swift sources into style
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

# `sudo make install` after `make build` must not build again as root.
install: ## put mohpo-lua, its manual, completions and examples below PREFIX
	@if [ -z "$$SUDO_USER" ] || [ ! -x $(PROGRAM) ] || [ ! -x $(HTTP_PROGRAM) ]; then \
	  $(MAKE) --no-print-directory build; fi
	@$(MAKE) --no-print-directory install-files

# What was built. Links between README, docs, python and scripts hold where they are put.
install-files:
	install -d "$(BIN_DIR)" "$(LIBEXEC_DIR)" "$(SHARE_DIR)/library" "$(SHARE_DIR)/python/mohpo/exports"
	install -m 755 $(PROGRAM) "$(BIN_DIR)/mohpo-lua"
	install -m 755 $(HTTP_PROGRAM) "$(LIBEXEC_DIR)/mohpo-lua-http"
	install -m 644 share/*.d.lua "$(SHARE_DIR)/library"
	install -m 644 python/mohpo/*.py python/mohpo/py.typed "$(SHARE_DIR)/python/mohpo"
	install -m 644 python/mohpo/exports/*.py "$(SHARE_DIR)/python/mohpo/exports"
	install -d "$(MAN_DIR)" "$(BASH_DIR)" "$(ZSH_DIR)" "$(FISH_DIR)"
	install -m 644 $(MANUAL) "$(MAN_DIR)"
	$(PROGRAM) --generate-completion-script bash | sed '1{/^#!/d;}' >"$(BASH_DIR)/mohpo-lua"
	$(PROGRAM) --generate-completion-script zsh >"$(ZSH_DIR)/_mohpo-lua"
	$(PROGRAM) --generate-completion-script fish >"$(FISH_DIR)/mohpo-lua.fish"
	install -d "$(DOC_DIR)/docs" "$(DOC_DIR)/python/examples" "$(DOC_DIR)/examples/settings"
	install -m 644 README.md CHANGELOG.md LICENSE "$(DOC_DIR)"
	install -m 644 docs/* "$(DOC_DIR)/docs"
	install -m 644 python/README.md "$(DOC_DIR)/python"
	install -m 644 python/examples/* "$(DOC_DIR)/python/examples"
	install -m 644 scripts/*.* "$(DOC_DIR)/examples"
	install -m 644 scripts/settings/* "$(DOC_DIR)/examples/settings"
	ln -sfn examples "$(DOC_DIR)/scripts"

uninstall: ## remove what install put there
	rm -f "$(BIN_DIR)/mohpo-lua" "$(MAN_DIR)/mohpo-lua.1" "$(BASH_DIR)/mohpo-lua" \
	    "$(ZSH_DIR)/_mohpo-lua" "$(FISH_DIR)/mohpo-lua.fish"
	rm -rf "$(SHARE_DIR)" "$(DOC_DIR)" "$(LIBEXEC_DIR)"

manual: setup ## write the man page again from the program's help
	$(SWIFT) package generate-manual --configuration debug --date $(MANUAL_DATE)
	install -m 644 .build/plugins/GenerateManual/outputs/mohpo-lua/mohpo-lua.1 $(MANUAL)

picture: build ## take the picture of the page that the README shows
	folder=$$(mktemp -d) && cp scripts/circle.lua "$$folder" && cd "$$folder" && \
	    "$(CURDIR)/$(PROGRAM)" --quiet circle.lua >circle.txt && \
	    "$(CURDIR)/$(PROGRAM)" report circle --output circle.html && \
	    python3 "$(CURDIR)/Tests/Page/picture.py" circle.html "$(CURDIR)/docs/page.webp"

DOCS_ENV := .build-docs

$(DOCS_ENV)/ready: packaging/site/requirements.txt
	$(PYTHON) -m venv $(DOCS_ENV)
	$(DOCS_ENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

docs: debug $(DOCS_ENV)/ready ## build the site of docs/ in dist/site, with the Swift API
	NO_MKDOCS_2_WARNING=1 $(DOCS_ENV)/bin/mkdocs build --quiet --config-file packaging/site/mkdocs.yml
	packaging/site/swift-api dist/site/swift

# The package's date is that of its changelog, so that one program makes one package.
deb: ## build a Debian package: dist/mohpo-lua_*.deb
	@.ci/packages deb
	@mkdir -p dist
	cd packaging && debian/rules clean binary
	lintian --fail-on error,warning dist/mohpo-lua_*.deb

tarball: ## build a tarball that runs from any folder: dist/mohpo-lua-*.tar.gz
	@.ci/packages tarball
	@$(MAKE) --no-print-directory STATIC=1 build
	@packaging/tarball .build-static/release/mohpo-lua

PEERS       ?= .build-peers
PEERS_ARGS  ?=
PEERS_BUILD := -c release --package-path Benchmarks/peers
PEERS_BIN   := Benchmarks/peers/.build/release
MNIST        = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mohpo-lua/datasets/mnist

bench-peers: data ## measure a trial-epoch beside scikit-learn and PyTorch
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -c 'import sklearn, torch' 2>/dev/null \
	    || $(PEERS)/bin/pip install --quiet -r Benchmarks/peers/requirements.txt
	$(SWIFT) build $(PEERS_BUILD) --product trial-epoch
	$(PEERS)/bin/python Benchmarks/peers/peers.py $(PEERS_BIN)/trial-epoch $(PEERS_ARGS)

check-safetensors: build ## have Python's safetensors read a network that was saved
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -c 'import numpy, safetensors' 2>/dev/null \
	    || $(PEERS)/bin/pip install --quiet numpy safetensors==0.8.0
	$(PEERS)/bin/python Tests/ReferenceValues/saved_network.py $(PROGRAM)

bench-precision: data ## compare what networks learn in single precision with scikit-learn in double
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -c 'import sklearn' 2>/dev/null \
	    || $(PEERS)/bin/pip install --quiet 'scikit-learn>=1.9'
	$(PEERS)/bin/python Benchmarks/peers/float32.py $(PROGRAM)

bench-tables: build ## read tables as CSV beside pandas
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -c 'import pandas' 2>/dev/null \
	    || $(PEERS)/bin/pip install --quiet pandas==3.1.1
	$(PEERS)/bin/python Benchmarks/peers/tables.py $(PROGRAM)

bench-memory: data ## measure what a paused trial holds in memory
	Benchmarks/memory/run $(PROGRAM)

bench-time: data ## show what a measured prediction time is worth under load
	$(SWIFT) build $(PEERS_BUILD) --product prediction-time
	$(PEERS_BIN)/prediction-time "$(MNIST)" 32 $$((4 * $$(getconf _NPROCESSORS_ONLN)))

bench-allocations: data ## count how often an epoch of training asks for memory
	$(SWIFT) build $(PEERS_BUILD) --product allocations
	$(PEERS_BIN)/allocations "$(MNIST)"

# In release, because the C loops are not optimised in debug. Each has its own folder. The first finds what both
# the address and the undefined-behaviour sanitizer find, in one build.
SANITIZERS ?= address-undefined thread
SANITIZE   ?=

sanitize: data ## run all tests under the sanitizers (SANITIZERS=, SANITIZE= modules or other filters)
	@status=0; for sanitizer in $(SANITIZERS); do \
	    Tests/Sanitizers/run $$sanitizer $(SWIFT) test $(TEST_FLAGS) $(SANITIZE:%=--filter %) || status=1; \
	done; exit $$status

soak: build ## run 100,000 short trials and compare the memory at the end with that after 1,000
	MALLOC_ARENA_MAX=1 $(PROGRAM) --study memory --log-level error Tests/Soak/soak.lua 200 500

damage: ## change every byte of a study, one at a time, resume it, and look for what is lost
	MOHPO_DAMAGE=1 $(SWIFT) test $(TEST_FLAGS) --filter ByteChangeTests

KILLS ?= 200

kill: build ## kill the program at random moments of a study, and compare its events (KILLS=)
	Tests/Kill/run $(PROGRAM) $(KILLS)

programs: build ## run programs that misbehave, clients that are killed, and real training scripts
	Tests/Programs/faults.py $(PROGRAM) --long
	Tests/Programs/clients.py $(PROGRAM) --long
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -c 'import sklearn, torch' 2>/dev/null \
	    || $(PEERS)/bin/pip install --quiet -r Benchmarks/peers/requirements.txt
	$(PEERS)/bin/python Tests/Programs/real.py $(PROGRAM)

faults: build ## fail processes, connections and servers of studies of 2,000 trials in a database
	Tests/Scale/faults.py $(PROGRAM) --long

slurm: build ## run a study as jobs of a Slurm cluster on this machine (root)
	@.ci/packages slurm
	Tests/Scale/slurm.py $(PROGRAM)

bench-scale: build ## measure what one process decides for 10,000 slots of simulated agents
	Benchmarks/scale/bench.py $(PROGRAM)
	Benchmarks/scale/bench.py $(PROGRAM) --type model --slots 100 --think 0.2

bench-programs: build ## measure what programs as trials cost
	Benchmarks/programs/bench.py $(PROGRAM)

REPORTS ?= 100000 1000000

bench-page: build ## measure the page in a browser, of 100,000 and of 1,000,000 reports (REPORTS=)
	@folder=$$(mktemp -d) && for count in $(REPORTS); do \
	    for shape in long short; do \
	        $(PROGRAM) --study $$folder/$$shape-$$count.db --quiet Tests/Page/large.lua $$shape $$count \
	        && $(PROGRAM) report $$folder/$$shape-$$count.db --output $$folder/$$shape-$$count.html \
	        || exit 1; \
	    done; \
	done && $(PYTHON) Tests/Page/measure.py --limits $$folder/*.html; status=$$?; \
	rm -rf "$$folder"; exit $$status

PYTHON_ENV   = .build-python
PYTHON_BIN   = $(CURDIR)/$(PYTHON_ENV)/bin

# Asks PyPI only when the environment is not there, or its requirements have changed.
$(PYTHON_ENV)/ready: python/requirements-dev.txt
	$(PYTHON) -m venv $(PYTHON_ENV)
	$(PYTHON_BIN)/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

test-python: $(PYTHON_ENV)/ready ## check and test the Python package (PYTHON=python3.9 with another one)
	cd python && $(PYTHON_BIN)/ruff format --check --quiet . && $(PYTHON_BIN)/ruff check --quiet .
	@test ! -x $(PYTHON_BIN)/mypy || (cd python && $(PYTHON_BIN)/mypy)
	cd python && MOHPO_LUA_PROGRAM=$(wildcard $(CURDIR)/$(PROGRAM)) $(PYTHON_BIN)/pytest

wheel: $(PYTHON_ENV)/ready ## build the Python package: dist/*.whl and dist/*.tar.gz
	$(PYTHON_BIN)/python -m build --no-isolation --outdir dist python

clean: ## remove what the builds left
	rm -rf .build .build-static .build-peers Benchmarks/peers/.build $(PYTHON_ENV) $(DOCS_ENV) dist
	rm -rf $(SANITIZERS:%=.build-%)
