#include "rules/catalog.hpp"

#include <array>

#include "rules/change_blocked_by_view/change_blocked_by_view.hpp"
#include "rules/check_validated_at_once/check_validated_at_once.hpp"
#include "rules/column_added_by_rewrite/column_added_by_rewrite.hpp"
#include "rules/column_renamed/column_renamed.hpp"
#include "rules/concurrent_in_transaction/concurrent_in_transaction.hpp"
#include "rules/concurrent_index_if_not_exists/concurrent_index_if_not_exists.hpp"
#include "rules/concurrent_index_on_partitioned_table/concurrent_index_on_partitioned_table.hpp"
#include "rules/constraint_validated_under_lock/constraint_validated_under_lock.hpp"
#include "rules/default_text_is_literal/default_text_is_literal.hpp"
#include "rules/destructive_operation/destructive_operation.hpp"
#include "rules/duplicate_index/duplicate_index.hpp"
#include "rules/empty_migration/empty_migration.hpp"
#include "rules/enum_created_twice/enum_created_twice.hpp"
#include "rules/enum_type_missing/enum_type_missing.hpp"
#include "rules/enum_value_used_in_same_transaction/enum_value_used_in_same_transaction.hpp"
#include "rules/exclusion_constraint_on_existing_table/exclusion_constraint_on_existing_table.hpp"
#include "rules/foreign_key_dropped_with_lock/foreign_key_dropped_with_lock.hpp"
#include "rules/foreign_key_validated_at_once/foreign_key_validated_at_once.hpp"
#include "rules/identifier_too_long/identifier_too_long.hpp"
#include "rules/index_dropped_not_concurrently/index_dropped_not_concurrently.hpp"
#include "rules/index_not_concurrent/index_not_concurrent.hpp"
#include "rules/index_of_constraint_dropped/index_of_constraint_dropped.hpp"
#include "rules/keyword_swallowed/keyword_swallowed.hpp"
#include "rules/lock_table/lock_table.hpp"
#include "rules/mixed_transaction/mixed_transaction.hpp"
#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"
#include "rules/opaque_operation/opaque_operation.hpp"
#include "rules/partition_attach_scans/partition_attach_scans.hpp"
#include "rules/partition_detach_blocks/partition_detach_blocks.hpp"
#include "rules/primary_key_builds_index/primary_key_builds_index.hpp"
#include "rules/refresh_blocks_reads/refresh_blocks_reads.hpp"
#include "rules/reindex_not_concurrent/reindex_not_concurrent.hpp"
#include "rules/set_not_null_scans_table/set_not_null_scans_table.hpp"
#include "rules/table_locked_and_rewritten/table_locked_and_rewritten.hpp"
#include "rules/table_renamed/table_renamed.hpp"
#include "rules/table_rewritten_by_type_change/table_rewritten_by_type_change.hpp"
#include "rules/tag_without_effect/tag_without_effect.hpp"
#include "rules/tag_without_reason/tag_without_reason.hpp"
#include "rules/trigger_created_with_lock/trigger_created_with_lock.hpp"
#include "rules/truncate_cascade/truncate_cascade.hpp"
#include "rules/type_change/type_change.hpp"
#include "rules/type_change_reads_table/type_change_reads_table.hpp"
#include "rules/unique_constraint_builds_index/unique_constraint_builds_index.hpp"
#include "rules/unknown_tag/unknown_tag.hpp"
#include "rules/unreviewed_autogenerate/unreviewed_autogenerate.hpp"
#include "rules/update_of_all_rows/update_of_all_rows.hpp"

namespace gauger::rules {

std::span<const engine::Rule* const> catalog() {
  static const std::array all = {
      &change_blocked_by_view,
      &check_validated_at_once,
      &column_added_by_rewrite,
      &column_renamed,
      &concurrent_in_transaction,
      &concurrent_index_if_not_exists,
      &concurrent_index_on_partitioned_table,
      &constraint_validated_under_lock,
      &default_text_is_literal,
      &destructive_operation,
      &duplicate_index,
      &empty_migration,
      &enum_created_twice,
      &enum_type_missing,
      &enum_value_used_in_same_transaction,
      &exclusion_constraint_on_existing_table,
      &foreign_key_dropped_with_lock,
      &foreign_key_validated_at_once,
      &identifier_too_long,
      &index_dropped_not_concurrently,
      &index_not_concurrent,
      &index_of_constraint_dropped,
      &keyword_swallowed,
      &lock_table,
      &mixed_transaction,
      &not_null_without_backfill,
      &opaque_operation,
      &partition_attach_scans,
      &partition_detach_blocks,
      &primary_key_builds_index,
      &refresh_blocks_reads,
      &reindex_not_concurrent,
      &set_not_null_scans_table,
      &table_locked_and_rewritten,
      &table_renamed,
      &table_rewritten_by_type_change,
      &tag_without_effect,
      &tag_without_reason,
      &trigger_created_with_lock,
      &truncate_cascade,
      &type_change,
      &type_change_reads_table,
      &unique_constraint_builds_index,
      &unknown_tag,
      &unreviewed_autogenerate,
      &update_of_all_rows,
  };
  return all;
}

}  // namespace gauger::rules
