#pragma once
// Our own values as JSON in the database and in messages between registries: structs described with
// BOOST_DESCRIBE_STRUCT are written and read member by member. Only for what the program itself wrote: a value that
// does not fit is a broken invariant, never an answer to a client (those go through JsonReader).

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tongban {

// Not boost::json::value_from and value_to, which know every container there is: for the four shapes that records are
// made of, reading a Case took a compiler 60 seconds with them.
namespace record_shape {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_any_access>;

}  // namespace record_shape

template <class T>
boost::json::value record_value(const T& value)
{
    namespace shape = record_shape;
    if constexpr (std::is_same_v<T, std::string>) {
        return boost::json::string(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else if constexpr (std::is_enum_v<T>) {
        return boost::describe::enum_to_string(value, "");
    } else if constexpr (shape::is_optional<T>) {
        return value ? record_value(*value) : boost::json::value(nullptr);
    } else if constexpr (shape::is_vector<T>) {
        boost::json::array all;
        all.reserve(value.size());
        for (const auto& one : value) all.push_back(record_value(one));
        return all;
    } else {
        boost::json::object object;
        object.reserve(boost::mp11::mp_size<shape::Members<T>>::value);
        boost::mp11::mp_for_each<shape::Members<T>>(
            [&](auto member) { object.emplace(member.name, record_value(value.*member.pointer)); });
        return object;
    }
}

template <class T>
std::string record_text(const T& value)
{
    return boost::json::serialize(record_value(value));
}

// `grown`: a member may be missing, because the record was written before its struct, or one inside it, got another
// one; it keeps its default. `exact`: every member is there. A member that T has not got is wrong in both.
enum class RecordForm { exact, grown };

// false: the value has not the form of T; `out` is then half read.
template <class T>
bool read_record(const boost::json::value& value, RecordForm form, T& out)
{
    namespace shape = record_shape;
    if constexpr (std::is_same_v<T, std::string>) {
        const boost::json::string* text = value.if_string();
        if (text != nullptr) out.assign(text->data(), text->size());
        return text != nullptr;
    } else if constexpr (std::is_same_v<T, bool>) {
        const bool* yes = value.if_bool();
        if (yes != nullptr) out = *yes;
        return yes != nullptr;
    } else if constexpr (std::is_arithmetic_v<T>) {
        boost::json::error_code failed;
        out = value.to_number<T>(failed);
        return !failed;
    } else if constexpr (std::is_enum_v<T>) {
        const boost::json::string* name = value.if_string();
        return name != nullptr && boost::describe::enum_from_string(name->c_str(), out);
    } else if constexpr (shape::is_optional<T>) {
        if (value.is_null()) {
            out.reset();
            return true;
        }
        return read_record(value, form, out.emplace());
    } else if constexpr (shape::is_vector<T>) {
        const boost::json::array* all = value.if_array();
        if (all == nullptr) return false;
        out.clear();
        out.reserve(all->size());
        for (const boost::json::value& one : *all) {
            if (!read_record(one, form, out.emplace_back())) return false;
        }
        return true;
    } else {
        const boost::json::object* object = value.if_object();
        if (object == nullptr) return false;
        std::size_t found = 0;
        bool fits = true;
        boost::mp11::mp_for_each<shape::Members<T>>([&](auto member) {
            const boost::json::value* there = object->if_contains(member.name);
            if (there == nullptr) {
                fits = fits && form == RecordForm::grown;
                return;
            }
            ++found;
            fits = fits && read_record(*there, form, out.*member.pointer);
        });
        return fits && found == object->size();
    }
}

template <class T>
T record_from(const boost::json::value& value)
{
    T read{};
    if (!read_record(value, RecordForm::grown, read)) {
        throw BrokenInvariant("a stored record does not have the form we write");
    }
    return read;
}

template <class T>
T record_from_text(std::string_view text)
{
    boost::json::error_code failed;
    const boost::json::value value = boost::json::parse(text, failed);
    if (failed) throw BrokenInvariant("a stored record is not JSON");
    return record_from<T>(value);
}

// Events are a variant of described structs, each with `static constexpr std::string_view type`.
template <class Variant>
std::string_view record_type(const Variant& event)
{
    return std::visit([](const auto& e) { return std::remove_cvref_t<decltype(e)>::type; }, event);
}

template <class Variant>
std::string record_body(const Variant& event)
{
    return std::visit([](const auto& e) { return record_text(e); }, event);
}

template <class Variant, std::size_t i = 0>
Variant event_from(std::string_view type, std::string_view body)
{
    if constexpr (i == std::variant_size_v<Variant>) {
        throw BrokenInvariant("an event of a type that nobody knows: " + std::string(type));
    } else {
        using Alternative = std::variant_alternative_t<i, Variant>;
        if (Alternative::type == type) return record_from_text<Alternative>(body);
        return event_from<Variant, i + 1>(type, body);
    }
}

}  // namespace tongban
