#pragma once
// What registries tell each other about a sitting and its case: the bodies of the messages, as described structs.

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/record.h"
#include "modules/cases/core/case.h"
#include "modules/cases/core/preconditions.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection.h"
#include "modules/exchange/core/exchange.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

namespace message_kind {
inline constexpr std::string_view case_open = "case.open";        // collecting → home: a sitting began
inline constexpr std::string_view case_opened = "case.opened";    // home → collecting: the draft's number
inline constexpr std::string_view case_cancel = "case.cancel";    // collecting → home: the sitting ended unpushed
inline constexpr std::string_view package_push = "package.push";  // collecting → home: everything collected
inline constexpr std::string_view package_receipt = "package.receipt";  // home → collecting: signed by home
inline constexpr std::string_view case_progress = "case.progress";      // home → collecting, on every step
inline constexpr std::string_view part_open = "part.open";              // collecting → home: a visit joined
inline constexpr std::string_view case_end = "case.end";  // collecting → home: a party ends what waits for others
inline constexpr std::string_view unit_preview = "unit.preview";  // question, collecting → home
inline constexpr std::string_view case_join = "case.join";        // question: a case by its number and a party's code
inline constexpr std::string_view case_code = "case.code";        // question: a new code for a party
}  // namespace message_kind

struct CaseOpenMessage {
    std::string collection_id, collection_number, clerk, item, catalog_version;
    VisitChannel channel = VisitChannel::window;
};
BOOST_DESCRIBE_STRUCT(CaseOpenMessage, (), (collection_id, collection_number, clerk, item, catalog_version, channel))

struct CaseOpenedMessage {
    std::string collection_id, case_number;
};
BOOST_DESCRIBE_STRUCT(CaseOpenedMessage, (), (collection_id, case_number))

struct CaseCancelMessage {
    std::string collection_id, reason;
};
BOOST_DESCRIBE_STRUCT(CaseCancelMessage, (), (collection_id, reason))

// The package: its canonical bytes are this struct's JSON in the order of its members; the digest is their SM3. The
// material manifest is the page list inside the dossier (digest of every file). Numbers and phones are sealed for the
// sender and sealed again for the receiver when it is taken.
struct Package {
    std::string collection_id, collection_number, clerk, item, catalog_version;
    Dossier dossier;
    std::vector<std::string> handed_in_by = {};  // names, of visits that only bring materials
};
BOOST_DESCRIBE_STRUCT(Package, (),
                      (collection_id, collection_number, clerk, item, catalog_version, dossier, handed_in_by))

struct PackageReceipt {
    std::string collection_id, message_id, package_digest, case_number;
    Millis received_at = 0;
};
BOOST_DESCRIBE_STRUCT(PackageReceipt, (), (collection_id, message_id, package_digest, case_number, received_at))

struct CaseProgressMessage {
    std::string collection_id;
    ToldCase told;
};
BOOST_DESCRIBE_STRUCT(CaseProgressMessage, (), (collection_id, told))

// `case_number`: the draft this is about, which does not count as another case on the unit; may be empty. With
// applicants (numbers, sealed for the sender) the collection claims the item on the unit for them (H24).
struct UnitQuestion {
    std::string unit_number, item, catalog_version, case_number;
    std::string collection_id = {}, collection_number = {};
    std::vector<std::string> applicants = {};
};
BOOST_DESCRIBE_STRUCT(UnitQuestion, (),
                      (unit_number, item, catalog_version, case_number, collection_id, collection_number, applicants))

struct JoinQuestion {
    std::string case_number, code;
    VisitChannel channel = VisitChannel::window;
};
BOOST_DESCRIBE_STRUCT(JoinQuestion, (), (case_number, code, channel))

// What a joining visit may know: its own party in full (sealed for the one who asked), of the others only the board.
struct JoinAnswer {
    std::string item, catalog_version, ticket;
    std::optional<Application> application;
    std::vector<Party> parties;
    JoinedCase joined;
    ToldCase told;
};
BOOST_DESCRIBE_STRUCT(JoinAnswer, (), (item, catalog_version, ticket, application, parties, joined, told))

// `ticket`: what the answer to the question gave, so that nobody joins who was not let in.
struct PartOpenMessage {
    std::string collection_id, collection_number, clerk, case_number, party, ticket;
    VisitChannel channel = VisitChannel::window;
};
BOOST_DESCRIBE_STRUCT(PartOpenMessage, (),
                      (collection_id, collection_number, clerk, case_number, party, ticket, channel))

struct CaseEndMessage {
    std::string collection_id, reason;
};
BOOST_DESCRIBE_STRUCT(CaseEndMessage, (), (collection_id, reason))

struct CodeQuestion {
    std::string collection_id, party;
};
BOOST_DESCRIBE_STRUCT(CodeQuestion, (), (collection_id, party))

// The code in clear: shown once, kept by nobody.
struct CodeAnswer {
    std::string case_number, party, name, code, until, sent_to;
};
BOOST_DESCRIBE_STRUCT(CodeAnswer, (), (case_number, party, name, code, until, sent_to))

// Where the case stands, for any of its visits.
ToldCase told_of(const Case& subject, const Catalog& catalog);

// The dossier kept by another registry.
Dossier resealed(Vault& vault, const Dossier& dossier, Agency from, Agency to);

// Reads a body that a message brought; exchange.body_wrong when it has not our form.
template <class T>
Result<T> read_message(const Message& message)
{
    boost::json::error_code failed;
    const boost::json::value value = boost::json::parse(message.body, failed);
    if (failed) return Error{exchange_problem::body_wrong, message.kind};
    // A message sent before its struct got another member still waits in somebody's outbox.
    T read{};
    if (!read_record(value, RecordForm::grown, read)) return Error{exchange_problem::body_wrong, message.kind};
    return read;
}

}  // namespace tongban
