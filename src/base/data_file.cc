#include "base/data_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"

namespace tongban {

void DataFaults::add(std::string_view file, std::int64_t line, std::string_view what)
{
    lines_.push_back(line > 0 ? fmt::format("{}:{}: {}", file, line, what) : fmt::format("{}: {}", file, what));
}

void DataFaults::check() const
{
    if (!lines_.empty()) throw DataBroken(fmt::format("{}", fmt::join(lines_, "\n")));
}

DataTable::DataTable(const toml::table& table, std::string file, DataFaults& faults)
    : table_(table), file_(std::move(file)), faults_(faults)
{
}

std::int64_t DataTable::line_of(std::string_view key) const
{
    const toml::node* node = table_.get(key);
    const auto& source = node == nullptr ? table_.source() : node->source();
    return static_cast<std::int64_t>(source.begin.line);
}

void DataTable::fail(std::string_view key, std::string_view what)
{
    faults_.add(file_, line_of(key), fmt::format("{}: {}", key, what));
}

bool DataTable::has(std::string_view key) const
{
    return table_.contains(key);
}

bool DataTable::take(std::string_view key, bool required)
{
    read_.emplace(key);
    if (table_.contains(key)) return true;
    if (required) fail(key, "is missing");
    return false;
}

std::string DataTable::text(std::string_view key)
{
    if (!take(key, true)) return {};
    std::string value = optional_text(key);
    if (value.empty() && table_.get(key)->is_string()) fail(key, "must not be empty");
    return value;
}

std::string DataTable::optional_text(std::string_view key)
{
    if (!take(key, false)) return {};
    const auto* value = table_.get_as<std::string>(key);
    if (value == nullptr) return fail(key, "must be a text"), std::string{};
    if (const auto fault = text_fault(value->get(), Lines::many)) return fail(key, fault->code), std::string{};
    return std::string(trimmed(value->get()));
}

std::int64_t DataTable::integer(std::string_view key, std::int64_t min, std::int64_t max)
{
    if (!take(key, true)) return 0;
    const auto* value = table_.get_as<std::int64_t>(key);
    if (value == nullptr) return fail(key, "must be a whole number"), 0;
    if (value->get() < min || value->get() > max) return fail(key, "is out of range"), 0;
    return value->get();
}

bool DataTable::boolean(std::string_view key)
{
    if (!take(key, true)) return false;
    return optional_boolean(key, false);
}

bool DataTable::optional_boolean(std::string_view key, bool otherwise)
{
    if (!take(key, false)) return otherwise;
    const auto* value = table_.get_as<bool>(key);
    if (value == nullptr) return fail(key, "must be true or false"), otherwise;
    return value->get();
}

std::int64_t DataTable::optional_integer(std::string_view key, std::int64_t otherwise, std::int64_t min,
                                         std::int64_t max)
{
    return table_.contains(key) ? integer(key, min, max) : otherwise;
}

std::string DataTable::date(std::string_view key)
{
    if (!take(key, true)) return {};
    const auto* value = table_.get_as<toml::date>(key);
    if (value == nullptr) return fail(key, "must be a date like 2026-11-23, without quotes"), std::string{};
    return fmt::format("{:04}-{:02}-{:02}", value->get().year, value->get().month, value->get().day);
}

std::vector<std::string> DataTable::texts(std::string_view key)
{
    std::vector<std::string> all;
    if (!take(key, false)) return all;
    const auto* list = table_.get_as<toml::array>(key);
    if (list == nullptr) return fail(key, "must be a list of texts"), all;
    for (const toml::node& node : *list) {
        const auto value = node.value_exact<std::string>();
        if (!value || value->empty()) {
            fail(key, "must be a list of texts");
        } else {
            all.push_back(*value);
        }
    }
    return all;
}

void DataTable::table(std::string_view key, const std::function<void(DataTable&)>& read)
{
    if (!take(key, true)) return;
    const auto* inner = table_.get_as<toml::table>(key);
    if (inner == nullptr) return fail(key, "must be a table");
    DataTable reader(*inner, file_, faults_);
    read(reader);
    reader.finish();
}

void DataTable::tables(std::string_view key, const std::function<void(DataTable&)>& read)
{
    if (take(key, false)) each(key, true, read);
}

void DataTable::tables_again(std::string_view key, const std::function<void(DataTable&)>& read)
{
    if (take(key, false)) each(key, false, read);
}

void DataTable::each(std::string_view key, bool whole, const std::function<void(DataTable&)>& read)
{
    const auto* list = table_.get_as<toml::array>(key);
    if (list == nullptr) return fail(key, "must be a list of tables");
    for (const toml::node& node : *list) {
        const auto* inner = node.as_table();
        if (inner == nullptr) return fail(key, "must be a list of tables");
        DataTable reader(*inner, file_, faults_);
        read(reader);
        if (whole) reader.finish();
    }
}

void DataTable::finish()
{
    for (const auto& [key, node] : table_) {
        if (!read_.contains(key.str())) fail(key.str(), "is not a key of this table");
    }
}

DataFile::DataFile(std::unique_ptr<toml::table> table, std::string path, std::string text)
    : table_(std::move(table)), path_(std::move(path)), text_(std::move(text))
{
}
DataFile::DataFile(DataFile&&) noexcept = default;
DataFile::~DataFile() = default;

DataFile DataFile::open(const std::string& path, DataFaults& faults)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        faults.add(path, 0, "cannot be read");
        return {std::make_unique<toml::table>(), path, {}};
    }
    return parse(path, std::move(text).str(), faults);
}

DataFile DataFile::parse(std::string name, std::string text, DataFaults& faults)
{
    try {
        auto table = std::make_unique<toml::table>(toml::parse(text, name));
        return {std::move(table), std::move(name), std::move(text)};
    } catch (const toml::parse_error& error) {
        faults.add(name, static_cast<std::int64_t>(error.source().begin.line), error.description());
        return {std::make_unique<toml::table>(), std::move(name), std::move(text)};
    }
}

DataTable DataFile::top(DataFaults& faults) const
{
    return {*table_, path_, faults};
}

std::vector<std::string> data_files(const std::string& folder, std::string_view ending, DataFaults& faults)
{
    std::vector<std::string> paths;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        std::string path = entry.path().string();
        if (path.ends_with(ending)) paths.push_back(std::move(path));
    }
    if (failed) faults.add(folder, 0, "cannot be read: " + failed.message());
    std::ranges::sort(paths);
    return paths;
}

std::vector<DataRow> read_csv(const std::string& path, std::string_view header, DataFaults& faults)
{
    std::vector<DataRow> rows;
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line != header) {
        faults.add(path, 1, fmt::format("must begin with the line {}", header));
        return rows;
    }
    const auto columns = 1 + std::ranges::count(header, ',');
    for (std::int64_t number = 2; std::getline(file, line); ++number) {
        if (line.empty()) continue;
        if (text_fault(line)) faults.add(path, number, "has a character that is not allowed");
        DataRow row{.line = number, .fields = {}};
        for (std::size_t start = 0;;) {
            const std::size_t comma = line.find(',', start);
            row.fields.push_back(line.substr(start, comma == std::string::npos ? comma : comma - start));
            if (comma == std::string::npos) break;
            start = comma + 1;
        }
        if (static_cast<std::ptrdiff_t>(row.fields.size()) != columns) {
            faults.add(path, number, fmt::format("must have {} fields", columns));
        } else {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace tongban
