#pragma once
// The unit as it stands in the live register (登记簿), the only thing that counts when a right is judged: the register
// prevails over every certificate (民法典 217). Read for the checks at filing, at acceptance and inside the
// registration transaction, and shown on the case sheet.

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"
#include "modules/register_book/core/shares.h"

namespace tongban {

// 权属状态 (domain.md 2.3). Rights are ended, never deleted: history was replaced by a newer version of itself,
// terminated came to its end.
enum class RightStatus { provisional = 0, current = 1, history = 2, terminated = 3 };

enum class UnitUse { home, other };  // 住宅 80 yuan, others 550
enum class UnitKind { parcel, building, flat, other };
enum class SeizureKind { seizure, waiting, pre_seizure, waiting_pre_seizure };  // 查封 轮候查封 预查封 轮候预查封
enum class PreNoticeKind { sale, mortgage };  // 预告登记: of a purchase, of a mortgage

std::string_view to_text(RightStatus status);  // provisional, current, history, terminated
std::string_view to_text(UnitUse use);
std::string_view to_text(UnitKind kind);
std::string_view to_text(SeizureKind kind);
std::string_view to_text(PreNoticeKind kind);
std::string_view chinese(SeizureKind kind);
const UnitUse* find_unit_use(std::string_view text);
const SeizureKind* find_seizure_kind(std::string_view text);

// Waiting ones take effect only when those before them have ended (查封规定 26).
bool is_waiting(SeizureKind kind);

// Both are in the unit number itself (domain.md 3.1): 28 characters in normal form.
UnitKind unit_kind(std::string_view unit_number);
std::string parcel_unit(std::string_view unit_number);  // the parcel as a unit: first 19 characters + W00000000

// Somebody who holds a right. The number is sealed for the registry of the register.
struct RightHolder {
    std::string name;
    std::string document_type;
    std::string number_masked;
    std::string number_sealed;  // never shown
    std::string number_digest;  // Vault::digest of the home registry, for "is the applicant the holder"
    friend bool operator==(const RightHolder&, const RightHolder&) = default;
};
BOOST_DESCRIBE_STRUCT(RightHolder, (), (name, document_type, number_masked, number_sealed, number_digest))
std::string joined_names(const std::vector<RightHolder>& holders);  // 王示范、孙示例

struct RegisteredOwner {
    std::string name;
    std::string number_masked;
    std::string number_sealed;  // Vault of the home registry; never shown
    std::string number_digest;  // Vault::digest of the home registry, for "is the mortgagor the owner"
    std::string share;          // 单独所有, 共同共有, 1/2
    std::string certificate_number;
    Millis registered_at = 0;
    std::string id = {};
    std::string document_type = {};
    std::string case_number = {};                  // empty: entered before the platform
    std::vector<std::string> former_digests = {};  // of numbers that were this holder's before (H13, H14)

    OwnerShare part() const;
    RightHolder holder() const;
};

struct RegisteredMortgage {
    std::string id;
    std::int64_t order = 0;  // 抵押顺位: by time of entry (民法典 414)
    RightStatus status = RightStatus::current;
    std::string mortgagee;  // all names
    std::int64_t secured_amount_fen = 0;
    bool transfer_ban = false;
    std::string certificate_number;
    std::string case_number;  // empty: entered before the platform
    std::string registrar;
    Millis registered_at = 0;
    bool maximum = false;                   // 最高额抵押
    bool construction = false;              // 在建建筑物抵押
    std::string mortgagor = {};             // all names
    std::vector<RightHolder> holders = {};  // the mortgagees
    std::string term_from = {};
    std::string term_to = {};
    std::string scope = {};
    std::string contract_number = {};
    Millis priority_at = 0;  // since when it counts: the first entry, or the pre-notice it came from (担保解释 52)
    Millis ended_at = 0;
    std::string end_reason = {};
};

struct RegisteredPreNotice {
    std::string id;
    PreNoticeKind kind = PreNoticeKind::sale;
    bool presale = true;  // 预售商品房; otherwise 其它不动产
    RightStatus status = RightStatus::current;
    std::vector<RightHolder> holders;  // the buyers, or the mortgagees
    std::string obligor;               // names: the seller, or the mortgagors
    std::string contract_number;
    std::int64_t amount_fen = 0;  // price, or secured amount
    bool maximum = false;         // of a mortgage
    std::string term_from;        // of a mortgage: of the debt
    std::string term_to;
    std::string scope;
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
    Millis ended_at = 0;
    std::string end_reason;
};

struct RegisteredObjection {
    std::string id;
    RightStatus status = RightStatus::current;
    std::vector<RightHolder> applicants;
    std::string matter;
    std::string until;  // the fifteenth day (民法典 220); the home registry ends it, never the clock (H34)
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
    Millis ended_at = 0;
    std::string end_reason;
};

// 居住权 and 地役权: somebody else may use the unit.
struct RegisteredUseRight {
    std::string id;
    RightStatus status = RightStatus::current;
    std::vector<RightHolder> holders;
    std::string range;  // what of it, and under which conditions
    std::string from;
    std::string until;
    std::string contract_number;
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
    Millis ended_at = 0;
    std::string end_reason;
};

struct RegisteredSeizure {
    std::string organ;
    std::string document_number;
    SeizureKind kind = SeizureKind::seizure;
    Millis delivered_at = 0;       // to the minute: decides the race with an entry (domain.md 2.6)
    std::string until;             // date, 2029-11-22
    std::string unit_number = {};  // the parcel's when it lies on the parcel
    std::int64_t sequence = 0;     // among those of one minute
};

struct RegisterView {
    std::string unit_number;
    bool found = false;
    std::int64_t version = 0;  // changed by every change of the unit; 0 when not found
    RightStatus status = RightStatus::current;
    std::string location;
    UnitUse use = UnitUse::home;
    std::string use_name;  // 成套住宅
    std::string area;      // 89.50 (square metres)
    std::string right_type;
    std::string right_nature;
    std::string structure;
    bool placeholder = false;  // 虚拟单元: not yet linked to the cadastral map
    std::string term_until;    // end of the land right; empty: without end, or not known
    bool locked = false;       // 锁定
    std::string lock_reason;
    std::string lock_document;
    std::string locked_by;
    Millis locked_at = 0;
    std::vector<RegisteredOwner> owners;               // current only
    std::vector<RegisteredMortgage> mortgages;         // current and terminated, by priority
    std::vector<RegisteredPreNotice> pre_notices;      // current and terminated
    std::vector<RegisteredObjection> objections;       // current and terminated
    std::vector<RegisteredUseRight> residence_rights;  // current and terminated
    std::vector<RegisteredUseRight> easements;         // current and terminated
    std::vector<RegisteredSeizure> seizures;           // in force only, of the unit and of its parcel, in their order
};

// RegisterState of the API. Holds no unmasked number.
boost::json::value to_json(const RegisterView& view);
// Current mortgages of the view.
std::size_t current_mortgages(const RegisterView& view);
// The order that the next mortgage gets: highest current order + 1.
std::int64_t next_mortgage_order(const RegisterView& view);

}  // namespace tongban
