#ifndef STAFFROOM_SERVICE_CLIENT_IMPORT_SENDER_H_
#define STAFFROOM_SERVICE_CLIENT_IMPORT_SENDER_H_

#include <deque>
#include <list>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "google/rpc/status.pb.h"
#include "service/base/mutex.h"
#include "service/client/batch_caller.h"
#include "service/client/import_batcher.h"
#include "service/client/import_delivery.h"
#include "service/client/import_ledger.h"

namespace staffroom {

// Has several batches on their way at once and keeps the order that matters (import_batcher.h): a batch waits for those of
// the other stage, and for those with which it shares an order key. Each item ends in the ledger.
// Send and Finish belong to one thread.
class ImportSender {
 public:
  // `in_flight` ≥ 1 batches at once; 1 makes an import repeat itself exactly. Caller and ledger must outlive the sender.
  ImportSender(BatchCaller* caller, ImportLedger* ledger, int in_flight, DeliveryOptions options);
  // Waits for what is on its way.
  ~ImportSender();
  ImportSender(const ImportSender&) = delete;
  ImportSender& operator=(const ImportSender&) = delete;

  // Takes the batch as soon as it may go. False when the import cannot go on: nothing more is sent.
  bool Send(ImportBatch batch);

  // Waits until all is answered. Not OK: why the import ended, and what was not answered is in no total.
  google::rpc::Status Finish();

 private:
  void Work();
  void Settle(const ImportBatch& batch, const Delivered& delivered);
  bool MayGo(const ImportBatch& batch) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  BatchCaller& caller_;
  ImportLedger& ledger_;
  const size_t in_flight_;
  const DeliveryOptions options_;

  Mutex mutex_;
  Condition changed_;
  std::list<ImportBatch> under_way_ ABSL_GUARDED_BY(mutex_);           // a list: workers hold pointers into it
  std::deque<const ImportBatch*> to_be_sent_ ABSL_GUARDED_BY(mutex_);  // of those under way, no worker has them yet
  google::rpc::Status ended_ ABSL_GUARDED_BY(mutex_);                  // not OK: why
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> workers_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_IMPORT_SENDER_H_
