#ifndef STAFFROOM_SERVICE_HANDLERS_OWN_ERRORS_H_
#define STAFFROOM_SERVICE_HANDLERS_OWN_ERRORS_H_

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"

// What a handler meets below it may be an error of the store or of a library, in words that name files and keys, under a code
// that the contract uses for something else. None of that is for callers: an error that is not one of ours (base/errors.h)
// leaves the handlers as INTERNAL, and the log has the rest.
namespace staffroom {

// The status itself when it is OK or ours: it has a reason, says when to try again, or only says that nobody waits any more.
// Else INTERNAL, with everything that was known in its message.
absl::Status OnlyOwn(const absl::Status& status);

// A reply that answers `reply` with errors of our own only.
template <typename Response>
Reply<Response> OnlyOwnErrors(Reply<Response> reply) {
  struct Edge : ReplyReceiver<Response> {
    explicit Edge(Reply<Response> to) : reply(std::move(to)) {}
    void Receive(absl::StatusOr<Response> answer) override {
      if (answer.ok()) return reply(std::move(answer));
      reply(OnlyOwn(answer.status()));
    }
    Reply<Response> reply;
  };
  return Reply<Response>(std::make_shared<Edge>(std::move(reply)));
}

// Calls a method of a handler so. Nobody calls one in another way.
template <typename Handlers, typename Method, typename Request, typename Response>
void Serve(Handlers& handlers, Method method, const std::shared_ptr<const CallContext>& context, const Request& request,
           Reply<Response> reply) {
  (handlers.*method)(context, request, OnlyOwnErrors(std::move(reply)));
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_OWN_ERRORS_H_
