#include "modules/cases/review_question_files.h"

#include <algorithm>
#include <set>

#include "base/data_file.h"

namespace tongban {
namespace {

const std::set<std::string_view> proposals{"", "identity", "interview", "materials", "rules", "register"};

ReviewQuestion read_question(DataTable& table)
{
    ReviewQuestion question;
    question.id = table.text("id");
    question.text = table.text("text");
    question.source = table.text("source");
    question.required = table.optional_boolean("required", true);
    for (const std::string& word : table.texts("duties")) {
        const Duty* duty = find_duty(word);
        if (duty == nullptr || (*duty != Duty::acceptor && *duty != Duty::reviewer)) {
            table.fail("duties", "is none of acceptor, reviewer");
            continue;
        }
        question.duties.push_back(*duty);
    }
    if (question.duties.empty()) table.fail("duties", "needs at least one");
    for (const std::string& word : table.texts("matters")) {
        const Matter* matter = find_matter(word);
        if (matter == nullptr) {
            table.fail("matters", "is no matter");
            continue;
        }
        question.matters.push_back(*matter);
    }
    question.proposal = table.optional_text("proposal");
    if (!proposals.contains(question.proposal))
        table.fail("proposal", "is none of identity, interview, materials, rules, register");
    question.rules = table.texts("rules");
    if ((question.proposal == "rules") == question.rules.empty())
        table.fail("proposal", "`rules` and the proposal \"rules\" go together");
    question.lines = table.optional_text("lines");
    return question;
}

}  // namespace

ReviewQuestions load_review_questions(const std::string& data_dir)
{
    DataFaults faults;
    std::vector<ReviewQuestions::Book> books;
    for (const std::string& path : data_files(data_dir + "/review", ".toml", faults)) {
        const DataFile file = DataFile::open(path, faults);
        DataTable table = file.top(faults);
        ReviewQuestions::Book book;
        book.version = table.text("version");
        if (!path.ends_with("/" + book.version + ".toml")) table.fail("version", "must be the name of the file");
        book.valid_from = table.date("valid_from");
        std::set<std::string> ids;
        table.tables("questions", [&](DataTable& one) {
            book.questions.push_back(read_question(one));
            if (!ids.insert(book.questions.back().id).second) one.fail("id", "stands twice");
            one.finish();
        });
        if (book.questions.empty()) table.fail("questions", "needs at least one");
        table.finish();
        books.push_back(std::move(book));
    }
    faults.check();
    std::ranges::sort(books, {}, &ReviewQuestions::Book::valid_from);
    return ReviewQuestions(std::move(books));
}

}  // namespace tongban
