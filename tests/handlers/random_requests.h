#ifndef STAFFROOM_TESTS_HANDLERS_RANDOM_REQUESTS_H_
#define STAFFROOM_TESTS_HANDLERS_RANDOM_REQUESTS_H_

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/handlers/service_under_test.h"

namespace staffroom {

// One write of a caller, which several services can be given.
struct Request {
  std::function<void(ServiceUnderTest&)> send;
  bool names_quiet = false;  // concerns the account "quiet" or something of it
};

// Random writes whose texts come, go and change: few names, so that they meet. Deletions are waited for to the end, so that
// services that are given the same requests come to the same records.
class RandomRequests {
 public:
  explicit RandomRequests(uint32_t seed) : random_(seed) {}

  std::vector<Request> Next(int count) {
    std::vector<Request> requests;
    for (int i = 0; i < count; ++i) requests.push_back(Draw());
    return requests;
  }

 private:
  uint32_t Below(uint32_t bound) { return random_() % bound; }
  std::string AccountId() { return Below(7) == 0 ? "quiet" : absl::StrCat("a", Below(7)); }
  std::string Text() {
    static constexpr const char* kWords[] = {"fractions", "friends", "frogs",  "maps",  "maths", "poetry",
                                             "poems",     "primes",  "prisms", "space", "spain", "!"};
    std::vector<std::string> words;
    for (uint32_t i = Below(4); i > 0; --i) words.push_back(kWords[Below(12)]);
    return absl::StrJoin(words, " ");
  }

  template <typename T>
  static Request Send(const std::string& text, bool deletes = false) {
    return {[text, deletes](ServiceUnderTest& service) {
              const auto ignored = service.Call<T>(text);  // a refusal is the same everywhere
              if (deletes) service.FinishPurges();
            },
            absl::StrContains(text, "quiet")};
  }

  Request Draw() {
    switch (Below(10)) {
      case 0:
      case 1:
        return Account();
      case 2:
        return MaskedAccount();
      case 3:
      case 4:
        return Post();
      case 5:
        return Resource();
      case 6:
        return Below(3) == 0 ? Deletion() : Act();
      default:
        return Act();
    }
  }

  Request Account() {
    const std::string id = AccountId();
    const std::string hidden = "exposure: NOBODY follows_visibility: HIDDEN";
    const std::string shown = absl::StrCat("profiling: ", Below(4) == 0 ? "OFF" : "ON", " exposure: EVERYBODY ",
                                           "follows_visibility: VISIBLE");
    return Send<v1::UpsertAccountRequest>(absl::StrCat("account { id: '", id, "' kind: TEACHER bio: '", Text(),
                                                       "' interests: '", Text(), "' tags: 'spain' ",
                                                       id == "quiet" ? hidden : shown, " }"));
  }
  Request MaskedAccount() {
    static constexpr const char* kPaths[] = {"bio", "interests", "profiling"};
    const std::string path = kPaths[Below(3)];
    return Send<v1::UpsertAccountRequest>(
        absl::StrCat("account { id: '", AccountId(), "' bio: '", Text(), "' interests: '", Text(),
                     "' profiling: ", Below(2) == 0 ? "OFF" : "ON", " } update_mask { paths: '", path, "' }"));
  }
  Request Post() {
    const std::string author = AccountId();
    const std::string mask = Below(4) == 0 ? "update_mask { paths: 'text' }" : "";
    return Send<v1::UpsertPostRequest>(absl::StrCat("post { id: '", author, "-p", Below(3), "' author_id: '", author,
                                                    "' text: '", Text(), "' tags: '", Text(), "' } ", mask,
                                                    " create_stubs: true"));
  }
  Request Resource() {
    const std::string author = AccountId();
    return Send<v1::UpsertResourceRequest>(absl::StrCat("resource { id: '", author, "-r", Below(3),
                                                        "' kind: ARTICLE title: '", Text(), "' summary: '", Text(),
                                                        "' author_id: '", author, "' } create_stubs: true"));
  }
  Request Act() {
    static constexpr const char* kKinds[] = {"LIKE", "SAVE", "READ"};
    const std::string actor = absl::StrCat("interaction { actor_id: '", AccountId(), "' kind: ");
    const std::string other = AccountId();
    if (Below(3) == 0) {
      return Send<v1::WriteInteractionRequest>(absl::StrCat(actor, "FOLLOW account_id: '", other, "' }"));
    }
    return Send<v1::WriteInteractionRequest>(
        Below(2) == 0 ? absl::StrCat(actor, kKinds[Below(3)], " post_id: '", other, "-p", Below(3), "' }")
                      : absl::StrCat(actor, kKinds[Below(3)], " resource_id: '", other, "-r", Below(3), "' }"));
  }
  Request Deletion() {
    const std::string owner = AccountId();
    switch (Below(3)) {
      case 0:
        return Send<v1::DeleteAccountRequest>(absl::StrCat("id: '", owner, "'"), true);
      case 1:
        return Send<v1::DeletePostRequest>(absl::StrCat("id: '", owner, "-p", Below(3), "'"), true);
      default:
        return Send<v1::DeleteResourceRequest>(absl::StrCat("id: '", owner, "-r", Below(3), "'"), true);
    }
  }

  std::mt19937 random_;
};

// What everybody but "quiet" is answered, and a visitor: all of it that does not name a moment.
inline std::string Answers(ServiceUnderTest& service) {
  service.Settle();
  std::string answers;
  const auto ask = [&](const auto& request) {
    auto answer = service.Call(request);
    if (answer.ok()) {
      answer->clear_revision();
      answer->clear_attribution_token();
      answer->clear_next_page_token();
      absl::StrAppend(&answers, request.ShortDebugString(), ": ", answer->DebugString(), "\n");
    } else {
      absl::StrAppend(&answers, request.ShortDebugString(), ": ", answer.status().message(), "\n");
    }
  };
  for (const char* asker : {"account_id: 'a0'", "account_id: 'a3'", "account_id: 'a6'",
                            "profile { interests: 'fractions' subjects: 'poems' }"}) {
    ask(Parse<v1::RecommendAccountsRequest>(absl::StrCat(asker, " count: 5")));
    ask(Parse<v1::RecommendResourcesRequest>(absl::StrCat(asker, " count: 5")));
  }
  return answers;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_HANDLERS_RANDOM_REQUESTS_H_
