#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

// Three pages and what is discounted away: a search costs about in proportion to how many it is asked for.
constexpr size_t kPages = 3;
constexpr size_t kCandidatesMin = 100;
constexpr size_t kCandidatesMax = 600;

size_t CandidatesFor(const Query& query) {
  return std::clamp(kPages * static_cast<size_t>(query.count), kCandidatesMin, kCandidatesMax);
}

// Each further search looks at an eighth of the ids of the one before.
constexpr int kBitsAStep = 3;
constexpr int kBitsMax = 24;

// What is nearest to the asker in what it is about: the vector index, searched around the asker's vector (its profile, or
// what a visitor said, pulled towards the examples of the request).
//
// Where the nearest are cut off, the index keeps whichever of equal neighbours it met first. Equal neighbours are common
// (everybody who ticked the same three boxes) and their order is that of arrival, so those that tie at the cut are left
// out; when they are nearly all, a sample of them is taken by hash of id, as small as it must be to come back whole.
class ContentNeighbours : public Source {
 public:
  absl::string_view name() const override { return "content_neighbours"; }
  bool needs_profile() const override { return true; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    if (asking.vector.empty()) return;
    const std::vector<embeddings::Neighbor> nearest = Search(asking, 0);
    if (nearest.empty()) return;
    const size_t count = CandidatesFor(asking.query);
    const bool whole = nearest.size() < count;
    const float cut = nearest.back().similarity;
    size_t proposed = 0;
    for (const embeddings::Neighbor& neighbor : nearest) {
      if (!whole && neighbor.similarity <= cut) break;
      candidates->Propose(neighbor.ordinal);
      ++proposed;
    }
    if (whole || proposed >= count / 2) return;
    for (int bits = kBitsAStep; bits <= kBitsMax; bits += kBitsAStep) {
      const std::vector<embeddings::Neighbor> sample = Search(asking, bits);
      if (sample.size() >= count) continue;
      for (const embeddings::Neighbor& neighbor : sample) {
        candidates->Propose(neighbor.ordinal);
      }
      return;
    }
  }

 private:
  // The nearest that may be proposed, of those whose id hashes to zero in its lowest `bits` bits.
  static std::vector<embeddings::Neighbor> Search(const Asking& asking, int bits) {
    const storage::ItemKind kind = asking.query.item_kind;
    const uint64_t mask = (uint64_t{1} << bits) - 1;
    const auto passes = [&](uint32_t ordinal) {
      const Item item(kind, ordinal);
      if (!MayPropose(asking, item)) return false;
      return bits == 0 || (RecordHash().Add(IdOf(asking.view, item)).Finish() & mask) == 0;
    };
    embeddings::SearchOptions options;
    options.count = static_cast<int>(CandidatesFor(asking.query));
    options.filter.emplace(passes);
    const embeddings::VectorIndex& index =
        kind == storage::ITEM_ACCOUNT ? asking.view.vectors.accounts() : asking.view.vectors.resources();
    return index.Search(asking.vector, options);
  }
};

}  // namespace

std::unique_ptr<Source> NewContentNeighbours() { return std::make_unique<ContentNeighbours>(); }

}  // namespace staffroom
