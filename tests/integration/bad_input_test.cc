// What must be refused, over the wire and by a whole server: each with its code, its reason and the path of the field, and
// with nothing changed.
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/bad_requests.h"
#include "tests/integration/live_server.h"
#include "tests/integration/story.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One server for all: no request here may change it.
class SharedServer : public ::testing::Environment {
 public:
  void SetUp() override {
    folder_ = std::make_unique<TempDir>();
    absl::StatusOr<std::unique_ptr<LiveServer>> started = LiveServer::Start(folder_->Join("data"));
    ASSERT_THAT(started.status(), IsOk());
    server_ = *std::move(started);
    ASSERT_THAT(server_->Import(BadRequestsCommunity()), IsOk());
  }
  void TearDown() override {
    server_.reset();
    folder_.reset();
  }
  static LiveServer& Get() { return *server_; }

 private:
  static inline std::unique_ptr<TempDir> folder_;
  static inline std::unique_ptr<LiveServer> server_;
};
const auto* const kShared = ::testing::AddGlobalTestEnvironment(new SharedServer);

// What must not change: everything exact that the server holds, and where it stands.
std::string StateOf(LiveServer& server) {
  const absl::StatusOr<v1::GetStatusResponse> status = server.Status();
  EXPECT_THAT(status.status(), IsOk());
  return status.ok() ? status->digest() + " at " + status->revision() : "";
}

std::string FirstField(const Answer& answer) {
  return answer.code == absl::StatusCode::kNotFound ? answer.Find<google::rpc::ResourceInfo>().resource_name()
                                                    : answer.Field();
}

class BadInput : public ::testing::TestWithParam<BadRequest> {};

TEST_P(BadInput, IsRefusedByNameAndChangesNothing) {
  const BadRequest& bad = GetParam();
  LiveServer& server = SharedServer::Get();
  const std::string before = StateOf(server);
  const Answer answer = server.Send(bad.rpc, bad.bytes);
  EXPECT_EQ(answer.code, bad.code) << answer.message;
  EXPECT_EQ(answer.Reason(), bad.reason) << answer.message;
  if (!bad.field.empty()) {
    EXPECT_EQ(FirstField(answer), bad.field) << answer.message;
  }
  EXPECT_EQ(answer.Find<google::rpc::ErrorInfo>().domain(), "staffroom");
  EXPECT_FALSE(answer.message.empty());
  EXPECT_EQ(StateOf(server), before);
}

const auto kName = [](const auto& test) { return test.param.name; };
INSTANTIATE_TEST_SUITE_P(Bytes, BadInput, ::testing::ValuesIn(MalformedBytes()), kName);
INSTANTIATE_TEST_SUITE_P(Accounts, BadInput, ::testing::ValuesIn(BadAccounts()), kName);
INSTANTIATE_TEST_SUITE_P(Things, BadInput, ::testing::ValuesIn(BadThings()), kName);
INSTANTIATE_TEST_SUITE_P(Interactions, BadInput, ::testing::ValuesIn(BadInteractions()), kName);
INSTANTIATE_TEST_SUITE_P(Questions, BadInput, ::testing::ValuesIn(BadQuestions()), kName);

// 128 bytes are an id, 500 are a count: the borders lie where they are said to lie.
TEST(BadInputBorders, TheLargestThatIsAllowedPasses) {
  TempDir folder;
  ASSERT_OK_AND_ASSIGN(const auto server, LiveServer::Start(folder.Join("data")));
  v1::UpsertAccountRequest account;
  account.mutable_account()->set_id(IdOf(128));
  account.mutable_account()->set_kind(v1::Account::TEACHER);
  account.mutable_account()->set_region("GB-SHF");
  EXPECT_EQ(server->Send("CatalogService/UpsertAccount", account).code, absl::StatusCode::kOk);
  v1::RecommendAccountsRequest question;
  question.set_account_id(IdOf(128));
  question.set_count(500);
  for (int i = 0; i < 64; ++i) question.mutable_filter()->add_regions("GB");
  for (int i = 0; i < 64; ++i) question.mutable_filter()->add_languages("en");
  const Answer answer = server->Send("RecommendationService/RecommendAccounts", question);
  EXPECT_EQ(answer.code, absl::StatusCode::kOk) << answer.message;
}

TEST(BadInputSizes, AMessageOverTheLimitIsRefusedByTheLibraryWithoutDetails) {
  LiveServer& server = SharedServer::Get();
  const std::string before = StateOf(server);
  const Answer answer = server.Send("CatalogService/UpsertAccount", Delimited(1, std::string((4 << 20) + 1, 'x')));
  EXPECT_EQ(answer.code, absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(answer.details.details(), IsEmpty());
  EXPECT_EQ(StateOf(server), before);
}

TEST(BadInputSizes, OfManyWrongFieldsTwentyAreNamedAndTheRestCounted) {
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_id("cem");
  request.mutable_account()->set_kind(v1::Account::TEACHER);
  for (int i = 0; i < 60; ++i) request.mutable_account()->add_interests(std::string(129, 'x'));
  const Answer answer = SharedServer::Get().Send("CatalogService/UpsertAccount", request);
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument) << answer.message;
  EXPECT_LE(answer.details.ByteSizeLong(), 4096u + 512u);
  const auto violations = answer.Find<google::rpc::BadRequest>().field_violations();
  ASSERT_THAT(violations, ::testing::Not(IsEmpty()));
  EXPECT_LE(violations.size(), 20);
  EXPECT_THAT(violations.rbegin()->description(), ::testing::ContainsRegex("[0-9]+ more"))
      << answer.details.DebugString();
}

TEST(BadInputBatches, EveryItemHasItsOwnErrorAndTheCallIsOk) {
  LiveServer& server = SharedServer::Get();
  const std::string before = StateOf(server);
  v1::BatchUpsertAccountsRequest request;
  request.add_requests()->mutable_account()->set_id("cem");
  request.add_requests()->mutable_account()->set_kind(v1::Account::TEACHER);
  ASSERT_OK_AND_ASSIGN(const auto response,
                       server.Ask<v1::BatchUpsertAccountsResponse>("CatalogService/BatchUpsertAccounts", request));
  ASSERT_THAT(response.results(), SizeIs(2));
  std::vector<int> codes;
  for (const v1::BatchItemResult& result : response.results()) {
    codes.push_back(result.status().code());
    EXPECT_THAT(result.status().details(), ::testing::Not(IsEmpty()));
  }
  EXPECT_THAT(codes, Each(static_cast<int>(absl::StatusCode::kInvalidArgument)));
  EXPECT_EQ(StateOf(server), before);
}

// A second platform, and questions of other words.
class ForeignTokens : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(other_, LiveServer::Start(folder_.Join("other")));
    Story story;
    for (const char* id : {"ada", "ben", "cem", "dov"}) story.Account(id).add_subjects("physics");
    ASSERT_THAT(other_->Import(story.records()), IsOk());
  }
  static v1::RecommendAccountsRequest OneAtATime() {
    v1::RecommendAccountsRequest request;
    request.set_account_id("ada");
    request.set_count(1);
    return request;
  }
  static Answer Recommend(LiveServer& server, const v1::RecommendAccountsRequest& request) {
    return server.Send("RecommendationService/RecommendAccounts", request);
  }

  TempDir folder_;
  std::unique_ptr<LiveServer> other_;
};

TEST_F(ForeignTokens, APageTokenServesOnlyTheQuestionItBelongsTo) {
  v1::RecommendAccountsRequest request = OneAtATime();
  ASSERT_OK_AND_ASSIGN(const auto first,
                       other_->Ask<v1::RecommendAccountsResponse>("RecommendationService/RecommendAccounts", request));
  ASSERT_FALSE(first.next_page_token().empty());
  request.set_page_token(first.next_page_token());
  EXPECT_EQ(Recommend(*other_, request).code, absl::StatusCode::kOk);

  v1::RecommendAccountsRequest by_another = request;
  by_another.set_account_id("ben");
  EXPECT_EQ(Recommend(*other_, by_another).Reason(), "PAGE_TOKEN_INVALID");
  v1::RecommendAccountsRequest with_another_filter = request;
  with_another_filter.mutable_filter()->add_subjects("physics");
  EXPECT_EQ(Recommend(*other_, with_another_filter).Reason(), "PAGE_TOKEN_INVALID");
  v1::RecommendAccountsRequest tampered = request;
  tampered.mutable_page_token()->back() = tampered.page_token().back() == 'A' ? 'B' : 'A';
  tampered.mutable_page_token()->front() = tampered.page_token().front() == 'A' ? 'B' : 'A';
  EXPECT_EQ(Recommend(*other_, tampered).Reason(), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(Recommend(SharedServer::Get(), request).Reason(), "PAGE_TOKEN_INVALID") << "sealed by another store";
}

TEST_F(ForeignTokens, ARevisionOfAnotherStoreIsRefusedAtOnce) {
  ASSERT_OK_AND_ASSIGN(const v1::GetStatusResponse status, other_->Status());
  v1::RecommendAccountsRequest request = OneAtATime();
  request.set_min_revision(status.revision());
  EXPECT_EQ(Recommend(*other_, request).code, absl::StatusCode::kOk);
  const Answer answer = Recommend(SharedServer::Get(), request);
  EXPECT_EQ(answer.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(answer.Reason(), "REVISION_OF_ANOTHER_STORE");
}

TEST(BadInputRequestIds, OneRequestIdMeansOneRequest) {
  TempDir folder;
  ASSERT_OK_AND_ASSIGN(const auto server, LiveServer::Start(folder.Join("data")));
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_id("ada");
  request.mutable_account()->set_kind(v1::Account::TEACHER);
  request.set_request_id("once");
  ASSERT_EQ(server->Send("CatalogService/UpsertAccount", request).code, absl::StatusCode::kOk);
  const std::string before = StateOf(*server);
  request.mutable_account()->set_bio("something else");
  const Answer answer = server->Send("CatalogService/UpsertAccount", request);
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Reason(), "REQUEST_ID_REUSED");
  EXPECT_EQ(StateOf(*server), before);
}

}  // namespace
}  // namespace staffroom
