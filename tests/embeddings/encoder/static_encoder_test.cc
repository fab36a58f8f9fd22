#include "embeddings/encoder/static_encoder.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"
#include "tests/embeddings/encoder/static_encoding.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom::embeddings {
namespace {

using ::testing::HasSubstr;
using Vector = std::vector<float>;

StaticEncoding SmallModel() {
  return StaticEncoding(DrawPieces(
      {"teach", "##er", "##s", "fractions", "on", "a", "number", "line", "#mathchat", "math", "chat", "👍"}));
}

// Σ scale · row over pieces by their number, one by one, then divided by the norm.
Vector PlainEncoding(const std::vector<WrittenPiece>& pieces, const std::vector<size_t>& numbers) {
  std::vector<int64_t> sums(kDimensions, 0);
  for (size_t number : numbers) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += int64_t{pieces[number].scale} * pieces[number].row[i];
  }
  double squares = 0;
  for (int64_t sum : sums) squares += static_cast<double>(sum) * static_cast<double>(sum);
  Vector vector;
  for (int64_t sum : sums) vector.push_back(static_cast<float>(static_cast<double>(sum) / std::sqrt(squares)));
  return vector;
}

// The hashing encoder's vector folded into the second half.
Vector Folded(absl::string_view text, TextKind kind = TextKind::kProse) {
  const Vector hashed = Encode(text, kind);
  Vector folded(kDimensions, 0.0f);
  double squares = 0;
  for (size_t i = 0; i < 128; ++i) squares += std::pow(static_cast<double>(hashed[i]) + hashed[128 + i], 2);
  for (size_t i = 0; i < 128 && squares > 0; ++i) {
    folded[128 + i] = static_cast<float>((static_cast<double>(hashed[i]) + hashed[128 + i]) / std::sqrt(squares));
  }
  return folded;
}

void ExpectNear(const Vector& actual, const Vector& expected, absl::string_view text) {
  for (size_t i = 0; i < actual.size(); ++i) ASSERT_NEAR(actual[i], expected[i], 1e-6) << text << ", element " << i;
}

TEST(StaticEncoder, AddsUpThePiecesOfAText) {
  const StaticEncoding model = SmallModel();
  EXPECT_EQ(model.Encode("Fractions on a number line"), PlainEncoding(model.pieces(), {3, 4, 5, 6, 7}));
  EXPECT_EQ(model.Encode("teachers, teachers!"), PlainEncoding(model.pieces(), {0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(model.Encode("#MathChat 👍🏽"), PlainEncoding(model.pieces(), {8, 9, 10, 11}));
}

TEST(StaticEncoder, DoesNotCareAboutOrderOrKind) {
  const StaticEncoding model = SmallModel();
  const Vector vector = model.Encode("fractions on a line");
  EXPECT_EQ(model.Encode("a line on fractions"), vector);
  EXPECT_EQ(model.Encode("fractions on a line", TextKind::kTitle), vector);
  EXPECT_EQ(model.Encode("fractions on a line", TextKind::kKeywords), vector);
}

TEST(StaticEncoder, AddsUpMorePiecesThanFitIntoOneSum) {
  const StaticEncoding model = SmallModel();
  std::string text;
  std::vector<size_t> numbers;
  for (int i = 0; i < 1500; ++i) {
    text += i % 3 == 0 ? "math " : "chat ";
    numbers.push_back(i % 3 == 0 ? 9 : 10);
  }
  EXPECT_EQ(model.Encode(text), PlainEncoding(model.pieces(), numbers));
}

TEST(StaticEncoder, ReadsATextOfWhichHalfIsKnown) {
  const StaticEncoding model = SmallModel();
  EXPECT_EQ(model.Encode("math zzz"), PlainEncoding(model.pieces(), {9}));
  EXPECT_EQ(model.Encode("math 数学"), PlainEncoding(model.pieces(), {9}));
}

TEST(StaticEncoder, FallsBackWhereMoreIsUnknownThanKnown) {
  const StaticEncoding model = SmallModel();
  for (absl::string_view text : {"math zzz yyy", "photosynthesis", "math 数学の", "שלום מורים", "👎", "#zzz", "学"}) {
    ExpectNear(model.Encode(text), Folded(text), text);
  }
  ExpectNear(model.Encode("the zzz", TextKind::kTitle), Folded("the zzz", TextKind::kTitle), "a title");
}

TEST(StaticEncoder, FallsBackWhereThePiecesCancelOut) {
  std::vector<WrittenPiece> pieces(2);
  pieces[0] = {.text = "yes", .scale = 2, .row = std::vector<int8_t>(kDimensions, 3)};
  pieces[1] = {.text = "no", .scale = 3, .row = std::vector<int8_t>(kDimensions, -2)};
  const StaticEncoding model(pieces);
  ExpectNear(model.Encode("yes no"), Folded("yes no"), "yes no");
}

TEST(StaticEncoder, GivesZerosOnlyWhereThereIsNoToken) {
  const StaticEncoding model = SmallModel();
  for (absl::string_view text : {"", "   ", "?!", "https://example.org", "@name", "\xFF\xFE"}) {
    EXPECT_EQ(model.Encode(text), Vector(kDimensions, 0.0f)) << text;
  }
}

// Of two emoji that the model does not know, one in some hundred pairs hashes to i and 128 + i with opposite signs.
TEST(StaticEncoder, GivesAUnitVectorThoughTheFallbackCancelsOut) {
  const StaticEncoding model = SmallModel();
  int cancelled = 0;
  for (char last = '\x80'; last < '\xBF'; ++last) {
    for (char other = '\x80'; other < '\xBF'; ++other) {
      const std::string text = std::string("\xF0\x9F\x90") + last + "\xF0\x9F\x8D" + other;
      if (SumOfSquares(Encode(text)) == 0) continue;
      EXPECT_NEAR(SumOfSquares(model.Encode(text)), 1.0, 1e-5) << text;
      cancelled += SumOfSquares(Folded(text)) == 0 ? 1 : 0;
    }
  }
  EXPECT_GT(cancelled, 0);
}

TEST(StaticEncoder, GivesOneAnswerToManyThreads) {
  const StaticEncoding model = SmallModel();
  const Vector known = model.Encode("teachers on fractions");
  const Vector unknown = model.Encode("שלום");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) {
        EXPECT_EQ(model.Encode("teachers on fractions"), known);
        EXPECT_EQ(model.Encode("שלום"), unknown);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(StaticEncoder, IsOpenedFromAFileAndNamesOneThatIsNone) {
  const TempDir dir;
  WriteFile(dir.Join("some.model"), WriteModel(DrawPieces({"math"}), "some-256-v7"));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Encoder> encoder, NewStaticEncoder(dir.Join("some.model")));
  EXPECT_THAT(std::string(encoder->model_id()), ::testing::MatchesRegex("some-256-v7-[0-9a-f]+"));
  EXPECT_EQ(encoder->dimensions(), 256);
  EXPECT_THAT(NewStaticEncoder(dir.Join("none")), StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.Join("none"))));
}

TEST(StaticEncoder, HasAnotherIdForEveryFileWhateverItCallsItself) {
  const TempDir dir;
  WriteFile(dir.Join("one.model"), WriteModel(DrawPieces({"math"}), "same-name"));
  WriteFile(dir.Join("other.model"), WriteModel(DrawPieces({"maths"}), "same-name"));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Encoder> one, NewStaticEncoder(dir.Join("one.model")));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Encoder> other, NewStaticEncoder(dir.Join("other.model")));
  EXPECT_NE(one->model_id(), other->model_id());
}

}  // namespace
}  // namespace staffroom::embeddings
