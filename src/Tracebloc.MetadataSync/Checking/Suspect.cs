using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>An object or a row that differed at the first look, which may be a change in flight.</summary>
/// <param name="Uid">The object.</param>
/// <param name="Namespace">Empty for what lives in no namespace.</param>
/// <param name="Name">The name.</param>
/// <param name="ObjectVersion">The version of the object then; 0 where there was none.</param>
/// <param name="RowVersion">The version of the row then; 0 where none was live.</param>
internal sealed record Suspect(string Uid, string Namespace, string Name, ulong ObjectVersion, ulong RowVersion)
{
    public static Suspect Of(ObjectIdentity identity, ulong rowVersion) =>
        new(identity.Uid, identity.Namespace, identity.Name, identity.Number, rowVersion);

    /// <summary>The object as people write it.</summary>
    public string Path => ObjectPath.Of(Namespace, Name);
}
