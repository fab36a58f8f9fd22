#ifndef STAFFROOM_SERVICE_VIEWS_CATALOG_H_
#define STAFFROOM_SERVICE_VIEWS_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"
#include "service/engine/view.h"
#include "service/views/adjacency.h"
#include "service/views/id_map.h"
#include "service/views/packed_text.h"
#include "service/views/word_table.h"
#include "storage/records.pb.h"

namespace staffroom {

// A protobuf enum in one byte (they are ints); reads as the enum.
template <typename Enum>
class PackedEnum {
 public:
  constexpr PackedEnum(Enum value) : value_(static_cast<uint8_t>(value)) {}  // NOLINT(google-explicit-constructor)
  constexpr operator Enum() const { return static_cast<Enum>(value_); }      // NOLINT(google-explicit-constructor)

 private:
  uint8_t value_;
};

// What recommending needs to know of an account, beside its vector and its edges. Lists of words are sorted by number.
struct AccountEntry {
  PackedText id;
  PackedText display_name;
  PackedWords interests;
  PackedWords subjects;
  PackedWords languages;
  PackedWords tags;
  PackedWords mentor_topics;
  WordId region = 0;
  uint32_t create_time_s = 0;  // the caller's create_time
  uint32_t update_time_s = 0;  // mutation time of the last create or update
  uint16_t grade_bands = 0;    // bit n stands for the contract's GradeBand number n
  PackedEnum<storage::AccountKind> kind = storage::ACCOUNT_KIND_UNSPECIFIED;
  PackedEnum<storage::Exposure> exposure = storage::EXPOSURE_UNSPECIFIED;  // resolved: never unspecified when present
  PackedEnum<storage::State> state = storage::STATE_UNSPECIFIED;           // resolved
  bool follows_hidden : 1 = false;
  bool profiling_off : 1 = false;
  bool verified : 1 = false;
  bool stub : 1 = false;
  bool present : 1 = false;  // false: never existed, or erased
  bool has_mentor_offer : 1 = false;
  uint8_t weekly_capacity = 0;

  // Present and not a stub: GetAccount would answer it.
  bool exists() const { return present && !stub; }
  // Contributes to nothing that others can see: exposure NOBODY and follows hidden.
  bool quiet() const { return exposure == storage::NOBODY && follows_hidden; }
};

// What is asked of thousands of accounts a request, in a byte: the column of a million accounts lies in the caches, where
// entries do not.
class AccountFlags {
 public:
  AccountFlags() = default;
  explicit AccountFlags(const AccountEntry& entry)
      : bits_(static_cast<uint8_t>((entry.exists() && !entry.quiet() ? kNoticeable : 0) |
                                   (entry.exists() && entry.state == storage::ACTIVE ? kActive : 0) |
                                   (entry.exposure == storage::EVERYBODY ? kOpen : 0) |
                                   (entry.exposure == storage::NOBODY ? kClosed : 0) |
                                   (entry.follows_hidden ? kHidesFollows : 0))) {}

  // It exists and is not quiet: it is there for anybody.
  bool noticeable() const { return (bits_ & kNoticeable) != 0; }
  // It exists, and stands as far as the moderators are concerned.
  bool active() const { return (bits_ & kActive) != 0; }
  // Active, and shown to everybody.
  bool active_and_open() const { return (bits_ & (kActive | kOpen)) == (kActive | kOpen); }
  // Shown to nobody.
  bool closed() const { return (bits_ & kClosed) != 0; }
  bool hides_follows() const { return (bits_ & kHidesFollows) != 0; }

 private:
  static constexpr uint8_t kNoticeable = 1, kActive = 2, kOpen = 4, kClosed = 8, kHidesFollows = 16;
  uint8_t bits_ = 0;
};

struct PostEntry {
  PackedText id;
  PackedWords tags;
  PackedWords resources;  // resource ordinals, sorted
  AccountOrdinal author;
  PostOrdinal in_reply_to;
  WordId language = 0;
  uint32_t create_time_s = 0;
  PackedEnum<storage::Audience> audience = storage::AUDIENCE_UNSPECIFIED;  // resolved
  PackedEnum<storage::State> state = storage::STATE_UNSPECIFIED;           // resolved
  bool stub : 1 = false;
  bool present : 1 = false;
  bool exists() const { return present && !stub; }
};

struct ResourceEntry {
  PackedText id;
  PackedText title;
  PackedWords subjects;
  PackedWords languages;
  PackedWords tags;
  AccountOrdinal author;
  AccountOrdinal publisher;
  uint32_t publish_time_s = 0;
  uint32_t minutes = 0;  // 0 = unknown
  uint16_t grade_bands = 0;
  uint8_t kind = 0;  // the contract's Resource.Kind
  PackedEnum<storage::State> state = storage::STATE_UNSPECIFIED;
  bool stub : 1 = false;
  bool present : 1 = false;
  bool exists() const { return present && !stub; }
};

// Who and what there is: columns by ordinal, ids, words. The other views ask it who counts.
class Catalog : public View {
 public:
  // `default_exposure`: what an account that never said reads as.
  explicit Catalog(storage::Exposure default_exposure);

  absl::string_view name() const override { return "catalog"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  uint64_t Digest() const override;
  int64_t Bytes() const override;

  // By id, stubs included; none when unknown or erased.
  AccountOrdinal FindAccount(absl::string_view id) const { return AccountOrdinal(account_ids_.Find(id)); }
  PostOrdinal FindPost(absl::string_view id) const { return PostOrdinal(post_ids_.Find(id)); }
  ResourceOrdinal FindResource(absl::string_view id) const { return ResourceOrdinal(resource_ids_.Find(id)); }

  // By ordinal; any number may be asked: an entry that is not present answers for what is not there.
  const AccountEntry& account(AccountOrdinal ordinal) const { return At(accounts_, ordinal.value()); }
  const PostEntry& post(PostOrdinal ordinal) const { return At(posts_, ordinal.value()); }
  const ResourceEntry& resource(ResourceOrdinal ordinal) const { return At(resources_, ordinal.value()); }

  AccountFlags flags(AccountOrdinal ordinal) const { return At(account_flags_, ordinal.value()); }
  // When the account was last heard of: created, or wrote a post that everybody may read (a post for some is no sign to
  // all). 0: unknown.
  uint32_t last_seen_s(AccountOrdinal ordinal) const { return At(last_seen_s_, ordinal.value()); }
  // Both ask the memory for what a ranker looks at, some accounts ahead of it; the second reads what the first fetched.
  void PrefetchEntry(AccountOrdinal ordinal) const {
    const char* const entry = reinterpret_cast<const char*>(&account(ordinal));
    __builtin_prefetch(entry);
    __builtin_prefetch(entry + sizeof(AccountEntry) - 1);
  }
  void PrefetchWords(AccountOrdinal ordinal) const {
    const uint32_t* const words = account(ordinal).interests.view().data();
    if (words == nullptr) return;
    __builtin_prefetch(words);
    __builtin_prefetch(words + kWordsAhead);  // an account's lists usually follow one another
  }

  // One past the greatest ordinal in use.
  uint32_t account_limit() const { return static_cast<uint32_t>(accounts_.size()); }
  uint32_t post_limit() const { return static_cast<uint32_t>(posts_.size()); }
  uint32_t resource_limit() const { return static_cast<uint32_t>(resources_.size()); }

  // The posts of an account, oldest first (by create time, then id).
  absl::Span<const PostOrdinal> PostsBy(AccountOrdinal author) const;

  // The resources that an account wrote or publishes, by ordinal.
  absl::Span<const ResourceOrdinal> ResourcesOf(AccountOrdinal account) const {
    return resources_of_.Of(account.value());
  }

  const WordTable& words() const { return words_; }

  // What exists; stubs are not counted.
  int64_t account_count() const { return account_count_; }
  int64_t post_count() const { return post_count_; }
  int64_t resource_count() const { return resource_count_; }

 private:
  template <typename Entry>
  static const Entry& At(const std::vector<Entry>& entries, uint32_t ordinal) {
    return entries[ordinal < entries.size() ? ordinal : 0];  // 0 is never given: it stands for "not there"
  }

  void Put(const storage::AccountRecord& record);
  void Put(const storage::PostRecord& record);
  void Put(const storage::ResourceRecord& record);
  void Erase(AccountOrdinal ordinal);
  void Erase(PostOrdinal ordinal);
  void Erase(ResourceOrdinal ordinal);
  void LinkToAuthor(PostOrdinal post);
  void UnlinkFromAuthor(PostOrdinal post);
  void RefreshLastSeen(AccountOrdinal account);
  void LinkToAccounts(ResourceOrdinal resource);
  void UnlinkFromAccounts(ResourceOrdinal resource);
  template <typename Words>
  PackedWords KeepWords(PackedWords current, const Words& words);

  static constexpr size_t kWordsAhead = 64 / sizeof(WordId);

  const storage::Exposure default_exposure_;
  std::vector<AccountEntry> accounts_{1};
  std::vector<AccountFlags> account_flags_{1};  // by account, of its entry
  std::vector<uint32_t> last_seen_s_{0};        // by account
  std::vector<PostEntry> posts_{1};
  std::vector<ResourceEntry> resources_{1};
  std::vector<std::vector<PostOrdinal>> posts_by_author_;
  Adjacency<ResourceOrdinal> resources_of_;
  IdMap account_ids_;
  IdMap post_ids_;
  IdMap resource_ids_;
  WordTable words_;
  Arena arena_;
  int64_t account_count_ = 0;
  int64_t post_count_ = 0;
  int64_t resource_count_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_CATALOG_H_
