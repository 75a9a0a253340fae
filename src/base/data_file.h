#pragma once
// Reading the data files a registrar writes (TOML). Nothing is guessed: unknown keys, wrong types and missing values
// are faults, all of them reported at once as "file:line: what", so that a person can go through the list.
//
//     DataFaults faults;
//     const auto file = DataFile::open("data/calendar/2026.toml", faults);
//     DataTable table = file.top(faults);
//     year = table.integer("year");
//     table.tables("holidays", [&](DataTable& holiday) { … holiday.date("from") … });
//     table.finish();
//     faults.check();                       // throws DataBroken with the whole list

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace tongban {

// The program cannot start with such data. what() is the list, a fault a line.
struct DataBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class DataFaults {
public:
    void add(std::string_view file, std::int64_t line, std::string_view what);
    bool empty() const { return lines_.empty(); }
    const std::vector<std::string>& lines() const { return lines_; }
    void check() const;  // throws DataBroken when there is any

private:
    std::vector<std::string> lines_;
};

class DataTable {
public:
    DataTable(const toml::table& table, std::string file, DataFaults& faults);

    // After a fault the getters give empty values; nothing may be used before DataFaults::check().
    std::string text(std::string_view key);  // not empty
    std::string optional_text(std::string_view key);
    std::int64_t integer(std::string_view key, std::int64_t min = 0,
                         std::int64_t max = std::numeric_limits<std::int64_t>::max());
    bool boolean(std::string_view key);
    bool optional_boolean(std::string_view key, bool otherwise);
    std::int64_t optional_integer(std::string_view key, std::int64_t otherwise, std::int64_t min, std::int64_t max);
    std::string date(std::string_view key);                // a TOML date, given as 2026-11-23
    std::vector<std::string> texts(std::string_view key);  // may be absent: empty
    void table(std::string_view key, const std::function<void(DataTable&)>& read);
    void tables(std::string_view key, const std::function<void(DataTable&)>& read);  // may be absent
    // The same tables a second time, for what could not be understood before the rest was known. Keys that are left out
    // now are no fault.
    void tables_again(std::string_view key, const std::function<void(DataTable&)>& read);
    bool has(std::string_view key) const;

    void fail(std::string_view key, std::string_view what);  // at the line of `key`, or of the table
    void finish();                                           // names unknown keys

private:
    std::int64_t line_of(std::string_view key) const;
    bool take(std::string_view key, bool required);
    void each(std::string_view key, bool whole, const std::function<void(DataTable&)>& read);

    const toml::table& table_;
    std::string file_;
    DataFaults& faults_;
    std::set<std::string, std::less<>> read_;
};

class DataFile {
public:
    // A file that cannot be read or parsed is a fault, and top() is then an empty table.
    static DataFile open(const std::string& path, DataFaults& faults);
    DataFile(DataFile&&) noexcept;
    ~DataFile();
    // The same for a text that is no file; `name` stands where a path would.
    static DataFile parse(std::string name, std::string text, DataFaults& faults);
    const std::string& text() const { return text_; }
    DataTable top(DataFaults& faults) const;

private:
    DataFile(std::unique_ptr<toml::table> table, std::string path, std::string text);
    std::unique_ptr<toml::table> table_;
    std::string path_;
    std::string text_;
};

// The files of a folder that end with `ending`, sorted. A missing folder is a fault.
std::vector<std::string> data_files(const std::string& folder, std::string_view ending, DataFaults& faults);

// Comma-separated values without quoting, with a header line that must be `header`; one vector of fields a row.
struct DataRow {
    std::int64_t line = 0;
    std::vector<std::string> fields;
};
std::vector<DataRow> read_csv(const std::string& path, std::string_view header, DataFaults& faults);

}  // namespace tongban
