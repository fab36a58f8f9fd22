// The encoder's bytes are a persisted format: vectors made by two processes meet in one index. A failure here means
// that what the encoder computes has changed: give it a new model id, or undo the change.
#include <cstdint>
#include <vector>

#include "embeddings/encoder/encoder.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"

namespace staffroom::embeddings {
namespace {

struct Golden {
  absl::string_view text;
  TextKind kind;
  uint64_t checksum;
};

TEST(HashingEncoderBytes, AreThoseOfModelHashing256V1) {
  EXPECT_EQ(NewHashingEncoder()->model_id(), "hashing-256-v1");
  const Golden goldens[] = {
      {"", TextKind::kProse, 0x51D88627DF287325u},
      {"teacher", TextKind::kProse, 0xDEDC689137BA4D56u},
      {"Fractions on a number line: what do your Ss notice? #MathChat", TextKind::kProse, 0x355AE20ECEC50C26u},
      {"Fractions on a number line: what do your Ss notice? #MathChat", TextKind::kTitle, 0x2459B1C766DFA330u},
      {"the physics of music, world war one", TextKind::kKeywords, 0x1F9D74324E36E5DDu},
      {"learn learn learn to learn", TextKind::kProse, 0x9994BBD98D973122u},
      {"数学の授業 👩‍🏫🇩🇪 학교 école हिन्दी שלום", TextKind::kProse,
       0x1505FDE2A511BC47u},
      {"broken \xFF\xC0\x80 bytes \xE2\x82", TextKind::kProse, 0x379E0D7581632FAAu},
  };
  for (const Golden& golden : goldens) {
    EXPECT_EQ(Checksum(Encode(golden.text, golden.kind)), golden.checksum)
        << "text: " << golden.text << ", kind " << static_cast<int>(golden.kind);
  }
}

TEST(HashingEncoderBytes, DoNotDependOnWhatWasEncodedBefore) {
  const std::unique_ptr<Encoder> encoder = NewHashingEncoder();
  std::vector<float> first(kDimensions);
  encoder->Encode("cells and tissues", TextKind::kProse, absl::MakeSpan(first));
  std::vector<float> other(kDimensions);
  encoder->Encode("a map of Europe", TextKind::kProse, absl::MakeSpan(other));
  std::vector<float> again(kDimensions);
  encoder->Encode("cells and tissues", TextKind::kProse, absl::MakeSpan(again));
  EXPECT_EQ(first, again);
  EXPECT_NE(first, other);
}

TEST(HashingEncoderBytes, AreTheSameInABatch) {
  const std::unique_ptr<Encoder> encoder = NewHashingEncoder();
  const std::vector<absl::string_view> texts = {"one lesson", "", "two lessons", "#NGSSchat"};
  std::vector<float> batch(texts.size() * kDimensions, 7.0f);
  encoder->EncodeBatch(texts, TextKind::kTitle, absl::MakeSpan(batch));
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto row = batch.begin() + static_cast<std::ptrdiff_t>(i * kDimensions);
    EXPECT_EQ(std::vector<float>(row, row + kDimensions), Encode(texts[i], TextKind::kTitle)) << i;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
