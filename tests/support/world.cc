#include "tests/support/world.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace staffroom {
namespace {

constexpr char kModel[] = "told";

int64_t Micros(absl::Duration ago) { return absl::ToUnixMicros(WorldNow() - ago); }

template <typename From, typename To>
void CopyTo(const From& from, To* to) {
  for (const auto& one : from) *to->Add() = one;
}
void CopyTo(const std::vector<int>& from, google::protobuf::RepeatedField<int32_t>* to) {
  for (const int one : from) to->Add(one);
}

bool IsState(storage::InteractionKind kind) { return static_cast<int>(kind) < 32; }

}  // namespace

absl::Time WorldNow() { return absl::FromUnixSeconds(1'740'000'000); }  // February 2025

AccountSpec Quiet(AccountSpec spec) {
  spec.exposure = storage::NOBODY;
  spec.follows_hidden = true;
  return spec;
}

ItemRef AccountRef(absl::string_view id) { return {storage::ITEM_ACCOUNT, std::string(id)}; }
ItemRef PostRef(absl::string_view id) { return {storage::ITEM_POST, std::string(id)}; }
ItemRef ResourceRef(absl::string_view id) { return {storage::ITEM_RESOURCE, std::string(id)}; }

World::World(WorldIndex index) : index_(index) {
  Views::Options options;
  options.vectors.index.dimensions = kWorldDimensions;
  options.vectors.index.exact_only = index == WorldIndex::kExact;
  options.vectors.index.seal_at = 50;
  options.vectors.index.merge = {.max_segments = 2};
  options.vectors.index.graph = {.degree = 4, .build_beam = 8};
  options.vectors.index.walk = {.beam = 2, .place_cost = 0};
  options.vectors.model_id = kModel;
  absl::StatusOr<std::unique_ptr<Views>> views = Views::Create(std::move(options));
  if (!views.ok()) std::abort();
  views_ = *std::move(views);
}

void World::Apply(std::vector<Change> changes) {
  views_->Apply(changes, ++revision_);
  while (!views_->SettleSome()) {
  }
  const std::atomic<bool> never{false};
  while (index_ == WorldIndex::kWalked && views_->BuildSegment(never).value_or(false)) {
  }
}

uint32_t World::Number(storage::ItemKind kind, absl::string_view id) {
  uint32_t& number = numbers_[{kind, std::string(id)}];
  if (number != 0) return number;
  number = ++last_number_[kind];
  const auto stub = [&](auto change) {
    change.record.set_id(std::string(id));
    change.record.set_ordinal(number);
    change.record.set_stub(true);
    Apply({change});
  };
  if (kind == storage::ITEM_ACCOUNT) stub(AccountChanged{});
  if (kind == storage::ITEM_POST) stub(PostChanged{});
  if (kind == storage::ITEM_RESOURCE) stub(ResourceChanged{});
  return number;
}

uint32_t World::NumberOrNone(storage::ItemKind kind, absl::string_view id) { return id.empty() ? 0 : Number(kind, id); }

void World::PutVector(storage::ItemKind kind, uint32_t ordinal, const std::vector<float>& vector,
                      storage::TextField field) {
  std::vector<float> values(kWorldDimensions);
  std::copy_n(vector.begin(), std::min(vector.size(), values.size()), values.begin());
  double squares = 0;
  for (const float value : values) squares += static_cast<double>(value) * value;
  VectorsChanged change{kind, ordinal, {}};
  if (squares > 0) {
    for (float& value : values) value = static_cast<float>(value / std::sqrt(squares));
    storage::VectorRecord& record = change.vectors.emplace_back();
    record.set_field(field);
    record.set_model_id(kModel);
    record.set_values(std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)));
  }
  Apply({change});
}

void World::Put(const AccountSpec& spec) {
  AccountChanged change;
  storage::AccountRecord& record = change.record;
  record.set_id(spec.id);
  record.set_ordinal(Number(storage::ITEM_ACCOUNT, spec.id));
  record.set_kind(spec.kind);
  record.set_display_name(spec.display_name);
  CopyTo(spec.interests, record.mutable_interests());
  CopyTo(spec.subjects, record.mutable_subjects());
  CopyTo(spec.grade_bands, record.mutable_grade_bands());
  CopyTo(spec.languages, record.mutable_languages());
  CopyTo(spec.tags, record.mutable_tags());
  record.set_region(spec.region);
  record.set_exposure(spec.exposure);
  record.set_follows_visibility(spec.follows_hidden ? storage::HIDDEN : storage::VISIBLE);
  record.set_profiling(spec.profiling_off ? storage::OFF : storage::ON);
  record.set_state(spec.state);
  if (spec.mentors) {
    CopyTo(spec.mentor_topics, record.mutable_mentor_offer()->mutable_topics());
    record.mutable_mentor_offer()->set_weekly_capacity(spec.weekly_capacity);
  }
  record.set_create_time(Micros(spec.created_ago));
  record.set_update_time(Micros(spec.updated_ago));
  Apply({change});
  PutVector(storage::ITEM_ACCOUNT, record.ordinal(), spec.vector, storage::BIO);
}

void World::Put(const PostSpec& spec) {
  PostChanged change;
  storage::PostRecord& record = change.record;
  record.set_id(spec.id);
  record.set_ordinal(Number(storage::ITEM_POST, spec.id));
  record.set_author(Number(storage::ITEM_ACCOUNT, spec.author));
  CopyTo(spec.tags, record.mutable_tags());
  for (const std::string& resource : spec.resources) record.add_resources(Number(storage::ITEM_RESOURCE, resource));
  record.set_audience(spec.audience);
  record.set_state(spec.state);
  record.set_create_time(Micros(spec.ago));
  change.author_before = AccountOrdinal(post_authors_[record.ordinal()]);
  post_authors_[record.ordinal()] = record.author();
  Apply({change});
  PutVector(storage::ITEM_POST, record.ordinal(), spec.vector, storage::TEXT);
}

void World::Put(const ResourceSpec& spec) {
  ResourceChanged change;
  storage::ResourceRecord& record = change.record;
  record.set_id(spec.id);
  record.set_ordinal(Number(storage::ITEM_RESOURCE, spec.id));
  record.set_kind(spec.kind);
  record.set_title(spec.title);
  record.set_author(NumberOrNone(storage::ITEM_ACCOUNT, spec.author));
  record.set_publisher(NumberOrNone(storage::ITEM_ACCOUNT, spec.publisher));
  CopyTo(spec.subjects, record.mutable_subjects());
  CopyTo(spec.grade_bands, record.mutable_grade_bands());
  CopyTo(spec.languages, record.mutable_languages());
  CopyTo(spec.tags, record.mutable_tags());
  record.set_minutes(spec.minutes);
  record.set_state(spec.state);
  record.set_publish_time(Micros(spec.ago));
  change.author_before = AccountOrdinal(resource_authors_[record.ordinal()]);
  resource_authors_[record.ordinal()] = record.author();
  Apply({change});
  PutVector(storage::ITEM_RESOURCE, record.ordinal(), spec.vector, storage::TITLE);
}

void World::Do(const Deed& deed) {
  InteractionChanged change;
  storage::InteractionRecord& record = change.record;
  record.set_actor(Number(storage::ITEM_ACCOUNT, deed.actor));
  record.set_kind(deed.kind);
  record.set_target_kind(deed.target.kind);
  record.set_target(Number(deed.target.kind, deed.target.id));
  record.set_event_time(Micros(deed.ago));
  record.set_weight(1);
  record.set_attributed(deed.attributed);
  record.set_deleted(deed.undone);
  const uint64_t occurrence = IsState(deed.kind) ? 0 : ++occurrences_;
  record.set_event_hash(occurrence);
  const Key key(record.actor(), deed.kind, deed.target.kind, record.target(), occurrence);
  if (const auto before = interactions_.find(key); before != interactions_.end()) change.before = before->second;
  record.set_revision(revision_ + 1);
  interactions_[key] = record;
  Apply({change});
}

void World::Tell(const Told& told) {
  std::visit(
      [this](const auto& one) {
        if constexpr (std::is_same_v<std::decay_t<decltype(one)>, Deed>) {
          Do(one);
        } else {
          Put(one);
        }
      },
      told);
}

void World::Follow(absl::string_view follower, absl::string_view followed) {
  Do({std::string(follower), storage::FOLLOW, AccountRef(followed)});
}
void World::Unfollow(absl::string_view follower, absl::string_view followed, absl::Duration ago) {
  Do({std::string(follower), storage::FOLLOW, AccountRef(followed), ago, false, true});
}
void World::Join(absl::string_view member, absl::string_view organization) {
  Do({std::string(member), storage::JOIN, AccountRef(organization)});
}
void World::Block(absl::string_view actor, absl::string_view blocked) {
  Do({std::string(actor), storage::BLOCK, AccountRef(blocked)});
}
void World::Mute(absl::string_view actor, absl::string_view muted) {
  Do({std::string(actor), storage::MUTE, AccountRef(muted)});
}
void World::Reply(absl::string_view actor, const ItemRef& target) { Do({std::string(actor), storage::REPLY, target}); }
void World::Like(absl::string_view actor, const ItemRef& target) { Do({std::string(actor), storage::LIKE, target}); }
void World::Save(absl::string_view actor, const ItemRef& target) { Do({std::string(actor), storage::SAVE, target}); }
void World::ReadThrough(absl::string_view actor, const ItemRef& target) {
  Do({std::string(actor), storage::READ, target});
}
void World::See(absl::string_view actor, const ItemRef& target) {
  Do({std::string(actor), storage::IMPRESSION, target});
}

void World::EraseRecord(absl::string_view account) {
  const uint32_t number = Number(storage::ITEM_ACCOUNT, account);
  numbers_.erase({storage::ITEM_ACCOUNT, std::string(account)});
  Apply({AccountErased{AccountOrdinal(number)}});
}

void World::Erase(absl::string_view account) {
  const uint32_t number = Number(storage::ITEM_ACCOUNT, account);
  EraseRecord(account);
  for (auto one = interactions_.begin(); one != interactions_.end();) {
    const storage::InteractionRecord& record = one->second;
    if (record.actor() == number || (record.target_kind() == storage::ITEM_ACCOUNT && record.target() == number)) {
      Apply({InteractionErased{record}});
      one = interactions_.erase(one);
    } else {
      ++one;
    }
  }
  for (const auto& [post, author] : post_authors_) {
    if (author == number) Apply({PostErased{PostOrdinal(post), AccountOrdinal(author)}});
  }
}

}  // namespace staffroom
