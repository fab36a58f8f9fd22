// Imports the sample community into a real server, asks for every account of it, and judges every answer by the records.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/live_server.h"
#include "tests/integration/reason_checker.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kAsked = 20;
constexpr int kEnough = 5;               // results of each kind that a teacher must get
constexpr double kMostTeachers = 0.8;    // of the ordinary ones must get enough
constexpr double kMostlyPersonal = 0.8;  // of a teacher's results must have a personal reason

// What one asker got.
struct Served {
  v1::RecommendAccountsResponse accounts;
  v1::RecommendResourcesResponse resources;
};

int PersonalCount(const google::protobuf::RepeatedPtrField<v1::Result>& results) {
  int personal = 0;
  for (const v1::Result& result : results) {
    bool is_personal = false;
    for (const v1::Reason& reason : result.reasons()) is_personal |= IsPersonal(reason);
    personal += is_personal ? 1 : 0;
  }
  return personal;
}

int ResultCount(const Served& served) { return served.accounts.results_size() + served.resources.results_size(); }

double PersonalShare(const Served& served) {
  const int personal = PersonalCount(served.accounts.results()) + PersonalCount(served.resources.results());
  return ResultCount(served) == 0 ? 0 : static_cast<double>(personal) / ResultCount(served);
}

bool HasEnough(const Served& served) {
  return served.accounts.results_size() >= kEnough && served.resources.results_size() >= kEnough;
}

// A teacher of whom something is known and may be used: profiled, with words of its own and somebody it reads.
bool IsOrdinary(const Community& community, const v1::Account& account) {
  if (account.kind() != v1::Account::TEACHER || account.profiling() == v1::Account::OFF) return false;
  if (account.interests().empty() && account.subjects().empty()) return false;
  for (const Act& act : community.ActsBy(account.id())) {
    if (act.kind == v1::Interaction::FOLLOW) return true;
  }
  return false;
}

class SampleReasons : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TempDir>();
    ASSERT_OK_AND_ASSIGN(const std::vector<v1::ImportRecord> records, ReadSample());
    ASSERT_OK_AND_ASSIGN(server_, LiveServer::Start(folder_->Join("data")));
    ASSERT_THAT(server_->Import(records), IsOk());
    community_ = std::make_unique<Community>(records, absl::Now());
    readme_teacher_ = records.front().account().id();
    for (const auto& [id, account] : community_->accounts()) AskFor(id);
  }
  static void TearDownTestSuite() {
    served_.clear();
    server_.reset();
    folder_.reset();
  }
  void SetUp() override { ASSERT_EQ(served_.size(), community_->accounts().size()) << "not everybody was served"; }

  static void AskFor(const std::string& id) {
    v1::RecommendAccountsRequest accounts;
    accounts.set_account_id(id);
    accounts.set_count(kAsked);
    v1::RecommendResourcesRequest resources;
    resources.set_account_id(id);
    resources.set_count(kAsked);
    Served served;
    ASSERT_OK_AND_ASSIGN(served.accounts, server_->Ask<v1::RecommendAccountsResponse>(
                                              "RecommendationService/RecommendAccounts", accounts));
    ASSERT_OK_AND_ASSIGN(served.resources, server_->Ask<v1::RecommendResourcesResponse>(
                                               "RecommendationService/RecommendResources", resources));
    served_[id] = served;
  }

  static inline std::unique_ptr<TempDir> folder_;
  static inline std::unique_ptr<LiveServer> server_;
  static inline std::unique_ptr<Community> community_;
  static inline std::string readme_teacher_;
  static inline std::map<std::string, Served> served_;
};

TEST_F(SampleReasons, AreTrueAndMayBeToldToEveryAsker) {
  int reasons = 0;
  for (const auto& [asker, served] : served_) {
    const Question question{asker, absl::Now()};
    EXPECT_THAT(CheckAnswer(*community_, question, served.accounts.results()), IsEmpty()) << "accounts for " << asker;
    EXPECT_THAT(CheckAnswer(*community_, question, served.resources.results()), IsEmpty()) << "resources for " << asker;
    for (const auto* results : {&served.accounts.results(), &served.resources.results()}) {
      for (const v1::Result& result : *results) reasons += result.reasons_size();
    }
  }
  std::printf("checked_reasons %d\n", reasons);
  EXPECT_GT(reasons, 0);
}

TEST_F(SampleReasons, AreOfTheKindThatWasAskedForAndNoMoreThanWanted) {
  for (const auto& [asker, served] : served_) {
    EXPECT_LE(served.accounts.results_size(), kAsked) << asker;
    EXPECT_LE(served.resources.results_size(), kAsked) << asker;
    for (const v1::Result& result : served.accounts.results()) EXPECT_TRUE(result.item().has_account_id()) << asker;
    for (const v1::Result& result : served.resources.results()) EXPECT_TRUE(result.item().has_resource_id()) << asker;
  }
}

// The same judge, before records of which one is missing: what the server rightly says must then look wrong. So a green
// run above cannot come from a checker that finds nothing.
TEST_F(SampleReasons, WouldNotPassIfTheRecordsSaidOtherwise) {
  ASSERT_OK_AND_ASSIGN(std::vector<v1::ImportRecord> records, ReadSample());
  std::erase_if(records,
                [](const v1::ImportRecord& record) { return record.interaction().kind() == v1::Interaction::FOLLOW; });
  const Community without_follows(records, absl::Now());
  std::map<std::string, int> rules;
  for (const auto& [asker, served] : served_) {
    for (const Complaint& complaint : CheckAnswer(without_follows, {asker, absl::Now()}, served.accounts.results())) {
      ++rules[complaint.rule];
    }
  }
  EXPECT_GT(rules["FOLLOWED_BY_PEOPLE_YOU_FOLLOW.asker_does_not_follow"], 0);
  EXPECT_GT(rules["FOLLOWS_YOU.not_true"], 0);
}

TEST_F(SampleReasons, AreMostlyPersonalForTheTeacherOfTheReadme) {
  const Served& served = served_[readme_teacher_];
  std::printf("readme_teacher.accounts %d\nreadme_teacher.resources %d\nreadme_teacher.personal_share %.3f\n",
              served.accounts.results_size(), served.resources.results_size(), PersonalShare(served));
  EXPECT_TRUE(HasEnough(served)) << readme_teacher_;
  EXPECT_GE(PersonalShare(served), kMostlyPersonal) << readme_teacher_;
  EXPECT_FALSE(served.accounts.is_fallback());
  EXPECT_FALSE(served.resources.is_fallback());
}

TEST_F(SampleReasons, AreMostlyPersonalForMostOrdinaryTeachers) {
  int ordinary = 0;
  int enough = 0;
  int personal = 0;
  double share_sum = 0;
  for (const auto& [asker, served] : served_) {
    if (!IsOrdinary(*community_, *community_->FindAccount(asker))) continue;
    ++ordinary;
    enough += HasEnough(served) ? 1 : 0;
    personal += PersonalShare(served) >= kMostlyPersonal ? 1 : 0;
    share_sum += PersonalShare(served);
    if (!HasEnough(served) || PersonalShare(served) < kMostlyPersonal) {
      std::printf("# %s: %d accounts, %d resources, personal %.2f\n", asker.c_str(), served.accounts.results_size(),
                  served.resources.results_size(), PersonalShare(served));
    }
  }
  ASSERT_GT(ordinary, 0);
  std::printf("ordinary_teachers %d\nordinary_teachers.with_enough_share %.3f\n", ordinary, 1.0 * enough / ordinary);
  std::printf("ordinary_teachers.mostly_personal_share %.3f\nordinary_teachers.mean_personal_share %.3f\n",
              1.0 * personal / ordinary, share_sum / ordinary);
  EXPECT_GE(1.0 * enough / ordinary, kMostTeachers);
  EXPECT_GE(1.0 * personal / ordinary, kMostTeachers);
}

TEST_F(SampleReasons, ComeForEverybodyWhoAsksEvenTheUnknownNewcomer) {
  for (const auto& [asker, served] : served_) {
    EXPECT_THAT(served.accounts.results(), Not(IsEmpty())) << asker;
    EXPECT_THAT(served.resources.results(), Not(IsEmpty())) << asker;
  }
}

}  // namespace
}  // namespace staffroom
