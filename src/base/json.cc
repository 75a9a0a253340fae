#include "base/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>

#include "base/text.h"

namespace tongban {
namespace {

constexpr std::size_t depth_max = 32;
constexpr std::size_t text_bytes_max = 8U << 20;  // far above any ordinary body; exchange packages are the largest
constexpr std::size_t errors_max = 100;           // a hostile body shall not be answered with a bigger one

// Builds the value as boost's own handler does, and stops at the second use of a key. Boost would keep the last one,
// other readers the first: two systems would then see two different requests.
struct StrictHandler {
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = 4U << 20;

    using Code = json::error_code;
    json::value_stack stack;
    std::vector<std::set<std::string, std::less<>>> keys;
    std::string key;
    bool duplicate = false;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&)
    {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t n, Code&)
    {
        keys.pop_back();
        stack.push_object(n);
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t n, Code&)
    {
        stack.push_array(n);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, Code&)
    {
        key.append(part.data(), part.size());
        stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, Code& error)
    {
        key.append(part.data(), part.size());
        if (!keys.back().insert(std::move(key)).second) {
            duplicate = true;
            error = json::make_error_code(json::error::exception);
            return false;
        }
        key.clear();
        stack.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, Code&)
    {
        stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, Code&)
    {
        stack.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, Code&)
    {
        stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, Code&)
    {
        stack.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view, Code& error)
    {
        if (!std::isfinite(number)) {  // 1e999: boost gives infinity, which no JSON text can say
            error = json::make_error_code(json::error::exponent_overflow);
            return false;
        }
        stack.push_double(number);
        return true;
    }
    bool on_bool(bool truth, Code&)
    {
        stack.push_bool(truth);
        return true;
    }
    bool on_null(Code&)
    {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, Code&) { return true; }
    bool on_comment(json::string_view, Code&) { return true; }
};

std::string escaped(std::string_view key)
{
    std::string out;
    for (char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace

Result<json::value> parse_json(std::string_view text)
{
    if (text.size() > text_bytes_max) return Error{base_problem::malformed_json, "内容过长"};
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<StrictHandler> parser(options);
    parser.handler().stack.reset();
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (parser.handler().duplicate) return Error{base_problem::malformed_json, "同一个键出现了两次"};
    if (!error && used < text.size()) error = json::error::extra_data;
    if (error == json::error::too_deep) return Error{base_problem::malformed_json, "嵌套层次过深"};
    if (error) return Error{base_problem::malformed_json, "第 " + std::to_string(used + 1) + " 个字节附近有误"};
    return parser.handler().stack.release();
}

JsonReader::JsonReader(const json::value& value) : JsonReader(&value, "", std::make_shared<std::vector<FieldError>>())
{
}

JsonReader::JsonReader(const json::value* value, std::string pointer, std::shared_ptr<std::vector<FieldError>> errors)
    : object_(value->if_object()), pointer_(std::move(pointer)), errors_(std::move(errors))
{
    if (object_ == nullptr) errors_->push_back({pointer_, "wrong_type", "应为对象"});
}

void JsonReader::fail(std::string_view key, std::string code, std::string detail)
{
    if (errors_->size() >= errors_max) return;
    errors_->push_back({pointer_ + "/" + escaped(key), std::move(code), std::move(detail)});
}

const json::value* JsonReader::take(std::string_view key, bool required)
{
    if (object_ == nullptr) return nullptr;
    read_.emplace(key);
    const json::value* value = object_->if_contains(json::string_view(key.data(), key.size()));
    if (value != nullptr && value->is_null()) value = nullptr;
    if (value == nullptr && required) fail(key, "required", "必须填写");
    return value;
}

void JsonReader::ignore(std::string_view key)
{
    read_.emplace(key);
}

bool JsonReader::has(std::string_view key) const
{
    if (object_ == nullptr) return false;
    const json::value* value = object_->if_contains(json::string_view(key.data(), key.size()));
    return value != nullptr && !value->is_null();
}

std::optional<std::string> JsonReader::checked_text(std::string_view key, const json::value& value, TextRule rule)
{
    const json::string* raw = value.if_string();
    if (raw == nullptr) return fail(key, "wrong_type", "应为文字"), std::nullopt;
    const std::string_view text = trimmed({raw->data(), raw->size()});
    if (const auto fault = text_fault(text, rule.lines)) {
        return fail(key, std::string(fault->code), std::string(fault->detail)), std::nullopt;
    }
    const std::size_t characters = character_count(text);
    if (characters == 0 && rule.min > 0) return fail(key, "required", "必须填写"), std::nullopt;
    if (characters < rule.min) {
        return fail(key, "too_short", "至少 " + std::to_string(rule.min) + " 个字"), std::nullopt;
    }
    if (characters > rule.max) {
        return fail(key, "too_long", "最多 " + std::to_string(rule.max) + " 个字"), std::nullopt;
    }
    return std::string(text);
}

std::string JsonReader::text(std::string_view key, TextRule rule)
{
    const json::value* value = take(key, true);
    return value == nullptr ? std::string{} : checked_text(key, *value, rule).value_or("");
}

std::string JsonReader::optional_text(std::string_view key, TextRule rule)
{
    const json::value* value = take(key, false);
    if (value == nullptr) return {};
    if (const json::string* raw = value->if_string(); raw != nullptr && trimmed({raw->data(), raw->size()}).empty()) {
        return {};
    }
    return checked_text(key, *value, rule).value_or("");
}

std::optional<std::int64_t> JsonReader::optional_integer(std::string_view key, IntegerRule rule)
{
    const json::value* value = take(key, false);
    if (value == nullptr) return std::nullopt;
    const std::int64_t* number = value->if_int64();
    if (number == nullptr) return fail(key, "wrong_type", "应为整数"), std::nullopt;
    if (*number < rule.min || *number > rule.max) {
        return fail(key, "out_of_range", "数值不在允许的范围内"), std::nullopt;
    }
    return *number;
}

std::int64_t JsonReader::integer(std::string_view key, IntegerRule rule)
{
    if (take(key, true) == nullptr) return 0;
    return optional_integer(key, rule).value_or(0);
}

bool JsonReader::boolean(std::string_view key)
{
    const json::value* value = take(key, true);
    if (value == nullptr) return false;
    const bool* truth = value->if_bool();
    if (truth == nullptr) return fail(key, "wrong_type", "应为是或否"), false;
    return *truth;
}

std::string JsonReader::choice(std::string_view key, std::initializer_list<std::string_view> choices)
{
    const json::value* value = take(key, true);
    if (value == nullptr) return {};
    const json::string* raw = value->if_string();
    if (raw == nullptr) return fail(key, "wrong_type", "应为文字"), std::string{};
    const std::string_view word(raw->data(), raw->size());
    if (std::ranges::find(choices, word) != choices.end()) return std::string(word);
    std::string known;
    for (std::string_view choice : choices) {
        if (!known.empty()) known += "、";
        known += choice;
    }
    return fail(key, "not_a_choice", "应为以下之一：" + known), std::string{};
}

const json::array* JsonReader::take_array(std::string_view key, std::size_t max)
{
    const json::value* value = take(key, true);
    if (value == nullptr) return nullptr;
    const json::array* items = value->if_array();
    if (items == nullptr) return fail(key, "wrong_type", "应为列表"), nullptr;
    if (items->size() > max) return fail(key, "too_many", "最多 " + std::to_string(max) + " 项"), nullptr;
    return items;
}

void JsonReader::list(std::string_view key, std::size_t max, const std::function<void(JsonReader&)>& item)
{
    const json::array* items = take_array(key, max);
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) {
        JsonReader reader(&(*items)[i], pointer_ + "/" + escaped(key) + "/" + std::to_string(i), errors_);
        if (reader.object_ == nullptr) continue;
        item(reader);
        reader.name_unread_keys();
    }
}

std::vector<std::string> JsonReader::texts(std::string_view key, std::size_t max, TextRule rule)
{
    std::vector<std::string> all;
    const json::array* items = take_array(key, max);
    if (items == nullptr) return all;
    for (std::size_t i = 0; i < items->size(); ++i) {
        // The item's own place, so that the page can mark it.
        JsonReader place(*this);
        place.pointer_ += "/" + escaped(key);
        all.push_back(place.checked_text(std::to_string(i), (*items)[i], rule).value_or(""));
    }
    return all;
}

void JsonReader::object(std::string_view key, const std::function<void(JsonReader&)>& read)
{
    if (take(key, true) != nullptr) optional_object(key, read);
}

void JsonReader::optional_object(std::string_view key, const std::function<void(JsonReader&)>& read)
{
    const json::value* value = take(key, false);
    if (value == nullptr) return;
    JsonReader reader(value, pointer_ + "/" + escaped(key), errors_);
    if (reader.object_ == nullptr) return;
    read(reader);
    reader.name_unread_keys();
}

void JsonReader::name_unread_keys()
{
    if (object_ == nullptr) return;
    for (const auto& member : *object_) {
        const std::string_view key(member.key().data(), member.key().size());
        if (!read_.contains(key)) fail(key, "unknown_key", "不认识的字段");
    }
}

Result<void> JsonReader::finish()
{
    name_unread_keys();
    if (errors_->empty()) return {};
    return Error{base_problem::invalid_fields, "共 " + std::to_string(errors_->size()) + " 处需要更正", *errors_};
}

}  // namespace tongban
