#ifndef STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_
#define STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_

#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "storage/rocksdb_store.h"

// How RocksDB is set up; included by rocksdb_*.cc only.
namespace staffroom::storage {

// `may_have_lost_writes`: the last owner had relaxed sync and was cut off.
rocksdb::DBOptions DatabaseOptions(const RocksDbStore::Options& options, bool may_have_lost_writes);

// RocksDB's own "default", which stays empty, then every Family in the order of the enum.
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors(const RocksDbStore::Options& options);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_
