#include "service/server/health_service.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "grpc/health/v1/health.pb.h"
#include "service/base/mutex.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/reply.h"
#include "service/dispatch/stream.h"

namespace staffroom {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using HealthStream = Stream<HealthCheckRequest, HealthCheckResponse>;
using Names = std::set<std::string>;

HealthCheckResponse::ServingStatus StatusOf(Phase phase) {
  return IsHealthy(phase) ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

// One Watch: tells every change, the newest state only when the caller is slow, and ends when the server drains.
// The subscription owns it; Close gives the subscription up.
class Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  Watcher(Readiness& readiness, std::shared_ptr<HealthStream> stream, bool known)
      : readiness_(readiness), stream_(std::move(stream)), known_(known) {}

  void Start() ABSL_LOCKS_EXCLUDED(mutex_) {
    stream_->NotifyOnCancel([self = shared_from_this()] { self->Close(absl::CancelledError("the watcher has gone")); });
    const int64_t subscription = readiness_.Subscribe([self = shared_from_this()](Phase phase) { self->Note(phase); });
    {
      const MutexLock lock(&mutex_);
      subscription_ = subscription;
      if (!closed_) return;
    }
    readiness_.Unsubscribe(subscription);
  }

 private:
  void Note(Phase phase) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      const MutexLock lock(&mutex_);
      phase_ = phase;
    }
    TellNewest();
  }

  void TellNewest() ABSL_LOCKS_EXCLUDED(mutex_) {
    HealthCheckResponse response;
    {
      const MutexLock lock(&mutex_);
      if (closed_ || writing_) return;
      response.set_status(known_ ? StatusOf(phase_) : HealthCheckResponse::SERVICE_UNKNOWN);
      if (told_ == response.status() && phase_ != Phase::kDraining) return;
      told_ = response.status();
      told_phase_ = phase_;
      writing_ = true;
    }
    stream_->Write(response, [self = shared_from_this()](bool sent) { self->Told(sent); });
  }

  void Told(bool sent) ABSL_LOCKS_EXCLUDED(mutex_) {
    bool changed = false;
    bool draining = false;
    {
      const MutexLock lock(&mutex_);
      writing_ = false;
      if (closed_) return;
      changed = phase_ != told_phase_;
      draining = phase_ == Phase::kDraining;
    }
    if (!sent) return Close(absl::CancelledError("the watcher has gone"));
    if (changed) return TellNewest();
    if (draining) Close(absl::UnavailableError("the server is draining"));
  }

  void Close(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_) {
    int64_t subscription = 0;
    {
      const MutexLock lock(&mutex_);
      if (closed_) return;
      closed_ = true;
      subscription = subscription_;
    }
    stream_->Finish(status);
    if (subscription != 0) readiness_.Unsubscribe(subscription);
  }

  Readiness& readiness_;
  const std::shared_ptr<HealthStream> stream_;
  const bool known_;  // whether the server has the service that is asked about
  Mutex mutex_;
  int64_t subscription_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: not yet known
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kRecovering;
  Phase told_phase_ ABSL_GUARDED_BY(mutex_) = Phase::kRecovering;
  int told_ ABSL_GUARDED_BY(mutex_) = -1;  // a ServingStatus; -1: nothing yet
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

void Watch(Readiness& readiness, const Names& names, const std::shared_ptr<HealthStream>& stream) {
  stream->Read([&readiness, &names, stream](absl::StatusOr<absl::optional<HealthCheckRequest>> request) {
    if (!request.ok()) return stream->Finish(request.status());
    if (!request->has_value()) return stream->Finish(absl::InvalidArgumentError("Watch needs a request"));
    std::make_shared<Watcher>(readiness, stream, names.contains((*request)->service()))->Start();
  });
}

}  // namespace

void AddHealthService(Dispatcher& dispatcher, Readiness& readiness, const std::vector<std::string>& services) {
  const auto names = std::make_shared<Names>(services.begin(), services.end());
  names->insert("");
  const MethodOptions options{.lane = Lane::kInline, .while_not_serving = true};
  dispatcher.AddService("grpc.health.v1.Health");
  dispatcher.Handle<HealthCheckRequest, HealthCheckResponse>(
      "grpc.health.v1.Health/Check",
      [&readiness, names](const std::shared_ptr<const CallContext>&, const HealthCheckRequest& request,
                          Reply<HealthCheckResponse> reply) {
        if (!names->contains(request.service())) {
          return reply(absl::NotFoundError(absl::StrCat("this server has no service \"", request.service(), "\"")));
        }
        HealthCheckResponse response;
        response.set_status(StatusOf(readiness.phase()));
        reply(response);
      },
      options);
  dispatcher.HandleStream<HealthCheckRequest, HealthCheckResponse>(
      "grpc.health.v1.Health/Watch",
      [&readiness, names](const std::shared_ptr<const CallContext>&, const std::shared_ptr<HealthStream>& stream) {
        Watch(readiness, *names, stream);
      },
      options);
}

}  // namespace staffroom
