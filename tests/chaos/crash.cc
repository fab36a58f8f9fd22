#include "tests/chaos/crash.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "storage/rocksdb_store.h"
#include "tests/chaos/content.h"
#include "tests/chaos/ledger.h"
#include "tests/chaos/observation.h"
#include "tests/chaos/served.h"
#include "tests/chaos/settled_digest.h"
#include "tests/chaos/writer.h"
#include "tests/support/record_writer.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/server_process.h"

namespace staffroom {
namespace {

constexpr int kCommonAccounts = 40;
constexpr int kManyInFlight = 10;
constexpr int kLinesTold = 5;
constexpr int kLifeMinMs = 100;
constexpr int kLifeMaxMs = 1'500;
constexpr absl::Duration kStartTimeout = absl::Minutes(1);
constexpr absl::Duration kPurgeTimeout = absl::Seconds(30);
constexpr absl::Duration kStopTimeout = absl::Seconds(30);

class CrashRun {
 public:
  CrashRun(const CrashOptions& options, const ScratchFolder& folder)
      : options_(options), folder_(folder), random_(options.seed) {
    for (int i = 0; i < kCommonAccounts; ++i) common_accounts_.push_back(absl::StrCat("common-", i));
    for (int i = 0; i < options.writers; ++i) {
      writers_.push_back(std::make_unique<Writer>(i, random_(), &common_accounts_));
    }
  }

  absl::StatusOr<CrashResult> Run() {
    if (absl::Status started = StartServer(); !started.ok()) return started;
    if (absl::Status written = WriteCommonAccounts(); !written.ok()) return written;
    for (int cycle = 1; cycle <= options_.cycles; ++cycle) {
      if (absl::Status done = Cycle(); !done.ok())
        return absl::Status(done.code(), absl::StrCat("cycle ", cycle, ": ", done.message()));
      std::fprintf(stderr, "cycle %d: %lld acknowledged so far, %lld lost, %lld torn, %lld digests differ\n", cycle,
                   static_cast<long long>(Acknowledged()), static_cast<long long>(result_.lost),
                   static_cast<long long>(result_.torn), static_cast<long long>(result_.digest_mismatch));
    }
    result_.acknowledged = Acknowledged();
    for (const std::unique_ptr<Writer>& writer : writers_) {
      result_.sent_again += writer->sent_again();
      result_.found_done += writer->found_done();
    }
    if (absl::Status stopped = server_->Stop(kStopTimeout); !stopped.ok()) return stopped;
    return result_;
  }

 private:
  absl::Status StartServer() {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start({.data_dir = folder_.Join("data")});
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return server_->WaitServing(kStartTimeout);
  }

  std::shared_ptr<grpc::Channel> Connect() const {
    return grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }

  absl::Status WriteCommonAccounts() {
    std::vector<v1::ImportRecord> records;
    for (const std::string& id : common_accounts_) {
      *records.emplace_back().mutable_account() = AccountOf(id, 1);
      common_.Sent(AccountKey(id), 1);
    }
    if (absl::Status written = WriteRecords(Connect(), records, {}); !written.ok()) return written;
    for (const std::string& id : common_accounts_) common_.Acknowledged(AccountKey(id), /*revision=*/0);
    return absl::OkStatus();
  }

  std::vector<Ledger*> Ledgers() {
    std::vector<Ledger*> ledgers = {&common_};
    for (const std::unique_ptr<Writer>& writer : writers_) ledgers.push_back(&writer->ledger());
    return ledgers;
  }
  int64_t Acknowledged() {
    int64_t sum = 0;
    for (const Ledger* const ledger : Ledgers()) sum += ledger->acknowledgements();
    return sum;
  }

  absl::Status Cycle() {
    if (absl::Status lived = LiveAndDie(); !lived.ok()) return lived;
    const absl::StatusOr<uint64_t> digest = InspectCopy();
    if (!digest.ok()) return digest.status();
    if (absl::Status started = StartServer(); !started.ok()) return started;
    ++result_.serving_again;
    return CompareServed(*digest);
  }

  // The server's life under writes, until it is killed.
  absl::Status LiveAndDie() {
    Writer::Life life;
    life.channel = Connect();
    std::vector<std::thread> threads;
    std::vector<absl::Status> statuses(writers_.size());
    for (size_t i = 0; i < writers_.size(); ++i) {
      threads.emplace_back([this, i, &life, &statuses] { statuses[i] = writers_[i]->Run(&life); });
    }
    absl::SleepFor(absl::Milliseconds(kLifeMinMs + static_cast<int>(random_() % (kLifeMaxMs - kLifeMinMs))));
    if (life.in_flight >= kManyInFlight) ++result_.cycles_with_10_in_flight;
    server_->Kill();
    life.stop = true;
    for (std::thread& thread : threads) thread.join();
    for (const absl::Status& status : statuses) {
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  void Tell(const char* what, const std::vector<std::string>& lines) {
    for (size_t i = 0; i < std::min<size_t>(lines.size(), kLinesTold); ++i) {
      std::fprintf(stderr, "%s: %s\n", what, lines[i].c_str());
    }
  }

  void CheckLedgers(const char* where, uint64_t revision,
                    const std::function<int64_t(const Ledger&, const std::string&)>& found) {
    std::vector<std::string> lines;
    for (Ledger* const ledger : Ledgers()) {
      const auto lost = ledger->Check(revision, [&](const std::string& key) { return found(*ledger, key); });
      for (const Ledger::Lost& one : lost) {
        lines.push_back(absl::StrCat(one.key, " is ", one.found, ", was acknowledged as ", one.acknowledged));
      }
    }
    result_.lost += static_cast<int64_t>(lines.size());
    Tell(where, lines);
  }

  // Checks what is on the disk, and gives the digest that a server should report on it. The folder itself is left for the
  // server to recover: whoever opens a store changes it.
  absl::StatusOr<uint64_t> InspectCopy() {
    const std::string copy = folder_.Join("copy");
    std::error_code error;
    std::filesystem::remove_all(copy, error);
    std::filesystem::copy(folder_.Join("data"), copy, std::filesystem::copy_options::recursive, error);
    if (error) return absl::ErrnoToStatus(error.value(), "copying the data folder");
    absl::StatusOr<std::unique_ptr<storage::RocksDbStore>> store = storage::RocksDbStore::Open({.dir = copy});
    if (!store.ok()) return store.status();
    const absl::StatusOr<Observation> seen = Observe(*(*store)->TakeSnapshot());
    if (!seen.ok()) return seen.status();
    result_.torn += static_cast<int64_t>(seen->tears.size());
    Tell("torn", seen->tears);
    CheckLedgers("lost on the disk", seen->revision,
                 [&seen](const Ledger&, const std::string& key) { return seen->ValueOf(key); });
    const absl::StatusOr<SettledDigest> digest = SettleAndDigest(store->get(), kPurgeTimeout);
    if (!digest.ok()) return digest.status();
    if (digest->applied != digest->loaded) CountMismatch("purges", digest->applied, digest->loaded);
    return digest->loaded;
  }

  void CountMismatch(const char* who, uint64_t its, uint64_t loaded) {
    ++result_.digest_mismatch;
    std::fprintf(stderr, "digest of %s: %016llx, of a fresh Load: %016llx\n", who, static_cast<unsigned long long>(its),
                 static_cast<unsigned long long>(loaded));
  }

  absl::Status CompareServed(uint64_t digest) {
    const std::shared_ptr<grpc::Channel> channel = Connect();
    const absl::StatusOr<uint64_t> served_digest = ServedDigest(channel, kPurgeTimeout);
    if (!served_digest.ok()) return served_digest.status();
    if (*served_digest != digest) CountMismatch("the server", *served_digest, digest);
    const absl::StatusOr<absl::flat_hash_map<std::string, int64_t>> served = ListServed(channel);
    if (!served.ok()) return served.status();
    CheckLedgers("lost by the server", std::numeric_limits<uint64_t>::max(),
                 [&served](const Ledger& ledger, const std::string& key) -> int64_t {
                   const bool is_listed = absl::StartsWith(key, AccountKey("")) || absl::StartsWith(key, PostKey("")) ||
                                          absl::StartsWith(key, ResourceKey(""));
                   if (!is_listed) return ledger.ValueOf(key);
                   const auto found = served->find(key);
                   return found == served->end() ? 0 : found->second;
                 });
    return absl::OkStatus();
  }

  const CrashOptions options_;
  const ScratchFolder& folder_;
  std::mt19937_64 random_;
  std::vector<std::string> common_accounts_;
  Ledger common_;
  std::vector<std::unique_ptr<Writer>> writers_;
  std::unique_ptr<ServerProcess> server_;
  CrashResult result_;
};

}  // namespace

absl::StatusOr<CrashResult> RunCrashes(const CrashOptions& options) {
  const absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  return CrashRun(options, **folder).Run();
}

}  // namespace staffroom
