#include "service/dispatch/reply.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

using Answers = std::vector<absl::StatusOr<std::string>>;

Reply<std::string> ReplyInto(Answers& answers) {
  return Reply<std::string>::To(
      [&answers](absl::StatusOr<std::string> answer) { answers.push_back(std::move(answer)); });
}

TEST(Reply, AnswersOnce) {
  Answers answers;
  {
    Reply<std::string> reply = ReplyInto(answers);
    reply("yes");
    reply("no");
  }
  EXPECT_THAT(answers, ElementsAre(IsOkAndHolds("yes")));
}

TEST(Reply, AnswersInternalWhenItIsDropped) {
  Answers answers;
  {
    const Reply<std::string> reply = ReplyInto(answers);
  }
  EXPECT_THAT(answers, ElementsAre(StatusIs(absl::StatusCode::kInternal)));
}

TEST(Reply, AMovedReplyAnswersAtItsNewPlaceOnly) {
  Answers answers;
  {
    Reply<std::string> reply = ReplyInto(answers);
    Reply<std::string> moved = std::move(reply);
    EXPECT_THAT(answers, SizeIs(0));
    moved("yes");
  }
  EXPECT_THAT(answers, ElementsAre(IsOkAndHolds("yes")));
}

}  // namespace
}  // namespace staffroom
