#include "service/dispatch/json_log.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/support/hand_clock.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;

// What a JSON reader makes of one line.
google::protobuf::Struct Read(const std::string& line) {
  google::protobuf::Struct object;
  const auto status = google::protobuf::util::JsonStringToMessage(line, &object);
  EXPECT_TRUE(status.ok()) << status.ToString() << " in " << line;
  return object;
}

struct Pipe {
  Pipe() {
    if (pipe(ends) != 0) std::abort();
  }
  int ends[2];
};

// A log into a pipe.
class JsonLogTest : public ::testing::Test {
 protected:
  ~JsonLogTest() override { close(pipe_.ends[0]); }
  // All lines written so far; the log is over.
  std::vector<std::string> Lines() {
    close(pipe_.ends[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t count = 0; (count = read(pipe_.ends[0], buffer, sizeof buffer)) > 0;)
      text.append(buffer, static_cast<size_t>(count));
    return absl::StrSplit(text, '\n', absl::SkipEmpty());
  }

  Pipe pipe_;
  HandClock clock{absl::FromUnixSeconds(1'700'000'000)};
  JsonLog log{clock, LogLevel::kInfo, pipe_.ends[1]};
};

TEST_F(JsonLogTest, ALineIsOneObjectWithTimeLevelAndEvent) {
  log.Write(LogLevel::kWarning, "rpc", JsonFields().Text("code", "NOT_FOUND").Number("queue_us", 12));
  EXPECT_EQ(
      Lines().at(0),
      R"({"time":"2023-11-14T22:13:20.000000Z","level":"warning","event":"rpc","code":"NOT_FOUND","queue_us":12})");
}

TEST_F(JsonLogTest, ALineWithoutFieldsIsWholeToo) {
  log.Write(LogLevel::kError, "stopped", JsonFields());
  EXPECT_EQ(Read(Lines().at(0)).fields().at("event").string_value(), "stopped");
}

TEST_F(JsonLogTest, LinesBelowTheLevelAreNotWritten) {
  log.Write(LogLevel::kDebug, "detail", JsonFields());
  EXPECT_FALSE(log.IsOn(LogLevel::kDebug));
  EXPECT_TRUE(log.IsOn(LogLevel::kInfo));
  EXPECT_TRUE(Lines().empty());
}

TEST_F(JsonLogTest, EveryTextComesBackFromAJsonReader) {
  const std::string text = "a \"quote\", a \\, a\nnew line, a \x01 and an \xC3\xA9";
  log.Write(LogLevel::kInfo, "rpc", JsonFields().Text("message", text));
  EXPECT_EQ(Read(Lines().at(0)).fields().at("message").string_value(), text);
}

TEST_F(JsonLogTest, BytesThatAreNoTextAreReplaced) {
  log.Write(LogLevel::kInfo, "rpc", JsonFields().Text("message", "a\xFFz"));
  EXPECT_EQ(Read(Lines().at(0)).fields().at("message").string_value(), "a\xEF\xBF\xBDz");
}

TEST_F(JsonLogTest, LongTextsAreCut) {
  log.Write(LogLevel::kInfo, "rpc", JsonFields().Text("message", std::string(100'000, 'x')));
  EXPECT_EQ(Read(Lines().at(0)).fields().at("message").string_value().size(), 1024u);
}

TEST_F(JsonLogTest, LinesOfManyThreadsNeverMix) {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this, writer] {
      for (int line = 0; line < 50; ++line) {
        log.Write(LogLevel::kInfo, "rpc", JsonFields().Text("text", std::string(100, static_cast<char>('a' + writer))));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::vector<std::string> lines = Lines();
  EXPECT_EQ(lines.size(), 200u);
  for (const std::string& line : lines) {
    const std::string text = Read(line).fields().at("text").string_value();
    EXPECT_EQ(text, std::string(100, text.empty() ? '?' : text[0]));
  }
}

}  // namespace
}  // namespace staffroom
