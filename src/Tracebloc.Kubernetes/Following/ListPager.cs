using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a list page by page, in pages that are as large as the client accepts.</summary>
internal sealed class ListPager(
    KubernetesClient client, ResourceType type, string? ns, ListOptions options, string accept)
{
    /// <summary>Whole objects.</summary>
    internal const string Whole = "application/json";

    /// <summary>Metadata alone; whole objects of a server that does not know this form.</summary>
    /// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches"/>
    internal const string MetadataOnly =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    // Labels, annotations and the names of managers may stand before the uid.
    private const int LongestBeginning = 2 * 1024 * 1024;

    private readonly RequestSender _requests = client.Requests;
    private int _size = Math.Max(options.PageSize, 1);
    private string? _place;

    /// <summary>The last page has been read.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>The next page. After a failure the same page can be asked for again.</summary>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsGone"/>: the list must begin anew.
    /// </exception>
    internal async Task<ListPage> NextAsync(CancellationToken cancellationToken)
    {
        var page = await ReadAsync(cancellationToken);
        _place = page.Continue;
        IsDone = string.IsNullOrEmpty(_place);
        return page;
    }

    internal KubernetesException Unreadable(string reason, Exception? inner = null) =>
        KubernetesError.Unreadable(Request(), reason, inner);

    private async Task<ListPage> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var body = await _requests.SendRawAsync(Request(), cancellationToken);
                // Objects differ in length: where they are short again, pages grow again.
                if (body.Length < _requests.Options.MaxResponseBytes / 4)
                    _size = Math.Min(_size * 2, Math.Max(options.PageSize, 1));
                return Parse(body);
            }
            catch (KubernetesException e) when (e.IsTooLong)
            {
                if (_size == 1) return await SkipAsync(cancellationToken);
                _size /= 2;
            }
        }
    }

    private ListPage Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ListPage.Parse(body);
        }
        catch (JsonException e)
        {
            throw Unreadable("the list cannot be read", e);
        }
    }

    /// <summary>A page of one object that is too long: all but the object is read.</summary>
    private async Task<ListPage> SkipAsync(CancellationToken cancellationToken)
    {
        var limit = _requests.Options.MaxResponseBytes;
        var page = new LongPage(Math.Max(limit, LongestBeginning));
        await ReadAsync(page, cancellationToken);
        var identity = ObjectBytes.Identity(page.Beginning.Span);
        var fault = ObjectFault.TooLong(identity, limit);
        // A server that ignores the limit sends more than one.
        return Parse(page.Frame) with { Skipped = fault, Unidentified = page.Count - (identity is null ? 0 : 1) };
    }

    private Task<int> ReadAsync(LongPage page, CancellationToken cancellationToken) => _requests.ReadAsync(
        Request(),
        _requests.Options.RequestTimeout,
        async current =>
        {
            await using var body = await _requests.OpenStreamAsync(Request(), current);
            var buffer = new byte[64 * 1024];
            while (await body.ReadAsync(buffer, current) is > 0 and var read) page.Take(buffer.AsSpan(0, read));
            return page.Count;
        },
        cancellationToken);

    private KubernetesRequest Request() => new("list", HttpMethod.Get, type, ns)
    {
        Accept = accept,
        Query = new QueryString().Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector).Add("limit", _size).Add("continue", _place),
    };
}
