#include "service/client/answer_text.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/util/time_util.h"
#include "service/client/progress.h"
#include "service/client/text_table.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/reason.pb.h"
#include "staffroom/v1/result.pb.h"

namespace staffroom {
namespace {

using Align = TextTable::Align;

std::string IdOf(const v1::ItemRef& item) {
  if (item.has_account_id()) return item.account_id();
  return item.has_post_id() ? item.post_id() : item.resource_id();
}

std::string NameOf(const v1::Result& result) {
  return result.summary().title().empty() ? result.summary().display_name() : result.summary().title();
}

std::string ReasonsOf(const v1::Result& result) {
  return absl::StrJoin(result.reasons(), " ", [](std::string* out, const v1::Reason& reason) {
    absl::StrAppend(out, reason.text().empty() ? v1::Reason::Kind_Name(reason.kind()) : reason.text());
  });
}

std::string TraceText(const v1::Trace& trace) {
  TextTable table({Align::kLeft, Align::kLeft, Align::kRight});
  for (const auto& source : trace.sources()) table.AddRow({"source", source.name(), absl::StrCat(source.candidates())});
  for (const auto& drop : trace.drops()) table.AddRow({"dropped by", drop.filter(), absl::StrCat(drop.candidates())});
  for (const auto& stage : trace.stages())
    table.AddRow({"stage", stage.name(), absl::StrCat(stage.microseconds(), " µs")});
  return table.ToString();
}

std::string MiB(int64_t bytes) { return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / (1 << 20)); }

std::string ModelText(const v1::GetStatusResponse::Model& model) {
  if (model.state() != v1::GetStatusResponse::Model::COMING) return model.id();
  std::string text = absl::StrCat(model.id(), ", coming: ", GroupedDigits(model.done()));
  if (model.total() > 0) absl::StrAppend(&text, " of ", GroupedDigits(model.total()));
  return text;
}

}  // namespace

std::string AnswerText(const RecommendationAnswer& answer) {
  TextTable table({Align::kRight, Align::kLeft, Align::kLeft, Align::kRight, Align::kLeft});
  table.AddRow({"#", "name", "id", "score", "why"});
  int rank = 0;
  for (const v1::Result& result : answer.results) {
    table.AddRow({absl::StrCat(++rank), NameOf(result), IdOf(result.item()), absl::StrFormat("%.3f", result.score()),
                  ReasonsOf(result)});
  }
  std::string text = rank == 0 ? "nothing: every candidate was filtered\n" : table.ToString();
  if (answer.is_fallback)
    absl::StrAppend(&text, "\ntoo little is known about the asker yet: these are fresh and popular\n");
  if (!answer.unknown_ids.empty())
    absl::StrAppend(&text, "\nunknown ids: ", absl::StrJoin(answer.unknown_ids, ", "), "\n");
  if (answer.trace != nullptr) absl::StrAppend(&text, "\n", TraceText(*answer.trace));
  return text;
}

std::string StatusText(const v1::GetStatusResponse& status) {
  TextTable table({Align::kLeft, Align::kRight});
  table.AddRow({"accounts", GroupedDigits(status.accounts())});
  table.AddRow({"posts", GroupedDigits(status.posts())});
  table.AddRow({"resources", GroupedDigits(status.resources())});
  table.AddRow({"interactions", GroupedDigits(status.interactions())});
  for (const auto& view : status.views()) table.AddRow({absl::StrCat("view ", view.name()), MiB(view.bytes())});
  table.AddRow({"bytes per follow", absl::StrFormat("%.1f", status.bytes_per_follow())});
  for (const auto& model : status.models()) table.AddRow({absl::StrCat("model ", model.name()), ModelText(model)});
  table.AddRow({"epoch", status.epoch()});
  table.AddRow({"revision", status.revision()});
  table.AddRow({"digest", status.digest()});
  table.AddRow({"queue", absl::StrCat(status.queue_depth(), " of ", status.queue_capacity())});
  if (status.has_oldest_pending_purge_time()) {
    table.AddRow({"erasing since", google::protobuf::util::TimeUtil::ToString(status.oldest_pending_purge_time())});
  }
  table.AddRow({"store reads", GroupedDigits(status.store_reads())});
  const auto& build = status.build();
  table.AddRow({"build", absl::StrCat(build.version(), " ", build.type(), ", ", build.compiler())});
  return table.ToString();
}

}  // namespace staffroom
