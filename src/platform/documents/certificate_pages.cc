// F12 不动产权证书 and 不动产登记证明, the electronic certificates: A4 landscape, two halves (domain.md 6.4).
#include <span>

#include "base/clock.h"
#include "platform/documents/compose.h"
#include "platform/documents/ornament.h"

namespace tongban::documents {
namespace {

constexpr Color frame_color{0.33, 0.52, 0.47};
constexpr Color pale_frame{0.86, 0.91, 0.89};
constexpr Color title_color{0.62, 0.08, 0.10};
constexpr Color soft{0.35, 0.38, 0.42};
constexpr double page_width = 297;
constexpr double page_height = 210;
constexpr double fold = page_width / 2;

// What certificate and proof have in common: the left half says who certifies what, the right half is a table.
struct LeftHalf {
    std::string_view name;        // 不动产登记证明
    std::string_view short_name;  // 本证明, 本证书
    std::string_view law;
    const DocumentHead& head;
    const std::string& identifier;
    const std::string& code;
    const std::string& issuer_name;
    const std::string& issued_on;
};

struct Row {
    std::string_view fact;  // its name in the metadata
    std::string_view label;
    const std::string& value;
    double height;
};

void put_left_half(Sheet& sheet, const LeftHalf& proof)
{
    constexpr double left = 24;
    constexpr double width = fold - left - 9;
    constexpr double middle = left + width / 2;
    constexpr double seal_size = 42;
    sheet.draw(rosette({middle, 104}, 46, pale_frame));
    sheet.text({Style::serif_bold, 14, title_color}, Align::center, middle, 36, "中华人民共和国", 6);
    sheet.text({Style::serif_bold, 27, title_color}, Align::center, middle, 52, proof.name, 5);
    sheet.draw(line({left + 22, 57.5}, {left + width - 22, 57.5}, 0.3, frame_color));

    sheet.margin_x = left + 4;
    sheet.y = 65;
    sheet.box({Style::serif, 12.5}, Align::left, {left + 2, 62}, width - 4, 36, proof.law, 9, 2);

    const double qr_left = left + 7;
    constexpr double qr_top = 124;
    sheet.qr(proof.head.qr, {qr_left, qr_top}, 29);
    sheet.text({Style::serif, 8, soft}, Align::center, qr_left + 14.5, qr_top + 34,
               "扫描二维码核验" + std::string(proof.short_name));
    if (!proof.code.empty())
        sheet.text({Style::sans, 9}, Align::center, qr_left + 14.5, qr_top + 39, "核验码 " + proof.code);

    const double seal_x = left + width - 33;
    constexpr double seal_y = 142;
    sheet.text({Style::serif, 11}, Align::center, seal_x, seal_y - 24, "登记机构（章）");
    sheet.box({Style::serif, 12.5}, Align::center, {seal_x - 30, seal_y + 22.5}, 60, 8, proof.issued_on, 9, 0);
    sheet.signing_seal({seal_x, seal_y}, seal_size, proof.issuer_name, "不动产登记专用章", "登记机构签发");

    sheet.box({Style::sans, 7.5, soft}, Align::center, {left, 181}, width, 6, "电子证照标识 " + proof.identifier, 5.5,
              0);
}

void put_right_half(Sheet& sheet, const std::string& number, std::span<const Row> rows)
{
    constexpr double left = fold + 8;
    constexpr double width = page_width - 24 - left;
    constexpr double label_width = 34;
    constexpr Color rule{0.25, 0.38, 0.35};
    sheet.box({Style::serif_bold, 13.5}, Align::right, {left, 26}, width, 10, number, 9, 0);
    double y = 38;
    double total = 0;
    for (const Row& row : rows) total += row.height;
    for (const Row& row : rows) {
        const bool is_long = row.height > 20;
        sheet.box({Style::serif, 10.5}, Align::center, {left, y}, label_width, row.height, row.label, 8, 1);
        sheet.box({Style::serif, is_long ? 10.0 : 11.5}, Align::left, {left + label_width, y}, width - label_width,
                  row.height, row.value, 6, 2);
        y += row.height;
        sheet.draw(line({left, y}, {left + width, y}, 0.25, rule));
    }
    sheet.draw(rectangle({left, 38}, width, total, 0.55, rule));
    sheet.draw(line({left + label_width, 38}, {left + label_width, 38 + total}, 0.25, rule));
    sheet.draw(line({fold, 24}, {fold, page_height - 24}, 0.15, pale_frame));
}

Result<Drawing> certificate(const FontBook& fonts, Marking marking, const LeftHalf& left, std::span<const Row> rows)
{
    Sheet sheet(fonts, marking, std::string(left.name), left.head.at, page_width, page_height);
    // Catalogue and metadata fields, domain.md 6.3.
    sheet.fact("ZZMC", std::string(left.name));
    sheet.fact("ZZBS", left.identifier);
    sheet.fact("ZZBH", left.head.number);
    sheet.fact("ZZBFJG", left.issuer_name);
    sheet.fact("ZZBFRQ", china_date(left.head.at));
    sheet.fact("EWMNR", left.head.qr);
    for (const Row& row : rows) sheet.fact(std::string(row.fact), row.value);
    for (Item& item : guilloche_frame({9, 9}, page_width - 18, page_height - 18, 6.5, frame_color))
        sheet.draw(std::move(item));
    put_left_half(sheet, left);
    put_right_half(sheet, left.head.number, rows);
    return sheet.finish();
}

}  // namespace

Result<Drawing> compose(const FontBook& fonts, Marking marking, const RegistrationProof& proof)
{
    const LeftHalf left{
        "不动产登记证明",
        "本证明",
        "　　根据《中华人民共和国民法典》等法律法规，为保护不动产权利人等有关当事人的合法权益，对申请登记的"
        "本证明所列不动产权利或登记事项，经审查核实，准予登记，颁发此证明。",
        proof.head,
        proof.identifier,
        proof.code,
        proof.issuer_name,
        proof.issued_on};
    const Row rows[] = {
        {"KZ_ZMQLSX", "证明权利或事项",    proof.proved_right, 14},
        {"KZ_QLR",    "权利人（申请人）", proof.holder,       17},
        {"KZ_YWR",    "义务人",                proof.obligor,      17},
        {"KZ_ZL",     "坐落",                   proof.location,     17},
        {"KZ_BDCDYH", "不动产单元号",       proof.unit_number,  14},
        {"KZ_QT",     "其他",                   proof.other,        42},
        {"KZ_FJ",     "附记",                   proof.notes,        26}
    };
    return certificate(fonts, marking, left, rows);
}

Result<Drawing> compose(const FontBook& fonts, Marking marking, const TitleCertificate& title)
{
    const LeftHalf left{
        "不动产权证书",
        "本证书",
        "　　根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，对不动产权利人申请登记的本证书"
        "所列不动产权利，经审查核实，准予登记，颁发此证书。",
        title.head,
        title.identifier,
        title.code,
        title.issuer_name,
        title.issued_on};
    const Row rows[] = {
        {"KZ_QLR",    "权利人",          title.holder,       14},
        {"KZ_GYQK",   "共有情况",       title.co_ownership, 10},
        {"KZ_ZL",     "坐落",             title.location,     14},
        {"KZ_BDCDYH", "不动产单元号", title.unit_number,  10},
        {"KZ_QLLX",   "权利类型",       title.right,        12},
        {"KZ_QLXZ",   "权利性质",       title.right_nature, 10},
        {"KZ_YT",     "用途",             title.use_name,     10},
        {"KZ_MJ",     "面积",             title.area,         10},
        {"KZ_SYQX",   "使用期限",       title.term,         11},
        {"KZ_QLQTZK", "权利其他状况", title.other,        24},
        {"KZ_FJ",     "附记",             title.notes,        22}
    };
    return certificate(fonts, marking, left, rows);
}

}  // namespace tongban::documents
