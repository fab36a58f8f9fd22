#include "service/dispatch/authenticator.h"

#include "gtest/gtest.h"

namespace staffroom {
namespace {

TEST(IsLoopback, ThisMachineByEveryNameItHas) {
  EXPECT_TRUE(IsLoopback("ipv4:127.0.0.1:4711"));
  EXPECT_TRUE(IsLoopback("ipv4:127.8.9.10:4711"));
  EXPECT_TRUE(IsLoopback("ipv6:%5B::1%5D:4711"));
  EXPECT_TRUE(IsLoopback("ipv6:[::1]:4711"));
  EXPECT_TRUE(IsLoopback("ipv6:%5B::ffff:127.0.0.1%5D:4711"));
  EXPECT_TRUE(IsLoopback("unix:/run/staffroom.sock"));
}

TEST(IsLoopback, NobodyElse) {
  EXPECT_FALSE(IsLoopback("ipv4:10.127.0.1:4711"));
  EXPECT_FALSE(IsLoopback("ipv4:192.168.0.7:4711"));
  EXPECT_FALSE(IsLoopback("ipv6:%5B::127.0.0.1%5D:4711"));  // deprecated IPv4-compatible, routable
  EXPECT_FALSE(IsLoopback("ipv6:%5B::1:2%5D:4711"));
  EXPECT_FALSE(IsLoopback("ipv6:%5B2001:db8::1%5D:4711"));
  EXPECT_FALSE(IsLoopback("ipv6:%5Bfe80::1%25lo%5D:4711"));
  EXPECT_FALSE(IsLoopback(""));
  EXPECT_FALSE(IsLoopback("unknown"));
}

}  // namespace
}  // namespace staffroom
