#include "service/embedding/item_pages.h"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "service/engine/text_fingerprint.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

template <typename Record>
bool MayBeEmbedded(const absl::optional<Record>& record) {
  if (!record.has_value() || record->stub()) return false;
  if constexpr (requires { record->profiling(); }) return record->profiling() != storage::OFF;
  return true;
}

// Whether the texts that there are have vectors by `model_id`.
absl::Status LookUpVectors(const storage::Snapshot& snapshot, absl::string_view model_id, ItemToEmbed* item) {
  const absl::StatusOr<std::vector<storage::VectorRecord>> vectors = storage::VectorsOf(snapshot, item->item);
  if (!vectors.ok()) return vectors.status();
  for (ItemToEmbed::Text& text : item->texts) {
    for (const storage::VectorRecord& vector : *vectors) {
      const bool is_it = vector.field() == text.text.field && !storage::ValuesOf(vector, model_id).empty();
      text.has_vector = text.has_vector || is_it;
    }
  }
  return absl::OkStatus();
}

template <typename Record>
absl::StatusOr<std::vector<ItemToEmbed>> ToEmbed(const storage::Snapshot& snapshot, storage::ItemKind kind,
                                                 absl::string_view model_id,
                                                 absl::StatusOr<std::vector<absl::optional<Record>>> records) {
  if (!records.ok()) return records.status();
  std::vector<ItemToEmbed> items;
  for (const absl::optional<Record>& record : *records) {
    if (!MayBeEmbedded(record)) continue;
    ItemToEmbed item{{kind, record->ordinal()}, {}};
    for (ItemText& text : TextsOf(*record)) {
      const uint64_t fingerprint = TextFingerprint(*record, text.field);
      item.texts.push_back({std::move(text), fingerprint, false});
    }
    if (absl::Status status = LookUpVectors(snapshot, model_id, &item); !status.ok()) return status;
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

absl::StatusOr<std::vector<ItemToEmbed>> ReadItemsToEmbed(const storage::Snapshot& snapshot, storage::ItemKind kind,
                                                          uint32_t first, uint32_t count, absl::string_view model_id) {
  std::vector<uint32_t> ordinals(count);
  std::iota(ordinals.begin(), ordinals.end(), first);
  switch (kind) {
    case storage::ITEM_ACCOUNT:
      return ToEmbed(snapshot, kind, model_id, storage::GetAccounts(snapshot, ordinals));
    case storage::ITEM_POST:
      return ToEmbed(snapshot, kind, model_id, storage::GetPosts(snapshot, ordinals));
    default:
      return ToEmbed(snapshot, kind, model_id, storage::GetResources(snapshot, ordinals));
  }
}

absl::StatusOr<std::vector<storage::Item>> ReadItemsWithOthers(const storage::Snapshot& snapshot, absl::string_view one,
                                                               absl::string_view other, size_t limit, size_t looked_at,
                                                               storage::Item* after, bool* is_end) {
  std::vector<storage::Item> items;
  *is_end = true;
  const storage::Item begin = *after;
  const auto look = [&](const storage::Item& item, const storage::VectorRecord& record) -> absl::Status {
    if (!(item == *after) && (items.size() >= limit || looked_at == 0)) {
      *is_end = false;
      return absl::CancelledError("the rest comes with the next page");
    }
    *after = item;
    looked_at -= looked_at == 0 ? 0 : 1;
    storage::VectorRecord kept = record;
    const bool is_named = !items.empty() && items.back() == item;
    if (!is_named && storage::KeepModels(one, other, &kept)) items.push_back(item);
    return absl::OkStatus();
  };
  const absl::Status status = storage::ScanVectorsAfter(snapshot, begin, look);
  if (!status.ok() && *is_end) return status;
  return items;
}

}  // namespace staffroom
