#include "embeddings/models/crc32c.h"

#include <string>

#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

TEST(Crc32c, IsThatOfTheRfcsExamples) {
  std::string up;
  for (int i = 0; i < 32; ++i) up.push_back(static_cast<char>(i));
  EXPECT_EQ(ExtendCrc32c(0, ""), 0u);
  EXPECT_EQ(ExtendCrc32c(0, "123456789"), 0xE3069283u);
  EXPECT_EQ(ExtendCrc32c(0, std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(ExtendCrc32c(0, std::string(32, '\xFF')), 0x62A8AB43u);
  EXPECT_EQ(ExtendCrc32c(0, up), 0x46DD794Eu);
  EXPECT_EQ(ExtendCrc32c(0, std::string(up.rbegin(), up.rend())), 0x113FDB5Cu);
}

TEST(Crc32c, OfTwoPartsIsThatOfTheWhole) {
  std::string whole;
  for (int i = 0; i < 50; ++i) whole.push_back(static_cast<char>(i * 37));
  for (size_t cut = 0; cut <= whole.size(); ++cut) {
    EXPECT_EQ(ExtendCrc32c(ExtendCrc32c(0, whole.substr(0, cut)), whole.substr(cut)), ExtendCrc32c(0, whole)) << cut;
  }
}

}  // namespace
}  // namespace staffroom::embeddings
