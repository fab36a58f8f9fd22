#ifndef STAFFROOM_SERVICE_DISPATCH_REPLY_H_
#define STAFFROOM_SERVICE_DISPATCH_REPLY_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/dispatch/call_context.h"

// How a handler answers. A write waits for the disk and a parked read for a revision, and neither may hold a pool thread:
// so an answer is an object that is carried to wherever the answer becomes known, not a return value.
namespace staffroom {

// Where a reply goes. Takes exactly one answer, on any thread.
template <typename Response>
class ReplyReceiver {
 public:
  virtual ~ReplyReceiver() = default;
  virtual void Receive(absl::StatusOr<Response> answer) = 0;
};

// The right to answer one call, once. Move-only: whoever holds it owes the answer. Dropped unanswered it answers INTERNAL, so
// a lost reply is an error that the caller sees and not a call that hangs. Not thread-safe; may be moved between threads.
template <typename Response>
class Reply {
 public:
  explicit Reply(std::shared_ptr<ReplyReceiver<Response>> receiver) : receiver_(std::move(receiver)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  ~Reply() {
    if (receiver_ != nullptr) (*this)(absl::InternalError("the handler dropped its reply"));
  }

  // Answers. The request is gone afterwards. A second call does nothing.
  void operator()(absl::StatusOr<Response> answer) {
    if (const auto receiver = std::move(receiver_)) receiver->Receive(std::move(answer));
  }

  // A reply that calls a function: for tests, and for a handler that asks another.
  static Reply To(std::function<void(absl::StatusOr<Response>)> function) {
    struct ToFunction : ReplyReceiver<Response> {
      explicit ToFunction(std::function<void(absl::StatusOr<Response>)> target) : function(std::move(target)) {}
      void Receive(absl::StatusOr<Response> answer) override { function(std::move(answer)); }
      std::function<void(absl::StatusOr<Response>)> function;
    };
    return Reply(std::make_shared<ToFunction>(std::move(function)));
  }

 private:
  std::shared_ptr<ReplyReceiver<Response>> receiver_;
};

// Serves one unary RPC. The request is valid until the reply is made; the handler runs on a pool thread and must not wait there.
template <typename Request, typename Response>
using Handler = std::function<void(const std::shared_ptr<const CallContext>&, const Request&, Reply<Response>)>;

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_DISPATCH_REPLY_H_
