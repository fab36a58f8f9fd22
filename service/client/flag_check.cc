#include "service/client/flag_check.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace staffroom {
namespace {

// `--name=value`, `-name`, …: what Abseil reads in it.
struct FlagText {
  absl::string_view name;
  absl::string_view value;
  bool has_value = false;
};

FlagText ReadFlag(absl::string_view argument) {
  absl::ConsumePrefix(&argument, "-");
  absl::ConsumePrefix(&argument, "-");
  const size_t equals = argument.find('=');
  if (equals == absl::string_view::npos) return {argument, "", false};
  return {argument.substr(0, equals), argument.substr(equals + 1), true};
}

// The boolean flag that `noname` switches off; null when there is none.
absl::CommandLineFlag* FindNegated(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, "no")) return nullptr;
  absl::CommandLineFlag* const flag = absl::FindCommandLineFlag(name);
  return flag != nullptr && flag->IsOfType<bool>() ? flag : nullptr;
}

// What Abseil takes without its being a flag that can be looked up.
bool AsksForHelp(absl::string_view name) { return absl::StartsWith(name, "help") || name == "version"; }

// Abseil's own (flagfile, fromenv, …) act when they are set, and check themselves.
bool IsAbseils(const absl::CommandLineFlag& flag) { return absl::StrContains(flag.Filename(), "absl/flags/"); }

}  // namespace

absl::Status CheckFlags(const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const absl::string_view argument = arguments[i];
    if (argument == "--") return absl::OkStatus();
    if (argument.size() < 2 || argument[0] != '-') continue;
    FlagText text = ReadFlag(argument);
    if (AsksForHelp(text.name)) continue;
    absl::CommandLineFlag* const flag = absl::FindCommandLineFlag(text.name);
    if (flag == nullptr) {
      if (!text.has_value && FindNegated(text.name) != nullptr) continue;
      return absl::InvalidArgumentError(absl::StrCat("there is no flag ", argument));
    }
    if (!text.has_value && flag->IsOfType<bool>()) continue;
    if (!text.has_value) {
      if (i + 1 == arguments.size()) return absl::InvalidArgumentError(absl::StrCat(argument, " needs a value"));
      text.value = arguments[++i];
    }
    std::string error;
    if (!IsAbseils(*flag) && !flag->ParseFrom(text.value, &error)) {
      return absl::InvalidArgumentError(absl::StrCat("--", text.name, " cannot be \"", text.value, "\""));
    }
  }
  return absl::OkStatus();
}

}  // namespace staffroom
