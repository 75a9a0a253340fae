#pragma once
// What one "submit" writes: a list of statements with values, read from a plan (submit.json), the same for every
// writer.
//
//   {"setup":  [{"sql": "insert …", "values": [370102]}],
//    "submit": [{"sql": "insert … values ($1, $2)", "times": 6, "values": ["@agency", "@new"]}]}
//
// Values are integers, null, text, or made for each submit: "@id:word" an id, the same wherever the word stands in one
// submit, "@seq" 1, 2, 3 …, "@seq:1of2" and "@seq:2of2" two numbers a submit, "@k" 1, 2 … within `times`, "@hash" 64
// hex digits, "@text:N" N bytes. The schema is the program's own: its embedded migrations.

#include <atomic>
#include <string>
#include <vector>

#include "base/sql.h"

namespace tongban::bench {

struct Step {
    std::string name;
    std::string sql;
    int times = 1;
    std::vector<SqlValue> values;
};

struct Plan {
    std::vector<Step> setup;
    std::vector<Step> submit;
};

Plan read_plan(const std::string& path);  // throws with one sentence

// One statement with the values of one submit.
struct Call {
    const Step* step;
    std::vector<SqlValue> values;
};

// Makes submits; thread-safe.
class Submits {
public:
    explicit Submits(const Plan& plan);
    using Submit = std::vector<Call>;
    Submit next();

private:
    const Plan& plan_;
    std::uint64_t run_;  // keeps the ids of two runs on one database apart
    std::atomic<std::uint64_t> count_ = 0;
    std::atomic<std::uint64_t> ids_ = 0;
};

}  // namespace tongban::bench
