#ifndef STAFFROOM_STORAGE_ROCKSDB_STATUS_H_
#define STAFFROOM_STORAGE_ROCKSDB_STATUS_H_

#include <exception>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "rocksdb/slice.h"
#include "rocksdb/status.h"

// The edge to RocksDB: its statuses, its exceptions and its strings. Included by rocksdb_*.cc only.
namespace staffroom::storage {

// `doing` says what failed: "writing a batch: IO error: No space left on device".
absl::Status FromRocksDb(const rocksdb::Status& status, absl::string_view doing);

// Runs `call`, which returns a rocksdb::Status; an exception (no memory, no thread) becomes INTERNAL.
template <typename Call>
absl::Status CallRocksDb(absl::string_view doing, Call&& call) noexcept {
  try {
    return FromRocksDb(call(), doing);
  } catch (const std::exception& exception) {
    return absl::InternalError(absl::StrCat(doing, ": ", exception.what()));
  }
}

inline rocksdb::Slice ToSlice(absl::string_view bytes) { return rocksdb::Slice(bytes.data(), bytes.size()); }
inline absl::string_view FromSlice(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_ROCKSDB_STATUS_H_
