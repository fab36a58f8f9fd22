#include "service/client/import_batcher.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace staffroom {

void ImportBatcher::Close(RecordKind kind, std::vector<ImportBatch>* closed) {
  ImportBatch& batch = open_[static_cast<size_t>(kind)];
  if (!batch.items.empty()) closed->push_back(std::exchange(batch, {}));
}

std::vector<ImportBatch> ImportBatcher::Add(ImportItem item) {
  std::vector<ImportBatch> closed;
  const RecordKind kind = KindOf(item.record);
  const uint64_t order_key = OrderKey(item.record);
  const size_t bytes = item.record.ByteSizeLong();
  ImportBatch& batch = open_[static_cast<size_t>(kind)];
  batch.kind = kind;
  for (ImportBatch& other : open_) {
    if (&other == &batch || other.items.empty()) continue;
    if (other.stage() != batch.stage() || other.order_keys.contains(order_key)) Close(other.kind, &closed);
  }
  if (batch.bytes + bytes > kBytesMax) {
    Close(kind, &closed);
    batch.kind = kind;
  }
  batch.items.push_back(std::move(item));
  batch.order_keys.insert(order_key);
  batch.bytes += bytes;
  if (batch.items.size() == kItemsMax) Close(kind, &closed);
  return closed;
}

std::vector<ImportBatch> ImportBatcher::Flush() {
  std::vector<ImportBatch> closed;
  for (int kind = 0; kind < kRecordKinds; ++kind) Close(static_cast<RecordKind>(kind), &closed);
  return closed;
}

}  // namespace staffroom
