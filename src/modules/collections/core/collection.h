#pragma once
// A sitting 代收: one visit at a collecting window. The window identifies, asks, collects and pushes; it decides
// nothing (domain.md 0.3). What it knows of the case is what messages of the home registry told it.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "base/stamp.h"
#include "modules/materials/core/dossier.h"
#include "modules/materials/core/missing.h"
#include "modules/materials/core/visits.h"

namespace tongban {

enum class CollectionState { open, pushed, received, supplement, closed, cancelled };
BOOST_DESCRIBE_ENUM(CollectionState, open, pushed, received, supplement, closed, cancelled)

enum class CollectionAction {
    open,
    edit,
    push,
    cancel,
    end,  // of the whole application, while it waits for others
    take_case_number,
    take_receipt,
    take_progress,
    take_supplement_request,
    take_end
};

std::string_view to_text(CollectionState state);
std::string_view to_text(CollectionAction action);
std::string_view chinese(CollectionState state);
const CollectionState* find_collection_state(std::string_view text);

// One verdict of the home registry's rules about the unit, as it was answered.
struct PreviewCheck {
    std::string rule;
    std::string severity;  // block, confirm, inform
    bool passed = false;
    std::string message;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(PreviewCheck, (), (rule, severity, passed, message, source))

// Who applies for the same already: where, and under which number; no personal data.
struct ClaimedUnit {
    std::string number;
    std::string registry;
};
BOOST_DESCRIBE_STRUCT(ClaimedUnit, (), (number, registry))

// What the home registry answers about a unit when the window asks: no holder's data.
struct UnitPreview {
    std::string unit_number;
    bool found = false;
    std::string location;
    std::string use;  // home, other
    std::string area;
    std::vector<PreviewCheck> checks;
    std::optional<ClaimedUnit> claimed = {};  // by another collection of one of these parties (H24)
};
BOOST_DESCRIBE_STRUCT(UnitPreview, (), (unit_number, found, location, use, area, checks, claimed))

struct Delivery {
    std::string message_id;
    std::string package_digest;
    Millis pushed_at = 0;
    Millis received_at = 0;         // 0: no receipt yet
    std::string receipt_signature;  // of the home registry over the receipt
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (message_id, package_digest, pushed_at, received_at, receipt_signature))

struct RequestedLine {
    std::string line;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(RequestedLine, (), (line, text))

struct RequestedSupplement {
    Millis requested_at = 0;
    std::vector<RequestedLine> lines;
};
BOOST_DESCRIBE_STRUCT(RequestedSupplement, (), (requested_at, lines))

struct ToldProgress {
    Millis at = 0;
    std::string what;
    std::string text;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(ToldProgress, (), (at, what, text, by))

// The case as the home registry last told it. Whole each time, so a late or lost message cannot leave a gap.
struct ToldCase {
    std::string number;
    std::int64_t version = 0;
    std::string state;
    bool ended = false;                             // no step of the home registry follows
    std::optional<RequestedSupplement> supplement;  // while it is asked for
    std::vector<ToldProgress> progress;
    std::optional<Board> board;  // of an application that several visits make whole
};
BOOST_DESCRIBE_STRUCT(ToldCase, (), (number, version, state, ended, supplement, progress, board))

// Why a sitting joined a case that was begun elsewhere.
enum class JoinPurpose {
    party,     // a party is verified, asked and signs
    materials  // only what is missing, or was asked for as a supplement, is handed in
};
BOOST_DESCRIBE_ENUM(JoinPurpose, party, materials)
std::string_view to_text(JoinPurpose purpose);

struct CountFact {
    std::string name;  // "count.buyer"
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(CountFact, (), (name, value))

struct LineThere {
    std::string line;
    int pages = 0;
};
BOOST_DESCRIBE_STRUCT(LineThere, (), (line, pages))

// To a shared question, from somebody asked in an earlier visit: windows ask the same and compare (domain.md 8.4).
struct EarlierAnswer {
    std::string question, text, answer;
    std::string name;  // masked
};
BOOST_DESCRIBE_STRUCT(EarlierAnswer, (), (question, text, answer, name))

// What the home registry gave to a sitting that joined: no more of the other parties than the board.
struct JoinedCase {
    JoinPurpose purpose = JoinPurpose::party;
    std::string party;       // whose code it was
    std::string applied_on;  // capacity is judged on this day
    std::vector<CountFact> counts;
    std::vector<LineThere> lines;        // brought by other visits
    std::vector<std::string> requested;  // lines to hand in, of the purpose materials
    std::vector<EarlierAnswer> earlier;  // empty online: each party sees only its part
};
BOOST_DESCRIBE_STRUCT(JoinedCase, (), (purpose, party, applied_on, counts, lines, requested, earlier))

struct Collection {
    Agency agency = 0;  // the collecting registry
    std::string id;
    std::string number;  // DS…
    std::int64_t version = 0;
    std::int64_t edited = 0;  // version after the last event that was no message: what a clerk must have seen
    CollectionState state = CollectionState::open;
    VisitChannel channel = VisitChannel::window;
    Agency home = 0;
    std::string item;
    std::string catalog_version;
    Stamp opened;  // whose sitting it is: the clerk, or the person himself online
    std::optional<JoinedCase> joined;
    Dossier dossier;
    std::optional<UnitPreview> unit;
    std::optional<Delivery> delivery;
    ToldCase told;
    std::string cancel_reason;
    Stamp last;
    std::string last_event;
};
BOOST_DESCRIBE_STRUCT(Collection, (),
                      (agency, id, number, version, edited, state, channel, home, item, catalog_version, opened, joined,
                       dossier, unit, delivery, told, cancel_reason, last, last_event))

// What this sitting must know of the other visits, and the day on which capacity is judged.
OtherVisits other_visits(const Collection& sitting);
std::string capacity_day(const Collection& sitting, std::string_view today);
// Everything that still stands against its push.
std::vector<Missing> missing_in(const Collection& sitting, const Item& item, std::string_view today);
// Names (masked) of those still missing besides its own parties, in words: 王**（抵押人）.
std::string missing_others(const Collection& sitting, bool only_remote);

}  // namespace tongban
