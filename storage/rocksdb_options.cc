#include "storage/rocksdb_options.h"

#include <memory>
#include <string>

#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/key_range.h"

namespace staffroom::storage {
namespace {

constexpr double kBloomBitsPerKey = 10;
constexpr int kInfoLogFiles = 4;
constexpr size_t kInfoLogBytes = size_t{4} << 20;

rocksdb::BlockBasedTableOptions TableOptions(std::shared_ptr<rocksdb::Cache> block_cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = std::move(block_cache);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  // Indexes and filters count against the cache, so that memory has one bound; those of level 0, which every read asks, stay.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  return table;
}

}  // namespace

rocksdb::DBOptions DatabaseOptions(const RocksDbStore::Options& options, bool may_have_lost_writes) {
  rocksdb::DBOptions database;
  database.create_missing_column_families = true;
  database.max_background_jobs = options.background_threads;
  database.db_write_buffer_size = options.write_buffer_bytes;
  // A family that is seldom written would hold back every old log file: beyond this it is flushed, which bounds the replay at start.
  database.max_total_wal_size = 2 * options.write_buffer_bytes;
  database.bytes_per_sync = size_t{1} << 20;
  database.keep_log_file_num = kInfoLogFiles;
  database.max_log_file_size = kInfoLogBytes;
  // With synced writes nothing that was acknowledged can lie in a torn tail, so a tail may be cut off; damage before it would
  // silently drop acknowledged writes, and their revisions and ordinals would be given again: it is refused. Where writes may
  // be lost anyhow the log is played up to its first damage, and whoever opens the store takes a new epoch.
  database.wal_recovery_mode = may_have_lost_writes ? rocksdb::WALRecoveryMode::kPointInTimeRecovery
                                                    : rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  return database;
}

std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors(const RocksDbStore::Options& options) {
  rocksdb::ColumnFamilyOptions common;
  common.table_factory.reset(
      rocksdb::NewBlockBasedTableFactory(TableOptions(rocksdb::NewLRUCache(options.block_cache_bytes))));
  common.write_buffer_size = options.write_buffer_bytes / 4;
  common.level_compaction_dynamic_level_bytes = true;
  common.compression = rocksdb::kLZ4Compression;
  common.bottommost_compression = rocksdb::kZSTD;

  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {{rocksdb::kDefaultColumnFamilyName, common}};
  for (const Family family : AllFamilies()) {
    rocksdb::ColumnFamilyOptions own = common;
    if (const size_t prefix_bytes = ScanPrefixBytes(family); prefix_bytes > 0) {
      own.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(prefix_bytes));
    }
    const absl::string_view name = FamilyName(family);
    descriptors.emplace_back(std::string(name.data(), name.size()), own);
  }
  return descriptors;
}

}  // namespace staffroom::storage
