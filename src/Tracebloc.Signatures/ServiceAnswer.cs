using System.Text;
using Tracebloc.Net;

namespace Tracebloc.Signatures;

/// <summary>The answer of a service, or the reason why there is none.</summary>
/// <param name="Status">The status; 0 without an answer.</param>
internal sealed record ServiceAnswer(int Status)
{
    private const int LongestDetail = 300;

    public ReadOnlyMemory<byte> Body { get; init; }

    public Uri? Location { get; init; }

    /// <summary>The pause that the server asks for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The reason where no answer could be read.</summary>
    public string? Outage { get; init; }

    /// <summary>True where the answer is larger than the call allows.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>True where a later attempt may succeed.</summary>
    public bool IsTransient { get; init; }

    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The status and the beginning of the text that the server sent.</summary>
    public string Fault => Outage ?? (Detail is { Length: > 0 } detail ? $"{Status}: {detail}" : $"{Status}");

    private string Detail => Line.Of(Encoding.UTF8.GetString(Body.Span), LongestDetail);

    public static ServiceAnswer None(string outage, bool isTransient) =>
        new(0) { Outage = outage, IsTransient = isTransient };
}
