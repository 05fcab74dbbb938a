namespace Tracebloc.Signatures;

/// <summary>One request to a service of sigstore.</summary>
internal sealed record ServiceCall(HttpMethod Method, Uri Address)
{
    private const int MebiByte = 1 << 20;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";

    /// <summary>The most bytes of the answer.</summary>
    public long MostBytes { get; init; } = MebiByte;

    public static ServiceCall Get(Uri address) => new(HttpMethod.Get, address);

    public static ServiceCall Post(Uri address, ReadOnlyMemory<byte> body) =>
        new(HttpMethod.Post, address) { Body = body };
}
