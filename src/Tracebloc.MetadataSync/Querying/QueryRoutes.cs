using Microsoft.AspNetCore.Http;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The paths of the query API: those of Kubernetes, and <c>query</c> beside each list.</summary>
internal sealed class QueryRoutes(
    CallerGate gate, Discovery discovery, ObjectStore store, Deletions deletions, TimeProvider time)
{
    private const string Version = "/apis/{group}/{version}", Everywhere = $"{Version}/{{plural}}";

    private const string InNamespace = $"{Version}/namespaces/{{namespace}}/{{plural}}";

    public IReadOnlyList<Route> All =>
    [
        Of("GET", "/api", Known(_ => Discovery.Core())),
        Of("GET", "/apis", Known(_ => discovery.Groups())),
        Of("GET", "/apis/{group}", Known(discovery.Group)),
        Of("GET", Version, Known(discovery.Resources)),
        Of("GET", "/version", Known(_ => discovery.Version())),
        // kubectl asks for the namespace of an object that is not found, and reports that one where it is missing, too.
        Of("GET", "/api/v1/namespaces/{name}", Known(_ => throw Discovery.NoNamespaces())),
        .. Objects(Everywhere),
        .. Objects(InNamespace),
    ];

    private Route[] Objects(string collection) =>
    [
        Of("GET", collection, ListAsync),
        Of("GET", $"{collection}/{{name}}", GetAsync),
        Of("POST", $"{collection}/query", QueryAsync),
        Of("DELETE", collection, DeleteAllAsync),
        Of("DELETE", $"{collection}/{{name}}", DeleteAsync),
    ];

    private async Task<Answer> ListAsync(Call call, CancellationToken token)
    {
        var kind = await AllowedAsync(call, "list", token);
        var form = AnswerForms.Of(call.Request);
        var request = ListRequest.Read(kind, Namespace(call, kind), call.Request.Query);
        var table = TableOf(call, kind);
        var page = await store.ListAsync(request, token);
        return form switch
        {
            AnswerForm.Table => table.Of(page),
            AnswerForm.Metadata => ObjectAnswer.MetadataList(page, kind),
            _ => ObjectAnswer.List(page, kind, []),
        };
    }

    private async Task<Answer> GetAsync(Call call, CancellationToken token)
    {
        var kind = await AllowedAsync(call, "get", token);
        var form = AnswerForms.Of(call.Request);
        var parameters = new QueryParameters(call.Request.Query, ReadParameters.Names);
        ReadParameters.Check(parameters);
        var selection = new Selection(kind, Namespace(call, kind))
        {
            States = StateFilter.Read(parameters.Text(ReadParameters.State)),
        };
        var table = TableOf(call, kind);
        if (await store.FindAsync(selection, call["name"], token) is not { } found)
            throw QueryException.NotFound(kind, call["name"]);
        return form switch
        {
            AnswerForm.Table => table.Of(new ObjectPage([found])),
            AnswerForm.Metadata => ObjectAnswer.Metadata(found, kind),
            _ => ObjectAnswer.Object(found, kind),
        };
    }

    private async Task<Answer> QueryAsync(Call call, CancellationToken token)
    {
        var kind = await AllowedAsync(call, "list", token);
        var parameters = new QueryParameters(
            call.Request.Query, "labelSelector", "fieldSelector", ReadParameters.State);
        var selection = ListRequest.Selected(kind, Namespace(call, kind), parameters);
        var query = QueryReader.Read(await BodyAsync(call, QueryReader.MostBytes, token), selection);
        return ObjectAnswer.List(await store.QueryAsync(query, token), kind, query.SkippedFields);
    }

    private async Task<Answer> DeleteAllAsync(Call call, CancellationToken token)
    {
        var kind = await AllowedAsync(call, "deletecollection", token);
        var ns = Namespace(call, kind) ?? throw QueryException.MethodNotAllowed(
            $"{kind.Type} of all namespaces are not deleted at once; name a namespace");
        var request = DeletionRequest.OfCollection(
            kind, ns, call.Request.Query, await BodyAsync(call, DeletionRequest.MostBytes, token));
        return (await deletions.Collections.DeleteAsync(request, token)).Answer();
    }

    private async Task<Answer> DeleteAsync(Call call, CancellationToken token)
    {
        var kind = await AllowedAsync(call, "delete", token);
        var request = DeletionRequest.OfObject(
            kind, Namespace(call, kind), call.Request.Query, await BodyAsync(call, DeletionRequest.MostBytes, token));
        return await deletions.Objects.DeleteAsync(request, call["name"], token);
    }

    private async Task<Kind> AllowedAsync(Call call, string verb, CancellationToken token)
    {
        await gate.AuthenticateAsync(call.Request, token);
        var kind = discovery.Find(call);
        var name = call.Variables.GetValueOrDefault("name");
        await gate.AuthorizeAsync(call.Request, verb, kind, (Namespace(call), name), token);
        return kind;
    }

    private Func<Call, CancellationToken, Task<Answer>> Known(Func<Call, Answer> answer) => async (call, token) =>
    {
        await gate.AuthenticateAsync(call.Request, token);
        return answer(call);
    };

    private TableAnswer TableOf(Call call, Kind kind) => new(
        kind, time.GetUtcNow(), TableAnswer.Inclusion(call.Request.Query[ReadParameters.Include]));

    private static string? Namespace(Call call) => call.Variables.GetValueOrDefault("namespace");

    // The rows of objects without a namespace have an empty one.
    private static string? Namespace(Call call, Kind kind) => kind.IsNamespaced ? Namespace(call) : "";

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(Call call, int most, CancellationToken token) =>
        await RequestBody.ReadAsync(call.Request, most, token) ?? throw new QueryException(
            StatusCodes.Status413PayloadTooLarge,
            "RequestEntityTooLarge",
            $"The body is longer than {most / 1024} KiB");

    private static Route Of(string method, string path, Func<Call, CancellationToken, Task<Answer>> answer) => new(
        method,
        path,
        async (call, token) =>
        {
            try
            {
                return await answer(call, token);
            }
            catch (QueryException rejected)
            {
                return StatusAnswer.Of(rejected);
            }
        });
}
