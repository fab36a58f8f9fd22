// Decisions about whose vectors answer: one encoder's vectors serve while another's are computed from the records, beside the
// writes of callers, and then take over in one mutation.
//
// What makes the takeover whole: from BeginEmbedding on every upsert brings the coming model's vectors itself, so each text
// that changes has one, and the records that stood before are gone through until nothing is left. A vector that was computed
// from a text which has changed since then is dropped here, and the change has brought its own.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "service/base/errors.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "service/engine/text_fingerprint.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using Fingerprints = std::vector<uint64_t>;

// Of the texts that the vectors were computed from, as these stand now; 0 where nothing may be derived.
template <typename Record>
Fingerprints FingerprintsOf(const absl::optional<Record>& record, const storage::Mutation::ComputedItem& computed) {
  Fingerprints fingerprints(static_cast<size_t>(computed.vectors_size()));
  if (!record.has_value() || record->stub()) return fingerprints;
  if constexpr (requires { record->profiling(); }) {
    if (record->profiling() == storage::OFF) return fingerprints;
  }
  for (int i = 0; i < computed.vectors_size(); ++i) {
    fingerprints[static_cast<size_t>(i)] = TextFingerprint(*record, computed.vectors(i).vector().field());
  }
  return fingerprints;
}

template <typename Record>
absl::StatusOr<Fingerprints> FingerprintsOf(const absl::StatusOr<absl::optional<Record>>& record,
                                            const storage::Mutation::ComputedItem& computed) {
  if (!record.ok()) return record.status();
  return FingerprintsOf(*record, computed);
}

absl::StatusOr<Fingerprints> PresentFingerprints(const storage::Snapshot& snapshot,
                                                 const storage::Mutation::ComputedItem& computed) {
  switch (computed.kind()) {
    case storage::ITEM_ACCOUNT:
      return FingerprintsOf(storage::GetAccount(snapshot, computed.ordinal()), computed);
    case storage::ITEM_POST:
      return FingerprintsOf(storage::GetPost(snapshot, computed.ordinal()), computed);
    case storage::ITEM_RESOURCE:
      return FingerprintsOf(storage::GetResource(snapshot, computed.ordinal()), computed);
    default:
      return Fingerprints(static_cast<size_t>(computed.vectors_size()));
  }
}

// A mutation's own puts are not to be read before it is decided: an item that it names again would be decided on what stood
// before.
class ItemsOnce {
 public:
  bool IsNew(storage::Item item) { return seen_.emplace(static_cast<int>(item.kind), item.ordinal).second; }

 private:
  absl::flat_hash_set<std::pair<int, uint32_t>> seen_;
};

storage::VectorRecord& FieldOf(storage::TextField field, std::vector<storage::VectorRecord>& vectors) {
  const auto found = std::find_if(vectors.begin(), vectors.end(),
                                  [field](const storage::VectorRecord& vector) { return vector.field() == field; });
  if (found != vectors.end()) return *found;
  storage::VectorRecord& added = vectors.emplace_back();
  added.set_field(field);
  return added;
}

}  // namespace

void BatchDecider::KeepWanted(storage::VectorRecord* vector) const {
  const storage::Models& models = meta_.models;
  if (!models.serving.empty()) storage::KeepModels(models.serving, models.coming, vector);
}

void BatchDecider::SetModels(storage::Models models) {
  meta_.models = std::move(models);
  changes_.emplace_back(ModelsChanged{meta_.models});
}

BatchDecider::Decision BatchDecider::BeginEmbedding(const storage::Mutation::BeginEmbedding& body) {
  storage::Models models = meta_.models;
  if (models.operation != 0) return Outcome::kStale;
  if (models.serving.empty() || (body.model_id() != models.serving && !body.may_switch()))
    return ModelMismatch(models.serving, body.model_id());
  if (absl::Status status = ForgetOperations(); !status.ok()) return status;
  storage::OperationRecord record;
  record.set_number(meta_.revision);
  record.set_kind(storage::OPERATION_EMBEDDING);
  record.set_state(storage::OPERATION_RUNNING);
  record.set_start_time(now());
  record.set_model_id(body.model_id());
  record.set_outdated_only(body.outdated_only());
  storage::PutOperation(&batch_, record);
  models.coming = body.model_id();
  models.operation = record.number();
  changes_.emplace_back(OperationChanged{std::move(record)});
  SetModels(std::move(models));
  return Outcome::kApplied;
}

// Long over, they are forgotten when another begins, and not as time passes: which batch that is in must not show.
absl::Status BatchDecider::ForgetOperations() {
  const int64_t before = now() - absl::ToInt64Microseconds(kOperationKept);
  return storage::ScanOperations(snapshot_, [&](const storage::OperationRecord& record) {
    if (record.end_time() == 0 || record.end_time() >= before) return absl::OkStatus();
    storage::DeleteOperation(&batch_, record.number());
    changes_.emplace_back(OperationForgotten{record.number()});
    return absl::OkStatus();
  });
}

BatchDecider::Decision BatchDecider::VectorsComputed(const storage::Mutation::VectorsComputed& body) {
  if (body.operation() == 0 || body.operation() != meta_.models.operation) return Outcome::kStale;
  const absl::StatusOr<absl::optional<storage::OperationRecord>> operation =
      storage::GetOperation(snapshot_, body.operation());
  if (!operation.ok()) return operation.status();
  const bool replaces = operation->has_value() && !(*operation)->outdated_only();
  bool changed = false;
  ItemsOnce once;
  for (const storage::Mutation::ComputedItem& computed : body.items()) {
    if (!once.IsNew({computed.kind(), computed.ordinal()})) continue;
    const absl::StatusOr<bool> taken = TakeComputed(computed, replaces);
    if (!taken.ok()) return taken.status();
    changed = changed || *taken;
  }
  return changed ? Outcome::kApplied : Outcome::kStale;
}

// True when the item has another vector now.
absl::StatusOr<bool> BatchDecider::TakeComputed(const storage::Mutation::ComputedItem& computed, bool replaces) {
  const storage::Item item{computed.kind(), computed.ordinal()};
  const absl::StatusOr<Fingerprints> present = PresentFingerprints(snapshot_, computed);
  if (!present.ok()) return present.status();
  absl::StatusOr<std::vector<storage::VectorRecord>> stored = ReadVectors(item);
  if (!stored.ok()) return stored.status();
  const std::string& model_id = meta_.models.coming;
  bool changed = false;
  for (int i = 0; i < computed.vectors_size(); ++i) {
    const storage::VectorRecord& vector = computed.vectors(i).vector();
    const uint64_t fingerprint = (*present)[static_cast<size_t>(i)];
    if (fingerprint == 0 || fingerprint != computed.vectors(i).text_fingerprint()) continue;
    const absl::string_view values = storage::ValuesOf(vector, model_id);
    if (values.empty()) continue;
    storage::VectorRecord& field = FieldOf(vector.field(), *stored);
    const absl::string_view before = storage::ValuesOf(field, model_id);
    if (before == values || (!before.empty() && !replaces)) continue;
    storage::KeepModels(meta_.models.serving, model_id, &field);
    storage::SetValues(model_id, values, &field);
    storage::PutVector(&batch_, item, field);
    changed = true;
  }
  if (changed) changes_.emplace_back(VectorsChanged{item.kind, item.ordinal, *std::move(stored)});
  return changed;
}

BatchDecider::Decision BatchDecider::ModelInstalled(const storage::Mutation::ModelInstalled& body) {
  storage::Models models = meta_.models;
  const bool is_first = models.serving.empty() && body.operation() == 0;
  if (!is_first) {
    if (body.operation() == 0 || body.operation() != models.operation) return Outcome::kStale;
    if (body.model_id() != models.coming) return ModelMismatch(models.coming, body.model_id());
    storage::OperationRecord end;
    end.set_state(storage::OPERATION_SUCCEEDED);
    end.set_done(body.done());
    end.set_total(body.total());
    if (absl::Status status = EndOperation(std::move(end)); !status.ok()) return status;
    models.leftovers = models.leftovers || models.serving != body.model_id();
    models.coming.clear();
    models.operation = 0;
  }
  models.serving = body.model_id();
  SetModels(std::move(models));
  return Outcome::kApplied;
}

BatchDecider::Decision BatchDecider::EndEmbedding(const storage::Mutation::EndEmbedding& body) {
  storage::Models models = meta_.models;
  if (body.operation() == 0 || body.operation() != models.operation) return Outcome::kStale;
  storage::OperationRecord end;
  end.set_state(body.state());
  end.set_error_code(body.error_code());
  end.set_error_message(body.error_message());
  end.set_done(body.done());
  end.set_total(body.total());
  if (absl::Status status = EndOperation(std::move(end)); !status.ok()) return status;
  models.leftovers = models.leftovers || models.coming != models.serving;
  models.coming.clear();
  models.operation = 0;
  SetModels(std::move(models));
  return Outcome::kApplied;
}

// `end`: what the running operation's record says from now on, beside what it has said.
absl::Status BatchDecider::EndOperation(storage::OperationRecord end) {
  absl::StatusOr<absl::optional<storage::OperationRecord>> record =
      storage::GetOperation(snapshot_, meta_.models.operation);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return absl::DataLossError("the operation that runs has no record");
  end.set_end_time(now());
  (*record)->MergeFrom(end);
  storage::PutOperation(&batch_, **record);
  changes_.emplace_back(OperationChanged{**std::move(record)});
  return absl::OkStatus();
}

BatchDecider::Decision BatchDecider::DropVectors(const storage::Mutation::DropVectors& body) {
  if (meta_.models.serving.empty()) return Outcome::kStale;
  bool changed = false;
  ItemsOnce once;
  for (const storage::Mutation::VectorsOwner& owner : body.items()) {
    if (!once.IsNew({owner.kind(), owner.ordinal()})) continue;
    const absl::StatusOr<bool> dropped = DropForeign({owner.kind(), owner.ordinal()});
    if (!dropped.ok()) return dropped.status();
    changed = changed || *dropped;
  }
  if (body.last() && meta_.models.leftovers && meta_.models.operation == 0) {
    storage::Models models = meta_.models;
    models.leftovers = false;
    SetModels(std::move(models));
    changed = true;
  }
  return changed ? Outcome::kApplied : Outcome::kStale;
}

absl::StatusOr<bool> BatchDecider::DropForeign(storage::Item item) {
  absl::StatusOr<std::vector<storage::VectorRecord>> stored = ReadVectors(item);
  if (!stored.ok()) return stored.status();
  VectorsChanged after{item.kind, item.ordinal, {}};
  bool changed = false;
  for (storage::VectorRecord& vector : *stored) {
    if (storage::KeepModels(meta_.models.serving, meta_.models.coming, &vector)) {
      changed = true;
      storage::PutVector(&batch_, item, vector);  // without values: removes it
    }
    if (!vector.values().empty()) after.vectors.push_back(std::move(vector));
  }
  if (changed) changes_.emplace_back(std::move(after));
  return changed;
}

}  // namespace staffroom
