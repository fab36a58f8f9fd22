#include "service/client/import_sender.h"

#include <algorithm>
#include <utility>

#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "service/base/mutex.h"
#include "service/client/rpc_status.h"

namespace staffroom {
namespace {

bool SharesOrderKey(const ImportBatch& a, const ImportBatch& b) {
  return std::any_of(a.order_keys.begin(), a.order_keys.end(),
                     [&b](uint64_t key) { return b.order_keys.contains(key); });
}

}  // namespace

ImportSender::ImportSender(BatchCaller* caller, ImportLedger* ledger, int in_flight, DeliveryOptions options)
    : caller_(*caller), ledger_(*ledger), in_flight_(in_flight), options_(std::move(options)) {
  for (size_t i = 0; i < in_flight_; ++i) workers_.emplace_back([this] { Work(); });
}

ImportSender::~ImportSender() {
  {
    MutexLock lock(&mutex_);
    closing_ = true;
    changed_.NotifyAll();
  }
  for (std::thread& worker : workers_) worker.join();
}

bool ImportSender::MayGo(const ImportBatch& batch) const {
  return under_way_.size() < in_flight_ &&
         std::none_of(
             under_way_.begin(), under_way_.end(),
             [&](const ImportBatch& other) { return other.stage() != batch.stage() || SharesOrderKey(batch, other); });
}

bool ImportSender::Send(ImportBatch batch) {
  MutexLock lock(&mutex_);
  while (ended_.code() == google::rpc::OK && !MayGo(batch)) changed_.Wait(&mutex_);
  if (ended_.code() != google::rpc::OK) return false;
  under_way_.push_back(std::move(batch));
  to_be_sent_.push_back(&under_way_.back());
  changed_.NotifyAll();
  return true;
}

google::rpc::Status ImportSender::Finish() {
  MutexLock lock(&mutex_);
  while (!under_way_.empty()) changed_.Wait(&mutex_);
  return ended_;
}

void ImportSender::Work() {
  while (true) {
    const ImportBatch* batch = nullptr;
    bool go_on = true;
    {
      MutexLock lock(&mutex_);
      while (to_be_sent_.empty() && !closing_) changed_.Wait(&mutex_);
      if (to_be_sent_.empty()) return;
      batch = to_be_sent_.front();
      to_be_sent_.pop_front();
      go_on = ended_.code() == google::rpc::OK;
    }
    Delivered delivered;
    if (go_on) {
      delivered = Deliver(caller_, batch->kind, batch->items, options_);
      Settle(*batch, delivered);
    }
    MutexLock lock(&mutex_);
    if (delivered.status.code() != google::rpc::OK && ended_.code() == google::rpc::OK) ended_ = delivered.status;
    under_way_.remove_if([batch](const ImportBatch& other) { return &other == batch; });
    changed_.NotifyAll();
  }
}

void ImportSender::Settle(const ImportBatch& batch, const Delivered& delivered) {
  for (size_t i = 0; i < delivered.items.size(); ++i) {
    if (delivered.items[i].code() == google::rpc::OK) {
      ledger_.Imported();
    } else {
      ledger_.Refused(batch.items[i].position, ErrorText(delivered.items[i]));
    }
  }
}

}  // namespace staffroom
