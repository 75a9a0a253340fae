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
inline constexpr std::string_view unit_preview = "unit.preview";        // question, collecting → home
}  // namespace message_kind

struct CaseOpenMessage {
    std::string collection_id, collection_number, clerk, item, catalog_version;
};
BOOST_DESCRIBE_STRUCT(CaseOpenMessage, (), (collection_id, collection_number, clerk, item, catalog_version))

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
};
BOOST_DESCRIBE_STRUCT(Package, (), (collection_id, collection_number, clerk, item, catalog_version, dossier))

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

// `case_number`: the draft this is about, which does not count as another case on the unit; may be empty.
struct UnitQuestion {
    std::string unit_number, item, catalog_version, case_number;
};
BOOST_DESCRIBE_STRUCT(UnitQuestion, (), (unit_number, item, catalog_version, case_number))

CaseProgressMessage progress_of(const Case& subject);

// The dossier kept by another registry.
Dossier resealed(Vault& vault, const Dossier& dossier, Agency from, Agency to);

// Reads a body that a message brought; exchange.body_wrong when it has not our form.
template <class T>
Result<T> read_message(const Message& message)
{
    boost::json::error_code failed;
    const boost::json::value value = boost::json::parse(message.body, failed);
    if (failed) return Error{exchange_problem::body_wrong, message.kind};
    T read{};
    if (!read_record(value, RecordForm::exact, read)) return Error{exchange_problem::body_wrong, message.kind};
    return read;
}

}  // namespace tongban
