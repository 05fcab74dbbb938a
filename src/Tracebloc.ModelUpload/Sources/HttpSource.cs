using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>One file of a web server, an archive too: as it is.</summary>
internal sealed class HttpSource : IModelSource
{
    private readonly WebStore _store;
    private readonly Uri _address;
    private readonly ModelPath _path;
    private readonly RetryRule _retry;
    private readonly Action<string> _warn;
    private ProvenBody? _last;

    private HttpSource(WebStore store, Uri address, ModelPath path, RetryRule retry, Action<string> warn) =>
        (_store, _address, _path, _retry, _warn) = (store, address, path, retry, warn);

    public string Name => WebName.Of(_address);

    /// <summary>The name of the file.</summary>
    public string FileName => _path.Name;

    /// <summary>Checks the address; nothing is sent yet.</summary>
    /// <param name="settings">The address.</param>
    /// <param name="store">The connections, disposed of with the source.</param>
    /// <param name="retry">The attempts of the listing.</param>
    /// <param name="warn">Takes a sentence that is no fault.</param>
    /// <exception cref="UploadException">The address is none of a file, or holds a user or password.</exception>
    public static HttpSource Open(UriSettings settings, WebStore store, RetryRule retry, Action<string> warn)
    {
        if (!HttpAddress.TryParse(settings.Uri.Split('#')[0], out var address))
            throw new UploadException(
                UploadExit.Usage,
                "The source's address is not an http or https URL without user and password; correct it");
        return HttpFileName.TryOf(address, out var path, out var fault)
            ? new HttpSource(store, address, path, retry, warn)
            : throw new UploadException(
                UploadExit.Usage, $"The address {WebName.Of(address)} {fault}; give the address of one file");
    }

    /// <exception cref="UploadException">The file cannot be read, retries included.</exception>
    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var (file, type) = await _retry.RunAsync(ProbeAsync, cancellationToken);
        if (HttpContentType.WarningOf(file.Path.Name, type) is { } warning)
            _warn(warning);
        return ModelFilter.Of(Name, [file]);
    }

    public async Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        var pin = HttpPin.Parse(file.Version);
        var isPinned = pin.Kind != HttpPinKind.None || file.Stated.Count > 0;
        var isPart = isPinned && offset > 0 && file.Length is not null;
        var call = new WebCall(_address, Name)
        {
            From = isPart ? offset : null,
            IfRange = isPart ? pin.IfRange : null,
        };
        var answer = await _store.SendAsync(call, cancellationToken);
        RequirePin(answer, pin);
        if (isPinned)
            return await WebRange.OpenAsync(answer, offset, file.Length, cancellationToken);
        var whole = await WebRange.OpenAsync(answer, 0, file.Length, cancellationToken);
        return _last = await ProvenBody.OpenAsync(Name, whole, offset, _last, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    // A GET: pre-signed addresses are signed for this method, and a server without ranges is left after its headers.
    private async Task<(SourceFile File, string? Type)> ProbeAsync(CancellationToken cancellationToken)
    {
        var call = new WebCall(_address, Name) { From = 0, To = 0 };
        using var answer = await _store.SendAsync(call, cancellationToken);
        if (answer.Status is 200 or 206)
            return Read(answer);
        if (answer.Status != 416)
            throw WebStatus.FaultOf(answer);
        // An empty file has no byte 0.
        using var whole = await _store.SendAsync(new WebCall(_address, Name), cancellationToken);
        return whole.Status == 200 ? Read(whole) : throw WebStatus.FaultOf(whole);
    }

    private (SourceFile File, string? Type) Read(WebAnswer answer)
    {
        var length = WebEncoding.IsEncoded(answer) ? null
            : answer.Status == 206 ? ContentRange.Of(answer)?.Total
            : answer.Length;
        var pin = HttpPin.Of(answer, _store.Time.GetUtcNow());
        var file = new SourceFile(_path, length, Name, pin.ToString(), StatedHashes.Of(answer));
        return (file, answer.Header("Content-Type"));
    }

    private void RequirePin(WebAnswer answer, HttpPin pin)
    {
        if (answer.Status is not (200 or 206) || pin.Kind == HttpPinKind.None)
            return;
        var now = HttpPin.Of(answer, _store.Time.GetUtcNow());
        // A part may come without the validator that its condition held (RFC 9110 section 15.3.7).
        if (now == pin || (now.Kind != pin.Kind && answer.Status == 206))
            return;
        answer.Dispose();
        throw WebRange.Changed(answer, $"it was {pin} when it was listed, and is {now} now");
    }
}
