using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The calls of the Hugging Face hub that read a model.</summary>
/// <param name="settings">The hub and the token.</param>
/// <param name="model">The model.</param>
/// <param name="store">The connections.</param>
/// <param name="retry">The attempts of each call of the listing.</param>
internal sealed class HubClient(UriSettings settings, HubModel model, WebStore store, RetryRule retry)
{
    private const int MostBytes = 16 << 20;

    // A page has up to 1,000 entries.
    private const int MostPages = 1_000;

    private readonly Secret? _token = settings.Token?.Reveal().Length > 0 ? settings.Token : null;

    /// <summary>The commit that the revision stands for now, and the repository's present name.</summary>
    public async Task<(HubModel Model, string Commit)> ResolveAsync(CancellationToken cancellationToken)
    {
        var path = $"/api/models/{model.Repository}/revision/{Uri.EscapeDataString(model.Revision)}";
        var (revision, _) = await GetAsync(AddressOf(path), HubJson.Default.HubRevision, cancellationToken);
        return revision.Sha is { Length: 40 } commit && commit.All(char.IsAsciiHexDigit)
            && (revision.Id is not { } id || HubModel.IsRepository(id))
                ? (model with { Repository = revision.Id ?? model.Repository }, commit)
                : throw UploadException.OfSource($"{model} cannot be read: the hub's answer names no commit");
    }

    /// <summary>All entries of the commit's tree.</summary>
    public async Task<IReadOnlyList<HubEntry>> ListAsync(
        HubModel resolved, string commit, CancellationToken cancellationToken)
    {
        var entries = new List<HubEntry>();
        var page = AddressOf($"/api/models/{resolved.Repository}/tree/{commit}?recursive=true&expand=false");
        for (var pages = 1; page is not null; pages++)
        {
            var (found, next) = await GetAsync(page, HubJson.Default.IReadOnlyListHubEntry, cancellationToken);
            entries.AddRange(found);
            if (next is not null && (pages == MostPages || !WebRedirect.IsSameOrigin(next, page)))
                throw UploadException.OfSource(
                    $"{model} cannot be listed: the hub names more than {MostPages} pages, or one of another server");
            page = next;
        }
        return entries;
    }

    /// <summary>Reads one byte of a file: metadata of gated models are open, and their files are not.</summary>
    public Task RequireAccessAsync(HubPlace place, string name, CancellationToken cancellationToken) =>
        retry.RunAsync(token => TryAccessAsync(place, name, token), cancellationToken);

    /// <summary>One attempt to read a file of the commit from an offset on; the answer may be of any status.</summary>
    public Task<WebAnswer> ReadAsync(HubPlace place, string name, long offset, CancellationToken cancellationToken)
    {
        var call = CallOf(place, name) with { From = offset > 0 ? offset : null };
        return store.SendAsync(call, cancellationToken);
    }

    /// <summary>The fault of an answer that is no success.</summary>
    public UploadException FaultOf(WebAnswer answer) => HubFault.Of(answer, model, AddressOf($"/{model.Repository}"));

    private Uri AddressOf(string path) =>
        new(settings.HubEndpoint, settings.HubEndpoint.AbsolutePath.TrimEnd('/') + path);

    private WebCall CallOf(HubPlace place, string name)
    {
        var path = string.Join('/', place.Path.Segments.Select(Uri.EscapeDataString));
        return new WebCall(AddressOf($"/{place.Repository}/resolve/{place.Commit}/{path}"), name) { Token = _token };
    }

    private async Task<int> TryAccessAsync(HubPlace place, string name, CancellationToken cancellationToken)
    {
        using var answer = await store.SendAsync(CallOf(place, name) with { From = 0, To = 0 }, cancellationToken);
        return answer.Status is 200 or 206 or 416 ? answer.Status : throw FaultOf(answer);
    }

    private Task<(T Value, Uri? Next)> GetAsync<T>(
        Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        retry.RunAsync(token => TryGetAsync(address, type, token), cancellationToken);

    private async Task<(T Value, Uri? Next)> TryGetAsync<T>(
        Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var call = new WebCall(address, $"{model}") { Token = _token };
        using var answer = await store.SendAsync(call, cancellationToken);
        if (answer.Status != 200)
            throw FaultOf(answer);
        var body = await answer.ReadAsync(MostBytes, cancellationToken);
        return (Parse(body, type), HubLink.NextOf(address, answer.Header("Link")));
    }

    private T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(body.Span, type) is { } value)
                return value;
        }
        catch (JsonException)
        {
            // Falls through: a page of a proxy, for one.
        }
        throw UploadException.OfSource(
            $"{model} cannot be read: {settings.HubEndpoint.Authority} answers with something other than the hub's "
                + "JSON; check HF_ENDPOINT");
    }
}
