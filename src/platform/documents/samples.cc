#include "platform/documents/samples.h"

#include <fmt/format.h>

namespace tongban::documents {
namespace {

constexpr Millis made_at = 1795413909000;  // 2026-11-23 14:05:09 in China
const std::string home = "济南市历下区不动产登记中心";
const std::string window = "青岛市市南区不动产登记中心";
const std::string item = "不动产抵押权首次登记";
const std::string location = "济南市历下区泉城路188号泉韵花园3号楼2单元1701室";
const std::string unit = "370102001001GB00001F00030171";

std::vector<DocumentParty> parties()
{
    return {
        {"抵押人",    "赵䶮",                                                 "居民身份证",          "370***********1237", "138****8000",  ""},
        {"抵押权人", "齐鲁示范银行股份有限公司青岛市南支行", "统一社会信用代码", "91370200MA3C4A1B2X", "0532****1234",
         "𠮷田淼（委托代理人）\n居民身份证 370***********0028"                                                                         }
    };
}

std::vector<DocumentMaterial> materials()
{
    const std::string digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    const auto pages = [&](std::initializer_list<const char*> names) {
        std::vector<DocumentPage> list;
        for (const char* name : names) list.push_back({name, digest, "2026-11-23 14:02"});
        return list;
    };
    return {
        {"M01", "不动产登记申请书",                   "原件",    1, 2,  pages({"申请书-1.jpg", "申请书-2.jpg"})                          },
        {"M02", "抵押人身份证明",                      "复印件", 1, 2,  pages({"身份证正面.jpg", "身份证背面.jpg"})                  },
        {"M03", "抵押权人身份证明（营业执照）", "复印件", 1, 1,  pages({"营业执照.png"})                                            },
        {"M04", "授权委托书及受托人身份证明",    "原件",    1, 3,
         pages({"授权委托书.pdf 第1页", "授权委托书.pdf 第2页", "受托人身份证.jpg"})                                                 },
        {"M07", "不动产权属证书",                      "电子",    1, 1,  pages({"鲁(2021)历下区不动产权第0001234号.pdf"})             },
        {"M10", "主债权合同、抵押合同",             "原件",    2, 12, pages({"借款合同.pdf 第1—8页", "抵押合同.pdf 第1—4页"})}
    };
}

}  // namespace

RegistrationProof sample_proof()
{
    RegistrationProof proof;
    proof.head = {
        "鲁(2026)历下区不动产证明第0000001号",
        "http://127.0.0.1:15440/verify?n=1.2.156.3005.2.11100000MB03271699022.370102.2026000000001.001.X&c=7Q4K9M2P",
        made_at, SignatureHole::present};
    proof.identifier = certificate_identifier("11100000MB03271699022", "370102", "2026000000001", 1);
    proof.code = "7Q4K-9M2P";
    proof.issuer_name = home;
    proof.issued_on = "2026年11月23日";
    proof.proved_right = "抵押权";
    proof.holder = "齐鲁示范银行股份有限公司青岛市南支行";
    proof.obligor = "赵䶮";
    proof.location = location;
    proof.unit_number = unit;
    proof.other =
        "抵押方式：一般抵押\n担保债权的数额：人民币 860,000.00 元\n债务履行期限：2026年11月23日起2046年11月22日止\n"
        "担保范围：以抵押合同约定为准\n是否存在禁止或限制转让抵押不动产的约定：是";
    proof.notes = "不动产权证书号：鲁(2021)历下区不动产权第0001234号\n业务编号：370102202611230000017";
    return proof;
}

TitleCertificate sample_title()
{
    TitleCertificate title;
    title.head = {
        "鲁(2026)历下区不动产权第0000001号",
        "http://127.0.0.1:15440/verify?n=1.2.156.3005.2.11100000MB03271699001.370102.2026000000001.001.X&c=7Q4K9M2P",
        made_at, SignatureHole::present};
    title.identifier = certificate_identifier("11100000MB03271699001", "370102", "2026000000001", 1);
    title.code = "7Q4K-9M2P";
    title.issuer_name = home;
    title.issued_on = "2026年11月24日";
    title.holder = "赵䶮、钱示例";
    title.co_ownership = "按份共有（赵䶮 2/3，钱示例 1/3）";
    title.location = location;
    title.unit_number = unit;
    title.right = "国有建设用地使用权/房屋（构筑物）所有权";
    title.right_nature = "出让/市场化商品房";
    title.use_name = "城镇住宅用地/成套住宅";
    title.area = "建筑面积 89.50 平方米";
    title.term = "国有建设用地使用权至 2091年06月30日止";
    title.other = "房屋结构：钢筋混凝土\n登记原因：买卖";
    title.notes = "业务编号：TB37010220261124000001";
    return title;
}

CollectionReceipt sample_collection_receipt()
{
    CollectionReceipt receipt;
    receipt.head = {"DS370202202611230007", "http://127.0.0.1:15440/track?n=DS370202202611230007", made_at,
                    SignatureHole::none};
    receipt.collecting_name = window;
    receipt.home_name = home;
    receipt.item_name = item;
    receipt.location = location;
    receipt.unit_number = unit;
    receipt.parties = parties();
    receipt.materials = materials();
    receipt.clerk = "孙垚（市南区窗口 03 号）";
    receipt.collected_at = "2026-11-23 14:05:09";
    receipt.signatures = {
        {"抵押人",             "赵䶮",     "", "2026-11-23 14:04"},
        {"抵押权人代理人", "𠮷田淼", "", "2026-11-23 14:04"}
    };
    return receipt;
}

AcceptanceReceipt sample_acceptance_receipt()
{
    AcceptanceReceipt receipt;
    receipt.head = {"370102202611230000017", "http://127.0.0.1:15440/track?n=370102202611230000017", made_at,
                    SignatureHole::none};
    receipt.home_name = home;
    receipt.item_name = item;
    receipt.location = location;
    receipt.unit_number = unit;
    receipt.parties = parties();
    receipt.materials = materials();
    receipt.clerk = "李昇";
    receipt.accepted_at = "2026-11-23 14:30:00";
    receipt.due_on = "2026年11月25日";
    receipt.collected_by = window + "（代收编号 DS370202202611230007）";
    receipt.hint = "您可凭受理编号和手机验证码在平台“进度查询”中查看办理进度，或扫描右上角二维码。";
    return receipt;
}

Notice sample_notice()
{
    Notice notice;
    notice.head = {"历下不登补〔2026〕17号", "http://127.0.0.1:15440/track?n=370102202611230000017", made_at,
                   SignatureHole::none};
    notice.home_name = home;
    notice.title = "补正告知书";
    notice.addressee = "赵䶮、齐鲁示范银行股份有限公司青岛市南支行";
    notice.paragraphs = {"你（单位）于2026年11月23日申请的" + item + "（受理编号：370102202611230000017），坐落于" +
                         location +
                         "。经审查，申请材料不齐全或者不符合法定形式，根据《不动产登记暂行条例》第十七条的规定，现一次"
                         "性告知需要补正的内容如下："};
    notice.columns = {"序号", "材料名称", "需要补正的内容"};
    notice.widths = {1, 4, 7};
    notice.rows = {
        {"1", "主债权合同、抵押合同", "抵押合同第4页缺少抵押人签名，请补签后重新提交。"                },
        {"2", "授权委托书",                "委托期限已于2026年10月31日届满，请提交有效期内的授权委托书。"}
    };
    notice.closing = {
        "请于收到本告知书之日起三十日内补正。补正材料可以在任一代收窗口提交，也可以通过平台网上提交。补正期间不计入办理"
        "时限。",
        "特此告知。"};
    notice.date = "2026年11月23日";
    return notice;
}

InterviewRecord sample_interview()
{
    InterviewRecord record;
    record.head = {"DS370202202611230007-1", "", made_at, SignatureHole::none};
    record.office_name = window;
    record.home_name = home;
    record.item_name = item;
    record.location = location;
    record.unit_number = unit;
    record.person = parties().front();
    record.place = window + " 03 号窗口";
    record.started_at = "2026-11-23 13:55";
    record.ended_at = "2026-11-23 14:01";
    record.clerk = "孙垚";
    record.answers = {
        {"本次申请登记是否为您的真实意思表示？",                            "是。",                                              ""},
        {"申请登记的不动产是单独所有还是共有？",                            "单独所有。",                                     ""},
        {"您是否知晓提供虚假材料、作虚假陈述应承担的法律责任？",    "知晓。",                                           ""},
        {"抵押合同担保的债权数额、债务履行期限与您所知是否一致？", "一致，八十六万元，二十年。",
         "与合同第二条核对一致"                                                                                                              },
        {"抵押合同中是否有禁止或者限制转让抵押不动产的约定？",       "有约定，抵押期间转让须经银行同意。", ""},
        {"该不动产是否存在查封、异议登记、居住权等情形？",             "不存在。",                                        ""},
        {"其他需要说明的事项？",                                                    "没有。",                                           ""}
    };
    record.signatures = {
        {"被询问人", "赵䶮", "", "2026-11-23 14:01"}
    };
    return record;
}

}  // namespace tongban::documents
