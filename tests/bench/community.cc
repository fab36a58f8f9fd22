#include "tests/bench/community.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "tests/bench/topics.h"

namespace staffroom {
namespace {

constexpr std::array<const char*, 16> kFiller = {"today",
                                                 "my class",
                                                 "tried",
                                                 "again with",
                                                 "and it worked",
                                                 "for Year 8",
                                                 "who else",
                                                 "has a good way into",
                                                 "after lunch",
                                                 "still thinking about",
                                                 "a quiet lesson on",
                                                 "before the holidays",
                                                 "in pairs",
                                                 "next week",
                                                 "no worksheet",
                                                 "they asked for more"};
constexpr std::array<const char*, 6> kRegions = {"GB-SHF", "GB-GLG", "IE-D", "US-MI", "NZ-AUK", "CA-ON"};
constexpr int kOrganizationEvery = 40;
constexpr int kHub = 1;  // a teacher of the second topic, and its most followed one
constexpr double kSecondTopicShare = 0.3;
constexpr double kForeignShare = 0.1;  // of follows and likes that leave the actor's topics
constexpr double kFameExponent = 3;    // rank = n · u³: the upper tenth gets almost half
constexpr absl::Duration kPast = absl::Hours(24 * 300);

// Numbers that are the same everywhere, unlike the standard distributions.
class Dice {
 public:
  explicit Dice(uint64_t seed) : random_(seed) {}
  int Below(int end) { return static_cast<int>(random_() % static_cast<uint64_t>(end)); }
  double Share() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  bool Chance(double share) { return Share() < share; }
  int Ranked(int end) { return std::min(end - 1, static_cast<int>(end * std::pow(Share(), kFameExponent))); }

 private:
  std::mt19937_64 random_;
};

class Builder {
 public:
  Builder(const CommunitySize& size, uint64_t seed, absl::Time now) : size_(size), dice_(seed), now_(now) {}

  Community Build() {
    for (int i = 0; i < size_.accounts; ++i) AddAccount(i);
    for (int i = 0; i < size_.resources; ++i) AddResource(i);
    for (int i = 0; i < size_.posts; ++i) AddPost(i);
    for (int i = 0; i < size_.follows; ++i) AddFollow();
    for (int i = 0; i < size_.likes; ++i) AddLike();
    for (int i = 0; i < size_.hub_followers; ++i) FollowTheHub(i);
    for (int i = 0; i < size_.impressions; ++i) AddLook(v1::Interaction::IMPRESSION);
    for (int i = 0; i < size_.views; ++i) AddLook(v1::Interaction::VIEW);
    for (int i = 0; i < size_.clicks; ++i) AddLook(v1::Interaction::CLICK);
    return std::move(community_);
  }

 private:
  struct Author {
    int topic;
    int second_topic;
  };

  v1::ImportRecord& Add() { return community_.records.emplace_back(); }
  void SetPastTime(google::protobuf::Timestamp* time) {
    time->set_seconds(absl::ToUnixSeconds(now_ - dice_.Share() * kPast));
  }
  int TopicOf(int account) {
    const Author& author = authors_[account];
    return dice_.Chance(kSecondTopicShare) ? author.second_topic : author.topic;
  }
  // A topic that `account` acts in: mostly its own.
  int ActingTopic(int account) { return dice_.Chance(kForeignShare) ? dice_.Below(kTopics) : TopicOf(account); }

  std::string Sentence(const Topic& topic, int phrases) {
    std::string text;
    for (int i = 0; i < phrases; ++i) {
      absl::StrAppend(&text, i == 0 ? "" : " ", kFiller[dice_.Below(kFiller.size())], " ",
                      topic.words[dice_.Below(kTopicWords)]);
    }
    return text;
  }

  void AddAccount(int i) {
    const int topic = i % kTopics;
    authors_.push_back({topic, dice_.Chance(kSecondTopicShare) ? dice_.Below(kTopics) : topic});
    accounts_of_[topic].push_back(i);
    const Topic& about = kTopicTable[topic];
    v1::Account& account = *Add().mutable_account();
    const bool is_teacher = i % kOrganizationEvery != 0;
    account.set_id(absl::StrFormat("%s-%06d", is_teacher ? "teacher" : "network", i));
    account.set_kind(is_teacher ? v1::Account::TEACHER : v1::Account::NETWORK);
    account.set_display_name(absl::StrCat(is_teacher ? "Teacher " : "Network ", i));
    account.set_bio(Sentence(about, 4));
    for (int word = 0; word < 3; ++word) account.add_interests(about.words[dice_.Below(kTopicWords)]);
    account.add_interests(kTopicTable[authors_[i].second_topic].words[dice_.Below(kTopicWords)]);
    account.add_subjects(about.subject);
    account.add_grade_bands(static_cast<v1::GradeBand::Value>(1 + dice_.Below(v1::GradeBand::Value_MAX)));
    account.add_languages("en");
    account.set_region(kRegions[dice_.Below(kRegions.size())]);
    SetPastTime(account.mutable_create_time());
    community_.account_ids.push_back(account.id());
  }

  void AddResource(int i) {
    const int topic = i % kTopics;
    const Topic& about = kTopicTable[topic];
    v1::Resource& resource = *Add().mutable_resource();
    resource.set_id(absl::StrFormat("resource-%06d", i));
    resource.set_kind(static_cast<v1::Resource::Kind>(1 + dice_.Below(v1::Resource::Kind_MAX)));
    resource.set_title(Sentence(about, 1));
    resource.set_summary(Sentence(about, 4));
    resource.set_author_id(community_.account_ids[Of(accounts_of_[topic])]);
    resource.add_subjects(about.subject);
    resource.add_languages("en");
    SetPastTime(resource.mutable_publish_time());
    resources_of_[topic].push_back(i);
  }

  void AddPost(int i) {
    const int author = dice_.Below(size_.accounts);
    const int topic = TopicOf(author);
    v1::Post& post = *Add().mutable_post();
    post.set_id(absl::StrFormat("post-%07d", i));
    post.set_author_id(community_.account_ids[author]);
    post.set_text(Sentence(kTopicTable[topic], 3 + dice_.Below(6)));
    post.set_language("en");
    post.set_conversation_id(post.id());
    SetPastTime(post.mutable_create_time());
    posts_of_[topic].push_back(i);
    community_.post_ids.push_back(post.id());
  }

  v1::Interaction& AddInteraction(int actor, v1::Interaction::Kind kind) {
    v1::Interaction& interaction = *Add().mutable_interaction();
    interaction.set_actor_id(community_.account_ids[actor]);
    interaction.set_kind(kind);
    SetPastTime(interaction.mutable_event_time());
    return interaction;
  }

  void AddFollow() {
    for (;;) {
      const int actor = dice_.Below(size_.accounts);
      const int followed = Of(accounts_of_[ActingTopic(actor)]);
      if (actor == followed || !follows_.insert({actor, followed}).second) continue;
      AddInteraction(actor, v1::Interaction::FOLLOW).set_account_id(community_.account_ids[followed]);
      return;
    }
  }

  void FollowTheHub(int i) {
    const int follower = i < kHub ? i : i + 1;
    if (!follows_.insert({follower, kHub}).second) return;
    AddInteraction(follower, v1::Interaction::FOLLOW).set_account_id(community_.account_ids[kHub]);
  }

  // Of an account, a resource or a post, each as often.
  void AddLook(v1::Interaction::Kind kind) {
    const int actor = dice_.Below(size_.accounts);
    const int topic = ActingTopic(actor);
    v1::Interaction& look = AddInteraction(actor, kind);
    const int what = dice_.Below(3);
    if (what == 0 && !posts_of_[topic].empty()) {
      look.set_post_id(community_.post_ids[Of(posts_of_[topic])]);
    } else if (what == 1 && !resources_of_[topic].empty()) {
      look.set_resource_id(absl::StrFormat("resource-%06d", Of(resources_of_[topic])));
    } else {
      look.set_account_id(community_.account_ids[Of(accounts_of_[topic])]);
    }
  }

  // Four of five a post, the fifth a resource.
  void AddLike() {
    for (;;) {
      const int actor = dice_.Below(size_.accounts);
      const int topic = ActingTopic(actor);
      const bool of_post = dice_.Below(5) != 0;
      const std::vector<int>& those = of_post ? posts_of_[topic] : resources_of_[topic];
      if (those.empty()) continue;
      const int liked = Of(those);
      if (!likes_.insert({actor, of_post ? liked : ~liked}).second) continue;
      v1::Interaction& like = AddInteraction(actor, v1::Interaction::LIKE);
      if (of_post) {
        like.set_post_id(community_.post_ids[liked]);
      } else {
        like.set_resource_id(absl::StrFormat("resource-%06d", liked));
      }
      return;
    }
  }

  int Of(const std::vector<int>& those) { return those[dice_.Ranked(static_cast<int>(those.size()))]; }

  const CommunitySize size_;
  Dice dice_;
  const absl::Time now_;
  Community community_;
  std::vector<Author> authors_;
  std::array<std::vector<int>, kTopics> accounts_of_, resources_of_, posts_of_;  // the famous first
  absl::flat_hash_set<std::pair<int, int>> follows_, likes_;
};

}  // namespace

CommunitySize MixedCommunity(int records) {
  return {.accounts = records / 10,
          .resources = records / 20,
          .posts = records / 4,
          .follows = records * 2 / 5,
          .likes = records / 5};
}

Community MakeCommunity(const CommunitySize& size, uint64_t seed, absl::Time now) {
  return Builder(size, seed, now).Build();
}

}  // namespace staffroom
