#include "rules/catalog.hpp"

#include <array>

#include "rules/check_validated_at_once/check_validated_at_once.hpp"
#include "rules/concurrent_in_transaction/concurrent_in_transaction.hpp"
#include "rules/concurrent_index_if_not_exists/concurrent_index_if_not_exists.hpp"
#include "rules/concurrent_index_on_partitioned_table/concurrent_index_on_partitioned_table.hpp"
#include "rules/constraint_validated_under_lock/constraint_validated_under_lock.hpp"
#include "rules/destructive_operation/destructive_operation.hpp"
#include "rules/duplicate_index/duplicate_index.hpp"
#include "rules/empty_migration/empty_migration.hpp"
#include "rules/enum_created_twice/enum_created_twice.hpp"
#include "rules/exclusion_constraint_on_existing_table/exclusion_constraint_on_existing_table.hpp"
#include "rules/foreign_key_dropped_with_lock/foreign_key_dropped_with_lock.hpp"
#include "rules/foreign_key_validated_at_once/foreign_key_validated_at_once.hpp"
#include "rules/identifier_too_long/identifier_too_long.hpp"
#include "rules/index_dropped_not_concurrently/index_dropped_not_concurrently.hpp"
#include "rules/index_not_concurrent/index_not_concurrent.hpp"
#include "rules/index_of_constraint_dropped/index_of_constraint_dropped.hpp"
#include "rules/mixed_transaction/mixed_transaction.hpp"
#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"
#include "rules/primary_key_builds_index/primary_key_builds_index.hpp"
#include "rules/reindex_not_concurrent/reindex_not_concurrent.hpp"
#include "rules/tag_without_effect/tag_without_effect.hpp"
#include "rules/tag_without_reason/tag_without_reason.hpp"
#include "rules/type_change/type_change.hpp"
#include "rules/unique_constraint_builds_index/unique_constraint_builds_index.hpp"
#include "rules/unknown_tag/unknown_tag.hpp"
#include "rules/unreviewed_autogenerate/unreviewed_autogenerate.hpp"

namespace gauger::rules {

std::span<const engine::Rule* const> catalog() {
  static const std::array all = {
      &check_validated_at_once,
      &concurrent_in_transaction,
      &concurrent_index_if_not_exists,
      &concurrent_index_on_partitioned_table,
      &constraint_validated_under_lock,
      &destructive_operation,
      &duplicate_index,
      &empty_migration,
      &enum_created_twice,
      &exclusion_constraint_on_existing_table,
      &foreign_key_dropped_with_lock,
      &foreign_key_validated_at_once,
      &identifier_too_long,
      &index_dropped_not_concurrently,
      &index_not_concurrent,
      &index_of_constraint_dropped,
      &mixed_transaction,
      &not_null_without_backfill,
      &primary_key_builds_index,
      &reindex_not_concurrent,
      &tag_without_effect,
      &tag_without_reason,
      &type_change,
      &unique_constraint_builds_index,
      &unknown_tag,
      &unreviewed_autogenerate,
  };
  return all;
}

}  // namespace gauger::rules
