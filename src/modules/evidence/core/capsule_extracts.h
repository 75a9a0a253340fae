#pragma once
// What a capsule says of a case in plain records, all of it a function of the case's events: whoever has the events can
// repeat it. Sealed numbers and phones stay behind; masks remain (domain.md 10.3). Pure.

#include <map>
#include <string>
#include <vector>

#include "modules/cases/core/case_flow.h"
#include "modules/evidence/core/capsule.h"

namespace tongban {

// One visit of those that collected the case.
struct CapsuleVisit {
    Agency collecting = 0;
    std::string collection_number, channel, state, package_digest;
    Millis pushed_at = 0;
};
BOOST_DESCRIBE_STRUCT(CapsuleVisit, (), (collecting, collection_number, channel, state, package_digest, pushed_at))

struct CapsuleSummary {
    std::string number;
    Agency home = 0;
    std::string item, catalog_version, state, unit_number, location;
    std::vector<CapsuleVisit> visits;
    Millis filed_at = 0;
    std::string due_on, certificate_number;
    Millis registered_at = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(CapsuleSummary, (),
                      (number, home, item, catalog_version, state, unit_number, location, visits, filed_at, due_on,
                       certificate_number, registered_at, version))

struct CapsulePage {
    std::string line, digest, kind;
    std::int64_t bytes = 0;
    Millis added_at = 0;
};
BOOST_DESCRIBE_STRUCT(CapsulePage, (), (line, digest, kind, bytes, added_at))

struct CapsuleDecision {
    std::string what, duty, account, name, remark, ground, reason;
    Millis at = 0;
    std::vector<RuleResult> checks;
};
BOOST_DESCRIBE_STRUCT(CapsuleDecision, (), (what, duty, account, name, remark, ground, reason, at, checks))

struct CapsuleStep {
    Millis at = 0;
    std::string what, text;
};
BOOST_DESCRIBE_STRUCT(CapsuleStep, (), (at, what, text))

// The case as these events of it make it. Throws when they are not events of a case.
Case folded(const std::vector<CapsuleEvent>& events);
// Those up to and including `at`; the events are in the order of their versions.
std::vector<CapsuleEvent> until(const std::vector<CapsuleEvent>& events, Millis at);

// Path → content of every part that the events alone decide: summary, timeline, clock, pages, materials, application,
// decisions, parties/NN.json.
std::map<std::string, std::string> capsule_extracts(const std::vector<CapsuleEvent>& events);
std::vector<CapsulePage> capsule_pages(const Case& subject);
// Without what is sealed or a key for look-ups.
Participant shown(Participant participant);
Case shown(Case subject);

}  // namespace tongban
