using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>A GET.</summary>
/// <param name="Address">The address without user information.</param>
/// <param name="Name">The thing that is read, as messages name it.</param>
internal sealed record WebCall(Uri Address, string Name)
{
    /// <summary>The bearer token; it goes to the origin of <see cref="Address"/> only.</summary>
    public Secret? Token { get; init; }

    /// <summary>The first byte asked for; null for the whole without a range.</summary>
    public long? From { get; init; }

    /// <summary>The last byte asked for; null for the end.</summary>
    public long? To { get; init; }

    /// <summary>The strong ETag or the date under which the range is wanted (RFC 9110 section 13.1.5).</summary>
    public string? IfRange { get; init; }
}
