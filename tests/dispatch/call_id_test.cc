#include "service/dispatch/call_id.h"

#include <set>
#include <string>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

TEST(CallIds, NeverRepeat) {
  CallIds ids(1);
  std::set<std::string> seen;
  for (int call = 0; call < 10'000; ++call) EXPECT_TRUE(seen.insert(ids.Next()).second);
}

TEST(CallIds, DifferByProcess) {
  CallIds one(1);
  CallIds other(2);
  EXPECT_NE(one.Next(), other.Next());
}

TEST(CallIds, FitIntoAStringWithoutAllocating) {
  CallIds ids(1);
  const std::string id = ids.Next();
  EXPECT_EQ(id.size(), 13u);
  EXPECT_LE(id.size(), std::string().capacity());
}

constexpr absl::string_view kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr absl::string_view kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceId, IsTheSecondPartOfAWellFormedHeader) { EXPECT_EQ(TraceId(kGood), kTrace); }

TEST(TraceId, IsEmptyForEverythingElse) {
  const auto with = [](absl::string_view from, absl::string_view to) {
    return absl::StrReplaceAll(kGood, {{from, to}});
  };
  EXPECT_EQ(TraceId(""), "");
  EXPECT_EQ(TraceId(with("00-4b", "ff-4b")), "") << "another version";
  EXPECT_EQ(TraceId(with("4bf9", "4BF9")), "") << "upper case";
  EXPECT_EQ(TraceId(with("4bf9", "4bg9")), "") << "no hexadecimal digit";
  EXPECT_EQ(TraceId(with(kTrace, std::string(32, '0'))), "") << "an id of zeros";
  EXPECT_EQ(TraceId(with("00f067aa0ba902b7", std::string(16, '0'))), "") << "a parent of zeros";
  EXPECT_EQ(TraceId(with("36-00", "36_00")), "") << "another separator";
  EXPECT_EQ(TraceId(kGood.substr(0, kGood.size() - 1)), "") << "too short";
  EXPECT_EQ(TraceId(std::string(kGood) + "-what-the-future-brings"), "") << "version 00 has nothing more";
}

}  // namespace
}  // namespace staffroom
