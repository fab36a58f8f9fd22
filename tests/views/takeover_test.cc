// Two sets of vectors in the views, and how they change places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "service/views/read_view.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/views/told_views.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A store that is served by "test"; the views are then made for "next".
storage::MemoryStore& ServedByTest(storage::MemoryStore& store) {
  storage::Meta meta;
  meta.models.serving = "test";
  storage::WriteBatch batch;
  storage::PutMeta(&batch, meta);
  EXPECT_TRUE(store.Write(batch).ok());
  return store;
}

Views::Options For(const std::string& model_id, size_t seal_at = 0) {
  Views::Options options = ToldViews::Exact();
  options.vectors.model_id = model_id;
  if (seal_at == 0) return options;
  options.vectors.index.exact_only = false;
  options.vectors.index.seal_at = seal_at;
  options.vectors.index.graph = {.degree = 4, .build_beam = 8};
  return options;
}

Change OfBoth(storage::ItemKind kind, uint32_t ordinal, float x, float y) {
  Change change = Vector(kind, ordinal, x, y);
  storage::VectorRecord& record = std::get<VectorsChanged>(change).vectors[0];
  const float other[] = {y, x};
  record.mutable_other()->set_model_id("next");
  record.mutable_other()->set_values(reinterpret_cast<const char*>(other), sizeof(other));
  return change;
}

Change Now(const std::string& serving, const std::string& coming = "", uint64_t operation = 0) {
  return ModelsChanged{{.serving = serving, .coming = coming, .operation = operation}};
}

class Takeover : public ::testing::Test {
 protected:
  explicit Takeover(size_t seal_at = 0) : views_(For("next", seal_at)) {
    EXPECT_TRUE(views_->Load(*ServedByTest(store_).TakeSnapshot(), 0).ok());
  }
  std::string Serving() {
    std::string serving;
    views_->Read([&](const ReadView& view) { serving = std::string(view.vectors.model_id()); });
    return serving;
  }
  bool HasComing() {
    for (const Views::Size& size : views_->Sizes()) {
      if (size.name == "coming_vectors") return true;
    }
    return false;
  }

  storage::MemoryStore store_;
  ToldViews views_;
};

TEST_F(Takeover, ReadersSeeTheServingModelUntilTheBatchInWhichTheOtherIsInstalled) {
  views_.Apply({Now("test", "next", 1), Account(1), OfBoth(storage::ITEM_ACCOUNT, 1, 1, 0)});
  EXPECT_EQ(Serving(), "test");
  EXPECT_THAT(views_.Profile(1), ElementsAre(1, 0));
  // What comes behind it in the same batch belongs to both.
  views_.Apply({Now("next"), Account(2), OfBoth(storage::ITEM_ACCOUNT, 2, 1, 0)});
  EXPECT_EQ(Serving(), "next");
  EXPECT_THAT(views_.Profile(1), ElementsAre(0, 1));
  EXPECT_THAT(views_.Profile(2), ElementsAre(0, 1));
  EXPECT_FALSE(HasComing());
}

TEST_F(Takeover, LetsGoOfTheComingOneWhenItIsGivenUp) {
  EXPECT_TRUE(HasComing());
  views_.Apply({Now("test", "next", 1)});
  EXPECT_TRUE(HasComing());
  views_.Apply({Now("test")});
  EXPECT_FALSE(HasComing());
  EXPECT_EQ(Serving(), "test");
}

TEST_F(Takeover, IsReadSettledAndBuiltMeanwhile) {
  views_.Apply({Now("test", "next", 1), Resource(1)});
  std::vector<Change> told;
  for (uint32_t account = 1; account <= 2'000; ++account) {
    told.push_back(Account(account));
    told.push_back(Did(account, storage::SAVE, 1, 1'000));
  }
  views_.Apply(told);
  views_.Apply({OfBoth(storage::ITEM_RESOURCE, 1, 1, 0)});
  bool is_behind = false;
  for (int i = 0; i < 1'000 && !views_->SettleSome(); ++i) is_behind = true;
  EXPECT_TRUE(is_behind) << "nothing was left for the settler";
  views_.Apply({Now("next")});
  EXPECT_TRUE(views_.IsSettled());
  EXPECT_THAT(views_.Profile(2'000), ElementsAre(0, 1)) << "the coming one's profiles were settled too";
}

class BuiltTakeover : public Takeover {
 protected:
  BuiltTakeover() : Takeover(/*seal_at=*/50) {}
};

// What is being built when its vectors cease to serve must not be moved into what is gone. AddressSanitizer is the judge.
TEST_F(BuiltTakeover, MayHappenWhileASegmentIsBuilt) {
  views_.Apply({Now("test", "next", 1)});
  std::vector<Change> resources;
  for (uint32_t i = 1; i <= 3'000; ++i) {
    resources.push_back(Resource(i));
    const float angle = static_cast<float>(i) / 2'000;
    resources.push_back(OfBoth(storage::ITEM_RESOURCE, i, std::cos(angle), std::sin(angle)));
  }
  views_.Apply(resources);
  std::atomic<bool> stop = false;
  std::thread builder([&] {
    while (!stop) EXPECT_TRUE(views_->BuildSegment(stop).ok());
  });
  std::thread reader([&] {
    while (!stop) {
      views_->Read([](const ReadView& view) {
        EXPECT_EQ(view.vectors.resources().Search(std::vector<float>{1, 0}, {.count = 5}).size(), 5u);
      });
    }
  });
  views_.Apply({Now("next")});
  const auto has_graph = [&] {
    bool has = false;
    views_->Read([&](const ReadView& view) { has = view.vectors.resources().stats().graphs > 0; });
    return has;
  };
  while (!has_graph()) std::this_thread::yield();
  stop = true;
  builder.join();
  reader.join();
  EXPECT_EQ(Serving(), "next");
  views_->Read([](const ReadView& view) { EXPECT_EQ(view.vectors.resources().size(), 3'000u); });
}

// A store from before it said who serves.
TEST(TakeoverOfAnOlderStore, ServesTheModelOfItsVectors) {
  storage::MemoryStore store;
  storage::WriteBatch batch;
  storage::PutMeta(&batch, storage::Meta());
  storage::VectorRecord vector;
  vector.set_field(storage::TITLE);
  vector.set_model_id("older");
  const float values[] = {1, 0};
  vector.set_values(reinterpret_cast<const char*>(values), sizeof(values));
  storage::PutVector(&batch, {storage::ITEM_RESOURCE, 1}, vector);
  ASSERT_TRUE(store.Write(batch).ok());
  ToldViews views(For("next"));
  ASSERT_TRUE(views->Load(*store.TakeSnapshot(), 0).ok());
  views->Read([](const ReadView& view) {
    EXPECT_EQ(view.vectors.model_id(), "older");
    EXPECT_FALSE(view.vectors.Of(ResourceOrdinal(1)).empty());
  });
}

}  // namespace
}  // namespace staffroom
