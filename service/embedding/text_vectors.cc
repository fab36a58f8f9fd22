#include "service/embedding/text_vectors.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/engine/record_merge.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using embeddings::TextKind;
using Strings = google::protobuf::RepeatedPtrField<std::string>;

static_assert(std::endian::native == std::endian::little, "VectorRecord's floats are little-endian");

bool Covers(const Strings& mask, absl::string_view record_field) {
  return mask.empty() || std::find(mask.begin(), mask.end(), record_field) != mask.end();
}

void Add(storage::TextField field, const std::string& text, TextKind kind, std::vector<ItemText>* texts) {
  if (!text.empty()) texts->push_back({field, text, kind});
}
void Add(storage::TextField field, const Strings& words, std::vector<ItemText>* texts) {
  Add(field, JoinWords(words), TextKind::kKeywords, texts);
}

// Encodes the texts of one item into one mutation.
class TextEncoding {
 public:
  TextEncoding(absl::Span<const embeddings::Encoder* const> encoders, storage::Mutation* mutation)
      : encoders_(encoders), mutation_(*mutation) {}

  // `mask`: the record fields whose texts are wanted; empty = all.
  void Add(const std::vector<ItemText>& texts, const Strings& mask) {
    for (const ItemText& text : texts) {
      if (IsCovered(text.field, mask)) Add(text);
    }
  }

 private:
  static bool IsCovered(storage::TextField field, const Strings& mask) {
    return mask.empty() ||
           std::any_of(mask.begin(), mask.end(), [field](const auto& name) { return TextFieldOf(name) == field; });
  }
  void Add(const ItemText& text) {
    storage::VectorRecord record;
    record.set_field(text.field);
    for (const embeddings::Encoder* encoder : encoders_) {
      const std::string values = EncodedValues(*encoder, text);
      if (!values.empty()) storage::SetValues(encoder->model_id(), values, &record);
    }
    if (!record.values().empty()) *mutation_.add_vectors() = std::move(record);
  }

  const absl::Span<const embeddings::Encoder* const> encoders_;
  storage::Mutation& mutation_;
};

// The account as the update will leave it; nothing when it is not there.
absl::StatusOr<absl::optional<storage::AccountRecord>> Merged(const storage::Store& store,
                                                              const storage::Mutation::UpsertAccount& body) {
  const std::unique_ptr<storage::Snapshot> snapshot = store.TakeSnapshot();
  const absl::StatusOr<absl::optional<uint32_t>> ordinal =
      storage::FindOrdinal(*snapshot, storage::ITEM_ACCOUNT, body.record().id());
  if (!ordinal.ok()) return ordinal.status();
  if (!ordinal->has_value()) return absl::optional<storage::AccountRecord>();
  absl::StatusOr<absl::optional<storage::AccountRecord>> record = storage::GetAccount(*snapshot, **ordinal);
  if (record.ok() && record->has_value()) {
    CopyMasked(body.record(), std::vector<std::string>(body.mask().begin(), body.mask().end()), &**record);
  }
  return record;
}

absl::Status AddAccountVectors(TextEncoding encoding, const storage::Store& store, const storage::Mutation& mutation) {
  const storage::Mutation::UpsertAccount& body = mutation.upsert_account();
  const bool names_profiling = Covers(body.mask(), "profiling");
  if (names_profiling && body.record().profiling() == storage::OFF) return absl::OkStatus();
  if (body.mask().empty() || !names_profiling) {
    encoding.Add(TextsOf(body.record()), body.mask());
    return absl::OkStatus();
  }
  const absl::StatusOr<absl::optional<storage::AccountRecord>> merged = Merged(store, body);
  if (!merged.ok()) return merged.status();
  if (merged->has_value()) encoding.Add(TextsOf(**merged), Strings());
  return absl::OkStatus();
}

}  // namespace

std::string JoinWords(const Strings& words) { return absl::StrJoin(words, ", "); }

std::vector<ItemText> TextsOf(const storage::AccountRecord& record) {
  std::vector<ItemText> texts;
  Add(storage::BIO, record.bio(), TextKind::kProse, &texts);
  Add(storage::INTERESTS, record.interests(), &texts);
  Add(storage::SUBJECTS, record.subjects(), &texts);
  Add(storage::TAGS, record.tags(), &texts);
  Add(storage::MENTOR_TOPICS, record.mentor_offer().topics(), &texts);
  return texts;
}

std::vector<ItemText> TextsOf(const storage::PostRecord& record) {
  std::vector<ItemText> texts;
  Add(storage::TEXT, record.text(), TextKind::kProse, &texts);
  Add(storage::TAGS, record.tags(), &texts);
  return texts;
}

std::vector<ItemText> TextsOf(const storage::ResourceRecord& record) {
  std::vector<ItemText> texts;
  Add(storage::TITLE, record.title(), TextKind::kTitle, &texts);
  Add(storage::SUMMARY, record.summary(), TextKind::kProse, &texts);
  Add(storage::SUBJECTS, record.subjects(), &texts);
  Add(storage::TAGS, record.tags(), &texts);
  return texts;
}

std::string EncodedValues(const embeddings::Encoder& encoder, const ItemText& text) {
  std::vector<float> vector(static_cast<size_t>(encoder.dimensions()));
  encoder.Encode(text.text, text.kind, absl::MakeSpan(vector));
  if (std::all_of(vector.begin(), vector.end(), [](float value) { return value == 0.0f; })) return "";
  return std::string(reinterpret_cast<const char*>(vector.data()), vector.size() * sizeof(float));
}

absl::Status AddVectors(absl::Span<const embeddings::Encoder* const> encoders, const storage::Store& store,
                        storage::Mutation* mutation) {
  TextEncoding encoding(encoders, mutation);
  switch (mutation->body_case()) {
    case storage::Mutation::kUpsertAccount:
      return AddAccountVectors(encoding, store, *mutation);
    case storage::Mutation::kUpsertPost: {
      const storage::Mutation::UpsertPost& body = mutation->upsert_post();
      encoding.Add(TextsOf(body.record()), body.mask());
      return absl::OkStatus();
    }
    case storage::Mutation::kUpsertResource: {
      const storage::Mutation::UpsertResource& body = mutation->upsert_resource();
      encoding.Add(TextsOf(body.record()), body.mask());
      return absl::OkStatus();
    }
    default:
      return absl::OkStatus();
  }
}

}  // namespace staffroom
