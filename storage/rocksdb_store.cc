#include "storage/rocksdb_store.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/rocksdb_folder.h"
#include "storage/rocksdb_options.h"
#include "storage/rocksdb_status.h"

namespace staffroom::storage {

struct RocksDbStore::Database {
  explicit Database(RocksDbFolder store_folder) : folder(std::move(store_folder)) {}
  ~Database();
  absl::Status Close();

  rocksdb::ColumnFamilyHandle* HandleOf(Family family) const { return handles[1 + static_cast<size_t>(family)]; }

  RocksDbFolder folder;
  bool relaxed_sync = false;
  bool may_have_lost_writes = false;
  std::atomic<bool> has_written{false};
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;  // "default", then by Family
  mutable std::atomic<int64_t> reads{0};
};

RocksDbStore::Database::~Database() { Close().IgnoreError(); }

absl::Status RocksDbStore::Database::Close() {
  if (db == nullptr) return absl::OkStatus();
  const auto synced = CallRocksDb("syncing the log", [this] { return db->SyncWAL(); });
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  handles.clear();
  // Lost writes stay on record until somebody has acted on them, which takes a write: the new epoch.
  const bool may_clear = !may_have_lost_writes || has_written;
  absl::Status cleared = absl::OkStatus();
  if (synced.ok() && may_clear) cleared = folder.ClearUnsyncedMark();
  const auto closed = CallRocksDb("closing", [this] { return db->Close(); });
  db.reset();
  if (!synced.ok()) return synced;
  return closed.ok() ? cleared : closed;
}

class RocksDbStore::DatabaseIterator : public Iterator {
 public:
  DatabaseIterator(const Database& database, rocksdb::ReadOptions options, Family family, absl::string_view first,
                   absl::string_view past_last)
      : database_(database), past_last_(past_last), past_last_slice_(past_last_) {
    if (!past_last.empty()) options.iterate_upper_bound = &past_last_slice_;
    options.auto_prefix_mode = true;
    // Whoever reads a whole family reads it once: it must not push out what point reads need.
    options.fill_cache = !(first.empty() && past_last.empty());
    iterator_.reset(database.db->NewIterator(options, database.HandleOf(family)));
    // RocksDB asserts that the bound is not below the seek key.
    if (!past_last.empty() && past_last <= first) return;
    iterator_->Seek(ToSlice(first));
    CountEntry();
  }
  bool Valid() const override { return iterator_->Valid(); }
  void Next() override {
    iterator_->Next();
    CountEntry();
  }
  absl::string_view key() const override { return FromSlice(iterator_->key()); }
  absl::string_view value() const override { return FromSlice(iterator_->value()); }
  absl::Status status() const override { return FromRocksDb(iterator_->status(), "scanning"); }

 private:
  void CountEntry() {
    if (iterator_->Valid()) database_.reads.fetch_add(1, std::memory_order_relaxed);
  }

  const Database& database_;
  const std::string past_last_;
  const rocksdb::Slice past_last_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksDbStore::DatabaseSnapshot : public Snapshot {
 public:
  explicit DatabaseSnapshot(const Database& database) : database_(database) {
    options_.snapshot = database.db->GetSnapshot();
  }
  ~DatabaseSnapshot() override { database_.db->ReleaseSnapshot(options_.snapshot); }

  absl::StatusOr<absl::optional<std::string>> Get(Family family, absl::string_view key) const override {
    database_.reads.fetch_add(1, std::memory_order_relaxed);
    std::string value;
    const rocksdb::Status status = database_.db->Get(options_, database_.HandleOf(family), ToSlice(key), &value);
    if (status.IsNotFound()) return absl::nullopt;
    if (!status.ok()) return FromRocksDb(status, "reading a key");
    return value;
  }

  absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(absl::Span<const FamilyKey> keys) const override {
    database_.reads.fetch_add(static_cast<int64_t>(keys.size()), std::memory_order_relaxed);
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    std::vector<rocksdb::Slice> slices;
    for (const FamilyKey& key : keys) {
      handles.push_back(database_.HandleOf(key.family));
      slices.push_back(ToSlice(key.key));
    }
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_.db->MultiGet(options_, keys.size(), handles.data(), slices.data(), found.data(), statuses.data());
    std::vector<absl::optional<std::string>> values(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return FromRocksDb(statuses[i], "reading keys");
      values[i] = found[i].ToString();
    }
    return values;
  }

  std::unique_ptr<Iterator> Scan(Family family, absl::string_view first, absl::string_view past_last) const override {
    return std::make_unique<DatabaseIterator>(database_, options_, family, first, past_last);
  }

 private:
  const Database& database_;
  rocksdb::ReadOptions options_;
};

namespace {

// A store with families that this program does not know is newer; one with fewer gets the missing ones.
absl::Status CheckFamilies(const std::string& rocksdb_dir,
                           const std::vector<rocksdb::ColumnFamilyDescriptor>& descriptors) {
  std::vector<std::string> names;
  const auto listed = CallRocksDb("listing the families", [&] {
    return rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), rocksdb_dir, &names);
  });
  if (!listed.ok()) return listed;
  std::set<std::string> known;
  for (const auto& descriptor : descriptors) known.insert(descriptor.name);
  for (const std::string& name : names) {
    if (known.count(name) != 0) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(rocksdb_dir, " has a family \"", name, "\" that this program does not know: a newer one made it"));
  }
  return absl::OkStatus();
}

// RocksDB has no code for a lock that is taken, be it by another process or by this one: only the message tells.
bool IsLockTaken(const absl::Status& status) {
  return absl::StrContains(status.message(), "While lock file") || absl::StrContains(status.message(), "lock hold by");
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksDbStore>> RocksDbStore::Open(const Options& options) {
  absl::StatusOr<RocksDbFolder> folder = RocksDbFolder::Prepare(options.dir);
  if (!folder.ok()) return folder.status();
  auto database = std::make_unique<Database>(*std::move(folder));
  const std::string rocksdb_dir = database->folder.rocksdb_dir();
  const auto descriptors = FamilyDescriptors(options);
  if (!database->folder.is_new()) {
    if (auto status = CheckFamilies(rocksdb_dir, descriptors); !status.ok()) return status;
  }

  const absl::StatusOr<bool> unsynced = database->folder.HasUnsyncedMark();
  if (!unsynced.ok()) return unsynced.status();
  database->may_have_lost_writes = *unsynced;

  rocksdb::DBOptions database_options = DatabaseOptions(options, *unsynced);
  database_options.create_if_missing = database->folder.is_new();
  const auto opened = CallRocksDb(absl::StrCat("opening ", rocksdb_dir), [&] {
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status =
        rocksdb::DB::Open(database_options, rocksdb_dir, descriptors, &database->handles, &db);
    database->db.reset(db);
    return status;
  });
  if (IsLockTaken(opened)) {
    return absl::FailedPreconditionError(absl::StrCat(options.dir, " is already open by another staffroomd"));
  }
  if (!opened.ok()) return opened;

  if (database->folder.is_new()) {
    if (auto status = database->folder.MarkWhole(); !status.ok()) return status;
  }
  database->relaxed_sync = options.relaxed_sync;
  if (options.relaxed_sync) {
    if (auto status = database->folder.SetUnsyncedMark(); !status.ok()) return status;
  }
  return std::unique_ptr<RocksDbStore>(new RocksDbStore(std::move(database)));
}

RocksDbStore::RocksDbStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

RocksDbStore::~RocksDbStore() = default;

absl::Status RocksDbStore::Write(const WriteBatch& batch) {
  rocksdb::WriteBatch writes(/*reserved_bytes=*/batch.bytes() + 16 * batch.operations().size());
  return CallRocksDb("writing a batch", [&] {
    for (const WriteBatch::Operation& operation : batch.operations()) {
      rocksdb::ColumnFamilyHandle* const family = database_->HandleOf(operation.family);
      const rocksdb::Status added = operation.value.has_value() ? writes.Put(family, operation.key, *operation.value)
                                                                : writes.Delete(family, operation.key);
      if (!added.ok()) return added;
    }
    rocksdb::WriteOptions write_options;
    write_options.sync = !database_->relaxed_sync;
    const rocksdb::Status written = database_->db->Write(write_options, &writes);
    if (written.ok()) database_->has_written = true;
    return written;
  });
}

std::unique_ptr<Snapshot> RocksDbStore::TakeSnapshot() const { return std::make_unique<DatabaseSnapshot>(*database_); }

int64_t RocksDbStore::reads() const { return database_->reads.load(std::memory_order_relaxed); }

int64_t RocksDbStore::bytes_on_disk() const {
  int64_t bytes = 0;
  std::error_code error;
  // Files come and go under the walk; one that is gone has no size.
  for (std::filesystem::directory_iterator it(database_->folder.rocksdb_dir(), error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    const auto size = it->file_size(gone);
    if (!gone) bytes += static_cast<int64_t>(size);
  }
  return bytes;
}

bool RocksDbStore::may_have_lost_writes() const { return database_->may_have_lost_writes; }

}  // namespace staffroom::storage
