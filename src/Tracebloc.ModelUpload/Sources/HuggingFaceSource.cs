using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A model of the Hugging Face hub at one commit; each file has a hash that the hub states.</summary>
internal sealed class HuggingFaceSource : IModelSource
{
    private readonly WebStore _store;
    private readonly HubModel _model;
    private readonly HubClient _hub;
    private string _repository;

    private HuggingFaceSource(WebStore store, HubModel model, HubClient hub) =>
        (_store, _model, _hub, _repository) = (store, model, hub, model.Repository);

    public string Name => _model.ToString();

    /// <summary>Checks the address; nothing is sent yet.</summary>
    /// <param name="settings">The address, the hub and its token.</param>
    /// <param name="store">The connections, disposed of with the source.</param>
    /// <param name="retry">The attempts of each call of the listing.</param>
    /// <exception cref="UploadException">The address is none of a model, or the token none.</exception>
    public static HuggingFaceSource Open(UriSettings settings, WebStore store, RetryRule retry)
    {
        if (!HubModel.TryParse(settings.Uri, out var model, out var fault))
            throw new UploadException(UploadExit.Usage, $"The address {Shown(settings.Uri)} {fault}; correct it");
        if (settings.Token is { } token && !HeaderText.IsToken(token.Reveal()))
            throw new UploadException(UploadExit.Usage, $"HF_TOKEN is no token: {HeaderText.NoToken}");
        return new HuggingFaceSource(store, model, new HubClient(settings, model, store, retry));
    }

    /// <exception cref="UploadException">The model cannot be read, retries included.</exception>
    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var (resolved, commit) = await _hub.ResolveAsync(cancellationToken);
        _repository = resolved.Repository;
        var entries = await _hub.ListAsync(resolved, commit, cancellationToken);
        var files = entries.Where(entry => entry.Type == "file").Select(entry => FileOf(entry, commit));
        var listing = ModelFilter.Of(Name, files);
        await _hub.RequireAccessAsync(
            new HubPlace(_repository, commit, listing.Files[0].Path), Name, cancellationToken);
        return listing;
    }

    public async Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        var (commit, oid) = file.Version.Split(':') is [var first, var second]
            ? (first, second)
            : throw new ArgumentException("The file is not of this source.", nameof(file));
        var place = new HubPlace(_repository, commit, file.Path);
        var answer = await _hub.ReadAsync(place, file.Address, offset, cancellationToken);
        try
        {
            if (answer.Status is not (200 or 206 or 412 or 416))
                throw _hub.FaultOf(answer);
            RequireLinked(answer, "X-Linked-Etag", oid);
            RequireLinked(answer, "X-Linked-Size", $"{file.Length}");
            RequireLinked(answer, "X-Repo-Commit", commit);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
        return await WebRange.OpenAsync(answer, offset, file.Length, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Shown(string address) =>
        address.Contains('@', StringComparison.Ordinal) ? "of the source" : address;

    private SourceFile FileOf(HubEntry entry, string commit)
    {
        if (!ModelPath.TryParse(entry.Path ?? "", out var path, out var fault))
            throw UploadException.OfSource($"{Name} cannot be published: the path {entry.Path} {fault}");
        var hash = entry.Lfs is { } lfs
            ? HashOf(HashKind.Sha256, lfs.Oid?.Split(':')[^1], digits: 64)
            : HashOf(HashKind.GitBlob, entry.Oid, digits: 40);
        var length = entry.Lfs?.Size ?? entry.Size;
        if (hash is null || length is not >= 0)
            throw UploadException.OfSource($"{Name} cannot be listed: the hub states no hash or size of {path}");
        return new SourceFile(path, length, $"{Name}/{path}", $"{commit}:{hash.Hex}", [hash]);
    }

    private static ContentHash? HashOf(HashKind kind, string? hex, int digits) =>
        hex?.Length == digits && hex.All(char.IsAsciiHexDigit)
            ? new ContentHash(kind, hex.ToLowerInvariant())
            : null;

    private static void RequireLinked(WebAnswer answer, string header, string listed)
    {
        var found = answer.FirstHeader(header)?.Trim('"');
        if (found is not null && !found.Equals(listed, StringComparison.OrdinalIgnoreCase))
            throw UploadException.OfSource(
                $"{answer.Name} is not the listed file: {header} is {found}, and the listing has {listed}; "
                    + "start again");
    }
}
