#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "service/base/clock.h"
#include "service/base/mutex.h"
#include "service/client/batch_caller.h"
#include "service/client/call_outcome.h"
#include "service/client/commands.h"
#include "service/client/import_batcher.h"
#include "service/client/import_item.h"
#include "service/client/import_ledger.h"
#include "service/client/import_sender.h"
#include "service/client/line_file.h"
#include "service/client/progress.h"
#include "service/client/rpc_status.h"

namespace staffroom {
namespace {

// One import: files → lines → records → batches → server, and what there is to say about it.
class Import {
 public:
  Import(const Surroundings& surroundings, const ImportOptions& options)
      : surroundings_(surroundings),
        options_(options),
        progress_(options.err_is_terminal, [this](const std::string& text) { Say(text); }),
        ledger_([this](const std::string& line) { Say(progress_.Aside(line)); }),
        caller_(NewGrpcBatchCaller(surroundings.channel)),
        sender_(caller_.get(), &ledger_, options.in_flight,
                {.patience = options.patience, .sleep = [](absl::Duration pause) { absl::SleepFor(pause); }}) {}

  int Run() {
    for (const std::string& file : options_.files) total_bytes_ += BytesOf(file);
    bool all_read = true;
    for (const std::string& file : options_.files) all_read = Read(file) && all_read;
    if (!server_is_lost_) SendAll(batcher_.Flush());
    const google::rpc::Status ended = sender_.Finish();
    progress_.Clear();
    if (ended.code() != google::rpc::OK) Say("staffroom: the import ended early: " + ErrorText(ended) + "\n");
    Summarize();
    if (ended.code() != google::rpc::OK) return kExitUnreachable;
    return all_read && ledger_.totals().refused == 0 ? kExitDone : kExitRefused;
  }

 private:
  static int64_t BytesOf(const std::string& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<int64_t>(bytes);
  }

  // False when the file could not be read to its end.
  bool Read(const std::string& file) {
    auto lines = LineFile::Open(file);
    if (!lines.ok()) {
      Say(progress_.Aside("staffroom: " + std::string(lines.status().message())));
      return false;
    }
    std::string line;
    while (!server_is_lost_) {
      const absl::StatusOr<bool> any = (*lines)->Next(&line);
      if (absl::IsDataLoss(any.status())) {
        Say(progress_.Aside("staffroom: " + std::string(any.status().message())));
        return false;
      }
      if (any.ok() && !*any) break;
      Take({.file = &file, .line = (*lines)->line_number()}, any.ok() ? absl::string_view(line) : "", any.status());
      Show((*lines)->bytes_read());
    }
    finished_bytes_ += BytesOf(file);
    return !server_is_lost_;
  }

  void Take(const LinePosition& position, absl::string_view line, const absl::Status& line_status) {
    if (!line_status.ok()) return ledger_.Refused(position, line_status.message());
    if (absl::StripAsciiWhitespace(line).empty()) return;
    absl::StatusOr<v1::ImportRecord> record = ParseImportRecord(line);
    if (!record.ok()) return ledger_.Refused(position, record.status().message());
    SendAll(batcher_.Add({.position = position, .record = *std::move(record)}));
  }

  void SendAll(std::vector<ImportBatch> batches) {
    for (ImportBatch& batch : batches) server_is_lost_ = !sender_.Send(std::move(batch)) || server_is_lost_;
  }

  void Show(int64_t bytes_of_file) {
    const ImportLedger::Totals totals = ledger_.totals();
    progress_.Show({.bytes_read = finished_bytes_ + bytes_of_file,
                    .bytes_total = total_bytes_,
                    .records = totals.imported + totals.refused,
                    .elapsed = clock_->Now() - start_});
  }

  void Summarize() {
    const ImportLedger::Totals totals = ledger_.totals();
    const double seconds = absl::ToDoubleSeconds(clock_->Now() - start_);
    const double rate = static_cast<double>(totals.imported) / seconds;
    surroundings_.out << (surroundings_.json
                              ? absl::StrFormat("{\"imported\": \"%d\", \"refused\": \"%d\", \"seconds\": %.3f}\n",
                                                totals.imported, totals.refused, seconds)
                              : absl::StrFormat("imported %d records, %d refused, in %.1f s (%.0f/s)\n",
                                                totals.imported, totals.refused, seconds, rate));
  }

  // From the thread that reads, and from those that send.
  void Say(const std::string& text) {
    MutexLock lock(&say_mutex_);
    surroundings_.err << text << std::flush;
  }

  const Surroundings& surroundings_;
  const ImportOptions& options_;
  const std::unique_ptr<Clock> clock_ = NewSystemClock();
  const absl::Time start_ = clock_->Now();
  Mutex say_mutex_;
  int64_t total_bytes_ = 0;
  int64_t finished_bytes_ = 0;
  bool server_is_lost_ = false;
  ProgressPrinter progress_;
  ImportLedger ledger_;
  std::unique_ptr<BatchCaller> caller_;
  ImportBatcher batcher_;
  ImportSender sender_;
};

}  // namespace

int RunImport(const Surroundings& surroundings, const ImportOptions& options) {
  if (!IsReachable(surroundings)) return kExitUnreachable;
  return Import(surroundings, options).Run();
}

}  // namespace staffroom
