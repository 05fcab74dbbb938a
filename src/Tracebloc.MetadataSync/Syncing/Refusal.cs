using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>An object that cannot be mirrored as it is.</summary>
/// <param name="Reason">The reason in one word.</param>
/// <param name="Uid">The object; empty where it is not known.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name; empty where it is not known.</param>
/// <param name="Message">The fault, in one line.</param>
internal sealed record Refusal(RefusalReason Reason, string Uid, string Namespace, string Name, string Message)
{
    /// <summary>The object as people write it.</summary>
    public string Path => ObjectPath.Of(Namespace, Name);
}

/// <summary>The reasons, by the names that Events have.</summary>
internal enum RefusalReason
{
    /// <summary>This program cannot read it: it is too long, or its metadata are not as Kubernetes has them.</summary>
    NotReadable,

    /// <summary>The database rejects it.</summary>
    NotStorable,
}
