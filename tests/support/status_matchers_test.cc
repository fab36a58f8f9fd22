#include "tests/support/status_matchers.h"

#include <memory>
#include <vector>

#include "absl/types/optional.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::Pointee;

using Numbers = absl::StatusOr<std::vector<int>>;

template <typename Value, typename Matcher>
std::string ExplanationOf(const Matcher& matcher, const Value& value) {
  ::testing::StringMatchResultListener listener;
  ::testing::SafeMatcherCast<const Value&>(matcher).MatchAndExplain(value, &listener);
  return listener.str();
}

TEST(StatusMatchers, TakeAStatusAndAStatusOr) {
  EXPECT_THAT(absl::OkStatus(), IsOk());
  EXPECT_THAT(Numbers(std::vector<int>{1}), IsOk());
  EXPECT_THAT(absl::NotFoundError("no such account"), Not(IsOk()));
  EXPECT_THAT(Numbers(absl::NotFoundError("no such account")), Not(IsOk()));
  EXPECT_THAT(Numbers(absl::NotFoundError("no such account")), StatusIs(absl::StatusCode::kNotFound));
}

TEST(StatusMatchers, StatusIsHoldsCodeAndMessage) {
  const absl::Status status = absl::NotFoundError("no such account");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "no such account"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("account")));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kInternal, HasSubstr("account"))));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kNotFound, HasSubstr("post"))));
}

TEST(StatusMatchers, IsOkAndHoldsMatchesTheValueAlsoWhenItOnlyMoves) {
  EXPECT_THAT(Numbers(std::vector<int>{1, 2}), IsOkAndHolds(ElementsAre(1, 2)));
  EXPECT_THAT(Numbers(std::vector<int>{1, 2}), Not(IsOkAndHolds(ElementsAre(1, 3))));
  EXPECT_THAT(Numbers(absl::NotFoundError("")), Not(IsOkAndHolds(ElementsAre(1, 2))));
  EXPECT_THAT(absl::StatusOr<absl::optional<int>>(7), IsOkAndHolds(Optional(7)));
  EXPECT_THAT(absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(7)), IsOkAndHolds(Pointee(7)));
}

TEST(StatusMatchers, SayWhatTheStatusWasAndWhichHalfDiffers) {
  const absl::Status status = absl::NotFoundError("no such account");
  EXPECT_EQ(ExplanationOf(IsOk(), status), "whose status is NOT_FOUND: no such account");
  EXPECT_EQ(ExplanationOf(StatusIs(absl::StatusCode::kInternal, HasSubstr("account")), status),
            "whose status is NOT_FOUND: no such account, and the code differs");
  EXPECT_EQ(ExplanationOf(StatusIs(absl::StatusCode::kNotFound, HasSubstr("post")), status),
            "whose status is NOT_FOUND: no such account, and the message differs");
  EXPECT_EQ(ExplanationOf(IsOkAndHolds(8), absl::StatusOr<int>(7)), "which is OK and holds 7");
  EXPECT_EQ(ExplanationOf(IsOkAndHolds(8), absl::StatusOr<int>(status)), "whose status is NOT_FOUND: no such account");
}

TEST(AssertOkAndAssign, MovesTheValueOut) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<int> seven,
                       absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(7)));
  EXPECT_THAT(seven, Pointee(7));
}

}  // namespace
}  // namespace staffroom
