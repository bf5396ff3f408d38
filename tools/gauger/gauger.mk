# The workflow of an Alembic project as make targets. In the project's own Makefile, one line:
#
#   include $(shell gauger makefile)
#
# Where the project has targets of such names itself, a prefix before that line keeps them apart:
#
#   GAUGER_TARGET_PREFIX := alembic-
#
# On the command line or in the environment: m="a message" (migration, migration-auto,
# migration-squash), REV (downgrade), SEED=1 (migration-auto), FORCE=1 (migration-squash),
# CONFIRM_DB_NUKE=1 and VOLUME=1 (db-nuke), BASE (a branch to compare with). What a makefile gives
# such a name is its own business and does nothing here.
# In the Makefile too: GAUGER (the program), GAUGER_FLAGS (for all of them: --project DIR, -n SECTION).

GAUGER ?= gauger
GAUGER_FLAGS ?=
GAUGER_TARGET_PREFIX ?=

# The first target of the project's own stays what `make` alone makes.
gauger_default_goal := $(.DEFAULT_GOAL)
gauger_makefile := $(lastword $(MAKEFILE_LIST))
gauger_target = $(addprefix $(GAUGER_TARGET_PREFIX),$(1))

# A variable's value, unless a makefile has set it.
gauger_given = $(if $(filter command environment,$(firstword $(origin $(1)))),$($(1)))

# These reach the shell through the environment, never as text.
export gauger_message = $(call gauger_given,m)
export gauger_base = $(call gauger_given,BASE)
export gauger_revision = $(or $(call gauger_given,REV),-1)
gauger_base_flag = $${gauger_base:+--base "$$gauger_base"}

gauger_targets := help migration migration-auto migrate downgrade seed migrate-and-seed \
  migration-squash db-heads db-linear-history db-migration-lint db-check-pr-migration-count \
  db-migration-smoke db-check-drift db-check-seed-data db-check db-nuke hooks-install
.PHONY: $(call gauger_target,$(gauger_targets))

$(call gauger_target,help): ## This list
	@awk -F ':.*## ' -v prefix='$(GAUGER_TARGET_PREFIX)' '/^\$$\(call gauger_target,[a-z-]+\):.*## / \
	  {sub(/^\$$\(call gauger_target,/, "", $$1); sub(/\)$$/, "", $$1); \
	  printf "  make %-34s %s\n", prefix $$1, $$2}' '$(gauger_makefile)'

$(call gauger_target,migration): ## alembic revision --autogenerate: m="…"
	@$(GAUGER) migration-auto --plain $(GAUGER_FLAGS) -m "$$gauger_message"

$(call gauger_target,migration-auto): ## Make, check and apply a migration: m="…", SEED=1 with a stub of a seed
	@$(GAUGER) migration-auto $(GAUGER_FLAGS) $(if $(call gauger_given,SEED),--seed) -m "$$gauger_message"

$(call gauger_target,migrate): ## Upgrade to head, one migrator at a time
	@$(GAUGER) migrate $(GAUGER_FLAGS)

$(call gauger_target,downgrade): ## One revision down, or to REV=…
	@$(GAUGER) migrate $(GAUGER_FLAGS) --downgrade="$$gauger_revision"

$(call gauger_target,seed): ## Run the seed scripts that have not run
	@$(GAUGER) run-seeds $(GAUGER_FLAGS)

$(call gauger_target,migrate-and-seed): ## Both
	@$(GAUGER) migrate $(GAUGER_FLAGS)
	@$(GAUGER) run-seeds $(GAUGER_FLAGS)

$(call gauger_target,migration-squash): ## Make one migration of those that the base lacks: m="…", FORCE=1
	@$(GAUGER) migration-squash $(GAUGER_FLAGS) $(gauger_base_flag) $(if $(call gauger_given,FORCE),--force) -m "$$gauger_message"

$(call gauger_target,db-heads): ## Does the history have one head?
	@$(GAUGER) check-heads $(GAUGER_FLAGS) $(gauger_base_flag)

$(call gauger_target,db-linear-history): ## Is it a single chain, ordered by Create Date?
	@$(GAUGER) check-linear-history $(GAUGER_FLAGS) $(gauger_base_flag)

$(call gauger_target,db-migration-lint): ## Does what the migrations do follow the policy?
	@$(GAUGER) migration-lint $(GAUGER_FLAGS) $(gauger_base_flag)

$(call gauger_target,db-check-pr-migration-count): ## Does the branch bring the one migration that it needs?
	@$(GAUGER) pr-migration-count $(GAUGER_FLAGS) $(gauger_base_flag)

$(call gauger_target,db-migration-smoke): ## Do the migrations run?
	@$(GAUGER) smoke $(GAUGER_FLAGS) --mode both $(gauger_base_flag)

$(call gauger_target,db-check-drift): ## Do models and migrations agree?
	@$(GAUGER) drift $(GAUGER_FLAGS)

$(call gauger_target,db-check-seed-data): ## Are the required rows there?
	@$(GAUGER) seed-data-check $(GAUGER_FLAGS)

# All are made, and one that fails does not hide the others.
$(call gauger_target,db-check): ## All of these checks
	@status=0; \
	if [ -n "$$gauger_base" ]; then export MIGRATION_BASE_REF="$$gauger_base"; fi; \
	for check in "check" "smoke --mode both" "drift" "seed-data-check"; do \
	  $(GAUGER) $$check $(GAUGER_FLAGS); one=$$?; \
	  if [ $$one -gt $$status ]; then status=$$one; fi; \
	done; \
	exit $$status

$(call gauger_target,db-nuke): ## An empty local database and one migration: CONFIRM_DB_NUKE=1, VOLUME=1
	@CONFIRM_DB_NUKE='$(filter 1,$(call gauger_given,CONFIRM_DB_NUKE))' \
	  $(GAUGER) db-nuke $(GAUGER_FLAGS) $(if $(call gauger_given,VOLUME),--volume)

$(call gauger_target,hooks-install): ## Check each commit before it is made
	@$(GAUGER) hooks-install $(GAUGER_FLAGS)

.DEFAULT_GOAL := $(gauger_default_goal)
