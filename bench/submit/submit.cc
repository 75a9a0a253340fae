// The database library alone, writing the rows of submit.json: the peer of bench/submit.mjs, which starts it.
//
//   bench_submit PLAN DATABASE raw CLIENTS SECONDS       a transaction per submit on each of CLIENTS connections
//   bench_submit PLAN DATABASE grouped SIZE SECONDS      one connection, SIZE submits in one transaction
//   bench_submit PLAN DATABASE lanes CLIENTS SECONDS     our Database without HTTP: groups by itself
//
// DATABASE is a path (made when absent) or a libpq connection string; it keeps what was written. Prints submits per
// second.
#include <atomic>
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

void run_calls(Sql& sql, const Submits::Submit& submit)
{
    for (const Call& call : submit) {
        execute(sql, {call.step->name, call.step->sql}, call.values, std::make_index_sequence<columns_max>());
    }
}

double measure(Database& database, const std::string& spec, Submits& submits, const std::string& mode, int size,
               double seconds)
{
    const bool sqlite = database.engine() == "sqlite";
    if (mode == "raw" || mode == "grouped") {
        const int group = mode == "grouped" ? size : 1;
        return per_second(mode == "grouped" ? 1 : size, seconds, [&](const std::atomic<bool>& going) {
            const auto writer = sqlite ? raw_sqlite(spec) : raw_postgres(spec);
            int made = 0;
            for (; going; made += group) {
                std::vector<Submits::Submit> together;
                for (int i = 0; i < group; ++i) together.push_back(submits.next());
                writer->write(together);
            }
            return made;
        });
    }
    if (mode != "lanes") throw std::runtime_error("the mode is raw, grouped or lanes");
    constexpr Agency collecting = 370202;
    return per_second(size, seconds, [&](const std::atomic<bool>& going) {
        int made = 0;
        for (; going; ++made) {
            const Submits::Submit submit = submits.next();
            const auto done = database.write(collecting, [&](Sql& sql) -> Result<void> {
                run_calls(sql, submit);
                return {};
            });
            TONGBAN_ASSERT(done.has_value());
        }
        return made;
    });
}

}  // namespace

int main(int count, char** words)
{
    try {
        if (count != 6) throw std::runtime_error("usage: bench_submit PLAN DATABASE raw|grouped|lanes NUMBER SECONDS");
        const Plan plan = read_plan(words[1]);
        const std::string spec = words[2];
        const auto database = open_database(spec, "");
        apply_migrations(*database, 0);
        Submits submits(plan);
        std::printf("%.1f\n", measure(*database, spec, submits, words[3], std::stoi(words[4]), std::stod(words[5])));
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bench_submit: %s\n", e.what());
        return 1;
    }
}
