using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.MetadataSync.Kinds;

/// <summary>The kinds in force: those of the platform, and those of the configuration.</summary>
internal sealed class KindSet
{
    private readonly Dictionary<string, Kind> _byName;

    private KindSet(IReadOnlyList<Kind> kinds)
    {
        All = kinds;
        _byName = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
    }

    /// <summary>The kinds of the platform alone.</summary>
    public static KindSet Platform { get; } = Of(KindTable.All);

    /// <summary>At least one; no two share a table.</summary>
    public IReadOnlyList<Kind> All { get; }

    /// <summary>A set of kinds.</summary>
    /// <exception cref="ArgumentException">One cannot be mirrored; <see cref="Check"/> lists the faults.</exception>
    public static KindSet Of(IReadOnlyList<Kind> kinds) => Check(kinds) is [var first, ..]
        ? throw new ArgumentException($"{first.Member}: {first.Message}", nameof(kinds))
        : new KindSet([.. kinds]);

    /// <summary>Finds a kind by the name that manifests give it, in the same case.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Kind? kind) => _byName.TryGetValue(name, out kind);

    /// <summary>The faults of a list of kinds; none when it can be mirrored.</summary>
    public static IReadOnlyList<KindFault> Check(IReadOnlyList<Kind> kinds)
    {
        if (kinds.Count == 0)
            return [new(-1, new(""), "there is no kind to mirror; name at least one")];
        return
        [
            .. kinds.Index().SelectMany(each =>
                KindRules.Check(each.Item).Select(fault => new KindFault(each.Index, fault.Member, fault.Message))),
            .. kinds.Index().SelectMany(each => Meetings(kinds, each.Index)),
        ];
    }

    private static IEnumerable<KindFault> Meetings(IReadOnlyList<Kind> kinds, int place)
    {
        var kind = kinds[place];
        foreach (var other in kinds.Take(place))
            if (other.Table == kind.Table)
                yield return new(place, new("kind"), $"{kind.Name} would have table {kind.Table}, as {other.Name} of "
                    + $"{other.Group} has; only one of them can be mirrored");
            else if ((other.Group, other.Plural) == (kind.Group, kind.Plural))
                yield return new(place, new("plural"), $"{kind.Type} is {other.Name} already; name each resource once");
    }
}
