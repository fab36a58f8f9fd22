#include "service/embedding/reembedder.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "embeddings/encoder/encoder.h"
#include "service/embedding/item_pages.h"
#include "service/embedding/text_vectors.h"
#include "service/engine/mutation_result.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr size_t kVectorsLookedAt = 5'000;  // of one snapshot: some milliseconds

// Lets go of a round that is to be left where it stands, whatever the reason.
bool IsOver(const storage::Meta& meta, uint64_t operation) { return meta.models.operation != operation; }

int64_t Records(const storage::Meta& meta) {
  return int64_t{meta.next_account} - 1 + int64_t{meta.next_post} - 1 + int64_t{meta.next_resource} - 1;
}

storage::Mutation EndOf(uint64_t operation, storage::OperationState state) {
  storage::Mutation mutation;
  mutation.mutable_end_embedding()->set_operation(operation);
  mutation.mutable_end_embedding()->set_state(state);
  return mutation;
}

}  // namespace

absl::Status Reembedder::Begin(absl::string_view serving) {
  const std::atomic<bool> never = false;
  const std::string configured(encoders_.configured().model_id());
  encoders_.SetServing(serving);
  absl::StatusOr<storage::Meta> meta = ReadMeta();
  if (!meta.ok()) return meta.status();
  storage::Models models = meta->models;
  if (models.serving.empty()) {
    storage::Mutation first;
    first.mutable_model_installed()->set_model_id(std::string(serving));
    if (const auto done = Do(first, never); !done.ok()) return done.status();
  }
  if (models.operation != 0 && models.coming != configured) {
    storage::Mutation end = EndOf(models.operation, storage::OPERATION_FAILED);
    end.mutable_end_embedding()->set_error_code(static_cast<int>(absl::StatusCode::kAborted));
    end.mutable_end_embedding()->set_error_message("the server was started again with another encoder");
    if (const auto done = Do(end, never); !done.ok()) return done.status();
    models.operation = 0;
  }
  // Also where another model's takeover came to nothing: what was written under it may have brought no vector of this one.
  const absl::StatusOr<bool> has_gaps = EndedInVain(configured);
  if (!has_gaps.ok()) return has_gaps.status();
  if (models.operation == 0 && (serving != configured || *has_gaps)) {
    storage::Mutation begin;
    begin.mutable_begin_embedding()->set_model_id(configured);
    begin.mutable_begin_embedding()->set_outdated_only(true);
    begin.mutable_begin_embedding()->set_may_switch(true);
    if (const auto done = Do(begin, never); !done.ok()) return done.status();
  }
  meta = ReadMeta();
  if (!meta.ok()) return meta.status();
  if (meta->models.operation != 0 || meta->models.leftovers) Wake();
  return absl::OkStatus();
}

// Whether the last operation was of another model, and did not succeed.
absl::StatusOr<bool> Reembedder::EndedInVain(absl::string_view configured) const {
  bool in_vain = false;
  const absl::Status status =
      storage::ScanOperations(*store_.TakeSnapshot(), [&](const storage::OperationRecord& operation) {
        in_vain = operation.model_id() != configured && operation.state() != storage::OPERATION_SUCCEEDED;
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return in_vain;
}

absl::Status Reembedder::Work(const std::atomic<bool>& stop) {
  while (!stop && due_.exchange(false)) {
    absl::StatusOr<storage::Meta> meta = ReadMeta();
    if (!meta.ok()) return meta.status();
    if (meta->models.operation != 0) {
      const absl::Status status = RunOperation(meta->models, stop);
      operation_ = 0;
      if (!status.ok()) return absl::IsCancelled(status) && stop ? absl::OkStatus() : status;
      if (meta = ReadMeta(); !meta.ok()) return meta.status();
    }
    if (meta->models.serving == encoders_.configured().model_id()) {
      encoders_.Installed();
    } else if (meta->models.operation == 0) {
      encoders_.GaveUp();
    }
    if (meta->models.leftovers && meta->models.operation == 0) {
      const absl::Status status = DropLeftovers(stop);
      if (!status.ok()) return absl::IsCancelled(status) && stop ? absl::OkStatus() : status;
    }
  }
  return absl::OkStatus();
}

absl::Status Reembedder::RunOperation(const storage::Models& models, const std::atomic<bool>& stop) {
  const absl::StatusOr<absl::optional<storage::OperationRecord>> operation =
      storage::GetOperation(*store_.TakeSnapshot(), models.operation);
  if (!operation.ok()) return operation.status();
  if (!operation->has_value()) return absl::DataLossError("the operation that runs has no record");
  if (models.coming != encoders_.configured().model_id()) {
    return absl::InternalError("an operation runs that this start has not begun");
  }
  done_ = total_ = 0;
  operation_ = models.operation;
  // The last round finds nothing: a text that was changed meanwhile has brought its vectors itself. Where all are computed
  // anew there is nothing to find, and one round does.
  absl::StatusOr<Round> round = Round::kChangedSome;
  while (round.ok() && *round == Round::kChangedSome) {
    round = RunRound(**operation, stop);
    if (round.ok() && *round == Round::kChangedSome && !(*operation)->outdated_only()) break;
  }
  if (absl::IsCancelled(round.status())) return round.status();
  if (!round.ok()) return Fail(models.operation, round.status(), stop);
  return *round == Round::kInterrupted ? absl::OkStatus() : Finish(models, stop);
}

absl::StatusOr<Reembedder::Round> Reembedder::RunRound(const storage::OperationRecord& operation,
                                                       const std::atomic<bool>& stop) {
  const absl::StatusOr<storage::Meta> meta = ReadMeta();
  if (!meta.ok()) return meta.status();
  // What comes later brings the vectors along.
  const std::pair<storage::ItemKind, uint32_t> limits[] = {{storage::ITEM_ACCOUNT, meta->next_account},
                                                           {storage::ITEM_POST, meta->next_post},
                                                           {storage::ITEM_RESOURCE, meta->next_resource}};
  done_ = 0;
  total_ = Records(*meta);
  Round round = Round::kChangedNothing;
  for (const auto& [kind, limit] : limits) {
    const absl::StatusOr<Round> part = RunKind(kind, limit, operation, stop);
    if (!part.ok() || *part == Round::kInterrupted) return part;
    if (*part == Round::kChangedSome) round = Round::kChangedSome;
  }
  return round;
}

absl::StatusOr<Reembedder::Round> Reembedder::RunKind(storage::ItemKind kind, uint32_t limit,
                                                      const storage::OperationRecord& operation,
                                                      const std::atomic<bool>& stop) {
  Round round = Round::kChangedNothing;
  for (uint32_t first = 1; first < limit; first += options_.page_items) {
    const absl::Time begin = absl::Now();
    const uint32_t count = std::min(options_.page_items, limit - first);
    const std::unique_ptr<storage::Snapshot> snapshot = store_.TakeSnapshot();
    const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(*snapshot);
    if (!meta.ok()) return meta.status();
    if (stop || IsOver(meta->value_or(storage::Meta()), operation.number())) return Round::kInterrupted;
    const absl::StatusOr<storage::Mutation> page = ComputePage(*snapshot, kind, first, count, operation);
    if (!page.ok()) return page.status();
    if (page->vectors_computed().items_size() > 0) {
      const absl::StatusOr<Outcome> outcome = Do(*page, stop);
      if (!outcome.ok()) return outcome.status();
      if (*outcome == Outcome::kApplied) round = Round::kChangedSome;
    }
    done_ += count;
    Rest(absl::Now() - begin, stop);
  }
  return round;
}

absl::StatusOr<storage::Mutation> Reembedder::ComputePage(const storage::Snapshot& snapshot, storage::ItemKind kind,
                                                          uint32_t first, uint32_t count,
                                                          const storage::OperationRecord& operation) const {
  const embeddings::Encoder& encoder = encoders_.configured();
  const absl::StatusOr<std::vector<ItemToEmbed>> items =
      ReadItemsToEmbed(snapshot, kind, first, count, encoder.model_id());
  if (!items.ok()) return items.status();
  storage::Mutation mutation;
  mutation.mutable_vectors_computed()->set_operation(operation.number());
  for (const ItemToEmbed& item : *items) {
    storage::Mutation::ComputedItem computed;
    for (const ItemToEmbed::Text& text : item.texts) {
      if (text.has_vector && operation.outdated_only()) continue;
      std::string values = EncodedValues(encoder, text.text);
      if (values.empty()) continue;
      storage::Mutation::ComputedVector& vector = *computed.add_vectors();
      vector.mutable_vector()->set_field(text.text.field);
      vector.mutable_vector()->set_model_id(std::string(encoder.model_id()));
      vector.mutable_vector()->set_values(std::move(values));
      vector.set_text_fingerprint(text.fingerprint);
    }
    if (computed.vectors_size() == 0) continue;
    computed.set_kind(item.item.kind);
    computed.set_ordinal(item.item.ordinal);
    *mutation.mutable_vectors_computed()->add_items() = std::move(computed);
  }
  return mutation;
}

absl::Status Reembedder::Finish(const storage::Models& models, const std::atomic<bool>& stop) {
  storage::Mutation end;
  if (models.coming == models.serving) {
    end = EndOf(models.operation, storage::OPERATION_SUCCEEDED);
    end.mutable_end_embedding()->set_done(done_);
    end.mutable_end_embedding()->set_total(total_);
  } else {
    end.mutable_model_installed()->set_operation(models.operation);
    end.mutable_model_installed()->set_model_id(models.coming);
    end.mutable_model_installed()->set_done(done_);
    end.mutable_model_installed()->set_total(total_);
  }
  return Do(end, stop).status();
}

// What cannot be read is not embedded, and without it the model must not take over: the old one goes on.
absl::Status Reembedder::Fail(uint64_t operation, const absl::Status& why, const std::atomic<bool>& stop) {
  storage::Mutation end = EndOf(operation, storage::OPERATION_FAILED);
  end.mutable_end_embedding()->set_error_code(static_cast<int>(why.code()));
  end.mutable_end_embedding()->set_error_message("a record could not be read, or the vectors could not be written");
  end.mutable_end_embedding()->set_done(done_);
  end.mutable_end_embedding()->set_total(total_);
  return Do(end, stop).status();
}

absl::Status Reembedder::DropLeftovers(const std::atomic<bool>& stop) {
  storage::Item after;
  for (bool is_end = false; !is_end;) {
    const absl::Time begin = absl::Now();
    const std::unique_ptr<storage::Snapshot> snapshot = store_.TakeSnapshot();
    const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(*snapshot);
    if (!meta.ok()) return meta.status();
    const storage::Models models = meta->value_or(storage::Meta()).models;
    if (stop || models.operation != 0) return absl::OkStatus();  // the operation's end leaves the rest due
    const absl::StatusOr<std::vector<storage::Item>> items = ReadItemsWithOthers(
        *snapshot, models.serving, models.coming, options_.page_items, kVectorsLookedAt, &after, &is_end);
    if (!items.ok()) return items.status();
    storage::Mutation drop;
    for (const storage::Item& item : *items) {
      storage::Mutation::VectorsOwner* const owner = drop.mutable_drop_vectors()->add_items();
      owner->set_kind(item.kind);
      owner->set_ordinal(item.ordinal);
    }
    drop.mutable_drop_vectors()->set_last(is_end);
    if (is_end || !items->empty()) {
      if (const absl::StatusOr<Outcome> done = Do(drop, stop); !done.ok()) return done.status();
    }
    Rest(absl::Now() - begin, stop);
  }
  return absl::OkStatus();
}

absl::StatusOr<storage::Meta> Reembedder::ReadMeta() const {
  const absl::StatusOr<absl::optional<storage::Meta>> meta = storage::GetMeta(*store_.TakeSnapshot());
  if (!meta.ok()) return meta.status();
  return meta->value_or(storage::Meta());
}

absl::StatusOr<Outcome> Reembedder::Do(const storage::Mutation& mutation, const std::atomic<bool>& stop) {
  while (true) {
    std::promise<MutationResult> promise;
    engine_.Submit(mutation, [&promise](const MutationResult& result) { promise.set_value(result); });
    const MutationResult result = promise.get_future().get();
    if (result.status.ok()) return result.outcome;
    if (!absl::IsResourceExhausted(result.status)) return result.status;
    if (stop) return absl::CancelledError("the server stops");
    absl::SleepFor(options_.retry);
  }
}

void Reembedder::Rest(absl::Duration worked, const std::atomic<bool>& stop) const {
  if (options_.rest > 0 && !stop) absl::SleepFor(std::min(worked * options_.rest, absl::Seconds(1)));
}

}  // namespace staffroom
