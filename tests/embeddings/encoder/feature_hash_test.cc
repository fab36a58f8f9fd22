#include "embeddings/encoder/feature_hash.h"

#include <array>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

uint64_t HashOf(FeatureClass feature_class, absl::string_view bytes) {
  FeatureHash hash(feature_class);
  hash.Add(bytes);
  return hash.Value();
}

TEST(FeatureHash, FinalisesAsMurmurHash3Does) {
  EXPECT_EQ(MixBits(0), 0u);
  EXPECT_EQ(MixBits(1), 0xB456BCFC34C2CB2Cu);  // published test value of fmix64
}

TEST(FeatureHash, ReadsTheSameWhileItRuns) {
  FeatureHash hash(FeatureClass::kCharacterNgram);
  hash.Add("tea");
  EXPECT_EQ(hash.Value(), HashOf(FeatureClass::kCharacterNgram, "tea"));
  hash.Add("ch");
  EXPECT_EQ(hash.Value(), HashOf(FeatureClass::kCharacterNgram, "teach"));
}

TEST(FeatureHash, KeepsClassesApart) {
  EXPECT_NE(HashOf(FeatureClass::kWord, "chat"), HashOf(FeatureClass::kHashtag, "chat"));
}

TEST(FeatureHash, TakesIntegersLeastSignificantByteFirst) {
  FeatureHash integer(FeatureClass::kWordPair);
  integer.AddInteger(0x0807060504030201u);
  EXPECT_EQ(integer.Value(), HashOf(FeatureClass::kWordPair, "\x01\x02\x03\x04\x05\x06\x07\x08"));
}

TEST(FeatureHash, SpreadsShortFeaturesOverAllCoordinatesAndBothSigns) {
  std::array<int, 512> counts = {};
  for (int a = 'a'; a <= 'z'; ++a) {
    for (int b = 'a'; b <= 'z'; ++b) {
      for (int c = 'a'; c <= 'z'; ++c) {
        const char letters[] = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c)};
        const uint64_t hash = HashOf(FeatureClass::kCharacterNgram, absl::string_view(letters, 3));
        ++counts[(hash & 0xFF) | ((hash >> 63) << 8)];
      }
    }
  }
  // 17,576 features in 512 cells: 34.3 each, standard deviation 5.9; six of them on either side.
  for (size_t cell = 0; cell < counts.size(); ++cell) {
    EXPECT_GT(counts[cell], 0) << "cell " << cell;
    EXPECT_LT(counts[cell], 70) << "cell " << cell;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
