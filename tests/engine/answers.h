#ifndef STAFFROOM_TESTS_ENGINE_ANSWERS_H_
#define STAFFROOM_TESTS_ENGINE_ANSWERS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/base/errors.h"
#include "service/engine/mutation_result.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

// What a test of the engine asks again and again.
namespace staffroom {

// What a mutation came to; a refusal shows as its reason, or as its code when it has none.
inline std::string Answer(const MutationResult& result) {
  if (!result.status.ok()) {
    const std::string reason = ErrorReason(result.status);
    return reason.empty() ? absl::StatusCodeToString(result.status.code()) : reason;
  }
  switch (result.outcome) {
    case Outcome::kApplied:
      return "APPLIED";
    case Outcome::kDuplicate:
      return "DUPLICATE";
    case Outcome::kStale:
      return "STALE";
  }
  return "";
}

// 0 when there is none.
inline uint32_t OrdinalOf(const storage::Store& store, storage::ItemKind kind, absl::string_view id) {
  const auto ordinal = storage::FindOrdinal(*store.TakeSnapshot(), kind, id);
  return ordinal.ok() ? ordinal->value_or(0) : 0;
}

inline int EntriesIn(const storage::Store& store, storage::Family family) {
  const auto snapshot = store.TakeSnapshot();
  int entries = 0;
  for (const auto it = snapshot->Scan(family, "", ""); it->Valid(); it->Next()) ++entries;
  return entries;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_ENGINE_ANSWERS_H_
