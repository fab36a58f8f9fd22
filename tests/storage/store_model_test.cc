#include <array>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "storage/key_range.h"
#include "storage/memory_store.h"
#include "tests/storage/rocksdb_fixture.h"

// The stores against the simplest thing that could be right: a std::map per family, copied for every snapshot.
// A thousand random steps a seed and more; a failure names the seed and the step. RocksDB runs with write buffers so small
// that tables are written and merged all along, and is closed and opened again in the middle.
namespace staffroom::storage {
namespace {

using Model = std::array<std::map<std::string, std::string>, kFamilyCount>;
using Entries = std::vector<std::pair<std::string, std::string>>;

constexpr Family kFamilies[] = {Family::kIds, Family::kEdges, Family::kEdgesByTarget, Family::kEvents};

// Few enough keys that steps meet, with the bytes at which prefixes end and successors carry over.
std::string RandomKey(std::mt19937_64& random, Family family) {
  static const std::string kBytes("\x00\x01\x7f\x80\xfe\xff", 6);
  const size_t prefix = ScanPrefixBytes(family);
  const size_t length = prefix + absl::Uniform<size_t>(random, 0, 3);
  std::string key;
  for (size_t i = 0; i < length; ++i) {
    // Most of a prefix stands still, or no two steps would meet in one.
    key.push_back(i + 2 < prefix ? kBytes[i % 2 == 0 ? 0 : 5]
                                 : kBytes[absl::Uniform<size_t>(random, 0, kBytes.size())]);
  }
  return key;
}

Entries EntriesOf(const Model& model, Family family, const KeyRange& range) {
  Entries entries;
  for (const auto& [key, value] : model[static_cast<size_t>(family)]) {
    if (key >= range.first && (range.past_last.empty() || key < range.past_last)) entries.emplace_back(key, value);
  }
  return entries;
}

Entries EntriesOf(const Snapshot& snapshot, Family family, const KeyRange& range) {
  Entries entries;
  const auto it = snapshot.Scan(family, range.first, range.past_last);
  for (; it->Valid(); it->Next()) entries.emplace_back(it->key(), it->value());
  EXPECT_THAT(it->status(), IsOk());
  return entries;
}

KeyRange RandomRange(std::mt19937_64& random, Family family) {
  const std::string key = RandomKey(random, family);
  switch (absl::Uniform(random, 0, 4)) {
    case 0:
      return {};
    case 1:
      return {key, RandomKey(random, family)};  // any two keys, reversed too
    case 2:
      return {key, ""};
    default:
      return PrefixRange(key.substr(0, std::max<size_t>(1, ScanPrefixBytes(family))));
  }
}

class Walk {
 public:
  explicit Walk(int seed) : random_(static_cast<uint64_t>(seed)) {}

  void WriteSome(Store* store) {
    WriteBatch batch;
    for (int operations = absl::Uniform(random_, 0, 8); operations > 0; --operations) {
      const Family family = kFamilies[absl::Uniform<size_t>(random_, 0, std::size(kFamilies))];
      const std::string key = RandomKey(random_, family);
      auto& entries = model_[static_cast<size_t>(family)];
      if (absl::Bernoulli(random_, 0.3)) {
        batch.Delete(family, key);
        entries.erase(key);
      } else {
        const std::string value(absl::Uniform<size_t>(random_, 0, 3000), static_cast<char>('a' + operations));
        batch.Put(family, key, value);
        entries[key] = value;
      }
    }
    ASSERT_THAT(store->Write(batch), IsOk());
  }

  void KeepSnapshot(const Store& store) { snapshots_.emplace_back(store.TakeSnapshot(), model_); }
  void DropSnapshot() {
    if (snapshots_.empty()) return;
    snapshots_.erase(snapshots_.begin() + absl::Uniform<size_t>(random_, 0, snapshots_.size()));
  }
  void DropAllSnapshots() { snapshots_.clear(); }

  void CheckAll(const Store& store) {
    Check(*store.TakeSnapshot(), model_);
    for (const auto& [snapshot, model] : snapshots_) Check(*snapshot, model);
  }

  int Step() { return absl::Uniform(random_, 0, 100); }

 private:
  void Check(const Snapshot& snapshot, const Model& model) {
    for (const Family family : kFamilies) {
      const KeyRange range = RandomRange(random_, family);
      ASSERT_EQ(EntriesOf(snapshot, family, range), EntriesOf(model, family, range)) << FamilyName(family);
      const std::string key = RandomKey(random_, family);
      const auto& entries = model[static_cast<size_t>(family)];
      const auto found = entries.find(key);
      const auto expected = found == entries.end() ? absl::optional<std::string>() : found->second;
      ASSERT_THAT(snapshot.Get(family, key), IsOkAndHolds(expected));
      ASSERT_THAT(snapshot.MultiGet({{family, key}}), IsOkAndHolds(::testing::ElementsAre(expected)));
    }
  }

  std::mt19937_64 random_;
  Model model_;
  std::vector<std::pair<std::unique_ptr<Snapshot>, Model>> snapshots_;
};

// `reopen` gets the store and gives it back, the same or another over the same data.
template <typename Reopen>
void RunWalk(int seed, int steps, std::unique_ptr<Store> store, Reopen reopen) {
  Walk walk(seed);
  for (int step = 0; step < steps; ++step) {
    SCOPED_TRACE(absl::StrCat("seed ", seed, ", step ", step));
    const int kind = walk.Step();
    if (kind < 60) {
      walk.WriteSome(store.get());
    } else if (kind < 65) {
      walk.KeepSnapshot(*store);
    } else if (kind < 70) {
      walk.DropSnapshot();
    } else if (kind < 71) {
      walk.DropAllSnapshots();
      store = reopen(std::move(store));
    } else {
      walk.CheckAll(*store);
    }
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(MemoryStoreModel, AgreesWithAMapOverRandomSteps) {
  for (int seed = 1; seed <= 3; ++seed) {
    RunWalk(seed, 1000, std::make_unique<MemoryStore>(), [](std::unique_ptr<Store> store) { return store; });
  }
}

using RocksDbStoreModel = RocksDbFixture;

TEST_F(RocksDbStoreModel, AgreesWithAMapOverRandomStepsAndReopenings) {
  int reopenings = 0;
  for (int seed = 1; seed <= 2; ++seed) {
    auto options = OptionsOf(absl::StrCat(dir(), "/", seed));
    options.relaxed_sync = true;  // the walk is about contents; syncs would only slow it
    options.write_buffer_bytes = size_t{256} << 10;
    const auto open = [&]() -> std::unique_ptr<Store> {
      auto store = RocksDbStore::Open(options);
      EXPECT_THAT(store, IsOk());
      return *std::move(store);
    };
    RunWalk(seed, 1500, open(), [&](std::unique_ptr<Store> store) {
      store.reset();
      ++reopenings;
      return open();
    });
  }
  EXPECT_GT(reopenings, 10);
}

}  // namespace
}  // namespace staffroom::storage
