// Which RPCs are plugged in. Starts no server.
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/registry.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_metrics.h"
#include "service/handlers/registration.h"
#include "service/server/service_names.h"
#include "tests/support/capturing_log.h"
#include "tests/support/hand_clock.h"

namespace staffroom {
namespace {

// As `staffroom.v1.AdminService/Reembed`, from lines as `staffroom.v1.AdminService.Reembed`.
std::vector<std::string> ListedAsUnimplemented() {
  std::ifstream file(STAFFROOM_UNIMPLEMENTED_RPCS);
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    const size_t dot = line.rfind('.');
    if (dot != std::string::npos) names.push_back(line.substr(0, dot) + "/" + line.substr(dot + 1));
  }
  return names;
}

TEST(Registration, PlugsInEveryRpcButThoseThatTheContractListsAsNotBuilt) {
  HandClock clock;
  LoopbackAuthenticator authenticator;
  Readiness readiness;
  prometheus::Registry registry;
  RpcMetrics metrics(registry);
  CallIds call_ids(1);
  CapturingLog log;
  CallLog call_log(log, 1);
  RequestPool pool(RequestPool::Options(), log, nullptr);
  HandlerSlot slot;
  Dispatcher dispatcher({clock, authenticator, readiness, Lanes{pool, pool}, metrics, call_ids, call_log});
  for (const std::string& service : ServiceNames()) dispatcher.AddService(service);
  RegisterServices(dispatcher, slot);  // ends the process where a name or a message does not fit
  const std::vector<std::string> listed = ListedAsUnimplemented();
  ASSERT_THAT(listed, ::testing::Not(::testing::IsEmpty())) << STAFFROOM_UNIMPLEMENTED_RPCS;
  EXPECT_THAT(dispatcher.Unimplemented(), ::testing::UnorderedElementsAreArray(listed))
      << "tests/proto/golden/unimplemented_rpcs.txt says what the comments of the contract say";
  pool.Stop();
}

}  // namespace
}  // namespace staffroom
