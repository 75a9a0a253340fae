#pragma once
// One version of an item 事项: what is asked, collected, judged, charged and entered for it — data, not code
// (data/catalog/README.md is the format; domain.md 2.7–2.14). Immutable once loaded.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/sql.h"
#include "modules/catalog/core/condition.h"
#include "modules/catalog/core/rules.h"

namespace tongban {

enum class Requirement { required, conditional, optional };
enum class MaterialForm { original, copy, electronic };
enum class AnswerKind { yes_no, text };
// `entry`: the certificate number of an entry of the unit, "the mortgage that is to end".
enum class FieldKind { text, long_text, choice, date, money, yes_no, integer, entry };
// 权利人 (gets or has the right) and 义务人; nobody stands on both sides.
enum class Side { holder, obligor };
enum class DocumentKind { none, proof, title };
// How an item may be applied for (domain.md 5.4): at a window; wholly online 全程网办; online, and every party confirms
// at a window 线上申请、现场核验.
enum class ItemChannel { window, online, online_then_hall };
inline constexpr int collecting_days_usual = 30;

std::string_view to_text(Requirement requirement);
std::string_view to_text(MaterialForm form);
std::string_view to_text(AnswerKind kind);
std::string_view to_text(FieldKind kind);
std::string_view to_text(Side side);
std::string_view to_text(DocumentKind kind);
std::string_view to_text(ItemChannel channel);
const Requirement* find_requirement(std::string_view text);
const MaterialForm* find_material_form(std::string_view text);  // nullptr when there is no such form
const AnswerKind* find_answer_kind(std::string_view text);
const FieldKind* find_field_kind(std::string_view text);
const Side* find_side(std::string_view text);
const DocumentKind* find_document_kind(std::string_view text);
const ItemChannel* find_item_channel(std::string_view text);
std::string_view chinese(MaterialForm form);  // 原件 复印件 电子
FactKind fact_kind(FieldKind kind);           // money and integer are numbers, choice and date texts

// Who takes part besides agents and guardians, in the order of the screen.
struct RoleRule {
    std::string role;  // "mortgagor"
    int min = 1;
    int max = 20;
    bool persons = true;
    bool organisations = true;
    Side side = Side::holder;
    bool owner = false;             // must be a registered owner of the unit
    bool holder_of_target = false;  // must be the holder of the entry that the field of kind `entry` names
};

struct FormField {
    std::string key;    // "mortgage.transfer_ban"; also the name of the fact
    std::string label;  // 是否存在禁止或限制转让抵押不动产的约定
    FieldKind kind = FieldKind::text;
    std::vector<std::pair<std::string, std::string>> options;  // of choices: word, name
    bool required = true;
    Condition when;          // asked only then
    std::string not_before;  // of dates: the key of the field that must not be later
    std::int64_t max = 0;    // characters of texts, greatest number of numbers
    std::string hint;
    std::string usual;  // a text to fill in with one click
    std::string of;     // of entries: mortgage, sale_notice, mortgage_notice, ownership
};

struct ListLine {
    std::string code;   // M10
    std::string title;  // 主债权合同和抵押合同
    Requirement requirement = Requirement::required;
    Condition condition;         // of conditional lines
    std::string condition_text;  // the same in words
    std::vector<MaterialForm> forms;
    std::string sharing;           // what replaces it by sharing; empty when nothing does
    bool must_not_demand = false;  // the window may take it but never asks for it (条例 24)
    bool generated = false;        // written by the platform, nobody hands it in (M01 form, M16 interview record)
    bool surrendered = false;      // the original is handed in for good
    bool local = false;            // no law demands it: a registry may drop it from its list
    std::string remark;
};

// Must it be there for a case with these facts? Generated lines and those that must not be demanded never.
bool required_now(const ListLine& line, const Facts& facts);

struct InterviewQuestion {
    std::string id;    // "intent"
    std::string text;  // 申请登记事项是否为申请人的真实意思表示？
    AnswerKind answer = AnswerKind::yes_no;
    std::string expected;            // yes_no: "yes" or "no"; another answer needs a remark. Empty: any
    std::vector<std::string> roles;  // who is asked ("mortgagor" …); empty: every natural person
    Condition when;
    bool shared = false;  // all who are asked should say the same; differing answers are flagged (domain.md 8.4)
};

// One line of the bill, when its condition holds.
struct FeeLine {
    Condition when;
    std::string code;  // of the non-tax revenue catalogue
    std::string name;
    Fen price = 0;
    std::string quantity;  // a number fact; empty: one
    bool half = false;     // halved by a reduction of the kind half
    std::string basis;     // 发改价格规〔2016〕2559号
};
enum class ReductionKind { exempt, half };
struct FeeReduction {
    Condition when;
    ReductionKind kind = ReductionKind::exempt;
    std::string basis;
};
struct FeeRule {
    std::string payer;  // a role: "mortgagee"
    std::vector<FeeLine> lines;
    std::vector<FeeReduction> reductions;  // the first that holds
};

// What the entry issues.
struct IssuedDocument {
    DocumentKind kind = DocumentKind::none;
    std::string right;    // 抵押权
    std::string holder;   // role named as 权利人
    std::string obligor;  // role named as 义务人; may be empty
    std::string copies;   // a number fact; empty: one
};

struct Prohibition {  // what no window may demand for this item
    std::string title;
    std::string reason;
};

// Where people ask about the item at this registry. All of it may be empty.
struct Contact {
    std::string address;
    std::string phone;
    std::string hours;
};

struct AskedOften {  // 常见问题
    std::string question;
    std::string answer;
};

struct Item {
    std::string code;  // DY-01
    std::string name;  // 不动产抵押权首次登记
    bool on = false;
    std::string version;     // "20261123-1"; empty while the item is not described yet. A case pins it.
    std::string valid_from;  // 2026-11-23
    // Why people look again at cases that run on an earlier version (H26: a flag, never another list). Empty: they do
    // not.
    std::string applies_to_running;
    std::vector<Agency> registries;  // whose own version this is; empty: of all that have none of their own
    std::string rules_version;
    std::vector<Rule> rules;  // the common rules of that version, then the item's own
    Matter matter = Matter::mortgage;
    std::string effect;         // "mortgage.enter": what the entry does to the register
    int registration_type = 0;  // domain.md 2.1
    int promised_working_days = 0;
    std::string legal_basis;
    std::string summary;  // in plain words, for citizens
    std::string words;    // what people call it, for searching: "贷款 按揭"
    bool agents = true;   // may agents act?
    std::vector<ItemChannel> channels = {ItemChannel::window};
    int collecting_days = collecting_days_usual;  // how long an application waits for its other parties
    std::vector<RoleRule> roles;
    std::vector<FormField> fields;
    std::vector<ListLine> lines;
    std::vector<InterviewQuestion> questions;
    std::vector<Prohibition> prohibited;
    FeeRule fee;
    IssuedDocument document;
    std::vector<AskedOften> asked_often;
    Contact contact;
    std::string source;  // the text this was read from (TOML): what a new version begins with

    bool allows(ItemChannel channel) const;
    const ListLine* find_line(std::string_view line_code) const;
    const FormField* find_field(std::string_view key) const;
    const FormField* target_field() const;  // the field of kind entry; nullptr when there is none
    const RoleRule* find_role(std::string_view role) const;
    bool has_rule_about(std::string_view fact) const;  // some facts cost asking somebody
    // What to ask somebody who speaks for these roles, in a case with these facts.
    std::vector<InterviewQuestion> questions_for(std::span<const std::string_view> speaking_for,
                                                 const Facts& facts) const;
};

// Roles a party may have in any item; agents and guardians act for another party.
std::span<const std::string_view> known_roles();
std::string role_name(std::string_view role);  // 抵押人; an unknown word stays as it is
// The facts that conditions of an item with these fields and lines may speak of.
FactVocabulary vocabulary_of(const std::vector<FormField>& fields, const std::vector<ListLine>& lines);

// What a case owes, by the item's fee lines and reductions.
struct Charge {
    std::string code;
    std::string name;
    std::int64_t quantity = 1;
    Fen price = 0;  // after reductions
    std::string basis;
};
struct Charges {
    std::vector<Charge> lines;    // may be empty: nothing to pay
    std::string reduction_basis;  // why less is owed; empty when nothing was reduced
};
Charges charges_of(const FeeRule& fee, const Facts& facts);

}  // namespace tongban
