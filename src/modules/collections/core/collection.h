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

namespace tongban {

enum class CollectionState { open, pushed, received, supplement, closed, cancelled };
BOOST_DESCRIBE_ENUM(CollectionState, open, pushed, received, supplement, closed, cancelled)

enum class CollectionAction {
    open,
    edit,
    push,
    cancel,
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

// What the home registry answers about a unit when the window asks: no holder's data.
struct UnitPreview {
    std::string unit_number;
    bool found = false;
    std::string location;
    std::string use;  // home, other
    std::string area;
    std::vector<PreviewCheck> checks;
};
BOOST_DESCRIBE_STRUCT(UnitPreview, (), (unit_number, found, location, use, area, checks))

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
};
BOOST_DESCRIBE_STRUCT(ToldCase, (), (number, version, state, ended, supplement, progress))

struct Collection {
    Agency agency = 0;  // the collecting registry
    std::string id;
    std::string number;  // DS…
    std::int64_t version = 0;
    std::int64_t edited = 0;  // version after the last event that was no message: what a clerk must have seen
    CollectionState state = CollectionState::open;
    Agency home = 0;
    std::string item;
    std::string catalog_version;
    Stamp opened;  // the clerk whose sitting it is
    Dossier dossier;
    std::optional<UnitPreview> unit;
    std::optional<Delivery> delivery;
    ToldCase told;
    std::string cancel_reason;
    Stamp last;
    std::string last_event;
};
BOOST_DESCRIBE_STRUCT(Collection, (),
                      (agency, id, number, version, edited, state, home, item, catalog_version, opened, dossier, unit,
                       delivery, told, cancel_reason, last, last_event))

}  // namespace tongban
