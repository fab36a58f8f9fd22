#ifndef STAFFROOM_TESTS_BENCH_COMMUNITY_H_
#define STAFFROOM_TESTS_BENCH_COMMUNITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "staffroom/v1/import_record.pb.h"

namespace staffroom {

// How many of each; REQUIRES: accounts ≥ 100, posts and resources ≥ 1, and per account on average at most 1/4 as many follows
// as a topic has accounts (accounts / 20); hub_followers < accounts.
struct CommunitySize {
  int accounts = 0;
  int resources = 0;
  int posts = 0;
  int follows = 0;
  int likes = 0;
  int impressions = 0, views = 0, clicks = 0;  // what a feed reports of its screens
  int hub_followers = 0;                       // of one teacher, beside the others' follows
};

// The mixed community of about `records` records: 10% accounts, 5% resources, 25% posts, 40% follows, 20% likes.
CommunitySize MixedCommunity(int records);

struct Community {
  std::vector<v1::ImportRecord> records;  // in an order in which each names only what stands above it
  std::vector<std::string> account_ids;
  std::vector<std::string> post_ids;
};

// A made-up platform of teachers. Each account is about one of 20 topics, and often a second: it writes, follows and likes
// mostly there; within a topic a few are followed by many and most by few (the r-th of n is chosen as if by a power law of r).
// The same size, seed and time give the same community everywhere.
Community MakeCommunity(const CommunitySize& size, uint64_t seed, absl::Time now);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_COMMUNITY_H_
