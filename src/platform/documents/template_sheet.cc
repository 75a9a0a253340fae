// Renders templates with the same blocks that the composers in code use, so that all documents look alike.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <numeric>

#include "base/document_templates.h"
#include "platform/documents/template.h"

namespace tongban::documents {
namespace {

namespace json = boost::json;

constexpr Color letter_red{0.72, 0.06, 0.08};

class Renderer {
public:
    Renderer(Sheet& sheet, const DocumentTemplate& document, const json::object& values, std::int64_t at)
        : sheet_(sheet), document_(document), whole_{values}
    {
        head_.number = text(document.number, whole_);
        head_.qr = text(document.qr, whole_);
        head_.at = at;
        office_ = text(document.office, whole_);
        for (const TemplateBlock& block : document.blocks) put_all(block);
    }

private:
    std::string text(std::string_view form, const Scope& scope)
    {
        auto filled = fill(form, scope);
        if (filled) return std::move(filled).value();
        sheet_.refuse(std::move(filled).error());
        return {};
    }

    const json::array& list(const std::string& path)
    {
        static const json::array none;
        const json::value* found = find_value(whole_, path);
        if (found != nullptr && found->is_array()) return found->as_array();
        sheet_.refuse(Error{template_problem::value_missing, "文书模板需要的内容没有填写：" + path});
        return none;
    }

    void put_all(const TemplateBlock& block)
    {
        if (!block.when.empty() && !holds(whole_, block.when)) return;
        if (block.each.empty() || block.kind == BlockKind::table) return put(block, whole_);
        std::size_t number = 0;
        for (const json::value& row : list(block.each)) put(block, {whole_.whole, &row, ++number});
    }

    void put(const TemplateBlock& block, const Scope& scope)
    {
        switch (block.kind) {
        case BlockKind::form_head:
            return put_form_head(sheet_, office_, document_.title, block.label, head_, text(block.corner, scope));
        case BlockKind::letterhead: return put_letterhead(block, scope);
        case BlockKind::heading: return put_heading(sheet_, text(block.text, scope));
        case BlockKind::paragraph: return put_paragraph(block, scope);
        case BlockKind::grid: return put_grid(block, scope);
        case BlockKind::table: return put_table(block);
        case BlockKind::lines: return put_lines(block, scope);
        case BlockKind::seal: return put_office_seal(block, scope);
        case BlockKind::space: sheet_.y += block.size; return;
        case BlockKind::page: return sheet_.new_page();
        }
    }

    Font font(const TemplateBlock& block) const
    {
        return {block.is_bold ? Style::serif_bold : Style::serif, block.size};
    }

    void put_paragraph(const TemplateBlock& block, const Scope& scope)
    {
        const std::string filled = text(block.text, scope);
        if (!block.is_centered) return sheet_.paragraph(font(block), filled, 1.75, block.indent);
        sheet_.need(block.size);
        sheet_.box(font(block), Align::center, {sheet_.margin_x, sheet_.y}, sheet_.inner_width(), block.size * 0.75,
                   filled, 7, 0);
        sheet_.y += block.size * 0.75;
    }

    void put_letterhead(const TemplateBlock& block, const Scope& scope)
    {
        const double right = sheet_.page_width() - sheet_.margin_x;
        sheet_.running_head = document_.title + "　编号：" + head_.number;
        sheet_.box({Style::serif_bold, 17, letter_red}, Align::center, {sheet_.margin_x, sheet_.y},
                   sheet_.inner_width(), 10, office_, 9, 0);
        sheet_.draw(line({sheet_.margin_x, sheet_.y + 13}, {right, sheet_.y + 13}, 0.7, letter_red));
        sheet_.draw(line({sheet_.margin_x, sheet_.y + 14.2}, {right, sheet_.y + 14.2}, 0.2, letter_red));
        sheet_.text({Style::serif_bold, 22}, Align::center, sheet_.page_width() / 2, sheet_.y + 29, document_.title, 4);
        sheet_.text({Style::serif, 10.5}, Align::right, right, sheet_.y + 39,
                    (block.label.empty() ? "编号" : text(block.label, scope)) + "：" + head_.number);
        sheet_.y += 45;
    }

    void put_grid(const TemplateBlock& block, const Scope& scope)
    {
        std::vector<std::vector<Sheet::Field>> rows(1);
        for (std::size_t i = 0; i < block.cells.size();) {
            if (block.cells[i] == "|") {
                rows.emplace_back();
                ++i;
                continue;
            }
            const bool has_value = i + 1 < block.cells.size() && block.cells[i + 1] != "|";
            rows.back().push_back({text(block.cells[i], scope), has_value ? text(block.cells[i + 1], scope) : ""});
            i += has_value ? 2 : 1;
        }
        std::erase_if(rows, [](const auto& row) { return row.empty(); });
        sheet_.fields(rows, block.label_width, std::min(block.size, 10.0));
    }

    void put_table(const TemplateBlock& block)
    {
        const double total = std::accumulate(
            block.columns.begin(), block.columns.end(), 0.0,
            [](double sum, const TemplateColumn& column) { return sum + static_cast<double>(column.width); });
        std::vector<Column> columns;
        for (const TemplateColumn& column : block.columns)
            columns.push_back(
                {column.heading, sheet_.inner_width() * static_cast<double>(column.width) / total, column.align});
        std::vector<std::vector<std::string>> rows;
        for (const json::value& row : list(block.each)) {
            std::vector<std::string> cells;
            for (const TemplateColumn& column : block.columns)
                cells.push_back(text(column.value, {whole_.whole, &row, rows.size() + 1}));
            rows.push_back(std::move(cells));
        }
        if (!block.total.empty()) {
            std::vector<std::string> cells;
            for (const std::string& cell : block.total) cells.push_back(text(cell, whole_));
            rows.push_back(std::move(cells));
        }
        TableLook look;
        look.size = std::min(block.size, 10.5);
        sheet_.table(columns, rows, look);
    }

    // Labels side by side, each with a line to sign on.
    void put_lines(const TemplateBlock& block, const Scope& scope)
    {
        constexpr double height = 13;
        const double each = sheet_.inner_width() / static_cast<double>(std::max<std::size_t>(block.cells.size(), 1));
        sheet_.need(height);
        double x = sheet_.margin_x;
        for (const std::string& cell : block.cells) {
            const std::string label = text(cell, scope) + "：";
            const double wide = std::min(sheet_.text_width({Style::serif, block.size}, label), each - 14);
            sheet_.box({Style::serif, block.size}, Align::left, {x, sheet_.y + 3}, wide + 1, 8, label, 7, 0);
            sheet_.draw(line({x + wide + 1, sheet_.y + height - 3}, {x + each - 5, sheet_.y + height - 3}, 0.2));
            x += each;
        }
        sheet_.y += height;
    }

    void put_office_seal(const TemplateBlock& block, const Scope& scope)
    {
        constexpr double seal_size = 42;
        sheet_.need(seal_size + 22);
        const double top = sheet_.y + 4;
        const double center = sheet_.page_width() - sheet_.margin_x - 34;
        if (!head_.qr.empty() && block.corner == "qr") sheet_.qr(head_.qr, {sheet_.margin_x, top + 8}, 24);
        sheet_.box({Style::serif, 11.5}, Align::center, {center - 37, top + seal_size + 1}, 74, 8,
                   block.label.empty() ? office_ : text(block.label, scope), 7.5, 0);
        if (!block.at.empty())
            sheet_.text({Style::serif, 11.5}, Align::center, center, top + seal_size + 13.5, text(block.at, scope));
        put_seal(sheet_, head_, {center, top + seal_size / 2}, office_, text(block.text, scope), document_.title);
        sheet_.y = top + seal_size + 17;
    }

    Sheet& sheet_;
    const DocumentTemplate& document_;
    const Scope whole_;
    DocumentHead head_;
    std::string office_;
};

}  // namespace

Result<Drawing> compose(const FontBook& fonts, Marking marking, const DocumentTemplate& document,
                        const json::object& values, std::int64_t at)
{
    Sheet sheet(fonts, marking, document.title, at, 210, 297);
    sheet.margin_x = document.margin;
    const Renderer rendered(sheet, document, values, at);
    return sheet.finish();
}

}  // namespace tongban::documents
