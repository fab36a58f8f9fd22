#ifndef STAFFROOM_SERVICE_CLIENT_IMPORT_ITEM_H_
#define STAFFROOM_SERVICE_CLIENT_IMPORT_ITEM_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "staffroom/v1/import_record.pb.h"

namespace staffroom {

// Where a record came from, to name it when it is refused. `file` outlives whatever holds the position.
struct LinePosition {
  const std::string* file = nullptr;
  int64_t line = 0;
};

// A record of an import on its way to the server.
struct ImportItem {
  LinePosition position;
  v1::ImportRecord record;
};

// Which RPC takes a record.
enum class RecordKind { kAccount, kPost, kResource, kInteraction, kDeletedInteraction };
inline constexpr int kRecordKinds = 5;

// Reads a line of an import file. INVALID_ARGUMENT, in one line of text, for what is no ImportRecord in proto3 JSON, has no
// record in it, or would not fit into a message. Output-only fields, as an export writes them, are cleared.
absl::StatusOr<v1::ImportRecord> ParseImportRecord(absl::string_view line);

// `record` must be one that ParseImportRecord returned.
RecordKind KindOf(const v1::ImportRecord& record);

// Equal for records whose order matters to each other: writes of the same thing, interactions of the same key, events with the
// same event_id of one actor, and the MENTOR_ACCEPTs of one mentor, of which the first few in a week are taken. Others may pass
// each other.
uint64_t OrderKey(const v1::ImportRecord& record);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_IMPORT_ITEM_H_
