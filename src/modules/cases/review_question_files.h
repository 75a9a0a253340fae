#pragma once
// The checklist from data/review.

#include <string>

#include "modules/cases/core/review_questions.h"

namespace tongban {

// Throws DataBroken with every fault.
ReviewQuestions load_review_questions(const std::string& data_dir);

}  // namespace tongban
