#include "service/views/vectors.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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

// Work is counted in rows added up, the dearest step: some 0.3 microseconds for 256 dimensions, so that a thousand take well
// under a millisecond. What one hold of the lock may do: for those who acted in the batch (a hundred of them, with thirty acts
// each), and for all others together.
constexpr int kActorsWork = 3'000;
constexpr int kSliceWork = 1'000;
// How many of an item's engagers are marked at a time, and how many of them cost as much as a row.
constexpr int kEngagersASlice = 2'048;
constexpr int kEngagersARow = 16;
// How many engagements walked over cost as much as a row.
constexpr int kEngagementsARow = 256;

template <typename Entry>
Entry& Grown(std::vector<Entry>& entries, uint32_t ordinal) {
  if (ordinal >= entries.size()) entries.resize(ordinal + 1);
  return entries[ordinal];
}

// Quiet to others, or erased (and what it was is forgotten): its things shape nobody's profile but its own.
bool Hushed(const Catalog& catalog, AccountOrdinal account) {
  if (!account) return false;
  const AccountEntry& entry = catalog.account(account);
  return !entry.present || entry.quiet();
}

float UseWeight(const Engagement& engagement) {
  return profile_formula::EngagementWeight(static_cast<storage::InteractionKind>(engagement.kind)) *
         static_cast<float>(engagement.weight_percent) / 100.0f;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Vectors>> Vectors::Create(Options options, const Catalog* catalog,
                                                         const EngagementView* engagement) {
  if (options.index.exact_only) options.drift_cosine = 1;
  std::unique_ptr<Vectors> vectors(new Vectors(std::move(options), catalog, engagement));
  const embeddings::VectorIndexOptions& index_options = vectors->options_.index;
  absl::StatusOr<std::unique_ptr<embeddings::VectorIndex>> accounts = embeddings::VectorIndex::Create(index_options);
  if (!accounts.ok()) return accounts.status();
  vectors->accounts_ = *std::move(accounts);
  // Nobody searches posts yet (RecommendPosts is not there): they are held, and no graph is built for them.
  embeddings::VectorIndexOptions post_options = index_options;
  post_options.exact_only = true;
  absl::StatusOr<std::unique_ptr<ItemVectors>> posts = ItemVectors::Create(post_options);
  if (!posts.ok()) return posts.status();
  vectors->posts_ = *std::move(posts);
  absl::StatusOr<std::unique_ptr<ItemVectors>> resources = ItemVectors::Create(index_options);
  if (!resources.ok()) return resources.status();
  vectors->resources_ = *std::move(resources);
  return vectors;
}

Vectors::Vectors(Options options, const Catalog* catalog, const EngagementView* engagement)
    : options_(std::move(options)),
      catalog_(*catalog),
      engagement_(*engagement),
      stated_(options_.index.dimensions),
      profiles_(options_.index.dimensions),
      profile_codes_(options_.index.dimensions),
      resource_codes_(options_.index.dimensions) {}

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
    Grown(hushed_, i) = Hushed(catalog_, AccountOrdinal(i)) ? 1 : 0;
    stale_.MarkActor(AccountOrdinal(i), true);
  }
  while (!SettleFor(std::numeric_limits<int>::max())) {
  }
  return status;
}

void Vectors::Apply(const Change& change) noexcept {
  if (const auto* vectors = std::get_if<VectorsChanged>(&change)) {
    const storage::ItemKind kind = vectors->item_kind;
    if (!Put(kind, vectors->ordinal, vectors->vectors)) return;  // as when another model's are computed
    if (kind == storage::ITEM_ACCOUNT) return stale_.MarkActor(AccountOrdinal(vectors->ordinal), true);
    if (kind == storage::ITEM_POST) stale_.MarkActor(catalog_.post(PostOrdinal(vectors->ordinal)).author);
    Stir(kind, vectors->ordinal);
  }
  if (const auto* account = std::get_if<AccountChanged>(&change)) {
    const AccountOrdinal ordinal(account->record.ordinal());
    NoticeTurn(ordinal);
    stale_.MarkActor(ordinal, true);
  }
  if (const auto* account = std::get_if<AccountErased>(&change)) {
    stated_.Set(account->account.value(), {});
    NoticeTurn(account->account);
    stale_.MarkActor(account->account);
  }
  if (const auto* post = std::get_if<PostChanged>(&change)) {
    const AccountOrdinal author(post->record.author());
    stale_.MarkActor(author);
    if (post->author_before != author) stale_.MarkActor(post->author_before);
    Place(storage::ITEM_POST, post->record.ordinal(), post->author_before != author);
  }
  if (const auto* resource = std::get_if<ResourceChanged>(&change)) {
    const AccountOrdinal author(resource->record.author());
    Place(storage::ITEM_RESOURCE, resource->record.ordinal(), resource->author_before != author);
  }
  if (const auto* post = std::get_if<PostErased>(&change)) {
    stale_.MarkActor(post->author);
    Hold(storage::ITEM_POST, post->post.value(), {});  // its engagers are marked as the purge comes to them, below
  }
  if (const auto* resource = std::get_if<ResourceErased>(&change)) {
    Hold(storage::ITEM_RESOURCE, resource->resource.value(), {});
  }
  if (const auto* interaction = std::get_if<InteractionChanged>(&change)) {
    if (profile_formula::EngagementWeight(interaction->record.kind()) > 0)
      stale_.MarkActor(AccountOrdinal(interaction->record.actor()));
  }
  // Erased hundreds at a time, when what they pointed at is purged: none of those actors did anything.
  if (const auto* erased = std::get_if<InteractionErased>(&change)) {
    if (profile_formula::EngagementWeight(erased->record.kind()) > 0)
      stale_.Mark(AccountOrdinal(erased->record.actor()));
  }
}

bool Vectors::Put(storage::ItemKind kind, uint32_t ordinal, absl::Span<const storage::VectorRecord> fields) {
  const size_t dimensions = options_.index.dimensions;
  std::vector<float> field(dimensions);
  VectorSum sum(dimensions);
  for (const storage::VectorRecord& record : fields) {
    const absl::string_view values = storage::ValuesOf(record, options_.model_id);
    if (values.size() != dimensions * sizeof(float)) continue;
    std::memcpy(field.data(), values.data(), values.size());
    sum.Add(field, profile_formula::FieldWeight(record.field()));
  }
  std::vector<float> vector(dimensions);
  sum.AddDirectionTo(1.0f, absl::MakeSpan(vector));
  if (!Normalize(absl::MakeSpan(vector))) vector.clear();
  if (kind != storage::ITEM_ACCOUNT) return Hold(kind, ordinal, vector);
  if (stated_.Find(ordinal) == absl::MakeConstSpan(vector)) return false;
  stated_.Set(ordinal, vector);
  return true;
}

// True when something has changed.
bool Vectors::Hold(storage::ItemKind kind, uint32_t ordinal, absl::Span<const float> vector) {
  if (kind == storage::ITEM_RESOURCE) resource_codes_.Set(ordinal, vector);
  return Items(kind).Put(ordinal, vector, IsHushed(kind, ordinal));
}

bool Vectors::IsHushed(storage::ItemKind kind, uint32_t ordinal) const {
  if (kind == storage::ITEM_POST) return Hushed(catalog_, catalog_.post(PostOrdinal(ordinal)).author);
  const ResourceEntry& resource = catalog_.resource(ResourceOrdinal(ordinal));
  // An erased account's, without its name, which nobody has looked at yet: the account may have been a quiet one.
  const bool orphaned = !resource.author && resource.state == storage::UNDER_REVIEW;
  return orphaned || Hushed(catalog_, resource.author) || Hushed(catalog_, resource.publisher);
}

// After an item or the standing of its owners has changed: what others have of it does, if it has a vector at all.
void Vectors::Place(storage::ItemKind kind, uint32_t ordinal, bool author_changed) {
  const bool moved = Items(kind).SetHushed(ordinal, IsHushed(kind, ordinal));
  if (moved || (author_changed && !Items(kind).Of(ordinal).empty())) Stir(kind, ordinal);
}

// Whoever becomes quiet, or is erased, takes its things along, and whoever speaks up again brings them back: in slices.
void Vectors::NoticeTurn(AccountOrdinal account) {
  const uint8_t hushed = Hushed(catalog_, account) ? 1 : 0;
  if (std::exchange(Grown(hushed_, account.value()), hushed) == hushed) return;
  for (const PostOrdinal post : catalog_.PostsBy(account)) Stir(storage::ITEM_POST, post.value());
  for (const ResourceOrdinal resource : catalog_.ResourcesOf(account)) Stir(storage::ITEM_RESOURCE, resource.value());
}

void Vectors::Stir(storage::ItemKind kind, uint32_t ordinal) {
  std::vector<bool>& is_stirred = is_stirred_[kind];
  if (ordinal >= is_stirred.size()) is_stirred.resize(ordinal + 1);
  if (is_stirred[ordinal]) return;
  is_stirred[ordinal] = true;
  stirred_.push_back({kind, ordinal, ItemActor()});
}

// A slice of those who engaged with the first stirred item. Returns the work.
int Vectors::MarkSomeEngagers() {
  Stirred& item = stirred_.front();
  if (item.next == ItemActor()) {
    is_stirred_[item.kind][item.ordinal] = false;  // from here on a change needs another round
    Items(item.kind).SetHushed(item.ordinal, IsHushed(item.kind, item.ordinal));
  }
  const absl::Span<const ItemActor> actors = engagement_.ActorsOf(item.kind, item.ordinal);
  auto actor = std::lower_bound(actors.begin(), actors.end(), item.next);
  int marked = 0;
  for (; actor != actors.end() && marked < kEngagersASlice; ++actor, ++marked) {
    if (profile_formula::EngagementWeight(actor->kind()) > 0) stale_.Mark(actor->actor());
  }
  if (actor == actors.end()) {
    stirred_.pop_front();
  } else {
    item.next = *actor;
  }
  return 1 + marked / kEngagersARow;
}

void Vectors::EndBatch() noexcept {
  int work = 0;
  while (work < kActorsWork) {
    const RefreshQueue::Stale actor = stale_.TakeActor();
    if (!actor.account) break;
    work += Refresh(actor);
  }
  SettleFor(kSliceWork - work);
}

bool Vectors::Settle() noexcept { return SettleFor(kSliceWork); }

bool Vectors::SettleFor(int work) {
  while (work > 0 && !settled()) {
    if (const RefreshQueue::Stale stale = stale_.Take(); stale.account) {
      work -= Refresh(stale);
    } else if (!stirred_.empty()) {
      work -= MarkSomeEngagers();
    }
  }
  return settled();
}

// The newest acts whose content shapes the profile; nothing of a quiet author but the account's own. Adds its work to `work`.
std::vector<Vectors::Act> Vectors::ActsOf(AccountOrdinal account, int* work) const {
  std::vector<Act> acts;
  const absl::Span<const PostOrdinal> posts = catalog_.PostsBy(account);  // newest last; of equals, by id
  const size_t oldest = posts.size() - std::min(posts.size(), profile_formula::kPostsLookedAt);
  for (size_t i = posts.size(); i > oldest && acts.size() < profile_formula::kPostsMax; --i) {
    const absl::Span<const float> vector = Of(posts[i - 1]);
    if (vector.empty()) continue;
    acts.push_back({vector, catalog_.post(posts[i - 1]).create_time_s, profile_formula::kOwnPostWeight});
  }
  AddUses(account, &acts, work);
  *work += static_cast<int>(acts.size());
  return acts;
}

void Vectors::AddUses(AccountOrdinal account, std::vector<Act>* acts, int* work) const {
  const absl::Span<const Engagement> engagements = engagement_.Of(account);
  std::vector<Act> uses;
  size_t looked_at = 0;
  for (; looked_at < engagements.size(); ++looked_at) {
    const Engagement* const engagement = &engagements[engagements.size() - 1 - looked_at];
    // A second's acts are taken together: within it the view orders by ordinal.
    const bool may_end = looked_at == 0 || engagement->time_s != (engagement + 1)->time_s;
    const bool enough =
        uses.size() >= profile_formula::kEngagementsMax || looked_at >= profile_formula::kEngagementsLookedAt;
    if (may_end && enough) break;
    const float weight = UseWeight(*engagement);
    if (weight <= 0 || engagement->item_kind == storage::ITEM_ACCOUNT) continue;
    const auto kind = static_cast<storage::ItemKind>(engagement->item_kind);
    const AccountOrdinal author = engagement->post() ? catalog_.post(engagement->post()).author
                                                     : catalog_.resource(engagement->resource()).author;
    if (author == account || IsHushed(kind, engagement->target)) continue;
    const absl::Span<const float> vector = engagement->post() ? Of(engagement->post()) : Of(engagement->resource());
    if (!vector.empty()) uses.push_back({vector, engagement->time_s, weight, kind, engagement->target});
  }
  if (uses.size() > profile_formula::kEngagementsMax) {
    const auto end = uses.begin() + static_cast<std::ptrdiff_t>(profile_formula::kEngagementsMax);
    std::nth_element(uses.begin(), end, uses.end(), [this](const Act& a, const Act& b) { return IsNewer(a, b); });
    uses.erase(end, uses.end());
  }
  acts->insert(acts->end(), uses.begin(), uses.end());
  *work += static_cast<int>(looked_at) / kEngagementsARow;
}

// Ties by id: which of a second's acts still count must not be where the ordinals say.
bool Vectors::IsNewer(const Act& a, const Act& b) const {
  if (a.time_s != b.time_s) return a.time_s > b.time_s;
  if (a.item_kind != b.item_kind) return a.item_kind < b.item_kind;
  if (a.item != b.item) return IdOf(a) < IdOf(b);
  return a.weight > b.weight;
}

absl::string_view Vectors::IdOf(const Act& act) const {
  return act.item_kind == storage::ITEM_POST ? catalog_.post(PostOrdinal(act.item)).id.view()
                                             : catalog_.resource(ResourceOrdinal(act.item)).id.view();
}

// What is said, mixed with what is done (profile_formula.h); empty when both are.
std::vector<float> Vectors::MixOf(AccountOrdinal account, int* work) const {
  const std::vector<Act> acts = ActsOf(account, work);
  uint32_t newest_s = 0;
  for (const Act& act : acts) newest_s = std::max(newest_s, act.time_s);
  VectorSum does(options_.index.dimensions);
  for (const Act& act : acts) does.Add(act.vector, act.weight * profile_formula::Fading(newest_s, act.time_s));
  std::vector<float> mix(options_.index.dimensions);
  const absl::Span<const float> stated = stated_.Find(account.value());
  std::copy(stated.begin(), stated.end(), mix.begin());
  does.AddDirectionTo(profile_formula::DoesShare(static_cast<int>(acts.size())), absl::MakeSpan(mix));
  if (!Normalize(absl::MakeSpan(mix))) mix.clear();
  return mix;
}

// Returns the work.
int Vectors::Refresh(const RefreshQueue::Stale& stale) {
  const uint32_t account = stale.account.value();
  const AccountEntry& entry = catalog_.account(stale.account);
  int work = 1;
  std::vector<float> mix;
  if (entry.present && !entry.profiling_off) mix = MixOf(stale.account, &work);
  profiles_.Set(account, mix);
  profile_codes_.Set(account, mix);
  if (mix.empty() || !entry.exists() || entry.exposure == storage::NOBODY) {
    accounts_->Remove(account);
    return work;
  }
  const absl::Span<const float> row = accounts_->Find(account);
  if (row != absl::MakeConstSpan(mix) && (stale.rewrites_row || HasDrifted(row, mix))) accounts_->Upsert(account, mix);
  return work;
}

bool Vectors::HasDrifted(absl::Span<const float> row, absl::Span<const float> profile) const {
  if (row.empty() || options_.drift_cosine >= 1) return true;
  return std::inner_product(row.begin(), row.end(), profile.begin(), 0.0f) < options_.drift_cosine;
}

bool Vectors::MayNeedBuild() const {
  for (const embeddings::VectorIndex* const index : {accounts_.get(), &resources_->index()}) {
    const embeddings::VectorIndexStats stats = index->stats();
    if (stats.sealed_segments > 0 || stats.fresh_rows >= options_.index.seal_at) return true;
  }
  return false;
}

int64_t Vectors::Bytes() const {
  size_t bytes = stated_.bytes() + profiles_.bytes() + profile_codes_.bytes() + resource_codes_.bytes() +
                 hushed_.capacity() + stale_.bytes();
  bytes += stirred_.size() * sizeof(Stirred);
  for (const std::vector<bool>& stirred : is_stirred_) bytes += stirred.capacity() / 8;
  return static_cast<int64_t>(bytes + accounts_->bytes() + posts_->bytes() + resources_->bytes());
}

}  // namespace staffroom
