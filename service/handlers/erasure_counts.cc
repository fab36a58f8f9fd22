#include "service/handlers/erasure_counts.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "service/base/errors.h"
#include "service/dispatch/call_context.h"
#include "service/handlers/record_reader.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {
namespace {

using Counts = v1::DeleteAccountResponse::Counts;

class ErasureCount {
 public:
  ErasureCount(const storage::Snapshot& snapshot, uint32_t account, const CallContext& context)
      : snapshot_(snapshot), account_(account), context_(context) {}

  absl::Status CountInteractions() {
    const auto own = [this](const storage::InteractionRecord& record) { return Count(record.kind()); };
    if (absl::Status status = storage::ScanEdgesOfActor(snapshot_, account_, own); !status.ok()) return status;
    if (absl::Status status = storage::ScanEventsOfActor(snapshot_, account_, own); !status.ok()) return status;
    const storage::Item target{storage::ITEM_ACCOUNT, account_};
    // What the account did to itself was met above.
    absl::Status status = storage::ScanEdgesToTarget(snapshot_, target, [this](const storage::EdgeName& name) {
      return name.actor == account_ ? Alive() : Count(name.kind);
    });
    if (!status.ok()) return status;
    return storage::ScanEventsToTarget(snapshot_, target, [this](const storage::EventName& name) -> absl::Status {
      if (name.actor == account_) return Alive();
      const absl::StatusOr<absl::optional<storage::InteractionRecord>> event = storage::GetEvent(snapshot_, name);
      if (!event.ok()) return event.status();
      return event->has_value() ? Count((*event)->kind()) : Alive();
    });
  }

  absl::Status CountPostsAndVectors() {
    if (absl::Status status = CountVectors({storage::ITEM_ACCOUNT, account_}); !status.ok()) return status;
    const absl::StatusOr<std::vector<uint32_t>> posts = storage::PostsOf(snapshot_, account_);
    if (!posts.ok()) return posts.status();
    counts_.set_posts(static_cast<int64_t>(posts->size()));
    for (const uint32_t post : *posts) {
      if (absl::Status status = CountVectors({storage::ITEM_POST, post}); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const Counts& counts() const { return counts_; }

 private:
  absl::Status Alive() const {
    return context_.IsCancelled() ? absl::CancelledError("nobody waits for this count any more") : absl::OkStatus();
  }

  absl::Status Count(storage::InteractionKind kind) {
    counts_.set_interactions(counts_.interactions() + 1);
    if (kind == storage::IMPRESSION) counts_.set_impressions(counts_.impressions() + 1);
    return Alive();
  }

  absl::Status CountVectors(const storage::Item& item) {
    const absl::StatusOr<std::vector<storage::VectorRecord>> vectors = storage::VectorsOf(snapshot_, item);
    if (!vectors.ok()) return vectors.status();
    for (const storage::VectorRecord& vector : *vectors) {
      counts_.set_vectors(counts_.vectors() + (vector.has_other() ? 2 : 1));
    }
    return Alive();
  }

  const storage::Snapshot& snapshot_;
  const uint32_t account_;
  const CallContext& context_;
  Counts counts_;
};

}  // namespace

absl::StatusOr<Counts> CountErasure(const RecordReader& reader, const std::string& account_id,
                                    const CallContext& context) {
  const absl::StatusOr<uint32_t> account = reader.Find(storage::ITEM_ACCOUNT, account_id);
  if (!account.ok()) return account.status();
  if (*account == 0) return AccountNotFound(account_id);
  ErasureCount count(reader.snapshot(), *account, context);
  if (absl::Status status = count.CountInteractions(); !status.ok()) return status;
  if (absl::Status status = count.CountPostsAndVectors(); !status.ok()) return status;
  return count.counts();
}

}  // namespace staffroom
