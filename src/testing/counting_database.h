#pragma once
// Counts the statements that pass through the database port: a screen must cost the same number of them whatever there
// is in the tables. BEGIN and COMMIT are the engine's own and not counted.

#include "base/sql.h"

namespace tongban {

class CountingSql : public Sql {
public:
    CountingSql(Sql& real, int& count) : real_(real), count_(count) {}
    SqlRows query(const Statement& statement, std::initializer_list<SqlValue> values) override
    {
        ++count_;
        return real_.query(statement, values);
    }
    void execute(const Statement& statement, std::initializer_list<SqlValue> values) override
    {
        ++count_;
        real_.execute(statement, values);
    }

private:
    Sql& real_;
    int& count_;
};

// For one thread. `statements` is set to 0 by whoever asks.
class CountingDatabase : public Database {
public:
    explicit CountingDatabase(Database& real) : real_(real) {}
    Result<void> write(Agency agency, const Work& work) override
    {
        return real_.write(agency, [&](Sql& sql) {
            CountingSql counting(sql, statements);
            return work(counting);
        });
    }
    Result<void> read(const Work& work) override
    {
        return real_.read([&](Sql& sql) {
            CountingSql counting(sql, statements);
            return work(counting);
        });
    }
    std::string_view engine() const override { return real_.engine(); }
    int statements = 0;

private:
    Database& real_;
};

}  // namespace tongban
