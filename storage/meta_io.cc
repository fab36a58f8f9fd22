#include "storage/meta_io.h"

#include <limits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/corrupt_bytes.h"
#include "storage/keys.h"
#include "storage/record_codec.h"

namespace staffroom::storage {
namespace {

absl::StatusOr<uint64_t> RequiredNumber(absl::string_view key, const absl::optional<std::string>& value,
                                        uint64_t most) {
  const auto corrupt = [key](absl::string_view why) {
    return CorruptBytes(Family::kMeta, key, absl::StrCat("\"", key, "\" ", why));
  };
  if (!value.has_value()) return corrupt("is missing");
  const absl::StatusOr<uint64_t> number = DecodeNumber(Family::kMeta, key, *value);
  if (number.ok() && *number > most) return corrupt("is too large");
  return number;
}

absl::StatusOr<Models> DecodeModels(const absl::optional<std::string>& value) {
  if (!value.has_value()) return Models();
  ModelsRecord record;
  if (auto status = DecodeRecord(Family::kMeta, meta_key::kModels, *value, &record); !status.ok()) return status;
  return Models{record.serving(), record.coming(), record.leftovers(), record.operation()};
}

std::string EncodeModels(const Models& models) {
  ModelsRecord record;
  record.set_serving(models.serving);
  record.set_coming(models.coming);
  record.set_leftovers(models.leftovers);
  record.set_operation(models.operation);
  return EncodeRecord(record);
}

absl::Status CheckFormat(const absl::optional<std::string>& value) {
  const auto format = RequiredNumber(meta_key::kFormat, value, std::numeric_limits<uint64_t>::max());
  if (!format.ok()) return format.status();
  if (*format == kFormat) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the store has format ", *format, "; this program knows format ", kFormat));
}

}  // namespace

void PutMeta(WriteBatch* batch, const Meta& meta) {
  const auto put = [batch](absl::string_view key, uint64_t number) {
    batch->Put(Family::kMeta, std::string(key), EncodeNumber(number));
  };
  put(meta_key::kFormat, kFormat);
  put(meta_key::kEpoch, meta.epoch);
  put(meta_key::kRevision, meta.revision);
  put(meta_key::kNextAccount, meta.next_account);
  put(meta_key::kNextPost, meta.next_post);
  put(meta_key::kNextResource, meta.next_resource);
  put(meta_key::kMutationTime, static_cast<uint64_t>(meta.mutation_time));
  if (meta.models == Models()) return;  // stays as it was before there was such a record
  batch->Put(Family::kMeta, std::string(meta_key::kModels), EncodeModels(meta.models));
}

absl::StatusOr<absl::optional<Meta>> GetMeta(const Snapshot& snapshot) {
  constexpr uint64_t kAnyNumber = std::numeric_limits<uint64_t>::max();
  constexpr uint64_t kAnyOrdinal = std::numeric_limits<uint32_t>::max();
  constexpr uint64_t kAnyTime = std::numeric_limits<int64_t>::max();
  struct Part {
    absl::string_view key;
    uint64_t most;
    uint64_t number = 0;
  };
  Part parts[] = {{meta_key::kEpoch, kAnyNumber},         {meta_key::kRevision, kAnyNumber},
                  {meta_key::kNextAccount, kAnyOrdinal},  {meta_key::kNextPost, kAnyOrdinal},
                  {meta_key::kNextResource, kAnyOrdinal}, {meta_key::kMutationTime, kAnyTime}};

  std::vector<FamilyKey> keys = {{Family::kMeta, std::string(meta_key::kFormat)}};
  for (const Part& part : parts) keys.push_back({Family::kMeta, std::string(part.key)});
  keys.push_back({Family::kMeta, std::string(meta_key::kModels)});
  const auto values = snapshot.MultiGet(keys);
  if (!values.ok()) return values.status();
  bool any = false;
  for (const auto& value : *values) any = any || value.has_value();
  if (!any) return absl::nullopt;

  if (auto status = CheckFormat(values->front()); !status.ok()) return status;
  for (size_t i = 0; i < std::size(parts); ++i) {
    const auto number = RequiredNumber(parts[i].key, (*values)[i + 1], parts[i].most);
    if (!number.ok()) return number.status();
    parts[i].number = *number;
  }
  const absl::StatusOr<Models> models = DecodeModels(values->back());
  if (!models.ok()) return models.status();
  return Meta{.epoch = parts[0].number,
              .revision = parts[1].number,
              .next_account = static_cast<uint32_t>(parts[2].number),
              .next_post = static_cast<uint32_t>(parts[3].number),
              .next_resource = static_cast<uint32_t>(parts[4].number),
              .mutation_time = static_cast<int64_t>(parts[5].number),
              .models = *models};
}

}  // namespace staffroom::storage
