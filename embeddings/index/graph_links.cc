#include "embeddings/index/graph_links.h"

#include <faiss/impl/HNSW.h>

#include <algorithm>
#include <utility>

namespace staffroom::embeddings {
namespace {

using IsEnough = GraphLinks::IsEnough;

// One place of a beam: 8 bytes, so that keeping them sorted moves little.
struct Place {
  float estimate;
  uint32_t node : 31;
  uint32_t is_done : 1;  // its neighbours were looked at
};

bool IsAbove(const Place& a, const Place& b) {
  if (a.estimate != b.estimate) return a.estimate > b.estimate;
  return a.node < b.node;
}

// The best places seen so far, sorted.
class Beam {
 public:
  explicit Beam(size_t width) : width_(width) { places_.reserve(width + 1); }

  void Offer(uint32_t node, float estimate) {
    const Place place{estimate, node, 0};
    if (places_.size() == width_) {
      if (!IsAbove(place, places_.back())) return;
      places_.pop_back();
    }
    const auto at = std::upper_bound(places_.begin(), places_.end(), place, IsAbove);
    next_ = std::min(next_, static_cast<size_t>(at - places_.begin()));
    places_.insert(at, place);
  }

  // The best node that was not handed out yet; false when there is none, or what was found is enough.
  bool Next(IsEnough is_enough, uint32_t* node) {
    while (next_ < places_.size() && places_[next_].is_done) ++next_;
    if (next_ == places_.size() || is_enough(next_, places_[next_].estimate)) return false;
    places_[next_].is_done = 1;
    *node = places_[next_].node;
    return true;
  }

  std::vector<uint32_t> Nodes() const {
    std::vector<uint32_t> nodes;
    nodes.reserve(places_.size());
    for (const Place& place : places_) nodes.push_back(place.node);
    return nodes;
  }

 private:
  const size_t width_;
  size_t next_ = 0;  // every place before it is done
  std::vector<Place> places_;
};

// A bit a node: cheaper to clear, a million nodes in microseconds, than to share between threads.
class VisitedNodes {
 public:
  explicit VisitedNodes(size_t nodes) : words_((nodes + 63) / 64) {}

  // Whether it is the first time.
  bool Visit(uint32_t node) {
    uint64_t& word = words_[node / 64];
    const uint64_t bit = uint64_t{1} << (node % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace

// One walk.
class GraphLinks::Walker {
 public:
  Walker(const GraphLinks& links, const RowBlock& rows, const IndexQuery& query)
      : links_(links), rows_(rows), query_(query) {}

  // The node nearest to the query that a descent without a beam finds.
  uint32_t Descend() const {
    uint32_t best = links_.entry_;
    float best_estimate = Estimate(best);
    for (int layer = links_.top_layer_; layer > 0; --layer) {
      for (bool moved = true; moved;) {
        moved = false;
        for (const uint32_t node : links_.Upper(best, layer)) {
          const float estimate = Estimate(node);
          if (estimate <= best_estimate) continue;
          best = node;
          best_estimate = estimate;
          moved = true;
        }
      }
    }
    return best;
  }

  std::vector<uint32_t> Spread(uint32_t from, size_t width, IsEnough is_enough) const {
    Beam beam(width);
    VisitedNodes visited(links_.nodes());
    visited.Visit(from);
    beam.Offer(from, Estimate(from));
    std::vector<uint32_t> seen;
    for (uint32_t node; beam.Next(is_enough, &node);) {
      seen.clear();
      for (const uint32_t neighbour : links_.Lowest(node)) {
        if (!visited.Visit(neighbour)) continue;
        rows_.PrefetchCodes(links_.slots_[neighbour]);
        seen.push_back(neighbour);
      }
      for (const uint32_t neighbour : seen) beam.Offer(neighbour, Estimate(neighbour));
    }
    return beam.Nodes();
  }

 private:
  float Estimate(uint32_t node) const {
    const uint32_t slot = links_.slots_[node];
    return query_.Estimate(rows_.codes(slot), rows_.shape(slot));
  }

  const GraphLinks& links_;
  const RowBlock& rows_;
  const IndexQuery& query_;
};

GraphLinks::GraphLinks(const faiss::HNSW& built, std::vector<uint32_t> slots) : slots_(std::move(slots)) {
  lowest_degree_ = static_cast<size_t>(built.nb_neighbors(0));
  upper_degree_ = static_cast<size_t>(built.nb_neighbors(1));
  lowest_.reserve(nodes() * lowest_degree_);
  upper_begin_.reserve(nodes() + 1);
  const auto copy = [&](uint32_t node, int layer, std::vector<uint32_t>* to) {
    size_t begin, end;
    built.neighbor_range(node, layer, &begin, &end);
    for (size_t i = begin; i < end; ++i) {
      const faiss::HNSW::storage_idx_t link = built.neighbors[i];
      to->push_back(link < 0 ? node : static_cast<uint32_t>(link));
    }
  };
  for (uint32_t node = 0; node < nodes(); ++node) {
    copy(node, 0, &lowest_);
    upper_begin_.push_back(static_cast<uint32_t>(upper_.size() / upper_degree_));
    for (int layer = 1; layer < built.levels[node]; ++layer) copy(node, layer, &upper_);
  }
  upper_begin_.push_back(static_cast<uint32_t>(upper_.size() / upper_degree_));
  upper_.shrink_to_fit();
  entry_ = static_cast<uint32_t>(built.entry_point);
  top_layer_ = built.max_level;
}

absl::Span<const uint32_t> GraphLinks::Upper(uint32_t node, int layer) const {
  const uint32_t at = upper_begin_[node] + static_cast<uint32_t>(layer - 1);
  if (at >= upper_begin_[node + 1]) return {};
  return {upper_.data() + at * upper_degree_, upper_degree_};
}

size_t GraphLinks::bytes() const {
  return (slots_.capacity() + lowest_.capacity() + upper_begin_.capacity() + upper_.capacity()) * sizeof(uint32_t);
}

std::vector<uint32_t> GraphLinks::Walk(const RowBlock& rows, const IndexQuery& query, size_t width,
                                       IsEnough is_enough) const {
  const Walker walker(*this, rows, query);
  return walker.Spread(walker.Descend(), std::min(width, nodes()), is_enough);
}

}  // namespace staffroom::embeddings
