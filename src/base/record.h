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
#include <variant>
#include <vector>

#include "base/result.h"

namespace tongban {

template <class T>
std::string record_text(const T& value)
{
    return boost::json::serialize(boost::json::value_from(value));
}

// Puts in what a record lacks because it was written before its struct, or one inside it, got another member.
template <class T>
struct RecordCompletion {
    static void add(boost::json::value& value)
    {
        if constexpr (boost::describe::has_describe_members<T>::value) {
            if (!value.is_object()) return;
            using Members = boost::describe::describe_members<T, boost::describe::mod_any_access>;
            boost::mp11::mp_for_each<Members>([&](auto member) {
                using Member = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
                boost::json::value* there = value.get_object().if_contains(member.name);
                if (there != nullptr) {
                    RecordCompletion<Member>::add(*there);
                } else {
                    value.get_object()[member.name] = boost::json::value_from(T{}.*member.pointer);
                }
            });
        }
    }
};
template <class T>
struct RecordCompletion<std::vector<T>> {
    static void add(boost::json::value& value)
    {
        if (!value.is_array()) return;
        for (boost::json::value& one : value.get_array()) RecordCompletion<T>::add(one);
    }
};
template <class T>
struct RecordCompletion<std::optional<T>> {
    static void add(boost::json::value& value)
    {
        if (!value.is_null()) RecordCompletion<T>::add(value);
    }
};

// A record written before T got another member reads as if that member had its default.
template <class T>
T record_from(const boost::json::value& value)
{
    auto read = boost::json::try_value_to<T>(value);
    if (!read.has_value() && value.is_object()) {
        boost::json::value complete = value;
        RecordCompletion<T>::add(complete);
        read = boost::json::try_value_to<T>(complete);
    }
    if (!read.has_value()) throw BrokenInvariant("a stored record does not have the form we write");
    return std::move(read).value();
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
