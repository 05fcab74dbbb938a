using System.Globalization;
using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The version of an API server.</summary>
/// <param name="Major">The major version, 1.</param>
/// <param name="Minor">The minor version; the clouds' <c>28+</c> is 28.</param>
public sealed record KubernetesVersion(int Major, int Minor)
{
    /// <summary>True for this version and every newer one.</summary>
    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    /// <summary>For example <c>1.28</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    internal static KubernetesVersion? Of(V1VersionInfo info) =>
        Number(info.Major) is { } major && Number(info.Minor) is { } minor ? new(major, minor) : null;

    private static int? Number(string? text) =>
        int.TryParse(text?.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>The answer of <c>/version</c>.</summary>
internal sealed record V1VersionInfo
{
    [JsonPropertyName("major")]
    public string? Major { get; init; }

    [JsonPropertyName("minor")]
    public string? Minor { get; init; }
}
