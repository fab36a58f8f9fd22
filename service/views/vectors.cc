#include "service/views/vectors.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "embeddings/index/vector_index.h"
#include "service/base/ordinal.h"
#include "service/engine/change.h"
#include "service/views/profile_formula.h"
#include "service/views/vector_sum.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

template <typename Entry>
Entry& Grown(std::vector<Entry>& entries, uint32_t ordinal) {
  if (ordinal >= entries.size()) entries.resize(ordinal + 1);
  return entries[ordinal];
}

// Quiet to others: its things shape nobody's profile but its own.
bool Hushed(const Catalog& catalog, AccountOrdinal account) { return account && catalog.account(account).quiet(); }

}  // namespace

absl::StatusOr<std::unique_ptr<Vectors>> Vectors::Create(Options options, const Catalog* catalog,
                                                         const EngagementView* engagement) {
  std::unique_ptr<Vectors> vectors(new Vectors(std::move(options), catalog, engagement));
  for (std::unique_ptr<embeddings::VectorIndex>* index :
       {&vectors->accounts_, &vectors->posts_, &vectors->resources_}) {
    absl::StatusOr<std::unique_ptr<embeddings::VectorIndex>> created =
        embeddings::VectorIndex::Create(vectors->options_.index);
    if (!created.ok()) return created.status();
    *index = *std::move(created);
  }
  return vectors;
}

Vectors::Vectors(Options options, const Catalog* catalog, const EngagementView* engagement)
    : options_(std::move(options)), catalog_(*catalog), engagement_(*engagement) {}

absl::Status Vectors::Load(const storage::Snapshot& snapshot) {
  storage::Item item;
  std::vector<storage::VectorRecord> fields;
  const auto put = [&] {
    if (!fields.empty()) Put(item.kind, item.ordinal, fields);
    fields.clear();
  };
  const absl::Status status =
      storage::ScanVectors(snapshot, [&](const storage::Item& next, const storage::VectorRecord& record) {
        if (!(next == item)) put();
        item = next;
        fields.push_back(record);
        return absl::OkStatus();
      });
  put();
  for (uint32_t i = 1; i < catalog_.account_limit(); ++i) {
    Grown(quiet_, i) = catalog_.account(AccountOrdinal(i)).quiet();
    Mark(AccountOrdinal(i));
  }
  return status;
}

void Vectors::Apply(const Change& change) noexcept {
  if (const auto* vectors = std::get_if<VectorsChanged>(&change))
    Put(vectors->item_kind, vectors->ordinal, vectors->vectors);
  if (const auto* account = std::get_if<AccountChanged>(&change)) {
    const AccountOrdinal ordinal(account->record.ordinal());
    const bool quiet = catalog_.account(ordinal).quiet();
    if (quiet != (Grown(quiet_, ordinal.value()) != 0)) MarkAudienceOf(ordinal);
    quiet_[ordinal.value()] = quiet;
    Mark(ordinal);
  }
  if (const auto* account = std::get_if<AccountErased>(&change)) {
    Grown(stated_, account->account.value()).reset();
    Mark(account->account);
  }
  if (const auto* post = std::get_if<PostChanged>(&change)) Mark(AccountOrdinal(post->record.author()));
  if (const auto* resource = std::get_if<ResourceChanged>(&change)) {
    MarkEngagers(storage::ITEM_RESOURCE, resource->record.ordinal());
  }
  if (const auto* post = std::get_if<PostErased>(&change)) {
    posts_->Remove(post->post.value());
    Mark(post->author);
    MarkEngagers(storage::ITEM_POST, post->post.value());
  }
  if (const auto* resource = std::get_if<ResourceErased>(&change)) {
    resources_->Remove(resource->resource.value());
    MarkEngagers(storage::ITEM_RESOURCE, resource->resource.value());
  }
  if (const auto* interaction = std::get_if<InteractionChanged>(&change)) {
    if (profile_formula::EngagementWeight(interaction->record.kind()) > 0)
      Mark(AccountOrdinal(interaction->record.actor()));
  }
  if (const auto* erased = std::get_if<InteractionErased>(&change)) Mark(AccountOrdinal(erased->record.actor()));
}

void Vectors::Put(storage::ItemKind kind, uint32_t ordinal, absl::Span<const storage::VectorRecord> fields) {
  const size_t dimensions = options_.index.dimensions;
  std::vector<float> field(dimensions);
  VectorSum sum(options_.index.dimensions);
  for (const storage::VectorRecord& record : fields) {
    if (record.model_id() != options_.model_id || record.values().size() != dimensions * sizeof(float)) continue;
    std::memcpy(field.data(), record.values().data(), record.values().size());
    sum.Add(field, profile_formula::FieldWeight(record.field()));
  }
  std::vector<float> vector(dimensions);
  sum.AddDirectionTo(1.0f, absl::MakeSpan(vector));
  const bool known = Normalize(absl::MakeSpan(vector));
  if (kind == storage::ITEM_ACCOUNT) {
    Keep(known ? absl::MakeConstSpan(vector) : absl::Span<const float>(), Grown(stated_, ordinal));
    Mark(AccountOrdinal(ordinal));
    return;
  }
  embeddings::VectorIndex& index = kind == storage::ITEM_POST ? *posts_ : *resources_;
  if (known) {
    index.Upsert(ordinal, vector);
  } else {
    index.Remove(ordinal);
  }
  if (kind == storage::ITEM_POST) Mark(catalog_.post(PostOrdinal(ordinal)).author);
  MarkEngagers(kind, ordinal);
}

// Whoever engaged with an item whose vector, or whose author's standing, has changed.
void Vectors::MarkEngagers(storage::ItemKind kind, uint32_t ordinal) {
  for (const ItemActor item_actor : engagement_.ActorsOf(kind, ordinal)) {
    if (profile_formula::EngagementWeight(item_actor.kind()) > 0) Mark(item_actor.actor());
  }
}

void Vectors::MarkAudienceOf(AccountOrdinal author) {
  for (const PostOrdinal post : catalog_.PostsBy(author)) MarkEngagers(storage::ITEM_POST, post.value());
  for (const ResourceOrdinal resource : catalog_.ResourcesOf(author))
    MarkEngagers(storage::ITEM_RESOURCE, resource.value());
}

void Vectors::Mark(AccountOrdinal account) {
  if (!account) return;
  if (account.value() >= is_stale_.size()) is_stale_.resize(account.value() + 1);
  if (is_stale_[account.value()]) return;
  is_stale_[account.value()] = true;
  stale_.push_back(account.value());
}

void Vectors::EndBatch() noexcept {
  for (const uint32_t account : stale_) {
    is_stale_[account] = false;
    Refresh(AccountOrdinal(account));
  }
  stale_.clear();
}

absl::Span<const float> Vectors::Profile(AccountOrdinal account) const {
  if (account.value() >= profiles_.size() || profiles_[account.value()] == nullptr) return {};
  return absl::Span<const float>(profiles_[account.value()].get(), options_.index.dimensions);
}

// The newest acts whose content shapes the profile; nothing of a quiet author but the account's own.
std::vector<Vectors::Act> Vectors::ActsOf(AccountOrdinal account) const {
  std::vector<Act> acts;
  const absl::Span<const PostOrdinal> posts = catalog_.PostsBy(account);
  for (size_t i = posts.size(); i > 0 && acts.size() < profile_formula::kPostsMax; --i) {
    const absl::Span<const float> vector = Of(posts[i - 1]);
    if (!vector.empty())
      acts.push_back({vector, catalog_.post(posts[i - 1]).create_time_s, profile_formula::kOwnPostWeight});
  }
  const absl::Span<const Engagement> engagements = engagement_.Of(account);
  int taken = 0;
  for (size_t i = engagements.size(); i > 0 && taken < profile_formula::kEngagementsMax; --i) {
    const Engagement& engagement = engagements[i - 1];
    const float weight = profile_formula::EngagementWeight(static_cast<storage::InteractionKind>(engagement.kind)) *
                         static_cast<float>(engagement.weight_percent) / 100.0f;
    if (weight <= 0 || engagement.item_kind == storage::ITEM_ACCOUNT) continue;
    const ResourceEntry& resource = catalog_.resource(engagement.resource());
    const AccountOrdinal author = engagement.post() ? catalog_.post(engagement.post()).author : resource.author;
    if (author == account || Hushed(catalog_, author) || Hushed(catalog_, resource.publisher)) continue;
    const absl::Span<const float> vector = engagement.post() ? Of(engagement.post()) : Of(engagement.resource());
    if (vector.empty()) continue;
    acts.push_back({vector, engagement.time_s, weight});
    ++taken;
  }
  return acts;
}

// What is said, mixed with what is done (profile_formula.h); empty when both are.
std::vector<float> Vectors::MixOf(AccountOrdinal account) const {
  const std::vector<Act> acts = ActsOf(account);
  uint32_t newest_s = 0;
  for (const Act& act : acts) newest_s = std::max(newest_s, act.time_s);
  VectorSum does(options_.index.dimensions);
  for (const Act& act : acts) does.Add(act.vector, act.weight * profile_formula::Fading(newest_s, act.time_s));
  std::vector<float> mix(options_.index.dimensions);
  if (account.value() < stated_.size() && stated_[account.value()] != nullptr) {
    std::copy_n(stated_[account.value()].get(), mix.size(), mix.begin());
  }
  does.AddDirectionTo(profile_formula::DoesShare(static_cast<int>(acts.size())), absl::MakeSpan(mix));
  if (!Normalize(absl::MakeSpan(mix))) mix.clear();
  return mix;
}

void Vectors::Refresh(AccountOrdinal account) {
  const AccountEntry& entry = catalog_.account(account);
  std::vector<float> mix;
  if (entry.present && !entry.profiling_off) mix = MixOf(account);
  Keep(mix, Grown(profiles_, account.value()));
  if (!mix.empty() && entry.exists() && entry.exposure != storage::NOBODY) {
    accounts_->Upsert(account.value(), mix);
  } else {
    accounts_->Remove(account.value());
  }
}

void Vectors::Keep(absl::Span<const float> vector, std::unique_ptr<float[]>& row) {
  if (vector.empty()) {
    row.reset();
    return;
  }
  if (row == nullptr) row = std::make_unique<float[]>(vector.size());
  std::copy(vector.begin(), vector.end(), row.get());
}

int64_t Vectors::Bytes() const {
  const size_t row_bytes = options_.index.dimensions * sizeof(float);
  size_t bytes = (stated_.capacity() + profiles_.capacity()) * sizeof(void*) + stale_.capacity() * sizeof(uint32_t);
  for (const std::unique_ptr<float[]>& row : stated_) bytes += row == nullptr ? 0 : row_bytes;
  for (const std::unique_ptr<float[]>& row : profiles_) bytes += row == nullptr ? 0 : row_bytes;
  return static_cast<int64_t>(bytes + accounts_->bytes() + posts_->bytes() + resources_->bytes());
}

}  // namespace staffroom
