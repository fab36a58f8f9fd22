#include "service/dispatch/stream_call.h"

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "service/base/errors.h"
#include "service/base/mutex.h"
#include "service/dispatch/call_frame.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/guard.h"
#include "service/dispatch/message_codec.h"
#include "service/dispatch/request_pool.h"
#include "service/dispatch/rpc_method.h"

namespace staffroom {

StreamCall::StreamCall(const DispatchParts& parts, const RpcMethod& method, grpc::CallbackServerContext* server_context)
    : parts_(parts), method_(method), frame_(parts, method, server_context) {}

RequestPool* StreamCall::Pool() const { return PoolOf(parts_.lanes, method_.options.lane); }

StreamReactor* StreamCall::Begin(std::shared_ptr<StreamCall> call) {
  StreamCall* const reactor = call.get();
  reactor->self_ = call;
  absl::Status admitted = reactor->frame_.Admit();
  if (admitted.ok()) admitted = reactor->HasHandler();
  if (admitted.ok()) {
    RequestPool* const pool = reactor->Pool();
    if (pool == nullptr) {
      reactor->Run();
    } else if (!pool->Offer(reactor)) {
      admitted = QueueFull("the queue of requests", kRetryQueueFull);
    }
  }
  if (!admitted.ok()) reactor->End(admitted);
  return reactor;
}

void StreamCall::Run() {
  const std::shared_ptr<StreamCall> self = self_;
  frame_.Enter(CallStage::kHandler);
  if (absl::Status alive = frame_.CheckAlive(); !alive.ok()) return End(alive);
  RunGuarded(parts_.call_log.log(), context().call_id, [this, &self] { Handle(self); });
}

// Runs what the handler left with us on a thread of its lane. The continuation keeps the call alive.
void StreamCall::Resume(absl::AnyInvocable<void()> continuation) {
  auto guarded = [self = self_, continuation = std::move(continuation)]() mutable {
    RunGuarded(self->parts_.call_log.log(), self->context().call_id, [&continuation] { continuation(); });
    continuation = nullptr;  // the handler's share of the stream goes before ours
  };
  if (RequestPool* const pool = Pool()) {
    pool->Post(std::move(guarded));
  } else {
    guarded();
  }
}

void StreamCall::ReadBytes(BytesRead done) {
  {
    const MutexLock lock(&mutex_);
    if (!ended_) {
      read_done_ = std::move(done);
      StartRead(&incoming_);
      return;
    }
  }
  done(nullptr);
}

void StreamCall::OnReadDone(bool ok) {
  BytesRead done;
  {
    const MutexLock lock(&mutex_);
    done = std::move(read_done_);
    if (ok) bytes_read_ += incoming_.Length();
  }
  Resume([this, ok, done = std::move(done)]() mutable { done(ok ? &incoming_ : nullptr); });
}

void StreamCall::WriteMessage(const google::protobuf::MessageLite& message, BytesWritten done) {
  grpc::ByteBuffer bytes;
  const absl::Status serialised = SerializeMessage(message, &bytes);
  {
    const MutexLock lock(&mutex_);
    if (!ended_ && serialised.ok()) {
      write_done_ = std::move(done);
      bytes_written_ += bytes.Length();
      outgoing_.Swap(&bytes);
      StartWrite(&outgoing_);
      return;
    }
  }
  if (!serialised.ok()) End(serialised);
  done(false);
}

void StreamCall::OnWriteDone(bool ok) {
  BytesWritten done;
  {
    const MutexLock lock(&mutex_);
    done = std::move(write_done_);
    write_done_ = nullptr;
    if (end_after_write_.has_value()) FinishNow(*end_after_write_);
  }
  Resume([ok, done = std::move(done)]() mutable { done(ok); });
}

void StreamCall::SetCancelled(absl::AnyInvocable<void()> cancelled) {
  {
    const MutexLock lock(&mutex_);
    if (ended_) return;
    if (!was_cancelled_) {
      cancelled_ = std::move(cancelled);
      return;
    }
  }
  cancelled();
}

void StreamCall::OnCancel() {
  frame_.Cancel();
  absl::AnyInvocable<void()> cancelled;
  {
    const MutexLock lock(&mutex_);
    was_cancelled_ = true;
    cancelled = std::move(cancelled_);
    cancelled_ = nullptr;
  }
  if (cancelled) Resume(std::move(cancelled));
}

void StreamCall::End(const absl::Status& status) {
  absl::AnyInvocable<void()> unneeded;  // its captures may hold the stream: destroyed after the lock is given back
  const MutexLock lock(&mutex_);
  if (ended_) return;
  ended_ = true;
  unneeded = std::move(cancelled_);
  cancelled_ = nullptr;
  if (write_done_) {
    end_after_write_ = status;
  } else {
    FinishNow(status);
  }
}

void StreamCall::FinishNow(const absl::Status& status) {
  StreamReactor::Finish(frame_.End(status, bytes_read_, bytes_written_));
}

void StreamCall::OnDone() { const std::shared_ptr<StreamCall> last = std::move(self_); }

}  // namespace staffroom
