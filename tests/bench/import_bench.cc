#include "tests/bench/import_bench.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "staffroom/v1/admin_service.grpc.pb.h"
#include "storage/rocksdb_store.h"
#include "storage/write_batch.h"
#include "tests/bench/community.h"
#include "tests/bench/recorded_batches.h"
#include "tests/support/figures.h"
#include "tests/support/record_writer.h"
#include "tests/support/rpc_status.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/server_process.h"

namespace staffroom {
namespace {

constexpr absl::Duration kStartTimeout = absl::Minutes(1);
constexpr absl::Duration kStopTimeout = absl::Minutes(1);

double PerSecond(size_t records, absl::Time begin) {
  return static_cast<double>(records) / absl::ToDoubleSeconds(absl::Now() - begin);
}

// The server must hold every record: a fast import that loses some is none.
absl::Status CheckCount(const std::shared_ptr<grpc::Channel>& channel, size_t records) {
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  const auto admin = v1::AdminService::NewStub(channel);
  if (absl::Status asked = FromRpc(admin->GetStatus(&context, {}, &status), "GetStatus"); !asked.ok()) return asked;
  const int64_t held = status.accounts() + status.posts() + status.resources() + status.interactions();
  if (held == static_cast<int64_t>(records)) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("of ", records, " records the server holds ", held));
}

absl::StatusOr<double> ImportOnce(const std::vector<v1::ImportRecord>& records) {
  const absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  const absl::StatusOr<std::unique_ptr<ServerProcess>> server =
      ServerProcess::Start({.data_dir = (*folder)->Join("data")});
  if (!server.ok()) return server.status();
  if (absl::Status serving = (*server)->WaitServing(kStartTimeout); !serving.ok()) return serving;
  const auto channel = grpc::CreateChannel((*server)->address(), grpc::InsecureChannelCredentials());
  const absl::Time begin = absl::Now();
  if (absl::Status written = WriteRecords(channel, records, {}); !written.ok()) return written;
  const double per_second = PerSecond(records.size(), begin);
  if (absl::Status counted = CheckCount(channel, records.size()); !counted.ok()) return counted;
  if (absl::Status stopped = (*server)->Stop(kStopTimeout); !stopped.ok()) return stopped;
  return per_second;
}

absl::StatusOr<double> WriteBatchesOnce(const std::vector<storage::WriteBatch>& batches, size_t records) {
  const absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  const absl::StatusOr<std::unique_ptr<storage::RocksDbStore>> store =
      storage::RocksDbStore::Open({.dir = (*folder)->Join("data")});
  if (!store.ok()) return store.status();
  const absl::Time begin = absl::Now();
  for (const storage::WriteBatch& batch : batches) {
    if (absl::Status written = (*store)->Write(batch); !written.ok()) return written;
  }
  return PerSecond(records, begin);
}

absl::StatusOr<std::vector<storage::WriteBatch>> BatchesOf(const std::vector<v1::ImportRecord>& records) {
  const absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  return RecordBatches(records, (*folder)->Join("data"));
}

}  // namespace

absl::Status RunImportBench(const ImportBenchOptions& options) {
  const std::vector<v1::ImportRecord> records =
      MakeCommunity(MixedCommunity(options.records), options.seed, absl::Now()).records;
  const absl::StatusOr<std::vector<storage::WriteBatch>> batches = BatchesOf(records);
  if (!batches.ok()) return batches.status();
  std::vector<double> imports, writes;
  for (int repeat = 1; repeat <= options.repeats; ++repeat) {
    const absl::StatusOr<double> imported = ImportOnce(records);
    if (!imported.ok()) return imported.status();
    const absl::StatusOr<double> written = WriteBatchesOnce(*batches, records.size());
    if (!written.ok()) return written.status();
    std::fprintf(stderr, "repeat %d: import %.0f, write batches %.0f records a second\n", repeat, *imported, *written);
    imports.push_back(*imported);
    writes.push_back(*written);
  }
  size_t bytes = 0;
  for (const storage::WriteBatch& batch : *batches) bytes += batch.bytes();
  Figures figures;
  figures.Print("records", static_cast<double>(records.size()));
  figures.Print("bytes_per_record", static_cast<double>(bytes) / static_cast<double>(records.size()));
  figures.Print("records_per_second", Median(imports));
  figures.Print("write_batch_records_per_second", Median(writes));
  figures.Print("ratio_write_batch", Median(imports) / Median(writes));
  return absl::OkStatus();
}

}  // namespace staffroom
