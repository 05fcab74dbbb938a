using System.Text.Json.Serialization;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The versions of the core group: none is served here.</summary>
internal sealed record ApiVersionsJson
{
    public string Kind { get; init; } = "APIVersions";

    public IReadOnlyList<string> Versions { get; init; } = [];

    [JsonPropertyName("serverAddressByClientCIDRs")]
    public IReadOnlyList<string> Addresses { get; init; } = [];
}

/// <summary>The groups.</summary>
internal sealed record ApiGroupListJson(IReadOnlyList<ApiGroupJson> Groups)
{
    public string Kind { get; init; } = "APIGroupList";

    public string ApiVersion { get; init; } = "v1";
}

/// <summary>A group and its versions.</summary>
internal sealed record ApiGroupJson(
    string Name, IReadOnlyList<GroupVersionJson> Versions, GroupVersionJson PreferredVersion)
{
    public string? Kind { get; init; }

    public string? ApiVersion { get; init; }
}

/// <summary>A version of a group.</summary>
internal sealed record GroupVersionJson(string GroupVersion, string Version);

/// <summary>The kinds of a version.</summary>
internal sealed record ApiResourceListJson(string GroupVersion, IReadOnlyList<ApiResourceJson> Resources)
{
    public string Kind { get; init; } = "APIResourceList";

    public string ApiVersion { get; init; } = "v1";
}

/// <summary>A kind.</summary>
internal sealed record ApiResourceJson(
    string Name, string SingularName, bool Namespaced, string Kind, IReadOnlyList<string> Verbs);

/// <summary>The answer of <c>/version</c>.</summary>
internal sealed record VersionInfoJson(string Major, string Minor, string GitVersion, string Platform);
