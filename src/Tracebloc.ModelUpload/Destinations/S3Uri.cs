using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The address of a model in S3 as upstream's client writes and reads it.</summary>
internal static class S3Uri
{
    /// <summary><c>s3://bucket/prefix?endpoint=…&amp;defaultRegion=…</c>; no region, no second parameter.</summary>
    public static string Of(S3Settings settings)
    {
        var prefix = string.Join('/', settings.Key.TrimEnd('/').Split('/').Select(Uri.EscapeDataString));
        var endpoint = S3Client.EndpointOf(settings).GetLeftPart(UriPartial.Path).TrimEnd('/');
        var region = settings.Region is { } name ? $"&defaultRegion={Value(name)}" : "";
        return $"s3://{settings.Bucket}/{prefix}?endpoint={Value(endpoint)}{region}";
    }

    // Slashes and colons may stand in a query, and upstream's readers expect them there as they are.
    private static string Value(string text) => Uri.EscapeDataString(text)
        .Replace("%3A", ":", StringComparison.Ordinal)
        .Replace("%2F", "/", StringComparison.Ordinal);
}
