using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Lists, and the pages of them that are still to be asked for.</summary>
internal sealed class FakeLists(FakeStore store)
{
    private const string PageExpired =
        "The provided continue parameter is too old to display a consistent list result. You must start a new list "
        + "without the continue parameter.";

    private readonly Dictionary<string, (long Version, List<FakeObject> Items)> _pages = [];

    internal string Answer(FakeRequest request)
    {
        var (at, items) = (store.Version, default(List<FakeObject>));
        if (request.Query("continue") is { Length: > 0 } place)
            (at, items) = Page(place);
        if (request.Query("resourceVersion") is { Length: > 0 } asked)
            CheckReached(long.Parse(asked, CultureInfo.InvariantCulture));
        items ??= [.. store.List(request.Type, request.Call.Namespace).Where(request.Selector.Matches)];

        var limit = int.Parse(request.Query("limit") ?? "0", CultureInfo.InvariantCulture);
        var metadata = new JsonObject { ["resourceVersion"] = at.ToString(CultureInfo.InvariantCulture) };
        if (limit > 0 && items.Count > limit)
        {
            var next = $"{at}-{Guid.NewGuid():N}";
            _pages[next] = (at, items[limit..]);
            metadata["continue"] = next;
            metadata["remainingItemCount"] = items.Count - limit;
            items = items[..limit];
        }

        return request.WantsMetadata ? Metadata(metadata, items) : Whole(request.Type, metadata.ToJsonString(), items);
    }

    // The server has waited for it in vain.
    private void CheckReached(long version)
    {
        if (version <= store.Version) return;
        throw new FakeStatusException(
            504, "Timeout", $"Too large resource version: {version}, current: {store.Version}")
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject
                {
                    ["reason"] = "ResourceVersionTooLarge",
                    ["message"] = "Too large resource version",
                }),
                ["retryAfterSeconds"] = 1,
            },
        };
    }

    // A page may be asked for again, as a client does that lost the answer.
    private (long Version, List<FakeObject> Items) Page(string place) =>
        _pages.TryGetValue(place, out var page) && page.Version >= store.Forgotten
            ? page : throw FakeStatusException.Expired(PageExpired);

    private static string Whole(FakeResourceType type, string metadata, List<FakeObject> items)
    {
        var joined = string.Join(',', items.Select(item => item.Item));
        var (kind, version) = ($"{type.Kind}List", type.ApiVersion);
        return type.IsCustom
            ? $$"""{"apiVersion":"{{version}}","items":[{{joined}}],"kind":"{{kind}}","metadata":{{metadata}}}"""
            : $$"""{"kind":"{{kind}}","apiVersion":"{{version}}","metadata":{{metadata}},"items":[{{joined}}]}""";
    }

    private static string Metadata(JsonObject metadata, List<FakeObject> items) => new JsonObject
    {
        ["kind"] = "PartialObjectMetadataList",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = metadata,
        ["items"] = new JsonArray([.. items.Select(item => new JsonObject
        {
            ["kind"] = "PartialObjectMetadata",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = item.Body["metadata"]!.DeepClone(),
        })]),
    }.ToJsonString();
}
