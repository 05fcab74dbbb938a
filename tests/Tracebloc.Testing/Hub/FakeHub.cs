using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.Testing.Hub;

/// <summary>
/// A Hugging Face hub: revisions, paged trees and files, those of LFS by a redirect to a second server that takes no
/// token. The forms of its answers are those of huggingface.co.
/// </summary>
public sealed class FakeHub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FakeHubModel> _models = new();
    private readonly ConcurrentDictionary<string, string> _renamed = new();
    private readonly FakeListener _listener;

    private FakeHub(FakeListener listener, FakeFileServer content) => (_listener, Content) = (listener, content);

    /// <summary>The second server, for faults of transfers.</summary>
    public FakeFileServer Content { get; }

    public Uri Address => _listener.Address;

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>The entries of a page of a tree.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Changes the headers that the hub states of a file: <c>X-Linked-Etag</c> and its like.</summary>
    public Dictionary<string, string> Lies { get; } = [];

    public static async Task<FakeHub> StartAsync(CancellationToken cancellationToken)
    {
        FakeHub? hub = null;
        var content = await FakeFileServer.StartAsync(null, refusesTokens: true, cancellationToken);
        var listener = await FakeListener.StartAsync(
            new(), (context, request) => hub is null ? Task.CompletedTask : hub.ServeAsync(context, request),
            cancellationToken);
        return hub = new FakeHub(listener, content);
    }

    public void Add(FakeHubModel model) => _models[model.Repository] = model;

    /// <summary>Redirects the old name to the new one.</summary>
    public void Rename(string old, string repository) => _renamed[old] = repository;

    /// <summary>Answers the requests that match first.</summary>
    public void Answer(FakeRule rule) => _listener.Add(rule);

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await Content.DisposeAsync();
    }

    private Task ServeAsync(HttpContext context, FakeRequest request)
    {
        if (FakeHubRoute.Parse(request.Path) is not { } route)
        {
            _listener.Unexpected.Enqueue(request);
            return FakeReply.Of(501).SendAsync(context);
        }
        if (_renamed.TryGetValue(route.Repository, out var now))
            return FakeReply.Redirect(307, request.Path.Replace(
                $"/{route.Repository}/", $"/{now}/", StringComparison.Ordinal) + request.Query).SendAsync(context);
        if (Refusal(route, request) is { } refusal)
            return refusal.SendAsync(context);
        var (commit, files) = _models[route.Repository].Revision(route.Revision) ?? default;
        return route.Kind switch
        {
            "revision" => FakeReply
                .Of(200, new JsonObject { ["id"] = route.Repository, ["sha"] = commit }.ToJsonString())
                .SendAsync(context),
            "tree" => FakeHubTree.Page(files, PageSize, request, Address).SendAsync(context),
            _ => SendFileAsync(context, request, commit, files.FirstOrDefault(file => file.Path == route.Path)),
        };
    }

    private FakeReply? Refusal(FakeHubRoute route, FakeRequest request)
    {
        var token = request.Authorization?.Split(' ')[1];
        if (!_models.TryGetValue(route.Repository, out var model) || (model.Token is not null && model.Token != token))
            return token is null || model is null
                ? Error(token is null ? 401 : 404, "RepoNotFound", "Repository not found")
                : FakeReply.Of(401, """{"error":"Invalid credentials in Authorization header"}""");
        if (model.IsGated && route.Kind == "resolve")
            return Error(403, "GatedRepo", "Access to model is restricted");
        return model.Revision(route.Revision) is null
            ? Error(404, "RevisionNotFound", $"Invalid rev id: {route.Revision}")
            : null;
    }

    private static FakeReply Error(int status, string code, string message) =>
        FakeReply.Of(status, new JsonObject { ["error"] = message }.ToJsonString())
            .With("X-Error-Code", code).With("X-Error-Message", message);

    private Task SendFileAsync(HttpContext context, FakeRequest request, string commit, FakeHubFile? file)
    {
        if (file is null)
            return Error(404, "EntryNotFound", "Entry not found").SendAsync(context);
        var stated = new Dictionary<string, string>
        {
            ["X-Repo-Commit"] = commit,
            ["X-Linked-Etag"] = $"\"{file.Oid}\"",
            ["X-Linked-Size"] = $"{file.Content.Length}",
        };
        foreach (var (name, value) in Lies)
            stated[name] = value;
        foreach (var (name, value) in stated.Where(_ => file.IsLfs || Lies.Count > 0))
            context.Response.Headers[name] = value;
        if (!file.IsLfs)
            return FakeFileAnswer.SendAsync(
                context, request, new FakeFile(file.Content) { ETag = $"\"{file.Oid}\"" }, new FakeTransfer());
        Content.Files.TryAdd($"/blobs/{file.Sha256}", new FakeFile(file.Content) { ETag = "\"cdn\"" });
        return FakeReply.Redirect(302, $"{Content.Address}blobs/{file.Sha256}?Signature=pre-signed").SendAsync(context);
    }
}
