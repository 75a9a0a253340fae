#pragma once
// What was found out about a piece of evidence, in words: one line each for what is proven, what is not, and what a
// verifier without network and platform cannot know.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/problem.h"
#include "base/sql.h"
#include "base/verdict.h"

namespace tongban {

enum class Language { chinese, english };

struct EvidenceDefect {
    const Problem* problem;
    std::string where;  // path of a part; may be empty
};

struct EvidenceReport {
    std::string kind;  // capsule, checkpoint, pdf, ofd, other
    std::vector<EvidenceDefect> defects;
    std::vector<Words> proven;
    std::vector<Words> not_proven;
    std::vector<Words> unknown;
    std::vector<std::string> hidden;  // parts that are not here
    // Whose word it is, as far as it was proven.
    Agency agency = 0;
    std::string signer;
    std::string seal;       // of a sealed document
    Millis signed_at = 0;   // by the signer's own clock; 0: unknown
    Millis stamped_at = 0;  // by a time-stamping authority; 0: no stamp

    // It proves what it claims.
    bool is_good() const { return defects.empty() && !proven.empty(); }
    void fail(const Problem& problem, std::string where = {}) { defects.push_back({&problem, std::move(where)}); }
    bool has(const Problem& problem) const;
};

std::string_view english(const Problem& problem);                          // of capsule_problem and verdict_problem
std::string report_text(const EvidenceReport& report, Language language);  // lines for people
std::string report_json(const EvidenceReport& report);

}  // namespace tongban
