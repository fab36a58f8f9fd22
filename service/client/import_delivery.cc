#include "service/client/import_delivery.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "service/client/rpc_status.h"

namespace staffroom {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);

bool IsOk(const google::rpc::Status& status) { return status.code() == google::rpc::OK; }

// Whether the fault lies in an item of the batch.
bool IsAboutContent(const google::rpc::Status& status) {
  return status.code() == google::rpc::INVALID_ARGUMENT ||
         (status.code() == google::rpc::RESOURCE_EXHAUSTED && !RetryDelay(status).has_value());
}

// How long was waited without anything going through, and how long to wait next.
class Waiting {
 public:
  explicit Waiting(const DeliveryOptions& options) : options_(options) {}

  void SomethingWentThrough() {
    waited_ = absl::ZeroDuration();
    pause_ = kFirstPause;
  }
  // False when waiting for it would be longer than patience lasts.
  bool Wait(const google::rpc::Status& status) {
    const absl::Duration pause = std::max(RetryDelay(status).value_or(pause_), absl::Milliseconds(1));
    if (waited_ + pause > options_.patience) return false;
    options_.sleep(pause);
    waited_ += pause;
    pause_ = std::min(2 * pause_, kLongestPause);
    return true;
  }

 private:
  const DeliveryOptions& options_;
  absl::Duration waited_ = absl::ZeroDuration();
  absl::Duration pause_ = kFirstPause;
};

}  // namespace

Delivered Deliver(BatchCaller& caller, RecordKind kind, absl::Span<const ImportItem> items,
                  const DeliveryOptions& options) {
  Delivered delivered;
  Waiting waiting(options);
  size_t at_once = items.size();  // halved when a call is refused as a whole
  while (delivered.items.size() < items.size()) {
    const absl::Span<const ImportItem> slice = items.subspan(delivered.items.size(), at_once);
    BatchReply reply = caller.Call(kind, slice);
    if (IsOk(reply.status)) {
      const auto stop = std::find_if(reply.items.begin(), reply.items.end(), [](const google::rpc::Status& item) {
        return IsForLater(item) || IsAboutEverything(item);
      });
      if (stop != reply.items.begin()) waiting.SomethingWentThrough();
      if (stop != reply.items.end()) reply.status = *stop;
      delivered.items.insert(delivered.items.end(), std::make_move_iterator(reply.items.begin()),
                             std::make_move_iterator(stop));
    }
    if (IsOk(reply.status)) continue;
    if (IsForLater(reply.status) && waiting.Wait(reply.status)) continue;
    if (IsAboutContent(reply.status) && slice.size() > 1) {
      at_once = (slice.size() + 1) / 2;
    } else if (IsAboutContent(reply.status)) {
      delivered.items.push_back(reply.status);
      at_once = items.size();
    } else {
      delivered.status = reply.status;
      break;
    }
  }
  return delivered;
}

}  // namespace staffroom
