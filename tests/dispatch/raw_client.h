#ifndef STAFFROOM_TESTS_DISPATCH_RAW_CLIENT_H_
#define STAFFROOM_TESTS_DISPATCH_RAW_CLIENT_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/status.h"

namespace staffroom {

// What a caller got.
struct Answer {
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string message;
  std::string bytes;            // of the response
  google::rpc::Status details;  // of grpc-status-details-bin; empty when there is none
  std::multimap<std::string, std::string> trailers;

  // The detail of this type; empty when there is none.
  template <typename Detail>
  Detail Find() const {
    Detail detail;
    for (const google::protobuf::Any& any : details.details()) {
      if (any.UnpackTo(&detail)) return detail;
    }
    return {};
  }
  std::string Reason() const { return Find<google::rpc::ErrorInfo>().reason(); }
  // The path of the first bad field.
  std::string Field() const;
  absl::Duration RetryDelay() const;
};

struct CallOptions {
  absl::Duration timeout = absl::Seconds(30);
  std::map<std::string, std::string> headers = {};
};

// A call under way. Wait once, before it is destroyed.
class PendingCall {
 public:
  virtual ~PendingCall() = default;
  virtual void Cancel() = 0;
  virtual bool IsDone() const = 0;
  virtual Answer Wait() = 0;
};

// Sends any bytes to any unary method, as no generated client would. Thread-safe.
class RawClient {
 public:
  explicit RawClient(int port);
  std::unique_ptr<PendingCall> Start(absl::string_view method, absl::string_view bytes,
                                     const CallOptions& options = {});
  Answer Call(absl::string_view method, absl::string_view bytes, const CallOptions& options = {}) {
    return Start(method, bytes, options)->Wait();
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_DISPATCH_RAW_CLIENT_H_
