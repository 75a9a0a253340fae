#pragma once
// What can be done where: registries, items, material lists, interview questions, fees, promises — data under
// data/catalog, checked when loaded, immutable and shared by threads afterwards (domain.md 2.7, 2.10, 2.14, 3.8).

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/sql.h"

namespace tongban {

// A registry 登记机构: one per county-level division.
struct Registry {
    Agency code = 0;         // 370102
    std::string name;        // 济南市历下区不动产登记中心
    std::string short_name;  // 历下区: also the place on certificate numbers
    std::string city;        // 济南市
    Agency city_code = 0;    // 370100
};

enum class Requirement { required, conditional, optional };
enum class MaterialForm { original, copy, electronic };
enum class AnswerKind { yes_no, text };
std::string_view to_text(Requirement requirement);
std::string_view to_text(MaterialForm form);
std::string_view to_text(AnswerKind kind);
const MaterialForm* find_material_form(std::string_view text);  // nullptr when there is no such form
std::string_view chinese(MaterialForm form);                    // 原件 复印件 电子

// Named facts of a case that conditions speak of: "agent_present" … all in case_fact_names().
using FactNames = std::set<std::string, std::less<>>;
struct FactName {
    std::string_view name;
    std::string_view text;  // 有代理人
};
std::span<const FactName> case_fact_names();

struct ListLine {
    std::string code;   // M10
    std::string title;  // 主债权合同和抵押合同
    Requirement requirement = Requirement::required;
    std::string condition;       // of conditional lines: a fact's name
    std::string condition_text;  // the same in words
    std::vector<MaterialForm> forms;
    std::string sharing;           // what replaces it by sharing; empty when nothing does
    bool must_not_demand = false;  // the window may take it but never asks for it (条例 24)
    bool generated = false;        // written by the platform, nobody hands it in (M01 form, M16 interview record)
    std::string remark;
};

// Must it be there for a case with these facts? Generated lines and those that must not be demanded never.
bool required_now(const ListLine& line, const FactNames& facts);

struct InterviewQuestion {
    std::string id;    // "intent"
    std::string text;  // 申请登记事项是否为申请人的真实意思表示？
    AnswerKind answer = AnswerKind::yes_no;
    std::string expected;            // yes_no: "yes" or "no"; another answer needs a remark. Empty: any
    std::vector<std::string> roles;  // who is asked ("mortgagor" …); empty: every natural person
};

struct FormField {
    std::string key;    // path in the application, "mortgage.transfer_ban"
    std::string label;  // 是否存在禁止或限制转让抵押不动产的约定
    bool required = true;
};

struct FeeRule {
    Fen home = 0;                // 住宅, per case
    Fen other = 0;               // 非住宅
    std::string home_item_code;  // of the non-tax revenue catalogue
    std::string other_item_code;
    std::string payer;  // a party's role: "mortgagee"
    std::string basis;  // 发改价格规〔2016〕2559号
};

struct Prohibition {  // what no window may demand for this item
    std::string title;
    std::string reason;
};

struct Item {
    std::string code;  // DY-01
    std::string name;  // 不动产抵押权首次登记
    bool on = false;
    std::string version;             // "20261123-1"; empty while the item is not described yet. A case pins it.
    std::string valid_from;          // 2026-11-23
    std::vector<Agency> registries;  // whose own version this is; empty: of all that have none of their own
    int promised_working_days = 0;
    std::vector<ListLine> lines;
    std::vector<InterviewQuestion> questions;
    std::vector<FormField> fields;
    std::vector<Prohibition> prohibited;
    FeeRule fee;

    const ListLine* find_line(std::string_view line_code) const;
    std::vector<InterviewQuestion> questions_for(std::string_view role) const;
};

namespace catalog_problem {
inline constexpr Problem registry_not_found{"catalog.registry_not_found", Kind::not_found, Retry::after_fix,
                                            "没有这个登记机构"};
inline constexpr Problem item_not_found{"catalog.item_not_found", Kind::not_found, Retry::after_fix, "没有这个事项"};
inline constexpr Problem item_off{"catalog.item_off", Kind::conflict, Retry::never, "该事项在该登记机构尚未开通"};
inline constexpr Problem unit_elsewhere{"catalog.unit_elsewhere", Kind::unprocessable, Retry::after_fix,
                                        "不动产单元不属于所选的登记机构"};
inline constexpr Problem unit_division_unknown{"catalog.unit_division_unknown", Kind::unprocessable, Retry::after_fix,
                                               "不动产单元号中的行政区划不存在"};
inline constexpr const Problem* all[] = {&registry_not_found, &item_not_found, &item_off, &unit_elsewhere,
                                         &unit_division_unknown};
}  // namespace catalog_problem

// A code that was used once and is gone. Unit numbers keep it for ever.
struct AbolishedDivision {
    Agency code = 0;
    std::string name;
    int abolished_in = 0;  // the year
    Agency successor = 0;  // today's registry, or another abolished code
};

class Catalog {
public:
    // Only loaders and tests make one; the parts must be consistent (load_catalog checks them).
    Catalog(std::string province_short, std::vector<Registry> registries, std::vector<AbolishedDivision> abolished,
            std::vector<Item> items);

    const std::string& province_short() const { return province_short_; }  // 鲁
    std::span<const Registry> registries() const { return registries_; }   // by code
    const Registry* find_registry(Agency code) const;
    Result<const Registry*> get_registry(Agency code) const;  // catalog.registry_not_found

    // The items of a registry, by code, each in the version in force on `date`; those not switched on included.
    std::vector<const Item*> items_of(Agency registry, std::string_view date) const;
    // In force on `date`: catalog.registry_not_found, item_not_found, item_off (when `date` finds it switched off).
    Result<const Item*> item_in_force(Agency registry, std::string_view code, std::string_view date) const;
    // A version pinned by a case, in force or not.
    Result<const Item*> item_version(std::string_view code, std::string_view version) const;

    // The registry that keeps the unit today, through all mergers and renamings of divisions.
    // `unit` in normal form (check_unit_number). catalog.unit_division_unknown.
    Result<Agency> home_of_unit(std::string_view unit) const;
    // Does the unit belong to `registry`? catalog.unit_elsewhere names the right one.
    Result<void> check_unit_home(std::string_view unit, Agency registry) const;

private:
    std::string province_short_;
    std::vector<Registry> registries_;
    std::vector<AbolishedDivision> abolished_;
    std::vector<Item> items_;  // by code, then valid_from
};

}  // namespace tongban
