#pragma once
// What documents are composed with: pages, texts, boxes that shrink their text to fit, tables that run over pages,
// page numbers, the demo marking. The first thing that does not work (a character without a glyph, a text that fits
// nowhere) is kept, the rest is skipped, and finish() gives it.

#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/drawing.h"
#include "platform/documents/typesetting.h"

namespace tongban::documents {

enum class Marking { demo, live };
enum class Align { left, center, right };

struct Font {
    Style style = Style::serif;
    double size = 10.5;  // points
    Color color = black;
};

struct Column {
    std::string heading;
    double width = 10;  // mm
    Align align = Align::left;
};

struct TableLook {
    double size = 9;
    double padding = 1.4;  // mm above and below
    double line_width = 0.15;
};

class Sheet {
public:
    Sheet(const FontBook& fonts, Marking marking, std::string title, std::int64_t made_at, double width, double height);

    // Pages. The cursor `y` is where the next block begins; need() turns the page when a block does not fit.
    void new_page();
    void need(double height);
    double y = 0;
    double margin_x = 20;
    double margin_top = 18;
    double margin_bottom = 20;
    double inner_width() const { return width_ - 2 * margin_x; }
    double page_width() const { return width_; }
    // Pages from here on are numbered anew and named so in the footer: "申请人联".
    void begin_part(std::string name);
    // Printed small on every further page, so that a loose page says where it belongs.
    std::string running_head;

    // One line of text; `x` is its left end, middle or right end, `baseline` in mm from the top.
    void text(const Font& font, Align align, double x, double baseline, std::string_view text, double spacing = 0);
    double text_width(const Font& font, std::string_view text, double spacing = 0);  // mm

    // A paragraph at the cursor, over pages if it must; moves the cursor. `leading` in em.
    void paragraph(const Font& font, std::string_view text, double leading = 1.6, double indent_em = 0);

    // Text inside a box, vertically centred, as large as fits between font.size and size_min, else text_too_long.
    void box(const Font& font, Align align, Spot top_left, double width, double height, std::string_view text,
             double size_min = 6, double padding = 1.5);

    // At the cursor. The heading is repeated on every page the table reaches.
    void table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
               const TableLook& look = {});

    // "label | value" pairs in a grid; a row holds one pair over the whole width or two.
    struct Field {
        std::string label;
        std::string value;
    };
    void fields(const std::vector<std::vector<Field>>& rows, double label_width = 26, double size = 9.5);

    void draw(Item item) { page().items.push_back(std::move(item)); }
    void qr(std::string_view text, Spot top_left, double size);
    // A round registry seal (seal.h), in stamp ink.
    void seal(Spot center, double diameter, std::string_view arc, std::string_view bottom);
    // The same, and the file is signed there: the seal is what signs an OFD, the field what signs a PDF.
    void signing_seal(Spot center, double diameter, std::string_view arc, std::string_view bottom, std::string reason);
    void fact(std::string name, std::string value) { drawing_.facts.emplace_back(std::move(name), std::move(value)); }
    void signature(std::string_view png, Spot top_left, double width, double height);

    void refuse(Error error);
    Result<Drawing> finish();

private:
    Page& page() { return drawing_.pages.back(); }
    std::vector<Line> lines(const Font& font, std::string_view text, double width, double indent_em = 0);
    std::vector<Glyph> glyphs(Style style, std::string_view text);
    double row(const std::vector<Column>& columns, const std::vector<std::string>& cells, const TableLook& look,
               Style style, bool is_heading);
    void stamp(Blend ink, Spot center, double diameter, std::string_view arc, std::string_view bottom);
    void mark_demo(Page& page);
    void number_pages();

    const FontBook& fonts_;
    Marking marking_;
    double width_;
    double height_;
    Drawing drawing_;
    std::vector<std::pair<std::size_t, std::string>> parts_;  // first page, name
    std::vector<Error> error_;                                // at most one
};

}  // namespace tongban::documents
