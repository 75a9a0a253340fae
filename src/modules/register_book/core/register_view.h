#pragma once
// The unit as it stands in the live register (登记簿), the only thing that counts when a right is judged: the register
// prevails over every certificate (民法典 217). Read for the checks at filing, at acceptance and inside the
// registration transaction, and shown on the case sheet.

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

// 权属状态 (domain.md 2.3). Rights are ended, never deleted.
enum class RightStatus { provisional = 0, current = 1, history = 2, terminated = 3 };

enum class UnitUse { home, other };           // 住宅 80 yuan, others 550
enum class SeizureKind { seizure, waiting };  // 查封, 轮候查封

std::string_view to_text(UnitUse use);
std::string_view to_text(SeizureKind kind);
const UnitUse* find_unit_use(std::string_view text);
const SeizureKind* find_seizure_kind(std::string_view text);

struct RegisteredOwner {
    std::string name;
    std::string number_masked;
    std::string number_sealed;  // Vault of the home registry; never shown
    std::string number_digest;  // Vault::digest of the home registry, for "is the mortgagor the owner"
    std::string share;          // 单独所有, 共同共有, 1/2
    std::string certificate_number;
    Millis registered_at = 0;
};

struct RegisteredMortgage {
    std::string id;
    std::int64_t order = 0;  // 抵押顺位: by time of entry (民法典 414)
    RightStatus status = RightStatus::current;
    std::string mortgagee;
    std::int64_t secured_amount_fen = 0;
    bool transfer_ban = false;
    std::string certificate_number;
    std::string case_number;  // empty: entered before the platform
    std::string registrar;
    Millis registered_at = 0;
};

struct RegisteredSeizure {
    std::string organ;
    std::string document_number;
    SeizureKind kind = SeizureKind::seizure;
    Millis delivered_at = 0;  // to the minute: decides the race with an entry (domain.md 2.6)
    std::string until;        // date, 2029-11-22
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
    bool locked = false;  // 锁定
    std::string lock_reason;
    std::vector<RegisteredOwner> owners;        // current only
    std::vector<RegisteredMortgage> mortgages;  // current and terminated, by order and time
    std::vector<RegisteredSeizure> seizures;    // in force only
};

// RegisterState of the API. Holds no unmasked number.
boost::json::value to_json(const RegisterView& view);
// Current mortgages of the view.
std::size_t current_mortgages(const RegisterView& view);
// The order that the next mortgage gets: highest current order + 1.
std::int64_t next_mortgage_order(const RegisterView& view);

}  // namespace tongban
