# What a developer types. Each target calls a script of ci/, which CI calls too; `make` alone lists
# them.

PROJECT ?= tests/projects/storefront

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Install what is missing, and build into build/bin
	@ci/build

.PHONY: test
test: ## Build, and run the tests, but for the long ones
	@ci/test

.PHONY: test-live
test-live: ## Build, and run the long tests of the live tools, with all versions of Alembic
	@ci/bootstrap test live versions
	@ci/test default -L long

.PHONY: db-check
db-check: ## Build, and run the checks on PROJECT (default: a sample project)
	@ci/bootstrap test live
	@ci/build default tools
	build/bin/gauger check --project $(PROJECT)
	VIRTUAL_ENV=$${VIRTUAL_ENV:-$(abspath $(or $(GAUGER_DEPS_DIR),.deps))/venv} build/bin/smoke --mode fresh --project $(PROJECT)
	VIRTUAL_ENV=$${VIRTUAL_ENV:-$(abspath $(or $(GAUGER_DEPS_DIR),.deps))/venv} build/bin/drift --project $(PROJECT)
	VIRTUAL_ENV=$${VIRTUAL_ENV:-$(abspath $(or $(GAUGER_DEPS_DIR),.deps))/venv} build/bin/seed-data-check --project $(PROJECT)

.PHONY: seed
seed: ## Build, and run the seed scripts of PROJECT on its database (GAUGER_PG_DSN)
	@ci/build default tools
	build/bin/run-seeds --project $(PROJECT)

PREFIX ?= /usr/local
.PHONY: install
install: ## Build, and install below PREFIX (default: /usr/local; DESTDIR is honoured)
	@ci/build default tools
	@cmake --install build --component gauger --prefix $(PREFIX)

.PHONY: package
package: ## Make the .deb, the tarball and the wheel, in dist/
	@ci/package

.PHONY: test-package
test-package: ## Make them, and try them in roots that have nothing else
	@ci/test_package

.PHONY: goldens
goldens: ## Rewrite what the black-box tests expect; the diff is the review
	@ci/bootstrap test
	@ci/build
	$${GAUGER_DEPS_DIR:-.deps}/venv/bin/python tests/tools/run_cases.py --update

.PHONY: rules-measured
rules-measured: ## Build, run the rules' cases on PostgreSQL, and write what it did into their READMEs
	@ci/bootstrap test live
	@ci/build
	$${GAUGER_DEPS_DIR:-.deps}/venv/bin/python -B tests/live/rules/proofs_test.py --update
	ci/rules_measured

.PHONY: bench
bench: ## Time the checks on generated histories; some 10 minutes
	@ci/bench

.PHONY: bench-rules
bench-rules: ## Compare what linters find in the labelled collection, proven on PostgreSQL
	@ci/bench_rules --prove

.PHONY: test-matrix
test-matrix: ## Build, and run the live tests on PostgreSQL 12 to 18, which it fetches
	@ci/test_matrix

.PHONY: test-kills
test-kills: ## Build, and kill the commands of the workflow at many moments; some 20 minutes
	@ci/bootstrap test live
	@ci/build
	GAUGER_KILLS=8 ctest --preset default --no-tests=error -R '^live.(rewrite|kills)$$' --timeout 3000

.PHONY: asan
asan: ## Build with clang's address and undefined behaviour sanitizers, and run the tests
	@ci/test asan-ubsan

.PHONY: clang
clang: ## Build with clang, and run the tests
	@ci/test clang

.PHONY: layers
layers: ## Compare every #include with the link lines
	@ci/check_layers

.PHONY: format
format: ## Rewrite the C++ files as clang-format has them
	@ci/check_format --fix

.PHONY: format-check
format-check: ## Say which C++ files clang-format would change
	@ci/check_format

.PHONY: tidy
tidy: ## clang-tidy over the files that differ from origin/main
	@ci/tidy

.PHONY: tidy-all
tidy-all: ## clang-tidy over all files
	@ci/tidy --all

.PHONY: clean
clean: ## Remove what was built; .deps stays
	rm -rf build build-debug build-asan-ubsan build-clang build-wheel dist
