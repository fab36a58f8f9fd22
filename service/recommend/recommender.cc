#include "service/recommend/recommender.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/recommend/features.h"
#include "service/recommend/may_be_shown.h"
#include "service/recommend/reasons/reasons.h"

namespace staffroom {
namespace {

constexpr size_t kRemainingMax = 1'000;
// How many candidates ahead memory is asked for.
constexpr size_t kAhead = 8;

// The last look before a result leaves, whatever sources and filters believed: there, not taken down, willing to be seen by
// this asker, and no block between the two.
bool MayLeave(const Asking& asking, Item item) {
  if (!Exists(asking.view, item) || !IsActive(asking.view, item)) return false;
  if (!MayBeShown(asking.view, asking.asker, item)) return false;
  for (const AccountOrdinal owner : OwnersOf(asking.view, item)) {
    if (owner && asking.asker && asking.view.graph.BlockedEitherWay(asking.asker, owner)) return false;
  }
  return true;
}

std::vector<Trace::Number> Explained(const Features& features, const Ranked& ranked) {
  std::vector<Trace::Number> numbers;
  numbers.reserve(kFeatureCount + 4);
  for (size_t i = 0; i < kFeatureCount; ++i) numbers.push_back({FeatureName(static_cast<Feature>(i)), features[i]});
  numbers.push_back({"rank_score", ranked.rank_score});
  numbers.push_back({"impression_discount", ranked.impression_discount});
  numbers.push_back({"dislike_discount", ranked.dislike_discount});
  numbers.push_back({"likeness_discount", ranked.likeness_discount});
  return numbers;
}

}  // namespace

// Notes how long each stage took, where a trace is wanted.
class Recommender::Stopwatch {
 public:
  Stopwatch(const Clock& clock, bool on, Trace* trace) : clock_(clock), on_(on), trace_(*trace) {
    if (on_) last_ = clock_.Now();
  }
  void Lap(absl::string_view stage) {
    if (!on_) return;
    const absl::Time now = clock_.Now();
    trace_.stages.push_back({stage, now - last_});
    last_ = now;
  }

 private:
  const Clock& clock_;
  const bool on_;
  Trace& trace_;
  absl::Time last_;
};

absl::StatusOr<std::unique_ptr<Recommender>> Recommender::Create(const Options& options,
                                                                 std::vector<std::unique_ptr<Source>> sources,
                                                                 std::vector<std::unique_ptr<Filter>> filters,
                                                                 const Clock* clock) {
  if (sources.size() > kSourcesMax) return absl::InvalidArgumentError("more sources than bits");
  if (filters.size() > kFiltersMax) return absl::InvalidArgumentError("more filters than bits");
  return std::unique_ptr<Recommender>(new Recommender(options, std::move(sources), std::move(filters), clock));
}

Recommender::Recommender(const Options& options, std::vector<std::unique_ptr<Source>> sources,
                         std::vector<std::unique_ptr<Filter>> filters, const Clock* clock)
    : ranker_(options.weights),
      reason_options_(options.reasons),
      sources_(std::move(sources)),
      filters_(std::move(filters)),
      clock_(*clock) {
  for (size_t i = 0; i < filters_.size(); ++i) {
    if (filters_[i]->soft()) soft_bits_ = static_cast<uint16_t>(soft_bits_ | 1u << i);
    if (filters_[i]->judges()) (filters_[i]->soft() ? soft_judges_ : judges_).push_back(static_cast<int>(i));
  }
}

absl::string_view Recommender::source_name(int source) const {
  const bool known = source >= 0 && static_cast<size_t>(source) < sources_.size();
  return known ? sources_[static_cast<size_t>(source)]->name() : absl::string_view();
}

absl::StatusOr<Answer> Recommender::Recommend(const ReadView& view, const Query& query, Scratch& scratch) const {
  scratch.Fit({view.catalog.account_limit(), view.catalog.resource_limit()});
  Answer answer;
  Stopwatch stopwatch(clock_, query.explain, &answer.trace);
  absl::StatusOr<Asking> asking = Asking::Resolve(view, query, scratch);
  if (!asking.ok()) return asking.status();
  for (size_t i = 0; i < filters_.size(); ++i) filters_[i]->Mark(*asking, Marker(*asking, static_cast<int>(i)));
  stopwatch.Lap("context");
  if (query.resumes) {
    TakeUp(*asking);
  } else {
    Propose(*asking, &answer.trace);
  }
  stopwatch.Lap("candidates");
  DropFiltered(*asking, &answer.trace);
  stopwatch.Lap("filters");
  const Order order = Rank(*asking);
  stopwatch.Lap("ranking");
  Write(*asking, order, &answer);
  answer.is_fallback = query.resumes ? query.resumes_fallback : IsFallback(answer.results);
  answer.unknown_ids = std::move(asking->unknown_ids);
  stopwatch.Lap("reasons");
  if (query.explain) answer.trace.steps = scratch.steps;
  return answer;
}

void Recommender::Propose(const Asking& asking, Trace* trace) const {
  Scratch& scratch = asking.scratch;
  Candidates candidates(&scratch.slots, &scratch.candidates);
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i]->needs_profile() && !asking.profiled) continue;
    candidates.BeginSource(static_cast<int>(i));
    sources_[i]->Propose(asking, &candidates);
    if (asking.query.explain) trace->sources.push_back({sources_[i]->name(), candidates.proposed()});
  }
}

// A later page: what remained, in the order and with the scores it had.
void Recommender::TakeUp(const Asking& asking) const {
  for (const Remaining& remaining : asking.query.resume) {
    Candidate candidate;
    candidate.ordinal = remaining.ordinal;
    candidate.sources = remaining.sources;
    candidate.evidence = remaining.evidence;
    candidate.score = remaining.score;
    asking.scratch.candidates.push_back(candidate);
  }
}

// The number of the first filter that drops the item, -1 for none.
int Recommender::FirstDropping(const Asking& asking, Item item, bool soft) const {
  const unsigned asked = soft ? soft_bits_ : ~unsigned{soft_bits_};
  const unsigned marks = asking.scratch.marks(item.kind).Get(item.ordinal) & asked;
  const int marked_by = marks == 0 ? -1 : std::countr_zero(marks);
  for (const int judge : soft ? soft_judges_ : judges_) {
    if (marked_by >= 0 && marked_by < judge) break;
    if (filters_[static_cast<size_t>(judge)]->Drops(asking, item)) return judge;
  }
  return marked_by;
}

void Recommender::DropFiltered(const Asking& asking, Trace* trace) const {
  std::vector<Candidate>& candidates = asking.scratch.candidates;
  std::vector<int> drops(filters_.size());
  for (const bool soft : {false, true}) {
    if (soft && asking.query.resumes) break;  // its question was put when the list was made
    std::vector<int> dropped_by(candidates.size());
    size_t remaining = 0;
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (asking.query.item_kind == storage::ITEM_ACCOUNT && i + kAhead < candidates.size()) {
        asking.view.catalog.PrefetchEntry(AccountOrdinal(candidates[i + kAhead].ordinal));
      }
      dropped_by[i] = FirstDropping(asking, Item(asking.query.item_kind, candidates[i].ordinal), soft);
      if (dropped_by[i] < 0) ++remaining;
    }
    if (soft && remaining == 0) break;
    size_t kept = 0;
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (dropped_by[i] < 0) {
        candidates[kept++] = candidates[i];
      } else {
        ++drops[static_cast<size_t>(dropped_by[i])];
      }
    }
    candidates.resize(kept);
  }
  if (!asking.query.explain) return;
  for (size_t i = 0; i < filters_.size(); ++i) {
    if (drops[i] > 0) trace->drops.push_back({filters_[i]->name(), drops[i]});
  }
}

Recommender::Order Recommender::Rank(const Asking& asking) const {
  std::vector<Candidate>& candidates = asking.scratch.candidates;
  Order order;
  if (asking.query.resumes) {
    order.ranked.resize(candidates.size());
    for (size_t i = 0; i < candidates.size(); ++i) order.ranked[i].candidate = candidates[i];
    return order;
  }
  order.features = ComputeFeatures(asking, candidates);
  for (size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].score = ranker_.Score(asking.query.item_kind, order.features[i]);
  }
  order.ranked = Rerank(asking, candidates);
  return order;
}

void Recommender::Write(const Asking& asking, const Order& order, Answer* answer) const {
  Reasons reasons(asking, reason_options_);
  const size_t count = static_cast<size_t>(std::max(asking.query.count, 0));
  for (const Ranked& ranked : order.ranked) {
    const Candidate& candidate = ranked.candidate;
    if (answer->results.size() == count) {
      if (answer->remaining.size() == kRemainingMax) break;
      answer->remaining.push_back({candidate.ordinal, candidate.score, candidate.sources, candidate.evidence});
      continue;
    }
    const Item item(asking.query.item_kind, candidate.ordinal);
    if (!MayLeave(asking, item)) continue;
    Result result;
    result.ordinal = candidate.ordinal;
    result.id = std::string(IdOf(asking.view, item));
    result.label = std::string(LabelOf(asking.view, item));
    result.score = candidate.score;
    result.sources = candidate.sources;
    result.reasons = reasons.For(item, candidate.evidence);
    answer->results.push_back(std::move(result));
    if (asking.query.explain && !order.features.empty()) {
      answer->trace.features.push_back(Explained(order.features[ranked.index], ranked));
    }
  }
}

bool Recommender::IsFallback(const std::vector<Result>& results) const {
  uint32_t personal = 0;
  for (size_t i = 0; i < sources_.size(); ++i) personal |= sources_[i]->is_personal() ? uint32_t{1} << i : 0;
  return !results.empty() &&
         std::none_of(results.begin(), results.end(), [&](const Result& one) { return (one.sources & personal) != 0; });
}

}  // namespace staffroom
