# The commands of this repository. `make` alone explains them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

# A Go outside PATH is found where its installer puts it.
export PATH := $(PATH):/usr/local/go/bin

# How long each fuzz target runs in `make fuzz`.
FUZZTIME ?= 10s
# How many transitions `make leak` goes through, and whether (1) all processors
# are kept busy meanwhile.
TRANSITIONS ?= 300
LOAD ?= 0
# How long `make soak` runs, and what it repeats.
MINUTES ?= 30
SEED ?= 1
# Where the comparison with other remote-support tools lives, for `make bench`;
# SCENES=type60,drag PASSES=5 SECONDS=10 PEERS=ours/lossless choose from it.
BENCH ?= ../shared/bench
SCENES ?=
PASSES ?=
PEERS ?=

.DEFAULT_GOAL := help
.PHONY: help run build test lint bench fuzz leak soak pictures proof clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

run: ## set up what is missing and start the demo; DEMO="--json" passes flags on
	@scripts/setup run
	@$(MAKE) build
	@exec bin/agentd demo $(DEMO)

build: ## build the commands into bin/, pure Go
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/...

test: ## set up what is missing, then everything CI runs
	@scripts/setup test
	@scripts/test

lint: ## formatting and vet, and staticcheck where go.mod names it
	@scripts/lint

bench: ## benchmarks, and the comparison with other tools: BENCH=folder SCENES= PASSES= SECONDS= PEERS=
	@scripts/setup bench
	@SCENES="$(SCENES)" PASSES="$(PASSES)" LENGTH="$(SECONDS)" PEERS="$(PEERS)" scripts/bench "$(BENCH)"

fuzz: ## run every fuzz target for FUZZTIME (10s); WORKERS=n at a time, TALLY=1 notes the executions
	@scripts/fuzz "$(FUZZTIME)"

leak: ## count leaks of one application, APP=gtk3|gtk4|qt5|chromium|firefox; LOAD=1 keeps the processors busy
	@scripts/setup test
	@scripts/leak "$(APP)" "$(TRANSITIONS)" "$(LOAD)"

soak: ## the busiest screen for MINUTES (30), with viewers who come, stall and go
	@scripts/setup test
	@scripts/soak "$(MINUTES)" "$(SEED)"

pictures: ## take the pictures of README.md from the running demo
	@scripts/setup test
	go test ./cmd/agentd -run TestPictures -count=1 -pictures $(CURDIR)/docs/pictures

proof: ## the longer proof: every test three times over
	@scripts/setup test
	TELESTRATOR_PROOF=1 scripts/test -count=3 -timeout=60m

clean: ## remove what the build made
	@[ ! -d .cache ] || chmod -R u+w .cache # a module cache is read-only
	rm -rf bin .cache
