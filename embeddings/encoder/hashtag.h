// The words that a hashtag glues together.
//
// Borders, found in the tag as typed:
//   1. an underscore, and a change between letters and digits            #Grade5_Math → Grade 5 Math
//      but one or two letters before one or two digits are one name      #K12Teachers → K12 Teachers
//   2. lower case before upper case                                      #GrowthMindset → Growth Mindset
//   3. capitals before lower case are an acronym and a word. The last
//      capital is the word's                                             #NGSSChat → NGSS Chat
//      unless the small letters are a word that people glue to acronyms  #NGSSchat → NGSS chat
//   4. before such a word at the end of a part                           #ngsschat → ngss chat
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_HASHTAG_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_HASHTAG_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

// Calls `sink` with each part of `tag` (valid UTF-8 without the '#'), in order, as typed: parts are not normalised.
// A tag that holds one word gives that word; a tag of underscores gives nothing.
void SplitHashtag(absl::string_view tag, absl::FunctionRef<void(absl::string_view)> sink);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_HASHTAG_H_
