#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/data_file.h"
#include "base/text_table.h"
#include "platform/documents/template.h"

namespace tongban::documents {
namespace {

constexpr TextTable<BlockKind, 10> kinds{{{{BlockKind::form_head, "form_head"},
                                           {BlockKind::letterhead, "letterhead"},
                                           {BlockKind::heading, "heading"},
                                           {BlockKind::paragraph, "paragraph"},
                                           {BlockKind::grid, "grid"},
                                           {BlockKind::table, "table"},
                                           {BlockKind::lines, "lines"},
                                           {BlockKind::seal, "seal"},
                                           {BlockKind::space, "space"},
                                           {BlockKind::page, "page"}}}};

TemplateBlock read_block(DataTable& in)
{
    TemplateBlock block;
    const std::string kind = in.text("kind");
    if (const BlockKind* known = kinds.find(kind))
        block.kind = *known;
    else if (!kind.empty())
        in.fail("kind", "there is no block called " + kind);
    block.when = in.optional_text("when");
    block.each = in.optional_text("each");
    block.text = in.optional_text("text");
    block.label = in.optional_text("label");
    block.corner = in.optional_text("corner");
    block.at = in.optional_text("at");
    if (in.has("tenths")) block.size = static_cast<double>(in.integer("tenths", 60, 300)) / 10;
    if (in.has("indent")) block.indent = static_cast<double>(in.integer("indent", 0, 10));
    if (in.has("label_width")) block.label_width = static_cast<double>(in.integer("label_width", 8, 100));
    block.is_bold = in.optional_boolean("bold", false);
    block.is_centered = in.optional_boolean("centered", false);
    block.cells = in.texts("cells");
    block.total = in.texts("total");
    in.tables("columns", [&](DataTable& column) {
        TemplateColumn one;
        one.heading = column.text("heading");
        one.value = column.optional_text("value");
        one.width = column.integer("width", 1, 100);
        one.align = column.optional_boolean("centered", false) ? Align::center : Align::left;
        column.finish();
        block.columns.push_back(std::move(one));
    });
    if (block.kind == BlockKind::table && (block.columns.empty() || block.each.empty()))
        in.fail("columns", "a table needs columns and a list (each)");
    in.finish();
    return block;
}

}  // namespace

std::map<std::string, DocumentTemplate, std::less<>> load_templates(const std::string& folder)
{
    DataFaults faults;
    std::map<std::string, DocumentTemplate, std::less<>> all;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& path : files) {
        const auto file = DataFile::open(path.string(), faults);
        DataTable top = file.top(faults);
        DocumentTemplate document;
        document.code = path.stem().string();
        document.title = top.text("title");
        document.law = top.text("law");
        if (top.has("office")) document.office = top.text("office");
        if (top.has("number")) document.number = top.text("number");
        if (top.has("margin")) document.margin = static_cast<double>(top.integer("margin", 10, 40));
        top.tables("block", [&](DataTable& block) { document.blocks.push_back(read_block(block)); });
        top.finish();
        all.emplace(document.code, std::move(document));
    }
    faults.check();
    return all;
}

}  // namespace tongban::documents
