// The bytes of a vector are a function of the model file and the text, on every machine. A failure here means that what the
// static encoder computes has changed: models need new ids, or the change must be undone.
#include <utf8proc.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/shipped_model.h"
#include "gtest/gtest.h"
#include "tests/embeddings/encoder/encoding.h"
#include "tests/embeddings/encoder/static_encoding.h"
#include "tests/support/status_matchers.h"

namespace staffroom::embeddings {
namespace {

// Written out: what a library draws may differ from one to the next.
std::vector<WrittenPiece> FixedPieces() {
  std::vector<WrittenPiece> pieces;
  uint32_t state = 1;
  const auto next = [&state] { return (state = state * 1664525 + 1013904223) >> 16; };
  for (const char* text :
       {"fractions", "on", "a", "number", "line", "#mathchat", "math", "chat", "👍", "##s", "teacher"}) {
    WrittenPiece piece{.text = text, .scale = static_cast<uint16_t>(1 + next() % 32767)};
    for (int8_t& code : piece.row) code = static_cast<int8_t>(static_cast<int>(next() % 255) - 127);
    pieces.push_back(piece);
  }
  return pieces;
}

TEST(StaticEncoderBytes, AreThoseOfTheModelAndTheText) {
  const StaticEncoding model(FixedPieces());
  struct Golden {
    absl::string_view text;
    uint64_t checksum;
  };
  const Golden goldens[] = {
      {"", 0x51D88627DF287325u},
      {"Fractions on a number line #MathChat", 0xD0B61861E3DB9F20u},
      {"Teachers 👍", 0x2E7316123923DB93u},
      {"数学の授業 학교", 0xD2E7BEA2647A0DC2u},
      {"שלום מורים", 0x33A020407AD032FAu},
  };
  for (const Golden& golden : goldens) {
    EXPECT_EQ(Checksum(model.Encode(golden.text)), golden.checksum)
        << "text: " << golden.text << std::hex << ", now 0x" << Checksum(model.Encode(golden.text));
  }
}

// Which code points are letters, marks and pictographs is the library's word. Unicode 16 took hundreds of pictographs away: with
// it the same text has other tokens, so replicas must not differ in it, and a store written with the one needs new model ids
// under the other.
TEST(StaticEncoderBytes, AreReadByUnicode15) { EXPECT_STREQ(utf8proc_unicode_version(), "15.0.0"); }

// Stores hold vectors of it: whoever changes these bytes ships another model, by another file, and says so in its card.
TEST(StaticEncoderBytes, AreThoseOfTheModelThatIsShipped) {
  ASSERT_OK_AND_ASSIGN(const std::string path, FindShippedModel());
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Encoder> encoder, NewStaticEncoder(path));
  EXPECT_EQ(encoder->model_id(), "static-256-v1-12ee2b8a");
  const std::pair<absl::string_view, uint64_t> goldens[] = {
      {"Fractions on a number line #MathChat", 0x90919A66F05F1041u},
      {"Phenomena for middle school physics, anyone? 🙏", 0x5523896FE7C7A9BBu},
      {"数学の授業", 0x66E6ABF6A2E19A6u},
  };
  for (const auto& [text, checksum] : goldens) {
    std::vector<float> vector(static_cast<size_t>(encoder->dimensions()));
    encoder->Encode(text, TextKind::kProse, absl::MakeSpan(vector));
    EXPECT_EQ(Checksum(vector), checksum) << "text: " << text << std::hex << ", now 0x" << Checksum(vector);
  }
}

}  // namespace
}  // namespace staffroom::embeddings
