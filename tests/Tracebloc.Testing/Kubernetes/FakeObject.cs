using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// An object as stored: never changed, only replaced. The type's own two fields are added on the way out.
/// </summary>
internal sealed class FakeObject
{
    internal FakeObject(FakeResourceType type, string ns, string name, JsonObject body, long version)
    {
        (Type, Namespace, Name, Version) = (type, ns, name, version);
        var text = body.ToJsonString();
        Item = type.IsCustom ? SortedJson.Text(type, body) : text;
        Body = JsonNode.Parse(text)!.AsObject(); // so that every 1 is a number of any size
    }

    internal FakeResourceType Type { get; }

    internal string Namespace { get; }

    internal string Name { get; }

    internal long Version { get; }

    internal JsonObject Body { get; }

    /// <summary>As an item of a list, in which only a custom resource names its type.</summary>
    internal string Item { get; }

    internal string Json => Type.IsCustom ? Item
        : $$"""{"kind":"{{Type.Kind}}","apiVersion":"{{Type.ApiVersion}}",{{Item[1..]}}""";

    internal IReadOnlyList<string> Finalizers => FinalizersOf(Body);

    internal bool IsDeleting => Body["metadata"]?["deletionTimestamp"] is not null;

    internal string Uid => (string?)Body["metadata"]?["uid"] ?? "";

    internal static IReadOnlyList<string> FinalizersOf(JsonObject body) =>
        [.. (body["metadata"]?["finalizers"] as JsonArray ?? []).Select(each => (string?)each ?? "")];
}

/// <summary>The state of a server at one time.</summary>
public sealed class FakeBackup
{
    internal FakeBackup(long version, IReadOnlyList<FakeObject> objects) => (Version, Objects) = (version, objects);

    internal long Version { get; }

    internal IReadOnlyList<FakeObject> Objects { get; }
}

/// <summary>Where an object lies; ordered as the API server lists.</summary>
internal sealed record FakeKey(string Plural, string Namespace, string Name) : IComparable<FakeKey>
{
    public int CompareTo(FakeKey? other) =>
        other is null ? 1
        : string.CompareOrdinal(Plural, other.Plural) is not 0 and var plural ? plural
        : string.CompareOrdinal(Namespace, other.Namespace) is not 0 and var ns ? ns
        : string.CompareOrdinal(Name, other.Name);
}

/// <summary>
/// A change for watches: the object before and after, since a selector may match one and not the other.
/// </summary>
internal sealed record FakeChange(long Version, FakeObject? Before, FakeObject? After)
{
    internal FakeObject Subject { get; } = (After ?? Before)!; // a change has at least one side
}
