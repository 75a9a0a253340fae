#pragma once
// Result<T>: a value, or the reason why not. Shaped like std::expected so that it can be swapped for it later
// (g++ 12 has <expected> only under -std=c++23). Return an Error for "no", throw for "the world broke",
// TONGBAN_ASSERT for "we broke".

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/problem.h"

namespace tongban {

// One thing wrong with one place of the request. `pointer` is an RFC 6901 JSON pointer ("/parties/0/number").
struct FieldError {
    std::string pointer;
    std::string code;    // short and stable: "required", "check_digit", "too_long" …
    std::string detail;  // Chinese, for people
};

// Never holds personal data: it is logged.
struct Error {
    Error(const Problem& why, std::string what = {}, std::vector<FieldError> where = {})
        : problem(&why), detail(std::move(what)), fields(std::move(where))
    {
    }

    const Problem* problem;  // points to a constant of static lifetime
    std::string detail;      // Chinese; what exactly, and the way out
    std::vector<FieldError> fields;
    std::vector<std::pair<std::string, std::string>> extra;  // further members of the problem document

    std::string_view code() const { return problem->code; }
    Error& with(std::string key, std::string value)
    {
        extra.emplace_back(std::move(key), std::move(value));
        return *this;
    }
};

struct Unit {};

template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    Error& error() & { return std::get<1>(state_); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> : public Result<Unit> {
public:
    Result() : Result<Unit>(Unit{}) {}
    Result(Error error) : Result<Unit>(std::move(error)) {}
};

// A broken promise of our own code: the request fails with 500, the server lives.
struct BrokenInvariant : std::logic_error {
    using std::logic_error::logic_error;
};

}  // namespace tongban

// Gives the value, or returns the error to the caller. Each use has a name of its own, so uses may be nested.
#define TRY(...) TONGBAN_TRY_NAMED(TONGBAN_JOIN(tongban_result_, __COUNTER__), __VA_ARGS__)
#define TONGBAN_TRY_NAMED(name, ...)                           \
    __extension__({                                            \
        auto&& name = (__VA_ARGS__);                           \
        if (!name.has_value()) return std::move(name).error(); \
        std::move(name).value();                               \
    })
#define TONGBAN_JOIN(a, b) TONGBAN_JOIN_EXPANDED(a, b)
#define TONGBAN_JOIN_EXPANDED(a, b) a##b

#define TONGBAN_ASSERT(condition)                                                            \
    do {                                                                                     \
        if (!(condition)) throw ::tongban::BrokenInvariant("assertion failed: " #condition); \
    } while (false)
