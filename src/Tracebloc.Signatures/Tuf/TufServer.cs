namespace Tracebloc.Signatures.Tuf;

/// <summary>The files of a repository as its server has them.</summary>
internal sealed class TufServer(ServiceClient client, Uri address)
{
    private readonly Uri _base = new(address.AbsoluteUri.TrimEnd('/') + "/");

    /// <summary>The content of a file; null where the server has none of that name.</summary>
    /// <exception cref="TufException">The server does not answer, or with more than allowed.</exception>
    public async Task<byte[]?> FindAsync(string path, long mostBytes, CancellationToken cancellationToken)
    {
        var place = new Uri(_base, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        var call = ServiceCall.Get(place) with { Accept = "*/*", MostBytes = Math.Min(mostBytes, TufLimits.MostBytes) };
        var answer = await client.SendAsync(call, cancellationToken);
        if (answer.IsOk)
            return answer.Body.ToArray();
        // Stores of objects answer 403 where a file is absent and the folder may not be listed.
        if (answer.Status is 403 or 404)
            return null;
        throw new TufException(
            $"File {place} cannot be fetched: {answer.Fault}",
            answer.IsTooLarge ? TufFault.Malformed : TufFault.Unavailable);
    }

    /// <summary>The same for a file that must be there.</summary>
    /// <exception cref="TufException">It is missing, or the server does not answer, or with too much.</exception>
    public async Task<byte[]> GetAsync(string path, long mostBytes, CancellationToken cancellationToken) =>
        await FindAsync(path, mostBytes, cancellationToken)
            ?? throw new TufException($"File {new Uri(_base, path)} is missing", TufFault.Missing);
}
