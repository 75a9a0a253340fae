#pragma once
// The documents that the workflow produces (domain.md 1.12), as the modules see them: plain structs of texts that are
// already formatted and masked, in; PDF bytes, out. Implemented by platform/documents.
//
// Pure: the same struct gives the same bytes (dates, ids and font subset tags are derived from the content), so the
// digest of a document can be journaled. Every text may hold any Han character including non-BMP; a character that no
// installed face can draw is an Error, never a blank box in a legal document. Line breaks "\n" are honoured.
// The press of a demo platform marks every page 演示.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/clock.h"
#include "base/result.h"

namespace tongban {

namespace document_problem {
inline constexpr Problem character_missing{"documents.character_missing", Kind::unprocessable, Retry::after_fix,
                                           "文书中有字库没有的字，无法出具"};
inline constexpr Problem text_too_long{"documents.text_too_long", Kind::unprocessable, Retry::after_fix,
                                       "内容过长，文书版面放不下"};
inline constexpr Problem bad_picture{"documents.bad_picture", Kind::unprocessable, Retry::after_fix,
                                     "签名图片无法读取"};
inline constexpr Problem text_malformed{"documents.text_malformed", Kind::unprocessable, Retry::after_fix,
                                        "文书内容含有无效字符"};
inline constexpr const Problem* all[] = {&character_missing, &text_too_long, &bad_picture, &text_malformed};
}  // namespace document_problem

// `hole`: the file has a place for a PAdES signature and MUST go through AgencySigner::sign_pdf before anybody sees it.
enum class SignatureHole { none, present };

struct DocumentHead {
    std::string number;  // collection, case or document number, printed at the top
    std::string qr;      // text of the QR code, a URL; empty: no QR code
    Millis at = 0;       // when it was made: dates of the file
    SignatureHole hole = SignatureHole::none;
};

struct DocumentParty {
    std::string role;  // 抵押人, 抵押权人, 申请人 …
    std::string name;
    std::string id_kind;    // 身份证, 统一社会信用代码 …
    std::string id_number;  // masked by the caller where the reader is not the party
    std::string phone;      // masked; may be empty
    std::string agent;      // "李四（代理人） 370***********1237", or empty
};

struct DocumentPage {    // one file or leaf that was taken
    std::string what;    // file name or kind: "身份证正面.jpg", "PDF 第3页"
    std::string digest;  // SM3 hex; the first 16 digits are printed
    std::string time;    // "2026-11-23 14:05"
};

struct DocumentMaterial {
    std::string code;  // M01
    std::string title;
    std::string form;  // 原件 / 复印件 / 电子
    int copies = 0;
    int pages = 0;
    std::vector<DocumentPage> taken;  // empty on receipts that do not list pages
};

struct DrawnSignature {
    std::string role;
    std::string name;
    std::string png;  // from the signature pad; strokes on transparent or white ground
    std::string time;
};

// F03 异地代收材料清单, two copies (申请人联, 存档联), under the special seal "… 异地代收专用章".
struct CollectionReceipt {
    DocumentHead head;
    std::string collecting_name;  // 青岛市市南区不动产登记中心: arc of the seal
    std::string home_name;
    std::string item_name;    // 不动产抵押权首次登记
    std::string location;     // may be empty
    std::string unit_number;  // may be empty
    std::vector<DocumentParty> parties;
    std::vector<DocumentMaterial> materials;
    std::string clerk;
    std::string collected_at;  // 2026-11-23 14:05:09
    std::vector<DrawnSignature> signatures;
};

// F04 受理凭证.
struct AcceptanceReceipt {
    DocumentHead head;  // number: the case number
    std::string home_name;
    std::string item_name;
    std::string location;
    std::string unit_number;
    std::vector<DocumentParty> parties;
    std::vector<DocumentMaterial> materials;
    std::string clerk;
    std::string accepted_at;
    std::string due_on;        // promised day of completion
    std::string collected_by;  // "青岛市市南区不动产登记中心（代收编号 …）", or empty
    std::string hint;          // how to ask about the case; may be empty
};

// F05, F06, F08, F09, F10 and the like: a letter of the registry with an optional table.
struct Notice {
    DocumentHead head;
    std::string home_name;
    std::string title;  // 不予受理告知书, 补正告知书, 不予登记告知书, 缴费通知书, 准予撤回通知书
    std::string addressee;                // "张三、王五"
    std::vector<std::string> paragraphs;  // before the table
    std::vector<std::string> columns;     // headings; empty: no table
    std::vector<int> widths;              // relative widths, as many as columns; empty: all alike
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> closing;       // after the table: remedies, deadlines
    std::string date;                       // 2026年11月23日
    std::string seal = "不动产登记专用章";  // bottom line of the round seal; its arc is home_name
};

struct QuestionAndAnswer {
    std::string question;
    std::string answer;
    std::string remark;
};

// F02 询问笔录, one person asked.
struct InterviewRecord {
    DocumentHead head;
    std::string office_name;  // who asked: collecting or home registry
    std::string seal = "异地代收专用章";
    std::string home_name;
    std::string item_name;
    std::string location;
    std::string unit_number;
    DocumentParty person;
    std::string place;
    std::string started_at;
    std::string ended_at;
    std::string clerk;
    std::vector<QuestionAndAnswer> answers;
    std::vector<DrawnSignature> signatures;
};

// F12 不动产登记证明 (domain.md 6.4): A4 landscape. Always with a signature hole.
struct RegistrationProof {
    DocumentHead head;         // number: 鲁(2026)历下区不动产证明第0000001号; qr: verification URL
    std::string identifier;    // 电子证照标识, domain.md 3.4
    std::string code;          // verification code printed under the QR code; may be empty
    std::string issuer_name;   // 济南市历下区不动产登记中心
    std::string issued_on;     // 2026年11月23日
    std::string proved_right;  // 抵押权
    std::string holder;
    std::string obligor;
    std::string location;
    std::string unit_number;
    std::string other;
    std::string notes;
};

// F12 不动产权证书: who has which right to the unit (实施细则 20; field list of the 2015 pattern).
struct TitleCertificate {
    DocumentHead head;  // number: 鲁(2026)历下区不动产权第0000001号; qr: verification URL
    std::string identifier;
    std::string code;
    std::string issuer_name;
    std::string issued_on;
    std::string holder;
    std::string co_ownership;  // 单独所有, 共同共有, 按份共有（1/2）
    std::string location;
    std::string unit_number;
    std::string right;         // 国有建设用地使用权/房屋（构筑物）所有权
    std::string right_nature;  // 出让/市场化商品房
    std::string use_name;
    std::string area;
    std::string term;   // 使用期限; may be empty
    std::string other;  // 权利其他状况
    std::string notes;
};

// An OFD (GB/T 33190) without its container: what a seal signs, part by part.
struct OfdPackage {
    std::vector<ArchivePart> parts;  // in the order of the container, OFD.xml first
    struct Stamp {                   // where the seal is shown, mm from the top left corner
        int page = 0;                // id of the page object
        double x = 0;
        double y = 0;
        double width = 0;
        double height = 0;
    };
    std::optional<Stamp> stamp;  // present: MUST go through OfdSealer::seal before anybody sees it
};

// One document in both formats, from one display list.
struct DocumentPair {
    std::string pdf;
    OfdPackage ofd;
};

// 服务指南 (policy 三(三)): for the hall's wall and for people to take home. No seal: it is information, not a
// decision.
struct GuideSection {
    std::string heading;
    std::vector<std::string> paragraphs;  // before the table
    std::vector<std::string> columns;     // empty: no table
    std::vector<int> widths;              // relative, as many as columns
    std::vector<std::vector<std::string>> rows;
};
struct ServiceGuide {
    DocumentHead head;  // number: item and version
    std::string office_name;
    std::string title;  // the item's name
    std::string summary;
    std::vector<std::pair<std::string, std::string>> facts;  // label, value
    std::vector<GuideSection> sections;
};

// Thread-safe. Every print gives the bytes of a PDF.
class DocumentPress {
public:
    virtual ~DocumentPress() = default;
    virtual Result<std::string> print(const CollectionReceipt& document) = 0;
    virtual Result<std::string> print(const AcceptanceReceipt& document) = 0;
    virtual Result<std::string> print(const Notice& document) = 0;
    virtual Result<std::string> print(const InterviewRecord& document) = 0;
    virtual Result<std::string> print(const RegistrationProof& document) = 0;
    virtual Result<std::string> print(const TitleCertificate& document) = 0;
    virtual Result<DocumentPair> print_pair(const RegistrationProof& document) = 0;
    virtual Result<DocumentPair> print_pair(const TitleCertificate& document) = 0;
    // The PNG of an office's round seal, 42 mm: `office` along the arc, `bottom` below the star.
    virtual Result<std::string> seal_picture(std::string_view office, std::string_view bottom) = 0;
    virtual Result<std::string> print(const ServiceGuide& document) = 0;
};

// 电子证照标识 (GB/T 36904) with its ISO 7064 MOD 37,36 check character; the root 1.2.156.3005.2 is put in front.
// `type`: 21 characters (11100000MB03271699022 不动产登记证明), `issuer`: credit code or division code.
std::string certificate_identifier(std::string_view type, std::string_view issuer, std::string_view serial,
                                   int version);
bool is_certificate_identifier(std::string_view identifier);

}  // namespace tongban
