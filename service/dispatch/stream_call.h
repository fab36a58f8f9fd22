#ifndef STAFFROOM_SERVICE_DISPATCH_STREAM_CALL_H_
#define STAFFROOM_SERVICE_DISPATCH_STREAM_CALL_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "service/base/mutex.h"
#include "service/dispatch/call_frame.h"
#include "service/dispatch/message_codec.h"
#include "service/dispatch/raw_service.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_method.h"
#include "service/dispatch/stream.h"

namespace staffroom {

// One streaming call. It holds itself from Begin until gRPC's OnDone, as a UnaryCall does, and the handler's stream and context
// hold it too. gRPC allows one read and one write at a time and nothing after Finish: `mutex_` keeps a late Read, Write or
// Finish of the handler from reaching it.
class StreamCall : public StreamReactor, private PoolTask {
 public:
  StreamCall(const DispatchParts& parts, const RpcMethod& method, grpc::CallbackServerContext* server_context);

  // Takes the call on its way; the reactor is for gRPC.
  static StreamReactor* Begin(std::shared_ptr<StreamCall> call);

 protected:
  // Null bytes: there is no further message.
  using BytesRead = absl::AnyInvocable<void(const grpc::ByteBuffer*)>;
  using BytesWritten = absl::AnyInvocable<void(bool)>;

  virtual void Handle(const std::shared_ptr<StreamCall>& self) = 0;
  // OK when there is a handler.
  virtual absl::Status HasHandler() const { return absl::OkStatus(); }

  void ReadBytes(BytesRead done) ABSL_LOCKS_EXCLUDED(mutex_);
  void WriteMessage(const google::protobuf::MessageLite& message, BytesWritten done) ABSL_LOCKS_EXCLUDED(mutex_);
  void SetCancelled(absl::AnyInvocable<void()> cancelled) ABSL_LOCKS_EXCLUDED(mutex_);
  void End(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);
  const CallContext& context() const { return frame_.context(); }

 private:
  void Run() override;
  void OnReadDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnCancel() override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnDone() override ABSL_LOCKS_EXCLUDED(mutex_);
  RequestPool* Pool() const;  // null: callbacks run where they are
  void Resume(absl::AnyInvocable<void()> continuation);
  void FinishNow(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const DispatchParts& parts_;
  const RpcMethod& method_;
  CallFrame frame_;
  std::shared_ptr<StreamCall> self_;

  Mutex mutex_;
  grpc::ByteBuffer incoming_;  // gRPC's while a read is under way, then the callback's
  grpc::ByteBuffer outgoing_;  // gRPC's while a write is under way
  BytesRead read_done_ ABSL_GUARDED_BY(mutex_);
  BytesWritten write_done_ ABSL_GUARDED_BY(mutex_);
  absl::AnyInvocable<void()> cancelled_ ABSL_GUARDED_BY(mutex_);
  bool was_cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;                            // the handler has called Finish
  absl::optional<absl::Status> end_after_write_ ABSL_GUARDED_BY(mutex_);  // … while a write was under way
  size_t bytes_read_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_written_ ABSL_GUARDED_BY(mutex_) = 0;
};

template <typename Request, typename Response>
class TypedStreamCall final : public StreamCall, public StreamTransport<Request, Response> {
 public:
  using Transport = StreamTransport<Request, Response>;

  TypedStreamCall(const DispatchParts& parts, const RpcMethod& method, const StreamHandler<Request, Response>& handler,
                  grpc::CallbackServerContext* server_context)
      : StreamCall(parts, method, server_context), handler_(handler) {}

  void Read(typename Transport::ReadDone done) override {
    ReadBytes([done = std::move(done)](const grpc::ByteBuffer* bytes) mutable {
      if (bytes == nullptr) return done(absl::optional<Request>());
      Request message;
      if (absl::Status parsed = ParseMessage(*bytes, &message); !parsed.ok()) return done(parsed);
      done(absl::optional<Request>(std::move(message)));
    });
  }
  void Write(const Response& message, typename Transport::WriteDone done) override {
    WriteMessage(message, std::move(done));
  }
  void NotifyOnCancel(absl::AnyInvocable<void()> cancelled) override { SetCancelled(std::move(cancelled)); }
  void Finish(const absl::Status& status) override { End(status); }

 private:
  void Handle(const std::shared_ptr<StreamCall>& self) override {
    handler_(std::shared_ptr<const CallContext>(self, &context()),
             std::make_shared<Stream<Request, Response>>(std::shared_ptr<Transport>(self, this)));
  }

  const StreamHandler<Request, Response>& handler_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_STREAM_CALL_H_
