// Recommend answers from memory: a thousand calls leave the store's counter where it was.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/import_record.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/live_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

constexpr int kCalls = 1'000;

// What the counter rises by from one GetStatus to the next when nothing lies between.
absl::StatusOr<int64_t> StoreReads(LiveServer& server) {
  const absl::StatusOr<v1::GetStatusResponse> status = server.Status();
  if (!status.ok()) return status.status();
  return status->store_reads();
}

TEST(StoreReads, AreNotMadeByAThousandRecommendations) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::vector<v1::ImportRecord> records, ReadSample());
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> server, LiveServer::Start(folder.Join("data")));
  ASSERT_THAT(server->Import(records), IsOk());
  std::vector<std::string> askers;
  for (const v1::ImportRecord& record : records) {
    if (record.has_account()) askers.push_back(record.account().id());
  }
  ASSERT_OK_AND_ASSIGN(const int64_t at_first, StoreReads(*server));
  ASSERT_OK_AND_ASSIGN(const int64_t before, StoreReads(*server));
  const int64_t of_status_itself = before - at_first;
  int results = 0;
  for (int call = 0; call < kCalls / 2; ++call) {
    v1::RecommendAccountsRequest accounts;
    accounts.set_account_id(askers[static_cast<size_t>(call) % askers.size()]);
    accounts.set_explain(call % 3 == 0);
    ASSERT_OK_AND_ASSIGN(const auto people, server->Ask<v1::RecommendAccountsResponse>(
                                                "RecommendationService/RecommendAccounts", accounts));
    v1::RecommendResourcesRequest resources;
    resources.mutable_profile()->add_interests("fractions");
    ASSERT_OK_AND_ASSIGN(const auto things, server->Ask<v1::RecommendResourcesResponse>(
                                                "RecommendationService/RecommendResources", resources));
    results += people.results_size() + things.results_size();
  }
  ASSERT_OK_AND_ASSIGN(const int64_t after, StoreReads(*server));
  EXPECT_EQ(after - before - of_status_itself, 0);
  EXPECT_GT(results, kCalls) << "the calls answered nothing, so they show nothing";
}

TEST(StoreReads, AreCountedWhenARecordIsAskedFor) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> server, LiveServer::Start(folder.Join("data")));
  v1::ImportRecord record;
  record.mutable_account()->set_id("ada");
  record.mutable_account()->set_kind(v1::Account::TEACHER);
  ASSERT_THAT(server->Import({record}), IsOk());
  ASSERT_OK_AND_ASSIGN(const int64_t at_first, StoreReads(*server));
  ASSERT_OK_AND_ASSIGN(const int64_t before, StoreReads(*server));
  v1::GetAccountRequest request;
  request.set_id("ada");
  ASSERT_THAT(server->Ask<v1::GetAccountResponse>("CatalogService/GetAccount", request), IsOk());
  ASSERT_OK_AND_ASSIGN(const int64_t after, StoreReads(*server));
  EXPECT_GT(after - before, before - at_first);
}

}  // namespace
}  // namespace staffroom
