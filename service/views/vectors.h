#ifndef STAFFROOM_SERVICE_VIEWS_VECTORS_H_
#define STAFFROOM_SERVICE_VIEWS_VECTORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/index/code_table.h"
#include "embeddings/index/vector_index.h"
#include "service/base/ordinal.h"
#include "service/engine/view.h"
#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "service/views/item_vectors.h"
#include "service/views/refresh_queue.h"
#include "service/views/row_table.h"
#include "storage/records.pb.h"

namespace staffroom {

// The vectors of posts, resources and accounts by one model, and the indexes over them: derived approximately, never digested.
// What an account's vector is made of: profile_formula.h.
//
// Every account with profiling on has a profile (its own query); only those that could ever be shown (they exist, exposure
// is not NOBODY) are in the account index.
//
// A change can make thousands of profiles stale: everybody who saved the article whose text is corrected. So a batch
// refreshes those who acted in it first, of the others no more than its hold of the lock allows, and leaves the rest to later
// batches and to whoever calls Settle. Settled, and once what was erased is purged, every profile is what Load of the same
// records computes. The rows of the
// account index are so only within Options::drift_cosine, and exactly again after the next Load.
class Vectors : public View {
 public:
  struct Options {
    embeddings::VectorIndexOptions index;  // dimensions, sealing, exactness
    std::string model_id;                  // vectors of another model are left out
    // An account's row in the index is rewritten when its profile has turned by more than this cosine, or when the account
    // itself is written anew (platforms do so nightly): else every like buries a row. 1 = whenever it differs; so it is with
    // exact_only, where a row must not depend on what came before.
    float drift_cosine = 0.97f;
  };
  static absl::StatusOr<std::unique_ptr<Vectors>> Create(Options options, const Catalog* catalog,
                                                         const EngagementView* engagement);

  absl::string_view name() const override { return "vectors"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;  // leaves it settled
  void Apply(const Change& change) noexcept override;
  void EndBatch() noexcept override;
  uint64_t Digest() const override { return 0; }
  int64_t Bytes() const override;

  // Refreshes as many stale profiles as one hold of the lock allows (well under a millisecond); true when none is left.
  bool Settle() noexcept;
  bool settled() const { return stale_.empty() && stirred_.empty(); }

  // Unit vector of what the account is about, now; empty when nothing is known or profiling is off.
  absl::Span<const float> Profile(AccountOrdinal account) const { return profiles_.Find(account.value()); }
  // Unit vector of a post or resource; empty when its text has no token.
  absl::Span<const float> Of(PostOrdinal post) const { return posts_->Of(post.value()); }
  absl::Span<const float> Of(ResourceOrdinal resource) const { return resources_->Of(resource.value()); }

  // How similar accounts (by their profiles) or resources are to `query`, a unit vector or empty; 0 where nothing is known.
  // All by one measure, whoever found them (embeddings/index/code_table.h).
  void Compare(storage::ItemKind kind, absl::Span<const float> query, absl::Span<const uint32_t> ordinals,
               absl::Span<float> similarities) const {
    codes(kind).Compare(query, ordinals, similarities);
  }
  // The same with one of them as the query.
  void CompareTo(storage::ItemKind kind, uint32_t item, absl::Span<const uint32_t> ordinals,
                 absl::Span<float> similarities) const {
    codes(kind).CompareTo(item, ordinals, similarities);
  }

  const embeddings::VectorIndex& accounts() const { return *accounts_; }
  const embeddings::VectorIndex& posts() const { return posts_->index(); }
  const embeddings::VectorIndex& resources() const { return resources_->index(); }
  // For their owner, Views, which builds their segments.
  std::array<embeddings::VectorIndex*, 3> indexes() {
    return {accounts_.get(), &posts_->index(), &resources_->index()};
  }
  // False when no index can have anything to build; true when one may.
  bool MayNeedBuild() const;
  int dimensions() const { return static_cast<int>(options_.index.dimensions); }
  absl::string_view model_id() const { return options_.model_id; }

 private:
  // One thing that an account did, with the content that it shapes the profile by.
  struct Act {
    absl::Span<const float> vector;
    uint32_t time_s = 0;
    float weight = 0;
    storage::ItemKind item_kind = storage::ITEM_KIND_UNSPECIFIED;
    uint32_t item = 0;
  };
  // An item whose engagers' profiles are no longer right.
  struct Stirred {
    storage::ItemKind kind;
    uint32_t ordinal;
    ItemActor next;  // whom to mark next
  };
  Vectors(Options options, const Catalog* catalog, const EngagementView* engagement);

  const embeddings::CodeTable& codes(storage::ItemKind kind) const {
    return kind == storage::ITEM_ACCOUNT ? profile_codes_ : resource_codes_;
  }
  bool IsHushed(storage::ItemKind kind, uint32_t ordinal) const;
  ItemVectors& Items(storage::ItemKind kind) { return kind == storage::ITEM_POST ? *posts_ : *resources_; }
  // True when something has changed.
  bool Put(storage::ItemKind kind, uint32_t ordinal, absl::Span<const storage::VectorRecord> fields);
  bool Hold(storage::ItemKind kind, uint32_t ordinal, absl::Span<const float> vector);
  void Place(storage::ItemKind kind, uint32_t ordinal, bool author_changed);
  void NoticeTurn(AccountOrdinal account);
  void Stir(storage::ItemKind kind, uint32_t ordinal);
  int MarkSomeEngagers();
  int Refresh(const RefreshQueue::Stale& stale);
  bool SettleFor(int work);

  std::vector<Act> ActsOf(AccountOrdinal account, int* work) const;
  void AddUses(AccountOrdinal account, std::vector<Act>* acts, int* work) const;
  bool IsNewer(const Act& a, const Act& b) const;
  absl::string_view IdOf(const Act& act) const;
  std::vector<float> MixOf(AccountOrdinal account, int* work) const;
  bool HasDrifted(absl::Span<const float> row, absl::Span<const float> profile) const;

  const Options options_;
  const Catalog& catalog_;
  const EngagementView& engagement_;
  std::unique_ptr<embeddings::VectorIndex> accounts_;
  std::unique_ptr<ItemVectors> posts_, resources_;
  RowTable stated_;                                       // by account: what its own texts say
  RowTable profiles_;                                     // by account
  embeddings::CodeTable profile_codes_, resource_codes_;  // what may be ranked, once more: by account, by resource
  std::vector<uint8_t> hushed_;                           // by account, 0 or 1: to notice who turns
  RefreshQueue stale_;
  std::deque<Stirred> stirred_;
  std::vector<bool> is_stirred_[4];  // indexed by storage::ItemKind, then ordinal: waits in stirred_, not begun
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_VECTORS_H_
