#include "tests/chaos/settled_digest.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "embeddings/encoder/encoder.h"
#include "service/base/clock.h"
#include "service/engine/engine.h"
#include "service/views/views.h"

namespace staffroom {
namespace {

constexpr absl::Duration kPollInterval = absl::Milliseconds(5);

// As the server makes them, as far as digests go: vectors are not part of one.
absl::StatusOr<std::unique_ptr<Views>> MakeViews(const embeddings::Encoder& encoder) {
  Views::Options options;
  options.vectors.model_id = std::string(encoder.model_id());
  options.vectors.index.dimensions = static_cast<size_t>(encoder.dimensions());
  return Views::Create(std::move(options));
}

absl::Status Settle(storage::Store* store, Views* views, absl::Duration timeout) {
  const std::unique_ptr<Clock> clock = NewSystemClock();
  Engine engine({}, store, views, clock.get());
  if (absl::Status started = engine.Start(); !started.ok()) return started;
  const absl::Time deadline = absl::Now() + timeout;
  while (engine.oldest_purge_time() != 0) {
    if (absl::Now() > deadline) return absl::DeadlineExceededError("the purges do not end");
    absl::SleepFor(kPollInterval);
  }
  engine.Stop();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SettledDigest> SettleAndDigest(storage::Store* store, absl::Duration timeout) {
  const std::unique_ptr<embeddings::Encoder> encoder = embeddings::NewHashingEncoder();
  const absl::StatusOr<std::unique_ptr<Views>> applied = MakeViews(*encoder);
  const absl::StatusOr<std::unique_ptr<Views>> loaded = MakeViews(*encoder);
  if (!applied.ok()) return applied.status();
  if (!loaded.ok()) return loaded.status();
  if (absl::Status settled = Settle(store, applied->get(), timeout); !settled.ok()) return settled;
  if (absl::Status status = (*loaded)->Load(*store->TakeSnapshot(), /*revision=*/0); !status.ok()) return status;
  return SettledDigest{(*applied)->Digest(), (*loaded)->Digest()};
}

}  // namespace staffroom
