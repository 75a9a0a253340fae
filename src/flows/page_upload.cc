// The upload of one page: bytes go to the gate and to the object store as they come in; what the gate wants to see
// again it reads back from the encrypted file that is not an object yet. Only what it passes becomes one, and only then
// does the sitting learn of it. A connection lost before the last byte, or a refusal, leaves nothing.
#include "flows/collect_at_window.h"
#include "flows/page_files.h"
#include "modules/access/core/access_problems.h"
#include "modules/collections/core/collections_problems.h"
#include "modules/materials/core/file_name.h"

namespace tongban {
namespace {

class PageSink : public BodySink {
public:
    PageSink(CollectAtWindow& flow, std::unique_ptr<ObjectWriter> writer, Actor actor, std::string trace,
             std::string id, std::string line, MaterialPage page)
        : flow_(flow),
          writer_(std::move(writer)),
          inspector_(flow.parts().imaging.begin_inspection()),
          actor_(std::move(actor)),
          trace_(std::move(trace)),
          id_(std::move(id)),
          line_(std::move(line)),
          page_(std::move(page))
    {
    }

    Result<void> write(std::string_view chunk) override
    {
        TRY(inspector_->write(chunk));
        return writer_->write(chunk);
    }

    Response finish() override
    {
        Result<Response> taken = take();
        if (!taken) return problem_response(taken.error(), trace_);
        return std::move(*taken);
    }

private:
    Result<Response> take()
    {
        const FileFacts facts = TRY(flow_.finish_inspection(*inspector_, *writer_->written()));
        inspector_.reset();
        const StoredObject stored = TRY(writer_->commit());
        page_.kind = page_kind(facts.kind);
        page_.leaves = facts.pages;
        page_.bytes = static_cast<std::int64_t>(stored.bytes);
        page_.digest = stored.digest;
        return flow_.record_page(actor_, id_, line_, page_);
    }

    CollectAtWindow& flow_;
    std::unique_ptr<ObjectWriter> writer_;
    std::unique_ptr<FileInspector> inspector_;
    Actor actor_;
    std::string trace_;
    std::string id_;
    std::string line_;
    MaterialPage page_;
};

bool is_uuid(std::string_view text)
{
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

}  // namespace

Result<FileFacts> CollectAtWindow::inspect(std::string_view bytes)
{
    const Bulkhead::Place place = TRY(inspections_.enter());
    return parts_.imaging.inspect(bytes);
}

Result<FileFacts> CollectAtWindow::finish_inspection(FileInspector& inspector, ByteRanges& all)
{
    const Bulkhead::Place place = TRY(inspections_.enter());
    return inspector.finish(all);
}

Result<std::variant<Response, std::unique_ptr<BodySink>>> CollectAtWindow::take_page(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::edit_sitting));
    const std::string& line = request.path("line");
    MaterialPage page;
    page.id = request.path("page");
    const FileName name = read_file_name(request.http.headers.find("X-File-Name"));
    page.name = name.value;
    std::vector<FieldError> faults;
    if (!is_uuid(page.id)) faults.push_back({"/page", "uuid", "页编号应为 UUID"});
    if (request.http.query_value("name")) {
        faults.push_back({"/name", "in_address", "文件名不能写在网址里，请放在请求头 X-File-Name 中"});
    } else if (name.fault) {
        faults.push_back({"/name", std::string(name.fault->code), std::string(name.fault->detail)});
    }
    if (!faults.empty()) return Error{base_problem::invalid_fields, {}, std::move(faults)};
    // Everything that can be refused is refused before the body is sent: decide() on a page without content.
    const Item* item = TRY(item_of(sitting));
    TRY(decide(sitting, collection_command::AddPage{line, page}, facts(request.actor, item)));
    page.added_by = request.actor.name;
    std::unique_ptr<ObjectWriter> writer = TRY(parts_.objects.create(parts_.upload_bytes_max));
    std::unique_ptr<BodySink> sink = std::make_unique<PageSink>(*this, std::move(writer), request.actor,
                                                                request.http.trace, sitting.id, line, std::move(page));
    return std::variant<Response, std::unique_ptr<BodySink>>(std::move(sink));
}

Result<Response> CollectAtWindow::record_page(const Actor& actor, const std::string& id, const std::string& line,
                                              const MaterialPage& page)
{
    std::optional<Collection> now;
    TRY(parts_.database.write(actor.agency, [&](Sql& sql) -> Result<void> {
        const Collection before = TRY(parts_.collections.load(sql, actor.agency, id));
        TRY(authorise(actor, Action::edit_sitting,
                      Owner{.agency = before.agency, .account = before.opened.account, .case_number = {}}));
        const Item* item = TRY(item_of(before));
        const CollectionFacts known = facts(actor, item);
        MaterialPage added = page;
        added.added_at = known.now;
        now = TRY(parts_.steps.take(sql, before, collection_command::AddPage{line, added}, known));
        return {};
    }));
    return answer(*now, actor, 201);
}

}  // namespace tongban
