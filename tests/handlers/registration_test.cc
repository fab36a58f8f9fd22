// Which RPCs are plugged in. Starts no server.
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "prometheus/registry.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_metrics.h"
#include "service/handlers/registration.h"
#include "tests/support/hand_clock.h"

namespace staffroom {
namespace {

class SilentLog : public Log {
 public:
  bool IsOn(LogLevel) const override { return false; }
  void Write(LogLevel, absl::string_view, const JsonFields&) override {}
};

TEST(Registration, PlugsInEveryRpcThatIsBuilt) {
  HandClock clock;
  LoopbackAuthenticator authenticator;
  Readiness readiness;
  prometheus::Registry registry;
  RpcMetrics metrics(registry);
  CallIds call_ids(1);
  SilentLog log;
  CallLog call_log(log, 1);
  RequestPool pool(RequestPool::Options(), nullptr);
  HandlerSlot slot;
  Dispatcher dispatcher({clock, authenticator, readiness, Lanes{pool, pool}, metrics, call_ids, call_log});
  for (const char* service : {"Catalog", "Interaction", "Recommendation", "Admin"}) {
    dispatcher.AddService(std::string("staffroom.v1.") + service + "Service");
  }
  RegisterServices(dispatcher, slot);  // ends the process where a name or a message does not fit
  for (const std::string& name : dispatcher.Unimplemented()) {
    EXPECT_THAT(name, ::testing::Not(::testing::HasSubstr("CatalogService"))) << "no handler";
  }
  EXPECT_THAT(dispatcher.Unimplemented(),
              ::testing::AllOf(::testing::Not(::testing::Contains("staffroom.v1.AdminService/GetStatus")),
                               ::testing::Contains("staffroom.v1.RecommendationService/Search")));
  pool.Stop();
}

}  // namespace
}  // namespace staffroom
