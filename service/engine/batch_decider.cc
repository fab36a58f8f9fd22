#include "service/engine/batch_decider.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/engine/engine_limits.h"
#include "service/engine/not_found.h"
#include "service/engine/prefetch.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {

BatchDecider::BatchDecider(std::unique_ptr<storage::Snapshot> snapshot, const storage::Meta& meta,
                           const DecisionReader* reader)
    : snapshot_(std::move(snapshot), &batch_), meta_(meta), models_before_(meta.models), reader_(*reader) {}

absl::Status BatchDecider::Prepare(absl::Span<const storage::Mutation* const> mutations, Sweep* sweep) {
  std::vector<storage::FamilyKey> keys;
  for (const storage::Mutation* mutation : mutations) AddKeysOf(*mutation, reader_, &keys);
  absl::Status status = keys.empty() ? absl::OkStatus() : snapshot_.Prefetch(keys);
  const int64_t time = std::max(now(), mutations.empty() ? 0 : mutations.front()->mutation_time());
  const auto expire_before = [time](absl::Duration kept) { return time - absl::ToInt64Microseconds(kept); };
  status.Update(storage::ExpireIdempotency(snapshot_, std::max<int64_t>(0, expire_before(limits::kRequestIdKept)),
                                           kRequestIdsForgotten, &sweep->requests_after, &batch_)
                    .status());
  status.Update(storage::ExpireErasedIds(snapshot_, expire_before(kErasedIdKept), kErasedIdsLookedAt,
                                         &sweep->erased_ids_after, &batch_)
                    .status());
  snapshot_.Absorb();
  return status;
}

MutationResult BatchDecider::Decide(const storage::Mutation& mutation) {
  const Mark mark = MarkHere();
  new_ids_before_.clear();
  meta_.mutation_time = std::max(meta_.mutation_time, mutation.mutation_time());
  MutationResult result;
  absl::StatusOr<bool> repeated = Repeated(mutation, &result);
  if (!repeated.ok()) result.status = repeated.status();
  if (!repeated.ok() || *repeated) {
    meta_ = mark.meta;
    return result;
  }
  ++meta_.revision;
  const Decision decision = DecideBody(mutation);
  result.status = decision.status();
  if (decision.ok()) result.outcome = *decision;
  const int64_t time = now();
  if (!decision.ok() || *decision != Outcome::kApplied) ReturnTo(mark);
  // An answer that changed nothing is remembered too: sent again after something else was written, the request would
  // otherwise be decided against that.
  if (decision.ok() && !mutation.request_id().empty()) {
    meta_.mutation_time = time;
    Remember(mutation);
  }
  result.revision = meta_.revision;
  snapshot_.Absorb();
  return result;
}

void BatchDecider::ReturnTo(const Mark& mark) {
  batch_.Truncate(mark.operations);
  changes_.erase(changes_.begin() + static_cast<ptrdiff_t>(mark.changes), changes_.end());
  purges_.resize(mark.purges);
  for (; !new_ids_before_.empty(); new_ids_before_.pop_back()) {
    const auto& [name, ordinal] = new_ids_before_.back();
    if (ordinal.has_value()) {
      new_ids_.insert_or_assign(name, *ordinal);
    } else {
      new_ids_.erase(name);
    }
  }
  meta_ = mark.meta;
}

void BatchDecider::Remember(const storage::Mutation& mutation) {
  storage::IdempotencyRecord record;
  record.set_payload_hash(mutation.payload_hash());
  record.set_revision(meta_.revision);
  record.set_mutation_time(now());
  storage::PutIdempotency(&batch_, {static_cast<uint8_t>(mutation.rpc()), mutation.request_id()}, record);
}

absl::StatusOr<bool> BatchDecider::Repeated(const storage::Mutation& mutation, MutationResult* first) {
  if (mutation.request_id().empty()) return false;
  const absl::StatusOr<absl::optional<storage::IdempotencyRecord>> found =
      storage::GetIdempotency(snapshot_, {static_cast<uint8_t>(mutation.rpc()), mutation.request_id()});
  if (!found.ok()) return found.status();
  if (!found->has_value()) return false;
  const storage::IdempotencyRecord& record = **found;
  if (now() - record.mutation_time() > absl::ToInt64Microseconds(limits::kRequestIdKept)) return false;
  if (record.payload_hash() != mutation.payload_hash()) return RequestIdReused();
  first->outcome = Outcome::kDuplicate;
  first->revision = record.revision();
  return true;
}

BatchDecider::Decision BatchDecider::DecideBody(const storage::Mutation& mutation) {
  switch (mutation.body_case()) {
    case storage::Mutation::kUpsertAccount:
      return UpsertAccount(mutation);
    case storage::Mutation::kUpsertPost:
      return UpsertPost(mutation);
    case storage::Mutation::kUpsertResource:
      return UpsertResource(mutation);
    case storage::Mutation::kDeleteItem:
      return DeleteItem(mutation.delete_item());
    case storage::Mutation::kWriteInteraction:
      return WriteInteraction(mutation.write_interaction());
    case storage::Mutation::kDeleteInteraction:
      return DeleteInteraction(mutation.delete_interaction());
    case storage::Mutation::kPurge:
      return Purge(mutation.purge());
    case storage::Mutation::kBeginEmbedding:
      return BeginEmbedding(mutation.begin_embedding());
    case storage::Mutation::kVectorsComputed:
      return VectorsComputed(mutation.vectors_computed());
    case storage::Mutation::kModelInstalled:
      return ModelInstalled(mutation.model_installed());
    case storage::Mutation::kEndEmbedding:
      return EndEmbedding(mutation.end_embedding());
    case storage::Mutation::kDropVectors:
      return DropVectors(mutation.drop_vectors());
    case storage::Mutation::BODY_NOT_SET:
      break;
  }
  return absl::InternalError("a mutation without a body");
}

bool BatchDecider::Finish() {
  if (batch_.empty() && meta_.models == models_before_) return false;
  storage::PutMeta(&batch_, meta_);
  return true;
}

uint32_t BatchDecider::Find(storage::ItemKind kind, absl::string_view id) const {
  const auto found = new_ids_.find(std::make_pair(static_cast<int>(kind), std::string(id)));
  return found != new_ids_.end() ? found->second : reader_.FindOrdinal(kind, id);
}

absl::Status BatchDecider::CheckKnown(storage::ItemKind kind, absl::string_view id, bool create_stubs) const {
  if (Find(kind, id) != 0) return absl::OkStatus();
  if (!create_stubs) return NotFoundOf(kind, id);
  const absl::StatusOr<absl::optional<int64_t>> erased = storage::ErasedTime(snapshot_, kind, id);
  if (!erased.ok()) return erased.status();
  // A straggling event must not bring back somebody who has just been erased.
  if (erased->has_value() && now() - **erased <= absl::ToInt64Microseconds(kErasedIdKept)) return NotFoundOf(kind, id);
  if (kind == storage::ITEM_ACCOUNT && meta_.next_account + kOrdinalReserve >= kAccountOrdinals)
    return StoreFull("account");
  return absl::OkStatus();
}

uint32_t BatchDecider::FindOrStub(storage::ItemKind kind, absl::string_view id) {
  if (const uint32_t known = Find(kind, id); known != 0 || id.empty()) return known;
  const uint32_t ordinal = Allocate(kind, std::string(id));
  if (kind == storage::ITEM_ACCOUNT) {
    storage::AccountRecord stub;
    stub.set_id(std::string(id));
    stub.set_ordinal(ordinal);
    stub.set_stub(true);
    Put(stub);
  } else if (kind == storage::ITEM_POST) {
    storage::PostRecord stub;
    stub.set_id(std::string(id));
    stub.set_ordinal(ordinal);
    stub.set_stub(true);
    Put(stub, 0);
  } else {
    storage::ResourceRecord stub;
    stub.set_id(std::string(id));
    stub.set_ordinal(ordinal);
    stub.set_stub(true);
    Put(stub, 0);
  }
  return ordinal;
}

absl::StatusOr<uint32_t> BatchDecider::FindOrAllocate(storage::ItemKind kind, const std::string& id) {
  if (const uint32_t known = Find(kind, id); known != 0) return known;
  if (kind == storage::ITEM_ACCOUNT && meta_.next_account + kOrdinalReserve >= kAccountOrdinals)
    return StoreFull("account");
  return Allocate(kind, id);
}

uint32_t BatchDecider::Allocate(storage::ItemKind kind, const std::string& id) {
  uint32_t* const next = kind == storage::ITEM_ACCOUNT ? &meta_.next_account
                         : kind == storage::ITEM_POST  ? &meta_.next_post
                                                       : &meta_.next_resource;
  const uint32_t ordinal = (*next)++;
  SetOrdinal(kind, id, ordinal);
  return ordinal;
}

void BatchDecider::SetOrdinal(storage::ItemKind kind, const std::string& id, uint32_t ordinal) {
  ItemName name(kind, id);
  const auto found = new_ids_.find(name);
  new_ids_before_.emplace_back(name, found == new_ids_.end() ? absl::nullopt : absl::make_optional(found->second));
  new_ids_.insert_or_assign(std::move(name), ordinal);
}

}  // namespace staffroom
