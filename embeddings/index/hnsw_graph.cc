#include "embeddings/index/hnsw_graph.h"

#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/DistanceComputer.h>
#include <faiss/impl/HNSW.h>
#include <faiss/utils/random.h>
#include <omp.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "embeddings/index/library_errors.h"
#include "embeddings/kernels/dot.h"

namespace staffroom::embeddings {
namespace {

using FaissId = faiss::Index::idx_t;

// Distances of nodes to one query: inner products of their rows, negated.
class NodeDistances final : public faiss::DistanceComputer {
 public:
  NodeDistances(const RowBlock& rows, const DistinctRows& distinct)
      : rows_(rows), distinct_(distinct), dot_(BestDot()) {}

  void set_query(const float* query) override { query_ = query; }
  float operator()(FaissId node) override { return Distance(query_, Row(node)); }
  float symmetric_dis(FaissId a, FaissId b) override { return Distance(Row(a), Row(b)); }

  const float* Row(FaissId node) const { return rows_.row(distinct_.slots(static_cast<size_t>(node)).front()); }

 private:
  float Distance(const float* a, const float* b) const { return -dot_(a, b, rows_.dimensions()); }

  const RowBlock& rows_;
  const DistinctRows& distinct_;
  const DotFunction dot_;
  const float* query_ = nullptr;
};

// FAISS locks each node it links, for builds on many threads. This build has one: background work must not take the
// cores of requests, and links made by racing threads differ from run to run.
class NodeLocks {
 public:
  explicit NodeLocks(size_t count) : locks_(count) {
    for (omp_lock_t& lock : locks_) omp_init_lock(&lock);
  }
  ~NodeLocks() {
    for (omp_lock_t& lock : locks_) omp_destroy_lock(&lock);
  }
  NodeLocks(const NodeLocks&) = delete;
  NodeLocks& operator=(const NodeLocks&) = delete;

  std::vector<omp_lock_t>& locks() { return locks_; }

 private:
  std::vector<omp_lock_t> locks_;
};

// Nodes by falling layer, shuffled within a layer: neighbours in time are often neighbours in direction, and a graph
// that grows along a line is a worse one.
std::vector<int> InsertionOrder(const std::vector<int>& layers) {
  constexpr int64_t kSeed = 789;
  std::vector<int> shuffled(layers.size());
  faiss::rand_perm(shuffled.data(), shuffled.size(), kSeed);
  const int top = *std::max_element(layers.begin(), layers.end());
  std::vector<int> order;
  order.reserve(layers.size());
  for (int layer = top; layer > 0; --layer) {
    std::copy_if(shuffled.begin(), shuffled.end(), std::back_inserter(order),
                 [&layers, layer](int node) { return layers[node] == layer; });
  }
  return order;
}

absl::StatusOr<faiss::HNSW> Link(const RowBlock& rows, const DistinctRows& distinct, const GraphOptions& options,
                                 ShouldStop should_stop) {
  const size_t nodes = distinct.size();
  faiss::HNSW built(options.degree);
  built.efConstruction = options.build_beam;
  built.prepare_level_tab(nodes);
  NodeDistances distances(rows, distinct);
  NodeLocks locks(nodes);
  faiss::VisitedTable visited(static_cast<int>(nodes));
  for (int node : InsertionOrder(built.levels)) {
    if (should_stop()) return absl::CancelledError("vector index: the build was told to stop");
    distances.set_query(distances.Row(node));
    built.add_with_locks(distances, built.levels[node] - 1, node, locks.locks(), visited);
  }
  return built;
}

std::vector<uint32_t> FirstSlots(const DistinctRows& distinct) {
  std::vector<uint32_t> slots(distinct.size());
  for (size_t node = 0; node < slots.size(); ++node) slots[node] = distinct.slots(node).front();
  return slots;
}

}  // namespace

HnswGraph::HnswGraph(std::shared_ptr<const RowBlock> rows, DistinctRows distinct, GraphLinks links)
    : rows_(std::move(rows)), distinct_(std::move(distinct)), links_(std::move(links)) {}

absl::StatusOr<std::shared_ptr<const HnswGraph>> HnswGraph::Build(std::shared_ptr<const RowBlock> rows,
                                                                  const GraphOptions& options, ShouldStop should_stop) {
  return CatchingLibraryErrors([&]() -> absl::StatusOr<std::shared_ptr<const HnswGraph>> {
    DistinctRows distinct(*rows);
    const absl::StatusOr<faiss::HNSW> built = Link(*rows, distinct, options, should_stop);
    if (!built.ok()) return built.status();
    GraphLinks links(*built, FirstSlots(distinct));
    return std::shared_ptr<const HnswGraph>(new HnswGraph(std::move(rows), std::move(distinct), std::move(links)));
  });
}

absl::StatusOr<std::vector<uint32_t>> HnswGraph::Walk(const IndexQuery& query, size_t beam,
                                                      GraphLinks::IsEnough is_enough) const {
  return CatchingLibraryErrors([&]() -> absl::StatusOr<std::vector<uint32_t>> {
    std::vector<uint32_t> found;
    for (const uint32_t node : links_.Walk(*rows_, query, beam, is_enough)) {
      const absl::Span<const uint32_t> slots = distinct_.slots(node);
      found.insert(found.end(), slots.begin(), slots.end());
    }
    return found;
  });
}

}  // namespace staffroom::embeddings
