#ifndef STAFFROOM_TESTS_VIEWS_TOLD_VIEWS_H_
#define STAFFROOM_TESTS_VIEWS_TOLD_VIEWS_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "service/engine/change.h"
#include "service/views/views.h"
#include "storage/records.pb.h"

namespace staffroom {

// Views that a test hands its batches of changes itself, by ordinal, so that it sees what one batch does. Vectors of two
// dimensions.
class ToldViews {
 public:
  static Views::Options Exact() {
    Views::Options options;
    options.vectors.index.dimensions = 2;
    options.vectors.index.exact_only = true;
    options.vectors.model_id = "test";
    return options;
  }
  explicit ToldViews(const Views::Options& options = Exact()) {
    absl::StatusOr<std::unique_ptr<Views>> views = Views::Create(options);
    if (!views.ok()) std::abort();
    views_ = *std::move(views);
  }

  Views& operator*() { return *views_; }
  Views* operator->() { return views_.get(); }
  void Apply(const std::vector<Change>& batch) { views_->Apply(batch, ++revision_); }
  void Settle() {
    while (!views_->SettleSome()) {
    }
  }
  std::vector<float> Profile(uint32_t account) const {
    std::vector<float> profile;
    views_->Read([&](const ReadView& view) {
      const absl::Span<const float> found = view.vectors.Profile(AccountOrdinal(account));
      profile.assign(found.begin(), found.end());
    });
    return profile;
  }
  bool IsSettled() const {
    bool settled = false;
    views_->Read([&](const ReadView& view) { settled = view.vectors.settled(); });
    return settled;
  }

 private:
  std::unique_ptr<Views> views_;
  uint64_t revision_ = 0;
};

inline Change Account(uint32_t ordinal, bool quiet = false) {
  AccountChanged change;
  change.record.set_ordinal(ordinal);
  change.record.set_id(absl::StrCat("a", ordinal));
  change.record.set_exposure(quiet ? storage::NOBODY : storage::EVERYBODY);
  change.record.set_follows_visibility(quiet ? storage::HIDDEN : storage::VISIBLE);
  return change;
}

inline Change Post(uint32_t ordinal, uint32_t author, uint32_t author_before = 0) {
  PostChanged change;
  change.record.set_ordinal(ordinal);
  change.record.set_id(absl::StrCat("p", ordinal));
  change.record.set_author(author);
  change.author_before = AccountOrdinal(author_before);
  return change;
}

inline Change Resource(uint32_t ordinal, uint32_t author = 0, uint32_t author_before = 0) {
  ResourceChanged change;
  change.record.set_ordinal(ordinal);
  change.record.set_id(absl::StrCat("r", ordinal));
  change.record.set_author(author);
  change.author_before = AccountOrdinal(author_before);
  return change;
}

inline Change Vector(storage::ItemKind kind, uint32_t ordinal, float x, float y) {
  const float values[] = {x, y};
  VectorsChanged change{kind, ordinal, {}};
  storage::VectorRecord& record = change.vectors.emplace_back();
  record.set_field(kind == storage::ITEM_POST       ? storage::TEXT
                   : kind == storage::ITEM_RESOURCE ? storage::TITLE
                                                    : storage::BIO);
  record.set_model_id("test");
  record.set_values(std::string(reinterpret_cast<const char*>(values), sizeof(values)));
  return change;
}

inline Change Did(uint32_t actor, storage::InteractionKind kind, uint32_t resource, int64_t time_s,
                  bool attributed = false) {
  InteractionChanged change;
  change.record.set_actor(actor);
  change.record.set_kind(kind);
  change.record.set_target_kind(storage::ITEM_RESOURCE);
  change.record.set_target(resource);
  change.record.set_event_time(time_s * 1'000'000);
  change.record.set_weight(1);
  change.record.set_attributed(attributed);
  return change;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_VIEWS_TOLD_VIEWS_H_
