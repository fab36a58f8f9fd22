#ifndef STAFFROOM_TESTS_STORAGE_ROCKSDB_FIXTURE_H_
#define STAFFROOM_TESTS_STORAGE_ROCKSDB_FIXTURE_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/rocksdb_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom::storage {

// A folder, and ways to open a store in it and to see what is there.
class RocksDbFixture : public ::testing::Test {
 protected:
  RocksDbStore::Options OptionsOf(const std::string& dir) const {
    return {.dir = dir, .block_cache_bytes = size_t{8} << 20, .write_buffer_bytes = size_t{4} << 20};
  }
  absl::StatusOr<std::unique_ptr<RocksDbStore>> Open() const { return RocksDbStore::Open(OptionsOf(dir())); }
  absl::StatusOr<std::unique_ptr<RocksDbStore>> OpenRelaxed() const {
    auto options = OptionsOf(dir());
    options.relaxed_sync = true;
    return RocksDbStore::Open(options);
  }
  // Not there yet.
  std::string dir() const { return temp_.Join("data"); }

  void WriteFile(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(dir());
    std::ofstream(absl::StrCat(dir(), "/", name)) << text;
  }
  std::string ReadFile(const std::string& name) const {
    std::ifstream file(absl::StrCat(dir(), "/", name));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // Paths below the folder, sorted.
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir())) {
      files.push_back(std::filesystem::relative(entry.path(), dir()).string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

 private:
  const TempDir temp_;
};

inline absl::Status Put(Store* store, Family family, std::string key, std::string value) {
  WriteBatch batch;
  batch.Put(family, std::move(key), std::move(value));
  return store->Write(batch);
}

}  // namespace staffroom::storage

#endif  // STAFFROOM_TESTS_STORAGE_ROCKSDB_FIXTURE_H_
