// Submits per second: the database library alone against our Database, the same rows, the same durability.
//
//   bench_submit PLAN DATABASE [--raw-clients N] [--clients 64] [--agencies 1] [--seconds 3] [--rounds 5] [--raw-only]
//
// DATABASE is a path (made when absent) or a libpq connection string of an empty database; it keeps what was written.
// Rounds are interleaved, medians printed. Raw clients: 1 on SQLite (it has one writer), 8 on PostgreSQL.
// Ends with: submit engine=… raw_per_s=… lanes_per_s=… ratio=… units_per_commit=…
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

#include "platform/sql/migrations.h"
#include "platform/sql/open_database.h"
#include "submit/raw.h"

using namespace tongban;
using namespace tongban::bench;

namespace {

using Seconds = std::chrono::duration<double>;

// Runs `client` on `clients` threads; each gives how many submits it made.
double per_second(int clients, double seconds, const std::function<int(const std::atomic<bool>&)>& client)
{
    std::atomic<bool> going = true;
    std::atomic<int> made = 0;
    const auto started = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i) threads.emplace_back([&] { made += client(going); });
    std::this_thread::sleep_for(Seconds(seconds));
    going = false;
    for (std::thread& thread : threads) thread.join();
    return made / Seconds(std::chrono::steady_clock::now() - started).count();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

// The values of a Sql call are an initializer_list, whose length is fixed where it is written: one call for each
// length.
constexpr std::size_t columns_max = 24;

template <std::size_t... I>
void execute_n(Sql& sql, const Statement& statement, const std::vector<SqlValue>& v, std::index_sequence<I...>)
{
    sql.execute(statement, {v[I]...});
}

template <std::size_t... N>
void execute(Sql& sql, const Statement& statement, const std::vector<SqlValue>& v, std::index_sequence<N...>)
{
    const bool done = (... || (v.size() == N && (execute_n(sql, statement, v, std::make_index_sequence<N>()), true)));
    if (!done) throw std::runtime_error("a statement of the plan has too many values");
}

void run_calls(Sql& sql, const std::vector<Call>& calls)
{
    for (const Call& call : calls) {
        execute(sql, {call.step->name, call.step->sql}, call.values, std::make_index_sequence<columns_max>());
    }
}

struct Options {
    std::string plan, spec;
    int raw_clients = 0, clients = 64, agencies = 1, rounds = 5;
    double seconds = 3;
    bool raw_only = false;
};

Options read_options(int count, char** words)
{
    Options options;
    std::vector<std::string> rest;
    const auto next = [&](int& i) {
        return ++i < count ? std::string(words[i]) : throw std::runtime_error("a value is missing");
    };
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--raw-only")
            options.raw_only = true;
        else if (word == "--raw-clients")
            options.raw_clients = std::stoi(next(i));
        else if (word == "--clients")
            options.clients = std::stoi(next(i));
        else if (word == "--agencies")
            options.agencies = std::stoi(next(i));
        else if (word == "--rounds")
            options.rounds = std::stoi(next(i));
        else if (word == "--seconds")
            options.seconds = std::stod(next(i));
        else
            rest.push_back(word);
    }
    if (rest.size() != 2) throw std::runtime_error("usage: bench_submit PLAN DATABASE [options, see the source]");
    options.plan = rest[0];
    options.spec = rest[1];
    return options;
}

double measure_raw(const Options& options, bool sqlite, Submits& submits)
{
    return per_second(options.raw_clients, options.seconds, [&](const std::atomic<bool>& going) {
        const auto writer = sqlite ? raw_sqlite(options.spec) : raw_postgres(options.spec);
        int made = 0;
        for (; going; ++made) writer->write(submits.next());
        return made;
    });
}

double measure_lanes(const Options& options, Database& database, Submits& submits)
{
    return per_second(options.clients, options.seconds, [&](const std::atomic<bool>& going) {
        int made = 0;
        for (; going; ++made) {
            const Submits::Submit submit = submits.next();
            const auto done = database.write(submit.agency, [&](Sql& sql) -> Result<void> {
                run_calls(sql, submit.calls);
                return {};
            });
            TONGBAN_ASSERT(done.has_value());
        }
        return made;
    });
}

int run(Options options)
{
    const Plan plan = read_plan(options.plan);
    const auto database = open_database(options.spec);
    apply_migrations(*database, 0);
    const bool sqlite = database->engine() == "sqlite";
    if (options.raw_clients == 0) options.raw_clients = sqlite ? 1 : 8;
    Submits submits(plan, options.agencies);
    const auto prepared = database->write(0, [&](Sql& sql) -> Result<void> {
        for (const Step& step : plan.setup)
            execute(sql, {step.name, step.sql}, step.values, std::make_index_sequence<columns_max>());
        return {};
    });
    TONGBAN_ASSERT(prepared.has_value());
    std::vector<double> raw, lanes;
    for (int round = 0; round < options.rounds; ++round) {
        raw.push_back(measure_raw(options, sqlite, submits));
        if (!options.raw_only) lanes.push_back(measure_lanes(options, *database, submits));
    }
    const WriteCounts counts = database->write_counts();
    std::printf("submit engine=%s raw_clients=%d clients=%d agencies=%d raw_per_s=%.0f", sqlite ? "sqlite" : "postgres",
                options.raw_clients, options.clients, options.agencies, median(raw));
    if (!options.raw_only) {
        std::printf(" lanes_per_s=%.0f ratio=%.2f units_per_commit=%.1f", median(lanes), median(lanes) / median(raw),
                    static_cast<double>(counts.units) / static_cast<double>(counts.commits));
    }
    std::printf("\n");
    return 0;
}

}  // namespace

int main(int count, char** words)
{
    try {
        return run(read_options(count, words));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bench_submit: %s\n", e.what());
        return 1;
    }
}
