#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/recommend/best_of.h"
#include "service/recommend/may_be_shown.h"
#include "service/recommend/newest_acts.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

constexpr size_t kCandidatesMax = 200;
constexpr size_t kFollowedMax = 200;
constexpr size_t kPostsMax = 32;

// Resources that the people the asker follows wrote or publish, linked in a post, or liked, saved or shared, by how many of
// them. What they did is looked at only if they contribute, and READ never is.
class SharedByFollows : public Source {
 public:
  absl::string_view name() const override { return "shared_by_follows"; }
  bool needs_profile() const override { return false; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    if (asking.query.item_kind != storage::ITEM_RESOURCE || !asking.asker) return;
    DenseMap<uint32_t>& sums = asking.scratch.resource_sums;
    for (const AccountOrdinal followed : FollowedOf(asking)) {
      for (const uint32_t resource : ShelfOf(asking, followed)) sums.At(resource) += 1;
    }
    std::vector<Scored> found;
    for (const uint32_t ordinal : sums.written()) {
      if (MayPropose(asking, Item(storage::ITEM_RESOURCE, ordinal))) found.push_back({sums.Get(ordinal), ordinal});
    }
    sums.Clear();
    CutToBest(asking.view, storage::ITEM_RESOURCE, kCandidatesMax, &found);
    for (const Scored& scored : found) candidates->Propose(scored.ordinal).shelves = static_cast<float>(scored.score);
  }

 private:
  // Whom the asker follows, as far as they may be named; of too many, those that come first by hash of id.
  static std::vector<AccountOrdinal> FollowedOf(const Asking& asking) {
    std::vector<AccountOrdinal> followed;
    for (const AccountOrdinal account : asking.view.graph.Following(asking.asker)) {
      if (MayBeNamed(asking, Item(account))) followed.push_back(account);
    }
    if (followed.size() <= kFollowedMax) return followed;
    std::vector<std::pair<uint64_t, AccountOrdinal>> hashed;
    hashed.reserve(followed.size());
    for (const AccountOrdinal account : followed) {
      hashed.emplace_back(RecordHash().Add(asking.view.catalog.account(account).id.view()).Finish(), account);
    }
    std::sort(hashed.begin(), hashed.end());
    followed.resize(kFollowedMax);
    for (size_t i = 0; i < kFollowedMax; ++i) followed[i] = hashed[i].second;
    return followed;
  }

  static std::vector<uint32_t> ShelfOf(const Asking& asking, AccountOrdinal account) {
    const ReadView& view = asking.view;
    std::vector<uint32_t> shelf;
    if (view.engagement.Contributes(account)) shelf = ResourcesUsedBy(view, account, SaysUseInPublic);
    for (const ResourceOrdinal resource : view.catalog.ResourcesOf(account)) shelf.push_back(resource.value());
    const absl::Span<const PostOrdinal> posts = view.catalog.PostsBy(account);
    for (size_t i = posts.size(); i > 0 && i + kPostsMax > posts.size(); --i) {
      const PostEntry& post = view.catalog.post(posts[i - 1]);
      if (post.state != storage::ACTIVE || !MayBeShown(view, asking.asker, posts[i - 1])) continue;
      const absl::Span<const uint32_t> linked = post.resources.view();
      shelf.insert(shelf.end(), linked.begin(), linked.end());
    }
    std::sort(shelf.begin(), shelf.end());
    shelf.erase(std::unique(shelf.begin(), shelf.end()), shelf.end());
    return shelf;
  }
};

}  // namespace

std::unique_ptr<Source> NewSharedByFollows() { return std::make_unique<SharedByFollows>(); }

}  // namespace staffroom
