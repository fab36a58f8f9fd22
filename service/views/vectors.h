#ifndef STAFFROOM_SERVICE_VIEWS_VECTORS_H_
#define STAFFROOM_SERVICE_VIEWS_VECTORS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/index/vector_index.h"
#include "service/base/ordinal.h"
#include "service/engine/view.h"
#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "storage/records.pb.h"

namespace staffroom {

// The vectors of posts, resources and accounts, and the indexes over them: derived approximately, never digested.
// What an account's vector is made of: profile_formula.h.
//
// Every account with profiling on has a profile (its own query); only those that could ever be shown (they exist, exposure
// is not NOBODY) are in the account index.
class Vectors : public View {
 public:
  struct Options {
    embeddings::VectorIndexOptions index;  // dimensions, sealing, exactness
    std::string model_id;                  // vectors of another model are left out
  };
  static absl::StatusOr<std::unique_ptr<Vectors>> Create(Options options, const Catalog* catalog,
                                                         const EngagementView* engagement);

  absl::string_view name() const override { return "vectors"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  void EndBatch() noexcept override;
  uint64_t Digest() const override { return 0; }
  int64_t Bytes() const override;

  // Unit vector of what the account is about, now; empty when nothing is known or profiling is off.
  absl::Span<const float> Profile(AccountOrdinal account) const;
  // Unit vector of a post or resource; empty when its text has no token.
  absl::Span<const float> Of(PostOrdinal post) const { return posts_->Find(post.value()); }
  absl::Span<const float> Of(ResourceOrdinal resource) const { return resources_->Find(resource.value()); }

  // By kind of item: what can be searched and compared.
  const embeddings::VectorIndex& index(storage::ItemKind kind) const {
    return kind == storage::ITEM_ACCOUNT ? *accounts_ : kind == storage::ITEM_POST ? *posts_ : *resources_;
  }
  const embeddings::VectorIndex& accounts() const { return *accounts_; }
  const embeddings::VectorIndex& posts() const { return *posts_; }
  const embeddings::VectorIndex& resources() const { return *resources_; }
  // For their owner, Views, which builds their segments.
  std::array<embeddings::VectorIndex*, 3> indexes() { return {accounts_.get(), posts_.get(), resources_.get()}; }
  int dimensions() const { return static_cast<int>(options_.index.dimensions); }
  absl::string_view model_id() const { return options_.model_id; }

 private:
  Vectors(Options options, const Catalog* catalog, const EngagementView* engagement);
  struct Act {
    absl::Span<const float> vector;
    uint32_t time_s;
    float weight;
  };
  void Put(storage::ItemKind kind, uint32_t ordinal, absl::Span<const storage::VectorRecord> fields);
  std::vector<Act> ActsOf(AccountOrdinal account) const;
  std::vector<float> MixOf(AccountOrdinal account) const;
  static void Keep(absl::Span<const float> vector, std::unique_ptr<float[]>& row);
  void MarkEngagers(storage::ItemKind kind, uint32_t ordinal);
  void MarkAudienceOf(AccountOrdinal author);
  void Mark(AccountOrdinal account);
  void Refresh(AccountOrdinal account);

  const Options options_;
  const Catalog& catalog_;
  const EngagementView& engagement_;
  std::unique_ptr<embeddings::VectorIndex> accounts_, posts_, resources_;
  std::vector<std::unique_ptr<float[]>> stated_;    // by account: what its own texts say; null = nothing
  std::vector<std::unique_ptr<float[]>> profiles_;  // by account; null = nothing
  std::vector<uint8_t> quiet_;                      // by account, 0 or 1: to notice who turns
  std::vector<uint32_t> stale_;                     // accounts whose profile EndBatch will compute again
  std::vector<bool> is_stale_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_VECTORS_H_
