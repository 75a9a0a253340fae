#pragma once
// A statutory document as data: blocks from top to bottom. data/documents/README.md explains them to whoever writes
// one. Internal to platform/documents.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/compose.h"
#include "platform/documents/template_text.h"

namespace tongban::documents {

enum class BlockKind {
    form_head,   // office, title, number and QR code of a form
    letterhead,  // red head of a letter
    heading,
    paragraph,
    grid,   // labels and values in a ruled grid
    table,  // one row for each element of a list
    lines,  // labels with a line to write on
    seal,   // office, seal and date
    space,
    page,
};

struct TemplateColumn {
    std::string heading;
    std::string value;
    std::int64_t width = 1;  // relative
    Align align = Align::left;
};

struct TemplateBlock {
    BlockKind kind = BlockKind::paragraph;
    std::string when;   // a value that must be there; empty: always
    std::string each;   // a list to repeat the block, or the row, for
    std::string text;   // paragraph, heading; seal: bottom line of the seal
    std::string label;  // letterhead and form_head: what the number is called; seal: the line under it
    std::string corner;
    std::string at;  // seal: the date
    double size = 10.5;
    double indent = 0;  // em
    bool is_bold = false;
    bool is_centered = false;
    std::vector<std::string> cells;  // grid: label, value, label, value …; "|" ends a row; lines: labels
    double label_width = 26;
    std::vector<TemplateColumn> columns;
    std::vector<std::string> total;  // last row of a table
};

struct DocumentTemplate {
    std::string code;
    std::string title;
    std::string law;
    std::string office = "{office}";
    std::string number = "{number}";
    std::string qr = "{qr?}";
    double margin = 20;
    std::vector<TemplateBlock> blocks;
};

// All templates of a folder, by code. Throws DataBroken with every fault.
std::map<std::string, DocumentTemplate, std::less<>> load_templates(const std::string& folder);

Result<Drawing> compose(const FontBook& fonts, Marking marking, const DocumentTemplate& document,
                        const boost::json::object& values, std::int64_t at);

}  // namespace tongban::documents
