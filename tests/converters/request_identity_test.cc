#include "service/converters/request_identity.h"

#include "gtest/gtest.h"
#include "service/converters/account_converter.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

storage::Mutation MutationOfText(const std::string& text) {
  const auto mutation = ToMutation(Parse<v1::UpsertAccountRequest>(text), absl::FromUnixSeconds(1'700'000'000));
  EXPECT_TRUE(mutation.ok()) << mutation.status();
  return mutation.value_or(storage::Mutation());
}

TEST(PayloadHash, LeavesTheRequestIdOut) {
  const uint64_t first = MutationOfText(R"pb(account { id: "ada" kind: TEACHER }
                                             request_id: "1")pb")
                             .payload_hash();
  EXPECT_NE(first, 0u);
  EXPECT_EQ(MutationOfText(R"pb(account { id: "ada" kind: TEACHER }
                                request_id: "2")pb")
                .payload_hash(),
            first);
}

TEST(PayloadHash, ChangesWithEverythingElse) {
  const uint64_t first = MutationOfText(R"pb(account { id: "ada" kind: TEACHER }
                                             request_id: "1")pb")
                             .payload_hash();
  for (const char* other : {
           R"pb(account { id: "ada" kind: TEACHER bio: "x" }
                request_id: "1")pb",
           R"pb(account { id: "ada" kind: TEACHER }
                request_id: "1"
                create_stubs: true)pb",
           R"pb(account { id: "ada" kind: TEACHER }
                request_id: "1"
                update_mask { paths: "bio" })pb",
           R"pb(account { id: "ada" kind: TEACHER verified: false }
                request_id: "1")pb",
       }) {
    EXPECT_NE(MutationOfText(other).payload_hash(), first) << other;
  }
}

TEST(RequestId, IsAbsentFromMutationsOfRequestsWithoutOne) {
  const storage::Mutation mutation = MutationOfText(R"pb(account { id: "ada" kind: TEACHER })pb");
  EXPECT_EQ(mutation.request_id(), "");
  EXPECT_EQ(mutation.payload_hash(), 0u);
}

}  // namespace
}  // namespace staffroom
