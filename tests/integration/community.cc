#include "tests/integration/community.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/protobuf/timestamp.pb.h"

namespace staffroom {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

Thing TargetOf(const v1::Interaction& interaction) {
  switch (interaction.target_case()) {
    case v1::Interaction::kAccountId:
      return AccountThing(interaction.account_id());
    case v1::Interaction::kPostId:
      return PostThing(interaction.post_id());
    case v1::Interaction::kResourceId:
      return ResourceThing(interaction.resource_id());
    case v1::Interaction::TARGET_NOT_SET:
      break;
  }
  return {};
}

template <typename Record>
const Record* Find(const std::map<std::string, Record>& records, const std::string& id) {
  const auto found = records.find(id);
  return found == records.end() ? nullptr : &found->second;
}

template <typename Key>
const std::vector<Act>& FindActs(const std::map<Key, std::vector<Act>>& acts, const Key& key) {
  static const auto* const kNone = new std::vector<Act>();
  const auto found = acts.find(key);
  return found == acts.end() ? *kNone : found->second;
}

}  // namespace

std::string Describe(const Thing& thing) {
  switch (thing.kind) {
    case v1::ItemKind::ACCOUNT:
      return absl::StrCat("account ", thing.id);
    case v1::ItemKind::POST:
      return absl::StrCat("post ", thing.id);
    case v1::ItemKind::RESOURCE:
      return absl::StrCat("resource ", thing.id);
    default:
      return "no thing";
  }
}

bool IsStateKind(v1::Interaction::Kind kind) {
  switch (kind) {
    case v1::Interaction::FOLLOW:
    case v1::Interaction::BLOCK:
    case v1::Interaction::MUTE:
    case v1::Interaction::DISMISS:
    case v1::Interaction::REPORT:
    case v1::Interaction::LIKE:
    case v1::Interaction::SAVE:
    case v1::Interaction::JOIN:
    case v1::Interaction::MENTOR_REQUEST:
    case v1::Interaction::MENTOR_ACCEPT:
      return true;
    default:
      return false;
  }
}

Community::Community(absl::Span<const v1::ImportRecord> records, absl::Time imported) {
  const auto time_of = [&](const v1::Interaction& interaction) {
    return interaction.has_event_time() ? TimeOf(interaction.event_time()) : imported;
  };
  for (const v1::ImportRecord& record : records) {
    switch (record.record_case()) {
      case v1::ImportRecord::kAccount:
        Take(record.account());
        break;
      case v1::ImportRecord::kPost:
        posts_[record.post().id()] = record.post();
        break;
      case v1::ImportRecord::kResource:
        resources_[record.resource().id()] = record.resource();
        break;
      case v1::ImportRecord::kInteraction:
        Take(record.interaction(), time_of(record.interaction()), false);
        break;
      case v1::ImportRecord::kDeletedInteraction:
        Take(record.deleted_interaction(), time_of(record.deleted_interaction()), true);
        break;
      case v1::ImportRecord::RECORD_NOT_SET:
        break;
    }
  }
  IndexActs();
}

// Replaces all but what changes only when it is set.
void Community::Take(const v1::Account& account) {
  v1::Account& kept = accounts_[account.id()];
  const v1::Account before = kept;
  kept = account;
  if (kept.exposure() == v1::Account::EXPOSURE_UNSPECIFIED) kept.set_exposure(before.exposure());
  if (kept.follows_visibility() == v1::Account::FOLLOWS_VISIBILITY_UNSPECIFIED) {
    kept.set_follows_visibility(before.follows_visibility());
  }
  if (kept.profiling() == v1::Account::PROFILING_UNSPECIFIED) kept.set_profiling(before.profiling());
  if (kept.state() == v1::ModerationState::MODERATION_STATE_UNSPECIFIED) kept.set_state(before.state());
}

// The last writer by event time wins, of equals the one that came later.
void Community::Take(const v1::Interaction& interaction, absl::Time time, bool deleted) {
  const Thing target = TargetOf(interaction);
  if (IsStateKind(interaction.kind())) {
    const auto [entry, is_new] = states_.try_emplace({interaction.actor_id(), interaction.kind(), target});
    if (is_new || time >= entry->second.time) entry->second = {time, deleted};
    return;
  }
  const EventKey key = interaction.event_id().empty()
                           ? EventKey("", interaction.actor_id(), interaction.kind(), target, time)
                           : EventKey(interaction.event_id(), "", v1::Interaction::KIND_UNSPECIFIED, {}, {});
  if (deleted) {
    events_.erase(key);
  } else {
    events_.emplace(key, Act{interaction.actor_id(), interaction.kind(), target, time});
  }
}

void Community::IndexActs() {
  std::vector<Act> acts;
  for (const auto& [key, state] : states_) {
    if (!state.deleted) acts.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), state.time});
  }
  for (const auto& [key, act] : events_) acts.push_back(act);
  for (const Act& act : acts) {
    acts_by_[act.actor].push_back(act);
    acts_at_[act.target].push_back(act);
  }
}

const v1::Account* Community::FindAccount(const std::string& id) const { return Find(accounts_, id); }
const v1::Post* Community::FindPost(const std::string& id) const { return Find(posts_, id); }
const v1::Resource* Community::FindResource(const std::string& id) const { return Find(resources_, id); }

bool Community::Did(const std::string& actor, v1::Interaction::Kind kind, const Thing& target) const {
  const std::vector<Act>& acts = ActsBy(actor);
  return std::any_of(acts.begin(), acts.end(),
                     [&](const Act& act) { return act.kind == kind && act.target == target; });
}

absl::optional<absl::Time> Community::TakenBack(const std::string& actor, v1::Interaction::Kind kind,
                                                const Thing& target) const {
  const auto found = states_.find({actor, kind, target});
  if (found == states_.end() || !found->second.deleted) return absl::nullopt;
  return found->second.time;
}

const std::vector<Act>& Community::ActsBy(const std::string& actor) const { return FindActs(acts_by_, actor); }
const std::vector<Act>& Community::ActsAt(const Thing& target) const { return FindActs(acts_at_, target); }

}  // namespace staffroom
