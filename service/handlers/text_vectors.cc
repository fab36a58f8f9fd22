#include "service/handlers/text_vectors.h"

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

// Encodes the texts of one item into one mutation.
class TextEncoding {
 public:
  // `mask`: the record fields whose texts are wanted; empty = all.
  TextEncoding(const embeddings::Encoder& encoder, const Strings& mask, storage::Mutation* mutation)
      : encoder_(encoder), mask_(mask), mutation_(*mutation), vector_(static_cast<size_t>(encoder.dimensions())) {}

  void Add(absl::string_view record_field, absl::string_view text, TextKind kind) {
    if (text.empty() || !Covers(mask_, record_field)) return;
    encoder_.Encode(text, kind, absl::MakeSpan(vector_));
    if (std::all_of(vector_.begin(), vector_.end(), [](float value) { return value == 0.0f; })) return;
    storage::VectorRecord* const record = mutation_.add_vectors();
    record->set_field(TextFieldOf(record_field));
    record->set_model_id(std::string(encoder_.model_id()));
    record->set_values(reinterpret_cast<const char*>(vector_.data()), vector_.size() * sizeof(float));
  }
  void Add(absl::string_view record_field, const Strings& words) {
    Add(record_field, JoinWords(words), TextKind::kKeywords);
  }

 private:
  const embeddings::Encoder& encoder_;
  const Strings& mask_;
  storage::Mutation& mutation_;
  std::vector<float> vector_;
};

void AddTexts(const storage::AccountRecord& record, TextEncoding encoding) {
  encoding.Add("bio", record.bio(), TextKind::kProse);
  encoding.Add("interests", record.interests());
  encoding.Add("subjects", record.subjects());
  encoding.Add("tags", record.tags());
  encoding.Add("mentor_offer", record.mentor_offer().topics());
}

void AddTexts(const storage::PostRecord& record, TextEncoding encoding) {
  encoding.Add("text", record.text(), TextKind::kProse);
  encoding.Add("tags", record.tags());
}

void AddTexts(const storage::ResourceRecord& record, TextEncoding encoding) {
  encoding.Add("title", record.title(), TextKind::kTitle);
  encoding.Add("summary", record.summary(), TextKind::kProse);
  encoding.Add("subjects", record.subjects());
  encoding.Add("tags", record.tags());
}

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

absl::Status AddAccountVectors(const embeddings::Encoder& encoder, const storage::Store& store,
                               storage::Mutation* mutation) {
  const storage::Mutation::UpsertAccount& body = mutation->upsert_account();
  const bool names_profiling = Covers(body.mask(), "profiling");
  if (names_profiling && body.record().profiling() == storage::OFF) return absl::OkStatus();
  if (body.mask().empty() || !names_profiling) {
    AddTexts(body.record(), TextEncoding(encoder, body.mask(), mutation));
    return absl::OkStatus();
  }
  const absl::StatusOr<absl::optional<storage::AccountRecord>> merged = Merged(store, body);
  if (!merged.ok()) return merged.status();
  if (merged->has_value()) AddTexts(**merged, TextEncoding(encoder, Strings(), mutation));
  return absl::OkStatus();
}

}  // namespace

std::string JoinWords(const Strings& words) { return absl::StrJoin(words, ", "); }

absl::Status AddVectors(const embeddings::Encoder& encoder, const storage::Store& store, storage::Mutation* mutation) {
  switch (mutation->body_case()) {
    case storage::Mutation::kUpsertAccount:
      return AddAccountVectors(encoder, store, mutation);
    case storage::Mutation::kUpsertPost: {
      const storage::Mutation::UpsertPost& body = mutation->upsert_post();
      AddTexts(body.record(), TextEncoding(encoder, body.mask(), mutation));
      return absl::OkStatus();
    }
    case storage::Mutation::kUpsertResource: {
      const storage::Mutation::UpsertResource& body = mutation->upsert_resource();
      AddTexts(body.record(), TextEncoding(encoder, body.mask(), mutation));
      return absl::OkStatus();
    }
    default:
      return absl::OkStatus();
  }
}

}  // namespace staffroom
