#ifndef STAFFROOM_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define STAFFROOM_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

// Matchers for absl::Status and absl::StatusOr<T>, which Debian's Abseil does not bring. Names and meaning are Abseil's:
//
//   EXPECT_THAT(store->Write(batch), IsOk());
//   EXPECT_THAT(Open(dir), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("already open")));
//   EXPECT_THAT(FindOrdinal(snapshot, "ada"), IsOkAndHolds(Optional(7u)));
//   ASSERT_OK_AND_ASSIGN(auto store, Open(dir));
//
// Every one takes a Status or a StatusOr (IsOkAndHolds only the latter), and says in its failure what the status was.
namespace staffroom {

namespace status_matchers_internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

class IsOkMatcher {
 public:
  using is_gtest_matcher = void;
  template <typename StatusLike>
  bool MatchAndExplain(const StatusLike& actual, std::ostream* explanation) const {
    const absl::Status& status = StatusOf(actual);
    if (explanation != nullptr) *explanation << "whose status is " << status.ToString();
    return status.ok();
  }
  void DescribeTo(std::ostream* os) const { *os << "is OK"; }
  void DescribeNegationTo(std::ostream* os) const { *os << "is not OK"; }
};

class StatusIsMatcher {
 public:
  using is_gtest_matcher = void;
  StatusIsMatcher(::testing::Matcher<absl::StatusCode> code, ::testing::Matcher<const std::string&> message)
      : code_(std::move(code)), message_(std::move(message)) {}

  template <typename StatusLike>
  bool MatchAndExplain(const StatusLike& actual, std::ostream* explanation) const {
    const absl::Status& status = StatusOf(actual);
    const std::string message(status.message());
    const bool code_matches = code_.Matches(status.code());
    const bool message_matches = message_.Matches(message);
    if (explanation != nullptr) {
      *explanation << "whose status is " << status.ToString();
      if (!code_matches) *explanation << ", and the code differs";
      if (!message_matches) *explanation << ", and the message differs";
    }
    return code_matches && message_matches;
  }
  void DescribeTo(std::ostream* os) const {
    *os << "has a code that ";
    code_.DescribeTo(os);
    *os << " and a message that ";
    message_.DescribeTo(os);
  }
  void DescribeNegationTo(std::ostream* os) const {
    *os << "has a code that ";
    code_.DescribeNegationTo(os);
    *os << " or a message that ";
    message_.DescribeNegationTo(os);
  }

 private:
  const ::testing::Matcher<absl::StatusCode> code_;
  const ::testing::Matcher<const std::string&> message_;
};

// Monomorphic per StatusOr type, because the inner matcher is turned into a Matcher of the value's type.
template <typename StatusOrType>
class IsOkAndHoldsImpl : public ::testing::MatcherInterface<StatusOrType> {
 public:
  using Value = typename std::remove_reference_t<StatusOrType>::value_type;

  template <typename Inner>
  explicit IsOkAndHoldsImpl(Inner&& inner)
      : inner_(::testing::SafeMatcherCast<const Value&>(std::forward<Inner>(inner))) {}

  bool MatchAndExplain(StatusOrType actual, ::testing::MatchResultListener* listener) const override {
    if (!actual.ok()) {
      *listener << "whose status is " << actual.status().ToString();
      return false;
    }
    ::testing::StringMatchResultListener inner_listener;
    const bool matches = inner_.MatchAndExplain(*actual, &inner_listener);
    *listener << "which is OK and holds " << ::testing::PrintToString(*actual);
    if (!inner_listener.str().empty()) *listener << ", " << inner_listener.str();
    return matches;
  }
  void DescribeTo(std::ostream* os) const override {
    *os << "is OK and holds a value that ";
    inner_.DescribeTo(os);
  }
  void DescribeNegationTo(std::ostream* os) const override {
    *os << "is not OK or holds a value that ";
    inner_.DescribeNegationTo(os);
  }

 private:
  const ::testing::Matcher<const Value&> inner_;
};

template <typename Inner>
class IsOkAndHoldsMatcher {
 public:
  explicit IsOkAndHoldsMatcher(Inner inner) : inner_(std::move(inner)) {}
  template <typename StatusOrType>
  operator ::testing::Matcher<StatusOrType>() const {  // NOLINT(google-explicit-constructor)
    return ::testing::Matcher<StatusOrType>(new IsOkAndHoldsImpl<const StatusOrType&>(inner_));
  }

 private:
  const Inner inner_;
};

}  // namespace status_matchers_internal

inline status_matchers_internal::IsOkMatcher IsOk() { return {}; }

// `code`: a code or a matcher of one. `message`: a string or a matcher of the message.
inline status_matchers_internal::StatusIsMatcher StatusIs(
    ::testing::Matcher<absl::StatusCode> code, ::testing::Matcher<const std::string&> message = ::testing::_) {
  return {std::move(code), std::move(message)};
}

// `inner`: a value or a matcher of the held value.
template <typename Inner>
status_matchers_internal::IsOkAndHoldsMatcher<std::decay_t<Inner>> IsOkAndHolds(Inner&& inner) {
  return status_matchers_internal::IsOkAndHoldsMatcher<std::decay_t<Inner>>(std::forward<Inner>(inner));
}

// Runs `expression`, a StatusOr, once; stops the test with its status, or moves its value into `declaration`.
#define ASSERT_OK_AND_ASSIGN(declaration, expression) \
  STAFFROOM_ASSERT_OK_AND_ASSIGN_(STAFFROOM_CONCATENATE_(status_or_, __LINE__), declaration, expression)
#define STAFFROOM_ASSERT_OK_AND_ASSIGN_(status_or, declaration, expression)   \
  auto status_or = (expression);                                              \
  ASSERT_TRUE(status_or.ok()) << #expression << " is " << status_or.status(); \
  declaration = *std::move(status_or)
#define STAFFROOM_CONCATENATE_(left, right) STAFFROOM_CONCATENATE_INNER_(left, right)
#define STAFFROOM_CONCATENATE_INNER_(left, right) left##right

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_STATUS_MATCHERS_H_
