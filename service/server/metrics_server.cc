#include "service/server/metrics_server.h"

#include <CivetServer.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"
#include "service/dispatch/readiness.h"

namespace staffroom {
namespace {

constexpr absl::string_view kText = "text/plain; charset=utf-8";
constexpr absl::string_view kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";

struct Page {
  int code = 200;
  absl::string_view type;
  std::string body;
};

class PageHandler : public CivetHandler {
 public:
  explicit PageHandler(std::function<Page()> page) : page_(std::move(page)) {}

  bool handleGet(CivetServer* /*server*/, mg_connection* connection) override {
    const Page page = page_();
    const std::string head = absl::StrCat("HTTP/1.1 ", page.code, page.code == 200 ? " OK" : " Service Unavailable",
                                          "\r\nContent-Type: ", page.type, "\r\nContent-Length: ", page.body.size(),
                                          "\r\nConnection: close\r\n\r\n");
    mg_write(connection, head.data(), head.size());
    mg_write(connection, page.body.data(), page.body.size());
    return true;
  }

 private:
  const std::function<Page()> page_;
};

class CivetMetricsServer : public MetricsServer {
 public:
  // Throws CivetException when the address cannot be listened on.
  CivetMetricsServer(absl::string_view address, const prometheus::Registry& registry, const Readiness& readiness)
      : metrics_([&registry] {
          return Page{200, kPrometheusText, prometheus::TextSerializer().Serialize(registry.Collect())};
        }),
        alive_([] { return Page{200, kText, "alive\n"}; }),
        ready_([&readiness] {
          const Phase phase = readiness.phase();
          return Page{IsHealthy(phase) ? 200 : 503, kText, absl::StrCat(PhaseName(phase), "\n")};
        }),
        server_({"listening_ports", std::string(address), "num_threads", "2", "request_timeout_ms", "10000"}) {
    server_.addHandler("/metrics$", metrics_);
    server_.addHandler("/healthz$", alive_);
    server_.addHandler("/readyz$", ready_);
  }

  int port() const override {
    const std::vector<int> ports = const_cast<CivetServer&>(server_).getListeningPorts();  // not const, but reads only
    return ports.empty() ? 0 : ports.front();
  }

 private:
  PageHandler metrics_;
  PageHandler alive_;
  PageHandler ready_;
  CivetServer server_;  // last: it stops before what its handlers read goes
};

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(absl::string_view address,
                                                                    const prometheus::Registry& registry,
                                                                    const Readiness& readiness) {
  try {
    return std::make_unique<CivetMetricsServer>(address, registry, readiness);
  } catch (const CivetException&) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on ", address, " for metrics: the port is in use, or the address is not of this machine"));
  }
}

}  // namespace staffroom
