// The index against a map that is searched by brute force, under long random histories of changes, searches and builds
// in every stage.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "embeddings/index/vector_index.h"
#include "gtest/gtest.h"
#include "tests/embeddings/index/index_testing.h"

namespace staffroom::embeddings {
namespace {

constexpr size_t kDimensionCount = 16;
constexpr uint32_t kOrdinals = 6000;

class Model {
 public:
  void Upsert(uint32_t ordinal, const Vector& vector) { rows_[ordinal] = vector; }
  void Remove(uint32_t ordinal) { rows_.erase(ordinal); }
  const std::map<uint32_t, Vector>& rows() const { return rows_; }

  std::vector<Neighbor> Search(const Vector& query, int count, OrdinalFilter filter) const {
    std::vector<Neighbor> neighbors;
    const DotFunction dot = BestDot();
    for (const auto& [ordinal, row] : rows_) {
      if (!filter(ordinal)) continue;
      const float product = dot(query.data(), row.data(), kDimensionCount);
      neighbors.push_back({ordinal, std::clamp(product, -1.0f, 1.0f)});
    }
    std::sort(neighbors.begin(), neighbors.end(), IsBetter);
    neighbors.resize(std::min(neighbors.size(), static_cast<size_t>(count)));
    return neighbors;
  }

 private:
  std::map<uint32_t, Vector> rows_;
};

// Drives index and model through one history.
class History {
 public:
  History(const VectorIndexOptions& options, uint32_t seed)
      : random_(seed), clusters_(60, kDimensionCount, random_), index_(NewIndex(options)) {}

  void Run(int steps) {
    for (int step = 0; step < steps && !testing::Test::HasFatalFailure(); ++step) {
      const uint32_t dice = random_() % 1000;
      if (dice < 780) {
        Upsert();
      } else if (dice < 940) {
        Remove();
      } else if (dice < 980) {
        AdvanceBuild();
      } else {
        CompareSearch();
      }
    }
    CompareRows();
  }

  double Recall() const { return static_cast<double>(found_) / static_cast<double>(expected_); }
  size_t merges() const { return merges_; }

 private:
  // Half of the changes hit a tenth of the ordinals, so that rows are superseded while they are being built.
  uint32_t AnyOrdinal() { return random_() % 2 == 0 ? random_() % kOrdinals : random_() % (kOrdinals / 10); }

  void Upsert() {
    const uint32_t ordinal = AnyOrdinal();
    const Vector vector = clusters_.Draw(random_);
    index_->Upsert(ordinal, vector);
    model_.Upsert(ordinal, vector);
  }

  void Remove() {
    const uint32_t ordinal = AnyOrdinal();
    index_->Remove(ordinal);
    model_.Remove(ordinal);
  }

  // One stage a call, so that changes fall between all of them.
  void AdvanceBuild() {
    if (finished_ != nullptr) {
      const size_t before = index_->stats().sealed_segments;
      if (index_->Install(*finished_, 150)) finished_.reset();
      if (index_->stats().sealed_segments < before) ++merges_;
    } else if (build_ != nullptr) {
      if (random_() % 10 == 0) {
        build_.reset();  // its owner gave up
      } else {
        finished_ = RunBuild(std::move(build_));
      }
    } else {
      build_ = index_->MaybeStartBuild();
    }
  }

  void CompareSearch() {
    constexpr uint32_t kPassPerMille[] = {1000, 500, 100, 10, 1};
    const uint32_t per_mille = kPassPerMille[random_() % 5];
    const auto filter = [per_mille](uint32_t ordinal) { return ordinal * 2654435761u % 1000 < per_mille; };
    const int count = 1 + static_cast<int>(random_() % 10);
    const Vector query = clusters_.Draw(random_);
    const std::vector<Neighbor> expected = model_.Search(query, count, filter);
    const std::vector<Neighbor> found = per_mille == 1000 ? index_->Search(query, {.count = count})
                                                          : index_->Search(query, {.count = count, .filter = filter});
    ASSERT_EQ(found.size(), expected.size()) << per_mille << " of a thousand pass";
    ASSERT_TRUE(std::is_sorted(found.begin(), found.end(), IsBetter));
    std::set<uint32_t> distinct;
    for (const Neighbor& neighbor : found) {
      ASSERT_TRUE(distinct.insert(neighbor.ordinal).second) << neighbor.ordinal << " twice";
      ASSERT_TRUE(filter(neighbor.ordinal)) << neighbor.ordinal;
      const auto row = model_.rows().find(neighbor.ordinal);
      ASSERT_NE(row, model_.rows().end()) << neighbor.ordinal << " was removed";
      const float product = BestDot()(query.data(), row->second.data(), kDimensionCount);
      ASSERT_EQ(neighbor.similarity, std::clamp(product, -1.0f, 1.0f)) << "an old version";
    }
    for (const Neighbor& neighbor : expected) found_ += distinct.count(neighbor.ordinal);
    expected_ += expected.size();
  }

  void CompareRows() {
    ASSERT_EQ(index_->size(), model_.rows().size());
    for (uint32_t ordinal = 0; ordinal < kOrdinals; ++ordinal) {
      const absl::Span<const float> row = index_->Find(ordinal);
      const auto expected = model_.rows().find(ordinal);
      if (expected == model_.rows().end()) {
        ASSERT_TRUE(row.empty()) << ordinal;
      } else {
        ASSERT_EQ(row, absl::MakeConstSpan(expected->second)) << ordinal;
      }
    }
  }

  std::mt19937 random_;
  const Clusters clusters_;
  const std::unique_ptr<VectorIndex> index_;
  Model model_;
  std::unique_ptr<SegmentBuild> build_;
  std::unique_ptr<FinishedBuild> finished_;
  size_t found_ = 0;
  size_t expected_ = 0;
  size_t merges_ = 0;
};

TEST(VectorIndexModel, EqualsBruteForceWhenExactOnly) {
  History history({.dimensions = kDimensionCount, .exact_only = true}, 1);
  history.Run(30000);
  EXPECT_EQ(history.Recall(), 1.0);
}

TEST(VectorIndexModel, EqualsBruteForceWhereSegmentsAreScanned) {
  History history({.dimensions = kDimensionCount, .seal_at = 200, .walk = {.beam = 10000}}, 2);
  history.Run(30000);
  EXPECT_EQ(history.Recall(), 1.0);
  EXPECT_GT(history.merges(), 3u);
}

TEST(VectorIndexModel, NeverErrsAndSeldomMissesWhereGraphsAreWalked) {
  History history({.dimensions = kDimensionCount,
                   .seal_at = 700,
                   .merge = {.max_segments = 2},
                   .walk = {.beam = 24, .place_cost = 0}},
                  3);
  history.Run(25000);
  EXPECT_GT(history.Recall(), 0.95);
  EXPECT_LT(history.Recall(), 1.0) << "no graph was walked: the test does not test what it says";
  EXPECT_GT(history.merges(), 3u);
}

}  // namespace
}  // namespace staffroom::embeddings
