#include "modules/catalog/item_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <regex>

namespace tongban {
namespace {

// A word of a table; a word that is not in it is a fault that names `choices`.
template <class Enum>
Enum word_of(DataTable& table, std::string_view key, const std::string& word, const Enum* (*find)(std::string_view),
             std::string_view choices)
{
    if (const Enum* known = find(word)) return *known;
    table.fail(key, fmt::format("is none of {}", choices));
    return Enum{};
}

void check_role(DataTable& table, std::string_view key, const std::string& role, const std::vector<RoleRule>& roles,
                bool acting)
{
    const bool listed = std::ranges::find(roles, role, &RoleRule::role) != roles.end();
    const bool acts = acting && (role == "agent" || role == "guardian");
    if (!listed && !acts) table.fail(key, "is an unknown role: " + role);
}

RoleRule read_role(DataTable& table)
{
    RoleRule rule;
    rule.role = table.text("role");
    const auto known = known_roles();
    if (std::ranges::find(known, rule.role) == known.end() || rule.role == "agent" || rule.role == "guardian") {
        table.fail("role", "is no role that an item lists");
    }
    rule.max = table.has("max") ? static_cast<int>(table.integer("max", 1, 100)) : 20;
    rule.min = table.has("min") ? static_cast<int>(table.integer("min", 0, rule.max)) : 1;
    const std::vector<std::string> kinds = table.texts("kinds");
    for (const std::string& kind : kinds) {
        if (kind != "person" && kind != "organisation") table.fail("kinds", "may hold person, organisation");
    }
    const auto allowed = [&](std::string_view kind) {
        return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
    };
    rule.persons = allowed("person");
    rule.organisations = allowed("organisation");
    rule.side = word_of(table, "side", table.text("side"), find_side, "holder, obligor");
    rule.owner = table.optional_boolean("owner", false);
    rule.holder_of_target = table.optional_boolean("holder_of_target", false);
    return rule;
}

// Conditions are read later, when all fields and lines are known.
FormField read_field(DataTable& table)
{
    FormField field;
    field.key = table.text("key");
    if (!std::regex_match(field.key, std::regex("[a-z][a-z_]*(\\.[a-z][a-z_]*)?"))) {
        table.fail("key", "is lower-case words with at most one dot");
    }
    for (const std::string_view reserved : {"count.", "register.", "material."}) {
        if (field.key.starts_with(reserved)) table.fail("key", "begins like a fact that is no field");
    }
    field.label = table.text("label");
    field.kind = word_of(table, "kind", table.text("kind"), find_field_kind,
                         "text, long_text, choice, date, money, yes_no, integer, entry");
    for (const std::string& option : table.texts("options")) {
        const std::size_t sign = option.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == option.size()) {
            table.fail("options", "holds something other than word=名称");
            continue;
        }
        field.options.emplace_back(option.substr(0, sign), option.substr(sign + 1));
    }
    if ((field.kind == FieldKind::choice) == field.options.empty()) {
        table.fail("options", "belong to fields of the kind choice, and to all of them");
    }
    field.required = table.optional_boolean("required", true);
    field.not_before = table.optional_text("not_before");
    if (table.has("max")) field.max = table.integer("max", 1);
    field.hint = table.optional_text("hint");
    field.usual = table.optional_text("usual");
    field.of = table.optional_text("of");
    constexpr std::string_view entries[] = {"mortgage", "sale_notice", "mortgage_notice", "ownership", "any"};
    const bool entry = field.kind == FieldKind::entry;
    if (entry != (std::ranges::find(entries, field.of) != std::end(entries))) {
        table.fail("of", "is mortgage, sale_notice, mortgage_notice, ownership or any, for fields of the kind entry");
    }
    return field;
}

ListLine read_line(DataTable& table)
{
    ListLine line;
    line.code = table.text("code");
    line.title = table.text("title");
    line.requirement =
        word_of(table, "requirement", table.text("requirement"), find_requirement, "required, conditional, optional");
    for (const std::string& form : table.texts("forms")) {
        line.forms.push_back(word_of(table, "forms", form, find_material_form, "original, copy, electronic"));
    }
    if (line.forms.empty()) table.fail("forms", "needs at least one");
    line.condition_text = table.optional_text("when_text");
    line.sharing = table.optional_text("sharing");
    line.must_not_demand = table.optional_boolean("must_not_demand", false);
    // 条例 24: what sharing gives must not be demanded, and what is not demanded must come from somewhere.
    if (line.must_not_demand && line.sharing.empty()) table.fail("must_not_demand", "needs a text in `sharing`");
    line.generated = table.optional_boolean("generated", false);
    line.surrendered = table.optional_boolean("surrendered", false);
    line.local = table.optional_boolean("local", false);
    line.remark = table.optional_text("remark");
    const bool conditional = line.requirement == Requirement::conditional;
    if (conditional != table.has("when")) table.fail("when", "belongs to conditional lines, and to all of them");
    if (conditional && line.condition_text.empty()) table.fail("when_text", "says the condition in words");
    return line;
}

InterviewQuestion read_question(DataTable& table, const Item& item, const FactVocabulary& vocabulary)
{
    InterviewQuestion question;
    question.id = table.text("id");
    question.text = table.text("text");
    question.answer = word_of(table, "answer", table.text("answer"), find_answer_kind, "yes_no, text");
    question.expected = table.optional_text("expected");
    const bool fine = question.expected.empty() || (question.answer == AnswerKind::yes_no &&
                                                    (question.expected == "yes" || question.expected == "no"));
    if (!fine) table.fail("expected", "is yes or no, for questions of the kind yes_no");
    question.roles = table.texts("roles");
    for (const std::string& role : question.roles) check_role(table, "roles", role, item.roles, true);
    question.when = read_condition(table, "when", vocabulary);
    question.shared = table.optional_boolean("shared", false);
    return question;
}

void check_number_fact(DataTable& table, std::string_view key, const std::string& fact,
                       const FactVocabulary& vocabulary)
{
    if (fact.empty()) return;
    const auto kind = vocabulary(fact);
    if (!kind || *kind != FactKind::number) table.fail(key, "is no number fact: " + fact);
}

FeeRule read_fee(DataTable& table, const Item& item, const FactVocabulary& vocabulary)
{
    FeeRule fee;
    fee.payer = table.text("payer");
    check_role(table, "payer", fee.payer, item.roles, false);
    table.tables("lines", [&](DataTable& one) {
        FeeLine line;
        line.when = read_condition(one, "when", vocabulary);
        line.code = one.text("code");
        line.name = one.text("name");
        line.price = one.integer("fen", 0, money_max);
        line.quantity = one.optional_text("quantity");
        check_number_fact(one, "quantity", line.quantity, vocabulary);
        line.half = one.optional_boolean("half", false);
        line.basis = one.text("basis");
        fee.lines.push_back(std::move(line));
    });
    table.tables("reductions", [&](DataTable& one) {
        FeeReduction reduction;
        reduction.when = read_condition(one, "when", vocabulary);
        const std::string kind = one.text("kind");
        if (kind != "exempt" && kind != "half") one.fail("kind", "is exempt or half");
        reduction.kind = kind == "half" ? ReductionKind::half : ReductionKind::exempt;
        reduction.basis = one.text("basis");
        fee.reductions.push_back(std::move(reduction));
    });
    return fee;
}

IssuedDocument read_document(DataTable& table, const Item& item, const FactVocabulary& vocabulary)
{
    IssuedDocument document;
    document.kind = word_of(table, "kind", table.text("kind"), find_document_kind, "none, proof, title");
    if (document.kind == DocumentKind::none) return document;
    document.right = table.text("right");
    document.holder = table.text("holder");
    check_role(table, "holder", document.holder, item.roles, false);
    document.obligor = table.optional_text("obligor");
    if (!document.obligor.empty()) check_role(table, "obligor", document.obligor, item.roles, false);
    document.copies = table.optional_text("copies");
    check_number_fact(table, "copies", document.copies, vocabulary);
    return document;
}

void read_fields(DataTable& table, Item& item)
{
    table.tables("fields", [&](DataTable& one) {
        item.fields.push_back(read_field(one));
        one.optional_text("when");  // read again below
        const FormField& field = item.fields.back();
        if (std::ranges::count(item.fields, field.key, &FormField::key) > 1) one.fail("key", "stands twice");
        const FormField* earlier = item.find_field(field.not_before);
        if (!field.not_before.empty() && (earlier == nullptr || earlier->kind != FieldKind::date)) {
            one.fail("not_before", "is no date field above");
        }
    });
    if (std::ranges::count(item.fields, FieldKind::entry, &FormField::kind) > 1) {
        table.fail("fields", "may name one entry of the register at most");
    }
}

void read_lines(DataTable& table, Item& item)
{
    table.tables("lines", [&](DataTable& one) {
        item.lines.push_back(read_line(one));
        one.optional_text("when");  // read again below
        if (std::ranges::count(item.lines, item.lines.back().code, &ListLine::code) > 1)
            one.fail("code", "stands twice");
    });
    if (item.lines.empty()) table.fail("lines", "needs at least one");
}

void read_conditions(DataTable& table, Item& item, const FactVocabulary& vocabulary)
{
    std::size_t at = 0;
    table.tables_again("fields", [&](DataTable& one) {
        item.fields[at].when = read_condition(one, "when", vocabulary);
        ++at;
    });
    at = 0;
    table.tables_again("lines", [&](DataTable& one) {
        item.lines[at].condition = read_condition(one, "when", vocabulary);
        ++at;
    });
}

void read_rules(DataTable& table, Item& item, const RuleBooks& books, const FactVocabulary& vocabulary)
{
    const auto book = books.find(item.rules_version);
    if (book == books.end()) return table.fail("rules_version", "has no file in data/rules: " + item.rules_version);
    for (const WrittenRule& written : book->second) {
        if (!written.rule.severity_for(item.matter)) continue;
        try {
            item.rules.push_back(with_conditions(written, vocabulary));
        } catch (const ConditionFault& fault) {
            table.fail("rules_version", fmt::format("rule {}: {}", written.rule.id, fault.what()));
        }
    }
    table.tables("rules", [&](DataTable& one) {
        const WrittenRule written = read_rule(one, &item.matter);
        if (std::ranges::find(item.rules, written.rule.id, &Rule::id) != item.rules.end()) {
            one.fail("id", "stands twice");
        }
        try {
            item.rules.push_back(with_conditions(written, vocabulary));
        } catch (const ConditionFault& fault) {
            one.fail("when", fault.what());
        }
    });
}

void read_channels(DataTable& table, Item& item)
{
    const std::vector<std::string> words = table.texts("channels");
    if (!words.empty()) item.channels.clear();
    for (const std::string& word : words) {
        const ItemChannel channel =
            word_of(table, "channels", word, find_item_channel, "window, online, online_then_hall");
        if (item.allows(channel)) table.fail("channels", "names a channel twice: " + word);
        item.channels.push_back(channel);
    }
    // Somebody without a phone must be able to come in, and "wholly online" already lets those who wish confirm at a
    // hall.
    if (!item.allows(ItemChannel::window)) table.fail("channels", "must name window");
    if (item.allows(ItemChannel::online) && item.allows(ItemChannel::online_then_hall)) {
        table.fail("channels", "names online or online_then_hall, not both");
    }
    item.collecting_days = static_cast<int>(table.optional_integer("collecting_days", collecting_days_usual, 1, 90));
}

void read_contact(DataTable& table, Item& item)
{
    if (!table.has("contact")) return;
    table.table("contact", [&](DataTable& contact) {
        item.contact.address = contact.optional_text("address");
        item.contact.phone = contact.optional_text("phone");
        item.contact.hours = contact.optional_text("hours");
    });
}

Item read_version(const DataFile& file, const Item& listed, std::span<const Registry> registries,
                  const RuleBooks& books, DataFaults& faults)
{
    Item item = listed;
    item.source = file.text();
    DataTable table = file.top(faults);
    item.version = table.text("version");
    if (!std::regex_match(item.version, std::regex("[0-9]{8}(-[0-9]{6})?-[0-9]{1,3}")))
        table.fail("version", "is a date and a serial: 20261123-1");
    item.valid_from = table.date("valid_from");
    for (const std::string& text : table.texts("registries")) {
        Agency code = 0;
        std::from_chars(text.data(), text.data() + text.size(), code);
        if (!std::ranges::binary_search(registries, code, {}, &Registry::code)) {
            table.fail("registries", "holds an unknown registry: " + text);
        }
        item.registries.push_back(code);
    }
    item.applies_to_running = table.optional_text("applies_to_running");
    item.rules_version = table.text("rules_version");
    item.matter = word_of(table, "matter", table.text("matter"), find_matter,
                          "transfer, mortgage, alteration, notice, certificate, mortgage_end");
    item.effect = table.text("effect");
    item.registration_type = static_cast<int>(table.integer("registration_type", 100, 900));
    item.promised_working_days = static_cast<int>(table.integer("promised_working_days", 0, 30));
    item.legal_basis = table.text("legal_basis");
    item.summary = table.text("summary");
    item.agents = table.optional_boolean("agents", true);
    read_channels(table, item);
    table.tables("roles", [&](DataTable& role) {
        item.roles.push_back(read_role(role));
        if (std::ranges::count(item.roles, item.roles.back().role, &RoleRule::role) > 1)
            role.fail("role", "stands twice");
    });
    if (item.roles.empty()) table.fail("roles", "needs at least one");
    read_fields(table, item);
    read_lines(table, item);
    const FactVocabulary vocabulary = vocabulary_of(item.fields, item.lines);
    read_conditions(table, item, vocabulary);
    table.tables("questions", [&](DataTable& question) {
        item.questions.push_back(read_question(question, item, vocabulary));
        if (std::ranges::count(item.questions, item.questions.back().id, &InterviewQuestion::id) > 1) {
            question.fail("id", "stands twice");
        }
    });
    read_rules(table, item, books, vocabulary);
    table.tables("prohibited", [&](DataTable& prohibition) {
        item.prohibited.push_back({.title = prohibition.text("title"), .reason = prohibition.text("reason")});
    });
    table.table("fee", [&](DataTable& fee) { item.fee = read_fee(fee, item, vocabulary); });
    table.table("document", [&](DataTable& document) { item.document = read_document(document, item, vocabulary); });
    table.tables("asked_often", [&](DataTable& asked) {
        item.asked_often.push_back({.question = asked.text("question"), .answer = asked.text("answer")});
    });
    read_contact(table, item);
    table.finish();
    return item;
}

}  // namespace

Item read_item_text(const std::string& name, const std::string& text, const Item& listed,
                    std::span<const Registry> registries, const RuleBooks& rules, DataFaults& faults)
{
    return read_version(DataFile::parse(name, text, faults), listed, registries, rules, faults);
}

std::vector<Item> read_items(const std::string& folder, const std::vector<Registry>& registries, const RuleBooks& rules,
                             DataFaults& faults)
{
    std::vector<Item> items;
    const DataFile file = DataFile::open(folder + "/items.toml", faults);
    DataTable table = file.top(faults);
    table.tables("items", [&](DataTable& row) {
        Item item;
        item.code = row.text("code");
        item.name = row.text("name");
        item.on = row.boolean("on");
        item.words = row.optional_text("words");
        if (std::ranges::find(items, item.code, &Item::code) != items.end()) row.fail("code", "stands twice");
        // Versions of an item that is not on yet are checked all the same.
        if (!item.on && !std::filesystem::exists(folder + "/" + item.code)) {
            items.push_back(std::move(item));
            return;
        }
        const auto paths = data_files(folder + "/" + item.code, ".toml", faults);
        if (paths.empty()) row.fail("on", "is true, but there is no version of the item");
        bool general = false;
        for (const std::string& path : paths) {
            items.push_back(read_version(DataFile::open(path, faults), item, registries, rules, faults));
            if (!path.ends_with("/" + items.back().version + ".toml")) {
                faults.add(path, 0, "version: must be the name of the file");
            }
            general |= items.back().registries.empty();
        }
        if (item.on && !general) row.fail("on", "is true, but no version is for all registries");
    });
    table.finish();
    return items;
}

}  // namespace tongban
