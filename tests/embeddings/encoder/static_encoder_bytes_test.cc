// The bytes of a vector are a function of the model file and the text, on every machine. A failure here means that what the
// static encoder computes has changed: models need new ids, or the change must be undone.
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/embeddings/encoder/static_encoding.h"

namespace staffroom::embeddings {
namespace {

// FNV-1a over the floats' bits, least significant byte first.
uint64_t Checksum(const std::vector<float>& vector) {
  uint64_t checksum = 0xCBF29CE484222325u;
  for (float value : vector) {
    uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    for (int shift = 0; shift < 32; shift += 8) {
      checksum = (checksum ^ ((bits >> shift) & 0xFF)) * 0x00000100000001B3u;
    }
  }
  return checksum;
}

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

}  // namespace
}  // namespace staffroom::embeddings
