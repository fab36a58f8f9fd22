#include "embeddings/index/hnsw_graph.h"

#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/DistanceComputer.h>
#include <faiss/impl/HNSW.h>
#include <faiss/utils/Heap.h>
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

}  // namespace

HnswGraph::HnswGraph(std::shared_ptr<const RowBlock> rows) : rows_(std::move(rows)), distinct_(*rows_) {}

HnswGraph::~HnswGraph() = default;

absl::StatusOr<std::shared_ptr<const HnswGraph>> HnswGraph::Build(std::shared_ptr<const RowBlock> rows,
                                                                  const GraphOptions& options) {
  return CatchingLibraryErrors([&]() -> absl::StatusOr<std::shared_ptr<const HnswGraph>> {
    std::shared_ptr<HnswGraph> graph(new HnswGraph(std::move(rows)));
    graph->Link(options);
    return std::shared_ptr<const HnswGraph>(std::move(graph));
  });
}

void HnswGraph::Link(const GraphOptions& options) {
  const size_t nodes = distinct_.size();
  links_ = std::make_unique<faiss::HNSW>(options.degree);
  links_->efConstruction = options.build_beam;
  links_->prepare_level_tab(nodes);
  NodeDistances distances(*rows_, distinct_);
  NodeLocks locks(nodes);
  faiss::VisitedTable visited(static_cast<int>(nodes));
  for (int node : InsertionOrder(links_->levels)) {
    distances.set_query(distances.Row(node));
    links_->add_with_locks(distances, links_->levels[node] - 1, node, locks.locks(), visited);
  }
}

absl::StatusOr<std::vector<uint32_t>> HnswGraph::Walk(const float* query, size_t beam) const {
  return CatchingLibraryErrors([&]() -> absl::StatusOr<std::vector<uint32_t>> {
    const size_t width = std::min(beam, distinct_.size());
    NodeDistances node_distances(*rows_, distinct_);
    node_distances.set_query(query);
    std::vector<float> distances(width);
    std::vector<FaissId> nodes(width);
    faiss::maxheap_heapify(width, distances.data(), nodes.data());  // fills nodes with -1
    faiss::VisitedTable visited(static_cast<int>(distinct_.size()));
    faiss::SearchParametersHNSW parameters;
    parameters.efSearch = static_cast<int>(width);
    links_->search(node_distances, static_cast<int>(width), nodes.data(), distances.data(), visited, &parameters);
    std::vector<uint32_t> found;
    found.reserve(width);
    for (FaissId node : nodes) {
      if (node < 0) continue;
      const absl::Span<const uint32_t> slots = distinct_.slots(static_cast<size_t>(node));
      found.insert(found.end(), slots.begin(), slots.end());
    }
    return found;
  });
}

size_t HnswGraph::bytes() const {
  return distinct_.bytes() + links_->neighbors.capacity() * sizeof(faiss::HNSW::storage_idx_t) +
         links_->offsets.capacity() * sizeof(size_t) + links_->levels.capacity() * sizeof(int);
}

}  // namespace staffroom::embeddings
