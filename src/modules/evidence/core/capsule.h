#pragma once
// The evidence capsule: one file per case that proves itself (features.md B1). A ZIP of
//     capsule.note        the statement on the case, signed by the home registry (a signed note, journal/core)
//     manifest.json       every part: path, bytes, salted digest; the salt of those that are here
//     the parts; among them certificates/… of the home registry and of witnesses
// The statement signs the Merkle root over all parts, so a capsule from which parts were withheld is still signed, and
// a part that is shown later can be held against it. A salted digest tells nothing of a hidden part, whose content
// might otherwise be guessed. Pure.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"
#include "modules/journal/core/merkle.h"

namespace tongban {

inline constexpr std::string_view capsule_note_path = "capsule.note";
inline constexpr std::string_view capsule_manifest_path = "manifest.json";
inline constexpr std::string_view capsule_certificates_folder = "certificates/";
inline constexpr std::string_view capsule_format = "tongban-capsule-1";

// Fixed names of parts; the rest lie in folders: parties/ signatures/ events/ receipts/ issued/ pages/
namespace capsule_path {
inline constexpr std::string_view summary = "summary.json";
inline constexpr std::string_view timeline = "timeline.json";
inline constexpr std::string_view clock = "clock.json";
inline constexpr std::string_view list = "list.json";
inline constexpr std::string_view pages = "pages.json";
inline constexpr std::string_view application = "application.json";
inline constexpr std::string_view materials = "materials.json";
inline constexpr std::string_view decisions = "decisions.json";
inline constexpr std::string_view receipts = "receipts";  // folder
inline constexpr std::string_view log = "log.json";
inline constexpr std::string_view checkpoint = "checkpoint.txt";
}  // namespace capsule_path

struct CapsulePart {
    std::string path;
    std::int64_t bytes = 0;
    std::string digest;  // SM3 of salt (16 bytes) and content, hex
    std::string salt;    // hex; empty: hidden
};
BOOST_DESCRIBE_STRUCT(CapsulePart, (), (path, bytes, digest, salt))

struct CapsuleManifest {
    std::string format;
    std::vector<CapsulePart> parts;
};
BOOST_DESCRIBE_STRUCT(CapsuleManifest, (), (format, parts))

struct CapsuleStatement {
    Agency agency = 0;  // home registry
    std::string number;
    std::int64_t version = 0;  // of the case: events so far
    Millis made_at = 0;
    std::uint64_t parts = 0;
    merkle::Hash root;
};
std::string capsule_origin(Agency agency);  // tongban/capsule/370102
std::string statement_text(const CapsuleStatement& statement);
std::optional<CapsuleStatement> read_statement(std::string_view text);

merkle::Hash root_of(const std::vector<CapsulePart>& parts);
inline constexpr std::size_t salt_bytes = 16;
std::string salted_digest(std::string_view salt, std::string_view content);

// One event of the case in the log, by version.
struct ProvenEvent {
    std::int64_t version = 0;
    std::int64_t seq = 0;
    std::string hash;                // journal_hash, hex
    std::vector<std::string> proof;  // inclusion in the checkpoint, hex
};
BOOST_DESCRIBE_STRUCT(ProvenEvent, (), (version, seq, hash, proof))

// An event as the journal holds it.
struct CapsuleEvent {
    std::int64_t seq = 0;
    std::string aggregate, aggregate_id;
    std::int64_t version = 0;
    std::string type, body, actor;
    Millis at = 0;
    std::string prev_hash;
};
BOOST_DESCRIBE_STRUCT(CapsuleEvent, (), (seq, aggregate, aggregate_id, version, type, body, actor, at, prev_hash))

// The message by which the home registry signed for the package of a visit.
struct CapsuleReceipt {
    std::string id;
    Agency to = 0;
    std::string kind, body, digest;
    Millis sent_at = 0;
    std::string signature;
};
BOOST_DESCRIBE_STRUCT(CapsuleReceipt, (), (id, to, kind, body, digest, sent_at, signature))

std::string event_path(std::int64_t version);                          // events/0001.json
std::string numbered_path(std::string_view folder, std::size_t index,  // parties/01.json, of index 0
                          std::string_view ending);

}  // namespace tongban
