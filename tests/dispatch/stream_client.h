#ifndef STAFFROOM_TESTS_DISPATCH_STREAM_CLIENT_H_
#define STAFFROOM_TESTS_DISPATCH_STREAM_CLIENT_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "grpcpp/channel.h"
#include "tests/dispatch/raw_client.h"

namespace staffroom {

// A streaming call of any kind, on raw bytes, one blocking step at a time. Ends the call with Cancel when it is destroyed.
class StreamClient {
 public:
  static std::unique_ptr<StreamClient> Open(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method);
  virtual ~StreamClient() = default;
  // False when the call has ended.
  virtual bool Write(absl::string_view bytes) = 0;
  virtual void WritesDone() = 0;
  // The next message, or nothing when the call has ended.
  virtual absl::optional<std::string> Read() = 0;
  virtual void Cancel() = 0;
  // The status, once all messages are read. Once.
  virtual Answer Finish() = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_DISPATCH_STREAM_CLIENT_H_
