using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal static class DigestText
{
    /// <summary>As registries and <c>docker images</c> abbreviate it: enough to tell two apart, too little to pull by.</summary>
    public static string Short(this Digest digest) => $"{digest.Algorithm}:{digest.Hex[..12]}";
}
