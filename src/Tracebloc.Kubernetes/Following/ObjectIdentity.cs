using System.Globalization;

namespace Tracebloc.Kubernetes;

/// <summary>The identity and the version of an object, as its metadata state them.</summary>
/// <param name="Uid">Unique in the cluster and over time; never empty.</param>
/// <param name="Namespace">Empty for what lives in no namespace.</param>
/// <param name="Name">The name.</param>
/// <param name="ResourceVersion">
/// The version; in practice a number, and officially so from Kubernetes 1.35 on (KEP-5504).
/// </param>
public sealed record ObjectIdentity(string Uid, string Namespace, string Name, string ResourceVersion)
{
    /// <summary>Reads it from an object in UTF-8; null where the metadata lack a part of it.</summary>
    public static ObjectIdentity? Find(ReadOnlyMemory<byte> json) => ObjectBytes.Identity(json.Span);

    /// <summary>The version as a number; 0 where it is none.</summary>
    public ulong Number =>
        ulong.TryParse(ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
