#ifndef STAFFROOM_TESTS_RECOMMEND_DUMP_H_
#define STAFFROOM_TESTS_RECOMMEND_DUMP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tests/recommend/questions.h"

namespace staffroom {

inline void DumpCounts(const std::vector<Trace::Count>& counts, std::string* text) {
  for (const Trace::Count& count : counts) absl::StrAppend(text, count.name, " ", count.candidates, "\n");
}

// The whole answer as text, floats to the last bit and ordinals as the ids behind them: everything that may be compared
// between two worlds. Only the times of the trace are left out.
inline std::string Dump(const ReadView& view, const Query& query, const absl::StatusOr<Answer>& answer) {
  if (!answer.ok()) return answer.status().ToString();
  std::string text;
  for (const Result& result : answer->results) {
    absl::StrAppendFormat(&text, "%s (%s) %a %x\n", result.id, result.label, result.score, result.sources);
    for (const Reason& reason : result.reasons) {
      absl::StrAppend(&text, "  ", static_cast<int>(reason.kind), " ", absl::StrJoin(reason.account_ids, ","), " ",
                      absl::StrJoin(reason.post_ids, ","), " ", absl::StrJoin(reason.resource_ids, ","), " ",
                      reason.count, " ", reason.topic, " ", reason.text, "\n");
    }
  }
  for (const Remaining& remaining : answer->remaining) {
    absl::StrAppendFormat(&text, "then %s %a %x", IdOf(view, Item(query.item_kind, remaining.ordinal)), remaining.score,
                          remaining.sources);
    for (const Item item : remaining.evidence) absl::StrAppend(&text, " ", IdOf(view, item));
    absl::StrAppend(&text, "\n");
  }
  absl::StrAppend(&text, "unknown ", absl::StrJoin(answer->unknown_ids, ","), answer->is_fallback ? " fallback" : "",
                  "\n");
  DumpCounts(answer->trace.sources, &text);
  DumpCounts(answer->trace.drops, &text);
  for (const std::vector<Trace::Number>& numbers : answer->trace.features) {
    for (const Trace::Number& number : numbers) absl::StrAppendFormat(&text, "%s %a ", number.name, number.value);
    absl::StrAppend(&text, "\n");
  }
  return text;
}

// Asks, and dumps the answer under the same view.
inline std::string Answered(const World& world, const Questions& questions, const Query& query) {
  const absl::StatusOr<Answer> answer = questions.Try(query);
  std::string text;
  world.Read([&](const ReadView& view) { text = Dump(view, query, answer); });
  return text;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_RECOMMEND_DUMP_H_
