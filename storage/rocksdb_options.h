#ifndef STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_
#define STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_

#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "storage/rocksdb_store.h"

// How RocksDB is set up; included by rocksdb_*.cc only.
namespace staffroom::storage {

rocksdb::DBOptions DatabaseOptions(const RocksDbStore::Options& options);

// RocksDB's own "default", which stays empty, then every Family in the order of the enum.
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors(const RocksDbStore::Options& options);

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ROCKSDB_OPTIONS_H_
