#pragma once
// Rows of the register's tables and what they mean; for the sources of RegisterBook alone.

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "modules/journal/core/journal.h"
#include "modules/register_book/core/register_view.h"

namespace tongban {

// A row of register_encumbrances: pre-notices, objections, residence rights and easements differ in what they use of
// it.
struct EncumbranceRow {
    std::string kind;
    std::vector<RightHolder> holders;
    std::string obligor;
    std::string matter;
    std::string contract_number;
    std::string from;
    std::string until;
    std::int64_t amount_fen = 0;
    bool presale = false;
    bool maximum = false;
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
};
EncumbranceRow row_of(const RegisteredPreNotice& notice);
EncumbranceRow row_of(const RegisteredObjection& objection);
EncumbranceRow row_of(const RegisteredUseRight& right, std::string_view kind);

namespace encumbrance_kind {
inline constexpr std::string_view sale_notice = "sale_notice";
inline constexpr std::string_view mortgage_notice = "mortgage_notice";
inline constexpr std::string_view objection = "objection";
inline constexpr std::string_view residence_right = "residence_right";
inline constexpr std::string_view easement = "easement";
}  // namespace encumbrance_kind

std::string holders_text(const std::vector<RightHolder>& holders);  // as stored
RightStatus status_of(std::int64_t stored);
// Puts one row of register_rights_of where it belongs.
void add_to_view(RegisterView& view, const SqlRow& row);

// The current one with this id.
const RegisteredPreNotice* find_mortgage_notice(const RegisterView& view, std::string_view id);

// Events of the aggregate "unit": what changed, without personal data.
Event unit_event(std::string_view type, const boost::json::object& body);

}  // namespace tongban
