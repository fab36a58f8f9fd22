// Decisions about interactions. A state kind has one record a key (actor, kind, target): the last writer by event time
// wins, ties go to the later mutation, and a deletion leaves a tombstone with its time. An event kind has one record an
// occurrence: the first of a name stays.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "service/base/digest.h"
#include "service/base/errors.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

// Which occurrence, within the actor: by the caller's name, or by what happened when.
uint64_t EventHash(const storage::InteractionRecord& record, const std::string& target_id) {
  RecordHash hash;
  if (!record.event_id().empty()) return hash.Add("id").Add(record.event_id()).Finish();
  hash.Add("content").Add(static_cast<uint64_t>(record.kind())).Add(static_cast<uint64_t>(record.target_kind()));
  return hash.Add(target_id).Add(static_cast<uint64_t>(record.event_time())).Finish();
}

bool SameContent(const storage::InteractionRecord& a, const storage::InteractionRecord& b) {
  return a.deleted() == b.deleted() && a.weight() == b.weight() && a.collection() == b.collection();
}

}  // namespace

BatchDecider::Decision BatchDecider::WriteInteraction(const storage::Mutation::WriteInteraction& body) {
  const storage::ItemKind target_kind = body.record().target_kind();
  for (const auto& [kind, id] :
       {std::make_pair(storage::ITEM_ACCOUNT, &body.actor_id()), std::make_pair(target_kind, &body.target_id())}) {
    if (absl::Status status = CheckKnown(kind, *id, body.create_stubs()); !status.ok()) return status;
  }
  storage::InteractionRecord record = body.record();
  record.set_revision(meta_.revision);
  const bool has_time = record.event_time() != 0;
  if (!has_time) record.set_event_time(now());
  if (record.kind() == storage::JOIN) {
    if (absl::Status status = CheckCanBeJoined(body.target_id()); !status.ok()) return status;
  }
  if (record.kind() == storage::MENTOR_ACCEPT) {
    record.set_actor(Find(storage::ITEM_ACCOUNT, body.actor_id()));
    record.set_target(Find(target_kind, body.target_id()));
    if (absl::Status status = CheckMentorCapacity(record); !status.ok()) return status;
  }
  record.set_actor(FindOrStub(storage::ITEM_ACCOUNT, body.actor_id()));
  record.set_target(FindOrStub(target_kind, body.target_id()));
  if (!storage::IsEventKind(record.kind())) return WriteState(std::move(record), has_time);
  record.set_event_hash(EventHash(record, body.target_id()));
  return WriteEvent(record);
}

// A platform sends again what stands, at night and without a token: that is no new choice. What led to the first writing is
// still what led to it, and a mentee that was accepted long ago is not one of this week's.
BatchDecider::Decision BatchDecider::WriteState(storage::InteractionRecord record, bool has_time) {
  absl::StatusOr<absl::optional<storage::InteractionRecord>> before =
      storage::GetEdge(snapshot_, storage::EdgeNameOf(record));
  if (!before.ok()) return before.status();
  if (before->has_value()) {
    if (!(*before)->deleted()) {
      record.set_attributed((*before)->attributed());
      if (record.kind() == storage::MENTOR_ACCEPT && !has_time) record.set_event_time((*before)->event_time());
    }
    if (record.event_time() < (*before)->event_time()) return Outcome::kStale;
    if (record.event_time() == (*before)->event_time() && SameContent(record, **before)) return Outcome::kDuplicate;
  }
  Put(record, *std::move(before));
  return Outcome::kApplied;
}

BatchDecider::Decision BatchDecider::WriteEvent(const storage::InteractionRecord& record) {
  const absl::StatusOr<absl::optional<storage::InteractionRecord>> before =
      storage::GetEvent(snapshot_, storage::EventNameOf(record));
  if (!before.ok()) return before.status();
  if (before->has_value()) return Outcome::kDuplicate;
  Put(record, absl::nullopt);
  return Outcome::kApplied;
}

BatchDecider::Decision BatchDecider::DeleteInteraction(const storage::Mutation::DeleteInteraction& body) {
  storage::InteractionRecord record = body.record();
  record.set_revision(meta_.revision);
  if (storage::IsEventKind(record.kind())) {
    record.set_actor(Find(storage::ITEM_ACCOUNT, body.actor_id()));
    if (record.actor() == 0) return AccountNotFound(body.actor_id());
    record.set_event_hash(EventHash(record, body.target_id()));
    return DeleteEvent(record);
  }
  for (const auto& [kind, id] : {std::make_pair(storage::ITEM_ACCOUNT, &body.actor_id()),
                                 std::make_pair(record.target_kind(), &body.target_id())}) {
    if (absl::Status status = CheckKnown(kind, *id, body.create_stubs()); !status.ok()) return status;
  }
  record.set_actor(FindOrStub(storage::ITEM_ACCOUNT, body.actor_id()));
  record.set_target(FindOrStub(record.target_kind(), body.target_id()));
  const bool has_time = record.event_time() != 0;
  return DeleteState(std::move(record), has_time);
}

// Without a time a deletion wins over what it saw: it takes effect now, or at the stored time when that lies ahead.
BatchDecider::Decision BatchDecider::DeleteState(storage::InteractionRecord record, bool has_time) {
  absl::StatusOr<absl::optional<storage::InteractionRecord>> before =
      storage::GetEdge(snapshot_, storage::EdgeNameOf(record));
  if (!before.ok()) return before.status();
  const int64_t stored_time = before->has_value() ? (*before)->event_time() : 0;
  if (before->has_value() && (*before)->deleted() && (!has_time || record.event_time() == stored_time)) {
    return Outcome::kDuplicate;
  }
  if (!has_time) record.set_event_time(std::max(now(), stored_time));
  if (record.event_time() < stored_time) return Outcome::kStale;
  record.set_deleted(true);
  Put(record, *std::move(before));
  return Outcome::kApplied;
}

BatchDecider::Decision BatchDecider::DeleteEvent(const storage::InteractionRecord& record) {
  const absl::StatusOr<absl::optional<storage::InteractionRecord>> before =
      storage::GetEvent(snapshot_, storage::EventNameOf(record));
  if (!before.ok()) return before.status();
  if (!before->has_value()) return InteractionNotFound("this event of this actor");
  Erase(**before);
  return Outcome::kApplied;
}

// A REPORT of a post or a resource acts as a BLOCK of its author, and must go on doing so when the author takes the thing
// down or gives it to somebody else: it becomes a REPORT of that author, too, in the same mutation, so that there is no moment
// without it. What the reporter said of the author itself stays when it stands, and gives way when it was taken back.
absl::Status BatchDecider::KeepReports(storage::Item item, uint32_t author) {
  if (author == 0) return absl::OkStatus();
  const absl::StatusOr<absl::optional<storage::AccountRecord>> account = storage::GetAccount(snapshot_, author);
  if (!account.ok()) return account.status();
  if (!account->has_value()) return absl::OkStatus();  // erased itself: nobody is left to be hidden from
  std::vector<storage::EdgeName> names;
  const absl::Status scanned =
      storage::ScanEdgesToTargetOfKind(snapshot_, item, storage::REPORT, [&](const storage::EdgeName& name) {
        if (name.actor != author) names.push_back(name);
        return absl::OkStatus();
      });
  if (!scanned.ok()) return scanned;
  for (const storage::EdgeName& name : names) {
    const absl::StatusOr<absl::optional<storage::InteractionRecord>> report = storage::GetEdge(snapshot_, name);
    if (!report.ok()) return report.status();
    if (!report->has_value() || (*report)->deleted()) continue;
    storage::InteractionRecord kept = **report;
    kept.set_target_kind(storage::ITEM_ACCOUNT);
    kept.set_target(author);
    kept.set_revision(meta_.revision);
    absl::StatusOr<absl::optional<storage::InteractionRecord>> before =
        storage::GetEdge(snapshot_, storage::EdgeNameOf(kept));
    if (!before.ok()) return before.status();
    if (before->has_value() && !(*before)->deleted()) continue;
    if (before->has_value()) kept.set_event_time(std::max(kept.event_time(), (*before)->event_time()));
    Put(kept, *std::move(before));
  }
  return absl::OkStatus();
}

// One joins organizations and networks; a stub may turn out to be one.
absl::Status BatchDecider::CheckCanBeJoined(const std::string& target_id) const {
  const uint32_t target = Find(storage::ITEM_ACCOUNT, target_id);
  if (target == 0) return absl::OkStatus();
  const absl::StatusOr<absl::optional<storage::AccountRecord>> account = storage::GetAccount(snapshot_, target);
  if (!account.ok()) return account.status();
  if (!account->has_value() || (*account)->kind() != storage::TEACHER) return absl::OkStatus();
  return InvalidField("interaction.kind", reason::kFieldOutOfRange,
                      "JOIN is of an organization or network, and this account is a teacher");
}

// A mentor takes at most weekly_capacity mentees in any seven days, counting what this batch has already accepted.
absl::Status BatchDecider::CheckMentorCapacity(const storage::InteractionRecord& record) {
  if (record.actor() == 0) return absl::OkStatus();  // a stub to be: nothing is known of its offer yet
  const absl::StatusOr<absl::optional<storage::AccountRecord>> mentor = storage::GetAccount(snapshot_, record.actor());
  if (!mentor.ok()) return mentor.status();
  if (!mentor->has_value() || (*mentor)->stub()) return absl::OkStatus();
  const absl::StatusOr<absl::optional<storage::InteractionRecord>> standing =
      record.target() == 0 ? absl::optional<storage::InteractionRecord>()
                           : storage::GetEdge(snapshot_, storage::EdgeNameOf(record));
  if (!standing.ok()) return standing.status();
  if (standing->has_value() && !(*standing)->deleted()) return absl::OkStatus();  // accepted already
  // In whole seconds, as the views keep times: whether an acceptance counts must not depend on whether it is in a view yet.
  const int64_t since =
      absl::ToUnixSeconds(absl::FromUnixMicros(now()) - kMentorWeek) * absl::ToInt64Microseconds(absl::Seconds(1));
  int accepted = reader_.MentorAcceptsSince(AccountOrdinal(record.actor()), since);
  const auto counts = [&](const storage::InteractionRecord& other) {
    return other.kind() == storage::MENTOR_ACCEPT && other.actor() == record.actor() && !other.deleted() &&
           other.event_time() >= since;
  };
  for (const Change& change : changes_) {
    const auto* interaction = std::get_if<InteractionChanged>(&change);
    if (interaction == nullptr) continue;
    accepted += counts(interaction->record) ? 1 : 0;
    accepted -= interaction->before.has_value() && counts(*interaction->before) ? 1 : 0;
  }
  if (accepted < (*mentor)->mentor_offer().weekly_capacity()) return absl::OkStatus();
  return MentorFull((*mentor)->id());
}

void BatchDecider::Put(const storage::InteractionRecord& record, absl::optional<storage::InteractionRecord> before) {
  storage::PutInteraction(&batch_, record);
  changes_.emplace_back(InteractionChanged{record, std::move(before)});
}

void BatchDecider::Erase(const storage::InteractionRecord& record) {
  storage::DeleteInteraction(&batch_, record);
  changes_.emplace_back(InteractionErased{record});
}

}  // namespace staffroom
