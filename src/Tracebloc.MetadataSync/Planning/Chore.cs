using System.Globalization;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Planning;

/// <summary>The next calls of the API server for one object, without the object.</summary>
/// <param name="Kind">The calls.</param>
/// <param name="Uid">The object: no namesake is ever meant.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name.</param>
internal sealed record Chore(ChoreKind Kind, string Uid, string Namespace, string Name)
{
    /// <summary>The version that is stored. The calls are for it alone: a newer one has a plan of its own.</summary>
    public ulong Version { get; init; }

    /// <summary>The finalizers of that version.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>The time before which nothing is called.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The failures so far.</summary>
    public int Failures { get; init; }

    /// <summary>The object as people write it.</summary>
    public string Path => ObjectPath.Of(Namespace, Name);

    public string VersionText => Version.ToString(CultureInfo.InvariantCulture);

    public bool HasFinalizer => Finalizers.Contains(Marks.Finalizer);

    /// <summary>The finalizers with ours, and without it.</summary>
    public IReadOnlyList<string> Held => [.. Finalizers, Marks.Finalizer];

    /// <inheritdoc cref="Held"/>
    public IReadOnlyList<string> Freed => [.. Finalizers.Where(finalizer => finalizer != Marks.Finalizer)];

    public static Chore Of(ChoreKind kind, SyncedObject seen, DateTimeOffset due) =>
        new(kind, seen.Uid, seen.Namespace, seen.Name)
        {
            Version = seen.Version,
            Finalizers = seen.Finalizers,
            Due = due,
        };
}
