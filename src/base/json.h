#pragma once
// Typed reading of JSON bodies with an error for every wrong field, each with its JSON pointer. Nothing is guessed:
// unknown and duplicate keys, wrong types, numbers that are not integers are errors. Building goes through
// boost::json directly.
//
//     JsonReader in(value);
//     PartyInput party{.name = in.text("name", {.max = 100}), .shares = in.integer("shares", {.min = 1})};
//     TRY(in.finish());            // every problem found above, at once
//
// After an error the getters return empty values; nothing may be used before finish() succeeded.

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace tongban {

namespace json = boost::json;

// Refuses duplicate keys, more than 32 levels, a BOM, trailing text and invalid UTF-8.
Result<json::value> parse_json(std::string_view text);

class JsonReader {
public:
    explicit JsonReader(const json::value& value);

    struct TextRule {
        std::size_t min = 1;  // characters, not bytes
        std::size_t max = 200;
        Lines lines = Lines::one;  // many: line feeds and tabs are allowed
    };
    struct IntegerRule {
        std::int64_t min = std::numeric_limits<std::int64_t>::min();
        std::int64_t max = std::numeric_limits<std::int64_t>::max();
    };

    // Texts come without blanks at both ends and pass text_fault().
    std::string text(std::string_view key, TextRule rule);
    std::string text(std::string_view key) { return text(key, TextRule{}); }
    std::string optional_text(std::string_view key, TextRule rule);  // absent, null or "" gives ""
    std::string optional_text(std::string_view key) { return optional_text(key, TextRule{.min = 0}); }
    std::int64_t integer(std::string_view key, IntegerRule rule);
    std::optional<std::int64_t> optional_integer(std::string_view key, IntegerRule rule);
    bool boolean(std::string_view key);  // required: never guessed
    // One of `choices`; the error names them.
    std::string choice(std::string_view key, std::initializer_list<std::string_view> choices);
    void list(std::string_view key, std::size_t max, const std::function<void(JsonReader&)>& item);
    std::vector<std::string> texts(std::string_view key, std::size_t max, TextRule rule);
    void object(std::string_view key, const std::function<void(JsonReader&)>& read);
    void optional_object(std::string_view key, const std::function<void(JsonReader&)>& read);
    bool has(std::string_view key) const;  // present and not null
    void ignore(std::string_view key);     // known, though nobody reads it: null as much as absent

    // Adds a problem the caller found, at `key` of this object.
    void fail(std::string_view key, std::string code, std::string detail);

    Result<void> finish();  // also names the keys nobody asked for; call on the outermost reader

private:
    JsonReader(const json::value* value, std::string pointer, std::shared_ptr<std::vector<FieldError>> errors);
    const json::value* take(std::string_view key, bool required);
    const json::array* take_array(std::string_view key, std::size_t max);
    std::optional<std::string> checked_text(std::string_view key, const json::value& value, TextRule rule);
    void name_unread_keys();

    const json::object* object_ = nullptr;
    std::string pointer_;
    std::shared_ptr<std::vector<FieldError>> errors_;
    std::set<std::string, std::less<>> read_;
};

}  // namespace tongban
