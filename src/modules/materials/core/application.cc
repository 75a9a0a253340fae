#include "modules/materials/core/application.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/codes.h"
#include "base/money.h"

namespace tongban {
namespace {

constexpr std::int64_t text_max = 200;
constexpr std::int64_t long_text_max = 1000;
constexpr std::int64_t integer_max = 1'000'000'000;

std::int64_t max_of(const FormField& field)
{
    switch (field.kind) {
    case FieldKind::money: return money_max;
    case FieldKind::integer: return field.max == 0 ? integer_max : field.max;
    case FieldKind::long_text: return field.max == 0 ? long_text_max : field.max;
    default: return field.max == 0 ? text_max : field.max;
    }
}

const FieldValue* find_value(const Application& application, std::string_view key)
{
    const auto found = std::ranges::find(application.values, key, &FieldValue::key);
    return found == application.values.end() ? nullptr : &*found;
}

std::int64_t number_of(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

const std::string* option_name(const FormField& field, std::string_view word)
{
    const auto found = std::ranges::find_if(field.options, [&](const auto& option) { return option.first == word; });
    return found == field.options.end() ? nullptr : &found->second;
}

// The canonical text; "" when it was left out or is at fault.
std::string read_value(JsonReader& in, const FormField& field)
{
    if (!in.has(field.key)) {
        in.ignore(field.key);
        return {};
    }
    const auto max = static_cast<std::size_t>(max_of(field));
    switch (field.kind) {
    case FieldKind::yes_no: return in.boolean(field.key) ? "yes" : "no";
    case FieldKind::money:
    case FieldKind::integer: {
        const auto number = in.optional_integer(field.key, {.min = 0, .max = max_of(field)});
        return number ? std::to_string(*number) : std::string{};
    }
    case FieldKind::long_text: return in.optional_text(field.key, {.min = 0, .max = max, .lines = Lines::many});
    case FieldKind::text: return in.optional_text(field.key, {.min = 0, .max = max});
    case FieldKind::choice: {
        std::string word = in.optional_text(field.key, {.min = 0, .max = 60});
        if (word.empty() || option_name(field, word) != nullptr) return word;
        in.fail(field.key, "choice", "请选择所列的一项：" + field.label);
        return {};
    }
    case FieldKind::date: {
        std::string date = in.optional_text(field.key, {.min = 0, .max = 10});
        if (date.empty() || is_date(date)) return date;
        in.fail(field.key, "date", "日期应如 2026-11-24：" + field.label);
        return {};
    }
    case FieldKind::entry: {
        const std::string typed = in.optional_text(field.key, {.min = 0, .max = 80});
        if (typed.empty()) return {};
        const CheckedCode code = check_certificate_number(typed);
        if (!code) in.fail(field.key, std::string(code.fault->code), std::string(code.fault->detail));
        return code.value;
    }
    }
    return {};
}

// 1,200,000.00: sums of money are read in groups of three.
std::string grouped(std::string amount)
{
    const std::size_t point = std::min(amount.find('.'), amount.size());
    for (std::size_t at = point; at > 3; at -= 3) amount.insert(at - 3, ",");
    return amount;
}

// Asked in this case: its condition holds, or is not known yet, which only shows the field.
bool is_asked(const FormField& field, const Facts& facts)
{
    return field.when.judge(facts) != Truth::no;
}

FactValue fact_of(const FormField& field, const std::string& text)
{
    switch (fact_kind(field.kind)) {
    case FactKind::yes_no: return text == "yes";
    case FactKind::number: return number_of(text);
    case FactKind::text: break;
    }
    return text;
}

}  // namespace

const std::string& Application::text(std::string_view key) const
{
    static const std::string nothing;
    const FieldValue* value = find_value(*this, key);
    return value == nullptr ? nothing : value->text;
}

std::int64_t Application::number(std::string_view key) const
{
    return number_of(text(key));
}

bool Application::yes(std::string_view key) const
{
    return text(key) == "yes";
}

Application read_application(JsonReader& in, const Item& item)
{
    Application application;
    const CheckedCode unit = check_unit_number(in.text("unit_number", {.max = 60}));
    if (unit) {
        application.unit_number = unit.value;
    } else {
        in.fail("unit_number", std::string(unit.fault->code), std::string(unit.fault->detail));
    }
    in.object("values", [&](JsonReader& values) {
        for (const FormField& field : item.fields) {
            std::string text = read_value(values, field);
            if (!text.empty()) application.values.push_back({field.key, std::move(text)});
        }
    });
    return application;
}

json::object application_json(const Application& application, const Item& item)
{
    json::object values;
    for (const FormField& field : item.fields) {
        const FieldValue* value = find_value(application, field.key);
        if (value == nullptr) continue;
        std::visit([&](const auto& v) { values[field.key] = v; }, fact_of(field, value->text));
    }
    return {
        {"unit_number", application.unit_number},
        {"values",      std::move(values)      }
    };
}

std::string display_text(const FormField& field, const Application& application)
{
    const std::string& text = application.text(field.key);
    if (text.empty()) return {};
    switch (field.kind) {
    case FieldKind::yes_no: return text == "yes" ? "是" : "否";
    case FieldKind::money: return grouped(money_text(number_of(text))) + " 元";
    case FieldKind::choice: {
        const std::string* name = option_name(field, text);
        return name == nullptr ? text : *name;
    }
    default: return text;
    }
}

void add_field_facts(const Application& application, const Item& item, Facts& facts)
{
    for (const FormField& field : item.fields) {
        const bool asked = is_asked(field, facts);
        facts[field.key] = fact_of(field, asked ? application.text(field.key) : std::string{});
    }
}

std::vector<FieldError> application_faults(const Application& application, const Item& item, const Facts& facts)
{
    std::vector<FieldError> faults;
    if (const CheckedCode unit = check_unit_number(application.unit_number); !unit) {
        faults.push_back({"/unit_number", std::string(unit.fault->code), std::string(unit.fault->detail)});
    }
    for (const FormField& field : item.fields) {
        if (!is_asked(field, facts)) continue;
        const std::string pointer = "/values/" + field.key;
        const std::string& text = application.text(field.key);
        // A sum of nothing is no sum.
        const bool left_out = text.empty() || (field.kind == FieldKind::money && number_of(text) == 0);
        if (left_out) {
            if (field.required) faults.push_back({pointer, "required", "请填写：" + field.label});
            continue;
        }
        const std::string& earlier = application.text(field.not_before);
        if (!field.not_before.empty() && !earlier.empty() && text < earlier) {
            faults.push_back(
                {pointer, "before_start", field.label + "不能早于" + item.find_field(field.not_before)->label});
        }
    }
    return faults;
}

}  // namespace tongban
