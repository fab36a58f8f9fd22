#include "tests/dispatch/test_server.h"

#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "prometheus/text_serializer.h"
#include "service/base/limits.h"

namespace staffroom {

TestServer::TestServer(TestServerOptions options)
    : call_log_(log, options.log_sample_every),
      interactive({"interactive", options.threads, options.queue_capacity}, log, &metrics_.QueueDepth("interactive")),
      slow({"slow", 1, options.queue_capacity}, log, &metrics_.QueueDepth("slow")),
      dispatcher({clock,
                  options.authenticator == nullptr ? loopback_ : *options.authenticator,
                  readiness,
                  {interactive, slow},
                  metrics_,
                  call_ids_,
                  call_log_}),
      server_([this, &options] {
        readiness.Set(options.phase);
        dispatcher.AddService("staffroom.testing.TestingService");
        if (options.plug) options.plug(dispatcher);
        grpc::ServerBuilder builder;
        builder.SetMaxReceiveMessageSize(static_cast<int>(limits::kReceiveBytes));
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
        dispatcher.RegisterWith(builder);
        return builder.BuildAndStart();
      }()),
      client(port_) {
  if (server_ == nullptr) std::abort();
}

TestServer::~TestServer() {
  server_->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(5)));
  server_->Wait();
  interactive.Stop();
  slow.Stop();
}

double TestServer::Metric(absl::string_view line_start) const {
  const std::string text = prometheus::TextSerializer().Serialize(registry.Collect());
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    double value = 0;
    if (absl::StartsWith(line, line_start) && absl::SimpleAtod(line.substr(line.rfind(' ') + 1), &value)) return value;
  }
  return -1;
}

}  // namespace staffroom
