#include "rules/catalog.hpp"

#include <array>

#include "rules/application_model_imported/application_model_imported.hpp"
#include "rules/autocommit_in_own_transaction/autocommit_in_own_transaction.hpp"
#include "rules/bind_in_sql_text/bind_in_sql_text.hpp"
#include "rules/cascade_drops_dependents/cascade_drops_dependents.hpp"
#include "rules/change_blocked_by_view/change_blocked_by_view.hpp"
#include "rules/check_validated_at_once/check_validated_at_once.hpp"
#include "rules/column_added_by_rewrite/column_added_by_rewrite.hpp"
#include "rules/column_assigned_twice/column_assigned_twice.hpp"
#include "rules/column_dropped_with_dependents/column_dropped_with_dependents.hpp"
#include "rules/column_renamed/column_renamed.hpp"
#include "rules/concurrent_in_transaction/concurrent_in_transaction.hpp"
#include "rules/concurrent_index_if_not_exists/concurrent_index_if_not_exists.hpp"
#include "rules/concurrent_index_on_partitioned_table/concurrent_index_on_partitioned_table.hpp"
#include "rules/constraint_never_validated/constraint_never_validated.hpp"
#include "rules/constraint_unnamed/constraint_unnamed.hpp"
#include "rules/constraint_validated_under_lock/constraint_validated_under_lock.hpp"
#include "rules/default_text_is_literal/default_text_is_literal.hpp"
#include "rules/destructive_operation/destructive_operation.hpp"
#include "rules/domain_constraint_scans_tables/domain_constraint_scans_tables.hpp"
#include "rules/downgrade_missing/downgrade_missing.hpp"
#include "rules/duplicate_index/duplicate_index.hpp"
#include "rules/empty_migration/empty_migration.hpp"
#include "rules/enum_created_twice/enum_created_twice.hpp"
#include "rules/enum_left_behind/enum_left_behind.hpp"
#include "rules/enum_synced_by_rewrite/enum_synced_by_rewrite.hpp"
#include "rules/enum_type_missing/enum_type_missing.hpp"
#include "rules/enum_value_appended/enum_value_appended.hpp"
#include "rules/enum_value_renamed/enum_value_renamed.hpp"
#include "rules/enum_value_used_in_same_transaction/enum_value_used_in_same_transaction.hpp"
#include "rules/exclusion_constraint_on_existing_table/exclusion_constraint_on_existing_table.hpp"
#include "rules/foreign_key_dropped_with_lock/foreign_key_dropped_with_lock.hpp"
#include "rules/foreign_key_type_mismatch/foreign_key_type_mismatch.hpp"
#include "rules/foreign_key_validated_at_once/foreign_key_validated_at_once.hpp"
#include "rules/foreign_key_without_index/foreign_key_without_index.hpp"
#include "rules/generated_expression_changed/generated_expression_changed.hpp"
#include "rules/identifier_too_long/identifier_too_long.hpp"
#include "rules/index_dropped_before_replacement/index_dropped_before_replacement.hpp"
#include "rules/index_dropped_not_concurrently/index_dropped_not_concurrently.hpp"
#include "rules/index_not_concurrent/index_not_concurrent.hpp"
#include "rules/index_of_constraint_dropped/index_of_constraint_dropped.hpp"
#include "rules/json_column/json_column.hpp"
#include "rules/keyword_swallowed/keyword_swallowed.hpp"
#include "rules/lock_table/lock_table.hpp"
#include "rules/lock_timeout_too_late/lock_timeout_too_late.hpp"
#include "rules/migration_at_startup/migration_at_startup.hpp"
#include "rules/mixed_transaction/mixed_transaction.hpp"
#include "rules/no_lock_timeout/no_lock_timeout.hpp"
#include "rules/no_statement_timeout/no_statement_timeout.hpp"
#include "rules/not_null_dropped/not_null_dropped.hpp"
#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"
#include "rules/opaque_operation/opaque_operation.hpp"
#include "rules/partition_attach_scans/partition_attach_scans.hpp"
#include "rules/partition_detach_blocks/partition_detach_blocks.hpp"
#include "rules/primary_key_builds_index/primary_key_builds_index.hpp"
#include "rules/reference_data_in_application/reference_data_in_application.hpp"
#include "rules/refresh_blocks_reads/refresh_blocks_reads.hpp"
#include "rules/refused_by_alembic/refused_by_alembic.hpp"
#include "rules/reindex_not_concurrent/reindex_not_concurrent.hpp"
#include "rules/rows_changed_in_migration/rows_changed_in_migration.hpp"
#include "rules/rows_changed_under_lock/rows_changed_under_lock.hpp"
#include "rules/sequence_not_advanced/sequence_not_advanced.hpp"
#include "rules/set_local_without_transaction/set_local_without_transaction.hpp"
#include "rules/set_not_null_scans_table/set_not_null_scans_table.hpp"
#include "rules/setting_outlives_revision/setting_outlives_revision.hpp"
#include "rules/several_tables_locked/several_tables_locked.hpp"
#include "rules/statement_fails/statement_fails.hpp"
#include "rules/table_dropped_and_created/table_dropped_and_created.hpp"
#include "rules/table_exists_already/table_exists_already.hpp"
#include "rules/table_locked_and_rewritten/table_locked_and_rewritten.hpp"
#include "rules/table_renamed/table_renamed.hpp"
#include "rules/table_rewritten_by_type_change/table_rewritten_by_type_change.hpp"
#include "rules/table_scanned_several_times/table_scanned_several_times.hpp"
#include "rules/table_without_primary_key/table_without_primary_key.hpp"
#include "rules/tag_without_effect/tag_without_effect.hpp"
#include "rules/tag_without_reason/tag_without_reason.hpp"
#include "rules/transaction_ended_by_hand/transaction_ended_by_hand.hpp"
#include "rules/trigger_created_with_lock/trigger_created_with_lock.hpp"
#include "rules/truncate_cascade/truncate_cascade.hpp"
#include "rules/type_change/type_change.hpp"
#include "rules/type_change_breaks_cached_plans/type_change_breaks_cached_plans.hpp"
#include "rules/type_change_reads_table/type_change_reads_table.hpp"
#include "rules/type_dropped_while_used/type_dropped_while_used.hpp"
#include "rules/unique_constraint_builds_index/unique_constraint_builds_index.hpp"
#include "rules/unique_dropped/unique_dropped.hpp"
#include "rules/unknown_tag/unknown_tag.hpp"
#include "rules/unnamed_constraint_dropped/unnamed_constraint_dropped.hpp"
#include "rules/unreviewed_autogenerate/unreviewed_autogenerate.hpp"
#include "rules/update_of_all_rows/update_of_all_rows.hpp"
#include "rules/view_locked_by_replacement/view_locked_by_replacement.hpp"

namespace gauger::rules {

std::span<const engine::Rule* const> catalog() {
  static const std::array all = {
      &application_model_imported,
      &autocommit_in_own_transaction,
      &bind_in_sql_text,
      &cascade_drops_dependents,
      &change_blocked_by_view,
      &check_validated_at_once,
      &column_added_by_rewrite,
      &column_assigned_twice,
      &column_dropped_with_dependents,
      &column_renamed,
      &concurrent_in_transaction,
      &concurrent_index_if_not_exists,
      &concurrent_index_on_partitioned_table,
      &constraint_never_validated,
      &constraint_unnamed,
      &constraint_validated_under_lock,
      &default_text_is_literal,
      &destructive_operation,
      &domain_constraint_scans_tables,
      &downgrade_missing,
      &duplicate_index,
      &empty_migration,
      &enum_created_twice,
      &enum_left_behind,
      &enum_synced_by_rewrite,
      &enum_type_missing,
      &enum_value_appended,
      &enum_value_renamed,
      &enum_value_used_in_same_transaction,
      &exclusion_constraint_on_existing_table,
      &foreign_key_dropped_with_lock,
      &foreign_key_type_mismatch,
      &foreign_key_validated_at_once,
      &foreign_key_without_index,
      &generated_expression_changed,
      &identifier_too_long,
      &index_dropped_before_replacement,
      &index_dropped_not_concurrently,
      &index_not_concurrent,
      &index_of_constraint_dropped,
      &json_column,
      &keyword_swallowed,
      &lock_table,
      &lock_timeout_too_late,
      &migration_at_startup,
      &mixed_transaction,
      &no_lock_timeout,
      &no_statement_timeout,
      &not_null_dropped,
      &not_null_without_backfill,
      &opaque_operation,
      &partition_attach_scans,
      &partition_detach_blocks,
      &primary_key_builds_index,
      &reference_data_in_application,
      &refresh_blocks_reads,
      &refused_by_alembic,
      &reindex_not_concurrent,
      &rows_changed_in_migration,
      &rows_changed_under_lock,
      &sequence_not_advanced,
      &set_local_without_transaction,
      &set_not_null_scans_table,
      &setting_outlives_revision,
      &several_tables_locked,
      &statement_fails,
      &table_dropped_and_created,
      &table_exists_already,
      &table_locked_and_rewritten,
      &table_renamed,
      &table_rewritten_by_type_change,
      &table_scanned_several_times,
      &table_without_primary_key,
      &tag_without_effect,
      &tag_without_reason,
      &transaction_ended_by_hand,
      &trigger_created_with_lock,
      &truncate_cascade,
      &type_change,
      &type_change_breaks_cached_plans,
      &type_change_reads_table,
      &type_dropped_while_used,
      &unique_constraint_builds_index,
      &unique_dropped,
      &unknown_tag,
      &unnamed_constraint_dropped,
      &unreviewed_autogenerate,
      &update_of_all_rows,
      &view_locked_by_replacement,
  };
  return all;
}

}  // namespace gauger::rules
