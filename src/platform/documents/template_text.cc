#include "platform/documents/template_text.h"

#include <boost/json.hpp>

#include "base/document_templates.h"
#include "base/money.h"

namespace tongban::documents {
namespace {

namespace json = boost::json;

const json::value* down(const json::value& from, std::string_view path)
{
    const json::value* at = &from;
    while (!path.empty()) {
        if (!at->is_object()) return nullptr;
        const std::size_t dot = std::min(path.find('.'), path.size());
        at = at->as_object().if_contains(path.substr(0, dot));
        if (at == nullptr) return nullptr;
        path.remove_prefix(std::min(path.size(), dot + 1));
    }
    return at;
}

std::string plain(const json::value& value)
{
    if (value.is_string()) return std::string(value.as_string());
    if (value.is_int64()) return std::to_string(value.as_int64());
    if (value.is_uint64()) return std::to_string(value.as_uint64());
    if (value.is_bool()) return value.as_bool() ? "是" : "否";
    return {};
}

std::string long_date(const std::string& date)
{
    if (date.size() < 10) return date;
    const auto without_zero = [](const std::string& digits) { return digits[0] == '0' ? digits.substr(1) : digits; };
    return date.substr(0, 4) + "年" + without_zero(date.substr(5, 2)) + "月" + without_zero(date.substr(8, 2)) + "日";
}

bool is_or_has(const json::value& value, std::string_view wanted)
{
    if (!value.is_array()) return plain(value) == wanted;
    for (const json::value& one : value.as_array())
        if (plain(one) == wanted) return true;
    return false;
}

// Nothing for a filter that does not exist or does not fit.
std::optional<std::string> filtered(const json::value& value, std::string_view filter)
{
    if (filter.empty()) return plain(value);
    if ((filter == "大写" || filter == "元") && value.is_int64())
        return filter == "元" ? money_text(value.as_int64()) : money_chinese(value.as_int64());
    if (filter == "日期") return long_date(plain(value));
    if (filter == "名单" && value.is_array()) {
        std::string all;
        for (const json::value& one : value.as_array()) {
            if (!all.empty()) all += "、";
            all += one.is_object() && one.as_object().contains("name") ? plain(one.at("name")) : plain(one);
        }
        return all;
    }
    constexpr std::string_view ticked = "勾选=";
    if (filter.starts_with(ticked)) return is_or_has(value, filter.substr(ticked.size())) ? "■" : "□";
    return std::nullopt;
}

}  // namespace

const json::value* find_value(const Scope& scope, std::string_view path)
{
    if (scope.row != nullptr)
        if (const json::value* found = path == "." ? scope.row : down(*scope.row, path)) return found;
    const std::size_t dot = std::min(path.find('.'), path.size());
    const json::value* top = scope.whole.if_contains(path.substr(0, dot));
    if (top == nullptr || dot == path.size()) return top;
    return down(*top, path.substr(dot + 1));
}

bool holds(const Scope& scope, std::string_view path)
{
    const json::value* value = find_value(scope, path);
    if (value == nullptr || value->is_null()) return false;
    if (value->is_bool()) return value->as_bool();
    if (value->is_array()) return !value->as_array().empty();
    if (value->is_object()) return true;
    if (value->is_int64()) return value->as_int64() != 0;
    return !plain(*value).empty();
}

Result<std::string> fill(std::string_view text, const Scope& scope)
{
    std::string out;
    while (true) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) return out;
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos)
            return Error{template_problem::value_missing, "模板中的括号没有配对：" + std::string(text)};
        std::string_view place = text.substr(open + 1, close - open - 1);
        text.remove_prefix(close + 1);
        if (place == "#") {
            out += std::to_string(scope.number);
            continue;
        }
        const std::size_t bar = place.find('|');
        const std::string_view filter = bar == std::string_view::npos ? std::string_view{} : place.substr(bar + 1);
        place = place.substr(0, bar);
        const bool is_optional = place.ends_with('?') || filter.starts_with("勾选=");
        if (place.ends_with('?')) place.remove_suffix(1);
        const json::value* value = find_value(scope, place);
        if (value == nullptr || value->is_null()) {
            if (!is_optional)
                return Error{template_problem::value_missing, "文书模板需要的内容没有填写：" + std::string(place)};
            if (filter.starts_with("勾选=")) out += "□";
            continue;
        }
        auto written = filtered(*value, filter);
        if (!written)
            return Error{template_problem::value_missing,
                         "文书模板的写法与内容不符：" + std::string(place) + "|" + std::string(filter)};
        out += *written;
    }
}

}  // namespace tongban::documents
