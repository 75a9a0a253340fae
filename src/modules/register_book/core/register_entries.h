#pragma once
// What is written into the register book: the shapes of units, rights, restrictions and their changes.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "modules/register_book/core/register_view.h"

namespace tongban {

struct NewUnit {
    std::string unit_number;  // normalised, 28 characters
    std::string location;
    UnitUse use = UnitUse::home;
    std::string use_name;
    std::string area;
    std::string right_type;
    std::string right_nature;
    std::string structure;
    bool placeholder = false;     // 虚拟单元
    std::string term_until = {};  // end of the land right, a date
};

// Who entered what because of which case. An empty case number: entered before the platform, or by office.
struct EntryBy {
    std::string case_number;
    std::string registrar;
    Millis at = 0;
};

struct NewOwnership {
    std::string unit_number;
    std::string name;
    std::string document_type;  // 身份证, 统一社会信用代码
    std::string number;         // clear; sealed here
    std::string share;          // 单独所有, 共同共有, 1/2
    std::string certificate_number;
    std::string case_number;
    Millis registered_at = 0;
};

struct NewMortgage {
    std::string unit_number;
    bool maximum = false;  // 最高额抵押
    std::string mortgagee;
    std::string mortgagee_number_masked;
    std::string mortgagee_number_sealed;  // as the case holds it: sealed for the same registry
    std::string mortgagee_number_digest;
    std::string mortgagor;
    std::int64_t secured_amount_fen = 0;
    std::string term_from;  // dates
    std::string term_to;
    std::string scope;
    std::string contract_number;
    bool transfer_ban = false;
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
    bool construction = false;              // 在建建筑物抵押; entered flat by flat
    std::vector<RightHolder> holders = {};  // all mortgagees; when given, the mortgagee… fields above are not read
};

struct NewSeizure {
    std::string unit_number;  // a unit, or a parcel: then it counts for every unit on it
    std::string organ;
    std::string document_number;
    Millis delivered_at = 0;
    std::string until;
    bool before_title = false;  // 预查封
};

struct NewLock {
    std::string unit_number;
    std::string reason;
    std::string document;  // on what it rests; may be empty
};

struct NewOwner {
    RightHolder holder;
    std::string share;
    std::string certificate_number;  // one each, or the same for all
};

// A mortgage pre-notice becomes the mortgage it was for, with its date (担保解释 52).
struct NoticeConversion {
    std::string notice_id;
    std::string certificate_number;
    std::string mortgagor;  // names of the new owners who give it
    bool transfer_ban = false;
};

struct OwnershipTransfer {
    std::string unit_number;
    std::vector<std::string> ending;  // ids of the ownerships that pass over; empty: all current ones
    std::vector<NewOwner> owners;
    std::optional<NoticeConversion> conversion = {};
    EntryBy by;
};

struct MortgageAlteration {
    std::string unit_number;
    std::string id;
    // What is empty stays as it is.
    std::optional<std::int64_t> secured_amount_fen = {};
    std::optional<std::string> term_from = {};
    std::optional<std::string> term_to = {};
    std::optional<std::string> scope = {};
    std::optional<std::string> contract_number = {};
    std::optional<bool> transfer_ban = {};
    std::string certificate_number = {};  // empty: the old one goes on
    EntryBy by;
};

struct MortgageAssignment {
    std::string unit_number;
    std::string id;
    std::vector<RightHolder> mortgagees;
    std::string certificate_number = {};  // empty: the old one goes on
    EntryBy by;
};

struct NewPreNotice {
    std::string unit_number;
    PreNoticeKind kind = PreNoticeKind::sale;
    bool presale = true;
    std::vector<RightHolder> holders;
    std::string obligor;  // names
    std::string contract_number;
    std::int64_t amount_fen = 0;  // price, or secured amount
    bool maximum = false;
    std::string term_from;
    std::string term_to;
    std::string scope;
    std::string certificate_number;
    EntryBy by;
};

struct NewObjection {
    std::string unit_number;
    std::vector<RightHolder> applicants;
    std::string matter;
    std::string certificate_number;
    EntryBy by;  // in force until the fifteenth day after `at`
};

enum class UseRightKind { residence_right, easement };
struct NewUseRight {
    std::string unit_number;
    UseRightKind kind = UseRightKind::residence_right;
    std::vector<RightHolder> holders;
    std::string range;
    std::string from;
    std::string until;
    std::string contract_number;
    std::string certificate_number;
    EntryBy by;
};

// Old certificate number → the new one that takes its place.
using ReplacedCertificates = std::vector<std::pair<std::string, std::string>>;

// The same person under another name or number, wherever it stands in the unit: owner, mortgagee, mortgagor, holder.
struct HolderRename {
    std::string unit_number;
    std::string old_digest;  // how the register knows the person now
    std::string old_name;
    RightHolder now;
    ReplacedCertificates replaced;
    EntryBy by;
};

struct UnitReaddress {
    std::string unit_number;
    std::string location;
    ReplacedCertificates replaced;
    EntryBy by;
};

// 换证, 补证: nothing changes but the certificates.
struct CertificateReplacement {
    std::string unit_number;
    ReplacedCertificates replaced;
    EntryBy by;
};

// What a change left behind. Certificates: those that no current right stands behind any more.
struct Entered {
    std::vector<std::string> ids;  // of the new records
    std::vector<std::string> ended_certificates;
    std::int64_t mortgage_order = 0;  // when a mortgage was entered
};

}  // namespace tongban
