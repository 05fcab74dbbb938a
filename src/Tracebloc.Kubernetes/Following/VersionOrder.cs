namespace Tracebloc.Kubernetes;

/// <summary>The order of resource versions.</summary>
/// <seealso href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version"/>
internal static class VersionOrder
{
    /// <summary>True when both are numbers, as the API server's own are, and the first is the lower one.</summary>
    internal static bool IsBelow(string? version, string? other) =>
        IsNumber(version) && IsNumber(other) && (version.Length == other.Length
            ? string.CompareOrdinal(version, other) < 0 : version.Length < other.Length);

    private static bool IsNumber([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        text is { Length: > 0 } && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
