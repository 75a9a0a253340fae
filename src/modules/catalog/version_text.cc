#include "modules/catalog/version_text.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/codes.h"
#include "base/data_file.h"
#include "modules/catalog/item_files.h"

namespace tongban {
namespace {

toml::date toml_date(const std::string& iso)
{
    TONGBAN_ASSERT(is_date(iso));
    return {static_cast<std::uint16_t>(std::stoi(iso.substr(0, 4))),
            static_cast<std::uint8_t>(std::stoi(iso.substr(5, 2))),
            static_cast<std::uint8_t>(std::stoi(iso.substr(8, 2)))};
}

// An empty text is no text.
void put(toml::table& table, std::string_view key, const std::string& text)
{
    if (text.empty()) {
        table.erase(key);
    } else {
        table.insert_or_assign(key, text);
    }
}

void put(toml::table& table, std::string_view key, const std::vector<std::string>& texts)
{
    toml::array all;
    for (const std::string& text : texts) all.push_back(text);
    if (all.empty()) {
        table.erase(key);
    } else {
        table.insert_or_assign(key, std::move(all));
    }
}

toml::array& tables_of(toml::table& whole, std::string_view key)
{
    if (!whole.contains(key)) whole.insert_or_assign(key, toml::array{});
    toml::array* all = whole.get_as<toml::array>(key);
    TONGBAN_ASSERT(all != nullptr);
    return *all;
}

toml::table* row_with(toml::array& rows, std::string_view key, const std::string& value)
{
    for (toml::node& node : rows) {
        toml::table* row = node.as_table();
        if (row != nullptr && row->get(key) != nullptr && row->get(key)->value<std::string>() == value) return row;
    }
    return nullptr;
}

void edit_line(toml::array& lines, const LineEdit& edit)
{
    toml::table* row = row_with(lines, "code", edit.code);
    if (row == nullptr) {
        toml::table fresh;
        put(fresh, "code", edit.code);
        put(fresh, "title", edit.title);
        fresh.insert_or_assign("local", true);
        lines.push_back(std::move(fresh));
        row = lines.back().as_table();
    }
    put(*row, "requirement", edit.requirement);
    put(*row, "when", edit.when);
    put(*row, "when_text", edit.when_text);
    put(*row, "forms", edit.forms);
    put(*row, "sharing", edit.sharing);
    put(*row, "remark", edit.remark);
}

void edit_question(toml::array& questions, const QuestionEdit& edit)
{
    toml::table* row = row_with(questions, "id", edit.id);
    if (row == nullptr) {
        toml::table fresh;
        put(fresh, "id", edit.id);
        questions.push_back(std::move(fresh));
        row = questions.back().as_table();
    }
    put(*row, "text", edit.text);
    put(*row, "answer", edit.answer);
    put(*row, "expected", edit.expected);
    put(*row, "when", edit.when);
    put(*row, "roles", edit.roles);
}

void edit_contact(toml::table& whole, const ContactEdit& edit)
{
    toml::table contact;
    put(contact, "address", edit.address);
    put(contact, "phone", edit.phone);
    put(contact, "hours", edit.hours);
    if (contact.empty()) {
        whole.erase("contact");
    } else {
        whole.insert_or_assign("contact", std::move(contact));
    }
}

class FileReader : public VersionReader {
public:
    FileReader(RuleBooks rules, const Catalog& catalog) : rules_(std::move(rules)), catalog_(catalog) {}

    Read read(const std::string& code, const std::string& name, const std::string& text) const override
    {
        Item listed;
        for (const Item* item : catalog_.items()) {
            if (item->code != code) continue;
            listed.code = item->code;
            listed.name = item->name;
            listed.words = item->words;
            listed.on = item->on;
            break;
        }
        TONGBAN_ASSERT(!listed.code.empty());
        DataFaults faults;
        Read result;
        result.item = read_item_text(name, text, listed, catalog_.registries(), rules_, faults);
        if (faults.empty() && result.item.version != name) faults.add(name, 0, "version: must be the version's name");
        result.faults = faults.lines();
        return result;
    }

private:
    const RuleBooks rules_;
    const Catalog& catalog_;
};

}  // namespace

std::string version_name(const std::string& from, Agency agency, int serial)
{
    return fmt::format("{}{}{}-{:06}-{}", from.substr(0, 4), from.substr(5, 2), from.substr(8, 2), agency, serial);
}

std::string version_text(const Item& base, const ListEdits& edits, const VersionHead& head)
{
    toml::table whole = toml::parse(base.source);
    whole.insert_or_assign("version", head.name);
    whole.insert_or_assign("valid_from", toml_date(head.from));
    put(whole, "registries",
        head.own_of == 0 ? std::vector<std::string>{} : std::vector<std::string>{fmt::format("{:06}", head.own_of)});
    put(whole, "applies_to_running", edits.applies_to_running);
    if (edits.promised_working_days) whole.insert_or_assign("promised_working_days", *edits.promised_working_days);
    toml::array& lines = tables_of(whole, "lines");
    for (const LineEdit& edit : edits.lines) edit_line(lines, edit);
    for (const std::string& code : edits.dropped) {
        const auto gone = std::find_if(lines.begin(), lines.end(), [&](toml::node& node) {
            const toml::table* row = node.as_table();
            return row != nullptr && row->get("code") != nullptr && row->get("code")->value<std::string>() == code;
        });
        if (gone != lines.end()) lines.erase(gone);
    }
    if (!edits.questions.empty()) {
        toml::array& questions = tables_of(whole, "questions");
        for (const QuestionEdit& edit : edits.questions) edit_question(questions, edit);
    }
    edit_contact(whole, edits.contact);
    std::ostringstream out;
    out << toml::toml_formatter(whole) << '\n';
    return std::move(out).str();
}

std::unique_ptr<VersionReader> make_version_reader(const std::string& data_dir, const Catalog& catalog)
{
    DataFaults faults;
    RuleBooks rules = read_rule_books(data_dir + "/rules", faults);
    faults.check();
    return std::make_unique<FileReader>(std::move(rules), catalog);
}

}  // namespace tongban
