#ifndef STAFFROOM_SERVICE_HANDLERS_SURFACES_H_
#define STAFFROOM_SERVICE_HANDLERS_SURFACES_H_

#include <map>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "service/recommend/query.h"

namespace staffroom {

// The places on a platform that ask for recommendations, each with its preset of knobs. Immutable, so thread-safe.
class Surfaces {
 public:
  // What a request without a surface is for.
  static constexpr absl::string_view kDefault = "feed";

  using Presets = std::map<std::string, Knobs>;

  // `feed`, `onboarding`, `weekly_mail`, `profile_page`.
  static Presets BuiltIn();

  // REQUIRES: the default is among them, every knob is in [0, 1].
  explicit Surfaces(Presets presets) : presets_(std::move(presets)) {}

  // Null when there is no such surface.
  const Knobs* Find(absl::string_view name) const;

  // All names, sorted, with commas between.
  std::string KnownNames() const;

 private:
  const Presets presets_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_SURFACES_H_
