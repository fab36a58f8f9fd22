#ifndef STAFFROOM_SERVICE_HANDLERS_RECORD_READER_H_
#define STAFFROOM_SERVICE_HANDLERS_RECORD_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/resource.pb.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// One moment of the store, as Get and List answer it: records with the ids behind their ordinals, and the revision that the
// moment stands at. Reads no views. Errors are the storage layer's (DATA_LOSS, FAILED_PRECONDITION).
class RecordReader {
 public:
  static absl::StatusOr<RecordReader> Open(const storage::Store& store);

  const storage::Snapshot& snapshot() const { return *snapshot_; }
  // As callers carry it.
  std::string revision() const;

  // The ordinal of an id, stubs included; 0 when there is none.
  absl::StatusOr<uint32_t> Find(storage::ItemKind kind, absl::string_view id) const;

  // What exists of these, in their order: stubs and what is gone are left out, as are posts whose author is being erased.
  absl::StatusOr<std::vector<storage::AccountRecord>> Accounts(absl::Span<const uint32_t> ordinals) const;
  absl::StatusOr<std::vector<v1::Post>> Posts(absl::Span<const uint32_t> ordinals) const;
  absl::StatusOr<std::vector<v1::Resource>> Resources(absl::Span<const uint32_t> ordinals) const;

 private:
  RecordReader(std::unique_ptr<storage::Snapshot> snapshot, const storage::Meta& meta)
      : snapshot_(std::move(snapshot)), meta_(meta) {}

  std::unique_ptr<storage::Snapshot> snapshot_;
  storage::Meta meta_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_RECORD_READER_H_
