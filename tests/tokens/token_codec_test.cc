#include "service/tokens/token_codec.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tokens/token_fixtures.h"

namespace staffroom {
namespace {

std::string VarintOf(uint64_t value) {
  TokenWriter writer;
  writer.Varint(value);
  return std::move(writer).Take();
}

TEST(TokenCodec, WritesVarintsAroundEveryLengthSoThatTheyReadBack) {
  for (int bits = 0; bits < 64; ++bits) {
    for (const uint64_t value : {(uint64_t{1} << bits) - 1, uint64_t{1} << bits, (uint64_t{1} << bits) + 1}) {
      const std::string bytes = VarintOf(value);
      TokenReader reader(bytes);
      EXPECT_EQ(reader.Varint(), value);
      EXPECT_TRUE(reader.Finished()) << value;
    }
  }
}

TEST(TokenCodec, SpendsOneByteOnSevenBits) {
  EXPECT_EQ(VarintOf(127).size(), 1u);
  EXPECT_EQ(VarintOf(128).size(), 2u);
  EXPECT_EQ(VarintOf(std::numeric_limits<uint32_t>::max()).size(), 5u);
  EXPECT_EQ(VarintOf(std::numeric_limits<uint64_t>::max()).size(), 10u);
}

TEST(TokenCodec, KeepsItsBytes) {
  TokenWriter writer;
  writer.Byte(0xfe);
  writer.Varint(300);
  writer.Fixed64(0x0102030405060708);
  writer.Float(0.5f);
  writer.Text("hi");
  EXPECT_EQ(Hex(std::move(writer).Take()),
            "fe"
            "ac02"
            "0807060504030201"
            "0000003f"
            "026869");
}

TEST(TokenCodec, FailsOnEveryTruncation) {
  TokenWriter writer;
  writer.Varint(1'000'000);
  writer.Fixed64(7);
  writer.Float(1);
  writer.Text("words");
  const std::string bytes = std::move(writer).Take();
  for (size_t size = 0; size <= bytes.size(); ++size) {
    TokenReader reader(absl::string_view(bytes).substr(0, size));
    reader.Varint();
    reader.Fixed64();
    reader.Float();
    reader.Text();
    EXPECT_EQ(reader.ok(), size == bytes.size()) << size << " of " << bytes.size() << " bytes";
  }
}

TEST(TokenCodec, ReadsNothingAfterAFailure) {
  TokenReader reader("\x01\x02");
  reader.Fixed64();
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.Byte(), 0) << "the first byte is still there, but must not be taken for a value";
  EXPECT_FALSE(reader.Finished());
}

TEST(TokenCodec, RefusesAVarintWithoutEnd) {
  const std::string endless(11, '\xff');
  TokenReader reader(endless);
  reader.Varint();
  EXPECT_FALSE(reader.ok());
}

TEST(TokenCodec, RefusesA32BitNumberThatIsLarger) {
  const std::string largest = VarintOf(0xffff'ffff);
  const std::string larger = VarintOf(0x1'0000'0000);
  TokenReader fits(largest);
  TokenReader does_not(larger);
  EXPECT_EQ(fits.Varint32(), 0xffff'ffff);
  EXPECT_EQ(does_not.Varint32(), 0u);
  EXPECT_TRUE(fits.ok());
  EXPECT_FALSE(does_not.ok());
}

TEST(TokenCodec, IsNotFinishedWhileBytesAreLeft) {
  TokenReader reader("\x01\x02");
  reader.Byte();
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader.Finished());
}

}  // namespace
}  // namespace staffroom
