# A developer's whole life with this project. Every target sets up by itself what it needs; nothing here has to be
# run twice or in an order. `make` alone explains.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-servers test e2e screenshots bench-window check format bindings docs bench fuzz build servers-up servers-down servers-status

# To narrow while developing: make test PKG=./backend/diff ARGS='-run Rename'
PKG ?=
ARGS ?=
PAIRS ?= 2000
FUZZTIME ?= 30s
LDFLAGS := -s -w $(if $(VERSION),-X database-structure-sync/backend/version.number=$(VERSION))
# What is built into SQLite beyond the usual: databases that use it could be read but not changed without.
SQLITE := $(shell . scripts/lib.sh && echo $$sqlite_tags)
# The command line is one file that needs nothing of the machine, although SQLite is written in C.
STATIC := -tags=$(SQLITE),netgo,osusergo -ldflags='$(LDFLAGS) -linkmode external -extldflags -static'
# The desktop program links the WebKit of current distributions.
TAGS := $(shell . scripts/lib.sh && echo $$desktop_tags)

setup := @scripts/setup.sh
servers := @scripts/servers.sh

help: ## Say what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install everything that any other target needs and is missing
	$(setup) all

demo: ## Watch two SQLite databases being compared, synchronised and proven equal
	$(setup) go
	@go build $(STATIC) -trimpath -o build/bin/dbstruct ./backend/cmd/dbstruct
	@build/bin/dbstruct demo $(ARGS)

demo-servers: ## The same on a real PostgreSQL and a real MariaDB, with their own dump programs as judges
	$(setup) go
	@go build $(STATIC) -trimpath -o build/bin/dbstruct ./backend/cmd/dbstruct
	$(servers) run postgres15 mariadb10.11 -- go run ./backend/internal/demo $(ARGS)

test: ## Run every test, those of the engines and of the page on real servers (PKG=… ARGS=… narrow to Go's)
	$(setup) go desktop browser keyring ssh frontend
	@npm --prefix frontend test
	$(servers) run -- scripts/test.sh $(ARGS) $(PKG)

e2e: ## Run only the tests of the page in a browser and of the window (ARGS=journey narrows)
	$(setup) go desktop browser frontend
	$(servers) run -- scripts/e2e.sh $(ARGS)

screenshots: ## Make pictures of every page of the window in build/screenshots
	$(setup) go desktop browser frontend
	@DBSTRUCT_E2E_EXTRA=screenshots scripts/e2e.sh --project=screenshots --workers=1

bench-window: ## Measure the window: start to first paint, memory
	$(setup) go desktop browser frontend
	@DBSTRUCT_E2E_EXTRA=bench scripts/e2e.sh --project=bench --workers=1

check: ## Check format, vet, linters with the dependency rule, types, generated code, scripts
	$(setup) go desktop frontend tools
	@scripts/check.sh

format: ## Format what check would complain about
	$(setup) go frontend tools
	@scripts/check.sh --format

bindings: ## Generate frontend/wailsjs anew from the Go code
	$(setup) go desktop tools
	@scripts/check.sh --bindings

docs: ## Generate docs/coverage.md and docs/type-mapping.md anew from the test cases and the code
	$(setup) go
	@go test -tags=$(SQLITE) -count=1 -run=TestEveryClause ./backend/engine/enginetest -args -write
	@DBSTRUCT_UPDATE=1 go test -count=1 -run=TestTheMapping ./backend/translate

bench: ## Measure diff at 100, 1,000 and 10,000 tables against the floor of the bare driver (SIZES=100,1000 shortens it)
	$(setup) go
	$(servers) run postgres17 mariadb11.8 mysql9.7 -- go run ./backend/internal/bench $(if $(SIZES),-sizes=$(SIZES)) $(ARGS)

fuzz: ## Let random pairs of structures converge on every server (PAIRS each), and run the fuzz tests (FUZZTIME each)
	$(setup) go
	$(servers) run -- env DBSTRUCT_PAIRS=$(PAIRS) go test -count=1 -timeout=0 -run=Random $(ARGS) ./backend/engine/enginetest
	@scripts/fuzz.sh $(FUZZTIME)

build: ## Build build/bin/dbstruct and build/bin/database-structure-sync
	$(setup) go desktop frontend
	go build $(STATIC) -trimpath -o build/bin/dbstruct ./backend/cmd/dbstruct
	npm --prefix frontend run build
	go build -tags=desktop,production,$(TAGS) -trimpath -ldflags='$(LDFLAGS)' -o build/bin/database-structure-sync .

servers-up: ## Start the test servers and leave them up
	$(servers) up

servers-down: ## Stop them and remove their data
	$(servers) down

servers-status: ## Say which are up, and where
	$(servers) status
