#include "storage/meta_io.h"

#include <string>

#include "storage/keys.h"
#include "storage/record_codec.h"
#include "tests/storage/io_fixture.h"

namespace staffroom::storage {

void PrintTo(const Meta& meta, std::ostream* os) {
  *os << "{epoch " << meta.epoch << ", revision " << meta.revision << ", next " << meta.next_account << " "
      << meta.next_post << " " << meta.next_resource << ", mutation_time " << meta.mutation_time << "}";
}

namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Optional;

using MetaIo = IoFixture;

const Meta kMeta = {.epoch = 0xfedcba9876543210,
                    .revision = 1ull << 40,
                    .next_account = 0xffffffff,
                    .next_post = 2,
                    .next_resource = 3,
                    .mutation_time = 1'700'000'000'000'000};

TEST_F(MetaIo, AFreshStoreHasNone) { EXPECT_THAT(GetMeta(Now()), IsOkAndHolds(IsNone())); }

TEST_F(MetaIo, OrdinalsBeginAtOneBecauseZeroIsNone) {
  EXPECT_EQ(Meta().next_account, 1u);
  EXPECT_EQ(Meta().next_post, 1u);
  EXPECT_EQ(Meta().next_resource, 1u);
}

TEST_F(MetaIo, GivesBackEveryPart) {
  Write([](WriteBatch* batch) { PutMeta(batch, kMeta); });
  EXPECT_THAT(GetMeta(Now()), IsOkAndHolds(Optional(kMeta)));
}

TEST_F(MetaIo, SaysWhoseVectorsAnswerOnceThatIsKnown) {
  Write([](WriteBatch* batch) { PutMeta(batch, kMeta); });
  const int without = EntriesIn(Family::kMeta);
  Meta meta = kMeta;
  meta.models = {.serving = "one", .coming = "other", .leftovers = true, .operation = 1ull << 40};
  Write([&](WriteBatch* batch) { PutMeta(batch, meta); });
  EXPECT_THAT(GetMeta(Now()), IsOkAndHolds(Optional(meta)));
  EXPECT_EQ(EntriesIn(Family::kMeta), without + 1) << "a store from before has no such entry";
  PutBytes(Family::kMeta, "models", "\xff");
  EXPECT_THAT(GetMeta(Now()), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(MetaIo, RefusesAnotherFormatByName) {
  Write([](WriteBatch* batch) { PutMeta(batch, kMeta); });
  PutBytes(Family::kMeta, "format", EncodeNumber(2));
  EXPECT_THAT(GetMeta(Now()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "the store has format 2; this program knows format 1"));
}

TEST_F(MetaIo, RefusesAMissingPartByName) {
  for (const char* part :
       {"format", "epoch", "revision", "next_account", "next_post", "next_resource", "mutation_time"}) {
    Write([](WriteBatch* batch) { PutMeta(batch, kMeta); });
    Write([&](WriteBatch* batch) { batch->Delete(Family::kMeta, part); });
    EXPECT_THAT(GetMeta(Now()),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("\"" + std::string(part) + "\" is missing")));
  }
}

TEST_F(MetaIo, RefusesAnOrdinalThatDoesNotFit) {
  Write([](WriteBatch* batch) { PutMeta(batch, kMeta); });
  PutBytes(Family::kMeta, "next_post", EncodeNumber(1ull << 32));
  EXPECT_THAT(GetMeta(Now()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("\"next_post\" is too large")));
}

}  // namespace
}  // namespace staffroom::storage
