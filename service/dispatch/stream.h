#ifndef STAFFROOM_SERVICE_DISPATCH_STREAM_H_
#define STAFFROOM_SERVICE_DISPATCH_STREAM_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "service/dispatch/call_context.h"

namespace staffroom {

// The other side of a stream; see Stream for what each promises.
template <typename Request, typename Response>
class StreamTransport {
 public:
  using ReadDone = absl::AnyInvocable<void(absl::StatusOr<absl::optional<Request>>)>;
  using WriteDone = absl::AnyInvocable<void(bool)>;

  virtual ~StreamTransport() = default;
  virtual void Read(ReadDone done) = 0;
  virtual void Write(const Response& message, WriteDone done) = 0;
  virtual void NotifyOnCancel(absl::AnyInvocable<void()> cancelled) = 0;
  virtual void Finish(const absl::Status& status) = 0;
};

// One streaming call, of any kind: a server-streaming RPC reads one message, then writes. Nothing here waits; what is done is
// told to a callback, on a thread of the call's lane, so a slow caller holds no thread, and as long as the handler writes only
// when the last write is done, no memory either. The handler shares the stream among its callbacks; when the last share is
// dropped before Finish, the call ends with INTERNAL.
// At most one Read and one Write at a time, and they may overlap; otherwise thread-safe.
template <typename Request, typename Response>
class Stream {
 public:
  using Transport = StreamTransport<Request, Response>;

  explicit Stream(std::shared_ptr<Transport> transport) : transport_(std::move(transport)) {}
  ~Stream() { transport_->Finish(absl::InternalError("the handler dropped its stream")); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Gives `done` the next message; nothing when the caller has sent its last or is gone; INVALID_ARGUMENT when it does not parse.
  void Read(typename Transport::ReadDone done) { transport_->Read(std::move(done)); }
  // `done(true)` when the message is on its way and the next may follow; `done(false)` when the caller is gone.
  void Write(const Response& message, typename Transport::WriteDone done) {
    transport_->Write(message, std::move(done));
  }
  // Calls `cancelled` once if the caller goes away, at once if it has gone; never after the call has ended.
  void NotifyOnCancel(absl::AnyInvocable<void()> cancelled) { transport_->NotifyOnCancel(std::move(cancelled)); }
  // Ends the call, after a write that is under way. Only the first counts.
  void Finish(const absl::Status& status) { transport_->Finish(status); }

 private:
  const std::shared_ptr<Transport> transport_;
};

// Serves one streaming RPC; begins on a thread of the RPC's lane and must not wait there.
template <typename Request, typename Response>
using StreamHandler =
    std::function<void(const std::shared_ptr<const CallContext>&, std::shared_ptr<Stream<Request, Response>>)>;

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_STREAM_H_
