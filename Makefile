# The one entry point, for people and CI alike: `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TAMIS := target/release/tamis
# Warnings of rustdoc are errors: a broken link in the docs is a bug.
export RUSTDOCFLAGS ?= -D warnings

.PHONY: help
help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: demo
demo: ## build, then moderate the sample chat with the example policy
	cargo build --release --locked -p tamis-cli
	$(TAMIS) scan examples/game-chat/policy.yaml corpora/chat-en.jsonl

.PHONY: test
test: test-rust test-python docs demo ## all tests: THE test command

.PHONY: test-rust
test-rust: ## the tests of all Rust members, and the examples in the docs
	cargo test --workspace --locked --exclude tamis-benches
	cargo test --locked --doc -p tamis

.PHONY: test-python
test-python: wheel ## the tests of the Python package, on the built wheel
	cd bindings-python && ../$(BIN)/python -m pytest -q
	$(BIN)/ruff check bindings-python

.PHONY: wheel
wheel: $(VENV)/ready ## build the wheel and install it in .venv
	$(BIN)/maturin build --release --locked --manifest-path bindings-python/Cargo.toml --out target/wheels
	$(BIN)/python -m pip install -q --force-reinstall --no-deps --no-index --find-links target/wheels tamis

$(VENV)/ready: bindings-python/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade 'pip>=25.1'
	cd bindings-python && ../$(BIN)/python -m pip install -q --group build --group test --group lint
	touch $@

.PHONY: fmt
fmt: ## format everything
	cargo fmt --all

.PHONY: lint
lint: fuzz-check ## formatting and clippy, warnings are errors
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

# A workspace of its own, with the dependencies already built for the main one.
FUZZ := --manifest-path fuzz/Cargo.toml --target-dir target --locked

.PHONY: fuzz-check
fuzz-check: ## do the fuzz targets compile? no fuzzer needed
	cargo fmt --manifest-path fuzz/Cargo.toml --check
	cargo clippy $(FUZZ) --all-targets -- -D warnings

.PHONY: fuzz-test
fuzz-test: ## the fuzz targets over their inputs and seeded changes of them
	cargo test $(FUZZ)

.PHONY: fuzz-differences
fuzz-differences: ## where engine and reference still differ at the higher levels
	cargo test $(FUZZ) --test corpus -- --ignored --exact differences --nocapture

.PHONY: disguise-differences
disguise-differences: ## the same on generated disguises; CASES and SEED choose them
	cargo test --locked -p tamis-conformance --test properties -- --ignored --exact differences --nocapture

.PHONY: docs
docs: ## the Rust documentation, without warnings
	cargo doc --no-deps --locked -p tamis

.PHONY: bench-smoke
bench-smoke: ## run every benchmark once, to see that it still runs
	cargo bench --locked -p tamis-benches -- --test
	cargo run --release --locked -q -p tamis-benches --bin agreement -- corpora/chat-en.jsonl corpora/benign-multilingual.jsonl
	cargo run --release --locked -q -p tamis-benches --bin agreement -- --pages 1500 corpora/chat-en.jsonl corpora/benign-multilingual.jsonl

.PHONY: bench
bench: ## the benchmarks
	cargo bench --locked -p tamis-benches

# Ordinary text and a list of attacks in JSON Lines, with `text` and `lang`.
FLAGS ?= $(wildcard ../shared/corpora/benign/*.jsonl ../shared/corpora/evasion/rustrict_test_*.jsonl)

.PHONY: flags
flags: ## lines that the English pack flags at each level, by language: FLAGS='FILE…'
	cargo run --release --locked -q -p tamis-benches --bin flags -- $(FLAGS)

# Texts on which the engine is compared with itself without its census.
AGREEMENT ?= $(wildcard ../shared/corpora/*/*.jsonl corpora/*.jsonl)

.PHONY: agreement-pages
agreement-pages: ## the same of long texts, which are looked at in passages. AGREEMENT='FILE…'
	cargo run --release --locked -q -p tamis-benches --bin agreement -- --pages 3000 $(AGREEMENT)

.PHONY: agreement
agreement: ## does the census rule out too much on real text? AGREEMENT='FILE…'
	cargo run --release --locked -q -p tamis-benches --bin agreement -- $(AGREEMENT)

# The tests of the vector kernels; valgrind knows vectors up to AVX2 and hides what it does not know.
KERNELS := scan::census::masks scan::census::words scan::census::count

.PHONY: valgrind
valgrind: ## the vector kernels under valgrind: reads beyond a text, of what was never written
	PROPTEST_CASES=16 CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER='valgrind -q --error-exitcode=1' \
		cargo test --locked -p tamis --lib -- $(KERNELS)

# Both need a nightly toolchain, and run where there is one: rustup +nightly, with miri and rust-src.
.PHONY: miri
miri: ## the same under Miri: undefined behaviour; needs a nightly toolchain, not part of CI
	PROPTEST_CASES=4 MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test --locked -p tamis --lib -- $(KERNELS)

SANITIZER ?= address
HOST := $(shell rustc -vV 2>/dev/null | sed -n 's/^host: //p')

.PHONY: sanitize
sanitize: ## tests of the core with SANITIZER=address or thread; needs a nightly toolchain, not part of CI
	RUSTFLAGS=-Zsanitizer=$(SANITIZER) cargo +nightly test --locked -Zbuild-std --target $(HOST) -p tamis --lib

PEERS := benches/peers
# Ordinary text in JSON Lines, to count flags on; left out, loudly, where there is none.
BENIGN ?= ../shared/corpora/benign

.PHONY: evasion-bench
evasion-bench: ## disguised words: Tamis beside other filters, fetched from their registries
	npm ci --prefix $(PEERS)/node --no-audit --no-fund
	$(PYTHON) -m venv $(PEERS)/python/.venv
	$(PEERS)/python/.venv/bin/python -m pip install -q -r $(PEERS)/python/requirements.txt
	cargo build --release --manifest-path $(PEERS)/Cargo.toml --bin evasion
	$(PEERS)/target/release/evasion --benign $(BENIGN)

.PHONY: evasion-text
evasion-text: ## disguises that people wrote: Tamis beside decancer and rustrict
	cargo build --release --manifest-path $(PEERS)/Cargo.toml --bin evasion-text
	$(PEERS)/target/release/evasion-text $(CORPORA)

# Texts with marked spans of personal data; left out, loudly, where there are none.
PII ?= ../shared/corpora/spans/pii.jsonl

.PHONY: entities-bench
entities-bench: ## recognizers beside Presidio's, fetched from its registry
	cargo build --release --locked -p tamis-cli
	$(PYTHON) -m venv $(PEERS)/python/.venv
	$(PEERS)/python/.venv/bin/python -m pip install -q -r $(PEERS)/python/requirements-entities.txt
	$(PEERS)/python/.venv/bin/python $(PEERS)/python/entities.py $(PII) --tamis $(TAMIS) --out benches/results/entities

SPEED := $(PEERS)/target/release/speed
CORPORA ?= ../shared/corpora
ROUNDS ?= 11
# Hyperscan is a package of the system; without it its rows are left out, loudly.
HYPERSCAN := $(shell pkg-config --exists libhs 2>/dev/null && echo --features hyperscan)

.PHONY: speed-bench
speed-bench: wheel speed-rust ## speed: Tamis beside other matchers, and every number to reach
	$(PYTHON) -m venv $(PEERS)/python/.venv
	$(PEERS)/python/.venv/bin/python -m pip install -q -r $(PEERS)/python/requirements.txt pyarrow
	$(PEERS)/python/.venv/bin/python -m pip install -q --force-reinstall --no-deps --no-index --find-links target/wheels tamis
	$(SPEED) export --corpora $(CORPORA)
	$(PEERS)/python/.venv/bin/python $(PEERS)/python/speed.py benches/results --rounds $(ROUNDS)
	$(SPEED) --corpora $(CORPORA) --rounds $(ROUNDS)

.PHONY: speed-rust
speed-rust: ## build the side-by-side of speed; then $(SPEED) --help
	cargo build --release --manifest-path $(PEERS)/Cargo.toml --bin speed $(HYPERSCAN)

.PHONY: instructions
instructions: ## instruction counts of fixed workloads, under valgrind, against what is recorded
	cargo build --release --locked -p tamis-benches --bins
	target/release/instructions

.PHONY: instructions-record
instructions-record: ## take the instruction counts as they are now
	cargo build --release --locked -p tamis-benches --bins
	target/release/instructions --record

.PHONY: tables
tables: ## regenerate the tables: Unicode, numbering plans, top-level domains
	cargo run --locked -p tamis-tools -- gen-tables
	cargo run --locked -p tamis-tools -- gen-entities

.PHONY: lexicon
lexicon: ## fetch the sources of the lexicon and regenerate it
	tools/lexicon/fetch.sh target/lexicon
	cargo run --locked -p tamis-tools -- gen-lexicon target/lexicon

.PHONY: reference
reference: ## write docs/reference.md and docs/commands.md from the code
	cargo run --locked -p tamis-tools -- gen-docs
	UPDATE_GOLDENS=1 cargo test --locked -p tamis-cli --test cli docs::

.PHONY: schema
schema: ## write docs/policy.schema.json anew
	UPDATE_GOLDENS=1 cargo test --locked -p tamis-cli --bin tamis schema::

.PHONY: goldens
goldens: ## record diagnostics, imports and why-not anew; read the diff
	UPDATE_GOLDENS=1 cargo test --locked -p tamis-conformance --test why_not
	UPDATE_GOLDENS=1 cargo test --locked -p tamis-conformance --test diagnostics
	UPDATE_GOLDENS=1 cargo test --locked -p tamis-cli --test cli import::goldens
