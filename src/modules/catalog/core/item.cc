#include "modules/catalog/core/item.h"

#include <algorithm>
#include <array>

#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<Requirement, 3> requirements{{{
    {Requirement::required, "required"},
    {Requirement::conditional, "conditional"},
    {Requirement::optional, "optional"},
}}};
constexpr TextTable<MaterialForm, 3> forms{{{
    {MaterialForm::original, "original"},
    {MaterialForm::copy, "copy"},
    {MaterialForm::electronic, "electronic"},
}}};
constexpr TextTable<MaterialForm, 3> form_names{{{
    {MaterialForm::original, "原件"},
    {MaterialForm::copy, "复印件"},
    {MaterialForm::electronic, "电子"},
}}};
constexpr TextTable<AnswerKind, 2> answers{{{
    {AnswerKind::yes_no, "yes_no"},
    {AnswerKind::text, "text"},
}}};
constexpr TextTable<FieldKind, 8> field_kinds{{{
    {FieldKind::text, "text"},
    {FieldKind::long_text, "long_text"},
    {FieldKind::choice, "choice"},
    {FieldKind::date, "date"},
    {FieldKind::money, "money"},
    {FieldKind::yes_no, "yes_no"},
    {FieldKind::integer, "integer"},
    {FieldKind::entry, "entry"},
}}};
constexpr TextTable<Side, 2> sides{{{
    {Side::holder, "holder"},
    {Side::obligor, "obligor"},
}}};
constexpr TextTable<ItemChannel, 3> channel_texts{{{
    {ItemChannel::window, "window"},
    {ItemChannel::online, "online"},
    {ItemChannel::online_then_hall, "online_then_hall"},
}}};
constexpr TextTable<DocumentKind, 3> document_kinds{{{
    {DocumentKind::none, "none"},
    {DocumentKind::proof, "proof"},
    {DocumentKind::title, "title"},
}}};

constexpr std::array<std::string_view, 8> roles{"mortgagor", "mortgagee", "new_mortgagee", "seller",
                                                "buyer",     "holder",    "agent",         "guardian"};

struct KnownFact {
    std::string_view name;
    FactKind kind;
};
using enum FactKind;
// Facts that do not come from the item's own form. Who fills them: materials (facts_of) and flows (register_facts).
constexpr KnownFact common_facts[] = {
    {"count.person",                      number},
    {"count.organisation",                number},
    {"count.minor",                       number},
    {"count.child",                       number},
    {"count.paper_power",                 number},
    {"count.single_guardian",             number},
    {"register.found",                    yes_no},
    {"register.current",                  yes_no},
    {"register.locked",                   yes_no},
    {"register.placeholder",              yes_no},
    {"register.term_expired",             yes_no},
    {"register.use",                      text  },
    {"register.seizures",                 number},
    {"register.waiting_seizures",         number},
    {"register.mortgages",                number},
    {"register.construction_mortgages",   number},
    {"register.transfer_bans",            number},
    {"register.objections",               number},
    {"register.residence_rights",         number},
    {"register.easements",                number},
    {"register.owners",                   number},
    {"register.sale_notices",             number},
    {"register.sale_notices_of_others",   number},
    {"register.sale_notice_of_applicant", yes_no},
    {"register.mortgage_notices",         number},
    {"register.other_cases",              number},
    {"register.applicants_are_owners",    yes_no},
    {"register.all_owners_apply",         yes_no},
    {"register.target_found",             yes_no},
    {"register.target_holder_applies",    yes_no},
    {"register.two_thirds_apply",         yes_no},
    {"register.joint_owner_missing",      yes_no},
    {"register.applicants_share",         text  },
    {"register.former_number_used",       yes_no},
    {"register.holder_name_differs",      yes_no},
    {"register.objection_until",          text  },
    {"register.aged_sale_notices",        number},
    {"power.expired",                     yes_no},
    {"power.unauthenticated",             number},
    {"power.unwitnessed",                 number},
    {"unit_number",                       text  },
    {"tax.settled",                       yes_no},
};

std::int64_t quantity_of(const std::string& fact, const Facts& facts)
{
    if (fact.empty()) return 1;
    const auto found = facts.find(fact);
    if (found == facts.end()) return 1;
    const std::int64_t* number = std::get_if<std::int64_t>(&found->second);
    return number == nullptr ? 1 : *number;
}

}  // namespace

std::string_view to_text(Requirement requirement)
{
    return requirements.text(requirement);
}
std::string_view to_text(MaterialForm form)
{
    return forms.text(form);
}
std::string_view to_text(AnswerKind kind)
{
    return answers.text(kind);
}
std::string_view to_text(FieldKind kind)
{
    return field_kinds.text(kind);
}
std::string_view to_text(Side side)
{
    return sides.text(side);
}
std::string_view to_text(ItemChannel channel)
{
    return channel_texts.text(channel);
}
std::string_view to_text(DocumentKind kind)
{
    return document_kinds.text(kind);
}
const Requirement* find_requirement(std::string_view text)
{
    return requirements.find(text);
}
const MaterialForm* find_material_form(std::string_view text)
{
    return forms.find(text);
}
const AnswerKind* find_answer_kind(std::string_view text)
{
    return answers.find(text);
}
const FieldKind* find_field_kind(std::string_view text)
{
    return field_kinds.find(text);
}
const Side* find_side(std::string_view text)
{
    return sides.find(text);
}
const ItemChannel* find_item_channel(std::string_view text)
{
    return channel_texts.find(text);
}
const DocumentKind* find_document_kind(std::string_view text)
{
    return document_kinds.find(text);
}
std::string_view chinese(MaterialForm form)
{
    return form_names.text(form);
}

FactKind fact_kind(FieldKind kind)
{
    switch (kind) {
    case FieldKind::yes_no: return FactKind::yes_no;
    case FieldKind::money:
    case FieldKind::integer: return FactKind::number;
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::choice:
    case FieldKind::date:
    case FieldKind::entry: break;
    }
    return FactKind::text;
}

bool required_now(const ListLine& line, const Facts& facts)
{
    if (line.generated || line.must_not_demand) return false;
    switch (line.requirement) {
    case Requirement::required: return true;
    case Requirement::conditional: return line.condition.holds(facts);
    case Requirement::optional: return false;
    }
    return false;
}

bool Item::allows(ItemChannel channel) const
{
    return std::ranges::find(channels, channel) != channels.end();
}

const ListLine* Item::find_line(std::string_view line_code) const
{
    const auto found = std::ranges::find(lines, line_code, &ListLine::code);
    return found == lines.end() ? nullptr : &*found;
}

const FormField* Item::find_field(std::string_view key) const
{
    const auto found = std::ranges::find(fields, key, &FormField::key);
    return found == fields.end() ? nullptr : &*found;
}

const FormField* Item::target_field() const
{
    const auto found = std::ranges::find(fields, FieldKind::entry, &FormField::kind);
    return found == fields.end() ? nullptr : &*found;
}

const RoleRule* Item::find_role(std::string_view role) const
{
    const auto found = std::ranges::find(roles, role, &RoleRule::role);
    return found == roles.end() ? nullptr : &*found;
}

bool Item::has_rule_about(std::string_view fact) const
{
    return std::ranges::any_of(
        rules, [&](const Rule& rule) { return rule.when.speaks_of(fact) || rule.unless.speaks_of(fact); });
}

std::vector<InterviewQuestion> Item::questions_for(std::span<const std::string_view> speaking_for,
                                                   const Facts& facts) const
{
    std::vector<InterviewQuestion> asked;
    std::ranges::copy_if(questions, std::back_inserter(asked), [&](const InterviewQuestion& question) {
        const bool concerned = question.roles.empty() || std::ranges::any_of(speaking_for, [&](std::string_view role) {
                                   return std::ranges::find(question.roles, role) != question.roles.end();
                               });
        return concerned && question.when.holds(facts);
    });
    return asked;
}

std::span<const std::string_view> known_roles()
{
    return roles;
}

std::string role_name(std::string_view role)
{
    constexpr std::string_view names[] = {"抵押人", "抵押权人", "受让抵押权人", "转让方",
                                          "受让方", "权利人",   "代理人",       "监护人"};
    static_assert(std::size(names) == roles.size());
    const auto found = std::ranges::find(roles, role);
    return std::string(found == roles.end() ? role : names[found - roles.begin()]);
}

FactVocabulary vocabulary_of(const std::vector<FormField>& fields, const std::vector<ListLine>& lines)
{
    std::map<std::string, FactKind, std::less<>> names;
    for (const KnownFact& fact : common_facts) names.emplace(fact.name, fact.kind);
    for (const std::string_view role : roles) names.emplace("count." + std::string(role), number);
    for (const FormField& field : fields) names.emplace(field.key, fact_kind(field.kind));
    for (const ListLine& line : lines) names.emplace("material." + line.code, yes_no);
    return [names = std::move(names)](std::string_view name) -> std::optional<FactKind> {
        const auto found = names.find(name);
        if (found == names.end()) return std::nullopt;
        return found->second;
    };
}

Charges charges_of(const FeeRule& fee, const Facts& facts)
{
    Charges charges;
    const auto reduction =
        std::ranges::find_if(fee.reductions, [&](const FeeReduction& r) { return r.when.holds(facts); });
    const bool reduced = reduction != fee.reductions.end();
    if (reduced) charges.reduction_basis = reduction->basis;
    if (reduced && reduction->kind == ReductionKind::exempt) return charges;
    for (const FeeLine& line : fee.lines) {
        // Half fee: the lines that can be halved; what the certificate costs is then not charged (2559号 四).
        if (!line.when.holds(facts) || (reduced && !line.half)) continue;
        const std::int64_t quantity = quantity_of(line.quantity, facts);
        if (quantity < 1 || line.price == 0) continue;
        charges.lines.push_back({line.code, line.name, quantity, reduced ? line.price / 2 : line.price, line.basis});
    }
    return charges;
}

}  // namespace tongban
