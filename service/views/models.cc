#include "service/views/models.h"

#include <cstdint>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "service/base/digest.h"
#include "service/engine/change.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

uint64_t HashOf(const storage::OperationRecord& record) {
  return RecordHash()
      .Add(record.number())
      .Add(static_cast<uint64_t>(record.kind()))
      .Add(static_cast<uint64_t>(record.state()))
      .Add(static_cast<uint64_t>(record.done()))
      .Add(static_cast<uint64_t>(record.total()))
      .Add(static_cast<uint64_t>(record.error_code()))
      .Add(record.error_message())
      .Add(static_cast<uint64_t>(record.start_time()))
      .Add(static_cast<uint64_t>(record.end_time()))
      .Add(record.model_id())
      .Add(uint64_t{record.outdated_only()})
      .Finish();
}

}  // namespace

absl::Status ModelsView::Load(const storage::Snapshot& snapshot) {
  const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(snapshot);
  if (!meta.ok()) return meta.status();
  models_ = meta->value_or(storage::Meta()).models;
  return storage::ScanOperations(snapshot, [this](const storage::OperationRecord& record) {
    operations_[record.number()] = record;
    return absl::OkStatus();
  });
}

void ModelsView::Apply(const Change& change) noexcept {
  if (const auto* models = std::get_if<ModelsChanged>(&change)) models_ = models->models;
  if (const auto* operation = std::get_if<OperationChanged>(&change)) {
    operations_[operation->record.number()] = operation->record;
  }
  if (const auto* forgotten = std::get_if<OperationForgotten>(&change)) operations_.erase(forgotten->number);
}

uint64_t ModelsView::Digest() const {
  if (models_ == storage::Models() && operations_.empty()) return 0;
  uint64_t digest = RecordHash()
                        .Add(models_.serving)
                        .Add(models_.coming)
                        .Add(uint64_t{models_.leftovers})
                        .Add(models_.operation)
                        .Finish();
  for (const auto& [number, record] : operations_) digest += HashOf(record);
  return digest;
}

int64_t ModelsView::Bytes() const {
  int64_t bytes = sizeof(*this) + static_cast<int64_t>(models_.serving.capacity() + models_.coming.capacity());
  for (const auto& [number, record] : operations_) bytes += static_cast<int64_t>(record.SpaceUsedLong());
  return bytes;
}

}  // namespace staffroom
