#include "service/views/catalog.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/digest.h"
#include "service/base/ordinal.h"
#include "service/engine/change.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr int64_t kMicrosecondsPerSecond = 1'000'000;

uint32_t Seconds(int64_t microseconds) {
  return microseconds <= 0 ? 0 : static_cast<uint32_t>(microseconds / kMicrosecondsPerSecond);
}

template <typename Numbers>
uint16_t BandBits(const Numbers& grade_bands) {
  uint16_t bits = 0;
  for (const int band : grade_bands) {
    if (band > 0 && band < 16) bits = static_cast<uint16_t>(bits | 1u << band);
  }
  return bits;
}

storage::State Resolved(storage::State state) { return state == storage::STATE_UNSPECIFIED ? storage::ACTIVE : state; }

template <typename Entry>
Entry& Grown(std::vector<Entry>& entries, uint32_t ordinal) {
  if (ordinal >= entries.size()) entries.resize(ordinal + 1);
  return entries[ordinal];
}

// A post that only some may read is no sign for everybody.
bool IsSignOfLife(const PostEntry& post) { return post.audience == storage::PUBLIC && post.state == storage::ACTIVE; }

// Words hash as a sum: their numbers, and so their order, differ between processes.
uint64_t HashWords(const WordTable& words, PackedWords list) {
  uint64_t sum = 0;
  for (const WordId word : list.view()) sum += RecordHash().Add(words.Text(word)).Finish();
  return sum;
}

}  // namespace

Catalog::Catalog(storage::Exposure default_exposure) : default_exposure_(default_exposure) {}

absl::Status Catalog::Load(const storage::Snapshot& snapshot) {
  absl::Status status = storage::ScanAccounts(snapshot, [this](const storage::AccountRecord& record) {
    Put(record);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  status = storage::ScanPosts(snapshot, [this](const storage::PostRecord& record) {
    Put(record);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return storage::ScanResources(snapshot, [this](const storage::ResourceRecord& record) {
    Put(record);
    return absl::OkStatus();
  });
}

void Catalog::Apply(const Change& change) noexcept {
  if (const auto* account = std::get_if<AccountChanged>(&change)) Put(account->record);
  if (const auto* post = std::get_if<PostChanged>(&change)) Put(post->record);
  if (const auto* resource = std::get_if<ResourceChanged>(&change)) Put(resource->record);
  if (const auto* account = std::get_if<AccountErased>(&change)) Erase(account->account);
  if (const auto* post = std::get_if<PostErased>(&change)) Erase(post->post);
  if (const auto* resource = std::get_if<ResourceErased>(&change)) Erase(resource->resource);
}

template <typename Words>
PackedWords Catalog::KeepWords(PackedWords current, const Words& words) {
  std::vector<WordId> numbers;
  for (const std::string& word : words) {
    if (const WordId number = words_.Intern(word); number != 0) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return arena_.Keep(current, absl::Span<const uint32_t>(numbers));
}

void Catalog::Put(const storage::AccountRecord& record) {
  AccountEntry& entry = Grown(accounts_, record.ordinal());
  if (entry.exists()) --account_count_;
  entry.id = arena_.Keep(entry.id, record.id());
  entry.display_name = arena_.Keep(entry.display_name, record.display_name());
  entry.interests = KeepWords(entry.interests, record.interests());
  entry.subjects = KeepWords(entry.subjects, record.subjects());
  entry.languages = KeepWords(entry.languages, record.languages());
  entry.tags = KeepWords(entry.tags, record.tags());
  entry.mentor_topics = KeepWords(entry.mentor_topics, record.mentor_offer().topics());
  entry.region = words_.Intern(record.region());
  entry.create_time_s = Seconds(record.create_time());
  entry.update_time_s = Seconds(record.update_time());
  entry.grade_bands = BandBits(record.grade_bands());
  entry.kind = record.kind();
  entry.exposure = record.exposure() == storage::EXPOSURE_UNSPECIFIED ? default_exposure_ : record.exposure();
  entry.state = Resolved(record.state());
  entry.follows_hidden = record.follows_visibility() == storage::HIDDEN;
  entry.profiling_off = record.profiling() == storage::OFF;
  entry.verified = record.verified();
  entry.stub = record.stub();
  entry.present = true;
  entry.has_mentor_offer = record.has_mentor_offer();
  entry.weekly_capacity = static_cast<uint8_t>(record.mentor_offer().weekly_capacity());
  account_ids_.Put(entry.id.view(), record.ordinal());
  Grown(account_flags_, record.ordinal()) = AccountFlags(entry);
  RefreshLastSeen(AccountOrdinal(record.ordinal()));
  if (entry.exists()) ++account_count_;
}

void Catalog::Put(const storage::PostRecord& record) {
  const PostOrdinal ordinal(record.ordinal());
  PostEntry& entry = Grown(posts_, record.ordinal());
  if (entry.exists()) --post_count_;
  if (entry.present) UnlinkFromAuthor(ordinal);
  entry.id = arena_.Keep(entry.id, record.id());
  entry.tags = KeepWords(entry.tags, record.tags());
  std::vector<uint32_t> resources(record.resources().begin(), record.resources().end());
  std::sort(resources.begin(), resources.end());
  entry.resources = arena_.Keep(entry.resources, absl::Span<const uint32_t>(resources));
  entry.author = AccountOrdinal(record.author());
  entry.in_reply_to = PostOrdinal(record.in_reply_to());
  entry.language = words_.Intern(record.language());
  entry.create_time_s = Seconds(record.create_time());
  entry.audience = record.audience() == storage::AUDIENCE_UNSPECIFIED ? storage::PUBLIC : record.audience();
  entry.state = Resolved(record.state());
  entry.stub = record.stub();
  entry.present = true;
  post_ids_.Put(entry.id.view(), record.ordinal());
  LinkToAuthor(ordinal);
  if (entry.exists()) ++post_count_;
}

void Catalog::Put(const storage::ResourceRecord& record) {
  const ResourceOrdinal ordinal(record.ordinal());
  ResourceEntry& entry = Grown(resources_, record.ordinal());
  if (entry.exists()) --resource_count_;
  if (entry.present) UnlinkFromAccounts(ordinal);
  entry.id = arena_.Keep(entry.id, record.id());
  entry.title = arena_.Keep(entry.title, record.title());
  entry.subjects = KeepWords(entry.subjects, record.subjects());
  entry.languages = KeepWords(entry.languages, record.languages());
  entry.tags = KeepWords(entry.tags, record.tags());
  entry.author = AccountOrdinal(record.author());
  entry.publisher = AccountOrdinal(record.publisher());
  entry.publish_time_s = Seconds(record.publish_time());
  entry.minutes = static_cast<uint32_t>(record.minutes());
  entry.grade_bands = BandBits(record.grade_bands());
  entry.kind = static_cast<uint8_t>(record.kind());
  entry.state = Resolved(record.state());
  entry.stub = record.stub();
  entry.present = true;
  resource_ids_.Put(entry.id.view(), record.ordinal());
  LinkToAccounts(ordinal);
  if (entry.exists()) ++resource_count_;
}

void Catalog::Erase(AccountOrdinal ordinal) {
  AccountEntry& entry = Grown(accounts_, ordinal.value());
  if (entry.exists()) --account_count_;
  if (entry.present) account_ids_.Erase(entry.id.view());
  entry = AccountEntry();
  Grown(account_flags_, ordinal.value()) = AccountFlags();
  RefreshLastSeen(ordinal);
}

void Catalog::Erase(PostOrdinal ordinal) {
  PostEntry& entry = Grown(posts_, ordinal.value());
  if (entry.exists()) --post_count_;
  if (entry.present) {
    UnlinkFromAuthor(ordinal);
    post_ids_.Erase(entry.id.view());
  }
  entry = PostEntry();
}

void Catalog::Erase(ResourceOrdinal ordinal) {
  ResourceEntry& entry = Grown(resources_, ordinal.value());
  if (entry.exists()) --resource_count_;
  if (entry.present) {
    UnlinkFromAccounts(ordinal);
    resource_ids_.Erase(entry.id.view());
  }
  entry = ResourceEntry();
}

absl::Span<const PostOrdinal> Catalog::PostsBy(AccountOrdinal author) const {
  if (author.value() >= posts_by_author_.size()) return {};
  return posts_by_author_[author.value()];
}

void Catalog::LinkToAuthor(PostOrdinal post) {
  const PostEntry& entry = posts_[post.value()];
  if (!entry.author || entry.stub) return;
  std::vector<PostOrdinal>& posts = Grown(posts_by_author_, entry.author.value());
  const auto older = [this](PostOrdinal a, PostOrdinal b) {
    const PostEntry& first = posts_[a.value()];
    const PostEntry& second = posts_[b.value()];
    if (first.create_time_s != second.create_time_s) return first.create_time_s < second.create_time_s;
    return first.id.view() < second.id.view();
  };
  posts.insert(std::upper_bound(posts.begin(), posts.end(), post, older), post);
  uint32_t& last_seen_s = Grown(last_seen_s_, entry.author.value());
  if (IsSignOfLife(entry)) last_seen_s = std::max(last_seen_s, entry.create_time_s);
}

void Catalog::UnlinkFromAuthor(PostOrdinal post) {
  const PostEntry& entry = posts_[post.value()];
  if (!entry.author || entry.stub) return;
  std::vector<PostOrdinal>& posts = Grown(posts_by_author_, entry.author.value());
  posts.erase(std::remove(posts.begin(), posts.end(), post), posts.end());
  if (IsSignOfLife(entry) && entry.create_time_s >= last_seen_s(entry.author)) RefreshLastSeen(entry.author);
}

void Catalog::RefreshLastSeen(AccountOrdinal account) {
  uint32_t& last_seen_s = Grown(last_seen_s_, account.value());
  last_seen_s = this->account(account).create_time_s;
  const absl::Span<const PostOrdinal> posts = PostsBy(account);
  const auto newest =
      std::find_if(posts.rbegin(), posts.rend(), [this](PostOrdinal ordinal) { return IsSignOfLife(post(ordinal)); });
  if (newest != posts.rend()) last_seen_s = std::max(last_seen_s, post(*newest).create_time_s);
}

void Catalog::LinkToAccounts(ResourceOrdinal resource) {
  const ResourceEntry& entry = resources_[resource.value()];
  if (entry.author) resources_of_.Add(entry.author.value(), resource);
  if (entry.publisher && entry.publisher != entry.author) resources_of_.Add(entry.publisher.value(), resource);
}

void Catalog::UnlinkFromAccounts(ResourceOrdinal resource) {
  const ResourceEntry& entry = resources_[resource.value()];
  if (entry.author) resources_of_.Remove(entry.author.value(), resource);
  if (entry.publisher && entry.publisher != entry.author) resources_of_.Remove(entry.publisher.value(), resource);
}

uint64_t Catalog::Digest() const {
  uint64_t sum = 0;
  for (const AccountEntry& entry : accounts_) {
    if (!entry.present) continue;
    RecordHash hash;
    hash.Add("account").Add(entry.id.view()).Add(entry.display_name.view()).Add(words_.Text(entry.region));
    for (const PackedWords list : {entry.interests, entry.subjects, entry.languages, entry.tags, entry.mentor_topics}) {
      hash.Add(HashWords(words_, list));
    }
    hash.Add(entry.create_time_s).Add(entry.update_time_s).Add(entry.grade_bands).Add(entry.kind).Add(entry.exposure);
    hash.Add(entry.state).Add(entry.follows_hidden).Add(entry.profiling_off).Add(entry.verified).Add(entry.stub);
    sum += hash.Add(entry.has_mentor_offer).Add(entry.weekly_capacity).Finish();
  }
  for (const PostEntry& entry : posts_) {
    if (!entry.present) continue;
    RecordHash hash;
    hash.Add("post").Add(entry.id.view()).Add(HashWords(words_, entry.tags)).Add(words_.Text(entry.language));
    uint64_t resources = 0;  // a sum: they lie in the order of their ordinals
    for (const uint32_t resource : entry.resources.view())
      resources += RecordHash().Add(this->resource(ResourceOrdinal(resource)).id.view()).Finish();
    hash.Add(resources);
    hash.Add(account(entry.author).id.view()).Add(post(entry.in_reply_to).id.view()).Add(entry.create_time_s);
    sum += hash.Add(entry.audience).Add(entry.state).Add(entry.stub).Finish();
  }
  for (const ResourceEntry& entry : resources_) {
    if (!entry.present) continue;
    RecordHash hash;
    hash.Add("resource").Add(entry.id.view()).Add(entry.title.view()).Add(HashWords(words_, entry.subjects));
    hash.Add(HashWords(words_, entry.languages))
        .Add(HashWords(words_, entry.tags))
        .Add(account(entry.author).id.view());
    hash.Add(account(entry.publisher).id.view()).Add(entry.publish_time_s).Add(entry.minutes).Add(entry.grade_bands);
    sum += hash.Add(entry.kind).Add(entry.state).Add(entry.stub).Finish();
  }
  return sum;
}

int64_t Catalog::Bytes() const {
  size_t bytes = accounts_.capacity() * sizeof(AccountEntry) + account_flags_.capacity() * sizeof(AccountFlags) +
                 last_seen_s_.capacity() * sizeof(uint32_t) + posts_.capacity() * sizeof(PostEntry) +
                 resources_.capacity() * sizeof(ResourceEntry);
  for (const std::vector<PostOrdinal>& posts : posts_by_author_)
    bytes += sizeof(std::vector<PostOrdinal>) + posts.capacity() * sizeof(PostOrdinal);
  bytes += account_ids_.bytes() + post_ids_.bytes() + resource_ids_.bytes() + words_.bytes() + arena_.bytes();
  return static_cast<int64_t>(bytes) + resources_of_.bytes();
}

}  // namespace staffroom
